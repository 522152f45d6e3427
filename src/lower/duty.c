/* Row 2, duties: what must be done, by when.
 *
 *   by P               anchored at the last second D of P; performance counts from the agreement's
 *                      beginning on (agreement_beginning)
 *   within d after P   anchored at D = last second of P later by d; performance counts from P on
 *   within d after t   anchored at each event t; looks ahead to t later by d
 *   every d            anchored at the last second of each period; performance in that period
 *   ahead              anchored at the event that must be preceded
 * `if` is tested at the trigger where there is one, all else at the deadline. */
#include "lower/duty.h"

#include <stdlib.h>

static struct formula *temporal(struct lowering *b, enum formula_op op, struct bound bound,
                                struct formula *a)
{
    return formula_temporal(&b->v->scope, op, bound, a);
}

static struct formula *acted_by(struct lowering *b, const struct duty *d, enum formula_op op,
                                uint32_t pred)
{
    struct formula *act = lowering_some(b, pred);
    return temporal(b, op, d->window, d->since ? lowering_and(b, act, d->since) : act);
}

/* Where another provision asks of an act towards each of several, all of them are meant. */
static struct formula *acted(struct lowering *b, const struct duty *d, enum formula_op op)
{
    struct indices each = lowering_towards(b);
    struct formula *all = NULL;
    if (!each.n || b->towards != LANG_NONE) return acted_by(b, d, op, d->act);
    for (uint32_t i = 0; i < each.n; i++) {
        b->towards = each.v[i];
        uint32_t pred = lowering_phrase(b, &b->p->act, FACTS_NONE, false);
        struct formula *one = acted_by(b, d, op, pred);
        all = all ? lowering_and(b, all, one) : one;
    }
    b->towards = LANG_NONE;
    return all;
}

/* ---- anchored at the deadline itself ---- */

bool duty_at_deadline(struct lowering *b, bool top, struct duty *d, struct pattern_parts *out,
                      uint32_t anchor, struct formula *tested)
{
    struct scope *sc = &b->v->scope;
    out->anchor_pred = anchor;
    if (out->id == LOWER_NONE) out->id = lowering_id(b);
    out->made =
        lowering_and(b, lowering_and(b, lowering_atom(b, anchor, out->id), d->term), tested);
    struct formula *done = acted(b, d, F_ONCE);
    out->raw = formula_and(sc, out->made, formula_not(sc, done));
    out->performed = formula_and(sc, out->made, done);
    out->violation = lowering_excused(b, top, LOWER_NONE, out->raw, &out->excusable);
    return true;
}

static struct str deadline_words(struct lowering *b)
{
    const struct provision *p = b->p;
    struct str text = place_text(p->deadline.at);
    return text.n ? text : STR("the deadline");
}

/* The same for a deadline that moves by the time suspended: nothing is measured from it. */
static bool moving_deadline(struct lowering *b, bool top, struct duty *d, struct pattern_parts *out,
                            const struct fixed_row *row, instant trigger, struct formula *stopped)
{
    struct fixed_row since = {row->arises, INSTANT_MAX, row->arises},
                     at = {trigger, trigger, trigger};
    struct formula *tested = d->if_ ? d->if_ : formula_true(&b->v->scope);
    d->window = bound_all();
    d->since =
        lowering_fact(b, lowering_fixed(b, STR("when performance counts"), &since, 1, false));
    if (d->if_ && trigger != INSTANT_MIN)
        tested = temporal(
            b, F_ONCE, bound_all(),
            lowering_and(b, lowering_fact(b, lowering_fixed(b, STR("the trigger"), &at, 1, false)),
                         d->if_));
    uint32_t anchor =
        lowering_fixed(b, deadline_words(b), row, row->to == INSTANT_MAX ? 0 : 1, true);
    if (anchor == LOWER_NONE) return false;
    b->v->preds[anchor].source = PRED_MOVED;
    b->v->preds[anchor].first = stopped;
    return duty_at_deadline(b, top, d, out, anchor, tested);
}

/* One deadline at `due`, performance counting from `arises`; `if` tested at `trigger`. */
static bool one_deadline(struct lowering *b, bool top, struct duty *d, struct pattern_parts *out,
                         instant arises, instant trigger, instant due)
{
    struct fixed_row row = {due, due, arises};
    struct formula *stopped = lowering_moving(b);
    if (stopped) return moving_deadline(b, top, d, out, &row, trigger, stopped);
    bool unbounded = due == INSTANT_MAX;
    if (due < arises) row.arises = due;
    d->window = unbounded ? bound_all() : bound_seconds(0, due - row.arises);
    struct formula *tested = formula_true(&b->v->scope);
    if (d->if_ && trigger <= due && trigger != INSTANT_MIN)
        tested = temporal(b, F_ONCE, bound_seconds(due - trigger, due - trigger), d->if_);
    else if (d->if_)
        tested = d->if_;
    uint32_t anchor = lowering_fixed(b, deadline_words(b), &row, due == INSTANT_MAX ? 0 : 1, true);
    return duty_at_deadline(b, top, d, out, anchor, tested);
}

static bool duty_by(struct lowering *b, bool top, struct duty *d, struct pattern_parts *out)
{
    instant first, last;
    lowering_point(b, &b->p->deadline.point, &first, &last);
    return one_deadline(b, top, d, out, agreement_beginning(b->g), INSTANT_MIN, last);
}

static bool duty_after_point(struct lowering *b, bool top, struct duty *d,
                             struct pattern_parts *out)
{
    instant first, last;
    lowering_point(b, &b->p->trigger.point, &first, &last);
    instant due = agreement_later(b->g, &b->p->deadline.period, last);
    return one_deadline(b, top, d, out, first, first < last ? first : last, due);
}

/* ---- every period ---- */

#define MAX_PERIODS 1000000

/* The last second of the period that holds a second; the second itself outside all. */
struct periods {
    struct fixed_row *rows;
    size_t n;
};

static instant end_of_period(void *ctx, instant at)
{
    const struct periods *p = ctx;
    size_t lo = 0, hi = p->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (p->rows[mid].from < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < p->n && p->rows[lo].arises <= at ? p->rows[lo].from : at;
}

static bool fill_periods(struct lowering *b, struct periods *p, instant start, instant end)
{
    size_t cap = 0;
    instant from = start;
    for (int64_t n = 1; from <= end && p->n < MAX_PERIODS; n++) {
        instant next = agreement_later_times(b->g, &b->p->deadline.period, n, start);
        struct fixed_row *rows = arena_grow(&b->l->arena, p->rows, p->n, &cap, sizeof(*rows));
        if (!rows) return false;
        p->rows = rows;
        if (next <= from) break; /* a period of nothing */
        rows[p->n++] = (struct fixed_row){instant_add(next, -1), instant_add(next, -1), from};
        if (next > b->horizon || next == INSTANT_MAX) break;
        from = next;
    }
    return true;
}

static bool duty_every(struct lowering *b, bool top, struct duty *d, struct pattern_parts *out)
{
    struct lowered *l = b->l;
    instant first, last;
    lowering_point(b, &b->p->deadline.point, &first, &last);
    struct periods *p = arena_alloc(&l->arena, sizeof(*p));
    instant start = first > out->term.from ? first : out->term.from;
    if (!p || (!out->term_empty && !fill_periods(b, p, start, out->term.to))) {
        b->failed = true;
        return false;
    }
    uint32_t map = lowering_map(b, end_of_period, p, STR("the last second of its period"));
    d->window = (struct bound){edge_seconds(0), edge_map(map)};
    uint32_t anchor = lowering_fixed(b, deadline_words(b), p->rows, p->n, true);
    return duty_at_deadline(b, top, d, out, anchor, d->if_ ? d->if_ : formula_true(&b->v->scope));
}

/* ---- anchored at a trigger ---- */

bool duty_after(struct lowering *b, struct duty *d, struct pattern_parts *out,
                struct formula *trigger, struct edge from)
{
    struct scope *sc = &b->v->scope;
    out->due = lowering_then(b, from, lowering_edge(b, &b->p->deadline.period, false));
    d->window = (struct bound){from, out->due};
    struct bound then = {out->due, out->due};
    if (d->if_) trigger = lowering_and(b, trigger, d->if_);
    out->made = lowering_and(b, trigger, temporal(b, F_EVENTUALLY, then, d->term));
    struct formula *done = acted(b, d, F_EVENTUALLY);
    out->raw = formula_and(sc, out->made, formula_not(sc, done));
    out->performed = formula_and(sc, out->made, done);
    out->violation = out->raw;
    out->excusable = false;
    if (b->p->unless) { /* tested at the deadline */
        struct formula *c = lowering_condition(b, b->p->unless);
        lowering_part(b, PART_EXCUSE, c, b->p->unless->at);
        out->violation =
            formula_and(sc, out->raw, formula_not(sc, temporal(b, F_EVENTUALLY, then, c)));
        out->excusable = true;
    }
    return true;
}

static bool after_anchor(struct lowering *b, struct duty *d, struct pattern_parts *out,
                         uint32_t anchor)
{
    out->anchor_pred = anchor;
    out->id = lowering_id(b);
    return duty_after(b, d, out, lowering_atom(b, anchor, out->id), edge_seconds(0));
}

static bool duty_after_event(struct lowering *b, bool top, struct duty *d,
                             struct pattern_parts *out)
{
    const struct trigger *t = &b->p->trigger;
    return after_anchor(b, d, out, lowering_anchor(b, &t->phrase, top, t->recorded));
}

bool duty_when(struct lowering *b, struct duty *d, struct pattern_parts *out, struct str words,
               struct formula *condition)
{
    struct lowered_pred pred = {
        .source = PRED_FIRST, .keyed = true, .words = words, .first = condition};
    return after_anchor(b, d, out, lowering_pred(b, &pred));
}

/* ---- ahead of an event ---- */

static bool duty_ahead(struct lowering *b, bool top, struct duty *d, struct pattern_parts *out)
{
    struct scope *sc = &b->v->scope;
    const struct trigger *t = &b->p->trigger;
    out->anchor = ANCHOR_EVENT;
    out->absence = false;
    out->anchor_pred = lowering_anchor(b, &t->phrase, top, t->recorded);
    out->id = lowering_id(b);
    d->window =
        (struct bound){lowering_edge(b, &b->p->deadline.period, false), edge_seconds(INSTANT_MAX)};
    d->since = lowering_counts(b, b->p->act.kind);
    out->made = lowering_and(b, lowering_atom(b, out->anchor_pred, out->id), d->term);
    if (d->if_) out->made = lowering_and(b, out->made, d->if_);
    struct formula *done = acted(b, d, F_ONCE);
    out->raw = formula_and(sc, out->made, formula_not(sc, done));
    out->performed = formula_and(sc, out->made, done);
    out->violation = lowering_excused(b, top, LOWER_NONE, out->raw, &out->excusable);
    return true;
}

/* ---- the choice ---- */

static bool refuse(struct lowering *b, const char *why)
{
    b->refused = why;
    b->refused_at = b->p->at;
    return false;
}

static bool duty_within(struct lowering *b, bool top, struct duty *d, struct pattern_parts *out)
{
    switch (b->p->trigger.op) {
    case TRIGGER_POINT: return duty_after_point(b, top, d, out);
    case TRIGGER_EVENT: return duty_after_event(b, top, d, out);
    case TRIGGER_WHEN: /* what holds before anything is in force is met when it begins */
        return duty_when(b, d, out, place_text(b->p->trigger.at),
                         lowering_and(b, d->term, lowering_condition(b, b->p->trigger.condition)));
    case TRIGGER_VIOLATION: return duty_on_violation(b, top, d, out);
    case TRIGGER_NONE: break;
    }
    return refuse(b, "this edition has no formula for the trigger");
}

bool lowering_duty(struct lowering *b, bool top, struct pattern_parts *out)
{
    struct duty d = {.window = bound_all()};
    out->anchor = ANCHOR_DEADLINE;
    out->absence = true;
    out->implementing = true;
    struct formula *term = lowering_term(b, b->p, &out->term, &out->term_empty);
    d.term = lowering_and(b, term, lowering_frames(b, b->p));
    if (b->p->if_) {
        d.if_ = lowering_condition(b, b->p->if_);
        lowering_part(b, PART_CONDITION, d.if_, b->p->if_->at);
    }
    if (b->p->only) { /* row 11: the date lapses unless it holds then */
        struct formula *c = lowering_condition(b, b->p->only);
        lowering_part(b, PART_CONDITION, c, b->p->only->at);
        d.if_ = d.if_ ? lowering_and(b, d.if_, c) : c;
    }
    d.act = out->act_pred = lowering_phrase(b, &b->p->act, FACTS_NONE, false);
    switch (b->p->deadline.op) {
    case DEADLINE_BY: return duty_by(b, top, &d, out);
    case DEADLINE_WITHIN: return duty_within(b, top, &d, out);
    case DEADLINE_EVERY: return duty_every(b, top, &d, out);
    case DEADLINE_AHEAD: return duty_ahead(b, top, &d, out);
    case DEADLINE_NONE: break;
    }
    if (out->term.to == INSTANT_MAX)
        return refuse(b, "the duty has no deadline, and the agreement no end");
    return one_deadline(b, top, &d, out, out->term.from, INSTANT_MIN, out->term.to);
}

/* The act of the bearer, where it counts as performance in time. */
static struct formula *fulfilled(struct lowering *b)
{
    struct scope *sc = &b->v->scope;
    struct formula *act = lowering_some(b, lowering_phrase(b, &b->p->act, FACTS_NONE, false));
    const struct deadline *d = &b->p->deadline;
    instant first, last;
    if (lowering_moving(b)) {
        refuse(b, "it asks whether a duty is fulfilled whose deadline moves by a suspension");
        return NULL;
    }
    if (d->op == DEADLINE_BY) {
        lowering_point(b, &d->point, &first, &last);
        struct fixed_row in_time = {agreement_beginning(b->g), last, INSTANT_MIN};
        act = formula_and(
            sc, act, lowering_fact(b, lowering_fixed(b, deadline_words(b), &in_time, 1, false)));
    } else if (d->op == DEADLINE_WITHIN && b->p->trigger.op == TRIGGER_POINT) {
        lowering_point(b, &b->p->trigger.point, &first, &last);
        struct fixed_row in_time = {first, agreement_later(b->g, &d->period, last), first};
        act = formula_and(
            sc, act, lowering_fact(b, lowering_fixed(b, deadline_words(b), &in_time, 1, false)));
    } else if (d->op == DEADLINE_WITHIN && b->p->trigger.op == TRIGGER_EVENT) {
        const struct trigger *t = &b->p->trigger;
        struct formula *trigger =
            lowering_some(b, lowering_phrase(b, &t->phrase, FACTS_NONE, t->recorded));
        act = formula_and(sc, act,
                          temporal(b, F_ONCE, lowering_window(b, &d->period, false), trigger));
    }
    return temporal(b, F_ONCE, bound_all(), act);
}

struct formula *lowering_fulfilled(struct lowering *b)
{
    struct indices each = lowering_towards(b);
    struct formula *all = NULL;
    if (!each.n) return fulfilled(b);
    for (uint32_t i = 0; i < each.n; i++) {
        b->towards = each.v[i];
        struct formula *one = fulfilled(b);
        all = all ? lowering_and(b, all, one) : one;
    }
    b->towards = LANG_NONE;
    return all;
}
