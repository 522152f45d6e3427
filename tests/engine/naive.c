#include "naive.h"

#include <stdlib.h>
#include <string.h>

struct memo {
    const struct formula *f;
    struct rel **at; /* by position */
    struct memo *next;
};

enum { MEMO_BUCKETS = 256 };

struct naive {
    struct scope *sc;
    const struct naive_log *log;
    struct arena arena;
    struct memo *memos[MEMO_BUCKETS];
    const struct formula **lets; /* by predicate */
    uint64_t *env;
};

struct naive *naive_new(struct scope *sc, const struct naive_log *log)
{
    struct naive *n = calloc(1, sizeof *n);
    n->sc = sc;
    n->log = log;
    arena_init(&n->arena);
    n->lets = arena_array(&n->arena, sc->n_preds + 1, sizeof *n->lets);
    n->env = arena_array(&n->arena, sc->n_vars + 1, sizeof *n->env);
    return n;
}

void naive_free(struct naive *n)
{
    arena_free(&n->arena);
    free(n);
}

static void set_free_path(struct scope *sc, struct path *p)
{
    if (!p) return;
    if (p->test) naive_set_free(sc, p->test);
    set_free_path(sc, p->a);
    set_free_path(sc, p->b);
}

void naive_set_free(struct scope *sc, struct formula *f)
{
    bool ok = true;
    set_free_path(sc, f->path);
    for (uint32_t i = 0; i < f->n_sub; i++) naive_set_free(sc, f->sub[i]);
    struct varset s = formula_free(sc->arena, f, &ok);
    if (f->op == F_FALSE) return;
    f->fv = s.v;
    f->n_fv = s.n;
}

static struct rel *rel_new(struct naive *n, uint32_t width)
{
    struct rel *r = arena_alloc(&n->arena, sizeof *r);
    r->width = width;
    return r;
}

static bool rel_has(const struct rel *r, const uint64_t *t)
{
    for (size_t i = 0; i < r->n; i++)
        if (!memcmp(r->words + i * r->width, t, r->width * sizeof *t)) return true;
    return false;
}

static void rel_add(struct naive *n, struct rel *r, const uint64_t *t)
{
    if (rel_has(r, t)) return;
    if ((r->n & (r->n - 1)) == 0) {
        size_t cap = r->n ? r->n * 2 : 1;
        uint64_t *w = arena_array(&n->arena, cap * r->width + 1, sizeof *w);
        if (r->n) memcpy(w, r->words, r->n * r->width * sizeof *w);
        r->words = w;
    }
    memcpy(r->words + r->n++ * r->width, t, r->width * sizeof *t);
}

static uint32_t column(const struct formula *f, uint32_t var)
{
    uint32_t k = 0;
    while (k < f->n_fv && f->fv[k] != var) k++;
    return k;
}

/* Put a tuple of f into the environment; take f's tuple from it. */
static void load(struct naive *n, const struct formula *f, const uint64_t *t)
{
    for (uint32_t k = 0; k < f->n_fv; k++) n->env[f->fv[k]] = t[k];
}

static void store(struct naive *n, const struct formula *f, uint64_t *t)
{
    for (uint32_t k = 0; k < f->n_fv; k++) t[k] = n->env[f->fv[k]];
}

static void eval_pred(struct naive *n, const struct formula *f, size_t i, struct rel *out)
{
    const struct predicate *p = &n->sc->preds[f->pred];
    const struct rel *src;
    struct rel one = {0};
    uint64_t points[2] = {i, (uint64_t)n->log->stamps[i]}, t[32];
    const struct formula *let = n->lets[f->pred];
    if (let) {
        src = naive_eval(n, let->sub[0], i);
    } else if (p->kind == PRED_EVENT) {
        src = &n->log->facts[i * n->log->n_preds + f->pred];
    } else {
        one =
            (struct rel){p->kind == PRED_TPTS ? 2 : 1, 1, p->kind == PRED_TS ? points + 1 : points};
        src = &one;
    }
    for (size_t r = 0; r < src->n; r++) {
        const uint64_t *row = src->words + r * src->width;
        bool ok = true, bound[32] = {false};
        for (uint32_t a = 0; ok && a < f->n_args; a++) {
            uint64_t v = let ? row[column(let->sub[0], let->vars[a])] : row[a];
            if (f->args[a]->op == TERM_CONST) {
                ok = v == f->args[a]->value;
                continue;
            }
            uint32_t c = column(f, f->args[a]->var);
            if (bound[c]) ok = t[c] == v;
            t[c] = v;
            bound[c] = true;
        }
        if (ok) rel_add(n, out, t);
    }
}

/* Does the tuple in the environment belong to g at i? */
static bool holds_env(struct naive *n, const struct formula *g, size_t i)
{
    uint64_t t[32];
    store(n, g, t);
    return rel_has(naive_eval(n, g, i), t);
}

static bool filter(struct naive *n, const struct formula *f, size_t i)
{
    uint64_t a, b;
    bool negated = f->op == F_NOT;
    const struct formula *g = negated ? f->sub[0] : f;
    if (g->op == F_ASSIGN) {
        if (!term_eval(g->right, n->env, n->sc->strings, &a, NULL)) return false;
        n->env[g->result] = a;
        return true;
    }
    if (g->op != F_COMPARE) return !holds_env(n, g, i);
    if (!term_eval(g->left, n->env, n->sc->strings, &a, NULL) ||
        !term_eval(g->right, n->env, n->sc->strings, &b, NULL))
        return negated;
    return compare_words(g->cmp, n->sc->strings, g->left->type, a, b) != negated;
}

/* Extend the environment by conjunct k and those after it. */
static void eval_and(struct naive *n, const struct formula *f, size_t i, uint32_t k, bool *bound,
                     struct rel *out)
{
    if (k == f->n_sub) {
        uint64_t t[32];
        store(n, f, t);
        rel_add(n, out, t);
        return;
    }
    const struct formula *g = f->sub[k];
    if (g->op == F_NOT || g->op == F_COMPARE || g->op == F_ASSIGN) {
        if (!filter(n, g, i)) return;
        if (g->op == F_ASSIGN) bound[column(f, g->result)] = true;
        eval_and(n, f, i, k + 1, bound, out);
        if (g->op == F_ASSIGN) bound[column(f, g->result)] = false;
        return;
    }
    const struct rel *r = naive_eval(n, g, i);
    for (size_t x = 0; x < r->n; x++) {
        bool ok = true, before[32];
        uint64_t saved[32];
        memcpy(before, bound, f->n_fv * sizeof *bound);
        store(n, f, saved);
        for (uint32_t c = 0; ok && c < g->n_fv; c++) {
            uint64_t v = r->words[x * r->width + c];
            uint32_t m = column(f, g->fv[c]);
            if (bound[m]) ok = n->env[g->fv[c]] == v;
            n->env[g->fv[c]] = v;
            bound[m] = true;
        }
        if (ok) eval_and(n, f, i, k + 1, bound, out);
        memcpy(bound, before, f->n_fv * sizeof *bound);
        load(n, f, saved);
    }
}

static void add_all(struct naive *n, struct rel *out, const struct rel *r)
{
    for (size_t x = 0; x < r->n; x++) rel_add(n, out, r->words + x * r->width);
}

static bool within(struct bound b, int64_t earlier, int64_t later)
{
    int64_t d = later - earlier;
    return d >= b.lo.seconds && d <= b.hi.seconds;
}

/* Left side of SINCE and UNTIL for a tuple of f at k. */
static bool left_holds(struct naive *n, const struct formula *f, const uint64_t *t, size_t k)
{
    const struct formula *g = f->sub[0]->op == F_NOT ? f->sub[0]->sub[0] : f->sub[0];
    uint64_t u[32];
    for (uint32_t c = 0; c < g->n_fv; c++) u[c] = t[column(f, g->fv[c])];
    return rel_has(naive_eval(n, g, k), u) != (f->sub[0]->op == F_NOT);
}

static void eval_window(struct naive *n, const struct formula *f, size_t i, struct rel *out)
{
    bool back = f->op == F_ONCE || f->op == F_SINCE, two = f->n_sub == 2;
    for (size_t j = back ? 0 : i; j < (back ? i + 1 : n->log->n); j++) {
        int64_t si = n->log->stamps[i], sj = n->log->stamps[j];
        if (!within(f->bound, back ? sj : si, back ? si : sj)) continue;
        const struct rel *r = naive_eval(n, f->sub[two ? 1 : 0], j);
        for (size_t x = 0; x < r->n; x++) {
            bool ok = true;
            for (size_t k = back ? j + 1 : i; two && ok && k < (back ? i + 1 : j); k++)
                ok = left_holds(n, f, r->words + x * r->width, k);
            if (ok) rel_add(n, out, r->words + x * r->width);
        }
    }
}

static int cmp_word(const void *a, const void *b)
{
    int64_t x = (int64_t) * (const uint64_t *)a, y = (int64_t) * (const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Ints only. */
static bool fold(enum agg_op op, uint64_t *v, size_t n, uint64_t *out)
{
    int64_t sum = 0;
    qsort(v, n, sizeof *v, cmp_word);
    for (size_t i = 0; i < n; i++) sum += (int64_t)v[i];
    switch (op) {
    case AGG_CNT: *out = n; return true;
    case AGG_SUM: *out = (uint64_t)sum; return true;
    case AGG_MIN: *out = n ? v[0] : 0; return true;
    case AGG_MAX: *out = n ? v[n - 1] : 0; return true;
    case AGG_AVG: return value_of_float(n ? (double)sum / (double)n : 0, out);
    case AGG_MED:
        if (!n) return value_of_float(0, out);
        return value_of_float(n % 2
                                  ? (double)(int64_t)v[n / 2]
                                  : ((double)(int64_t)v[n / 2] + (double)(int64_t)v[n / 2 - 1]) / 2,
                              out);
    }
    return false;
}

static void eval_agg(struct naive *n, const struct formula *f, size_t i, struct rel *out)
{
    const struct formula *g = f->sub[0];
    const struct rel *r = naive_eval(n, g, i);
    uint64_t t[32], *v = calloc(r->n + 1, sizeof *v);
    for (size_t x = 0; x < r->n || (!f->n_vars && x == 0); x++) {
        size_t m = 0;
        for (size_t y = 0; y < r->n; y++) {
            bool same = true;
            for (uint32_t k = 0; k < f->n_vars; k++)
                same &= r->words[x * r->width + column(g, f->vars[k])] ==
                        r->words[y * r->width + column(g, f->vars[k])];
            if (same) v[m++] = r->words[y * r->width + column(g, f->over)];
        }
        for (uint32_t k = 0; k < f->n_vars; k++)
            t[column(f, f->vars[k])] = r->words[x * r->width + column(g, f->vars[k])];
        if (fold(f->agg, v, m, &t[column(f, f->result)])) rel_add(n, out, t);
    }
    free(v);
}

/* ---- paths: all tuples over the matched formula's variables for which a walk from `at` ends ---- */

struct walk {
    const struct formula *f;
    size_t i;
    struct rel *out;
    bool *bound;
};

struct todo {
    const struct path *path;
    const struct todo *rest;
};

static void walk(struct naive *n, struct walk *w, const struct todo *todo, size_t at, int idle)
{
    bool back = w->f->op == F_MATCHP;
    int64_t si = n->log->stamps[w->i], sa = n->log->stamps[at];
    if (idle > 12) return; /* a star that does not move */
    if (!todo) {
        uint64_t t[32];
        store(n, w->f, t);
        if (within(w->f->bound, back ? sa : si, back ? si : sa)) rel_add(n, w->out, t);
        return;
    }
    const struct path *p = todo->path;
    struct todo a = {p->a, todo->rest}, b = {p->b, todo->rest};
    switch (p->op) {
    case PATH_WILD:
        if (back ? at > 0 : at + 1 < n->log->n) walk(n, w, todo->rest, back ? at - 1 : at + 1, 0);
        break;
    case PATH_CONCAT: {
        struct todo second = {back ? p->a : p->b, todo->rest};
        struct todo first = {back ? p->b : p->a, &second};
        walk(n, w, &first, at, idle);
        break;
    }
    case PATH_ALT:
        walk(n, w, &a, at, idle);
        walk(n, w, &b, at, idle);
        break;
    case PATH_STAR: {
        struct todo again = {p, todo->rest}, once = {p->a, &again};
        walk(n, w, todo->rest, at, idle);
        walk(n, w, &once, at, idle + 1);
        break;
    }
    case PATH_TEST: {
        const struct formula *g = p->test->op == F_NOT ? p->test->sub[0] : p->test;
        if (p->test->op == F_NOT) {
            if (!holds_env(n, g, at)) walk(n, w, todo->rest, at, idle);
            break;
        }
        const struct rel *r = naive_eval(n, g, at);
        for (size_t x = 0; x < r->n; x++) {
            uint64_t saved[32];
            bool before[32], ok = true;
            store(n, w->f, saved);
            memcpy(before, w->bound, w->f->n_fv * sizeof *before);
            for (uint32_t c = 0; ok && c < g->n_fv; c++) {
                uint64_t v = r->words[x * r->width + c];
                uint32_t m = column(w->f, g->fv[c]);
                if (w->bound[m]) ok = n->env[g->fv[c]] == v;
                n->env[g->fv[c]] = v;
                w->bound[m] = true;
            }
            if (ok) walk(n, w, todo->rest, at, idle);
            memcpy(w->bound, before, w->f->n_fv * sizeof *before);
            load(n, w->f, saved);
        }
        break;
    }
    }
}

static void eval_op(struct naive *n, const struct formula *f, size_t i, struct rel *out)
{
    uint64_t t[32] = {0};
    bool bound[32] = {false};
    switch (f->op) {
    case F_TRUE: rel_add(n, out, t); break;
    case F_FALSE: break;
    case F_PRED: eval_pred(n, f, i, out); break;
    case F_AND: eval_and(n, f, i, 0, bound, out); break;
    case F_OR:
        for (uint32_t k = 0; k < f->n_sub; k++) add_all(n, out, naive_eval(n, f->sub[k], i));
        break;
    case F_EXISTS: {
        const struct rel *r = naive_eval(n, f->sub[0], i);
        for (size_t x = 0; x < r->n; x++) {
            for (uint32_t k = 0; k < f->n_fv; k++)
                t[k] = r->words[x * r->width + column(f->sub[0], f->fv[k])];
            rel_add(n, out, t);
        }
        break;
    }
    case F_PREV:
        if (i && within(f->bound, n->log->stamps[i - 1], n->log->stamps[i]))
            add_all(n, out, naive_eval(n, f->sub[0], i - 1));
        break;
    case F_NEXT:
        if (i + 1 < n->log->n && within(f->bound, n->log->stamps[i], n->log->stamps[i + 1]))
            add_all(n, out, naive_eval(n, f->sub[0], i + 1));
        break;
    case F_ONCE:
    case F_EVENTUALLY:
    case F_SINCE:
    case F_UNTIL: eval_window(n, f, i, out); break;
    case F_AGG: eval_agg(n, f, i, out); break;
    case F_LET:
    case F_LETPAST:
        n->lets[f->pred] = f;
        add_all(n, out, naive_eval(n, f->sub[1], i));
        break;
    case F_MATCHF:
    case F_MATCHP: {
        struct walk w = {f, i, out, bound};
        struct todo todo = {f->path, NULL};
        walk(n, &w, &todo, i, 0);
        break;
    }
    default: abort();
    }
}

const struct rel *naive_eval(struct naive *n, const struct formula *f, size_t i)
{
    struct memo **slot = &n->memos[((uintptr_t)f >> 5) % MEMO_BUCKETS], *m = *slot;
    while (m && m->f != f) m = m->next;
    if (!m) {
        m = arena_alloc(&n->arena, sizeof *m);
        *m = (struct memo){f, arena_array(&n->arena, n->log->n, sizeof *m->at), *slot};
        *slot = m;
    }
    if (m->at[i]) return m->at[i];
    struct rel *out = rel_new(n, f->n_fv);
    uint64_t *env = n->env;
    n->env = arena_array(&n->arena, n->sc->n_vars + 1, sizeof *env);
    eval_op(n, f, i, out);
    n->env = env;
    return m->at[i] = out;
}
