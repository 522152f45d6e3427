/* The graph of preconditions: deadlocks, what breaks them, an order with dates. */
#include "talks/explain.h"
#include "talks/views.h"

static const struct statement *link_statement(const struct sequence *s, uint32_t link)
{
    return &s->graph.t->statements[s->graph.links[link].statement];
}

static void circle_print(const struct sequence *s, const struct deadlock *d, struct buf *out)
{
    for (uint32_t i = 0; i < d->n_nodes; i++) {
        node_print(&s->graph, d->nodes[i], out);
        buf_puts(out, " waits for ");
    }
    node_print(&s->graph, d->nodes[0], out);
}

static void interims_print(const struct talks *t, const struct position *q, struct buf *out)
{
    for (uint32_t i = 0; i < t->n_interims; i++)
        if (positions_meet(&t->interims[i].for_, q))
            buf_fmt(out, ", such as the declared %.*s (%.*s)", STR_ARG(t->interims[i].name),
                    STR_ARG(t->interims[i].label));
}

void change_print(const struct sequence *s, const struct change *c, struct buf *out)
{
    const struct talks *t = s->graph.t;
    if (c->kind == CHANGE_TOGETHER) {
        const struct deadlock *d = &s->deadlocks[c->deadlock];
        buf_puts(out, "simultaneous steps: ");
        for (uint32_t i = 0; i < d->n_nodes; i++) {
            if (i) buf_puts(out, ", ");
            node_print(&s->graph, d->nodes[i], out);
        }
        buf_puts(out, " at the same time");
        return;
    }
    const struct statement *x = link_statement(s, c->link);
    if (c->kind == CHANGE_INTERIM) {
        buf_puts(out, "an interim guarantee stands in for ");
        position_print(t, &x->q, out);
        buf_puts(out, " until it holds, so that ");
        position_print(t, &x->p, out);
        buf_puts(out, " can come first");
        interims_print(t, &x->q, out);
        buf_fmt(out, " [%.*s]", STR_ARG(x->name));
    } else if (x->origin == ORIGIN_ASSUMED) {
        buf_puts(out, "the assumption does not hold that ");
        statement_print(t, x, out);
        buf_fmt(out, " [%.*s, an assumption]", STR_ARG(x->name));
    } else {
        speaker_print(t, x, out);
        buf_puts(out, " withdraws the precondition that ");
        position_print(t, &x->p, out);
        buf_fmt(out, " %s ", x->act == ACT_ACCEPT ? "only if" : talks_acts[x->act].stance);
        position_print(t, &x->q, out);
        buf_fmt(out, " [%.*s]", STR_ARG(x->name));
    }
}

static void order_print(const struct sequence *s, const struct placed *order, size_t n,
                        const char *indent, struct buf *out)
{
    bool undeclared = false;
    for (size_t i = 0; i < n; i++) {
        buf_fmt(out, "%s%zu. ", indent, i + 1);
        day_print(order[i].holds, out);
        buf_puts(out, "  ");
        node_print(&s->graph, order[i].node, out);
        if (i && order[i].holds == order[i - 1].holds) buf_puts(out, " (the same day)");
        buf_putc(out, '\n');
        undeclared = undeclared || !order[i].declared;
    }
    if (undeclared && n)
        buf_fmt(out,
                "%s(earliest dates; a step whose duration is not declared is counted as one day)\n",
                indent);
}

static bool of_part(const struct sequence *s, uint32_t part, size_t *n_deadlocks)
{
    *n_deadlocks = 0;
    for (size_t i = 0; i < s->n_deadlocks; i++) *n_deadlocks += s->deadlocks[i].part == part;
    return *n_deadlocks > 0;
}

static void graph_text(const struct sequence *s, struct buf *out)
{
    const struct graph *g = &s->graph;
    buf_puts(out, "What waits for what\n");
    for (size_t i = 0; i < g->n_links && i < 200; i++) {
        const struct statement *x = link_statement(s, (uint32_t)i);
        buf_puts(out, "  ");
        position_print(g->t, &x->p, out);
        buf_fmt(out, " %s ", x->act == ACT_ACCEPT ? "only if" : talks_acts[x->act].stance);
        position_print(g->t, &x->q, out);
        buf_fmt(out, "  [%.*s%s]\n", STR_ARG(x->name),
                x->origin == ORIGIN_ASSUMED ? ", an assumption" : "");
    }
    if (g->n_links > 200) buf_fmt(out, "  … and %zu more\n", g->n_links - 200);
    if (g->n_links == 0) buf_puts(out, "  nothing waits for anything\n");
}

static void breaks_text(struct arena *a, const struct sequence *s, uint32_t part, struct buf *out)
{
    buf_puts(out, "  What breaks it, each by itself; none is preferred\n");
    for (size_t i = 0; i < s->n_breaks; i++) {
        const struct break_set *b = &s->breaks[i];
        if (b->part != part) continue;
        for (uint32_t k = 0; k < b->n; k++) {
            buf_puts(out, k ? "      and " : "    - ");
            change_print(s, &b->changes[k], out);
            buf_putc(out, '\n');
        }
        struct placed *order;
        size_t n;
        if (s->graph.n_nodes > 40) continue;
        if (!sequence_order(a, s, b, &order, &n))
            out->failed = true;
        else
            order_print(s, order, n, "        ", out);
    }
}

void sequence_text(struct arena *a, const struct sequence *s, struct buf *out)
{
    graph_text(s, out);
    size_t n;
    for (uint32_t part = 0; part < s->graph.n_parts; part++) {
        if (!of_part(s, part, &n)) continue;
        for (size_t i = 0; i < s->n_deadlocks; i++) {
            const struct deadlock *d = &s->deadlocks[i];
            if (d->part != part) continue;
            buf_fmt(out, "\nDeadlock %zu%s\n  ", i + 1,
                    d->assumed ? ", by way of assumptions" : "");
            circle_print(s, d, out);
            buf_putc(out, '\n');
            for (uint32_t k = 0; k < d->n; k++)
                text_statement(s->graph.t, d->statements[k], "  ", out);
        }
        breaks_text(a, s, part, out);
    }
    if (s->n_deadlocks == 0) buf_puts(out, "\nNo deadlock: the preconditions admit an order.\n");
    buf_puts(out, s->n_deadlocks ? "\nWhat no deadlock holds up, in a feasible order\n"
                                 : "\nA feasible order\n");
    if (s->n_order)
        order_print(s, s->order, s->n_order, "  ", out);
    else
        buf_puts(out, "  nothing\n");
}

/* --- JSON ------------------------------------------------------------------------------------ */

/* The nodes of a deadlock as the list `name`, and the statements that make it. */
static void json_circle(struct jsonl *j, const char *name, const struct graph *g,
                        const struct deadlock *d)
{
    struct buf b;
    buf_init(&b);
    jsonl_open(j, name, '[');
    for (uint32_t i = 0; i < d->n_nodes; i++) {
        buf_clear(&b);
        node_print(g, d->nodes[i], &b);
        jsonl_text(j, NULL, buf_str(&b));
    }
    jsonl_close(j, ']');
    json_statements(j, "statements", g->t, d->statements, d->n);
    buf_free(&b);
}

static void change_json(struct jsonl *j, const struct sequence *s, const struct change *c)
{
    static const char *const kinds[] = {"withdraw", "interim guarantee", "simultaneous"};
    struct buf b;
    buf_init(&b);
    jsonl_open(j, NULL, '{');
    jsonl_text(j, "kind", str_of(kinds[c->kind]));
    change_print(s, c, &b);
    jsonl_text(j, "what", buf_str(&b));
    if (c->kind == CHANGE_TOGETHER) {
        const struct deadlock *d = &s->deadlocks[c->deadlock];
        json_circle(j, "steps", &s->graph, d);
    } else {
        uint32_t x = s->graph.links[c->link].statement;
        json_statements(j, "statements", s->graph.t, &x, 1);
        jsonl_bool(j, "assumption", s->graph.t->statements[x].origin == ORIGIN_ASSUMED);
    }
    jsonl_close(j, '}');
    buf_free(&b);
}

static void order_json(struct jsonl *j, const struct sequence *s, const struct placed *order,
                       size_t n)
{
    struct buf b;
    buf_init(&b);
    jsonl_open(j, "order", '[');
    for (size_t i = 0; i < n; i++) {
        jsonl_open(j, NULL, '{');
        buf_clear(&b);
        node_print(&s->graph, order[i].node, &b);
        jsonl_text(j, "step", buf_str(&b));
        json_day(j, "begins", order[i].begins);
        json_day(j, "holds", order[i].holds);
        jsonl_bool(j, "duration_declared", order[i].declared);
        jsonl_close(j, '}');
    }
    jsonl_close(j, ']');
    buf_free(&b);
}

static void deadlock_json(struct arena *a, struct jsonl *j, const struct sequence *s,
                          const struct deadlock *d)
{
    struct buf b;
    buf_init(&b);
    jsonl_open(j, NULL, '{');
    jsonl_text(j, "view", STR("deadlock"));
    json_circle(j, "cycle", &s->graph, d);
    jsonl_bool(j, "rests_on_assumption", d->assumed);
    jsonl_open(j, "breaks", '[');
    for (size_t i = 0; i < s->n_breaks; i++) {
        const struct break_set *x = &s->breaks[i];
        if (x->part != d->part) continue;
        jsonl_open(j, NULL, '{');
        jsonl_open(j, "changes", '[');
        for (uint32_t k = 0; k < x->n; k++) change_json(j, s, &x->changes[k]);
        jsonl_close(j, ']');
        jsonl_bool(j, "only_assumptions", x->assumed);
        struct placed *order;
        size_t n;
        if (s->graph.n_nodes <= 40 && sequence_order(a, s, x, &order, &n))
            order_json(j, s, order, n);
        jsonl_close(j, '}');
    }
    jsonl_close(j, ']');
    buf_clear(&b);
    circle_print(s, d, &b);
    jsonl_text(j, "why", buf_str(&b));
    jsonl_close(j, '}');
    jsonl_line(j);
    buf_free(&b);
}

void sequence_json(struct arena *a, const struct sequence *s, struct buf *out)
{
    struct jsonl j = {out, false};
    for (size_t i = 0; i < s->n_deadlocks; i++) deadlock_json(a, &j, s, &s->deadlocks[i]);
    jsonl_open(&j, NULL, '{');
    jsonl_text(&j, "view", STR("order"));
    order_json(&j, s, s->order, s->n_order);
    jsonl_number(&j, "deadlocks", (int64_t)s->n_deadlocks);
    jsonl_close(&j, '}');
    jsonl_line(&j);
}
