/* Proof trees: why a core formula (logic/safe.h) holds, or does not, over a stretch of positions.
 *
 * Every node claims: under the values in force there, `f` holds (holds) or fails (!holds) at each
 * position from `from` to `to`.  The claim follows by `rule` from the claims of its sub-nodes and,
 * in the leaves, from the facts alone; so a tree can be checked node by node, without evaluating.
 *
 * The values in force are those of the verdict at the root; EXISTS, aggregations and LET bring more
 * on the way down.  To *refute* a formula for all values of some variables they are left *open*;
 * PROOF_CASES splits open variables: some tuples one by one, and one sub-node for all others.  Under
 * that one an open tuple is any that is not listed.
 *
 *   rule            claim     what the sub-nodes are
 *   PROOF_FACT      +         none: a fact of f's predicate with these values
 *   PROOF_ABSENT    -         none: no fact of f's predicate matches (open variables match all)
 *   PROOF_TRIVIAL   +, -      none: TRUE, FALSE, comparisons, assignments, tp ts tpts
 *   PROOF_NOT       +, -      [0] the opposite of sub[0]
 *   PROOF_ALL       AND+ OR-  one for each of f's subformulas, in order
 *   PROOF_ONE       AND- OR+  [0] of subformula number `choice`
 *   PROOF_WITNESS   EXISTS+   [0] with f's variables having the values `words`
 *   PROOF_NONE      EXISTS-   [0] refutes sub[0] with f's variables open
 *   PROOF_CASES     any       about f itself: words = n_cases tuples of `vars`; sub[k] under the k-th,
 *                             sub[n_cases] (always -) under any other.  As a sub-node of PROOF_AGG
 *                             the cases may be + or -; elsewhere all are -
 *   PROOF_AT        +         PREV NEXT ONCE EVENTUALLY: [0] at a position in the window
 *   PROOF_NOWHERE   -         of the same: [0] over (at least) all positions in the windows; none
 *                             when there is no position
 *   PROOF_SINCE     SINCE+ UNTIL+   [0] the right side at its witness; [1], unless they are the same
 *                             position, the left side from there on (UNTIL: up to there)
 *   PROOF_NO_SINCE  SINCE- UNTIL-   has_right: [0] the right side fails over all positions that
 *                             remain; has_left: next, the left side fails at one position, which
 *                             rules out the witnesses beyond it
 *   PROOF_MATCH     MATCHF+ MATCHP+  [0] a walk of f's path between the position and one in its
 *                             window (MATCHF: from it on, MATCHP: up to it)
 *   PROOF_WALK      +         `path`, from `from` to `to`.  WILD: to = from + 1; TEST: from = to, [0]
 *                             the test holds; CONCAT: [0] and [1], the one ends where the other
 *                             begins; ALT: [0] of part a or b (`choice`); STAR: any number of walks
 *                             of a, each begins where the one before ends.  f is the MATCH
 *   PROOF_NO_MATCH  MATCHF- MATCHP-  each: a test of the path fails over a stretch; whatever walk
 *                             ends in the window has one of them there
 *   PROOF_AGG       AGG+ AGG- [0] sub[0] with all but the group open, split until every tuple is
 *                             decided; the + leaves are what is aggregated
 *   PROOF_NO_GROUP  AGG-      [0] refutes sub[0] with all but the group open
 *   PROOF_BODY      LET       [0] where it is used
 *   PROOF_MEANS     PRED      [0] the definition, with the arguments for its parameters
 *   PROOF_SPLIT     any       about f itself: consecutive stretches that make up this one
 *   PROOF_UNEXPLAINED any     none: this edition cannot give a proof here
 */
#ifndef TRUCE_EXPLAIN_PROOF_H
#define TRUCE_EXPLAIN_PROOF_H

#include "logic/formula.h"

enum proof_rule {
    PROOF_FACT,
    PROOF_ABSENT,
    PROOF_TRIVIAL,
    PROOF_NOT,
    PROOF_ALL,
    PROOF_ONE,
    PROOF_WITNESS,
    PROOF_NONE,
    PROOF_CASES,
    PROOF_AT,
    PROOF_NOWHERE,
    PROOF_SINCE,
    PROOF_NO_SINCE,
    PROOF_MATCH,
    PROOF_WALK,
    PROOF_NO_MATCH,
    PROOF_AGG,
    PROOF_NO_GROUP,
    PROOF_BODY,
    PROOF_MEANS,
    PROOF_SPLIT,
    PROOF_UNEXPLAINED
};

struct rows;

/* Values in force: a list, the innermost first.  One link binds `vars` to the tuple `words`, or
 * (open) leaves them open but for the `n_tuples` tuples in `words`. */
struct binds {
    const struct binds *outer;
    const uint32_t *vars;
    uint32_t n;
    bool open;
    const uint64_t *words;
    size_t n_tuples;        /* open only */
    const struct rows *set; /* open: the tuples once more, to be looked up; NULL: none */
};

struct proof {
    enum proof_rule rule;
    bool holds;
    bool has_right, has_left; /* PROOF_NO_SINCE */
    const struct formula *f;
    int64_t from, to;
    uint32_t choice;         /* PROOF_ONE, PROOF_WALK */
    const struct path *path; /* PROOF_WALK */
    const uint32_t *vars;    /* PROOF_CASES; n_vars 0 elsewhere */
    uint32_t n_vars;
    const uint64_t *words; /* PROOF_CASES: n_cases tuples; PROOF_WITNESS: one */
    size_t n_cases;
    struct proof **sub;
    size_t n_sub;
    uint64_t size;           /* nodes, PROOF_UNEXPLAINED counting very many */
    const struct binds *env; /* for printing */
};

#define PROOF_UNEXPLAINED_SIZE (UINT64_C(1) << 32)

#endif
