/* A bounded ring of batches between the thread that reads and the one that evaluates.
 *
 * Every batch is in one of four places: free, being filled, waiting, or being evaluated.  One mutex
 * guards all; it is taken twice a batch, that is once in thousands of events. */
#ifndef TRUCE_MONITOR_RING_H
#define TRUCE_MONITOR_RING_H

#include "monitor/log.h"

#include <pthread.h>

#define RING_BATCHES 4

struct ring {
    struct batch batches[RING_BATCHES];
    struct batch *free[RING_BATCHES];
    struct batch *full[RING_BATCHES]; /* a queue: full[head], full[head+1], … */
    size_t n_free, head, n_full;
    bool ended;   /* no more will come */
    bool stopped; /* no more is wanted */
    pthread_mutex_t lock;
    pthread_cond_t has_free, has_full;
};

/* False when memory (or the system) fails; ring_free is right in either case. */
bool ring_init(struct ring *r, const struct plan *p);
void ring_free(struct ring *r);

/* The reader's side.  Both wait for the other side; NULL and false once the ring is stopped. */
struct batch *ring_take_free(struct ring *r);
bool ring_put_full(struct ring *r, struct batch *b);
void ring_end(struct ring *r);

/* The other side.  The oldest full batch; NULL when there is none: when `wait`, only once the ring
 * has ended. */
struct batch *ring_take_full(struct ring *r, bool wait);
void ring_put_free(struct ring *r, struct batch *b);
void ring_stop(struct ring *r);

#endif
