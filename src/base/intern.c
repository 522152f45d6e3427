/* See intern.h. */
#include "base/intern.h"

#include <stdlib.h>
#include <string.h>

void intern_init(struct intern *t)
{
    *t = (struct intern){0};
    arena_init(&t->bytes);
}

void intern_free(struct intern *t)
{
    arena_free(&t->bytes);
    free(t->strings);
    free(t->hashes);
    free(t->slots);
    intern_init(t);
}

uint64_t hash_bytes(struct str s)
{
    uint64_t h = 0xCBF29CE484222325U;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (uint8_t)s.p[i]) * 0x100000001B3U;
    h ^= h >> 33;
    h *= 0xFF51AFD7ED558CCDU;
    return h ^ h >> 33;
}

/* The slot where s is, or where it would go. */
static size_t slot_of(const struct intern *t, struct str s, uint64_t h)
{
    size_t at = (size_t)h & t->mask;
    while (t->slots[at]) {
        uint32_t number = t->slots[at] - 1;
        if (t->hashes[number] == h && str_eq(t->strings[number], s)) break;
        at = (at + 1) & t->mask;
    }
    return at;
}

static bool grow(struct intern *t)
{
    size_t cap = t->cap ? t->cap * 2 : 64;
    if (cap > UINT32_MAX / 2) return false;
    struct str *strings = realloc(t->strings, cap * sizeof *strings);
    if (strings) t->strings = strings;
    uint64_t *hashes = realloc(t->hashes, cap * sizeof *hashes);
    if (hashes) t->hashes = hashes;
    uint32_t *slots = calloc(cap * 2, sizeof *slots);
    if (!strings || !hashes || !slots) {
        free(slots);
        return false;
    }
    free(t->slots);
    t->slots = slots;
    t->cap = cap;
    t->mask = cap * 2 - 1;
    for (size_t i = 0; i < t->n; i++) {
        size_t at = (size_t)t->hashes[i] & t->mask;
        while (t->slots[at]) at = (at + 1) & t->mask;
        t->slots[at] = (uint32_t)i + 1;
    }
    return true;
}

uint32_t intern_add(struct intern *t, struct str s)
{
    if (t->n == t->cap && !grow(t)) return INTERN_NONE;
    uint64_t h = hash_bytes(s);
    size_t at = slot_of(t, s, h);
    if (t->slots[at]) return t->slots[at] - 1;
    struct str copy = str_dup(&t->bytes, s);
    if (!copy.p) return INTERN_NONE;
    t->strings[t->n] = copy;
    t->hashes[t->n] = h;
    t->slots[at] = (uint32_t)++t->n;
    return (uint32_t)t->n - 1;
}

uint32_t intern_find(const struct intern *t, struct str s)
{
    if (!t->cap) return INTERN_NONE;
    size_t at = slot_of(t, s, hash_bytes(s));
    return t->slots[at] ? t->slots[at] - 1 : INTERN_NONE;
}

struct str intern_str(const struct intern *t, uint32_t number)
{
    return number < t->n ? t->strings[number] : (struct str){NULL, 0};
}
