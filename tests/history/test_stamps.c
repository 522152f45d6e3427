/* The array with a gap behaves like a plain array; what is lent is the stretch, and an end behind it. */
#include "../test.h"

#include "history/stamps.h"

#include <stdlib.h>

#define MOST 700

struct plain {
    int64_t items[MOST];
    size_t n;
};

static void insert(struct plain *p, size_t rank, int64_t stamp)
{
    memmove(p->items + rank + 1, p->items + rank, (p->n - rank) * sizeof *p->items);
    p->items[rank] = stamp;
    p->n++;
}

static void take_out(struct plain *p, size_t rank, size_t count)
{
    memmove(p->items + rank, p->items + rank + count, (p->n - rank - count) * sizeof *p->items);
    p->n -= count;
}

static void lend(struct stamps *s, const struct plain *p, size_t from, size_t to)
{
    const int64_t *lent = stamps_lend(s, from, to, -1);
    assert_memory_equal(lent, p->items + from, (to - from + 1) * sizeof *lent);
    assert_int_equal(lent[to - from + 1], -1);
    stamps_give_back(s);
}

static void any_sequence(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct stamps s = {0};
        static struct plain p;
        uint64_t random = seed;
        p.n = 0;
        for (int64_t i = 1; i <= 1500; i++) {
            uint64_t what = test_below(&random, 8);
            if (what < 4 && p.n < MOST) {
                size_t rank = what ? test_below(&random, p.n + 1) : p.n;
                insert(&p, rank, i);
                assert_true(stamps_insert(&s, rank, i));
            } else if (what < 6 && p.n) {
                size_t rank = test_below(&random, p.n);
                size_t count = 1 + test_below(&random, what == 4 ? 1 : p.n - rank);
                if (count > 3) count = 3;
                take_out(&p, rank, count);
                stamps_remove(&s, rank, count);
            } else if (p.n) {
                size_t from = test_below(&random, p.n);
                lend(&s, &p, from, from + test_below(&random, p.n - from));
            }
            assert_int_equal(s.n, p.n);
            if (p.n) lend(&s, &p, 0, p.n - 1);
        }
        stamps_free(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_sequence)};
    return cmocka_run_group_tests_name("stamps", tests, NULL, NULL);
}
