/* JSON lines: one object a line.  A column is a member; "a.b" is member b of member a.  Arrays of
 * texts are joined with ";", so that `split at ";"` takes them apart; objects stay JSON. */
#include "intake/rows.h"

#include "base/intern.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct json_reader {
    const struct mapping *mapping;
    struct buf bytes;
    size_t *from;
    struct str *cells;
};

static void add_value(struct buf *out, const json_t *v, int depth)
{
    if (json_is_string(v)) {
        buf_add(out, (struct str){json_string_value(v), json_string_length(v)});
    } else if (json_is_integer(v)) {
        buf_int(out, json_integer_value(v));
    } else if (json_is_real(v)) {
        buf_fmt(out, "%.17g", json_real_value(v));
    } else if (json_is_boolean(v)) {
        buf_puts(out, json_is_true(v) ? "true" : "false");
    } else if (json_is_array(v) && depth == 0) {
        for (size_t i = 0; i < json_array_size(v); i++) {
            if (i) buf_putc(out, ';');
            add_value(out, json_array_get(v, i), 1);
        }
    } else if (json_is_object(v) || json_is_array(v)) {
        char *text = json_dumps(v, JSON_COMPACT);
        if (text) buf_puts(out, text);
        free(text);
    }
}

/* The member of that name, or along its dots. */
static const json_t *member(const json_t *object, struct str name)
{
    char key[256];
    if (name.n >= sizeof(key)) return NULL;
    memcpy(key, name.p, name.n);
    key[name.n] = 0;
    const json_t *v = json_object_get(object, key);
    char *dot = v ? NULL : strchr(key, '.');
    if (!dot) return v;
    *dot = 0;
    return member(json_object_get(object, key), str_slice(name, (size_t)(dot - key) + 1, name.n));
}

static bool give_row(struct json_reader *r, const json_t *object, uint32_t line, uint64_t hash,
                     const struct row_sink *sink)
{
    const struct mapping *m = r->mapping;
    buf_clear(&r->bytes);
    for (size_t i = 0; i < m->n_columns; i++) {
        r->from[i] = r->bytes.n;
        add_value(&r->bytes, member(object, m->columns[i].name), 0);
    }
    if (r->bytes.failed) return false;
    const char *base = r->bytes.p ? r->bytes.p : "";
    for (size_t i = 0; i < m->n_columns; i++) {
        size_t to = i + 1 < m->n_columns ? r->from[i + 1] : r->bytes.n;
        r->cells[i] = (struct str){base + r->from[i], to - r->from[i]};
    }
    return sink->row(sink->ctx, &(struct row){r->cells, line, hash});
}

static bool take_line(struct json_reader *r, struct str text, uint32_t line,
                      const struct row_sink *sink)
{
    if (!str_trim(text).n) return true;
    json_error_t e;
    json_t *v = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &e);
    if (!v || !json_is_object(v)) {
        char why[200];
        snprintf(why, sizeof(why), "it is no JSON object: %s", v ? "another value" : e.text);
        json_decref(v);
        return sink->refuse(sink->ctx, line, why);
    }
    bool done = give_row(r, v, line, sink->hash ? hash_bytes(str_trim(text)) : 0, sink);
    json_decref(v);
    return done;
}

enum status rows_json(const struct mapping *m, struct lines *l, const struct row_sink *sink)
{
    struct json_reader r = {.mapping = m,
                            .from = calloc(m->n_columns + 1, sizeof(size_t)),
                            .cells = calloc(m->n_columns + 1, sizeof(struct str))};
    buf_init(&r.bytes);
    bool done = r.from && r.cells;
    struct str text;
    while (done) {
        uint32_t line = l->line;
        l->keep = l->at;
        if (!lines_next(l, ROW_MOST, &text)) break;
        if (text.n < ROW_MOST) {
            done = take_line(&r, text, line, sink);
            continue;
        }
        done = sink->refuse(sink->ctx, line, "the line is longer than 8 MiB");
        while (l->line == line && lines_next(l, ROW_MOST, &text)) l->keep = l->at;
    }
    buf_free(&r.bytes);
    free(r.from);
    free(r.cells);
    return done ? STATUS_OK : STATUS_FAULT;
}
