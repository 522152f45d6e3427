/* Any bytes as dice: a random formula in core form, and random changes to a history of facts.  After
 * every few changes the verdicts gathered from them must be those of the judge, who evaluates the facts
 * that are left from the definition.  The first byte chooses clock or trace. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "history/history.h"
#include "logic/print.h"
#include "tests/engine/random_core.h"

/* Clock: facts stand in [0, LAST]; verdicts are compared within MARGIN of that, and the judge's log
 * reaches FAR beyond, where windows still find what they need. */
enum { LAST = 12, MARGIN = 6, FAR = 64, FACTS = 64, POINTS = 96, CELLS = 8192, CHANGES = 24 };

struct fact {
    uint32_t pred;
    uint64_t words[MAX_ARITY];
    struct point at;
    int64_t to;
};

struct cell {
    struct point at;
    uint64_t words[MAX_ARITY];
};

struct world {
    struct random_core r;
    struct history *h;
    struct formula *f;
    bool clock, full;
    struct point points[POINTS]; /* in order */
    size_t n_points;
    struct fact facts[FACTS];
    size_t n_facts;
    struct cell cells[CELLS]; /* the verdicts that hold */
    size_t n_cells;
};

static uint64_t below(struct world *w, uint64_t n)
{
    return random_core_below(&w->r, n);
}

static int point_cmp(struct point a, struct point b)
{
    if (a.stamp != b.stamp) return a.stamp < b.stamp ? -1 : 1;
    return (a.seq > b.seq) - (a.seq < b.seq);
}

static void note_point(struct world *w, struct point at)
{
    size_t i = 0;
    while (i < w->n_points && point_cmp(w->points[i], at) < 0) i++;
    if (i < w->n_points && point_cmp(w->points[i], at) == 0) return;
    if (w->n_points == POINTS) abort();
    memmove(w->points + i + 1, w->points + i, (w->n_points - i) * sizeof *w->points);
    w->points[i] = at;
    w->n_points++;
}

/* ---- verdicts from changes ---- */

static size_t find_cell(const struct world *w, struct point at, const uint64_t *words)
{
    size_t i = 0;
    while (i < w->n_cells && (point_cmp(w->cells[i].at, at) != 0 ||
                              memcmp(w->cells[i].words, words, w->f->n_fv * sizeof *words) != 0))
        i++;
    return i;
}

static void set(struct world *w, struct point at, const struct verdict_change *v)
{
    size_t i = find_cell(w, at, v->words);
    if ((i == w->n_cells) != v->holds) abort(); /* a change must change something */
    if (!v->holds) {
        w->cells[i] = w->cells[--w->n_cells];
    } else if (w->n_cells == CELLS) {
        w->full = true;
    } else {
        struct cell *c = &w->cells[w->n_cells++];
        c->at = at;
        memcpy(c->words, v->words, w->f->n_fv * sizeof *c->words);
    }
}

static void take(struct world *w, const struct verdict_change *v, size_t n)
{
    for (; n-- && !w->full; v++) {
        struct point at = {v->from.stamp < -MARGIN ? -MARGIN : v->from.stamp, 0};
        if (w->clock) {
            int64_t to = v->to.stamp > LAST + MARGIN ? LAST + MARGIN : v->to.stamp;
            for (; at.stamp <= to && !w->full; at.stamp++) set(w, at, v);
            continue;
        }
        for (size_t i = 0; i < w->n_points && !w->full; i++)
            if (point_cmp(w->points[i], v->from) >= 0 && point_cmp(w->points[i], v->to) <= 0)
                set(w, w->points[i], v);
    }
}

/* ---- changes ---- */

static void new_values(struct world *w, uint32_t pred, uint64_t *words)
{
    for (uint32_t k = 0; k < w->r.sig.preds[pred].arity; k++) words[k] = below(w, VALUES);
}

static struct fact random_fact(struct world *w)
{
    struct fact f = {.pred = (uint32_t)below(w, w->r.sig.n)};
    new_values(w, f.pred, f.words);
    f.at.stamp = (int64_t)below(w, LAST + 1);
    f.at.seq = w->clock ? 0 : (int64_t)below(w, 2);
    f.to = w->clock ? f.at.stamp + (int64_t)below(w, 3) : 0;
    if (w->clock && f.to > LAST) f.to = LAST;
    return f;
}

static enum status change(struct world *w)
{
    struct fact f = random_fact(w);
    uint64_t what = below(w, 10);
    size_t i = w->n_facts ? below(w, w->n_facts) : 0;
    if (what < 2 && w->n_facts) {
        f = w->facts[i];
        w->facts[i] = w->facts[--w->n_facts];
        enum status s = history_retract(w->h, f.pred, f.words, f.at, f.to);
        if (s == STATUS_NEGATIVE) abort();
        return s;
    }
    if (what < 4 && w->n_facts) {
        struct fact was = w->facts[i];
        new_values(w, was.pred, w->facts[i].words);
        enum status s =
            history_correct(w->h, was.pred, was.words, w->facts[i].words, was.at, was.to);
        if (s != STATUS_OK) w->facts[i] = was;
        return s;
    }
    if (what < 5 && !w->clock) {
        note_point(w, f.at);
        return history_point(w->h, f.at);
    }
    if (w->n_facts == FACTS) return STATUS_NEGATIVE;
    enum status s = history_add(w->h, f.pred, f.words, f.at, f.to);
    if (s == STATUS_OK) w->facts[w->n_facts++] = f;
    if (s == STATUS_OK && !w->clock) note_point(w, f.at);
    return s;
}

/* ---- the judge ---- */

static struct naive_log *left_over(struct world *w, struct arena *a)
{
    struct naive_log *log = arena_alloc(a, sizeof *log);
    if (!log) abort();
    naive_log_init(log, a);
    log->clock = w->clock;
    size_t n = w->clock ? LAST + 2 * FAR + 1 : w->n_points;
    for (size_t i = 0; i < n; i++) {
        struct point at = w->clock ? (struct point){(int64_t)i - FAR, 0} : w->points[i];
        naive_log_point(log, at.stamp);
        for (size_t k = 0; k < w->n_facts; k++) {
            const struct fact *f = &w->facts[k];
            bool here =
                w->clock ? f->at.stamp <= at.stamp && at.stamp <= f->to : point_cmp(f->at, at) == 0;
            if (here) naive_log_fact(log, f->pred, f->words, w->r.sig.preds[f->pred].arity);
        }
    }
    return log;
}

static void compare(struct world *w)
{
    struct arena a;
    arena_init(&a);
    struct naive_log *log = left_over(w, &a);
    struct naive *judge = naive_new(&w->r.scope, w->f, w->f, log);
    if (!judge) abort();
    size_t first = w->clock ? FAR - MARGIN : 0, n = w->clock ? FAR + LAST + MARGIN + 1 : log->n;
    if (n > naive_settled(judge)) n = naive_settled(judge);
    size_t seen = 0;
    for (size_t i = first; i < n; i++) {
        size_t n_rows;
        const uint64_t *rows = naive_tuples(judge, i, &n_rows);
        struct point at = w->clock ? (struct point){(int64_t)i - FAR, 0} : w->points[i];
        for (size_t r = 0; r < n_rows; r++)
            if (find_cell(w, at, rows + r * w->f->n_fv) == w->n_cells) abort(); /* missing */
        seen += n_rows;
    }
    size_t held = 0;
    for (size_t i = 0; i < w->n_cells; i++)
        held += w->clock || (n > 0 && point_cmp(w->cells[i].at, w->points[n - 1]) <= 0);
    if (held != seen) abort(); /* too many */
    naive_free(judge);
    arena_free(&a);
}

/* ---- one input ---- */

static void run(struct world *w)
{
    struct diags d;
    const struct verdict_change *v;
    size_t n;
    diags_init(&d, &w->r.arena);
    struct history_options how = {.clock = w->clock};
    if (history_new(w->f, &w->r.scope, &w->r.strings, &how, &d, &w->h) != STATUS_OK) return;
    enum status s = w->clock ? history_verdicts(w->h, &v, &n) : STATUS_NEGATIVE;
    if (s == STATUS_OK) take(w, v, n); /* what holds of no facts at all */
    for (int i = 1; i <= CHANGES && s != STATUS_FAULT && !w->full; i++) {
        s = change(w);
        v = history_changes(w->h, &n);
        if (s != STATUS_FAULT) take(w, v, n);
        if (i % 8 == 0 && s != STATUS_FAULT && !w->full) compare(w);
    }
    history_free(w->h);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 4) return 0;
    struct world *w = calloc(1, sizeof *w);
    if (!w) return 0;
    random_core_init(&w->r, data[1]);
    w->clock = data[0] & 1;
    w->r.paths = !w->clock;
    w->r.dice = data + 2;
    w->r.n_dice = size - 2;
    w->f = random_core_formula(&w->r, 2 + (int)below(w, 7), (uint32_t)below(w, 3));
    if (getenv("TRUCE_SHOW")) {
        struct buf b;
        buf_init(&b);
        formula_print(&b, &w->r.scope, w->f);
        fprintf(stderr, "%s %.*s\n", w->clock ? "clock" : "trace", STR_ARG(buf_str(&b)));
        buf_free(&b);
    }
    run(w);
    random_core_free(&w->r);
    free(w);
    return 0;
}
