/* Coverage: when an area was covered for a kind, so that silence there says something. */
#ifndef TRUCE_VERDICT_COVER_H
#define TRUCE_VERDICT_COVER_H

#include "interval/iset.h"
#include "verdict/pick.h"

/* The seconds at which everything the selector could pick would have been seen: all of time for a
 * filed kind; else where a coverage record that counts (the agreement's coverage rules) holds over
 * the whole of its zone, and no gap meets it.  A selector that asks for no place, or for what lies
 * outside a zone, is covered only by records that hold everywhere.  `out` is initialised and
 * replaced.  STATUS_OK or STATUS_FAULT. */
enum status cover_of(struct view *v, const struct selector *s, struct iset *out);

/* The coverage records and gaps that cover_of looked at for the selector and that meet [from, to]:
 * their indices in facts.coverage, in the arena. */
enum status cover_records(struct view *v, const struct selector *s, instant from, instant to,
                          struct arena *arena, uint32_t **out, size_t *n);

/* Share of [from, to] that is in the set, 0 to 1; 0 when the range is empty or unbounded and not
 * all in the set. */
double cover_share(const struct iset *covered, instant from, instant to);

#endif
