/* Diagnostics: what is wrong with what the user gave us, where, and what would be right.
 *
 * A `struct diags` collects several, in an arena, so that one run tells all it can.  Each has a
 * code: a short stable name in kebab case ("unknown-name") that tests and documents refer to.
 * Rendering is separate, so a terminal, JSON and a language server show the same finding. */
#ifndef TRUCE_BASE_DIAG_H
#define TRUCE_BASE_DIAG_H

#include "base/source.h"
#include "base/status.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

struct diag {
    enum severity severity;
    const char *code; /* static storage */
    struct place at;
    struct str what; /* what is wrong, and why: a clause without a full stop */
    struct str fix;  /* what would be right; may be empty */
};

struct diags {
    struct arena *arena; /* where messages live */
    struct diag *items;
    size_t n, cap;
    size_t errors;    /* how many are SEVERITY_ERROR */
    size_t max_items; /* further ones are only counted; 0 = no maximum */
    size_t dropped;
};

void diags_init(struct diags *d, struct arena *arena);

/* Add one; `what` is a printf format.  Returns it so that a fix can be added, or NULL when memory
 * failed or the maximum was reached (errors are counted in either case). */
struct diag *diag_add(struct diags *d, enum severity severity, const char *code, struct place at,
                      const char *what, ...) __attribute__((format(printf, 5, 6)));

/* Say what would be right; `diag` may be NULL. */
void diag_fix(struct diags *d, struct diag *diag, const char *fix, ...)
    __attribute__((format(printf, 3, 4)));

/* An error of the machine about a named thing ("cannot read x: No such file or directory"). */
void diag_errno(struct diags *d, const char *code, const char *verb, struct str name, int error);

/* "nowhere" for messages that concern no text. */
struct place place_none(void);

/* Put them in the order of their places within each source. */
void diags_sort(struct diags *d);

/* Render as
 *     agreement.md:12:5: error: unknown name "ukrane" [unknown-name]
 *        12 | provision x: ukrane must not fire.
 *           |              ^^^^^^
 *           = write: ukraine
 * with ANSI colours when `colour`. */
void diags_render(const struct diags *d, struct buf *out, bool colour);

/* One JSON object a line: severity, code, file, line, column, end_line, end_column, what, fix. */
void diags_render_json(const struct diags *d, struct buf *out);

/* Append s as a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void buf_json(struct buf *out, struct str s);

#endif
