/* Inside the engine: plan nodes, running nodes, and the table of operators.
 *
 * A plan is an array of `struct pnode` in an order where inputs come first.  An engine has one
 * `struct node` for each.  At each step every node reads what its inputs produced in this step and
 * leaves rows for the next stretch of positions that it can complete:
 *
 *   node.rows    rows of the region [node.lo, node.hi], clipped to it, sorted by from
 *   node.next    first position that it has not produced yet (= hi + 1)
 *
 * Regions of one node follow each other without gap.  A node whose inputs progress differently keeps
 * what one is ahead in node.pend (node_align). */
#ifndef TRUCE_ENGINE_NODE_H
#define TRUCE_ENGINE_NODE_H

#include "engine/engine.h"
#include "engine/keymap.h"

struct node;
struct exec;

/* What an operator is: how it steps, and how it frees its state.  step returns false when memory
 * fails; state is zeroed memory of state_size bytes. */
struct op {
    const char *name;
    size_t state_size;
    bool (*init)(struct node *n, struct exec *x); /* may be NULL */
    bool (*step)(struct node *n, struct exec *x);
    void (*free)(struct node *n); /* may be NULL */
};

enum arg_kind { ARG_IGNORE, ARG_BIND, ARG_SAME, ARG_CONST };

/* What a predicate's column is for in one occurrence. */
struct arg {
    enum arg_kind kind;
    uint32_t column; /* of the output: BIND (written), SAME (compared) */
    uint64_t value;  /* CONST */
};

/* A filter, assignment or match in a chain over rows. */
struct condition {
    const struct formula *f; /* F_COMPARE or F_ASSIGN */
    bool negated;
    bool check;   /* ASSIGN to a column that has a value: an equation */
    uint32_t out; /* ASSIGN: output column */
    /* Fast form: column `a` compared with column `b` (NO_COLUMN: with `value`). */
    uint32_t a, b;
    uint64_t value;
    enum compare_op cmp;
    bool fast;
    const uint32_t
        *group_columns;      /* MATCHES: column of each group that is a variable, or NO_COLUMN */
    const bool *group_binds; /* MATCHES: the group gives its column a value */
};

#define NO_COLUMN UINT32_MAX

struct pnode {
    const struct op *op;
    enum polarity polarity;
    uint32_t ncols;
    const uint32_t *vars; /* ascending; column k holds vars[k] */
    uint32_t n_in;
    uint32_t *in;   /* plan nodes */
    uint32_t input; /* INPUT: plan input */
    uint32_t group; /* number of the LETPAST node whose inner loop runs this one, or NO_COLUMN */
    struct bound bound;
    bool negated;     /* SINCE, UNTIL: left side is NOT */
    struct arg *args; /* SCAN: one for each column of its input */
    uint32_t n_args;
    struct condition *conditions; /* CHAIN */
    uint32_t n_conditions;
    uint32_t *map[2]; /* for each output column: column of input 0 / 1, or NO_COLUMN */
    uint32_t *key[2]; /* JOIN ANTI SINCE UNTIL: key columns in input 0 / 1 */
    uint32_t n_key;
    enum agg_op agg;
    enum value_type type; /* of the aggregated column */
    uint32_t over;        /* AGG: column of the input */
    uint32_t result;      /* AGG: column of the output */
    uint32_t
        self; /* AGG: the group-by column that is the result too and must equal it; or NO_COLUMN */
    const struct formula *f; /* what it computes */
    void *extra;             /* MATCH: automaton */
};

struct node {
    const struct pnode *p;
    const struct table *rows;
    struct table out;
    int64_t lo, hi, next;
    struct table *pend; /* n_in tables */
    struct table *cut;  /* n_in tables: what node_align handed out */
    uint64_t *words;    /* scratch for one tuple: ncols words at least */
    void *state;
};

struct plan {
    struct arena arena;
    const struct scope *sc;
    struct plan_options options;
    struct pnode *nodes;
    uint32_t n, cap;
    uint32_t root;
    struct plan_input *inputs;
    uint32_t n_inputs, cap_inputs;
    bool reads_strings;
    struct plan_horizon horizon;
};

/* Fill in plan.horizon; false when memory fails. */
bool plan_find_horizon(struct plan *p);

/* One evaluation in progress. */
struct exec {
    const struct plan *plan;
    struct timeline time;
    struct intern *strings;
    const struct table *tables; /* this step's facts, one table a plan input */
    int64_t upto;               /* facts are complete up to here */
    struct node *nodes;
    uint64_t *env; /* one word a variable of the scope */
    uint64_t undefined;
    struct place undefined_at;
    bool fault;
};

/* ---- helpers, node.c ---- */

/* Begin a step's output: empty `out` for the region [n->next, upto]; false when there is nothing to
 * complete (then rows is empty).  n->next moves on. */
bool node_begin(struct node *n, int64_t upto);

/* Input k as a running node. */
struct node *node_input(const struct node *n, const struct exec *x, uint32_t k);

/* Bring the inputs to a common end: afterwards in[k] holds input k's rows for [n->next, return]. */
int64_t node_align(struct node *n, const struct exec *x, const struct table **in);

/* Sort `out` if need be and make it the node's rows; false when memory failed. */
bool node_done(struct node *n);

/* Does each row begin after all before it have ended?  Then no two rows of any tuple overlap. */
bool rows_apart(const struct table *t);

/* … and does no row go on where another of the same tuple ends?  Then intervals are maximal. */
bool rows_maximal(const struct table *t);

/* Coalescing: rows of equal tuples that overlap or touch become one, in place; sorts the table.
 * Somewhere tables are left alone.  The struct keeps the memory between calls. */
struct coalescer {
    bool points; /* leave points that only touch apart: in a trace, so that points stay points */
    struct keymap map;
    uint32_t *last;
    uint32_t cap;
};
void coalescer_init(struct coalescer *c, uint32_t width);
void coalescer_free(struct coalescer *c);
bool coalesce(struct coalescer *c, struct table *t);

/* SINCE and UNTIL, slow path: does row r of the left table hold for the key?  A wildcard on the left
 * matches; one in the key matches a left side that must hold, not one that is denied.  Rows of a
 * somewhere table count where they are instants. */
bool key_matches(const struct pnode *p, const struct table *left, size_t r, const uint64_t *key);

/* A must-somewhere table turned pointwise: rows with from < to are dropped.  May set t->failed. */
void table_settle(struct table *t);

/* Grow *array (elements of `size` bytes) to hold at least `need`; *cap counts elements. */
bool array_reserve(void **array, uint32_t *cap, size_t need, size_t size);

static inline void gather(const struct table *t, const uint32_t *columns, uint32_t n, size_t r,
                          uint64_t *words)
{
    for (uint32_t k = 0; k < n; k++) words[k] = t->col[columns[k]][r];
}

static inline void gather_all(const struct table *t, size_t r, uint64_t *words)
{
    for (uint32_t k = 0; k < t->ncols; k++) words[k] = t->col[k][r];
}

static inline int64_t min64(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static inline int64_t max64(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* ---- the operators, one file each ---- */

extern const struct op op_input;  /* facts as they come */
extern const struct op op_unit;   /* one row without columns over the whole region (TRUE) */
extern const struct op op_empty;  /* no rows (FALSE) */
extern const struct op op_points; /* tp, ts, tpts */
extern const struct op op_scan;   /* one occurrence of a predicate over its rows */
extern const struct op op_chain;  /* filters and assignments */
extern const struct op op_join;
extern const struct op op_anti;    /* AND NOT */
extern const struct op op_union;   /* OR */
extern const struct op op_project; /* EXISTS */
extern const struct op op_prev;
extern const struct op op_next;
extern const struct op op_once;
extern const struct op op_eventually;
extern const struct op op_since;
extern const struct op op_until;
extern const struct op op_agg;
extern const struct op op_slide;   /* aggregation over ONCE[0,b] */
extern const struct op op_letpast; /* the loop; inputs: the body's root */
extern const struct op op_past;    /* inside the loop: what LETPAST gave before this position */
extern const struct op op_slice;   /* inside the loop: an outer node, position by position */
extern const struct op op_match;

#endif
