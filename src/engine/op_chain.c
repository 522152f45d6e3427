/* Filters and assignments, row by row, in the order of the plan.
 *
 * Comparisons of an int column with a constant or another int column run on the words; all else
 * evaluates terms over an environment of one word a variable.  A comparison with an undefined term is
 * false, an assignment of one drops the tuple; both are counted.  In a may plan the wildcard satisfies every comparison. */
#include "engine/node.h"
#include "logic/pattern.h"

#include <stdlib.h>

/* Patterns in use, and room for the groups of one match. */
struct chain {
    struct pattern_cache patterns;
    struct str *groups;
};

static bool chain_init(struct node *n, struct exec *x)
{
    (void)x;
    struct chain *s = n->state;
    uint32_t most = 0;
    for (uint32_t i = 0; i < n->p->n_conditions; i++)
        if (n->p->conditions[i].f->n_args > most) most = n->p->conditions[i].f->n_args;
    pattern_cache_init(&s->patterns);
    s->groups = calloc(most + 1u, sizeof *s->groups);
    return s->groups;
}

static void chain_free(struct node *n)
{
    struct chain *s = n->state;
    pattern_cache_free(&s->patterns);
    free(s->groups);
}

static bool compare_ints(enum compare_op op, int64_t a, int64_t b)
{
    switch (op) {
    case CMP_EQ: return a == b;
    case CMP_LT: return a < b;
    case CMP_LE: return a <= b;
    case CMP_GT: return a > b;
    case CMP_GE: return a >= b;
    default: return false;
    }
}

static bool term_is_wild(const struct term *t, const uint64_t *env)
{
    if (!t) return false;
    if (t->op == TERM_VAR) return env[t->var] == VALUE_WILD;
    return term_is_wild(t->a, env) || term_is_wild(t->b, env);
}

static bool eval(struct exec *x, const struct formula *f, const struct term *t, uint64_t *out)
{
    if (term_eval(t, x->env, x->strings, out, &x->fault)) return true;
    if (!x->undefined++) x->undefined_at = f->at;
    return false;
}

/* left MATCHES right: search, then compare the groups asked for, or bind them. */
static bool matches(struct node *n, struct exec *x, const struct condition *c)
{
    struct chain *s = n->state;
    const struct formula *f = c->f;
    uint64_t text, pattern;
    if (!eval(x, f, f->left, &text) || !eval(x, f, f->right, &pattern)) return false;
    struct pattern *p = pattern_cache_get(&s->patterns, x->strings, (uint32_t)pattern);
    if (s->patterns.arena.failed) x->fault = true;
    if (!p || !pattern_search(p, intern_str(x->strings, (uint32_t)text), s->groups, f->n_args))
        return false;
    for (uint32_t k = 0; k < f->n_args; k++) {
        const struct term *t = f->args[k];
        if (!t) continue;
        if (!s->groups[k].p) return false;
        uint32_t number = intern_add(x->strings, s->groups[k]);
        if (number == INTERN_NONE) x->fault = true;
        uint32_t column = c->group_columns[k];
        if (c->group_binds[k])
            n->words[column] = x->env[t->var] = number;
        else if ((column == NO_COLUMN ? t->value : n->words[column]) != number)
            return false;
    }
    return true;
}

static bool holds(struct node *n, struct exec *x, const struct condition *c)
{
    const struct formula *f = c->f;
    uint64_t a, b;
    if (c->fast) {
        a = n->words[c->a];
        b = c->b == NO_COLUMN ? c->value : n->words[c->b];
        if (n->p->polarity == POLARITY_MAY && (a == VALUE_WILD || b == VALUE_WILD)) return true;
        return compare_ints(c->cmp, value_int(a), value_int(b)) != c->negated;
    }
    if (n->p->polarity == POLARITY_MAY &&
        (term_is_wild(f->left, x->env) || term_is_wild(f->right, x->env)))
        return true;
    bool yes;
    if (f->cmp == CMP_MATCHES)
        yes = matches(n, x, c);
    else
        yes = eval(x, f, f->left, &a) && eval(x, f, f->right, &b) &&
              compare_words(f->cmp, x->strings, f->left->type, a, b);
    return yes != c->negated;
}

static bool assign(struct node *n, struct exec *x, const struct condition *c)
{
    uint64_t v;
    if (n->p->polarity == POLARITY_MAY && term_is_wild(c->f->right, x->env))
        v = VALUE_WILD;
    else if (!eval(x, c->f, c->f->right, &v))
        return false;
    if (c->check && v != VALUE_WILD && n->words[c->out] != VALUE_WILD) return n->words[c->out] == v;
    if (c->check && v == VALUE_WILD) return true;
    n->words[c->out] = v;
    x->env[c->f->result] = v;
    return true;
}

static bool chain_step(struct node *n, struct exec *x)
{
    const struct node *in = node_input(n, x, 0);
    const struct pnode *p = n->p;
    if (!node_begin(n, in->hi)) return true;
    const struct table *t = in->rows;
    bool slow = false;
    for (uint32_t i = 0; i < p->n_conditions; i++) slow |= !p->conditions[i].fast;
    for (size_t r = 0; r < t->n; r++) {
        for (uint32_t k = 0; k < p->ncols; k++) {
            if (p->map[0][k] == NO_COLUMN) continue;
            n->words[k] = t->col[p->map[0][k]][r];
            if (slow) x->env[p->vars[k]] = n->words[k];
        }
        bool pass = true;
        for (uint32_t i = 0; pass && i < p->n_conditions; i++) {
            const struct condition *c = &p->conditions[i];
            pass = c->f->op == F_ASSIGN ? assign(n, x, c) : holds(n, x, c);
        }
        if (x->fault) return false;
        if (pass && !table_add(&n->out, t->from[r], t->to[r], n->words)) return false;
    }
    n->out.somewhere = t->somewhere;
    n->out.wild = t->wild;
    return node_done(n);
}

const struct op op_chain = {.name = "filter",
                            .state_size = sizeof(struct chain),
                            .init = chain_init,
                            .step = chain_step,
                            .free = chain_free};
