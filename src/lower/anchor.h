/* What an instance is about, for the lowering that makes it and the verdict that judges it. */
#ifndef TRUCE_LOWER_ANCHOR_H
#define TRUCE_LOWER_ANCHOR_H

#include "facts/facts.h"

#define VERDICT_ALL FACTS_NONE /* the subject `all` */

/* What an instance is anchored at. */
enum anchor {
    ANCHOR_EVENT,    /* `fact`, which happened somewhere in [from, to] */
    ANCHOR_DEADLINE, /* due from `from` (trigger, or entry into force) at `to` */
    ANCHOR_EPISODE   /* the condition held over [from, to]; `fact` when it is one state's stay */
};

#endif
