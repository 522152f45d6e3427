/* Files of talks: read, checked, laid out, explained.  No solver is needed for these, so the
 * commands of agreements link them too: a file whose first formal sentence is `talks "…"` is one of
 * talks, and `truce check`, `fmt` and `explain` take either kind. */
#ifndef TRUCE_TALKS_TALKS_H
#define TRUCE_TALKS_TALKS_H

#include "talks/model.h"

/* Is this text a file of talks?  Looks for the first word of the first formal block; says nothing
 * about whether the rest is well made. */
bool talks_recognise(const struct source *source);

/* Read a file of talks.  STATUS_OK when it is well made (warnings may stand in d), STATUS_INPUT
 * with errors in d otherwise; what could be read is in *out in both cases.  STATUS_FAULT when
 * memory fails.  All memory is the arena's. */
enum status talks_read(struct arena *a, const struct source *source, struct diags *d,
                       struct talks *out);

/* Prove that each quotation stands in its source word for word: each kept source is read (beside
 * the file of talks), its SHA-256 compared, and the words sought in it, white space and the shape
 * of quotation marks aside.  A misquotation is an error that shows both texts with the difference
 * marked.  STATUS_OK; STATUS_NEGATIVE with errors in d when words or sums differ; STATUS_INPUT when
 * a source cannot be read; STATUS_FAULT. */
enum status talks_prove(const struct talks *t, struct diags *d);

/* `truce check`: talks_read, talks_prove, and a summary in *out of what was read. */
enum status talks_check(struct arena *a, const struct source *source, struct diags *d,
                        struct buf *out);

/* `truce fmt`: the file with its formal blocks in the one layout; prose is untouched.  Idempotent.
 */
enum status talks_fmt(struct arena *a, const struct source *source, struct diags *d,
                      struct buf *out);

/* `truce explain`: each sentence in plain English, with what it rests on. */
enum status talks_explain(struct arena *a, const struct source *source, struct diags *d,
                          struct buf *out);

/* The same, one object a line: {"view": "explain", "statement", "read_as", "supersedes",
 * "superseded_by"}, the last two null where there is none. */
enum status talks_explain_json(struct arena *a, const struct source *source, struct diags *d,
                               struct buf *out);

/* The reading of one statement, as `explain` and the page show it. */
void statement_gloss(const struct talks *t, const struct statement *s, struct buf *out);

#endif
