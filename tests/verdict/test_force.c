/* What is in force, when that hangs on what happens: renewal, suspension, entry, termination. */
#include "scene.h"

static void covered_term(struct scene *s)
{
    scene_cover(s, "2025-01-01T00:00:00", "2026-04-01T00:00:00");
}

static void see(struct scene *s, const char *kind, const char *id, const char *when,
                const char *who)
{
    scene_report(s, (struct scene_report){kind, id, when, who, "in", GRADE_SEEN, NULL});
}

static void assert_at(struct scene *s, const char *at, const char *id, enum verdict v,
                      uint64_t certain)
{
    const struct verdict_row *row = scene_row(s, at, id);
    if (row->verdict != v || row->certain != certain)
        fail_msg("%s at %s is %s (%d certain), expected %s (%d)", id, at,
                 verdict_word(row->verdict), (int)row->certain, verdict_word(v), (int)certain);
}

#define QUIET "provision quiet: each of north and south must not fire.\n"
#define RENEWED                                                                                    \
    "agreement is renewed for 30 days each time unless a party gives notice 10 days before "       \
    "expiry.\n"

/* The term is March 2025; the next ones end on 29 April and 29 May. */
static void renewed_unless_notice(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, QUIET RENEWED); /* nobody gives notice: renewed, and renewed again */
    covered_term(&s);
    see(&s, "fire", "f", "2025-05-20T10:00:00", "north");
    assert_at(&s, "2025-06-10T00:00:00", "quiet/north", VERDICT_VIOLATED, 1);
    scene_end(&s);
    scene_begin(&s, QUIET RENEWED); /* in time for the first end, to the second */
    covered_term(&s);
    see(&s, "notice", "n", "2025-03-20T23:59:59", "south");
    see(&s, "fire", "f", "2025-03-31T00:00:00", "north");
    assert_at(&s, "2025-06-10T00:00:00", "quiet/north", VERDICT_COMPLIED, 0);
    const struct verdict_row *row = scene_row(&s, "2025-06-10T00:00:00", "quiet/north");
    assert_int_equal(row->day_count[VERDICT_COMPLIED], 30);
    assert_true(row->day_count[VERDICT_NOT_IN_FORCE] > 60);
    scene_end(&s);
    scene_begin(&s, QUIET RENEWED); /* a second late: it ends the next term instead */
    covered_term(&s);
    see(&s, "notice", "n", "2025-03-21T00:00:00", "south");
    see(&s, "fire", "f", "2025-04-29T23:59:59", "north");
    see(&s, "fire", "g", "2025-04-30T00:00:00", "north");
    assert_at(&s, "2025-06-10T00:00:00", "quiet/north", VERDICT_VIOLATED, 1);
    scene_end(&s);
    scene_begin(&s, QUIET RENEWED); /* an alleged notice leaves the term open */
    covered_term(&s);
    scene_report(&s, (struct scene_report){"notice", "n", "2025-03-10T00:00:00", "south", "in",
                                           GRADE_ALLEGED, NULL});
    see(&s, "fire", "f", "2025-04-10T00:00:00", "north");
    assert_at(&s, "2025-06-10T00:00:00", "quiet/north", VERDICT_POSSIBLY_VIOLATED, 0);
    scene_end(&s);
}

/* Thirty days more, once, if both have agreed when the time is over. */
static void extended_by_agreement(void **state)
{
    static const char text[] =
        QUIET "agreement is extended by 30 days once when each party has given notice.\n";
    struct scene s;
    (void)state;
    scene_begin(&s, text);
    covered_term(&s);
    see(&s, "notice", "n", "2025-03-20T00:00:00", "north");
    see(&s, "fire", "f", "2025-04-10T00:00:00", "north");
    assert_at(&s, "2025-06-10T00:00:00", "quiet/north", VERDICT_COMPLIED, 0);
    scene_end(&s);
    scene_begin(&s, text);
    covered_term(&s);
    see(&s, "notice", "n", "2025-03-20T00:00:00", "north");
    see(&s, "notice", "m", "2025-03-30T23:59:59", "south");
    see(&s, "fire", "f", "2025-04-29T23:59:59", "north");
    see(&s, "fire", "g", "2025-04-30T00:00:00", "north");
    assert_at(&s, "2025-06-10T00:00:00", "quiet/north", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

static void suspended_and_resumed(void **state)
{
    static const char text[] = QUIET "quiet is suspended when south gives notice.\n"
                                     "quiet is resumed when north gives notice.\n";
    struct scene s;
    (void)state;
    scene_begin(&s, text);
    covered_term(&s);
    see(&s, "notice", "n", "2025-03-10T00:00:00", "south");
    see(&s, "notice", "m", "2025-03-12T00:00:00", "north");
    see(&s, "fire", "before", "2025-03-09T23:59:59", "north");
    see(&s, "fire", "during", "2025-03-10T00:00:00", "north");
    see(&s, "fire", "still", "2025-03-11T23:59:59", "north");
    see(&s, "fire", "after", "2025-03-12T00:00:00", "north");
    assert_at(&s, "2025-03-31T00:00:00", "quiet/north", VERDICT_VIOLATED, 2);
    const struct verdict_row *row = scene_row(&s, "2025-03-31T00:00:00", "quiet/north");
    assert_int_equal(row->day_count[VERDICT_NOT_IN_FORCE], 2);
    assert_int_equal(row->day_count[VERDICT_VIOLATED], 2);
    scene_end(&s);
    scene_begin(&s, QUIET "quiet is suspended for 24 hours when south gives notice.\n");
    covered_term(&s);
    see(&s, "notice", "n", "2025-03-10T00:00:00", "south");
    see(&s, "fire", "during", "2025-03-10T23:59:59", "north");
    see(&s, "fire", "after", "2025-03-11T00:00:00", "north");
    assert_at(&s, "2025-03-31T00:00:00", "quiet/north", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

/* A rule reads the provision that it speaks of as it is without the rule. */
static void suspended_by_its_own_violation(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, QUIET "agreement is terminated when quiet is violated.\n");
    covered_term(&s);
    see(&s, "fire", "a", "2025-03-10T00:00:00", "north");
    see(&s, "fire", "b", "2025-03-11T00:00:00", "south");
    assert_at(&s, "2025-03-31T00:00:00", "quiet/south", VERDICT_COMPLIED, 0);
    assert_at(&s, "2025-03-31T00:00:00", "quiet/north", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

static void enters_when_signed(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, QUIET "quiet is in force from when each party has given notice.\n"
                          "provision drill: north must not exercise.\n"
                          "article 1 is terminated 4 days after south has given notice.\n");
    covered_term(&s);
    see(&s, "fire", "early", "2025-03-05T00:00:00", "north");
    see(&s, "notice", "n", "2025-03-05T00:00:00", "north");
    see(&s, "notice", "m", "2025-03-06T00:00:00", "south");
    see(&s, "fire", "late", "2025-03-06T00:00:00", "north");
    see(&s, "exercise", "x", "2025-03-09T23:59:59", "north");
    see(&s, "exercise", "y", "2025-03-10T00:00:00", "north");
    assert_at(&s, "2025-03-31T00:00:00", "quiet/north", VERDICT_VIOLATED, 1);
    assert_at(&s, "2025-03-31T00:00:00", "drill/north", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

/* The time suspended is added to a deadline, or is not: as the sentence says. */
static void deadlines_move_or_stay(void **state)
{
    static const char text[] = "provision leave: south must begin withdrawal by 2025-03-10.\n"
                               "leave is suspended for 48 hours when north gives notice; its "
                               "deadlines %s.\n";
    struct scene s;
    char both[512];
    (void)state;
    for (int moves = 0; moves < 2; moves++) {
        snprintf(both, sizeof both, text, moves ? "move by the time suspended" : "stay");
        scene_begin(&s, both);
        covered_term(&s);
        see(&s, "notice", "n", "2025-03-05T00:00:00", "north");
        see(&s, "withdrawal_begun", "w", "2025-03-12T23:59:59", "south");
        const struct verdict_row *row = scene_row(&s, "2025-03-31T00:00:00", "leave/south");
        assert_int_equal(row->verdict, moves ? VERDICT_COMPLIED : VERDICT_OVERDUE);
        if (moves) assert_int_equal(row->instances[0].to, scene_time("2025-03-12T23:59:59"));
        row = scene_row(&s, "2025-03-11T12:00:00", "leave/south");
        assert_int_equal(row->verdict, moves ? VERDICT_PENDING : VERDICT_OVERDUE);
        scene_end(&s);
    }
    /* Only alleged: somewhere between the two. */
    snprintf(both, sizeof both, text, "move by the time suspended");
    scene_begin(&s, both);
    covered_term(&s);
    scene_report(&s, (struct scene_report){"notice", "n", "2025-03-05T00:00:00", "north", "in",
                                           GRADE_ALLEGED, NULL});
    see(&s, "withdrawal_begun", "w", "2025-03-12T00:00:00", "south");
    assert_at(&s, "2025-03-31T00:00:00", "leave/south", VERDICT_POSSIBLY_VIOLATED, 0);
    scene_end(&s);
}

static void replaced(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, QUIET "provision calm: each of north and south must not exercise.\n"
                          "quiet is replaced by calm when each party has given notice.\n");
    covered_term(&s);
    see(&s, "fire", "a", "2025-03-05T00:00:00", "north");
    see(&s, "exercise", "b", "2025-03-05T00:00:00", "north");
    see(&s, "notice", "n", "2025-03-10T00:00:00", "north");
    see(&s, "notice", "m", "2025-03-10T00:00:00", "south");
    see(&s, "fire", "c", "2025-03-11T00:00:00", "north");
    see(&s, "exercise", "d", "2025-03-11T00:00:00", "north");
    see(&s, "exercise", "e", "2025-03-12T00:00:00", "north");
    assert_at(&s, "2025-03-31T00:00:00", "quiet/north", VERDICT_VIOLATED, 1);
    assert_at(&s, "2025-03-31T00:00:00", "calm/north", VERDICT_VIOLATED, 2);
    scene_end(&s);
}

/* Each moment has one version; what was a violation before is one still. */
static void amended(void **state)
{
    static const char text[] = QUIET
        "provision leave: each party must begin withdrawal by the end of day 14.\n"
        "provision drill: north must not exercise after leave is violated.\n"
        "amendment 1, agreed by each party, in force from day 10: in leave, \"day 14\" is "
        "replaced by \"day 21\"; quiet is repealed; violations before day 10 stand.\n"
        "amendment 2, agreed by each party, in force from day 12: in leave, \"each party\" is "
        "replaced by \"north\"; violations before day 12 stand.\n";
    struct scene s;
    (void)state;
    scene_begin(&s, text);
    covered_term(&s);
    see(&s, "fire", "a", "2025-03-09T23:59:59", "north");
    see(&s, "fire", "b", "2025-03-10T00:00:00", "north");
    see(&s, "withdrawal_begun", "w", "2025-03-20T00:00:00", "north");
    see(&s, "exercise", "x", "2025-03-22T00:00:00", "north");
    assert_at(&s, "2025-03-31T00:00:00", "quiet/north", VERDICT_VIOLATED, 1);
    assert_at(&s, "2025-03-31T00:00:00", "leave/south", VERDICT_COMPLIED, 0); /* never fell due */
    assert_at(&s, "2025-03-31T00:00:00", "leave/south/amendment 1", VERDICT_COMPLIED, 0);
    assert_at(&s, "2025-03-31T00:00:00", "leave/north/amendment 2", VERDICT_COMPLIED, 0);
    assert_at(&s, "2025-03-31T00:00:00", "drill/north", VERDICT_WAITING, 0); /* has asked nothing */
    const struct verdict_row *row = scene_row(&s, "2025-03-31T00:00:00", "leave/north/amendment 1");
    assert_int_equal(row->day_count[VERDICT_NOT_IN_FORCE], row->n_days - 2);
    scene_end(&s);
    scene_begin(&s, text); /* not begun: missed on day 21, under the version of that day */
    covered_term(&s);
    see(&s, "exercise", "x", "2025-03-23T00:00:00", "north");
    assert_at(&s, "2025-03-31T00:00:00", "leave/north", VERDICT_COMPLIED, 0);
    assert_at(&s, "2025-03-31T00:00:00", "leave/north/amendment 2", VERDICT_OVERDUE, 1);
    assert_at(&s, "2025-03-31T00:00:00", "drill/north", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

/* Who adheres later is bound from then on; a declaration changes no verdict. */
static void adherence_and_declarations(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s,
                "non-signatory west. west adheres from 2025-03-10.\n"
                "third state east. east declares \"any contingent is a party to the conflict\".\n"
                "north assures \"no exercise is planned\".\n"
                "provision hush: each of north and west must not fire.\n"
                "provision far: each third state must not fire.\n");
    covered_term(&s);
    see(&s, "fire", "a", "2025-03-09T23:59:59", "west");
    see(&s, "fire", "b", "2025-03-10T00:00:00", "west");
    see(&s, "fire", "c", "2025-03-05T00:00:00", "north");
    assert_at(&s, "2025-03-31T00:00:00", "hush/west", VERDICT_VIOLATED, 1);
    assert_at(&s, "2025-03-31T00:00:00", "hush/north", VERDICT_VIOLATED, 1);
    assert_at(&s, "2025-03-31T00:00:00", "hush/all", VERDICT_VIOLATED, 2);
    assert_at(&s, "2025-03-31T00:00:00", "far/east", VERDICT_COMPLIED, 0);
    assert_int_equal(s.g->n_declarations, 2);
    assert_int_equal(
        scene_row(&s, "2025-03-31T00:00:00", "hush/west")->day_count[VERDICT_NOT_IN_FORCE], 9);
    scene_end(&s);
}

/* Hudaydah, 2018: which forces are "in accordance with the law" is read in two ways, or left open. */
static void a_term_is_read(void **state)
{
    static const char head[] =
        "state local_force (of party, command text), plural local forces.\n"
        "provision law: each of north and south must keep its local forces out of belt.\n";
    struct scene s;
    char text[1024];
    (void)state;
    snprintf(text, sizeof text,
             "%slocal forces are ambiguous on purpose:\n"
             "  – as on the old roll by north: with command \"ministry\"\n"
             "  – as on the new roll by south: with command \"ministry\" or \"council\"\n"
             "  – left open by both.\n",
             head);
    scene_begin(&s, text);
    covered_term(&s);
    assert_int_equal(s.g->terms[0].n_alternatives, 2);
    assert_true(s.g->terms[0].left_open);
    /* The command is not reported: either reading may be met. */
    see(&s, "local_force", "f", "2025-03-05T00:00:00/2025-03-06T00:00:00", "north");
    const struct verdict_row *row =
        scene_row(&s, "2025-03-31T00:00:00", "law/north/as on the old roll by north");
    assert_int_equal(row->verdict, VERDICT_POSSIBLY_VIOLATED);
    assert_true(row->reasons & REASON_DETAIL);
    assert_at(&s, "2025-03-31T00:00:00", "law/south/as on the new roll by south", VERDICT_COMPLIED,
              0);
    scene_end(&s);
    snprintf(text, sizeof text, "%slocal forces are ambiguous on purpose: – left open by both.\n",
             head);
    scene_begin(&s, text);
    covered_term(&s);
    see(&s, "local_force", "f", "2025-03-05T00:00:00/2025-03-06T00:00:00", "north");
    row = scene_row(&s, "2025-03-31T00:00:00", "law/north/left open");
    assert_int_equal(row->verdict, VERDICT_UNVERIFIED);
    assert_int_equal(row->reasons, REASON_OPEN);
    scene_end(&s);
}

/* A window is live once both have confirmed it, and each window by itself. */
static void windows_of_silence(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(
        &s, "filed event confirmation (by party, window text), verb confirm, confirms, confirmed, "
            "confirming.\n"
            "window morning, in belt, from 2025-03-10 10:00 until 2025-03-10 12:00, live when each "
            "party has confirmed.\n"
            "window evening, in belt, from 2025-03-10 18:00 until 2025-03-10 20:00, live when each "
            "party has confirmed.\n"
            "provision am: while morning is live, each party must not fire in belt.\n"
            "provision pm: while evening is live, each party must not fire in belt.\n");
    covered_term(&s);
    uint32_t who[] = {0, 1};
    struct str window = STR("morning"), source = STR("mission");
    uint32_t kind = agreement_kind(s.g, STR("confirmation"));
    for (uint32_t i = 0; i < 2; i++) {
        int64_t text = (int64_t)facts_text(&s.facts, window);
        struct value values[] = {VALUE_UNKNOWN, {text, text}};
        struct content says = {.place = {FACTS_NONE, FACTS_NONE, FACTS_NONE},
                               .actors = &who[i],
                               .n_actors = 1,
                               .values = values,
                               .n_values = 2};
        says.start_lo = says.start_hi = says.end_lo = says.end_hi =
            scene_time(i ? "2025-03-10T10:30:00" : "2025-03-10T08:00:00");
        struct report_in in = {.id = i ? STR("c1") : STR("c0"),
                               .kind = kind,
                               .says = says,
                               .grade = GRADE_SEEN,
                               .sources = &source,
                               .n_sources = 1,
                               .recorded = INSTANT_MIN};
        assert_int_equal(facts_add(&s.facts, &in, NULL), STATUS_OK);
    }
    see(&s, "fire", "early", "2025-03-10T10:29:59", "north");
    see(&s, "fire", "in", "2025-03-10T10:30:00", "north");
    see(&s, "fire", "late", "2025-03-10T12:00:00", "north");
    see(&s, "fire", "unconfirmed", "2025-03-10T18:30:00", "north");
    assert_at(&s, "2025-03-31T00:00:00", "am/north", VERDICT_VIOLATED, 1);
    assert_at(&s, "2025-03-31T00:00:00", "pm/north", VERDICT_WAITING, 0);
    scene_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(renewed_unless_notice),
                                       cmocka_unit_test(extended_by_agreement),
                                       cmocka_unit_test(suspended_and_resumed),
                                       cmocka_unit_test(suspended_by_its_own_violation),
                                       cmocka_unit_test(enters_when_signed),
                                       cmocka_unit_test(replaced),
                                       cmocka_unit_test(deadlines_move_or_stay),
                                       cmocka_unit_test(amended),
                                       cmocka_unit_test(adherence_and_declarations),
                                       cmocka_unit_test(a_term_is_read),
                                       cmocka_unit_test(windows_of_silence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
