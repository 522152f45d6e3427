/* See expert.h. */
#include "lang/expert.h"

#include "logic/parse.h"
#include "logic/typing.h"

/* What may not stand in an agreement's formula; NULL where nothing is wrong with the node itself. */
static const char *unfit(const struct scope *sc, const struct formula *f)
{
    switch (f->op) {
    case F_LET:
    case F_LETPAST: return "LET has no place here: name what is picked before the formula";
    case F_AGG: return "counts and sums of what is uncertain say more than is known";
    case F_COMPARE: return "what was picked is not compared: no order or number is known of it";
    case F_PRED: break;
    default: return NULL;
    }
    if (sc->preds[f->pred].kind != PRED_EVENT) return "the number of a position has no place here";
    for (uint32_t i = 0; i < f->n_args; i++)
        if (f->args[i]->op != TERM_VAR) return "what was picked has no number: write a variable";
    return NULL;
}

static bool fit_path(const struct scope *sc, const struct path *p, struct diags *d);

static bool fit(const struct scope *sc, const struct formula *f, struct diags *d)
{
    const char *why = unfit(sc, f);
    if (why) {
        struct diag *x = diag_add(d, SEVERITY_ERROR, "formula-unfit", f->at, "%s", why);
        diag_fix(d, x, "for counts write a sentence: must not … more than 2 times in any 7 days");
        return false;
    }
    for (uint32_t i = 0; i < f->n_sub; i++)
        if (!fit(sc, f->sub[i], d)) return false;
    return !f->path || fit_path(sc, f->path, d);
}

static bool fit_path(const struct scope *sc, const struct path *p, struct diags *d)
{
    return (!p->test || fit(sc, p->test, d)) && (!p->a || fit_path(sc, p->a, d)) &&
           (!p->b || fit_path(sc, p->b, d));
}

/* With an anchor one variable is free, and it is the anchor's. */
static enum status find_anchor(const struct expert *x, struct scope *sc, const struct formula *f,
                               struct diags *d, uint32_t *id)
{
    bool ok = true;
    struct varset free = formula_free(sc->arena, f, &ok);
    if (!ok) return STATUS_FAULT;
    *id = UINT32_MAX;
    if (x->anchor == LANG_NONE && !free.n) return STATUS_OK;
    if (x->anchor != LANG_NONE && free.n == 1) {
        *id = free.v[0];
        return STATUS_OK;
    }
    struct diag *y;
    if (x->anchor == LANG_NONE) {
        y = diag_add(d, SEVERITY_ERROR, "formula-anchor", x->at,
                     "a variable is free, and nothing says what is violated by");
        diag_fix(d, y, "write before the formula: anchor %.*s. Or bind it: EXISTS x. …",
                 STR_ARG(x->n_picks ? x->picks[0].name : STR("shot")));
    } else {
        y = diag_add(d, SEVERITY_ERROR, "formula-anchor", x->at,
                     "of the anchor one variable is free, of this formula %u are", free.n);
        diag_fix(d, y, "write %.*s(id) and bind the others: EXISTS x. …",
                 STR_ARG(x->picks[x->anchor].name));
    }
    return STATUS_INPUT;
}

enum status expert_parse(const struct expert *x, struct arena *a, struct intern *strings,
                         struct signature *sig, struct scope *sc, struct diags *d,
                         struct formula **out, uint32_t *id)
{
    const struct column id_column = {STR("id"), VALUE_INT};
    signature_init(sig, a, strings);
    for (uint32_t i = 0; i < x->n_picks; i++)
        if (signature_add(sig, x->picks[i].name, &id_column, 1, x->picks[i].at) == UINT32_MAX)
            return STATUS_FAULT;
    if (!scope_init(sc, a, strings, sig)) return STATUS_FAULT;
    enum status st = parse_formula(sc, x->source, d, out);
    if (st == STATUS_OK && !fit(sc, *out, d)) st = STATUS_INPUT;
    if (st == STATUS_OK) st = formula_typecheck(sc, *out, d);
    return st == STATUS_OK ? find_anchor(x, sc, *out, d, id) : st;
}
