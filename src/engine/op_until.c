/* UNTIL, general form, the mirror of op_since:
 *     φ UNTIL[a,b] ψ  =  ∪ (EVENTUALLY[a,b](ψ ∩ [p,q+1]) ∩ [p,q])  ∪  (ψ if a = 0)
 * over the maximal intervals [p,q] where the left side holds.  Rows of both sides wait until every
 * position that they bear on is settled; each step computes the newly settled stretch. */
#include "engine/sides.h"
#include "engine/window.h"

struct until {
    struct table left, right; /* rows from the first unsettled position on */
    struct sides sides;
    int64_t known; /* both sides are complete up to here */
};

static bool until_init(struct node *n, struct exec *x)
{
    struct until *s = n->state;
    table_init(&s->left, node_input(n, x, 0)->p->ncols);
    table_init(&s->right, n->p->ncols);
    return sides_init(&s->sides, n) && !s->left.failed && !s->right.failed;
}

static void until_free(struct node *n)
{
    struct until *s = n->state;
    table_free(&s->left);
    table_free(&s->right);
    sides_free(&s->sides);
}

/* Where the sources [f,t] are seen within the interval a of the left side. */
static void show(struct node *n, struct exec *x, int64_t f, int64_t t, struct span a)
{
    struct until *s = n->state;
    f = max64(f, a.from);
    t = min64(t, sat_next(a.to));
    if (f > t) return;
    int64_t fs = timeline_stamp(&x->time, f), ts = timeline_stamp(&x->time, t);
    int64_t from = window_future_from(&x->time, n->p->bound, fs, n->lo);
    int64_t to = window_future_to(&x->time, n->p->bound, t, ts, n->lo);
    iset_add(&s->sides.seen, max64(from, a.from), min64(min64(to, a.to), n->hi));
}

/* MUST, somewhere in [e,l]: from l-b to e-a, while the left side holds until l-1. */
static void certain_until(struct node *n, struct exec *x, int64_t e, int64_t l)
{
    struct until *s = n->state;
    int64_t from = timeline_edge_least(&x->time, n->p->bound.hi, l);
    int64_t to = timeline_edge_greatest(&x->time, n->p->bound.lo, e);
    if (e == l && to == e) iset_add(&s->sides.seen, e, e);
    size_t i = iset_find(&s->sides.holds, sat_prev(l));
    if (i == s->sides.holds.n || s->sides.holds.items[i].from > sat_prev(l)) return;
    iset_add(&s->sides.seen, max64(from, s->sides.holds.items[i].from),
             min64(to, s->sides.holds.items[i].to));
}

static bool one_tuple(struct node *n, struct exec *x, uint32_t g)
{
    struct until *s = n->state;
    bool at_once = n->p->bound.lo.map == MAP_NONE && n->p->bound.lo.seconds == 0;
    for (uint32_t i = s->sides.tuples.start[g]; i < s->sides.tuples.start[g + 1]; i++) {
        size_t r = s->sides.tuples.rows[i];
        int64_t f = s->right.from[r], t = s->right.to[r];
        if (s->right.somewhere) {
            certain_until(n, x, f, t);
            continue;
        }
        if (at_once) iset_add(&s->sides.seen, f, min64(t, n->hi));
        for (size_t k = iset_find(&s->sides.holds, sat_prev(f));
             k < s->sides.holds.n && s->sides.holds.items[k].from <= t; k++)
            show(n, x, f, t, s->sides.holds.items[k]);
    }
    return sides_rows(&s->sides, n, &s->right, s->sides.tuples.rows[s->sides.tuples.start[g]]);
}

/* Drop what bears on settled positions only; a row that goes on begins at the first unsettled one. */
static void forget(struct table *t, int64_t next)
{
    size_t keep = 0;
    for (size_t r = 0; r < t->n; r++) {
        if (t->to[r] < next) continue;
        t->from[keep] = max64(t->from[r], next);
        t->to[keep] = t->to[r];
        for (uint32_t k = 0; k < t->ncols; k++) t->col[k][keep] = t->col[k][r];
        keep++;
    }
    t->n = keep;
}

static bool until_step(struct node *n, struct exec *x)
{
    struct until *s = n->state;
    const struct table *in[2];
    s->known = node_align(n, x, in);
    if (in[0]->failed || in[1]->failed) return false;
    table_append(&s->left, in[0]);
    table_append(&s->right, in[1]);
    for (size_t r = 0; r < in[1]->n; r++) s->sides.wide |= in[1]->from[r] != in[1]->to[r];
    if (!node_begin(n, window_settled(&x->time, n->p->bound, s->known, n->next)))
        return !s->left.failed && !s->right.failed;
    if (!sides_left(&s->sides, n, &s->left) || !sides_sources(&s->sides, &s->right)) return false;
    n->out.wild = s->right.wild;
    bool wild = s->left.wild || s->right.wild || s->left.somewhere;
    for (uint32_t g = 0; g < s->sides.tuples.map.n; g++) {
        sides_tuple(&s->sides, n, &s->left, g, wild, s->known);
        if (!one_tuple(n, x, g)) return false;
    }
    if (!sides_done(&s->sides, n, x, true)) return false;
    forget(&s->left, n->next);
    forget(&s->right, n->next);
    return !s->left.failed && !s->right.failed && node_done(n);
}

const struct op op_until = {.name = "until",
                            .state_size = sizeof(struct until),
                            .init = until_init,
                            .step = until_step,
                            .free = until_free};
