/* Durations as edges of bounds, points of time, and the term of a provision. */
#include "lower/lowering.h"

/* What a calendar edge computes: one shift of the calendar, or the second before it. */
struct shift_map {
    struct zone_shift shift;
    bool inside;
};

static instant shift_later(void *ctx, instant at)
{
    struct shift_map *m = ctx;
    instant later = zone_later_upper(&m->shift, at);
    return m->inside ? instant_add(later, -1) : later;
}

static bool same_shift(const struct shift_map *m, const struct duration *d, bool inside)
{
    return m->inside == inside && m->shift.months == d->months && m->shift.days == d->days &&
           m->shift.working_days == d->working_days && m->shift.seconds == d->seconds;
}

uint32_t lowering_map(struct lowering *b, instant (*map)(void *ctx, instant at), void *ctx,
                      struct str words)
{
    struct lowered *l = b->l;
    struct time_map *maps = arena_grow(&l->arena, l->maps, l->n_maps, &l->cap_maps, sizeof(*maps));
    struct str *texts =
        arena_grow(&l->arena, l->map_words, l->n_maps, &l->cap_map_words, sizeof(*texts));
    if (maps) l->maps = maps;
    if (texts) l->map_words = texts;
    if (!maps || !texts) {
        b->failed = true;
        return 0;
    }
    maps[l->n_maps] = (struct time_map){map, ctx};
    texts[l->n_maps] = words;
    return (uint32_t)l->n_maps++;
}

/* The number of the map, made when there is none alike. */
static uint32_t calendar_map(struct lowering *b, const struct duration *d, bool inside)
{
    struct lowered *l = b->l;
    for (size_t i = 0; i < l->n_maps; i++)
        if (l->maps[i].map == shift_later && same_shift(l->maps[i].ctx, d, inside))
            return (uint32_t)i;
    struct shift_map *m = arena_alloc(&l->arena, sizeof(*m));
    if (!m) {
        b->failed = true;
        return 0;
    }
    m->shift = (struct zone_shift){.zone = b->g->header.zone,
                                   .work = b->g->header.work,
                                   .months = d->months,
                                   .days = d->days,
                                   .working_days = d->working_days,
                                   .seconds = d->seconds};
    m->inside = inside;
    return lowering_map(b, shift_later, m,
                        str_fmt(&l->arena, "%s%.*s later, at the same local time",
                                inside ? "the second before " : "", STR_ARG(d->text)));
}

struct edge lowering_edge(struct lowering *b, const struct duration *d, bool inside)
{
    if (d->months || d->days || d->working_days) return edge_map(calendar_map(b, d, inside));
    return edge_seconds(inside && d->seconds > 0 ? d->seconds - 1 : d->seconds);
}

/* Two shifts of time as one map. */
struct chain {
    const struct lowered *l; /* its maps are looked up when asked: the array grows */
    struct edge first, second;
};

static instant by_edge(const struct lowered *l, struct edge e, instant at)
{
    return e.map == MAP_NONE ? instant_add(at, e.seconds)
                             : l->maps[e.map].map(l->maps[e.map].ctx, at);
}

static instant chained(void *ctx, instant at)
{
    const struct chain *c = ctx;
    return by_edge(c->l, c->second, by_edge(c->l, c->first, at));
}

struct edge lowering_then(struct lowering *b, struct edge first, struct edge second)
{
    if (first.map == MAP_NONE && first.seconds == 0) return second;
    if (first.map == MAP_NONE && second.map == MAP_NONE)
        return edge_seconds(instant_add(first.seconds, second.seconds));
    struct chain *c = arena_alloc(&b->l->arena, sizeof(*c));
    if (!c) {
        b->failed = true;
        return first;
    }
    *c = (struct chain){b->l, first, second};
    return edge_map(lowering_map(b, chained, c, STR("later by two shifts, one after the other")));
}

struct bound lowering_window(struct lowering *b, const struct duration *d, bool inside)
{
    if (duration_none(d)) return bound_all();
    return (struct bound){edge_seconds(0), lowering_edge(b, d, inside)};
}

void lowering_point(const struct lowering *b, const struct point *p, instant *first, instant *last)
{
    agreement_point(b->g, p, b->reading, first, last);
}

/* The frame as a stretch of time, where it is one. */
static void cut(const struct lowering *b, const struct frame *f, struct span *term)
{
    instant first, last;
    lowering_point(b, &f->point, &first, &last);
    instant from = f->op == FRAME_AFTER ? instant_add(last, 1) : first;
    instant to = instant_add(first, -1);
    switch (f->op) {
    case FRAME_FROM:
    case FRAME_AFTER:
        if (from > term->from) term->from = from;
        break;
    case FRAME_UNTIL:
    case FRAME_BEFORE:
        if (to < term->to) term->to = to;
        break;
    case FRAME_WHILE: /* a point that lasts: "while 15 February" */
        if (first > term->from) term->from = first;
        if (last < term->to) term->to = last;
        break;
    }
}

struct formula *lowering_term(struct lowering *b, const struct provision *p, struct span *term,
                              bool *empty)
{
    *term = (struct span){b->g->header.from, b->g->header.until};
    bool move = lowering_frames_move(b, (uint32_t)(p - b->g->provisions));
    for (uint32_t i = 0; i < p->n_frames && !move; i++)
        if (!p->frames[i].condition) cut(b, &p->frames[i], term);
    for (uint32_t i = 0; i < p->bearers.n; i++) { /* those who adhered are bound from then on */
        const struct actor *a = &b->g->actors[p->bearers.v[i]];
        bool meant = b->bearer == VERDICT_ALL || b->bearer == p->bearers.v[i];
        if (meant && a->adheres && a->bound_from > term->from) term->from = a->bound_from;
    }
    if (p->from > term->from) term->from = p->from;
    if (p->until < term->to) term->to = p->until;
    *empty = term->from > term->to;
    struct buf words;
    buf_init(&words);
    buf_puts(&words, "in force from ");
    zone_format(b->g->header.zone, &words, term->from);
    buf_puts(&words, " to ");
    zone_format(b->g->header.zone, &words, term->to);
    struct str text = str_dup(&b->l->arena, buf_str(&words));
    if (words.failed) b->failed = true;
    buf_free(&words);
    struct fixed_row row = {term->from, term->to, term->from};
    struct formula *dates = lowering_fact(b, lowering_fixed(b, text, &row, *empty ? 0 : 1, false));
    return lowering_and(b, dates, lowering_force(b, (uint32_t)(p - b->g->provisions)));
}
