/* All minimal conflicting sets and all minimal ways out of them.
 *
 * Given n things and an oracle that says whether a set of them goes together, find every minimal set
 * that does not (MUS) and the complement of every maximal set that does (minimal correction set,
 * MCS).  The method is MARCO (M. H. Liffiton, A. Previti, A. Malik, J. Marques-Silva, "Fast, flexible
 * MUS enumeration", Constraints 21, 2016): a map of what is unexplored gives a seed, the oracle
 * shrinks it to a MUS or grows it to a maximal set, and everything above or below is blocked.  The
 * map is a Z3 solver.  Results come as they are found. */
#ifndef TRUCE_TALKS_MARCO_H
#define TRUCE_TALKS_MARCO_H

#include "base/arena.h"

#include <stdint.h>
#include <z3.h>

enum oracle_answer { ORACLE_TOGETHER, ORACLE_CONFLICT, ORACLE_UNKNOWN };

struct oracle {
    void *context;
    uint32_t n;
    /* Does the set go together?  When it does, the oracle may add things that certainly go with it;
     * when not, it may leave out things that certainly are not needed. */
    enum oracle_answer (*check)(void *context, bool *set);
};

struct search_limits {
    uint64_t until_ms; /* on the clock of clock_ms; 0: no limit */
    size_t most;       /* results; 0: no limit */
    /* Told now and then how many results there are; may be NULL. */
    void (*progress)(void *context, size_t found);
    void *progress_context;
};

enum search_end { SEARCH_COMPLETE, SEARCH_TIME, SEARCH_MOST, SEARCH_UNKNOWN, SEARCH_FAULT };

/* Called with each result: the members of a minimal conflicting set, or of a minimal correction
 * set.  Returns false to stop (the search then ends with SEARCH_FAULT). */
typedef bool (*marco_found)(void *context, bool conflict, const uint32_t *members, uint32_t n);

enum search_end marco(struct arena *a, Z3_context z3, const struct oracle *oracle,
                      const struct search_limits *limits, marco_found found, void *context);

/* Milliseconds of the monotonic clock. */
uint64_t clock_ms(void);

/* A Z3 context whose errors are read from it and never stop the program; NULL on failure. */
Z3_context z3_new(void);

#endif
