/* The loop over provisions, readings and bearers. */
#include "lower/lowering.h"

#include <string.h>

/* Complete the scope now that every predicate is known; formulas refer to predicates and variables
 * by number, and the numbers stay. */
static bool complete_scope(struct lowered *l, struct violation *v)
{
    struct scope built = v->scope;
    if (!scope_init(&v->scope, &l->arena, &l->strings, &v->sig)) return false;
    v->scope.vars = built.vars;
    v->scope.n_vars = built.n_vars;
    v->scope.cap_vars = built.cap_vars;
    return true;
}

static bool copy_parts(struct lowered *l, struct lowering *b)
{
    struct part *parts = arena_array(&l->arena, b->n_parts, sizeof(*parts));
    struct span *term = arena_alloc(&l->arena, sizeof(*term));
    if (!parts || !term) return false;
    if (b->n_parts) memcpy(parts, b->parts, b->n_parts * sizeof(*parts));
    b->v->parts = parts;
    b->v->n_parts = b->n_parts;
    b->v->term = term;
    return true;
}

static bool take_over(struct lowered *l, struct lowering *b, const struct pattern_parts *parts)
{
    struct violation *v = b->v;
    struct formula *force = lowering_force(b, v->provision);
    if (!copy_parts(l, b) || !complete_scope(l, v)) return false;
    v->anchor = parts->anchor;
    v->anchor_pred = parts->anchor_pred;
    v->id = parts->id;
    v->made = parts->made;
    v->raw = parts->raw;
    v->violation = parts->violation;
    v->performed = parts->performed;
    v->lag = parts->lag;
    v->asks = parts->asks;
    v->crowd = parts->crowd;
    v->need_pred = parts->need_pred;
    v->counts_from = parts->counts_from;
    v->unmeasured = parts->unmeasured;
    v->each = parts->each;
    v->excusable = parts->excusable;
    v->absence = parts->absence;
    v->implementing = parts->implementing;
    v->act_pred = parts->act_pred;
    v->force = force;
    v->due = parts->due;
    *(struct span *)v->term = parts->term;
    v->n_term = parts->term_empty ? 0 : 1;
    return v->made && v->raw && v->violation && force && (parts->performed || !v->performed);
}

static void init_violation(struct lowered *l, const struct agreement *g, struct violation *v,
                           uint32_t provision, uint32_t bearer, uint32_t reading)
{
    const struct phrase *act = &g->provisions[provision].act;
    uint32_t zone = act->kind == LANG_NONE ? FACTS_NONE : act->zone;
    if (zone != FACTS_NONE && bearer != VERDICT_ALL) zone = agreement_zone_for(g, zone, bearer);
    *v = (struct violation){.provision = provision,
                            .bearer = bearer,
                            .towards = FACTS_NONE,
                            .reading = reading,
                            .zone = zone};
    if (reading != LANG_NONE) v->reading_label = g->readings[reading].label;
    signature_init(&v->sig, &l->arena, &l->strings);
    v->scope = (struct scope){.arena = &l->arena, .strings = &l->strings, .sig = &v->sig};
}

/* What cannot be lowered is said once for each provision. */
static void refuse(struct lowered *l, struct diags *d, uint32_t provision, const struct lowering *b)
{
    uint32_t *list =
        arena_grow(&l->arena, l->not_lowered, l->n_not_lowered, &l->cap_not_lowered, sizeof(*list));
    if (!list) return;
    l->not_lowered = list;
    list[l->n_not_lowered++] = provision;
    if (d)
        diag_add(d, SEVERITY_WARNING, "not-judged", b->refused_at, "%.*s is not judged: %s",
                 STR_ARG(b->g->provisions[provision].name), b->refused);
}

/* For one bearer and, of an act towards each of several, the `part`th of them. */
static enum status lower_part(struct lowered *l, uint32_t provision, uint32_t bearer,
                              uint32_t reading, instant horizon, uint32_t part, struct lowering *b)
{
    struct violation *v = arena_alloc(&l->arena, sizeof(*v));
    struct pattern_parts parts;
    if (!v) return STATUS_FAULT;
    init_violation(l, l->agreement, v, provision, bearer, reading);
    *b = (struct lowering){.g = l->agreement,
                           .l = l,
                           .v = v,
                           .p = &l->agreement->provisions[provision],
                           .bearer = bearer,
                           .towards = LANG_NONE,
                           .reading = reading,
                           .before = LANG_NONE,
                           .horizon = horizon};
    struct indices each = lowering_towards(b);
    if (part < each.n) {
        b->towards = v->towards = each.v[part];
        v->part = part;
    }
    bool ok = lowering_pattern(b, true, &parts);
    if (b->refused) return STATUS_NEGATIVE;
    if (!ok || b->failed || !take_over(l, b, &parts)) return STATUS_FAULT;
    struct violation **list = arena_grow(&l->arena, l->violations, l->n, &l->cap, sizeof(*list));
    if (!list) return STATUS_FAULT;
    l->violations = list;
    list[l->n++] = v;
    return STATUS_OK;
}

static enum status lower_one(struct lowered *l, uint32_t provision, uint32_t bearer,
                             uint32_t reading, instant horizon, struct lowering *b)
{
    enum status s = lower_part(l, provision, bearer, reading, horizon, 0, b);
    uint32_t parts = s == STATUS_OK ? lowering_towards(b).n : 0;
    for (uint32_t i = 1; i < parts && s == STATUS_OK; i++)
        s = lower_part(l, provision, bearer, reading, horizon, i, b);
    return s;
}

static enum status lower_provision(struct lowered *l, uint32_t provision, instant horizon,
                                   struct diags *d)
{
    const struct provision *p = &l->agreement->provisions[provision];
    struct lowering b;
    if (p->pattern == PATTERN_JUSTIFY || p->pattern == PATTERN_DECIDE)
        return STATUS_OK; /* nobody can violate it */
    uint32_t n_readings = p->readings.n ? p->readings.n : 1;
    uint32_t n_bearers = p->together ? 1 : p->bearers.n;
    for (uint32_t r = 0; r < n_readings; r++) {
        for (uint32_t i = 0; i < n_bearers; i++) {
            enum status s = lower_one(l, provision, p->together ? VERDICT_ALL : p->bearers.v[i],
                                      p->readings.n ? p->readings.v[r] : LANG_NONE, horizon, &b);
            if (s == STATUS_NEGATIVE) {
                refuse(l, d, provision, &b);
                return l->arena.failed ? STATUS_FAULT : STATUS_OK;
            }
            if (s != STATUS_OK) return s;
        }
    }
    return STATUS_OK;
}

/* What excuses others. */
static bool list_exceptions(struct lowered *l)
{
    const struct agreement *g = l->agreement;
    l->exceptions = arena_array(&l->arena, g->n_provisions, sizeof(*l->exceptions));
    l->justifications = arena_array(&l->arena, g->n_provisions, sizeof(*l->justifications));
    if (!l->exceptions || !l->justifications) return false;
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        if (g->provisions[i].pattern == PATTERN_EXCEPTION && g->provisions[i].despite != LANG_NONE)
            l->exceptions[l->n_exceptions++] = i;
        if (g->provisions[i].pattern == PATTERN_JUSTIFY)
            l->justifications[l->n_justifications++] = i;
    }
    return true;
}

enum status lower_agreement(const struct agreement *agreement, instant horizon, struct diags *diags,
                            struct lowered *out)
{
    *out = (struct lowered){.agreement = agreement};
    arena_init(&out->arena);
    intern_init(&out->strings);
    if (!list_exceptions(out)) return STATUS_FAULT;
    for (uint32_t i = 0; i < agreement->n_provisions; i++) {
        enum status s = lower_provision(out, i, horizon, diags);
        if (s != STATUS_OK) return s;
    }
    return out->arena.failed ? STATUS_FAULT : STATUS_OK;
}

void lower_free(struct lowered *l)
{
    intern_free(&l->strings);
    arena_free(&l->arena);
    *l = (struct lowered){0};
}
