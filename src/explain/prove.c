/* Finding small proofs: the rules that look at one stretch.  See explainer.h and proof.h. */
#include "explain/explainer.h"

#include <string.h>

/* ---- nodes ---- */

struct proof *proof_new(struct explainer *x, enum proof_rule rule, const struct formula *f,
                        bool holds, const struct binds *e, int64_t from, int64_t to)
{
    struct proof *p = need(x, 1, sizeof *p);
    if (!p) return NULL;
    *p = (struct proof){
        .rule = rule, .f = f, .holds = holds, .env = e, .from = from, .to = to, .size = 1};
    if (rule == PROOF_UNEXPLAINED) p->size = PROOF_UNEXPLAINED_SIZE;
    return p;
}

bool proof_sub(struct explainer *x, struct proof **p, struct proof *sub)
{
    struct proof *node = *p;
    *p = NULL;
    if (!node || !sub) return false;
    if ((node->n_sub & (node->n_sub - 1)) == 0) { /* full at 0, 1, 2, 4, … */
        struct proof **bigger = need(x, node->n_sub ? node->n_sub * 2 : 1, sizeof *bigger);
        if (!bigger) return false;
        if (node->n_sub) memcpy(bigger, node->sub, node->n_sub * sizeof *bigger);
        node->sub = bigger;
    }
    node->sub[node->n_sub++] = sub;
    node->size += sub->size;
    *p = node;
    return true;
}

struct proof *smaller(struct proof *a, struct proof *b)
{
    if (!a || !b) return a ? a : b;
    return b->size < a->size ? b : a;
}

bool proof_incomplete(const struct proof *p)
{
    return p->size >= PROOF_UNEXPLAINED_SIZE;
}

/* ---- joining neighbours ---- */

/* One proof for two neighbouring stretches when the same reason covers both; NULL when not. */
static struct proof *joined(struct explainer *x, const struct proof *a, const struct proof *b)
{
    if (a->rule != b->rule || a->f != b->f || a->holds != b->holds || a->choice != b->choice)
        return NULL;
    if (a->from > b->from || b->from > a->to + 1 || a->n_sub != b->n_sub) return NULL;
    bool leaf = a->rule == PROOF_ABSENT || a->rule == PROOF_TRIVIAL;
    bool one = a->rule == PROOF_NOT || a->rule == PROOF_ONE || a->rule == PROOF_ALL ||
               a->rule == PROOF_NONE || a->rule == PROOF_NOWHERE;
    if ((!leaf && !one) || (one && a->n_sub == 0)) return NULL;
    struct proof *p =
        proof_new(x, a->rule, a->f, a->holds, a->env, a->from, a->to > b->to ? a->to : b->to);
    if (!p) return NULL;
    p->choice = a->choice;
    for (size_t i = 0; i < a->n_sub; i++)
        if (!proof_sub(x, &p, joined(x, a->sub[i], b->sub[i]))) return NULL;
    return p;
}

static bool add_piece(struct explainer *x, struct proof **p, struct proof *piece)
{
    if (!*p || !piece) return false;
    if (piece->rule == PROOF_SPLIT && piece->f == (*p)->f) {
        for (size_t i = 0; i < piece->n_sub; i++)
            if (!add_piece(x, p, piece->sub[i])) return false;
        return true;
    }
    size_t n = (*p)->n_sub;
    struct proof *both = n ? joined(x, (*p)->sub[n - 1], piece) : NULL;
    if (!both) return proof_sub(x, p, piece);
    (*p)->size += both->size - (*p)->sub[n - 1]->size;
    (*p)->sub[n - 1] = both;
    return true;
}

/* Two halves, each by its own reasons. */
static struct proof *split(struct explainer *x, const struct formula *f, bool holds,
                           const struct binds *e, int64_t from, int64_t to)
{
    int64_t mid = from + (to - from) / 2;
    struct proof *a = prove(x, f, holds, e, from, mid);
    struct proof *b = a ? prove(x, f, holds, e, mid + 1, to) : NULL;
    struct proof *p = b ? proof_new(x, PROOF_SPLIT, f, holds, e, from, to) : NULL;
    if (!p || !add_piece(x, &p, a) || !add_piece(x, &p, b)) return NULL;
    return p->n_sub == 1 ? p->sub[0] : p;
}

/* ---- atoms ---- */

static struct proof *prove_fact(struct explainer *x, const struct formula *f, bool holds,
                                const struct binds *e, int64_t from, int64_t to)
{
    bool closed = env_closes(e, f);
    struct fact_scan s;
    int64_t at, until;
    if (holds && !closed) return NULL;
    bool possible = x->possible;
    x->possible = !holds; /* absent is what is not even possible */
    env_scan(x, &s, f, e, from, to, false);
    x->possible = possible;
    for (const uint64_t *w; (w = scan_next(&s.scan, &at, &until));) {
        if (!env_matches(x->r, e, f, w) || env_excluded(e, f, w)) continue;
        if (holds && (at > from || until < to)) continue; /* not all of the stretch */
        if (!holds || !leaf_allowed(x, f, true, e, from, to)) return NULL;
        return proof_new(x, PROOF_FACT, f, true, e, from, to);
    }
    if (holds || !leaf_allowed(x, f, false, e, from, to)) return NULL;
    return proof_new(x, PROOF_ABSENT, f, false, e, from, to);
}

static struct proof *prove_pred(struct explainer *x, const struct formula *f, bool holds,
                                const struct binds *e, int64_t from, int64_t to)
{
    enum pred_kind kind = x->sc->preds[f->pred].kind;
    if (kind == PRED_EVENT) return prove_fact(x, f, holds, e, from, to);
    if (kind == PRED_LET) {
        struct proof *p = proof_new(x, PROOF_MEANS, f, holds, e, from, to);
        const struct formula *def = x->lets[f->pred]->sub[0];
        proof_sub(x, &p, prove(x, def, holds, env_of_let(x, e, f), from, to));
        return p;
    }
    if (from != to || (holds && !env_closes(e, f))) return NULL;
    uint64_t words[2] = {value_of_int(from), value_of_int(record_stamp(x->r, from))};
    if (kind == PRED_TS) words[0] = words[1];
    bool is = (kind == PRED_TP || from <= x->r->last) && env_matches(x->r, e, f, words) &&
              !env_excluded(e, f, words);
    return is == holds ? proof_new(x, PROOF_TRIVIAL, f, holds, e, from, to) : NULL;
}

/* y := t fails for a y that is open when t's value is among those that are ruled out. */
static bool assignment_excluded(struct explainer *x, const struct formula *f, const struct binds *e)
{
    uint64_t word;
    const struct binds *l = env_link(e, f->result);
    if (f->op != F_ASSIGN || !l || !l->open || l->n != 1) return false;
    int defined = env_term(x, f->right, e, &word);
    for (size_t i = 0; defined == 1 && i < l->n_tuples; i++)
        if (l->words[i] == word) return true;
    return false;
}

static struct proof *prove_compare(struct explainer *x, const struct formula *f, bool holds,
                                   const struct binds *e, int64_t from, int64_t to)
{
    int is = compare_holds(x, f, e);
    if (is < 0 && !holds && assignment_excluded(x, f, e)) is = 0;
    return is == (int)holds ? proof_new(x, PROOF_TRIVIAL, f, holds, e, from, to) : NULL;
}

/* ---- connectives ---- */

static struct proof *prove_all(struct explainer *x, const struct formula *f, bool holds,
                               const struct binds *e, int64_t from, int64_t to)
{
    struct proof *p = proof_new(x, PROOF_ALL, f, holds, e, from, to);
    for (uint32_t i = 0; p && i < f->n_sub; i++)
        proof_sub(x, &p, prove(x, f->sub[i], holds, e, from, to));
    return p;
}

static struct proof *prove_one(struct explainer *x, const struct formula *f, bool holds,
                               const struct binds *e, int64_t from, int64_t to)
{
    struct proof *best = NULL;
    for (uint32_t i = 0; i < f->n_sub && (!best || best->size > 2); i++) {
        struct proof *p = proof_new(x, PROOF_ONE, f, holds, e, from, to);
        if (p) p->choice = i;
        proof_sub(x, &p, prove(x, f->sub[i], holds, e, from, to));
        best = smaller(best, p);
    }
    return best;
}

static struct proof *prove_under(struct explainer *x, enum proof_rule rule, const struct formula *f,
                                 bool holds, const struct binds *e, int64_t from, int64_t to)
{
    const struct formula *sub = f->sub[rule == PROOF_BODY];
    struct proof *p = proof_new(x, rule, f, holds, e, from, to);
    proof_sub(x, &p, prove(x, sub, rule == PROOF_NOT ? !holds : holds, e, from, to));
    return p;
}

/* By f's own rules, for the stretch as a whole. */
static struct proof *prove_whole(struct explainer *x, const struct formula *f, bool holds,
                                 const struct binds *e, int64_t from, int64_t to)
{
    if (x->r->may && (f->op == F_AGG || f->op == F_MATCHF || f->op == F_MATCHP))
        return proof_new(x, PROOF_UNEXPLAINED, f, holds, e, from, to); /* bounds, not values */
    switch (f->op) {
    case F_TRUE:
    case F_FALSE:
        return (f->op == F_TRUE) == holds ? proof_new(x, PROOF_TRIVIAL, f, holds, e, from, to)
                                          : NULL;
    case F_PRED: return prove_pred(x, f, holds, e, from, to);
    case F_COMPARE:
    case F_ASSIGN: return prove_compare(x, f, holds, e, from, to);
    case F_NOT: return prove_under(x, PROOF_NOT, f, holds, e, from, to);
    case F_AND: return (holds ? prove_all : prove_one)(x, f, holds, e, from, to);
    case F_OR: return (holds ? prove_one : prove_all)(x, f, holds, e, from, to);
    case F_EXISTS: return prove_exists(x, f, holds, e, from, to);
    case F_PREV:
    case F_NEXT:
    case F_ONCE:
    case F_EVENTUALLY: return prove_window(x, f, holds, e, from, to);
    case F_SINCE:
    case F_UNTIL: return prove_since(x, f, holds, e, from, to);
    case F_AGG: return from == to ? prove_agg(x, f, holds, e, from) : NULL;
    case F_LET:
    case F_LETPAST: return prove_under(x, PROOF_BODY, f, holds, e, from, to);
    case F_MATCHF:
    case F_MATCHP: return from == to ? prove_match(x, f, holds, e, from) : NULL;
    default: return proof_new(x, PROOF_UNEXPLAINED, f, holds, e, from, to);
    }
}

struct proof *prove(struct explainer *x, const struct formula *f, bool holds, const struct binds *e,
                    int64_t from, int64_t to)
{
    bool known;
    void **slot = memo_slot(x, holds ? MEMO_PROVED : MEMO_REFUTED, f, e, from, to, &known);
    if (!slot || known) return slot ? *slot : NULL;
    struct proof *p = NULL;
    if (++x->depth > DEPTH_MAX) {
        p = proof_new(x, PROOF_UNEXPLAINED, f, holds, e, from, to);
    } else {
        p = prove_whole(x, f, holds, e, from, to);
        bool fact = f->op == F_PRED && x->sc->preds[f->pred].kind == PRED_EVENT;
        /* a fact that is there is there in one of the halves */
        if (!p && from < to && !x->failed && (holds || !fact)) p = split(x, f, holds, e, from, to);
    }
    x->depth--;
    *slot = p;
    return p;
}

/* ---- the root ---- */

static void find_lets(struct explainer *x, const struct formula *f);

static void find_lets_path(struct explainer *x, const struct path *p)
{
    if (!p) return;
    if (p->test) find_lets(x, p->test);
    find_lets_path(x, p->a);
    find_lets_path(x, p->b);
}

static void find_lets(struct explainer *x, const struct formula *f)
{
    if (f->op == F_LET || f->op == F_LETPAST) x->lets[f->pred] = f;
    find_lets_path(x, f->path);
    for (uint32_t i = 0; i < f->n_sub; i++) find_lets(x, f->sub[i]);
}

enum status explain_verdict(struct arena *a, struct scope *sc, struct record *r,
                            const struct formula *f, int64_t at, const uint64_t *words,
                            struct proof **out)
{
    return explain_stretch(a, sc, r, f, at, at, words, out);
}

enum status explain_stretch(struct arena *a, struct scope *sc, struct record *r,
                            const struct formula *f, int64_t from, int64_t to,
                            const uint64_t *words, struct proof **out)
{
    struct explainer x = {.a = a, .sc = sc, .r = r};
    x.lets = need(&x, sc->n_preds, sizeof *x.lets);
    x.values = need(&x, sc->n_vars, sizeof *x.values);
    *out = NULL;
    if (x.failed) return STATUS_FAULT;
    pattern_cache_init(&x.patterns);
    find_lets(&x, f);
    uint64_t *held = need(&x, f->n_fv, sizeof *held);
    if (held && f->n_fv) memcpy(held, words, f->n_fv * sizeof *held);
    const struct binds *e = env_bind(&x, NULL, f->fv, f->n_fv, held);
    *out = least(&x, f, e, from, to, prove(&x, f, true, e, from, to));
    if (!*out) *out = proof_new(&x, PROOF_UNEXPLAINED, f, true, e, from, to);
    bool failed = x.failed || x.patterns.arena.failed || !*out;
    pattern_cache_free(&x.patterns);
    return failed ? STATUS_FAULT : STATUS_OK;
}
