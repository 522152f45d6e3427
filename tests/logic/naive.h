/* The judge: formulas evaluated straight from their definition, position by position.
 *
 * Nothing is shared with the rewriting or the engine.  `solve` asks, for a formula at a position and
 * values of some of its variables, for all values of the others that satisfy it; a negation or a
 * comparison can only be asked once its variables have values, so a conjunction tries its parts in
 * whatever order works.  Answers are remembered.  Slow and simple: for logs of some hundred
 * positions.
 *
 * Trace: a position is a time-point's index.  Clock: every second from the first to the last
 * time-stamp, facts of one second together; there is no other.  Trace: a last empty position
 * infinitely late is added, as MonPoly does, so that what is pending at the end is settled as if
 * nothing followed.  What would have to look beyond even that (NEXT EVENTUALLY[0,5] p() at the last time-point) is
 * never settled: there naive_at gives no tuples, and so for all positions after it. */
#ifndef TRUCE_TESTS_LOGIC_NAIVE_H
#define TRUCE_TESTS_LOGIC_NAIVE_H

#include "logic/formula.h"

struct naive_fact {
    uint32_t pred; /* index in the signature */
    uint64_t *values;
};

struct naive_point {
    int64_t stamp;
    struct naive_fact *facts;
    size_t n, cap;
};

struct naive_log {
    struct arena *arena;
    struct naive_point *points;
    size_t n, cap;
    bool clock; /* every second is a point, and the last is simply the last */
};

void naive_log_init(struct naive_log *log, struct arena *arena);
/* A new time-point at the end; stamps must not fall. */
struct naive_point *naive_log_point(struct naive_log *log, int64_t stamp);
/* A fact in the last time-point; values are copied. */
void naive_log_fact(struct naive_log *log, uint32_t pred, const uint64_t *values, uint32_t arity);
/* Read MonPoly's log format (without comments, strict); false when it is not that. */
bool naive_log_read(struct naive_log *log, const struct signature *sig, struct str text);
/* Write it. */
void naive_log_write(struct buf *out, const struct naive_log *log, const struct signature *sig);
/* The same facts with one time-point for every second (for the clock). */
void naive_log_dense(struct naive_log *out, const struct naive_log *log);

struct naive;

/* `f` is typed; the user's or core form.  Answers have the columns of `order` (formula_columns): the
 * formula as written when f is its core form.  `log` is as evaluated: dense for the clock.
 * Everything must outlive the evaluator.  NULL when memory fails. */
struct naive *naive_new(struct scope *sc, const struct formula *f, const struct formula *order,
                        const struct naive_log *log);
void naive_free(struct naive *n);

/* The tuples at position i < log->n, sorted as words, over the columns.
 * *n_rows of them, *arity words each.  NULL with *n_rows SIZE_MAX when infinitely many satisfy it,
 * or a variable has no values to try. */
const uint64_t *naive_at(struct naive *n, size_t i, size_t *n_rows, uint32_t *arity);

/* The same over f's free variables in ascending order, as the engine has them; ends the program when
 * there is no finite answer. */
uint64_t *naive_tuples(struct naive *n, size_t i, size_t *n_rows);

/* How many positions from the first on are settled (may count the one that is added). */
size_t naive_settled(const struct naive *n);

/* The tuples at a position as text, sorted: "(1,2) (3,4)", or "true"; empty when there are none;
 * "?" when infinite.  In the arena. */
struct str naive_text(struct arena *a, struct naive *n, size_t i);

#endif
