/* The log reader: what it accepts, how it cuts a stream, what it says of errors. */
#include "monitor/scan.h"
#include "tests/monitor/logs.h"
#include "tests/test.h"

#include <errno.h>

static const char sig[] =
    "p(int)\nr(int, int)\ns(string)\nf(float)\nn()\nlonger_name(string, int)\n";

static void expect(const char *log, const char *text)
{
    struct read_result r;
    read_text(sig, str_of(log), &(struct read_options){0}, false, &r);
    assert_str(buf_str(&r.diagnostics), "");
    assert_str(buf_str(&r.text), text);
    assert_int_equal(r.status, STATUS_OK);
    read_result_free(&r);
}

/* The whole message, after what was read before the error. */
static void refuse(const char *log, const char *text, const char *message)
{
    struct read_result r;
    read_text(sig, str_of(log), &(struct read_options){0}, false, &r);
    assert_str(buf_str(&r.text), text);
    assert_str(buf_str(&r.diagnostics), message);
    assert_int_equal(r.status, STATUS_INPUT);
    read_result_free(&r);
}

static void shapes_of_time_points(void **state)
{
    (void)state;
    expect("", "");
    expect("\n# nothing but words\n\n", "");
    expect("@1 p(1)", "0@1 p(1)\n");
    expect("@1 p(1)(2) r (3,4)\n@1\n@2 n() n", "0@1 p(1) p(2) r(3,4)\n1@1\n2@2 n() n()\n");
    expect("@ 5\n p\n(\n1\n) ; @6;\n@7", "0@5 p(1)\n1@6\n2@7\n");
    expect("@1 p(1)@2 p(2)@3 p(3)", "0@1 p(1)\n1@2 p(2)\n2@3 p(3)\n");
    expect("@1 p(1) # @2 p(9)\n p(2)\r\n@3 # end", "0@1 p(1) p(2)\n1@3\n");
    expect("@-5 p(1)\n@\"0\" p(2)", "0@-5 p(1)\n1@0 p(2)\n");
    expect("@1 n()()\n", "0@1 n() n()\n");
    expect("@1 longer_name(a,1) longer_name(b,2)",
           "0@1 longer_name(\"a\",1) longer_name(\"b\",2)\n");
}

static void values(void **state)
{
    (void)state;
    expect("@1 p(0)(-7)(007)( 12 )(\"3\")(0x1F)(-0b101)(0o17)(1_000_000)",
           "0@1 p(0) p(-7) p(7) p(12) p(3) p(31) p(-5) p(15) p(1000000)\n");
    expect("@1 p(12345678)(123456789)(1234567890123456)(123456789012345678)",
           "0@1 p(12345678) p(123456789) p(1234567890123456) p(123456789012345678)\n");
    expect("@1 p(9223372036854775807)(-9223372036854775808)(0000000000000000000000000000001)",
           "0@1 p(9223372036854775807) p(-9223372036854775808) p(1)\n");
    expect("@1 f(1)(-2.5)(.5)(5.)(1e-7)(1e+10)(-0.0)(inf)(-inf)(1_0.5)",
           "0@1 f(1) f(-2.5) f(0.5) f(5) f(1e-07) f(1e+10) f(0) f(inf) f(-inf) f(10.5)\n");
    expect("@1 s(abc)(\"a "
           "b,c)\")(\"\")(a-b.c/d:e!_[x]+)(12)(\"q\\\"x\")(\"b\\\\\")(Київ)(\"\n\")\n@2 n",
           "0@1 s(\"abc\") s(\"a b,c)\") s(\"\") s(\"a-b.c/d:e!_[x]+\") s(\"12\") s(\"q\\\"x\") "
           "s(\"b\\\\\") s(\"Київ\") s(\"\n\")\n1@2 n()\n");
}

static void digits(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        char text[64] = {0};
        int64_t v = (int64_t)(test_random(&seed) >> test_below(&seed, 64)), got = 0;
        if (test_below(&seed, 2)) v = -v;
        int n = snprintf(text, 40, "%lld", (long long)v);
        const char *end = NULL;
        bool ok = scan_int(text, &got, &end);
        if (n - (v < 0) > 18) {
            assert_false(ok);
            continue;
        }
        assert_true(ok);
        assert_int_equal(got, v);
        assert_ptr_equal(end, text + n);
        text[n] = ",)/:a \n\""[test_below(&seed, 8)];
        assert_true(scan_int(text, &got, &end));
        assert_ptr_equal(end, text + n);
    }
}

static void messages(void **state)
{
    (void)state;
    refuse("@1 p(1)\n@2 fyre(1)\n", "0@1 p(1)\n",
           "log:2:4: error: the signature has no predicate \"fyre\" [unknown-predicate]\n"
           "     2 | @2 fyre(1)\n"
           "       |    ^^^^\n"
           "       = declare it in the signature: fyre(int,string)\n");
    refuse("@1 p(1)\n@2 p(3)\n   longername(1)", "0@1 p(1)\n",
           "log:3:4: error: the signature has no predicate \"longername\" [unknown-predicate]\n"
           "     3 |    longername(1)\n"
           "       |    ^^^^^^^^^^\n"
           "       = write longer_name(string,int), or declare longername in the signature\n");
    refuse("@1 r(1)", "",
           "log:1:7: error: r has 2 values, and here is 1 [wrong-arity]\n"
           "     1 | @1 r(1)\n"
           "       |       ^\n"
           "       = the signature says r(int,int)\n");
    refuse("@1 p\n@2 n", "",
           "log:1:4: error: p has 1 value, and here are 0 [wrong-arity]\n"
           "     1 | @1 p\n"
           "       |    ^\n"
           "       = the signature says p(int)\n");
    refuse("@1 p(1,2)", "",
           "log:1:8: error: p has 1 value, and here begins one more [wrong-arity]\n"
           "     1 | @1 p(1,2)\n"
           "       |        ^\n"
           "       = the signature says p(int)\n");
    refuse("@1 r(1,x2)", "",
           "log:1:8: error: \"x2\" is no int, and value 2 of r is one [wrong-type]\n"
           "     1 | @1 r(1,x2)\n"
           "       |        ^^\n"
           "       = the signature says r(int,int)\n");
    refuse("@1 p(1.5)", "",
           "log:1:6: error: \"1.5\" is no int, and value 1 of p is one [wrong-type]\n"
           "     1 | @1 p(1.5)\n"
           "       |      ^^^\n"
           "       = the signature says p(int)\n");
    refuse("@1 f(nan)", "",
           "log:1:6: error: \"nan\" is no float, and value 1 of f is one [wrong-type]\n"
           "     1 | @1 f(nan)\n"
           "       |      ^^^\n"
           "       = the signature says f(float); floats read 2.5, -3, 1e-7, inf\n");
    refuse("@1 p(9223372036854775808)", "",
           "log:1:6: error: 9223372036854775808 does not fit into 64 bits [out-of-range]\n"
           "     1 | @1 p(9223372036854775808)\n"
           "       |      ^^^^^^^^^^^^^^^^^^^\n"
           "       = integers lie between -9223372036854775808 and 9223372036854775807\n");
    refuse("@5 n\n@3 n", "0@5 n()\n",
           "log:2:2: error: time-stamp 3 comes after 5, and time-stamps never fall [falling-time]\n"
           "     2 | @3 n\n"
           "       |  ^\n"
           "       = sort the log by time-stamp, or correct this one\n");
    refuse("@noon n", "",
           "log:1:2: error: \"noon\" is no time-stamp [no-time-stamp]\n"
           "     1 | @noon n\n"
           "       |  ^^^^\n"
           "       = a time-stamp is a whole number of seconds within 64 bits: @1741600000\n");
}

static void broken_syntax(void **state)
{
    (void)state;
    static const char shape[] =
        "       = a time-point reads: @1741600000 name (1,\"text\") name2 (2.5)\n";
    char text[400];
    snprintf(text, sizeof text,
             "log:2:1: error: `@` where `,` or `)` should be [log-syntax]\n"
             "     2 | @2 p(2)\n       | ^\n%s",
             shape);
    refuse("@1 p(1\n@2 p(2)", "", text);
    snprintf(text, sizeof text,
             "log:1:1: error: `p` where `@` and a time-stamp should be [log-syntax]\n"
             "     1 | p(1)\n       | ^\n%s",
             shape);
    refuse("p(1)", "", text);
    snprintf(text, sizeof text,
             "log:1:8: error: the log ends where a value should be [log-syntax]\n"
             "     1 | @1 r(1,\n       |        ^\n%s",
             shape);
    refuse("@1 r(1,", "", text);
    snprintf(text, sizeof text,
             "log:1:8: error: `)` where a value should be [log-syntax]\n"
             "     1 | @1 r(1,)\n       |        ^\n%s",
             shape);
    refuse("@1 r(1,)", "", text);
    snprintf(text, sizeof text,
             "log:1:4: error: a byte of value 1 where an event, `;` or `@` should be [log-syntax]\n"
             "     1 | @1  n\n       |    ^\n%s",
             shape);
    refuse("@1 \001n", "", text);
    refuse("@1 s('a')", "",
           "log:1:6: error: `'` where a value should be [log-syntax]\n"
           "     1 | @1 s('a')\n"
           "       |      ^\n"
           "       = strings stand in double quotes: \"…\"\n");
    refuse("@1 n\n>get_pos<\n", "",
           "log:2:1: error: `>` where an event, `;` or `@` should be [log-syntax]\n"
           "     2 | >get_pos<\n"
           "       | ^\n"
           "       = commands to the monitor (>…<) are not supported: leave them out\n");
    refuse("@1 s(\"abc)\n@2 n\n", "",
           "log:1:6: error: the string that begins here has no end [unclosed-quote]\n"
           "     1 | @1 s(\"abc)\n"
           "       |      ^\n"
           "       = close it with \"; within a string a quote is written \\\"\n");
}

/* A NUL in the middle of a log is no end of it. */
static void nul_byte(void **state)
{
    (void)state;
    struct read_result r;
    struct str log = {"@1 n\n@2 \0 n\n", 12};
    read_text(sig, log, &(struct read_options){0}, false, &r);
    assert_str(buf_str(&r.text), "0@1 n()\n");
    assert_int_equal(r.status, STATUS_INPUT);
    assert_non_null(strstr(r.diagnostics.p, "log:2:4: error: a byte of value 0"));
    read_result_free(&r);
}

/* ---- any cut of the stream gives the same ---- */

static void random_log(uint64_t *seed, struct buf *b)
{
    static const char *const words[] = {"abc",        "\"x y\"",    "\"\"", "12",
                                        "\"a\\\"b\"", "\"l1\nl2\"", "Ж"};
    int64_t now = 0;
    size_t points = 1 + test_below(seed, 40);
    for (size_t i = 0; i < points; i++) {
        now += (int64_t)test_below(seed, 3);
        buf_fmt(b, "@%lld", (long long)now);
        size_t events = test_below(seed, 4);
        for (size_t k = 0; k < events; k++) {
            switch (test_below(seed, 5)) {
            case 0:
                buf_fmt(b, " p (%lld)", (long long)(test_random(seed) >> test_below(seed, 63)) / 2);
                break;
            case 1:
                buf_fmt(b, " r(%d,\t-%d)", (int)test_below(seed, 999), (int)test_below(seed, 9));
                break;
            case 2:
                buf_fmt(b, " s(%s)(%s)", words[test_below(seed, 7)], words[test_below(seed, 7)]);
                break;
            case 3: buf_fmt(b, " f(%d.5)", (int)test_below(seed, 9)); break;
            default: buf_puts(b, " n"); break;
            }
        }
        static const char *const ends[] = {"\n", ";\n", " ", " # note @ ( \"\n", ";", "\r\n\n"};
        buf_puts(b, ends[test_below(seed, 6)]);
    }
}

static void any_cut(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 400; i++) {
        struct buf log = {0};
        random_log(&seed, &log);
        bool clock = i % 2;
        struct read_result whole, cut;
        read_text(sig, buf_str(&log), &(struct read_options){.clock = clock}, false, &whole);
        assert_str(buf_str(&whole.diagnostics), "");
        struct read_options o = {.piece = 1 + test_below(&seed, 20),
                                 .buffer = 1 + test_below(&seed, 60),
                                 .max_points = 1 + test_below(&seed, 5),
                                 .max_rows = 1 + test_below(&seed, 5),
                                 .clock = clock};
        read_text(sig, buf_str(&log), &o, false, &cut);
        assert_str(buf_str(&cut.diagnostics), "");
        assert_str(buf_str(&cut.text), whole.text.p);
        assert_int_equal(cut.summary.points, whole.summary.points);
        assert_int_equal(cut.summary.events, whole.summary.events);
        read_result_free(&cut);
        o.pauses = true;
        read_text(sig, buf_str(&log), &o, false, &cut);
        if (cut.status == STATUS_OK) { /* else a pause came before the rest of a time-point */
            assert_str(buf_str(&cut.text), whole.text.p);
        } else {
            assert_non_null(strstr(cut.diagnostics.p, "[continued-point]"));
        }
        read_result_free(&cut);
        read_result_free(&whole);
        buf_free(&log);
    }
}

/* Cutting a log anywhere never crashes, and gives a part of what the whole gives. */
static void any_prefix(void **state)
{
    (void)state;
    uint64_t seed = 9;
    struct buf log = {0};
    random_log(&seed, &log);
    struct read_result whole;
    read_text(sig, buf_str(&log), &(struct read_options){0}, false, &whole);
    for (size_t n = 0; n < log.n; n++) {
        struct read_result r;
        read_text(sig, (struct str){log.p, n}, &(struct read_options){.buffer = 16}, false, &r);
        assert_true(r.status == STATUS_OK || r.status == STATUS_INPUT);
        if (r.status == STATUS_INPUT)
            assert_true(str_starts(buf_str(&whole.text), buf_str(&r.text)));
        read_result_free(&r);
    }
    read_result_free(&whole);
    buf_free(&log);
}

/* ---- pauses ---- */

static void line_end_before_a_pause(void **state)
{
    (void)state;
    struct read_result r;
    struct read_options o = {.piece = 8, .pauses = true};
    read_text(sig, STR("@1 p(1)\n@2 p(2)\n@3 p(3)\n"), &o, true, &r);
    assert_str(buf_str(&r.text), "0@1 p(1)\n--\n1@2 p(2)\n--\n2@3 p(3)\n--\n");
    read_result_free(&r);
    /* a semicolon needs no line end */
    o.piece = 9;
    read_text(sig, STR("@1 p(1); @2 p(2); @3 p(3);"), &o, true, &r);
    assert_str(buf_str(&r.text), "0@1 p(1)\n--\n1@2 p(2)\n--\n2@3 p(3)\n--\n");
    read_result_free(&r);
}

static void time_points_that_span_lines(void **state)
{
    (void)state;
    struct read_result r;
    struct read_options o = {.pause_at = "  p(4)", .piece = 1};
    read_text(sig, STR("@1 p(1)\n  p(2)\n@2 p(3)\n  p(4)\n"), &o, true, &r);
    assert_str(buf_str(&r.text), "0@1 p(1) p(2)\n--\n1@2 p(3) p(4)\n--\n");
    read_result_free(&r);
    o.pause_at = "  p(2)";
    read_text(sig, STR("@1 p(1)\n  p(2)\n@2 p(3)\n"), &o, true, &r);
    assert_str(buf_str(&r.text), "0@1 p(1)\n--\n");
    assert_int_equal(r.status, STATUS_INPUT);
    assert_non_null(strstr(r.diagnostics.p, "log:2:3: error: this goes on with time-point @1"));
    read_result_free(&r);
}

/* A pause within an event ends nothing; a bare name is an event. */
static void pauses_within_events(void **state)
{
    (void)state;
    struct read_result r;
    struct read_options o = {.piece = 1, .pauses = true};
    read_text(sig, STR("@1 r(1,\n2)\n@2 n\n@3 p\n(1)\n@4 n"), &o, false, &r);
    assert_str(buf_str(&r.diagnostics), "");
    assert_str(buf_str(&r.text), "0@1 r(1,2)\n1@2 n()\n2@3 p(1)\n3@4 n()\n");
    read_result_free(&r);
    read_text(sig, STR("@1 p(1)\n(2)\n"), &o, false, &r);
    assert_non_null(strstr(r.diagnostics.p, "log:2:1: error: this goes on with time-point @1"));
    read_result_free(&r);
}

/* On the clock a second is complete when a later one is named. */
static void clock_batches(void **state)
{
    (void)state;
    struct read_result r;
    struct read_options o = {.piece = 8, .pauses = true, .clock = true};
    read_text(sig, STR("@1 p(1)\n@1 p(2)\n@3 p(3)\n@4 p(4)\n"), &o, true, &r);
    assert_str(buf_str(&r.text), "@1 p(1) p(2)\n@2\n--\n@3 p(3)\n--\n@4 p(4)\n--\n");
    assert_int_equal(r.summary.first, 1);
    assert_int_equal(r.summary.last, 4);
    read_result_free(&r);
}

static void sink_that_stops(void **state)
{
    (void)state;
    struct read_result r;
    struct read_options o = {.max_points = 1, .stop_after = 2};
    read_text(sig, STR("@1 n\n@2 n\n@3 n\n@4 n\n@5 n"), &o, false, &r);
    assert_int_equal(r.status, STATUS_OK);
    assert_true(r.summary.stopped);
    assert_int_equal(r.batches, 2);
    assert_str(buf_str(&r.diagnostics), "");
    read_result_free(&r);
}

static void input_that_fails(void **state)
{
    (void)state;
    struct read_result r;
    struct read_options o = {.fail = EIO};
    read_text(sig, STR("@1 n\n@2 n\n"), &o, false, &r);
    assert_int_equal(r.status, STATUS_INPUT);
    assert_str(buf_str(&r.diagnostics),
               "error: cannot read log: Input/output error [cannot-read]\n");
    read_result_free(&r);
}

/* A word longer than the buffer makes it grow. */
static void long_words(void **state)
{
    (void)state;
    struct buf log = {0}, text = {0};
    buf_puts(&log, "@1 n\n@2 s(\"");
    buf_puts(&text, "0@1 n()\n1@2 s(\"");
    buf_pad(&log, 'x', 5000);
    buf_pad(&text, 'x', 5000);
    buf_puts(&log, "\") n\n");
    buf_puts(&text, "\") n()\n");
    struct read_result r;
    read_text(sig, buf_str(&log), &(struct read_options){.buffer = 64, .piece = 7}, false, &r);
    assert_str(buf_str(&r.diagnostics), "");
    buf_putc(&text, 0);
    assert_str(buf_str(&r.text), text.p);
    read_result_free(&r);
    buf_free(&log);
    buf_free(&text);
}

/* … but not for ever. */
static void words_too_long(void **state)
{
    (void)state;
    struct buf log = {0};
    buf_puts(&log, "@1 n\n@2 s(\"");
    buf_pad(&log, 'x', 5000);
    buf_puts(&log, "\")\n");
    struct read_result r;
    read_text(sig, buf_str(&log), &(struct read_options){.buffer = 64, .buffer_most = 1024}, false,
              &r);
    assert_int_equal(r.status, STATUS_INPUT);
    assert_non_null(strstr(r.diagnostics.p, "log:2:6: error: this word is longer than 1024 bytes "
                                            "[too-long]\n"));
    assert_non_null(strstr(r.diagnostics.p, "= is a quote missing at its end?\n"));
    read_result_free(&r);
    buf_free(&log);
}

/* A column is counted from the line's beginning even when that has left the buffer. */
static void far_column(void **state)
{
    (void)state;
    struct buf log = {0};
    for (int i = 0; i < 3000; i++) buf_puts(&log, "@1 p(1) ");
    buf_puts(&log, "@1 q(1)");
    struct read_result r;
    read_text(sig, buf_str(&log), &(struct read_options){.buffer = 512}, false, &r);
    assert_true(
        str_starts(buf_str(&r.diagnostics), STR("log:1:24004: error: the signature has no")));
    read_result_free(&r);
    buf_free(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_of_time_points),
        cmocka_unit_test(values),
        cmocka_unit_test(digits),
        cmocka_unit_test(messages),
        cmocka_unit_test(broken_syntax),
        cmocka_unit_test(nul_byte),
        cmocka_unit_test(any_cut),
        cmocka_unit_test(any_prefix),
        cmocka_unit_test(line_end_before_a_pause),
        cmocka_unit_test(time_points_that_span_lines),
        cmocka_unit_test(pauses_within_events),
        cmocka_unit_test(clock_batches),
        cmocka_unit_test(sink_that_stops),
        cmocka_unit_test(input_that_fails),
        cmocka_unit_test(long_words),
        cmocka_unit_test(words_too_long),
        cmocka_unit_test(far_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
