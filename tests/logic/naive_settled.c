/* What is settled at the end of a log; see naive_parts.h. */
#include "tests/logic/naive_parts.h"

static size_t settled_path(const struct naive *n, const struct path *p)
{
    if (!p) return SIZE_MAX;
    size_t least = p->test ? naive_settled_at(n, p->test) : SIZE_MAX;
    size_t a = settled_path(n, p->a), b = settled_path(n, p->b);
    if (a < least) least = a;
    return b < least ? b : least;
}

size_t naive_settled_at(const struct naive *n, const struct formula *f)
{
    size_t all = n->log->n + 1, least = all;
    if (n->log->clock) return all;
    if (f->op == F_PRED && n->lets[f->pred] && n->lets[f->pred]->op == F_LET)
        return naive_settled_at(n, n->lets[f->pred]->sub[0]);
    for (uint32_t i = 0; i < f->n_sub; i++) {
        size_t sub = naive_settled_at(n, f->sub[i]);
        if (sub < least) least = sub;
    }
    size_t path = settled_path(n, f->path);
    if (path < least) least = path;
    if (f->op == F_NEXT) return least ? least - 1 : 0;
    if (f->op == F_PREV) return least < all ? least + 1 : all;
    if (!formula_looks_ahead(f->op)) return least;
    size_t i = 0;
    while (i < n->log->n &&
           (least >= n->log->n ||
            !naive_within(n, (struct bound){edge_seconds(0), f->bound.hi}, i, least)))
        i++;
    return i;
}

static void find_lets_path(struct naive *n, const struct path *p);

void naive_find_lets(struct naive *n, const struct formula *f)
{
    if (f->op == F_LET || f->op == F_LETPAST) n->lets[f->pred] = f;
    for (uint32_t i = 0; i < f->n_sub; i++) naive_find_lets(n, f->sub[i]);
    find_lets_path(n, f->path);
}

static void find_lets_path(struct naive *n, const struct path *p)
{
    if (!p) return;
    if (p->test) naive_find_lets(n, p->test);
    find_lets_path(n, p->a);
    find_lets_path(n, p->b);
}
