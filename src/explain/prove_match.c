/* Proofs of regular expressions over positions.  See explainer.h and proof.h.
 *
 * A walk goes from the position that the formula is about outwards: forwards for MATCHF, backwards
 * for MATCHP.  Places are *distances* from that position, so both are one.  A proof is the smallest
 * walk that ends in the window.  A refutation is a set of tests that fail, each at some place, such
 * that no walk that avoids them ends in the window; it has no test that could be left out. */
#include "explain/explainer.h"

#include <string.h>

#define DISTANCE_MAX 4096 /* a window that holds more positions is not explained */
#define STEPS_MAX 1000000 /* nor a walk that takes more to find */
#define DROPS_MAX 256     /* so many tests are tried to be left out */

struct walking {
    struct explainer *x;
    const struct formula *f;
    const struct binds *e;
    int64_t at;
    int64_t near, far; /* distances of the window */
    bool back;
    unsigned steps;
    struct refuted *refuted; /* a list */
    bool look;               /* only the list tells what fails; else new ones are added to it */
};

static bool walking_start(struct walking *w, struct explainer *x, const struct formula *f,
                          const struct binds *e, int64_t at)
{
    struct interval window = window_of(x, f, at);
    bool back = looks_back(f->op);
    *w = (struct walking){.x = x, .f = f, .e = e, .at = at, .back = back};
    w->near = back ? at - window.to : window.from - at;
    w->far = back ? at - window.from : window.to - at;
    return window.from <= window.to;
}

static int64_t place(const struct walking *w, int64_t d)
{
    return w->back ? w->at - d : w->at + d;
}

static bool too_long(struct walking *w)
{
    if (w->far <= DISTANCE_MAX && ++w->steps <= STEPS_MAX) return false;
    w->x->unknown = true;
    return true;
}

/* The part of a concatenation that is walked first. */
static const struct path *first_part(const struct walking *w, const struct path *p)
{
    return w->back ? p->b : p->a;
}

static const struct path *second_part(const struct walking *w, const struct path *p)
{
    return w->back ? p->a : p->b;
}

/* ---- the smallest walk ---- */

/* By distance: the smallest walk of a path from one place to there; NULL: none. */
typedef struct proof **ends;

static ends walks(struct walking *w, const struct path *p, int64_t from);

static struct proof *walk_new(struct walking *w, const struct path *p, int64_t from, int64_t to)
{
    int64_t a = place(w, from), b = place(w, to);
    struct proof *node =
        proof_new(w->x, PROOF_WALK, w->f, true, w->e, w->back ? b : a, w->back ? a : b);
    if (node) node->path = p;
    return node;
}

static void put(ends out, int64_t to, struct proof *p)
{
    out[to] = smaller(out[to], p);
}

/* In the order of positions. */
static struct proof *joined(struct walking *w, const struct path *p, int64_t from, int64_t to,
                            struct proof *first, struct proof *second)
{
    struct proof *node = walk_new(w, p, from, to);
    proof_sub(w->x, &node, w->back ? second : first);
    proof_sub(w->x, &node, w->back ? first : second);
    return node;
}

static void walk_concat(struct walking *w, const struct path *p, int64_t from, ends out)
{
    ends first = walks(w, first_part(w, p), from);
    for (int64_t mid = from; first && mid <= w->far; mid++) {
        ends second = first[mid] ? walks(w, second_part(w, p), mid) : NULL;
        for (int64_t to = mid; second && to <= w->far; to++) {
            if (!second[to] || too_long(w)) continue;
            if (out[to] && out[to]->size <= first[mid]->size + second[to]->size + 1) continue;
            put(out, to, joined(w, p, from, to, first[mid], second[to]));
        }
    }
}

static void walk_either(struct walking *w, const struct path *p, int64_t from, ends out)
{
    for (uint32_t choice = 0; choice < 2; choice++) {
        ends part = walks(w, choice ? p->b : p->a, from);
        for (int64_t to = from; part && to <= w->far; to++) {
            struct proof *node = part[to] ? walk_new(w, p, from, to) : NULL;
            if (node) node->choice = choice;
            if (node && proof_sub(w->x, &node, part[to])) put(out, to, node);
        }
    }
}

/* Rounds of a repetition, by the distance where they end: the last round and where it began. */
struct rounds {
    struct proof *last;
    int64_t from;
    uint64_t size;
};

static struct proof *walk_rounds(struct walking *w, const struct path *p, int64_t from, int64_t to,
                                 const struct rounds *best)
{
    size_t n = 0;
    for (int64_t d = to; d != from; d = best[d].from) n++;
    struct proof *node = walk_new(w, p, from, to), **list = need(w->x, n, sizeof *list);
    size_t k = n;
    for (int64_t d = to; list && d != from; d = best[d].from) list[--k] = best[d].last;
    for (size_t i = 0; list && i < n; i++) proof_sub(w->x, &node, list[w->back ? n - 1 - i : i]);
    return list ? node : NULL;
}

static void walk_star(struct walking *w, const struct path *p, int64_t from, ends out)
{
    struct rounds *best = need(w->x, (size_t)w->far + 1, sizeof *best);
    if (!best) return;
    best[from].size = 1;
    for (int64_t d = from; d <= w->far; d++) {
        ends round = best[d].size ? walks(w, p->a, d) : NULL;
        for (int64_t to = d + 1; round && to <= w->far; to++) {
            if (!round[to] || too_long(w)) continue;
            uint64_t size = best[d].size + round[to]->size;
            if (!best[to].size || size < best[to].size)
                best[to] = (struct rounds){round[to], d, size};
        }
    }
    for (int64_t to = from; to <= w->far; to++)
        if (best[to].size) put(out, to, walk_rounds(w, p, from, to, best));
}

static void walk_test(struct walking *w, const struct path *p, int64_t from, ends out)
{
    int64_t at = place(w, from);
    struct proof *test = prove(w->x, p->test, true, w->e, at, at), *node;
    if (!test) return;
    node = walk_new(w, p, from, from);
    if (proof_sub(w->x, &node, test)) put(out, from, node);
}

static ends walks(struct walking *w, const struct path *p, int64_t from)
{
    ends out = too_long(w) ? NULL : need(w->x, (size_t)w->far + 1, sizeof *out);
    if (!out) return NULL;
    switch (p->op) {
    case PATH_WILD:
        if (from < w->far) put(out, from + 1, walk_new(w, p, from, from + 1));
        break;
    case PATH_TEST: walk_test(w, p, from, out); break;
    case PATH_CONCAT: walk_concat(w, p, from, out); break;
    case PATH_ALT: walk_either(w, p, from, out); break;
    case PATH_STAR: walk_star(w, p, from, out); break;
    }
    return out;
}

static struct proof *prove_walk(struct walking *w)
{
    ends all = walks(w, w->f->path, 0);
    struct proof *best = NULL;
    for (int64_t d = w->near; all && d <= w->far; d++) best = smaller(best, all[d]);
    struct proof *p = best ? proof_new(w->x, PROOF_MATCH, w->f, true, w->e, w->at, w->at) : NULL;
    if (p) proof_sub(w->x, &p, best);
    return p;
}

/* ---- no walk ---- */

struct refuted {
    struct refuted *next;
    const struct formula *test;
    int64_t d;
    bool dropped;
};

static bool is_refuted(struct walking *w, const struct formula *test, int64_t d)
{
    for (struct refuted *r = w->refuted; r; r = r->next)
        if (r->test == test && r->d == d) return !r->dropped;
    int64_t at = place(w, d);
    if (w->look || !prove(w->x, test, false, w->e, at, at)) return false;
    struct refuted *r = need(w->x, 1, sizeof *r);
    if (!r) return false;
    *r = (struct refuted){w->refuted, test, d, false};
    w->refuted = r;
    return true;
}

/* From the distances in `set` to those that a walk may reach: set is replaced. */
static void reach(struct walking *w, const struct path *p, bool *set)
{
    size_t n = (size_t)w->far + 1;
    bool *other, more;
    if (too_long(w)) return;
    switch (p->op) {
    case PATH_WILD:
        memmove(set + 1, set, n - 1);
        set[0] = false;
        break;
    case PATH_TEST:
        for (size_t d = 0; d < n; d++)
            if (set[d] && is_refuted(w, p->test, (int64_t)d)) set[d] = false;
        break;
    case PATH_CONCAT:
        reach(w, first_part(w, p), set);
        reach(w, second_part(w, p), set);
        break;
    case PATH_ALT:
        if (!(other = need(w->x, n, 1))) return;
        memcpy(other, set, n);
        reach(w, p->a, set);
        reach(w, p->b, other);
        for (size_t d = 0; d < n; d++) set[d] |= other[d];
        break;
    case PATH_STAR:
        if (!(other = need(w->x, n, 1))) return;
        do {
            memcpy(other, set, n);
            reach(w, p->a, other);
            more = false;
            for (size_t d = 0; d < n; d++) {
                more |= other[d] && !set[d];
                set[d] |= other[d];
            }
        } while (more && !w->x->failed && !w->x->unknown);
        break;
    }
}

static bool avoidable(struct walking *w)
{
    bool *set = need(w->x, (size_t)w->far + 1, 1);
    if (!set) return true;
    set[0] = true;
    reach(w, w->f->path, set);
    for (int64_t d = w->near; d <= w->far; d++)
        if (set[d]) return true;
    return w->x->failed || w->steps > STEPS_MAX;
}

/* Leave out what is not needed, the farthest first. */
static void drop_tests(struct walking *w)
{
    unsigned tries = 0;
    w->look = true;
    for (struct refuted *r = w->refuted; r && tries++ < DROPS_MAX; r = r->next) {
        r->dropped = true;
        if (avoidable(w)) r->dropped = false;
    }
}

/* The next stretch of places where a test is refuted, in the order of positions; they are marked as
 * dropped when they are taken. */
static bool take_stretch(struct walking *w, const struct formula **test, int64_t *from, int64_t *to)
{
    struct refuted *first = NULL;
    for (struct refuted *r = w->refuted; r; r = r->next)
        if (!r->dropped && (!first || place(w, r->d) < place(w, first->d))) first = r;
    if (!first) return false;
    *test = first->test;
    *from = *to = place(w, first->d);
    first->dropped = true;
    for (bool more = true; more;) {
        more = false;
        for (struct refuted *r = w->refuted; r; r = r->next)
            if (!r->dropped && r->test == *test && place(w, r->d) == *to + 1) {
                r->dropped = more = true;
                ++*to;
            }
    }
    return true;
}

static struct proof *refute_walks(struct walking *w)
{
    const struct formula *test;
    int64_t from, to;
    if (w->far > DISTANCE_MAX) {
        w->x->unknown = true;
        return NULL;
    }
    if (avoidable(w)) return NULL;
    drop_tests(w);
    struct proof *p = proof_new(w->x, PROOF_NO_MATCH, w->f, false, w->e, w->at, w->at);
    while (p && take_stretch(w, &test, &from, &to))
        proof_sub(w->x, &p, prove(w->x, test, false, w->e, from, to));
    return p;
}

struct proof *prove_match(struct explainer *x, const struct formula *f, bool holds,
                          const struct binds *e, int64_t at)
{
    struct walking w;
    struct proof *p = NULL;
    bool unknown = x->unknown;
    x->unknown = false;
    if (!walking_start(&w, x, f, e, at))
        p = holds ? NULL : proof_new(x, PROOF_NO_MATCH, f, false, e, at, at);
    else if (!holds)
        p = refute_walks(&w);
    else if (env_closes(e, f))
        p = prove_walk(&w);
    if (!p && x->unknown) p = proof_new(x, PROOF_UNEXPLAINED, f, holds, e, at, at);
    x->unknown |= unknown;
    return p;
}

/* ---- tuples ---- */

struct todo {
    const struct path *path;
    const struct todo *rest;
    int64_t moved_from; /* PATH_STAR begun here: another round must have moved; -1 otherwise */
};

static void find_walks(struct walking *w, const struct todo *todo, int64_t d, const struct binds *e,
                       struct rows *out);

static void find_test(struct walking *w, const struct todo *todo, int64_t d, const struct binds *e,
                      struct rows *out)
{
    const struct formula *test = todo->path->test;
    bool neg = test->op == F_NOT;
    const struct rows *rows = solve(w->x, neg ? test->sub[0] : test, e, place(w, d));
    if (neg) {
        if (rows && !rows->n) find_walks(w, todo->rest, d, e, out);
        return;
    }
    for (size_t r = 0; rows && r < rows->n && !w->x->failed; r++)
        find_walks(w, todo->rest, d,
                   env_bind(w->x, e, test->fv, test->n_fv, rows->words + r * rows->width), out);
}

static void find_walks(struct walking *w, const struct todo *todo, int64_t d, const struct binds *e,
                       struct rows *out)
{
    if (d > w->far || too_long(w) || w->x->failed) return;
    if (!todo) {
        if (d >= w->near) found(w->x, w->f, e, out);
        return;
    }
    const struct path *p = todo->path;
    switch (p->op) {
    case PATH_WILD: find_walks(w, todo->rest, d + 1, e, out); return;
    case PATH_TEST: find_test(w, todo, d, e, out); return;
    case PATH_CONCAT: {
        struct todo second = {second_part(w, p), todo->rest, -1};
        find_walks(w, &(struct todo){first_part(w, p), &second, -1}, d, e, out);
        return;
    }
    case PATH_ALT:
        find_walks(w, &(struct todo){p->a, todo->rest, -1}, d, e, out);
        find_walks(w, &(struct todo){p->b, todo->rest, -1}, d, e, out);
        return;
    case PATH_STAR: {
        if (todo->moved_from == d) return;
        struct todo again = {p, todo->rest, d};
        find_walks(w, todo->rest, d, e, out);
        find_walks(w, &(struct todo){p->a, &again, -1}, d, e, out);
        return;
    }
    }
}

void find_match(struct explainer *x, const struct formula *f, const struct binds *e, int64_t at,
                struct rows *out)
{
    struct walking w;
    if (walking_start(&w, x, f, e, at))
        find_walks(&w, &(struct todo){f->path, NULL, -1}, 0, e, out);
}
