/* Memory that runs out: for random formulas over all operators, the n-th allocation of a run fails, for every n
 * until a run needs no more.  Each time a call says STATUS_FAULT, everything can be freed, and nothing
 * leaks or crashes (the sanitizers watch); and the first run without a failure gives the right number of
 * rows.  malloc, calloc and realloc are replaced by the linker (--wrap). */
#include "../test.h"

#include "../engine/random_core.h"
#include "engine/engine.h"
#include "history/history.h"

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);

static long left = -1; /* allocations until one fails; < 0: none does */
static bool failed;
static size_t faults; /* runs that said STATUS_FAULT */

static bool fails(void)
{
    if (left < 0) return false;
    if (left > 0) {
        left--;
        return false;
    }
    failed = true; /* and so do all that follow */
    return true;
}

void *__wrap_malloc(size_t n)
{
    return fails() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
    return fails() ? NULL : __real_realloc(p, n);
}

struct world {
    struct random_core r;
    struct formula *f;
    struct naive_log *log;
    size_t rows;
};

/* The log's facts in the feed, time-points [from, to). */
static void fill(struct feed *feed, const struct plan *p, const struct naive_log *log, size_t from,
                 size_t to)
{
    const struct plan_input *in;
    size_t n = plan_inputs(p, &in);
    for (size_t i = from; i < to && !feed->failed; i++) {
        const struct naive_point *pt = &log->points[i];
        feed_point(feed, pt->stamp);
        for (size_t k = 0; k < n; k++)
            for (size_t x = 0; x < pt->n; x++)
                if (pt->facts[x].pred == in[k].pred &&
                    !table_add(&feed->tables[k], (int64_t)i, (int64_t)i, pt->facts[x].values))
                    feed->failed = true;
    }
    feed->upto = (int64_t)to - 1;
}

static size_t rows_of(const struct engine *e)
{
    int64_t lo, hi;
    return engine_rows(e, &lo, &hi)->n;
}

static enum status run(struct world *w, const struct plan *p)
{
    struct feed feed;
    feed_init(&feed, p);
    struct engine *e = engine_new(p, &w->r.strings, NULL, 0, 0);
    enum status s = e && !feed.failed ? STATUS_OK : STATUS_FAULT;
    w->rows = 0;
    for (size_t i = 0; s == STATUS_OK && i < w->log->n; i += 4) {
        size_t to = i + 4 < w->log->n ? i + 4 : w->log->n;
        feed_clear(&feed, (int64_t)i);
        fill(&feed, p, w->log, i, to);
        s = engine_feed(e, &feed);
        if (s == STATUS_OK) w->rows += rows_of(e);
    }
    if (s == STATUS_OK) s = engine_finish(e, true);
    if (s == STATUS_OK) w->rows += rows_of(e);
    engine_free(e);
    feed_free(&feed);
    return s;
}

/* Compile and run on the log; for a trace or the clock. */
static enum status compile_and_run(struct world *w, bool clock)
{
    struct plan_options o = {.clock = clock, .polarity = POLARITY_EXACT};
    struct plan *p = NULL;
    struct diags d;
    struct arena words;
    arena_init(&words);
    diags_init(&d, &words);
    enum status s = plan_compile(w->f, &w->r.scope, &o, &d, &p);
    if (s == STATUS_OK) s = run(w, p);
    plan_free(p);
    arena_free(&words);
    return s;
}

/* The log's facts as changes in a history, then a retraction of each. */
static enum status tell_history(struct world *w, bool clock)
{
    struct history_options how = {.clock = clock};
    struct history *h = NULL;
    struct diags d;
    struct arena words;
    arena_init(&words);
    diags_init(&d, &words);
    w->rows = 0;
    enum status s = history_new(w->f, &w->r.scope, &w->r.strings, &how, &d, &h);
    for (int add = 1; add >= 0; add--) {
        for (size_t i = 0; s == STATUS_OK && i < w->log->n; i++) {
            const struct naive_point *pt = &w->log->points[i];
            struct point at = {pt->stamp, clock ? 0 : (int64_t)i};
            for (size_t x = 0; x < pt->n && (s == STATUS_OK || s == STATUS_NEGATIVE); x++) {
                size_t n;
                s = (add ? history_add : history_retract)(h, pt->facts[x].pred, pt->facts[x].values,
                                                          at, pt->stamp);
                history_changes(h, &n);
                w->rows += n;
            }
            if (s == STATUS_NEGATIVE) s = STATUS_OK; /* the same fact twice */
        }
    }
    history_free(h);
    arena_free(&words);
    return s;
}

typedef enum status (*attempt)(struct world *w, bool clock);

static void one(uint64_t seed, int size, bool clock, attempt what)
{
    struct world w;
    random_core_init(&w.r, seed);
    w.r.paths = !clock && seed % 3 == 0;
    w.f = random_core_formula(&w.r, size, (uint32_t)test_below(&w.r.seed, 3));
    w.log = random_core_log(&w.r, 9, clock ? 0 : 3);
    enum status whole = what(&w, clock);
    size_t rows = w.rows;
    if (whole == STATUS_INPUT) { /* refused: nothing to run */
        random_core_free(&w.r);
        return;
    }
    assert_int_equal(whole, STATUS_OK);
    for (long n = 0;; n += 1 + n / 64) {
        failed = false;
        left = n;
        enum status s = what(&w, clock);
        left = -1;
        if (!failed) {
            assert_int_equal(s, STATUS_OK);
            assert_int_equal(w.rows, rows);
            break;
        }
        if (s == STATUS_OK)
            assert_int_equal(w.rows, rows); /* it could do without */
        else
            assert_int_equal(s, STATUS_FAULT);
        faults += s == STATUS_FAULT;
    }
    random_core_free(&w.r);
}

static void streams(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 120; seed++)
        one(seed, 3 + (int)(seed % 7), seed % 2, compile_and_run);
    assert_true(faults > 5000); /* the linker did replace the functions */
}

static void histories(void **state)
{
    (void)state;
    for (uint64_t seed = 500; seed < 530; seed++)
        one(seed, 2 + (int)(seed % 5), seed % 2, tell_history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(streams), cmocka_unit_test(histories)};
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
