/* Formulas that an expert wrote, for what no sentence can say (a part of the model; see model.h).
 *
 *     ```formula
 *     formula surge: each party.
 *     shot is fire by the party in yard.
 *     reply is fire by the other party.
 *     anchor shot.
 *     violation: shot(id) AND NOT ONCE[0,2h] EXISTS x. reply(x)
 *     ```
 *
 * Each *pick* is a phrase of the language and becomes a predicate of one column, what was picked; so what is
 * uncertain of it stays uncertain, as everywhere.  The formula is in the language of `truce monitor`, and
 * says where it is violated: for one pick, the anchor, with its variable free; or, without an anchor, in
 * which seconds.  Counts, sums, comparisons of what was picked, and LET are refused: over uncertain
 * facts they would say more than is known. */
#ifndef TRUCE_LANG_EXPERT_H
#define TRUCE_LANG_EXPERT_H

#include "lang/model.h"
#include "logic/formula.h"

struct expert_pick {
    struct str name;
    struct phrase phrase;
    struct place at;
};

struct expert {
    struct str text;             /* the formula as written */
    const struct source *source; /* the agreement with all else blank: places are the agreement's */
    struct place at;
    const struct expert_pick *picks;
    uint32_t n_picks;
    uint32_t anchor; /* a pick; LANG_NONE: each second */
};

/* A formula over the picks (predicates 0 …, in their order) with the anchor's variable in *id
 * (UINT32_MAX without one).  `sig` and `sc` are made here, in the arena.  STATUS_INPUT with findings
 * when it is none, or may not stand in an agreement. */
enum status expert_parse(const struct expert *x, struct arena *a, struct intern *strings,
                         struct signature *sig, struct scope *sc, struct diags *d,
                         struct formula **out, uint32_t *id);

#endif
