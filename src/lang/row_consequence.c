/* Row 10: a duty that follows the violation of another provision, or a condition:
 *
 *     if ceasefire is violated 3 times in any 7 days by one party, then commission must convene
 *     within 48 hours; otherwise guarantor must notify north within 24 hours.
 *
 * It is read as a duty whose trigger is that violation.  What stands behind `otherwise` is a
 * provision of its own, named after the first with "otherwise", whose trigger is the violation of
 * the first: it falls due when the first was not done in time. */
#include "lang/draft.h"

bool look_then(const struct parser *p)
{
    return look(p, "then") || look(p, "by one") || look(p, "by a") || look(p, "by the same");
}

/* "by one party": violations of different bearers are not added up. */
static bool read_by_one(struct parser *p, struct draft *dr)
{
    if (!eat(p, "by one and the same") && !eat(p, "by the same") && !eat(p, "by one") &&
        !eat(p, "by a"))
        return true;
    enum actor_class c;
    size_t n;
    if (!actor_class_word(p, false, &c, &n))
        return expected(p, "\"party\"", "write: by one party, then …");
    p->at += n;
    dr->pv.trigger.by_one = true;
    return true;
}

bool read_then(struct parser *p, struct draft *dr)
{
    const struct condition *c = dr->pv.if_;
    struct trigger *t = &dr->pv.trigger;
    p->doing = "a consequence";
    dr->consequence = true;
    *t = (struct trigger){.op = TRIGGER_WHEN,
                          .condition = c,
                          .provision = LANG_NONE,
                          .phrase = {.kind = LANG_NONE, .zone = LANG_NONE},
                          .at = c->at};
    if (c->op == COND_VIOLATED) {
        t->op = TRIGGER_VIOLATION;
        t->condition = NULL;
        t->provision = c->provision;
        t->count = c->count;
        t->window = c->window;
        if (!read_by_one(p, dr)) return false;
    } else if (!look(p, "then")) {
        struct diag *x = refuse(p, "by-whom", place_now(p), "\"by one …\" belongs to a violation");
        diag_fix(p->d, x, "write: if ceasefire is violated by one party, then …");
        return false;
    }
    t->at = place_join(c->at, place_last(p));
    dr->pv.if_ = NULL;
    eat_punct(p, ',');
    return expect(p, "then", "write: if … is violated, then … must … within …");
}

bool look_each_violation(const struct parser *p)
{
    return look(p, "each violation of") || look(p, "every violation of");
}

bool read_each_violation(struct parser *p, struct draft *dr)
{
    struct trigger *t = &dr->pv.trigger;
    size_t first = p->at;
    if (dr->consequence) {
        struct diag *x = refuse(p, "twice", place_now(p), "this duty follows something already");
        diag_fix(p->d, x, "write two provisions");
        return false;
    }
    p->doing = "a consequence";
    p->at += 3;
    dr->consequence = true;
    *t = (struct trigger){.op = TRIGGER_VIOLATION,
                          .count = 1,
                          .provision = LANG_NONE,
                          .phrase = {.kind = LANG_NONE, .zone = LANG_NONE}};
    if (!name_read(p, SORT_PROVISION, "a provision", &t->provision)) return false;
    t->at = place_join(p->tokens.v[first].at, place_last(p));
    dr->act_end = p->at;
    return true;
}

/* ---- the bearer ---- */

bool look_violator(const struct parser *p)
{
    return look(p, "the party") || look(p, "the other party");
}

static bool are_parties(const struct parser *p, const struct provision *pv)
{
    for (uint32_t i = 0; i < pv->bearers.n; i++)
        if (VEC_AT(p->actors, struct actor, pv->bearers.v[i])->class_ != ACTOR_PARTY) return false;
    return pv->bearers.n > 0;
}

/* Behind "otherwise": the party is the only one that was spoken of.  Where the first duty binds no party,
 * that is the one whose violation it follows; where it binds that same party, both are one.  The
 * provision whose violator is meant, or NULL with a finding. */
static const struct provision *spoken_of(struct parser *p, struct trigger *t, struct place at)
{
    const struct provision *of = VEC_AT(p->provisions, struct provision, t->provision);
    const struct trigger *first = &of->trigger;
    if (of->pattern != PATTERN_CONSEQUENCE || first->op != TRIGGER_VIOLATION) return of;
    if (first->violator == VIOLATOR_SAME) return of;
    if (!are_parties(p, of)) {
        t->of_first = true;
        return VEC_AT(p->provisions, struct provision, first->provision);
    }
    struct diag *x =
        refuse(p, "the-party", at,
               "which party: the one that violated %.*s, or the one that did not do this?",
               STR_ARG(VEC_AT(p->provisions, struct provision, first->provision)->name));
    diag_fix(p->d, x, "name the one who must");
    return NULL;
}

bool read_violator(struct parser *p, struct draft *dr, struct vec *bearers)
{
    struct trigger *t = &dr->pv.trigger;
    struct place at = token_now(p)->at;
    bool other = eat(p, "the other party");
    if (!other && !eat(p, "the party")) return false;
    if (t->op != TRIGGER_VIOLATION) {
        struct diag *x = refuse(p, "the-party", at, "no single party stands before it");
        diag_fix(p->d, x, "name the one who must: each party must …");
        return false;
    }
    const struct provision *of = spoken_of(p, t, at);
    if (!of) return false;
    if (!of->bearers.n) {
        struct diag *x =
            refuse(p, "not-yet-read", at,
                   "whom %.*s binds is not known: it hangs on this provision, or has an error",
                   STR_ARG(of->name));
        diag_fix(p->d, x, "name the party");
        return false;
    }
    if (other && (of->bearers.n != 2 || of->together)) {
        struct diag *x =
            refuse(p, "which-other", at, "%.*s binds %u: which is \"the other party\"?",
                   STR_ARG(of->name), of->together ? 1U : of->bearers.n);
        diag_fix(p->d, x, "name the one who must");
        return false;
    }
    t->violator = other ? VIOLATOR_OTHER : VIOLATOR_SAME;
    t->by_one = true;
    for (uint32_t i = 0; i < of->bearers.n; i++)
        if (!vec_add_index(p, bearers, of->bearers.v[i])) return false;
    return true;
}

/* ---- the duty ---- */

/* "of its being verified": time runs from the record of the violation. */
bool read_within_consequence(struct parser *p, struct draft *dr)
{
    if (!eat(p, "of its being")) return true;
    if (eat(p, "verified") || eat(p, "established") || eat(p, "recorded")) {
        dr->pv.trigger.recorded = true;
        return true;
    }
    return expected(p, "\"verified\" or \"recorded\"",
                    "write: within 24 hours of its being verified");
}

bool check_consequence(struct parser *p, struct draft *dr)
{
    if (dr->pv.pattern == PATTERN_DUTY && dr->pv.deadline.op == DEADLINE_WITHIN) {
        dr->pv.pattern = PATTERN_CONSEQUENCE;
        return true;
    }
    struct diag *x = refuse(p, "not-a-consequence", place_last(p),
                            "what follows a violation is a duty with a time of its own");
    diag_fix(p->d, x, "write: then … must … within 48 hours");
    return false;
}
