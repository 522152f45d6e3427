/* Random formulas in core form, and random logs, for property tests. */
#ifndef TRUCE_TESTS_ENGINE_RANDOM_CORE_H
#define TRUCE_TESTS_ENGINE_RANDOM_CORE_H

#include "tests/logic/naive.h"

struct random_core {
    struct arena arena;
    struct intern strings;
    struct signature sig;
    struct scope scope;
    uint64_t seed;
    const uint8_t *dice; /* are thrown first, one byte each, then the seed's; set after init */
    size_t n_dice;
    bool paths;     /* may make LETPAST and paths */
    bool uncertain; /* counts only where they are compared from above, no other aggregation */
    uint32_t lets[8];
    const uint32_t *let_params[8];
    uint32_t n_lets;
    int let_arity[8];
};

enum { VALUES = 3, MAX_ARITY = 3 };

void random_core_init(struct random_core *r, uint64_t seed);
void random_core_free(struct random_core *r);
/* A number in [0, n). */
uint64_t random_core_below(struct random_core *r, uint64_t n);
/* A formula of about `size` operators with `n_vars` free variables, fv set. */
struct formula *random_core_formula(struct random_core *r, int size, uint32_t n_vars);
/* A log of n positions in the arena; `gap`: largest step of time; 0: every second. */
struct naive_log *random_core_log(struct random_core *r, size_t n, uint64_t gap);

#endif
