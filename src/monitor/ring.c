/* See ring.h. */
#include "monitor/ring.h"

bool ring_init(struct ring *r, const struct plan *p)
{
    *r = (struct ring){0};
    bool ok = pthread_mutex_init(&r->lock, NULL) == 0;
    ok &= pthread_cond_init(&r->has_free, NULL) == 0;
    ok &= pthread_cond_init(&r->has_full, NULL) == 0;
    for (size_t i = 0; i < RING_BATCHES; i++) {
        ok &= batch_init(&r->batches[i], p);
        r->free[r->n_free++] = &r->batches[i];
    }
    return ok;
}

void ring_free(struct ring *r)
{
    for (size_t i = 0; i < RING_BATCHES; i++) batch_free(&r->batches[i]);
    pthread_cond_destroy(&r->has_free);
    pthread_cond_destroy(&r->has_full);
    pthread_mutex_destroy(&r->lock);
}

struct batch *ring_take_free(struct ring *r)
{
    pthread_mutex_lock(&r->lock);
    while (!r->n_free && !r->stopped) pthread_cond_wait(&r->has_free, &r->lock);
    struct batch *b = r->stopped ? NULL : r->free[--r->n_free];
    pthread_mutex_unlock(&r->lock);
    return b;
}

bool ring_put_full(struct ring *r, struct batch *b)
{
    pthread_mutex_lock(&r->lock);
    r->full[(r->head + r->n_full++) % RING_BATCHES] = b;
    bool wanted = !r->stopped;
    pthread_cond_signal(&r->has_full);
    pthread_mutex_unlock(&r->lock);
    return wanted;
}

void ring_end(struct ring *r)
{
    pthread_mutex_lock(&r->lock);
    r->ended = true;
    pthread_cond_signal(&r->has_full);
    pthread_mutex_unlock(&r->lock);
}

struct batch *ring_take_full(struct ring *r, bool wait)
{
    pthread_mutex_lock(&r->lock);
    while (wait && !r->n_full && !r->ended) pthread_cond_wait(&r->has_full, &r->lock);
    struct batch *b = NULL;
    if (r->n_full) {
        b = r->full[r->head];
        r->head = (r->head + 1) % RING_BATCHES;
        r->n_full--;
    }
    pthread_mutex_unlock(&r->lock);
    return b;
}

void ring_put_free(struct ring *r, struct batch *b)
{
    pthread_mutex_lock(&r->lock);
    r->free[r->n_free++] = b;
    pthread_cond_signal(&r->has_free);
    pthread_mutex_unlock(&r->lock);
}

void ring_stop(struct ring *r)
{
    pthread_mutex_lock(&r->lock);
    r->stopped = true;
    pthread_cond_signal(&r->has_free);
    pthread_mutex_unlock(&r->lock);
}
