/* Every operation is one merge over two ascending arrays; results are built with iset_add, which
 * keeps the canonical form because pieces come in ascending order. */
#include "interval/iset.h"

#include <stdlib.h>
#include <string.h>

void iset_init(struct iset *s)
{
    *s = (struct iset){0};
}

void iset_free(struct iset *s)
{
    free(s->items);
    *s = (struct iset){0};
}

void iset_clear(struct iset *s)
{
    s->n = 0;
    s->failed = false;
}

static bool reserve(struct iset *s, size_t n)
{
    if (s->failed) return false;
    if (n <= s->cap) return true;
    size_t cap = s->cap ? s->cap * 2 : 4;
    while (cap < n) cap *= 2;
    struct span *p = realloc(s->items, cap * sizeof *p);
    if (!p) {
        s->failed = true;
        return false;
    }
    s->items = p;
    s->cap = cap;
    return true;
}

void iset_copy(struct iset *out, const struct iset *a)
{
    iset_clear(out);
    out->failed = a->failed;
    if (!a->n || !reserve(out, a->n)) return;
    memcpy(out->items, a->items, a->n * sizeof *a->items);
    out->n = a->n;
}

void iset_swap(struct iset *a, struct iset *b)
{
    struct iset t = *a;
    *a = *b;
    *b = t;
}

/* Do they overlap or touch, given that x does not begin after y? */
static bool joins(struct span x, int64_t y_from)
{
    return x.to == INT64_MAX || x.to + 1 >= y_from;
}

/* Insert out of order: replace all intervals that [from,to] overlaps or touches by their hull. */
static void insert(struct iset *s, int64_t from, int64_t to)
{
    size_t i = 0;
    while (i < s->n && !joins(s->items[i], from)) i++;
    size_t j = i;
    while (j < s->n && (to == INT64_MAX || s->items[j].from <= to + 1)) {
        if (s->items[j].from < from) from = s->items[j].from;
        if (s->items[j].to > to) to = s->items[j].to;
        j++;
    }
    if (i == j && !reserve(s, s->n + 1)) return;
    memmove(s->items + i + 1, s->items + j, (s->n - j) * sizeof *s->items);
    s->n = s->n + 1 - (j - i);
    s->items[i] = (struct span){from, to};
}

void iset_add(struct iset *s, int64_t from, int64_t to)
{
    if (from > to) return;
    if (s->n) {
        struct span *last = &s->items[s->n - 1];
        if (from < last->from) {
            insert(s, from, to);
            return;
        }
        if (joins(*last, from)) {
            if (to > last->to) last->to = to;
            return;
        }
    }
    if (reserve(s, s->n + 1)) s->items[s->n++] = (struct span){from, to};
}

bool iset_eq(const struct iset *a, const struct iset *b)
{
    if (a->n != b->n) return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->items[i].from != b->items[i].from || a->items[i].to != b->items[i].to) return false;
    return true;
}

size_t iset_find(const struct iset *s, int64_t at)
{
    size_t lo = 0, hi = s->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (s->items[mid].to < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

bool iset_has(const struct iset *s, int64_t at)
{
    return iset_covers(s, at, at);
}

bool iset_covers(const struct iset *s, int64_t from, int64_t to)
{
    size_t i = iset_find(s, from);
    return i < s->n && s->items[i].from <= from && to <= s->items[i].to;
}

bool iset_meets(const struct iset *s, int64_t from, int64_t to)
{
    size_t i = iset_find(s, from);
    return i < s->n && s->items[i].from <= to;
}

void iset_union(struct iset *out, const struct iset *a, const struct iset *b)
{
    iset_clear(out);
    size_t i = 0, j = 0;
    while (i < a->n || j < b->n) {
        bool left = j == b->n || (i < a->n && a->items[i].from <= b->items[j].from);
        struct span s = left ? a->items[i++] : b->items[j++];
        iset_add(out, s.from, s.to);
    }
    out->failed |= a->failed | b->failed;
}

void iset_intersect(struct iset *out, const struct iset *a, const struct iset *b)
{
    iset_clear(out);
    size_t i = 0, j = 0;
    while (i < a->n && j < b->n) {
        struct span x = a->items[i], y = b->items[j];
        iset_add(out, x.from > y.from ? x.from : y.from, x.to < y.to ? x.to : y.to);
        if (x.to < y.to)
            i++;
        else
            j++;
    }
    out->failed |= a->failed | b->failed;
}

void iset_subtract(struct iset *out, const struct iset *a, const struct iset *b)
{
    iset_clear(out);
    size_t j = 0;
    for (size_t i = 0; i < a->n; i++) {
        struct span x = a->items[i];
        bool left = true;
        while (j < b->n && b->items[j].to < x.from) j++;
        for (size_t k = j; left && k < b->n && b->items[k].from <= x.to; k++) {
            if (b->items[k].from > x.from) iset_add(out, x.from, b->items[k].from - 1);
            if (b->items[k].to >= x.to)
                left = false;
            else
                x.from = b->items[k].to + 1;
        }
        if (left) iset_add(out, x.from, x.to);
    }
    out->failed |= a->failed | b->failed;
}

void iset_complement(struct iset *out, const struct iset *a, int64_t from, int64_t to)
{
    struct span whole = {from, to};
    struct iset one = {.items = &whole, .n = from <= to, .cap = 1};
    iset_subtract(out, &one, a);
}
