/* See sides.h. */
#include "engine/sides.h"

#include "engine/window.h"

#include <stdlib.h>

bool sides_init(struct sides *s, const struct node *n)
{
    s->columns = calloc(n->p->ncols + 1u, sizeof *s->columns);
    if (!s->columns) return false;
    for (uint32_t k = 0; k < n->p->ncols; k++) s->columns[k] = k;
    return groups_init(&s->tuples, n->p->ncols) && groups_init(&s->keys, n->p->n_key);
}

void sides_free(struct sides *s)
{
    groups_free(&s->tuples);
    groups_free(&s->keys);
    iset_free(&s->holds);
    iset_free(&s->fails);
    iset_free(&s->seen);
    iset_free(&s->holes);
    free(s->columns);
}

bool sides_left(struct sides *s, const struct node *n, const struct table *left)
{
    s->holds_known = false;
    return groups_build(&s->keys, left, n->p->key[0]);
}

bool sides_sources(struct sides *s, const struct table *sources)
{
    return groups_build(&s->tuples, sources, s->columns);
}

/* s->holds for the key in n->words. */
static void find_holds(struct sides *s, const struct node *n, const struct table *left, bool wild,
                       int64_t hi)
{
    uint32_t key = wild ? KEY_NONE : keymap_find(&s->keys.map, n->words);
    if (s->holds_known && key == s->holds_key) return;
    s->holds_key = key;
    s->holds_known = !wild;
    struct iset *rows = n->p->negated ? &s->fails : &s->holds;
    iset_clear(rows);
    if (wild) {
        for (size_t r = 0; r < left->n; r++)
            if (key_matches(n->p, left, r, n->words)) iset_add(rows, left->from[r], left->to[r]);
    } else if (key != KEY_NONE) {
        for (uint32_t i = s->keys.start[key]; i < s->keys.start[key + 1]; i++)
            iset_add(rows, left->from[s->keys.rows[i]], left->to[s->keys.rows[i]]);
    }
    if (n->p->negated) iset_complement(&s->holds, &s->fails, n->lo, hi);
}

void sides_tuple(struct sides *s, struct node *n, const struct table *left, uint32_t g, bool wild,
                 int64_t hi)
{
    const uint64_t *tuple = keymap_key(&s->tuples.map, g);
    for (uint32_t k = 0; k < n->p->n_key; k++) n->words[k] = tuple[n->p->key[1][k]];
    find_holds(s, n, left, wild, hi);
    iset_clear(&s->seen);
}

bool sides_rows(struct sides *s, struct node *n, const struct table *sources, size_t row)
{
    for (size_t i = 0; i < s->seen.n; i++) {
        int64_t from = max64(s->seen.items[i].from, n->lo), to = min64(s->seen.items[i].to, n->hi);
        if (from > to) continue;
        size_t r = table_push(&n->out, from, to);
        if (r == SIZE_MAX) return false;
        for (uint32_t k = 0; k < n->p->ncols; k++) n->out.col[k][r] = sources->col[k][row];
    }
    return !s->seen.failed && !s->holds.failed;
}

bool sides_done(struct sides *s, struct node *n, struct exec *x, bool ahead)
{
    if (!s->wide || !window_has_gaps(&x->time, n->p->bound)) return true;
    table_sort(&n->out);
    (ahead ? window_empty_future : window_empty_past)(&x->time, n->p->bound, n->lo, n->hi,
                                                      &s->holes);
    return window_punch(&n->out, &s->holes);
}
