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
/* The width to lay out for: `word` (empty: the terminal's).  False when it is no number of columns. */
bool text_width(struct str word, size_t *columns);

/* Findings to standard error, with colour on a terminal. */
void text_findings(const struct diags *d);

/* All of `out` to standard output; the status, or STATUS_FAULT when it cannot be written. */
enum status text_print(const struct buf *out, enum status st);

#endif
