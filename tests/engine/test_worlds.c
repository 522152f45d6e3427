/* Must and may against worlds: events at unknown instants of a span, events that may not have happened,
 * and hidden events in a gap of coverage.  What a must plan says holds in every world; what holds
 * in some world a may plan says. */
#include "../test.h"
#include "engine/engine.h"
#include "logic/print.h"
#include "random_core.h"

enum { LAST = 13, EVENTS = 5, WORLDS = 24 };

struct event {
    uint32_t pred;
    uint64_t words[MAX_ARITY];
    int64_t from, to;
    bool certain;
};

struct setting {
    struct random_core r;
    struct event events[EVENTS];
    size_t n;
    int64_t gap_from, gap_to; /* hidden events may stand here; none when gap_from > gap_to */
    bool known[16];           /* predicates that a gap cannot hide */
};

static void make_setting(struct setting *s, uint64_t seed)
{
    random_core_init(&s->r, seed);
    s->r.paths = false;
    s->r.uncertain = true;
    uint64_t *d = &s->r.seed;
    s->n = 1 + test_below(d, EVENTS);
    for (size_t k = 0; k < s->n; k++) {
        struct event *e = &s->events[k];
        *e = (struct event){.pred = (uint32_t)test_below(d, 6), .certain = test_below(d, 4) > 0};
        for (int w = 0; w < MAX_ARITY; w++) e->words[w] = test_below(d, VALUES);
        e->from = (int64_t)test_below(d, LAST + 1);
        e->to = e->from + (test_below(d, 2) ? (int64_t)test_below(d, 4) : 0);
        if (e->to > LAST) e->to = LAST;
    }
    s->gap_from = test_below(d, 2) ? (int64_t)test_below(d, LAST + 1) : LAST + 1;
    s->gap_to = s->gap_from + (int64_t)test_below(d, 4);
    if (s->gap_to > LAST) s->gap_to = LAST;
    for (int p = 0; p < 16; p++) s->known[p] = test_below(d, 2);
}

/* Tables of the uncertain facts for the inputs of a must or may plan. */
static void uncertain_tables(const struct setting *s, const struct plan *p, struct table *t)
{
    const struct plan_input *in;
    size_t n = plan_inputs(p, &in);
    uint64_t wild[MAX_ARITY] = {VALUE_WILD, VALUE_WILD, VALUE_WILD};
    for (size_t i = 0; i < n; i++) {
        bool may = in[i].polarity == POLARITY_MAY;
        table_init(&t[i], in[i].arity);
        t[i].somewhere = true;
        for (size_t k = 0; k < s->n; k++) {
            const struct event *e = &s->events[k];
            if (e->pred == in[i].pred && (may || e->certain))
                table_add(&t[i], e->from, e->to, e->words);
        }
        if (may && !s->known[in[i].pred] && s->gap_from <= s->gap_to)
            table_add(&t[i], s->gap_from, s->gap_to, wild);
    }
}

/* Tables of one world. */
static void world_tables(struct setting *s, const struct plan *p, struct table *t)
{
    const struct plan_input *in;
    size_t n = plan_inputs(p, &in);
    uint64_t *d = &s->r.seed;
    for (size_t i = 0; i < n; i++) table_init(&t[i], in[i].arity);
    for (size_t k = 0; k < s->n; k++) {
        const struct event *e = &s->events[k];
        if (!e->certain && test_below(d, 2)) continue;
        int64_t at = e->from + (int64_t)test_below(d, (uint64_t)(e->to - e->from) + 1);
        for (size_t i = 0; i < n; i++)
            if (in[i].pred == e->pred) table_add(&t[i], at, at, e->words);
    }
    for (uint64_t h = test_below(d, 4); h-- > 0 && s->gap_from <= s->gap_to;) {
        uint32_t pred = (uint32_t)test_below(d, 6);
        uint64_t words[MAX_ARITY] = {test_below(d, VALUES), test_below(d, VALUES),
                                     test_below(d, VALUES)};
        int64_t at = s->gap_from + (int64_t)test_below(d, (uint64_t)(s->gap_to - s->gap_from) + 1);
        for (size_t i = 0; i < n; i++)
            if (in[i].pred == pred && !s->known[pred]) table_add(&t[i], at, at, words);
    }
}

static void eval(struct setting *s, const struct plan *p, struct table *t, struct table *out)
{
    const struct plan_input *in;
    size_t n = plan_inputs(p, &in);
    table_init(out, 0);
    assert_int_equal(engine_eval(p, &s->r.strings, NULL, 0, t, 0, LAST, out, NULL), STATUS_OK);
    for (size_t i = 0; i < n; i++) table_free(&t[i]);
}

/* Does some row of t agree with row r of s, and lie (reach) in its interval? */
static bool found(const struct table *t, const struct table *s, size_t r, int64_t from, int64_t to)
{
    for (size_t x = 0; x < t->n; x++) {
        bool same = t->from[x] <= to && t->to[x] >= from;
        for (uint32_t k = 0; same && k < t->ncols; k++)
            same = t->col[k][x] == s->col[k][r] || t->col[k][x] == VALUE_WILD;
        if (same) return true;
    }
    return false;
}

static void complain(struct setting *s, const struct formula *f, const struct plan *p,
                     const char *what, uint64_t seed, const struct table *t, size_t r, int64_t at)
{
    struct buf b;
    buf_init(&b);
    formula_print(&b, &s->r.scope, f);
    buf_putc(&b, '\n');
    plan_print(p, &b);
    for (size_t k = 0; k < s->n; k++) {
        const struct event *e = &s->events[k];
        struct str name = scope_pred_name(&s->r.scope, e->pred);
        buf_fmt(&b, "%.*s(%lu,%lu,%lu) in [%ld,%ld]%s\n", STR_ARG(name), (unsigned long)e->words[0],
                (unsigned long)e->words[1], (unsigned long)e->words[2], (long)e->from, (long)e->to,
                e->certain ? "" : " perhaps");
    }
    buf_fmt(&b, "gap [%ld,%ld]", (long)s->gap_from, (long)s->gap_to);
    for (uint32_t q = 0; q < 6; q++) buf_fmt(&b, " %d", s->known[q]);
    buf_fmt(&b, "\n%s [%ld,%ld] at %ld:", what, (long)t->from[r], (long)t->to[r], (long)at);
    for (uint32_t k = 0; k < t->ncols; k++) buf_fmt(&b, " %ld", (long)t->col[k][r]);
    fail_msg("seed %lu\n%.*s", (unsigned long)seed, STR_ARG(buf_str(&b)));
}

static void check_world(struct setting *s, const struct formula *f, const struct plan *plans[3],
                        const struct table *must, const struct table *may,
                        const struct table *world, uint64_t seed)
{
    for (size_t r = 0; r < must->n; r++) {
        if (must->somewhere) {
            if (!found(world, must, r, must->from[r], must->to[r]))
                complain(s, f, plans[1], "must, but not in a world", seed, must, r, must->from[r]);
            continue;
        }
        for (int64_t i = must->from[r]; i <= must->to[r]; i++)
            if (!found(world, must, r, i, i))
                complain(s, f, plans[1], "must, but not in a world", seed, must, r, i);
    }
    for (size_t r = 0; r < world->n; r++)
        for (int64_t i = world->from[r]; i <= world->to[r]; i++)
            if (!found(may, world, r, i, i))
                complain(s, f, plans[2], "in a world, but not may", seed, world, r, i);
}

static size_t one(uint64_t seed, int size)
{
    struct setting s;
    struct plan *p[3];
    struct table t[32], must, may, world;
    make_setting(&s, seed);
    struct formula *f = random_core_formula(&s.r, size, (uint32_t)test_below(&s.r.seed, 3));
    struct diags d;
    diags_init(&d, &s.r.arena);
    for (int k = 0; k < 3; k++) {
        struct plan_options o = {.clock = true, .polarity = (enum polarity)k};
        assert_int_equal(plan_compile(f, &s.r.scope, &o, &d, &p[k]), STATUS_OK);
    }
    uncertain_tables(&s, p[POLARITY_MUST], t);
    eval(&s, p[POLARITY_MUST], t, &must);
    uncertain_tables(&s, p[POLARITY_MAY], t);
    eval(&s, p[POLARITY_MAY], t, &may);
    for (int w = 0; w < WORLDS; w++) {
        world_tables(&s, p[POLARITY_EXACT], t);
        eval(&s, p[POLARITY_EXACT], t, &world);
        check_world(&s, f, (const struct plan **)p, &must, &may, &world, seed);
        table_free(&world);
    }
    size_t n = must.n;
    table_free(&must);
    table_free(&may);
    for (int k = 0; k < 3; k++) plan_free(p[k]);
    random_core_free(&s.r);
    return n;
}

static void many(int size, uint64_t from, uint64_t n)
{
    const char *only = getenv("SEED");
    size_t with = 0;
    if (only) {
        one(strtoull(only, NULL, 10), size);
        return;
    }
    for (uint64_t i = 0; i < n; i++) with += one(from + i, size) > 0;
    assert_true(with > n / 10);
}

static void test_small(void **state)
{
    (void)state;
    many(3, 1, 3000);
}

static void test_large(void **state)
{
    (void)state;
    many(9, 100000, 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small),
        cmocka_unit_test(test_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
