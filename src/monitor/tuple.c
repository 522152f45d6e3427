/* See tuple.h. */
#include "monitor/tuple.h"

#include <math.h>
#include <string.h>

void tuples_init(struct tuples *t, struct print_column *columns, uint32_t n, enum look look)
{
    *t = (struct tuples){.columns = columns, .n = n, .look = look, .fixed = true};
    t->fixed_bound = 2;
    for (uint32_t k = 0; k < n; k++) {
        t->fixed &= columns[k].type != VALUE_STRING && columns[k].type != VALUE_PATTERN;
        t->fixed_bound += OUT_FLOAT_MAX + 1;
    }
}

static struct str name_text(const struct tuples *t, uint64_t word)
{
    return word < t->names.n ? t->names.p[word] : (struct str){NULL, 0};
}

static uint64_t word_at(const struct tuples *t, const struct table *rows, size_t r, uint32_t k)
{
    return rows->col[t->columns[k].column][r];
}

size_t tuple_bound(const struct tuples *t, const struct table *rows, size_t r)
{
    if (t->fixed) return t->fixed_bound;
    size_t bound = t->fixed_bound;
    for (uint32_t k = 0; k < t->n; k++)
        if (t->columns[k].type == VALUE_STRING || t->columns[k].type == VALUE_PATTERN)
            bound += 6 * name_text(t, word_at(t, rows, r, k)).n; /* \u00xx at worst */
    return bound;
}

/* MonPoly prints a string's bytes as the log has them. */
static char *format_string(char *p, struct str s)
{
    *p++ = '"';
    if (s.n) memcpy(p, s.p, s.n);
    p += s.n;
    *p++ = '"';
    return p;
}

static char *format_json_string(char *p, struct str s)
{
    static const char hex[] = "0123456789abcdef";
    *p++ = '"';
    for (size_t at = 0, n; at < s.n; at += n) {
        uint32_t c = 0;
        n = utf8_decode(str_slice(s, at, s.n), &c);
        if (n == 0) {
            memcpy(p, "\\ufffd", 6);
            p += 6;
            n = 1;
        } else if (c < 0x20) {
            memcpy(p, "\\u00", 4);
            p[4] = hex[c >> 4];
            p[5] = hex[c & 15];
            p += 6;
        } else {
            if (c == '"' || c == '\\') *p++ = '\\';
            memcpy(p, s.p + at, n);
            p += n;
        }
    }
    *p++ = '"';
    return p;
}

/* JSON has no infinity: a string then. */
static char *format_json_float(char *p, double f)
{
    if (isinf(f)) return format_json_string(p, f > 0 ? STR("inf") : STR("-inf"));
    return format_float(p, f);
}

char *tuple_format(const struct tuples *t, char *p, const struct table *rows, size_t r)
{
    bool json = t->look == LOOK_JSON;
    *p++ = json ? '[' : '(';
    for (uint32_t k = 0; k < t->n; k++) {
        uint64_t word = word_at(t, rows, r, k);
        if (k) *p++ = ',';
        switch (t->columns[k].type) {
        case VALUE_FLOAT:
            p = json ? format_json_float(p, value_float(word)) : format_float(p, value_float(word));
            break;
        case VALUE_STRING:
        case VALUE_PATTERN:
            p = json ? format_json_string(p, name_text(t, word))
                     : format_string(p, name_text(t, word));
            break;
        default: p = format_int(p, (int64_t)word);
        }
    }
    *p++ = json ? ']' : ')';
    return p;
}

static int value_order(const struct tuples *t, enum value_type type, uint64_t a, uint64_t b)
{
    if (a == b) return 0;
    if (type == VALUE_STRING || type == VALUE_PATTERN)
        return str_cmp(name_text(t, a), name_text(t, b));
    if (type == VALUE_FLOAT) return value_float(a) < value_float(b) ? -1 : 1;
    return (int64_t)a < (int64_t)b ? -1 : 1;
}

int tuple_cmp(const struct tuples *t, const struct table *x, size_t a, const struct table *y,
              size_t b)
{
    for (uint32_t k = 0; k < t->n; k++) {
        int c = value_order(t, t->columns[k].type, word_at(t, x, a, k), word_at(t, y, b, k));
        if (c) return c;
    }
    return 0;
}

/* ---- order ---- */

/* A printed value as a number that is ordered alike; a string by its first eight bytes. */
static uint64_t ordered(const struct tuples *t, enum value_type type, uint64_t word)
{
    const uint64_t top = UINT64_C(1) << 63;
    switch (type) {
    case VALUE_FLOAT: return word & top ? ~word : word | top;
    case VALUE_STRING:
    case VALUE_PATTERN: {
        struct str s = name_text(t, word);
        uint64_t key = 0;
        for (size_t i = 0; i < 8; i++) key = key << 8 | (i < s.n ? (unsigned char)s.p[i] : 0);
        return key;
    }
    default: return word ^ top;
    }
}

static uint32_t bits_of(uint64_t x)
{
    return x ? 64 - (uint32_t)__builtin_clzll(x) : 0;
}

/* Give the items keys: one number made of as many leading columns as 64 bits hold, each as its distance
 * from the least value here (columns that do not vary take no room).  How many bits are used; *whole: the
 * keys say all. */
static uint32_t make_keys(const struct tuples *t, const struct table *rows, struct sort_item *items,
                          size_t n, bool *whole)
{
    uint32_t used = 0;
    *whole = true;
    for (size_t i = 0; i < n; i++) items[i].key = 0;
    for (uint32_t k = 0; k < t->n && *whole; k++) {
        enum value_type type = t->columns[k].type;
        bool text = type == VALUE_STRING || type == VALUE_PATTERN;
        uint64_t least = UINT64_MAX, most = 0;
        for (size_t i = 0; i < n; i++) {
            uint64_t v = ordered(t, type, word_at(t, rows, items[i].row, k));
            least = v < least ? v : least;
            most = v > most ? v : most;
        }
        uint32_t bits = bits_of(most - least);
        if (used + bits > 64) {
            *whole = false;
            return used;
        }
        for (size_t i = 0; bits && i < n; i++) {
            uint64_t v = ordered(t, type, word_at(t, rows, items[i].row, k)) - least;
            items[i].key = bits < 64 ? items[i].key << bits | v : v;
        }
        used += bits;
        *whole = !text;
    }
    return used;
}

#define PLACES_BITS 12

/* Every key has a place of its own: no two are alike, and they are below 2^bits.  False when two are. */
static bool place_sort(struct sort_item *items, size_t n, uint32_t bits)
{
    uint32_t row[1 << PLACES_BITS];
    uint64_t taken[(1 << PLACES_BITS) / 64];
    size_t words = ((size_t)1 << bits) / 64 + 1;
    if (words > sizeof taken / sizeof *taken) words = sizeof taken / sizeof *taken;
    memset(taken, 0, words * sizeof *taken);
    for (size_t i = 0; i < n; i++) {
        size_t key = (size_t)items[i].key;
        if (taken[key / 64] >> key % 64 & 1) return false;
        taken[key / 64] |= UINT64_C(1) << key % 64;
        row[key] = items[i].row;
    }
    size_t k = 0;
    for (size_t w = 0; w < words; w++)
        for (uint64_t left = taken[w]; left; left &= left - 1) {
            size_t key = w * 64 + (size_t)__builtin_ctzll(left);
            items[k++] = (struct sort_item){.key = key, .row = row[key]};
        }
    return true;
}

/* By the lowest `bits` of the keys, byte after byte; stable. */
static void radix_sort(struct sort_item *items, struct sort_item *scratch, size_t n, uint32_t bits)
{
    struct sort_item *from = items, *to = scratch;
    for (uint32_t shift = 0; shift < bits; shift += 8) {
        size_t start[257] = {0};
        for (size_t i = 0; i < n; i++) start[(from[i].key >> shift & 255) + 1]++;
        for (size_t d = 1; d < 256; d++) start[d] += start[d - 1];
        for (size_t i = 0; i < n; i++) to[start[from[i].key >> shift & 255]++] = from[i];
        struct sort_item *swap = from;
        from = to;
        to = swap;
    }
    if (from != items) memcpy(items, from, n * sizeof *items);
}

struct sorting {
    const struct tuples *t;
    const struct table *rows;
    bool whole;
};

static inline bool after(const struct sorting *s, const struct sort_item *a,
                         const struct sort_item *b)
{
    if (a->key != b->key || s->whole) return a->key > b->key;
    return tuple_cmp(s->t, s->rows, a->row, s->rows, b->row) > 0;
}

static void merge_sort(const struct sorting *s, struct sort_item *items, struct sort_item *scratch,
                       size_t n)
{
    if (n <= 8) { /* insertion */
        for (size_t i = 1; i < n; i++) {
            struct sort_item x = items[i];
            size_t k = i;
            for (; k && after(s, &items[k - 1], &x); k--) items[k] = items[k - 1];
            items[k] = x;
        }
        return;
    }
    size_t half = n / 2;
    merge_sort(s, items, scratch, half);
    merge_sort(s, items + half, scratch, n - half);
    if (!after(s, &items[half - 1], &items[half])) return;
    memcpy(scratch, items, half * sizeof *items);
    size_t i = 0, j = half, k = 0;
    while (i < half && j < n)
        items[k++] = after(s, &scratch[i], &items[j]) ? items[j++] : scratch[i++];
    while (i < half) items[k++] = scratch[i++];
}

/* A pass of the radix sort costs about as much as 32 items do in a merge. */
#define RADIX_ITEMS 32
/* Looking through so many places costs about as much as an item does in a radix sort. */
#define PLACES_ITEM 32

void tuple_sort(const struct tuples *t, const struct table *rows, struct sort_item *items,
                struct sort_item *scratch, size_t n)
{
    if (n < 2) return;
    struct sorting s = {t, rows, false};
    uint32_t bits = make_keys(t, rows, items, n, &s.whole);
    if (s.whole && bits <= PLACES_BITS && n >= ((size_t)1 << bits) / PLACES_ITEM &&
        place_sort(items, n, bits))
        return;
    if (s.whole && n >= RADIX_ITEMS * (size_t)((bits + 7) / 8))
        radix_sort(items, scratch, n, bits);
    else
        merge_sort(&s, items, scratch, n);
}
