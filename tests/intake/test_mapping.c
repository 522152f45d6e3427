/* Mappings: what their sentences make of a row, and what is said of a mapping that is wrong. */
#include "fixture.h"

static int setup(void **state)
{
    static struct fixture f;
    fixture_open(&f);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    fixture_close(*state);
    return 0;
}

static const struct alternative *first(const struct fixture *f, size_t fact)
{
    const struct facts *x = &f->intake.facts;
    assert_true(fact < x->n_facts);
    return &x->alternatives[x->facts[fact].first_alternative];
}

#define BASE CSV_HEAD "each report is known by column \"id\". the day is column \"day\". "

static void filters_are_counted_and_a_row_twice_is_one_report(void **state)
{
    struct fixture *f = *state;
    fixture_run_text(f,
                     BASE
                     "skip rows where column \"t\" is 2 or 3. "
                     "keep only rows where column \"c\" contains \"x\" or column \"c\" is empty.",
                     "id,day,t,c\n1,01/03/2015,1,axb\n1,01/03/2015,1,axb\n2,02/03/2015,2.0,x\n"
                     "3,03/03/2015,1,no\n4,04/03/2015,1,\n");
    assert_int_equal(f->intake.facts.n_reports, 2);
    assert_int_equal(f->intake.facts.rows_repeated, 1);
    assert_int_equal(f->intake.facts.rows_filtered, 2);
    assert_int_equal(f->intake.n_filters, 2);
    assert_int_equal(f->intake.filters[0].rows, 1);
    assert_str(f->intake.filters[0].text, "skip rows where column \"t\" is 2 or 3");
    assert_int_equal(f->intake.filters[1].rows, 1);
    /* Without a name of its own a row is known by all its cells, used or not. */
    fixture_run_text(f, CSV_HEAD "the day is column \"day\".",
                     "day,x\n01/03/2015,a\n01/03/2015,b\n01/03/2015,a\n");
    assert_int_equal(f->intake.facts.n_facts, 2);
    assert_int_equal(f->intake.facts.rows_repeated, 1);
}

static void days_are_local_and_spans_are_widened(void **state)
{
    struct fixture *f = *state;
    fixture_run_text(f,
                     CSV_HEAD
                     "each report is known by column \"id\". "
                     "the time is from column \"a\" to column \"b\", the whole month when column "
                     "\"p\" is 4; give or take 2 hours when column \"p\" is 2.",
                     "id,a,b,p\n1,29/03/2015,29/03/2015,1\n2,10/02/2015 10:00,10/02/2015 12:00,2\n"
                     "3,10/02/2015,11/02/2015,4\n4,03/02/2015,01/02/2015,1\n");
    assert_int_equal(first(f, 0)->start_hi - first(f, 0)->start_lo, 23 * 3600 - 1);
    assert_int_equal(first(f, 1)->start_hi - first(f, 1)->start_lo, 6 * 3600);
    assert_int_equal(first(f, 2)->start_hi - first(f, 2)->start_lo, 28 * 86400 - 1);
    assert_string_equal(fixture_aside(f), "5: it ends (2015-02-01T23:59:59+02:00) before it starts "
                                          "(2015-02-03T00:00:00+02:00)\n");
}

static void actors_are_candidates_through_a_table(void **state)
{
    struct fixture *f = *state;
    fixture_run_text(f,
                     BASE "the actors are one of columns \"a\" and \"b\", split at \"/\", written: "
                          "– \"N\" or \"NN\" is north – \"S\" is south – \"?\" is unknown "
                          "– \"X\" is someone else.",
                     "id,day,a,b\n1,01/03/2015,N,S\n2,01/03/2015,nn,\n3,01/03/2015,N/S,N\n"
                     "4,01/03/2015,N,?\n5,01/03/2015,X,\n6,01/03/2015,Q,S\n7,01/03/2015,,\n");
    assert_int_equal(first(f, 0)->n_actors, 2);
    assert_int_equal(first(f, 1)->n_actors, 1);
    assert_int_equal(first(f, 2)->n_actors, 2);
    assert_int_equal(first(f, 3)->n_actors, 0);
    assert_int_equal(f->intake.facts.actor_pool[first(f, 4)->actors], FACTS_OTHER_ACTOR);
    assert_int_equal(first(f, 5)->n_actors, 0);
    assert_string_equal(fixture_aside(f), "7: \"Q\" is no actor that the mapping knows\n");
}

static void places_have_their_uncertainty(void **state)
{
    struct fixture *f = *state;
    fixture_run_text(
        f,
        BASE "the area is column \"adm\". the place is the point at latitude column \"lat\" "
             "and longitude column \"lon\": – within 20 km when column \"p\" is 2 "
             "– unknown when column \"p\" is more than 2.",
        "id,day,adm,lat,lon,p\n1,01/03/2015,donetsk OBLAST,48,37.5,1\n"
        "2,01/03/2015,Kharkiv,48,37.5,2\n3,01/03/2015,,48,37.2,2\n"
        "4,01/03/2015,,48,40,2\n5,01/03/2015,,48,37.5,3\n6,01/03/2015,,48,400,1\n"
        "7,01/03/2015,,139,35,1\n8,01/03/2015,,,35,1\n9,01/03/2015,,x,35,1\n");
    const struct facts *x = &f->intake.facts;
    uint8_t regions[16] = {0}, belt[16] = {0};
    uint32_t zone = agreement_zone(f->agreement, STR("regions"));
    assert_true(x->places.n_places <= 16);
    assert_int_equal(x->places.sides(x->places.ctx, zone, FACTS_NONE, regions), STATUS_OK);
    zone = agreement_zone(f->agreement, STR("belt"));
    assert_int_equal(x->places.sides(x->places.ctx, zone, FACTS_NONE, belt), STATUS_OK);
    static const uint8_t in_regions[] = {SIDE_INSIDE, SIDE_OUTSIDE, SIDE_UNDECIDED, SIDE_UNDECIDED};
    static const uint8_t in_belt[] = {SIDE_INSIDE, SIDE_INSIDE, SIDE_UNDECIDED, SIDE_OUTSIDE};
    for (size_t i = 0; i < 4; i++) {
        uint32_t place = first(f, i)->place[PLACE_AT];
        assert_int_equal(regions[place], in_regions[i]);
        assert_int_equal(belt[place], in_belt[i]);
    }
    assert_int_equal(first(f, 4)->place[PLACE_AT], FACTS_NONE);
    assert_string_equal(fixture_aside(f),
                        "7: longitude 400 does not exist (-180 to 180)\n"
                        "8: latitude 139 does not exist (-90 to 90): are latitude and longitude "
                        "exchanged?\n"
                        "9: column \"lat\" is empty though the other is not\n"
                        "10: column \"lat\": \"x\" is no number\n");
}

static void sectors_and_shapes_are_places(void **state)
{
    struct fixture *f = *state;
    fixture_run_text(f,
                     BASE
                     "the place is the sector seen from latitude column \"lat\" and longitude "
                     "column \"lon\", bearing column \"b\" give or take 10 degrees, from 1 km to "
                     "column \"d\" km. "
                     "the place it went into is the shape in column \"wkt\" as wkt.",
                     "id,day,lat,lon,b,d,wkt\n1,01/03/2015,48,37.5,90,5,POINT (37.5 48)\n"
                     "2,01/03/2015,48,37.5,90,0.5,\n3,01/03/2015,48,37.5,90,5,POINT (\n"
                     "4,01/03/2015,48,37.5,90,5,\"POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))\"\n"
                     "5,01/03/2015,48,37.5,90,5,POINT (37.5 480)\n");
    assert_int_not_equal(first(f, 0)->place[PLACE_AT], FACTS_NONE);
    assert_int_not_equal(first(f, 0)->place[PLACE_INTO], FACTS_NONE);
    assert_int_equal(first(f, 0)->place[PLACE_FROM], FACTS_NONE);
    assert_int_equal(f->intake.facts.n_set_aside, 4);
    assert_str(f->intake.facts.set_aside[0].reason, "a sector from 1000 m to 500 m makes no sense");
    assert_non_null(strstr(fixture_aside(f), "is no well-known text of a shape"));
    assert_non_null(strstr(fixture_aside(f), "crosses itself"));
    assert_non_null(strstr(fixture_aside(f), "lies outside the earth"));
}

static void attributes_have_units_and_tables(void **state)
{
    struct fixture *f = *state;
    fixture_run_text(
        f,
        BASE "deaths is from column \"low\" to column \"high\". weapon is column \"w\", "
             "written: – \"82\" or \"120\" is \"mortar\" – anything else is \"other\". "
             "the grade is column \"g\", written: – \"patrol\" is seen – \"press\" is "
             "reported. the sources are column \"s\", split at \";\".",
        "id,day,low,high,w,g,s\n1,01/03/2015,1,3,82,patrol,a;b;a\n"
        "2,01/03/2015,,,x,press,\n3,01/03/2015,4,2,x,press,\n4,01/03/2015,1,1,x,rumour,a\n");
    const struct facts *x = &f->intake.facts;
    const struct kind *k = &f->agreement->kinds[0];
    const struct value *v = x->value_pool + first(f, 0)->values;
    struct value deaths = v[kind_attribute(k, STR("deaths"))];
    assert_true(deaths.lo == 1 && deaths.hi == 3);
    struct value weapon = v[kind_attribute(k, STR("weapon"))];
    assert_str(intern_str(&x->texts, (uint32_t)weapon.lo), "mortar");
    assert_int_equal(x->reports[0].grade, GRADE_SEEN);
    assert_int_equal(x->reports[0].n_sources, 2);
    v = x->value_pool + first(f, 1)->values;
    assert_false(value_known(v[kind_attribute(k, STR("deaths"))]));
    assert_int_equal(x->reports[1].n_sources, 1);
    assert_int_equal(x->n_set_aside, 2);
    const char *metres = "reports from \"reports.csv\" are csv. each row is a gun. "
                         "the start is column \"day\". caliber is column \"c\" in cm.";
    fixture_run_text(f, metres, "day,c\n2015-03-01,12.2\n");
    v = f->intake.facts.value_pool + first(f, 0)->values;
    assert_int_equal(v[kind_attribute(&f->agreement->kinds[1], STR("caliber"))].lo, 122);
}

static void states_begin_and_end(void **state)
{
    struct fixture *f = *state;
    const char *mapping = "reports from \"reports.csv\" are csv. each row is a camp. "
                          "each report is known by column \"id\". the start is column \"a\". "
                          "the end is column \"b\", open when empty.";
    fixture_run_text(
        f, mapping,
        "id,a,b\n1,2015-03-01,2015-03-05\n2,2015-03-01 10:00,\n3,2015-03-05,2015-03-01\n");
    assert_int_equal(first(f, 0)->start_hi - first(f, 0)->start_lo, 86399);
    assert_int_equal(first(f, 0)->end_hi - first(f, 0)->end_lo, 86399);
    assert_int_equal(first(f, 1)->start_hi, first(f, 1)->start_lo);
    assert_true(first(f, 1)->end_lo == INSTANT_MAX && first(f, 1)->end_hi == INSTANT_MAX);
    assert_int_equal(f->intake.facts.n_set_aside, 1);
}

static void coverage_gaps_and_findings(void **state)
{
    struct fixture *f = *state;
    const char *mapping =
        "reports from \"reports.csv\" are csv. each report is known by column \"id\". "
        "it is by mission. "
        "each row where column \"k\" is \"f\" is a fire. the time is column \"a\". "
        "each row where column \"k\" is \"c\" is coverage. the time is from column \"a\" to column "
        "\"b\". the zone is column \"z\". it covers fire and gun. the means is \"patrol\". "
        "each row where column \"k\" is \"g\" is a gap in coverage. the time is from column \"a\" "
        "to "
        "column \"b\". the zone is everywhere. the cause is column \"z\". "
        "each row where column \"k\" is \"x\" is a finding about fire. it is about column \"b\". "
        "the actor is column \"z\". the finding is column \"d\", written: – \"yes\" is attributed "
        "– \"no\" "
        "is not attributable.";
    fixture_run_text(f, mapping,
                     "id,k,a,b,z,d\n1,f,2015-03-01,,,\n2,c,2015-03-01,2015-03-02,belt,\n"
                     "3,g,2015-03-01,2015-03-01,mines,\n4,x,,1,north,yes\n5,x,,1,,no\n6,x,,1,,yes\n"
                     "7,c,2015-03-01,2015-03-02,nowhere,\n8,q,,,,\n");
    const struct facts *x = &f->intake.facts;
    assert_int_equal(x->n_coverage, 2);
    assert_int_equal(x->coverage[0].where, COVERAGE_ZONE);
    assert_int_equal(x->coverage[0].n_kinds, 2);
    assert_int_equal(x->coverage[0].by, agreement_actor(f->agreement, STR("mission")));
    assert_true(x->coverage[1].gap);
    assert_str(x->coverage[1].cause, "mines");
    assert_int_equal(x->n_findings, 2);
    assert_int_equal(x->findings[0].says, FINDING_ATTRIBUTED);
    assert_int_equal(x->findings[0].fact, 0);
    assert_int_equal(x->findings[1].actor, FACTS_NONE);
    assert_string_equal(fixture_aside(f),
                        "7: it attributes to 0 actors, not to one\n"
                        "8: column \"z\": \"nowhere\" is no zone of the agreement\n"
                        "9: no sentence of the mapping says what this row is\n");
}

static void wrong_mappings_are_refused_with_what_would_be_right(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *mapping, *said;
    } cases[] = {
        {"each row is a fire. the day is column \"d\".", "which file holds the reports"},
        {"reports from \"reports.csv\" are csv.", "what a row is"},
        {CSV_HEAD, "when it happened"},
        {BASE "reports from \"more.csv\" are csv.", "a mapping of its own"},
        {BASE "the wether is column \"x\".", "no sentence begins with \"wether\""},
        {BASE "the actor is column \"x\", written: – \"N\" is nroth.", "nroth"},
        {"reports from \"reports.csv\" are csv in windows-1253x. each row is a fire. the day is "
         "column "
         "\"d\".",
         "unknown encoding \"windows-1253x\" = windows-125"},
        {"reports from \"reports.csv\" are csv. time zone Europe/Kiyv. each row is a fire. the day "
         "is "
         "column \"d\".",
         "unknown-time-zone"},
        {BASE "skip rows where column \"a\" is 1 and column \"b\" is 2 or column \"c\" is 3.",
         "do not mix"},
        {BASE "the place is the point at longitude column \"x\".", "expected \"latitude\""},
        {BASE "deaths is column \"x\" in km.", "wrong-unit"},
        {BASE "the place is the point at latitude column \"x\" and longitude column \"y\", within "
              "25 kg.",
         "a length in metres or kilometres"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fixture_run(f, cases[i].mapping, "id,day\n", 7);
        assert_int_equal(f->status, STATUS_INPUT);
        if (!strstr(fixture_said(f), cases[i].said)) fail_msg("case %zu: %s", i, fixture_said(f));
    }
    /* Several at once. */
    fixture_run(f, BASE "the wether is 1. the place is here. show nothing.", "id,day\n", 7);
    assert_int_equal(f->diags.errors, 3);
}

static void a_likely_slip_is_warned_of(void **state)
{
    struct fixture *f = *state;
    fixture_run_text(f, BASE "the area is column \"adm\".", "id,day,adm\n1,01/03/2015,Donetsk\n");
    assert_non_null(strstr(fixture_said(f), "area-never-named"));
    assert_non_null(strstr(fixture_said(f), "\"Donetsk\", if that is meant"));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(filters_are_counted_and_a_row_twice_is_one_report),
        CASE(days_are_local_and_spans_are_widened),
        CASE(actors_are_candidates_through_a_table),
        CASE(places_have_their_uncertainty),
        CASE(sectors_and_shapes_are_places),
        CASE(attributes_have_units_and_tables),
        CASE(states_begin_and_end),
        CASE(coverage_gaps_and_findings),
        CASE(wrong_mappings_are_refused_with_what_would_be_right),
        CASE(a_likely_slip_is_warned_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
