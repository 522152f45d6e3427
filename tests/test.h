/* What every test file includes: cmocka wants these headers in this order. */
#ifndef TRUCE_TESTS_TEST_H
#define TRUCE_TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

/* Compare a str with a C string, showing both when they differ. */
#define assert_str(actual, expected)                                                               \
    do {                                                                                           \
        struct str actual_ = (actual), expected_ = str_of(expected);                               \
        if (!str_eq(actual_, expected_))                                                           \
            fail_msg("got \"%.*s\", expected \"%.*s\"", STR_ARG(actual_), STR_ARG(expected_));     \
    } while (0)

/* A small generator for property tests: reproducible, independent of libc (SplitMix64). */
static inline uint64_t test_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15U);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

/* What is added to the seeds of a property test: TRUCE_SEED, for other cases than those of every day. */
static inline uint64_t test_shift(void)
{
    const char *given = getenv("TRUCE_SEED");
    return given ? strtoull(given, NULL, 10) * 1000003 : 0;
}

/* A number in [0, n). */
static inline uint64_t test_below(uint64_t *state, uint64_t n)
{
    return test_random(state) % n;
}

#endif
