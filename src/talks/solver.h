/* Positions in Z3: does a set of premises go together, and in which outcome? */
#ifndef TRUCE_TALKS_SOLVER_H
#define TRUCE_TALKS_SOLVER_H

#include "talks/marco.h"
#include "talks/system.h"

struct solver {
    Z3_context z3;
    Z3_solver solver;
    const struct system *s;
    Z3_ast *var, *not_var; /* by variable; NULL where nothing in this solver speaks of it */
    uint32_t *premise;     /* those that are asked about, by index of the set */
    Z3_ast *guard;         /* premise i holds */
    uint32_t n;
    Z3_ast *assumed;   /* room for what is assumed in one question */
    uint64_t until_ms; /* give up then; 0: never */
    unsigned effort;   /* that the next question may take; 0: not limited */
};

/* A solver over the premises of one part, or over all of them when part is TALKS_NONE.  Freed by
 * solver_free.  False when memory or the solver fails. */
bool solver_init(struct arena *a, Z3_context z3, const struct system *s, uint32_t part,
                 struct solver *out);
void solver_free(struct solver *s);

/* An oracle for MARCO: context is a struct solver. */
enum oracle_answer solver_check(void *context, bool *set);

/* As solver_check, with extra literals (±(variable + 1)) that must hold; nothing is added or left
 * out.  When together and `outcome` is given, it gets which variables are true. */
enum oracle_answer solver_ask(struct solver *s, const bool *set, const int32_t *literals,
                              uint32_t n_literals, bool *outcome);

/* After a conflict in solver_ask: which premises were used. */
void solver_core(struct solver *s, bool *set);

#endif
