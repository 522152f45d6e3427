/* See logs.h. */
#include "tests/monitor/logs.h"

#include "logic/parse.h"
#include "tests/test.h"

#include <errno.h>

static ssize_t memory_read(void *ctx, char *to, size_t room)
{
    struct memory_input *m = ctx;
    size_t n = m->text.n - m->at;
    if (n == 0 && m->fail) {
        errno = m->fail;
        return -1;
    }
    if (n > room) n = room;
    if (m->piece && n > m->piece) n = m->piece;
    if (n) memcpy(to, m->text.p + m->at, n);
    m->at += n;
    return (ssize_t)n;
}

static bool memory_ready(void *ctx, int wait)
{
    struct memory_input *m = ctx;
    (void)wait;
    struct str rest = str_slice(m->text, m->at, m->text.n);
    return !m->pauses && !(m->pause_at && str_starts(rest, str_of(m->pause_at)));
}

struct log_input memory_input(struct memory_input *m)
{
    return (struct log_input){m, memory_read, memory_ready};
}

struct collector {
    struct batch batches[2];
    size_t next, taken, stop_after;
    const struct signature *sig;
    struct buf *out;
    bool cuts, clock;
};

static void add_value(struct buf *b, const struct intern *strings, enum value_type type,
                      uint64_t word)
{
    value_format(b, strings, type, word);
}

static void add_rows(struct collector *c, const struct feed *f, int64_t position)
{
    for (size_t i = 0; i < f->n_tables; i++) {
        const struct table *t = &f->tables[i];
        for (size_t r = 0; r < t->n; r++) {
            if (t->from[r] != position) continue;
            assert_int_equal(t->to[r], position);
            buf_putc(c->out, ' ');
            buf_add(c->out, intern_str(c->sig->strings, c->sig->preds[i].name));
            buf_putc(c->out, '(');
            for (uint32_t k = 0; k < t->ncols; k++) {
                if (k) buf_putc(c->out, ',');
                add_value(c->out, c->sig->strings, c->sig->preds[i].columns[k].type, t->col[k][r]);
            }
            buf_putc(c->out, ')');
        }
    }
    buf_putc(c->out, '\n');
}

static struct batch *collector_fresh(void *ctx)
{
    struct collector *c = ctx;
    return &c->batches[c->next++ % 2];
}

static bool collector_take(void *ctx, struct batch *b)
{
    struct collector *c = ctx;
    const struct feed *f = &b->feed;
    if (c->clock) {
        for (int64_t at = f->first; at <= f->upto; at++) {
            buf_fmt(c->out, "@%lld", (long long)at);
            add_rows(c, f, at);
        }
    } else {
        for (size_t i = 0; i < f->n; i++) {
            buf_fmt(c->out, "%lld@%lld", (long long)f->first + (long long)i,
                    (long long)f->stamps[i]);
            add_rows(c, f, f->first + (int64_t)i);
        }
    }
    for (size_t i = 0; i < b->n_strings; i++)
        assert_true(
            str_eq(b->strings[i], intern_str(c->sig->strings, (uint32_t)(b->first_string + i))));
    if (c->cuts) buf_puts(c->out, "--\n");
    return ++c->taken != c->stop_after;
}

static void make_batch(struct batch *b, const struct signature *sig)
{
    *b = (struct batch){0};
    b->feed.n_tables = sig->n;
    b->feed.tables = test_calloc(sig->n + 1, sizeof *b->feed.tables);
    for (size_t i = 0; i < sig->n; i++) table_init(&b->feed.tables[i], sig->preds[i].arity);
}

static void free_batch(struct batch *b)
{
    for (size_t i = 0; i < b->feed.n_tables; i++) table_free(&b->feed.tables[i]);
    test_free(b->feed.tables);
    free(b->feed.stamps);
    free(b->strings);
}

void read_text(const char *sig_text, struct str log, const struct read_options *o, bool cuts,
               struct read_result *out)
{
    struct arena a;
    struct diags d;
    struct intern strings;
    struct signature sig;
    arena_init(&a);
    diags_init(&d, &a);
    intern_init(&strings);
    signature_init(&sig, &a, &strings);
    assert_int_equal(parse_signature(&sig, source_new(&a, STR("sig"), str_of(sig_text)), &d),
                     STATUS_OK);
    static const bool all[16] = {true, true, true, true, true, true, true, true,
                                 true, true, true, true, true, true, true, true};
    struct plan_input inputs[16];
    assert_true(sig.n <= 16);
    for (size_t i = 0; i < sig.n; i++)
        inputs[i] =
            (struct plan_input){.pred = (uint32_t)i, .arity = sig.preds[i].arity, .used = all};

    *out = (struct read_result){0};
    struct collector c = {
        .sig = &sig, .cuts = cuts, .clock = o->clock, .stop_after = o->stop_after};
    c.out = &out->text;
    make_batch(&c.batches[0], &sig);
    make_batch(&c.batches[1], &sig);
    struct memory_input m = {.text = log,
                             .piece = o->piece,
                             .pauses = o->pauses,
                             .pause_at = o->pause_at,
                             .fail = o->fail};
    struct log_config config = {.name = STR("log"),
                                .sig = &sig,
                                .strings = &strings,
                                .inputs = inputs,
                                .n_inputs = sig.n,
                                .clock = o->clock,
                                .max_points = o->max_points ? o->max_points : 1000,
                                .max_rows = o->max_rows ? o->max_rows : 1000,
                                .buffer = o->buffer,
                                .buffer_most = o->buffer_most};
    struct log_sink sink = {&c, collector_fresh, collector_take};
    out->status = log_read(&config, memory_input(&m), sink, &d, &out->summary);
    out->batches = c.taken;
    diags_render(&d, &out->diagnostics, false);
    buf_putc(&out->text, 0); /* so that both are C strings too */
    buf_putc(&out->diagnostics, 0);
    out->text.n--;
    out->diagnostics.n--;
    free_batch(&c.batches[0]);
    free_batch(&c.batches[1]);
    intern_free(&strings);
    arena_free(&a);
}

void read_result_free(struct read_result *r)
{
    buf_free(&r->text);
    buf_free(&r->diagnostics);
}
