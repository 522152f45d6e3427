/* Numbers by hand, and a buffer that gives everything to its file in order. */
#include "monitor/out.h"
#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static void ints(void **state)
{
    (void)state;
    int64_t edges[] = {0, 9, 10, 99, 100, -1, -10, 12345, INT64_MAX, INT64_MIN, INT64_MIN + 1};
    char got[64], expected[64];
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        *format_int(got, edges[i]) = 0;
        snprintf(expected, sizeof expected, "%lld", (long long)edges[i]);
        assert_string_equal(got, expected);
    }
    int64_t power = 1;
    for (int k = 0; k < 19; k++, power *= k < 19 ? 10 : 1) {
        for (int64_t v = power - 1; v <= power + 1; v++) {
            *format_int(got, v) = 0;
            snprintf(expected, sizeof expected, "%lld", (long long)v);
            assert_string_equal(got, expected);
        }
    }
    uint64_t seed = 5;
    for (int i = 0; i < 50000; i++) {
        int64_t v = (int64_t)test_random(&seed) >> test_below(&seed, 64);
        *format_int(got, v) = 0;
        snprintf(expected, sizeof expected, "%lld", (long long)v);
        assert_string_equal(got, expected);
    }
}

static void floats(void **state)
{
    (void)state;
    char got[OUT_FLOAT_MAX];
    *format_float(got, 0.1) = 0;
    assert_string_equal(got, "0.1");
    *format_float(got, 1e6) = 0;
    assert_string_equal(got, "1e+06");
    *format_float(got, 2) = 0;
    assert_string_equal(got, "2");
}

/* What is added through a small buffer arrives whole and in order. */
static void through_a_pipe(void **state)
{
    (void)state;
    int fd[2];
    assert_int_equal(pipe(fd), 0);
    struct out o;
    assert_true(out_init(&o, fd[1], 16));
    char expected[2000];
    size_t n = 0;
    for (int i = 0; i < 200; i++) {
        char piece[40];
        int k = snprintf(piece, sizeof piece, "%d%.*s,", i, i % 20, "xxxxxxxxxxxxxxxxxxxx");
        if (n + (size_t)k > sizeof expected) break;
        memcpy(expected + n, piece, (size_t)k);
        n += (size_t)k;
        out_puts(&o, piece);
    }
    out_flush(&o);
    assert_int_equal(o.error, 0);
    assert_int_equal(o.written, n);
    char got[2000];
    assert_int_equal(read(fd[0], got, sizeof got), (ssize_t)n);
    assert_memory_equal(got, expected, n);
    out_free(&o);
    close(fd[0]);
    close(fd[1]);
}

static void full_disk(void **state)
{
    (void)state;
    int fd = open("/dev/full", O_WRONLY);
    if (fd < 0) skip();
    struct out o;
    assert_true(out_init(&o, fd, 16));
    for (int i = 0; i < 100; i++) out_puts(&o, "word ");
    out_flush(&o);
    assert_int_equal(o.error, ENOSPC);
    assert_int_equal(o.written, 0);
    out_free(&o);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ints),
        cmocka_unit_test(floats),
        cmocka_unit_test(through_a_pipe),
        cmocka_unit_test(full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
