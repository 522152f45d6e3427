/* What the kinds of duty have in common while one is lowered (private to room lower). */
#ifndef TRUCE_LOWER_DUTY_H
#define TRUCE_LOWER_DUTY_H

#include "lower/lowering.h"

struct duty {
    struct formula *term;  /* in the term and within the frames, at the deadline */
    struct formula *if_;   /* or NULL */
    uint32_t act;          /* predicate */
    struct bound window;   /* of performance, looking back from the deadline or ahead from t */
    struct formula *since; /* performance counts only here; or NULL: always */
};

/* A duty that falls due its period after `trigger` (a formula over out->id, whose predicate is
 * out->anchor_pred, both set) and `from`, counted from the anchor: for a trigger that is itself the
 * missing of a deadline, `from` is that deadline. */
bool duty_after(struct lowering *b, struct duty *d, struct pattern_parts *out,
                struct formula *trigger, struct edge from);

/* A duty that is anchored at fixed deadlines (predicate `anchor`, keyed), made where `tested` holds
 * of out->id at the deadline. */
bool duty_at_deadline(struct lowering *b, bool top, struct duty *d, struct pattern_parts *out,
                      uint32_t anchor, struct formula *tested);

/* A duty anchored at the first second of a condition, or of a closed formula. */
bool duty_when(struct lowering *b, struct duty *d, struct pattern_parts *out, struct str words,
               struct formula *condition);

/* Row 10 (consequence.c): b->p's trigger is the violation of another provision. */
bool duty_on_violation(struct lowering *b, bool top, struct duty *d, struct pattern_parts *out);

#endif
