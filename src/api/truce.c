/* The public face of the engine: see include/truce.h.  A monitor is a signature, a formula, the
 * history that judges it, and a queue of changes not read yet.  Values cross the border as C types
 * and become words here; nothing of the inner structures is shown. */
#include "api/monitor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void api_say(struct truce *t, const char *what)
{
    snprintf(t->message, sizeof t->message, "%s", what);
}

void api_say_diags(struct truce *t, const struct diags *d)
{
    struct buf b;
    buf_init(&b);
    diags_render(d, &b, false);
    snprintf(t->message, sizeof t->message, "%.*s", STR_ARG(buf_str(&b)));
    buf_free(&b);
}

static enum status load(struct truce *t, const char *signature, const char *formula,
                        struct diags *d)
{
    const struct source *sig = source_new(&t->arena, STR("signature"), str_of(signature));
    const struct source *text =
        source_new(&t->arena, STR("formula"), str_dup(&t->arena, str_of(formula)));
    struct formula *f = NULL;
    if (!sig || !text) return STATUS_FAULT;
    enum status s = parse_signature(&t->sig, sig, d);
    if (s == STATUS_OK && !scope_init(&t->scope, &t->arena, &t->strings, &t->sig))
        return STATUS_FAULT;
    if (s == STATUS_OK) s = parse_formula(&t->scope, text, d, &f);
    if (s == STATUS_OK) s = formula_typecheck(&t->scope, f, d);
    struct safe_options how = {0};
    if (s == STATUS_OK) s = safe_core(&t->scope, f, &how, d, &t->core);
    struct history_options options = {.clock = t->options.clock != 0,
                                      .late = t->options.reopens ? LATE_REOPENS : LATE_REFUSED};
    if (s == STATUS_OK) s = history_new(t->core, &t->scope, &t->strings, &options, d, &t->history);
    bool ok = true;
    if (s == STATUS_OK) t->columns = formula_columns(&t->arena, f, &ok);
    return ok ? s : STATUS_FAULT;
}

truce *truce_open(const char *signature, const char *formula, const struct truce_options *options,
                  struct truce_error *error)
{
    struct truce *t = calloc(1, sizeof *t);
    enum status s = STATUS_FAULT;
    if (t) {
        arena_init(&t->arena);
        arena_init(&t->queue_arena);
        buf_init(&t->explanation);
        intern_init(&t->strings);
        signature_init(&t->sig, &t->arena, &t->strings);
        if (options) t->options = *options;
        struct diags d;
        diags_init(&d, &t->arena);
        s = load(t, signature ? signature : "", formula ? formula : "", &d);
        if (s != STATUS_OK) api_say_diags(t, &d);
    }
    if (error) {
        error->status = (enum truce_status)s;
        snprintf(error->message, sizeof error->message, "%s",
                 !t || (s == STATUS_FAULT && !*t->message) ? "memory is exhausted" : t->message);
    }
    if (s == STATUS_OK) return t;
    truce_close(t);
    return NULL;
}

void truce_close(truce *t)
{
    if (!t) return;
    history_free(t->history);
    arena_free(&t->arena);
    arena_free(&t->queue_arena);
    intern_free(&t->strings);
    buf_free(&t->explanation);
    free(t->values);
    free(t);
}

const char *truce_column(const truce *t, size_t k)
{
    return k < t->columns.n ? scope_var_name(&t->scope, t->columns.v[k]).p : NULL;
}

size_t truce_facts(const truce *t)
{
    return history_facts(t->history);
}

const char *truce_message(const truce *t)
{
    return t->message;
}

/* ---- the queue ---- */

static struct truce_point point_out(struct point p)
{
    return (struct truce_point){p.stamp, p.seq};
}

/* Put the history's changes behind those not read yet. */
enum truce_status api_queue(struct truce *t)
{
    size_t n;
    const struct verdict_change *v = history_changes(t->history, &n);
    if (t->next == t->n_queue) { /* all read: begin anew */
        arena_free(&t->queue_arena);
        t->queue = NULL;
        t->next = t->n_queue = t->cap_queue = 0;
    }
    for (size_t i = 0; i < n; i++) {
        struct verdict_change *q =
            arena_grow(&t->queue_arena, t->queue, t->n_queue, &t->cap_queue, sizeof *q);
        uint64_t *words = arena_array(&t->queue_arena, t->core->n_fv + 1, sizeof *words);
        if (!q || !words) return TRUCE_FAULT;
        memcpy(words, v[i].words, t->core->n_fv * sizeof *words);
        t->queue = q;
        q[t->n_queue] = v[i];
        q[t->n_queue++].words = words;
    }
    return TRUCE_OK;
}

static struct truce_value value_out(const struct truce *t, uint32_t var, uint64_t word)
{
    struct truce_value v = {0};
    switch (t->scope.vars[var].type) {
    case VALUE_FLOAT:
        v.type = TRUCE_FLOAT;
        v.f = value_float(word);
        break;
    case VALUE_INT:
        v.type = TRUCE_INT;
        v.i = value_int(word);
        break;
    default: {
        struct str s = intern_str(&t->strings, (uint32_t)word);
        v.type = TRUCE_STRING;
        v.s = s.p;
        v.n = s.n;
    }
    }
    return v;
}

/* A tuple is kept in the order of variable numbers, and shown in the order of the columns. */
static uint64_t word_of(const struct truce *t, const uint64_t *words, uint32_t var)
{
    for (uint32_t i = 0; i < t->core->n_fv; i++)
        if (t->core->fv[i] == var) return words[i];
    return 0;
}

enum truce_status truce_next_change(truce *t, struct truce_change *out)
{
    enum truce_status s = api_settle(t);
    if (s != TRUCE_OK) return s;
    if (t->next == t->n_queue) return TRUCE_NOTHING;
    if (!t->values) t->values = calloc(t->columns.n + 1, sizeof *t->values);
    if (!t->values) return TRUCE_FAULT;
    const struct verdict_change *v = &t->queue[t->next++];
    for (uint32_t k = 0; k < t->columns.n; k++)
        t->values[k] = value_out(t, t->columns.v[k], word_of(t, v->words, t->columns.v[k]));
    *out = (struct truce_change){v->holds,         v->reopened, point_out(v->from),
                                 point_out(v->to), t->values,   t->columns.n};
    return TRUCE_OK;
}
