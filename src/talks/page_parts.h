/* What the parts of the mediator's page share.  Private to page*.c.
 *
 * A part appends HTML to `out`; what users wrote goes through page_text.  `text` is room for a piece
 * that is made as text first: page_escaped moves it over. */
#ifndef TRUCE_TALKS_PAGE_PARTS_H
#define TRUCE_TALKS_PAGE_PARTS_H

#include "talks/page.h"
#include "talks/views.h"

struct page {
    struct arena *arena;
    Z3_context z3;
    const struct talks *t;
    const struct page_options *options;
    struct diags *d;
    struct buf *out;
    struct buf text;
    struct recall *recall; /* from day to day */
    uint64_t start_ms;
    unsigned n_unexplored;
};

void page_escaped(struct page *p);

/* open, the text escaped, close. */
void page_element(struct page *p, const char *open, struct str text, const char *close);

/* sep, then the statement's name as a link to its words at the page's end. */
void page_link(struct page *p, uint32_t statement, const char *sep);

/* One statement: who, where, when, its words; as the target of links when `anchor`. */
void page_said(struct page *p, uint32_t statement, bool anchor);

/* Statements v and warnings w beside each other. */
void page_side_by_side(struct page *p, const uint32_t *v, uint32_t n, const uint32_t *w,
                       uint32_t m);

/* --- page_ways.c ----------------------------------------------------------------------------- */

bool page_concessions(struct page *p, const struct conflicts *c);
void page_packages(struct page *p, const struct packages *k);
void page_authority(struct page *p, const struct conflicts *c, int32_t day);

#endif
