/* Interning: one small number for each distinct string, so that names compare as integers.
 *
 * Numbers are dense from 0 in the order of first sight and never change; bytes live in the
 * interner's own memory.  An open-addressing table of numbers, at most half full. */
#ifndef TRUCE_BASE_INTERN_H
#define TRUCE_BASE_INTERN_H

#include "base/str.h"

#define INTERN_NONE UINT32_MAX

struct intern {
    struct arena bytes;
    struct str *strings; /* by number; malloc'd */
    uint64_t *hashes;
    uint32_t *slots; /* number + 1, 0 = empty */
    size_t n, cap, mask;
};

void intern_init(struct intern *t);
void intern_free(struct intern *t);

/* The number of s, new when unseen; INTERN_NONE when memory fails. */
uint32_t intern_add(struct intern *t, struct str s);

/* The number of s, or INTERN_NONE when it was never added. */
uint32_t intern_find(const struct intern *t, struct str s);

/* The string of a number that intern_add gave; valid as long as the interner. */
struct str intern_str(const struct intern *t, uint32_t number);

/* A 64-bit hash of bytes, for tables in memory only (FNV-1a, then mixed as in MurmurHash3). */
uint64_t hash_bytes(struct str s);

#endif
