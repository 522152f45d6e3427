/* Private to room lower: one violation under construction.
 *
 * Formulas are built while predicates are still being added, so `scope` is completed only at the
 * end (lowering_finish); constructors pass NULL on when memory fails, and one check at the end
 * suffices.  The scope's arena is the arena of struct lowered. */
#ifndef TRUCE_LOWER_LOWERING_H
#define TRUCE_LOWER_LOWERING_H

#include "lower/lower.h"

#define MAX_PARTS 64

struct pattern_parts;

/* Rules of force whose condition is being lowered: what they name is read without them. */
struct without {
    uint32_t rule;
    const struct without *outer;
};

/* Exceptions whose condition is being lowered: what they except from is read without them. */
struct excepting {
    const struct provision *exception;
    const struct excepting *outer;
};

struct lowering {
    const struct agreement *g;
    struct lowered *l;
    struct violation *v;
    const struct provision *p; /* whose sentence is being lowered; changes in references */
    uint32_t bearer;           /* VERDICT_ALL: all of p's bearers together */
    uint32_t towards;          /* of an act towards each of several: this one; LANG_NONE: all */
    bool referring;            /* p is another provision, whose violations are meant */
    uint32_t reading;
    instant horizon;
    size_t cap_preds;
    const struct without *without;
    const struct excepting *excepting;
    uint32_t before; /* of this provision, only violations before the present second are read */
    struct formula *force; /* of the provision at the top, once made */
    struct part parts[MAX_PARTS];
    size_t n_parts;
    bool shares_id;     /* anchors take `shared_id` as their variable, … */
    uint32_t shared_id; /* … and are not given that the bearer did it */
    bool telling; /* the rules of force at the top are being lowered: notices are noted as parts */
    bool failed;  /* memory, or `refused` */
    const struct provision *follower; /* a consequence that is lowered as it follows … */
    uint32_t follows;                 /* … the violations of this one alone; or NULL */
    const char *refused;              /* what this edition cannot lower, or NULL */
    struct place refused_at;
};

/* ---- predicates (select.c) ---- */

/* Add a predicate; its index, LOWER_NONE on failure. */
uint32_t lowering_pred(struct lowering *b, const struct lowered_pred *pred);

/* The selector of a phrase for the bearer; `actor` FACTS_NONE, or the one actor meant instead of
 * the phrase's own (a member of WHO_EACH_OF). */
struct selector lowering_selector(struct lowering *b, const struct phrase *phrase, uint32_t actor);

/* Towards whom b->p asks for an act of the bearer, one each; none where it is not so. */
struct indices lowering_towards(struct lowering *b);

/* A predicate that picks by a phrase, a row for each fact. */
uint32_t lowering_phrase(struct lowering *b, const struct phrase *phrase, uint32_t actor,
                         bool recorded);

/* A fixed predicate of one column (keyed) or none. */
uint32_t lowering_fixed(struct lowering *b, struct str words, const struct fixed_row *rows,
                        size_t n, bool keyed);

/* pred(var); EXISTS x. pred(x); the formula of a fixed predicate without column. */
struct formula *lowering_atom(struct lowering *b, uint32_t pred, uint32_t var);
struct formula *lowering_some(struct lowering *b, uint32_t pred);
struct formula *lowering_fact(struct lowering *b, uint32_t pred);

/* ---- time (time.c) ---- */

/* t -> t later by d, as an edge; `inside`: one second less, so that [0, edge] is half open. */
struct edge lowering_edge(struct lowering *b, const struct duration *d, bool inside);

/* One edge after the other. */
struct edge lowering_then(struct lowering *b, struct edge first, struct edge second);

/* Add a map of time; its number, or 0 with b->failed. */
uint32_t lowering_map(struct lowering *b, instant (*map)(void *ctx, instant at), void *ctx,
                      struct str words);

/* [0, d], or [0, *) when there is no d. */
struct bound lowering_window(struct lowering *b, const struct duration *d, bool inside);

void lowering_point(const struct lowering *b, const struct point *p, instant *first, instant *last);

/* The provision's term: in force, cut by its frames that are points, and where the rules of force
 * leave it so.  The dates as a span; all of it as a formula. */
struct formula *lowering_term(struct lowering *b, const struct provision *p, struct span *term,
                              bool *empty);

/* ---- force (force.c) ---- */

/* Where rules of force leave a provision in force; TRUE when there is none. */
struct formula *lowering_force(struct lowering *b, uint32_t provision);

/* Where b->p is suspended so that its deadlines move; NULL: nowhere. */
struct formula *lowering_moving(struct lowering *b);

/* Do the dates of a provision's frames move by the time suspended?  They are then part of
 * lowering_force, and not of its dates. */
bool lowering_frames_move(struct lowering *b, uint32_t provision);

/* A suspension runs by the right that a provision gives (suspend.c). */
struct formula *lowering_suspension(struct lowering *b, const struct condition *c);

/* ---- conditions (condition.c) ---- */

/* a and b, without a TRUE that says nothing. */
struct formula *lowering_and(struct lowering *b, struct formula *a, struct formula *c);

/* Closed: at least `count` violations of one bearer (whose parts these are, lowered as a reference)
 * within the window that ends here; no window: since ever.  `before`: this second left out. */
struct formula *lowering_times(struct lowering *b, uint32_t count, const struct duration *window,
                               const struct pattern_parts *parts, bool before);

/* The violation at its own time: a duty is violated at its deadline, not at its trigger. */
struct formula *lowering_late(struct lowering *b, const struct pattern_parts *parts);

/* The closed formula that holds where the condition does. */
struct formula *lowering_condition(struct lowering *b, const struct condition *c);

/* … where it begins to. */
struct formula *lowering_becomes(struct lowering *b, const struct condition *c);

/* A state of the phrase holds (by definition where it has one). */
struct formula *lowering_holds(struct lowering *b, const struct phrase *phrase);

/* AND of the frames of p that are conditions; TRUE when there is none.  Notes them as parts. */
struct formula *lowering_frames(struct lowering *b, const struct provision *p);

/* ---- patterns (patterns.c, duty.c) ---- */

/* What a pattern gives: formulas over `id` (closed when anchor_pred is LOWER_NONE). */
struct pattern_parts {
    enum anchor anchor;
    uint32_t anchor_pred, id, act_pred;
    struct formula *made, *raw, *violation, *performed, *lag, *asks, *crowd;
    uint32_t need_pred;
    instant counts_from;
    bool unmeasured, each;
    struct edge due;
    bool absence, implementing, excusable;
    struct span term;
    bool term_empty;
};

/* Lower b->p for b->bearer.  `top`: it is the violation itself, so its anchor has a row for each
 * alternative; else it is referred to by another provision's condition. */
bool lowering_pattern(struct lowering *b, bool top, struct pattern_parts *out);

/* Row 17 (expert.c). */
bool lowering_expert(struct lowering *b, bool top, struct pattern_parts *out);

/* Rows 6 and 12 (schedule.c). */
bool lowering_schedule(struct lowering *b, bool top, struct pattern_parts *out);
bool lowering_in_step(struct lowering *b, bool top, struct pattern_parts *out);

/* Row 3 with sites (site.c). */
bool lowering_sites(struct lowering *b, bool top, struct pattern_parts *out);

/* For schedules: "all that the last step asks for is done", at every second. */
struct formula *lowering_schedule_done(struct lowering *b);

/* In the term, within the frames, and where `if` holds. */
struct formula *lowering_applies(struct lowering *b, struct pattern_parts *out);

/* When an event of the kind is of account where nothing else bounds it: from the agreement's beginning
 * on, or always where it is filed (NULL), since nothing that is filed is hidden. */
struct formula *lowering_counts(struct lowering *b, uint32_t kind);

/* Lower provision `index` for one of its bearers within the formula under construction; `top` as
 * above: its anchor becomes the anchor of what is under construction. */
bool lowering_reference(struct lowering *b, uint32_t index, uint32_t bearer, bool top,
                        struct pattern_parts *out);

/* The duty's table row, for patterns.c. */
bool lowering_duty(struct lowering *b, bool top, struct pattern_parts *out);

/* For duties: "the bearer has performed it in its time", at every later second. */
struct formula *lowering_fulfilled(struct lowering *b);

/* The bearers of b->p as an ascending list in the arena. */
struct indices lowering_bearers(struct lowering *b);

/* Remember a closed formula for explanations. */
void lowering_part(struct lowering *b, enum part_kind kind, struct formula *holds, struct place at);

/* The excuses of an anchor: `unless`, and each provision that says `despite` b->p; raw with all of
 * them negated.  `id` LOWER_NONE: the anchor is no act, so nothing can permit it. */
struct formula *lowering_excused(struct lowering *b, bool top, uint32_t id, struct formula *raw,
                                 bool *excusable);

/* A variable for the anchor: a new one, or the one that is shared. */
uint32_t lowering_id(struct lowering *b);

/* A state of the phrase on record, or by a consent that the agreement states (consent.c); `actor` as in
 * lowering_phrase. */
struct formula *lowering_stated(struct lowering *b, const struct phrase *ph, uint32_t actor,
                                struct formula *on_record);

/* Row 9 (justify.c): takes what is justified out of out->violation. */
void lowering_justified(struct lowering *b, struct pattern_parts *out);

/* The act's predicate as anchor. */
uint32_t lowering_anchor(struct lowering *b, const struct phrase *phrase, bool top, bool recorded);

#endif
