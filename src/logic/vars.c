/* Free variables; see formula.h.
 *
 * A walk keeps the variables seen in order of first sight in a growing list; binders remove theirs
 * when they close.  Variables are unique to their binder, so a removal is exact. */
#include "logic/formula.h"

#include <stdlib.h>
#include <string.h>

struct list {
    struct arena *arena;
    uint32_t *v;
    size_t n, cap;
    uint8_t *seen; /* by variable; grown with `seen_cap` */
    size_t seen_cap;
    bool ok;
};

static void see(struct list *l, uint32_t var)
{
    if (var >= l->seen_cap) {
        size_t cap = (size_t)var * 2 + 32;
        uint8_t *seen = arena_alloc(l->arena, cap);
        if (!seen) {
            l->ok = false;
            return;
        }
        if (l->seen_cap) memcpy(seen, l->seen, l->seen_cap);
        l->seen = seen;
        l->seen_cap = cap;
    }
    if (l->seen[var]) return;
    uint32_t *v = arena_grow(l->arena, l->v, l->n, &l->cap, sizeof *v);
    if (!v) {
        l->ok = false;
        return;
    }
    l->v = v;
    v[l->n++] = var;
    l->seen[var] = 1;
}

/* Forget the listed variables among those seen since `from`. */
static void close_binder(struct list *l, size_t from, const uint32_t *vars, uint32_t n)
{
    size_t out = from;
    for (size_t i = from; i < l->n; i++) {
        bool listed = false;
        for (uint32_t k = 0; k < n && !listed; k++) listed = vars[k] == l->v[i];
        if (listed) {
            l->seen[l->v[i]] = 0;
        } else {
            l->v[out++] = l->v[i];
        }
    }
    l->n = out;
}

static void walk_term(struct list *l, const struct term *t)
{
    if (!t) return;
    if (t->op == TERM_VAR) see(l, t->var);
    walk_term(l, t->a);
    walk_term(l, t->b);
}

static void walk(struct list *l, const struct formula *f);

static void walk_path(struct list *l, const struct path *p)
{
    if (!p) return;
    if (p->test) walk(l, p->test);
    walk_path(l, p->a);
    walk_path(l, p->b);
}

/* All else in the body is bound by the aggregation. */
static void walk_agg(struct list *l, const struct formula *f)
{
    see(l, f->result);
    for (uint32_t i = 0; i < f->n_vars; i++) see(l, f->vars[i]);
}

static void walk(struct list *l, const struct formula *f)
{
    if (!l->ok) return;
    size_t from = l->n;
    switch (f->op) {
    case F_AGG: walk_agg(l, f); return;
    case F_LET:
    case F_LETPAST: walk(l, f->sub[1]); return;
    case F_SINCE:
    case F_UNTIL:
        walk(l, f->sub[1]);
        walk(l, f->sub[0]);
        return;
    case F_ASSIGN: see(l, f->result); break;
    default: break;
    }
    bool swapped = f->op == F_COMPARE && (f->cmp == CMP_GT || f->cmp == CMP_GE);
    walk_term(l, swapped ? f->right : f->left);
    walk_term(l, swapped ? f->left : f->right);
    for (uint32_t i = 0; i < f->n_args; i++) walk_term(l, f->args[i]);
    for (uint32_t i = 0; i < f->n_sub; i++) walk(l, f->sub[i]);
    walk_path(l, f->path);
    if (f->op == F_EXISTS || f->op == F_FORALL) close_binder(l, from, f->vars, f->n_vars);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static struct varset finish(struct list *l, bool sorted, bool *ok)
{
    if (!l->ok) {
        *ok = false;
        return (struct varset){0};
    }
    if (sorted && l->n) qsort(l->v, l->n, sizeof *l->v, by_number);
    return (struct varset){l->v, (uint32_t)l->n};
}

struct varset formula_free(struct arena *a, const struct formula *f, bool *ok)
{
    struct list l = {.arena = a, .ok = true};
    walk(&l, f);
    return finish(&l, true, ok);
}

struct varset formula_columns(struct arena *a, const struct formula *f, bool *ok)
{
    struct list l = {.arena = a, .ok = true};
    walk(&l, f);
    return finish(&l, false, ok);
}

struct varset term_free(struct arena *a, const struct term *t, bool *ok)
{
    struct list l = {.arena = a, .ok = true};
    walk_term(&l, t);
    return finish(&l, true, ok);
}

bool varset_has(struct varset s, uint32_t var)
{
    uint32_t lo = 0, hi = s.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (s.v[mid] < var) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return lo < s.n && s.v[lo] == var;
}

bool varset_within(struct varset inner, struct varset outer)
{
    for (uint32_t i = 0; i < inner.n; i++)
        if (!varset_has(outer, inner.v[i])) return false;
    return true;
}

bool varset_eq(struct varset a, struct varset b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.v, b.v, a.n * sizeof *a.v) == 0);
}

struct varset varset_union(struct arena *a, struct varset x, struct varset y, bool *ok)
{
    struct varset out = {arena_array(a, (size_t)x.n + y.n, sizeof *out.v), 0};
    if (!out.v) {
        *ok = false;
        return out;
    }
    uint32_t i = 0, j = 0;
    while (i < x.n || j < y.n) {
        bool take_x = j == y.n || (i < x.n && x.v[i] <= y.v[j]);
        uint32_t var = take_x ? x.v[i] : y.v[j];
        if (i < x.n && x.v[i] == var) i++;
        if (j < y.n && y.v[j] == var) j++;
        out.v[out.n++] = var;
    }
    return out;
}

struct varset varset_minus(struct arena *a, struct varset x, struct varset y, bool *ok)
{
    struct varset out = {arena_array(a, x.n, sizeof *out.v), 0};
    if (!out.v) {
        *ok = false;
        return out;
    }
    for (uint32_t i = 0; i < x.n; i++)
        if (!varset_has(y, x.v[i])) out.v[out.n++] = x.v[i];
    return out;
}
