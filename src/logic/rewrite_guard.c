/* Guards made into formulas; see rewrite.h. */
#include "logic/rewrite.h"

/* a projected to the variables in vars.  Those that go are renamed, so that a variable which is
 * free in the whole formula is never bound in a part of it. */
static struct formula *project(struct rewriter *r, struct formula *a, struct varset vars)
{
    if (!a) return NULL;
    struct varset gone = rw_minus(r, core_vars(a), vars);
    if (gone.n == 0) return a;
    if (a->size > CORE_SIZE_MAX) {
        blame(r, BLAME_SIZE, (struct literal){a, false}, UINT32_MAX);
        return NULL;
    }
    uint32_t *fresh = arena_array(r->sc->arena, gone.n, sizeof *fresh);
    for (uint32_t i = 0; fresh && i < gone.n; i++) {
        struct variable old = r->sc->vars[gone.v[i]];
        fresh[i] = scope_var(r->sc, intern_str(r->sc->strings, old.name), old.type);
        if (fresh[i] == UINT32_MAX) fresh = NULL;
    }
    if (!fresh) {
        r->fault = true;
        return NULL;
    }
    return core_exists(r, fresh, gone.n, core_rename(r, a, gone.v, fresh, gone.n));
}

static bool generates(const struct formula *f)
{
    return f->op != F_NOT && f->op != F_COMPARE && f->op != F_ASSIGN && f->op != F_TRUE;
}

/* The fewest leading conjuncts that give what is asked and they have; all of them when a variable
 * comes from an assignment. */
static struct formula *from_conjuncts(struct rewriter *r, const struct guard *g, struct varset vars)
{
    struct varset have = {0}, all = {0};
    struct formula **kept = arena_array(r->sc->arena, (size_t)g->n + 1, sizeof(struct formula *));
    uint32_t k = 0;
    if (!kept) {
        r->fault = true;
        return NULL;
    }
    for (uint32_t i = 0; i < g->n; i++) {
        all = rw_union(r, all, core_vars(g->conj[i]));
        if (!generates(g->conj[i])) continue;
        struct varset more = rw_union(r, have, core_vars(g->conj[i]));
        if (rw_minus(r, vars, more).n == rw_minus(r, vars, have).n) continue;
        have = more;
        kept[k++] = g->conj[i];
    }
    bool assigned = rw_minus(r, vars, all).n < rw_minus(r, vars, have).n;
    if (!assigned && k == 0) return NULL;
    struct formula *f = assigned ? core_and(r, g->conj, g->n) : core_and(r, kept, k);
    return project(r, f, vars);
}

/* The guard from around, brought here. */
static struct formula *from_outer(struct rewriter *r, const struct guard *g, struct varset vars)
{
    if (!g->outer) return NULL;
    bool ahead = formula_looks_ahead(g->cross);
    if (ahead && bound_infinite(g->bound) && g->cross != F_NEXT && !r->options->unbounded_future) {
        struct formula *stopped = r->wall ? NULL : guard_get(r, g->outer, vars);
        if (stopped) {
            r->wall = g->over;
            r->wall_vars = core_vars(stopped);
        }
        return NULL;
    }
    if (g->only) vars = rw_minus(r, vars, rw_minus(r, vars, *g->only));
    struct formula *f = guard_get(r, g->outer, vars);
    return !f || g->cross == F_TRUE ? f : core_temporal(r, g->cross, g->bound, f);
}

struct formula *guard_get(struct rewriter *r, const struct guard *g, struct varset vars)
{
    if (!g || vars.n == 0) return NULL;
    struct formula *parts[2];
    uint32_t n = 0;
    struct formula *own = from_conjuncts(r, g, vars);
    if (own) {
        parts[n++] = own;
        vars = rw_minus(r, vars, core_vars(own));
    }
    struct formula *outer = vars.n ? from_outer(r, g, vars) : NULL;
    if (outer) parts[n++] = outer;
    return n && !r->fault ? core_and(r, parts, n) : NULL;
}
