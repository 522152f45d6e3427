/* What the files of room lint share. */
#ifndef TRUCE_LINT_PRIVATE_H
#define TRUCE_LINT_PRIVATE_H

#include "lang/in_force.h"
#include "lang/lex.h"
#include "lang/vocabulary.h"
#include "lint/lint.h"

/* ---- text.c: the two texts of an agreement, cut into sentences ---- */

/* A token, without what only the parser needs: a long text has many. */
struct word {
    struct str text; /* as in struct token */
    int64_t n;       /* a number's digits; a date as YYYYMMDD */
    uint32_t from, to;
    uint8_t kind; /* enum token_kind */
    uint8_t decimals;
    char punct;
};

struct words {
    struct word *v;
    size_t n, cap;
};

struct passage {
    uint32_t clause;
    size_t first, end; /* tokens, without the full stop */
    bool duty;         /* prose: it says that somebody must, or belongs to such a list */
    size_t modal;      /* prose: the token that says so; `first` in a list */
};

/* Passages in the order of the text; those of clause c are [from[c], from[c + 1]). */
struct passages {
    struct words tokens;
    struct passage *v;
    size_t n, cap;
    size_t *from;
};

struct lint {
    struct arena *a;
    const struct agreement *g;
    struct passages prose, formal;
    struct tokens block;                  /* that is being cut; its memory serves the next one */
    uint32_t *provisions;                 /* by clause, then in their order */
    uint32_t *permissions, n_permissions; /* those with `may … only` */
    struct remarks *out;
    enum drafting_rule rule; /* that is looking */
    bool failed;             /* memory */
};

/* Cut prose and blocks.  False when memory fails. */
bool lint_read(struct lint *l);

/* Do these words (joined by blanks, any case) stand at a token? How many tokens they are, else 0. */
size_t words_at(const struct passages *p, size_t at, size_t end, const char *words);
/* The first token of a passage at which one of the words stands; `end` when none does. */
size_t words_in(const struct passages *p, const struct passage *x, const char *words);
bool token_word(const struct word *t, const char *word);
/* Does a formal passage open with these words? */
bool passage_opens(const struct lint *l, const struct passage *x, const char *words);
/* Is it a sentence that says something of the matter: no silence, no note? */
bool passage_says(const struct lint *l, const struct passage *x);
/* The formal passage that holds an offset, or NULL. */
const struct passage *passage_of(const struct passages *p, size_t offset);
/* The place of some tokens, in the agreement's source. */
struct place tokens_place(const struct lint *l, const struct passages *p, size_t first, size_t end);

/* A name or label, at this token of the prose: how many tokens, else 0. */
size_t label_at(const struct lint *l, size_t at, size_t end, struct str label);
/* Somebody is named at this token: *actor, or LANG_NONE where it is "the parties", "each side". */
size_t actor_at(const struct lint *l, size_t at, size_t end, uint32_t *actor);

/* Does the clause, or one under it, hold a provision (a formal sentence)? */
bool clause_has_provision(const struct lint *l, uint32_t clause);
bool clause_says(const struct lint *l, uint32_t clause);
bool clause_within(const struct agreement *g, uint32_t clause, uint32_t in);
/* The provisions of the clause and of those under it. */
struct indices provisions_in(const struct lint *l, uint32_t clause);

/* ---- lint.c ---- */

/* A new finding of the rule at work; NULL when memory fails. */
struct remark *lint_find(struct lint *l, struct place at, uint32_t clause, const char *what, ...)
    __attribute__((format(printf, 4, 5)));
void lint_mend(struct lint *l, struct remark *f, const char *fix, ...)
    __attribute__((format(printf, 3, 4)));
/* The same of a provision: at its act or name. */
struct remark *lint_find_in(struct lint *l, uint32_t provision, struct place at, const char *what,
                            ...) __attribute__((format(printf, 4, 5)));

/* ---- time.c: dates that are known before anything happens ---- */

struct due {
    instant last; /* second */
    struct place at;
    bool working; /* counted in working days */
};

/* The i-th dated deadline of a provision (a schedule has several); false: there is none. */
bool lint_due(const struct lint *l, const struct provision *pv, uint32_t i, struct due *out);
/* The time in which it asks anything, as far as dates say. */
void lint_window(const struct lint *l, const struct provision *pv, instant *open, instant *close);
/* "2015-03-01" */
struct str lint_day(struct lint *l, instant at);

/* Conditions that must all hold, without those behind `any of` and `not`. */
struct leaves {
    const struct condition **v;
    size_t n, cap;
};
bool lint_leaves(struct lint *l, const struct condition *c, struct leaves *out);
/* Everything that must be so before the provision asks anything. */
bool lint_waits(struct lint *l, const struct provision *pv, struct leaves *out);

/* ---- quantity.c: numbers with units and dates in either text ---- */

/* A size is a length of less than 100 m: of a weapon, not of a way. */
enum measured {
    MEASURED_TIME,
    MEASURED_MONTHS,
    MEASURED_LENGTH,
    MEASURED_SIZE,
    MEASURED_SHARE,
    MEASURED_DATE
};

struct measured_at {
    enum measured what;
    int64_t value; /* seconds, months, mm, 1/10,000, month * 100 + day */
    int year;      /* of a date, or 0 */
    size_t first, end;
};

/* The quantity at a token; false: none stands here. */
bool measured_at(const struct passages *p, size_t at, size_t end, struct measured_at *out);

/* ---- the rules; each looks for its own ---- */
void rule_no_bearer(struct lint *l);
void rule_no_deadline(struct lint *l);
void rule_no_reference_line(struct lint *l);
void rule_no_unit(struct lint *l);
void rule_no_verifier(struct lint *l);
void rule_no_consequence(struct lint *l);
void rule_undefined_term(struct lint *l);
void rule_unused_term(struct lint *l);
void rule_deadline_before_trigger(struct lint *l);
void rule_zone_nobody_covers(struct lint *l);
void rule_permission_meets_prohibition(struct lint *l);
void rule_duty_on_consent(struct lint *l);
void rule_text_without_sentence(struct lint *l);
void rule_text_differs(struct lint *l);
void rule_party_not_bound(struct lint *l);
void rule_vague_word(struct lint *l);
void rule_what_is_one(struct lint *l);
void rule_which_days(struct lint *l);
void rule_deadline_on_holiday(struct lint *l);
void rule_double_number(struct lint *l);
void rule_not_plain(struct lint *l);

#endif
