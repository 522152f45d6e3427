/* A row of verdicts against the judge: sound always, exact where that is promised.
 *
 * Sound: nothing is called certain that fails in some world, and nothing is left out that happens in some
 * world.  Exact: where the formula reads each choice once and counts nothing, every anchor's verdict is
 * the one that the definition gives. */
#ifndef TRUCE_TESTS_VERDICT_CHECK_H
#define TRUCE_TESTS_VERDICT_CHECK_H

#include "../test.h"
#include "judge.h"
#include "verdict/verdict.h"

struct tally {
    int cases, rows, anchors, certain, excused, inexact, skipped, crowds, odd_rows;
};

struct checking {
    const struct facts *facts;
    const struct judge_case *judge;
    const struct provision *pv; /* whose row it is */
    const struct lowered *l;
    struct violation *const *v; /* of the row's bearers */
    const struct verdict_row *row;
    const struct judgement *j; /* of these violations */
    struct tally *t;
    uint64_t number;  /* of the case, for messages */
    const char *text; /* its sentences, or NULL */
    bool counts;      /* the formula counts: soundness only */
    bool repeats;     /* a choice may be read more than once: soundness only */
    bool closed;      /* all covered, and nothing is ahead: R, C and F are one */
};

/* Fails the test, with the whole case, where the row says what the judge does not. */
void check_row(const struct checking *k);

#endif
