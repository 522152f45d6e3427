/* A provision while it is being read (private to room lang). */
#ifndef TRUCE_LANG_DRAFT_H
#define TRUCE_LANG_DRAFT_H

#include "lang/parse.h"

/* The parts of a provision in the order in which they are said; struct part in parts.c. */
enum part_order {
    PART_OBJECT,
    PART_WITH,
    PART_PLACE,
    PART_COUNT,
    PART_DEADLINE,
    PART_FRAME,
    PART_IF,
    PART_UNLESS,
    PARTS
};

struct segment {
    enum part_order order;
    size_t first, end; /* tokens */
};

struct draft {
    struct provision pv;
    struct vec frames;               /* struct frame */
    struct vec segments;             /* struct segment, behind the act, in the order written */
    size_t bearer_first, bearer_end; /* tokens of the bearer */
    size_t act_first, act_end;       /* tokens from the modality to the act's verb */
    bool has_count, has_deadline, has_place;
    bool consequence; /* "if …, then": pv.trigger is what the duty follows */
    struct place count_at, deadline_at;
};

/* Whether those towards whom the act is can be meant so (towards.c). */
bool check_towards(struct parser *p, const struct draft *dr);

/* Reads all parts behind the act, up to the end or to a word that begins none of them; refuses
 * parts out of order. */
bool read_parts(struct parser *p, struct draft *dr);
/* Who is bound. */
bool read_bearers(struct parser *p, struct draft *dr);
/* A frame at the cursor ("from the end of day 14 until …") or `if …` in front of the bearer. */
bool look_frame(const struct parser *p);
bool read_frame(struct parser *p, struct draft *dr);
bool read_if(struct parser *p, struct draft *dr);

/* Only a deadline, or only an object ("through icrc"). */
bool read_deadline_part(struct parser *p, struct draft *dr);
bool look_object_part(const struct parser *p, const struct draft *dr);

/* Rows 6 and 12 (row_schedule.c): what stands behind the verb of a schedule; a whole sentence about
 * two processes. */
bool look_schedule(const struct parser *p);
bool read_schedule(struct parser *p, struct draft *dr);
bool look_in_step(const struct parser *p);
bool read_in_step(struct parser *p, struct draft *dr);

/* Row 3 with sites (row_site.c): "must keep its declared guns in depot". */
bool look_site_keep(const struct parser *p);
bool read_site_keep(struct parser *p, struct draft *dr);

/* Row 9: what stands behind "may justify" (row_justify.c). */
bool read_justify(struct parser *p, struct draft *dr);

/* Row 10 (row_consequence.c): makes the trigger of `if …` at "by one party" or "then"; false with a
 * finding when it is none.  Then the bearer ("the party", "the other party"), and what must follow
 * the duty.  consequence_otherwise reads the branch behind "; otherwise" into its own provision. */
bool look_then(const struct parser *p);
bool read_then(struct parser *p, struct draft *dr);
/* "must report each violation of ceasefire within 24 hours": the same, said of the duty. */
bool look_each_violation(const struct parser *p);
bool read_each_violation(struct parser *p, struct draft *dr);
bool look_violator(const struct parser *p);
bool read_violator(struct parser *p, struct draft *dr, struct vec *bearers);
bool read_within_consequence(struct parser *p, struct draft *dr);
bool check_consequence(struct parser *p, struct draft *dr);

/* Row 13 (row_power.c): "may excuse ceasefire by consensus", behind the bearer. */
bool look_power(const struct parser *p);
bool read_power(struct parser *p, struct draft *dr);

/* A right to suspend (row_suspend.c): "may suspend pullback by notice until …", behind the bearer of a
 * consequence. */
bool look_suspend(const struct parser *p);
bool read_suspend(struct parser *p, struct draft *dr, const struct sentence *s);

/* Row 11: "only if …; if not, the date lapses" behind a duty by a date (row_lapse.c). */
bool read_lapse(struct parser *p, struct draft *dr);

#endif
