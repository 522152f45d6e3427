#include "engine/fold.h"
#include "engine/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 };

struct sorted_block {
    uint32_t n;
    uint64_t *word; /* BLOCK of them */
};

void fold_clear(struct fold *f)
{
    for (uint32_t i = 0; i < f->n_blocks; i++) free(f->blocks[i].word);
    f->n_blocks = 0;
    f->count = f->wild = 0;
    f->sum = 0;
    if (f->exact) exact_clear(f->exact);
}

void fold_free(struct fold *f)
{
    fold_clear(f);
    free(f->blocks);
    exact_free(f->exact);
    *f = (struct fold){0};
}

static bool is_ordered(const struct fold_kind *k)
{
    return k->op == AGG_MIN || k->op == AGG_MAX || k->op == AGG_MED;
}

/* First block whose last word is not below `word`; the last block when there is none. */
static uint32_t block_for(const struct fold *f, const struct fold_kind *k, uint64_t word)
{
    uint32_t lo = 0, hi = f->n_blocks;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        const struct sorted_block *b = &f->blocks[mid];
        if (value_cmp(k->strings, k->type, b->word[b->n - 1], word) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo == f->n_blocks && lo ? lo - 1 : lo;
}

/* First index in b whose word is not below `word`. */
static uint32_t index_for(const struct sorted_block *b, const struct fold_kind *k, uint64_t word)
{
    uint32_t lo = 0, hi = b->n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (value_cmp(k->strings, k->type, b->word[mid], word) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool insert_block(struct fold *f, uint32_t at)
{
    uint64_t *word = malloc(BLOCK * sizeof *word);
    if (!word) return false;
    if (f->n_blocks == f->cap_blocks) {
        uint32_t cap = f->cap_blocks ? f->cap_blocks * 2 : 4;
        struct sorted_block *p = realloc(f->blocks, cap * sizeof *p);
        if (!p) {
            free(word);
            return false;
        }
        f->blocks = p;
        f->cap_blocks = cap;
    }
    memmove(f->blocks + at + 1, f->blocks + at, (f->n_blocks - at) * sizeof *f->blocks);
    f->blocks[at] = (struct sorted_block){0, word};
    f->n_blocks++;
    return true;
}

static bool ordered_add(struct fold *f, const struct fold_kind *k, uint64_t word)
{
    bool first = !f->n_blocks;
    if (first && !insert_block(f, 0)) return false;
    uint32_t i = first ? 0 : block_for(f, k, word);
    if (f->blocks[i].n == BLOCK) {
        if (!insert_block(f, i + 1)) return false;
        struct sorted_block *a = &f->blocks[i], *b = &f->blocks[i + 1];
        a->n = BLOCK / 2;
        b->n = BLOCK - a->n;
        memcpy(b->word, a->word + a->n, b->n * sizeof *b->word);
        if (value_cmp(k->strings, k->type, a->word[a->n - 1], word) < 0) i++;
    }
    struct sorted_block *b = &f->blocks[i];
    uint32_t at = index_for(b, k, word);
    memmove(b->word + at + 1, b->word + at, (b->n - at) * sizeof *b->word);
    b->word[at] = word;
    b->n++;
    return true;
}

static void ordered_remove(struct fold *f, const struct fold_kind *k, uint64_t word)
{
    uint32_t i = block_for(f, k, word);
    struct sorted_block *b = &f->blocks[i];
    uint32_t at = index_for(b, k, word);
    b->n--;
    memmove(b->word + at, b->word + at + 1, (b->n - at) * sizeof *b->word);
    if (b->n) return;
    free(b->word);
    f->n_blocks--;
    memmove(f->blocks + i, f->blocks + i + 1, (f->n_blocks - i) * sizeof *f->blocks);
}

static bool change(struct fold *f, const struct fold_kind *k, uint64_t word, bool take_away)
{
    f->count += take_away ? -1 : 1;
    if (word == VALUE_WILD) {
        f->wild += take_away ? -1 : 1;
        return true;
    }
    if (is_ordered(k)) {
        if (!take_away) return ordered_add(f, k, word);
        ordered_remove(f, k, word);
    } else if (k->op != AGG_CNT && k->type == VALUE_INT) {
        f->sum += take_away ? -(int128)value_int(word) : (int128)value_int(word);
    } else if (k->op != AGG_CNT) {
        if (!f->exact && !(f->exact = exact_new())) return false;
        exact_add(f->exact, value_float(word), take_away);
    }
    return true;
}

bool fold_add(struct fold *f, const struct fold_kind *k, uint64_t word)
{
    return change(f, k, word, false);
}

void fold_remove(struct fold *f, const struct fold_kind *k, uint64_t word)
{
    change(f, k, word, true);
}

static uint64_t nth(const struct fold *f, uint64_t i)
{
    uint32_t b = 0;
    while (i >= f->blocks[b].n) i -= f->blocks[b++].n;
    return f->blocks[b].word[i];
}

static double as_float(const struct fold_kind *k, uint64_t word)
{
    return k->type == VALUE_INT ? (double)value_int(word) : value_float(word);
}

static bool median(const struct fold *f, const struct fold_kind *k, uint64_t *out)
{
    uint64_t n = (uint64_t)f->count;
    double b = as_float(k, nth(f, n / 2));
    if (n % 2) return value_of_float(b, out);
    double a = as_float(k, nth(f, n / 2 - 1));
    return value_of_float(a == b ? a : a / 2 + b / 2, out);
}

static bool average(const struct fold *f, const struct fold_kind *k, uint64_t *out)
{
    double sum = (double)f->sum;
    if (k->type != VALUE_INT && !exact_value(f->exact, &sum)) return false;
    return value_of_float(sum / (double)f->count, out);
}

static bool total(const struct fold *f, const struct fold_kind *k, uint64_t *out)
{
    if (k->type == VALUE_INT) {
        *out = value_of_int((int64_t)f->sum);
        return f->sum >= INT64_MIN && f->sum <= INT64_MAX;
    }
    double sum;
    return exact_value(f->exact, &sum) && value_of_float(sum, out);
}

bool fold_value(const struct fold *f, const struct fold_kind *k, uint64_t *out)
{
    if (f->wild) {
        *out = k->op == AGG_CNT ? value_of_int(INT64_MAX) : VALUE_WILD;
        return true;
    }
    const struct sorted_block *last = f->blocks + f->n_blocks;
    switch (k->op) {
    case AGG_CNT: *out = value_of_int(f->count); return true;
    case AGG_MIN: *out = f->blocks[0].word[0]; return true;
    case AGG_MAX: *out = last[-1].word[last[-1].n - 1]; return true;
    case AGG_MED: return median(f, k, out);
    case AGG_AVG: return average(f, k, out);
    case AGG_SUM: return total(f, k, out);
    }
    return false;
}

bool fold_empty(const struct fold_kind *k, uint32_t empty_string, uint64_t *out)
{
    bool as_number = k->op == AGG_CNT || k->op == AGG_AVG || k->op == AGG_MED;
    if (!as_number && k->type == VALUE_STRING) {
        *out = empty_string;
        return true;
    }
    bool as_int = k->op == AGG_CNT || (!as_number && k->type == VALUE_INT);
    if (as_int)
        *out = value_of_int(0);
    else
        return value_of_float(0.0, out);
    return true;
}
