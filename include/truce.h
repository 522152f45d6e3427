/* truce.h — a monitor for metric first-order temporal formulas, as a library.
 *
 * Load a signature and a formula, tell it facts in any order, and read how its verdicts change:
 *
 *     struct truce_error error;
 *     truce *t = truce_open("fire(int)\nconsent(int)", "fire(z) AND NOT ONCE[0,6h] consent(z)",
 *                           NULL, &error);
 *     truce_feed(t, "@10 fire(7)\n", 12);
 *     struct truce_change c;
 *     while (truce_next_change(t, &c) == TRUCE_OK) …
 *     truce_close(t);
 *
 * A `truce` is used by one thread at a time; different ones by different threads freely.  There is no
 * global state.  Nothing here prints or exits.  Everything that can fail gives an enum truce_status;
 * truce_message tells the last failure of a monitor in words.
 *
 * Verdicts are those of `truce monitor`: the tuples that satisfy the formula at each time-point.  At
 * the end of what was told, pending futures count as if nothing followed; when something does follow,
 * the change is reported.  See doc/semantics.md. */
#ifndef TRUCE_H
#define TRUCE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TRUCE_API __attribute__((visibility("default")))
#else
#define TRUCE_API
#endif

#define TRUCE_VERSION "0.1.0"

enum truce_status {
    TRUCE_OK = 0,
    TRUCE_NOTHING = 1, /* nothing to give, or the change was refused: truce_message says why */
    TRUCE_INPUT = 2,   /* what was given cannot be read */
    TRUCE_FAULT = 3    /* memory is exhausted; the monitor can only be closed */
};

typedef struct truce truce;

/* A message for a person, UTF-8, with place, text and caret where it concerns a text. */
struct truce_error {
    enum truce_status status;
    char message[2000];
};

struct truce_options {
    int clock;   /* every second is a position; facts hold over intervals */
    int reopens; /* facts before the watermark re-open verdicts; else they are refused */
};

enum truce_type { TRUCE_INT, TRUCE_FLOAT, TRUCE_STRING };

struct truce_value {
    enum truce_type type;
    int64_t i;
    double f;
    const char *s; /* UTF-8, not ended by NUL; borrowed */
    size_t n;      /* bytes of s */
};

/* Where something stands: a time-stamp in seconds and, among time-points of one stamp, a sequence
 * number (0 when you do not care).  On the clock `seq` is not used. */
struct truce_point {
    int64_t stamp, seq;
};

/* A fact: a predicate of the signature with its values.  On the clock it holds from at.stamp to
 * `to`, both included; else `to` is not used. */
struct truce_fact {
    const char *predicate;
    const struct truce_value *values;
    size_t n_values;
    struct truce_point at;
    int64_t to;
};

/* The tuple holds (`holds` = 1), or no longer holds (0), at every time-point from `from` to `to`. */
struct truce_change {
    int holds;
    int reopened; /* concerns time before the watermark */
    struct truce_point from, to;
    const struct truce_value *values; /* in the order of truce_column; valid until the next call */
    size_t n_values;
};

/* Read a signature ("name(type,…)" a line; types int, float, string) and a formula (MonPoly's syntax),
 * both ended by NUL and copied.  options NULL: a trace, late facts refused.  NULL on failure, with
 * `error` (may be NULL) filled in.  Close the result with truce_close. */
TRUCE_API truce *truce_open(const char *signature, const char *formula,
                            const struct truce_options *options, struct truce_error *error);
TRUCE_API void truce_close(truce *t); /* NULL is nothing */

/* Name of the k-th value of a verdict's tuple (a free variable of the formula); NULL past the last. */
TRUCE_API const char *truce_column(const truce *t, size_t k);

/* Feed a piece of a log in MonPoly's format: whole lines "@stamp name(v,…)(v,…) …".  Time-points in it
 * that come after all others are judged together, which is the fast way.  TRUCE_NOTHING when some lie
 * before the watermark and are refused: truce_message says how many and the first; the others are
 * taken. */
TRUCE_API enum truce_status truce_feed(truce *t, const char *log, size_t n);

/* Tell one fact, now or late; take one back; put one in another's place.  TRUCE_NOTHING when it is
 * there already, is not there, or lies before the watermark. */
TRUCE_API enum truce_status truce_add(truce *t, const struct truce_fact *fact);
TRUCE_API enum truce_status truce_retract(truce *t, const struct truce_fact *fact);
TRUCE_API enum truce_status truce_correct(truce *t, const struct truce_fact *was,
                                          const struct truce_value *is, size_t n_is);

/* Nothing before `stamp` will come: settles verdicts and frees memory.  Never falls. */
TRUCE_API enum truce_status truce_advance(truce *t, int64_t stamp);

/* The next change of verdicts that was not read yet; TRUCE_NOTHING when all were. */
TRUCE_API enum truce_status truce_next_change(truce *t, struct truce_change *out);

/* Why a verdict holds: a proof tree down to facts and to stretches without a matching fact
 * (doc/semantics.md, "Explanations").  As text one line a claim, what it follows from indented beneath
 * it; as JSON one object. */
enum truce_form { TRUCE_TEXT, TRUCE_JSON };

struct truce_explanation {
    const char *text; /* UTF-8, ended by NUL; valid until the next call */
    size_t n;         /* bytes, without the NUL */
    int complete;     /* 0: some part says "not explained" */
};

/* Explain the verdict with these values (in the order of truce_column) at a time-point.  Nothing is
 * kept for explanations between calls; one costs what it looks at.  TRUCE_NOTHING when the verdict does
 * not hold there, or lies before the watermark and what it rests on is forgotten; TRUCE_INPUT when the
 * values do not fit the columns. */
TRUCE_API enum truce_status truce_explain(truce *t, struct truce_point at,
                                          const struct truce_value *values, size_t n_values,
                                          enum truce_form form, struct truce_explanation *out);

/* Facts held now, and the last failure in words (never NULL). */
TRUCE_API size_t truce_facts(const truce *t);
TRUCE_API const char *truce_message(const truce *t);

#ifdef __cplusplus
}
#endif
#endif
