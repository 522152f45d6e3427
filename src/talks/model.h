/* The talks: who said what, in whose words, and what it says about which issue.
 *
 * Everything is an index into flat arrays of `struct talks` (uint32, TALKS_NONE = none); each item
 * keeps its place in the text.  A *position* is a set of atoms (issue is option, or is not), joined
 * by "and" or by "or".  What a speaker said, what the file assumes and which options depend on each
 * other are all `struct statement`, told apart by `origin`, so that whatever rests on one can show
 * what kind of support it has.
 *
 * A statement is never overwritten: a later one supersedes it, and as of an earlier date the
 * earlier one stands.  What is `proposed` is not confirmed by a person and counts nowhere. */
#ifndef TRUCE_TALKS_MODEL_H
#define TRUCE_TALKS_MODEL_H

#include "base/diag.h"
#include "base/instant.h"

#define TALKS_NONE UINT32_MAX

/* A day, as a count of days since 1970-01-01, or DAY_UNKNOWN. */
#define DAY_UNKNOWN INT32_MIN

struct talks_side {
    struct str name, label;
    struct place at;
};

struct speaker {
    struct str name, label;
    uint32_t side; /* TALKS_NONE: speaks for nobody declared */
    struct place at;
};

/* A text that a quotation was taken from; `file` is empty where none is kept. */
struct kept_source {
    struct str name, label, file, sha256;
    struct place at, file_at, sha256_at;
};

struct issue_option {
    struct str name, label;
    struct place at;
};

enum choice {
    CHOICE_AT_MOST_ONE, /* the options exclude each other; the issue may stay open */
    CHOICE_EXACTLY_ONE, /* the file says that one of these will be */
    CHOICE_ANY          /* options of one issue may hold together */
};

struct issue {
    struct str name, label;
    enum choice choice;
    struct issue_option *options;
    uint32_t n_options;
    struct place at;
};

struct atom {
    uint32_t issue, option;
    bool negated;
    struct place at;
};

struct position {
    const struct atom *atoms; /* n == 0: no position */
    uint32_t n;
    bool any; /* joined by "or" */
    struct place at;
};

/* What a sentence does with its positions p and q; the table `talks_acts` says the rest. */
enum act {
    ACT_DEMAND,       /* demands that p */
    ACT_OFFER,        /* offers that p */
    ACT_ACCEPT,       /* accepts that p; with q: only if q */
    ACT_REFUSE,       /* refuses that p: each atom of it */
    ACT_SUPPORT,      /* supports in principle that p: no acceptance */
    ACT_OPEN,         /* could discuss that p: no acceptance either */
    ACT_CONDITION,    /* holds that p only if q */
    ACT_PRECONDITION, /* holds that p only after q */
    ACT_TOGETHER,     /* holds that p only at the same time as q */
    ACT_RED_LINE,     /* draws a red line that p */
    ACT_AUTHORITY,    /* claims that `deciders` decide `issue` */
    ACT_ARGUMENT,     /* claims "…" */
    ACT_WARNING,      /* warns that if p, then "…" / then x regards "y" as "z" */
    ACT_QUESTION,     /* asks "…" [on issue] */
    ACT_PROCESS,      /* announces talks */
    ACT_REQUIRES,     /* dependency: p requires q */
    ACT_EXCLUDES,     /* dependency: p excludes q */
    ACT_SAID,         /* proposed: words without a position */
    ACTS
};

struct act_info {
    const char *noun;   /* "demand", "red line" */
    const char *verb;   /* what stands between the speaker and p: "demands that" */
    const char *stance; /* a word for the cell of a matrix: "demands" */
};
extern const struct act_info talks_acts[ACTS];

enum origin {
    ORIGIN_SAID,       /* in a speaker's words or reported of a speaker */
    ORIGIN_ASSUMED,    /* entered by a person as an assumption: nobody's words */
    ORIGIN_DEPENDENCY, /* between options: part of what the issues mean */
    ORIGIN_PROPOSED    /* found, not confirmed: counts nowhere */
};

enum secrecy { SECRECY_PUBLIC, SECRECY_RESTRICTED, SECRECY_CONFIDENTIAL };

struct text { /* words in a language */
    struct str words, language;
    struct str by; /* the translator, where named */
    struct place at;
};

#define TALKS_TRANSLATIONS 4

struct statement {
    struct str name;
    enum origin origin;
    enum act act;
    uint32_t speaker; /* TALKS_NONE when not said */
    struct position p, q;
    uint32_t refers; /* the statement that is accepted or refused, or TALKS_NONE */
    uint32_t issue;  /* of an authority, question or process; TALKS_NONE */
    const uint32_t *deciders, *not_deciders; /* sides */
    uint32_t n_deciders, n_not_deciders;
    uint32_t regards_side;          /* of a warning: who regards … */
    struct str regards, regards_as; /* … what as what */
    struct str consequence; /* of a warning: in other words; of argument, question: the words */
    uint32_t with;          /* of a process: the side talked with */

    struct str capacity;  /* "government", "envoy" …; empty when not stated */
    struct str report_of; /* "press report" of whom */
    struct str outlet;
    int32_t said, published;
    bool said_unknown;
    struct text
        original; /* words.p == NULL: not stated; original_missing: said to be not available */
    bool original_missing;
    struct text translations[TALKS_TRANSLATIONS];
    uint32_t n_translations;
    struct text indirect; /* reported speech: never shown in quotation marks */
    struct str scope;     /* the words that bound a refusal */
    uint32_t source;      /* a kept source, or TALKS_NONE */
    uint32_t line;        /* in it; 0 when not stated */
    char grade;           /* A–F, 0 when not stated */
    char credibility;     /* 1–6, 0 */
    enum secrecy secrecy;
    struct str restricted_to;
    uint32_t supersedes, superseded_by;
    struct str because, by; /* of an assumption, dependency */
    struct place at, name_at, from_at;
};

/* What may stand in for a position until it holds: an interim guarantee. */
struct interim {
    struct str name, label, because;
    struct position for_;
    struct place at;
};

/* How long a step takes and when it can begin; for an order with dates. */
struct step {
    struct str name;
    struct position p;
    int32_t days;     /* it takes; 0 when not stated */
    int32_t earliest; /* day, or DAY_UNKNOWN */
    struct place at;
};

struct preference {
    struct str name, by;
    uint32_t side;
    struct position better, worse;
    int32_t weight;
    uint32_t rests_on; /* a statement, or TALKS_NONE */
    struct place at;
};

struct weight { /* how much a named user says that changing a statement costs */
    uint32_t statement;
    int32_t weight;
    struct str by;
    struct place at;
};

struct clause_meaning { /* what a provision of a draft provides */
    struct str provision;
    struct position p;
    struct place at;
};

struct draft {
    struct str name, label, file;
    struct clause_meaning *clauses;
    uint32_t n_clauses;
    struct place at, file_at;
};

/* A name where it stands in the text: of what (`kind` says which array, in words; an option is
 * numbered within its issue), and whether this is where it gets its meaning. */
enum mention_kind {
    MENTION_SIDE,
    MENTION_SPEAKER,
    MENTION_SOURCE,
    MENTION_ISSUE,
    MENTION_STATEMENT,
    MENTION_INTERIM,
    MENTION_STEP,
    MENTION_PREFERENCE,
    MENTION_DRAFT,
    MENTION_OPTION
};

struct mention {
    enum mention_kind kind;
    uint32_t index, option; /* option: of an option, index being its issue's; else TALKS_NONE */
    bool defines;
    struct place at;
};

struct talks {
    struct arena *arena;
    const struct source *source;
    struct str title;
    int32_t as_of; /* the day the file declares, or DAY_UNKNOWN */
    struct talks_side *sides;
    struct speaker *speakers;
    struct kept_source *sources;
    struct issue *issues;
    struct statement *statements; /* in the order of the text */
    struct interim *interims;
    struct step *steps;
    struct preference *preferences;
    struct weight *weights;
    struct draft *drafts;
    uint32_t n_sides, n_speakers, n_sources, n_issues, n_statements, n_interims, n_steps,
        n_preferences, n_weights, n_drafts;
    struct mention *mentions; /* in no order */
    uint32_t n_mentions;
};

/* --- questions that every view asks ---------------------------------------------------------- */

/* The day on which a statement became known: its publication, else its saying, else unknown. */
int32_t statement_day(const struct statement *s);

/* Does it count as of a day (DAY_UNKNOWN: at the latest)?  Not when it is proposed, was not yet
 * known, or is superseded by one that was known.  What carries no date counts always. */
bool statement_counts(const struct talks *t, uint32_t statement, int32_t as_of);

/* The side that a statement speaks for, or TALKS_NONE. */
uint32_t statement_side(const struct talks *t, const struct statement *s);

/* The words to show for it: the original where it is in the reader's hand, else the first
 * translation; NULL when it has no direct words. */
const struct text *statement_words(const struct statement *s);

/* "status is neutral and contingents is not armed". */
void position_print(const struct talks *t, const struct position *p, struct buf *out);

/* The sentence of a statement without its fields: "grushko demands that status is neutral". */
void statement_print(const struct talks *t, const struct statement *s, struct buf *out);

/* Does some atom of a and some atom of b name the same issue and option? */
bool positions_meet(const struct position *a, const struct position *b);
bool position_on_issue(const struct position *p, uint32_t issue);
bool statement_on_issue(const struct talks *t, const struct statement *s, uint32_t issue);

/* "2025-03-17", or "not known". */
void day_print(int32_t day, struct buf *out);

#endif
