/* The executor: feeds, steps, eviction; and whole evaluation. */
#include "engine/window.h"

#include <stdlib.h>

struct engine {
    struct exec x;
    struct table *facts; /* no facts; scratch for whole evaluation */
    struct table last;   /* the rows of engine_finish, without the position that ends the log */
    int64_t last_lo, last_hi; /* the region of `last` */
    bool finished;
};

/* ---- feeds ---- */

void feed_init(struct feed *f, const struct plan *p)
{
    *f = (struct feed){.n_tables = p->n_inputs};
    f->tables = calloc(p->n_inputs ? p->n_inputs : 1, sizeof *f->tables);
    f->failed = !f->tables;
    for (size_t i = 0; !f->failed && i < p->n_inputs; i++) {
        table_init(&f->tables[i], p->inputs[i].arity);
        f->failed |= f->tables[i].failed;
    }
}

void feed_free(struct feed *f)
{
    for (size_t i = 0; f->tables && i < f->n_tables; i++) table_free(&f->tables[i]);
    free(f->tables);
    if (!f->lent) free(f->stamps);
    *f = (struct feed){0};
}

void feed_clear(struct feed *f, int64_t first)
{
    f->first = first;
    f->n = 0;
    f->upto = sat_prev(first);
    for (size_t i = 0; i < f->n_tables; i++) table_clear(&f->tables[i]);
}

int64_t feed_point(struct feed *f, int64_t stamp)
{
    if (f->n == f->cap) {
        size_t cap = f->cap ? f->cap * 2 : 1024;
        int64_t *p = realloc(f->stamps, cap * sizeof *p);
        if (!p) {
            f->failed = true;
            return -1;
        }
        f->stamps = p;
        f->cap = cap;
    }
    f->stamps[f->n++] = stamp;
    return f->first + (int64_t)f->n - 1;
}

void feed_lend(struct feed *f, int64_t *stamps, size_t n)
{
    f->lent = true;
    f->stamps = stamps;
    f->n = n;
}

/* ---- nodes ---- */

static bool node_start(struct node *n, const struct pnode *p, struct exec *x, int64_t first)
{
    uint32_t words = p->ncols;
    for (uint32_t k = 0; k < p->n_in; k++)
        if (x->plan->nodes[p->in[k]].ncols > words) words = x->plan->nodes[p->in[k]].ncols;
    n->p = p;
    n->next = first;
    n->lo = INT64_MAX;
    n->hi = INT64_MIN;
    table_init(&n->out, p->ncols);
    n->rows = &n->out;
    n->pend = calloc(p->n_in + 1u, sizeof *n->pend);
    n->cut = calloc(p->n_in + 1u, sizeof *n->cut);
    n->words = calloc(words + 2u, sizeof *n->words);
    n->state = calloc(1, p->op->state_size + 1);
    if (!n->pend || !n->cut || !n->words || !n->state || n->out.failed) return false;
    for (uint32_t k = 0; k < p->n_in; k++) {
        table_init(&n->pend[k], x->plan->nodes[p->in[k]].ncols);
        table_init(&n->cut[k], x->plan->nodes[p->in[k]].ncols);
        if (n->pend[k].failed || n->cut[k].failed) return false;
    }
    return !p->op->init || p->op->init(n, x);
}

static void node_stop(struct node *n)
{
    if (!n->p) return;
    if (n->state && n->p->op->free) n->p->op->free(n);
    for (uint32_t k = 0; k < n->p->n_in; k++) {
        if (n->pend) table_free(&n->pend[k]);
        if (n->cut) table_free(&n->cut[k]);
    }
    table_free(&n->out);
    free(n->pend);
    free(n->cut);
    free(n->words);
    free(n->state);
}

static void exec_stop(struct exec *x)
{
    for (uint32_t i = 0; x->nodes && i < x->plan->n; i++) node_stop(&x->nodes[i]);
    free(x->nodes);
    free(x->env);
    timeline_free(&x->time);
}

static bool exec_start(struct exec *x, const struct plan *p, struct intern *strings,
                       const struct time_map *maps, size_t n_maps, int64_t first)
{
    *x = (struct exec){.plan = p, .strings = strings, .upto = sat_prev(first)};
    timeline_init(&x->time, p->options.clock, first, maps, n_maps);
    x->nodes = calloc(p->n + 1u, sizeof *x->nodes);
    x->env = calloc(p->sc->n_vars + 1, sizeof *x->env);
    bool ok = x->nodes && x->env;
    for (uint32_t i = 0; ok && i < p->n; i++) x->nodes[i].p = &p->nodes[i];
    for (uint32_t i = 0; ok && i < p->n; i++) ok = node_start(&x->nodes[i], &p->nodes[i], x, first);
    if (!ok) exec_stop(x);
    return ok;
}

/* One step of every node outside LETPAST groups. */
static bool exec_step(struct exec *x)
{
    for (uint32_t i = 0; i < x->plan->n; i++) {
        struct node *n = &x->nodes[i];
        if (n->p->group == NO_COLUMN && !n->p->op->step(n, x)) return false;
    }
    return !x->fault;
}

/* ---- streaming ---- */

struct engine *engine_new(const struct plan *p, struct intern *strings, const struct time_map *maps,
                          size_t n_maps, int64_t first)
{
    struct engine *e = calloc(1, sizeof *e);
    if (!e) return NULL;
    if (!exec_start(&e->x, p, strings, maps, n_maps, first)) {
        free(e);
        return NULL;
    }
    table_init(&e->last, p->nodes[p->root].ncols);
    e->facts = calloc(p->n_inputs + 1u, sizeof *e->facts);
    for (uint32_t i = 0; e->facts && i < p->n_inputs; i++)
        table_init(&e->facts[i], p->inputs[i].arity);
    if (!e->facts) {
        engine_free(e);
        return NULL;
    }
    return e;
}

void engine_free(struct engine *e)
{
    if (!e) return;
    for (uint32_t i = 0; e->facts && i < e->x.plan->n_inputs; i++) table_free(&e->facts[i]);
    free(e->facts);
    table_free(&e->last);
    exec_stop(&e->x);
    free(e);
}

/* How far back, in positions, any node may still ask for stamps. */
static int64_t oldest_needed(const struct exec *x)
{
    int64_t least = x->time.last;
    for (uint32_t i = 0; i < x->plan->n; i++) {
        const struct node *n = &x->nodes[i];
        const struct pnode *p = n->p;
        int64_t at = n->next - 2;
        bool walks = p->op == &op_match && p->f->op == F_MATCHP;
        bool gaps = p->bound.lo.map != MAP_NONE || p->bound.lo.seconds > 0;
        bool past = (p->op == &op_once || p->op == &op_since) && gaps && !bound_infinite(p->bound);
        if (walks && bound_infinite(p->bound)) return x->time.first;
        if ((walks || past) && n->next > x->time.base && n->next - 1 <= x->time.last) {
            int64_t stamp = timeline_stamp(&x->time, n->next - 1);
            int64_t reach = timeline_edge_least(&x->time, p->bound.hi, stamp);
            at = min64(at, timeline_first_at(&x->time, x->time.base, reach));
        }
        least = min64(least, at);
    }
    return least;
}

static enum status advance(struct engine *e)
{
    if (!exec_step(&e->x)) return STATUS_FAULT;
    if (!e->x.time.clock) timeline_evict(&e->x.time, max64(e->x.time.base, oldest_needed(&e->x)));
    return STATUS_OK;
}

enum status engine_feed(struct engine *e, const struct feed *f)
{
    if (f->failed) return STATUS_FAULT;
    if (e->x.time.clock) {
        e->x.time.last = f->upto;
    } else if (f->lent) {
        timeline_lend(&e->x.time, f->stamps, f->n);
    } else if (!timeline_append(&e->x.time, f->stamps, f->n)) {
        return STATUS_FAULT;
    }
    e->x.tables = f->tables;
    e->x.upto = e->x.time.last;
    return advance(e);
}

/* Add the root's rows to what the end of the log gives. */
static void keep_rows(struct engine *e, int64_t *lo, int64_t *hi)
{
    const struct node *root = &e->x.nodes[e->x.plan->root];
    if (root->lo > root->hi) return;
    *lo = min64(*lo, root->lo);
    *hi = max64(*hi, root->hi);
    table_append(&e->last, root->rows);
}

/* Cut the kept rows at position `hi`. */
static void cut_rows(struct table *t, int64_t hi)
{
    size_t keep = 0;
    for (size_t r = 0; r < t->n; r++) {
        if (t->from[r] > hi) continue;
        t->from[keep] = t->from[r];
        t->to[keep] = min64(t->to[r], hi);
        for (uint32_t k = 0; k < t->ncols; k++) t->col[k][keep] = t->col[k][r];
        keep++;
    }
    t->n = keep;
}

/* Trace: the log ends in one more position, empty and infinitely late (doc/semantics.md), so all
 * finite windows close.  Then all is computed to the end, and cut where the formula as written is
 * not settled.  Clock: the last second is simply the last. */
enum status engine_finish(struct engine *e, bool settle_all)
{
    static const int64_t end = STAMP_END;
    struct exec *x = &e->x;
    for (uint32_t i = 0; i < x->plan->n_inputs; i++) table_clear(&e->facts[i]);
    x->tables = e->facts;
    table_clear(&e->last);
    e->finished = true;
    e->last_lo = INT64_MAX;
    e->last_hi = INT64_MIN;
    int64_t real = x->time.last;
    enum status s = STATUS_OK;
    if (settle_all && !x->time.clock) {
        int64_t settled;
        if (!timeline_append(&x->time, &end, 1) ||
            !settled_position(x->plan->options.written, x->plan->sc, &x->time, &settled))
            return STATUS_FAULT;
        real = min64(real, settled);
        x->upto = x->time.last;
        s = advance(e);
        if (!s) keep_rows(e, &e->last_lo, &e->last_hi);
    }
    x->time.ended = settle_all;
    if (!s) s = advance(e);
    if (!s) keep_rows(e, &e->last_lo, &e->last_hi);
    if (e->last_hi > real) e->last_hi = real;
    cut_rows(&e->last, real);
    return e->last.failed ? STATUS_FAULT : s;
}

const struct table *engine_rows(const struct engine *e, int64_t *lo, int64_t *hi)
{
    const struct node *root = &e->x.nodes[e->x.plan->root];
    *lo = e->finished ? e->last_lo : root->lo;
    *hi = e->finished ? e->last_hi : root->hi;
    return e->finished ? &e->last : root->rows;
}

int64_t engine_stamp(const struct engine *e, int64_t position)
{
    return timeline_stamp(&e->x.time, position);
}

uint64_t engine_undefined(const struct engine *e, struct place *first)
{
    if (first) *first = e->x.undefined_at;
    return e->x.undefined;
}

/* ---- whole evaluation ---- */

/* t's rows within [from, to], sorted. */
static bool clip_table(struct table *out, const struct table *t, int64_t from, int64_t to)
{
    table_clear(out);
    for (size_t r = 0; r < t->n; r++) {
        if (t->to[r] < from || t->from[r] > to || t->from[r] > t->to[r]) continue;
        table_copy_row(out, t, r, max64(t->from[r], from), min64(t->to[r], to));
    }
    out->somewhere = t->somewhere;
    out->wild = t->wild;
    for (uint32_t k = 0; k < t->ncols; k++)
        for (size_t r = 0; !out->wild && r < out->n; r++) out->wild = out->col[k][r] == VALUE_WILD;
    table_sort(out);
    return !out->failed && !t->failed;
}

static bool copy_answer(const struct table *rows, struct table *out, uint32_t ncols)
{
    struct coalescer c;
    if (out->ncols != ncols || out->view) {
        table_free(out);
        table_init(out, ncols);
    }
    table_clear(out);
    table_append(out, rows);
    coalescer_init(&c, ncols);
    bool ok = coalesce(&c, out);
    coalescer_free(&c);
    return ok && !out->failed;
}

enum status engine_eval(const struct plan *p, struct intern *strings, const struct time_map *maps,
                        size_t n_maps, const struct table *tables, int64_t from, int64_t to,
                        struct table *out, uint64_t *undefined)
{
    struct engine *e = engine_new(p, strings, maps, n_maps, from);
    if (!e) return STATUS_FAULT;
    bool ok = true;
    for (uint32_t i = 0; ok && i < p->n_inputs; i++)
        ok = clip_table(&e->facts[i], &tables[i], from, to);
    e->x.tables = e->facts;
    e->x.time.last = e->x.upto = to;
    e->x.time.ended = true;
    ok = ok && exec_step(&e->x);
    const struct node *root = &e->x.nodes[p->root];
    ok = ok && copy_answer(root->rows, out, root->p->ncols);
    if (undefined) *undefined = e->x.undefined;
    engine_free(e);
    return ok ? STATUS_OK : STATUS_FAULT;
}
