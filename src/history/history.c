/* See history.h.  A change is worked in four steps: put the time-point in and ask how far it all
 * reaches; take it out and judge the stretch as it was; make the change; judge again and compare.
 * Positions of the two judgements are made alike by counting as if the time-point had been there. */
#include "history/history.h"

#include "history/diff.h"
#include "history/slice.h"

#include <stdlib.h>
#include <string.h>

struct history {
    const struct formula *core;
    const struct scope *sc;
    struct intern *strings;
    struct history_options options;
    struct plan *plan;
    struct timeline edges; /* only its maps are used */
    struct order points;
    struct stamps stamps; /* of the points */
    struct relation *relations;
    size_t n_relations;
    bool blind, counts; /* reach_blind, reach_counts */
    int64_t watermark;
    int64_t open;      /* verdicts before this stamp are settled and forgotten */
    bool appending;    /* facts were appended and not settled yet: */
    int64_t tail_from; /* … from here on verdicts may differ from … */
    struct table tail; /* … these */
    const char *why;
    struct arena answer; /* changes, bindings, filters of the last call */
    struct verdict_change *changes;
    size_t n_changes, cap_changes;
};

/* A fact that comes or goes. */
struct edit {
    bool add;
    uint32_t pred;
    const uint64_t *words;
};

struct change {
    struct edit edits[2];
    size_t n_edits;
    struct point at;
    int64_t to;        /* clock */
    bool fresh;        /* brings a new time-point */
    int64_t rank;      /* of the time-point, counted with it */
    struct span reach; /* positions where verdicts may differ, counted with it */
    bool everything;   /* the time-point itself matters to others: no restriction by key */
};

static struct axis axis_of(const struct history *h)
{
    return (struct axis){h->options.clock ? NULL : &h->points, &h->edges};
}

static struct past past_of(struct history *h)
{
    return (struct past){h->plan,    h->sc,      h->strings,  &h->options,
                         axis_of(h), &h->stamps, h->relations};
}

/* Does it define a relation by its own past? */
static bool has_letpast(const struct formula *f)
{
    bool any = f->op == F_LETPAST;
    for (uint32_t i = 0; i < f->n_sub && !any; i++) any = has_letpast(f->sub[i]);
    return any;
}

enum status history_new(const struct formula *core, const struct scope *sc, struct intern *strings,
                        const struct history_options *options, struct diags *d,
                        struct history **out)
{
    *out = NULL;
    if (options->clock &&
        has_letpast(core)) { /* it steps from the first second, and there is none */
        struct diag *x = diag_add(d, SEVERITY_ERROR, "letpast-without-beginning", place_none(),
                                  "LETPAST steps from the first second on, and a history on the "
                                  "clock has none");
        diag_fix(d, x, "use time-points (a trace), or SINCE and ONCE instead of LETPAST");
        return STATUS_INPUT;
    }
    struct history *h = calloc(1, sizeof *h);
    if (!h) return STATUS_FAULT;
    *h = (struct history){.core = core,
                          .sc = sc,
                          .strings = strings,
                          .options = *options,
                          .blind = reach_blind(core, sc),
                          .counts = reach_counts(core, sc),
                          .watermark = INT64_MIN,
                          .open = INT64_MIN,
                          .why = ""};
    arena_init(&h->answer);
    table_init(&h->tail, core->n_fv);
    timeline_init(&h->edges, true, INT64_MIN, options->maps, options->n_maps);
    order_init(&h->points);
    struct plan_options how = {.clock = options->clock, .polarity = POLARITY_EXACT};
    enum status status = plan_compile(core, sc, &how, d, &h->plan);
    if (status == STATUS_OK) {
        h->relations = calloc(sc->sig->n + 1, sizeof *h->relations);
        if (!h->relations) status = STATUS_FAULT;
    }
    while (status == STATUS_OK && h->n_relations < sc->sig->n) {
        uint32_t arity = sc->sig->preds[h->n_relations].arity;
        if (!relation_init(&h->relations[h->n_relations++], arity)) status = STATUS_FAULT;
    }
    if (status != STATUS_OK) {
        history_free(h);
        return status;
    }
    *out = h;
    return STATUS_OK;
}

void history_free(struct history *h)
{
    if (!h) return;
    for (size_t i = 0; i < h->n_relations; i++) relation_free(&h->relations[i]);
    free(h->relations);
    order_free(&h->points);
    stamps_free(&h->stamps);
    timeline_free(&h->edges);
    plan_free(h->plan);
    table_free(&h->tail);
    arena_free(&h->answer);
    free(h);
}

const char *history_why(const struct history *h)
{
    return h->why;
}

const struct verdict_change *history_changes(const struct history *h, size_t *n)
{
    *n = h->n_changes;
    return h->changes;
}

const struct plan *history_plan(const struct history *h)
{
    return h->plan;
}

const struct order *history_points(const struct history *h)
{
    return &h->points;
}

struct relation *history_relation(struct history *h, uint32_t pred)
{
    return &h->relations[pred];
}

int64_t history_open(const struct history *h)
{
    return h->open;
}

size_t history_facts(const struct history *h)
{
    size_t n = 0;
    for (size_t i = 0; i < h->n_relations; i++) n += h->relations[i].live;
    return n;
}

static void forget_answer(struct history *h)
{
    arena_free(&h->answer);
    h->changes = NULL;
    h->n_changes = h->cap_changes = 0;
    h->why = "";
}

static struct point point_at(const struct history *h, int64_t position)
{
    if (h->options.clock) return (struct point){position, 0};
    struct moment m = order_at(&h->points, (size_t)position);
    return (struct point){m.stamp, m.seq};
}

/* diff_change: note one stretch. */
static enum status note(void *ctx, bool holds, int64_t from, int64_t to, const struct table *of,
                        size_t row)
{
    struct history *h = ctx;
    struct verdict_change *all =
        arena_grow(&h->answer, h->changes, h->n_changes, &h->cap_changes, sizeof *all);
    uint64_t *words = arena_array(&h->answer, of->ncols + 1, sizeof *words);
    if (!all || !words) return STATUS_FAULT;
    for (uint32_t k = 0; k < of->ncols; k++) words[k] = of->col[k][row];
    h->changes = all;
    struct point first = point_at(h, from), last = point_at(h, to);
    all[h->n_changes++] =
        (struct verdict_change){holds, first.stamp < h->watermark, first, last, words};
    return STATUS_OK;
}

/* ---- time-points ---- */

static struct moment moment_at(struct point at)
{
    return (struct moment){at.stamp, at.seq, 0};
}

static bool has_point(const struct history *h, struct point at)
{
    struct cursor c = order_seek(&h->points, moment_at(at));
    return !cursor_done(&h->points, c) && moment_cmp(cursor_get(&h->points, c), moment_at(at)) == 0;
}

/* Put a time-point in; nothing to do when it is there. */
static bool put_point(struct history *h, struct point at)
{
    if (h->options.clock || has_point(h, at)) return true;
    if (!order_insert(&h->points, moment_at(at))) return false;
    if (stamps_insert(&h->stamps, order_rank(&h->points, moment_at(at)), at.stamp)) return true;
    order_remove(&h->points, moment_at(at));
    return false;
}

static void take_point(struct history *h, struct point at)
{
    stamps_remove(&h->stamps, order_rank(&h->points, moment_at(at)), 1);
    order_remove(&h->points, moment_at(at));
}

/* ---- how far a change reaches ---- */

/* The time-point is in place for the time of this call. */
static void measure(const struct history *h, struct change *c)
{
    struct axis axis = axis_of(h);
    struct span at = {c->at.stamp, c->to};
    if (!h->options.clock) {
        c->rank = (int64_t)order_rank(&h->points, moment_at(c->at));
        at = (struct span){c->rank, c->rank};
    }
    c->everything = c->fresh && !h->blind;
    c->reach = SPAN_EMPTY;
    if (c->everything) {
        struct span around = {c->rank - 1, h->counts ? INT64_MAX : c->rank + 1};
        c->reach = reach_of(h->core, axis, PRED_EVERY, around);
        return;
    }
    for (size_t i = 0; i < c->n_edits; i++)
        c->reach = span_hull(c->reach, reach_of(h->core, axis, c->edits[i].pred, at));
}

/* Positions counted with the new time-point -> counted without it (from rounds up, to down). */
static struct span without(const struct change *c, struct span s)
{
    if (!c->fresh || span_is_empty(s)) return s;
    if (s.from > c->rank) s.from--;
    if (s.to >= c->rank) s.to--;
    return s;
}

/* The other way, for rows; one that goes on across the new time-point is cut there. */
static enum status count_with(const struct change *c, struct table *t)
{
    size_t n = t->n;
    for (size_t i = 0; c->fresh && i < n; i++) {
        if (t->from[i] < c->rank && t->to[i] >= c->rank) {
            table_copy_row(t, t, i, c->rank + 1, t->to[i] + 1);
            t->to[i] = c->rank - 1;
        } else if (t->from[i] >= c->rank) {
            t->from[i]++;
            t->to[i]++;
        }
    }
    return t->failed ? STATUS_FAULT : STATUS_OK;
}

/* ---- judging ---- */

static struct slice slice_of(const struct history *h, struct span wanted,
                             const struct binding *binding, const struct filters *filters)
{
    struct span need = SPAN_EMPTY;
    if (!span_is_empty(wanted)) need = reach_need(h->core, axis_of(h), wanted);
    if (!span_is_empty(need) && h->counts && !h->options.clock) need.from = 0;
    return (struct slice){need, wanted, filters, binding, h->core->n_fv};
}

/* Everything that the filters let through, without keeping it. */
static enum status judge(struct history *h, struct span wanted, const struct filters *filters,
                         struct table *out)
{
    struct past past = past_of(h);
    struct slice slice = slice_of(h, wanted, NULL, filters);
    return slice_run(&past, &slice, NULL, out);
}

/* Replace a table by the rows that were kept of it. */
static enum status keep(struct table *t, struct table *kept)
{
    table_swap(t, kept);
    table_free(kept);
    return t->failed ? STATUS_FAULT : STATUS_OK;
}

/* Drop the rows that an earlier binding answers for. */
static enum status drop_answered(struct table *t, const struct bindings *all, size_t before)
{
    if (!before) return STATUS_OK;
    struct table kept;
    table_init(&kept, t->ncols);
    for (size_t i = 0; i < t->n; i++) {
        bool answered = false;
        for (size_t b = 0; b < before && !answered; b++)
            answered = slice_binds(&all->items[b], t, i);
        if (!answered) table_copy_row(&kept, t, i, t->from[i], t->to[i]);
    }
    return keep(t, &kept);
}

/* Drop what is said of the new time-point itself: it is judged apart. */
static enum status drop_at(const struct change *c, struct table *t)
{
    struct table kept;
    table_init(&kept, t->ncols);
    for (size_t i = 0; i < t->n; i++) {
        int64_t from = t->from[i], to = t->to[i];
        bool meets = from <= c->rank && c->rank <= to;
        if (!meets) table_copy_row(&kept, t, i, from, to);
        if (meets && from < c->rank) table_copy_row(&kept, t, i, from, c->rank - 1);
        if (meets && c->rank < to) table_copy_row(&kept, t, i, c->rank + 1, to);
    }
    return keep(t, &kept);
}

static enum status apply(struct history *h, const struct change *c)
{
    if (!put_point(h, c->at)) return STATUS_FAULT;
    int64_t to = h->options.clock ? c->to : c->at.stamp;
    for (size_t i = 0; i < c->n_edits; i++) {
        const struct edit *e = &c->edits[i];
        struct relation *r = &h->relations[e->pred];
        if (!e->add) {
            relation_remove(r, relation_find(r, e->words, c->at.stamp, c->at.seq, to));
        } else if (relation_add(r, e->words, c->at.stamp, c->at.seq, to) == ROW_NONE) {
            return STATUS_FAULT;
        }
    }
    return STATUS_OK;
}

/* The bindings of all edits; one that binds nothing when everything may differ. */
static struct bindings bindings_of(struct history *h, const struct change *c)
{
    struct bindings all = {.arena = &h->answer};
    if (c->everything) {
        struct binding none = {arena_array(&h->answer, h->core->n_fv + 1, sizeof(bool)), NULL};
        none.value = arena_array(&h->answer, h->core->n_fv + 1, sizeof(uint64_t));
        all.items = arena_array(&h->answer, 1, sizeof none);
        all.failed = !none.known || !none.value || !all.items;
        if (!all.failed) all.items[all.n++] = none;
        return all;
    }
    for (size_t i = 0; i < c->n_edits; i++)
        restrict_bindings(&all, h->core, c->edits[i].pred, c->edits[i].words);
    return all;
}

/* What one binding's slice was before the change, and then is. */
struct judged {
    struct filters filters;
    struct slice_facts
        facts; /* where no time-point is new: found once, changed as the history is */
    struct table before, after;
};

static void judged_free(struct judged *j)
{
    slice_facts_free(&j->facts);
    table_free(&j->before);
    table_free(&j->after);
}

static enum status judge_before(struct history *h, const struct change *c, const struct binding *b,
                                struct judged *j)
{
    table_init(&j->before, h->core->n_fv);
    table_init(&j->after, h->core->n_fv);
    slice_facts_init(&j->facts, h->plan);
    j->filters = restrict_filters(&h->answer, h->core, h->sc, b);
    if (j->filters.failed) return STATUS_FAULT;
    struct past past = past_of(h);
    struct slice slice = slice_of(h, without(c, c->reach), b, &j->filters);
    enum status s = slice_run(&past, &slice, c->fresh ? NULL : &j->facts, &j->before);
    return s == STATUS_OK ? count_with(c, &j->before) : s;
}

static enum status judge_again(struct history *h, const struct change *c, const struct binding *b,
                               struct judged *j)
{
    struct past past = past_of(h);
    struct slice slice = slice_of(h, c->reach, b, &j->filters);
    enum status s = STATUS_OK;
    for (size_t i = 0; i < c->n_edits && s == STATUS_OK; i++)
        s = slice_facts_change(&j->facts, &past, &slice, c->edits[i].add, c->edits[i].pred,
                               c->edits[i].words, c->rank);
    return s == STATUS_OK ? slice_run(&past, &slice, &j->facts, &j->after) : s;
}

static enum status judge_after(struct history *h, const struct change *c,
                               const struct bindings *all, size_t i, struct judged *j)
{
    enum status s = judge_again(h, c, &all->items[i], j);
    bool apart = c->fresh && !c->everything;
    if (s == STATUS_OK && apart) s = drop_at(c, &j->after);
    if (s == STATUS_OK) s = drop_answered(&j->before, all, i);
    if (s == STATUS_OK) s = drop_answered(&j->after, all, i);
    if (s == STATUS_OK) s = diff_normal(&j->before);
    if (s == STATUS_OK) s = diff_normal(&j->after);
    return s == STATUS_OK ? diff_tables(&j->before, &j->after, note, h) : s;
}

/* The verdicts at a new time-point that matters to no other: all of them are new. */
static enum status judge_new_point(struct history *h, const struct change *c)
{
    struct table none, after;
    table_init(&none, h->core->n_fv);
    table_init(&after, h->core->n_fv);
    struct filters all = restrict_filters(&h->answer, h->core, h->sc, NULL);
    enum status s = all.failed ? STATUS_FAULT : STATUS_OK;
    if (s == STATUS_OK) s = judge(h, (struct span){c->rank, c->rank}, &all, &after);
    if (s == STATUS_OK) s = diff_normal(&after);
    if (s == STATUS_OK) s = diff_tables(&none, &after, note, h);
    table_free(&none);
    table_free(&after);
    return s;
}

static enum status work(struct history *h, struct change *c)
{
    c->fresh = !h->options.clock && !has_point(h, c->at);
    if (c->fresh && !put_point(h, c->at)) return STATUS_FAULT;
    measure(h, c);
    if (c->fresh) take_point(h, c->at);
    struct bindings all = bindings_of(h, c);
    struct judged *judged = arena_array(&h->answer, all.n + 1, sizeof *judged);
    if (all.failed || !judged) return STATUS_FAULT;
    enum status s = STATUS_OK;
    for (size_t i = 0; i < all.n && s == STATUS_OK; i++)
        s = judge_before(h, c, &all.items[i], &judged[i]);
    if (s == STATUS_OK) s = apply(h, c);
    for (size_t i = 0; i < all.n && s == STATUS_OK; i++) s = judge_after(h, c, &all, i, &judged[i]);
    if (s == STATUS_OK && c->fresh && !c->everything) s = judge_new_point(h, c);
    for (size_t i = 0; i < all.n; i++) judged_free(&judged[i]);
    return s;
}

/* ---- the changes ---- */

static enum status refuse(struct history *h, const char *why)
{
    h->why = why;
    return STATUS_NEGATIVE;
}

static bool there(const struct history *h, uint32_t pred, const uint64_t *words, struct point at,
                  int64_t to)
{
    int64_t end = h->options.clock ? to : at.stamp;
    return relation_find(&h->relations[pred], words, at.stamp, at.seq, end) != ROW_NONE;
}

bool history_late(const struct history *h, struct point at)
{
    return h->options.late == LATE_REFUSED && at.stamp < h->watermark;
}

/* May a change at this place be worked on?  Says why not. */
static bool acceptable(struct history *h, struct point at)
{
    forget_answer(h);
    if (h->appending) h->why = "facts were appended that are not settled yet";
    if (history_late(h, at)) h->why = "it lies before the watermark: what stood there is settled";
    return !*h->why;
}

enum status history_point(struct history *h, struct point at)
{
    if (!acceptable(h, at)) return STATUS_NEGATIVE;
    if (h->options.clock || has_point(h, at)) return refuse(h, "the time-point is there already");
    return work(h, &(struct change){.at = at});
}

enum status history_add(struct history *h, uint32_t pred, const uint64_t *words, struct point at,
                        int64_t clock_to)
{
    if (!acceptable(h, at)) return STATUS_NEGATIVE;
    if (there(h, pred, words, at, clock_to)) return refuse(h, "the fact is there already");
    return work(h, &(struct change){{{true, pred, words}}, 1, at, clock_to, .rank = 0});
}

enum status history_retract(struct history *h, uint32_t pred, const uint64_t *words,
                            struct point at, int64_t clock_to)
{
    if (!acceptable(h, at)) return STATUS_NEGATIVE;
    if (!there(h, pred, words, at, clock_to)) return refuse(h, "there is no such fact");
    return work(h, &(struct change){{{false, pred, words}}, 1, at, clock_to, .rank = 0});
}

enum status history_correct(struct history *h, uint32_t pred, const uint64_t *was,
                            const uint64_t *is, struct point at, int64_t clock_to)
{
    if (!acceptable(h, at)) return STATUS_NEGATIVE;
    if (!there(h, pred, was, at, clock_to)) return refuse(h, "there is no such fact");
    if (there(h, pred, is, at, clock_to)) return refuse(h, "the corrected fact is there already");
    struct change c = {{{false, pred, was}, {true, pred, is}}, 2, at, clock_to, .rank = 0};
    return work(h, &c);
}

/* ---- in order ---- */

static struct span open_span(const struct history *h);

/* Judge the verdicts that what comes behind the last time-point may change. */
static enum status open_tail(struct history *h)
{
    struct span all = axis_all(axis_of(h)), open = open_span(h);
    table_clear(&h->tail);
    h->appending = true;
    h->tail_from = 0;
    if (span_is_empty(all)) return STATUS_OK;
    struct span tail = reach_of(h->core, axis_of(h), PRED_EVERY, (struct span){all.to, all.to});
    if (tail.from < open.from) tail.from = open.from;
    h->tail_from = tail.from;
    struct filters every = restrict_filters(&h->answer, h->core, h->sc, NULL);
    if (every.failed) return STATUS_FAULT;
    return judge(h, (struct span){tail.from, all.to}, &every, &h->tail);
}

static enum status begin_append(struct history *h, struct point at)
{
    forget_answer(h);
    if (h->options.clock) return refuse(h, "the clock has no order of arrival: add it");
    if (history_late(h, at)) return refuse(h, "it lies before the watermark");
    if (h->points.n && moment_cmp(moment_at(at), order_at(&h->points, h->points.n - 1)) < 0)
        return refuse(h, "it lies before the last time-point: add it");
    return h->appending ? STATUS_OK : open_tail(h);
}

enum status history_append_point(struct history *h, struct point at)
{
    enum status s = begin_append(h, at);
    return s == STATUS_OK ? apply(h, &(struct change){.at = at}) : s;
}

enum status history_append(struct history *h, uint32_t pred, const uint64_t *words, struct point at)
{
    enum status s = begin_append(h, at);
    if (s != STATUS_OK) return s;
    if (there(h, pred, words, at, 0)) return refuse(h, "the fact is there already");
    return apply(h, &(struct change){{{true, pred, words}}, 1, at, 0, .rank = 0});
}

enum status history_settle(struct history *h)
{
    forget_answer(h);
    if (!h->appending) return STATUS_OK;
    h->appending = false;
    struct table now;
    table_init(&now, h->core->n_fv);
    struct filters every = restrict_filters(&h->answer, h->core, h->sc, NULL);
    struct span tail = {h->tail_from, axis_all(axis_of(h)).to};
    enum status s = every.failed ? STATUS_FAULT : judge(h, tail, &every, &now);
    if (s == STATUS_OK) s = diff_normal(&now);
    if (s == STATUS_OK) s = diff_normal(&h->tail);
    if (s == STATUS_OK) s = diff_tables(&h->tail, &now, note, h);
    table_free(&now);
    return s;
}

/* ---- everything, and the watermark ---- */

/* Positions that are still open. */
static struct span open_span(const struct history *h)
{
    struct span all = axis_all(axis_of(h));
    if (h->open == INT64_MIN) return all;
    int64_t from = h->open;
    if (!h->options.clock)
        from = (int64_t)order_rank(&h->points, (struct moment){h->open, INT64_MIN, 0});
    if (from > all.from) all.from = from;
    return all;
}

enum status history_verdicts(struct history *h, const struct verdict_change **out, size_t *n)
{
    forget_answer(h);
    struct table none, rows;
    table_init(&none, h->core->n_fv);
    table_init(&rows, h->core->n_fv);
    struct filters all = restrict_filters(&h->answer, h->core, h->sc, NULL);
    enum status s = all.failed ? STATUS_FAULT : judge(h, open_span(h), &all, &rows);
    if (s == STATUS_OK) s = diff_normal(&rows);
    if (s == STATUS_OK) s = diff_tables(&none, &rows, note, h);
    table_free(&none);
    table_free(&rows);
    *out = h->changes;
    *n = h->n_changes;
    return s;
}

static void forget_before(struct history *h, int64_t stamp)
{
    for (size_t i = 0; i < h->n_relations; i++) {
        struct relation *r = &h->relations[i];
        struct moment next = {INT64_MIN, INT64_MIN, 0};
        const struct order *rows = r->live ? relation_rows(r, 0, NULL) : NULL;
        while (rows) {
            struct cursor c = order_seek(rows, next);
            if (cursor_done(rows, c) || cursor_get(rows, c).stamp >= stamp) break;
            next = cursor_get(rows, c);
            bool holds_on = h->options.clock && r->to[next.row] >= stamp;
            if (!holds_on) relation_remove(r, next.row);
            next.row++;
        }
    }
    size_t before = order_rank(&h->points, (struct moment){stamp, INT64_MIN, 0});
    if (before) stamps_remove(&h->stamps, 0, before);
    while (before--) order_remove(&h->points, order_at(&h->points, 0));
}

enum status history_advance(struct history *h, int64_t stamp)
{
    forget_answer(h);
    if (stamp <= h->watermark) return STATUS_OK;
    h->watermark = stamp;
    if (h->options.late == LATE_REOPENS || h->counts) return STATUS_OK;
    struct axis axis = axis_of(h);
    struct span ahead = axis_all(axis);
    if (span_is_empty(ahead)) return STATUS_OK;
    ahead.from = stamp;
    if (!h->options.clock) {
        ahead.from = (int64_t)order_rank(&h->points, (struct moment){stamp, INT64_MIN, 0}) - 1;
        if (ahead.from < 0) return STATUS_OK;
    }
    struct span open = reach_of(h->core, axis, PRED_EVERY, ahead);
    int64_t first_open = point_at(h, open.from).stamp;
    if (!h->options.clock) /* all time-points of one stamp stay together */
        open.from = (int64_t)order_rank(&h->points, (struct moment){first_open, INT64_MIN, 0});
    struct span need = reach_need(h->core, axis, open);
    if (need.from <= axis_all(axis).from) return STATUS_OK;
    h->open = first_open;
    forget_before(h, point_at(h, need.from).stamp);
    return STATUS_OK;
}
