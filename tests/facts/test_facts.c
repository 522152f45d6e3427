/* Grouping of reports into facts. */
#include "../test.h"

#include "facts/facts.h"

static const uint8_t attributes[] = {0, 2};

struct row {
    const char *id, *identity;
    instant at;
    uint32_t actors[3];
    size_t n_actors;
    const char *source;
    enum grade grade;
};

static enum facts_added add(struct facts *f, struct row r)
{
    struct str source = str_of(r.source);
    struct report_in in = {.id = str_of(r.id),
                           .identity = str_of(r.identity),
                           .kind = 0,
                           .says = {r.at,
                                    r.at + 10,
                                    r.at,
                                    r.at + 10,
                                    {FACTS_NONE, FACTS_NONE, FACTS_NONE},
                                    r.actors,
                                    r.n_actors,
                                    NULL,
                                    0},
                           .grade = r.grade,
                           .sources = &source,
                           .n_sources = source.n ? 1 : 0,
                           .recorded = INSTANT_MIN};
    enum facts_added how = FACTS_NEW;
    assert_int_equal(facts_add(f, &in, &how), STATUS_OK);
    return how;
}

static void groups_reports_of_one_event(void **state)
{
    (void)state;
    struct facts f;
    assert_int_equal(facts_init(&f, 2, attributes), STATUS_OK);
    assert_int_equal(add(&f, (struct row){"a", "", 5, {3, 1, 3}, 3, "x", GRADE_REPORTED}),
                     FACTS_NEW);
    /* The same row, with its candidates in another order. */
    assert_int_equal(add(&f, (struct row){"a", "a", 5, {1, 3}, 2, "x", GRADE_REPORTED}),
                     FACTS_REPEATED);
    assert_int_equal(add(&f, (struct row){"b", "a", 5, {1, 3}, 2, "y", GRADE_REPORTED}),
                     FACTS_MORE);
    assert_int_equal(add(&f, (struct row){"c", "a", 6, {1, 3}, 2, "y", GRADE_REPORTED}),
                     FACTS_CONFLICT);
    assert_int_equal(add(&f, (struct row){"d", "", 6, {1}, 1, "", GRADE_ALLEGED}), FACTS_NEW);
    assert_int_equal(facts_seal(&f), STATUS_OK);
    assert_int_equal(f.n_facts, 2);
    assert_int_equal(f.n_reports, 4);
    assert_int_equal(f.n_alternatives, 3);
    assert_int_equal(f.rows_repeated, 1);
    const struct fact *x = &f.facts[facts_find(&f, 0, STR("a"))];
    assert_int_equal(x->n_reports, 3);
    assert_int_equal(x->n_alternatives, 2);
    const struct alternative *a = &f.alternatives[x->first_alternative];
    assert_int_equal(a->n_actors, 2);
    assert_int_equal(f.actor_pool[a->actors], 1);
    assert_int_equal(f.actor_pool[a->actors + 1], 3);
    assert_int_equal(facts_find(&f, 1, STR("a")), FACTS_NONE);
    assert_int_equal(f.first_valid, 5);
    assert_int_equal(f.last_valid, 16);
    facts_free(&f);
}

static void many_facts_are_all_found(void **state)
{
    (void)state;
    struct facts f;
    char id[16];
    assert_int_equal(facts_init(&f, 2, attributes), STATUS_OK);
    for (int i = 0; i < 5000; i++) {
        snprintf(id, sizeof id, "e%d", i);
        add(&f, (struct row){id, "", i, {0}, 1, "s", GRADE_SEEN});
    }
    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(id, sizeof id, "e%u", i);
        assert_int_equal(facts_find(&f, 0, str_of(id)), i);
    }
    facts_free(&f);
}

static void findings_find_facts_that_come_later(void **state)
{
    (void)state;
    struct facts f;
    assert_int_equal(facts_init(&f, 2, attributes), STATUS_OK);
    struct finding found = {.says = FINDING_ATTRIBUTED, .kind = 0, .body = 7, .actor = 1};
    assert_int_equal(facts_add_finding(&f, &found, STR("late")), STATUS_OK);
    assert_int_equal(facts_add_finding(&f, &found, STR("never")), STATUS_OK);
    add(&f, (struct row){"late", "", 1, {0}, 0, "", GRADE_SEEN});
    assert_int_equal(facts_seal(&f), STATUS_OK);
    assert_int_equal(f.findings[0].fact, 0);
    assert_int_equal(f.findings[1].fact, FACTS_NONE);
    facts_free(&f);
}

static void memory_failure_is_reported(void **state)
{
    (void)state;
    struct facts f;
    assert_int_equal(facts_init(&f, 2, attributes), STATUS_OK);
    f.arena.limit = f.arena.used;
    assert_int_equal(facts_set_aside(&f, 0, 1, STR("no date")), STATUS_FAULT);
    assert_true(f.failed);
    struct report_in in = {.id = STR_INIT("x"), .kind = 0};
    assert_int_equal(facts_add(&f, &in, NULL), STATUS_FAULT);
    facts_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_reports_of_one_event),
        cmocka_unit_test(many_facts_are_all_found),
        cmocka_unit_test(findings_find_facts_that_come_later),
        cmocka_unit_test(memory_failure_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
