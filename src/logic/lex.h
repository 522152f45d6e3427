/* Tokens of the MonPoly-style formula syntax.  Private to room logic.
 *
 * The text is cut into an array of tokens first, so that the parser may look ahead.  As in MonPoly,
 * the longest match wins, a name may begin with a digit and may contain - / : ' and ". */
#ifndef TRUCE_LOGIC_LEX_H
#define TRUCE_LOGIC_LEX_H

#include "base/diag.h"

enum token_kind {
    TOK_END,
    TOK_NAME,
    TOK_INT,
    TOK_FLOAT,
    TOK_UNIT,    /* digits and one letter: 5m */
    TOK_STRING,  /* text without its quotes */
    TOK_PATTERN, /* r"…": text without r and quotes */
    TOK_LPAREN,
    TOK_RPAREN,
    TOK_LBRACKET,
    TOK_RBRACKET,
    TOK_COMMA,
    TOK_SEMICOLON,
    TOK_DOT,
    TOK_QUESTION,
    TOK_ANY, /* _ */
    TOK_ARROW,
    TOK_EQ,
    TOK_LT,
    TOK_LE,
    TOK_GT,
    TOK_GE,
    TOK_PLUS,
    TOK_MINUS,
    TOK_STAR,
    TOK_SLASH,
    /* words */
    TOK_SUBSTRING,
    TOK_MATCHES,
    TOK_MOD,
    TOK_F2I,
    TOK_I2F,
    TOK_I2S,
    TOK_S2I,
    TOK_F2S,
    TOK_S2F,
    TOK_R2S,
    TOK_S2R,
    TOK_DAY_OF_MONTH,
    TOK_MONTH,
    TOK_YEAR,
    TOK_FORMAT_DATE,
    TOK_FALSE,
    TOK_TRUE,
    TOK_LET,
    TOK_LETPAST,
    TOK_IN,
    TOK_NOT,
    TOK_AND,
    TOK_OR,
    TOK_IMPLIES,
    TOK_EQUIV,
    TOK_EXISTS,
    TOK_FORALL,
    TOK_PREV,
    TOK_NEXT,
    TOK_EVENTUALLY,
    TOK_ONCE,
    TOK_ALWAYS,
    TOK_HISTORICALLY,
    TOK_SINCE,
    TOK_UNTIL,
    TOK_MATCHF,
    TOK_MATCHP,
    TOK_CNT,
    TOK_MIN,
    TOK_MAX,
    TOK_SUM,
    TOK_AVG,
    TOK_MED
};

struct token {
    enum token_kind kind;
    struct str text;
    struct place at;
};

struct tokens {
    struct token *items; /* the last is TOK_END */
    size_t n;
};

/* Cut a text into tokens, in the arena.  STATUS_INPUT with a diagnostic at what is no token. */
enum status lex_formula(struct arena *a, const struct source *source, struct diags *d,
                        struct tokens *out);

/* Would the whole of s be read as one TOK_NAME? */
bool lex_is_name(struct str s);

#endif
