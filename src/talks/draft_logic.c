/* See draft_logic.h. */
#include "talks/draft_logic.h"

#include <string.h>

#define QUESTION_MS 3000

/* --- rules ----------------------------------------------------------------------------------- */

static bool permits(const struct agreement *g, uint32_t provision)
{
    return g->provisions[provision].permitted;
}

/* An act done as the provision allows: of a permission, by its conditions; of a prohibition that
 * opens and closes, outside of it. */
static Z3_ast used_by(const struct draft_logic *d, const struct draft_rule *r,
                      const struct draft_bearer *b)
{
    const struct agreement *g = d->w->sides[r->side].g;
    Z3_ast any = d->vars.no;
    for (size_t i = 0; i < b->at.n; i++) {
        const struct draft_instance *x = &b->at.items[i];
        if (x->item == LANG_NONE || !permits(g, r->provision)) continue;
        Z3_ast good = draft_and(&d->vars, x->made, draft_not(&d->vars, x->violated));
        any = draft_or(&d->vars, any, good);
    }
    return any;
}

static bool ground_rule(struct draft_logic *d, struct draft_rule *r)
{
    const struct lowered *l = &d->w->sides[r->side].lowered;
    size_t cap = 0;
    r->violated = r->made = r->used = d->vars.no;
    r->refused = "this edition has no formula for it";
    for (size_t i = 0; i < l->n; i++) {
        const struct violation *v = l->violations[i];
        if (v->provision != r->provision) continue;
        struct draft_bearer *b =
            arena_grow(d->w->arena, r->bearers, r->n_bearers, &cap, sizeof *r->bearers);
        if (!b) return false;
        r->bearers = b;
        b = &r->bearers[r->n_bearers++];
        *b = (struct draft_bearer){.actor = v->bearer, .violated = d->vars.no};
        if (!draft_ground(d->w, r->side, v, &d->vars, &b->at)) return false;
        for (size_t k = 0; k < b->at.n; k++) {
            b->violated = draft_or(&d->vars, b->violated, b->at.items[k].violated);
            r->made = draft_or(&d->vars, r->made, b->at.items[k].made);
        }
        r->violated = draft_or(&d->vars, r->violated, b->violated);
        r->used = draft_or(&d->vars, r->used, used_by(d, r, b));
        d->scarce |= b->at.scarce;
        r->cut |= b->at.cut;
        r->owes |= v->performed != NULL;
        r->refused = b->at.refused;
        if (r->refused) return true;
    }
    return true;
}

/* A rule that is refused asks nothing here. */
static bool init_rule(struct draft_logic *d, struct draft_rule *r)
{
    bool good = ground_rule(d, r);
    if (r->refused) {
        r->violated = r->made = r->used = d->vars.no;
        r->n_bearers = 0;
    }
    return good;
}

enum status draft_logic_init(struct draft_logic *d, struct draft_world *w, Z3_context z3,
                             uint64_t ms)
{
    *d = (struct draft_logic){.w = w, .z3 = z3, .until_ms = clock_ms() + ms};
    if (!draft_vars_init(&d->vars, w, z3)) return STATUS_FAULT;
    Z3_solver solver = Z3_mk_solver_for_logic(z3, Z3_mk_string_symbol(z3, "QF_FD"));
    if (!solver) return STATUS_FAULT;
    Z3_solver_inc_ref(z3, solver);
    d->solver = solver;
    uint32_t n = 0;
    for (uint32_t s = 0; s < w->n_sides; s++) n += w->sides[s].g->n_provisions;
    d->rules = arena_array(w->arena, n + 1U, sizeof *d->rules);
    if (!d->rules) return STATUS_FAULT;
    for (uint32_t s = 0; s < w->n_sides; s++) {
        for (uint32_t i = 0; i < w->sides[s].g->n_provisions; i++) {
            struct draft_rule *r = &d->rules[d->n_rules++];
            *r = (struct draft_rule){.side = s, .provision = i};
            if (!init_rule(d, r)) return STATUS_FAULT;
            r->keep = draft_literal(d, draft_not(&d->vars, r->violated));
        }
    }
    return STATUS_OK;
}

void draft_logic_free(struct draft_logic *d)
{
    if (d->solver) Z3_solver_dec_ref(d->z3, d->solver);
}

struct draft_rule *draft_rule_of(const struct draft_logic *d, uint32_t side, uint32_t provision)
{
    for (uint32_t i = 0; i < d->n_rules; i++)
        if (d->rules[i].side == side && d->rules[i].provision == provision) return &d->rules[i];
    return NULL;
}

/* --- questions ------------------------------------------------------------------------------- */

Z3_ast draft_literal(struct draft_logic *d, Z3_ast formula)
{
    Z3_ast b = Z3_mk_fresh_const(d->z3, "is", Z3_mk_bool_sort(d->z3));
    Z3_solver_assert(d->z3, d->solver, Z3_mk_implies(d->z3, b, formula));
    return b;
}

static void limit(struct draft_logic *d)
{
    uint64_t now = clock_ms(), left = d->until_ms > now ? d->until_ms - now : 1;
    Z3_params p = Z3_mk_params(d->z3);
    Z3_params_inc_ref(d->z3, p);
    Z3_params_set_uint(d->z3, p, Z3_mk_string_symbol(d->z3, "timeout"),
                       (unsigned)(left < QUESTION_MS ? left : QUESTION_MS));
    Z3_solver_set_params(d->z3, d->solver, p);
    Z3_params_dec_ref(d->z3, p);
}

/* The literals with one more behind them; NULL when memory fails. */
static const Z3_ast *with(struct draft_logic *d, const Z3_ast *literals, uint32_t n, Z3_ast last)
{
    if (n + 1U > d->cap_asked) {
        d->cap_asked = 2 * (size_t)n + 16;
        d->asked = arena_array(d->w->arena, d->cap_asked, sizeof *d->asked);
        if (!d->asked) d->cap_asked = 0;
    }
    if (!d->asked) return NULL;
    if (n) memcpy(d->asked, literals, n * sizeof *literals);
    d->asked[n] = last;
    return d->asked;
}

/* First without `more`, so that an answer has a timeline; what is impossible so is asked with it. */
enum draft_answer draft_ask(struct draft_logic *d, const Z3_ast *literals, uint32_t n)
{
    limit(d);
    const Z3_ast *few = with(d, literals, n, Z3_mk_not(d->z3, d->vars.more));
    Z3_lbool answer = few ? Z3_solver_check_assumptions(d->z3, d->solver, n + 1, few) : Z3_L_UNDEF;
    if (answer == Z3_L_TRUE) return DRAFT_POSSIBLE;
    bool wide = answer == Z3_L_FALSE && d->scarce;
    if (wide) answer = Z3_solver_check_assumptions(d->z3, d->solver, n, literals);
    if (answer == Z3_L_FALSE) return DRAFT_IMPOSSIBLE;
    if (wide && answer == Z3_L_TRUE) return DRAFT_SCARCE;
    d->n_unknown++;
    return DRAFT_UNKNOWN;
}

uint32_t draft_core(struct draft_logic *d, const Z3_ast *literals, uint32_t n, uint32_t fixed,
                    uint32_t *out)
{
    Z3_ast *kept = arena_array(d->w->arena, n + 1U, sizeof *kept);
    uint32_t m = 0;
    if (!kept) return 0;
    for (uint32_t i = 0; i < n; i++) {
        kept[i] = literals[i];
        if (i >= fixed) out[m++] = i;
    }
    for (uint32_t i = 0; i < m;) { /* leave out what is not needed */
        for (uint32_t k = 0, at = fixed; k < m; k++)
            if (k != i) kept[at++] = literals[out[k]];
        if (draft_ask(d, kept, fixed + m - 1) != DRAFT_IMPOSSIBLE) {
            i++;
            continue;
        }
        memmove(&out[i], &out[i + 1], (m - i - 1) * sizeof *out);
        m--;
    }
    return m;
}

/* --- timelines ------------------------------------------------------------------------------- */

static bool read_model(struct draft_logic *d, bool *on)
{
    Z3_model model = Z3_solver_get_model(d->z3, d->solver);
    if (!model) return false;
    Z3_model_inc_ref(d->z3, model);
    for (size_t i = 0; i < d->vars.n_flat; i++) {
        Z3_ast value = NULL;
        on[i] = Z3_model_eval(d->z3, model, d->vars.flat[i], false, &value) &&
                Z3_get_bool_value(d->z3, value) == Z3_L_TRUE;
    }
    Z3_model_dec_ref(d->z3, model);
    return true;
}

/* Assume that the first `tried` of `lit` stay off besides the question's literals. */
static uint32_t assume_off(const struct draft_logic *d, const bool *on, size_t without, Z3_ast *lit,
                           uint32_t n)
{
    for (size_t i = 0; i < d->vars.n_flat; i++)
        if (!on[i] || i == without) lit[n++] = Z3_mk_not(d->z3, d->vars.flat[i]);
    return n;
}

bool draft_timeline(struct draft_logic *d, const Z3_ast *literals, uint32_t n,
                    struct draft_timeline *out)
{
    bool *on = arena_array(d->w->arena, d->vars.n_flat + 1, sizeof *on);
    bool *less = arena_array(d->w->arena, d->vars.n_flat + 1, sizeof *less);
    Z3_ast *lit = arena_array(d->w->arena, n + d->vars.n_flat + 1, sizeof *lit);
    if (!on || !less || !lit || !read_model(d, on)) return false;
    memcpy(lit, literals, n * sizeof *lit);
    for (size_t i = 0; i < d->vars.n_flat; i++) {
        if (!on[i]) continue;
        if (draft_ask(d, lit, assume_off(d, on, i, lit, n)) != DRAFT_POSSIBLE) continue;
        if (!read_model(d, less)) return false;
        memcpy(on, less, d->vars.n_flat * sizeof *on);
    }
    out->on = on;
    return true;
}

bool draft_timeline_of(struct draft_logic *d, bool everything, struct draft_timeline *out)
{
    out->on = arena_array(d->w->arena, d->vars.n_flat + 1, sizeof *out->on);
    if (!out->on) return false;
    for (size_t i = 0; i < d->vars.n_flat; i++) out->on[i] = everything;
    return true;
}
