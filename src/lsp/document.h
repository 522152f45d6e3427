/* The open documents, and places in them as the protocol counts: lines from 0, and in a line the
 * UTF-16 code units before it (the protocol's default). */
#ifndef TRUCE_LSP_DOCUMENT_H
#define TRUCE_LSP_DOCUMENT_H

#include "base/source.h"

#include <jansson.h>

#define DOCUMENTS_MOST 1000U

struct document {
    char *uri;       /* NUL behind */
    struct str path; /* of a "file:" URI, decoded; else the URI as it is */
    struct buf text;
};

struct documents {
    struct document *v; /* malloc'd */
    size_t n, cap;
};

/* NULL: not open. */
struct document *document_find(struct documents *all, struct str uri);
/* Open it, or give an open one a new text.  False when memory fails or too many are open. */
bool document_set(struct documents *all, struct str uri, struct str text);
void document_close(struct documents *all, struct document *d);
void documents_free(struct documents *all);

/* {"start", "end"} of the bytes [from, to). */
json_t *range_json(const struct source *s, size_t from, size_t to);
/* The byte offset of {"line", "character"}: clamped to the line and to the text, never inside a
 * character.  False when it is no position. */
bool position_read(const struct source *s, const json_t *position, size_t *offset);

#endif
