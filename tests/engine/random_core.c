#include "random_core.h"
#include "../test.h"

typedef struct random_core R;

uint64_t random_core_below(R *r, uint64_t n)
{
    if (!r->n_dice) return test_below(&r->seed, n);
    r->n_dice--;
    return *r->dice++ % n;
}

static uint64_t below(R *r, uint64_t n)
{
    return random_core_below(r, n);
}

void random_core_init(R *r, uint64_t seed)
{
    *r = (R){.seed = seed * 7919 + 1, .paths = true};
    arena_init(&r->arena);
    intern_init(&r->strings);
    signature_init(&r->sig, &r->arena, &r->strings);
    struct column columns[MAX_ARITY] = {{{0}, VALUE_INT}, {{0}, VALUE_INT}, {{0}, VALUE_INT}};
    static const char *const names[] = {"n", "p", "q", "r", "s", "t"};
    static const uint32_t arity[] = {0, 1, 1, 2, 2, 3};
    for (int i = 0; i < 6; i++)
        signature_add(&r->sig, str_of(names[i]), columns, arity[i], place_none());
    scope_init(&r->scope, &r->arena, &r->strings, &r->sig);
}

void random_core_free(R *r)
{
    intern_free(&r->strings);
    arena_free(&r->arena);
}

static uint32_t fresh(R *r)
{
    char name[16];
    snprintf(name, sizeof name, "v%zu", r->scope.n_vars);
    uint32_t v = scope_var(&r->scope, str_dup(&r->arena, str_of(name)), VALUE_INT);
    return v;
}

static struct term *var(R *r, uint32_t v)
{
    struct term *t = term_var(&r->scope, v);
    t->type = VALUE_INT;
    return t;
}

static struct formula *gen(R *r, int size, const uint32_t *v, uint32_t n);

static struct bound bound(R *r, bool future)
{
    int64_t lo = below(r, 3) ? (int64_t)below(r, 4) : 0, hi = lo + (int64_t)below(r, 5);
    if (!future && below(r, 3) == 0) hi = INSTANT_MAX;
    return bound_seconds(lo, hi);
}

/* A predicate over exactly these variables, others projected away or constant. */
static struct formula *pred(R *r, const uint32_t *v, uint32_t n)
{
    uint32_t p, arity;
    if (r->n_lets && below(r, 3) == 0) {
        uint32_t l = (uint32_t)below(r, r->n_lets);
        p = r->lets[l];
        arity = (uint32_t)r->let_arity[l];
    } else {
        p = (uint32_t)below(r, 6);
        arity = r->scope.preds[p].arity;
    }
    while (arity < n) {
        p = (uint32_t)below(r, 6);
        arity = r->scope.preds[p].arity;
    }
    struct term *args[MAX_ARITY];
    uint32_t anonymous[MAX_ARITY], n_anonymous = 0, placed = 0;
    for (uint32_t k = 0; k < arity; k++) {
        bool must = arity - k <= n - placed;
        if (placed < n && (must || below(r, 2))) {
            args[k] = var(r, v[placed++]);
        } else if (n && placed && below(r, 4) == 0) {
            args[k] = var(r, v[below(r, placed)]);
        } else if (below(r, 3) == 0) {
            args[k] = term_int(&r->scope, (int64_t)below(r, VALUES));
            args[k]->type = VALUE_INT;
        } else {
            anonymous[n_anonymous] = fresh(r);
            args[k] = var(r, anonymous[n_anonymous++]);
        }
    }
    struct formula *f = formula_pred(&r->scope, p, args, arity);
    return formula_exists(&r->scope, anonymous, n_anonymous, f);
}

static uint32_t subset(R *r, const uint32_t *v, uint32_t n, uint32_t *out)
{
    uint32_t m = 0;
    for (uint32_t k = 0; k < n; k++)
        if (below(r, 2)) out[m++] = v[k];
    return m;
}

static struct formula *positive(R *r, int size, const uint32_t *v, uint32_t n)
{
    struct formula *f = gen(r, size, v, n);
    return f->op == F_TRUE ? pred(r, v, n) : f;
}

static struct term *random_term(R *r, const uint32_t *v, uint32_t n)
{
    struct term *t =
        n && below(r, 4) ? var(r, v[below(r, n)]) : term_int(&r->scope, (int64_t)below(r, VALUES));
    t->type = VALUE_INT;
    if (below(r, 3)) return t;
    enum term_op ops[] = {TERM_ADD, TERM_SUB, TERM_MUL, TERM_DIV, TERM_MOD};
    struct term *u =
        term_op2(&r->scope, ops[below(r, 5)], t, term_int(&r->scope, (int64_t)below(r, VALUES)));
    u->type = VALUE_INT;
    return u;
}

/* A generator and one to three more conjuncts. */
static struct formula *conjunction(R *r, int size, const uint32_t *v, uint32_t n)
{
    struct formula *sub[4];
    uint32_t k = 0, m, part[MAX_ARITY + 1];
    int kind = (int)below(r, 4);
    if (kind == 0 && n) { /* all but one, and an assignment */
        sub[k++] = gen(r, size / 2, v, n - 1);
        sub[k++] = formula_assign(&r->scope, v[n - 1], random_term(r, v, n - 1));
    } else if (kind == 1) {
        m = subset(r, v, n, part);
        sub[k++] = gen(r, size / 2, v, n);
        sub[k++] = gen(r, size / 2, part, m);
    } else {
        sub[k++] = gen(r, size / 2, v, n);
    }
    if (below(r, 2)) {
        m = subset(r, v, n, part);
        sub[k++] = formula_not(&r->scope, gen(r, size / 2, part, m));
    }
    if (k == 1 || below(r, 3) == 0) {
        struct formula *c = formula_compare(&r->scope, (enum compare_op)below(r, 5),
                                            random_term(r, v, n), random_term(r, v, n));
        sub[k++] = below(r, 4) ? c : formula_not(&r->scope, c);
    }
    return formula_and_n(&r->scope, sub, k);
}

/* There are at least k: EXISTS n. (n <- CNT x; v φ) AND n >= k. */
static struct formula *at_least(R *r, int size, const uint32_t *v, uint32_t n)
{
    uint32_t inner[MAX_ARITY + 1], count = fresh(r);
    memcpy(inner, v, n * sizeof *v);
    inner[n] = fresh(r);
    struct term *k = term_int(&r->scope, 1 + (int64_t)below(r, 3));
    k->type = VALUE_INT;
    struct formula *sub[2];
    sub[0] = formula_agg(&r->scope, count, AGG_CNT, inner[n], v, n, gen(r, size - 1, inner, n + 1));
    sub[1] = formula_compare(&r->scope, CMP_GE, var(r, count), k);
    return formula_exists(&r->scope, &count, 1, formula_and_n(&r->scope, sub, 2));
}

static struct formula *aggregate(R *r, int size, const uint32_t *v, uint32_t n)
{
    if (r->uncertain) return n < MAX_ARITY ? at_least(r, size, v, n) : conjunction(r, size, v, n);
    uint32_t inner[MAX_ARITY + 2], m = 0;
    for (uint32_t k = 0; k + 1 < n; k++) inner[m++] = v[k];
    uint32_t over = m && below(r, 5) == 0 ? inner[below(r, m)] : (inner[m] = fresh(r), inner[m++]);
    if (m < MAX_ARITY && below(r, 2)) inner[m++] = fresh(r);
    enum agg_op ops[] = {AGG_CNT, AGG_MIN, AGG_MAX, AGG_SUM};
    struct formula *f = gen(r, size - 1, inner, m);
    if (below(r, 2)) { /* a sliding window */
        int64_t hi = below(r, 5) ? (int64_t)below(r, 6) : INSTANT_MAX;
        f = formula_temporal(&r->scope, F_ONCE, bound_seconds(0, hi), f);
    }
    return formula_agg(&r->scope, v[n - 1], ops[below(r, 4)], over, v, n - 1, f);
}

static struct formula *let(R *r, int size, const uint32_t *v, uint32_t n)
{
    uint32_t params[2] = {fresh(r), fresh(r)}, m = (uint32_t)below(r, 3);
    struct formula *def = gen(r, size / 2, params, m);
    uint32_t p = scope_let(&r->scope, STR("l"), m);
    r->lets[r->n_lets] = p;
    r->let_arity[r->n_lets++] = (int)m;
    struct formula *body = gen(r, size / 2, v, n);
    r->n_lets--;
    return formula_let(&r->scope, F_LET, p, params, m, def, body);
}

/* l(x…) = base(x…) OR PREVIOUS l(x…) AND …, used in a random body. */
static struct formula *letpast(R *r, int size, const uint32_t *v, uint32_t n)
{
    uint32_t params[2] = {fresh(r), fresh(r)}, m = 1 + (uint32_t)below(r, 2), other = fresh(r);
    uint32_t p = scope_let(&r->scope, STR("lp"), m);
    struct term *args[2] = {var(r, params[0]), var(r, m > 1 ? other : params[0])};
    struct formula *again =
        formula_temporal(&r->scope, F_PREV, bound(r, false), formula_pred(&r->scope, p, args, m));
    if (below(r, 2)) again = formula_temporal(&r->scope, F_ONCE, bound(r, false), again);
    uint32_t step[2] = {other, params[1]};
    struct formula *both[2] = {again, m > 1 ? gen(r, size / 3, step, 2)
                                            : formula_not(&r->scope, gen(r, size / 3, params, 1))};
    struct formula *rec = formula_and_n(&r->scope, both, 2);
    if (m > 1) rec = formula_exists(&r->scope, &other, 1, rec);
    struct formula *alts[2] = {gen(r, size / 3, params, m), rec};
    struct formula *def = formula_or_n(&r->scope, alts, 2);
    r->lets[r->n_lets] = p;
    r->let_arity[r->n_lets++] = (int)m;
    struct formula *body = gen(r, size / 3, v, n);
    r->n_lets--;
    return formula_let(&r->scope, F_LETPAST, p, params, m, def, body);
}

static struct path *path_tail(R *r, int size, const uint32_t *v, uint32_t n)
{
    uint32_t part[MAX_ARITY + 1], m;
    switch (below(r, size > 1 ? 5 : 2)) {
    case 0: return path_new(&r->scope, PATH_WILD, NULL, NULL, NULL);
    case 1: {
        m = subset(r, v, n, part);
        struct formula *g = gen(r, size / 2, part, m);
        if (below(r, 2)) g = formula_not(&r->scope, g);
        return path_new(&r->scope, PATH_TEST, g, NULL, NULL);
    }
    case 2:
        return path_new(&r->scope, PATH_CONCAT, NULL, path_tail(r, size / 2, v, n),
                        path_tail(r, size / 2, v, n));
    case 3:
        return path_new(&r->scope, PATH_ALT, NULL, path_tail(r, size / 2, v, n),
                        path_tail(r, size / 2, v, n));
    default: {
        struct path *wild = path_new(&r->scope, PATH_WILD, NULL, NULL, NULL);
        struct path *a = path_new(&r->scope, PATH_CONCAT, NULL, path_tail(r, size / 2, v, n), wild);
        return path_new(&r->scope, PATH_STAR, NULL, a, NULL);
    }
    }
}

static struct formula *match(R *r, int size, const uint32_t *v, uint32_t n)
{
    bool back = below(r, 2);
    struct path *head = path_new(&r->scope, PATH_TEST, gen(r, size / 2, v, n), NULL, NULL);
    struct path *tail = path_tail(r, size / 2, v, n);
    struct path *p = path_new(&r->scope, PATH_CONCAT, NULL, back ? tail : head, back ? head : tail);
    return formula_match(&r->scope, back ? F_MATCHP : F_MATCHF, bound(r, !back), p);
}

static struct formula *temporal(R *r, int size, const uint32_t *v, uint32_t n)
{
    uint32_t part[MAX_ARITY + 1];
    enum formula_op ops[] = {F_PREV, F_NEXT,       F_ONCE,  F_EVENTUALLY,
                             F_ONCE, F_EVENTUALLY, F_SINCE, F_UNTIL};
    enum formula_op op = ops[below(r, 8)];
    struct bound b = bound(r, op == F_EVENTUALLY || op == F_UNTIL);
    if (op != F_SINCE && op != F_UNTIL)
        return formula_temporal(&r->scope, op, b, gen(r, size - 1, v, n));
    uint32_t m = subset(r, v, n, part);
    struct formula *left = positive(r, size / 2, part, m), *right = gen(r, size / 2, v, n);
    if (below(r, 2)) left = formula_not(&r->scope, left);
    return op == F_SINCE ? formula_since(&r->scope, left, b, right)
                         : formula_until(&r->scope, left, b, right);
}

static struct formula *gen(R *r, int size, const uint32_t *v, uint32_t n)
{
    if (size <= 1) {
        if (n == 0 && below(r, 8) == 0) return formula_true(&r->scope);
        return pred(r, v, n);
    }
    switch (below(r, 12)) {
    case 0:
    case 1: return conjunction(r, size, v, n);
    case 2: {
        struct formula *sub[2] = {gen(r, size / 2, v, n), gen(r, size / 2, v, n)};
        return formula_or_n(&r->scope, sub, 2);
    }
    case 3:
        if (n < MAX_ARITY) {
            uint32_t w[MAX_ARITY + 1], x = fresh(r);
            memcpy(w, v, n * sizeof *v);
            w[n] = x;
            return formula_exists(&r->scope, &x, 1, gen(r, size - 1, w, n + 1));
        }
        return conjunction(r, size, v, n);
    case 4: return n ? aggregate(r, size, v, n) : conjunction(r, size, v, n);
    case 5: return r->n_lets < 6 ? let(r, size, v, n) : conjunction(r, size, v, n);
    case 6:
        if (!r->paths) return temporal(r, size, v, n);
        if (below(r, 2) && r->n_lets < 6) return letpast(r, size, v, n);
        return match(r, size, v, n);
    default: return temporal(r, size, v, n);
    }
}

static void set_free(struct scope *sc, struct formula *f);

static void set_free_path(struct scope *sc, struct path *p)
{
    if (!p) return;
    if (p->test) set_free(sc, p->test);
    set_free_path(sc, p->a);
    set_free_path(sc, p->b);
}

/* Fill in fv of f and everything beneath, as safe_core does. */
static void set_free(struct scope *sc, struct formula *f)
{
    bool ok = true;
    set_free_path(sc, f->path);
    for (uint32_t i = 0; i < f->n_sub; i++) set_free(sc, f->sub[i]);
    struct varset s = formula_free(sc->arena, f, &ok);
    if (f->op == F_FALSE) return;
    f->fv = s.v;
    f->n_fv = s.n;
}

struct formula *random_core_formula(R *r, int size, uint32_t n_vars)
{
    uint32_t v[MAX_ARITY];
    r->n_lets = 0;
    for (uint32_t k = 0; k < n_vars; k++) v[k] = fresh(r);
    struct formula *f = gen(r, size, v, n_vars);
    set_free(&r->scope, f);
    return f;
}

struct naive_log *random_core_log(R *r, size_t n, uint64_t gap)
{
    struct naive_log *log = arena_alloc(&r->arena, sizeof *log);
    naive_log_init(log, &r->arena);
    log->clock = !gap;
    int64_t stamp = 0;
    for (size_t i = 0; i < n; i++) {
        naive_log_point(log, stamp);
        stamp += gap ? (int64_t)below(r, gap + 1) : 1;
        for (uint32_t p = 0; p < r->sig.n; p++) {
            uint32_t arity = r->sig.preds[p].arity;
            uint64_t facts = below(r, 3) ? 0 : 1 + below(r, 3), words[MAX_ARITY];
            for (uint64_t k = 0; k < facts; k++) {
                for (uint32_t w = 0; w < arity; w++) words[w] = below(r, VALUES);
                naive_log_fact(log, p, words, arity);
            }
        }
    }
    return log;
}
