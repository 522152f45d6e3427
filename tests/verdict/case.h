/* Random small agreements and records for the judge: one provision, up to MAX_FACTS facts. */
#ifndef TRUCE_TESTS_VERDICT_CASE_H
#define TRUCE_TESTS_VERDICT_CASE_H

#include "judge.h"

enum case_kind { FIRE, NOTICE, STORM, WEAPON, CALM, MINES, CASE_KINDS };

struct random_case {
    struct arena arena;
    uint64_t number; /* the seed it was made from */
    uint64_t seed;
    struct agreement g;
    struct provision provision;
    struct provision powers[2]; /* of the body that rules */
    struct provision both[4];   /* the provision, what it follows or what may justify it, powers */
    const struct force_rule *force; /* what is in force, beside the dates */
    uint32_t n_force;
    struct facts facts;
    struct judge_case judge;
    bool counts; /* the formula counts: soundness only */
    bool closed; /* all covered, and nothing is ahead: R, C and F are one */
    struct measure basis;
    struct stock stock;
    struct stated_amount amounts[2];
    struct process processes[2];
    struct site sites[2];
    bool repeats; /* a choice may be read more than once: soundness only */
};

/* A provision of the pattern (PATTERN_JUSTIFY: one that may be justified), with random conditions, and a random record.  `plain`: no conditions
 * and no second reading of any choice, so that verdicts must be exact. */
void random_case_init(struct random_case *c, uint64_t seed, enum pattern pattern, bool plain);
void random_case_free(struct random_case *c);

#endif
