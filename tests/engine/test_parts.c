/* The engine's small parts, each against something simpler: key tables, ordered multisets, exact sums,
 * edges of time and their inverses, sorting and coalescing of tables. */
#include "../test.h"
#include "engine/fold.h"
#include "engine/keymap.h"
#include "engine/node.h"

#include <math.h>

static void test_keymap(void **state)
{
    (void)state;
    enum { KEYS = 300 };
    uint64_t seed = 5;
    int64_t number[KEYS];
    struct keymap m;
    keymap_init(&m, 2);
    for (int k = 0; k < KEYS; k++) number[k] = -1;
    for (int round = 0; round < 60000; round++) {
        uint64_t k = test_below(&seed, KEYS), key[2] = {k / 7, k % 7 << 40};
        bool fresh;
        if (test_below(&seed, 2)) {
            uint32_t got = keymap_put(&m, key, &fresh);
            assert_int_equal(fresh, number[k] < 0);
            if (!fresh) assert_int_equal(got, number[k]);
            for (int o = 0; fresh && o < KEYS; o++) assert_true(number[o] != got);
            number[k] = got;
        } else if (number[k] >= 0) {
            keymap_remove(&m, (uint32_t)number[k]);
            number[k] = -1;
        }
        k = test_below(&seed, KEYS);
        key[0] = k / 7, key[1] = k % 7 << 40;
        uint32_t found = keymap_find(&m, key);
        assert_int_equal(found == KEY_NONE ? -1 : (int64_t)found, number[k]);
    }
    keymap_clear(&m);
    assert_int_equal(keymap_find(&m, (uint64_t[]){0, 0}), KEY_NONE);
    keymap_free(&m);
    keymap_init(&m, 0); /* the empty key */
    bool fresh;
    assert_int_equal(keymap_put(&m, NULL, &fresh), 0);
    assert_true(fresh);
    assert_int_equal(keymap_put(&m, NULL, &fresh), 0);
    assert_false(fresh);
    keymap_free(&m);
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* MIN, MAX, MED, SUM of ints under additions and removals, against a sorted array. */
static void test_fold(void **state)
{
    (void)state;
    enum { MOST = 3000 };
    static int64_t bag[MOST], sorted[MOST];
    static const enum agg_op ops[] = {AGG_MIN, AGG_MAX, AGG_MED, AGG_SUM, AGG_CNT};
    for (size_t o = 0; o < 5; o++) {
        uint64_t seed = 77 + o;
        struct fold f = {0};
        struct fold_kind k = {ops[o], VALUE_INT, NULL};
        size_t n = 0;
        for (int round = 0; round < 9000; round++) {
            if (n < MOST && (n == 0 || test_below(&seed, 20) < (round < 5000 ? 13U : 7U))) {
                bag[n] = (int64_t)test_below(&seed, 500) - 250;
                assert_true(fold_add(&f, &k, value_of_int(bag[n++])));
            } else {
                size_t i = test_below(&seed, n);
                fold_remove(&f, &k, value_of_int(bag[i]));
                bag[i] = bag[--n];
            }
            if (!n || round % 37) continue;
            int64_t sum = 0;
            memcpy(sorted, bag, n * sizeof *bag);
            qsort(sorted, n, sizeof *sorted, by_value);
            for (size_t i = 0; i < n; i++) sum += bag[i];
            uint64_t v;
            assert_true(fold_value(&f, &k, &v));
            int64_t low = sorted[(n - 1) / 2], high = sorted[n / 2];
            double median = ((double)high + (double)low) / 2;
            if (ops[o] == AGG_MED)
                assert_true(value_float(v) == median);
            else
                assert_int_equal(value_int(v), ops[o] == AGG_MIN   ? sorted[0]
                                               : ops[o] == AGG_MAX ? sorted[n - 1]
                                               : ops[o] == AGG_SUM ? sum
                                                                   : (int64_t)n);
        }
        fold_free(&f);
    }
}

static void test_sum_overflow(void **state)
{
    (void)state;
    struct fold f = {0};
    struct fold_kind k = {AGG_SUM, VALUE_INT, NULL};
    uint64_t v;
    fold_add(&f, &k, value_of_int(INT64_MAX));
    fold_add(&f, &k, value_of_int(1));
    assert_false(fold_value(&f, &k, &v)); /* undefined, not wrapped */
    fold_remove(&f, &k, value_of_int(1));
    assert_true(fold_value(&f, &k, &v));
    assert_int_equal(value_int(v), INT64_MAX);
    fold_free(&f);
}

/* A double with few bits and a wide range of exponents: exact in units of 2^-40. */
static double random_double(uint64_t *seed, int64_t *units)
{
    int64_t m = (int64_t)test_below(seed, 2001) - 1000;
    int shift = (int)test_below(seed, 45);
    *units = m * ((int64_t)1 << shift);
    return ldexp((double)m, shift - 40);
}

static void test_exact_sum(void **state)
{
    (void)state;
    uint64_t seed = 31;
    struct exact_sum *s = exact_new();
    int64_t total = 0;
    for (int i = 0; i < 20000; i++) {
        int64_t units;
        double v = random_double(&seed, &units);
        bool take = test_below(&seed, 2);
        exact_add(s, v, take);
        total += take ? -units : units;
        double got;
        assert_true(exact_value(s, &got));
        assert_true(got == ldexp((double)total, -40)); /* (double) rounds to nearest even too */
    }
    exact_clear(s);
    double got;
    static const double hard[] = {1e308, 1e308, 1.0, 4.9e-324, -1e308, -1e308, 1e-300, -1.0};
    for (int i = 0; i < 8; i++) exact_add(s, hard[i], false);
    assert_true(exact_value(s, &got) && got == 1e-300);
    exact_add(s, 1e-300, true);
    assert_true(exact_value(s, &got) && got == 4.9e-324);
    exact_add(s, INFINITY, false);
    assert_true(exact_value(s, &got) && isinf(got));
    exact_add(s, -INFINITY, false);
    assert_false(exact_value(s, &got));
    exact_add(s, INFINITY, true);
    assert_true(exact_value(s, &got) && got < 0);
    exact_free(s);
}

/* A day that is an hour short at noon of day 10 and an hour long at noon of day 20. */
static instant same_time_tomorrow(void *ctx, instant at)
{
    int64_t days = *(int64_t *)ctx, day = 86400;
    int64_t short_from = 10 * day - days * day, long_from = 20 * day - days * day;
    if (at >= 20 * day) return at + days * day;
    if (at >= long_from) return at + days * day + (at < 20 * day ? 3600 : 0);
    if (at >= short_from && at < 10 * day) return at + days * day - 3600;
    return at + days * day;
}

static void test_edges(void **state)
{
    (void)state;
    int64_t days = 2;
    struct time_map map = {same_time_tomorrow, &days};
    struct timeline t;
    timeline_init(&t, true, INT64_MIN, &map, 1);
    struct edge edges[] = {edge_seconds(0), edge_seconds(77), edge_map(0)};
    uint64_t seed = 3;
    for (int i = 0; i < 3000; i++) {
        struct edge e = edges[test_below(&seed, 3)];
        int64_t at = (int64_t)test_below(&seed, (uint64_t)30 * 86400);
        int64_t least = timeline_edge_least(&t, e, at), most = timeline_edge_greatest(&t, e, at);
        assert_true(timeline_edge(&t, e, least) >= at);
        assert_true(timeline_edge(&t, e, least - 1) < at);
        assert_true(timeline_edge(&t, e, most) <= at);
        assert_true(timeline_edge(&t, e, most + 1) > at);
    }
    assert_true(timeline_edge(&t, edge_seconds(5), INT64_MIN) == INT64_MIN);
    assert_true(timeline_edge(&t, edge_seconds(INSTANT_MAX), 5) == INT64_MAX);
    timeline_free(&t);
}

/* Searching stamps from any hint, against a scan. */
static void test_search(void **state)
{
    (void)state;
    uint64_t seed = 8;
    struct timeline t;
    timeline_init(&t, false, 0, NULL, 0);
    int64_t stamps[200], at = 0;
    for (int i = 0; i < 200; i++) stamps[i] = at += (int64_t)test_below(&seed, 4);
    assert_true(timeline_append(&t, stamps, 100) && timeline_append(&t, stamps + 100, 100));
    timeline_evict(&t, 20);
    for (int i = 0; i < 20000; i++) {
        int64_t from = (int64_t)test_below(&seed, 201), s = (int64_t)test_below(&seed, 320);
        int64_t first = from < 20 ? 20 : from, last = 199;
        while (first < 200 && stamps[first] < s) first++;
        while (last >= 20 && stamps[last] > s) last--;
        assert_int_equal(timeline_first_at(&t, from, s), first);
        assert_int_equal(timeline_last_at(&t, from, s), last);
    }
    timeline_free(&t);
}

/* Sorting keeps rows whole and equal keys in order; coalescing keeps the set of (tuple, position) and
 * leaves intervals that are maximal. */
static void test_tables(void **state)
{
    (void)state;
    uint64_t seed = 21;
    for (int round = 0; round < 1000; round++) {
        struct table t;
        struct coalescer c;
        bool before[4][40] = {{false}}, after[4][40] = {{false}};
        table_init(&t, 1);
        coalescer_init(&c, 1);
        size_t n = test_below(&seed, round % 2 ? 30 : 5);
        for (size_t i = 0; i < n; i++) {
            uint64_t word = test_below(&seed, 4);
            int64_t from = (int64_t)test_below(&seed, 30),
                    to = from + (int64_t)test_below(&seed, 6);
            table_add(&t, from, to, &word);
            for (int64_t p = from; p <= to; p++) before[word][p] = true;
        }
        assert_true(coalesce(&c, &t));
        for (size_t r = 0; r < t.n; r++) {
            assert_true(!r || t.from[r - 1] <= t.from[r]);
            assert_false(before[t.col[0][r]][t.to[r] + 1]);
            for (int64_t p = t.from[r]; p <= t.to[r]; p++) {
                assert_false(after[t.col[0][r]][p]);
                after[t.col[0][r]][p] = true;
            }
        }
        assert_memory_equal(before, after, sizeof before);
        table_free(&t);
        coalescer_free(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keymap),       cmocka_unit_test(test_fold),
        cmocka_unit_test(test_sum_overflow), cmocka_unit_test(test_exact_sum),
        cmocka_unit_test(test_edges),        cmocka_unit_test(test_search),
        cmocka_unit_test(test_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
