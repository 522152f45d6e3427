/* Row 13: the right to suspend by notice, once another provision was violated.
 *
 *     if ceasefire is violated 3 times in any 168 hours by one party, then the other party may suspend
 *     pullback by notice until 168 hours, all of them covered, pass without violation; pullback then
 *     resumes with its unexpired time.
 *
 * It is a power: it can neither be kept nor broken.  What it does is a rule of force, made here: what
 * is suspended is not in force while a suspension by that right runs (COND_SUSPENSION). */
#include "lang/draft.h"
#include "lang/in_force.h"
#include "lang/power.h"

static const char example[] =
    "write: then the other party may suspend pullback by notice until 168 hours pass without "
    "violation";

/* A declared verb goes before the right: "may suspend its operations". */
bool look_suspend(const struct parser *p)
{
    struct form f;
    return look(p, "may suspend") && !phrase_match(p, p->at + 1, FORM_BASE, &f);
}

static bool after_violation(struct parser *p, const struct draft *dr)
{
    if (dr->consequence && dr->pv.trigger.op == TRIGGER_VIOLATION) {
        if (dr->pv.trigger.violator != VIOLATOR_SAME) return true;
        struct diag *x = refuse(p, "suspend-own", place_now(p),
                                "who violated would suspend by its own violation");
        diag_fix(p->d, x, "write: then the other party may suspend …");
        return false;
    }
    struct diag *x =
        refuse(p, "suspend-when", place_now(p),
               "after which violation? a right to suspend by notice follows one of a provision");
    diag_fix(p->d, x,
             "write: if ceasefire is violated by one party, then the other party may suspend …; or "
             "when it is suspended: pullback is suspended when north has notified until …");
    return false;
}

/* ---- the notice ---- */

/* Where the notice has an attribute `provision`, only one that names what is suspended counts. */
static bool name_subject(struct parser *p, struct phrase *ph, struct str subject)
{
    const struct kind *k = VEC_AT(p->kinds, struct kind, ph->kind);
    uint32_t a = kind_attribute(k, STR("provision"));
    if (a == LANG_NONE || k->attributes[a].type != ATTRIBUTE_TEXT) return true;
    struct str *texts = parse_alloc(p, 2 * sizeof *texts);
    if (!texts) return false;
    texts[0] = name_spoken(p, subject);
    texts[1] = name_canonical(p, subject);
    uint32_t n = str_eq(texts[0], texts[1]) ? 1 : 2;
    struct attribute_test t = {.attribute = a, .texts = texts, .n_texts = n, .at = ph->at};
    return add_test(p, ph, &t);
}

/* Can all who have the right give the notice? */
static bool given_by(struct parser *p, const struct draft *dr, const struct kind *k,
                     struct place at)
{
    uint32_t class_ = k->attributes[k->actor].class_;
    for (uint32_t i = 0; i < dr->pv.bearers.n && class_ != LANG_NONE; i++) {
        const struct actor *a = VEC_AT(p->actors, struct actor, dr->pv.bearers.v[i]);
        if (a->class_ == (enum actor_class)class_) continue;
        struct diag *x =
            refuse(p, "notice-by-whom", at, "\"%.*s\" is given by a %s, which %.*s is not",
                   STR_ARG(k->label), actor_class_name((enum actor_class)class_), STR_ARG(a->name));
        diag_fix(p->d, x, "declare it with: (by actor)");
        return false;
    }
    return true;
}

static bool is_notice(struct parser *p, const struct draft *dr, uint32_t kind, struct place at)
{
    const struct kind *k = VEC_AT(p->kinds, struct kind, kind);
    if (k->is_state || !k->filed) {
        struct diag *x = refuse(p, "notice-not-filed", at,
                                "a notice is an act that exists only where it is on record");
        diag_fix(p->d, x, "declare it: filed event notice (by party).");
        return false;
    }
    if (k->actor != LANG_NONE) return given_by(p, dr, k, at);
    struct diag *x =
        refuse(p, "notice-by-whom", at, "\"%.*s\" does not say who gives it", STR_ARG(k->label));
    diag_fix(p->d, x, "declare it with: (by party)");
    return false;
}

static bool read_notice(struct parser *p, const struct draft *dr, struct power *w,
                        struct str subject)
{
    struct form f;
    if (!expect(p, "by", example)) return false;
    eat_article(p);
    size_t first = p->at, n = phrase_match(p, p->at, FORM_NOUN, &f);
    if (!n) return name_unknown(p, SORT_KIND, "the notice, a filed event");
    p->at += n;
    struct place at = place_join(p->tokens.v[first].at, place_last(p));
    if (!is_notice(p, dr, f.kind, at)) return false;
    w->notice = (struct phrase){.kind = f.kind, .who = WHO_BEARER, .zone = LANG_NONE, .at = at};
    return read_objects(p, &w->notice) && read_tests(p, &w->notice) &&
           name_subject(p, &w->notice, subject);
}

/* ---- its end ---- */

static bool read_until(struct parser *p, struct power *w)
{
    if (!expect(p, "until", example)) return false;
    if (!look_duration(p)) {
        struct diag *x = refuse(p, "suspend-until", place_now(p),
                                "how long without violation, until it resumes?");
        diag_fix(p->d, x, "%s", example);
        return false;
    }
    if (!read_duration(p, &w->stretch)) return false;
    eat_punct(p, ',');
    w->covered = eat(p, "all of them covered");
    eat_punct(p, ',');
    return expect(p, "pass without violation", example);
}

/* "; pullback then resumes with its unexpired time" */
static bool read_resumes(struct parser *p, struct power *w, struct force_rule *r,
                         struct str subject)
{
    struct force_rule again = {.index = LANG_NONE};
    if (!eat_punct(p, ';')) return true;
    if (look(p, "otherwise")) {
        struct diag *x = refuse(p, "right-otherwise", place_now(p),
                                "a right is used or not: nothing follows when it is not used");
        diag_fix(p->d, x, "end the sentence before it");
        return false;
    }
    if (look(p, "its deadlines")) return read_force_deadlines(p, r);
    size_t first = p->at;
    if (!read_force_subject(p, &again)) return false;
    if (again.subject != r->subject || again.index != r->index) {
        struct diag *x = refuse(p, "resumes-what", place_join(p->tokens.v[first].at, place_last(p)),
                                "what resumes is not what was suspended");
        diag_fix(p->d, x, "write: ; %.*s then resumes with its unexpired time", STR_ARG(subject));
        return false;
    }
    if (!expect(p, "then resumes", "write: ; pullback then resumes with its unexpired time"))
        return false;
    w->unexpired = r->moves = r->unexpired = eat(p, "with its unexpired time");
    return r->moves || read_force_deadlines(p, r);
}

/* ---- the sentence ---- */

static const struct condition *runs(struct parser *p, const struct draft *dr, const struct power *w,
                                    uint32_t power)
{
    struct condition *c = parse_alloc(p, sizeof *c);
    if (!c) return NULL;
    *c = (struct condition){.op = COND_SUSPENSION,
                            .phrase = w->notice,
                            .since = {.kind = LANG_NONE, .zone = LANG_NONE},
                            .window = w->stretch,
                            .provision = dr->pv.trigger.provision,
                            .count = dr->pv.trigger.count,
                            .power = power,
                            .at = dr->pv.trigger.at};
    return c;
}

bool read_suspend(struct parser *p, struct draft *dr, const struct sentence *s)
{
    struct power *w = parse_alloc(p, sizeof *w);
    struct force_rule r = {.op = FORCE_SUSPENDED,
                           .clause = p->clause,
                           .index = LANG_NONE,
                           .by = LANG_NONE,
                           .of_power = true,
                           .word = STR("suspended")};
    if (!w || !after_violation(p, dr)) return false;
    p->doing = "a right to suspend";
    p->at += 2;
    size_t first = p->at;
    if (!read_force_subject(p, &r)) return false;
    struct str subject = words_text(p, first, p->at);
    w->op = POWER_SUSPEND;
    w->provision = r.subject == FORCE_PROVISION ? r.index : LANG_NONE;
    if (r.subject != FORCE_PROVISION) w->matter = subject;
    if (!read_notice(p, dr, w, subject) || !read_until(p, w) || !read_resumes(p, w, &r, subject))
        return false;
    dr->pv.pattern = PATTERN_DECIDE;
    dr->pv.permitted = true;
    dr->pv.power = w;
    r.at = place_join(p->tokens.v[s->first].at, place_last(p));
    r.sentence = words_text(p, s->first, s->end);
    r.when = runs(p, dr, w, s->item);
    struct force_rule *slot = r.when ? vec_add(p, &p->force, sizeof *slot) : NULL;
    if (slot) *slot = r;
    return slot != NULL;
}

bool check_rights(struct parser *p, const struct agreement *g)
{
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        if (!pv->power || pv->power->op != POWER_SUSPEND || !pv->power->covered) continue;
        const struct provision *of = &g->provisions[pv->trigger.provision];
        if (of->act.kind != LANG_NONE) continue;
        struct diag *x =
            refuse(p, "covered-what", pv->trigger.at,
                   "%.*s speaks of no act that somebody could have seen", STR_ARG(of->name));
        diag_fix(p->d, x, "leave out: all of them covered");
        return false;
    }
    return true;
}
