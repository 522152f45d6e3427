/* Properties on random formulas: print and read are inverse, and the core form of what is accepted
 * means what the formula means. */
#include "tests/test.h"

#include "logic/parse.h"
#include "logic/print.h"
#include "logic/safe.h"
#include "logic/typing.h"
#include "tests/logic/random.h"

static const struct random_options traces = {
    .depth = 4, .points = 12, .max_step = 3, .future = true};

static const char *errors(struct random_case *c)
{
    struct buf b;
    buf_init(&b);
    diags_render(&c->diags, &b, false);
    struct str s = str_dup(&c->arena, buf_str(&b));
    buf_free(&b);
    return s.p;
}

static void open_case(struct random_case *c, uint64_t seed, const struct random_options *o)
{
    if (!random_case_open(c, seed, o))
        fail_msg("seed %llu: %s", (unsigned long long)seed, errors(c));
}

static struct str printed(struct random_case *c, const struct formula *f)
{
    struct buf b;
    buf_init(&b);
    formula_print(&b, &c->scope, f);
    struct str s = str_dup(&c->arena, buf_str(&b));
    buf_free(&b);
    return s;
}

static void what_is_printed_reads_back(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 3000; seed++) {
        struct random_case c;
        struct formula *again;
        open_case(&c, seed, &traces);
        struct str one = printed(&c, c.formula);
        const struct source *s = source_new(&c.arena, STR("printed"), one);
        if (parse_formula(&c.scope, s, &c.diags, &again) != STATUS_OK ||
            formula_typecheck(&c.scope, again, &c.diags) != STATUS_OK)
            fail_msg("seed %llu: %s", (unsigned long long)seed, errors(&c));
        assert_str(printed(&c, again), one.p);
        assert_int_equal(again->size, c.formula->size);
        random_case_close(&c);
    }
}

/* The same tuples wherever both are settled; counts what could be compared. */
static void compare(struct random_case *c, const struct formula *core, const struct naive_log *log,
                    unsigned *compared)
{
    struct naive *written = naive_new(&c->scope, c->formula, c->formula, log);
    struct naive *rewritten = naive_new(&c->scope, core, c->formula, log);
    size_t n = naive_settled(written);
    if (naive_settled(rewritten) < n) n = naive_settled(rewritten);
    for (size_t i = 0; i < n && i < log->n; i++) {
        struct str a = naive_text(&c->arena, written, i), b = naive_text(&c->arena, rewritten, i);
        if (str_eq(b, STR("?"))) fail_msg("the core form is not finite: %.*s", STR_ARG(c->text));
        if (str_eq(a, STR("?"))) continue;
        ++*compared;
        if (!str_eq(a, b))
            fail_msg("at %zu\n%.*s\nis %.*s, core form\n%.*s\nis %.*s", i, STR_ARG(c->text),
                     STR_ARG(a), STR_ARG(printed(c, core)), STR_ARG(b));
    }
    naive_free(written);
    naive_free(rewritten);
}

static void core_means_the_same(const struct random_options *o, bool clock, uint64_t seeds)
{
    unsigned accepted = 0, compared = 0;
    for (uint64_t seed = 0; seed < seeds; seed++) {
        struct random_case c;
        struct formula *core;
        open_case(&c, seed, o);
        enum status status = safe_core(&c.scope, c.formula, NULL, &c.diags, &core);
        assert_int_not_equal(status, STATUS_FAULT);
        if (status == STATUS_OK) {
            const struct formula *bad = safe_core_check(&c.scope, core);
            if (bad)
                fail_msg("%.*s\nbreaks the core form in\n%.*s", STR_ARG(printed(&c, bad)),
                         STR_ARG(printed(&c, core)));
            struct naive_log dense;
            naive_log_init(&dense, &c.arena);
            if (clock) naive_log_dense(&dense, &c.log);
            accepted++;
            if (core->size < 3000) compare(&c, core, clock ? &dense : &c.log, &compared);
        } else {
            assert_true(c.diags.n > 0 && c.diags.items[0].fix.n > 0);
        }
        random_case_close(&c);
    }
    print_message("# %u of %llu accepted, %u positions compared\n", accepted,
                  (unsigned long long)seeds, compared);
    assert_true(accepted > seeds / 4);
    assert_true(compared > accepted * 4);
}

static void core_means_the_same_on_traces(void **state)
{
    (void)state;
    core_means_the_same(&traces, false, 2500);
}

static void core_means_the_same_on_the_clock(void **state)
{
    (void)state;
    const struct random_options o = {.depth = 3, .points = 7, .max_step = 3, .future = true};
    core_means_the_same(&o, true, 1500);
}

static void core_means_the_same_without_future(void **state)
{
    (void)state;
    const struct random_options o = {.depth = 5, .points = 12, .max_step = 2, .future = false};
    core_means_the_same(&o, false, 1000);
}

/* However much is negated beneath a guard, and with what was written straight against it. */
static void what_is_guarded_is_accepted(void **state)
{
    (void)state;
    const struct random_options o = {
        .depth = 4, .points = 12, .max_step = 2, .future = true, .finite = true};
    for (uint64_t seed = 0; seed < 3000; seed++) {
        struct random_case c;
        struct formula *core;
        open_case(&c, seed, &o);
        if (safe_core(&c.scope, c.formula, NULL, &c.diags, &core) != STATUS_OK)
            fail_msg("seed %llu: %.*s: %s", (unsigned long long)seed, STR_ARG(c.text), errors(&c));
        random_case_close(&c);
    }
    core_means_the_same(&o, false, 700);
}

/* Shapes that the random formulas seldom have, on random logs: what others refuse. */
static void finite_all_the_same(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "p(x) AND (n() SINCE NOT q(x))",
        "p(x) AND (n() SINCE[2,*) NOT q(x))",
        "p(x) AND (NOT n() SINCE[1,*) NOT q(x))",
        "p(x) AND NOT (NOT n() SINCE[3,*) NOT q(x))",
        "q(x) AND ((ONCE[0,2] n()) SINCE[0,*) NOT (q(x) AND p(x)))",
        "r(x,y) AND (n() SINCE[2,*) NOT r(x,y))",
        "p(x) AND (NOT n() SINCE (ALWAYS[0,1] NOT q(x)))",
        "p(x) AND (TRUE SINCE[2,*) NOT q(x))",
        "p(x) AND x = y + 1 AND NOT q(y)",
        "p(x) AND 3 - y = x",
        "r(x,z) AND y - z = x",
        "p(x) AND EXISTS y. (x = 1 + y AND NOT ONCE[0,2] q(y))",
    };
    const struct random_options logs = {.depth = 1, .points = 12, .max_step = 2};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        unsigned compared = 0;
        for (uint64_t seed = 0; seed < 200; seed++) {
            struct random_case c;
            struct formula *core;
            open_case(&c, seed + test_shift(), &logs);
            c.text = str_of(texts[k]);
            const struct source *s = source_new(&c.arena, STR("formula"), c.text);
            if (parse_formula(&c.scope, s, &c.diags, &c.formula) != STATUS_OK ||
                formula_typecheck(&c.scope, c.formula, &c.diags) != STATUS_OK ||
                safe_core(&c.scope, c.formula, NULL, &c.diags, &core) != STATUS_OK)
                fail_msg("%s: %s", texts[k], errors(&c));
            assert_null(safe_core_check(&c.scope, core));
            compare(&c, core, &c.log, &compared);
            random_case_close(&c);
        }
        if (compared < 500) fail_msg("%s: compared at %u positions only", texts[k], compared);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_printed_reads_back),
        cmocka_unit_test(what_is_guarded_is_accepted),
        cmocka_unit_test(finite_all_the_same),
        cmocka_unit_test(core_means_the_same_on_traces),
        cmocka_unit_test(core_means_the_same_on_the_clock),
        cmocka_unit_test(core_means_the_same_without_future),
    };
    return cmocka_run_group_tests_name("logic/random", tests, NULL, NULL);
}
