/* Sites: what one party keeps in a place of storage, and the checks that tell.
 *
 *   site depot "Storage 5", in yard, of south, holding 12 guns, checked by inspection with present.
 *   provision stored: south must keep its declared guns in depot.
 * The attribute `access` (yes or no) of the check, where it has one, says whether anybody could look:
 * a check without access finds nothing missing. */
#include "lang/draft.h"

bool enter_site(struct parser *p, struct sentence *s)
{
    p->at++;
    p->doing = "the declaration of a site";
    struct site *x = vec_add(p, &p->sites, sizeof *x);
    if (!x) return false;
    s->item = (uint32_t)p->sites.n - 1;
    *x = (struct site){.clause = p->clause,
                       .zone = LANG_NONE,
                       .owner = LANG_NONE,
                       .stock = LANG_NONE,
                       .check = LANG_NONE,
                       .declared = -1,
                       .verified = -1};
    return name_declared(p, &x->name, &x->at) && name_enter(p, x->name, SORT_SITE, s->item, x->at);
}

/* "12 guns as declared and 11 as verified" */
static bool read_holding(struct parser *p, struct site *x)
{
    for (bool more = true; more;) {
        int64_t n;
        struct place at = token_now(p)->at;
        if (!read_number(p, &n)) return false;
        if (n < 0) {
            refuse(p, "bad-count", at, "so many cannot be held");
            return false;
        }
        if (x->stock == LANG_NONE && at_end(p)) {
            struct diag *d = refuse(p, "no-unit", at, "a number without a unit: of what?");
            diag_fix(p->d, d, "write a declared stock behind it: holding 12 guns");
            return false;
        }
        if (x->stock == LANG_NONE && !name_read(p, SORT_STOCK, "a stock", &x->stock)) return false;
        bool verified = eat(p, "as verified");
        if (!verified) eat(p, "as declared");
        *(verified ? &x->verified : &x->declared) = n;
        more = look(p, "and") && token_ahead(p, 1)->kind == TOKEN_NUMBER;
        if (more) p->at++;
    }
    return true;
}

static uint32_t attribute_of(struct parser *p, const struct kind *k, struct str name,
                             enum attribute_type type)
{
    uint32_t i = kind_attribute(k, name);
    (void)p;
    return i != LANG_NONE && k->attributes[i].type == type ? i : LANG_NONE;
}

/* "by inspection with present" */
static bool read_checked(struct parser *p, struct site *x)
{
    struct form f;
    if (!expect(p, "by", "write: checked by inspection with present")) return false;
    eat_article(p);
    size_t n = phrase_match(p, p->at, FORM_NOUN, &f);
    if (!n || VEC_AT(p->kinds, struct kind, f.kind)->is_state)
        return name_unknown(p, SORT_KIND, "an event");
    p->at += n;
    const struct kind *k = VEC_AT(p->kinds, struct kind, f.kind);
    x->check = f.kind;
    x->of = attribute_of(p, k, STR("of"), ATTRIBUTE_ACTOR);
    if (x->of == LANG_NONE) x->of = k->actor;
    x->access = attribute_of(p, k, STR("access"), ATTRIBUTE_YESNO);
    x->present = LANG_NONE;
    if (eat(p, "with") && token_now(p)->kind == TOKEN_WORD) {
        x->present = attribute_of(p, k, token_now(p)->text, ATTRIBUTE_COUNT);
        p->at++;
    }
    if (x->present != LANG_NONE && x->of != LANG_NONE) return true;
    struct diag *d = refuse(p, "check-says-nothing", place_last(p),
                            "a check says whose things it counted, and how many were there");
    diag_fix(p->d, d,
             "declare: event %.*s (of party, present count, access yes or no), and write: "
             "checked by %.*s with present",
             STR_ARG(k->name), STR_ARG(k->name));
    return false;
}

static bool read_site_part(struct parser *p, struct site *x)
{
    if (eat(p, "in")) return name_read(p, SORT_ZONE, "a zone", &x->zone);
    if (eat(p, "of")) return name_read(p, SORT_ACTOR, "the one whose things it holds", &x->owner);
    if (eat(p, "holding")) return read_holding(p, x);
    if (eat(p, "checked")) return read_checked(p, x);
    return expected(p, "\"in\", \"of\", \"holding\" or \"checked by\"",
                    "write: site depot, in yard, of south, holding 12 guns, checked by inspection "
                    "with present");
}

bool read_site(struct parser *p, struct sentence *s)
{
    struct site x = *VEC_AT(p->sites, struct site, s->item);
    struct str name;
    struct place at;
    p->at++;
    p->doing = "the declaration of a site";
    if (!name_declared(p, &name, &at)) return false;
    x.label = name_spoken(p, x.name);
    if (token_now(p)->kind == TOKEN_STRING && !read_string(p, "a label", &x.label)) return false;
    while (eat_punct(p, ','))
        if (!read_site_part(p, &x)) return false;
    if (!expect_end(p)) return false;
    if (x.zone == LANG_NONE || x.owner == LANG_NONE || x.stock == LANG_NONE ||
        x.check == LANG_NONE) {
        struct diag *d = refuse(p, "half-a-site", x.at,
                                "a site needs its zone, its owner, what it holds and its checks");
        diag_fix(p->d, d, "write: site %.*s, in …, of …, holding 12 …, checked by … with present",
                 STR_ARG(x.name));
        return false;
    }
    *VEC_AT(p->sites, struct site, s->item) = x;
    return true;
}

/* ---- provisions ---- */

bool look_site_keep(const struct parser *p)
{
    struct symbol s;
    size_t n = look(p, "its") ? 1 : 0;
    if (look_ahead(p, n, "declared") || look_ahead(p, n, "verified")) n++;
    return name_match(p, p->at + n, &s) && s.sort == SORT_STOCK;
}

/* All sites that hold the stock of one who is bound. */
static bool own_sites(struct parser *p, const struct provision *pv, struct vec *out)
{
    for (uint32_t i = 0; i < p->sites.n; i++) {
        const struct site *x = VEC_AT(p->sites, struct site, i);
        if (x->stock == pv->stock && indices_has(pv->bearers, x->owner) &&
            !vec_add_index(p, out, i))
            return false;
    }
    return true;
}

static bool check_sites(struct parser *p, const struct provision *pv, struct place at)
{
    for (uint32_t b = 0; b < pv->bearers.n; b++) {
        bool has = false;
        for (uint32_t i = 0; i < pv->sites.n; i++)
            has |= VEC_AT(p->sites, struct site, pv->sites.v[i])->owner == pv->bearers.v[b];
        if (has) continue;
        struct str who = VEC_AT(p->actors, struct actor, pv->bearers.v[b])->name;
        struct diag *d = refuse(p, "no-site", at, "no site of %.*s holds this", STR_ARG(who));
        diag_fix(p->d, d, "declare one: site …, in …, of %.*s, holding …", STR_ARG(who));
        return false;
    }
    for (uint32_t i = 0; i < pv->sites.n; i++) {
        const struct site *x = VEC_AT(p->sites, struct site, pv->sites.v[i]);
        const char *word = pv->sites_verified ? "verified" : "declared";
        if (x->stock == pv->stock && (pv->sites_verified ? x->verified : x->declared) >= 0)
            continue;
        struct diag *d =
            refuse(p, "share-without-baseline", at, "how many of them \"%.*s\" holds is not %s",
                   STR_ARG(x->label), word);
        diag_fix(p->d, d, "add to its declaration: holding 12 … as %s", word);
        return false;
    }
    return true;
}

bool read_site_keep(struct parser *p, struct draft *dr)
{
    struct provision *pv = &dr->pv;
    struct vec list = {0};
    size_t first = p->at;
    p->doing = "a duty to keep";
    eat(p, "its");
    if (!eat(p, "declared")) pv->sites_verified = eat(p, "verified");
    if (!name_read(p, SORT_STOCK, "a stock", &pv->stock)) return false;
    dr->act_end = p->at;
    if (!expect(p, "in", "write: must keep its declared guns in depot; or: in its sites"))
        return false;
    if (eat(p, "its sites")) {
        if (!own_sites(p, pv, &list)) return false;
    } else {
        do {
            uint32_t site;
            if (!name_read(p, SORT_SITE, "a site", &site) || !vec_add_index(p, &list, site))
                return false;
        } while (eat(p, "and") || eat_punct(p, ','));
    }
    pv->sites = parse_indices(p, &list);
    struct place at = place_join(p->tokens.v[first].at, place_last(p));
    if (!check_sites(p, pv, at)) return false;
    pv->act.kind = VEC_AT(p->sites, struct site, pv->sites.v[0])->check;
    for (uint32_t i = 1; i < pv->sites.n; i++) {
        if (VEC_AT(p->sites, struct site, pv->sites.v[i])->check == pv->act.kind) continue;
        refuse(p, "two-checks", at, "sites of one duty are checked by one kind of event");
        return false;
    }
    pv->act.who = WHO_ANYONE;
    pv->inside = true;
    for (;;) {
        size_t back = p->at;
        eat_punct(p, ',');
        bool frame = look_frame(p);
        if (!frame && !look(p, "unless")) {
            p->at = back;
            return true;
        }
        if (frame ? !read_frame(p, dr) : (p->at++, !read_condition(p, &pv->unless))) return false;
    }
}
