/* Moments: where the text's times begin and end, what its periods lead to from there.
 *
 * `bases` are the ends of every fixed row (terms, deadlines) up to the horizon; when there are more
 * than BASES, the horizon moves before the first that finds no room.  Around each base the seconds
 * on both sides of its edge are taken; then each base shifted by each period of the text, forwards
 * and (where the period is seconds) backwards; then the middles of wide gaps. */
#include "talks/draft_moments.h"

#include <stdlib.h>

#define BASES 14
#define PERIODS 8
#define YEAR ((int64_t)366 * SECONDS_PER_DAY)

struct bag {
    instant v[512];
    size_t n;
};

static void put(struct bag *b, instant at)
{
    if (at == INSTANT_MIN || at == INSTANT_MAX || b->n == 512) return;
    for (size_t i = 0; i < b->n; i++)
        if (b->v[i] == at) return;
    b->v[b->n++] = at;
}

static int ascending(const void *x, const void *y)
{
    instant a = *(const instant *)x, b = *(const instant *)y;
    return (a > b) - (a < b);
}

static void sort(struct bag *b)
{
    if (b->n) qsort(b->v, b->n, sizeof *b->v, ascending);
}

instant draft_horizon(const struct agreement *a, const struct agreement *b)
{
    instant last = INSTANT_MIN;
    for (const struct agreement *g = a; g; g = g == a ? b : NULL) {
        instant end =
            g->header.until == INSTANT_MAX ? instant_add(g->header.from, YEAR) : g->header.until;
        if (end > last) last = end;
    }
    return last;
}

/* --- bases ----------------------------------------------------------------------------------- */

static void put_rows(const struct draft_world *w, const struct lowered_pred *p, struct bag *b)
{
    for (size_t i = 0; i < p->n_rows && i < 32; i++) {
        const struct fixed_row *r = &p->rows[i];
        if (r->from > w->horizon) continue;
        put(b, r->from);
        if (r->to <= w->horizon) put(b, r->to);
    }
}

static void find_bases(struct draft_world *w, struct bag *b)
{
    for (uint32_t s = 0; s < w->n_sides; s++) {
        const struct lowered *l = &w->sides[s].lowered;
        put(b, w->sides[s].g->header.from);
        if (w->sides[s].g->header.until <= w->horizon) put(b, w->sides[s].g->header.until);
        for (size_t i = 0; i < l->n; i++)
            for (size_t k = 0; k < l->violations[i]->n_preds; k++)
                if (l->violations[i]->preds[k].source == PRED_FIXED)
                    put_rows(w, &l->violations[i]->preds[k], b);
    }
    sort(b);
    if (b->n <= BASES) return;
    w->horizon = b->v[BASES] - 1;
    b->n = BASES;
}

/* --- periods --------------------------------------------------------------------------------- */

struct period {
    const struct lowered *l;
    struct edge edge;
};

struct periods {
    struct period v[PERIODS];
    size_t n;
};

static void put_edge(struct periods *p, const struct lowered *l, struct edge e)
{
    if (e.map == MAP_NONE && (e.seconds <= 1 || e.seconds == INSTANT_MAX)) return;
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].edge.map == e.map && p->v[i].edge.seconds == e.seconds && p->v[i].l == l)
            return;
    if (p->n < PERIODS) p->v[p->n++] = (struct period){l, e};
}

static void edges_in(struct periods *p, const struct lowered *l, const struct formula *f)
{
    if (formula_is_temporal(f->op)) {
        put_edge(p, l, f->bound.lo);
        put_edge(p, l, f->bound.hi);
    }
    for (uint32_t i = 0; i < f->n_sub; i++) edges_in(p, l, f->sub[i]);
}

static void find_periods(const struct draft_world *w, struct periods *p)
{
    for (uint32_t s = 0; s < w->n_sides; s++) {
        const struct lowered *l = &w->sides[s].lowered;
        for (size_t i = 0; i < l->n; i++) {
            put_edge(p, l, l->violations[i]->due);
            edges_in(p, l, l->violations[i]->violation);
        }
    }
}

/* --- moments --------------------------------------------------------------------------------- */

static void take(struct bag *out, instant at, instant from, instant to)
{
    if (at >= from && at <= to && out->n < DRAFT_MOMENTS - 1) put(out, at);
}

static void shift(struct bag *out, const struct bag *bases, const struct periods *p, instant from,
                  instant to)
{
    for (size_t i = 0; i < bases->n; i++) {
        for (size_t k = 0; k < p->n; k++) {
            struct edge e = p->v[k].edge;
            instant later = draft_edge(p->v[k].l, e, bases->v[i]);
            take(out, later, from, to);
            take(out, instant_add(later, 1), from, to);
            if (e.map == MAP_NONE) take(out, instant_add(bases->v[i], -e.seconds), from, to);
        }
    }
}

/* Halve the widest gaps until there are a dozen moments. */
static void fill(struct bag *out)
{
    while (out->n >= 2 && out->n < 12) {
        size_t widest = 0;
        sort(out);
        for (size_t i = 1; i + 1 < out->n; i++)
            if (out->v[i + 1] - out->v[i] > out->v[widest + 1] - out->v[widest]) widest = i;
        instant gap = out->v[widest + 1] - out->v[widest];
        if (gap < 2) return;
        put(out, out->v[widest] + gap / 2);
    }
}

void draft_moments(struct draft_world *w)
{
    struct bag bases = {.n = 0}, out = {.n = 0};
    struct periods p = {.n = 0};
    find_bases(w, &bases);
    find_periods(w, &p);
    instant first = bases.n ? bases.v[0] : 0, last = instant_add(w->horizon, 1);
    instant before = instant_add(first, -SECONDS_PER_DAY);
    for (size_t k = 0; k < p.n; k++) { /* what is done before leaves room for each period */
        instant later = draft_edge(p.v[k].l, p.v[k].edge, first);
        if (later != INSTANT_MAX && instant_add(first, -(later - first)) - 1 < before)
            before = first - (later - first) - 1;
    }
    for (size_t i = 0; i < bases.n; i++) take(&out, bases.v[i], first, last);
    for (size_t i = 0; i < bases.n; i++) take(&out, instant_add(bases.v[i], 1), first, last);
    for (size_t i = 0; i < bases.n; i++) take(&out, instant_add(bases.v[i], -1), first, last);
    shift(&out, &bases, &p, first, last);
    fill(&out);
    put(&out, before);
    sort(&out);
    for (size_t i = 0; i < out.n; i++) w->moments[i] = out.v[i];
    w->n_moments = (uint32_t)out.n;
}
