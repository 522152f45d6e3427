/* Goldens, as declared in golden.h. */
#include "tests/report/golden.h"
#include "tests/test.h"

#include "base/file.h"

static struct str line_at(struct str s, size_t *at)
{
    size_t from = *at, to = from;
    while (to < s.n && s.p[to] != '\n') to++;
    *at = to < s.n ? to + 1 : to;
    return str_slice(s, from, to);
}

void golden_check(const char *name, struct str actual)
{
    struct arena a;
    struct diags d;
    struct str expected = {NULL, 0};
    arena_init(&a);
    diags_init(&d, &a);
    struct str path = str_fmt(&a, TRUCE_GOLDENS "/%s", name);
    const char *mode = getenv("TRUCE_GOLDEN");
    if (mode && !strcmp(mode, "write"))
        assert_int_equal(file_write(&a, path, actual, &d), STATUS_OK);
    assert_int_equal(file_read(&a, path, SIZE_MAX, &d, &expected), STATUS_OK);
    size_t here = 0, there = 0, line = 0;
    while (here < actual.n || there < expected.n) {
        struct str x = line_at(actual, &here), y = line_at(expected, &there);
        line++;
        if (!str_eq(x, y))
            fail_msg("%s:%zu:\n got: %.*s\nwant: %.*s", name, line, STR_ARG(x), STR_ARG(y));
    }
    assert_int_equal(actual.n, expected.n);
    arena_free(&a);
}
