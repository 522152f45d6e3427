/* See order.h. */
#include "history/order.h"

#include <stdlib.h>
#include <string.h>

struct order_block {
    size_t n;
    struct moment items[ORDER_BLOCK];
};

/* Most orders are short (one key's facts): a first block starts small and grows to full size. */
#define FIRST_ITEMS ((size_t)4)

static size_t block_bytes(size_t items)
{
    return offsetof(struct order_block, items) + items * sizeof(struct moment);
}

void order_init(struct order *o)
{
    *o = (struct order){0};
}

void order_free(struct order *o)
{
    for (size_t i = 0; i < o->n_blocks; i++) free(o->blocks[i]);
    free(o->blocks);
    free(o->start);
    order_init(o);
}

int moment_cmp(struct moment a, struct moment b)
{
    if (a.stamp != b.stamp) return a.stamp < b.stamp ? -1 : 1;
    if (a.seq != b.seq) return a.seq < b.seq ? -1 : 1;
    return (a.row > b.row) - (a.row < b.row);
}

static size_t block_lower(const struct order_block *b, struct moment m)
{
    size_t lo = 0, hi = b->n; /* items below lo are < m, from hi on >= m */
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (moment_cmp(b->items[mid], m) < 0) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return lo;
}

struct cursor order_seek(const struct order *o, struct moment m)
{
    size_t lo = 0, hi = o->n_blocks; /* the first block whose last moment is >= m */
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const struct order_block *b = o->blocks[mid];
        if (moment_cmp(b->items[b->n - 1], m) < 0) {
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return (struct cursor){lo, lo < o->n_blocks ? block_lower(o->blocks[lo], m) : 0};
}

struct cursor order_at_rank(const struct order *o, size_t rank)
{
    if (rank >= o->n) return (struct cursor){o->n_blocks, 0};
    size_t lo = 0, hi = o->n_blocks; /* start[lo] <= rank < start[hi] */
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (o->start[mid] <= rank) {
            lo = mid;
        } else {
            hi = mid;
        }
    }
    return (struct cursor){lo, rank - o->start[lo]};
}

bool cursor_done(const struct order *o, struct cursor c)
{
    return c.block >= o->n_blocks;
}

struct moment cursor_get(const struct order *o, struct cursor c)
{
    return o->blocks[c.block]->items[c.at];
}

void cursor_next(const struct order *o, struct cursor *c)
{
    if (++c->at < o->blocks[c->block]->n) return;
    c->block++;
    c->at = 0;
}

size_t order_rank(const struct order *o, struct moment m)
{
    struct cursor c = order_seek(o, m);
    return cursor_done(o, c) ? o->n : o->start[c.block] + c.at;
}

struct moment order_at(const struct order *o, size_t rank)
{
    return cursor_get(o, order_at_rank(o, rank));
}

/* Room for one more block in the list. */
static bool list_room(struct order *o)
{
    if (o->n_blocks < o->cap) return true;
    size_t cap = o->cap ? o->cap * 2 : 1;
    struct order_block **blocks = realloc(o->blocks, cap * sizeof *blocks);
    if (blocks) o->blocks = blocks;
    size_t *start = realloc(o->start, cap * sizeof *start);
    if (start) o->start = start;
    if (!blocks || !start) return false;
    o->cap = cap;
    return true;
}

/* Set the ranks of the blocks from `from` on anew. */
static void count_from(struct order *o, size_t from)
{
    for (size_t i = from; i < o->n_blocks; i++)
        o->start[i] = i ? o->start[i - 1] + o->blocks[i - 1]->n : 0;
}

/* Put a new block, which takes the moments of blocks[at - 1] from `from` on, into the list. */
static bool split(struct order *o, size_t at, size_t from)
{
    if (!list_room(o)) return false;
    struct order_block *fresh = malloc(block_bytes(ORDER_BLOCK));
    if (!fresh) return false;
    fresh->n = 0;
    memmove(o->blocks + at + 1, o->blocks + at, (o->n_blocks - at) * sizeof(struct order_block *));
    o->blocks[at] = fresh;
    o->n_blocks++;
    struct order_block *old = o->blocks[at - 1];
    fresh->n = old->n - from;
    memcpy(fresh->items, old->items + from, fresh->n * sizeof *fresh->items);
    old->n = from;
    count_from(o, at);
    return true;
}

/* The first block's room follows its content by powers of two; other blocks are full-sized. */
static bool first_block_room(struct order *o)
{
    struct order_block *b = o->n_blocks ? o->blocks[0] : NULL;
    size_t n = b ? b->n : 0;
    bool at_step = n == 0 || (n >= FIRST_ITEMS && (n & (n - 1)) == 0);
    if (o->n_blocks > 1 || !at_step || n >= ORDER_BLOCK) return true;
    if (!b && !list_room(o)) return false;
    size_t room = n ? n * 2 : FIRST_ITEMS;
    struct order_block *grown = realloc(b, block_bytes(room));
    if (!grown) return false;
    if (!b) grown->n = 0;
    o->blocks[0] = grown;
    o->start[0] = 0;
    o->n_blocks = 1;
    return true;
}

bool order_insert(struct order *o, struct moment m)
{
    if (!first_block_room(o)) return false;
    struct cursor c = o->n ? order_seek(o, m) : (struct cursor){0, 0};
    if (c.block == o->n_blocks) { /* behind the last, or the very first */
        c.block = o->n_blocks - 1;
        c.at = o->blocks[c.block]->n;
    }
    struct order_block *b = o->blocks[c.block];
    if (c.at < b->n && moment_cmp(b->items[c.at], m) == 0) return true;
    if (b->n == ORDER_BLOCK) {
        bool last = c.block + 1 == o->n_blocks && c.at == b->n; /* appending keeps blocks full */
        size_t half = last ? b->n : b->n / 2;
        if (!split(o, c.block + 1, half)) return false;
        if (c.at > half || last) {
            c.block++;
            c.at -= half;
            b = o->blocks[c.block];
        }
    }
    memmove(b->items + c.at + 1, b->items + c.at, (b->n - c.at) * sizeof m);
    b->items[c.at] = m;
    b->n++;
    o->n++;
    for (size_t i = c.block + 1; i < o->n_blocks; i++) o->start[i]++;
    return true;
}

static void drop_block(struct order *o, size_t at)
{
    free(o->blocks[at]);
    o->n_blocks--;
    memmove(o->start + at, o->start + at + 1, (o->n_blocks - at) * sizeof *o->start);
    memmove(o->blocks + at, o->blocks + at + 1, (o->n_blocks - at) * sizeof(struct order_block *));
}

bool order_remove(struct order *o, struct moment m)
{
    struct cursor c = order_seek(o, m);
    if (cursor_done(o, c) || moment_cmp(cursor_get(o, c), m) != 0) return false;
    struct order_block *b = o->blocks[c.block];
    b->n--;
    memmove(b->items + c.at, b->items + c.at + 1, (b->n - c.at) * sizeof m);
    o->n--;
    for (size_t i = c.block + 1; i < o->n_blocks; i++) o->start[i]--;
    if (!b->n) drop_block(o, c.block);
    return true;
}
