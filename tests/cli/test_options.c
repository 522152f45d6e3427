/* The words behind a command. */
#include "tests/test.h"

#include "cli/options.h"

struct room {
    struct str from, items[8];
    bool json;
    struct words words;
    struct buf wrong;
};

static bool read(struct room *r, int argc, char **argv)
{
    const struct option options[] = {{"--from", "TIME", &r->from, NULL},
                                     {"--json", NULL, NULL, &r->json}};
    memset(r, 0, sizeof *r);
    r->words.items = r->items;
    return options_read(argc, argv, options, 2, &r->words, &r->wrong);
}

/* Read the words, expect them to be wrong, and compare what is said. */
static void refuses(int argc, char **argv, const char *says)
{
    struct room r;
    assert_false(read(&r, argc, argv));
    assert_str(buf_str(&r.wrong), says);
    buf_free(&r.wrong);
}

static void options_stand_anywhere(void **state)
{
    (void)state;
    struct room r;
    char *argv[] = {"run", "folder", "--from", "2015-02-15", "more", "--json", "--", "--from"};
    assert_true(read(&r, 8, argv));
    assert_str(r.from, "2015-02-15");
    assert_true(r.json);
    assert_int_equal(r.words.n, 3);
    assert_str(r.words.items[1], "more");
    assert_str(r.words.items[2], "--from");
    char *equals[] = {"run", "--from=2015", "-"};
    assert_true(read(&r, 3, equals));
    assert_str(r.from, "2015");
    assert_str(r.words.items[0], "-");
}

static void wrong_words_are_told(void **state)
{
    (void)state;
    refuses(2, (char *[]){"run", "--form"}, "there is no option --form; did you mean --from?");
    refuses(2, (char *[]){"run", "-x"}, "there is no option -x");
    refuses(2, (char *[]){"run", "--from"}, "--from needs a value: --from TIME");
    refuses(2, (char *[]){"run", "--from="}, "--from needs a value: --from TIME");
    refuses(2, (char *[]){"run", "--json=1"}, "--json takes no value");
    refuses(3, (char *[]){"run", "--json", "--json"}, "--json is given twice");
    refuses(3, (char *[]){"run", "--from=1", "--from=2"}, "--from is given twice");
}

static void numbers_are_whole(void **state)
{
    (void)state;
    size_t n = 7;
    assert_true(options_number(STR("40"), 20, 1000, &n));
    assert_int_equal(n, 40);
    assert_false(options_number(STR(""), 0, 10, &n));
    assert_false(options_number(STR("4x"), 0, 10, &n));
    assert_false(options_number(STR("-4"), 0, 10, &n));
    assert_false(options_number(STR("99999999999999999999"), 0, 1000, &n));
    assert_false(options_number(STR("19"), 20, 1000, &n));
}

static void nearest_name_is_near(void **state)
{
    (void)state;
    const struct str names[] = {STR("ceasefire"), STR("pullback"), STR("begin_pullback")};
    assert_str(options_nearest(STR("ceasfire"), names, 3), "ceasefire");
    assert_str(options_nearest(STR("begin"), names, 3), "begin_pullback");
    assert_str(options_nearest(STR("pulback"), names, 3), "pullback");
    assert_int_equal(options_nearest(STR("zzzzzzzz"), names, 3).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_stand_anywhere),
        cmocka_unit_test(wrong_words_are_told),
        cmocka_unit_test(numbers_are_whole),
        cmocka_unit_test(nearest_name_is_near),
    };
    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
