/* The language of talks: from tokens to the model.  Private to the room.
 *
 * A sentence ends with a full stop; a colon opens one flat list with dashes.  The first word says
 * what a sentence is, so every message can say what was expected where.  Sentences are read in
 * passes (first sides and issues, then what refers to them), so their order in the file is free.
 *
 * Functions begin with t_, for the language of agreements has its own of the same names. */
#ifndef TRUCE_TALKS_PARSE_H
#define TRUCE_TALKS_PARSE_H

#include "base/intern.h"
#include "lang/lex.h"
#include "talks/model.h"

enum name_kind {
    NAME_SIDE,
    NAME_SPEAKER,
    NAME_SOURCE,
    NAME_ISSUE,
    NAME_STATEMENT,
    NAME_INTERIM,
    NAME_STEP,
    NAME_PREFERENCE,
    NAME_DRAFT,
    NAME_KINDS
};

struct named {
    uint32_t kind, index; /* kind NAME_KINDS: not yet declared */
    struct place at;
};

struct parser {
    struct arena *arena;
    struct diags *d;
    struct talks *t;
    struct tokens tokens;
    struct intern names;
    struct named *named; /* by interned number */
    size_t cap_named;
    size_t caps[NAME_KINDS], cap_weights, cap_mentions;
    bool failed; /* memory */
};

/* One sentence: tokens [at, to), without its full stop. */
struct cursor {
    struct parser *p;
    const struct token *v;
    size_t at, to;
    const char *what; /* "a demand", "a speaker": for messages */
};

/* --- reading (parse_words.c) ----------------------------------------------------------------- */

const struct token *t_peek_token(const struct cursor *c); /* NULL at the end */
bool t_at_end(const struct cursor *c);
bool t_is_word(const struct token *t, const char *word);
bool t_accept_word(struct cursor *c, const char *word);
bool t_accept_words(struct cursor *c, const char *words); /* several, with one blank between */
bool t_accept_punct(struct cursor *c, char punct);
bool t_accept_string(struct cursor *c, struct str *out, struct place *at);

/* The same, with an error when it is not there. */
bool t_expect_words(struct cursor *c, const char *words);
bool t_expect_string(struct cursor *c, const char *what, struct str *out, struct place *at);
bool t_expect_word_any(struct cursor *c, const char *what, struct str *out, struct place *at);
bool t_expect_day(struct cursor *c, int32_t *day);
bool t_expect_count(struct cursor *c, const char *what, int32_t *out);
bool t_expect_end(struct cursor *c);

/* "in a demand, after "that", expected …"; returns it so that a fix can be added. */
struct diag *t_expected(struct cursor *c, const char *code, const char *what);

/* Where the next token is, or just behind the last. */
struct place t_cursor_place(const struct cursor *c);

/* --- names (parse_names.c) ------------------------------------------------------------------- */

/* Declare a name of a kind; an error when it is taken.  The index is the item's. */
bool t_declare(struct parser *p, struct str name, enum name_kind kind, uint32_t index,
               struct place at);

/* Remember where a name stands; `option` TALKS_NONE but for options. */
void t_mention(struct parser *p, enum mention_kind kind, uint32_t index, uint32_t option,
               bool defines, struct place at);

/* A name that must be declared, of that kind; errors with the nearest one. */
bool t_expect_name(struct cursor *c, enum name_kind kind, uint32_t *index);

/* The index of a name of a kind, or TALKS_NONE. */
uint32_t t_find_name(const struct parser *p, struct str name, enum name_kind kind);

/* issue is [not] option, joined by `and` or `or`. */
bool t_expect_position(struct cursor *c, struct position *out);

/* --- sentences ------------------------------------------------------------------------------- */

/* Each reads one sentence behind its first word (parse_declare.c, parse_statement.c). */
void t_parse_side(struct cursor *c);
void t_parse_speaker(struct cursor *c);
void t_parse_source(struct cursor *c);
void t_parse_issue(struct cursor *c);
void t_parse_interim(struct cursor *c);
void t_parse_step(struct cursor *c);
void t_parse_preference(struct cursor *c);
void t_parse_weight(struct cursor *c);
void t_parse_draft(struct cursor *c);
void t_parse_dependency(struct cursor *c);
void t_parse_assumption(struct cursor *c);
void t_parse_said(struct cursor *c);     /* statement … */
void t_parse_proposed(struct cursor *c); /* proposed … */

/* A statement of which nothing is known yet. */
struct statement t_statement_empty(enum origin origin);

/* The fields of a statement, from the first `;` on (parse_fields.c). */
void t_parse_fields(struct cursor *c, struct statement *s);

/* A new zeroed element of an array of the model; NULL (and p->failed) when memory fails. */
void *t_add_item(struct parser *p, void *array, uint32_t *n, size_t *cap, size_t size);

/* Checks over the whole file (check.c). */
void t_check_references(struct parser *p);

/* A sentence of the text: tokens [from, to) without its full stop. */
struct sentence {
    size_t from, to;
    bool closed; /* by a full stop */
};

/* Cut tokens into sentences, with an error for one that is not closed; false when memory fails. */
bool t_sentences_of(struct arena *a, const struct tokens *tokens, struct diags *d,
                    struct sentence **out, size_t *n);

#endif
