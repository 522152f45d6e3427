/* Questions about one violation, and their answers sorted by anchor. */
#include "verdict/outcome.h"

#include "verdict/need.h"

#include <stdlib.h>
#include <string.h>

/* What is asked: a part of the violation, in a polarity and a set of worlds. */
enum asked { PART_VIOLATION, PART_RAW, PART_MADE, PART_PERFORMED };

static const struct formula *part_of(const struct violation *v, enum asked part)
{
    switch (part) {
    case PART_VIOLATION: return v->violation;
    case PART_RAW: return v->raw;
    case PART_MADE: return v->made;
    case PART_PERFORMED: return v->performed;
    }
    return NULL;
}

/* ---- items ---- */

/* The item of an identity; n_items when it is none. */
static size_t item_of(const struct outcome *o, uint64_t id)
{
    if (!outcome_of_facts(o)) return id < o->n_items ? (size_t)id : o->n_items;
    uint32_t item = o->relations.view->item_of[id];
    const struct picks *picks = outcome_picks(o);
    return item < picks->n && picks->items[item].alternative == id ? item : o->n_items;
}

static void index_items(struct outcome *o)
{
    if (!outcome_of_facts(o)) return;
    const struct picks *picks = outcome_picks(o);
    for (size_t i = 0; i < picks->n; i++)
        o->relations.view->item_of[picks->items[i].alternative] = (uint32_t)i;
}

static size_t count_items(const struct outcome *o)
{
    if (o->v->anchor_pred == LOWER_NONE) return 0;
    const struct lowered_pred *p = &o->v->preds[o->v->anchor_pred];
    if (p->source == PRED_SELECTS) return outcome_picks(o)->n;
    return p->source == PRED_FIXED || p->source == PRED_MOVED ? p->n_rows : 1;
}

/* ---- answers ---- */

/* Set `flag` on the items of the rows that begin by `until`. */
static void flag_items(struct outcome *o, const struct table *t, unsigned flag, instant until)
{
    for (size_t r = 0; r < t->n; r++) {
        if (t->col[0][r] == VALUE_WILD || t->from[r] > until) continue;
        size_t i = item_of(o, t->col[0][r]);
        if (i < o->n_items) o->flags[i] |= (uint8_t)flag;
    }
}

/* The rows of hidden anchors within [from, to]. */
static bool hidden_seconds(const struct table *t, instant from, instant to, struct iset *out)
{
    for (size_t r = 0; t->wild && r < t->n; r++) {
        if (t->col[0][r] != VALUE_WILD) continue;
        instant a = t->from[r] > from ? t->from[r] : from, b = t->to[r] < to ? t->to[r] : to;
        iset_add(out, a, b);
    }
    return !out->failed;
}

/* Gather the rows by item, in the order they come: ascending in time. */
static bool gather(const struct outcome *o, const struct table *t, struct item_spans *out)
{
    size_t total = 0;
    if (!out->start) out->start = calloc(o->n_items + 2, sizeof(*out->start));
    struct span *spans = malloc((t->n + 1) * sizeof(*spans));
    if (!out->start || !spans) {
        free(spans);
        return false;
    }
    memset(out->start, 0, (o->n_items + 2) * sizeof(*out->start));
    for (size_t r = 0; r < t->n; r++) {
        size_t i = t->col[0][r] == VALUE_WILD ? o->n_items : item_of(o, t->col[0][r]);
        if (i < o->n_items) out->start[i + 2]++;
    }
    for (size_t i = 2; i < o->n_items + 2; i++) out->start[i] = total += out->start[i];
    for (size_t r = 0; r < t->n; r++) {
        size_t i = t->col[0][r] == VALUE_WILD ? o->n_items : item_of(o, t->col[0][r]);
        if (i < o->n_items) spans[out->start[i + 1]++] = (struct span){t->from[r], t->to[r]};
    }
    free(out->spans);
    out->spans = spans;
    return true;
}

static bool keeps_spans(const struct outcome *o)
{
    return o->v->anchor == ANCHOR_EPISODE && outcome_of_facts(o);
}

/* ---- asking ---- */

static enum status ask(struct outcome *o, const struct question *q, enum world world,
                       struct table *out)
{
    return question_ask(q, &o->relations, world, false, out);
}

/* Certain violations.  An anchoring state without a certain second needs a second look. */
static enum status ask_must(struct outcome *o)
{
    struct question q;
    struct table t;
    table_init(&t, 0);
    enum status s = question_init(&q, &o->relations, part_of(o->v, PART_VIOLATION), POLARITY_MUST);
    if (s == STATUS_OK) s = ask(o, &q, WORLD_F, &t);
    bool lone = o->v->anchor_pred != LOWER_NONE && o->relations.items[o->v->anchor_pred].degenerate;
    bool alike = !q.world_matters;
    if (s == STATUS_OK) {
        if (o->v->anchor_pred == LOWER_NONE)
            table_seconds(&t, &o->must_f);
        else
            flag_items(o, &t, ITEM_MUST_F | (alike ? ITEM_MUST_R : 0U), INSTANT_MAX);
        if (keeps_spans(o) && !gather(o, &t, &o->must)) s = STATUS_FAULT;
    }
    if (s == STATUS_OK && lone) {
        s = question_ask(&q, &o->relations, WORLD_F, true, &t);
        if (s == STATUS_OK)
            flag_items(o, &t, ITEM_MUST_F | (alike ? ITEM_MUST_R : 0U), INSTANT_MAX);
    }
    if (s == STATUS_OK && (!alike || o->v->anchor_pred == LOWER_NONE)) {
        s = ask(o, &q, WORLD_R, &t);
        if (s == STATUS_OK && o->v->anchor_pred == LOWER_NONE)
            table_seconds(&t, &o->must_r);
        else if (s == STATUS_OK)
            flag_items(o, &t, ITEM_MUST_R, INSTANT_MAX);
        if (s == STATUS_OK && lone) s = question_ask(&q, &o->relations, WORLD_R, true, &t);
        if (s == STATUS_OK && lone) flag_items(o, &t, ITEM_MUST_R, INSTANT_MAX);
    }
    question_free(&q);
    table_free(&t);
    return s;
}

/* Take the answer about worlds C (or what of F's stands for it) and about what lies ahead. */
static enum status take_possible(struct outcome *o, const struct table *t, bool is_c, bool is_f)
{
    instant at = o->relations.view->at;
    bool ok = true;
    if (o->v->anchor_pred == LOWER_NONE) {
        struct iset all, part;
        iset_init(&all);
        iset_init(&part);
        table_seconds(t, &all);
        iset_add(&part, INSTANT_MIN, at);
        if (is_c) iset_intersect(&o->in_c, &all, &part);
        if (is_f) iset_subtract(&o->ahead, &all, &part);
        ok = !all.failed && !part.failed && !o->in_c.failed && !o->ahead.failed;
        iset_free(&all);
        iset_free(&part);
    } else {
        if (is_c) {
            flag_items(o, t, ITEM_MAY_C, at);
            ok = hidden_seconds(t, INSTANT_MIN, at, &o->hidden);
            if (ok && keeps_spans(o)) ok = gather(o, t, &o->may_c);
        }
        if (is_f && ok && at != INSTANT_MAX) ok = hidden_seconds(t, at + 1, INSTANT_MAX, &o->ahead);
    }
    return ok ? STATUS_OK : STATUS_FAULT;
}

/* Possible violations of the record itself. */
static enum status take_reported(struct outcome *o, const struct table *t)
{
    if (o->v->anchor_pred == LOWER_NONE)
        table_seconds(t, &o->in_r);
    else
        flag_items(o, t, ITEM_MAY_R | ITEM_MAY_C, INSTANT_MAX);
    return keeps_spans(o) && !gather(o, t, &o->may_r) ? STATUS_FAULT : STATUS_OK;
}

/* A formula that does not look ahead says the same of C and F before `at`; and where only the
 * anchor's own relation differs between worlds, one answer serves all three. */
static enum status ask_may(struct outcome *o)
{
    struct question q;
    struct table t;
    table_init(&t, 0);
    enum status s = question_init(&q, &o->relations, part_of(o->v, PART_VIOLATION), POLARITY_MAY);
    bool looks_ahead = s == STATUS_OK && plan_horizon(q.plan).future != 0;
    bool once = q.anchor_alone && o->v->anchor_pred != LOWER_NONE;
    if (s == STATUS_OK && !once) {
        s = ask(o, &q, WORLD_R, &t);
        if (s == STATUS_OK) s = take_reported(o, &t);
    }
    if (s == STATUS_OK && looks_ahead) {
        s = ask(o, &q, WORLD_C, &t);
        if (s == STATUS_OK) s = take_possible(o, &t, true, false);
    }
    if (s == STATUS_OK) s = ask(o, &q, WORLD_F, &t);
    if (s == STATUS_OK && once) s = take_reported(o, &t);
    if (s == STATUS_OK) s = take_possible(o, &t, !looks_ahead, true);
    question_free(&q);
    table_free(&t);
    return s;
}

/* One part in one polarity and world, as a flag. */
static enum status ask_flag(struct outcome *o, enum asked part, enum polarity polarity,
                            enum world world, unsigned flag)
{
    struct question q;
    struct table t;
    table_init(&t, 0);
    enum status s = question_init(&q, &o->relations, part_of(o->v, part), polarity);
    if (s == STATUS_OK) s = ask(o, &q, world, &t);
    if (s == STATUS_OK && o->v->anchor_pred == LOWER_NONE)
        table_seconds(&t, &o->raw);
    else if (s == STATUS_OK)
        flag_items(o, &t, flag, INSTANT_MAX);
    question_free(&q);
    table_free(&t);
    return s;
}

/* ---- schedules ---- */

static enum status ask_lag(struct outcome *o)
{
    static const enum polarity polarities[] = {POLARITY_MUST, POLARITY_MAY};
    struct item_spans *spans[2][2] = {{&o->lag_must_r, &o->lag_must_f}, {&o->lag_r, &o->lag_c}};
    static const enum world worlds[2][2] = {{WORLD_R, WORLD_F}, {WORLD_R, WORLD_C}};
    enum status s = STATUS_OK;
    for (size_t k = 0; k < 2 && s == STATUS_OK; k++) {
        struct question q;
        struct table t;
        table_init(&t, 0);
        s = question_init(&q, &o->relations, o->v->lag, polarities[k]);
        for (size_t w = 0; w < 2 && s == STATUS_OK; w++) {
            s = ask(o, &q, worlds[k][w], &t);
            if (s == STATUS_OK && !gather(o, &t, spans[k][w])) s = STATUS_FAULT;
        }
        question_free(&q);
        table_free(&t);
    }
    return s;
}

/* ---- performance ---- */

static enum status find_performances(struct outcome *o)
{
    struct table t;
    table_init(&t, 1);
    enum status s = relation_table(&o->relations, o->v->act_pred, POLARITY_MAY, WORLD_R, false, &t);
    if (s == STATUS_OK) table_seconds(&t, &o->act_r);
    if (s == STATUS_OK)
        s = relation_table(&o->relations, o->v->act_pred, POLARITY_MAY, WORLD_F, false, &t);
    t.unsorted = true; /* hidden rows come last */
    if (s == STATUS_OK) table_seconds(&t, &o->act_f);
    if (s == STATUS_OK)
        s = relation_table(&o->relations, o->v->act_pred, POLARITY_MUST, WORLD_F, false, &t);
    if (s == STATUS_OK) {
        table_sort(&t);
        o->act_must = malloc((t.n + 1) * sizeof(*o->act_must));
        o->act_done = malloc((t.n + 1) * sizeof(*o->act_done));
        if (!o->act_must || !o->act_done || t.failed) s = STATUS_FAULT;
    }
    for (size_t i = s == STATUS_OK ? t.n : 0; i-- > 0;) {
        o->act_must[i] = (struct span){t.from[i], t.to[i]};
        o->act_done[i] = t.to[i];
        if (i + 1 < t.n && o->act_done[i + 1] < t.to[i]) o->act_done[i] = o->act_done[i + 1];
    }
    o->n_act_must = s == STATUS_OK ? t.n : 0;
    table_free(&t);
    return o->act_r.failed || o->act_f.failed ? STATUS_FAULT : s;
}

instant outcome_may_perform(const struct outcome *o, enum world world, instant from)
{
    const struct iset *set = world == WORLD_R ? &o->act_r : &o->act_f;
    size_t i = iset_find(set, from);
    if (i == set->n) return INSTANT_MAX;
    return set->items[i].from > from ? set->items[i].from : from;
}

instant outcome_must_perform(const struct outcome *o, instant from)
{
    size_t lo = 0, hi = o->n_act_must;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (o->act_must[mid].from < from)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < o->n_act_must ? o->act_done[lo] : INSTANT_MAX;
}

/* ---- all of it ---- */

/* Why the conditions around the anchor are not certain: the reasons of what they pick. */
static uint32_t find_other_reasons(const struct outcome *o)
{
    uint32_t reasons = 0;
    for (uint32_t i = 0; i < o->v->n_preds; i++) {
        const struct picks *picks = &o->relations.items[i].picks;
        if (i == o->v->anchor_pred) continue;
        if (o->v->preds[i].source == PRED_NEEDS) reasons |= need_reasons(&o->relations, i);
        if (o->v->preds[i].need) continue;
        for (size_t k = 0; k < picks->n; k++)
            if (picks->items[k].quality != QUALITY_YES || !picks->items[k].established)
                reasons |= picks->items[k].reasons;
    }
    return reasons;
}

enum status outcome_init(struct outcome *o, struct view *view, struct lowered *lowered,
                         const struct violation *v, struct diags *diags)
{
    *o = (struct outcome){.v = v};
    struct iset *sets[] = {&o->hidden, &o->ahead, &o->must_f, &o->must_r, &o->in_r,
                           &o->in_c,   &o->raw,   &o->act_r,  &o->act_f,  &o->crowd};
    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) iset_init(sets[i]);
    enum status s = relations_init(&o->relations, view, lowered, v, diags);
    if (s != STATUS_OK) return s;
    o->n_items = count_items(o);
    o->flags = calloc(o->n_items + 1, 1);
    if (!o->flags) return STATUS_FAULT;
    index_items(o);
    o->other_reasons = find_other_reasons(o);
    s = ask_must(o);
    if (s == STATUS_OK) s = ask_may(o);
    if (s == STATUS_OK && v->crowd)
        s = relations_holds(&o->relations, v->crowd, POLARITY_MUST, WORLD_F, &o->crowd);
    if (s == STATUS_OK && v->excusable) s = ask_flag(o, PART_RAW, POLARITY_MAY, WORLD_R, ITEM_RAW);
    if (s == STATUS_OK && v->anchor == ANCHOR_DEADLINE) {
        s = ask_flag(o, PART_MADE, POLARITY_MAY, WORLD_R, ITEM_MADE);
        if (s == STATUS_OK) s = ask_flag(o, PART_PERFORMED, POLARITY_MUST, WORLD_F, ITEM_PERFORMED);
        if (s == STATUS_OK) s = find_performances(o);
        if (s == STATUS_OK && v->lag) s = ask_lag(o);
    }
    return s;
}

void outcome_free(struct outcome *o)
{
    struct iset *sets[] = {&o->hidden, &o->ahead, &o->must_f, &o->must_r, &o->in_r,
                           &o->in_c,   &o->raw,   &o->act_r,  &o->act_f,  &o->crowd};
    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) iset_free(sets[i]);
    struct item_spans *spans[] = {&o->must,       &o->may_r, &o->may_c, &o->lag_must_f,
                                  &o->lag_must_r, &o->lag_r, &o->lag_c};
    for (size_t i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
        free(spans[i]->start);
        free(spans[i]->spans);
    }
    free(o->flags);
    free(o->act_must);
    free(o->act_done);
    relations_free(&o->relations);
    *o = (struct outcome){0};
}
