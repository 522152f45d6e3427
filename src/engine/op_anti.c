/* AND NOT: each left row minus the intervals of the right rows with its key.
 *
 * The right columns all occur on the left, so for each key the right rows are disjoint; they are
 * chained in order of `from`.  Left rows come in that order too, so a cursor for each key moves
 * only forwards and passes what has ended for good.
 *
 * Wildcards on the right are chained like values.  A left row looks up its key once for each pattern
 * of wildcards that occurs there (few), and the chains found are merged.
 *
 * MUST plans: a somewhere row stays when nothing on the right meets its span; MAY plans: a left row
 * with a wildcard in its key stays, for it need not be the one denied. */
#include "engine/node.h"

#include <stdlib.h>

struct anti {
    struct keymap map;
    uint32_t *head, *tail; /* of each key's chain */
    uint32_t head_cap, tail_cap;
    uint32_t *next; /* a right row's successor */
    uint32_t next_cap;
    struct table settled;
    /* For wildcards on the right: */
    struct keymap patterns; /* of keys: VALUE_WILD where a wildcard stands, else 0 */
    uint64_t *probe;        /* a key, or a pattern */
    uint32_t probe_cap;
    uint32_t *at; /* of each chain that is merged, the next row */
    uint32_t at_cap;
    struct iset hit, whole, rest;
};

static bool anti_init(struct node *n, struct exec *x)
{
    struct anti *a = n->state;
    keymap_init(&a->map, n->p->n_key);
    keymap_init(&a->patterns, n->p->n_key);
    table_init(&a->settled, node_input(n, x, 1)->p->ncols);
    return !a->settled.failed &&
           array_reserve((void **)&a->probe, &a->probe_cap, n->p->n_key + 1u, sizeof *a->probe);
}

static void anti_free(struct node *n)
{
    struct anti *a = n->state;
    keymap_free(&a->map);
    keymap_free(&a->patterns);
    free(a->probe);
    free(a->at);
    free(a->head);
    free(a->tail);
    free(a->next);
    table_free(&a->settled);
    iset_free(&a->hit);
    iset_free(&a->whole);
    iset_free(&a->rest);
}

/* The pattern of the wildcards in the key n->words, into a->patterns. */
static bool note_pattern(struct node *n)
{
    struct anti *a = n->state;
    bool fresh;
    for (uint32_t k = 0; k < n->p->n_key; k++)
        a->probe[k] = n->words[k] == VALUE_WILD ? VALUE_WILD : 0;
    uint32_t id = keymap_put(&a->patterns, a->probe, &fresh);
    return id != KEY_NONE && array_reserve((void **)&a->at, &a->at_cap, id + 1u, sizeof *a->at);
}

static bool chain_rows(struct node *n, const struct table *right)
{
    struct anti *a = n->state;
    keymap_clear(&a->map);
    keymap_clear(&a->patterns);
    if (!array_reserve((void **)&a->next, &a->next_cap, right->n, sizeof *a->next)) return false;
    for (size_t r = 0; r < right->n; r++) {
        bool fresh;
        gather(right, n->p->key[1], n->p->n_key, r, n->words);
        uint32_t id = keymap_put(&a->map, n->words, &fresh);
        if (id == KEY_NONE ||
            !array_reserve((void **)&a->head, &a->head_cap, id + 1u, sizeof *a->head) ||
            !array_reserve((void **)&a->tail, &a->tail_cap, id + 1u, sizeof *a->tail))
            return false;
        if (fresh && right->wild && !note_pattern(n)) return false;
        if (fresh)
            a->head[id] = (uint32_t)r;
        else
            a->next[a->tail[id]] = (uint32_t)r;
        a->tail[id] = (uint32_t)r;
        a->next[r] = KEY_NONE;
    }
    return true;
}

/* The first row of a chain that has not ended before `from`; those before it are passed for good. */
static uint32_t advance(struct anti *a, const struct table *right, uint32_t id, int64_t from)
{
    uint32_t r = a->head[id];
    while (r != KEY_NONE && right->to[r] < from) r = a->next[r];
    a->head[id] = r;
    return r;
}

/* Left row l minus the chain of its key. */
static void subtract(struct node *n, const struct table *left, const struct table *right, size_t l,
                     uint32_t id)
{
    struct anti *a = n->state;
    int64_t from = left->from[l], to = left->to[l];
    uint32_t r = advance(a, right, id, from);
    if (left->somewhere) {
        if (r == KEY_NONE || right->from[r] > to) table_copy_row(&n->out, left, l, from, to);
        return;
    }
    for (; r != KEY_NONE && right->from[r] <= to; r = a->next[r]) {
        if (right->from[r] > from) table_copy_row(&n->out, left, l, from, right->from[r] - 1);
        if (right->to[r] >= to) return;
        from = max64(from, right->to[r] + 1);
    }
    table_copy_row(&n->out, left, l, from, to);
}

static bool is_wild(const uint64_t *words, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++)
        if (words[k] == VALUE_WILD) return true;
    return false;
}

/* All right rows that match n->words and meet [from, to], into a->hit: the chains of all patterns,
 * merged in order of `from`. */
static void collect(struct node *n, const struct table *right, int64_t from, int64_t to)
{
    struct anti *a = n->state;
    uint32_t chains = 0;
    iset_clear(&a->hit);
    for (uint32_t p = 0; p < a->patterns.live; p++) {
        const uint64_t *pattern = keymap_key(&a->patterns, p);
        for (uint32_t k = 0; k < n->p->n_key; k++)
            a->probe[k] = pattern[k] == VALUE_WILD ? VALUE_WILD : n->words[k];
        uint32_t id = keymap_find(&a->map, a->probe);
        if (id == KEY_NONE) continue;
        a->at[chains] = advance(a, right, id, from);
        if (a->at[chains] != KEY_NONE) chains++;
    }
    while (chains) {
        uint32_t first = 0;
        for (uint32_t c = 1; c < chains; c++)
            if (right->from[a->at[c]] < right->from[a->at[first]]) first = c;
        uint32_t r = a->at[first];
        if (right->from[r] > to) return;
        iset_add(&a->hit, right->from[r], right->to[r]);
        if ((a->at[first] = a->next[r]) == KEY_NONE) a->at[first] = a->at[--chains];
    }
}

/* Left row l minus the right rows that match it, wildcards among them. */
static void subtract_wild(struct node *n, const struct table *left, const struct table *right,
                          size_t l)
{
    struct anti *a = n->state;
    collect(n, right, left->from[l], left->to[l]);
    if (a->hit.failed) n->out.failed = true;
    if (left->somewhere) {
        if (!iset_meets(&a->hit, left->from[l], left->to[l]))
            table_copy_row(&n->out, left, l, left->from[l], left->to[l]);
        return;
    }
    iset_clear(&a->whole);
    iset_add(&a->whole, left->from[l], left->to[l]);
    iset_subtract(&a->rest, &a->whole, &a->hit);
    for (size_t i = 0; i < a->rest.n; i++)
        table_copy_row(&n->out, left, l, a->rest.items[i].from, a->rest.items[i].to);
    if (a->rest.failed) n->out.failed = true;
}

static bool anti_step(struct node *n, struct exec *x)
{
    struct anti *a = n->state;
    const struct table *in[2];
    if (!node_begin(n, node_align(n, x, in))) return true;
    if (in[0]->failed || in[1]->failed) return false;
    const struct table *left = in[0], *right = in[1];
    if (right->somewhere) {
        table_clear(&a->settled);
        table_append(&a->settled, right);
        table_settle(&a->settled);
        right = &a->settled;
        if (right->failed) return false;
    }
    n->out.somewhere = left->somewhere;
    n->out.wild = left->wild;
    if (!right->n) {
        n->rows = left;
        return true;
    }
    if (!chain_rows(n, right)) return false;
    for (size_t l = 0; l < left->n; l++) {
        gather(left, n->p->key[0], n->p->n_key, l, n->words);
        bool keep = left->wild && is_wild(n->words, n->p->n_key);
        uint32_t id = keep || right->wild ? KEY_NONE : keymap_find(&a->map, n->words);
        if (!keep && right->wild)
            subtract_wild(n, left, right, l);
        else if (id == KEY_NONE)
            table_copy_row(&n->out, left, l, left->from[l], left->to[l]);
        else
            subtract(n, left, right, l, id);
    }
    return node_done(n);
}

const struct op op_anti = {.name = "anti-join",
                           .state_size = sizeof(struct anti),
                           .init = anti_init,
                           .step = anti_step,
                           .free = anti_free};
