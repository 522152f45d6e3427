/* Proof trees as JSON: every node as it is in proof.h. */
#include "explain/explainer.h"

#include <math.h>

static const char *const rule_names[] = {
    [PROOF_FACT] = "fact",         [PROOF_ABSENT] = "absent",
    [PROOF_TRIVIAL] = "trivial",   [PROOF_NOT] = "not",
    [PROOF_ALL] = "all",           [PROOF_ONE] = "one",
    [PROOF_WITNESS] = "witness",   [PROOF_NONE] = "none",
    [PROOF_CASES] = "cases",       [PROOF_AT] = "at",
    [PROOF_NOWHERE] = "nowhere",   [PROOF_SINCE] = "since",
    [PROOF_NO_SINCE] = "no-since", [PROOF_MATCH] = "match",
    [PROOF_WALK] = "walk",         [PROOF_NO_MATCH] = "no-match",
    [PROOF_AGG] = "aggregate",     [PROOF_NO_GROUP] = "no-group",
    [PROOF_BODY] = "body",         [PROOF_MEANS] = "means",
    [PROOF_SPLIT] = "split",       [PROOF_UNEXPLAINED] = "unexplained",
};

struct sheet {
    struct buf *out;
    const struct scope *sc;
    struct record *r;
    struct buf text; /* scratch */
    struct formula_texts formulas;
};

static void put_value(struct sheet *s, uint32_t var, uint64_t word)
{
    enum value_type type = s->sc->vars[var].type;
    if (type == VALUE_STRING || type == VALUE_PATTERN)
        buf_json(s->out, intern_str(s->sc->strings, (uint32_t)word));
    else if (type == VALUE_FLOAT && isinf(value_float(word)))
        buf_puts(s->out, value_float(word) > 0 ? "\"inf\"" : "\"-inf\"");
    else
        value_format(s->out, s->sc->strings, type, word);
}

static void put_name(struct sheet *s, uint32_t var)
{
    buf_json(s->out, scope_var_name(s->sc, var));
}

static void put_values(struct sheet *s, const struct proof *p)
{
    uint64_t word;
    bool any = false;
    buf_puts(s->out, ",\"values\":{");
    for (uint32_t i = 0; i < p->f->n_fv; i++) {
        if (!env_value(p->env, p->f->fv[i], &word)) continue;
        if (any) buf_putc(s->out, ',');
        put_name(s, p->f->fv[i]);
        buf_putc(s->out, ':');
        put_value(s, p->f->fv[i], word);
        any = true;
    }
    buf_putc(s->out, '}');
}

static void put_tuples(struct sheet *s, const char *key, const uint32_t *vars, uint32_t n,
                       const uint64_t *words, size_t n_tuples)
{
    buf_fmt(s->out, ",\"%s\":[", key);
    for (size_t t = 0; t < n_tuples; t++) {
        buf_puts(s->out, t ? ",{" : "{");
        for (uint32_t i = 0; i < n; i++) {
            if (i) buf_putc(s->out, ',');
            put_name(s, vars[i]);
            buf_putc(s->out, ':');
            put_value(s, vars[i], words[t * n + i]);
        }
        buf_putc(s->out, '}');
    }
    buf_putc(s->out, ']');
}

static void put_place(struct sheet *s, const char *key, int64_t at)
{
    bool end = at > s->r->last;
    buf_fmt(s->out, ",\"%s\":{", key);
    if (!s->r->clock && !s->r->unnumbered) buf_fmt(s->out, "\"point\":%lld,", (long long)at);
    if (end)
        buf_puts(s->out, "\"time\":null}");
    else
        buf_fmt(s->out, "\"time\":%lld}", (long long)record_stamp(s->r, at));
}

static void put_node(struct sheet *s, const struct proof *p)
{
    buf_fmt(s->out, "{\"rule\":\"%s\",\"holds\":%s,\"formula\":", rule_names[p->rule],
            p->holds ? "true" : "false");
    buf_clear(&s->text);
    if (p->rule == PROOF_FACT || p->rule == PROOF_ABSENT)
        atom_text(&s->text, s->sc, p);
    else
        formula_text_add(&s->formulas, &s->text, s->sc, p->f);
    buf_json(s->out, buf_str(&s->text));
    put_place(s, "from", p->from);
    put_place(s, "to", p->to);
    put_values(s, p);
    if (p->rule == PROOF_ABSENT && atom_others(p)) buf_puts(s->out, ",\"other\":true");
    if (p->rule == PROOF_CASES) put_tuples(s, "cases", p->vars, p->n_vars, p->words, p->n_cases);
    if (p->rule == PROOF_WITNESS) put_tuples(s, "with", p->f->vars, p->f->n_vars, p->words, 1);
    if (p->n_sub) buf_puts(s->out, ",\"because\":[");
    for (size_t i = 0; i < p->n_sub; i++) {
        if (i) buf_putc(s->out, ',');
        put_node(s, p->sub[i]);
    }
    buf_puts(s->out, p->n_sub ? "]}" : "}");
}

void proof_json(struct buf *out, const struct scope *sc, struct record *r, const struct proof *p)
{
    struct sheet s = {.out = out, .sc = sc, .r = r};
    buf_init(&s.text);
    formula_texts_init(&s.formulas);
    put_node(&s, p);
    out->failed |= s.text.failed;
    formula_texts_free(&s.formulas);
    buf_free(&s.text);
}
