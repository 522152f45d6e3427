/* See reach.h.  Predicates defined by LET carry a span of their own while their body is walked: a
 * linked list on the stack of the walk. */
#include "history/reach.h"

bool span_is_empty(struct span s)
{
    return s.from > s.to;
}

struct span span_hull(struct span a, struct span b)
{
    if (span_is_empty(a)) return b;
    if (span_is_empty(b)) return a;
    return (struct span){a.from < b.from ? a.from : b.from, a.to > b.to ? a.to : b.to};
}

struct span axis_all(struct axis axis)
{
    if (!axis.points) return (struct span){INT64_MIN, INT64_MAX};
    return (struct span){0, (int64_t)axis.points->n - 1};
}

static struct span clip(struct axis axis, struct span s)
{
    struct span all = axis_all(axis);
    if (s.from < all.from) s.from = all.from;
    if (s.to > all.to) s.to = all.to;
    return span_is_empty(s) ? SPAN_EMPTY : s;
}

static int64_t stamp_at(struct axis axis, int64_t position)
{
    return axis.points ? order_at(axis.points, (size_t)position).stamp : position;
}

/* First position with a stamp >= `stamp`; last with a stamp <= it. */
static int64_t first_at(struct axis axis, int64_t stamp)
{
    if (!axis.points) return stamp;
    return (int64_t)order_rank(axis.points, (struct moment){stamp, INT64_MIN, 0});
}

static int64_t last_at(struct axis axis, int64_t stamp)
{
    if (!axis.points) return stamp;
    if (stamp == INT64_MAX) return (int64_t)axis.points->n - 1;
    return (int64_t)order_rank(axis.points, (struct moment){stamp + 1, INT64_MIN, 0}) - 1;
}

/* Positions at which a window over the past (lo, hi) can meet `s`, and over the future. */
static struct span later(struct axis axis, struct bound b, struct span s)
{
    int64_t to = timeline_edge(axis.edges, b.hi, stamp_at(axis, s.to));
    return clip(axis, (struct span){s.from, last_at(axis, to)});
}

static struct span earlier(struct axis axis, struct bound b, struct span s)
{
    int64_t from = INT64_MIN;
    if (!bound_infinite(b)) from = timeline_edge_least(axis.edges, b.hi, stamp_at(axis, s.from));
    return clip(axis, (struct span){first_at(axis, from), s.to});
}

static struct span step(struct axis axis, struct span s, int64_t by)
{
    return clip(axis, (struct span){sat_add(s.from, by), sat_add(s.to, by)});
}

/* ---- upward ---- */

struct let {
    const struct let *outer;
    uint32_t pred;
    struct span span;
};

struct up {
    struct axis axis;
    uint32_t pred;
    struct span changed;
};

static struct span up(const struct up *u, const struct formula *f, const struct let *lets);

static struct span up_pred(const struct up *u, const struct formula *f, const struct let *lets)
{
    for (const struct let *l = lets; l; l = l->outer)
        if (l->pred == f->pred) return l->span;
    return f->pred == u->pred ? u->changed : SPAN_EMPTY;
}

static struct span up_path(const struct up *u, const struct path *p, const struct let *lets)
{
    if (!p) return SPAN_EMPTY;
    struct span s = p->test ? up(u, p->test, lets) : SPAN_EMPTY;
    return span_hull(s, span_hull(up_path(u, p->a, lets), up_path(u, p->b, lets)));
}

static struct span up_let(const struct up *u, const struct formula *f, const struct let *lets)
{
    struct let here = {lets, f->pred, up(u, f->sub[0], lets)};
    if (f->op == F_LETPAST && !span_is_empty(here.span)) here.span.to = axis_all(u->axis).to;
    return up(u, f->sub[1], &here);
}

static struct span up(const struct up *u, const struct formula *f, const struct let *lets)
{
    struct span s = SPAN_EMPTY;
    if (f->op == F_LET || f->op == F_LETPAST) {
        s = up_let(u, f, lets);
    } else if (f->op == F_PRED) {
        s = up_pred(u, f, lets);
    } else if (f->path) {
        s = up_path(u, f->path, lets);
    } else {
        for (uint32_t i = 0; i < f->n_sub; i++) s = span_hull(s, up(u, f->sub[i], lets));
    }
    if (u->pred == PRED_EVERY) s = span_hull(s, u->changed);
    if (span_is_empty(s)) return s;
    switch (f->op) {
    case F_PREV: return span_hull(s, step(u->axis, s, 1));
    case F_NEXT: return span_hull(s, step(u->axis, s, -1));
    case F_ONCE:
    case F_SINCE:
    case F_MATCHP: return later(u->axis, f->bound, s);
    case F_EVENTUALLY:
    case F_UNTIL:
    case F_MATCHF: return earlier(u->axis, f->bound, s);
    default: return s;
    }
}

struct span reach_of(const struct formula *f, struct axis axis, uint32_t pred, struct span changed)
{
    struct up u = {axis, pred, clip(axis, changed)};
    return span_is_empty(u.changed) ? SPAN_EMPTY : up(&u, f, NULL);
}

/* ---- downward ---- */

struct use {
    struct use *outer;
    uint32_t pred;
    struct span span; /* hull of the uses met so far */
};

static struct span down(struct axis axis, const struct formula *f, struct span s, struct use *uses);

static struct span down_path(struct axis axis, const struct path *p, struct span s,
                             struct use *uses)
{
    if (!p) return s;
    struct span need = p->test ? down(axis, p->test, s, uses) : s;
    return span_hull(need,
                     span_hull(down_path(axis, p->a, s, uses), down_path(axis, p->b, s, uses)));
}

static struct span down_let(struct axis axis, const struct formula *f, struct span s,
                            struct use *uses)
{
    struct use here = {uses, f->pred, SPAN_EMPTY};
    struct span need = down(axis, f->sub[1], s, &here);
    if (span_is_empty(here.span)) return need;
    if (f->op == F_LETPAST) here.span.from = axis_all(axis).from;
    struct use again = {uses, f->pred, SPAN_EMPTY}; /* uses inside look back: covered already */
    return span_hull(need, down(axis, f->sub[0], here.span, &again));
}

static struct span down(struct axis axis, const struct formula *f, struct span s, struct use *uses)
{
    if (span_is_empty(s)) return s;
    if (f->op == F_LET || f->op == F_LETPAST) return down_let(axis, f, s, uses);
    if (f->op == F_PRED) {
        for (struct use *u = uses; u; u = u->outer)
            if (u->pred == f->pred) u->span = span_hull(u->span, s);
        return s;
    }
    switch (f->op) {
    case F_PREV: s = span_hull(s, step(axis, s, -1)); break;
    case F_NEXT: s = span_hull(s, step(axis, s, 1)); break;
    case F_ONCE:
    case F_SINCE:
    case F_MATCHP: s = span_hull(s, earlier(axis, f->bound, s)); break;
    case F_EVENTUALLY:
    case F_UNTIL:
    case F_MATCHF: s = span_hull(s, later(axis, f->bound, s)); break;
    default: break;
    }
    struct span need = s;
    if (f->path) need = span_hull(need, down_path(axis, f->path, s, uses));
    for (uint32_t i = 0; i < f->n_sub; i++) need = span_hull(need, down(axis, f->sub[i], s, uses));
    return need;
}

struct span reach_need(const struct formula *f, struct axis axis, struct span wanted)
{
    return down(axis, f, clip(axis, wanted), NULL);
}

/* ---- empty time-points ---- */

/* Can it hold only where there is a fact? */
static bool needs_fact(const struct formula *f, const struct scope *sc)
{
    switch (f->op) {
    case F_PRED: return sc->preds[f->pred].kind == PRED_EVENT; /* tp and ts hold everywhere */
    case F_EXISTS: return needs_fact(f->sub[0], sc);
    case F_AGG: return f->n_vars > 0 && needs_fact(f->sub[0], sc);
    case F_OR:
        for (uint32_t i = 0; i < f->n_sub; i++)
            if (!needs_fact(f->sub[i], sc)) return false;
        return true;
    case F_AND:
        for (uint32_t i = 0; i < f->n_sub; i++)
            if (f->sub[i]->op != F_NOT && needs_fact(f->sub[i], sc)) return true;
        return false;
    case F_FALSE: return true;
    default: return false;
    }
}

bool reach_blind(const struct formula *f, const struct scope *sc)
{
    switch (f->op) {
    case F_PREV:
    case F_NEXT:
    case F_MATCHF:
    case F_MATCHP:
    case F_LET:
    case F_LETPAST: return false;
    case F_ONCE:
    case F_EVENTUALLY: return needs_fact(f->sub[0], sc);
    case F_SINCE:
    case F_UNTIL:
        return needs_fact(f->sub[1], sc) && f->sub[0]->op == F_NOT &&
               needs_fact(f->sub[0]->sub[0], sc);
    default: break;
    }
    for (uint32_t i = 0; i < f->n_sub; i++)
        if (!reach_blind(f->sub[i], sc)) return false;
    return true;
}

static bool path_counts(const struct path *p, const struct scope *sc)
{
    return p && ((p->test && reach_counts(p->test, sc)) || path_counts(p->a, sc) ||
                 path_counts(p->b, sc));
}

bool reach_counts(const struct formula *f, const struct scope *sc)
{
    if (f->op == F_PRED) {
        enum pred_kind kind = sc->preds[f->pred].kind;
        return kind == PRED_TP || kind == PRED_TPTS;
    }
    for (uint32_t i = 0; i < f->n_sub; i++)
        if (reach_counts(f->sub[i], sc)) return true;
    return path_counts(f->path, sc);
}
