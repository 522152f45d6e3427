/* Positions and their time-stamps.
 *
 * Clock: a position is a UTC second and its own stamp.  Trace: a position is the index of a
 * time-point in the order of arrival, with a non-decreasing stamp.  Operators count in positions
 * and ask the timeline to map windows: clock by adding, trace by searching the stamps.
 *
 * Trace stamps live in one array from position `base` on; timeline_evict moves the base up.  The
 * positions known so far are [first, last]; last = first - 1 when there is none. */
#ifndef TRUCE_ENGINE_TIMELINE_H
#define TRUCE_ENGINE_TIMELINE_H

#include "interval/iset.h"
#include "logic/formula.h"

/* The stamp of the empty position that follows the last of a log (doc/semantics.md). */
#define STAMP_END (INT64_MAX - 1)

struct timeline {
    bool clock;
    bool ended;    /* nothing comes after `last` */
    int64_t first; /* clock: may be INT64_MIN */
    int64_t last;
    int64_t base;        /* trace: position of stamps[head] */
    int64_t first_stamp; /* trace: stamp of the first position, once there is one */
    int64_t *stamps;
    size_t head, n, cap;
    bool lent;                   /* stamps are borrowed, with STAMP_END behind the last */
    const struct time_map *maps; /* calendar maps, borrowed */
    size_t n_maps;
};

void timeline_init(struct timeline *t, bool clock, int64_t first, const struct time_map *maps,
                   size_t n_maps);
void timeline_free(struct timeline *t);

/* Trace, instead of appending: the whole log's stamps, borrowed, STAMP_END behind the last (so that this
 * can be appended). */
void timeline_lend(struct timeline *t, int64_t *stamps, size_t n);

/* Trace: append n stamps (non-decreasing, not below the last).  False when memory fails. */
bool timeline_append(struct timeline *t, const int64_t *stamps, size_t n);

/* Forget stamps of positions below `position`. */
void timeline_evict(struct timeline *t, int64_t position);

/* Stamp of a known position that is not evicted. */
static inline int64_t timeline_stamp(const struct timeline *t, int64_t position)
{
    return t->clock ? position : t->stamps[t->head + (size_t)(position - t->base)];
}

/* First known position >= `from` whose stamp is >= `stamp`; last + 1 when there is none.
 * Last known position whose stamp is <= `stamp`; base - 1 when there is none.
 * Both gallop from the hint when trace: constant when the answer is near. */
int64_t timeline_first_at(const struct timeline *t, int64_t from, int64_t stamp);
int64_t timeline_last_at(const struct timeline *t, int64_t from, int64_t stamp);

/* edge(stamp): the later instant; infinite edges give INT64_MAX. */
int64_t timeline_edge(const struct timeline *t, struct edge e, int64_t stamp);

/* Inverses of an edge map g: least s with g(s) >= stamp, greatest s with g(s) <= stamp. */
int64_t timeline_edge_least(const struct timeline *t, struct edge e, int64_t stamp);
int64_t timeline_edge_greatest(const struct timeline *t, struct edge e, int64_t stamp);

#endif
