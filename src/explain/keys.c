/* Which facts a proof of one verdict can cite or miss.  An argument that is a constant, or a
 * variable that has its value from the verdict, has that value wherever the proof goes; what all
 * occurrences of a predicate agree on is its key.  Variables that EXISTS, an aggregation or a LET
 * bind on the way down are `hidden`: theirs is another value. */
#include "explain/explain.h"

#include <string.h>

struct keys {
    struct fact_key *keys; /* by predicate of the signature */
    bool *seen;
    size_t n;
    uint64_t *value; /* by variable; where `has` */
    bool *has;
    bool failed;
    struct arena *a;
    const struct scope *sc;
};

static void visit(struct keys *k, const struct formula *f);

/* Meet this occurrence's key with those of the others. */
static void visit_pred(struct keys *k, const struct formula *f)
{
    if (f->pred >= k->n || k->sc->preds[f->pred].kind != PRED_EVENT) return;
    struct fact_key *key = &k->keys[f->pred];
    uint64_t *words = arena_array(k->a, f->n_args ? f->n_args : 1, sizeof *words), mask = 0;
    k->failed |= !words;
    if (!words) return;
    for (uint32_t i = 0; i < f->n_args && i < 64; i++) {
        const struct term *t = f->args[i];
        bool known = t->op == TERM_CONST || (t->op == TERM_VAR && k->has[t->var]);
        if (known) words[i] = t->op == TERM_CONST ? t->value : k->value[t->var];
        bool agreed = !k->seen[f->pred] || (key->mask >> i & 1 && key->words[i] == words[i]);
        if (known && agreed) mask |= UINT64_C(1) << i;
    }
    k->seen[f->pred] = true;
    *key = (struct fact_key){mask, words};
}

static void visit_path(struct keys *k, const struct path *p)
{
    if (!p) return;
    if (p->test) visit(k, p->test);
    visit_path(k, p->a);
    visit_path(k, p->b);
}

/* Under variables of its own: all of `all`'s, but those in `but`. */
static void visit_hiding(struct keys *k, const struct formula *f, const uint32_t *vars, uint32_t n,
                         const uint32_t *but, uint32_t n_but)
{
    bool *has = k->has;
    bool *inner = arena_array(k->a, k->sc->n_vars + 1, sizeof *inner);
    k->failed |= !inner;
    if (!inner) return;
    memcpy(inner, has, k->sc->n_vars * sizeof *inner);
    for (uint32_t i = 0; i < n; i++) {
        bool kept = false;
        for (uint32_t j = 0; j < n_but; j++) kept |= but[j] == vars[i];
        if (!kept) inner[vars[i]] = false;
    }
    k->has = inner;
    visit(k, f);
    k->has = has;
}

static void visit(struct keys *k, const struct formula *f)
{
    if (k->failed) return;
    switch (f->op) {
    case F_PRED: visit_pred(k, f); return;
    case F_EXISTS: visit_hiding(k, f->sub[0], f->vars, f->n_vars, NULL, 0); return;
    case F_AGG:
        visit_hiding(k, f->sub[0], f->sub[0]->fv, f->sub[0]->n_fv, f->vars, f->n_vars);
        return;
    case F_LET:
    case F_LETPAST:
        visit_hiding(k, f->sub[0], f->sub[0]->fv, f->sub[0]->n_fv, NULL, 0);
        visit(k, f->sub[1]);
        return;
    default: break;
    }
    visit_path(k, f->path);
    for (uint32_t i = 0; i < f->n_sub; i++) visit(k, f->sub[i]);
}

const struct fact_key *explain_keys(struct arena *a, const struct scope *sc,
                                    const struct formula *f, const uint64_t *words)
{
    struct keys k = {.a = a, .sc = sc, .n = sc->sig->n};
    k.keys = arena_array(a, k.n + 1, sizeof *k.keys);
    k.seen = arena_array(a, k.n + 1, sizeof *k.seen);
    k.value = arena_array(a, sc->n_vars + 1, sizeof *k.value);
    k.has = arena_array(a, sc->n_vars + 1, sizeof *k.has);
    if (!k.keys || !k.seen || !k.value || !k.has) return NULL;
    for (uint32_t i = 0; i < f->n_fv; i++) {
        k.value[f->fv[i]] = words[i];
        k.has[f->fv[i]] = true;
    }
    visit(&k, f);
    return k.failed ? NULL : k.keys;
}
