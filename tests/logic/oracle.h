/* The agreed verdicts in tests/data/oracle, case by case. */
#ifndef TRUCE_TESTS_LOGIC_ORACLE_H
#define TRUCE_TESTS_LOGIC_ORACLE_H

#include "logic/formula.h"

/* A case: its files read, its signature and formula parsed and typed. */
struct oracle_case {
    char name[64]; /* "wide/0017" */
    struct arena arena;
    struct intern strings;
    struct diags diags;
    struct signature sig;
    struct scope scope;
    struct formula *formula; /* typed; NULL when it did not parse */
    struct str text, log, expected;
};

/* Number of cases in a set ("trace", "wide", "clock"), and opening one: false when a file is
 * missing.  A formula that does not parse or type leaves `formula` NULL and `diags`. */
unsigned oracle_cases(const char *set);
bool oracle_open(struct oracle_case *c, const char *set, unsigned number);
void oracle_close(struct oracle_case *c);

/* The rendered diagnostics of the case, in its arena, for failure messages. */
const char *oracle_errors(struct oracle_case *c);

#endif
