/* Aggregation over a sliding window, fused: v <- OP x; g (ONCE[0,b] φ), where φ gives points.
 *
 * Nothing is clipped and begun again at the ends of regions: the state is what lies in the window, and
 * each tuple is touched when it comes and when it goes.
 *
 *   MIN, MAX    each group keeps a queue of values, each better than all that came after it: what comes
 *               drives out from the back what it beats or equals, what grows old leaves at the front
 *               (the monotone queue of sliding minima).  Equal tuples need no care.
 *   others      each tuple in the window is known with the stamp of its last coming, so that one
 *               that comes again counts once; each group keeps a fold.
 *
 * `line` holds what came, in the order in which it grows old.  Output rows are made only where a
 * group's value changes, and for each group at the beginning of a region. */
#include "engine/fold.h"
#include "engine/window.h"

#include <stdlib.h>

struct coming {
    int64_t stamp;
    uint32_t id; /* of the tuple; MIN, MAX: of the group */
};

struct item {
    uint64_t word;
    int64_t stamp;
};

struct group {
    struct fold fold;
    struct item *items; /* a ring of `cap` (a power of two) */
    uint32_t head, n, cap;
    uint32_t place; /* in `active` */
    bool touched, has;
    uint64_t value;
    size_t row; /* of `out`, SIZE_MAX = none open */
};

struct slide {
    struct keymap groups, tuples;
    struct group *group;
    uint32_t group_cap, n_group;
    uint32_t *active;
    uint32_t active_cap, n_active;
    uint32_t *touched;
    uint32_t touched_cap, n_touched;
    int64_t *tuple_stamp;
    uint32_t stamp_cap;
    uint32_t *tuple_group;
    uint32_t tuple_group_cap;
    struct coming *line; /* a ring */
    uint32_t line_head, line_n, line_cap;
    struct fold_kind kind;
    bool extreme; /* MIN or MAX */
    uint32_t empty_string;
};

static bool enter_group(struct node *n, const uint64_t *key, uint32_t *out)
{
    struct slide *s = n->state;
    bool fresh;
    uint32_t g = *out = keymap_put(&s->groups, key, &fresh);
    if (g == KEY_NONE) return false;
    if (!fresh) return true;
    if (!array_reserve((void **)&s->group, &s->group_cap, g + 1u, sizeof *s->group) ||
        !array_reserve((void **)&s->active, &s->active_cap, s->n_active + 1u, sizeof *s->active) ||
        !array_reserve((void **)&s->touched, &s->touched_cap, s->groups.cap, sizeof *s->touched))
        return false;
    if (g >= s->n_group) {
        s->group[g] = (struct group){0};
        s->n_group = g + 1;
    }
    struct group *p = &s->group[g];
    p->head = p->n = 0;
    p->touched = p->has = false;
    p->row = SIZE_MAX;
    p->place = s->n_active;
    s->active[s->n_active++] = g;
    return true;
}

static bool slide_init(struct node *n, struct exec *x)
{
    struct slide *s = n->state;
    keymap_init(&s->groups, n->p->n_key);
    keymap_init(&s->tuples, node_input(n, x, 0)->p->ncols);
    s->kind = (struct fold_kind){n->p->agg, n->p->type, x->strings};
    s->extreme = n->p->agg == AGG_MIN || n->p->agg == AGG_MAX;
    s->empty_string = intern_add(x->strings, STR(""));
    if (s->empty_string == INTERN_NONE) return false;
    if (n->p->n_key) return true;
    uint32_t g; /* the only group is there before anything comes */
    if (!enter_group(n, n->words, &g)) return false;
    s->group[g].has = fold_empty(&s->kind, s->empty_string, &s->group[g].value);
    return true;
}

static void slide_free(struct node *n)
{
    struct slide *s = n->state;
    for (uint32_t i = 0; i < s->n_group; i++) {
        fold_free(&s->group[i].fold);
        free(s->group[i].items);
    }
    keymap_free(&s->groups);
    keymap_free(&s->tuples);
    free(s->group);
    free(s->active);
    free(s->touched);
    free(s->tuple_stamp);
    free(s->tuple_group);
    free(s->line);
}

/* ---- rings ---- */

/* Twice the room for a ring of `n` elements that begins at *head. */
static bool grow_ring(void **ring, uint32_t *head, uint32_t n, uint32_t *cap, size_t size)
{
    uint32_t more = *cap ? *cap * 2 : 16;
    char *p = more > UINT32_MAX / 2 ? NULL : malloc(more * size);
    if (!p) return false;
    uint32_t first = *cap - *head < n ? *cap - *head : n;
    if (n) {
        memcpy(p, (char *)*ring + *head * size, first * size);
        memcpy(p + first * size, *ring, (n - first) * size);
    }
    free(*ring);
    *ring = p;
    *head = 0;
    *cap = more;
    return true;
}

static bool line_up(struct slide *s, int64_t stamp, uint32_t id)
{
    if (s->line_n == s->line_cap &&
        !grow_ring((void **)&s->line, &s->line_head, s->line_n, &s->line_cap, sizeof *s->line))
        return false;
    s->line[(s->line_head + s->line_n++) & (s->line_cap - 1)] = (struct coming){stamp, id};
    return true;
}

static bool beats(const struct fold_kind *k, uint64_t a, uint64_t b)
{
    int c = k->type == VALUE_INT ? (value_int(a) > value_int(b)) - (value_int(a) < value_int(b))
                                 : value_cmp(k->strings, k->type, a, b);
    return k->op == AGG_MIN ? c <= 0 : c >= 0;
}

static bool push_item(struct slide *s, struct group *g, uint64_t word, int64_t stamp)
{
    while (g->n && beats(&s->kind, word, g->items[(g->head + g->n - 1) & (g->cap - 1)].word))
        g->n--;
    if (g->n == g->cap && !grow_ring((void **)&g->items, &g->head, g->n, &g->cap, sizeof *g->items))
        return false;
    g->items[(g->head + g->n++) & (g->cap - 1)] = (struct item){word, stamp};
    return true;
}

/* ---- coming and going ---- */

static void touch(struct slide *s, uint32_t g)
{
    if (s->group[g].touched) return;
    s->group[g].touched = true;
    s->touched[s->n_touched++] = g;
}

static bool come(struct node *n, const struct table *t, size_t r, int64_t stamp, bool for_ever)
{
    struct slide *s = n->state;
    uint32_t g, id;
    bool fresh;
    uint64_t word = t->col[n->p->over][r];
    if (s->extreme) {
        gather(t, n->p->key[0], n->p->n_key, r, n->words);
        if (!enter_group(n, n->words, &g) || !push_item(s, &s->group[g], word, stamp)) return false;
        touch(s, g);
        return for_ever || line_up(s, stamp, g);
    }
    gather_all(t, r, n->words);
    id = keymap_put(&s->tuples, n->words, &fresh);
    if (id == KEY_NONE ||
        !array_reserve((void **)&s->tuple_stamp, &s->stamp_cap, id + 1u, sizeof(int64_t)) ||
        !array_reserve((void **)&s->tuple_group, &s->tuple_group_cap, id + 1u, sizeof(uint32_t)))
        return false;
    if (fresh) {
        gather(t, n->p->key[0], n->p->n_key, r, n->words);
        if (!enter_group(n, n->words, &g) || !fold_add(&s->group[g].fold, &s->kind, word))
            return false;
        s->tuple_group[id] = g;
        touch(s, g);
    }
    s->tuple_stamp[id] = stamp;
    return for_ever || line_up(s, stamp, id);
}

/* Let go of what no longer reaches a position of stamp `now`. */
static void go(struct node *n, const struct exec *x, int64_t now)
{
    struct slide *s = n->state;
    for (; s->line_n; s->line_n--, s->line_head = (s->line_head + 1) & (s->line_cap - 1)) {
        struct coming c = s->line[s->line_head];
        if (timeline_edge(&x->time, n->p->bound.hi, c.stamp) >= now) break;
        if (s->extreme) {
            struct group *g = &s->group[c.id];
            if (!g->n || g->items[g->head].stamp != c.stamp) continue;
            g->head = (g->head + 1) & (g->cap - 1);
            g->n--;
            touch(s, c.id);
        } else if (s->tuple_stamp[c.id] == c.stamp) {
            uint32_t g = s->tuple_group[c.id];
            fold_remove(&s->group[g].fold, &s->kind, keymap_key(&s->tuples, c.id)[n->p->over]);
            keymap_remove(&s->tuples, c.id);
            s->tuple_stamp[c.id] = INT64_MIN; /* it may have come twice with this stamp */
            touch(s, g);
        }
    }
}

/* ---- output ---- */

static bool is_empty(const struct slide *s, const struct group *g)
{
    return s->extreme ? !g->n : !g->fold.count;
}

static void revalue(struct node *n, struct exec *x, uint32_t number)
{
    struct slide *s = n->state;
    struct group *g = &s->group[number];
    if (is_empty(s, g)) {
        g->has = !n->p->n_key && fold_empty(&s->kind, s->empty_string, &g->value);
    } else if (s->extreme) {
        g->has = true;
        g->value = g->items[g->head].word;
    } else {
        g->has = fold_value(&g->fold, &s->kind, &g->value);
        if (!g->has && !x->undefined++) x->undefined_at = n->p->f->at;
    }
    if (n->p->self != NO_COLUMN && keymap_key(&s->groups, number)[n->p->self] != g->value)
        g->has = false;
}

static bool open_row(struct node *n, uint32_t number, int64_t at)
{
    struct slide *s = n->state;
    struct group *g = &s->group[number];
    g->row = table_push(&n->out, at, n->hi);
    if (g->row == SIZE_MAX) return false;
    const uint64_t *key = keymap_key(&s->groups, number);
    for (uint32_t c = 0; c < n->p->n_key; c++) n->out.col[n->p->key[1][c]][g->row] = key[c];
    n->out.col[n->p->result][g->row] = g->value;
    return true;
}

static void leave_group(struct slide *s, uint32_t number)
{
    uint32_t place = s->group[number].place, last = s->active[--s->n_active];
    s->active[place] = last;
    s->group[last].place = place;
    keymap_remove(&s->groups, number);
}

/* Bring the touched groups up to date; rows only when `rows`: at a region's first position they are
 * opened afterwards for all. */
static bool publish(struct node *n, struct exec *x, int64_t at, bool rows)
{
    struct slide *s = n->state;
    for (uint32_t i = 0; i < s->n_touched; i++) {
        struct group *g = &s->group[s->touched[i]];
        bool had = g->has;
        uint64_t before = g->value;
        g->touched = false;
        revalue(n, x, s->touched[i]);
        bool same = had == g->has && before == g->value;
        if (rows && !same && g->row != SIZE_MAX) {
            n->out.to[g->row] = at - 1;
            g->row = SIZE_MAX;
        }
        if (rows && !same && g->has && !open_row(n, s->touched[i], at)) return false;
        if (n->p->n_key && is_empty(s, g)) leave_group(s, s->touched[i]);
    }
    s->n_touched = 0;
    return true;
}

/* Next position after which something comes or goes; INT64_MAX = none in the region. */
static int64_t next_event(const struct node *n, const struct exec *x, int64_t coming, int64_t from)
{
    const struct slide *s = n->state;
    if (!s->line_n) return coming;
    int64_t limit = min64(coming, n->hi);
    int64_t old = timeline_edge(&x->time, n->p->bound.hi, s->line[s->line_head].stamp);
    if (timeline_stamp(&x->time, limit) <= old) return coming;
    return timeline_first_at(&x->time, from, old + 1);
}

static bool slide_step(struct node *n, struct exec *x)
{
    struct slide *s = n->state;
    const struct node *c = node_input(n, x, 0);
    if (!node_begin(n, c->hi)) return true;
    const struct table *t = c->rows;
    bool for_ever = bound_infinite(n->p->bound);
    size_t r = 0;
    for (int64_t at = n->lo; at <= n->hi;) {
        int64_t stamp = timeline_stamp(&x->time, at);
        go(n, x, stamp);
        for (; r < t->n && t->from[r] == at; r++)
            if (!come(n, t, r, stamp, for_ever)) return false;
        if (!publish(n, x, at, at != n->lo)) return false;
        for (uint32_t i = 0; at == n->lo && i < s->n_active; i++) {
            s->group[s->active[i]].row = SIZE_MAX;
            if (s->group[s->active[i]].has && !open_row(n, s->active[i], at)) return false;
        }
        int64_t coming = r < t->n ? t->from[r] : INT64_MAX;
        at = next_event(n, x, coming, at + 1);
    }
    n->out.wide = true;
    return node_done(n);
}

const struct op op_slide = {.name = "sliding aggregate",
                            .state_size = sizeof(struct slide),
                            .init = slide_init,
                            .step = slide_step,
                            .free = slide_free};
