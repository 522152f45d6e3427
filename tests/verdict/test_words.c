/* Every verdict of the table, each with the smallest record that gives it; and what a row says
 * beside its verdict. */
#include "scene.h"

#define NORTH_MUST_NOT_FIRE "provision quiet: each of north and south must not fire in belt.\n"
#define ALL_TERM "2025-03-31T12:00:00"

static void covered_term(struct scene *s)
{
    scene_cover(s, "2025-01-01T00:00:00", "2025-04-01T00:00:00");
}

static void assert_row(const struct verdict_row *row, enum verdict v, uint32_t reasons)
{
    if (row->verdict != v)
        fail_msg("%.*s is %s, expected %s", STR_ARG(row->id), verdict_word(row->verdict),
                 verdict_word(v));
    assert_int_equal(row->reasons & reasons, reasons);
    uint32_t sum = 0;
    for (size_t i = 0; i < VERDICTS; i++) sum += row->day_count[i];
    assert_int_equal(sum, row->n_days);
}

static void violated_by_a_sure_event(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, NORTH_MUST_NOT_FIRE);
    covered_term(&s);
    scene_report(&s, (struct scene_report){"fire", "e", "2025-03-02T10:00:00", "north", "in",
                                           GRADE_SEEN, NULL});
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "quiet/north");
    assert_row(row, VERDICT_VIOLATED, 0);
    assert_int_equal(row->certain, 1);
    assert_int_equal(row->possible, 0);
    assert_int_equal(row->n_days, 30);
    assert_int_equal(row->days[1], VERDICT_VIOLATED);
    assert_int_equal(row->days[0], VERDICT_COMPLIED);
    assert_int_equal(row->attribution, ATTRIBUTION_NOT_ATTRIBUTED);
    assert_true(row->coverage > 0.99);
    assert_int_equal(row->level, -1);
    assert_row(scene_row(&s, ALL_TERM, "quiet/south"), VERDICT_COMPLIED, 0);
    assert_row(scene_row(&s, ALL_TERM, "quiet/all"), VERDICT_VIOLATED, 0);
    scene_end(&s);
}

/* Fire by one or the other is certain fire, though certainly by neither. */
static void two_candidates(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, NORTH_MUST_NOT_FIRE);
    covered_term(&s);
    scene_report(&s, (struct scene_report){"fire", "e", "2025-03-02T10:00:00", "north|south", "in",
                                           GRADE_SEEN, NULL});
    assert_row(scene_row(&s, ALL_TERM, "quiet/north"), VERDICT_POSSIBLY_VIOLATED, REASON_ACTOR);
    const struct verdict_row *all = scene_row(&s, ALL_TERM, "quiet/all");
    assert_row(all, VERDICT_VIOLATED, 0);
    assert_int_equal(all->attribution, ATTRIBUTION_NOT_ATTRIBUTED);
    assert_int_equal(all->n_candidates, 2);
    scene_end(&s);
}

/* A finding of a body attributes; a report only names. */
static void attributed_by_a_finding(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, NORTH_MUST_NOT_FIRE);
    covered_term(&s);
    scene_report(&s, (struct scene_report){"fire", "e", "2025-03-02T10:00:00", "north|south", "in",
                                           GRADE_SEEN, NULL});
    scene_attribute(&s, "fire", "e", "mission", "south");
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "quiet/south");
    assert_row(row, VERDICT_VIOLATED, 0);
    assert_int_equal(row->attribution, ATTRIBUTION_ATTRIBUTED);
    assert_row(scene_row(&s, ALL_TERM, "quiet/north"), VERDICT_COMPLIED, 0);
    scene_end(&s);
}

/* A ruling excuses, and may be taken back, only by a body with the power over the provision. */
static void excused_by_a_ruling(void **state)
{
    static const char powers[] =
        NORTH_MUST_NOT_FIRE "provision rulings: mission may excuse quiet by consensus.\n"
                            "provision again: mission may reopen violations of quiet.\n";
    struct scene_report fire = {"fire",     "e", "2025-03-02T10:00:00", "north", "in",
                                GRADE_SEEN, NULL};
    struct scene s;
    (void)state;
    scene_begin(&s, NORTH_MUST_NOT_FIRE); /* nobody was given the power */
    covered_term(&s);
    scene_report(&s, fire);
    scene_ruling(&s, FINDING_EXCUSED, "fire", "e", "mission", "2025-03-05T00:00:00");
    assert_row(scene_row(&s, ALL_TERM, "quiet/north"), VERDICT_VIOLATED, 0);
    scene_end(&s);
    scene_begin(&s, powers);
    covered_term(&s);
    scene_report(&s, fire);
    scene_ruling(&s, FINDING_EXCUSED, "fire", "e", "mission", "2025-03-05T00:00:00");
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "quiet/north");
    assert_row(row, VERDICT_EXCUSED, 0);
    assert_int_equal(row->day_count[VERDICT_EXCUSED], 1);
    assert_int_equal(row->certain, 0);
    scene_end(&s);
    scene_begin(&s, powers); /* reopened */
    covered_term(&s);
    scene_report(&s, fire);
    scene_ruling(&s, FINDING_EXCUSED, "fire", "e", "mission", "2025-03-05T00:00:00");
    scene_ruling(&s, FINDING_REOPENED, "fire", "e", "mission", "2025-03-06T00:00:00");
    assert_row(scene_row(&s, ALL_TERM, "quiet/north"), VERDICT_VIOLATED, 0);
    scene_end(&s);
}

/* What follows a violation does not follow one that a ruling excuses. */
static void nothing_follows_an_excused_violation(void **state)
{
    static const struct scene_report fire = {"fire",     "e", "2025-03-02T10:00:00", "north", "in",
                                             GRADE_SEEN, NULL};
    (void)state;
    for (int ruled = 0; ruled < 2; ruled++) {
        struct scene s;
        scene_begin(&s, NORTH_MUST_NOT_FIRE
                    "provision rulings: mission may excuse quiet by consensus.\n"
                    "provision then_tell: if quiet is violated, then north must give notice within "
                    "1 day.\n");
        covered_term(&s);
        scene_report(&s, fire);
        if (ruled) scene_ruling(&s, FINDING_EXCUSED, "fire", "e", "mission", "2025-03-05T00:00:00");
        assert_row(scene_row(&s, ALL_TERM, "then_tell/north"),
                   ruled ? VERDICT_WAITING : VERDICT_OVERDUE, 0);
        scene_end(&s);
    }
}

/* Where a sentence says who attributes, nobody else does. */
static void attributed_by_whom_the_text_names(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "body court.\n" NORTH_MUST_NOT_FIRE
                    "provision who: court may attribute violations of quiet.\n");
    covered_term(&s);
    scene_report(&s, (struct scene_report){"fire", "e", "2025-03-02T10:00:00", "north", "in",
                                           GRADE_SEEN, NULL});
    scene_attribute(&s, "fire", "e", "mission", "north");
    assert_int_equal(scene_row(&s, ALL_TERM, "quiet/north")->attribution,
                     ATTRIBUTION_NOT_ATTRIBUTED);
    scene_end(&s);
}

static void possibly_violated_says_why(void **state)
{
    static const struct {
        struct scene_report report;
        uint32_t reason;
    } cases[] = {
        {{"fire", "e", "2025-03-02T10:00:00", "north", "near", GRADE_SEEN, NULL}, REASON_PLACE},
        {{"fire", "e", "2025-03-02T10:00:00", "north", "", GRADE_SEEN, NULL}, REASON_PLACE},
        {{"fire", "e", "2025-03-02T10:00:00", "?", "in", GRADE_SEEN, NULL}, REASON_ACTOR},
        {{"fire", "e", "2025-03-02T10:00:00", "north", "in", GRADE_ALLEGED, NULL},
         REASON_UNCORROBORATED},
        {{"fire", "e", "2025-02-28T23:00:00/2025-03-01T01:00:00", "north", "in", GRADE_SEEN, NULL},
         REASON_TIME},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct scene s;
        scene_begin(&s, NORTH_MUST_NOT_FIRE);
        covered_term(&s);
        scene_report(&s, cases[i].report);
        const struct verdict_row *row = scene_row(&s, ALL_TERM, "quiet/north");
        assert_row(row, VERDICT_POSSIBLY_VIOLATED, cases[i].reason);
        assert_int_equal(row->possible, 1);
        assert_int_equal(row->certain, 0);
        scene_end(&s);
    }
}

/* Two reports of one event that differ are alternatives of one choice. */
static void disputed_reports(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, NORTH_MUST_NOT_FIRE);
    covered_term(&s);
    scene_report(&s, (struct scene_report){"fire", "e", "2025-03-02T10:00:00", "north", "in",
                                           GRADE_SEEN, NULL});
    scene_report(&s, (struct scene_report){"fire", "e", "2025-03-02T10:00:00", "north", "out",
                                           GRADE_SEEN, NULL});
    assert_row(scene_row(&s, ALL_TERM, "quiet/north"), VERDICT_POSSIBLY_VIOLATED, REASON_DISPUTED);
    scene_end(&s);
}

static void unverified_without_coverage(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, NORTH_MUST_NOT_FIRE);
    scene_cover(&s, "2025-03-01T00:00:00", "2025-03-15T23:59:59");
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "quiet/north");
    assert_row(row, VERDICT_UNVERIFIED, REASON_COVERAGE);
    assert_int_equal(row->day_count[VERDICT_COMPLIED], 15);
    assert_int_equal(row->day_count[VERDICT_UNVERIFIED], 15);
    assert_true(row->coverage > 0.49 && row->coverage < 0.51);
    assert_int_equal(row->attribution, ATTRIBUTION_ABSENT);
    scene_end(&s);
}

static void complied_under_coverage(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, NORTH_MUST_NOT_FIRE);
    covered_term(&s);
    scene_report(&s, (struct scene_report){"fire", "e", "2025-03-02T10:00:00", "north", "out",
                                           GRADE_SEEN, NULL});
    assert_row(scene_row(&s, ALL_TERM, "quiet/north"), VERDICT_COMPLIED, 0);
    assert_row(scene_row(&s, ALL_TERM, "quiet/all"), VERDICT_COMPLIED, 0);
    scene_end(&s);
}

static void excused_by_unless(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision quiet: north must not fire unless storm_warning holds.\n");
    covered_term(&s);
    scene_report(&s, (struct scene_report){"storm_warning", "w",
                                           "2025-03-02T00:00:00/2025-03-02T20:00:00", "?", "",
                                           GRADE_SEEN, NULL});
    scene_report(&s, (struct scene_report){"fire", "e", "2025-03-02T10:00:00", "north", "in",
                                           GRADE_SEEN, NULL});
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "quiet/north");
    assert_row(row, VERDICT_EXCUSED, 0);
    assert_int_equal(row->day_count[VERDICT_EXCUSED], 1);
    scene_end(&s);
}

#define BEGIN_IN_TWO_DAYS                                                                          \
    "provision begin: each of north and south must begin withdrawal within 2 days after entry "    \
    "into force.\n"

static void overdue_under_coverage(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, BEGIN_IN_TWO_DAYS);
    covered_term(&s);
    scene_report(&s, (struct scene_report){"withdrawal_begun", "n", "2025-03-02T10:00:00", "north",
                                           "", GRADE_SEEN, NULL});
    scene_report(&s, (struct scene_report){"withdrawal_begun", "s", "2025-03-05T10:00:00", "south",
                                           "", GRADE_SEEN, NULL});
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "begin/south");
    assert_row(row, VERDICT_OVERDUE, 0);
    assert_int_equal(row->certain, 1);
    /* from its deadline (3 March 00:00) to the performance on 5 March */
    assert_int_equal(row->day_count[VERDICT_OVERDUE], 3);
    assert_int_equal(row->days[2], VERDICT_OVERDUE);
    assert_int_equal(row->days[4], VERDICT_OVERDUE);
    assert_int_equal(row->level, 3);
    row = scene_row(&s, ALL_TERM, "begin/north");
    assert_row(row, VERDICT_COMPLIED, 0);
    assert_int_equal(row->level, 3);
    assert_row(scene_row(&s, ALL_TERM, "begin/all"), VERDICT_OVERDUE, 0);
    scene_end(&s);
}

static void unverified_duty(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, BEGIN_IN_TWO_DAYS);
    scene_cover(&s, "2025-03-02T00:00:00", "2025-04-01T00:00:00");
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "begin/south");
    assert_row(row, VERDICT_UNVERIFIED, REASON_COVERAGE);
    assert_int_equal(row->n_instances, 1);
    assert_true(row->instances[0].covered > 0.45F && row->instances[0].covered < 0.55F);
    assert_int_equal(row->level, -1);
    assert_true(row->level_rule.n > 0); /* nobody can tell how far it is */
    scene_end(&s);
}

/* Before its deadline and its performance a duty is open, whatever came of it later. */
static void open_until_performed(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision pull: south must begin withdrawal by 2025-03-10.\n");
    covered_term(&s);
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "pull/south"); /* never performed */
    assert_int_equal(row->day_count[VERDICT_PENDING], 9);
    assert_int_equal(row->days[9], VERDICT_OVERDUE);
    assert_int_equal(row->day_count[VERDICT_COMPLIED], 0);
    scene_end(&s);
    scene_begin(&s, "provision pull: south must begin withdrawal by 2025-03-10.\n");
    covered_term(&s);
    scene_report(&s, (struct scene_report){"withdrawal_begun", "w", "2025-03-05T10:00:00", "south",
                                           "in", GRADE_SEEN, NULL});
    row = scene_row(&s, ALL_TERM, "pull/south");
    assert_int_equal(row->verdict, VERDICT_COMPLIED);
    assert_int_equal(row->day_count[VERDICT_PENDING], 4);
    assert_int_equal(row->days[4], VERDICT_COMPLIED);
    scene_end(&s);
}

static void pending_before_the_deadline(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, BEGIN_IN_TWO_DAYS);
    covered_term(&s);
    const struct verdict_row *row = scene_row(&s, "2025-03-01T12:00:00", "begin/south");
    assert_row(row, VERDICT_PENDING, REASON_AHEAD);
    assert_int_equal(row->next_deadline, scene_time("2025-03-03T00:00:00"));
    assert_false(row->final);
    scene_end(&s);
}

static void pending_prohibition_ahead(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, NORTH_MUST_NOT_FIRE);
    covered_term(&s);
    const struct verdict_row *row = scene_row(&s, "2025-03-10T23:59:59", "quiet/all");
    assert_row(row, VERDICT_PENDING, REASON_AHEAD);
    assert_int_equal(row->day_count[VERDICT_COMPLIED], 10);
    assert_int_equal(row->day_count[VERDICT_PENDING], 20);
    scene_end(&s);
}

#define ANSWER                                                                                     \
    "provision answer: north must give notice within 24 hours after south has exercised.\n"

static void waiting_for_a_trigger(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, ANSWER);
    covered_term(&s);
    assert_row(scene_row(&s, ALL_TERM, "answer/north"), VERDICT_WAITING, 0);
    scene_end(&s);
}

/* A filed act exists only if recorded: no coverage is needed to miss it. */
static void overdue_after_a_trigger(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, ANSWER);
    covered_term(&s);
    scene_report(&s, (struct scene_report){"exercise", "x", "2025-03-05T10:00:00", "south", "",
                                           GRADE_SEEN, NULL});
    scene_report(&s, (struct scene_report){"exercise", "y", "2025-03-15T10:00:00", "south", "",
                                           GRADE_SEEN, NULL});
    scene_report(&s, (struct scene_report){"notice", "n", "2025-03-15T20:00:00", "north", "",
                                           GRADE_SEEN, NULL});
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "answer/north");
    assert_row(row, VERDICT_OVERDUE, 0);
    assert_int_equal(row->certain, 1);
    assert_int_equal(row->n_instances, 2);
    assert_int_equal(row->level, 3);
    assert_int_equal(row->instances[0].verdict, VERDICT_OVERDUE);
    assert_int_equal(row->instances[1].verdict, VERDICT_COMPLIED);
    scene_end(&s);
}

static void not_in_force(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision early: until 2025-03-10, north must not fire.\n");
    covered_term(&s);
    scene_report(&s, (struct scene_report){"fire", "e", "2025-03-12T10:00:00", "north", "in",
                                           GRADE_SEEN, NULL});
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "early/north");
    assert_row(row, VERDICT_COMPLIED, 0);
    assert_int_equal(row->day_count[VERDICT_COMPLIED], 9);
    assert_int_equal(row->day_count[VERDICT_NOT_IN_FORCE], 21);
    struct verdict_options options = {scene_time("2025-03-10T00:00:00"), INSTANT_MAX,
                                      scene_time(ALL_TERM), INSTANT_MAX};
    verdict_free(&s.verdicts);
    assert_int_equal(verdict_run(s.g, &s.facts, &options, &s.diags, &s.verdicts), STATUS_OK);
    assert_row(&s.verdicts.rows[0], VERDICT_NOT_IN_FORCE, 0);
    scene_end(&s);
}

/* A period that ends before it begins is refused; the command says so earlier. */
static void empty_period(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, NORTH_MUST_NOT_FIRE);
    struct verdict_options options = {scene_time("2025-03-09T00:00:00"),
                                      scene_time("2025-03-02T00:00:00"), scene_time(ALL_TERM),
                                      INSTANT_MAX};
    assert_int_equal(verdict_run(s.g, &s.facts, &options, &s.diags, &s.verdicts), STATUS_INPUT);
    assert_string_equal(s.diags.items[0].code, "empty-period");
    assert_str(s.diags.items[0].what, "the period ends before it begins");
    scene_end(&s);
}

static void status_and_stays(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision calm: north must be neutral.\n"
                    "provision clear: south must keep its weapons out of belt.\n");
    covered_term(&s);
    scene_report(&s,
                 (struct scene_report){"neutrality", "n", "2025-03-01T00:00:00/2025-03-20T23:59:59",
                                       "north", "", GRADE_SEEN, NULL});
    scene_report(&s, (struct scene_report){"weapon", "w", "2025-03-04T10:00:00/2025-03-06T10:00:00",
                                           "south", "in", GRADE_SEEN, NULL});
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "calm/north");
    assert_row(row, VERDICT_OVERDUE, 0);
    assert_int_equal(row->day_count[VERDICT_OVERDUE], 10);
    assert_int_equal(row->level, 0);
    row = scene_row(&s, ALL_TERM, "clear/south");
    assert_row(row, VERDICT_VIOLATED, 0);
    assert_int_equal(row->certain, 1);
    assert_int_equal(row->day_count[VERDICT_VIOLATED], 3);
    scene_end(&s);
}

/* The chain names the report and what was not observed. */
static void why_reaches_the_report(void **state)
{
    struct scene s;
    struct why why;
    bool report = false, absence = false, clause = false;
    (void)state;
    scene_begin(&s, NORTH_MUST_NOT_FIRE BEGIN_IN_TWO_DAYS);
    covered_term(&s);
    scene_report(&s, (struct scene_report){"fire", "e", "2025-03-02T10:00:00", "north", "in",
                                           GRADE_SEEN, NULL});
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "quiet/north");
    assert_int_equal(verdict_why(&s.verdicts, row, SIZE_MAX, 5, &s.arena, &why), STATUS_OK);
    for (size_t i = 0; i < why.n; i++) {
        clause |= why.steps[i].kind == WHY_CLAUSE;
        report |= why.steps[i].kind == WHY_REPORT && why.steps[i].report == 0;
    }
    row = scene_row(&s, ALL_TERM, "begin/south");
    assert_int_equal(verdict_why(&s.verdicts, row, SIZE_MAX, 5, &s.arena, &why), STATUS_OK);
    for (size_t i = 0; i < why.n; i++) absence |= why.steps[i].kind == WHY_ABSENCE;
    assert_true(clause && report && absence);
    scene_end(&s);
}

static void periods_cut(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, NORTH_MUST_NOT_FIRE);
    covered_term(&s);
    scene_report(&s, (struct scene_report){"fire", "e", "2025-03-02T10:00:00", "north", "in",
                                           GRADE_SEEN, NULL});
    assert_int_equal(facts_seal(&s.facts), STATUS_OK);
    struct verdict_options options = {scene_time("2025-03-03T00:00:00"),
                                      scene_time("2025-03-09T23:59:59"), scene_time(ALL_TERM),
                                      INSTANT_MAX};
    assert_int_equal(verdict_run(s.g, &s.facts, &options, &s.diags, &s.verdicts), STATUS_OK);
    s.judged = true;
    assert_int_equal(s.verdicts.rows[0].verdict, VERDICT_COMPLIED);
    assert_int_equal(s.verdicts.rows[0].n_days, 7);
    struct verdicts none;
    options.from = options.to + 1;
    assert_int_equal(verdict_run(s.g, &s.facts, &options, &s.diags, &none), STATUS_INPUT);
    verdict_free(&none);
    scene_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(violated_by_a_sure_event),
        cmocka_unit_test(two_candidates),
        cmocka_unit_test(attributed_by_a_finding),
        cmocka_unit_test(excused_by_a_ruling),
        cmocka_unit_test(nothing_follows_an_excused_violation),
        cmocka_unit_test(attributed_by_whom_the_text_names),
        cmocka_unit_test(possibly_violated_says_why),
        cmocka_unit_test(disputed_reports),
        cmocka_unit_test(unverified_without_coverage),
        cmocka_unit_test(complied_under_coverage),
        cmocka_unit_test(excused_by_unless),
        cmocka_unit_test(overdue_under_coverage),
        cmocka_unit_test(unverified_duty),
        cmocka_unit_test(open_until_performed),
        cmocka_unit_test(pending_before_the_deadline),
        cmocka_unit_test(pending_prohibition_ahead),
        cmocka_unit_test(waiting_for_a_trigger),
        cmocka_unit_test(overdue_after_a_trigger),
        cmocka_unit_test(not_in_force),
        cmocka_unit_test(empty_period),
        cmocka_unit_test(status_and_stays),
        cmocka_unit_test(why_reaches_the_report),
        cmocka_unit_test(periods_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
