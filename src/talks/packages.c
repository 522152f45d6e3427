/* See packages.h. */
#include "talks/packages.h"

struct maker {
    struct arena *arena;
    Z3_context z3;
    const struct talks *t;
    const struct conflict_query *query;
    struct packages *out;
    struct solver whole; /* over all wishes */
    bool *nothing;       /* no wish has to be met */
    uint32_t group;
    Z3_ast *score; /* by side */
    bool failed;
};

/* --- choices of each group ------------------------------------------------------------------- */

static bool found(void *context, bool conflict, uint32_t *statements, uint32_t n)
{
    struct maker *m = context;
    if (conflict) return true;
    struct pick *v =
        arena_grow(m->arena, m->out->picks, m->out->n_picks, &m->out->cap_picks, sizeof *v);
    if (!v) return false;
    m->out->picks = v;
    v[m->out->n_picks++] = (struct pick){statements, n, m->group};
    return true;
}

static bool search_groups(struct maker *m)
{
    struct packages *out = m->out;
    for (m->group = 0; m->group < out->n_groups; m->group++) {
        struct part_search search = {&out->system,     m->group, &m->query->limits,
                                     m->query->recall, found,    m};
        size_t before = out->n_picks;
        uint32_t premises, first;
        enum search_end end = part_search(m->arena, m->z3, &search, &premises, &first);
        if (end == SEARCH_FAULT) return false;
        out->complete = out->complete && end == SEARCH_COMPLETE;
        out->combinations *= (double)(out->n_picks - before);
    }
    return true;
}

/* --- outcomes -------------------------------------------------------------------------------- */

static bool clause_holds(const struct clause *c, const bool *outcome)
{
    for (uint32_t i = 0; i < c->n; i++) {
        int32_t l = c->literals[i];
        if (l > 0 ? outcome[l - 1] : !outcome[-l - 1]) return true;
    }
    return false;
}

static bool all_hold(const struct maker *m, const bool *set, const bool *outcome)
{
    const struct system *s = &m->out->system;
    for (uint32_t i = 0; i < s->n_hards; i++)
        if (!clause_holds(&s->hards[i].clause, outcome)) return false;
    for (uint32_t i = 0; i < m->whole.n; i++) {
        const struct premise *p = &s->premises[m->whole.premise[i]];
        for (uint32_t k = 0; set[i] && k < p->n; k++)
            if (!clause_holds(&p->clauses[k], outcome)) return false;
    }
    return true;
}

/* Take out of the outcome, one after another, what nothing in the package needs. */
static void reduce(const struct maker *m, const bool *set, bool *outcome)
{
    for (uint32_t v = 0; v < m->out->system.n_vars; v++) {
        if (!outcome[v]) continue;
        outcome[v] = false;
        if (!all_hold(m, set, outcome)) outcome[v] = true;
    }
}

static bool make_package(struct maker *m, const bool *set, struct package *x)
{
    const struct system *s = &m->out->system;
    x->outcome = arena_array(m->arena, s->n_vars + 1, sizeof *x->outcome);
    x->unmet = arena_array(m->arena, s->n_premises + 1, sizeof *x->unmet);
    if (!x->outcome || !x->unmet) return false;
    if (solver_ask(&m->whole, set, NULL, 0, x->outcome) != ORACLE_TOGETHER) return false;
    for (uint32_t i = 0; i < m->whole.n; i++)
        if (!set[i]) x->unmet[x->n_unmet++] = s->premises[m->whole.premise[i]].statement;
    /* On the Pareto front the scores are part of what is needed; they were fixed with the outcome. */
    if (!x->scores) reduce(m, set, x->outcome);
    return true;
}

static bool is_unmet(const struct pick *p, uint32_t statement)
{
    for (uint32_t i = 0; i < p->n; i++)
        if (p->unmet[i] == statement) return true;
    return false;
}

/* The packages as combinations of choices, like the digits of a number, up to PACKAGES_SHOWN. */
static bool combine(struct maker *m)
{
    struct packages *out = m->out;
    size_t *digit = arena_array(m->arena, out->n_groups + 1, sizeof *digit);
    bool *set = arena_array(m->arena, m->whole.n + 1, sizeof *set);
    if (!digit || !set) return false;
    for (uint32_t g = 0; g < out->n_groups; g++)
        while (digit[g] < out->n_picks && out->picks[digit[g]].group != g) digit[g]++;
    while (out->n_packages < PACKAGES_SHOWN) {
        for (uint32_t i = 0; i < m->whole.n; i++) {
            const struct premise *p = &out->system.premises[m->whole.premise[i]];
            set[i] = p->part == TALKS_NONE || digit[p->part] >= out->n_picks ||
                     !is_unmet(&out->picks[digit[p->part]], p->statement);
        }
        struct package *v =
            arena_grow(m->arena, out->packages, out->n_packages, &out->cap_packages, sizeof *v);
        if (!v) return false;
        out->packages = v;
        v[out->n_packages] = (struct package){0};
        if (!make_package(m, set, &v[out->n_packages])) return true; /* time is up */
        out->n_packages++;
        uint32_t g = 0;
        for (; g < out->n_groups; g++) { /* the next number */
            if (digit[g] + 1 < out->n_picks && out->picks[digit[g] + 1].group == g) {
                digit[g]++;
                break;
            }
            while (digit[g] > 0 && out->picks[digit[g] - 1].group == g) digit[g]--;
        }
        if (g == out->n_groups) break;
    }
    return true;
}

/* --- preferences ----------------------------------------------------------------------------- */

static Z3_ast holds(struct maker *m, const struct position *p)
{
    Z3_ast *parts = arena_array(m->arena, p->n + 1, sizeof *parts);
    if (!parts) return NULL;
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t v = system_var(&m->out->system, p->atoms[i].issue, p->atoms[i].option);
        parts[i] = p->atoms[i].negated ? m->whole.not_var[v] : m->whole.var[v];
    }
    return p->any ? Z3_mk_or(m->z3, p->n, parts) : Z3_mk_and(m->z3, p->n, parts);
}

/* Each side's score: its weights where the better holds, less those where the worse does. */
static bool make_scores(struct maker *m)
{
    const struct talks *t = m->t;
    struct packages *out = m->out;
    Z3_sort integer = Z3_mk_int_sort(m->z3);
    m->score = arena_array(m->arena, t->n_sides + 1, sizeof *m->score);
    out->has_preferences = arena_array(m->arena, t->n_sides + 1, sizeof *out->has_preferences);
    out->weights = arena_array(m->arena, t->n_sides + 1, sizeof *out->weights);
    if (!m->score || !out->has_preferences || !out->weights) return false;
    Z3_ast zero = Z3_mk_int(m->z3, 0, integer);
    for (uint32_t i = 0; i < t->n_preferences; i++) {
        const struct preference *p = &t->preferences[i];
        if (p->rests_on != TALKS_NONE && !statement_counts(t, p->rests_on, m->query->as_of))
            continue;
        Z3_ast better = holds(m, &p->better), worse = holds(m, &p->worse);
        if (!better || !worse) return false;
        Z3_ast both[3] = {m->score[p->side] ? m->score[p->side] : zero,
                          Z3_mk_ite(m->z3, better, Z3_mk_int(m->z3, p->weight, integer), zero),
                          Z3_mk_ite(m->z3, worse, Z3_mk_int(m->z3, -p->weight, integer), zero)};
        m->score[p->side] = Z3_mk_add(m->z3, 3, both);
        out->has_preferences[p->side] = out->any_preferences = true;
        out->weights[p->side] += p->weight;
    }
    return true;
}

static bool read_scores(struct maker *m, struct package *x)
{
    Z3_model model = Z3_solver_get_model(m->z3, m->whole.solver);
    x->scores = arena_array(m->arena, m->t->n_sides + 1, sizeof *x->scores);
    if (!model || !x->scores) return false;
    Z3_model_inc_ref(m->z3, model);
    for (uint32_t i = 0; i < m->t->n_sides; i++) {
        Z3_ast value = NULL;
        if (m->score[i] && Z3_model_eval(m->z3, model, m->score[i], true, &value) && value)
            Z3_get_numeral_int64(m->z3, value, &x->scores[i]);
    }
    Z3_model_dec_ref(m->z3, model);
    return true;
}

/* At least as good as x for every side; better for some when `strictly`. */
static Z3_ast compared(struct maker *m, const struct package *x, bool strictly)
{
    Z3_sort integer = Z3_mk_int_sort(m->z3);
    Z3_ast *least = arena_array(m->arena, m->t->n_sides + 1, sizeof *least);
    Z3_ast *more = arena_array(m->arena, m->t->n_sides + 1, sizeof *more);
    unsigned n = 0;
    if (!least || !more) return NULL;
    for (uint32_t i = 0; i < m->t->n_sides; i++) {
        if (!m->score[i]) continue;
        Z3_ast value = Z3_mk_int64(m->z3, x->scores[i], integer);
        least[n] = Z3_mk_ge(m->z3, m->score[i], value);
        more[n++] = Z3_mk_gt(m->z3, m->score[i], value);
    }
    Z3_ast some = Z3_mk_or(m->z3, n, more);
    if (!strictly) return some; /* not dominated by x: better for some side */
    Z3_ast both[2] = {Z3_mk_and(m->z3, n, least), some};
    return Z3_mk_and(m->z3, 2, both);
}

/* Is there an outcome that keeps all that is asserted?  Where that is not known, the front is not
 * complete. */
static enum oracle_answer outcome_there(struct maker *m)
{
    enum oracle_answer answer = solver_ask(&m->whole, m->nothing, NULL, 0, NULL);
    if (answer == ORACLE_UNKNOWN) m->out->complete = false;
    return answer;
}

/* From one outcome to one that no outcome dominates. */
static bool improve(struct maker *m, struct package *x)
{
    Z3_solver_push(m->z3, m->whole.solver);
    for (;;) {
        Z3_ast better = compared(m, x, true);
        if (!better) return false;
        Z3_solver_assert(m->z3, m->whole.solver, better);
        if (outcome_there(m) != ORACLE_TOGETHER) break;
        if (!read_scores(m, x)) return false;
    }
    Z3_solver_pop(m->z3, m->whole.solver, 1);
    return true;
}

/* With the scores of the front's point fixed, meet as many wishes as can be met. */
static bool fill(struct maker *m, struct package *x)
{
    Z3_sort integer = Z3_mk_int_sort(m->z3);
    bool *set = arena_array(m->arena, m->whole.n + 1, sizeof *set);
    if (!set) return false;
    Z3_solver_push(m->z3, m->whole.solver);
    for (uint32_t i = 0; i < m->t->n_sides; i++)
        if (m->score[i])
            Z3_solver_assert(
                m->z3, m->whole.solver,
                Z3_mk_eq(m->z3, m->score[i], Z3_mk_int64(m->z3, x->scores[i], integer)));
    for (uint32_t i = 0; i < m->whole.n; i++) {
        set[i] = true;
        if (solver_ask(&m->whole, set, NULL, 0, NULL) != ORACLE_TOGETHER) set[i] = false;
    }
    bool good = make_package(m, set, x);
    Z3_solver_pop(m->z3, m->whole.solver, 1);
    return good;
}

static void mark_fairest(struct packages *p, uint32_t n_sides)
{
    double best = -1e300;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < p->n_front; i++) {
            double worst = 1e300;
            for (uint32_t k = 0; k < n_sides; k++) {
                if (!p->has_preferences[k] || p->weights[k] == 0) continue;
                double share = (double)p->front[i].scores[k] / (double)p->weights[k];
                if (share < worst) worst = share;
            }
            if (pass == 0 && worst > best) best = worst;
            if (pass == 1) p->front[i].fairest = worst == best;
        }
    }
}

static bool find_front(struct maker *m)
{
    struct packages *out = m->out;
    Z3_solver_push(m->z3, m->whole.solver);
    while (out->n_front < 64) {
        if (outcome_there(m) != ORACLE_TOGETHER) break;
        struct package *v =
            arena_grow(m->arena, out->front, out->n_front, &out->cap_front, sizeof *v);
        if (!v) return false;
        out->front = v;
        struct package *x = &v[out->n_front];
        *x = (struct package){0};
        if (!read_scores(m, x) || !improve(m, x) || !fill(m, x)) return false;
        out->n_front++;
        Z3_ast other = compared(m, x, false);
        if (!other) return false;
        Z3_solver_assert(m->z3, m->whole.solver, other);
    }
    if (out->n_front == 64) out->complete = false;
    Z3_solver_pop(m->z3, m->whole.solver, 1);
    mark_fairest(out, m->t->n_sides);
    return true;
}

/* --- all ------------------------------------------------------------------------------------- */

enum status packages_find(struct arena *a, Z3_context z3, const struct talks *t,
                          const struct conflict_query *query, struct packages *out)
{
    *out = (struct packages){.combinations = 1, .complete = true};
    struct maker m = {.arena = a, .z3 = z3, .t = t, .query = query, .out = out};
    if (!system_build(a, t, query->as_of, USE_PACKAGES, query->without, &out->system))
        return STATUS_FAULT;
    out->n_groups = out->system.n_parts;
    if (!solver_init(a, z3, &out->system, TALKS_NONE, &m.whole)) return STATUS_FAULT;
    m.whole.until_ms = query->limits.until_ms;
    m.nothing = arena_array(a, m.whole.n + 1, sizeof *m.nothing);
    if (!m.nothing) return STATUS_FAULT;
    out->none = solver_ask(&m.whole, m.nothing, NULL, 0, NULL) == ORACLE_CONFLICT;
    bool good = make_scores(&m);
    if (good && !out->none)
        good = search_groups(&m) && combine(&m) && (!out->any_preferences || find_front(&m));
    solver_free(&m.whole);
    return good && !a->failed ? STATUS_OK : STATUS_FAULT;
}
