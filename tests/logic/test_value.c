/* Values and terms: what is undefined, what is rounded how, what is written how. */
#include "tests/test.h"

#include <math.h>

#include "logic/parse.h"
#include "logic/typing.h"

/* Evaluate a closed term: as text, "undefined". */
static void term_is(const char *term, const char *expected)
{
    struct arena a;
    struct intern strings;
    struct diags d;
    struct signature sig;
    struct scope sc;
    struct formula *f;
    arena_init(&a);
    intern_init(&strings);
    diags_init(&d, &a);
    signature_init(&sig, &a, &strings);
    assert_true(scope_init(&sc, &a, &strings, &sig));
    struct str text = str_fmt(&a, "x = %s", term);
    const struct source *s = source_new(&a, STR("term"), text);
    assert_int_equal(parse_formula(&sc, s, &d, &f), STATUS_OK);
    if (formula_typecheck(&sc, f, &d) != STATUS_OK) fail_msg("%s is not well typed", term);
    struct buf b;
    buf_init(&b);
    uint64_t word;
    if (term_eval(f->right, NULL, &strings, &word, NULL)) {
        value_format(&b, &strings, f->right->type, word);
    } else {
        buf_puts(&b, "undefined");
    }
    assert_str(buf_str(&b), expected);
    buf_free(&b);
    intern_free(&strings);
    arena_free(&a);
}

static void ints_never_wrap(void **state)
{
    (void)state;
    term_is("9223372036854775807 + 1", "undefined");
    term_is("-9223372036854775808 - 1", "undefined");
    term_is("4611686018427387904 * 2", "undefined");
    term_is("4611686018427387904 * -2", "-9223372036854775808");
    term_is("-9223372036854775808 / -1", "undefined");
    term_is("-9223372036854775808 MOD -1", "0");
    term_is("-(-9223372036854775808)", "undefined");
    term_is("1 / 0", "undefined");
    term_is("1 MOD 0", "undefined");
    term_is("-7 / 2", "-3");
    term_is("-7 MOD 2", "-1");
    term_is("7 MOD -2", "1");
    term_is("2 + 3 * 4 - 1", "13");
}

static void floats_have_no_nan(void **state)
{
    (void)state;
    term_is("1.0 / 0.0", "inf");
    term_is("0.0 / 0.0", "undefined");
    term_is("1.0 / 0.0 - 1.0 / 0.0", "undefined");
    term_is("-0.0", "0");
    term_is("1.5 + 1.5", "3");
    term_is("f2i(-2.7)", "-2");
    term_is("f2i(1.e300)", "undefined");
    term_is("f2i(9223372036854775808.0)", "undefined");
    term_is("f2i(-9223372036854775808.0)", "-9223372036854775808");
    term_is("i2f(3)", "3");
}

static void conversions_write_as_monpoly(void **state)
{
    (void)state;
    term_is("i2s(-42)", "\"-42\"");
    term_is("f2s(2.0)", "\"2.\"");
    term_is("f2s(0.1)", "\"0.1\"");
    term_is("f2s(1.e20)", "\"1e+20\"");
    term_is("s2i(\"12\")", "12");
    term_is("s2i(\"12a\")", "undefined");
    term_is("s2i(\"\")", "undefined");
    term_is("s2i(\"99999999999999999999\")", "undefined");
    term_is("s2f(\"1e3\")", "1000");
    term_is("s2f(\"x\")", "undefined");
    term_is("r2s(r\"a*\")", "\"a*\"");
}

static void dates_are_utc(void **state)
{
    (void)state;
    term_is("FORMAT_DATE(1423958400.0)", "\"2015-02-15\"");
    term_is("DAY_OF_MONTH(1423958399.5)", "14");
    term_is("MONTH(-1.0)", "12");
    term_is("YEAR(-1.0)", "1969");
    term_is("YEAR(1.e300)", "undefined");
}

static void equal_floats_are_equal_words(void **state)
{
    (void)state;
    uint64_t a = 0, b = 1;
    assert_true(value_of_float(0.0, &a));
    assert_true(value_of_float(-0.0, &b));
    assert_true(a == b);
    assert_false(value_of_float(NAN, &a));
}

static void floats_read_back(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        double f = value_float(test_random(&seed)), back;
        if (!isfinite(f)) continue;
        struct buf b;
        buf_init(&b);
        value_format_float(&b, f);
        assert_non_null(memchr(b.p, '.', b.n));
        assert_true(value_parse_float(buf_str(&b), &back));
        assert_true(back == f);
        buf_free(&b);
    }
}

static void order_is_by_type(void **state)
{
    (void)state;
    struct intern s;
    intern_init(&s);
    uint32_t b = intern_add(&s, STR("b")), ab = intern_add(&s, STR("ab")),
             a = intern_add(&s, STR("a"));
    assert_true(value_cmp(&s, VALUE_STRING, a, ab) < 0);
    assert_true(value_cmp(&s, VALUE_STRING, b, ab) > 0);
    assert_true(value_cmp(&s, VALUE_INT, value_of_int(-1), value_of_int(1)) < 0);
    assert_true(compare_words(CMP_SUBSTRING, &s, VALUE_STRING, b, ab));
    assert_false(compare_words(CMP_SUBSTRING, &s, VALUE_STRING, ab, b));
    intern_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ints_never_wrap),
        cmocka_unit_test(floats_have_no_nan),
        cmocka_unit_test(conversions_write_as_monpoly),
        cmocka_unit_test(dates_are_utc),
        cmocka_unit_test(equal_floats_are_equal_words),
        cmocka_unit_test(floats_read_back),
        cmocka_unit_test(order_is_by_type),
    };
    return cmocka_run_group_tests_name("logic/value", tests, NULL, NULL);
}
