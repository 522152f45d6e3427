/* Open-addressing hash table from keys of a fixed number of words to small dense numbers.
 *
 * Representation: `keys` holds number k's words at k * width; `slots` holds number + 1 (0 = free),
 * linear probing, at most half full; removal shifts the following cluster back, so there are no
 * tombstones.  Removed numbers are given out again.  Callers keep what belongs to a number in
 * arrays of their own, at least `cap` long. */
#ifndef TRUCE_ENGINE_KEYMAP_H
#define TRUCE_ENGINE_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define KEY_NONE UINT32_MAX

struct keymap {
    uint32_t width; /* words in a key; may be 0 */
    uint32_t n;     /* numbers given out so far, with the free ones */
    uint32_t live;
    uint32_t free_head; /* chain of removed numbers through `next_free`, KEY_NONE at its end */
    uint32_t cap;
    uint32_t mask;
    uint32_t *slots;
    uint32_t *next_free;
    uint64_t *keys;
};

void keymap_init(struct keymap *m, uint32_t width);
void keymap_free(struct keymap *m);
void keymap_clear(struct keymap *m); /* forget all keys, keep memory */

static inline uint32_t keymap_hash(const uint64_t *key, uint32_t width)
{
    uint64_t h = 0x9E3779B97F4A7C15U;
    for (uint32_t i = 0; i < width; i++) {
        h = (h ^ key[i]) * 0xD6E8FEB86659FD93U;
        h ^= h >> 32;
    }
    return (uint32_t)h;
}

static inline bool keymap_same(const struct keymap *m, uint32_t number, const uint64_t *key)
{
    const uint64_t *k = m->keys + (size_t)number * m->width;
    for (uint32_t i = 0; i < m->width; i++)
        if (k[i] != key[i]) return false;
    return true;
}

/* The number of a key, KEY_NONE when absent. */
static inline uint32_t keymap_find(const struct keymap *m, const uint64_t *key)
{
    if (!m->live) return KEY_NONE;
    for (uint32_t i = keymap_hash(key, m->width) & m->mask;; i = (i + 1) & m->mask) {
        uint32_t s = m->slots[i];
        if (!s) return KEY_NONE;
        if (keymap_same(m, s - 1, key)) return s - 1;
    }
}

/* The number of a key, new (*fresh = true) when absent; KEY_NONE when memory fails. */
uint32_t keymap_put(struct keymap *m, const uint64_t *key, bool *fresh);

/* Remove a number that is in use. */
void keymap_remove(struct keymap *m, uint32_t number);

static inline const uint64_t *keymap_key(const struct keymap *m, uint32_t number)
{
    return m->keys + (size_t)number * m->width;
}

#endif
