/* Types of terms and variables.
 *
 * Types come from the columns of predicates and from constants, and flow through comparisons,
 * arithmetic, aggregations and the columns of LET until nothing changes; what then disagrees is an
 * error, and what is still unknown is an int (only values compared with nothing typed are).
 *
 *   + - * / and unary minus   both int or both float         MOD   ints
 *   f2i i2f i2s s2i f2s s2f r2s s2r                          as named: from, to
 *   DAY_OF_MONTH MONTH YEAR FORMAT_DATE                      float (a time-stamp) to int, string
 *   = < <= > >=               both sides the same, any       SUBSTRING   strings
 *   MATCHES                   string, regexp; its groups are strings
 *   CNT: int of anything   MIN MAX: as aggregated   SUM: int or float, as aggregated
 *   AVG MED: float of int or float                           tp ts tpts: ints
 */
#ifndef TRUCE_LOGIC_TYPING_H
#define TRUCE_LOGIC_TYPING_H

#include "logic/formula.h"

/* Fill in the types of f's terms and variables and of its LET columns.  STATUS_INPUT with a
 * diagnostic for each disagreement; STATUS_FAULT when memory fails. */
enum status formula_typecheck(struct scope *sc, struct formula *f, struct diags *d);

#endif
