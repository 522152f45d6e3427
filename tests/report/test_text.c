/* The status table at every width. */
#include "tests/report/fake.h"
#include "tests/report/golden.h"
#include "tests/test.h"

#include "report/words.h"

static struct str render(struct fake_room *r, const struct report_options *o)
{
    buf_clear(&r->out);
    report_text(&r->arena, &r->out, &r->fake.view, o);
    assert_false(r->out.failed);
    return buf_str(&r->out);
}

static bool holds(struct str text, const char *part)
{
    struct str p = str_of(part);
    for (size_t i = 0; i + p.n <= text.n; i++)
        if (!memcmp(text.p + i, p.p, p.n)) return true;
    return false;
}

static void looks_as_agreed(void **state)
{
    struct fake_room *r = *state;
    static const size_t widths[] = {40, 80, 120, 200};
    for (size_t i = 0; i < 4; i++) {
        struct report_options o = fake_options(widths[i]);
        char name[32];
        snprintf(name, sizeof name, "text-%zu.txt", widths[i]);
        golden_check(name, render(r, &o));
    }
}

/* One line says whether the readings of a provision agree, or for whom they do not. */
static void readings_are_compared(void **state)
{
    struct fake_room *r = *state;
    struct view_row *rows = r->fake.rows + 3;
    struct report_options o = fake_options(200);
    assert_false(holds(render(r, &o), "readings agree"));
    rows[0].subject = rows[1].subject = rows[2].subject = STR("all");
    rows[2].reading = STR("a third");
    rows[1].reading = STR("a second");
    for (size_t i = 0; i < 3; i++) rows[i].readings = READINGS_AGREE;
    assert_true(holds(render(r, &o), "pullback: all readings agree, on each day too\n"));
    for (size_t i = 0; i < 3; i++) rows[i].readings = READINGS_VERDICT;
    assert_true(holds(render(r, &o), "pullback: all readings agree, though not on each day\n"));
    for (size_t i = 0; i < 3; i++) rows[i].readings = READINGS_DIFFER;
    rows[1].verdict = VERDICT_COMPLIED;
    assert_true(holds(render(r, &o), "pullback: readings differ: all (unverified: as drawn by "
                                     "north; complied: a second; "));
}

static void no_line_is_too_wide(void **state)
{
    struct fake_room *r = *state;
    for (size_t width = 40; width <= 250; width++) {
        struct report_options o = fake_options(width);
        struct str s = render(r, &o);
        size_t from = 0;
        for (size_t i = 0; i < s.n; i++) {
            if (s.p[i] != '\n') continue;
            struct str line = str_slice(s, from, i);
            if (utf8_width(line) > width)
                fail_msg("width %zu: \"%.*s\" takes %zu", width, STR_ARG(line), utf8_width(line));
            from = i + 1;
        }
    }
}

static void nothing_is_lost_at_any_width(void **state)
{
    struct fake_room *r = *state;
    static const size_t widths[] = {40, 87, 88, 110, 150, 250};
    for (size_t i = 0; i < 6; i++) {
        struct report_options o = fake_options(widths[i]);
        struct str s = render(r, &o);
        assert_true(holds(s, "1,234,567"));
        assert_true(holds(s, "<1%"));
        assert_true(holds(s, "minimal"));
        assert_true(holds(s, "overdue"));
        assert_true(holds(s, "الجنوب"));
        assert_true(holds(s, "Article 1"));
    }
}

static void colour_only_when_asked_and_never_alone(void **state)
{
    struct fake_room *r = *state;
    struct report_options o = fake_options(200);
    struct str plain = str_dup(&r->arena, render(r, &o));
    assert_false(holds(plain, "\033"));
    o.colour = true;
    struct str coloured = render(r, &o);
    assert_true(holds(coloured, "\033[1;31moverdue\033[0m"));
    char *stripped = arena_alloc(&r->arena, coloured.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < coloured.n; i++) {
        if (coloured.p[i] == '\033') {
            while (coloured.p[i] != 'm') i++;
        } else {
            stripped[n++] = coloured.p[i];
        }
    }
    assert_true(str_eq((struct str){stripped, n}, plain));
}

static void set_aside_rows_are_counted_and_listed(void **state)
{
    struct fake_room *r = *state;
    struct report_options o = fake_options(100);
    assert_true(holds(render(r, &o), "2 set aside"));
    assert_false(holds(render(r, &o), "31 February"));
    o.list_aside = true;
    assert_true(holds(render(r, &o), "events.csv:7: no such date: 31 February"));
}

static void hostile_names_do_nothing(void **state)
{
    struct fake_room *r = *state;
    r->fake.view.title = STR("\033]0;owned\007\033[2J\r\nnew line");
    r->fake.provisions[0].name = STR("a\033[31mb\n\nc");
    r->fake.rows[0].subject = STR("\xE2\x80\xAE evil");
    struct report_options o = fake_options(150);
    struct str s = render(r, &o);
    assert_false(holds(s, "\033"));
    assert_false(holds(s, "\007"));
    assert_false(holds(s, "\r"));
    assert_false(holds(s, "\xE2\x80\xAE"));
}

static void command_is_quoted_for_a_shell(void **state)
{
    struct fake_room *r = *state;
    struct report_options o = fake_options(120);
    o.command = STR("my mission's; rm");
    assert_true(holds(render(r, &o), "truce why 'my mission'\\''s; rm' ceasefire"));
}

static void memory_may_fail(void **state)
{
    struct fake_room *r = *state;
    struct report_options o = fake_options(150);
    for (size_t limit = 1; limit < 200000; limit = limit * 3 / 2 + 1) {
        struct arena small;
        arena_init(&small);
        small.limit = limit;
        buf_clear(&r->out);
        report_text(&small, &r->out, &r->fake.view, &o);
        assert_true(!small.failed || r->out.failed);
        arena_free(&small);
    }
}

static void shares_are_not_rounded_to_certainty(void **state)
{
    struct fake_room *r = *state;
    static const struct {
        double share;
        const char *words;
    } cases[] = {{0, "0%"},       {0.0001, "<1%"}, {0.5, "50%"},
                 {0.994, ">99%"}, {0.99, "99%"},   {1, "100%"}};
    for (size_t i = 0; i < 6; i++) {
        buf_clear(&r->out);
        words_share(&r->out, cases[i].share);
        assert_str(buf_str(&r->out), cases[i].words);
    }
}

static void spans_read_as_people_say_them(void **state)
{
    struct fake_room *r = *state;
    const struct view_clock *c = &r->fake.view.clock;
    words_span(&r->out, c, FAKE_DAY(0), FAKE_DAY(1) - 1);
    buf_puts(&r->out, "; ");
    words_span(&r->out, c, FAKE_DAY(0), FAKE_DAY(2) - 1);
    buf_puts(&r->out, "; ");
    words_span(&r->out, c, FAKE_DAY(0), FAKE_DAY(0));
    buf_puts(&r->out, "; ");
    words_span(&r->out, c, FAKE_DAY(0) + 1, INSTANT_MAX);
    assert_str(buf_str(&r->out), "on 2015-02-15; somewhere in 2015-02-15 to 2015-02-16; "
                                 "at 2015-02-15T00:00:00+02:00; "
                                 "somewhere in 2015-02-15T00:00:01+02:00 to infinity");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(looks_as_agreed, fake_enter, fake_leave),
        cmocka_unit_test_setup_teardown(readings_are_compared, fake_enter, fake_leave),
        cmocka_unit_test_setup_teardown(no_line_is_too_wide, fake_enter, fake_leave),
        cmocka_unit_test_setup_teardown(nothing_is_lost_at_any_width, fake_enter, fake_leave),
        cmocka_unit_test_setup_teardown(colour_only_when_asked_and_never_alone, fake_enter,
                                        fake_leave),
        cmocka_unit_test_setup_teardown(set_aside_rows_are_counted_and_listed, fake_enter,
                                        fake_leave),
        cmocka_unit_test_setup_teardown(hostile_names_do_nothing, fake_enter, fake_leave),
        cmocka_unit_test_setup_teardown(command_is_quoted_for_a_shell, fake_enter, fake_leave),
        cmocka_unit_test_setup_teardown(memory_may_fail, fake_enter, fake_leave),
        cmocka_unit_test_setup_teardown(shares_are_not_rounded_to_certainty, fake_enter,
                                        fake_leave),
        cmocka_unit_test_setup_teardown(spans_read_as_people_say_them, fake_enter, fake_leave),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
