/* What all views of `truce talks` share: their options, the file, the solver.  Private to the cli. */
#ifndef TRUCE_CLI_TALKS_RUN_H
#define TRUCE_CLI_TALKS_RUN_H

#include "cli/talks.h"

#include "talks/page.h"
#include "talks/talks.h"
#include "talks/views.h"
#include <stdio.h>

struct run {
    const char *command;
    const char *file;
    const char *more[16]; /* further words that are no options */
    int n_more;
    bool json;
    struct str html; /* file to write the page to; empty: none */
    int32_t as_of;
    unsigned seconds;
    bool seconds_given;
    size_t most;
    const char *with[16], *without[16];
    int n_with, n_without;

    struct arena arena;
    struct diags diags;
    struct buf out;
    const struct source *source;
    struct talks talks;
    Z3_context z3;
    bool terminal;
};

/* Read the options and the file, and start the solver.  STATUS_OK, or what to return at once
 * (run_end has then to be called as well). */
enum status run_begin(struct run *r, int argc, char **argv, const char *usage);

/* Print what was made and the diagnostics; frees all.  Returns the exit code. */
int run_end(struct run *r, enum status status);

/* Print what is in `out` now, where results are to be seen as they are found. */
void run_flush(struct run *r);

/* The query that the options ask for. */
struct conflict_query run_query(struct run *r);

/* Write the page to r->html. */
enum status run_page(struct run *r, unsigned parts);

#endif
