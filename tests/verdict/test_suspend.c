/* The right to suspend by notice: when it arises, for how long, and what moves by it. */
#include "scene.h"

#define QUIET "provision ceasefire: each of north and south must not fire.\n"
#define KEEP                                                                                       \
    "provision pullback: from the end of day 14, each party must keep its weapons out of belt.\n"
#define RIGHT(what, covered)                                                                       \
    "provision right: if ceasefire is violated 3 times in any 48 hours by one party, then the "    \
    "other party may suspend " what " by notice until 48 hours" covered " pass without "           \
    "violation; " what " then resumes with its unexpired time.\n"
#define COVERED ", all of them covered,"

static void see(struct scene *s, const char *kind, const char *id, const char *when,
                const char *who)
{
    scene_report(s, (struct scene_report){kind, id, when, who, "in", GRADE_SEEN, NULL});
}

/* Three shots of north within 23 hours, on 5 and 6 March. */
static void three_shots(struct scene *s)
{
    see(s, "fire", "a", "2025-03-05T10:00:00", "north");
    see(s, "fire", "b", "2025-03-05T12:00:00", "north");
    see(s, "fire", "c", "2025-03-06T09:00:00", "north");
}

static void begin(struct scene *s, const char *text)
{
    scene_begin(s, text);
    scene_cover(s, "2025-01-01T00:00:00", "2026-04-01T00:00:00");
}

/* The frame of the pullback opens at the first second of `opens` and not before: weapons that stay up to
 * the second before are no violation, those of that second are. */
static void assert_opens(struct scene *s, const char *before, const char *opens)
{
    char stay[64];
    snprintf(stay, sizeof stay, "2025-03-02T00:00:00/%s", before);
    see(s, "weapon", "w", stay, "south");
    snprintf(stay, sizeof stay, "2025-03-02T00:00:00/%s", opens);
    see(s, "weapon", "v", stay, "north");
    const struct verdict_row *row = scene_row(s, "2025-03-31T00:00:00", "pullback/south");
    assert_string_equal(verdict_word(row->verdict), "complied");
    row = scene_row(s, "2025-03-31T00:00:00", "pullback/north");
    assert_string_equal(verdict_word(row->verdict), "violated");
    assert_int_equal(row->certain, 1);
    assert_int_equal(row->instances[0].from, scene_time(opens));
}

/* From the receipt of the notice for 48 hours, for both; the frame opens two days later. */
static void suspended_by_notice(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, QUIET KEEP RIGHT("pullback", COVERED));
    three_shots(&s);
    see(&s, "notice", "n", "2025-03-06T12:00:00", "south");
    assert_opens(&s, "2025-03-16T23:59:59", "2025-03-17T00:00:00");
    const struct verdict_row *row = scene_row(&s, "2025-03-31T00:00:00", "pullback/south");
    assert_int_equal(row->day_count[VERDICT_NOT_IN_FORCE], 16);
    assert_null(verdict_find(&s.verdicts, STR("right/all"))); /* nobody can violate a right */
    scene_end(&s);
}

/* Suspended while it is in force already: no violation meanwhile, and the frame stays where it was. */
static void suspended_later(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, QUIET KEEP RIGHT("pullback", COVERED));
    see(&s, "fire", "a", "2025-03-18T10:00:00", "north");
    see(&s, "fire", "b", "2025-03-18T12:00:00", "north");
    see(&s, "fire", "c", "2025-03-19T09:00:00", "north");
    see(&s, "notice", "n", "2025-03-19T12:00:00", "south");
    see(&s, "weapon", "w", "2025-03-19T12:00:00/2025-03-21T11:59:59", "south");
    see(&s, "weapon", "v", "2025-03-19T11:59:59/2025-03-19T12:00:01", "north");
    see(&s, "weapon", "u", "2025-03-21T11:59:59/2025-03-21T12:00:00", "north");
    const struct verdict_row *row = scene_row(&s, "2025-03-31T00:00:00", "pullback/south");
    assert_string_equal(verdict_word(row->verdict), "complied");
    assert_int_equal(row->day_count[VERDICT_NOT_IN_FORCE], 14 + 1); /* up to the 14th; the 20th */
    row = scene_row(&s, "2025-03-31T00:00:00", "pullback/north");
    assert_int_equal(row->certain, 2); /* the second before, and the second after */
    scene_end(&s);
}

/* Without the right, and after it was used, a notice has no effect. */
static void no_right(void **state)
{
    static const struct {
        const char *when, *who;
    } notices[] = {{"2025-03-06T12:00:00", "north"},  /* who violated */
                   {"2025-03-06T08:59:59", "south"},  /* two only */
                   {"2025-03-06T09:00:00", "south"}}; /* in the same second: not behind it */
    struct scene s;
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        begin(&s, QUIET KEEP RIGHT("pullback", COVERED));
        three_shots(&s);
        see(&s, "notice", "n", notices[i].when, notices[i].who);
        assert_opens(&s, "2025-03-14T23:59:59", "2025-03-15T00:00:00");
        scene_end(&s);
    }
    begin(&s, QUIET KEEP RIGHT("pullback", COVERED)); /* three, but in more than 48 hours */
    see(&s, "fire", "a", "2025-03-04T09:00:00", "north");
    see(&s, "fire", "b", "2025-03-05T12:00:00", "north");
    see(&s, "fire", "c", "2025-03-06T09:00:00", "north");
    see(&s, "notice", "n", "2025-03-06T12:00:00", "south");
    assert_opens(&s, "2025-03-14T23:59:59", "2025-03-15T00:00:00");
    scene_end(&s);
    begin(&s, QUIET KEEP RIGHT("pullback", COVERED)); /* two of one and one of the other */
    see(&s, "fire", "a", "2025-03-05T10:00:00", "north");
    see(&s, "fire", "b", "2025-03-05T12:00:00", "south");
    see(&s, "fire", "c", "2025-03-06T09:00:00", "north");
    see(&s, "notice", "n", "2025-03-06T12:00:00", "south");
    assert_opens(&s, "2025-03-14T23:59:59", "2025-03-15T00:00:00");
    scene_end(&s);
    begin(&s, QUIET KEEP RIGHT("pullback", COVERED)); /* used up: the second adds nothing … */
    three_shots(&s);
    see(&s, "notice", "n", "2025-03-06T12:00:00", "south");
    see(&s, "notice", "m", "2025-03-07T12:00:00", "south");
    see(&s, "notice", "l", "2025-03-10T12:00:00", "south");
    assert_opens(&s, "2025-03-16T23:59:59", "2025-03-17T00:00:00");
    scene_end(&s);
}

/* What breaks the stretch: any violation, whoever did it, and what nobody saw. */
static void the_hours_begin_anew(void **state)
{
    static const char *const who[] = {"north", "south", "north|south"};
    struct scene s;
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        begin(&s, QUIET KEEP RIGHT("pullback", COVERED));
        three_shots(&s);
        see(&s, "notice", "n", "2025-03-06T12:00:00", "south");
        see(&s, "fire", "d", "2025-03-08T11:00:00", who[i]);
        /* up to 10 March, 10:59:59: three days and 23 hours */
        assert_opens(&s, "2025-03-18T22:59:59", "2025-03-18T23:00:00");
        scene_end(&s);
    }
    begin(&s, QUIET KEEP RIGHT("pullback", COVERED)); /* the last second of the stretch is within */
    three_shots(&s);
    see(&s, "notice", "n", "2025-03-06T12:00:00", "south");
    see(&s, "fire", "d", "2025-03-08T12:00:00", "south");
    assert_opens(&s, "2025-03-18T23:59:59", "2025-03-19T00:00:00");
    scene_end(&s);
    begin(&s, QUIET KEEP RIGHT("pullback", COVERED)); /* a second later it is over */
    three_shots(&s);
    see(&s, "notice", "n", "2025-03-06T12:00:00", "south");
    see(&s, "fire", "d", "2025-03-08T12:00:01", "south");
    assert_opens(&s, "2025-03-16T23:59:59", "2025-03-17T00:00:00");
    scene_end(&s);
    scene_begin(&s, QUIET KEEP RIGHT("pullback", COVERED));
    scene_cover(&s, "2025-01-01T00:00:00", "2025-03-07T00:00:00");
    scene_cover(&s, "2025-03-07T06:00:00", "2026-04-01T00:00:00");
    three_shots(&s);
    see(&s, "notice", "n", "2025-03-06T12:00:00", "south");
    /* up to 9 March, 05:59:58: the last that nobody saw is 7 March, 05:59:59 */
    assert_opens(&s, "2025-03-17T17:59:58", "2025-03-17T17:59:59");
    scene_end(&s);
}

/* Without "all of them covered", what nobody saw may have broken the stretch: it may have gone on. */
static void not_all_covered(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, QUIET KEEP RIGHT("pullback", ""));
    scene_cover(&s, "2025-01-01T00:00:00", "2025-03-07T00:00:00");
    scene_cover(&s, "2025-03-07T06:00:00", "2026-04-01T00:00:00");
    three_shots(&s);
    see(&s, "notice", "n", "2025-03-06T12:00:00", "south");
    see(&s, "weapon", "w", "2025-03-10T00:00:00/2025-03-17T10:00:00", "south");
    const struct verdict_row *row = scene_row(&s, "2025-03-31T00:00:00", "pullback/south");
    assert_string_equal(verdict_word(row->verdict), "unverified");
    scene_end(&s);
}

/* The third shot is only alleged, or its author open: the suspension is only possible. */
static void only_possible(void **state)
{
    struct scene s;
    (void)state;
    for (int open = 0; open < 2; open++) {
        begin(&s, QUIET KEEP RIGHT("pullback", COVERED));
        see(&s, "fire", "a", "2025-03-05T10:00:00", "north");
        see(&s, "fire", "b", "2025-03-05T12:00:00", "north");
        scene_report(&s, (struct scene_report){"fire", "c", "2025-03-06T09:00:00",
                                               open ? "north|south" : "north", "in",
                                               open ? GRADE_SEEN : GRADE_ALLEGED, NULL});
        see(&s, "notice", "n", "2025-03-06T12:00:00", "south");
        see(&s, "weapon", "w", "2025-03-10T00:00:00/2025-03-16T00:00:00", "south");
        const struct verdict_row *row = scene_row(&s, "2025-03-31T00:00:00", "pullback/south");
        assert_string_equal(verdict_word(row->verdict), "possibly violated");
        scene_end(&s);
    }
    /* Spans that leave no doubt: all three fall within 48 hours, and the notice behind them. */
    begin(&s, QUIET KEEP RIGHT("pullback", COVERED));
    see(&s, "fire", "a", "2025-03-05T10:00:00/2025-03-05T11:00:00", "north");
    see(&s, "fire", "b", "2025-03-05T10:00:00/2025-03-05T12:00:00", "north");
    see(&s, "fire", "c", "2025-03-06T08:00:00/2025-03-06T09:00:00", "north");
    see(&s, "notice", "n", "2025-03-06T12:00:00", "south");
    assert_opens(&s, "2025-03-16T23:59:59", "2025-03-17T00:00:00");
    scene_end(&s);
}

/* A deadline moves by the time suspended. */
static void the_deadline_moves(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, QUIET "provision leave: south must begin withdrawal by the end of day 14.\n" RIGHT(
                  "leave", COVERED));
    three_shots(&s);
    see(&s, "notice", "n", "2025-03-06T12:00:00", "south");
    see(&s, "withdrawal_begun", "w", "2025-03-16T23:59:59", "south");
    const struct verdict_row *row = scene_row(&s, "2025-03-31T00:00:00", "leave/south");
    assert_string_equal(verdict_word(row->verdict), "complied");
    assert_int_equal(row->instances[0].to, scene_time("2025-03-16T23:59:59"));
    row = scene_row(&s, "2025-03-15T12:00:00", "leave/south");
    assert_string_equal(verdict_word(row->verdict), "pending");
    scene_end(&s);
}

/* It counts from its receipt: given in time and received too late to be behind the violations, or the
 * other way round. */
static void from_its_receipt(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, QUIET KEEP RIGHT("pullback", COVERED));
    three_shots(&s);
    uint32_t south = agreement_actor(s.g, STR("south"));
    struct str source = STR("mission");
    struct value values[1] = {VALUE_UNKNOWN};
    instant given = scene_time("2025-03-06T08:00:00");
    struct report_in in = {.id = STR("n"),
                           .kind = agreement_kind(s.g, STR("notice")),
                           .says = {.start_lo = given,
                                    .start_hi = given,
                                    .end_lo = given,
                                    .end_hi = given,
                                    .place = {FACTS_NONE, FACTS_NONE, FACTS_NONE},
                                    .actors = &south,
                                    .n_actors = 1,
                                    .values = values,
                                    .n_values = 1},
                           .grade = GRADE_SEEN,
                           .sources = &source,
                           .n_sources = 1,
                           .recorded = scene_time("2025-03-07T00:00:00")};
    assert_int_equal(facts_add(&s.facts, &in, NULL), STATUS_OK);
    assert_opens(&s, "2025-03-16T23:59:59", "2025-03-17T00:00:00");
    const struct verdict_row *row = scene_row(&s, "2025-03-31T00:00:00", "pullback/south");
    struct why w;
    assert_int_equal(verdict_why(&s.verdicts, row, SIZE_MAX, 4, &s.arena, &w), STATUS_OK);
    bool told = false;
    for (size_t i = 0; i < w.n; i++)
        told |= strstr(w.steps[i].text.p, "received at 2025-03-07T00:00:00Z, began") != NULL;
    assert_true(told);
    scene_end(&s);
}

static bool says(const struct why *w, const char *text)
{
    for (size_t i = 0; i < w->n; i++)
        if (strstr(w->steps[i].text.p, text)) return true;
    return false;
}

/* The chain tells which notice began a suspension, and which has no effect. */
static void why_tells_of_notices(void **state)
{
    struct scene s;
    struct why w;
    (void)state;
    begin(&s, QUIET KEEP RIGHT("pullback", COVERED));
    three_shots(&s);
    see(&s, "notice", "early", "2025-03-06T08:00:00", "south");
    see(&s, "notice", "good", "2025-03-06T12:00:00", "south");
    see(&s, "weapon", "w", "2025-03-10T00:00:00/2025-03-18T00:00:00", "south");
    const struct verdict_row *row = scene_row(&s, "2025-03-31T00:00:00", "pullback/south");
    assert_int_equal(verdict_why(&s.verdicts, row, SIZE_MAX, 4, &s.arena, &w), STATUS_OK);
    assert_true(says(&w,
                     "early, received at 2025-03-06T08:00:00Z, has no effect: the right to give "
                     "it had not arisen"));
    assert_true(says(&w, "good, received at 2025-03-06T12:00:00Z, began a suspension"));
    scene_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suspended_by_notice),
        cmocka_unit_test(suspended_later),
        cmocka_unit_test(no_right),
        cmocka_unit_test(the_hours_begin_anew),
        cmocka_unit_test(not_all_covered),
        cmocka_unit_test(only_possible),
        cmocka_unit_test(from_its_receipt),
        cmocka_unit_test(the_deadline_moves),
        cmocka_unit_test(why_tells_of_notices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
