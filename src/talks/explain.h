/* Pieces of plain English that every view is made of.  Private to talks and its commands. */
#ifndef TRUCE_TALKS_EXPLAIN_H
#define TRUCE_TALKS_EXPLAIN_H

#include "talks/model.h"

/* "Alexander Grushko (Russia)" */
void speaker_print(const struct talks *t, const struct statement *s, struct buf *out);

/* ", as minister, Izvestia, published 2025-03-17, grade B": what comes behind the speaker. */
void source_print(const struct talks *t, const struct statement *s, struct buf *out);

/* The words in quotation marks with their language, or the indirect speech without any. */
void words_print(const struct statement *s, struct buf *out);

/* A phrase of a statement: in quotation marks only where it is part of its direct words. */
void phrase_print(const struct statement *s, struct str phrase, struct buf *out);

/* What a warning announces: "Russia regards “x” as “y”". */
void warning_consequence(const struct talks *t, const struct statement *s, struct buf *out);

/* "[Ukraine's status: neutral] and […]" */
void position_label(const struct talks *t, const struct position *p, struct buf *out);

#endif
