/* See restrict.h. */
#include "history/restrict.h"

#include <string.h>

/* ---- bindings ---- */

/* A tuple of which some columns are known; of the changed predicate, or of a LET's. */
struct partial {
    uint32_t pred;
    uint32_t n;
    const bool *known;
    const uint64_t *value;
};

static void find(const struct formula *f, const struct partial *p, const uint32_t *vars,
                 uint32_t n_vars, struct bindings *out);

static size_t var_index(const uint32_t *vars, uint32_t n, uint32_t var)
{
    for (uint32_t i = 0; i < n; i++)
        if (vars[i] == var) return i;
    return SIZE_MAX;
}

/* Does `a` know nothing but what `b` knows too?  Then verdicts with b's values have a's. */
static bool covers(const struct binding *a, const struct binding *b, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (a->known[i] && (!b->known[i] || a->value[i] != b->value[i])) return false;
    return true;
}

static void add_binding(struct bindings *out, struct binding b, uint32_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < out->n; i++)
        if (covers(&out->items[i], &b, n)) return;
    for (size_t i = 0; i < out->n; i++)
        if (!covers(&b, &out->items[i], n)) out->items[kept++] = out->items[i];
    out->n = kept;
    struct binding *items = arena_grow(out->arena, out->items, out->n, &out->cap, sizeof *items);
    if (!items) {
        out->failed = true;
        return;
    }
    out->items = items;
    items[out->n++] = b;
}

static struct binding binding_new(struct bindings *out, uint32_t n)
{
    struct binding b = {arena_array(out->arena, n + 1, sizeof *b.known),
                        arena_array(out->arena, n + 1, sizeof *b.value)};
    if (!b.known || !b.value) out->failed = true;
    return b;
}

/* The occurrence f = p(args) meets the partial tuple: bind those of `vars` that are arguments. */
static void meet(const struct formula *f, const struct partial *p, const uint32_t *vars,
                 uint32_t n_vars, struct bindings *out)
{
    struct binding b = binding_new(out, n_vars);
    if (out->failed) return;
    for (uint32_t k = 0; k < f->n_args; k++) {
        const struct term *t = f->args[k];
        if (!p->known[k]) continue;
        if (t->op == TERM_CONST) {
            if (t->value != p->value[k]) return;
            continue;
        }
        size_t i = var_index(vars, n_vars, t->var);
        if (i == SIZE_MAX) continue;
        if (b.known[i] && b.value[i] != p->value[k]) return;
        b.known[i] = true;
        b.value[i] = p->value[k];
    }
    add_binding(out, b, n_vars);
}

static void find_path(const struct path *path, const struct partial *p, const uint32_t *vars,
                      uint32_t n_vars, struct bindings *out)
{
    if (!path) return;
    if (path->test) find(path->test, p, vars, n_vars, out);
    find_path(path->a, p, vars, n_vars, out);
    find_path(path->b, p, vars, n_vars, out);
}

/* The definition's changed tuples are partial tuples of the predicate that the body uses. */
static void find_let(const struct formula *f, const struct partial *p, const uint32_t *vars,
                     uint32_t n_vars, struct bindings *out)
{
    struct bindings inner = {.arena = out->arena};
    find(f->sub[0], p, f->vars, f->n_vars, &inner);
    if (inner.n && f->op == F_LETPAST) { /* the recursion may carry it to any tuple */
        inner.n = 0;
        add_binding(&inner, binding_new(&inner, f->n_vars), f->n_vars);
    }
    out->failed |= inner.failed;
    for (size_t i = 0; i < inner.n && !out->failed; i++) {
        struct partial q = {f->pred, f->n_vars, inner.items[i].known, inner.items[i].value};
        find(f->sub[1], &q, vars, n_vars, out);
    }
    find(f->sub[1], p, vars, n_vars, out);
}

static void find(const struct formula *f, const struct partial *p, const uint32_t *vars,
                 uint32_t n_vars, struct bindings *out)
{
    if (f->op == F_PRED) {
        if (f->pred == p->pred) meet(f, p, vars, n_vars, out);
        return;
    }
    if (f->op == F_LET || f->op == F_LETPAST) {
        find_let(f, p, vars, n_vars, out);
        return;
    }
    find_path(f->path, p, vars, n_vars, out);
    for (uint32_t i = 0; i < f->n_sub; i++) find(f->sub[i], p, vars, n_vars, out);
}

void restrict_bindings(struct bindings *out, const struct formula *f, uint32_t pred,
                       const uint64_t *words)
{
    bool known[64];
    memset(known, true, sizeof known);
    find(f, &(struct partial){pred, 0, known, words}, f->fv, f->n_fv, out);
}

/* ---- filters ---- */

struct collect {
    const struct formula *root;
    const struct scope *sc;
    const struct binding *binding;
    struct filters *out;
};

/* Does b let through all that a lets through? */
static bool wider(const struct filter *b, const struct filter *a)
{
    if (b->pred != a->pred || (b->mask & ~a->mask)) return false;
    for (uint32_t k = 0; b->mask >> k; k++)
        if ((b->mask >> k & 1) && a->words[k] != b->words[k]) return false;
    return true;
}

static void add_filter(struct filters *out, struct filter f)
{
    size_t kept = 0;
    for (size_t i = 0; i < out->n; i++) {
        if (wider(&out->items[i], &f)) return;
        if (!wider(&f, &out->items[i])) out->items[kept++] = out->items[i];
    }
    out->n = kept;
    struct filter *items = arena_grow(out->arena, out->items, out->n, &out->cap, sizeof *items);
    if (!items) {
        out->failed = true;
        return;
    }
    out->items = items;
    items[out->n++] = f;
}

static void collect_pred(struct collect *c, const struct formula *f)
{
    if (c->sc->preds[f->pred].kind != PRED_EVENT) return;
    uint64_t *words = arena_array(c->out->arena, f->n_args + 1, sizeof *words);
    if (!words) {
        c->out->failed = true;
        return;
    }
    uint64_t mask = 0;
    for (uint32_t k = 0; k < f->n_args; k++) {
        const struct term *t = f->args[k];
        if (t->op == TERM_CONST) {
            words[k] = t->value;
            mask |= UINT64_C(1) << k;
            continue;
        }
        size_t i = c->binding ? var_index(c->root->fv, c->root->n_fv, t->var) : SIZE_MAX;
        if (i == SIZE_MAX || !c->binding->known[i]) continue;
        words[k] = c->binding->value[i];
        mask |= UINT64_C(1) << k;
    }
    add_filter(c->out, (struct filter){f->pred, mask, words});
}

static void collect(struct collect *c, const struct formula *f);

static void collect_path(struct collect *c, const struct path *p)
{
    if (!p) return;
    if (p->test) collect(c, p->test);
    collect_path(c, p->a);
    collect_path(c, p->b);
}

static void collect(struct collect *c, const struct formula *f)
{
    if (f->op == F_PRED) collect_pred(c, f);
    collect_path(c, f->path);
    for (uint32_t i = 0; i < f->n_sub; i++) collect(c, f->sub[i]);
}

struct filters restrict_filters(struct arena *arena, const struct formula *f,
                                const struct scope *sc, const struct binding *b)
{
    struct filters out = {.arena = arena};
    struct collect c = {f, sc, b, &out};
    collect(&c, f);
    return out;
}
