/* What SINCE and UNTIL have in common: two sides, one tuple at a time.  The sources (rows of the right
 * side) are grouped by tuple, the rows of the left side by the columns that the sides share; for each
 * tuple the operator asks where the left side holds, gathers in `seen` where the formula holds, and
 * has that made into rows. */
#ifndef TRUCE_ENGINE_SIDES_H
#define TRUCE_ENGINE_SIDES_H

#include "engine/group.h"
#include "engine/node.h"
#include "interval/iset.h"

struct sides {
    struct groups tuples, keys;
    struct iset
        holds; /* of the tuple at hand: where the left side (negated as the plan says) holds … */
    struct iset seen; /* … and where the formula does */
    struct iset fails, holes;
    uint32_t holds_key; /* the key whose set `holds` is; KEY_NONE: of those without rows */
    bool holds_known;
    uint32_t *columns; /* 0 … ncols-1 */
    bool wide;         /* some source had more than one position: the operator sets it */
};

/* False when memory fails. */
bool sides_init(struct sides *s, const struct node *n);
void sides_free(struct sides *s);

/* Group a region's rows: those of the left side by the key columns, the sources by their first ncols
 * columns. */
bool sides_left(struct sides *s, const struct node *n, const struct table *left);
bool sides_sources(struct sides *s, const struct table *sources);

/* Take tuple g: s->holds becomes right for [n->lo, hi], s->seen empty.  `wild`: some value matches any
 * other, so rows are compared one by one. */
void sides_tuple(struct sides *s, struct node *n, const struct table *left, uint32_t g, bool wild,
                 int64_t hi);

/* s->seen, cut to the region, as rows of n->out with the tuple in row `row` of `sources`. */
bool sides_rows(struct sides *s, struct node *n, const struct table *sources, size_t row);

/* All tuples are done.  Where windows have gaps between positions (a lower bound above 0 and sources of
 * several positions), what lies in them is taken out again.  ahead: the windows lie in the
 * future. */
bool sides_done(struct sides *s, struct node *n, struct exec *x, bool ahead);

#endif
