/* Formulas that cannot be executed are refused with a finding.  Most of them no parser lets through: the
 * plan does not rely on it. */
#include "../test.h"
#include "engine/engine.h"
#include "logic/parse.h"
#include "logic/safe.h"
#include "logic/typing.h"

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
    const struct source *s = source_new(&x->arena, STR("sig"), STR("p(x: int)\nq(x: int)\nn()\n"));
    assert_int_equal(parse_signature(&x->sig, s, &x->diags), STATUS_OK);
    assert_true(scope_init(&x->scope, &x->arena, &x->strings, &x->sig));
}

static void close_fixture(struct fixture *x)
{
    intern_free(&x->strings);
    arena_free(&x->arena);
}

static struct formula *formula_of(struct fixture *x, const char *text)
{
    struct formula *f;
    const struct source *s = source_new(&x->arena, STR("formula"), str_of(text));
    assert_int_equal(parse_formula(&x->scope, s, &x->diags, &f), STATUS_OK);
    assert_int_equal(formula_typecheck(&x->scope, f, &x->diags), STATUS_OK);
    return f;
}

static void refused(struct fixture *x, const struct formula *f, const char *code, const char *what)
{
    struct plan_options options = {.clock = true, .polarity = POLARITY_MUST};
    struct plan *plan = NULL;
    assert_int_equal(plan_compile(f, &x->scope, &options, &x->diags, &plan), STATUS_INPUT);
    assert_null(plan);
    assert_int_equal(x->diags.n, 1);
    assert_string_equal(x->diags.items[0].code, code);
    assert_str(x->diags.items[0].what, what);
}

/* What numbers or follows the time-points of a log has no meaning for an agreement. */
static void only_in_logs(void **state)
{
    static const struct {
        const char *text, *code, *what;
    } cases[] = {
        {"p(x) AND tp(x)", "position-in-agreement",
         "tp, ts and tpts number the positions of a log; there is none here"},
        {"LETPAST r(x) = p(x) OR PREVIOUS r(x) IN r(x)", "let-past-in-agreement",
         "LETPAST steps through the positions of a log; there is none here"},
        {"MATCHP (p(x)? . p(x)?)", "match-in-agreement",
         "a path steps through the positions of a log; there is none here"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fixture x;
        struct formula *core = NULL;
        open_fixture(&x);
        struct formula *f = formula_of(&x, cases[i].text);
        assert_int_equal(safe_core(&x.scope, f, NULL, &x.diags, &core), STATUS_OK);
        refused(&x, core, cases[i].code, cases[i].what);
        close_fixture(&x);
    }
}

static void not_in_core_form(void **state)
{
    (void)state;
    struct fixture x;
    open_fixture(&x);
    refused(&x, formula_of(&x, "FORALL x. p(x)"), "not-core",
            "this stands where only a relation can");
    close_fixture(&x);
}

static void nothing_binds_a_variable(void **state)
{
    (void)state;
    struct fixture x;
    struct formula *core = NULL;
    open_fixture(&x);
    struct formula *f = formula_of(&x, "p(x) AND x > 1");
    assert_int_equal(safe_core(&x.scope, f, NULL, &x.diags, &core), STATUS_OK);
    assert_int_equal(core->op, F_AND);
    uint32_t y = scope_var(&x.scope, STR("y"), VALUE_INT);
    core->sub[1]->left = term_var(&x.scope, y);
    refused(&x, core, "unbound-variable", "a variable here is bound by nothing beside it");
    close_fixture(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_in_logs),
        cmocka_unit_test(not_in_core_form),
        cmocka_unit_test(nothing_binds_a_variable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
