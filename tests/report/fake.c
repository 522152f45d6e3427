/* The hand-made view of fake.h. */
#include "tests/report/fake.h"

#include <stdlib.h>
#include <string.h>

#define S(text) STR_INIT(text)

static int32_t two_hours_east(const void *ctx, instant at)
{
    (void)ctx;
    (void)at;
    return 7200;
}

static const uint8_t days_of_fire[FAKE_DAYS] = {
    VERDICT_UNVERIFIED, VERDICT_VIOLATED,   VERDICT_VIOLATED,   VERDICT_POSSIBLY_VIOLATED,
    VERDICT_COMPLIED,   VERDICT_UNVERIFIED, VERDICT_UNVERIFIED, VERDICT_UNVERIFIED,
    VERDICT_UNVERIFIED, VERDICT_UNVERIFIED};
static const uint8_t days_of_party[FAKE_DAYS] = {
    VERDICT_UNVERIFIED, VERDICT_POSSIBLY_VIOLATED, VERDICT_POSSIBLY_VIOLATED, VERDICT_UNVERIFIED,
    VERDICT_UNVERIFIED, VERDICT_UNVERIFIED,        VERDICT_UNVERIFIED,        VERDICT_UNVERIFIED,
    VERDICT_UNVERIFIED, VERDICT_UNVERIFIED};
static const uint8_t days_unverified[FAKE_DAYS] = {
    VERDICT_UNVERIFIED, VERDICT_UNVERIFIED, VERDICT_UNVERIFIED, VERDICT_UNVERIFIED,
    VERDICT_UNVERIFIED, VERDICT_UNVERIFIED, VERDICT_UNVERIFIED, VERDICT_UNVERIFIED,
    VERDICT_UNVERIFIED, VERDICT_UNVERIFIED};
static const uint8_t days_of_duty[FAKE_DAYS] = {
    VERDICT_PENDING, VERDICT_PENDING, VERDICT_OVERDUE,  VERDICT_OVERDUE,  VERDICT_EXCUSED,
    VERDICT_EXCUSED, VERDICT_WAITING, VERDICT_COMPLIED, VERDICT_COMPLIED, VERDICT_NOT_IN_FORCE};

static const struct str candidates[] = {S("north"), S("الجنوب")};

static const struct view_report reports[] = {
    {S("r1"), S("Agency One"), S("reported"), S("events.csv"), 12,
     S("near </script><b>Mill</b> & Bridge"), INSTANT_MIN},
    {S("r2"), S("Agency Two; Agency Three"), S("seen by the mission"), S("events.csv"), 13,
     S("<b>shelling</b>"), FAKE_DAY(3)},
};
static const struct view_alternative first_says[] = {
    {FAKE_DAY(1), FAKE_DAY(2) - 1, FAKE_DAY(1), FAKE_DAY(2) - 1, S("north or الجنوب"),
     S("deaths 2"), reports, 2},
};
static const struct view_alternative second_says[] = {
    {FAKE_DAY(2), FAKE_DAY(4) - 1, FAKE_DAY(2), FAKE_DAY(4) - 1, S("unknown"), S(""), reports, 1},
};
static const struct view_instance instances[] = {
    {VERDICT_VIOLATED, FAKE_DAY(1), FAKE_DAY(2) - 1, ANCHOR_EVENT, 0, 0},
    {VERDICT_POSSIBLY_VIOLATED, FAKE_DAY(2), FAKE_DAY(4) - 1, ANCHOR_EVENT, 1,
     REASON_PLACE | REASON_UNCORROBORATED},
};
static const struct view_instance duties[] = {
    {VERDICT_OVERDUE, FAKE_FROM, FAKE_DAY(2) - 1, ANCHOR_DEADLINE, SIZE_MAX, 0},
};

static const struct view_named subjects[] = {{S("north"), S("Forces of the North")},
                                             {S("الجنوب"), S("قوات الجنوب")}};
static const struct str notes[] = {
    S("The two bound parties are a declared reading of the text."),
    S("The data hold only events with deaths: a lower bound, and no mission's record."),
};
static const struct str gloss[] = {
    S("read as: for each party P: no fire by P in area; one violation for each fire"),
};
static const struct view_source sources[] = {{S("events.csv"), 3883}};
static const struct view_coverage coverage[] = {
    {true, FAKE_DAY(2), FAKE_DAY(3) - 1, S("fire"), S("area"), S("north"), S(""),
     S("denied by north: no escort")},
};
static const double ring[] = {37.0, 47.5, 39.0, 47.5, 39.0, 49.0, 37.0, 49.0, 37.0, 47.5};
static const double line[] = {37.2, 48.0, 38.0, 48.4, 38.8, 48.2};
static const struct view_shape shapes[] = {{S("area"), true, ring, 5},
                                           {S("contact"), false, line, 3}};
static const struct view_filter filters[] = {
    {S("leave out rows where type is not 1 & kind < 2"), S("events.mapping.md"), 120}};
static const struct str undrawn[] = {S("regions")};

/* provision, subject, reading, verdict, days, attribution */
static void fill_row(struct view_row *r, const char *id, size_t provision, const char *subject,
                     const char *reading, enum verdict verdict, const uint8_t *days)
{
    *r = (struct view_row){
        .id = str_of(id),
        .provision = provision,
        .subject = str_of(subject),
        .zone = STR("area"),
        .reading = str_of(reading),
        .verdict = verdict,
        .from = FAKE_FROM,
        .to = FAKE_DAY(FAKE_DAYS) - 1,
        .days = days,
        .first_day = 16481,
        .n_days = FAKE_DAYS,
        .level = -1,
        .next_deadline = INSTANT_MAX,
    };
}

static void fill_rows(struct view_row *r)
{
    fill_row(&r[0], "ceasefire/all", 0, "all", "", VERDICT_VIOLATED, days_of_fire);
    r[0].attribution = ATTRIBUTION_NOT_ATTRIBUTED;
    r[0].candidates = candidates;
    r[0].n_candidates = 2;
    r[0].unknown_candidate = true;
    r[0].certain = 1234567;
    r[0].possible = 1;
    r[0].instances = instances;
    r[0].n_instances = 2;
    r[0].coverage = 0.004;
    fill_row(&r[1], "ceasefire/north", 0, "north", "", VERDICT_POSSIBLY_VIOLATED, days_of_party);
    r[1].reasons = REASON_ACTOR;
    r[1].possible = 2;
    fill_row(&r[2], "ceasefire/الجنوب", 0, "الجنوب", "", VERDICT_POSSIBLY_VIOLATED, days_of_party);
    r[2].reasons = REASON_ACTOR | REASON_PLACE;
    r[2].possible = 2;
    for (size_t i = 0; i < 3; i++) {
        static const char *const subject[] = {"all", "north", "الجنوب"};
        fill_row(&r[3 + i], "pullback", 1, subject[i],
                 i < 2 ? "as drawn by north" : "as drawn by الجنوب", VERDICT_UNVERIFIED,
                 days_unverified);
    }
    for (size_t i = 0; i < 3; i++) {
        static const char *const subject[] = {"all", "north", "الجنوب"};
        fill_row(&r[6 + i], "begin_withdrawal", 2, subject[i], "", VERDICT_OVERDUE, days_of_duty);
        r[6 + i].zone = (struct str){NULL, 0};
        r[6 + i].certain = 1;
        r[6 + i].coverage = 1;
        r[6 + i].level = 1;
        r[6 + i].level_rule = STR("begun, not completed");
        r[6 + i].next_deadline = FAKE_DAY(20) - 1;
        r[6 + i].instances = duties;
        r[6 + i].n_instances = 1;
        r[6 + i].final = i == 1;
    }
}

static void fill_provisions(struct view_provision *p)
{
    p[0] = (struct view_provision){
        .name = STR("ceasefire"),
        .clause = STR("Article 1"),
        .prose = STR("The parties <shall> cease fire & \"keep\" it."),
        .sentence = STR("provision ceasefire: each of north and الجنوب must not fire in area."),
        .gloss = gloss,
        .n_gloss = 1,
        .first_row = 0,
        .n_rows = 3};
    p[1] = (struct view_provision){
        .name = STR("pullback"), .clause = STR("Article 2"), .first_row = 3, .n_rows = 3};
    p[2] = (struct view_provision){.name = STR("begin_withdrawal"),
                                   .clause = STR("Article 2, paragraph 1"),
                                   .first_row = 6,
                                   .n_rows = 3};
}

static void fill_incidents(struct view_incident *x)
{
    x[0] = (struct view_incident){.id = STR("e1"),
                                  .kind = STR("fire"),
                                  .alternatives = first_says,
                                  .n_alternatives = 1,
                                  .n_reports = 2,
                                  .n_sources = 3,
                                  .has_point = true,
                                  .lon = 37.8,
                                  .lat = 48.0};
    x[1] = (struct view_incident){.id = STR("e2"),
                                  .kind = STR("fire"),
                                  .alternatives = second_says,
                                  .n_alternatives = 1,
                                  .n_reports = 1,
                                  .n_sources = 1,
                                  .has_point = true,
                                  .lon = 38.5,
                                  .lat = 48.7,
                                  .radius = 25000};
}

void fake_view(struct fake *f)
{
    memset(f, 0, sizeof *f);
    fill_rows(f->rows);
    fill_provisions(f->provisions);
    fill_incidents(f->incidents);
    f->aside[0] = (struct view_aside){STR("events.csv"), 7, STR("no such date: 31 February")};
    f->aside[1] = (struct view_aside){STR("events.csv"), 9, STR("longitude 400 is out of range")};
    f->view = (struct view){
        .title = STR("Accord of Two <Rivers>"),
        .agreement_file = STR("mission/agreement.md"),
        .clock = {two_hours_east, NULL, STR("Europe/Kyiv")},
        .from = FAKE_FROM,
        .to = FAKE_DAY(FAKE_DAYS) - 1,
        .at = FAKE_DAY(FAKE_DAYS) - 1,
        .as_of = FAKE_DAY(FAKE_DAYS) - 1,
        .n_days = FAKE_DAYS,
        .subjects = subjects,
        .n_subjects = 2,
        .notes = notes,
        .n_notes = 2,
        .provisions = f->provisions,
        .n_provisions = 3,
        .rows = f->rows,
        .n_rows = 9,
        .incidents = f->incidents,
        .n_incidents = 2,
        .coverage = coverage,
        .n_coverage = 1,
        .sources = sources,
        .n_sources = 1,
        .rows_read = 3886,
        .rows_repeated = 1,
        .rows_filtered = 120,
        .filters = filters,
        .n_filters = 1,
        .aside = f->aside,
        .n_aside = 2,
        .shapes = shapes,
        .n_shapes = 2,
        .undrawn = undrawn,
        .n_undrawn = 1,
    };
}

struct report_options fake_options(size_t width)
{
    return (struct report_options){.width = width, .command = STR("mission")};
}

void fake_open(struct fake_room *r)
{
    arena_init(&r->arena);
    fake_view(&r->fake);
    buf_init(&r->out);
}

void fake_close(struct fake_room *r)
{
    buf_free(&r->out);
    arena_free(&r->arena);
}

int fake_enter(void **state)
{
    struct fake_room *r = calloc(1, sizeof *r);
    if (!r) return -1;
    fake_open(r);
    *state = r;
    return 0;
}

int fake_leave(void **state)
{
    fake_close(*state);
    free(*state);
    return 0;
}
