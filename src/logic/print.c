/* See print.h.  Operands that are not atoms stand in parentheses, so precedence never matters. */
#include "logic/print.h"
#include "logic/lex.h"

#include <math.h>

struct printer {
    struct buf *out;
    const struct scope *sc;
    struct arena arena;
    struct str *names; /* by variable; empty = not yet named */
    struct intern used;
};

/* ---- names ---- */

static struct str fresh(struct printer *p, struct str wish)
{
    while (wish.n && wish.p[0] == '_') wish = str_slice(wish, 1, wish.n);
    if (!lex_is_name(wish)) wish = STR("v");
    struct str name = wish;
    for (unsigned k = 2; intern_find(&p->used, name) != INTERN_NONE; k++)
        name = str_fmt(&p->arena, "%.*s_%u", STR_ARG(wish), k);
    return name;
}

static void print_var(struct printer *p, uint32_t var)
{
    if (p->names && p->names[var].n == 0) {
        struct str name = fresh(p, scope_var_name(p->sc, var));
        if (intern_add(&p->used, name) == INTERN_NONE) p->out->failed = true;
        p->names[var] = name;
    }
    buf_add(p->out, p->names ? p->names[var] : STR("?"));
}

static void print_vars(struct printer *p, const uint32_t *vars, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (i) buf_puts(p->out, ", ");
        print_var(p, vars[i]);
    }
}

/* ---- terms ---- */

static void print_float(struct buf *out, double f)
{
    if (isinf(f)) {
        buf_puts(out, f > 0 ? "(1. / 0.)" : "(-1. / 0.)"); /* as these read and print */
    } else {
        value_format_float(out, f);
    }
}

static void print_text(struct buf *out, struct str s)
{
    buf_putc(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        bool escaped = i && s.p[i - 1] == '\\';
        if (s.p[i] == '"' && !escaped) buf_putc(out, '\\');
        buf_putc(out, s.p[i]);
    }
    buf_putc(out, '"');
}

static void print_constant(struct printer *p, const struct term *t)
{
    switch (t->type) {
    case VALUE_FLOAT: print_float(p->out, value_float(t->value)); break;
    case VALUE_PATTERN: buf_putc(p->out, 'r'); /* fall through */
    case VALUE_STRING: print_text(p->out, intern_str(p->sc->strings, (uint32_t)t->value)); break;
    default: buf_int(p->out, value_int(t->value));
    }
}

static void print_term(struct printer *p, const struct term *t, bool operand)
{
    if (t->op == TERM_VAR) {
        print_var(p, t->var);
    } else if (t->op == TERM_CONST) {
        print_constant(p, t);
    } else if (!t->b) {
        buf_puts(p->out, term_op_name(t->op));
        buf_putc(p->out, '(');
        print_term(p, t->a, false);
        buf_putc(p->out, ')');
    } else {
        if (operand) buf_putc(p->out, '(');
        print_term(p, t->a, true);
        buf_fmt(p->out, " %s ", term_op_name(t->op));
        print_term(p, t->b, true);
        if (operand) buf_putc(p->out, ')');
    }
}

static void print_terms(struct printer *p, struct term *const *args, uint32_t n)
{
    buf_putc(p->out, '(');
    for (uint32_t i = 0; i < n; i++) {
        if (i) buf_puts(p->out, ", ");
        if (args[i]) {
            print_term(p, args[i], false);
        } else {
            buf_putc(p->out, '_');
        }
    }
    buf_putc(p->out, ')');
}

/* ---- formulas ---- */

static void print_edge(struct buf *out, struct edge e)
{
    if (e.map != MAP_NONE) {
        buf_fmt(out, "map %u", e.map);
    } else {
        buf_int(out, e.seconds);
    }
}

static void print_bound(struct buf *out, struct bound b)
{
    if (bound_is_all(b)) return;
    buf_putc(out, '[');
    print_edge(out, b.lo);
    buf_putc(out, ',');
    if (bound_infinite(b)) {
        buf_puts(out, "*)");
    } else {
        print_edge(out, b.hi);
        buf_putc(out, ']');
    }
}

static void print(struct printer *p, const struct formula *f);

static bool is_atom(const struct formula *f)
{
    return f->op == F_PRED || f->op == F_TRUE || f->op == F_FALSE || f->op == F_NOT;
}

static void operand(struct printer *p, const struct formula *f)
{
    bool bare = is_atom(f);
    if (!bare) buf_putc(p->out, '(');
    print(p, f);
    if (!bare) buf_putc(p->out, ')');
}

static void print_path(struct printer *p, const struct path *path)
{
    switch (path->op) {
    case PATH_WILD: buf_putc(p->out, '.'); return;
    case PATH_TEST:
        operand(p, path->test);
        buf_putc(p->out, '?');
        return;
    default: break;
    }
    buf_putc(p->out, '(');
    print_path(p, path->a);
    if (path->op == PATH_STAR) {
        buf_putc(p->out, '*');
    } else {
        buf_puts(p->out, path->op == PATH_ALT ? " + " : " ");
        print_path(p, path->b);
    }
    buf_putc(p->out, ')');
}

static void print_compare(struct printer *p, const struct formula *f)
{
    print_term(p, f->left, true);
    buf_fmt(p->out, " %s ", compare_op_name(f->cmp));
    print_term(p, f->right, true);
    if (f->n_args) {
        buf_putc(p->out, ' ');
        print_terms(p, f->args, f->n_args);
    }
}

static void print_agg(struct printer *p, const struct formula *f)
{
    print_var(p, f->result);
    buf_fmt(p->out, " <- %s ", agg_op_name(f->agg));
    print_var(p, f->over);
    if (f->n_vars) {
        buf_puts(p->out, "; ");
        print_vars(p, f->vars, f->n_vars);
    }
    buf_putc(p->out, ' ');
    operand(p, f->sub[0]);
}

static void print_let(struct printer *p, const struct formula *f)
{
    buf_fmt(p->out, "%s %.*s(", formula_op_name(f->op), STR_ARG(scope_pred_name(p->sc, f->pred)));
    print_vars(p, f->vars, f->n_vars);
    buf_puts(p->out, ") = ");
    operand(p, f->sub[0]);
    buf_puts(p->out, " IN ");
    print(p, f->sub[1]);
}

static void print_prefix(struct printer *p, const struct formula *f)
{
    buf_puts(p->out, formula_op_name(f->op));
    print_bound(p->out, f->bound);
    buf_putc(p->out, ' ');
    if (f->path) {
        print_path(p, f->path);
    } else {
        operand(p, f->sub[0]);
    }
}

static void print_infix(struct printer *p, const struct formula *f)
{
    for (uint32_t i = 0; i < f->n_sub; i++) {
        if (i) {
            buf_fmt(p->out, " %s", formula_op_name(f->op));
            if (formula_is_temporal(f->op)) print_bound(p->out, f->bound);
            buf_putc(p->out, ' ');
        }
        operand(p, f->sub[i]);
    }
}

static void print(struct printer *p, const struct formula *f)
{
    switch (f->op) {
    case F_TRUE:
    case F_FALSE: buf_puts(p->out, formula_op_name(f->op)); break;
    case F_PRED:
        buf_add(p->out, scope_pred_name(p->sc, f->pred));
        print_terms(p, f->args, f->n_args);
        break;
    case F_COMPARE: print_compare(p, f); break;
    case F_ASSIGN:
        print_var(p, f->result);
        buf_puts(p->out, " = ");
        print_term(p, f->right, true);
        break;
    case F_NOT:
        buf_puts(p->out, "NOT ");
        operand(p, f->sub[0]);
        break;
    case F_EXISTS:
    case F_FORALL:
        buf_fmt(p->out, "%s ", formula_op_name(f->op));
        print_vars(p, f->vars, f->n_vars);
        buf_puts(p->out, ". ");
        operand(p, f->sub[0]);
        break;
    case F_AGG: print_agg(p, f); break;
    case F_LET:
    case F_LETPAST: print_let(p, f); break;
    case F_AND:
    case F_OR:
    case F_IMPLIES:
    case F_EQUIV:
    case F_SINCE:
    case F_UNTIL: print_infix(p, f); break;
    default: print_prefix(p, f);
    }
}

static void printer_open(struct printer *p, struct buf *out, const struct scope *sc)
{
    *p = (struct printer){.out = out, .sc = sc};
    arena_init(&p->arena);
    intern_init(&p->used);
    p->names = arena_array(&p->arena, sc->n_vars + 1, sizeof *p->names);
}

static void printer_close(struct printer *p)
{
    if (p->arena.failed || !p->names) p->out->failed = true;
    intern_free(&p->used);
    arena_free(&p->arena);
}

void formula_print(struct buf *out, const struct scope *sc, const struct formula *f)
{
    struct printer p;
    printer_open(&p, out, sc);
    print(&p, f);
    printer_close(&p);
}

void formula_print_columns(struct buf *out, const struct scope *sc, const struct formula *f)
{
    struct printer p;
    printer_open(&p, out, sc);
    bool ok = true;
    struct varset columns = formula_columns(&p.arena, f, &ok);
    for (uint32_t i = 0; ok && i < columns.n; i++) {
        if (i) buf_puts(out, ", ");
        print_var(&p, columns.v[i]);
        buf_fmt(out, ": %s", value_type_name(sc->vars[columns.v[i]].type));
    }
    printer_close(&p);
}
