/* Formulas as people write them, rewritten and run, against the judge of the logic room: the whole way
 * from text to verdicts, on a trace and on the clock. */
#include "../test.h"
#include "engine/engine.h"
#include "logic/safe.h"
#include "tests/logic/naive.h"
#include "tests/logic/random.h"

#include <math.h>

/* The engine's tuples by position, in the order of printed columns. */
struct answer {
    struct arena *arena;
    uint64_t **words;
    size_t *n, positions;
    uint32_t width;
};

static void take(struct answer *a, struct engine *e, const uint32_t *column, int64_t first)
{
    int64_t lo, hi;
    const struct table *t = engine_rows(e, &lo, &hi);
    for (size_t r = 0; r < t->n; r++)
        for (int64_t p = t->from[r]; p <= t->to[r]; p++) {
            size_t i = (size_t)(p - first), w = a->width;
            assert_true(i < a->positions);
            uint64_t *more = arena_array(a->arena, (a->n[i] + 1) * w + 1, sizeof *more);
            if (a->n[i] && w) memcpy(more, a->words[i], a->n[i] * w * sizeof *more);
            for (uint32_t k = 0; k < w; k++) more[a->n[i] * w + k] = t->col[column[k]][r];
            a->words[i] = more;
            a->n[i]++;
        }
}

static void run(struct random_case *c, const struct plan *p, const struct naive_log *log,
                bool clock, size_t most, const uint32_t *column, struct answer *a)
{
    int64_t first = clock ? log->points[0].stamp : 0;
    const struct plan_input *in;
    size_t n_in = plan_inputs(p, &in);
    struct engine *e = engine_new(p, &c->strings, NULL, 0, first);
    struct feed f;
    feed_init(&f, p);
    for (size_t i = 0; i < log->n;) {
        size_t end = i + 1 + (most ? test_below(&c->state, most) : log->n);
        if (end > log->n) end = log->n;
        feed_clear(&f, first + (int64_t)i);
        for (; i < end; i++) {
            if (!clock) feed_point(&f, log->points[i].stamp);
            for (size_t x = 0; x < log->points[i].n; x++)
                for (size_t k = 0; k < n_in; k++)
                    if (in[k].pred == log->points[i].facts[x].pred)
                        table_add(&f.tables[k], first + (int64_t)i, first + (int64_t)i,
                                  log->points[i].facts[x].values);
        }
        f.upto = first + (int64_t)end - 1;
        assert_int_equal(engine_feed(e, &f), STATUS_OK);
        take(a, e, column, first);
    }
    assert_int_equal(engine_finish(e, true), STATUS_OK);
    take(a, e, column, first);
    feed_free(&f);
    engine_free(e);
}

static bool close_to(enum value_type type, uint64_t x, uint64_t y)
{
    if (x == y) return true;
    if (type != VALUE_FLOAT) return false;
    double a = value_float(x), b = value_float(y);
    return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

static bool same(struct random_case *c, struct varset columns, const uint64_t *want, size_t n,
                 const struct answer *a, size_t i)
{
    if (n != a->n[i]) return false;
    for (size_t x = 0; x < n; x++) {
        bool found = false;
        for (size_t y = 0; !found && y < n; y++) {
            found = true;
            for (uint32_t k = 0; found && k < columns.n; k++)
                found = close_to(c->scope.vars[columns.v[k]].type, want[x * columns.n + k],
                                 a->words[i][y * columns.n + k]);
        }
        if (!found) return false;
    }
    return true;
}

static void compare(struct random_case *c, struct varset columns, struct naive *judge,
                    const struct answer *a, uint64_t seed, bool clock)
{
    for (size_t i = 0; i < a->positions; i++) {
        size_t n;
        uint32_t arity;
        const uint64_t *want = naive_at(judge, i, &n, &arity);
        if (n == SIZE_MAX || same(c, columns, want, n, a, i)) continue;
        struct str text = naive_text(&c->arena, judge, i);
        struct buf b;
        buf_init(&b);
        naive_log_write(&b, &c->log, &c->sig);
        fail_msg("seed %lu, %s position %zu of %zu: want %.*s, got %zu tuples\n%.*s\n%.*s",
                 (unsigned long)seed, clock ? "clock" : "trace", i, a->positions, STR_ARG(text),
                 a->n[i], STR_ARG(c->text), STR_ARG(buf_str(&b)));
    }
}

/* Is the formula monitorable, and right? */
static bool one(uint64_t seed, const struct random_options *o, bool clock)
{
    struct random_case c;
    assert_true(random_case_open(&c, seed, o));
    struct formula *core;
    struct safe_options so = {.unbounded_future = false};
    bool yes = safe_core(&c.scope, c.formula, &so, &c.diags, &core) == STATUS_OK;
    if (yes) {
        struct plan_options po = {.clock = clock, .polarity = POLARITY_EXACT, .written = c.formula};
        struct plan *p;
        assert_int_equal(plan_compile(core, &c.scope, &po, &c.diags, &p), STATUS_OK);
        bool ok = true;
        struct varset columns = formula_columns(&c.arena, c.formula, &ok);
        const uint32_t *vars;
        size_t n_vars = plan_columns(p, &vars);
        uint32_t *column = arena_array(&c.arena, columns.n + 1, sizeof *column);
        for (uint32_t k = 0; k < columns.n; k++)
            while (column[k] < n_vars && vars[column[k]] != columns.v[k]) column[k]++;
        struct naive_log dense;
        naive_log_init(&dense, &c.arena);
        if (clock) naive_log_dense(&dense, &c.log);
        const struct naive_log *log = clock ? &dense : &c.log;
        struct naive *judge = naive_new(&c.scope, c.formula, c.formula, log);
        for (size_t most = 0; most < 4; most += 3) {
            struct answer a = {.arena = &c.arena, .positions = log->n, .width = columns.n};
            a.words = arena_array(&c.arena, log->n + 1, sizeof *a.words);
            a.n = arena_array(&c.arena, log->n + 1, sizeof *a.n);
            run(&c, p, log, clock, most, column, &a);
            compare(&c, columns, judge, &a, seed, clock);
        }
        naive_free(judge);
        plan_free(p);
    }
    random_case_close(&c);
    return yes;
}

static void many(uint64_t from, uint64_t n, struct random_options o, bool clock)
{
    const char *only = getenv("SEED");
    uint64_t monitorable = 0;
    if (only) {
        one(strtoull(only, NULL, 10), &o, clock);
        return;
    }
    for (uint64_t i = 0; i < n; i++) monitorable += one(from + i, &o, clock);
    assert_true(monitorable > n / 5);
}

static void test_trace(void **state)
{
    (void)state;
    many(1, 1500, (struct random_options){.depth = 4, .points = 12, .max_step = 4, .future = true},
         false);
}

static void test_clock(void **state)
{
    (void)state;
    many(1, 1000, (struct random_options){.depth = 4, .points = 8, .max_step = 4, .future = true},
         true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trace),
        cmocka_unit_test(test_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
