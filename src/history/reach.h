/* How far a change reaches, and what must be known to judge a stretch of time.
 *
 * Positions are ranks of time-points (trace) or seconds (clock).  Both questions are answered by
 * one walk over the core formula, without looking at facts:
 *   reach_of    upward: where can the verdict differ, when facts of one predicate (or the
 *               time-points themselves) differ within a span of positions?
 *   reach_need  downward: which positions does the verdict on a span depend on?
 * The answers are hulls, so they may be too large, never too small. */
#ifndef TRUCE_HISTORY_REACH_H
#define TRUCE_HISTORY_REACH_H

#include "engine/timeline.h"
#include "history/order.h"
#include "interval/iset.h"
#include "logic/formula.h"

/* The positions there are. */
struct axis {
    const struct order *points;   /* trace: the time-points; NULL on the clock */
    const struct timeline *edges; /* for the maps of bounds only */
};

#define SPAN_EMPTY ((struct span){INT64_MAX, INT64_MIN})

bool span_is_empty(struct span s);
struct span span_hull(struct span a, struct span b); /* either may be empty */

/* All positions: [0, n-1], or the whole clock. */
struct span axis_all(struct axis axis);

#define PRED_EVERY UINT32_MAX /* the time-points changed: everything may differ there */

/* Where the verdict of `f` may differ when `pred` differs within `changed`. */
struct span reach_of(const struct formula *f, struct axis axis, uint32_t pred, struct span changed);

/* The positions that the verdict on `wanted` depends on; contains `wanted`. */
struct span reach_need(const struct formula *f, struct axis axis, struct span wanted);

/* Does it make no difference to other positions when a time-point without facts is put in
 * somewhere?  True when temporal operators look only at what happens where there are facts. */
bool reach_blind(const struct formula *f, const struct scope *sc);

/* Does the formula count positions (tp, tpts)? */
bool reach_counts(const struct formula *f, const struct scope *sc);

#endif
