/* Proofs for all values of open variables: EXISTS that fails, and aggregations.
 *
 * An open variable can only take values that the data offer: some conjunct generates it.  Its
 * tuples (`offers`) are taken one by one, and the rest is refuted together.  See explainer.h. */
#include "explain/explainer.h"

#include "engine/table.h"

#include <string.h>

/* ---- what values the data offer ---- */

/* Tuples over some of the open variables: outside of them f fails. */
struct offer {
    const uint32_t *vars;
    uint32_t n;
    const struct rows *rows; /* NULL: no offer */
};

static struct offer offers(struct explainer *x, const struct formula *f, const struct binds *e,
                           int64_t from, int64_t to);

static struct offer offer_fact(struct explainer *x, const struct formula *f, const struct binds *e,
                               int64_t from, int64_t to)
{
    uint32_t *vars, n = env_unbound(x, e, f, &vars);
    struct rows *rows = need(x, 1, sizeof *rows);
    uint64_t *words = need(x, n, sizeof *words);
    struct fact_scan s;
    int64_t at, until;
    if (!n || !rows || !words) return (struct offer){0};
    rows->width = n;
    env_scan(x, &s, f, e, from, to, false);
    for (const uint64_t *have; (have = scan_next(&s.scan, &at, &until));) {
        if (!env_matches(x->r, e, f, have) || env_excluded(e, f, have)) continue;
        for (uint32_t a = 0; x->r->wild && a < f->n_args; a++)
            if (have[a] == VALUE_WILD) return (struct offer){0}; /* it may be anything */
        for (uint32_t a = 0; a < f->n_args; a++)
            for (uint32_t i = 0; i < n; i++)
                if (f->args[a]->op == TERM_VAR && f->args[a]->var == vars[i]) words[i] = have[a];
        rows_add(x, rows, words);
    }
    return (struct offer){vars, n, rows};
}

/* What f's tuples at each position offer for its open variables. */
static struct offer offer_solved(struct explainer *x, const struct formula *f,
                                 const struct binds *e, int64_t from, int64_t to)
{
    uint32_t *vars, n = env_unbound(x, e, f, &vars);
    struct rows *rows = need(x, 1, sizeof *rows);
    uint64_t *words = need(x, n, sizeof *words);
    if (!n || !rows || !words) return (struct offer){0};
    rows->width = n;
    for (int64_t p = from; p <= to && !tired(x); p++) {
        if (!nearest(x, f, e, p, to, &p)) break;
        const struct rows *have = solve(x, f, e, p);
        for (size_t r = 0; have && r < have->n; r++) {
            for (uint32_t k = 0; k < f->n_fv; k++)
                for (uint32_t i = 0; i < n; i++)
                    if (f->fv[k] == vars[i]) words[i] = have->words[r * have->width + k];
            rows_add(x, rows, words);
        }
    }
    return (struct offer){vars, n, rows};
}

/* Only the variables that are open in f itself. */
static struct offer project(struct explainer *x, struct offer o, const struct binds *e,
                            const struct formula *f)
{
    uint32_t *open, n_open = env_unbound(x, e, f, &open), n = 0;
    uint32_t *vars = need(x, o.n, sizeof *vars), *from = need(x, o.n, sizeof *from);
    struct rows *rows = need(x, 1, sizeof *rows);
    uint64_t *words = need(x, o.n, sizeof *words);
    if (!o.rows || !vars || !from || !rows || !words || !open) return (struct offer){0};
    for (uint32_t i = 0; i < o.n; i++)
        for (uint32_t k = 0; k < n_open; k++)
            if (open[k] == o.vars[i]) {
                from[n] = i;
                vars[n++] = o.vars[i];
            }
    if (!n) return (struct offer){0};
    rows->width = n;
    for (size_t r = 0; r < o.rows->n; r++) {
        for (uint32_t i = 0; i < n; i++) words[i] = o.rows->words[r * o.n + from[i]];
        rows_add(x, rows, words);
    }
    return (struct offer){vars, n, rows};
}

/* Fewer tuples, but some: where none are offered, nothing is barred. */
static bool better_offer(struct offer a, struct offer b)
{
    if (!b.rows || !b.rows->n || !a.rows->n) return !b.rows || (a.rows->n && !b.rows->n);
    return a.rows->n < b.rows->n;
}

static struct offer offer_and(struct explainer *x, const struct formula *f, const struct binds *e,
                              int64_t from, int64_t to)
{
    struct offer best = {0};
    for (uint32_t i = 0; i < f->n_sub; i++) {
        if (f->sub[i]->op == F_NOT || f->sub[i]->op == F_COMPARE) continue;
        if (f->sub[i]->op == F_ASSIGN && best.rows) continue;
        struct offer o = offers(x, f->sub[i], e, from, to);
        if (o.rows && better_offer(o, best)) best = o;
    }
    return best.rows ? best : offer_solved(x, f, e, from, to);
}

static struct offer offer_assign(struct explainer *x, const struct formula *f,
                                 const struct binds *e)
{
    uint64_t word, have;
    struct rows *rows = need(x, 1, sizeof *rows);
    if (!rows || env_value(e, f->result, &have)) return (struct offer){0};
    int defined = env_term(x, f->right, e, &word);
    if (defined < 0) return (struct offer){0};
    rows->width = 1;
    if (defined) rows_add(x, rows, &word);
    return (struct offer){&f->result, 1, rows};
}

/* What the alternatives offer together, where each offers tuples over all open variables. */
static struct offer offer_or(struct explainer *x, const struct formula *f, const struct binds *e,
                             int64_t from, int64_t to)
{
    uint32_t *vars, n = env_unbound(x, e, f, &vars);
    struct rows *rows = need(x, 1, sizeof *rows);
    uint64_t *words = need(x, n, sizeof *words);
    if (!n || !rows || !words) return (struct offer){0};
    rows->width = n;
    for (uint32_t s = 0; s < f->n_sub; s++) {
        struct offer o = offers(x, f->sub[s], e, from, to);
        if (!o.rows || o.n != n) return (struct offer){0};
        for (size_t r = 0; r < o.rows->n; r++) {
            for (uint32_t i = 0; i < n; i++)
                for (uint32_t k = 0; k < n; k++)
                    if (vars[i] == o.vars[k]) words[i] = o.rows->words[r * n + k];
            rows_add(x, rows, words);
        }
    }
    return (struct offer){vars, n, rows};
}

static struct offer offers(struct explainer *x, const struct formula *f, const struct binds *e,
                           int64_t from, int64_t to)
{
    struct interval w;
    switch (f->op) {
    case F_PRED:
        if (x->sc->preds[f->pred].kind == PRED_EVENT) return offer_fact(x, f, e, from, to);
        return offer_solved(x, f, e, from, to);
    case F_AND: return offer_and(x, f, e, from, to);
    case F_OR: return (x->wide ? offer_or : offer_solved)(x, f, e, from, to);
    case F_ASSIGN: return offer_assign(x, f, e);
    case F_EXISTS: return project(x, offers(x, f->sub[0], env_exists(x, e, f), from, to), e, f);
    case F_PREV:
    case F_NEXT:
    case F_ONCE:
    case F_EVENTUALLY:
    case F_SINCE:
    case F_UNTIL:
        w = window_hull(x, f, from, to);
        if (w.from > w.to) return (struct offer){0};
        return offers(x, f->sub[f->op == F_SINCE || f->op == F_UNTIL], e, w.from, w.to);
    default: return offer_solved(x, f, e, from, to);
    }
}

/* ---- refuting for all ---- */

static bool is_solution(struct explainer *x, const struct formula *f, const struct binds *e,
                        int64_t at)
{
    const struct rows *rows = env_closes(e, f) ? solve(x, f, e, at) : NULL;
    return rows && rows->n;
}

static struct proof *by_cases(struct explainer *x, const struct formula *f, const struct binds *e,
                              int64_t from, int64_t to, bool decide);

/* Take the offered tuples one by one and the rest together.  `decide`: a case may also hold. */
static struct proof *by_offer(struct explainer *x, const struct formula *f, const struct binds *e,
                              int64_t from, int64_t to, bool decide)
{
    bool possible = x->possible;
    x->possible = !decide;
    struct offer o = offers(x, f, e, from, to);
    x->possible = possible;
    if (!o.rows || (!decide && !o.rows->n)) return NULL;
    struct proof *p = proof_new(x, PROOF_CASES, f, false, e, from, to);
    if (!p) return NULL;
    p->vars = o.vars;
    p->n_vars = o.n;
    p->words = o.rows->words;
    p->n_cases = o.rows->n;
    for (size_t k = 0; p && k < o.rows->n; k++) {
        const struct binds *c = env_bind(x, e, o.vars, o.n, o.rows->words + k * o.n);
        bool holds = decide && is_solution(x, f, c, from);
        struct proof *sub = prove(x, f, holds, c, from, to);
        if (!sub && !x->failed) sub = by_cases(x, f, c, from, to, decide);
        proof_sub(x, &p, sub);
    }
    if (!p) return NULL;
    const struct binds *rest = env_open(x, e, o.vars, o.n, o.rows);
    proof_sub(x, &p, prove(x, f, false, rest, from, to));
    return p;
}

/* First the tuples that satisfy an alternative are offered; where they do not do (what is left fails in
 * different ways), all that any part of an alternative offers. */
static struct proof *by_cases(struct explainer *x, const struct formula *f, const struct binds *e,
                              int64_t from, int64_t to, bool decide)
{
    struct proof *p = by_offer(x, f, e, from, to, decide);
    if (p || x->wide || x->failed) return p;
    x->wide = true;
    p = by_offer(x, f, e, from, to, decide);
    x->wide = false;
    return p;
}

/* Refute f for the open variables, by cases where needed. */
static struct proof *refute_cases(struct explainer *x, const struct formula *f,
                                  const struct binds *e, int64_t from, int64_t to)
{
    struct proof *p = prove(x, f, false, e, from, to);
    return p || env_closes(e, f) ? p : by_cases(x, f, e, from, to, false);
}

/* ---- EXISTS ---- */

static struct proof *prove_witness(struct explainer *x, const struct formula *f,
                                   const struct binds *e, int64_t at)
{
    const struct formula *sub = f->sub[0];
    const struct rows *rows = solve(x, sub, env_exists(x, e, f), at);
    struct proof *best = NULL;
    size_t n = rows && env_closes(e, f) ? rows->n : 0;
    if (n > EXPLAIN_TRIES) n = EXPLAIN_TRIES;
    for (size_t r = 0; r < n && (!best || best->size > 2); r++) {
        uint64_t *words = need(x, f->n_vars, sizeof *words);
        struct proof *p = proof_new(x, PROOF_WITNESS, f, true, e, at, at);
        if (!words || !p) return NULL;
        for (uint32_t i = 0; i < f->n_vars; i++)
            for (uint32_t k = 0; k < sub->n_fv; k++)
                if (sub->fv[k] == f->vars[i]) words[i] = rows->words[r * rows->width + k];
        p->words = words;
        proof_sub(x, &p, prove(x, sub, true, env_bind(x, e, f->vars, f->n_vars, words), at, at));
        best = smaller(best, p);
    }
    if (!best && x->unknown) best = proof_new(x, PROOF_UNEXPLAINED, f, true, e, at, at);
    return best;
}

struct proof *prove_exists(struct explainer *x, const struct formula *f, bool holds,
                           const struct binds *e, int64_t from, int64_t to)
{
    if (holds) return from == to ? prove_witness(x, f, e, from) : NULL;
    struct proof *p = proof_new(x, PROOF_NONE, f, false, e, from, to);
    proof_sub(x, &p, refute_cases(x, f->sub[0], env_exists(x, e, f), from, to));
    return p;
}

/* ---- aggregations ---- */

static bool counted(struct explainer *x, const struct formula *f, const struct binds *inner,
                    int64_t at, size_t *n, uint64_t *out)
{
    const struct formula *sub = f->sub[0];
    const struct rows *rows = solve(x, sub, inner, at);
    uint64_t *values = need(x, rows ? rows->n : 0, sizeof *values);
    if (!rows || !values || x->tired) return false;
    uint32_t over = 0;
    while (over < sub->n_fv && sub->fv[over] != f->over) over++;
    for (size_t r = 0; r < rows->n; r++) values[r] = rows->words[r * rows->width + over];
    *n = rows->n;
    return aggregate(x, f, values, rows->n, out);
}

/* All tuples of the group, and what their aggregate is. */
static struct proof *prove_value(struct explainer *x, const struct formula *f, bool holds,
                                 const struct binds *e, int64_t at)
{
    const struct binds *inner = env_group(x, e, f), *l = env_link(e, f->result);
    uint64_t word, have;
    size_t n = 0;
    bool is = counted(x, f, inner, at, &n, &word) && (n || !f->n_vars);
    if (is && env_value(e, f->result, &have)) {
        is = have == word;
    } else if (is) {
        bool listed = false;
        for (size_t i = 0; l && l->open && l->n == 1 && i < l->n_tuples; i++)
            listed |= l->words[i] == word;
        if (!listed) return NULL;
        is = false;
    }
    if (is != holds) return NULL;
    struct proof *p = proof_new(x, PROOF_AGG, f, holds, e, at, at);
    struct proof *sub;
    if (env_closes(inner, f->sub[0])) {
        sub = n ? prove(x, f->sub[0], true, inner, at, at)
                : prove(x, f->sub[0], false, inner, at, at);
    } else {
        sub = prove(x, f->sub[0], false, inner, at, at);
        if (!sub) sub = by_cases(x, f->sub[0], inner, at, at, true);
    }
    proof_sub(x, &p, sub);
    return p;
}

struct proof *prove_agg(struct explainer *x, const struct formula *f, bool holds,
                        const struct binds *e, int64_t at)
{
    struct proof *best = NULL;
    bool group = true;
    uint64_t word;
    if (!holds && f->n_vars) {
        best = proof_new(x, PROOF_NO_GROUP, f, false, e, at, at);
        proof_sub(x, &best, refute_cases(x, f->sub[0], env_group(x, e, f), at, at));
    }
    for (uint32_t g = 0; g < f->n_vars; g++) group = group && env_value(e, f->vars[g], &word);
    if (best || !group) return best;
    best = prove_value(x, f, holds, e, at);
    if (!best && x->unknown) best = proof_new(x, PROOF_UNEXPLAINED, f, holds, e, at, at);
    return best;
}
