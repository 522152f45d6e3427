/* Consent: on record, stated in the agreement, conditional, withdrawn; of each of several; objections;
 * a reply to fire only after coordination failed. */
#include "scene.h"

#define END "2025-03-30T23:59:59"

#define WORDS                                                                                      \
    "third party isle. third party reef. group contingent is isle and reef.\n"                     \
    "filed state consent (of party, written yes or no).\n"                                         \
    "filed event withdrawal_of_consent (by party, written yes or no), verb withdraw consent.\n"    \
    "event deployment (by actor), in a zone, verb deploy.\n"                                       \
    "filed event objection (by party), verb object, objects, objected, objecting.\n"               \
    "filed event plan (by actor), said deployment is notified.\n"                                  \
    "event coordination_failure, said coordination has failed.\n"

#define GUARDED                                                                                    \
    WORDS "provision guests: each contingent may deploy only while written consent of north "      \
          "stands.\n"

static void see(struct scene *s, const char *kind, const char *id, const char *when,
                const char *who)
{
    scene_amount(s, (struct scene_report){kind, id, when, who, "in", GRADE_SEEN, NULL}, 1, 1);
}

static void begin(struct scene *s, const char *text)
{
    scene_begin(s, text);
    scene_cover(s, "2025-01-01T00:00:00", "2026-04-01T00:00:00");
}

static void assert_row(struct scene *s, const char *at, const char *id, enum verdict v,
                       uint64_t certain)
{
    const struct verdict_row *row = scene_row(s, at, id);
    if (row->verdict != v || row->certain != certain)
        fail_msg("%s at %s is %s (%d certain), expected %s (%d)", id, at,
                 verdict_word(row->verdict), (int)row->certain, verdict_word(v), (int)certain);
}

static void on_record(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, GUARDED);
    see(&s, "consent", "c", "2025-03-05T00:00:00/2025-03-10T00:00:00", "north");
    see(&s, "deployment", "before", "2025-03-04T23:59:59", "isle");
    see(&s, "deployment", "while", "2025-03-05T00:00:00", "isle");
    see(&s, "deployment", "after", "2025-03-10T00:00:01", "isle");
    assert_row(&s, END, "guests/isle", VERDICT_VIOLATED, 2);
    scene_end(&s);
    begin(&s, GUARDED); /* another's consent, and an oral one */
    see(&s, "consent", "c", "2025-03-05T00:00:00/2025-03-10T00:00:00", "south");
    scene_amount(&s,
                 (struct scene_report){"consent", "d", "2025-03-05T00:00:00/2025-03-10T00:00:00",
                                       "north", "in", GRADE_SEEN, NULL},
                 1, 0); /* not written */
    see(&s, "deployment", "while", "2025-03-06T00:00:00", "isle");
    assert_row(&s, END, "guests/isle", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

/* Given to one of the two, from a date, while a warning holds; withdrawn with three days' notice. */
static void stated(void **state)
{
    static const char text[] =
        GUARDED "north consents to isle from 2025-03-05, on condition that storm warning holds; "
                "north may withdraw consent in writing, effective 72 hours after receipt.\n";
    struct scene s;
    (void)state;
    begin(&s, text);
    see(&s, "storm_warning", "w", "2025-03-03T00:00:00/2025-03-20T00:00:00", "?");
    see(&s, "deployment", "a", "2025-03-04T23:59:59", "isle");
    see(&s, "deployment", "b", "2025-03-05T00:00:00", "isle");
    see(&s, "deployment", "c", "2025-03-20T00:00:01", "isle");
    see(&s, "deployment", "d", "2025-03-10T00:00:00", "reef");
    assert_row(&s, END, "guests/isle", VERDICT_VIOLATED, 2);
    assert_row(&s, END, "guests/reef", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

static void withdrawn(void **state)
{
    static const char *const said[] = {"", ", effective 72 hours after receipt"};
    static const enum verdict expected[] = {VERDICT_VIOLATED, VERDICT_COMPLIED};
    char text[2048];
    struct scene s;
    (void)state;
    for (int delayed = 0; delayed < 2; delayed++) {
        snprintf(text, sizeof text,
                 "%s north consents to contingent; north may withdraw consent%s.\n", GUARDED,
                 said[delayed]);
        begin(&s, text);
        struct report_in in = {.id = STR("x"),
                               .kind = agreement_kind(s.g, STR("withdrawal_of_consent")),
                               .grade = GRADE_SEEN,
                               .recorded = scene_time("2025-03-10T12:00:00")};
        uint32_t north = agreement_actor(s.g, STR("north"));
        struct value values[] = {VALUE_UNKNOWN, {1, 1}};
        instant at = scene_time("2025-03-10T00:00:00");
        in.says = (struct content){.start_lo = at,
                                   .start_hi = at,
                                   .end_lo = at,
                                   .end_hi = at,
                                   .place = {FACTS_NONE, FACTS_NONE, FACTS_NONE},
                                   .actors = &north,
                                   .n_actors = 1,
                                   .values = values,
                                   .n_values = 2};
        assert_int_equal(facts_add(&s.facts, &in, NULL), STATUS_OK);
        see(&s, "deployment", "a", "2025-03-09T00:00:00", "isle");
        see(&s, "deployment", "b", "2025-03-13T11:59:59", "isle");
        assert_row(&s, END, "guests/isle", expected[delayed], delayed ? 0 : 1);
        scene_end(&s);
    }
}

static void of_each(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, WORDS "provision guests: isle may deploy only with consent of each of north and "
                    "south.\nnorth consents to isle.\n");
    see(&s, "deployment", "a", "2025-03-04T00:00:00", "isle");
    see(&s, "consent", "c", "2025-03-05T00:00:00/2025-03-10T00:00:00", "south");
    see(&s, "deployment", "b", "2025-03-06T00:00:00", "isle");
    assert_row(&s, END, "guests/isle", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

static void no_objection(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, WORDS "provision guests: isle may deploy only if north has not objected within 5 "
                    "days after deployment is notified.\n");
    see(&s, "plan", "p", "2025-03-02T00:00:00", "isle");
    see(&s, "deployment", "early", "2025-03-06T23:59:59", "isle");
    see(&s, "deployment", "late", "2025-03-07T00:00:00", "isle");
    assert_row(&s, END, "guests/isle", VERDICT_VIOLATED, 1);
    scene_end(&s);
    begin(&s, WORDS "provision guests: isle may deploy only if north has not objected within 5 "
                    "days after deployment is notified.\n");
    see(&s, "plan", "p", "2025-03-02T00:00:00", "isle");
    see(&s, "objection", "o", "2025-03-07T00:00:00", "north");
    see(&s, "deployment", "late", "2025-03-08T00:00:00", "isle");
    assert_row(&s, END, "guests/isle", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

/* July 2020: fire is answered only once coordination has failed. */
static void reply_to_fire(void **state)
{
    static const char text[] =
        WORDS "provision quiet: each of north and south must not fire.\n"
              "provision reply: despite quiet, each of north and south may return fire only if "
              "coordination has failed in the last 2 hours.\n";
    struct scene s;
    (void)state;
    begin(&s, text);
    see(&s, "fire", "f", "2025-03-05T10:00:00", "north");
    see(&s, "coordination_failure", "c", "2025-03-05T11:00:00", "?");
    see(&s, "return_fire", "r", "2025-03-05T12:00:00", "south");
    assert_row(&s, END, "quiet/south", VERDICT_EXCUSED, 0);
    assert_row(&s, END, "reply/south", VERDICT_COMPLIED, 0);
    assert_row(&s, END, "quiet/north", VERDICT_VIOLATED, 1);
    scene_end(&s);
    begin(&s, text);
    see(&s, "coordination_failure", "c", "2025-03-05T11:00:00", "?");
    see(&s, "return_fire", "r", "2025-03-05T13:00:01", "south");
    assert_row(&s, END, "quiet/south", VERDICT_VIOLATED, 1);
    assert_row(&s, END, "reply/south", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

/* Counted and answered by a suspension that moves the deadline, until a quiet week has passed. */
static void suspended_until_quiet(void **state)
{
    struct scene s;
    (void)state;
    begin(&s,
          "provision quiet: each of north and south must not fire.\n"
          "provision leave: south must begin withdrawal by 2025-03-10.\n"
          "leave is suspended when all of: – quiet is violated 3 times in any 168 hours – south "
          "has given notice in the last 168 hours until quiet is not violated in any 168 "
          "hours; its deadlines move by the time suspended.\n");
    see(&s, "fire", "a", "2025-03-04T00:00:00", "north");
    see(&s, "fire", "b", "2025-03-05T00:00:00", "north");
    see(&s, "fire", "c", "2025-03-06T00:00:00", "north");
    see(&s, "notice", "n", "2025-03-07T00:00:00", "south");
    const struct verdict_row *row = scene_row(&s, "2025-03-16T12:00:00", "leave/south");
    assert_int_equal(row->verdict, VERDICT_PENDING); /* suspended from the 7th to the 13th */
    assert_int_equal(row->instances[0].to, scene_time("2025-03-16T23:59:59"));
    assert_row(&s, "2025-03-18T00:00:00", "leave/south", VERDICT_OVERDUE, 1);
    scene_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(on_record),
                                       cmocka_unit_test(stated),
                                       cmocka_unit_test(withdrawn),
                                       cmocka_unit_test(of_each),
                                       cmocka_unit_test(no_objection),
                                       cmocka_unit_test(reply_to_fire),
                                       cmocka_unit_test(suspended_until_quiet)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
