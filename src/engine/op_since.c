/* SINCE, general form: φ SINCE[a,b] ψ, or NOT φ SINCE[a,b] ψ, for any intervals on both sides.
 *
 * For one tuple let A be the set of positions where the left side holds.  For each maximal
 * interval [p,q] of A the sources (positions of ψ) in [p-1, q] are seen as by ONCE[a,b], within
 * [p,q]; besides, when a = 0, ψ itself.  That is the law
 *     φ SINCE[a,b] ψ  =  ∪ (ONCE[a,b](ψ ∩ [p-1,q]) ∩ [p,q])  ∪  (ψ if a = 0).
 *
 * State: `alive`, the sources of each tuple from which A has held until the end of the last region,
 * joined where their windows join (as in op_once).  A region groups its rows by tuple and computes
 * each by itself.  Under NOT φ most living sources meet nothing in a region, neither a failure of the left
 * side nor a source of their tuple: they are carried on one by one, ungrouped. */
#include "engine/sides.h"
#include "engine/window.h"

#include <stdlib.h>

/* Sources [f,t] with the stamps of their ends. */
struct stretch {
    int64_t f, t, fs, ts;
};

struct since {
    struct table alive; /* a tuple's columns, then fs and ts; from and to are f and t */
    struct table old;   /* those of the last region */
    struct table
        all;        /* what is grouped: old ones that meet something, then this region's sources */
    size_t n_alive; /* how many of `all` are old */
    struct groups fresh; /* this region's sources by tuple */
    uint64_t *tuple;     /* scratch */
    struct sides sides;
};

static bool since_init(struct node *n, struct exec *x)
{
    (void)x;
    struct since *s = n->state;
    table_init(&s->alive, n->p->ncols + 2);
    table_init(&s->old, n->p->ncols + 2);
    table_init(&s->all, n->p->ncols + 2);
    s->tuple = calloc(n->p->ncols + 1u, sizeof *s->tuple);
    return s->tuple && sides_init(&s->sides, n) && groups_init(&s->fresh, n->p->ncols) &&
           !s->alive.failed && !s->old.failed && !s->all.failed;
}

static void since_free(struct node *n)
{
    struct since *s = n->state;
    table_free(&s->alive);
    table_free(&s->old);
    table_free(&s->all);
    groups_free(&s->fresh);
    free(s->tuple);
    sides_free(&s->sides);
}

/* The part of row r of `all` that counts for the interval [p,q] of A; false when there is none. */
static bool source_in(const struct node *n, const struct exec *x, size_t r, struct span a,
                      struct stretch *out)
{
    const struct since *s = n->state;
    uint32_t nc = n->p->ncols;
    if (r < s->n_alive) {
        if (a.from != n->lo) return false;
        *out = (struct stretch){s->all.from[r], s->all.to[r], (int64_t)s->all.col[nc][r],
                                (int64_t)s->all.col[nc + 1][r]};
        return true;
    }
    out->f = max64(s->all.from[r], sat_prev(a.from));
    out->t = min64(s->all.to[r], a.to);
    if (out->f > out->t) return false;
    out->fs = timeline_stamp(&x->time, out->f);
    out->ts = timeline_stamp(&x->time, out->t);
    return true;
}

/* Where a stretch of sources is seen within a; kept when A goes on beyond the region.  Its tuple stands
 * in row `row` of t. */
static bool look(struct node *n, struct exec *x, struct stretch u, struct span a,
                 const struct table *t, size_t row, struct span *seen)
{
    struct since *s = n->state;
    int64_t from = max64(a.from, window_past_from(&x->time, n->p->bound, u.f, u.fs));
    int64_t end = timeline_edge(&x->time, n->p->bound.hi, u.ts);
    int64_t now = timeline_stamp(&x->time, n->hi);
    int64_t to = end >= now ? n->hi : timeline_last_at(&x->time, n->lo, end);
    *seen = (struct span){from, min64(to, a.to)};
    if (a.to < n->hi || end < now) return true;
    size_t r = table_push(&s->alive, u.f, u.t);
    if (r == SIZE_MAX) return false;
    for (uint32_t k = 0; k < n->p->ncols; k++) s->alive.col[k][r] = t->col[k][row];
    s->alive.col[n->p->ncols][r] = (uint64_t)u.fs;
    s->alive.col[n->p->ncols + 1][r] = (uint64_t)u.ts;
    return true;
}

static bool show(struct node *n, struct exec *x, struct stretch u, struct span a, size_t row)
{
    struct since *s = n->state;
    struct span seen;
    if (!look(n, x, u, a, &s->all, row, &seen)) return false;
    iset_add(&s->sides.seen, seen.from, seen.to);
    return true;
}

/* A stretch that goes on through the whole region. */
static bool carry_on(struct node *n, struct exec *x, size_t row)
{
    struct since *s = n->state;
    const struct table *t = &s->old;
    uint32_t nc = n->p->ncols;
    struct span seen;
    struct stretch u = {t->from[row], t->to[row], (int64_t)t->col[nc][row],
                        (int64_t)t->col[nc + 1][row]};
    if (!look(n, x, u, (struct span){n->lo, n->hi}, t, row, &seen)) return false;
    if (seen.from > seen.to) return true;
    size_t r = table_push(&n->out, seen.from, seen.to);
    if (r == SIZE_MAX) return false;
    for (uint32_t k = 0; k < nc; k++) n->out.col[k][r] = t->col[k][row];
    return true;
}

static bool one_interval(struct node *n, struct exec *x, uint32_t g, uint32_t *start, struct span a)
{
    struct since *s = n->state;
    const uint32_t *rows = s->sides.tuples.rows;
    uint32_t end = s->sides.tuples.start[g + 1];
    struct stretch run = {0}, u;
    bool open = false;
    while (*start < end && rows[*start] >= s->n_alive && s->all.to[rows[*start]] < sat_prev(a.from))
        ++*start;
    for (uint32_t i = *start; i < end && s->all.from[rows[i]] <= a.to; i++) {
        if (!source_in(n, x, rows[i], a, &u)) continue;
        if (open && window_joins(&x->time, n->p->bound, run.ts, u.fs)) {
            run.t = u.t;
            run.ts = u.ts;
            continue;
        }
        if (open && !show(n, x, run, a, rows[i])) return false;
        run = u;
        open = true;
    }
    return !open || show(n, x, run, a, rows[s->sides.tuples.start[g]]);
}

/* MUST, somewhere: the event at an unknown instant of [e,l] is surely seen from l+a to e+b while the
 * left side has held since e. */
static void certain_since(struct node *n, struct exec *x, size_t r)
{
    struct since *s = n->state;
    int64_t e = s->all.from[r], l = s->all.to[r];
    int64_t from = timeline_edge(&x->time, n->p->bound.lo, l);
    int64_t to = timeline_edge(&x->time, n->p->bound.hi, e);
    if (e == l && from == e) iset_add(&s->sides.seen, e, e);
    size_t i = iset_find(&s->sides.holds, sat_next(e));
    if (i == s->sides.holds.n || s->sides.holds.items[i].from > sat_next(e)) return;
    iset_add(&s->sides.seen, max64(from, s->sides.holds.items[i].from),
             min64(to, s->sides.holds.items[i].to));
}

static bool one_tuple(struct node *n, struct exec *x, uint32_t g, bool somewhere)
{
    struct since *s = n->state;
    uint32_t first = s->sides.tuples.start[g], end = s->sides.tuples.start[g + 1];
    bool at_once = n->p->bound.lo.map == MAP_NONE && n->p->bound.lo.seconds == 0;
    bool last = false; /* is there a source at the region's last position? */
    for (uint32_t i = first; i < end; i++) {
        size_t r = s->sides.tuples.rows[i];
        if (somewhere) certain_since(n, x, r);
        if (r < s->n_alive || somewhere) continue;
        last |= s->all.to[r] == n->hi;
        if (at_once) iset_add(&s->sides.seen, s->all.from[r], s->all.to[r]);
    }
    uint32_t start = first;
    for (size_t i = 0; !somewhere && i < s->sides.holds.n; i++)
        if (!one_interval(n, x, g, &start, s->sides.holds.items[i])) return false;
    size_t row = s->sides.tuples.rows[first];
    if (last && !iset_has(&s->sides.holds, n->hi)) {
        int64_t now = timeline_stamp(&x->time, n->hi);
        size_t r = table_push(&s->alive, n->hi, n->hi);
        if (r == SIZE_MAX) return false;
        for (uint32_t k = 0; k < n->p->ncols; k++) s->alive.col[k][r] = s->all.col[k][row];
        s->alive.col[n->p->ncols][r] = s->alive.col[n->p->ncols + 1][r] = (uint64_t)now;
    }
    return sides_rows(&s->sides, n, &s->all, row);
}

/* Does an old source's tuple meet a row of the left side, or a source? */
static bool meets(struct node *n, size_t row)
{
    const struct since *s = n->state;
    for (uint32_t k = 0; k < n->p->ncols; k++) s->tuple[k] = s->old.col[k][row];
    if (keymap_find(&s->fresh.map, s->tuple) != KEY_NONE) return true;
    for (uint32_t k = 0; k < n->p->n_key; k++) n->words[k] = s->tuple[n->p->key[1][k]];
    return keymap_find(&s->sides.keys.map, n->words) != KEY_NONE;
}

/* What was alive: carried on where nothing meets it, else into `all`. */
static bool take_old(struct node *n, struct exec *x, const struct table *const *in)
{
    struct since *s = n->state;
    struct table living = s->alive;
    s->alive = s->old;
    s->old = living;
    table_clear(&s->alive);
    table_clear(&s->all);
    s->alive.wild = s->all.wild = s->old.wild || in[1]->wild;
    bool plain =
        n->p->negated && !in[0]->wild && !s->all.wild && !in[0]->somewhere && !in[1]->somewhere;
    if (plain && !groups_build(&s->fresh, in[1], s->sides.columns)) return false;
    if (!plain) table_append(&s->all, &s->old);
    for (size_t r = 0; plain && r < s->old.n; r++) {
        if (meets(n, r))
            table_copy_row(&s->all, &s->old, r, s->old.from[r], s->old.to[r]);
        else if (!carry_on(n, x, r))
            return false;
    }
    s->n_alive = s->all.n;
    return !s->all.failed;
}

static bool take_sources(struct node *n, const struct table *right)
{
    struct since *s = n->state;
    for (size_t r = 0; r < right->n; r++) {
        size_t w = table_push(&s->all, right->from[r], right->to[r]);
        if (w == SIZE_MAX) return false;
        for (uint32_t k = 0; k < n->p->ncols; k++) s->all.col[k][w] = right->col[k][r];
        s->sides.wide |= right->from[r] != right->to[r];
    }
    return true;
}

static bool since_step(struct node *n, struct exec *x)
{
    struct since *s = n->state;
    const struct table *in[2];
    if (!node_begin(n, node_align(n, x, in))) return true;
    if (in[0]->failed || in[1]->failed || !sides_left(&s->sides, n, in[0])) return false;
    if (!take_old(n, x, in) || !take_sources(n, in[1])) return false;
    if (!sides_sources(&s->sides, &s->all)) return false;
    n->out.wild = in[1]->wild;
    bool wild = in[0]->wild || s->all.wild || in[0]->somewhere;
    for (uint32_t g = 0; g < s->sides.tuples.map.n; g++) {
        sides_tuple(&s->sides, n, in[0], g, wild, n->hi);
        if (!one_tuple(n, x, g, in[1]->somewhere)) return false;
    }
    return sides_done(&s->sides, n, x, false) && node_done(n);
}

const struct op op_since = {.name = "since",
                            .state_size = sizeof(struct since),
                            .init = since_init,
                            .step = since_step,
                            .free = since_free};
