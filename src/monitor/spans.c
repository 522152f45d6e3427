/* Maximal intervals on the clock.  See lines.h.
 *
 * The engine's rows are clipped to regions.  `open` holds, in ascending order of tuples, those that
 * reached the last position seen, with their true beginnings.  At the next region they are merged
 * with its rows, sorted by tuple and beginning: what touches is one interval. */
#include "monitor/lines.h"

#include "monitor/because.h"

#include <stdlib.h>
#include <string.h>

void spans_init(struct spans *s, struct print_column *columns, uint32_t n, enum look look,
                uint32_t engine_columns)
{
    *s = (struct spans){0};
    tuples_init(&s->tuples, columns, n, look);
    table_init(&s->open, engine_columns);
    table_init(&s->next, engine_columns);
    table_init(&s->ended, engine_columns);
    s->failed = s->open.failed || s->next.failed || s->ended.failed;
}

void spans_free(struct spans *s)
{
    table_free(&s->open);
    table_free(&s->next);
    table_free(&s->ended);
    free(s->order);
    free(s->scratch);
}

static bool reserve(struct spans *s, size_t n)
{
    if (n <= s->cap_order) return true;
    struct sort_item *order = realloc(s->order, 2 * n * sizeof *order);
    if (order) s->order = order;
    struct sort_item *scratch = realloc(s->scratch, 2 * n * sizeof *scratch);
    if (scratch) s->scratch = scratch;
    if (!order || !scratch) return false;
    s->cap_order = 2 * n;
    return true;
}

/* ---- printing ---- */

static void print_span(struct spans *s, struct out *o, const struct table *t, size_t r)
{
    bool json = s->tuples.look == LOOK_JSON;
    char *p = out_room(o, tuple_bound(&s->tuples, t, r) + (size_t)2 * OUT_INT_MAX + 40);
    if (!p) return;
    s->verdicts++;
    if (json) {
        memcpy(p, "{\"from\":", 8);
        p = format_int(p + 8, t->from[r]);
        memcpy(p, ",\"to\":", 6);
        p = format_int(p + 6, t->to[r]);
        memcpy(p, ",\"tuple\":", 9);
        p = tuple_format(&s->tuples, p + 9, t, r);
        *p++ = '}';
    } else {
        *p++ = '[';
        p = format_int(p, t->from[r]);
        *p++ = ',';
        p = format_int(p, t->to[r]);
        *p++ = ']';
        *p++ = ' ';
        if (s->tuples.n) {
            p = tuple_format(&s->tuples, p, t, r);
        } else {
            memcpy(p, "true", 4);
            p += 4;
        }
    }
    *p++ = '\n';
    out_took(o, p);
    if (s->because && because_wants(s->because, t->from[r], t->to[r], t->from[r]))
        because_line(s->because, o, t->from[r], t->to[r], &s->tuples, t, r, true);
}

static bool before(const struct spans *s, const struct table *t, uint32_t a, uint32_t b)
{
    if (t->to[a] != t->to[b]) return t->to[a] < t->to[b];
    if (t->from[a] != t->from[b]) return t->from[a] < t->from[b];
    return tuple_cmp(&s->tuples, t, a, t, b) < 0;
}

static void sort_ends(const struct spans *s, const struct table *t, struct sort_item *items,
                      struct sort_item *scratch, size_t n)
{
    if (n < 2) return;
    size_t half = n / 2;
    sort_ends(s, t, items, scratch, half);
    sort_ends(s, t, items + half, scratch, n - half);
    memcpy(scratch, items, half * sizeof *items);
    size_t i = 0, j = half, k = 0;
    while (i < half && j < n)
        items[k++] = before(s, t, items[j].row, scratch[i].row) ? items[j++] : scratch[i++];
    while (i < half) items[k++] = scratch[i++];
}

static void print_ended(struct spans *s, struct out *o)
{
    if (!reserve(s, s->ended.n)) {
        s->failed = true;
        return;
    }
    for (size_t i = 0; i < s->ended.n; i++) s->order[i].row = (uint32_t)i;
    sort_ends(s, &s->ended, s->order, s->scratch, s->ended.n);
    for (size_t i = 0; i < s->ended.n && !o->error; i++)
        print_span(s, o, &s->ended, s->order[i].row);
    table_clear(&s->ended);
}

/* ---- regions ---- */

/* Walks the rows of one tuple, from open to the last of the region, joining those that touch. */
struct run {
    const struct table *of; /* the tuple is row `row` of this */
    size_t row;
    int64_t from, to;
};

/* The run is complete: its interval has ended before hi, or may go on. */
static void place_run(struct spans *s, const struct run *run, int64_t hi)
{
    table_copy_row(run->to < hi ? &s->ended : &s->next, run->of, run->row, run->from, run->to);
}

/* Merge `open` with the region's rows, which s->order gives by tuple and beginning. */
static void go_on(struct spans *s, const struct table *rows, int64_t hi)
{
    size_t i = 0, j = 0;
    while (i < s->open.n || j < rows->n) {
        size_t r = j < rows->n ? s->order[j].row : 0;
        int c = i == s->open.n ? 1
                : j == rows->n ? -1
                               : tuple_cmp(&s->tuples, &s->open, i, rows, r);
        struct run run;
        if (c <= 0) {
            run = (struct run){&s->open, i, s->open.from[i], s->open.to[i]};
            i++;
        } else {
            run = (struct run){rows, r, rows->from[r], rows->to[r]};
            j++;
        }
        for (; j < rows->n; j++) {
            r = s->order[j].row;
            if (tuple_cmp(&s->tuples, run.of, run.row, rows, r) != 0) break;
            if (rows->from[r] > run.to + 1) {
                place_run(s, &run, hi);
                run = (struct run){rows, r, rows->from[r], rows->to[r]};
            } else if (rows->to[r] > run.to) {
                run.to = rows->to[r];
            }
        }
        place_run(s, &run, hi);
    }
}

void spans_print(struct spans *s, struct out *o, const struct table *rows, int64_t lo, int64_t hi)
{
    if (lo > hi || s->failed) return;
    s->failed = !reserve(s, rows->n + 1);
    if (s->failed) return;
    for (size_t i = 0; i < rows->n; i++) s->order[i].row = (uint32_t)i;
    tuple_sort(&s->tuples, rows, s->order, s->scratch, rows->n); /* stable: by `from` too */
    go_on(s, rows, hi);
    s->failed |= s->next.failed || s->ended.failed;
    table_clear(&s->open);
    table_swap(&s->open, &s->next); /* made in ascending order of tuples */
    if (!s->failed) print_ended(s, o);
}

void spans_finish(struct spans *s, struct out *o, int64_t last)
{
    for (size_t i = 0; i < s->open.n && !s->failed; i++)
        table_copy_row(&s->ended, &s->open, i, s->open.from[i], last);
    table_clear(&s->open);
    s->failed |= s->ended.failed;
    if (!s->failed) print_ended(s, o);
}
