/* See marco.h. */
#include "talks/marco.h"

#include <time.h>

struct map {
    Z3_context z3;
    Z3_solver solver;
    Z3_ast *member; /* is thing i in the seed? */
    Z3_ast *not_member;
    Z3_ast *clause; /* room for one */
    uint32_t n;
};

uint64_t clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void quiet(Z3_context z3, Z3_error_code e)
{
    (void)z3;
    (void)e;
}

Z3_context z3_new(void)
{
    Z3_config config = Z3_mk_config();
    if (!config) return NULL;
    Z3_context z3 = Z3_mk_context(config);
    Z3_del_config(config);
    if (z3) Z3_set_error_handler(z3, quiet);
    return z3;
}

static bool map_init(struct arena *a, Z3_context z3, uint32_t n, struct map *m)
{
    *m = (struct map){.z3 = z3, .n = n};
    m->member = arena_array(a, n + 1, sizeof *m->member);
    m->not_member = arena_array(a, n + 1, sizeof *m->not_member);
    m->clause = arena_array(a, n + 1, sizeof *m->clause);
    if (!m->member || !m->not_member || !m->clause) return false;
    Z3_sort boolean = Z3_mk_bool_sort(z3);
    for (uint32_t i = 0; i < n; i++) {
        m->member[i] = Z3_mk_const(z3, Z3_mk_int_symbol(z3, (int)i), boolean);
        m->not_member[i] = Z3_mk_not(z3, m->member[i]);
    }
    m->solver = Z3_mk_simple_solver(z3);
    if (!m->solver || Z3_get_error_code(z3) != Z3_OK) return false;
    Z3_solver_inc_ref(z3, m->solver);
    return true;
}

/* A seed that is not explored yet: 1 found, 0 none is left, -1 the map does not know. */
static int map_seed(struct map *m, bool *set)
{
    Z3_lbool answer = Z3_solver_check(m->z3, m->solver);
    if (answer == Z3_L_FALSE) return 0;
    if (answer == Z3_L_UNDEF) return -1;
    Z3_model model = Z3_solver_get_model(m->z3, m->solver);
    if (!model) return -1;
    Z3_model_inc_ref(m->z3, model);
    for (uint32_t i = 0; i < m->n; i++) {
        Z3_ast value = NULL;
        set[i] = true; /* what the map leaves open is in: large seeds find conflicts first */
        if (Z3_model_eval(m->z3, model, m->member[i], false, &value) && value)
            set[i] = Z3_get_bool_value(m->z3, value) != Z3_L_FALSE;
    }
    Z3_model_dec_ref(m->z3, model);
    return 1;
}

/* Explored: every set that holds all of these (conflict), or none of these (correction). */
static void map_block(struct map *m, bool conflict, const uint32_t *members, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        m->clause[i] = conflict ? m->not_member[members[i]] : m->member[members[i]];
    Z3_ast clause = n == 0   ? Z3_mk_false(m->z3)
                    : n == 1 ? m->clause[0]
                             : Z3_mk_or(m->z3, n, m->clause);
    Z3_solver_assert(m->z3, m->solver, clause);
}

/* Leave out one thing after another as long as the rest still conflicts. */
static enum oracle_answer shrink(const struct oracle *o, bool *set, bool *trial)
{
    for (uint32_t i = 0; i < o->n; i++) {
        if (!set[i]) continue;
        for (uint32_t k = 0; k < o->n; k++) trial[k] = set[k];
        trial[i] = false;
        enum oracle_answer answer = o->check(o->context, trial);
        if (answer == ORACLE_UNKNOWN) return answer;
        if (answer == ORACLE_TOGETHER) continue;
        for (uint32_t k = 0; k < o->n; k++) set[k] = trial[k];
    }
    return ORACLE_CONFLICT;
}

/* Take in one thing after another as long as all still go together. */
static enum oracle_answer grow(const struct oracle *o, bool *set, bool *trial)
{
    for (uint32_t i = 0; i < o->n; i++) {
        if (set[i]) continue;
        for (uint32_t k = 0; k < o->n; k++) trial[k] = set[k];
        trial[i] = true;
        enum oracle_answer answer = o->check(o->context, trial);
        if (answer == ORACLE_UNKNOWN) return answer;
        if (answer == ORACLE_CONFLICT) continue;
        for (uint32_t k = 0; k < o->n; k++) set[k] = trial[k];
    }
    return ORACLE_TOGETHER;
}

static enum search_end loop(struct map *m, const struct oracle *o,
                            const struct search_limits *limits, marco_found found, void *context,
                            bool *set, bool *trial, uint32_t *members)
{
    size_t results = 0;
    for (;;) {
        int seed = map_seed(m, set);
        if (seed == 0) return SEARCH_COMPLETE;
        if (seed < 0) return SEARCH_UNKNOWN;
        enum oracle_answer answer = o->check(o->context, set);
        bool conflict = answer == ORACLE_CONFLICT;
        if (answer != ORACLE_UNKNOWN)
            answer = conflict ? shrink(o, set, trial) : grow(o, set, trial);
        if (answer == ORACLE_UNKNOWN)
            return limits->until_ms && clock_ms() >= limits->until_ms ? SEARCH_TIME
                                                                      : SEARCH_UNKNOWN;
        uint32_t n = 0;
        for (uint32_t i = 0; i < o->n; i++)
            if (set[i] == conflict) members[n++] = i;
        map_block(m, conflict, members, n);
        if (!found(context, conflict, members, n)) return SEARCH_FAULT;
        results++;
        if (limits->progress) limits->progress(limits->progress_context, results);
        if (limits->most && results >= limits->most) return SEARCH_MOST;
        if (limits->until_ms && clock_ms() >= limits->until_ms) return SEARCH_TIME;
    }
}

enum search_end marco(struct arena *a, Z3_context z3, const struct oracle *oracle,
                      const struct search_limits *limits, marco_found found, void *context)
{
    struct map m;
    bool *set = arena_array(a, oracle->n + 1, sizeof *set);
    bool *trial = arena_array(a, oracle->n + 1, sizeof *trial);
    uint32_t *members = arena_array(a, oracle->n + 1, sizeof *members);
    if (!set || !trial || !members || !map_init(a, z3, oracle->n, &m)) return SEARCH_FAULT;
    enum search_end end = loop(&m, oracle, limits, found, context, set, trial, members);
    Z3_solver_dec_ref(z3, m.solver);
    return end;
}
