/* Walks over facts, block by block; the indexes of blocks.
 *
 * An index is an open-addressing table of the combinations of values that some columns have; each
 * leads to the first and the last row that has it, and rows of one combination are chained both
 * ways. */
#include "explain/scan.h"

#include <stdlib.h>
#include <string.h>

#define NO_ROW UINT32_MAX
#define MANY 16       /* fewer facts need no index */
#define MAX_INDEXES 8 /* of one predicate in one block */

struct fact_index {
    struct fact_index *more;
    uint64_t mask;
    size_t slots;           /* a power of two */
    uint32_t *first, *last; /* by slot */
    uint32_t *next, *prev;  /* by row */
};

void index_free(struct fact_index *list)
{
    while (list) {
        struct fact_index *more = list->more;
        free(list->first);
        free(list);
        list = more;
    }
}

bool words_same(const uint64_t *a, const uint64_t *b, uint64_t mask)
{
    for (uint32_t k = 0; mask; k++, mask >>= 1)
        if (mask & 1 && a[k] != b[k]) return false;
    return true;
}

static size_t slot_of(const struct fact_index *x, const struct kept *k, uint32_t arity,
                      const uint64_t *words)
{
    uint64_t h = 0;
    uint64_t mask = x->mask;
    for (uint32_t c = 0; mask; c++, mask >>= 1)
        if (mask & 1) h = (h ^ words[c]) * UINT64_C(0x9E3779B97F4A7C15) ^ h >> 29;
    h ^= h >> 32;
    size_t s = (size_t)h & (x->slots - 1);
    while (x->first[s] != NO_ROW &&
           !words_same(k->words + (size_t)x->first[s] * arity, words, x->mask))
        s = (s + 1) & (x->slots - 1);
    return s;
}

static struct fact_index *index_new(struct kept *k, uint32_t arity, uint64_t mask)
{
    struct fact_index *x = calloc(1, sizeof *x);
    size_t slots = 64;
    while (slots < 2 * (size_t)k->n) slots *= 2;
    uint32_t *room = malloc(2 * (slots + k->n) * sizeof *room);
    if (!x || !room) {
        free(x);
        free(room);
        return NULL;
    }
    *x = (struct fact_index){
        k->indexes, mask, slots, room, room + slots, room + 2 * slots, room + 2 * slots + k->n};
    memset(x->first, 0xFF, slots * sizeof *x->first);
    for (uint32_t row = 0; row < k->n; row++) {
        size_t s = slot_of(x, k, arity, k->words + (size_t)row * arity);
        x->next[row] = NO_ROW;
        x->prev[row] = x->first[s] == NO_ROW ? NO_ROW : x->last[s];
        if (x->first[s] == NO_ROW)
            x->first[s] = row;
        else
            x->next[x->last[s]] = row;
        x->last[s] = row;
    }
    k->indexes = x;
    return x;
}

/* The index over these columns; NULL when there is none and none is worth making. */
static const struct fact_index *index_get(struct record *r, struct kept *k, uint32_t arity,
                                          uint64_t mask)
{
    unsigned n = 0;
    if (!mask || k->n < MANY) return NULL;
    for (const struct fact_index *x = k->indexes; x; x = x->more, n++)
        if (x->mask == mask) return x;
    if (k->scans++ == 0 || n == MAX_INDEXES) return NULL;
    struct fact_index *x = index_new(k, arity, mask);
    r->failed |= !x;
    return x;
}

/* First row at or behind a position. */
static uint32_t lower(const struct kept *k, int64_t at)
{
    uint32_t lo = 0, hi = k->n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (k->at[mid] < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

void scan_init(struct scan *s, struct record *r, uint32_t pred, uint64_t mask, const uint64_t *key,
               int64_t from, int64_t to, bool back)
{
    if (from < r->first) from = r->first;
    if (to > r->last) to = r->last;
    *s = (struct scan){.r = r,
                       .pred = pred,
                       .mask = mask,
                       .key = key,
                       .from = from,
                       .to = to,
                       .back = back,
                       .block = SIZE_MAX,
                       .row = NO_ROW};
}

/* Stand before the first row of a block. */
static void enter(struct scan *s, struct block *b)
{
    struct kept *k = &b->kept[s->pred];
    uint32_t arity = s->r->sig->preds[s->pred].arity;
    s->row = NO_ROW;
    s->next = NULL;
    if (!k->n) return;
    const struct fact_index *x = index_get(s->r, k, arity, s->mask);
    if (x) {
        size_t slot = slot_of(x, k, arity, s->key);
        s->next = s->back ? x->prev : x->next;
        if (x->first[slot] != NO_ROW) s->row = s->back ? x->last[slot] : x->first[slot];
        return;
    }
    if (s->back) {
        uint32_t end = s->to < b->last ? lower(k, s->to + 1) : k->n;
        if (end) s->row = end - 1;
        return;
    }
    uint32_t row = s->r->spans || s->from <= b->first ? 0 : lower(k, s->from);
    if (row < k->n) s->row = row;
}

static uint32_t behind(const struct scan *s, const struct kept *k)
{
    if (s->next) return s->next[s->row];
    if (s->back) return s->row ? s->row - 1 : NO_ROW;
    return s->row + 1 < k->n ? s->row + 1 : NO_ROW;
}

/* Is there nothing of the stretch at this row and behind it? */
static bool past(const struct scan *s, const struct kept *k, uint32_t row)
{
    return s->back ? !s->r->spans && k->at[row] < s->from : k->at[row] > s->to;
}

static const uint64_t *in_block(struct scan *s, const struct kept *k, int64_t *at, int64_t *to)
{
    uint32_t arity = s->r->sig->preds[s->pred].arity;
    while (s->row != NO_ROW) {
        uint32_t row = s->row;
        if (past(s, k, row)) {
            s->row = NO_ROW;
            return NULL;
        }
        s->row = behind(s, k);
        const uint64_t *words = k->words + (size_t)row * arity;
        if (k->at[row] > s->to || k->to[row] < s->from) continue;
        if (!s->next && !words_same(words, s->key, s->mask)) continue;
        *at = k->at[row] < s->from ? s->from : k->at[row];
        *to = k->to[row] > s->to ? s->to : k->to[row];
        return words;
    }
    return NULL;
}

/* Go to the first or the next block; false when there is none. */
static bool advance(struct scan *s)
{
    struct record *r = s->r;
    if (s->block == SIZE_MAX) {
        if (s->from > s->to || r->start == r->n) return false;
        s->block = record_block(r, s->back ? s->to : s->from);
    } else if (s->back) {
        if (s->block == r->start || r->blocks[s->block].first <= s->from) return false;
        s->block--;
    } else {
        if (r->blocks[s->block].last >= s->to || s->block + 1 == r->n) return false;
        s->block++;
    }
    struct block *b = &r->blocks[s->block];
    if (!block_need(r, b)) return false;
    enter(s, b);
    return true;
}

const uint64_t *scan_next(struct scan *s, int64_t *at, int64_t *to)
{
    for (;;) {
        if (s->block != SIZE_MAX) {
            const struct kept *k = &s->r->blocks[s->block].kept[s->pred];
            const uint64_t *words = in_block(s, k, at, to);
            if (words) return words;
        }
        if (s->r->failed || !advance(s)) return NULL;
    }
}
