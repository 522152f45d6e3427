/* A right to suspend by notice (row 13): where a suspension by it runs, as a closed formula.
 *
 * n is a notice of the one who has the right, at its receipt; v a violation by the one after whose
 * violations the right is there, `enough` that there were so many within their window; `broken` any
 * violation of that provision, or (all of them covered) that it was not covered; d the stretch.
 *
 *     right    ONCE[1,1] (NOT n SINCE (enough AND (NOT n SINCE v)))
 *     begins   n AND right
 *     runs     ONCE[0,d-1] begins OR (ONCE[0,d-1] broken) SINCE (broken AND ONCE[0,d] begins)
 *
 * So each violation that makes it enough gives the right again, and a notice uses it up.  A suspension
 * runs until d seconds lie behind its notice that were not broken: the second line says it in two
 * parts, the stretch behind the notice and what breaks prolong, because a notice at an unknown
 * instant of a span then still leaves certain what is certain. */
#include "lang/power.h"
#include "lower/lowering.h"

struct right {
    const struct provision *gives; /* the provision of row 13 */
    const struct provision *first; /* whose violations give it: its first version */
};

static struct formula *either(struct lowering *b, struct formula *a, struct formula *c)
{
    return a ? formula_or(&b->v->scope, a, c) : c;
}

static struct formula *since(struct lowering *b, uint32_t notice, struct formula *f)
{
    struct scope *sc = &b->v->scope;
    return formula_since(sc, formula_not(sc, lowering_some(b, notice)), bound_all(), f);
}

/* A violation falls on this second. */
static struct formula *strikes(struct lowering *b, const struct pattern_parts *parts)
{
    struct formula *f = lowering_late(b, parts);
    return parts->anchor_pred == LOWER_NONE ? f : formula_exists(&b->v->scope, &parts->id, 1, f);
}

/* ---- the right ---- */

/* By the violations of one (VERDICT_ALL: of all bearers together) of a version. */
static struct formula *arises(struct lowering *b, const struct right *r, uint32_t version,
                              uint32_t violator, uint32_t notice)
{
    const struct trigger *t = &r->gives->trigger;
    struct pattern_parts now, counted;
    if (!lowering_reference(b, version, violator, false, &now)) return NULL;
    struct formula *struck = since(b, notice, strikes(b, &now));
    if (t->count > 1) {
        if (!lowering_reference(b, version, violator, false, &counted)) return NULL;
        struct formula *enough = lowering_times(b, t->count, &t->window, &counted, false);
        struct formula *both = formula_and(&b->v->scope, enough, struck);
        struck = since(b, notice, both);
    }
    return formula_temporal(&b->v->scope, F_ONCE, bound_seconds(1, 1), struck);
}

/* By the violations of a version; the right is `holder`'s. */
static struct formula *by_version(struct lowering *b, const struct right *r, uint32_t version,
                                  uint32_t holder, uint32_t notice)
{
    const struct trigger *t = &r->gives->trigger;
    const struct provision *of = &b->g->provisions[version];
    struct formula *any = NULL;
    bool single = of->together || of->bearers.n == 1, one = t->by_one && !single;
    for (uint32_t i = 0; i < of->bearers.n && one; i++)
        if (t->violator != VIOLATOR_OTHER || of->bearers.v[i] != holder)
            any = either(b, any, arises(b, r, version, of->bearers.v[i], notice));
    if (t->violator == VIOLATOR_OTHER || (one && t->count > 1)) return any;
    uint32_t all = single && !of->together ? of->bearers.v[0] : VERDICT_ALL;
    return either(b, any, arises(b, r, version, all, notice));
}

static struct formula *has_right(struct lowering *b, const struct right *r, uint32_t holder,
                                 uint32_t notice)
{
    struct formula *any = NULL;
    for (const struct provision *p = r->first;;) {
        uint32_t version = (uint32_t)(p - b->g->provisions);
        struct formula *one = by_version(b, r, version, holder, notice);
        if (one) any = either(b, any, one);
        if (p->next_version == LANG_NONE) break;
        p = &b->g->provisions[p->next_version];
    }
    return any ? any : formula_false(&b->v->scope);
}

/* The right itself may have a time of its own. */
static struct formula *in_time(struct lowering *b, const struct right *r)
{
    struct span term;
    bool empty;
    struct formula *f = lowering_term(b, r->gives, &term, &empty);
    return lowering_and(b, f, lowering_frames(b, r->gives));
}

static struct formula *begins(struct lowering *b, const struct right *r, uint32_t holder, bool tell)
{
    const struct power *w = r->gives->power;
    struct lowered_pred pred = {.source = PRED_SELECTS,
                                .keyed = true,
                                .recorded = true,
                                .or_given = true,
                                .selector = lowering_selector(b, &w->notice, holder)};
    uint32_t notice = lowering_pred(b, &pred);
    if (notice == LOWER_NONE) return NULL;
    struct formula *right = lowering_and(b, has_right(b, r, holder, notice), in_time(b, r));
    struct formula *f = formula_and(&b->v->scope, lowering_some(b, notice), right);
    if (tell && b->n_parts < MAX_PARTS)
        b->parts[b->n_parts++] = (struct part){PART_NOTICE, f, r->gives->at, notice};
    return f;
}

/* ---- the end ---- */

/* Nobody would have seen an act that violates it. */
static struct formula *unseen(struct lowering *b, const struct provision *of)
{
    const struct provision *saved = b->p;
    uint32_t bearer = b->bearer;
    b->p = of;
    b->bearer = VERDICT_ALL;
    struct lowered_pred pred = {.source = PRED_UNCOVERED,
                                .selector = lowering_selector(b, &of->act, FACTS_NONE)};
    b->p = saved;
    b->bearer = bearer;
    return lowering_fact(b, lowering_pred(b, &pred));
}

/* What breaks a stretch without violation: one by any of those bound; one of them, it is not known
 * which, does so too. */
static struct formula *broken(struct lowering *b, const struct right *r)
{
    struct formula *any = NULL;
    for (const struct provision *p = r->first;;) {
        uint32_t version = (uint32_t)(p - b->g->provisions);
        uint32_t n = p->together || p->bearers.n == 1 ? 0 : p->bearers.n;
        for (uint32_t i = 0; i <= n; i++) {
            struct pattern_parts parts;
            uint32_t who = i < n                               ? p->bearers.v[i]
                           : p->bearers.n == 1 && !p->together ? p->bearers.v[0]
                                                               : VERDICT_ALL;
            if (!lowering_reference(b, version, who, false, &parts)) return NULL;
            any = either(b, any, strikes(b, &parts));
        }
        if (r->gives->power->covered) any = either(b, any, unseen(b, p));
        if (p->next_version == LANG_NONE) break;
        p = &b->g->provisions[p->next_version];
    }
    return any;
}

struct formula *lowering_suspension(struct lowering *b, const struct condition *c)
{
    struct scope *sc = &b->v->scope;
    struct right r = {&b->g->provisions[c->power], &b->g->provisions[c->provision]};
    struct formula *begun = NULL;
    bool tell = b->telling;
    b->telling = false;
    for (uint32_t i = 0; i < r.gives->bearers.n; i++)
        begun = either(b, begun, begins(b, &r, r.gives->bearers.v[i], tell));
    struct formula *breaks = broken(b, &r);
    struct bound within = lowering_window(b, &c->window, true),
                 up_to = lowering_window(b, &c->window, false);
    struct formula *first = formula_temporal(sc, F_ONCE, within, begun);
    struct formula *breach = formula_and(sc, breaks, formula_temporal(sc, F_ONCE, up_to, begun));
    struct formula *goes_on = formula_temporal(sc, F_ONCE, within, breaks);
    return formula_or(sc, first, formula_since(sc, goes_on, bound_all(), breach));
}
