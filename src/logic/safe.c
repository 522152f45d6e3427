/* See safe.h: the entry, and how a refusal is told. */
#include "logic/safe.h"
#include "logic/rewrite.h"

#include <string.h>

/* Does one part of a text lie in another? */
static bool within(struct place outer, struct place inner)
{
    struct str a = place_text(outer), b = place_text(inner);
    return outer.source == inner.source && a.n && b.n && a.p <= b.p && b.p + b.n <= a.p + a.n;
}

/* A predicate that gives the variable values, written out: "fire(z,_,_)"; "p(z)" where the signature
 * has none of its type. */
static struct str generator(struct rewriter *r, uint32_t var, uint32_t other_than)
{
    const struct signature *sig = r->sc->sig;
    struct str name = scope_var_name(r->sc, var);
    struct buf b;
    buf_init(&b);
    for (uint32_t p = 0; p < sig->n && !b.n; p++) {
        const struct predicate *pred = &sig->preds[p];
        uint32_t k = 0;
        while (k < pred->arity && pred->columns[k].type != r->sc->vars[var].type) k++;
        if (k == pred->arity || p == other_than) continue;
        buf_add(&b, intern_str(sig->strings, pred->name));
        for (uint32_t i = 0; i < pred->arity; i++) {
            buf_putc(&b, i ? ',' : '(');
            buf_add(&b, i == k ? name : STR("_"));
        }
        buf_putc(&b, ')');
    }
    if (!b.n) buf_fmt(&b, "p(%.*s)", STR_ARG(name));
    struct str text = str_dup(r->sc->arena, buf_str(&b));
    buf_free(&b);
    return text;
}

static void explain_unbound(struct rewriter *r, struct literal l, struct diags *d)
{
    const struct formula *f = l.f;
    struct diag *diag;
    if (r->culprit_var == UINT32_MAX) {
        diag = diag_add(d, SEVERITY_ERROR, "not-monitorable", f->at,
                        "nothing around bounds the values that satisfy this");
        diag_fix(d, diag, "join it with a predicate: p(x) AND %.*s", STR_ARG(place_text(f->at)));
        return;
    }
    struct str name = scope_var_name(r->sc, r->culprit_var);
    diag = diag_add(d, SEVERITY_ERROR, "not-monitorable", f->at,
                    "infinitely many values of \"%.*s\" %s this, and nothing around says which "
                    "matter",
                    STR_ARG(name), l.neg ? "fail" : "satisfy");
    if (r->wall && within(r->wall->at, f->at) && varset_has(r->wall_vars, r->culprit_var)) {
        diag_fix(d, diag,
                 "what stands around cannot bound it through %s without an upper bound: bound "
                 "that, %s[0,7d]",
                 formula_op_name(r->wall->op), formula_op_name(r->wall->op));
        return;
    }
    struct str by = generator(r, r->culprit_var, f->op == F_PRED && !l.neg ? f->pred : UINT32_MAX);
    bool plain = f->op == F_PRED || f->op == F_NOT || (f->op == F_COMPARE && !l.neg);
    diag_fix(d, diag, "give \"%.*s\" its values by a predicate beside it: %.*s AND %s%s%.*s%s",
             STR_ARG(name), STR_ARG(by), l.neg ? "NOT " : "", plain ? "" : "(",
             STR_ARG(place_text(f->at)), plain ? "" : ")");
}

static void explain(struct rewriter *r, struct diags *d, const struct formula *whole)
{
    const struct formula *f = r->culprit.f ? r->culprit.f : whole;
    struct diag *diag;
    switch (r->blame) {
    case BLAME_UNBOUND: explain_unbound(r, (struct literal){f, r->culprit.neg}, d); return;
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
