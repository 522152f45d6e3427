/* Private to room verdict: the chain of a verdict while it is put together. */
#ifndef TRUCE_VERDICT_TELL_H
#define TRUCE_VERDICT_TELL_H

#include "verdict/run.h"

struct telling {
    const struct verdicts *v;
    const struct agreement *g;
    const struct facts *facts;
    const struct violation *violation;
    struct relations *relations; /* of the violation */
    struct diags diags;          /* of the engine; nothing is expected there */
    struct arena *arena;
    struct why_step *steps;
    size_t n, cap;
    struct buf text; /* scratch: what the next step will say */
    bool proofs;     /* of violated instances */
    bool failed;
};

/* Make a step of what is in t->text, and empty it.  The step can be filled in further until the
 * next call; NULL when memory fails. */
struct why_step *tell(struct telling *t, enum why_kind kind, int depth);

/* Append to t->text: an instant; "from A to B", or "at A" when they are one. */
void tell_time(struct telling *t, instant at);
void tell_span(struct telling *t, instant from, instant to);

/* A fact with its alternatives, its reports and what bodies found. */
void tell_fact(struct telling *t, uint32_t fact, int depth);

/* What the step of a schedule asked for, and what was done (tell_schedule.c). */
void tell_step(struct telling *t, const struct instance *x, int depth);

/* What the sites of a provision hold, and what the check of the instance found there. */
void tell_sites(struct telling *t, const struct instance *x, int depth);

/* What of a predicate's facts was seen in [from, to], or that nothing was; and the coverage. */
void tell_search(struct telling *t, uint32_t pred, instant from, instant to, int depth);

/* Why the instance is violated: a proof tree of the violation formula, down to facts that are certain
 * and absences of possible ones. */
enum status tell_proof(struct telling *t, const struct instance *x, int depth);

/* Coverage and gaps for a predicate within [from, to]. */
void tell_coverage(struct telling *t, uint32_t pred, instant from, instant to, int depth);

#endif
