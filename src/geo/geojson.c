/* Reading GeoJSON (RFC 7946).
 *
 * GEOS's own reader drops properties, refuses points with a height and accepts a latitude of 400;
 * so Jansson reads the text and the geometry is built here, position by position.  Jansson keeps
 * no places: positions are counted as they are visited, and the text is searched for the same count
 * when one is wrong. */
#include "geo/shape.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

struct reader {
    struct geo *geo;
    const struct source *source;
    struct diags *diags;
    size_t positions;   /* visited so far */
    struct str feature; /* "feature 3 \"east bank\"" for messages */
    bool failed;        /* memory */
    double *x;          /* scratch: the line at hand */
    size_t cap;
    struct geo_feature *features;
    size_t n, cap_features;
};

/* ---- finding a position in the text ---- */

static size_t skip_string(struct str t, size_t i)
{
    for (i++; i < t.n && t.p[i] != '"'; i++) i += t.p[i] == '\\';
    return i + 1;
}

static size_t skip_blanks(struct str t, size_t i)
{
    while (i < t.n && (t.p[i] == ' ' || t.p[i] == '\n' || t.p[i] == '\r' || t.p[i] == '\t')) i++;
    return i;
}

/* Is the string that ends before `end` the key "coordinates", followed by an array? */
static bool opens_coordinates(struct str t, size_t begin, size_t end, size_t *array)
{
    struct str key = str_slice(t, begin, end);
    size_t i = skip_blanks(t, end);
    if (!str_eq(key, STR("\"coordinates\"")) || i >= t.n || t.p[i] != ':') return false;
    *array = skip_blanks(t, i + 1);
    return *array < t.n && t.p[*array] == '[';
}

/* The n-th innermost array (from 0) within values of "coordinates". */
static struct place find_position(const struct source *s, size_t n)
{
    struct str t = s->text;
    size_t open = 0, depth = 0, array;
    bool inside = false, innermost = false;
    for (size_t i = 0; i < t.n;) {
        char c = t.p[i];
        if (c == '"') {
            size_t end = skip_string(t, i);
            if (!inside && opens_coordinates(t, i, end, &array)) {
                inside = true;
                end = array;
                depth = 0;
            }
            i = end;
            continue;
        }
        if (inside && c == '[') {
            depth++;
            open = i;
            innermost = true;
        } else if (inside && c == ']') {
            if (innermost && n-- == 0) return (struct place){s, open, i + 1};
            innermost = false;
            if (--depth == 0) inside = false;
        }
        i++;
    }
    return (struct place){s, 0, 0};
}

/* ---- positions ---- */

#define COMPLAIN(r, code, at, ...) diag_add((r)->diags, SEVERITY_ERROR, (code), (at), __VA_ARGS__)

static void out_of_range(struct reader *r, double lon, double lat)
{
    struct place at = find_position(r->source, r->positions);
    if (fabs(lat) > 90 && fabs(lon) <= 90 && fabs(lat) <= 180) {
        struct diag *d = COMPLAIN(r, "latitude-first", at,
                                  "%.*s: the second number, %g, is no latitude (−90 to 90); is the "
                                  "latitude written first?",
                                  STR_ARG(r->feature), lat);
        diag_fix(r->diags, d, "[%.10g, %.10g]: GeoJSON has the longitude first", lat, lon);
        return;
    }
    bool is_lat = fabs(lat) > 90;
    struct diag *d =
        COMPLAIN(r, "coordinate-out-of-range", at, "%.*s: %s %g does not exist",
                 STR_ARG(r->feature), is_lat ? "latitude" : "longitude", is_lat ? lat : lon);
    diag_fix(r->diags, d, "%s",
             is_lat ? "a latitude from −90 to 90, the second number"
                    : "a longitude from −180 to 180, the first number");
}

static bool read_position(struct reader *r, const json_t *v, double *out)
{
    size_t n = json_array_size(v);
    bool numbers = json_is_array(v) && n >= 2;
    for (size_t i = 0; numbers && i < n; i++) numbers = json_is_number(json_array_get(v, i));
    if (!numbers) {
        COMPLAIN(r, "not-a-position", find_position(r->source, r->positions),
                 "%.*s: a position is [longitude, latitude], two numbers", STR_ARG(r->feature));
        return false;
    }
    out[0] = json_number_value(json_array_get(v, 0));
    out[1] = json_number_value(json_array_get(v, 1));
    if (!(fabs(out[0]) <= 180) || !(fabs(out[1]) <= 90)) {
        out_of_range(r, out[0], out[1]);
        return false;
    }
    r->positions++;
    return true;
}

/* Positions of a line or ring into r->x; their number, 0 when something is wrong. */
static size_t read_line(struct reader *r, const json_t *v, bool ring)
{
    size_t n = json_array_size(v), least = ring ? 4 : 2;
    if (!json_is_array(v) || n < least) {
        COMPLAIN(r, "too-few-positions", find_position(r->source, r->positions),
                 "%.*s: a %s needs at least %zu positions", STR_ARG(r->feature),
                 ring ? "ring" : "line", least);
        return 0;
    }
    if (n * 2 > r->cap) {
        r->x = arena_array(&r->geo->arena, n * 4, sizeof(*r->x));
        r->cap = r->x ? n * 4 : 0;
        if (!r->x) {
            r->failed = true;
            return 0;
        }
    }
    for (size_t i = 0; i < n; i++) {
        double *x = r->x + 2 * i;
        if (!read_position(r, json_array_get(v, i), x)) return 0;
        if (i > 0 && fabs(x[0] - x[-2]) > 180) {
            struct diag *d = COMPLAIN(r, "over-180", find_position(r->source, r->positions - 1),
                                      "%.*s: an edge from longitude %g to %g goes round the earth",
                                      STR_ARG(r->feature), x[-2], x[0]);
            diag_fix(r->diags, d, "cut it in two at the 180th meridian (RFC 7946, section 3.1.9)");
            return 0;
        }
    }
    const double *last = r->x + 2 * (n - 1);
    if (ring && (r->x[0] != last[0] || r->x[1] != last[1])) {
        struct diag *d =
            COMPLAIN(r, "open-ring", find_position(r->source, r->positions - 1),
                     "%.*s: the ring does not end where it began", STR_ARG(r->feature));
        diag_fix(r->diags, d, "add [%.10g, %.10g] at its end", r->x[0], r->x[1]);
        return 0;
    }
    return n;
}

static GEOSCoordSequence *sequence(struct reader *r, const json_t *v, bool ring)
{
    size_t n = read_line(r, v, ring);
    if (!n) return NULL;
    GEOSCoordSequence *s = GEOSCoordSeq_copyFromBuffer_r(r->geo->geos, r->x, (unsigned)n, 0, 0);
    if (!s) r->failed = true;
    return s;
}

/* ---- geometries ---- */

static GEOSGeometry *read_geometry(struct reader *r, const json_t *v);

static GEOSGeometry *read_point(struct reader *r, const json_t *v)
{
    double x[2];
    if (!read_position(r, v, x)) return NULL;
    return GEOSGeom_createPointFromXY_r(r->geo->geos, x[0], x[1]);
}

static GEOSGeometry *read_line_string(struct reader *r, const json_t *v)
{
    GEOSCoordSequence *s = sequence(r, v, false);
    return s ? GEOSGeom_createLineString_r(r->geo->geos, s) : NULL;
}

/* Say where a polygon is wrong; true when it is not. */
static bool check_polygon(struct reader *r, const GEOSGeometry *polygon, size_t first)
{
    char *reason = NULL;
    GEOSGeometry *where = NULL;
    if (GEOSisValidDetail_r(r->geo->geos, polygon, 0, &reason, &where) == 1) return true;
    double lon = 0, lat = 0;
    if (where) {
        GEOSGeomGetX_r(r->geo->geos, where, &lon);
        GEOSGeomGetY_r(r->geo->geos, where, &lat);
    }
    struct place at =
        place_join(find_position(r->source, first), find_position(r->source, r->positions - 1));
    struct diag *d =
        COMPLAIN(r, "bad-polygon", at, "%.*s: the polygon is not one: %s near [%.6g, %.6g]",
                 STR_ARG(r->feature), reason ? reason : "it crosses itself", lon, lat);
    diag_fix(r->diags, d, "draw it so that its edges do not cross or touch there");
    if (where) GEOSGeom_destroy_r(r->geo->geos, where);
    if (reason) GEOSFree_r(r->geo->geos, reason);
    return false;
}

static GEOSGeometry *read_polygon(struct reader *r, const json_t *v)
{
    GEOSContextHandle_t h = r->geo->geos;
    size_t n = json_array_size(v), made = 0;
    size_t first = r->positions;
    if (!json_is_array(v) || n == 0) {
        COMPLAIN(r, "too-few-positions", find_position(r->source, first),
                 "%.*s: a polygon needs a ring", STR_ARG(r->feature));
        return NULL;
    }
    GEOSGeometry **rings = arena_array(&r->geo->arena, n, sizeof(GEOSGeometry *));
    r->failed |= !rings;
    for (; rings && made < n; made++) {
        GEOSCoordSequence *s = sequence(r, json_array_get(v, made), true);
        rings[made] = s ? GEOSGeom_createLinearRing_r(h, s) : NULL;
        if (!rings[made]) break;
    }
    if (!rings || made < n) {
        for (size_t i = 0; i < made; i++) GEOSGeom_destroy_r(h, rings[i]);
        return NULL;
    }
    GEOSGeometry *p = GEOSGeom_createPolygon_r(h, rings[0], rings + 1, (unsigned)(n - 1));
    if (p && !check_polygon(r, p, first)) {
        GEOSGeom_destroy_r(h, p);
        return NULL;
    }
    return p;
}

/* A geometry of many parts, each read by `read`. */
static GEOSGeometry *read_many(struct reader *r, const json_t *v, int type,
                               GEOSGeometry *(*read)(struct reader *, const json_t *))
{
    size_t n = json_array_size(v), made = 0;
    if (!json_is_array(v)) {
        COMPLAIN(r, "not-geojson", find_position(r->source, r->positions),
                 "%.*s: expected an array", STR_ARG(r->feature));
        return NULL;
    }
    GEOSGeometry **parts = arena_array(&r->geo->arena, n, sizeof(GEOSGeometry *));
    r->failed |= !parts;
    for (; parts && made < n; made++) {
        parts[made] = read(r, json_array_get(v, made));
        if (!parts[made]) break;
    }
    if (!parts || made < n) {
        for (size_t i = 0; i < made; i++) GEOSGeom_destroy_r(r->geo->geos, parts[i]);
        return NULL;
    }
    return GEOSGeom_createCollection_r(r->geo->geos, type, parts, (unsigned)n);
}

/* A MultiPolygon's parts may overlap or touch along edges: it is dissolved. */
static GEOSGeometry *read_multi_polygon(struct reader *r, const json_t *v)
{
    GEOSGeometry *all = read_many(r, v, GEOS_MULTIPOLYGON, read_polygon);
    if (!all) return NULL;
    GEOSGeometry *one = GEOSUnaryUnion_r(r->geo->geos, all);
    GEOSGeom_destroy_r(r->geo->geos, all);
    return one;
}

static GEOSGeometry *read_multi_point(struct reader *r, const json_t *v)
{
    return read_many(r, v, GEOS_MULTIPOINT, read_point);
}

static GEOSGeometry *read_multi_line(struct reader *r, const json_t *v)
{
    return read_many(r, v, GEOS_MULTILINESTRING, read_line_string);
}

static GEOSGeometry *read_collection(struct reader *r, const json_t *v)
{
    return read_many(r, v, GEOS_GEOMETRYCOLLECTION, read_geometry);
}

static GEOSGeometry *read_geometry(struct reader *r, const json_t *v)
{
    static const struct {
        const char *type, *member;
        GEOSGeometry *(*read)(struct reader *, const json_t *);
    } types[] = {{"Point", "coordinates", read_point},
                 {"LineString", "coordinates", read_line_string},
                 {"Polygon", "coordinates", read_polygon},
                 {"MultiPoint", "coordinates", read_multi_point},
                 {"MultiLineString", "coordinates", read_multi_line},
                 {"MultiPolygon", "coordinates", read_multi_polygon},
                 {"GeometryCollection", "geometries", read_collection}};
    const char *type = json_string_value(json_object_get(v, "type"));
    for (size_t i = 0; type && i < sizeof(types) / sizeof(types[0]); i++) {
        if (strcmp(type, types[i].type) == 0)
            return types[i].read(r, json_object_get(v, types[i].member));
    }
    COMPLAIN(r, "not-geojson", find_position(r->source, r->positions),
             "%.*s: %s is no GeoJSON geometry", STR_ARG(r->feature), type ? type : "this");
    return NULL;
}

/* ---- features ---- */

static struct str scalar_text(struct arena *a, const json_t *v)
{
    if (json_is_string(v))
        return str_dup(a, (struct str){json_string_value(v), json_string_length(v)});
    if (json_is_integer(v)) return str_fmt(a, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
    if (json_is_real(v)) return str_fmt(a, "%.15g", json_real_value(v));
    if (json_is_boolean(v)) return json_is_true(v) ? STR("true") : STR("false");
    return (struct str){0};
}

static void read_properties(struct reader *r, json_t *v, struct geo_feature *f)
{
    struct arena *a = &r->geo->arena;
    size_t n = json_object_size(v);
    struct str *keys = arena_array(a, n, sizeof(*keys));
    struct str *values = arena_array(a, n, sizeof(*values));
    if (!keys || !values) {
        r->failed = true;
        return;
    }
    const char *key;
    json_t *value;
    json_object_foreach(v, key, value)
    {
        keys[f->n] = str_dup(a, str_of(key));
        values[f->n] = scalar_text(a, value);
        if (!values[f->n].n) continue;
        f->n++;
    }
    f->keys = keys;
    f->values = values;
}

struct str geo_property(const struct geo_feature *f, struct str key)
{
    for (size_t i = 0; i < f->n; i++) {
        if (str_eq(f->keys[i], key)) return f->values[i];
    }
    return (struct str){0};
}

static void read_feature(struct reader *r, json_t *v, json_t *geometry, size_t index)
{
    struct geo_feature f = {0};
    read_properties(r, json_object_get(v, "properties"), &f);
    struct str name = geo_property(&f, STR("name"));
    struct arena *a = &r->geo->arena;
    r->feature = name.n ? str_fmt(a, "feature %zu \"%.*s\"", index + 1, STR_ARG(name))
                        : str_fmt(a, "feature %zu", index + 1);
    if (json_is_null(geometry)) return; /* an unlocated feature is no place */
    GEOSGeometry *g = read_geometry(r, geometry);
    if (!g) return;
    f.shape = geo_shape_of(r->geo, g);
    struct geo_feature *moved = arena_grow(a, r->features, r->n, &r->cap_features, sizeof(*moved));
    if (!f.shape || !moved) {
        r->failed = true;
        return;
    }
    r->features = moved;
    moved[r->n++] = f;
}

static void check_crs(struct reader *r, const json_t *root)
{
    const json_t *properties = json_object_get(json_object_get(root, "crs"), "properties");
    const char *name = json_string_value(json_object_get(properties, "name"));
    if (!name || strstr(name, "CRS84") || strstr(name, "EPSG::4326") || strstr(name, "EPSG:4326"))
        return;
    struct diag *d = COMPLAIN(r, "other-crs", ((struct place){r->source, 0, 0}),
                              "the coordinates are in %s", name);
    diag_fix(r->diags, d, "WGS 84 longitude and latitude, as RFC 7946 has it");
}

static void read_root(struct reader *r, json_t *root)
{
    const char *type = json_string_value(json_object_get(root, "type"));
    check_crs(r, root);
    if (type && strcmp(type, "FeatureCollection") == 0) {
        json_t *features = json_object_get(root, "features");
        size_t n = json_array_size(features);
        for (size_t i = 0; i < n && !r->failed; i++) {
            json_t *f = json_array_get(features, i);
            read_feature(r, f, json_object_get(f, "geometry"), i);
        }
    } else if (type && strcmp(type, "Feature") == 0) {
        read_feature(r, root, json_object_get(root, "geometry"), 0);
    } else {
        read_feature(r, root, root, 0);
    }
}

enum status geo_read(struct geo *g, const struct source *source, struct diags *d,
                     struct geo_features *out)
{
    *out = (struct geo_features){0};
    json_error_t e;
    json_t *root = json_loadb(source->text.p, source->text.n, 0, &e);
    if (!root) {
        size_t at = e.position > 0 ? (size_t)e.position - 1 : 0;
        if (at > source->text.n) at = source->text.n;
        struct diag *diag = diag_add(d, SEVERITY_ERROR, "not-json", (struct place){source, at, at},
                                     "this is no JSON: %s", e.text);
        diag_fix(d, diag, "a GeoJSON file (RFC 7946)");
        return STATUS_INPUT;
    }
    size_t before = d->errors;
    struct reader r = {.geo = g, .source = source, .diags = d};
    read_root(&r, root);
    json_decref(root);
    if (r.failed || g->arena.failed) return STATUS_FAULT;
    if (d->errors == before && r.n == 0)
        COMPLAIN(&r, "no-feature", ((struct place){source, 0, 0}), "the file holds no geometry");
    if (d->errors > before) return STATUS_INPUT;
    *out = (struct geo_features){r.features, r.n};
    return STATUS_OK;
}
