/* What the files of room plain share. */
#ifndef TRUCE_PLAIN_PRIVATE_H
#define TRUCE_PLAIN_PRIVATE_H

#include "plain/plain.h"

/* The dates of a provision in the order of its sentence, a series by its first deadline. */
bool plain_dates(struct voice *v, const struct provision *pv, const struct plain_date **out,
                 uint32_t *n);

/* The head in words: in force from when until when; when day 1 begins (empty: no day 1). */
struct str plain_term(const struct plain *p);
struct str plain_day_one(const struct plain *p);
/* "from: 2015-03-01T00:00:00+02:00 (as held by north)" */
struct str plain_date_line(const struct plain *p, const struct plain_date *d);
/* "provision pullback (keep)" */
struct str plain_head_line(const struct plain *p, const struct provision *pv);

/* The clauses that say something, in order: what stands in each. */
struct plain_walk {
    uint32_t clause;
    uint32_t rule, rules_end; /* plain.rules */
    uint32_t item, items_end; /* plain.items */
};
/* The next of them; begin with all zero.  False at the end. */
bool plain_walk_next(const struct plain *p, struct plain_walk *w);

/* A paragraph broken at blanks alone, so that times and names stay whole: `first` before its first
 * line, `rest` before the others, `width` with them. */
void plain_paragraph(struct arena *a, struct buf *out, struct str text, const char *first,
                     const char *rest, size_t width);

/* The next line of a text, without its end. */
bool plain_next_line(struct str text, size_t *at, struct str *line);

#endif
