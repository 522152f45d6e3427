/* How rows 6 and 12 are read: schedules, step by step with the baseline of their shares, and
 * movements in step. */
#include "lang/gloss.h"
#include "lang/quantity.h"

#include "lang/words.h"

/* "12.5 %" of a share in parts of 10,000 */
static struct str percent(struct voice *v, int64_t parts)
{
    int64_t rest = parts % 100;
    if (!rest) return str_fmt(v->a, "%lld %%", (long long)(parts / 100));
    if (rest % 10 == 0)
        return str_fmt(v->a, "%lld.%lld %%", (long long)(parts / 100), (long long)(rest / 10));
    return str_fmt(v->a, "%lld.%02lld %%", (long long)(parts / 100), (long long)rest);
}

static struct str step_amount(struct voice *v, const struct schedule_step *s)
{
    if (!s->den) return say_int(v, s->count);
    if (s->num == s->den) return said(v, "all");
    struct str share = s->den == 10000
                           ? percent(v, s->num)
                           : str_fmt(v->a, "%lld/%lld", (long long)s->num, (long long)s->den);
    return say(v, s->down ? "{share} (rounded down)" : "{share} (rounded up)", share);
}

static struct str step_deadline(struct voice *v, const struct provision *pv,
                                const struct schedule_step *s)
{
    instant first, last;
    if (s->deadline.op == DEADLINE_BY)
        return words_point(v, &s->deadline.point, pv->readings, true);
    agreement_point(v->g, &s->after, pv->readings.n ? pv->readings.v[0] : LANG_NONE, &first, &last);
    if (s->after.term == LANG_NONE)
        return words_instant(v, agreement_later(v->g, &s->deadline.period, last));
    return say(v, "{duration} after {point}", words_duration(v, &s->deadline.period),
               words_point(v, &s->after, pv->readings, true));
}

static struct str stated(struct voice *v, int64_t lo, int64_t hi)
{
    if (hi == INT64_MAX) return say(v, "at least {n}", say_int(v, lo));
    if (lo == hi) return say_int(v, lo);
    return say(v, "{n} to {most}", say_int(v, lo), say_int(v, hi));
}

/* "north: 100, south: 80 to 90" */
static struct str stated_amounts(struct voice *v, const struct provision *pv, bool verified)
{
    struct str list = {NULL, 0};
    for (uint32_t i = 0; i < pv->bearers.n; i++) {
        int64_t lo, hi;
        uint32_t of = pv->bearers.v[i];
        if (!agreement_amount(v->g, pv->stock, of, verified, &lo, &hi)) continue;
        struct str one =
            say(v, "{actor}: {amount}", words_name(v, v->g->actors[of].name), stated(v, lo, hi));
        list = list.n ? say(v, "{list}, {item}", list, one) : one;
    }
    return list;
}

static struct str basis(struct voice *v, const struct provision *pv)
{
    const struct stock *s = &v->g->stocks[pv->stock];
    const struct measure *m = pv->basis;
    bool verified = m == &s->verified;
    struct str whose = say(
        v, verified ? "the {stock} of P as verified" : "the {stock} of P as declared", s->label);
    if (m->op == MEASURE_STATED)
        return say(v, "{whole} ({amounts})", whose, stated_amounts(v, pv, verified));
    struct str kind = v->g->kinds[m->kind].label;
    if (m->op == MEASURE_COUNTED)
        return say(v, "{whole} (each {kind} for a time up to the deadline is one)", whose, kind);
    return say(v, "{whole} (the sum of {attribute} over each {kind} for a time up to the deadline)",
               whose, v->g->kinds[m->kind].attributes[m->attribute].name, kind);
}

struct str gloss_schedule(struct voice *v, const struct provision *pv)
{
    struct str steps = {NULL, 0};
    for (uint32_t i = 0; i < pv->n_steps; i++) {
        struct str one = say(v, "{amount} up to and including {deadline}",
                             step_amount(v, &pv->steps[i]), step_deadline(v, pv, &pv->steps[i]));
        steps = i ? say(v, "{list}, {item}", steps, one) : one;
    }
    struct str act = words_phrase(v, &pv->act);
    if (!pv->basis)
        return say(v,
                   "each {act} is one, and so many must be done: {steps}; each step missed is one "
                   "violation",
                   act, steps);
    return say(v,
               "each {act} is one, and so many must be done: {steps}; the shares are of {whole}; "
               "each step missed is one violation",
               act, steps, basis(v, pv));
}

static struct str share_of(struct voice *v, const struct process *p)
{
    return say(v, "the share of {process} done (each {act} is one, of {n})", p->label,
               words_phrase(v, &p->step), say_int(v, p->total));
}

struct str gloss_in_step(struct voice *v, const struct provision *pv)
{
    struct str a = share_of(v, &v->g->processes[pv->processes[0]]);
    struct str b = share_of(v, &v->g->processes[pv->processes[1]]);
    if (pv->gap < 0)
        return say(v,
                   "{share} and {other} stay near each other; the text does not say how near, so "
                   "nothing can be verified",
                   a, b);
    return say(v,
               "at every second, {share} and {other} are at most {gap} apart; one violation for "
               "each stretch in which they are further apart, of nobody in particular",
               a, b, percent(v, pv->gap));
}

static struct str site_holds(struct voice *v, const struct provision *pv, const struct site *x)
{
    struct str n = say_int(v, pv->sites_verified ? x->verified : x->declared);
    return say(v, "{site} of {actor}: {n}", x->label, words_name(v, v->g->actors[x->owner].name),
               n);
}

struct str gloss_sites(struct voice *v, const struct provision *pv)
{
    const struct site *first = &v->g->sites[pv->sites.v[0]];
    struct str list = {NULL, 0}, check = v->g->kinds[first->check].label;
    for (uint32_t i = 0; i < pv->sites.n; i++) {
        struct str one = site_holds(v, pv, &v->g->sites[pv->sites.v[i]]);
        list = i ? say(v, "{list}, {item}", list, one) : one;
    }
    const char *rule = pv->sites_verified ? N_("each {check} that finds fewer of the {stock} of P "
                                               "than were verified there ({held}) "
                                               "is one violation; one without access finds nothing "
                                               "missing and leaves it unverified")
                                          : N_("each {check} that finds fewer of the {stock} of P "
                                               "than are declared there ({held}) "
                                               "is one violation; one without access finds nothing "
                                               "missing and leaves it unverified");
    return say(v, rule, check, v->g->stocks[pv->stock].label, list);
}
