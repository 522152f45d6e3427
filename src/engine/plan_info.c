/* What a plan tells about itself. */
#include "engine/node.h"

size_t plan_inputs(const struct plan *p, const struct plan_input **inputs)
{
    *inputs = p->inputs;
    return p->n_inputs;
}

size_t plan_columns(const struct plan *p, const uint32_t **vars)
{
    *vars = p->nodes[p->root].vars;
    return p->nodes[p->root].ncols;
}

bool plan_reads_strings(const struct plan *p)
{
    return p->reads_strings;
}

/* The farthest that an edge reaches, in seconds. */
static int64_t reach(struct edge e)
{
    return e.map != MAP_NONE ? INSTANT_MAX : e.seconds;
}

static int64_t plus(int64_t a, int64_t b)
{
    return a == INSTANT_MAX || b == INSTANT_MAX ? INSTANT_MAX : sat_add(a, b);
}

static struct plan_horizon own_horizon(const struct pnode *n)
{
    struct plan_horizon h = {0, 0, 0, 0};
    const struct op *o = n->op;
    bool match = o == &op_match, back = match && n->f->op == F_MATCHP;
    if (o == &op_once || o == &op_since || o == &op_slide || back) h.past = reach(n->bound.hi);
    if (o == &op_eventually || o == &op_until || (match && !back)) h.future = reach(n->bound.hi);
    if (o == &op_prev) h.past_positions = 1;
    if (o == &op_next) h.future_positions = 1;
    if (o == &op_letpast || o == &op_past) h.past = INSTANT_MAX;
    return h;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

struct plan_horizon plan_horizon(const struct plan *p)
{
    return p->horizon;
}

bool plan_find_horizon(struct plan *p)
{
    struct plan_horizon *h = arena_array(&p->arena, p->n + 1u, sizeof *h);
    if (!h) return false;
    for (uint32_t i = 0; i < p->n;
         i++) { /* inputs first; a slice's input may come later only within
                                             LETPAST, which is unbounded anyway */
        struct plan_horizon own = own_horizon(&p->nodes[i]), in = {0, 0, 0, 0};
        for (uint32_t k = 0; k < p->nodes[i].n_in; k++) {
            struct plan_horizon c = h[p->nodes[i].in[k]];
            in.past = most(in.past, c.past);
            in.future = most(in.future, c.future);
            in.past_positions = most(in.past_positions, c.past_positions);
            in.future_positions = most(in.future_positions, c.future_positions);
        }
        h[i] = (struct plan_horizon){plus(in.past, own.past), plus(in.future, own.future),
                                     in.past_positions + own.past_positions,
                                     in.future_positions + own.future_positions};
    }
    p->horizon = h[p->root];
    return true;
}

void plan_print(const struct plan *p, struct buf *out)
{
    static const char *const sign[] = {"", " must", " may"};
    for (uint32_t i = 0; i < p->n; i++) {
        const struct pnode *n = &p->nodes[i];
        buf_fmt(out, "%u: %s%s%s", i, n->op->name, n->negated ? " not" : "", sign[n->polarity]);
        for (uint32_t k = 0; k < n->n_in; k++) buf_fmt(out, " #%u", n->in[k]);
        buf_puts(out, " (");
        for (uint32_t k = 0; k < n->ncols; k++) {
            struct str name =
                n->vars[k] == NO_COLUMN ? STR("_") : scope_var_name(p->sc, n->vars[k]);
            buf_fmt(out, "%s%.*s", k ? "," : "", STR_ARG(name));
        }
        buf_fmt(out, ")%s\n", i == p->root ? " *" : "");
    }
}
