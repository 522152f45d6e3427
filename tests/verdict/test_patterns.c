/* The patterns and conditions beyond the smallest: exceptions, caps, notices, recurrences,
 * definitions, references from one provision to another. */
#include "scene.h"

#define ALL_TERM "2025-03-31T12:00:00"

static void covered_term(struct scene *s)
{
    scene_cover(s, "2025-01-01T00:00:00", "2025-04-01T00:00:00");
}

static void see(struct scene *s, const char *kind, const char *id, const char *when,
                const char *who)
{
    scene_report(s, (struct scene_report){kind, id, when, who, "in", GRADE_SEEN, NULL});
}

static void assert_verdict(struct scene *s, const char *id, enum verdict v, uint64_t certain)
{
    const struct verdict_row *row = scene_row(s, ALL_TERM, id);
    if (row->verdict != v || row->certain != certain)
        fail_msg("%s is %s (%d certain), expected %s (%d)", id, verdict_word(row->verdict),
                 (int)row->certain, verdict_word(v), (int)certain);
}

/* An exception that reads its own ban looks back: the act at hand is no reason that permits it, nor is
 * another of the same second. */
static void despite_looks_back(void **state)
{
    static const char text[] =
        "provision quiet: each of north and south must not fire.\n"
        "provision answer: despite quiet, each of north and south may return fire only if quiet "
        "has been violated%s.\n";
    static const char *const windows[] = {"", " in the last 24 hours"};
    struct scene s;
    char both[512];
    (void)state;
    for (int i = 0; i < 2; i++) {
        snprintf(both, sizeof both, text, windows[i]);
        scene_begin(&s, both); /* alone: nothing came before it */
        covered_term(&s);
        see(&s, "return_fire", "a", "2025-03-05T10:00:00", "south");
        assert_verdict(&s, "quiet/south", VERDICT_VIOLATED, 1);
        assert_verdict(&s, "answer/south", VERDICT_VIOLATED, 1);
        scene_end(&s);
        scene_begin(&s, both); /* two of one second: neither was before the other */
        covered_term(&s);
        see(&s, "fire", "a", "2025-03-05T10:00:00", "north");
        see(&s, "return_fire", "b", "2025-03-05T10:00:00", "south");
        assert_verdict(&s, "quiet/north", VERDICT_VIOLATED, 1);
        assert_verdict(&s, "quiet/south", VERDICT_VIOLATED, 1);
        assert_verdict(&s, "answer/south", VERDICT_VIOLATED, 1);
        scene_end(&s);
        scene_begin(&s, both); /* a second before */
        covered_term(&s);
        see(&s, "fire", "a", "2025-03-05T09:59:59", "north");
        see(&s, "return_fire", "b", "2025-03-05T10:00:00", "south");
        see(&s, "return_fire", "c", "2025-03-05T10:00:00", "south");
        assert_verdict(&s, "quiet/north", VERDICT_VIOLATED, 1);
        assert_verdict(&s, "quiet/south", VERDICT_EXCUSED, 0);
        assert_verdict(&s, "answer/south", VERDICT_COMPLIED, 0);
        scene_end(&s);
    }
    scene_begin(&s, both); /* the window ends before the act: 24 hours ago is without */
    covered_term(&s);
    see(&s, "fire", "a", "2025-03-04T10:00:00", "north");
    see(&s, "return_fire", "b", "2025-03-05T10:00:00", "south");
    assert_verdict(&s, "answer/south", VERDICT_VIOLATED, 1);
    scene_end(&s);
    scene_begin(&s, "provision quiet: each of north and south must not fire.\n"
                    "provision answer: despite quiet, each of north and south may return fire only "
                    "if quiet is violated 2 times in any 24 hours.\n");
    covered_term(&s); /* two of one are needed before the act, and it is not the second of them */
    see(&s, "fire", "a", "2025-03-05T09:00:00", "south");
    see(&s, "return_fire", "b", "2025-03-05T10:00:00", "south");
    see(&s, "fire", "c", "2025-03-10T08:00:00", "north");
    see(&s, "fire", "d", "2025-03-10T09:00:00", "north");
    see(&s, "return_fire", "e", "2025-03-10T10:00:00", "south");
    assert_verdict(&s, "quiet/south", VERDICT_VIOLATED, 2);
    assert_verdict(&s, "answer/south", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

/* Return fire is fire; it is excused where the exception allows it, and only there. */
static void despite_excuses_the_same_event(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision quiet: each of north and south must not fire.\n"
                    "provision answer: despite quiet, north may return fire only if south has "
                    "fired within the last 1 hour.\n");
    covered_term(&s);
    see(&s, "fire", "first", "2025-03-02T10:00:00", "south");
    see(&s, "return_fire", "second", "2025-03-02T10:30:00", "north");
    assert_verdict(&s, "quiet/north", VERDICT_EXCUSED, 0);
    assert_verdict(&s, "quiet/south", VERDICT_VIOLATED, 1);
    assert_verdict(&s, "answer/north", VERDICT_COMPLIED, 0);
    scene_end(&s);
    scene_begin(&s, "provision quiet: each of north and south must not fire.\n"
                    "provision answer: despite quiet, north may return fire only if south has "
                    "fired within the last 1 hour.\n");
    covered_term(&s);
    see(&s, "fire", "first", "2025-03-02T10:00:00", "south");
    see(&s, "return_fire", "second", "2025-03-02T12:30:00", "north");
    assert_verdict(&s, "quiet/north", VERDICT_VIOLATED, 1);
    assert_verdict(&s, "answer/north", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

/* Each act in excess; a rolling window; days keep local time. */
static void caps_roll(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision rare: north must not exercise more than 2 times in any 7 days.\n");
    covered_term(&s);
    see(&s, "exercise", "a", "2025-03-02T10:00:00", "north");
    see(&s, "exercise", "b", "2025-03-03T10:00:00", "north");
    see(&s, "exercise", "c", "2025-03-09T09:59:59", "north");
    see(&s, "exercise", "d", "2025-03-10T10:00:00", "north");
    see(&s, "exercise", "e", "2025-03-11T10:00:00", "south");
    assert_verdict(&s, "rare/north", VERDICT_VIOLATED, 1);
    assert_int_equal(s.verdicts.rows[0].instances[0].from, scene_time("2025-03-09T09:59:59"));
    scene_end(&s);
}

/* Days are all that is known of when: what lies whole within the window counts for certain, over the
 * whole span of the act, though the number goes on rising within it. */
static void caps_over_whole_days(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision rare: north must not exercise more than 2 times in any 7 days.\n");
    covered_term(&s);
    see(&s, "exercise", "a", "2025-03-02T00:00:00/2025-03-02T23:59:59", "north");
    see(&s, "exercise", "b", "2025-03-02T00:00:00/2025-03-02T23:59:59", "north");
    see(&s, "exercise", "c", "2025-03-03T00:00:00/2025-03-03T23:59:59", "north");
    see(&s, "exercise", "d", "2025-03-04T00:00:00/2025-03-04T23:59:59", "north");
    see(&s, "exercise", "e", "2025-03-05T00:00:00/2025-03-06T23:59:59", "north");
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "rare/north");
    assert_int_equal(row->verdict, VERDICT_VIOLATED);
    size_t certain = 0;
    for (size_t i = 0; i < row->n_instances; i++) {
        if (row->instances[i].verdict != VERDICT_VIOLATED) continue;
        certain++;
        assert_true(row->instances[i].from >= scene_time("2025-03-03T00:00:00"));
    }
    assert_true(certain >= 2); /* d and e, whenever */
    scene_end(&s);
}

/* Three acts of one day, two allowed: whichever was the last was one too many, on that day.  Which, no
 * report tells; one that a ruling excuses is none of them. */
static void caps_in_whatever_order(void **state)
{
    static const char day[] = "2025-03-02T00:00:00/2025-03-02T23:59:59";
    for (int ruled = 0; ruled < 2; ruled++) {
        struct scene s;
        (void)state;
        scene_begin(&s, "provision rare: north must not exercise more than 2 times in any 7 days.\n"
                        "provision rulings: mission may excuse rare.\n");
        covered_term(&s);
        see(&s, "exercise", "a", day, "north");
        see(&s, "exercise", "b", day, "north");
        see(&s, "exercise", "c", day, "north");
        if (ruled)
            scene_ruling(&s, FINDING_EXCUSED, "exercise", "b", "mission", "2025-03-03T00:00:00");
        const struct verdict_row *row = scene_row(&s, ALL_TERM, "rare/north");
        assert_int_equal(row->verdict, ruled ? VERDICT_POSSIBLY_VIOLATED : VERDICT_VIOLATED);
        assert_int_equal(row->certain, !ruled);
        assert_int_equal(row->possible, 2);
        assert_int_equal(row->days[1], ruled ? VERDICT_POSSIBLY_VIOLATED : VERDICT_VIOLATED);
        size_t nameless = 0, possible = 0;
        for (size_t i = 0; i < row->n_instances; i++) {
            nameless += row->instances[i].fact == FACTS_NONE;
            possible += row->instances[i].verdict == VERDICT_POSSIBLY_VIOLATED;
        }
        assert_int_equal(nameless, !ruled);
        assert_int_equal(possible, ruled ? 2 : 3);
        scene_end(&s);
    }
}

/* The window is half open: three acts that only may have lain within it are not one too many for
 * certain; nor are two of one day and one of the next, of which the last is known, told twice. */
static void caps_at_the_edge(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision rare: north must not exercise more than 2 times in any 24 hours.\n");
    covered_term(&s);
    see(&s, "exercise", "a", "2025-03-02T00:00:00/2025-03-02T12:00:00", "north");
    see(&s, "exercise", "b", "2025-03-02T06:00:00/2025-03-02T18:00:00", "north");
    see(&s, "exercise", "c", "2025-03-02T12:00:00/2025-03-03T00:00:00", "north");
    assert_verdict(&s, "rare/north", VERDICT_POSSIBLY_VIOLATED, 0);
    scene_end(&s);
    scene_begin(&s, "provision rare: north must not exercise more than 2 times in any 7 days.\n");
    covered_term(&s);
    see(&s, "exercise", "a", "2025-03-02T00:00:00/2025-03-02T23:59:59", "north");
    see(&s, "exercise", "b", "2025-03-02T00:00:00/2025-03-02T23:59:59", "north");
    see(&s, "exercise", "c", "2025-03-03T00:00:00/2025-03-03T23:59:59", "north");
    assert_verdict(&s, "rare/north", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

/* Two reports of one reply differ on its day.  On the first it is a violation; on the second only if what nobody
 * could see forbade it: that day is unverified, and not complied. */
static void days_of_each_alternative(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision quiet: each of north and south must not fire.\n"
                    "provision answer: despite quiet, north may return fire only if 2025-03-04 has "
                    "come and no party has begun withdrawal.\n");
    struct coverage c = {.where = COVERAGE_EVERYWHERE,
                         .by = agreement_actor(s.g, STR("mission")),
                         .from = scene_time("2025-01-01T00:00:00"),
                         .to = scene_time("2025-04-01T00:00:00")};
    uint32_t fire = agreement_kind(s.g, STR("fire"));
    assert_int_equal(facts_add_coverage(&s.facts, &c, &fire, 1), STATUS_OK);
    see(&s, "return_fire", "r", "2025-03-02T10:00:00", "north");
    see(&s, "return_fire", "r", "2025-03-05T10:00:00", "north");
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "quiet/north");
    assert_int_equal(row->verdict, VERDICT_POSSIBLY_VIOLATED);
    assert_int_equal(row->days[1], VERDICT_POSSIBLY_VIOLATED);
    assert_int_equal(row->days[2], VERDICT_COMPLIED);
    assert_int_equal(row->days[4], VERDICT_UNVERIFIED);
    scene_end(&s);
}

static void notice_ahead(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision tell: north must give notice at least 48 hours before north "
                    "exercises.\n");
    covered_term(&s);
    see(&s, "exercise", "early", "2025-03-05T10:00:00", "north");
    see(&s, "notice", "n", "2025-03-05T12:00:00", "north");
    see(&s, "exercise", "late", "2025-03-07T12:00:00", "north");
    assert_verdict(&s, "tell/north", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

static void every_week(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision report: north must give notice every 7 days.\n");
    covered_term(&s);
    see(&s, "notice", "a", "2025-03-07T23:59:59", "north");
    see(&s, "notice", "b", "2025-03-08T00:00:00", "north");
    see(&s, "notice", "d", "2025-03-25T00:00:00", "north");
    assert_verdict(&s, "report/north", VERDICT_OVERDUE, 1);
    scene_end(&s);
}

static void before_and_after(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision wait: before south has given notice, north must not exercise.\n"
                    "provision later: after south has given notice, north must not fire.\n");
    covered_term(&s);
    see(&s, "notice", "n", "2025-03-10T00:00:00", "south");
    see(&s, "exercise", "a", "2025-03-09T10:00:00", "north");
    see(&s, "exercise", "b", "2025-03-10T00:00:00", "north");
    see(&s, "fire", "c", "2025-03-10T00:00:00", "north");
    see(&s, "fire", "d", "2025-03-10T00:00:01", "north");
    assert_verdict(&s, "wait/north", VERDICT_VIOLATED, 1);
    assert_verdict(&s, "later/north", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

/* A state that holds by definition: silence, from when both have given notice until the evening. */
static void defined_state(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "silence holds from when each of north and south has given notice until "
                    "18:00.\n"
                    "provision hush: while silence holds, north must not exercise.\n");
    covered_term(&s);
    see(&s, "notice", "n", "2025-03-10T08:00:00", "north");
    see(&s, "exercise", "a", "2025-03-10T09:00:00", "north");
    see(&s, "notice", "s", "2025-03-10T10:00:00", "south");
    see(&s, "exercise", "b", "2025-03-10T11:00:00", "north");
    see(&s, "exercise", "c", "2025-03-10T19:00:00", "north");
    see(&s, "exercise", "d", "2025-03-11T11:00:00", "north");
    assert_verdict(&s, "hush/north", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

/* A provision that reads another's violation reads its formula, not its word. */
static void reference_to_a_violation(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision quiet: south must not fire.\n"
                    "provision bound: north must not exercise unless quiet has been violated.\n");
    covered_term(&s);
    see(&s, "exercise", "before", "2025-03-02T10:00:00", "north");
    see(&s, "fire", "f", "2025-03-03T10:00:00", "south");
    see(&s, "exercise", "after", "2025-03-04T10:00:00", "north");
    assert_verdict(&s, "bound/north", VERDICT_VIOLATED, 1);
    assert_int_equal(scene_row(&s, ALL_TERM, "bound/north")->day_count[VERDICT_EXCUSED], 1);
    scene_end(&s);
}

/* Each reading of an evidence rule gets its own rows; none is merged or preferred. */
static void readings_stand_side_by_side(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "evidence for fire is read:\n"
                    "  – as \"one source\": reported by 1 source\n"
                    "  – as \"two sources\": reported by 2 independent sources.\n"
                    "provision quiet: north must not fire.\n");
    covered_term(&s);
    scene_report(&s, (struct scene_report){"fire", "e", "2025-03-02T10:00:00", "north", "in",
                                           GRADE_REPORTED, "Agency"});
    assert_verdict(&s, "quiet/north/one source", VERDICT_VIOLATED, 1);
    assert_verdict(&s, "quiet/north/two sources", VERDICT_POSSIBLY_VIOLATED, 0);
    assert_int_equal(s.verdicts.n_rows, 4);
    scene_end(&s);
    scene_begin(&s, "evidence for fire is read:\n"
                    "  – as \"one source\": reported by 1 source\n"
                    "  – as \"two sources\": reported by 2 independent sources.\n"
                    "provision quiet: north must not fire.\n");
    covered_term(&s);
    for (int i = 0; i < 2; i++)
        scene_report(&s, (struct scene_report){"fire", "e", "2025-03-02T10:00:00", "north", "in",
                                               GRADE_REPORTED, i ? "Agency" : "Radio"});
    assert_verdict(&s, "quiet/north/two sources", VERDICT_VIOLATED, 1);
    scene_end(&s);
}

/* A date that depends on a condition: it binds, waits, or lapses and blames nobody. */
static void a_date_lapses(void **state)
{
    static const char sentence[] =
        "provision pass: south must begin withdrawal by 2025-03-10 only if north has given "
        "notice; if not, the date lapses.\n";
    struct scene s;
    (void)state;
    scene_begin(&s, sentence); /* nobody gave notice: lapsed */
    covered_term(&s);
    assert_verdict(&s, "pass/south", VERDICT_NOT_IN_FORCE, 0);
    const struct verdict_row *row = scene_row(&s, ALL_TERM, "pass/all");
    assert_int_equal(row->verdict, VERDICT_NOT_IN_FORCE);
    assert_int_equal(row->reasons, REASON_LAPSED);
    assert_int_equal(row->day_count[VERDICT_NOT_IN_FORCE], row->n_days);
    row = scene_row(&s, "2025-03-05T00:00:00", "pass/south"); /* the date lies ahead */
    assert_int_equal(row->verdict, VERDICT_WAITING);
    assert_int_equal(row->reasons, 0);
    scene_end(&s);
    scene_begin(&s, sentence); /* notice on the last second: the date binds, and is missed */
    covered_term(&s);
    see(&s, "notice", "n", "2025-03-10T23:59:59", "north");
    assert_verdict(&s, "pass/south", VERDICT_OVERDUE, 1);
    scene_end(&s);
    scene_begin(&s, sentence); /* notice a second late */
    covered_term(&s);
    see(&s, "notice", "n", "2025-03-11T00:00:00", "north");
    assert_verdict(&s, "pass/south", VERDICT_NOT_IN_FORCE, 0);
    scene_end(&s);
    scene_begin(&s, sentence);
    covered_term(&s);
    see(&s, "notice", "n", "2025-03-03T00:00:00", "north");
    see(&s, "withdrawal_begun", "w", "2025-03-02T00:00:00", "south");
    assert_verdict(&s, "pass/south", VERDICT_COMPLIED, 0);
    scene_end(&s);
    scene_begin(&s, sentence); /* a notice that only one side alleges neither binds nor lapses it */
    covered_term(&s);
    scene_report(&s, (struct scene_report){"notice", "n", "2025-03-03T00:00:00", "north", "in",
                                           GRADE_ALLEGED, NULL});
    assert_int_equal(scene_row(&s, ALL_TERM, "pass/south")->verdict, VERDICT_POSSIBLY_VIOLATED);
    scene_end(&s);
}

/* "if … is violated n times in any w by one party, then …; otherwise …". */
static void a_consequence_follows(void **state)
{
    static const char sentence[] =
        "provision truce: each party must not fire.\n"
        "provision answer: if truce is violated 2 times in any 3 days by one party, then north "
        "must begin withdrawal within 2 days; otherwise south must give notice within 1 day.\n";
    struct scene s;
    (void)state;
    scene_begin(&s, sentence); /* one each is not two of one */
    covered_term(&s);
    see(&s, "fire", "a", "2025-03-05T10:00:00", "north");
    see(&s, "fire", "b", "2025-03-05T11:00:00", "south");
    assert_verdict(&s, "answer/north", VERDICT_WAITING, 0);
    assert_verdict(&s, "answer_otherwise/south", VERDICT_WAITING, 0);
    scene_end(&s);
    scene_begin(&s, sentence); /* the second makes it arise, the third does not make another */
    covered_term(&s);
    see(&s, "fire", "a", "2025-03-05T10:00:00", "north");
    see(&s, "fire", "b", "2025-03-06T10:00:00", "north");
    see(&s, "fire", "c", "2025-03-07T10:00:00", "north");
    assert_verdict(&s, "answer/north", VERDICT_OVERDUE, 1);
    assert_verdict(&s, "answer_otherwise/south", VERDICT_OVERDUE, 1);
    const struct verdict_row *row = scene_row(&s, "2025-03-07T12:00:00", "answer/north");
    assert_int_equal(row->verdict, VERDICT_PENDING);
    assert_int_equal(row->next_deadline, scene_time("2025-03-08T10:00:00"));
    scene_end(&s);
    scene_begin(&s, sentence); /* fallen below and reached again: two; one of them answered */
    covered_term(&s);
    see(&s, "fire", "a", "2025-03-05T10:00:00", "north");
    see(&s, "fire", "b", "2025-03-06T10:00:00", "north");
    see(&s, "fire", "c", "2025-03-15T10:00:00", "north");
    see(&s, "fire", "d", "2025-03-16T10:00:00", "north");
    see(&s, "withdrawal_begun", "w", "2025-03-08T10:00:00", "north");
    see(&s, "notice", "n", "2025-03-19T10:00:00", "south");
    assert_verdict(&s, "answer/north", VERDICT_OVERDUE, 1);
    assert_verdict(&s, "answer_otherwise/south", VERDICT_COMPLIED, 0);
    scene_end(&s);
    scene_begin(&s, sentence); /* who fired the second is not known */
    covered_term(&s);
    see(&s, "fire", "a", "2025-03-05T10:00:00", "north");
    see(&s, "fire", "b", "2025-03-06T10:00:00", "north|south");
    assert_verdict(&s, "answer/north", VERDICT_POSSIBLY_VIOLATED, 0);
    scene_end(&s);
}

/* "then the party", "then the other party": whose violation it was decides who owes. */
static void a_consequence_for_the_violator(void **state)
{
    static const char sentence[] =
        "provision truce: each party must not fire.\n"
        "provision same: if truce is violated by one party, then the party must begin withdrawal "
        "within 2 days.\n"
        "provision its_other: if truce is violated by one party, then the other party must begin "
        "withdrawal within 2 days.\n";
    struct scene s;
    (void)state;
    scene_begin(&s, sentence);
    covered_term(&s);
    see(&s, "fire", "a", "2025-03-05T10:00:00", "north");
    assert_verdict(&s, "same/north", VERDICT_OVERDUE, 1);
    assert_verdict(&s, "same/south", VERDICT_WAITING, 0);
    assert_verdict(&s, "its_other/north", VERDICT_WAITING, 0);
    assert_verdict(&s, "its_other/south", VERDICT_OVERDUE, 1);
    scene_end(&s);
}

/* What a missed deadline leads to, and what a state's violation does. */
static void a_consequence_of_duties_and_states(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision pull: north must begin withdrawal by 2025-03-10.\n"
                    "provision then_notice: if pull is violated, then south must give notice "
                    "within 2 days.\n"
                    "provision clear: north must keep its weapons out of belt.\n"
                    "provision then_tell: if clear is violated, then south must give notice within "
                    "1 day.\n");
    covered_term(&s);
    assert_verdict(&s, "then_notice/south", VERDICT_OVERDUE, 1);
    assert_verdict(&s, "then_tell/south", VERDICT_WAITING, 0);
    const struct verdict_row *row = scene_row(&s, "2025-03-11T00:00:00", "then_notice/south");
    assert_int_equal(row->next_deadline, scene_time("2025-03-12T23:59:59"));
    scene_end(&s);
}

/* Who set the term running is not known for certain: nobody is overdue for certain either. */
static void an_unattributed_trigger_blames_nobody(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision tell: each party must give notice within 1 day after the party has "
                    "exercised.\n");
    scene_report(&s, (struct scene_report){"exercise", "x1", "2025-03-03T10:00:00", "north|south",
                                           "", GRADE_SEEN, "patrol"});
    covered_term(&s);
    assert_verdict(&s, "tell/north", VERDICT_POSSIBLY_VIOLATED, 0);
    assert_verdict(&s, "tell/south", VERDICT_POSSIBLY_VIOLATED, 0);
    scene_end(&s);
    scene_begin(&s, "provision tell: each party must give notice within 1 day after the party has "
                    "exercised.\n");
    scene_report(&s, (struct scene_report){"exercise", "x1", "2025-03-03T10:00:00", "north", "",
                                           GRADE_SEEN, "patrol"});
    covered_term(&s);
    assert_verdict(&s, "tell/north", VERDICT_OVERDUE, 1);
    assert_verdict(&s, "tell/south", VERDICT_WAITING, 0);
    scene_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(despite_excuses_the_same_event),
                                       cmocka_unit_test(despite_looks_back),
                                       cmocka_unit_test(caps_roll),
                                       cmocka_unit_test(caps_over_whole_days),
                                       cmocka_unit_test(caps_in_whatever_order),
                                       cmocka_unit_test(caps_at_the_edge),
                                       cmocka_unit_test(days_of_each_alternative),
                                       cmocka_unit_test(notice_ahead),
                                       cmocka_unit_test(every_week),
                                       cmocka_unit_test(before_and_after),
                                       cmocka_unit_test(defined_state),
                                       cmocka_unit_test(reference_to_a_violation),
                                       cmocka_unit_test(readings_stand_side_by_side),
                                       cmocka_unit_test(a_date_lapses),
                                       cmocka_unit_test(a_consequence_follows),
                                       cmocka_unit_test(a_consequence_for_the_violator),
                                       cmocka_unit_test(a_consequence_of_duties_and_states),
                                       cmocka_unit_test(an_unattributed_trigger_blames_nobody)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
