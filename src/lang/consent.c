/* Consent that the agreement itself states: `ukraine consents to contingent from DATE, on condition
 * that …; ukraine may withdraw consent in writing, effective 72 hours after receipt`.
 *
 * It is a filed act and no provision: nobody can violate it.  Where a condition asks whether the
 * consent of that actor stands, it stands by this sentence too, for those to whom it is given. */
#include "lang/gloss.h"
#include "lang/parse.h"
#include "lang/words.h"

static const char example[] = "write: north consents to contingent from 2015-03-01; north may "
                              "withdraw consent, effective 72 hours after receipt";

bool look_consent(const struct parser *p)
{
    return look(p, "consents to");
}

/* The state `consent`, of a party. */
static bool find_consent(struct parser *p, struct place at, uint32_t *kind)
{
    const struct symbol *s = name_find(p, STR("consent"));
    if (s && s->sort == SORT_KIND && VEC_AT(p->kinds, struct kind, s->index)->is_state) {
        *kind = s->index;
        return true;
    }
    struct diag *x = refuse(p, "no-consent", at,
                            "no state \"consent\" is declared, so nothing could "
                            "ask for it");
    diag_fix(p->d, x, "declare it: filed state consent (of party, written yes or no).");
    return false;
}

/* A consent that hung on a provision could hang on itself. */
static bool names_provision(const struct condition *c)
{
    bool names = c->provision != LANG_NONE;
    for (uint32_t i = 0; i < c->n_sub && !names; i++) names = names_provision(c->sub[i]);
    return names;
}

static bool read_on_condition(struct parser *p, struct consent *c)
{
    if (!eat(p, ", on condition that") && !eat(p, "on condition that")) return true;
    if (!read_condition(p, &c->condition)) return false;
    if (!names_provision(c->condition)) return true;
    struct diag *x = refuse(p, "consent-on-provision", c->condition->at,
                            "a consent cannot hang on how a provision is kept, which may hang on "
                            "the consent");
    diag_fix(p->d, x, "name an event or a state, as in: on condition that contingent is unarmed");
    return false;
}

static bool in_writing(struct parser *p, struct phrase *ph)
{
    if (!eat(p, "in writing")) return true;
    const struct kind *k = VEC_AT(p->kinds, struct kind, ph->kind);
    struct attribute_test t = {
        .attribute = kind_attribute(k, STR("written")), .lo = 1, .hi = 1, .at = place_last(p)};
    if (t.attribute != LANG_NONE && k->attributes[t.attribute].type == ATTRIBUTE_YESNO)
        return add_test(p, ph, &t);
    struct diag *x = refuse(p, "unknown-adjective", place_last(p),
                            "\"written\" is not declared of \"%.*s\"", STR_ARG(k->label));
    diag_fix(p->d, x, "declare it with the event: (written yes or no)");
    return false;
}

static bool read_effect(struct parser *p, struct consent *c)
{
    eat_punct(p, ',');
    if (!eat(p, "effective")) return true;
    c->on_receipt = true;
    if (eat(p, "on receipt")) return true;
    return read_duration(p, &c->delay) && expect(p, "after receipt", example);
}

/* "; north may withdraw consent in writing, effective 72 hours after receipt" */
static bool read_withdrawal(struct parser *p, struct consent *c)
{
    uint32_t who;
    struct form f;
    if (!eat_punct(p, ';')) return true;
    struct place at = token_now(p)->at;
    if (!name_read(p, SORT_ACTOR, "who may withdraw it", &who)) return false;
    if (who != c->by) {
        struct diag *x = refuse(p, "withdrawn-by-another", at,
                                "only who gave a consent can withdraw "
                                "it");
        diag_fix(p->d, x, "write: %.*s may withdraw consent",
                 STR_ARG(VEC_AT(p->actors, struct actor, c->by)->name));
        return false;
    }
    if (!expect(p, "may", example)) return false;
    size_t n = phrase_match(p, p->at, FORM_BASE, &f);
    if (!n || VEC_AT(p->kinds, struct kind, f.kind)->is_state)
        return expected(p, "the verb of a declared event",
                        "declare it: filed event withdrawal_of_consent (by party), verb withdraw "
                        "consent.");
    p->at += n;
    uint32_t *by = parse_alloc(p, sizeof *by);
    if (!by) return false;
    *by = who;
    c->withdrawal =
        (struct phrase){.kind = f.kind, .who = WHO_ONE_OF, .actors = {by, 1}, .zone = LANG_NONE};
    return in_writing(p, &c->withdrawal) && read_effect(p, c);
}

bool read_consent_act(struct parser *p, struct sentence *s, uint32_t actor)
{
    struct consent c = {.by = actor,
                        .clause = p->clause,
                        .withdrawal = {.kind = LANG_NONE, .zone = LANG_NONE},
                        .sentence = words_text(p, s->first, s->end)};
    struct vec to = {0};
    bool is_or = false;
    p->doing = "a consent";
    if (!find_consent(p, token_now(p)->at, &c.kind)) return false;
    p->at += 2;
    if (eat(p, "each")) eat(p, "of");
    if (!read_actor_list(p, &to, &is_or)) return false;
    c.to = parse_indices(p, &to);
    c.has_from = eat(p, "from");
    if (c.has_from && !look_point(p)) return expected(p, "a point of time", example);
    if (c.has_from && !read_point(p, &c.from)) return false;
    if (!read_on_condition(p, &c) || !read_withdrawal(p, &c) || !expect_end(p)) return false;
    c.at = place_join(p->tokens.v[s->first].at, place_last(p));
    struct consent *slot = vec_add(p, &p->consents, sizeof *slot);
    if (slot) *slot = c;
    return slot != NULL;
}

struct str consent_say(struct voice *v, const struct consent *c)
{
    struct str text = say(v, "{actor} consents to: {actors}",
                          words_name(v, v->g->actors[c->by].name), words_all(v, c->to));
    if (c->has_from)
        text = say(v, "{rule}, from {point}", text,
                   words_point(v, &c->from, (struct indices){NULL, 0}, false));
    if (c->condition)
        text = say(v, "{rule}, while {condition}", text, words_condition(v, c->condition));
    if (c->withdrawal.kind == LANG_NONE) return text;
    struct str event = words_phrase(v, &c->withdrawal);
    if (!c->on_receipt) return say(v, "{rule}; no longer after a {event}", text, event);
    if (duration_none(&c->delay))
        return say(v, "{rule}; no longer once a {event} is on record", text, event);
    return say(v, "{rule}; no longer from {duration} after the record of a {event} on", text,
               words_duration(v, &c->delay), event);
}
