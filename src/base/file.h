/* Whole files, in and out. */
#ifndef TRUCE_BASE_FILE_H
#define TRUCE_BASE_FILE_H

#include "base/diag.h"

/* Read a whole regular file (or "-": standard input) into the arena, up to `max` bytes.
 * STATUS_INPUT with a diagnostic when it cannot be read, is a folder, or is larger;
 * STATUS_FAULT when memory fails. */
enum status file_read(struct arena *a, struct str path, size_t max, struct diags *d,
                      struct str *out);

/* Write a whole file so that it is either there complete or not at all: to a temporary neighbour,
 * synced, then renamed.  STATUS_FAULT with a diagnostic when the disk refuses. */
enum status file_write(struct arena *a, struct str path, struct str bytes, struct diags *d);

/* `name` beside the file `path` (its folder + "/" + name), or name itself when it is absolute. */
struct str file_beside(struct arena *a, struct str path, struct str name);

#endif
