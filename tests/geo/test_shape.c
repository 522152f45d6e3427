/* Shapes: what GeoJSON is read and refused, and how true a zone within a distance is drawn. */
#include "geo/shape.h"
#include "tests/test.h"

#include <math.h>

static struct geo *geo;
static struct arena arena;
static struct diags diags;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    diags_init(&diags, &arena);
    geo = geo_new();
    return geo ? 0 : 1;
}

static int teardown(void **state)
{
    (void)state;
    geo_free(geo);
    arena_free(&arena);
    return 0;
}

static enum status read_text(const char *text, struct geo_features *out)
{
    const struct source *s = source_new(&arena, STR("zone.geojson"), str_of(text));
    assert_non_null(s);
    return geo_read(geo, s, &diags, out);
}

#define POLYGON(ring) "{\"type\":\"Polygon\",\"coordinates\":[" ring "]}"

static void good_files_are_read_with_their_properties(void **state)
{
    (void)state;
    struct geo_features f;
    assert_int_equal(read_text("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":"
                               "\"Feature\","
                               "\"properties\":{\"name\":\"Kh\\u0435rson\",\"level\":1,\"x\":{"
                               "\"y\":1}},"
                               "\"geometry\":{\"type\":\"Point\",\"coordinates\":[33.5,46.5,12.0]}}"
                               ","
                               "{\"type\":\"Feature\",\"properties\":null,\"geometry\":" POLYGON(
                                   "[[0,0],[2,0],[2,2],[0,2],[0,0]],[[0.5,0.5],[1,0.5],[1,1],[0.5,"
                                   "0.5]]") "},"
                                            "{\"type\":\"Feature\",\"properties\":{},\"geometry\":"
                                            "null}]}",
                               &f),
                     STATUS_OK);
    assert_int_equal(f.n, 2);
    assert_str(geo_property(&f.items[0], STR("name")), "Kh\xd0\xb5rson");
    assert_str(geo_property(&f.items[0], STR("level")), "1");
    assert_int_equal(geo_property(&f.items[0], STR("x")).n, 0);
    assert_true(geo_shape_has(geo, f.items[1].shape, 0, 1)); /* the edge is in */
    assert_true(geo_shape_has(geo, f.items[1].shape, 1.5, 1.5));
    assert_false(geo_shape_has(geo, f.items[1].shape, 0.9, 0.6)); /* in the hole */
    struct geo_polylines lines;
    assert_int_equal(geo_outline(geo, f.items[1].shape, 0, &arena, &lines), STATUS_OK);
    assert_int_equal(lines.n, 2);
    assert_true(lines.items[0].closed);
}

static void bad_files_are_refused_where_they_are_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *text, *code, *at, *fix;
    } cases[] = {
        {"{\"type\":\"Point\",\"coordinates\":[37.5, 400]}", "coordinate-out-of-range",
         "[37.5, 400]", NULL},
        {"{\"type\":\"Point\",\"coordinates\":[400,48]}", "coordinate-out-of-range", "[400,48]",
         NULL},
        {"{\"coordinates\":[[48,37],[48.5,137]],\"type\":\"LineString\"}", "latitude-first",
         "[48.5,137]", "[137, 48.5]: GeoJSON has the longitude first"},
        {POLYGON("[[0,0],[2,2],[2,0],[0,2],[0,0]]"), "bad-polygon", NULL, NULL},
        {POLYGON("[[0,0],[2,0],[2,2],[0,2]]"), "open-ring", "[0,2]", "add [0, 0] at its end"},
        {POLYGON("[[0,0],[2,0],[0,0]]"), "too-few-positions", NULL, NULL},
        {POLYGON(""), "too-few-positions", NULL, NULL},
        {"{\"type\":\"LineString\",\"coordinates\":[[179,0],[-179,0]]}", "over-180", "[-179,0]",
         NULL},
        {"{\"type\":\"Point\",\"coordinates\":[\"37\",48]}", "not-a-position", NULL, NULL},
        {"{\"type\":\"Point\",\"coordinates\":7}", "not-a-position", NULL, NULL},
        {"{\"type\":\"MultiPoint\",\"coordinates\":7}", "not-geojson", NULL, NULL},
        {"{\"type\":\"Sphere\"}", "not-geojson", NULL, NULL},
        {"[1,2]", "not-geojson", NULL, NULL},
        {"{\"type\":\"FeatureCollection\",\"features\":[]}", "no-feature", NULL, NULL},
        {"{\"type\":", "not-json", NULL, NULL},
        {"", "not-json", NULL, NULL},
        {"\xff\xfe", "not-json", NULL, NULL},
        {"{\"type\":\"Point\",\"coordinates\":[1,2],\"crs\":{\"properties\":{\"name\":"
         "\"urn:ogc:def:crs:EPSG::3857\"}}}",
         "other-crs", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct geo_features f;
        size_t before = diags.n;
        assert_int_equal(read_text(cases[i].text, &f), STATUS_INPUT);
        assert_int_equal(f.n, 0);
        assert_int_equal(diags.n, before + 1);
        const struct diag *d = &diags.items[before];
        assert_string_equal(d->code, cases[i].code);
        if (cases[i].at) assert_str(place_text(d->at), cases[i].at);
        if (cases[i].fix) assert_str(d->fix, cases[i].fix);
    }
}

static double unit_random(uint64_t *seed)
{
    return (double)(test_random(seed) >> 11) / 9007199254740992.0;
}

/* Points just within and just beyond the distance, as the ellipsoid has it, against the polygon. */
static void a_buffer_keeps_its_promise(void **state)
{
    (void)state;
    static const double distances[] = {500, 25000, 140000};
    static const char *const lines[] = {
        "{\"type\":\"LineString\",\"coordinates\":[[39.5,48.6],[38.2,48.5],[37.6,47.1]]}",
        "{\"type\":\"Point\",\"coordinates\":[179.95,-60]}",
        POLYGON("[[25,70],[26,70],[26,70.5],[25,70.3],[25,70]]")};
    uint64_t seed = 11;
    for (size_t l = 0; l < 3; l++) {
        struct geo_features f;
        assert_int_equal(read_text(lines[l], &f), STATUS_OK);
        const struct geo_shape *s = f.items[0].shape;
        for (size_t k = 0; k < 3; k++) {
            double metres = distances[k], error = metres * 0.00016 + 1;
            struct geo_shape *b = geo_shape_buffer(geo, s, metres);
            assert_non_null(b);
            size_t decided = 0;
            for (int i = 0; i < 1500; i++) {
                double degrees = metres / 60000.0;
                double lon = s->box.west - 2 * degrees +
                             unit_random(&seed) * (s->box.east - s->box.west + 4 * degrees);
                double lat = s->box.south - degrees +
                             unit_random(&seed) * (s->box.north - s->box.south + 2 * degrees);
                if (lon > 180) lon -= 360;
                bool in = geo_shape_has(geo, b, lon, lat);
                if (in) assert_true(geo_shape_within(geo, s, lon, lat, metres + error));
                if (!in) assert_false(geo_shape_within(geo, s, lon, lat, metres - error));
                decided += in;
            }
            assert_true(decided > 5 && decided < 1495);
        }
    }
}

static void a_buffer_that_would_be_untrue_is_refused(void **state)
{
    (void)state;
    struct geo_features f;
    assert_int_equal(read_text("{\"type\":\"Point\",\"coordinates\":[10,79.9]}", &f), STATUS_OK);
    assert_null(geo_shape_buffer(geo, f.items[0].shape, 25000));
    assert_null(geo_shape_buffer(geo, f.items[0].shape, 2e6));
    assert_null(geo_shape_buffer(geo, f.items[0].shape, NAN));
}

static void a_sector_is_seen_from_its_observer(void **state)
{
    (void)state;
    uint64_t seed = 5;
    struct geo_shape *ahead = geo_sector(geo, 37.5, 48, 45, 10, 2000, 9000);
    struct geo_shape *ring = geo_sector(geo, 37.5, 48, 0, 180, 2000, 9000);
    struct geo_shape *wide = geo_sector(geo, 37.5, 48, 45, 120, 0, 9000);
    assert_true(ahead && ring && wide);
    for (int i = 0; i < 3000; i++) {
        double bearing = unit_random(&seed) * 360, metres = unit_random(&seed) * 11000, lon, lat;
        geod_direct(&geo->earth, 48, 37.5, bearing, metres, &lat, &lon, NULL);
        double off = fabs(remainder(bearing - 45, 360));
        if (fabs(metres - 9000) < 10 || fabs(metres - 2000) < 10) continue;
        bool distance = metres > 2000 && metres < 9000;
        if (fabs(off - 10) > 0.2)
            assert_true(geo_shape_has(geo, ahead, lon, lat) == (distance && off < 10));
        assert_true(geo_shape_has(geo, ring, lon, lat) == distance);
        if (fabs(off - 120) > 0.2)
            assert_true(geo_shape_has(geo, wide, lon, lat) == (metres < 9000 && off < 120));
    }
    assert_null(geo_sector(geo, 37.5, 48, 0, 10, 0, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_files_are_read_with_their_properties),
        cmocka_unit_test(bad_files_are_refused_where_they_are_wrong),
        cmocka_unit_test(a_buffer_keeps_its_promise),
        cmocka_unit_test(a_buffer_that_would_be_untrue_is_refused),
        cmocka_unit_test(a_sector_is_seen_from_its_observer),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
