/* Core form: what is accepted obeys its rules, what is refused is refused for the right reason. */
#include "tests/test.h"

#include "logic/parse.h"
#include "logic/print.h"
#include "logic/safe.h"
#include "logic/typing.h"
#include "tests/logic/oracle.h"

#define SIG "p(int)\nq(int)\nr(int,int)\nu(string,int)\nn()\n"

struct fixture {
    struct arena arena;
    struct intern strings;
    struct diags diags;
    struct signature sig;
    struct scope scope;
};

static void open_fixture(struct fixture *x)
{
    arena_init(&x->arena);
    intern_init(&x->strings);
    diags_init(&x->diags, &x->arena);
    signature_init(&x->sig, &x->arena, &x->strings);
    const struct source *s = source_new(&x->arena, STR("sig"), STR(SIG));
    assert_int_equal(parse_signature(&x->sig, s, &x->diags), STATUS_OK);
    assert_true(scope_init(&x->scope, &x->arena, &x->strings, &x->sig));
}

static void close_fixture(struct fixture *x)
{
    intern_free(&x->strings);
    arena_free(&x->arena);
}

static enum status core_of(struct fixture *x, const char *text, struct formula **core)
{
    struct formula *f;
    const struct source *s = source_new(&x->arena, STR("formula"), str_of(text));
    enum status status = parse_formula(&x->scope, s, &x->diags, &f);
    if (status == STATUS_OK) status = formula_typecheck(&x->scope, f, &x->diags);
    if (status != STATUS_OK) fail_msg("\"%s\" does not parse", text);
    return safe_core(&x->scope, f, NULL, &x->diags, core);
}

static void accepted(const char *text, const char *expected)
{
    struct fixture x;
    struct formula *core;
    open_fixture(&x);
    if (core_of(&x, text, &core) != STATUS_OK)
        fail_msg("\"%s\" refused: %.*s", text, STR_ARG(x.diags.items[0].what));
    struct buf b;
    buf_init(&b);
    formula_print(&b, &x.scope, core);
    assert_null(safe_core_check(&x.scope, core));
    assert_str(buf_str(&b), expected);
    buf_free(&b);
    close_fixture(&x);
}

/* `part` is what must be underlined. */
static void refused(const char *text, const char *code, const char *part)
{
    struct fixture x;
    struct formula *core;
    open_fixture(&x);
    if (core_of(&x, text, &core) != STATUS_INPUT) fail_msg("\"%s\" was accepted", text);
    assert_string_equal(x.diags.items[0].code, code);
    assert_str(place_text(x.diags.items[0].at), part);
    assert_true(x.diags.items[0].fix.n > 0);
    close_fixture(&x);
}

static void negation_moves_inward(void **state)
{
    (void)state;
    accepted("p(x) AND NOT q(x)", "p(x) AND NOT q(x)");
    accepted("NOT q(x) AND p(x)", "p(x) AND NOT q(x)");
    accepted("p(x) AND NOT (q(x) OR NOT n())", "p(x) AND n() AND NOT q(x)");
    accepted("NOT n()", "TRUE AND NOT n()");
    accepted("NOT NOT p(x)", "p(x)");
    accepted("n() IMPLIES n()", "(TRUE AND NOT n()) OR n()");
    accepted("FORALL x. (p(x) IMPLIES q(x))", "TRUE AND NOT (EXISTS x. (p(x) AND NOT q(x)))");
    accepted("ALWAYS[0,3] n()", "TRUE AND NOT (EVENTUALLY[0,3] (TRUE AND NOT n()))");
    accepted("n() EQUIV (EXISTS x. p(x))",
             "(n() AND (EXISTS x. p(x))) OR (TRUE AND NOT n() AND NOT (EXISTS x. p(x)))");
}

static void conjunctions_are_put_in_order(void **state)
{
    (void)state;
    accepted("x < 3 AND y = x + 1 AND p(x)", "p(x) AND (x < 3) AND (y = (x + 1))");
    accepted("x = 3", "TRUE AND (x = 3)");
    accepted("3 = x AND p(x)", "TRUE AND (x = 3) AND p(x)");
    accepted("p(x) AND q(y) AND r(x,y)", "p(x) AND r(x, y) AND q(y)");
    accepted("p(x) AND NOT x = 3", "p(x) AND NOT (x = 3)");
    accepted("p(x) AND r(x + 1, y)", "p(x) AND (EXISTS v. (r(v, y) AND (x = (v - 1))))");
}

static void constants_are_folded(void **state)
{
    (void)state;
    accepted("p(x) AND 1 < 2", "p(x)");
    accepted("p(x) AND 1 = 2", "FALSE");
    accepted("n() OR 1 = 2", "n()");
    accepted("ONCE[5,3] p(x)", "FALSE");
    accepted("(TRUE) SINCE[0,5] p(x)", "ONCE[0,5] p(x)");
    accepted("(FALSE) SINCE[0,5] p(x)", "p(x)");
    accepted("n() UNTIL[2,1] p(x)", "FALSE");
    accepted("1 / 0 = 1 / 0", "FALSE");
}

static void guards_reach_in(void **state)
{
    (void)state;
    accepted("p(x) AND ALWAYS[0,9] q(x)",
             "p(x) AND NOT (EVENTUALLY[0,9] ((ONCE[0,9] p(x)) AND NOT q(x)))");
    accepted("p(x) AND (x < 3 OR q(x))", "p(x) AND ((p(x) AND (x < 3)) OR q(x))");
    accepted("p(x) AND PREVIOUS NOT q(x)", "p(x) AND (PREVIOUS ((NEXT p(x)) AND NOT q(x)))");
    accepted("p(x) AND PAST_ALWAYS q(x)", "p(x) AND (q(x) SINCE (q(x) AND NOT (PREVIOUS TRUE)))");
    accepted("p(x) AND ONCE NOT q(x)", "p(x) AND NOT (q(x) SINCE (q(x) AND NOT (PREVIOUS TRUE)))");
    accepted("p(x) AND ONCE[2,*) NOT q(x)",
             "p(x) AND (p(x) AND (ONCE[2,*) TRUE) AND NOT ((ONCE[2,*) (q(x) AND NOT (PREVIOUS "
             "TRUE))) AND NOT "
             "(ONCE[2,*) ((ONCE (q(x) AND NOT (PREVIOUS TRUE))) AND NOT q(x)))))");
    accepted("p(x) AND EVENTUALLY[1,2] (x < 3)",
             "p(x) AND ((p(x) AND (x < 3)) AND (EVENTUALLY[1,2] TRUE))");
    accepted("p(x) AND PREVIOUS[2,2] (x < 3)",
             "p(x) AND ((p(x) AND (x < 3)) AND (PREVIOUS[2,2] TRUE))");
    accepted("PAST_ALWAYS[0,5] q(x)",
             "q(x) AND NOT (ONCE[0,5] ((EVENTUALLY[0,5] q(x)) AND NOT q(x)))");
    accepted("(x < 3) SINCE[0,5] p(x)", "NOT ((ONCE[0,5] p(x)) AND NOT (x < 3)) SINCE[0,5] p(x)");
    accepted("r(x,y) AND (q(y) SINCE[0,5] p(x))",
             "r(x, y) AND (q(y) SINCE[0,5] ((EVENTUALLY[0,5] (EXISTS x_2. r(x_2, y))) AND p(x)))");
}

static void sums_are_solved(void **state)
{
    (void)state;
    accepted("p(x) AND x = y + 1", "p(x) AND (y = (x - 1))");
    accepted("p(x) AND 1 + y = x", "p(x) AND (y = (x - 1))");
    accepted("p(x) AND y - x = 7", "p(x) AND (y = (7 + x))");
    accepted("p(x) AND 5 - y = x", "p(x) AND (y = (5 - x))");
    accepted("r(x,z) AND x = y - z AND NOT q(y)", "r(x, z) AND (y = (x + z)) AND NOT q(y)");
}

static void endless_since_of_what_fails(void **state)
{
    (void)state;
    accepted(
        "p(x) AND (n() SINCE[2,*) NOT q(x))",
        "p(x) AND (p(x) AND (n() SINCE[2,*) TRUE) AND NOT ((n() SINCE[2,*) ((q(x) AND NOT n()) OR "
        "(q(x) AND NOT (PREVIOUS TRUE)))) AND NOT (n() SINCE[2,*) ((n() SINCE ((q(x) AND NOT n()) "
        "OR (q(x) AND NOT (PREVIOUS TRUE)))) AND NOT q(x)))))");
}

static void what_is_infinite_is_refused(void **state)
{
    (void)state;
    refused("NOT p(x)", "not-monitorable", "p(x)");
    refused("p(x) AND y < x", "not-monitorable", "y < x");
    refused("p(x) OR q(y)", "not-monitorable", "p(x)");
    refused("p(x) AND ALWAYS q(x)", "unbounded-future", "ALWAYS q(x)");
    refused("EVENTUALLY p(x)", "unbounded-future", "EVENTUALLY p(x)");
    refused("p(x) AND (NOT q(y) SINCE n())", "not-monitorable", "NOT q(y)");
    refused("MATCHP ((p(x)? + q(y)?) .)", "not-monitorable", "MATCHP ((p(x)? + q(y)?) .)");
    refused("MATCHP (p(x)* .)", "not-monitorable", "MATCHP (p(x)* .)");
    refused("LETPAST a(x) = p(x) OR a(x) IN a(x)", "letpast",
            "LETPAST a(x) = p(x) OR a(x) IN a(x)");
    refused("LETPAST a(x) = p(x) OR PREV NEXT a(x) IN a(x)", "letpast",
            "LETPAST a(x) = p(x) OR PREV NEXT a(x) IN a(x)");
    refused("p(x) AND ONCE[2,*) (x < y)", "not-monitorable", "x < y");
    refused("p(x) AND (p(x) SINCE[2,*) NOT q(x))", "not-monitorable", "q(x)");
    refused("p(x) AND x = y * 2", "not-monitorable", "x = y * 2");
    refused("p(x) AND x = y + y", "not-monitorable", "x = y + y");
    refused("u(s,x) AND x = y + z", "not-monitorable", "x = y + z");
}

static void equivalences_that_explode_are_refused(void **state)
{
    (void)state;
    char text[4000] = "n()";
    for (int i = 0; i < 200; i++) strcat(text, " EQUIV n()");
    struct fixture x;
    struct formula *core;
    open_fixture(&x);
    assert_int_equal(core_of(&x, text, &core), STATUS_INPUT);
    assert_string_equal(x.diags.items[0].code, "too-complex");
    close_fixture(&x);
}

static void every_oracle_formula_has_a_core(void **state)
{
    (void)state;
    const char *const sets[] = {"trace", "wide", "clock"};
    for (size_t k = 0; k < 3; k++) {
        for (unsigned i = 0; i < oracle_cases(sets[k]); i++) {
            struct oracle_case c;
            struct formula *core;
            assert_true(oracle_open(&c, sets[k], i) && c.formula);
            if (safe_core(&c.scope, c.formula, NULL, &c.diags, &core) != STATUS_OK)
                fail_msg("%s: %s", c.name, oracle_errors(&c));
            const struct formula *bad = safe_core_check(&c.scope, core);
            if (bad) {
                struct buf b;
                buf_init(&b);
                formula_print(&b, &c.scope, bad);
                fail_msg("%s: %.*s\nbreaks the core form: %.*s", c.name, STR_ARG(c.text),
                         STR_ARG(buf_str(&b)));
            }
            oracle_close(&c);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(negation_moves_inward),
        cmocka_unit_test(conjunctions_are_put_in_order),
        cmocka_unit_test(constants_are_folded),
        cmocka_unit_test(guards_reach_in),
        cmocka_unit_test(sums_are_solved),
        cmocka_unit_test(endless_since_of_what_fails),
        cmocka_unit_test(what_is_infinite_is_refused),
        cmocka_unit_test(equivalences_that_explode_are_refused),
        cmocka_unit_test(every_oracle_formula_has_a_core),
    };
    return cmocka_run_group_tests_name("logic/safe", tests, NULL, NULL);
}
