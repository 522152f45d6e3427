/* Values in force; see explainer.h. */
#include "explain/explainer.h"

#include "engine/table.h"

#include <string.h>

#define STEPS_MAX 2000000

void *need(struct explainer *x, size_t n, size_t size)
{
    void *p = arena_array(x->a, n ? n : 1, size);
    x->failed |= !p;
    return p;
}

bool tired(struct explainer *x)
{
    if (++x->steps < STEPS_MAX) return x->failed;
    x->tired = x->unknown = true;
    return true;
}

const struct binds *env_link(const struct binds *e, uint32_t var)
{
    for (; e; e = e->outer)
        for (uint32_t i = 0; i < e->n; i++)
            if (e->vars[i] == var) return e;
    return NULL;
}

bool env_value(const struct binds *e, uint32_t var, uint64_t *word)
{
    const struct binds *l = env_link(e, var);
    if (!l || l->open) return false;
    for (uint32_t i = 0; i < l->n; i++)
        if (l->vars[i] == var) *word = l->words[i];
    return true;
}

static const struct binds *link_new(struct explainer *x, struct binds link)
{
    if (link.n == 0) return link.outer;
    struct binds *e = need(x, 1, sizeof *e);
    if (!e) return NULL;
    *e = link;
    return e;
}

const struct binds *env_bind(struct explainer *x, const struct binds *outer, const uint32_t *vars,
                             uint32_t n, const uint64_t *words)
{
    return link_new(x, (struct binds){outer, vars, n, false, words, 0, NULL});
}

const struct binds *env_open(struct explainer *x, const struct binds *outer, const uint32_t *vars,
                             uint32_t n, const struct rows *tuples)
{
    return link_new(x, (struct binds){outer, vars, n, true, tuples ? tuples->words : NULL,
                                      tuples ? tuples->n : 0, tuples});
}

uint32_t env_unbound(struct explainer *x, const struct binds *e, const struct formula *f,
                     uint32_t **vars)
{
    uint32_t n = 0;
    uint64_t word;
    *vars = need(x, f->n_fv, sizeof **vars);
    for (uint32_t i = 0; *vars && i < f->n_fv; i++)
        if (!env_value(e, f->fv[i], &word)) (*vars)[n++] = f->fv[i];
    return n;
}

bool env_closes(const struct binds *e, const struct formula *f)
{
    uint64_t word;
    for (uint32_t i = 0; i < f->n_fv; i++)
        if (!env_value(e, f->fv[i], &word)) return false;
    return true;
}

static bool load(struct explainer *x, const struct term *t, const struct binds *e)
{
    if (t->op == TERM_VAR) return env_value(e, t->var, &x->values[t->var]);
    return (!t->a || load(x, t->a, e)) && (!t->b || load(x, t->b, e));
}

int env_term(struct explainer *x, const struct term *t, const struct binds *e, uint64_t *word)
{
    bool fault = false;
    if (!load(x, t, e)) return -1;
    bool defined = term_eval(t, x->values, x->sc->strings, word, &fault);
    x->failed |= fault;
    return defined;
}

/* An open link of the parameters that stands for `l`, all of whose variables are arguments. */
static const struct binds *carry(struct explainer *x, const struct binds *e, const struct binds *l,
                                 const struct formula *f, const struct formula *let)
{
    uint32_t *vars = need(x, l->n, sizeof *vars);
    if (!vars) return e;
    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t k = 0;
        while (k < f->n_args && (f->args[k]->op != TERM_VAR || f->args[k]->var != l->vars[i])) k++;
        if (k == f->n_args) return e;
        vars[i] = let->vars[k];
    }
    return env_open(x, e, vars, l->n, l->set);
}

const struct binds *env_of_let(struct explainer *x, const struct binds *e, const struct formula *f)
{
    const struct formula *let = x->lets[f->pred];
    const struct binds *inner = NULL, *carried = NULL;
    uint32_t *vars = need(x, f->n_args, sizeof *vars), n = 0;
    uint64_t *words = need(x, f->n_args, sizeof *words);
    if (!vars || !words) return NULL;
    for (uint32_t k = 0; k < f->n_args; k++) {
        const struct binds *l = f->args[k]->op == TERM_VAR ? env_link(e, f->args[k]->var) : NULL;
        if (env_term(x, f->args[k], e, &words[n]) == 1) {
            vars[n++] = let->vars[k];
        } else if (l && l->n_tuples && l != carried) {
            inner = carry(x, inner, l, f, let);
            carried = l;
        }
    }
    return env_bind(x, inner, vars, n, words);
}

const struct binds *env_exists(struct explainer *x, const struct binds *e, const struct formula *f)
{
    return env_open(x, e, f->vars, f->n_vars, NULL);
}

const struct binds *env_group(struct explainer *x, const struct binds *e, const struct formula *f)
{
    const struct formula *sub = f->sub[0];
    uint32_t *vars = need(x, sub->n_fv, sizeof *vars), n = 0;
    for (uint32_t i = 0; vars && i < sub->n_fv; i++) {
        bool group = false;
        for (uint32_t g = 0; g < f->n_vars; g++) group |= f->vars[g] == sub->fv[i];
        if (!group) vars[n++] = sub->fv[i];
    }
    return env_open(x, e, vars, n, NULL);
}

/* The argument that is this variable; n_args when none is. */
static uint32_t argument(const struct formula *f, uint32_t var)
{
    uint32_t k = 0;
    while (k < f->n_args && (f->args[k]->op != TERM_VAR || f->args[k]->var != var)) k++;
    return k;
}

static bool listed(const struct binds *l, const struct formula *f, const uint64_t *words)
{
    uint64_t tuple[64]; /* of different arguments of one predicate */
    for (uint32_t i = 0; i < l->n; i++) tuple[i] = words[argument(f, l->vars[i])];
    return rows_have(l->set, tuple);
}

bool env_excluded(const struct binds *e, const struct formula *f, const uint64_t *words)
{
    for (uint32_t k = 0; k < f->n_args; k++) {
        if (f->args[k]->op != TERM_VAR) continue;
        const struct binds *l = env_link(e, f->args[k]->var);
        if (!l || !l->open || !l->n_tuples) continue;
        bool covered = l->n <= 64;
        for (uint32_t i = 0; i < l->n; i++)
            covered =
                covered && argument(f, l->vars[i]) < f->n_args && env_link(e, l->vars[i]) == l;
        if (covered && listed(l, f, words)) return true;
    }
    return false;
}

void env_scan(struct explainer *x, struct fact_scan *s, const struct formula *f,
              const struct binds *e, int64_t from, int64_t to, bool back)
{
    uint64_t mask = 0;
    for (uint32_t k = 0; k < f->n_args && k < 64; k++) {
        const struct term *t = f->args[k];
        bool has = t->op != TERM_VAR || env_value(e, t->var, &s->key[k]);
        if (t->op != TERM_VAR) s->key[k] = t->value;
        if (has) mask |= UINT64_C(1) << k;
    }
    bool possible = x->possible && x->r->may;
    if (possible && x->r->wild) mask = 0; /* any value stands beside the key */
    scan_init(&s->scan, x->r, possible ? f->pred + x->r->may : f->pred, mask, s->key, from, to,
              back);
}

bool env_matches(const struct record *r, const struct binds *e, const struct formula *f,
                 const uint64_t *words)
{
    for (uint32_t k = 0; k < f->n_args; k++) {
        const struct term *t = f->args[k];
        uint64_t word = words[k];
        if (r->wild && word == VALUE_WILD) continue;
        if (t->op == TERM_VAR) {
            uint32_t first = argument(f, t->var);
            if (!env_value(e, t->var, &word)) word = words[first];
        } else {
            word = t->value;
        }
        if (word != words[k]) return false;
    }
    return true;
}

/* ---- sets of tuples ---- */

static size_t row_hash(const uint64_t *words, uint32_t n)
{
    uint64_t h = 0x9E3779B97F4A7C15U;
    for (uint32_t i = 0; i < n; i++) {
        h = (h ^ words[i]) * 0xBF58476D1CE4E5B9U;
        h ^= h >> 29;
    }
    return (size_t)h;
}

static bool rows_grow(struct explainer *x, struct rows *r)
{
    size_t cap = r->cap ? r->cap * 2 : 2, mask = cap * 2 - 1;
    uint64_t *words = need(x, cap * (r->width ? r->width : 1), sizeof *words);
    uint32_t *slots = need(x, mask + 1, sizeof *slots);
    if (!words || !slots) return false;
    if (r->n && r->width) memcpy(words, r->words, r->n * r->width * sizeof *words);
    for (size_t i = 0; i < r->n; i++) {
        size_t h = row_hash(words + i * r->width, r->width) & mask;
        while (slots[h]) h = (h + 1) & mask;
        slots[h] = (uint32_t)i + 1;
    }
    *r = (struct rows){words, r->n, cap, r->width, slots, mask};
    return true;
}

/* The slot of a tuple, or the one where it would stand. */
static size_t rows_slot(const struct rows *r, const uint64_t *words)
{
    size_t h = row_hash(words, r->width) & r->mask;
    for (; r->slots[h]; h = (h + 1) & r->mask) {
        const uint64_t *have = r->words + (size_t)(r->slots[h] - 1) * r->width;
        if (!r->width || memcmp(have, words, r->width * sizeof *words) == 0) break;
    }
    return h;
}

bool rows_have(const struct rows *r, const uint64_t *words)
{
    return r->n && r->slots[rows_slot(r, words)];
}

bool rows_add(struct explainer *x, struct rows *r, const uint64_t *words)
{
    if (r->n == r->cap && !rows_grow(x, r)) return false;
    size_t h = rows_slot(r, words);
    if (r->slots[h]) return true;
    if (r->width) memcpy(r->words + r->n * r->width, words, r->width * sizeof *words);
    r->slots[h] = (uint32_t)++r->n;
    return true;
}
