/* The parser and the printer: what is printed reads back as itself. */
#include "tests/test.h"

#include "logic/parse.h"
#include "logic/print.h"
#include "logic/typing.h"
#include "tests/logic/oracle.h"

struct fixture {
    struct arena arena;
    struct intern strings;
    struct diags diags;
    struct signature sig;
    struct scope scope;
};

static void fixture_open(struct fixture *x, const char *signature)
{
    arena_init(&x->arena);
    intern_init(&x->strings);
    diags_init(&x->diags, &x->arena);
    signature_init(&x->sig, &x->arena, &x->strings);
    const struct source *s = source_new(&x->arena, STR("sig"), str_of(signature));
    assert_int_equal(parse_signature(&x->sig, s, &x->diags), STATUS_OK);
    assert_true(scope_init(&x->scope, &x->arena, &x->strings, &x->sig));
}

static void fixture_close(struct fixture *x)
{
    intern_free(&x->strings);
    arena_free(&x->arena);
}

#define SIG "p(int)\nq(int)\nr(int,int) # two\ng(int,float)\nu(string,int)\n(* none *) n()\n"

/* Parse, or the code of the first error. */
static struct formula *read_text(struct fixture *x, struct str text, const char **code)
{
    struct formula *f = NULL;
    diags_init(&x->diags, &x->arena);
    const struct source *s = source_new(&x->arena, STR("formula"), text);
    enum status status = parse_formula(&x->scope, s, &x->diags, &f);
    if (status == STATUS_OK) status = formula_typecheck(&x->scope, f, &x->diags);
    *code = x->diags.n ? x->diags.items[0].code : "";
    return status == STATUS_OK ? f : NULL;
}

static struct str printed(struct fixture *x, const struct formula *f)
{
    struct buf b;
    buf_init(&b);
    formula_print(&b, &x->scope, f);
    assert_false(b.failed);
    struct str s = str_dup(&x->arena, buf_str(&b));
    buf_free(&b);
    return s;
}

static void reads_as(const char *text, const char *expected)
{
    struct fixture x;
    const char *code;
    fixture_open(&x, SIG);
    struct formula *f = read_text(&x, str_of(text), &code);
    if (!f) fail_msg("\"%s\" refused: %s", text, code);
    struct str first = printed(&x, f);
    assert_str(first, expected);
    struct formula *again = read_text(&x, first, &code);
    if (!again) fail_msg("\"%.*s\" refused: %s", STR_ARG(first), code);
    assert_str(printed(&x, again), expected);
    fixture_close(&x);
}

static void precedence_is_monpolys(void **state)
{
    (void)state;
    reads_as("ONCE p(x) AND q(x)", "ONCE (p(x) AND q(x))");
    reads_as("n() SINCE ONCE n() UNTIL n()", "n() SINCE ((ONCE n()) UNTIL n())");
    reads_as("NOT n() AND n() OR n()", "(NOT n() AND n()) OR n()");
    reads_as("n() IMPLIES n() IMPLIES n()", "n() IMPLIES (n() IMPLIES n())");
    reads_as("n() EQUIV n() EQUIV n()", "(n() EQUIV n()) EQUIV n()");
    reads_as("EXISTS x. p(x) OR q(x)", "EXISTS x. (p(x) OR q(x))");
    reads_as("n() AND n() AND n()", "n() AND n() AND n()");
    reads_as("n() AND (n() AND n())", "n() AND (n() AND n())");
    reads_as("(n() AND n()) AND n()", "(n() AND n()) AND n()");
    reads_as("p(x) AND y = x + 2 * x - -3", "p(x) AND (y = ((x + (2 * x)) - -3))");
    reads_as("p(x) AND (x + 1) * 2 < 7", "p(x) AND (((x + 1) * 2) < 7)");
    reads_as("c <- CNT x; y r(x,y) AND p(x)", "c <- CNT x; y (r(x, y) AND p(x))");
}

static void bounds_are_closed_seconds(void **state)
{
    (void)state;
    reads_as("ONCE (1,2m] n()", "ONCE[2,120] n()");
    reads_as("ONCE [1h,2d) n()", "ONCE[3600,172799] n()");
    reads_as("n() SINCE [0,*) n()", "n() SINCE n()");
    reads_as("SOMETIMES (5,*] n()", "EVENTUALLY[6,*) n()");
    reads_as("HISTORICALLY[1s,1s] n()", "PAST_ALWAYS[1,1] n()");
    reads_as("ONCE[0,0) n()", "ONCE[1,0] n()");
    reads_as("PREV (n() OR n())", "PREVIOUS (n() OR n())");
}

static void paths_are_read(void **state)
{
    (void)state;
    reads_as("MATCHF[0,7] ((p(x)? + q(x)?) . p(x)?)", "MATCHF[0,7] (((p(x)? + q(x)?) .) p(x)?)");
    reads_as("|> n()", "MATCHF (n()? .)");
    reads_as("BACKWARD n()", "MATCHP (. n()?)");
    reads_as("MATCHP (q(x)? (NOT n())* p(x)?)", "MATCHP ((q(x)? ((. NOT n()?)*)) p(x)?)");
    reads_as("MATCHP (q(x)? (p(x) AND n())* (x + 1 < 2)?) AND n()",
             "(MATCHP ((q(x)? ((. (p(x) AND n())?)*)) ((x + 1) < 2)?)) AND n()");
    reads_as("MATCHP[0,1] .*", "MATCHP[0,1] (.*)");
}

static void names_have_their_binder(void **state)
{
    (void)state;
    reads_as("p(x) AND (EXISTS x. q(x))", "p(x) AND (EXISTS x_2. q(x_2))");
    reads_as("p(_) AND r(_a,_a)", "(EXISTS v. p(v)) AND (EXISTS a. r(a, a))");
    reads_as("p(_i2f)", "EXISTS v. p(v)");
    reads_as("x <- SUM x; y r(x,y)", "x <- SUM x_2; y r(x_2, y)");
    reads_as("LET a(x,y) = r(y,x) IN a(y,x)", "LET a(x, y) = r(y, x) IN a(y_2, x_2)");
    reads_as("LETPAST a(x) = p(x) OR PREV a(x) IN a(x)",
             "LETPAST a(x) = (p(x) OR (PREVIOUS a(x))) IN a(x_2)");
    reads_as("LET a(x) = p(x) IN LET a(x) = q(x) AND a(x) IN a(x)",
             "LET a(x) = p(x) IN LET a(x_2) = (q(x_2) AND a(x_2)) IN a(x_3)");
}

static void constants_are_read(void **state)
{
    (void)state;
    reads_as("u(\"a b\",-9223372036854775808)", "u(\"a b\", -9223372036854775808)");
    reads_as("g(1,2.) OR g(1,-0.1) OR g(1,1.e300)", "g(1, 2.) OR g(1, -0.1) OR g(1, 1.e+300)");
    reads_as("u(s,x) AND s MATCHES r\"\\(a\\)\\(b\\)\" (y,_)",
             "u(s, x) AND (s MATCHES r\"\\(a\\)\\(b\\)\" (y, _))");
    reads_as("p(x) AND s = FORMAT_DATE(i2f(x))", "p(x) AND (s = FORMAT_DATE(i2f(x)))");
    reads_as("TRUE AND FALSE (* a *) # b", "TRUE AND FALSE");
}

static void refused(const char *text, const char *code)
{
    struct fixture x;
    const char *got;
    fixture_open(&x, SIG);
    struct formula *f = read_text(&x, str_of(text), &got);
    if (f) fail_msg("\"%s\" was accepted", text);
    assert_string_equal(got, code);
    for (size_t i = 0; i < x.diags.n; i++) assert_true(x.diags.items[i].at.to <= strlen(text));
    fixture_close(&x);
}

static void errors_say_what_is_wrong(void **state)
{
    (void)state;
    refused("", "syntax");
    refused("p(x) AND", "syntax");
    refused("p(x) q(x)", "syntax");
    refused("x + 1", "syntax");
    refused("p(x) + 1", "syntax");
    refused("pp(x)", "unknown-predicate");
    refused("r(x)", "arity");
    refused("ONCE[0,5x] n()", "bad-bound");
    refused("ONCE[0,99999999999999999999] n()", "bad-bound");
    refused("ONCE[0,9999999999999999d] n()", "bad-bound");
    refused("p(99999999999999999999)", "number-range");
    refused("u(\"abc,1)", "unclosed-string");
    refused("n() (* no end", "unclosed-comment");
    refused("n() & n()", "syntax");
    refused("c <- CNT z; y r(x,y)", "not-free");
    refused("c <- CNT x; z r(x,y)", "not-free");
    refused("LET a(x) = r(x,y) IN a(x)", "let-variables");
    refused("LET a(x,y) = p(x) IN a(x,x)", "let-variables");
    refused("EXISTS x, x. p(x)", "twice");
    refused("p(\"a\")", "type");
    refused("u(x,y) AND y < x", "type");
    refused("p(x) AND g(x,x)", "type");
    refused("u(x,y) AND z = x + 1", "type");
    refused("s <- SUM x u(x,y)", "type");
    refused("u(s,x) AND s MATCHES r\"a[\"", "bad-pattern");
    refused("u(s,x) AND s MATCHES r\"a\" (y)", "bad-pattern");
    refused("\xC3(", "syntax");
}

static void hints_name_the_nearest(void **state)
{
    (void)state;
    struct fixture x;
    const char *code;
    fixture_open(&x, "withdraw(string)\nfire(string)\n");
    assert_null(read_text(&x, STR("fire(x) AND withdrew(x)"), &code));
    assert_str(x.diags.items[0].fix, "withdraw");
    assert_int_equal(x.diags.items[0].at.from, 12);
    fixture_close(&x);
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    static char text[40000];
    const char *const units[] = {
        "(",    "NOT ",       "ONCE ",       "p(x) SINCE ", "EXISTS x. ",  "-",
        "f2i(", "LET a() = ", "x <- CNT x ", "MATCHF (",    "p(x) EQUIV ", "(* "};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        struct fixture x;
        const char *code;
        size_t n = strlen(units[u]), at = 0;
        while (at + n + 8 < sizeof text) {
            memcpy(text + at, units[u], n);
            at += n;
        }
        memcpy(text + at, "p(x)", 5);
        fixture_open(&x, SIG);
        assert_null(read_text(&x, str_of(text), &code));
        fixture_close(&x);
    }
}

static void long_lists_stay_flat(void **state)
{
    (void)state;
    static char text[60000];
    size_t at = 0;
    for (int i = 0; i < 5000; i++) at += (size_t)sprintf(text + at, "%sn()", i ? " AND " : "");
    struct fixture x;
    const char *code;
    fixture_open(&x, SIG);
    struct formula *f = read_text(&x, (struct str){text, at}, &code);
    assert_non_null(f);
    assert_int_equal(f->n_sub, 5000);
    assert_int_equal(f->depth, 2);
    fixture_close(&x);
}

static void signatures_are_checked(void **state)
{
    (void)state;
    const struct {
        const char *text, *code;
    } cases[] = {
        {"p(int", "syntax"},           {"p(int)\np(int)", "twice"},
        {"p(number)", "unknown-type"}, {"tp(int)", "reserved-name"},
        {"p int", "syntax"},           {"(* no end", "unclosed-comment"},
        {"p(int,,int)", "syntax"},     {"1p(int)", "syntax"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture x;
        fixture_open(&x, "");
        const struct source *s = source_new(&x.arena, STR("sig"), str_of(cases[i].text));
        assert_int_equal(parse_signature(&x.sig, s, &x.diags), STATUS_INPUT);
        assert_string_equal(x.diags.items[0].code, cases[i].code);
        fixture_close(&x);
    }
    struct fixture x;
    fixture_open(&x, "fire(party: string, dead: int); n()");
    assert_int_equal(x.sig.n, 2);
    assert_str(x.sig.preds[0].columns[1].name, "dead");
    assert_int_equal(signature_find_str(&x.sig, STR("n")), 1);
    assert_int_equal(signature_find_str(&x.sig, STR("m")), UINT32_MAX);
    fixture_close(&x);
}

static void memory_failure_is_a_fault(void **state)
{
    (void)state;
    struct fixture x;
    fixture_open(&x, SIG);
    const char *text = "LET a(x) = p(x) IN c <- CNT x; y (r(x,y) AND a(x) AND MATCHP (p(x)? .*))";
    const struct source *s = source_new(&x.arena, STR("formula"), str_of(text));
    size_t base = x.arena.used;
    unsigned faults = 0;
    for (size_t room = 0; room < 40000; room += 97) {
        struct formula *f;
        x.arena.limit = base + room;
        x.arena.failed = false;
        struct scope sc;
        enum status status =
            scope_init(&sc, &x.arena, &x.strings, &x.sig) ? STATUS_OK : STATUS_FAULT;
        if (status == STATUS_OK) status = parse_formula(&sc, s, &x.diags, &f);
        faults += status == STATUS_FAULT;
        assert_int_not_equal(status, STATUS_INPUT);
        base = x.arena.used;
        if (status == STATUS_OK) break;
    }
    assert_true(faults > 10);
    fixture_close(&x);
}

static void oracle_formulas_read_back(void **state)
{
    (void)state;
    const char *const sets[] = {"trace", "wide", "clock"};
    for (size_t k = 0; k < 3; k++) {
        for (unsigned i = 0; i < oracle_cases(sets[k]); i++) {
            struct oracle_case c;
            assert_true(oracle_open(&c, sets[k], i));
            if (!c.formula) fail_msg("%s: %.*s\n%s", c.name, STR_ARG(c.text), oracle_errors(&c));
            struct buf one, two;
            buf_init(&one);
            buf_init(&two);
            formula_print(&one, &c.scope, c.formula);
            struct formula *again = NULL;
            const struct source *s = source_new(&c.arena, STR("printed"), buf_str(&one));
            if (parse_formula(&c.scope, s, &c.diags, &again) != STATUS_OK)
                fail_msg("%s: %.*s\n%s", c.name, STR_ARG(buf_str(&one)), oracle_errors(&c));
            formula_print(&two, &c.scope, again);
            if (!str_eq(buf_str(&one), buf_str(&two)))
                fail_msg("%s: %.*s\n%.*s", c.name, STR_ARG(buf_str(&one)), STR_ARG(buf_str(&two)));
            buf_free(&one);
            buf_free(&two);
            oracle_close(&c);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(precedence_is_monpolys),
        cmocka_unit_test(bounds_are_closed_seconds),
        cmocka_unit_test(paths_are_read),
        cmocka_unit_test(names_have_their_binder),
        cmocka_unit_test(constants_are_read),
        cmocka_unit_test(errors_say_what_is_wrong),
        cmocka_unit_test(hints_name_the_nearest),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(long_lists_stay_flat),
        cmocka_unit_test(signatures_are_checked),
        cmocka_unit_test(memory_failure_is_a_fault),
        cmocka_unit_test(oracle_formulas_read_back),
    };
    return cmocka_run_group_tests_name("logic/parse", tests, NULL, NULL);
}
