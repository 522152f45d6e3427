/* See checker.h. */
#include "tests/explain/checker.h"

#include "tests/logic/naive_parts.h"

#include <stdlib.h>
#include <string.h>

/* Tuples that variables left open together may not take. */
struct barred {
    const uint32_t *vars;
    uint32_t n;
    const uint64_t *words;
    size_t n_tuples;
};

/* What is known of one variable: a value, or it is open. */
struct known {
    const struct known *outer;
    uint32_t var;
    bool open;
    uint64_t word;
    const struct barred *barred; /* NULL: any value */
};

struct checker {
    struct arena a;
    struct scope *sc;
    const struct naive_log *log;
    int64_t base;
    const struct formula *let[64];
    const char *wrong;
};

typedef const struct known *values;

static bool check(struct checker *c, const struct proof *p, const struct formula *f, bool holds,
                  values v);

static bool wrong(struct checker *c, const char *what)
{
    if (!c->wrong) c->wrong = what;
    return false;
}

/* ---- values ---- */

static values learn(struct checker *c, values v, struct known k)
{
    struct known *n = arena_alloc(&c->a, sizeof *n);
    if (!n) abort();
    *n = k;
    n->outer = v;
    return n;
}

static values set(struct checker *c, values v, const uint32_t *vars, uint32_t n,
                  const uint64_t *words)
{
    for (uint32_t i = 0; i < n; i++)
        v = learn(c, v, (struct known){.var = vars[i], .word = words[i]});
    return v;
}

static values unset(struct checker *c, values v, const uint32_t *vars, uint32_t n,
                    const uint64_t *words, size_t n_tuples)
{
    struct barred *b = arena_alloc(&c->a, sizeof *b);
    if (!b) abort();
    *b = (struct barred){vars, n, words, n_tuples};
    for (uint32_t i = 0; i < n; i++)
        v = learn(c, v,
                  (struct known){.var = vars[i], .open = true, .barred = n_tuples ? b : NULL});
    return v;
}

static const struct known *look(values v, uint32_t var)
{
    while (v && v->var != var) v = v->outer;
    return v;
}

static bool value(values v, uint32_t var, uint64_t *word)
{
    const struct known *k = look(v, var);
    if (k && !k->open) *word = k->word;
    return k && !k->open;
}

/* 1 a value, 0 undefined, -1 something is open. */
static int evaluate(struct checker *c, const struct term *t, values v, uint64_t *word)
{
    uint64_t *env = arena_array(&c->a, c->sc->n_vars + 1, sizeof *env);
    if (!env) abort();
    bool ok = true;
    struct varset free = term_free(&c->a, t, &ok);
    for (uint32_t i = 0; i < free.n; i++)
        if (!value(v, free.v[i], &env[free.v[i]])) return -1;
    return term_eval(t, env, c->sc->strings, word, NULL);
}

static bool barred_has(const struct barred *b, const uint64_t *tuple)
{
    for (size_t t = 0; t < b->n_tuples; t++)
        if (memcmp(b->words + t * b->n, tuple, b->n * sizeof *tuple) == 0) return true;
    return false;
}

/* ---- time ---- */

/* The last position: a trace has one more than its log. */
static int64_t end(const struct checker *c)
{
    return c->base + (int64_t)c->log->n - c->log->clock;
}

static int64_t stamp(const struct checker *c, int64_t at)
{
    return at - c->base >= (int64_t)c->log->n ? INSTANT_MAX : c->log->points[at - c->base].stamp;
}

/* Does f, at i, look at q? */
static bool looks_at(const struct checker *c, const struct formula *f, int64_t i, int64_t q)
{
    bool ahead = formula_looks_ahead(f->op);
    int64_t early = ahead ? i : q, late = ahead ? q : i;
    if (q < c->base || q > end(c) || early > late) return false;
    if ((f->op == F_PREV || f->op == F_NEXT) && late != early + 1) return false;
    int64_t s = stamp(c, early), t = stamp(c, late);
    if (s == INSTANT_MAX) return f->bound.lo.seconds == 0;
    return instant_add(s, f->bound.lo.seconds) <= t &&
           (bound_infinite(f->bound) || t <= instant_add(s, f->bound.hi.seconds));
}

/* ---- facts ---- */

/* Could these words be the arguments of f? */
static bool fits(struct checker *c, const struct formula *f, values v, const uint64_t *words)
{
    for (uint32_t k = 0; k < f->n_args; k++) {
        const struct term *t = f->args[k];
        uint64_t w;
        if (t->op == TERM_CONST && t->value != words[k]) return false;
        if (t->op != TERM_VAR) continue;
        if (value(v, t->var, &w) && w != words[k]) return false;
        for (uint32_t j = 0; j < k; j++)
            if (f->args[j]->op == TERM_VAR && f->args[j]->var == t->var && words[j] != words[k])
                return false;
    }
    for (uint32_t k = 0; k < f->n_args; k++) { /* a tuple that is barred as a whole */
        const struct known *x = f->args[k]->op == TERM_VAR ? look(v, f->args[k]->var) : NULL;
        if (!x || !x->open || !x->barred) continue;
        uint64_t tuple[32];
        uint32_t had = 0;
        for (uint32_t i = 0; i < x->barred->n; i++)
            for (uint32_t j = 0; j < f->n_args; j++) {
                if (f->args[j]->op != TERM_VAR || f->args[j]->var != x->barred->vars[i]) continue;
                const struct known *y = look(v, f->args[j]->var);
                if (!y || y->barred != x->barred) continue;
                tuple[i] = words[j];
                had++;
                break;
            }
        if (had == x->barred->n && barred_has(x->barred, tuple)) return false;
    }
    (void)c;
    return true;
}

static bool has_fact(struct checker *c, const struct formula *f, values v, int64_t from, int64_t to)
{
    for (int64_t i = from; i <= to && i - c->base < (int64_t)c->log->n; i++) {
        const struct naive_point *pt = &c->log->points[i - c->base];
        for (size_t k = 0; k < pt->n; k++)
            if (pt->facts[k].pred == f->pred && fits(c, f, v, pt->facts[k].values)) return true;
    }
    return false;
}

static bool all_closed(const struct formula *f, values v)
{
    uint64_t w;
    for (uint32_t i = 0; i < f->n_fv; i++)
        if (!value(v, f->fv[i], &w)) return false;
    return true;
}

static bool check_fact(struct checker *c, const struct proof *p, values v)
{
    const struct formula *f = p->f;
    if (f->op != F_PRED || c->sc->preds[f->pred].kind != PRED_EVENT || p->n_sub)
        return wrong(c, "no fact of an event");
    bool has = has_fact(c, f, v, p->from, p->to);
    if (p->rule == PROOF_ABSENT) return (!p->holds && !has) || wrong(c, "it is not absent");
    if (!p->holds || p->from != p->to || !all_closed(f, v) || !has)
        return wrong(c, "there is no such fact");
    return true;
}

/* ---- what needs no facts ---- */

static bool check_builtin(struct checker *c, const struct proof *p, values v)
{
    const struct formula *f = p->f;
    enum pred_kind kind = c->sc->preds[f->pred].kind;
    if (kind == PRED_EVENT || kind == PRED_LET || p->from != p->to)
        return wrong(c, "nothing trivial");
    uint64_t words[2] = {value_of_int(p->from), value_of_int(stamp(c, p->from))};
    if (kind == PRED_TS) words[0] = words[1];
    bool is = (kind == PRED_TP || p->from - c->base < (int64_t)c->log->n) && fits(c, f, v, words);
    if (p->holds && !all_closed(f, v)) return wrong(c, "open time");
    return is == p->holds || wrong(c, "time is otherwise");
}

static int compared(struct checker *c, const struct formula *f, values v)
{
    uint64_t a, b;
    if (f->op == F_ASSIGN) {
        int r = evaluate(c, f->right, v, &b);
        const struct known *k = look(v, f->result);
        if (r <= 0) return r;
        if (value(v, f->result, &a)) return a == b;
        return k && k->barred && k->barred->n == 1 && barred_has(k->barred, &b) ? 0 : -1;
    }
    int l = evaluate(c, f->left, v, &a), r = evaluate(c, f->right, v, &b);
    if (l < 0 || r < 0) return -1;
    if (!l || !r) return 0;
    if (f->cmp != CMP_MATCHES) return compare_words(f->cmp, c->sc->strings, f->left->type, a, b);
    const char *error;
    size_t where;
    struct pattern *pattern =
        pattern_compile(&c->a, intern_str(c->sc->strings, (uint32_t)b), &error, &where);
    struct str groups[16];
    if (!pattern || f->n_args > 16) return 0;
    if (!pattern_search(pattern, intern_str(c->sc->strings, (uint32_t)a), groups, f->n_args))
        return 0;
    for (uint32_t i = 0; i < f->n_args; i++) {
        uint64_t w;
        if (!f->args[i]) continue;
        if (!groups[i].p) return 0;
        int known = evaluate(c, f->args[i], v, &w);
        if (known < 0) return -1;
        if (!known || w != intern_add(c->sc->strings, groups[i])) return 0;
    }
    return 1;
}

static bool check_trivial(struct checker *c, const struct proof *p, values v)
{
    const struct formula *f = p->f;
    if (p->n_sub) return wrong(c, "a leaf with reasons");
    if (f->op == F_PRED) return check_builtin(c, p, v);
    if (f->op == F_TRUE || f->op == F_FALSE)
        return (f->op == F_TRUE) == p->holds || wrong(c, "TRUE is true");
    if (f->op != F_COMPARE && f->op != F_ASSIGN) return wrong(c, "nothing trivial");
    return compared(c, f, v) == (int)p->holds || wrong(c, "the comparison says otherwise");
}

/* ---- connectives ---- */

static bool same_stretch(struct checker *c, const struct proof *p, const struct proof *sub)
{
    return (p->from == sub->from && p->to == sub->to) || wrong(c, "another stretch");
}

/* The only reason, for the same stretch. */
static bool check_only(struct checker *c, const struct proof *p, const struct formula *f,
                       bool holds, values v)
{
    if (p->n_sub != 1) return wrong(c, "one reason is needed");
    return same_stretch(c, p, p->sub[0]) && check(c, p->sub[0], f, holds, v);
}

static bool check_connective(struct checker *c, const struct proof *p, values v)
{
    const struct formula *f = p->f;
    bool all = p->rule == PROOF_ALL;
    if (f->op != ((all == p->holds) ? F_AND : F_OR)) return wrong(c, "the wrong connective");
    if (!all) {
        if (p->choice >= f->n_sub) return wrong(c, "no such part");
        return check_only(c, p, f->sub[p->choice], p->holds, v);
    }
    if (p->n_sub != f->n_sub) return wrong(c, "a part is missing");
    for (uint32_t i = 0; i < f->n_sub; i++)
        if (!same_stretch(c, p, p->sub[i]) || !check(c, p->sub[i], f->sub[i], p->holds, v))
            return false;
    return true;
}

static bool distinct(const struct proof *p)
{
    size_t bytes = p->n_vars * sizeof *p->words;
    for (size_t i = 0; i < p->n_cases; i++)
        for (size_t j = 0; j < i; j++)
            if (memcmp(p->words + i * p->n_vars, p->words + j * p->n_vars, bytes) == 0)
                return false;
    return true;
}

/* Every tuple of the open variables is decided; those that hold are added to `sum` (NULL: none
 * may). */
struct sum {
    uint32_t over;
    uint64_t *words;
    size_t n, cap;
};

static bool decided(struct checker *c, const struct proof *p, const struct formula *f, values v,
                    struct sum *sum)
{
    if (p->rule != PROOF_CASES) {
        if (!p->holds) return check(c, p, f, false, v);
        uint64_t w;
        if (!sum || !all_closed(f, v) || !value(v, sum->over, &w)) return wrong(c, "it may hold");
        sum->words = arena_grow(&c->a, sum->words, sum->n, &sum->cap, sizeof w);
        if (!sum->words) abort();
        sum->words[sum->n++] = w;
        return check(c, p, f, true, v);
    }
    if (p->f != f || p->holds || p->n_sub != p->n_cases + 1 || !p->n_vars || !distinct(p))
        return wrong(c, "cases that are none");
    for (uint32_t i = 0; i < p->n_vars; i++) {
        uint64_t w;
        bool is_free = false;
        for (uint32_t k = 0; k < f->n_fv; k++) is_free |= f->fv[k] == p->vars[i];
        if (!is_free || value(v, p->vars[i], &w)) return wrong(c, "a case of what is settled");
    }
    for (size_t k = 0; k < p->n_cases; k++) {
        values one = set(c, v, p->vars, p->n_vars, p->words + k * p->n_vars);
        if (!same_stretch(c, p, p->sub[k]) || !decided(c, p->sub[k], f, one, sum)) return false;
    }
    values rest = unset(c, v, p->vars, p->n_vars, p->words, p->n_cases);
    return same_stretch(c, p, p->sub[p->n_cases]) && check(c, p->sub[p->n_cases], f, false, rest);
}

static bool check_exists(struct checker *c, const struct proof *p, values v)
{
    const struct formula *f = p->f;
    if (f->op != F_EXISTS || p->holds != (p->rule == PROOF_WITNESS))
        return wrong(c, "EXISTS is meant");
    if (p->holds) return check_only(c, p, f->sub[0], true, set(c, v, f->vars, f->n_vars, p->words));
    return check_only(c, p, f->sub[0], false, unset(c, v, f->vars, f->n_vars, NULL, 0));
}

static bool check_let(struct checker *c, const struct proof *p, values v)
{
    const struct formula *f = p->f;
    if (p->rule == PROOF_BODY)
        return ((f->op == F_LET || f->op == F_LETPAST) &&
                check_only(c, p, f->sub[1], p->holds, v)) ||
               wrong(c, "LET is meant");
    if (f->op != F_PRED || !c->let[f->pred]) return wrong(c, "a defined predicate is meant");
    const struct formula *let = c->let[f->pred];
    values inner = NULL;
    for (uint32_t k = 0; k < f->n_args; k++) {
        uint64_t w;
        if (evaluate(c, f->args[k], v, &w) == 1) {
            inner = set(c, inner, &let->vars[k], 1, &w);
            continue;
        }
        const struct known *x = f->args[k]->op == TERM_VAR ? look(v, f->args[k]->var) : NULL;
        if (!x || !x->barred) continue;
        uint32_t *vars = arena_array(&c->a, x->barred->n, sizeof *vars), n = 0;
        for (uint32_t i = 0; i < x->barred->n; i++)
            for (uint32_t j = 0; j < f->n_args; j++)
                if (f->args[j]->op == TERM_VAR && f->args[j]->var == x->barred->vars[i]) {
                    vars[n++] = let->vars[j];
                    break;
                }
        if (n == x->barred->n && (k == 0 || !look(inner, let->vars[k])))
            inner = unset(c, inner, vars, n, x->barred->words, x->barred->n_tuples);
    }
    return check_only(c, p, let->sub[0], p->holds, inner);
}

/* ---- through time ---- */

static bool check_window(struct checker *c, const struct proof *p, values v)
{
    const struct formula *f = p->f;
    if (f->op != F_PREV && f->op != F_NEXT && f->op != F_ONCE && f->op != F_EVENTUALLY)
        return wrong(c, "no window");
    const struct proof *sub = p->n_sub ? p->sub[0] : NULL;
    if (p->rule == PROOF_AT) {
        if (!p->holds || p->n_sub != 1 || p->from != p->to || sub->from != sub->to ||
            !looks_at(c, f, p->from, sub->from))
            return wrong(c, "a witness outside the window");
        return check(c, sub, f->sub[0], true, v);
    }
    if (p->holds || p->n_sub > 1) return wrong(c, "a window that holds");
    for (int64_t i = p->from; i <= p->to; i++)
        for (int64_t q = c->base; q <= end(c); q++)
            if (looks_at(c, f, i, q) && (!sub || q < sub->from || q > sub->to))
                return wrong(c, "the window is not covered");
    return !sub || check(c, sub, f->sub[0], false, v);
}

static bool check_since(struct checker *c, const struct proof *p, values v)
{
    const struct formula *f = p->f;
    bool back = f->op == F_SINCE;
    if ((f->op != F_SINCE && f->op != F_UNTIL) || !p->holds || p->from != p->to || !p->n_sub)
        return wrong(c, "SINCE or UNTIL is meant");
    int64_t w = p->sub[0]->from;
    if (p->sub[0]->to != w || !looks_at(c, f, p->from, w)) return wrong(c, "no such witness");
    if (!check(c, p->sub[0], f->sub[1], true, v)) return false;
    if (w == p->from) return p->n_sub == 1 || wrong(c, "more than is needed");
    if (p->n_sub != 2 || p->sub[1]->from != (back ? w + 1 : p->from) ||
        p->sub[1]->to != (back ? p->from : w - 1))
        return wrong(c, "the left side's stretch");
    return check(c, p->sub[1], f->sub[0], true, v);
}

static bool check_no_since(struct checker *c, const struct proof *p, values v)
{
    const struct formula *f = p->f;
    bool back = f->op == F_SINCE;
    if ((f->op != F_SINCE && f->op != F_UNTIL) || p->holds ||
        p->n_sub != (size_t)p->has_left + p->has_right)
        return wrong(c, "SINCE or UNTIL is meant");
    const struct proof *right = p->has_right ? p->sub[0] : NULL;
    const struct proof *left = p->has_left ? p->sub[p->n_sub - 1] : NULL;
    if (left && left->from != left->to) return wrong(c, "the left side fails at one position");
    for (int64_t i = p->from; i <= p->to; i++)
        for (int64_t q = c->base; q <= end(c); q++) {
            if (!looks_at(c, f, i, q)) continue;
            if (right && right->from <= q && q <= right->to) continue;
            if (left && back && q < left->from && left->from <= i) continue;
            if (left && !back && i <= left->from && left->from < q) continue;
            return wrong(c, "a witness is left");
        }
    return (!right || check(c, right, f->sub[1], false, v)) &&
           (!left || check(c, left, f->sub[0], false, v));
}

/* A walk of `path` from p->from to p->to. */
static bool check_walk(struct checker *c, const struct proof *p, const struct formula *f,
                       const struct path *path, values v)
{
    if (p->rule != PROOF_WALK || p->f != f || p->path != path || !p->holds || p->from > p->to ||
        p->from < c->base || p->to > end(c))
        return wrong(c, "no walk of this path");
    int64_t next = p->from;
    switch (path->op) {
    case PATH_WILD: return (!p->n_sub && p->to == p->from + 1) || wrong(c, "no single step");
    case PATH_TEST: return check_only(c, p, path->test, true, v);
    case PATH_ALT:
        if (p->n_sub != 1 || p->choice > 1) return wrong(c, "no such part");
        return same_stretch(c, p, p->sub[0]) &&
               check_walk(c, p->sub[0], f, p->choice ? path->b : path->a, v);
    case PATH_CONCAT:
        if (p->n_sub != 2) return wrong(c, "two walks are needed");
        break;
    case PATH_STAR: break;
    }
    for (size_t i = 0; i < p->n_sub; i++) {
        const struct path *part = path->op == PATH_CONCAT && i ? path->b : path->a;
        if (p->sub[i]->from != next) return wrong(c, "a leap");
        if (!check_walk(c, p->sub[i], f, part, v)) return false;
        next = p->sub[i]->to;
    }
    return next == p->to || wrong(c, "a walk that does not arrive");
}

static bool check_match(struct checker *c, const struct proof *p, values v)
{
    const struct formula *f = p->f;
    if ((f->op != F_MATCHF && f->op != F_MATCHP) || !p->holds || p->n_sub != 1 || p->from != p->to)
        return wrong(c, "a match is meant");
    const struct proof *walk = p->sub[0];
    bool ahead = f->op == F_MATCHF;
    if ((ahead ? walk->from : walk->to) != p->from ||
        !looks_at(c, f, p->from, ahead ? walk->to : walk->from))
        return wrong(c, "a walk outside the window");
    return check_walk(c, walk, f, f->path, v);
}

/* The positions from which `to` are reached forwards, when every test passes but the refuted: by
 * position - base, `set` is replaced. */
static void may_reach(struct checker *c, const struct proof *p, const struct path *path, bool back,
                      bool *set)
{
    size_t n = (size_t)(end(c) - c->base) + 1;
    bool *other = arena_array(&c->a, n + 1, 1), more = true;
    if (!other) abort();
    switch (path->op) {
    case PATH_WILD:
        for (size_t i = 0; i < n; i++)
            other[i] = back ? i + 1 < n && set[i + 1] : i > 0 && set[i - 1];
        memcpy(set, other, n);
        return;
    case PATH_TEST:
        for (size_t k = 0; k < p->n_sub; k++)
            for (int64_t i = p->sub[k]->from; p->sub[k]->f == path->test && i <= p->sub[k]->to; i++)
                if (i >= c->base && i <= end(c)) set[i - c->base] = false;
        return;
    case PATH_CONCAT:
        may_reach(c, p, back ? path->b : path->a, back, set);
        may_reach(c, p, back ? path->a : path->b, back, set);
        return;
    case PATH_ALT:
        memcpy(other, set, n);
        may_reach(c, p, path->a, back, other);
        may_reach(c, p, path->b, back, set);
        for (size_t i = 0; i < n; i++) set[i] |= other[i];
        return;
    case PATH_STAR:
        while (more) {
            more = false;
            memcpy(other, set, n);
            may_reach(c, p, path->a, back, other);
            for (size_t i = 0; i < n; i++) more |= other[i] && !set[i];
            for (size_t i = 0; i < n; i++) set[i] |= other[i];
        }
        return;
    }
}

static bool check_no_match(struct checker *c, const struct proof *p, values v)
{
    const struct formula *f = p->f;
    if ((f->op != F_MATCHF && f->op != F_MATCHP) || p->holds || p->from != p->to)
        return wrong(c, "no match is meant");
    for (size_t k = 0; k < p->n_sub; k++)
        if (!check(c, p->sub[k], p->sub[k]->f, false, v)) return false;
    bool *set = arena_array(&c->a, (size_t)(end(c) - c->base) + 2, 1);
    if (!set) abort();
    set[p->from - c->base] = true;
    may_reach(c, p, f->path, f->op == F_MATCHP, set);
    for (int64_t q = c->base; q <= end(c); q++)
        if (set[q - c->base] && looks_at(c, f, p->from, q)) return wrong(c, "a walk is left");
    return true;
}

static bool check_split(struct checker *c, const struct proof *p, values v)
{
    int64_t next = p->from;
    for (size_t i = 0; i < p->n_sub; i++) {
        if (p->sub[i]->from != next) return wrong(c, "a gap between stretches");
        if (!check(c, p->sub[i], p->f, p->holds, v)) return false;
        next = p->sub[i]->to + 1;
    }
    return next == p->to + 1 || wrong(c, "a stretch is missing");
}

/* ---- aggregations ---- */

static values grouped(struct checker *c, const struct formula *f, values v)
{
    for (uint32_t i = 0; i < f->sub[0]->n_fv; i++) {
        bool group = false;
        for (uint32_t g = 0; g < f->n_vars; g++) group |= f->vars[g] == f->sub[0]->fv[i];
        if (!group) v = unset(c, v, &f->sub[0]->fv[i], 1, NULL, 0);
    }
    return v;
}

static bool check_agg(struct checker *c, const struct proof *p, values v)
{
    const struct formula *f = p->f;
    struct sum sum = {.over = f->over};
    uint64_t is, w;
    if (f->op != F_AGG || p->from != p->to || p->n_sub != 1)
        return wrong(c, "an aggregation is meant");
    for (uint32_t g = 0; g < f->n_vars; g++)
        if (!value(v, f->vars[g], &w)) return wrong(c, "an open group");
    if (!same_stretch(c, p, p->sub[0]) || !decided(c, p->sub[0], f->sub[0], grouped(c, f, v), &sum))
        return false;
    bool any = (sum.n || !f->n_vars) && naive_aggregate(c->sc, f, sum.words, sum.n, &is);
    const struct known *k = look(v, f->result);
    if (any && value(v, f->result, &w))
        return (w == is) == p->holds || wrong(c, "the sum is not right");
    if (any && (!k || !k->barred || k->barred->n != 1 || !barred_has(k->barred, &is)))
        return wrong(c, "an open result");
    return !p->holds || wrong(c, "there is no group");
}

static bool check_no_group(struct checker *c, const struct proof *p, values v)
{
    const struct formula *f = p->f;
    if (f->op != F_AGG || p->holds || !f->n_vars) return wrong(c, "a group is meant");
    return check_only(c, p, f->sub[0], false, grouped(c, f, v));
}

/* ---- all together ---- */

static bool check(struct checker *c, const struct proof *p, const struct formula *f, bool holds,
                  values v)
{
    if (p->f != f || p->holds != holds) return wrong(c, "another claim than is needed");
    if (p->from < c->base || p->from > p->to || p->to > end(c)) return wrong(c, "no such stretch");
    switch (p->rule) {
    case PROOF_FACT:
    case PROOF_ABSENT: return check_fact(c, p, v);
    case PROOF_TRIVIAL: return check_trivial(c, p, v);
    case PROOF_NOT:
        return (f->op == F_NOT && check_only(c, p, f->sub[0], !holds, v)) || wrong(c, "no NOT");
    case PROOF_ALL:
    case PROOF_ONE: return check_connective(c, p, v);
    case PROOF_WITNESS:
    case PROOF_NONE: return check_exists(c, p, v);
    case PROOF_CASES: return decided(c, p, f, v, NULL);
    case PROOF_AT:
    case PROOF_NOWHERE: return check_window(c, p, v);
    case PROOF_SINCE: return check_since(c, p, v);
    case PROOF_NO_SINCE: return check_no_since(c, p, v);
    case PROOF_MATCH: return check_match(c, p, v);
    case PROOF_NO_MATCH: return check_no_match(c, p, v);
    case PROOF_WALK: break;
    case PROOF_AGG: return check_agg(c, p, v);
    case PROOF_NO_GROUP: return check_no_group(c, p, v);
    case PROOF_BODY:
    case PROOF_MEANS: return check_let(c, p, v);
    case PROOF_SPLIT: return check_split(c, p, v);
    case PROOF_UNEXPLAINED: break;
    }
    return wrong(c, "not explained");
}

static void find_lets(struct checker *c, const struct formula *f);

static void find_lets_path(struct checker *c, const struct path *p)
{
    if (!p) return;
    if (p->test) find_lets(c, p->test);
    find_lets_path(c, p->a);
    find_lets_path(c, p->b);
}

static void find_lets(struct checker *c, const struct formula *f)
{
    find_lets_path(c, f->path);
    if ((f->op == F_LET || f->op == F_LETPAST) && f->pred < 64) c->let[f->pred] = f;
    for (uint32_t i = 0; i < f->n_sub; i++) find_lets(c, f->sub[i]);
}

const char *check_proof(struct scope *sc, const struct naive_log *log, int64_t base,
                        const struct formula *f, int64_t at, const uint64_t *words,
                        const struct proof *p)
{
    struct checker c = {.sc = sc, .log = log, .base = base};
    arena_init(&c.a);
    find_lets(&c, f);
    if (p->from != at || p->to != at)
        wrong(&c, "another position");
    else if (!check(&c, p, f, true, set(&c, NULL, f->fv, f->n_fv, words)))
        wrong(&c, "unsound");
    arena_free(&c.a);
    return c.wrong;
}
