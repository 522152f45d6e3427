/* Who may have said it: proposed from the words around, and left out when they do not settle it.
 *
 * The attribution stands behind the quotation in the same sentence ("…," X said), before it (X
 * said: "…"), or between its parts.  In it a verb of speech is sought; its subject is the name that
 * stands directly before it, the name of which it is an apposition, the name directly behind it, or
 * a pronoun.  A pronoun is settled only when the speaker named last is the only person named since.
 * Two candidates mean: unsure. */
#include "talks/letters.h"
#include "talks/quote.h"
#include "talks/quote_words.h"

#define MAX_PIECES 96
#define REACH 900 /* bytes before and behind a quotation that are read for its speaker */

struct who {
    enum { WHO_NOBODY, WHO_NAME, WHO_PRONOUN } kind;
    size_t from, to; /* of the name */
    bool genitive;   /* as it stands behind "according to" in Cyrillic */
    size_t cue_from, cue_to;
};

struct reader {
    struct arena *arena;
    struct str text;
    struct quotes *q;
    struct piece t[MAX_PIECES];
    size_t n;
    size_t first_behind; /* index of the first quotation not before what is tokenised */
};

/* --- names ----------------------------------------------------------------------------------- */

static bool word(const struct reader *r, size_t i, uint32_t classes)
{
    return i < r->n && r->t[i].kind == PIECE_WORD && (r->t[i].classes & classes) != 0;
}

static bool can_be_name(const struct reader *r, size_t i)
{
    return word(r, i, WORD_UPPER) && !word(r, i, WORD_VERB | WORD_POSSESSIVE | WORD_PRONOUN) &&
           !(word(r, i, WORD_NOT_NAME) && !word(r, i, WORD_INITIAL | WORD_ALL_CAPS));
}

/* Is token i an object of a preposition: in Paris, in the Kremlin, to reporters in Kyiv? */
static bool governed(const struct reader *r, size_t i)
{
    if (i == 0) return false;
    if (word(r, i - 1, WORD_PREPOSITION) && !word(r, i - 1, WORD_UPPER)) return true;
    if (word(r, i - 1, WORD_PREPOSITION) && word(r, i - 1, WORD_UPPER) && i == 1) return true;
    return i > 1 && word(r, i - 1, WORD_NOT_NAME) && !word(r, i - 1, WORD_UPPER) &&
           word(r, i - 2, WORD_PREPOSITION);
}

/* министр Франции Имя Фамилия: behind a title the country stands bare, so of more than two words
 * the last two are the name, or three with a patronymic. */
static size_t past_genitive(const struct reader *r, size_t cluster, size_t head, size_t end)
{
    bool titled = head > cluster || (cluster > 0 && word(r, cluster - 1, WORD_TITLE | WORD_ROLE));
    if (!titled || end - head <= 2 || char_at(r->text, r->t[head].from, NULL) < 0x400) return head;
    struct str middle = str_slice(r->text, r->t[end - 2].from, r->t[end - 2].to);
    bool patronymic = str_ends(middle, STR("вич")) || str_ends(middle, STR("вна"));
    return patronymic ? end - 3 : end - 2;
}

/* The name that begins at or behind token i and before `end`: [*from, *to) of tokens, titles and
 * abbreviations at its head aside.  False when there is none. */
static bool name_from(const struct reader *r, size_t i, size_t end, size_t *from, size_t *to)
{
    for (; i < end; i++) {
        if (!can_be_name(r, i)) continue;
        size_t k = i;
        while (k < end && (can_be_name(r, k) || (word(r, k, WORD_PARTICLE) && k > i &&
                                                 can_be_name(r, k + 1) && k + 1 < end)))
            k++;
        size_t head = i;
        for (size_t j = i; j < k; j++)
            if (word(r, j, WORD_TITLE) && !word(r, j, WORD_INITIAL)) head = j + 1;
        while (head + 1 < k && word(r, head, WORD_ALL_CAPS) && !word(r, k - 1, WORD_ALL_CAPS))
            head++;
        bool object = governed(r, i) && head == i;
        if (head < k && !object) {
            *from = past_genitive(r, i, head, k);
            *to = k;
            return true;
        }
        i = k - 1;
    }
    return false;
}

/* Does a role stand between this name and another ("Kremlin spokesman Dmitry Peskov")? */
static void past_role(const struct reader *r, size_t end, size_t *from, size_t *to)
{
    size_t k = *to, f, t;
    while (k < end && word(r, k, WORD_TITLE | WORD_ROLE) && !word(r, k, WORD_UPPER)) k++;
    if (k > *to && k < end && can_be_name(r, k) && name_from(r, k, end, &f, &t) && f == k) {
        *from = f;
        *to = t;
    }
}

static struct who named(const struct reader *r, size_t from, size_t to)
{
    return (struct who){.kind = WHO_NAME, .from = r->t[from].from, .to = r->t[to - 1].to};
}

/* --- the subject of a verb ------------------------------------------------------------------- */

/* May token i stand between a subject and its verb: has, also, on Monday? */
static bool between(const struct reader *r, size_t i)
{
    if (word(r, i, WORD_AUXILIARY)) return true;
    if (word(r, i, WORD_PREPOSITION) && word(r, i + 1, WORD_NOT_NAME | WORD_AUXILIARY)) return true;
    return word(r, i, WORD_NOT_NAME) && i > 0 && word(r, i - 1, WORD_PREPOSITION) &&
           word(r, i, WORD_UPPER);
}

static bool indefinite(const struct reader *r, size_t i)
{
    while (i > 0 && word(r, i - 1, WORD_TITLE | WORD_ROLE)) i--;
    if (i == 0) return false;
    struct str low = str_slice(r->text, r->t[i - 1].from, r->t[i - 1].to);
    return str_eq_nocase(low, STR("a")) || str_eq_nocase(low, STR("an")) ||
           str_eq_nocase(low, STR("un")) || str_eq_nocase(low, STR("une"));
}

/* The name in [from, to) whose last token is to - 1, or nothing. */
static bool name_ending(const struct reader *r, size_t from, size_t to, size_t *f, size_t *t)
{
    size_t i = from;
    while (name_from(r, i, to, f, t)) {
        if (*t == to) return true;
        i = *t;
    }
    return false;
}

static bool only_titles(const struct reader *r, size_t from, size_t to)
{
    while (from < to && word(r, from, WORD_TITLE | WORD_ROLE)) from++;
    return from == to;
}

static struct who subject_before(const struct reader *r, size_t from, size_t verb)
{
    size_t i = verb, f, t;
    while (i > from && between(r, i - 1)) i--;
    if (i > from && word(r, i - 1, WORD_PRONOUN)) return (struct who){.kind = WHO_PRONOUN};
    if (name_ending(r, from, i, &f, &t)) return named(r, f, t);
    if (i > from && word(r, i - 1, WORD_ROLE) && !indefinite(r, i - 1))
        return (struct who){.kind = WHO_PRONOUN};
    if (i > from && r->t[i - 1].kind == PIECE_COMMA) { /* X, the minister, said */
        size_t comma = i - 1;
        while (comma > from && r->t[comma - 1].kind != PIECE_COMMA) comma--;
        if (comma > from && name_ending(r, from, comma - 1, &f, &t)) return named(r, f, t);
        if (comma > from + 1 && word(r, comma - 2, WORD_ROLE | WORD_TITLE) &&
            name_ending(r, comma, i - 1, &f, &t) &&
            only_titles(r, comma, f)) /* the spokesman, X, said */
            return named(r, f, t);
        if (comma <= from && name_ending(r, from, i - 1, &f, &t)) return named(r, f, t);
        return (struct who){.kind = WHO_NOBODY};
    }
    if (!name_from(r, from, i, &f, &t)) return (struct who){.kind = WHO_NOBODY};
    past_role(r, i, &f, &t);
    struct who only = named(r, f, t);
    return name_from(r, t, i, &f, &t) ? (struct who){.kind = WHO_NOBODY} : only;
}

/* told X, asked X: behind these verbs stands who was told. */
static bool takes_object(const struct reader *r, size_t verb)
{
    struct str v = str_slice(r->text, r->t[verb].from, r->t[verb].to);
    return str_eq(v, STR("told")) || str_eq(v, STR("tells")) || str_eq(v, STR("asked"));
}

/* said X; сказал министр иностранных дел X; told has only an object there. */
static struct who subject_behind(const struct reader *r, size_t verb, size_t end)
{
    size_t stop = verb + 1, f, t;
    if (takes_object(r, verb)) return (struct who){.kind = WHO_NOBODY};
    if (word(r, verb + 1, WORD_PRONOUN)) return (struct who){.kind = WHO_PRONOUN};
    bool role = false;
    for (; stop < end; stop++) {
        if (r->t[stop].kind == PIECE_COMMA && !role) break;
        if (r->t[stop].kind == PIECE_STOP || r->t[stop].kind == PIECE_DASH) break;
        role = role || word(r, stop, WORD_ROLE | WORD_TITLE);
    }
    if (!name_from(r, verb + 1, stop, &f, &t)) {
        if (role && word(r, verb + 2, WORD_ROLE) && !indefinite(r, verb + 2))
            return (struct who){.kind = WHO_PRONOUN};
        return (struct who){.kind = WHO_NOBODY};
    }
    past_role(r, stop, &f, &t);
    return named(r, f, t);
}

/* according to X, selon X, за словами X */
static struct who according(const struct reader *r, size_t at, size_t end)
{
    size_t i = at + 1;
    if (word(r, i, WORD_PREPOSITION)) i++;
    if (word(r, i, WORD_PRONOUN)) return (struct who){.kind = WHO_PRONOUN};
    size_t stop = i, f, t;
    while (stop < end && r->t[stop].kind == PIECE_WORD) stop++;
    while (i < stop && !can_be_name(r, i)) i++;
    for (; i < stop; i++) {
        size_t head = i, k = i;
        while (k < stop && (can_be_name(r, k) || (k > i && word(r, k, WORD_PARTICLE)))) k++;
        for (size_t j = i; j < k; j++)
            if (word(r, j, WORD_TITLE) && !word(r, j, WORD_INITIAL)) head = j + 1;
        if (head < k) {
            f = head;
            t = k;
            past_role(r, stop, &f, &t);
            struct who w = named(r, f, t);
            w.genitive = true;
            return w;
        }
        i = k;
    }
    return (struct who){.kind = WHO_NOBODY};
}

/* --- contexts -------------------------------------------------------------------------------- */

static size_t quoted_end(const void *context, size_t at)
{
    const struct reader *r = context;
    for (size_t i = r->first_behind; i < r->q->n && r->q->items[i].open <= at; i++)
        if (r->q->items[i].open == at && r->q->items[i].depth == 0) return r->q->items[i].close;
    return 0;
}

static void read_pieces(struct reader *r, size_t from, size_t to, bool whole)
{
    size_t lo = 0, hi = r->q->n; /* quotations that begin behind `from` */
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (r->q->items[mid].open < from)
            lo = mid + 1;
        else
            hi = mid;
    }
    r->first_behind = lo;
    r->n = pieces_of(r->arena, r->text, from, to, r->t, MAX_PIECES, whole ? quoted_end : NULL, r);
}

/* Where the paragraph of byte `at` begins, no further back than REACH. */
static size_t paragraph_begin(struct str text, size_t at)
{
    size_t limit = at > REACH ? at - REACH : 0, after;
    while (limit > 0 && ((unsigned char)text.p[limit] & 0xC0) == 0x80) limit--;
    for (size_t i = at; i > limit; i--)
        if (text_paragraph_ends(text, i - 1, &after) && after <= at) return after;
    return limit;
}

static size_t paragraph_end(struct str text, size_t at)
{
    size_t limit = at + REACH < text.n ? at + REACH : text.n, after;
    while (limit < text.n && ((unsigned char)text.p[limit] & 0xC0) == 0x80) limit++;
    for (size_t i = at; i < limit; i++)
        if (text_paragraph_ends(text, i, &after)) return i;
    return limit;
}

static struct who with_cue(struct reader *r, struct who w, size_t from, size_t to)
{
    w.cue_from = from;
    w.cue_to = to;
    text_trim(r->text, &w.cue_from, &w.cue_to);
    return w;
}

/* Attribution behind: "…," X said. */
static struct who behind(struct reader *r, const struct quote *x, size_t limit)
{
    size_t end = paragraph_end(r->text, x->close);
    if (end > limit) end = limit;
    for (size_t i = x->close; x->mark == QUOTE_DASH && i < end;
         i++) /* the next line is another's */
        if (r->text.p[i] == '\n') end = i;
    read_pieces(r, x->close, end, true);
    uint32_t last = char_before(r->text, x->to, NULL);
    bool ended = last == '.' || last == 0x2026;
    size_t n = 0;
    while (n < r->n && r->t[n].kind != PIECE_STOP && r->t[n].kind != PIECE_COLON) {
        size_t open = r->t[n].kind == PIECE_QUOTED ? r->t[n].to - r->t[n].from : 0;
        if (open > 60 || (open && n && r->t[n - 1].kind == PIECE_COMMA)) break;
        n++;
    }
    struct who nobody = {.kind = WHO_NOBODY};
    if (n == 0) return nobody;
    if (ended && x->parts < 2 && word(r, 0, WORD_UPPER) && n > 5) return nobody;
    size_t stop = r->n > n ? r->t[n].from : end, total = r->n;
    r->n = n;
    for (size_t i = 0; i < n && i < 24; i++) {
        struct who w;
        if (word(r, i, WORD_ACCORDING))
            w = according(r, i, n);
        else if (word(r, i, WORD_VERB)) {
            w = word(r, i, WORD_PRONOUN) ? (struct who){.kind = WHO_PRONOUN} : nobody;
            if (w.kind == WHO_NOBODY) w = subject_before(r, 0, i);
            if (w.kind == WHO_NOBODY && i <= 2) w = subject_behind(r, i, n);
        } else {
            continue;
        }
        r->n = total;
        return with_cue(r, w, x->close, stop);
    }
    r->n = total;
    return nobody;
}

/* Attribution before: X said: "…" */
static struct who ahead(struct reader *r, const struct quote *x, size_t limit)
{
    size_t begin = paragraph_begin(r->text, x->open), open = x->open;
    if (x->mark == QUOTE_DASH) begin = open; /* a turn begins its line */
    if (begin == open && begin > 0) {        /* a paragraph before that ends in a colon */
        size_t end = begin;
        while (end > 0 && char_is_space(char_before(r->text, end, NULL)))
            char_before(r->text, end, &end);
        if (char_before(r->text, end, NULL) != ':') return (struct who){.kind = WHO_NOBODY};
        begin = paragraph_begin(r->text, end);
        open = end;
    }
    if (begin < limit) begin = limit;
    size_t sentence = begin, first = 0;
    for (size_t from = begin; from < open;) { /* the last MAX_PIECES of the sentence */
        read_pieces(r, from, open, true);
        for (first = r->n; first > 0; first--) {
            enum piece_kind k = r->t[first - 1].kind;
            size_t mark = r->t[first - 1].to;
            char_before(r->text, mark, &mark); /* past the closing mark */
            uint32_t last = k == PIECE_QUOTED ? char_before(r->text, mark, NULL) : 0;
            if (k == PIECE_STOP || last == '.') break;
        }
        sentence = first < r->n ? r->t[first].from : open;
        if (r->n < MAX_PIECES) break;
        from = first > 0 && sentence > from ? sentence : r->t[MAX_PIECES / 2].from;
    }
    struct who nobody = {.kind = WHO_NOBODY};
    size_t n = r->n;
    if (first >= n) return nobody;
    bool colon = r->t[n - 1].kind == PIECE_COLON;
    for (size_t i = n; i > first; i--) {
        struct who w;
        if (word(r, i - 1, WORD_ACCORDING))
            w = according(r, i - 1, n);
        else if (word(r, i - 1, WORD_VERB)) {
            w = subject_before(r, first, i - 1);
            if (w.kind == WHO_NOBODY) w = subject_behind(r, i - 1, n);
        } else {
            continue;
        }
        return with_cue(r, w, sentence, open);
    }
    size_t f, t;
    if (colon && name_ending(r, first, n - 1, &f, &t) && f == first)
        return with_cue(r, named(r, f, t), sentence, open);
    return nobody;
}

/* --- he, she, they --------------------------------------------------------------------------- */

static bool same_person(struct str a, struct str b)
{
    return str_eq(a, b) || str_ends(a, b) || str_ends(b, a);
}

/* The one person who can be meant before byte `at`: the speaker named last, or the only name since
 * the paragraph before.  Empty when there are two. */
static struct str meant(struct reader *r, struct str last, size_t last_at, size_t at)
{
    size_t from = paragraph_begin(r->text, at);
    if (from > 1) from = paragraph_begin(r->text, from - 1);
    struct str only = {NULL, 0};
    if (last.n && last_at > from) {
        from = last_at;
        only = last;
    }
    while (from < at) {
        read_pieces(r, from, at, true);
        size_t i = 0, f, t;
        while (name_from(r, i, r->n, &f, &t)) {
            past_role(r, r->n, &f, &t);
            struct str name = str_slice(r->text, r->t[f].from, r->t[t - 1].to);
            i = t;
            if (word(r, f, WORD_ALL_CAPS) || (f > 0 && takes_object(r, f - 1))) continue;
            if (only.n && !same_person(only, name)) return (struct str){NULL, 0};
            if (name.n > only.n) only = name;
        }
        if (r->n < MAX_PIECES) break;
        from = r->t[r->n - 1].to;
    }
    return only;
}

/* --- all ------------------------------------------------------------------------------------- */

static size_t words_in(struct str text, size_t from, size_t to)
{
    size_t n = 0;
    bool inside = false;
    for (size_t i = from; i < to;) {
        bool space = char_is_space(char_at(text, i, &i));
        n += !space && !inside;
        inside = !space;
    }
    return n;
}

static enum quote_kind kind_of(struct reader *r, const struct quote *x)
{
    uint32_t last = char_before(r->text, x->to, NULL);
    if (x->parts > 1 || words_in(r->text, x->from, x->to) > 5) return QUOTE_WORDS;
    if (last == '.' || last == ',' || last == '!' || last == '?' || last == 0x2026)
        return QUOTE_WORDS;
    size_t before = x->open;
    while (before > 0 && char_is_space(char_before(r->text, before, NULL)))
        char_before(r->text, before, &before);
    if (char_before(r->text, before, NULL) == ':') return QUOTE_WORDS;
    read_pieces(r, x->close, x->close + 80 < r->text.n ? x->close + 80 : r->text.n, false);
    bool pause = r->n > 1 && (r->t[0].kind == PIECE_COMMA || r->t[0].kind == PIECE_DASH);
    return pause && (word(r, 1, WORD_VERB) || word(r, 2, WORD_VERB)) ? QUOTE_WORDS : QUOTE_FRAGMENT;
}

/* The quotation that encloses x, for its bounds; NULL at depth 0. */
static const struct quote *encloser(const struct quotes *q, size_t i)
{
    for (size_t k = i; k > 0; k--)
        if (q->items[k - 1].depth + 1 == q->items[i].depth && q->items[k - 1].to >= q->items[i].to)
            return &q->items[k - 1];
    return NULL;
}

static struct who look(struct reader *r, size_t i)
{
    const struct quote *x = &r->q->items[i], *outer = x->depth ? encloser(r->q, i) : NULL;
    size_t low = outer ? outer->from : 0, high = outer ? outer->to : r->text.n;
    struct who w = {.kind = WHO_NOBODY};
    if (x->kind == QUOTE_WORDS) w = behind(r, x, high);
    if (w.kind != WHO_NAME) { /* X said: "…," he added. */
        struct who before = ahead(r, x, low);
        if (w.kind == WHO_NOBODY || before.kind == WHO_NAME) w = before;
    }
    if (x->depth && w.kind == WHO_PRONOUN) w.kind = WHO_NOBODY;
    return w;
}

/* Does x begin right where the sentence that attributes `before` ends? */
static bool follows(const struct reader *r, const struct quote *before, const struct quote *x)
{
    if (!before || !before->speaker.n || x->depth != before->depth || x->kind != QUOTE_WORDS)
        return false;
    if (x->mark == QUOTE_DASH) return false; /* turns change who speaks */
    size_t from = before->close;
    const char *cue_end = before->cue.n ? before->cue.p + before->cue.n : NULL;
    if (cue_end && (size_t)(cue_end - r->text.p) > from) from = (size_t)(cue_end - r->text.p);
    if (from > x->open) return false;
    for (size_t i = from, after; i < x->open;) {
        if (text_paragraph_ends(r->text, i, &after)) return false;
        uint32_t c = char_at(r->text, i, &i);
        if (!char_is_space(c) && c != '.') return false;
    }
    return true;
}

static void settle(struct reader *r, size_t i, struct who w, struct str *last, size_t *last_at)
{
    struct quote *x = &r->q->items[i];
    if (w.kind == WHO_NOBODY) return;
    if (w.kind == WHO_NAME) {
        x->speaker = str_slice(r->text, w.from, w.to);
        if (w.genitive) x->speaker = name_in_nominative(r->arena, x->speaker);
        x->basis = QUOTE_NAMED;
    } else {
        x->speaker = meant(r, *last, *last_at, x->open);
        x->basis = x->speaker.n ? QUOTE_REFERRED : QUOTE_UNSURE;
    }
    if (!x->speaker.n) return;
    x->cue = str_slice(r->text, w.cue_from, w.cue_to);
    if (x->depth == 0) {
        *last = x->speaker;
        *last_at = x->close > w.cue_to ? x->close : w.cue_to;
    }
}

bool quote_speakers(struct arena *a, struct str text, struct quotes *q)
{
    struct reader *r = arena_alloc(a, sizeof *r);
    if (!r) return false;
    *r = (struct reader){.arena = a, .text = text, .q = q};
    for (size_t i = 0; i < q->n; i++) q->items[i].kind = kind_of(r, &q->items[i]);
    struct str last = {NULL, 0};
    size_t last_at = 0;
    const struct quote *before = NULL;
    for (size_t i = 0; i < q->n; i++) {
        struct quote *x = &q->items[i];
        if (x->part > 1) {
            if (x->depth == 0) before = x;
            continue;
        }
        for (size_t k = i; k < q->n && k < i + 64 && !x->speaker.n; k++) {
            if (q->items[k].group != x->group) continue;
            struct who w = look(r, k);
            settle(r, i, w, &last, &last_at);
        }
        if (!x->speaker.n && follows(r, before, x)) {
            x->speaker = before->speaker;
            x->basis = QUOTE_CONTINUED;
        }
        for (size_t k = i + 1; k < q->n && k < i + 64; k++) {
            if (q->items[k].group != x->group) continue;
            q->items[k].speaker = x->speaker;
            q->items[k].basis = x->basis;
            q->items[k].cue = x->cue;
        }
        if (x->depth == 0) before = x;
    }
    return !a->failed;
}
