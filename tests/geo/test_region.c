/* Regions against uncertain places: names, points, discs and shapes, and the laws between them. */
#include "geo/region.h"
#include "tests/test.h"

#include <math.h>

struct fixture {
    struct geo *geo;
    struct arena arena;
    struct diags diags;
    struct places places;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    if (!f) return 1;
    arena_init(&f->arena);
    diags_init(&f->diags, &f->arena);
    f->geo = geo_new();
    *state = f;
    return f->geo && places_init(&f->places, f->geo) ? 0 : 1;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    places_free(&f->places);
    geo_free(f->geo);
    arena_free(&f->arena);
    free(f);
    return 0;
}

static struct geo_shape *shape(struct fixture *f, const char *text)
{
    struct geo_features out;
    const struct source *s = source_new(&f->arena, STR("t"), str_of(text));
    assert_int_equal(geo_read(f->geo, s, &f->diags, &out), STATUS_OK);
    return out.items[0].shape;
}

/* The rectangle between two corners. */
static struct geo_shape *rectangle(struct fixture *f, double w, double s, double e, double n)
{
    struct str text = str_fmt(&f->arena,
                              "{\"type\":\"Polygon\",\"coordinates\":[[[%.17g,%.17g],[%.17g,%.17g],"
                              "[%.17g,%.17g],[%.17g,%.17g],[%.17g,%.17g]]]}",
                              w, s, e, s, e, n, w, n, w, s);
    return shape(f, text.p);
}

static struct region *leaf(struct fixture *f, struct geo_shape *s)
{
    struct region *r = region_new(f->geo, REGION_SHAPE, NULL, 0);
    assert_non_null(r);
    r->shape = s;
    return r;
}

static struct region *area(struct fixture *f, const char *name, struct geo_shape *s)
{
    struct region *r = region_new(f->geo, REGION_AREA, NULL, 0);
    assert_non_null(r);
    r->area = places_area(&f->places, str_of(name));
    r->shape = s;
    return r;
}

static struct region *of(struct fixture *f, enum region_op op, struct region *a, struct region *b)
{
    return region_new(f->geo, op, (struct region *[]){a, b}, 2);
}

static struct region *within(struct fixture *f, struct region *a, double metres)
{
    struct region *r = region_new(f->geo, REGION_WITHIN, &a, 1);
    r->metres = metres;
    return r;
}

static uint32_t disc(struct fixture *f, double lon, double lat, double radius)
{
    return places_add(&f->places, &(struct place_in){
                                      .has_point = true, .lon = lon, .lat = lat, .radius = radius});
}

static uint32_t named(struct fixture *f, const char *coarse, const char *fine)
{
    return places_add(&f->places, &(struct place_in){.areas = {str_of(coarse), str_of(fine)}});
}

#define assert_side(r, place, expected)                                                            \
    assert_int_equal(region_side(&f->places, (r), (place)), (expected))

static void a_border_between_two_regions_is_no_border_of_their_union(void **state)
{
    struct fixture *f = *state;
    struct region *west = leaf(f, rectangle(f, 36, 47, 38, 49));
    struct region *east = leaf(f, rectangle(f, 38, 47, 40, 49));
    struct region *both = of(f, REGION_UNION, west, east);
    uint32_t on_border = disc(f, 38, 48, 25000);
    assert_side(west, on_border, SIDE_UNDECIDED);
    assert_side(east, on_border, SIDE_UNDECIDED);
    assert_side(both, on_border, SIDE_INSIDE);
    assert_side(of(f, REGION_INTERSECTION, west, both), on_border, SIDE_UNDECIDED);
    assert_side(of(f, REGION_DIFFERENCE, both, west), on_border, SIDE_UNDECIDED);
    assert_side(both, disc(f, 39.9, 48, 25000), SIDE_UNDECIDED);
    assert_side(both, disc(f, 41, 48, 25000), SIDE_OUTSIDE);
    assert_side(both, disc(f, 38, 48, 0), SIDE_INSIDE);
    assert_side(both, disc(f, 40, 48, 0), SIDE_INSIDE); /* the edge is in */
}

static void names_decide_ignoring_case(void **state)
{
    struct fixture *f = *state;
    struct region *d = area(f, "Donetsk oblast", NULL), *l = area(f, "Луганська область", NULL);
    struct region *both = of(f, REGION_UNION, d, l);
    uint32_t donetsk = named(f, "  DONETSK Oblast ", NULL),
             luhansk = named(f, "ЛУГАНСЬКА ОБЛАСТЬ", "");
    uint32_t other = named(f, "Kharkiv Oblast", NULL), none = named(f, "", "");
    uint32_t district = named(f, NULL, "Horlivka");
    assert_side(d, donetsk, SIDE_INSIDE);
    assert_side(l, donetsk, SIDE_OUTSIDE);
    assert_side(both, luhansk, SIDE_INSIDE);
    assert_side(both, other, SIDE_OUTSIDE);
    assert_side(both, none, SIDE_UNDECIDED);
    assert_side(both, district, SIDE_UNDECIDED); /* of another level */
    assert_side(of(f, REGION_DIFFERENCE, both, l), luhansk, SIDE_OUTSIDE);
    assert_side(of(f, REGION_DIFFERENCE, both, l), donetsk, SIDE_INSIDE);
    assert_side(both, disc(f, 38, 48, 0), SIDE_UNDECIDED); /* no geometry to ask */
    struct region *mixed = of(f, REGION_UNION, d, leaf(f, rectangle(f, 30, 40, 31, 41)));
    assert_side(mixed, disc(f, 30.5, 40.5, 0), SIDE_INSIDE);
    assert_side(mixed, donetsk, SIDE_INSIDE);
    assert_side(mixed, other, SIDE_UNDECIDED); /* the rectangle may hold some of it */
}

static void a_gazetteer_gives_names_a_geometry(void **state)
{
    struct fixture *f = *state;
    struct region *d = area(f, "Donetsk oblast", rectangle(f, 36, 47, 38, 49));
    assert_side(d, disc(f, 37, 48, 25000), SIDE_INSIDE);
    assert_side(d, disc(f, 35, 48, 25000), SIDE_OUTSIDE);
    /* The name that the report gives stands above its point. */
    uint32_t both = places_add(&f->places, &(struct place_in){.areas = {STR("donetsk oblast")},
                                                              .has_point = true,
                                                              .lon = 35,
                                                              .lat = 48,
                                                              .radius = 25000});
    assert_side(d, both, SIDE_INSIDE);
}

static double unit_random(uint64_t *seed)
{
    return (double)(test_random(seed) >> 11) / 9007199254740992.0;
}

static const char line[] =
    "{\"type\":\"LineString\",\"coordinates\":[[39.4,48.6],[38.2,48.4],[37.8,47.1]]}";

/* What a disc is told must be true of every point in it. */
static void a_disc_agrees_with_its_points(void **state)
{
    struct fixture *f = *state;
    uint64_t seed = 21;
    struct region *belt = within(f, leaf(f, shape(f, line)), 25000);
    struct region *west = leaf(f, rectangle(f, 37, 47, 38.2, 48.6));
    struct region *hole = leaf(f, rectangle(f, 37.9, 47.9, 38.1, 48.1));
    struct region *regions[] = {belt, of(f, REGION_UNION, west, belt),
                                of(f, REGION_INTERSECTION, west, belt),
                                of(f, REGION_DIFFERENCE, of(f, REGION_UNION, west, belt), hole),
                                within(f, of(f, REGION_DIFFERENCE, west, hole), 3000)};
    size_t told[3] = {0};
    for (size_t k = 0; k < sizeof(regions) / sizeof(regions[0]); k++) {
        for (int i = 0; i < 150; i++) {
            double lon = 36.5 + unit_random(&seed) * 3.5, lat = 46.5 + unit_random(&seed) * 2.6;
            double radius = 500 + unit_random(&seed) * 20000;
            enum side s = region_side(&f->places, regions[k], disc(f, lon, lat, radius));
            told[s]++;
            for (int m = 0; m < 12; m++) {
                double a = unit_random(&seed) * 360, x, y;
                /* 6 metres short: what a buffer may be off at its edge. */
                double d = m % 2 ? radius - 6 : unit_random(&seed) * (radius - 6);
                geod_direct(&f->geo->earth, lat, lon, a, d, &y, &x, NULL);
                enum side t = region_side(&f->places, regions[k], disc(f, x, y, 0));
                assert_int_not_equal(t, SIDE_UNDECIDED);
                if (s != SIDE_UNDECIDED) assert_int_equal(t, s);
            }
        }
    }
    assert_true(told[SIDE_INSIDE] > 20 && told[SIDE_OUTSIDE] > 20 && told[SIDE_UNDECIDED] > 20);
}

/* 25 km is 25 km on the ellipsoid in every direction, at every latitude. */
static void a_distance_is_in_metres_everywhere(void **state)
{
    struct fixture *f = *state;
    for (int degrees = -75; degrees <= 75; degrees += 25) {
        double lat = degrees;
        struct str text = str_fmt(&f->arena, "{\"type\":\"Point\",\"coordinates\":[20,%g]}", lat);
        struct region *r = within(f, leaf(f, shape(f, text.p)), 25000);
        for (int k = 0; k < 16; k++) {
            double x, y;
            geod_direct(&f->geo->earth, lat, 20, k * 22.5, 24999.99, &y, &x, NULL);
            assert_side(r, disc(f, x, y, 0), SIDE_INSIDE);
            geod_direct(&f->geo->earth, lat, 20, k * 22.5, 25000.01, &y, &x, NULL);
            assert_side(r, disc(f, x, y, 0), SIDE_OUTSIDE);
            geod_direct(&f->geo->earth, lat, 20, k * 22.5, 24000, &y, &x, NULL);
            assert_side(r, disc(f, x, y, 990), SIDE_INSIDE);
            assert_side(r, disc(f, x, y, 1010), SIDE_UNDECIDED);
            geod_direct(&f->geo->earth, lat, 20, k * 22.5, 26000, &y, &x, NULL);
            assert_side(r, disc(f, x, y, 990), SIDE_OUTSIDE);
        }
    }
}

static void shapes_and_sectors_are_tested_whole(void **state)
{
    struct fixture *f = *state;
    struct region *r = leaf(f, rectangle(f, 36, 47, 38, 49));
    struct geo_shape *sector = geo_sector(f->geo, 37, 48, 90, 10, 1000, 5000);
    uint32_t in = places_add(&f->places, &(struct place_in){.shape = sector});
    uint32_t across = places_add(
        &f->places, &(struct place_in){.shape = geo_sector(f->geo, 37.99, 48, 90, 10, 0, 5000)});
    assert_side(r, in, SIDE_INSIDE);
    assert_side(r, across, SIDE_UNDECIDED);
    assert_side(leaf(f, rectangle(f, 0, 0, 1, 1)), in, SIDE_OUTSIDE);
}

static void coverage_is_of_the_whole_zone(void **state)
{
    struct fixture *f = *state;
    struct region *zone = leaf(f, rectangle(f, 36, 47, 38, 49));
    struct region *west = leaf(f, rectangle(f, 35, 46, 37, 50));
    struct region *east = leaf(f, rectangle(f, 37, 46, 39, 50));
    assert_int_equal(region_covered(&f->places, zone, west), SIDE_UNDECIDED);
    assert_int_equal(region_covered(&f->places, zone, zone), SIDE_INSIDE);
    assert_int_equal(region_covered(&f->places, zone, of(f, REGION_UNION, west, east)),
                     SIDE_INSIDE);
    assert_int_equal(region_covered(&f->places, zone, leaf(f, rectangle(f, 0, 0, 1, 1))),
                     SIDE_OUTSIDE);
    struct region *d = area(f, "Donetsk oblast", NULL), *l = area(f, "Luhansk oblast", NULL);
    struct region *both = of(f, REGION_UNION, d, l);
    assert_int_equal(region_covered(&f->places, d, both), SIDE_INSIDE);
    assert_int_equal(region_covered(&f->places, both, d), SIDE_UNDECIDED);
    assert_int_equal(region_covered(&f->places, d, l), SIDE_UNDECIDED); /* levels unknown */
    (void)named(f, "donetsk oblast", NULL);
    (void)named(f, "luhansk oblast", NULL);
    assert_int_equal(region_covered(&f->places, d, l), SIDE_OUTSIDE);
    struct region *seen = region_of_place(&f->places, disc(f, 37, 48, 200000));
    assert_int_equal(region_covered(&f->places, zone, seen), SIDE_INSIDE);
    seen = region_of_place(&f->places, disc(f, 37, 48, 90000));
    assert_int_equal(region_covered(&f->places, zone, seen), SIDE_UNDECIDED);
    assert_null(region_of_place(&f->places, named(f, "", "")));
}

static void the_same_place_has_the_same_number(void **state)
{
    struct fixture *f = *state;
    uint32_t a = disc(f, 37.5, 48.25, 25000), b = named(f, "Donetsk oblast", "x");
    for (int i = 0; i < 3000; i++) (void)disc(f, 30 + i * 0.001, 40, 0);
    assert_int_equal(disc(f, 37.5, 48.25, 25000), a);
    assert_int_equal(named(f, "DONETSK OBLAST", "X"), b);
    assert_int_not_equal(disc(f, 37.5, 48.25, 24000), a);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(a_border_between_two_regions_is_no_border_of_their_union),
        CASE(names_decide_ignoring_case),
        CASE(a_gazetteer_gives_names_a_geometry),
        CASE(a_disc_agrees_with_its_points),
        CASE(a_distance_is_in_metres_everywhere),
        CASE(shapes_and_sectors_are_tested_whole),
        CASE(coverage_is_of_the_whole_zone),
        CASE(the_same_place_has_the_same_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
