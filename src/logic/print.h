/* Formulas as text in the MonPoly-style syntax.
 *
 * What is printed reads back (parse.h) as the same formula, up to the names of variables: where two
 * variables of one formula have the same name, the later is renamed; names that begin with _ lose
 * it.  Core form prints too (an assignment as an equation).  Edges that are calendar maps print as
 * `map N`, strings with a quote in them with \", and these two do not read back. */
#ifndef TRUCE_LOGIC_PRINT_H
#define TRUCE_LOGIC_PRINT_H

#include "logic/formula.h"

/* Append `f` to `out` (whose `failed` tells of memory). */
void formula_print(struct buf *out, const struct scope *sc, const struct formula *f);

/* Append "name: type" for each free variable in the order of its columns, with commas. */
void formula_print_columns(struct buf *out, const struct scope *sc, const struct formula *f);

#endif
