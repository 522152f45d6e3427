/* Random formulas as a person might write them, with a signature and a log, for property tests.
 *
 * The same seed gives the same case.  Formulas are well typed; many are monitorable, not all. */
#ifndef TRUCE_TESTS_LOGIC_RANDOM_H
#define TRUCE_TESTS_LOGIC_RANDOM_H

#include "tests/logic/naive.h"

struct random_options {
    int depth;         /* operators on a branch, about */
    size_t points;     /* time-points of the log */
    unsigned max_step; /* largest step between time-stamps, seconds; 0 is the smallest */
    bool future;       /* use NEXT EVENTUALLY ALWAYS UNTIL MATCHF */
    /* A predicate with all variables AND anything over these, however negated, within finite bounds:
     * all such formulas are monitorable. */
    bool finite;
};

struct random_case {
    struct arena arena;
    struct intern strings;
    struct diags diags;
    struct signature sig;
    struct scope scope;
    struct str text; /* of the formula */
    struct formula *formula;
    struct naive_log log;
    uint64_t state;
};

/* False when the formula is not read or not well typed (a defect; diags tells). */
bool random_case_open(struct random_case *c, uint64_t seed, const struct random_options *o);
void random_case_close(struct random_case *c);

#endif
