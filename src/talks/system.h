/* Positions as clauses: what must hold together for every statement to have its way.
 *
 * A variable says that an option of an issue is in the outcome.  Each statement that binds outcomes
 * becomes a *premise*: a few clauses that may be given up together.  What issues and options mean
 * (one option at most, dependencies) is hard.  Acts that bind nothing (support in principle, a
 * question, a warning) are no premises: silence and half-words are never made into consent.
 *
 * The same clauses serve the solver, the search for independent parts, and the reference in
 * tests/talks that tries all outcomes. */
#ifndef TRUCE_TALKS_SYSTEM_H
#define TRUCE_TALKS_SYSTEM_H

#include "talks/model.h"

struct clause {
    const int32_t *literals; /* ±(variable + 1) */
    uint32_t n;
    uint32_t part; /* TALKS_NONE: in no minimal conflict */
};

struct premise {
    uint32_t statement;
    struct clause *clauses;
    uint32_t n;
    uint32_t
        part; /* premises of different parts cannot collide; TALKS_NONE: it collides with none */
};

struct hard {
    struct clause clause;
    uint32_t statement; /* the dependency it comes from, or TALKS_NONE */
    uint32_t issue;     /* whose options exclude each other, or TALKS_NONE */
};

enum system_use {
    USE_CONFLICTS, /* every statement that binds may be given up */
    USE_PACKAGES /* refusals, red lines, conditions and assumptions hold; wishes may be given up */
};

struct system {
    struct arena *arena;
    const struct talks *t;
    uint32_t n_vars;
    uint32_t *first_var; /* by issue */
    uint32_t *var_issue; /* by variable */
    struct premise *premises;
    uint32_t n_premises;
    struct hard *hards;
    uint32_t n_hards;
    uint32_t n_parts;
};

/* What counts as of a day; `without` (by statement, may be NULL) leaves some out.  False when memory
 * fails. */
bool system_build(struct arena *a, const struct talks *t, int32_t as_of, enum system_use use,
                  const bool *without, struct system *out);

/* The variable of an atom, and the literal that says it. */
uint32_t system_var(const struct system *s, uint32_t issue, uint32_t option);
int32_t system_literal(const struct system *s, const struct atom *atom);

#endif
