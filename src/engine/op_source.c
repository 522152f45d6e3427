/* Where rows come from: facts, constants, positions; and one occurrence of a predicate over them. */
#include "engine/node.h"

#include <stdlib.h>

static bool input_step(struct node *n, struct exec *x)
{
    if (node_begin(n, x->upto)) n->rows = &x->tables[n->p->input];
    return true;
}

const struct op op_input = {.name = "facts", .step = input_step};

static bool unit_step(struct node *n, struct exec *x)
{
    if (node_begin(n, x->upto)) table_push(&n->out, n->lo, n->hi);
    return !n->out.failed;
}

const struct op op_unit = {.name = "true", .step = unit_step};

static bool empty_step(struct node *n, struct exec *x)
{
    node_begin(n, x->upto);
    return true;
}

const struct op op_empty = {.name = "false", .step = empty_step};

/* tp(i), ts(t), tpts(i,t): one row a position.  On the clock the first position is number 0. */
static bool points_step(struct node *n, struct exec *x)
{
    if (!node_begin(n, x->upto)) return true;
    uint32_t kind = n->p->input;
    for (int64_t i = n->lo; i <= n->hi; i++) {
        if (kind != PRED_TP && timeline_stamp(&x->time, i) == STAMP_END) break;
        size_t r = table_push(&n->out, i, i);
        if (r == SIZE_MAX) return false;
        uint64_t number = value_of_int(x->time.clock ? i - x->time.first : i);
        uint64_t stamp = value_of_int(timeline_stamp(&x->time, i));
        n->out.col[0][r] = kind == PRED_TS ? stamp : number;
        if (kind == PRED_TPTS) n->out.col[1][r] = stamp;
    }
    return true;
}

const struct op op_points = {.name = "positions", .step = points_step};

struct scan {
    struct table view;
    struct coalescer join;
    bool plain; /* no constant and no repeated variable: columns are only chosen */
};

static bool scan_init(struct node *n, struct exec *x)
{
    struct scan *s = n->state;
    table_init(&s->view, n->p->ncols);
    s->view.view = true;
    coalescer_init(&s->join, n->p->ncols);
    s->join.points = !x->time.clock;
    s->plain = true;
    for (uint32_t k = 0; k < n->p->n_args; k++)
        if (n->p->args[k].kind == ARG_CONST || n->p->args[k].kind == ARG_SAME) s->plain = false;
    return !s->view.failed;
}

static void scan_free(struct node *n)
{
    struct scan *s = n->state;
    table_free(&s->view);
    coalescer_free(&s->join);
}

static void view_of(struct node *n, const struct table *t)
{
    struct scan *s = n->state;
    s->view.from = t->from;
    s->view.to = t->to;
    for (uint32_t k = 0; k < n->p->n_args; k++)
        if (n->p->args[k].kind == ARG_BIND) s->view.col[n->p->args[k].column] = t->col[k];
    s->view.n = t->n;
    s->view.somewhere = t->somewhere;
    s->view.wild = t->wild;
    s->view.wide = t->wide;
    n->rows = &s->view;
}

/* Row r of t as a tuple of the occurrence, in n->words; false when it does not match. */
static bool match_row(struct node *n, const struct table *t, size_t r)
{
    for (uint32_t k = 0; k < n->p->n_args; k++) {
        const struct arg *a = &n->p->args[k];
        if (a->kind == ARG_IGNORE) continue;
        uint64_t v = t->col[k][r];
        if (a->kind == ARG_BIND) {
            n->words[a->column] = v;
        } else if (a->kind == ARG_CONST) {
            if (v != a->value && !(t->wild && v == VALUE_WILD)) return false;
        } else if (v != n->words[a->column]) {
            if (!t->wild) return false;
            if (n->words[a->column] == VALUE_WILD)
                n->words[a->column] = v;
            else if (v != VALUE_WILD)
                return false;
        }
    }
    return true;
}

static bool scan_step(struct node *n, struct exec *x)
{
    struct scan *s = n->state;
    const struct node *c = node_input(n, x, 0);
    if (!node_begin(n, c->hi)) return true;
    const struct table *t = c->rows;
    bool keep_apart = t->somewhere && n->p->polarity == POLARITY_MUST;
    if (s->plain && (keep_apart || (!t->somewhere && rows_apart(t)))) {
        view_of(n, t);
        return true;
    }
    n->out.wild = t->wild;
    for (size_t r = 0; r < t->n; r++)
        if (match_row(n, t, r)) table_add(&n->out, t->from[r], t->to[r], n->words);
    n->out.somewhere = keep_apart;
    if (!coalesce(&s->join, &n->out)) return false;
    return node_done(n);
}

const struct op op_scan = {.name = "scan",
                           .state_size = sizeof(struct scan),
                           .init = scan_init,
                           .step = scan_step,
                           .free = scan_free};
