/* Sentences about something declared: evidence and coverage rules, readings, definitions. */
#include "lang/refuse.h"

/* ---- evidence ---- */

static const struct {
    const char *word;
    uint32_t grades;
} grade_words[] = {
    {"verified", GRADE_BITS_VERIFIED},
    {"seen", 1u},
    {"sensed", 2u},
    {"corroborated", 4u},
    {"reported", GRADE_BITS_REPORTED},
    {"alleged", GRADE_BITS_ALLEGED},
};

static bool read_case(struct parser *p, struct evidence_case *c)
{
    *c = (struct evidence_case){.sources = 1, .by = LANG_NONE};
    size_t i = 0, n = sizeof grade_words / sizeof grade_words[0];
    while (i < n && !eat(p, grade_words[i].word)) i++;
    if (i == n)
        return expected(p, "\"verified\", \"seen\", \"corroborated\", \"reported\" or \"alleged\"",
                        "write: verified by smm, or reported by 2 independent sources");
    c->grades = grade_words[i].grades;
    if (!eat(p, "by")) return true;
    if (eat(p, "the mission")) return true;
    if (!look_number(p) && !look(p, "a source") && !look(p, "any source"))
        return name_read(p, SORT_ACTOR, "a body or a number of sources", &c->by);
    int64_t sources = 1;
    if (!eat(p, "a") && !eat(p, "any") && !read_number(p, &sources)) return false;
    if (sources < 1 || sources > 1000) {
        refuse(p, "bad-count", place_last(p), "a number of sources is at least 1");
        return false;
    }
    c->sources = (uint32_t)sources;
    eat(p, "or more");
    eat(p, "independent");
    if (eat(p, "sources") || eat(p, "source")) return true;
    return expected(p, "\"independent sources\"", "write: reported by 2 independent sources");
}

static bool read_evidence_cases(struct parser *p, const struct evidence_case **out, uint32_t *n)
{
    struct vec list = {0};
    for (;;) {
        struct evidence_case *c = vec_add(p, &list, sizeof *c);
        if (!c || !read_case(p, c)) return false;
        size_t back = p->at;
        eat_punct(p, ',');
        if (eat(p, "or")) continue;
        if (look(p, "and")) {
            struct diag *x = refuse(p, "evidence-and", token_now(p)->at,
                                    "evidence that must meet two rules at once cannot be stated");
            diag_fix(p->d, x, "join the cases by \"or\": one of them suffices");
            return false;
        }
        p->at = back;
        break;
    }
    *out = list.v;
    *n = (uint32_t)list.n;
    return true;
}

static struct evidence_rule *evidence_for(struct parser *p, uint32_t kind, struct place at)
{
    for (size_t i = 0; i < p->evidence.n; i++) {
        if (VEC_AT(p->evidence, struct evidence_rule, i)->kind != kind) continue;
        refuse(p, "twice", at, "there is already a rule of evidence for this");
        return NULL;
    }
    struct evidence_rule *r = vec_add(p, &p->evidence, sizeof *r);
    if (r)
        *r = (struct evidence_rule){.kind = kind, .term = LANG_NONE, .clause = p->clause, .at = at};
    return r;
}

/* "fire", "every event", "everything" */
static bool read_kind_name(struct parser *p, uint32_t *kind)
{
    struct form f;
    *kind = LANG_NONE;
    if (eat(p, "every event") || eat(p, "everything") || eat(p, "every kind")) return true;
    eat_article(p);
    size_t n = phrase_match(p, p->at, FORM_NOUN | FORM_PLURAL, &f);
    if (!n) return name_unknown(p, SORT_KIND, "an event or a state");
    p->at += n;
    *kind = f.kind;
    return true;
}

static bool read_counts(struct parser *p, uint32_t kind, struct place at)
{
    p->doing = "a rule of evidence";
    eat(p, "as certain");
    if (!eat(p, "when") && !eat(p, "if") && !eat(p, "only when"))
        return expected(p, "\"when\"", "write: fire counts when verified by smm");
    struct evidence_rule *r = evidence_for(p, kind, at);
    return r && read_evidence_cases(p, &r->any, &r->n_any) && expect_end(p);
}

/* ---- coverage ---- */

bool read_coverage(struct parser *p, struct sentence *s)
{
    p->doing = "a rule of coverage";
    p->at++;
    struct coverage_rule *r = vec_add(p, &p->coverage, sizeof *r);
    if (!r) return false;
    *r = (struct coverage_rule){
        .kind = LANG_NONE, .zone = LANG_NONE, .clause = p->clause, .at = p->tokens.v[s->first].at};
    if (eat(p, "of") && !read_kind_name(p, &r->kind)) return false;
    if (eat(p, "in") && !name_read(p, SORT_ZONE, "a zone", &r->zone)) return false;
    if (!expect(p, "counts when",
                "write: coverage of fire counts when by smm with means \"patrol\""))
        return false;
    struct vec by = {0}, means = {0};
    bool is_or;
    if (eat(p, "by") && !read_actor_list(p, &by, &is_or)) return false;
    if (eat(p, "with means")) {
        do {
            struct str *x = vec_add(p, &means, sizeof *x);
            if (!x || !read_string(p, "a means in quotation marks", x)) return false;
        } while (eat(p, "or") || eat_punct(p, ','));
    }
    r->by = parse_indices(p, &by);
    r->means = means.v;
    r->n_means = (uint32_t)means.n;
    if (!by.n && !means.n) return expected(p, "\"by\" or \"with means\"", NULL);
    return expect_end(p);
}

/* ---- readings ---- */

/* The words behind `as`: a string, or words up to `:` or the content. */
static bool read_reading_label(struct parser *p, struct alternative_reading *r)
{
    size_t first = p->at;
    eat(p, "as");
    if (token_now(p)->kind == TOKEN_STRING && p->at + 1 < p->end) {
        const struct token *next = token_ahead(p, 1);
        if (next->kind == TOKEN_PUNCT && (next->punct == ':' || next->punct == ',')) first = p->at;
        p->at++;
    }
    while (token_now(p)->kind == TOKEN_WORD) {
        if (eat(p, "by")) {
            struct vec held = {0};
            bool is_or;
            if (!read_actor_list(p, &held, &is_or)) return false;
            r->held_by = parse_indices(p, &held);
            break;
        }
        p->at++;
    }
    if (p->at == first) return expected(p, "whose reading it is", "write: – as drawn by north: …");
    bool quoted = p->tokens.v[first].kind == TOKEN_STRING && p->at == first + 1;
    r->label = quoted ? p->tokens.v[first].text : words_text(p, first, p->at);
    if (!eat_punct(p, ':')) eat_punct(p, ',');
    return r->label.p != NULL;
}

/* "with command "ministry"", or a kind of it with what it must be. */
static bool read_which(struct parser *p, uint32_t kind, struct phrase *ph)
{
    struct form f;
    size_t n = phrase_match(p, p->at, FORM_NOUN | FORM_PLURAL, &f);
    *ph = (struct phrase){.kind = n ? f.kind : kind, .zone = LANG_NONE};
    uint32_t up = ph->kind;
    while (up != LANG_NONE && up != kind) up = VEC_AT(p->kinds, struct kind, up)->parent;
    if (up == LANG_NONE) {
        struct diag *x = refuse(p, "reads-another", place_now(p), "this is no kind of it");
        diag_fix(p->d, x, "declare it as one: … is a %.*s; or write: with …",
                 STR_ARG(VEC_AT(p->kinds, struct kind, kind)->name));
        return false;
    }
    p->at += n;
    if (!n && !look(p, "with"))
        return expected(p, "which of them are meant", "write: – as held by north: with …");
    return read_tests(p, ph);
}

static bool read_reading_content(struct parser *p, const struct disputed *t,
                                 struct alternative_reading *r)
{
    struct zone_expr *e = NULL;
    switch (t->kind) {
    case TERM_KIND: return read_which(p, t->index, &r->phrase);
    case TERM_LINE: eat(p, "from"); return read_geo_file(p, &r->file);
    case TERM_ZONE:
        if (!read_zone_expr(p, &e)) return false;
        r->expr = e;
        return true;
    case TERM_DATE:
    case TERM_DAY_ONE:
        if (!look_point(p))
            return expected(p, "a point of time", "write: – as held by north: 2015-02-15");
        return read_point(p, &r->point);
    case TERM_EVIDENCE: return read_evidence_cases(p, &r->cases, &r->n_cases);
    }
    return false;
}

static bool read_left_open(struct parser *p, struct disputed *t)
{
    if (!eat(p, "left open")) return false;
    t->left_open = true;
    eat(p, "on purpose");
    if (!eat(p, "by")) return true;
    struct vec list = {0};
    bool is_or;
    if (eat(p, "both") || eat(p, "all")) {
        if (!eat(p, "parties")) eat(p, "of them");
        if (!class_members(p, ACTOR_PARTY, &list)) return false;
    } else if (!read_actor_list(p, &list, &is_or)) {
        return false;
    }
    t->left_open_by = parse_indices(p, &list);
    return true;
}

static bool read_alternatives(struct parser *p, struct disputed *t)
{
    struct vec list = {0};
    while (token_now(p)->kind == TOKEN_DASH) {
        size_t first = p->at++;
        if (look(p, "left open")) {
            if (!read_left_open(p, t)) return false;
            continue;
        }
        struct alternative_reading r = {0};
        if (!read_reading_label(p, &r) || !read_reading_content(p, t, &r)) return false;
        eat_punct(p, ';');
        r.at = place_join(p->tokens.v[first].at, place_last(p));
        struct alternative_reading *slot = vec_add(p, &list, sizeof *slot);
        if (!slot) return false;
        *slot = r;
        if (look(p, "left open") && !read_left_open(p, t)) return false;
    }
    if (t->kind == TERM_KIND && t->left_open && list.n < 2) {
        struct alternative_reading *open = vec_add(p, &list, sizeof *open);
        if (!open) return false;
        *open = (struct alternative_reading){
            .label = STR("left open"), .held_by = t->left_open_by, .open = true, .at = t->at};
    }
    t->alternatives = list.v;
    t->n_alternatives = (uint32_t)list.n;
    if (list.n >= 2 || (list.n && t->kind == TERM_KIND && t->left_open)) return expect_end(p);
    if (!at_end(p)) return expect_end(p);
    struct diag *x = refuse(p, "one-reading", t->at,
                            "a disputed term needs at least two readings, each with whose it is");
    diag_fix(p->d, x, "write: – as drawn by north: … – as drawn by south: … – left open by both");
    return false;
}

/* Behind "is read:". */
static bool read_readings(struct parser *p, struct disputed t, uint32_t *slot)
{
    p->doing = "a list of readings";
    if (!look_punct(p, ':') && str_eq_nocase(p->tokens.v[p->at - 1].text, STR("purpose"))) {
        struct diag *x = refuse(p, "ambiguous-how", place_last(p),
                                "ambiguous on purpose: by whom is it read how, or left open?");
        diag_fix(p->d, x,
                 "write: … is ambiguous on purpose: – as … by north: … – as … by south: …; "
                 "or: – left open by both");
        return false;
    }
    if (*slot != LANG_NONE) {
        refuse(p, "twice", t.at, "the readings of this term are stated twice");
        return false;
    }
    if (!eat_punct(p, ':'))
        return expected(p, "\":\"",
                        "write: … is read: – as drawn by north: … – as drawn by south: …");
    t.clause = p->clause;
    struct disputed *x = vec_add(p, &p->terms, sizeof *x);
    if (!x) return false;
    *x = t;
    *slot = (uint32_t)p->terms.n - 1;
    return read_alternatives(p, VEC_AT(p->terms, struct disputed, *slot));
}

bool read_evidence(struct parser *p, struct sentence *s)
{
    uint32_t kind;
    p->doing = "a rule of evidence";
    p->at++;
    if (!eat(p, "of") && !expect(p, "for", "write: evidence for fire is read: …")) return false;
    if (!read_kind_name(p, &kind)) return false;
    struct place at = place_join(p->tokens.v[s->first].at, place_last(p));
    if (!expect(p, "is read", "write: evidence for fire is read: …")) return false;
    struct evidence_rule *r = evidence_for(p, kind, at);
    if (!r) return false;
    size_t index = p->evidence.n - 1;
    struct str name = STR("evidence");
    if (kind != LANG_NONE)
        name = str_fmt(p->arena, "evidence for %.*s",
                       STR_ARG(VEC_AT(p->kinds, struct kind, kind)->name));
    struct disputed t = {.kind = TERM_EVIDENCE, .index = (uint32_t)index, .name = name, .at = at};
    return read_readings(p, t, &r->term);
}

bool read_day_one(struct parser *p, struct sentence *s)
{
    p->doing = "the count of days";
    if (!look_ahead(p, 2, "is read")) return read_header(p, s);
    struct place at = place_join(p->tokens.v[p->at].at, p->tokens.v[p->at + 1].at);
    p->at += 4;
    struct disputed t = {.kind = TERM_DAY_ONE, .index = LANG_NONE, .name = STR("day 1"), .at = at};
    if (p->header.has_day_one) {
        refuse(p, "twice", at, "day 1 is stated twice");
        return false;
    }
    p->header.has_day_one = true;
    return read_readings(p, t, &p->header.day_one_term);
}

static bool read_name_readings(struct parser *p, const struct symbol *s, struct str name,
                               struct place at)
{
    struct disputed t = {.index = s->index, .name = name, .at = at};
    uint32_t *slot = NULL;
    bool stated = false;
    if (s->sort == SORT_LINE) {
        struct line *l = VEC_AT(p->lines, struct line, s->index);
        t.kind = TERM_LINE;
        slot = &l->term;
        stated = l->file.path.n > 0;
    } else if (s->sort == SORT_ZONE) {
        struct zone_decl *z = VEC_AT(p->zones, struct zone_decl, s->index);
        t.kind = TERM_ZONE;
        slot = &z->term;
        stated = z->expr != NULL;
    } else if (s->sort == SORT_DATE) {
        struct date_decl *x = VEC_AT(p->dates, struct date_decl, s->index);
        t.kind = TERM_DATE;
        slot = &x->term;
        stated = x->point.at.source != NULL;
    } else {
        struct diag *x =
            refuse(p, "cannot-be-read", at, "a %s is not read in several ways", sort_name(s->sort));
        diag_fix(p->d, x, "a line, a zone, a date, day 1 or evidence can be disputed");
        return false;
    }
    if (stated) {
        struct diag *x = refuse(p, "stated-and-disputed", at,
                                "\"%.*s\" is stated and disputed at once", STR_ARG(name));
        diag_fix(p->d, x, "leave its declaration open: %s %.*s, disputed.", sort_name(s->sort),
                 STR_ARG(name));
        return false;
    }
    return read_readings(p, t, slot);
}

/* ---- definitions ---- */

static bool read_clock_condition(struct parser *p, const struct condition **out)
{
    const struct token *t = token_now(p);
    struct condition *c = parse_alloc(p, sizeof *c);
    if (!c) return false;
    *c = (struct condition){.op = COND_CLOCK, .provision = LANG_NONE, .at = t->at};
    c->phrase.kind = c->since.kind = LANG_NONE;
    struct civil k = t->time.civil;
    c->clock = t->midnight_end ? 0 : k.hour * 3600 + k.minute * 60 + k.second;
    p->at++;
    *out = c;
    return true;
}

static bool read_definition(struct parser *p, uint32_t kind, struct place at)
{
    struct kind *k = VEC_AT(p->kinds, struct kind, kind);
    p->doing = "a definition";
    if (!k->is_state) {
        refuse(p, "not-a-state", at, "an event happens; only a state holds");
        return false;
    }
    if (k->definition) {
        refuse(p, "twice", at, "this state is defined twice");
        return false;
    }
    if (!refuse_words(p)) return false;
    if (!expect(p, "from when", "write: silence holds from when each party has confirmed until …"))
        return false;
    struct definition *def = parse_alloc(p, sizeof *def);
    if (!def) return false;
    def->kind = kind;
    def->clause = p->clause;
    if (!read_condition(p, &def->from)) return false;
    eat_punct(p, ',');
    if (eat(p, "until")) {
        eat(p, "when");
        bool clock = token_now(p)->kind == TOKEN_TIME;
        if (clock ? !read_clock_condition(p, &def->until) : !read_condition(p, &def->until))
            return false;
    }
    def->at = place_join(at, place_last(p));
    VEC_AT(p->kinds, struct kind, kind)->definition = def;
    return expect_end(p);
}

/* "is read", "are ambiguous on purpose" */
static bool eat_read(struct parser *p)
{
    return eat(p, "is read") || eat(p, "are read") || eat(p, "is ambiguous on purpose") ||
           eat(p, "are ambiguous on purpose");
}

/* The noun of a kind with "is read" behind it; its number of tokens, or 0. */
static size_t look_kind_read(const struct parser *p, uint32_t *kind)
{
    struct form f;
    size_t n = phrase_match(p, p->at, FORM_NOUN | FORM_PLURAL, &f);
    struct parser q = *p;
    q.at += n;
    if (!n || !eat_read(&q)) return 0;
    *kind = f.kind;
    return n;
}

bool look_kind_readings(const struct parser *p)
{
    uint32_t kind;
    return look_kind_read(p, &kind) > 0;
}

bool read_kind_readings(struct parser *p, struct sentence *s)
{
    uint32_t kind = LANG_NONE, slot;
    size_t first = s->first, n = look_kind_read(p, &kind);
    p->at += n;
    struct kind *k = VEC_AT(p->kinds, struct kind, kind);
    struct disputed t = {.kind = TERM_KIND,
                         .index = kind,
                         .name = k->label,
                         .at = place_join(p->tokens.v[first].at, place_last(p))};
    eat_read(p);
    slot = k->read_in ? k->read_in - 1 : LANG_NONE;
    bool good = read_readings(p, t, &slot);
    if (slot != LANG_NONE) VEC_AT(p->kinds, struct kind, kind)->read_in = slot + 1;
    return good;
}

bool read_about_name(struct parser *p, struct sentence *s)
{
    struct symbol name;
    struct form f;
    p->doing = "this sentence";
    size_t first = p->at, n = name_match(p, p->at, &name);
    size_t m = phrase_match(p, p->at, FORM_NOUN | FORM_PLURAL, &f);
    if (!n && !m && (look(p, "everything") || look(p, "every event"))) {
        uint32_t kind;
        if (!read_kind_name(p, &kind)) return false;
        if (!expect(p, "counts", NULL)) return false;
        return read_counts(p, kind, p->tokens.v[s->first].at);
    }
    if (!n && !m) {
        const struct token *t = token_now(p);
        struct diag *x = refuse(p, "unknown-sentence", t->at, "no sentence begins with \"%.*s\"",
                                STR_ARG(place_text(t->at)));
        struct str near =
            t->kind == TOKEN_WORD ? name_nearest(p, t->text, SORT_NONE) : (struct str){NULL, 0};
        const char *word = t->kind == TOKEN_WORD ? statement_nearest(t->text) : NULL;
        if (word) {
            diag_fix(p->d, x, "write: %s", word);
        } else if (near.n) {
            diag_fix(p->d, x, "write: %.*s", STR_ARG(near));
        } else {
            diag_fix(p->d, x,
                     "begin with party, body, line, zone, event, state or provision NAME:");
        }
        return false;
    }
    p->at += m > n || !n ? m : n;
    struct place at = place_join(p->tokens.v[first].at, place_last(p));
    bool plain = m > 0;
    if (plain && (eat(p, "counts") || eat(p, "count"))) return read_counts(p, f.kind, at);
    if (plain && (eat(p, "holds") || eat(p, "hold"))) return read_definition(p, f.kind, at);
    if (n && name.sort == SORT_ACTOR && look_amount(p))
        return read_stated_amount(p, name.index, at);
    if (n && eat_read(p)) return read_name_readings(p, &name, place_text(at), at);
    if (n && name.sort == SORT_ACTOR && look_consent(p)) return read_consent_act(p, s, name.index);
    if (n && name.sort == SORT_ACTOR && look_declaration(p))
        return read_declaration(p, s, name.index);
    if (look(p, "must") || look(p, "may")) {
        struct diag *x = refuse(p, "no-name", at, "a provision needs a name");
        diag_fix(p->d, x, "write: provision NAME: %.*s", STR_ARG(words_text(p, first, p->end)));
        return false;
    }
    return expected(p, "\"is read:\", \"counts when\" or \"holds from when\"",
                    "write: contact is read: …, fire counts when …, silence holds from when …");
}
