/* The texts of cells: numbers, quantities, dates, and why they cannot be read. */
#include "intake/cells.h"
#include "tests/test.h"

#include <math.h>

static void numbers_are_read_to_the_last_bit(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 20000; i++) {
        char text[64];
        double x =
            ((double)test_below(&seed, 2000000001) - 1e9) / (double)(1 + test_below(&seed, 100000));
        struct str s = {text, 0};
        if (i % 3 == 0) snprintf(text, sizeof(text), "%.15g", x);
        if (i % 3 == 1) snprintf(text, sizeof(text), "%.6f", x);
        if (i % 3 == 2) snprintf(text, sizeof(text), "%.12e", x);
        s.n = strlen(text);
        double read;
        assert_true(cell_number(s, false, &read));
        assert_true(read == strtod(text, NULL));
    }
    double x;
    assert_true(cell_number(STR(" 12 345,5 "), true, &x) && x == 12345.5);
    assert_true(cell_number(STR("1'000"), false, &x) && x == 1000);
    assert_true(cell_number(STR("+48.50"), false, &x) && x == 48.5);
    static const char *const bad[] = {"",        "-",   ".",   "1.2.3", "12a", "1e",
                                      "1e99999", "nan", "inf", "0x10",  "--1"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(cell_number(str_of(bad[i]), false, &x));
}

static void quantities_keep_what_is_not_known(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t lo, hi;
    } cases[] = {{"12", 12000, 12000},
                 {"about 12", 6000, 24000},
                 {"~ 12", 6000, 24000},
                 {"at least 12", 12000, INT64_MAX},
                 {"12+", 12000, INT64_MAX},
                 {">12", 12001, INT64_MAX},
                 {"\xe2\x89\xa5 12", 12000, INT64_MAX},
                 {"at most 12", 0, 12000},
                 {"<12", 0, 11999},
                 {"10-20", 10000, 20000},
                 {"10 \xe2\x80\x93 20", 10000, 20000},
                 {"10 to 20", 10000, 20000},
                 {"0.5", 500, 500},
                 {"", INT64_MIN, INT64_MAX},
                 {"?", INT64_MIN, INT64_MAX},
                 {"Unknown", INT64_MIN, INT64_MAX}};
    struct reason why;
    struct value v;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_true(cell_value(str_of(cases[i].text), false, 1000, &v, &why));
        assert_int_equal(v.lo, cases[i].lo);
        assert_int_equal(v.hi, cases[i].hi);
    }
    assert_false(cell_value(STR("many"), false, 1, &v, &why));
    assert_string_equal(why.text, "\"many\" is no number");
    assert_false(cell_value(STR("20-10"), false, 1, &v, &why));
    assert_false(cell_value(STR("1e30"), false, 1, &v, &why));
}

static void dates_are_read_in_the_declared_order(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum date_order order;
        const char *iso; /* of the local time; with "d": no time of day */
    } cases[] = {{"1/22/2014 12:00:00 AM", DATES_MONTH_FIRST, "2014-01-22T00:00:00Z"},
                 {"08/12/2015 00:00", DATES_MONTH_FIRST, "2015-08-12T00:00:00Z"},
                 {"08/12/2015", DATES_DAY_FIRST, "2015-12-08T00:00:00Z d"},
                 {"12.02.2015 14:30", DATES_DAY_FIRST, "2015-02-12T14:30:00Z"},
                 {"2015-02-12", DATES_MONTH_FIRST, "2015-02-12T00:00:00Z d"},
                 {"2015-02-12T14:30:05.999", DATES_YEAR_FIRST, "2015-02-12T14:30:05Z"},
                 {"2015-02-12 24:00", DATES_YEAR_FIRST, "2015-02-13T00:00:00Z"},
                 {"12 Feb 2015", DATES_MONTH_FIRST, "2015-02-12T00:00:00Z d"},
                 {"February 12, 2015", DATES_DAY_FIRST, "2015-02-12T00:00:00Z d"},
                 {"12-sept.-2015 9:05 pm", DATES_DAY_FIRST, "2015-09-12T21:05:00Z"},
                 {"02/29/2016 12:00 PM", DATES_MONTH_FIRST, "2016-02-29T12:00:00Z"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct iso_time t;
        struct reason why;
        if (!cell_date(str_of(cases[i].text), cases[i].order, true, &t, &why))
            fail_msg("%s: %s", cases[i].text, why.text);
        struct buf b;
        buf_init(&b);
        iso_format(&b, civil_to_seconds(t.civil), 0);
        if (!t.has_time) buf_puts(&b, " d");
        assert_str(buf_str(&b), cases[i].iso);
        assert_false(t.has_offset);
        buf_free(&b);
    }
    struct iso_time t;
    struct reason why;
    assert_true(cell_date(STR("2015-02-12T14:30:00+02:00"), DATES_DAY_FIRST, true, &t, &why));
    assert_true(t.has_offset && t.offset == 7200);
    assert_true(cell_date(STR("2015-02-12T14:30Z"), DATES_DAY_FIRST, true, &t, &why));
    assert_true(t.has_offset && t.offset == 0);
    assert_true(cell_date(STR("2015-02-12T14:30:00 -0530"), DATES_DAY_FIRST, true, &t, &why));
    assert_int_equal(t.offset, -19800);
}

static void bad_dates_say_why(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
        bool declared;
    } cases[] = {
        {"31/02/2015", "\"31/02/2015\" is a date that does not exist", true},
        {"29/02/2015", "\"29/02/2015\" is a date that does not exist", true},
        {"12/02/15", "\"12/02/15\" has a year without its century", true},
        {"12/02/2015",
         "\"12/02/2015\" could be month first or day first: say \"dates are day first\"", false},
        {"yesterday", "\"yesterday\" is no date", true},
        {"12/02", "\"12/02\" is no date", true},
        {"", "\"\" is no date", true},
        {"12/02/2015 25:00", "\"12/02/2015 25:00\" has a time of day that does not exist", true},
        {"12/02/2015 13:00 PM", "\"12/02/2015 13:00 PM\" has a time of day that does not exist",
         true},
        {"12/02/2015 11:00 or so", "\"12/02/2015 11:00 or so\" is no date and time", true}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct iso_time t;
        struct reason why;
        assert_false(
            cell_date(str_of(cases[i].text), DATES_DAY_FIRST, cases[i].declared, &t, &why));
        assert_string_equal(why.text, cases[i].why);
    }
    struct civil c;
    struct reason why;
    assert_true(cell_time_of_day(STR(" 2:30 PM"), &c, &why) && c.hour == 14 && c.minute == 30);
    assert_false(cell_time_of_day(STR("noon"), &c, &why));
    assert_string_equal(why.text, "\"noon\" is no time of day");
}

/* Whatever the bytes, a reader answers and reads nothing beyond them (the sanitizers watch). */
static void any_bytes_are_answered(void **state)
{
    (void)state;
    static const char alphabet[] = "0123456789-/.: ,TZAPMpm+~<>toFeb\xe2\x89\xa5\xff";
    uint64_t seed = 9;
    for (int i = 0; i < 50000; i++) {
        size_t n = test_below(&seed, 24);
        char *exact = malloc(n ? n : 1);
        for (size_t k = 0; k < n; k++) exact[k] = alphabet[test_below(&seed, sizeof(alphabet) - 1)];
        struct str s = {exact, n};
        struct reason why = {""};
        struct iso_time t;
        struct civil c;
        struct value v;
        double x;
        if (cell_date(s, DATES_DAY_FIRST, i % 2, &t, &why)) assert_true(civil_valid(t.civil));
        if (cell_number(s, i % 2, &x)) assert_true(isfinite(x));
        if (cell_value(s, i % 2, 1000, &v, &why)) assert_true(v.lo <= v.hi);
        (void)cell_time_of_day(s, &c, &why);
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_to_the_last_bit),
        cmocka_unit_test(quantities_keep_what_is_not_known),
        cmocka_unit_test(dates_are_read_in_the_declared_order),
        cmocka_unit_test(bad_dates_say_why),
        cmocka_unit_test(any_bytes_are_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
