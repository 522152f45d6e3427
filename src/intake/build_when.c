/* The times of a row.  See build.h. */
#include "intake/build.h"

/* Cells are read as "seconds on the wall clock" and made instants by the mapping's zone. */
static void instants_of(const struct build *b, const struct iso_time *t, bool days, instant *first,
                        instant *last)
{
    const struct zone *z = b->mapping->zone;
    int64_t local = civil_to_seconds(t->civil);
    if (!t->has_time) {
        int64_t day = civil_to_days(t->civil.year, t->civil.month, t->civil.day);
        *first = zone_day_start(z, day);
        *last = zone_day_end(z, day);
        return;
    }
    *first = *last = t->has_offset ? local - t->offset : zone_instant_of(z, local);
    if (!days) return;
    int64_t day = zone_day(z, *first);
    *first = zone_day_start(z, day);
    *last = zone_day_end(z, day);
}

/* *empty: the cell holds nothing. */
static bool instant_of(struct build *b, const struct instant_src *s, bool days, instant *first,
                       instant *last, bool *empty)
{
    *empty = false;
    if (s->fixed) {
        *first = s->first;
        *last = s->last;
        return true;
    }
    const struct mapping *m = b->mapping;
    struct str text = str_trim(build_cell(b, &s->date));
    if (!text.n) {
        *empty = true;
        return true;
    }
    struct iso_time t;
    struct reason why;
    if (!cell_date(text, m->order, m->order_declared, &t, &why))
        return build_bad_cell(b, &s->date, why.text);
    struct str clock = str_trim(build_cell(b, &s->time));
    if (clock.n) {
        t.has_time = true;
        if (!cell_time_of_day(clock, &t.civil, &why)) return build_bad_cell(b, &s->time, why.text);
    }
    instants_of(b, &t, days, first, last);
    return true;
}

static int64_t unit_start(int64_t day, enum widen_op op, int further)
{
    struct civil c = civil_from_days(day);
    if (op == WIDEN_WEEK) return day - civil_weekday(day) + (int64_t)7 * further;
    if (op == WIDEN_MONTH) {
        c.day = 1;
        c = civil_add_months(c, further);
        return civil_to_days(c.year, c.month, 1);
    }
    if (op == WIDEN_YEAR) return civil_to_days(c.year + further, 1, 1);
    return day + further;
}

static void widen(const struct build *b, const struct widen *w, instant *lo, instant *hi)
{
    const struct zone *z = b->mapping->zone;
    if (w->op == WIDEN_UNKNOWN) {
        *lo = INSTANT_MIN;
        *hi = INSTANT_MAX;
    } else if (w->op == WIDEN_SECONDS) {
        *lo = instant_add(*lo, -w->seconds);
        *hi = instant_add(*hi, w->seconds);
    } else {
        if (*lo != INSTANT_MIN) *lo = zone_day_start(z, unit_start(zone_day(z, *lo), w->op, 0));
        if (*hi != INSTANT_MAX) *hi = zone_day_start(z, unit_start(zone_day(z, *hi), w->op, 1)) - 1;
    }
}

static bool backwards(struct build *b, instant from, instant to)
{
    struct buf text;
    buf_init(&text);
    buf_puts(&text, "it ends (");
    zone_format(b->mapping->zone, &text, to);
    buf_puts(&text, ") before it starts (");
    zone_format(b->mapping->zone, &text, from);
    buf_putc(&text, ')');
    b->failed |= text.failed;
    reason_set(&b->why, "%.*s", STR_ARG(buf_str(&text)));
    buf_free(&text);
    return false;
}

static void apply(const struct build *b, const struct span_src *s, instant *lo, instant *hi)
{
    for (size_t i = 0; i < s->n_widen; i++) {
        if (build_holds(b, &s->widen[i].when)) widen(b, &s->widen[i], lo, hi);
    }
}

/* What an empty cell is taken for: the side of the span that it leaves open. */
static bool when_empty(struct build *b, const struct span_src *s, const struct instant_src *x)
{
    return s->empty != EMPTY_REFUSED || build_bad_cell(b, &x->date, "is empty");
}

bool build_span(struct build *b, const struct span_src *s, instant *lo, instant *hi)
{
    bool empty;
    instant other;
    *lo = INSTANT_MIN;
    *hi = INSTANT_MAX;
    if (!instant_of(b, &s->from, s->days, lo, hi, &empty)) return false;
    if (empty && !when_empty(b, s, &s->from)) return false;
    if (s->range) {
        *hi = INSTANT_MAX;
        if (!instant_of(b, &s->to, s->days, &other, hi, &empty)) return false;
        if (empty && !when_empty(b, s, &s->to)) return false;
        if (*lo > *hi) return backwards(b, *lo, *hi);
    }
    apply(b, s, lo, hi);
    return true;
}

/* A state by its time: days count as a whole; other times leave the day's edge open. */
static bool state_by_time(struct build *b, const struct span_src *s, struct content *c)
{
    bool empty;
    if (s->days || !s->range) {
        if (!build_span(b, s, &c->start_lo, &c->end_hi)) return false;
        c->start_hi = c->start_lo;
        c->end_lo = c->end_hi;
        return true;
    }
    c->start_lo = INSTANT_MIN;
    c->start_hi = INSTANT_MAX;
    if (!instant_of(b, &s->from, false, &c->start_lo, &c->start_hi, &empty)) return false;
    if (empty && !when_empty(b, s, &s->from)) return false;
    c->end_lo = s->empty == EMPTY_OPEN ? INSTANT_MAX : INSTANT_MIN;
    c->end_hi = INSTANT_MAX;
    if (!instant_of(b, &s->to, false, &c->end_lo, &c->end_hi, &empty)) return false;
    if (empty && !when_empty(b, s, &s->to)) return false;
    apply(b, s, &c->start_lo, &c->start_hi);
    apply(b, s, &c->end_lo, &c->end_hi);
    return true;
}

bool build_state(struct build *b, const struct row_rule *r, struct content *c)
{
    c->end_lo = c->end_hi = INSTANT_MAX; /* goes on, unless its end is said */
    if (!r->start.set) {
        if (!state_by_time(b, &r->time, c)) return false;
    } else if (!build_span(b, &r->start, &c->start_lo, &c->start_hi)) {
        return false;
    }
    if (r->end.set) {
        if (!build_span(b, &r->end, &c->end_lo, &c->end_hi)) return false;
        bool open = c->end_lo == INSTANT_MIN && c->end_hi == INSTANT_MAX;
        if (open && r->end.empty == EMPTY_OPEN) c->end_lo = INSTANT_MAX;
    }
    if (c->start_lo > c->end_hi) return backwards(b, c->start_lo, c->end_hi);
    if (c->end_lo < c->start_lo) c->end_lo = c->start_lo;
    if (c->start_hi > c->end_hi) c->start_hi = c->end_hi;
    return true;
}
