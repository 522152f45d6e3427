/* Row 10: duties that follow the violation of another provision.
 *
 * The anchor is the anchor of that violation: the act, or the deadline that was missed; so its
 * identity, and what is uncertain of it, stay with the duty.  At an anchor `id` of bearers V
 *
 *     once                 violation_V(id)
 *     n times in any w     violation_V(id), and for one q of V: violation_q(id), n or more
 *                          violations of q within w up to here, and fewer a second ago
 *
 * so a count fires again only after it has fallen below.  Without an anchor of its own (an episode
 * of a status) the first second of the violation stands for it. */
#include "lower/duty.h"

/* One bearer of `of`, as the bearer at hand is the violator itself or the other. */
static uint32_t violator_of(const struct lowering *b, const struct provision *of)
{
    enum violator v = b->p->trigger.violator;
    if (v == VIOLATOR_OTHER && b->bearer != VERDICT_ALL)
        return of->bearers.v[of->bearers.v[0] == b->bearer ? 1 : 0];
    if (v == VIOLATOR_SAME && b->bearer != VERDICT_ALL) return b->bearer;
    return of->bearers.n == 1 ? of->bearers.v[0] : VERDICT_ALL;
}

/* Whose violations make the duty of the bearer at hand arise. */
static uint32_t violators(const struct lowering *b, const struct provision *of)
{
    if (of->together) return VERDICT_ALL;
    if (b->follower == b->p) return b->follows;
    if (b->p->trigger.of_first) return of->bearers.n == 1 ? of->bearers.v[0] : VERDICT_ALL;
    return violator_of(b, of);
}

/* The provision that was violated, lowered for `bearer`. */
static bool refer(struct lowering *b, uint32_t bearer, bool top, struct pattern_parts *out)
{
    const struct trigger *t = &b->p->trigger;
    const struct provision *first = &b->g->provisions[t->provision], *saved = b->follower;
    if (t->of_first) {
        b->follower = first;
        b->follows = violator_of(b, &b->g->provisions[first->trigger.provision]);
    }
    bool ok = lowering_reference(b, t->provision, bearer, top, out);
    b->follower = saved;
    return ok;
}

static struct formula *at_due(struct lowering *b, struct edge due, struct formula *f)
{
    if (due.map == MAP_NONE && due.seconds == 0) return f;
    return formula_temporal(&b->v->scope, F_EVENTUALLY, (struct bound){due, due}, f);
}

/* The count of one violator has just been reached: NULL on failure. */
static struct formula *reached(struct lowering *b, uint32_t violator,
                               const struct pattern_parts *anchor, bool top)
{
    struct scope *sc = &b->v->scope;
    const struct trigger *t = &b->p->trigger;
    struct pattern_parts here, counted;
    b->shares_id = true;
    b->shared_id = anchor->id;
    bool ok = refer(b, violator, top, &here);
    b->shares_id = false;
    if (!ok || !refer(b, violator, false, &counted)) return NULL;
    struct formula *enough = lowering_times(b, t->count, &t->window, &counted, false);
    struct formula *before = formula_temporal(sc, F_ONCE, bound_seconds(1, 1), enough);
    struct formula *rises = formula_and(sc, enough, formula_not(sc, before));
    return formula_and(sc, here.violation, at_due(b, anchor->due, rises));
}

/* "the violation of `id` that makes the duty arise" */
static struct formula *struck(struct lowering *b, bool top, struct pattern_parts *anchor)
{
    const struct trigger *t = &b->p->trigger;
    const struct provision *of = &b->g->provisions[t->provision];
    uint32_t who = violators(b, of);
    if (!refer(b, who, top, anchor)) return NULL;
    if (t->count <= 1 || anchor->anchor_pred == LOWER_NONE) return anchor->violation;
    if (!t->by_one || who != VERDICT_ALL || of->together) {
        struct formula *one = reached(b, who, anchor, top);
        return lowering_and(b, anchor->violation, one);
    }
    struct formula *any = NULL;
    for (uint32_t i = 0; i < of->bearers.n; i++) {
        struct formula *one = reached(b, of->bearers.v[i], anchor, top);
        any = any ? formula_or(&b->v->scope, any, one) : one;
    }
    return lowering_and(b, anchor->violation, any);
}

/* Missed deadlines that are fixed: each gives one, its period later. */
static bool after_fixed(struct lowering *b, bool top, struct duty *d, struct pattern_parts *out,
                        struct formula *trigger)
{
    const struct lowered_pred *missed = &b->v->preds[out->anchor_pred];
    struct fixed_row *rows = arena_array(&b->l->arena, missed->n_rows, sizeof(*rows));
    if (!rows) {
        b->failed = true;
        return false;
    }
    instant longest = 0;
    for (size_t i = 0; i < missed->n_rows; i++) {
        instant from = missed->rows[i].to;
        instant due = agreement_later(b->g, &b->p->deadline.period, from);
        rows[i] = (struct fixed_row){due, due, from};
        if (due - from > longest) longest = due - from;
    }
    uint32_t anchor = lowering_fixed(b, place_text(b->p->deadline.at), rows, missed->n_rows, true);
    d->window = bound_seconds(0, longest);
    struct formula *tested = formula_temporal(&b->v->scope, F_ONCE, bound_all(), trigger);
    if (d->if_) tested = lowering_and(b, tested, d->if_);
    return duty_at_deadline(b, top, d, out, anchor, tested);
}

/* Counted from the record of the act: the same act, at the time of its record. */
static struct formula *from_record(struct lowering *b, struct pattern_parts *out,
                                   struct formula *trigger)
{
    struct lowered_pred pred = b->v->preds[out->anchor_pred];
    pred.recorded = true;
    out->anchor_pred = lowering_pred(b, &pred);
    return formula_and(&b->v->scope, lowering_atom(b, out->anchor_pred, out->id),
                       formula_temporal(&b->v->scope, F_ONCE, bound_all(), trigger));
}

bool duty_on_violation(struct lowering *b, bool top, struct duty *d, struct pattern_parts *out)
{
    struct pattern_parts anchor;
    struct formula *trigger = struck(b, top, &anchor);
    if (!trigger) return false;
    if (anchor.anchor_pred == LOWER_NONE)
        return duty_when(b, d, out, place_text(b->p->trigger.at), trigger);
    if (anchor.anchor == ANCHOR_EPISODE) { /* each stay is one violation, from its first second */
        struct formula *stays = formula_exists(&b->v->scope, &anchor.id, 1, trigger);
        return duty_when(b, d, out, place_text(b->p->trigger.at), stays);
    }
    out->anchor_pred = anchor.anchor_pred;
    out->id = anchor.id;
    enum pred_source source = b->v->preds[anchor.anchor_pred].source;
    if (source == PRED_FIXED) return after_fixed(b, top, d, out, trigger);
    if (b->p->trigger.recorded && source == PRED_SELECTS && anchor.anchor == ANCHOR_EVENT)
        trigger = from_record(b, out, trigger);
    return duty_after(b, d, out, trigger, anchor.due);
}
