/* Proofs through time: witnesses in windows, and stretches without any.  See explainer.h. */
#include "explain/explainer.h"

/* ---- PREV NEXT ONCE EVENTUALLY ---- */

static struct proof *prove_at(struct explainer *x, const struct formula *f, const struct binds *e,
                              int64_t at)
{
    struct interval w = window_of(x, f, at);
    bool back = looks_back(f->op);
    struct proof *best = NULL;
    for (unsigned n = 0; n < EXPLAIN_TRIES && w.from <= w.to && (!best || best->size > 2);) {
        if (tired(x)) break;
        int64_t p;
        if (!nearest(x, f->sub[0], e, back ? w.to : w.from, back ? w.from : w.to, &p)) break;
        struct proof *node = proof_new(x, PROOF_AT, f, true, e, at, at);
        proof_sub(x, &node, prove(x, f->sub[0], true, e, p, p));
        best = smaller(best, node);
        n += node != NULL;
        window_beyond(&w, back, p);
    }
    return best;
}

struct proof *prove_window(struct explainer *x, const struct formula *f, bool holds,
                           const struct binds *e, int64_t from, int64_t to)
{
    if (holds) return from == to ? prove_at(x, f, e, from) : NULL;
    struct interval w;
    if (!window_union(x, f, from, to, &w)) return NULL;
    struct proof *p = proof_new(x, PROOF_NOWHERE, f, false, e, from, to);
    if (w.from <= w.to) proof_sub(x, &p, prove(x, f->sub[0], false, e, w.from, w.to));
    return p;
}

/* ---- SINCE UNTIL ---- */

/* The nearest position from `from` towards `to` at which the left side fails; false: none. */
static bool left_fails(struct explainer *x, const struct formula *f, const struct binds *e,
                       int64_t from, int64_t to, int64_t *at)
{
    const struct formula *left = f->sub[0];
    int64_t step = to < from ? -1 : 1;
    for (int64_t p = from;; p += step) {
        if (left->op == F_NOT && !nearest(x, left->sub[0], e, p, to, &p)) return false;
        if (prove(x, left, false, e, p, p)) {
            *at = p;
            return true;
        }
        if (p == to || tired(x)) return false;
    }
}

static struct proof *since_at(struct explainer *x, const struct formula *f, const struct binds *e,
                              int64_t at, int64_t witness, struct proof *left)
{
    struct proof *p = proof_new(x, PROOF_SINCE, f, true, e, at, at);
    proof_sub(x, &p, prove(x, f->sub[1], true, e, witness, witness));
    if (p && witness != at) proof_sub(x, &p, left);
    return p;
}

static struct proof *prove_since_holds(struct explainer *x, const struct formula *f,
                                       const struct binds *e, int64_t at)
{
    struct interval w = window_of(x, f, at);
    bool back = f->op == F_SINCE;
    struct proof *best = NULL;
    for (unsigned n = 0; n < EXPLAIN_TRIES && w.from <= w.to && (!best || best->size > 4);) {
        if (tired(x)) break;
        int64_t p;
        if (!nearest(x, f->sub[1], e, back ? w.to : w.from, back ? w.from : w.to, &p)) break;
        struct proof *left =
            p == at ? NULL : prove(x, f->sub[0], true, e, back ? p + 1 : at, back ? at : p - 1);
        if (p != at && !left) break; /* no witness may stand beyond where the left side fails */
        struct proof *node = since_at(x, f, e, at, p, left);
        best = smaller(best, node);
        n += node != NULL;
        if (!prove(x, f->sub[0], true, e, p, p)) break;
        window_beyond(&w, back, p);
    }
    return best;
}

/* The right side fails over w (if not empty), the left at `left` (if within). */
static struct proof *no_since(struct explainer *x, const struct formula *f, const struct binds *e,
                              int64_t at, int64_t to, struct interval w, const int64_t *left)
{
    struct proof *p = proof_new(x, PROOF_NO_SINCE, f, false, e, at, to);
    if (p) {
        p->has_right = w.from <= w.to;
        p->has_left = left != NULL;
    }
    if (p && p->has_right) proof_sub(x, &p, prove(x, f->sub[1], false, e, w.from, w.to));
    if (p && left) proof_sub(x, &p, prove(x, f->sub[0], false, e, *left, *left));
    return p;
}

struct proof *prove_since(struct explainer *x, const struct formula *f, bool holds,
                          const struct binds *e, int64_t from, int64_t to)
{
    if (holds) return from == to ? prove_since_holds(x, f, e, from) : NULL;
    struct interval w;
    if (!window_union(x, f, from, to, &w)) return NULL;
    struct proof *best = no_since(x, f, e, from, to, w, NULL);
    if (from != to || (best && best->size <= 2)) return best;
    bool back = f->op == F_SINCE;
    int64_t left;
    if (w.from > w.to || !left_fails(x, f, e, from, back ? w.from : w.to, &left)) return best;
    if (back && left > w.from) w.from = left;
    if (!back && left < w.to) w.to = left;
    return smaller(best, no_since(x, f, e, from, to, w, &left));
}
