/* Towards whom an act is: "notify each party", "inform the other party". */
#include "lang/draft.h"

/* "towards the other party": one must be left. */
static bool check_other(struct parser *p, const struct draft *dr, const struct attribute_test *t)
{
    struct indices bearers = dr->pv.bearers;
    for (uint32_t i = 0; i < bearers.n; i++) {
        uint32_t left = t->actors.n - (indices_has(t->actors, bearers.v[i]) ? 1 : 0);
        if (t->each && left) continue;
        if (t->each) {
            refuse(p, "nobody-left", t->at, "nobody is left towards whom to act");
            return false;
        }
        if (left == 1 && !dr->pv.together) continue;
        struct diag *x = refuse(p, "which-other", t->at, "which of them is \"the other\"?");
        diag_fix(p->d, x, "name the one who is meant; or write: each other …");
        return false;
    }
    return true;
}

/* Who acts does not act towards itself, and one act of all towards each would be several. */
static bool check_each(struct parser *p, const struct draft *dr, const struct attribute_test *t)
{
    struct indices bearers = dr->pv.bearers;
    if (dr->pv.pattern == PATTERN_SCHEDULE || dr->pv.together) {
        struct diag *x =
            refuse(p, "each-object", t->at, "one act towards each of several is several acts");
        diag_fix(p->d, x, "write one provision for each");
        return false;
    }
    for (uint32_t i = 0; i < bearers.n; i++) {
        if (t->others || !indices_has(t->actors, bearers.v[i])) continue;
        struct diag *x = refuse(p, "each-itself", t->at, "%.*s is one of them itself",
                                STR_ARG(VEC_AT(p->actors, struct actor, bearers.v[i])->name));
        diag_fix(p->d, x, "write: each other …; or name those who are meant");
        return false;
    }
    return true;
}

bool check_towards(struct parser *p, const struct draft *dr)
{
    const struct phrase *act = &dr->pv.act;
    for (uint32_t i = 0; i < act->n_tests; i++) {
        const struct attribute_test *t = &act->tests[i];
        if (t->others && !check_other(p, dr, t)) return false;
        if (t->each && !check_each(p, dr, t)) return false;
    }
    return true;
}
