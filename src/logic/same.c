/* Equality of core formulas up to the names of bound variables; see safe.h.
 *
 * Walks both at once with a list, on the stack, of pairs of variables bound so far.  Says false where it
 * does not look closely (LET and what it defines): false only costs a second computation. */
#include "logic/safe.h"

struct pair {
    const struct pair *outer;
    uint32_t a, b;
};

static bool same_var(const struct pair *bound, uint32_t a, uint32_t b)
{
    for (; bound; bound = bound->outer)
        if (bound->a == a || bound->b == b) return bound->a == a && bound->b == b;
    return a == b;
}

static bool same_term(const struct term *a, const struct term *b, const struct pair *bound)
{
    if (!a || !b) return a == b;
    if (a->op != b->op || a->type != b->type) return false;
    if (a->op == TERM_VAR) return same_var(bound, a->var, b->var);
    if (a->op == TERM_CONST) return a->value == b->value;
    return same_term(a->a, b->a, bound) && same_term(a->b, b->b, bound);
}

static bool same_edge(struct edge a, struct edge b)
{
    return a.seconds == b.seconds && a.map == b.map;
}

static bool same_in(const struct scope *sc, const struct formula *a, const struct formula *b,
                    const struct pair *bound);

static bool same_subs(const struct scope *sc, const struct formula *a, const struct formula *b,
                      const struct pair *bound)
{
    for (uint32_t i = 0; i < a->n_sub; i++)
        if (!same_in(sc, a->sub[i], b->sub[i], bound)) return false;
    return true;
}

/* Bind a's and b's variables from number i on pairwise, then compare what they are bound in. */
static bool same_exists(const struct scope *sc, const struct formula *a, const struct formula *b,
                        uint32_t i, const struct pair *bound)
{
    if (i == a->n_vars) return same_subs(sc, a, b, bound);
    if (sc->vars[a->vars[i]].type != sc->vars[b->vars[i]].type) return false;
    struct pair here = {bound, a->vars[i], b->vars[i]};
    return same_exists(sc, a, b, i + 1, &here);
}

static bool groups_by(const struct formula *agg, uint32_t var)
{
    for (uint32_t k = 0; k < agg->n_vars; k++)
        if (agg->vars[k] == var) return true;
    return false;
}

/* The same for an aggregation, which binds what is free in its body but not grouped by: the next such
 * variables from a's number i and b's number j on. */
static bool same_agg(const struct scope *sc, const struct formula *a, const struct formula *b,
                     uint32_t i, uint32_t j, const struct pair *bound)
{
    const struct formula *x = a->sub[0], *y = b->sub[0];
    while (i < x->n_fv && groups_by(a, x->fv[i])) i++;
    while (j < y->n_fv && groups_by(b, y->fv[j])) j++;
    if (i == x->n_fv || j == y->n_fv)
        return i == x->n_fv && j == y->n_fv && same_var(bound, a->over, b->over) &&
               same_in(sc, x, y, bound);
    if (sc->vars[x->fv[i]].type != sc->vars[y->fv[j]].type) return false;
    struct pair here = {bound, x->fv[i], y->fv[j]};
    return same_agg(sc, a, b, i + 1, j + 1, &here);
}

static bool same_vars(const struct formula *a, const struct formula *b, const struct pair *bound)
{
    for (uint32_t k = 0; k < a->n_vars; k++)
        if (!same_var(bound, a->vars[k], b->vars[k])) return false;
    return true;
}

static bool same_path(const struct scope *sc, const struct path *a, const struct path *b,
                      const struct pair *bound)
{
    if (!a || !b) return a == b;
    if (a->op != b->op || !a->test != !b->test) return false;
    return (!a->test || same_in(sc, a->test, b->test, bound)) && same_path(sc, a->a, b->a, bound) &&
           same_path(sc, a->b, b->b, bound);
}

static bool same_shape(const struct formula *a, const struct formula *b)
{
    return a->op == b->op && a->size == b->size && a->n_fv == b->n_fv && a->n_args == b->n_args &&
           a->n_vars == b->n_vars && a->n_sub == b->n_sub && a->pred == b->pred &&
           a->cmp == b->cmp && same_edge(a->bound.lo, b->bound.lo) &&
           same_edge(a->bound.hi, b->bound.hi);
}

static bool same_in(const struct scope *sc, const struct formula *a, const struct formula *b,
                    const struct pair *bound)
{
    if (!same_shape(a, b)) return false;
    for (uint32_t k = 0; k < a->n_args; k++)
        if (!same_term(a->args[k], b->args[k], bound)) return false;
    switch (a->op) {
    case F_PRED: return sc->preds[a->pred].kind != PRED_LET;
    case F_LET:
    case F_LETPAST: return false;
    case F_EXISTS: return same_exists(sc, a, b, 0, bound);
    case F_AGG:
        return a->agg == b->agg && same_var(bound, a->result, b->result) &&
               same_vars(a, b, bound) && same_agg(sc, a, b, 0, 0, bound);
    case F_ASSIGN:
        return same_vars(a, b, bound) && same_term(a->right, b->right, bound) &&
               same_var(bound, a->result, b->result) && !a->left && !b->left;
    default: break;
    }
    return same_term(a->left, b->left, bound) && same_term(a->right, b->right, bound) &&
           same_vars(a, b, bound) && same_path(sc, a->path, b->path, bound) &&
           same_subs(sc, a, b, bound);
}

bool formula_same(const struct scope *sc, const struct formula *a, const struct formula *b)
{
    return a == b || same_in(sc, a, b, NULL);
}
