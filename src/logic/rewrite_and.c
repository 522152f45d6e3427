/* Conjunctions put in order, disjunctions made alike; see rewrite.h. */
#include "logic/rewrite.h"

#define EFFORT_MAX 20000 /* conjunctions tried before a formula counts as too complex */

/* A conjunction being put in order. */
struct order {
    struct rewriter *r;
    struct literal *pending;
    uint32_t n_pending;
    struct formula **out;
    uint32_t n_out;
    struct varset bound; /* variables of out */
    const struct guard *outer;
    bool asked_outer;
};

/* How an n-ary literal falls apart: NOT, AND, and what is AND in disguise. */
static bool splits(struct literal l, bool conjunction)
{
    switch (l.f->op) {
    case F_NOT: return true;
    case F_AND: return l.neg != conjunction;
    case F_OR:
    case F_IMPLIES: return l.neg == conjunction;
    default: return false;
    }
}

/* Append the parts of l to list (which has room: count_parts). */
static void split(struct literal l, bool conjunction, struct literal *list, uint32_t *n)
{
    if (!splits(l, conjunction)) {
        if (list) list[*n] = l;
        ++*n;
        return;
    }
    for (uint32_t i = 0; i < l.f->n_sub; i++) {
        bool flip = l.f->op == F_NOT || (l.f->op == F_IMPLIES && i == 0);
        split((struct literal){l.f->sub[i], l.neg != flip}, conjunction, list, n);
    }
}

static struct literal *split_all(struct rewriter *r, const struct literal *literals, uint32_t n,
                                 bool conjunction, uint32_t *count)
{
    *count = 0;
    for (uint32_t i = 0; i < n; i++) split(literals[i], conjunction, NULL, count);
    struct literal *list = arena_array(r->sc->arena, *count, sizeof *list);
    if (!list) {
        r->fault = true;
        return NULL;
    }
    *count = 0;
    for (uint32_t i = 0; i < n; i++) split(literals[i], conjunction, list, count);
    return list;
}

/* Put f in place of pending literal i; false when memory failed. */
static bool place(struct order *o, uint32_t i, struct formula *f)
{
    if (!f) return false;
    o->out[o->n_out++] = f;
    o->bound = rw_union(o->r, o->bound, core_vars(f));
    for (uint32_t k = i + 1; k < o->n_pending; k++) o->pending[k - 1] = o->pending[k];
    o->n_pending--;
    return true;
}

/* Have all its variables values by now? */
static bool known_term(struct order *o, const struct term *t)
{
    bool ok = true;
    struct varset free = term_free(o->r->sc->arena, t, &ok);
    if (!ok) o->r->fault = true;
    return ok && varset_within(free, o->bound);
}

static bool terms_bound(struct order *o, const struct formula *f)
{
    return known_term(o, f->left) && known_term(o, f->right);
}

/* A group of MATCHES that is no constant, no variable: not a filter as it stands. */
static bool plain_groups(const struct formula *f)
{
    for (uint32_t i = 0; i < f->n_args; i++)
        if (f->args[i] && f->args[i]->op != TERM_VAR && f->args[i]->op != TERM_CONST) return false;
    return true;
}

/* A comparison whose variables are all bound. */
static bool place_filter(struct order *o)
{
    for (uint32_t i = 0; i < o->n_pending; i++) {
        struct literal l = o->pending[i];
        if (l.f->op != F_COMPARE || !terms_bound(o, l.f) || !plain_groups(l.f)) continue;
        if (l.neg && !varset_within(literal_free(o->r, l), o->bound)) continue;
        struct formula *f = core_compare(o->r, l.f);
        return place(o, i, l.neg ? core_not(o->r, f) : f);
    }
    return false;
}

/* x = term, or term = x, that gives x its value. */
static bool place_assignment(struct order *o)
{
    for (uint32_t i = 0; i < o->n_pending; i++) {
        struct literal l = o->pending[i];
        if (l.neg || l.f->op != F_COMPARE || l.f->cmp != CMP_EQ) continue;
        for (int side = 0; side < 2; side++) {
            struct term *x = side ? l.f->right : l.f->left, *t = side ? l.f->left : l.f->right;
            if (!known_term(o, t)) continue;
            if (x->op == TERM_VAR && !varset_has(o->bound, x->var))
                return place(o, i, core_assign(o->r, x->var, t));
        }
    }
    return false;
}

static bool shares(struct varset a, struct varset b)
{
    for (uint32_t i = 0; i < a.n; i++)
        if (varset_has(b, a.v[i])) return true;
    return false;
}

/* A generator; one that shares a variable with what is there, when there is one. */
static bool place_generator(struct order *o)
{
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < o->n_pending; i++) {
            struct literal l = o->pending[i];
            if (literal_is_negative(l) && varset_within(literal_free(o->r, l), o->bound)) continue;
            if (pass == 0 && !shares(literal_free(o->r, l), o->bound)) continue;
            if (l.f->op == F_COMPARE) continue;
            struct formula *f = gen_alone(o->r, l);
            if (f) return place(o, i, f);
        }
    }
    return false;
}

static bool place_antijoin(struct order *o)
{
    for (uint32_t i = 0; i < o->n_pending; i++) {
        struct literal l = o->pending[i], positive = {l.f, !l.neg};
        if (l.f->op == F_COMPARE || !varset_within(literal_free(o->r, l), o->bound)) continue;
        struct formula *f = gen_alone(o->r, positive);
        if (f) return place(o, i, core_not(o->r, f));
    }
    return false;
}

/* What is finite only because of what is there already. */
static bool place_guarded(struct order *o)
{
    struct guard here = {.conj = o->out, .n = o->n_out, .outer = o->outer, .cross = F_TRUE};
    for (uint32_t i = 0; i < o->n_pending; i++) {
        struct literal l = o->pending[i], positive = {l.f, !l.neg};
        if (l.f->op == F_COMPARE) continue;
        struct varset free = literal_free(o->r, l);
        bool inside = varset_within(free, o->bound), negative = literal_is_negative(l);
        if (!shares(free, o->bound) || (negative && !inside)) continue;
        struct formula *f;
        if (negative) {
            f = core_not(o->r, gen(o->r, positive, &here));
            if (!f) f = gen_alone(o->r, l);
        } else {
            f = gen(o->r, l, &here);
            if (!f && inside) f = core_not(o->r, gen(o->r, positive, &here));
        }
        if (f) return place(o, i, f);
    }
    return false;
}

/* Ask the guard from around for the variables that are still missing; once. */
static bool place_outer(struct order *o)
{
    if (o->asked_outer || !o->outer) return false;
    struct varset missing = {0};
    for (uint32_t i = 0; i < o->n_pending; i++)
        missing = rw_union(o->r, missing, literal_free(o->r, o->pending[i]));
    missing = rw_minus(o->r, missing, o->bound);
    o->asked_outer = true;
    struct formula *f = guard_get(o->r, o->outer, missing);
    if (!f) return false;
    o->out[o->n_out++] = f;
    o->bound = rw_union(o->r, o->bound, core_vars(f));
    return true;
}

/* The integer variable that a sum or a difference with known terms equals `known` for: *x is it, the
 * result what it equals.  NULL: there is none. */
static struct term *solved(struct order *o, const struct term *t, struct term *known, uint32_t *x)
{
    struct scope *sc = o->r->sc;
    if (t->op != TERM_ADD && t->op != TERM_SUB) return NULL;
    for (int side = 0; side < 2; side++) {
        const struct term *v = side ? t->b : t->a;
        struct term *other = side ? t->a : t->b;
        if (v->op != TERM_VAR || varset_has(o->bound, v->var)) continue;
        if (sc->vars[v->var].type != VALUE_INT || !known_term(o, other)) continue;
        *x = v->var;
        if (t->op == TERM_ADD) return term_op2(sc, TERM_SUB, known, other);
        return side ? term_op2(sc, TERM_SUB, other, known) : term_op2(sc, TERM_ADD, known, other);
    }
    return NULL;
}

/* What else gives a variable its value: x + 3 = term.  The last resort, since it changes which terms may
 * have no value. */
static bool place_solved(struct order *o)
{
    for (uint32_t i = 0; i < o->n_pending; i++) {
        struct literal l = o->pending[i];
        if (l.neg || l.f->op != F_COMPARE || l.f->cmp != CMP_EQ) continue;
        for (int side = 0; side < 2; side++) {
            struct term *sum = side ? l.f->right : l.f->left, *t = side ? l.f->left : l.f->right;
            uint32_t var;
            struct term *value = known_term(o, t) ? solved(o, sum, t, &var) : NULL;
            if (value) return place(o, i, core_assign(o->r, var, value));
        }
    }
    return false;
}

static void blame_pending(struct order *o)
{
    for (uint32_t i = 0; i < o->n_pending; i++) {
        struct varset missing = rw_minus(o->r, literal_free(o->r, o->pending[i]), o->bound);
        if (missing.n) {
            blame(o->r, BLAME_UNBOUND, o->pending[i], missing.v[0]);
            return;
        }
    }
    if (o->n_pending) blame(o->r, BLAME_UNBOUND, o->pending[0], UINT32_MAX);
}

struct formula *gen_and(struct rewriter *r, const struct formula *whole,
                        const struct literal *literals, uint32_t n, const struct guard *guard)
{
    struct order o = {.r = r, .outer = guard};
    if (++r->effort > EFFORT_MAX) {
        blame(r, BLAME_SIZE, (struct literal){whole, false}, UINT32_MAX);
        return NULL;
    }
    o.pending = split_all(r, literals, n, true, &o.n_pending);
    o.out = arena_array(r->sc->arena, (size_t)o.n_pending + 2, sizeof(struct formula *));
    if (!o.pending || !o.out) {
        r->fault = true;
        return NULL;
    }
    while (o.n_pending && !r->fault) {
        if (place_filter(&o) || place_assignment(&o) || place_generator(&o) || place_antijoin(&o) ||
            place_guarded(&o) || place_outer(&o) || place_solved(&o))
            continue;
        blame_pending(&o);
        return NULL;
    }
    return r->fault ? NULL : core_and(r, o.out, o.n_out);
}

struct formula *gen_or(struct rewriter *r, struct literal whole, const struct guard *guard)
{
    uint32_t count;
    struct literal *list = split_all(r, &whole, 1, false, &count);
    struct formula **out =
        list ? arena_array(r->sc->arena, (size_t)count + 1, sizeof(struct formula *)) : NULL;
    if (!out) {
        r->fault = true;
        return NULL;
    }
    struct varset all = {0};
    for (uint32_t i = 0; i < count; i++) all = rw_union(r, all, literal_free(r, list[i]));
    for (uint32_t i = 0; i < count; i++) {
        out[i] = gen(r, list[i], guard);
        if (!out[i]) return NULL;
        struct varset missing = rw_minus(r, all, core_vars(out[i]));
        if (missing.n == 0) continue;
        if (out[i]->op == F_FALSE) {
            out[i] = core_false(r, all);
            continue;
        }
        struct formula *parts[2] = {guard_get(r, guard, missing), out[i]};
        if (!parts[0] || !varset_within(missing, core_vars(parts[0]))) {
            blame(r, BLAME_OR, list[i], missing.v[0]);
            return NULL;
        }
        out[i] = core_and(r, parts, 2);
    }
    return r->fault ? NULL : core_or(r, out, count);
}
