/* Rows and values of the judge; see naive_parts.h. */
#include "tests/logic/naive_parts.h"

#include <stdlib.h>
#include <string.h>

void *naive_need(struct naive *n, size_t count, size_t size)
{
    void *p = arena_array(&n->arena, count, size);
    if (!p) abort();
    return p;
}

struct rows *naive_rows(struct naive *n)
{
    return naive_need(n, 1, sizeof(struct rows));
}

struct rows *naive_not_ready(struct naive *n)
{
    struct rows *r = naive_rows(n);
    r->not_ready = true;
    return r;
}

/* Add the values that e has for vars; not ready when it lacks one. */
void naive_add(struct naive *n, struct rows *r, struct varset vars, const struct env *e)
{
    if (r->n == r->cap) {
        size_t cap = r->cap ? r->cap * 2 : 4;
        uint64_t *words = naive_need(n, cap * (vars.n + 1), sizeof *words);
        if (r->n) memcpy(words, r->words, r->n * vars.n * sizeof *words);
        r->words = words;
        r->cap = cap;
    }
    for (uint32_t i = 0; i < vars.n; i++) {
        if (!e->has[vars.v[i]]) r->not_ready = true;
        r->words[r->n * vars.n + i] = e->value[vars.v[i]];
    }
    r->n++;
}

static _Thread_local uint32_t sort_arity;

static int by_words(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    for (uint32_t i = 0; i < sort_arity; i++)
        if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
    return 0;
}

void naive_sort(struct rows *r, uint32_t arity)
{
    if (arity == 0) {
        if (r->n > 1) r->n = 1;
        return;
    }
    size_t width = arity * sizeof(uint64_t), kept = 0;
    sort_arity = arity;
    if (r->n > 1) qsort(r->words, r->n, width, by_words);
    for (size_t i = 0; i < r->n; i++) {
        if (i && memcmp(r->words + (kept - 1) * arity, r->words + i * arity, width) == 0) continue;
        memmove(r->words + kept * arity, r->words + i * arity, width);
        kept++;
    }
    r->n = kept;
}

struct saved naive_bind(struct env *e, struct varset vars, const struct rows *r, size_t k)
{
    struct saved s = {.vars = vars};
    if (vars.n > 64) abort();
    for (uint32_t i = 0; i < vars.n; i++) {
        s.has[i] = e->has[vars.v[i]];
        e->has[vars.v[i]] = 1;
        e->value[vars.v[i]] = r->words[k * vars.n + i];
    }
    return s;
}

void naive_unbind(struct env *e, const struct saved *s)
{
    for (uint32_t i = 0; i < s->vars.n; i++) e->has[s->vars.v[i]] = s->has[i];
}

/* Forget the values of some variables for a while (those that a quantifier binds). */
struct saved naive_clear(struct env *e, struct varset vars)
{
    struct saved s = {.vars = vars};
    if (vars.n > 64) abort();
    for (uint32_t i = 0; i < vars.n; i++) {
        s.has[i] = e->has[vars.v[i]];
        e->has[vars.v[i]] = 0;
    }
    return s;
}

bool naive_all_bound(const struct env *e, struct varset vars)
{
    for (uint32_t i = 0; i < vars.n; i++)
        if (!e->has[vars.v[i]]) return false;
    return true;
}
