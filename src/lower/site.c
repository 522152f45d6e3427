/* Row 3 with sites: an instance is a check.  It violates when at one of the bearer's sites fewer were
 * present than the site holds.  A check without access does not violate: what it would have shown is
 * not known, and no report can tell (PRED_UNKNOWN).
 *
 *   (missing_1(id) OR … OR no access(id) AND unknown) AND T AND W        anchored at each check */
#include "lower/lowering.h"

static struct attribute_test *tests_for(struct lowering *b, const struct site *x, uint32_t *n,
                                        bool access)
{
    struct attribute_test *t = arena_array(&b->l->arena, 3, sizeof(*t));
    uint32_t *owner = arena_array(&b->l->arena, 1, sizeof(*owner));
    if (!t || !owner) {
        b->failed = true;
        return NULL;
    }
    *owner = x->owner;
    *n = 0;
    t[(*n)++] = (struct attribute_test){.attribute = x->of, .actors = {owner, 1}};
    if (x->access != LANG_NONE)
        t[(*n)++] = (struct attribute_test){.attribute = x->access, .lo = access, .hi = access};
    int64_t held = b->p->sites_verified ? x->verified : x->declared;
    if (access)
        t[(*n)++] =
            (struct attribute_test){.attribute = x->present, .lo = INT64_MIN, .hi = held - 1};
    return t;
}

/* A predicate of checks at the site, a row for each alternative like the anchor's. */
static struct formula *checked(struct lowering *b, bool top, const struct site *x, bool access,
                               uint32_t id)
{
    struct phrase phrase = b->p->act;
    phrase.tests = tests_for(b, x, &phrase.n_tests, access);
    phrase.zone = x->zone;
    phrase.places = PLACED_AT;
    return lowering_atom(b, lowering_anchor(b, &phrase, top, false), id);
}

static struct formula * or (struct lowering * b, struct formula *a, struct formula *c)
{
    return a ? formula_or(&b->v->scope, a, c) : c;
}

bool lowering_sites(struct lowering *b, bool top, struct pattern_parts *out)
{
    struct scope *sc = &b->v->scope;
    struct phrase any = b->p->act;
    struct formula *wrong = NULL;
    struct lowered_pred pred = {.source = PRED_UNKNOWN,
                                .words = STR("what the check would have shown, with access")};
    uint32_t n = 0, unknown = LOWER_NONE;
    const struct site *first = &b->g->sites[b->p->sites.v[0]];
    out->anchor = ANCHOR_EVENT;
    out->each = true;
    uint32_t *owner = arena_array(&b->l->arena, 1, sizeof(*owner));
    struct attribute_test *whose = arena_array(&b->l->arena, 1, sizeof(*whose));
    if (!owner || !whose) return false;
    *owner = b->bearer;
    *whose = (struct attribute_test){.attribute = first->of, .actors = {owner, 1}};
    if (b->bearer == VERDICT_ALL) whose->actors = lowering_bearers(b);
    any.tests = whose;
    any.n_tests = 1;
    any.zone = LANG_NONE;
    out->anchor_pred = lowering_anchor(b, &any, top, false);
    out->id = lowering_id(b);
    struct formula *check = lowering_atom(b, out->anchor_pred, out->id);
    struct formula *where = lowering_applies(b, out);
    out->made = lowering_and(b, check, where);
    for (uint32_t i = 0; i < b->p->sites.n; i++) {
        const struct site *x = &b->g->sites[b->p->sites.v[i]];
        if (b->bearer != VERDICT_ALL && x->owner != b->bearer) continue;
        wrong = or (b, wrong, checked(b, top, x, true, out->id));
        n++;
        if (x->access == LANG_NONE) continue;
        if (unknown == LOWER_NONE) unknown = lowering_pred(b, &pred);
        struct formula *shut = checked(b, top, x, false, out->id);
        wrong = or (b, wrong, formula_and(sc, shut, lowering_fact(b, unknown)));
    }
    /* Not with check(id) too: an unseen check must not be taken for one that was seen. */
    out->raw = n ? lowering_and(b, wrong, where) : formula_false(sc);
    out->violation = lowering_excused(b, top, LOWER_NONE, out->raw, &out->excusable);
    return true;
}
