/* Strings, buffers and UTF-8. */
#include "tests/test.h"

static void distance_counts_edits(void **state)
{
    (void)state;
    assert_int_equal(str_distance(STR("ukraine"), STR("ukrane")), 1);
    assert_int_equal(str_distance(STR("ukraine"), STR("urkaine")), 1);
    assert_int_equal(str_distance(STR(""), STR("abc")), 3);
    assert_int_equal(str_distance(STR("kitten"), STR("sitting")), 3);
}

static void the_nearest_name_is_kept(void **state)
{
    (void)state;
    size_t least = 3;
    assert_false(str_nearer(STR("monitr"), STR("explain"), &least));
    assert_true(str_nearer(STR("monitr"), STR("monitor"), &least));
    assert_int_equal(least, 1);
    assert_false(str_nearer(STR("monitr"), STR("monitors"), &least));
}

static void utf8_refuses_what_is_malformed(void **state)
{
    (void)state;
    assert_int_equal(utf8_invalid_at(STR("Донецьк \xF0\x9F\x95\x8A")), 19);
    assert_int_equal(utf8_invalid_at(STR("ab\xC0\x80")), 2);
    assert_int_equal(utf8_invalid_at(STR("\xED\xA0\x80")), 0);
    assert_int_equal(utf8_invalid_at(STR("a\xF4\x90\x80\x80")), 1);
    assert_int_equal(utf8_invalid_at(STR("a\xE2\x82")), 1);
}

static void width_is_in_columns(void **state)
{
    (void)state;
    assert_int_equal(utf8_width(STR("Київ")), 4);
    assert_int_equal(utf8_width(STR("e\xCC\x81")), 1);
    assert_int_equal(utf8_width(STR("停火")), 4);
}

static void buffers_format_numbers(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_int(&b, INT64_MIN);
    buf_putc(&b, ' ');
    buf_int(&b, 0);
    buf_fmt(&b, " %d%%", 42);
    assert_str(buf_str(&b), "-9223372036854775808 0 42%");
    buf_free(&b);
}

static void slices_and_trims(void **state)
{
    (void)state;
    assert_str(str_trim(STR(" \t a b \n")), "a b");
    assert_str(str_slice(STR("abc"), 1, 99), "bc");
    assert_true(str_eq_nocase(STR("Donetsk Oblast"), STR("donetsk oblast")));
    assert_true(str_ends(STR("a.csv"), STR(".csv")));
    assert_true(str_holds(STR("a.csv"), STR("a.csv")) && str_holds(STR("a.csv"), STR("csv")));
    assert_true(str_holds(STR("aab"), STR("ab")) && str_holds(STR(""), STR("")));
    assert_false(str_holds(STR("a.csv"), STR("csx")) || str_holds(STR(""), STR("a")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_counts_edits),
        cmocka_unit_test(the_nearest_name_is_kept),
        cmocka_unit_test(utf8_refuses_what_is_malformed),
        cmocka_unit_test(width_is_in_columns),
        cmocka_unit_test(buffers_format_numbers),
        cmocka_unit_test(slices_and_trims),
    };
    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
