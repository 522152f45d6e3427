/* See record.h. */
#include "explain/record.h"

#include <stdlib.h>
#include <string.h>

void record_init(struct record *r, const struct signature *sig, bool clock, int64_t first)
{
    *r = (struct record){.clock = clock, .sig = sig, .first = first, .last = first - 1};
    r->kept = calloc(sig->n + 1, sizeof *r->kept);
    r->failed = !r->kept;
    for (size_t i = 0; r->kept && i < sig->n; i++) r->kept[i].arity = sig->preds[i].arity;
}

void record_free(struct record *r)
{
    for (size_t i = 0; r->kept && i < r->sig->n; i++) {
        free(r->kept[i].at);
        free(r->kept[i].words);
    }
    free(r->kept);
    free(r->stamps);
    *r = (struct record){0};
}

static void *grown(struct record *r, void *items, size_t n, size_t size)
{
    void *bigger = n > SIZE_MAX / size ? NULL : realloc(items, n * size);
    r->failed |= !bigger;
    return bigger ? bigger : items;
}

void record_point(struct record *r, int64_t stamp)
{
    if (r->failed) return;
    if (r->clock) {
        r->last = stamp;
        return;
    }
    size_t end = r->start + (size_t)(r->last - r->first + 1);
    if (end == r->cap) {
        size_t cap = r->cap ? r->cap * 2 : 256;
        r->stamps = grown(r, r->stamps, cap, sizeof *r->stamps);
        if (r->failed) return;
        r->cap = cap;
    }
    r->stamps[end] = stamp;
    r->last++;
}

void record_fact(struct record *r, uint32_t pred, const uint64_t *words, int64_t at)
{
    if (r->failed) return;
    struct kept *k = &r->kept[pred];
    size_t row = k->start + k->n, width = k->arity ? k->arity : 1;
    if (row == k->cap) {
        size_t cap = k->cap ? k->cap * 2 : 256;
        k->at = grown(r, k->at, cap, sizeof *k->at);
        k->words = grown(r, k->words, cap, width * sizeof *k->words);
        if (r->failed) return;
        k->cap = cap;
    }
    k->at[row] = at;
    if (k->arity) memcpy(k->words + row * k->arity, words, k->arity * sizeof *words);
    k->n++;
}

void record_end(struct record *r)
{
    r->ended = !r->clock;
}

size_t record_row(const struct kept *k, int64_t at)
{
    size_t lo = k->start, hi = k->start + k->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (k->at[mid] < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Rows are moved to the front only when as many are forgotten as are kept. */
static void forget_rows(struct kept *k, int64_t before)
{
    size_t row = record_row(k, before);
    k->n -= row - k->start;
    k->start = row;
    if (k->start < k->n || k->start == 0) return;
    memmove(k->at, k->at + k->start, k->n * sizeof *k->at);
    memmove(k->words, k->words + k->start * k->arity, k->n * k->arity * sizeof *k->words);
    k->start = 0;
}

void record_forget(struct record *r, int64_t before)
{
    if (r->failed || before <= r->first) return;
    if (before > r->last + 1) before = r->last + 1;
    for (size_t i = 0; i < r->sig->n; i++)
        if (r->kept[i].n) forget_rows(&r->kept[i], before);
    if (!r->clock) {
        r->start += (size_t)(before - r->first);
        size_t n = (size_t)(r->last - before + 1);
        if (r->start > n) {
            memmove(r->stamps, r->stamps + r->start, n * sizeof *r->stamps);
            r->start = 0;
        }
    }
    r->first = before;
}

int64_t record_last(const struct record *r)
{
    return r->last + r->ended;
}

int64_t record_stamp(const struct record *r, int64_t at)
{
    if (at > r->last) return INT64_MAX;
    return r->clock ? at : r->stamps[r->start + (size_t)(at - r->first)];
}

int64_t record_from(const struct record *r, int64_t stamp)
{
    int64_t lo = r->first, hi = r->last + 1;
    if (r->clock) return stamp < lo ? lo : stamp > hi ? hi : stamp;
    while (lo < hi) {
        int64_t mid = lo + (hi - lo) / 2;
        if (record_stamp(r, mid) < stamp)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

int64_t record_to(const struct record *r, int64_t stamp)
{
    if (stamp == INT64_MAX) return record_last(r);
    return record_from(r, stamp + 1) - 1;
}
