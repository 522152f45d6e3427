/* The formula parser: precedence climbing; see parse.h and parser.h.
 *
 * Recursion is counted (FORMULA_MAX_DEPTH) and so are the depths of what is built, so long chains
 * end in a message, not in a full stack. */
#include "logic/parse.h"
#include "logic/parser.h"

#include <string.h>

struct token *parse_look(const struct parser *p, size_t ahead)
{
    size_t i = p->at + ahead;
    return &p->tokens.items[i < p->tokens.n ? i : p->tokens.n - 1];
}

struct token *parse_take(struct parser *p)
{
    struct token *t = parse_look(p, 0);
    if (t->kind != TOK_END) p->at++;
    return t;
}

bool parse_at(const struct parser *p, enum token_kind kind)
{
    return parse_look(p, 0)->kind == kind;
}

/* Say that something else was expected here; always false. */
bool parse_expected(struct parser *p, const char *what, const char *fix)
{
    const struct token *t = parse_look(p, 0);
    struct diag *diag = t->kind == TOK_END ? diag_add(p->d, SEVERITY_ERROR, "syntax", t->at,
                                                      "the formula ends where %s is expected", what)
                                           : diag_add(p->d, SEVERITY_ERROR, "syntax", t->at,
                                                      "%s is expected here, not \"%.*s\"", what,
                                                      STR_ARG(place_text(t->at)));
    if (fix) diag_fix(p->d, diag, "%s", fix);
    return false;
}

bool parse_expect(struct parser *p, enum token_kind kind, const char *what, const char *fix)
{
    if (!parse_at(p, kind)) return parse_expected(p, what, fix);
    parse_take(p);
    return true;
}

bool parse_fault(struct parser *p)
{
    p->fault = true;
    return false;
}

/* The place from `from` to the token just taken. */
struct place parse_since(const struct parser *p, struct place from)
{
    return p->at ? place_join(from, p->tokens.items[p->at - 1].at) : from;
}

static bool parse_too_deep(struct parser *p, struct place at)
{
    struct diag *diag = diag_add(p->d, SEVERITY_ERROR, "too-deep", at,
                                 "this is nested more than %d deep", FORMULA_MAX_DEPTH);
    diag_fix(p->d, diag, "name parts of it with LET p(x) = … IN …");
    return false;
}

/* A constructor's result: NULL is either depth or memory. */
bool parse_made(struct parser *p, const void *node, struct place at)
{
    if (node) return true;
    return p->sc->arena->failed ? parse_fault(p) : parse_too_deep(p, at);
}

bool parse_set_term(struct parser *p, struct expr *out, struct term *t, struct place at)
{
    if (!parse_made(p, t, at)) return false;
    t->at = at;
    *out = (struct expr){.kind = KIND_TERM, .term = t, .at = at};
    return true;
}

bool parse_set_formula(struct parser *p, struct expr *out, struct formula *f, struct place at)
{
    if (!parse_made(p, f, at)) return false;
    f->at = at;
    *out = (struct expr){.kind = KIND_FORMULA, .formula = f, .at = at};
    return true;
}

bool parse_set_path(struct parser *p, struct expr *out, struct path *path, struct place at)
{
    if (!parse_made(p, path, at)) return false;
    path->at = at;
    *out = (struct expr){.kind = KIND_PATH, .path = path, .at = at};
    return true;
}

static const char *const kind_names[] = {"a term", "a formula", "a regular expression"};

bool parse_need_kind(struct parser *p, const struct expr *e, enum kind kind, const char *for_what)
{
    if (e->kind == kind) return true;
    struct diag *diag = diag_add(p->d, SEVERITY_ERROR, "syntax", e->at, "%s needs %s, this is %s",
                                 for_what, kind_names[kind], kind_names[e->kind]);
    if (e->kind == KIND_TERM && kind == KIND_FORMULA)
        diag_fix(p->d, diag, "a predicate with its parentheses, p(x), or a comparison, x < 3");
    return false;
}

static bool parse_formula_at(struct parser *p, enum level min, const char *for_what,
                             struct formula **out)
{
    struct expr e;
    if (!parse_expr(p, min, &e) || !parse_need_kind(p, &e, KIND_FORMULA, for_what)) return false;
    *out = e.formula;
    return true;
}

/* As parse_formula_at, where regular expressions around do not reach in. */
bool parse_inner(struct parser *p, enum level min, const char *for_what, struct formula **out)
{
    enum formula_op match = p->match;
    p->match = F_TRUE;
    bool ok = parse_formula_at(p, min, for_what, out);
    p->match = match;
    return ok;
}

/* ---- operators between operands ---- */

static bool infix_term(struct parser *p, enum term_op op, enum level level, struct expr *left)
{
    struct expr right;
    if (!parse_expr(p, (enum level)(level + 1), &right) ||
        !parse_need_kind(p, left, KIND_TERM, term_op_name(op)) ||
        !parse_need_kind(p, &right, KIND_TERM, term_op_name(op)))
        return false;
    struct place at = place_join(left->at, right.at);
    return parse_set_term(p, left, term_op2(p->sc, op, left->term, right.term), at);
}

static bool parse_groups(struct parser *p, struct term ***groups, uint32_t *n)
{
    size_t cap = 0;
    *groups = NULL;
    *n = 0;
    if (!parse_at(p, TOK_LPAREN)) return true;
    parse_take(p);
    while (!parse_at(p, TOK_RPAREN)) {
        struct expr e = {0};
        if (*n && !parse_expect(p, TOK_COMMA, "\",\" or \")\"", NULL)) return false;
        if (parse_at(p, TOK_ANY)) {
            parse_take(p);
        } else if (!parse_expr(p, LEVEL_SUM, &e) || !parse_need_kind(p, &e, KIND_TERM, "a group")) {
            return false;
        }
        struct term **grown = arena_grow(p->sc->arena, *groups, *n, &cap, sizeof(struct term *));
        if (!grown) return parse_fault(p);
        *groups = grown;
        grown[(*n)++] = e.term;
    }
    parse_take(p);
    return true;
}

static bool infix_compare(struct parser *p, enum compare_op op, struct expr *left)
{
    struct expr right;
    const char *name = compare_op_name(op);
    struct term **groups = NULL;
    uint32_t n = 0;
    if (!parse_expr(p, LEVEL_SUM, &right) || !parse_need_kind(p, left, KIND_TERM, name) ||
        !parse_need_kind(p, &right, KIND_TERM, name) ||
        (op == CMP_MATCHES && !parse_groups(p, &groups, &n)))
        return false;
    struct place at = parse_since(p, left->at);
    struct formula *f = op == CMP_MATCHES
                            ? formula_matches(p->sc, left->term, right.term, groups, n)
                            : formula_compare(p->sc, op, left->term, right.term);
    return parse_set_formula(p, left, f, at);
}

/* a AND b AND c is one node of three, so that long lists stay flat.  The list grows by doubling:
 * its room is a power of two. */
static bool extend(struct parser *p, struct formula *f, struct formula *more, struct place at)
{
    if ((f->n_sub & (f->n_sub - 1)) == 0) {
        struct formula **sub =
            arena_array(p->sc->arena, (size_t)f->n_sub * 2, sizeof(struct formula *));
        if (!sub) return parse_fault(p);
        memcpy(sub, f->sub, f->n_sub * sizeof(struct formula *));
        f->sub = sub;
    }
    f->sub[f->n_sub++] = more;
    f->size = more->size > UINT32_MAX - f->size ? UINT32_MAX : f->size + more->size;
    if (more->depth >= f->depth) f->depth = more->depth + 1;
    f->at = at;
    return f->depth <= FORMULA_MAX_DEPTH || parse_too_deep(p, at);
}

static bool infix_formula(struct parser *p, enum formula_op op, enum level right_level,
                          struct expr *left)
{
    struct bound bound = bound_all();
    struct formula *right, *f;
    const char *name = formula_op_name(op);
    if (!parse_need_kind(p, left, KIND_FORMULA, name)) return false;
    if ((op == F_SINCE || op == F_UNTIL) && !parse_bound(p, &bound)) return false;
    if (!parse_formula_at(p, right_level, name, &right)) return false;
    struct place at = parse_since(p, left->at);
    if ((op == F_AND || op == F_OR) && left->formula->op == op && !left->closed) {
        if (!extend(p, left->formula, right, at)) return false;
        left->at = at;
        return true;
    }
    switch (op) {
    case F_AND: f = formula_and(p->sc, left->formula, right); break;
    case F_OR: f = formula_or(p->sc, left->formula, right); break;
    case F_IMPLIES: f = formula_implies(p->sc, left->formula, right); break;
    case F_EQUIV: f = formula_equiv(p->sc, left->formula, right); break;
    case F_SINCE: f = formula_since(p->sc, left->formula, bound, right); break;
    default: f = formula_until(p->sc, left->formula, bound, right); break;
    }
    return parse_set_formula(p, left, f, at);
}

static bool infix_path(struct parser *p, enum path_op op, enum level level, struct expr *left)
{
    struct expr right;
    if (!parse_as_path(p, left) || !parse_expr(p, (enum level)(level + 1), &right) ||
        !parse_as_path(p, &right))
        return false;
    struct place at = place_join(left->at, right.at);
    return parse_set_path(p, left, path_new(p->sc, op, NULL, left->path, right.path), at);
}

static bool postfix_path(struct parser *p, enum token_kind kind, struct expr *left)
{
    parse_take(p);
    struct place at = parse_since(p, left->at);
    if (kind == TOK_STAR)
        return parse_as_path(p, left) &&
               parse_set_path(p, left, path_new(p->sc, PATH_STAR, NULL, left->path, NULL), at);
    if (!parse_need_kind(p, left, KIND_FORMULA, "a test")) return false;
    return parse_set_path(p, left, path_new(p->sc, PATH_TEST, left->formula, NULL, NULL), at);
}

struct infix {
    enum token_kind token;
    enum level level;
    enum level right; /* level of the right operand */
    int op;           /* a formula_op, compare_op or term_op by level */
};

static const struct infix infixes[] = {
    {TOK_SINCE, LEVEL_SINCE, LEVEL_SINCE, F_SINCE},
    {TOK_UNTIL, LEVEL_SINCE, LEVEL_SINCE, F_UNTIL},
    {TOK_EQUIV, LEVEL_EQUIV, LEVEL_IMPLIES, F_EQUIV},
    {TOK_IMPLIES, LEVEL_IMPLIES, LEVEL_IMPLIES, F_IMPLIES},
    {TOK_OR, LEVEL_OR, LEVEL_AND, F_OR},
    {TOK_AND, LEVEL_AND, LEVEL_ALT, F_AND},
    {TOK_EQ, LEVEL_COMPARE, LEVEL_SUM, CMP_EQ},
    {TOK_LT, LEVEL_COMPARE, LEVEL_SUM, CMP_LT},
    {TOK_LE, LEVEL_COMPARE, LEVEL_SUM, CMP_LE},
    {TOK_GT, LEVEL_COMPARE, LEVEL_SUM, CMP_GT},
    {TOK_GE, LEVEL_COMPARE, LEVEL_SUM, CMP_GE},
    {TOK_SUBSTRING, LEVEL_COMPARE, LEVEL_SUM, CMP_SUBSTRING},
    {TOK_MATCHES, LEVEL_COMPARE, LEVEL_SUM, CMP_MATCHES},
    {TOK_PLUS, LEVEL_SUM, LEVEL_PRODUCT, TERM_ADD},
    {TOK_MINUS, LEVEL_SUM, LEVEL_PRODUCT, TERM_SUB},
    {TOK_STAR, LEVEL_PRODUCT, LEVEL_NEGATION, TERM_MUL},
    {TOK_SLASH, LEVEL_PRODUCT, LEVEL_NEGATION, TERM_DIV},
    {TOK_MOD, LEVEL_PRODUCT, LEVEL_NEGATION, TERM_MOD},
};

static const struct infix *find_infix(enum token_kind kind)
{
    for (size_t i = 0; i < sizeof infixes / sizeof *infixes; i++)
        if (infixes[i].token == kind) return &infixes[i];
    return NULL;
}

/* May an item of a regular expression begin with this token? */
static bool starts_item(enum token_kind kind)
{
    switch (kind) {
    case TOK_LPAREN:
    case TOK_DOT:
    case TOK_NAME:
    case TOK_INT:
    case TOK_FLOAT:
    case TOK_STRING:
    case TOK_MINUS: return true;
    default: return kind >= TOK_F2I && kind <= TOK_MATCHP && !find_infix(kind) && kind != TOK_IN;
    }
}

/* One operator after `left`, when there is one that binds at least as tightly as `min`.  *more says
 * whether there was. */
static bool parse_infix(struct parser *p, enum level min, struct expr *left, bool *more)
{
    enum token_kind kind = parse_look(p, 0)->kind;
    bool in_path = p->match != F_TRUE && left->kind != KIND_TERM;
    *more = true;
    if (in_path && (kind == TOK_STAR || kind == TOK_QUESTION) && min <= LEVEL_POSTFIX)
        return postfix_path(p, kind, left);
    if (in_path && kind == TOK_PLUS && min <= LEVEL_ALT) {
        parse_take(p);
        return infix_path(p, PATH_ALT, LEVEL_ALT, left);
    }
    if (in_path && starts_item(kind) && min <= LEVEL_CONCAT)
        return infix_path(p, PATH_CONCAT, LEVEL_CONCAT, left);
    const struct infix *op = find_infix(kind);
    *more = op && op->level >= min && (op->level < LEVEL_COMPARE || left->kind == KIND_TERM);
    if (!*more) return true;
    parse_take(p);
    if (op->level < LEVEL_COMPARE)
        return infix_formula(p, (enum formula_op)op->op, op->right, left);
    if (op->level == LEVEL_COMPARE) return infix_compare(p, (enum compare_op)op->op, left);
    return infix_term(p, (enum term_op)op->op, op->level, left);
}

bool parse_expr(struct parser *p, enum level min, struct expr *out)
{
    if (p->depth >= FORMULA_MAX_DEPTH) return parse_too_deep(p, parse_look(p, 0)->at);
    p->depth++;
    bool more = true, ok = parse_operand(p, out);
    while (ok && more) ok = parse_infix(p, min, out, &more);
    p->depth--;
    return ok;
}

enum status parse_formula(struct scope *sc, const struct source *source, struct diags *d,
                          struct formula **out)
{
    struct parser p = {.sc = sc, .d = d, .match = F_TRUE};
    enum status status = lex_formula(sc->arena, source, d, &p.tokens);
    if (status != STATUS_OK) return status;
    if (!names_init(&p.names, sc)) return STATUS_FAULT;
    bool ok = parse_formula_at(&p, LEVEL_LOOSEST, "a formula file", out);
    if (ok && !parse_at(&p, TOK_END))
        ok = parse_expected(&p, "the end of the formula or an operator", NULL);
    if (p.fault || sc->arena->failed) return STATUS_FAULT;
    return ok ? STATUS_OK : STATUS_INPUT;
}
