/* Shapes and GEOS: see shape.h. */
#include "geo/shape.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void complain(const char *message, void *ctx)
{
    struct geo *g = ctx;
    snprintf(g->message, sizeof(g->message), "%s", message);
}

struct geo *geo_new(void)
{
    struct geo *g = calloc(1, sizeof(*g));
    if (!g) return NULL;
    arena_init(&g->arena);
    near_earth(&g->earth);
    g->geos = GEOS_init_r();
    if (!g->geos) {
        free(g);
        return NULL;
    }
    GEOSContext_setErrorMessageHandler_r(g->geos, complain, g);
    return g;
}

void geo_free(struct geo *g)
{
    if (!g) return;
    for (struct geo_shape *s = g->shapes; s; s = s->next) {
        GEOSPreparedGeom_destroy_r(g->geos, s->prepared);
        GEOSGeom_destroy_r(g->geos, s->geometry);
    }
    GEOS_finish_r(g->geos);
    arena_free(&g->arena);
    free(g);
}

/* Call `f` for each sequence of coordinates in a geometry, rings included. */
typedef bool (*line_visitor)(void *ctx, const double *x, size_t n, bool ring);

static bool visit_line(struct geo *g, const GEOSGeometry *line, bool ring, line_visitor f,
                       void *ctx)
{
    const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(g->geos, line);
    unsigned n = 0;
    if (!seq || !GEOSCoordSeq_getSize_r(g->geos, seq, &n)) return false;
    if (n == 0) return true;
    double *x = malloc((size_t)n * 2 * sizeof(*x));
    bool done = x && GEOSCoordSeq_copyToBuffer_r(g->geos, seq, x, 0, 0) && f(ctx, x, n, ring);
    free(x);
    return done;
}

static bool visit_lines(struct geo *g, const GEOSGeometry *x, line_visitor f, void *ctx)
{
    switch (GEOSGeomTypeId_r(g->geos, x)) {
    case GEOS_POINT:
    case GEOS_LINESTRING: return GEOSisEmpty_r(g->geos, x) == 1 || visit_line(g, x, false, f, ctx);
    case GEOS_LINEARRING: return visit_line(g, x, true, f, ctx);
    case GEOS_POLYGON: {
        if (GEOSisEmpty_r(g->geos, x) == 1) return true;
        if (!visit_line(g, GEOSGetExteriorRing_r(g->geos, x), true, f, ctx)) return false;
        int holes = GEOSGetNumInteriorRings_r(g->geos, x);
        for (int i = 0; i < holes; i++) {
            if (!visit_line(g, GEOSGetInteriorRingN_r(g->geos, x, i), true, f, ctx)) return false;
        }
        return true;
    }
    default: {
        int n = GEOSGetNumGeometries_r(g->geos, x);
        for (int i = 0; i < n; i++) {
            if (!visit_lines(g, GEOSGetGeometryN_r(g->geos, x, i), f, ctx)) return false;
        }
        return n >= 0;
    }
    }
}

static bool add_to_near(void *ctx, const double *x, size_t n, bool ring)
{
    (void)ring;
    return near_add(ctx, x, n);
}

/* Does it hold a polygon? */
static bool has_polygon(const struct geo *g, const GEOSGeometry *x)
{
    return GEOSGeom_getDimensions_r(g->geos, x) == 2;
}

struct geo_shape *geo_shape_of(struct geo *g, GEOSGeometry *geometry)
{
    if (!geometry) return NULL;
    struct geo_shape *s = arena_alloc(&g->arena, sizeof(*s));
    const GEOSPreparedGeometry *prepared = s ? GEOSPrepare_r(g->geos, geometry) : NULL;
    if (!prepared) {
        GEOSGeom_destroy_r(g->geos, geometry);
        return NULL;
    }
    s->geometry = geometry;
    s->prepared = prepared;
    s->next = g->shapes;
    g->shapes = s;
    s->has_area = has_polygon(g, geometry);
    s->box = (struct geo_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    if (GEOSisEmpty_r(g->geos, geometry) == 0) {
        GEOSGeom_getXMin_r(g->geos, geometry, &s->box.west);
        GEOSGeom_getYMin_r(g->geos, geometry, &s->box.south);
        GEOSGeom_getXMax_r(g->geos, geometry, &s->box.east);
        GEOSGeom_getYMax_r(g->geos, geometry, &s->box.north);
    }
    s->near = near_new(&g->arena);
    if (!s->near || !visit_lines(g, geometry, add_to_near, s->near) || !near_seal(s->near))
        return NULL;
    return s;
}

struct geo_shape *geo_shape_union(struct geo *g, struct geo_shape *const *shapes, size_t n)
{
    if (n == 1) return shapes[0];
    GEOSGeometry **parts = calloc(n, sizeof(GEOSGeometry *));
    if (!parts) return NULL;
    size_t made = 0;
    while (made < n && (parts[made] = GEOSGeom_clone_r(g->geos, shapes[made]->geometry))) made++;
    GEOSGeometry *all = NULL;
    if (made == n)
        all = GEOSGeom_createCollection_r(g->geos, GEOS_GEOMETRYCOLLECTION, parts, (unsigned)n);
    else
        for (size_t i = 0; i < made; i++) GEOSGeom_destroy_r(g->geos, parts[i]);
    free(parts);
    GEOSGeometry *dissolved = all ? GEOSUnaryUnion_r(g->geos, all) : NULL;
    if (all) GEOSGeom_destroy_r(g->geos, all);
    return geo_shape_of(g, dissolved);
}

/* Longitudes of a shape may run over 180 degrees where it was made round a point near there. */
static bool covers_point(const struct geo *g, const struct geo_shape *s, double lon, double lat)
{
    if (lon < s->box.west || lon > s->box.east || lat < s->box.south || lat > s->box.north)
        return false;
    GEOSGeometry *p = GEOSGeom_createPointFromXY_r(g->geos, lon, lat);
    bool inside = p && GEOSPreparedCovers_r(g->geos, s->prepared, p) == 1;
    if (p) GEOSGeom_destroy_r(g->geos, p);
    return inside;
}

bool geo_shape_has(const struct geo *g, const struct geo_shape *s, double lon, double lat)
{
    if (covers_point(g, s, lon, lat)) return true;
    if (s->box.east > 180 && covers_point(g, s, lon + 360, lat)) return true;
    return s->box.west < -180 && covers_point(g, s, lon - 360, lat);
}

bool geo_shape_within(const struct geo *g, const struct geo_shape *s, double lon, double lat,
                      double metres)
{
    if (near_within(s->near, lon, lat, metres)) return true;
    return s->has_area && geo_shape_has(g, s, lon, lat);
}

/* ---- outlines ---- */

struct outline {
    struct geo *geo;
    struct arena *arena;
    struct geo_polylines *out;
    size_t cap;
};

static bool add_outline(void *ctx, const double *x, size_t n, bool ring)
{
    struct outline *o = ctx;
    struct geo_polyline *moved =
        arena_grow(o->arena, o->out->items, o->out->n, &o->cap, sizeof(*moved));
    double *copy = arena_array(o->arena, n * 2, sizeof(*copy));
    if (!moved || !copy) return false;
    for (size_t i = 0; i < n * 2; i++) copy[i] = x[i];
    o->out->items = moved;
    moved[o->out->n++] = (struct geo_polyline){copy, n, ring};
    return true;
}

enum status geo_outline(struct geo *g, const struct geo_shape *s, double tolerance, struct arena *a,
                        struct geo_polylines *out)
{
    *out = (struct geo_polylines){0};
    struct outline o = {g, a, out, 0};
    GEOSGeometry *simple = NULL;
    if (tolerance > 0) simple = GEOSTopologyPreserveSimplify_r(g->geos, s->geometry, tolerance);
    bool done = visit_lines(g, simple ? simple : s->geometry, add_outline, &o);
    if (simple) GEOSGeom_destroy_r(g->geos, simple);
    return done ? STATUS_OK : STATUS_FAULT;
}
