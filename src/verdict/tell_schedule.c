/* Steps of the chain about schedules: what a step asked for and what was done by its deadline. */
#include "verdict/need.h"
#include "verdict/settle.h"
#include "verdict/tell.h"

static void tell_number(struct telling *t, int64_t lo, int64_t hi)
{
    if (hi == INT64_MAX && lo == 0)
        buf_puts(&t->text, "a number that is not on record");
    else if (hi == INT64_MAX)
        buf_fmt(&t->text, "%lld or more", (long long)lo);
    else if (lo == hi)
        buf_int(&t->text, lo);
    else
        buf_fmt(&t->text, "%lld to %lld", (long long)lo, (long long)hi);
}

void tell_step(struct telling *t, const struct instance *x, int depth)
{
    const struct violation *v = t->violation;
    const struct need *need = v->preds[v->need_pred].need;
    const struct schedule_step *s = &need->steps[x->step];
    instant by = x->to < t->v->options.at ? x->to : t->v->options.at;
    struct need_range asked = need_of(t->relations, v->need_pred, x->step, WORLD_C);
    struct done_so_far done = schedule_done(t->relations, by);
    buf_fmt(&t->text, "step %u asks for ", (unsigned)x->step + 1);
    tell_number(t, asked.lo, asked.hi);
    if (s->den) {
        struct need_range base = need_baseline(t->relations, v->need_pred, x->step, WORLD_C);
        if (s->num == s->den)
            buf_puts(&t->text, " (all of ");
        else
            buf_fmt(&t->text, " (%lld/%lld of ", (long long)s->num, (long long)s->den);
        tell_number(t, base.lo, base.hi);
        buf_puts(&t->text, s->num < s->den ? s->down ? ", rounded down)" : ", rounded up)" : ")");
    }
    buf_fmt(&t->text, "; %lld done by then for certain", (long long)done.certain);
    if (done.possible > done.certain)
        buf_fmt(&t->text, ", %lld at most on record", (long long)done.possible);
    struct why_step *step = tell(t, WHY_CONDITION, depth);
    if (!step) return;
    step->at = s->at;
    step->to = by;
}

/* What the check said is there, by its first known alternative; several may differ. */
static void tell_found(struct telling *t, const struct site *site, uint32_t fact)
{
    const struct alternative *a = &t->facts->alternatives[t->facts->facts[fact].first_alternative];
    struct value present = t->facts->value_pool[a->values + site->present];
    struct value access = {1, 1};
    if (site->access != LANG_NONE) access = t->facts->value_pool[a->values + site->access];
    if (access.hi == 0) {
        buf_puts(&t->text, "nobody could look");
    } else if (!value_known(access)) {
        buf_puts(&t->text, "whether anybody could look is not known");
    } else if (present.lo == INT64_MIN && present.hi == INT64_MAX) {
        buf_puts(&t->text, "how many are there was not said");
    } else {
        tell_number(t, present.lo, present.hi);
        buf_puts(&t->text, " found");
    }
}

void tell_sites(struct telling *t, const struct instance *x, int depth)
{
    const struct provision *p = &t->g->provisions[t->violation->provision];
    for (uint32_t i = 0; i < p->sites.n; i++) {
        const struct site *site = &t->g->sites[p->sites.v[i]];
        if (site->owner != x->bearer) continue;
        int64_t held = p->sites_verified ? site->verified : site->declared;
        buf_fmt(&t->text, "%.*s holds %lld %.*s as %s; ", STR_ARG(site->label), (long long)held,
                STR_ARG(t->g->stocks[site->stock].label),
                p->sites_verified ? "verified" : "declared");
        if (x->fact == FACTS_NONE)
            buf_puts(&t->text, "no check is on record");
        else
            tell_found(t, site, x->fact);
        struct why_step *step = tell(t, WHY_CONDITION, depth);
        if (step) step->at = site->at;
    }
}
