/* Internal to intake: reading the sentences of a mapping.
 *
 * A sentence is known by its first words (a table in parse.c); each has one function that reads the
 * rest up to the full stop.  On an error the rest of the sentence is left out and the next is read,
 * so that several errors are told at once.  Functions return false after an error was said. */
#ifndef TRUCE_INTAKE_PARSE_H
#define TRUCE_INTAKE_PARSE_H

#include "intake/mapping.h"
#include "lang/lex.h"

struct parse {
    struct arena *arena;
    const struct agreement *agreement;
    struct facts *texts;
    struct diags *diags;
    struct mapping *mapping;
    struct row_rule common; /* what stands before the first rule holds for all */
    struct row_rule *rule;  /* the rule that sentences speak of */
    const struct token *tokens;
    size_t n, pos;
    struct place opening;             /* first word of the sentence at hand */
    struct mapping_mention *mentions; /* names of the agreement, in the order of the text */
    size_t n_mentions, cap_mentions;
    bool failed; /* memory */
};

/* ---- words (parse_words.c) ---- */

const struct token *map_peek(const struct parse *p);
bool map_at_word(const struct parse *p, const char *word);
bool map_at_punct(const struct parse *p, char c);
bool map_take_word(struct parse *p, const char *word);
bool map_take_punct(struct parse *p, char c);
/* Several words in a row, divided by blanks; all or nothing. */
bool map_take_words(struct parse *p, const char *words);

/* Say that something else was expected here; always false. */
bool map_expected(struct parse *p, const char *what, const char *example);
bool map_want_word(struct parse *p, const char *words);
bool map_want_string(struct parse *p, struct str *out);
bool map_want_number(struct parse *p, double *out);

/* A growing array in the arena: room for one more, or failed. */
void *map_more(struct parse *p, void *items, size_t n, size_t *cap, size_t size);

/* `column "x"` or `"text"`. */
bool map_want_cell(struct parse *p, struct cell_src *out);
/* `columns "a", "b" and "c"`, or one cell; then `, split at ";"`. */
bool map_want_cells(struct parse *p, struct cells_src *out);

/* `when` condition; without it: always. */
bool map_take_when(struct parse *p, struct when *out);
bool map_want_condition(struct parse *p, struct when *out);

/* A name of several words as long as one is known: the length in tokens and what find gave. */
typedef uint32_t (*name_finder)(const struct agreement *g, struct str name);
bool map_want_name(struct parse *p, name_finder find, const char *what, uint32_t *out);

/* ---- `, written:` tables (parse_words.c) ---- */

/* Reads the word that an entry stands for; false after an error was said. */
typedef bool (*target_reader)(struct parse *p, void *ctx, struct table_entry *out);
/* The table when `, written:` follows; NULL when it does not. */
bool map_take_table(struct parse *p, target_reader read, void *ctx, const struct word_table **out);

/* ---- fields (parse_fields.c, parse_when.c, parse_place.c) ---- */

bool map_time(struct parse *p, struct span_src *out, bool days);
bool map_point_place(struct parse *p, struct place_src *out);
bool map_area(struct parse *p, struct place_src *out);
bool map_actor(struct parse *p);
bool map_sources(struct parse *p);
bool map_grade(struct parse *p);
bool map_attribute(struct parse *p);
bool map_covers(struct parse *p);
bool map_finding(struct parse *p);
/* An actor's name as the target of a table, or on its own. */
bool map_want_actor(struct parse *p, uint32_t *out);

#endif
