/* Diagnostics point at the right characters. */
#include "tests/test.h"

#include "base/diag.h"

static void renders_place_caret_and_fix(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct diags d;
    diags_init(&d, &a);
    const struct source *s =
        source_new(&a, STR("a.md"), STR("line one\nКиїв: ukrane must not fire.\r\n"));
    size_t at = (size_t)(strstr(s->text.p, "ukrane") - s->text.p);
    struct diag *x = diag_add(&d, SEVERITY_ERROR, "unknown-name", (struct place){s, at, at + 6},
                              "unknown name \"ukrane\"");
    diag_fix(&d, x, "write: ukraine");
    struct buf b;
    buf_init(&b);
    diags_render(&d, &b, false);
    assert_str(buf_str(&b), "a.md:2:7: error: unknown name \"ukrane\" [unknown-name]\n"
                            "     2 | Київ: ukrane must not fire.\n"
                            "       |       ^^^^^^\n"
                            "       = write: ukraine\n");
    buf_clear(&b);
    diags_render_json(&d, &b);
    assert_str(buf_str(&b),
               "{\"severity\": \"error\", \"code\": \"unknown-name\", \"file\": \"a.md\", "
               "\"line\": 2, \"column\": 7, \"end_line\": 2, \"end_column\": 13, "
               "\"what\": \"unknown name \\\"ukrane\\\"\", \"fix\": \"write: ukraine\"}\n");
    buf_free(&b);
    arena_free(&a);
}

static void sorts_by_place_and_counts_what_it_drops(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct diags d;
    diags_init(&d, &a);
    d.max_items = 2;
    const struct source *s = source_new(&a, STR("a"), STR("abc"));
    for (size_t i = 3; i-- > 0;)
        diag_add(&d, SEVERITY_ERROR, "x", (struct place){s, i, i + 1}, "at %zu", i);
    diags_sort(&d);
    assert_int_equal(d.errors, 3);
    assert_int_equal(d.dropped, 1);
    assert_int_equal(d.items[0].at.from, 1);
    arena_free(&a);
}

static void json_strings_are_always_valid(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_json(&b, (struct str){"a\"\\\n\x01\xFFz\0y", 9});
    assert_str(buf_str(&b), "\"a\\\"\\\\\\n\\u0001\\ufffdz\\u0000y\"");
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(renders_place_caret_and_fix),
        cmocka_unit_test(sorts_by_place_and_counts_what_it_drops),
        cmocka_unit_test(json_strings_are_always_valid),
    };
    return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
