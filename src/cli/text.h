/* What check, fmt and explain share: reading their words, loading an agreement, saying what is
 * wrong. */
#ifndef TRUCE_CLI_TEXT_H
#define TRUCE_CLI_TEXT_H

#include "base/diag.h"
#include "cli/agreement.h"
#include "cli/options.h"

/* A folder stands for the agreement.md in it. */
struct str text_agreement_path(struct arena *a, struct str word);

/* Read options and exactly one word, the agreement.  False, with a message on standard error, when
 * they are not so. */
bool text_words(int argc, char **argv, const struct option *options, size_t n, const char *usage,
                struct str *word);

/* Read the file that the word means; *talks tells whether it is one of talks.  As file_read. */
enum status text_load(struct arena *a, struct str word, struct diags *d,
                      const struct source **source, bool *talks);

/* A command on one text: its memory, its findings, what it prints, and the text itself. */
struct text_job {
    struct arena a;
    struct diags d;
    struct buf out;
    const struct source *source; /* NULL when it could not be read */
    bool talks;
};

/* Begin one on the file that the word means; to be ended in every case.  As text_load. */
enum status text_begin(struct text_job *j, struct str word);

/* Print `out`, say that memory ran out if that is all that `st` means, and give everything back.
 * The exit code. */
int text_end(struct text_job *j, const char *command, enum status st);

/* The width to lay out for: `word` (empty: the terminal's).  False when it is no number of columns. */
bool text_width(struct str word, size_t *columns);

/* Findings to standard error, with colour on a terminal. */
void text_findings(const struct diags *d);

/* All of `out` to standard output; the status, or STATUS_FAULT when it cannot be written. */
enum status text_print(const struct buf *out, enum status st);

#endif
