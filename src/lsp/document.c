/* See document.h. */
#include "lsp/document.h"

#include <stdlib.h>
#include <string.h>

struct document *document_find(struct documents *all, struct str uri)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(str_of(all->v[i].uri), uri)) return &all->v[i];
    return NULL;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "file:///a%20b" -> "/a b", behind the URI in the same memory. */
static struct str path_of(struct str uri, char *out)
{
    struct str rest = str_slice(uri, sizeof "file://" - 1, uri.n);
    bool file = str_starts(uri, STR("file:///"));
    size_t n = 0;
    if (!file) rest = uri;
    for (size_t i = 0; i < rest.n; i++) {
        int hi = file && rest.p[i] == '%' && i + 2 < rest.n ? hex(rest.p[i + 1]) : -1;
        int lo = hi >= 0 ? hex(rest.p[i + 2]) : -1;
        bool coded = lo >= 0 && (hi || lo);
        out[n++] = coded ? (char)(hi * 16 + lo) : rest.p[i];
        if (coded) i += 2;
    }
    return (struct str){out, n};
}

static struct document *add(struct documents *all, struct str uri)
{
    if (all->n >= DOCUMENTS_MOST) return NULL;
    if (all->n == all->cap) {
        size_t cap = all->cap ? 2 * all->cap : 8;
        struct document *v = realloc(all->v, cap * sizeof *v);
        if (!v) return NULL;
        all->v = v;
        all->cap = cap;
    }
    char *memory = malloc(2 * (uri.n + 1));
    if (!memory) return NULL;
    struct document *d = &all->v[all->n++];
    memcpy(memory, uri.p, uri.n);
    memory[uri.n] = 0;
    d->uri = memory;
    d->path = path_of(uri, memory + uri.n + 1);
    buf_init(&d->text);
    return d;
}

bool document_set(struct documents *all, struct str uri, struct str text)
{
    struct document *d = document_find(all, uri);
    if (!d) d = add(all, uri);
    if (!d) return false;
    buf_clear(&d->text);
    buf_add(&d->text, text);
    return !d->text.failed;
}

void document_close(struct documents *all, struct document *d)
{
    buf_free(&d->text);
    free(d->uri);
    *d = all->v[--all->n];
}

void documents_free(struct documents *all)
{
    while (all->n) document_close(all, &all->v[all->n - 1]);
    free(all->v);
    *all = (struct documents){0};
}

/* ---- positions ---- */

/* Bytes and code units of the character at `at`. */
static size_t step(const struct source *s, size_t at, size_t *units)
{
    uint32_t code = 0;
    size_t n = utf8_decode(str_slice(s->text, at, s->text.n), &code);
    *units = code > 0xFFFF ? 2 : 1;
    return n ? n : 1;
}

/* {"line", "character"} of a byte offset; NULL on failure. */
static json_t *position_json(const struct source *s, size_t offset)
{
    size_t line, column, units = 0, u;
    if (offset > s->text.n) offset = s->text.n;
    source_locate(s, offset, &line, &column);
    for (size_t at = s->line_start[line - 1]; at < offset; units += u) at += step(s, at, &u);
    return json_pack("{s:I, s:I}", "line", (json_int_t)(line - 1), "character", (json_int_t)units);
}

json_t *range_json(const struct source *s, size_t from, size_t to)
{
    return json_pack("{s:o, s:o}", "start", position_json(s, from), "end", position_json(s, to));
}

bool position_read(const struct source *s, const json_t *position, size_t *offset)
{
    const json_t *line = json_object_get(position, "line");
    const json_t *character = json_object_get(position, "character");
    if (!json_is_integer(line) || !json_is_integer(character)) return false;
    json_int_t l = json_integer_value(line), c = json_integer_value(character);
    if (l < 0 || c < 0) return false;
    if ((uint64_t)l >= s->lines) {
        *offset = s->text.n;
        return true;
    }
    size_t at = s->line_start[l], u;
    for (json_int_t units = 0; at < s->text.n && s->text.p[at] != '\n';) {
        size_t n = step(s, at, &u);
        units += (json_int_t)u;
        if (units > c) break;
        at += n;
    }
    *offset = at;
    return true;
}
