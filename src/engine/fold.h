/* What an aggregation knows of one group: a multiset of words that can be added to and taken from.
 *
 * CNT keeps a number; SUM and AVG of ints a 128-bit sum; of floats an exact sum (a fixed-point
 * number wide enough for every double, so adding and taking away is exact and the result is
 * rounded once, whatever the order); MIN, MAX and MED the values in order, in blocks of bounded
 * length, so that adding and taking away moves few of them. */
#ifndef TRUCE_ENGINE_FOLD_H
#define TRUCE_ENGINE_FOLD_H

#include "logic/formula.h"

/* GCC and Clang; not in ISO C. */
__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

struct exact_sum;
struct sorted_block;

struct fold {
    int64_t count;
    int64_t wild; /* how many of them are the wildcard */
    int128 sum;
    struct exact_sum *exact;
    struct sorted_block *blocks; /* ascending */
    uint32_t n_blocks, cap_blocks;
};

struct fold_kind {
    enum agg_op op;
    enum value_type type; /* of the aggregated values */
    const struct intern *strings;
};

/* An empty fold is all zeroes. */
void fold_free(struct fold *f);
void fold_clear(struct fold *f); /* empty again; keeps memory where that helps */
/* False when memory fails. */
bool fold_add(struct fold *f, const struct fold_kind *k, uint64_t word);
/* word is in the multiset. */
void fold_remove(struct fold *f, const struct fold_kind *k, uint64_t word);
/* The aggregate; false when it is undefined (a sum that does not fit, infinity less infinity). */
bool fold_value(const struct fold *f, const struct fold_kind *k, uint64_t *out);
/* The aggregate over nothing. */
bool fold_empty(const struct fold_kind *k, uint32_t empty_string, uint64_t *out);

/* ---- exact sums of doubles, for tests and for sliding windows ---- */

struct exact_sum *exact_new(void); /* NULL when memory fails */
void exact_free(struct exact_sum *s);
void exact_clear(struct exact_sum *s);
void exact_add(struct exact_sum *s, double v, bool take_away);
/* The sum rounded to nearest, ties to even; false when infinities of both signs are in it. */
bool exact_value(const struct exact_sum *s, double *out);

#endif
