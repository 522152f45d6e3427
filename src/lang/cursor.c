/* The cursor of the parser, its findings and its memory. */
#include "lang/parse.h"

#include <string.h>

void *vec_add(struct parser *p, struct vec *v, size_t size)
{
    void *items = arena_grow(p->arena, v->v, v->n, &v->cap, size);
    if (!items) {
        p->oom = true;
        return NULL;
    }
    v->v = items;
    void *item = (char *)items + v->n++ * size;
    memset(item, 0, size);
    return item;
}

void *parse_alloc(struct parser *p, size_t size)
{
    void *x = arena_alloc(p->arena, size);
    if (!x) p->oom = true;
    return x;
}

struct indices parse_indices(struct parser *p, const struct vec *v)
{
    (void)p;
    return (struct indices){v->v, (uint32_t)v->n};
}

bool vec_add_index(struct parser *p, struct vec *v, uint32_t x)
{
    if (indices_has(parse_indices(p, v), x)) return true;
    uint32_t *item = vec_add(p, v, sizeof *item);
    if (item) *item = x;
    return item != NULL;
}

const struct token *token_ahead(const struct parser *p, size_t n)
{
    static const struct token none = {.kind = TOKEN_BREAK};
    return p->at + n < p->end ? &p->tokens.v[p->at + n] : &none;
}

const struct token *token_now(const struct parser *p)
{
    return token_ahead(p, 0);
}

bool at_end(const struct parser *p)
{
    return p->at >= p->end;
}

struct place place_last(const struct parser *p)
{
    return p->at > 0 ? p->tokens.v[p->at - 1].at : place_none();
}

struct place place_now(const struct parser *p)
{
    if (!at_end(p)) return token_now(p)->at;
    struct place last = place_last(p);
    if (!last.source) return place_none();
    return (struct place){last.source, last.to, last.to + 1};
}

/* One word of a pattern against a token. */
static bool token_is(const struct token *t, struct str word)
{
    if (t->kind == TOKEN_WORD) return str_eq_nocase(t->text, word);
    return t->kind == TOKEN_PUNCT && word.n == 1 && t->punct == word.p[0];
}

/* Number of tokens that match the words, or 0. */
static size_t match_words(const struct parser *p, size_t ahead, const char *words)
{
    size_t n = 0;
    while (*words) {
        size_t len = strcspn(words, " ");
        if (!token_is(token_ahead(p, ahead + n), (struct str){words, len})) return 0;
        n++;
        words += len;
        while (*words == ' ') words++;
    }
    return n;
}

bool look_ahead(const struct parser *p, size_t n, const char *words)
{
    return match_words(p, n, words) > 0;
}

bool look(const struct parser *p, const char *words)
{
    return look_ahead(p, 0, words);
}

bool eat(struct parser *p, const char *words)
{
    size_t n = match_words(p, 0, words);
    p->at += n;
    return n > 0;
}

bool look_punct(const struct parser *p, char c)
{
    const struct token *t = token_now(p);
    return t->kind == TOKEN_PUNCT && t->punct == c;
}

bool eat_punct(struct parser *p, char c)
{
    if (!look_punct(p, c)) return false;
    p->at++;
    return true;
}

void eat_article(struct parser *p)
{
    if (look(p, "a") || look(p, "an") || look(p, "the")) p->at++;
}

struct str words_text(struct parser *p, size_t first, size_t end)
{
    struct buf b;
    buf_init(&b);
    for (size_t i = first; i < end && i < p->tokens.n; i++) {
        const struct token *t = &p->tokens.v[i];
        bool tight = t->kind == TOKEN_PUNCT && strchr(".,;:)%", t->punct);
        bool behind =
            i > first && p->tokens.v[i - 1].kind == TOKEN_PUNCT && p->tokens.v[i - 1].punct == '(';
        if (i > first && !tight && !behind) buf_putc(&b, ' ');
        buf_add(&b, place_text(t->at));
    }
    struct str s = b.failed ? (struct str){NULL, 0} : str_dup(p->arena, buf_str(&b));
    buf_free(&b);
    if (!s.p) p->oom = true;
    return s;
}

struct diag *refuse(struct parser *p, const char *code, struct place at, const char *what, ...)
{
    va_list args;
    va_start(args, what);
    struct str text = str_vfmt(p->arena, what, args);
    va_end(args);
    p->bad = true;
    if (!text.p) p->oom = true;
    return diag_add(p->d, SEVERITY_ERROR, code, at, "%.*s", STR_ARG(text));
}

bool expected(struct parser *p, const char *what, const char *fix)
{
    if (p->bad) return false;
    const char *in = p->doing ? p->doing : "this sentence";
    struct str after = {"", 0};
    if (p->at > p->first)
        after = str_fmt(p->arena, ", after \"%.*s\"", STR_ARG(p->tokens.v[p->at - 1].text));
    struct diag *x;
    if (at_end(p)) {
        x = refuse(p, "expected", place_now(p), "in %s%.*s, %s is missing", in, STR_ARG(after),
                   what);
    } else {
        x = refuse(p, "expected", place_now(p), "in %s%.*s, %s is expected, not \"%.*s\"", in,
                   STR_ARG(after), what, STR_ARG(place_text(token_now(p)->at)));
    }
    if (fix) diag_fix(p->d, x, "%s", fix);
    return false;
}

bool expect(struct parser *p, const char *words, const char *fix)
{
    if (eat(p, words)) return true;
    struct str what = str_fmt(p->arena, "\"%s\"", words);
    return expected(p, what.p ? what.p : "another word", fix);
}

bool expect_end(struct parser *p)
{
    if (at_end(p)) return true;
    if (p->bad) return false;
    refuse(p, "not-understood", place_now(p), "in %s, \"%.*s\" is not understood here",
           p->doing ? p->doing : "this sentence", STR_ARG(place_text(token_now(p)->at)));
    return false;
}
