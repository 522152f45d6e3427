/* How diagnostics look: as text with a caret, and as JSON lines. */
#include "base/diag.h"

static const struct look {
    const char *word, *colour;
} looks[] = {
    [SEVERITY_ERROR] = {"error", "\033[1;31m"},
    [SEVERITY_WARNING] = {"warning", "\033[1;33m"},
    [SEVERITY_NOTE] = {"note", "\033[1;36m"},
};
#define PLAIN "\033[0m"
#define LINE_SHOWN 160 /* longer lines are cut around the place */

/* Control characters and tabs would move the caret away: show each as one blank. */
static void add_shown(struct buf *out, struct str s)
{
    size_t at = 0;
    while (at < s.n) {
        uint32_t c = 0;
        size_t n = utf8_decode(str_slice(s, at, s.n), &c);
        if (!n) {
            buf_puts(out, "\xEF\xBF\xBD");
            n = 1;
        } else if (c < 0x20 || c == 0x7F) {
            buf_putc(out, ' ');
        } else {
            buf_add(out, str_slice(s, at, at + n));
        }
        at += n;
    }
}

/* Move an offset in s back to the first byte of its character. */
static size_t char_start(struct str s, size_t at)
{
    while (at > 0 && at < s.n && ((uint8_t)s.p[at] & 0xC0) == 0x80) at--;
    return at;
}

static void add_excerpt(struct buf *out, const struct diag *d, size_t line, const char *colour,
                        const char *plain)
{
    const struct source *src = d->at.source;
    struct str text = source_line(src, line);
    size_t start = src->line_start[line - 1 - src->lines_before];
    size_t from = d->at.from - start < text.n ? d->at.from - start : text.n;
    size_t to = d->at.to - start < text.n ? d->at.to - start : text.n;
    size_t cut = from > LINE_SHOWN / 2 && text.n > LINE_SHOWN ? from - LINE_SHOWN / 2 : 0;
    cut = char_start(text, cut);
    size_t end = char_start(text, cut + LINE_SHOWN < text.n ? cut + LINE_SHOWN : text.n);
    if (to > end) to = end;
    buf_fmt(out, "%6zu | %s", line, cut ? "…" : "");
    add_shown(out, str_slice(text, cut, end));
    buf_fmt(out, "%s\n       | %s%s", end < text.n ? "…" : "", cut ? " " : "", colour);
    buf_pad(out, ' ', utf8_width(str_slice(text, cut, from)));
    size_t width = from < to ? utf8_width(str_slice(text, from, to)) : 1;
    buf_pad(out, '^', width ? width : 1);
    buf_fmt(out, "%s\n", plain);
}

static void render_one(const struct diag *d, struct buf *out, bool colour)
{
    const struct look *look = &looks[d->severity];
    const char *on = colour ? look->colour : "", *off = colour ? PLAIN : "";
    size_t line = 0, column = 0;
    if (d->at.source) {
        source_locate(d->at.source, d->at.from, &line, &column);
        buf_fmt(out, "%.*s:%zu:%zu: ", STR_ARG(d->at.source->name), line, column);
    }
    buf_fmt(out, "%s%s:%s %.*s [%s]\n", on, look->word, off, STR_ARG(d->what), d->code);
    if (d->at.source) add_excerpt(out, d, line, on, off);
    if (d->fix.n) buf_fmt(out, "       = %.*s\n", STR_ARG(d->fix));
}

void diags_render(const struct diags *d, struct buf *out, bool colour)
{
    for (size_t i = 0; i < d->n; i++) render_one(&d->items[i], out, colour);
    if (d->dropped) buf_fmt(out, "… and %zu more\n", d->dropped);
}

void buf_json(struct buf *out, struct str s)
{
    buf_putc(out, '"');
    size_t at = 0;
    while (at < s.n) {
        uint32_t c = 0;
        size_t n = utf8_decode(str_slice(s, at, s.n), &c);
        if (!n) {
            buf_puts(out, "\\ufffd");
            n = 1;
        } else if (c == '"' || c == '\\') {
            buf_putc(out, '\\');
            buf_putc(out, (char)c);
        } else if (c == '\n') {
            buf_puts(out, "\\n");
        } else if (c < 0x20 || c == 0x7F) {
            buf_fmt(out, "\\u%04x", (unsigned)c);
        } else {
            buf_add(out, str_slice(s, at, at + n));
        }
        at += n;
    }
    buf_putc(out, '"');
}

void diags_render_json(const struct diags *d, struct buf *out)
{
    for (size_t i = 0; i < d->n; i++) {
        const struct diag *x = &d->items[i];
        buf_fmt(out, "{\"severity\": \"%s\", \"code\": \"%s\"", looks[x->severity].word, x->code);
        if (x->at.source) {
            size_t line, column, end_line, end_column;
            source_locate(x->at.source, x->at.from, &line, &column);
            source_locate(x->at.source, x->at.to, &end_line, &end_column);
            buf_puts(out, ", \"file\": ");
            buf_json(out, x->at.source->name);
            buf_fmt(out, ", \"line\": %zu, \"column\": %zu, \"end_line\": %zu, \"end_column\": %zu",
                    line, column, end_line, end_column);
        }
        buf_puts(out, ", \"what\": ");
        buf_json(out, x->what);
        buf_puts(out, ", \"fix\": ");
        buf_json(out, x->fix);
        buf_puts(out, "}\n");
    }
}
