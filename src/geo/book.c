/* From the agreement's expressions to regions.  See book.h. */
#include "geo/book.h"

#include "base/file.h"

#include <math.h>
#include <stdlib.h>

#define FILE_MOST (256u << 20)

struct geo_book_file {
    struct str path; /* as written */
    struct geo_features features;
    bool bad; /* could not be read: said once */
    struct place at;
    struct geo_book_file *next;
};

struct builder {
    struct geo_book *book;
    struct diags *diags;
    uint32_t reading;
    enum status status;
};

static struct region *fault(struct builder *b)
{
    b->status = STATUS_FAULT;
    return NULL;
}

static struct region *bad(struct builder *b)
{
    if (b->status == STATUS_OK) b->status = STATUS_INPUT;
    return NULL;
}

/* ---- files ---- */

static struct geo_book_file *load_file(struct builder *b, const struct geo_file *want)
{
    struct geo_book *book = b->book;
    for (struct geo_book_file *f = book->files; f; f = f->next) {
        if (str_eq(f->path, want->path)) return f;
    }
    struct geo_book_file *f = arena_alloc(&book->arena, sizeof(*f));
    if (!f) return NULL;
    f->path = want->path;
    f->at = want->at;
    f->next = book->files;
    book->files = f;
    struct str path = file_beside(&book->arena, book->agreement->source->name, want->path);
    struct str text;
    size_t before = b->diags->n;
    enum status s =
        path.p ? file_read(&book->arena, path, FILE_MOST, b->diags, &text) : STATUS_FAULT;
    if (s == STATUS_INPUT && b->diags->n > before) b->diags->items[before].at = want->at;
    const struct source *source = s == STATUS_OK ? source_new(&book->arena, path, text) : NULL;
    if (s == STATUS_OK)
        s = source ? geo_read(book->geo, source, b->diags, &f->features) : STATUS_FAULT;
    if (s == STATUS_FAULT) fault(b);
    f->bad = s != STATUS_OK;
    return f;
}

/* Tell which values there are when the one asked for is not among them. */
static void no_such_feature(struct builder *b, const struct geo_book_file *f,
                            const struct geo_file *want, struct str value)
{
    struct str near = {0};
    size_t best = 6;
    for (size_t i = 0; i < f->features.n; i++) {
        struct str v = geo_property(&f->features.items[i], want->property);
        if (v.n && str_nearer(value, v, &best)) near = v;
    }
    struct diag *d = diag_add(b->diags, SEVERITY_ERROR, "no-such-feature", want->at,
                              "no feature of \"%.*s\" has %.*s \"%.*s\"", STR_ARG(want->path),
                              STR_ARG(want->property), STR_ARG(value));
    if (near.n) diag_fix(b->diags, d, "\"%.*s\"", STR_ARG(near));
}

/* All features of a file, or those whose property has the value (ignoring case), as one shape. */
static struct region *file_region(struct builder *b, const struct geo_file *want, struct str value,
                                  bool area)
{
    struct geo_book *book = b->book;
    struct geo_book_file *f = load_file(b, want);
    if (!f) return fault(b);
    if (f->bad) return bad(b);
    struct geo_shape **shapes =
        arena_array(&book->arena, f->features.n, sizeof(struct geo_shape *));
    if (!shapes) return fault(b);
    uint32_t wanted = value.n ? places_area(&book->places, value) : INTERN_NONE;
    size_t n = 0, seen = 0;
    for (size_t i = 0; i < f->features.n; i++) {
        struct str v = geo_property(&f->features.items[i], want->property);
        if (value.n && places_area(&book->places, v) != wanted) continue;
        seen++;
        bool usable = area ? f->features.items[i].shape->has_area
                           : !f->features.items[i].shape->has_area &&
                                 GEOSGeom_getDimensions_r(
                                     book->geo->geos, f->features.items[i].shape->geometry) == 1;
        if (usable) shapes[n++] = f->features.items[i].shape;
    }
    if (n == 0 && seen == 0) no_such_feature(b, f, want, value);
    if (n == 0 && seen > 0)
        diag_add(b->diags, SEVERITY_ERROR, "wrong-geometry", want->at, "\"%.*s\" holds no %s there",
                 STR_ARG(want->path), area ? "polygon" : "line");
    if (n == 0) return bad(b);
    struct region *r = region_new(book->geo, REGION_SHAPE, NULL, 0);
    struct geo_shape *one = r ? geo_shape_union(book->geo, shapes, n) : NULL;
    if (!one) return fault(b);
    r->shape = one;
    return r;
}

/* ---- expressions ---- */

static struct region *build(struct builder *b, const struct zone_expr *x);

static struct region *area_region(struct builder *b, const struct zone_expr *x)
{
    struct region *r = NULL;
    if (x->file.path.n) {
        struct geo_file want = x->file;
        if (!want.property.n) want.property = STR("name");
        r = file_region(b, &want, x->area, true);
        if (!r) return NULL;
    } else {
        r = region_new(b->book->geo, REGION_AREA, NULL, 0);
        if (!r) return fault(b);
    }
    r->op = REGION_AREA;
    r->area = places_area(&b->book->places, x->area);
    return r->area == INTERN_NONE ? fault(b) : r;
}

static struct region *line_region(struct builder *b, uint32_t line)
{
    const struct geo_file *f = agreement_line_file(b->book->agreement, line, b->reading);
    if (!f || !f->path.n) return bad(b);
    return file_region(b, f, f->value, false);
}

static struct region *zone_region(struct builder *b, uint32_t zone)
{
    const struct zone_expr *x = agreement_zone_expr(b->book->agreement, zone, b->reading);
    return x ? build(b, x) : bad(b);
}

static struct region *within_region(struct builder *b, const struct zone_expr *x)
{
    struct region *of =
        x->op == ZONE_WITHIN_LINE ? line_region(b, x->index) : zone_region(b, x->index);
    if (!of) return NULL;
    struct region *r = region_new(b->book->geo, REGION_WITHIN, &of, 1);
    if (!r) return fault(b);
    r->metres = (double)x->distance / 1000;
    return r;
}

static struct region *build(struct builder *b, const struct zone_expr *x)
{
    static const enum region_op ops[] = {[ZONE_UNION] = REGION_UNION,
                                         [ZONE_INTERSECTION] = REGION_INTERSECTION,
                                         [ZONE_DIFFERENCE] = REGION_DIFFERENCE};
    switch (x->op) {
    case ZONE_FILE: return file_region(b, &x->file, x->file.value, true);
    case ZONE_AREA: return area_region(b, x);
    case ZONE_WITHIN_LINE:
    case ZONE_WITHIN_ZONE: return within_region(b, x);
    case ZONE_NAME: return zone_region(b, x->index);
    default: break;
    }
    struct region **sub = arena_array(&b->book->arena, x->n_sub, sizeof(struct region *));
    if (!sub) return fault(b);
    for (uint32_t i = 0; i < x->n_sub; i++) {
        sub[i] = build(b, x->sub[i]);
        if (!sub[i]) return NULL;
    }
    struct region *r = region_new(b->book->geo, ops[x->op], sub, x->n_sub);
    return r ? r : fault(b);
}

/* Where the region of a zone or line under a reading stands in its table. */
static size_t slot(const struct geo_book *b, uint32_t index, uint32_t reading)
{
    size_t column = reading == LANG_NONE ? 0 : (size_t)reading + 1;
    return index * ((size_t)b->agreement->n_readings + 1) + column;
}

static bool reading_settles(const struct agreement *g, uint32_t reading, uint32_t term)
{
    const struct indices *t = &g->readings[reading].terms;
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->v[i] == term) return true;
    }
    return false;
}

/* One region for each reading that settles a term it rests on; the others share column 0. */
static void build_all(struct builder *b, struct region **row, struct indices terms, uint32_t index,
                      struct region *(*make)(struct builder *, uint32_t))
{
    const struct agreement *g = b->book->agreement;
    b->reading = LANG_NONE;
    row[0] = make(b, index);
    for (uint32_t r = 0; r < g->n_readings; r++) {
        bool concerned = false;
        for (uint32_t i = 0; i < terms.n; i++) concerned |= reading_settles(g, r, terms.v[i]);
        b->reading = r;
        row[r + 1] = concerned ? make(b, index) : row[0];
    }
}

enum status geo_book_init(struct geo_book *b, const struct agreement *g, struct diags *d)
{
    *b = (struct geo_book){.agreement = g, .geo = geo_new()};
    arena_init(&b->arena);
    size_t columns = (size_t)g->n_readings + 1;
    b->zones = calloc(g->n_zones * columns + 1, sizeof(struct region *));
    b->lines = calloc(g->n_lines * columns + 1, sizeof(struct region *));
    if (!b->geo || !places_init(&b->places, b->geo) || !b->zones || !b->lines) return STATUS_FAULT;
    struct builder build_ = {.book = b, .diags = d, .status = STATUS_OK};
    for (uint32_t i = 0; i < g->n_lines; i++) {
        struct indices terms = {&g->lines[i].term, g->lines[i].term == LANG_NONE ? 0 : 1};
        build_all(&build_, b->lines + i * columns, terms, i, line_region);
    }
    for (uint32_t i = 0; i < g->n_zones; i++)
        build_all(&build_, b->zones + i * columns, g->zones[i].terms, i, zone_region);
    return build_.status;
}

void geo_book_free(struct geo_book *b)
{
    places_free(&b->places);
    geo_free(b->geo);
    free(b->zones);
    free(b->lines);
    arena_free(&b->arena);
    *b = (struct geo_book){0};
}

struct region *geo_book_zone(const struct geo_book *b, uint32_t zone, uint32_t reading)
{
    return b->zones[slot(b, zone, reading)];
}

struct region *geo_book_line(const struct geo_book *b, uint32_t line, uint32_t reading)
{
    return b->lines[slot(b, line, reading)];
}

/* ---- what facts ask ---- */

static enum status sides(void *ctx, uint32_t zone, uint32_t reading, uint8_t *out)
{
    struct geo_book *b = ctx;
    struct region *r = geo_book_zone(b, zone, reading);
    for (size_t i = 0; i < b->places.n; i++)
        out[i] = (uint8_t)(r ? region_side(&b->places, r, (uint32_t)i) : SIDE_UNDECIDED);
    return b->places.failed ? STATUS_FAULT : STATUS_OK;
}

static enum status covered(void *ctx, uint32_t zone, uint32_t reading, const struct coverage *c,
                           enum side *out)
{
    struct geo_book *b = ctx;
    *out = SIDE_UNDECIDED;
    if (c->where == COVERAGE_EVERYWHERE) *out = SIDE_INSIDE;
    if (c->where == COVERAGE_EVERYWHERE || zone == FACTS_NONE) return STATUS_OK;
    struct region *r = geo_book_zone(b, zone, reading);
    struct region *area = c->where == COVERAGE_ZONE ? geo_book_zone(b, c->area, reading)
                                                    : region_of_place(&b->places, c->area);
    if (r && area) *out = region_covered(&b->places, r, area);
    return b->geo->arena.failed ? STATUS_FAULT : STATUS_OK;
}

static bool point(void *ctx, uint32_t place, double *lon, double *lat, double *radius)
{
    const struct geo_book *b = ctx;
    const struct place_point *x = &b->places.items[place];
    if (x->shape != FACTS_NONE) {
        const struct geo_box *box = &b->places.shapes[x->shape]->box;
        *lon = (box->west + box->east) / 2;
        *lat = (box->south + box->north) / 2;
        *radius = hypot((box->east - box->west) * cos(*lat * M_PI / 180), box->north - box->south) *
                  55660;
        return true;
    }
    if (isnan(x->lon)) return false;
    *lon = x->lon;
    *lat = x->lat;
    *radius = (double)x->radius;
    return true;
}

struct place_book geo_book_places(struct geo_book *b)
{
    return (struct place_book){
        .ctx = b, .n_places = b->places.n, .sides = sides, .covered = covered, .point = point};
}

enum status geo_book_outline(struct geo_book *b, struct region *r, double tolerance,
                             struct arena *a, struct geo_polylines *out)
{
    *out = (struct geo_polylines){0};
    struct geo_shape *s = r ? region_whole(b->geo, r) : NULL;
    return s ? geo_outline(b->geo, s, tolerance, a, out) : STATUS_OK;
}

/* ---- likely slips ---- */

static void check_area(struct geo_book *b, const struct zone_expr *x, struct diags *d)
{
    for (uint32_t i = 0; i < x->n_sub; i++) check_area(b, x->sub[i], d);
    if (x->op != ZONE_AREA) return;
    struct places *p = &b->places;
    uint32_t area = places_area(p, x->area);
    if (area == INTERN_NONE || p->levels[area] || p->n_sets == 0) return;
    struct str wanted = intern_str(&p->folded, area), near = {0};
    size_t best = 5;
    for (size_t i = 0; i < p->folded.n; i++) {
        struct str name = intern_str(&p->folded, (uint32_t)i);
        if (!p->levels[i] || !name.n) continue;
        bool part = str_starts(wanted, name) || str_starts(name, wanted);
        size_t distance = part ? 1 : str_distance(name, wanted);
        if (distance < best) {
            best = distance;
            near = intern_str(&p->written, (uint32_t)i);
        }
    }
    struct diag *w =
        diag_add(d, SEVERITY_WARNING, "area-never-named", x->at,
                 "no report names the area \"%.*s\": all that name an area are outside it",
                 STR_ARG(x->area));
    if (near.n) diag_fix(d, w, "\"%.*s\", if that is meant", STR_ARG(near));
}

static void box_take(struct geo_box *b, const struct geo_box *x)
{
    b->west = fmin(b->west, x->west);
    b->south = fmin(b->south, x->south);
    b->east = fmax(b->east, x->east);
    b->north = fmax(b->north, x->north);
}

static bool box_meets(const struct geo_box *a, const struct geo_box *b, double margin)
{
    return a->west - margin <= b->east && b->west - margin <= a->east &&
           a->south - margin <= b->north && b->south - margin <= a->north;
}

static struct geo_box file_box(const struct geo_book_file *f)
{
    struct geo_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < f->features.n; i++) box_take(&box, &f->features.items[i].shape->box);
    return box;
}

/* All that is placed, without one file. */
static struct geo_box others_box(const struct geo_book *b, const struct geo_book_file *without)
{
    struct geo_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (const struct geo_book_file *f = b->files; f; f = f->next) {
        if (f == without || f->bad) continue;
        struct geo_box x = file_box(f);
        box_take(&box, &x);
    }
    for (size_t i = 0; i < b->places.n; i++) {
        const struct place_point *x = &b->places.items[i];
        if (!isnan(x->lon)) box_take(&box, &(struct geo_box){x->lon, x->lat, x->lon, x->lat});
    }
    return box;
}

void geo_book_check(struct geo_book *b, struct diags *d)
{
    const struct agreement *g = b->agreement;
    for (uint32_t i = 0; i < g->n_zones; i++) {
        if (g->zones[i].expr) check_area(b, g->zones[i].expr, d);
    }
    for (const struct geo_book_file *f = b->files; f; f = f->next) {
        if (f->bad) continue;
        struct geo_box here = file_box(f), others = others_box(b, f);
        struct geo_box turned = {here.south, here.west, here.north, here.east};
        if (isinf(others.west) || box_meets(&here, &others, 2) || !box_meets(&turned, &others, 0.5))
            continue;
        struct diag *w = diag_add(d, SEVERITY_WARNING, "latitude-first", f->at,
                                  "\"%.*s\" lies far from all other places, and would not if "
                                  "longitude and latitude were exchanged",
                                  STR_ARG(f->path));
        diag_fix(d, w, "positions as [longitude, latitude]");
    }
}
