#include "engine/window.h"

int64_t window_past_from(const struct timeline *t, struct bound b, int64_t f, int64_t fs)
{
    return timeline_first_at(t, f, timeline_edge(t, b.lo, fs));
}

int64_t window_future_from(const struct timeline *t, struct bound b, int64_t fs, int64_t from)
{
    return timeline_first_at(t, from, timeline_edge_least(t, b.hi, fs));
}

int64_t window_future_to(const struct timeline *t, struct bound b, int64_t tp, int64_t ts,
                         int64_t from)
{
    return min64(tp, timeline_last_at(t, from, timeline_edge_greatest(t, b.lo, ts)));
}

int64_t window_settled(const struct timeline *t, struct bound b, int64_t known, int64_t from)
{
    if (known < from) return sat_prev(from);
    if (t->ended && known == t->last) return known;
    if (bound_infinite(b)) return sat_prev(from);
    /* On the clock the window must end at or before `known`.  In a trace it must end before the stamp
     * of the next position; while that is not known it may be as early as the last's. */
    int64_t stamp = timeline_stamp(t, t->clock || known == t->last ? known : known + 1);
    int64_t s = timeline_edge_greatest(t, b.hi, t->clock ? stamp : stamp - 1);
    if (t->clock) return max64(min64(s, known), sat_prev(from));
    if (timeline_stamp(t, from) > s) return sat_prev(from);
    return min64(known, timeline_last_at(t, from, s));
}

bool window_joins(const struct timeline *t, struct bound b, int64_t ts, int64_t f2s)
{
    int64_t begin = timeline_edge(t, b.lo, f2s), end = timeline_edge(t, b.hi, ts);
    if (begin <= end) return true;
    return begin == sat_next(end) && (t->clock || begin > f2s);
}

void window_empty_past(const struct timeline *t, struct bound b, int64_t lo, int64_t hi,
                       struct iset *out)
{
    iset_clear(out);
    int64_t j = t->base; /* first position whose upper edge reaches i */
    for (int64_t i = lo; i <= hi; i++) {
        int64_t s = timeline_stamp(t, i);
        if (bound_infinite(b)) {
            if (timeline_edge(t, b.lo, t->first_stamp) > s) iset_add(out, i, i);
            continue;
        }
        while (j <= i && timeline_edge(t, b.hi, timeline_stamp(t, j)) < s) j++;
        if (j > i || timeline_edge(t, b.lo, timeline_stamp(t, j)) > s) iset_add(out, i, i);
    }
}

void window_empty_future(const struct timeline *t, struct bound b, int64_t lo, int64_t hi,
                         struct iset *out)
{
    iset_clear(out);
    int64_t j = lo;
    for (int64_t i = lo; i <= hi; i++) {
        int64_t s = timeline_stamp(t, i);
        j = timeline_first_at(t, max64(i, j), timeline_edge(t, b.lo, s));
        if (j > t->last || timeline_stamp(t, j) > timeline_edge(t, b.hi, s)) iset_add(out, i, i);
    }
}

bool window_punch(struct table *t, const struct iset *holes)
{
    size_t n = t->n;
    for (size_t r = 0; r < n; r++) {
        int64_t from = t->from[r], to = t->to[r];
        size_t i = iset_find(holes, from);
        if (i == holes->n || holes->items[i].from > to) continue;
        bool first = true;
        for (;; i++) {
            bool hole = i < holes->n && holes->items[i].from <= to;
            int64_t end = hole ? holes->items[i].from - 1 : to;
            if (from <= end) {
                if (first)
                    t->from[r] = from, t->to[r] = end;
                else
                    table_copy_row(t, t, r, from, end);
                first = false;
            }
            if (!hole) break;
            from = holes->items[i].to + 1;
        }
        if (first) t->from[r] = 1, t->to[r] = 0; /* nothing left: dropped below */
    }
    size_t w = 0;
    t->unsorted = false;
    for (size_t r = 0; r < t->n; r++) {
        if (t->from[r] > t->to[r]) continue;
        if (w && t->from[w - 1] > t->from[r]) t->unsorted = true;
        t->from[w] = t->from[r];
        t->to[w] = t->to[r];
        for (uint32_t k = 0; k < t->ncols; k++) t->col[k][w] = t->col[k][r];
        w++;
    }
    t->n = w;
    return !t->failed && !holes->failed;
}
