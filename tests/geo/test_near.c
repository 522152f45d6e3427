/* Distances to lines, against a slow walk along them with PROJ's inverse geodesic. */
#include "geo/near.h"
#include "tests/test.h"

#include <math.h>

static struct geod_geodesic earth;

static double metres_between(double lon1, double lat1, double lon2, double lat2)
{
    double m;
    geod_inverse(&earth, lat1, lon1, lat2, lon2, &m, NULL, NULL);
    return m;
}

/* The least over `parts` points of each edge, then over as many about the best one. */
static double slow_distance(const double *x, size_t n, double lon, double lat)
{
    const int parts = 200;
    double best = INFINITY;
    for (size_t i = 0; i + 1 < n; i++) {
        const double *p = x + 2 * i;
        double at = 0, edge = INFINITY;
        for (int k = 0; k <= parts; k++) {
            double t = (double)k / parts;
            double m = metres_between(lon, lat, p[0] + t * (p[2] - p[0]), p[1] + t * (p[3] - p[1]));
            if (m < edge) {
                edge = m;
                at = t;
            }
        }
        for (int k = -parts; k <= parts; k++) {
            double t = fmin(fmax(at + (double)k / parts / parts, 0), 1);
            double m = metres_between(lon, lat, p[0] + t * (p[2] - p[0]), p[1] + t * (p[3] - p[1]));
            edge = fmin(edge, m);
        }
        best = fmin(best, edge);
    }
    return best;
}

static double unit_random(uint64_t *seed)
{
    return (double)(test_random(seed) >> 11) / 9007199254740992.0;
}

static void distance_is_that_of_a_slow_walk(void **state)
{
    (void)state;
    uint64_t seed = 7;
    near_earth(&earth);
    for (int round = 0; round < 60; round++) {
        struct arena a;
        arena_init(&a);
        double x[20], lat0 = unit_random(&seed) * 150 - 75, lon0 = unit_random(&seed) * 340 - 170;
        double spread = round % 3 == 0 ? 2.0 : round % 3 == 1 ? 0.2 : 0.01;
        size_t n = 2 + test_below(&seed, 8);
        for (size_t i = 0; i < n; i++) {
            x[2 * i] = lon0 + (unit_random(&seed) - 0.5) * spread;
            x[2 * i + 1] = lat0 + (unit_random(&seed) - 0.5) * spread;
        }
        struct near *s = near_new(&a);
        assert_non_null(s);
        assert_true(near_add(s, x, n));
        assert_true(near_seal(s));
        for (int k = 0; k < 4; k++) {
            double lon = lon0 + (unit_random(&seed) - 0.5) * spread * 2;
            double lat = lat0 + (unit_random(&seed) - 0.5) * spread * 2;
            double slow = slow_distance(x, n, lon, lat), fast = near_distance(s, lon, lat);
            /* The walk's finest steps are spread × 111 km / 200² long. */
            assert_true(fast <= slow + 0.001);
            assert_true(fast >= slow - spread * 3 - 0.001);
            assert_true(near_within(s, lon, lat, fast + 0.002));
            assert_false(near_within(s, lon, lat, fast - 0.002));
            assert_true(near_within(s, lon, lat, fast * 2 + 100));
            assert_false(near_within(s, lon, lat, fast / 2 - 1));
        }
        arena_free(&a);
    }
}

static void the_edge_is_in_to_the_millimetre(void **state)
{
    (void)state;
    near_earth(&earth);
    struct arena a;
    arena_init(&a);
    struct near *s = near_new(&a);
    const double meridian[] = {37.5, 47.0, 37.5, 49.0};
    assert_true(near_add(s, meridian, 2) && near_seal(s));
    for (int k = -1; k <= 1; k += 2) {
        double lat, lon;
        geod_direct(&earth, 48.0, 37.5, 90, 25000 + k * 0.01, &lat, &lon, NULL);
        assert_true(near_within(s, lon, lat, 25000) == (k < 0));
    }
    arena_free(&a);
}

static void an_empty_set_is_nowhere_near(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct near *s = near_new(&a);
    assert_true(near_seal(s));
    assert_false(near_within(s, 0, 0, 1e9));
    assert_true(isinf(near_distance(s, 0, 0)));
    arena_free(&a);
}

static void over_the_180th_meridian_is_near(void **state)
{
    (void)state;
    near_earth(&earth);
    struct arena a;
    arena_init(&a);
    struct near *s = near_new(&a);
    const double line[] = {179.9, -17, 179.9, -16};
    assert_true(near_add(s, line, 2) && near_seal(s));
    double expected = metres_between(-179.9, -16.5, 179.9, -16.5);
    assert_true(fabs(near_distance(s, -179.9, -16.5) - expected) < 5);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_is_that_of_a_slow_walk),
        cmocka_unit_test(the_edge_is_in_to_the_millimetre),
        cmocka_unit_test(an_empty_set_is_nowhere_near),
        cmocka_unit_test(over_the_180th_meridian_is_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
