/* PREVIOUS and NEXT: rows one position on, or back, where the time between is within the bound. */
#include "engine/node.h"

struct shift {
    struct table ahead; /* PREVIOUS: rows that begin after the region, already moved */
    struct iset near;   /* positions of the region whose neighbour is within the bound */
};

static bool shift_init(struct node *n, struct exec *x)
{
    (void)x;
    struct shift *s = n->state;
    table_init(&s->ahead, n->p->ncols);
    return !s->ahead.failed;
}

static void shift_free(struct node *n)
{
    struct shift *s = n->state;
    table_free(&s->ahead);
    iset_free(&s->near);
}

static bool within(const struct exec *x, struct bound b, int64_t earlier, int64_t later)
{
    return timeline_edge(&x->time, b.lo, earlier) <= later &&
           later <= timeline_edge(&x->time, b.hi, earlier);
}

/* s->near := positions i of the region with i-1 (by = -1) or i+1 (by = 1) there and in the bound. */
static void find_near(struct node *n, const struct exec *x, int by)
{
    struct shift *s = n->state;
    iset_clear(&s->near);
    int64_t from = n->lo, to = n->hi;
    if (by < 0 && from == x->time.first && from != INT64_MIN) from++;
    if (by > 0 && to == x->time.last && to != INT64_MAX) to--;
    if (bound_is_all(n->p->bound)) {
        iset_add(&s->near, from, to);
    } else if (x->time.clock) {
        if (within(x, n->p->bound, 0, 1)) iset_add(&s->near, from, to);
    } else {
        for (int64_t i = from; i <= to; i++) {
            int64_t a = timeline_stamp(&x->time, by < 0 ? i - 1 : i);
            int64_t b = timeline_stamp(&x->time, by < 0 ? i : i + 1);
            if (within(x, n->p->bound, a, b)) iset_add(&s->near, i, i);
        }
    }
}

/* Emit row r of t, whose positions are [from, to], where near. */
static void emit(struct node *n, const struct table *t, size_t r, int64_t from, int64_t to)
{
    struct shift *s = n->state;
    for (size_t i = iset_find(&s->near, from); i < s->near.n && s->near.items[i].from <= to; i++)
        table_copy_row(&n->out, t, r, max64(from, s->near.items[i].from),
                       min64(to, s->near.items[i].to));
}

static bool prev_step(struct node *n, struct exec *x)
{
    struct shift *s = n->state;
    const struct node *c = node_input(n, x, 0);
    bool has_new = c->lo <= c->hi;
    int64_t known = has_new ? c->hi : sat_prev(c->next);
    bool any = node_begin(n, min64(sat_next(known), x->upto));
    if (has_new) {
        if (c->rows->somewhere) s->ahead.somewhere = true;
        table_append(&s->ahead, c->rows);
        for (size_t r = s->ahead.n - c->rows->n; r < s->ahead.n; r++) {
            s->ahead.from[r] = sat_next(s->ahead.from[r]);
            s->ahead.to[r] = sat_next(s->ahead.to[r]);
        }
    }
    if (!any) return !s->ahead.failed;
    if (s->ahead.somewhere) table_settle(&s->ahead);
    n->out.wild = s->ahead.wild;
    find_near(n, x, -1);
    size_t keep = 0;
    for (size_t r = 0; r < s->ahead.n; r++) {
        int64_t from = s->ahead.from[r], to = s->ahead.to[r];
        emit(n, &s->ahead, r, max64(from, n->lo), min64(to, n->hi));
        if (to <= n->hi) continue;
        s->ahead.from[keep] = max64(from, n->next);
        s->ahead.to[keep] = to;
        for (uint32_t k = 0; k < n->p->ncols; k++) s->ahead.col[k][keep] = s->ahead.col[k][r];
        keep++;
    }
    s->ahead.n = keep;
    return !s->ahead.failed && !s->near.failed && node_done(n);
}

const struct op op_prev = {.name = "previous",
                           .state_size = sizeof(struct shift),
                           .init = shift_init,
                           .step = prev_step,
                           .free = shift_free};

static bool next_step(struct node *n, struct exec *x)
{
    struct shift *s = n->state;
    const struct node *c = node_input(n, x, 0);
    bool has_new = c->lo <= c->hi;
    int64_t known = has_new ? c->hi : sat_prev(c->next);
    /* What the input said of the region before reaches one position back into this one. */
    if (has_new) {
        table_append(&s->ahead, c->rows);
        for (size_t r = s->ahead.n - c->rows->n; r < s->ahead.n; r++) {
            s->ahead.from[r] = sat_prev(s->ahead.from[r]);
            s->ahead.to[r] = sat_prev(s->ahead.to[r]);
        }
    }
    bool all = x->time.ended && known == x->time.last;
    if (!node_begin(n, all ? known : sat_prev(known))) return !s->ahead.failed;
    if (s->ahead.somewhere) table_settle(&s->ahead);
    n->out.wild = s->ahead.wild;
    find_near(n, x, 1);
    for (size_t r = 0; r < s->ahead.n; r++)
        emit(n, &s->ahead, r, max64(s->ahead.from[r], n->lo), min64(s->ahead.to[r], n->hi));
    bool ok = !s->ahead.failed && !s->near.failed;
    table_clear(&s->ahead);
    return ok && node_done(n);
}

const struct op op_next = {.name = "next",
                           .state_size = sizeof(struct shift),
                           .init = shift_init,
                           .step = next_step,
                           .free = shift_free};
