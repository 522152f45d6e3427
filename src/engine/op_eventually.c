/* EVENTUALLY[a,b]: settled positions lag behind the facts by the window; sources wait in `ahead`
 * until no unsettled position can see them. */
#include "engine/window.h"

#include <stdlib.h>

struct eventually {
    struct table ahead;
    struct iset holes;
    struct coalescer join;
    bool wide;
};

static bool eventually_init(struct node *n, struct exec *x)
{
    (void)x;
    struct eventually *s = n->state;
    table_init(&s->ahead, n->p->ncols);
    coalescer_init(&s->join, n->p->ncols);
    return !s->ahead.failed;
}

static void eventually_free(struct node *n)
{
    struct eventually *s = n->state;
    table_free(&s->ahead);
    iset_free(&s->holes);
    coalescer_free(&s->join);
}

/* MUST, somewhere: certain from [latest - b, earliest - a]. */
static bool certain_eventually(struct node *n, struct exec *x, const struct table *t)
{
    struct eventually *s = n->state;
    for (size_t r = 0; r < t->n; r++) {
        int64_t from = timeline_edge_least(&x->time, n->p->bound.hi, t->to[r]);
        int64_t to = timeline_edge_greatest(&x->time, n->p->bound.lo, t->from[r]);
        from = max64(from, n->lo), to = min64(to, n->hi);
        if (from > to) continue;
        gather_all(t, r, n->words);
        if (!table_add(&n->out, from, to, n->words)) return false;
    }
    return coalesce(&s->join, &n->out) && node_done(n);
}

static void show_sources(struct node *n, struct exec *x)
{
    struct eventually *s = n->state;
    struct table *t = &s->ahead;
    size_t keep = 0;
    int64_t near_from = n->lo,
            near_to = n->lo; /* answers grow with the source: search from the last */
    for (size_t r = 0; r < t->n; r++) {
        int64_t fs = timeline_stamp(&x->time, max64(t->from[r], n->lo));
        int64_t ts = timeline_stamp(&x->time, t->to[r]);
        int64_t from = window_future_from(&x->time, n->p->bound, fs, near_from);
        int64_t to = window_future_to(&x->time, n->p->bound, t->to[r], ts, near_to);
        near_from = from;
        near_to = max64(near_to, to);
        if (from <= min64(to, n->hi)) table_copy_row(&n->out, t, r, from, min64(to, n->hi));
        if (to <= n->hi) continue;
        t->from[keep] = t->from[r];
        t->to[keep] = t->to[r];
        for (uint32_t k = 0; k < t->ncols; k++) t->col[k][keep] = t->col[k][r];
        keep++;
    }
    t->n = keep;
}

static bool eventually_step(struct node *n, struct exec *x)
{
    struct eventually *s = n->state;
    const struct node *c = node_input(n, x, 0);
    bool has_new = c->lo <= c->hi;
    if (has_new) {
        if (c->rows->failed) return false;
        s->wide |= c->rows->wide;
        table_append(&s->ahead, c->rows);
        for (size_t r = s->ahead.n - c->rows->n; r < s->ahead.n; r++)
            s->wide |= s->ahead.from[r] != s->ahead.to[r];
    }
    int64_t known = has_new ? c->hi : sat_prev(c->next);
    if (!node_begin(n, window_settled(&x->time, n->p->bound, known, n->next)))
        return !s->ahead.failed;
    n->out.wild = s->ahead.wild;
    if (s->ahead.somewhere) return certain_eventually(n, x, &s->ahead);
    show_sources(n, x);
    if (!coalesce(&s->join, &n->out)) return false;
    if (s->wide && window_has_gaps(&x->time, n->p->bound)) {
        window_empty_future(&x->time, n->p->bound, n->lo, n->hi, &s->holes);
        if (!window_punch(&n->out, &s->holes)) return false;
    }
    return !s->ahead.failed && node_done(n);
}

const struct op op_eventually = {.name = "eventually",
                                 .state_size = sizeof(struct eventually),
                                 .init = eventually_init,
                                 .step = eventually_step,
                                 .free = eventually_free};
