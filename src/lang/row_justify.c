/* Row 9: justifications, and the grounds that they rest on.
 *
 * A ground is declared like an event and is one: a filed kind with fixed attributes, so that
 * reports of its steps (claimed, shown, accepted, rejected) come in as all reports do.  The
 * provision says whose claims count, of what, how soon they must be shown, and to which body. */
#include "lang/draft.h"

static const char example[] =
    "write: each party may justify access by mines, shown to mission within 24 hours";

/* ---- ground mines "…" ---- */

static const struct attribute *ground_attributes(struct parser *p, struct place at)
{
    struct attribute *a = parse_alloc(p, GROUND_ATTRIBUTES * sizeof *a);
    if (!a) return NULL;
    a[GROUND_BY] = (struct attribute){.name = STR("by"), .type = ATTRIBUTE_ACTOR};
    a[GROUND_STEP] = (struct attribute){.name = STR("step"), .type = ATTRIBUTE_TEXT};
    a[GROUND_INCIDENT] = (struct attribute){.name = STR("incident"), .type = ATTRIBUTE_TEXT};
    a[GROUND_TO] = (struct attribute){.name = STR("to"), .type = ATTRIBUTE_ACTOR};
    for (size_t i = 0; i < GROUND_ATTRIBUTES; i++) {
        a[i].class_ = LANG_NONE;
        a[i].scale = 1;
        a[i].at = at;
    }
    return a;
}

bool enter_ground(struct parser *p, struct sentence *s)
{
    struct kind k = {.clause = p->clause,
                     .filed = true,
                     .ground = true,
                     .parent = LANG_NONE,
                     .actor = GROUND_BY,
                     .whom = LANG_NONE,
                     .n_attributes = GROUND_ATTRIBUTES,
                     .places = PLACED_AT};
    p->doing = "the declaration of a ground";
    p->at++;
    if (!name_declared(p, &k.name, &k.at)) return false;
    struct kind *slot = vec_add(p, &p->kinds, sizeof k);
    k.attributes = ground_attributes(p, k.at);
    if (!slot || !k.attributes) return false;
    s->item = (uint32_t)p->kinds.n - 1;
    k.label = name_spoken(p, k.name);
    *slot = k;
    if (!name_enter(p, k.name, SORT_KIND, s->item, k.at) ||
        !phrase_enter(p, k.label, s->item, FORM_NOUN, k.at))
        return false;
    if (token_now(p)->kind == TOKEN_STRING && !read_string(p, "a label", &slot->label))
        return false;
    return expect_end(p);
}

bool read_ground(struct parser *p, struct sentence *s)
{
    (void)s;
    p->at = p->end; /* all was entered */
    return true;
}

/* ---- … may justify access by mines, shown to mission within 24 hours ---- */

static bool unknown_ground(struct parser *p)
{
    struct str word = token_now(p)->text, near = name_nearest(p, word, SORT_KIND);
    if (token_now(p)->kind != TOKEN_WORD) return expected(p, "a declared ground", example);
    struct diag *x = refuse(p, "unknown-name", token_now(p)->at,
                            "unknown name \"%.*s\": a declared ground is expected", STR_ARG(word));
    if (near.n)
        diag_fix(p->d, x, "write: %.*s", STR_ARG(near));
    else
        diag_fix(p->d, x, "declare it: ground %.*s \"…\".", STR_ARG(word));
    return false;
}

static bool read_ground_name(struct parser *p, uint32_t *out)
{
    struct place at = token_now(p)->at;
    struct symbol s;
    if (!name_match(p, p->at, &s)) return unknown_ground(p);
    if (!name_read(p, SORT_KIND, "a declared ground", out)) return false;
    const struct kind *k = VEC_AT(p->kinds, struct kind, *out);
    if (k->ground) return true;
    struct diag *x = refuse(p, "not-a-ground", at, "\"%.*s\" is declared as %s, not as a ground",
                            STR_ARG(k->name), k->is_state ? "a state" : "an event");
    diag_fix(p->d, x, "declare one: ground mines \"mines on the road\".");
    return false;
}

static bool read_body(struct parser *p, uint32_t *out)
{
    struct place at = token_now(p)->at;
    if (!name_read(p, SORT_ACTOR, "a body", out)) return false;
    const struct actor *a = VEC_AT(p->actors, struct actor, *out);
    if (a->class_ == ACTOR_BODY) return true;
    struct diag *x = refuse(p, "not-a-body", at, "\"%.*s\" is a %s: who would decide the claim?",
                            STR_ARG(a->name), actor_class_name(a->class_));
    diag_fix(p->d, x, "name a declared body; %s", example);
    return false;
}

bool read_justify(struct parser *p, struct draft *dr)
{
    struct provision *pv = &dr->pv;
    pv->permitted = true;
    pv->act.who = WHO_BEARER;
    eat_article(p);
    if (!name_read(p, SORT_PROVISION, "a provision", &pv->justifies)) return false;
    if (!expect(p, "by", example)) return false;
    if (!read_ground_name(p, &pv->act.kind)) return false;
    eat_punct(p, ',');
    if (!expect(p, "shown to", example)) return false;
    if (!read_body(p, &pv->body)) return false;
    if (!expect(p, "within", example)) return false;
    pv->deadline.at = token_now(p)->at;
    return read_duration(p, &pv->deadline.period);
}

/* ---- what can be justified ---- */

static bool binds(const struct provision *pv, uint32_t actor)
{
    return indices_has(pv->bearers, actor);
}

/* A claim names an incident, or a duty that has one deadline. */
static bool has_incidents(const struct provision *of)
{
    switch (of->pattern) {
    case PATTERN_FORBID:
    case PATTERN_CAP:
    case PATTERN_ONLY:
    case PATTERN_EXCEPTION:
    case PATTERN_KEEP:
    case PATTERN_LAPSE: return true;
    case PATTERN_DUTY: return of->deadline.op != DEADLINE_EVERY;
    default: return false;
    }
}

bool check_justification(struct parser *p, const struct provision *pv)
{
    if (pv->justifies == LANG_NONE) return true;
    const struct provision *of = VEC_AT(p->provisions, struct provision, pv->justifies);
    if (!has_incidents(of)) {
        struct diag *x =
            refuse(p, "justify-what", pv->name_at,
                   "a claim names an incident, and \"%.*s\" has none that it could name",
                   STR_ARG(of->name));
        diag_fix(p->d, x, "write in that provision: unless …");
        return false;
    }
    for (uint32_t i = 0; i < pv->bearers.n; i++) {
        if (binds(of, pv->bearers.v[i])) continue;
        struct diag *x = refuse(
            p, "justify-whose", pv->name_at, "\"%.*s\" does not bind %.*s, who may justify it",
            STR_ARG(of->name), STR_ARG(VEC_AT(p->actors, struct actor, pv->bearers.v[i])->name));
        diag_fix(p->d, x, "name those only whom it binds");
        return false;
    }
    return true;
}
