/* The search of one part of the positions, and what earlier searches of the same part found.
 *
 * A page shows a dozen days, and from one day to the next most parts stay as they are: the same
 * statements, tied by the same options and dependencies.  What a complete search of such a part found
 * is told again instead of sought again.  A part is the same when its clauses are, to the letter;
 * what a limit cut short is not kept. */
#ifndef TRUCE_TALKS_RECALL_H
#define TRUCE_TALKS_RECALL_H

#include "talks/solver.h"

struct recall; /* what was found so far; lives as long as the arena it is made in */

/* NULL when memory fails. */
struct recall *recall_new(struct arena *a);

/* As marco_found, but with the statements themselves, in the order of the text.  They are the
 * callee's to keep, as long as the arena lives. */
typedef bool (*part_found)(void *context, bool conflict, uint32_t *statements, uint32_t n);

struct part_search {
    const struct system *system;
    uint32_t part;
    const struct search_limits *limits;
    struct recall *recall; /* may be NULL: nothing is remembered */
    part_found found;
    void *context;
};

/* All minimal conflicts and all minimal ways out of a part.  `premises` gets how many statements are
 * in it, `first` the first of them (TALKS_NONE: none). */
enum search_end part_search(struct arena *a, Z3_context z3, const struct part_search *search,
                            uint32_t *premises, uint32_t *first);

#endif
