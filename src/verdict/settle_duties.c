/* Duties.
 *
 * Each trigger, or each fixed deadline, is one instance for each bearer.  A missed duty is one
 * episode, from its deadline to its performance or to the end of the term (or to `at`: what
 * happens after is not known).  With f and r the first seconds at which the act may have been
 * performed in worlds F and R, and m the one by which it certainly was, a certainly missed
 * deadline D makes
 *     [D, f-1] overdue    [f, r-1] unverified    [r, m-1] possibly violated */
#include "verdict/settle.h"

/* One instance, before it is judged. */
struct duty {
    const struct outcome *o;
    uint32_t fact;
    size_t step; /* of a schedule */
    instant arises, due_lo, due_hi;
    struct tally t;
};

static enum verdict verdict_of(const struct settling *s, const struct duty *d)
{
    const struct tally *t = &d->t;
    if (d->o->v->excusable && t->raw && !t->may_c) return VERDICT_EXCUSED;
    if (t->must_f) return VERDICT_OVERDUE;
    if (t->performed) return VERDICT_COMPLIED;
    if (d->due_hi > s->view->at) return VERDICT_PENDING;
    if (t->may_r && !t->must_r) return VERDICT_POSSIBLY_VIOLATED;
    if (t->may_r || t->may_c) return VERDICT_UNVERIFIED;
    return VERDICT_COMPLIED;
}

static instant earlier(instant a, instant b)
{
    return a < b ? a : b;
}

static instant later(instant a, instant b)
{
    return a > b ? a : b;
}

/* The last second at which anything can still be missed. */
static instant last_second(const struct settling *s)
{
    instant end = s->term.n ? s->term.items[s->term.n - 1].to : s->to;
    return earlier(end, s->view->at);
}

/* Mark the missed episode; its end. */
static instant mark_missed(struct settling *s, const struct duty *d, enum verdict v)
{
    instant end = last_second(s);
    if (d->o->v->lag)
        return settle_missed_step(s, d->o, d->step, (struct span){d->due_lo, end},
                                  v == VERDICT_OVERDUE);
    instant f = outcome_may_perform(d->o, WORLD_F, d->arises);
    instant r = outcome_may_perform(d->o, WORLD_R, d->arises);
    instant done = earlier(outcome_must_perform(d->o, d->arises), instant_add(end, 1));
    if (v == VERDICT_OVERDUE) {
        days_mark(&s->days, VERDICT_OVERDUE, d->due_hi,
                  instant_add(earlier(f, instant_add(end, 1)), -1));
        days_mark(&s->days, VERDICT_UNVERIFIED, d->due_lo, instant_add(earlier(r, done), -1));
        days_mark(&s->days, VERDICT_POSSIBLY_VIOLATED, later(r, d->due_lo), instant_add(done, -1));
        days_mark(&s->days, VERDICT_POSSIBLY_VIOLATED, d->due_lo, instant_add(d->due_hi, -1));
        return instant_add(earlier(f, instant_add(end, 1)), -1);
    }
    days_mark(&s->days, v, d->due_lo, instant_add(done, -1));
    return instant_add(done, -1);
}

static uint32_t reasons_for(const struct duty *d, enum verdict v)
{
    uint32_t reasons = d->t.reasons;
    switch (v) {
    case VERDICT_UNVERIFIED: return reasons | REASON_COVERAGE;
    case VERDICT_PENDING: return reasons | REASON_AHEAD;
    case VERDICT_POSSIBLY_VIOLATED:
        reasons |= d->o->other_reasons;
        return reasons ? reasons : (uint32_t)REASON_TIME;
    default: return 0;
    }
}

static void count_level(struct settling *s, const struct duty *d, enum verdict v)
{
    if (v == VERDICT_EXCUSED) return;
    bool late = !d->t.performed && outcome_must_perform(d->o, d->arises) <= s->view->at;
    s->due++;
    if (d->t.performed || late) s->performed++;
    if (late) s->late++;
}

/* Row 11: the condition certainly does not hold at the date.  Past, the date has lapsed and blames
 * nobody; to come, the duty waits for its condition. */
static void settle_lapsed(struct settling *s, const struct duty *d)
{
    const struct violation *v = d->o->v;
    bool waits = d->due_hi > s->view->at, holds = false;
    struct iset may;
    if (s->view->agreement->provisions[v->provision].pattern != PATTERN_LAPSE) return;
    iset_init(&may);
    for (size_t i = 0; i < v->n_parts && !waits && !holds; i++) {
        if (v->parts[i].kind != PART_CONDITION) continue;
        struct relations *r = (struct relations *)&d->o->relations;
        s->failed |=
            relations_holds(r, v->parts[i].holds, POLARITY_MAY, WORLD_F, &may) != STATUS_OK;
        holds = iset_has(&may, d->due_lo);
        if (!holds) break;
    }
    iset_free(&may);
    if (holds) return;
    struct instance x = {.fact = FACTS_NONE,
                         .bearer = v->bearer,
                         .anchor = ANCHOR_DEADLINE,
                         .verdict = waits ? VERDICT_WAITING : VERDICT_NOT_IN_FORCE,
                         .absence = true,
                         .from = d->arises,
                         .to = d->due_hi,
                         .possible_from = d->arises,
                         .possible_to = d->due_hi,
                         .reasons = waits ? 0 : REASON_LAPSED};
    if (waits) days_mark(&s->days, VERDICT_WAITING, x.from, x.to);
    settling_add(s, &x);
}

/* The days before the deadline on which the duty was open: not certainly performed yet. */
static void mark_open(struct settling *s, const struct duty *d, instant start)
{
    instant end = instant_add(d->due_lo, -1);
    if (start > end || start == INSTANT_MIN) return;
    if (d->o->v->lag) {
        settle_open_step(s, d->o, d->step, (struct span){start, end});
        return;
    }
    instant done = outcome_must_perform(d->o, d->arises);
    if (done <= end) { /* the day on which it was performed is no longer open */
        instant day_begins =
            zone_day_start(s->view->agreement->header.zone, days_of(&s->days, done));
        end = instant_add(earlier(day_begins, done), -1);
    }
    days_mark(&s->days, VERDICT_PENDING, start, end);
}

/* The days after `at` on which it may still not be done: what is yet to come decides. */
static void mark_ahead(struct settling *s, const struct duty *d)
{
    instant from = instant_add(s->view->at, 1);
    instant end = s->term.n ? s->term.items[s->term.n - 1].to : d->due_hi;
    if (d->o->v->lag || outcome_must_perform(d->o, d->arises) < from) return;
    if (from <= end) days_mark(&s->days, VERDICT_PENDING, from, end);
}

static void settle_duty(struct settling *s, const struct duty *d)
{
    const struct outcome *o = d->o;
    if (!d->t.made && !d->t.may_c) {
        settle_lapsed(s, d);
        return;
    }
    enum verdict v = verdict_of(s, d);
    const struct iset *covered = &o->relations.items[o->v->act_pred].covered;
    struct instance x = {.fact = d->fact,
                         .bearer = o->v->bearer,
                         .anchor = ANCHOR_DEADLINE,
                         .verdict = (uint8_t)v,
                         .absence = true,
                         .performed = d->t.performed,
                         .step = o->v->towards != FACTS_NONE ? o->v->part : (uint32_t)d->step,
                         .from = d->arises,
                         .to = d->due_hi,
                         .possible_from = d->arises,
                         .possible_to = d->due_hi,
                         .reasons = (uint16_t)reasons_for(d, v)};
    instant start = d->arises == INSTANT_MIN && s->term.n ? s->term.items[0].from : d->arises;
    x.covered = (float)cover_share(covered, start, earlier(d->due_hi, s->view->at));
    if (v == VERDICT_OVERDUE || v == VERDICT_POSSIBLY_VIOLATED || v == VERDICT_UNVERIFIED) {
        x.possible_from = d->due_lo;
        x.possible_to = later(mark_missed(s, d, v), d->due_lo);
        mark_ahead(s, d);
    } else if (v == VERDICT_PENDING) {
        days_mark(&s->days, v, d->arises, d->due_hi);
        mark_ahead(s, d);
    } else if (v != VERDICT_COMPLIED) {
        days_mark(&s->days, v, v == VERDICT_EXCUSED ? d->due_lo : d->arises, d->due_hi);
    }
    if (d->t.made) mark_open(s, d, start);
    if (v == VERDICT_PENDING && d->due_hi < s->next_deadline) s->next_deadline = d->due_hi;
    if (d->t.made) count_level(s, d, v); /* else only a hidden trigger could have made it */
    settling_add(s, &x);
}

/* ---- the shapes of anchors ---- */

static void settle_triggered(struct settling *s, const struct outcome *o, size_t first, size_t n,
                             const struct tally *t)
{
    const struct pick *p = &outcome_picks(o)->items[first];
    struct duty d = {.o = o, .fact = p->fact, .arises = INSTANT_MAX, .t = *t};
    instant last = INSTANT_MIN;
    for (size_t i = 0; i < n; i++) {
        const struct alternative *a = &s->view->facts->alternatives[p[i].alternative];
        d.arises = earlier(d.arises, a->start_lo);
        last = later(last, a->start_hi);
    }
    d.due_lo = settling_edge(s, o->v->due, d.arises);
    d.due_hi = settling_edge(s, o->v->due, last);
    settle_duty(s, &d);
}

static struct tally tally_item(const struct outcome *o, size_t i)
{
    unsigned flags = o->flags[i];
    return (struct tally){.must_f = flags & ITEM_MUST_F,
                          .must_r = flags & ITEM_MUST_R,
                          .may_r = flags & ITEM_MAY_R,
                          .may_c = flags & ITEM_MAY_C,
                          .raw = flags & ITEM_RAW,
                          .made = flags & ITEM_MADE,
                          .performed = flags & ITEM_PERFORMED};
}

/* Of deadlines that recur, those whose time has not begun are nobody's yet. */
static void settle_fixed(struct settling *s, const struct outcome *o)
{
    const struct lowered_pred *p = &o->v->preds[o->v->anchor_pred];
    for (size_t i = 0; i < p->n_rows; i++) {
        const struct fixed_row *row = &p->rows[i];
        if (i && row->arises > s->view->at) break;
        struct duty d = {.o = o,
                         .fact = FACTS_NONE,
                         .arises = row->arises,
                         .due_lo = row->from,
                         .due_hi = row->from,
                         .step = i,
                         .t = tally_item(o, i)};
        settle_duty(s, &d);
    }
}

static bool is_consequence(const struct settling *s, const struct outcome *o)
{
    return s->view->agreement->provisions[o->v->provision].pattern == PATTERN_CONSEQUENCE;
}

/* Deadlines that move are somewhere between the two ends that the record allows; what follows from one
 * that was missed is due its time after it. */
static void settle_moved(struct settling *s, const struct outcome *o)
{
    bool follows = is_consequence(s, o);
    const struct lowered_pred *p = &o->v->preds[o->v->anchor_pred];
    struct relations *r = (struct relations *)&o->relations;
    struct table t;
    table_init(&t, 1);
    s->failed |=
        relation_table(r, o->v->anchor_pred, POLARITY_MAY, WORLD_R, false, &t) != STATUS_OK;
    for (size_t i = 0; i < t.n && !s->failed; i++) {
        size_t row = (size_t)t.col[0][i];
        struct duty d = {.o = o,
                         .fact = FACTS_NONE,
                         .arises = follows ? t.from[i] : p->rows[row].arises,
                         .due_lo = settling_edge(s, o->v->due, t.from[i]),
                         .due_hi = settling_edge(s, o->v->due, t.to[i]),
                         .t = tally_item(o, row)};
        settle_duty(s, &d);
    }
    table_free(&t);
}

/* The trigger is the first second of a condition: somewhere from the first possible one to the
 * first certain one.  Where the record has none, it may still have come unseen. */
static void settle_first(struct settling *s, const struct outcome *o)
{
    struct table t;
    struct relations *r = (struct relations *)&o->relations;
    table_init(&t, 1);
    enum status got = relation_table(r, o->v->anchor_pred, POLARITY_MAY, WORLD_R, false, &t);
    if (got == STATUS_OK && t.n) {
        struct duty d = {.o = o, .fact = FACTS_NONE, .arises = t.from[0], .t = tally_item(o, 0)};
        d.due_lo = settling_edge(s, o->v->due, d.arises);
        d.due_hi = settling_edge(s, o->v->due, t.to[t.n - 1]);
        settle_duty(s, &d);
    } else if (got == STATUS_OK) {
        got = relation_table(r, o->v->anchor_pred, POLARITY_MAY, WORLD_C, false, &t);
        if (got == STATUS_OK && t.n && o->flags[0] & ITEM_MAY_C)
            settling_stretch(s, VERDICT_UNVERIFIED, settling_edge(s, o->v->due, t.from[0]),
                             last_second(s), REASON_COVERAGE);
    }
    s->failed |= got != STATUS_OK;
    table_free(&t);
}

/* A trigger that nobody reported may have come unseen; its duty may then have been missed. */
static void settle_hidden(struct settling *s, const struct outcome *o)
{
    instant end = last_second(s);
    for (size_t i = 0; i < o->hidden.n; i++) {
        instant due = settling_edge(s, o->v->due, o->hidden.items[i].from);
        settling_stretch(s, VERDICT_UNVERIFIED, due, end, REASON_COVERAGE);
    }
}

/* No trigger has come: no duty arose. */
static void settle_waiting(struct settling *s, const struct outcome *o)
{
    bool made = false;
    for (size_t i = 0; i < o->n_items && !made; i++) made = o->flags[i] & ITEM_MADE;
    if (made || !s->term.n) return;
    struct instance x = {.fact = FACTS_NONE,
                         .bearer = o->v->bearer,
                         .anchor = ANCHOR_DEADLINE,
                         .verdict = VERDICT_WAITING,
                         .absence = true,
                         .step = o->v->part,
                         .from = s->term.items[0].from,
                         .to = INSTANT_MAX};
    x.possible_from = x.from;
    x.possible_to = x.to;
    days_mark_set(&s->days, VERDICT_WAITING, &s->term);
    settling_add(s, &x);
}

void settle_duties(struct settling *s)
{
    for (size_t i = 0; i < s->n_outcomes; i++) {
        const struct outcome *o = &s->outcomes[i];
        enum pred_source source = o->v->preds[o->v->anchor_pred].source;
        if (source == PRED_FIXED || source == PRED_MOVED) {
            (source == PRED_FIXED ? settle_fixed : settle_moved)(s, o);
            if (!is_consequence(s, o)) continue;
        } else if (source == PRED_FIRST) {
            settle_first(s, o);
        } else {
            settle_each_fact(s, o, settle_triggered);
            settle_hidden(s, o);
        }
        settle_waiting(s, o);
    }
    bool lapsed = s->n > 0; /* all of it: no second of a duty was there */
    for (size_t i = 0; i < s->n && lapsed; i++)
        lapsed = s->instances[i].verdict == VERDICT_NOT_IN_FORCE;
    if (lapsed) iset_clear(&s->term);
}
