/* LETPAST: a relation defined by its own past.
 *
 * The nodes of the definition that depend on the relation form a *group*: they are not run with the
 * others but by this node's loop, one position at a time.  Inside, op_past gives the relation before
 * the current position, and op_slice gives nodes outside the group position by position. */
#include "engine/node.h"

#include <stdlib.h>

struct letpast {
    struct table previous; /* the relation at the position before */
};

static bool letpast_init(struct node *n, struct exec *x)
{
    (void)x;
    struct letpast *s = n->state;
    table_init(&s->previous, n->p->ncols);
    return !s->previous.failed;
}

static void letpast_free(struct node *n)
{
    struct letpast *s = n->state;
    table_free(&s->previous);
}

/* How far the outer nodes have come, and let the slices take what is new. */
static int64_t absorb(struct node *n, struct exec *x, uint32_t self)
{
    int64_t upto = x->upto;
    for (uint32_t i = 0; i < self; i++) {
        struct node *s = &x->nodes[i];
        if (s->p->group != self || s->p->op != &op_slice) continue;
        const struct node *outer = node_input(s, x, 0);
        bool has_new = outer->lo <= outer->hi;
        if (has_new) table_append(&s->pend[0], outer->rows);
        upto = min64(upto, has_new ? outer->hi : sat_prev(outer->next));
        if (s->pend[0].failed) n->out.failed = true;
    }
    return upto;
}

static bool one_position(struct node *n, struct exec *x, uint32_t self)
{
    struct letpast *s = n->state;
    for (int slices = 1; slices >= 0; slices--) /* slices first: they stand after their readers */
        for (uint32_t i = 0; i < self; i++) {
            struct node *m = &x->nodes[i];
            if (m->p->group != self || (m->p->op == &op_slice) != slices) continue;
            if (!m->p->op->step(m, x)) return false;
        }
    const struct table *rows = node_input(n, x, 0)->rows;
    table_clear(&s->previous);
    table_append(&s->previous, rows);
    table_append(&n->out, rows);
    return !s->previous.failed && !n->out.failed;
}

static bool letpast_step(struct node *n, struct exec *x)
{
    uint32_t self = (uint32_t)(n - x->nodes);
    int64_t upto = absorb(n, x, self);
    if (n->out.failed) return false;
    if (!node_begin(n, upto)) return true;
    int64_t saved = x->upto;
    bool ok = true;
    for (int64_t at = n->lo; ok && at <= n->hi; at++) {
        x->upto = at;
        ok = one_position(n, x, self);
    }
    x->upto = saved;
    return ok && node_done(n);
}

const struct op op_letpast = {.name = "let past",
                              .state_size = sizeof(struct letpast),
                              .init = letpast_init,
                              .step = letpast_step,
                              .free = letpast_free};

static bool past_step(struct node *n, struct exec *x)
{
    if (!node_begin(n, sat_prev(x->upto))) return true;
    const struct letpast *s = x->nodes[n->p->input].state;
    n->rows = &s->previous;
    return true;
}

const struct op op_past = {.name = "past of", .step = past_step};

/* pend[0] from `head` on: rows that go on, then rows not begun. */
struct slice {
    size_t head;
};

static bool slice_step(struct node *n, struct exec *x)
{
    struct slice *s = n->state;
    struct table *t = &n->pend[0];
    if (!node_begin(n, x->upto)) return true;
    size_t end = s->head;
    for (; end < t->n && t->from[end] <= n->hi; end++)
        table_copy_row(&n->out, t, end, max64(t->from[end], n->lo), min64(t->to[end], n->hi));
    size_t w = end; /* move the rows that go on up against those not begun */
    for (size_t r = end; r-- > s->head;) {
        if (t->to[r] <= n->hi) continue;
        w--;
        t->from[w] = t->from[r];
        t->to[w] = t->to[r];
        for (uint32_t k = 0; k < t->ncols; k++) t->col[k][w] = t->col[k][r];
    }
    s->head = w;
    if (s->head > 1024 && s->head * 2 > t->n) {
        table_drop(t, s->head);
        s->head = 0;
    }
    return node_done(n);
}

const struct op op_slice = {
    .name = "slice", .state_size = sizeof(struct slice), .step = slice_step};
