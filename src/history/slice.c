/* See slice.h.  Facts are found through the filters' indexes, put in the order of positions and fed
 * to a new engine; a row that several filters find is fed once. */
#include "history/slice.h"

#include "history/diff.h"

#include <stdlib.h>

struct found {
    struct moment at;
    int64_t position;
};

struct founds {
    struct found *items;
    size_t n, cap;
    bool failed;
};

static void found_add(struct founds *f, struct moment at, int64_t position)
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
    f->items[f->n++] = (struct found){at, position};
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
            if (row_has(r, m.row, left, f->words)) found_add(out, m, 0);
        }
    }
    if (out->failed) return STATUS_FAULT;
    size_t i = 1;
    while (i < out->n && moment_cmp(out->items[i - 1].at, out->items[i].at) < 0) i++;
    if (i < out->n) qsort(out->items, out->n, sizeof *out->items, by_moment);
    return STATUS_OK;
}

/* Give the found rows positions within the slice, whose stamps are lent: the next position of the stamp,
 * if no other has it. */
static void place_rows(const struct past *past, const struct slice *s, int64_t *stamps,
                       struct founds *f)
{
    struct timeline line;
    timeline_init(&line, false, 0, NULL, 0);
    timeline_lend(&line, stamps, (size_t)(s->need.to - s->need.from + 1));
    int64_t at = 0;
    for (size_t i = 0; i < f->n; i++) {
        struct moment m = {f->items[i].at.stamp, f->items[i].at.seq, 0};
        at = timeline_first_at(&line, at, m.stamp);
        f->items[i].position = at;
        if (stamps[at + 1] == m.stamp)
            f->items[i].position = (int64_t)order_rank(past->axis.points, m) - s->need.from;
    }
}

static bool push_row(const struct relation *r, uint32_t row, int64_t from, int64_t to,
                     struct table *t)
{
    size_t at = table_push(t, from, to);
    if (at == SIZE_MAX) return false;
    for (uint32_t k = 0; k < r->arity; k++) t->col[k][at] = r->col[k][row];
    return true;
}

static enum status fill_table(const struct past *past, const struct slice *s, int64_t *stamps,
                              uint32_t pred, struct founds *f, struct table *t)
{
    const struct relation *r = &past->relations[pred];
    f->n = 0;
    enum status status = find_rows(past, s, pred, f);
    if (status != STATUS_OK) return status;
    if (stamps) place_rows(past, s, stamps, f);
    for (size_t i = 0; i < f->n; i++) {
        uint32_t row = f->items[i].at.row;
        if (i && f->items[i - 1].at.row == row) continue;
        int64_t from = f->items[i].position, to = from;
        if (!past->axis.points) {
            from = r->stamp[row] > s->need.from ? r->stamp[row] : s->need.from;
            to = r->to[row] < s->need.to ? r->to[row] : s->need.to;
            if (from > to) continue;
        }
        if (!push_row(r, row, from, to, t)) return STATUS_FAULT;
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
        status = fill_table(past, s, stamps, inputs[i].pred, &f, &tables[i]);
    free(f.items);
    return status;
}

static enum status slice_trace(const struct past *past, const struct slice *s, struct table *out)
{
    struct feed feed;
    feed_init(&feed, past->plan);
    struct engine *e =
        engine_new(past->plan, past->strings, past->options->maps, past->options->n_maps, 0);
    enum status status = e && !feed.failed ? STATUS_OK : STATUS_FAULT;
    size_t from = (size_t)s->need.from, to = (size_t)s->need.to;
    int64_t *stamps = stamps_lend(past->stamps, from, to, STAMP_END);
    feed_lend(&feed, stamps, to - from + 1);
    if (status == STATUS_OK) status = fill(past, s, stamps, feed.tables);
    if (status == STATUS_OK) status = run_trace(s, e, &feed, out);
    engine_free(e);
    feed_free(&feed);
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

enum status slice_run(const struct past *past, const struct slice *slice, struct table *out)
{
    if (span_is_empty(slice->wanted) || span_is_empty(slice->need)) return STATUS_OK;
    return past->axis.points ? slice_trace(past, slice, out) : slice_clock(past, slice, out);
}
