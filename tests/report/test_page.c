/* The page: whole, escaped, bounded. */
#include "tests/report/fake.h"
#include "tests/report/golden.h"
#include "tests/test.h"

#include <ctype.h>

/* The page as a C string. */
static const char *render(struct fake_room *r)
{
    struct report_options o = fake_options(100);
    buf_clear(&r->out);
    report_html(&r->arena, &r->out, &r->fake.view, &o);
    buf_putc(&r->out, '\0');
    assert_false(r->out.failed);
    return r->out.p;
}

/* What stands between the page's style and its script, where user data is. */
static struct str body(struct fake_room *r)
{
    const char *page = render(r);
    const char *from = strstr(page, "</style>"), *to = strstr(page, "<script>\n");
    assert_non_null(from);
    assert_non_null(to);
    return (struct str){from, (size_t)(to - from)};
}

static void looks_as_agreed(void **state)
{
    struct fake_room *r = *state;
    golden_check("page.html", body(r));
}

static void user_data_cannot_make_markup(void **state)
{
    struct fake_room *r = *state;
    static const char *const evil =
        "</script><script>alert(1)</script><img src=x onerror='a'>\"' &\xFF";
    struct str s = str_of(evil);
    r->fake.view.title = s;
    r->fake.view.clock.name = s;
    r->fake.view.agreement_file = s;
    for (size_t i = 0; i < 3; i++) {
        r->fake.provisions[i].name = s;
        r->fake.provisions[i].clause = s;
        r->fake.provisions[i].prose = s;
        r->fake.provisions[i].sentence = s;
    }
    for (size_t i = 0; i < 9; i++) r->fake.rows[i].reading = r->fake.rows[i].level_rule = s;
    for (size_t i = 0; i < 2; i++) {
        r->fake.incidents[i].id = r->fake.incidents[i].kind = s;
        r->fake.aside[i] = (struct view_aside){s, 1, s};
    }
    const char *page = render(r);
    assert_null(strstr(page, "<script>alert"));
    assert_null(strstr(page, "<img"));
    assert_null(strstr(page, "onerror='"));
    assert_non_null(strstr(page, "&lt;/script&gt;&lt;script&gt;alert(1)"));
    assert_int_equal(utf8_invalid_at(str_of(page)), strlen(page));
}

/* Every element that is opened is closed, in order. */
static void markup_is_balanced(void **state)
{
    struct fake_room *r = *state;
    struct str s = body(r);
    static const char *const empty[] = {"meta", "br", "link"};
    char open[64][16];
    size_t depth = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '<' || s.p[i + 1] == '!') continue;
        bool close = s.p[i + 1] == '/';
        char name[16];
        size_t n = 0, at = i + 1 + close;
        while (n < 15 && isalnum((unsigned char)s.p[at])) name[n++] = s.p[at++];
        name[n] = '\0';
        while (s.p[at] != '>') at++;
        bool alone = s.p[at - 1] == '/';
        for (size_t k = 0; k < 3; k++) alone |= !strcmp(name, empty[k]);
        if (!strcmp(name, "style") || !strcmp(name, "head")) continue; /* opened before the cut */
        if (alone && !close) continue;
        if (close) {
            if (!depth || strcmp(open[depth - 1], name) != 0)
                fail_msg("</%s> closes <%s>", name, depth ? open[depth - 1] : "nothing");
            depth--;
        } else {
            assert_true(depth < 64);
            strcpy(open[depth++], name);
        }
    }
    assert_int_equal(depth, 1); /* <body>, closed behind the script */
}

static void asks_nothing_of_the_network(void **state)
{
    struct fake_room *r = *state;
    const char *page = render(r);
    assert_null(strstr(page, "http:"));
    assert_null(strstr(page, "https:"));
    assert_null(strstr(page, "@import"));
    assert_null(strstr(page, " src="));
    assert_null(strstr(page, "url(//"));
}

static void says_its_caveats_and_words(void **state)
{
    struct fake_room *r = *state;
    const char *page = render(r);
    assert_non_null(strstr(page, "a declared reading of the text"));
    assert_non_null(strstr(page, "hold only events with deaths"));
    assert_non_null(strstr(page, "not attributed"));
    assert_non_null(strstr(page, "<bdi>الجنوب</bdi>"));
    assert_non_null(strstr(page, "denied by north: no escort"));
    assert_non_null(strstr(page, "no such date: 31 February"));
    assert_non_null(strstr(page, "prefers-color-scheme: dark"));
    assert_non_null(strstr(page, "<title>possibly violated</title>"));
}

/* A hundred thousand incidents make no more page than their clusters. */
static void many_incidents_stay_a_small_page(void **state)
{
    struct fake_room *r = *state;
    enum { MANY = 100000 };
    struct view_incident *incidents = calloc(MANY, sizeof *incidents);
    struct view_instance *instances = calloc(MANY, sizeof *instances);
    uint64_t random = 3;
    for (size_t i = 0; i < MANY; i++) {
        incidents[i] = r->fake.incidents[i % 2];
        incidents[i].lon = 37 + (double)test_below(&random, 20000) / 10000;
        incidents[i].lat = 47.5 + (double)test_below(&random, 15000) / 10000;
        instances[i] = (struct view_instance){i % 3 ? VERDICT_VIOLATED : VERDICT_POSSIBLY_VIOLATED,
                                              FAKE_DAY(1),
                                              FAKE_DAY(2) - 1,
                                              ANCHOR_EVENT,
                                              i,
                                              0};
    }
    r->fake.view.incidents = incidents;
    r->fake.view.n_incidents = MANY;
    r->fake.rows[0].instances = instances;
    r->fake.rows[0].n_instances = MANY;
    const char *page = render(r);
    assert_true(strlen(page) < 600000);
    assert_non_null(strstr(page, "The latest 100 of 100,000"));
    free(incidents);
    free(instances);
}

static void memory_may_fail(void **state)
{
    struct fake_room *r = *state;
    struct report_options o = fake_options(100);
    for (size_t limit = 1; limit < 100000; limit = limit * 2 + 1) {
        struct arena small;
        arena_init(&small);
        small.limit = limit;
        buf_clear(&r->out);
        report_html(&small, &r->out, &r->fake.view, &o);
        assert_true(!small.failed || r->out.failed);
        arena_free(&small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(looks_as_agreed, fake_enter, fake_leave),
        cmocka_unit_test_setup_teardown(user_data_cannot_make_markup, fake_enter, fake_leave),
        cmocka_unit_test_setup_teardown(markup_is_balanced, fake_enter, fake_leave),
        cmocka_unit_test_setup_teardown(asks_nothing_of_the_network, fake_enter, fake_leave),
        cmocka_unit_test_setup_teardown(says_its_caveats_and_words, fake_enter, fake_leave),
        cmocka_unit_test_setup_teardown(many_incidents_stay_a_small_page, fake_enter, fake_leave),
        cmocka_unit_test_setup_teardown(memory_may_fail, fake_enter, fake_leave),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
