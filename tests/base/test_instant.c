/* Instants and civil dates. */
#include "tests/test.h"

#include "base/instant.h"

static void days_and_dates_agree_over_four_centuries(void **state)
{
    (void)state;
    int64_t first = civil_to_days(1800, 1, 1), last = civil_to_days(2200, 12, 31);
    struct civil before = civil_from_days(first - 1);
    for (int64_t d = first; d <= last; d++) {
        struct civil c = civil_from_days(d);
        assert_true(civil_valid(c));
        assert_int_equal(civil_to_days(c.year, c.month, c.day), d);
        bool next_day = c.day == before.day + 1 || c.day == 1;
        assert_true(next_day);
        before = c;
    }
    assert_int_equal(civil_to_days(1970, 1, 1), 0);
    assert_int_equal(civil_weekday(civil_to_days(2015, 2, 15)), 6);
}

static void arithmetic_saturates(void **state)
{
    (void)state;
    assert_true(instant_add(INSTANT_MAX, -5) == INSTANT_MAX);
    assert_true(instant_add(INSTANT_MIN, 5) == INSTANT_MIN);
    assert_true(instant_add(INSTANT_MAX - 3, 5) == INSTANT_MAX);
    assert_true(instant_add(10, -5) == 5);
}

static void reads_iso_times(void **state)
{
    (void)state;
    struct iso_time t;
    assert_true(iso_parse(STR("2015-02-15"), &t));
    assert_false(t.has_time);
    assert_true(iso_parse(STR("2015-02-15T00:00:00+02:00"), &t));
    assert_int_equal(t.offset, 7200);
    assert_true(iso_parse(STR("2022-02-23 24:00"), &t));
    assert_int_equal(t.civil.day, 24);
    assert_true(iso_parse(STR("2022-02-23T10:11:12.345Z"), &t));
    assert_int_equal(t.civil.second, 12);
    static const char *wrong[] = {"",           "2015-02-30",  "2015-13-01",
                                  "2015-2-1",   "2015-02-15T", "2015-02-15T25:00",
                                  "15.02.2015", "2015-02-15x", "2015-02-15T10:00+99:00"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(iso_parse(str_of(wrong[i]), &t));
}

static void writes_iso_times(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    iso_format(&b, 1423951200, 7200);
    buf_putc(&b, ' ');
    iso_format(&b, 0, 0);
    buf_putc(&b, ' ');
    iso_format(&b, INSTANT_MAX, 0);
    assert_str(buf_str(&b), "2015-02-15T00:00:00+02:00 1970-01-01T00:00:00Z infinity");
    buf_free(&b);
}

static void months_end_where_they_end(void **state)
{
    (void)state;
    struct civil c = civil_add_months((struct civil){2024, 1, 31, 12, 0, 0}, 1);
    assert_int_equal(c.month, 2);
    assert_int_equal(c.day, 29);
    c = civil_add_months((struct civil){2024, 11, 30, 0, 0, 0}, 3);
    assert_int_equal(c.year, 2025);
    assert_int_equal(c.day, 28);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_and_dates_agree_over_four_centuries),
        cmocka_unit_test(arithmetic_saturates),
        cmocka_unit_test(reads_iso_times),
        cmocka_unit_test(writes_iso_times),
        cmocka_unit_test(months_end_where_they_end),
    };
    return cmocka_run_group_tests_name("instant", tests, NULL, NULL);
}
