/* How the tuples of a result look, and their order.
 *
 * The engine's columns are the formula's variables in ascending number; what is printed is in the
 * order in which they first occur in the formula, as MonPoly does.  Within a time-point tuples are
 * printed in ascending order, so that the output is the same however the log was cut into
 * batches. */
#ifndef TRUCE_MONITOR_TUPLE_H
#define TRUCE_MONITOR_TUPLE_H

#include "engine/table.h"
#include "logic/value.h"
#include "monitor/out.h"

enum look {
    LOOK_LINES,   /* MonPoly's: @7 (time point 1): (1,2) (2,3) */
    LOOK_VERBOSE, /* every time-point: @7 (time point 1): ((1,2),(2,3)) */
    LOOK_JSON     /* {"time": 7, "point": 1, "tuples": [[1,2],[2,3]]} */
};

struct print_column {
    uint32_t column; /* of the engine's table */
    enum value_type type;
};

/* The text of a string's number.  Filled by whoever owns the strings. */
struct names {
    const struct str *p;
    size_t n;
};

struct tuples {
    struct print_column *columns;
    uint32_t n;
    enum look look;
    struct names names;
    bool fixed; /* no strings: the size of a tuple is bounded by fixed_bound */
    size_t fixed_bound;
};

void tuples_init(struct tuples *t, struct print_column *columns, uint32_t n, enum look look);

/* Most bytes that tuple_format may write for row r. */
size_t tuple_bound(const struct tuples *t, const struct table *rows, size_t r);

/* Write (v,…) or [v,…] at p; returns what is behind it. */
char *tuple_format(const struct tuples *t, char *p, const struct table *rows, size_t r);

/* <0, 0, >0: by columns as printed. */
int tuple_cmp(const struct tuples *t, const struct table *x, size_t a, const struct table *y,
              size_t b);

/* A row to be put in order.  `key` begins its order: unequal keys decide, equal ones do not. */
struct sort_item {
    uint64_t key;
    uint32_t row;
};

/* Put rows in ascending order of their tuples (stable: radix where keys say all, else merging).  The caller sets the rows;
 * scratch has room for n. */
void tuple_sort(const struct tuples *t, const struct table *rows, struct sort_item *items,
                struct sort_item *scratch, size_t n);

#endif
