/* UNTIL, general form, the mirror of op_since:
 *     φ UNTIL[a,b] ψ  =  ∪ (EVENTUALLY[a,b](ψ ∩ [p,q+1]) ∩ [p,q])  ∪  (ψ if a = 0)
 * over the maximal intervals [p,q] where the left side holds.  Rows of both sides wait until every
 * position that they bear on is settled; each step computes the newly settled stretch. */
#include "engine/group.h"
#include "engine/window.h"

#include <stdlib.h>

struct until {
    struct table left, right; /* rows from the first unsettled position on */
    struct groups tuples, keys;
    struct iset holds, fails, seen, holes;
    uint32_t holds_key;
    uint32_t *columns;
    int64_t known; /* both sides are complete up to here */
    bool wide;
};

static bool until_init(struct node *n, struct exec *x)
{
    struct until *s = n->state;
    table_init(&s->left, node_input(n, x, 0)->p->ncols);
    table_init(&s->right, n->p->ncols);
    s->columns = calloc(n->p->ncols + 1u, sizeof *s->columns);
    if (!s->columns || s->left.failed || s->right.failed) return false;
    for (uint32_t k = 0; k < n->p->ncols; k++) s->columns[k] = k;
    return groups_init(&s->tuples, n->p->ncols) && groups_init(&s->keys, n->p->n_key);
}

static void until_free(struct node *n)
{
    struct until *s = n->state;
    table_free(&s->left);
    table_free(&s->right);
    groups_free(&s->tuples);
    groups_free(&s->keys);
    iset_free(&s->holds);
    iset_free(&s->fails);
    iset_free(&s->seen);
    iset_free(&s->holes);
    free(s->columns);
}

static size_t until_bytes(const struct node *n)
{
    const struct until *s = n->state;
    return table_bytes(&s->left) + table_bytes(&s->right);
}

/* s->holds := where in [lo, known] the left side holds for the key in n->words. */
static void find_holds(struct node *n, bool wild)
{
    struct until *s = n->state;
    const struct table *left = &s->left;
    uint32_t key = wild ? KEY_NONE : keymap_find(&s->keys.map, n->words);
    if (key != KEY_NONE && key == s->holds_key) return;
    s->holds_key = key;
    struct iset *rows = n->p->negated ? &s->fails : &s->holds;
    iset_clear(rows);
    if (wild) {
        for (size_t r = 0; r < left->n; r++)
            if (key_matches(n->p, left, r, n->words)) iset_add(rows, left->from[r], left->to[r]);
    } else if (key != KEY_NONE) {
        for (uint32_t i = s->keys.start[key]; i < s->keys.start[key + 1]; i++)
            iset_add(rows, left->from[s->keys.rows[i]], left->to[s->keys.rows[i]]);
    }
    if (n->p->negated) iset_complement(&s->holds, &s->fails, n->lo, s->known);
}

/* Where the sources [f,t] are seen within the interval a of the left side. */
static void show(struct node *n, struct exec *x, int64_t f, int64_t t, struct span a)
{
    struct until *s = n->state;
    f = max64(f, a.from);
    t = min64(t, sat_next(a.to));
    if (f > t) return;
    int64_t fs = timeline_stamp(&x->time, f), ts = timeline_stamp(&x->time, t);
    int64_t from = window_future_from(&x->time, n->p->bound, fs, n->lo);
    int64_t to = window_future_to(&x->time, n->p->bound, t, ts, n->lo);
    iset_add(&s->seen, max64(from, a.from), min64(min64(to, a.to), n->hi));
}

/* MUST, somewhere in [e,l]: from l-b to e-a, while the left side holds until l-1. */
static void certain_until(struct node *n, struct exec *x, int64_t e, int64_t l)
{
    struct until *s = n->state;
    int64_t from = timeline_edge_least(&x->time, n->p->bound.hi, l);
    int64_t to = timeline_edge_greatest(&x->time, n->p->bound.lo, e);
    if (e == l && to == e) iset_add(&s->seen, e, e);
    size_t i = iset_find(&s->holds, sat_prev(l));
    if (i == s->holds.n || s->holds.items[i].from > sat_prev(l)) return;
    iset_add(&s->seen, max64(from, s->holds.items[i].from), min64(to, s->holds.items[i].to));
}

static bool one_tuple(struct node *n, struct exec *x, uint32_t g)
{
    struct until *s = n->state;
    bool at_once = n->p->bound.lo.map == MAP_NONE && n->p->bound.lo.seconds == 0;
    iset_clear(&s->seen);
    for (uint32_t i = s->tuples.start[g]; i < s->tuples.start[g + 1]; i++) {
        size_t r = s->tuples.rows[i];
        int64_t f = s->right.from[r], t = s->right.to[r];
        if (s->right.somewhere) {
            certain_until(n, x, f, t);
            continue;
        }
        if (at_once) iset_add(&s->seen, f, min64(t, n->hi));
        for (size_t k = iset_find(&s->holds, sat_prev(f));
             k < s->holds.n && s->holds.items[k].from <= t; k++)
            show(n, x, f, t, s->holds.items[k]);
    }
    size_t row = s->tuples.rows[s->tuples.start[g]];
    for (size_t i = 0; i < s->seen.n; i++) {
        int64_t from = max64(s->seen.items[i].from, n->lo), to = min64(s->seen.items[i].to, n->hi);
        if (from <= to) table_copy_row(&n->out, &s->right, row, from, to);
    }
    return !s->seen.failed && !s->holds.failed && !n->out.failed;
}

/* Drop what bears on settled positions only; a row that goes on begins at the first unsettled one. */
static void forget(struct table *t, int64_t next)
{
    size_t keep = 0;
    for (size_t r = 0; r < t->n; r++) {
        if (t->to[r] < next) continue;
        t->from[keep] = max64(t->from[r], next);
        t->to[keep] = t->to[r];
        for (uint32_t k = 0; k < t->ncols; k++) t->col[k][keep] = t->col[k][r];
        keep++;
    }
    t->n = keep;
}

static bool until_step(struct node *n, struct exec *x)
{
    struct until *s = n->state;
    const struct table *in[2];
    s->known = node_align(n, x, in);
    if (in[0]->failed || in[1]->failed) return false;
    table_append(&s->left, in[0]);
    table_append(&s->right, in[1]);
    for (size_t r = 0; r < in[1]->n; r++) s->wide |= in[1]->from[r] != in[1]->to[r];
    if (!node_begin(n, window_settled(&x->time, n->p->bound, s->known, n->next)))
        return !s->left.failed && !s->right.failed;
    if (!groups_build(&s->tuples, &s->right, s->columns)) return false;
    if (!groups_build(&s->keys, &s->left, n->p->key[0])) return false;
    s->holds_key = KEY_NONE;
    n->out.wild = s->right.wild;
    bool wild = s->left.wild || s->right.wild || s->left.somewhere;
    for (uint32_t g = 0; g < s->tuples.map.n; g++) {
        const uint64_t *tuple = keymap_key(&s->tuples.map, g);
        for (uint32_t k = 0; k < n->p->n_key; k++) n->words[k] = tuple[n->p->key[1][k]];
        find_holds(n, wild);
        if (!one_tuple(n, x, g)) return false;
    }
    if (s->wide && window_has_gaps(&x->time, n->p->bound)) {
        table_sort(&n->out);
        window_empty_future(&x->time, n->p->bound, n->lo, n->hi, &s->holes);
        if (!window_punch(&n->out, &s->holes)) return false;
    }
    forget(&s->left, n->next);
    forget(&s->right, n->next);
    return !s->left.failed && !s->right.failed && node_done(n);
}

const struct op op_until = {.name = "until",
                            .state_size = sizeof(struct until),
                            .init = until_init,
                            .step = until_step,
                            .free = until_free,
                            .bytes = until_bytes};
