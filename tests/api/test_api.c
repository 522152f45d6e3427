/* The public interface: what it refuses, what it settles, and that it forgets. */
#include "../test.h"

#include <truce.h>

static truce *open_ok(const char *sig, const char *formula, const struct truce_options *o)
{
    struct truce_error error;
    truce *t = truce_open(sig, formula, o, &error);
    if (!t) fail_msg("%s", error.message);
    return t;
}

static size_t drain(truce *t)
{
    struct truce_change c;
    size_t n = 0;
    while (truce_next_change(t, &c) == TRUCE_OK) n++;
    return n;
}

static void feed(truce *t, const char *log)
{
    assert_int_equal(truce_feed(t, log, strlen(log)), TRUCE_OK);
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    struct truce_error error;
    assert_null(truce_open("p(int)", "q(x)", NULL, &error));
    assert_int_equal(error.status, TRUCE_INPUT);
    assert_non_null(strstr(error.message, "formula:1:1"));
    assert_null(truce_open("p(int", "p(x)", NULL, &error));
    assert_null(truce_open("p(int)", "NOT p(x)", NULL, &error));
    assert_null(truce_open(NULL, NULL, NULL, NULL));
}

static void refuses_what_does_not_fit(void **state)
{
    (void)state;
    truce *t = open_ok("p(int,string)", "ONCE[0,5] p(x,s)", NULL);
    struct truce_value v[2] = {{.type = TRUCE_INT, .i = 1}, {.type = TRUCE_INT, .i = 2}};
    struct truce_fact f = {"p", v, 2, {10, 0}, 0};
    assert_int_equal(truce_add(t, &f), TRUCE_INPUT);
    v[1] = (struct truce_value){.type = TRUCE_STRING, .s = "a", .n = 1};
    f.n_values = 1;
    assert_int_equal(truce_add(t, &f), TRUCE_INPUT);
    f.n_values = 2;
    assert_int_equal(truce_add(t, &f), TRUCE_OK);
    assert_int_equal(truce_add(t, &f), TRUCE_NOTHING);
    f.at.stamp = 11;
    assert_int_equal(truce_retract(t, &f), TRUCE_NOTHING);
    assert_int_equal(truce_feed(t, "@5 p(", 5), TRUCE_INPUT);
    assert_string_equal(truce_column(t, 0), "x");
    assert_string_equal(truce_column(t, 1), "s");
    assert_null(truce_column(t, 2));
    truce_close(t);
}

static void a_watermark_forgets_what_no_verdict_needs(void **state)
{
    (void)state;
    truce *t = open_ok("p(int)", "p(x) AND NOT ONCE[1,5] p(x)", NULL);
    char line[64];
    for (int i = 0; i < 1000; i++) {
        snprintf(line, sizeof line, "@%d p(%d)\n", i, i % 10);
        feed(t, line);
        if (i % 100 == 99) assert_int_equal(truce_advance(t, i), TRUCE_OK);
    }
    assert_true(truce_facts(t) < 200);
    assert_int_equal(drain(t), 1000);
    struct truce_value v = {.type = TRUCE_INT, .i = 3};
    struct truce_fact late = {"p", &v, 1, {500, 0}, 0};
    assert_int_equal(truce_add(t, &late), TRUCE_NOTHING);
    assert_non_null(strstr(truce_message(t), "watermark"));
    truce_close(t);
}

static void a_late_fact_reopens_when_asked_to(void **state)
{
    (void)state;
    struct truce_options o = {.reopens = 1};
    truce *t = open_ok("p(int)\nq(int)", "p(x) AND NOT EVENTUALLY[0,10] q(x)", &o);
    feed(t, "@1 p(1)\n@50 p(2)\n");
    assert_int_equal(drain(t), 2);
    assert_int_equal(truce_advance(t, 100), TRUCE_OK);
    struct truce_value v = {.type = TRUCE_INT, .i = 1};
    struct truce_fact late = {"q", &v, 1, {5, 0}, 0};
    assert_int_equal(truce_add(t, &late), TRUCE_OK);
    struct truce_change c;
    assert_int_equal(truce_next_change(t, &c), TRUCE_OK);
    assert_false(c.holds);
    assert_true(c.reopened);
    assert_int_equal(c.from.stamp, 1);
    truce_close(t);
}

static void the_clock_holds_facts_over_intervals(void **state)
{
    (void)state;
    struct truce_options o = {.clock = 1};
    truce *t = open_ok("p(int)", "ONCE[0,10] p(x)", &o);
    struct truce_value v = {.type = TRUCE_INT, .i = 1};
    struct truce_fact f = {"p", &v, 1, {100, 0}, 120};
    assert_int_equal(truce_add(t, &f), TRUCE_OK);
    struct truce_change c;
    assert_int_equal(truce_next_change(t, &c), TRUCE_OK);
    assert_int_equal(c.from.stamp, 100);
    assert_int_equal(c.to.stamp, 130);
    assert_int_equal(truce_retract(t, &f), TRUCE_OK);
    assert_int_equal(drain(t), 1);
    truce_close(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(refuses_what_does_not_fit),
        cmocka_unit_test(a_watermark_forgets_what_no_verdict_needs),
        cmocka_unit_test(a_late_fact_reopens_when_asked_to),
        cmocka_unit_test(the_clock_holds_facts_over_intervals),
    };
    return cmocka_run_group_tests_name("api", tests, NULL, NULL);
}
