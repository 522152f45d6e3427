/* See diff.h.  Normal tables are merged like sorted lists: first by tuple, then, within a tuple, by a
 * sweep over the ends of both sets of intervals. */
#include "history/diff.h"

#include "interval/iset.h"

#include <stdlib.h>

static int tuple_cmp(const struct table *a, size_t i, const struct table *b, size_t j)
{
    for (uint32_t k = 0; k < a->ncols; k++) {
        uint64_t x = a->col[k][i], y = b->col[k][j];
        if (x != y) return x < y ? -1 : 1;
    }
    return 0;
}

static int row_cmp(const struct table *t, size_t i, size_t j)
{
    int c = tuple_cmp(t, i, t, j);
    if (c) return c;
    return (t->from[i] > t->from[j]) - (t->from[i] < t->from[j]);
}

/* Merge sort of row numbers: stable, no global state for a comparison function. */
static void sort_rows(const struct table *t, size_t *rows, size_t *spare, size_t n)
{
    if (n < 2) return;
    size_t half = n / 2;
    sort_rows(t, rows, spare, half);
    sort_rows(t, rows + half, spare, n - half);
    size_t i = 0, j = half, k = 0;
    while (i < half && j < n)
        spare[k++] = row_cmp(t, rows[i], rows[j]) <= 0 ? rows[i++] : rows[j++];
    while (i < half) spare[k++] = rows[i++];
    for (size_t m = 0; m < k; m++) rows[m] = spare[m];
}

enum status diff_normal(struct table *t)
{
    if (!t->n) return STATUS_OK;
    size_t *rows = malloc(2 * t->n * sizeof *rows);
    if (!rows) return STATUS_FAULT;
    for (size_t i = 0; i < t->n; i++) rows[i] = i;
    sort_rows(t, rows, rows + t->n, t->n);
    struct table out;
    table_init(&out, t->ncols);
    for (size_t i = 0; i < t->n; i++) {
        size_t r = rows[i], last = out.n - 1;
        bool joins =
            out.n && tuple_cmp(&out, last, t, r) == 0 && t->from[r] <= sat_add(out.to[last], 1);
        if (!joins) {
            table_copy_row(&out, t, r, t->from[r], t->to[r]);
        } else if (t->to[r] > out.to[last]) {
            out.to[last] = t->to[r];
        }
    }
    free(rows);
    table_swap(t, &out);
    table_free(&out);
    return t->failed ? STATUS_FAULT : STATUS_OK;
}

/* Rows [i, n) of a tuple in one table. */
struct group {
    const struct table *t;
    size_t i, n;
};

static size_t group_end(const struct table *t, size_t i)
{
    size_t n = i;
    while (n < t->n && tuple_cmp(t, i, t, n) == 0) n++;
    return n;
}

/* Report the parts of a's intervals that b's do not cover. */
static enum status only_in(struct group a, struct group b, bool holds, diff_change change,
                           void *ctx)
{
    for (; a.i < a.n; a.i++) {
        int64_t from = a.t->from[a.i], to = a.t->to[a.i];
        while (b.i < b.n && b.t->to[b.i] < from) b.i++;
        for (size_t j = b.i; j < b.n && b.t->from[j] <= to; j++) {
            if (b.t->from[j] > from) {
                enum status s = change(ctx, holds, from, b.t->from[j] - 1, a.t, a.i);
                if (s != STATUS_OK) return s;
            }
            if (b.t->to[j] >= to) goto covered;
            from = b.t->to[j] + 1;
        }
        enum status s = change(ctx, holds, from, to, a.t, a.i);
        if (s != STATUS_OK) return s;
    covered:;
    }
    return STATUS_OK;
}

enum status diff_tables(const struct table *before, const struct table *after, diff_change change,
                        void *ctx)
{
    size_t i = 0, j = 0;
    while (i < before->n || j < after->n) {
        int c = i == before->n ? 1 : j == after->n ? -1 : tuple_cmp(before, i, after, j);
        struct group was = {before, i, c <= 0 ? group_end(before, i) : i};
        struct group is = {after, j, c >= 0 ? group_end(after, j) : j};
        enum status s = only_in(was, is, false, change, ctx);
        if (s == STATUS_OK) s = only_in(is, was, true, change, ctx);
        if (s != STATUS_OK) return s;
        i = was.n;
        j = is.n;
    }
    return STATUS_OK;
}
