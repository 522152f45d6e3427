/* Verdicts as lines: one a time-point (trace) or one a tuple and maximal interval (clock).
 *
 * Both take the engine's rows region by region.  What is printed does not depend on how the regions
 * were cut: within a time-point tuples ascend, and intervals come in the order of their ends, then
 * beginnings, then tuples. */
#ifndef TRUCE_MONITOR_LINES_H
#define TRUCE_MONITOR_LINES_H

#include "monitor/tuple.h"

/* ---- trace ---- */

struct live; /* a tuple that holds now */
struct because;

struct lines {
    struct tuples tuples;
    bool all; /* a line for every time-point */
    struct live *live, *fresh;
    size_t n_live, cap_live, cap_fresh;
    struct sort_item *order, *scratch;
    size_t cap_order;
    char *pool; /* texts of the live tuples */
    size_t pool_n, pool_cap;
    int64_t first_end;       /* least `to` of the live */
    uint64_t verdicts;       /* lines that say something holds */
    struct because *because; /* explains them; NULL: nothing does */
    bool failed;             /* memory */
};

void lines_init(struct lines *l, struct print_column *columns, uint32_t n, enum look look);
void lines_free(struct lines *l);

/* Print the time-points [lo, hi]; stamp(ctx, position) gives their time-stamps. */
void lines_print(struct lines *l, struct out *o, const struct table *rows, int64_t lo, int64_t hi,
                 int64_t (*stamp)(const void *ctx, int64_t position), const void *ctx);

/* ---- clock ---- */

struct spans {
    struct tuples tuples;
    struct table open; /* tuples that held at the last position, from where they began */
    struct table next, ended;
    struct sort_item *order, *scratch;
    size_t cap_order;
    uint64_t verdicts;
    struct because *because; /* as in lines */
    bool failed;
};

void spans_init(struct spans *s, struct print_column *columns, uint32_t n, enum look look,
                uint32_t engine_columns);
void spans_free(struct spans *s);

/* Take the rows of [lo, hi], sorted by `from`, and print the intervals that ended before hi. */
void spans_print(struct spans *s, struct out *o, const struct table *rows, int64_t lo, int64_t hi);

/* Nothing follows: print the intervals that are still open, which end at `last`. */
void spans_finish(struct spans *s, struct out *o, int64_t last);

#endif
