/* The difference of two answers: which tuples hold where they did not, and no longer where they did.
 */
#ifndef TRUCE_HISTORY_DIFF_H
#define TRUCE_HISTORY_DIFF_H

#include "base/status.h"
#include "engine/table.h"

/* Bring rows into the one form that equal answers share: by tuple, then by position, intervals of
 * equal tuples merged where they meet or touch. */
enum status diff_normal(struct table *t);

/* Call `change` for each maximal stretch where exactly one of two normal tables has a tuple;
 * `row` and `of` tell whose words to read.  Stops at the first status that is not STATUS_OK. */
typedef enum status (*diff_change)(void *ctx, bool holds, int64_t from, int64_t to,
                                   const struct table *of, size_t row);
enum status diff_tables(const struct table *before, const struct table *after, diff_change change,
                        void *ctx);

#endif
