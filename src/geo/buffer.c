/* Everything within a distance of a shape, as polygons.
 *
 * Each piece of a line, at most STEP long, gives a capsule: the convex hull of the geodesic circles
 * round its two ends.  (Convexity is meant in longitude and latitude; to 80 degrees and 1,000 km a
 * geodesic circle is convex there.)  Capsules, and the polygons themselves, are then dissolved. */
#include "geo/shape.h"

#include <math.h>
#include <stdlib.h>

#define CORNERS 180
#define STEP 2000.0 /* metres; sides of a capsule are off by well under a metre */
#define LAT_MOST 80.0
#define REACH_MOST 1000000.0
#define CAPSULES_MOST ((size_t)50000)

/* Corners of half the circle's error outside, half inside. */
static double corner_distance(double metres)
{
    double half = M_PI / CORNERS;
    return metres * (1 + half * half / 4);
}

/* A longitude as near to `about` as turns allow. */
static double unwrap(double lon, double about)
{
    return lon - 360 * round((lon - about) / 360);
}

/* Write n positions at `metres` and bearings from `first` by `step` degrees. */
static void arc(const struct geo *g, double lon, double lat, double metres, double first,
                double step, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++) {
        double y, x;
        geod_direct(&g->earth, lat, lon, first + (double)i * step, metres, &y, &x, NULL);
        out[2 * i] = unwrap(x, lon);
        out[2 * i + 1] = y;
    }
}

static GEOSGeometry *polygon_of(struct geo *g, const double *x, size_t n)
{
    GEOSCoordSequence *seq = GEOSCoordSeq_copyFromBuffer_r(g->geos, x, (unsigned)n, 0, 0);
    GEOSGeometry *ring = seq ? GEOSGeom_createLinearRing_r(g->geos, seq) : NULL;
    return ring ? GEOSGeom_createPolygon_r(g->geos, ring, NULL, 0) : NULL;
}

struct capsules {
    struct geo *geo;
    double metres;
    GEOSGeometry **items;
    size_t n, cap;
    double before[2 * CORNERS]; /* circle round the last corner */
    bool failed;
};

static bool keep(struct capsules *c, GEOSGeometry *x)
{
    if (!x) return false;
    if (c->n == c->cap) {
        size_t cap = c->cap ? c->cap * 2 : 64;
        GEOSGeometry **moved = realloc(c->items, cap * sizeof(GEOSGeometry *));
        if (!moved || cap > CAPSULES_MOST * 2) {
            if (moved) c->items = moved;
            GEOSGeom_destroy_r(c->geo->geos, x);
            return false;
        }
        c->items = moved;
        c->cap = cap;
    }
    c->items[c->n++] = x;
    return true;
}

/* The hull of two circles. */
static bool capsule(struct capsules *c, const double *one, const double *other)
{
    GEOSContextHandle_t h = c->geo->geos;
    double x[4 * CORNERS];
    for (int i = 0; i < 2 * CORNERS; i++) x[i] = one[i];
    for (int i = 0; i < 2 * CORNERS; i++) x[2 * CORNERS + i] = other[i];
    GEOSCoordSequence *seq = GEOSCoordSeq_copyFromBuffer_r(h, x, 2 * CORNERS, 0, 0);
    GEOSGeometry *line = seq ? GEOSGeom_createLineString_r(h, seq) : NULL;
    GEOSGeometry *hull = line ? GEOSConvexHull_r(h, line) : NULL;
    if (line) GEOSGeom_destroy_r(h, line);
    return keep(c, hull);
}

static bool add_line(struct capsules *c, const double *x, size_t n)
{
    double reach = corner_distance(c->metres);
    double circle[2 * CORNERS];
    arc(c->geo, x[0], x[1], reach, 0, 360.0 / CORNERS, CORNERS, c->before);
    if (n == 1) return capsule(c, c->before, c->before);
    for (size_t i = 0; i + 1 < n; i++) {
        const double *p = x + 2 * i, *q = p + 2;
        double dx = q[0] - p[0], dy = q[1] - p[1];
        double metres = hypot(dx * cos((p[1] + q[1]) / 2 * M_PI / 180), dy) * 111320.0;
        int parts = 1 + (int)fmin(metres / STEP, (double)CAPSULES_MOST);
        for (int k = 1; k <= parts; k++) {
            double t = (double)k / parts;
            arc(c->geo, p[0] + t * dx, p[1] + t * dy, reach, 0, 360.0 / CORNERS, CORNERS, circle);
            if (!capsule(c, c->before, circle)) return false;
            for (int m = 0; m < 2 * CORNERS; m++) c->before[m] = circle[m];
        }
    }
    return true;
}

static GEOSGeometry *dissolve(struct capsules *c)
{
    GEOSContextHandle_t h = c->geo->geos;
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(h, GEOS_GEOMETRYCOLLECTION, c->items, (unsigned)c->n);
    if (!all) return NULL;
    c->n = 0; /* the collection owns them */
    GEOSGeometry *one = GEOSUnaryUnion_r(h, all);
    GEOSGeom_destroy_r(h, all);
    return one;
}

struct geo_shape *geo_shape_buffer(struct geo *g, const struct geo_shape *s, double metres)
{
    double degrees = metres / 110000.0;
    if (!(metres <= REACH_MOST) || s->box.south - degrees < -LAT_MOST ||
        s->box.north + degrees > LAT_MOST)
        return NULL;
    if (metres <= 0) return geo_shape_of(g, GEOSGeom_clone_r(g->geos, s->geometry));
    struct capsules c = {.geo = g, .metres = metres};
    struct geo_polylines lines;
    struct arena scratch;
    arena_init(&scratch);
    bool done = geo_outline(g, s, 0, &scratch, &lines) == STATUS_OK && lines.n > 0;
    for (size_t i = 0; done && i < lines.n; i++)
        done = add_line(&c, lines.items[i].x, lines.items[i].n);
    arena_free(&scratch);
    if (done && s->has_area) done = keep(&c, GEOSGeom_clone_r(g->geos, s->geometry));
    GEOSGeometry *result = done ? dissolve(&c) : NULL;
    for (size_t i = 0; i < c.n; i++) GEOSGeom_destroy_r(g->geos, c.items[i]);
    free(c.items);
    return geo_shape_of(g, result);
}

struct geo_shape *geo_sector(struct geo *g, double lon, double lat, double bearing, double half,
                             double nearest, double farthest)
{
    if (!(farthest > 0) || farthest > REACH_MOST || fabs(lat) + farthest / 110000.0 > LAT_MOST)
        return NULL;
    bool round_ = half >= 180;
    if (round_) half = 180;
    size_t n = round_ ? CORNERS : 2 + (size_t)(half * 2 / (360.0 / CORNERS));
    double step = round_ ? 360.0 / CORNERS : 2 * half / (double)(n - 1);
    double first = bearing - half, last = first + step * (double)(n - 1);
    double x[4 * (CORNERS + 2) + 2] = {0};
    size_t at = n;
    arc(g, lon, lat, corner_distance(farthest), first, step, n, x);
    if (nearest > 0 && !round_) {
        arc(g, lon, lat, corner_distance(nearest), last, -step, n, x + 2 * at);
        at += n;
    } else if (!round_) {
        x[2 * at] = lon;
        x[2 * at + 1] = lat;
        at++;
    }
    x[2 * at] = x[0];
    x[2 * at + 1] = x[1];
    GEOSGeometry *outer = polygon_of(g, x, at + 1);
    if (!outer || !round_ || !(nearest > 0)) return geo_shape_of(g, outer);
    arc(g, lon, lat, corner_distance(nearest), first, step, n, x);
    x[2 * n] = x[0];
    x[2 * n + 1] = x[1];
    GEOSGeometry *inner = polygon_of(g, x, n + 1);
    GEOSGeometry *ringed = inner ? GEOSDifference_r(g->geos, outer, inner) : NULL;
    GEOSGeom_destroy_r(g->geos, outer);
    if (inner) GEOSGeom_destroy_r(g->geos, inner);
    return geo_shape_of(g, ringed);
}
