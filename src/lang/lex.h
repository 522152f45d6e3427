/* Words of the formal blocks: tokens with their places.
 *
 * Nothing here knows agreements: mapping files and statement files are cut by the same rules.
 *  - a word is letters of any script, digits behind the first, `_`, and inside it `-`, `'` and `/`
 *    ("Europe/Kyiv", "day-ahead"); upper and lower case differ;
 *  - a number is decimal, with `.` for the fraction and `,` only between groups of three digits;
 *  - a date is YYYY-MM-DD, optionally with HH:MM[:SS] behind `T` or one blank, optionally with an
 *    offset; a time is HH:MM[:SS]; both must exist (no 31 February);
 *  - a string stands in "…", “…”, „…“ or «…» on one line; there are no escapes;
 *  - `-`, `–`, `—`, `•` apart from a word is the dash of a list;
 *  - `#` begins a comment, up to the end of the line;
 *  - indentation and line ends mean nothing.
 * What is none of these is an error with its place, and is left out. */
#ifndef TRUCE_LANG_LEX_H
#define TRUCE_LANG_LEX_H

#include "base/diag.h"
#include "base/instant.h"

enum token_kind {
    TOKEN_WORD,
    TOKEN_NUMBER,
    TOKEN_STRING, /* text without its quotes */
    TOKEN_DATE,   /* time: has_time, has_offset as written */
    TOKEN_TIME,   /* time.civil: hour, minute, second only; `24:00` keeps its hour 24 */
    TOKEN_PUNCT,  /* punct: one of . , ; : ( ) % = < > [ ] { } + * & ? ! */
    TOKEN_DASH,
    TOKEN_BREAK /* end of a block; the last token is always one */
};

/* digits × 10^-decimals */
struct number {
    int64_t digits;
    int decimals;
};

struct token {
    enum token_kind kind;
    char punct;
    uint32_t clause; /* of the block, as given to lex_block */
    struct place at; /* the bytes, quotes included */
    struct str text; /* the word, the string, the number as written */
    struct number number;
    struct iso_time time;
    bool midnight_end; /* a date with time 24:00: time.civil is 00:00 of the next day */
};

struct comment {
    struct place at; /* from # to the end of its line */
};

struct tokens {
    struct token *v;
    size_t n, cap;
    struct comment *comments; /* in order, for layout */
    size_t n_comments, cap_comments;
};

/* Append the tokens of the bytes [from, to) of a source and one TOKEN_BREAK.  The text must be
 * well-formed UTF-8 without NUL (lex_check_text).  False when memory fails. */
bool lex_block(struct arena *a, const struct source *s, size_t from, size_t to, uint32_t clause,
               struct diags *d, struct tokens *out);

/* Is the whole text well-formed UTF-8 without a NUL byte?  Else one error says where it is not. */
bool lex_check_text(const struct source *s, struct diags *d);

/* ---- numbers and units ---- */

enum dimension {
    DIMENSION_COUNT,
    DIMENSION_LENGTH,   /* base mm */
    DIMENSION_MASS,     /* base g */
    DIMENSION_DURATION, /* base s; hours, minutes, seconds only */
    DIMENSION_CALENDAR, /* days, weeks, months, years: no fixed number of seconds */
    DIMENSION_SHARE     /* base 1/10,000 */
};

struct unit {
    const char *word;
    enum dimension dimension;
    int64_t scale; /* base units; for CALENDAR: days (scale > 0) or months (scale < 0) */
};

/* "km", "kilometres", "hour", "days", "percent", "%" …; NULL when it is no unit. */
const struct unit *unit_find(struct str word);
/* The nearest unit's word to a mistyped one, or NULL. */
const char *unit_nearest(struct str word);
/* "a length", "a mass", "a duration" … for messages. */
const char *dimension_name(enum dimension d);

/* number × scale, when it is whole and fits. */
bool number_scale(struct number n, int64_t scale, int64_t *out);

/* "one" … "twelve", "twenty", "thirty" …: as lawyers write small numbers. */
bool number_word(struct str word, int64_t *out);
/* "January" … in English, any case: 1–12, 0 when it is none. */
int month_word(struct str word);

#endif
