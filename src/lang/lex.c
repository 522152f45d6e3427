/* See lex.h.  One pass over the bytes; each kind of token has a reader that takes the rest of the
 * block and tells how many bytes it took. */
#include "lang/lex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct lexer {
    struct arena *arena;
    const struct source *source;
    struct str text; /* the whole source, cut at the block's end */
    size_t at;
    uint32_t clause;
    struct diags *d;
    struct tokens *out;
};

static struct place span(const struct lexer *l, size_t from, size_t to)
{
    return (struct place){l->source, from, to};
}

static struct token *push(struct lexer *l, enum token_kind kind, size_t from, size_t to)
{
    struct tokens *t = l->out;
    struct token *v = arena_grow(l->arena, t->v, t->n, &t->cap, sizeof *v);
    if (!v) return NULL;
    t->v = v;
    v[t->n] = (struct token){.kind = kind,
                             .clause = l->clause,
                             .at = span(l, from, to),
                             .text = str_slice(l->text, from, to)};
    return &v[t->n++];
}

static bool is_digit(const struct lexer *l, size_t at)
{
    return at < l->text.n && l->text.p[at] >= '0' && l->text.p[at] <= '9';
}

/* The character at an offset; 0 at the end. */
static size_t peek(const struct lexer *l, size_t at, uint32_t *c)
{
    *c = 0;
    return at < l->text.n ? utf8_decode(str_slice(l->text, at, l->text.n), c) : 0;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000 || c == 0x85;
}

/* Characters that cannot be seen and make two names look alike, or turn the order of what is read.
 */
static bool is_hidden(uint32_t c)
{
    return c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD || c == 0x061C;
}

static bool is_letter(uint32_t c)
{
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (is_blank(c) || is_hidden(c) || c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
    if (c == 0xD7 || c == 0xF7 || (c >= 0x2010 && c <= 0x206F && c != 0x200C && c != 0x200D))
        return false;
    return !(c >= 0x2190 && c <= 0x2BFF) && !(c >= 0x3001 && c <= 0x3003) &&
           !(c >= 0x3008 && c <= 0x3011) && !(c >= 0xFF01 && c <= 0xFF0F) && c != 0xFFFD;
}

static bool is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2022 || c == 0x2212;
}

static bool add_word(struct lexer *l)
{
    size_t from = l->at, at = from;
    uint32_t c = 0;
    for (;;) {
        size_t n = peek(l, at, &c);
        if (n && (is_letter(c) || is_digit(l, at))) {
            at += n;
            continue;
        }
        bool joins = c == '-' || c == '\'' || c == '/' || c == 0x2019;
        uint32_t next = 0;
        if (!n || !joins || !peek(l, at + n, &next) || !(is_letter(next) || is_digit(l, at + n)))
            break;
        at += n;
    }
    l->at = at;
    return push(l, TOKEN_WORD, from, at) != NULL;
}

/* Digits, `:`, digits [`:`, digits] at an offset: the length of such a text, or 0. */
static size_t clock_length(const struct lexer *l, size_t at)
{
    size_t n = 0;
    if (!is_digit(l, at)) return 0;
    n = is_digit(l, at + 1) ? 2 : 1;
    if (at + n >= l->text.n || l->text.p[at + n] != ':' || !is_digit(l, at + n + 1) ||
        !is_digit(l, at + n + 2))
        return 0;
    n += 3;
    if (at + n < l->text.n && l->text.p[at + n] == ':' && is_digit(l, at + n + 1) &&
        is_digit(l, at + n + 2))
        n += 3;
    return n;
}

/* `Z` or ±HH[:]MM at an offset, not followed by more of a word. */
static size_t offset_length(const struct lexer *l, size_t at)
{
    if (at >= l->text.n) return 0;
    char c = l->text.p[at];
    uint32_t next = 0;
    if (c == 'Z') return peek(l, at + 1, &next) && is_letter(next) ? 0 : 1;
    if ((c != '+' && c != '-') || !is_digit(l, at + 1) || !is_digit(l, at + 2)) return 0;
    size_t n = at + 3 < l->text.n && l->text.p[at + 3] == ':' ? 4 : 3;
    if (!is_digit(l, at + n) || !is_digit(l, at + n + 1)) return 0;
    return n + 2;
}

/* YYYY-MM-DD…, or day, month and year in any order with two dashes, points or strokes: is this meant as
 * a date?  With points or strokes only where the year has its four digits. */
static size_t date_length(const struct lexer *l, size_t at)
{
    size_t n = 0, digits[3] = {0};
    char mark = 0;
    for (int part = 0; part < 3; part++) {
        while (is_digit(l, at + n)) n++, digits[part]++;
        if (!digits[part] || digits[part] > 4) return 0;
        if (part == 2) break;
        char c = at + n < l->text.n ? l->text.p[at + n++] : 0;
        if ((c != '-' && c != '.' && c != '/') || (mark && c != mark)) return 0;
        mark = c;
    }
    bool year = digits[1] <= 2 && ((digits[0] == 4) != (digits[2] == 4)) && digits[0] != 3;
    return mark == '-' || (year && digits[2] != 3) ? n : 0;
}

/* A date with points or strokes: the same as it is written here; where it may be read in two ways, both. */
static void refuse_date_marks(struct lexer *l, size_t from, size_t at, struct str text)
{
    unsigned long part[3] = {0};
    char copy[16], write[2][16], *next = copy;
    size_t n = 0;
    snprintf(copy, sizeof(copy), "%.*s", (int)(text.n < 15 ? text.n : 15), text.p);
    for (int k = 0; k < 3; k++) {
        part[k] = strtoul(next, &next, 10);
        next += *next != 0; /* the mark */
    }
    unsigned long a = part[0], b = part[1], c = part[2];
    const unsigned long orders[3][3] = {{a, b, c}, {c, b, a}, {c, a, b}};
    size_t first = a > 99 ? 0 : 1, last = a > 99 ? 0 : a == b ? 1 : 2;
    for (size_t k = first; k <= last; k++) {
        struct iso_time t;
        snprintf(write[n], sizeof(write[n]), "%04lu-%02lu-%02lu", orders[k][0], orders[k][1],
                 orders[k][2]);
        if (iso_parse(str_of(write[n]), &t)) n++;
    }
    struct diag *x = diag_add(l->d, SEVERITY_ERROR, "bad-date", span(l, from, at),
                              "dates are written year, month, day: not \"%.*s\"", STR_ARG(text));
    if (n == 2)
        diag_fix(l->d, x, "write: %s, or: %s", write[0], write[1]);
    else
        diag_fix(l->d, x, "write: %s", n ? write[0] : "2015-02-28");
}

static bool add_date(struct lexer *l, size_t length)
{
    size_t from = l->at, at = from + length, time = 0;
    bool marks = !memchr(l->text.p + from, '-', length);
    if (at < l->text.n && (l->text.p[at] == 'T' || l->text.p[at] == ' '))
        time = clock_length(l, at + 1);
    bool late = time && str_starts(str_slice(l->text, at + 1, at + 1 + time), STR("24:00"));
    if (time) {
        at += 1 + time;
        at += offset_length(l, at);
    }
    l->at = at;
    struct iso_time t;
    struct str text = str_slice(l->text, from, at);
    bool good = iso_parse(text, &t);
    if (marks) refuse_date_marks(l, from, from + length, str_slice(l->text, from, from + length));
    if (!good && !marks) {
        struct diag *x =
            diag_add(l->d, SEVERITY_ERROR, "bad-date", span(l, from, at),
                     "there is no date or time \"%.*s\" in the calendar", STR_ARG(text));
        diag_fix(l->d, x, "write year, month and day, as in 2015-02-28 or 2015-02-28 18:00");
    }
    if (!good) {
        /* Go on as if it were some date, so that the sentence around it is still checked. */
        t = (struct iso_time){.civil = {2000, 1, 1, 0, 0, 0}, .has_time = time != 0};
    }
    struct token *token = push(l, TOKEN_DATE, from, at);
    if (!token) return false;
    token->time = t;
    token->midnight_end = good && late;
    return true;
}

static bool add_clock(struct lexer *l, size_t length)
{
    size_t from = l->at, at = from;
    int part[3] = {0, 0, 0}, n = 0;
    for (; at < from + length && n < 3; at++) {
        if (l->text.p[at] == ':') {
            n++;
        } else {
            part[n] = part[n] * 10 + (l->text.p[at] - '0');
        }
    }
    l->at = at;
    bool end = part[0] == 24 && !part[1] && !part[2];
    if ((part[0] > 23 && !end) || part[1] > 59 || part[2] > 59) {
        struct diag *x = diag_add(l->d, SEVERITY_ERROR, "bad-time", span(l, from, at),
                                  "no clock shows %.*s", STR_ARG(str_slice(l->text, from, at)));
        diag_fix(l->d, x, "write hours from 00 to 23 and minutes from 00 to 59, as in 18:00");
        part[0] = part[1] = part[2] = 0;
    }
    struct token *token = push(l, TOKEN_TIME, from, at);
    if (!token) return false;
    token->time.civil = (struct civil){.hour = part[0], .minute = part[1], .second = part[2]};
    token->midnight_end = end;
    return true;
}

/* Reads the digits of a number; false when it is too long to be kept exactly. */
static bool read_number(struct str s, struct number *out)
{
    *out = (struct number){0, 0};
    bool fraction = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ',') continue;
        if (s.p[i] == '.') {
            fraction = true;
            continue;
        }
        if (out->digits > (INT64_MAX - 9) / 10) return false;
        out->digits = out->digits * 10 + (s.p[i] - '0');
        out->decimals += fraction;
    }
    return true;
}

static bool add_number(struct lexer *l)
{
    size_t from = l->at, at = from;
    while (is_digit(l, at)) at++;
    while (at - from <= 3 || l->text.p[at - 4] == ',') { /* 10,000 */
        if (at >= l->text.n || l->text.p[at] != ',' || !is_digit(l, at + 1) ||
            !is_digit(l, at + 2) || !is_digit(l, at + 3) || is_digit(l, at + 4))
            break;
        at += 4;
    }
    if (at < l->text.n && l->text.p[at] == '.' && is_digit(l, at + 1)) {
        at++;
        while (is_digit(l, at)) at++;
    }
    l->at = at;
    struct number number;
    struct str text = str_slice(l->text, from, at);
    if (!read_number(text, &number)) {
        diag_add(l->d, SEVERITY_ERROR, "number-too-long", span(l, from, at),
                 "this number has more digits than can be kept exactly");
        number = (struct number){1, 0};
    }
    struct token *token = push(l, TOKEN_NUMBER, from, at);
    if (!token) return false;
    token->number = number;
    return true;
}

static bool add_from_digit(struct lexer *l)
{
    size_t n = date_length(l, l->at);
    if (n) return add_date(l, n);
    n = clock_length(l, l->at);
    if (n) return add_clock(l, n);
    return add_number(l);
}

/* Which quotes end what was opened by `open`: up to two. */
static bool closes(uint32_t open, uint32_t c)
{
    switch (open) {
    case '"': return c == '"';
    case 0x201C:
    case 0x201D: return c == 0x201D || c == '"';
    case 0x201E: return c == 0x201C || c == 0x201D || c == '"';
    case 0xAB: return c == 0xBB;
    default: return false;
    }
}

static bool opens(uint32_t c)
{
    return c == '"' || (c >= 0x201C && c <= 0x201E) || c == 0xAB;
}

static bool add_string(struct lexer *l, uint32_t open, size_t n)
{
    size_t from = l->at, at = from + n;
    uint32_t c = 0;
    size_t m = 0;
    while ((m = peek(l, at, &c)) && c != '\n' && c != '\r' && !closes(open, c)) {
        if (is_hidden(c) && c >= 0x202A && c <= 0x202E)
            diag_add(l->d, SEVERITY_ERROR, "hidden-character", span(l, at, at + m),
                     "a character that turns the direction of writing (U+%04X) hides what the text "
                     "says: delete it",
                     (unsigned)c);
        at += m;
    }
    bool closed = m && closes(open, c);
    if (!closed) {
        struct diag *x = diag_add(l->d, SEVERITY_ERROR, "open-quote", span(l, from, at),
                                  "the quotation that opens here is not closed on this line");
        diag_fix(l->d, x, "put the closing quotation mark at the end of the text");
    }
    size_t to = closed ? at + m : at;
    l->at = to;
    struct token *token = push(l, TOKEN_STRING, from, to);
    if (!token) return false;
    token->text = str_slice(l->text, from + n, at);
    return true;
}

static bool add_comment(struct lexer *l)
{
    size_t from = l->at;
    while (l->at < l->text.n && l->text.p[l->at] != '\n') l->at++;
    size_t to = l->at;
    while (to > from && l->text.p[to - 1] == '\r') to--;
    struct tokens *t = l->out;
    struct comment *v =
        arena_grow(l->arena, t->comments, t->n_comments, &t->cap_comments, sizeof *v);
    if (!v) return false;
    t->comments = v;
    v[t->n_comments++] = (struct comment){span(l, from, to)};
    return true;
}

static bool add_other(struct lexer *l, uint32_t c, size_t n)
{
    static const char puncts[] = ".,;:()%=<>[]{}+*&?!";
    size_t from = l->at;
    l->at += n;
    if (is_dash(c)) return push(l, TOKEN_DASH, from, l->at) != NULL;
    for (const char *p = puncts; *p; p++) {
        if (c != (uint8_t)*p) continue;
        struct token *token = push(l, TOKEN_PUNCT, from, l->at);
        if (token) token->punct = *p;
        return token != NULL;
    }
    if (is_hidden(c)) {
        struct diag *x = diag_add(l->d, SEVERITY_ERROR, "hidden-character", span(l, from, l->at),
                                  "an invisible character (U+%04X)", (unsigned)c);
        diag_fix(l->d, x, "delete it: names that look alike must be alike");
    } else {
        /* A run of them is one finding. */
        uint32_t next = 0;
        size_t m;
        while ((m = peek(l, l->at, &next)) && !is_letter(next) && !is_blank(next) &&
               !is_digit(l, l->at) && !opens(next) && next >= 0x80 && !is_dash(next))
            l->at += m;
        struct diag *x =
            diag_add(l->d, SEVERITY_ERROR, "stray-character", span(l, from, l->at),
                     "\"%.*s\" has no meaning here", STR_ARG(str_slice(l->text, from, l->at)));
        if (c == '\'') diag_fix(l->d, x, "labels stand between double marks: \"…\"");
    }
    return true;
}

static bool step(struct lexer *l)
{
    uint32_t c = 0;
    size_t n = peek(l, l->at, &c);
    if (!n) {
        l->at++; /* not UTF-8: lex_check_text has said so */
        return true;
    }
    if (is_blank(c)) {
        l->at += n;
        return true;
    }
    if (is_digit(l, l->at)) return add_from_digit(l);
    if (is_letter(c)) return add_word(l);
    if (opens(c)) return add_string(l, c, n);
    if (c == '#') return add_comment(l);
    return add_other(l, c, n);
}

bool lex_block(struct arena *a, const struct source *s, size_t from, size_t to, uint32_t clause,
               struct diags *d, struct tokens *out)
{
    struct lexer l = {.arena = a,
                      .source = s,
                      .text = str_slice(s->text, 0, to),
                      .at = from,
                      .clause = clause,
                      .d = d,
                      .out = out};
    while (l.at < l.text.n)
        if (!step(&l)) return false;
    return push(&l, TOKEN_BREAK, l.text.n, l.text.n) != NULL;
}

bool lex_check_text(const struct source *s, struct diags *d)
{
    for (size_t i = 0; i < s->text.n; i++) {
        if (s->text.p[i]) continue;
        struct diag *x = diag_add(d, SEVERITY_ERROR, "nul-byte", (struct place){s, i, i + 1},
                                  "a NUL byte: this is not a text file, or it was damaged");
        diag_fix(d, x, "save it again as plain text in UTF-8");
        return false;
    }
    size_t at = utf8_invalid_at(s->text);
    if (at == s->text.n) return true;
    struct diag *x =
        diag_add(d, SEVERITY_ERROR, "not-utf-8", (struct place){s, at, at + 1},
                 "the byte 0x%02X here is not UTF-8", (unsigned)(uint8_t)s->text.p[at]);
    diag_fix(d, x, "save the file with the encoding UTF-8");
    return false;
}
