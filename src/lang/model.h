/* The checked agreement: what a text means, with every name resolved and every date computed.
 *
 * Everything is an index into flat arrays of `struct agreement` (uint32, LANG_NONE = none; the same
 * value as FACTS_NONE), so that facts, geometry and verdicts speak of kinds, actors and zones by
 * number.  Each item keeps its place in the text for messages.  All memory is the arena's that was
 * given to the one who made it; an agreement is never changed after it was made.
 *
 * Disputed terms.  A line, a zone, a date, day 1 or an evidence rule may be *read* in several ways
 * (struct disputed, struct alternative_reading).  A `struct reading` settles every disputed term that
 * one provision rests on: one choice for each.  A provision lists its readings; a function that
 * takes `reading` takes an index into agreement.readings, or LANG_NONE for "no disputed term is
 * concerned" (it then takes the first alternative, should there be one after all).
 *
 * Later editions add patterns and members; members keep their meaning. */
#ifndef TRUCE_LANG_MODEL_H
#define TRUCE_LANG_MODEL_H

#include "base/diag.h"
#include "base/instant.h"
#include "calendar/zone.h"
#include "lang/markdown.h"
#include "lang/point.h"
#include "lang/vocabulary.h"

#define LANG_NONE UINT32_MAX

/* A list of indices. */
struct indices {
    const uint32_t *v;
    uint32_t n;
};

bool indices_has(struct indices list, uint32_t x);
/* Do both have one in common? */
bool indices_meet(struct indices a, struct indices b);
/* Are they the same in the same order? */
bool indices_same(struct indices a, struct indices b);

/* ---- actors ---- */

enum actor_class { ACTOR_PARTY, ACTOR_BODY, ACTOR_GUARANTOR, ACTOR_THIRD };
#define ACTOR_CLASSES 4

struct actor {
    struct str name;  /* "ukraine" */
    struct str label; /* "Armed formations of …"; the name when none is given */
    enum actor_class class_;
    const struct str *includes; /* forces it includes, as declared: names only */
    uint32_t n_includes;
    bool outside;           /* a non-signatory: bound only if it adheres */
    bool adheres;           /* bound from `adherence` on, */
    struct point adherence; /* whose first second is */
    instant bound_from;
    uint32_t clause;
    struct place at;
};

/* "party", "body", "guarantor", "third party". */
const char *actor_class_name(enum actor_class c);

struct group {
    struct str name; /* as said after "each": "contingent" */
    struct str label;
    struct indices members; /* actors */
    uint32_t clause;
    struct place at;
};

/* ---- lines, zones, dates ---- */

/* Where a geometry comes from: a GeoJSON file (path as written, relative to the agreement), and in
 * it all features, or those whose property has a value. */
struct geo_file {
    struct str path; /* empty: none */
    struct str property, value;
    struct place at;
};

struct line {
    struct str name, label;
    struct geo_file file; /* empty path when disputed */
    uint32_t term;        /* its alternatives are files, or LANG_NONE */
    uint32_t clause;
    struct place at;
};

enum zone_op {
    ZONE_FILE, /* polygons in `file` */
    ZONE_AREA, /* the administrative area called `area`; by name only if file.path is empty */
    ZONE_WITHIN_LINE,  /* all within `distance` of line `index`, either side, the edge included */
    ZONE_WITHIN_ZONE,  /* all within `distance` of zone `index`, the zone included */
    ZONE_NAME,         /* the zone `index` */
    ZONE_UNION,        /* sub */
    ZONE_INTERSECTION, /* sub */
    ZONE_DIFFERENCE    /* sub[0] without all the others */
};

struct zone_expr {
    enum zone_op op;
    struct geo_file file;
    struct str area;
    uint32_t index;
    int64_t distance; /* millimetres */
    struct zone_expr *const *sub;
    uint32_t n_sub;
    struct place at;
};

/* What the zone is for one bearer: "within 25 km of line_2014 for ordlo". */
struct zone_for {
    struct indices actors;
    uint32_t zone; /* a zone of its own */
};

/* A zone of the agreement (room calendar's `struct zone` is a time zone). */
struct zone_decl {
    struct str name, label;
    const struct zone_expr *expr; /* NULL when disputed */
    uint32_t term;                /* its alternatives are expressions, or LANG_NONE */
    struct indices terms;         /* every disputed term that the zone rests on */
    const struct zone_for *fors;  /* the zone differs for those bound; `expr` is all of it */
    uint32_t n_fors;
    uint32_t clause;
    struct place at;
};

struct date_decl {
    struct str name, label;
    struct point point; /* unset when disputed */
    uint32_t term;
    uint32_t clause;
    struct place at;
};

/* ---- events and states ---- */

enum attribute_type {
    ATTRIBUTE_ACTOR, /* an actor's index; `class_` says which are meant */
    ATTRIBUTE_TEXT,
    ATTRIBUTE_COUNT,    /* a number without unit */
    ATTRIBUTE_LENGTH,   /* base unit mm */
    ATTRIBUTE_MASS,     /* base unit g */
    ATTRIBUTE_DURATION, /* base unit s */
    ATTRIBUTE_SHARE,    /* base unit 1/10,000 ("1.5 %" is 150) */
    ATTRIBUTE_YESNO     /* 1, 0 */
};
#define ATTRIBUTE_TYPES 8

struct attribute {
    struct str name; /* "by", "of", "caliber" */
    enum attribute_type type;
    uint32_t class_; /* ATTRIBUTE_ACTOR: enum actor_class, or LANG_NONE for any */
    struct str unit; /* as declared ("mm"), for display; empty for none */
    int64_t scale;   /* base units in one `unit`: 1000000 for km */
    struct place at;
};

/* "party", "text", "count", "length", … for messages. */
const char *attribute_type_name(enum attribute_type t);
/* The base unit: "mm", "g", "s", "" … */
const char *attribute_base_unit(enum attribute_type t);

/* Where the act of an event takes place; bit n is facts' enum role_of_place n. */
#define PLACED_AT 1u
#define PLACED_FROM 2u
#define PLACED_INTO 4u

/* A ground (`ground mines`) is a filed event whose reports are the steps of justifications: who takes
 * the step, which ("claimed", "shown", "accepted", "rejected"), the identity of the incident that
 * it is about (of a duty without trigger: the provision's name), to whom it is shown. */
enum ground_attribute { GROUND_BY, GROUND_STEP, GROUND_INCIDENT, GROUND_TO };
#define GROUND_ATTRIBUTES 4

struct definition; /* row 15, below */

/* What happens (event) or holds (state).  Index = the kind of facts. */
struct kind {
    struct str name, label;
    bool is_state;
    bool filed;      /* exists only if recorded: consent, notice, ruling (a gap cannot hide it) */
    bool ground;     /* filed steps of a justification, with the attributes GROUND_… */
    uint32_t parent; /* "event return_fire is a fire": its facts are also facts of the parent, whose
                        attributes come first in the same order; LANG_NONE for none */
    const struct attribute *attributes;
    uint32_t n_attributes;
    uint32_t actor; /* attribute that names who did it (`by`) or whose it is (`of`); LANG_NONE */
    uint32_t whom;  /* attribute that is the verb's direct object (`whom`); LANG_NONE */
    struct str base, third, past, gerund; /* of the verb: "fire", "fires", "fired", "firing" */
    struct str plural;                    /* of a state: "heavy weapons" */
    struct str status;                    /* of a state: "neutral", "member of nato" */
    struct str said;                      /* of an event: "withdrawal is verified" */
    uint32_t places;                      /* bits PLACED_…: the prepositions that may follow */
    struct str one_is; /* what makes one of it, as written; empty when not declared */
    const struct definition *definition; /* a state that holds by definition, or NULL */
    uint32_t read_in;     /* 1 + the disputed term that says which of it are meant; 0: all */
    struct indices terms; /* disputed terms its definition rests on */
    uint32_t clause;
    struct place at;
};

/* ---- selecting events and states ---- */

/* What an attribute must be.  Numbers: lo <= value <= hi in base units.  Texts: one of `texts`.
 * Actors: one of `actors`.  `negated`: anything else ("other than"). */
struct attribute_test {
    uint32_t attribute;
    int64_t lo, hi;
    const struct str *texts;
    uint32_t n_texts;
    struct indices actors;
    bool negated;
    bool each;   /* in a duty: an act towards each of `actors`, … */
    bool others; /* the bearer itself left out ("each other party", "the other party") */
    struct place at;
};

/* Whose act or state is meant. */
enum who {
    WHO_ANYONE,  /* not said */
    WHO_BEARER,  /* the bearer's own ("its", "the party", or the bearer by grammar) */
    WHO_OTHER,   /* any bearer but the one ("the other party") */
    WHO_ONE_OF,  /* one of `actors` ("a party", "north or south") */
    WHO_EACH_OF, /* in conditions: each of `actors` must have done it */
    WHO_TOGETHER /* one event of which all of `actors` are the author */
};

/* A set of events or states: `kind` (and kinds whose parent it is), whose, with …, where. */
struct phrase {
    uint32_t kind; /* LANG_NONE: no phrase */
    enum who who;
    struct indices actors;
    const struct attribute_test *tests;
    uint32_t n_tests;
    uint32_t zone;   /* LANG_NONE: anywhere */
    uint32_t places; /* bits PLACED_…: any of them in the zone ("from or into") */
    bool outside;    /* the zone's outside is meant ("out of", "outside") */
    struct place at;
};

/* ---- conditions ---- */

enum condition_op {
    COND_ALL,      /* every one of sub */
    COND_ANY,      /* one of sub */
    COND_NOT,      /* sub[0] does not hold */
    COND_HAPPENED, /* an event of `phrase` has happened: ever before, or within the last `window` */
    COND_HOLDS,    /* a state of `phrase` holds */
    COND_FROM,     /* time is at or after `point` */
    COND_UNTIL,    /* time is before `point` */
    COND_VIOLATED, /* `provision` has been violated `count` times [in the last `window`] */
    COND_FULFILLED, /* `provision` is fulfilled: performed, where it is a duty; else not violated */
    COND_CLOCK,     /* the local clock shows `clock`: one instant a day */
    COND_NO_OBJECTION, /* none of `phrase` has happened within `window` after `since` happened */
    COND_SUSPENSION /* a suspension runs that a notice (`phrase`) began, by the right that provision
                       `power` gives (power.h), until a stretch of `window` passed without a
                       violation of `provision` */
};

struct condition {
    enum condition_op op;
    struct condition *const *sub;
    uint32_t n_sub;
    struct phrase phrase;
    struct phrase since;
    bool recorded;          /* counted from its record ("has been established") */
    struct duration ahead;  /* COND_HAPPENED: at least so long ago ("6 months before expiry") */
    struct duration window; /* all zero: no limit */
    struct point point;
    int32_t clock; /* seconds since 00:00 on the wall clock */
    uint32_t provision;
    uint32_t count;
    uint32_t power; /* COND_SUSPENSION only */
    struct place at;
};

/* Row 15: `silence holds from when … until …`: NOT until SINCE from. */
struct definition {
    uint32_t kind;
    const struct condition *from, *until; /* until may be NULL */
    uint32_t clause;
    struct place at;
};

/* ---- evidence and coverage ---- */

/* Bits of facts' enum grade. */
#define GRADE_BITS_VERIFIED 7u  /* seen, by sensor, corroborated: the mission's own */
#define GRADE_BITS_REPORTED 15u /* and reported */
#define GRADE_BITS_ALLEGED 31u  /* and alleged by a party */

/* Met when at least `sources` independent sources say it at one of the grades. */
struct evidence_case {
    uint32_t grades;  /* bits 1 << enum grade */
    uint32_t sources; /* at least 1 */
    uint32_t by;      /* the body whose word it must be, or LANG_NONE */
};

struct evidence_rule {
    const struct evidence_case *any; /* one of them suffices; empty when disputed */
    uint32_t n_any;
    uint32_t kind; /* LANG_NONE: every kind without a rule of its own */
    uint32_t term; /* its alternatives are lists of cases, or LANG_NONE */
    uint32_t clause;
    struct place at;
};

/* Which coverage records count for a kind (none declared: all do). */
struct coverage_rule {
    uint32_t kind; /* LANG_NONE: every kind */
    uint32_t zone; /* LANG_NONE: anywhere */
    struct indices by;
    const struct str *means; /* none: any */
    uint32_t n_means;
    uint32_t clause;
    struct place at;
};

/* ---- readings ---- */

enum term_kind {
    TERM_LINE,
    TERM_ZONE,
    TERM_DATE,
    TERM_DAY_ONE,
    TERM_EVIDENCE,
    TERM_KIND /* which events or states of a kind are meant */
};

struct alternative_reading {
    struct str label;                  /* "as drawn by north": what a row shows */
    struct indices held_by;            /* actors that hold it; may be empty */
    struct geo_file file;              /* TERM_LINE */
    const struct zone_expr *expr;      /* TERM_ZONE */
    struct point point;                /* TERM_DATE, TERM_DAY_ONE */
    const struct evidence_case *cases; /* TERM_EVIDENCE */
    uint32_t n_cases;
    struct phrase phrase; /* TERM_KIND: those that are meant, of the kind or a kind of it */
    bool open;            /* TERM_KIND: left open: nothing says which are meant */
    struct place at;
};

struct disputed {
    enum term_kind kind;
    uint32_t index; /* of the line, zone, date, evidence rule */
    struct str name;
    const struct alternative_reading *alternatives;
    uint32_t n_alternatives;
    struct indices left_open_by; /* actors that leave it open on purpose */
    bool left_open;
    uint32_t clause;
    struct place at;
};

/* One way to settle all disputed terms of a provision. */
struct reading {
    struct str label; /* the alternatives' labels, joined by "; " */
    struct indices terms;
    const uint32_t *choice; /* for each of terms, the alternative */
};

/* ---- provisions ---- */

/* Rows of the table of patterns; the number is the row's. */
enum pattern {
    PATTERN_FORBID = 1,
    PATTERN_DUTY = 2,
    PATTERN_KEEP = 3,
    PATTERN_STATUS = 4,
    PATTERN_CAP = 5,
    PATTERN_SCHEDULE = 6,
    PATTERN_ONLY = 7,
    PATTERN_EXCEPTION = 8,
    PATTERN_JUSTIFY = 9,
    PATTERN_CONSEQUENCE = 10,
    PATTERN_LAPSE = 11,
    PATTERN_IN_STEP = 12,
    PATTERN_DECIDE = 13,
    PATTERN_TERM = 14,
    PATTERN_DEFINE = 15,
    PATTERN_READINGS = 16,
    PATTERN_FORMULA = 17 /* not in plain language: `expert` says it */
};

enum deadline_op {
    DEADLINE_NONE,
    DEADLINE_BY,     /* by `point` */
    DEADLINE_WITHIN, /* within `period` after the trigger */
    DEADLINE_EVERY,  /* once in every `period`, counted from `point` (the start of its frame) */
    DEADLINE_AHEAD   /* at least `period` before each event of `trigger` */
};

struct deadline {
    enum deadline_op op;
    struct point point;
    struct duration period;
    bool working; /* in working days */
    struct place at;
};

/* Row 10: whose violation makes the duty arise. */
enum violator {
    VIOLATOR_ANY,  /* of any bearer of the provision */
    VIOLATOR_SAME, /* of the one who owes the duty ("then the party must …") */
    VIOLATOR_OTHER /* of the other bearer ("then the other party must …") */
};

/* What a duty waits for. */
enum trigger_op {
    TRIGGER_NONE,
    TRIGGER_POINT,    /* `point`, e.g. entry into force: one instance */
    TRIGGER_EVENT,    /* each event of `phrase`: one instance each */
    TRIGGER_WHEN,     /* the first second at which `condition` holds: one instance */
    TRIGGER_VIOLATION /* each violation (or each count-th in a window) of a provision */
};

struct trigger {
    enum trigger_op op;
    struct point point;
    struct phrase phrase;
    const struct condition *condition;
    uint32_t provision, count;
    struct duration window;
    bool by_one; /* TRIGGER_VIOLATION: the count-th of one and the same bearer */
    enum violator violator;
    bool
        of_first; /* TRIGGER_VIOLATION of a consequence: `violator` is said of the violation that the
                      consequence itself follows ("otherwise the party": of its own bearer nothing is
                      said by "the party") */
    bool recorded; /* time runs from the record of it, not from when it happened */
    struct place at;
};

/* A part of time outside which the provision asks nothing.  `while` recurs; the others switch once:
 * from, after: open for good when the point comes or the condition first holds; until, before:
 * closed for good. */
enum frame_op { FRAME_FROM, FRAME_AFTER, FRAME_UNTIL, FRAME_BEFORE, FRAME_WHILE };

struct frame {
    enum frame_op op;
    const struct condition *condition; /* or NULL: then */
    struct point point;
    struct place at;
};

/* What an actor declares, in its own words.  It is shown and never evaluated: one side's word is no
 * fact, and an assurance creates no duty. */
struct declaration {
    uint32_t actor;
    bool assurance;
    struct str text, sentence;
    uint32_t clause;
    struct place at;
};

/* A consent that the agreement states: the state `kind` of `by` holds by it for the actors `to`, from
 * a point (or always), while the condition holds, until `delay` after it was withdrawn. */
struct consent {
    uint32_t by, kind;
    struct indices to;
    bool has_from;
    struct point from;
    const struct condition *condition; /* NULL: none */
    struct phrase withdrawal;          /* kind LANG_NONE: it cannot be withdrawn */
    bool on_receipt;                   /* time runs from the record of the withdrawal */
    struct duration delay;
    struct str sentence;
    uint32_t clause;
    struct place at;
};

/* A change of the text.  The versions of a provision form a list in the order of time. */
struct amendment {
    struct str name;          /* "amendment 1" */
    struct indices agreed_by; /* actors said to have agreed; may be empty */
    struct point from, stand;
    bool says_stand;
    instant since; /* in force from this second on */
    struct str sentence;
    uint32_t clause;
    struct place at;
};

struct provision {
    struct str name;
    uint32_t clause;

    /* Versions.  In force from `from` to `until`, whatever else holds. */
    uint32_t amends;       /* the first version of it, or LANG_NONE: it is the first */
    uint32_t amendment;    /* that brought this version, or LANG_NONE */
    uint32_t ended_by;     /* amendment that ended it, or LANG_NONE */
    uint32_t next_version; /* or LANG_NONE */
    instant from, until;   /* inclusive; INSTANT_MIN, INSTANT_MAX: open */
    enum pattern pattern;

    struct indices bearers; /* actors, in the order written; the rows of the verdict */
    uint32_t group;         /* when named by a group ("each contingent"); LANG_NONE */
    bool together;          /* one act of all, instead of one each */
    bool permitted;         /* rows 7 and 8: `may … only if` */

    struct phrase act;        /* what is forbidden, owed, kept, permitted; who is WHO_BEARER */
    bool inside;              /* PATTERN_KEEP: must stay inside act.zone; else outside */
    bool negated;             /* PATTERN_STATUS: must not be */
    uint32_t count;           /* PATTERN_CAP: more than so many … */
    struct duration window;   /* … in any so long; all zero: in the whole term */
    struct deadline deadline; /* PATTERN_DUTY */
    struct trigger trigger;
    const struct schedule_step *steps; /* PATTERN_SCHEDULE */
    uint32_t n_steps;
    uint32_t stock; /* PATTERN_SCHEDULE: of which its shares are; LANG_NONE: numbers only */
    const struct measure *basis; /* … and which of its baselines; NULL with numbers only */
    const struct attribute_test *basis_tests; /* the act's tests, as attributes of the baseline */
    uint32_t n_basis_tests;
    struct indices sites;  /* PATTERN_KEEP: what must be kept there (of `stock`), else none */
    bool sites_verified;   /* … as many as are verified, else as are declared */
    uint32_t processes[2]; /* PATTERN_IN_STEP */
    int64_t gap;           /* … at most so far apart, in 1/10,000; negative: not stated */

    const struct frame *frames; /* all must be open */
    uint32_t n_frames;
    const struct condition *if_;    /* tested at the trigger, or at the anchor; NULL: none */
    const struct condition *unless; /* excuses at the anchor; NULL: none */
    const struct condition *only;   /* rows 7 and 8: permitted only so; NULL: none */
    uint32_t despite; /* row 8: the provision whose anchors it excuses: those that are also events
                         of `act` (the same fact) and for which `only` holds */

    const struct expert *expert; /* PATTERN_FORMULA (expert.h), or NULL */
    const struct power *power;   /* PATTERN_DECIDE (power.h), or NULL */
    uint32_t justifies; /* PATTERN_JUSTIFY: the provision; `act` is the ground, deadline.period how
                           long after the incident it may be shown, to `body`, which decides */
    uint32_t body;      /* actor, or LANG_NONE */

    struct indices depends_on; /* provisions that it refers to; without cycles */
    struct indices readings; /* into agreement.readings; empty when it rests on nothing disputed */

    struct place at; /* the whole sentence, from `provision` to the full stop */
    struct place name_at;
    struct str sentence;  /* what stands behind the colon, white space made one blank */
    struct str gloss;     /* "read as": made from what is above; never empty */
    struct str not_gloss; /* "not read as", with the sentence to write for that; may be empty */
};

/* ---- the text ---- */

/* The smallest part that can be cited: a heading with what stands under it, up to the next. */
struct clause {
    struct str title; /* "Article 1" */
    uint32_t level;   /* of the heading; 0: what stands before the first */
    uint32_t parent;  /* clause, or LANG_NONE */
    struct str prose; /* Markdown without the truce blocks, as written */
    struct place at;  /* the heading */
};

/* A clause that only some may read, with all under it (plain/withhold.h). */
struct annex {
    uint32_t clause;
    struct indices readers; /* actors */
    bool hidden;            /* that it exists is confidential too */
    struct place at;
};

struct header {
    struct str title;
    bool has_signed;
    struct point signed_;
    instant from;            /* in force from, the first second */
    instant until;           /* in force up to this second, inclusive; INSTANT_MAX: without end.
                                Where rules may prolong it: the latest end that they allow */
    instant expiry;          /* the end as it is written, before any rule prolongs it */
    const struct zone *zone; /* the time zone; never NULL */
    struct str zone_name;
    bool has_day_one;
    struct point day_one;        /* unset when disputed */
    uint32_t day_one_term;       /* or LANG_NONE */
    const struct str *languages; /* authentic languages, as declared */
    uint32_t n_languages;
    const struct workdays *work; /* declared holidays; NULL: no working days */
    uint64_t reporting_delay;    /* seconds after which no report is late; 0: none declared */
    struct place at;
};

struct agreement {
    const struct source *source; /* the file's text */
    struct markdown markdown;    /* its clauses and blocks */
    struct vocabulary names;     /* what it declares, and where that stands */
    struct header header;
    const struct clause *clauses;
    const struct actor *actors;
    const struct group *groups;
    const struct line *lines;
    const struct zone_decl *zones;
    const struct date_decl *dates;
    const struct kind *kinds;
    const struct evidence_rule *evidence;
    const struct coverage_rule *coverage;
    const struct disputed *terms;
    const struct reading *readings;
    const struct provision *provisions;
    const struct force_rule *force; /* in_force.h */
    const struct amendment *amendments;
    const struct declaration *declarations;
    const struct annex *annexes;
    uint32_t n_annexes;
    uint32_t n_force, n_amendments, n_declarations;
    const struct consent *consents;
    uint32_t n_consents;
    const struct silence *silences; /* silence.h */
    uint32_t n_silences;
    const struct stock *stocks;
    const struct stated_amount *amounts;
    const struct process *processes;
    const struct site *sites;
    uint32_t n_stocks, n_amounts, n_processes, n_sites;
    uint32_t n_clauses, n_actors, n_groups, n_lines, n_zones, n_dates, n_kinds, n_evidence,
        n_coverage, n_terms, n_readings, n_provisions;
    const struct str *notes; /* `note "…"`: what must be read beside every result */
    uint32_t n_notes;
};

/* ---- making and asking ---- */

/* Read and check the agreement in `source`.  Every finding is in d; when one is an error the answer
 * is STATUS_INPUT and *out is NULL.  Warnings and notes leave STATUS_OK.  STATUS_FAULT: memory. */
enum status agreement_check(struct arena *a, const struct source *source, struct diags *d,
                            const struct agreement **out);

/* The same from a file (path, or "-" for standard input).  The source is left in *source when the
 * file could be read. */
enum status agreement_load(struct arena *a, struct str path, struct diags *d,
                           const struct source **source, const struct agreement **out);

/* Index of a name, LANG_NONE when there is none.  Names compare as written, `_` and a blank alike.
 */
uint32_t agreement_actor(const struct agreement *g, struct str name);
uint32_t agreement_zone(const struct agreement *g, struct str name);
uint32_t agreement_kind(const struct agreement *g, struct str name);
/* The test that asks for an act towards each of several; NULL where there is none. */
const struct attribute_test *phrase_each(const struct phrase *ph);
/* Index of an attribute in a kind. */
uint32_t kind_attribute(const struct kind *k, struct str name);
/* Is `kind` the kind `of` or a kind of it? */
bool kind_is(const struct agreement *g, uint32_t kind, uint32_t of);

/* The range of seconds of a point under a reading. */
void agreement_point(const struct agreement *g, const struct point *p, uint32_t reading,
                     instant *first, instant *last);

/* Since when what happens is of account: the first second of the day of signature, or entry into
 * force where that is earlier or no signature is stated. */
instant agreement_beginning(const struct agreement *g);

/* `at` later by a duration, in the agreement's zone and with its working days. */
instant agreement_later(const struct agreement *g, const struct duration *d, instant at);
/* The same n times over, counted from `at` at once, so that the end of a month does not creep;
 * INSTANT_MAX beyond what can be counted. */
instant agreement_later_times(const struct agreement *g, const struct duration *d, int64_t n,
                              instant at);
bool duration_none(const struct duration *d);

/* What a reading takes a kind to mean; NULL where the kind is not disputed. */
const struct alternative_reading *agreement_kind_reading(const struct agreement *g, uint32_t kind,
                                                         uint32_t reading);
/* Does the reading leave a term open? */
bool reading_open(const struct agreement *g, uint32_t reading);

/* The alternative that a reading takes for a term (an index into its alternatives). */
uint32_t reading_choice(const struct agreement *g, uint32_t reading, uint32_t term);

/* The zone that is meant when it is said of one who is bound. */
uint32_t agreement_zone_for(const struct agreement *g, uint32_t zone, uint32_t actor);

/* The expression of a zone, and the file of a line, under a reading. */
const struct zone_expr *agreement_zone_expr(const struct agreement *g, uint32_t zone,
                                            uint32_t reading);
const struct geo_file *agreement_line_file(const struct agreement *g, uint32_t line,
                                           uint32_t reading);

/* The evidence that makes a fact of this kind certain under a reading: its own rule, else its
 * parent's, else the rule for every kind, else: one source, verified by the mission. */
void agreement_evidence(const struct agreement *g, uint32_t kind, uint32_t reading,
                        const struct evidence_case **cases, uint32_t *n);

/* "amendment 1", or "original" of a provision that was amended; empty where there is but one. */
struct str provision_version(const struct agreement *g, const struct provision *pv);
/* The first version of a provision: what other sentences name. */
uint32_t provision_first(const struct agreement *g, uint32_t provision);

/* Does a rule of force speak of a provision: of it, of a clause it stands in, of the agreement, or as
 * what replaces another? */
bool force_covers(const struct agreement *g, const struct force_rule *r, uint32_t provision);
/* The rule that says when the agreement enters into force, or NULL where that is a date. */
const struct force_rule *agreement_entry(const struct agreement *g);

/* "Article 2 › paragraph 1" into the arena. */
struct str clause_path(const struct agreement *g, struct arena *a, uint32_t clause);

/* "forbid", "duty", … */
const char *pattern_name(enum pattern p);

#endif
