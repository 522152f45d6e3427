/* Rows of a file, one at a time, as the cells that a mapping uses.
 *
 * The file is read in blocks and never held whole: memory follows the longest record (at most
 * ROW_MOST bytes).  Cells are bytes in the file's encoding (UTF-8 where it was converted), borrowed
 * until the next row. */
#ifndef TRUCE_INTAKE_ROWS_H
#define TRUCE_INTAKE_ROWS_H

#include "intake/decode.h"
#include "intake/mapping.h"

#define ROW_MOST ((size_t)8 << 20)

struct row {
    const struct str *cells; /* by slot */
    uint32_t line;           /* where the record begins, from 1 */
    uint64_t hash;           /* of all cells of the record, used or not; 0 unless asked for */
};

/* What is done with what is read; each returns false to stop (memory failed). */
struct row_sink {
    void *ctx;
    bool hash; /* rows need their hash */
    bool (*row)(void *ctx, const struct row *r);
    /* A record that cannot be read as a row. */
    bool (*refuse)(void *ctx, uint32_t line, const char *why);
};

/* Read a file through a mapping.  STATUS_INPUT with a diagnostic when the file as a whole cannot be
 * read (missing, a folder, a missing column); STATUS_FAULT when memory fails or the sink stops. */
enum status rows_read(const struct mapping *m, struct decoder *decoder, struct str path,
                      struct arena *a, struct diags *d, const struct row_sink *sink);

/* ---- for the two formats ---- */

/* A file read line by line.  The bytes from `keep` on stay in the buffer. */
struct lines {
    int fd;
    struct decoder *decoder;
    struct buf buf;
    size_t at;     /* first byte not yet given out */
    size_t keep;   /* first byte that must stay */
    uint32_t line; /* number of the line at `at`, from 1 */
    bool end;
    int error; /* errno of a failed read */
};

/* The next line with its line end; the last may have none.  False at the end.  A line longer than
 * `most` bytes comes in pieces. */
bool lines_next(struct lines *l, size_t most, struct str *out);

enum status rows_csv(const struct mapping *m, struct lines *l, struct str path, struct arena *a,
                     struct diags *d, const struct row_sink *sink);
enum status rows_json(const struct mapping *m, struct lines *l, const struct row_sink *sink);

#endif
