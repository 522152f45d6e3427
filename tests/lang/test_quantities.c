/* Schedules, baselines, movements in step, sites, zones that differ: what the sentences mean. */
#include "tests/test.h"

#include "lang/model.h"
#include "lang/quantity.h"

#define HEAD                                                                                       \
    "# A\n\n```truce\n"                                                                            \
    "agreement \"T\" signed 2020-11-09; in force from 2020-11-10 00:00 for 5 years; time zone "    \
    "Asia/Baku; day 1 is 2020-11-10.\n"                                                            \
    "party north. party south. body mission.\n"                                                    \
    "line actual from \"a.geojson\". line of_2014 from \"b.geojson\".\n"                           \
    "event withdrawal (by party, caliber mm), verb withdraw, withdraws, withdrawn, withdrawing.\n" \
    "event arrival (by party), verb arrive, arrives, arrived, arriving.\n"                         \
    "filed event inventory (of party, pieces count, caliber mm).\n"                                \
    "event inspection (of party, present count, access yes or no), in a zone.\n"                   \
    "state heavy_weapon (of party, caliber mm), plural heavy weapons.\n"                           \
    "stock units. stock guns, declared by inventory with pieces.\n"                                \
    "north declares 7 units. south declares 80 to 90 units.\n"

struct fixture {
    struct arena a;
    struct diags d;
    const struct agreement *g;
    enum status st;
    struct str text;
};

static void check(struct fixture *f, const char *sentences)
{
    arena_init(&f->a);
    diags_init(&f->d, &f->a);
    f->text = str_fmt(&f->a, "%s%s\n```\n", HEAD, sentences);
    f->st = agreement_check(&f->a, source_new(&f->a, STR("x.md"), f->text), &f->d, &f->g);
    for (size_t i = 0; i < f->d.n && f->st != STATUS_OK; i++)
        fprintf(stderr, "# %.*s [%s]\n", STR_ARG(f->d.items[i].what), f->d.items[i].code);
    assert_int_equal(f->st, STATUS_OK);
}

static const struct provision *last(const struct fixture *f)
{
    return &f->g->provisions[f->g->n_provisions - 1];
}

static void assert_read(const struct fixture *f, const char *part)
{
    struct str gloss = last(f)->gloss;
    for (size_t i = 0; i + strlen(part) <= gloss.n; i++)
        if (!memcmp(gloss.p + i, part, strlen(part))) return;
    fail_msg("no \"%s\" in \"%.*s\"", part, STR_ARG(gloss));
}

/* The sentence of the proposal: half by day 7, rounded up, all by day 14. */
static void half_then_all(void **state)
{
    struct fixture f;
    (void)state;
    check(&f, "provision x: each party must withdraw: – half of its declared units by the end of "
              "day 7, rounded up – all by the end of day 14.");
    const struct provision *p = last(&f);
    assert_int_equal(p->pattern, PATTERN_SCHEDULE);
    assert_int_equal(p->n_steps, 2);
    assert_int_equal(step_need(&p->steps[0], 7), 4);
    assert_int_equal(step_need(&p->steps[0], 8), 4);
    assert_int_equal(step_need(&p->steps[1], 7), 7);
    assert_int_equal(step_need(&p->steps[1], INT64_MAX), INT64_MAX);
    assert_int_equal(p->basis->op, MEASURE_STATED);
    int64_t lo, hi;
    assert_true(agreement_amount(f.g, p->stock, 1, false, &lo, &hi));
    assert_int_equal(lo, 80);
    assert_int_equal(hi, 90);
    assert_read(&f, "1/2 (rounded up) up to and including 2020-11-16T23:59:59+04:00, all up to and "
                    "including 2020-11-23T23:59:59+04:00");
    assert_read(&f, "(north: 7, south: 80 to 90)");
    arena_free(&f.a);
}

/* Shares are exact: a third of 30,000 is 10,000, and no product overflows. */
static void shares_are_exact(void **state)
{
    struct schedule_step third = {.num = 1, .den = 3}, percent = {.num = 1250, .den = 10000};
    (void)state;
    assert_int_equal(step_need(&third, 30000), 10000);
    assert_int_equal(step_need(&third, 30001), 10001);
    third.down = true;
    assert_int_equal(step_need(&third, 30002), 10000);
    assert_int_equal(step_need(&percent, 8), 1);
    assert_int_equal(step_need(&percent, 9), 2);
    assert_int_equal(step_need(&percent, INT64_MAX - 1), (INT64_MAX - 1) / 8 + 1);
    assert_int_equal(step_need(&(struct schedule_step){.count = 5}, 3), 5);
}

/* By calibre: the baseline is asked for the same. */
static void by_calibre(void **state)
{
    struct fixture f;
    (void)state;
    check(&f, "provision x: south must have withdrawn its guns with caliber 100 mm or more: – 40 % "
              "within 30 days after entry into force – all within 60 days after entry into force.");
    const struct provision *p = last(&f);
    assert_int_equal(p->basis->op, MEASURE_AMOUNT);
    assert_int_equal(p->n_basis_tests, 1);
    assert_int_equal(p->basis_tests[0].attribute, 2);
    assert_int_equal(p->basis_tests[0].lo, 100);
    assert_int_equal(p->steps[0].deadline.op, DEADLINE_WITHIN);
    arena_free(&f.a);
}

/* Article 2 of 2015: each side from its own line of reference. */
static void each_from_its_line(void **state)
{
    struct fixture f;
    (void)state;
    check(&f,
          "zone belt is: – within 25 km of actual for north – within 25 km of of_2014 for south.\n"
          "provision x: from the end of day 14, each party must keep its heavy weapons with "
          "caliber 100 mm or more out of belt.");
    uint32_t belt = last(&f)->act.zone;
    uint32_t north = agreement_zone_for(f.g, belt, 0), south = agreement_zone_for(f.g, belt, 1);
    assert_int_equal(f.g->zones[north].expr->index, 0);
    assert_int_equal(f.g->zones[south].expr->index, 1);
    assert_int_equal(agreement_zone_for(f.g, belt, 2), belt);
    assert_int_equal(f.g->zones[belt].expr->op, ZONE_UNION);
    assert_int_equal(agreement_zone(f.g, STR("belt for south")), south);
    assert_read(&f, "belt as it is for P");
    arena_free(&f.a);
}

/* Article 4 of November 2020: peacekeepers in step with a withdrawal; the measure is left open. */
static void in_step(void **state)
{
    struct fixture f;
    (void)state;
    const char *processes =
        "process deployment is each arrival by north, out of 1,960.\n"
        "process withdrawal_of_forces is each withdrawal by south, out of 40.\n";
    char text[600];
    snprintf(text, sizeof text, "%s%s", processes,
             "provision x: deployment and withdrawal of forces must proceed in step.");
    check(&f, text);
    assert_int_equal(last(&f)->gap, -1);
    assert_int_equal(last(&f)->bearers.n, 0);
    assert_int_equal(f.d.n, 1); /* that nothing can be verified is said */
    assert_read(&f, "the text does not say how near");
    arena_free(&f.a);
    snprintf(text, sizeof text, "%s%s", processes,
             "provision x: until day 30, deployment and withdrawal of forces must proceed in step "
             "at most 12.5 percent apart.");
    check(&f, text);
    assert_int_equal(last(&f)->gap, 1250);
    assert_int_equal(last(&f)->n_frames, 1);
    assert_read(&f, "at most 12.5 % apart");
    arena_free(&f.a);
}

static void sites(void **state)
{
    struct fixture f;
    (void)state;
    check(&f, "zone yard is area \"Y\".\n"
              "site depot \"Depot 5\", in yard, of south, holding 12 guns as declared and 11 as "
              "verified, checked by inspection with present.\n"
              "provision x: south must keep its verified guns in depot.");
    const struct site *s = &f.g->sites[0];
    assert_int_equal(s->declared, 12);
    assert_int_equal(s->verified, 11);
    assert_int_equal(s->owner, 1);
    assert_true(last(&f)->sites_verified);
    assert_read(&f, "fewer of the guns of P than were verified there (Depot 5 of south: 11)");
    arena_free(&f.a);
}

static void survives_failing_memory(void **state)
{
    (void)state;
    const char *text = HEAD
        "zone belt is: – within 25 km of actual for north – within 25 km of of_2014 for south.\n"
        "process going is each arrival, out of 9. process back is each withdrawal, out of 8.\n"
        "site depot, in belt, of south, holding 2 units, checked by inspection with present.\n"
        "provision x: each party must withdraw: – half of its units by day 7 – all by day 9.\n"
        "provision y: going and back must proceed in step at most 5 % apart.\n"
        "provision z: south must keep its declared units in its sites.\n```\n";
    enum status st = STATUS_FAULT;
    for (size_t limit = 256; st == STATUS_FAULT; limit += 509) {
        struct arena a;
        struct diags d;
        const struct agreement *g = NULL;
        arena_init(&a);
        a.limit = limit;
        diags_init(&d, &a);
        const struct source *x = source_new(&a, STR("x.md"), str_of(text));
        st = x ? agreement_check(&a, x, &d, &g) : STATUS_FAULT;
        assert_true(st == STATUS_FAULT || st == STATUS_OK);
        assert_true(st == STATUS_FAULT || g->n_provisions == 3);
        arena_free(&a);
        assert_true(limit < 1u << 22);
    }
    assert_int_equal(st, STATUS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(half_then_all),
                                       cmocka_unit_test(shares_are_exact),
                                       cmocka_unit_test(by_calibre),
                                       cmocka_unit_test(each_from_its_line),
                                       cmocka_unit_test(in_step),
                                       cmocka_unit_test(sites),
                                       cmocka_unit_test(survives_failing_memory)};
    return cmocka_run_group_tests_name("quantities", tests, NULL, NULL);
}
