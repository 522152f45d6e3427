/* See letters.h. */
#include "talks/letters.h"

uint32_t char_at(struct str text, size_t at, size_t *next)
{
    uint32_t c = 0;
    if (next) *next = at;
    if (at >= text.n) return 0;
    size_t n = utf8_decode(str_slice(text, at, text.n), &c);
    if (n == 0) { /* not well-formed: one byte that is no letter */
        c = 0xFFFD;
        n = 1;
    }
    if (next) *next = at + n;
    return c;
}

uint32_t char_before(struct str text, size_t at, size_t *begin)
{
    size_t b = at;
    if (begin) *begin = at;
    if (at == 0) return 0;
    do b--;
    while (b > 0 && at - b < 4 && ((unsigned char)text.p[b] & 0xC0) == 0x80);
    if (begin) *begin = b;
    return char_at(text, b, NULL);
}

static bool in(uint32_t c, uint32_t from, uint32_t to)
{
    return c >= from && c <= to;
}

bool char_is_letter(uint32_t c)
{
    if (in(c, 'a', 'z') || in(c, 'A', 'Z')) return true;
    if (in(c, 0xC0, 0x24F)) return c != 0xD7 && c != 0xF7;
    return in(c, 0x370, 0x3FF) || in(c, 0x400, 0x52F) || in(c, 0x1E00, 0x1EFF);
}

bool char_is_upper(uint32_t c)
{
    if (in(c, 'A', 'Z')) return true;
    if (in(c, 0xC0, 0xDE)) return c != 0xD7;
    /* Pairs stand as capital, small; from U+0139 and U+0179 on the capital has the odd number. */
    if (in(c, 0x139, 0x148) || in(c, 0x179, 0x17E)) return (c & 1) == 1;
    if (in(c, 0x100, 0x177)) return (c & 1) == 0;
    if (c == 0x178) return true;
    if (in(c, 0x400, 0x42F)) return true;
    return in(c, 0x460, 0x52F) && (c & 1) == 0;
}

uint32_t char_lower(uint32_t c)
{
    if (!char_is_upper(c)) return c;
    if (in(c, 'A', 'Z') || in(c, 0xC0, 0xDE) || in(c, 0x410, 0x42F)) return c + 32;
    if (in(c, 0x400, 0x40F)) return c + 80;
    if (c == 0x178) return 0xFF;
    return c + 1;
}

bool char_is_digit(uint32_t c)
{
    return in(c, '0', '9');
}

bool char_is_space(uint32_t c)
{
    return c == ' ' || in(c, '\t', '\r') || c == 0xA0 || in(c, 0x2000, 0x200A) || c == 0x202F ||
           c == 0x2028 || c == 0x2029 || c == 0x3000;
}

bool char_is_dash(uint32_t c)
{
    return c == '-' || in(c, 0x2010, 0x2015);
}

void buf_add_char(struct buf *b, uint32_t c)
{
    char out[4];
    size_t n = 0;
    if (c < 0x80) {
        out[n++] = (char)c;
    } else if (c < 0x800) {
        out[n++] = (char)(0xC0 | c >> 6);
        out[n++] = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out[n++] = (char)(0xE0 | c >> 12);
        out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        out[n++] = (char)(0x80 | (c & 0x3F));
    } else {
        out[n++] = (char)(0xF0 | c >> 18);
        out[n++] = (char)(0x80 | (c >> 12 & 0x3F));
        out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        out[n++] = (char)(0x80 | (c & 0x3F));
    }
    buf_add(b, (struct str){out, n});
}

struct str text_lower(struct arena *a, struct str s)
{
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < s.n;) {
        uint32_t c = char_lower(char_at(s, i, &i));
        buf_add_char(&b, c == 0x2019 || c == 0x2BC ? '\'' : c);
    }
    struct str low = b.failed ? (struct str){NULL, 0} : str_dup(a, buf_str(&b));
    buf_free(&b);
    return low;
}

bool text_paragraph_ends(struct str text, size_t at, size_t *after)
{
    if (at >= text.n || text.p[at] != '\n') return false;
    size_t i = at + 1, ends = 1;
    while (i < text.n) {
        size_t next;
        uint32_t c = char_at(text, i, &next);
        if (!char_is_space(c)) break;
        ends += c == '\n';
        i = next;
    }
    *after = i;
    return ends > 1 || i == text.n;
}

void text_trim(struct str text, size_t *from, size_t *to)
{
    size_t next, begin;
    while (*from < *to && char_is_space(char_at(text, *from, &next))) *from = next;
    while (*to > *from && char_is_space(char_before(text, *to, &begin))) *to = begin;
}
