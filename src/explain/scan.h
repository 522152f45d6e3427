/* Inside the record: blocks and the indexes of their facts. */
#ifndef TRUCE_EXPLAIN_SCAN_H
#define TRUCE_EXPLAIN_SCAN_H

#include "explain/record.h"

/* Load the block if it is not; false when it cannot be had (see r->lost). */
bool block_need(struct record *r, struct block *b);
/* The block of a position that there is. */
size_t record_block(const struct record *r, int64_t at);

/* Are two tuples the same in the columns of `mask`? */
bool words_same(const uint64_t *a, const uint64_t *b, uint64_t mask);

void index_free(struct fact_index *list);

#endif
