/* Relations: the tables that the engine reads for the predicates of one violation, in each set of
 * worlds, and the answers it gives.
 *
 * The three nested sets of worlds differ in what may be there beside the record:
 *     R   nothing
 *     C   hidden events and states of observed kinds, wherever the selector was not covered
 *         before `at` (before the first record nothing was)
 *     F   as C, and anything at all after `at`
 * Hidden things are rows with VALUE_WILD as identity in the MAY tables; MUST tables never have
 * them, so what they contribute to a MUST answer comes in through negations alone. */
#ifndef TRUCE_VERDICT_RELATION_H
#define TRUCE_VERDICT_RELATION_H

#include "engine/engine.h"
#include "verdict/cover.h"

enum world { WORLD_R, WORLD_C, WORLD_F };
#define WORLDS 3

/* What is known of one predicate. */
struct relation {
    struct picks picks;  /* PRED_SELECTS */
    struct iset covered; /* PRED_SELECTS */
    struct iset hidden[WORLDS];
    bool degenerate; /* an anchoring state may have ended before it certainly began */
};

struct relations {
    struct view *view;
    const struct lowered *lowered;
    const struct violation *v;
    struct relation *items; /* one for each predicate of v */
    struct intern *strings;
    struct diags *diags;
};

/* STATUS_OK or STATUS_FAULT; to be freed in either case. */
enum status relations_init(struct relations *r, struct view *view, struct lowered *lowered,
                           const struct violation *v, struct diags *diags);
void relations_free(struct relations *r);

/* Fill `out` (initialised) with the rows of a predicate.  `lone`: instead of the pointwise must
 * rows of an anchoring state, somewhere rows for the alternatives that have none: when the latest
 * start is after the earliest end, the state still held at some second between the two. */
enum status relation_table(struct relations *r, uint32_t pred, enum polarity polarity,
                           enum world world, bool lone, struct table *out);

/* When the event of a pick is, for its predicate: at its record where that is asked for. */
struct span relations_span(const struct relations *r, uint32_t pred, const struct pick *p);

/* A compiled formula in one polarity. */
struct question {
    struct plan *plan;
    bool world_matters; /* the answer can differ between sets of worlds */
    bool anchor_alone;  /* only the anchor's own relation does: known anchors fare alike in all */
};

enum status question_init(struct question *q, struct relations *r, const struct formula *f,
                          enum polarity polarity);
void question_free(struct question *q);

/* Evaluate over all of time; `out` is initialised and replaced. */
enum status question_ask(const struct question *q, struct relations *r, enum world world, bool lone,
                         struct table *out);

/* The same for a closed formula, as a set of seconds (initialised, replaced). */
enum status relations_holds(struct relations *r, const struct formula *f, enum polarity polarity,
                            enum world world, struct iset *out);

/* Put the rows of a table together as a set of seconds. */
void table_seconds(const struct table *t, struct iset *out);

#endif
