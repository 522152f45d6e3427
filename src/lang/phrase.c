/* What may stand behind a verb or a noun: objects, `with …`, a place; and who is meant. */
#include "lang/parse.h"

static const struct kind *kind_of(const struct parser *p, const struct phrase *ph)
{
    return VEC_AT(p->kinds, struct kind, ph->kind);
}

bool add_test(struct parser *p, struct phrase *ph, const struct attribute_test *t)
{
    struct attribute_test *all = parse_alloc(p, (ph->n_tests + 1) * sizeof *all);
    if (!all) return false;
    for (uint32_t i = 0; i < ph->n_tests; i++) all[i] = ph->tests[i];
    all[ph->n_tests++] = *t;
    ph->tests = all;
    return true;
}

/* ---- with ---- */

static bool read_amount(struct parser *p, const struct attribute *a, int64_t *out)
{
    static const struct {
        enum dimension dimension;
        const char *example;
    } by_type[ATTRIBUTE_TYPES] = {
        [ATTRIBUTE_COUNT] = {DIMENSION_COUNT, "10"},
        [ATTRIBUTE_LENGTH] = {DIMENSION_LENGTH, "100 mm"},
        [ATTRIBUTE_MASS] = {DIMENSION_MASS, "20 kg"},
        [ATTRIBUTE_DURATION] = {DIMENSION_DURATION, "2 hours"},
        [ATTRIBUTE_SHARE] = {DIMENSION_SHARE, "50 %"},
    };
    if (!look_number(p)) return expected(p, "a number", NULL);
    return read_measure(p, by_type[a->type].dimension, by_type[a->type].example, out);
}

static bool read_amounts(struct parser *p, const struct attribute *a, struct attribute_test *t)
{
    int64_t v = 0;
    t->lo = INT64_MIN;
    t->hi = INT64_MAX;
    eat(p, "of"); /* "with a caliber of 100 mm" */
    if (eat(p, "more than") || eat(p, "over") || eat(p, "above")) {
        if (!read_amount(p, a, &v)) return false;
        t->lo = v < INT64_MAX ? v + 1 : v;
    } else if (eat(p, "less than") || eat(p, "under") || eat(p, "below")) {
        if (!read_amount(p, a, &v)) return false;
        t->hi = v > INT64_MIN ? v - 1 : v;
    } else if (eat(p, "at least")) {
        return read_amount(p, a, &t->lo);
    } else if (eat(p, "at most")) {
        return read_amount(p, a, &t->hi);
    } else if (eat(p, "between")) {
        if (!read_amount(p, a, &t->lo) || !expect(p, "and", NULL) || !read_amount(p, a, &t->hi))
            return false;
        if (t->lo > t->hi) {
            refuse(p, "empty-range", place_last(p), "nothing lies between these two");
            return false;
        }
    } else {
        t->negated = eat(p, "other than");
        if (!read_amount(p, a, &v)) return false;
        t->lo = t->hi = v;
        if (eat(p, "or more") || eat(p, "or over") || eat(p, "and above") || eat(p, "or above")) {
            t->hi = INT64_MAX;
        } else if (eat(p, "or less") || eat(p, "or under") || eat(p, "or below")) {
            t->lo = INT64_MIN;
        }
    }
    return true;
}

static bool read_texts(struct parser *p, struct attribute_test *t)
{
    struct vec list = {0};
    t->negated = eat(p, "other than");
    do {
        struct str *x = vec_add(p, &list, sizeof *x);
        if (!x || !read_string(p, "a text in quotation marks", x)) return false;
    } while ((look(p, "or") || look_punct(p, ',')) &&
             (token_ahead(p, 1)->kind == TOKEN_STRING || look_ahead(p, 1, "or")) &&
             (eat_punct(p, ',') ? (eat(p, "or"), true) : eat(p, "or")));
    t->texts = list.v;
    t->n_texts = (uint32_t)list.n;
    return true;
}

static bool read_value(struct parser *p, const struct attribute *a, struct attribute_test *t)
{
    if (a->type == ATTRIBUTE_TEXT) return read_texts(p, t);
    if (a->type == ATTRIBUTE_YESNO) {
        bool no = eat(p, "no");
        if (!no) eat(p, "yes");
        t->lo = t->hi = no ? 0 : 1;
        return true;
    }
    if (a->type == ATTRIBUTE_ACTOR) {
        struct vec list = {0};
        bool is_or;
        t->negated = eat(p, "other than");
        if (!read_actor_list(p, &list, &is_or)) return false;
        t->actors = parse_indices(p, &list);
        return true;
    }
    return read_amounts(p, a, t);
}

static uint32_t attribute_here(const struct parser *p, const struct kind *k)
{
    const struct token *t = token_now(p);
    return t->kind == TOKEN_WORD ? kind_attribute(k, t->text) : LANG_NONE;
}

static bool unknown_attribute(struct parser *p, const struct kind *k)
{
    const struct token *t = token_now(p);
    if (t->kind != TOKEN_WORD) return expected(p, "the name of an attribute", NULL);
    size_t least = 4;
    struct str near = {NULL, 0};
    for (uint32_t i = 0; i < k->n_attributes; i++)
        if (str_nearer(t->text, k->attributes[i].name, &least)) near = k->attributes[i].name;
    struct diag *x = refuse(p, "unknown-attribute", t->at, "\"%.*s\" has no attribute \"%.*s\"",
                            STR_ARG(k->label), STR_ARG(t->text));
    if (near.n) {
        diag_fix(p->d, x, "write: with %.*s …", STR_ARG(near));
    } else {
        diag_fix(p->d, x, "declare it with the %s: %.*s (%.*s text)",
                 k->is_state ? "state" : "event", STR_ARG(k->name), STR_ARG(t->text));
    }
    return false;
}

bool read_tests(struct parser *p, struct phrase *ph)
{
    if (!eat(p, "with")) return true;
    const struct kind *k = kind_of(p, ph);
    for (;;) {
        eat_article(p);
        uint32_t i = attribute_here(p, k);
        if (i == LANG_NONE) return unknown_attribute(p, k);
        struct attribute_test t = {.attribute = i, .at = token_now(p)->at};
        p->at++;
        if (!read_value(p, &k->attributes[i], &t)) return false;
        t.at = place_join(t.at, place_last(p));
        if (!add_test(p, ph, &t)) return false;
        size_t back = p->at;
        eat_punct(p, ',');
        if (!eat(p, "and")) eat(p, "with");
        eat(p, "with");
        if (p->at == back || attribute_here(p, k) == LANG_NONE) {
            p->at = back;
            return true;
        }
    }
}

/* ---- objects ---- */

static bool look_members(const struct parser *p, size_t ahead);

/* "notify the party": of several, none stands alone before it. */
static bool refuse_the_party(struct parser *p)
{
    struct diag *x = refuse(p, "the-party", token_now(p)->at, "no single party stands before it");
    diag_fix(p->d, x, "name the one who is meant, or write: the other party, each party");
    return false;
}

static bool read_object(struct parser *p, struct phrase *ph, uint32_t attribute)
{
    struct attribute_test t = {.attribute = attribute, .at = token_now(p)->at};
    size_t first = p->at;
    enum who who;
    t.others = look(p, "each other");
    if ((look(p, "the") || look(p, "its")) && look_members(p, 1)) return refuse_the_party(p);
    if (!read_who(p, &who, &t.actors)) return false;
    t.others = t.others || who == WHO_OTHER;
    t.each = who == WHO_EACH_OF && (t.actors.n > 1 || t.others);
    if (t.each && !p->each_object) {
        struct diag *x = refuse(p, "each-object", place_join(p->tokens.v[first].at, place_last(p)),
                                "one act towards each of several is several acts");
        diag_fix(p->d, x, "write one provision for each, or name one of them with \"or\"");
        return false;
    }
    if (t.each && phrase_each(ph)) {
        refuse(p, "each-object", place_join(p->tokens.v[first].at, place_last(p)),
               "each of several, twice in one act");
        return false;
    }
    return add_test(p, ph, &t);
}

static bool can_be_object(const struct kind *k, uint32_t i)
{
    return k->attributes[i].type == ATTRIBUTE_ACTOR && i != k->actor && i != k->whom;
}

bool read_objects(struct parser *p, struct phrase *ph)
{
    const struct kind *k = kind_of(p, ph);
    if (k->whom != LANG_NONE && look_who(p) && !read_object(p, ph, k->whom)) return false;
    for (;;) {
        uint32_t i = attribute_here(p, k);
        if (i == LANG_NONE || !can_be_object(k, i)) return true;
        p->at++;
        if (!read_object(p, ph, i)) return false;
    }
}

/* ---- place ---- */

static const struct {
    const char *words;
    uint32_t places;
    bool outside;
    bool sure; /* these words begin a place whatever follows */
} prepositions[] = {
    {"from or into", PLACED_FROM | PLACED_INTO, false, true},
    {"into or from", PLACED_FROM | PLACED_INTO, false, true},
    {"in , from or into", PLACED_AT | PLACED_FROM | PLACED_INTO, false, true},
    {"in or into", PLACED_AT | PLACED_INTO, false, true},
    {"in or from", PLACED_AT | PLACED_FROM, false, true},
    {"out of", PLACED_AT, true, true},
    {"outside", PLACED_AT, true, true},
    {"inside", PLACED_AT, false, true},
    {"into", PLACED_INTO, false, true},
    {"in", PLACED_AT, false, true},
    {"over", PLACED_AT, false, false},
    {"at", PLACED_AT, false, false},
    {"from", PLACED_FROM, false, false},
    {"within", PLACED_AT, false, false},
    {"on", PLACED_AT, false, false},
};
#define PREPOSITIONS (sizeof prepositions / sizeof prepositions[0])

static size_t preposition_here(const struct parser *p, size_t *words)
{
    for (size_t i = 0; i < PREPOSITIONS; i++) {
        if (!look(p, prepositions[i].words)) continue;
        size_t n = 1;
        for (const char *c = prepositions[i].words; *c; c++) n += *c == ' ';
        *words = n;
        struct symbol s;
        size_t article = look_ahead(p, n, "the") ? 1 : 0;
        size_t m = name_match(p, p->at + n + article, &s);
        bool zone = m && (s.sort == SORT_ZONE || s.sort == SORT_LINE);
        if (zone || prepositions[i].sure) return i;
    }
    return PREPOSITIONS;
}

bool look_place(const struct parser *p, const struct phrase *ph)
{
    size_t words;
    (void)ph;
    if (look(p, "in the last") || look(p, "in any") || look(p, "in total") || look(p, "in step"))
        return false;
    return preposition_here(p, &words) < PREPOSITIONS;
}

static bool place_allowed(struct parser *p, const struct phrase *ph, struct place at)
{
    const struct kind *k = kind_of(p, ph);
    if (k->is_state || (ph->places & ~k->places) == 0) return true;
    struct diag *x =
        refuse(p, "no-such-place", at, "\"%.*s\" does not say that it happens %s a zone",
               STR_ARG(k->label), ph->places & PLACED_AT ? "in" : "from or into");
    diag_fix(p->d, x, "add to its declaration: , in, from or into a zone");
    return false;
}

bool read_place(struct parser *p, struct phrase *ph)
{
    size_t words = 0, first = p->at;
    size_t i = preposition_here(p, &words);
    if (i == PREPOSITIONS) return expected(p, "a place", "write: in … (a zone)");
    p->at += words;
    eat_article(p);
    ph->places = prepositions[i].places;
    ph->outside = prepositions[i].outside;
    struct symbol s;
    size_t n = name_match(p, p->at, &s);
    if (n && s.sort == SORT_LINE) {
        struct str line = VEC_AT(p->lines, struct line, s.index)->name;
        struct diag *x = refuse(p, "line-as-place", token_now(p)->at,
                                "a line has no inside: how near to it is meant?");
        diag_fix(p->d, x, "declare: zone near_%.*s is within 1 km of %.*s.", STR_ARG(line),
                 STR_ARG(line));
        return false;
    }
    if (!name_read(p, SORT_ZONE, "a zone", &ph->zone)) return false;
    return place_allowed(p, ph, place_join(p->tokens.v[first].at, place_last(p)));
}

/* ---- who ---- */

static const struct {
    const char *words;
    enum who who;
} determiners[] = {
    {"each of", WHO_EACH_OF}, {"each other", WHO_EACH_OF}, {"each", WHO_EACH_OF},
    {"every", WHO_EACH_OF},   {"the other", WHO_OTHER},    {"another", WHO_OTHER},
    {"one of", WHO_ONE_OF},   {"any of", WHO_ONE_OF},      {"any", WHO_ONE_OF},
    {"one", WHO_ONE_OF},      {"a", WHO_ONE_OF},           {"the", WHO_BEARER},
    {"its", WHO_BEARER},
};
#define DETERMINERS (sizeof determiners / sizeof determiners[0])

static size_t count_words(const char *words)
{
    size_t n = 1;
    for (; *words; words++) n += *words == ' ';
    return n;
}

/* Class word or group name at the cursor + n: reads its members. */
static bool look_members(const struct parser *p, size_t ahead)
{
    struct parser q = *p;
    struct symbol s;
    enum actor_class c;
    size_t n;
    q.at += ahead;
    if (actor_class_word(&q, false, &c, &n)) return true;
    return name_match(&q, q.at, &s) && s.sort == SORT_GROUP;
}

static bool look_actor(const struct parser *p, size_t ahead)
{
    struct symbol s;
    size_t n = name_match(p, p->at + ahead, &s);
    return n && (s.sort == SORT_ACTOR || s.sort == SORT_GROUP);
}

bool look_who(const struct parser *p)
{
    if (look_actor(p, 0)) return true;
    for (size_t i = 0; i < DETERMINERS; i++) {
        if (!look(p, determiners[i].words)) continue;
        size_t n = count_words(determiners[i].words);
        if (look_members(p, n) || look_actor(p, n)) return true;
    }
    return false;
}

static bool read_members(struct parser *p, struct indices *out)
{
    enum actor_class c;
    size_t n;
    uint32_t group;
    struct vec list = {0};
    if (actor_class_word(p, false, &c, &n)) {
        p->at += n;
        if (!class_members(p, c, &list)) return false;
        *out = parse_indices(p, &list);
        return true;
    }
    if (!name_eat(p, SORT_GROUP, &group)) return expected(p, "\"party\" or a group", NULL);
    *out = VEC_AT(p->groups, struct group, group)->members;
    return true;
}

bool read_who(struct parser *p, enum who *who, struct indices *actors)
{
    bool determined = false;
    *actors = (struct indices){0};
    for (size_t i = 0; i < DETERMINERS && !determined; i++) {
        if (!look(p, determiners[i].words)) continue;
        size_t n = count_words(determiners[i].words);
        determined = look_members(p, n) || look_actor(p, n);
        if (!determined) continue;
        *who = determiners[i].who;
        p->at += n;
        if (look_members(p, 0)) return read_members(p, actors);
    }
    if (look(p, "it") || look(p, "they")) {
        struct diag *x = refuse(p, "pronoun", token_now(p)->at, "\"%.*s\": who or what is meant?",
                                STR_ARG(token_now(p)->text));
        diag_fix(p->d, x, "repeat the name");
        return false;
    }
    struct vec list = {0};
    bool is_or = false;
    if (!read_actor_list(p, &list, &is_or)) return false;
    *actors = parse_indices(p, &list);
    if (!determined) *who = is_or || list.n == 1 ? WHO_ONE_OF : WHO_EACH_OF;
    return true;
}
