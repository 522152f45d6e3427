/* Sets of 64-bit integers held as disjoint closed intervals.
 *
 * Representation: an array of [from, to] in ascending order; invariant: from <= to, and each
 * interval begins at least two after the end of the one before (adjacent intervals are one), so a
 * set has exactly one representation and equality is comparison of arrays.  INT64_MIN and
 * INT64_MAX stand for minus and plus infinity: arithmetic saturates at them and leaves them be.
 *
 * Ownership: a `struct iset` owns malloc'd memory; iset_init takes none.  A failed growth sets
 * `failed`, which is sticky: the set is then meaningless and the caller checks once at the end.
 * Operations write to an `out` that must not be one of their inputs, and replace what it held. */
#ifndef TRUCE_INTERVAL_ISET_H
#define TRUCE_INTERVAL_ISET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
    int64_t from, to; /* closed */
};

struct iset {
    struct span *items;
    size_t n, cap;
    bool failed;
};

void iset_init(struct iset *s);
void iset_free(struct iset *s);
void iset_clear(struct iset *s); /* empty; keeps memory, clears `failed` */
void iset_copy(struct iset *out, const struct iset *a);
void iset_swap(struct iset *a, struct iset *b);

/* Add [from, to] (ignored when from > to).  Constant time when it begins at or after the last
 * interval's from, linear otherwise. */
void iset_add(struct iset *s, int64_t from, int64_t to);

bool iset_eq(const struct iset *a, const struct iset *b);
bool iset_has(const struct iset *s, int64_t at);
bool iset_covers(const struct iset *s, int64_t from, int64_t to); /* [from,to] subset of s */
bool iset_meets(const struct iset *s, int64_t from, int64_t to);  /* they share a point */
/* Index of the first interval whose `to` is >= at; s->n when there is none (binary search). */
size_t iset_find(const struct iset *s, int64_t at);

/* out := a ∪ b, a ∩ b, a \ b, [from,to] \ a.  Linear in both. */
void iset_union(struct iset *out, const struct iset *a, const struct iset *b);
void iset_intersect(struct iset *out, const struct iset *a, const struct iset *b);
void iset_subtract(struct iset *out, const struct iset *a, const struct iset *b);
void iset_complement(struct iset *out, const struct iset *a, int64_t from, int64_t to);

/* x + d with infinities kept and overflow saturated. */
static inline int64_t sat_add(int64_t x, int64_t d)
{
    int64_t r;
    if (x == INT64_MIN || x == INT64_MAX) return x;
    if (__builtin_add_overflow(x, d, &r)) return d < 0 ? INT64_MIN : INT64_MAX;
    return r;
}

/* -x with the infinities exchanged. */
static inline int64_t sat_neg(int64_t x)
{
    return x == INT64_MIN ? INT64_MAX : x == INT64_MAX ? INT64_MIN : -x;
}

/* x + 1 and x - 1, saturated. */
static inline int64_t sat_next(int64_t x)
{
    return x == INT64_MIN || x == INT64_MAX ? x : x + 1;
}

static inline int64_t sat_prev(int64_t x)
{
    return x == INT64_MIN || x == INT64_MAX ? x : x - 1;
}

#endif
