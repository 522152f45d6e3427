/* Proving that quoted words stand in their source.
 *
 * Both texts are brought to one form: white space of any kind and length is one blank, a paragraph
 * that repeats the opening mark of a quotation does not show it, and quotation marks and
 * apostrophes have one shape, for a typesetter's choices are not the speaker's words.  Then the
 * words must be found as they are.  When they are not, the nearest passage is sought by words (edit
 * distance of a pattern in a text: P. H. Sellers, "The theory and computation of evolutionary
 * distances", 1980) and shown with the differences marked as wdiff does: [-only in the quotation-]
 * {+only there+}. */
#include "talks/talks.h"

#include "base/file.h"
#include "talks/letters.h"
#include "talks/sha256.h"

#include <string.h>

#define MAX_SOURCE (64U << 20)
#define MAX_WORK 60000000U /* cells of the table of distances */

struct form {
    struct str text;
    struct str *words;
    size_t n;
};

static uint32_t plain_mark(uint32_t c)
{
    if (c == 0xAB || c == 0xBB || (c >= 0x201C && c <= 0x201F) || c == 0x2039 || c == 0x203A)
        return '"';
    return (c >= 0x2018 && c <= 0x201B) || c == 0x2BC ? '\'' : c;
}

/* One form of a text; false when memory fails. */
static bool form_text(struct arena *a, struct str s, struct str *out)
{
    struct buf b;
    buf_init(&b);
    bool blank = false;
    for (size_t i = 0, next, after; i < s.n; i = next) {
        uint32_t c = char_at(s, i, &next);
        if (text_paragraph_ends(s, i, &after)) {
            size_t behind;
            next = plain_mark(char_at(s, after, &behind)) == '"' ? behind : after;
            blank = true;
        } else if (char_is_space(c)) {
            blank = true;
        } else if (c != 0xAD && c != 0xFEFF) { /* soft hyphen, byte order mark */
            if (blank && b.n) buf_putc(&b, ' ');
            blank = false;
            buf_add_char(&b, plain_mark(c));
        }
    }
    *out = b.failed ? (struct str){NULL, 0} : str_dup(a, buf_str(&b));
    buf_free(&b);
    return out->p != NULL;
}

static bool form_words(struct arena *a, struct form *f)
{
    size_t cap = 0;
    f->words = NULL;
    f->n = 0;
    for (size_t i = 0; i < f->text.n;) {
        size_t end = i;
        while (end < f->text.n && f->text.p[end] != ' ') end++;
        struct str *words = arena_grow(a, f->words, f->n, &cap, sizeof *words);
        if (!words) return false;
        f->words = words;
        struct str word = str_slice(f->text, i, end);
        i = end + 1;
        while (word.n > 1 && word.p[0] == '"') word = str_slice(word, 1, word.n);
        while (word.n > 1 && word.p[word.n - 1] == '"') word.n--;
        words[f->n++] = word;
    }
    return true;
}

static bool stands_in(struct str words, struct str text)
{
    if (words.n == 0 || words.n > text.n) return false;
    for (size_t i = 0; i + words.n <= text.n; i++) {
        const char *p = memchr(text.p + i, words.p[0], text.n - words.n - i + 1);
        if (!p) return false;
        i = (size_t)(p - text.p);
        if (memcmp(p, words.p, words.n) == 0) return true;
    }
    return false;
}

/* --- the nearest passage --------------------------------------------------------------------- */

struct passage {
    size_t from, to; /* words of the source */
    uint32_t distance;
};

/* The passage of `there` with the least number of words to change, add or leave out. */
static bool nearest(struct arena *a, const struct form *quoted, const struct form *there,
                    struct passage *best)
{
    size_t m = quoted->n;
    uint32_t *cost = arena_array(a, (m + 1) * 2, sizeof *cost);
    size_t *start = arena_array(a, (m + 1) * 2, sizeof *start);
    if (!cost || !start) return false;
    uint32_t *was = cost, *now = cost + m + 1;
    size_t *was_start = start, *now_start = start + m + 1;
    for (size_t i = 0; i <= m; i++) was[i] = (uint32_t)i;
    *best = (struct passage){0, 0, (uint32_t)m};
    for (size_t k = 0; k < there->n; k++) {
        now[0] = 0;
        now_start[0] = k + 1;
        for (size_t i = 1; i <= m; i++) {
            bool same = str_eq(quoted->words[i - 1], there->words[k]);
            size_t from = i == 1 ? k : was_start[i - 1];
            now[i] = was[i - 1] + !same;
            now_start[i] = from;
            if (was[i] + 1 < now[i]) now[i] = was[i] + 1, now_start[i] = was_start[i];
            if (now[i - 1] + 1 < now[i]) now[i] = now[i - 1] + 1, now_start[i] = now_start[i - 1];
        }
        if (now[m] < best->distance) *best = (struct passage){now_start[m], k + 1, now[m]};
        uint32_t *t = was;
        was = now;
        now = t;
        size_t *ts = was_start;
        was_start = now_start;
        now_start = ts;
    }
    return true;
}

static void mark_run(struct buf *out, const struct str *words, size_t n, const char *open,
                     const char *close)
{
    if (!n) return;
    if (out->n) buf_putc(out, ' ');
    buf_puts(out, open);
    for (size_t i = 0; i < n; i++) {
        if (i) buf_putc(out, ' ');
        buf_add(out, words[i]);
    }
    buf_puts(out, close);
}

/* The two word for word, by a table of distances from their ends. */
static bool marked(struct arena *a, const struct form *q, const struct str *there, size_t n,
                   struct buf *out)
{
    size_t m = q->n, w = n + 1;
    uint32_t *d = arena_array(a, (m + 1) * w, sizeof *d);
    if (!d) return false;
    for (size_t i = m + 1; i-- > 0;) {
        for (size_t k = n + 1; k-- > 0;) {
            uint32_t *cell = &d[i * w + k];
            if (i == m || k == n) {
                *cell = (uint32_t)(m - i + n - k);
            } else if (str_eq(q->words[i], there[k])) {
                *cell = d[(i + 1) * w + k + 1];
            } else {
                uint32_t skip = d[(i + 1) * w + k], add = d[i * w + k + 1];
                *cell = 1 + (skip < add ? skip : add);
            }
        }
    }
    size_t i = 0, k = 0;
    while (i < m || k < n) {
        size_t i0 = i;
        while (i < m && k < n && str_eq(q->words[i], there[k])) i++, k++;
        mark_run(out, q->words + i0, i - i0, "", "");
        size_t k0 = k;
        i0 = i;
        while ((i < m || k < n) && !(i < m && k < n && str_eq(q->words[i], there[k]))) {
            if (k == n || (i < m && d[(i + 1) * w + k] <= d[i * w + k + 1]))
                i++;
            else
                k++;
        }
        mark_run(out, q->words + i0, i - i0, "[-", "-]");
        mark_run(out, there + k0, k - k0, "{+", "+}");
    }
    return true;
}

/* --- messages -------------------------------------------------------------------------------- */

static bool misquoted(struct arena *a, const struct talks *t, const struct statement *s,
                      const struct text *words, const struct form *quoted, struct form *there,
                      struct diags *d)
{
    const struct kept_source *source = &t->sources[s->source];
    struct passage best = {0, 0, UINT32_MAX};
    if (!there->words && !form_words(a, there)) return false;
    bool searched = (uint64_t)quoted->n * there->n <= MAX_WORK;
    if (searched && !nearest(a, quoted, there, &best)) return false;
    if (!searched || (uint64_t)best.distance * 5 > (uint64_t)quoted->n * 3) {
        struct diag *g = diag_add(d, SEVERITY_ERROR, "misquotation", words->at,
                                  "the words of %.*s do not stand in %.*s, and nothing like them%s",
                                  STR_ARG(s->name), STR_ARG(source->file),
                                  searched ? " does" : " was sought, for both are too long");
        diag_fix(d, g, "quote what the source says, or write it as: indirect \"…\" in %.*s",
                 STR_ARG(words->language));
        return true;
    }
    struct buf diff;
    buf_init(&diff);
    bool good = marked(a, quoted, there->words + best.from, best.to - best.from, &diff);
    struct str last = there->words[best.to - 1];
    const char *from = there->words[best.from].p;
    struct diag *g = diag_add(d, SEVERITY_ERROR, "misquotation", words->at,
                              "the words of %.*s do not stand so in %.*s: %.*s", STR_ARG(s->name),
                              STR_ARG(source->file), STR_ARG(buf_str(&diff)));
    diag_fix(d, g, "%.*s", (int)(last.p + last.n - from), from);
    buf_free(&diff);
    return good && !diff.failed;
}

/* --- all ------------------------------------------------------------------------------------- */

/* Read a kept source and compare its sum; there->text.p stays NULL when that failed. */
static enum status open_source(struct arena *a, const struct talks *t,
                               const struct kept_source *source, struct diags *d,
                               struct form *there)
{
    struct str path = file_beside(a, t->source->name, source->file), text;
    if (!path.p) return STATUS_FAULT;
    enum status status = file_read(a, path, MAX_SOURCE, d, &text);
    if (status != STATUS_OK) return status;
    struct str sum = sha256_hex(a, text);
    if (!sum.p) return STATUS_FAULT;
    if (!str_eq(sum, source->sha256)) {
        struct diag *g = diag_add(d, SEVERITY_ERROR, "source-changed", source->sha256_at,
                                  "%.*s is not the text that was kept: its SHA-256 is now %.*s",
                                  STR_ARG(source->file), STR_ARG(sum));
        diag_fix(d, g,
                 "bring the kept text back; or, when the change is meant, look at every "
                 "quotation again and write the new sum");
        return STATUS_NEGATIVE;
    }
    if (utf8_invalid_at(text) < text.n) {
        diag_add(d, SEVERITY_ERROR, "not-text", source->file_at, "%.*s is not text in UTF-8",
                 STR_ARG(source->file));
        return STATUS_INPUT;
    }
    return form_text(a, text, &there->text) ? STATUS_OK : STATUS_FAULT;
}

static bool prove(struct arena *a, const struct talks *t, const struct statement *s,
                  struct form *there, struct diags *d)
{
    const struct text *words = statement_words(s);
    struct form quoted = {0};
    if (!words || !there->text.p) return true;
    if (!form_text(a, words->words, &quoted.text)) return false;
    if (stands_in(quoted.text, there->text)) return true;
    return form_words(a, &quoted) && misquoted(a, t, s, words, &quoted, there, d);
}

enum status talks_prove(const struct talks *t, struct diags *d)
{
    struct arena *a = t->arena;
    struct form *there = arena_array(a, t->n_sources, sizeof *there);
    enum status worst = STATUS_OK;
    if (!there) return STATUS_FAULT;
    for (uint32_t i = 0; i < t->n_sources; i++) {
        if (!t->sources[i].file.n) continue;
        enum status status = open_source(a, t, &t->sources[i], d, &there[i]);
        if (status > worst) worst = status;
    }
    size_t errors = d->errors;
    for (uint32_t i = 0; i < t->n_statements; i++) {
        const struct statement *s = &t->statements[i];
        if (s->source == TALKS_NONE) continue;
        if (!prove(a, t, s, &there[s->source], d)) return STATUS_FAULT;
    }
    if (d->errors > errors && worst < STATUS_NEGATIVE) worst = STATUS_NEGATIVE;
    return worst;
}
