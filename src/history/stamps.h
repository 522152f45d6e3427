/* The stamps of all time-points, in order, for the engine to look at without copying.
 *
 * A slice of a history may span tens of thousands of time-points of which a few hundred carry facts that
 * matter; feeding the others one by one would be most of the work.  So the stamps also stand in one
 * array, and the engine is lent a stretch of it.
 *
 * Representation: an array with a *gap*, as in a text editor: items before `gap` stand at its beginning,
 * the others at its end.  An insertion moves the gap to its place, which costs as much as it is far from
 * the last one; appending costs nothing.  Invariant: there is always room for one more than `cap` items,
 * so that a slot follows any stretch. */
#ifndef TRUCE_HISTORY_STAMPS_H
#define TRUCE_HISTORY_STAMPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stamps {
    int64_t *items; /* cap + 1 slots */
    size_t n, cap, gap;
    int64_t *behind; /* while lent: the slot behind the stretch, and what it held */
    int64_t held;
};

void stamps_free(struct stamps *s);

/* Put a stamp before the one of this rank (<= n); false when memory fails. */
bool stamps_insert(struct stamps *s, size_t rank, int64_t stamp);

/* Take out `count` stamps from this rank on. */
void stamps_remove(struct stamps *s, size_t rank, size_t count);

/* Lend the stamps of ranks [from, to], from <= to < n, as one array; `end` stands behind the last until it
 * is given back.  Nothing else may be done with s meanwhile. */
int64_t *stamps_lend(struct stamps *s, size_t from, size_t to, int64_t end);
void stamps_give_back(struct stamps *s);

#endif
