/* Changes in any order: after every one of a random sequence of additions, retractions, corrections
 * and late time-points, the verdicts gathered from the changes are those of a fresh evaluation. */
#include "../test.h"

#include "../engine/random_core.h"
#include "history/history.h"
#include "history/relation.h"
#include "logic/print.h"

#define COLUMNS 8

/* One verdict at one place. */
struct cell {
    struct point at;
    uint64_t words[COLUMNS];
};

struct cells {
    struct cell items[20000];
    size_t n;
};

struct world {
    struct random_core r;
    struct history *h;
    bool clock;
    bool reopens;
    int64_t watermark; /* reopens: INT64_MIN before there is one */
    size_t reopened;   /* changes so far that said so */
    uint32_t width;
    struct point points[200];
    size_t n_points;
    struct cells state, fresh;
};

enum { CLOCK_END = 40 };

static int point_cmp(struct point a, struct point b)
{
    if (a.stamp != b.stamp) return a.stamp < b.stamp ? -1 : 1;
    return (a.seq > b.seq) - (a.seq < b.seq);
}

static int cell_cmp(const void *x, const void *y)
{
    const struct cell *a = x, *b = y;
    int c = point_cmp(a->at, b->at);
    return c ? c : memcmp(a->words, b->words, sizeof a->words);
}

static void note_point(struct world *w, struct point at)
{
    for (size_t i = 0; i < w->n_points; i++)
        if (point_cmp(w->points[i], at) == 0) return;
    assert_true(w->n_points < 200);
    w->points[w->n_points++] = at;
}

static void set(struct cells *s, const struct cell *c, bool holds)
{
    for (size_t i = 0; i < s->n; i++) {
        if (cell_cmp(&s->items[i], c)) continue;
        assert_false(holds); /* a change must change something */
        s->items[i] = s->items[--s->n];
        return;
    }
    assert_true(holds);
    assert_true(s->n < sizeof s->items / sizeof *s->items);
    s->items[s->n++] = *c;
}

/* Every place of a stretch. */
static void take(struct world *w, struct cells *s, const struct verdict_change *v)
{
    struct cell c = {0};
    memcpy(c.words, v->words, w->width * sizeof *c.words);
    if (w->clock) {
        int64_t from = v->from.stamp < -20 ? -20 : v->from.stamp;
        int64_t to = v->to.stamp > CLOCK_END + 20 ? CLOCK_END + 20 : v->to.stamp;
        for (c.at.stamp = from; c.at.stamp <= to; c.at.stamp++) set(s, &c, v->holds);
        return;
    }
    for (size_t i = 0; i < w->n_points; i++) {
        c.at = w->points[i];
        if (point_cmp(c.at, v->from) < 0 || point_cmp(c.at, v->to) > 0) continue;
        set(s, &c, v->holds);
    }
}

static void take_changes(struct world *w)
{
    size_t n;
    const struct verdict_change *v = history_changes(w->h, &n);
    for (size_t i = 0; i < n; i++) {
        take(w, &w->state, &v[i]);
        assert_int_equal(v[i].reopened, v[i].from.stamp < w->watermark);
        w->reopened += v[i].reopened;
    }
}

static void compare(struct world *w)
{
    const struct verdict_change *v;
    size_t n;
    assert_int_equal(history_verdicts(w->h, &v, &n), STATUS_OK);
    w->fresh.n = 0;
    for (size_t i = 0; i < n; i++) take(w, &w->fresh, &v[i]);
    assert_int_equal(w->state.n, w->fresh.n);
    qsort(w->state.items, w->state.n, sizeof(struct cell), cell_cmp);
    qsort(w->fresh.items, w->fresh.n, sizeof(struct cell), cell_cmp);
    for (size_t i = 0; i < w->state.n; i++)
        assert_int_equal(cell_cmp(&w->state.items[i], &w->fresh.items[i]), 0);
}

struct known_fact {
    uint32_t pred;
    uint64_t words[MAX_ARITY];
    struct point at;
    int64_t to;
};

static struct known_fact random_fact(struct world *w)
{
    struct known_fact f = {0};
    f.pred = (uint32_t)test_below(&w->r.seed, w->r.sig.n);
    for (uint32_t k = 0; k < w->r.sig.preds[f.pred].arity; k++)
        f.words[k] = 1 + test_below(&w->r.seed, VALUES);
    f.at.stamp = (int64_t)test_below(&w->r.seed, 25);
    f.at.seq = w->clock ? 0 : (int64_t)test_below(&w->r.seed, 2);
    f.to = w->clock ? f.at.stamp + (int64_t)test_below(&w->r.seed, 4) : 0;
    return f;
}

/* One random change; facts[] are those that are there. */
static void change(struct world *w, struct known_fact *facts, size_t *n)
{
    struct known_fact f = random_fact(w);
    uint64_t what = test_below(&w->r.seed, 10);
    enum status s;
    if (what < 2 && *n) {
        size_t i = test_below(&w->r.seed, *n);
        f = facts[i];
        s = history_retract(w->h, f.pred, f.words, f.at, f.to);
        assert_int_equal(s, STATUS_OK);
        facts[i] = facts[--*n];
    } else if (what < 4 && *n) {
        size_t i = test_below(&w->r.seed, *n);
        struct known_fact was = facts[i];
        for (uint32_t k = 0; k < w->r.sig.preds[was.pred].arity; k++)
            facts[i].words[k] = 1 + test_below(&w->r.seed, VALUES);
        s = history_correct(w->h, was.pred, was.words, facts[i].words, was.at, was.to);
        if (s != STATUS_OK) facts[i] = was;
    } else if (what < 5 && !w->clock) {
        s = history_point(w->h, f.at);
        if (s == STATUS_OK) note_point(w, f.at);
    } else {
        s = history_add(w->h, f.pred, f.words, f.at, f.to);
        if (s == STATUS_OK) {
            facts[(*n)++] = f;
            if (!w->clock) note_point(w, f.at);
        }
    }
    assert_true(s == STATUS_OK || s == STATUS_NEGATIVE);
    if (s == STATUS_NEGATIVE) assert_true(strlen(history_why(w->h)) > 0);
    take_changes(w);
}

/* The watermark is as far as time or further, so that much of what follows is late. */
static void advance(struct world *w, int i)
{
    if (!w->reopens || i % 4 != 3) return;
    int64_t mark = (int64_t)test_below(&w->r.seed, 28); /* it never falls */
    if (mark > w->watermark) w->watermark = mark;
    assert_int_equal(history_advance(w->h, mark), STATUS_OK);
}

static void one_case(struct world *w, uint64_t seed, bool clock)
{
    static struct known_fact facts[200];
    size_t n = 0;
    random_core_init(&w->r, seed + test_shift());
    w->r.paths = !clock && seed % 3 == 0;
    w->clock = clock;
    w->n_points = w->state.n = 0;
    struct formula *f =
        random_core_formula(&w->r, 2 + (int)(seed % 8), (uint32_t)test_below(&w->r.seed, 3));
    assert_non_null(f);
    w->width = f->n_fv;
    struct diags d;
    diags_init(&d, &w->r.arena);
    struct history_options how = {.clock = clock, .late = w->reopens ? LATE_REOPENS : LATE_REFUSED};
    w->watermark = INT64_MIN;
    enum status s = history_new(f, &w->r.scope, &w->r.strings, &how, &d, &w->h);
    if (s == STATUS_OK && clock) { /* what holds of no facts at all is there from the beginning */
        const struct verdict_change *v;
        size_t at_first;
        assert_int_equal(history_verdicts(w->h, &v, &at_first), STATUS_OK);
        for (size_t i = 0; i < at_first; i++) take(w, &w->state, &v[i]);
    }
    for (uint32_t p = 0; s == STATUS_OK && seed % 2 && p < w->r.sig.n; p++)
        history_relation(w->h, p)->few = 0; /* with an index for every key */
    for (int i = 0; s == STATUS_OK && i < 25; i++) {
        advance(w, i);
        change(w, facts, &n);
        compare(w);
    }
    history_free(w->h);
    random_core_free(&w->r);
}

static void any_order_on_a_trace(void **state)
{
    (void)state;
    static struct world w;
    for (uint64_t seed = 1; seed <= 400; seed++) one_case(&w, seed, false);
}

static void any_order_on_the_clock(void **state)
{
    (void)state;
    static struct world w;
    for (uint64_t seed = 1; seed <= 250; seed++) one_case(&w, seed, true);
}

/* ---- the watermark ---- */

/* What is late re-opens: the state is still that of a fresh evaluation after every change, and all
 * that concerns settled time, and nothing else, is said to re-open it. */
static void late_facts_reopen(void **state)
{
    (void)state;
    static struct world w;
    w.reopens = true;
    w.reopened = 0;
    for (uint64_t seed = 2001; seed <= 2150; seed++) one_case(&w, seed, seed % 3 == 0);
    assert_true(w.reopened > 300);
}

static bool same_changes(const struct history *a, const struct history *b, uint32_t width)
{
    size_t n, m;
    const struct verdict_change *x = history_changes(a, &n), *y = history_changes(b, &m);
    bool same = n == m;
    for (size_t i = 0; same && i < n; i++)
        same = x[i].holds == y[i].holds && point_cmp(x[i].from, y[i].from) == 0 &&
               point_cmp(x[i].to, y[i].to) == 0 &&
               memcmp(x[i].words, y[i].words, width * sizeof *x[i].words) == 0;
    return same;
}

/* Two histories hear the same; one refuses what is late and forgets, the other forgets nothing.  What both
 * take changes the same verdicts; what is late is refused by the one, with its reason, and leaves it as it
 * was, and not told to the other. */
static size_t watermark_case(uint64_t seed, bool clock)
{
    static struct world w;
    random_core_init(&w.r, seed + test_shift());
    w.r.paths = !clock; /* on a clock without beginning LETPAST has no first step */
    w.clock = clock;
    struct formula *f = random_core_formula(&w.r, 2 + (int)(seed % 6), 1);
    struct diags d;
    diags_init(&d, &w.r.arena);
    struct history_options strict = {.clock = clock, .late = LATE_REFUSED};
    struct history_options open = {.clock = clock, .late = LATE_REOPENS};
    struct history *a, *b;
    assert_int_equal(history_new(f, &w.r.scope, &w.r.strings, &strict, &d, &a), STATUS_OK);
    assert_int_equal(history_new(f, &w.r.scope, &w.r.strings, &open, &d, &b), STATUS_OK);
    int64_t mark = 0;
    assert_int_equal(history_advance(a, mark), STATUS_OK);
    assert_int_equal(history_advance(b, mark), STATUS_OK);
    for (int i = 0; i < 40; i++) {
        struct known_fact k = random_fact(&w);
        k.at.stamp += i; /* time goes on */
        k.to += clock ? i : 0;
        if (i % 5 == 4) {
            mark = i;
            assert_int_equal(history_advance(a, mark), STATUS_OK);
            assert_int_equal(history_advance(b, mark), STATUS_OK);
        }
        if (i % 3 == 2) k.at.stamp = mark - 1 - (int64_t)test_below(&w.r.seed, 3);
        if (clock && k.to < k.at.stamp) k.to = k.at.stamp;
        bool late = k.at.stamp < mark;
        size_t n;
        if (late) {
            size_t before = history_facts(a);
            assert_int_equal(history_add(a, k.pred, k.words, k.at, k.to), STATUS_NEGATIVE);
            assert_true(strstr(history_why(a), "watermark") != NULL);
            assert_int_equal(history_facts(a), before);
            continue;
        }
        enum status s = history_add(a, k.pred, k.words, k.at, k.to);
        assert_int_equal(history_add(b, k.pred, k.words, k.at, k.to), s);
        const struct verdict_change *v = history_changes(b, &n);
        for (size_t j = 0; j < n; j++) assert_int_equal(v[j].reopened, v[j].from.stamp < mark);
        assert_true(same_changes(a, b, f->n_fv));
    }
    size_t freed = history_facts(b) - history_facts(a);
    history_free(a);
    history_free(b);
    random_core_free(&w.r);
    return freed;
}

static void watermark(void **state)
{
    (void)state;
    size_t freed = 0;
    for (uint64_t seed = 900; seed < 1100; seed++) freed += watermark_case(seed, seed % 2) > 0;
    assert_true(freed > 50); /* memory follows the watermark */
}

/* On the clock there is no first second from which LETPAST could step. */
static void letpast_has_no_beginning(void **state)
{
    (void)state;
    struct random_core r;
    struct diags d;
    struct history *h;
    struct formula f = {.op = F_LETPAST};
    struct history_options how = {.clock = true};
    random_core_init(&r, 1);
    diags_init(&d, &r.arena);
    assert_int_equal(history_new(&f, &r.scope, &r.strings, &how, &d, &h), STATUS_INPUT);
    assert_null(h);
    assert_int_equal(d.n, 1);
    assert_string_equal(d.items[0].code, "letpast-without-beginning");
    assert_str(d.items[0].fix, "use time-points (a trace), or SINCE and ONCE instead of LETPAST");
    random_core_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_on_a_trace),     cmocka_unit_test(any_order_on_the_clock),
        cmocka_unit_test(late_facts_reopen),        cmocka_unit_test(watermark),
        cmocka_unit_test(letpast_has_no_beginning),
    };
    return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}
