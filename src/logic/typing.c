/* See typing.h.
 *
 * Passes over the tree push types both ways: `meet` gives a variable or column a type when it has
 * none.  A pass that changes nothing ends it; each pass that does fixes a variable or column for
 * good, so there are at most as many as variables and LET columns.  A last pass reports. */
#include "logic/typing.h"
#include "logic/pattern.h"

struct typer {
    struct scope *sc;
    struct diags *d;
    bool changed;
    bool report; /* last pass: disagreements are errors, unknown is int */
    bool ok;
};

/* What an operation takes and gives; VALUE_ANY: int or float, the same in and out. */
static const struct {
    enum value_type from, to;
} conversions[] = {
    [TERM_ADD] = {VALUE_ANY, VALUE_ANY},
    [TERM_SUB] = {VALUE_ANY, VALUE_ANY},
    [TERM_MUL] = {VALUE_ANY, VALUE_ANY},
    [TERM_DIV] = {VALUE_ANY, VALUE_ANY},
    [TERM_MOD] = {VALUE_INT, VALUE_INT},
    [TERM_NEG] = {VALUE_ANY, VALUE_ANY},
    [TERM_F2I] = {VALUE_FLOAT, VALUE_INT},
    [TERM_I2F] = {VALUE_INT, VALUE_FLOAT},
    [TERM_I2S] = {VALUE_INT, VALUE_STRING},
    [TERM_S2I] = {VALUE_STRING, VALUE_INT},
    [TERM_F2S] = {VALUE_FLOAT, VALUE_STRING},
    [TERM_S2F] = {VALUE_STRING, VALUE_FLOAT},
    [TERM_DAY_OF_MONTH] = {VALUE_FLOAT, VALUE_INT},
    [TERM_MONTH] = {VALUE_FLOAT, VALUE_INT},
    [TERM_YEAR] = {VALUE_FLOAT, VALUE_INT},
    [TERM_FORMAT_DATE] = {VALUE_FLOAT, VALUE_STRING},
    [TERM_R2S] = {VALUE_PATTERN, VALUE_STRING},
    [TERM_S2R] = {VALUE_STRING, VALUE_PATTERN},
};

static void disagree(struct typer *t, struct place at, enum value_type have, enum value_type want)
{
    t->ok = false;
    struct str text = place_text(at);
    struct diag *diag = diag_add(t->d, SEVERITY_ERROR, "type", at, "this is %s where %s is needed",
                                 value_type_name(have), value_type_name(want));
    static const struct {
        enum value_type from, to;
        enum term_op op;
    } ways[] = {
        {VALUE_INT, VALUE_FLOAT, TERM_I2F},      {VALUE_FLOAT, VALUE_INT, TERM_F2I},
        {VALUE_INT, VALUE_STRING, TERM_I2S},     {VALUE_STRING, VALUE_INT, TERM_S2I},
        {VALUE_FLOAT, VALUE_STRING, TERM_F2S},   {VALUE_STRING, VALUE_FLOAT, TERM_S2F},
        {VALUE_STRING, VALUE_PATTERN, TERM_S2R}, {VALUE_PATTERN, VALUE_STRING, TERM_R2S},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (ways[i].from == have && ways[i].to == want)
            diag_fix(t->d, diag, "%s(%.*s)", term_op_name(ways[i].op), STR_ARG(text));
}

static enum value_type infer(struct typer *t, struct term *term, enum value_type want);

static void set_var(struct typer *t, uint32_t var, enum value_type type)
{
    if (type == VALUE_ANY || t->sc->vars[var].type != VALUE_ANY) return;
    t->sc->vars[var].type = type;
    t->changed = true;
}

/* An int or a float? */
static void need_number(struct typer *t, const struct term *term)
{
    if (!t->report || term->type == VALUE_INT || term->type == VALUE_FLOAT) return;
    t->ok = false;
    struct diag *diag =
        diag_add(t->d, SEVERITY_ERROR, "type", term->at,
                 "this is %s, arithmetic is for int and float", value_type_name(term->type));
    if (term->type == VALUE_STRING)
        diag_fix(t->d, diag, "s2i(%.*s) or s2f(%.*s)", STR_ARG(place_text(term->at)),
                 STR_ARG(place_text(term->at)));
}

static enum value_type infer_op(struct typer *t, struct term *term, enum value_type want)
{
    enum value_type from = conversions[term->op].from, to = conversions[term->op].to;
    bool same = from == VALUE_ANY;
    if (same && (want == VALUE_INT || want == VALUE_FLOAT)) from = want;
    enum value_type a = infer(t, term->a, from);
    if (term->b) {
        enum value_type b = infer(t, term->b, same ? a : from);
        if (same && a == VALUE_ANY && b != VALUE_ANY) a = infer(t, term->a, b);
    }
    if (!same) return to;
    need_number(t, term->a);
    return a;
}

/* The type of a term, given what is wanted of it (VALUE_ANY: nothing). */
static enum value_type infer(struct typer *t, struct term *term, enum value_type want)
{
    enum value_type type;
    if (term->op == TERM_VAR) {
        set_var(t, term->var, want);
        type = t->sc->vars[term->var].type;
        if (type == VALUE_ANY && t->report) type = t->sc->vars[term->var].type = VALUE_INT;
    } else if (term->op == TERM_CONST) {
        type = term->type;
    } else {
        type = infer_op(t, term, want);
    }
    term->type = type;
    if (t->report && want != VALUE_ANY && type != want) disagree(t, term->at, type, want);
    return type;
}

/* Both sides alike. */
static void same_type(struct typer *t, struct term *a, struct term *b)
{
    enum value_type x = infer(t, a, VALUE_ANY), y = infer(t, b, x);
    if (x == VALUE_ANY && y != VALUE_ANY) infer(t, a, y);
}

/* A constant pattern must be one. */
static void check_pattern(struct typer *t, const struct formula *f)
{
    const struct term *right = f->right;
    if (!t->report || right->op != TERM_CONST || right->type != VALUE_PATTERN) return;
    const char *error;
    size_t at;
    struct str text = intern_str(t->sc->strings, (uint32_t)right->value);
    struct pattern *p = pattern_compile(t->sc->arena, text, &error, &at);
    struct place place = right->at;
    if (!p && error) {
        if (place.source) place.from += 2 + at < place.to - place.from ? 2 + at : 0;
        t->ok = false;
        diag_add(t->d, SEVERITY_ERROR, "bad-pattern", place, "%s", error);
    } else if (p && f->n_args > pattern_groups(p)) {
        t->ok = false;
        struct diag *diag =
            diag_add(t->d, SEVERITY_ERROR, "bad-pattern", f->at,
                     "the pattern has %u groups, %u are asked for", pattern_groups(p), f->n_args);
        diag_fix(t->d, diag, "a group is written \\( … \\)");
    }
}

static void check_compare(struct typer *t, struct formula *f)
{
    switch (f->cmp) {
    case CMP_SUBSTRING:
        infer(t, f->left, VALUE_STRING);
        infer(t, f->right, VALUE_STRING);
        break;
    case CMP_MATCHES:
        infer(t, f->left, VALUE_STRING);
        infer(t, f->right, VALUE_PATTERN);
        for (uint32_t i = 0; i < f->n_args; i++)
            if (f->args[i]) infer(t, f->args[i], VALUE_STRING);
        check_pattern(t, f);
        break;
    default: same_type(t, f->left, f->right);
    }
}

static void column_type(struct typer *t, struct column *c, enum value_type type)
{
    if (type == VALUE_ANY || c->type != VALUE_ANY) return;
    c->type = type;
    t->changed = true;
}

static void check_pred(struct typer *t, struct formula *f)
{
    struct predicate *def = &t->sc->preds[f->pred];
    for (uint32_t i = 0; i < f->n_args; i++) {
        enum value_type type = infer(t, f->args[i], def->columns[i].type);
        if (def->kind == PRED_LET) column_type(t, &def->columns[i], type);
    }
}

static void var_types(struct typer *t, uint32_t var, enum value_type want, struct place at)
{
    set_var(t, var, want);
    enum value_type have = t->sc->vars[var].type;
    if (t->report && have == VALUE_ANY) have = t->sc->vars[var].type = VALUE_INT;
    if (t->report && want != VALUE_ANY && have != want) disagree(t, at, have, want);
}

static void check_agg(struct typer *t, struct formula *f)
{
    enum value_type over = t->sc->vars[f->over].type, result = t->sc->vars[f->result].type;
    switch (f->agg) {
    case AGG_CNT: var_types(t, f->result, VALUE_INT, f->at); break;
    case AGG_AVG:
    case AGG_MED: var_types(t, f->result, VALUE_FLOAT, f->at); break;
    default:
        var_types(t, f->over, result, f->at);
        var_types(t, f->result, t->sc->vars[f->over].type, f->at);
    }
    bool number = over == VALUE_INT || over == VALUE_FLOAT || over == VALUE_ANY;
    if (!t->report || number || f->agg == AGG_CNT || f->agg == AGG_MIN || f->agg == AGG_MAX) return;
    t->ok = false;
    diag_add(t->d, SEVERITY_ERROR, "type", f->at, "%s is for int and float, \"%.*s\" is %s",
             agg_op_name(f->agg), STR_ARG(scope_var_name(t->sc, f->over)), value_type_name(over));
}

static void check(struct typer *t, struct formula *f);

static void check_path(struct typer *t, struct path *p)
{
    if (!p) return;
    if (p->test) check(t, p->test);
    check_path(t, p->a);
    check_path(t, p->b);
}

/* Column k of the predicate and parameter k are alike, both ways. */
static void check_let(struct typer *t, struct formula *f)
{
    struct predicate *def = &t->sc->preds[f->pred];
    for (uint32_t i = 0; i < f->n_vars; i++) {
        column_type(t, &def->columns[i], t->sc->vars[f->vars[i]].type);
        var_types(t, f->vars[i], def->columns[i].type, t->sc->vars[f->vars[i]].at);
        if (t->report) def->columns[i].type = t->sc->vars[f->vars[i]].type;
    }
}

static void check(struct typer *t, struct formula *f)
{
    switch (f->op) {
    case F_PRED: check_pred(t, f); break;
    case F_COMPARE: check_compare(t, f); break;
    case F_LET:
    case F_LETPAST: check_let(t, f); break;
    case F_ASSIGN: var_types(t, f->result, infer(t, f->right, t->sc->vars[f->result].type), f->at);
    default: break;
    }
    for (uint32_t i = 0; i < f->n_sub; i++) check(t, f->sub[i]);
    check_path(t, f->path);
    if (f->op == F_AGG) check_agg(t, f);
    if (t->report && (f->op == F_EXISTS || f->op == F_FORALL))
        for (uint32_t i = 0; i < f->n_vars; i++) var_types(t, f->vars[i], VALUE_ANY, f->at);
}

enum status formula_typecheck(struct scope *sc, struct formula *f, struct diags *d)
{
    struct typer t = {.sc = sc, .d = d, .ok = true};
    do {
        t.changed = false;
        check(&t, f);
    } while (t.changed);
    t.report = true;
    check(&t, f);
    if (sc->arena->failed) return STATUS_FAULT;
    return t.ok ? STATUS_OK : STATUS_INPUT;
}
