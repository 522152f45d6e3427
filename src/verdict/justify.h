/* Private to room verdict: justifications (row 9) on record: what steps refer to, and how far a
 * claim has come. */
#ifndef TRUCE_VERDICT_JUSTIFY_H
#define TRUCE_VERDICT_JUSTIFY_H

#include "verdict/settle.h"
#include "verdict/tell.h"

/* Rows of a PRED_REFERS: for each picked fact the identities of what it refers to (of each of its
 * alternatives, where the predicate says so).  Certain where the whole fact is and names it. */
void refer_rows(const struct relations *r, uint32_t pred, enum polarity polarity,
                struct table *out);

/* Is a justification of the instance claimed, and not yet decided? */
bool justification_claimed(const struct settling *s, const struct instance *x);

/* One step for each justification that the instance could have: how far it has come, with the facts
 * of its steps. */
void tell_justifications(struct telling *t, const struct instance *x, int depth);

#endif
