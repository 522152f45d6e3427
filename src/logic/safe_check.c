/* The rules of the core form, checked; see safe.h.  For tests: it shares nothing with the
 * rewriting. */
#include "logic/safe.h"

static const struct formula *check(struct scope *sc, const struct formula *f);

static struct varset fv_of(const struct formula *f)
{
    return (struct varset){(uint32_t *)f->fv, f->n_fv};
}

static bool plain(const struct term *t)
{
    return t->op == TERM_VAR || t->op == TERM_CONST;
}

/* A conjunct after the first, with `bound` the variables before it; adds its own. */
static const struct formula *check_conjunct(struct scope *sc, const struct formula *f,
                                            struct varset *bound)
{
    bool ok = true;
    struct arena *a = sc->arena;
    if (f->op == F_NOT && f->sub[0]->op != F_COMPARE) {
        if (!varset_within(fv_of(f->sub[0]), *bound)) return f;
        return check(sc, f->sub[0]);
    }
    if (f->op == F_NOT) {
        return varset_within(fv_of(f), *bound) ? NULL : f;
    }
    if (f->op == F_COMPARE) {
        struct varset l = term_free(a, f->left, &ok), r = term_free(a, f->right, &ok);
        if (!varset_within(l, *bound) || !varset_within(r, *bound)) return f;
        for (uint32_t i = 0; i < f->n_args; i++)
            if (f->args[i] && !plain(f->args[i])) return f;
    } else if (f->op == F_ASSIGN) {
        if (varset_has(*bound, f->result)) return f;
        if (!varset_within(term_free(a, f->right, &ok), *bound)) return f;
    } else {
        const struct formula *bad = check(sc, f);
        if (bad) return bad;
    }
    *bound = varset_union(a, *bound, fv_of(f), &ok);
    return ok ? NULL : f;
}

static const struct formula *check_since(struct scope *sc, const struct formula *f)
{
    const struct formula *left = f->sub[0]->op == F_NOT ? f->sub[0]->sub[0] : f->sub[0];
    struct varset within = fv_of(f->sub[1]);
    const struct formula *bad = check(sc, left);
    if (!bad) bad = check(sc, f->sub[1]);
    if (bad) return bad;
    if (left->op == F_TRUE || !varset_within(fv_of(left), within)) return f;
    return NULL;
}

static const struct formula *check_path(struct scope *sc, const struct formula *match,
                                        const struct path *p, struct varset *bound)
{
    bool ok = true;
    const struct formula *bad;
    struct varset before = *bound, after;
    bool backwards = match->op == F_MATCHP;
    switch (p->op) {
    case PATH_WILD: return NULL;
    case PATH_TEST:
        if (p->test->op == F_NOT) {
            bad = check(sc, p->test->sub[0]);
            return bad || varset_within(fv_of(p->test), *bound) ? bad : p->test;
        }
        *bound = varset_union(sc->arena, *bound, fv_of(p->test), &ok);
        return ok ? check(sc, p->test) : p->test;
    case PATH_STAR:
        bad = check_path(sc, match, p->a, bound);
        return bad || varset_eq(before, *bound) ? bad : match;
    case PATH_CONCAT:
        bad = check_path(sc, match, backwards ? p->b : p->a, bound);
        return bad ? bad : check_path(sc, match, backwards ? p->a : p->b, bound);
    default:
        bad = check_path(sc, match, p->a, bound);
        after = *bound;
        *bound = before;
        if (!bad) bad = check_path(sc, match, p->b, bound);
        return bad || varset_eq(after, *bound) ? bad : match;
    }
}

static const struct formula *check_subs(struct scope *sc, const struct formula *f)
{
    struct varset bound = {0};
    const struct formula *bad = NULL;
    for (uint32_t i = 0; !bad && i < f->n_sub; i++) {
        if (f->op == F_AND && i) {
            bad = check_conjunct(sc, f->sub[i], &bound);
            continue;
        }
        bad = check(sc, f->sub[i]);
        if (f->op == F_OR && !varset_eq(fv_of(f->sub[i]), fv_of(f))) return f;
        bound = fv_of(f->sub[i]);
    }
    return bad;
}

/* A generator. */
static const struct formula *check(struct scope *sc, const struct formula *f)
{
    bool ok = true;
    struct varset fv = formula_free(sc->arena, f, &ok), bound = {0};
    const struct formula *bad;
    if (!ok || (f->op != F_FALSE && !varset_eq(fv, fv_of(f)))) return f;
    if (formula_is_temporal(f->op) && bound_empty(f->bound)) return f;
    switch (f->op) {
    case F_TRUE:
    case F_FALSE: return NULL;
    case F_PRED:
        for (uint32_t i = 0; i < f->n_args; i++)
            if (!plain(f->args[i])) return f;
        return NULL;
    case F_AND:
    case F_OR: return f->n_sub < 2 ? f : check_subs(sc, f);
    case F_EXISTS:
        for (uint32_t i = 0; i < f->n_vars; i++)
            if (!varset_has(fv_of(f->sub[0]), f->vars[i])) return f;
        return check_subs(sc, f);
    case F_PREV:
    case F_NEXT:
    case F_ONCE:
    case F_EVENTUALLY: return check_subs(sc, f);
    case F_SINCE:
    case F_UNTIL: return check_since(sc, f);
    case F_AGG:
        for (uint32_t i = 0; i < f->n_vars; i++)
            if (!varset_has(fv_of(f->sub[0]), f->vars[i])) return f;
        return varset_has(fv_of(f->sub[0]), f->over) ? check_subs(sc, f) : f;
    case F_LET:
    case F_LETPAST:
        if (f->sub[0]->n_fv != f->n_vars) return f;
        for (uint32_t i = 0; i < f->n_vars; i++)
            if (!varset_has(fv_of(f->sub[0]), f->vars[i])) return f;
        return check_subs(sc, f);
    case F_MATCHF:
    case F_MATCHP:
        bad = check_path(sc, f, f->path, &bound);
        return bad || varset_eq(bound, fv_of(f)) ? bad : f;
    default: return f;
    }
}

const struct formula *safe_core_check(struct scope *sc, const struct formula *f)
{
    return check(sc, f);
}
