/* Constructors of core nodes; see rewrite.h.  They keep the rules of safe.h where a part is
 * constant: what is TRUE or FALSE disappears from where it says nothing. */
#include "logic/rewrite.h"

#include <string.h>

struct varset core_vars(const struct formula *f)
{
    return (struct varset){(uint32_t *)f->fv, f->n_fv};
}

struct varset rw_union(struct rewriter *r, struct varset a, struct varset b)
{
    bool ok = true;
    if (a.n == 0) return b;
    if (b.n == 0) return a;
    struct varset s = varset_union(r->sc->arena, a, b, &ok);
    if (!ok) r->fault = true;
    return ok ? s : (struct varset){0};
}

struct varset rw_minus(struct rewriter *r, struct varset a, struct varset b)
{
    bool ok = true;
    struct varset s = varset_minus(r->sc->arena, a, b, &ok);
    if (!ok) r->fault = true;
    return ok ? s : (struct varset){0};
}

/* A set of the variables listed, in any order. */
static struct varset set_of(struct rewriter *r, const uint32_t *vars, uint32_t n)
{
    struct varset s = {0};
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *one = arena_array(r->sc->arena, 1, sizeof *one);
        if (!one) {
            r->fault = true;
            return s;
        }
        *one = vars[i];
        s = rw_union(r, s, (struct varset){one, 1});
    }
    return s;
}

static struct varset path_vars(struct rewriter *r, const struct path *p)
{
    if (!p) return (struct varset){0};
    struct varset s = p->test ? core_vars(p->test) : (struct varset){0};
    return rw_union(r, s, rw_union(r, path_vars(r, p->a), path_vars(r, p->b)));
}

struct formula *core_done(struct rewriter *r, struct formula *f)
{
    bool ok = true;
    if (!f) {
        if (r->sc->arena->failed) r->fault = true;
        return NULL;
    }
    struct varset s = {0};
    switch (f->op) {
    case F_TRUE:
    case F_FALSE: return f;
    case F_PRED:
    case F_COMPARE:
    case F_ASSIGN: s = formula_free(r->sc->arena, f, &ok); break;
    case F_EXISTS: s = rw_minus(r, core_vars(f->sub[0]), set_of(r, f->vars, f->n_vars)); break;
    case F_AGG: s = rw_union(r, set_of(r, f->vars, f->n_vars), set_of(r, &f->result, 1)); break;
    case F_LET:
    case F_LETPAST: s = core_vars(f->sub[1]); break;
    case F_MATCHF:
    case F_MATCHP: s = path_vars(r, f->path); break;
    default:
        for (uint32_t i = 0; i < f->n_sub; i++) s = rw_union(r, s, core_vars(f->sub[i]));
    }
    if (!ok) r->fault = true;
    if (r->fault) return NULL;
    f->fv = s.v;
    f->n_fv = s.n;
    return f;
}

struct formula *core_true(struct rewriter *r)
{
    return core_done(r, formula_true(r->sc));
}

struct formula *core_false(struct rewriter *r, struct varset fv)
{
    struct formula *f = core_done(r, formula_false(r->sc));
    if (!f) return NULL;
    f->fv = fv.v;
    f->n_fv = fv.n;
    return f;
}

/* A copy of a comparison of the user, folded when it reads no variable. */
struct formula *core_compare(struct rewriter *r, const struct formula *f)
{
    struct formula *copy = f->cmp == CMP_MATCHES
                               ? formula_matches(r->sc, f->left, f->right, f->args, f->n_args)
                               : formula_compare(r->sc, f->cmp, f->left, f->right);
    if (!core_done(r, copy)) return NULL;
    copy->at = f->at;
    if (copy->n_fv || f->cmp == CMP_MATCHES) return copy;
    uint64_t a, b;
    bool fault = false;
    bool holds = term_eval(f->left, NULL, r->sc->strings, &a, &fault) &&
                 term_eval(f->right, NULL, r->sc->strings, &b, &fault) &&
                 compare_words(f->cmp, r->sc->strings, f->left->type, a, b);
    if (fault) r->fault = true;
    return holds ? core_true(r) : core_false(r, (struct varset){0});
}

struct formula *core_pred(struct rewriter *r, uint32_t pred, struct term *const *args, uint32_t n)
{
    return core_done(r, formula_pred(r->sc, pred, args, n));
}

struct formula *core_assign(struct rewriter *r, uint32_t var, struct term *right)
{
    return core_done(r, formula_assign(r->sc, var, right));
}

struct formula *core_not(struct rewriter *r, struct formula *a)
{
    return a ? core_done(r, formula_not(r->sc, a)) : NULL;
}

static bool is_not(const struct formula *f, enum formula_op of)
{
    return f->op == F_NOT && f->sub[0]->op == of;
}

struct formula *core_and(struct rewriter *r, struct formula *const *subs, uint32_t n)
{
    struct formula **kept = arena_array(r->sc->arena, (size_t)n + 1, sizeof(struct formula *));
    struct varset all = {0};
    uint32_t k = 0;
    bool empty = false;
    if (!kept) {
        r->fault = true;
        return NULL;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (!subs[i]) return NULL;
        all = rw_union(r, all, core_vars(subs[i]));
        empty |= subs[i]->op == F_FALSE || (is_not(subs[i], F_TRUE));
    }
    if (empty) return core_false(r, all);
    for (uint32_t i = 0; i < n; i++) {
        if (subs[i]->op == F_TRUE || is_not(subs[i], F_FALSE)) continue;
        bool first_ok = subs[i]->op != F_NOT && subs[i]->op != F_COMPARE && subs[i]->op != F_ASSIGN;
        if (k == 0 && !first_ok && !(kept[k++] = core_true(r))) return NULL;
        kept[k++] = subs[i];
    }
    if (k == 0) return core_true(r);
    return k == 1 ? kept[0] : core_done(r, formula_and_n(r->sc, kept, k));
}

struct formula *core_or(struct rewriter *r, struct formula *const *subs, uint32_t n)
{
    struct formula **kept = arena_array(r->sc->arena, (size_t)n + 1, sizeof(struct formula *));
    struct varset all = {0};
    uint32_t k = 0;
    if (!kept) {
        r->fault = true;
        return NULL;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (!subs[i]) return NULL;
        if (subs[i]->op == F_TRUE) return subs[i];
        all = rw_union(r, all, core_vars(subs[i]));
        if (subs[i]->op != F_FALSE) kept[k++] = subs[i];
    }
    if (k == 0) return core_false(r, all);
    return k == 1 ? kept[0] : core_done(r, formula_or_n(r->sc, kept, k));
}

struct formula *core_exists(struct rewriter *r, const uint32_t *vars, uint32_t n, struct formula *a)
{
    if (!a) return NULL;
    struct varset all = set_of(r, vars, n), rest = rw_minus(r, core_vars(a), all);
    struct varset bound = rw_minus(r, core_vars(a), rest);
    if (a->op == F_FALSE) return core_false(r, rest);
    return bound.n ? core_done(r, formula_exists(r->sc, bound.v, bound.n, a)) : a;
}

struct formula *core_temporal(struct rewriter *r, enum formula_op op, struct bound b,
                              struct formula *a)
{
    if (!a) return NULL;
    if (a->op == F_FALSE || bound_empty(b)) return core_false(r, core_vars(a));
    bool now = b.lo.map == MAP_NONE && b.lo.seconds == 0 && (op == F_ONCE || op == F_EVENTUALLY);
    if (a->op == F_TRUE && now) return a;
    return core_done(r, formula_temporal(r->sc, op, b, a));
}

struct formula *core_since(struct rewriter *r, enum formula_op op, struct formula *left,
                           struct bound b, struct formula *right)
{
    if (!left || !right) return NULL;
    if (bound_empty(b) || right->op == F_FALSE) return core_false(r, core_vars(right));
    if (left->op == F_TRUE || is_not(left, F_FALSE))
        return core_temporal(r, op == F_SINCE ? F_ONCE : F_EVENTUALLY, b, right);
    bool never = left->op == F_FALSE || is_not(left, F_TRUE);
    if (never && b.lo.map == MAP_NONE)
        return b.lo.seconds == 0 ? right : core_false(r, core_vars(right));
    return core_done(r, op == F_SINCE ? formula_since(r->sc, left, b, right)
                                      : formula_until(r->sc, left, b, right));
}
