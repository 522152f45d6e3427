/* Columnar tables of rows: a tuple of 64-bit words and a closed interval of positions.
 *
 * Representation: `from`, `to` and one array for each column, all of the same length.  A table is
 * in one of two kinds.  *Pointwise*: the tuple holds at every position of [from, to]; invariant:
 * the intervals of equal tuples are disjoint.  *Somewhere* (clock only): the tuple happened once,
 * at some position of [from, to]; rows are kept apart by an identity column and may overlap.
 * Between operators rows are sorted by `from` (ascending), so that each operator is one sweep.
 *
 * A table either owns its arrays (malloc) or is a *view* of another's, valid as long as that one
 * is unchanged.  Failure is sticky: a failed growth sets `failed` and further rows are dropped. */
#ifndef TRUCE_ENGINE_TABLE_H
#define TRUCE_ENGINE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The wildcard of may tables: equal to every value (a hidden event of unknown attributes). */
#define VALUE_WILD UINT64_C(0x7FF4747275636500)

struct table {
    int64_t *from, *to;
    uint64_t **col;
    uint32_t ncols;
    size_t n, cap;
    bool somewhere; /* kind, see above */
    bool wild;      /* some word may be VALUE_WILD */
    bool unsorted;  /* a row was pushed before its predecessor's from */
    bool wide;      /* some row may have from < to */
    bool view;      /* arrays are borrowed */
    bool failed;
};

/* An empty table of `ncols` columns; takes memory for the column pointers (see `failed`). */
void table_init(struct table *t, uint32_t ncols);
void table_free(struct table *t);
void table_clear(struct table *t); /* no rows, pointwise; keeps memory and sticky failure */

/* Room for `more` rows; false on failure. */
bool table_reserve(struct table *t, size_t more);

/* A new row for [from, to]; its index, with col[k][index] to be filled by the caller, or SIZE_MAX
 * on failure. */
static inline size_t table_push(struct table *t, int64_t from, int64_t to)
{
    if (t->n == t->cap && !table_reserve(t, 1)) return SIZE_MAX;
    size_t r = t->n++;
    if (r && t->from[r - 1] > from) t->unsorted = true;
    if (from != to) t->wide = true;
    t->from[r] = from;
    t->to[r] = to;
    return r;
}

/* Append a row with these words; false on failure. */
bool table_add(struct table *t, int64_t from, int64_t to, const uint64_t *words);

/* Append row r of s, whose columns are alike, with another interval. */
void table_copy_row(struct table *t, const struct table *s, size_t r, int64_t from, int64_t to);

/* Append all rows of s; kinds and flags are joined. */
void table_append(struct table *t, const struct table *s);

/* Restore the order by `from` (stable); nothing to do when it holds already. */
void table_sort(struct table *t);

/* Drop all rows but those from index `first` on. */
void table_drop(struct table *t, size_t first);

void table_swap(struct table *a, struct table *b);

#endif
