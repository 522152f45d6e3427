/* truce_explain: a record (explain/record.h) over the facts of the history, block by block, so that a
 * tree costs what it looks at. */
#include "api/monitor.h"

#include "explain/explain.h"
#include "history/relation.h"

#include <string.h>

#define BLOCK_POINTS 1024

/* ---- a trace: positions are ranks of time-points ---- */

static bool load_points(void *ctx, struct record *r, const struct block *b)
{
    struct truce *t = ctx;
    const struct order *points = history_points(t->history);
    struct cursor p = order_at_rank(points, (size_t)b->first);
    for (int64_t i = b->first; i <= b->last && !cursor_done(points, p); i++) {
        record_stamp_add(r, cursor_get(points, p).stamp);
        cursor_next(points, &p);
    }
    for (uint32_t pred = 0; pred < t->sig.n; pred++) {
        struct relation *rel = history_relation(t->history, pred);
        const struct order *rows = relation_rows(rel, 0, NULL);
        uint64_t words[RELATION_COLUMNS];
        if (!rows) return false;
        p = order_at_rank(points, (size_t)b->first);
        struct moment here = cursor_get(points, p);
        struct cursor c = order_seek(rows, (struct moment){here.stamp, here.seq, 0});
        int64_t at = b->first;
        for (; !cursor_done(rows, c); cursor_next(rows, &c)) {
            struct moment m = cursor_get(rows, c), key = {m.stamp, m.seq, here.row};
            while (at <= b->last && moment_cmp(here, key) != 0) { /* its time-point is there */
                cursor_next(points, &p);
                if (++at > b->last || cursor_done(points, p)) break;
                here = cursor_get(points, p);
                key.row = here.row;
            }
            if (at > b->last || cursor_done(points, p)) break;
            for (uint32_t k = 0; k < rel->arity; k++) words[k] = rel->col[k][m.row];
            record_fact(r, pred, words, at, at);
        }
    }
    return !r->failed;
}

static void announce_points(struct truce *t, struct record *r)
{
    const struct order *points = history_points(t->history);
    for (size_t first = 0; first < points->n; first += BLOCK_POINTS) {
        size_t last = first + BLOCK_POINTS - 1;
        if (last >= points->n) last = points->n - 1;
        record_announce(r, (int64_t)last, order_at(points, first).stamp, 0);
    }
    record_end(r);
}

/* ---- the clock: seconds around the verdict, as far as the formula can look ---- */

static int64_t reach(const struct formula *f);

static int64_t reach_path(const struct path *p)
{
    if (!p) return 0;
    int64_t sum = instant_add(reach_path(p->a), reach_path(p->b));
    return instant_add(sum, p->test ? reach(p->test) : 1);
}

static int64_t reach(const struct formula *f)
{
    int64_t sum = 1;
    switch (f->op) {
    case F_PREV:
    case F_NEXT:
    case F_ONCE:
    case F_EVENTUALLY:
    case F_SINCE:
    case F_UNTIL:
    case F_MATCHF:
    case F_MATCHP:
        sum += bound_infinite(f->bound) ? f->bound.lo.seconds : f->bound.hi.seconds;
        break;
    default: break;
    }
    for (uint32_t i = 0; i < f->n_sub; i++) sum = instant_add(sum, reach(f->sub[i]));
    return instant_add(sum, reach_path(f->path));
}

static bool load_seconds(void *ctx, struct record *r, const struct block *b)
{
    struct truce *t = ctx;
    uint64_t words[RELATION_COLUMNS];
    for (uint32_t pred = 0; pred < t->sig.n; pred++) {
        struct relation *rel = history_relation(t->history, pred);
        const struct order *rows = relation_rows(rel, 0, NULL);
        if (!rows) return false;
        int64_t from = instant_add(b->first, -rel->longest);
        struct cursor c = order_seek(rows, (struct moment){from, INT64_MIN, 0});
        for (; !cursor_done(rows, c); cursor_next(rows, &c)) {
            struct moment m = cursor_get(rows, c);
            if (m.stamp > b->last) break;
            int64_t to = rel->to[m.row] < b->last ? rel->to[m.row] : b->last;
            if (to < b->first) continue;
            for (uint32_t k = 0; k < rel->arity; k++) words[k] = rel->col[k][m.row];
            record_fact(r, pred, words, m.stamp < b->first ? b->first : m.stamp, to);
        }
    }
    return !r->failed;
}

static bool announce_seconds(struct truce *t, struct record *r, int64_t at)
{
    int64_t around = reach(t->core), first = at;
    if (plan_horizon(history_plan(t->history)).past == INSTANT_MAX)
        for (uint32_t pred = 0; pred < t->sig.n; pred++) {
            const struct order *rows = relation_rows(history_relation(t->history, pred), 0, NULL);
            if (!rows) return false;
            if (rows->n && order_at(rows, 0).stamp < first) first = order_at(rows, 0).stamp;
        }
    r->first = instant_add(first, -around);
    r->last = r->first - 1;
    record_announce(r, instant_add(at, around), r->first, 0);
    return !r->failed;
}

/* ---- all together ---- */

/* The verdict's position; false: there is no such time-point, or it was forgotten. */
static bool find_position(struct truce *t, struct truce_point at, int64_t *position)
{
    const struct order *points = history_points(t->history);
    if (!t->options.reopens && at.stamp < history_open(t->history)) {
        api_say(t, "it lies before the watermark: what it rests on may be forgotten");
        return false;
    }
    *position = at.stamp;
    if (t->options.clock) return true;
    size_t rank = order_rank(points, (struct moment){at.stamp, at.seq, 0});
    *position = (int64_t)rank;
    struct moment m = rank < points->n ? order_at(points, rank) : (struct moment){0};
    if (rank < points->n && m.stamp == at.stamp && m.seq == at.seq) return true;
    api_say(t, "there is no such time-point");
    return false;
}

static enum truce_status verdict_words(struct truce *t, const struct truce_value *values, size_t n,
                                       uint64_t *words)
{
    if (n != t->columns.n) {
        api_say(t, "a verdict has another number of values");
        return TRUCE_INPUT;
    }
    for (size_t k = 0; k < n; k++) {
        uint32_t var = t->columns.v[k];
        uint64_t word;
        if (!api_word(t, t->scope.vars[var].type, &values[k], &word)) {
            api_say(t, "a value has another type than the column, or is no number");
            return TRUCE_INPUT;
        }
        for (uint32_t i = 0; i < t->core->n_fv; i++)
            if (t->core->fv[i] == var) words[i] = word;
    }
    return TRUCE_OK;
}

static enum truce_status explain(struct truce *t, struct record *r, struct arena *a, int64_t at,
                                 const uint64_t *words, enum truce_form form,
                                 struct truce_explanation *out)
{
    struct proof *p;
    if (explain_verdict(a, &t->scope, r, t->core, at, words, &p) != STATUS_OK || r->lost)
        return TRUCE_FAULT;
    if (p->rule == PROOF_UNEXPLAINED) {
        api_say(t, "it does not hold there, or cannot be explained");
        return TRUCE_NOTHING;
    }
    buf_clear(&t->explanation);
    if (form == TRUCE_JSON)
        proof_json(&t->explanation, &t->scope, r, p);
    else
        proof_text(&t->explanation, &t->scope, r, p, 0);
    buf_putc(&t->explanation, '\0');
    if (t->explanation.failed) return TRUCE_FAULT;
    *out = (struct truce_explanation){t->explanation.p, t->explanation.n - 1, !proof_incomplete(p)};
    return TRUCE_OK;
}

enum truce_status truce_explain(truce *t, struct truce_point at, const struct truce_value *values,
                                size_t n_values, enum truce_form form,
                                struct truce_explanation *out)
{
    struct record r;
    struct arena a;
    int64_t position;
    enum truce_status s = api_settle(t);
    arena_init(&a);
    uint64_t *words = arena_array(&a, t->core->n_fv + 1, sizeof *words);
    if (s == TRUCE_OK && !words) s = TRUCE_FAULT;
    if (s == TRUCE_OK) s = verdict_words(t, values, n_values, words);
    if (s == TRUCE_OK && !find_position(t, at, &position)) s = TRUCE_NOTHING;
    record_init(&r, &t->sig, t->options.clock != 0, 0);
    if (s == TRUCE_OK) {
        r.unnumbered = true;
        r.load = t->options.clock ? load_seconds : load_points;
        r.load_ctx = t;
        if (!t->options.clock) announce_points(t, &r);
        if (t->options.clock && !announce_seconds(t, &r, position)) s = TRUCE_FAULT;
    }
    if (s == TRUCE_OK) s = explain(t, &r, &a, position, words, form, out);
    if (s == TRUCE_FAULT) api_say(t, "memory is exhausted");
    record_free(&r);
    arena_free(&a);
    return s;
}
