/* For the tests of the monitor: logs from memory, in pieces of any size, with pauses; and what the
 * reader makes of them as a text. */
#ifndef TRUCE_TESTS_MONITOR_LOGS_H
#define TRUCE_TESTS_MONITOR_LOGS_H

#include "monitor/log.h"

struct memory_input {
    struct str text;
    size_t at;
    size_t piece;         /* most bytes of one read; 0 = all */
    bool pauses;          /* before each read the input looks empty for a while */
    const char *pause_at; /* … or only when this text is what comes next */
    int fail;             /* errno at the end instead of the end */
};

struct log_input memory_input(struct memory_input *m);

struct read_options {
    size_t piece, buffer, buffer_most, max_points, max_rows;
    bool pauses, clock;
    const char *pause_at;
    size_t stop_after; /* batches; 0 = never */
    int fail;
};

struct read_result {
    struct buf
        text; /* a line for each batch's end "--" and for each time-point: 1@7 p(1) r(2,"x") */
    struct buf diagnostics;
    enum status status;
    struct log_summary summary;
    size_t batches;
};

/* Read `log` over the signature `sig`; all columns are used.  Without `cuts` the text has no lines
 * that show where batches ended. */
void read_text(const char *sig, struct str log, const struct read_options *o, bool cuts,
               struct read_result *out);
void read_result_free(struct read_result *r);

#endif
