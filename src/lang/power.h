/* Row 13: powers of a body.  A power can neither be kept nor broken; it says whose word settles what.
 * A part of the model; see model.h. */
#ifndef TRUCE_LANG_POWER_H
#define TRUCE_LANG_POWER_H

#include "lang/model.h"

enum power_op {
    POWER_DECIDE,    /* disputes, measures: said, and shown; nothing is computed from it */
    POWER_EXCUSE,    /* its ruling that excuses an incident makes the violation `excused` */
    POWER_INTERPRET, /* what the text means: said, and shown */
    POWER_ATTRIBUTE, /* its finding attributes; without any such power, every body's does */
    POWER_REOPEN,    /* its ruling takes back a ruling that excused */
    POWER_SUSPEND    /* its notice suspends, once the violations of the trigger are there; the rule
                        of force with COND_SUSPENSION says what and until when */
};
#define POWERS 6

struct power {
    enum power_op op;
    uint32_t provision; /* whose violations it is about; LANG_NONE: any.  POWER_SUSPEND: what it
                           suspends, or LANG_NONE: what `matter` says */
    struct str matter;  /* as written: "disputes over access"; empty when a provision is named */
    struct str rule;    /* as written: "consensus"; empty for none */

    /* POWER_SUSPEND */
    struct phrase notice;    /* of a filed kind, by the bearer; it counts from its receipt */
    struct duration stretch; /* until so long, behind the notice, without violation … */
    bool covered;            /* … and all of it covered */
    bool unexpired;          /* then the suspended resumes with its unexpired time */
};

/* Does some sentence give anybody the power? */
bool power_given(const struct agreement *g, enum power_op op);
/* Has the actor the power over a provision (LANG_NONE: over any)? */
bool power_has(const struct agreement *g, enum power_op op, uint32_t actor, uint32_t provision);

#endif
