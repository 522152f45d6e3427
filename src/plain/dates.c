/* The dates that a provision names, and the deadlines of a series. */
#include "lang/quantity.h"
#include "plain/plain.h"

#include "lang/words.h"

#include <stdlib.h>
#include <string.h>

#define MOST_DATES 4096

struct dates {
    const struct agreement *g;
    const struct provision *pv;
    struct plain_date v[MOST_DATES];
    uint32_t n;
    bool cut;
};

const char *plain_date_word(enum plain_date_name name)
{
    static const char *const words[] = {
        [PLAIN_FROM] = N_("from"),
        [PLAIN_AFTER] = N_("after"),
        [PLAIN_UNTIL] = N_("until"),
        [PLAIN_BEFORE] = N_("before"),
        [PLAIN_DEADLINE] = N_("deadline"),
        [PLAIN_FIRST_DEADLINE] = N_("first deadline"),
        [PLAIN_NEXT_DEADLINE] = N_("deadline"),
    };
    return words[name];
}

static void add_date(struct dates *x, enum plain_date_name name, struct str reading, uint32_t nth,
                     instant at)
{
    uint32_t same = 1;
    for (uint32_t i = 0; i < x->n; i++) {
        if (x->v[i].name != name || !str_eq(x->v[i].reading, reading)) continue;
        if (x->v[i].at == at) return;
        same++;
    }
    if (x->n == MOST_DATES) {
        x->cut = true;
        return;
    }
    x->v[x->n++] = (struct plain_date){name, reading, nth ? nth : same, at};
}

/* A point under each reading of the provision that settles the term it rests on. */
static void add_point(struct dates *x, const struct point *p, enum plain_date_name name,
                      const struct duration *later, bool last)
{
    bool disputed = p->term != LANG_NONE && x->pv->readings.n;
    for (uint32_t i = 0; i < (disputed ? x->pv->readings.n : 1); i++) {
        uint32_t reading = disputed ? x->pv->readings.v[i] : LANG_NONE;
        struct str label = {NULL, 0};
        instant f, l;
        if (disputed)
            label = x->g->terms[p->term].alternatives[reading_choice(x->g, reading, p->term)].label;
        agreement_point(x->g, p, reading, &f, &l);
        instant at = last ? l : f;
        add_date(x, name, label, 0, later ? agreement_later(x->g, later, at) : at);
    }
}

static void add_frames(struct dates *x)
{
    static const enum plain_date_name names[] = {
        [FRAME_FROM] = PLAIN_FROM,     [FRAME_AFTER] = PLAIN_AFTER, [FRAME_UNTIL] = PLAIN_UNTIL,
        [FRAME_BEFORE] = PLAIN_BEFORE, [FRAME_WHILE] = PLAIN_FROM,
    };
    for (uint32_t i = 0; i < x->pv->n_frames; i++) {
        const struct frame *f = &x->pv->frames[i];
        if (!f->condition) add_point(x, &f->point, names[f->op], NULL, f->op == FRAME_AFTER);
    }
}

static instant latest(instant a, instant b)
{
    return a > b ? a : b;
}

/* The end of the n-th stretch of a series that begins at `start`. */
static instant series(const struct dates *x, instant start, uint32_t n)
{
    return instant_add(agreement_later_times(x->g, &x->pv->deadline.period, n, start), -1);
}

/* The deadlines of a series up to `until`, under each reading of its start. */
static void add_series(struct dates *x, instant until, uint32_t most)
{
    const struct point *p = &x->pv->deadline.point;
    bool disputed = p->term != LANG_NONE && x->pv->readings.n;
    for (uint32_t i = 0; i < (disputed ? x->pv->readings.n : 1); i++) {
        uint32_t reading = disputed ? x->pv->readings.v[i] : LANG_NONE;
        struct str label = {NULL, 0};
        instant f, l, was = INSTANT_MIN;
        if (disputed)
            label = x->g->terms[p->term].alternatives[reading_choice(x->g, reading, p->term)].label;
        agreement_point(x->g, p, reading, &f, &l);
        for (uint32_t n = 1; n <= most; n++) {
            instant at = series(x, latest(f, x->g->header.from), n);
            if (at <= was || at == INSTANT_MAX || (n > 1 && at > until)) break;
            add_date(x, n == 1 ? PLAIN_FIRST_DEADLINE : PLAIN_NEXT_DEADLINE, label, n, at);
            was = at;
            if (n == most && series(x, latest(f, x->g->header.from), n + 1) <= until) x->cut = true;
        }
    }
}

static void add_deadlines(struct dates *x, instant until, uint32_t most)
{
    const struct deadline *d = &x->pv->deadline;
    if (d->op == DEADLINE_BY) add_point(x, &d->point, PLAIN_DEADLINE, NULL, true);
    if (d->op == DEADLINE_WITHIN && x->pv->trigger.op == TRIGGER_POINT)
        add_point(x, &x->pv->trigger.point, PLAIN_DEADLINE, &d->period, true);
    for (uint32_t i = 0; i < x->pv->n_steps; i++) {
        const struct schedule_step *step = &x->pv->steps[i];
        bool by = step->deadline.op == DEADLINE_BY;
        add_point(x, by ? &step->deadline.point : &step->after, PLAIN_DEADLINE,
                  by ? NULL : &step->deadline.period, true);
    }
    if (d->op == DEADLINE_EVERY) add_series(x, until, most);
}

static int by_time(const void *a, const void *b)
{
    const struct plain_date *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    return str_cmp(x->reading, y->reading);
}

/* A deadline that falls outside the time of its version binds nobody. */
static void drop_outside(struct dates *x)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < x->n; i++) {
        bool deadline = x->v[i].name >= PLAIN_DEADLINE;
        if (deadline && (x->v[i].at < x->pv->from || x->v[i].at > x->pv->until)) continue;
        x->v[n++] = x->v[i];
    }
    x->n = n;
}

static bool keep(struct voice *v, const struct dates *x, const struct plain_date **out, uint32_t *n)
{
    struct plain_date *all = arena_array(v->a, x->n, sizeof *all);
    if (!all) {
        v->failed = true;
        return false;
    }
    if (x->n) memcpy(all, x->v, x->n * sizeof *all);
    *out = all;
    *n = x->n;
    return true;
}

bool plain_deadlines(const struct plain *p, const struct plain_item *item, instant until,
                     uint32_t most, const struct plain_date **out, uint32_t *n, bool *cut)
{
    struct dates x = {.g = p->g, .pv = item->pv};
    add_deadlines(&x, until, most);
    drop_outside(&x);
    if (x.n) qsort(x.v, x.n, sizeof *x.v, by_time);
    *cut = x.cut;
    return keep(p->v, &x, out, n);
}

/* Dates as `explain` lists them: in the order of the sentence, a series by its first. */
bool plain_dates(struct voice *v, const struct provision *pv, const struct plain_date **out,
                 uint32_t *n)
{
    struct dates x = {.g = v->g, .pv = pv};
    add_frames(&x);
    add_deadlines(&x, INSTANT_MIN, 1);
    drop_outside(&x);
    return keep(v, &x, out, n);
}

/* ---- all together ---- */

static int due_order(const void *a, const void *b)
{
    const struct plain_due *x = a, *y = b;
    if (x->date.at != y->date.at) return x->date.at < y->date.at ? -1 : 1;
    if (x->item != y->item) return x->item < y->item ? -1 : 1;
    return x->date.nth < y->date.nth ? -1 : x->date.nth > y->date.nth;
}

bool plain_due_list(const struct plain *p, struct plain_due **out, uint32_t *n)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < p->n; i++) most += p->items[i].n_dates;
    *n = 0;
    *out = arena_array(p->v->a, most, sizeof **out);
    if (!*out) {
        p->v->failed = true;
        return false;
    }
    for (uint32_t i = 0; i < p->n; i++)
        for (uint32_t k = 0; k < p->items[i].n_dates; k++)
            if (p->items[i].dates[k].name >= PLAIN_DEADLINE)
                (*out)[(*n)++] = (struct plain_due){&p->items[i], p->items[i].dates[k]};
    if (*n) qsort(*out, *n, sizeof **out, due_order);
    return true;
}

bool plain_undated(const struct provision *pv)
{
    return pv->deadline.op == DEADLINE_AHEAD ||
           (pv->deadline.op == DEADLINE_WITHIN && pv->trigger.op != TRIGGER_POINT);
}

struct str plain_due_words(const struct plain *p, const struct plain_due *due)
{
    struct str text = said(p->v, plain_date_word(due->date.name));
    if (due->date.name == PLAIN_FIRST_DEADLINE)
        text = say(p->v, "{first_deadline}, then every {duration}", text,
                   words_duration(p->v, &due->item->pv->deadline.period));
    if (due->item->pv->n_steps)
        text = say(p->v, "{deadline} of step {n}", text, say_int(p->v, due->date.nth));
    if (due->date.reading.n) text = say(p->v, "{point} ({reading})", text, due->date.reading);
    return say_plain(p->v, text);
}
