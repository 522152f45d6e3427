/* Source texts and places in them, for messages that point.
 *
 * A `struct source` is a named text with the offsets of its line starts.  A `struct place` is a
 * range of bytes in one source; place.source == NULL means "nowhere in particular". */
#ifndef TRUCE_BASE_SOURCE_H
#define TRUCE_BASE_SOURCE_H

#include "base/str.h"

struct source {
    struct str name; /* as the user wrote it: a path, "-" */
    struct str text;
    size_t *line_start; /* offset of each line's first byte */
    size_t lines;       /* at least 1 */
};

struct place {
    const struct source *source;
    size_t from, to; /* bytes, half open */
};

/* A source over `text` (borrowed), made in the arena; NULL on failure. */
const struct source *source_new(struct arena *a, struct str name, struct str text);

/* Line (from 1) and column (from 1, in characters) of a byte offset; clamped to the text. */
void source_locate(const struct source *s, size_t offset, size_t *line, size_t *column);

/* The text of a line (from 1), without its line end; empty when there is none. */
struct str source_line(const struct source *s, size_t line);

/* The smallest place that holds both; either may be nowhere. */
struct place place_join(struct place a, struct place b);

/* The bytes of a place; empty when nowhere. */
struct str place_text(struct place p);

#endif
