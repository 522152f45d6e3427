/* What operators share: regions, alignment of inputs, coalescing. */
#include "engine/node.h"

#include <stdlib.h>

bool array_reserve(void **array, uint32_t *cap, size_t need, size_t size)
{
    if (need <= *cap) return true;
    size_t n = *cap ? *cap : 16;
    while (n < need) n *= 2;
    if (n > UINT32_MAX) return false;
    void *p = realloc(*array, n * size);
    if (!p) return false;
    *array = p;
    *cap = (uint32_t)n;
    return true;
}

bool node_begin(struct node *n, int64_t upto)
{
    n->rows = &n->out;
    table_clear(&n->out);
    n->lo = n->next;
    n->hi = upto;
    if (upto < n->next) {
        n->hi = sat_prev(n->next);
        n->lo = sat_next(n->hi); /* an empty region, also at the ends of time */
        if (n->lo == n->hi) n->lo = INT64_MAX, n->hi = INT64_MIN;
        return false;
    }
    n->next = sat_next(upto);
    return true;
}

struct node *node_input(const struct node *n, const struct exec *x, uint32_t k)
{
    return &x->nodes[n->p->in[k]];
}

/* Hand out what input k has for [n->next, upto], keeping the rest in pend[k]. */
static const struct table *take(struct node *n, const struct node *c, uint32_t k, int64_t upto)
{
    struct table *pend = &n->pend[k];
    bool has_new = c->lo <= c->hi;
    if (!pend->n && has_new && c->hi == upto) return c->rows;
    if (has_new) table_append(pend, c->rows);
    struct table *cut = &n->cut[k];
    table_clear(cut);
    cut->somewhere = pend->somewhere;
    cut->wild = pend->wild;
    size_t keep = 0;
    for (size_t r = 0; r < pend->n; r++) {
        if (pend->from[r] <= upto)
            table_copy_row(cut, pend, r, pend->from[r], min64(pend->to[r], upto));
        if (pend->to[r] <= upto) continue;
        pend->from[keep] = max64(pend->from[r], sat_next(upto));
        pend->to[keep] = pend->to[r];
        for (uint32_t i = 0; i < pend->ncols; i++) pend->col[i][keep] = pend->col[i][r];
        keep++;
    }
    pend->n = keep;
    if (pend->failed) cut->failed = true;
    return cut;
}

int64_t node_align(struct node *n, const struct exec *x, const struct table **in)
{
    int64_t upto = INT64_MAX;
    for (uint32_t k = 0; k < n->p->n_in; k++) {
        const struct node *c = node_input(n, x, k);
        upto = min64(upto, c->lo <= c->hi ? c->hi : sat_prev(c->next));
    }
    for (uint32_t k = 0; k < n->p->n_in; k++) in[k] = take(n, node_input(n, x, k), k, upto);
    return upto;
}

bool node_done(struct node *n)
{
    table_sort(&n->out);
    n->rows = &n->out;
    return !n->out.failed;
}

void coalescer_init(struct coalescer *c, uint32_t width)
{
    *c = (struct coalescer){0};
    keymap_init(&c->map, width);
}

void coalescer_free(struct coalescer *c)
{
    keymap_free(&c->map);
    free(c->last);
    c->last = NULL;
    c->cap = 0;
}

bool rows_apart(const struct table *t)
{
    int64_t end = INT64_MIN;
    for (size_t r = 0; r < t->n; r++) {
        if (r && t->from[r] <= end) return false;
        if (t->to[r] > end) end = t->to[r];
    }
    return true;
}

bool rows_maximal(const struct table *t)
{
    if (!rows_apart(t)) return false;
    for (size_t r = 1; r < t->n; r++) {
        if (t->from[r] != sat_next(t->to[r - 1])) continue;
        uint32_t k = 0;
        while (k < t->ncols && t->col[k][r] == t->col[k][r - 1]) k++;
        if (k == t->ncols) return false;
    }
    return true;
}

bool coalesce(struct coalescer *c, struct table *t)
{
    if (t->failed) return false;
    if (t->n < 2 || t->somewhere) return true;
    table_sort(t);
    if (t->failed) return false;
    if (c->points ? rows_apart(t) : rows_maximal(t)) return true;
    keymap_clear(&c->map);
    uint64_t small[16], *words = small;
    if (t->ncols > 16 && !(words = malloc(t->ncols * sizeof *words))) return false;
    bool ok = true, apart = c->points && !t->wide;
    size_t w = 0;
    for (size_t r = 0; ok && r < t->n; r++) {
        bool fresh;
        gather_all(t, r, words);
        uint32_t id = keymap_put(&c->map, words, &fresh);
        ok = id != KEY_NONE && array_reserve((void **)&c->last, &c->cap, id + 1u, sizeof *c->last);
        if (!ok) break;
        if (!fresh && t->from[r] <= (apart ? t->to[c->last[id]] : sat_next(t->to[c->last[id]]))) {
            size_t last = c->last[id];
            if (t->to[r] > t->to[last]) t->to[last] = t->to[r];
            if (t->to[last] > t->from[last]) t->wide = true;
            continue;
        }
        c->last[id] = (uint32_t)w;
        t->from[w] = t->from[r];
        t->to[w] = t->to[r];
        for (uint32_t k = 0; k < t->ncols; k++) t->col[k][w] = words[k];
        w++;
    }
    t->n = w;
    if (words != small) free(words);
    return ok;
}

void table_settle(struct table *t)
{
    if (!t->somewhere) return;
    t->somewhere = false;
    size_t w = 0;
    for (size_t r = 0; r < t->n; r++) {
        if (t->from[r] != t->to[r]) continue;
        t->from[w] = t->to[w] = t->from[r];
        for (uint32_t k = 0; k < t->ncols; k++) t->col[k][w] = t->col[k][r];
        w++;
    }
    t->n = w;
    t->wide = false;
    struct coalescer c; /* one event may have come by two ways */
    coalescer_init(&c, t->ncols);
    if (!coalesce(&c, t)) t->failed = true;
    coalescer_free(&c);
}

bool key_matches(const struct pnode *p, const struct table *left, size_t r, const uint64_t *key)
{
    if (left->somewhere && left->from[r] != left->to[r]) return false;
    for (uint32_t k = 0; k < p->n_key; k++) {
        uint64_t v = left->col[p->key[0][k]][r];
        if (v == key[k] || v == VALUE_WILD) continue;
        if (key[k] != VALUE_WILD || p->negated) return false;
    }
    return true;
}
