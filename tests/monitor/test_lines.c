/* Verdict lines and maximal intervals, whatever the regions: each case is printed in one region and
 * in every way of cutting it into two or three, and must come out the same. */
#include "monitor/lines.h"
#include "tests/test.h"

#define LAST 11 /* positions 0 … LAST */

struct row {
    int64_t from, to, a, b;
};

static int64_t stamp_of(const void *ctx, int64_t position)
{
    (void)ctx;
    return 100 + 2 * position;
}

static struct print_column two[] = {{1, VALUE_INT}, {0, VALUE_INT}}; /* printed: (b,a) */

/* The rows clipped to [lo, hi], sorted by from. */
static void clip(struct table *t, const struct row *rows, size_t n, int64_t lo, int64_t hi)
{
    table_clear(t);
    for (size_t i = 0; i < n; i++) {
        int64_t from = rows[i].from < lo ? lo : rows[i].from;
        int64_t to = rows[i].to > hi ? hi : rows[i].to;
        if (from > to) continue;
        uint64_t words[] = {(uint64_t)rows[i].a, (uint64_t)rows[i].b};
        assert_true(table_add(t, from, to, words));
    }
    table_sort(t);
}

struct text {
    char p[8192];
};

/* Print with regions that end at cut1 and cut2; clock: intervals. */
static void print(const struct row *rows, size_t n, enum look look, bool clock, int64_t cut1,
                  int64_t cut2, struct text *out)
{
    struct out o;
    struct lines l;
    struct spans s;
    struct table t;
    table_init(&t, 2);
    assert_true(out_init(&o, -1, 64));
    lines_init(&l, two, 2, look);
    spans_init(&s, two, 2, look, 2);
    int64_t ends[] = {cut1, cut2, LAST}, lo = 0;
    for (int i = 0; i < 3; i++) {
        clip(&t, rows, n, lo, ends[i]);
        if (clock)
            spans_print(&s, &o, &t, lo, ends[i]);
        else
            lines_print(&l, &o, &t, lo, ends[i], stamp_of, NULL);
        if (ends[i] >= lo) lo = ends[i] + 1;
    }
    if (clock) spans_finish(&s, &o, LAST);
    assert_false(l.failed || s.failed || o.error);
    assert_true(o.n < sizeof out->p);
    memcpy(out->p, o.p, o.n);
    out->p[o.n] = 0;
    out_free(&o);
    lines_free(&l);
    spans_free(&s);
    table_free(&t);
}

static const struct row some[] = {
    {2, 5, 1, 7}, {2, 2, 3, -1}, {3, 3, 2, 7}, {4, 9, 9, 9}, {11, 11, 1, 7}};
enum { SOME = sizeof some / sizeof *some };

static void lines_of_a_trace(void **state)
{
    (void)state;
    struct text t;
    print(some, SOME, LOOK_LINES, false, 0, 0, &t);
    assert_string_equal(t.p, "@104 (time point 2): (-1,3) (7,1)\n"
                             "@106 (time point 3): (7,1) (7,2)\n"
                             "@108 (time point 4): (7,1) (9,9)\n"
                             "@110 (time point 5): (7,1) (9,9)\n"
                             "@112 (time point 6): (9,9)\n"
                             "@114 (time point 7): (9,9)\n"
                             "@116 (time point 8): (9,9)\n"
                             "@118 (time point 9): (9,9)\n"
                             "@122 (time point 11): (7,1)\n");
    print(some, 3, LOOK_VERBOSE, false, 2, 4, &t);
    assert_true(str_starts(str_of(t.p), STR("@100 (time point 0): ()\n@102 (time point 1): ()\n"
                                            "@104 (time point 2): ((-1,3),(7,1))\n")));
    print(some, 2, LOOK_JSON, false, 2, 2, &t);
    assert_true(
        str_starts(str_of(t.p), STR("{\"time\":104,\"point\":2,\"tuples\":[[-1,3],[7,1]]}\n")));
}

static void intervals_of_a_clock(void **state)
{
    (void)state;
    struct text t;
    print(some, SOME, LOOK_LINES, true, 0, 0, &t);
    assert_string_equal(t.p,
                        "[2,2] (-1,3)\n[3,3] (7,2)\n[2,5] (7,1)\n[4,9] (9,9)\n[11,11] (7,1)\n");
    /* what touches is one interval */
    static const struct row touching[] = {{1, 3, 1, 1}, {4, 6, 1, 1}, {7, 7, 1, 1}, {9, 11, 1, 1}};
    print(touching, 4, LOOK_JSON, true, 5, 8, &t);
    assert_string_equal(
        t.p, "{\"from\":1,\"to\":7,\"tuple\":[1,1]}\n{\"from\":9,\"to\":11,\"tuple\":[1,1]}\n");
}

static void any_cut(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 300; round++) {
        struct row rows[40];
        size_t n = 0;
        /* for each of a few tuples, disjoint intervals */
        for (int64_t tuple = 0; tuple < 6; tuple++) {
            int64_t at = (int64_t)test_below(&seed, 6);
            while (at <= LAST && n < 40) {
                int64_t to = at + (int64_t)(test_below(&seed, 2) ? 0 : test_below(&seed, 5));
                if (to > LAST) to = LAST;
                rows[n++] = (struct row){at, to, tuple / 3, tuple % 3 - 1};
                at = to + 1 + (int64_t)test_below(&seed, 4);
            }
        }
        for (int clock = 0; clock < 2; clock++) {
            struct text whole, cut;
            print(rows, n, LOOK_LINES, clock, -1, -1, &whole);
            int64_t a = (int64_t)test_below(&seed, LAST + 1);
            int64_t b = a + (int64_t)test_below(&seed, (uint64_t)(LAST + 1 - a));
            print(rows, n, LOOK_LINES, clock, a, b, &cut);
            assert_string_equal(cut.p, whole.p);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_a_trace),
        cmocka_unit_test(intervals_of_a_clock),
        cmocka_unit_test(any_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
