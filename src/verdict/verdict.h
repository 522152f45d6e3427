/* Verdicts: a computed reading of the record, for every provision, subject and reading.
 *
 * verdict_run is a function of (agreement, facts, options) and of nothing else.  Its result is one
 * row for each provision, subject (each bound party, then `all`) and reading, in the agreement's
 * order.  A row has instances: the anchors the provision made (an event, a deadline, an episode),
 * each with its own verdict, and one verdict for each local calendar day.
 *
 * Instances that certainly do not violate and were never due (an event that certainly lies outside
 * the zone) are not kept; every duty is.  Instances of a row are in the order of `from`.
 *
 * The result borrows the agreement and the facts and must go before they do. */
#ifndef TRUCE_VERDICT_VERDICT_H
#define TRUCE_VERDICT_VERDICT_H

#include "base/diag.h"
#include "base/instant.h"
#include "facts/facts.h"
#include "lower/anchor.h"

struct agreement;

/* In the order that gives a period its verdict: the first present among them. */
enum verdict {
    VERDICT_VIOLATED,
    VERDICT_OVERDUE,
    VERDICT_POSSIBLY_VIOLATED,
    VERDICT_UNVERIFIED,
    VERDICT_PENDING,
    VERDICT_WAITING,
    VERDICT_EXCUSED,
    VERDICT_COMPLIED,
    VERDICT_NOT_IN_FORCE
};
#define VERDICTS 9

/* The word as the semantics give it, with its space: "possibly violated". */
const char *verdict_word(enum verdict v);

/* The same as a key: "possibly_violated". */
const char *verdict_key(enum verdict v);

/* Why a verdict is not certain, or (lapsed) why it is what it is; bits. */
enum reason {
    REASON_UNCORROBORATED = 1 << 0, /* the reports do not meet the evidence rule */
    REASON_DISPUTED = 1 << 1,       /* reports of the same event differ */
    REASON_PLACE = 1 << 2,          /* in or out of the zone is undecided */
    REASON_TIME = 1 << 3,           /* the span straddles an edge of what matters */
    REASON_ACTOR = 1 << 4,          /* another candidate, or an unknown actor, could have done it */
    REASON_DETAIL = 1 << 5,         /* an attribute that matters is undetermined */
    REASON_COVERAGE = 1 << 6,       /* what was not covered could hide what would decide */
    REASON_AHEAD = 1 << 7,          /* what happens after `at` will decide */
    REASON_LAPSED = 1 << 8,         /* its date has lapsed: nothing was owed */
    REASON_MEASURE = 1 << 9,        /* the text states no measure by which it could be verified */
    REASON_OPEN = 1 << 10,          /* what it speaks of was left open */
    REASON_CLAIMED = 1 << 11        /* violated, but a justification is claimed and not decided */
};
#define REASONS 12

/* "uncorroborated", "disputed", "place", "time", "actor", "detail", "coverage", "ahead", "lapsed",
 * "measure", "justification" for one bit. */
const char *reason_word(enum reason one);

enum attribution {
    ATTRIBUTION_ABSENT,         /* nothing to attribute */
    ATTRIBUTION_NOT_ATTRIBUTED, /* no body that the agreement empowers has recorded a finding */
    ATTRIBUTION_ATTRIBUTED
};

/* "attributed", "not attributed"; NULL for absent. */
const char *attribution_word(enum attribution a);

struct instance {
    instant from, to; /* as `anchor` says; inclusive, INSTANT_MIN / INSTANT_MAX where open */
    instant possible_from, possible_to; /* all that could belong to it; contains [from, to] */
    uint32_t fact;                      /* the anchor's or the trigger's fact, or FACTS_NONE */
    uint32_t bearer; /* actor bound in it; FACTS_NONE where any or several of the bearers are */
    uint32_t step;   /* of a schedule, or of a duty towards each of several which of them; from 0 */
    float covered;   /* share of what had to be seen that was covered, 0 to 1 */
    uint16_t reasons; /* bits of enum reason */
    uint8_t verdict;  /* enum verdict */
    uint8_t anchor;   /* enum anchor */
    bool attributed;  /* a body's finding names who did it (the subject, in a party's row) */
    bool absence;     /* violated by what was not done, rather than by what was */
    bool performed;   /* a duty that is certainly performed */
};

struct verdict_row {
    struct str id; /* "ceasefire/ukraine", "ceasefire/all/as drawn by north": unique and stable */
    uint32_t provision; /* index in the agreement */
    uint32_t subject;   /* actor, or VERDICT_ALL */
    uint32_t zone;      /* zone of the agreement, or FACTS_NONE */
    uint32_t reading;   /* reading of the agreement, or FACTS_NONE where no disputed term is read */
    struct str reading_label; /* "as drawn by north"; empty without reading */

    instant from, to; /* the period judged, inclusive */
    enum verdict verdict;
    uint32_t reasons; /* bits; those of the instances that share the row's verdict */

    enum attribution attribution;
    const uint32_t *candidates; /* actors (FACTS_OTHER_ACTOR possible) who could have violated */
    size_t n_candidates;
    bool unknown_candidate; /* an actor that nobody named could have */

    uint64_t certain;  /* instances violated or overdue */
    uint64_t possible; /* instances possibly violated */

    int64_t first_day;   /* days since 1970-01-01 of the first local day */
    const uint8_t *days; /* enum verdict for each local day of the period */
    uint32_t n_days;
    uint32_t day_count[VERDICTS]; /* sums to n_days */

    double coverage; /* covered share of the part of the period before `at`, 0 to 1 */
    int level; /* 0 not begun, 1 minimal, 2 intermediate, 3 full; -1 nothing to implement, or nobody can tell */
    struct str level_rule; /* what gave it, or why nobody can tell; empty: nothing to implement */
    instant next_deadline; /* after `at`; INSTANT_MAX when there is none */
    bool final;            /* later reports cannot change it (corrections and rulings aside) */

    const struct instance *instances;
    size_t n_instances;
};

struct verdict_options {
    instant from, to; /* period, inclusive; INSTANT_MIN / INSTANT_MAX: the agreement's term, and
                         where that has no end up to `at` */
    instant at;       /* what happened after it is unknown */
    instant as_of;    /* leave out reports recorded later; INSTANT_MAX: leave out none */
};

struct verdicts {
    const struct agreement *agreement;
    const struct facts *facts;
    struct verdict_options options; /* as they were applied, with open ends filled in */
    struct verdict_row *rows;
    size_t n_rows;
    uint32_t *not_judged; /* provisions that this edition cannot judge; each has a diagnostic */
    size_t n_not_judged;
    struct arena arena;
    struct verdict_private *private_; /* lowered provisions, for verdict_why */
};

/* Judge every provision.  STATUS_OK; STATUS_INPUT with diagnostics when the agreement or the
 * options cannot be judged (from after to); STATUS_FAULT when memory fails.  `out` is to be freed
 * in every case. */
enum status verdict_run(const struct agreement *agreement, const struct facts *facts,
                        const struct verdict_options *options, struct diags *diags,
                        struct verdicts *out);
void verdict_free(struct verdicts *v);

/* The row of that id, or NULL; the rows of a provision's name when it is the only match. */
const struct verdict_row *verdict_find(const struct verdicts *v, struct str id);

/* Why: a tree in reading order, each step below the nearest earlier step of smaller depth. */
enum why_kind {
    WHY_CLAUSE,    /* the legal text: `at` is the clause, text its path and prose */
    WHY_PROVISION, /* the formal sentence */
    WHY_READING,   /* under which reading of which term, and whose */
    WHY_VERDICT,   /* the verdict's word and the rule of the semantics that gave it */
    WHY_INSTANCE,  /* an instance that decided it */
    WHY_CONDITION, /* a condition, trigger, frame or excuse, and whether it held */
    WHY_FACT,      /* an event or state, with what it was taken to be */
    WHY_REPORT,    /* a report, with file, line and sources */
    WHY_ABSENCE,   /* what was not reported, and over which time */
    WHY_COVERAGE,  /* what was covered */
    WHY_GAP,       /* what was not, and why */
    WHY_FINDING,   /* what a body recorded */
    WHY_RULE,      /* an evidence rule that was or was not met */
    WHY_PROOF      /* a line of the proof of a violation, or what a predicate of it means */
};

struct why_step {
    enum why_kind kind;
    int depth;
    struct str text; /* a plain English sentence or phrase, times in the agreement's zone */
    struct place at; /* in the agreement's source, or nowhere */
    uint32_t fact, report, coverage; /* indices in facts, or FACTS_NONE */
    instant from, to; /* the time it speaks of; INSTANT_MIN, INSTANT_MAX where none */
};

struct why {
    struct why_step *steps;
    size_t n;
};

/* The chain of one row, with at most `max_instances` instances of those that decided its verdict;
 * `instance` < n_instances asks for that one only, SIZE_MAX for the row.  In the given arena. */
enum status verdict_why(const struct verdicts *v, const struct verdict_row *row, size_t instance,
                        size_t max_instances, struct arena *arena, struct why *out);

/* The same, and for each instance told that is certainly violated the proof of it (doc/semantics.md,
 * "Explanations"). */
enum status verdict_proof(const struct verdicts *v, const struct verdict_row *row, size_t instance,
                          size_t max_instances, struct arena *arena, struct why *out);

#endif
