/* Acts and stays.
 *
 * A fact may appear in the outcomes of several bearers: in each, its items say what follows given
 * that this bearer is the actor.  For one party the violation is certain when the fact is
 * established, every known alternative violates and nobody else can be the actor.  For `all` it
 * is certain when every known alternative violates with every one of its candidates: fire by A or
 * by B is certain fire though certainly by neither. */
#include "verdict/settle.h"

#include <stdlib.h>

/* The items of one fact in one outcome. */
struct share {
    const struct outcome *o;
    size_t first, n;
};

struct joint {
    uint32_t fact;
    struct share *shares; /* those with n > 0 */
    size_t n_shares;
};

static const struct pick *pick_of(const struct share *x, size_t i)
{
    return &outcome_picks(x->o)->items[x->first + i];
}

static const struct alternative *alternative_of(const struct settling *s, const struct pick *p)
{
    return &s->view->facts->alternatives[p->alternative];
}

static bool given_actor(const struct outcome *o)
{
    return o->v->preds[o->v->anchor_pred].given_actor;
}

/* ---- certain for whom ---- */

/* Number of (alternative, candidate) pairs of a fact; SIZE_MAX when somebody unknown could be. */
static size_t count_pairs(const struct settling *s, uint32_t fact)
{
    const struct facts *f = s->view->facts;
    size_t pairs = 0, n;
    for (uint32_t i = f->facts[fact].first_alternative; i != FACTS_NONE;
         i = f->alternatives[i].next) {
        if (!view_knows_alternative(s->view, &f->facts[fact], i)) continue;
        view_actors(s->view, fact, &f->alternatives[i], &n);
        if (!n) return SIZE_MAX;
        pairs += n;
    }
    return pairs;
}

/* Put the items of all shares together. */
static struct tally tally_group(const struct settling *s, const struct joint *g)
{
    struct tally t = {0};
    size_t got_f = 0, got_r = 0;
    bool sole = true, established = false;
    const struct pick *any = pick_of(&g->shares[0], 0);
    for (size_t k = 0; k < g->n_shares; k++) {
        const struct share *x = &g->shares[k];
        for (size_t i = 0; i < x->n; i++) {
            const struct pick *p = pick_of(x, i);
            unsigned flags = x->o->flags[x->first + i];
            if (flags & ITEM_MUST_F) got_f++;
            if (flags & ITEM_MUST_R) got_r++;
            t.may_r |= (flags & ITEM_MAY_R) != 0;
            t.may_c |= (flags & ITEM_MAY_C) != 0;
            t.raw |= (flags & ITEM_RAW) != 0;
            t.reasons |= p->reasons & ~(uint32_t)REASON_ACTOR;
            sole &= p->sole;
            established |= p->established;
        }
    }
    size_t need = any->n_known;
    bool named = true;
    if (given_actor(g->shares[0].o) && s->subject == VERDICT_ALL && s->n_outcomes > 1) {
        need = count_pairs(s, g->fact);
        size_t picked = 0;
        for (size_t k = 0; k < g->n_shares; k++) picked += g->shares[k].n;
        if (picked != need) t.reasons |= REASON_ACTOR;
    } else if (!sole) {
        named = false;
        t.reasons |= REASON_ACTOR;
    }
    t.must_f = established && named && got_f == need;
    t.must_r = established && named && got_r == need;
    return t;
}

static enum verdict verdict_of(const struct outcome *o, const struct tally *t)
{
    if (o->v->excusable && t->raw && !t->may_c) return VERDICT_EXCUSED;
    if (t->must_f) return VERDICT_VIOLATED;
    if (t->may_r && !t->must_r) return VERDICT_POSSIBLY_VIOLATED;
    if (t->may_r || t->may_c) return VERDICT_UNVERIFIED;
    return VERDICT_COMPLIED;
}

/* ---- when ---- */

static void widen(struct instance *x, instant from, instant to)
{
    if (from < x->possible_from) x->possible_from = from;
    if (to > x->possible_to) x->possible_to = to;
}

static const struct item_spans *spans_for(const struct outcome *o, enum verdict v)
{
    return v == VERDICT_VIOLATED            ? &o->must
           : v == VERDICT_POSSIBLY_VIOLATED ? &o->may_r
                                            : &o->may_c;
}

/* Is it an event in this outcome (or a stay)? */
static bool is_event(const struct outcome *o)
{
    return o->v->anchor == ANCHOR_EVENT;
}

/* The seconds in which the fact may violate. */
static void span_of(const struct settling *s, const struct joint *g, struct instance *x)
{
    x->possible_from = INSTANT_MAX;
    x->possible_to = INSTANT_MIN;
    for (size_t k = 0; k < g->n_shares; k++) {
        const struct share *h = &g->shares[k];
        for (size_t i = 0; i < h->n; i++) {
            const struct alternative *a = alternative_of(s, pick_of(h, i));
            size_t item = h->first + i;
            if (is_event(h->o)) {
                widen(x, a->start_lo, a->start_hi);
            } else if (h->o->may_c.start && h->o->may_c.start[item] < h->o->may_c.start[item + 1]) {
                widen(x, h->o->may_c.spans[h->o->may_c.start[item]].from,
                      h->o->may_c.spans[h->o->may_c.start[item + 1] - 1].to);
            } else {
                widen(x, a->start_lo, a->end_hi);
            }
        }
    }
    x->from = x->possible_from;
    x->to = x->possible_to;
}

/* The certain extent of a stay: the hull of its must seconds, where all shares have any. */
static void certain_extent(const struct joint *g, struct instance *x)
{
    instant from = INSTANT_MIN, to = INSTANT_MAX;
    for (size_t k = 0; k < g->n_shares; k++) {
        const struct share *h = &g->shares[k];
        for (size_t i = h->first; i < h->first + h->n; i++) {
            const struct item_spans *m = &h->o->must;
            if (!m->start || m->start[i] == m->start[i + 1]) return;
            struct span a = m->spans[m->start[i]], b = m->spans[m->start[i + 1] - 1];
            if (a.from > from) from = a.from;
            if (b.to < to) to = b.to;
        }
    }
    if (from > to) return;
    x->from = from;
    x->to = to;
}

/* ---- days ---- */

/* The days on which one item certainly violates, if it is the one that holds. */
static void certain_days(struct settling *s, const struct share *h, size_t i, struct iset *out)
{
    const struct alternative *a = alternative_of(s, pick_of(h, i));
    const struct item_spans *m = &h->o->must;
    size_t item = h->first + i;
    iset_clear(out);
    if (is_event(h->o)) {
        if (a->start_lo < s->from || a->start_hi > s->to) return;
        int64_t first = days_of(&s->days, a->start_lo), last = days_of(&s->days, a->start_hi);
        if (first == last) iset_add(out, first, last);
        return;
    }
    for (size_t k = m->start ? m->start[item] : 0; m->start && k < m->start[item + 1]; k++) {
        instant from = m->spans[k].from > s->from ? m->spans[k].from : s->from;
        instant to = m->spans[k].to < s->to ? m->spans[k].to : s->to;
        if (from > to) continue;
        int64_t first = days_of(&s->days, from);
        iset_add(out, first, days_of(&s->days, to));
    }
}

/* A day is violated when every item certainly violates on it. */
static void mark_certain(struct settling *s, const struct joint *g)
{
    struct iset all, one, both;
    bool begun = false;
    iset_init(&all);
    iset_init(&one);
    iset_init(&both);
    for (size_t k = 0; k < g->n_shares; k++) {
        for (size_t i = 0; i < g->shares[k].n; i++) {
            certain_days(s, &g->shares[k], i, &one);
            if (begun)
                iset_intersect(&both, &all, &one);
            else
                iset_copy(&both, &one);
            iset_swap(&all, &both);
            begun = true;
        }
    }
    for (size_t i = 0; i < all.n; i++)
        days_mark_days(&s->days, VERDICT_VIOLATED, all.items[i].from, all.items[i].to);
    s->failed |= all.failed || one.failed || both.failed;
    iset_free(&all);
    iset_free(&one);
    iset_free(&both);
}

/* Mark the seconds in which any item may violate. */
static void mark_possible(struct settling *s, const struct joint *g, enum verdict v)
{
    unsigned flag = v == VERDICT_POSSIBLY_VIOLATED ? ITEM_MAY_R
                    : v == VERDICT_EXCUSED         ? ITEM_RAW
                                                   : ITEM_MAY_C;
    for (size_t k = 0; k < g->n_shares; k++) {
        const struct share *h = &g->shares[k];
        const struct item_spans *m = spans_for(h->o, v);
        for (size_t i = 0; i < h->n; i++) {
            size_t item = h->first + i;
            const struct alternative *a = alternative_of(s, pick_of(h, i));
            if (!(h->o->flags[item] & flag)) continue;
            if (is_event(h->o))
                days_mark(&s->days, v, a->start_lo, a->start_hi);
            else if (v == VERDICT_EXCUSED)
                days_mark(&s->days, v, a->start_lo, a->end_hi);
            for (size_t j = m->start ? m->start[item] : 0; m->start && j < m->start[item + 1]; j++)
                days_mark(&s->days, v, m->spans[j].from, m->spans[j].to);
        }
    }
}

/* One alternative, one candidate, one day: the common case, without sets. */
static bool mark_simple(struct settling *s, const struct joint *g)
{
    if (g->n_shares != 1 || g->shares[0].n != 1 || !is_event(g->shares[0].o)) return false;
    const struct alternative *a = alternative_of(s, pick_of(&g->shares[0], 0));
    if (a->start_lo < s->from || a->start_hi > s->to) return false;
    int64_t first = days_of(&s->days, a->start_lo), last = days_of(&s->days, a->start_hi);
    if (first != last) return false;
    days_mark_days(&s->days, VERDICT_VIOLATED, first, last);
    return true;
}

static void mark(struct settling *s, const struct joint *g, enum verdict v)
{
    if (v == VERDICT_VIOLATED) {
        if (mark_simple(s, g)) return;
        mark_certain(s, g);
        v = VERDICT_POSSIBLY_VIOLATED; /* on the other days that its seconds may fall on */
    }
    mark_possible(s, g, v);
    if (v == VERDICT_POSSIBLY_VIOLATED) /* also where only something hidden makes it violate */
        mark_possible(s, g, VERDICT_UNVERIFIED);
}

/* ---- one fact ---- */

static uint32_t reasons_for(const struct joint *g, const struct tally *t, enum verdict v)
{
    const struct outcome *o = g->shares[0].o;
    if (v == VERDICT_VIOLATED || v == VERDICT_EXCUSED) return 0;
    if (v == VERDICT_UNVERIFIED) return t->reasons | REASON_COVERAGE;
    uint32_t reasons = t->reasons;
    bool sure = true;
    for (size_t k = 0; k < g->n_shares; k++)
        for (size_t i = 0; i < g->shares[k].n; i++)
            sure &= pick_of(&g->shares[k], i)->quality == QUALITY_YES;
    if (!sure || reasons) return reasons;
    reasons = o->other_reasons;
    return reasons ? reasons : (uint32_t)REASON_TIME;
}

static void settle_group(struct settling *s, const struct joint *g)
{
    struct tally t = tally_group(s, g);
    const struct outcome *o = g->shares[0].o;
    enum verdict v = verdict_of(o, &t);
    if (v == VERDICT_COMPLIED) return;
    struct instance x = {.fact = g->fact,
                         .bearer = g->n_shares == 1 ? o->v->bearer : FACTS_NONE,
                         .absence = o->v->each,
                         .step = o->v->part,
                         .anchor = (uint8_t)o->v->anchor};
    span_of(s, g, &x);
    uint32_t reasons = reasons_for(g, &t, v);
    if (v == VERDICT_VIOLATED && !is_event(o)) certain_extent(g, &x);
    bool within =
        is_event(o) ? x.from >= s->from && x.to <= s->to : x.from <= s->to && x.to >= s->from;
    if (v == VERDICT_VIOLATED && !within) {
        v = VERDICT_POSSIBLY_VIOLATED;
        reasons |= REASON_TIME;
    }
    bool ruled = view_excused(s->view, g->fact, o->v->provision);
    x.verdict = (uint8_t)(ruled ? VERDICT_EXCUSED : v);
    x.reasons = (uint16_t)(ruled ? 0 : reasons);
    x.covered = (float)cover_share(&o->relations.items[o->v->anchor_pred].covered, x.from, x.to);
    if (ruled)
        days_mark(&s->days, VERDICT_EXCUSED, x.from, x.to);
    else
        mark(s, g, v);
    settling_add(s, &x);
}

/* ---- all facts ---- */

/* Facts come in the order (kind, fact) in every outcome. */
static bool before(const struct settling *s, uint32_t a, uint32_t b)
{
    const struct fact *f = s->view->facts->facts;
    return f[a].kind != f[b].kind ? f[a].kind < f[b].kind : a < b;
}

/* Walk the outcomes [first, first + n) together, fact by fact. */
static void settle_merged(struct settling *s, size_t first, size_t n)
{
    size_t *next = calloc(n, sizeof(*next));
    struct share *shares = calloc(n, sizeof(*shares));
    s->failed |= !next || !shares;
    while (!s->failed) {
        struct joint g = {FACTS_NONE, shares, 0};
        for (size_t k = 0; k < n; k++) {
            const struct picks *p = outcome_picks(&s->outcomes[first + k]);
            if (next[k] < p->n &&
                (g.fact == FACTS_NONE || before(s, p->items[next[k]].fact, g.fact)))
                g.fact = p->items[next[k]].fact;
        }
        if (g.fact == FACTS_NONE) break;
        for (size_t k = 0; k < n; k++) {
            const struct picks *p = outcome_picks(&s->outcomes[first + k]);
            struct share x = {&s->outcomes[first + k], next[k], 0};
            while (next[k] < p->n && p->items[next[k]].fact == g.fact) next[k]++, x.n++;
            if (x.n) shares[g.n_shares++] = x;
        }
        settle_group(s, &g);
    }
    free(next);
    free(shares);
}

static void settle_stretches(struct settling *s, const struct outcome *o)
{
    for (size_t i = 0; i < o->hidden.n; i++)
        settling_stretch(s, VERDICT_UNVERIFIED, o->hidden.items[i].from, o->hidden.items[i].to,
                         REASON_COVERAGE);
    for (size_t i = 0; i < o->ahead.n; i++)
        settling_stretch(s, VERDICT_PENDING, o->ahead.items[i].from, o->ahead.items[i].to,
                         REASON_AHEAD);
}

void settle_acts(struct settling *s)
{
    if (!s->n_outcomes) return;
    const struct outcome *o = &s->outcomes[0];
    if (given_actor(o) && o->v->towards == FACTS_NONE) {
        settle_merged(s, 0, s->n_outcomes);
    } else if (!o->v->performed && !o->v->each) {
        settle_merged(s, 0, 1); /* nobody's in particular: the same for every bearer */
    } else {
        for (size_t i = 0; i < s->n_outcomes; i++) settle_merged(s, i, 1);
    }
    for (size_t i = 0; i < s->n_outcomes; i++) settle_stretches(s, &s->outcomes[i]);
    for (size_t i = 0; i < s->n_outcomes; i++) settle_crowd(s, &s->outcomes[i]);
}
