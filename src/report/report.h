/* Renderings of a view: for a terminal, for programs, for a browser.
 *
 * Each appends to a buffer and reports failure of memory by its sticky `failed`; none prints,
 * opens or closes anything.  Scratch memory comes from the arena. */
#ifndef TRUCE_REPORT_REPORT_H
#define TRUCE_REPORT_REPORT_H

#include "report/view.h"

struct report_options {
    size_t width;       /* columns, at least 20 */
    bool colour;        /* ANSI colours; they never say what the words do not */
    bool list_aside;    /* list the rows that were set aside, not only their number */
    struct str command; /* the folder or file as the user named it, for "what next"; may be empty */
};

/* The status table with its heading and what to do next. */
void report_text(struct arena *a, struct buf *out, const struct view *v,
                 const struct report_options *o);

/* One JSON object a line, one line a row of the view; doc/output.md has the schema. */
void report_json(struct buf *out, const struct view *v);

/* RFC 4180 with a header line; doc/output.md has the columns. */
void report_csv(struct arena *a, struct buf *out, const struct view *v);

/* One self-contained page. */
void report_html(struct arena *a, struct buf *out, const struct view *v,
                 const struct report_options *o);

/* Why one row has its verdict: the chain as an indented outline, or as one JSON object on a line.
 * `facts` names the files of reports; doc/output.md has the schema. */
struct report_why_of {
    const struct view *view;
    const struct view_row *row;
    const struct why *why;
    const struct facts *facts;
};
void report_why_text(struct arena *a, struct buf *out, const struct report_why_of *x,
                     const struct report_options *o);
void report_why_json(struct buf *out, const struct report_why_of *x);

#endif
