/* See source.h. */
#include "base/source.h"

#include <string.h>

const struct source *source_part(struct arena *a, struct str name, struct str text, size_t before,
                                 size_t bytes)
{
    struct source *s = arena_alloc(a, sizeof *s);
    if (!s) return NULL;
    size_t lines = 1;
    for (size_t i = 0; i < text.n; i++) lines += text.p[i] == '\n';
    s->name = name;
    s->text = text;
    s->lines = lines;
    s->lines_before = before;
    s->bytes_before = bytes;
    s->line_start = arena_array(a, lines, sizeof *s->line_start);
    if (!s->line_start) return NULL;
    size_t line = 0;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\n') s->line_start[++line] = i + 1;
    return s;
}

const struct source *source_new(struct arena *a, struct str name, struct str text)
{
    return source_part(a, name, text, 0, 0);
}

static size_t line_of(const struct source *s, size_t offset)
{
    size_t lo = 0, hi = s->lines; /* line_start[lo] <= offset < line_start[hi] */
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (s->line_start[mid] <= offset) {
            lo = mid;
        } else {
            hi = mid;
        }
    }
    return lo;
}

void source_locate(const struct source *s, size_t offset, size_t *line, size_t *column)
{
    if (offset > s->text.n) offset = s->text.n;
    size_t l = line_of(s, offset);
    size_t col = 1 + (l == 0 ? s->bytes_before : 0);
    for (size_t i = s->line_start[l]; i < offset; i++)
        col += ((uint8_t)s->text.p[i] & 0xC0) != 0x80; /* count the first byte of each character */
    *line = s->lines_before + l + 1;
    *column = col;
}

struct str source_line(const struct source *s, size_t line)
{
    line -= s->lines_before; /* a line before the text becomes 0 or wraps beyond its end */
    if (line < 1 || line > s->lines) return (struct str){NULL, 0};
    size_t from = s->line_start[line - 1];
    size_t to = line < s->lines ? s->line_start[line] - 1 : s->text.n;
    if (to > from && s->text.p[to - 1] == '\r') to--;
    return str_slice(s->text, from, to);
}

struct place place_join(struct place a, struct place b)
{
    if (!a.source) return b;
    if (!b.source || a.source != b.source) return a;
    return (struct place){a.source, a.from < b.from ? a.from : b.from, a.to > b.to ? a.to : b.to};
}

struct str place_text(struct place p)
{
    return p.source ? str_slice(p.source->text, p.from, p.to) : (struct str){NULL, 0};
}
