/* What all shapes of anchors share: noting instances, stretches and candidates. */
#include "verdict/settle.h"

#include "verdict/justify.h"

#include <stdlib.h>

static bool meets(const struct settling *s, instant from, instant to)
{
    return from <= s->to && to >= s->from;
}

static bool grow(struct settling *s)
{
    if (s->n < s->cap) return true;
    size_t cap = s->cap ? s->cap * 2 : 64;
    struct instance *moved = realloc(s->instances, cap * sizeof(*moved));
    if (!moved) {
        s->failed = true;
        return false;
    }
    s->instances = moved;
    s->cap = cap;
    return true;
}

/* Does a finding that attributes the fact name the subject? */
static bool attributed_to(const struct settling *s, uint32_t fact)
{
    const struct view *v = s->view;
    if (fact == FACTS_NONE || !v->settled || !v->settled[fact]) return false;
    for (uint32_t i = 0; i < v->n_settled[fact]; i++)
        if (s->subject == VERDICT_ALL || v->settled[fact][i] == s->subject) return true;
    return false;
}

/* The actors that could have done what an instance says. */
static void settling_candidates(struct settling *s, uint32_t fact, uint32_t bearer)
{
    const struct facts *f = s->view->facts;
    uint32_t n_actors = s->view->agreement->n_actors;
    if (bearer < n_actors) s->candidate[bearer] = true;
    if (fact == FACTS_NONE) return;
    for (uint32_t i = f->facts[fact].first_alternative; i != FACTS_NONE;
         i = f->alternatives[i].next) {
        size_t n;
        const uint32_t *actors = view_actors(s->view, fact, &f->alternatives[i], &n);
        if (!n) s->unknown_candidate = true;
        for (size_t k = 0; k < n; k++)
            s->candidate[actors[k] < n_actors ? actors[k] : n_actors] = true;
    }
}

void settling_add(struct settling *s, const struct instance *x)
{
    if (!meets(s, x->possible_from, x->possible_to) || !grow(s)) return;
    struct instance *i = &s->instances[s->n++];
    *i = *x;
    s->seen[i->verdict] = true;
    bool certain = i->verdict == VERDICT_VIOLATED || i->verdict == VERDICT_OVERDUE;
    if ((certain || i->verdict == VERDICT_POSSIBLY_VIOLATED) && justification_claimed(s, i))
        i->reasons |= REASON_CLAIMED;
    s->reasons[i->verdict] |= i->reasons;
    if (certain) s->certain++;
    if (i->verdict == VERDICT_POSSIBLY_VIOLATED) s->possible++;
    if (!certain && i->verdict != VERDICT_POSSIBLY_VIOLATED) return;
    bool of_act = i->anchor != ANCHOR_DEADLINE && !(i->anchor == ANCHOR_EVENT && i->absence);
    i->attributed = of_act && attributed_to(s, i->fact);
    s->attributed |= i->attributed;
    settling_candidates(s, of_act ? i->fact : FACTS_NONE, i->bearer);
}

void settling_stretch(struct settling *s, enum verdict v, instant from, instant to,
                      uint32_t reasons)
{
    if (from > to || !meets(s, from, to)) return;
    if (!iset_meets(&s->term, from, to)) return;
    s->seen[v] = true;
    s->reasons[v] |= reasons;
    days_mark(&s->days, v, from, to);
}

instant settling_edge(const struct settling *s, struct edge e, instant t)
{
    if (e.map != MAP_NONE) return s->lowered->maps[e.map].map(s->lowered->maps[e.map].ctx, t);
    return instant_add(t, e.seconds);
}

/* ---- facts one by one ---- */

static void tally_item(struct tally *t, const struct outcome *o, size_t i, size_t got[2])
{
    unsigned flags = o->flags[i];
    if (flags & ITEM_MUST_F) got[0]++;
    if (flags & ITEM_MUST_R) got[1]++;
    t->may_r |= (flags & ITEM_MAY_R) != 0;
    t->may_c |= (flags & ITEM_MAY_C) != 0;
    t->raw |= (flags & ITEM_RAW) != 0;
    t->made |= (flags & ITEM_MADE) != 0;
    t->performed &= (flags & ITEM_PERFORMED) != 0;
}

void settle_each_fact(struct settling *s, const struct outcome *o,
                      void (*each)(struct settling *s, const struct outcome *o, size_t first,
                                   size_t n, const struct tally *t))
{
    const struct picks *picks = outcome_picks(o);
    for (size_t i = 0, n; i < picks->n; i += n) {
        struct tally t = {.performed = true};
        size_t got[2] = {0, 0};
        bool sole = true; /* what is said given the actor is certain of no other */
        const struct pick *first = &picks->items[i];
        for (n = 0; i + n < picks->n && picks->items[i + n].fact == first->fact; n++) {
            tally_item(&t, o, i + n, got);
            t.reasons |= picks->items[i + n].reasons;
            sole &= picks->items[i + n].sole;
        }
        t.must_f = first->established && sole && got[0] == first->n_known;
        t.must_r = first->established && sole && got[1] == first->n_known;
        t.performed &= n == first->n_known;
        each(s, o, i, n, &t);
    }
}
