/* See skim.h.  The buffer is read to the last line end in it, so that no token is cut and a scanner
 * needs no check for the end; behind it stand SCAN_PADDING bytes of zero. */
#include "monitor/skim.h"

#include "monitor/out.h"
#include "monitor/reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_BYTES ((size_t)1 << 16)

/* How a wanted integer begins when it is spelled as usual: what does not begin so is another one. */
struct spelling {
    uint64_t text, mask; /* up to 8 bytes; mask 0: any value will do, or one of another type */
};

struct skim_relation {
    uint32_t pred, arity;
    const struct column *columns;
    bool wanted;
    uint64_t mask; /* of its columns: must have the values `key` */
    const uint64_t *key;
    struct spelling *spelled; /* by column */
};

/* What one reading is for. */
struct stretch {
    struct record *record;
    int64_t position;    /* of the time-point that is read (clock: its stamp) */
    int64_t first, last; /* of the block */
    bool over;           /* a time-point behind the block has begun */
};

bool skim_init(struct skim *s, int log, const struct signature *sig, const struct intern *strings,
               const bool *wanted)
{
    uint32_t widest = 1;
    size_t columns = 0;
    for (size_t i = 0; i < sig->n; i++) {
        columns += sig->preds[i].arity;
        if (sig->preds[i].arity > widest) widest = sig->preds[i].arity;
    }
    *s = (struct skim){.log = log, .sig = sig, .strings = strings};
    s->relations = calloc(sig->n + 1, sizeof *s->relations);
    s->spellings = calloc(columns + 1, sizeof *s->spellings);
    s->words = calloc(widest, sizeof *s->words);
    s->buffer = malloc(BUFFER_BYTES + SCAN_PADDING);
    if (!s->relations || !s->spellings || !s->words || !s->buffer) return false;
    struct spelling *spelled = s->spellings;
    for (size_t i = 0; i < sig->n; i++) {
        const struct predicate *p = &sig->preds[i];
        s->relations[i] = (struct skim_relation){.pred = (uint32_t)i,
                                                 .arity = p->arity,
                                                 .columns = p->columns,
                                                 .wanted = wanted[i],
                                                 .spelled = spelled};
        spelled += p->arity;
    }
    return true;
}

void skim_free(struct skim *s)
{
    free(s->relations);
    free(s->spellings);
    free(s->buffer);
    free(s->words);
    *s = (struct skim){0};
}

/* ---- the buffer ---- */

static void begin(struct skim *s, int64_t offset)
{
    s->offset = offset;
    s->end = s->buffer;
    s->at = s->limit = s->buffer;
}

/* Read on behind `at`; false: there are no more whole lines (at == limit at the end of the log). */
static bool refill(struct skim *s)
{
    size_t rest = (size_t)(s->end - s->at);
    memmove(s->buffer, s->at, rest);
    s->at = s->limit = s->buffer;
    s->end = s->buffer + rest;
    while (rest < BUFFER_BYTES) {
        ssize_t n = pread(s->log, s->end, BUFFER_BYTES - rest, s->offset);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        s->offset += n;
        s->end += n;
        rest += (size_t)n;
        memset(s->end, 0, SCAN_PADDING);
        s->limit = s->end; /* the last line may end with the log */
        if (n == 0) return rest > 0;
        while (s->limit > s->buffer && s->limit[-1] != '\n') s->limit--;
        if (s->limit > s->buffer) return true;
    }
    return false;
}

/* ---- tokens ---- */

/* Marks in the top bits of the bytes that are this one: exact up to the first of them. */
static inline uint64_t bytes_that_are(uint64_t w, uint64_t byte)
{
    uint64_t x = w ^ (byte * UINT64_C(0x0101010101010101));
    return (x - UINT64_C(0x0101010101010101)) & ~x & UINT64_C(0x8080808080808080);
}

/* The same for bytes below the blank. */
static inline uint64_t bytes_below_blank(uint64_t w)
{
    return (w - UINT64_C(0x2020202020202020)) & ~w & UINT64_C(0x8080808080808080);
}

/* The first byte from p on that is no digit, minus, comma, point or stroke. */
static inline const char *behind_numbers(const char *p)
{
    for (;; p += 8) {
        uint64_t w = scan_load(p), low = w & UINT64_C(0x7F7F7F7F7F7F7F7F);
        uint64_t from = low + UINT64_C(0x5454545454545454); /* ',' and above reach the top bit */
        uint64_t over = low + UINT64_C(0x4646464646464646); /* ':' and above */
        uint64_t other = (~from | over | w) & UINT64_C(0x8080808080808080);
        if (other) return p + __builtin_ctzll(other) / 8;
    }
}

/* The text in quotes at p, without a backslash, within its line; NULL: it is not like that. */
static const char *quoted(const char *p, struct str *text)
{
    const char *q = p + 1;
    while (*q && *q != '"' && *q != '\\' && *q != '\n') q++;
    *text = (struct str){p + 1, (size_t)(q - p - 1)};
    return *q == '"' ? q + 1 : NULL;
}

/* What is behind the parenthesis that closes a tuple, p being in a value of it. */
static const char *step_over(const char *p)
{
    struct str text;
    for (;;) {
        p = behind_numbers(p);
        if (*p == ')') return p + 1;
        if (*p == '"') {
            if (!(p = quoted(p, &text))) return NULL;
        } else if (*p == ' ' || reader_word_byte[(unsigned char)*p]) {
            p++;
        } else {
            return NULL;
        }
    }
}

/* Behind a time-stamp's digits; NULL: it is spelled otherwise. */
static inline const char *step_over_stamp(const char *p)
{
    unsigned n;
    p += *p == '-';
    const char *first = p;
    do {
        n = scan_digit_count(scan_load(p));
        p += n;
    } while (n == 8);
    return p > first && (*p == ' ' || *p == '\n') ? p : NULL;
}

/* ---- facts ---- */

/* Is the integer at p surely none that begins so?  Leading zeros and -0 need a closer look; signs
 * between digits step_over_ints finds. */
static inline bool differs(const char *p, const struct spelling *wanted)
{
    return (scan_load(p) & wanted->mask) != wanted->text && *p != '0' && *p != '-';
}

/* As step_over, where all columns are integers spelled as usual. */
static inline const char *step_over_ints(const char *p)
{
    while (*(p = behind_numbers(p)) == ' ') p++;
    return *p == ')' ? p + 1 : NULL;
}

/* The value of column k: *word, and whether it is the one wanted. */
static inline const char *read_value(const struct skim *s, const char *p,
                                     const struct skim_relation *rel, uint32_t k, uint64_t *word,
                                     bool *same)
{
    bool keyed = k < 64 && rel->mask >> k & 1;
    if (rel->columns[k].type == VALUE_INT) {
        int64_t v;
        if (!scan_int(p, &v, &p) || (*p != ',' && *p != ')' && *p != ' ')) return NULL;
        *word = (uint64_t)v;
    } else if (rel->columns[k].type == VALUE_STRING) {
        struct str text = {p, reader_word_length(p)};
        p = *p == '"' ? quoted(p, &text) : text.n ? p + text.n : NULL;
        if (!p) return NULL;
        uint32_t number = intern_find(s->strings, text);
        if (number == INTERN_NONE) return NULL;
        *word = number;
    } else {
        return NULL;
    }
    *same = !keyed || *word == rel->key[k];
    return p;
}

static inline void take(const struct skim *s, const struct stretch *g,
                        const struct skim_relation *rel)
{
    if (g->position >= g->first)
        record_fact(g->record, rel->pred, s->words, g->position, g->position);
}

/* p is behind the parenthesis that opens it. */
static inline const char *read_tuple(struct skim *s, struct stretch *g, const char *p,
                                     const struct skim_relation *rel)
{
    if (!rel->wanted) return step_over(p);
    if (!rel->arity && !(p = step_over(p))) return NULL;
    for (uint32_t k = 0; k < rel->arity; k++) {
        bool same;
        while (*p == ' ') p++;
        if (rel->spelled[k].mask && differs(p, &rel->spelled[k])) return step_over_ints(p);
        p = read_value(s, p, rel, k, &s->words[k], &same);
        if (!p) return NULL;
        if (!same) return step_over(p);
        while (*p == ' ') p++;
        if (*p++ != (k + 1 < rel->arity ? ',' : ')')) return NULL;
    }
    take(s, g, rel);
    return p;
}

/* The relation whose name stands at p, and what is behind it. */
static inline const struct skim_relation *read_name(struct skim *s, const char **p)
{
    uint64_t head = scan_load(*p);
    uint64_t ends = bytes_below_blank(head) | bytes_that_are(head, ' ') |
                    bytes_that_are(head, '(') | bytes_that_are(head, ';');
    size_t n = ends ? (size_t)__builtin_ctzll(ends) / 8 : reader_word_length(*p);
    if (n == 0) return NULL;
    if (n < HEAD_BYTES) head &= (UINT64_C(1) << (8 * n)) - 1;
    struct skim_name *x =
        &s->names[((head + n) * UINT64_C(0x9E3779B97F4A7C15)) >> 32 & (SKIM_NAMES - 1)];
    const char *at = *p;
    *p += n;
    if (x->head == head && x->name.n == n && (n <= HEAD_BYTES || !memcmp(x->name.p, at, n)))
        return x->relation;
    uint32_t pred = signature_find_str(s->sig, (struct str){at, n});
    if (pred == UINT32_MAX) return NULL;
    *x = (struct skim_name){head, intern_str(s->sig->strings, s->sig->preds[pred].name),
                            &s->relations[pred]};
    return x->relation;
}

/* A name and its tuples. */
static inline const char *read_events(struct skim *s, struct stretch *g, const char *p)
{
    const struct skim_relation *rel = read_name(s, &p);
    if (!rel) return NULL;
    bool told = !rel->arity && rel->wanted; /* the bare name is a fact, and its first () no other */
    if (told) take(s, g, rel);
    for (;; told = false) {
        while (*p == ' ') p++;
        if (*p != '(') return p;
        p = told ? step_over(p + 1) : read_tuple(s, g, p + 1, rel);
        if (!p) return NULL;
    }
}

/* A time-point begins; p is behind its `@`. */
static inline const char *begin_point(struct stretch *g, const char *p)
{
    int64_t stamp;
    if (!g->record->clock) {
        g->position++;
        p = step_over_stamp(p);
    } else {
        if (!scan_int(p, &stamp, &p) || (*p != ' ' && *p != '\n')) return NULL;
        g->position = stamp;
    }
    g->over = g->position > g->last;
    return p;
}

static bool read_lines(struct skim *s, struct stretch *g)
{
    while (s->at < s->limit || refill(s)) {
        const char *p = s->at;
        while (p < s->limit) {
            if (*p == '@')
                p = begin_point(g, p + 1);
            else if (*p == ' ' || *p == '\n' || *p == ';')
                p++;
            else
                p = read_events(s, g, p);
            if (!p) return false;
            if (g->over) return true;
        }
        s->at = p;
    }
    return s->at == s->end; /* the end of the log */
}

static void spell(struct spelling *out, const struct skim_relation *rel, uint32_t k)
{
    char text[OUT_INT_MAX + 8] = {0};
    size_t n = (size_t)(format_int(text, (int64_t)rel->key[k]) - text);
    *out = (struct spelling){0};
    if (rel->columns[k].type != VALUE_INT || !(rel->mask >> k & 1)) return;
    out->mask = n < 8 ? (UINT64_C(1) << (8 * n)) - 1 : UINT64_MAX;
    out->text = scan_load(text) & out->mask;
}

/* What the record wants. */
static void choose(struct skim *s, const struct record *r)
{
    for (size_t i = 0; i < s->sig->n; i++) {
        struct skim_relation *rel = &s->relations[i];
        rel->mask = r->keys ? r->keys[i].mask : 0;
        rel->key = r->keys ? r->keys[i].words : NULL;
        memset(rel->spelled, 0, rel->arity * sizeof *rel->spelled);
        for (uint32_t k = 0; rel->key && k < rel->arity && k < 64; k++)
            spell(&rel->spelled[k], rel, k);
    }
}

bool skim_facts(struct skim *s, struct record *r, const struct block *b, int64_t offset)
{
    struct stretch g = {.record = r, .position = b->first - 1, .first = b->first, .last = b->last};
    choose(s, r);
    begin(s, offset);
    return read_lines(s, &g) && (r->clock || g.position >= g.last) && !r->failed;
}

/* ---- stamps ---- */

/* The next `@` or line end from p on; NULL: before it stands what may hide one. */
static inline const char *next_point(const char *p)
{
    struct str text;
    for (;;) {
        uint64_t w = scan_load(p), even = w & UINT64_C(0xFEFEFEFEFEFEFEFE);
        uint64_t stop = bytes_that_are(w, '@') | bytes_below_blank(w) |
                        bytes_that_are(even, '"'); /* or `#`, which is next to it */
        p += stop ? __builtin_ctzll(stop) / 8 : 8;
        if (!stop) continue;
        if (*p == '@' || *p == '\n' || !*p) return p;
        if (*p != '"' || !(p = quoted(p, &text))) return NULL;
    }
}

bool skim_stamps(struct skim *s, struct record *r, const struct block *b, int64_t offset)
{
    int64_t position = b->first, stamp;
    begin(s, offset);
    while (position <= b->last && (s->at < s->limit || refill(s))) {
        const char *p = s->at;
        while (p < s->limit && position <= b->last) {
            if (*p == '@') {
                if (!scan_int(p + 1, &stamp, &p) || (*p != ' ' && *p != '\n')) return false;
                record_stamp_add(r, stamp);
                position++;
            }
            p = next_point(p);
            if (!p) return false;
            p += *p == '\n' || (!*p && p < s->limit);
        }
        s->at = p;
    }
    return position > b->last && !r->failed;
}
