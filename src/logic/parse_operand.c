/* Operands of formulas: constants, names, binders, prefix operators; see parser.h. */
#include "logic/parser.h"

/* ---- names ---- */

static bool parse_var(struct parser *p, uint32_t *out)
{
    const struct token *t = parse_look(p, 0);
    if (t->kind != TOK_NAME) return parse_expected(p, "the name of a variable", NULL);
    parse_take(p);
    *out = names_var(&p->names, t->text, t->at);
    return *out != UINT32_MAX || parse_fault(p);
}

/* Names with commas between, up to `end`; they are not resolved. */
static bool parse_name_list(struct parser *p, struct token ***list, uint32_t *n)
{
    size_t cap = 0;
    *list = NULL;
    *n = 0;
    do {
        if (!parse_at(p, TOK_NAME)) return parse_expected(p, "the name of a variable", NULL);
        struct token **grown = arena_grow(p->sc->arena, *list, *n, &cap, sizeof(struct token *));
        if (!grown) return parse_fault(p);
        *list = grown;
        grown[(*n)++] = parse_take(p);
    } while (parse_at(p, TOK_COMMA) && parse_take(p));
    return true;
}

/* Bind each name afresh; the numbers in *vars. */
static bool bind_all(struct parser *p, struct token **list, uint32_t n, uint32_t **vars)
{
    *vars = arena_array(p->sc->arena, n, sizeof **vars);
    if (!*vars) return parse_fault(p);
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (!str_eq(list[k]->text, list[i]->text)) continue;
            diag_add(p->d, SEVERITY_ERROR, "twice", list[i]->at, "\"%.*s\" is named twice here",
                     STR_ARG(list[i]->text));
            return false;
        }
        (*vars)[i] = names_bind(&p->names, list[i]->text, list[i]->at);
        if ((*vars)[i] == UINT32_MAX) return parse_fault(p);
    }
    return true;
}

/* ---- operands ---- */

static bool parse_number(struct parser *p, bool negative, struct expr *out)
{
    struct place from = p->at ? p->tokens.items[p->at - 1].at : parse_look(p, 0)->at;
    const struct token *t = parse_take(p);
    struct place at = negative ? place_join(from, t->at) : t->at;
    struct str text = t->text;
    if (negative) text = str_fmt(p->sc->arena, "-%.*s", STR_ARG(t->text));
    if (negative && !text.p) return parse_fault(p);
    int64_t i;
    double f;
    if (t->kind == TOK_INT && value_parse_int(text, &i))
        return parse_set_term(p, out, term_int(p->sc, i), at);
    if (t->kind == TOK_FLOAT && value_parse_float(text, &f))
        return parse_set_term(p, out, term_float(p->sc, f), at);
    struct diag *diag =
        diag_add(p->d, SEVERITY_ERROR, "number-range", at, "this number does not fit into 64 bits");
    diag_fix(p->d, diag, "a number from %lld to %lld, or a float: %.*s.0", (long long)INT64_MIN,
             (long long)INT64_MAX, STR_ARG(text));
    return false;
}

static enum term_op conversion_of(enum token_kind kind)
{
    static const enum term_op ops[] = {
        [0] = TERM_F2I, /* TOK_F2I, the first of them */
        [TOK_I2F - TOK_F2I] = TERM_I2F,
        [TOK_I2S - TOK_F2I] = TERM_I2S,
        [TOK_S2I - TOK_F2I] = TERM_S2I,
        [TOK_F2S - TOK_F2I] = TERM_F2S,
        [TOK_S2F - TOK_F2I] = TERM_S2F,
        [TOK_R2S - TOK_F2I] = TERM_R2S,
        [TOK_S2R - TOK_F2I] = TERM_S2R,
        [TOK_DAY_OF_MONTH - TOK_F2I] = TERM_DAY_OF_MONTH,
        [TOK_MONTH - TOK_F2I] = TERM_MONTH,
        [TOK_YEAR - TOK_F2I] = TERM_YEAR,
        [TOK_FORMAT_DATE - TOK_F2I] = TERM_FORMAT_DATE,
    };
    return ops[kind - TOK_F2I];
}

static bool parse_conversion(struct parser *p, struct expr *out)
{
    const struct token *t = parse_take(p);
    struct expr inner;
    if (!parse_expect(p, TOK_LPAREN, "\"(\"", NULL) || !parse_expr(p, LEVEL_LOOSEST, &inner) ||
        !parse_need_kind(p, &inner, KIND_TERM, "a conversion") ||
        !parse_expect(p, TOK_RPAREN, "\")\"", NULL))
        return false;
    return parse_set_term(p, out, term_op1(p->sc, conversion_of(t->kind), inner.term),
                          parse_since(p, t->at));
}

/* The arguments of a predicate after "(", up to and with ")". */
static bool parse_args(struct parser *p, struct term ***args, uint32_t *n)
{
    size_t cap = 0;
    *args = NULL;
    *n = 0;
    while (!parse_at(p, TOK_RPAREN)) {
        struct expr e;
        if (*n && !parse_expect(p, TOK_COMMA, "\",\" or \")\"", NULL)) return false;
        if (parse_at(p, TOK_ANY)) {
            const struct token *t = parse_take(p);
            uint32_t var = names_anonymous(&p->names, STR("_"), t->at);
            if (!parse_set_term(p, &e, term_var(p->sc, var), t->at)) return false;
        } else if (!parse_expr(p, LEVEL_SUM, &e) ||
                   !parse_need_kind(p, &e, KIND_TERM, "an argument of a predicate")) {
            return false;
        }
        struct term **grown = arena_grow(p->sc->arena, *args, *n, &cap, sizeof(struct term *));
        if (!grown) return parse_fault(p);
        *args = grown;
        grown[(*n)++] = e.term;
    }
    parse_take(p);
    return true;
}

static bool unknown_predicate(struct parser *p, const struct token *name)
{
    struct str near = names_near_pred(&p->names, name->text);
    struct diag *diag = diag_add(p->d, SEVERITY_ERROR, "unknown-predicate", name->at,
                                 "no predicate \"%.*s\" in the signature", STR_ARG(name->text));
    if (near.n) {
        diag_fix(p->d, diag, "%.*s", STR_ARG(near));
    } else {
        diag_fix(p->d, diag, "declare it in the signature: %.*s(int, string)", STR_ARG(name->text));
    }
    return false;
}

static bool check_arity(struct parser *p, uint32_t pred, uint32_t n, struct place at)
{
    const struct predicate *def = &p->sc->preds[pred];
    if (def->arity == n) return true;
    struct str name = scope_pred_name(p->sc, pred);
    struct diag *diag =
        diag_add(p->d, SEVERITY_ERROR, "arity", at,
                 "\"%.*s\" has %u columns, %u arguments are given", STR_ARG(name), def->arity, n);
    struct buf b;
    buf_init(&b);
    for (uint32_t i = 0; i < def->arity; i++) {
        struct str column = def->columns[i].name;
        if (i) buf_puts(&b, ", ");
        if (column.n) {
            buf_add(&b, column);
        } else {
            buf_fmt(&b, "x%u", i + 1);
        }
    }
    diag_fix(p->d, diag, "%.*s(%.*s)", STR_ARG(name), STR_ARG(buf_str(&b)));
    buf_free(&b);
    return false;
}

/* name(…): anonymous variables are quantified around it. */
static bool parse_pred(struct parser *p, struct expr *out)
{
    const struct token *name = parse_take(p);
    parse_take(p);
    uint32_t pred = names_pred(&p->names, name->text);
    struct term **args;
    uint32_t n, *vars, n_vars;
    names_open_anonymous(&p->names);
    if (!parse_args(p, &args, &n)) return false;
    if (!names_close_anonymous(&p->names, &vars, &n_vars)) return parse_fault(p);
    struct place at = parse_since(p, name->at);
    if (pred == UINT32_MAX) return unknown_predicate(p, name);
    if (!check_arity(p, pred, n, at)) return false;
    if (!parse_set_formula(p, out, formula_pred(p->sc, pred, args, n), at)) return false;
    return n_vars == 0 ||
           parse_set_formula(p, out, formula_exists(p->sc, vars, n_vars, out->formula), at);
}

static bool is_agg(enum token_kind kind)
{
    return kind >= TOK_CNT && kind <= TOK_MED;
}

static bool not_free(struct parser *p, const struct token *name)
{
    struct diag *diag =
        diag_add(p->d, SEVERITY_ERROR, "not-free", name->at,
                 "\"%.*s\" is not a free variable of the aggregated formula", STR_ARG(name->text));
    diag_fix(p->d, diag, "v <- SUM x; g p(x,g): x and g both occur in p(x,g)");
    return false;
}

/* v <- OP x; g1,g2 φ.  v and the g belong to what is around, all else in φ is bound here. */
static bool parse_agg(struct parser *p, struct expr *out)
{
    struct place from = parse_look(p, 0)->at;
    uint32_t result = UINT32_MAX, over, n = 0, *group = NULL;
    struct token **list = NULL;
    if (!parse_var(p, &result)) return false;
    parse_take(p);
    if (!is_agg(parse_look(p, 0)->kind))
        return parse_expected(p, "CNT, MIN, MAX, SUM, AVG or MED", NULL);
    enum agg_op op = (enum agg_op)((int)parse_take(p)->kind - TOK_CNT);
    const struct token *over_name = parse_look(p, 0);
    if (over_name->kind != TOK_NAME)
        return parse_expected(p, "the variable that is aggregated", "v <- SUM x; g p(x,g)");
    parse_take(p);
    if (parse_at(p, TOK_SEMICOLON)) {
        parse_take(p);
        if (!parse_name_list(p, &list, &n)) return false;
    }
    group = arena_array(p->sc->arena, n, sizeof *group);
    if (!group) return parse_fault(p);
    for (uint32_t i = 0; i < n; i++) {
        group[i] = names_var(&p->names, list[i]->text, list[i]->at);
        if (group[i] == UINT32_MAX) return parse_fault(p);
    }
    names_open_frame(&p->names);
    for (uint32_t i = 0; i < n; i++)
        if (!names_share(&p->names, list[i]->text, group[i])) return parse_fault(p);
    struct formula *sub;
    if (!parse_inner(p, LEVEL_LOOSEST, "an aggregation", &sub)) return false;
    over = names_find(&p->names, over_name->text);
    names_close_frame(&p->names);
    bool ok = true;
    struct varset fv = formula_free(p->sc->arena, sub, &ok);
    if (!ok) return parse_fault(p);
    if (over == UINT32_MAX || !varset_has(fv, over)) return not_free(p, over_name);
    for (uint32_t i = 0; i < n; i++)
        if (!varset_has(fv, group[i])) return not_free(p, list[i]);
    return parse_set_formula(p, out, formula_agg(p->sc, result, op, over, group, n, sub),
                             parse_since(p, from));
}

static bool parse_quantifier(struct parser *p, struct expr *out)
{
    const struct token *t = parse_take(p);
    struct token **list;
    uint32_t n, *vars;
    struct formula *sub;
    if (!parse_name_list(p, &list, &n) ||
        !parse_expect(p, TOK_DOT, "\".\" after the variables", "EXISTS x, y. p(x,y)"))
        return false;
    size_t mark = names_mark(&p->names);
    if (!bind_all(p, list, n, &vars) ||
        !parse_inner(p, LEVEL_QUANTIFIER, t->kind == TOK_EXISTS ? "EXISTS" : "FORALL", &sub))
        return false;
    names_release(&p->names, mark);
    struct formula *f = t->kind == TOK_EXISTS ? formula_exists(p->sc, vars, n, sub)
                                              : formula_forall(p->sc, vars, n, sub);
    return parse_set_formula(p, out, f, parse_since(p, t->at));
}

/* Every free variable of the definition must be a parameter, and the other way round. */
static bool check_definition(struct parser *p, struct token **list, const uint32_t *params,
                             uint32_t n, const struct formula *definition)
{
    bool ok = true;
    struct varset fv = formula_free(p->sc->arena, definition, &ok);
    if (!ok) return parse_fault(p);
    for (uint32_t i = 0; i < n; i++) {
        if (varset_has(fv, params[i])) continue;
        diag_add(p->d, SEVERITY_ERROR, "let-variables", list[i]->at,
                 "the parameter \"%.*s\" does not occur in the definition", STR_ARG(list[i]->text));
        return false;
    }
    for (uint32_t k = 0; k < fv.n; k++) {
        bool is_param = false;
        for (uint32_t i = 0; i < n; i++) is_param |= params[i] == fv.v[k];
        if (is_param) continue;
        struct str name = scope_var_name(p->sc, fv.v[k]);
        struct diag *diag =
            diag_add(p->d, SEVERITY_ERROR, "let-variables", p->sc->vars[fv.v[k]].at,
                     "\"%.*s\" is free in the definition but is no parameter", STR_ARG(name));
        diag_fix(p->d, diag, "EXISTS %.*s. … in the definition, or %.*s among the parameters",
                 STR_ARG(name), STR_ARG(name));
        return false;
    }
    return true;
}

/* LET p(x,y) = φ IN ψ.  In LET p is known in ψ only, in LETPAST in φ too. */
static bool parse_let(struct parser *p, struct expr *out)
{
    const struct token *t = parse_take(p);
    enum formula_op op = t->kind == TOK_LET ? F_LET : F_LETPAST;
    const struct token *name = parse_look(p, 0);
    struct token **list = NULL;
    uint32_t n = 0, *params;
    if (!parse_expect(p, TOK_NAME, "the name of the predicate", "LET p(x) = … IN …") ||
        !parse_expect(p, TOK_LPAREN, "\"(\" and the parameters", "LET p(x) = … IN …") ||
        (!parse_at(p, TOK_RPAREN) && !parse_name_list(p, &list, &n)) ||
        !parse_expect(p, TOK_RPAREN, "\")\"", NULL) || !parse_expect(p, TOK_EQ, "\"=\"", NULL))
        return false;
    uint32_t pred = scope_let(p->sc, name->text, n);
    if (pred == UINT32_MAX) return parse_fault(p);
    p->sc->preds[pred].at = name->at;
    struct formula *definition, *body;
    size_t mark = names_pred_mark(&p->names);
    if (op == F_LETPAST && !names_bind_pred(&p->names, pred)) return parse_fault(p);
    names_open_frame(&p->names);
    if (!bind_all(p, list, n, &params) ||
        !parse_inner(p, LEVEL_LOOSEST, formula_op_name(op), &definition) ||
        !check_definition(p, list, params, n, definition))
        return false;
    names_close_frame(&p->names);
    if (!parse_expect(p, TOK_IN, "IN and the formula that uses the definition", NULL)) return false;
    if (op == F_LET && !names_bind_pred(&p->names, pred)) return parse_fault(p);
    if (!parse_inner(p, LEVEL_LOOSEST, formula_op_name(op), &body)) return false;
    names_pred_release(&p->names, mark);
    return parse_set_formula(p, out, formula_let(p->sc, op, pred, params, n, definition, body),
                             parse_since(p, t->at));
}

static bool parse_temporal(struct parser *p, enum formula_op op, struct expr *out)
{
    const struct token *t = parse_take(p);
    struct bound bound;
    struct formula *sub;
    if (!parse_bound(p, &bound) || !parse_inner(p, LEVEL_UNARY, formula_op_name(op), &sub))
        return false;
    return parse_set_formula(p, out, formula_temporal(p->sc, op, bound, sub),
                             parse_since(p, t->at));
}

/* A formula as a regular expression: it tests and moves; in MATCHP the move comes first. */
bool parse_as_path(struct parser *p, struct expr *e)
{
    if (e->kind == KIND_PATH) return true;
    if (!parse_need_kind(p, e, KIND_FORMULA, "a regular expression")) return false;
    struct path *test = path_new(p->sc, PATH_TEST, e->formula, NULL, NULL);
    struct path *wild = path_new(p->sc, PATH_WILD, NULL, NULL, NULL);
    if (!parse_made(p, test, e->at) || !parse_made(p, wild, e->at)) return false;
    test->at = wild->at = e->at;
    bool forward = p->match == F_MATCHF;
    return parse_set_path(
        p, e, path_new(p->sc, PATH_CONCAT, NULL, forward ? test : wild, forward ? wild : test),
        e->at);
}

static bool parse_match(struct parser *p, struct expr *out)
{
    const struct token *t = parse_take(p);
    enum formula_op outer = p->match, op = t->kind == TOK_MATCHF ? F_MATCHF : F_MATCHP;
    struct bound bound;
    struct expr e;
    p->match = op;
    if (!parse_bound(p, &bound) || !parse_expr(p, LEVEL_ALT, &e) || !parse_as_path(p, &e))
        return false;
    p->match = outer;
    return parse_set_formula(p, out, formula_match(p->sc, op, bound, e.path),
                             parse_since(p, t->at));
}

static bool parse_group(struct parser *p, struct expr *out)
{
    const struct token *t = parse_take(p);
    if (!parse_expr(p, LEVEL_LOOSEST, out)) return false;
    if (!parse_expect(p, TOK_RPAREN, "\")\"", NULL)) return false;
    out->at = parse_since(p, t->at);
    out->closed = true;
    return true;
}

static bool parse_minus(struct parser *p, struct expr *out)
{
    const struct token *t = parse_take(p);
    if (parse_at(p, TOK_INT) || parse_at(p, TOK_FLOAT)) return parse_number(p, true, out);
    struct expr e;
    if (!parse_expr(p, LEVEL_NEGATION, &e) || !parse_need_kind(p, &e, KIND_TERM, "a minus sign"))
        return false;
    return parse_set_term(p, out, term_op1(p->sc, TERM_NEG, e.term), parse_since(p, t->at));
}

static bool parse_not(struct parser *p, struct expr *out)
{
    const struct token *t = parse_take(p);
    struct formula *sub;
    if (!parse_inner(p, LEVEL_NOT, "NOT", &sub)) return false;
    return parse_set_formula(p, out, formula_not(p->sc, sub), parse_since(p, t->at));
}

static bool parse_name(struct parser *p, struct expr *out)
{
    if (parse_look(p, 1)->kind == TOK_LPAREN) return parse_pred(p, out);
    if (parse_look(p, 1)->kind == TOK_ARROW) return parse_agg(p, out);
    const struct token *t = parse_look(p, 0);
    uint32_t var = UINT32_MAX;
    return parse_var(p, &var) && parse_set_term(p, out, term_var(p->sc, var), t->at);
}

bool parse_operand(struct parser *p, struct expr *out)
{
    struct token *t = parse_look(p, 0);
    switch (t->kind) {
    case TOK_NAME: return parse_name(p, out);
    case TOK_INT:
    case TOK_FLOAT: return parse_number(p, false, out);
    case TOK_STRING:
        parse_take(p);
        return parse_set_term(p, out, term_string(p->sc, t->text), t->at);
    case TOK_PATTERN:
        parse_take(p);
        return parse_set_term(p, out, term_pattern(p->sc, t->text), t->at);
    case TOK_LPAREN: return parse_group(p, out);
    case TOK_MINUS: return parse_minus(p, out);
    case TOK_TRUE: parse_take(p); return parse_set_formula(p, out, formula_true(p->sc), t->at);
    case TOK_FALSE: parse_take(p); return parse_set_formula(p, out, formula_false(p->sc), t->at);
    case TOK_NOT: return parse_not(p, out);
    case TOK_EXISTS:
    case TOK_FORALL: return parse_quantifier(p, out);
    case TOK_LET:
    case TOK_LETPAST: return parse_let(p, out);
    case TOK_PREV: return parse_temporal(p, F_PREV, out);
    case TOK_NEXT: return parse_temporal(p, F_NEXT, out);
    case TOK_ONCE: return parse_temporal(p, F_ONCE, out);
    case TOK_EVENTUALLY: return parse_temporal(p, F_EVENTUALLY, out);
    case TOK_ALWAYS: return parse_temporal(p, F_ALWAYS, out);
    case TOK_HISTORICALLY: return parse_temporal(p, F_HISTORICALLY, out);
    case TOK_MATCHF:
    case TOK_MATCHP: return parse_match(p, out);
    default: break;
    }
    if (t->kind >= TOK_F2I && t->kind <= TOK_FORMAT_DATE) return parse_conversion(p, out);
    if (t->kind == TOK_DOT && p->match != F_TRUE) {
        parse_take(p);
        return parse_set_path(p, out, path_new(p->sc, PATH_WILD, NULL, NULL, NULL), t->at);
    }
    return parse_expected(p, "a formula or a term", NULL);
}
