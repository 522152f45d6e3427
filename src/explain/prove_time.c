/* Proofs through time: witnesses in windows, and stretches without any.  See explainer.h. */
#include "explain/explainer.h"

/* ---- witnesses ---- */

/* A search for witnesses of `sub` through a window, the nearest first. */
struct search {
    const struct formula *sub;
    bool back;
    struct interval left; /* of the window, to be looked at */
    unsigned used;        /* witnesses that gave a proof */
    struct proof *best;   /* the smallest of these … */
    uint64_t enough;      /* … than which none is smaller */
};

static struct search search_new(struct explainer *x, const struct formula *f, int64_t at)
{
    bool two = f->op == F_SINCE || f->op == F_UNTIL;
    return (struct search){.sub = f->sub[two],
                           .back = looks_back(f->op),
                           .left = window_of(x, f, at),
                           .enough = two ? 4 : 2};
}

/* The next witness; false: there is none, or enough were looked at. */
static bool search_next(struct explainer *x, const struct search *s, const struct binds *e,
                        int64_t *at)
{
    if (s->used >= EXPLAIN_TRIES || s->left.from > s->left.to) return false;
    if ((s->best && s->best->size <= s->enough) || tired(x)) return false;
    return nearest(x, s->sub, e, s->back ? s->left.to : s->left.from,
                   s->back ? s->left.from : s->left.to, at);
}

/* What the witness gave: NULL, no proof. */
static void search_take(struct search *s, struct proof *p)
{
    s->best = smaller(s->best, p);
    s->used += p != NULL;
}

/* ---- PREV NEXT ONCE EVENTUALLY ---- */

static struct proof *prove_at(struct explainer *x, const struct formula *f, const struct binds *e,
                              int64_t at)
{
    struct search s = search_new(x, f, at);
    for (int64_t p; search_next(x, &s, e, &p); window_beyond(&s.left, s.back, p)) {
        struct proof *node = proof_new(x, PROOF_AT, f, true, e, at, at);
        proof_sub(x, &node, prove(x, f->sub[0], true, e, p, p));
        search_take(&s, node);
    }
    return s.best;
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
    struct search s = search_new(x, f, at);
    for (int64_t p; search_next(x, &s, e, &p); window_beyond(&s.left, s.back, p)) {
        struct proof *left =
            p == at ? NULL : prove(x, f->sub[0], true, e, s.back ? p + 1 : at, s.back ? at : p - 1);
        if (p != at && !left) break; /* no witness may stand beyond where the left side fails */
        search_take(&s, since_at(x, f, e, at, p, left));
        if (!prove(x, f->sub[0], true, e, p, p)) break;
    }
    return s.best;
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
