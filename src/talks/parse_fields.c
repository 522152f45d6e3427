/* The fields of a statement: who, where, when, in which words.  Each stands behind a `;`, in any
 * order, at most once (a translation up to four times).  An error in one leaves the others read. */
#include "talks/parse.h"
#include "talks/symbols.h"

static const char *const capacities[] = {
    "government",   "head of state", "minister",           "envoy",  "negotiator",
    "spokesperson", "parliament",    "party to the talks", "person", "ambassador"};

static bool words_in(struct cursor *c, struct text *out, const char *what)
{
    struct str language;
    if (!t_expect_string(c, what, &out->words, &out->at)) return false;
    if (!t_expect_words(c, "in") ||
        !t_expect_word_any(c, "the name of a language", &language, NULL))
        return false;
    out->language = language;
    return true;
}

static bool field_as(struct cursor *c, struct statement *s)
{
    if (t_accept_words(c, "press report")) {
        s->capacity = STR("press report");
        return !t_accept_word(c, "of") ||
               t_expect_string(c, "whose report, in quotation marks", &s->report_of, NULL);
    }
    if (t_accept_string(c, &s->capacity, NULL)) return true;
    for (size_t i = 0; i < sizeof capacities / sizeof *capacities; i++) {
        if (!t_accept_words(c, capacities[i])) continue;
        s->capacity = str_of(capacities[i]);
        return true;
    }
    diag_fix(c->p->d, t_expected(c, "unknown-capacity", "in what capacity"),
             "as government, head of state, minister, envoy, negotiator, spokesperson, ambassador, "
             "parliament, person, press report, or another in quotation marks");
    return false;
}

static bool field_said(struct cursor *c, struct statement *s)
{
    s->said_unknown = t_accept_words(c, "not known");
    return s->said_unknown || t_expect_day(c, &s->said);
}

static bool field_published(struct cursor *c, struct statement *s)
{
    return t_expect_day(c, &s->published);
}

static bool field_in(struct cursor *c, struct statement *s)
{
    return t_expect_string(c, "the outlet in quotation marks", &s->outlet, NULL);
}

static bool field_original(struct cursor *c, struct statement *s)
{
    if (t_accept_words(c, "not available")) {
        s->original_missing = true;
        return true;
    }
    return words_in(c, &s->original, "the words in quotation marks, or \"not available\"");
}

static bool field_translation(struct cursor *c, struct statement *s)
{
    if (s->n_translations == TALKS_TRANSLATIONS) {
        t_expected(c, "too-many-translations", "no more than four translations");
        return false;
    }
    struct text *x = &s->translations[s->n_translations];
    if (!words_in(c, x, "the translated words in quotation marks")) return false;
    s->n_translations++;
    return !t_accept_word(c, "by") || t_expect_string(c, "the translator", &x->by, NULL);
}

static bool field_indirect(struct cursor *c, struct statement *s)
{
    return words_in(c, &s->indirect, "what was reported, in quotation marks");
}

static bool field_scope(struct cursor *c, struct statement *s)
{
    return t_expect_string(c, "the words that bound it, in quotation marks", &s->scope, NULL);
}

static bool field_from(struct cursor *c, struct statement *s)
{
    int32_t line = 0;
    s->from_at = t_cursor_place(c);
    if (!t_expect_name(c, NAME_SOURCE, &s->source)) return false;
    if (t_accept_word(c, "line") && !t_expect_count(c, "a line number", &line)) return false;
    s->line = (uint32_t)line;
    return true;
}

static bool field_grade(struct cursor *c, struct statement *s)
{
    const struct token *t = t_peek_token(c);
    if (!t || t->kind != TOKEN_WORD || t->text.n != 1 || t->text.p[0] < 'A' || t->text.p[0] > 'F') {
        diag_fix(c->p->d, t_expected(c, "bad-grade", "a letter from A to F"),
                 "grade B: usually reliable; F: reliability cannot be judged");
        return false;
    }
    s->grade = t->text.p[0];
    c->at++;
    return true;
}

static bool field_credibility(struct cursor *c, struct statement *s)
{
    int32_t n = 0;
    struct place at = t_cursor_place(c);
    if (!t_expect_count(c, "a number from 1 to 6", &n)) return false;
    if (n < 1 || n > 6) {
        diag_fix(c->p->d,
                 diag_add(c->p->d, SEVERITY_ERROR, "bad-credibility", at,
                          "credibility goes from 1 (confirmed) to 6 (cannot be judged)"),
                 "credibility 2");
        return false;
    }
    s->credibility = (char)('0' + n);
    return true;
}

static bool field_public(struct cursor *c, struct statement *s)
{
    (void)c;
    s->secrecy = SECRECY_PUBLIC;
    return true;
}

static bool field_confidential(struct cursor *c, struct statement *s)
{
    (void)c;
    s->secrecy = SECRECY_CONFIDENTIAL;
    return true;
}

static bool field_restricted(struct cursor *c, struct statement *s)
{
    s->secrecy = SECRECY_RESTRICTED;
    return t_expect_words(c, "to") &&
           t_expect_string(c, "to whom, in quotation marks", &s->restricted_to, NULL);
}

static bool field_supersedes(struct cursor *c, struct statement *s)
{
    struct place at = t_cursor_place(c);
    uint32_t old = TALKS_NONE;
    if (!t_expect_name(c, NAME_STATEMENT, &old)) return false;
    if (&c->p->t->statements[old] == s) {
        diag_add(c->p->d, SEVERITY_ERROR, "circular-supersession", at,
                 "the statement %.*s supersedes itself", STR_ARG(s->name));
        return false;
    }
    s->supersedes = old;
    return true;
}

static const struct field {
    const char *word;
    bool (*read)(struct cursor *c, struct statement *s);
    bool repeats;
} fields[] = {
    {"as", field_as, false},
    {"said", field_said, false},
    {"published", field_published, false},
    {"in", field_in, false},
    {"original", field_original, false},
    {"translation", field_translation, true},
    {"indirect", field_indirect, false},
    {"scope", field_scope, false},
    {"from", field_from, false},
    {"grade", field_grade, false},
    {"credibility", field_credibility, false},
    {"public", field_public, false},
    {"confidential", field_confidential, false},
    {"restricted", field_restricted, false},
    {"supersedes", field_supersedes, false},
};
enum { FIELDS = sizeof fields / sizeof *fields };

const char *talks_field(size_t i)
{
    return i < FIELDS ? fields[i].word : NULL;
}

static void unknown_field(struct cursor *c)
{
    const struct token *t = t_peek_token(c);
    const char *near = NULL;
    size_t least = 4;
    for (size_t i = 0; t && i < FIELDS; i++)
        if (str_nearer(t->text, str_of(fields[i].word), &least)) near = fields[i].word;
    struct diag *d = t_expected(c, "unknown-field", "a field of the statement");
    if (near)
        diag_fix(c->p->d, d, "%s", near);
    else
        diag_fix(c->p->d, d,
                 "as, said, published, in, original, translation, indirect, scope, from, grade, "
                 "credibility, public, confidential, restricted to, supersedes");
}

static bool one_field(struct cursor *c, struct statement *s, uint32_t *seen)
{
    struct place at = t_cursor_place(c);
    for (uint32_t i = 0; i < FIELDS; i++) {
        if (!t_accept_word(c, fields[i].word)) continue;
        if (*seen & 1U << i && !fields[i].repeats) {
            diag_add(c->p->d, SEVERITY_ERROR, "field-twice", at,
                     "the field \"%s\" is given twice in one statement", fields[i].word);
            return false;
        }
        *seen |= 1U << i;
        return fields[i].read(c, s);
    }
    unknown_field(c);
    return false;
}

void t_parse_fields(struct cursor *c, struct statement *s)
{
    uint32_t seen = 0;
    while (!t_at_end(c)) {
        if (!t_accept_punct(c, ';')) {
            t_expected(c, "expected-semicolon", "a semicolon before a field, or a full stop");
            while (!t_at_end(c) && !t_accept_punct(c, ';')) c->at++;
            if (t_at_end(c)) return;
        }
        if (t_at_end(c)) return;
        if (one_field(c, s, &seen)) continue;
        while (!t_at_end(c) && !(c->v[c->at].kind == TOKEN_PUNCT && c->v[c->at].punct == ';'))
            c->at++;
    }
}
