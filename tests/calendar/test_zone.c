/* Wall clocks and steps of the calendar, against ICU and against slow scans of every second. */
#include "calendar/zone.h"
#include "tests/test.h"

#include <unicode/ucal.h>
#include <unicode/ustring.h>

static const char *const names[] = {"Europe/Kyiv",         "Asia/Kathmandu",    "America/Bogota",
                                    "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca",
                                    "America/St_Johns",    "Pacific/Apia",      "UTC"};
#define HOUR ((instant)3600)
#define DAY ((size_t)SECONDS_PER_DAY)
#define NAMES (sizeof(names) / sizeof(names[0]))

static struct arena arena;
static struct diags diags;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    diags_init(&diags, &arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const struct zone *load(const char *name)
{
    const struct zone *z = zone_load(&arena, str_of(name), place_none(), &diags);
    assert_non_null(z);
    return z;
}

static instant utc(const char *text)
{
    struct iso_time t;
    assert_true(iso_parse(str_of(text), &t));
    return civil_to_seconds(t.civil) - (t.has_offset ? t.offset : 0);
}

static const char *shown(const struct zone *z, instant at)
{
    static char text[64];
    struct buf b;
    buf_init(&b);
    zone_format(z, &b, at);
    snprintf(text, sizeof(text), "%.*s", STR_ARG(buf_str(&b)));
    buf_free(&b);
    return text;
}

/* Every offset is ICU's own, from 1850 to 2900. */
static void offsets_agree_with_icu(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (size_t i = 0; i < NAMES; i++) {
        const struct zone *z = load(names[i]);
        UChar id[64];
        u_uastrcpy(id, names[i]);
        UErrorCode e = U_ZERO_ERROR;
        UCalendar *cal = ucal_open(id, -1, "en", UCAL_GREGORIAN, &e);
        for (int k = 0; k < 3000; k++) {
            instant low = utc("1850-01-01"), high = k % 2 ? utc("2030-01-01") : utc("2900-01-01");
            instant at = low + (instant)test_below(&seed, (uint64_t)(high - low));
            if (k % 3 == 0) at = instant_add(z->steps[test_below(&seed, z->n)].at, -(k % 2));
            if (at < low) at = low;
            ucal_setMillis(cal, (double)at * 1000, &e);
            int32_t ms = ucal_get(cal, UCAL_ZONE_OFFSET, &e) + ucal_get(cal, UCAL_DST_OFFSET, &e);
            assert_true(U_SUCCESS(e));
            assert_int_equal(zone_offset(z, at), ms / 1000);
        }
        ucal_close(cal);
    }
}

static int64_t local(const struct zone *z, instant at)
{
    return at + zone_offset(z, at);
}

/* A reading near the change of clocks number k; steps are taken from the present rules or any. */
static instant near_change(const struct zone *z, uint64_t *seed)
{
    size_t k = test_below(seed, z->n);
    instant at = z->steps[k].at == INSTANT_MIN ? 0 : z->steps[k].at;
    return at + (instant)test_below(seed, 4 * (uint64_t)HOUR) - 2 * HOUR;
}

static void instant_is_the_first_that_shows_the_reading(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (size_t i = 0; i < NAMES; i++) {
        const struct zone *z = load(names[i]);
        for (int k = 0; k < 12; k++) {
            instant about = near_change(z, &seed);
            int64_t reading = local(z, about) + (int64_t)test_below(&seed, 7200) - 3600;
            instant at = zone_instant_of(z, reading);
            assert_true(local(z, at) >= reading);
            for (instant s = at - 1; s > at - 30 * HOUR; s--) assert_true(local(z, s) < reading);
        }
    }
}

static void skipped_and_doubled_times(void **state)
{
    (void)state;
    const struct zone *z = load("Europe/Kyiv");
    struct civil skipped = {2015, 3, 29, 3, 30, 0}, doubled = {2015, 10, 25, 3, 30, 0};
    assert_string_equal(shown(z, zone_instant(z, skipped)), "2015-03-29T04:00:00+03:00");
    assert_string_equal(shown(z, zone_instant(z, doubled)), "2015-10-25T03:30:00+03:00");
    struct civil start = {2015, 2, 15, 0, 0, 0};
    assert_int_equal(zone_instant(z, start), utc("2015-02-14T22:00:00Z"));
    assert_string_equal(shown(z, INSTANT_MAX), "infinity");
    assert_string_equal(shown(z, INSTANT_MIN), "-infinity");
    const struct zone *nepal = load("Asia/Kathmandu");
    assert_string_equal(shown(nepal, utc("2006-11-21T00:00:00Z")), "2006-11-21T05:45:00+05:45");
}

static void days_partition_time(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (size_t i = 0; i < NAMES; i++) {
        const struct zone *z = load(names[i]);
        for (int k = 0; k < 2000; k++) {
            instant at = near_change(z, &seed) + ((instant)test_below(&seed, 3) - 1) * 43200;
            int64_t day = zone_day(z, at);
            assert_true(zone_day_start(z, day) <= at && at <= zone_day_end(z, day));
            assert_int_equal(zone_day_end(z, day) + 1, zone_day_start(z, day + 1));
        }
    }
    /* A day that never was: Samoa crossed the date line. */
    const struct zone *apia = load("Pacific/Apia");
    int64_t lost = civil_to_days(2011, 12, 30);
    assert_int_equal(zone_day_end(apia, lost), zone_day_start(apia, lost) - 1);
    const struct zone *kyiv = load("Europe/Kyiv");
    int64_t march = civil_to_days(2015, 3, 29);
    assert_int_equal(zone_day_start(kyiv, march + 1) - zone_day_start(kyiv, march), 23 * 3600);
}

static void two_days_are_not_172800_seconds(void **state)
{
    (void)state;
    const struct zone *z = load("Europe/Kyiv");
    struct zone_shift two = {.zone = z, .days = 2}, month = {.zone = z, .months = 1};
    instant at = utc("2015-03-28T10:00:00Z");
    assert_int_equal(zone_later(&two, at) - at, 172800 - 3600);
    assert_string_equal(shown(z, zone_later(&two, at)), "2015-03-30T12:00:00+03:00");
    assert_string_equal(shown(z, zone_later(&month, utc("2015-01-31T10:00:00Z"))),
                        "2015-02-28T12:00:00+02:00");
    struct zone_shift year = {.zone = z, .months = 12, .seconds = 5};
    assert_string_equal(shown(z, zone_later(&year, utc("2016-02-29T10:00:00Z"))),
                        "2017-02-28T12:00:05+02:00");
    assert_int_equal(zone_later(&two, INSTANT_MAX), INSTANT_MAX);
    assert_int_equal(zone_later(&two, INSTANT_MIN), INSTANT_MIN);
    assert_int_equal(zone_later(&month, utc("9999-12-15")), INSTANT_MAX);
}

/* The hull against the running maximum of zone_later, second by second. */
static void check_hull(const struct zone_shift *s, instant from, size_t n)
{
    instant *exact = malloc(n * sizeof(*exact));
    assert_non_null(exact);
    for (size_t i = 0; i < n; i++) exact[i] = zone_later(s, from + (instant)i);
    void *ctx = (void *)(uintptr_t)s;
    instant top = exact[0];
    for (size_t i = 0; i < n; i++) {
        if (exact[i] > top) top = exact[i];
        if (zone_later_upper(ctx, from + (instant)i) != top) fail_msg("upper differs at %zu", i);
    }
    free(exact);
}

static void the_hull_is_the_running_maximum(void **state)
{
    (void)state;
    const struct zone *kyiv = load("Europe/Kyiv"), *howe = load("Australia/Lord_Howe");
    struct zone_shift day = {.zone = kyiv, .days = 1}, month = {.zone = kyiv, .months = 1};
    struct zone_shift howe_week = {.zone = howe, .days = 7};
    struct zone_shift months = {.zone = kyiv, .months = 4, .days = 3};
    check_hull(&day, utc("2015-10-24T12:00:00Z"), DAY);
    check_hull(&day, utc("2015-10-23T12:00:00Z"), 2 * DAY);
    check_hull(&day, utc("2015-03-28T00:00:00Z"), 2 * DAY);
    check_hull(&howe_week, utc("2019-04-06T00:00:00Z"), DAY);
    check_hull(&month, utc("2015-01-27T22:00:00Z"), 5 * DAY);
    check_hull(&months, utc("2015-10-28T22:00:00Z"), 4 * DAY);
}

static void working_days(void **state)
{
    (void)state;
    const struct zone *z = load("Europe/Kyiv");
    int64_t holidays[] = {civil_to_days(2015, 3, 9)}; /* a Monday */
    struct workdays w = {WEEKEND_SATURDAY_SUNDAY, holidays, 1};
    int64_t friday = civil_to_days(2015, 3, 6);
    assert_true(workday_is(&w, friday));
    assert_false(workday_is(&w, friday + 1));
    assert_false(workday_is(&w, holidays[0]));
    assert_int_equal(workday_add(&w, friday, 1), civil_to_days(2015, 3, 10));
    assert_int_equal(workday_add(&w, friday + 2, 0), friday);
    struct workdays never = {0x7F, NULL, 0};
    assert_int_equal(workday_add(&never, friday, 1), INT64_MAX);
    struct zone_shift two = {.zone = z, .work = &w, .working_days = 2};
    assert_string_equal(shown(z, zone_later(&two, utc("2015-03-06T10:00:00Z"))),
                        "2015-03-11T12:00:00+02:00");
    assert_string_equal(shown(z, zone_later(&two, utc("2015-03-07T10:00:00Z"))),
                        "2015-03-11T23:59:59+02:00");
    check_hull(&two, utc("2015-03-05T10:00:00Z"), 6 * DAY);
    check_hull(&two, utc("2015-10-23T12:00:00Z"), 3 * DAY);
}

static void unknown_zone_is_refused_with_the_nearest(void **state)
{
    (void)state;
    static const struct {
        const char *name, *fix;
    } cases[] = {{"Europe/Kiyv", "Europe/Kyiv"},
                 {"Kyiv", "Europe/Kyiv"},
                 {"europe/kathmando", NULL},
                 {"Kathmandu", "Asia/Kathmandu"},
                 {"Europe/Kyiv\n", NULL},
                 {"", NULL},
                 {"Etc/Unknown", NULL},
                 {"Xyzzyzzyx/Nowhere", "a name such as Europe/Kyiv or America/Bogota"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        size_t before = diags.n;
        assert_null(zone_load(&arena, str_of(cases[i].name), place_none(), &diags));
        assert_int_equal(diags.n, before + 1);
        assert_string_equal(diags.items[before].code, "unknown-time-zone");
        if (cases[i].fix) assert_str(diags.items[before].fix, cases[i].fix);
    }
}

static void failing_memory_is_an_error(void **state)
{
    (void)state;
    struct arena small;
    arena_init(&small);
    small.limit = 256;
    assert_null(zone_load(&small, STR("Europe/Kyiv"), place_none(), &diags));
    assert_string_equal(diags.items[diags.n - 1].code, "out-of-memory");
    arena_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_agree_with_icu),
        cmocka_unit_test(instant_is_the_first_that_shows_the_reading),
        cmocka_unit_test(skipped_and_doubled_times),
        cmocka_unit_test(days_partition_time),
        cmocka_unit_test(two_days_are_not_172800_seconds),
        cmocka_unit_test(the_hull_is_the_running_maximum),
        cmocka_unit_test(working_days),
        cmocka_unit_test(unknown_zone_is_refused_with_the_nearest),
        cmocka_unit_test(failing_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
