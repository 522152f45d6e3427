/* Event logs as MonPoly writes them, read as a stream into columns.
 *
 *     @1741600000 fire (12,"north",3) (14,"south",1) consent (7)
 *     @1741600004 fire (12,"north",2);
 *
 * A time-point is `@`, a time-stamp (whole seconds, never falling) and events: a predicate's name
 * and any number of tuples, or a bare name for a tuple without columns.  It may span lines and ends
 * at the next `@`, at `;` or at the end of the log.  Values: ints in decimal (also 0x…, and `_`
 * between digits), floats, strings in double quotes (a backslash keeps the byte behind it from
 * ending the string; nothing is translated, as in MonPoly) or bare words of letters, digits and
 * _[]/:-.!+ and bytes above 127.  `#` begins a comment to the end of the line.
 *
 * The log goes through one fixed buffer (it grows only for a single word longer than it), every
 * event is checked against the signature, and what the plan reads is handed on in *batches*.  A
 * batch ends when it is full or when the input has nothing more right now, so a slow pipe is
 * answered at once.  A line that ends while the input pauses ends its time-point too, unless this
 * log has shown that its time-points span lines; if such a time-point goes on after all, that is
 * refused, never taken as a new one.
 *
 * The first error ends the reading.  Time-points before the one with the error are handed on whole,
 * that one not at all. */
#ifndef TRUCE_MONITOR_LOG_H
#define TRUCE_MONITOR_LOG_H

#include "base/diag.h"
#include "engine/engine.h"
#include "logic/formula.h"

#include <sys/types.h>

/* Where bytes come from. */
struct log_input {
    void *ctx;
    /* As read(2): up to `room` bytes; 0 at the end; -1 with errno. */
    ssize_t (*read)(void *ctx, char *to, size_t room);
    /* Would read give something (or the end) within `wait` milliseconds? */
    bool (*ready)(void *ctx, int wait);
};

/* A file descriptor as input; *fd is borrowed. */
struct log_input log_input_fd(const int *fd);

/* What is handed on: the facts of a stretch of time-points, and the strings first seen in it. */
struct batch {
    struct feed feed;
    struct str *strings; /* the interner's numbers first_string … first_string + n_strings - 1 */
    size_t first_string, n_strings, cap_strings;
    uint64_t bytes; /* of the log, read so far */
    uint64_t place; /* in the log: where its first time-point begins (clock: stands, or would) */
};

bool batch_init(struct batch *b, const struct plan *p);
void batch_free(struct batch *b);

/* Where batches go. */
struct log_sink {
    void *ctx;
    /* An empty batch to fill, owned by the sink (log_read clears it); NULL stops the reading. */
    struct batch *(*fresh)(void *ctx);
    /* Take a filled batch; false stops the reading. */
    bool (*take)(void *ctx, struct batch *b);
};

struct log_config {
    struct str name; /* for messages */
    const struct signature *sig;
    struct intern *strings; /* the signature's; grows by the strings of the log */
    const struct plan_input *inputs;
    size_t n_inputs;
    bool clock;         /* facts are positioned by their time-stamp */
    size_t max_points;  /* a batch is handed on when it has as many time-points */
    size_t max_rows;    /* … or as many rows */
    size_t buffer;      /* bytes; 0 = the default */
    size_t buffer_most; /* how far it may grow; 0 = the default */
    /* Is a tuple of the signature's predicate to be handed on?  NULL: all are. */
    bool (*wanted)(void *ctx, uint32_t pred, const uint64_t *words);
    void *wanted_ctx;
};

struct log_summary {
    uint64_t points; /* handed on */
    uint64_t events; /* read, also those that the plan does not use */
    bool any;        /* there was a time-point: first and last hold */
    int64_t first, last;
    bool stopped; /* the sink wanted no more */
};

/* Read a whole log.  STATUS_INPUT with one diagnostic at the first error, STATUS_FAULT when memory
 * fails.  Clock: the batch with the last time-stamp is handed on at the end of the log only, since
 * more of it could come. */
enum status log_read(const struct log_config *config, struct log_input input, struct log_sink sink,
                     struct diags *d, struct log_summary *summary);

#endif
