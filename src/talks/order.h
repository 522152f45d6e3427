/* What must come before what: the graph of preconditions, its deadlocks, and an order.
 *
 * A node is an atom (an option that comes to hold).  A precondition "p only after q" puts every atom
 * of p strictly behind q; "only if" and declared requirements put it not before; "only at the same
 * time as" puts both at one time.  A *deadlock* is a minimal set of such statements that admits no
 * order: a circle.  A *break* is a minimal set of changes that admits one: a precondition is
 * withdrawn (or an assumption does not hold), an interim guarantee stands in for what is waited for,
 * or all steps of a circle are taken at one time. */
#ifndef TRUCE_TALKS_ORDER_H
#define TRUCE_TALKS_ORDER_H

#include "talks/conflicts.h"

enum tie { TIE_AFTER, TIE_NOT_BEFORE };

struct edge { /* node `to` comes after (or not before) node `from` */
    uint32_t from, to;
    enum tie tie;
    uint32_t link; /* index in links */
};

struct link_statement {
    uint32_t statement;
    bool given;    /* a dependency between options: cannot be withdrawn */
    uint32_t part; /* the knot of circles it is in; TALKS_NONE: in none */
};

struct graph {
    const struct talks *t;
    struct atom *nodes;
    uint32_t n_nodes;
    struct edge *edges;
    size_t n_edges, cap_edges;
    struct link_statement *links;
    size_t n_links, cap_links, cap_nodes;
    uint32_t *by_atom; /* node of an atom: 2 × variable + negated, or TALKS_NONE */
    uint32_t *first_var;
    uint32_t n_parts; /* that hold a strict edge within */
};

enum change_kind { CHANGE_WITHDRAW, CHANGE_INTERIM, CHANGE_TOGETHER };

struct change {
    enum change_kind kind;
    uint32_t link;     /* WITHDRAW, INTERIM */
    uint32_t deadlock; /* TOGETHER: index of the deadlock whose steps are taken at one time */
};

struct deadlock {
    const uint32_t *statements; /* in the order of the circle where it is one */
    uint32_t n;
    const uint32_t *nodes; /* the steps, each waiting for the next */
    uint32_t n_nodes;
    uint32_t part;
    bool assumed;
};

struct break_set {
    const struct change *changes;
    uint32_t n;
    uint32_t part;
    bool assumed; /* it only says that an assumption is wrong */
};

struct placed { /* a step of a feasible order */
    uint32_t node;
    uint32_t rank;         /* 0 first; equal ranks: at the same time or independent */
    int32_t begins, holds; /* days */
    bool declared;         /* its duration is declared */
};

struct sequence {
    struct graph graph;
    struct deadlock *deadlocks;
    size_t n_deadlocks, cap_deadlocks;
    struct break_set *breaks;
    size_t n_breaks, cap_breaks;
    struct part_end *parts;
    struct placed *order; /* of the steps that no deadlock holds up, first to last */
    size_t n_order;
    const bool *stuck; /* by node: held up by a deadlock */
    int32_t start;     /* the day the order begins with */
};

/* Build the graph, find deadlocks and breaks, and order what can be ordered.  STATUS_FAULT when
 * memory or the solver fails. */
enum status sequence_find(struct arena *a, Z3_context z3, const struct talks *t,
                          const struct conflict_query *query, struct sequence *out);

/* An order when the changes of a break are made; n is 0 when none is needed. */
bool sequence_order(struct arena *a, const struct sequence *s, const struct break_set *made,
                    struct placed **out, size_t *n);

bool sequence_complete(const struct sequence *s, struct buf *out);

/* --- graph (graph.c) ------------------------------------------------------------------------- */

bool graph_build(struct arena *a, const struct talks *t, int32_t as_of, const bool *without,
                 struct graph *out);

/* Which links are left in, and which count only as "not before"; by link, NULL for all and none. */
struct view {
    uint32_t part; /* only links of this part; TALKS_NONE: all */
    const bool *out, *weak;
};

/* Edges that a view leaves in, by the node they leave: edge[first[node]] … edge[first[node + 1] - 1]. */
struct adjacency {
    uint32_t *first, *edge;
};
bool graph_adjacency(struct arena *a, const struct graph *g, const struct view *v,
                     struct adjacency *out);

/* The strongly connected components of what a view leaves in: component[node], numbered so that an
 * edge leads from a higher number to a lower one or stays (Tarjan, "Depth-first search and linear
 * graph algorithms", 1972; without recursion).  False when memory fails. */
bool graph_components(struct arena *a, const struct graph *g, const struct view *v,
                      uint32_t *component, uint32_t *n_components);

struct circle {
    uint32_t *links, n_links; /* each once */
    uint32_t *nodes, n_nodes; /* each step, then the one that waits for it */
};

/* Does what the view leaves in admit an order?  When it does not, `circle` (may be NULL) gets one
 * circle, shortest through one of its strict edges. */
enum oracle_answer graph_ordered(struct arena *a, const struct graph *g, const struct view *v,
                                 struct circle *circle);

void node_print(const struct graph *g, uint32_t node, struct buf *out);

#endif
