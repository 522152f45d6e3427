/* The places of a row.  See build.h. */
#include "intake/build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_blank(const struct build *b, const struct cell_src *c)
{
    return !str_trim(build_cell(b, c)).n;
}

/* A number of a sentence or of its column; *empty: the cell holds nothing. */
static bool number_of(struct build *b, const struct number_src *s, double *out, bool *empty)
{
    *empty = false;
    *out = s->number * s->scale;
    if (s->cell.op == CELL_NONE) return true;
    if ((*empty = is_blank(b, &s->cell))) return true;
    if (!cell_number(build_cell(b, &s->cell), b->mapping->decimal_comma, out))
        return build_bad_cell(b, &s->cell, "is no number");
    *out *= s->scale;
    return true;
}

/* Latitude and longitude; *there: both are given. */
static bool position(struct build *b, const struct place_src *s, double *lat, double *lon,
                     bool *there)
{
    bool comma = b->mapping->decimal_comma;
    bool no_lat = is_blank(b, &s->lat), no_lon = is_blank(b, &s->lon);
    *there = !no_lat && !no_lon;
    if (no_lat && no_lon) return true;
    if (no_lat || no_lon)
        return build_bad_cell(b, no_lat ? &s->lat : &s->lon, "is empty though the other is not");
    if (!cell_number(build_cell(b, &s->lat), comma, lat))
        return build_bad_cell(b, &s->lat, "is no number");
    if (!cell_number(build_cell(b, &s->lon), comma, lon))
        return build_bad_cell(b, &s->lon, "is no number");
    if (fabs(*lat) > 90)
        return reason_set(
            &b->why, "latitude %.6g does not exist (-90 to 90)%s", *lat,
            fabs(*lat) <= 180 && fabs(*lon) <= 90 ? ": are latitude and longitude exchanged?" : "");
    if (fabs(*lon) > 180)
        return reason_set(&b->why, "longitude %.6g does not exist (-180 to 180)", *lon);
    return true;
}

/* The first sentence about exactness that applies; *unknown: the point says nothing. */
static bool radius_of(struct build *b, const struct place_src *s, double *metres, bool *unknown)
{
    *metres = 0;
    *unknown = false;
    for (size_t i = 0; i < s->n_radius; i++) {
        const struct radius_src *x = &s->radius[i];
        if (!build_holds(b, &x->when)) continue;
        *unknown = x->unknown;
        if (x->unknown) return true;
        if (!number_of(b, &x->metres, metres, unknown)) return false;
        if (*metres < 0 || *metres > 20100000)
            return reason_set(&b->why, "an uncertainty of %.6g m makes no sense", *metres);
        return true;
    }
    return true;
}

static bool sector(struct build *b, const struct place_src *s, double lat, double lon,
                   struct place_in *in)
{
    double bearing, half, nearest, farthest;
    bool e1, e2, e3, e4;
    if (!number_of(b, &s->bearing, &bearing, &e1) || !number_of(b, &s->half, &half, &e2) ||
        !number_of(b, &s->nearest, &nearest, &e3) || !number_of(b, &s->farthest, &farthest, &e4))
        return false;
    if (e1 || e2) half = 180; /* no bearing: all round */
    if (e3) nearest = 0;
    if (e4) return true; /* no distance: nothing is known */
    if (nearest > farthest || nearest < 0 || half < 0)
        return reason_set(&b->why, "a sector from %.6g m to %.6g m makes no sense", nearest,
                          farthest);
    in->shape = geo_sector(b->intake->book.geo, lon, lat, bearing, half, nearest, farthest);
    if (in->shape) return true;
    b->failed |= b->intake->book.geo->arena.failed;
    return reason_set(&b->why, "a sector of %.6g m cannot be drawn there", farthest);
}

/* ---- shapes in cells ---- */

/* Well-known text; its coordinates and form are checked as GeoJSON's are. */
static struct geo_shape *read_wkt(struct build *b, struct str text)
{
    struct geo *g = b->intake->book.geo;
    struct str copy = str_dup(&b->intake->arena, text);
    GEOSWKTReader *reader = copy.p ? GEOSWKTReader_create_r(g->geos) : NULL;
    GEOSGeometry *x = reader ? GEOSWKTReader_read_r(g->geos, reader, copy.p) : NULL;
    if (reader) GEOSWKTReader_destroy_r(g->geos, reader);
    b->failed |= !copy.p || !reader;
    if (!x || GEOSisEmpty_r(g->geos, x) != 0) {
        if (x) GEOSGeom_destroy_r(g->geos, x);
        reason_set(&b->why, "is no well-known text of a shape");
        return NULL;
    }
    bool valid = GEOSisValid_r(g->geos, x) == 1;
    struct geo_shape *s = geo_shape_of(g, x);
    b->failed |= !s;
    if (!s) return NULL;
    bool in_range =
        s->box.west >= -180 && s->box.east <= 180 && s->box.south >= -90 && s->box.north <= 90;
    if (valid && in_range) return s;
    reason_set(&b->why, valid ? "lies outside the earth" : "crosses itself");
    return NULL;
}

static struct geo_shape *read_geojson(struct build *b, struct str text)
{
    struct arena *a = &b->intake->arena;
    struct diags d;
    diags_init(&d, a);
    d.max_items = 1;
    struct str copy = str_dup(a, text);
    const struct source *source = copy.p ? source_new(a, STR("cell"), copy) : NULL;
    struct geo_features f = {0};
    enum status s = source ? geo_read(b->intake->book.geo, source, &d, &f) : STATUS_FAULT;
    b->failed |= s == STATUS_FAULT;
    if (s == STATUS_OK) return f.items[0].shape;
    if (d.n) reason_set(&b->why, "%.*s", STR_ARG(d.items[0].what));
    return NULL;
}

/* The shape of a cell's text, read once; NULL with a reason.  A text that was refused before is
 * read again for its reason. */
static struct geo_shape *shape_of(struct build *b, struct str text, enum shape_format format)
{
    size_t before = b->shape_texts.n;
    uint32_t i = intern_add(&b->shape_texts, text);
    if (i == INTERN_NONE) {
        b->failed = true;
        return NULL;
    }
    if (i < before && b->shapes[i]) return b->shapes[i];
    if (i >= b->cap_shapes) {
        size_t cap = b->cap_shapes ? b->cap_shapes * 2 : 64;
        struct geo_shape **moved = realloc(b->shapes, cap * sizeof(struct geo_shape *));
        if (!moved) {
            b->failed = true;
            return NULL;
        }
        memset(moved + b->cap_shapes, 0, (cap - b->cap_shapes) * sizeof(struct geo_shape *));
        b->shapes = moved;
        b->cap_shapes = cap;
    }
    b->shapes[i] = format == SHAPE_WKT ? read_wkt(b, text) : read_geojson(b, text);
    return b->shapes[i];
}

static bool shape_place(struct build *b, const struct place_src *s, struct place_in *in)
{
    struct str text = str_trim(build_cell(b, &s->shape));
    if (!text.n) return true;
    in->shape = shape_of(b, text, s->shape_format);
    if (in->shape || b->failed) return in->shape;
    struct reason inner = b->why;
    return build_bad_cell(b, &s->shape, inner.text);
}

bool build_place(struct build *b, const struct place_src *s, uint32_t *out)
{
    struct place_in in = {0};
    double lat = 0, lon = 0, metres = 0;
    bool there = false, unknown = false, named = false;
    for (size_t i = 0; i < PLACE_LEVELS; i++) {
        in.areas[i] = str_trim(build_cell(b, &s->areas[i]));
        named |= in.areas[i].n > 0;
    }
    if (s->lat.op != CELL_NONE && !position(b, s, &lat, &lon, &there)) return false;
    if (there && !radius_of(b, s, &metres, &unknown)) return false;
    if (there && !unknown && s->sector && !sector(b, s, lat, lon, &in)) return false;
    if (there && !unknown && !s->sector) {
        in.has_point = true;
        in.lat = lat;
        in.lon = lon;
        in.radius = metres;
    }
    if (s->shape_format != SHAPE_NONE && !shape_place(b, s, &in)) return false;
    *out = FACTS_NONE;
    if (!named && !in.has_point && !in.shape) return true;
    *out = geo_book_place(&b->intake->book, &in);
    b->failed |= *out == FACTS_NONE;
    return !b->failed;
}
