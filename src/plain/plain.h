/* An agreement in plain words: what each provision asks, of whom, to whom, until when, and who sees to
 * it; in the reader's language.
 *
 * `plain_make` says everything once; the rest are views of the same: text, Markdown, a page, JSON, a
 * calendar.  What users wrote (titles, prose, names, sentences) stays as it is in each of them.
 * Everything lives in the arena given to plain_make. */
#ifndef TRUCE_PLAIN_PLAIN_H
#define TRUCE_PLAIN_PLAIN_H

#include "lang/model.h"
#include "lang/say.h"

enum plain_date_name {
    PLAIN_FROM,
    PLAIN_AFTER,
    PLAIN_UNTIL,
    PLAIN_BEFORE,
    PLAIN_DEADLINE,
    PLAIN_FIRST_DEADLINE, /* of a series */
    PLAIN_NEXT_DEADLINE   /* of a series: all after the first */
};

struct plain_date {
    enum plain_date_name name;
    struct str reading; /* under which it is so; empty: under all */
    uint32_t nth;       /* of a series, or of the dates of this name and reading; from 1 */
    instant at;
};

/* A view of one provision. */
struct plain_item {
    const struct provision *pv;
    struct str gloss, not_gloss;    /* the latter may be empty */
    const struct plain_date *dates; /* without the series' further deadlines */
    uint32_t n_dates;
};

/* What a clause says that is no provision: what is in force, amendments, declarations, what is left open
 * on purpose. */
struct plain_rule {
    const char *key; /* of the JSON object: "in_force" */
    uint32_t clause;
    struct str sentence, gloss;
};

/* Who owes what to whom: one row for each provision and bearer. */
struct plain_duty {
    const struct provision *pv;
    struct indices bearers;       /* one; all of them where the act is one of all together */
    struct str who, owes, to, by; /* said; `by` is empty where nobody is named */
    struct indices addressees, verifiers;
    bool stated; /* the text names the addressees; else they are the other parties */
    bool filed;  /* the act is seen from its record alone */
};

struct plain {
    struct voice *v;
    const struct agreement *g;
    bool authentic; /* the voice's language is one of the agreement's, or is English */
    struct plain_item *items;
    uint32_t n;
    struct plain_rule *rules;
    uint32_t n_rules;
    struct plain_duty *duties;
    uint32_t n_duties;
};

/* Say everything.  False when memory failed. */
bool plain_make(struct voice *v, struct plain *out);

/* ---- dates ---- */

/* All deadlines of a provision in order, those of a series up to `until`, at most `most` of a series.
 * False when memory failed.  *cut: there are more. */
bool plain_deadlines(const struct plain *p, const struct plain_item *item, instant until,
                     uint32_t most, const struct plain_date **out, uint32_t *n, bool *cut);
/* "deadline", "from": the JSON name, which is the template as well. */
const char *plain_date_word(enum plain_date_name name);

/* ---- views ---- */

/* Whether the translation is authentic, and other things to be read first, a line each. */
struct str plain_warning(const struct plain *p); /* empty: none is needed */

/* What else is wanted behind each provision, e.g. its formula; may be NULL. */
struct plain_more {
    void *ctx;
    void (*add)(void *ctx, uint32_t provision, struct buf *out);
};

/* Each appends to `out`; out->failed or v->failed when memory failed.  `width` in columns. */
void plain_text(const struct plain *p, const struct plain_more *more, struct buf *out);
void plain_markdown(const struct plain *p, struct buf *out);
void plain_html(const struct plain *p, struct buf *out);
/* One object a line: the agreement, then each provision. */
void plain_json(const struct plain *p, struct buf *out);

void plain_matrix_text(const struct plain *p, size_t width, struct buf *out);
void plain_matrix_json(const struct plain *p, struct buf *out);
void plain_deadlines_text(const struct plain *p, size_t width, struct buf *out);
void plain_deadlines_json(const struct plain *p, struct buf *out);

/* iCalendar (RFC 5545): an event of no length for each deadline and reading, in UTC; of a series one
 * each, up to the end of the term or, without one, for a year, at most 1000.  UIDs rest on title,
 * provision, reading and number alone, so that a moved deadline moves its event.  `stamp`: now. */
void plain_ics(const struct plain *p, instant stamp, struct buf *out);

/* One entry of all deadlines together. */
struct plain_due {
    const struct plain_item *item;
    struct plain_date date;
};

/* All dated deadlines in order of time, of a series the first only; and the duties that have none. */
bool plain_due_list(const struct plain *p, struct plain_due **out, uint32_t *n);
bool plain_undated(const struct provision *pv);
/* "first deadline, then every 7 days (as held by north)" */
struct str plain_due_words(const struct plain *p, const struct plain_due *due);
/* "Article 2", without the heading of the whole document. */
struct str plain_clause(const struct plain *p, uint32_t clause);

#endif
