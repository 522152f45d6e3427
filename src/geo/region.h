/* Regions (the zones of an agreement) and uncertain places, one against the other.
 *
 * A region is a tree: shapes, administrative areas (known by name, and by geometry where a
 * gazetteer gives one), everything within a distance, and unions, intersections and differences of
 * these.  A place is what a report knows of where: names of areas, and a point with its uncertainty
 * in metres, or a shape.  The answer is inside, outside or undecided, and never wrong:
 *
 *  - A name decides against an area by itself: the same name (ignoring case) is inside, another
 * name of the same level is outside, since who wrote the report assigned it.
 *  - A point without uncertainty is decided part by part, exactly; edges are in.
 *  - What has extent is tested once against the whole, dissolved geometry: 25 km round a point on
 * the border of two areas is undecided in each and inside their union.  The geometry of what is
 * within a distance is off at its edge as geo_shape_buffer says.
 *  - Where a part has no geometry, its answer is undecided and the parts combine as three values
 * do.
 *
 * Places are kept once each and known by number.  Both live as long as their `struct geo`. */
#ifndef TRUCE_GEO_REGION_H
#define TRUCE_GEO_REGION_H

#include "base/intern.h"
#include "facts/facts.h"
#include "geo/shape.h"

enum region_op {
    REGION_SHAPE,  /* shape */
    REGION_AREA,   /* area, shape or NULL */
    REGION_WITHIN, /* within `metres` of sub[0] */
    REGION_UNION,
    REGION_INTERSECTION,
    REGION_DIFFERENCE /* sub[0] without the others */
};

struct region {
    enum region_op op;
    struct geo_shape *shape;
    uint32_t area; /* number of a name, from places_area */
    double metres;
    struct region **sub;
    size_t n_sub;
    struct geo_shape *whole; /* the dissolved geometry, once asked for */
    bool whole_known;
};

struct place_point {
    double lon, lat; /* lon NAN: no point */
    float radius;    /* metres */
    uint32_t areas;  /* number of a set of names, or FACTS_NONE */
    uint32_t shape;  /* index in places.shapes, or FACTS_NONE */
};

struct area_set {
    const uint32_t *names; /* numbers; names[i] stands at levels[i] */
    const uint8_t *levels;
    size_t n;
};

struct places {
    struct geo *geo;
    struct place_point *items; /* malloc'd; by number */
    size_t n, cap;
    uint32_t *slots; /* open addressing, number + 1 */
    size_t mask;
    struct intern spelt; /* names as written … */
    uint32_t *folded_of; /* … and the number of each one's folded form */
    size_t cap_folded;
    struct intern folded;  /* names with case folded: what numbers stand for */
    struct intern written; /* one spelling of each, for messages, by the same number */
    uint32_t *levels;      /* by name: bits of levels at which places use it */
    size_t cap_levels;
    struct intern set_keys; /* a set's names and levels as bytes, by the set's number */
    struct area_set *sets;
    size_t n_sets, cap_sets;
    struct geo_shape **shapes;
    size_t n_shapes, cap_shapes;
    struct ucasemap *fold;
    bool failed;
};

/* False when memory fails; places_free in either case. */
bool places_init(struct places *p, struct geo *geo);
void places_free(struct places *p);

/* The number of an area's name, ignoring case and blanks around; INTERN_NONE when memory fails. */
uint32_t places_area(struct places *p, struct str name);

#define PLACE_LEVELS 4

/* What a report knows of where. */
struct place_in {
    struct str areas[PLACE_LEVELS]; /* by level, coarse to fine; empty: not named */
    bool has_point;
    double lon, lat, radius; /* degrees, metres */
    struct geo_shape *shape; /* or NULL */
};

/* The number of a place, the same for the same place; FACTS_NONE when memory fails. */
uint32_t places_add(struct places *p, const struct place_in *in);

/* Where a place lies against a region. */
enum side region_side(struct places *p, struct region *r, uint32_t place);

/* The dissolved geometry of a region; NULL when a part has none (or memory failed). */
struct geo_shape *region_whole(struct geo *g, struct region *r);

/* `zone` against `area`: INSIDE when the whole zone lies in it, OUTSIDE when they do not meet. */
enum side region_covered(struct places *p, struct region *zone, struct region *area);

/* A region that holds just what a place says: its area's name, its shape, its point with the
 * uncertainty taken as extent (what an observer there could see).  NULL when it says nothing. */
struct region *region_of_place(struct places *p, uint32_t place);

/* Make a region; NULL when memory fails.  `sub` is copied. */
struct region *region_new(struct geo *g, enum region_op op, struct region *const *sub, size_t n);

#endif
