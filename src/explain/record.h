/* The facts that an explanation is drawn from: a stretch of a log, by position and predicate.
 *
 * A list of *blocks*, each a stretch of positions, in order and without gaps.  A block holds its
 * stamps and, by predicate, its facts; or it is only announced, and a loader fills it when something
 * in it is asked for (so a tree costs what it looks at, not the log).  Stamps may have a loader of
 * their own: few blocks' are asked for, so only those of RECORD_STAMPED blocks are held (fresh memory
 * costs more than reading again).  Facts are appended in the order of positions; blocks may be forgotten from the front.  Trace: a position is a time-point's index;
 * clock: a second, and a fact may hold over several.  Trace: after record_end one more position
 * follows, empty and infinitely late (doc/semantics.md, "Positions").
 *
 * Where all that will be asked for has some values (explain_keys), only facts with these are held.
 *
 * An index of a block's facts, by some columns, is made when it is asked for the second time. */
#ifndef TRUCE_EXPLAIN_RECORD_H
#define TRUCE_EXPLAIN_RECORD_H

#include "engine/timeline.h"
#include "logic/formula.h"

#define RECORD_STAMPED 4

struct fact_index;

/* Of one predicate only the facts that have these values in the columns of `mask`. */
struct fact_key {
    uint64_t mask;
    const uint64_t *words; /* by column */
};

/* Facts of one predicate in a block, by `at`. */
struct kept {
    uint32_t n, cap;
    int64_t *at, *to;
    uint64_t *words;            /* row by row */
    struct fact_index *indexes; /* a list */
    unsigned scans;             /* so often was it looked through row by row */
};

struct block {
    int64_t first, last; /* positions; trace: last - first + 1 stamps */
    int64_t stamp;       /* of the first */
    uint64_t place;      /* the loader's own */
    bool loaded;
    int64_t *stamps; /* trace */
    size_t n_stamps, cap;
    struct kept *kept; /* by predicate of the signature */
};

/* How things are told to the reader; NULL: as in logs. */
struct record_words {
    void *ctx;
    void (*time)(void *ctx, struct buf *out, int64_t at);
};

struct record {
    bool clock, ended, spans; /* spans: some fact holds at more than one position */
    bool unnumbered;          /* numbers of time-points mean nothing to the reader */
    /* Uncertain facts: what is certain stands under its predicate, what is possible under the
     * predicate `may` further on (sig has both).  0: facts are certain and there are no others. */
    uint32_t may;
    bool wild;                    /* possible facts may have VALUE_WILD: any value */
    const struct timeline *edges; /* its maps measure bounds; NULL: there are none */
    const struct record_words *words;
    const struct signature *sig;
    const struct fact_key *keys; /* by predicate, borrowed; NULL: all facts are held */
    int64_t first, last; /* positions held, without the one at the end; none: last = first - 1 */
    struct block *blocks;
    size_t start, n, cap;
    struct block *open; /* is being filled */
    /* Fill the block by record_fact, and record_stamp_add unless load_stamps is there to do that;
     * false: it cannot be had. */
    bool (*load)(void *ctx, struct record *r, const struct block *b);
    bool (*load_stamps)(void *ctx, struct record *r, const struct block *b);
    void *load_ctx;
    int64_t stamped[RECORD_STAMPED]; /* first positions of blocks that load_stamps has filled … */
    size_t n_stamped;                /* … and how many times it did: the oldest makes room */
    bool failed;                     /* memory */
    bool lost;                       /* a block could not be loaded */
};

/* first: the first position that there will be. */
void record_init(struct record *r, const struct signature *sig, bool clock, int64_t first);
void record_free(struct record *r);
/* Trace: the next time-point.  Clock: all seconds up to `stamp` are now known. */
void record_point(struct record *r, int64_t stamp);
/* A block of positions up to `last`, the first with this stamp, that can be loaded. */
void record_announce(struct record *r, int64_t last, int64_t stamp, uint64_t place);
/* Loader, trace: the stamp of the block's next position. */
void record_stamp_add(struct record *r, int64_t stamp);
/* A fact at positions that there are, not before that of earlier facts of the predicate. */
void record_fact(struct record *r, uint32_t pred, const uint64_t *words, int64_t at, int64_t to);
/* Loaders: take back the facts or the stamps that were given of the block, to begin anew. */
void record_retract_facts(struct record *r);
void record_retract_stamps(struct record *r);
void record_end(struct record *r);
/* Hold these facts from now on (NULL: all): what was loaded is forgotten and will be loaded again.
 * Only where every block is announced. */
void record_rekey(struct record *r, const struct fact_key *keys);
/* Is it a fact that is held? */
bool record_holds(const struct record *r, uint32_t pred, const uint64_t *words);
/* Positions before this are not needed any more: forget the blocks that lie before it. */
void record_forget(struct record *r, int64_t before);

/* The last position, with the one at the end. */
int64_t record_last(const struct record *r);
/* Its time-stamp; INT64_MAX at the end. */
int64_t record_stamp(struct record *r, int64_t at);
/* First position with a stamp >= `stamp`; last with one <= `stamp`: clipped to what there is, so
 * possibly last + 1, first - 1. */
int64_t record_from(struct record *r, int64_t stamp);
int64_t record_to(struct record *r, int64_t stamp);

/* A walk over the facts of a predicate that have some values. */
struct scan {
    struct record *r;
    uint32_t pred;
    uint64_t mask;        /* of columns */
    const uint64_t *key;  /* by column; those not in mask are not read */
    int64_t from, to;     /* positions; from <= to */
    bool back;            /* the last fact first */
    size_t block;         /* the one that is walked, or SIZE_MAX: none yet */
    const uint32_t *next; /* by row: where the index goes on; NULL: row by row */
    uint32_t row;         /* the next to look at; UINT32_MAX: no more in this block */
};

void scan_init(struct scan *s, struct record *r, uint32_t pred, uint64_t mask, const uint64_t *key,
               int64_t from, int64_t to, bool back);
/* The next fact that holds somewhere in the stretch: its words (valid until the record changes) and
 * where it holds, clipped to the stretch and to its block; NULL: no more. */
const uint64_t *scan_next(struct scan *s, int64_t *at, int64_t *to);

#endif
