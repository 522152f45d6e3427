/* See key.h.  Lists without order are written member by member, sorted, and joined. */
#include "plain/key.h"
#include "lang/expert.h"
#include "lang/in_force.h"
#include "lang/power.h"

#include <stdlib.h>
#include <string.h>

#define UNMATCHED (UINT32_MAX / 2)

const char *thing_name(enum thing t)
{
    static const char *const names[] = {"party", "line",     "zone", "date",     "kind",
                                        "stock", "movement", "site", "provision"};
    return names[t];
}

uint32_t thing_count(const struct agreement *g, enum thing t)
{
    switch (t) {
    case THING_ACTOR: return g->n_actors;
    case THING_LINE: return g->n_lines;
    case THING_ZONE: return g->n_zones;
    case THING_DATE: return g->n_dates;
    case THING_KIND: return g->n_kinds;
    case THING_STOCK: return g->n_stocks;
    case THING_PROCESS: return g->n_processes;
    case THING_SITE: return g->n_sites;
    case THING_PROVISION: return g->n_provisions;
    }
    return 0;
}

struct str thing_called(const struct agreement *g, enum thing t, uint32_t i)
{
    switch (t) {
    case THING_ACTOR: return g->actors[i].name;
    case THING_LINE: return g->lines[i].name;
    case THING_ZONE: return g->zones[i].name;
    case THING_DATE: return g->dates[i].name;
    case THING_KIND: return g->kinds[i].name;
    case THING_STOCK: return g->stocks[i].name;
    case THING_PROCESS: return g->processes[i].name;
    case THING_SITE: return g->sites[i].name;
    case THING_PROVISION: return g->provisions[i].name;
    }
    return (struct str){NULL, 0};
}

uint32_t key_number(const struct edition *s, enum thing t, uint32_t i)
{
    if (i == LANG_NONE || !s->m) return i;
    uint32_t old = s->m->old[t][i];
    return old != LANG_NONE ? old : UNMATCHED + i;
}

static void number(struct buf *out, const struct edition *s, enum thing t, uint32_t i)
{
    if (i == LANG_NONE)
        buf_putc(out, '-');
    else
        buf_fmt(out, "%u", key_number(s, t, i));
}

static void text(struct buf *out, struct str s)
{
    buf_fmt(out, "%zu:", s.n);
    buf_add(out, s);
}

/* ---- lists without order ---- */

struct bag {
    struct buf all;    /* the members, one behind another */
    size_t ends[1024]; /* more members than this are taken in their order */
    size_t n;
};

static void bag_init(struct bag *b)
{
    buf_init(&b->all);
    b->n = 0;
}

/* What was added to b->all since is one member. */
static void bag_end(struct bag *b)
{
    if (b->n == sizeof b->ends / sizeof *b->ends) b->n--;
    b->ends[b->n++] = b->all.n;
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void bag_put(struct bag *b, struct buf *out)
{
    struct str members[1024];
    size_t from = 0;
    for (size_t i = 0; i < b->n; i++) {
        members[i] = str_slice(buf_str(&b->all), from, b->ends[i]);
        from = b->ends[i];
    }
    if (b->n) qsort(members, b->n, sizeof *members, by_text);
    buf_putc(out, '{');
    for (size_t i = 0; i < b->n; i++) text(out, members[i]);
    buf_putc(out, '}');
    if (b->all.failed) out->failed = true;
    buf_free(&b->all);
}

/* ---- time ---- */

void key_duration(struct buf *out, const struct duration *d)
{
    buf_fmt(out, "%d,%d,%d,%lld;", d->months, d->days, d->working_days, (long long)d->seconds);
}

/* A disputed term by what it settles. */
static void key_term(struct buf *out, const struct edition *s, uint32_t term)
{
    const struct disputed *d = &s->g->terms[term];
    buf_fmt(out, "T%d:", (int)d->kind);
    if (d->kind == TERM_LINE) number(out, s, THING_LINE, d->index);
    if (d->kind == TERM_ZONE) number(out, s, THING_ZONE, d->index);
    if (d->kind == TERM_DATE) number(out, s, THING_DATE, d->index);
    if (d->kind == TERM_KIND) number(out, s, THING_KIND, d->index);
}

/* Of a point only what is used: its range, its first second, or its last. */
enum use { USE_RANGE, USE_FIRST, USE_LAST };

static void key_use(struct buf *out, const struct edition *s, const struct point *p, enum use use)
{
    instant first, last;
    bool moves = p->op == POINT_EXPIRY || (p->op == POINT_FORCE && agreement_entry(s->g));
    if (p->term != LANG_NONE) {
        key_term(out, s, p->term);
        buf_fmt(out, "e%d%d", (int)p->edge, p->backwards);
        key_duration(out, &p->shift);
        return;
    }
    agreement_point(s->g, p, LANG_NONE, &first, &last);
    if (use == USE_FIRST) last = first;
    if (use == USE_LAST) first = last;
    buf_fmt(out, "%c%lld..%lld;", moves ? 'm' : 'p', (long long)first, (long long)last);
}

void key_point(struct buf *out, const struct edition *s, const struct point *p)
{
    key_use(out, s, p, USE_RANGE);
}

/* ---- acts and conditions ---- */

static void key_actors(struct buf *out, const struct edition *s, struct indices actors)
{
    struct bag b;
    bag_init(&b);
    for (uint32_t i = 0; i < actors.n; i++) {
        number(&b.all, s, THING_ACTOR, actors.v[i]);
        bag_end(&b);
    }
    bag_put(&b, out);
}

/* An attribute by the number of the one of that name in the old draft's kind, or of the one in its place
 * when that name is gone from the new. */
static uint32_t attribute(const struct edition *s, uint32_t kind, uint32_t a)
{
    uint32_t old = key_number(s, THING_KIND, kind);
    if (!s->m || a == LANG_NONE || old >= UNMATCHED) return a;
    const struct kind *was = &s->m->before->kinds[old], *is = &s->g->kinds[kind];
    uint32_t same = kind_attribute(was, is->attributes[a].name);
    if (same != LANG_NONE) return same;
    if (a < was->n_attributes && kind_attribute(is, was->attributes[a].name) == LANG_NONE) return a;
    return UNMATCHED + a;
}

static void key_tests(struct buf *out, const struct edition *s, uint32_t kind,
                      const struct attribute_test *tests, uint32_t n)
{
    struct bag b;
    bag_init(&b);
    for (uint32_t i = 0; i < n; i++) {
        const struct attribute_test *t = &tests[i];
        struct bag words;
        bag_init(&words);
        buf_fmt(&b.all, "%u%c%d%lld..%lld", attribute(s, kind, t->attribute),
                t->negated ? '!' : '=', t->each + 2 * t->others, (long long)t->lo,
                (long long)t->hi);
        for (uint32_t k = 0; k < t->n_texts; k++) {
            buf_add(&words.all, t->texts[k]);
            bag_end(&words);
        }
        bag_put(&words, &b.all);
        key_actors(&b.all, s, t->actors);
        bag_end(&b);
    }
    bag_put(&b, out);
}

void key_phrase(struct buf *out, const struct edition *s, const struct phrase *ph)
{
    if (ph->kind == LANG_NONE) {
        buf_putc(out, '-');
        return;
    }
    number(out, s, THING_KIND, ph->kind);
    buf_fmt(out, "w%d", (int)ph->who);
    key_actors(out, s, ph->actors);
    key_tests(out, s, ph->kind, ph->tests, ph->n_tests);
    if (ph->zone == LANG_NONE) return;
    buf_fmt(out, "z%c%u:", ph->outside ? 'o' : 'i', ph->places);
    number(out, s, THING_ZONE, ph->zone);
}

void key_condition(struct buf *out, const struct edition *s, const struct condition *c)
{
    if (!c) {
        buf_putc(out, '-');
        return;
    }
    buf_fmt(out, "c%d:", (int)c->op);
    if (c->n_sub) {
        struct bag b;
        bag_init(&b);
        for (uint32_t i = 0; i < c->n_sub; i++) {
            key_condition(&b.all, s, c->sub[i]);
            bag_end(&b);
        }
        bag_put(&b, out);
        return;
    }
    if (c->op == COND_FROM || c->op == COND_UNTIL) {
        key_use(out, s, &c->point, USE_FIRST);
    } else if (c->op == COND_VIOLATED || c->op == COND_FULFILLED) {
        number(out, s, THING_PROVISION, c->provision);
        buf_fmt(out, "n%u", c->count);
        key_duration(out, &c->window);
    } else if (c->op == COND_SUSPENSION) {
        number(out, s, THING_PROVISION, c->power);
    } else if (c->op == COND_CLOCK) {
        buf_fmt(out, "%d", c->clock);
    } else {
        key_phrase(out, s, &c->phrase);
        if (c->op == COND_NO_OBJECTION) key_phrase(out, s, &c->since);
        buf_putc(out, c->recorded ? 'r' : 'h');
        key_duration(out, &c->window);
        key_duration(out, &c->ahead);
    }
}

/* ---- provisions ---- */

void key_frames(struct buf *out, const struct edition *s, const struct provision *pv)
{
    struct bag b;
    bag_init(&b);
    for (uint32_t i = 0; i < pv->n_frames; i++) {
        const struct frame *f = &pv->frames[i];
        buf_fmt(&b.all, "%d", f->op == FRAME_BEFORE ? (int)FRAME_UNTIL : (int)f->op);
        if (f->condition)
            key_condition(&b.all, s, f->condition);
        else
            key_use(&b.all, s, &f->point, f->op == FRAME_AFTER ? USE_LAST : USE_FIRST);
        bag_end(&b);
    }
    bag_put(&b, out);
}

static void one_deadline(struct buf *out, const struct edition *s, const struct deadline *d)
{
    buf_fmt(out, "d%d", (int)d->op);
    if (d->op == DEADLINE_BY) key_use(out, s, &d->point, USE_LAST);
    if (d->op != DEADLINE_BY) key_duration(out, &d->period);
}

void key_deadline(struct buf *out, const struct edition *s, const struct provision *pv)
{
    one_deadline(out, s, &pv->deadline);
}

void key_trigger(struct buf *out, const struct edition *s, const struct trigger *t)
{
    buf_fmt(out, "t%d%c", (int)t->op, t->recorded ? 'r' : 'h');
    if (t->op == TRIGGER_POINT) key_point(out, s, &t->point);
    if (t->op == TRIGGER_EVENT) key_phrase(out, s, &t->phrase);
    if (t->op == TRIGGER_WHEN) key_condition(out, s, t->condition);
    if (t->op != TRIGGER_VIOLATION) return;
    number(out, s, THING_PROVISION, t->provision);
    buf_fmt(out, "n%u%d%d%d", t->count, t->by_one, (int)t->violator, t->of_first);
    key_duration(out, &t->window);
}

void key_steps(struct buf *out, const struct edition *s, const struct provision *pv)
{
    if (pv->pattern == PATTERN_SCHEDULE) {
        number(out, s, THING_STOCK, pv->stock);
        buf_putc(out, !pv->basis                                       ? '-'
                      : pv->basis == &s->g->stocks[pv->stock].verified ? 'v'
                                                                       : 'd');
        if (pv->basis) key_tests(out, s, pv->basis->kind, pv->basis_tests, pv->n_basis_tests);
    }
    for (uint32_t i = 0; i < pv->n_steps; i++) {
        const struct schedule_step *x = &pv->steps[i];
        /* The share as it stands: 1/2 and 50 % need the same of every baseline. */
        int64_t a = x->num, b = x->den;
        while (b) {
            int64_t rest = a % b;
            a = b;
            b = rest;
        }
        buf_fmt(out, "(%lld/%lld#%lld%c", (long long)(a ? x->num / a : 0),
                (long long)(a ? x->den / a : 0), (long long)x->count, x->down ? 'd' : 'u');
        one_deadline(out, s, &x->deadline);
        if (x->deadline.op != DEADLINE_BY) key_use(out, s, &x->after, USE_LAST);
        buf_putc(out, ')');
    }
    if (pv->pattern == PATTERN_KEEP && pv->sites.n) {
        struct bag b;
        bag_init(&b);
        for (uint32_t i = 0; i < pv->sites.n; i++) {
            number(&b.all, s, THING_SITE, pv->sites.v[i]);
            bag_end(&b);
        }
        bag_put(&b, out);
        number(out, s, THING_STOCK, pv->stock);
        buf_putc(out, pv->sites_verified ? 'v' : 'd');
    }
    if (pv->pattern != PATTERN_IN_STEP) return;
    uint32_t p = key_number(s, THING_PROCESS, pv->processes[0]);
    uint32_t q = key_number(s, THING_PROCESS, pv->processes[1]);
    buf_fmt(out, "%u,%u,%lld", p < q ? p : q, p < q ? q : p, (long long)pv->gap);
}

void key_plea(struct buf *out, const struct edition *s, const struct provision *pv)
{
    if (pv->justifies == LANG_NONE) return;
    number(out, s, THING_PROVISION, pv->justifies);
    buf_putc(out, ',');
    number(out, s, THING_ACTOR, pv->body);
}

void key_power(struct buf *out, const struct edition *s, const struct provision *pv)
{
    const struct power *w = pv->power;
    if (!w) return;
    buf_fmt(out, "p%d", (int)w->op);
    number(out, s, THING_PROVISION, w->provision);
    if (w->op != POWER_SUSPEND) {
        text(out, w->matter);
        text(out, w->rule);
        return;
    }
    key_phrase(out, s, &w->notice);
    key_duration(out, &w->stretch);
    buf_fmt(out, "%d", w->covered);
    for (uint32_t i = 0; i < s->g->n_force; i++) {
        const struct force_rule *r = &s->g->force[i];
        if (r->of_power && &s->g->provisions[r->when->power] == pv) key_force(out, s, r);
    }
}

void key_expert(struct buf *out, const struct edition *s, const struct provision *pv)
{
    if (!pv->expert) return;
    text(out, pv->expert->text);
    buf_fmt(out, "@%u", pv->expert->anchor);
    for (uint32_t i = 0; i < pv->expert->n_picks; i++) {
        text(out, pv->expert->picks[i].name);
        key_phrase(out, s, &pv->expert->picks[i].phrase);
    }
}

static void key_provision(struct buf *out, const struct edition *s, const struct provision *pv)
{
    buf_fmt(out, "P%d%d%d%d", (int)pv->pattern, pv->together, pv->inside, pv->negated);
    buf_fmt(out, "%lld..%lld", (long long)pv->from, (long long)pv->until);
    key_actors(out, s, pv->bearers);
    key_phrase(out, s, &pv->act);
    key_deadline(out, s, pv);
    key_trigger(out, s, &pv->trigger);
    buf_fmt(out, "n%u", pv->count);
    key_duration(out, &pv->window);
    key_frames(out, s, pv);
    key_condition(out, s, pv->if_);
    key_condition(out, s, pv->unless);
    key_condition(out, s, pv->only);
    number(out, s, THING_PROVISION, pv->despite);
    key_plea(out, s, pv);
    key_power(out, s, pv);
    key_expert(out, s, pv);
    key_steps(out, s, pv);
}

/* ---- rules ---- */

static void key_cases(struct buf *out, const struct edition *s, const struct evidence_case *cases,
                      uint32_t n)
{
    struct bag b;
    bag_init(&b);
    for (uint32_t i = 0; i < n; i++) {
        buf_fmt(&b.all, "g%u,%u,", cases[i].grades, cases[i].sources);
        number(&b.all, s, THING_ACTOR, cases[i].by);
        bag_end(&b);
    }
    bag_put(&b, out);
}

static const struct evidence_rule *rule_of(const struct agreement *g, uint32_t kind)
{
    for (; kind != LANG_NONE; kind = g->kinds[kind].parent)
        for (uint32_t i = 0; i < g->n_evidence; i++)
            if (g->evidence[i].kind == kind) return &g->evidence[i];
    for (uint32_t i = 0; i < g->n_evidence; i++)
        if (g->evidence[i].kind == LANG_NONE) return &g->evidence[i];
    return NULL;
}

static void key_alternative(struct buf *out, const struct edition *s, enum term_kind kind,
                            const struct alternative_reading *a);

static void key_disputed(struct buf *out, const struct edition *s, uint32_t term)
{
    struct bag b;
    const struct disputed *d = &s->g->terms[term];
    bag_init(&b);
    for (uint32_t i = 0; i < d->n_alternatives; i++) {
        key_alternative(&b.all, s, d->kind, &d->alternatives[i]);
        bag_end(&b);
    }
    bag_put(&b, out);
    buf_putc(out, d->left_open ? 'o' : '-');
    key_actors(out, s, d->left_open_by);
}

void key_evidence(struct buf *out, const struct edition *s, uint32_t kind)
{
    const struct evidence_rule *r = rule_of(s->g, kind);
    const struct evidence_case *cases;
    uint32_t n;
    if (r && r->term != LANG_NONE) {
        key_disputed(out, s, r->term);
        return;
    }
    agreement_evidence(s->g, kind, LANG_NONE, &cases, &n);
    key_cases(out, s, cases, n);
}

void key_coverage(struct buf *out, const struct edition *s)
{
    struct bag b;
    bag_init(&b);
    for (uint32_t i = 0; i < s->g->n_coverage; i++) {
        const struct coverage_rule *c = &s->g->coverage[i];
        struct bag means;
        bag_init(&means);
        number(&b.all, s, THING_KIND, c->kind);
        buf_putc(&b.all, ',');
        number(&b.all, s, THING_ZONE, c->zone);
        key_actors(&b.all, s, c->by);
        for (uint32_t k = 0; k < c->n_means; k++) {
            buf_add(&means.all, c->means[k]);
            bag_end(&means);
        }
        bag_put(&means, &b.all);
        bag_end(&b);
    }
    bag_put(&b, out);
}

/* The provisions that a rule speaks of, not the heading that it names them by. */
void key_force(struct buf *out, const struct edition *s, const struct force_rule *r)
{
    struct bag b;
    bag_init(&b);
    buf_fmt(out, "F%d%d%d%d%d%d%d", (int)r->op, r->begins, r->unless, r->again, r->moves, r->stays,
            r->unexpired);
    buf_putc(out, r->subject == FORCE_AGREEMENT ? 'a' : 'p');
    for (uint32_t i = 0; r->subject != FORCE_AGREEMENT && i < s->g->n_provisions; i++) {
        if (!force_covers(s->g, r, i)) continue;
        number(&b.all, s, THING_PROVISION, i);
        bag_end(&b);
    }
    bag_put(&b, out);
    key_condition(out, s, r->when);
    key_condition(out, s, r->until);
    key_duration(out, &r->period);
    if (r->op == FORCE_REPLACED) number(out, s, THING_PROVISION, r->by);
}

void key_amendment(struct buf *out, const struct edition *s, const struct amendment *a)
{
    text(out, a->name);
    key_actors(out, s, a->agreed_by);
    key_use(out, s, &a->from, USE_FIRST);
    if (a->says_stand) key_use(out, s, &a->stand, USE_FIRST);
}

/* What somebody says is its words. */
void key_declaration(struct buf *out, const struct edition *s, const struct declaration *d)
{
    number(out, s, THING_ACTOR, d->actor);
    buf_putc(out, d->assurance ? 'a' : 'd');
    text(out, d->text);
}

void key_consent(struct buf *out, const struct edition *s, const struct consent *c)
{
    number(out, s, THING_ACTOR, c->by);
    key_actors(out, s, c->to);
    if (c->has_from) key_use(out, s, &c->from, USE_FIRST);
    key_condition(out, s, c->condition);
    buf_putc(out, c->on_receipt ? 'r' : 'h');
    key_duration(out, &c->delay);
    if (c->withdrawal.kind != LANG_NONE) key_phrase(out, s, &c->withdrawal);
}

/* ---- things ---- */

static void key_file(struct buf *out, const struct geo_file *f)
{
    text(out, f->path);
    text(out, f->property);
    text(out, f->value);
}

static void key_zone_expr(struct buf *out, const struct edition *s, const struct zone_expr *e)
{
    struct bag b;
    buf_fmt(out, "Z%d", (int)e->op);
    key_file(out, &e->file);
    text(out, e->area);
    if (e->op == ZONE_WITHIN_LINE) number(out, s, THING_LINE, e->index);
    if (e->op == ZONE_WITHIN_ZONE || e->op == ZONE_NAME) number(out, s, THING_ZONE, e->index);
    buf_fmt(out, "@%lld", (long long)e->distance);
    if (e->op == ZONE_DIFFERENCE) key_zone_expr(out, s, e->sub[0]);
    bag_init(&b);
    for (uint32_t i = e->op == ZONE_DIFFERENCE ? 1 : 0; i < e->n_sub; i++) {
        key_zone_expr(&b.all, s, e->sub[i]);
        bag_end(&b);
    }
    bag_put(&b, out);
}

static void key_alternative(struct buf *out, const struct edition *s, enum term_kind kind,
                            const struct alternative_reading *a)
{
    key_actors(out, s, a->held_by);
    if (kind == TERM_LINE) key_file(out, &a->file);
    if (kind == TERM_ZONE) key_zone_expr(out, s, a->expr);
    if (kind == TERM_DATE || kind == TERM_DAY_ONE) key_point(out, s, &a->point);
    if (kind == TERM_EVIDENCE) key_cases(out, s, a->cases, a->n_cases);
    if (kind == TERM_KIND && a->open) buf_puts(out, "open");
    if (kind == TERM_KIND && !a->open) key_phrase(out, s, &a->phrase);
}

static void key_kind(struct buf *out, const struct edition *s, uint32_t i)
{
    const struct kind *k = &s->g->kinds[i];
    struct bag b;
    bag_init(&b);
    buf_fmt(out, "K%d%d%u,", k->is_state, k->filed, k->places);
    number(out, s, THING_KIND, k->parent);
    for (uint32_t a = 0; a < k->n_attributes; a++) {
        const struct attribute *x = &k->attributes[a];
        buf_fmt(&b.all, "%u:%d,%u", attribute(s, i, a), (int)x->type, x->class_);
        bag_end(&b);
    }
    bag_put(&b, out);
    buf_fmt(out, "%u,%u", attribute(s, i, k->actor), attribute(s, i, k->whom));
    text(out, k->one_is);
    if (k->read_in) key_disputed(out, s, k->read_in - 1);
    if (!k->definition) return;
    key_condition(out, s, k->definition->from);
    key_condition(out, s, k->definition->until);
}

static void key_actor(struct buf *out, const struct edition *s, const struct actor *a)
{
    struct bag b;
    bag_init(&b);
    buf_fmt(out, "A%d%d%d", (int)a->class_, a->outside, a->adheres);
    if (a->adheres) key_use(out, s, &a->adherence, USE_FIRST);
    text(out, str_eq(a->label, a->name) ? (struct str){NULL, 0} : a->label);
    for (uint32_t i = 0; i < a->n_includes; i++) {
        buf_add(&b.all, a->includes[i]);
        bag_end(&b);
    }
    bag_put(&b, out);
}

static void key_measure(struct buf *out, const struct edition *s, const struct measure *m)
{
    buf_fmt(out, "M%d", (int)m->op);
    if (m->op != MEASURE_COUNTED && m->op != MEASURE_AMOUNT) return;
    number(out, s, THING_KIND, m->kind);
    buf_fmt(out, ",%u,%u", attribute(s, m->kind, m->attribute), attribute(s, m->kind, m->of));
}

static void key_stock(struct buf *out, const struct edition *s, uint32_t stock)
{
    struct bag b;
    bag_init(&b);
    key_measure(out, s, &s->g->stocks[stock].declared);
    key_measure(out, s, &s->g->stocks[stock].verified);
    for (uint32_t i = 0; i < s->g->n_amounts; i++) {
        const struct stated_amount *x = &s->g->amounts[i];
        if (x->stock != stock) continue;
        number(&b.all, s, THING_ACTOR, x->of);
        number(&b.all, s, THING_ACTOR, x->by);
        buf_fmt(&b.all, "%c%lld..%lld", x->verified ? 'v' : 'd', (long long)x->lo,
                (long long)x->hi);
        bag_end(&b);
    }
    bag_put(&b, out);
}

static void key_site(struct buf *out, const struct edition *s, const struct site *x)
{
    number(out, s, THING_ZONE, x->zone);
    buf_putc(out, ',');
    number(out, s, THING_ACTOR, x->owner);
    buf_putc(out, ',');
    number(out, s, THING_STOCK, x->stock);
    buf_putc(out, ',');
    number(out, s, THING_KIND, x->check);
    buf_fmt(out, ":%u,%u,%u,%lld,%lld", attribute(s, x->check, x->of),
            attribute(s, x->check, x->present), attribute(s, x->check, x->access),
            (long long)x->declared, (long long)x->verified);
}

/* A zone is itself, and what it is for those for whom it differs. */
static void key_zone(struct buf *out, const struct edition *s, const struct zone_decl *z)
{
    struct bag b;
    if (z->term != LANG_NONE)
        key_disputed(out, s, z->term);
    else
        key_zone_expr(out, s, z->expr);
    bag_init(&b);
    for (uint32_t i = 0; i < z->n_fors; i++) {
        key_actors(&b.all, s, z->fors[i].actors);
        number(&b.all, s, THING_ZONE, z->fors[i].zone);
        bag_end(&b);
    }
    bag_put(&b, out);
}

void key_thing(struct buf *out, const struct edition *s, enum thing t, uint32_t i)
{
    const struct agreement *g = s->g;
    switch (t) {
    case THING_ACTOR: key_actor(out, s, &g->actors[i]); return;
    case THING_LINE:
        if (g->lines[i].term != LANG_NONE)
            key_disputed(out, s, g->lines[i].term);
        else
            key_file(out, &g->lines[i].file);
        return;
    case THING_ZONE: key_zone(out, s, &g->zones[i]); return;
    case THING_DATE:
        if (g->dates[i].term != LANG_NONE)
            key_disputed(out, s, g->dates[i].term);
        else
            key_point(out, s, &g->dates[i].point);
        return;
    case THING_KIND: key_kind(out, s, i); return;
    case THING_STOCK: key_stock(out, s, i); return;
    case THING_PROCESS:
        key_phrase(out, s, &g->processes[i].step);
        buf_fmt(out, "n%lld", (long long)g->processes[i].total);
        return;
    case THING_SITE: key_site(out, s, &g->sites[i]); return;
    case THING_PROVISION: key_provision(out, s, &g->provisions[i]); return;
    }
}
