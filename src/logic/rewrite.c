/* From literals to generators, operator by operator; see rewrite.h. */
#include "logic/rewrite.h"

#include <string.h>

/* ---- what is remembered ---- */

static bool grow_memos(struct rewriter *r)
{
    size_t slots = r->slots ? (r->mask + 1) * 2 : 64;
    struct memo **moved = arena_array(r->sc->arena, slots, sizeof(struct memo *));
    if (!moved) return false;
    for (size_t i = 0; r->slots && i <= r->mask; i++) {
        if (!r->slots[i]) continue;
        size_t at = ((uintptr_t)r->slots[i]->f >> 4) & (slots - 1);
        while (moved[at]) at = (at + 1) & (slots - 1);
        moved[at] = r->slots[i];
    }
    r->slots = moved;
    r->mask = slots - 1;
    return true;
}

/* The memo of f, made when there is none; NULL when memory fails. */
static struct memo *memo_of(struct rewriter *r, const struct formula *f)
{
    if ((!r->slots || r->n_memos * 2 > r->mask) && !grow_memos(r)) goto fail;
    size_t at = ((uintptr_t)f >> 4) & r->mask;
    while (r->slots[at] && r->slots[at]->f != f) at = (at + 1) & r->mask;
    if (r->slots[at]) return r->slots[at];
    struct memo *m = arena_alloc(r->sc->arena, sizeof *m);
    bool ok = true;
    if (!m) goto fail;
    *m = (struct memo){.f = f, .fv = formula_free(r->sc->arena, f, &ok)};
    if (!ok) goto fail;
    r->slots[at] = m;
    r->n_memos++;
    return m;
fail:
    r->fault = true;
    return NULL;
}

struct varset literal_free(struct rewriter *r, struct literal l)
{
    struct memo *m = memo_of(r, l.f);
    return m ? m->fv : (struct varset){0};
}

void blame(struct rewriter *r, enum blame_kind kind, struct literal l, uint32_t var)
{
    bool guarded = r->guarded > 0, final = kind == BLAME_FUTURE || kind == BLAME_SIZE;
    /* The future is never a matter of guards. */
    if (r->blame == BLAME_FUTURE || r->blame == BLAME_SIZE) return;
    bool better = !r->culprit.f || l.f->size < r->culprit.f->size;
    if (r->culprit.f && guarded != r->culprit_guarded) better = guarded;
    if (r->blame != BLAME_NONE && !final && !better) return;
    r->blame = kind;
    r->culprit = l;
    r->culprit_guarded = guarded;
    r->culprit_var = var;
}

bool literal_is_negative(struct literal l)
{
    switch (l.f->op) {
    case F_NOT: return literal_is_negative((struct literal){l.f->sub[0], !l.neg});
    case F_LET:
    case F_LETPAST: return literal_is_negative((struct literal){l.f->sub[1], l.neg});
    case F_FORALL:
    case F_HISTORICALLY:
    case F_ALWAYS: return !l.neg;
    case F_PRED:
    case F_EXISTS:
    case F_PREV:
    case F_NEXT:
    case F_ONCE:
    case F_EVENTUALLY:
    case F_SINCE:
    case F_UNTIL:
    case F_AGG:
    case F_MATCHF:
    case F_MATCHP: return l.neg;
    default: return false;
    }
}

/* ---- operators ---- */

static struct formula *place_at(struct formula *f, const struct formula *from)
{
    if (f && !f->at.source) f->at = from->at;
    return f;
}

/* A predicate; an argument that is neither variable nor constant becomes a variable of its own. */
static struct formula *gen_pred(struct rewriter *r, const struct formula *f,
                                const struct guard *guard)
{
    struct scope *sc = r->sc;
    struct literal *list = arena_array(sc->arena, (size_t)f->n_args + 1, sizeof *list);
    struct term **args = arena_array(sc->arena, f->n_args, sizeof(struct term *));
    uint32_t *made = arena_array(sc->arena, f->n_args, sizeof *made), n = 0;
    if (!list || !args || !made) goto fail;
    for (uint32_t i = 0; i < f->n_args; i++) {
        args[i] = f->args[i];
        if (args[i]->op == TERM_VAR || args[i]->op == TERM_CONST) continue;
        made[n] = scope_var(sc, STR("_"), args[i]->type);
        if (made[n] == UINT32_MAX) goto fail;
        sc->vars[made[n]].anonymous = true;
        args[i] = term_var(sc, made[n]);
        struct formula *equal = formula_compare(sc, CMP_EQ, args[i], f->args[i]);
        if (!equal) goto fail;
        equal->at = f->args[i]->at;
        list[++n] = (struct literal){equal, false};
    }
    if (n == 0) return core_pred(r, f->pred, args, f->n_args);
    struct formula *plain = formula_pred(sc, f->pred, args, f->n_args);
    if (!plain) goto fail;
    plain->at = f->at;
    list[0] = (struct literal){plain, false};
    return core_exists(r, made, n, gen_and(r, f, list, n + 1, guard));
fail:
    r->fault = true;
    return NULL;
}

static enum formula_op converse(enum formula_op op)
{
    switch (op) {
    case F_PREV: return F_NEXT;
    case F_NEXT: return F_PREV;
    case F_ONCE:
    case F_SINCE: return F_EVENTUALLY;
    default: return F_ONCE;
    }
}

static struct guard crossing(const struct guard *outer, enum formula_op op, struct bound b)
{
    return (struct guard){.outer = outer, .cross = converse(op), .bound = b};
}

static bool from_zero(struct bound b)
{
    return b.lo.map == MAP_NONE && b.lo.seconds == 0;
}

static struct bound from_now(struct bound b)
{
    b.lo = edge_seconds(0);
    return b;
}

/* Is it made of comparisons alone, so that it means the same at every position? */
static bool rigid(const struct formula *f)
{
    switch (f->op) {
    case F_COMPARE: return true;
    case F_NOT:
    case F_AND:
    case F_OR:
    case F_IMPLIES:
    case F_EQUIV: break;
    default: return false;
    }
    for (uint32_t i = 0; i < f->n_sub; i++)
        if (!rigid(f->sub[i])) return false;
    return true;
}

/* A SINCE[a,*) of what fails a generator g, A closed (NULL: TRUE).  No guard can cross it, since it would
 * have to know the whole future; but what fails g at no position since A last failed (or since the very
 * first one) was in g then.  So among the guard's tuples those are left that were not there, or have
 * missed g since:
 *     guard AND A SINCE[a,*) TRUE
 *           AND NOT (A SINCE[a,*) first AND NOT A SINCE[a,*) (A SINCE first AND NOT g))
 * where `first` is g at a position where A fails, or at the very first. */
static struct formula *gen_since_not(struct rewriter *r, struct formula *a, struct bound b,
                                     struct literal sub, const struct guard *guard)
{
    struct formula *g = gen_alone(r, (struct literal){sub.f, !sub.neg});
    if (!g || g->op == F_TRUE || g->op == F_FALSE) return NULL;
    struct formula *values = guard_get(r, guard, core_vars(g));
    if (!values || !varset_within(core_vars(g), core_vars(values))) return NULL;
    struct formula *begins[2] = {g,
                                 core_not(r, core_temporal(r, F_PREV, bound_all(), core_true(r)))};
    struct formula *fails[2] = {g, a->op == F_NOT ? a->sub[0] : core_not(r, a)};
    struct formula *either[2] = {core_and(r, fails, 2), core_and(r, begins, 2)};
    struct formula *first = core_or(r, either, 2);
    struct formula *missed[2] = {core_since(r, F_SINCE, a, bound_all(), first), core_not(r, g)};
    struct formula *never[2] = {core_since(r, F_SINCE, a, b, first),
                                core_not(r, core_since(r, F_SINCE, a, b, core_and(r, missed, 2)))};
    struct formula *parts[3] = {values, core_since(r, F_SINCE, a, b, core_true(r)),
                                core_not(r, core_and(r, never, 2))};
    return core_and(r, parts, 3);
}

/* op is PREV NEXT ONCE EVENTUALLY; sub the literal beneath. */
static struct formula *gen_temporal(struct rewriter *r, const struct formula *f, enum formula_op op,
                                    struct literal sub, const struct guard *guard)
{
    if (bound_empty(f->bound)) return core_false(r, literal_free(r, sub));
    if (op == F_EVENTUALLY && bound_infinite(f->bound) && !r->options->unbounded_future) {
        blame(r, BLAME_FUTURE, (struct literal){f, false}, UINT32_MAX);
        return NULL;
    }
    if (guard && rigid(sub.f)) { /* looked at here: the guard need not cross */
        struct formula *parts[2] = {gen(r, sub, guard),
                                    core_temporal(r, op, f->bound, core_true(r))};
        if (parts[0]) return core_and(r, parts, 2);
    }
    struct guard here = crossing(guard, op, f->bound);
    here.over = f;
    struct formula *under = gen(r, sub, guard ? &here : NULL);
    if (!under && guard && op == F_ONCE && bound_infinite(f->bound) && !from_zero(f->bound))
        return gen_since_not(r, core_true(r), f->bound, sub, guard);
    return core_temporal(r, op, f->bound, under);
}

/* The left side of SINCE and UNTIL, whose variables are among those of `right`. */
static struct formula *gen_left(struct rewriter *r, const struct formula *f, struct formula *right,
                                const struct guard *guard)
{
    struct literal positive = {f->sub[0], false}, negative = {f->sub[0], true};
    bool inverted = literal_is_negative(positive);
    struct formula *left = inverted ? core_not(r, gen_alone(r, negative)) : gen_alone(r, positive);
    if (left) return left;
    left = inverted ? gen_alone(r, positive) : core_not(r, gen_alone(r, negative));
    if (left) return left;
    bool past = f->op == F_SINCE;
    struct formula *reach =
        core_temporal(r, past ? F_ONCE : F_EVENTUALLY, from_now(f->bound), right);
    struct guard outer = crossing(guard, f->op, from_now(f->bound));
    struct guard here = {.conj = &reach, .n = 1, .outer = &outer, .cross = F_TRUE};
    if (!reach) return NULL;
    left = core_not(r, gen(r, negative, &here));
    return left ? left : gen(r, positive, &here);
}

/* SINCE without an upper bound whose right side is infinite: where the left says nothing of variables. */
static struct formula *gen_endless_since(struct rewriter *r, const struct formula *f,
                                         const struct guard *guard)
{
    struct literal left = {f->sub[0], false}, right = {f->sub[1], false};
    if (f->op != F_SINCE || !guard || !bound_infinite(f->bound)) return NULL;
    if (literal_free(r, left).n) return NULL;
    struct formula *a = literal_is_negative(left)
                            ? core_not(r, gen_alone(r, (struct literal){f->sub[0], true}))
                            : gen_alone(r, left);
    return a ? gen_since_not(r, a, f->bound, right, guard) : NULL;
}

static struct formula *gen_since(struct rewriter *r, const struct formula *f,
                                 const struct guard *guard)
{
    if (bound_empty(f->bound)) return core_false(r, literal_free(r, (struct literal){f, false}));
    if (f->op == F_UNTIL && bound_infinite(f->bound) && !r->options->unbounded_future) {
        blame(r, BLAME_FUTURE, (struct literal){f, false}, UINT32_MAX);
        return NULL;
    }
    struct guard here = crossing(guard, f->op, f->bound);
    here.over = f;
    struct formula *right = gen(r, (struct literal){f->sub[1], false}, guard ? &here : NULL);
    if (!right) return gen_endless_since(r, f, guard);
    struct varset missing =
        rw_minus(r, literal_free(r, (struct literal){f->sub[0], false}), core_vars(right));
    if (missing.n) {
        struct formula *parts[2] = {guard ? guard_get(r, &here, missing) : NULL, right};
        if (!parts[0] || !varset_within(missing, core_vars(parts[0]))) {
            blame(r, BLAME_UNBOUND, (struct literal){f->sub[0], false}, missing.v[0]);
            return NULL;
        }
        right = core_and(r, parts, 2);
        if (!right) return NULL;
    }
    return core_since(r, f->op, gen_left(r, f, right, guard), f->bound, right);
}

/* PAST_ALWAYS and ALWAYS of a literal that generates, when now is within the bound: the tuples are
 * those of now.  PAST_ALWAYS without end: it has held since the first position. */
static struct formula *gen_always(struct rewriter *r, struct literal whole, struct literal sub,
                                  const struct guard *guard)
{
    const struct formula *f = whole.f;
    if (!from_zero(f->bound)) return NULL;
    struct formula *now = gen_alone(r, sub);
    if (!now) return NULL;
    if (!bound_infinite(f->bound)) {
        struct literal both[2] = {sub, whole};
        return gen_and(r, f, both, 2, guard);
    }
    if (f->op != F_ONCE && f->op != F_HISTORICALLY) return NULL;
    struct formula *before = core_temporal(r, F_PREV, bound_all(), core_true(r));
    struct formula *first[2] = {now, core_not(r, before)};
    return core_since(r, F_SINCE, now, bound_all(), core_and(r, first, 2));
}

/* A literal that is the negation of what generates: closed, or bound by the guard. */
static struct formula *gen_negative(struct rewriter *r, struct literal l, const struct guard *guard)
{
    bool future = l.f->op == F_ALWAYS || l.f->op == F_EVENTUALLY;
    if (future && bound_infinite(l.f->bound) && !r->options->unbounded_future) {
        blame(r, BLAME_FUTURE, l, UINT32_MAX);
        return NULL;
    }
    struct formula *f = gen_and(r, l.f, &l, 1, guard);
    if (f || r->fault) return f;
    switch (l.f->op) {
    case F_HISTORICALLY:
    case F_ALWAYS: return gen_always(r, l, (struct literal){l.f->sub[0], false}, guard);
    case F_ONCE:
    case F_EVENTUALLY: return gen_always(r, l, (struct literal){l.f->sub[0], true}, guard);
    default: return NULL;
    }
}

static struct formula *gen_equiv(struct rewriter *r, struct literal l, const struct guard *guard)
{
    struct formula *sides[2];
    for (int k = 0; k < 2; k++) {
        struct literal pair[2] = {{l.f->sub[0], k == 1}, {l.f->sub[1], (k == 1) != l.neg}};
        sides[k] = gen_and(r, l.f, pair, 2, guard);
        if (!sides[k]) return NULL;
    }
    return core_or(r, sides, 2);
}

static struct formula *gen_agg(struct rewriter *r, const struct formula *f,
                               const struct guard *guard)
{
    struct varset groups = literal_free(r, (struct literal){f->sub[0], false});
    uint32_t n = 0;
    struct varset only = {arena_array(r->sc->arena, groups.n, sizeof *only.v), 0};
    if (!only.v) {
        r->fault = true;
        return NULL;
    }
    for (; n < groups.n; n++)
        for (uint32_t k = 0; k < f->n_vars; k++)
            if (f->vars[k] == groups.v[n]) only.v[only.n++] = groups.v[n];
    struct guard here = {.only = &only, .outer = guard, .cross = F_TRUE};
    bool guarded = guard && f->n_vars;
    struct formula *sub = gen(r, (struct literal){f->sub[0], false}, guarded ? &here : NULL);
    return sub ? core_done(r,
                           formula_agg(r->sc, f->result, f->agg, f->over, f->vars, f->n_vars, sub))
               : NULL;
}

static struct formula *gen_let(struct rewriter *r, struct literal l, const struct guard *guard)
{
    const struct formula *f = l.f;
    if (f->op == F_LETPAST && !only_past(f->sub[0], f->pred, false)) {
        blame(r, BLAME_LETPAST, l, UINT32_MAX);
        return NULL;
    }
    struct formula *definition = gen_alone(r, (struct literal){f->sub[0], false});
    struct formula *body = definition ? gen(r, (struct literal){f->sub[1], l.neg}, guard) : NULL;
    if (!body || body->op == F_TRUE || body->op == F_FALSE) return body;
    return core_done(r, formula_let(r->sc, f->op, f->pred, f->vars, f->n_vars, definition, body));
}

static struct formula *gen_exists(struct rewriter *r, const struct formula *f, bool neg,
                                  const struct guard *guard)
{
    return core_exists(r, f->vars, f->n_vars, gen(r, (struct literal){f->sub[0], neg}, guard));
}

/* A literal that is not negative once its own NOTs are gone. */
static struct formula *gen_positive(struct rewriter *r, struct literal l, const struct guard *guard)
{
    const struct formula *f = l.f;
    struct literal sub = {f->n_sub ? f->sub[0] : NULL, l.neg};
    switch (f->op) {
    case F_TRUE:
    case F_FALSE:
        return (f->op == F_TRUE) != l.neg ? core_true(r) : core_false(r, (struct varset){0});
    case F_PRED: return gen_pred(r, f, guard);
    case F_COMPARE: return gen_and(r, f, &l, 1, guard);
    case F_NOT: return gen(r, (struct literal){f->sub[0], !l.neg}, guard);
    case F_AND: return l.neg ? gen_or(r, l, guard) : gen_and(r, f, &l, 1, guard);
    case F_OR:
    case F_IMPLIES: return l.neg ? gen_and(r, f, &l, 1, guard) : gen_or(r, l, guard);
    case F_EQUIV: return gen_equiv(r, l, guard);
    case F_EXISTS:
    case F_FORALL: return gen_exists(r, f, l.neg, guard);
    case F_PREV:
    case F_NEXT:
    case F_ONCE:
    case F_EVENTUALLY: return gen_temporal(r, f, f->op, sub, guard);
    case F_HISTORICALLY: return gen_temporal(r, f, F_ONCE, sub, guard);
    case F_ALWAYS: return gen_temporal(r, f, F_EVENTUALLY, sub, guard);
    case F_SINCE:
    case F_UNTIL: return gen_since(r, f, guard);
    case F_AGG: return gen_agg(r, f, guard);
    case F_LET:
    case F_LETPAST: return gen_let(r, l, guard);
    case F_MATCHF:
    case F_MATCHP: return gen_match(r, f);
    default: return NULL;
    }
}

static struct formula *gen_any(struct rewriter *r, struct literal l, const struct guard *guard)
{
    bool through = l.f->op == F_NOT || l.f->op == F_LET || l.f->op == F_LETPAST;
    struct formula *f =
        !through && literal_is_negative(l) ? gen_negative(r, l, guard) : gen_positive(r, l, guard);
    return place_at(f, l.f);
}

struct formula *gen_alone(struct rewriter *r, struct literal l)
{
    struct memo *m = memo_of(r, l.f);
    if (!m) return NULL;
    if (m->tried[l.neg]) return m->core[l.neg];
    m->tried[l.neg] = true;
    unsigned around = r->guarded;
    r->guarded = 0;
    struct formula *f = gen_any(r, l, NULL);
    r->guarded = around;
    m->core[l.neg] = f;
    return f;
}

struct formula *gen(struct rewriter *r, struct literal l, const struct guard *guard)
{
    struct formula *f = gen_alone(r, l);
    if (f || !guard || r->fault) return f;
    r->guarded++;
    f = gen_any(r, l, guard);
    r->guarded--;
    return f;
}
