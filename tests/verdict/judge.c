#include "judge.h"

#include <stdlib.h>
#include <string.h>

/* ---- ticking through a formula ---- */

struct world {
    struct thing things[MAX_THINGS];
    size_t n;
    bool high; /* of a baseline that is stated as a range, its end */
    bool
        beyond; /* in C and F: what nothing on record tells may be so (see need_of, PRED_UNKNOWN) */
    int later;  /* what is covered after `at`: as recorded, or (in F) 1: all, 2: nothing */
};

struct ways;

struct ticker {
    const struct judge_case *c;
    const struct violation *v;
    const struct world *w;
    uint64_t *env; /* by variable */
    const struct ways *ways;
};

static unsigned all_ticks(void)
{
    return (1U << TICKS) - 1;
}

static unsigned tick_mask(instant from, instant to)
{
    unsigned m = 0;
    for (int t = 0; t < TICKS; t++)
        if (JUDGE_BASE + t >= from && JUDGE_BASE + t <= to) m |= 1U << t;
    return m;
}

static bool has(const uint32_t *list, size_t n, uint32_t x)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == x) return true;
    return false;
}

/* The steps of the cases are always shown to the body. */
static uint32_t actor_in(const struct judge_case *c, const struct thing *x, uint32_t attribute)
{
    const struct kind *k = &c->g->kinds[x->kind];
    if (k->ground) return attribute == GROUND_TO ? 2 : x->actor;
    return attribute == 2 ? x->to : x->actor;
}

/* Does a ruling excuse it as a violation of the provision? */
static bool excused(const struct judge_case *c, const struct thing *x, uint32_t provision)
{
    return x->excused && (c->over == LANG_NONE || c->over == provision);
}

static bool selected(const struct judge_case *c, const struct selector *s, const struct thing *x)
{
    if (!x->present || !kind_is(c->g, x->kind, s->kind)) return false;
    if (s->open && !x->hidden) return false; /* no report can tell */
    if (s->unexcused && excused(c, x, s->breach_of)) return false;
    if (!s->any_actor && !has(s->actors, s->n_actors, x->actor)) return false;
    if (s->zone != FACTS_NONE && x->inside == s->outside) return false;
    for (size_t i = 0; i < s->n_tests; i++) {
        const struct attribute_test *t = &s->tests[i];
        bool in = t->actors.n  ? has(t->actors.v, t->actors.n, actor_in(c, x, t->attribute))
                  : t->n_texts ? intern_find(&c->facts->texts, t->texts[0]) == x->value
                               : x->value >= t->lo && x->value <= t->hi;
        if (in == t->negated) return false;
    }
    return true;
}

static unsigned ticks_of(const struct ticker *k, const struct formula *f);

static unsigned first_tick(unsigned m)
{
    return m & (~m + 1);
}

/* ---- schedules ---- */

#define MANY (MAX_THINGS + 1) /* more than any case can count to */

static int64_t measure(const struct need *n, const struct thing *x)
{
    return n->op == MEASURE_COUNTED ? 1 : x->value > 0 ? x->value : 0;
}

/* Is something of the baseline certainly there by the step's deadline? */
static bool basis_certain(const struct ticker *k, const struct lowered_pred *p, size_t step);

/* What the step needs in this world. */
static int64_t need_of(const struct ticker *k, const struct lowered_pred *p, size_t step)
{
    const struct need *n = p->need;
    int64_t sum = k->w->high ? n->hi : n->lo;
    if (n->op != MEASURE_STATED) {
        sum = k->w->beyond && !basis_certain(k, p, step) ? MANY : 0;
        for (size_t i = 0; i < k->w->n; i++) {
            const struct thing *x = &k->w->things[i];
            if (selected(k->c, &p->selector, x) && x->ticks & tick_mask(INSTANT_MIN, n->due[step]))
                sum += measure(n, x);
        }
    }
    return step_need(&n->steps[step], sum);
}

static unsigned needs_ticks(const struct ticker *k, const struct lowered_pred *p,
                            const struct formula *f)
{
    uint64_t id = k->env[f->args[0]->var];
    if (id >= p->need->n_steps) return 0;
    int64_t need = need_of(k, p, (size_t)id);
    if (need > MANY) need = MANY;
    return need >= 1 && (int64_t)k->env[f->args[1]->var] == need ? all_ticks() : 0;
}

static unsigned pair_ticks(const struct ticker *k, const struct lowered_pred *p,
                           const struct formula *f)
{
    for (size_t i = 0; i < p->n_pairs; i++)
        if ((int64_t)k->env[f->args[0]->var] == p->pairs[i].a &&
            (int64_t)k->env[f->args[1]->var] == p->pairs[i].b)
            return all_ticks();
    return 0;
}

static unsigned agg_ticks(const struct ticker *k, const struct formula *f)
{
    int64_t n[TICKS] = {0};
    uint64_t saved = k->env[f->over];
    unsigned out = 0;
    for (uint64_t id = 0; id < k->w->n; id++) {
        k->env[f->over] = id;
        unsigned m = ticks_of(k, f->sub[0]);
        for (int t = 0; t < TICKS; t++)
            if (m & 1U << t) n[t]++;
    }
    k->env[f->over] = saved;
    for (int t = 0; t < TICKS; t++)
        if (n[t] == (int64_t)k->env[f->result]) out |= 1U << t;
    return out;
}

static int64_t term_value(const struct ticker *k, const struct term *t)
{
    return (int64_t)(t->op == TERM_VAR ? k->env[t->var] : t->value);
}

static unsigned compare_ticks(const struct ticker *k, const struct formula *f)
{
    int64_t a = term_value(k, f->left), b = term_value(k, f->right);
    bool holds = f->cmp == CMP_GE ? a >= b : f->cmp == CMP_GT ? a > b : (abort(), false);
    return holds ? all_ticks() : 0;
}

/* The ticks of what refers to the identity. */
static unsigned refer_ticks(const struct ticker *k, const struct lowered_pred *p, uint64_t id)
{
    const struct facts *f = k->c->facts;
    bool of_fact = p->refers_to != LANG_NONE;
    int64_t text = intern_find(&f->texts, p->refers_name);
    unsigned m = 0;
    if (of_fact) {
        if (id >= f->n_facts || !kind_is(k->c->g, f->facts[id].kind, p->refers_to)) return 0;
        text = f->facts[id].identity;
    } else if (id > 0) {
        return 0;
    }
    for (size_t i = 0; i < k->w->n; i++)
        if (selected(k->c, &p->selector, &k->w->things[i]) && k->w->things[i].incident == text)
            m |= k->w->things[i].ticks;
    return m;
}

/* Where nobody would have seen what the selector picks. */
static unsigned dark_ticks(const struct ticker *k, const struct selector *s)
{
    bool zone = s->zone != FACTS_NONE && !s->outside;
    unsigned seen = zone ? k->c->covered_zone[s->kind] : k->c->covered_all[s->kind];
    unsigned past = tick_mask(INSTANT_MIN, k->c->at);
    if (s->filed) return 0;
    if (k->w->later) seen = k->w->later == 1 ? seen | ~past : seen & past;
    return all_ticks() & ~seen;
}

static unsigned pred_ticks(const struct ticker *k, const struct formula *f)
{
    const struct lowered_pred *p = &k->v->preds[f->pred];
    if (p->source == PRED_UNCOVERED) return dark_ticks(k, &p->selector);
    if (p->source == PRED_NEEDS) return needs_ticks(k, p, f);
    if (p->source == PRED_NUMBERS) return all_ticks();
    if (p->source == PRED_PAIRS) return pair_ticks(k, p, f);
    if (p->source == PRED_UNKNOWN) return k->w->beyond ? all_ticks() : 0;
    if (p->source == PRED_FIRST) {
        return k->env[f->args[0]->var] == 0 ? first_tick(ticks_of(k, p->first)) : 0;
    }
    if (p->source == PRED_MOVED) { /* each tick of suspension, from the beginning, is one more */
        uint64_t row = k->env[f->args[0]->var];
        if (row >= p->n_rows) return 0;
        unsigned stopped = ticks_of(k, p->first);
        instant due = p->rows[row].to, at = JUDGE_BASE;
        if (at < k->c->g->header.from) at = k->c->g->header.from;
        if (at < p->rows[row].arises) at = p->rows[row].arises;
        for (; at <= due && at < JUDGE_BASE + TICKS; at++)
            if (stopped & 1U << (at - JUDGE_BASE)) due++;
        return tick_mask(due, due);
    }
    if (p->source == PRED_REFERS) return refer_ticks(k, p, k->env[f->args[0]->var]);
    if (p->source == PRED_FIXED) {
        unsigned m = 0;
        for (size_t i = 0; i < p->n_rows; i++)
            if (!p->keyed || k->env[f->args[0]->var] == i)
                m |= tick_mask(p->rows[i].from, p->rows[i].to);
        return m;
    }
    uint64_t id = k->env[f->args[0]->var];
    if (id >= k->w->n || !selected(k->c, &p->selector, &k->w->things[id])) return 0;
    return k->w->things[id].ticks;
}

/* t later by an edge */
static instant later(const struct judge_case *c, struct edge e, instant t)
{
    if (e.map == MAP_NONE) return instant_add(t, e.seconds);
    const struct time_map *m = &c->lowered->maps[e.map];
    return m->map(m->ctx, t);
}

/* Does t lie within the bound after s? */
static bool within(const struct judge_case *c, const struct formula *f, int s, int t)
{
    instant from = JUDGE_BASE + s, at = JUDGE_BASE + t;
    return later(c, f->bound.lo, from) <= at && at <= later(c, f->bound.hi, from);
}

static unsigned window(const struct judge_case *c, const struct formula *f, unsigned m, bool past)
{
    unsigned out = 0;
    for (int t = 0; t < TICKS; t++)
        for (int s = 0; s < TICKS; s++)
            if (m & 1U << s && (past ? within(c, f, s, t) : within(c, f, t, s))) out |= 1U << t;
    return out;
}

static unsigned since_ticks(const struct ticker *k, const struct formula *f)
{
    unsigned a = ticks_of(k, f->sub[0]), b = ticks_of(k, f->sub[1]), out = 0;
    for (int t = 0; t < TICKS; t++)
        for (int s = t; s >= 0; s--) {
            if (within(k->c, f, s, t) && b & 1U << s) out |= 1U << t;
            if (!(a & 1U << s)) break;
        }
    return out;
}

/* EXISTS n. (n <- CNT over; body AND n > c) in the shape that lowering makes. */
static unsigned count_ticks(const struct ticker *k, const struct formula *exists)
{
    const struct formula *and = exists->sub[0], *agg = and->sub[0], *cmp = and->sub[1];
    int64_t n[TICKS] = {0};
    uint64_t saved = k->env[agg->over];
    if (agg->op != F_AGG || cmp->op != F_COMPARE) abort();
    for (uint64_t id = 0; id < k->w->n; id++) {
        k->env[agg->over] = id;
        unsigned m = ticks_of(k, agg->sub[0]);
        for (int t = 0; t < TICKS; t++)
            if (m & 1U << t) n[t]++;
    }
    k->env[agg->over] = saved;
    unsigned out = 0;
    int64_t c = (int64_t)cmp->right->value;
    for (int t = 0; t < TICKS; t++)
        if (cmp->cmp == CMP_GT ? n[t] > c : n[t] >= c) out |= 1U << t;
    return out;
}

/* Every value of the variables from `var` on: identities, or numbers where there are any. */
static unsigned exists_from(const struct ticker *k, const struct formula *f, uint32_t var)
{
    if (var == f->n_vars) return ticks_of(k, f->sub[0]);
    uint64_t saved = k->env[f->vars[var]];
    unsigned out = 0;
    for (uint64_t x = 0; x < (k->v->lag ? MANY + 1 : MAX_THINGS + 1); x++) {
        k->env[f->vars[var]] = x;
        out |= exists_from(k, f, var + 1);
    }
    k->env[f->vars[var]] = saved;
    return out;
}

static unsigned exists_ticks(const struct ticker *k, const struct formula *f)
{
    if (f->sub[0]->op == F_AND && f->sub[0]->sub[0]->op == F_AGG) return count_ticks(k, f);
    return exists_from(k, f, 0);
}

static unsigned ticks_of(const struct ticker *k, const struct formula *f)
{
    unsigned m;
    switch (f->op) {
    case F_TRUE: return all_ticks();
    case F_FALSE: return 0;
    case F_PRED: return pred_ticks(k, f);
    case F_NOT: return all_ticks() & ~ticks_of(k, f->sub[0]);
    case F_AND:
        m = all_ticks();
        for (uint32_t i = 0; i < f->n_sub && m; i++) m &= ticks_of(k, f->sub[i]);
        return m;
    case F_OR:
        m = 0;
        for (uint32_t i = 0; i < f->n_sub; i++) m |= ticks_of(k, f->sub[i]);
        return m;
    case F_EXISTS: return exists_ticks(k, f);
    case F_ONCE: return window(k->c, f, ticks_of(k, f->sub[0]), true);
    case F_EVENTUALLY: return window(k->c, f, ticks_of(k, f->sub[0]), false);
    case F_SINCE: return since_ticks(k, f);
    case F_AGG: return agg_ticks(k, f);
    case F_COMPARE: return compare_ticks(k, f);
    default: abort();
    }
}

/* ---- worlds ---- */

#define MAX_WAYS 256

struct ways {
    struct thing way[MAX_FACTS][MAX_WAYS];
    size_t n[MAX_FACTS];
};

static void add_way(struct ways *w, size_t fact, struct thing x)
{
    if (w->n[fact] < MAX_WAYS) w->way[fact][w->n[fact]++] = x;
}

/* A step of a justification, about each thing that it may be about. */
static void add_steps(const struct judge_case *c, struct ways *w, size_t i, struct value about,
                      struct thing x)
{
    x.incident = about.lo;
    if (value_known(about)) {
        add_way(w, i, x);
        return;
    }
    x.incident = -1;
    add_way(w, i, x);
    for (size_t k = 0; k < c->facts->n_facts; k++) {
        x.incident = c->facts->facts[k].identity;
        add_way(w, i, x);
    }
}

/* Every (actor, place, value) of an alternative that happens at these ticks. */
static void add_ways_at(const struct judge_case *c, struct ways *w, size_t i,
                        const struct alternative *a, uint32_t kind, unsigned ticks)
{
    const struct facts *f = c->facts;
    bool ground = c->g->kinds[kind].ground;
    uint32_t anyone[] = {0, 1, FACTS_OTHER_ACTOR, 2};
    const uint32_t found = c->found[i] - 1;
    const uint32_t *actors = c->found[i]   ? &found
                             : a->n_actors ? f->actor_pool + a->actors
                                           : anyone;
    size_t n_actors = c->found[i] ? 1 : a->n_actors ? a->n_actors : ground ? 4 : 3;
    enum side side = a->place[0] == FACTS_NONE ? SIDE_UNDECIDED : (enum side)c->sides[a->place[0]];
    struct value v = f->value_pool[a->values + 1];
    const int64_t values[] = {v.lo == INT64_MIN ? 0 : v.lo, v.hi == INT64_MAX ? 9 : v.hi};
    for (size_t k = 0; k < n_actors; k++)
        for (int inside = 0; inside < 2; inside++)
            for (int j = 0; j < (values[0] == values[1] ? 1 : 2); j++) {
                if (side != SIDE_UNDECIDED && (side == SIDE_INSIDE) != inside) continue;
                struct thing x = {.present = true,
                                  .kind = kind,
                                  .actor = actors[k],
                                  .excused = c->excused[i],
                                  .ticks = ticks,
                                  .inside = inside,
                                  .value = values[j],
                                  .incident = -1};
                if (!ground && c->g->kinds[kind].n_attributes > 2)
                    x.to = (uint32_t)f->value_pool[a->values + 2].lo;
                if (ground) {
                    if (!inside) add_steps(c, w, i, f->value_pool[a->values + GROUND_INCIDENT], x);
                } else {
                    add_way(w, i, x);
                }
            }
}

/* How many independent sources say so. */
static uint32_t count_sources(const struct judge_case *c, const struct fact *x,
                              const struct evidence_case *e)
{
    const struct facts *f = c->facts;
    uint32_t seen[16], n = 0;
    for (uint32_t i = x->first_report; i != FACTS_NONE; i = f->reports[i].next) {
        const struct report *r = &f->reports[i];
        if (!(e->grades & 1U << r->grade)) continue;
        for (uint32_t k = 0; k < r->n_sources && n < 16; k++) {
            uint32_t source = f->source_pool[r->sources + k];
            if (!has(seen, n, source)) seen[n++] = source;
        }
        if (!r->n_sources && n == 0) n = 1; /* somebody says so */
    }
    return n;
}

bool judge_established(const struct judge_case *c, const struct fact *x)
{
    const struct evidence_case *e;
    uint32_t n;
    agreement_evidence(c->g, x->kind, c->reading, &e, &n);
    for (uint32_t i = 0; i < n; i++)
        if (count_sources(c, x, &e[i]) >= e[i].sources) return true;
    return false;
}

static void ways_of(const struct judge_case *c, struct ways *w, size_t i)
{
    const struct facts *f = c->facts;
    const struct fact *x = &f->facts[i];
    if (!judge_established(c, x)) add_way(w, i, (struct thing){.present = false});
    for (uint32_t k = x->first_alternative; k != FACTS_NONE; k = f->alternatives[k].next) {
        const struct alternative *a = &f->alternatives[k];
        if (a->start_lo > c->at) { /* told of what is to come: unknown, not a fact */
            add_way(w, i, (struct thing){.present = false});
            continue;
        }
        if (!c->g->kinds[x->kind].is_state) {
            for (instant t = a->start_lo; t <= a->start_hi; t++)
                add_ways_at(c, w, i, a, x->kind, tick_mask(t, t));
            continue;
        }
        instant ends = a->end_lo < c->at ? a->end_lo : c->at; /* that it goes on is no fact yet */
        for (instant s = a->start_lo; s <= a->start_hi; s++)
            for (instant e = ends; e <= a->end_hi; e++)
                if (s <= e) add_ways_at(c, w, i, a, x->kind, tick_mask(s, e));
    }
}

static bool basis_certain(const struct ticker *k, const struct lowered_pred *p, size_t step)
{
    const struct ways *w = k->ways;
    bool any = false;
    for (size_t i = 0; i < k->c->facts->n_facts && !any; i++) {
        any = w->n[i] > 0;
        for (size_t n = 0; n < w->n[i] && any; n++) {
            const struct thing *x = &w->way[i][n];
            any = selected(k->c, &p->selector, x) &&
                  !(x->ticks & ~tick_mask(INSTANT_MIN, p->need->due[step]));
        }
    }
    return any;
}

/* ---- hidden things ---- */

#define MAX_HIDDEN 512

struct hidden {
    struct thing x[MAX_HIDDEN];
    size_t n;
};

/* Who may have done it unseen: as many as a formula can tell apart. */
static size_t doers(const struct kind *k, uint32_t *out)
{
    uint32_t class_ = k->actor == LANG_NONE ? LANG_NONE : k->attributes[k->actor].class_;
    size_t n = 0;
    if (class_ != ACTOR_BODY) out[n++] = 0, out[n++] = 1;
    if (class_ == ACTOR_BODY || (class_ == LANG_NONE && k->n_attributes > 2)) out[n++] = 2;
    return n;
}

static void add_hidden(const struct judge_case *c, struct hidden *h, uint32_t kind, unsigned ticks,
                       bool inside)
{
    const struct kind *k = &c->g->kinds[kind];
    bool text = k->n_attributes > 1 && k->attributes[1].type == ATTRIBUTE_TEXT;
    const int64_t values[] = {text ? c->text : 0, text ? -1 : 9};
    uint32_t who[3];
    size_t n = doers(k, who), n_to = k->n_attributes > 2 && !k->ground ? 3 : 1;
    for (size_t i = 0; i < n * 2 * n_to && ticks && h->n < MAX_HIDDEN; i++)
        h->x[h->n++] = (struct thing){.present = true,
                                      .kind = kind,
                                      .actor = who[i / 2 % n],
                                      .ticks = ticks,
                                      .inside = inside,
                                      .value = values[i % 2],
                                      .incident = -1,
                                      .to = (uint32_t)(i / 2 / n),
                                      .hidden = true};
}

/* Is something of the kind asked for of which no report can tell? */
static bool left_open(const struct judge_case *c, struct violation *const *v, size_t n,
                      uint32_t kind)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < v[i]->n_preds; k++)
            if (v[i]->preds[k].source == PRED_SELECTS && v[i]->preds[k].selector.open &&
                kind_is(c->g, kind, v[i]->preds[k].selector.kind))
                return true;
    return false;
}

static bool uses_kind(const struct judge_case *c, struct violation *const *v, size_t n,
                      uint32_t kind)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < v[i]->n_preds; k++)
            if (v[i]->preds[k].source == PRED_SELECTS &&
                kind_is(c->g, kind, v[i]->preds[k].selector.kind))
                return true;
    return false;
}

static void hide(const struct judge_case *c, struct violation *const *v, size_t n, int set,
                 struct hidden *h)
{
    unsigned past = tick_mask(INSTANT_MIN, c->at);
    h->n = 0;
    for (uint32_t kind = 0; kind < c->g->n_kinds && set != JUDGE_R; kind++) {
        const struct kind *k = &c->g->kinds[kind];
        if (k->ground || !uses_kind(c, v, n, kind)) continue; /* only what is on record is */
        for (int inside = 0; inside < 2; inside++) {
            unsigned covered = inside ? c->covered_zone[kind] : c->covered_all[kind];
            if (left_open(c, v, n, kind)) covered = 1;
            unsigned open = k->filed ? 0 : past & ~covered;
            if (set == JUDGE_F) open |= all_ticks() & ~past;
            for (int t = 0; t < TICKS; t++) add_hidden(c, h, kind, open & 1U << t, inside);
            if (k->is_state) add_hidden(c, h, kind, open, inside);
        }
    }
}

/* ---- judging ---- */

struct judging {
    const struct judge_case *c;
    struct violation *const *v;
    size_t n;
    struct judgement *out;
    size_t worlds;
    const struct ways *ways;
};

static void note(struct judged *x, bool violates)
{
    x->always &= violates;
    x->ever |= violates;
}

/* A duty whose deadline lies ahead is not violated yet: the ticks of anchors that are due. */
static unsigned due_ticks(const struct judge_case *c, const struct violation *v)
{
    if (v->anchor != ANCHOR_DEADLINE) return all_ticks();
    unsigned m = 0;
    for (int t = 0; t < TICKS; t++)
        if (later(c, v->due, JUDGE_BASE + t) <= c->at) m |= 1U << t;
    return m;
}

/* Do the frames and `if` hold at some second of the term? */
static bool asks_ever(const struct ticker *k)
{
    unsigned term = 0;
    for (size_t i = 0; i < k->v->n_term; i++)
        term |= tick_mask(k->v->term[i].from, k->v->term[i].to);
    term &= ticks_of(k, k->v->force);
    return (k->v->asks ? term & ticks_of(k, k->v->asks) : term) != 0;
}

/* One world, as a member of the sets from `set` on (they are nested). */
static void judge_world(struct judging *j, const struct world *w, int set)
{
    unsigned days[2] = {(1U << TICKS / 2) - 1, ((1U << TICKS / 2) - 1) << TICKS / 2};
    bool id[MAX_IDS] = {false}, id_due[MAX_IDS] = {false}, raw[MAX_IDS] = {false},
         done[MAX_IDS] = {false}, there[MAX_IDS] = {false};
    unsigned all = 0, due = 0;
    bool made = false, asked = false;
    j->worlds++;
    for (size_t i = 0; i < j->n; i++) {
        uint64_t env[1024];
        struct ticker k = {.c = j->c, .v = j->v[i], .w = w, .env = env, .ways = j->ways};
        bool closed = j->v[i]->anchor_pred == LOWER_NONE;
        memset(env, 0, sizeof(env));
        asked |= asks_ever(&k);
        for (uint64_t x = 0; x < (closed ? 1 : MAX_THINGS); x++) {
            memset(env, 0, sizeof(env));
            if (!closed) env[j->v[i]->id] = x;
            bool act = !closed && j->v[i]->anchor != ANCHOR_DEADLINE;
            bool ruled = act && x < w->n && excused(j->c, &w->things[x], j->v[i]->provision);
            unsigned m = ruled ? 0 : ticks_of(&k, j->v[i]->violation);
            all |= m;
            due |= m & due_ticks(j->c, j->v[i]);
            id[x] |= m != 0;
            id_due[x] |= (m & due_ticks(j->c, j->v[i])) != 0;
            raw[x] |= ticks_of(&k, j->v[i]->raw) != 0;
            there[x] |= ticks_of(&k, j->v[i]->made) != 0;
            made |= there[x];
            if (j->v[i]->performed) done[x] |= ticks_of(&k, j->v[i]->performed) != 0;
        }
    }
    for (int s = set; s < JUDGE_SETS; s++) {
        for (size_t x = 0; x < MAX_IDS; x++) {
            note(&j->out->of[s][x], s == JUDGE_F ? id[x] : id_due[x]);
            j->out->of[s][x].raw_ever |= raw[x];
            j->out->of[s][x].performed_always &= done[x];
            j->out->of[s][x].made_always &= there[x];
        }
        note(&j->out->any[s], (s == JUDGE_F ? all : due) != 0);
        j->out->made[s] |= made;
        j->out->asked[s] |= asked;
        for (int d = 0; d < 2; d++) note(&j->out->day[s][d], (all & days[d]) != 0);
    }
}

static void with_hidden(struct judging *j, const struct world *w, const struct hidden *h, int set)
{
    struct world more = *w;
    more.beyond = true;
    judge_world(j, &more, set);
    more.beyond = false;
    more.n = w->n + 1;
    for (size_t a = 0; a < h->n; a++) {
        more.n = w->n + 1;
        more.things[w->n] = h->x[a];
        judge_world(j, &more, set);
        if (h->n > 12) continue; /* pairs only where there are few */
        more.n = w->n + 2;
        for (size_t b = a; b < h->n; b++) {
            more.things[w->n + 1] = h->x[b];
            judge_world(j, &more, set);
        }
    }
}

static bool asks_coverage(struct violation *const *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < v[i]->n_preds; k++)
            if (v[i]->preds[k].source == PRED_UNCOVERED) return true;
    return false;
}

void judge(const struct judge_case *c, struct violation *const *v, size_t n, struct judgement *out)
{
    struct ways *ways = calloc(1, sizeof(*ways));
    struct hidden *hidden = calloc(2, sizeof(*hidden));
    struct judging j = {c, v, n, out, 0, ways};
    size_t at[MAX_FACTS] = {0}, product = 1;
    memset(out, 0, sizeof(*out));
    for (int s = 0; s < JUDGE_SETS; s++) {
        for (size_t x = 0; x < MAX_IDS; x++)
            out->of[s][x].always = out->of[s][x].performed_always = out->of[s][x].made_always =
                true;
        out->any[s].always = out->day[s][0].always = out->day[s][1].always = true;
    }
    for (size_t i = 0; i < c->facts->n_facts; i++) {
        ways_of(c, ways, i);
        product *= ways->n[i];
    }
    hide(c, v, n, JUDGE_C, &hidden[0]);
    hide(c, v, n, JUDGE_F, &hidden[1]);
    out->too_many = product * (hidden[1].n + 1) > 1500;
    for (size_t k = 0; k < product && !out->too_many; k++) {
        struct world w = {.n = c->facts->n_facts};
        for (size_t i = 0; i < w.n; i++) w.things[i] = ways->way[i][at[i]];
        for (int high = 0; high < 2; high++) {
            w.high = high;
            judge_world(&j, &w, JUDGE_R);
            with_hidden(&j, &w, &hidden[0], JUDGE_C);
            with_hidden(&j, &w, &hidden[1], JUDGE_F);
            for (w.later = 1; w.later < 3 && asks_coverage(v, n); w.later++)
                with_hidden(&j, &w, &hidden[1], JUDGE_F);
            w.later = 0;
            if (!v[0]->lag) break;
        }
        for (size_t i = 0; i < w.n; i++) {
            if (++at[i] < ways->n[i]) break;
            at[i] = 0;
        }
    }
    free(ways);
    free(hidden);
}
