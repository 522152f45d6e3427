/* What is wrong with a log, where, and what would be right. */
#include "monitor/reader.h"

#include <errno.h>

#define SHOWN 60 /* bytes of the user's text within a message */

/* A place for the bytes [at, at + n) of the stream.  Its source is a copy of their line, as far as
 * it is still (or already) in the buffer. */
static struct place place_of(struct reader *r, uint64_t at, size_t n)
{
    uint64_t line_at = reader_offset(r, r->line_start);
    size_t line = r->line, cut = r->line_cut;
    const char *start = r->line_start;
    if (at < r->offset) at = r->offset;
    const char *p = r->buffer + (at - r->offset);
    if (at < line_at) { /* on an earlier line */
        for (const char *q = p; q < r->line_start; q++) line -= *q == '\n';
        start = p;
        while (start > r->buffer && start[-1] != '\n') start--;
        cut = 0;
    }
    const char *stop = memchr(p, '\n', (size_t)(r->end - p));
    size_t length = (size_t)((stop ? stop : r->end) - start);
    struct arena *a = r->d->arena;
    struct str text = str_dup(a, (struct str){start, length});
    const struct source *source =
        text.p ? source_part(a, r->config->name, text, line - 1, cut) : NULL;
    size_t from = (size_t)(p - start);
    return source ? (struct place){source, from, from + n} : place_none();
}

/* The diagnostic; the reading ends. */
static struct diag *fail(struct reader *r, const char *code, uint64_t at, size_t n, struct str what)
{
    r->status = what.p ? STATUS_INPUT : STATUS_FAULT;
    r->over = true;
    return diag_add(r->d, SEVERITY_ERROR, code, place_of(r, at, n), "%.*s", STR_ARG(what));
}

/* A text of the log for a message: cut when long. */
static struct str shown(struct str s)
{
    return str_slice(s, 0, s.n > SHOWN ? SHOWN : s.n);
}

static struct str name_of(const struct reader *r, uint32_t pred)
{
    const struct signature *sig = r->config->sig;
    return intern_str(sig->strings, sig->preds[pred].name);
}

/* name(type,…) as in a signature */
static struct str declared(struct reader *r, uint32_t pred)
{
    const struct predicate *p = &r->config->sig->preds[pred];
    struct buf b;
    buf_init(&b);
    buf_add(&b, name_of(r, pred));
    buf_putc(&b, '(');
    for (uint32_t k = 0; k < p->arity; k++) {
        if (k) buf_putc(&b, ',');
        if (p->columns[k].name.n) buf_fmt(&b, "%.*s:", STR_ARG(p->columns[k].name));
        buf_puts(&b, value_type_name(p->columns[k].type));
    }
    buf_putc(&b, ')');
    struct str s = str_dup(r->d->arena, buf_str(&b));
    buf_free(&b);
    return s;
}

const char *reader_expected(struct reader *r, uint64_t at, size_t n, const char *expected)
{
    if (r->status != STATUS_OK || r->summary->stopped) return NULL;
    const char *p = r->buffer + (at - r->offset);
    unsigned char c = p < r->end ? (unsigned char)*p : 0;
    struct str what;
    if (p >= r->end) {
        what = str_fmt(r->d->arena, "the log ends where %s should be", expected);
        n = 0;
    } else if (c < 0x20 || c == 0x7F) {
        what = str_fmt(r->d->arena, "a byte of value %u where %s should be", c, expected);
    } else {
        what = str_fmt(r->d->arena, "`%.*s` where %s should be", STR_ARG(shown((struct str){p, n})),
                       expected);
    }
    struct diag *diag = fail(r, "log-syntax", at, n, what);
    if (c == '>')
        diag_fix(r->d, diag, "commands to the monitor (>…<) are not supported: leave them out");
    else if (c == '\'')
        diag_fix(r->d, diag, "strings stand in double quotes: \"…\"");
    else
        diag_fix(r->d, diag, "a time-point reads: @1741600000 name (1,\"text\") name2 (2.5)");
    return NULL;
}

const char *reader_unknown(struct reader *r, struct str name)
{
    const struct signature *sig = r->config->sig;
    struct diag *diag =
        fail(r, "unknown-predicate", reader_offset(r, name.p), name.n,
             str_fmt(r->d->arena, "the signature has no predicate \"%.*s\"", STR_ARG(shown(name))));
    size_t best = name.n / 3 + 1, found = sig->n;
    for (size_t i = 0; i < sig->n; i++) {
        size_t distance = str_distance(name, name_of(r, (uint32_t)i));
        if (distance <= best && (distance < best || found == sig->n)) {
            best = distance;
            found = i;
        }
    }
    if (found < sig->n)
        diag_fix(r->d, diag, "write %.*s, or declare %.*s in the signature",
                 STR_ARG(declared(r, (uint32_t)found)), STR_ARG(shown(name)));
    else
        diag_fix(r->d, diag, "declare it in the signature: %.*s(int,string)", STR_ARG(shown(name)));
    return NULL;
}

const char *reader_arity(struct reader *r, uint64_t at, size_t n, const struct relation *rel,
                         uint32_t given)
{
    if (r->status != STATUS_OK || r->summary->stopped) return NULL;
    struct str name = name_of(r, rel->pred);
    struct str what =
        given > rel->arity
            ? str_fmt(r->d->arena, "%.*s has %u value%s, and here begins one more", STR_ARG(name),
                      rel->arity, rel->arity == 1 ? "" : "s")
            : str_fmt(r->d->arena, "%.*s has %u value%s, and here %s %u", STR_ARG(name), rel->arity,
                      rel->arity == 1 ? "" : "s", given == 1 ? "is" : "are", given);
    struct diag *diag = fail(r, "wrong-arity", at, n, what);
    diag_fix(r->d, diag, "the signature says %.*s", STR_ARG(declared(r, rel->pred)));
    return NULL;
}

const char *reader_type(struct reader *r, struct str text, const struct relation *rel, uint32_t k)
{
    enum value_type type = rel->columns[k].type;
    struct diag *diag = fail(r, "wrong-type", reader_offset(r, text.p), text.n,
                             str_fmt(r->d->arena, "\"%.*s\" is no %s, and value %u of %.*s is one",
                                     STR_ARG(shown(text)), value_type_name(type), k + 1,
                                     STR_ARG(name_of(r, rel->pred))));
    diag_fix(r->d, diag, "the signature says %.*s%s", STR_ARG(declared(r, rel->pred)),
             type == VALUE_FLOAT ? "; floats read 2.5, -3, 1e-7, inf" : "");
    return NULL;
}

const char *reader_range(struct reader *r, struct str text)
{
    struct diag *diag =
        fail(r, "out-of-range", reader_offset(r, text.p), text.n,
             str_fmt(r->d->arena, "%.*s does not fit into 64 bits", STR_ARG(shown(text))));
    diag_fix(r->d, diag, "integers lie between %lld and %lld", (long long)INT64_MIN,
             (long long)INT64_MAX);
    return NULL;
}

const char *reader_stamp(struct reader *r, struct str text)
{
    struct diag *diag =
        fail(r, "no-time-stamp", reader_offset(r, text.p), text.n,
             str_fmt(r->d->arena, "\"%.*s\" is no time-stamp", STR_ARG(shown(text))));
    diag_fix(r->d, diag, "a time-stamp is a whole number of seconds within 64 bits: @1741600000");
    return NULL;
}

const char *reader_falls(struct reader *r, struct str text, int64_t stamp)
{
    struct diag *diag =
        fail(r, "falling-time", reader_offset(r, text.p), text.n,
             str_fmt(r->d->arena, "time-stamp %lld comes after %lld, and time-stamps never fall",
                     (long long)stamp, (long long)r->stamp));
    diag_fix(r->d, diag, "sort the log by time-stamp, or correct this one");
    return NULL;
}

const char *reader_continued(struct reader *r, uint64_t at, size_t n)
{
    struct diag *diag =
        fail(r, "continued-point", at, n,
             str_fmt(r->d->arena,
                     "this goes on with time-point @%lld, which was answered when the "
                     "input paused at a line end",
                     (long long)r->stamp));
    diag_fix(r->d, diag,
             "write a time-point on one line, or begin its first line's "
             "continuation without a pause");
    return NULL;
}

const char *reader_unclosed(struct reader *r, uint64_t at)
{
    struct diag *diag =
        fail(r, "unclosed-quote", at, 1, STR("the string that begins here has no end"));
    diag_fix(r->d, diag, "close it with \"; within a string a quote is written \\\"");
    return NULL;
}

const char *reader_too_long(struct reader *r)
{
    struct diag *diag = fail(r, "too-long", reader_offset(r, r->at), 1,
                             str_fmt(r->d->arena, "this word is longer than %zu bytes", r->cap));
    diag_fix(r->d, diag, "is a quote missing at its end?");
    return NULL;
}

const char *reader_io(struct reader *r, int error)
{
    r->status = STATUS_INPUT;
    r->over = true;
    diag_errno(r->d, "cannot-read", "read", r->config->name, error);
    return NULL;
}

const char *reader_memory(struct reader *r)
{
    r->status = STATUS_FAULT;
    r->over = true;
    diag_errno(r->d, "out-of-memory", "read", r->config->name, ENOMEM);
    return NULL;
}
