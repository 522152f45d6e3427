/* Schedules and movements in step: what is done is counted against what a baseline demands. */
#include "scene.h"

#define KINDS                                                                                      \
    "event withdrawal (by party), verb withdraw, withdraws, withdrawn, withdrawing.\n"             \
    "event arrival (by party), verb arrive.\n"                                                     \
    "event release (by party, through body), verb release, releases, released, releasing.\n"       \
    "filed event listing (by party).\n"                                                            \
    "filed event inventory (by party, pieces count).\n"                                            \
    "event survey (of party, by body, pieces count).\n"                                            \
    "body icrc.\n"                                                                                 \
    "stock units, verified by survey with pieces.\n"                                               \
    "stock guns, declared by inventory with pieces.\n"                                             \
    "stock detainees, listed by listing.\n"                                                        \
    "north declares 4 units. south declares 4 to 5 units.\n"

#define STEPS                                                                                      \
    KINDS "provision pullback: each party must withdraw:\n"                                        \
          "  – half of its declared units by the end of day 3, rounded up\n"                     \
          "  – all by the end of day 6.\n"

#define END "2025-03-31T12:00:00"

static void covered(struct scene *s)
{
    scene_cover(s, "2025-01-01T00:00:00", "2025-04-01T00:00:00");
}

static void see(struct scene *s, const char *kind, const char *id, const char *when,
                const char *who)
{
    scene_report(s, (struct scene_report){kind, id, when, who, "in", GRADE_SEEN, NULL});
}

static void withdraw(struct scene *s, int n, const char *when, const char *who)
{
    for (int i = 0; i < n; i++) {
        char id[64];
        snprintf(id, sizeof id, "%s-%s-%d", who, when, i);
        see(s, "withdrawal", id, when, who);
    }
}

static const struct verdict_row *expect_row(struct scene *s, const char *at, const char *id,
                                            enum verdict v)
{
    const struct verdict_row *row = scene_row(s, at, id);
    if (row->verdict != v)
        fail_msg("%s is %s, expected %s (%.*s)", id, verdict_word(row->verdict), verdict_word(v),
                 STR_ARG(row->level_rule));
    return row;
}

static void expect_steps(const struct verdict_row *row, enum verdict first, enum verdict second)
{
    assert_int_equal(row->n_instances, 2);
    assert_int_equal(row->instances[0].verdict, first);
    assert_int_equal(row->instances[1].verdict, second);
    assert_int_equal(row->instances[0].step, 0);
    assert_int_equal(row->instances[1].step, 1);
}

static void kept(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, STEPS);
    covered(&s);
    withdraw(&s, 2, "2025-03-03T23:59:59", "north");
    withdraw(&s, 2, "2025-03-06T10:00:00", "north");
    const struct verdict_row *row = expect_row(&s, END, "pullback/north", VERDICT_COMPLIED);
    expect_steps(row, VERDICT_COMPLIED, VERDICT_COMPLIED);
    assert_int_equal(row->level, 3);
    assert_int_equal(row->certain, 0);
    expect_row(&s, END, "pullback/all", VERDICT_OVERDUE); /* south did nothing */
    assert_int_equal(scene_row(&s, END, "pullback/south")->level, 0);
    scene_end(&s);
}

/* Each missed step is one episode, from its deadline to when it is made up for. */
static void late(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, STEPS);
    covered(&s);
    withdraw(&s, 1, "2025-03-02T10:00:00", "north");
    withdraw(&s, 1, "2025-03-05T10:00:00", "north");
    withdraw(&s, 1, "2025-03-06T10:00:00", "north");
    withdraw(&s, 1, "2025-03-08T10:00:00", "north");
    const struct verdict_row *row = expect_row(&s, END, "pullback/north", VERDICT_OVERDUE);
    expect_steps(row, VERDICT_OVERDUE, VERDICT_OVERDUE);
    assert_int_equal(row->certain, 2);
    assert_int_equal(row->level, 3);
    assert_int_equal(row->days[2], VERDICT_OVERDUE);  /* day 3: its last second */
    assert_int_equal(row->days[4], VERDICT_OVERDUE);  /* day 5, up to 10:00 */
    assert_int_equal(row->days[7], VERDICT_OVERDUE);  /* day 8, up to 10:00 */
    assert_int_equal(row->days[8], VERDICT_COMPLIED); /* day 9 */
    scene_end(&s);
}

static void pending_before(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, STEPS);
    covered(&s);
    withdraw(&s, 2, "2025-03-02T10:00:00", "north");
    const struct verdict_row *row =
        expect_row(&s, "2025-03-04T12:00:00", "pullback/north", VERDICT_PENDING);
    expect_steps(row, VERDICT_COMPLIED, VERDICT_PENDING);
    assert_int_equal(row->level, 2);
    assert_int_equal(row->next_deadline, scene_time("2025-03-06T23:59:59"));
    scene_end(&s);
}

/* Without coverage nobody can say that less was done; with half of it certain the first step stands. */
static void unverified_without_coverage(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, STEPS);
    withdraw(&s, 2, "2025-03-02T10:00:00", "north");
    const struct verdict_row *row = expect_row(&s, END, "pullback/north", VERDICT_UNVERIFIED);
    expect_steps(row, VERDICT_COMPLIED, VERDICT_UNVERIFIED);
    scene_end(&s);
}

/* Reports that do not meet the evidence rule count possibly. */
static void possibly(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, STEPS);
    covered(&s);
    withdraw(&s, 3, "2025-03-02T10:00:00", "north");
    scene_report(&s, (struct scene_report){"withdrawal", "x", "2025-03-04T10:00:00", "north", "in",
                                           GRADE_ALLEGED, NULL});
    const struct verdict_row *row =
        expect_row(&s, END, "pullback/north", VERDICT_POSSIBLY_VIOLATED);
    expect_steps(row, VERDICT_COMPLIED, VERDICT_POSSIBLY_VIOLATED);
    assert_true(row->reasons & REASON_UNCORROBORATED);
    assert_int_equal(row->level, 2);
    scene_end(&s);
}

/* Of 4 to 5 units 4 may be all or not; 2 are not half of 5 rounded up, but half of 4. */
static void doubtful_baseline(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, STEPS);
    covered(&s);
    withdraw(&s, 2, "2025-03-02T10:00:00", "south");
    withdraw(&s, 2, "2025-03-05T10:00:00", "south");
    const struct verdict_row *row =
        expect_row(&s, END, "pullback/south", VERDICT_POSSIBLY_VIOLATED);
    expect_steps(row, VERDICT_POSSIBLY_VIOLATED, VERDICT_POSSIBLY_VIOLATED);
    assert_true(row->reasons & REASON_DETAIL);
    scene_end(&s);
}

static void rounded_down_and_counts(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, KINDS "provision down: north must have withdrawn its declared units:\n"
                          " – 30 % by day 3, rounded down – 3 units by day 4.\n");
    covered(&s);
    withdraw(&s, 1, "2025-03-02T10:00:00", "north"); /* 1.2 of 4, rounded down */
    withdraw(&s, 1, "2025-03-04T10:00:00", "north");
    expect_steps(expect_row(&s, END, "down/north", VERDICT_OVERDUE), VERDICT_COMPLIED,
                 VERDICT_OVERDUE);
    scene_end(&s);
}

/* A share of a list: each entry is one.  Without a list nobody can say how many: unverified. */
static void lists(void **state)
{
    struct scene s;
    (void)state;
    const char *text = KINDS "provision free: each party must release all detainees on its list, "
                             "through icrc, by day 10.\n";
    scene_begin(&s, text);
    covered(&s);
    see(&s, "listing", "a", "2025-03-01T10:00:00", "north");
    see(&s, "listing", "b", "2025-03-01T10:00:00", "north");
    see(&s, "listing", "late", "2025-03-12T10:00:00", "north"); /* not by the deadline */
    see(&s, "release", "a", "2025-03-05T10:00:00", "north");
    see(&s, "release", "b", "2025-03-12T10:00:00", "north");
    expect_row(&s, END, "free/south", VERDICT_UNVERIFIED);
    const struct verdict_row *row = scene_row(&s, END, "free/north");
    /* nobody said through whom the releases went */
    assert_int_equal(row->verdict, VERDICT_OVERDUE);
    assert_int_equal(row->n_instances, 1);
    scene_end(&s);
}

/* Inventories add up; an unknown amount leaves open how many. */
static void inventories(void **state)
{
    struct scene s;
    (void)state;
    const char *text =
        KINDS "provision guns_out: each party must have withdrawn all guns by day 5.\n";
    scene_begin(&s, text);
    covered(&s);
    scene_amount(&s,
                 (struct scene_report){"inventory", "1", "2025-03-01T10:00:00", "north", "",
                                       GRADE_SEEN, NULL},
                 2, 2);
    scene_amount(&s,
                 (struct scene_report){"inventory", "2", "2025-03-02T10:00:00", "north", "",
                                       GRADE_SEEN, NULL},
                 1, 2);
    withdraw(&s, 3, "2025-03-02T10:00:00", "north");
    expect_row(&s, END, "guns_out/north", VERDICT_POSSIBLY_VIOLATED);
    expect_row(&s, END, "guns_out/south", VERDICT_UNVERIFIED);
    scene_end(&s);
    scene_begin(&s, text);
    covered(&s);
    scene_amount(&s,
                 (struct scene_report){"inventory", "1", "2025-03-01T10:00:00", "north", "",
                                       GRADE_SEEN, NULL},
                 4, 4);
    withdraw(&s, 3, "2025-03-02T10:00:00", "north");
    expect_row(&s, END, "guns_out/north", VERDICT_OVERDUE);
    scene_end(&s);
}

#define IN_STEP                                                                                    \
    KINDS "process coming is each arrival by north, out of 4.\n"                                   \
          "process going is each withdrawal by south, out of 2.\n"

static void in_step(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, IN_STEP "provision abreast: coming and going must proceed in step at most 50 "
                            "percent apart.\n");
    covered(&s);
    see(&s, "arrival", "1", "2025-03-02T10:00:00", "north");
    see(&s, "arrival", "2", "2025-03-03T10:00:00", "north"); /* 50 % against 0: still in step */
    see(&s, "arrival", "3", "2025-03-05T10:00:00", "north"); /* 75 % */
    see(&s, "withdrawal", "1", "2025-03-07T10:00:00", "south");
    const struct verdict_row *row = expect_row(&s, END, "abreast/all", VERDICT_VIOLATED);
    assert_int_equal(row->n_instances, 1);
    assert_int_equal(row->instances[0].from, scene_time("2025-03-05T10:00:00"));
    assert_int_equal(row->instances[0].to, scene_time("2025-03-07T09:59:59"));
    assert_int_equal(row->day_count[VERDICT_VIOLATED], 3);
    assert_int_equal(s.verdicts.n_rows, 1);
    scene_end(&s);
}

/* No measure: nothing can be verified, and that is the verdict. */
static void in_step_without_measure(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, IN_STEP "provision abreast: coming and going must proceed in step.\n");
    covered(&s);
    see(&s, "arrival", "1", "2025-03-02T10:00:00", "north");
    const struct verdict_row *row = expect_row(&s, END, "abreast/all", VERDICT_UNVERIFIED);
    assert_int_equal(row->day_count[VERDICT_UNVERIFIED], 30);
    assert_true(row->reasons & REASON_MEASURE);
    scene_end(&s);
}

#define SITE                                                                                       \
    KINDS "event inspection (by party, present count, access yes or no), in a zone.\n"             \
          "site depot, in belt, of north, holding 3 guns as declared and 2 as verified, checked "  \
          "by inspection with present.\n"                                                          \
          "site shed, in belt, of south, holding 3 guns, checked by inspection with present.\n"

static void inspect(struct scene *s, const char *id, const char *when, const char *who, int64_t lo,
                    int64_t hi)
{
    scene_amount(s, (struct scene_report){"inspection", id, when, who, "in", GRADE_SEEN, NULL}, lo,
                 hi);
}

/* Missing is a violation; without access nothing is known, and nothing is violated. */
static void sites(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, SITE "provision stored: each party must keep its declared guns in its sites.\n"
                         "provision checked: north must keep its verified guns in depot.\n");
    covered(&s);
    inspect(&s, "full", "2025-03-02T10:00:00", "north", 3, 3);
    inspect(&s, "missing", "2025-03-03T10:00:00", "north", 2, 2);
    inspect(&s, "shut", "2025-03-04T10:00:00", "south", 1, 0);
    const struct verdict_row *row = expect_row(&s, END, "stored/north", VERDICT_VIOLATED);
    assert_int_equal(row->certain, 1);
    assert_int_equal(row->instances[0].from, scene_time("2025-03-03T10:00:00"));
    row = expect_row(&s, END, "stored/south", VERDICT_UNVERIFIED);
    assert_int_equal(row->day_count[VERDICT_UNVERIFIED], 1);
    expect_row(&s, END, "checked/north", VERDICT_COMPLIED);
    row = expect_row(&s, END, "stored/all", VERDICT_VIOLATED);
    assert_int_equal(row->day_count[VERDICT_UNVERIFIED], 1);
    assert_int_equal(row->certain, 1);
    scene_end(&s);
}

/* How many were present is not known for certain. */
static void doubtful_check(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, SITE "provision stored: south must keep its declared guns in shed.\n");
    covered(&s);
    inspect(&s, "about", "2025-03-02T10:00:00", "south", 2, 3);
    expect_row(&s, END, "stored/south", VERDICT_POSSIBLY_VIOLATED);
    scene_end(&s);
}

/* One word, one zone for each of those bound. */
static void zones_for_each(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "zone strip is:\n – area \"A\" for north\n – area \"B\" for south.\n"
                    "provision back: each party must keep its weapons out of strip.\n");
    covered(&s);
    see(&s, "weapon", "w", "2025-03-02T10:00:00/2025-03-02T12:00:00", "north");
    const struct verdict_row *row = expect_row(&s, END, "back/north", VERDICT_VIOLATED);
    assert_string_equal(str_dup(&s.arena, s.g->zones[row->zone].name).p, "strip_for_north");
    row = scene_row(&s, END, "back/all");
    assert_string_equal(str_dup(&s.arena, s.g->zones[row->zone].name).p, "strip");
    scene_end(&s);
}

/* All for all, each by its own list, by a day that stands first. */
static void exchange(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s,
                KINDS "provision swap: by day 10, north and south must release all detainees on "
                      "the lists.\n");
    covered(&s);
    see(&s, "listing", "n", "2025-03-01T10:00:00", "north");
    see(&s, "listing", "s", "2025-03-01T10:00:00", "south");
    see(&s, "release", "n", "2025-03-10T10:00:00", "north");
    expect_row(&s, END, "swap/north", VERDICT_COMPLIED);
    expect_row(&s, END, "swap/south", VERDICT_OVERDUE);
    expect_row(&s, END, "swap/all", VERDICT_OVERDUE);
    scene_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(kept),
                                       cmocka_unit_test(late),
                                       cmocka_unit_test(pending_before),
                                       cmocka_unit_test(unverified_without_coverage),
                                       cmocka_unit_test(possibly),
                                       cmocka_unit_test(doubtful_baseline),
                                       cmocka_unit_test(rounded_down_and_counts),
                                       cmocka_unit_test(lists),
                                       cmocka_unit_test(inventories),
                                       cmocka_unit_test(in_step),
                                       cmocka_unit_test(in_step_without_measure),
                                       cmocka_unit_test(sites),
                                       cmocka_unit_test(doubtful_check),
                                       cmocka_unit_test(zones_for_each),
                                       cmocka_unit_test(exchange)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
