/* Where positions collide, and the smallest ways out.
 *
 * A *conflict* is a minimal set of statements that cannot all have their way in one outcome, or two
 * statements of which one denies the other's right to decide.  A *concession* is a minimal set of
 * statements without which the others of its part can; every part needs one, and concessions of
 * different parts combine freely.  Neither is ranked. */
#ifndef TRUCE_TALKS_CONFLICTS_H
#define TRUCE_TALKS_CONFLICTS_H

#include "talks/recall.h"

struct conflict {
    bool authority;             /* about who decides, not about an outcome */
    const uint32_t *statements; /* in the order of the text */
    uint32_t n;
    const uint32_t *warnings; /* that speak of what collides here */
    uint32_t n_warnings;
    uint32_t issue; /* at its centre */
    uint32_t part;  /* TALKS_NONE for authority */
    bool assumed;   /* it rests on an assumption among others */
};

struct concession {
    const uint32_t *statements;
    uint32_t n;
    uint32_t part;
};

struct part_end {
    enum search_end end;
    uint32_t premises; /* statements in it */
    uint32_t issue;    /* one of its issues */
};

struct conflicts {
    struct conflict *conflicts;
    size_t n_conflicts, cap_conflicts;
    struct concession *concessions;
    size_t n_concessions, cap_concessions;
    struct part_end *parts; /* by part */
    uint32_t n_parts;
    bool
        impossible; /* the options and their dependencies alone admit no outcome: nothing is listed */
};

struct conflict_query {
    int32_t as_of;
    const bool *without;         /* by statement; may be NULL */
    struct search_limits limits; /* `most` counts results of each part */
    struct recall *recall;       /* what queries before this one found; may be NULL */
    /* Told each conflict as it is found; may be NULL. */
    void (*found)(void *context, const struct conflict *c);
    void *context;
};

/* Find them.  STATUS_FAULT when memory or the solver fails. */
enum status conflicts_find(struct arena *a, Z3_context z3, const struct talks *t,
                           const struct conflict_query *query, struct conflicts *out);

/* "Anna (North) refuses [the line: the old line]": what a statement holds, by the issues' labels. */
void statement_stance(const struct talks *t, const struct statement *s, struct buf *out);

/* A sentence that says why these statements collide. */
void conflict_why(const struct talks *t, const struct conflict *c, struct buf *out);

/* "refusal with a warning", "two demands", "claims of authority" … */
void conflict_kind(const struct talks *t, const struct conflict *c, struct buf *out);

/* Is everything explored? */
bool conflicts_explored(const struct conflicts *c);

/* Is everything explored?  Else one line for each part that is not, and why. */
bool conflicts_complete(const struct talks *t, const struct conflicts *c, struct buf *out);

#endif
