/* Episodes without identity: a status that held, or did not.
 *
 * An instance is a maximal stretch before `at` in which some world of C violates; it is certain when
 * every world of F violates at some second of it.  Where excuses alone keep a stretch from
 * violating it is excused. */
#include "verdict/settle.h"

static void note(struct settling *s, const struct outcome *o, enum verdict v, struct span all,
                 struct span certain, uint32_t reasons)
{
    const struct iset *covered =
        o->v->act_pred == LOWER_NONE ? NULL : &o->relations.items[o->v->act_pred].covered;
    struct instance x = {.fact = FACTS_NONE,
                         .bearer = o->v->bearer,
                         .anchor = ANCHOR_EPISODE,
                         .verdict = (uint8_t)v,
                         .absence = o->v->absence,
                         .from = certain.from,
                         .to = certain.to,
                         .possible_from = all.from,
                         .possible_to = all.to,
                         .reasons = (uint16_t)reasons};
    x.covered = covered ? (float)cover_share(covered, all.from, all.to) : 0;
    settling_add(s, &x);
}

/* The part of a set within a stretch; the first and last second of it in *out. */
static bool hull_within(const struct iset *set, struct span in, struct span *out)
{
    size_t i = iset_find(set, in.from);
    if (i == set->n || set->items[i].from > in.to) return false;
    out->from = set->items[i].from > in.from ? set->items[i].from : in.from;
    while (i + 1 < set->n && set->items[i + 1].from <= in.to) i++;
    out->to = set->items[i].to < in.to ? set->items[i].to : in.to;
    return true;
}

static void settle_stretch(struct settling *s, const struct outcome *o, const struct iset *doubtful,
                           struct span all)
{
    struct span certain;
    enum verdict sure = o->v->absence ? VERDICT_OVERDUE : VERDICT_VIOLATED;
    if (hull_within(&o->must_f, all, &certain)) {
        note(s, o, sure, all, certain, 0);
    } else if (iset_meets(doubtful, all.from, all.to)) {
        uint32_t reasons = o->other_reasons;
        note(s, o, VERDICT_POSSIBLY_VIOLATED, all, all, reasons ? reasons : (uint32_t)REASON_TIME);
    } else {
        note(s, o, VERDICT_UNVERIFIED, all, all,
             o->v->unmeasured ? REASON_MEASURE : REASON_COVERAGE);
    }
}

static void settle_outcome(struct settling *s, const struct outcome *o)
{
    struct iset within, doubtful, excused;
    struct iset *sets[] = {&within, &doubtful, &excused};
    for (size_t i = 0; i < 3; i++) iset_init(sets[i]);
    iset_intersect(&within, &o->in_c, &s->term);
    iset_subtract(&doubtful, &o->in_r, &o->must_r);
    for (size_t i = 0; i < within.n; i++) settle_stretch(s, o, &doubtful, within.items[i]);
    days_mark_set(&s->days, o->v->absence ? VERDICT_OVERDUE : VERDICT_VIOLATED, &o->must_f);
    days_mark_set(&s->days, VERDICT_UNVERIFIED, &within);
    iset_intersect(&excused, &doubtful, &within);
    days_mark_set(&s->days, VERDICT_POSSIBLY_VIOLATED, &excused);
    if (o->v->excusable) {
        iset_subtract(&excused, &o->raw, &o->in_c);
        iset_intersect(&doubtful, &excused, &s->term);
        for (size_t i = 0; i < doubtful.n && doubtful.items[i].from <= s->view->at; i++) {
            struct span x = doubtful.items[i];
            if (iset_meets(&o->raw, x.from, x.to)) note(s, o, VERDICT_EXCUSED, x, x, 0);
            days_mark(&s->days, VERDICT_EXCUSED, x.from, x.to);
        }
    }
    for (size_t i = 0; i < o->ahead.n; i++)
        settling_stretch(s, VERDICT_PENDING, o->ahead.items[i].from, o->ahead.items[i].to,
                         REASON_AHEAD);
    for (size_t i = 0; i < 3; i++) {
        s->failed |= sets[i]->failed;
        iset_free(sets[i]);
    }
}

void settle_episodes(struct settling *s)
{
    for (size_t i = 0; i < s->n_outcomes; i++) settle_outcome(s, &s->outcomes[i]);
}
