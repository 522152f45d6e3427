/* Arenas: memory that is given back all at once.
 *
 * An arena is a list of chunks; an allocation takes the next bytes of the newest chunk.  Nothing is
 * freed alone.  Whoever owns the arena owns all that was made in it, so a function that takes an
 * arena need not say who frees its result: the arena's owner, with the arena.
 *
 * Every allocation can fail: the result is then NULL, the arena's `failed` is set and stays set, so
 * that a long computation may be checked once at its end where a NULL in between is harmless.
 * `limit` (bytes, 0 = none) makes failure reproducible: tests set it to reach every branch. */
#ifndef TRUCE_BASE_ARENA_H
#define TRUCE_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *head; /* newest chunk */
    size_t used;              /* bytes handed out, with padding */
    size_t limit;             /* refuse to go above; 0 = no limit */
    bool failed;              /* an allocation has failed */
};

/* Make an empty arena; allocates nothing. */
void arena_init(struct arena *a);

/* Give back everything; the arena is empty and usable again. */
void arena_free(struct arena *a);

/* Give back all but the newest chunk, which is used again: for one piece of work after the other. */
void arena_clear(struct arena *a);

/* Room for `size` bytes at once, their pages made ready where the system can do that: taking pages
 * one by one, at the first write, costs some 20 µs each in a virtual machine.  False as arena_alloc. */
bool arena_reserve(struct arena *a, size_t size);

/* `size` zeroed bytes, aligned for any type; NULL when memory or the limit is exhausted.
 * A size of 0 gives a valid pointer to nothing. */
void *arena_alloc(struct arena *a, size_t size);

/* `n` zeroed elements of `size` bytes; NULL also when the product overflows. */
void *arena_array(struct arena *a, size_t n, size_t size);

/* Room for one more element in an array that lives in an arena: when `n == *cap`, moves it to a
 * larger place.  Returns the (possibly moved) array or NULL; `items` is then untouched.
 * The old place is not reused before the arena is freed: growth doubles, so at most as much again
 * is lost; an array of megabytes mostly grows where it is. */
void *arena_grow(struct arena *a, void *items, size_t n, size_t *cap, size_t size);

#endif
