/* Lines and zones. */
#include "lang/quantity.h"
#include "lint/private.h"

/* ---- measured from where? ---- */

static bool has_place(const struct provision *pv)
{
    return pv->act.zone != LANG_NONE || pv->sites.n;
}

static bool clause_has_place(const struct lint *l, uint32_t clause)
{
    struct indices in = provisions_in(l, clause);
    for (uint32_t i = 0; i < in.n; i++)
        if (has_place(&l->g->provisions[in.v[i]])) return true;
    return false;
}

/* "25 km", "the line of contact" in the text of a clause whose sentences have no place. */
static bool find_distance(struct lint *l, const struct passage *x)
{
    static const char *const lines[] = {"line of contact",    "contact line",   "front line",
                                        "line of separation", "ceasefire line", "demarcation line"};
    const struct passages *p = &l->prose;
    struct measured_at m;
    size_t first = x->end, end = x->end;
    for (size_t i = x->first; i < x->end && first == x->end; i++) {
        bool far = measured_at(p, i, x->end, &m) && m.what == MEASURED_LENGTH;
        if (far) first = m.first, end = m.end;
        for (size_t k = 0; k < sizeof lines / sizeof *lines && !far; k++) {
            size_t n = words_at(p, i, x->end, lines[k]);
            if (n) first = i, end = i + n;
        }
    }
    if (first == x->end) return false;
    struct place at = tokens_place(l, p, first, end);
    struct remark *f =
        lint_find(l, at, x->clause, "the text says \"%.*s\", and no sentence beside it has a place",
                  STR_ARG(place_text(at)));
    lint_mend(
        l, f,
        "declare the line and what lies near it (line contact from \"….geojson\". zone belt is "
        "within 25 km of contact.), and write: … out of belt");
    return true;
}

/* Verbs of moving away: without a place nobody knows where from. */
static bool moves_away(const struct kind *k)
{
    static const char *const verbs[] = {"withdraw", "pull back", "disengage", "retreat",
                                        "redeploy"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (str_starts(k->base, str_of(verbs[i]))) return true;
    return false;
}

void rule_no_reference_line(struct lint *l)
{
    const struct agreement *g = l->g;
    uint32_t said = LANG_NONE;
    for (size_t i = 0; i < l->prose.n; i++) {
        const struct passage *x = &l->prose.v[i];
        if (x->clause == said || !clause_has_provision(l, x->clause) ||
            clause_has_place(l, x->clause))
            continue;
        if (find_distance(l, x)) said = x->clause;
    }
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        bool duty = pv->pattern == PATTERN_DUTY || pv->pattern == PATTERN_SCHEDULE ||
                    pv->pattern == PATTERN_LAPSE;
        if (!duty || pv->act.kind == LANG_NONE || !moves_away(&g->kinds[pv->act.kind]) ||
            pv->clause == said || clause_has_place(l, pv->clause))
            continue;
        struct str verb = g->kinds[pv->act.kind].base;
        struct remark *f =
            lint_find_in(l, i, pv->act.at, "\"%.*s\": from which line or place?", STR_ARG(verb));
        lint_mend(
            l, f,
            "declare the event with a place (…, from a zone, verb %.*s) and write: must %.*s from "
            "belt",
            STR_ARG(verb), STR_ARG(verb));
    }
}

/* ---- where nobody looks ---- */

/* Does everything in the zone lie in `in`, as far as the declarations say? */
static bool inside(const struct agreement *g, uint32_t zone, uint32_t in, int depth);

static bool expression_inside(const struct agreement *g, const struct zone_expr *e, uint32_t in,
                              int depth)
{
    if (!e || depth > 32) return false;
    switch (e->op) {
    case ZONE_NAME: return inside(g, e->index, in, depth + 1);
    case ZONE_DIFFERENCE: return e->n_sub && expression_inside(g, e->sub[0], in, depth + 1);
    case ZONE_INTERSECTION:
        for (uint32_t i = 0; i < e->n_sub; i++)
            if (expression_inside(g, e->sub[i], in, depth + 1)) return true;
        return false;
    case ZONE_UNION:
        for (uint32_t i = 0; i < e->n_sub; i++)
            if (!expression_inside(g, e->sub[i], in, depth + 1)) return false;
        return e->n_sub > 0;
    default: return false;
    }
}

static bool part_of(const struct agreement *g, uint32_t zone, const struct zone_expr *whole,
                    int depth)
{
    if (!whole || depth > 32) return false;
    if (whole->op == ZONE_NAME) return inside(g, zone, whole->index, depth + 1);
    if (whole->op == ZONE_WITHIN_ZONE) return inside(g, zone, whole->index, depth + 1);
    if (whole->op != ZONE_UNION) return false;
    for (uint32_t i = 0; i < whole->n_sub; i++)
        if (part_of(g, zone, whole->sub[i], depth + 1)) return true;
    return false;
}

static bool inside(const struct agreement *g, uint32_t zone, uint32_t in, int depth)
{
    if (zone == in) return true;
    if (depth > 32) return false;
    return expression_inside(g, g->zones[zone].expr, in, depth + 1) ||
           part_of(g, zone, g->zones[in].expr, depth + 1);
}

/* Is there a rule of coverage for the kind, and does one reach the zone? */
static bool covered(const struct agreement *g, uint32_t kind, uint32_t zone, bool *rules)
{
    *rules = false;
    for (uint32_t i = 0; i < g->n_coverage; i++) {
        const struct coverage_rule *c = &g->coverage[i];
        *rules = true;
        if (c->kind != LANG_NONE && !kind_is(g, kind, c->kind)) continue;
        if (c->zone == LANG_NONE || inside(g, zone, c->zone, 0)) return true;
    }
    return false;
}

static void look_at_zone(struct lint *l, uint32_t provision, uint32_t zone, uint32_t kind)
{
    const struct agreement *g = l->g;
    const struct provision *pv = &g->provisions[provision];
    const struct kind *k = &g->kinds[kind];
    bool rules;
    if (k->filed || k->ground || k->definition || covered(g, kind, zone, &rules) || !rules) return;
    struct str name = g->zones[zone].name;
    struct remark *f =
        lint_find_in(l, provision, pv->act.at,
                     "coverage is counted elsewhere; nobody has to look for \"%.*s\" in %.*s",
                     STR_ARG(k->name), STR_ARG(name));
    if (f) f->about = name;
    lint_mend(l, f, "write: coverage of %.*s in %.*s counts when by …", STR_ARG(k->name),
              STR_ARG(name));
}

void rule_zone_nobody_covers(struct lint *l)
{
    const struct agreement *g = l->g;
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        if (pv->amends != LANG_NONE) continue;
        if (pv->act.kind != LANG_NONE && pv->act.zone != LANG_NONE)
            look_at_zone(l, i, pv->act.zone, pv->act.kind);
        for (uint32_t k = 0; k < pv->sites.n; k++) {
            const struct site *s = &g->sites[pv->sites.v[k]];
            look_at_zone(l, i, s->zone, s->check);
        }
    }
}

/* ---- a permission for what is forbidden ---- */

static bool meets(const struct lint *l, const struct provision *may, const struct provision *not_)
{
    const struct agreement *g = l->g;
    instant a, b, c, d;
    if (not_->act.kind == LANG_NONE || !kind_is(g, may->act.kind, not_->act.kind) ||
        !indices_meet(may->bearers, not_->bearers))
        return false;
    uint32_t here = may->act.zone, there = not_->act.zone;
    bool apart = here != LANG_NONE && there != LANG_NONE && !inside(g, here, there, 0) &&
                 !inside(g, there, here, 0);
    lint_window(l, may, &a, &b);
    lint_window(l, not_, &c, &d);
    return !apart && a <= d && c <= b;
}

void rule_permission_meets_prohibition(struct lint *l)
{
    const struct agreement *g = l->g;
    for (uint32_t i = 0; i < l->n_permissions; i++) {
        const struct provision *may = &g->provisions[l->permissions[i]];
        for (uint32_t k = 0; k < g->n_provisions; k++) {
            const struct provision *not_ = &g->provisions[k];
            if (not_->pattern != PATTERN_FORBID || not_->unless || !meets(l, may, not_)) continue;
            struct remark *f = lint_find_in(
                l, l->permissions[i], may->act.at,
                "\"%.*s\" forbids the same act, and a permission yields to a prohibition",
                STR_ARG(not_->name));
            if (f) f->about = not_->name;
            lint_mend(l, f, "write: despite %.*s, … may … only if …; or in %.*s: unless …",
                      STR_ARG(not_->name), STR_ARG(not_->name));
            break;
        }
    }
}
