/* Answers found before, by formula, stretch and the values that matter; see explainer.h. */
#include "explain/explainer.h"

#include <string.h>

struct memo {
    struct memo *next;
    const struct formula *f;
    enum memo_kind kind;
    int64_t from, to;
    void *answer;
    uint64_t key[]; /* two words for each free variable: what is known, and the value */
};

static void key_of(const struct formula *f, const struct binds *e, uint64_t *key)
{
    for (uint32_t i = 0; i < f->n_fv; i++) {
        const struct binds *l = env_link(e, f->fv[i]);
        uint64_t word = 0;
        bool value = env_value(e, f->fv[i], &word);
        key[2 * i] = value ? 1 : l && l->n_tuples ? (uint64_t)(uintptr_t)l : 0;
        key[2 * i + 1] = word;
    }
}

void **memo_slot(struct explainer *x, enum memo_kind kind, const struct formula *f,
                 const struct binds *e, int64_t from, int64_t to, bool *known)
{
    size_t words = 2 * (size_t)f->n_fv;
    struct memo *m = arena_alloc(x->a, sizeof *m + words * sizeof *m->key);
    x->failed |= !m;
    if (!m) return NULL;
    key_of(f, e, m->key);
    uint64_t h = (uint64_t)(uintptr_t)f ^ (uint64_t)from * 0x9E3779B97F4A7C15U ^
                 (uint64_t)to * 0xBF58476D1CE4E5B9U ^ (uint64_t)kind;
    for (size_t i = 0; i < words; i++) h = (h ^ m->key[i] ^ h >> 31) * 0x94D049BB133111EBU;
    struct memo **bucket = &x->memo[(h ^ h >> 29) % MEMO_BUCKETS];
    for (struct memo *old = *bucket; old; old = old->next)
        if (old->f == f && old->kind == kind && old->from == from && old->to == to &&
            memcmp(old->key, m->key, words * sizeof *m->key) == 0) {
            *known = true;
            return &old->answer;
        }
    m->next = *bucket;
    m->f = f;
    m->kind = kind;
    m->from = from;
    m->to = to;
    *bucket = m;
    *known = false;
    return &m->answer;
}
