/* See need.h.  A baseline is a sum over facts: at least what certainly was by the step's deadline,
 * with the least amount of any alternative; at most what may have been, with the greatest. */
#include "verdict/need.h"

static const struct lowered_pred *pred_of(const struct relations *r, uint32_t pred)
{
    return &r->v->preds[pred];
}

static void add(int64_t *sum, int64_t more)
{
    if (more < 0) more = 0;
    if (*sum == INT64_MAX || more == INT64_MAX || __builtin_add_overflow(*sum, more, sum))
        *sum = INT64_MAX;
}

/* The amounts of one alternative. */
static struct value amount_of(const struct relations *r, const struct need *n, const struct pick *p)
{
    if (n->op == MEASURE_COUNTED) return (struct value){1, 1};
    const struct facts *f = r->view->facts;
    return f->value_pool[f->alternatives[p->alternative].values + n->attribute];
}

/* One fact: its n picks. */
static void add_fact(const struct relations *r, const struct need *need, const struct pick *p,
                     size_t n, instant due, struct need_range *sum, bool *any)
{
    int64_t least = INT64_MAX, most = 0;
    bool certain = p->established && n == p->n_known, possible = false;
    for (size_t i = 0; i < n; i++) {
        const struct alternative *a = &r->view->facts->alternatives[p[i].alternative];
        struct value v = amount_of(r, need, &p[i]);
        certain &= p[i].quality == QUALITY_YES && a->start_hi <= due;
        if (v.lo < least) least = v.lo;
        if (a->start_lo > due) continue;
        possible = true;
        if (v.hi > most) most = v.hi;
    }
    if (certain) {
        add(&sum->lo, least);
        *any = true;
    }
    if (possible) add(&sum->hi, most);
}

struct need_range need_baseline(const struct relations *r, uint32_t pred, size_t step,
                                enum world world)
{
    const struct need *need = pred_of(r, pred)->need;
    const struct relation *x = &r->items[pred];
    instant due = need->due[step];
    if (need->op == MEASURE_STATED) return (struct need_range){need->lo, need->hi};
    struct need_range sum = {0, 0};
    bool any = false;
    for (size_t i = 0, n; i < x->picks.n; i += n) {
        for (n = 1; i + n < x->picks.n && x->picks.items[i + n].fact == x->picks.items[i].fact;)
            n++;
        add_fact(r, need, &x->picks.items[i], n, due, &sum, &any);
    }
    if (world != WORLD_R && (!any || iset_meets(&x->hidden[world], INSTANT_MIN, due)))
        sum.hi = INT64_MAX;
    return sum;
}

struct need_range need_of(const struct relations *r, uint32_t pred, size_t step, enum world world)
{
    const struct schedule_step *s = &pred_of(r, pred)->need->steps[step];
    struct need_range base = need_baseline(r, pred, step, world);
    return (struct need_range){step_need(s, base.lo), step_need(s, base.hi)};
}

static void add_row(struct table *out, uint64_t id, int64_t k)
{
    uint64_t words[2] = {id, (uint64_t)k};
    if (k > 0) table_add(out, INSTANT_MIN, INSTANT_MAX, words);
}

/* Equal rows must not overlap; steps are few. */
static void add_number(struct table *out, int64_t k)
{
    uint64_t word = (uint64_t)k;
    for (size_t i = 0; i < out->n; i++)
        if (out->col[0][i] == word) return;
    if (k > 0) table_add(out, INSTANT_MIN, INSTANT_MAX, &word);
}

void need_rows(const struct relations *r, uint32_t pred, enum polarity polarity, enum world world,
               struct table *out)
{
    const struct need *need = pred_of(r, pred)->need;
    for (uint64_t i = 0; i < need->n_steps; i++) {
        struct need_range n = need_of(r, pred, i, world);
        add_row(out, i, n.lo);
        if (polarity == POLARITY_MAY && n.hi != n.lo) add_row(out, i, n.hi);
    }
}

void need_numbers(const struct relations *r, uint32_t pred, struct table *out)
{
    const struct need *need = pred_of(r, pred)->need;
    for (size_t i = 0; i < need->n_steps; i++) {
        struct need_range n = need_of(r, pred, i, WORLD_R);
        add_number(out, n.lo);
        add_number(out, n.hi);
    }
    if (need->op != MEASURE_STATED) add_number(out, INT64_MAX);
}

uint32_t need_reasons(const struct relations *r, uint32_t pred)
{
    const struct need *need = pred_of(r, pred)->need;
    const struct picks *picks = &r->items[pred].picks;
    uint32_t reasons = 0;
    if (need->op == MEASURE_STATED) return need->lo != need->hi ? (uint32_t)REASON_DETAIL : 0;
    for (size_t i = 0; i < picks->n; i++) {
        struct value v = amount_of(r, need, &picks->items[i]);
        if (picks->items[i].quality != QUALITY_YES || !picks->items[i].established)
            reasons |= picks->items[i].reasons;
        if (!value_known(v)) reasons |= REASON_DETAIL;
    }
    return reasons;
}
