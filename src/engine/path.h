/* A path expression as a program for a walk away from a position.
 *
 * Instructions: MOVE one position on; TEST a relation at the present position, binding or comparing
 * columns; SPLIT into two; ACCEPT.  MATCHF walks forwards from the left end, MATCHP backwards from
 * the right end, so for MATCHP concatenations are compiled in reverse.  Which columns are bound is
 * known at each instruction (logic/safe.h), so an unbound column is 0 and tuples compare as words. */
#ifndef TRUCE_ENGINE_PATH_H
#define TRUCE_ENGINE_PATH_H

#include "logic/formula.h"

enum step_op { STEP_MOVE, STEP_TEST, STEP_SPLIT, STEP_ACCEPT };

struct step_column {
    uint32_t in_test, in_tuple;
    bool bound; /* compare; else bind */
};

struct step {
    enum step_op op;
    uint32_t a, b; /* next instruction; SPLIT: both */
    uint32_t test; /* TEST: number of the input */
    bool negated;
    uint32_t n_columns;
    struct step_column *columns;
};

struct path_program {
    struct step *steps;
    size_t n, cap;
    const struct formula **tests; /* in the order of inputs; NOT stripped */
    size_t n_tests, cap_tests;
};

/* Compile f (F_MATCHF or F_MATCHP) in the arena; NULL when memory fails. */
struct path_program *path_compile(struct arena *a, const struct formula *f);

#endif
