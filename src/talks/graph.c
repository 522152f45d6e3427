/* The graph of preconditions.  See order.h. */
#include "talks/order.h"

#include <string.h>

/* --- making it ------------------------------------------------------------------------------- */

static uint32_t node_of(struct arena *a, struct graph *g, const struct atom *atom, bool *failed)
{
    size_t slot = 2 * (size_t)(g->first_var[atom->issue] + atom->option) + atom->negated;
    if (g->by_atom[slot] != TALKS_NONE) return g->by_atom[slot];
    struct atom *nodes = arena_grow(a, g->nodes, g->n_nodes, &g->cap_nodes, sizeof *nodes);
    if (!nodes) {
        *failed = true;
        return 0;
    }
    g->nodes = nodes;
    nodes[g->n_nodes] = *atom;
    g->by_atom[slot] = g->n_nodes;
    return g->n_nodes++;
}

static void add_edge(struct arena *a, struct graph *g, uint32_t from, uint32_t to, enum tie tie,
                     bool *failed)
{
    struct edge *edges = arena_grow(a, g->edges, g->n_edges, &g->cap_edges, sizeof *edges);
    if (!edges) {
        *failed = true;
        return;
    }
    g->edges = edges;
    edges[g->n_edges++] = (struct edge){from, to, tie, (uint32_t)g->n_links - 1};
}

/* p waits for q.  Where q is joined by "or", any of it will do, and no single step is waited for. */
static bool add_link(struct arena *a, struct graph *g, uint32_t statement)
{
    const struct statement *s = &g->t->statements[statement];
    bool failed = false;
    enum tie tie = s->act == ACT_PRECONDITION ? TIE_AFTER : TIE_NOT_BEFORE;
    if (s->q.any && s->q.n > 1) return true;
    struct link_statement *links =
        arena_grow(a, g->links, g->n_links, &g->cap_links, sizeof *links);
    if (!links) return false;
    g->links = links;
    links[g->n_links++] =
        (struct link_statement){statement, s->origin == ORIGIN_DEPENDENCY, TALKS_NONE};
    for (uint32_t i = 0; i < s->p.n; i++) {
        uint32_t p = node_of(a, g, &s->p.atoms[i], &failed);
        for (uint32_t k = 0; k < s->q.n; k++) {
            uint32_t q = node_of(a, g, &s->q.atoms[k], &failed);
            add_edge(a, g, q, p, tie, &failed);
            if (s->act == ACT_TOGETHER) add_edge(a, g, p, q, tie, &failed);
        }
    }
    return !failed;
}

static bool is_link(const struct statement *s)
{
    return s->act == ACT_PRECONDITION || s->act == ACT_CONDITION || s->act == ACT_TOGETHER ||
           s->act == ACT_REQUIRES || (s->act == ACT_ACCEPT && s->q.n);
}

static bool mark_parts(struct arena *a, struct graph *g)
{
    uint32_t n = 0;
    uint32_t *component = arena_array(a, g->n_nodes + 1, sizeof *component);
    uint32_t *part = arena_array(a, g->n_nodes + 1, sizeof *part);
    struct view all = {TALKS_NONE, NULL, NULL};
    if (!component || !part || !graph_components(a, g, &all, component, &n)) return false;
    for (uint32_t i = 0; i < n; i++) part[i] = TALKS_NONE;
    for (size_t i = 0; i < g->n_edges; i++) {
        const struct edge *e = &g->edges[i];
        uint32_t c = component[e->from];
        if (e->tie != TIE_AFTER || c != component[e->to] || part[c] != TALKS_NONE) continue;
        part[c] = g->n_parts++;
    }
    for (size_t i = 0; i < g->n_edges; i++) {
        const struct edge *e = &g->edges[i];
        uint32_t c = component[e->from];
        if (c != component[e->to] || part[c] == TALKS_NONE) continue;
        uint32_t *mine = &g->links[e->link].part;
        if (*mine == TALKS_NONE)
            *mine = part[c];
        else if (*mine != part[c]) { /* one statement ties two knots: search them as one */
            uint32_t other = part[c], keep = *mine;
            for (uint32_t k = 0; k < n; k++)
                if (part[k] == other) part[k] = keep;
            for (size_t k = 0; k < g->n_links; k++)
                if (g->links[k].part == other) g->links[k].part = keep;
        }
    }
    return true;
}

bool graph_build(struct arena *a, const struct talks *t, int32_t as_of, const bool *without,
                 struct graph *g)
{
    *g = (struct graph){.t = t};
    uint32_t vars = 0;
    g->first_var = arena_array(a, t->n_issues + 1, sizeof *g->first_var);
    if (!g->first_var) return false;
    for (uint32_t i = 0; i < t->n_issues; i++) {
        g->first_var[i] = vars;
        vars += t->issues[i].n_options;
    }
    g->by_atom = arena_array(a, 2 * (size_t)vars + 2, sizeof *g->by_atom);
    if (!g->by_atom) return false;
    memset(g->by_atom, 0xFF, (2 * (size_t)vars + 2) * sizeof *g->by_atom);
    for (uint32_t i = 0; i < t->n_statements; i++) {
        if (!statement_counts(t, i, as_of) || (without && without[i])) continue;
        if (is_link(&t->statements[i]) && !add_link(a, g, i)) return false;
    }
    return mark_parts(a, g);
}

void node_print(const struct graph *g, uint32_t node, struct buf *out)
{
    const struct atom *x = &g->nodes[node];
    const struct issue *issue = &g->t->issues[x->issue];
    buf_fmt(out, "%.*s is %s%.*s", STR_ARG(issue->name), x->negated ? "not " : "",
            STR_ARG(issue->options[x->option].name));
}

/* --- components ------------------------------------------------------------------------------ */

static bool seen_by(const struct graph *g, const struct view *v, const struct edge *e)
{
    if (v->part != TALKS_NONE && g->links[e->link].part != v->part) return false;
    return !(v->out && v->out[e->link]);
}

bool graph_adjacency(struct arena *a, const struct graph *g, const struct view *v,
                     struct adjacency *out)
{
    out->first = arena_array(a, g->n_nodes + 2, sizeof *out->first);
    out->edge = arena_array(a, g->n_edges + 1, sizeof *out->edge);
    if (!out->first || !out->edge) return false;
    for (size_t i = 0; i < g->n_edges; i++)
        if (seen_by(g, v, &g->edges[i])) out->first[g->edges[i].from + 1]++;
    for (uint32_t i = 0; i < g->n_nodes; i++) out->first[i + 1] += out->first[i];
    uint32_t *at = arena_array(a, g->n_nodes + 1, sizeof *at);
    if (!at) return false;
    for (size_t i = 0; i < g->n_edges; i++) {
        const struct edge *e = &g->edges[i];
        if (seen_by(g, v, e)) out->edge[out->first[e->from] + at[e->from]++] = (uint32_t)i;
    }
    return true;
}

struct tarjan {
    const struct graph *g;
    struct adjacency adjacent;
    uint32_t *index, *low, *next; /* by node; index 0: not met */
    uint32_t *stack, *path;
    uint32_t n_stack, n_path, counter;
    uint32_t *component, n_components;
};

static void close_component(struct tarjan *t, uint32_t node)
{
    uint32_t x;
    do {
        x = t->stack[--t->n_stack];
        t->component[x] = t->n_components;
    } while (x != node);
    t->n_components++;
}

static void visit(struct tarjan *t, uint32_t root)
{
    t->path[t->n_path++] = root;
    while (t->n_path) {
        uint32_t v = t->path[t->n_path - 1];
        if (t->index[v] == 0) {
            t->index[v] = t->low[v] = ++t->counter;
            t->next[v] = t->adjacent.first[v];
            t->stack[t->n_stack++] = v;
        }
        bool deeper = false;
        while (t->next[v] < t->adjacent.first[v + 1] && !deeper) {
            uint32_t w = t->g->edges[t->adjacent.edge[t->next[v]++]].to;
            if (t->index[w] == 0) {
                t->path[t->n_path++] = w;
                deeper = true;
            } else if (t->component[w] == TALKS_NONE && t->index[w] < t->low[v]) {
                t->low[v] = t->index[w];
            }
        }
        if (deeper) continue;
        t->n_path--;
        if (t->n_path) {
            uint32_t u = t->path[t->n_path - 1];
            if (t->low[v] < t->low[u]) t->low[u] = t->low[v];
        }
        if (t->low[v] == t->index[v]) close_component(t, v);
    }
}

bool graph_components(struct arena *a, const struct graph *g, const struct view *v,
                      uint32_t *component, uint32_t *n_components)
{
    struct tarjan t = {.g = g, .component = component};
    size_t n = g->n_nodes + 1;
    t.index = arena_array(a, n, sizeof *t.index);
    t.low = arena_array(a, n, sizeof *t.low);
    t.next = arena_array(a, n, sizeof *t.next);
    t.stack = arena_array(a, n, sizeof *t.stack);
    t.path = arena_array(a, n, sizeof *t.path);
    if (!t.index || !t.low || !t.next || !t.stack || !t.path ||
        !graph_adjacency(a, g, v, &t.adjacent))
        return false;
    for (uint32_t i = 0; i < g->n_nodes; i++) component[i] = TALKS_NONE;
    for (uint32_t i = 0; i < g->n_nodes; i++)
        if (t.index[i] == 0) visit(&t, i);
    *n_components = t.n_components;
    return true;
}

/* --- circles --------------------------------------------------------------------------------- */

static bool strict(const struct view *v, const struct edge *e)
{
    return e->tie == TIE_AFTER && !(v->weak && v->weak[e->link]);
}

/* The shortest way from the end of a strict edge back to its start, within its component. */
static bool close_circle(struct arena *a, const struct graph *g, const struct view *v,
                         const uint32_t *component, const struct edge *first, struct circle *out)
{
    struct adjacency adjacent;
    uint32_t *by = arena_array(a, g->n_nodes + 1, sizeof *by); /* edge + 1 that reached a node */
    uint32_t *queue = arena_array(a, g->n_nodes + 1, sizeof *queue);
    bool *used = arena_array(a, g->n_links + 1, sizeof *used);
    out->nodes = arena_array(a, g->n_nodes + 1, sizeof *out->nodes);
    out->links = arena_array(a, g->n_nodes + 2, sizeof *out->links);
    if (!by || !queue || !used || !out->nodes || !out->links ||
        !graph_adjacency(a, g, v, &adjacent))
        return false;
    uint32_t head = 0, tail = 0;
    queue[tail++] = first->to;
    while (head < tail && !by[first->from] && first->from != first->to) {
        uint32_t x = queue[head++];
        for (uint32_t i = adjacent.first[x]; i < adjacent.first[x + 1]; i++) {
            const struct edge *e = &g->edges[adjacent.edge[i]];
            if (component[e->to] != component[x] || by[e->to] || e->to == first->to) continue;
            by[e->to] = adjacent.edge[i] + 1;
            queue[tail++] = e->to;
        }
    }
    /* Walk back: `from` waits for nothing but what leads to it. */
    uint32_t node = first->from;
    out->n_nodes = out->n_links = 0;
    out->links[out->n_links++] = first->link;
    used[first->link] = true;
    out->nodes[out->n_nodes++] = first->to;
    while (node != first->to) {
        const struct edge *e = &g->edges[by[node] - 1];
        out->nodes[out->n_nodes++] = node;
        if (!used[e->link]) out->links[out->n_links++] = e->link;
        used[e->link] = true;
        node = e->from;
    }
    return true;
}

enum oracle_answer graph_ordered(struct arena *a, const struct graph *g, const struct view *v,
                                 struct circle *circle)
{
    uint32_t n = 0;
    uint32_t *component = arena_array(a, g->n_nodes + 1, sizeof *component);
    if (!component || !graph_components(a, g, v, component, &n)) return ORACLE_UNKNOWN;
    for (size_t i = 0; i < g->n_edges; i++) {
        const struct edge *e = &g->edges[i];
        if (!seen_by(g, v, e) || !strict(v, e) || component[e->from] != component[e->to]) continue;
        if (circle && !close_circle(a, g, v, component, e, circle)) return ORACLE_UNKNOWN;
        return ORACLE_CONFLICT;
    }
    return ORACLE_TOGETHER;
}
