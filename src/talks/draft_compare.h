/* Two drafts compared by what they allow: which is stricter for whom, with a behaviour that one
 * allows and the other does not.
 *
 * An actor's behaviour is *allowed* by a draft when none of its provisions that bind the actor is
 * violated by the actor.  Kinds, actors, zones and attributes are the same in both drafts when they
 * have the same name.  Bounded as draft_check.h is. */
#ifndef TRUCE_TALKS_DRAFT_COMPARE_H
#define TRUCE_TALKS_DRAFT_COMPARE_H

#include "talks/draft_logic.h"

enum draft_relation { DRAFT_SAME, DRAFT_FIRST_STRICTER, DRAFT_SECOND_STRICTER, DRAFT_BOTH_WAYS };

struct draft_comparison {
    struct str actor;
    /* By side: a timeline that this side forbids to the actor and the other allows; `on` NULL when
     * there is none. */
    struct draft_timeline forbidden[DRAFT_SIDES];
    uint32_t *broken[DRAFT_SIDES]; /* provisions of that side which the timeline violates */
    uint32_t n_broken[DRAFT_SIDES];
    bool others_keep[DRAFT_SIDES]; /* in it, everybody else keeps both drafts */
    bool unknown[DRAFT_SIDES];     /* the question was given up */
};

struct draft_comparisons {
    struct draft_comparison *items;
    size_t n, cap;
    struct draft_world world;
    struct draft_logic logic;
};

/* `ms`: how long all questions may take.  STATUS_OK, or STATUS_FAULT.  To be freed in every case,
 * before the arena. */
enum status draft_compare(struct arena *a, Z3_context z3, const struct agreement *first,
                          const struct agreement *second, uint64_t ms,
                          struct draft_comparisons *out);
void draft_comparisons_free(struct draft_comparisons *c);

enum draft_relation draft_relation(const struct draft_comparison *c);

#endif
