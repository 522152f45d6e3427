/* The checker of proof trees (src/explain/proof.h): node by node, from the definitions, against the
 * facts of a log.  Shares no code with the engine or with the explainer.  Values in force are kept
 * here; what a tree says of them is not read. */
#ifndef TRUCE_TESTS_EXPLAIN_CHECKER_H
#define TRUCE_TESTS_EXPLAIN_CHECKER_H

#include "explain/proof.h"
#include "tests/logic/naive.h"

/* NULL: p proves that the core formula f holds at position `at` with the values `words` (columns
 * f->fv).  Else what is wrong.  A position i of the tree is the log's point i - base (clock: a dense
 * log and base its first second). */
const char *check_proof(struct scope *sc, const struct naive_log *log, int64_t base,
                        const struct formula *f, int64_t at, const uint64_t *words,
                        const struct proof *p);

#endif
