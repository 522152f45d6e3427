/* See graph.h.  One depth-first walk for four kinds of things: each gives the list of those of its
 * kind that it rests on directly.  The stack of the walk is the path that is shown. */
#include "lang/graph.h"
#include "lang/in_force.h"

struct walk {
    struct parser *p;
    const struct agreement *g;
    bool (*targets)(struct parser *p, const struct agreement *g, uint32_t i, struct vec *out);
    struct str (*name)(const struct agreement *g, uint32_t i, struct place *at);
    uint8_t *state;   /* 0 new, 1 on the stack, 2 done */
    uint32_t *stack;  /* with room for each */
    struct vec *next; /* targets of each on the stack */
    size_t *at;       /* the next one to visit */
    uint32_t depth;
    const char *what;
};

static void refuse_circle(struct walk *w, uint32_t again)
{
    struct buf b;
    buf_init(&b);
    uint32_t from = 0;
    while (w->stack[from] != again) from++;
    struct place at, other;
    struct str first = w->name(w->g, again, &at);
    uint32_t shown = 0;
    for (uint32_t i = from; i < w->depth; i++) {
        if (shown++ < 8)
            buf_fmt(&b, "%.*s → ", STR_ARG(w->name(w->g, w->stack[i], &other)));
        else if (shown == 10)
            buf_puts(&b, "… → ");
    }
    buf_add(&b, first);
    struct str path = buf_str(&b);
    struct diag *x = refuse(w->p, "circle", at, "%s rests on itself: %.*s", w->what, STR_ARG(path));
    diag_fix(w->p->d, x, "leave out one of these steps");
    buf_free(&b);
}

static bool push(struct walk *w, uint32_t i)
{
    w->state[i] = 1;
    w->stack[w->depth] = i;
    w->next[w->depth] = (struct vec){0};
    w->at[w->depth] = 0;
    return w->targets(w->p, w->g, i, &w->next[w->depth++]);
}

static bool visit(struct walk *w, uint32_t start)
{
    if (!push(w, start)) return false;
    while (w->depth) {
        uint32_t top = w->depth - 1;
        if (w->at[top] == w->next[top].n) {
            w->state[w->stack[top]] = 2;
            w->depth--;
            continue;
        }
        uint32_t to = *VEC_AT(w->next[top], uint32_t, w->at[top]++);
        if (w->state[to] == 1) refuse_circle(w, to);
        if (w->state[to] == 0 && !push(w, to)) return false;
    }
    return true;
}

static bool walk_all(struct walk w, uint32_t n)
{
    w.state = parse_alloc(w.p, n + 1);
    w.stack = parse_alloc(w.p, (n + 1) * sizeof *w.stack);
    w.next = parse_alloc(w.p, (n + 1) * sizeof *w.next);
    w.at = parse_alloc(w.p, (n + 1) * sizeof *w.at);
    if (!w.state || !w.stack || !w.next || !w.at) return false;
    for (uint32_t i = 0; i < n; i++)
        if (!w.state[i] && !visit(&w, i)) return false;
    return true;
}

/* ---- zones ---- */

static bool expr_targets(struct parser *p, const struct zone_expr *e, struct vec *out)
{
    if (!e) return true;
    if ((e->op == ZONE_NAME || e->op == ZONE_WITHIN_ZONE) && !vec_add_index(p, out, e->index))
        return false;
    for (uint32_t i = 0; i < e->n_sub; i++)
        if (!expr_targets(p, e->sub[i], out)) return false;
    return true;
}

static bool zone_targets(struct parser *p, const struct agreement *g, uint32_t i, struct vec *out)
{
    const struct zone_decl *z = &g->zones[i];
    if (z->term == LANG_NONE) return expr_targets(p, z->expr, out);
    const struct disputed *t = &g->terms[z->term];
    for (uint32_t k = 0; k < t->n_alternatives; k++)
        if (!expr_targets(p, t->alternatives[k].expr, out)) return false;
    return true;
}

static struct str zone_label(const struct agreement *g, uint32_t i, struct place *at)
{
    *at = g->zones[i].at;
    return g->zones[i].name;
}

/* ---- dates; the last one stands for day 1 ---- */

static bool point_target(struct parser *p, const struct agreement *g, const struct point *pt,
                         struct vec *out)
{
    if (pt->op == POINT_DATE) return vec_add_index(p, out, pt->date);
    return pt->op != POINT_DAY || vec_add_index(p, out, g->n_dates);
}

static bool date_targets(struct parser *p, const struct agreement *g, uint32_t i, struct vec *out)
{
    bool one = i == g->n_dates;
    uint32_t term = one ? g->header.day_one_term : g->dates[i].term;
    if (term == LANG_NONE)
        return point_target(p, g, one ? &g->header.day_one : &g->dates[i].point, out);
    const struct disputed *t = &g->terms[term];
    for (uint32_t k = 0; k < t->n_alternatives; k++)
        if (!point_target(p, g, &t->alternatives[k].point, out)) return false;
    return true;
}

static struct str date_label(const struct agreement *g, uint32_t i, struct place *at)
{
    if (i == g->n_dates) {
        *at = g->header.day_one_term == LANG_NONE ? g->header.day_one.at
                                                  : g->terms[g->header.day_one_term].at;
        return STR("day 1");
    }
    *at = g->dates[i].at;
    return g->dates[i].name;
}

/* ---- conditions: the states they look at, the provisions they refer to ---- */

static bool condition_states(struct parser *p, const struct condition *c, struct vec *out)
{
    if (!c) return true;
    if (c->phrase.kind != LANG_NONE && !vec_add_index(p, out, c->phrase.kind)) return false;
    for (uint32_t i = 0; i < c->n_sub; i++)
        if (!condition_states(p, c->sub[i], out)) return false;
    return true;
}

static bool kind_targets(struct parser *p, const struct agreement *g, uint32_t i, struct vec *out)
{
    const struct definition *d = g->kinds[i].definition;
    for (uint32_t k = 0; k < g->n_consents; k++)
        if (g->consents[k].kind == i && !condition_states(p, g->consents[k].condition, out))
            return false;
    return !d || (condition_states(p, d->from, out) && condition_states(p, d->until, out));
}

static bool parent_targets(struct parser *p, const struct agreement *g, uint32_t i, struct vec *out)
{
    (void)g;
    uint32_t parent = VEC_AT(p->kinds, struct kind, i)->parent;
    return parent == LANG_NONE || vec_add_index(p, out, parent);
}

static struct str kind_label(const struct agreement *g, uint32_t i, struct place *at)
{
    *at = g->kinds[i].at;
    return g->kinds[i].name;
}

static bool condition_provisions(struct parser *p, const struct condition *c, struct vec *out)
{
    if (!c) return true;
    if (c->provision != LANG_NONE && !vec_add_index(p, out, c->provision)) return false;
    for (uint32_t i = 0; i < c->n_sub; i++)
        if (!condition_provisions(p, c->sub[i], out)) return false;
    return true;
}

/* What the rules of force for a provision rest on.  A rule reads a provision as it is without that
 * rule, so one that suspends a provision when it is violated, or a rule for the whole agreement, is no
 * circle. */
static bool force_targets(struct parser *p, const struct agreement *g, uint32_t i, struct vec *out)
{
    for (uint32_t k = 0; k < g->n_force; k++) {
        const struct force_rule *r = &g->force[k];
        struct vec named = {0};
        if (r->subject == FORCE_AGREEMENT || !force_covers(g, r, i)) continue;
        if (!condition_provisions(p, r->when, &named) || !condition_provisions(p, r->until, &named))
            return false;
        for (size_t n = 0; n < named.n; n++) {
            uint32_t to = *VEC_AT(named, uint32_t, n);
            if (!force_covers(g, r, to) && !vec_add_index(p, out, to)) return false;
        }
    }
    return true;
}

static bool provision_targets(struct parser *p, const struct agreement *g, uint32_t i,
                              struct vec *out)
{
    const struct provision *pv = &g->provisions[i];
    if (!force_targets(p, g, i, out)) return false;
    for (uint32_t k = 0; k < pv->n_frames; k++)
        if (!condition_provisions(p, pv->frames[k].condition, out)) return false;
    if (pv->despite != LANG_NONE && !vec_add_index(p, out, pv->despite)) return false;
    if (pv->justifies != LANG_NONE && !vec_add_index(p, out, pv->justifies)) return false;
    if (pv->trigger.provision != LANG_NONE && !vec_add_index(p, out, pv->trigger.provision))
        return false;
    return condition_provisions(p, pv->if_, out) && condition_provisions(p, pv->unless, out) &&
           condition_provisions(p, pv->only, out) &&
           condition_provisions(p, pv->trigger.condition, out);
}

static struct str provision_label(const struct agreement *g, uint32_t i, struct place *at)
{
    *at = g->provisions[i].name_at;
    return g->provisions[i].name;
}

bool check_families(struct parser *p)
{
    struct agreement view = {.kinds = p->kinds.v, .n_kinds = (uint32_t)p->kinds.n};
    size_t errors = p->d->errors;
    return walk_all((struct walk){.p = p,
                                  .g = &view,
                                  .targets = parent_targets,
                                  .name = kind_label,
                                  .what = "this event"},
                    view.n_kinds) &&
           p->d->errors == errors;
}

bool graph_check(struct parser *p, const struct agreement *g)
{
    return walk_all((struct walk){.p = p,
                                  .g = g,
                                  .targets = zone_targets,
                                  .name = zone_label,
                                  .what = "this zone"},
                    g->n_zones) &&
           walk_all((struct walk){.p = p,
                                  .g = g,
                                  .targets = date_targets,
                                  .name = date_label,
                                  .what = "this date"},
                    g->n_dates + 1) &&
           walk_all((struct walk){.p = p,
                                  .g = g,
                                  .targets = kind_targets,
                                  .name = kind_label,
                                  .what = "this definition"},
                    g->n_kinds) &&
           walk_all((struct walk){.p = p,
                                  .g = g,
                                  .targets = provision_targets,
                                  .name = provision_label,
                                  .what = "this provision"},
                    g->n_provisions);
}
