/* Words in columns: wrapping, widths, and names that try to move the cursor. */
#include "tests/test.h"

#include "report/layout.h"

static struct arena arena;

static int make_arena(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int free_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void shown_lets_no_control_through(void **state)
{
    (void)state;
    assert_str(layout_shown(&arena, STR("  a\t\n b\x1b[31m\x07 ")),
               "a b\xEF\xBF\xBD[31m\xEF\xBF\xBD");
    assert_str(layout_shown(&arena, STR("x\xE2\x80\xAEy\xFFz\xC2\x9B")),
               "x\xEF\xBF\xBDy\xEF\xBF\xBDz\xEF\xBF\xBD");
    assert_str(layout_shown(&arena, STR("")), "");
}

static void wraps_at_blanks_then_inside_words(void **state)
{
    (void)state;
    struct lines l = layout_wrap(&arena, STR("the parties cease-fire incomprehensibly"), 11);
    assert_int_equal(l.n, 4);
    assert_str(l.items[0], "the parties");
    assert_str(l.items[1], "cease-fire");
    assert_str(l.items[2], "incomprehen");
    assert_str(l.items[3], "sibly");
    assert_int_equal(layout_wrap(&arena, STR(""), 5).n, 1);
}

/* Every line fits and nothing is lost, whatever the text and the width. */
static void wrapping_keeps_width_and_text(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a", "фронт", "停", " ", "-", "e\xCC\x81", " long", "_x"};
    uint64_t random = 7;
    for (int round = 0; round < 2000; round++) {
        struct buf b;
        buf_init(&b);
        size_t n = test_below(&random, 30);
        for (size_t i = 0; i < n; i++) buf_puts(&b, pieces[test_below(&random, 8)]);
        struct str text = layout_shown(&arena, buf_str(&b));
        size_t width = 2 + test_below(&random, 20);
        struct lines l = layout_wrap(&arena, text, width);
        size_t at = 0;
        for (size_t i = 0; i < l.n; i++) {
            assert_true(utf8_width(l.items[i]) <= width);
            if (at < text.n && text.p[at] == ' ' && l.items[i].p != text.p + at) at++;
            assert_true(!text.n || l.items[i].p == text.p + at);
            at += l.items[i].n;
        }
        assert_int_equal(at, text.n);
        buf_free(&b);
    }
}

static void table_is_aligned_and_fits(void **state)
{
    (void)state;
    struct column columns[] = {{"Name", false, false, 0}, {"Count", true, true, 0}};
    struct cell cells[] = {{STR("北 side of the river"), NULL},
                           {STR("7"), NULL},
                           {STR("Kyiv"), "\033[31m"},
                           {STR("1,200"), NULL}};
    struct table t = {columns, 2, cells, NULL, 2};
    struct buf b;
    buf_init(&b);
    assert_true(layout_table(&arena, &b, &t, 40, false));
    assert_str(buf_str(&b), "Name                  Count\n"
                            "────────────────────  ─────\n"
                            "北 side of the river      7\n"
                            "Kyiv                  1,200\n");
    buf_clear(&b);
    assert_true(layout_table(&arena, &b, &t, 18, false));
    assert_str(buf_str(&b), "Name         Count\n"
                            "───────────  ─────\n"
                            "北 side of       7\n"
                            "the river\n"
                            "Kyiv         1,200\n");
    buf_clear(&b);
    assert_false(layout_table(&arena, &b, &t, 10, false));
    assert_int_equal(b.n, 0);
    buf_free(&b);
}

static void right_to_left_is_isolated(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    layout_line(&b, STR("الجنوب"));
    layout_line(&b, STR("south"));
    assert_str(buf_str(&b), "\xE2\x81\xA8الجنوب\xE2\x81\xA9south");
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shown_lets_no_control_through, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(wraps_at_blanks_then_inside_words, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(wrapping_keeps_width_and_text, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(table_is_aligned_and_fits, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(right_to_left_is_isolated, make_arena, free_arena),
    };
    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
