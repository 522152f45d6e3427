/* Settling: from the outcomes of a provision's bearers to the row of one subject.
 *
 * A party's row rests on one outcome, the row `all` on those of every bearer.  Each settle_*
 * function turns anchors of one shape into instances and marks on days. */
#ifndef TRUCE_VERDICT_SETTLE_H
#define TRUCE_VERDICT_SETTLE_H

#include "verdict/days.h"
#include "verdict/outcome.h"

struct settling {
    struct view *view;
    const struct lowered *lowered;
    const struct outcome *outcomes; /* one for each bearer that counts in this row */
    size_t n_outcomes;
    uint32_t subject; /* actor, or VERDICT_ALL */
    instant from, to; /* the period */
    struct iset term; /* in force within the period (the same for all bearers) */
    struct days days;

    struct instance *instances; /* malloc'd */
    size_t n, cap;
    bool seen[VERDICTS];
    uint32_t reasons[VERDICTS];
    uint64_t certain, possible;
    uint64_t due, performed, late; /* duties, for the level */
    instant next_deadline;
    bool attributed;
    bool *candidate; /* by actor, and one more for those the agreement does not name */
    bool unknown_candidate;
    bool failed; /* memory */
};

/* What is said of one anchor, put together from its items. */
struct tally {
    bool must_f, must_r, may_r, may_c, raw, made, performed;
    uint32_t reasons;
};

/* Note an instance (cut to nothing when it does not meet the period), its verdict and reasons. */
void settling_add(struct settling *s, const struct instance *x);

/* Note a stretch of time with a verdict that is no instance's (hidden anchors, what lies ahead). */
void settling_stretch(struct settling *s, enum verdict v, instant from, instant to,
                      uint32_t reasons);

/* t later by an edge of the lowered formulas. */
instant settling_edge(const struct settling *s, struct edge e, instant t);

/* Events (rows 1, 5, 7, 8 and "at least d before") and stays (row 3). */
void settle_acts(struct settling *s);

/* Caps: where one of several acts certainly violates, and it is not certain which. */
void settle_crowd(struct settling *s, const struct outcome *o);

/* Duties with a deadline (row 2). */
void settle_duties(struct settling *s);

/* The days of a missed step of a schedule within `after`: less was done than it asks for.  The last
 * second of that (certain: of what is certain), INSTANT_MIN when there is none. */
instant settle_missed_step(struct settling *s, const struct outcome *o, size_t step,
                           struct span after, bool certain);

/* The days within `before` on which a step was open: perhaps less was done than it asks for. */
void settle_open_step(struct settling *s, const struct outcome *o, size_t step, struct span before);

/* What of a schedule is done by `at`: for certain, and as far as the record may say. */
struct done_so_far {
    int64_t certain, possible;
};
struct done_so_far schedule_done(const struct relations *r, instant at);

/* The level of a schedule by the share that is done of what its last step asks for: 0 none, 1 under
 * half, 2 under all, 3 all; `rule` says the numbers. */
int schedule_level(const struct settling *s, struct arena *arena, struct str *rule);

/* Episodes without identity (row 4, 12). */
void settle_episodes(struct settling *s);

/* Call `each` for every fact of an outcome with its items. */
void settle_each_fact(struct settling *s, const struct outcome *o,
                      void (*each)(struct settling *s, const struct outcome *o, size_t first,
                                   size_t n, const struct tally *t));

#endif
