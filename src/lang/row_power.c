/* Row 13: "commission may excuse ceasefire by consensus", "smm may attribute violations of ceasefire",
 * "commission may decide disputes". */
#include "lang/power.h"

#include "lang/draft.h"

static const char example[] = "write: commission may excuse ceasefire by consensus";

static const struct {
    const char *verb;
    enum power_op op;
} verbs[POWERS] = {{"decide", POWER_DECIDE},
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
    for (size_t i = 0; i < POWERS; i++) any |= look_ahead(p, 1, verbs[i].verb);
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
    for (size_t i = 0; i < POWERS; i++)
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
