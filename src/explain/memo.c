/* Answers found before, by formula, stretch and the values that matter; see explainer.h. */
#include "explain/explainer.h"

#include <string.h>

struct memo {
    struct memo *next;
    uint64_t hash;
    const struct formula *f;
    enum memo_kind kind;
    int64_t from, to;
    void *answer;
    uint64_t key[]; /* two words for each free variable: what is known, and the value */
};

/* Where a variable stands: its value, or the link that bars some of its values. */
static void key_of(const struct formula *f, const struct binds *e, uint64_t *key)
{
    for (size_t i = 0; i < f->n_fv; i++) {
        const struct binds *l = env_link(e, f->fv[i]);
        uint64_t word = 0;
        bool value = env_value(e, f->fv[i], &word);
        key[2 * i] = value ? 1 : l && l->n_tuples ? (uint64_t)(uintptr_t)l : 0;
        key[2 * i + 1] = word;
    }
}

static bool memo_grow(struct explainer *x)
{
    size_t n = x->memo ? 2 * (x->memo_mask + 1) : 256;
    struct memo **bigger = need(x, n, sizeof *bigger);
    if (!bigger) return false;
    for (size_t i = 0; x->memo && i <= x->memo_mask; i++)
        for (struct memo *m = x->memo[i], *next; m; m = next) {
            next = m->next;
            m->next = bigger[m->hash & (n - 1)];
            bigger[m->hash & (n - 1)] = m;
        }
    x->memo = bigger;
    x->memo_mask = n - 1;
    return true;
}

static bool same(const struct memo *m, const struct memo *like, size_t words)
{
    return m->hash == like->hash && m->f == like->f && m->kind == like->kind &&
           m->from == like->from && m->to == like->to &&
           memcmp(m->key, like->key, words * sizeof *m->key) == 0;
}

void **memo_slot(struct explainer *x, enum memo_kind kind, const struct formula *f,
                 const struct binds *e, int64_t from, int64_t to, bool *known)
{
    size_t words = 2 * (size_t)f->n_fv;
    if (x->n_memos >= (x->memo ? x->memo_mask + 1 : 0) && !memo_grow(x)) return NULL;
    struct memo *m = words <= x->spare_words ? x->spare : NULL;
    if (!m) m = arena_alloc(x->a, sizeof *m + words * sizeof *m->key);
    x->failed |= !m;
    if (!m) return NULL;
    key_of(f, e, m->key);
    uint64_t h = (uint64_t)(uintptr_t)f ^ (uint64_t)from * 0x9E3779B97F4A7C15U ^
                 (uint64_t)to * 0xBF58476D1CE4E5B9U ^ (uint64_t)kind;
    for (size_t i = 0; i < words; i++) h = (h ^ m->key[i] ^ h >> 31) * 0x94D049BB133111EBU;
    m->f = f;
    m->kind = kind;
    m->from = from;
    m->to = to;
    m->hash = h ^ h >> 29;
    struct memo **bucket = &x->memo[m->hash & x->memo_mask];
    for (struct memo *old = *bucket; old; old = old->next)
        if (same(old, m, words)) {
            *known = true;
            x->spare = m;
            x->spare_words = words > x->spare_words ? words : x->spare_words;
            return &old->answer;
        }
    if (m == x->spare) {
        x->spare = NULL;
        x->spare_words = 0;
    }
    m->next = *bucket;
    *bucket = m;
    x->n_memos++;
    *known = false;
    return &m->answer;
}
