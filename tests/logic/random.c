/* See random.h.  Formulas are written as text, so the parser is part of what is tested. */
#include "tests/logic/random.h"

#include "logic/parse.h"
#include "logic/typing.h"
#include "tests/test.h"

#define SIGNATURE "p(int)\nq(int)\nr(int,int)\ng(int,float)\nu(string,int)\nn()\n"

struct writer {
    struct buf b;
    uint64_t *state;
    const struct random_options *o;
    unsigned fresh; /* number of the next bound variable */
};

static unsigned below(struct writer *w, unsigned n)
{
    return (unsigned)test_below(w->state, n);
}

static void formula(struct writer *w, int depth, const char *x, const char *y);

/* A bound; finite when looking ahead. */
static void bound(struct writer *w, bool finite)
{
    unsigned lo = below(w, 4), kind = below(w, 6);
    if (kind == 0 && !finite) return;
    if (kind == 1 && !finite) {
        buf_fmt(&w->b, "[%u,*)", lo);
    } else if (kind == 2) {
        buf_fmt(&w->b, "(%u,%u)", lo, lo + 1 + below(w, 5));
    } else {
        buf_fmt(&w->b, "[%u,%u]", kind < 4 ? 0 : lo, lo + below(w, 5));
    }
    buf_putc(&w->b, ' ');
}

/* An int argument. */
static void argument(struct writer *w, const char *x)
{
    if (below(w, 8) == 0) {
        buf_fmt(&w->b, "%u", 1 + below(w, 3));
    } else if (below(w, 12) == 0) {
        buf_puts(&w->b, "_");
    } else {
        buf_puts(&w->b, x);
    }
}

static void atom(struct writer *w, const char *x, const char *y)
{
    switch (below(w, 12)) {
    case 0: buf_puts(&w->b, "n()"); break;
    case 1: buf_fmt(&w->b, "u(\"%c\",%s)", "ab"[below(w, 2)], x); break;
    case 2: buf_fmt(&w->b, "(EXISTS f. g(%s,f) AND f > 1.0)", x); break;
    case 3: buf_fmt(&w->b, "(%s <= %u)", x, 1 + below(w, 3)); break;
    case 4: buf_fmt(&w->b, "(%s = %s %c %u)", y, x, "+-*"[below(w, 3)], below(w, 3)); break;
    case 5: buf_fmt(&w->b, "(%s = %u)", x, 1 + below(w, 3)); break;
    case 6: buf_fmt(&w->b, "p(%s + %u)", x, below(w, 2)); break;
    case 7:
    case 8:
        buf_puts(&w->b, "r(");
        argument(w, x);
        buf_putc(&w->b, ',');
        argument(w, y);
        buf_putc(&w->b, ')');
        break;
    default:
        buf_puts(&w->b, below(w, 2) ? "p(" : "q(");
        argument(w, x);
        buf_putc(&w->b, ')');
    }
}

/* (φ) with a chance of a guard beside it. */
static void part(struct writer *w, int depth, const char *x, const char *y)
{
    buf_putc(&w->b, '(');
    formula(w, depth - 1, x, y);
    buf_putc(&w->b, ')');
}

static void prefix(struct writer *w, int depth, const char *x, const char *y)
{
    static const char *const past[] = {"ONCE", "PREVIOUS", "PAST_ALWAYS"};
    static const char *const ahead[] = {"EVENTUALLY", "NEXT", "ALWAYS"};
    bool future = w->o->future && below(w, 3) == 0;
    buf_fmt(&w->b, "%s ", (future ? ahead : past)[below(w, 3)]);
    bound(w, future || w->o->finite);
    part(w, depth, x, y);
}

static void infix(struct writer *w, int depth, const char *x, const char *y)
{
    bool future = w->o->future && below(w, 3) == 0;
    if (below(w, 2)) buf_puts(&w->b, "NOT ");
    part(w, depth, x, y);
    buf_puts(&w->b, future ? " UNTIL " : " SINCE ");
    bound(w, future || w->o->finite);
    part(w, depth, x, y);
}

static void connective(struct writer *w, int depth, const char *x, const char *y)
{
    static const char *const names[] = {" AND ", " AND ", " AND ", " OR ", " IMPLIES ", " EQUIV "};
    part(w, depth, x, y);
    buf_puts(&w->b, names[below(w, 6)]);
    if (below(w, 3) == 0) buf_puts(&w->b, "NOT ");
    part(w, depth, x, y);
}

static void binder(struct writer *w, int depth, const char *x, const char *y)
{
    static const char *const ops[] = {"CNT", "SUM", "MIN", "MAX"};
    char z[16];
    (void)snprintf(z, sizeof z, "z%u", w->fresh++);
    switch (below(w, 5)) {
    case 0:
        buf_fmt(&w->b, "%s <- %s %s; %s (r(%s,%s) OR (p(%s) AND q(%s) AND ", y, ops[below(w, 4)], z,
                x, x, z, x, z);
        part(w, depth, x, z);
        buf_puts(&w->b, "))");
        break;
    case 1:
        buf_fmt(&w->b, "LET a%s(%s) = p(%s) AND ", z, z, z);
        part(w, depth, z, z);
        buf_fmt(&w->b, " IN a%s(%s) AND ", z, x);
        part(w, depth, x, y);
        break;
    case 2:
        buf_fmt(&w->b, "FORALL %s. p(%s) IMPLIES ", z, z);
        part(w, depth, x, z);
        break;
    default:
        buf_fmt(&w->b, "EXISTS %s. p(%s) AND ", z, z);
        part(w, depth, below(w, 2) ? x : z, below(w, 2) ? y : z);
    }
}

static void item(struct writer *w, int depth, const char *x)
{
    switch (below(w, 5)) {
    case 0: buf_putc(&w->b, '.'); return;
    case 1:
        buf_puts(&w->b, "(NOT ");
        atom(w, x, x);
        buf_puts(&w->b, "?)");
        return;
    case 2: buf_puts(&w->b, "(.*)"); return;
    default: part(w, depth > 1 ? 1 : depth, x, x);
    }
    if (below(w, 2)) buf_putc(&w->b, '?');
}

static void regex(struct writer *w, int depth, const char *x)
{
    bool future = w->o->future && below(w, 2);
    buf_puts(&w->b, future ? "MATCHF" : "MATCHP");
    bound(w, future);
    buf_fmt(&w->b, "(%s(%s)? ", below(w, 2) ? "p" : "q", x);
    item(w, depth, x);
    buf_puts(&w->b, below(w, 4) ? " " : "* ");
    item(w, depth, x);
    buf_fmt(&w->b, " p(%s)?)", x);
}

static void formula(struct writer *w, int depth, const char *x, const char *y)
{
    if (depth <= 0) {
        atom(w, x, y);
        return;
    }
    unsigned kind = below(w, w->o->finite ? 10 : 12);
    switch (w->o->finite && kind == 9 ? 11 : kind) { /* finite: no binders, no paths */
    case 0:
    case 1: /* guarded, so that more is monitorable */
        buf_fmt(&w->b, "%s(%s) AND ", below(w, 2) ? "p" : "q", x);
        part(w, depth, x, x);
        break;
    case 2:
        buf_fmt(&w->b, "r(%s,%s) AND ", x, y);
        part(w, depth, x, y);
        break;
    case 3:
    case 4: connective(w, depth, x, y); break;
    case 5:
    case 6: prefix(w, depth, x, y); break;
    case 7:
    case 8: infix(w, depth, x, y); break;
    case 9: binder(w, depth, x, y); break;
    case 10: regex(w, depth, x); break;
    default: buf_puts(&w->b, "NOT "); part(w, depth, x, y);
    }
}

static void make_log(struct random_case *c, const struct random_options *o)
{
    int64_t stamp = 0;
    for (size_t i = 0; i < o->points; i++) {
        stamp += (int64_t)test_below(&c->state, o->max_step + 1);
        naive_log_point(&c->log, stamp);
        uint64_t facts = test_below(&c->state, 6);
        for (uint64_t k = 0; k < facts; k++) {
            uint32_t pred = (uint32_t)test_below(&c->state, c->sig.n);
            uint64_t words[2];
            for (uint32_t a = 0; a < c->sig.preds[pred].arity; a++) {
                enum value_type type = c->sig.preds[pred].columns[a].type;
                uint64_t v = 1 + test_below(&c->state, 3);
                words[a] = value_of_int((int64_t)v);
                if (type == VALUE_FLOAT) (void)value_of_float((double)v * 0.75, &words[a]);
                if (type == VALUE_STRING)
                    words[a] = intern_add(&c->strings, v == 1 ? STR("a") : STR("b"));
            }
            naive_log_fact(&c->log, pred, words, c->sig.preds[pred].arity);
        }
    }
}

bool random_case_open(struct random_case *c, uint64_t seed, const struct random_options *o)
{
    *c = (struct random_case){.state = seed * 0x9E3779B97F4A7C15U + 1};
    arena_init(&c->arena);
    intern_init(&c->strings);
    diags_init(&c->diags, &c->arena);
    signature_init(&c->sig, &c->arena, &c->strings);
    naive_log_init(&c->log, &c->arena);
    const struct source *s = source_new(&c->arena, STR("sig"), STR(SIGNATURE));
    if (parse_signature(&c->sig, s, &c->diags) != STATUS_OK) return false;
    if (!scope_init(&c->scope, &c->arena, &c->strings, &c->sig)) return false;
    struct writer w = {.state = &c->state, .o = o};
    buf_init(&w.b);
    if (o->finite)
        buf_puts(&w.b, test_below(&c->state, 2) ? "r(x,y) AND (" : "p(x) AND q(y) AND (");
    formula(&w, o->depth, "x", "y");
    if (o->finite) buf_putc(&w.b, ')');
    c->text = str_dup(&c->arena, buf_str(&w.b));
    buf_free(&w.b);
    make_log(c, o);
    s = source_new(&c->arena, STR("formula"), c->text);
    return parse_formula(&c->scope, s, &c->diags, &c->formula) == STATUS_OK &&
           formula_typecheck(&c->scope, c->formula, &c->diags) == STATUS_OK;
}

void random_case_close(struct random_case *c)
{
    intern_free(&c->strings);
    arena_free(&c->arena);
}
