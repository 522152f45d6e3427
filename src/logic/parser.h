/* The formula parser's insides, shared by its three files.  Private to room logic.
 *
 * parse.c climbs precedences and joins operands, parse_operand.c reads operands and binders,
 * parse_bound.c reads bounds.  One climber serves terms, formulas and regular expressions alike: a
 * parenthesis may hold any of the three, and what it held is known once it is read.  An
 * *expression* is therefore tagged with its kind, and an operator asks for the kinds it joins.
 * Functions return false after an error has been told (or p->fault set). */
#ifndef TRUCE_LOGIC_PARSER_H
#define TRUCE_LOGIC_PARSER_H

#include "logic/lex.h"
#include "logic/names.h"

enum kind { KIND_TERM, KIND_FORMULA, KIND_PATH };

struct expr {
    enum kind kind;
    struct term *term;
    struct formula *formula;
    struct path *path;
    struct place at;
    bool closed; /* in parentheses: do not extend a flat AND or OR */
};

/* How tightly operators bind. */
enum level {
    LEVEL_LOOSEST,
    LEVEL_SINCE,
    LEVEL_UNARY,
    LEVEL_QUANTIFIER,
    LEVEL_EQUIV,
    LEVEL_IMPLIES,
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_ALT,
    LEVEL_CONCAT,
    LEVEL_NOT,
    LEVEL_POSTFIX,
    LEVEL_COMPARE,
    LEVEL_SUM,
    LEVEL_PRODUCT,
    LEVEL_NEGATION
};

struct parser {
    struct scope *sc;
    struct tokens tokens;
    size_t at;
    struct diags *d;
    struct names names;
    unsigned depth;
    enum formula_op match; /* F_MATCHF or F_MATCHP around, F_TRUE when none */
    bool fault;
};

/* An expression whose operators bind at least as tightly as `min`. */
bool parse_expr(struct parser *p, enum level min, struct expr *out);
/* One operand: a constant, a name, a prefix operator with what it governs, a parenthesis. */
bool parse_operand(struct parser *p, struct expr *out);
/* A formula is needed `for_what`, and regular expressions around do not reach in. */
bool parse_inner(struct parser *p, enum level min, const char *for_what, struct formula **out);
/* A bound when there is one, else [0,*). */
bool parse_bound(struct parser *p, struct bound *out);
/* Turn a formula into the regular expression that tests and moves. */
bool parse_as_path(struct parser *p, struct expr *e);

/* ---- tokens ---- */
struct token *parse_look(const struct parser *p, size_t ahead);
struct token *parse_take(struct parser *p);
bool parse_at(const struct parser *p, enum token_kind kind);
/* Say that something else was expected here; false. */
bool parse_expected(struct parser *p, const char *what, const char *fix);
bool parse_expect(struct parser *p, enum token_kind kind, const char *what, const char *fix);
/* The place from `from` to the token just taken. */
struct place parse_since(const struct parser *p, struct place from);

/* ---- results ---- */
bool parse_fault(struct parser *p); /* memory failed; false */
bool parse_need_kind(struct parser *p, const struct expr *e, enum kind kind, const char *for_what);
/* A constructor's result: NULL is a fault or too deep. */
bool parse_made(struct parser *p, const void *node, struct place at);
/* Take over what a constructor made. */
bool parse_set_term(struct parser *p, struct expr *out, struct term *t, struct place at);
bool parse_set_formula(struct parser *p, struct expr *out, struct formula *f, struct place at);
bool parse_set_path(struct parser *p, struct expr *out, struct path *path, struct place at);

#endif
