/* Growth is by doubling, all arrays together, so one test for room serves a whole row. */
#include "engine/table.h"

#include <stdlib.h>
#include <string.h>

void table_init(struct table *t, uint32_t ncols)
{
    *t = (struct table){.ncols = ncols};
    t->col = calloc(ncols ? ncols : 1, sizeof *t->col);
    if (!t->col) t->failed = true;
}

void table_free(struct table *t)
{
    if (!t->view) {
        for (uint32_t k = 0; t->col && k < t->ncols; k++) free(t->col[k]);
        free(t->from);
        free(t->to);
    }
    free(t->col);
    *t = (struct table){0};
}

void table_clear(struct table *t)
{
    t->n = 0;
    t->somewhere = t->wild = t->unsorted = t->wide = false;
}

/* Make one array hold `cap` words; false leaves it as it was. */
static bool grow(void **array, size_t cap)
{
    void *p = realloc(*array, cap * sizeof(uint64_t));
    if (!p) return false;
    *array = p;
    return true;
}

bool table_reserve(struct table *t, size_t more)
{
    if (t->failed || t->view) return false;
    if (t->n + more <= t->cap) return true;
    size_t cap = t->cap ? t->cap * 2 : 16;
    while (cap < t->n + more) cap *= 2;
    bool ok = grow((void **)&t->from, cap) && grow((void **)&t->to, cap);
    for (uint32_t k = 0; ok && k < t->ncols; k++) ok = grow((void **)&t->col[k], cap);
    if (!ok) {
        t->failed = true;
        return false;
    }
    t->cap = cap;
    return true;
}

bool table_add(struct table *t, int64_t from, int64_t to, const uint64_t *words)
{
    size_t r = table_push(t, from, to);
    if (r == SIZE_MAX) return false;
    for (uint32_t k = 0; k < t->ncols; k++) t->col[k][r] = words[k];
    return true;
}

void table_copy_row(struct table *t, const struct table *s, size_t i, int64_t from, int64_t to)
{
    size_t r = table_push(t, from, to);
    if (r == SIZE_MAX) return;
    for (uint32_t k = 0; k < t->ncols; k++) t->col[k][r] = s->col[k][i];
}

void table_append(struct table *t, const struct table *s)
{
    if (s->failed) t->failed = true;
    t->somewhere |= s->somewhere;
    t->wild |= s->wild;
    t->wide |= s->wide;
    if (!s->n || !table_reserve(t, s->n)) return;
    if (s->unsorted || (t->n && t->from[t->n - 1] > s->from[0])) t->unsorted = true;
    memcpy(t->from + t->n, s->from, s->n * sizeof *t->from);
    memcpy(t->to + t->n, s->to, s->n * sizeof *t->to);
    for (uint32_t k = 0; k < t->ncols; k++)
        memcpy(t->col[k] + t->n, s->col[k], s->n * sizeof **t->col);
    t->n += s->n;
}

/* Merge sort of row numbers by from: stable, and linear on runs that are sorted already. */
static void merge_sort(const int64_t *from, uint32_t *a, uint32_t *b, size_t n)
{
    for (size_t w = 1; w < n; w *= 2) {
        for (size_t i = 0; i < n; i += 2 * w) {
            size_t mid = i + w < n ? i + w : n, end = i + 2 * w < n ? i + 2 * w : n;
            size_t x = i, y = mid, o = i;
            while (x < mid && y < end) b[o++] = from[a[y]] < from[a[x]] ? a[y++] : a[x++];
            while (x < mid) b[o++] = a[x++];
            while (y < end) b[o++] = a[y++];
        }
        uint32_t *t = a;
        a = b;
        b = t;
    }
    (void)b;
}

/* How many passes merge_sort makes decides in which of its arrays the result lies. */
static bool result_in_second(size_t n)
{
    bool second = false;
    for (size_t w = 1; w < n; w *= 2) second = !second;
    return second;
}

static void permute(uint64_t *array, uint64_t *scratch, const uint32_t *order, size_t n)
{
    for (size_t i = 0; i < n; i++) scratch[i] = array[order[i]];
    memcpy(array, scratch, n * sizeof *array);
}

void table_sort(struct table *t)
{
    if (!t->unsorted || t->failed || t->n > UINT32_MAX) return;
    uint32_t *order = malloc(2 * t->n * sizeof *order);
    uint64_t *scratch = malloc(t->n * sizeof *scratch);
    if (order && scratch) {
        for (size_t i = 0; i < t->n; i++) order[i] = (uint32_t)i;
        merge_sort(t->from, order, order + t->n, t->n);
        const uint32_t *sorted = result_in_second(t->n) ? order + t->n : order;
        permute((uint64_t *)t->from, scratch, sorted, t->n);
        permute((uint64_t *)t->to, scratch, sorted, t->n);
        for (uint32_t k = 0; k < t->ncols; k++) permute(t->col[k], scratch, sorted, t->n);
        t->unsorted = false;
    } else {
        t->failed = true;
    }
    free(order);
    free(scratch);
}

void table_drop(struct table *t, size_t first)
{
    if (!first) return;
    size_t n = t->n - first;
    if (n) {
        memmove(t->from, t->from + first, n * sizeof *t->from);
        memmove(t->to, t->to + first, n * sizeof *t->to);
        for (uint32_t k = 0; k < t->ncols; k++)
            memmove(t->col[k], t->col[k] + first, n * sizeof **t->col);
    }
    t->n = n;
}

void table_swap(struct table *a, struct table *b)
{
    struct table t = *a;
    *a = *b;
    *b = t;
}
