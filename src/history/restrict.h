/* Which few facts can matter for the verdicts that one changed fact can touch.
 *
 * A changed fact p(c1,…,cn) meets each occurrence of p in the formula; the output variables among
 * the arguments there are then bound: only verdicts with these values can differ on account of this
 * occurrence, and every other predicate that carries such a variable matters only where it has the
 * value.  One *binding* for each occurrence (several for one that stands in a LET used several
 * times); none when constants exclude it. */
#ifndef TRUCE_HISTORY_RESTRICT_H
#define TRUCE_HISTORY_RESTRICT_H

#include "logic/formula.h"

/* Values of some of the formula's output variables (f->fv, in that order). */
struct binding {
    bool *known;
    uint64_t *value;
};

struct bindings {
    struct arena *arena;
    struct binding *items;
    size_t n, cap;
    bool failed;
};

/* Add to `out` (which names its arena) the bindings that a fact `words` of `pred` gives in the core
 * formula `f`.  None is left that another one covers: whose values are among its own.  `failed` when
 * memory ran out. */
void restrict_bindings(struct bindings *out, const struct formula *f, uint32_t pred,
                       const uint64_t *words);

/* What a binding asks of one occurrence of a predicate: the columns in `mask` have these values. */
struct filter {
    uint32_t pred;
    uint64_t mask;
    const uint64_t *words; /* one for each column; those outside the mask are unset */
};

struct filters {
    struct arena *arena;
    struct filter *items;
    size_t n, cap;
    bool failed;
};

/* A filter for each occurrence of each event predicate under the binding (NULL: nothing bound),
 * without repetition; those implied by a wider one are left out. */
struct filters restrict_filters(struct arena *arena, const struct formula *f,
                                const struct scope *sc, const struct binding *b);

#endif
