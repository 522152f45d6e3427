/* See draft_compare.h. */
#include "talks/draft_compare.h"

#include <string.h>

struct comparing {
    struct arena *arena;
    struct draft_logic *d;
    struct draft_comparisons *out;
};

enum draft_relation draft_relation(const struct draft_comparison *c)
{
    bool first = c->forbidden[0].on != NULL, second = c->forbidden[1].on != NULL;
    if (first && second) return DRAFT_BOTH_WAYS;
    return first ? DRAFT_FIRST_STRICTER : second ? DRAFT_SECOND_STRICTER : DRAFT_SAME;
}

/* --- what binds an actor --------------------------------------------------------------------- */

static bool binds(const struct agreement *g, const struct draft_rule *r,
                  const struct draft_bearer *b, struct str actor)
{
    const struct provision *p = &g->provisions[r->provision];
    if (b->actor != VERDICT_ALL) return str_eq(g->actors[b->actor].name, actor);
    for (uint32_t i = 0; i < p->bearers.n; i++)
        if (str_eq(g->actors[p->bearers.v[i]].name, actor)) return true;
    return false;
}

/* What it takes that the rule is violated by the actor, or (others) by anybody else. */
static Z3_ast violated_by(const struct comparing *c, const struct draft_rule *r, struct str actor,
                          bool others)
{
    const struct agreement *g = c->d->w->sides[r->side].g;
    Z3_ast any = c->d->vars.no;
    for (uint32_t i = 0; i < r->n_bearers; i++)
        if (binds(g, r, &r->bearers[i], actor) != others)
            any = draft_or(&c->d->vars, any, r->bearers[i].violated);
    return any;
}

static Z3_ast violates(const struct comparing *c, uint32_t side, struct str actor, bool others)
{
    Z3_ast any = c->d->vars.no;
    for (uint32_t i = 0; i < c->d->n_rules; i++)
        if (c->d->rules[i].side == side)
            any = draft_or(&c->d->vars, any, violated_by(c, &c->d->rules[i], actor, others));
    return any;
}

/* --- one direction --------------------------------------------------------------------------- */

/* Which provisions of the side the actor violates in the timeline. */
static bool find_broken(struct comparing *c, uint32_t side, struct draft_comparison *x)
{
    const struct draft_vars *v = &c->d->vars;
    Z3_ast *lit = arena_array(c->arena, v->n_flat + 2, sizeof *lit);
    uint32_t *broken = arena_array(c->arena, c->d->n_rules + 1U, sizeof *broken);
    if (!lit || !broken) return false;
    for (size_t i = 0; i < v->n_flat; i++)
        lit[i + 1] = x->forbidden[side].on[i] ? v->flat[i] : Z3_mk_not(c->d->z3, v->flat[i]);
    x->broken[side] = broken;
    for (uint32_t i = 0; i < c->d->n_rules; i++) {
        const struct draft_rule *r = &c->d->rules[i];
        if (r->side != side) continue;
        Z3_ast by = violated_by(c, r, x->actor, false);
        if (by == v->no) continue;
        lit[0] = draft_literal(c->d, by);
        if (draft_ask(c->d, lit, (uint32_t)v->n_flat + 1) == DRAFT_POSSIBLE)
            broken[x->n_broken[side]++] = r->provision;
    }
    return true;
}

/* What `side` forbids to the actor and the other side allows. */
static bool look(struct comparing *c, uint32_t side, struct draft_comparison *x)
{
    const struct draft_vars *v = &c->d->vars;
    Z3_ast others = draft_or(v, violates(c, 0, x->actor, true), violates(c, 1, x->actor, true));
    Z3_ast lit[3] = {draft_literal(c->d, violates(c, side, x->actor, false)),
                     draft_literal(c->d, draft_not(v, violates(c, !side, x->actor, false))),
                     draft_literal(c->d, draft_not(v, others))};
    uint32_t n = 3;
    enum draft_answer answer = draft_ask(c->d, lit, n);
    x->others_keep[side] = answer == DRAFT_POSSIBLE;
    if (answer != DRAFT_POSSIBLE) answer = draft_ask(c->d, lit, n = 2);
    x->unknown[side] = answer == DRAFT_UNKNOWN || answer == DRAFT_SCARCE;
    if (answer != DRAFT_POSSIBLE) return true;
    return draft_timeline(c->d, lit, n, &x->forbidden[side]) && find_broken(c, side, x);
}

/* --- all of it ------------------------------------------------------------------------------- */

static bool is_bound(const struct comparing *c, struct str actor)
{
    for (uint32_t i = 0; i < c->d->n_rules; i++) {
        const struct draft_rule *r = &c->d->rules[i];
        for (uint32_t k = 0; k < r->n_bearers; k++)
            if (binds(c->d->w->sides[r->side].g, r, &r->bearers[k], actor)) return true;
    }
    return false;
}

static bool compare_actor(struct comparing *c, struct str actor)
{
    for (size_t i = 0; i < c->out->n; i++)
        if (str_eq(c->out->items[i].actor, actor)) return true;
    if (!is_bound(c, actor)) return true;
    struct draft_comparison *v =
        arena_grow(c->arena, c->out->items, c->out->n, &c->out->cap, sizeof *v);
    if (!v) return false;
    c->out->items = v;
    struct draft_comparison *x = &v[c->out->n++];
    *x = (struct draft_comparison){.actor = actor};
    return look(c, 0, x) && look(c, 1, x);
}

enum status draft_compare(struct arena *a, Z3_context z3, const struct agreement *first,
                          const struct agreement *second, uint64_t ms,
                          struct draft_comparisons *out)
{
    *out = (struct draft_comparisons){.n = 0};
    struct comparing c = {a, &out->logic, out};
    enum status status = draft_world_init(&out->world, a, first, second);
    if (status == STATUS_OK) status = draft_logic_init(&out->logic, &out->world, z3, ms);
    for (uint32_t s = 0; s < out->world.n_sides && status == STATUS_OK; s++) {
        const struct agreement *g = out->world.sides[s].g;
        for (uint32_t i = 0; i < g->n_actors && status == STATUS_OK; i++)
            if (!compare_actor(&c, g->actors[i].name)) status = STATUS_FAULT;
    }
    return a->failed ? STATUS_FAULT : status;
}

void draft_comparisons_free(struct draft_comparisons *c)
{
    draft_logic_free(&c->logic);
    draft_world_free(&c->world);
}
