/* See monitor.h. */
#include "monitor/monitor.h"

#include "monitor/ring.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BATCH_POINTS 4096
#define BATCH_ROWS 8192
#define BATCH_WIDER 2 /* where the past has no bound: what lives on is told again for each batch */

/* The evaluating side. */
struct evaluation {
    const struct monitor_config *config;
    struct engine
        *engine; /* on the clock made with the first batch, which tells the first second */
    struct out out;
    struct lines lines;
    struct spans spans;
    struct because because; /* only with config->explain */
    struct str *names;      /* the strings told so far, when reading has its own thread */
    size_t cap_names;
    int64_t last; /* clock: last position printed */
    bool failed;  /* memory */
};

/* The reading side, when it has its own thread. */
struct reading {
    const struct monitor_config *config;
    struct ring ring;
    int wake[2]; /* a pipe: closed for writing when no more is wanted */
    struct log_config log;
    struct diags *d;
    struct log_summary *summary;
    enum status status;
};

struct print_column *monitor_columns(struct arena *a, const struct scope *sc,
                                     const struct formula *f, const struct plan *p, uint32_t *n)
{
    bool ok = true;
    struct varset vars = formula_columns(a, f, &ok);
    const uint32_t *held;
    size_t n_held = plan_columns(p, &held);
    struct print_column *columns = arena_array(a, vars.n + 1, sizeof *columns);
    if (!ok || !columns) return NULL;
    for (uint32_t k = 0; k < vars.n; k++) {
        columns[k].type = sc->vars[vars.v[k]].type;
        for (size_t i = 0; i < n_held; i++)
            if (held[i] == vars.v[k]) columns[k].column = (uint32_t)i;
    }
    *n = vars.n;
    return columns;
}

/* ---- evaluating ---- */

static bool evaluation_init(struct evaluation *e, const struct monitor_config *c)
{
    const uint32_t *vars;
    *e = (struct evaluation){.config = c};
    lines_init(&e->lines, c->columns, c->n_columns, c->look);
    spans_init(&e->spans, c->columns, c->n_columns, c->look,
               (uint32_t)plan_columns(c->plan, &vars));
    /* before there is a second thread: making an engine may intern */
    if (!c->clock) e->engine = engine_new(c->plan, c->strings, NULL, 0, 0);
    if (c->explain) {
        because_init(&e->because, c->explain, c->plan, c->clock, c->look == LOOK_JSON, c->log);
        e->lines.because = e->spans.because = &e->because;
    }
    return out_init(&e->out, c->out, 0) && !e->spans.failed && (c->clock || e->engine) &&
           !e->because.failed;
}

static void evaluation_free(struct evaluation *e)
{
    engine_free(e->engine);
    out_free(&e->out);
    lines_free(&e->lines);
    spans_free(&e->spans);
    if (e->config->explain) because_free(&e->because);
    free(e->names);
}

/* The writer's view of the interner, when no other thread writes to it. */
static void share_names(struct evaluation *e)
{
    const struct intern *strings = e->config->strings;
    e->lines.tuples.names = e->spans.tuples.names = (struct names){strings->strings, strings->n};
}

/* With two threads the writer knows only the strings of the batches so far. */
static bool learn_names(struct evaluation *e, const struct batch *b)
{
    size_t n = b->first_string + b->n_strings;
    if (n > e->cap_names) {
        struct str *bigger = realloc(e->names, 2 * n * sizeof *bigger);
        if (!bigger) return false;
        e->names = bigger;
        e->cap_names = 2 * n;
    }
    if (b->n_strings)
        memcpy(e->names + b->first_string, b->strings, b->n_strings * sizeof *b->strings);
    e->lines.tuples.names = (struct names){e->names, n};
    return true;
}

static int64_t stamp_of(const void *ctx, int64_t position)
{
    return engine_stamp(ctx, position);
}

static void print_rows(struct evaluation *e)
{
    int64_t lo, hi;
    const struct table *rows = engine_rows(e->engine, &lo, &hi);
    if (lo > hi) return;
    if (e->config->clock)
        spans_print(&e->spans, &e->out, rows, lo, hi);
    else
        lines_print(&e->lines, &e->out, rows, lo, hi, stamp_of, e->engine);
    e->last = hi;
    if (e->config->explain) because_passed(&e->because, e->config->clock ? hi : hi + 1);
    e->failed |= e->because.failed || e->lines.failed || e->spans.failed || e->out.error == ENOMEM;
}

/* Take a batch; false when the work is over. */
static bool evaluate(struct evaluation *e, const struct batch *b)
{
    const struct monitor_config *c = e->config;
    if (!e->engine) {
        e->engine = engine_new(c->plan, c->strings, NULL, 0, b->feed.first);
        e->failed |= !e->engine;
    }
    e->failed = e->failed || engine_feed(e->engine, &b->feed) != STATUS_OK;
    if (c->one_thread)
        share_names(e);
    else
        e->failed |= !learn_names(e, b);
    if (c->explain) because_feed(&e->because, b);
    if (!e->failed) print_rows(e);
    if (c->progress) c->progress(c->progress_ctx, b->bytes);
    return !e->failed && !e->out.error;
}

static void finish(struct evaluation *e)
{
    if (!e->engine || e->failed || e->out.error) return;
    e->failed = engine_finish(e->engine, e->config->settle_all) != STATUS_OK;
    if (e->failed) return;
    share_names(e); /* the reading thread has ended */
    if (e->config->explain && e->config->settle_all) because_end(&e->because);
    print_rows(e);
    if (e->config->clock) spans_finish(&e->spans, &e->out, e->last);
    e->failed |= e->spans.failed || e->because.failed;
}

/* ---- one thread ---- */

struct alternation {
    struct evaluation *e;
    struct batch batches[2];
    size_t next;
};

static struct batch *alternate(void *ctx)
{
    struct alternation *a = ctx;
    return &a->batches[a->next++ % 2];
}

static bool evaluate_now(void *ctx, struct batch *b)
{
    struct alternation *a = ctx;
    bool more = evaluate(a->e, b);
    out_flush(&a->e->out);
    return more && !a->e->out.error;
}

static enum status run_one(struct evaluation *e, const struct log_config *log, struct diags *d,
                           struct log_summary *summary)
{
    const struct monitor_config *c = e->config;
    struct alternation a = {.e = e};
    bool ok = batch_init(&a.batches[0], c->plan) && batch_init(&a.batches[1], c->plan);
    struct log_sink sink = {&a, alternate, evaluate_now};
    enum status s = ok ? log_read(log, log_input_fd(&c->log), sink, d, summary) : STATUS_FAULT;
    batch_free(&a.batches[0]);
    batch_free(&a.batches[1]);
    return s;
}

/* ---- two threads ---- */

/* Read, unless the other side is gone meanwhile: then there is nothing more. */
static ssize_t read_or_wake(void *ctx, char *to, size_t room)
{
    struct reading *r = ctx;
    struct pollfd p[2] = {{.fd = r->config->log, .events = POLLIN},
                          {.fd = r->wake[0], .events = POLLIN}};
    for (;;) {
        if (poll(p, 2, -1) < 0 && errno != EINTR) return -1;
        if (p[1].revents) return 0;
        if (!p[0].revents) continue;
        ssize_t n = read(r->config->log, to, room);
        if (n >= 0 || (errno != EINTR && errno != EAGAIN)) return n;
    }
}

static bool input_ready(void *ctx, int wait)
{
    const struct reading *r = ctx;
    struct log_input in = log_input_fd(&r->config->log);
    return in.ready(in.ctx, wait);
}

static struct batch *fresh_of_ring(void *ctx)
{
    return ring_take_free(ctx);
}

static bool put_into_ring(void *ctx, struct batch *b)
{
    return ring_put_full(ctx, b);
}

static void *read_thread(void *ctx)
{
    struct reading *r = ctx;
    struct log_input in = {r, read_or_wake, input_ready};
    struct log_sink sink = {&r->ring, fresh_of_ring, put_into_ring};
    r->status = log_read(&r->log, in, sink, r->d, r->summary);
    ring_end(&r->ring);
    return NULL;
}

static void evaluate_ring(struct evaluation *e, struct ring *ring)
{
    for (;;) {
        struct batch *b = ring_take_full(ring, false);
        if (!b) {
            out_flush(&e->out);
            b = ring_take_full(ring, true);
        }
        if (!b) return;
        bool more = evaluate(e, b);
        ring_put_free(ring, b);
        if (!more) return;
    }
}

static enum status run_two(struct evaluation *e, const struct log_config *log, struct diags *d,
                           struct log_summary *summary)
{
    struct reading r = {.config = e->config, .log = *log, .d = d, .summary = summary};
    enum status s = STATUS_FAULT;
    pthread_t thread;
    if (pipe(r.wake) != 0) return STATUS_FAULT;
    if (ring_init(&r.ring, e->config->plan) &&
        pthread_create(&thread, NULL, read_thread, &r) == 0) {
        evaluate_ring(e, &r.ring);
        ring_stop(&r.ring);
        close(r.wake[1]);
        pthread_join(thread, NULL);
        close(r.wake[0]);
        s = r.status;
    } else {
        close(r.wake[0]);
        close(r.wake[1]);
    }
    ring_free(&r.ring);
    return s;
}

/* ---- all together ---- */

enum status monitor_run(const struct monitor_config *config, struct diags *d,
                        struct monitor_result *result)
{
    *result = (struct monitor_result){.undefined_at = place_none()};
    struct monitor_config c = *config;
    c.one_thread |= c.clock || plan_reads_strings(c.plan);
    struct log_config log = {.name = c.log_name,
                             .sig = c.scope->sig,
                             .strings = c.strings,
                             .clock = c.clock,
                             .max_points = BATCH_POINTS,
                             .max_rows = BATCH_ROWS};
    if (plan_horizon(c.plan).past == INSTANT_MAX) {
        log.max_points *= BATCH_WIDER;
        log.max_rows *= BATCH_WIDER;
    }
    struct evaluation e;
    enum status s = STATUS_FAULT;
    size_t said = d->n, errors = d->errors;
    bool ready = evaluation_init(&e, &c);
    log.n_inputs = plan_inputs(c.plan, &log.inputs);
    if (c.explain) log.inputs = because_inputs(&e.because);
    if (ready) {
        s = (c.one_thread ? run_one : run_two)(&e, &log, d, &result->log);
        if (s == STATUS_OK) finish(&e);
        out_flush(&e.out);
    } else {
        e.failed = true;
    }
    if (e.failed || e.out.error) { /* what the reader said when it was stopped is of no interest */
        s = STATUS_FAULT;
        d->n = said;
        d->errors = errors;
    }
    if (e.failed || (s == STATUS_FAULT && d->n == said && !e.out.error))
        diag_errno(d, "out-of-memory", "evaluate", c.log_name, ENOMEM);
    result->verdicts = e.lines.verdicts + e.spans.verdicts;
    if (c.explain) {
        result->explained = e.because.trees;
        result->unexplained = e.because.incomplete;
        result->log_lost = e.because.record.lost;
    }
    result->write_error = e.out.error == ENOMEM ? 0 : e.out.error;
    if (e.engine) result->undefined = engine_undefined(e.engine, &result->undefined_at);
    evaluation_free(&e);
    return s;
}
