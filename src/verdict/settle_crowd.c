/* Caps: one act too many, whichever it was.
 *
 * When so many certain acts lie wholly within one window as are too many, the last of them violates in
 * every world, although each of them alone may not have been the last.  The formula `crowd` of the
 * violation holds from the second on at which the last of these acts is certainly over.  The act that
 * is over at that second happened no earlier than its own beginning, so the violation lies between
 * the two.  It is an instance of no fact.  Where an act violates for certain by itself, nothing is
 * added. */
#include "verdict/settle.h"

/* The earliest beginning of a fact that may violate and is over at `end`; INSTANT_MAX: there is none. */
static instant began(const struct outcome *o, const struct alternative *all, instant end)
{
    const struct picks *picks = outcome_picks(o);
    instant first = INSTANT_MAX;
    for (size_t i = 0, n; i < picks->n; i += n) {
        instant lo = INSTANT_MAX, hi = INSTANT_MIN;
        for (n = 0; i + n < picks->n && picks->items[i + n].fact == picks->items[i].fact; n++) {
            const struct alternative *a = &all[picks->items[i + n].alternative];
            if (a->start_lo < lo) lo = a->start_lo;
            if (a->start_hi > hi) hi = a->start_hi;
        }
        if (hi == end && lo < first) first = lo;
    }
    return first;
}

static bool known(const struct settling *s, const struct outcome *o, struct span when)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct instance *x = &s->instances[i];
        bool same = x->bearer == o->v->bearer || x->bearer == FACTS_NONE;
        if (x->verdict == VERDICT_VIOLATED && same && x->possible_from <= when.to &&
            x->possible_to >= when.from)
            return true;
    }
    return false;
}

void settle_crowd(struct settling *s, const struct outcome *o)
{
    for (size_t i = 0; i < o->crowd.n && !s->failed; i++) {
        instant end = o->crowd.items[i].from;
        struct span when = {began(o, s->view->facts->alternatives, end), end};
        if (when.from > end || when.from < s->from || end > s->to || known(s, o, when)) continue;
        struct instance x = {.fact = FACTS_NONE,
                             .bearer = o->v->bearer,
                             .anchor = (uint8_t)o->v->anchor,
                             .verdict = VERDICT_VIOLATED,
                             .from = when.from,
                             .to = end,
                             .possible_from = when.from,
                             .possible_to = end};
        x.covered =
            (float)cover_share(&o->relations.items[o->v->anchor_pred].covered, x.from, x.to);
        if (s->possible) s->possible--; /* one of those that are possible is this one */
        settling_add(s, &x);
        int64_t first = days_of(&s->days, when.from), last = days_of(&s->days, end);
        if (first == last) days_mark_days(&s->days, VERDICT_VIOLATED, first, last);
    }
}
