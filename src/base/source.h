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
    /* When the text is a part of a longer one: what came before it. */
    size_t lines_before;
    size_t bytes_before; /* of the text's first line; they count as columns */
};

struct place {
    const struct source *source;
    size_t from, to; /* bytes, half open */
};

/* A source over `text` (borrowed), made in the arena; NULL on failure. */
const struct source *source_new(struct arena *a, struct str name, struct str text);

/* A source over a part of a text that is not at hand as a whole: `lines` lines stood before it, and
 * `bytes` bytes of its first line. */
const struct source *source_part(struct arena *a, struct str name, struct str text, size_t lines,
                                 size_t bytes);

/* Line (from 1) and column (from 1, in characters) of a byte offset; clamped to the text. */
void source_locate(const struct source *s, size_t offset, size_t *line, size_t *column);

/* The text of a line (from 1), without its line end; empty when there is none. */
struct str source_line(const struct source *s, size_t line);

/* The smallest place that holds both; either may be nowhere. */
struct place place_join(struct place a, struct place b);

/* The bytes of a place; empty when nowhere. */
struct str place_text(struct place p);

#endif
