/* See arena.h.  A chunk is a header followed by its bytes; chunks double in size up to 1 MiB so
 * that small arenas stay small and large ones need few calls to malloc. */
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

static struct arena_chunk *chunk_new(struct arena *a, size_t need)
{
    size_t size = a->head ? a->head->size * 2 : CHUNK_MIN;
    if (size > CHUNK_MAX) size = CHUNK_MAX;
    if (size < need) size = need;
    if (size > SIZE_MAX - sizeof(struct arena_chunk)) return NULL;
    struct arena_chunk *c = calloc(1, sizeof *c + size); /* fresh pages are zero and not touched */
    if (!c) return NULL;
    c->size = size;
    c->used = 0;
    c->next = a->head;
    a->head = c;
    return c;
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
    if (a->limit && (size > a->limit || a->used > a->limit - size)) {
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
    if (a->limit && (need > a->limit || a->used > a->limit - need)) goto fail;
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

void *arena_grow(struct arena *a, void *items, size_t n, size_t *cap, size_t size)
{
    if (n < *cap) return items;
    size_t more = *cap ? *cap * 2 : 8;
    void *moved = more > *cap ? arena_array(a, more, size) : NULL;
    if (!moved) {
        a->failed = true;
        return NULL;
    }
    if (n) memcpy(moved, items, n * size);
    *cap = more;
    return moved;
}
