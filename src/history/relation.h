/* The facts of one predicate, kept so that a few of them are found at once among millions.
 *
 * Rows are columns of words plus the interval where the row holds: on a trace one time-point
 * (stamp, seq); on the clock the seconds [stamp, to].  Row numbers of removed rows are used again.
 * An *index* is a set of columns (a mask) and, for each combination of their values, an `order` of
 * the rows that have it; the first, over no columns, orders all rows.  Others are made when they are
 * first needed and kept up from then on.  Invariant: every row is in every index once. */
#ifndef TRUCE_HISTORY_RELATION_H
#define TRUCE_HISTORY_RELATION_H

#include "base/arena.h"
#include "history/order.h"

#define RELATION_COLUMNS 64 /* a mask has a bit for each */
#define ROW_NONE UINT32_MAX

struct relation_index;

struct relation {
    uint32_t arity;
    uint64_t **col; /* col[k][row] */
    int64_t *stamp, *seq, *to;
    uint32_t n, cap;     /* rows ever used, room */
    uint32_t *free_rows; /* removed rows, to be used again */
    uint32_t n_free, cap_free;
    size_t live;     /* rows there are */
    int64_t longest; /* greatest to - stamp ever seen: how far back a row may reach */
    size_t few;      /* so many rows are looked through rather than an index made; tests lower it */
    struct relation_index *indexes;
    size_t n_indexes;
};

/* False when memory fails or there are too many columns. */
bool relation_init(struct relation *r, uint32_t arity);
void relation_free(struct relation *r);

/* The row that says just this, or ROW_NONE. */
uint32_t relation_find(const struct relation *r, const uint64_t *words, int64_t stamp, int64_t seq,
                       int64_t to);

/* Add a row (the caller has made sure that it is not there); its number, ROW_NONE when memory
 * fails, and then nothing was changed. */
uint32_t relation_add(struct relation *r, const uint64_t *words, int64_t stamp, int64_t seq,
                      int64_t to);
void relation_remove(struct relation *r, uint32_t row);

/* The rows whose columns in `mask` have the values words[k]: an order, possibly empty, valid until
 * the next change; NULL when memory fails. */
const struct order *relation_rows(struct relation *r, uint64_t mask, const uint64_t *words);

/* For a stretch of time: an order that has all rows with these values between lo and hi, and others in
 * which the columns in *left are still to be looked at.  Where few rows lie in the stretch they are looked
 * through rather than an index made, which takes a second for a million keys. */
const struct order *relation_near(struct relation *r, uint64_t mask, const uint64_t *words,
                                  struct moment lo, struct moment hi, uint64_t *left);

#endif
