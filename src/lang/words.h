/* The typed agreement in words again: what conditions, events and points of time are called in
 * glosses and explanations.  All of it is made from the model, never copied from the sentence.
 * Everything is in the voice's arena; see say.h for how to put it into sentences. */
#ifndef TRUCE_LANG_WORDS_H
#define TRUCE_LANG_WORDS_H

#include "lang/model.h"
#include "lang/say.h"

/* A name as it is read aloud: with blanks. */
struct str words_name(struct voice *v, struct str name);
/* "north", "north or south", "north, south or smm"; and the same with "and". */
struct str words_either(struct voice *v, struct indices actors);
struct str words_all(struct voice *v, struct indices actors);
/* "fire by P with deaths 3 or more in belt"; P stands for the bearer. */
struct str words_phrase(struct voice *v, const struct phrase *ph);
struct str words_condition(struct voice *v, const struct condition *c);
/* As it is written where the reader's language is the text's, else "2 days" by its parts. */
struct str words_duration(struct voice *v, const struct duration *d);
/* An instant as local date and time with its offset. */
struct str words_instant(struct voice *v, instant at);
/* The first or the last second of a point, under each of the readings (an empty list: under none).
 * "2015-03-01T00:00:00+02:00", or with "(as held by north)" behind each. */
struct str words_point(struct voice *v, const struct point *p, struct indices readings, bool last);

#endif
