/* The chain of a verdict: as an outline and as JSON, each step with where to look it up. */
#include "tests/report/fake.h"
#include "tests/report/golden.h"
#include "tests/test.h"

static const char text[] = "# Accord\n\n## Article 1\n\nThe parties cease fire.\n";
static size_t lines[] = {0, 9, 10, 23, 24, 49};
static const struct source source = {
    STR_INIT("mission/agreement.md"), {text, sizeof text - 1}, lines, 6, 0, 0};

static struct why_step steps[] = {
    {WHY_CLAUSE,
     0,
     STR_INIT("Article 1: The parties cease fire."),
     {&source, 10, 22},
     FACTS_NONE,
     FACTS_NONE,
     FACTS_NONE,
     INSTANT_MIN,
     INSTANT_MAX},
    {WHY_VERDICT,
     0,
     STR_INIT("violated: in every way the record can be read"),
     {NULL, 0, 0},
     FACTS_NONE,
     FACTS_NONE,
     FACTS_NONE,
     INSTANT_MIN,
     INSTANT_MAX},
    {WHY_FACT,
     1,
     STR_INIT("fire e1, by north or الجنوب"),
     {NULL, 0, 0},
     0,
     FACTS_NONE,
     FACTS_NONE,
     FAKE_DAY(1),
     FAKE_DAY(2) - 1},
    {WHY_REPORT,
     2,
     STR_INIT("Agency One \"says\"\033[2J so"),
     {NULL, 0, 0},
     0,
     0,
     FACTS_NONE,
     INSTANT_MIN,
     INSTANT_MAX},
    {WHY_REPORT,
     2,
     STR_INIT("Agency Two, events.csv:13"),
     {NULL, 0, 0},
     0,
     1,
     FACTS_NONE,
     INSTANT_MIN,
     INSTANT_MAX},
    {WHY_GAP,
     1,
     STR_INIT("nobody could see what happened: denied by north"),
     {NULL, 0, 0},
     FACTS_NONE,
     FACTS_NONE,
     0,
     FAKE_DAY(2),
     FAKE_DAY(3) - 1},
};

struct room {
    struct fake_room base;
    struct report reports[2];
    struct coverage coverage;
    struct str files[2];
    struct facts facts;
    struct why why;
    struct report_why_of of;
};

static int enter(void **state)
{
    struct room *r = calloc(1, sizeof *r);
    fake_open(&r->base);
    r->files[0] = STR("events.csv");
    r->files[1] = STR("patrols.csv");
    r->reports[0] = (struct report){.file = 0, .line = 12};
    r->reports[1] = (struct report){.file = 0, .line = 13};
    r->coverage = (struct coverage){.gap = true, .file = 1, .line = 4};
    r->facts = (struct facts){.reports = r->reports,
                              .n_reports = 2,
                              .coverage = &r->coverage,
                              .n_coverage = 1,
                              .files = r->files,
                              .n_files = 2};
    r->why = (struct why){steps, sizeof steps / sizeof *steps};
    r->of = (struct report_why_of){&r->base.fake.view, &r->base.fake.rows[0], &r->why, &r->facts};
    *state = r;
    return 0;
}

static int leave(void **state)
{
    struct room *r = *state;
    fake_close(&r->base);
    free(r);
    return 0;
}

static void outline_looks_as_agreed(void **state)
{
    struct room *r = *state;
    struct report_options o = fake_options(60);
    report_why_text(&r->base.arena, &r->base.out, &r->of, &o);
    golden_check("why-60.txt", buf_str(&r->base.out));
}

static void json_looks_as_agreed(void **state)
{
    struct room *r = *state;
    report_why_json(&r->base.out, &r->of);
    golden_check("why.json", buf_str(&r->base.out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(outline_looks_as_agreed, enter, leave),
        cmocka_unit_test_setup_teardown(json_looks_as_agreed, enter, leave),
    };
    return cmocka_run_group_tests_name("why", tests, NULL, NULL);
}
