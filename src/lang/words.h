/* The typed agreement in words again: what conditions, events and points of time are called in
 * glosses and explanations.  All of it is made from the model, never copied from the sentence. */
#ifndef TRUCE_LANG_WORDS_H
#define TRUCE_LANG_WORDS_H

#include "lang/model.h"

/* "north", "north or south", "north, south and smm" */
void words_actors(struct buf *out, const struct agreement *g, struct indices actors,
                  const char *joined_by);
/* "fire by P with deaths 3 or more in belt"; P stands for the bearer. */
void words_phrase(struct buf *out, const struct agreement *g, const struct phrase *ph);
void words_condition(struct buf *out, const struct agreement *g, const struct condition *c);
/* An instant as local date and time with its offset. */
void words_instant(struct buf *out, const struct agreement *g, instant at);
/* The first or the last second of a point, under each of the readings (an empty list: under none).
 * "2015-03-01T00:00:00+02:00", or with "(as held by north)" behind each. */
void words_point(struct buf *out, const struct agreement *g, const struct point *p,
                 struct indices readings, bool last);

#endif
