/* Internal to intake: one row to one report, coverage record or finding. */
#ifndef TRUCE_INTAKE_BUILD_H
#define TRUCE_INTAKE_BUILD_H

#include "intake/cells.h"
#include "intake/intake.h"
#include "intake/rows.h"

#define MOST_CELLS 256 /* actors or sources in one row */

struct build {
    struct intake *intake;
    const struct agreement *agreement;
    const struct mapping *mapping;
    const struct decoder *decoder;
    struct intake_file *file;
    uint32_t file_index;
    size_t first_filter;
    /* the row at hand */
    size_t rule; /* that applies to it */
    bool unknown_actor;
    struct str *cells; /* as UTF-8 */
    uint32_t line;
    uint64_t hash;
    struct reason why;
    bool failed; /* memory */
    /* scratch, kept from row to row */
    struct buf utf8, id, identity, shown;
    size_t *offsets;
    struct value *values;
    size_t cap_values;
    uint32_t actors[MOST_CELLS];
    struct str sources[MOST_CELLS];
    struct intern shape_texts; /* shapes already read, by their text */
    struct geo_shape **shapes;
    size_t cap_shapes;
};

/* False when memory fails; build_free in either case. */
bool build_init(struct build *b);
void build_free(struct build *b);

/* For rows_read: take a row, or refuse a record. */
bool build_row(void *ctx, const struct row *r);
bool build_set_aside(void *ctx, uint32_t line, const char *why);

/* ---- parts (build_when.c, build_place.c); false: b->why says why, or b->failed ---- */

struct str build_cell(const struct build *b, const struct cell_src *c);
/* "column "x"", for reasons. */
bool build_bad_cell(struct build *b, const struct cell_src *c, const char *why);
bool build_holds(const struct build *b, const struct when *w);

bool build_span(struct build *b, const struct span_src *s, instant *lo, instant *hi);
bool build_state(struct build *b, const struct row_rule *r, struct content *c);
bool build_place(struct build *b, const struct place_src *s, uint32_t *out);

#endif
