/* Conditions, and events as triggers.
 *
 * A condition is one statement that is true or not at each second, several joined by one
 * connective, or `all of:` / `any of:` with a flat list.  Statements are told apart by what stands
 * first: a provision, an actor, the noun of an event or state, a sentence that an event declares
 * ("withdrawal is verified"), or a point of time. */
#include "lang/parse.h"

static struct condition *condition_new(struct parser *p, enum condition_op op, struct place at)
{
    struct condition *c = parse_alloc(p, sizeof *c);
    if (!c) return NULL;
    *c = (struct condition){.op = op,
                            .phrase = {.kind = LANG_NONE, .zone = LANG_NONE},
                            .since = {.kind = LANG_NONE, .zone = LANG_NONE},
                            .provision = LANG_NONE,
                            .at = at};
    return c;
}

static struct condition *condition_join(struct parser *p, enum condition_op op, struct vec *parts)
{
    struct condition **v = parts->v;
    if (!parts->n) return NULL;
    if (parts->n == 1) return v[0];
    struct condition *c = condition_new(p, op, place_join(v[0]->at, v[parts->n - 1]->at));
    if (!c) return NULL;
    c->sub = v;
    c->n_sub = (uint32_t)parts->n;
    return c;
}

static bool push(struct parser *p, struct vec *parts, struct condition *c)
{
    struct condition **slot = c ? vec_add(p, parts, sizeof(struct condition *)) : NULL;
    if (slot) *slot = c;
    return slot != NULL;
}

static bool negate(struct parser *p, struct condition **c)
{
    struct vec parts = {0};
    struct condition *not_ = condition_new(p, COND_NOT, (*c)->at);
    if (!not_ || !push(p, &parts, *c)) return false;
    not_->sub = parts.v;
    not_->n_sub = 1;
    *c = not_;
    return true;
}

static struct phrase phrase_of(uint32_t kind, enum who who, struct indices actors)
{
    return (struct phrase){.kind = kind, .who = who, .actors = actors, .zone = LANG_NONE};
}

static bool is_state(const struct parser *p, uint32_t kind)
{
    return VEC_AT(p->kinds, struct kind, kind)->is_state;
}

/* Objects, with, place: whatever of them stands here. */
static bool read_rest(struct parser *p, struct phrase *ph)
{
    if (!read_objects(p, ph) || !read_tests(p, ph)) return false;
    if (look_place(p, ph) && !read_place(p, ph)) return false;
    return read_tests(p, ph);
}

/* "in the last 24 hours" */
static bool read_window(struct parser *p, struct duration *out)
{
    if (!eat(p, "in the last") && !eat(p, "within the last")) return true;
    return read_duration(p, out);
}

/* ---- provisions ---- */

/* What stands behind the name of a provision, or of an article for each provision under it. */
static bool read_state_of_it(struct parser *p, struct condition *c, bool *not_)
{
    if (!eat(p, "is") && !eat(p, "has been"))
        return expected(p, "\"is violated\" or \"is fulfilled\"", NULL);
    *not_ = eat(p, "not");
    if (eat(p, "fulfilled")) {
        c->op = COND_FULFILLED;
        return true;
    }
    if (!expect(p, "violated", "write: is violated, or is fulfilled")) return false;
    if (look_number(p)) {
        int64_t n;
        if (!read_number(p, &n)) return false;
        if (n < 1 || n > UINT32_MAX) {
            refuse(p, "bad-count", place_last(p), "a number of times is at least 1");
            return false;
        }
        c->count = (uint32_t)n;
        if (!eat(p, "times") && !eat(p, "time")) eat(p, "or more times");
    }
    if (eat(p, "in any") && !read_duration(p, &c->window)) return false;
    return read_window(p, &c->window);
}

static bool read_about_provision(struct parser *p, uint32_t provision, struct condition **out)
{
    bool not_ = false;
    struct condition *c = condition_new(p, COND_VIOLATED, place_last(p));
    if (!c) return false;
    c->provision = provision;
    c->count = 1;
    *out = c;
    return read_state_of_it(p, c, &not_) && (!not_ || negate(p, out));
}

static bool under(const struct parser *p, uint32_t clause, uint32_t article)
{
    while (clause != LANG_NONE && clause != article)
        clause = VEC_AT(p->clauses, struct clause, clause)->parent;
    return clause == article;
}

/* "article 11 is fulfilled": each provision under its heading is; "is violated": one of them is. */
static bool read_about_article(struct parser *p, struct condition **out)
{
    struct vec parts = {0};
    uint32_t article = LANG_NONE;
    bool not_ = false;
    size_t first = p->at;
    struct condition like = {.op = COND_VIOLATED, .count = 1};
    if (!read_article(p, &article)) return false;
    struct place named = place_join(p->tokens.v[first].at, place_last(p));
    if (!read_state_of_it(p, &like, &not_)) return false;
    for (uint32_t i = 0; i < p->provisions.n; i++) {
        if (!under(p, VEC_AT(p->provisions, struct provision, i)->clause, article)) continue;
        struct condition *c = condition_new(p, like.op, named);
        if (!c || !push(p, &parts, c)) return false;
        c->provision = i;
        c->count = like.count;
        c->window = like.window;
    }
    if (!parts.n) {
        struct diag *x =
            refuse(p, "empty-article", named, "no provision stands under this heading");
        diag_fix(p->d, x, "state what it asks for under its heading, or name a provision");
        return false;
    }
    if (parts.n > 1 && like.op == COND_VIOLATED &&
        (like.count > 1 || !duration_none(&like.window))) {
        struct diag *x =
            refuse(p, "article-counted", named, "which provision's violations are counted?");
        diag_fix(p->d, x, "name the provision: … is violated 3 times in any 7 days");
        return false;
    }
    *out = condition_join(p, like.op == COND_FULFILLED ? COND_ALL : COND_ANY, &parts);
    return *out && (!not_ || negate(p, out));
}

/* ---- actors ---- */

/* "… has fired", "… has not objected within 5 days after …"; *nobody: "no party has …", false when that
 * was taken in. */
static bool read_perfect(struct parser *p, struct condition *c, enum who who, struct indices actors,
                         bool *nobody, struct condition **out)
{
    bool not_ = eat(p, "not");
    struct form f;
    size_t n = phrase_match(p, p->at, FORM_PAST, &f);
    if (!n) {
        if (phrase_match(p, p->at, FORM_BASE | FORM_GERUND | FORM_THIRD, &f)) {
            const struct kind *k = VEC_AT(p->kinds, struct kind, f.kind);
            struct diag *x = refuse(p, "wrong-form", token_now(p)->at,
                                    "after \"has\", the past form of the verb is expected");
            if (k->past.n)
                diag_fix(p->d, x, "write: has %.*s", STR_ARG(k->past));
            else
                diag_fix(p->d, x,
                         "declare the forms of the verb of %.*s, as in: verb fire, fires, "
                         "fired, firing",
                         STR_ARG(k->name));
            return false;
        }
        return name_unknown(p, SORT_NONE, "what was done (the past form of a declared verb)");
    }
    p->at += n;
    c->phrase = phrase_of(f.kind, who, actors);
    if (!read_rest(p, &c->phrase) || !read_window(p, &c->window)) return false;
    if ((not_ || *nobody) && look(p, "within") && !look(p, "within the last")) {
        p->at++;
        *nobody = false;
        c->op = COND_NO_OBJECTION;
        if (!read_duration(p, &c->window)) return false;
        if (!expect(p, "after", "say after what: has not objected within 5 days after … "))
            return false;
        return read_event(p, &c->since, &c->recorded);
    }
    return !not_ || negate(p, out);
}

/* "… is neutral", "… is not a member of nato" */
static bool read_is(struct parser *p, struct condition *c, enum who who, struct indices actors,
                    struct condition **out)
{
    bool not_ = eat(p, "not");
    eat_article(p);
    struct form f;
    size_t n = phrase_match(p, p->at, FORM_STATUS, &f);
    if (!n) return name_unknown(p, SORT_KIND, "a declared status");
    p->at += n;
    c->op = COND_HOLDS;
    c->phrase = phrase_of(f.kind, who, actors);
    return read_rest(p, &c->phrase) && (!not_ || negate(p, out));
}

static bool read_about_actor(struct parser *p, struct condition **out)
{
    struct condition *c = condition_new(p, COND_HAPPENED, token_now(p)->at);
    if (!c) return false;
    *out = c;
    bool no = eat(p, "no");
    enum who who = WHO_ONE_OF;
    struct indices actors;
    if (no) {
        struct vec list = {0};
        enum actor_class class_;
        size_t n;
        if (!actor_class_word(p, false, &class_, &n))
            return expected(p, "\"party\" after \"no\"", NULL);
        p->at += n;
        if (!class_members(p, class_, &list)) return false;
        actors = parse_indices(p, &list);
    } else if (!read_who(p, &who, &actors)) {
        return false;
    }
    bool good;
    struct form f;
    size_t n;
    if (eat(p, "has") || eat(p, "have")) {
        good = read_perfect(p, c, who, actors, &no, out);
    } else if (eat(p, "is") || eat(p, "are")) {
        good = read_is(p, c, who, actors, out);
    } else if ((n = phrase_match(p, p->at, FORM_THIRD, &f)) > 0) {
        p->at += n;
        c->op = is_state(p, f.kind) ? COND_HOLDS : COND_HAPPENED;
        c->phrase = phrase_of(f.kind, who, actors);
        good = read_rest(p, &c->phrase);
    } else {
        return expected(p, "\"has\" or \"is\"", "write: north has withdrawn, or: north is neutral");
    }
    if (!good) return false;
    c->at = place_join(c->at, place_last(p));
    return !no || negate(p, out);
}

/* ---- nouns ---- */

/* Tokens before the noun that stands here: an article or another such word, and adjectives, which
 * are yes-or-no attributes of what the noun names ("prior" is what a condition means anyway).
 * False when no noun stands here. */
static bool find_noun(const struct parser *p, size_t *skip, size_t *words, struct form *f)
{
    static const char *const before[] = {"a", "an", "the", "no", "each", "any", "one"};
    size_t n = 0;
    for (size_t i = 0; i < sizeof before / sizeof before[0] && !n; i++)
        n = look(p, before[i]) ? 1 : 0;
    for (size_t i = 0; i < 3; i++, n++) {
        *words = phrase_match(p, p->at + n, FORM_NOUN | FORM_PLURAL, f);
        *skip = n;
        if (*words) return true;
        const struct token *t = token_ahead(p, n);
        if (t->kind != TOKEN_WORD || word_reserved(t->text)) return false;
    }
    return false;
}

/* Are the words between `from` and the noun adjectives of its kind?  Adds a test for each. */
static bool read_adjectives(struct parser *p, struct phrase *ph, size_t n)
{
    const struct kind *k = VEC_AT(p->kinds, struct kind, ph->kind);
    for (size_t i = 0; i < n; i++, p->at++) {
        if (look(p, "prior")) continue;
        uint32_t attribute = kind_attribute(k, token_now(p)->text);
        if (attribute == LANG_NONE || k->attributes[attribute].type != ATTRIBUTE_YESNO) {
            struct diag *x = refuse(p, "unknown-adjective", token_now(p)->at,
                                    "\"%.*s\" is not declared of \"%.*s\"",
                                    STR_ARG(token_now(p)->text), STR_ARG(k->label));
            diag_fix(p->d, x, "declare it with the %s: (%.*s yes or no)",
                     k->is_state ? "state" : "event", STR_ARG(token_now(p)->text));
            return false;
        }
        struct attribute_test t = {
            .attribute = attribute, .lo = 1, .hi = 1, .at = token_now(p)->at};
        if (!add_test(p, ph, &t)) return false;
    }
    return true;
}

/* "of north", "by north" behind a noun. */
static bool read_owner(struct parser *p, struct phrase *ph)
{
    size_t n = look(p, "of") || look(p, "by") ? 1 : 0;
    if (!n) return true;
    struct parser q = *p;
    q.at += n;
    if (!look_who(&q)) return true;
    p->at += n;
    return read_who(p, &ph->who, &ph->actors);
}

static bool read_about_state(struct parser *p, struct condition *c, struct condition **out)
{
    c->op = COND_HOLDS;
    if (eat(p, "holds") || eat(p, "hold") || eat(p, "stands") || eat(p, "stand")) return true;
    if (eat(p, "does not hold") || eat(p, "do not hold") || eat(p, "does not stand"))
        return negate(p, out);
    if (eat(p, "is") || eat(p, "are")) {
        bool not_ = eat(p, "not");
        if (look_place(p, &c->phrase)) {
            if (!read_place(p, &c->phrase)) return false;
        } else if (!eat(p, "in force") && !eat(p, "present") && !eat(p, "live")) {
            return expected(p, "a place, \"in force\" or \"present\"", NULL);
        }
        return !not_ || negate(p, out);
    }
    return expected(p, "\"holds\"", "write: while silence holds");
}

static bool read_about_noun(struct parser *p, struct condition **out)
{
    struct condition *c = condition_new(p, COND_HAPPENED, token_now(p)->at);
    struct form f;
    size_t skip = 0, words = 0;
    if (!c || !find_noun(p, &skip, &words, &f)) return false;
    *out = c;
    bool no = look(p, "no");
    if (no || look(p, "each") || look(p, "any") || look(p, "one")) {
        p->at++;
        skip--;
    } else if (skip) {
        size_t back = p->at;
        eat_article(p);
        skip -= p->at - back;
    }
    c->phrase = phrase_of(f.kind, WHO_ANYONE, (struct indices){0});
    if (!read_adjectives(p, &c->phrase, skip)) return false;
    p->at += words;
    if (!read_owner(p, &c->phrase) || !read_rest(p, &c->phrase)) return false;
    if (is_state(p, f.kind)) {
        if (!read_about_state(p, c, out)) return false;
    } else if (eat(p, "has not happened") || eat(p, "did not happen")) {
        if (!read_window(p, &c->window) || !negate(p, out)) return false;
    } else {
        if (!eat(p, "has happened") && !eat(p, "happens")) eat(p, "has occurred");
        if (!read_window(p, &c->window)) return false;
    }
    c->at = place_join(c->at, place_last(p));
    return !no || negate(p, out);
}

static bool look_noun(const struct parser *p)
{
    struct form f;
    size_t skip, words;
    struct symbol other;
    if (!find_noun(p, &skip, &words, &f)) return false;
    /* What stands before the noun must not be something else by itself: an actor, a provision. */
    for (size_t i = 0; i < skip; i++)
        if (name_match(p, p->at + i, &other) && other.sort != SORT_KIND) return false;
    return !look_point(p) && (skip < 2 || !look_who(p));
}

static bool read_said(struct parser *p, struct condition **out)
{
    struct form f;
    size_t n = phrase_match(p, p->at, FORM_SAID, &f);
    struct condition *c = condition_new(p, COND_HAPPENED, token_now(p)->at);
    if (!c) return false;
    p->at += n;
    *out = c;
    c->phrase = phrase_of(f.kind, WHO_ANYONE, (struct indices){0});
    if (!read_owner(p, &c->phrase) || !read_rest(p, &c->phrase) || !read_window(p, &c->window))
        return false;
    c->at = place_join(c->at, place_last(p));
    return true;
}

/* ---- time ---- */

static bool read_about_time(struct parser *p, struct condition **out)
{
    struct condition *c = condition_new(p, COND_FROM, token_now(p)->at);
    if (!c) return false;
    *out = c;
    if (!read_point(p, &c->point)) return false;
    if (eat(p, "has not come") || eat(p, "has not begun")) {
        c->op = COND_UNTIL;
        return true;
    }
    if (eat(p, "has come") || eat(p, "has begun")) return true;
    if (eat(p, "has passed")) {
        if (c->point.edge == EDGE_WHOLE && c->point.op != POINT_FORCE) c->point.edge = EDGE_END;
        return true;
    }
    return expected(p, "\"has come\" or \"has passed\"", "write: day 60 has passed");
}

/* ---- together ---- */

static bool look_article(const struct parser *p)
{
    enum token_kind next = token_ahead(p, 1)->kind;
    return look(p, "article") && (next == TOKEN_NUMBER || next == TOKEN_STRING);
}

static bool read_one(struct parser *p, struct condition **out)
{
    struct form f;
    uint32_t provision;
    eat(p, "when");
    eat(p, "that");
    if (phrase_match(p, p->at, FORM_SAID, &f)) return read_said(p, out);
    if (look_noun(p)) return read_about_noun(p, out);
    size_t back = p->at;
    eat_article(p);
    if (name_eat(p, SORT_PROVISION, &provision)) return read_about_provision(p, provision, out);
    p->at = back;
    if (look_article(p)) return read_about_article(p, out);
    if (look(p, "no") || look_who(p) || look(p, "it") || look(p, "they"))
        return read_about_actor(p, out);
    if (look_point(p)) return read_about_time(p, out);
    return name_unknown(p, SORT_NONE, "a condition");
}

static bool read_list(struct parser *p, enum condition_op op, struct condition **out)
{
    struct vec parts = {0};
    if (token_now(p)->kind != TOKEN_DASH)
        return expected(p, "a list with dashes",
                        "write: all of: – silence holds – north is neutral");
    while (token_now(p)->kind == TOKEN_DASH) {
        struct condition *c = NULL;
        p->at++;
        if (!read_one(p, &c) || !push(p, &parts, c)) return false;
        if (!eat_punct(p, ';')) eat_punct(p, ',');
        if (eat(p, "and") || eat(p, "or")) continue; /* before the next dash, as lawyers do */
    }
    *out = condition_join(p, op, &parts);
    return *out != NULL;
}

/* Does `and` or `or` join a further condition here, rather than something else? */
static bool joins(const struct parser *p)
{
    struct parser q = *p;
    struct symbol s;
    struct form f;
    q.at++;
    if (look(&q, "unless") || look(&q, "if") || look(&q, "from") || look(&q, "until")) return false;
    return look_noun(&q) || look_who(&q) || look_point(&q) || look(&q, "no") || look(&q, "it") ||
           phrase_match(&q, q.at, FORM_SAID, &f) || look(&q, "when") || look(&q, "that") ||
           look_article(&q) || (name_match(&q, q.at, &s) && s.sort == SORT_PROVISION);
}

bool read_condition(struct parser *p, const struct condition **out)
{
    struct condition *c = NULL;
    if (eat(p, "all of :") || eat(p, "any of :")) {
        enum condition_op op =
            str_eq_nocase(p->tokens.v[p->at - 3].text, STR("all")) ? COND_ALL : COND_ANY;
        if (!read_list(p, op, &c)) return false;
        *out = c;
        return true;
    }
    struct vec parts = {0};
    bool is_and = false, is_or = false;
    if (!read_one(p, &c) || !push(p, &parts, c)) return false;
    while ((look(p, "and") || look(p, "or")) && joins(p)) {
        is_and = is_and || look(p, "and");
        is_or = is_or || look(p, "or");
        if (is_and && is_or) {
            struct diag *x =
                refuse(p, "mixed-and-or", token_now(p)->at,
                       "\"and\" and \"or\" in one condition: it can be read in two ways");
            diag_fix(p->d, x, "use one of them, or a list: all of: – … – …");
            return false;
        }
        p->at++;
        if (!read_one(p, &c) || !push(p, &parts, c)) return false;
    }
    *out = condition_join(p, is_or ? COND_ANY : COND_ALL, &parts);
    return *out != NULL;
}

/* ---- events ---- */

bool look_event(const struct parser *p)
{
    struct form f;
    return phrase_match(p, p->at, FORM_SAID, &f) || look_noun(p) || look_who(p);
}

bool read_event(struct parser *p, struct phrase *out, bool *recorded)
{
    struct condition *c = NULL;
    size_t first = p->at;
    if (!look_event(p)) return name_unknown(p, SORT_KIND, "an event");
    if (!read_one(p, &c)) return false;
    struct place at = place_join(p->tokens.v[first].at, place_last(p));
    bool event = c->op == COND_HAPPENED && duration_none(&c->window);
    if (event && c->phrase.who == WHO_EACH_OF && c->phrase.actors.n > 1) {
        struct diag *x = refuse(p, "each-trigger", at,
                                "when each of several has done it is not one moment of its kind");
        diag_fix(p->d, x,
                 "write \"a party\" for each single one, or define a state: … holds from "
                 "when each party has …");
        return false;
    }
    if (!event) {
        struct diag *x =
            refuse(p, "not-an-event", at, "a state holds over time: which moment of it?");
        diag_fix(p->d, x, "name an event, as in: after withdrawal has happened");
        return false;
    }
    *recorded = eat(p, "is established") || eat(p, "is recorded") || eat(p, "has been recorded") ||
                eat(p, "has been established");
    *out = c->phrase;
    out->at = at;
    return true;
}
