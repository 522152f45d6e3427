/* See safe.h: the entry, and how a refusal is told. */
#include "logic/safe.h"
#include "logic/rewrite.h"

#include <string.h>

static void explain_unbound(struct rewriter *r, const struct formula *f, struct diags *d)
{
    if (r->culprit_var == UINT32_MAX) {
        struct diag *diag = diag_add(d, SEVERITY_ERROR, "not-monitorable", f->at,
                                     "nothing around bounds the values that satisfy this");
        diag_fix(d, diag, "join it with a predicate: p(x) AND %.*s", STR_ARG(place_text(f->at)));
        return;
    }
    struct str name = scope_var_name(r->sc, r->culprit_var);
    struct diag *diag = diag_add(d, SEVERITY_ERROR, "not-monitorable", f->at,
                                 "infinitely many values of \"%.*s\" satisfy this, and nothing "
                                 "around says which matter",
                                 STR_ARG(name));
    diag_fix(d, diag, "give \"%.*s\" its values by a predicate beside it: p(%.*s) AND %.*s",
             STR_ARG(name), STR_ARG(name), STR_ARG(place_text(f->at)));
}

static void explain(struct rewriter *r, struct diags *d, const struct formula *whole)
{
    const struct formula *f = r->culprit ? r->culprit : whole;
    struct diag *diag;
    switch (r->blame) {
    case BLAME_UNBOUND: explain_unbound(r, f, d); return;
    case BLAME_OR:
        diag = diag_add(d, SEVERITY_ERROR, "not-monitorable", f->at,
                        "this side of OR says nothing of \"%.*s\", which the other has",
                        STR_ARG(scope_var_name(r->sc, r->culprit_var)));
        diag_fix(d, diag, "use the same variables on both sides, or EXISTS %.*s. around the other",
                 STR_ARG(scope_var_name(r->sc, r->culprit_var)));
        return;
    case BLAME_PATH:
        diag = diag_add(d, SEVERITY_ERROR, "not-monitorable", f->at,
                        "within + both sides must have the same variables, and a part under * may "
                        "only have those that are bound nearer to the position");
        diag_fix(d, diag, "MATCHP (p(x)? .* q(x)?), MATCHF (p(x)? (NOT q(x))* q(x)?)");
        return;
    case BLAME_FUTURE:
        diag = diag_add(d, SEVERITY_ERROR, "unbounded-future", f->at,
                        "%s without an upper bound may never be settled", formula_op_name(f->op));
        diag_fix(d, diag, "bound it: %s[0,7d]", formula_op_name(f->op));
        return;
    case BLAME_LETPAST:
        diag = diag_add(d, SEVERITY_ERROR, "letpast", f->at,
                        "\"%.*s\" is defined by itself at the same or a later time",
                        STR_ARG(scope_pred_name(r->sc, f->pred)));
        diag_fix(d, diag, "let it occur in its definition under PREVIOUS only");
        return;
    default:
        diag = diag_add(d, SEVERITY_ERROR, "too-complex", f->at,
                        "this formula grows too large when it is brought into the form that can "
                        "be executed");
        diag_fix(d, diag, "name its parts with LET p(x) = … IN …");
    }
}

enum status safe_core(struct scope *sc, const struct formula *f, const struct safe_options *options,
                      struct diags *d, struct formula **out)
{
    static const struct safe_options none = {0};
    struct rewriter r = {.sc = sc, .options = options ? options : &none};
    *out = gen_alone(&r, (struct literal){f, false});
    if (r.fault || sc->arena->failed) return STATUS_FAULT;
    if (*out && (*out)->size > CORE_SIZE_MAX) *out = NULL;
    if (*out) return STATUS_OK;
    explain(&r, d, f);
    return STATUS_INPUT;
}
