/* Logs for the judge, and its answers as text; see naive.h. */
#include "tests/logic/naive.h"

#include <stdlib.h>
#include <string.h>

void naive_log_init(struct naive_log *log, struct arena *arena)
{
    *log = (struct naive_log){.arena = arena};
}

struct naive_point *naive_log_point(struct naive_log *log, int64_t stamp)
{
    log->points = arena_grow(log->arena, log->points, log->n, &log->cap, sizeof *log->points);
    if (!log->points) abort();
    log->points[log->n] = (struct naive_point){.stamp = stamp};
    return &log->points[log->n++];
}

void naive_log_fact(struct naive_log *log, uint32_t pred, const uint64_t *values, uint32_t arity)
{
    struct naive_point *p = &log->points[log->n - 1];
    p->facts = arena_grow(log->arena, p->facts, p->n, &p->cap, sizeof *p->facts);
    uint64_t *copy = arena_array(log->arena, arity, sizeof *copy);
    if (!p->facts || !copy) abort();
    if (arity) memcpy(copy, values, arity * sizeof *copy);
    p->facts[p->n++] = (struct naive_fact){pred, copy};
}

struct reader {
    struct str text;
    size_t at;
};

static void blanks(struct reader *r)
{
    while (r->at < r->text.n && strchr(" \t\r\n;", r->text.p[r->at])) r->at++;
}

static bool sign(struct reader *r, char c)
{
    blanks(r);
    if (r->at >= r->text.n || r->text.p[r->at] != c) return false;
    r->at++;
    return true;
}

static struct str word(struct reader *r)
{
    blanks(r);
    size_t from = r->at;
    if (from < r->text.n && r->text.p[from] == '"') {
        while (++r->at < r->text.n && r->text.p[r->at] != '"') continue;
        return str_slice(r->text, from + 1, r->at++);
    }
    while (r->at < r->text.n && !strchr(" \t\r\n;@(),", r->text.p[r->at])) r->at++;
    return str_slice(r->text, from, r->at);
}

static bool value(struct str s, enum value_type type, struct intern *strings, uint64_t *out)
{
    int64_t i;
    double f;
    switch (type) {
    case VALUE_INT:
        if (!value_parse_int(s, &i)) return false;
        *out = value_of_int(i);
        return true;
    case VALUE_FLOAT: return value_parse_float(s, &f) && value_of_float(f, out);
    default: *out = intern_add(strings, s); return true;
    }
}

static bool tuple(struct reader *r, struct naive_log *log, const struct signature *sig,
                  uint32_t pred)
{
    const struct predicate *def = &sig->preds[pred];
    uint64_t values[32];
    for (uint32_t i = 0; i < def->arity; i++) {
        if (i && !sign(r, ',')) return false;
        if (!value(word(r), def->columns[i].type, sig->strings, &values[i])) return false;
    }
    naive_log_fact(log, pred, values, def->arity);
    return sign(r, ')');
}

bool naive_log_read(struct naive_log *log, const struct signature *sig, struct str text)
{
    struct reader r = {.text = text};
    while (sign(&r, '@')) {
        int64_t stamp;
        if (!value_parse_int(word(&r), &stamp)) return false;
        naive_log_point(log, stamp);
        for (struct str name = word(&r); name.n; name = word(&r)) {
            uint32_t pred = signature_find_str(sig, name);
            if (pred == UINT32_MAX || sig->preds[pred].arity > 32) return false;
            while (sign(&r, '('))
                if (!tuple(&r, log, sig, pred)) return false;
        }
    }
    blanks(&r);
    return r.at == text.n;
}

void naive_log_write(struct buf *out, const struct naive_log *log, const struct signature *sig)
{
    for (size_t i = 0; i < log->n; i++) {
        const struct naive_point *p = &log->points[i];
        buf_fmt(out, "@%lld", (long long)p->stamp);
        for (size_t k = 0; k < p->n; k++) {
            const struct predicate *def = &sig->preds[p->facts[k].pred];
            buf_fmt(out, " %.*s(", STR_ARG(intern_str(sig->strings, def->name)));
            for (uint32_t c = 0; c < def->arity; c++) {
                if (c) buf_putc(out, ',');
                if (def->columns[c].type == VALUE_FLOAT) {
                    value_format_digits(out, value_float(p->facts[k].values[c]), 17);
                } else {
                    value_format(out, sig->strings, def->columns[c].type, p->facts[k].values[c]);
                }
            }
            buf_putc(out, ')');
        }
        buf_putc(out, '\n');
    }
}

void naive_log_dense(struct naive_log *out, const struct naive_log *log)
{
    size_t i = 0;
    out->clock = true;
    if (log->n == 0) return;
    for (int64_t t = log->points[0].stamp; t <= log->points[log->n - 1].stamp; t++) {
        struct naive_point *p = naive_log_point(out, t);
        for (; i < log->n && log->points[i].stamp == t; i++) {
            for (size_t k = 0; k < log->points[i].n; k++) {
                p->facts = arena_grow(out->arena, p->facts, p->n, &p->cap, sizeof *p->facts);
                if (!p->facts) abort();
                p->facts[p->n++] = log->points[i].facts[k];
            }
        }
    }
}
