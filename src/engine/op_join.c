/* AND: a sweep over both inputs in the order of `from`.
 *
 * Each side keeps, for each key of shared variables, a chain of its rows that have begun.  A row
 * that begins meets the other side's chain: those that have not ended overlap with it, from its
 * own beginning to the earlier end; those that have ended are unlinked on the way.  So rows come out
 * in order, and the cost is the rows in, the rows out, and nothing for rows that never coexist.
 *
 * A row of points is only linked while the other side still has rows at the same position.
 *
 * MUST plans: a somewhere row joins a pointwise row that covers its whole span.  MAY plans: rows with
 * a wildcard among the key columns are matched one by one with the rows they may overlap. */
#include "engine/node.h"

#include <stdlib.h>

struct side {
    struct keymap map;
    uint32_t *head; /* first row of a key's chain, KEY_NONE at its end */
    uint32_t cap;
    uint32_t *next; /* a row's successor in its chain */
    uint32_t next_cap;
};

/* Where an output column comes from. */
struct origin {
    int side;
    const uint64_t *words,
        *other; /* by row; other: of side 1, where side 0 may have the wildcard */
};

struct join {
    struct side side[2];
    struct origin *origin; /* by output column, for the tables of this step */
    struct coalescer merge;
    struct table plain[2], settled[2];
    bool *wild[2];
    uint32_t wild_cap[2];
    int64_t *latest[2]; /* for each row, the latest end of those up to it */
    uint32_t latest_cap[2];
};

static bool join_init(struct node *n, struct exec *x)
{
    struct join *j = n->state;
    for (int s = 0; s < 2; s++) {
        uint32_t ncols = node_input(n, x, (uint32_t)s)->p->ncols;
        keymap_init(&j->side[s].map, n->p->n_key);
        table_init(&j->plain[s], ncols);
        table_init(&j->settled[s], ncols);
        if (j->plain[s].failed || j->settled[s].failed) return false;
    }
    coalescer_init(&j->merge, n->p->ncols);
    j->origin = calloc(n->p->ncols + 1, sizeof *j->origin);
    return j->origin != NULL;
}

static void join_free(struct node *n)
{
    struct join *j = n->state;
    for (int s = 0; s < 2; s++) {
        keymap_free(&j->side[s].map);
        free(j->side[s].head);
        free(j->side[s].next);
        free(j->wild[s]);
        free(j->latest[s]);
        table_free(&j->plain[s]);
        table_free(&j->settled[s]);
    }
    coalescer_free(&j->merge);
    free(j->origin);
}

static void find_origins(struct node *n, const struct table *const *in)
{
    struct join *j = n->state;
    for (uint32_t k = 0; k < n->p->ncols; k++) {
        uint32_t l = n->p->map[0][k], m = n->p->map[1][k];
        int side = l == NO_COLUMN;
        bool both = !side && m != NO_COLUMN && in[0]->wild;
        j->origin[k] = (struct origin){side, side ? in[1]->col[m] : in[0]->col[l],
                                       both ? in[1]->col[m] : NULL};
    }
}

/* Write the joined tuple of rows a and b; in may plans a value wins over the wildcard. */
static inline bool emit(struct node *n, size_t a, size_t b, int64_t from, int64_t to)
{
    const struct join *j = n->state;
    size_t r = table_push(&n->out, from, to);
    if (r == SIZE_MAX) return false;
    for (uint32_t k = 0; k < n->p->ncols; k++) {
        const struct origin *o = &j->origin[k];
        uint64_t v = o->words[o->side ? b : a];
        if (o->other && v == VALUE_WILD) v = o->other[b];
        n->out.col[k][r] = v;
    }
    return true;
}

/* The span of a match, or false when kinds forbid it (see above). */
static inline bool overlap(const struct table *const *in, size_t a, size_t b, int64_t *from,
                           int64_t *to)
{
    *from = max64(in[0]->from[a], in[1]->from[b]);
    *to = min64(in[0]->to[a], in[1]->to[b]);
    if (*from > *to) return false;
    if (in[0]->somewhere) return *from == in[0]->from[a] && *to == in[0]->to[a];
    if (in[1]->somewhere) return *from == in[1]->from[b] && *to == in[1]->to[b];
    return true;
}

/* Row r of side s begins: meet the other side's chain. */
static bool meet(struct node *n, const struct table *const *in, int s, size_t r,
                 const uint64_t *key)
{
    struct join *j = n->state;
    struct side *other = &j->side[!s];
    uint32_t id = keymap_find(&other->map, key);
    if (id == KEY_NONE) return true;
    int64_t at = in[s]->from[r];
    uint32_t *link = &other->head[id];
    while (*link != KEY_NONE) {
        uint32_t o = *link;
        if (in[!s]->to[o] < at) {
            *link = other->next[o];
            continue;
        }
        int64_t from, to;
        size_t a = s ? o : r, b = s ? r : o;
        if (overlap(in, a, b, &from, &to) && !emit(n, a, b, from, to)) return false;
        link = &other->next[o];
    }
    return true;
}

static bool link_row(struct side *s, const uint64_t *key, size_t r)
{
    bool fresh;
    uint32_t id = keymap_put(&s->map, key, &fresh);
    if (id == KEY_NONE) return false;
    if (!array_reserve((void **)&s->head, &s->cap, id + 1u, sizeof *s->head)) return false;
    if (fresh) s->head[id] = KEY_NONE;
    s->next[r] = s->head[id];
    s->head[id] = (uint32_t)r;
    return true;
}

static bool sweep(struct node *n, const struct table *const *in, bool *const *skip)
{
    struct join *j = n->state;
    find_origins(n, in);
    for (int s = 0; s < 2; s++) {
        keymap_clear(&j->side[s].map);
        if (!array_reserve((void **)&j->side[s].next, &j->side[s].next_cap, in[s]->n,
                           sizeof *j->side[s].next))
            return false;
    }
    size_t i[2] = {0, 0};
    while (i[0] < in[0]->n || i[1] < in[1]->n) {
        int s = i[0] == in[0]->n || (i[1] < in[1]->n && in[1]->from[i[1]] <= in[0]->from[i[0]]);
        size_t r = i[s]++;
        if (skip[s] && skip[s][r]) continue;
        for (uint32_t k = 0; k < n->p->n_key; k++) n->words[k] = in[s]->col[n->p->key[s][k]][r];
        if (!meet(n, in, s, r, n->words)) return false;
        bool needed = i[!s] < in[!s]->n && in[!s]->from[i[!s]] <= in[s]->to[r];
        if (needed && !link_row(&j->side[s], n->words, r)) return false;
    }
    return true;
}

/* ---- wildcards ---- */

static bool key_is_wild(const struct node *n, const struct table *t, int s, size_t r)
{
    for (uint32_t k = 0; k < n->p->n_key; k++)
        if (t->col[n->p->key[s][k]][r] == VALUE_WILD) return true;
    return false;
}

static bool compatible(const struct node *n, const struct table *const *in, size_t a, size_t b)
{
    for (uint32_t k = 0; k < n->p->n_key; k++) {
        uint64_t x = in[0]->col[n->p->key[0][k]][a], y = in[1]->col[n->p->key[1][k]][b];
        if (x != y && x != VALUE_WILD && y != VALUE_WILD) return false;
    }
    return true;
}

static bool mark_wild(struct node *n, const struct table *t, int s)
{
    struct join *j = n->state;
    if (!array_reserve((void **)&j->wild[s], &j->wild_cap[s], t->n + 1, sizeof *j->wild[s]) ||
        !array_reserve((void **)&j->latest[s], &j->latest_cap[s], t->n + 1, sizeof *j->latest[s]))
        return false;
    int64_t latest = INT64_MIN;
    for (size_t r = 0; r < t->n; r++) {
        j->wild[s][r] = key_is_wild(n, t, s, r);
        j->latest[s][r] = latest = max64(latest, t->to[r]);
    }
    return true;
}

/* The first of n rows that may reach `from`: all before it have ended. */
static size_t first_reaching(const int64_t *latest, size_t n, int64_t from)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (latest[mid] < from)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The wildcard row r of side s with what it meets on the other side. */
static bool meet_wild(struct node *n, const struct table *const *in, int s, size_t r)
{
    struct join *j = n->state;
    const struct table *other = in[!s];
    size_t q = first_reaching(j->latest[!s], other->n, in[s]->from[r]);
    for (; q < other->n && other->from[q] <= in[s]->to[r]; q++) {
        size_t a = s ? q : r, b = s ? r : q;
        int64_t from, to;
        if (s && j->wild[0][q]) continue; /* met from the other side */
        if (!overlap(in, a, b, &from, &to) || !compatible(n, in, a, b)) continue;
        if (!emit(n, a, b, from, to)) return false;
    }
    return true;
}

static bool join_wild(struct node *n, const struct table *const *in)
{
    struct join *j = n->state;
    if (!mark_wild(n, in[0], 0) || !mark_wild(n, in[1], 1) || !sweep(n, in, j->wild)) return false;
    for (int s = 0; s < 2; s++)
        for (size_t r = 0; r < in[s]->n; r++)
            if (j->wild[s][r] && !meet_wild(n, in, s, r)) return false;
    n->out.wild = true;
    return coalesce(&j->merge, &n->out);
}

/* A copy of a somewhere table with only its certain instants. */
static const struct table *settle(struct table *copy, const struct table *t)
{
    table_clear(copy);
    table_append(copy, t);
    table_settle(copy);
    return copy;
}

static bool join_step(struct node *n, struct exec *x)
{
    struct join *j = n->state;
    const struct table *in[2];
    if (!node_begin(n, node_align(n, x, in))) return true;
    if (in[0]->failed || in[1]->failed) return false;
    if (in[0]->somewhere && in[1]->somewhere)
        for (int s = 0; s < 2; s++)
            if ((in[s] = settle(&j->settled[s], in[s]))->failed) return false;
    bool somewhere = in[0]->somewhere || in[1]->somewhere;
    if (in[0]->n && in[1]->n) {
        bool *none[2] = {NULL, NULL};
        bool wild = in[0]->wild || in[1]->wild;
        if (!(wild ? join_wild(n, in) : sweep(n, in, none))) return false;
    }
    n->out.somewhere = somewhere;
    return node_done(n);
}

const struct op op_join = {.name = "join",
                           .state_size = sizeof(struct join),
                           .init = join_init,
                           .step = join_step,
                           .free = join_free};
