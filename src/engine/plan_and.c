/* Conjunctions: in which order, and by which operators.
 *
 * Greedy: whatever filters or extends the tuples at hand (comparisons, assignments, negations) goes as
 * soon as its variables are bound; then the first relation that shares a variable with them, else
 * the first that is left.  Filters that follow each other are one node. */
#include "engine/build.h"

struct conjunction {
    struct builder *b;
    const struct formula *f;
    enum polarity polarity;
    bool *done;
    uint32_t node; /* what is joined so far; BUILD_FAILED = nothing */
    struct condition *chain;
    uint32_t n_chain;
    uint32_t *vars; /* columns after the chain, ascending */
    uint32_t n_vars;
};

static bool has_var(const struct conjunction *c, uint32_t var)
{
    for (uint32_t k = 0; k < c->n_vars; k++)
        if (c->vars[k] == var) return true;
    return false;
}

static void add_var(struct conjunction *c, uint32_t var)
{
    if (has_var(c, var)) return;
    uint32_t k = c->n_vars++;
    for (; k > 0 && c->vars[k - 1] > var; k--) c->vars[k] = c->vars[k - 1];
    c->vars[k] = var;
}

static bool term_bound(const struct conjunction *c, const struct term *t)
{
    if (!t) return true;
    if (t->op == TERM_VAR) return has_var(c, t->var);
    return term_bound(c, t->a) && term_bound(c, t->b);
}

static bool is_filter(const struct formula *f)
{
    if (f->op == F_NOT) f = f->sub[0];
    return f->op == F_COMPARE || f->op == F_ASSIGN;
}

/* Can a filter, assignment or negation be applied to what is bound?  An assignment to a variable that
 * is bound by then is an equation. */
static bool ready(const struct conjunction *c, const struct formula *f)
{
    bool negated = f->op == F_NOT;
    if (negated) f = f->sub[0];
    if (f->op == F_ASSIGN) return term_bound(c, f->right);
    if (f->op == F_COMPARE) {
        bool bound = term_bound(c, f->left) && term_bound(c, f->right);
        for (uint32_t k = 0; negated && bound && k < f->n_args; k++)
            bound = term_bound(c, f->args[k]);
        return bound;
    }
    for (uint32_t k = 0; k < f->n_fv; k++)
        if (!has_var(c, f->fv[k])) return false;
    return true;
}

/* ---- chains of filters ---- */

static enum compare_op mirror(enum compare_op op)
{
    switch (op) {
    case CMP_LT: return CMP_GT;
    case CMP_LE: return CMP_GE;
    case CMP_GT: return CMP_LT;
    case CMP_GE: return CMP_LE;
    default: return op;
    }
}

/* Recognise int column against int column or constant. */
static void make_fast(const struct pnode *p, struct condition *c)
{
    const struct formula *f = c->f;
    if (f->op != F_COMPARE || f->cmp > CMP_GE || f->left->type != VALUE_INT) return;
    const struct term *l = f->left, *r = f->right;
    c->cmp = f->cmp;
    if (l->op == TERM_CONST) {
        const struct term *t = l;
        l = r;
        r = t;
        c->cmp = mirror(c->cmp);
    }
    if (l->op != TERM_VAR || (r->op != TERM_VAR && r->op != TERM_CONST)) return;
    c->a = build_column(p, l->var);
    c->b = r->op == TERM_VAR ? build_column(p, r->var) : NO_COLUMN;
    c->value = r->value;
    c->fast = true;
}

static bool term_reads_strings(const struct term *t)
{
    if (!t || t->op == TERM_VAR || t->op == TERM_CONST) return false;
    return t->op >= TERM_I2S || term_reads_strings(t->a) || term_reads_strings(t->b);
}

static bool reads_strings(const struct formula *f)
{
    if (term_reads_strings(f->left) || term_reads_strings(f->right)) return true;
    if (f->op != F_COMPARE) return false;
    return f->cmp >= CMP_SUBSTRING || (f->left->type == VALUE_STRING && f->cmp != CMP_EQ);
}

/* Columns of the groups of a MATCHES that are variables. */
static bool group_columns(struct builder *b, const struct pnode *p, struct condition *c)
{
    if (c->f->op != F_COMPARE || !c->f->n_args) return true;
    uint32_t *columns = arena_array(&b->plan->arena, c->f->n_args, sizeof *columns);
    if (!columns) return false;
    for (uint32_t k = 0; k < c->f->n_args; k++) {
        const struct term *t = c->f->args[k];
        columns[k] = t && t->op == TERM_VAR ? build_column(p, t->var) : NO_COLUMN;
    }
    c->group_columns = columns;
    return true;
}

/* Turn the filters gathered so far into a node. */
static bool flush(struct conjunction *c)
{
    if (!c->n_chain) return true;
    struct builder *b = c->b;
    uint32_t n = build_node(b, &op_chain, c->f, c->polarity, c->vars, c->n_vars, 1);
    if (n == BUILD_FAILED) return false;
    struct pnode *p = &b->plan->nodes[n];
    p->in[0] = c->node;
    p->map[0] = build_columns(b, c->node, c->vars, c->n_vars);
    p->n_conditions = c->n_chain;
    p->conditions = arena_array(&b->plan->arena, c->n_chain, sizeof *p->conditions);
    if (!p->conditions || b->fault) return false;
    for (uint32_t i = 0; i < c->n_chain; i++) {
        p->conditions[i] = c->chain[i];
        const struct formula *f = c->chain[i].f;
        if (f->op == F_ASSIGN) p->conditions[i].out = build_column(p, f->result);
        make_fast(p, &p->conditions[i]);
        if (reads_strings(f)) b->plan->reads_strings = true;
        if (!group_columns(b, p, &p->conditions[i])) return false;
    }
    c->n_chain = 0;
    c->node = n;
    return true;
}

static bool add_filter(struct conjunction *c, const struct formula *f)
{
    bool negated = f->op == F_NOT;
    if (negated) f = f->sub[0];
    bool *binds = arena_array(&c->b->plan->arena, f->n_args + 1u, sizeof *binds);
    if (!binds) return false;
    c->chain[c->n_chain++] = (struct condition){.f = f,
                                                .negated = negated,
                                                .check = f->op == F_ASSIGN && has_var(c, f->result),
                                                .group_binds = binds};
    if (f->op == F_ASSIGN) add_var(c, f->result);
    for (uint32_t k = 0; f->op == F_COMPARE && k < f->n_args; k++) {
        if (!f->args[k] || f->args[k]->op != TERM_VAR) continue;
        binds[k] = !has_var(c, f->args[k]->var);
        add_var(c, f->args[k]->var);
    }
    return true;
}

/* ---- relations ---- */

static bool set_keys(struct conjunction *c, uint32_t n, uint32_t left, uint32_t right,
                     const uint32_t *vars, uint32_t n_vars)
{
    struct pnode *p = &c->b->plan->nodes[n];
    p->in[0] = left;
    p->in[1] = right;
    p->n_key = n_vars;
    p->key[0] = build_columns(c->b, left, vars, n_vars);
    p->key[1] = build_columns(c->b, right, vars, n_vars);
    p->map[0] = build_columns(c->b, left, p->vars, p->ncols);
    p->map[1] = build_columns(c->b, right, p->vars, p->ncols);
    return !c->b->fault;
}

static bool deny(struct conjunction *c, const struct formula *g)
{
    uint32_t right = build(c->b, g, polarity_flip(c->polarity));
    if (right == BUILD_FAILED || !flush(c)) return false;
    uint32_t left = c->node;
    c->node = build_node(c->b, &op_anti, c->f, c->polarity, c->vars, c->n_vars, 2);
    return c->node != BUILD_FAILED && set_keys(c, c->node, left, right, g->fv, g->n_fv);
}

static bool join(struct conjunction *c, const struct formula *g)
{
    uint32_t right = build(c->b, g, c->polarity);
    if (right == BUILD_FAILED || !flush(c)) return false;
    uint32_t left = c->node, n_shared = 0;
    uint32_t *shared = arena_array(&c->b->plan->arena, g->n_fv + 1u, sizeof *shared);
    if (!shared) return false;
    for (uint32_t k = 0; left != BUILD_FAILED && k < g->n_fv; k++)
        if (has_var(c, g->fv[k])) shared[n_shared++] = g->fv[k];
    for (uint32_t k = 0; k < g->n_fv; k++) add_var(c, g->fv[k]);
    if (left == BUILD_FAILED) {
        c->node = right;
        return true;
    }
    c->node = build_node(c->b, &op_join, c->f, c->polarity, c->vars, c->n_vars, 2);
    return c->node != BUILD_FAILED && set_keys(c, c->node, left, right, shared, n_shared);
}

/* The next relation to join: the first that shares a variable, else the first. */
static uint32_t pick(const struct conjunction *c)
{
    uint32_t first = NO_COLUMN;
    for (uint32_t i = 0; i < c->f->n_sub; i++) {
        const struct formula *g = c->f->sub[i];
        if (c->done[i] || g->op == F_NOT || is_filter(g)) continue;
        if (first == NO_COLUMN) first = i;
        for (uint32_t k = 0; k < g->n_fv; k++)
            if (has_var(c, g->fv[k])) return i;
    }
    return first;
}

/* Apply everything that is ready. */
static bool apply_ready(struct conjunction *c)
{
    for (bool again = true; again;) {
        again = false;
        for (uint32_t i = 0; i < c->f->n_sub; i++) {
            const struct formula *g = c->f->sub[i];
            if (c->done[i] || (g->op != F_NOT && !is_filter(g)) || !ready(c, g)) continue;
            c->done[i] = again = true;
            if (is_filter(g))
                add_filter(c, g);
            else if (!deny(c, g->sub[0]))
                return false;
        }
    }
    return true;
}

static bool is_unit(const struct formula *f)
{
    return f->op == F_TRUE;
}

uint32_t build_and(struct builder *b, const struct formula *f, enum polarity polarity)
{
    struct conjunction c = {.b = b, .f = f, .polarity = polarity, .node = BUILD_FAILED};
    c.done = arena_array(&b->plan->arena, f->n_sub, sizeof *c.done);
    c.chain = arena_array(&b->plan->arena, f->n_sub, sizeof *c.chain);
    uint32_t room = f->n_fv;
    for (uint32_t i = 0; i < f->n_sub; i++) room += f->sub[i]->n_fv + 1;
    c.vars = arena_array(&b->plan->arena, room + 1u, sizeof *c.vars);
    if (!c.done || !c.chain || !c.vars) {
        b->fault = true;
        return BUILD_FAILED;
    }
    bool other = false;
    for (uint32_t i = 0; i < f->n_sub; i++)
        other |= f->sub[i]->op != F_NOT && !is_filter(f->sub[i]) && !is_unit(f->sub[i]);
    for (uint32_t i = 0; i < f->n_sub; i++) c.done[i] = is_unit(f->sub[i]);
    if (!other && (c.node = build_unit(b, f, polarity)) == BUILD_FAILED) return BUILD_FAILED;
    for (;;) {
        if (c.node != BUILD_FAILED && !apply_ready(&c)) return BUILD_FAILED;
        uint32_t next = pick(&c);
        if (next == NO_COLUMN) break;
        c.done[next] = true;
        if (!join(&c, f->sub[next])) return BUILD_FAILED;
    }
    for (uint32_t i = 0; i < f->n_sub; i++)
        if (!c.done[i])
            return build_refuse(b, "unbound-variable", f->sub[i],
                                "a variable here is bound by nothing beside it");
    return flush(&c) ? c.node : BUILD_FAILED;
}
