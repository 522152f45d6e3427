/* See slice.h.  Facts are found through the filters' indexes, put in the order of positions and fed
 * to a new engine; a row that several filters find is fed once. */
#include "history/slice.h"

#include "history/diff.h"

#include <stdlib.h>
#include <string.h>

#define AHEAD                                                                                      \
    8 /* so many rows ahead memory is asked for, which is slower than all that is done with it */

struct found {
    struct moment at;
    int64_t position;
    const struct filter *by; /* its values are the row's, and need not be fetched */
};

struct founds {
    struct found *items;
    size_t n, cap;
    bool failed;
};

static void found_add(struct founds *f, struct moment at, const struct filter *by)
{
    if (f->n == f->cap) {
        size_t cap = f->cap ? f->cap * 2 : 64;
        struct found *items = realloc(f->items, cap * sizeof *items);
        if (!items) {
            f->failed = true;
            return;
        }
        f->items = items;
        f->cap = cap;
    }
    f->items[f->n++] = (struct found){at, 0, by};
}

static int by_moment(const void *x, const void *y)
{
    const struct found *a = x, *b = y;
    return moment_cmp(a->at, b->at);
}

static bool row_has(const struct relation *r, uint32_t row, uint64_t mask, const uint64_t *words)
{
    for (uint32_t k = 0; mask >> k; k++)
        if ((mask >> k & 1) && r->col[k][row] != words[k]) return false;
    return true;
}

/* The rows of one predicate that some filter lets through, within the positions `need`. */
static enum status find_rows(const struct past *past, const struct slice *s, uint32_t pred,
                             struct founds *out)
{
    struct relation *r = &past->relations[pred];
    bool trace = past->axis.points != NULL;
    struct moment lo = {s->need.from, INT64_MIN, 0}, hi = {s->need.to, INT64_MAX, UINT32_MAX};
    if (trace) {
        lo = order_at(past->axis.points, (size_t)s->need.from);
        hi = order_at(past->axis.points, (size_t)s->need.to);
        hi.row = UINT32_MAX;
    } else { /* a row that began earlier may still hold */
        lo.stamp = r->longest == INT64_MAX ? INT64_MIN : sat_add(s->need.from, -r->longest);
    }
    for (size_t i = 0; i < s->filters->n; i++) {
        const struct filter *f = &s->filters->items[i];
        if (f->pred != pred) continue;
        uint64_t left;
        const struct order *rows = relation_near(r, f->mask, f->words, lo, hi, &left);
        if (!rows) return STATUS_FAULT;
        struct cursor c = order_seek(rows, lo);
        for (; !cursor_done(rows, c); cursor_next(rows, &c)) {
            struct moment m = cursor_get(rows, c);
            if (moment_cmp(m, hi) > 0) break;
            if (row_has(r, m.row, left, f->words)) found_add(out, m, f);
        }
    }
    if (out->failed) return STATUS_FAULT;
    size_t i = 1;
    while (i < out->n && moment_cmp(out->items[i - 1].at, out->items[i].at) < 0) i++;
    if (i < out->n) qsort(out->items, out->n, sizeof *out->items, by_moment);
    return STATUS_OK;
}

/* The first of n ascending stamps, from `at` on, that is not below `stamp`; there is one.  It is looked for
 * around the guess `near`, since fetching what lies far off is what costs. */
static int64_t first_at(const int64_t *stamps, int64_t n, int64_t at, int64_t near, int64_t stamp)
{
    int64_t lo = at - 1, hi = n - 1, step = 1; /* stamps[lo] < stamp (or lo < at) <= stamps[hi] */
    if (stamps[near] < stamp) {
        for (lo = near; lo + step < hi && stamps[lo + step] < stamp; step *= 2) lo += step;
        if (lo + step < hi) hi = lo + step;
    } else {
        for (hi = near; hi - step > lo && stamps[hi - step] >= stamp; step *= 2) hi -= step;
        if (hi - step > lo) lo = hi - step;
    }
    while (hi - lo > 1) {
        int64_t mid = lo + (hi - lo) / 2;
        if (stamps[mid] < stamp)
            lo = mid;
        else
            hi = mid;
    }
    return hi;
}

/* Where a stamp may be expected, `at` being the position of one that is not above it; density: time-points a
 * second. */
static int64_t guess(const int64_t *stamps, int64_t n, int64_t at, int64_t stamp, double density)
{
    double p = (double)at + ((double)stamp - (double)stamps[at]) * density;
    return p < (double)(n - 1) ? (int64_t)p : n - 1;
}

/* Give the found rows positions within the slice, whose stamps are lent: the next position of the stamp,
 * if no other has it; else time-points are counted from there, or from the row before. */
static void place_rows(const struct past *past, const struct slice *s, const int64_t *stamps,
                       struct founds *f)
{
    const struct order *points = past->axis.points;
    int64_t n = s->need.to - s->need.from + 1, at = 0;
    double density = (double)n / ((double)stamps[n - 1] - (double)stamps[0] + 1);
    for (size_t i = 0; i < f->n; i++) {
        struct moment m = {f->items[i].at.stamp, f->items[i].at.seq, 0};
        at = first_at(stamps, n, at, guess(stamps, n, at, m.stamp, density), m.stamp);
        if (i + AHEAD < f->n)
            __builtin_prefetch(
                &stamps[guess(stamps, n, at, f->items[i + AHEAD].at.stamp, density)]);
        f->items[i].position = at;
        if (stamps[at + 1] != m.stamp) continue;
        int64_t p = i && f->items[i - 1].at.stamp == m.stamp ? f->items[i - 1].position : at;
        struct cursor c = order_at_rank(points, (size_t)(s->need.from + p));
        for (; moment_cmp(cursor_get(points, c), m) < 0; p++) cursor_next(points, &c);
        f->items[i].position = p;
    }
}

static bool push_row(const struct relation *r, const struct found *f, const bool *used,
                     int64_t from, int64_t to, struct table *t)
{
    size_t at = table_push(t, from, to);
    if (at == SIZE_MAX) return false;
    for (uint32_t k = 0; k < r->arity; k++) {
        bool known = k < RELATION_COLUMNS && f->by->mask >> k & 1;
        t->col[k][at] = !used[k] ? 0 : known ? f->by->words[k] : r->col[k][f->at.row];
    }
    return true;
}

static void fetch_row(const struct relation *r, const struct found *f, const bool *used)
{
    for (uint32_t k = 0; k < r->arity && k < RELATION_COLUMNS; k++)
        if (used[k] && !(f->by->mask >> k & 1)) __builtin_prefetch(&r->col[k][f->at.row]);
}

static enum status fill_table(const struct past *past, const struct slice *s, int64_t *stamps,
                              const struct plan_input *input, struct founds *f, struct table *t)
{
    const struct relation *r = &past->relations[input->pred];
    f->n = 0;
    enum status status = find_rows(past, s, input->pred, f);
    if (status != STATUS_OK) return status;
    if (stamps) place_rows(past, s, stamps, f);
    for (size_t i = 0; i < f->n; i++) {
        uint32_t row = f->items[i].at.row;
        if (i + AHEAD < f->n) fetch_row(r, &f->items[i + AHEAD], input->used);
        if (i && f->items[i - 1].at.row == row) continue;
        int64_t from = f->items[i].position, to = from;
        if (!past->axis.points) {
            from = r->stamp[row] > s->need.from ? r->stamp[row] : s->need.from;
            to = r->to[row] < s->need.to ? r->to[row] : s->need.to;
            if (from > to) continue;
        }
        if (!push_row(r, &f->items[i], input->used, from, to, t)) return STATUS_FAULT;
    }
    if (past->axis.points) return STATUS_OK;
    enum status merged = diff_normal(t); /* equal tuples may overlap as they were reported */
    table_sort(t);
    return t->failed ? STATUS_FAULT : merged;
}

bool slice_binds(const struct binding *b, const struct table *t, size_t row)
{
    for (uint32_t k = 0; k < t->ncols; k++)
        if (b->known[k] && t->col[k][row] != b->value[k]) return false;
    return true;
}

/* Keep what is wanted of an answer whose positions are `shift` below those of the axis. */
static enum status keep(const struct slice *s, const struct table *rows, int64_t shift,
                        struct table *out)
{
    for (size_t i = 0; i < rows->n; i++) {
        int64_t from = sat_add(rows->from[i], shift), to = sat_add(rows->to[i], shift);
        if (from < s->wanted.from) from = s->wanted.from;
        if (to > s->wanted.to) to = s->wanted.to;
        if (from > to || (s->binding && !slice_binds(s->binding, rows, i))) continue;
        table_copy_row(out, rows, i, from, to);
    }
    return out->failed ? STATUS_FAULT : STATUS_OK;
}

static enum status run_trace(const struct slice *s, struct engine *e, const struct feed *feed,
                             struct table *out)
{
    int64_t lo, hi;
    enum status status = engine_feed(e, feed);
    if (status == STATUS_OK) status = keep(s, engine_rows(e, &lo, &hi), s->need.from, out);
    if (status == STATUS_OK) status = engine_finish(e, true);
    if (status == STATUS_OK) status = keep(s, engine_rows(e, &lo, &hi), s->need.from, out);
    return status;
}

/* stamps: those of the slice, NULL on the clock. */
static enum status fill(const struct past *past, const struct slice *s, int64_t *stamps,
                        struct table *tables)
{
    const struct plan_input *inputs;
    size_t n = plan_inputs(past->plan, &inputs);
    struct founds f = {0};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < n && status == STATUS_OK; i++)
        status = fill_table(past, s, stamps, &inputs[i], &f, &tables[i]);
    free(f.items);
    return status;
}

static enum status slice_trace(const struct past *past, const struct slice *s,
                               struct slice_facts *f, struct table *out)
{
    struct engine *e =
        engine_new(past->plan, past->strings, past->options->maps, past->options->n_maps, 0);
    enum status status = e && !f->feed.failed ? STATUS_OK : STATUS_FAULT;
    size_t from = (size_t)s->need.from, to = (size_t)s->need.to;
    int64_t *stamps = stamps_lend(past->stamps, from, to, STAMP_END);
    feed_lend(&f->feed, stamps, to - from + 1);
    if (status == STATUS_OK && !f->found) status = fill(past, s, stamps, f->feed.tables);
    f->found = status == STATUS_OK;
    if (status == STATUS_OK) status = run_trace(s, e, &f->feed, out);
    engine_free(e);
    stamps_give_back(past->stamps);
    return status;
}

static enum status slice_clock(const struct past *past, const struct slice *s, struct table *out)
{
    const struct plan_input *inputs;
    size_t n = plan_inputs(past->plan, &inputs);
    struct table *tables = calloc(n + 1, sizeof *tables);
    if (!tables) return STATUS_FAULT;
    struct table rows;
    table_init(&rows, s->n_columns);
    for (size_t i = 0; i < n; i++) table_init(&tables[i], inputs[i].arity);
    enum status status = fill(past, s, NULL, tables);
    if (status == STATUS_OK)
        status = engine_eval(past->plan, past->strings, past->options->maps, past->options->n_maps,
                             tables, s->need.from, s->need.to, &rows, NULL);
    if (status == STATUS_OK) status = keep(s, &rows, 0, out);
    for (size_t i = 0; i < n; i++) table_free(&tables[i]);
    table_free(&rows);
    free(tables);
    return status;
}

enum status slice_run(const struct past *past, const struct slice *slice, struct slice_facts *f,
                      struct table *out)
{
    struct slice_facts own;
    if (span_is_empty(slice->wanted) || span_is_empty(slice->need)) return STATUS_OK;
    if (!past->axis.points) return slice_clock(past, slice, out);
    if (f) return slice_trace(past, slice, f, out);
    slice_facts_init(&own, past->plan);
    enum status status = slice_trace(past, slice, &own, out);
    slice_facts_free(&own);
    return status;
}

/* ---- facts that change ---- */

void slice_facts_init(struct slice_facts *f, const struct plan *p)
{
    *f = (struct slice_facts){0};
    feed_init(&f->feed, p);
}

void slice_facts_free(struct slice_facts *f)
{
    feed_free(&f->feed);
    f->found = false;
}

static bool lets_through(const struct filters *all, uint32_t pred, const uint64_t *words)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct filter *f = &all->items[i];
        bool same = f->pred == pred;
        for (uint32_t k = 0; same && f->mask >> k; k++)
            same = !(f->mask >> k & 1) || f->words[k] == words[k];
        if (same) return true;
    }
    return false;
}

/* The first row that does not stand before a position. */
static size_t lower(const struct table *t, int64_t position)
{
    size_t lo = 0, hi = t->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (t->from[mid] < position)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool says(const struct table *t, size_t row, const bool *used, const uint64_t *words)
{
    for (uint32_t k = 0; k < t->ncols; k++)
        if (used[k] && t->col[k][row] != words[k]) return false;
    return true;
}

/* Move the rows from `from` on to begin at `to`. */
static void shift(struct table *t, size_t from, size_t to, size_t n)
{
    memmove(t->from + to, t->from + from, n * sizeof *t->from);
    memmove(t->to + to, t->to + from, n * sizeof *t->to);
    for (uint32_t k = 0; k < t->ncols; k++)
        memmove(t->col[k] + to, t->col[k] + from, n * sizeof *t->col[k]);
}

static enum status change_table(struct table *t, bool comes, const bool *used,
                                const uint64_t *words, int64_t at)
{
    size_t row = lower(t, at), n = t->n;
    if (!comes) {
        while (row < n && t->from[row] == at && !says(t, row, used, words)) row++;
        if (row == n || t->from[row] != at) return STATUS_FAULT;
        shift(t, row + 1, row, n - row - 1);
        t->n--;
        return STATUS_OK;
    }
    if (table_push(t, at, at) == SIZE_MAX) return STATUS_FAULT;
    shift(t, row, row + 1, n - row);
    t->from[row] = t->to[row] = at;
    for (uint32_t k = 0; k < t->ncols; k++) t->col[k][row] = words[k];
    return STATUS_OK;
}

enum status slice_facts_change(struct slice_facts *f, const struct past *past,
                               const struct slice *s, bool comes, uint32_t pred,
                               const uint64_t *words, int64_t position)
{
    const struct plan_input *inputs;
    size_t n = plan_inputs(past->plan, &inputs);
    if (!f->found || position < s->need.from || position > s->need.to) return STATUS_OK;
    if (!lets_through(s->filters, pred, words)) return STATUS_OK;
    for (size_t i = 0; i < n; i++) {
        if (inputs[i].pred != pred) continue;
        enum status status =
            change_table(&f->feed.tables[i], comes, inputs[i].used, words, position - s->need.from);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}
