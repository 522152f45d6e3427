/* See relation.h.  An index is an open-addressing table of keys, at most half full; a key whose rows
 * are all gone keeps its place, since it is likely to come back. */
#include "history/relation.h"

#include "interval/iset.h"

#include <stdlib.h>
#include <string.h>

struct key {
    uint64_t hash;
    uint64_t *words; /* the values of the mask's columns, in order; NULL: slot is empty */
    struct order rows;
};

struct relation_index {
    uint64_t mask;
    uint32_t width; /* columns in the mask */
    struct key *slots;
    size_t n, size; /* keys, slots (a power of two) */
    struct arena words;
};

static const struct order no_rows = {0};

#define FEW_ROWS 8192 /* looking through so many costs some ten microseconds */

static void index_free(struct relation_index *x)
{
    for (size_t i = 0; i < x->size; i++)
        if (x->slots[i].words) order_free(&x->slots[i].rows);
    free(x->slots);
    arena_free(&x->words);
}

void relation_free(struct relation *r)
{
    for (size_t i = 0; i < r->n_indexes; i++) index_free(&r->indexes[i]);
    for (uint32_t k = 0; r->col && k < r->arity; k++) free(r->col[k]);
    free(r->col);
    free(r->indexes);
    free(r->stamp);
    free(r->seq);
    free(r->to);
    free(r->free_rows);
    *r = (struct relation){0};
}

static uint64_t mix(uint64_t h, uint64_t w)
{
    h = (h ^ w) * 0x9E3779B97F4A7C15U;
    return h ^ h >> 32;
}

/* The mask's values of a tuple, packed into `out`; their hash. */
static uint64_t pack(const struct relation_index *x, const uint64_t *words, uint64_t *out)
{
    uint64_t h = 0x243F6A8885A308D3U;
    uint32_t n = 0;
    for (uint32_t k = 0; k < RELATION_COLUMNS && n < x->width; k++) {
        if (!(x->mask >> k & 1)) continue;
        out[n++] = words[k]; /* the mask has columns below the arity only: NOLINT */
        h = mix(h, words[k]);
    }
    return h;
}

static struct key *slot_of(const struct relation_index *x, const uint64_t *packed, uint64_t hash)
{
    size_t at = (size_t)hash & (x->size - 1);
    while (x->slots[at].words) {
        struct key *k = &x->slots[at];
        if (k->hash == hash && memcmp(k->words, packed, x->width * sizeof *packed) == 0) return k;
        at = (at + 1) & (x->size - 1);
    }
    return &x->slots[at];
}

static bool index_grow(struct relation_index *x)
{
    size_t old_size = x->size, size = old_size ? old_size * 2 : 16;
    struct key *old = x->slots, *slots = calloc(size, sizeof *slots);
    if (!slots) return false;
    x->slots = slots;
    x->size = size;
    for (size_t i = 0; i < old_size; i++) {
        if (!old[i].words) continue;
        *slot_of(x, old[i].words, old[i].hash) = old[i];
    }
    free(old);
    return true;
}

/* The key of a tuple, new when unseen; NULL when memory fails. */
static struct key *index_key(struct relation_index *x, const uint64_t *words)
{
    uint64_t packed[RELATION_COLUMNS];
    if (x->n * 2 >= x->size && !index_grow(x)) return NULL;
    uint64_t hash = pack(x, words, packed);
    struct key *k = slot_of(x, packed, hash);
    if (k->words) return k;
    uint64_t *kept =
        arena_array(&x->words, x->width + 1, sizeof *kept); /* never NULL for width 0 */
    if (!kept) return NULL;
    memcpy(kept, packed, x->width * sizeof *kept);
    *k = (struct key){hash, kept, {0}};
    x->n++;
    return k;
}

static void tuple(const struct relation *r, uint32_t row, uint64_t *words)
{
    for (uint32_t k = 0; k < r->arity; k++) words[k] = r->col[k][row];
}

static struct moment moment_of(const struct relation *r, uint32_t row)
{
    return (struct moment){r->stamp[row], r->seq[row], row};
}

static bool index_insert(const struct relation *r, struct relation_index *x, uint32_t row)
{
    uint64_t words[RELATION_COLUMNS];
    tuple(r, row, words);
    struct key *k = index_key(x, words);
    return k && order_insert(&k->rows, moment_of(r, row));
}

static void index_remove(const struct relation *r, struct relation_index *x, uint32_t row)
{
    uint64_t words[RELATION_COLUMNS], packed[RELATION_COLUMNS];
    tuple(r, row, words);
    struct key *k = x->size ? slot_of(x, packed, pack(x, words, packed)) : NULL;
    if (k && k->words) order_remove(&k->rows, moment_of(r, row));
}

static struct relation_index *index_find(const struct relation *r, uint64_t mask)
{
    for (size_t i = 0; i < r->n_indexes; i++)
        if (r->indexes[i].mask == mask) return &r->indexes[i];
    return NULL;
}

/* Make the index over `mask` and put every row into it. */
static struct relation_index *index_new(struct relation *r, uint64_t mask)
{
    struct relation_index *list = realloc(r->indexes, (r->n_indexes + 1) * sizeof *list);
    if (!list) return NULL;
    r->indexes = list;
    struct relation_index *x = &list[r->n_indexes];
    *x = (struct relation_index){.mask = mask};
    arena_init(&x->words);
    for (uint32_t k = 0; k < RELATION_COLUMNS; k++) x->width += (uint32_t)(mask >> k & 1);
    r->n_indexes++;
    if (!mask) return x;
    const struct order *rows = relation_rows(r, 0, NULL);
    if (!rows) return NULL;
    for (struct cursor c = order_at_rank(rows, 0); !cursor_done(rows, c); cursor_next(rows, &c)) {
        if (index_insert(r, x, cursor_get(rows, c).row)) continue;
        index_free(x);
        r->n_indexes--;
        return NULL;
    }
    return x;
}

bool relation_init(struct relation *r, uint32_t arity)
{
    *r = (struct relation){.arity = arity, .few = FEW_ROWS};
    if (arity > RELATION_COLUMNS) return false;
    r->col = calloc(arity ? arity : 1, sizeof *r->col);
    return r->col && index_new(r, 0);
}

const struct order *relation_rows(struct relation *r, uint64_t mask, const uint64_t *words)
{
    uint64_t packed[RELATION_COLUMNS];
    struct relation_index *x = index_find(r, mask);
    if (!x) x = index_new(r, mask);
    if (!x) return NULL;
    if (!x->size) return &no_rows;
    struct key *k = slot_of(x, packed, pack(x, words, packed));
    return k->words ? &k->rows : &no_rows;
}

const struct order *relation_near(struct relation *r, uint64_t mask, const uint64_t *words,
                                  struct moment lo, struct moment hi, uint64_t *left)
{
    const struct order *best = NULL;
    size_t fewest = r->few + 1;
    *left = 0;
    if (index_find(r, mask)) return relation_rows(r, mask, words);
    for (size_t i = 0; i < r->n_indexes; i++) {
        uint64_t has = r->indexes[i].mask;
        if (has & ~mask) continue;
        const struct order *rows = relation_rows(r, has, words);
        size_t n = order_rank(rows, hi) - order_rank(rows, lo);
        if (n >= fewest) continue;
        fewest = n;
        best = rows;
        *left = mask & ~has;
    }
    return best ? best : relation_rows(r, mask, words);
}

uint32_t relation_find(const struct relation *r, const uint64_t *words, int64_t stamp, int64_t seq,
                       int64_t to)
{
    uint64_t packed[1];
    const struct relation_index *x = index_find(r, 0);
    if (!x || !x->size) return ROW_NONE;
    const struct key *k = slot_of(x, packed, pack(x, words, packed));
    if (!k->words) return ROW_NONE;
    struct cursor c = order_seek(&k->rows, (struct moment){stamp, seq, 0});
    for (; !cursor_done(&k->rows, c); cursor_next(&k->rows, &c)) {
        struct moment m = cursor_get(&k->rows, c);
        if (m.stamp != stamp || m.seq != seq) break;
        bool same = r->to[m.row] == to;
        for (uint32_t i = 0; same && i < r->arity; i++) same = r->col[i][m.row] == words[i];
        if (same) return m.row;
    }
    return ROW_NONE;
}

static bool widen_words(uint64_t **p, uint32_t cap)
{
    uint64_t *wider = realloc(*p, (size_t)cap * sizeof *wider);
    if (wider) *p = wider;
    return wider != NULL;
}

static bool widen_times(int64_t **p, uint32_t cap)
{
    int64_t *wider = realloc(*p, (size_t)cap * sizeof *wider);
    if (wider) *p = wider;
    return wider != NULL;
}

static bool grow(struct relation *r)
{
    if (r->cap > UINT32_MAX / 4) return false;
    uint32_t cap = r->cap ? r->cap * 2 : 16;
    bool ok = widen_times(&r->stamp, cap) && widen_times(&r->seq, cap) && widen_times(&r->to, cap);
    for (uint32_t k = 0; ok && k < r->arity; k++) ok = widen_words(&r->col[k], cap);
    if (ok) r->cap = cap;
    return ok;
}

static uint32_t take_row(struct relation *r)
{
    if (r->n_free) return r->free_rows[--r->n_free];
    if (r->n == r->cap && !grow(r)) return ROW_NONE;
    return r->n++;
}

static void give_row(struct relation *r, uint32_t row)
{
    if (r->n_free == r->cap_free) {
        uint32_t cap = r->cap_free ? r->cap_free * 2 : 16;
        uint32_t *rows = realloc(r->free_rows, cap * sizeof *rows);
        if (!rows) return; /* the row's number is lost, no more */
        r->free_rows = rows;
        r->cap_free = cap;
    }
    r->free_rows[r->n_free++] = row;
}

uint32_t relation_add(struct relation *r, const uint64_t *words, int64_t stamp, int64_t seq,
                      int64_t to)
{
    uint32_t row = take_row(r);
    if (row == ROW_NONE) return row;
    for (uint32_t k = 0; k < r->arity; k++) r->col[k][row] = words[k];
    r->stamp[row] = stamp;
    r->seq[row] = seq;
    r->to[row] = to;
    int64_t length = sat_add(to, sat_neg(stamp));
    if (stamp == INT64_MIN || to == INT64_MAX) length = INT64_MAX;
    if (length > r->longest) r->longest = length;
    for (size_t i = 0; i < r->n_indexes; i++) {
        if (index_insert(r, &r->indexes[i], row)) continue;
        while (i-- > 0) index_remove(r, &r->indexes[i], row);
        give_row(r, row);
        return ROW_NONE;
    }
    r->live++;
    return row;
}

void relation_remove(struct relation *r, uint32_t row)
{
    for (size_t i = 0; i < r->n_indexes; i++) index_remove(r, &r->indexes[i], row);
    give_row(r, row);
    r->live--;
}
