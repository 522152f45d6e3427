/* SINCE, general form: φ SINCE[a,b] ψ, or NOT φ SINCE[a,b] ψ, for any intervals on both sides.
 *
 * For one tuple let A be the set of positions where the left side holds.  For each maximal
 * interval [p,q] of A the sources (positions of ψ) in [p-1, q] are seen as by ONCE[a,b], within
 * [p,q]; besides, when a = 0, ψ itself.  That is the law
 *     φ SINCE[a,b] ψ  =  ∪ (ONCE[a,b](ψ ∩ [p-1,q]) ∩ [p,q])  ∪  (ψ if a = 0).
 *
 * State: `alive`, the sources of each tuple from which A has held until the end of the last region,
 * joined where their windows join (as in op_once).  A region groups its rows by tuple and computes
 * each by itself. */
#include "engine/group.h"
#include "engine/window.h"

#include <stdlib.h>

/* Sources [f,t] with the stamps of their ends. */
struct stretch {
    int64_t f, t, fs, ts;
};

struct since {
    struct table alive; /* a tuple's columns, then fs and ts; from and to are f and t */
    struct table all;   /* alive, then this region's sources */
    size_t n_alive;     /* how many of `all` are from before the region */
    struct groups tuples, keys;
    struct iset holds, fails, seen, holes;
    uint32_t holds_key; /* the key whose set `holds` is */
    uint32_t *columns;  /* 0 … ncols-1 */
    bool wide;
};

static bool since_init(struct node *n, struct exec *x)
{
    (void)x;
    struct since *s = n->state;
    table_init(&s->alive, n->p->ncols + 2);
    table_init(&s->all, n->p->ncols + 2);
    s->columns = calloc(n->p->ncols + 1u, sizeof *s->columns);
    if (!s->columns || s->alive.failed || s->all.failed) return false;
    for (uint32_t k = 0; k < n->p->ncols; k++) s->columns[k] = k;
    return groups_init(&s->tuples, n->p->ncols) && groups_init(&s->keys, n->p->n_key);
}

static void since_free(struct node *n)
{
    struct since *s = n->state;
    table_free(&s->alive);
    table_free(&s->all);
    groups_free(&s->tuples);
    groups_free(&s->keys);
    iset_free(&s->holds);
    iset_free(&s->fails);
    iset_free(&s->seen);
    iset_free(&s->holes);
    free(s->columns);
}

static size_t since_bytes(const struct node *n)
{
    const struct since *s = n->state;
    return table_bytes(&s->alive) + table_bytes(&s->all);
}

/* s->holds := where the left side holds in the region for the key in n->words. */
static void find_holds(struct node *n, const struct table *left, bool wild)
{
    struct since *s = n->state;
    uint32_t key = wild ? KEY_NONE : keymap_find(&s->keys.map, n->words);
    if (key != KEY_NONE && key == s->holds_key) return;
    s->holds_key = key;
    struct iset *rows = n->p->negated ? &s->fails : &s->holds;
    iset_clear(rows);
    if (wild) {
        for (size_t r = 0; r < left->n; r++)
            if (key_matches(n->p, left, r, n->words)) iset_add(rows, left->from[r], left->to[r]);
    } else if (key != KEY_NONE) {
        for (uint32_t i = s->keys.start[key]; i < s->keys.start[key + 1]; i++)
            iset_add(rows, left->from[s->keys.rows[i]], left->to[s->keys.rows[i]]);
    }
    if (n->p->negated) iset_complement(&s->holds, &s->fails, n->lo, n->hi);
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

/* Show a stretch of sources within a; keep it when A goes on beyond the region. */
static bool show(struct node *n, struct exec *x, struct stretch u, struct span a, size_t tuple_row)
{
    struct since *s = n->state;
    int64_t from = max64(a.from, window_past_from(&x->time, n->p->bound, u.f, u.fs));
    int64_t end = timeline_edge(&x->time, n->p->bound.hi, u.ts);
    int64_t now = timeline_stamp(&x->time, n->hi);
    int64_t to = end >= now ? n->hi : timeline_last_at(&x->time, n->lo, end);
    iset_add(&s->seen, from, min64(to, a.to));
    if (a.to < n->hi || end < now) return true;
    size_t r = table_push(&s->alive, u.f, u.t);
    if (r == SIZE_MAX) return false;
    for (uint32_t k = 0; k < n->p->ncols; k++) s->alive.col[k][r] = s->all.col[k][tuple_row];
    s->alive.col[n->p->ncols][r] = (uint64_t)u.fs;
    s->alive.col[n->p->ncols + 1][r] = (uint64_t)u.ts;
    return true;
}

static bool one_interval(struct node *n, struct exec *x, uint32_t g, uint32_t *start, struct span a)
{
    struct since *s = n->state;
    const uint32_t *rows = s->tuples.rows;
    uint32_t end = s->tuples.start[g + 1];
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
    return !open || show(n, x, run, a, rows[s->tuples.start[g]]);
}

/* MUST, somewhere: the event at an unknown instant of [e,l] is surely seen from l+a to e+b while the
 * left side has held since e. */
static void certain_since(struct node *n, struct exec *x, size_t r)
{
    struct since *s = n->state;
    int64_t e = s->all.from[r], l = s->all.to[r];
    int64_t from = timeline_edge(&x->time, n->p->bound.lo, l);
    int64_t to = timeline_edge(&x->time, n->p->bound.hi, e);
    if (e == l && from == e) iset_add(&s->seen, e, e);
    size_t i = iset_find(&s->holds, sat_next(e));
    if (i == s->holds.n || s->holds.items[i].from > sat_next(e)) return;
    iset_add(&s->seen, max64(from, s->holds.items[i].from), min64(to, s->holds.items[i].to));
}

static bool one_tuple(struct node *n, struct exec *x, uint32_t g, bool somewhere)
{
    struct since *s = n->state;
    uint32_t first = s->tuples.start[g], end = s->tuples.start[g + 1];
    bool at_once = n->p->bound.lo.map == MAP_NONE && n->p->bound.lo.seconds == 0;
    iset_clear(&s->seen);
    bool last = false; /* is there a source at the region's last position? */
    for (uint32_t i = first; i < end; i++) {
        size_t r = s->tuples.rows[i];
        if (somewhere) certain_since(n, x, r);
        if (r < s->n_alive || somewhere) continue;
        last |= s->all.to[r] == n->hi;
        if (at_once) iset_add(&s->seen, s->all.from[r], s->all.to[r]);
    }
    uint32_t start = first;
    for (size_t i = 0; !somewhere && i < s->holds.n; i++)
        if (!one_interval(n, x, g, &start, s->holds.items[i])) return false;
    size_t row = s->tuples.rows[first];
    if (last && !iset_has(&s->holds, n->hi)) {
        int64_t now = timeline_stamp(&x->time, n->hi);
        size_t r = table_push(&s->alive, n->hi, n->hi);
        if (r == SIZE_MAX) return false;
        for (uint32_t k = 0; k < n->p->ncols; k++) s->alive.col[k][r] = s->all.col[k][row];
        s->alive.col[n->p->ncols][r] = s->alive.col[n->p->ncols + 1][r] = (uint64_t)now;
    }
    for (size_t i = 0; i < s->seen.n; i++) {
        int64_t from = max64(s->seen.items[i].from, n->lo), to = min64(s->seen.items[i].to, n->hi);
        if (from > to) continue;
        size_t r = table_push(&n->out, from, to);
        if (r == SIZE_MAX) return false;
        for (uint32_t k = 0; k < n->p->ncols; k++) n->out.col[k][r] = s->all.col[k][row];
    }
    return !s->seen.failed && !s->holds.failed;
}

/* all := alive and the region's sources; alive is then empty. */
static bool collect(struct node *n, const struct table *right)
{
    struct since *s = n->state;
    table_clear(&s->all);
    table_append(&s->all, &s->alive);
    s->all.wild |= right->wild;
    s->n_alive = s->all.n;
    table_clear(&s->alive);
    s->alive.wild = s->all.wild;
    for (size_t r = 0; r < right->n; r++) {
        size_t w = table_push(&s->all, right->from[r], right->to[r]);
        if (w == SIZE_MAX) return false;
        for (uint32_t k = 0; k < n->p->ncols; k++) s->all.col[k][w] = right->col[k][r];
        s->wide |= right->from[r] != right->to[r];
    }
    return !s->all.failed;
}

static bool since_step(struct node *n, struct exec *x)
{
    struct since *s = n->state;
    const struct table *in[2];
    if (!node_begin(n, node_align(n, x, in))) return true;
    if (in[0]->failed || in[1]->failed || !collect(n, in[1])) return false;
    if (!groups_build(&s->tuples, &s->all, s->columns)) return false;
    if (!groups_build(&s->keys, in[0], n->p->key[0])) return false;
    n->out.wild = in[1]->wild;
    s->holds_key = KEY_NONE;
    bool wild = in[0]->wild || s->all.wild || in[0]->somewhere;
    for (uint32_t g = 0; g < s->tuples.map.n; g++) {
        const uint64_t *tuple = keymap_key(&s->tuples.map, g);
        for (uint32_t k = 0; k < n->p->n_key; k++) n->words[k] = tuple[n->p->key[1][k]];
        find_holds(n, in[0], wild);
        if (!one_tuple(n, x, g, in[1]->somewhere)) return false;
    }
    if (s->wide && window_has_gaps(&x->time, n->p->bound)) {
        table_sort(&n->out);
        window_empty_past(&x->time, n->p->bound, n->lo, n->hi, &s->holes);
        if (!window_punch(&n->out, &s->holes)) return false;
    }
    return node_done(n);
}

const struct op op_since = {.name = "since",
                            .state_size = sizeof(struct since),
                            .init = since_init,
                            .step = since_step,
                            .free = since_free,
                            .bytes = since_bytes};
