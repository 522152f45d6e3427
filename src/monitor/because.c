/* See because.h. */
#include "monitor/because.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define AGAIN_BUFFER ((size_t)1 << 16)
#define AGAIN_POINTS 4096
#define AGAIN_ROWS 8192
#define TREE_BYTES ((size_t)1 << 18) /* enough for most trees; more pages come as they are needed */

static bool load_block(void *ctx, struct record *r, const struct block *block);
static bool load_stamps(void *ctx, struct record *r, const struct block *block);

static void every_column(struct because *b)
{
    const struct plan_input *inputs;
    b->n_inputs = plan_inputs(b->plan, &inputs);
    b->inputs = calloc(b->n_inputs + 1, sizeof *b->inputs);
    uint32_t widest = b->config->core->n_fv;
    for (size_t i = 0; i < b->n_inputs; i++)
        if (inputs[i].arity > widest) widest = inputs[i].arity;
    bool *every = malloc(widest + 1);
    b->words = calloc(widest + 1, sizeof *b->words);
    b->failed = !b->inputs || !every || !b->words;
    if (every) memset(every, true, widest + 1);
    for (size_t i = 0; !b->failed && i < b->n_inputs; i++) {
        b->inputs[i] = inputs[i];
        b->inputs[i].used = every;
    }
    if (b->failed || !b->n_inputs) free(every);
}

/* What reading again needs. */
static void read_again_init(struct because *b)
{
    bool *wanted = calloc(b->sig.n + 1, sizeof *wanted);
    b->failed |=
        !wanted || !batch_init(&b->batches[0], b->plan) || !batch_init(&b->batches[1], b->plan);
    for (size_t i = 0; !b->failed && i < b->n_inputs; i++)
        if (b->inputs[i].pred < b->sig.n) wanted[b->inputs[i].pred] = true;
    b->failed = b->failed || !skim_init(&b->skim, b->log, &b->sig, &b->strings, wanted);
    free(wanted);
    b->record.load = load_block;
    b->record.load_stamps = load_stamps;
    b->record.load_ctx = b;
}

void because_init(struct because *b, const struct because_config *config, const struct plan *plan,
                  bool clock, bool json, int log)
{
    struct stat st;
    *b = (struct because){.config = config, .plan = plan, .json = json, .log = log};
    arena_init(&b->arena);
    arena_init(&b->keys);
    buf_init(&b->text);
    intern_init(&b->strings);
    b->sig = *config->scope->sig;
    b->scope = *config->scope;
    b->sig.strings = b->scope.strings = &b->strings;
    b->scope.sig = &b->sig;
    record_init(&b->record, &b->sig, clock, 0);
    b->log_base = lseek(log, 0, SEEK_CUR);
    b->again = b->log_base >= 0 && fstat(log, &st) == 0 && S_ISREG(st.st_mode);
    every_column(b);
    if (b->again) read_again_init(b);
}

void because_free(struct because *b)
{
    if (b->inputs && b->n_inputs) free((void *)(uintptr_t)b->inputs[0].used);
    free(b->inputs);
    free(b->words);
    record_free(&b->record);
    intern_free(&b->strings);
    buf_free(&b->text);
    arena_free(&b->arena);
    arena_free(&b->keys);
    skim_free(&b->skim);
    batch_free(&b->batches[0]);
    batch_free(&b->batches[1]);
}

const struct plan_input *because_inputs(const struct because *b)
{
    const struct plan_input *inputs;
    plan_inputs(b->plan, &inputs);
    return b->again ? inputs : b->inputs;
}

/* ---- reading again ---- */

struct again {
    struct because *b;
    struct record *record;
    const struct block *block;
    bool stamps;    /* wanted are these, not the facts */
    int64_t offset; /* of the next byte */
    size_t next;
};

static ssize_t read_again(void *ctx, char *to, size_t room)
{
    struct again *g = ctx;
    ssize_t n = pread(g->b->log, to, room, g->offset);
    if (n > 0) g->offset += n;
    return n;
}

static bool always_ready(void *ctx, int wait)
{
    (void)ctx;
    (void)wait;
    return true;
}

static struct batch *fresh_again(void *ctx)
{
    struct again *g = ctx;
    return &g->b->batches[g->next++ % 2];
}

static void take_facts(struct because *b, const struct feed *f, int64_t shift, int64_t first,
                       int64_t last)
{
    for (size_t i = 0; i < b->n_inputs; i++) {
        const struct table *t = &f->tables[i];
        if (b->inputs[i].pred >= b->sig.n) continue;
        for (size_t row = 0; row < t->n; row++) {
            int64_t from = t->from[row] + shift, to = t->to[row] + shift;
            if (from < first || from > last) continue;
            for (uint32_t k = 0; k < t->ncols; k++) b->words[k] = t->col[k][row];
            record_fact(&b->record, b->inputs[i].pred, b->words, from, to);
        }
    }
}

/* Take what belongs to the block; false when there can be no more of it. */
static bool take_again(void *ctx, struct batch *batch)
{
    struct again *g = ctx;
    const struct feed *f = &batch->feed;
    const struct block *block = g->block;
    int64_t shift = g->record->clock ? 0 : block->first;
    for (size_t i = 0; g->stamps && i < f->n; i++)
        if (f->first + shift + (int64_t)i <= block->last) record_stamp_add(g->record, f->stamps[i]);
    if (!g->stamps) take_facts(g->b, f, shift, block->first, block->last);
    int64_t upto = g->record->clock ? f->upto : f->first + shift + (int64_t)f->n - 1;
    return upto < block->last && !g->record->failed;
}

static bool wanted(void *ctx, uint32_t pred, const uint64_t *words)
{
    return record_holds(ctx, pred, words);
}

static int64_t place_of(const struct because *b, const struct block *block)
{
    return b->log_base + (int64_t)block->place;
}

/* By the reader proper, whatever the log's spelling. */
static bool read_proper(struct because *b, struct record *r, const struct block *block, bool stamps)
{
    struct again g = {
        .b = b, .record = r, .block = block, .stamps = stamps, .offset = place_of(b, block)};
    (stamps ? record_retract_stamps : record_retract_facts)(r);
    struct log_config log = {.sig = &b->sig,
                             .strings = &b->strings,
                             .inputs = b->inputs,
                             .n_inputs = b->n_inputs,
                             .clock = r->clock,
                             .max_points = AGAIN_POINTS,
                             .max_rows = AGAIN_ROWS,
                             .buffer = AGAIN_BUFFER,
                             .wanted = r->keys ? wanted : NULL,
                             .wanted_ctx = r};
    struct arena arena;
    struct diags d; /* what is wrong behind the block is told by the reading proper */
    struct log_summary summary;
    arena_init(&arena);
    diags_init(&d, &arena);
    bool ok =
        log_read(&log, (struct log_input){&g, read_again, always_ready},
                 (struct log_sink){&g, fresh_again, take_again}, &d, &summary) != STATUS_FAULT;
    arena_free(&arena);
    return ok;
}

static bool load_block(void *ctx, struct record *r, const struct block *block)
{
    struct because *b = ctx;
    return skim_facts(&b->skim, r, block, place_of(b, block)) || read_proper(b, r, block, false);
}

static bool load_stamps(void *ctx, struct record *r, const struct block *block)
{
    struct because *b = ctx;
    return skim_stamps(&b->skim, r, block, place_of(b, block)) || read_proper(b, r, block, true);
}

/* ---- while the log is read ---- */

/* Of a pipe: is all known that the verdicts asked for depend on?  Trace: they are printed.  On the
 * clock their lines come later, when the intervals end. */
static bool enough(const struct because *b)
{
    const struct because_config *c = b->config;
    struct plan_horizon h = plan_horizon(b->plan);
    if (c->which == BECAUSE_ALL || c->which == BECAUSE_FIRST) return b->over;
    if (!b->record.clock) return b->over;
    return b->record.last > instant_add(instant_add(c->at, h.future), h.future_positions);
}

void because_feed(struct because *b, const struct batch *batch)
{
    struct record *r = &b->record;
    const struct feed *f = &batch->feed;
    if (r->clock && !b->started) {
        b->started = true;
        r->first = f->first;
        r->last = f->first - 1;
    }
    if (b->again) {
        int64_t last = r->clock ? f->upto : f->first + (int64_t)f->n - 1;
        if (last > r->last)
            record_announce(r, last, r->clock ? f->first : f->stamps[0], batch->place);
        b->failed |= r->failed;
        return;
    }
    if (enough(b)) return;
    if (r->clock && f->upto > r->last) record_point(r, f->upto);
    for (size_t i = 0; !r->clock && i < f->n; i++) record_point(r, f->stamps[i]);
    if (r->first <= r->last) take_facts(b, f, 0, r->first, r->last);
    b->failed |= r->failed;
}

void because_end(struct because *b)
{
    record_end(&b->record);
}

/* The first position that a verdict at `position` can depend on. */
static int64_t horizon(struct because *b, int64_t position)
{
    struct plan_horizon h = plan_horizon(b->plan);
    struct record *r = &b->record;
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
    struct record *r = &b->record;
    if (b->failed || r->last < r->first) return;
    if (position > r->last) position = r->last;
    bool at_once = c->which == BECAUSE_FIRST && b->said;
    if (!r->clock && c->which == BECAUSE_POINT) at_once = position > c->at;
    if (!r->clock && c->which == BECAUSE_STAMP && !b->again)
        at_once = record_stamp(r, position) > c->at;
    b->over |= at_once;
    if (b->over)
        record_forget(r, r->last + 1);
    else if (!b->again || c->which == BECAUSE_ALL)
        record_forget(r, horizon(b, position));
}

bool because_wants(const struct because *b, int64_t from, int64_t to, int64_t stamp)
{
    const struct because_config *c = b->config;
    switch (c->which) {
    case BECAUSE_ALL: return !b->failed;
    case BECAUSE_FIRST: return !b->failed && !b->said;
    case BECAUSE_POINT: return !b->failed && from <= c->at && c->at <= to;
    case BECAUSE_STAMP:
        if (b->record.clock) return !b->failed && from <= c->at && c->at <= to;
        return !b->failed && stamp == c->at;
    }
    return false;
}

/* ---- trees ---- */

/* Without the blanks that stand outside of quotes. */
static bool same_tuple(struct str given, struct str printed)
{
    size_t k = 0;
    bool quoted = false;
    for (size_t i = 0; i < given.n; i++) {
        quoted ^= given.p[i] == '"';
        if (given.p[i] == ' ' && !quoted) continue;
        if (k == printed.n || given.p[i] != printed.p[k++]) return false;
    }
    return k == printed.n;
}

static bool tuple_wanted(struct because *b, const struct tuples *t, const struct table *rows,
                         size_t row)
{
    struct str want = b->config->tuple;
    struct tuples plain = *t;
    plain.look = LOOK_LINES;
    if (!want.n) return true;
    char *text = malloc(tuple_bound(&plain, rows, row) + 64);
    b->failed |= !text;
    if (!text) return false;
    size_t n = (size_t)(tuple_format(&plain, text, rows, row) - text);
    bool is = same_tuple(want, (struct str){text, n});
    free(text);
    return is;
}

/* The strings known so far get the numbers that they have in the log's interner. */
static bool learn(struct because *b, const struct names *names)
{
    for (size_t i = b->strings.n; i < names->n; i++)
        if (intern_add(&b->strings, names->p[i]) != i) return false;
    return true;
}

/* Choose the facts that are read: the first time by the values of the tuple, if it is alone. */
static void narrow(struct because *b, const uint64_t *words, bool alone)
{
    const struct because_config *c = b->config;
    if (!b->again || c->which == BECAUSE_ALL) return;
    if (!b->narrowed && alone) {
        const struct fact_key *keys = explain_keys(&b->keys, &b->scope, c->core, words);
        b->failed |= !keys;
        record_rekey(&b->record, keys);
    } else if (b->record.keys) {
        record_rekey(&b->record, NULL);
    }
    b->narrowed = true;
}

void because_line(struct because *b, struct out *o, int64_t from, int64_t to,
                  const struct tuples *t, const struct table *rows, size_t row, bool alone)
{
    const struct because_config *c = b->config;
    struct proof *p;
    if (!tuple_wanted(b, t, rows, row)) return;
    b->said = true;
    for (uint32_t k = 0; k < rows->ncols; k++) b->words[k] = rows->col[k][row];
    b->failed |= !arena_reserve(&b->arena, TREE_BYTES);
    int64_t at = c->which == BECAUSE_ALL || c->which == BECAUSE_FIRST || from == to ? to : c->at;
    uint64_t *words = arena_array(&b->arena, rows->ncols + 1, sizeof *words);
    b->failed |= !words || !learn(b, &t->names);
    if (b->failed) return;
    memcpy(words, b->words, rows->ncols * sizeof *words);
    narrow(b, words, alone || c->tuple.n);
    if (b->failed) return;
    enum status s = explain_verdict(&b->arena, &b->scope, &b->record, c->core, at, words, &p);
    buf_clear(&b->text);
    if (s == STATUS_OK && b->json) {
        buf_puts(&b->text, "{\"explanation\":");
        proof_json(&b->text, &b->scope, &b->record, p);
        buf_puts(&b->text, "}\n");
    } else if (s == STATUS_OK) {
        proof_text(&b->text, &b->scope, &b->record, p, 4);
    }
    b->failed |= (s != STATUS_OK && !b->record.lost) || b->text.failed;
    if (s == STATUS_OK && !b->failed) {
        b->trees++;
        b->incomplete += proof_incomplete(p);
        out_add(o, buf_str(&b->text));
    }
    arena_clear(&b->arena);
}
