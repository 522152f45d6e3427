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

/* Everything that holds, as a text, from the changes so far. */
struct state {
    char verdicts[64][24];
    size_t n;
    size_t reopened;
};

static void follow(truce *t, struct state *s)
{
    struct truce_change c;
    while (truce_next_change(t, &c) == TRUCE_OK) {
        s->reopened += c.reopened != 0;
        for (int64_t at = c.from.stamp; at <= c.to.stamp; at++) {
            char line[24];
            snprintf(line, sizeof line, "%lld (%lld)", (long long)at, (long long)c.values[0].i);
            size_t i = 0;
            while (i < s->n && strcmp(s->verdicts[i], line) != 0) i++;
            assert_true((i == s->n) == c.holds);
            if (c.holds) {
                assert_true(s->n < 64);
                memcpy(s->verdicts[s->n++], line, sizeof line);
            } else {
                memcpy(s->verdicts[i], s->verdicts[--s->n], sizeof line);
            }
        }
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void assert_same_state(struct state *a, struct state *b)
{
    qsort(a->verdicts, a->n, sizeof *a->verdicts, by_text);
    qsort(b->verdicts, b->n, sizeof *b->verdicts, by_text);
    assert_int_equal(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) assert_string_equal(a->verdicts[i], b->verdicts[i]);
}

/* A log that comes late, after the watermark: `late` is what of it concerns settled time. */
static void late_log(bool clock, bool reopens)
{
    static const char formula[] = "p(x) AND NOT EVENTUALLY[0,10] q(x)";
    static const char sig[] = "p(int)\nq(int)", first[] = "@1 p(1)\n@20 p(2)\n@40 p(3)\n";
    struct truce_options o = {.clock = clock, .reopens = reopens};
    truce *t = open_ok(sig, formula, &o), *fresh = open_ok(sig, formula, &o);
    struct state s = {0}, want = {0};
    feed(t, first);
    follow(t, &s);
    assert_int_equal(s.n, 3);
    assert_int_equal(truce_advance(t, 35), TRUCE_OK);
    static const char late[] = "@5 q(1) p(4)\n@25 q(2)\n@45 q(3)\n";
    enum truce_status given = truce_feed(t, late, strlen(late));
    if (reopens) {
        assert_int_equal(given, TRUCE_OK);
        feed(fresh, "@1 p(1)\n@5 q(1) p(4)\n@20 p(2)\n@25 q(2)\n@40 p(3)\n@45 q(3)\n");
    } else { /* what is late changes nothing, and that is said; the rest is taken */
        assert_int_equal(given, TRUCE_NOTHING);
        assert_string_equal(truce_message(t),
                            clock ? "3 facts before the watermark were refused, the first at @5: "
                                    "what stood there is settled"
                                  : "2 time-points before the watermark were refused, the first at "
                                    "@5: what stood there is settled");
        feed(fresh, "@1 p(1)\n@20 p(2)\n@40 p(3)\n@45 q(3)\n");
    }
    follow(t, &s);
    follow(fresh, &want);
    assert_same_state(&s, &want);
    assert_int_equal(s.n, reopens ? 1 : 2);
    assert_int_equal(s.reopened, reopens ? 3 : 0); /* p(1) and p(2) no more, p(4) */
    struct truce_value one = {.type = TRUCE_INT, .i = 2};
    struct truce_fact settled = {"p", &one, 1, {20, 0}, 20};
    assert_int_equal(truce_retract(t, &settled), reopens ? TRUCE_OK : TRUCE_NOTHING);
    if (!reopens) assert_non_null(strstr(truce_message(t), "watermark"));
    struct truce_value other = {.type = TRUCE_INT, .i = 7};
    settled.at.stamp = settled.to = reopens ? 5 : 1;
    one.i = reopens ? 4 : 1;
    assert_int_equal(truce_correct(t, &settled, &other, 1), reopens ? TRUCE_OK : TRUCE_NOTHING);
    size_t before = s.n;
    follow(t, &s);
    assert_int_equal(s.n, before);
    assert_true(reopens || s.reopened == 0);
    truce_close(t);
    truce_close(fresh);
}

static void a_late_log_is_refused_or_reopens(void **state)
{
    (void)state;
    for (int k = 0; k < 4; k++) late_log(k & 1, k & 2);
}

/* LETPAST has no first second to step from on a clock without beginning: said, not waited for. */
static void letpast_on_the_clock_is_refused(void **state)
{
    (void)state;
    struct truce_options o = {.clock = 1};
    struct truce_error error;
    assert_null(truce_open("p(int)", "LETPAST q(x) = p(x) OR (PREVIOUS q(x)) IN q(x)", &o, &error));
    assert_non_null(strstr(error.message, "LETPAST"));
    truce *t = truce_open("p(int)", "LETPAST q(x) = p(x) OR (PREVIOUS q(x)) IN q(x)", NULL, &error);
    assert_non_null(t);
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

static const char *explained(truce *t, int64_t stamp, int64_t zone, enum truce_form form)
{
    struct truce_value v = {.type = TRUCE_INT, .i = zone};
    struct truce_explanation why;
    if (truce_explain(t, (struct truce_point){stamp, 0}, &v, 1, form, &why) != TRUCE_OK) return "";
    assert_int_equal(why.n, strlen(why.text));
    assert_true(why.complete);
    return why.text;
}

static void a_verdict_is_explained(void **state)
{
    (void)state;
    truce *t = open_ok("fire(int)\nconsent(int)", "fire(z) AND NOT ONCE[0,100] consent(z)", NULL);
    feed(t, "@10 fire(7)\n@50 consent(9)\n@60 fire(9)(7)\n");
    assert_string_equal(
        explained(t, 60, 7, TRUCE_TEXT),
        "fire(z) AND NOT (ONCE[0,100] consent(z)) holds at @60 for z = 7, since all "
        "of it does:\n"
        "  fact fire(7) at @60\n"
        "  ONCE[0,100] consent(z) fails at @60 for z = 7:\n"
        "    no fact consent(7) from @10 to @60\n");
    assert_non_null(strstr(explained(t, 60, 7, TRUCE_JSON), "{\"rule\":\"absent\""));
    assert_string_equal(explained(t, 60, 9, TRUCE_TEXT), ""); /* it does not hold */
    assert_non_null(strstr(truce_message(t), "does not hold"));
    assert_string_equal(explained(t, 61, 7, TRUCE_TEXT), "");
    assert_non_null(strstr(truce_message(t), "no such time-point"));
    struct truce_value text = {.type = TRUCE_STRING, .s = "x", .n = 1};
    struct truce_explanation why;
    struct truce_point at = {60, 0};
    assert_int_equal(truce_explain(t, at, &text, 1, TRUCE_TEXT, &why), TRUCE_INPUT);
    assert_int_equal(truce_explain(t, at, &text, 0, TRUCE_TEXT, &why), TRUCE_INPUT);
    truce_close(t);
}

/* After a correction the explanation is another one, of many blocks of time-points too. */
static void explanations_follow_corrections(void **state)
{
    (void)state;
    truce *t = open_ok("fire(int)\nconsent(int)", "fire(z) AND ONCE consent(z)", NULL);
    char line[64];
    for (int i = 0; i < 5000; i++) {
        snprintf(line, sizeof line, "@%d fire(%d)\n", i, i % 10);
        feed(t, line);
    }
    struct truce_value v = {.type = TRUCE_INT, .i = 3};
    struct truce_fact early = {"consent", &v, 1, {17, 0}, 0};
    assert_int_equal(truce_add(t, &early), TRUCE_OK);
    assert_non_null(strstr(explained(t, 4993, 3, TRUCE_TEXT), "fact consent(3) at @17\n"));
    struct truce_value other = {.type = TRUCE_INT, .i = 4};
    assert_int_equal(truce_correct(t, &early, &other, 1), TRUCE_OK);
    assert_string_equal(explained(t, 4993, 3, TRUCE_TEXT), "");
    assert_non_null(strstr(explained(t, 4994, 4, TRUCE_TEXT), "fact consent(4) at @17\n"));
    truce_close(t);
}

static void explained_on_the_clock(void **state)
{
    (void)state;
    struct truce_options o = {.clock = 1};
    truce *t = open_ok("p(int)\nq(int)", "(NOT q(x)) SINCE[5,*) p(x)", &o);
    struct truce_value v = {.type = TRUCE_INT, .i = 1};
    struct truce_fact p = {"p", &v, 1, {100, 0}, 120}, q = {"q", &v, 1, {60, 0}, 99};
    assert_int_equal(truce_add(t, &p), TRUCE_OK);
    assert_int_equal(truce_add(t, &q), TRUCE_OK);
    assert_string_equal(explained(t, 5000, 1, TRUCE_TEXT),
                        "NOT q(x) SINCE[5,*) p(x) holds at @5000 for x = 1:\n"
                        "  fact p(1) at @120\n"
                        "  no fact q(1) from @121 to @5000\n");
    assert_string_equal(explained(t, 104, 1, TRUCE_TEXT), "");
    truce_close(t);
}

static void what_is_forgotten_is_not_explained(void **state)
{
    (void)state;
    truce *t = open_ok("fire(int)\nconsent(int)", "fire(z) AND NOT ONCE[0,100] consent(z)", NULL);
    feed(t, "@10 fire(7)\n@20 fire(8)\n@500 fire(7)\n@600 fire(7)\n");
    assert_int_equal(truce_advance(t, 590), TRUCE_OK);
    assert_string_equal(explained(t, 10, 7, TRUCE_TEXT), "");
    assert_non_null(strstr(truce_message(t), "watermark"));
    assert_non_null(strstr(explained(t, 600, 7, TRUCE_TEXT), "fact fire(7) at @600\n"));
    truce_close(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(refuses_what_does_not_fit),
        cmocka_unit_test(a_watermark_forgets_what_no_verdict_needs),
        cmocka_unit_test(a_late_fact_reopens_when_asked_to),
        cmocka_unit_test(a_late_log_is_refused_or_reopens),
        cmocka_unit_test(letpast_on_the_clock_is_refused),
        cmocka_unit_test(the_clock_holds_facts_over_intervals),
        cmocka_unit_test(a_verdict_is_explained),
        cmocka_unit_test(explanations_follow_corrections),
        cmocka_unit_test(explained_on_the_clock),
        cmocka_unit_test(what_is_forgotten_is_not_explained),
    };
    return cmocka_run_group_tests_name("api", tests, NULL, NULL);
}
