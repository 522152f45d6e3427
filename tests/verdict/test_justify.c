/* Row 9: claimed, shown in time and accepted excuses; a claim alone changes nothing but what is said. */
#include "scene.h"

#define AT "2025-03-20T00:00:00"

static void see(struct scene *s, const char *kind, const char *id, const char *when,
                const char *who)
{
    scene_report(s, (struct scene_report){kind, id, when, who, "in", GRADE_SEEN, NULL});
}

static void begin(struct scene *s, const char *text)
{
    scene_begin(s, text);
    scene_cover(s, "2025-01-01T00:00:00", "2026-04-01T00:00:00");
}

static void assert_row(struct scene *s, const char *at, const char *id, enum verdict v,
                       uint32_t reasons)
{
    const struct verdict_row *row = scene_row(s, at, id);
    if (row->verdict != v || row->reasons != reasons)
        fail_msg("%s at %s is %s (reasons %x), expected %s (%x)", id, at,
                 verdict_word(row->verdict), row->reasons, verdict_word(v), reasons);
}

#define QUIET                                                                                      \
    "ground mines \"mines on the road\".\n"                                                        \
    "provision quiet: each of north and south must not fire.\n"                                    \
    "provision plea: each party may justify quiet by mines, shown to mission within 24 hours.\n"

static void excused_when_accepted(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, QUIET);
    see(&s, "fire", "f", "2025-03-05T10:00:00", "north");
    see(&s, "fire", "g", "2025-03-06T10:00:00", "south");
    scene_step(&s, "mines", "c1", "2025-03-05T11:00:00", "north", "claimed", "f");
    scene_step(&s, "mines", "c2", "2025-03-06T10:00:00", "north", "shown", "f");
    scene_step(&s, "mines", "c3", "2025-03-10T10:00:00", "mission", "accepted", "f");
    assert_row(&s, "2025-03-05T10:59:59", "quiet/north", VERDICT_VIOLATED, 0);
    assert_row(&s, "2025-03-05T11:00:00", "quiet/north", VERDICT_VIOLATED, REASON_CLAIMED);
    assert_row(&s, "2025-03-10T09:59:59", "quiet/north", VERDICT_VIOLATED, REASON_CLAIMED);
    assert_row(&s, "2025-03-30T23:59:59", "quiet/north", VERDICT_EXCUSED, 0);
    assert_row(&s, "2025-03-30T23:59:59", "quiet/south", VERDICT_VIOLATED, 0);
    assert_row(&s, "2025-03-30T23:59:59", "quiet/all", VERDICT_VIOLATED, 0);
    scene_end(&s);
}

static void not_excused(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, QUIET); /* shown a second too late */
    see(&s, "fire", "f", "2025-03-05T10:00:00", "north");
    scene_step(&s, "mines", "c1", "2025-03-05T11:00:00", "north", "claimed", "f");
    scene_step(&s, "mines", "c2", "2025-03-06T10:00:01", "north", "shown", "f");
    scene_step(&s, "mines", "c3", "2025-03-10T10:00:00", "mission", "accepted", "f");
    assert_row(&s, AT, "quiet/north", VERDICT_VIOLATED, 0);
    scene_end(&s);
    begin(&s, QUIET); /* rejected; then accepted after all; then rejected again */
    see(&s, "fire", "f", "2025-03-05T10:00:00", "north");
    scene_step(&s, "mines", "c1", "2025-03-05T11:00:00", "north", "claimed", "f");
    scene_step(&s, "mines", "c2", "2025-03-05T12:00:00", "north", "shown", "f");
    scene_step(&s, "mines", "c3", "2025-03-07T10:00:00", "mission", "rejected", "f");
    scene_step(&s, "mines", "c4", "2025-03-08T10:00:00", "mission", "accepted", "f");
    scene_step(&s, "mines", "c5", "2025-03-09T10:00:00", "mission", "rejected", "f");
    assert_row(&s, "2025-03-07T12:00:00", "quiet/north", VERDICT_VIOLATED, 0);
    const struct verdict_row *row = scene_row(&s, "2025-03-08T12:00:00", "quiet/north");
    assert_int_equal(row->instances[0].verdict, VERDICT_EXCUSED);
    assert_row(&s, "2025-03-30T23:59:59", "quiet/north", VERDICT_VIOLATED, 0);
    scene_end(&s);
    begin(&s, QUIET); /* accepted by another, claimed by another, about another */
    see(&s, "fire", "f", "2025-03-05T10:00:00", "north");
    scene_step(&s, "mines", "c1", "2025-03-05T11:00:00", "south", "claimed", "f");
    scene_step(&s, "mines", "c2", "2025-03-05T12:00:00", "north", "shown", "f");
    scene_step(&s, "mines", "c3", "2025-03-07T10:00:00", "mission", "accepted", "f");
    scene_step(&s, "mines", "c4", "2025-03-05T11:00:00", "north", "claimed", "g");
    assert_row(&s, "2025-03-30T23:59:59", "quiet/north", VERDICT_VIOLATED, 0);
    scene_end(&s);
    begin(&s, QUIET); /* the party itself cannot accept */
    see(&s, "fire", "f", "2025-03-05T10:00:00", "north");
    scene_step(&s, "mines", "c1", "2025-03-05T11:00:00", "north", "claimed", "f");
    scene_step(&s, "mines", "c2", "2025-03-05T12:00:00", "north", "shown", "f");
    scene_step(&s, "mines", "c3", "2025-03-07T10:00:00", "north", "accepted", "f");
    assert_row(&s, "2025-03-30T23:59:59", "quiet/north", VERDICT_VIOLATED, REASON_CLAIMED);
    scene_end(&s);
}

/* Which incident is meant is not said: it may be this one. */
static void unclear_reference(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, QUIET);
    see(&s, "fire", "f", "2025-03-05T10:00:00", "north");
    scene_step(&s, "mines", "c1", "2025-03-05T11:00:00", "north", "claimed", "?");
    scene_step(&s, "mines", "c2", "2025-03-05T12:00:00", "north", "shown", "f");
    scene_step(&s, "mines", "c3", "2025-03-07T10:00:00", "mission", "accepted", "f");
    const struct verdict_row *row = scene_row(&s, "2025-03-30T23:59:59", "quiet/north");
    assert_int_equal(row->verdict, VERDICT_POSSIBLY_VIOLATED);
    scene_end(&s);
}

/* A stay is excused from as long before its showing as that may take. */
static void stays(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, "ground mines.\n"
              "provision belt_clear: each of north and south must keep its weapons out of belt.\n"
              "provision plea: north may justify belt_clear by mines, shown to mission within 24 "
              "hours.\n");
    scene_report(&s, (struct scene_report){"weapon", "w", "2025-03-05T00:00:00/2025-03-08T00:00:00",
                                           "north", "in", GRADE_SEEN, NULL});
    scene_step(&s, "mines", "c1", "2025-03-06T12:00:00", "north", "claimed", "w");
    scene_step(&s, "mines", "c3", "2025-03-07T10:00:00", "mission", "accepted", "w");
    scene_step(&s, "mines", "c2", "2025-03-06T12:00:00", "north", "shown", "w");
    const struct verdict_row *row = scene_row(&s, "2025-03-30T23:59:59", "belt_clear/north");
    assert_int_equal(row->verdict, VERDICT_VIOLATED);
    assert_int_equal(row->instances[0].to, scene_time("2025-03-05T11:59:59"));
    scene_end(&s);
}

static void duties(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, "ground mines.\n"
              "provision leave: each of north and south must begin withdrawal by 2025-03-10.\n"
              "provision answer: south must give notice within 2 days after north has fired.\n"
              "provision plea: each party may justify leave by mines, shown to mission within 24 "
              "hours.\n"
              "provision plea2: south may justify answer by mines, shown to mission within 24 "
              "hours.\n");
    scene_step(&s, "mines", "c1", "2025-03-11T12:00:00", "north", "claimed", "leave");
    scene_step(&s, "mines", "c2", "2025-03-11T23:59:59", "north", "shown", "leave");
    scene_step(&s, "mines", "c3", "2025-03-12T00:00:01", "mission", "accepted", "leave");
    see(&s, "fire", "f", "2025-03-05T10:00:00", "north");
    scene_step(&s, "mines", "d1", "2025-03-07T12:00:00", "south", "claimed", "f");
    scene_step(&s, "mines", "d2", "2025-03-08T10:00:00", "south", "shown", "f");
    scene_step(&s, "mines", "d3", "2025-03-12T00:00:00", "mission", "accepted", "f");
    assert_row(&s, "2025-03-11T11:00:00", "leave/north", VERDICT_OVERDUE, 0);
    assert_row(&s, "2025-03-12T00:00:00", "leave/north", VERDICT_OVERDUE, REASON_CLAIMED);
    assert_row(&s, AT, "leave/north", VERDICT_EXCUSED, 0);
    assert_row(&s, AT, "leave/south", VERDICT_OVERDUE, 0);
    assert_row(&s, "2025-03-07T11:00:00", "answer/south", VERDICT_OVERDUE, 0);
    assert_row(&s, AT, "answer/south", VERDICT_EXCUSED, 0);
    scene_end(&s);
}

/* What follows from a violation does not follow from a justified one. */
static void read_by_others(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, QUIET "provision calm: south must not exercise unless quiet is violated.\n");
    see(&s, "fire", "f", "2025-03-05T10:00:00", "north");
    see(&s, "exercise", "e", "2025-03-06T10:00:00", "south");
    scene_step(&s, "mines", "c1", "2025-03-05T11:00:00", "north", "claimed", "f");
    scene_step(&s, "mines", "c2", "2025-03-05T12:00:00", "north", "shown", "f");
    scene_step(&s, "mines", "c3", "2025-03-07T10:00:00", "mission", "accepted", "f");
    assert_row(&s, "2025-03-07T00:00:00", "calm/south", VERDICT_EXCUSED, 0);
    assert_row(&s, AT, "calm/south", VERDICT_VIOLATED, 0);
    scene_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(excused_when_accepted),
                                       cmocka_unit_test(not_excused),
                                       cmocka_unit_test(unclear_reference),
                                       cmocka_unit_test(stays),
                                       cmocka_unit_test(duties),
                                       cmocka_unit_test(read_by_others)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
