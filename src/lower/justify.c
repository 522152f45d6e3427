/* Row 9: a violation is justified when its bearer claimed a ground for it, showed it to the body in
 * time, and the body accepted it and did not reject it afterwards; in T of the justification:
 *
 *     X(id) = (ONCE c(id) OR EVENTUALLY c(id))             claimed, whenever
 *             AND (ONCE s(id) OR EVENTUALLY[0,d] s(id))    shown at most d after it
 *             AND (ONCE a(id) OR EVENTUALLY a(id))         a: accepted(id) AND NOT EVENTUALLY rejected(id)
 *
 * and V is taken with NOT X.  Steps refer to the anchor by its identity, so c, s, a are predicates of
 * its column (PRED_REFERS).  What a body may yet decide leaves the verdict as the record has it. */
#include "lower/lowering.h"

bool lower_justifies(const struct agreement *g, uint32_t q, uint32_t provision, uint32_t bearer)
{
    const struct provision *pv = &g->provisions[q];
    if (pv->justifies != provision_first(g, provision)) return false;
    return bearer == VERDICT_ALL || indices_has(pv->bearers, bearer);
}

/* Whose step it is, and what it refers to. */
struct claim {
    const struct provision *of; /* the justification */
    uint32_t anchor;            /* predicate */
    uint32_t id;
};

static struct attribute_test *step_tests(struct lowering *b, const char *step, uint32_t to)
{
    struct attribute_test *t = arena_array(&b->l->arena, 2, sizeof(*t));
    struct str *text = arena_alloc(&b->l->arena, sizeof(*text));
    uint32_t *body = arena_alloc(&b->l->arena, sizeof(*body));
    if (!t || !text || !body) {
        b->failed = true;
        return NULL;
    }
    *text = str_of(step);
    *body = to;
    t[0] = (struct attribute_test){.attribute = GROUND_STEP, .texts = text, .n_texts = 1};
    t[1] = (struct attribute_test){.attribute = GROUND_TO, .actors = {body, 1}};
    return t;
}

/* `actor` LANG_NONE: the bearer's; `to` LANG_NONE: to whomever. */
static struct formula *step(struct lowering *b, const struct claim *c, const char *word,
                            uint32_t actor, uint32_t to)
{
    const struct lowered_pred *anchor = &b->v->preds[c->anchor];
    struct phrase phrase = c->of->act;
    phrase.tests = step_tests(b, word, to);
    if (!phrase.tests) return NULL;
    phrase.n_tests = to == LANG_NONE ? 1 : 2;
    struct lowered_pred pred = {.source = PRED_REFERS,
                                .keyed = true,
                                .by_alternative = anchor->by_alternative,
                                .refers_by = GROUND_INCIDENT,
                                .refers_to = LANG_NONE,
                                .refers_name = b->g->provisions[c->of->justifies].name};
    if (anchor->source == PRED_SELECTS) pred.refers_to = anchor->selector.kind;
    pred.selector =
        lowering_selector(b, &phrase, actor == LANG_NONE ? (uint32_t)FACTS_NONE : actor);
    pred.words = str_fmt(&b->l->arena, "what %.*s refers to; filed", STR_ARG(pred.selector.words));
    if (!pred.words.p) b->failed = true;
    return lowering_atom(b, lowering_pred(b, &pred), c->id);
}

/* Before, or at most until the edge after. */
static struct formula *about(struct lowering *b, struct bound ahead, struct formula *f)
{
    struct scope *sc = &b->v->scope;
    return formula_or(sc, formula_temporal(sc, F_ONCE, bound_all(), f),
                      formula_temporal(sc, F_EVENTUALLY, ahead, f));
}

static struct formula *accepted(struct lowering *b, const struct claim *c)
{
    struct scope *sc = &b->v->scope;
    struct formula *yes = step(b, c, "accepted", c->of->body, LANG_NONE);
    struct formula *no = step(b, c, "rejected", c->of->body, LANG_NONE);
    return formula_and(sc, yes,
                       formula_not(sc, formula_temporal(sc, F_EVENTUALLY, bound_all(), no)));
}

/* Where the justification itself is in force, at the anchor. */
static struct formula *may_plead(struct lowering *b, const struct provision *q)
{
    const struct provision *saved = b->p;
    struct span term;
    bool empty;
    b->p = q;
    struct formula *f = lowering_term(b, q, &term, &empty);
    b->p = saved;
    return f;
}

static struct formula *justified(struct lowering *b, const struct claim *c)
{
    struct scope *sc = &b->v->scope;
    struct formula *claimed = about(b, bound_all(), step(b, c, "claimed", LANG_NONE, LANG_NONE));
    struct bound in_time = lowering_window(b, &c->of->deadline.period, false);
    struct formula *shown = about(b, in_time, step(b, c, "shown", LANG_NONE, c->of->body));
    struct formula *heard = formula_and(sc, shown, about(b, bound_all(), accepted(b, c)));
    return lowering_and(b, formula_and(sc, claimed, heard), may_plead(b, c->of));
}

void lowering_justified(struct lowering *b, struct pattern_parts *out)
{
    struct scope *sc = &b->v->scope;
    uint32_t provision = (uint32_t)(b->p - b->g->provisions);
    bool at_anchor = out->due.map == MAP_NONE && out->due.seconds == 0;
    if (out->anchor_pred == LOWER_NONE) return;
    for (size_t i = 0; i < b->l->n_justifications; i++) {
        uint32_t q = b->l->justifications[i];
        if (!lower_justifies(b->g, q, provision, b->bearer)) continue;
        struct claim c = {&b->g->provisions[q], out->anchor_pred, out->id};
        struct formula *x = justified(b, &c);
        if (!at_anchor) /* counted from its deadline */
            x = formula_temporal(sc, F_EVENTUALLY, (struct bound){out->due, out->due}, x);
        out->violation = formula_and(sc, out->violation, formula_not(sc, x));
        out->excusable = true;
    }
}
