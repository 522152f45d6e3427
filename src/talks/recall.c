/* See recall.h. */
#include "talks/recall.h"

#include <string.h>

struct result {
    bool conflict;
    uint32_t *statements;
    uint32_t n;
};

struct known_part {
    const int32_t *key;
    size_t n_key;
    uint64_t hash;
    struct result *results;
    size_t n_results, cap_results;
};

struct recall {
    struct arena *arena;
    struct known_part *parts;
    size_t n, cap;
};

struct recall *recall_new(struct arena *a)
{
    struct recall *r = arena_alloc(a, sizeof *r);
    if (r) *r = (struct recall){.arena = a};
    return r;
}

/* --- what a part is -------------------------------------------------------------------------- */

struct key {
    struct arena *arena;
    int32_t *v;
    size_t n, cap;
    bool failed;
};

static void put(struct key *k, int32_t x)
{
    int32_t *v = arena_grow(k->arena, k->v, k->n, &k->cap, sizeof *v);
    if (!v) {
        k->failed = true;
        return;
    }
    k->v = v;
    v[k->n++] = x;
}

static void put_clause(struct key *k, const struct clause *c)
{
    put(k, (int32_t)c->n);
    for (uint32_t i = 0; i < c->n; i++) put(k, c->literals[i]);
}

/* Every clause of the part, and whose it is: equal keys are equal questions. */
static void make_key(struct key *k, const struct system *s, uint32_t part)
{
    for (uint32_t i = 0; i < s->n_hards; i++)
        if (s->hards[i].clause.part == part) put_clause(k, &s->hards[i].clause);
    put(k, -1);
    for (uint32_t i = 0; i < s->n_premises; i++) {
        const struct premise *p = &s->premises[i];
        if (p->part != part) continue;
        put(k, (int32_t)p->statement);
        put(k, (int32_t)p->n);
        for (uint32_t m = 0; m < p->n; m++) put_clause(k, &p->clauses[m]);
    }
}

/* FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo), by word. */
static uint64_t hash_of(const struct key *k)
{
    uint64_t h = 14695981039346656037U;
    for (size_t i = 0; i < k->n; i++) h = (h ^ (uint32_t)k->v[i]) * 1099511628211U;
    return h;
}

static const struct known_part *known(const struct recall *r, const struct key *k, uint64_t hash)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct known_part *p = &r->parts[i];
        if (p->hash == hash && p->n_key == k->n && memcmp(p->key, k->v, k->n * sizeof *k->v) == 0)
            return p;
    }
    return NULL;
}

static bool keep(struct recall *r, const struct known_part *part)
{
    struct known_part *v = arena_grow(r->arena, r->parts, r->n, &r->cap, sizeof *v);
    if (!v) return false;
    r->parts = v;
    v[r->n++] = *part;
    return true;
}

/* --- searching ------------------------------------------------------------------------------- */

struct searcher {
    const struct part_search *search;
    struct arena *arena;
    struct solver solver;
    struct known_part part;
};

static bool tell(const struct part_search *s, struct arena *a, const struct result *r)
{
    uint32_t *copy = arena_array(a, r->n + 1, sizeof *copy);
    if (!copy) return false;
    if (r->n) memcpy(copy, r->statements, r->n * sizeof *copy);
    return s->found(s->context, r->conflict, copy, r->n);
}

static bool found(void *context, bool conflict, const uint32_t *members, uint32_t n)
{
    struct searcher *s = context;
    struct known_part *p = &s->part;
    struct result r = {.conflict = conflict, .n = n};
    r.statements = arena_array(s->arena, n + 1, sizeof *r.statements);
    if (!r.statements) return false;
    /* Members rise, and premises stand in the order of their statements. */
    for (uint32_t i = 0; i < n; i++)
        r.statements[i] = s->search->system->premises[s->solver.premise[members[i]]].statement;
    if (s->search->recall) {
        struct result *v =
            arena_grow(s->arena, p->results, p->n_results, &p->cap_results, sizeof *v);
        if (!v) return false;
        p->results = v;
        v[p->n_results++] = r;
    }
    return tell(s->search, s->arena, &r);
}

static enum search_end seek(struct searcher *s, Z3_context z3)
{
    const struct part_search *x = s->search;
    if (!solver_init(s->arena, z3, x->system, x->part, &s->solver)) return SEARCH_FAULT;
    s->solver.until_ms = x->limits->until_ms;
    struct oracle oracle = {&s->solver, s->solver.n, solver_check};
    enum search_end end = marco(s->arena, z3, &oracle, x->limits, found, s);
    solver_free(&s->solver);
    if (end == SEARCH_COMPLETE && x->recall && !keep(x->recall, &s->part)) return SEARCH_FAULT;
    return end;
}

static enum search_end again(const struct part_search *s, struct arena *a,
                             const struct known_part *p)
{
    for (size_t i = 0; i < p->n_results; i++)
        if (!tell(s, a, &p->results[i])) return SEARCH_FAULT;
    return SEARCH_COMPLETE;
}

enum search_end part_search(struct arena *a, Z3_context z3, const struct part_search *search,
                            uint32_t *premises, uint32_t *first)
{
    const struct system *s = search->system;
    *premises = 0;
    *first = TALKS_NONE;
    for (uint32_t i = 0; i < s->n_premises; i++) {
        if (s->premises[i].part != search->part) continue;
        if ((*premises)++ == 0) *first = s->premises[i].statement;
    }
    struct searcher searcher = {.search = search, .arena = a};
    if (search->recall) {
        struct key k = {.arena = a};
        make_key(&k, s, search->part);
        if (k.failed) return SEARCH_FAULT;
        searcher.part = (struct known_part){.key = k.v, .n_key = k.n, .hash = hash_of(&k)};
        const struct known_part *before = known(search->recall, &k, searcher.part.hash);
        if (before) return again(search, a, before);
    }
    return seek(&searcher, z3);
}
