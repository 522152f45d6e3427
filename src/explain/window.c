/* Windows over positions, and where a formula may hold; see explainer.h. */
#include "explain/explainer.h"

#define SHORT_STRETCH 256 /* positions: whose windows are looked at one by one */

bool looks_back(enum formula_op op)
{
    return !formula_looks_ahead(op);
}

void window_beyond(struct interval *w, bool back, int64_t at)
{
    if (back)
        w->to = at - 1;
    else
        w->from = at + 1;
}

/* On the clock, by the caller's maps of time. */
static struct interval mapped(const struct record *r, const struct formula *f, int64_t stamp)
{
    struct bound b = f->bound;
    struct interval w;
    if (looks_back(f->op)) {
        w.from = timeline_edge_least(r->edges, b.hi, stamp);
        w.to = timeline_edge_greatest(r->edges, b.lo, stamp);
    } else {
        w.from = timeline_edge(r->edges, b.lo, stamp);
        w.to = timeline_edge(r->edges, b.hi, stamp);
    }
    if (w.from < r->first) w.from = r->first;
    if (w.to > r->last) w.to = r->last;
    return w;
}

/* Positions in the window of a time-stamp, whatever their order to the position. */
static struct interval stamps_of(struct explainer *x, const struct formula *f, int64_t stamp)
{
    struct record *r = x->r;
    struct bound b = f->bound;
    int64_t end = record_last(r);
    bool infinite = bound_infinite(b);
    if (r->edges) return mapped(r, f, stamp);
    if (looks_back(f->op)) {
        if (stamp == INT64_MAX) { /* infinitely late: only an infinite window reaches back */
            int64_t to = infinite && b.lo.seconds ? r->last : end;
            return (struct interval){infinite ? r->first : r->last + 1,
                                     b.lo.seconds && !infinite ? r->last : to};
        }
        int64_t lo = infinite ? INT64_MIN : instant_add(stamp, -b.hi.seconds);
        int64_t from = lo == INT64_MIN ? r->first : record_from(r, lo);
        return (struct interval){from, record_to(r, instant_add(stamp, -b.lo.seconds))};
    }
    if (stamp == INT64_MAX) return (struct interval){r->last + 1, b.lo.seconds ? r->last : end};
    int64_t from = record_from(r, instant_add(stamp, b.lo.seconds));
    int64_t to = infinite ? end : record_to(r, instant_add(stamp, b.hi.seconds));
    return (struct interval){from, to};
}

struct interval window_of(struct explainer *x, const struct formula *f, int64_t at)
{
    struct interval w = stamps_of(x, f, record_stamp(x->r, at));
    struct interval order = {x->r->first, at};
    if (f->op == F_PREV) order = (struct interval){at - 1, at - 1};
    if (f->op == F_NEXT) order = (struct interval){at + 1, at + 1};
    if (f->op != F_NEXT && f->op != F_PREV && !looks_back(f->op))
        order = (struct interval){at, record_last(x->r)};
    if (w.from < order.from) w.from = order.from;
    if (w.to > order.to) w.to = order.to;
    if (w.from < x->r->first) w.from = x->r->first;
    if (w.to > record_last(x->r)) w.to = record_last(x->r);
    return w;
}

/* The windows of a short stretch, one by one: false when their union has a hole. */
static bool union_of(struct explainer *x, const struct formula *f, int64_t from, int64_t to,
                     struct interval *out)
{
    *out = (struct interval){0, -1};
    for (int64_t p = from; p <= to; p++) {
        struct interval w = window_of(x, f, p);
        if (w.from > w.to) continue;
        if (out->from > out->to) {
            *out = w;
        } else {
            if (w.from > out->to + 1) return false;
            if (w.to > out->to) out->to = w.to;
        }
    }
    return true;
}

bool window_union(struct explainer *x, const struct formula *f, int64_t from, int64_t to,
                  struct interval *out)
{
    if (to - from < SHORT_STRETCH) return union_of(x, f, from, to, out);
    *out = window_hull(x, f, from, to);
    return true;
}

struct interval window_hull(struct explainer *x, const struct formula *f, int64_t from, int64_t to)
{
    struct interval a = window_of(x, f, from), b = window_of(x, f, to);
    if (from == to) return a;
    if (f->op == F_PREV || f->op == F_NEXT) { /* gaps may be too wide: take all the positions */
        int64_t step = f->op == F_PREV ? -1 : 1;
        a = (struct interval){from + step, to + step};
        if (a.from < x->r->first) a.from = x->r->first;
        if (a.to > record_last(x->r)) a.to = record_last(x->r);
        return a;
    }
    return (struct interval){a.from, b.to}; /* edges of windows never go back */
}

/* ---- where a formula may hold ---- */

static bool nearest_fact(struct explainer *x, const struct formula *f, const struct binds *e,
                         int64_t from, int64_t to, int64_t *at)
{
    struct fact_scan s;
    int64_t first, last;
    bool back = to < from, found = false;
    env_scan(x, &s, f, e, back ? to : from, back ? from : to, back);
    for (const uint64_t *words; (words = scan_next(&s.scan, &first, &last));) {
        if (!env_matches(x->r, e, f, words)) continue;
        int64_t here = back ? last : first;
        if (!found || (back ? here > *at : here < *at)) *at = here;
        found = true;
        if (!back || !x->r->spans) break;
    }
    return found;
}

static bool nearest_all(struct explainer *x, const struct formula *f, const struct binds *e,
                        int64_t from, int64_t to, int64_t *at)
{
    *at = from;
    for (uint32_t i = 0; i < f->n_sub; i++) {
        if (f->sub[i]->op == F_NOT) continue;
        if (!nearest(x, f->sub[i], e, *at, to, at)) return false;
    }
    return true;
}

static bool nearest_any(struct explainer *x, const struct formula *f, const struct binds *e,
                        int64_t from, int64_t to, int64_t *at)
{
    bool any = false;
    for (uint32_t i = 0; i < f->n_sub; i++) {
        int64_t here;
        if (!nearest(x, f->sub[i], e, from, to, &here)) continue;
        if (!any || (to < from ? here > *at : here < *at)) *at = here;
        any = true;
    }
    return any;
}

bool nearest(struct explainer *x, const struct formula *f, const struct binds *e, int64_t from,
             int64_t to, int64_t *at)
{
    switch (f->op) {
    case F_PRED:
        if (x->sc->preds[f->pred].kind == PRED_EVENT) return nearest_fact(x, f, e, from, to, at);
        break;
    case F_AND: return nearest_all(x, f, e, from, to, at);
    case F_OR: return nearest_any(x, f, e, from, to, at);
    case F_EXISTS: return nearest(x, f->sub[0], env_exists(x, e, f), from, to, at);
    case F_FALSE: return false;
    default: break;
    }
    *at = from;
    return true;
}
