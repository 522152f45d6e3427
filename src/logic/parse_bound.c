/* Bounds; see parser.h. */
#include "logic/parser.h"

/* ---- bounds ---- */

static bool bound_error(struct parser *p, struct place at, const char *what)
{
    struct diag *diag = diag_add(p->d, SEVERITY_ERROR, "bad-bound", at, "%s", what);
    diag_fix(p->d, diag, "[0,7d], (0,10s] or [1h,*), units s m h d, none is seconds");
    return false;
}

static bool parse_units(struct parser *p, int64_t *out)
{
    const struct token *t = parse_look(p, 0);
    if (t->kind != TOK_INT && t->kind != TOK_UNIT)
        return bound_error(p, t->at, "a bound is a number of seconds, not negative");
    struct str digits = t->text;
    int64_t unit = 1;
    if (t->kind == TOK_UNIT) {
        digits.n--;
        switch (t->text.p[digits.n]) {
        case 's': break;
        case 'm': unit = 60; break;
        case 'h': unit = 3600; break;
        case 'd': unit = SECONDS_PER_DAY; break;
        default: return bound_error(p, t->at, "this unit of time is not known");
        }
    }
    if (!value_parse_int(digits, out) || __builtin_mul_overflow(*out, unit, out) ||
        *out == INT64_MAX)
        return bound_error(p, t->at, "this number is too large");
    parse_take(p);
    return true;
}

/* Is there a bound here?  "(" also opens a formula: a bound goes on with a number and a comma. */
static bool bound_ahead(const struct parser *p)
{
    if (parse_at(p, TOK_LBRACKET)) return true;
    enum token_kind second = parse_look(p, 1)->kind;
    return parse_at(p, TOK_LPAREN) && (second == TOK_INT || second == TOK_UNIT) &&
           parse_look(p, 2)->kind == TOK_COMMA;
}

bool parse_bound(struct parser *p, struct bound *out)
{
    *out = bound_all();
    if (!bound_ahead(p)) return true;
    struct place from = parse_look(p, 0)->at;
    int64_t lo, hi = INSTANT_MAX;
    bool lo_open = parse_take(p)->kind == TOK_LPAREN;
    if (!parse_units(p, &lo) || !parse_expect(p, TOK_COMMA, "a comma", "[0,10]")) return false;
    bool infinite = parse_at(p, TOK_STAR);
    if (infinite) {
        parse_take(p);
    } else if (!parse_units(p, &hi)) {
        return false;
    }
    if (!parse_at(p, TOK_RPAREN) && !parse_at(p, TOK_RBRACKET))
        return parse_expected(p, "the end of the bound, ) or ]", NULL);
    bool hi_open = parse_take(p)->kind == TOK_RPAREN && !infinite;
    *out = bound_seconds(lo + lo_open, hi - hi_open);
    if (bound_empty(*out)) {
        struct diag *diag = diag_add(p->d, SEVERITY_WARNING, "empty-bound", parse_since(p, from),
                                     "no time lies within this bound");
        diag_fix(p->d, diag, "the smaller number first");
        /* One canonical empty bound, also for (0,0), whose upper edge would be negative. */
        *out = bound_seconds(1, 0);
    }
    return true;
}
