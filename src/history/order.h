/* A long sorted sequence of moments that can be changed anywhere.
 *
 * A moment is where a fact stands in a log: a time-stamp, a sequence number that orders the
 * time-points of one stamp, and the number of a row (or 0).  The sequence is a list of blocks of at
 * most ORDER_BLOCK moments, each block an array; invariant: no block is empty, and moments ascend
 * within a block and from block to block.  So inserting or removing in a million moves one block's
 * tail and, rarely, the list of blocks.  `start` has the rank of each block's first moment, so a rank is
 * found by a binary search; a change in the middle adds one to the ranks behind it. */
#ifndef TRUCE_HISTORY_ORDER_H
#define TRUCE_HISTORY_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ORDER_BLOCK 512

struct moment {
    int64_t stamp;
    int64_t seq;
    uint32_t row;
};

struct order_block;

struct order {
    struct order_block **blocks;
    size_t *start; /* rank of each block's first moment */
    size_t n_blocks, cap;
    size_t n; /* moments in all */
};

/* Where a moment stands; valid until the next change. */
struct cursor {
    size_t block, at;
};

void order_init(struct order *o);
void order_free(struct order *o);

/* <0, 0, >0: by stamp, then seq, then row. */
int moment_cmp(struct moment a, struct moment b);

/* Insert; a moment that is there already stays once.  False when memory fails. */
bool order_insert(struct order *o, struct moment m);

/* Remove; false when it was not there. */
bool order_remove(struct order *o, struct moment m);

/* First moment that is >= m (its rank; o->n when there is none). */
size_t order_rank(const struct order *o, struct moment m);

/* The moment of a rank < o->n. */
struct moment order_at(const struct order *o, size_t rank);

/* A cursor at the first moment >= m; cursor_done when there is none. */
struct cursor order_seek(const struct order *o, struct moment m);
struct cursor order_at_rank(const struct order *o, size_t rank);

bool cursor_done(const struct order *o, struct cursor c);
struct moment cursor_get(const struct order *o, struct cursor c);
void cursor_next(const struct order *o, struct cursor *c);

#endif
