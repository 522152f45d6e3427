/* Picking: what a selector takes from the facts, as they stood at `at` and were known `as_of`.
 *
 * A `struct view` is made once for a run: facts by kind, which reports and alternatives are known,
 * whom findings settled, which side of a zone each place lies on.  A `struct picks` is one
 * selector's columns: one entry for each alternative that could qualify, in the order of facts, so
 * that the alternatives of one fact stand together.
 *
 * The tests of one alternative give no, maybe or yes; maybe carries its reasons.  What is certain
 * of the whole fact is the caller's to say: it is there in every world when it is `established`,
 * and qualifies in every world when all its `n_known` alternatives are picked with yes. */
#ifndef TRUCE_VERDICT_PICK_H
#define TRUCE_VERDICT_PICK_H

#include "lower/lower.h"
#include "verdict/verdict.h"

struct side_cache {
    uint32_t zone, reading;
    uint8_t *sides; /* enum side by place */
    struct side_cache *next;
};

struct view {
    const struct agreement *agreement;
    const struct facts *facts;
    instant at, as_of;
    uint32_t *by_kind;  /* facts, grouped by kind, in the order of the facts */
    size_t *kind_start; /* n_kinds + 1 */
    const uint32_t *
        *settled; /* by fact: actors that findings name, or NULL; NULL when none at all */
    bool *ruled;  /* by fact: is there a ruling that excuses or reopens; NULL when none at all */
    uint32_t *n_settled;
    bool all_known;    /* no report is left out by as_of */
    uint32_t *item_of; /* scratch, by alternative: a number in a list that is checked on use */
    struct side_cache *sides;
    struct arena arena;
};

/* STATUS_OK or STATUS_FAULT; to be freed in either case. */
enum status view_init(struct view *v, const struct agreement *agreement, const struct facts *facts,
                      instant at, instant as_of);
void view_free(struct view *v);

/* Candidates of an alternative of a fact; n 0 = unknown. */
const uint32_t *view_actors(const struct view *v, uint32_t fact, const struct alternative *a,
                            size_t *n);

/* Is the report known by as_of? */
static inline bool view_knows(const struct view *v, const struct report *r)
{
    return v->all_known || r->recorded <= v->as_of;
}

/* Does a known report say this alternative of the fact? */
bool view_knows_alternative(const struct view *v, const struct fact *f, uint32_t alternative);

/* Do the known reports of the fact meet one of the cases?  A case counts different sources among
 * the reports of its grades; a report without a source is one of its own. */
bool view_established(const struct view *v, const struct fact *f, const struct evidence_case *any,
                      size_t n);

/* Does the agreement give the body of a finding the power for what it says, over a provision
 * (LANG_NONE: over any)?  Where no sentence gives anybody the power to attribute, every declared
 * body has it. */
bool view_empowered(const struct view *v, const struct finding *x, uint32_t provision);

/* Does the last ruling on a fact, of a body with the power over the provision, excuse it? */
bool view_excused(const struct view *v, uint32_t fact, uint32_t provision);

enum quality { QUALITY_NO, QUALITY_MAYBE, QUALITY_YES };

struct pick {
    uint32_t fact, alternative;
    uint16_t n_known; /* known alternatives of the fact, saturated */
    uint8_t quality;  /* of all tests; of all but the actor's when picked given the actor */
    uint8_t reasons;  /* why maybe; and REASON_UNCORROBORATED, REASON_DISPUTED of the fact */
    bool established;
    bool sole; /* the actor can be nobody else (always true when the actor is not tested) */
};

struct picks {
    struct pick *items;
    size_t n;
};

/* given_actor: an actor among several candidates does not lower the quality ("if it was p, then
 * …"); `sole` tells.  The result is malloc'd, to be freed with free(items). */
enum status view_pick(struct view *v, const struct selector *s, bool given_actor,
                      struct picks *out);

#endif
