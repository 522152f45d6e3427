/* Names in a file of talks, for editors: where each gets its meaning, where it is used, what to show
 * beside it.  With talks_read (diagnostics with their places) and talks_fmt (the text in its one
 * layout), all that a language server asks of this kind of file. */
#ifndef TRUCE_TALKS_SYMBOLS_H
#define TRUCE_TALKS_SYMBOLS_H

#include "talks/talks.h"

/* The mention whose name covers the byte `at` of the source, or whose end lies there; NULL when
 * there is none.  The model may be of a file with errors. */
const struct mention *talks_mention_at(const struct talks *t, size_t at);

/* Do two mentions name the same thing? */
bool mention_same(const struct mention *a, const struct mention *b);

/* Where the thing gets its meaning; NULL when it is not declared. */
const struct mention *mention_definition(const struct talks *t, const struct mention *m);

/* Its name as declared, and a word for its kind: "speaker", "option". */
struct str mention_name(const struct talks *t, const struct mention *m);
const char *mention_kind_name(enum mention_kind kind);

/* What to show beside it: a statement's speaker, words and reading; an issue with its options; the
 * label of the others.  Direct words stand in quotation marks, indirect speech never. */
void mention_gloss(const struct talks *t, const struct mention *m, struct buf *out);

/* Words that open a sentence, and those that open a field of a statement; NULL behind the last. */
const char *talks_opening(size_t i);
const char *talks_field(size_t i);

#endif
