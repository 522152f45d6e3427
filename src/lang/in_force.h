/* What is in force, beside the dates in the head.  A part of the model; see model.h. */
#ifndef TRUCE_LANG_IN_FORCE_H
#define TRUCE_LANG_IN_FORCE_H

#include "lang/model.h"

/* Row 14: what decides, beside its dates, when the agreement, a part of it or a provision is in
 * force.  All rules that cover a provision must leave it in force. */
enum force_op {
    FORCE_STARTS,    /* from when `when` first holds; with `period`: for so long */
    FORCE_WHILE,     /* while `when` holds */
    FORCE_SUSPENDED, /* not while `when` holds; with `until` or `period`: not from each moment when
                        `when` begins to hold until `until` begins to hold, or for `period` */
    FORCE_CONTINUED, /* of the agreement: when its time is over, for `period` more if `when` holds
                        then (`unless`: if it does not); `again`: and so each time */
    FORCE_ENDED,     /* no longer, `period` after `when` first holds */
    FORCE_REPLACED   /* no longer once `when` holds; from then on, `by` is */
};
enum force_subject { FORCE_AGREEMENT, FORCE_CLAUSE, FORCE_PROVISION };

struct force_rule {
    enum force_op op;
    enum force_subject subject;
    uint32_t index;                       /* clause (with all under it), or provision */
    const struct condition *when, *until; /* until: FORCE_SUSPENDED; NULL: for good */
    bool begins;                          /* FORCE_SUSPENDED: from moments, not while */
    bool unless, again;
    bool moves, stays; /* FORCE_SUSPENDED: what is said of deadlines: they move by the time
                          suspended; they stay */
    bool resumed;      /* FORCE_SUSPENDED: `until` was said in a sentence of its own */
    bool unexpired;    /* FORCE_SUSPENDED: the dates between which it asks something move as well */
    bool of_power; /* made of a sentence that gives the right to suspend by notice, and said with
                          it: `when` is COND_SUSPENSION */
    struct duration period;
    struct str word; /* as written: "renewed", "extended" */
    uint32_t by;     /* FORCE_REPLACED: provision */
    uint32_t clause;
    struct str sentence, gloss;
    struct place at;
};

#endif
