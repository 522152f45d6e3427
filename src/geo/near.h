/* How far a point is from a set of line segments, on the ellipsoid (WGS 84).
 *
 * A segment is straight in longitude and latitude, as GeoJSON defines its lines (RFC 7946, section
 * 3.1.1), and is cut into pieces of at most NEAR_PIECE.  Each piece is kept as the chord between
 * two points of the unit sphere, and boxes round eight pieces, eight boxes and so on make a tree.
 *
 * With geodetic latitudes taken as spherical ones, ds² = M²dφ² + N²cos²φ dλ² and 6,335,439 m <= M,
 * N <= 6,399,594 m bound the true distance by the spherical angle from both sides within one per
 * cent.  So chords decide almost every question; only where the threshold falls between the bounds
 * is the geodesic problem solved (Karney, "Algorithms for geodesics", J. Geodesy 87, 2013, as PROJ
 * has it), and then the answer is good to a millimetre. */
#ifndef TRUCE_GEO_NEAR_H
#define TRUCE_GEO_NEAR_H

#include "base/arena.h"

#include <geodesic.h>

#define NEAR_PIECE 5000.0 /* metres, about */

struct near;

/* An empty set; NULL when memory fails.  The arena owns it. */
struct near *near_new(struct arena *a);

/* Add the polyline through n positions, degrees; x[2i] longitude, x[2i + 1] latitude.  n == 1 adds
 * a point.  False when memory fails. */
bool near_add(struct near *s, const double *x, size_t n);

/* Build the tree; call once after the last near_add and before the questions. */
bool near_seal(struct near *s);

/* Is some point of the set at most `metres` from the point?  An empty set: never. */
bool near_within(const struct near *s, double lon, double lat, double metres);

/* Metres from the point to the set; INFINITY when the set is empty. */
double near_distance(const struct near *s, double lon, double lat);

/* The ellipsoid, for direct and inverse problems. */
void near_earth(struct geod_geodesic *g);

#endif
