/* Words, quoted texts and the values that they spell. */
#include "monitor/reader.h"

#include <stdlib.h>

/* clang-format off */
const unsigned char reader_word_byte[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 0x00 */
    0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, /* 0x20 */
    0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, /* 0x40 */
    0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, /* 0x60 */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 0x80 */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 0xa0 */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 0xc0 */
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 0xe0 */
};
/* clang-format on */

/* A quoted text begins at r->at: the offset of its closing quote, 0 when it has none (yet). */
static size_t closing_quote(const struct reader *r)
{
    const char *q = r->at + 1;
    while (q < r->end) {
        if (*q == '"') return (size_t)(q - r->at);
        q += *q == '\\' ? 2 : 1;
    }
    return 0;
}

static const char *quoted_text(struct reader *r, struct str *text)
{
    uint64_t at = reader_offset(r, r->at);
    size_t close;
    while (!(close = closing_quote(r)))
        if (!reader_refill(r)) return r->status == STATUS_OK ? reader_unclosed(r, at) : NULL;
    *text = (struct str){r->at + 1, close - 1};
    const char *from = r->at, *stop;
    while ((stop = memchr(from, '\n', close - (size_t)(from - r->at)))) {
        r->line_start = from = stop + 1;
        r->line_cut = 0;
        r->line++;
    }
    return r->at + close + 1;
}

const char *reader_text(struct reader *r, const char *p, struct str *text, bool *quoted)
{
    r->at = p;
    *quoted = *p == '"';
    if (*quoted) return quoted_text(r, text);
    size_t n;
    while (n = reader_word_length(r->at), r->at + n == r->end && reader_refill(r)) continue;
    if (r->status != STATUS_OK || r->summary->stopped) return NULL;
    if (n == 0) return reader_expected(r, reader_offset(r, r->at), r->at < r->end, "a value");
    *text = (struct str){r->at, n};
    return r->at + n;
}

/* 0x…, 0o…, 0b… and digits with `_` between them, as OCaml reads them.  Builds plain decimal. */
static bool parse_odd_int(struct str s, int64_t *out)
{
    bool negative = s.n && s.p[0] == '-';
    size_t i = negative ? 1 : 0;
    unsigned base = 10;
    if (i + 2 < s.n && s.p[i] == '0') {
        char c = (char)(s.p[i + 1] | 0x20);
        base = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 10;
        if (base != 10) i += 2;
    }
    uint64_t v = 0;
    size_t digits = 0;
    for (; i < s.n; i++) {
        char c = s.p[i];
        if (c == '_' && digits) continue;
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                                : base;
        if (digit >= base) return false;
        if (__builtin_mul_overflow(v, (uint64_t)base, &v) ||
            __builtin_add_overflow(v, (uint64_t)digit, &v) || v > INT64_MAX)
            return false;
        digits++;
    }
    *out = negative ? -(int64_t)v : (int64_t)v;
    return digits > 0;
}

static bool all_digits(struct str s)
{
    size_t i = s.n && s.p[0] == '-';
    if (i == s.n) return false;
    for (; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return true;
}

/* Also inf, -inf, infinity, hexadecimal floats and `_` between digits, as OCaml reads them. */
static bool parse_odd_float(struct str s, double *out)
{
    char text[64];
    size_t n = 0;
    if (s.n >= sizeof text) return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '_' || i == 0) text[n++] = s.p[i];
    text[n] = 0;
    if (n == 0 || text[0] == ' ') return false;
    char *end;
    *out = strtod(text, &end);
    return end == text + n;
}

const char *reader_value(struct reader *r, const char *p, const struct relation *rel, uint32_t k,
                         uint64_t *word)
{
    struct str text = {p, 0};
    bool quoted;
    const char *end = reader_text(r, p, &text, &quoted);
    if (!end) return NULL;
    int64_t i;
    double f;
    switch (rel->columns[k].type) {
    case VALUE_INT:
        if (value_parse_int(text, &i) || parse_odd_int(text, &i)) {
            *word = value_of_int(i);
            return end;
        }
        if (all_digits(text)) return reader_range(r, text);
        break;
    case VALUE_FLOAT:
        if ((value_parse_float(text, &f) || parse_odd_float(text, &f)) && value_of_float(f, word))
            return end;
        break;
    default: {
        uint32_t number = intern_add(r->config->strings, text);
        if (number == INTERN_NONE) return reader_memory(r);
        *word = number;
        return end;
    }
    }
    return reader_type(r, text, rel, k);
}
