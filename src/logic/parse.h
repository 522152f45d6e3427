/* The MonPoly-style syntax of formulas and signatures, read.
 *
 * Formulas (from loose to tight): LET p(x) = φ IN ψ and LETPAST; SINCE UNTIL (to the right);
 * PREVIOUS NEXT EVENTUALLY ONCE ALWAYS PAST_ALWAYS; EXISTS FORALL x, y.; EQUIV (to the left);
 * IMPLIES (to the right); OR; AND; NOT.  v <- OP x; g φ reaches as far to the right as it can.
 * Names: PREV, SOMETIMES and HISTORICALLY are PREVIOUS, EVENTUALLY and PAST_ALWAYS; FORWARD, |> and
 * BACKWARD, <| are MATCHF and MATCHP.  Comments: # to the end of the line, (* … *). */
#ifndef TRUCE_LOGIC_PARSE_H
#define TRUCE_LOGIC_PARSE_H

#include "logic/formula.h"

/* Read a signature: name(type, …) or name(column: type, …), types int float string.  Adds to `sig`
 * (made with signature_init); all errors are told.  STATUS_INPUT when there is any. */
enum status parse_signature(struct signature *sig, const struct source *source, struct diags *d);

/* Read a formula over the predicates of `sc` into its arena.  Names are resolved: each binder has
 * its own variables, free names are new variables of the scope.  The result is not typed yet.
 * STATUS_INPUT with a diagnostic; STATUS_FAULT when memory fails. */
enum status parse_formula(struct scope *sc, const struct source *source, struct diags *d,
                          struct formula **out);

#endif
