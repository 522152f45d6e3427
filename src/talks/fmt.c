/* The one layout of formal blocks.
 *
 * A sentence begins a line; each of its fields begins another, two blanks in; so does each item of
 * a list, at the margin.  Lines break at 100 columns, between words only.  Between two sentences
 * stays an empty line where the writer left one, and always around a sentence of several lines.
 * Comments stay: behind a sentence on its line, else on lines of their own before it.  Prose is not
 * ours. */
#include "talks/talks.h"

#include "lang/markdown.h"
#include "talks/parse.h"

#define COLUMNS 100

struct layout {
    struct buf *out;
    const struct tokens *tokens;
    size_t comment; /* next one */
    size_t column;
};

static void put(struct layout *l, struct str text, bool blank)
{
    if (blank && l->column + 1 + utf8_width(text) > COLUMNS && l->column > 4) {
        buf_puts(l->out, "\n    ");
        l->column = 4;
        blank = false;
    }
    if (blank) {
        buf_putc(l->out, ' ');
        l->column++;
    }
    buf_add(l->out, text);
    l->column += utf8_width(text);
}

static void new_line(struct layout *l, const char *indent)
{
    buf_putc(l->out, '\n');
    buf_puts(l->out, indent);
    l->column = str_of(indent).n;
}

/* Comments that begin before byte `before`, each on its line. */
static void comments(struct layout *l, size_t before)
{
    while (l->comment < l->tokens->n_comments && l->tokens->comments[l->comment].at.from < before) {
        buf_add(l->out, place_text(l->tokens->comments[l->comment++].at));
        buf_putc(l->out, '\n');
    }
}

/* How many lines the sentence takes is known by whether it has fields or items. */
static bool is_long(const struct tokens *t, struct sentence s)
{
    for (size_t i = s.from; i < s.to; i++)
        if (t->v[i].kind == TOKEN_DASH || (t->v[i].kind == TOKEN_PUNCT && t->v[i].punct == ';'))
            return true;
    return false;
}

/* A field with words in it has a line of its own. */
static bool is_text_field(const struct token *first)
{
    return t_is_word(first, "original") || t_is_word(first, "translation") ||
           t_is_word(first, "indirect") || t_is_word(first, "scope") || t_is_word(first, "because");
}

/* Does the field that begins at token i stand on the line that is begun? */
static bool flows(const struct layout *l, const struct sentence *s, size_t i, bool fresh)
{
    size_t width = 0;
    if (fresh || i >= s->to || is_text_field(&l->tokens->v[i])) return false;
    for (; i < s->to; i++) {
        const struct token *t = &l->tokens->v[i];
        width += utf8_width(place_text(t->at)) + 1;
        if (t->kind == TOKEN_PUNCT && t->punct == ';') break;
    }
    return l->column + width <= COLUMNS;
}

static void sentence(struct layout *l, struct sentence s)
{
    l->column = 0;
    bool blank = false, own_line = true; /* the head has its own */
    for (size_t i = s.from; i < s.to; i++) {
        const struct token *t = &l->tokens->v[i];
        struct str text = place_text(t->at);
        char punct = t->kind == TOKEN_PUNCT ? t->punct : 0;
        if (t->kind == TOKEN_DASH) {
            new_line(l, "");
            put(l, STR("-"), false);
            blank = true;
            continue;
        }
        put(l, text, blank && punct != ',' && punct != ';' && punct != ':');
        blank = true;
        if (punct != ';') continue;
        if (!flows(l, &s, i + 1, own_line)) {
            new_line(l, "  ");
            blank = false;
        }
        own_line = i + 1 < s.to && is_text_field(&l->tokens->v[i + 1]);
    }
    buf_putc(l->out, '.');
}

static bool empty_line_between(const struct source *s, size_t from, size_t to)
{
    size_t ends = 0;
    for (size_t i = from; i < to; i++) {
        if (s->text.p[i] == '\n')
            ends++;
        else if (s->text.p[i] != ' ' && s->text.p[i] != '\t' && s->text.p[i] != '\r')
            ends = 0;
        if (ends > 1) return true;
    }
    return false;
}

static bool same_line(const struct source *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (s->text.p[i] == '\n') return false;
    return true;
}

static bool block(struct arena *a, const struct source *source, struct place at, struct buf *out)
{
    struct diags quiet;
    struct tokens tokens = {0};
    struct sentence *s;
    size_t n;
    diags_init(&quiet, a);
    if (!lex_block(a, source, at.from, at.to, 0, &quiet, &tokens) ||
        !t_sentences_of(a, &tokens, NULL, &s, &n))
        return false;
    struct layout l = {out, &tokens, 0, 0};
    size_t end = at.from;
    for (size_t i = 0; i < n; i++) {
        size_t begin = tokens.v[s[i].from].at.from;
        bool apart = i && (is_long(&tokens, s[i]) || is_long(&tokens, s[i - 1]) ||
                           empty_line_between(source, end, begin));
        if (apart) buf_putc(out, '\n');
        comments(&l, tokens.v[s[i].to].at.from);
        sentence(&l, s[i]);
        end = tokens.v[s[i].to].at.to;
        if (l.comment < tokens.n_comments &&
            same_line(source, end, tokens.comments[l.comment].at.from)) {
            buf_putc(out, ' ');
            buf_add(out, place_text(tokens.comments[l.comment++].at));
        }
        buf_putc(out, '\n');
    }
    comments(&l, SIZE_MAX);
    return true;
}

enum status talks_fmt(struct arena *a, const struct source *source, struct diags *d,
                      struct buf *out)
{
    struct talks t;
    struct markdown md;
    enum status status = talks_read(a, source, d, &t);
    if (status != STATUS_OK) return status;
    if (markdown_read(a, source, STR("truce"), d, &md) != STATUS_OK) return STATUS_FAULT;
    size_t at = 0;
    for (size_t i = 0; i < md.n_blocks; i++) {
        struct place b = md.blocks[i].at;
        buf_add(out, str_slice(source->text, at, b.from));
        if (!block(a, source, b, out)) return STATUS_FAULT;
        at = b.to;
    }
    buf_add(out, str_slice(source->text, at, source->text.n));
    return out->failed ? STATUS_FAULT : STATUS_OK;
}
