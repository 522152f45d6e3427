/* From a typed formula to the core form that the engine executes, or the reason why it cannot be.
 *
 * A formula is *monitorable* when, at every position, finitely many tuples satisfy it, all of them
 * found in the data, and only a bounded stretch of the future is needed.  safe_core rewrites
 * (negation is pushed inward, IMPLIES EQUIV FORALL ALWAYS PAST_ALWAYS are expressed by others,
 * conjunctions are flattened and put in an order in which every variable is bound before it is
 * used, constants are folded) and, where a part alone would be infinite, bounds it by a *guard*:
 * the other conjuncts, carried through temporal operators by their converse (what is guarded by G
 * now and looked at within EVENTUALLY[a,b] is guarded by ONCE[a,b] G there).  So more is accepted
 * than by MonPoly: p(x) AND ALWAYS[0,9] q(x), or p(x) AND (x < 3 OR q(x)).
 *
 * THE CORE FORM.  Every node has `fv`, its free variables ascending.  A *generator* is one of:
 *
 *   F_TRUE          no variables; holds at every position.
 *   F_FALSE         holds nowhere; fv may be any set (an empty table with these columns).
 *   F_PRED          each argument is a TERM_VAR or a TERM_CONST; a variable may repeat.
 *                   tp, ts, tpts are predicates by their kind and generate like others.
 *   F_AND           n_sub >= 2.  sub[0] is a generator.  Each later sub, with B the variables of
 *                   those before it, is one of
 *                     join        a generator (any free variables; may be disjoint from B)
 *                     anti-join   F_NOT of a generator g, fv(g) within B
 *                     filter      F_COMPARE or F_NOT of F_COMPARE, its variables within B
 *                                 (MATCHES: each group is NULL, a constant, or a variable; groups
 *                                 that are variables outside B are bound by it: not under F_NOT)
 *                     assignment  F_ASSIGN, `result` not in B, the variables of `right` within B.
 *                                 Where `right` is undefined the tuple is dropped.
 *                   The order is a proposal: any order that keeps these conditions means the same.
 *                   fv is the union.  sub[0] is F_TRUE when nothing else can stand first.
 *   F_OR            n_sub >= 2 generators, all with the same fv.
 *   F_EXISTS        vars (within the fv of sub[0], at least one) are projected away.
 *   F_PREV F_NEXT F_ONCE F_EVENTUALLY   sub[0] a generator.
 *   F_SINCE F_UNTIL sub[1] is a generator; sub[0] is a generator g, or F_NOT of a generator g;
 *                   fv(g) within fv(sub[1]), which is the fv.  g is never F_TRUE (that is ONCE).
 *   F_AGG           sub[0] a generator that has `over` and the group-by variables free.  One tuple
 *                   for each group that has any.  Without group-by variables there is a tuple at
 *                   every position: over nothing CNT and SUM are 0 (AVG MED MIN MAX: see
 *                   doc/semantics.md).
 *   F_LET           sub[0] a generator, fv(sub[0]) = the set of vars; column k of `pred` is
 * vars[k]. F_LETPAST       as F_LET; in sub[0] `pred` at a position depends only on earlier
 * positions. F_MATCHF F_MATCHP   walk the path away from the position: MATCHF from its left end
 * forwards, MATCHP from its right end backwards.  B grows from nothing: each test is a generator
 * (joins) or F_NOT of a generator with its variables within B; both sides of an ALT have bound the
 * same when it ends, a STAR binds nothing. At the far end B is the fv.
 *
 * F_NOT and F_COMPARE and F_ASSIGN occur only where listed.  Never: IMPLIES EQUIV FORALL
 * HISTORICALLY ALWAYS.  Bounds of F_EVENTUALLY F_UNTIL F_MATCHF are finite unless
 * options.unbounded_future; no bound is empty.  Equal subformulas may be the same node or copies.
 */
#ifndef TRUCE_LOGIC_SAFE_H
#define TRUCE_LOGIC_SAFE_H

#include "logic/formula.h"

struct safe_options {
    bool unbounded_future; /* accept EVENTUALLY[a,*): the caller has the whole history at once */
};

/* The core form of `f`, in the scope's arena (new variables may be added to the scope).
 * STATUS_INPUT with a diagnostic that underlines the part that is not monitorable and proposes a
 * repair; STATUS_FAULT when memory fails.  `f` is checked (typing.h) and not changed.
 * The core's fv is exactly formula_free(f), also where rewriting made it constant. */
enum status safe_core(struct scope *sc, const struct formula *f, const struct safe_options *options,
                      struct diags *d, struct formula **out);

/* Do two core formulas of one scope mean the same, being equal up to the names of bound variables?  May say
 * false where they do (LET). */
bool formula_same(const struct scope *sc, const struct formula *a, const struct formula *b);

/* For tests: does `f` keep the rules of the core form above?  NULL when it does, else the first
 * offending node (or f itself when memory fails). */
const struct formula *safe_core_check(struct scope *sc, const struct formula *f);

#endif
