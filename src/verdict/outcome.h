/* Outcome: what the engine says about each anchor of one violation (one provision, bearer and
 * reading), before it is put together into the verdicts of subjects.
 *
 * An *item* is one possible anchor: an alternative of an event or state (the picks of the anchor
 * predicate, in their order), a fixed deadline (its row), or the one first second of a condition.
 * What is said of an item is said *given* that this alternative holds and, where the anchor is an
 * act of the bearer, that the bearer is the actor. */
#ifndef TRUCE_VERDICT_OUTCOME_H
#define TRUCE_VERDICT_OUTCOME_H

#include "verdict/relation.h"

enum item_flag {
    ITEM_MUST_F = 1 << 0, /* violates in every world of F */
    ITEM_MUST_R = 1 << 1, /* in every world of R */
    ITEM_MAY_R = 1 << 2,  /* in some world of R */
    ITEM_MAY_C = 1 << 3,  /* in some world of C */
    ITEM_RAW = 1 << 4,    /* in some world of R, excuses aside */
    ITEM_MADE = 1 << 5,   /* the instance is there in some world of R */
    ITEM_PERFORMED =
        1 << 6 /* the duty is performed in time in every world of F in which it is there */
};

struct outcome {
    const struct violation *v;
    struct relations relations;
    size_t n_items;
    uint8_t *flags;
    uint32_t other_reasons; /* why what the other predicates pick is not certain */

    /* Stays: where they violate, by item (spans[start[i]] … spans[start[i+1]-1]). */
    struct item_spans {
        size_t *start;
        struct span *spans;
    } must, may_r, may_c;

    /* Schedules: when less is done than a step asks for, by step. */
    struct item_spans lag_must_f, lag_must_r, lag_r, lag_c;

    struct iset hidden; /* before `at`: a hidden anchor may violate here (worlds of C) */
    struct iset ahead;  /* after `at`: anything may come */

    struct iset crowd; /* caps: when as many certain acts lie within the window as are too many */

    /* Without anchor: where V holds. */
    struct iset must_f, must_r, in_r, in_c, raw;

    /* Duties: when the bearer may have performed (R, F), and the certain performances ascending by
     * `from`, with the earliest end of any that begins at or after it. */
    struct iset act_r, act_f;
    struct span *act_must;
    instant *act_done; /* act_done[i]: least act_must[k].to over k >= i */
    size_t n_act_must;
};

/* Ask all there is to ask.  STATUS_OK, STATUS_FAULT, STATUS_INPUT with a diagnostic; to be freed in
 * every case. */
enum status outcome_init(struct outcome *o, struct view *view, struct lowered *lowered,
                         const struct violation *v, struct diags *diags);
void outcome_free(struct outcome *o);

/* Does the anchor predicate pick facts? */
static inline bool outcome_of_facts(const struct outcome *o)
{
    return o->v->anchor_pred != LOWER_NONE && o->v->preds[o->v->anchor_pred].source == PRED_SELECTS;
}

/* The picks of the anchor, when outcome_of_facts. */
static inline const struct picks *outcome_picks(const struct outcome *o)
{
    return &o->relations.items[o->v->anchor_pred].picks;
}

/* First second at or after `from` at which the bearer may perform (worlds R, or F), INSTANT_MAX if
 * never; and the first by which it certainly has, having begun no earlier than `from`. */
instant outcome_may_perform(const struct outcome *o, enum world world, instant from);
instant outcome_must_perform(const struct outcome *o, instant from);

#endif
