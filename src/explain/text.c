/* Proof trees for a person: one line a claim, what it follows from indented beneath. */
#include "explain/explainer.h"

struct page {
    struct buf *out;
    struct formula_texts *formulas;
    const struct scope *sc;
    struct record *r;
};

static void value_text(struct buf *out, const struct scope *sc, uint32_t var, uint64_t word)
{
    value_format(out, sc->strings, sc->vars[var].type, word);
}

void atom_text(struct buf *out, const struct scope *sc, const struct proof *p)
{
    const struct formula *f = p->f;
    uint64_t word;
    buf_add(out, scope_pred_name(sc, f->pred));
    buf_putc(out, '(');
    for (uint32_t k = 0; k < f->n_args; k++) {
        const struct term *t = f->args[k];
        if (k) buf_putc(out, ',');
        if (t->op == TERM_CONST)
            value_format(out, sc->strings, t->type, t->value);
        else if (env_value(p->env, t->var, &word))
            value_text(out, sc, t->var, word);
        else
            buf_putc(out, '_');
    }
    buf_putc(out, ')');
}

bool atom_others(const struct proof *p)
{
    for (uint32_t i = 0; i < p->f->n_fv; i++) {
        const struct binds *l = env_link(p->env, p->f->fv[i]);
        if (l && l->open && l->n_tuples) return true;
    }
    return false;
}

static void stamp_text(const struct page *g, int64_t at)
{
    buf_putc(g->out, '@');
    buf_int(g->out, record_stamp(g->r, at));
}

static void at_text(const struct page *g, int64_t at)
{
    if (g->r->words)
        g->r->words->time(g->r->words->ctx, g->out, at);
    else if (at > g->r->last)
        buf_puts(g->out, "the end of the log");
    else if (g->r->clock || g->r->unnumbered)
        stamp_text(g, at);
    else {
        stamp_text(g, at);
        buf_puts(g->out, " (time point ");
        buf_int(g->out, at);
        buf_putc(g->out, ')');
    }
}

static void stretch_text(const struct page *g, const struct proof *p)
{
    if (p->from == p->to) {
        buf_puts(g->out, " at ");
        at_text(g, p->from);
        return;
    }
    buf_puts(g->out, " from ");
    at_text(g, p->from);
    buf_puts(g->out, " to ");
    at_text(g, p->to);
}

/* "z = 7, p = 1": the variables that are free in f and have values. */
static void values_text(const struct page *g, const struct proof *p, const char *before)
{
    uint64_t word;
    bool any = false;
    for (uint32_t i = 0; i < p->f->n_fv; i++) {
        if (!env_value(p->env, p->f->fv[i], &word)) continue;
        buf_puts(g->out, any ? ", " : before);
        buf_add(g->out, scope_var_name(g->sc, p->f->fv[i]));
        buf_puts(g->out, " = ");
        value_text(g->out, g->sc, p->f->fv[i], word);
        any = true;
    }
}

static void tuple_text(const struct page *g, const uint32_t *vars, uint32_t n,
                       const uint64_t *words)
{
    for (uint32_t i = 0; i < n; i++) {
        if (i) buf_puts(g->out, ", ");
        buf_add(g->out, scope_var_name(g->sc, vars[i]));
        buf_puts(g->out, " = ");
        value_text(g->out, g->sc, vars[i], words[i]);
    }
}

static void line(const struct page *g, int indent)
{
    buf_pad(g->out, ' ', (size_t)indent);
}

static void node_text(const struct page *g, const struct proof *p, int indent);

static void subs_text(const struct page *g, const struct proof *p, int indent)
{
    for (size_t i = 0; i < p->n_sub; i++) node_text(g, p->sub[i], indent);
}

static void claim_text(const struct page *g, const struct proof *p, const char *why)
{
    formula_text_add(g->formulas, g->out, g->sc, p->f);
    buf_puts(g->out, p->holds ? " holds" : " fails");
    stretch_text(g, p);
    values_text(g, p, " for ");
    buf_puts(g->out, why);
    if (p->rule == PROOF_MATCH) {
        stretch_text(g, p->sub[0]);
        buf_putc(g->out, ':');
    }
    buf_putc(g->out, '\n');
}

static void cases_text(const struct page *g, const struct proof *p, int indent)
{
    for (size_t k = 0; k < p->n_cases; k++) {
        line(g, indent);
        buf_puts(g->out, "for ");
        tuple_text(g, p->vars, p->n_vars, p->words + k * p->n_vars);
        buf_puts(g->out, ":\n");
        node_text(g, p->sub[k], indent + 2);
    }
    line(g, indent);
    buf_puts(g->out, p->n_cases ? "for no other " : "for no ");
    for (uint32_t i = 0; i < p->n_vars; i++) {
        if (i) buf_puts(g->out, ", ");
        buf_add(g->out, scope_var_name(g->sc, p->vars[i]));
    }
    buf_puts(g->out, ":\n");
    node_text(g, p->sub[p->n_cases], indent + 2);
}

static void leaf_text(const struct page *g, const struct proof *p)
{
    if (p->rule == PROOF_TRIVIAL) {
        formula_text_add(g->formulas, g->out, g->sc, p->f);
        buf_puts(g->out, p->holds ? " is true" : " is false");
        values_text(g, p, " with ");
        buf_putc(g->out, '\n');
        return;
    }
    buf_puts(g->out, p->rule == PROOF_FACT ? "fact "
                     : atom_others(p)      ? "no other fact "
                                           : "no fact ");
    atom_text(g->out, g->sc, p);
    stretch_text(g, p);
    buf_putc(g->out, '\n');
}

static const char *reason(const struct proof *p)
{
    switch (p->rule) {
    case PROOF_ALL: return p->holds ? ", since all of it does:" : ", since none of it holds:";
    case PROOF_MATCH: return ", by a walk";
    case PROOF_NO_MATCH:
        return p->n_sub ? ", since no walk avoids these:" : ", since no walk ends in its window";
    case PROOF_NOWHERE: return p->n_sub ? ":" : ", since there is no position in its window";
    case PROOF_SPLIT: return ", stretch by stretch:";
    case PROOF_AGG:
        return p->holds ? ", counting all there is:" : ", since all there is makes another value:";
    default: return ":";
    }
}

static void node_text(const struct page *g, const struct proof *p, int indent)
{
    switch (p->rule) {
    case PROOF_NOT:
    case PROOF_BODY: node_text(g, p->sub[0], indent); return;
    case PROOF_WALK: subs_text(g, p, indent); return;
    case PROOF_CASES: cases_text(g, p, indent); return;
    default: break;
    }
    line(g, indent);
    switch (p->rule) {
    case PROOF_FACT:
    case PROOF_ABSENT:
    case PROOF_TRIVIAL: leaf_text(g, p); return;
    case PROOF_UNEXPLAINED:
        buf_puts(g->out, "not explained: ");
        claim_text(g, p, "");
        return;
    case PROOF_WITNESS:
        formula_text_add(g->formulas, g->out, g->sc, p->f);
        buf_puts(g->out, " holds");
        stretch_text(g, p);
        values_text(g, p, " for ");
        buf_puts(g->out, ", with ");
        tuple_text(g, p->f->vars, p->f->n_vars, p->words);
        buf_puts(g->out, ":\n");
        break;
    default: claim_text(g, p, reason(p));
    }
    subs_text(g, p, indent + 2);
}

void proof_text(struct buf *out, const struct scope *sc, struct record *r, const struct proof *p,
                int indent)
{
    struct formula_texts formulas;
    formula_texts_init(&formulas);
    struct page g = {out, &formulas, sc, r};
    node_text(&g, p, indent);
    formula_texts_free(&formulas);
}
