/* Proofs of violations: what is cited is certain, what is absent is not even possible; what cannot be
 * proved so is told. */
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

/* The lines of the proof of the row's first instance. */
static const char *proof(struct scene *s, const char *id)
{
    struct why why;
    struct buf b;
    const struct verdict_row *row = scene_row(s, ALL_TERM, id);
    assert_int_equal(verdict_proof(&s->verdicts, row, SIZE_MAX, 1, &s->arena, &why), STATUS_OK);
    buf_init(&b);
    for (size_t i = 0; i < why.n; i++) {
        if (why.steps[i].kind != WHY_PROOF) continue;
        buf_pad(&b, ' ', 2 * (size_t)(why.steps[i].depth - 2));
        buf_add(&b, why.steps[i].text);
        buf_putc(&b, '\n');
    }
    struct str text = str_dup(&s->arena, buf_str(&b));
    buf_free(&b);
    return text.p ? text.p : "";
}

static void an_event_in_force(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision quiet: each of north and south must not fire in belt.\n");
    covered_term(&s);
    see(&s, "fire", "e", "2025-03-02T10:00:00", "north");
    assert_string_equal(
        proof(&s, "quiet/north"),
        "s0: in force from 2025-03-01T00:00:00Z to 2025-03-30T23:59:59Z\n"
        "s1: fire by north in belt, by its number in the record\n"
        "s1(id) AND s0() holds at 2025-03-02T10:00:00Z for id = 0, since all of it does:\n"
        "  fact s1(0) at 2025-03-02T10:00:00Z\n"
        "  fact s0() at 2025-03-02T10:00:00Z\n");
    scene_end(&s);
}

static void without_notice(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision tell: north must give notice at least 48 hours before north "
                    "exercises.\n");
    covered_term(&s);
    see(&s, "notice", "n", "2025-03-05T12:00:00", "north");
    see(&s, "exercise", "late", "2025-03-06T12:00:00", "north");
    assert_string_equal(proof(&s, "tell/north"),
                        "s0: in force from 2025-03-01T00:00:00Z to 2025-03-30T23:59:59Z\n"
                        "s1: notice by north, by its number in the record\n"
                        "s2: exercise by north, by its number in the record\n"
                        "s2(id) AND s0() AND NOT (ONCE[172800,*) (EXISTS x. s1(x))) holds at "
                        "2025-03-06T12:00:00Z for id = 1, since all of it does:\n"
                        "  fact s2(1) at 2025-03-06T12:00:00Z\n"
                        "  fact s0() at 2025-03-06T12:00:00Z\n"
                        "  ONCE[172800,*) (EXISTS x. s1(x)) fails at 2025-03-06T12:00:00Z:\n"
                        "    EXISTS x. s1(x) fails from the beginning to 2025-03-04T12:00:00Z:\n"
                        "      no fact s1(_) from the beginning to 2025-03-04T12:00:00Z\n");
    scene_end(&s);
}

static void a_duty_not_done(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision begin: each party must begin withdrawal by the end of day 2.\n");
    covered_term(&s);
    see(&s, "withdrawal_begun", "w", "2025-03-05T12:00:00", "south");
    assert_string_equal(
        proof(&s, "begin/south"),
        "s0: in force from 2025-03-01T00:00:00Z to 2025-03-30T23:59:59Z\n"
        "s1: withdrawal_begun by south, by its number in the record\n"
        "s2: by the end of day 2\n"
        "s2(id) AND s0() AND NOT (ONCE[0,345599] (EXISTS x. s1(x))) holds at 2025-03-02T23:59:59Z "
        "for id = 0, since all of it does:\n"
        "  fact s2(0) at 2025-03-02T23:59:59Z\n"
        "  fact s0() at 2025-03-02T23:59:59Z\n"
        "  ONCE[0,345599] (EXISTS x. s1(x)) fails at 2025-03-02T23:59:59Z:\n"
        "    EXISTS x. s1(x) fails from 2025-02-27T00:00:00Z to 2025-03-02T23:59:59Z:\n"
        "      no fact s1(_) from 2025-02-27T00:00:00Z to 2025-03-02T23:59:59Z\n");
    scene_end(&s);
}

static void nobody_is_named(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision quiet: each of north and south must not fire in belt.\n");
    covered_term(&s);
    see(&s, "fire", "e", "2025-03-02T10:00:00", "north|south");
    assert_string_equal(
        proof(&s, "quiet/all"),
        "s0: in force from 2025-03-01T00:00:00Z to 2025-03-30T23:59:59Z\n"
        "s1: fire by whichever of the bearers it was in belt, by its number in the record\n"
        "s1(id) AND s0() holds at 2025-03-02T10:00:00Z for id = 0, since all of it does:\n"
        "  fact s1(0) at 2025-03-02T10:00:00Z\n"
        "  fact s0() at 2025-03-02T10:00:00Z\n");
    scene_end(&s);
}

static void what_is_only_possible(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision quiet: each of north and south must not fire in belt.\n");
    covered_term(&s);
    see(&s, "fire", "e", "2025-03-02T10:00:00", "north|south");
    assert_string_equal(proof(&s, "quiet/north"), "no proof: it is not certainly violated\n");
    scene_end(&s);
}

static void counts(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision rare: north must not exercise more than 1 time in any 7 days.\n");
    covered_term(&s);
    see(&s, "exercise", "a", "2025-03-02T10:00:00", "north");
    see(&s, "exercise", "b", "2025-03-03T10:00:00", "north");
    assert_string_equal(
        proof(&s, "rare/north"),
        "s0: exercise by north, by its number in the record\n"
        "s1: in force from 2025-03-01T00:00:00Z to 2025-03-30T23:59:59Z\n"
        "s2: exercise by north, by its number in the record\n"
        "map 0: the second before 7 days later, at the same local time\n"
        "s0(id) AND s1() AND (EXISTS n. ((n <- CNT other (ONCE[0,map 0] (s2(other) AND s1()))) AND "
        "(n > 1))) holds at 2025-03-03T10:00:00Z for id = 1, since all of it does:\n"
        "  fact s0(1) at 2025-03-03T10:00:00Z\n"
        "  fact s1() at 2025-03-03T10:00:00Z\n"
        "  EXISTS n. ((n <- CNT other (ONCE[0,map 0] (s2(other) AND s1()))) AND (n > 1)) holds at "
        "2025-03-03T10:00:00Z, with n = 2:\n"
        "    (n <- CNT other (ONCE[0,map 0] (s2(other) AND s1()))) AND (n > 1) holds at "
        "2025-03-03T10:00:00Z for n = 2, since all of it does:\n"
        "      not explained: n <- CNT other (ONCE[0,map 0] (s2(other) AND s1())) holds at "
        "2025-03-03T10:00:00Z for n = 2\n"
        "      n > 1 is true with n = 2\n");
    scene_end(&s);
}

static void a_state(void **state)
{
    struct scene s;
    (void)state;
    scene_begin(&s, "provision clear: south must keep its weapons out of belt.\n");
    covered_term(&s);
    see(&s, "weapon", "w", "2025-03-04T10:00:00/2025-03-06T10:00:00", "south");
    assert_string_equal(proof(&s, "clear/south"),
                        "s0: weapon of south in belt, by its number in the record\n"
                        "s1: in force from 2025-03-01T00:00:00Z to 2025-03-30T23:59:59Z\n"
                        "s0(id) AND s1() holds from 2025-03-04T10:00:00Z to 2025-03-06T10:00:00Z "
                        "for id = 0, since all of it does:\n"
                        "  fact s0(0) from 2025-03-04T10:00:00Z to 2025-03-06T10:00:00Z\n"
                        "  fact s1() from 2025-03-04T10:00:00Z to 2025-03-06T10:00:00Z\n");
    scene_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_in_force),
        cmocka_unit_test(without_notice),
        cmocka_unit_test(a_duty_not_done),
        cmocka_unit_test(nobody_is_named),
        cmocka_unit_test(what_is_only_possible),
        cmocka_unit_test(counts),
        cmocka_unit_test(a_state),
    };
    return cmocka_run_group_tests_name("proof", tests, NULL, NULL);
}
