/* Declarations of actors, groups, lines, zones and dates. */
#include "lang/parse.h"

static const struct {
    const char *word, *plural;
    enum actor_class class_;
} classes[] = {
    {"party", "parties", ACTOR_PARTY},
    {"body", "bodies", ACTOR_BODY},
    {"guarantor", "guarantors", ACTOR_GUARANTOR},
    {"third party", "third parties", ACTOR_THIRD},
    {"third state", "third states", ACTOR_THIRD},
    {"non-signatory", "non-signatories", ACTOR_THIRD},
};

bool actor_class_word(const struct parser *p, bool plural, enum actor_class *out, size_t *n)
{
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        const char *words = plural ? classes[i].plural : classes[i].word;
        if (!look(p, words)) continue;
        *out = classes[i].class_;
        *n = 1;
        for (const char *c = words; *c; c++) *n += *c == ' ';
        return true;
    }
    return false;
}

bool class_members(struct parser *p, enum actor_class c, struct vec *out)
{
    for (size_t i = 0; i < p->actors.n; i++)
        if (VEC_AT(p->actors, struct actor, i)->class_ == c && !vec_add_index(p, out, (uint32_t)i))
            return false;
    return true;
}

/* A label in quotes, or the name. */
static void read_label(struct parser *p, struct str name, struct str *label)
{
    *label = name;
    if (token_now(p)->kind != TOKEN_STRING) return;
    *label = token_now(p)->text;
    p->at++;
}

/* ---- actors ---- */

bool enter_actor(struct parser *p, struct sentence *s)
{
    enum actor_class class_ = ACTOR_PARTY;
    size_t n = 0;
    if (!actor_class_word(p, false, &class_, &n)) return false;
    p->doing = "the declaration of an actor";
    bool outside = look(p, "non-signatory");
    p->at += n;
    struct actor *a = vec_add(p, &p->actors, sizeof *a);
    if (!a) return false;
    s->item = (uint32_t)p->actors.n - 1;
    *a = (struct actor){
        .class_ = class_, .outside = outside, .bound_from = INSTANT_MIN, .clause = p->clause};
    return name_declared(p, &a->name, &a->at) && name_enter(p, a->name, SORT_ACTOR, s->item, a->at);
}

bool read_actor(struct parser *p, struct sentence *s)
{
    enum actor_class class_;
    size_t n = 0;
    struct str name;
    struct place at;
    struct actor *a = VEC_AT(p->actors, struct actor, s->item);
    actor_class_word(p, false, &class_, &n);
    p->doing = "the declaration of an actor";
    p->at += n;
    if (!name_declared(p, &name, &at)) return false;
    read_label(p, a->name, &a->label);
    eat_punct(p, ',');
    if (eat(p, "including") || eat(p, "includes")) {
        struct vec list = {0};
        do {
            struct str *x = vec_add(p, &list, sizeof *x);
            if (!x || !read_string(p, "a force's name in quotation marks", x)) return false;
            eat_punct(p, ',');
        } while (eat(p, "and") || token_now(p)->kind == TOKEN_STRING);
        a->includes = list.v;
        a->n_includes = (uint32_t)list.n;
    }
    return expect_end(p);
}

bool read_actor_list(struct parser *p, struct vec *out, bool *is_or)
{
    bool first = true, and_ = false, or_ = false;
    *is_or = false;
    for (;;) {
        uint32_t a;
        struct symbol s;
        size_t n = name_match(p, p->at, &s);
        if (n && s.sort == SORT_GROUP) {
            struct indices members = VEC_AT(p->groups, struct group, s.index)->members;
            for (uint32_t i = 0; i < members.n; i++)
                if (!vec_add_index(p, out, members.v[i])) return false;
            p->at += n;
        } else {
            if (!name_read(p, SORT_ACTOR, first ? "an actor" : "another actor", &a)) return false;
            if (!vec_add_index(p, out, a)) return false;
        }
        first = false;
        size_t back = p->at;
        bool comma = eat_punct(p, ',');
        bool has_and = eat(p, "and"), has_or = !has_and && eat(p, "or");
        if (!comma && !has_and && !has_or) break;
        n = name_match(p, p->at, &s);
        if (!n || (s.sort != SORT_ACTOR && s.sort != SORT_GROUP)) {
            /* the comma or `and` belongs to what follows, unless an actor was meant */
            const struct token *after = token_ahead(p, 1);
            bool meant =
                !n && token_now(p)->kind == TOKEN_WORD && after->kind == TOKEN_WORD &&
                (str_eq_nocase(after->text, STR("must")) || str_eq_nocase(after->text, STR("may")));
            if (meant) return name_unknown(p, SORT_ACTOR, "another actor");
            p->at = back;
            break;
        }
        and_ = and_ || has_and;
        or_ = or_ || has_or;
        if (and_ && or_) {
            struct diag *x = refuse(p, "mixed-and-or", p->tokens.v[p->at - 1].at,
                                    "\"and\" and \"or\" in one list: it can be read in two ways");
            diag_fix(p->d, x, "use one of them, or write two sentences");
            return false;
        }
    }
    *is_or = or_;
    return true;
}

/* ---- groups ---- */

bool enter_group(struct parser *p, struct sentence *s)
{
    p->at++;
    p->doing = "the declaration of a group";
    struct group *g = vec_add(p, &p->groups, sizeof *g);
    if (!g) return false;
    s->item = (uint32_t)p->groups.n - 1;
    g->clause = p->clause;
    return name_declared(p, &g->name, &g->at) && name_enter(p, g->name, SORT_GROUP, s->item, g->at);
}

bool read_group(struct parser *p, struct sentence *s)
{
    struct group *g = VEC_AT(p->groups, struct group, s->item);
    struct str name;
    struct place at;
    p->at++;
    p->doing = "the declaration of a group";
    if (!name_declared(p, &name, &at)) return false;
    read_label(p, g->name, &g->label);
    if (!expect(p, "is", "write: group contingent is north and south")) return false;
    struct vec list = {0};
    bool is_or = false;
    if (!read_actor_list(p, &list, &is_or)) return false;
    if (is_or) {
        struct diag *x = refuse(p, "group-or", g->at, "a group has all its members");
        diag_fix(p->d, x, "join them by \"and\"");
        return false;
    }
    g->members = parse_indices(p, &list);
    return expect_end(p);
}

/* ---- lines ---- */

bool read_geo_file(struct parser *p, struct geo_file *out)
{
    size_t first = p->at;
    if (!read_string(p, "the name of a file in quotation marks", &out->path)) return false;
    if (!out->path.n) {
        refuse(p, "no-file", place_last(p), "the file has no name");
        return false;
    }
    if (eat(p, "where")) {
        const struct token *t = token_now(p);
        if (t->kind != TOKEN_WORD && t->kind != TOKEN_STRING)
            return expected(p, "the name of a property", NULL);
        out->property = t->text;
        p->at++;
        if (!expect(p, "is", NULL) || !read_string(p, "a value in quotation marks", &out->value))
            return false;
    }
    out->at = place_join(p->tokens.v[first].at, place_last(p));
    return true;
}

bool enter_line(struct parser *p, struct sentence *s)
{
    p->at++;
    p->doing = "the declaration of a line";
    struct line *l = vec_add(p, &p->lines, sizeof *l);
    if (!l) return false;
    s->item = (uint32_t)p->lines.n - 1;
    l->clause = p->clause;
    l->term = LANG_NONE;
    return name_declared(p, &l->name, &l->at) && name_enter(p, l->name, SORT_LINE, s->item, l->at);
}

/* `, disputed` or nothing: the readings follow in a sentence of their own. */
static bool ends_disputed(struct parser *p)
{
    size_t back = p->at;
    eat_punct(p, ',');
    eat(p, "is");
    eat(p, "disputed");
    if (at_end(p)) return true;
    p->at = back;
    return false;
}

bool read_line(struct parser *p, struct sentence *s)
{
    struct line *l = VEC_AT(p->lines, struct line, s->item);
    struct str name;
    struct place at;
    p->at++;
    p->doing = "the declaration of a line";
    if (!name_declared(p, &name, &at)) return false;
    read_label(p, l->name, &l->label);
    if (ends_disputed(p)) return true;
    eat(p, "is");
    if (!expect(p, "from", "write: line contact from \"contact-line.geojson\"")) return false;
    return read_geo_file(p, &l->file) && expect_end(p);
}

/* ---- zones ---- */

static struct zone_expr *zone_new(struct parser *p, enum zone_op op, struct place at)
{
    struct zone_expr *e = parse_alloc(p, sizeof *e);
    if (!e) return NULL;
    e->op = op;
    e->index = LANG_NONE;
    e->at = at;
    return e;
}

static struct zone_expr *zone_join(struct parser *p, enum zone_op op, struct vec *parts)
{
    struct zone_expr **v = parts->v;
    if (parts->n == 1) return v[0];
    struct zone_expr *e = zone_new(p, op, place_join(v[0]->at, v[parts->n - 1]->at));
    if (!e) return NULL;
    e->sub = v;
    e->n_sub = (uint32_t)parts->n;
    return e;
}

static bool zone_push(struct parser *p, struct vec *parts, struct zone_expr *e)
{
    struct zone_expr **slot = e ? vec_add(p, parts, sizeof(struct zone_expr *)) : NULL;
    if (slot) *slot = e;
    return slot != NULL;
}

static bool read_areas(struct parser *p, struct zone_expr **out)
{
    struct vec parts = {0};
    p->at++; /* area, areas */
    do {
        struct zone_expr *e = zone_new(p, ZONE_AREA, token_now(p)->at);
        if (!e || !zone_push(p, &parts, e)) return false;
        if (!read_string(p, "the name of an area in quotation marks", &e->area)) return false;
    } while ((eat_punct(p, ',') && (eat(p, "and") || token_now(p)->kind == TOKEN_STRING)) ||
             (look(p, "and") && token_ahead(p, 1)->kind == TOKEN_STRING && eat(p, "and")));
    if (eat(p, "from")) {
        struct geo_file file = {0};
        if (!read_geo_file(p, &file)) return false;
        for (size_t i = 0; i < parts.n; i++) (*VEC_AT(parts, struct zone_expr *, i))->file = file;
    }
    *out = zone_join(p, ZONE_UNION, &parts);
    return *out != NULL;
}

static bool read_within(struct parser *p, struct zone_expr **out)
{
    size_t first = p->at++;
    int64_t distance = 0;
    if (!look_number(p))
        return expected(p, "a distance", "write a length, as in: within 25 km of contact");
    if (!read_measure(p, DIMENSION_LENGTH, "25 km", &distance)) return false;
    if (!expect(p, "of", "write: within 25 km of contact")) return false;
    eat_article(p);
    struct symbol s;
    size_t n = name_match(p, p->at, &s);
    if (!n || (s.sort != SORT_LINE && s.sort != SORT_ZONE))
        return name_unknown(p, n ? SORT_LINE : SORT_NONE, "a line or a zone");
    p->at += n;
    struct place at = place_join(p->tokens.v[first].at, place_last(p));
    *out = zone_new(p, s.sort == SORT_LINE ? ZONE_WITHIN_LINE : ZONE_WITHIN_ZONE, at);
    if (!*out) return false;
    (*out)->index = s.index;
    (*out)->distance = distance;
    return true;
}

static bool read_part(struct parser *p, struct zone_expr **out);

/* "the part of A inside B", "… outside B" */
static bool read_part_of(struct parser *p, struct zone_expr **out)
{
    struct vec parts = {0};
    struct zone_expr *a = NULL, *b = NULL;
    if (!read_part(p, &a) || !zone_push(p, &parts, a)) return false;
    bool outside = eat(p, "outside");
    if (!outside && !eat(p, "inside") && !eat(p, "in") && !eat(p, "within"))
        return expected(p, "\"inside\" or \"outside\"",
                        "write: the part of north_sector inside belt");
    if (!read_part(p, &b) || !zone_push(p, &parts, b)) return false;
    *out = zone_join(p, outside ? ZONE_DIFFERENCE : ZONE_INTERSECTION, &parts);
    return *out != NULL;
}

static bool read_part(struct parser *p, struct zone_expr **out)
{
    if (eat(p, "the part of")) return read_part_of(p, out);
    eat(p, "all of");
    if (look(p, "within")) return read_within(p, out);
    if (eat(p, "all within")) {
        p->at--;
        return read_within(p, out);
    }
    if (look(p, "area") || look(p, "areas")) return read_areas(p, out);
    if (look(p, "from") || token_now(p)->kind == TOKEN_STRING) {
        eat(p, "from");
        *out = zone_new(p, ZONE_FILE, token_now(p)->at);
        return *out && read_geo_file(p, &(*out)->file);
    }
    eat_article(p);
    struct place at = token_now(p)->at;
    uint32_t zone;
    if (!name_read(p, SORT_ZONE, "a zone", &zone)) return false;
    *out = zone_new(p, ZONE_NAME, place_join(at, place_last(p)));
    if (*out) (*out)->index = zone;
    return *out != NULL;
}

static bool look_part(const struct parser *p, size_t ahead)
{
    struct symbol s;
    if (look_ahead(p, ahead, "within") || look_ahead(p, ahead, "area") ||
        look_ahead(p, ahead, "areas") || look_ahead(p, ahead, "the") ||
        look_ahead(p, ahead, "all") || token_ahead(p, ahead)->kind == TOKEN_STRING)
        return true;
    size_t n = name_match(p, p->at + ahead, &s);
    return (n && s.sort == SORT_ZONE) ||
           (!n && token_ahead(p, ahead)->kind == TOKEN_WORD && !look_ahead(p, ahead, "by"));
}

static bool read_union(struct parser *p, struct zone_expr **out)
{
    struct vec parts = {0};
    struct zone_expr *e = NULL;
    if (!read_part(p, &e) || !zone_push(p, &parts, e)) return false;
    for (;;) {
        size_t n = look_punct(p, ',') ? 1 : 0;
        if (look_ahead(p, n, "and")) n++;
        if (look_ahead(p, n, "or")) {
            struct diag *x = refuse(p, "zone-or", token_ahead(p, n)->at,
                                    "a zone that is one or the other is not a zone");
            diag_fix(p->d, x, "join its parts by \"and\": all of them together are the zone");
            return false;
        }
        if (!n || !look_part(p, n)) break;
        p->at += n;
        if (!read_part(p, &e) || !zone_push(p, &parts, e)) return false;
    }
    *out = zone_join(p, ZONE_UNION, &parts);
    return *out != NULL;
}

bool read_zone_expr(struct parser *p, struct zone_expr **out)
{
    if (!read_union(p, out)) return false;
    if (!eat(p, "without") && !eat(p, "except")) return true;
    struct zone_expr *less = NULL;
    struct vec parts = {0};
    if (!read_union(p, &less) || !zone_push(p, &parts, *out) || !zone_push(p, &parts, less))
        return false;
    *out = zone_join(p, ZONE_DIFFERENCE, &parts);
    return *out != NULL;
}

bool enter_zone(struct parser *p, struct sentence *s)
{
    p->at++;
    p->doing = "the declaration of a zone";
    struct zone_decl *z = vec_add(p, &p->zones, sizeof *z);
    if (!z) return false;
    s->item = (uint32_t)p->zones.n - 1;
    z->clause = p->clause;
    z->term = LANG_NONE;
    return name_declared(p, &z->name, &z->at) && name_enter(p, z->name, SORT_ZONE, s->item, z->at);
}

/* "– within 25 km of line_2014 for ordlo": a zone of its own, named "belt for ordlo". */
static bool read_zone_for(struct parser *p, uint32_t zone, struct zone_for *out, struct vec *parts)
{
    struct zone_expr *e = NULL, *named;
    struct vec actors = {0};
    bool is_or;
    size_t first = p->at;
    if (!read_zone_expr(p, &e)) return false;
    if (!expect(p, "for", "write: – within 25 km of contact for north")) return false;
    size_t who = p->at;
    if (!read_actor_list(p, &actors, &is_or)) return false;
    struct zone_decl z = *VEC_AT(p->zones, struct zone_decl, zone);
    z.name = name_canonical(
        p, str_fmt(p->arena, "%.*s for %.*s", STR_ARG(z.name), STR_ARG(words_text(p, who, p->at))));
    z.label = name_spoken(p, z.name);
    z.expr = e;
    z.at = place_join(p->tokens.v[first].at, place_last(p));
    struct zone_decl *slot = vec_add(p, &p->zones, sizeof *slot);
    if (!slot) return false;
    *slot = z;
    *out = (struct zone_for){parse_indices(p, &actors), (uint32_t)p->zones.n - 1};
    named = zone_new(p, ZONE_NAME, z.at);
    if (!named || !zone_push(p, parts, named)) return false;
    named->index = out->zone;
    return name_enter(p, z.name, SORT_ZONE, out->zone, z.at);
}

/* A zone that differs for those bound: a list. */
static bool read_zone_list(struct parser *p, uint32_t zone)
{
    struct vec fors = {0}, parts = {0};
    p->at++; /* the colon */
    while (token_now(p)->kind == TOKEN_DASH) {
        struct zone_for *f = vec_add(p, &fors, sizeof *f), x;
        p->at++;
        if (!f || !read_zone_for(p, zone, &x, &parts)) return false;
        *VEC_AT(fors, struct zone_for, fors.n - 1) = x;
        if (!eat_punct(p, ';')) eat_punct(p, ',');
    }
    if (!fors.n)
        return expected(p, "a dash before each", "write: – within 25 km of contact for north – …");
    struct zone_decl *z = VEC_AT(p->zones, struct zone_decl, zone);
    z->expr = zone_join(p, ZONE_UNION, &parts);
    z->fors = fors.v;
    z->n_fors = (uint32_t)fors.n;
    return z->expr && expect_end(p);
}

bool read_zone(struct parser *p, struct sentence *s)
{
    struct zone_decl *z = VEC_AT(p->zones, struct zone_decl, s->item);
    struct str name;
    struct place at;
    p->at++;
    p->doing = "the declaration of a zone";
    if (!name_declared(p, &name, &at)) return false;
    read_label(p, z->name, &z->label);
    if (ends_disputed(p)) return true;
    eat(p, "is");
    if (look_punct(p, ':')) return read_zone_list(p, s->item);
    struct zone_expr *e = NULL;
    if (!read_zone_expr(p, &e)) return false;
    z->expr = e;
    return expect_end(p);
}

/* ---- dates ---- */

bool enter_date(struct parser *p, struct sentence *s)
{
    p->at++;
    p->doing = "the declaration of a date";
    struct date_decl *x = vec_add(p, &p->dates, sizeof *x);
    if (!x) return false;
    s->item = (uint32_t)p->dates.n - 1;
    x->clause = p->clause;
    x->term = LANG_NONE;
    return name_declared(p, &x->name, &x->at) && name_enter(p, x->name, SORT_DATE, s->item, x->at);
}

bool read_date(struct parser *p, struct sentence *s)
{
    struct date_decl *x = VEC_AT(p->dates, struct date_decl, s->item);
    struct str name;
    struct place at;
    p->at++;
    p->doing = "the declaration of a date";
    if (!name_declared(p, &name, &at)) return false;
    read_label(p, x->name, &x->label);
    if (ends_disputed(p)) return true;
    if (!expect(p, "is", "write: date handover is 2015-03-01")) return false;
    return read_point(p, &x->point) && expect_end(p);
}
