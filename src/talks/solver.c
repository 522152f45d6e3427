/* See solver.h. */
#include "talks/solver.h"

#include <limits.h>

#define FIRST_EFFORT (1U << 14) /* Z3's units of work; some hundredths of a second */

static Z3_ast literal_of(const struct solver *s, int32_t literal)
{
    return literal > 0 ? s->var[literal - 1] : s->not_var[-literal - 1];
}

static void assert_clause(struct solver *s, struct arena *a, const struct clause *c, Z3_ast guard)
{
    Z3_ast *parts = arena_array(a, c->n + 1, sizeof *parts);
    if (!parts) return;
    uint32_t n = 0;
    if (guard) parts[n++] = Z3_mk_not(s->z3, guard);
    for (uint32_t i = 0; i < c->n; i++) parts[n++] = literal_of(s, c->literals[i]);
    Z3_solver_assert(s->z3, s->solver, n == 1 ? parts[0] : Z3_mk_or(s->z3, n, parts));
}

static bool allocate(struct arena *a, struct solver *s)
{
    s->var = arena_array(a, s->s->n_vars + 1, sizeof *s->var);
    s->not_var = arena_array(a, s->s->n_vars + 1, sizeof *s->not_var);
    s->premise = arena_array(a, s->s->n_premises + 1, sizeof *s->premise);
    s->guard = arena_array(a, s->s->n_premises + 1, sizeof *s->guard);
    s->assumed = arena_array(a, (size_t)s->s->n_premises + s->s->n_vars + 1, sizeof *s->assumed);
    return s->var && s->not_var && s->premise && s->guard && s->assumed;
}

/* Variables and guards are constants with numbers for names: Z3 keeps one of each, whichever solver
 * asks, and what is not made anew costs nothing.  Assertions, not constants, are what tells solvers
 * apart. */
static Z3_ast constant(Z3_context z3, uint32_t number)
{
    return Z3_mk_const(z3, Z3_mk_int_symbol(z3, (int)number), Z3_mk_bool_sort(z3));
}

static void make_variables(struct solver *s, const struct clause *c)
{
    for (uint32_t i = 0; i < c->n; i++) {
        int32_t l = c->literals[i];
        uint32_t v = (uint32_t)(l > 0 ? l : -l) - 1;
        if (s->var[v]) continue;
        s->var[v] = constant(s->z3, v);
        s->not_var[v] = Z3_mk_not(s->z3, s->var[v]);
    }
}

static void add_clause(struct solver *s, struct arena *a, const struct clause *c, Z3_ast guard)
{
    make_variables(s, c);
    assert_clause(s, a, c, guard);
}

bool solver_init(struct arena *a, Z3_context z3, const struct system *sys, uint32_t part,
                 struct solver *s)
{
    *s = (struct solver){.z3 = z3, .s = sys};
    if (!allocate(a, s)) return false;
    s->solver = Z3_mk_simple_solver(z3);
    if (!s->solver) return false;
    Z3_solver_inc_ref(z3, s->solver);
    for (uint32_t i = 0; i < sys->n_hards; i++)
        if (part == TALKS_NONE || sys->hards[i].clause.part == part)
            add_clause(s, a, &sys->hards[i].clause, NULL);
    for (uint32_t i = 0; i < sys->n_premises; i++) {
        if (part != TALKS_NONE && sys->premises[i].part != part) continue;
        s->premise[s->n] = i;
        s->guard[s->n] = constant(z3, sys->n_vars + s->n);
        for (uint32_t k = 0; k < sys->premises[i].n; k++)
            add_clause(s, a, &sys->premises[i].clauses[k], s->guard[s->n]);
        s->n++;
    }
    for (uint32_t v = 0; part == TALKS_NONE && v < sys->n_vars; v++) {
        int32_t literal = (int32_t)v + 1; /* preferences may speak of any */
        make_variables(s, &(struct clause){&literal, 1, 0});
    }
    return !a->failed && Z3_get_error_code(z3) == Z3_OK;
}

void solver_free(struct solver *s)
{
    if (s->solver) Z3_solver_dec_ref(s->z3, s->solver);
    s->solver = NULL;
}

/* How much work Z3 may do on a question.  Work, not time, for Z3 watches time by a thread that it
 * starts and ends with each question, and most questions are shorter than that. */
static void set_effort(struct solver *s, unsigned effort)
{
    Z3_params params = Z3_mk_params(s->z3);
    Z3_params_inc_ref(s->z3, params);
    Z3_params_set_uint(s->z3, params, Z3_mk_string_symbol(s->z3, "rlimit"), effort);
    Z3_params_set_bool(s->z3, params, Z3_mk_string_symbol(s->z3, "ctrl_c"), false);
    Z3_solver_set_params(s->z3, s->solver, params);
    Z3_params_dec_ref(s->z3, params);
    s->effort = effort;
}

static bool late(const struct solver *s)
{
    return s->until_ms && clock_ms() >= s->until_ms;
}

/* Is it worth asking again with more effort?  What was learnt is kept.  The next one is as large as
 * fits into what is left of the time, by what the last one took from `since` on. */
static bool try_harder(struct solver *s, uint64_t since)
{
    uint64_t now = clock_ms(), took = now > since ? now - since : 1;
    if (late(s) || s->effort == 0 || s->effort > UINT_MAX / 4) return false;
    uint64_t left = s->until_ms - now, fits = s->effort * left / took;
    if (fits > 4 * (uint64_t)s->effort) fits = 4 * (uint64_t)s->effort;
    if (fits < FIRST_EFFORT / 4) fits = FIRST_EFFORT / 4;
    set_effort(s, (unsigned)fits);
    return true;
}

static Z3_lbool question(struct solver *s, const bool *set, const int32_t *literals,
                         uint32_t n_literals)
{
    uint32_t n = 0;
    if (late(s)) return Z3_L_UNDEF;
    if (s->until_ms && s->effort != FIRST_EFFORT) set_effort(s, FIRST_EFFORT);
    for (uint32_t i = 0; i < s->n; i++)
        if (set[i]) s->assumed[n++] = s->guard[i];
    for (uint32_t i = 0; i < n_literals; i++) s->assumed[n++] = literal_of(s, literals[i]);
    for (;;) {
        uint64_t since = clock_ms();
        Z3_lbool answer = Z3_solver_check_assumptions(s->z3, s->solver, n, s->assumed);
        if (answer != Z3_L_UNDEF || !try_harder(s, since)) return answer;
    }
}

/* Which variables a model makes true; what it leaves open is not in the outcome. */
static bool read_outcome(struct solver *s, bool *outcome)
{
    Z3_model model = Z3_solver_get_model(s->z3, s->solver);
    if (!model) return false;
    Z3_model_inc_ref(s->z3, model);
    for (uint32_t i = 0; i < s->s->n_vars; i++) {
        Z3_ast value = NULL;
        outcome[i] = s->var[i] && Z3_model_eval(s->z3, model, s->var[i], false, &value) && value &&
                     Z3_get_bool_value(s->z3, value) == Z3_L_TRUE;
    }
    Z3_model_dec_ref(s->z3, model);
    return true;
}

static bool satisfied(const struct premise *p, const bool *outcome)
{
    for (uint32_t i = 0; i < p->n; i++) {
        bool some = false;
        for (uint32_t k = 0; k < p->clauses[i].n && !some; k++) {
            int32_t l = p->clauses[i].literals[k];
            some = l > 0 ? outcome[l - 1] : !outcome[-l - 1];
        }
        if (!some) return false;
    }
    return true;
}

void solver_core(struct solver *s, bool *set)
{
    Z3_ast_vector core = Z3_solver_get_unsat_core(s->z3, s->solver);
    if (!core) return;
    Z3_ast_vector_inc_ref(s->z3, core);
    for (uint32_t i = 0; i < s->n; i++) {
        bool used = false;
        for (unsigned k = 0; set[i] && !used && k < Z3_ast_vector_size(s->z3, core); k++)
            used = Z3_is_eq_ast(s->z3, Z3_ast_vector_get(s->z3, core, k), s->guard[i]);
        set[i] = used;
    }
    Z3_ast_vector_dec_ref(s->z3, core);
}

enum oracle_answer solver_ask(struct solver *s, const bool *set, const int32_t *literals,
                              uint32_t n_literals, bool *outcome)
{
    Z3_lbool answer = question(s, set, literals, n_literals);
    if (answer == Z3_L_FALSE) return ORACLE_CONFLICT;
    if (answer == Z3_L_UNDEF || Z3_get_error_code(s->z3) != Z3_OK) return ORACLE_UNKNOWN;
    if (outcome && !read_outcome(s, outcome)) return ORACLE_UNKNOWN;
    return ORACLE_TOGETHER;
}

enum oracle_answer solver_check(void *context, bool *set)
{
    struct solver *s = context;
    struct arena scratch;
    arena_init(&scratch);
    bool *outcome = arena_array(&scratch, s->s->n_vars + 1, sizeof *outcome);
    enum oracle_answer answer = outcome ? solver_ask(s, set, NULL, 0, outcome) : ORACLE_UNKNOWN;
    if (answer == ORACLE_CONFLICT) solver_core(s, set);
    for (uint32_t i = 0; answer == ORACLE_TOGETHER && i < s->n; i++)
        if (!set[i] && satisfied(&s->s->premises[s->premise[i]], outcome)) set[i] = true;
    arena_free(&scratch);
    return answer;
}
