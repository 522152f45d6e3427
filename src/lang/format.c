/* See format.h.  The tokens of a block are written one after another; what breaks a line is decided
 * token by token: the end of a sentence, a list's dash, `;`, a comment, and the right margin. */
#include "lang/format.h"

#include "lang/lex.h"
#include "lang/markdown.h"

#include <string.h>

#define MARGIN 100
#define INDENT 4

struct layout {
    const struct source *source;
    struct buf *out;
    const struct tokens *tokens;
    size_t comment; /* the next one to write */
    size_t column;  /* of the line being written, in characters */
    bool fresh;     /* nothing of the sentence was written yet */
    bool head;      /* the sentence is the head: `;` ends a line */
    size_t written; /* offset behind the last thing written */
    const char *indent;
};

static size_t width(struct str s)
{
    return utf8_width(s);
}

static void new_line(struct layout *l, bool continued)
{
    buf_putc(l->out, '\n');
    l->column = 0;
    if (!continued) return;
    buf_puts(l->out, l->indent);
    l->column = strlen(l->indent);
}

static size_t lines_between(const struct layout *l, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++) n += l->source->text.p[i] == '\n';
    return n;
}

/* An empty line where the author left one or more. */
static void keep_gap(struct layout *l, size_t next)
{
    if (l->written && lines_between(l, l->written, next) > 1) buf_putc(l->out, '\n');
}

/* Comments that stand before `next`: behind what was written if on its line, else alone. */
static void comments_before(struct layout *l, size_t next)
{
    while (l->comment < l->tokens->n_comments) {
        struct place at = l->tokens->comments[l->comment].at;
        if (at.from >= next) return;
        bool same = l->written && lines_between(l, l->written, at.from) == 0;
        if (same && l->column == 0 && l->out->n > 0 && l->out->p[l->out->n - 1] == '\n') {
            l->out->n--; /* the sentence ended its line: the comment stays on it */
            l->column = 1;
        }
        if (l->column > 0) {
            if (same)
                buf_putc(l->out, ' ');
            else
                new_line(l, !l->fresh);
        } else {
            keep_gap(l, at.from);
        }
        buf_add(l->out, place_text(at));
        buf_putc(l->out, '\n');
        l->column = 0;
        l->written = at.to;
        l->comment++;
    }
}

static bool is_punct(const struct token *t, const char *set)
{
    return t->kind == TOKEN_PUNCT && strchr(set, t->punct) != NULL;
}

/* Is a blank written between two tokens of a sentence? */
static bool blank_between(const struct token *a, const struct token *b)
{
    if (is_punct(b, ".,;:)%")) return is_punct(b, "%") && a->kind == TOKEN_NUMBER;
    return !is_punct(a, "(");
}

/* The text that must stay on one line with a token: itself and the marks behind it. */
static size_t glued_width(const struct layout *l, size_t i)
{
    size_t n = width(place_text(l->tokens->v[i].at));
    while (++i < l->tokens->n && is_punct(&l->tokens->v[i], ".,;:)")) n++;
    return n;
}

/* What is longer than a line gains nothing from a new one. */
static bool fits_alone(const struct layout *l, size_t i)
{
    return strlen(l->indent) + glued_width(l, i) <= MARGIN || l->column > MARGIN / 2;
}

static void write_token(struct layout *l, size_t i)
{
    const struct token *t = &l->tokens->v[i];
    struct str text = place_text(t->at);
    comments_before(l, t->at.from);
    if (t->kind == TOKEN_DASH) {
        if (!l->fresh) {
            if (l->column) buf_putc(l->out, '\n');
            buf_puts(l->out, "  –");
            l->column = 3;
        }
        l->indent = "      ";
        l->written = t->at.to;
        return;
    }
    if (l->fresh) {
        keep_gap(l, t->at.from);
        l->fresh = false;
        l->head = t->kind == TOKEN_WORD && str_eq_nocase(text, STR("agreement"));
        l->indent = l->head ? "  " : "    ";
    } else if (l->column == 0) { /* behind a comment */
        buf_puts(l->out, l->indent);
        l->column = strlen(l->indent);
    } else {
        const struct token *before = &l->tokens->v[i - 1];
        bool blank = blank_between(before, t);
        bool clause = l->head && (is_punct(before, ";") ||
                                  (before->kind == TOKEN_STRING && i >= 2 &&
                                   l->tokens->v[i - 2].kind == TOKEN_WORD &&
                                   str_eq_nocase(l->tokens->v[i - 2].text, STR("agreement"))));
        bool full = blank && l->column + 1 + glued_width(l, i) > MARGIN && fits_alone(l, i);
        if (full || (clause && !is_punct(t, ".;,"))) {
            new_line(l, true);
        } else if (blank) {
            buf_putc(l->out, ' ');
            l->column++;
        }
    }
    buf_add(l->out, text);
    l->column += width(text);
    l->written = t->at.to;
}

/* Party declarations may share a line, as written; every other sentence has its own. */
static void end_sentence(struct layout *l)
{
    buf_putc(l->out, '\n');
    l->column = 0;
    l->fresh = true;
}

static void write_block(struct layout *l, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        const struct token *t = &l->tokens->v[i];
        if (t->kind == TOKEN_BREAK) break;
        write_token(l, i);
        if (is_punct(t, ".")) end_sentence(l);
    }
    if (l->column > 0) end_sentence(l);
}

enum status format_agreement(struct arena *a, const struct source *source, struct diags *d,
                             struct buf *out)
{
    struct markdown m;
    size_t errors = d->errors;
    if (!lex_check_text(source, d)) return STATUS_INPUT;
    if (markdown_read(a, source, STR("truce"), d, &m) != STATUS_OK) return STATUS_FAULT;
    if (d->errors > errors) return STATUS_INPUT;
    size_t done = 0;
    for (size_t i = 0; i < m.n_blocks; i++) {
        struct place at = m.blocks[i].at;
        struct tokens tokens = {0};
        buf_add(out, str_slice(source->text, done, at.from));
        if (!lex_block(a, source, at.from, at.to, 0, d, &tokens)) return STATUS_FAULT;
        struct layout l = {
            .source = source, .out = out, .tokens = &tokens, .fresh = true, .indent = "    "};
        if (d->errors > errors) { /* what is not understood is left as it is */
            buf_add(out, place_text(at));
        } else {
            write_block(&l, 0, tokens.n);
            comments_before(&l, at.to + 1);
        }
        done = at.to;
    }
    buf_add(out, str_slice(source->text, done, source->text.n));
    if (out->failed) return STATUS_FAULT;
    return d->errors > errors ? STATUS_INPUT : STATUS_OK;
}
