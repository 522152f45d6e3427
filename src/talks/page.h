/* The mediator's page: one HTML file that needs nothing else.
 *
 * Each day on which something was said has its own state of the matrix, the conflicts, the order and
 * the packages; a slider shows one of them, and without scripts the last stands there.  Everything a
 * user wrote is escaped; nothing of it enters a script, a style or the name of a class. */
#ifndef TRUCE_TALKS_PAGE_H
#define TRUCE_TALKS_PAGE_H

#include "talks/accepts.h"
#include "talks/order.h"
#include "talks/packages.h"

enum page_part {
    PAGE_MATRIX = 1,
    PAGE_CONFLICTS = 2,
    PAGE_CONCESSIONS = 4,
    PAGE_SEQUENCE = 8,
    PAGE_PACKAGES = 16,
    PAGE_AUTHORITY = 32,
    PAGE_DRAFT = 64,
    PAGE_ALL = 127
};

struct page_options {
    unsigned parts;
    int32_t as_of; /* the last day shown; DAY_UNKNOWN: that of the last statement */
    uint64_t ms;   /* for the searches of the last day */
    /* For those of all days; the last comes first, then the others backwards.  A day that time did
     * not reach shows its matrix and says so.  0: no limit. */
    uint64_t all_ms;
};

enum status page_write(struct arena *a, Z3_context z3, const struct talks *t,
                       const struct page_options *options, struct diags *d, struct buf *out);

/* A page of one text, with the looks of the others: for views that are one list. */
bool page_plain(const struct talks *t, struct str heading, struct str text, struct buf *out);

/* Append with & < > " ' escaped; what is not UTF-8 and control characters become U+FFFD (svg.c). */
void page_text(struct buf *out, struct str s);

/* The graph of preconditions as SVG; deadlocks drawn strong, assumptions dashed (svg.c). */
void svg_graph(const struct sequence *s, unsigned number, struct buf *out);

#endif
