/* Provisions: who must, must not or may do what; one row for each pattern.
 *
 * A provision begins with frames or `if`, then its bearer; the words behind the bearer choose the
 * row. */
#include "lang/draft.h"
#include "lang/refuse.h"

struct row {
    enum pattern pattern;
    const char *words; /* behind the bearer */
    const char *name;  /* for messages: "a duty" */
    bool (*read)(struct parser *p, struct draft *dr);
};

/* ---- the act ---- */

static bool unknown_verb(struct parser *p)
{
    struct form f;
    const struct token *t = token_now(p);
    if (t->kind != TOKEN_WORD) return expected(p, "what is to be done (a declared verb)", NULL);
    size_t n = phrase_match(p, p->at, ~0u, &f);
    if (n) {
        const struct kind *k = VEC_AT(p->kinds, struct kind, f.kind);
        struct diag *x = refuse(p, "wrong-form", t->at, "\"%.*s\" is not the base form of a verb",
                                STR_ARG(words_text(p, p->at, p->at + n)));
        if (k->base.n) {
            diag_fix(p->d, x, "write: %.*s", STR_ARG(k->base));
        } else {
            diag_fix(p->d, x, "declare its verb: %s %.*s, verb …", k->is_state ? "state" : "event",
                     STR_ARG(k->name));
        }
        return false;
    }
    size_t least = t->text.n < 4 ? 2 : t->text.n / 3 + 1;
    struct str near = {NULL, 0};
    for (size_t i = 0; i < p->forms.n && p->suggestions < 40; i++) {
        if (!(VEC_AT(p->forms, struct form, i)->forms & FORM_BASE)) continue;
        struct str words = intern_str(&p->phrases, (uint32_t)i);
        size_t end = 0;
        while (end < words.n && words.p[end] != ' ') end++;
        if (str_nearer(t->text, str_slice(words, 0, end), &least)) near = words;
    }
    p->suggestions++;
    struct diag *x = refuse(p, "unknown-verb", t->at, "unknown verb \"%.*s\"", STR_ARG(t->text));
    if (near.n) {
        diag_fix(p->d, x, "write: %.*s", STR_ARG(near));
    } else {
        diag_fix(p->d, x, "declare it: event … (by party), verb %.*s.", STR_ARG(t->text));
    }
    return false;
}

static bool read_act(struct parser *p, struct draft *dr, uint32_t forms)
{
    struct form f;
    size_t n = phrase_match(p, p->at, forms, &f);
    if (!n) return unknown_verb(p);
    p->at += n;
    dr->act_end = p->at;
    dr->pv.act.kind = f.kind;
    dr->pv.act.who = dr->pv.together ? WHO_TOGETHER : WHO_BEARER;
    return true;
}

/* `and` with another verb is a second sentence. */
static bool no_second_act(struct parser *p, const struct draft *dr)
{
    struct form f;
    size_t back = p->at;
    if (eat_punct(p, ',') && !look(p, "and") && !look(p, "or")) p->at = back;
    if (!look(p, "and") && !look(p, "or")) return true;
    bool or_ = look(p, "or");
    size_t n = look_ahead(p, 1, "must not") ? 3 : look_ahead(p, 1, "must") ? 2 : 1;
    size_t m = phrase_match(p, p->at + n, FORM_BASE, &f);
    if (!m) {
        p->at = back;
        return true;
    }
    struct diag *x =
        refuse(p, "second-act", place_now(p), "a provision has one act; \"%.*s\" is a second one",
               STR_ARG(words_text(p, p->at + n, p->at + n + m)));
    if (or_ && dr->pv.pattern == PATTERN_DUTY) {
        diag_fix(p->d, x, "declare one event for both, or write which of them is owed");
    } else {
        bool ban = n == 1 ? dr->pv.pattern == PATTERN_FORBID : n == 3; /* its own word, if it has */
        diag_fix(p->d, x, "write a second provision: %.*s %s %.*s …",
                 STR_ARG(words_text(p, dr->bearer_first, dr->bearer_end)),
                 ban ? "must not" : "must", STR_ARG(words_text(p, p->at + n, p->at + n + m)));
    }
    return false;
}

/* ---- rows ---- */

static bool read_forbid(struct parser *p, struct draft *dr)
{
    if (!read_act(p, dr, FORM_BASE) || !read_parts(p, dr) || !no_second_act(p, dr)) return false;
    if (dr->has_deadline) {
        struct diag *x = refuse(p, "ban-with-deadline", dr->deadline_at,
                                "a ban has no deadline: it holds from, until, before or after");
        diag_fix(p->d, x, "write: must not … until …, or must not … before …");
        return false;
    }
    if (!dr->has_count) return true;
    dr->pv.pattern = PATTERN_CAP;
    if (!VEC_AT(p->kinds, struct kind, dr->pv.act.kind)->is_state) return true;
    refuse(p, "count-of-state", dr->count_at, "states are not counted: they hold");
    return false;
}

static bool read_duty_with(struct parser *p, struct draft *dr, uint32_t forms)
{
    if (!read_act(p, dr, forms)) return false;
    if (VEC_AT(p->kinds, struct kind, dr->pv.act.kind)->is_state) {
        struct diag *x = refuse(p, "state-as-act", place_last(p),
                                "a state is kept, or is a status; it is not done");
        diag_fix(p->d, x, "write: must keep its … in or out of …, or: must be …");
        return false;
    }
    if (look_each_violation(p) && !read_each_violation(p, dr)) return false;
    if (look_schedule(p)) return read_schedule(p, dr);
    if (!read_parts(p, dr) || !no_second_act(p, dr)) return false;
    if (look_punct(p, ':')) return read_schedule(p, dr);
    if (dr->has_count) {
        refuse(p, "count-of-duty", dr->count_at, "a count belongs to a ban: must not … more than");
        return false;
    }
    if (look(p, "only if")) return read_lapse(p, dr);
    if (dr->has_deadline) return true;
    struct diag *x = refuse(p, "no-deadline", place_now(p),
                            "a duty without a deadline never falls "
                            "due");
    diag_fix(p->d, x, "write: by the end of day 2, within 48 hours after …, or every 7 days");
    return false;
}

static bool read_duty(struct parser *p, struct draft *dr)
{
    return read_duty_with(p, dr, FORM_BASE);
}

/* must have begun withdrawal by …: only with `by`. */
static bool read_done(struct parser *p, struct draft *dr)
{
    if (!read_duty_with(p, dr, FORM_PAST)) return false;
    if (dr->pv.pattern == PATTERN_SCHEDULE) return true;
    if (dr->pv.deadline.op == DEADLINE_BY) return true;
    struct diag *x = refuse(p, "done-without-by", dr->deadline_at,
                            "\"must have …\" needs a point by which it is done");
    diag_fix(p->d, x, "write: must have … by …, or: must … within … after …");
    return false;
}

static bool read_keep(struct parser *p, struct draft *dr)
{
    struct form f;
    struct symbol s;
    if (look_site_keep(p)) return read_site_keep(p, dr);
    if (!eat(p, "its") && name_match(p, p->at, &s) == 0) eat(p, "all its");
    size_t n = phrase_match(p, p->at, FORM_NOUN | FORM_PLURAL, &f);
    if (!n) return name_unknown(p, SORT_KIND, "a declared state (its …)");
    if (!VEC_AT(p->kinds, struct kind, f.kind)->is_state) {
        struct diag *x =
            refuse(p, "not-a-state", token_now(p)->at, "an event happens and cannot be kept");
        diag_fix(p->d, x, "write: must not …; or name a declared state");
        return false;
    }
    p->at += n;
    dr->act_end = p->at;
    dr->pv.act.kind = f.kind;
    dr->pv.act.who = WHO_BEARER;
    if (!read_parts(p, dr) || !no_second_act(p, dr)) return false;
    if (dr->has_deadline) {
        struct diag *x = refuse(p, "keep-with-deadline", dr->deadline_at,
                                "what is kept holds over time and has no deadline");
        diag_fix(p->d, x, "write: from …, must keep …; or: must have withdrawn … by …");
        return false;
    }
    if (dr->pv.act.zone == LANG_NONE)
        return expected(p, "\"in\" or \"out of\" a zone", "write: must keep its … out of …");
    dr->pv.inside = !dr->pv.act.outside;
    return true;
}

static bool read_status(struct parser *p, struct draft *dr)
{
    struct form f;
    eat_article(p);
    size_t n = phrase_match(p, p->at, FORM_STATUS, &f);
    if (!n) {
        size_t past = phrase_match(p, p->at, FORM_PAST, &f);
        const struct token *t = token_now(p);
        bool passive = past || (t->kind == TOKEN_WORD &&
                                (str_ends(t->text, STR("ed")) || str_ends(t->text, STR("wn"))));
        if (!passive) return name_unknown(p, SORT_KIND, "a declared status");
        struct diag *x =
            refuse(p, "passive", t->at, "\"must be %.*s\": by whom?", STR_ARG(t->text));
        const struct kind *k = past ? VEC_AT(p->kinds, struct kind, f.kind) : NULL;
        if (k && k->base.n) {
            diag_fix(p->d, x, "name the one who must: each party must %.*s …", STR_ARG(k->base));
        } else {
            diag_fix(p->d, x, "name the one who must do what: each party must …");
        }
        return false;
    }
    p->at += n;
    dr->act_end = p->at;
    dr->pv.act.kind = f.kind;
    dr->pv.act.who = WHO_BEARER;
    if (!read_parts(p, dr) || !no_second_act(p, dr)) return false;
    if (!dr->has_deadline) return true;
    struct diag *x = refuse(p, "status-with-deadline", dr->deadline_at,
                            "a status holds over time and has no deadline");
    diag_fix(p->d, x, "write: from …, … must be …");
    return false;
}

static bool read_not_status(struct parser *p, struct draft *dr)
{
    dr->pv.negated = true;
    return read_status(p, dr);
}

/* "only with prior consent of north" */
static bool read_consent(struct parser *p, const struct condition **out)
{
    const struct condition *c = NULL;
    size_t first = p->at;
    if (!read_condition(p, &c)) return false;
    if (c->op == COND_HAPPENED || c->op == COND_HOLDS) {
        *out = c;
        return true;
    }
    refuse(p, "only-with", place_join(p->tokens.v[first].at, place_last(p)),
           "with what? a declared event or state is expected, as in: with consent of north");
    return false;
}

/* A state behind "with" has no "holds". */
static bool read_with_noun(struct parser *p, const struct condition **out)
{
    struct form f;
    size_t n = 0;
    while (n < 3 && !phrase_match(p, p->at + n, FORM_NOUN, &f)) n++;
    if (n == 3 || !VEC_AT(p->kinds, struct kind, f.kind)->is_state) return read_consent(p, out);
    struct condition *c = parse_alloc(p, sizeof *c);
    if (!c) return false;
    size_t first = p->at;
    p->at += n + phrase_match(p, p->at + n, FORM_NOUN, &f);
    *c = (struct condition){.op = COND_HOLDS,
                            .phrase = {.kind = f.kind, .who = WHO_ANYONE, .zone = LANG_NONE},
                            .since = {.kind = LANG_NONE, .zone = LANG_NONE},
                            .provision = LANG_NONE};
    if ((eat(p, "of") || eat(p, "by")) && !read_who(p, &c->phrase.who, &c->phrase.actors))
        return false;
    if (!read_tests(p, &c->phrase)) return false;
    c->at = place_join(p->tokens.v[first].at, place_last(p));
    *out = c;
    return true;
}

static bool only_point(struct parser *p, enum condition_op op, const struct condition **out)
{
    struct condition *c = parse_alloc(p, sizeof *c);
    if (!c || !read_point(p, &c->point)) return false;
    c->op = op;
    c->phrase.kind = c->since.kind = LANG_NONE;
    c->provision = LANG_NONE;
    c->at = c->point.at;
    /* after a day is from its end */
    if (op == COND_FROM && c->point.edge == EDGE_WHOLE) c->point.edge = EDGE_END;
    *out = c;
    return true;
}

static bool read_only(struct parser *p, struct draft *dr)
{
    if (eat(p, "if") || eat(p, "while") || eat(p, "when")) return read_condition(p, &dr->pv.only);
    if (eat(p, "with")) return read_with_noun(p, &dr->pv.only);
    bool before = look(p, "before");
    if (before || look(p, "after") || look(p, "from")) {
        p->at++;
        if (look_point(p)) return only_point(p, before ? COND_UNTIL : COND_FROM, &dr->pv.only);
        if (!before) return read_condition(p, &dr->pv.only);
        struct diag *x = refuse(p, "only-before", place_last(p), "\"only before\" an event");
        diag_fix(p->d, x, "write a ban: must not … after …");
        return false;
    }
    if (look_place(p, &dr->pv.act)) { /* only in Z: not outside Z */
        if (!read_place(p, &dr->pv.act)) return false;
        dr->pv.pattern = PATTERN_FORBID;
        dr->pv.permitted = false;
        dr->pv.act.outside = !dr->pv.act.outside;
        return true;
    }
    return expected(p, "\"if\", \"while\", \"after\", \"with\" or \"in\"",
                    "write: may … only if …");
}

static bool read_may(struct parser *p, struct draft *dr)
{
    dr->pv.permitted = true;
    if (!read_act(p, dr, FORM_BASE) || !read_parts(p, dr) || !no_second_act(p, dr)) return false;
    if (dr->has_deadline || dr->has_count) {
        refuse(p, "permission-parts", dr->has_count ? dr->count_at : dr->deadline_at,
               "a permission has neither deadline nor count");
        return false;
    }
    if (eat(p, "only")) return read_only(p, dr) && read_parts(p, dr);
    if (dr->pv.despite != LANG_NONE) return true;
    struct diag *x = refuse(p, "bare-permission", place_now(p),
                            "a permission by itself can neither be kept nor broken");
    diag_fix(p->d, x, "write: may … only if …; or: despite …, … may …");
    return false;
}

static const struct row rows[] = {
    {PATTERN_KEEP, "must keep", "a duty to keep", read_keep},
    {PATTERN_STATUS, "must not be", "a status", read_not_status},
    {PATTERN_STATUS, "must be", "a status", read_status},
    {PATTERN_FORBID, "must not", "a ban", read_forbid},
    {PATTERN_DUTY, "must have", "a duty", read_done},
    {PATTERN_DUTY, "must", "a duty", read_duty},
    {PATTERN_JUSTIFY, "may justify", "a justification", read_justify},
    {PATTERN_ONLY, "may", "a permission", read_may},
};
#define ROWS (sizeof rows / sizeof rows[0])

/* ---- bearers ---- */

static bool except_members(struct parser *p, struct vec *list)
{
    if (!eat(p, "except")) return true;
    struct vec less = {0}, left = {0};
    bool is_or;
    if (!read_actor_list(p, &less, &is_or)) return false;
    for (size_t i = 0; i < list->n; i++) {
        uint32_t a = *VEC_AT(*list, uint32_t, i);
        if (!indices_has(parse_indices(p, &less), a) && !vec_add_index(p, &left, a)) return false;
    }
    *list = left;
    if (left.n) return true;
    refuse(p, "nobody-left", place_last(p), "nobody is left to be bound");
    return false;
}

static bool refuse_bearer(struct parser *p)
{
    static const struct {
        const char *words, *code, *what, *fix;
    } cases[] = {
        {"must", "no-bearer", "who must? the provision binds nobody", "write: each party must …"},
        {"may", "no-bearer", "who may? the provision names nobody", "write: each party may …"},
        {"no", "no-one", "a ban on nobody", "write: each party must not …"},
        {"neither", "no-one", "\"neither … nor\" is written in another way here",
         "write: each of … and … must not …"},
        {"parties", "each-meant", "each of them, or all together?", "write: each party"},
        {"both", "each-meant", "each of them, or the two together?",
         "write: each of … and …, or: … and … together"},
        {"all", "each-meant", "each of them, or all together?", "write: each party"},
        {"a party", "each-meant", "which party?", "write: each party"},
        {"any party", "each-meant", "which party?", "write: each party"},
        {"one party", "each-meant", "which party?", "write: each party"},
        {"every party", "each-meant", "\"every\" is written in another way here",
         "write: each party"},
        {"the party", "the-party", "no single party stands before it", "write: each party"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (!look(p, cases[i].words)) continue;
        struct diag *x = refuse(p, cases[i].code, token_now(p)->at, "%s", cases[i].what);
        diag_fix(p->d, x, "%s", cases[i].fix);
        return false;
    }
    struct form f;
    size_t n = phrase_match(p, p->at, FORM_NOUN | FORM_PLURAL | FORM_GERUND, &f);
    if (n) {
        struct diag *x =
            refuse(p, "no-bearer", token_now(p)->at, "\"%.*s\" cannot be bound: who must?",
                   STR_ARG(words_text(p, p->at, p->at + n)));
        diag_fix(p->d, x, "name the one who must: each party must …");
        return false;
    }
    return name_unknown(p, SORT_ACTOR, "the one who is bound");
}

static bool read_class_bearers(struct parser *p, struct draft *dr, struct vec *list)
{
    enum actor_class c;
    size_t n;
    if (actor_class_word(p, false, &c, &n)) {
        struct place at = token_now(p)->at;
        p->at += n;
        if (!class_members(p, c, list)) return false;
        if (list->n) return true;
        struct diag *x = refuse(p, "nobody", at, "no %s is declared", actor_class_name(c));
        diag_fix(p->d, x, "declare it: %s north \"…\".", actor_class_name(c));
        return false;
    }
    if (!name_eat(p, SORT_GROUP, &dr->pv.group)) return name_unknown(p, SORT_GROUP, "a group");
    struct indices members = VEC_AT(p->groups, struct group, dr->pv.group)->members;
    for (uint32_t i = 0; i < members.n; i++)
        if (!vec_add_index(p, list, members.v[i])) return false;
    return true;
}

/* Whoever has not signed is not bound, unless it adheres. */
static bool have_signed(struct parser *p, const struct vec *list)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct actor *a = VEC_AT(p->actors, struct actor, *VEC_AT(*list, uint32_t, i));
        if (!a->outside || a->adheres) continue;
        struct diag *x = refuse(p, "non-signatory", place_last(p),
                                "\"%.*s\" has not signed and is not bound", STR_ARG(a->name));
        diag_fix(p->d, x,
                 "write: %.*s adheres from 2015-03-01. Or keep its word: %.*s declares \"…\".",
                 STR_ARG(a->name), STR_ARG(a->name));
        return false;
    }
    return true;
}

bool read_bearers(struct parser *p, struct draft *dr)
{
    struct vec list = {0};
    bool is_or = false;
    struct symbol s;
    dr->bearer_first = p->at;
    if (dr->consequence && look_violator(p)) {
        if (!read_violator(p, dr, &list)) return false;
    } else if (look(p, "each") && !look(p, "each of")) {
        p->at++;
        if (!read_class_bearers(p, dr, &list)) return false;
    } else {
        bool each = eat(p, "each of");
        size_t n = name_match(p, p->at, &s);
        if (!n && !each) return refuse_bearer(p);
        if (n && s.sort == SORT_GROUP && !each) {
            struct diag *x =
                refuse(p, "each-meant", token_now(p)->at, "each of its members, or all together?");
            diag_fix(p->d, x, "write: each %.*s",
                     STR_ARG(VEC_AT(p->groups, struct group, s.index)->name));
            return false;
        }
        if (n && s.sort != SORT_ACTOR && s.sort != SORT_GROUP) return refuse_bearer(p);
        if (!read_actor_list(p, &list, &is_or)) return false;
        if (is_or) {
            struct diag *x = refuse(p, "bearer-or", place_last(p), "which of them is bound?");
            diag_fix(p->d, x, "write \"and\", or bind one of them");
            return false;
        }
    }
    if (!except_members(p, &list) || !have_signed(p, &list)) return false;
    dr->pv.together = eat(p, "together");
    dr->pv.bearers = parse_indices(p, &list);
    dr->bearer_end = p->at;
    return true;
}

/* ---- the sentence ---- */

static bool read_row(struct parser *p, struct draft *dr, const struct sentence *s)
{
    if (look_suspend(p)) return read_suspend(p, dr, s);
    if (look_power(p)) return read_power(p, dr);
    for (size_t i = 0; i < ROWS; i++) {
        size_t first = p->at;
        if (!eat(p, rows[i].words)) continue;
        p->doing = rows[i].name;
        dr->act_first = first;
        dr->act_end = p->at;
        dr->pv.pattern = rows[i].pattern;
        if (!rows[i].read(p, dr) || !check_towards(p, dr)) return false;
        return !dr->consequence || check_consequence(p, dr);
    }
    return expected(p, "\"must\", \"must not\" or \"may\"",
                    "write: each party must not …, must …, or may … only if …");
}

/* "by day 10, north must …" */
static bool look_by(const struct parser *p)
{
    struct parser q = *p;
    q.at++;
    return look(p, "by") && look_point(&q);
}

static bool read_heads(struct parser *p, struct draft *dr)
{
    while (look_frame(p) || look(p, "if") || look_by(p)) {
        bool tested = look(p, "if");
        if (look_by(p) ? !read_deadline_part(p, dr) : tested ? !read_if(p, dr) : !read_frame(p, dr))
            return false;
        eat_punct(p, ',');
        if (tested && look_then(p)) return read_then(p, dr);
    }
    if (!eat(p, "despite")) return true;
    if (!name_read(p, SORT_PROVISION, "a provision", &dr->pv.despite)) return false;
    eat_punct(p, ',');
    return true;
}

/* The name, up to the colon. */
static bool read_name(struct parser *p, struct str *name, struct place *at)
{
    p->doing = "a provision";
    p->at++;
    if (look_punct(p, ':')) {
        struct diag *x = refuse(p, "no-name", place_now(p), "a provision needs a name");
        diag_fix(p->d, x, "write: provision ceasefire: …");
        return false;
    }
    if (!name_declared(p, name, at)) return false;
    if (eat_punct(p, ':')) return true;
    return expected(p, "\":\"", "write: provision ceasefire: each party must not fire.");
}

bool provision_add(struct parser *p, struct str name, struct place at, uint32_t *index)
{
    struct provision *pv = vec_add(p, &p->provisions, sizeof *pv);
    if (!pv) return false;
    *index = (uint32_t)p->provisions.n - 1;
    *pv = (struct provision){
        .name = name,
        .name_at = at,
        .clause = p->clause,
        .amends = LANG_NONE,
        .amendment = LANG_NONE,
        .ended_by = LANG_NONE,
        .next_version = LANG_NONE,
        .from = INSTANT_MIN,
        .until = INSTANT_MAX,
        .group = LANG_NONE,
        .despite = LANG_NONE,
        .justifies = LANG_NONE,
        .body = LANG_NONE,
        .stock = LANG_NONE,
        .processes = {LANG_NONE, LANG_NONE},
        .gap = -1,
        .act = {.kind = LANG_NONE, .zone = LANG_NONE},
        .trigger = {.provision = LANG_NONE, .phrase = {.kind = LANG_NONE, .zone = LANG_NONE}}};
    return name_enter(p, name, SORT_PROVISION, *index, at);
}

/* The token "otherwise" behind a semicolon in the sentence; its end when there is none. */
static size_t find_otherwise(const struct parser *p, const struct sentence *s)
{
    for (size_t i = p->at; i + 1 < s->end; i++)
        if (p->tokens.v[i].kind == TOKEN_PUNCT && p->tokens.v[i].text.p[0] == ';' &&
            str_eq_nocase(p->tokens.v[i + 1].text, STR("otherwise")))
            return i + 1;
    return s->end;
}

bool enter_provision(struct parser *p, struct sentence *s)
{
    struct str name;
    struct place at;
    uint32_t second;
    if (!read_name(p, &name, &at) || !provision_add(p, name, at, &s->item)) return false;
    size_t otherwise = find_otherwise(p, s);
    if (otherwise == s->end) return true;
    return provision_add(p, str_fmt(p->arena, "%.*s_otherwise", STR_ARG(name)),
                         p->tokens.v[otherwise].at, &second);
}

static void keep(struct parser *p, struct draft *dr, uint32_t index, size_t first, size_t end)
{
    dr->pv.frames = dr->frames.v;
    dr->pv.n_frames = (uint32_t)dr->frames.n;
    dr->pv.sentence = words_text(p, first, end);
    *VEC_AT(p->provisions, struct provision, index) = dr->pv;
}

/* What is owed when the consequence itself was not done in time. */
static bool read_otherwise(struct parser *p, const struct draft *of, uint32_t index,
                           const struct sentence *s)
{
    struct draft dr = {.pv = *VEC_AT(p->provisions, struct provision, index + 1),
                       .consequence = true};
    size_t first = p->at;
    p->at++; /* otherwise */
    eat_punct(p, ',');
    dr.frames = of->frames;
    dr.pv.trigger = (struct trigger){.op = TRIGGER_VIOLATION,
                                     .provision = index,
                                     .count = 1,
                                     .phrase = {.kind = LANG_NONE, .zone = LANG_NONE},
                                     .at = of->pv.name_at};
    if (!read_bearers(p, &dr) || !read_row(p, &dr, s)) return false;
    dr.pv.at = place_join(p->tokens.v[first].at, place_last(p));
    keep(p, &dr, index + 1, first, p->at);
    return true;
}

bool read_provision(struct parser *p, struct sentence *s)
{
    struct draft dr = {.pv = *VEC_AT(p->provisions, struct provision, s->item)};
    struct str name;
    struct place at;
    if (!read_name(p, &name, &at)) return false;
    size_t first = p->at;
    if (at_end(p)) return expected(p, "the provision itself", NULL);
    if (!refuse_words(p)) return false;
    if (!read_heads(p, &dr)) return false;
    if (look_in_step(p) ? !read_in_step(p, &dr) : !read_bearers(p, &dr) || !read_row(p, &dr, s))
        return false;
    if (dr.pv.despite != LANG_NONE) {
        if (dr.pv.pattern != PATTERN_ONLY) {
            struct diag *x =
                refuse(p, "despite-duty", dr.pv.name_at, "only a permission can be an exception");
            diag_fix(p->d, x, "write: despite …, … may … only if …");
            return false;
        }
        dr.pv.pattern = PATTERN_EXCEPTION;
    }
    dr.pv.at = place_join(p->tokens.v[s->first].at, p->tokens.v[s->end].at);
    size_t end = p->at;
    bool otherwise = eat_punct(p, ';');
    keep(p, &dr, s->item, first, otherwise ? end : s->end);
    if (!otherwise) return expect_end(p);
    if (!dr.consequence || !look(p, "otherwise")) {
        struct diag *x = refuse(p, "second-sentence", place_last(p),
                                "a provision is one sentence; only \"otherwise\" may follow a "
                                "consequence (if …, then …)");
        diag_fix(p->d, x, "end it with a full stop and write a second provision");
        return false;
    }
    return read_otherwise(p, &dr, s->item, s) && expect_end(p);
}
