/* Coverage of a selector: the union of the records that hold, less the gaps that bite. */
#include "verdict/cover.h"

#include <stdlib.h>

static bool names_kind(const struct view *v, const struct coverage *c, uint32_t kind)
{
    if (!c->n_kinds) return true;
    for (uint32_t i = 0; i < c->n_kinds; i++)
        if (kind_is(v->agreement, kind, v->facts->kind_pool[c->kinds + i])) return true;
    return false;
}

static bool listed(const struct indices *list, uint32_t x)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (list->v[i] == x) return true;
    return list->n == 0;
}

static bool means_fit(const struct coverage_rule *r, struct str means)
{
    for (uint32_t i = 0; i < r->n_means; i++)
        if (str_eq_nocase(r->means[i], means)) return true;
    return r->n_means == 0;
}

/* Does a record count, by the agreement's coverage rules?  All do when none is declared. */
static bool counts(const struct view *v, const struct selector *s, const struct coverage *c)
{
    const struct agreement *g = v->agreement;
    bool ruled = false;
    for (uint32_t i = 0; i < g->n_coverage; i++) {
        const struct coverage_rule *r = &g->coverage[i];
        if (r->kind != LANG_NONE && !kind_is(g, s->kind, r->kind)) continue;
        if (r->zone != LANG_NONE && r->zone != s->zone) continue;
        ruled = true;
        if (listed(&r->by, c->by) && means_fit(r, c->means)) return true;
    }
    return !ruled;
}

/* How the record's area lies to the area that the selector asks for. */
static enum status side_of(const struct view *v, const struct selector *s, const struct coverage *c,
                           enum side *out)
{
    const struct place_book *book = &v->facts->places;
    bool whole = s->zone == FACTS_NONE || s->outside;
    if (c->where == COVERAGE_EVERYWHERE) {
        *out = SIDE_INSIDE;
        return STATUS_OK;
    }
    *out = SIDE_UNDECIDED;
    if (c->where == COVERAGE_ZONE && !whole && c->area == s->zone) {
        *out = SIDE_INSIDE;
        return STATUS_OK;
    }
    if (whole || !book->covered) return STATUS_OK;
    return book->covered(book->ctx, s->zone, s->reading, c, out);
}

static int by_from(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

/* The union of n spans (sorted here). */
static void unite(struct iset *out, struct span *spans, size_t n)
{
    iset_clear(out);
    if (n) qsort(spans, n, sizeof(*spans), by_from);
    for (size_t i = 0; i < n; i++) iset_add(out, spans[i].from, spans[i].to);
}

/* Does the record speak of what the selector picks, and how: coverage (+1), gap (-1), not (0)? */
static enum status relevance(const struct view *v, const struct selector *s,
                             const struct coverage *c, int *out)
{
    enum side side;
    *out = 0;
    if (!names_kind(v, c, s->kind) || (!c->gap && !counts(v, s, c))) return STATUS_OK;
    enum status got = side_of(v, s, c, &side);
    if (got != STATUS_OK) return got;
    if (c->gap) {
        *out = side != SIDE_OUTSIDE ? -1 : 0;
    } else {
        *out = side == SIDE_INSIDE ? 1 : 0;
    }
    return STATUS_OK;
}

enum status cover_of(struct view *v, const struct selector *s, struct iset *out)
{
    const struct facts *f = v->facts;
    iset_clear(out);
    if (s->filed) {
        iset_add(out, INSTANT_MIN, INSTANT_MAX);
        return out->failed ? STATUS_FAULT : STATUS_OK;
    }
    struct span *spans = malloc((2 * f->n_coverage + 1) * sizeof(*spans));
    struct span *gaps = spans ? spans + f->n_coverage : NULL;
    size_t n = 0, n_gaps = 0;
    enum status status = spans ? STATUS_OK : STATUS_FAULT;
    for (size_t i = 0; i < f->n_coverage && status == STATUS_OK; i++) {
        const struct coverage *c = &f->coverage[i];
        int what;
        status = relevance(v, s, c, &what);
        if (what > 0) spans[n++] = (struct span){c->from, c->to};
        if (what < 0) gaps[n_gaps++] = (struct span){c->from, c->to};
    }
    if (status == STATUS_OK) {
        struct iset seen, missed;
        iset_init(&seen);
        iset_init(&missed);
        unite(&seen, spans, n);
        unite(&missed, gaps, n_gaps);
        iset_subtract(out, &seen, &missed);
        if (seen.failed || missed.failed || out->failed) status = STATUS_FAULT;
        iset_free(&seen);
        iset_free(&missed);
    }
    free(spans);
    return status;
}

enum status cover_records(struct view *v, const struct selector *s, instant from, instant to,
                          struct arena *arena, uint32_t **out, size_t *n)
{
    const struct facts *f = v->facts;
    *n = 0;
    *out = arena_array(arena, f->n_coverage, sizeof(**out));
    if (!*out) return STATUS_FAULT;
    for (size_t i = 0; i < f->n_coverage && !s->filed; i++) {
        const struct coverage *c = &f->coverage[i];
        int what;
        if (c->to < from || c->from > to) continue;
        enum status status = relevance(v, s, c, &what);
        if (status != STATUS_OK) return status;
        if (what) (*out)[(*n)++] = (uint32_t)i;
    }
    return STATUS_OK;
}

double cover_share(const struct iset *covered, instant from, instant to)
{
    if (from > to) return 0;
    if (iset_covers(covered, from, to)) return 1;
    if (from == INSTANT_MIN || to == INSTANT_MAX) return 0;
    double sum = 0;
    for (size_t i = iset_find(covered, from); i < covered->n && covered->items[i].from <= to; i++) {
        instant a = covered->items[i].from > from ? covered->items[i].from : from;
        instant b = covered->items[i].to < to ? covered->items[i].to : to;
        sum += (double)(b - a) + 1;
    }
    return sum / ((double)(to - from) + 1);
}
