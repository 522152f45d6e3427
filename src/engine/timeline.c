/* Searching gallops: doubling steps from the hint, then a binary search in the last step. */
#include "engine/timeline.h"

#include <stdlib.h>
#include <string.h>

void timeline_init(struct timeline *t, bool clock, int64_t first, const struct time_map *maps,
                   size_t n_maps)
{
    *t = (struct timeline){.clock = clock,
                           .first = first,
                           .last = sat_prev(first),
                           .base = first,
                           .maps = maps,
                           .n_maps = n_maps};
}

void timeline_free(struct timeline *t)
{
    if (!t->lent) free(t->stamps);
    t->stamps = NULL;
}

void timeline_lend(struct timeline *t, int64_t *stamps, size_t n)
{
    t->lent = true;
    t->stamps = stamps;
    t->n = n;
    t->first_stamp = stamps[0];
    t->last = t->first + (int64_t)n - 1;
}

bool timeline_append(struct timeline *t, const int64_t *stamps, size_t n)
{
    if (!t->lent && t->head + t->n + n > t->cap) {
        if (t->head > t->n) {
            memmove(t->stamps, t->stamps + t->head, t->n * sizeof *stamps);
            t->head = 0;
        }
        size_t cap = t->cap ? t->cap : 1024;
        while (t->head + t->n + n > cap) cap *= 2;
        if (cap != t->cap) {
            int64_t *p = realloc(t->stamps, cap * sizeof *p);
            if (!p) return false;
            t->stamps = p;
            t->cap = cap;
        }
    }
    if (n && t->last < t->first) t->first_stamp = stamps[0];
    if (n && !t->lent) memcpy(t->stamps + t->head + t->n, stamps, n * sizeof *stamps);
    t->n += n;
    t->last += (int64_t)n;
    return true;
}

void timeline_evict(struct timeline *t, int64_t position)
{
    if (t->clock || position <= t->base) return;
    if (position > t->last + 1) position = t->last + 1;
    size_t k = (size_t)(position - t->base);
    t->head += k;
    t->n -= k;
    t->base = position;
}

int64_t timeline_first_at(const struct timeline *t, int64_t from, int64_t stamp)
{
    if (t->clock) return stamp > from ? stamp : from;
    const int64_t *s = t->stamps + t->head;
    int64_t lo = from < t->base ? 0 : from - t->base, n = (int64_t)t->n, step = 1;
    if (lo >= n) return t->base + n;
    if (s[lo] >= stamp) return t->base + lo;
    while (lo + step < n && s[lo + step] < stamp) {
        lo += step;
        step *= 2;
    }
    int64_t hi = lo + step < n ? lo + step : n; /* s[lo] < stamp <= s[hi] */
    while (hi - lo > 1) {
        int64_t mid = lo + (hi - lo) / 2;
        if (s[mid] < stamp)
            lo = mid;
        else
            hi = mid;
    }
    return t->base + hi;
}

int64_t timeline_last_at(const struct timeline *t, int64_t from, int64_t stamp)
{
    if (t->clock) return stamp < t->last ? stamp : t->last;
    int64_t p = from < t->base ? t->base : from;
    if (stamp == INT64_MAX) return t->last;
    if (p > t->last || timeline_stamp(t, p) > stamp) p = t->base;
    return timeline_first_at(t, p, stamp + 1) - 1;
}

int64_t timeline_edge(const struct timeline *t, struct edge e, int64_t stamp)
{
    if (e.map != MAP_NONE && e.map < t->n_maps) {
        if (stamp == INT64_MIN || stamp == INT64_MAX) return stamp;
        return t->maps[e.map].map(t->maps[e.map].ctx, stamp);
    }
    return e.seconds == INSTANT_MAX ? INT64_MAX : sat_add(stamp, e.seconds);
}

/* The map's answer is at or after its argument, so both inverses lie at or before `stamp`: step
 * back by doubling, then halve. */
static int64_t least(const struct timeline *t, struct edge e, int64_t stamp)
{
    int64_t hi = stamp, step = 1, lo = sat_add(stamp, -1);
    while (lo != INT64_MIN && timeline_edge(t, e, lo) >= stamp) {
        hi = lo;
        lo = sat_add(lo, -step);
        if (step < INT64_MAX / 2) step *= 2;
    }
    while (hi - lo > 1) {
        int64_t mid = lo + (hi - lo) / 2;
        if (timeline_edge(t, e, mid) >= stamp)
            hi = mid;
        else
            lo = mid;
    }
    return hi;
}

int64_t timeline_edge_least(const struct timeline *t, struct edge e, int64_t stamp)
{
    if (stamp == INT64_MIN || stamp == INT64_MAX) return stamp;
    if (e.map != MAP_NONE) return least(t, e, stamp);
    return e.seconds == INSTANT_MAX ? INT64_MIN : sat_add(stamp, -e.seconds);
}

int64_t timeline_edge_greatest(const struct timeline *t, struct edge e, int64_t stamp)
{
    if (stamp == INT64_MIN || stamp == INT64_MAX) return stamp;
    if (e.map != MAP_NONE) return sat_prev(least(t, e, stamp + 1));
    return e.seconds == INSTANT_MAX ? INT64_MIN : sat_add(stamp, -e.seconds);
}
