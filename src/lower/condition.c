/* Conditions as closed formulas: where they hold, and where they begin to. */
#include "lower/lowering.h"

static struct formula *condition_not(struct lowering *b, struct formula *a)
{
    return formula_not(&b->v->scope, a);
}

static struct formula *once(struct lowering *b, struct bound bound, struct formula *a)
{
    return formula_temporal(&b->v->scope, F_ONCE, bound, a);
}

struct formula *lowering_and(struct lowering *b, struct formula *a, struct formula *c)
{
    if (a && c && a->op == F_TRUE) return c;
    if (a && c && c->op == F_TRUE) return a;
    return formula_and(&b->v->scope, a, c);
}

/* One formula for a phrase, or the conjunction over its actors for "each of". */
static struct formula *each_of(struct lowering *b, const struct phrase *phrase,
                               struct formula *(*one)(struct lowering *b,
                                                      const struct phrase *phrase, uint32_t actor,
                                                      const void *ctx),
                               const void *ctx)
{
    if (phrase->who != WHO_EACH_OF) return one(b, phrase, FACTS_NONE, ctx);
    struct formula *all = formula_true(&b->v->scope);
    for (uint32_t i = 0; i < phrase->actors.n; i++) {
        struct formula *f = one(b, phrase, phrase->actors.v[i], ctx);
        all = i ? formula_and(&b->v->scope, all, f) : f;
    }
    return all;
}

/* ---- states ---- */

static struct formula *defined(struct lowering *b, const struct definition *d)
{
    struct formula *start = lowering_becomes(b, d->from);
    if (!d->until) return once(b, bound_all(), start);
    struct formula *end = lowering_becomes(b, d->until);
    return formula_since(&b->v->scope, condition_not(b, end), bound_all(), start);
}

static struct formula *state_of(struct lowering *b, const struct phrase *phrase, uint32_t actor,
                                const void *ctx)
{
    (void)ctx;
    struct formula *on_record = lowering_some(b, lowering_phrase(b, phrase, actor, false));
    return lowering_stated(b, phrase, actor, on_record);
}

struct formula *lowering_holds(struct lowering *b, const struct phrase *phrase)
{
    const struct kind *k = &b->g->kinds[phrase->kind];
    return k->definition ? defined(b, k->definition) : each_of(b, phrase, state_of, NULL);
}

/* ---- events ---- */

static struct formula *event_of(struct lowering *b, const struct phrase *phrase, uint32_t actor,
                                const void *ctx)
{
    const struct condition *c = ctx;
    return lowering_some(b, lowering_phrase(b, phrase, actor, c->recorded));
}

struct formula *lowering_counts(struct lowering *b, uint32_t kind)
{
    if (b->g->kinds[kind].filed) return NULL;
    struct fixed_row row = {agreement_beginning(b->g), INSTANT_MAX, INSTANT_MIN};
    struct str words =
        b->g->header.has_signed ? STR("since the signature") : STR("since entry into force");
    return lowering_fact(b, lowering_fixed(b, words, &row, 1, false));
}

static struct formula *happened_of(struct lowering *b, const struct phrase *phrase, uint32_t actor,
                                   const void *ctx)
{
    const struct condition *c = ctx;
    struct bound window = lowering_window(b, &c->window, false);
    struct formula *event = event_of(b, phrase, actor, ctx), *counts = NULL;
    if (!duration_none(&c->ahead)) window.lo = lowering_edge(b, &c->ahead, false);
    if (duration_none(&c->window)) counts = lowering_counts(b, phrase->kind);
    return once(b, window, counts ? lowering_and(b, event, counts) : event);
}

/* `since` happened at least a window ago, and nothing of the phrase within the window after it. */
static struct formula *no_objection(struct lowering *b, const struct condition *c)
{
    struct scope *sc = &b->v->scope;
    struct edge edge = lowering_edge(b, &c->window, false);
    struct formula *objection = lowering_some(b, lowering_phrase(b, &c->phrase, FACTS_NONE, false));
    struct formula *none = condition_not(
        b, formula_temporal(sc, F_EVENTUALLY, (struct bound){edge_seconds(0), edge}, objection));
    struct formula *since =
        lowering_some(b, lowering_phrase(b, &c->since, FACTS_NONE, c->recorded));
    return once(b, (struct bound){edge, edge_seconds(INSTANT_MAX)}, formula_and(sc, since, none));
}

/* ---- provisions ---- */

struct formula *lowering_late(struct lowering *b, const struct pattern_parts *parts)
{
    if (parts->due.map == MAP_NONE && parts->due.seconds == 0) return parts->violation;
    return once(b, (struct bound){parts->due, parts->due}, parts->violation);
}

struct formula *lowering_times(struct lowering *b, uint32_t count, const struct duration *window,
                               const struct pattern_parts *parts, bool before)
{
    struct scope *sc = &b->v->scope;
    bool ever = duration_none(window);
    struct bound since = {parts->due, edge_seconds(INSTANT_MAX)};
    struct bound within = ever ? bound_all() : lowering_window(b, window, true);
    if (before) within.lo = edge_seconds(1);
    struct formula *in_window = ever && !before ? once(b, since, parts->violation)
                                                : once(b, within, lowering_late(b, parts));
    if (count <= 1 || parts->anchor_pred == LOWER_NONE)
        return parts->anchor_pred == LOWER_NONE ? in_window
                                                : formula_exists(sc, &parts->id, 1, in_window);
    uint32_t n = scope_var(sc, STR("n"), VALUE_INT);
    struct formula *counted = formula_agg(sc, n, AGG_CNT, parts->id, NULL, 0, in_window);
    struct formula *enough =
        formula_compare(sc, CMP_GE, term_var(sc, n), term_int(sc, (int64_t)count));
    return formula_exists(sc, &n, 1, formula_and(sc, counted, enough));
}

static struct formula *version_violated(struct lowering *b, const struct condition *c,
                                        uint32_t version)
{
    const struct provision *p = &b->g->provisions[version];
    struct formula *any = NULL;
    for (uint32_t i = 0; i < (p->together ? 1 : p->bearers.n); i++) {
        struct pattern_parts parts;
        uint32_t bearer = p->together ? VERDICT_ALL : p->bearers.v[i];
        if (!lowering_reference(b, version, bearer, false, &parts)) return NULL;
        struct formula *one =
            lowering_times(b, c->count, &c->window, &parts, c->provision == b->before);
        any = any ? formula_or(&b->v->scope, any, one) : one;
    }
    return any ? any : formula_false(&b->v->scope);
}

/* Some bearer of the provision has violated it so many times, in one version or another. */
static struct formula *violated(struct lowering *b, const struct condition *c)
{
    struct formula *any = NULL;
    const struct provision *pv = b->g->provisions;
    if (pv[c->provision].next_version != LANG_NONE && c->count > 1) {
        b->refused = "it counts violations of a provision that was amended";
        b->refused_at = c->at;
        return NULL;
    }
    for (uint32_t v = c->provision; v != LANG_NONE; v = pv[v].next_version) {
        struct formula *one = version_violated(b, c, v);
        any = any ? formula_or(&b->v->scope, any, one) : one;
    }
    return any;
}

/* Each bearer of the provision has fulfilled it. */
static struct formula *version_fulfilled(struct lowering *b, uint32_t version)
{
    struct lowering inner = *b;
    inner.towards = LANG_NONE;
    const struct provision *p = &b->g->provisions[version];
    bool schedule = p->pattern == PATTERN_SCHEDULE;
    struct formula *all = NULL;
    for (uint32_t i = 0; i < (p->together ? 1 : p->bearers.n); i++) {
        inner.p = p;
        inner.bearer = p->together ? VERDICT_ALL : p->bearers.v[i];
        struct formula *one =
            schedule ? lowering_schedule_done(&inner) : lowering_fulfilled(&inner);
        all = all ? formula_and(&b->v->scope, all, one) : one;
    }
    b->cap_preds = inner.cap_preds;
    b->failed |= inner.failed;
    if (!b->refused) {
        b->refused = inner.refused;
        b->refused_at = inner.refused_at;
    }
    return all;
}

/* A version whose date falls outside its own time asks nothing. */
static bool falls_due(struct lowering *b, const struct provision *p)
{
    instant first, last;
    if (p->deadline.op != DEADLINE_BY) return true;
    lowering_point(b, &p->deadline.point, &first, &last);
    return last >= p->from && last <= p->until;
}

/* Each bearer has fulfilled it, in one version or another. */
static struct formula *fulfilled(struct lowering *b, const struct condition *c)
{
    const struct provision *pv = b->g->provisions;
    struct formula *any = NULL;
    enum pattern pattern = pv[c->provision].pattern;
    if (pattern != PATTERN_DUTY && pattern != PATTERN_LAPSE && pattern != PATTERN_SCHEDULE)
        return condition_not(b, violated(b, c));
    for (uint32_t v = c->provision; v != LANG_NONE; v = pv[v].next_version) {
        if (!falls_due(b, &pv[v])) continue;
        struct formula *one = version_fulfilled(b, v);
        any = any ? formula_or(&b->v->scope, any, one) : one;
    }
    return any ? any : formula_false(&b->v->scope);
}

/* ---- the clock ---- */

#define MAX_CLOCK_DAYS 1000000

/* One instant a day, for the days of the agreement up to the horizon. */
static struct formula *clock_shows(struct lowering *b, const struct condition *c)
{
    const struct zone *z = b->g->header.zone;
    instant end = b->horizon < b->g->header.until ? b->horizon : b->g->header.until;
    int64_t first = zone_day(z, b->g->header.from), last = zone_day(z, end) + 1;
    size_t n = last < first ? 0 : (size_t)(last - first) + 1,
           cap = n < MAX_CLOCK_DAYS ? n : MAX_CLOCK_DAYS;
    struct fixed_row *rows = arena_array(&b->l->arena, cap, sizeof(*rows));
    if (!rows) {
        b->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < cap; i++) {
        instant at = zone_instant_of(z, (first + (int64_t)i) * SECONDS_PER_DAY + c->clock);
        rows[i] = (struct fixed_row){at, at, at};
    }
    return lowering_fact(b, lowering_fixed(b, place_text(c->at), rows, cap, false));
}

/* ---- all of them ---- */

static struct formula *since_point(struct lowering *b, const struct condition *c)
{
    instant first, last;
    lowering_point(b, &c->point, &first, &last);
    struct fixed_row from = {first, INSTANT_MAX, first};
    struct fixed_row until = {INSTANT_MIN, instant_add(first, -1), INSTANT_MIN};
    bool is_from = c->op == COND_FROM;
    return lowering_fact(b,
                         lowering_fixed(b, place_text(c->at), is_from ? &from : &until, 1, false));
}

static struct formula *junction(struct lowering *b, const struct condition *c)
{
    struct scope *sc = &b->v->scope;
    bool all = c->op == COND_ALL;
    struct formula *f = all ? formula_true(sc) : formula_false(sc);
    for (uint32_t i = 0; i < c->n_sub; i++) {
        struct formula *one = lowering_condition(b, c->sub[i]);
        f = i == 0 ? one : all ? formula_and(sc, f, one) : formula_or(sc, f, one);
    }
    return f;
}

struct formula *lowering_condition(struct lowering *b, const struct condition *c)
{
    switch (c->op) {
    case COND_ALL:
    case COND_ANY: return junction(b, c);
    case COND_NOT: return condition_not(b, lowering_condition(b, c->sub[0]));
    case COND_HAPPENED: return each_of(b, &c->phrase, happened_of, c);
    case COND_HOLDS: return lowering_holds(b, &c->phrase);
    case COND_FROM:
    case COND_UNTIL: return since_point(b, c);
    case COND_VIOLATED: return violated(b, c);
    case COND_FULFILLED: return fulfilled(b, c);
    case COND_CLOCK: return clock_shows(b, c);
    case COND_NO_OBJECTION: return no_objection(b, c);
    case COND_SUSPENSION: return lowering_suspension(b, c);
    }
    return NULL;
}

/* ---- beginnings ---- */

/* Holds now and not a second ago. */
static struct formula *rises(struct lowering *b, struct formula *f)
{
    struct formula *before = once(b, bound_seconds(1, 1), f);
    return formula_and(&b->v->scope, f, condition_not(b, before));
}

/* A conjunction begins when one member begins while all others hold; a disjunction when a member
 * does. */
static struct formula *junction_begins(struct lowering *b, const struct condition *c)
{
    struct scope *sc = &b->v->scope;
    struct formula *any = formula_false(sc);
    for (uint32_t i = 0; i < c->n_sub; i++) {
        struct formula *one = lowering_becomes(b, c->sub[i]);
        for (uint32_t k = 0; k < c->n_sub && c->op == COND_ALL; k++)
            if (k != i) one = formula_and(sc, one, lowering_condition(b, c->sub[k]));
        any = i ? formula_or(sc, any, one) : one;
    }
    return any;
}

static struct formula *each_begins(struct lowering *b, const struct condition *c)
{
    struct scope *sc = &b->v->scope;
    struct formula *any = NULL;
    for (uint32_t i = 0; i < c->phrase.actors.n; i++) {
        struct formula *one = event_of(b, &c->phrase, c->phrase.actors.v[i], c);
        for (uint32_t k = 0; k < c->phrase.actors.n; k++)
            if (k != i)
                one = formula_and(sc, one, happened_of(b, &c->phrase, c->phrase.actors.v[k], c));
        any = any ? formula_or(sc, any, one) : one;
    }
    return any ? any : formula_false(sc);
}

static struct formula *point_begins(struct lowering *b, const struct condition *c)
{
    instant first, last;
    lowering_point(b, &c->point, &first, &last);
    struct fixed_row at = {first, first, first};
    return lowering_fact(b, lowering_fixed(b, place_text(c->at), &at, 1, false));
}

struct formula *lowering_becomes(struct lowering *b, const struct condition *c)
{
    switch (c->op) {
    case COND_ALL:
    case COND_ANY: return junction_begins(b, c);
    case COND_HAPPENED:
        return c->phrase.who == WHO_EACH_OF ? each_begins(b, c)
                                            : event_of(b, &c->phrase, FACTS_NONE, c);
    case COND_FROM: return point_begins(b, c);
    case COND_CLOCK: return clock_shows(b, c);
    case COND_NOT:
    case COND_HOLDS:
    case COND_UNTIL:
    case COND_VIOLATED:
    case COND_FULFILLED:
    case COND_NO_OBJECTION:
    case COND_SUSPENSION: break;
    }
    return rises(b, lowering_condition(b, c));
}

/* ---- frames ---- */

static struct formula *frame_open(struct lowering *b, const struct frame *f)
{
    struct formula *c = lowering_condition(b, f->condition);
    switch (f->op) {
    case FRAME_FROM: return once(b, bound_all(), c);
    case FRAME_AFTER: return once(b, bound_seconds(1, INSTANT_MAX), c);
    case FRAME_UNTIL:
    case FRAME_BEFORE: return condition_not(b, once(b, bound_all(), c));
    case FRAME_WHILE: return c;
    }
    return NULL;
}

void lowering_part(struct lowering *b, enum part_kind kind, struct formula *holds, struct place at)
{
    if (b->n_parts < MAX_PARTS) b->parts[b->n_parts++] = (struct part){kind, holds, at, LOWER_NONE};
}

struct formula *lowering_frames(struct lowering *b, const struct provision *p)
{
    struct formula *all = NULL;
    for (uint32_t i = 0; i < p->n_frames; i++) {
        if (!p->frames[i].condition) continue;
        struct formula *open = frame_open(b, &p->frames[i]);
        lowering_part(b, PART_FRAME, open, p->frames[i].at);
        all = all ? lowering_and(b, all, open) : open;
    }
    return all ? all : formula_true(&b->v->scope);
}
