/* Patterns of MATCHES. */
#include "tests/test.h"

#include "logic/pattern.h"

static struct pattern *compile(struct arena *a, const char *text)
{
    const char *error;
    size_t at;
    struct pattern *p = pattern_compile(a, str_of(text), &error, &at);
    if (!p) fail_msg("\"%s\": %s", text, error);
    return p;
}

static void finds(const char *pattern, const char *text, const char *groups)
{
    struct arena a;
    arena_init(&a);
    struct pattern *p = compile(&a, pattern);
    struct str got[4];
    struct buf b;
    buf_init(&b);
    for (int twice = 0; twice < 2; twice++) { /* a search leaves no trace */
        buf_clear(&b);
        if (!pattern_search(p, str_of(text), got, 4)) {
            buf_puts(&b, "no");
        } else {
            for (uint32_t i = 0; i < pattern_groups(p); i++)
                buf_fmt(&b, "%s%.*s", i ? "|" : "", got[i].p ? (int)got[i].n : 4,
                        got[i].p ? got[i].p : "none");
        }
        assert_str(buf_str(&b), groups);
    }
    buf_free(&b);
    arena_free(&a);
}

static void matches_are_found_anywhere(void **state)
{
    (void)state;
    finds("b", "abc", "");
    finds("^b", "abc", "no");
    finds("^b", "a\nbc", "");
    finds("c$", "abc", "");
    finds("^$", "", "");
    finds("^$", "a", "no");
    finds("a.c", "a\nc", "no");
    finds("[^b]", "bbb", "no");
    finds("[]a]", "]", "");
    finds("[a-c]+[0-9]?$", "xxabc7", "");
    finds("a\\.c", "abc", "no");
    finds("\\bfoo\\b", "a foo b", "");
    finds("\\bfoo\\b", "afoo b", "no");
    finds("", "", "");
    finds("ab\\|cd\\|ef", "xxefx", "");
}

static void groups_are_those_of_backtracking(void **state)
{
    (void)state;
    finds("\\(a*\\)\\(ab\\)?", "aab", "aa|none");
    finds("\\(a\\|ab\\)\\(c\\|bcd\\)", "abcd", "a|bcd");
    finds("\\(a*\\)b", "caab", "aa");
    finds("\\(x\\)?y", "y", "none");
    finds("\\(\\(a\\)\\|b\\)*c", "abc", "b|a");
    finds("\\([0-9]+\\)-\\([0-9]+\\)", "on 12-34.", "12|34");
}

static void time_is_linear(void **state)
{
    (void)state;
    static char text[3001];
    memset(text, 'a', 3000);
    finds("\\(a*\\)*\\(a*\\)*\\(a*\\)*b", text, "no");
}

static void bad_patterns_are_told(void **state)
{
    (void)state;
    const struct {
        const char *text, *error;
        size_t at;
    } cases[] = {
        {"a[bc", "this set has no ]", 1},
        {"a\\(b", "this group has no \\)", 1},
        {"a\\)", "this \\) closes nothing", 1},
        {"a\\", "a backslash at the end quotes nothing", 1},
        {"\\(a\\)\\1", "back references are not supported", 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena a;
        const char *error;
        size_t at;
        arena_init(&a);
        assert_null(pattern_compile(&a, str_of(cases[i].text), &error, &at));
        assert_string_equal(error, cases[i].error);
        assert_int_equal(at, cases[i].at);
        arena_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_are_found_anywhere),
        cmocka_unit_test(groups_are_those_of_backtracking),
        cmocka_unit_test(time_is_linear),
        cmocka_unit_test(bad_patterns_are_told),
    };
    return cmocka_run_group_tests_name("logic/pattern", tests, NULL, NULL);
}
