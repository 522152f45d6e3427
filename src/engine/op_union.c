/* OR and EXISTS: rows of several inputs, or of fewer columns, with equal tuples merged. */
#include "engine/node.h"

#include <stdlib.h>

struct merge {
    struct coalescer join;
    struct table view;
    size_t *at;
    const struct table **in;
};

static bool merge_init(struct node *n, struct exec *x)
{
    struct merge *m = n->state;
    coalescer_init(&m->join, n->p->ncols);
    m->join.points = !x->time.clock;
    table_init(&m->view, n->p->ncols);
    m->view.view = true;
    m->at = calloc(n->p->n_in, sizeof *m->at);
    m->in = calloc(n->p->n_in, sizeof *m->in);
    return !m->view.failed && m->at && m->in;
}

static void merge_free(struct node *n)
{
    struct merge *m = n->state;
    coalescer_free(&m->join);
    table_free(&m->view);
    free(m->at);
    free(m->in);
}

/* Somewhere rows stay so only when every input is of that kind or of points. */
static bool all_somewhere(const struct node *n, const struct table *const *in)
{
    bool any = false;
    for (uint32_t k = 0; k < n->p->n_in; k++) {
        any |= in[k]->somewhere;
        if (in[k]->somewhere) continue;
        for (size_t r = 0; r < in[k]->n; r++)
            if (in[k]->from[r] != in[k]->to[r]) return false;
    }
    return any;
}

static bool union_step(struct node *n, struct exec *x)
{
    struct merge *m = n->state;
    if (!node_begin(n, node_align(n, x, m->in))) return true;
    bool somewhere = all_somewhere(n, m->in);
    for (uint32_t k = 0; k < n->p->n_in; k++) {
        m->at[k] = 0;
        n->out.wild |= m->in[k]->wild;
        if (m->in[k]->failed) return false;
    }
    for (;;) { /* the input whose next row begins first; few inputs, so a scan */
        uint32_t best = NO_COLUMN;
        for (uint32_t k = 0; k < n->p->n_in; k++) {
            if (m->at[k] == m->in[k]->n) continue;
            if (best == NO_COLUMN || m->in[k]->from[m->at[k]] < m->in[best]->from[m->at[best]])
                best = k;
        }
        if (best == NO_COLUMN) break;
        const struct table *t = m->in[best];
        size_t r = m->at[best]++;
        if (t->somewhere && !somewhere && t->from[r] != t->to[r]) continue;
        table_copy_row(&n->out, t, r, t->from[r], t->to[r]);
    }
    n->out.somewhere = somewhere;
    return coalesce(&m->join, &n->out) && node_done(n);
}

const struct op op_union = {.name = "union",
                            .state_size = sizeof(struct merge),
                            .init = merge_init,
                            .step = union_step,
                            .free = merge_free};

/* A projection is a choice of columns; only where rows may meet are they copied and merged. */
static bool project_step(struct node *n, struct exec *x)
{
    struct merge *m = n->state;
    const struct node *c = node_input(n, x, 0);
    if (!node_begin(n, c->hi)) return true;
    const struct table *t = c->rows;
    m->view.from = t->from;
    m->view.to = t->to;
    for (uint32_t k = 0; k < n->p->ncols; k++) m->view.col[k] = t->col[n->p->map[0][k]];
    m->view.n = t->n;
    m->view.somewhere = t->somewhere;
    m->view.wild = t->wild;
    m->view.wide = t->wide;
    n->rows = &m->view;
    if (t->somewhere || (m->join.points ? rows_apart(t) : rows_maximal(&m->view))) return true;
    table_append(&n->out, &m->view);
    return coalesce(&m->join, &n->out) && node_done(n);
}

const struct op op_project = {.name = "project",
                              .state_size = sizeof(struct merge),
                              .init = merge_init,
                              .step = project_step,
                              .free = merge_free};
