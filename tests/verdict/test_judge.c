/* Verdicts against the judge (check.h), on random provisions made by hand (case.h). */
#include "case.h"
#include "check.h"

#ifndef CASES
#define CASES 120
#endif

static void run_case(uint64_t seed, enum pattern pattern, bool plain, struct tally *t)
{
    struct random_case c;
    struct verdicts out;
    struct diags diags;
    struct lowered l;
    random_case_init(&c, seed, pattern, plain);
    diags_init(&diags, &c.arena);
    struct verdict_options options = {INSTANT_MIN, INSTANT_MAX, c.judge.at, INSTANT_MAX};
    assert_int_equal(lower_agreement(&c.g, c.judge.at, &diags, &l), STATUS_OK);
    enum status s = verdict_run(&c.g, &c.facts, &options, &diags, &out);
    if (s != STATUS_OK) {
        struct buf b;
        buf_init(&b);
        diags_render(&diags, &b, false);
        fail_msg("status %d, case %llu: %.*s", s, (unsigned long long)c.number, (int)b.n,
                 b.p ? b.p : "");
    }
    size_t n = 0; /* of the provision that is judged: the first */
    while (n < l.n && l.violations[n]->provision == 0) n++;
    size_t n_rows = c.provision.bearers.n ? n + 1 : 1;
    assert_true(out.n_rows >= n_rows);
    bool judged = false;
    for (size_t r = 0; r < n_rows; r++) {
        struct judgement j;
        bool all = out.rows[r].subject == VERDICT_ALL;
        judge(&c.judge, all ? l.violations : l.violations + r, all ? n : 1, &j);
        if (j.too_many) continue;
        judged = true;
        /* A duty of several bearers has an instance for each. */
        if (all && n > 1 && l.violations[0]->performed) continue;
        struct checking k = {.facts = &c.facts,
                             .judge = &c.judge,
                             .pv = &c.provision,
                             .l = &l,
                             .v = all ? l.violations : l.violations + r,
                             .row = &out.rows[r],
                             .j = &j,
                             .t = t,
                             .number = c.number,
                             .counts = c.counts,
                             .repeats = c.repeats,
                             .closed = c.closed};
        check_row(&k);
    }
    t->cases++;
    t->skipped += !judged;
    verdict_free(&out);
    lower_free(&l);
    random_case_free(&c);
}

/* Further seeds than those of the suite: test_judge GROUP FIRST CASES. */
static uint64_t first_case;
static uint64_t n_cases = CASES;

static void run_pattern(enum pattern pattern, bool plain)
{
    struct tally t = {0};
    bool counts = pattern == PATTERN_CAP || pattern == PATTERN_SCHEDULE ||
                  pattern == PATTERN_IN_STEP || pattern == PATTERN_DECIDE;
    uint64_t cases = counts ? n_cases / 4 : n_cases; /* counts are slow to tick */
    for (uint64_t i = first_case; i < first_case + cases; i++)
        run_case(i * 7919 + (uint64_t)pattern * 1000003 + plain, pattern, plain, &t);
    print_message("# %d cases, %d skipped, %d anchors, %d certain, %d excused, %d inexact\n",
                  t.cases, t.skipped, t.anchors, t.certain, t.excused, t.inexact);
    if (pattern == PATTERN_CAP) {
        print_message("# caps violated in every world: %d, of which %d are not said to be\n",
                      t.crowds, t.odd_rows);
        assert_true(t.crowds > 0);
    }
    assert_true(t.skipped * 2 < t.cases);
    if (pattern == PATTERN_JUSTIFY) assert_true(t.excused > 3);
}

#define PATTERN_TESTS(name, pattern)                                                               \
    static void name##_plain(void **state)                                                         \
    {                                                                                              \
        (void)state;                                                                               \
        run_pattern(pattern, true);                                                                \
    }                                                                                              \
    static void name##_with_conditions(void **state)                                               \
    {                                                                                              \
        (void)state;                                                                               \
        run_pattern(pattern, false);                                                               \
    }

PATTERN_TESTS(forbid, PATTERN_FORBID)
PATTERN_TESTS(duty, PATTERN_DUTY)
PATTERN_TESTS(keep, PATTERN_KEEP)
PATTERN_TESTS(status, PATTERN_STATUS)
PATTERN_TESTS(cap, PATTERN_CAP)
PATTERN_TESTS(only, PATTERN_ONLY)
PATTERN_TESTS(justify, PATTERN_JUSTIFY)
PATTERN_TESTS(suspension, PATTERN_DECIDE)
PATTERN_TESTS(lapse, PATTERN_LAPSE)
PATTERN_TESTS(consequence, PATTERN_CONSEQUENCE)
PATTERN_TESTS(schedule, PATTERN_SCHEDULE)
PATTERN_TESTS(in_step, PATTERN_IN_STEP)

int main(int argc, char **argv)
{
    const struct CMUnitTest acts[] = {
        cmocka_unit_test(forbid_plain), cmocka_unit_test(forbid_with_conditions),
        cmocka_unit_test(only_plain), cmocka_unit_test(only_with_conditions)};
    const struct CMUnitTest states[] = {
        cmocka_unit_test(keep_plain), cmocka_unit_test(keep_with_conditions),
        cmocka_unit_test(status_plain), cmocka_unit_test(status_with_conditions)};
    const struct CMUnitTest duties[] = {
        cmocka_unit_test(duty_plain),        cmocka_unit_test(duty_with_conditions),
        cmocka_unit_test(lapse_plain),       cmocka_unit_test(lapse_with_conditions),
        cmocka_unit_test(consequence_plain), cmocka_unit_test(consequence_with_conditions)};
    const struct CMUnitTest counts[] = {cmocka_unit_test(cap_plain),
                                        cmocka_unit_test(cap_with_conditions)};
    const struct CMUnitTest schedules[] = {
        cmocka_unit_test(schedule_plain), cmocka_unit_test(schedule_with_conditions),
        cmocka_unit_test(in_step_plain), cmocka_unit_test(in_step_with_conditions)};
    const struct CMUnitTest pleas[] = {cmocka_unit_test(justify_plain),
                                       cmocka_unit_test(justify_with_conditions)};
    const struct CMUnitTest rights[] = {cmocka_unit_test(suspension_plain),
                                        cmocka_unit_test(suspension_with_conditions)};
    const char *group = argc > 1 ? argv[1] : "acts";
    if (argc > 2) first_case = strtoull(argv[2], NULL, 10);
    if (argc > 3) n_cases = strtoull(argv[3], NULL, 10);
    if (!strcmp(group, "states")) return cmocka_run_group_tests(states, NULL, NULL);
    if (!strcmp(group, "duties")) return cmocka_run_group_tests(duties, NULL, NULL);
    if (!strcmp(group, "schedules")) return cmocka_run_group_tests(schedules, NULL, NULL);
    if (!strcmp(group, "justifications")) return cmocka_run_group_tests(pleas, NULL, NULL);
    if (!strcmp(group, "suspensions")) return cmocka_run_group_tests(rights, NULL, NULL);
    if (!strcmp(group, "counts")) return cmocka_run_group_tests(counts, NULL, NULL);
    return cmocka_run_group_tests(acts, NULL, NULL);
}
