/* Row 14: where a provision is in force beside its dates, as a closed formula.
 *
 *     from when C      ONCE C                    suspended while C      NOT C
 *     … for d          ONCE C AND NOT ONCE[d,*) C
 *     while C          C                         suspended from C to E  NOT (NOT end SINCE begin)
 *     ended d after C  NOT ONCE[d,*) C           suspended for d        NOT ONCE[0,d-1] begin
 *     continued if C   NOT ONCE[1,*) (expiry AND NOT C), expiry the last second of each term
 *
 * `begin` and `end` are where the condition begins to hold.  A rule's condition reads provisions as
 * they are without that rule (b->without), so that what suspends a provision may be its own
 * violation, and the recursion ends. */
#include "lang/in_force.h"
#include "lower/lowering.h"

#define MOST_TERMS 100000

static struct formula *none(struct lowering *b, struct formula *a)
{
    return formula_not(&b->v->scope, a);
}

static struct formula *ever(struct lowering *b, struct bound bound, struct formula *a)
{
    return formula_temporal(&b->v->scope, F_ONCE, bound, a);
}

static bool speaks_of_violations(const struct condition *c)
{
    bool found = c->op == COND_VIOLATED || c->op == COND_FULFILLED;
    for (uint32_t i = 0; i < c->n_sub && !found; i++) found = speaks_of_violations(c->sub[i]);
    return found;
}

/* A violation is one still, whatever follows from it: its consequence begins a second later. */
static struct formula *then(struct lowering *b, const struct condition *c, struct formula *f)
{
    return speaks_of_violations(c) ? ever(b, bound_seconds(1, 1), f) : f;
}

static struct formula *holds(struct lowering *b, const struct condition *c)
{
    return then(b, c, lowering_condition(b, c));
}

static struct formula *begins(struct lowering *b, const struct condition *c)
{
    return then(b, c, lowering_becomes(b, c));
}

static struct formula *suspended(struct lowering *b, const struct force_rule *r)
{
    if (!r->begins) return holds(b, r->when);
    struct formula *begin = begins(b, r->when);
    if (!duration_none(&r->period)) return ever(b, lowering_window(b, &r->period, true), begin);
    if (!r->until) return ever(b, bound_all(), begin);
    struct formula *end = begins(b, r->until);
    return formula_since(&b->v->scope, none(b, end), bound_all(), begin);
}

/* The last second of each term, up to the first behind the horizon. */
static struct formula *expiries(struct lowering *b, const struct force_rule *r)
{
    struct fixed_row *rows = NULL;
    size_t n = 0, cap = 0;
    instant end = b->g->header.expiry, first = instant_add(end, 1);
    for (int32_t k = 1; n < MOST_TERMS; k++) {
        struct duration d = r->period;
        rows = arena_grow(&b->l->arena, rows, n, &cap, sizeof(*rows));
        if (!rows) {
            b->failed = true;
            return NULL;
        }
        rows[n++] = (struct fixed_row){end, end, end};
        if (!r->again || end > b->horizon) break;
        d.months *= k; /* counted from the first end, so that a month's end does not creep */
        d.days *= k;
        d.working_days *= k;
        d.seconds *= k;
        instant next = instant_add(agreement_later(b->g, &d, first), -1);
        if (next <= end || next == INSTANT_MAX) break;
        end = next;
    }
    return lowering_fact(b, lowering_fixed(b, STR("the last second of a term"), rows, n, false));
}

static struct formula *continued(struct lowering *b, const struct force_rule *r)
{
    struct formula *expiry = expiries(b, r);
    struct formula *over = lowering_condition(b, r->when);
    if (!r->unless) over = none(b, over);
    return none(b, ever(b, bound_seconds(1, INSTANT_MAX), lowering_and(b, expiry, over)));
}

static struct formula *ended(struct lowering *b, const struct force_rule *r)
{
    struct bound from = bound_all();
    if (!duration_none(&r->period))
        from = (struct bound){lowering_edge(b, &r->period, false), edge_seconds(INSTANT_MAX)};
    return none(b, ever(b, from, holds(b, r->when)));
}

/* From the first moment on; with a period, until so long after it. */
static struct formula *started(struct lowering *b, const struct force_rule *r)
{
    struct formula *begun = ever(b, bound_all(), holds(b, r->when));
    if (duration_none(&r->period)) return begun;
    struct bound over = {lowering_edge(b, &r->period, false), edge_seconds(INSTANT_MAX)};
    return lowering_and(b, begun, none(b, ever(b, over, holds(b, r->when))));
}

/* In force by one rule; `replaces`: the provision is the one that comes instead. */
static struct formula *by_rule(struct lowering *b, const struct force_rule *r, bool replaces)
{
    switch (r->op) {
    case FORCE_STARTS: return started(b, r);
    case FORCE_WHILE: return holds(b, r->when);
    case FORCE_SUSPENDED: return none(b, suspended(b, r));
    case FORCE_CONTINUED: return continued(b, r);
    case FORCE_ENDED: return ended(b, r);
    case FORCE_REPLACED: break;
    }
    struct formula *once = ever(b, bound_all(), holds(b, r->when));
    return replaces ? once : none(b, once);
}

static bool skipped(const struct lowering *b, uint32_t rule)
{
    for (const struct without *w = b->without; w; w = w->outer)
        if (w->rule == rule) return true;
    return false;
}

/* ---- what moves by the time suspended ---- */

/* Where a provision is suspended so that its deadlines (and the dates of its frames) move; NULL:
 * nowhere. */
static struct formula *moving(struct lowering *b, uint32_t provision, bool frames)
{
    struct formula *any = NULL;
    for (uint32_t i = 0; i < b->g->n_force; i++) {
        const struct force_rule *r = &b->g->force[i];
        if (frames ? !r->unexpired : !r->moves) continue;
        if (skipped(b, i) || !force_covers(b->g, r, provision)) continue;
        struct without here = {i, b->without};
        b->without = &here;
        struct formula *f = suspended(b, r);
        b->without = here.outer;
        any = any ? formula_or(&b->v->scope, any, f) : f;
    }
    return any;
}

bool lowering_frames_move(struct lowering *b, uint32_t provision)
{
    for (uint32_t i = 0; i < b->g->n_force; i++)
        if (b->g->force[i].unexpired && !skipped(b, i) &&
            force_covers(b->g, &b->g->force[i], provision))
            return true;
    return false;
}

/* A date has come, later by the time suspended before it. */
static struct formula *come(struct lowering *b, instant at, struct place words,
                            struct formula *stopped)
{
    struct fixed_row row = {at, at, INSTANT_MIN};
    uint32_t pred = lowering_fixed(b, place_text(words), &row, 1, true);
    if (pred == LOWER_NONE) return NULL;
    b->v->preds[pred].source = PRED_MOVED;
    b->v->preds[pred].first = stopped;
    return ever(b, bound_all(), lowering_some(b, pred));
}

/* The frames that are dates: open from the moved one on, or up to it. */
static struct formula *moved_frames(struct lowering *b, uint32_t provision)
{
    const struct provision *p = &b->g->provisions[provision];
    struct formula *stopped = moving(b, provision, true), *all = formula_true(&b->v->scope);
    for (uint32_t i = 0; i < p->n_frames; i++) {
        const struct frame *f = &p->frames[i];
        instant first, last;
        if (f->condition) continue;
        lowering_point(b, &f->point, &first, &last);
        instant behind = instant_add(last, 1);
        bool opens = f->op == FRAME_FROM || f->op == FRAME_AFTER || f->op == FRAME_WHILE;
        instant opening = f->op == FRAME_AFTER ? behind : first;
        instant closing = f->op == FRAME_WHILE ? behind : first;
        if (opens) all = lowering_and(b, all, come(b, opening, f->at, stopped));
        if (!opens || f->op == FRAME_WHILE)
            all = lowering_and(b, all, none(b, come(b, closing, f->at, stopped)));
    }
    return all;
}

struct formula *lowering_force(struct lowering *b, uint32_t provision)
{
    struct formula *all = formula_true(&b->v->scope);
    bool top = !b->without && provision == b->v->provision;
    uint32_t before = b->before;
    if (top && b->force) return b->force;
    b->before = LANG_NONE; /* said of an exception's conditions, not of what is in force */
    for (uint32_t i = 0; i < b->g->n_force; i++) {
        const struct force_rule *r = &b->g->force[i];
        if (skipped(b, i) || !force_covers(b->g, r, provision)) continue;
        struct without here = {i, b->without};
        b->without = &here;
        b->telling = top;
        struct formula *f = by_rule(b, r, r->op == FORCE_REPLACED && r->by == provision);
        b->telling = false;
        b->without = here.outer;
        if (top) lowering_part(b, PART_FORCE, f, r->at);
        all = lowering_and(b, all, f);
    }
    if (lowering_frames_move(b, provision)) all = lowering_and(b, all, moved_frames(b, provision));
    b->before = before;
    if (top) b->force = all;
    return all;
}

instant lower_moved(const struct iset *stopped, instant start, instant deadline)
{
    for (size_t i = iset_find(stopped, start); i < stopped->n; i++) {
        struct span x = stopped->items[i];
        if (x.from < start) x.from = start;
        if (x.from > deadline) break;
        if (x.to == INSTANT_MAX) return INSTANT_MAX;
        deadline = instant_add(deadline, x.to - x.from + 1);
    }
    return deadline;
}

struct formula *lowering_moving(struct lowering *b)
{
    return moving(b, (uint32_t)(b->p - b->g->provisions), false);
}
