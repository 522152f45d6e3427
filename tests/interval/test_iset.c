/* The laws of interval sets, against bit vectors over a small universe. */
#include "../test.h"
#include "interval/iset.h"

enum { WORLD = 40, ROUNDS = 3000 };

static void random_set(uint64_t *seed, struct iset *s, bool *bits)
{
    iset_clear(s);
    memset(bits, 0, WORLD);
    size_t k = test_below(seed, 6);
    for (size_t i = 0; i < k; i++) {
        int64_t from = (int64_t)test_below(seed, WORLD);
        int64_t to = from + (int64_t)test_below(seed, 8);
        if (to >= WORLD) to = WORLD - 1;
        iset_add(s, from, to);
        for (int64_t x = from; x <= to; x++) bits[x] = true;
    }
}

static void expect(const struct iset *s, const bool *bits)
{
    for (int64_t x = 0; x < WORLD; x++) assert_int_equal(iset_has(s, x), bits[x]);
    for (size_t i = 0; i < s->n; i++) {
        assert_true(s->items[i].from <= s->items[i].to);
        if (i) assert_true(s->items[i - 1].to + 1 < s->items[i].from);
    }
}

static void test_algebra(void **state)
{
    (void)state;
    uint64_t seed = 11;
    struct iset a, b, c, d;
    bool x[WORLD], y[WORLD], z[WORLD];
    iset_init(&a), iset_init(&b), iset_init(&c), iset_init(&d);
    for (int r = 0; r < ROUNDS; r++) {
        random_set(&seed, &a, x);
        random_set(&seed, &b, y);
        expect(&a, x);
        iset_union(&c, &a, &b);
        for (int i = 0; i < WORLD; i++) z[i] = x[i] || y[i];
        expect(&c, z);
        iset_intersect(&c, &a, &b);
        for (int i = 0; i < WORLD; i++) z[i] = x[i] && y[i];
        expect(&c, z);
        iset_subtract(&c, &a, &b);
        for (int i = 0; i < WORLD; i++) z[i] = x[i] && !y[i];
        expect(&c, z);
        iset_complement(&c, &a, 0, WORLD - 1);
        for (int i = 0; i < WORLD; i++) z[i] = !x[i];
        expect(&c, z);
        iset_complement(&d, &c, 0, WORLD - 1);
        assert_true(iset_eq(&a, &d));
    }
    iset_free(&a), iset_free(&b), iset_free(&c), iset_free(&d);
}

static void test_spans(void **state)
{
    (void)state;
    uint64_t seed = 12;
    struct iset a;
    bool x[WORLD];
    iset_init(&a);
    for (int r = 0; r < ROUNDS; r++) {
        random_set(&seed, &a, x);
        int64_t from = (int64_t)test_below(&seed, WORLD), to = from + (int64_t)test_below(&seed, 4);
        bool covers = true, meets = false;
        for (int64_t i = from; i <= to; i++) {
            bool in = i < WORLD && x[i];
            covers &= in;
            meets |= in;
        }
        assert_int_equal(iset_covers(&a, from, to), covers);
        assert_int_equal(iset_meets(&a, from, to), meets);
    }
    iset_free(&a);
}

static void test_infinity(void **state)
{
    (void)state;
    struct iset a, c;
    iset_init(&a), iset_init(&c);
    iset_add(&a, INT64_MIN, 5);
    iset_add(&a, 10, INT64_MAX);
    iset_complement(&c, &a, INT64_MIN, INT64_MAX);
    assert_int_equal(c.n, 1);
    assert_true(c.items[0].from == 6 && c.items[0].to == 9);
    iset_add(&a, 6, 9);
    assert_int_equal(a.n, 1);
    iset_complement(&c, &a, INT64_MIN, INT64_MAX);
    assert_int_equal(c.n, 0);
    iset_free(&a), iset_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_algebra),
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_infinity),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
