/* Dates that are known before anything happens, and what a provision waits for. */
#include "lang/quantity.h"
#include "lint/private.h"

static void take_point(const struct lint *l, const struct point *p, const struct duration *later,
                       instant *last)
{
    instant first;
    agreement_point(l->g, p, LANG_NONE, &first, last);
    if (later) *last = agreement_later(l->g, later, *last);
}

bool lint_due(const struct lint *l, const struct provision *pv, uint32_t i, struct due *out)
{
    const struct deadline *d = &pv->deadline;
    const struct point *point = NULL;
    const struct duration *later = NULL;
    out->at = d->at;
    if (pv->n_steps) {
        if (i >= pv->n_steps) return false;
        const struct schedule_step *s = &pv->steps[i];
        bool by = s->deadline.op == DEADLINE_BY;
        point = by ? &s->deadline.point : &s->after;
        later = by ? NULL : &s->deadline.period;
        out->at = s->at;
    } else if (i == 0 && d->op == DEADLINE_BY) {
        point = &d->point;
    } else if (i == 0 && d->op == DEADLINE_WITHIN && pv->trigger.op == TRIGGER_POINT) {
        point = &pv->trigger.point;
        later = &d->period;
    }
    if (!point) return false;
    take_point(l, point, later, &out->last);
    out->working = (later && later->working_days) || point->shift.working_days;
    return out->last > INSTANT_MIN && out->last < INSTANT_MAX;
}

void lint_window(const struct lint *l, const struct provision *pv, instant *open, instant *close)
{
    *open = pv->from > l->g->header.from ? pv->from : l->g->header.from;
    *close = pv->until < l->g->header.until ? pv->until : l->g->header.until;
    for (uint32_t i = 0; i < pv->n_frames; i++) {
        const struct frame *f = &pv->frames[i];
        instant first, last;
        if (f->condition) continue;
        agreement_point(l->g, &f->point, LANG_NONE, &first, &last);
        if (f->op == FRAME_FROM && first > *open) *open = first;
        if (f->op == FRAME_AFTER && instant_add(last, 1) > *open) *open = instant_add(last, 1);
        bool closes = f->op == FRAME_UNTIL || f->op == FRAME_BEFORE;
        if (closes && instant_add(first, -1) < *close) *close = instant_add(first, -1);
    }
}

struct str lint_day(struct lint *l, instant at)
{
    struct civil c = zone_civil(l->g->header.zone, at);
    struct str s = str_fmt(l->a, "%04d-%02d-%02d", c.year, c.month, c.day);
    if (!s.p) l->failed = true;
    return s;
}

bool lint_leaves(struct lint *l, const struct condition *c, struct leaves *out)
{
    if (!c || c->op == COND_ANY || c->op == COND_NOT) return true;
    if (c->op == COND_ALL) {
        for (uint32_t i = 0; i < c->n_sub; i++)
            if (!lint_leaves(l, c->sub[i], out)) return false;
        return true;
    }
    const struct condition **v = arena_grow(l->a, out->v, out->n, &out->cap, sizeof *v);
    if (!v) {
        l->failed = true;
        return false;
    }
    out->v = v;
    v[out->n++] = c;
    return true;
}

bool lint_waits(struct lint *l, const struct provision *pv, struct leaves *out)
{
    for (uint32_t i = 0; i < pv->n_frames; i++) {
        enum frame_op op = pv->frames[i].op;
        if (op != FRAME_UNTIL && op != FRAME_BEFORE &&
            !lint_leaves(l, pv->frames[i].condition, out))
            return false;
    }
    return lint_leaves(l, pv->if_, out) && lint_leaves(l, pv->only, out) &&
           lint_leaves(l, pv->trigger.condition, out);
}
