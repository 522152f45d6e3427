/* Blocks of facts; see record.h.  Walking them is scan.c. */
#include "explain/scan.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_POINTS 1024
#define BLOCK_FACTS 4096

void record_init(struct record *r, const struct signature *sig, bool clock, int64_t first)
{
    *r = (struct record){.clock = clock, .sig = sig, .first = first, .last = first - 1};
}

static void block_free(const struct record *r, struct block *b)
{
    for (size_t i = 0; b->kept && i < r->sig->n; i++) {
        free(b->kept[i].at);
        free(b->kept[i].to);
        free(b->kept[i].words);
        index_free(b->kept[i].indexes);
    }
    free(b->kept);
    free(b->stamps);
    b->kept = NULL;
    b->stamps = NULL;
    b->n_stamps = b->cap = 0;
    b->loaded = false;
}

static bool has_all_stamps(const struct block *b)
{
    return b->n_stamps == (uint64_t)(b->last - b->first) + 1;
}

void record_free(struct record *r)
{
    for (size_t i = r->start; i < r->n; i++) block_free(r, &r->blocks[i]);
    free(r->blocks);
    *r = (struct record){0};
}

static void *grown(struct record *r, void *items, size_t n, size_t size)
{
    void *bigger = n > SIZE_MAX / size ? NULL : realloc(items, n * size);
    r->failed |= !bigger;
    return bigger ? bigger : items;
}

static struct block *block_new(struct record *r, int64_t stamp)
{
    if (r->n == r->cap) {
        size_t cap = r->cap ? r->cap * 2 : 16;
        r->blocks = grown(r, r->blocks, cap, sizeof *r->blocks);
        if (r->failed) return NULL;
        r->cap = cap;
    }
    struct block *b = &r->blocks[r->n++];
    *b = (struct block){.first = r->last + 1, .last = r->last, .stamp = stamp};
    return b;
}

static bool block_ready(struct record *r, struct block *b)
{
    b->loaded = true;
    b->kept = calloc(r->sig->n + 1, sizeof *b->kept);
    r->failed |= !b->kept;
    return b->kept != NULL;
}

static bool block_full(const struct record *r, const struct block *b)
{
    if (!r->clock) return b->last - b->first + 1 >= BLOCK_POINTS;
    for (size_t i = 0; i < r->sig->n; i++)
        if (b->kept[i].n >= BLOCK_FACTS) return true;
    return false;
}

void record_point(struct record *r, int64_t stamp)
{
    if (r->failed) return;
    if (!r->open || block_full(r, r->open)) {
        r->open = block_new(r, r->clock ? r->last + 1 : stamp);
        if (!r->open || !block_ready(r, r->open)) return;
    }
    if (r->clock) {
        r->open->last = stamp;
        r->last = stamp;
        return;
    }
    r->open->last++;
    record_stamp_add(r, stamp);
    r->last++;
}

void record_announce(struct record *r, int64_t last, int64_t stamp, uint64_t place)
{
    if (r->failed) return;
    struct block *b = block_new(r, stamp);
    if (!b) return;
    b->last = r->last = last;
    b->place = place;
}

void record_stamp_add(struct record *r, int64_t stamp)
{
    struct block *b = r->open;
    if (b->n_stamps == b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 128;
        b->stamps = grown(r, b->stamps, cap, sizeof *b->stamps);
        if (r->failed) return;
        b->cap = cap;
    }
    b->stamps[b->n_stamps++] = stamp;
}

size_t record_block(const struct record *r, int64_t at)
{
    size_t lo = r->start, hi = r->n;
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (r->blocks[mid].first <= at)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

void record_fact(struct record *r, uint32_t pred, const uint64_t *words, int64_t at, int64_t to)
{
    if (r->failed) return;
    uint32_t arity = r->sig->preds[pred].arity, width = arity ? arity : 1;
    if (!record_holds(r, pred, words)) return;
    struct block *b = r->open;
    if (at < b->first) b = &r->blocks[record_block(r, at)];
    struct kept *k = &b->kept[pred];
    if (k->n == k->cap) {
        uint32_t cap = k->cap ? k->cap * 2 : 16;
        k->at = grown(r, k->at, cap, sizeof *k->at);
        k->to = grown(r, k->to, cap, sizeof *k->to);
        k->words = grown(r, k->words, cap, width * sizeof *k->words);
        if (r->failed) return;
        k->cap = cap;
    }
    k->at[k->n] = at;
    k->to[k->n] = to;
    if (arity) memcpy(k->words + (size_t)k->n * arity, words, arity * sizeof *words);
    r->spans |= at < to;
    k->n++;
    if (!k->indexes) return;
    index_free(k->indexes); /* made before the block was full */
    k->indexes = NULL;
}

void record_retract_facts(struct record *r)
{
    for (size_t i = 0; i < r->sig->n; i++) r->open->kept[i].n = 0;
}

void record_retract_stamps(struct record *r)
{
    r->open->n_stamps = 0;
}

void record_end(struct record *r)
{
    r->ended = !r->clock;
}

void record_rekey(struct record *r, const struct fact_key *keys)
{
    for (size_t i = r->start; i < r->n; i++) block_free(r, &r->blocks[i]);
    r->keys = keys;
}

bool record_holds(const struct record *r, uint32_t pred, const uint64_t *words)
{
    return !r->keys || words_same(words, r->keys[pred].words, r->keys[pred].mask);
}

void record_forget(struct record *r, int64_t before)
{
    if (before > r->last + 1) before = r->last + 1;
    while (r->start < r->n && r->blocks[r->start].last < before) {
        r->first = r->blocks[r->start].last + 1;
        if (r->open == &r->blocks[r->start]) r->open = NULL;
        block_free(r, &r->blocks[r->start++]);
    }
    if (r->start < 64 || r->start < r->n / 2) return;
    memmove(r->blocks, r->blocks + r->start, (r->n - r->start) * sizeof *r->blocks);
    if (r->open) r->open -= r->start;
    r->n -= r->start;
    r->start = 0;
}

int64_t record_last(const struct record *r)
{
    return r->last + r->ended;
}

/* ---- finding ---- */

bool block_need(struct record *r, struct block *b)
{
    if (b->loaded) return true;
    if (r->failed || r->lost) return false;
    struct block *open = r->open;
    r->open = b;
    bool ok = block_ready(r, b) && r->load(r->load_ctx, r, b);
    if (ok && !r->clock && !r->load_stamps) ok = has_all_stamps(b);
    r->open = open;
    b->loaded = ok; /* what came of it is not used */
    r->lost |= !ok;
    return ok;
}

/* Room for the stamps of a block: that of the one whose turn it is to go. */
static bool stamps_room(struct record *r, struct block *b)
{
    size_t n = (size_t)(b->last - b->first) + 1;
    int64_t *turn = &r->stamped[r->n_stamped % RECORD_STAMPED];
    if (r->n_stamped++ >= RECORD_STAMPED && *turn >= r->first) {
        struct block *old = &r->blocks[record_block(r, *turn)];
        b->stamps = old->stamps;
        b->cap = old->cap;
        old->stamps = NULL;
        old->n_stamps = old->cap = 0;
    }
    *turn = b->first;
    if (b->cap >= n) return true;
    b->stamps = grown(r, b->stamps, n, sizeof *b->stamps);
    if (!r->failed) b->cap = n;
    return !r->failed;
}

/* The stamps of a block's positions; NULL: they cannot be had (see r->lost). */
static const int64_t *stamps_of(struct record *r, struct block *b)
{
    if (!r->load_stamps) return block_need(r, b) ? b->stamps : NULL;
    if (b->n_stamps) return b->stamps;
    if (r->failed || r->lost || !stamps_room(r, b)) return NULL;
    struct block *open = r->open;
    r->open = b;
    bool ok = r->load_stamps(r->load_ctx, r, b) && has_all_stamps(b);
    r->open = open;
    if (!ok) b->n_stamps = 0;
    r->lost |= !ok;
    return ok ? b->stamps : NULL;
}

int64_t record_stamp(struct record *r, int64_t at)
{
    if (at > r->last) return INT64_MAX;
    if (r->clock || at < r->first) return at;
    struct block *b = &r->blocks[record_block(r, at)];
    if (at == b->first) return b->stamp;
    const int64_t *stamps = stamps_of(r, b);
    return stamps ? stamps[at - b->first] : b->stamp;
}

/* First position of a block with a stamp >= `stamp`; its last + 1 when there is none. */
static int64_t search(const struct block *b, const int64_t *stamps, int64_t stamp)
{
    int64_t lo = b->first, hi = b->last + 1;
    while (lo < hi) {
        int64_t mid = lo + (hi - lo) / 2;
        if (stamps[mid - b->first] < stamp)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

int64_t record_from(struct record *r, int64_t stamp)
{
    int64_t end = r->last + 1;
    if (r->clock) return stamp < r->first ? r->first : stamp > end ? end : stamp;
    size_t lo = r->start, hi = r->n;
    while (lo < hi) { /* the first block that begins at or after the stamp */
        size_t mid = lo + (hi - lo) / 2;
        if (r->blocks[mid].stamp < stamp)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == r->start) return r->first;
    struct block *b = &r->blocks[lo - 1];
    const int64_t *stamps = stamps_of(r, b);
    return stamps ? search(b, stamps, stamp) : b->first;
}

int64_t record_to(struct record *r, int64_t stamp)
{
    if (stamp == INT64_MAX) return record_last(r);
    return record_from(r, stamp + 1) - 1;
}
