/* Schedules: the days of a step that was missed, and how far the whole has come. */
#include "verdict/need.h"
#include "verdict/settle.h"

/* Marks the part of a step's spans within [from, to]; their last second, INSTANT_MIN for none. */
static instant mark_spans(struct settling *s, const struct item_spans *x, size_t step,
                          enum verdict v, struct span in)
{
    instant last = INSTANT_MIN;
    for (size_t i = x->start[step]; i < x->start[step + 1]; i++) {
        instant from = x->spans[i].from > in.from ? x->spans[i].from : in.from;
        instant to = x->spans[i].to < in.to ? x->spans[i].to : in.to;
        if (from > to) continue;
        days_mark(&s->days, v, from, to);
        last = to;
    }
    return last;
}

/* What lags in some worlds of R and not in all of them. */
static void mark_doubtful(struct settling *s, const struct outcome *o, size_t step, struct span in)
{
    struct iset may, must, some;
    struct iset *sets[] = {&may, &must, &some};
    const struct item_spans *x = &o->lag_r, *y = &o->lag_must_r;
    for (size_t i = 0; i < 3; i++) iset_init(sets[i]);
    for (size_t i = x->start[step]; i < x->start[step + 1]; i++)
        iset_add(&may, x->spans[i].from, x->spans[i].to);
    for (size_t i = y->start[step]; i < y->start[step + 1]; i++)
        iset_add(&must, y->spans[i].from, y->spans[i].to);
    iset_subtract(&some, &may, &must);
    for (size_t i = 0; i < some.n; i++) {
        struct span k = some.items[i];
        days_mark(&s->days, VERDICT_POSSIBLY_VIOLATED, k.from > in.from ? k.from : in.from,
                  k.to < in.to ? k.to : in.to);
    }
    for (size_t i = 0; i < 3; i++) {
        s->failed |= sets[i]->failed;
        iset_free(sets[i]);
    }
}

instant settle_missed_step(struct settling *s, const struct outcome *o, size_t step,
                           struct span after, bool certain)
{
    instant last = mark_spans(s, &o->lag_c, step, VERDICT_UNVERIFIED, after);
    mark_doubtful(s, o, step, after);
    if (!certain) return last;
    return mark_spans(s, &o->lag_must_f, step, VERDICT_OVERDUE, after);
}

void settle_open_step(struct settling *s, const struct outcome *o, size_t step, struct span before)
{
    mark_spans(s, &o->lag_c, step, VERDICT_PENDING, before);
}

/* ---- how far ---- */

/* Is the fact with these n picks certainly one of those that count by `at`? */
static bool certainly_done(const struct relations *r, const struct pick *p, size_t n, instant at)
{
    bool sure = p->established && n == p->n_known;
    for (size_t i = 0; i < n && sure; i++) {
        const struct alternative *a = &r->view->facts->alternatives[p[i].alternative];
        sure = p[i].quality == QUALITY_YES && a->start_lo >= r->v->counts_from && a->start_hi <= at;
    }
    return sure;
}

struct done_so_far schedule_done(const struct relations *r, instant at)
{
    struct done_so_far x = {0, 0};
    const struct picks *picks = &r->items[r->v->act_pred].picks;
    for (size_t i = 0, n; i < picks->n; i += n) {
        const struct pick *p = &picks->items[i];
        bool may = false;
        for (n = 0; i + n < picks->n && p[n].fact == p->fact; n++) {
            const struct alternative *a = &r->view->facts->alternatives[p[n].alternative];
            may |= a->start_lo <= at && a->start_hi >= r->v->counts_from;
        }
        x.possible += may;
        x.certain += certainly_done(r, p, n, at);
    }
    return x;
}

int schedule_level(const struct settling *s, struct arena *arena, struct str *rule)
{
    instant at = s->view->at < s->to ? s->view->at : s->to;
    int64_t certain = 0, possible = 0, need = 0;
    for (size_t i = 0; i < s->n_outcomes; i++) {
        const struct outcome *o = &s->outcomes[i];
        size_t last = o->v->preds[o->v->need_pred].need->n_steps - 1;
        struct done_so_far d = schedule_done(&o->relations, at);
        int64_t n = need_of(&o->relations, o->v->need_pred, last, WORLD_C).hi;
        certain += d.certain;
        possible += d.possible;
        if (n == INT64_MAX || __builtin_add_overflow(need, n, &need)) need = INT64_MAX;
        if (need == INT64_MAX) break;
    }
    if (need == INT64_MAX) {
        *rule = str_fmt(arena, "%lld done for certain; of how many is not on record for certain",
                        (long long)certain);
        return certain > 0;
    }
    *rule = str_fmt(arena, "%lld of %lld done for certain, %lld possibly", (long long)certain,
                    (long long)need, (long long)possible);
    return certain == 0 ? (need == 0 ? 3 : 0) : certain >= need ? 3 : certain * 2 < need ? 1 : 2;
}
