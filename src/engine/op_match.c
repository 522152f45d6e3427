/* MATCHF and MATCHP: from each settled position walk the path's program outwards, within the window.
 *
 * A walk holds, at each distance, the set of (instruction, tuple) reached there; it ends when the
 * set is empty or the window is passed.  The rows of each test are kept by position (a row that spans
 * several is listed at each), from the oldest position that a walk can reach. */
#include "engine/path.h"
#include "engine/window.h"

#include <stdlib.h>

struct test_rows {
    struct table rows; /* points, sorted */
    size_t head;       /* rows before are forgotten */
};

/* The states of one walk at one distance; words: instruction, then the tuple. */
struct states {
    struct keymap set;
};

struct match {
    struct test_rows *tests;
    struct states now, then;
    struct keymap found; /* tuples accepted at the present position */
    uint64_t *state;     /* scratch: instruction and tuple */
    const struct table **in;
    int64_t known;
};

static bool match_init(struct node *n, struct exec *x)
{
    struct match *m = n->state;
    m->tests = calloc(n->p->n_in + 1u, sizeof *m->tests);
    m->in = calloc(n->p->n_in + 1u, sizeof *m->in);
    m->state = calloc(n->p->ncols + 1u, sizeof *m->state);
    if (!m->tests || !m->in || !m->state) return false;
    keymap_init(&m->now.set, n->p->ncols + 1);
    keymap_init(&m->then.set, n->p->ncols + 1);
    keymap_init(&m->found, n->p->ncols);
    for (uint32_t k = 0; k < n->p->n_in; k++) {
        table_init(&m->tests[k].rows, node_input(n, x, k)->p->ncols);
        if (m->tests[k].rows.failed) return false;
    }
    return true;
}

static void match_free(struct node *n)
{
    struct match *m = n->state;
    for (uint32_t k = 0; m->tests && k < n->p->n_in; k++) table_free(&m->tests[k].rows);
    keymap_free(&m->now.set);
    keymap_free(&m->then.set);
    keymap_free(&m->found);
    free(m->tests);
    free(m->in);
    free(m->state);
}

/* Add the tests' new rows, position by position. */
static bool absorb(struct node *n)
{
    struct match *m = n->state;
    for (uint32_t k = 0; k < n->p->n_in; k++) {
        const struct table *t = m->in[k];
        struct table *rows = &m->tests[k].rows;
        size_t old = rows->n;
        for (size_t r = 0; r < t->n; r++)
            for (int64_t at = t->from[r]; at <= t->to[r]; at++) {
                table_copy_row(rows, t, r, at, at);
                if (rows->failed) return false;
            }
        if (rows->n > old) table_sort(rows);
        if (rows->failed) return false;
    }
    return true;
}

/* First row of t at or after position `at`. */
static size_t rows_at(const struct test_rows *t, int64_t at)
{
    size_t lo = t->head, hi = t->rows.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (t->rows.from[mid] < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool enter(struct states *s, const uint64_t *state)
{
    bool fresh;
    return keymap_put(&s->set, state, &fresh) != KEY_NONE;
}

/* Does row r agree with the tuple?  Binds what is not bound. */
static bool agree(const struct step *s, const struct table *t, size_t r, uint64_t *tuple)
{
    for (uint32_t k = 0; k < s->n_columns; k++) {
        const struct step_column *c = &s->columns[k];
        uint64_t v = t->col[c->in_test][r];
        if (c->bound && tuple[c->in_tuple] != v) return false;
        tuple[c->in_tuple] = v;
    }
    return true;
}

static bool take_test(struct node *n, const struct step *s, uint32_t number, int64_t at)
{
    struct match *m = n->state;
    const struct test_rows *t = &m->tests[s->test];
    uint32_t nc = n->p->ncols;
    bool any = false;
    for (size_t r = rows_at(t, at); r < t->rows.n && t->rows.from[r] == at; r++) {
        memcpy(m->state, keymap_key(&m->now.set, number), (nc + 1) * sizeof *m->state);
        if (!agree(s, &t->rows, r, m->state + 1)) continue;
        any = true;
        if (s->negated) break;
        m->state[0] = s->a;
        if (!enter(&m->now, m->state)) return false;
    }
    if (!s->negated || any) return true;
    memcpy(m->state, keymap_key(&m->now.set, number), (nc + 1) * sizeof *m->state);
    m->state[0] = s->a;
    return enter(&m->now, m->state);
}

/* Run all states at position `at`: tests and splits stay, moves go to `then`. */
static bool settle(struct node *n, int64_t at, bool in_window)
{
    struct match *m = n->state;
    const struct path_program *p = n->p->extra;
    uint32_t nc = n->p->ncols;
    for (uint32_t i = 0; i < m->now.set.n; i++) { /* the set grows as it is walked */
        const uint64_t *key = keymap_key(&m->now.set, i);
        const struct step *s = &p->steps[key[0]];
        bool fresh;
        if (s->op == STEP_TEST) {
            if (!take_test(n, s, i, at)) return false;
        } else if (s->op == STEP_ACCEPT) {
            if (in_window && keymap_put(&m->found, key + 1, &fresh) == KEY_NONE) return false;
        } else {
            struct states *to = s->op == STEP_MOVE ? &m->then : &m->now;
            memcpy(m->state, key, (nc + 1) * sizeof *m->state);
            m->state[0] = s->a;
            if (!enter(to, m->state)) return false;
            m->state[0] = s->b;
            if (s->op == STEP_SPLIT && !enter(to, m->state)) return false;
        }
    }
    return true;
}

/* All tuples of position i into m->found. */
static bool walk(struct node *n, struct exec *x, int64_t i)
{
    struct match *m = n->state;
    struct bound b = n->p->bound;
    bool back = n->p->f->op == F_MATCHP;
    int64_t here = timeline_stamp(&x->time, i);
    keymap_clear(&m->found);
    keymap_clear(&m->now.set);
    memset(m->state, 0, (n->p->ncols + 1u) * sizeof *m->state);
    if (!enter(&m->now, m->state)) return false;
    for (int64_t at = i; m->now.set.n; at += back ? -1 : 1) {
        if (back ? at < x->time.first : at > m->known) break;
        int64_t stamp = timeline_stamp(&x->time, at);
        int64_t earlier = back ? stamp : here, later = back ? here : stamp;
        if (timeline_edge(&x->time, b.hi, earlier) < later) break;
        keymap_clear(&m->then.set);
        if (!settle(n, at, timeline_edge(&x->time, b.lo, earlier) <= later)) return false;
        struct states t = m->now;
        m->now = m->then;
        m->then = t;
    }
    return true;
}

/* Forget the rows that no later walk can reach. */
static void forget(struct node *n, struct exec *x)
{
    struct match *m = n->state;
    int64_t oldest = n->next;
    if (n->p->f->op == F_MATCHP) {
        if (bound_infinite(n->p->bound)) return;
        int64_t least =
            timeline_edge_least(&x->time, n->p->bound.hi, timeline_stamp(&x->time, n->hi));
        oldest = timeline_first_at(&x->time, x->time.clock ? INT64_MIN : x->time.base, least);
    }
    for (uint32_t k = 0; k < n->p->n_in; k++) {
        struct test_rows *t = &m->tests[k];
        t->head = rows_at(t, oldest);
        if (t->head < 1024 || t->head * 2 < t->rows.n) continue;
        table_drop(&t->rows, t->head);
        t->head = 0;
    }
}

static bool match_step(struct node *n, struct exec *x)
{
    struct match *m = n->state;
    if (n->p->n_in)
        m->known = node_align(n, x, m->in);
    else
        m->known = x->upto;
    if (!absorb(n)) return false;
    bool back = n->p->f->op == F_MATCHP;
    int64_t upto = back ? m->known : window_settled(&x->time, n->p->bound, m->known, n->next);
    if (!node_begin(n, upto)) return true;
    for (int64_t i = n->lo; i <= n->hi; i++) {
        if (!walk(n, x, i)) return false;
        for (uint32_t f = 0; f < m->found.n; f++)
            if (!table_add(&n->out, i, i, keymap_key(&m->found, f))) return false;
    }
    forget(n, x);
    return node_done(n);
}

const struct op op_match = {.name = "match",
                            .state_size = sizeof(struct match),
                            .init = match_init,
                            .step = match_step,
                            .free = match_free};
