/* Lowering: a provision of the agreement, for one bearer and one reading, becomes a violation
 * formula with an anchor, over predicates that select facts.
 *
 * A *predicate* of the formula is either a selector (it picks events or states from the facts; one
 * column, the identity of what was picked) or fixed (times that follow from the agreement alone:
 * the term in force, a deadline; no column, or the number of the deadline).  Predicates are s0, s1
 * … in the formula's signature; lower_print spells them out.
 *
 * The anchor keeps its identity: the free variable `id` of every part is the anchor predicate's
 * column, so an answer of the engine says which event, deadline or stay violates.  A duty is
 * anchored at its trigger and looks ahead to its deadline (the deadline is the trigger's image
 * under `due`, so a trigger with a span keeps one identity and each of its instants meets its own
 * deadline): `t(id) AND NOT EVENTUALLY[0,d] act` at t is `NOT ONCE[0,d] act` at t + d.
 *
 * All memory is the arena's of struct lowered. */
#ifndef TRUCE_LOWER_LOWER_H
#define TRUCE_LOWER_LOWER_H

#include "facts/facts.h"
#include "interval/iset.h"
#include "lang/model.h"
#include "lang/quantity.h"
#include "logic/formula.h"
#include "lower/anchor.h"

/* What one predicate takes from the facts.  Pointers are into the agreement or the arena. */
struct selector {
    struct str words;       /* "fire by north in belt": for people and for explain --formula */
    bool state;             /* picks states; else events */
    bool filed;             /* exists only if recorded: a gap in coverage cannot hide it */
    uint32_t kind;          /* and every kind whose ancestor it is */
    const uint32_t *actors; /* ascending; who may have done it */
    size_t n_actors;
    bool any_actor;  /* no test of the actor */
    uint32_t zone;   /* FACTS_NONE: no test of the place */
    uint32_t places; /* bits 1 << enum role_of_place: one of these must lie in (out of) the zone */
    bool outside;    /* picks what lies outside the zone */
    bool open;       /* which are meant is left open: no report can tell */
    bool unexcused;  /* leaves out what a ruling of a body with the power excuses, … */
    uint32_t breach_of; /* … as violations of this provision */
    uint32_t reading;   /* settles the zone and the evidence rule */
    const struct attribute_test *tests;
    size_t n_tests;
};

/* One row of a fixed predicate: it holds at [from, to].  Where it is the anchor of a duty, from =
 * to is the deadline and `arises` the instant since when performance counts (INSTANT_MIN: always).
 */
struct fixed_row {
    instant from, to, arises;
};

enum pred_source {
    PRED_SELECTS, /* `selector` picks facts */
    PRED_REFERS,  /* (id): what the facts that `selector` picks refer to, at their time; nothing but
                     what is on record does, in all worlds */
    PRED_FIXED,   /* `rows`, known from the agreement alone */
    PRED_NEEDS,   /* (step, k): at least k are needed for a step of a schedule; see struct need */
    PRED_NUMBERS, /* (k): every k that PRED_NEEDS may speak of, in each set of worlds alike */
    PRED_PAIRS,   /* (i, j): `pairs`, always */
    PRED_UNCOVERED, /* where nobody would have seen what `selector` picks; without a column */
    PRED_UNKNOWN,   /* nothing says whether it holds: possible in C and F, no report could tell */
    PRED_FIRST,     /* the first second at which the closed formula `first` holds: happened once */
    PRED_MOVED      /* `rows` are deadlines, each later by the seconds from its `arises` (or the
                     agreement's beginning) on at which the closed formula `first` holds */
};

/* A deadline later by the seconds of `stopped` from `start` on; INSTANT_MAX when it never comes. */
instant lower_moved(const struct iset *stopped, instant start, instant deadline);

/* How many a schedule asks for: its steps, and the baseline of which the shares are.
 * MEASURE_STATED: between lo and hi.  Else `selector` of the predicate picks what the baseline is
 * made of, each one (MEASURE_COUNTED) or `attribute` of it (MEASURE_AMOUNT): what was by the
 * step's deadline.  Where nothing certainly was, the number is not known: nothing but a gap in the
 * record says that there is none, so any number is possible in C and F. */
struct need {
    enum measure_op op;
    int64_t lo, hi;
    uint32_t attribute;
    const struct schedule_step *steps;
    const instant *due;
    size_t n_steps;
};

struct pair {
    int64_t a, b;
};

struct lowered_pred {
    enum pred_source source;
    bool keyed;          /* has the column of identities */
    bool by_alternative; /* the anchor's: a row for each alternative, given its existence (and
                            `given_actor`, given its actor); else a row for each fact */
    bool given_actor;
    bool recorded; /* events at the time of their record instead of when they happened; … */
    bool or_given; /* … where no record says when, when they happened */
    struct selector selector;
    uint32_t refers_by; /* PRED_REFERS: the attribute with the identity of a fact of … */
    uint32_t refers_to; /* … this kind; LANG_NONE: with `refers_name`, which is of identity 0 */
    struct str refers_name;
    struct str words; /* of fixed ones: "in force", "2 days after entry into force" */
    const struct fixed_row *rows;
    size_t n_rows;
    struct formula *first;
    bool
        numbered; /* has a column of numbers (PRED_PAIRS: two), behind the identity if there is one */
    const struct need *need;
    const struct pair *pairs;
    size_t n_pairs;
};

/* What a part of a violation is about, for explanations. */
enum part_kind {
    PART_CONDITION,
    PART_FRAME,
    PART_EXCUSE,
    PART_FORCE, /* a rule leaves it in force */
    PART_NOTICE /* a notice, picked by `pred`, has begun a suspension: where it is then */
};

struct part {
    enum part_kind kind;
    struct formula *holds; /* pointwise, closed */
    struct place at;       /* of its words in the agreement */
    uint32_t pred;         /* PART_NOTICE */
};

#define LOWER_NONE UINT32_MAX

struct violation {
    uint32_t provision; /* in the agreement */
    uint32_t bearer;    /* actor; VERDICT_ALL: all bearers together */
    uint32_t towards;   /* of a duty towards each of several: this one; FACTS_NONE: no such duty */
    uint32_t part;      /* … the number of it, from 0 */
    uint32_t reading;   /* FACTS_NONE: no disputed term */
    struct str reading_label;
    uint32_t zone; /* the act's or the state's zone, FACTS_NONE when none */

    struct signature sig;
    struct scope scope;
    struct lowered_pred *preds; /* by predicate of the signature */
    size_t n_preds;

    enum anchor anchor;
    uint32_t anchor_pred; /* LOWER_NONE: an episode without identity, all parts closed */
    uint32_t id;          /* variable; free in the parts below when there is an anchor */

    struct formula *made;      /* the instance is there */
    struct formula *raw;       /* made, and violating but for excuses */
    struct formula *violation; /* raw, and not excused: V of the table of patterns */
    struct formula *performed; /* made and performed in time; NULL unless a duty */
    struct formula *lag;       /* a schedule: less is done than the step asks for; at all times */
    bool each;                 /* the anchors are nobody's act, and differ between bearers */
    bool unmeasured;           /* rests on what the text does not measure */
    instant counts_from;       /* … and what was done from here on counts; INSTANT_MIN: all */
    uint32_t need_pred;        /* … by this predicate, else LOWER_NONE */
    bool excusable;            /* raw and violation differ */
    struct formula
        *crowd; /* a cap: so many acts lie within the window, none of them excused, that the
                              last of them violates, whichever it is; closed; NULL: no cap, or one
                              whose acts may be justified */

    struct formula *asks;  /* bans and states: its frames and `if`, closed; NULL: it always asks */
    struct formula *force; /* in force beside the dates of `term`, closed; TRUE: always */

    bool absence;      /* violated by what was not done or did not hold */
    bool implementing; /* something is to be implemented: the row has a level */
    uint32_t act_pred; /* the performance of a duty, else LOWER_NONE */
    struct edge due;   /* a duty's deadline as image of its anchor (0 seconds: the anchor itself) */

    const struct span *term; /* in force and within the fixed part of the frame; ascending */
    size_t n_term;
    const struct part *parts;
    size_t n_parts;
};

struct lowered {
    const struct agreement *agreement;
    struct arena arena;
    struct intern strings; /* of all signatures and scopes */
    struct time_map *maps; /* what calendar edges of the formulas index */
    struct str *map_words; /* what each does: "2 days later, same local time" */
    size_t n_maps, cap_maps, cap_map_words;
    struct violation **violations; /* provision by provision; readings, then bearers within */
    size_t n, cap;
    uint32_t *exceptions; /* provisions that say `despite` */
    size_t n_exceptions;
    uint32_t *justifications; /* provisions of row 9 */
    size_t n_justifications;
    uint32_t *not_lowered; /* provisions of a pattern without formula here */
    size_t n_not_lowered, cap_not_lowered;
};

/* Lower every provision of the agreement, which must be free of errors and outlive the result.
 * Deadlines that recur are computed up to the first after `horizon`.  Provisions of a pattern
 * without formula are listed in not_lowered, each with a warning in diags (which may be NULL).
 * STATUS_OK, or STATUS_FAULT when memory fails.  `out` is to be freed in every case. */
enum status lower_agreement(const struct agreement *agreement, instant horizon, struct diags *diags,
                            struct lowered *out);
void lower_free(struct lowered *l);

/* Does justification q (a provision of row 9) speak of the provision, and may the bearer (VERDICT_ALL:
 * any one) claim it? */
bool lower_justifies(const struct agreement *g, uint32_t q, uint32_t provision, uint32_t bearer);

/* Append the violation formula, then one line for each predicate with what it selects, then one for
 * each calendar map that the formula uses. */
void lower_print(const struct lowered *l, const struct violation *v, struct buf *out);

#endif
