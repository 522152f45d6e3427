/* Words without marks: dialogue introduced by a dash.
 *
 * French, Ukrainian and Russian press begins a turn with a dash at the beginning of a line and closes
 * it with nothing: « — Мы готовы, — сказал Грушко. — Мы ждём. »  A turn runs to the end of its line.
 * Between a pause and a dash, words with a verb of speech are the narrator's, up to the next dash or
 * the end; in French also between a comma and a full stop.  Breaks in the middle are left in: they
 * are cut out where those of marked quotations are (quote_split.c).
 *
 * A dash at the beginning of a line may as well begin an item of a list.  So it is taken for a turn
 * only when it begins with a capital, ends a sentence, has two words or more, and its language (or the
 * report's) is one of the three. */
#include "talks/letters.h"
#include "talks/quote.h"
#include "talks/quote_words.h"

#define MAX_PIECES 24

static bool is_long_dash(uint32_t c)
{
    return c != '-' && char_is_dash(c);
}

static bool is_end(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

/* Where the line ends, its closing white space left out. */
static size_t line_end(struct str text, size_t at)
{
    size_t end = at;
    while (end < text.n && text.p[end] != '\n') end++;
    text_trim(text, &at, &end);
    return end;
}

/* Do the words of [from, to) say that somebody speaks? */
static bool speaks(struct arena *a, struct str text, size_t from, size_t to)
{
    struct piece t[MAX_PIECES];
    size_t n = pieces_of(a, text, from, to, t, MAX_PIECES, NULL, NULL);
    for (size_t i = 0; i < n; i++)
        if (t[i].kind == PIECE_WORD && t[i].classes & WORD_VERB) return true;
    return false;
}

/* A pause, blanks, a long dash and a blank at `at` (of the dash): where the words before end. */
static bool pause_and_dash(struct str text, size_t at, size_t from, size_t *end, size_t *behind)
{
    size_t next, begin = at;
    if (!is_long_dash(char_at(text, at, &next)) || !char_is_space(char_at(text, next, NULL)))
        return false;
    while (begin > from && char_is_space(char_before(text, begin, NULL)))
        char_before(text, begin, &begin);
    uint32_t pause = char_before(text, begin, NULL);
    if (begin == at || begin <= from || (pause != ',' && !is_end(pause))) return false;
    *end = pause == ',' ? begin - 1 : begin;
    *behind = next;
    return true;
}

/* The last « …, — said somebody » behind which no words follow: where the turn's words end. */
static size_t without_narrator(struct arena *a, struct str text, size_t from, size_t to)
{
    size_t words_end = to, narrator = 0;
    for (size_t i = from, next; i < to; i = next) {
        size_t end, behind;
        char_at(text, i, &next);
        if (!pause_and_dash(text, i, from, &end, &behind)) continue;
        if (narrator && speaks(a, text, narrator, i)) { /* the narrator's end: words go on */
            narrator = 0;
            words_end = to;
            continue;
        }
        narrator = behind;
        words_end = end;
    }
    return narrator && speaks(a, text, narrator, to) ? words_end : to;
}

/* French: « …, a dit Anna Berg. »: from a comma, words that begin with a verb of speech. */
static size_t without_french_narrator(struct arena *a, struct str text, size_t from, size_t to)
{
    for (size_t i = from, next; i < to; i = next) {
        struct piece t[MAX_PIECES];
        if (char_at(text, i, &next) != ',') continue;
        size_t n = pieces_of(a, text, next, to, t, MAX_PIECES, NULL, NULL), end = 0;
        while (end < n && t[end].kind == PIECE_WORD) end++;
        if (end == 0) continue;
        bool direct = t[0].classes & WORD_VERB && (end > 1 || t[0].classes & WORD_PRONOUN);
        bool composed =
            end > 1 && t[0].classes & (WORD_AUXILIARY | WORD_PRONOUN) && t[1].classes & WORD_VERB;
        if (!direct && !composed) continue;
        if (end == n || t[end].kind == PIECE_STOP) return i; /* the sentence is the narrator's */
    }
    return to;
}

static bool takes_dashes(const char *language)
{
    return language && (language[0] == 'f' || language[0] == 'u' || language[0] == 'r');
}

/* A turn that begins with the dash at `at`? */
static bool turn_at(struct arena *a, struct str text, const char *whole, size_t at,
                    struct quote *out)
{
    size_t from, next, to = line_end(text, at), words = 0;
    if (!is_long_dash(char_at(text, at, &from)) || !char_is_space(char_at(text, from, NULL)))
        return false;
    while (from < to && char_is_space(char_at(text, from, &next))) from = next;
    if (from >= to || !char_is_upper(char_at(text, from, NULL))) return false;
    if (!is_end(char_before(text, to, NULL))) return false;
    const char *language = language_of(a, str_slice(text, from, to));
    if (!language) language = whole;
    if (!takes_dashes(language)) return false;
    size_t end = without_narrator(a, text, from, to);
    if (end == to && language[0] == 'f') end = without_french_narrator(a, text, from, to);
    for (size_t i = from, k; i < to; i = k)
        words += char_is_space(char_at(text, i, &k)) && !char_is_space(char_at(text, k, NULL));
    if (words == 0) return false;
    *out = (struct quote){.from = from, .to = end, .open = at, .close = end, .mark = QUOTE_DASH};
    text_trim(text, &out->from, &out->to);
    return out->from < out->to;
}

/* Does the line begin inside a quotation, or does one cross the turn's end? */
static bool clashes(const struct quotes *q, size_t n, const struct quote *turn)
{
    for (size_t i = 0; i < n; i++) {
        const struct quote *x = &q->items[i];
        bool around = x->open < turn->open && x->close > turn->open;
        bool across = x->open >= turn->open && x->open < turn->to && x->close > turn->to;
        if (around || across) return true;
    }
    return false;
}

static bool add(struct arena *a, struct quotes *q, size_t marked, const struct quote *turn)
{
    if (clashes(q, marked, turn)) return true;
    struct quote *items = arena_grow(a, q->items, q->n, &q->cap, sizeof *items);
    if (!items) return false;
    q->items = items;
    for (size_t i = 0; i < marked; i++) /* what is quoted within it is a step deeper */
        if (items[i].open >= turn->open && items[i].close <= turn->to) items[i].depth++;
    items[q->n++] = *turn;
    return true;
}

bool quote_dashes(struct arena *a, struct str text, struct quotes *q)
{
    const char *whole = language_of(a, text);
    size_t marked = q->n;
    for (size_t i = 0; i < text.n;) {
        struct quote turn;
        size_t at = i, next;
        while (at < text.n && text.p[at] != '\n' && char_is_space(char_at(text, at, &next)))
            at = next;
        if (at < text.n && turn_at(a, text, whole, at, &turn) && !add(a, q, marked, &turn))
            return false;
        while (i < text.n && text.p[i] != '\n') i++;
        i++;
    }
    quote_sort(q);
    return true;
}
