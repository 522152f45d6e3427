/* The judge; see naive.h. */
#include "tests/logic/naive_parts.h"

#include <stdlib.h>
#include <string.h>

struct varset naive_fv(struct naive *n, const struct formula *f)
{
    struct info **slot = &n->infos[((uintptr_t)f >> 4) % BUCKETS];
    for (struct info *i = *slot; i; i = i->next)
        if (i->f == f) return i->fv;
    struct info *i = naive_need(n, 1, sizeof *i);
    bool ok = true;
    *i = (struct info){f, formula_free(&n->arena, f, &ok), *slot};
    if (f->op == F_FALSE && f->n_fv) i->fv = (struct varset){(uint32_t *)f->fv, f->n_fv};
    if (!ok) abort();
    *slot = i;
    return i->fv;
}

static struct env env_new(struct naive *n)
{
    return (struct env){naive_need(n, n->sc->n_vars + 1, sizeof(uint64_t)),
                        naive_need(n, n->sc->n_vars + 1, 1)};
}

/* ---- terms ---- */

static bool term_ready(const struct term *t, const struct env *e)
{
    if (!t) return true;
    if (t->op == TERM_VAR) return e->has[t->var];
    return term_ready(t->a, e) && term_ready(t->b, e);
}

static bool term_value(struct naive *n, const struct term *t, const struct env *e, uint64_t *out)
{
    return term_eval(t, e->value, n->sc->strings, out, NULL);
}

/* Unify terms with words one after the other; 1 fits, 0 does not, -1 not ready.  Variables that it
 * binds are noted in `made`. */
static int unify(struct naive *n, struct term *const *args, const uint64_t *words, uint32_t count,
                 struct env *e, uint32_t *made, uint32_t *n_made)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!args[i]) continue;
        uint64_t v;
        if (args[i]->op == TERM_VAR && !e->has[args[i]->var]) {
            e->has[args[i]->var] = 1;
            e->value[args[i]->var] = words[i];
            made[(*n_made)++] = args[i]->var;
        } else if (!term_ready(args[i], e)) {
            return -1;
        } else if (!term_value(n, args[i], e, &v) || v != words[i]) {
            return 0;
        }
    }
    return 1;
}

static void unify_row(struct naive *n, const struct formula *f, struct rows *r,
                      const uint64_t *words, struct env *e)
{
    uint32_t made[32], n_made = 0;
    int fits = unify(n, f->args, words, f->n_args, e, made, &n_made);
    if (fits < 0) r->not_ready = true;
    if (fits > 0) naive_add(n, r, naive_fv(n, f), e);
    while (n_made) e->has[made[--n_made]] = 0;
}

/* ---- atoms ---- */

/* A predicate of LET: ask its definition, with the arguments that have values. */
static void solve_let_pred(struct naive *n, const struct formula *f, struct rows *r, struct env *e,
                           size_t at)
{
    const struct formula *let = n->lets[f->pred];
    struct env inner = env_new(n);
    for (uint32_t i = 0; i < f->n_args; i++) {
        uint64_t v;
        if (!term_ready(f->args[i], e) || !term_value(n, f->args[i], e, &v)) continue;
        inner.has[let->vars[i]] = 1;
        inner.value[let->vars[i]] = v;
    }
    struct rows *def = naive_solve(n, (struct literal){let->sub[0], false}, &inner, at);
    struct varset fv = naive_fv(n, let->sub[0]);
    if (def->not_ready) r->not_ready = true;
    for (size_t k = 0; k < def->n && !r->not_ready; k++) {
        uint64_t words[32];
        struct saved s = naive_bind(&inner, fv, def, k);
        for (uint32_t i = 0; i < f->n_args; i++) words[i] = inner.value[let->vars[i]];
        unify_row(n, f, r, words, e);
        naive_unbind(&inner, &s);
    }
}

static void solve_pred(struct naive *n, const struct formula *f, struct rows *r, struct env *e,
                       size_t at)
{
    const struct naive_point *p = at < n->log->n ? &n->log->points[at] : NULL;
    uint64_t words[2] = {value_of_int((int64_t)at), value_of_int(p ? p->stamp : INSTANT_MAX)};
    switch (n->sc->preds[f->pred].kind) {
    case PRED_LET: solve_let_pred(n, f, r, e, at); break;
    case PRED_TP: unify_row(n, f, r, words, e); break;
    case PRED_TS: words[0] = words[1]; /* fall through */
    case PRED_TPTS:
        if (p) unify_row(n, f, r, words, e); /* infinity is no value */
        break;
    case PRED_EVENT:
        for (size_t i = 0; p && i < p->n; i++)
            if (p->facts[i].pred == f->pred) unify_row(n, f, r, p->facts[i].values, e);
    }
}

/* 1 holds, 0 does not. */
static bool compare_holds(struct naive *n, const struct formula *f, const struct env *e)
{
    uint64_t a, b;
    return term_value(n, f->left, e, &a) && term_value(n, f->right, e, &b) &&
           compare_words(f->cmp, n->sc->strings, f->left->type, a, b);
}

static void solve_matches(struct naive *n, const struct formula *f, struct rows *r, struct env *e)
{
    uint64_t a, b;
    if (!term_ready(f->left, e) || !term_ready(f->right, e)) {
        r->not_ready = true;
        return;
    }
    if (!term_value(n, f->left, e, &a) || !term_value(n, f->right, e, &b)) return;
    struct pattern *p = pattern_cache_get(&n->patterns, n->sc->strings, (uint32_t)b);
    struct str groups[16];
    uint64_t words[16];
    if (!p || f->n_args > 16) return;
    if (!pattern_search(p, intern_str(n->sc->strings, (uint32_t)a), groups, f->n_args)) return;
    for (uint32_t i = 0; i < f->n_args; i++) {
        if (f->args[i] && !groups[i].p) return;
        words[i] = groups[i].p ? intern_add(n->sc->strings, groups[i]) : 0;
    }
    unify_row(n, f, r, words, e);
}

/* x = t or t = x where x has no value yet. */
static bool solve_binding(struct naive *n, const struct formula *f, struct rows *r, struct env *e)
{
    for (int side = 0; side < 2; side++) {
        struct term *x = side ? f->right : f->left;
        const struct term *t = side ? f->left : f->right;
        uint64_t v;
        if (x->op != TERM_VAR || e->has[x->var] || !term_ready(t, e)) continue;
        if (!term_value(n, t, e, &v)) return true;
        e->has[x->var] = 1;
        e->value[x->var] = v;
        naive_add(n, r, naive_fv(n, f), e);
        e->has[x->var] = 0;
        return true;
    }
    return false;
}

static void solve_compare(struct naive *n, const struct formula *f, bool neg, struct rows *r,
                          struct env *e)
{
    if (f->cmp == CMP_MATCHES && !neg) {
        solve_matches(n, f, r, e);
    } else if (!neg && f->cmp == CMP_EQ && solve_binding(n, f, r, e)) {
        return;
    } else if (!naive_all_bound(e, naive_fv(n, f))) {
        r->not_ready = true;
    } else if (f->cmp == CMP_MATCHES) {
        struct rows yes = {0};
        solve_matches(n, f, &yes, e);
        if (!yes.n) naive_add(n, r, naive_fv(n, f), e);
    } else if (compare_holds(n, f, e) != neg) {
        naive_add(n, r, naive_fv(n, f), e);
    }
}

static void solve_assign(struct naive *n, const struct formula *f, struct rows *r, struct env *e)
{
    uint64_t v;
    if (!term_ready(f->right, e)) {
        r->not_ready = true;
    } else if (term_value(n, f->right, e, &v)) {
        uint8_t had = e->has[f->result];
        uint64_t old = e->value[f->result];
        if (had && old != v) return;
        e->has[f->result] = 1;
        e->value[f->result] = v;
        naive_add(n, r, naive_fv(n, f), e);
        e->has[f->result] = had;
    }
}

/* ---- connectives ---- */

/* All literals together: the first that is ready goes first. */
static void join(struct naive *n, const struct literal *list, uint32_t count, uint64_t done,
                 struct varset out, struct rows *r, struct env *e, size_t at)
{
    uint32_t left = 0;
    if (count > 64) abort();
    for (uint32_t i = 0; i < count; i++) {
        if (done >> i & 1) continue;
        left++;
        struct rows *rows = naive_solve(n, list[i], e, at);
        if (rows->not_ready) continue;
        struct varset fv = naive_fv(n, list[i].f);
        for (size_t k = 0; k < rows->n && !r->not_ready; k++) {
            struct saved s = naive_bind(e, fv, rows, k);
            join(n, list, count, done | UINT64_C(1) << i, out, r, e, at);
            naive_unbind(e, &s);
        }
        return;
    }
    if (left) {
        r->not_ready = true;
    } else {
        naive_add(n, r, out, e);
    }
}

void naive_either(struct naive *n, struct literal l, struct varset out, struct rows *r,
                  struct env *e, size_t at)
{
    struct rows *rows = naive_solve(n, l, e, at);
    struct varset fv = naive_fv(n, l.f);
    if (rows->not_ready) r->not_ready = true;
    for (size_t k = 0; k < rows->n && !r->not_ready; k++) {
        struct saved s = naive_bind(e, fv, rows, k);
        naive_add(n, r, out, e);
        naive_unbind(e, &s);
    }
}

/* The parts of AND, OR, IMPLIES with the signs that make them a conjunction or disjunction. */
static void solve_many(struct naive *n, const struct formula *f, bool neg, struct rows *r,
                       struct env *e, size_t at)
{
    struct literal list[64];
    struct varset fv = naive_fv(n, f);
    bool conjunction = (f->op == F_AND) != neg;
    if (f->n_sub > 64) abort();
    for (uint32_t i = 0; i < f->n_sub; i++)
        list[i] = (struct literal){f->sub[i], neg != (f->op == F_IMPLIES && i == 0)};
    if (conjunction) {
        join(n, list, f->n_sub, 0, fv, r, e, at);
    } else {
        for (uint32_t i = 0; i < f->n_sub && !r->not_ready; i++)
            naive_either(n, list[i], fv, r, e, at);
    }
}

static void solve_equiv(struct naive *n, const struct formula *f, bool neg, struct rows *r,
                        struct env *e, size_t at)
{
    for (int k = 0; k < 2; k++) {
        struct literal pair[2] = {{f->sub[0], k == 1}, {f->sub[1], (k == 1) != neg}};
        join(n, pair, 2, 0, naive_fv(n, f), r, e, at);
    }
}

static void solve_exists(struct naive *n, const struct formula *f, bool neg, struct rows *r,
                         struct env *e, size_t at)
{
    struct saved s = naive_clear(e, (struct varset){f->vars, f->n_vars});
    naive_either(n, (struct literal){f->sub[0], neg}, naive_fv(n, f), r, e, at);
    naive_unbind(e, &s);
}

static void solve_forall(struct naive *n, const struct formula *f, bool neg, struct rows *r,
                         struct env *e, size_t at)
{
    struct rows some = {0};
    if (neg) {
        solve_exists(n, f, true, r, e, at);
    } else if (!naive_all_bound(e, naive_fv(n, f))) {
        r->not_ready = true;
    } else {
        solve_exists(n, f, true, &some, e, at);
        r->not_ready = some.not_ready;
        if (!some.n) naive_add(n, r, naive_fv(n, f), e);
    }
}

/* ---- aggregations ---- */

static bool same_group(const struct formula *f, struct varset fv, const uint64_t *a,
                       const uint64_t *b)
{
    for (uint32_t i = 0; i < fv.n; i++)
        for (uint32_t g = 0; g < f->n_vars; g++)
            if (f->vars[g] == fv.v[i] && a[i] != b[i]) return false;
    return true;
}

/* The group of row k (or of no row): aggregate and give the result to its variable. */
static void solve_group(struct naive *n, const struct formula *f, const struct rows *sub, size_t k,
                        struct rows *r, struct env *e)
{
    struct varset fv = naive_fv(n, f->sub[0]);
    uint64_t *v = naive_need(n, sub->n + 1, sizeof *v), out;
    size_t count = 0;
    for (size_t i = 0; i < sub->n; i++) {
        if (!same_group(f, fv, sub->words + k * fv.n, sub->words + i * fv.n)) continue;
        if (i < k) return; /* this group was had before */
        for (uint32_t c = 0; c < fv.n; c++)
            if (fv.v[c] == f->over) v[count++] = sub->words[i * fv.n + c];
    }
    if (!naive_aggregate(n->sc, f, v, count, &out)) return;
    struct saved s = {0};
    if (sub->n) s = naive_bind(e, fv, sub, k);
    bool had = e->has[f->result];
    if (!had || e->value[f->result] == out) {
        e->has[f->result] = 1;
        e->value[f->result] = out;
        naive_add(n, r, naive_fv(n, f), e);
        e->has[f->result] = had;
    }
    naive_unbind(e, &s);
}

static void solve_agg(struct naive *n, const struct formula *f, struct rows *r, struct env *e,
                      size_t at)
{
    struct env inner = env_new(n);
    for (uint32_t g = 0; g < f->n_vars; g++) {
        inner.has[f->vars[g]] = e->has[f->vars[g]];
        inner.value[f->vars[g]] = e->value[f->vars[g]];
    }
    struct rows *sub = naive_solve(n, (struct literal){f->sub[0], false}, &inner, at);
    if (sub->not_ready) {
        r->not_ready = true;
        return;
    }
    inner.has[f->result] = e->has[f->result];
    inner.value[f->result] = e->value[f->result];
    for (size_t k = 0; k < sub->n; k++) solve_group(n, f, sub, k, r, &inner);
    if (sub->n == 0 && f->n_vars == 0) solve_group(n, f, sub, 0, r, &inner);
}

/* ---- all together ---- */

/* Not f, for values of all its variables. */
static void solve_not(struct naive *n, const struct formula *f, struct rows *r, struct env *e,
                      size_t at)
{
    if (!naive_all_bound(e, naive_fv(n, f))) {
        r->not_ready = true;
        return;
    }
    struct rows *rows = naive_solve(n, (struct literal){f, false}, e, at);
    if (rows->not_ready) r->not_ready = true;
    if (rows->n == 0) naive_add(n, r, naive_fv(n, f), e);
}

static void solve_op(struct naive *n, struct literal l, struct rows *r, struct env *e, size_t at)
{
    const struct formula *f = l.f;
    bool neg = l.neg;
    switch (f->op) {
    case F_TRUE:
    case F_FALSE:
        if ((f->op == F_TRUE) != neg) naive_add(n, r, naive_fv(n, f), e);
        return;
    case F_COMPARE: solve_compare(n, f, neg, r, e); return;
    case F_NOT:
        naive_either(n, (struct literal){f->sub[0], !neg}, naive_fv(n, f), r, e, at);
        return;
    case F_AND:
    case F_OR:
    case F_IMPLIES: solve_many(n, f, neg, r, e, at); return;
    case F_EQUIV: solve_equiv(n, f, neg, r, e, at); return;
    case F_LET:
    case F_LETPAST:
        naive_either(n, (struct literal){f->sub[1], neg}, naive_fv(n, f), r, e, at);
        return;
    case F_ONCE:
    case F_EVENTUALLY:
        if (neg)
            naive_every(n, f, true, r, e, at);
        else
            naive_some(n, f, false, r, e, at);
        return;
    case F_HISTORICALLY:
    case F_ALWAYS:
        if (neg)
            naive_some(n, f, true, r, e, at);
        else
            naive_every(n, f, false, r, e, at);
        return;
    case F_FORALL: solve_forall(n, f, neg, r, e, at); return;
    default: break;
    }
    if (neg) {
        solve_not(n, f, r, e, at);
        return;
    }
    switch (f->op) {
    case F_PRED: solve_pred(n, f, r, e, at); break;
    case F_ASSIGN: solve_assign(n, f, r, e); break;
    case F_EXISTS: solve_exists(n, f, false, r, e, at); break;
    case F_PREV:
    case F_NEXT: naive_some(n, f, false, r, e, at); break;
    case F_SINCE:
    case F_UNTIL: naive_since(n, f, r, e, at); break;
    case F_AGG: solve_agg(n, f, r, e, at); break;
    default: naive_match(n, f, r, e, at);
    }
}

struct rows *naive_solve(struct naive *n, struct literal l, struct env *e, size_t at)
{
    struct varset fv = naive_fv(n, l.f);
    uint64_t hash = (uintptr_t)l.f * 31 + l.neg + at * 0x9E3779B97F4A7C15U, key[128];
    if (fv.n > 64) abort();
    const size_t key_bytes = (size_t)fv.n * 2 * sizeof *key;
    for (size_t i = 0; i < fv.n; i++) {
        key[i * 2] = e->has[fv.v[i]];
        key[i * 2 + 1] = e->has[fv.v[i]] ? e->value[fv.v[i]] : 0;
        hash = (hash ^ key[i * 2 + 1] ^ key[i * 2] << 40) * 0xBF58476D1CE4E5B9U;
    }
    struct entry **slot = &n->memo[(hash ^ hash >> 29) % BUCKETS];
    for (struct entry *m = *slot; m; m = m->next)
        if (m->f == l.f && m->neg == l.neg && m->at == at && memcmp(m->key, key, key_bytes) == 0)
            return m->rows;
    struct rows *r = naive_rows(n);
    solve_op(n, l, r, e, at);
    if (r->not_ready) r = naive_not_ready(n);
    naive_sort(r, fv.n);
    struct entry *m = naive_need(n, 1, sizeof *m);
    *m = (struct entry){*slot, l.f, l.neg, at, naive_need(n, (size_t)fv.n * 2, sizeof *key), r};
    memcpy(m->key, key, key_bytes);
    *slot = m;
    return r;
}

struct naive *naive_new(struct scope *sc, const struct formula *f, const struct formula *order,
                        const struct naive_log *log)
{
    struct naive *n = calloc(1, sizeof *n);
    if (!n) return NULL;
    *n = (struct naive){.sc = sc, .root = f, .order = order, .log = log};
    arena_init(&n->arena);
    pattern_cache_init(&n->patterns);
    n->memo = naive_need(n, BUCKETS, sizeof(struct entry *));
    n->infos = naive_need(n, BUCKETS, sizeof(struct info *));
    n->lets = naive_need(n, sc->n_preds, sizeof(struct formula *));
    naive_find_lets(n, f);
    n->settled = naive_settled_at(n, f);
    return n;
}

size_t naive_settled(const struct naive *n)
{
    return n->settled;
}

void naive_free(struct naive *n)
{
    if (!n) return;
    pattern_cache_free(&n->patterns);
    arena_free(&n->arena);
    free(n);
}

/* All that satisfies the root at i; nothing where it is not settled. */
static struct rows *root_at(struct naive *n, size_t i)
{
    struct env e = env_new(n);
    if (i >= n->settled) return naive_rows(n);
    return naive_solve(n, (struct literal){n->root, false}, &e, i);
}

uint64_t *naive_tuples(struct naive *n, size_t i, size_t *n_rows)
{
    struct rows *r = root_at(n, i);
    if (r->not_ready) abort();
    *n_rows = r->n;
    return r->words;
}

const uint64_t *naive_at(struct naive *n, size_t i, size_t *n_rows, uint32_t *arity)
{
    bool ok = true;
    struct rows *r = root_at(n, i);
    struct varset columns = formula_columns(&n->arena, n->order, &ok), fv = naive_fv(n, n->root);
    if (!ok) abort();
    *arity = columns.n;
    *n_rows = r->not_ready ? SIZE_MAX : r->n;
    if (r->not_ready) return NULL;
    n->columns = naive_need(n, r->n * columns.n, sizeof *n->columns);
    for (size_t k = 0; k < r->n; k++)
        for (uint32_t c = 0; c < columns.n; c++)
            for (uint32_t v = 0; v < fv.n; v++)
                if (fv.v[v] == columns.v[c]) n->columns[k * columns.n + c] = r->words[k * fv.n + v];
    struct rows sorted = {.words = n->columns, .n = r->n};
    naive_sort(&sorted, columns.n);
    return n->columns;
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

struct str naive_text(struct arena *a, struct naive *n, size_t i)
{
    size_t count;
    uint32_t arity;
    bool ok = true;
    const uint64_t *words = naive_at(n, i, &count, &arity);
    if (!words && count == SIZE_MAX) return STR("?");
    if (arity == 0) return count ? STR("true") : (struct str){0};
    struct varset columns = formula_columns(a, n->order, &ok);
    struct str *texts = arena_array(a, count, sizeof *texts);
    struct buf b;
    buf_init(&b);
    for (size_t k = 0; k < count; k++) {
        buf_clear(&b);
        for (uint32_t c = 0; c < arity; c++) {
            buf_putc(&b, c ? ',' : '(');
            value_format(&b, n->sc->strings, n->sc->vars[columns.v[c]].type, words[k * arity + c]);
        }
        buf_putc(&b, ')');
        texts[k] = str_dup(a, buf_str(&b));
    }
    if (count) qsort(texts, count, sizeof *texts, by_text);
    buf_clear(&b);
    for (size_t k = 0; k < count; k++) {
        if (k) buf_putc(&b, ' ');
        buf_add(&b, texts[k]);
    }
    struct str all = str_dup(a, buf_str(&b));
    buf_free(&b);
    return all;
}
