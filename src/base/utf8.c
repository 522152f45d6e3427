/* UTF-8, as declared in str.h.  Well-formedness is that of Unicode 15, table 3-7. */
#include "base/str.h"

size_t utf8_decode(struct str s, uint32_t *code)
{
    if (!s.n) return 0;
    uint8_t lead = (uint8_t)s.p[0];
    if (lead < 0x80) {
        *code = lead;
        return 1;
    }
    size_t n = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || s.n < n) return 0;
    uint32_t c = lead & (0xFFU >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        uint8_t next = (uint8_t)s.p[i];
        if ((next & 0xC0) != 0x80) return 0;
        c = c << 6 | (next & 0x3FU);
    }
    bool overlong = (n == 3 && c < 0x800) || (n == 4 && c < 0x10000);
    if (overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0;
    *code = c;
    return n;
}

size_t utf8_invalid_at(struct str s)
{
    size_t at = 0;
    uint32_t code;
    while (at < s.n) {
        size_t n = utf8_decode(str_slice(s, at, s.n), &code);
        if (!n) return at;
        at += n;
    }
    return s.n;
}

struct range {
    uint32_t from, to;
};

static bool in_ranges(uint32_t c, const struct range *r, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c >= r[i].from && c <= r[i].to) return true;
    return false;
}

/* The blocks that matter in names and prose; not every mark of Unicode. */
static const struct range zero_width[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x0670, 0x0670}, {0x06D6, 0x06DC}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064},
    {0x2066, 0x2069}, {0x20D0, 0x20F0}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
};
static const struct range double_width[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE4F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

size_t utf8_width(struct str s)
{
    size_t width = 0, at = 0;
    while (at < s.n) {
        uint32_t c = 0;
        size_t n = utf8_decode(str_slice(s, at, s.n), &c);
        at += n ? n : 1;
        if (n && in_ranges(c, zero_width, sizeof zero_width / sizeof *zero_width)) continue;
        bool two = n && in_ranges(c, double_width, sizeof double_width / sizeof *double_width);
        width += two ? 2 : 1;
    }
    return width;
}
