/* Tuples that satisfy a core formula at one position, found top down.  See explainer.h. */
#include "explain/explainer.h"

#include "engine/fold.h"

static void find(struct explainer *x, const struct formula *f, const struct binds *e, int64_t at,
                 struct rows *out);

/* The values that e gives to f's free variables, all closed. */
void found(struct explainer *x, const struct formula *f, const struct binds *e, struct rows *out)
{
    uint64_t *words = need(x, f->n_fv, sizeof *words);
    if (!words) return;
    for (uint32_t i = 0; i < f->n_fv; i++)
        if (!env_value(e, f->fv[i], &words[i])) {
            x->unknown = true;
            return;
        }
    rows_add(x, out, words);
}

/* ---- atoms ---- */

/* A row of a predicate (or of its definition) against the arguments. */
static void meet(struct explainer *x, const struct formula *f, const struct binds *e,
                 const uint64_t *words, struct rows *out)
{
    if (!env_matches(x->r, e, f, words)) return;
    uint32_t *vars = need(x, f->n_args, sizeof *vars), n = 0;
    uint64_t *values = need(x, f->n_args, sizeof *values);
    if (!vars || !values) return;
    for (uint32_t k = 0; k < f->n_args; k++) {
        if (f->args[k]->op != TERM_VAR) continue;
        vars[n] = f->args[k]->var;
        values[n++] = words[k];
    }
    found(x, f, env_bind(x, e, vars, n, values), out);
}

static void find_let(struct explainer *x, const struct formula *f, const struct binds *e,
                     int64_t at, struct rows *out)
{
    const struct formula *let = x->lets[f->pred], *def = let->sub[0];
    const struct rows *rows = solve(x, def, env_of_let(x, e, f), at);
    uint64_t *words = need(x, f->n_args, sizeof *words);
    for (size_t r = 0; rows && words && r < rows->n; r++) {
        for (uint32_t k = 0; k < f->n_args; k++)
            for (uint32_t i = 0; i < def->n_fv; i++)
                if (def->fv[i] == let->vars[k]) words[k] = rows->words[r * rows->width + i];
        meet(x, f, e, words, out);
    }
}

static void find_pred(struct explainer *x, const struct formula *f, const struct binds *e,
                      int64_t at, struct rows *out)
{
    uint64_t words[2] = {value_of_int(at), value_of_int(record_stamp(x->r, at))};
    switch (x->sc->preds[f->pred].kind) {
    case PRED_LET: find_let(x, f, e, at, out); return;
    case PRED_TP: meet(x, f, e, words, out); return;
    case PRED_TS: words[0] = words[1]; /* fall through */
    case PRED_TPTS:
        if (at <= x->r->last) meet(x, f, e, words, out);
        return;
    case PRED_EVENT: break;
    }
    struct fact_scan s;
    int64_t first, last;
    env_scan(x, &s, f, e, at, at, false);
    for (const uint64_t *have; (have = scan_next(&s.scan, &first, &last));)
        meet(x, f, e, have, out);
}

static int matches(struct explainer *x, const struct formula *f, const struct binds *e,
                   struct str *groups)
{
    uint64_t text, pattern;
    int a = env_term(x, f->left, e, &text), b = env_term(x, f->right, e, &pattern);
    if (a < 0 || b < 0) return -1;
    if (!a || !b) return 0;
    struct pattern *p = pattern_cache_get(&x->patterns, x->sc->strings, (uint32_t)pattern);
    if (!p) return 0;
    if (!pattern_search(p, intern_str(x->sc->strings, (uint32_t)text), groups, f->n_args)) return 0;
    for (uint32_t i = 0; i < f->n_args; i++)
        if (f->args[i] && !groups[i].p) return 0;
    return 1;
}

/* e with the groups of a match; *holds as compare_holds. */
static const struct binds *bind_groups(struct explainer *x, const struct formula *f,
                                       const struct binds *e, int *holds)
{
    struct str *groups = need(x, f->n_args, sizeof *groups);
    *holds = groups ? matches(x, f, e, groups) : 0;
    for (uint32_t i = 0; *holds == 1 && i < f->n_args; i++) {
        if (!f->args[i]) continue;
        uint64_t *word = need(x, 1, sizeof *word), have;
        if (!word) return e;
        uint32_t number = intern_add(x->sc->strings, groups[i]);
        x->failed |= number == INTERN_NONE;
        *word = number;
        if (env_term(x, f->args[i], e, &have) == 1)
            *holds = have == *word;
        else
            e = env_bind(x, e, &f->args[i]->var, 1, word);
    }
    return e;
}

int compare_holds(struct explainer *x, const struct formula *f, const struct binds *e)
{
    uint64_t a, b;
    if (f->op == F_ASSIGN) {
        int r = env_term(x, f->right, e, &b);
        if (r <= 0) return r;
        return env_value(e, f->result, &a) ? a == b : -1;
    }
    if (f->cmp == CMP_MATCHES) {
        int holds;
        const struct binds *bound = bind_groups(x, f, e, &holds);
        return holds == 1 && bound != e ? -1 : holds;
    }
    int l = env_term(x, f->left, e, &a), r = env_term(x, f->right, e, &b);
    if (l < 0 || r < 0) return -1;
    return l && r && compare_words(f->cmp, x->sc->strings, f->left->type, a, b);
}

/* ---- connectives ---- */

/* The tuples that a negation excludes: for what is certain the possible ones, and the other way
 * round. */
static const struct rows *solve_not(struct explainer *x, const struct formula *f,
                                    const struct binds *e, int64_t at)
{
    x->possible = !x->possible;
    const struct rows *rows = solve(x, f, e, at);
    x->possible = !x->possible;
    return rows;
}

static void join(struct explainer *x, const struct formula *f, uint32_t k, const struct binds *e,
                 int64_t at, struct rows *out)
{
    if (k == f->n_sub) {
        found(x, f, e, out);
        return;
    }
    const struct formula *sub = f->sub[k];
    uint64_t *word;
    int holds;
    switch (sub->op) {
    case F_NOT:
        if (sub->sub[0]->op == F_COMPARE) {
            holds = compare_holds(x, sub->sub[0], e);
        } else {
            const struct rows *none = solve_not(x, sub->sub[0], e, at);
            holds = none && none->n;
        }
        x->unknown |= holds < 0;
        if (holds == 0) join(x, f, k + 1, e, at, out);
        return;
    case F_COMPARE:
        if (sub->cmp == CMP_MATCHES)
            e = bind_groups(x, sub, e, &holds);
        else
            holds = compare_holds(x, sub, e);
        x->unknown |= holds < 0;
        if (holds == 1) join(x, f, k + 1, e, at, out);
        return;
    case F_ASSIGN:
        word = need(x, 1, sizeof *word);
        if (!word) return;
        holds = env_term(x, sub->right, e, word);
        x->unknown |= holds < 0;
        uint64_t have;
        if (holds != 1 || (env_value(e, sub->result, &have) && have != *word)) return;
        join(x, f, k + 1, env_bind(x, e, &sub->result, 1, word), at, out);
        return;
    default: break;
    }
    const struct rows *rows = solve(x, sub, e, at);
    for (size_t r = 0; rows && r < rows->n && !x->failed; r++)
        join(x, f, k + 1, env_bind(x, e, sub->fv, sub->n_fv, rows->words + r * rows->width), at,
             out);
}

/* The tuples of a subformula at some position, as tuples of f. */
static void take(struct explainer *x, const struct formula *f, const struct formula *sub,
                 const struct binds *e, int64_t at, struct rows *out)
{
    const struct rows *rows = solve(x, sub, e, at);
    for (size_t r = 0; rows && r < rows->n && !x->failed; r++)
        found(x, f, env_bind(x, e, sub->fv, sub->n_fv, rows->words + r * rows->width), out);
}

/* ---- time ---- */

static void find_window(struct explainer *x, const struct formula *f, const struct binds *e,
                        int64_t at, struct rows *out)
{
    struct interval w = window_of(x, f, at);
    bool back = looks_back(f->op);
    while (w.from <= w.to && !tired(x)) {
        int64_t p;
        if (!nearest(x, f->sub[0], e, back ? w.to : w.from, back ? w.from : w.to, &p)) return;
        take(x, f, f->sub[0], e, p, out);
        window_beyond(&w, back, p);
    }
}

/* Does the left side hold at a position? */
static bool left_holds(struct explainer *x, const struct formula *f, const struct binds *e,
                       int64_t at)
{
    const struct formula *left = f->sub[0];
    bool neg = left->op == F_NOT;
    const struct rows *rows = (neg ? solve_not : solve)(x, neg ? left->sub[0] : left, e, at);
    return rows && (rows->n > 0) != neg;
}

static void find_since(struct explainer *x, const struct formula *f, const struct binds *e,
                       int64_t at, struct rows *out)
{
    struct interval w = window_of(x, f, at);
    bool back = f->op == F_SINCE;
    int64_t step = back ? -1 : 1;
    while (w.from <= w.to && !tired(x)) {
        int64_t p;
        if (!nearest(x, f->sub[1], e, back ? w.to : w.from, back ? w.from : w.to, &p)) return;
        const struct rows *rows = solve(x, f->sub[1], e, p);
        for (size_t r = 0; rows && r < rows->n; r++) {
            const struct binds *b =
                env_bind(x, e, f->sub[1]->fv, f->sub[1]->n_fv, rows->words + r * rows->width);
            int64_t q = p - step;
            while (q != at - step && p != at && !tired(x) && left_holds(x, f, b, q)) q -= step;
            if (p == at || q == at - step) found(x, f, b, out);
        }
        window_beyond(&w, back, p);
    }
}

/* ---- aggregations ---- */

bool aggregate(struct explainer *x, const struct formula *f, const uint64_t *values, size_t n,
               uint64_t *out)
{
    struct fold fold = {0};
    struct fold_kind kind = {f->agg, x->sc->vars[f->over].type, x->sc->strings};
    for (size_t i = 0; i < n; i++) x->failed |= !fold_add(&fold, &kind, values[i]);
    bool defined = n ? fold_value(&fold, &kind, out)
                     : fold_empty(&kind, intern_add(x->sc->strings, STR("")), out);
    fold_free(&fold);
    return defined && !x->failed;
}

static uint32_t column(const struct formula *f, uint32_t var)
{
    uint32_t k = 0;
    while (k < f->n_fv && f->fv[k] != var) k++;
    return k;
}

static bool same_group(const struct formula *f, const uint64_t *a, const uint64_t *b)
{
    for (uint32_t g = 0; g < f->n_vars; g++) {
        uint32_t k = column(f->sub[0], f->vars[g]);
        if (a[k] != b[k]) return false;
    }
    return true;
}

/* The group of row k; nothing when an earlier row is of it. */
static void find_group(struct explainer *x, const struct formula *f, const struct binds *e,
                       const struct rows *rows, size_t k, struct rows *out)
{
    uint64_t *values = need(x, rows->n, sizeof *values), *result = need(x, 1, sizeof *result);
    uint32_t over = column(f->sub[0], f->over), width = rows->width;
    size_t n = 0;
    if (!values || !result) return;
    for (size_t r = 0; r < rows->n; r++) {
        if (!same_group(f, rows->words + k * width, rows->words + r * width)) continue;
        if (r < k) return;
        values[n++] = rows->words[r * width + over];
    }
    uint64_t have;
    if (!aggregate(x, f, values, n, result)) return;
    if (env_value(e, f->result, &have) && have != *result) return;
    if (rows->n) e = env_bind(x, e, f->sub[0]->fv, width, rows->words + k * width);
    found(x, f, env_bind(x, e, &f->result, 1, result), out);
}

static void find_agg(struct explainer *x, const struct formula *f, const struct binds *e,
                     int64_t at, struct rows *out)
{
    const struct rows *rows = solve(x, f->sub[0], env_group(x, e, f), at);
    if (!rows) return;
    for (size_t k = 0; k < rows->n && !x->failed; k++) find_group(x, f, e, rows, k, out);
    if (rows->n == 0 && f->n_vars == 0) find_group(x, f, e, rows, 0, out);
}

/* ---- all together ---- */

static void find(struct explainer *x, const struct formula *f, const struct binds *e, int64_t at,
                 struct rows *out)
{
    switch (f->op) {
    case F_TRUE: found(x, f, e, out); return;
    case F_FALSE: return;
    case F_PRED: find_pred(x, f, e, at, out); return;
    case F_AND: join(x, f, 0, e, at, out); return;
    case F_OR:
        for (uint32_t i = 0; i < f->n_sub; i++) take(x, f, f->sub[i], e, at, out);
        return;
    case F_EXISTS: take(x, f, f->sub[0], env_exists(x, e, f), at, out); return;
    case F_PREV:
    case F_NEXT:
    case F_ONCE:
    case F_EVENTUALLY: find_window(x, f, e, at, out); return;
    case F_SINCE:
    case F_UNTIL: find_since(x, f, e, at, out); return;
    case F_AGG: find_agg(x, f, e, at, out); return;
    case F_LET:
    case F_LETPAST: take(x, f, f->sub[1], e, at, out); return;
    case F_MATCHF:
    case F_MATCHP: find_match(x, f, e, at, out); return;
    default: x->unknown = true;
    }
}

const struct rows *solve(struct explainer *x, const struct formula *f, const struct binds *e,
                         int64_t at)
{
    bool known;
    void **slot = memo_slot(x, x->possible ? MEMO_POSSIBLE_ROWS : MEMO_ROWS, f, e, at, at, &known);
    if (!slot || known) return slot ? *slot : NULL;
    struct rows *out = need(x, 1, sizeof *out);
    if (!out) return NULL;
    out->width = f->n_fv;
    if (++x->depth > DEPTH_MAX)
        x->unknown = true;
    else
        find(x, f, e, at, out);
    x->depth--;
    *slot = out;
    return out;
}
