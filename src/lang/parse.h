/* The parser of agreements: shared state and helpers of its files (private to room lang).
 *
 * The words of all blocks are cut into sentences.  Three passes: what the sentences declare (names,
 * verb forms) is entered; then each declaration is read; then the provisions, whose grammar depends
 * on the declared verbs.  So the order of sentences in the text does not matter.
 *
 * Reading a sentence moves a cursor over its tokens.  A function that reads returns false once a
 * finding was reported (or memory failed): the sentence is given up and reading goes on behind its
 * full stop.  A name is any run of words that was declared: `_` and a blank are the same. */
#ifndef TRUCE_LANG_PARSE_H
#define TRUCE_LANG_PARSE_H

#include "base/intern.h"
#include "lang/lex.h"
#include "lang/markdown.h"
#include "lang/model.h"
#include "lang/quantity.h"
#include "lang/silence.h"

/* A growing array in the arena. */
struct vec {
    void *v;
    size_t n, cap;
};

enum sort {
    SORT_NONE,
    SORT_ACTOR,
    SORT_GROUP,
    SORT_LINE,
    SORT_ZONE,
    SORT_DATE,
    SORT_KIND,
    SORT_PROVISION,
    SORT_AGREEMENT,
    SORT_STOCK,
    SORT_PROCESS,
    SORT_SITE
};
#define SORTS 12

const char *sort_name(enum sort s); /* "zone" */
/* A word that holds sentences together and can begin no name. */
bool word_reserved(struct str word);

struct symbol {
    enum sort sort;
    uint32_t index;
    struct place at;
};

/* How a run of words names a kind; bits. */
#define FORM_BASE 1u
#define FORM_THIRD 2u
#define FORM_PAST 4u
#define FORM_GERUND 8u
#define FORM_NOUN 16u
#define FORM_PLURAL 32u
#define FORM_STATUS 64u
#define FORM_SAID 128u

struct form {
    uint32_t kind;
    uint32_t forms;
};

struct sentence {
    size_t first, end; /* tokens, without the full stop */
    uint32_t clause;
    uint32_t item;                     /* what the first pass entered for it */
    const struct statement *statement; /* how it begins */
    bool bad;                          /* a finding was reported in the first pass */
};

struct parser {
    struct arena *arena;
    const struct source *source;
    struct diags *d;
    struct markdown markdown;
    struct tokens tokens;
    struct vocabulary vocabulary; /* once all names are entered */
    size_t first, at, end;        /* of the sentence: its first token, the cursor, its end */
    uint32_t clause;              /* of the sentence */
    const char *doing;            /* "a duty": for messages */
    bool oom;
    bool each_object; /* an act towards each of several can be owed here */
    bool bad;         /* the sentence was given up */

    struct intern names;   /* canonical: words joined by `_` */
    struct vec symbols;    /* struct symbol, by number */
    size_t name_words;     /* most words in a name */
    struct intern phrases; /* words joined by a blank */
    struct vec forms;      /* struct form, by number */
    size_t phrase_words;
    size_t suggestions; /* made so far: looking for them is slow */

    struct vec sentences; /* struct sentence */
    struct vec clauses, actors, groups, lines, zones, dates, kinds, evidence, coverage, terms,
        readings, provisions, notes, definitions, pinned, force, stocks, amounts, processes, sites,
        amendments, declarations, annexes;
    struct vec consents;       /* struct consent */
    struct vec silences;       /* struct silence */
    struct vec justifications; /* uint32_t: the provisions of row 9 */
    uint32_t last_provision;   /* read so far in the order of the text */
    struct header header;
    struct point in_force_from, in_force_until;
    struct duration term_length; /* "for 30 days" */
    bool has_from, has_until, has_length, has_header, has_zone;
    struct place zone_at, until_at;
    struct vec holidays; /* int64_t days */
    uint8_t weekend;
    bool has_work;
};

/* A gloss that stands in the text and must stay true. */
struct pinned {
    uint32_t provision;
    struct str text;
    struct place at;
};

/* A kind of sentence by its first words. */
struct statement {
    const char *opens; /* "zone" */
    /* First pass: enter names; may be NULL. */
    bool (*enter)(struct parser *p, struct sentence *s);
    /* Second pass (declarations) or third (provisions): read it whole. */
    bool (*read)(struct parser *p, struct sentence *s);
    int pass; /* 1: the head, before all else; 2: declarations; 3: rules about them; 4: what counts
                 events and states; 5: provisions */
};

/* ---- memory ---- */

/* A new zeroed element at the end, or NULL (p->oom set). */
void *vec_add(struct parser *p, struct vec *v, size_t size);
/* An array frozen as it is. */
#define VEC_AT(vec, type, i) (&((type *)(vec).v)[i])
void *parse_alloc(struct parser *p, size_t size);
struct indices parse_indices(struct parser *p, const struct vec *v); /* of uint32_t */
/* Adds x unless it is there. */
bool vec_add_index(struct parser *p, struct vec *v, uint32_t x);

/* ---- cursor ---- */

const struct token *token_now(const struct parser *p); /* a TOKEN_BREAK at the end */
const struct token *token_ahead(const struct parser *p, size_t n);
bool at_end(const struct parser *p);
struct place place_now(const struct parser *p);  /* the token, or the gap behind the last one */
struct place place_last(const struct parser *p); /* the token just passed */
/* Do these words (joined by blanks, any case; `,` and `:` count as words) stand here? */
bool look(const struct parser *p, const char *words);
bool look_ahead(const struct parser *p, size_t n, const char *words);
/* Pass them when they stand here. */
bool eat(struct parser *p, const char *words);
bool look_punct(const struct parser *p, char c);
bool eat_punct(struct parser *p, char c);
/* Passes a, an, the. */
void eat_article(struct parser *p);
/* Text from one token to another (end excluded), white space made one blank. */
struct str words_text(struct parser *p, size_t first, size_t end);

/* ---- findings ---- */

/* Report an error and give the sentence up; returns the finding for a fix (maybe NULL). */
struct diag *refuse(struct parser *p, const char *code, struct place at, const char *what, ...)
    __attribute__((format(printf, 4, 5)));
/* "in a duty, after "within", a duration is expected, not "x"".  Always false. */
bool expected(struct parser *p, const char *what, const char *fix);
bool expect(struct parser *p, const char *words, const char *fix);
/* Nothing may follow; else an error.  */
bool expect_end(struct parser *p);

/* ---- names and phrases ---- */

/* The words written as `a b` or `a_b`, as names are compared. */
struct str name_canonical(struct parser *p, struct str words);
/* The other way: a name as it is read aloud. */
struct str name_spoken(struct parser *p, struct str name);
/* Enter a name; an error when it is taken. */
bool name_enter(struct parser *p, struct str name, enum sort sort, uint32_t index, struct place at);
/* The declared name that stands at token `at`, as long as possible; its number of tokens, or 0. */
size_t name_match(const struct parser *p, size_t at, struct symbol *out);
/* Read a name of a sort.  `what`: "a zone". */
bool name_read(struct parser *p, enum sort sort, const char *what, uint32_t *out);
/* Is there a name of the sort here? Passes it when there is. */
bool name_eat(struct parser *p, enum sort sort, uint32_t *out);
struct symbol *name_find(const struct parser *p, struct str canonical);
/* The nearest declared name of the sort (SORT_NONE: any) to a text; empty when none is near. */
struct str name_nearest(struct parser *p, struct str text, enum sort sort);
/* Unknown name at the cursor: an error with a suggestion. Always false. */
bool name_unknown(struct parser *p, enum sort sort, const char *what);
/* The words of a name that is being declared, up to a stop word, a string or a mark. */
bool name_declared(struct parser *p, struct str *canonical, struct place *at);

bool phrase_enter(struct parser *p, struct str words, uint32_t kind, uint32_t form,
                  struct place at);
/* The longest declared phrase at token `at` that has one of the forms; its number of tokens. */
size_t phrase_match(const struct parser *p, size_t at, uint32_t forms, struct form *out);

/* ---- parts of sentences; each passes what it reads ---- */

bool read_number(struct parser *p, int64_t *out); /* a whole number or number word */
bool look_number(const struct parser *p);
bool read_duration(struct parser *p, struct duration *out);
bool look_duration(const struct parser *p);
/* "25 km" in base units. */
bool read_measure(struct parser *p, enum dimension dimension, const char *example, int64_t *out);
bool look_point(const struct parser *p);
bool read_point(struct parser *p, struct point *out);
bool read_string(struct parser *p, const char *what, struct str *out);

/* "north, south and smm" */
bool read_actor_list(struct parser *p, struct vec *out, bool *is_or);
bool actor_class_word(const struct parser *p, bool plural, enum actor_class *out, size_t *n);
/* All actors of a class. */
bool class_members(struct parser *p, enum actor_class c, struct vec *out);
/* "each party", "a party", "north or south", "the other party", … in a condition. */
bool read_who(struct parser *p, enum who *who, struct indices *actors);
bool look_who(const struct parser *p);

bool read_zone_expr(struct parser *p, struct zone_expr **out);
bool read_geo_file(struct parser *p, struct geo_file *out);

/* What follows a verb or noun of a kind: object, `with …`, place.  Only those that stand here. */
bool read_tests(struct parser *p, struct phrase *ph);
bool look_place(const struct parser *p, const struct phrase *ph);
bool read_place(struct parser *p, struct phrase *ph);
bool read_objects(struct parser *p, struct phrase *ph);
bool add_test(struct parser *p, struct phrase *ph, const struct attribute_test *t);

bool read_condition(struct parser *p, const struct condition **out);
/* An event as a trigger or as the end of a frame: "withdrawal is verified", "north has fired". */
bool look_event(const struct parser *p);
bool read_event(struct parser *p, struct phrase *out, bool *recorded);

/* ---- statements ---- */

bool enter_actor(struct parser *p, struct sentence *s);
bool read_actor(struct parser *p, struct sentence *s);
bool enter_group(struct parser *p, struct sentence *s);
bool read_group(struct parser *p, struct sentence *s);
bool enter_line(struct parser *p, struct sentence *s);
bool read_line(struct parser *p, struct sentence *s);
bool enter_zone(struct parser *p, struct sentence *s);
bool read_zone(struct parser *p, struct sentence *s);
bool enter_date(struct parser *p, struct sentence *s);
bool read_date(struct parser *p, struct sentence *s);
bool enter_kind(struct parser *p, struct sentence *s);
bool read_kind(struct parser *p, struct sentence *s);
/* Puts the attributes of parents first; call when families are known to be without cycles. */
bool kinds_inherit(struct parser *p);
bool read_header(struct parser *p, struct sentence *s);
/* First pass of the header: the time zone, since dates are read in it. */
bool enter_header(struct parser *p, struct sentence *s);
bool read_note(struct parser *p, struct sentence *s);
/* `read as "…"` behind a provision: pinned. */
bool read_pinned(struct parser *p, struct sentence *s);
/* `not a finding: no deadline, because …` (silence.c). */
bool read_silence(struct parser *p, struct sentence *s);
/* `evidence of fire is read: …`, `day 1 is read: …` */
bool read_evidence(struct parser *p, struct sentence *s);
bool read_day_one(struct parser *p, struct sentence *s);
bool enter_provision(struct parser *p, struct sentence *s);
bool read_provision(struct parser *p, struct sentence *s);
/* A further provision of that name, entered; its number in *index. */
bool provision_add(struct parser *p, struct str name, struct place at, uint32_t *index);
/* `formula` blocks (row_formula.c); then that each of them can be monitored. */
bool enter_formula(struct parser *p, struct sentence *s);
bool read_formula(struct parser *p, struct sentence *s);
bool check_formulas(struct parser *p);
/* Row 14 (row_term.c): `agreement is renewed for …`, `article 2 is suspended …`, `NAME is …`. */
bool read_force(struct parser *p, struct sentence *s);
/* "agreement", "article 2" or a provision: what a rule of force speaks of. */
struct force_rule;
bool read_force_subject(struct parser *p, struct force_rule *r);
/* "its deadlines move by the time suspended", "its deadlines stay". */
bool read_force_deadlines(struct parser *p, struct force_rule *r);
/* `local forces are read: …`: which of a kind are meant. */
bool look_kind_readings(const struct parser *p);
bool read_kind_readings(struct parser *p, struct sentence *s);
/* `window morning, in corridor, from … until …, live when each party has confirmed` (window.c) */
bool enter_window(struct parser *p, struct sentence *s);
bool read_window_declared(struct parser *p, struct sentence *s);
/* `in each window`: sentences written out for each (each_window.c), before any is read. */
bool write_out_windows(struct parser *p);
/* Does a sentence on what is in force stand here, opened by a provision's name? */
bool look_force(const struct parser *p);
/* `article 2`, `article "Annex B"`: the clause whose heading begins so. */
bool read_article(struct parser *p, uint32_t *clause);
/* `north consents to …` (consent.c), behind the actor's name. */
bool look_consent(const struct parser *p);
bool read_consent_act(struct parser *p, struct sentence *s, uint32_t actor);
/* `ground mines "…"` (row_justify.c). */
bool enter_ground(struct parser *p, struct sentence *s);
bool read_ground(struct parser *p, struct sentence *s);
/* `annex "Annex B", confidential to north` (annex.c). */
bool read_annex(struct parser *p, struct sentence *s);
/* Does a heading begin with these words (and not with a longer number or word)? */
bool heading_is(struct str title, struct str wanted);
bool read_coverage(struct parser *p, struct sentence *s);
bool read_one_is(struct parser *p, struct sentence *s);
/* Sentences that begin with a name: `contact is read: …`, `silence holds from …`, `fire counts …`. */
bool read_about_name(struct parser *p, struct sentence *s);

/* Quantities (stock.c): `stock units, declared by inventory with pieces`, `process deployment is
 * each …, out of 90`; `south declares 120 units` and `mission verifies 118 units of south`, behind
 * the actor's name. */
bool enter_stock(struct parser *p, struct sentence *s);
bool read_stock(struct parser *p, struct sentence *s);
bool enter_process(struct parser *p, struct sentence *s);
bool read_process(struct parser *p, struct sentence *s);
bool enter_site(struct parser *p, struct sentence *s);
bool read_site(struct parser *p, struct sentence *s);
bool look_amount(const struct parser *p);
bool read_stated_amount(struct parser *p, uint32_t by, struct place at);

/* The nearest opening word of a sentence to a mistyped one, or NULL. */
const char *statement_nearest(struct str word);

/* Put the cursor before the first word of a sentence; `doing`: what messages call it. */
void go_to(struct parser *p, const struct sentence *s, const char *doing);

/* From the source to the names that its sentences declare, and where they stand (p->vocabulary): the
 * first pass alone. */
bool parse_declared(struct parser *p);
/* The names that were entered, and where they stand in the sentences. */
bool vocabulary_collect(struct parser *p, struct vocabulary *out);

/* ---- after reading ---- */

/* The head's own omissions; zone and working days. */
bool check_header(struct parser *p);
/* Parents of kinds without cycles. */
bool check_families(struct parser *p);
/* Everything that needs the whole: instants, contradictory dates, cycles, readings.  g is a view of
 * the parser's arrays as they are. */
bool check_all(struct parser *p, struct agreement *g);
/* Amendments (amend.c): versions of provisions. */
bool read_amendment(struct parser *p, struct sentence *s);
bool check_amendments(struct parser *p, struct agreement *g);
/* `north declares "…"`, `north assures "…"`, `x adheres from DATE`; the name was passed. */
bool look_declaration(const struct parser *p);
bool read_declaration(struct parser *p, struct sentence *s, uint32_t actor);
/* Acts that wait for one another in a circle (waits.c). */
bool check_waits(struct parser *p, const struct agreement *g);
/* What a justification can be of. */
bool check_justification(struct parser *p, const struct provision *pv);
/* The rules of force against one another and against the head; pairs `resumed` with `suspended`. */
bool check_force(struct parser *p, struct agreement *g);
/* That no condition asks whether a power or a justification is violated (row_power.c). */
bool check_powers(struct parser *p, const struct agreement *g);
/* What a right to suspend by notice rests on (row_suspend.c). */
bool check_rights(struct parser *p, const struct agreement *g);
/* What a suspension says of deadlines, for each provision it covers. */
bool check_suspended_deadlines(struct parser *p, const struct agreement *g);
/* Gives each rule of force the sentence that says how it is read. */
bool gloss_force(struct parser *p, const struct agreement *g);
/* Gives each provision the sentences that say how it is read. */
bool gloss_all(struct parser *p, const struct agreement *g);
/* Pinned glosses are as the provisions are read. */
bool check_pinned(struct parser *p);

#endif
