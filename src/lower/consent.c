/* Consents that the agreement states: where one of them stands for the bearer,
 *
 *     from P AND condition AND NOT ONCE[delay,*) withdrawal
 *
 * beside the consents that are on record. */
#include "lower/lowering.h"

/* Is it given to the bearer (together: to all of them)? */
static bool given_to(const struct lowering *b, const struct consent *c)
{
    bool all = b->bearer == VERDICT_ALL;
    if (!all) return indices_has(c->to, b->bearer);
    for (uint32_t i = 0; i < b->p->bearers.n && all; i++)
        all = indices_has(c->to, b->p->bearers.v[i]);
    return all;
}

/* Is its giver among those whose consent is asked for? */
static bool given_by(const struct lowering *b, const struct consent *c, const struct phrase *ph,
                     uint32_t actor)
{
    if (actor != FACTS_NONE) return c->by == actor;
    if (ph->who == WHO_ANYONE) return true;
    if (ph->who == WHO_BEARER) return c->by == b->bearer;
    return ph->who == WHO_ONE_OF && indices_has(ph->actors, c->by);
}

/* What stands in the agreement is written, and prior; nothing else is known of it. */
static bool meets(const struct lowering *b, const struct phrase *ph)
{
    const struct kind *k = &b->g->kinds[ph->kind];
    for (uint32_t i = 0; i < ph->n_tests; i++) {
        const struct attribute_test *t = &ph->tests[i];
        if (k->attributes[t->attribute].type != ATTRIBUTE_YESNO || t->lo != 1 || t->negated)
            return false;
    }
    return true;
}

static struct formula *stands(struct lowering *b, const struct consent *c)
{
    struct scope *sc = &b->v->scope;
    struct formula *f = formula_true(sc);
    if (c->has_from) {
        instant first, last;
        lowering_point(b, &c->from, &first, &last);
        struct fixed_row row = {first, INSTANT_MAX, first};
        f = lowering_fact(b, lowering_fixed(b, place_text(c->from.at), &row, 1, false));
    }
    if (c->condition) f = lowering_and(b, f, lowering_condition(b, c->condition));
    if (c->withdrawal.kind == LANG_NONE) return f;
    struct formula *withdrawn =
        lowering_some(b, lowering_phrase(b, &c->withdrawal, FACTS_NONE, c->on_receipt));
    struct bound since = {lowering_edge(b, &c->delay, false), edge_seconds(INSTANT_MAX)};
    return lowering_and(b, f, formula_not(sc, formula_temporal(sc, F_ONCE, since, withdrawn)));
}

struct formula *lowering_stated(struct lowering *b, const struct phrase *ph, uint32_t actor,
                                struct formula *on_record)
{
    struct formula *f = on_record;
    for (uint32_t i = 0; i < b->g->n_consents; i++) {
        const struct consent *c = &b->g->consents[i];
        if (c->kind != ph->kind || !given_by(b, c, ph, actor) || !given_to(b, c) || !meets(b, ph))
            continue;
        f = formula_or(&b->v->scope, f, stands(b, c));
    }
    return f;
}
