/* Deadlocks, what breaks them, and an order with dates.  See order.h. */
#include "talks/order.h"

struct searcher {
    struct arena *arena;
    struct sequence *out;
    uint32_t part;
    uint64_t until_ms;
    uint32_t *link;         /* first search: thing i of the set is this link */
    struct change *changes; /* second search: thing i is that this change is not made */
    uint32_t n;
    bool failed;
};

static bool late(const struct searcher *s)
{
    return s->until_ms && clock_ms() >= s->until_ms;
}

/* --- deadlocks ------------------------------------------------------------------------------- */

static enum oracle_answer check_links(void *context, bool *set)
{
    struct searcher *s = context;
    const struct graph *g = &s->out->graph;
    if (late(s)) return ORACLE_UNKNOWN;
    struct arena scratch;
    arena_init(&scratch);
    bool *out = arena_array(&scratch, g->n_links + 1, sizeof *out);
    struct circle circle;
    enum oracle_answer answer = ORACLE_UNKNOWN;
    for (uint32_t i = 0; out && i < s->n; i++) out[s->link[i]] = !set[i];
    struct view v = {s->part, out, NULL};
    if (out) answer = graph_ordered(&scratch, g, &v, &circle);
    if (answer == ORACLE_CONFLICT) {
        for (uint32_t i = 0; i < s->n; i++) {
            bool used = false;
            for (uint32_t k = 0; k < circle.n_links && !used; k++)
                used = circle.links[k] == s->link[i];
            set[i] = set[i] && used;
        }
    }
    arena_free(&scratch);
    return answer;
}

/* Keep a minimal circle: its statements in the order in which each step waits for the next. */
static bool found_deadlock(void *context, bool conflict, const uint32_t *members, uint32_t n)
{
    struct searcher *s = context;
    const struct graph *g = &s->out->graph;
    if (!conflict) return true;
    struct deadlock *v = arena_grow(s->arena, s->out->deadlocks, s->out->n_deadlocks,
                                    &s->out->cap_deadlocks, sizeof *v);
    bool *out = arena_array(s->arena, g->n_links + 1, sizeof *out);
    if (!v || !out) return false;
    s->out->deadlocks = v;
    for (uint32_t i = 0; i < s->n; i++) out[s->link[i]] = true;
    for (uint32_t i = 0; i < n; i++) out[s->link[members[i]]] = false;
    struct view view = {s->part, out, NULL};
    struct circle circle;
    if (graph_ordered(s->arena, g, &view, &circle) != ORACLE_CONFLICT) return false;
    struct deadlock d = {.part = s->part, .nodes = circle.nodes, .n_nodes = circle.n_nodes};
    uint32_t *statements = arena_array(s->arena, circle.n_links + 1, sizeof *statements);
    if (!statements) return false;
    for (uint32_t i = 0; i < circle.n_links; i++) {
        statements[d.n++] = g->links[circle.links[i]].statement;
        d.assumed = d.assumed || g->t->statements[statements[i]].origin == ORIGIN_ASSUMED;
    }
    d.statements = statements;
    v[s->out->n_deadlocks++] = d;
    return true;
}

/* --- breaks ---------------------------------------------------------------------------------- */

/* What a set of changes does to the graph. */
static void apply(const struct sequence *q, const struct change *c, bool *out, bool *weak)
{
    if (c->kind != CHANGE_TOGETHER) {
        out[c->link] = true;
        return;
    }
    const struct deadlock *d = &q->deadlocks[c->deadlock];
    for (size_t k = 0; k < q->graph.n_links; k++)
        for (uint32_t i = 0; i < d->n; i++)
            if (q->graph.links[k].statement == d->statements[i]) weak[k] = true;
}

static enum oracle_answer check_changes(void *context, bool *set)
{
    struct searcher *s = context;
    const struct graph *g = &s->out->graph;
    if (late(s)) return ORACLE_UNKNOWN;
    struct arena scratch;
    arena_init(&scratch);
    bool *out = arena_array(&scratch, g->n_links + 1, sizeof *out);
    bool *weak = arena_array(&scratch, g->n_links + 1, sizeof *weak);
    enum oracle_answer answer = ORACLE_UNKNOWN;
    if (out && weak) {
        for (uint32_t i = 0; i < s->n; i++)
            if (!set[i]) apply(s->out, &s->changes[i], out, weak);
        struct view v = {s->part, out, weak};
        answer = graph_ordered(&scratch, g, &v, NULL);
    }
    arena_free(&scratch);
    return answer;
}

static bool found_break(void *context, bool conflict, const uint32_t *members, uint32_t n)
{
    struct searcher *s = context;
    const struct graph *g = &s->out->graph;
    if (conflict) return true;
    struct break_set *v =
        arena_grow(s->arena, s->out->breaks, s->out->n_breaks, &s->out->cap_breaks, sizeof *v);
    struct change *changes = arena_array(s->arena, n + 1, sizeof *changes);
    if (!v || !changes) return false;
    s->out->breaks = v;
    struct break_set b = {.changes = changes, .n = n, .part = s->part, .assumed = n > 0};
    for (uint32_t i = 0; i < n; i++) {
        changes[i] = s->changes[members[i]];
        b.assumed = b.assumed && changes[i].kind == CHANGE_WITHDRAW &&
                    g->t->statements[g->links[changes[i].link].statement].origin == ORIGIN_ASSUMED;
    }
    v[s->out->n_breaks++] = b;
    return true;
}

static bool list_changes(struct searcher *s)
{
    const struct graph *g = &s->out->graph;
    s->changes =
        arena_array(s->arena, 2 * g->n_links + s->out->n_deadlocks + 1, sizeof *s->changes);
    if (!s->changes) return false;
    s->n = 0;
    for (uint32_t i = 0; i < g->n_links; i++) {
        if (g->links[i].part != s->part || g->links[i].given) continue;
        s->changes[s->n++] = (struct change){CHANGE_WITHDRAW, i, 0};
        if (g->t->statements[g->links[i].statement].act == ACT_PRECONDITION)
            s->changes[s->n++] = (struct change){CHANGE_INTERIM, i, 0};
    }
    for (uint32_t i = 0; i < s->out->n_deadlocks; i++)
        if (s->out->deadlocks[i].part == s->part)
            s->changes[s->n++] = (struct change){CHANGE_TOGETHER, 0, i};
    return true;
}

static bool search_part(struct searcher *s, Z3_context z3, const struct conflict_query *query)
{
    const struct graph *g = &s->out->graph;
    struct part_end *end = &s->out->parts[s->part];
    s->link = arena_array(s->arena, g->n_links + 1, sizeof *s->link);
    if (!s->link) return false;
    s->n = 0;
    *end = (struct part_end){SEARCH_COMPLETE, 0, TALKS_NONE};
    for (uint32_t i = 0; i < g->n_links; i++) {
        if (g->links[i].part != s->part) continue;
        end->issue = g->t->statements[g->links[i].statement].p.atoms[0].issue;
        if (!g->links[i].given) s->link[s->n++] = i;
    }
    end->premises = s->n;
    if (s->n == 0) return true;
    struct oracle links = {s, s->n, check_links};
    end->end = marco(s->arena, z3, &links, &query->limits, found_deadlock, s);
    if (end->end == SEARCH_FAULT || !list_changes(s)) return false;
    struct oracle changes = {s, s->n, check_changes};
    enum search_end more = marco(s->arena, z3, &changes, &query->limits, found_break, s);
    if (end->end == SEARCH_COMPLETE) end->end = more;
    return more != SEARCH_FAULT;
}

/* --- an order -------------------------------------------------------------------------------- */

static const struct step *declared_step(const struct graph *g, uint32_t node)
{
    const struct atom *x = &g->nodes[node];
    for (uint32_t i = 0; i < g->t->n_steps; i++) {
        const struct position *p = &g->t->steps[i].p;
        for (uint32_t k = 0; k < p->n; k++)
            if (p->atoms[k].issue == x->issue && p->atoms[k].option == x->option &&
                p->atoms[k].negated == x->negated)
                return &g->t->steps[i];
    }
    return NULL;
}

struct planner {
    const struct sequence *s;
    const bool *out, *weak;
    uint32_t *component, n_components;
    struct placed *by_node;
    bool *stuck;
};

/* Nodes in knots, and all that waits for one, cannot be placed. */
static void find_stuck(struct planner *p)
{
    const struct graph *g = &p->s->graph;
    struct view v = {TALKS_NONE, p->out, p->weak};
    bool changed = true;
    for (size_t i = 0; i < g->n_edges; i++) {
        const struct edge *e = &g->edges[i];
        bool in = !(v.out && v.out[e->link]), firm = !(v.weak && v.weak[e->link]);
        if (in && firm && e->tie == TIE_AFTER && p->component[e->from] == p->component[e->to])
            p->stuck[e->from] = p->stuck[e->to] = true;
    }
    while (changed) {
        changed = false;
        for (size_t i = 0; i < g->n_edges; i++) {
            const struct edge *e = &g->edges[i];
            if ((v.out && v.out[e->link]) || !p->stuck[e->from] || p->stuck[e->to]) continue;
            p->stuck[e->to] = changed = true;
        }
    }
}

/* When a step begins and holds by itself, from what is known of its begin. */
static void begin(struct planner *p, uint32_t node)
{
    struct placed *x = &p->by_node[node];
    const struct step *step = declared_step(&p->s->graph, node);
    x->node = node;
    x->declared = step && step->days;
    if (step && step->earliest != DAY_UNKNOWN && step->earliest > x->begins)
        x->begins = step->earliest;
    int32_t holds = x->begins + (x->declared ? step->days : 1);
    if (x->holds < holds) x->holds = holds;
}

/* What waits for a placed step moves behind it. */
static void push_later(struct planner *p, const struct adjacency *adjacent, uint32_t node)
{
    const struct graph *g = &p->s->graph;
    const struct placed *x = &p->by_node[node];
    for (uint32_t k = adjacent->first[node]; k < adjacent->first[node + 1]; k++) {
        const struct edge *e = &g->edges[adjacent->edge[k]];
        struct placed *y = &p->by_node[e->to];
        bool firm = e->tie == TIE_AFTER && !(p->weak && p->weak[e->link]);
        if (firm && y->begins < x->holds) y->begins = x->holds;
        if (firm && y->rank <= x->rank) y->rank = x->rank + 1;
        if (!firm && y->holds < x->holds) y->holds = x->holds;
        if (!firm && y->rank < x->rank) y->rank = x->rank;
    }
}

/* Earliest dates.  Components come before those that wait for them; the steps of one are taken at one
 * time, that of the latest. */
static bool place(struct arena *a, struct planner *p, const uint32_t *sorted)
{
    const struct graph *g = &p->s->graph;
    struct adjacency adjacent;
    struct view v = {TALKS_NONE, p->out, p->weak};
    if (!graph_adjacency(a, g, &v, &adjacent)) return false;
    for (uint32_t i = 0, end; i < g->n_nodes; i = end) {
        struct placed latest = {0};
        latest.holds = INT32_MIN;
        for (end = i; end < g->n_nodes && p->component[sorted[end]] == p->component[sorted[i]];
             end++) {
            begin(p, sorted[end]);
            const struct placed *x = &p->by_node[sorted[end]];
            if (x->holds > latest.holds) latest.holds = x->holds;
            if (x->rank > latest.rank) latest.rank = x->rank;
        }
        for (uint32_t k = i; k < end; k++) {
            p->by_node[sorted[k]].holds = latest.holds;
            p->by_node[sorted[k]].rank = latest.rank;
        }
        for (uint32_t k = i; k < end; k++) push_later(p, &adjacent, sorted[k]);
    }
    return true;
}

static int before(const struct placed *a, const struct placed *b)
{
    if (a->holds != b->holds) return a->holds < b->holds ? -1 : 1;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    return a->node < b->node ? -1 : a->node > b->node;
}

/* Only what is tied, directly or by others, to a precondition or to a declared step is a step of the
 * order; an option that merely depends on another is none. */
static bool *find_steps(struct arena *a, const struct graph *g)
{
    bool *is_step = arena_array(a, g->n_nodes + 1, sizeof *is_step);
    bool changed = is_step != NULL;
    for (uint32_t i = 0; is_step && i < g->n_nodes; i++) is_step[i] = declared_step(g, i) != NULL;
    for (size_t i = 0; is_step && i < g->n_edges; i++) {
        enum act act = g->t->statements[g->links[g->edges[i].link].statement].act;
        if (act == ACT_PRECONDITION || act == ACT_TOGETHER)
            is_step[g->edges[i].from] = is_step[g->edges[i].to] = true;
    }
    while (changed) {
        changed = false;
        for (size_t i = 0; i < g->n_edges; i++) {
            const struct edge *e = &g->edges[i];
            if (is_step[e->from] == is_step[e->to]) continue;
            is_step[e->from] = is_step[e->to] = changed = true;
        }
    }
    return is_step;
}

static bool plan(struct arena *a, struct planner *p, struct placed **out, size_t *n)
{
    const struct graph *g = &p->s->graph;
    uint32_t *count = arena_array(a, p->n_components + 2, sizeof *count);
    uint32_t *sorted = arena_array(a, g->n_nodes + 1, sizeof *sorted);
    *out = arena_array(a, g->n_nodes + 1, sizeof **out);
    if (!count || !sorted || !*out) return false;
    for (uint32_t i = 0; i < g->n_nodes; i++) count[p->n_components - p->component[i]]++;
    for (uint32_t i = 0; i < p->n_components; i++) count[i + 1] += count[i];
    for (uint32_t i = 0; i < g->n_nodes; i++)
        sorted[count[p->n_components - p->component[i] - 1]++] = i;
    for (uint32_t i = 0; i < g->n_nodes; i++) p->by_node[i].begins = p->s->start;
    const bool *is_step = find_steps(a, g);
    if (!is_step || !place(a, p, sorted)) return false;
    *n = 0;
    for (uint32_t i = 0; i < g->n_nodes; i++) {
        if (p->stuck[i] || !is_step[i]) continue;
        size_t k = (*n)++;
        for (; k > 0 && before(&p->by_node[i], &(*out)[k - 1]) < 0; k--) (*out)[k] = (*out)[k - 1];
        (*out)[k] = p->by_node[i];
    }
    return true;
}

static bool order_with(struct arena *a, const struct sequence *s, const bool *out, const bool *weak,
                       struct placed **placed, size_t *n, bool **stuck)
{
    struct planner p = {.s = s, .out = out, .weak = weak};
    p.component = arena_array(a, s->graph.n_nodes + 1, sizeof *p.component);
    p.by_node = arena_array(a, s->graph.n_nodes + 1, sizeof *p.by_node);
    p.stuck = arena_array(a, s->graph.n_nodes + 1, sizeof *p.stuck);
    struct view v = {TALKS_NONE, out, weak};
    if (!p.component || !p.by_node || !p.stuck ||
        !graph_components(a, &s->graph, &v, p.component, &p.n_components))
        return false;
    find_stuck(&p);
    if (stuck) *stuck = p.stuck;
    return plan(a, &p, placed, n);
}

bool sequence_order(struct arena *a, const struct sequence *s, const struct break_set *made,
                    struct placed **order, size_t *n)
{
    bool *out = arena_array(a, s->graph.n_links + 1, sizeof *out);
    bool *weak = arena_array(a, s->graph.n_links + 1, sizeof *weak);
    if (!out || !weak) return false;
    for (uint32_t i = 0; i < made->n; i++) apply(s, &made->changes[i], out, weak);
    return order_with(a, s, out, weak, order, n, NULL);
}

/* --- all ------------------------------------------------------------------------------------- */

/* The order begins on the day asked for, else on the day of the last statement. */
static int32_t first_day(const struct talks *t, int32_t as_of)
{
    int32_t day = as_of != DAY_UNKNOWN ? as_of : t->as_of;
    for (uint32_t i = 0; as_of == DAY_UNKNOWN && i < t->n_statements; i++)
        if (statement_day(&t->statements[i]) > day) day = statement_day(&t->statements[i]);
    return day == DAY_UNKNOWN ? 0 : day;
}

enum status sequence_find(struct arena *a, Z3_context z3, const struct talks *t,
                          const struct conflict_query *query, struct sequence *out)
{
    *out = (struct sequence){.start = first_day(t, query->as_of)};
    if (!graph_build(a, t, query->as_of, query->without, &out->graph)) return STATUS_FAULT;
    out->parts = arena_array(a, out->graph.n_parts + 1, sizeof *out->parts);
    if (!out->parts) return STATUS_FAULT;
    struct searcher s = {.arena = a, .out = out, .until_ms = query->limits.until_ms};
    for (s.part = 0; s.part < out->graph.n_parts; s.part++)
        if (!search_part(&s, z3, query)) return STATUS_FAULT;
    bool *stuck = NULL;
    if (!order_with(a, out, NULL, NULL, &out->order, &out->n_order, &stuck)) return STATUS_FAULT;
    out->stuck = stuck;
    return a->failed ? STATUS_FAULT : STATUS_OK;
}

bool sequence_complete(const struct sequence *s, struct buf *out)
{
    bool complete = true;
    for (uint32_t i = 0; i < s->graph.n_parts; i++) {
        const struct part_end *p = &s->parts[i];
        if (p->end == SEARCH_COMPLETE) continue;
        complete = false;
        buf_fmt(out,
                "not fully explored: the knot of %u links around the issue %.*s (%s); more circles "
                "and ways out may be there\n",
                p->premises, STR_ARG(s->graph.t->issues[p->issue].name),
                p->end == SEARCH_TIME   ? "the time ran out"
                : p->end == SEARCH_MOST ? "the number asked for was reached"
                                        : "the search could not decide");
    }
    return complete;
}
