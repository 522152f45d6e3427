/* Row 13: "commission may excuse ceasefire by consensus", "smm may attribute violations of ceasefire",
 * "commission may decide disputes". */
#include "lang/power.h"

#include "lang/draft.h"
#include "lang/in_force.h"

#define VERBS (sizeof verbs / sizeof verbs[0])

static const char example[] = "write: commission may excuse ceasefire by consensus";

static const struct {
    const char *verb;
    enum power_op op;
} verbs[] = {{"decide", POWER_DECIDE},
             {"excuse", POWER_EXCUSE},
             {"interpret", POWER_INTERPRET},
             {"attribute", POWER_ATTRIBUTE},
             {"reopen", POWER_REOPEN}};

/* A declared verb goes before a power: "may decide the fate of the weapons". */
bool look_power(const struct parser *p)
{
    struct form f;
    bool any = false;
    if (!look(p, "may")) return false;
    for (size_t i = 0; i < VERBS; i++) any |= look_ahead(p, 1, verbs[i].verb);
    return any && !phrase_match(p, p->at + 1, FORM_BASE, &f);
}

/* Those who are judged do not judge. */
static bool check_holder(struct parser *p, const struct draft *dr, enum power_op op)
{
    for (uint32_t i = 0; i < dr->pv.bearers.n; i++) {
        const struct actor *a = VEC_AT(p->actors, struct actor, dr->pv.bearers.v[i]);
        if (a->class_ != ACTOR_PARTY || op == POWER_DECIDE || op == POWER_INTERPRET) continue;
        struct diag *x = refuse(p, "judge-of-itself", dr->pv.name_at,
                                "%.*s is a party: those who are judged do not judge (%s)",
                                STR_ARG(a->label), verbs[op].verb);
        diag_fix(p->d, x, "give the power to a body; %s", example);
        return false;
    }
    return true;
}

bool read_power(struct parser *p, struct draft *dr)
{
    struct power *w = parse_alloc(p, sizeof *w);
    if (!w) return false;
    p->doing = "a power";
    p->at++; /* may */
    for (size_t i = 0; i < VERBS; i++)
        if (look(p, verbs[i].verb)) w->op = verbs[i].op;
    p->at++;
    w->provision = LANG_NONE;
    dr->pv.pattern = PATTERN_DECIDE;
    dr->pv.permitted = true;
    dr->pv.power = w;
    bool over = eat(p, "violations of") || eat(p, "a violation of");
    size_t first = p->at;
    if (!name_eat(p, SORT_PROVISION, &w->provision)) {
        if (over) return name_unknown(p, SORT_PROVISION, "a provision");
        while (!at_end(p) && !look(p, "by")) p->at++;
        if (p->at == first) return expected(p, "what the power is about", example);
        w->matter = words_text(p, first, p->at);
    }
    if (eat(p, "by")) {
        first = p->at;
        while (!at_end(p)) p->at++;
        if (p->at == first) return expected(p, "how it is decided", "write: by consensus");
        w->rule = words_text(p, first, p->at);
    }
    return check_holder(p, dr, w->op);
}

/* ---- what nobody can violate ---- */

static bool can_violate(struct parser *p, const struct agreement *g, uint32_t provision,
                        struct place at)
{
    const struct provision *of = &g->provisions[provision];
    if (of->pattern != PATTERN_DECIDE && of->pattern != PATTERN_JUSTIFY) return true;
    struct diag *x =
        refuse(p, "cannot-violate", at, "%.*s gives a right: nobody can violate or fulfil it",
               STR_ARG(of->name));
    diag_fix(p->d, x, "name what it is about");
    return false;
}

static bool asks_of_duties(struct parser *p, const struct agreement *g, const struct condition *c)
{
    if (!c) return true;
    bool asks = c->op == COND_VIOLATED || c->op == COND_FULFILLED;
    if (asks && !can_violate(p, g, c->provision, c->at)) return false;
    for (uint32_t i = 0; i < c->n_sub; i++)
        if (!asks_of_duties(p, g, c->sub[i])) return false;
    return true;
}

static bool provision_asks(struct parser *p, const struct agreement *g, const struct provision *pv)
{
    const struct trigger *t = &pv->trigger;
    bool follows = t->op == TRIGGER_VIOLATION;
    if (follows && !can_violate(p, g, t->provision, t->at)) return false;
    for (uint32_t i = 0; i < pv->n_frames; i++)
        if (!asks_of_duties(p, g, pv->frames[i].condition)) return false;
    return asks_of_duties(p, g, pv->if_) && asks_of_duties(p, g, pv->unless) &&
           asks_of_duties(p, g, pv->only) && asks_of_duties(p, g, t->condition);
}

bool check_powers(struct parser *p, const struct agreement *g)
{
    for (uint32_t i = 0; i < g->n_provisions; i++)
        if (!provision_asks(p, g, &g->provisions[i])) return false;
    for (uint32_t i = 0; i < g->n_force; i++)
        if (!asks_of_duties(p, g, g->force[i].when) || !asks_of_duties(p, g, g->force[i].until))
            return false;
    for (uint32_t i = 0; i < g->n_kinds; i++) {
        const struct definition *d = g->kinds[i].definition;
        if (d && (!asks_of_duties(p, g, d->from) || !asks_of_duties(p, g, d->until))) return false;
    }
    return true;
}

/* ---- asking ---- */

bool power_given(const struct agreement *g, enum power_op op)
{
    for (uint32_t i = 0; i < g->n_provisions; i++)
        if (g->provisions[i].power && g->provisions[i].power->op == op) return true;
    return false;
}

bool power_has(const struct agreement *g, enum power_op op, uint32_t actor, uint32_t provision)
{
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        if (!pv->power || pv->power->op != op) continue;
        bool about = provision == LANG_NONE || pv->power->provision == LANG_NONE ||
                     pv->power->provision == provision_first(g, provision);
        if (about && indices_has(pv->bearers, actor)) return true;
    }
    return false;
}
