/* Shapes: geometry as it is read from files, checked, and made ready for questions.
 *
 * A shape is one or more points, polylines or polygons in WGS 84 degrees.  Its edges are straight
 * in longitude and latitude (RFC 7946).  What GEOS needs is prepared once; the segments also stand
 * in a `struct near` for distances in metres.
 *
 * A `struct geo` owns GEOS's context (so there is no global state) and all shapes; it serves one
 * thread at a time.  Functions that can run out of memory say so by NULL or STATUS_FAULT. */
#ifndef TRUCE_GEO_SHAPE_H
#define TRUCE_GEO_SHAPE_H

#include "base/diag.h"
#include "geo/near.h"

#include <geos_c.h>

struct geo {
    struct arena arena;
    GEOSContextHandle_t geos;
    struct geod_geodesic earth;
    struct geo_shape *shapes; /* all, for freeing */
    char message[256];        /* GEOS's last complaint */
};

struct geo_box {
    double west, south, east, north;
};

struct geo_shape {
    GEOSGeometry *geometry;
    const GEOSPreparedGeometry *prepared;
    struct geo_box box;
    struct near *near; /* all its points, or its boundary where it has area */
    bool has_area;     /* holds a polygon */
    struct geo_shape *next;
};

/* NULL when memory fails. */
struct geo *geo_new(void);
void geo_free(struct geo *g); /* NULL is fine */

/* Take over a geometry as a shape; NULL (geometry destroyed) when memory fails. */
struct geo_shape *geo_shape_of(struct geo *g, GEOSGeometry *geometry);

/* All shapes as one, dissolved.  n >= 1. */
struct geo_shape *geo_shape_union(struct geo *g, struct geo_shape *const *shapes, size_t n);

/* The area and edge of the shape hold the point (to the last bit of a double). */
bool geo_shape_has(const struct geo *g, const struct geo_shape *s, double lon, double lat);

/* Some point of the shape is at most `metres` from the point, on the ellipsoid. */
bool geo_shape_within(const struct geo *g, const struct geo_shape *s, double lon, double lat,
                      double metres);

/* Everything within `metres` of the shape, as polygons; NULL when memory fails or the result would
 * reach beyond 80 degrees of latitude or more than 1,000 km from the shape.  Circles are drawn with
 * 180 corners, half of the error outwards and half inwards: the edge is off by at most
 * 0.00016 × metres + 1 (5 m at 25 km). */
struct geo_shape *geo_shape_buffer(struct geo *g, const struct geo_shape *s, double metres);

/* What an observer at (lon, lat) sees in a sector: bearings from `bearing` − half to + half degrees
 * (half >= 180: all round), distances from `nearest` to `farthest` metres.  Same error. */
struct geo_shape *geo_sector(struct geo *g, double lon, double lat, double bearing, double half,
                             double nearest, double farthest);

/* One feature of a GeoJSON file. */
struct geo_feature {
    struct geo_shape *shape;
    const struct str *keys;   /* its properties that are texts, numbers, true or false … */
    const struct str *values; /* … as texts */
    size_t n;
};

struct geo_features {
    struct geo_feature *items;
    size_t n;
};

/* Read GeoJSON (RFC 7946).  Everything that would silently be another place is refused, with the
 * place in the text: coordinates out of range (with "latitude first?" where exchanging them would
 * help), rings that are not closed or cross themselves, edges over the 180th meridian, a `crs`
 * other than WGS 84.  Heights are accepted and left out.  STATUS_INPUT with diagnostics, or
 * STATUS_FAULT. */
enum status geo_read(struct geo *g, const struct source *source, struct diags *d,
                     struct geo_features *out);

/* The value of a property; empty when it has none. */
struct str geo_property(const struct geo_feature *f, struct str key);

/* ---- for drawing ---- */

struct geo_polyline {
    const double *x; /* n pairs: longitude, latitude */
    size_t n;
    bool closed; /* a ring of a polygon; holes come as rings of their own */
};

struct geo_polylines {
    struct geo_polyline *items;
    size_t n;
};

/* The outlines of a shape, in the arena, leaving out corners that change nothing by more than
 * `tolerance` degrees (0: keep all).  STATUS_FAULT when memory fails. */
enum status geo_outline(struct geo *g, const struct geo_shape *s, double tolerance, struct arena *a,
                        struct geo_polylines *out);

#endif
