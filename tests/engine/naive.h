/* A naive evaluator of core formulas: the relation of each subformula at each position, by the
 * definition, memoised.  Shares nothing with the engine but the formula. */
#ifndef TRUCE_TESTS_ENGINE_NAIVE_H
#define TRUCE_TESTS_ENGINE_NAIVE_H

#include "logic/formula.h"

/* Tuples over the variables of `fv`, in order and without repetition. */
struct rel {
    uint32_t width;
    size_t n;
    uint64_t *words;
};

struct naive_log {
    size_t n;          /* positions 0 … n-1 */
    int64_t *stamps;   /* by position */
    struct rel *facts; /* [position * n_preds + pred] */
    size_t n_preds;
};

struct naive;
struct naive *naive_new(struct scope *sc, const struct naive_log *log);
void naive_free(struct naive *n);
/* The relation of f at position i; owned by the evaluator. */
const struct rel *naive_eval(struct naive *n, const struct formula *f, size_t i);

/* Fill in fv of f and everything beneath, as safe_core does. */
void naive_set_free(struct scope *sc, struct formula *f);

#endif
