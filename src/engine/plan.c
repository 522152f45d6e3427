/* From core formulas to plan nodes: everything but conjunctions, LETPAST and paths. */
#include "engine/build.h"
#include "engine/path.h"
#include "logic/safe.h"

#include <stdlib.h>

enum polarity polarity_flip(enum polarity p)
{
    return p == POLARITY_MUST ? POLARITY_MAY : p == POLARITY_MAY ? POLARITY_MUST : p;
}

uint32_t build_refuse(struct builder *b, const char *code, const struct formula *f,
                      const char *what)
{
    diag_add(b->d, SEVERITY_ERROR, code, f->at, "%s", what);
    return BUILD_FAILED;
}

static uint32_t fault(struct builder *b)
{
    b->fault = true;
    return BUILD_FAILED;
}

uint32_t build_node(struct builder *b, const struct op *op, const struct formula *f,
                    enum polarity polarity, const uint32_t *vars, uint32_t ncols, uint32_t n_in)
{
    struct plan *p = b->plan;
    size_t cap = p->cap;
    struct pnode *nodes = arena_grow(&p->arena, p->nodes, p->n, &cap, sizeof *nodes);
    uint32_t *columns = arena_array(&p->arena, ncols + 1u, sizeof *columns);
    uint32_t *in = arena_array(&p->arena, n_in + 1u, sizeof *in);
    if (!nodes || !columns || !in || cap > UINT32_MAX / 2) return fault(b);
    p->nodes = nodes;
    p->cap = (uint32_t)cap;
    for (uint32_t k = 0; k < ncols; k++) columns[k] = vars[k];
    nodes[p->n] = (struct pnode){.op = op,
                                 .polarity = polarity,
                                 .ncols = ncols,
                                 .vars = columns,
                                 .n_in = n_in,
                                 .in = in,
                                 .group = NO_COLUMN,
                                 .f = f,
                                 .bound = f->bound};
    return p->n++;
}

uint32_t build_column(const struct pnode *n, uint32_t var)
{
    for (uint32_t k = 0; k < n->ncols; k++)
        if (n->vars[k] == var) return k;
    return NO_COLUMN;
}

uint32_t *build_columns(struct builder *b, uint32_t node, const uint32_t *vars, uint32_t n)
{
    uint32_t *columns = arena_array(&b->plan->arena, n + 1u, sizeof *columns);
    if (!columns) b->fault = true;
    for (uint32_t k = 0; columns && k < n; k++)
        columns[k] = build_column(&b->plan->nodes[node], vars[k]);
    return columns;
}

uint32_t build_unit(struct builder *b, const struct formula *f, enum polarity polarity)
{
    return build_node(b, &op_unit, f, polarity, NULL, 0, 0);
}

/* A node with one input and the columns of f. */
static uint32_t build_unary(struct builder *b, const struct op *op, const struct formula *f,
                            enum polarity polarity)
{
    uint32_t in = build(b, f->sub[0], polarity);
    if (in == BUILD_FAILED) return in;
    uint32_t n = build_node(b, op, f, polarity, f->fv, f->n_fv, 1);
    if (n != BUILD_FAILED) b->plan->nodes[n].in[0] = in;
    return n;
}

/* ---- predicates ---- */

static uint32_t build_input(struct builder *b, const struct formula *f, enum polarity polarity)
{
    struct plan *p = b->plan;
    uint32_t arity = b->plan->sc->preds[f->pred].arity, i = 0;
    while (i < p->n_inputs && (p->inputs[i].pred != f->pred || p->inputs[i].polarity != polarity))
        i++;
    for (uint32_t k = 0; i < p->n_inputs && k < p->n; k++)
        if (p->nodes[k].op == &op_input && p->nodes[k].input == i) return k;
    size_t cap = p->cap_inputs;
    struct plan_input *inputs = arena_grow(&p->arena, p->inputs, p->n_inputs, &cap, sizeof *inputs);
    bool *used = arena_array(&p->arena, arity + 1u, sizeof *used);
    uint32_t *vars = arena_array(&p->arena, arity + 1u, sizeof *vars);
    if (!inputs || !used || !vars) return fault(b);
    p->inputs = inputs;
    p->cap_inputs = (uint32_t)cap;
    p->inputs[p->n_inputs] = (struct plan_input){f->pred, polarity, arity, used};
    for (uint32_t k = 0; k < arity; k++) vars[k] = NO_COLUMN;
    uint32_t n = build_node(b, &op_input, f, polarity, vars, arity, 0);
    if (n != BUILD_FAILED) p->nodes[n].input = p->n_inputs++;
    return n;
}

static uint32_t build_points(struct builder *b, const struct formula *f, enum polarity polarity,
                             enum pred_kind kind)
{
    uint32_t vars[2] = {NO_COLUMN, NO_COLUMN};
    if (polarity != POLARITY_EXACT)
        return build_refuse(b, "position-in-agreement", f,
                            "tp, ts and tpts number the positions of a log; there is none here");
    uint32_t n = build_node(b, &op_points, f, polarity, vars, kind == PRED_TPTS ? 2 : 1, 0);
    if (n != BUILD_FAILED) b->plan->nodes[n].input = kind;
    return n;
}

static uint32_t build_let_use(struct builder *b, const struct formula *f, enum polarity polarity)
{
    struct binding *let = &b->lets[f->pred];
    if (let->node[polarity] == BUILD_FAILED)
        let->node[polarity] = build(b, let->let->sub[0], polarity);
    return let->node[polarity];
}

/* The argument that fills column `column` of the source. */
static const struct term *argument(struct builder *b, const struct formula *f, uint32_t source,
                                   uint32_t column)
{
    const struct binding *let = &b->lets[f->pred];
    if (!let->let) return f->args[column];
    for (uint32_t k = 0; k < let->let->n_vars; k++)
        if (let->let->vars[k] == b->plan->nodes[source].vars[column]) return f->args[k];
    return NULL;
}

static uint32_t build_pred(struct builder *b, const struct formula *f, enum polarity polarity)
{
    enum pred_kind kind = b->plan->sc->preds[f->pred].kind;
    uint32_t source = kind == PRED_EVENT ? build_input(b, f, polarity)
                      : kind == PRED_LET ? build_let_use(b, f, polarity)
                                         : build_points(b, f, polarity, kind);
    if (source == BUILD_FAILED) return source;
    uint32_t n = build_node(b, &op_scan, f, polarity, f->fv, f->n_fv, 1);
    if (n == BUILD_FAILED) return n;
    struct pnode *p = &b->plan->nodes[n];
    const struct pnode *s = &b->plan->nodes[source];
    p->in[0] = source;
    p->n_args = s->ncols;
    p->args = arena_array(&b->plan->arena, s->ncols + 1u, sizeof *p->args);
    bool *bound = arena_array(&b->plan->arena, p->ncols + 1u, sizeof *bound);
    if (!p->args || !bound) return fault(b);
    for (uint32_t k = 0; k < s->ncols; k++) {
        const struct term *t = argument(b, f, source, k);
        if (!t) continue;
        if (t->op == TERM_CONST) {
            p->args[k] = (struct arg){ARG_CONST, 0, t->value};
        } else {
            uint32_t c = build_column(p, t->var);
            p->args[k] = (struct arg){bound[c] ? ARG_SAME : ARG_BIND, c, 0};
            bound[c] = true;
        }
        if (s->op == &op_input) ((bool *)(uintptr_t)b->plan->inputs[s->input].used)[k] = true;
    }
    return n;
}

/* ---- others ---- */

static uint32_t build_or(struct builder *b, const struct formula *f, enum polarity polarity)
{
    uint32_t n_sub = f->n_sub;
    uint32_t *in = arena_array(&b->plan->arena, n_sub + 1u, sizeof *in);
    if (!in) return fault(b);
    for (uint32_t k = 0; k < n_sub; k++)
        if ((in[k] = build(b, f->sub[k], polarity)) == BUILD_FAILED) return BUILD_FAILED;
    uint32_t n = build_node(b, &op_union, f, polarity, f->fv, f->n_fv, n_sub);
    for (uint32_t k = 0; n != BUILD_FAILED && k < n_sub; k++) b->plan->nodes[n].in[k] = in[k];
    return n;
}

static uint32_t build_exists(struct builder *b, const struct formula *f, enum polarity polarity)
{
    uint32_t n = build_unary(b, &op_project, f, polarity);
    if (n == BUILD_FAILED) return n;
    uint32_t in = b->plan->nodes[n].in[0];
    b->plan->nodes[n].map[0] = build_columns(b, in, f->fv, f->n_fv);
    return b->fault ? BUILD_FAILED : n;
}

static uint32_t build_binary(struct builder *b, const struct op *op, const struct formula *f,
                             enum polarity polarity)
{
    bool negated = f->sub[0]->op == F_NOT;
    const struct formula *g = negated ? f->sub[0]->sub[0] : f->sub[0];
    uint32_t left = build(b, g, negated ? polarity_flip(polarity) : polarity);
    uint32_t right = left == BUILD_FAILED ? left : build(b, f->sub[1], polarity);
    if (right == BUILD_FAILED) return right;
    uint32_t n = build_node(b, op, f, polarity, f->fv, f->n_fv, 2);
    if (n == BUILD_FAILED) return n;
    struct pnode *p = &b->plan->nodes[n];
    p->in[0] = left;
    p->in[1] = right;
    p->negated = negated;
    p->n_key = g->n_fv;
    p->key[0] = build_columns(b, left, g->fv, g->n_fv);
    p->key[1] = build_columns(b, right, g->fv, g->n_fv);
    return b->fault ? BUILD_FAILED : n;
}

/* Does a node surely give rows of single positions?  In a trace facts are such. */
static bool gives_points(const struct builder *b, uint32_t node)
{
    const struct pnode *p = &b->plan->nodes[node];
    if (b->plan->options.clock) return false;
    if (p->op == &op_input || p->op == &op_points || p->op == &op_match) return true;
    bool all = p->op == &op_union, first = p->op == &op_anti || p->op == &op_scan ||
                                           p->op == &op_chain || p->op == &op_project ||
                                           p->op == &op_prev || p->op == &op_next;
    if (p->op == &op_join) return gives_points(b, p->in[0]) || gives_points(b, p->in[1]);
    if (first) return gives_points(b, p->in[0]);
    for (uint32_t k = 0; all && k < p->n_in; k++) all = gives_points(b, p->in[k]);
    return all;
}

/* An aggregation over ONCE[0,b] of points slides; others take their input as it is. */
static uint32_t build_agg_node(struct builder *b, const struct formula *f, enum polarity polarity)
{
    const struct formula *once = f->sub[0];
    bool slides = once->op == F_ONCE && once->bound.lo.map == MAP_NONE &&
                  once->bound.lo.seconds == 0 && once->bound.hi.map == MAP_NONE;
    uint32_t in = slides ? build(b, once->sub[0], polarity) : BUILD_FAILED;
    if (slides && in == BUILD_FAILED) return in;
    if (!slides || !gives_points(b, in)) return build_unary(b, &op_agg, f, polarity);
    uint32_t n = build_node(b, &op_slide, f, polarity, f->fv, f->n_fv, 1);
    if (n == BUILD_FAILED) return n;
    b->plan->nodes[n].in[0] = in;
    b->plan->nodes[n].bound = once->bound;
    return n;
}

static uint32_t build_agg(struct builder *b, const struct formula *f, enum polarity polarity)
{
    uint32_t n = build_agg_node(b, f, polarity);
    if (n == BUILD_FAILED) return n;
    struct pnode *p = &b->plan->nodes[n];
    p->agg = f->agg;
    p->type = b->plan->sc->vars[f->over].type;
    if (p->type == VALUE_STRING) b->plan->reads_strings = true;
    p->over = build_column(&b->plan->nodes[p->in[0]], f->over);
    p->result = build_column(p, f->result);
    p->self = NO_COLUMN;
    for (uint32_t k = 0; k < f->n_vars; k++)
        if (f->vars[k] == f->result) p->self = k;
    p->n_key = f->n_vars;
    p->key[0] = build_columns(b, p->in[0], f->vars, f->n_vars);
    p->key[1] = build_columns(b, n, f->vars, f->n_vars);
    return b->fault ? BUILD_FAILED : n;
}

static uint32_t build_let(struct builder *b, const struct formula *f, enum polarity polarity)
{
    b->lets[f->pred] = (struct binding){f, {BUILD_FAILED, BUILD_FAILED, BUILD_FAILED}};
    return build(b, f->sub[1], polarity);
}

static uint32_t build_op(struct builder *b, const struct formula *f, enum polarity polarity)
{
    switch (f->op) {
    case F_TRUE: return build_unit(b, f, polarity);
    case F_FALSE: return build_node(b, &op_empty, f, polarity, f->fv, f->n_fv, 0);
    case F_PRED: return build_pred(b, f, polarity);
    case F_AND: return build_and(b, f, polarity);
    case F_OR: return build_or(b, f, polarity);
    case F_EXISTS: return build_exists(b, f, polarity);
    case F_PREV: return build_unary(b, &op_prev, f, polarity);
    case F_NEXT: return build_unary(b, &op_next, f, polarity);
    case F_ONCE: return build_unary(b, &op_once, f, polarity);
    case F_EVENTUALLY: return build_unary(b, &op_eventually, f, polarity);
    case F_SINCE: return build_binary(b, &op_since, f, polarity);
    case F_UNTIL: return build_binary(b, &op_until, f, polarity);
    case F_AGG: return build_agg(b, f, polarity);
    case F_LET: return build_let(b, f, polarity);
    case F_LETPAST: return build_letpast(b, f, polarity);
    case F_MATCHF:
    case F_MATCHP: return build_match(b, f, polarity);
    default: return build_refuse(b, "not-core", f, "this stands where only a relation can");
    }
}

uint32_t build(struct builder *b, const struct formula *f, enum polarity polarity)
{
    for (size_t i = 0; i < b->n_memos; i++)
        if (b->memos[i].polarity == polarity && formula_same(b->plan->sc, b->memos[i].f, f))
            return b->memos[i].node;
    uint32_t n = build_op(b, f, polarity);
    if (n == BUILD_FAILED) return n;
    struct memo *memos =
        arena_grow(&b->plan->arena, b->memos, b->n_memos, &b->cap_memos, sizeof *memos);
    if (!memos) return fault(b);
    b->memos = memos;
    memos[b->n_memos++] = (struct memo){f, polarity, n};
    return n;
}

enum status plan_compile(const struct formula *f, const struct scope *sc,
                         const struct plan_options *options, struct diags *d, struct plan **out)
{
    *out = NULL;
    struct plan *p = calloc(1, sizeof *p);
    if (!p) return STATUS_FAULT;
    arena_init(&p->arena);
    p->sc = sc;
    p->options = *options;
    if (!p->options.written) p->options.written = f;
    struct builder b = {.plan = p, .d = d};
    b.lets = arena_array(&p->arena, sc->n_preds + 1, sizeof *b.lets);
    p->root = b.lets ? build(&b, f, options->polarity) : BUILD_FAILED;
    if (p->root != BUILD_FAILED && !plan_find_horizon(p)) b.fault = true;
    if (p->root == BUILD_FAILED || b.fault || p->arena.failed) {
        bool memory = b.fault || p->arena.failed;
        plan_free(p);
        return memory ? STATUS_FAULT : STATUS_INPUT;
    }
    *out = p;
    return STATUS_OK;
}

void plan_free(struct plan *p)
{
    if (!p) return;
    arena_free(&p->arena);
    free(p);
}
