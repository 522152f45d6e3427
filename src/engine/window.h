/* Where a window reaches, in positions.  A source interval [f,t] of positions is seen
 *   by ONCE[a,b] from        [window_past_from(f), the last known position within b.hi of t]
 *   by EVENTUALLY[a,b] from  [window_future_from(f), window_future_to(t)]
 * save, in a trace, from positions whose window holds no position at all (window_empty): these can
 * lie inside when f < t and a > 0.  Results are clipped to what the timeline knows. */
#ifndef TRUCE_ENGINE_WINDOW_H
#define TRUCE_ENGINE_WINDOW_H

#include "engine/node.h"

/* First position that sees f, or last + 1; fs is f's stamp (f may be evicted). */
int64_t window_past_from(const struct timeline *t, struct bound b, int64_t f, int64_t fs);
/* First position >= from that sees f; last position >= from - 1 that sees t. */
int64_t window_future_from(const struct timeline *t, struct bound b, int64_t fs, int64_t from);
int64_t window_future_to(const struct timeline *t, struct bound b, int64_t tp, int64_t ts,
                         int64_t from);

/* Last position whose look ahead by b is settled when facts are complete up to `known`;
 * from - 1 when there is none. */
int64_t window_settled(const struct timeline *t, struct bound b, int64_t known, int64_t from);

/* Last position whose verdict by the formula as written is settled, once the log has ended in the
 * position time->last.  False when memory fails.  (settled.c) */
bool settled_position(const struct formula *written, const struct scope *sc,
                      const struct timeline *time, int64_t *out);

/* Do the windows of two sources join, so that [f,t] then [f2,t2] (f2 > t) are seen from one interval?
 * Sufficient, and necessary up to positions that stand between by accident. */
bool window_joins(const struct timeline *t, struct bound b, int64_t ts, int64_t f2s);

/* Positions of [lo, hi] whose past (future) window is empty, into out.  Trace only; the timeline must
 * reach back over the window. */
void window_empty_past(const struct timeline *t, struct bound b, int64_t lo, int64_t hi,
                       struct iset *out);
void window_empty_future(const struct timeline *t, struct bound b, int64_t lo, int64_t hi,
                         struct iset *out);

/* Cut rows of t at the positions in `holes`. */
bool window_punch(struct table *t, const struct iset *holes);

/* Can a window be empty although facts stand on both sides of it? */
static inline bool window_has_gaps(const struct timeline *t, struct bound b)
{
    return !t->clock && (b.lo.map != MAP_NONE || b.lo.seconds > 0);
}

#endif
