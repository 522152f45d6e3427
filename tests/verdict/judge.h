/* The judge: verdicts by their definition, on cases small enough to look at every world.
 *
 * Time is a handful of seconds ("ticks") from JUDGE_BASE on, the first of which stands for all that
 * was before: nothing is hidden there.  Local midnight (UTC) falls in the middle, so
 * that there are two days.  A world settles every choice of every fact: there or not, which
 * alternative, who, when, in or out of the zone, which value.  In C and F hidden things are added,
 * one or two at a time.  In a world every predicate is a plain relation and the violation formula
 * is ticked through.  Shares with the product the lowered formula and the structures of facts and
 * agreement, nothing else. */
#ifndef TRUCE_TESTS_VERDICT_JUDGE_H
#define TRUCE_TESTS_VERDICT_JUDGE_H

#include "lower/lower.h"

#define TICKS 12
#define JUDGE_BASE (86400 * 100 - TICKS / 2)

#define MAX_FACTS 5
#define MAX_THINGS (MAX_FACTS + 2) /* facts and hidden things */
#define MAX_IDS 16
#define JUDGE_KINDS 32

/* One way a fact may be. */
struct thing {
    bool present;
    uint32_t kind, actor;
    bool excused;     /* by a ruling */
    unsigned ticks;   /* mask of the ticks at which it happens or holds */
    bool inside;      /* of zone 0 */
    int64_t value;    /* of attribute 1 */
    int64_t incident; /* of a step of a justification: the text of what it is about, or -1 */
    uint32_t to;      /* of attribute 2, of kinds that have an actor there */
    bool hidden;
};

struct judge_case {
    const struct agreement *g;
    const struct facts *facts;
    instant at;
    /* by kind: ticks that are covered inside zone 0, and everywhere */
    unsigned covered_zone[JUDGE_KINDS], covered_all[JUDGE_KINDS];
    const uint8_t *sides; /* by place */
    /* by fact: whom a finding names (one more than the actor, 0: nobody), and whether a ruling
     * excuses it as a violation of provision `over` (LANG_NONE: of any) */
    uint32_t found[MAX_FACTS];
    bool excused[MAX_FACTS];
    uint32_t over;
    const struct lowered *lowered; /* for calendar maps; NULL: there are none */
    uint32_t reading;              /* of the evidence; LANG_NONE in the cases made by hand */
    int64_t text; /* of attribute 1 where it is a text: the one that is asked for */
};

/* What held over a set of worlds: of each anchor, and of each day. */
struct judged {
    bool always, ever; /* violates */
    bool raw_ever;     /* excuses aside */
    bool performed_always, made_always;
};

enum { JUDGE_R, JUDGE_C, JUDGE_F, JUDGE_SETS };

struct judgement {
    size_t n_ids;
    struct judged of[JUDGE_SETS][MAX_IDS]; /* anchors that the record knows, by fact or by row */
    struct judged any[JUDGE_SETS];         /* some anchor, hidden ones included */
    struct judged day[JUDGE_SETS][2];      /* some violation on the day */
    bool made[JUDGE_SETS];                 /* some instance is there in some world */
    bool asked[JUDGE_SETS];                /* its frames and `if` hold somewhere in some world */
    bool too_many;
};

/* Is a fact established by the reports on record? */
bool judge_established(const struct judge_case *c, const struct fact *x);

/* Judge a violation, or several at once (the bearers of one provision: an anchor violates when it
 * violates for one of them). */
void judge(const struct judge_case *c, struct violation *const *v, size_t n, struct judgement *out);

#endif
