/* A violation's formula in the bounded world: for each moment, which items would make it true.
 *
 * Formulas are looked at where they are asked for: at moments, and at the ends of their own
 * windows.  EXISTS and counts range over the items that a predicate's selector picks.  What the
 * translation has no words for (PREVIOUS, sums, regular paths) is refused with a reason, and where
 * a count asks for more items than the world has, it may hold all the same where `more` does, as soon as
 * one of what it counts can happen: what is impossible with `more` is so however much happens.  What
 * falls due behind the horizon is marked as cut: nothing must be concluded from its absence. */
#ifndef TRUCE_TALKS_DRAFT_GROUND_H
#define TRUCE_TALKS_DRAFT_GROUND_H

#include "talks/draft_world.h"

#include <z3.h>

/* What happens, as Z3's variables. */
struct draft_vars {
    Z3_context z3;
    Z3_ast yes, no;
    Z3_ast more;    /* more may happen than there are items for */
    Z3_ast **items; /* an event: [0]; a state: by moment, from it up to the next */
    Z3_ast *flat;   /* the same, one after the other */
    size_t n_flat;
};

bool draft_vars_init(struct draft_vars *v, const struct draft_world *w, Z3_context z3);

/* One violation's anchors: an instance for each, with what it takes to be made, to be violated. */
struct draft_instance {
    Z3_ast made, violated;
    Z3_ast raw;    /* violating but for excuses */
    uint32_t item; /* the anchoring event or state, or LANG_NONE */
    instant at;    /* where it is tested */
};

struct draft_grounded {
    struct draft_instance *items;
    size_t n, cap;
    const char *refused; /* why it cannot be reasoned about, or NULL */
    bool scarce;         /* somewhere it rests on `more` */
    bool cut; /* some deadline lies behind the horizon, and the agreement's end behind that */
};

/* Ground one violation of one side.  False when memory fails. */
bool draft_ground(const struct draft_world *w, uint32_t side, const struct violation *v,
                  const struct draft_vars *vars, struct draft_grounded *out);

Z3_ast draft_and(const struct draft_vars *v, Z3_ast a, Z3_ast b);
Z3_ast draft_or(const struct draft_vars *v, Z3_ast a, Z3_ast b);
Z3_ast draft_not(const struct draft_vars *v, Z3_ast a);

#endif
