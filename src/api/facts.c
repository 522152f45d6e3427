/* Facts into a monitor: one at a time in any order, or a piece of a log. */
#include "api/monitor.h"
#include "monitor/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The history's answer to a change, with its reason or its changes of verdicts. */
static enum truce_status answer(struct truce *t, enum status s)
{
    if (s == STATUS_OK) return api_queue(t);
    if (s == STATUS_NEGATIVE) api_say(t, history_why(t->history));
    if (s == STATUS_FAULT) api_say(t, "memory is exhausted");
    return (enum truce_status)s;
}

enum truce_status api_settle(struct truce *t)
{
    if (!t->appended) return TRUCE_OK;
    t->appended = false;
    return answer(t, history_settle(t->history));
}

bool api_word(struct truce *t, enum value_type type, const struct truce_value *v, uint64_t *word)
{
    if (type == VALUE_INT && v->type == TRUCE_INT) {
        *word = value_of_int(v->i);
        return true;
    }
    if (type == VALUE_FLOAT && v->type == TRUCE_FLOAT) return value_of_float(v->f, word);
    if (type != VALUE_STRING || v->type != TRUCE_STRING) return false;
    *word = intern_add(&t->strings, (struct str){v->s, v->n});
    return *word != INTERN_NONE;
}

static enum truce_status words_in(struct truce *t, const struct truce_fact *fact,
                                  const struct truce_value *values, size_t n, uint32_t *pred,
                                  uint64_t *words)
{
    *pred = signature_find_str(&t->sig, str_of(fact->predicate));
    if (*pred == UINT32_MAX) {
        api_say(t, "the signature has no such predicate");
        return TRUCE_INPUT;
    }
    const struct predicate *p = &t->sig.preds[*pred];
    if (n != p->arity || n > 64) {
        api_say(t, "the predicate has another number of values");
        return TRUCE_INPUT;
    }
    for (uint32_t k = 0; k < p->arity; k++) {
        if (api_word(t, p->columns[k].type, &values[k], &words[k])) continue;
        api_say(t, "a value has another type than the signature says, or is no number");
        return TRUCE_INPUT;
    }
    return TRUCE_OK;
}

typedef enum status (*one_change)(struct history *, uint32_t, const uint64_t *, struct point,
                                  int64_t);

static enum truce_status change_one(struct truce *t, const struct truce_fact *fact, one_change how)
{
    uint32_t pred;
    uint64_t words[64];
    enum truce_status s = api_settle(t);
    if (s == TRUCE_OK) s = words_in(t, fact, fact->values, fact->n_values, &pred, words);
    if (s != TRUCE_OK) return s;
    struct point at = {fact->at.stamp, t->options.clock ? 0 : fact->at.seq};
    return answer(t, how(t->history, pred, words, at, fact->to));
}

enum truce_status truce_add(truce *t, const struct truce_fact *fact)
{
    return change_one(t, fact, history_add);
}

enum truce_status truce_retract(truce *t, const struct truce_fact *fact)
{
    return change_one(t, fact, history_retract);
}

enum truce_status truce_correct(truce *t, const struct truce_fact *was,
                                const struct truce_value *is, size_t n_is)
{
    uint32_t pred;
    uint64_t old[64], new[64];
    enum truce_status s = api_settle(t);
    if (s == TRUCE_OK) s = words_in(t, was, was->values, was->n_values, &pred, old);
    if (s == TRUCE_OK) s = words_in(t, was, is, n_is, &pred, new);
    if (s != TRUCE_OK) return s;
    struct point at = {was->at.stamp, t->options.clock ? 0 : was->at.seq};
    return answer(t, history_correct(t->history, pred, old, new, at, was->to));
}

enum truce_status truce_advance(truce *t, int64_t stamp)
{
    enum truce_status s = api_settle(t);
    return s == TRUCE_OK ? answer(t, history_advance(t->history, stamp)) : s;
}

/* ---- a piece of a log ---- */

struct piece {
    struct truce *t;
    const char *p;
    size_t n;
    struct batch batches[2]; /* the reader fills the one while the other is handed on */
    size_t filling;
    int64_t seq; /* of the last time-point of `stamp` */
    int64_t stamp;
    bool any;
    size_t late; /* time-points (clock: facts) that were refused, the first at `first_late` */
    int64_t first_late;
    enum status status;
};

static ssize_t piece_read(void *ctx, char *to, size_t room)
{
    struct piece *x = ctx;
    size_t n = x->n < room ? x->n : room;
    memcpy(to, x->p, n);
    x->p += n;
    x->n -= n;
    return (ssize_t)n;
}

static bool piece_ready(void *ctx, int wait)
{
    (void)ctx;
    (void)wait;
    return true;
}

static struct batch *piece_fresh(void *ctx)
{
    struct piece *x = ctx;
    x->filling = !x->filling;
    return &x->batches[x->filling];
}

/* Time-points of one stamp are numbered onward; those of an earlier piece are not met again. */
static struct point next_point(struct piece *x, int64_t stamp)
{
    struct truce *t = x->t;
    bool again = x->any && x->stamp == stamp;
    bool onward = t->any && t->last.stamp == stamp;
    x->seq = again ? x->seq + 1 : onward ? t->last.seq + 1 : 0;
    x->stamp = stamp;
    x->any = true;
    return (struct point){stamp, x->seq};
}

/* In order where it can be, else as late changes whose answers are queued one by one. */
static enum status take_fact(struct truce *t, bool behind, uint32_t pred, const uint64_t *words,
                             struct point at)
{
    if (behind) return history_append(t->history, pred, words, at);
    enum status s = history_add(t->history, pred, words, at, at.stamp);
    if (s == STATUS_OK && api_queue(t) != TRUCE_OK) s = STATUS_FAULT;
    return s;
}

static enum status take_point(struct truce *t, bool behind, struct point at)
{
    if (behind) return history_append_point(t->history, at);
    enum status s = history_point(t->history, at);
    if (s == STATUS_OK && api_queue(t) != TRUCE_OK) s = STATUS_FAULT;
    return s;
}

/* Does it lie before the watermark, and may not?  It is counted, so that it can be told. */
static bool refused(struct piece *x, struct point at)
{
    if (!history_late(x->t->history, at)) return false;
    if (x->late++ == 0) x->first_late = at.stamp;
    return true;
}

static void tell_late(struct piece *x)
{
    const char *what = x->t->options.clock ? "fact" : "time-point";
    char words[200];
    snprintf(words, sizeof words,
             "%zu %s%s before the watermark %s refused, the first at @%lld: what stood there is "
             "settled",
             x->late, what, x->late == 1 ? "" : "s", x->late == 1 ? "was" : "were",
             (long long)x->first_late);
    api_say(x->t, words);
}

/* The clock has no time-points: each row stands by itself. */
static enum status take_seconds(struct piece *x, const struct plan_input *inputs,
                                const struct feed *f)
{
    struct truce *t = x->t;
    enum status s = STATUS_OK;
    for (size_t k = 0; k < f->n_tables && s != STATUS_FAULT; k++) {
        const struct table *rows = &f->tables[k];
        for (size_t r = 0; r < rows->n && s != STATUS_FAULT; r++) {
            uint64_t words[64];
            struct point at = {rows->from[r], 0};
            if (refused(x, at)) continue;
            for (uint32_t c = 0; c < rows->ncols; c++) words[c] = rows->col[c][r];
            s = take_fact(t, false, inputs[k].pred, words, at);
        }
    }
    return s == STATUS_FAULT ? s : STATUS_OK;
}

static enum status take_point_facts(struct piece *x, const struct plan_input *inputs,
                                    const struct feed *f, int64_t i, size_t *row)
{
    struct truce *t = x->t;
    struct point at = next_point(x, f->stamps[i]);
    int64_t position = f->first + i;
    if (refused(x, at)) {
        for (size_t k = 0; k < f->n_tables; k++)
            while (row[k] < f->tables[k].n && f->tables[k].from[row[k]] == position) row[k]++;
        return STATUS_OK;
    }
    bool later =
        !t->any || at.stamp > t->last.stamp || (at.stamp == t->last.stamp && at.seq >= t->last.seq);
    if (!later && api_settle(t) != TRUCE_OK) return STATUS_FAULT;
    enum status s = take_point(t, later, at);
    for (size_t k = 0; k < f->n_tables && s != STATUS_FAULT; k++) {
        const struct table *rows = &f->tables[k];
        for (; row[k] < rows->n && rows->from[row[k]] == position && s != STATUS_FAULT; row[k]++) {
            uint64_t words[64];
            for (uint32_t c = 0; c < rows->ncols; c++) words[c] = rows->col[c][row[k]];
            s = take_fact(t, later, inputs[k].pred, words, at);
        }
    }
    if (later) {
        t->appended = true;
        t->last = at;
        t->any = true;
    }
    return s == STATUS_FAULT ? s : STATUS_OK; /* what is there already changes nothing */
}

static bool piece_take(void *ctx, struct batch *b)
{
    struct piece *x = ctx;
    const struct plan_input *inputs;
    size_t n = plan_inputs(history_plan(x->t->history), &inputs);
    size_t *row = calloc(n + 1, sizeof *row);
    x->status = row ? STATUS_OK : STATUS_FAULT;
    if (row && x->t->options.clock) x->status = take_seconds(x, inputs, &b->feed);
    for (size_t i = 0; i < b->feed.n && x->status == STATUS_OK; i++)
        x->status = take_point_facts(x, inputs, &b->feed, (int64_t)i, row);
    free(row);
    return x->status == STATUS_OK;
}

enum truce_status truce_feed(truce *t, const char *log, size_t n)
{
    struct diags d;
    struct arena a;
    arena_init(&a);
    diags_init(&d, &a);
    struct piece x = {.t = t, .p = log, .n = n};
    const struct plan *plan = history_plan(t->history);
    const struct plan_input *inputs;
    size_t n_inputs = plan_inputs(plan, &inputs);
    struct plan_input *whole = arena_array(&a, n_inputs + 1, sizeof *whole);
    bool *used = arena_array(&a, 64, sizeof *used); /* corrections name every column */
    enum status s = whole && used ? STATUS_OK : STATUS_FAULT;
    for (int i = 0; i < 2; i++)
        if (!batch_init(&x.batches[i], plan)) s = STATUS_FAULT;
    for (int k = 0; used && k < 64; k++) used[k] = true;
    for (size_t i = 0; whole && i < n_inputs; i++) {
        whole[i] = inputs[i];
        whole[i].used = used;
    }
    struct log_config config = {.name = STR_INIT("log"),
                                .sig = &t->sig,
                                .strings = &t->strings,
                                .inputs = whole,
                                .n_inputs = n_inputs,
                                .clock = t->options.clock != 0,
                                .max_points = 4096,
                                .max_rows = 16384};
    struct log_summary summary;
    struct log_input input = {&x, piece_read, piece_ready};
    struct log_sink sink = {&x, piece_fresh, piece_take};
    if (s == STATUS_OK) s = log_read(&config, input, sink, &d, &summary);
    if (s == STATUS_OK) s = x.status;
    if (s == STATUS_INPUT) api_say_diags(t, &d);
    if (s == STATUS_FAULT) api_say(t, "memory is exhausted");
    if (s == STATUS_OK && x.late) {
        tell_late(&x);
        s = STATUS_NEGATIVE;
    }
    for (int i = 0; i < 2; i++) batch_free(&x.batches[i]);
    arena_free(&a);
    return (enum truce_status)s;
}
