/* See arena.h.  A chunk is a header followed by its bytes; chunks double in size up to 1 MiB so
 * that small arenas stay small and large ones need few calls to malloc.
 *
 * An array that grows past CHUNK_MAX gets a chunk of its own, behind the newest, with room to grow
 * on: pages that are not touched cost nothing, and copying a large array twice over does. */
#define _DEFAULT_SOURCE /* madvise */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define CHUNK_MIN ((size_t)4096)
#define CHUNK_MAX ((size_t)1 << 20)
#define ALIGNMENT (alignof(max_align_t))
#define GROWTH ((size_t)8) /* an array's own chunk has room for so many times its size */

struct arena_chunk {
    struct arena_chunk *next;
    size_t size; /* bytes after the header */
    size_t used;
    max_align_t bytes[];
};

void arena_init(struct arena *a)
{
    *a = (struct arena){0};
}

void arena_free(struct arena *a)
{
    struct arena_chunk *c = a->head;
    while (c) {
        struct arena_chunk *next = c->next;
        free(c);
        c = next;
    }
    size_t limit = a->limit;
    arena_init(a);
    a->limit = limit;
}

/* May so many bytes more be handed out? */
static bool allowed(const struct arena *a, size_t size)
{
    return !a->limit || (size <= a->limit && a->used <= a->limit - size);
}

static struct arena_chunk *chunk_make(size_t size, struct arena_chunk **at)
{
    if (size > SIZE_MAX - sizeof(struct arena_chunk)) return NULL;
    struct arena_chunk *c = calloc(1, sizeof *c + size); /* fresh pages are zero and not touched */
    if (!c) return NULL;
    c->size = size;
    c->used = 0;
    c->next = *at;
    *at = c;
    return c;
}

static struct arena_chunk *chunk_new(struct arena *a, size_t need)
{
    size_t size = a->head ? a->head->size * 2 : CHUNK_MIN;
    if (size > CHUNK_MAX) size = CHUNK_MAX;
    return chunk_make(size < need ? need : size, &a->head);
}

void arena_clear(struct arena *a)
{
    struct arena_chunk *newest = a->head;
    if (!newest) return;
    a->head = newest->next;
    arena_free(a);
    newest->next = NULL;
    memset(newest->bytes, 0, newest->used); /* what is handed out is zero */
    newest->used = 0;
    a->head = newest;
}

/* A hint: where it fails, pages come one by one. */
static void make_ready(char *p, size_t size)
{
#ifdef MADV_POPULATE_WRITE
    size_t page = 4096, skip = (page - (uintptr_t)p % page) % page;
    if (size > skip) (void)madvise(p + skip, (size - skip) / page * page, MADV_POPULATE_WRITE);
#else
    (void)p;
    (void)size;
#endif
}

bool arena_reserve(struct arena *a, size_t size)
{
    if (!allowed(a, size)) {
        a->failed = true;
        return false;
    }
    if (a->head && a->head->size - a->head->used >= size) return true;
    struct arena_chunk *c = chunk_new(a, size);
    a->failed |= !c;
    if (c) make_ready((char *)c->bytes, c->size);
    return c != NULL;
}

void *arena_alloc(struct arena *a, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT) goto fail;
    size_t need = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (!allowed(a, need)) goto fail;
    struct arena_chunk *c = a->head;
    if (!c || c->size - c->used < need) c = chunk_new(a, need);
    if (!c) goto fail;
    void *p = (char *)c->bytes + c->used;
    c->used += need;
    a->used += need;
    return p;
fail:
    a->failed = true;
    return NULL;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size) {
        a->failed = true;
        return NULL;
    }
    return arena_alloc(a, n * size);
}

/* The same array with room for `size` bytes, in the chunk of its own where it has one; NULL: it must
 * move. */
static void *grow_in_place(struct arena *a, const void *items, size_t old, size_t size)
{
    struct arena_chunk *c = old >= CHUNK_MAX && a->head ? a->head->next : NULL;
    while (c && (const void *)c->bytes != items) c = c->next;
    if (!c || c->used != old || size > c->size || !allowed(a, size - old)) return NULL;
    c->used = size;
    a->used += size - old;
    return c->bytes;
}

/* Room for an array that grows, in a chunk of its own when it is large. */
static void *grow_elsewhere(struct arena *a, size_t size)
{
    bool large = size >= CHUNK_MAX && a->head && size <= SIZE_MAX / GROWTH;
    struct arena_chunk *c =
        large && allowed(a, size) ? chunk_make(size * GROWTH, &a->head->next) : NULL;
    if (!c) return arena_alloc(a, size);
    c->used = size;
    a->used += size;
    return c->bytes;
}

void *arena_grow(struct arena *a, void *items, size_t n, size_t *cap, size_t size)
{
    if (n < *cap) return items;
    size_t more = *cap ? *cap * 2 : 8;
    bool fits = more > *cap && more <= SIZE_MAX / size;
    void *moved = fits ? grow_in_place(a, items, *cap * size, more * size) : NULL;
    if (!moved && fits) moved = grow_elsewhere(a, more * size);
    if (!moved) {
        a->failed = true;
        return NULL;
    }
    if (n && moved != items) memcpy(moved, items, n * size);
    *cap = more;
    return moved;
}
