/* Whole random formulas against the naive evaluator: on a trace and on the clock, the log whole and cut
 * into random regions.  The cut must not change the answer. */
#include "../test.h"
#include "engine/engine.h"
#include "logic/print.h"
#include "logic/rewrite.h"
#include "logic/safe.h"
#include "random_core.h"
#include "tests/logic/random.h"

/* Tuples over the formula's free variables, none twice. */
struct rel {
    uint64_t *words;
    size_t n;
};

/* For each position the set of tuples. */
struct answer {
    struct arena arena;
    struct rel *at;
    size_t n;
};

static void answer_add(struct answer *a, size_t i, const struct table *t, size_t r)
{
    struct rel *rel = &a->at[i];
    uint64_t words[32];
    for (uint32_t k = 0; k < t->ncols; k++) words[k] = t->col[k][r];
    for (size_t x = 0; x < rel->n; x++)
        if (!memcmp(rel->words + x * t->ncols, words, t->ncols * sizeof *words))
            fail_msg("a tuple twice at position %zu", i);
    uint64_t *more = arena_array(&a->arena, (rel->n + 1) * t->ncols + 1, sizeof *more);
    if (rel->n) memcpy(more, rel->words, rel->n * t->ncols * sizeof *more);
    memcpy(more + rel->n * t->ncols, words, t->ncols * sizeof *words);
    rel->words = more;
    rel->n++;
}

static void read_rows(struct engine *e, struct answer *a, int64_t *next)
{
    int64_t lo, hi;
    const struct table *t = engine_rows(e, &lo, &hi);
    if (lo > hi) {
        assert_int_equal(t->n, 0);
        return;
    }
    assert_int_equal(lo, *next);
    *next = hi + 1;
    for (size_t r = 0; r < t->n; r++) {
        assert_true(t->from[r] >= lo && t->to[r] <= hi && t->from[r] <= t->to[r]);
        assert_true(!r || t->from[r - 1] <= t->from[r]);
        for (int64_t i = t->from[r]; i <= t->to[r]; i++) answer_add(a, (size_t)i, t, r);
    }
}

static void fill(struct feed *f, const struct plan *p, const struct naive_log *log, size_t from,
                 size_t to)
{
    const struct plan_input *in;
    size_t n = plan_inputs(p, &in);
    for (size_t i = from; i < to; i++) {
        const struct naive_point *pt = &log->points[i];
        feed_point(f, pt->stamp);
        for (size_t k = 0; k < n; k++)
            for (size_t x = 0; x < pt->n; x++)
                if (pt->facts[x].pred == in[k].pred)
                    table_add(&f->tables[k], (int64_t)i, (int64_t)i, pt->facts[x].values);
    }
    f->upto = (int64_t)to - 1;
}

static void run(const struct plan *p, struct intern *strings, uint64_t *seed,
                const struct naive_log *log, size_t most, struct answer *a)
{
    arena_init(&a->arena);
    a->at = arena_array(&a->arena, log->n + 1, sizeof *a->at); /* and the end of a trace */
    struct engine *e = engine_new(p, strings, NULL, 0, 0);
    struct feed f;
    feed_init(&f, p);
    int64_t next = 0;
    for (size_t i = 0; i < log->n;) {
        size_t step = most ? 1 + test_below(seed, most) : log->n;
        if (i + step > log->n) step = log->n - i;
        feed_clear(&f, (int64_t)i);
        fill(&f, p, log, i, i + step);
        assert_int_equal(engine_feed(e, &f), STATUS_OK);
        read_rows(e, a, &next);
        i += step;
    }
    assert_int_equal(engine_finish(e, true), STATUS_OK);
    read_rows(e, a, &next);
    a->n = (size_t)next; /* what NEXT leaves undecided at the end is not compared */
    feed_free(&f);
    engine_free(e);
}

static void explain(const struct scope *sc, const struct plan *p, const struct formula *f,
                    const struct naive_log *log, const struct rel *want, const struct rel *got,
                    size_t i, uint64_t seed)
{
    struct buf b;
    buf_init(&b);
    formula_print(&b, sc, f);
    buf_putc(&b, '\n');
    plan_print(p, &b);
    naive_log_write(&b, log, sc->sig);
    const struct rel *both[2] = {want, got};
    for (int s = 0; s < 2; s++) {
        buf_puts(&b, s ? "\ngot " : "want ");
        for (size_t x = 0; x < both[s]->n; x++) {
            buf_putc(&b, '(');
            for (uint32_t w = 0; w < f->n_fv; w++)
                buf_fmt(&b, " %ld", (long)both[s]->words[x * f->n_fv + w]);
            buf_putc(&b, ')');
        }
    }
    struct str s = buf_str(&b);
    fail_msg("seed %lu position %zu\n%.*s", (unsigned long)seed, i, STR_ARG(s));
}

static bool rel_eq(const struct rel *a, const struct rel *b, uint32_t width)
{
    if (a->n != b->n) return false;
    for (size_t x = 0; x < a->n; x++) {
        bool found = false;
        for (size_t y = 0; !found && y < b->n; y++)
            found = !memcmp(a->words + x * width, b->words + y * width, width * sizeof(uint64_t));
        if (!found) return false;
    }
    return true;
}

/* The engine, however the log is cut, and the judge; gives the number of tuples. */
static size_t agree(const struct plan *p, const struct scope *sc, struct intern *strings,
                    uint64_t *dice, const struct formula *f, struct naive *judge,
                    const struct naive_log *log, uint64_t seed)
{
    static const size_t cuts[] = {0, 1, 4};
    size_t tuples = 0;
    for (size_t c = 0; c < 3; c++) {
        struct answer a;
        run(p, strings, dice, log, cuts[c], &a);
        /* the judge also waits for definitions that nothing uses */
        for (size_t i = 0; i < a.n && i < log->n && i < naive_settled(judge); i++) {
            struct rel want;
            want.words = naive_tuples(judge, i, &want.n);
            tuples += want.n;
            if (!rel_eq(&want, &a.at[i], f->n_fv)) explain(sc, p, f, log, &want, &a.at[i], i, seed);
        }
        arena_free(&a.arena);
    }
    return tuples;
}

/* The number of tuples in the answer, so that a test that only meets empty ones is seen. */
static size_t one(uint64_t seed, int size, bool clock)
{
    struct random_core r;
    random_core_init(&r, seed);
    struct formula *f = random_core_formula(&r, size, (uint32_t)test_below(&r.seed, 3));
    struct naive_log *log =
        random_core_log(&r, 6 + test_below(&r.seed, 14), clock ? 0 : 1 + test_below(&r.seed, 4));
    struct plan_options o = {.clock = clock, .polarity = POLARITY_EXACT};
    struct diags d;
    diags_init(&d, &r.arena);
    struct plan *p;
    enum status s = plan_compile(f, &r.scope, &o, &d, &p);
    if (s != STATUS_OK) {
        struct buf b;
        buf_init(&b);
        formula_print(&b, &r.scope, f);
        fail_msg("seed %lu: %.*s: %.*s", (unsigned long)seed, STR_ARG(buf_str(&b)),
                 STR_ARG(d.n ? d.items[0].what : STR("?")));
    }
    struct naive *judge = naive_new(&r.scope, f, f, log);
    assert_non_null(judge);
    size_t tuples = agree(p, &r.scope, &r.strings, &r.seed, f, judge, log, seed);
    naive_free(judge);
    plan_free(p);
    random_core_free(&r);
    return tuples;
}

static void many(int size, uint64_t from, uint64_t n, bool clock)
{
    const char *only = getenv("SEED");
    if (only) {
        one(strtoull(only, NULL, 10), size, clock);
        return;
    }
    size_t with = 0;
    for (uint64_t i = 0; i < n; i++) with += one(from + i, size, clock) > 0;
    assert_true(with > n / 3);
}

static void test_trace_small(void **state)
{
    (void)state;
    many(4, 1000, 2000, false);
}

static void test_trace_large(void **state)
{
    (void)state;
    many(14, 200000, 1500, false);
}

static void test_clock_small(void **state)
{
    (void)state;
    many(4, 300000, 2000, true);
}

static void test_clock_large(void **state)
{
    (void)state;
    many(14, 400000, 1500, true);
}

/* ---- what MonPoly refuses ---- */

/* A formula as written, in which a predicate beside it bounds what would be infinite alone: the engine
 * runs its core form, the judge evaluates it as it stands. */
static size_t written(uint64_t seed, bool clock)
{
    const struct random_options o = {
        .depth = 4, .points = clock ? 7 : 12, .max_step = 2, .future = true, .finite = true};
    struct random_case c;
    struct formula *core;
    struct plan *p;
    size_t tuples = 0;
    assert_true(random_case_open(&c, seed, &o));
    if (safe_core(&c.scope, c.formula, NULL, &c.diags, &core) != STATUS_OK)
        fail_msg("refused: %.*s", STR_ARG(c.text));
    struct naive_log dense;
    naive_log_init(&dense, &c.arena);
    if (clock) naive_log_dense(&dense, &c.log);
    const struct naive_log *log = clock ? &dense : &c.log;
    struct plan_options how = {.clock = clock, .polarity = POLARITY_EXACT};
    assert_int_equal(plan_compile(core, &c.scope, &how, &c.diags, &p), STATUS_OK);
    struct naive *judge = naive_new(&c.scope, c.formula, c.formula, log);
    assert_non_null(judge);
    if (core->size < 3000)
        tuples = agree(p, &c.scope, &c.strings, &c.state, core, judge, log, seed);
    naive_free(judge);
    plan_free(p);
    random_case_close(&c);
    return tuples;
}

static void test_guarded_on_a_trace(void **state)
{
    (void)state;
    size_t with = 0;
    for (uint64_t seed = 0; seed < 700; seed++) with += written(seed, false) > 0;
    assert_true(with > 200);
}

static void test_guarded_on_the_clock(void **state)
{
    (void)state;
    size_t with = 0;
    for (uint64_t seed = 5000; seed < 5500; seed++) with += written(seed, true) > 0;
    assert_true(with > 100);
}

/* ---- equal subformulas are computed once ---- */

static size_t plan_lines(const struct plan *p)
{
    struct buf b;
    buf_init(&b);
    plan_print(p, &b);
    size_t n = 0;
    for (size_t i = 0; i < b.n; i++) n += b.p[i] == '\n';
    buf_free(&b);
    return n;
}

/* A copy of f with other bound variables. */
static struct formula *another(struct random_core *r, struct rewriter *w, const struct formula *f)
{
    uint32_t n = 0, have = (uint32_t)r->scope.n_vars;
    uint32_t *from = arena_array(&r->arena, have, sizeof *from);
    uint32_t *to = arena_array(&r->arena, have, sizeof *to);
    for (uint32_t v = 0; v < have; v++) {
        bool is_free = false;
        for (uint32_t k = 0; k < f->n_fv; k++) is_free |= f->fv[k] == v;
        if (is_free) continue;
        from[n] = v;
        to[n++] = scope_var(&r->scope, STR("other"), r->scope.vars[v].type);
    }
    return core_rename(w, f, from, to, n);
}

static bool defines(const struct formula *f);

static bool path_defines(const struct path *p)
{
    return p && ((p->test && defines(p->test)) || path_defines(p->a) || path_defines(p->b));
}

static bool defines(const struct formula *f)
{
    if (f->op == F_LET || f->op == F_LETPAST || path_defines(f->path)) return true;
    for (uint32_t k = 0; k < f->n_sub; k++)
        if (defines(f->sub[k])) return true;
    return false;
}

/* f OR f', where f' is f with other bound variables, has one node more than f, and f's verdicts. */
static size_t shared(uint64_t seed, bool clock)
{
    struct random_core r;
    random_core_init(&r, seed);
    struct formula *f = random_core_formula(&r, 3 + (int)(seed % 8), 1);
    struct naive_log *log = random_core_log(&r, 12, clock ? 0 : 3);
    struct diags d;
    diags_init(&d, &r.arena);
    struct rewriter w = {.sc = &r.scope};
    struct formula *copy = another(&r, &w, f);
    struct formula *both = core_or(&w, (struct formula *[]){f, copy}, 2);
    assert_non_null(both);
    struct plan_options o = {.clock = clock, .polarity = POLARITY_EXACT};
    struct plan *p, *q;
    assert_int_equal(plan_compile(f, &r.scope, &o, &d, &p), STATUS_OK);
    assert_int_equal(plan_compile(both, &r.scope, &o, &d, &q), STATUS_OK);
    bool once = plan_lines(q) <= plan_lines(p) + 1;
    if (!defines(f)) assert_true(once);
    struct answer a, b;
    run(p, &r.strings, &r.seed, log, 3, &a);
    run(q, &r.strings, &r.seed, log, 3, &b);
    assert_int_equal(a.n, b.n);
    for (size_t i = 0; i < a.n && i < log->n; i++) assert_true(rel_eq(&a.at[i], &b.at[i], f->n_fv));
    arena_free(&a.arena);
    arena_free(&b.arena);
    plan_free(p);
    plan_free(q);
    random_core_free(&r);
    return once;
}

static void test_shared(void **state)
{
    (void)state;
    size_t n = 0;
    for (uint64_t seed = 600000; seed < 600600; seed++) n += shared(seed, seed % 2);
    assert_true(n > 200); /* most define nothing */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trace_small),
        cmocka_unit_test(test_trace_large),
        cmocka_unit_test(test_clock_small),
        cmocka_unit_test(test_clock_large),
        cmocka_unit_test(test_guarded_on_a_trace),
        cmocka_unit_test(test_guarded_on_the_clock),
        cmocka_unit_test(test_shared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
