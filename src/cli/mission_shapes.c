/* What the map draws under the incidents: the agreement's lines and zones, under each reading.  See
 * mission_private.h. */
#include "cli/mission_private.h"

#define TOLERANCE 0.0005 /* degrees: corners that move an edge by less are left out */

struct drawing {
    struct mission *m;
    struct geo_book *book;
    struct view_shape *shapes;
    size_t n_shapes, cap_shapes;
    struct str *undrawn;
    size_t n_undrawn, cap_undrawn;
};

static enum status add_shape(struct drawing *d, struct str name, const struct geo_polyline *line)
{
    struct view_shape *shapes =
        arena_grow(&d->m->arena, d->shapes, d->n_shapes, &d->cap_shapes, sizeof *shapes);
    if (!shapes) return STATUS_FAULT;
    d->shapes = shapes;
    shapes[d->n_shapes++] = (struct view_shape){name, line->closed, line->x, line->n};
    return STATUS_OK;
}

static enum status add_undrawn(struct drawing *d, struct str name)
{
    struct str *undrawn =
        arena_grow(&d->m->arena, d->undrawn, d->n_undrawn, &d->cap_undrawn, sizeof *undrawn);
    if (!undrawn) return STATUS_FAULT;
    d->undrawn = undrawn;
    undrawn[d->n_undrawn++] = name;
    return STATUS_OK;
}

static enum status draw(struct drawing *d, struct str name, struct region *region)
{
    struct geo_polylines lines = {NULL, 0};
    enum status status = STATUS_OK;
    if (region) status = geo_book_outline(d->book, region, TOLERANCE, &d->m->arena, &lines);
    if (status != STATUS_OK) return status;
    if (!lines.n) return add_undrawn(d, name);
    for (size_t i = 0; i < lines.n && status == STATUS_OK; i++)
        status = add_shape(d, name, &lines.items[i]);
    return status;
}

/* Draw a line or zone once, or once for each alternative of the terms that it rests on. */
static enum status draw_readings(struct drawing *d, bool zone, uint32_t index, struct str name,
                                 bool disputed)
{
    const struct agreement *g = d->m->agreement;
    struct region *(*get)(const struct geo_book *, uint32_t, uint32_t) =
        zone ? geo_book_zone : geo_book_line;
    if (!disputed || !g->n_readings) return draw(d, name, get(d->book, index, LANG_NONE));
    enum status status = STATUS_OK;
    for (uint32_t r = 0; r < g->n_readings && status == STATUS_OK; r++) {
        struct region *region = get(d->book, index, r);
        bool seen = false; /* readings that do not concern this one share its region */
        for (uint32_t k = 0; k < r && !seen; k++) seen = get(d->book, index, k) == region;
        if (seen || !region) continue;
        struct str label =
            str_fmt(&d->m->arena, "%.*s (%.*s)", STR_ARG(name), STR_ARG(g->readings[r].label));
        status = draw(d, label, region);
    }
    return status;
}

enum status mission_shapes(struct mission *m, struct view_parts *out)
{
    const struct agreement *g = m->agreement;
    struct drawing d = {.m = m, .book = &m->intake.book};
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < g->n_zones && status == STATUS_OK; i++)
        status = draw_readings(&d, true, i, g->zones[i].name, g->zones[i].terms.n > 0);
    for (uint32_t i = 0; i < g->n_lines && status == STATUS_OK; i++)
        status = draw_readings(&d, false, i, g->lines[i].name, g->lines[i].term != LANG_NONE);
    out->shapes = d.shapes;
    out->n_shapes = d.n_shapes;
    out->undrawn = d.undrawn;
    out->n_undrawn = d.n_undrawn;
    return status;
}
