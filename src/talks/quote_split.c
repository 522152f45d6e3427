/* What a narrator breaks, and what belongs together.
 *
 * Russian and Ukrainian break a quotation inside its marks: «Мы готовы, — сказал он, — говорить».
 * French does so without a dash: « Nous sommes prêts, a-t-il dit, à parler ».  The narrator's words
 * are nobody's quotation, so the span is cut in parts.  English closes the marks and opens them
 * again; there the two spans get one group. */
#include "talks/letters.h"
#include "talks/quote.h"
#include "talks/quote_words.h"

#define MAX_PIECES 24
#define MAX_BREAK 200 /* bytes of a narrator's words between two parts */

struct cut {
    size_t end;   /* of the first part */
    size_t begin; /* of the next */
};

static bool has_verb(struct arena *a, struct str text, size_t from, size_t to, size_t *verbs)
{
    struct piece t[MAX_PIECES];
    size_t n = pieces_of(a, text, from, to, t, MAX_PIECES, NULL, NULL);
    *verbs = 0;
    for (size_t i = 0; i < n; i++)
        *verbs += t[i].kind == PIECE_WORD && (t[i].classes & (WORD_VERB | WORD_ACCORDING)) != 0;
    return *verbs > 0;
}

/* A dash with a blank on either side at `at`?  `next` gets where the text after it begins. */
static bool spaced_dash(struct str text, size_t at, size_t *next)
{
    size_t behind, after;
    if (!char_is_space(char_before(text, at, NULL))) return false;
    if (!char_is_dash(char_at(text, at, &behind))) return false;
    if (!char_is_space(char_at(text, behind, &after))) return false;
    *next = after;
    return true;
}

/* «…, — сказал он, — …»: a pause, a dash, words with a verb of speech, a pause, a dash. */
static bool dash_break(struct arena *a, struct str text, size_t at, size_t to, struct cut *cut)
{
    size_t narrator, next;
    if (!spaced_dash(text, at, &narrator)) return false;
    size_t end = at;
    while (end > 0 && char_is_space(char_before(text, end, NULL))) char_before(text, end, &end);
    uint32_t pause = char_before(text, end, NULL);
    if (pause != ',' && pause != '.' && pause != '!' && pause != '?' && pause != 0x2026)
        return false;
    for (size_t i = narrator; i < to && i < narrator + MAX_BREAK; i = next) {
        size_t begin, after, verbs;
        char_at(text, i, &next);
        if (text_paragraph_ends(text, i, &after)) return false;
        if (!spaced_dash(text, i, &begin)) continue;
        if (!has_verb(a, text, narrator, i, &verbs)) return false;
        cut->end = pause == ',' ? end - 1 : end;
        cut->begin = begin;
        return true;
    }
    return false;
}

/* « …, a-t-il dit, … »: between two commas, words that begin with a French verb of speech. */
static bool comma_break(struct arena *a, struct str text, size_t at, size_t to, struct cut *cut)
{
    struct piece t[MAX_PIECES];
    if (char_at(text, at, NULL) != ',') return false;
    size_t limit = to < at + 1 + MAX_BREAK ? to : at + 1 + MAX_BREAK;
    size_t n = pieces_of(a, text, at + 1, limit, t, MAX_PIECES, NULL, NULL), end = 0;
    while (end < n && t[end].kind == PIECE_WORD) end++;
    if (end < 2 || end == n || (t[end].kind != PIECE_COMMA && t[end].kind != PIECE_STOP))
        return false;
    bool direct = (t[0].classes & WORD_VERB) != 0;
    bool composed = (t[0].classes & (WORD_AUXILIARY | WORD_PRONOUN)) && t[1].classes & WORD_VERB;
    if (!direct && !composed) return false;
    cut->end = at;
    cut->begin = t[end].to;
    return cut->begin < to;
}

static bool add(struct arena *a, struct quotes *q, struct quote item)
{
    struct quote *items = arena_grow(a, q->items, q->n, &q->cap, sizeof *items);
    if (!items) return false;
    q->items = items;
    items[q->n++] = item;
    return true;
}

/* Append `whole`, in as many parts as the narrator's breaks make of it. */
static bool split_one(struct arena *a, struct str text, struct quote whole, struct quotes *out)
{
    bool cyrillic = whole.language && whole.language[0] != 'e' && whole.language[0] != 'f';
    bool french = whole.language && whole.language[0] == 'f';
    if (!whole.language) cyrillic = true;
    struct quote rest = whole;
    for (size_t i = whole.from, next; i < whole.to; i = next) {
        struct cut cut;
        char_at(text, i, &next);
        bool found = (cyrillic && dash_break(a, text, i, whole.to, &cut)) ||
                     ((french || whole.mark == 0xAB) && comma_break(a, text, i, whole.to, &cut));
        if (!found) continue;
        struct quote part = rest, behind = rest;
        part.to = part.close = cut.end;
        text_trim(text, &part.from, &part.to);
        behind.from = behind.open = cut.begin;
        text_trim(text, &behind.from, &behind.to);
        if (part.from >= part.to || behind.from >= behind.to) continue;
        if (!add(a, out, part)) return false;
        rest = behind;
        next = cut.begin;
    }
    return add(a, out, rest);
}

/* "We can," he said, "talk": does the second go on where the first stopped? */
static bool goes_on(struct arena *a, struct str text, const struct quote *x, const struct quote *y)
{
    struct piece t[MAX_PIECES];
    size_t verbs;
    if (x->depth != y->depth || y->open < x->close || y->open - x->close > MAX_BREAK) return false;
    if (!has_verb(a, text, x->close, y->open, &verbs) || verbs > 1) return false;
    size_t n = pieces_of(a, text, x->close, y->open, t, MAX_PIECES, NULL, NULL);
    if (n == 0 || n == MAX_PIECES) return false;
    for (size_t i = 0; i < n; i++)
        if (t[i].kind == PIECE_STOP || t[i].kind == PIECE_COLON) return false;
    for (size_t i = x->close, after; i < y->open; i++)
        if (text_paragraph_ends(text, i, &after)) return false;
    uint32_t pause = char_before(text, x->to, NULL);
    bool paused = pause == ',' || pause == '?' || pause == '!' || t[0].kind == PIECE_COMMA ||
                  t[0].kind == PIECE_DASH;
    return paused && (t[n - 1].kind == PIECE_COMMA || t[n - 1].kind == PIECE_DASH);
}

/* Number the parts of each group, in reading order. */
static bool number(struct arena *a, struct quotes *q, uint32_t groups)
{
    uint32_t *count = arena_array(a, groups + 1, sizeof *count);
    if (!count) return false;
    for (size_t i = 0; i < q->n; i++) q->items[i].part = ++count[q->items[i].group];
    for (size_t i = 0; i < q->n; i++) q->items[i].parts = count[q->items[i].group];
    return true;
}

static bool cyrillic_at(struct str text, size_t at)
{
    return char_at(text, at, NULL) >= 0x400;
}

bool quote_split(struct arena *a, struct str text, struct quotes *q)
{
    struct quotes out = {NULL, 0, 0};
    uint32_t groups = 0;
    const char *whole = language_of(a, text);
    for (size_t i = 0; i < q->n; i++) {
        size_t first = out.n;
        struct quote *x = &q->items[i];
        x->language = language_of(a, str_slice(text, x->from, x->to));
        if (!x->language && whole &&
            cyrillic_at(text, x->from) == (whole[0] == 'u' || whole[0] == 'r'))
            x->language = whole; /* too few words to tell: as the report's own */
        if (!split_one(a, text, *x, &out)) return false;
        groups++;
        for (size_t k = first; k < out.n; k++) out.items[k].group = groups;
    }
    quote_sort(&out);
    size_t last[2] = {SIZE_MAX, SIZE_MAX};
    for (size_t i = 0; i < out.n; i++) {
        struct quote *y = &out.items[i];
        size_t *before = &last[y->depth > 0];
        if (*before != SIZE_MAX && goes_on(a, text, &out.items[*before], y)) {
            uint32_t was = y->group;
            for (size_t k = i; k < out.n && k < i + 64; k++)
                if (out.items[k].group == was) out.items[k].group = out.items[*before].group;
        }
        *before = i;
    }
    *q = out;
    return number(a, q, groups);
}
