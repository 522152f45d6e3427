/* How many a schedule needs, from a baseline that may not be known for certain. */
#ifndef TRUCE_VERDICT_NEED_H
#define TRUCE_VERDICT_NEED_H

#include "verdict/relation.h"

struct need_range {
    int64_t lo, hi; /* hi INT64_MAX: no number bounds it */
};

/* The baseline of a step's shares as the worlds of the set have it. */
struct need_range need_baseline(const struct relations *r, uint32_t pred, size_t step,
                                enum world world);

/* What the step asks for. */
struct need_range need_of(const struct relations *r, uint32_t pred, size_t step, enum world world);

/* Rows of PRED_NEEDS: must has the least number that any world needs, may the greatest too; and of
 * PRED_NUMBERS: all of them, of every set of worlds. */
void need_rows(const struct relations *r, uint32_t pred, enum polarity polarity, enum world world,
               struct table *out);
void need_numbers(const struct relations *r, uint32_t pred, struct table *out);

/* Why the baseline is not certain: bits of enum reason. */
uint32_t need_reasons(const struct relations *r, uint32_t pred);

#endif
