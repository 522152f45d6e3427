/* Marks to spans.
 *
 * One pass with a stack of open quotations.  Asymmetric marks say themselves whether they open or
 * close; straight ones are read from what stands around them; single ones (' and ’) are also
 * apostrophes, so one opens a quotation only when a fitting closing mark is found ahead in its
 * paragraph.  A paragraph that ends inside a quotation is continued by the next when that begins
 * with the same mark again, or, for marks that say whether they close, when the closing one comes
 * before another opening one.  What is never closed is reported and not guessed at. */
#include "talks/letters.h"
#include "talks/quote.h"

#define MAX_DEPTH 16
#define MAX_PARAGRAPHS 30 /* that one quotation may run over without repeating its mark */

struct opened {
    uint32_t mark;
    size_t at, from; /* of the mark, and just behind it */
    size_t close;    /* single marks: where the closing one was found; else SIZE_MAX */
};

struct scan {
    struct arena *arena;
    const struct source *source;
    struct str text;
    struct diags *diags;
    struct quotes *out;
    struct opened stack[MAX_DEPTH];
    size_t depth;
    bool failed;
};

/* What closes what; 0 ends a row. */
static const uint32_t pairs[][5] = {
    {'"', '"', 0, 0, 0},
    {0x201C, 0x201D, '"', 0, 0},           /* “ ” */
    {0x201D, 0x201D, 0, 0, 0},             /* ” ” */
    {0x201E, 0x201C, 0x201D, 0x201F, '"'}, /* „ “ */
    {0xAB, 0xBB, 0, 0, 0},                 /* « » */
    {0xBB, 0xAB, 0, 0, 0},                 /* » « */
    {0x2039, 0x203A, 0, 0, 0},             /* ‹ › */
    {0x203A, 0x2039, 0, 0, 0},             /* › ‹ */
    {0x201A, 0x2018, 0x2019, 0, 0},        /* ‚ ‘ */
    {0x2018, 0x2019, 0, 0, 0},             /* ‘ ’ */
    {'\'', '\'', 0, 0, 0},
};

static bool closes(uint32_t open, uint32_t c)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (pairs[i][0] != open) continue;
        for (size_t k = 1; k < 5 && pairs[i][k]; k++)
            if (pairs[i][k] == c) return true;
    }
    return false;
}

static bool is_mark(uint32_t c)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] == c) return true;
    return false;
}

static bool is_word(uint32_t c)
{
    return char_is_letter(c) || char_is_digit(c);
}

/* Does what stands before a mark let it open?  Start, space, bracket, dash or another mark. */
static bool opens_after(uint32_t before)
{
    return before == 0 || char_is_space(before) || before == '(' || before == '[' ||
           (char_is_dash(before) && before != '-') || (is_mark(before) && before != '\'');
}

static bool is_pause(uint32_t c)
{
    return c == ',' || c == '.' || c == '!' || c == '?' || c == 0x2026 || c == ';' || c == ':';
}

/* --- single marks ---------------------------------------------------------------------------- */

/* Where a single quotation that opens at `at` with `mark` closes, or SIZE_MAX when it is an
 * apostrophe.  A closing mark follows a character that is no space and is not followed by a letter.
 * Best is one after a pause ("go,'"), then one that no plural possessive explains, then any. */
static size_t single_close(const struct scan *s, size_t from, uint32_t mark)
{
    size_t plain = SIZE_MAX, possessive = SIZE_MAX;
    uint32_t enclosing = s->depth ? s->stack[s->depth - 1].mark : 0;
    for (size_t i = from, next; i < s->text.n; i = next) {
        uint32_t c = char_at(s->text, i, &next);
        size_t after;
        if (text_paragraph_ends(s->text, i, &after)) {
            if (char_at(s->text, after, NULL) != mark) break;
            next = after + (mark == '\'' ? 1 : 3);
            continue;
        }
        uint32_t before = char_before(s->text, i, NULL), behind = char_at(s->text, next, NULL);
        if (enclosing && enclosing != mark && closes(enclosing, c) && !closes(mark, c)) break;
        if (c == mark && i > from && opens_after(before) && is_word(behind)) break;
        if (!closes(mark, c) || char_is_space(before) || is_word(behind) || i == from) continue;
        if (is_pause(before) || (behind && !char_is_space(behind) && !is_pause(behind))) return i;
        if (behind == 0 || behind == '\n') return i;
        if (before == 's' && possessive == SIZE_MAX) possessive = i;
        if (before != 's' && plain == SIZE_MAX) plain = i;
    }
    return plain != SIZE_MAX ? plain : possessive;
}

static bool single(uint32_t mark)
{
    return mark == '\'' || mark == 0x2018 || mark == 0x201A;
}

/* --- the stack ------------------------------------------------------------------------------- */

static void push(struct scan *s, uint32_t mark, size_t at, size_t from, size_t close)
{
    if (s->depth == MAX_DEPTH) {
        struct place p = {s->source, at, from};
        diag_add(s->diags, SEVERITY_WARNING, "quotation-too-deep", p,
                 "a quotation inside %d others is not followed", MAX_DEPTH);
        return;
    }
    s->stack[s->depth++] = (struct opened){mark, at, from, close};
}

static void emit(struct scan *s, const struct opened *o, size_t to, size_t close, size_t depth)
{
    size_t from = o->from;
    text_trim(s->text, &from, &to);
    if (from == to) return;
    struct quote *items =
        arena_grow(s->arena, s->out->items, s->out->n, &s->out->cap, sizeof *items);
    if (!items) {
        s->failed = true;
        return;
    }
    s->out->items = items;
    items[s->out->n++] = (struct quote){.from = from,
                                        .to = to,
                                        .open = o->at,
                                        .close = close,
                                        .mark = o->mark,
                                        .depth = (uint32_t)depth};
}

static void unclosed(struct scan *s, const struct opened *o)
{
    struct diag *d = diag_add(s->diags, SEVERITY_WARNING, "unclosed-quotation",
                              (struct place){s->source, o->at, o->from},
                              "this quotation mark is never closed in its paragraph, so where the "
                              "words end is not known");
    diag_fix(s->diags, d, "close it in a copy of the text, and read that");
}

/* Close the innermost quotation that c can close; those inside it were never closed.  False when
 * there is none. */
static bool close_with(struct scan *s, uint32_t c, size_t at, size_t next)
{
    size_t k = s->depth;
    while (k > 0 && !closes(s->stack[k - 1].mark, c)) k--;
    if (k == 0) return false;
    for (size_t i = s->depth; i > k; i--) unclosed(s, &s->stack[i - 1]);
    s->depth = k - 1;
    emit(s, &s->stack[k - 1], at, next, k - 1);
    return true;
}

/* --- paragraphs ------------------------------------------------------------------------------ */

/* Does a closing mark of `mark` come ahead before another opening one, within reach? */
static bool closes_ahead(const struct scan *s, size_t from, uint32_t mark)
{
    if (mark == '"' || mark == 0x201D || single(mark)) return false;
    size_t paragraphs = 0, inner = 0, after;
    for (size_t i = from, next; i < s->text.n; i = next) {
        uint32_t c = char_at(s->text, i, &next);
        if (text_paragraph_ends(s->text, i, &after) && ++paragraphs > MAX_PARAGRAPHS) return false;
        if (closes(mark, c)) {
            if (inner == 0) return true;
            inner--;
        } else if (c == mark) {
            if (mark != 0xAB) return false;
            inner++; /* angled marks nest in themselves */
        }
    }
    return false;
}

/* At the end of a paragraph: what stays open, and where reading goes on. */
static size_t paragraph(struct scan *s, size_t after)
{
    if (s->depth == 0) return after;
    size_t next;
    uint32_t c = char_at(s->text, after, &next);
    if (c == s->stack[0].mark || (s->stack[0].mark == 0xAB && c == 0xBB)) {
        /* The mark again: the same quotation goes on (an inner one may be repeated too). */
        if (s->depth > 1 && char_at(s->text, next, NULL) == s->stack[1].mark) {
            char_at(s->text, next, &next);
        } else {
            while (s->depth > 1) unclosed(s, &s->stack[--s->depth]);
        }
        return next;
    }
    if (closes_ahead(s, after, s->stack[0].mark)) {
        while (s->depth > 1) unclosed(s, &s->stack[--s->depth]);
        return after;
    }
    while (s->depth > 0) unclosed(s, &s->stack[--s->depth]);
    return after;
}

/* A Russian habit: one closing mark serves an inner quotation and the outer one that ends with it
 * («Фонд «Мир»).  When the outer one would stay open, let it end where its last inner one did. */
static void share_last_close(struct scan *s, size_t end)
{
    if (s->depth != 1 || s->stack[0].mark != 0xAB || s->out->n == 0) return;
    const struct quote *last = &s->out->items[s->out->n - 1];
    if (last->depth != 1 || last->mark != 0xAB || last->open < s->stack[0].from) return;
    if (closes_ahead(s, end, 0xAB)) return;
    s->depth = 0;
    emit(s, &s->stack[0], last->close, last->close, 0);
}

/* --- one mark -------------------------------------------------------------------------------- */

static void straight(struct scan *s, size_t at, size_t next)
{
    uint32_t before = char_before(s->text, at, NULL), behind = char_at(s->text, next, NULL);
    bool can_open = opens_after(before) && behind && !char_is_space(behind);
    if (can_open || !close_with(s, '"', at, next)) {
        /* Nothing is open, or this opens one inside.  An inch mark (5") opens nothing. */
        if (can_open || opens_after(before) || (!char_is_digit(before) && char_is_letter(behind)))
            push(s, '"', at, next, SIZE_MAX);
    }
}

static void single_mark(struct scan *s, uint32_t c, size_t at, size_t next)
{
    uint32_t before = char_before(s->text, at, NULL), behind = char_at(s->text, next, NULL);
    const struct opened *top = s->depth ? &s->stack[s->depth - 1] : NULL;
    if (top && top->close == at) {
        close_with(s, c, at, next);
        return;
    }
    if (!single(c) || !opens_after(before) || !behind || char_is_space(behind)) return;
    size_t close = single_close(s, next, c);
    if (close != SIZE_MAX) push(s, c, at, next, close);
}

static void mark(struct scan *s, uint32_t c, size_t at, size_t next)
{
    if (c == '"') {
        straight(s, at, next);
    } else if (c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x201A) {
        single_mark(s, c, at, next);
    } else if (c == 0x201C && s->depth && s->stack[s->depth - 1].mark == 0x201E) {
        close_with(s, c, at, next);
    } else if (c == 0x201C || c == 0x201E || c == 0xAB || c == 0x2039) {
        if ((c == 0xAB || c == 0x2039) && close_with(s, c, at, next)) return;
        push(s, c, at, next, SIZE_MAX);
    } else if (!close_with(s, c, at, next)) {
        uint32_t before = char_before(s->text, at, NULL), behind = char_at(s->text, next, NULL);
        if (opens_after(before) && char_is_letter(behind)) push(s, c, at, next, SIZE_MAX);
    }
}

/* --- all ------------------------------------------------------------------------------------- */

static bool readable(const struct source *source, struct diags *d)
{
    size_t bad = utf8_invalid_at(source->text);
    for (size_t i = 0; i < bad; i++)
        if (source->text.p[i] == '\0') bad = i;
    if (bad == source->text.n) return true;
    struct diag *g = diag_add(d, SEVERITY_ERROR, "not-text", (struct place){source, bad, bad + 1},
                              "the byte 0x%02X at offset %zu is not text in UTF-8",
                              (unsigned)(unsigned char)source->text.p[bad], bad);
    diag_fix(d, g, "convert the text to UTF-8 first, as with: iconv -f WINDOWS-1251 -t UTF-8");
    return false;
}

/* Quotations come out when they close, nearly in the order in which they open: insertion sort. */
void quote_sort(struct quotes *q)
{
    for (size_t i = 1; i < q->n; i++) {
        struct quote x = q->items[i];
        size_t k = i;
        while (k > 0 && q->items[k - 1].open > x.open) {
            q->items[k] = q->items[k - 1];
            k--;
        }
        q->items[k] = x;
    }
}

enum status quote_scan(struct arena *a, const struct source *source, struct diags *d,
                       struct quotes *out)
{
    *out = (struct quotes){NULL, 0, 0};
    if (!readable(source, d)) return STATUS_INPUT;
    struct scan s = {.arena = a, .source = source, .text = source->text, .diags = d, .out = out};
    for (size_t i = 0, next; i < s.text.n && !s.failed; i = next) {
        uint32_t c = char_at(s.text, i, &next);
        size_t after = next;
        if (c == '\n' && s.depth > 0) {
            bool ends = text_paragraph_ends(s.text, i, &after);
            if (!ends)
                ends = char_at(s.text, after, NULL) == s.stack[0].mark &&
                       !single(s.stack[0].mark) && s.stack[0].mark != 0xAB;
            if (ends) {
                share_last_close(&s, i);
                next = paragraph(&s, after);
            }
        } else if (is_mark(c) || c == 0x2019) {
            mark(&s, c, i, next);
        }
    }
    share_last_close(&s, s.text.n);
    while (s.depth > 0) unclosed(&s, &s.stack[--s.depth]);
    quote_sort(out);
    return s.failed ? STATUS_FAULT : STATUS_OK;
}
