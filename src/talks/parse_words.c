/* Reading words of a sentence, and saying what was expected. */
#include "talks/parse.h"

#include <string.h>

const struct token *t_peek_token(const struct cursor *c)
{
    return c->at < c->to ? &c->v[c->at] : NULL;
}

bool t_at_end(const struct cursor *c)
{
    return c->at >= c->to;
}

bool t_is_word(const struct token *t, const char *word)
{
    return t && t->kind == TOKEN_WORD && str_eq(t->text, str_of(word));
}

bool t_accept_word(struct cursor *c, const char *word)
{
    if (!t_is_word(t_peek_token(c), word)) return false;
    c->at++;
    return true;
}

bool t_accept_words(struct cursor *c, const char *words)
{
    size_t at = c->at;
    struct str rest = str_of(words);
    while (rest.n) {
        size_t n = 0;
        while (n < rest.n && rest.p[n] != ' ') n++;
        const struct token *t = at < c->to ? &c->v[at] : NULL;
        if (!t || t->kind != TOKEN_WORD || !str_eq(t->text, str_slice(rest, 0, n))) return false;
        at++;
        rest = str_slice(rest, n < rest.n ? n + 1 : n, rest.n);
    }
    c->at = at;
    return true;
}

bool t_accept_punct(struct cursor *c, char punct)
{
    const struct token *t = t_peek_token(c);
    if (!t || t->kind != TOKEN_PUNCT || t->punct != punct) return false;
    c->at++;
    return true;
}

bool t_accept_string(struct cursor *c, struct str *out, struct place *at)
{
    const struct token *t = t_peek_token(c);
    if (!t || t->kind != TOKEN_STRING) return false;
    *out = t->text;
    if (at) *at = t->at;
    c->at++;
    return true;
}

struct place t_cursor_place(const struct cursor *c)
{
    if (!c->v) return (struct place){0};
    if (c->at < c->to) return c->v[c->at].at;
    struct place p = c->v[c->to ? c->to - 1 : 0].at;
    p.from = p.to;
    return p;
}

struct diag *t_expected(struct cursor *c, const char *code, const char *what)
{
    struct str after = {NULL, 0}, found = {NULL, 0};
    const struct token *here = t_peek_token(c);
    if (c->v && c->at > 0) after = place_text(c->v[c->at - 1].at);
    if (here) found = place_text(here->at);
    if (!found.n)
        return diag_add(c->p->d, SEVERITY_ERROR, code, t_cursor_place(c),
                        "in %s, after %.*s, expected %s, but the sentence ends", c->what,
                        STR_ARG(after), what);
    return diag_add(c->p->d, SEVERITY_ERROR, code, t_cursor_place(c),
                    "in %s, after %.*s, expected %s, but found %.*s", c->what, STR_ARG(after), what,
                    STR_ARG(found));
}

bool t_expect_words(struct cursor *c, const char *words)
{
    if (t_accept_words(c, words)) return true;
    struct str quoted = str_fmt(c->p->arena, "\"%s\"", words);
    t_expected(c, "expected-word", quoted.p ? quoted.p : words);
    return false;
}

bool t_expect_string(struct cursor *c, const char *what, struct str *out, struct place *at)
{
    if (t_accept_string(c, out, at)) return true;
    t_expected(c, "expected-text", what);
    return false;
}

bool t_expect_word_any(struct cursor *c, const char *what, struct str *out, struct place *at)
{
    const struct token *t = t_peek_token(c);
    if (!t || t->kind != TOKEN_WORD) {
        t_expected(c, "expected-name", what);
        return false;
    }
    *out = t->text;
    if (at) *at = t->at;
    c->at++;
    return true;
}

bool t_expect_day(struct cursor *c, int32_t *day)
{
    const struct token *t = t_peek_token(c);
    if (!t || t->kind != TOKEN_DATE) {
        diag_fix(c->p->d, t_expected(c, "expected-date", "a date"), "2025-03-17");
        return false;
    }
    struct civil d = t->time.civil;
    *day = (int32_t)civil_to_days(d.year, d.month, d.day);
    c->at++;
    return true;
}

bool t_expect_count(struct cursor *c, const char *what, int32_t *out)
{
    const struct token *t = t_peek_token(c);
    if (!t || t->kind != TOKEN_NUMBER || t->number.decimals || t->number.digits > 1000000) {
        t_expected(c, "expected-number", what);
        return false;
    }
    *out = (int32_t)t->number.digits;
    c->at++;
    return true;
}

bool t_expect_end(struct cursor *c)
{
    if (t_at_end(c)) return true;
    t_expected(c, "unexpected-words", "a full stop");
    return false;
}
