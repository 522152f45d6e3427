/* What can only be checked when all was read: the term, dates against one another, things without
 * geometry, circles, and the readings that each provision has. */
#include "lang/expert.h"
#include "lang/graph.h"
#include "lang/in_force.h"
#include "lang/parse.h"

#define MOST_READINGS 64

/* ---- the term ---- */

static void show_instant(const struct parser *p, struct buf *b, instant at)
{
    zone_format(p->header.zone, b, at);
}

static struct str instant_text(struct parser *p, instant at)
{
    struct buf b;
    buf_init(&b);
    show_instant(p, &b, at);
    struct str s = b.failed ? STR("") : str_dup(p->arena, buf_str(&b));
    buf_free(&b);
    return s;
}

static bool check_day_one(struct parser *p, const struct point *pt)
{
    if (pt->op != POINT_DAY || p->header.has_day_one) return true;
    struct diag *x =
        refuse(p, "no-day-one", pt->at, "day %lld of what? the agreement declares no day 1",
               (long long)pt->day);
    diag_fix(p->d, x, "write in its first sentence: day 1 is 2015-02-15");
    return false;
}

static bool check_working(struct parser *p, const struct duration *d, struct place at)
{
    if (!d->working_days || p->header.work) return true;
    struct diag *x = refuse(p, "no-holidays", at, "working days need a list of holidays");
    diag_fix(p->d, x,
             "write in the first sentence: holidays 2015-01-01, 2015-03-08; or: holidays "
             "are none");
    return false;
}

/* Renewed or extended: how long it can last at the most. */
static bool prolong(struct parser *p, struct agreement *g)
{
    struct header *h = &p->header;
    for (size_t i = 0; i < p->force.n; i++) {
        const struct force_rule *r = VEC_AT(p->force, struct force_rule, i);
        if (r->op != FORCE_CONTINUED) continue;
        if (!check_working(p, &r->period, r->at)) return false;
        if (h->expiry == INSTANT_MAX) {
            struct diag *x = refuse(p, "no-end", r->at, "the agreement has no end to be %.*s at",
                                    STR_ARG(r->word));
            diag_fix(p->d, x, "write in its first sentence: until 2016-12-31, or: for 5 years");
            return false;
        }
        h->until = r->again
                       ? INSTANT_MAX
                       : instant_add(agreement_later(g, &r->period, instant_add(h->expiry, 1)), -1);
    }
    return true;
}

static bool resolve_term(struct parser *p, struct agreement *g)
{
    struct header *h = &p->header;
    instant first, last;
    if (p->in_force_from.op == POINT_DAY && !check_day_one(p, &p->in_force_from)) return false;
    if (!p->has_from && !h->has_signed) {
        struct diag *x = refuse(p, "no-earliest", h->at,
                                "it enters into force by a condition: not before when?");
        diag_fix(p->d, x, "write in its first sentence: signed 2015-02-12");
        return false;
    }
    /* by a condition: not before it was signed */
    agreement_point(g, p->has_from ? &p->in_force_from : &h->signed_, LANG_NONE, &first, &last);
    h->from = first;
    g->header.from = first;
    if (p->has_until) {
        if (!check_day_one(p, &p->in_force_until)) return false;
        agreement_point(g, &p->in_force_until, LANG_NONE, &first, &last);
        h->until = instant_add(first, -1);
    } else if (p->has_length && p->has_from) {
        if (!check_working(p, &p->term_length, p->in_force_from.at)) return false;
        h->until = instant_add(agreement_later(g, &p->term_length, h->from), -1);
    }
    g->header = *h;
    h->expiry = h->until;
    g->header = *h;
    if (!prolong(p, g)) return false;
    if (h->until < h->from) {
        struct diag *x = refuse(p, "contradictory-dates", p->until_at,
                                "the agreement ends (%.*s) before it enters into force (%.*s)",
                                STR_ARG(instant_text(p, instant_add(h->until, 1))),
                                STR_ARG(instant_text(p, h->from)));
        diag_fix(p->d, x, "correct one of the two dates");
        return false;
    }
    if (h->has_signed) {
        agreement_point(g, &h->signed_, LANG_NONE, &first, &last);
        if (first > h->from)
            diag_add(p->d, SEVERITY_WARNING, "signed-later", h->signed_.at,
                     "the agreement was signed after it entered into force (%.*s)",
                     STR_ARG(instant_text(p, h->from)));
    }
    return true;
}

/* ---- things that were left without what they need ---- */

static void check_geometry(struct parser *p)
{
    for (size_t i = 0; i < p->lines.n; i++) {
        const struct line *l = VEC_AT(p->lines, struct line, i);
        if (l->file.path.n || l->term != LANG_NONE) continue;
        struct diag *x =
            refuse(p, "no-geometry", l->at, "where does the line \"%.*s\" run?", STR_ARG(l->name));
        diag_fix(p->d, x,
                 "write: line %.*s from \"….geojson\"; or give its readings: %.*s is read: …",
                 STR_ARG(l->name), STR_ARG(l->name));
    }
    for (size_t i = 0; i < p->zones.n; i++) {
        const struct zone_decl *z = VEC_AT(p->zones, struct zone_decl, i);
        if (z->expr || z->term != LANG_NONE) continue;
        struct diag *x =
            refuse(p, "no-geometry", z->at, "where is the zone \"%.*s\"?", STR_ARG(z->name));
        diag_fix(p->d, x, "write: zone %.*s is …; or give its readings: %.*s is read: …",
                 STR_ARG(z->name), STR_ARG(z->name));
    }
    for (size_t i = 0; i < p->dates.n; i++) {
        const struct date_decl *x = VEC_AT(p->dates, struct date_decl, i);
        if (x->point.at.source || x->term != LANG_NONE) continue;
        struct diag *d =
            refuse(p, "no-date", x->at, "when is the date \"%.*s\"?", STR_ARG(x->name));
        diag_fix(p->d, d, "write: date %.*s is 2015-03-01; or give its readings: %.*s is read: …",
                 STR_ARG(x->name), STR_ARG(x->name));
    }
}

/* ---- points ---- */

struct points {
    struct parser *p;
    struct agreement *g;
};

/* Entry into force that hangs on a condition is no date. */
static bool entry_is_date(struct points *c, const struct point *pt)
{
    if (pt->op != POINT_FORCE || !agreement_entry(c->g)) return true;
    struct diag *x = refuse(c->p, "entry-is-no-date", pt->at,
                            "the agreement enters into force by a condition, not on a known date");
    diag_fix(c->p->d, x, "write: within … after entry into force, or: from entry into force, …");
    return false;
}

/* Fills in the instants of a point, and the disputed term it rests on. */
static void fill_point(struct points *c, struct point *pt)
{
    if (!check_day_one(c->p, pt) || !check_working(c->p, &pt->shift, pt->at)) return;
    if (!entry_is_date(c, pt)) return;
    instant first, last;
    if (pt->op == POINT_FIXED) return;
    if (pt->op == POINT_DAY) pt->term = c->g->header.day_one_term;
    if (pt->op == POINT_DATE) {
        const struct date_decl *x = &c->g->dates[pt->date];
        pt->term = x->term != LANG_NONE ? x->term : x->point.term;
    }
    if (pt->op == POINT_EXPIRY && c->g->header.expiry == INSTANT_MAX) {
        struct diag *x = refuse(c->p, "no-end", pt->at, "the agreement has no end");
        diag_fix(c->p->d, x, "write in its first sentence: until 2016-12-31; or leave this out");
        return;
    }
    struct point bare = *pt; /* first and last are before edge and shift */
    bare.edge = EDGE_WHOLE;
    bare.shift = (struct duration){0};
    agreement_point(c->g, &bare, LANG_NONE, &first, &last);
    pt->first = first;
    pt->last = last;
}

static void fill_condition(struct points *c, const struct condition *k)
{
    if (!k) return;
    if (k->op == COND_FROM || k->op == COND_UNTIL)
        fill_point(c, (struct point *)&k->point); /* made by the parser, in its arena */
    check_working(c->p, &k->window, k->at);
    for (uint32_t i = 0; i < k->n_sub; i++) fill_condition(c, k->sub[i]);
}

/* "entry into force" that hangs on a condition: then that condition is meant. */
static bool is_entry(const struct points *c, const struct point *pt)
{
    return pt->op == POINT_FORCE && pt->edge == EDGE_WHOLE && duration_none(&pt->shift) &&
           agreement_entry(c->g);
}

/* The first point of a provision's own time frame, for "… enters into force". */
static void fill_trigger(struct points *c, struct trigger *t)
{
    if (t->op == TRIGGER_POINT && t->provision != LANG_NONE) {
        const struct provision *pv = &c->g->provisions[t->provision];
        for (uint32_t i = 0; i < pv->n_frames; i++)
            if (pv->frames[i].op == FRAME_FROM && !pv->frames[i].condition)
                t->point = pv->frames[i].point;
        t->provision = LANG_NONE;
    }
    if (t->op == TRIGGER_POINT && is_entry(c, &t->point)) {
        t->op = TRIGGER_WHEN;
        t->condition = agreement_entry(c->g)->when;
        return; /* filled in with its rule */
    }
    if (t->op == TRIGGER_POINT) fill_point(c, &t->point);
    fill_condition(c, t->condition);
}

static void fill_provision(struct points *c, struct provision *pv)
{
    struct frame *frames = (struct frame *)pv->frames;
    for (uint32_t k = 0; k < pv->n_frames; k++) {
        if (frames[k].condition)
            fill_condition(c, frames[k].condition);
        else if (is_entry(c, &frames[k].point) && frames[k].op != FRAME_WHILE)
            frames[k].condition = agreement_entry(c->g)->when;
        else
            fill_point(c, &frames[k].point);
    }
    if (pv->deadline.op == DEADLINE_BY) fill_point(c, &pv->deadline.point);
    check_working(c->p, &pv->deadline.period, pv->deadline.at);
    struct schedule_step *steps = (struct schedule_step *)pv->steps;
    for (uint32_t k = 0; k < pv->n_steps; k++) {
        bool by = steps[k].deadline.op == DEADLINE_BY;
        fill_point(c, by ? &steps[k].deadline.point : &steps[k].after);
        check_working(c->p, &steps[k].deadline.period, steps[k].deadline.at);
    }
    fill_trigger(c, &pv->trigger);
    fill_condition(c, pv->if_);
    fill_condition(c, pv->unless);
    fill_condition(c, pv->only);
}

static void fill_points(struct parser *p, struct agreement *g)
{
    struct points c = {p, g};
    for (size_t i = 0; i < p->dates.n; i++)
        if (VEC_AT(p->dates, struct date_decl, i)->term == LANG_NONE)
            fill_point(&c, &VEC_AT(p->dates, struct date_decl, i)->point);
    if (p->header.has_day_one && p->header.day_one_term == LANG_NONE)
        fill_point(&c, &p->header.day_one);
    for (size_t i = 0; i < p->terms.n; i++) {
        struct disputed *t = VEC_AT(p->terms, struct disputed, i);
        for (uint32_t k = 0; k < t->n_alternatives; k++)
            if (t->kind == TERM_DATE || t->kind == TERM_DAY_ONE)
                fill_point(&c, (struct point *)&t->alternatives[k].point);
    }
    g->header.day_one = p->header.day_one;
    for (size_t i = 0; i < p->consents.n; i++) {
        struct consent *x = VEC_AT(p->consents, struct consent, i);
        if (x->has_from) fill_point(&c, &x->from);
        fill_condition(&c, x->condition);
        check_working(p, &x->delay, x->at);
    }
    for (size_t i = 0; i < p->actors.n; i++) {
        struct actor *a = VEC_AT(p->actors, struct actor, i);
        instant last;
        if (!a->adheres) continue;
        fill_point(&c, &a->adherence);
        agreement_point(g, &a->adherence, LANG_NONE, &a->bound_from, &last);
    }
    for (size_t i = 0; i < p->amendments.n; i++) {
        fill_point(&c, &VEC_AT(p->amendments, struct amendment, i)->from);
        fill_point(&c, &VEC_AT(p->amendments, struct amendment, i)->stand);
    }
    for (size_t i = 0; i < p->force.n; i++) {
        const struct force_rule *r = VEC_AT(p->force, struct force_rule, i);
        fill_condition(&c, r->when);
        fill_condition(&c, r->until);
        check_working(p, &r->period, r->at);
    }
    for (size_t i = 0; i < p->kinds.n; i++) {
        const struct definition *d = VEC_AT(p->kinds, struct kind, i)->definition;
        if (d) fill_condition(&c, d->from), fill_condition(&c, d->until);
    }
    for (size_t i = 0; i < p->provisions.n; i++)
        fill_provision(&c, VEC_AT(p->provisions, struct provision, i));
}

/* A zone that differs for those bound must say what it is for each. */
static void check_zone_for(struct parser *p, const struct agreement *g, const struct provision *pv)
{
    if (pv->act.kind == LANG_NONE || pv->act.zone == LANG_NONE) return;
    const struct zone_decl *z = &g->zones[pv->act.zone];
    for (uint32_t i = 0; i < pv->bearers.n && z->n_fors; i++) {
        if (agreement_zone_for(g, pv->act.zone, pv->bearers.v[i]) != pv->act.zone) continue;
        struct str who = g->actors[pv->bearers.v[i]].name;
        struct diag *x = refuse(p, "zone-for-whom", pv->name_at,
                                "\"%.*s\" is not said for %.*s, who is bound here",
                                STR_ARG(z->name), STR_ARG(who));
        diag_fix(p->d, x, "add to its declaration: – … for %.*s", STR_ARG(who));
        return;
    }
}

static void warn_no_measure(struct parser *p, const struct provision *pv)
{
    if (pv->pattern != PATTERN_IN_STEP || pv->gap >= 0) return;
    struct diag *x =
        diag_add(p->d, SEVERITY_WARNING, "no-measure", pv->name_at,
                 "how far apart the two may be is not stated: nothing can be verified");
    diag_fix(p->d, x, "write: … must proceed in step at most 10 percent apart");
}

/* ---- dates against one another ---- */

static void refuse_dates(struct parser *p, struct place at, const char *what, instant a, instant b)
{
    struct diag *x = refuse(p, "contradictory-dates", at, "%s (%.*s, %.*s)", what,
                            STR_ARG(instant_text(p, a)), STR_ARG(instant_text(p, b)));
    diag_fix(p->d, x, "correct one of the two dates");
}

static void check_dates(struct parser *p, const struct agreement *g, const struct provision *pv)
{
    instant open = g->header.from, close = g->header.until, first, last;
    struct place at = pv->name_at;
    for (uint32_t i = 0; i < pv->n_frames; i++) {
        const struct frame *f = &pv->frames[i];
        if (f->condition) continue;
        agreement_point(g, &f->point, LANG_NONE, &first, &last);
        at = f->at;
        if (f->op == FRAME_FROM && first > open) open = first;
        if (f->op == FRAME_AFTER && last + 1 > open) open = last + 1;
        if ((f->op == FRAME_UNTIL || f->op == FRAME_BEFORE) && first - 1 < close) close = first - 1;
    }
    if (open > close) {
        refuse_dates(p, at, "the provision ends before it begins", open, close);
        return;
    }
    if (pv->deadline.op != DEADLINE_BY) return;
    agreement_point(g, &pv->deadline.point, LANG_NONE, &first, &last);
    if (last < open)
        refuse_dates(p, pv->deadline.at, "the deadline is over before the provision begins", last,
                     open);
    if (last > close)
        refuse_dates(p, pv->deadline.at, "the deadline comes after the provision has ended", last,
                     close);
}

/* ---- terms that things rest on ---- */

static bool add_all(struct parser *p, struct vec *out, struct indices more)
{
    for (uint32_t i = 0; i < more.n; i++)
        if (!vec_add_index(p, out, more.v[i])) return false;
    return true;
}

static bool add_term(struct parser *p, struct vec *out, uint32_t term)
{
    return term == LANG_NONE || vec_add_index(p, out, term);
}

static bool zone_terms(struct parser *p, const struct agreement *g, const struct zone_expr *e,
                       struct vec *out)
{
    if (!e) return true;
    if (e->op == ZONE_WITHIN_LINE && !add_term(p, out, g->lines[e->index].term)) return false;
    if (e->op == ZONE_NAME || e->op == ZONE_WITHIN_ZONE) {
        const struct zone_decl *z = &g->zones[e->index];
        if (!add_term(p, out, z->term) || !zone_terms(p, g, z->expr, out)) return false;
        if (z->term != LANG_NONE)
            for (uint32_t i = 0; i < g->terms[z->term].n_alternatives; i++)
                if (!zone_terms(p, g, g->terms[z->term].alternatives[i].expr, out)) return false;
    }
    for (uint32_t i = 0; i < e->n_sub; i++)
        if (!zone_terms(p, g, e->sub[i], out)) return false;
    return true;
}

static bool condition_terms(struct parser *p, const struct agreement *g, const struct condition *c,
                            struct vec *out, struct vec *on);

static bool phrase_terms(struct parser *p, const struct agreement *g, const struct phrase *ph,
                         struct vec *out, struct vec *on)
{
    if (ph->kind == LANG_NONE) return true;
    if (ph->zone != LANG_NONE && !add_all(p, out, g->zones[ph->zone].terms)) return false;
    uint32_t read_in = g->kinds[ph->kind].read_in;
    if (read_in && !add_term(p, out, read_in - 1)) return false;
    for (uint32_t i = 0; i < g->n_evidence; i++)
        if ((g->evidence[i].kind == LANG_NONE || kind_is(g, ph->kind, g->evidence[i].kind)) &&
            !add_term(p, out, g->evidence[i].term))
            return false;
    const struct definition *d = g->kinds[ph->kind].definition;
    for (uint32_t i = 0; i < g->n_consents; i++) {
        const struct consent *x = &g->consents[i];
        if (x->kind == ph->kind && (!condition_terms(p, g, x->condition, out, on) ||
                                    !phrase_terms(p, g, &x->withdrawal, out, on) ||
                                    (x->has_from && !add_term(p, out, x->from.term))))
            return false;
    }
    return !d ||
           (condition_terms(p, g, d->from, out, on) && condition_terms(p, g, d->until, out, on));
}

static bool condition_terms(struct parser *p, const struct agreement *g, const struct condition *c,
                            struct vec *out, struct vec *on)
{
    if (!c) return true;
    if (!phrase_terms(p, g, &c->phrase, out, on) || !phrase_terms(p, g, &c->since, out, on))
        return false;
    if ((c->op == COND_FROM || c->op == COND_UNTIL) && !add_term(p, out, c->point.term))
        return false;
    if (c->provision != LANG_NONE && !vec_add_index(p, on, c->provision)) return false;
    for (uint32_t i = 0; i < c->n_sub; i++)
        if (!condition_terms(p, g, c->sub[i], out, on)) return false;
    return true;
}

/* Terms a provision rests on by itself, and the provisions it refers to. */
static bool own_terms(struct parser *p, const struct agreement *g, const struct provision *pv,
                      struct vec *out, struct vec *on)
{
    if (!phrase_terms(p, g, &pv->act, out, on) ||
        !phrase_terms(p, g, &pv->trigger.phrase, out, on) ||
        !condition_terms(p, g, pv->trigger.condition, out, on) ||
        !condition_terms(p, g, pv->if_, out, on) || !condition_terms(p, g, pv->unless, out, on) ||
        !condition_terms(p, g, pv->only, out, on))
        return false;
    if (pv->deadline.op == DEADLINE_BY && !add_term(p, out, pv->deadline.point.term)) return false;
    for (uint32_t i = 0; i < pv->n_steps; i++) {
        const struct schedule_step *s = &pv->steps[i];
        uint32_t term = s->deadline.op == DEADLINE_BY ? s->deadline.point.term : s->after.term;
        if (!add_term(p, out, term)) return false;
    }
    for (int i = 0; i < 2; i++)
        if (pv->processes[i] != LANG_NONE &&
            !phrase_terms(p, g, &g->processes[pv->processes[i]].step, out, on))
            return false;
    for (uint32_t i = 0; pv->expert && i < pv->expert->n_picks; i++)
        if (!phrase_terms(p, g, &pv->expert->picks[i].phrase, out, on)) return false;
    for (uint32_t i = 0; i < pv->sites.n; i++) {
        const struct site *x = &g->sites[pv->sites.v[i]];
        struct phrase check = {.kind = x->check, .zone = x->zone};
        if (!phrase_terms(p, g, &check, out, on)) return false;
    }
    if (pv->basis && pv->basis->kind != LANG_NONE) {
        struct phrase basis = {.kind = pv->basis->kind, .zone = LANG_NONE};
        if (!phrase_terms(p, g, &basis, out, on)) return false;
    }
    if (pv->trigger.op == TRIGGER_POINT && !add_term(p, out, pv->trigger.point.term)) return false;
    if (pv->trigger.op == TRIGGER_VIOLATION && !vec_add_index(p, on, pv->trigger.provision))
        return false;
    if (pv->despite != LANG_NONE && !vec_add_index(p, on, pv->despite)) return false;
    if (pv->justifies != LANG_NONE && !vec_add_index(p, on, pv->justifies)) return false;
    for (size_t i = 0; i < p->justifications.n; i++) {
        const struct provision *q = &g->provisions[*VEC_AT(p->justifications, uint32_t, i)];
        if (q->justifies == provision_first(g, (uint32_t)(pv - g->provisions)) &&
            !phrase_terms(p, g, &q->act, out, on))
            return false;
    }
    for (uint32_t i = 0; i < g->n_force; i++) {
        const struct force_rule *r = &g->force[i];
        if (force_covers(g, r, (uint32_t)(pv - g->provisions)) &&
            (!condition_terms(p, g, r->when, out, on) || !condition_terms(p, g, r->until, out, on)))
            return false;
    }
    for (uint32_t i = 0; i < pv->n_frames; i++) {
        const struct frame *f = &pv->frames[i];
        if (f->condition ? !condition_terms(p, g, f->condition, out, on)
                         : !add_term(p, out, f->point.term))
            return false;
    }
    return true;
}

/* ---- readings ---- */

static bool add_reading(struct parser *p, const struct agreement *g, struct indices terms,
                        size_t number, struct vec *out)
{
    uint32_t *choice = parse_alloc(p, (terms.n ? terms.n : 1) * sizeof *choice);
    struct reading *r = choice ? vec_add(p, &p->readings, sizeof *r) : NULL;
    if (!r) return false;
    struct buf label;
    buf_init(&label);
    for (uint32_t i = terms.n; i-- > 0;) {
        uint32_t n = g->terms[terms.v[i]].n_alternatives;
        choice[i] = (uint32_t)(number % n);
        number /= n;
    }
    for (uint32_t i = 0; i < terms.n; i++) {
        if (i) buf_puts(&label, "; ");
        if (terms.n > 1) buf_fmt(&label, "%.*s ", STR_ARG(g->terms[terms.v[i]].name));
        buf_add(&label, g->terms[terms.v[i]].alternatives[choice[i]].label);
    }
    *r = (struct reading){str_dup(p->arena, buf_str(&label)), terms, choice};
    bool good = !label.failed && r->label.p;
    buf_free(&label);
    return good && vec_add_index(p, out, (uint32_t)p->readings.n - 1);
}

/* All ways to settle these terms; provisions that rest on the same terms share them. */
static bool make_readings(struct parser *p, const struct agreement *g, struct vec *terms,
                          struct provision *pv)
{
    if (!terms->n) return true;
    struct indices list = parse_indices(p, terms);
    struct vec out = {0};
    for (size_t i = 0; i < p->readings.n; i++)
        if (indices_same(VEC_AT(p->readings, struct reading, i)->terms, list) &&
            !vec_add_index(p, &out, (uint32_t)i))
            return false;
    size_t n = 1;
    for (uint32_t i = 0; i < list.n && n <= MOST_READINGS; i++)
        n *= g->terms[list.v[i]].n_alternatives;
    if (n > MOST_READINGS) {
        struct diag *x = refuse(p, "too-many-readings", pv->name_at,
                                "the terms it rests on can be read together in more than %d ways",
                                MOST_READINGS);
        diag_fix(p->d, x, "write several provisions, each resting on fewer disputed terms");
        return true;
    }
    bool shared = out.n > 0;
    for (size_t k = 0; k < n && !shared; k++)
        if (!add_reading(p, g, list, k, &out)) return false;
    pv->readings = parse_indices(p, &out);
    return true;
}

static bool collect(struct parser *p, const struct agreement *g, uint32_t index, struct vec *out,
                    uint32_t *seen, uint32_t mark)
{
    if (seen[index] == mark) return true;
    seen[index] = mark;
    const struct provision *pv = &g->provisions[index];
    struct vec on = {0};
    if (!own_terms(p, g, pv, out, &on)) return false;
    for (size_t i = 0; i < on.n; i++)
        if (!collect(p, g, *VEC_AT(on, uint32_t, i), out, seen, mark)) return false;
    return true;
}

static void sort_terms(struct vec *terms)
{
    uint32_t *v = terms->v;
    for (size_t i = 1; i < terms->n; i++)
        for (size_t k = i; k > 0 && v[k - 1] > v[k]; k--) {
            uint32_t x = v[k];
            v[k] = v[k - 1];
            v[k - 1] = x;
        }
}

/* seen[i] == index + 1: provision i was visited for this one. */
static bool finish_provision(struct parser *p, struct agreement *g, uint32_t index, uint32_t *seen)
{
    struct provision *pv = VEC_AT(p->provisions, struct provision, index);
    struct vec terms = {0}, on = {0}, own = {0};
    if (!own_terms(p, g, pv, &own, &on)) return false;
    pv->depends_on = parse_indices(p, &on);
    if (on.n) { /* else its own terms are all */
        if (!collect(p, g, index, &terms, seen, index + 1)) return false;
    } else {
        terms = own;
    }
    sort_terms(&terms);
    check_dates(p, g, pv);
    check_zone_for(p, g, pv);
    warn_no_measure(p, pv);
    return make_readings(p, g, &terms, pv);
}

/* Exceptions to a provision make what it says depend on their terms too. */
static bool check_exception(struct parser *p, const struct provision *pv)
{
    if (pv->despite == LANG_NONE) return true;
    const struct provision *of = VEC_AT(p->provisions, struct provision, pv->despite);
    bool acts = of->pattern == PATTERN_FORBID || of->pattern == PATTERN_CAP ||
                of->pattern == PATTERN_ONLY || of->pattern == PATTERN_EXCEPTION;
    if (acts) return true;
    struct diag *x = refuse(p, "despite-what", pv->name_at,
                            "an exception permits an act that another provision forbids; \"%.*s\" "
                            "forbids none",
                            STR_ARG(of->name));
    diag_fix(p->d, x, "write in that provision: unless …");
    return true;
}

bool check_all(struct parser *p, struct agreement *g)
{
    size_t errors = p->d->errors;
    check_geometry(p);
    if (p->d->errors > errors || !graph_check(p, g) || p->d->errors > errors) return false;
    g->header = p->header;
    if (!check_force(p, g) || !resolve_term(p, g)) return false;
    fill_points(p, g);
    check_suspended_deadlines(p, g);
    check_rights(p, g);
    check_powers(p, g);
    if (p->d->errors == errors) check_amendments(p, g);
    if (p->d->errors == errors) check_waits(p, g);
    if (p->d->errors == errors && !check_formulas(p)) return false;
    if (p->d->errors > errors || p->oom) return false;
    for (size_t i = 0; i < p->zones.n; i++) {
        struct zone_decl *z = VEC_AT(p->zones, struct zone_decl, i);
        struct zone_expr self = {.op = ZONE_NAME, .index = (uint32_t)i};
        struct vec terms = {0};
        if (!zone_terms(p, g, &self, &terms)) return false;
        z->terms = parse_indices(p, &terms);
    }
    for (size_t i = 0; i < p->kinds.n; i++) {
        struct kind *k = VEC_AT(p->kinds, struct kind, i);
        struct phrase self = {.kind = (uint32_t)i, .zone = LANG_NONE};
        struct vec terms = {0}, on = {0};
        if (!phrase_terms(p, g, &self, &terms, &on)) return false;
        k->terms = parse_indices(p, &terms);
    }
    uint32_t *seen = parse_alloc(p, (p->provisions.n + 1) * sizeof *seen);
    if (!seen) return false;
    for (uint32_t i = 0; i < p->provisions.n; i++)
        if (VEC_AT(p->provisions, struct provision, i)->pattern == PATTERN_JUSTIFY &&
            !vec_add_index(p, &p->justifications, i))
            return false;
    for (uint32_t i = 0; i < p->provisions.n; i++) {
        check_exception(p, VEC_AT(p->provisions, struct provision, i));
        check_justification(p, VEC_AT(p->provisions, struct provision, i));
        if (!finish_provision(p, g, i, seen)) return false;
    }
    return p->d->errors == errors && !p->oom;
}
