/* Laying words out in columns, as declared in layout.h.
 *
 * A table is laid out in three steps: the natural width of each column (its widest cell), then the
 * widest column that may wrap gives up one column after another until all fits, then each row is
 * as high as its highest wrapped cell. */
#include "report/layout.h"

#include <string.h>

#define GAP 2            /* blanks between columns */
#define NARROWEST 7      /* no wrapped column gets narrower than this, */
#define LONGEST_WORD 16u /* nor than its longest word, up to this */
#define PLAIN "\033[0m"
#define BOLD "\033[1m"
#define REPLACEMENT "\xEF\xBF\xBD"
#define ISOLATE "\xE2\x81\xA8" /* U+2068 first strong isolate */
#define POP "\xE2\x81\xA9"     /* U+2069 */

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x2028 ||
           c == 0x2029;
}

static bool is_unsafe(uint32_t c)
{
    bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return control || direction;
}

struct str layout_shown(struct arena *a, struct str s)
{
    /* One malformed byte may become the three of U+FFFD. */
    char *p = arena_alloc(a, s.n * 3 + 1);
    if (!p) return (struct str){NULL, 0};
    size_t n = 0, at = 0;
    bool blank = true;
    while (at < s.n) {
        uint32_t c = 0;
        size_t length = utf8_decode(str_slice(s, at, s.n), &c);
        if (length && is_blank(c)) {
            if (!blank) p[n++] = ' ';
        } else if (!length || is_unsafe(c)) {
            memcpy(p + n, REPLACEMENT, 3);
            n += 3;
        } else {
            memcpy(p + n, s.p + at, length);
            n += length;
        }
        blank = length && is_blank(c);
        at += length ? length : 1;
    }
    if (n && p[n - 1] == ' ') n--;
    return (struct str){p, n};
}

/* Does s hold letters that run right to left? */
static bool layout_right_to_left(struct str s)
{
    size_t at = 0;
    while (at < s.n) {
        uint32_t c = 0;
        size_t n = utf8_decode(str_slice(s, at, s.n), &c);
        if (n && ((c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
                  (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
                  (c >= 0x1E800 && c <= 0x1EFFF)))
            return true;
        at += n ? n : 1;
    }
    return false;
}

void layout_line(struct buf *out, struct str line)
{
    bool isolate = layout_right_to_left(line);
    if (isolate) buf_puts(out, ISOLATE);
    buf_add(out, line);
    if (isolate) buf_puts(out, POP);
}

/* Where the next line of `text` ends (bytes) and where the one after it begins. */
struct cut {
    size_t end, next;
};

static bool is_digit(struct str s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* May a line end behind the byte at `at`?  Dates stay whole; a date and its time may part. */
static bool breaks_behind(struct str s, size_t at)
{
    char c = s.p[at];
    bool inside = is_digit(s, at + 1);
    if (c == 'T') return inside && at && is_digit(s, at - 1);
    return (c == '/' || c == '_' || (c == '-' && !inside)) && at && at + 1 < s.n;
}

static struct cut cut_line(struct str text, size_t width)
{
    struct cut last = {0, 0};
    size_t used = 0, at = 0;
    while (at < text.n) {
        uint32_t c = 0;
        size_t n = utf8_decode(str_slice(text, at, text.n), &c);
        if (!n) n = 1;
        size_t columns = utf8_width(str_slice(text, at, at + n));
        if (c == ' ' && at) last = (struct cut){at, at + 1};
        if (used + columns > width) {
            if (last.end) return last;
            return at ? (struct cut){at, at} : (struct cut){n, n};
        }
        used += columns;
        at += n;
        if (breaks_behind(text, at - 1)) last = (struct cut){at, at};
    }
    return (struct cut){text.n, text.n};
}

struct lines layout_wrap(struct arena *a, struct str text, size_t width)
{
    struct lines out = {NULL, 0, false};
    size_t cap = 0;
    do {
        struct cut cut = cut_line(text, width ? width : 1);
        struct str *items = arena_grow(a, out.items, out.n, &cap, sizeof *items);
        if (!items) {
            out.failed = true;
            return out;
        }
        out.items = items;
        out.items[out.n++] = str_slice(text, 0, cut.end);
        text = str_slice(text, cut.next, text.n);
    } while (text.n);
    return out;
}

void layout_paragraph(struct arena *a, struct buf *out, struct str text, size_t indent,
                      size_t width)
{
    struct lines lines = layout_wrap(a, layout_shown(a, text), width > indent ? width - indent : 1);
    if (lines.failed) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < lines.n; i++) {
        if (i) buf_pad(out, ' ', indent);
        layout_line(out, lines.items[i]);
        buf_putc(out, '\n');
    }
}

/* The longest piece of a shown text that layout_wrap would not break. */
static size_t longest_word(struct str text)
{
    size_t longest = 0, from = 0;
    for (size_t at = 0; at <= text.n; at++) {
        bool end = at == text.n || text.p[at] == ' ';
        bool behind = !end && breaks_behind(text, at);
        if (!end && !behind) continue;
        size_t width = utf8_width(str_slice(text, from, at + behind));
        if (width > longest) longest = width;
        from = at + 1;
    }
    return longest;
}

struct widths {
    size_t natural, least, given;
};

static void measure(struct widths *w, const struct column *column, struct str text)
{
    size_t natural = utf8_width(text);
    size_t least = column->keep_whole ? natural : longest_word(text);
    if (!column->keep_whole && least > LONGEST_WORD) least = LONGEST_WORD;
    if (natural > w->natural) w->natural = natural;
    if (least > w->least) w->least = least;
}

/* Give each column its width; false when even the least do not fit. */
static bool share_out(struct widths *w, size_t n, size_t width)
{
    size_t total = 0, least = 0;
    for (size_t i = 0; i < n; i++) {
        if (w[i].least < NARROWEST)
            w[i].least = w[i].natural < NARROWEST ? w[i].natural : NARROWEST;
        w[i].given = w[i].natural;
        total += w[i].natural + (i ? GAP : 0);
        least += w[i].least + (i ? GAP : 0);
    }
    if (least > width) return false;
    while (total > width) {
        size_t widest = n;
        for (size_t i = 0; i < n; i++)
            if (w[i].given > w[i].least && (widest == n || w[i].given > w[widest].given))
                widest = i;
        if (widest == n) return false;
        w[widest].given--;
        total--;
    }
    return true;
}

static void put_cell(struct buf *out, struct str line, size_t width, bool right, bool last,
                     const char *colour)
{
    size_t used = utf8_width(line), pad = used < width ? width - used : 0;
    if (right) buf_pad(out, ' ', pad);
    if (colour && line.n) buf_puts(out, colour);
    layout_line(out, line);
    if (colour && line.n) buf_puts(out, PLAIN);
    if (!right && !last) buf_pad(out, ' ', pad);
}

/* One row of wrapped cells; `colours` may be NULL. */
static void put_row(struct buf *out, const struct table *t, const struct widths *w,
                    const struct lines *cells, const char *const *colours)
{
    size_t height = 1;
    for (size_t c = 0; c < t->n_columns; c++)
        if (cells[c].n > height) height = cells[c].n;
    for (size_t y = 0; y < height; y++) {
        size_t last = 0; /* nothing is printed behind the last cell with text on this line */
        for (size_t c = 0; c < t->n_columns; c++)
            if (y < cells[c].n && cells[c].items[y].n) last = c;
        for (size_t c = 0; c <= last; c++) {
            struct str line = y < cells[c].n ? cells[c].items[y] : (struct str){NULL, 0};
            if (c) buf_pad(out, ' ', GAP);
            put_cell(out, line, w[c].given, t->columns[c].right, c == last,
                     colours ? colours[c] : NULL);
        }
        buf_putc(out, '\n');
    }
}

static bool put_head(struct arena *a, struct buf *out, const struct table *t,
                     const struct widths *w, bool colour)
{
    struct lines *cells = arena_array(a, t->n_columns, sizeof *cells);
    const char **colours = arena_array(a, t->n_columns, sizeof *colours);
    if (!cells || !colours) return false;
    for (size_t c = 0; c < t->n_columns; c++) {
        cells[c] = layout_wrap(a, str_of(t->columns[c].head), w[c].given);
        colours[c] = colour ? BOLD : NULL;
        if (cells[c].failed) return false;
    }
    put_row(out, t, w, cells, colours);
    for (size_t c = 0; c < t->n_columns; c++) {
        if (c) buf_pad(out, ' ', GAP);
        for (size_t i = 0; i < w[c].given; i++) buf_puts(out, "\xE2\x94\x80"); /* ─ */
    }
    buf_putc(out, '\n');
    return true;
}

static bool put_body(struct arena *a, struct buf *out, const struct table *t,
                     const struct widths *w, const struct str *shown, bool colour)
{
    struct lines *cells = arena_array(a, t->n_columns, sizeof *cells);
    const char **colours = arena_array(a, t->n_columns, sizeof *colours);
    if (!cells || !colours) return false;
    for (size_t r = 0; r < t->rows; r++) {
        for (size_t c = 0; c < t->n_columns; c++) {
            size_t i = r * t->n_columns + c;
            cells[c] = layout_wrap(a, shown[i], w[c].given);
            colours[c] = colour ? t->cells[i].colour : NULL;
            if (cells[c].failed) return false;
        }
        if (r && t->rule && t->rule[r]) buf_putc(out, '\n');
        put_row(out, t, w, cells, colours);
    }
    return true;
}

bool layout_table(struct arena *a, struct buf *out, const struct table *t, size_t width,
                  bool colour)
{
    struct widths *w = arena_array(a, t->n_columns, sizeof *w);
    struct str *shown = arena_array(a, t->rows * t->n_columns + 1, sizeof *shown);
    if (!w || !shown) {
        out->failed = true;
        return false;
    }
    for (size_t c = 0; c < t->n_columns; c++) {
        struct str head = str_of(t->columns[c].head);
        w[c].natural = utf8_width(head);
        w[c].least = longest_word(head);
    }
    for (size_t i = 0; i < t->rows * t->n_columns; i++) {
        shown[i] = layout_shown(a, t->cells[i].text);
        measure(&w[i % t->n_columns], &t->columns[i % t->n_columns], shown[i]);
    }
    for (size_t c = 0; c < t->n_columns; c++) {
        size_t asked = t->columns[c].least;
        if (asked > w[c].natural) asked = w[c].natural;
        if (asked > w[c].least) w[c].least = asked;
    }
    if (!share_out(w, t->n_columns, width)) return false;
    if (!put_head(a, out, t, w, colour) || !put_body(a, out, t, w, shown, colour)) {
        out->failed = true;
        return false;
    }
    return true;
}
