/* See because.h. */
#include "monitor/because.h"

#include <stdlib.h>
#include <string.h>

void because_init(struct because *b, const struct because_config *config, const struct plan *plan,
                  bool clock, bool json)
{
    const struct plan_input *inputs;
    *b = (struct because){.config = config, .plan = plan, .json = json};
    arena_init(&b->arena);
    buf_init(&b->text);
    record_init(&b->record, config->scope->sig, clock, 0);
    b->n_inputs = plan_inputs(plan, &inputs);
    b->inputs = calloc(b->n_inputs + 1, sizeof *b->inputs);
    uint32_t widest = config->core->n_fv;
    for (size_t i = 0; i < b->n_inputs; i++)
        if (inputs[i].arity > widest) widest = inputs[i].arity;
    bool *every = malloc(widest + 1);
    b->words = calloc(widest + 1, sizeof *b->words);
    b->failed = !b->inputs || !every || !b->words || b->record.failed;
    if (every) memset(every, true, widest + 1);
    for (size_t i = 0; !b->failed && i < b->n_inputs; i++) {
        b->inputs[i] = inputs[i];
        b->inputs[i].used = every;
    }
    if (b->failed || !b->n_inputs) free(every);
}

void because_free(struct because *b)
{
    if (b->inputs && b->n_inputs) free((void *)(uintptr_t)b->inputs[0].used);
    free(b->inputs);
    free(b->words);
    record_free(&b->record);
    buf_free(&b->text);
    arena_free(&b->arena);
}

/* Is all known that the verdicts asked for depend on?  Trace: they are printed.  On the clock their
 * lines come later, when the intervals end. */
static bool done(const struct because *b)
{
    struct plan_horizon h = plan_horizon(b->plan);
    if (b->config->all) return false;
    if (!b->record.clock) return b->record.first > b->config->at;
    return b->record.last > instant_add(instant_add(b->config->at, h.future), h.future_positions);
}

void because_feed(struct because *b, const struct feed *f)
{
    struct record *r = &b->record;
    if (done(b)) return;
    if (r->clock && !b->started) {
        b->started = true;
        r->first = f->first;
        r->last = f->first - 1;
    }
    if (r->clock && f->upto > r->last) record_point(r, f->upto);
    for (size_t i = 0; !r->clock && i < f->n; i++) record_point(r, f->stamps[i]);
    for (size_t i = 0; i < b->n_inputs; i++) {
        const struct table *t = &f->tables[i];
        if (b->inputs[i].pred >= r->sig->n) continue;
        for (size_t row = 0; row < t->n; row++) {
            for (uint32_t k = 0; k < t->ncols; k++) b->words[k] = t->col[k][row];
            record_fact(r, b->inputs[i].pred, b->words, t->from[row]);
        }
    }
    b->failed |= r->failed;
}

void because_end(struct because *b)
{
    record_end(&b->record);
}

/* The first position that a verdict at `position` can depend on. */
static int64_t horizon(const struct because *b, int64_t position)
{
    struct plan_horizon h = plan_horizon(b->plan);
    const struct record *r = &b->record;
    if (h.past == INSTANT_MAX) return r->first;
    for (int64_t steps = h.past_positions;; steps--) { /* seconds may lie before and after a step */
        if (position <= r->first) return r->first;
        position = record_from(r, instant_add(record_stamp(r, position), -h.past));
        if (steps <= 0) return position;
        position--;
    }
}

void because_passed(struct because *b, int64_t position)
{
    const struct because_config *c = b->config;
    if (b->failed || b->record.last < b->record.first) return;
    if (!c->all && position > c->at) {
        if (!b->record.clock) record_forget(&b->record, b->record.last + 1);
        return;
    }
    if (position > b->record.last) position = b->record.last;
    record_forget(&b->record, horizon(b, position));
}

static void tree(struct because *b, struct out *o, int64_t at, const uint64_t *words)
{
    const struct because_config *c = b->config;
    struct proof *p;
    enum status s = explain_verdict(&b->arena, c->scope, &b->record, c->core, at, words, &p);
    buf_clear(&b->text);
    if (s == STATUS_OK && b->json) {
        buf_puts(&b->text, "{\"explanation\":");
        proof_json(&b->text, c->scope, &b->record, p);
        buf_puts(&b->text, "}\n");
    } else if (s == STATUS_OK) {
        proof_text(&b->text, c->scope, &b->record, p, 4);
    }
    b->failed |= s != STATUS_OK || b->text.failed;
    if (b->failed) return;
    b->incomplete += proof_incomplete(p);
    out_add(o, buf_str(&b->text));
    arena_free(&b->arena);
}

void because_line(struct because *b, struct out *o, int64_t from, int64_t to,
                  const struct table *rows, size_t row)
{
    const struct because_config *c = b->config;
    if (b->failed || (!c->all && (c->at < from || c->at > to))) return;
    for (uint32_t k = 0; k < rows->ncols; k++) b->words[k] = rows->col[k][row];
    tree(b, o, c->all ? to : c->at, b->words);
}
