/* The facts that an explanation is drawn from: a stretch of a log, by position and predicate.
 *
 * Facts are appended in the order of positions and may be forgotten from the front.  Trace: a
 * position is a time-point's index; clock: a second.  Trace: after record_end one more position follows,
 * empty and infinitely late (doc/semantics.md, "Positions"). */
#ifndef TRUCE_EXPLAIN_RECORD_H
#define TRUCE_EXPLAIN_RECORD_H

#include "logic/formula.h"

/* Facts of one predicate: rows start … start + n - 1. */
struct kept {
    uint32_t arity;
    int64_t *at;
    uint64_t *words; /* row by row */
    size_t start, n, cap;
};

struct record {
    bool clock, ended;
    const struct signature *sig;
    int64_t first, last; /* positions held, without the one at the end; none: last = first - 1 */
    int64_t *stamps;     /* trace */
    size_t start, cap;
    struct kept *kept; /* by predicate of the signature */
    bool failed;       /* memory */
};

/* first: the first position that there will be. */
void record_init(struct record *r, const struct signature *sig, bool clock, int64_t first);
void record_free(struct record *r);
/* Trace: the next time-point.  Clock: all seconds up to `stamp` are now known. */
void record_point(struct record *r, int64_t stamp);
/* A fact at a position that there is, not before that of earlier facts of the predicate. */
void record_fact(struct record *r, uint32_t pred, const uint64_t *words, int64_t at);
void record_end(struct record *r);
/* Forget what lies before a position. */
void record_forget(struct record *r, int64_t before);

/* The last position, with the one at the end. */
int64_t record_last(const struct record *r);
/* Its time-stamp; INT64_MAX at the end. */
int64_t record_stamp(const struct record *r, int64_t at);
/* First position with a stamp >= `stamp`; last with one <= `stamp`: clipped to what there is, so
 * possibly last + 1, first - 1. */
int64_t record_from(const struct record *r, int64_t stamp);
int64_t record_to(const struct record *r, int64_t stamp);
/* Index of the first row of a predicate at a position >= at. */
size_t record_row(const struct kept *k, int64_t at);

#endif
