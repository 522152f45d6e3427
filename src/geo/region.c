/* Regions against places.  See region.h. */
#include "geo/region.h"

#include <math.h>
#include <stdlib.h>

struct region *region_new(struct geo *g, enum region_op op, struct region *const *sub, size_t n)
{
    struct region *r = arena_alloc(&g->arena, sizeof(*r));
    struct region **own = arena_array(&g->arena, n, sizeof(struct region *));
    if (!r || !own) return NULL;
    for (size_t i = 0; i < n; i++) own[i] = sub[i];
    *r = (struct region){.op = op, .area = INTERN_NONE, .sub = own, .n_sub = n};
    return r;
}

/* ---- the whole geometry ---- */

static struct geo_shape *combine(struct geo *g, const struct region *r)
{
    struct geo_shape **parts = arena_array(&g->arena, r->n_sub, sizeof(struct geo_shape *));
    if (!parts) return NULL;
    for (size_t i = 0; i < r->n_sub; i++) {
        parts[i] = region_whole(g, r->sub[i]);
        if (!parts[i]) return NULL;
    }
    if (r->n_sub == 0) return NULL;
    if (r->op == REGION_UNION) return geo_shape_union(g, parts, r->n_sub);
    GEOSGeometry *(*operate)(GEOSContextHandle_t, const GEOSGeometry *, const GEOSGeometry *) =
        r->op == REGION_INTERSECTION ? GEOSIntersection_r : GEOSDifference_r;
    GEOSGeometry *x = GEOSGeom_clone_r(g->geos, parts[0]->geometry);
    for (size_t i = 1; x && i < r->n_sub; i++) {
        GEOSGeometry *next = operate(g->geos, x, parts[i]->geometry);
        GEOSGeom_destroy_r(g->geos, x);
        x = next;
    }
    return geo_shape_of(g, x);
}

struct geo_shape *region_whole(struct geo *g, struct region *r)
{
    if (r->whole_known) return r->whole;
    r->whole_known = true;
    if (r->op == REGION_SHAPE || r->op == REGION_AREA) {
        r->whole = r->shape;
    } else if (r->op == REGION_WITHIN) {
        struct geo_shape *of = region_whole(g, r->sub[0]);
        r->whole = of ? geo_shape_buffer(g, of, r->metres) : NULL;
    } else {
        r->whole = combine(g, r);
    }
    return r->whole;
}

/* ---- three values ---- */

static enum side opposite(enum side s)
{
    return s == SIDE_INSIDE ? SIDE_OUTSIDE : s == SIDE_OUTSIDE ? SIDE_INSIDE : s;
}

/* Inside all of them: outside one decides, else undecided in one leaves it open. */
static enum side both(enum side a, enum side b)
{
    if (a == SIDE_OUTSIDE || b == SIDE_OUTSIDE) return SIDE_OUTSIDE;
    return a == SIDE_INSIDE && b == SIDE_INSIDE ? SIDE_INSIDE : SIDE_UNDECIDED;
}

/* ---- geometry against a shape ---- */

static enum side disc_side(const struct geo *g, const struct geo_shape *s, double lon, double lat,
                           double radius)
{
    if (near_within(s->near, lon, lat, radius)) return SIDE_UNDECIDED;
    return geo_shape_has(g, s, lon, lat) ? SIDE_INSIDE : SIDE_OUTSIDE;
}

static enum side shape_side(const struct geo *g, const struct geo_shape *s,
                            const struct geo_shape *of)
{
    if (GEOSPreparedCovers_r(g->geos, s->prepared, of->geometry) == 1) return SIDE_INSIDE;
    if (GEOSPreparedDisjoint_r(g->geos, s->prepared, of->geometry) == 1) return SIDE_OUTSIDE;
    return SIDE_UNDECIDED;
}

static bool has_geometry(const struct place_point *x)
{
    return x->shape != FACTS_NONE || !isnan(x->lon);
}

/* What has extent, against the dissolved geometry. */
static enum side whole_side(struct places *p, struct region *r, const struct place_point *x)
{
    struct geo_shape *s = region_whole(p->geo, r);
    if (!s) return SIDE_UNDECIDED;
    if (x->shape != FACTS_NONE) return shape_side(p->geo, s, p->shapes[x->shape]);
    return disc_side(p->geo, s, x->lon, x->lat, (double)x->radius);
}

/* ---- parts ---- */

static enum side name_side(const struct places *p, const struct area_set *set, uint32_t area)
{
    uint32_t levels = 0;
    for (size_t i = 0; i < set->n; i++) {
        if (set->names[i] == area) return SIDE_INSIDE;
        levels |= 1u << set->levels[i];
    }
    uint32_t used = p->levels[area]; /* 0: no report names it, so all name others */
    return !used || used & levels ? SIDE_OUTSIDE : SIDE_UNDECIDED;
}

/* A shape, an area or a distance. */
static enum side leaf_side(struct places *p, struct region *r, const struct place_point *x)
{
    if (r->op == REGION_AREA && x->areas != FACTS_NONE) {
        enum side s = name_side(p, &p->sets[x->areas], r->area);
        if (s != SIDE_UNDECIDED) return s;
    }
    if (!has_geometry(x)) return SIDE_UNDECIDED;
    if (x->shape != FACTS_NONE || x->radius > 0) return whole_side(p, r, x);
    bool in;
    if (r->op == REGION_WITHIN) {
        struct geo_shape *of = region_whole(p->geo, r->sub[0]);
        if (!of) return SIDE_UNDECIDED;
        in = geo_shape_within(p->geo, of, x->lon, x->lat, r->metres);
    } else {
        if (!r->shape) return SIDE_UNDECIDED;
        in = geo_shape_has(p->geo, r->shape, x->lon, x->lat);
    }
    return in ? SIDE_INSIDE : SIDE_OUTSIDE;
}

static enum side side_of(struct places *p, struct region *r, const struct place_point *x)
{
    if (r->op <= REGION_WITHIN) return leaf_side(p, r, x);
    enum side all = SIDE_INSIDE;
    for (size_t i = 0; i < r->n_sub && all != SIDE_OUTSIDE; i++) {
        enum side s = side_of(p, r->sub[i], x);
        /* a ∪ b = ¬(¬a ∩ ¬b), a \ b = a ∩ ¬b */
        bool turn = r->op == REGION_UNION || (r->op == REGION_DIFFERENCE && i > 0);
        all = both(all, turn ? opposite(s) : s);
    }
    if (r->op == REGION_UNION) all = opposite(all);
    bool extent = x->shape != FACTS_NONE || x->radius > 0;
    if (all == SIDE_UNDECIDED && extent && has_geometry(x)) return whole_side(p, r, x);
    return all;
}

enum side region_side(struct places *p, struct region *r, uint32_t place)
{
    return side_of(p, r, &p->items[place]);
}

/* ---- regions against regions ---- */

struct region *region_of_place(struct places *p, uint32_t place)
{
    const struct place_point *x = &p->items[place];
    struct geo *g = p->geo;
    struct geo_shape *shape = x->shape != FACTS_NONE ? p->shapes[x->shape] : NULL;
    if (!shape && !isnan(x->lon)) {
        shape = x->radius > 0
                    ? geo_sector(g, x->lon, x->lat, 0, 180, 0, (double)x->radius)
                    : geo_shape_of(g, GEOSGeom_createPointFromXY_r(g->geos, x->lon, x->lat));
        if (!shape) return NULL;
    }
    const struct area_set *set = x->areas != FACTS_NONE ? &p->sets[x->areas] : NULL;
    if (!shape && !set) return NULL;
    struct region *r = region_new(g, shape ? REGION_SHAPE : REGION_AREA, NULL, 0);
    if (!r) return NULL;
    r->shape = shape;
    if (!shape) r->area = set->names[set->n - 1]; /* the finest says most */
    return r;
}

/* The areas of a union of areas, as numbers appended to out (room for `room`); false when the
 * region is anything else. */
static bool area_names(const struct region *r, uint32_t *out, size_t room, size_t *n)
{
    if (r->op == REGION_AREA) {
        if (*n == room) return false;
        out[(*n)++] = r->area;
        return true;
    }
    if (r->op != REGION_UNION) return false;
    for (size_t i = 0; i < r->n_sub; i++) {
        if (!area_names(r->sub[i], out, room, n)) return false;
    }
    return true;
}

#define MOST_NAMES 256

/* By names alone: a union of areas within another. */
static enum side covered_by_name(const struct places *p, const struct region *zone,
                                 const struct region *area)
{
    uint32_t a[MOST_NAMES], b[MOST_NAMES];
    size_t n = 0, m = 0, found = 0;
    if (!area_names(zone, a, MOST_NAMES, &n) || !area_names(area, b, MOST_NAMES, &m) || !n)
        return SIDE_UNDECIDED;
    bool same_level = true;
    for (size_t i = 0; i < n; i++) {
        bool in = false;
        for (size_t k = 0; k < m; k++) {
            in |= a[i] == b[k];
            same_level &= p->levels[a[i]] && p->levels[a[i]] == p->levels[b[k]];
        }
        found += in;
    }
    if (found == n) return SIDE_INSIDE;
    return found == 0 && same_level ? SIDE_OUTSIDE : SIDE_UNDECIDED;
}

enum side region_covered(struct places *p, struct region *zone, struct region *area)
{
    if (zone == area) return SIDE_INSIDE;
    enum side s = covered_by_name(p, zone, area);
    if (s != SIDE_UNDECIDED) return s;
    struct geo_shape *inner = region_whole(p->geo, zone), *outer = region_whole(p->geo, area);
    return inner && outer ? shape_side(p->geo, outer, inner) : SIDE_UNDECIDED;
}
