/* Aggregation, general form: a sweep over the beginnings and ends of the input's rows.
 *
 * At each position where something begins or ends, the groups touched are brought up to date; a group
 * whose value changed ends its output row there and begins another.  Within a region only: rows that
 * go on are clipped by their operator and come again.  Without group-by columns there is one group,
 * always, also over nothing. */
#include "engine/fold.h"
#include "engine/node.h"

#include <stdlib.h>

struct group {
    struct fold fold;
    uint64_t value;
    size_t row; /* of `out`, SIZE_MAX = none open */
    bool touched;
};

struct agg {
    struct keymap map;
    struct group *group;
    uint32_t group_cap, n_group; /* n_group: initialised */
    uint32_t *ends;              /* row numbers by `to` */
    uint32_t ends_cap;
    uint32_t *group_of; /* by input row */
    uint32_t of_cap;
    uint32_t *touched;
    uint32_t touched_cap, n_touched;
    uint32_t empty_string;
    struct table settled; /* must plans: the instants of a somewhere table */
};

static bool agg_init(struct node *n, struct exec *x)
{
    struct agg *s = n->state;
    keymap_init(&s->map, n->p->n_key);
    s->empty_string = intern_add(x->strings, STR(""));
    table_init(&s->settled, node_input(n, x, 0)->p->ncols);
    return s->empty_string != INTERN_NONE && !s->settled.failed;
}

static void agg_free(struct node *n)
{
    struct agg *s = n->state;
    keymap_free(&s->map);
    for (uint32_t i = 0; i < s->n_group; i++) fold_free(&s->group[i].fold);
    free(s->group);
    free(s->ends);
    free(s->group_of);
    free(s->touched);
    table_free(&s->settled);
}

static struct fold_kind kind_of(const struct node *n, const struct exec *x)
{
    return (struct fold_kind){n->p->agg, n->p->type, x->strings};
}

static bool touch(struct agg *s, uint32_t g)
{
    if (s->group[g].touched) return true;
    if (!array_reserve((void **)&s->touched, &s->touched_cap, s->n_touched + 1u,
                       sizeof *s->touched))
        return false;
    s->group[g].touched = true;
    s->touched[s->n_touched++] = g;
    return true;
}

/* The group of the key in n->words, made when new. */
static bool find_group(struct node *n, uint32_t *g)
{
    struct agg *s = n->state;
    bool fresh;
    *g = keymap_put(&s->map, n->words, &fresh);
    if (*g == KEY_NONE ||
        !array_reserve((void **)&s->group, &s->group_cap, *g + 1u, sizeof *s->group))
        return false;
    if (*g >= s->n_group) {
        s->group[*g] = (struct group){0};
        s->n_group = *g + 1;
    }
    if (fresh) {
        fold_clear(&s->group[*g].fold);
        s->group[*g].row = SIZE_MAX;
        s->group[*g].touched = false;
    }
    return true;
}

/* Row numbers in the order of `to`: an insertion sort would do for points; heap sort for all. */
static int by_end(const int64_t *to, uint32_t a, uint32_t b)
{
    return to[a] < to[b] ? -1 : to[a] > to[b];
}

static void sift(uint32_t *h, size_t n, size_t i, const int64_t *to)
{
    for (size_t c; (c = 2 * i + 1) < n; i = c) {
        if (c + 1 < n && by_end(to, h[c], h[c + 1]) < 0) c++;
        if (by_end(to, h[i], h[c]) >= 0) return;
        uint32_t t = h[i];
        h[i] = h[c];
        h[c] = t;
    }
}

static bool sort_ends(struct agg *s, const struct table *t)
{
    if (!array_reserve((void **)&s->ends, &s->ends_cap, t->n + 1, sizeof *s->ends)) return false;
    bool sorted = true;
    for (size_t r = 0; r < t->n; r++) {
        s->ends[r] = (uint32_t)r;
        sorted &= !r || t->to[r - 1] <= t->to[r];
    }
    if (sorted) return true;
    for (size_t i = t->n / 2; i-- > 0;) sift(s->ends, t->n, i, t->to);
    for (size_t m = t->n; m-- > 1;) {
        uint32_t top = s->ends[0];
        s->ends[0] = s->ends[m];
        s->ends[m] = top;
        sift(s->ends, m, 0, t->to);
    }
    return true;
}

/* Bring the touched groups' output rows up to date at position `at`. */
static bool publish(struct node *n, struct exec *x, int64_t at)
{
    struct agg *s = n->state;
    struct fold_kind k = kind_of(n, x);
    for (uint32_t i = 0; i < s->n_touched; i++) {
        struct group *g = &s->group[s->touched[i]];
        g->touched = false;
        uint64_t v = 0;
        bool has;
        if (g->fold.count) {
            has = fold_value(&g->fold, &k, &v);
            if (!has && !x->undefined++) x->undefined_at = n->p->f->at;
        } else {
            has = !n->p->n_key && fold_empty(&k, s->empty_string, &v);
        }
        const uint64_t *key = keymap_key(&s->map, s->touched[i]);
        has = has && (n->p->self == NO_COLUMN || key[n->p->self] == v);
        if (g->row != SIZE_MAX) {
            if (has && v == g->value) continue;
            n->out.to[g->row] = at - 1;
            if (n->out.from[g->row] != at - 1) n->out.wide = true;
            g->row = SIZE_MAX;
        }
        if (!has) continue;
        g->value = v;
        g->row = table_push(&n->out, at, n->hi);
        if (g->row == SIZE_MAX) return false;
        for (uint32_t c = 0; c < n->p->n_key; c++) n->out.col[n->p->key[1][c]][g->row] = key[c];
        n->out.col[n->p->result][g->row] = v;
        n->out.wild |= v == VALUE_WILD;
    }
    s->n_touched = 0;
    return true;
}

static bool begin_row(struct node *n, struct exec *x, const struct table *t, size_t r)
{
    struct agg *s = n->state;
    struct fold_kind k = kind_of(n, x);
    gather(t, n->p->key[0], n->p->n_key, r, n->words);
    uint32_t g;
    if (!find_group(n, &g)) return false;
    s->group_of[r] = g;
    return fold_add(&s->group[g].fold, &k, t->col[n->p->over][r]) && touch(s, g);
}

static bool sweep(struct node *n, struct exec *x, const struct table *t)
{
    struct agg *s = n->state;
    struct fold_kind k = kind_of(n, x);
    size_t b = 0, e = 0;
    while (b < t->n || e < t->n) {
        int64_t end = e < t->n ? sat_next(t->to[s->ends[e]]) : INT64_MAX;
        if (end > n->hi || t->to[s->ends[e]] == INT64_MAX) end = INT64_MAX;
        if (b == t->n && end == INT64_MAX) break;
        int64_t at = b < t->n ? min64(t->from[b], end) : end;
        while (e < t->n && end == at && t->to[s->ends[e]] != INT64_MAX &&
               sat_next(t->to[s->ends[e]]) == at) {
            size_t r = s->ends[e++];
            uint32_t g = s->group_of[r];
            fold_remove(&s->group[g].fold, &k, t->col[n->p->over][r]);
            if (!touch(s, g)) return false;
        }
        for (; b < t->n && t->from[b] == at; b++)
            if (!begin_row(n, x, t, b)) return false;
        if (!publish(n, x, at)) return false;
    }
    return true;
}

static bool agg_step(struct node *n, struct exec *x)
{
    struct agg *s = n->state;
    const struct node *c = node_input(n, x, 0);
    if (!node_begin(n, c->hi)) return true;
    const struct table *t = c->rows;
    if (t->somewhere) {
        table_clear(&s->settled);
        table_append(&s->settled, t);
        table_settle(&s->settled);
        t = &s->settled;
        if (t->failed) return false;
    }
    keymap_clear(&s->map);
    if (!array_reserve((void **)&s->group_of, &s->of_cap, t->n + 1, sizeof *s->group_of) ||
        !sort_ends(s, t))
        return false;
    n->out.wild = t->wild;
    if (!n->p->n_key) { /* the only group exists before anything begins */
        uint32_t g;
        if (!find_group(n, &g) || !touch(s, g)) return false;
        if (!(t->n && t->from[0] == n->lo) && !publish(n, x, n->lo)) return false;
    }
    return sweep(n, x, t) && node_done(n);
}

const struct op op_agg = {.name = "aggregate",
                          .state_size = sizeof(struct agg),
                          .init = agg_init,
                          .step = agg_step,
                          .free = agg_free};
