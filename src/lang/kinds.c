/* Declarations of events and states: attributes, verb forms, nouns, places.
 *
 * Everything but the parent is read in the first pass, since the words that are declared here are
 * what the grammar of provisions is made of.  Attributes of a parent come first in its children, so
 * that an attribute has one number in a whole family; they are joined in the second pass. */
#include "lang/parse.h"

#include <string.h>

static const struct {
    const char *word;
    enum attribute_type type;
} types[] = {
    {"text", ATTRIBUTE_TEXT},     {"count", ATTRIBUTE_COUNT}, {"number", ATTRIBUTE_COUNT},
    {"length", ATTRIBUTE_LENGTH}, {"mass", ATTRIBUTE_MASS},   {"duration", ATTRIBUTE_DURATION},
    {"share", ATTRIBUTE_SHARE},   {"yesno", ATTRIBUTE_YESNO}, {"yes/no", ATTRIBUTE_YESNO},
    {"actor", ATTRIBUTE_ACTOR},
};

static const struct {
    const char *name, *base;
} type_names[ATTRIBUTE_TYPES] = {
    [ATTRIBUTE_ACTOR] = {"actor", ""},  [ATTRIBUTE_TEXT] = {"text", ""},
    [ATTRIBUTE_COUNT] = {"count", ""},  [ATTRIBUTE_LENGTH] = {"length", "mm"},
    [ATTRIBUTE_MASS] = {"mass", "g"},   [ATTRIBUTE_DURATION] = {"duration", "s"},
    [ATTRIBUTE_SHARE] = {"share", "‱"}, [ATTRIBUTE_YESNO] = {"yes or no", ""},
};

const char *attribute_type_name(enum attribute_type t)
{
    return type_names[t].name;
}

const char *attribute_base_unit(enum attribute_type t)
{
    return type_names[t].base;
}

/* A unit as a type: "caliber mm". */
static bool type_of_unit(struct str word, struct attribute *out)
{
    static const int8_t by_dimension[] = {
        [DIMENSION_COUNT] = -1,
        [DIMENSION_LENGTH] = ATTRIBUTE_LENGTH,
        [DIMENSION_MASS] = ATTRIBUTE_MASS,
        [DIMENSION_DURATION] = ATTRIBUTE_DURATION,
        [DIMENSION_CALENDAR] = -1,
        [DIMENSION_SHARE] = ATTRIBUTE_SHARE,
    };
    const struct unit *u = unit_find(word);
    if (!u || by_dimension[u->dimension] < 0) return false;
    out->type = (enum attribute_type)by_dimension[u->dimension];
    out->unit = word;
    out->scale = u->scale;
    return true;
}

static bool read_type(struct parser *p, struct attribute *out)
{
    enum actor_class class_;
    size_t n = 0;
    const struct token *t = token_now(p);
    out->scale = 1;
    out->class_ = LANG_NONE;
    if (actor_class_word(p, false, &class_, &n)) {
        p->at += n;
        out->type = ATTRIBUTE_ACTOR;
        out->class_ = class_;
        return true;
    }
    if (eat(p, "yes or no")) {
        out->type = ATTRIBUTE_YESNO;
        return true;
    }
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (!look(p, types[i].word)) continue;
        p->at++;
        out->type = types[i].type;
        return true;
    }
    bool percent = t->kind == TOKEN_PUNCT && t->punct == '%';
    if ((t->kind == TOKEN_WORD && type_of_unit(t->text, out)) ||
        (percent && type_of_unit(STR("%"), out))) {
        p->at++;
        return true;
    }
    struct diag *x =
        refuse(p, "unknown-type", place_now(p), "what kind of value is \"%.*s\"? \"%.*s\" is none",
               STR_ARG(out->name), STR_ARG(t->text));
    diag_fix(p->d, x,
             "write party, body, actor, text, count, yes or no, or a unit such as mm, km, "
             "kg, hours");
    return false;
}

static bool read_attributes(struct parser *p, struct vec *out)
{
    if (!eat_punct(p, '(')) return true;
    while (!look_punct(p, ')')) {
        const struct token *t = token_now(p);
        if (t->kind != TOKEN_WORD) return expected(p, "the name of an attribute", NULL);
        for (size_t i = 0; i < out->n; i++) {
            if (!str_eq(VEC_AT(*out, struct attribute, i)->name, t->text)) continue;
            refuse(p, "attribute-twice", t->at, "the attribute \"%.*s\" is declared twice",
                   STR_ARG(t->text));
            return false;
        }
        p->at++;
        struct attribute a = {.name = t->text, .at = t->at};
        if (!read_type(p, &a)) return false;
        struct attribute *slot = vec_add(p, out, sizeof *slot);
        if (!slot) return false;
        *slot = a;
        if (!eat_punct(p, ',') && !look_punct(p, ')'))
            return expected(p, "\",\" or \")\"", "write: (by party, weapon text, deaths count)");
    }
    p->at++;
    return true;
}

/* Words up to a comma or the end; a string is taken as it is. */
static bool read_words(struct parser *p, const char *what, struct str *out)
{
    if (token_now(p)->kind == TOKEN_STRING) return read_string(p, what, out);
    size_t first = p->at;
    while (token_now(p)->kind == TOKEN_WORD) p->at++;
    if (p->at == first) return expected(p, what, NULL);
    *out = words_text(p, first, p->at);
    return out->p != NULL;
}

static bool look_part(const struct parser *p)
{
    return look(p, "verb") || look(p, "plural") || look(p, "noun") || look(p, "said") ||
           look(p, "status") || look(p, "adjective") || look(p, "in") || look(p, "from") ||
           look(p, "into") || look(p, "over") || look(p, "filed") || look(p, "at");
}

/* "prosecutes relief" -> "prosecute relief": the base behind the third person, whose first word
 * carries the ending.  Irregular verbs are written with all four forms. */
static struct str verb_base(struct parser *p, struct str third)
{
    size_t n = 0;
    while (n < third.n && third.p[n] != ' ') n++;
    struct str word = str_slice(third, 0, n), rest = str_slice(third, n, third.n);
    static const char *const sibilants[] = {"sses", "xes", "zzes", "ches", "shes", "oes"};
    if (str_ends(word, STR("ies")) && n > 4)
        return str_fmt(p->arena, "%.*sy%.*s", (int)(n - 3), word.p, STR_ARG(rest));
    size_t cut = str_ends(word, STR("s")) ? 1 : 0;
    for (size_t i = 0; i < sizeof sibilants / sizeof sibilants[0]; i++)
        if (str_ends(word, str_of(sibilants[i]))) cut = 2;
    return str_fmt(p->arena, "%.*s%.*s", (int)(n - cut), word.p, STR_ARG(rest));
}

/* One form is the base; three are third, past, gerund, whose base is the event's own name where the
 * third person begins with it; four are all. */
static bool read_verb(struct parser *p, struct kind *k)
{
    struct str forms[5];
    size_t n = 0, first = p->at;
    for (;;) {
        if (n == 4) break;
        if (!read_words(p, "a form of the verb", &forms[n++])) return false;
        size_t back = p->at;
        if (!eat_punct(p, ',')) break;
        if (look_part(p)) {
            p->at = back;
            break;
        }
    }
    if (n == 2) {
        struct diag *x = refuse(p, "verb-forms", place_join(p->tokens.v[first].at, place_last(p)),
                                "two forms of a verb: which are they?");
        diag_fix(p->d, x,
                 "write one (begin withdrawal), three (fires, fired, firing) or all four (fire, "
                 "fires, fired, firing)");
        return false;
    }
    k->base = forms[0];
    if (n == 3) {
        struct str own = name_spoken(p, k->name);
        k->base = str_starts(forms[0], own) ? own : verb_base(p, forms[0]);
    }
    if (n >= 3) {
        k->third = forms[n - 3];
        k->past = forms[n - 2];
        k->gerund = forms[n - 1];
    }
    return true;
}

/* "in, from or into a zone" */
static bool read_places(struct parser *p, struct kind *k)
{
    static const struct {
        const char *word;
        uint32_t bit;
    } words[] = {{"in", PLACED_AT},
                 {"over", PLACED_AT},
                 {"at", PLACED_AT},
                 {"from", PLACED_FROM},
                 {"into", PLACED_INTO}};
    k->places = 0;
    for (bool more = true; more;) {
        size_t i = 0;
        while (i < sizeof words / sizeof words[0] && !look(p, words[i].word)) i++;
        if (i == sizeof words / sizeof words[0])
            return expected(p, "\"in\", \"from\" or \"into\"", "write: in, from or into a zone");
        k->places |= words[i].bit;
        p->at++;
        more = eat_punct(p, ',') || look(p, "or") || look(p, "and");
        if (!eat(p, "or")) eat(p, "and");
    }
    eat(p, "a");
    if (eat(p, "zone") || eat(p, "zones") || eat(p, "line")) return true;
    return expected(p, "\"a zone\"", "write: in, from or into a zone");
}

static bool read_kind_part(struct parser *p, struct kind *k)
{
    if (eat(p, "verb")) return read_verb(p, k);
    if (eat(p, "plural")) return read_words(p, "the plural", &k->plural);
    if (eat(p, "said")) return read_words(p, "a sentence, as in: withdrawal is verified", &k->said);
    if (eat(p, "status") || eat(p, "adjective")) {
        if (!k->is_state) {
            refuse(p, "not-a-state", place_last(p), "an event has no status: it happens");
            return false;
        }
        eat_article(p);
        return read_words(p, "the status, as in: neutral", &k->status);
    }
    if (eat(p, "filed")) {
        k->filed = true;
        return true;
    }
    if (look_part(p)) return read_places(p, k);
    return expected(p, "\"verb\", \"plural\", \"said\", \"status\", \"filed\" or a place",
                    "write: verb fires, fired, firing");
}

static bool enter_forms(struct parser *p, const struct kind *k, uint32_t index)
{
    const struct {
        struct str words;
        uint32_t form;
    } all[] = {
        {name_spoken(p, k->name), FORM_NOUN},
        {k->base, FORM_BASE},
        {k->third, FORM_THIRD},
        {k->past, FORM_PAST},
        {k->gerund, FORM_GERUND},
        {k->plural, FORM_PLURAL},
        {k->status, FORM_STATUS},
        {k->said, FORM_SAID},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!phrase_enter(p, all[i].words, index, all[i].form, k->at)) return false;
    return true;
}

static bool kind_start(struct parser *p, struct kind *k)
{
    k->filed = eat(p, "filed");
    k->is_state = look(p, "state");
    p->at++;
    p->doing = k->is_state ? "the declaration of a state" : "the declaration of an event";
    return name_declared(p, &k->name, &k->at);
}

bool enter_kind(struct parser *p, struct sentence *s)
{
    struct kind k = {.clause = p->clause,
                     .parent = LANG_NONE,
                     .actor = LANG_NONE,
                     .whom = LANG_NONE,
                     .places = PLACED_AT};
    if (!kind_start(p, &k)) return false;
    struct vec attributes = {0};
    if (!vec_add(p, &p->kinds, sizeof k)) return false;
    s->item = (uint32_t)p->kinds.n - 1;
    *VEC_AT(p->kinds, struct kind, s->item) = k;
    if (!name_enter(p, k.name, SORT_KIND, s->item, k.at)) return false;
    k.label = name_spoken(p, k.name);
    if (token_now(p)->kind == TOKEN_STRING && !read_string(p, "a label", &k.label)) return false;
    if (eat(p, "is a") || eat(p, "is an")) { /* the parent: second pass */
        while (token_now(p)->kind == TOKEN_WORD) p->at++;
    }
    if (!read_attributes(p, &attributes)) return false;
    while (eat_punct(p, ','))
        if (!read_kind_part(p, &k)) return false;
    k.attributes = attributes.v;
    k.n_attributes = (uint32_t)attributes.n;
    *VEC_AT(p->kinds, struct kind, s->item) = k;
    return enter_forms(p, &k, s->item) && expect_end(p);
}

/* ---- second pass ---- */

static void find_roles(struct kind *k)
{
    for (uint32_t i = 0; i < k->n_attributes; i++) {
        const struct attribute *a = &k->attributes[i];
        if (a->type != ATTRIBUTE_ACTOR) continue;
        if (str_eq(a->name, k->is_state ? STR("of") : STR("by"))) k->actor = i;
        if (str_eq(a->name, STR("whom"))) k->whom = i;
    }
}

bool read_kind(struct parser *p, struct sentence *s)
{
    struct kind *k = VEC_AT(p->kinds, struct kind, s->item), scratch = {0};
    if (!kind_start(p, &scratch)) return false;
    if (token_now(p)->kind == TOKEN_STRING) p->at++;
    find_roles(k);
    if (!eat(p, "is a") && !eat(p, "is an")) return true;
    if (!name_read(p, SORT_KIND, k->is_state ? "a state" : "an event", &k->parent)) return false;
    const struct kind *parent = VEC_AT(p->kinds, struct kind, k->parent);
    if (parent->is_state == k->is_state) return true;
    refuse(p, "wrong-sort", place_last(p), "a state is not an event");
    return false;
}

/* Puts the parents' attributes before the own ones; the families are without cycles by now. */
static bool inherit(struct parser *p, uint32_t index, uint8_t *done)
{
    struct kind *k = VEC_AT(p->kinds, struct kind, index);
    if (done[index] || k->parent == LANG_NONE) return true;
    done[index] = 1;
    if (!inherit(p, k->parent, done)) return false;
    const struct kind *parent = VEC_AT(p->kinds, struct kind, k->parent);
    uint32_t n = parent->n_attributes + k->n_attributes;
    struct attribute *all = parse_alloc(p, (n ? n : 1) * sizeof *all);
    if (!all) return false;
    uint32_t m = parent->n_attributes;
    if (m) memcpy(all, parent->attributes, m * sizeof *all);
    for (uint32_t i = 0; i < k->n_attributes; i++)
        if (kind_attribute(parent, k->attributes[i].name) == LANG_NONE) all[m++] = k->attributes[i];
    k->attributes = all;
    k->n_attributes = m;
    if (!k->places) k->places = parent->places;
    k->filed = k->filed || parent->filed;
    find_roles(k);
    return true;
}

bool kinds_inherit(struct parser *p)
{
    uint8_t *done = parse_alloc(p, p->kinds.n + 1);
    if (!done) return false;
    for (size_t i = 0; i < p->kinds.n; i++)
        if (!inherit(p, (uint32_t)i, done)) return false;
    return true;
}

/* `one fire is all firing by one party …`: kept as written, for those who enter reports. */
bool read_one_is(struct parser *p, struct sentence *s)
{
    (void)s;
    p->doing = "the definition of one event";
    p->at++;
    struct form f;
    size_t n = phrase_match(p, p->at, FORM_NOUN, &f);
    if (!n) return name_unknown(p, SORT_KIND, "an event or a state");
    p->at += n;
    if (!expect(p, "is", "write: one fire is all firing by one party from one position"))
        return false;
    if (at_end(p)) return expected(p, "what counts as one", NULL);
    VEC_AT(p->kinds, struct kind, f.kind)->one_is = words_text(p, p->at, p->end);
    p->at = p->end;
    return true;
}
