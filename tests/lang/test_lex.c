/* The words of the formal blocks. */
#include "tests/test.h"

#include "lang/lex.h"

struct fixture {
    struct arena a;
    struct diags d;
    struct tokens t;
    const struct source *s;
};

static void lex(struct fixture *f, const char *text)
{
    arena_init(&f->a);
    diags_init(&f->d, &f->a);
    f->t = (struct tokens){0};
    f->s = source_new(&f->a, STR("a.md"), str_of(text));
    assert_true(lex_check_text(f->s, &f->d));
    assert_true(lex_block(&f->a, f->s, 0, f->s->text.n, 7, &f->d, &f->t));
    assert_int_equal(f->t.v[f->t.n - 1].kind, TOKEN_BREAK);
}

static void assert_token(struct fixture *f, size_t i, enum token_kind kind, const char *text)
{
    assert_true(i < f->t.n);
    assert_int_equal(f->t.v[i].kind, kind);
    assert_str(f->t.v[i].text, text);
    assert_int_equal(f->t.v[i].clause, 7);
}

static void words_numbers_and_stops(void **state)
{
    (void)state;
    struct fixture f;
    lex(&f, "ukraine must-not кидати 25.5 km, 10,000 m. day 14.");
    assert_token(&f, 0, TOKEN_WORD, "ukraine");
    assert_token(&f, 1, TOKEN_WORD, "must-not");
    assert_token(&f, 2, TOKEN_WORD, "кидати");
    assert_token(&f, 3, TOKEN_NUMBER, "25.5");
    assert_int_equal(f.t.v[3].number.digits, 255);
    assert_int_equal(f.t.v[3].number.decimals, 1);
    assert_token(&f, 4, TOKEN_WORD, "km");
    assert_token(&f, 5, TOKEN_PUNCT, ",");
    assert_token(&f, 6, TOKEN_NUMBER, "10,000");
    assert_int_equal(f.t.v[6].number.digits, 10000);
    assert_token(&f, 8, TOKEN_PUNCT, ".");
    assert_token(&f, 10, TOKEN_NUMBER, "14");
    assert_token(&f, 11, TOKEN_PUNCT, ".");
    assert_int_equal(f.d.n, 0);
    arena_free(&f.a);
}

static void dates_times_and_zones(void **state)
{
    (void)state;
    struct fixture f;
    lex(&f, "2015-02-15 00:00; Europe/Kyiv 2015-02-12 18:30 2015-01-01T10:00Z 2022-02-23 24:00");
    assert_token(&f, 0, TOKEN_DATE, "2015-02-15 00:00");
    assert_true(f.t.v[0].time.has_time);
    assert_token(&f, 2, TOKEN_WORD, "Europe/Kyiv");
    assert_token(&f, 3, TOKEN_DATE, "2015-02-12 18:30");
    assert_int_equal(f.t.v[3].time.civil.hour, 18);
    assert_true(f.t.v[4].time.has_offset);
    assert_true(f.t.v[5].midnight_end);
    assert_int_equal(f.t.v[5].time.civil.day, 24);
    arena_free(&f.a);
}

static void strings_in_four_kinds_of_quotes(void **state)
{
    (void)state;
    struct fixture f;
    lex(&f, "\"a b\" “c” «d» „e“ # \"not this\"\nx");
    assert_token(&f, 0, TOKEN_STRING, "a b");
    assert_token(&f, 1, TOKEN_STRING, "c");
    assert_token(&f, 2, TOKEN_STRING, "d");
    assert_token(&f, 3, TOKEN_STRING, "e");
    assert_token(&f, 4, TOKEN_WORD, "x");
    assert_int_equal(f.t.n_comments, 1);
    assert_str(place_text(f.t.comments[0].at), "# \"not this\"");
    arena_free(&f.a);
}

static void lists_have_dashes(void **state)
{
    (void)state;
    struct fixture f;
    lex(&f, "read: – as a - as b — as c");
    assert_int_equal(f.t.v[2].kind, TOKEN_DASH);
    assert_int_equal(f.t.v[5].kind, TOKEN_DASH);
    assert_int_equal(f.t.v[8].kind, TOKEN_DASH);
    arena_free(&f.a);
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *text, *code;
    } cases[] = {
        {"by 2015-02-31.", "bad-date"},
        {"at 25:00.", "bad-time"},
        {"party x \"label.\nparty y.", "open-quote"},
        {"a \xE2\x80\x8B b", "hidden-character"},
        {"\"a\xE2\x80\xAE b\"", "hidden-character"},
        {"a @ b", "stray-character"},
        {"99999999999999999999 m", "number-too-long"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture f;
        lex(&f, cases[i].text);
        assert_int_equal(f.d.n, 1);
        assert_string_equal(f.d.items[0].code, cases[i].code);
        arena_free(&f.a);
    }
}

static void refuses_what_is_not_text(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct diags d;
    diags_init(&d, &a);
    assert_false(lex_check_text(source_new(&a, STR("x"), (struct str){"ab\0c", 4}), &d));
    assert_string_equal(d.items[0].code, "nul-byte");
    assert_int_equal(d.items[0].at.from, 2);
    assert_false(lex_check_text(source_new(&a, STR("x"), STR("ab\xE9 c")), &d));
    assert_string_equal(d.items[1].code, "not-utf-8");
    assert_int_equal(d.items[1].at.from, 2);
    arena_free(&a);
}

static void units_scale_exactly(void **state)
{
    (void)state;
    int64_t v = 0;
    assert_true(number_scale((struct number){255, 1}, unit_find(STR("km"))->scale, &v));
    assert_int_equal(v, 25500000);
    assert_true(number_scale((struct number){25, 1}, 2, &v));
    assert_int_equal(v, 5);
    assert_false(number_scale((struct number){15, 1}, 1, &v));
    assert_false(number_scale((struct number){INT64_MAX, 0}, 10, &v));
    assert_string_equal(unit_nearest(STR("kilometer")), "kilometer");
    assert_string_equal(unit_nearest(STR("huors")), "hours");
    assert_null(unit_find(STR("furlong")));
    assert_int_equal(month_word(STR("february")), 2);
    assert_true(number_word(STR("three"), &v) && v == 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_numbers_and_stops),
        cmocka_unit_test(dates_times_and_zones),
        cmocka_unit_test(strings_in_four_kinds_of_quotes),
        cmocka_unit_test(lists_have_dashes),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(refuses_what_is_not_text),
        cmocka_unit_test(units_scale_exactly),
    };
    return cmocka_run_group_tests_name("lex", tests, NULL, NULL);
}
