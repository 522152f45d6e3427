/* ONCE[a,b].
 *
 * State: *runs*, stretches of sources of one tuple whose windows join, kept as their first and last
 * source.  A run is seen from [past_from(first), past_to(last)].  Each tuple extends its newest run
 * or begins another; `order` lists runs in the order of their beginning, which is also the order in
 * which they come into sight, so a region's rows come out sorted: those in sight already, then
 * those that appear.  A run is forgotten when its window has passed; without upper edge, never:
 * one run a tuple, for the first source says all. */
#include "engine/window.h"

#include <stdlib.h>

struct run {
    int64_t f, fs, t, ts; /* first and last source: position and stamp */
    uint32_t tuple;
};

struct once {
    struct keymap map;
    uint32_t *newest; /* a tuple's newest run, KEY_NONE = none */
    uint32_t newest_cap;
    uint32_t *runs; /* how many runs of a tuple are in `order` */
    uint32_t runs_cap;
    struct run *run;
    uint32_t run_cap, n_run;
    uint32_t *free_runs;
    uint32_t free_cap, n_free;
    uint32_t *order;
    uint32_t order_cap, n_order;
    struct iset holes;
    struct coalescer join;
    bool wide;
};

static bool once_init(struct node *n, struct exec *x)
{
    (void)x;
    struct once *s = n->state;
    keymap_init(&s->map, n->p->ncols);
    coalescer_init(&s->join, n->p->ncols);
    return true;
}

static void once_free(struct node *n)
{
    struct once *s = n->state;
    keymap_free(&s->map);
    free(s->newest);
    free(s->runs);
    free(s->run);
    free(s->free_runs);
    free(s->order);
    iset_free(&s->holes);
    coalescer_free(&s->join);
}

static bool begin_run(struct once *s, struct run run)
{
    uint32_t r;
    if (s->n_free) {
        r = s->free_runs[--s->n_free];
    } else {
        if (!array_reserve((void **)&s->run, &s->run_cap, s->n_run + 1u, sizeof *s->run) ||
            !array_reserve((void **)&s->free_runs, &s->free_cap, s->n_run + 1u, sizeof(uint32_t)))
            return false;
        r = s->n_run++;
    }
    if (!array_reserve((void **)&s->order, &s->order_cap, s->n_order + 1u, sizeof *s->order))
        return false;
    uint32_t tuple = run.tuple;
    s->run[r] = run;
    s->order[s->n_order++] = r;
    s->newest[tuple] = r;
    s->runs[tuple]++;
    return true;
}

static bool take_source(struct node *n, struct exec *x, const struct table *t, size_t r)
{
    struct once *s = n->state;
    bool fresh;
    gather_all(t, r, n->words);
    uint32_t id = keymap_put(&s->map, n->words, &fresh);
    if (id == KEY_NONE ||
        !array_reserve((void **)&s->newest, &s->newest_cap, id + 1u, sizeof *s->newest) ||
        !array_reserve((void **)&s->runs, &s->runs_cap, id + 1u, sizeof *s->runs))
        return false;
    if (fresh) s->newest[id] = KEY_NONE, s->runs[id] = 0;
    int64_t fs = timeline_stamp(&x->time, t->from[r]);
    int64_t ts = t->to[r] == t->from[r] ? fs : timeline_stamp(&x->time, t->to[r]);
    if (t->from[r] != t->to[r]) s->wide = true;
    uint32_t last = s->newest[id];
    if (last != KEY_NONE && window_joins(&x->time, n->p->bound, s->run[last].ts, fs)) {
        s->run[last].t = t->to[r];
        s->run[last].ts = ts;
        return true;
    }
    return begin_run(s, (struct run){t->from[r], fs, t->to[r], ts, id});
}

static void forget_run(struct once *s, uint32_t r)
{
    uint32_t tuple = s->run[r].tuple;
    if (s->newest[tuple] == r) s->newest[tuple] = KEY_NONE;
    if (!--s->runs[tuple]) keymap_remove(&s->map, tuple);
    s->free_runs[s->n_free++] = r;
}

static bool show_runs(struct node *n, struct exec *x)
{
    struct once *s = n->state;
    struct bound b = n->p->bound;
    int64_t now = timeline_stamp(&x->time, n->hi);
    uint32_t keep = 0, i = 0;
    for (; i < s->n_order; i++) {
        uint32_t r = s->order[i];
        const struct run *u = &s->run[r];
        int64_t from = max64(n->lo, window_past_from(&x->time, b, u->f, u->fs));
        if (from > n->hi) break;
        int64_t end = timeline_edge(&x->time, b.hi, u->ts);
        bool over = end < now;
        int64_t to = over ? timeline_last_at(&x->time, max64(n->lo, u->t), end) : n->hi;
        if (from <= to && !table_add(&n->out, from, to, keymap_key(&s->map, u->tuple)))
            return false;
        if (over)
            forget_run(s, r);
        else
            s->order[keep++] = r;
    }
    if (keep == i) return true;
    memmove(s->order + keep, s->order + i, (s->n_order - i) * sizeof *s->order);
    s->n_order -= i - keep;
    return true;
}

/* MUST, somewhere: certainly seen from [past_from(latest), past_to(earliest)]. */
static bool certain_once(struct node *n, struct exec *x, const struct table *t)
{
    struct once *s = n->state;
    for (size_t r = 0; r < t->n; r++) {
        int64_t from = timeline_edge(&x->time, n->p->bound.lo, t->to[r]);
        int64_t to = timeline_edge(&x->time, n->p->bound.hi, t->from[r]);
        from = max64(from, n->lo), to = min64(to, n->hi);
        if (from > to) continue;
        gather_all(t, r, n->words);
        if (!table_add(&n->out, from, to, n->words)) return false;
    }
    return coalesce(&s->join, &n->out) && node_done(n);
}

static bool once_step(struct node *n, struct exec *x)
{
    struct once *s = n->state;
    const struct node *c = node_input(n, x, 0);
    if (!node_begin(n, c->hi)) return true;
    const struct table *t = c->rows;
    n->out.wild = t->wild;
    if (t->somewhere) return certain_once(n, x, t);
    for (size_t r = 0; r < t->n; r++)
        if (!take_source(n, x, t, r)) return false;
    if (!show_runs(n, x)) return false;
    if (s->wide && window_has_gaps(&x->time, n->p->bound)) {
        window_empty_past(&x->time, n->p->bound, n->lo, n->hi, &s->holes);
        if (!window_punch(&n->out, &s->holes)) return false;
    }
    return node_done(n);
}

const struct op op_once = {.name = "once",
                           .state_size = sizeof(struct once),
                           .init = once_init,
                           .step = once_step,
                           .free = once_free};
