/* A log in, verdict lines out: the reader, the engine and the writer put together.
 *
 * One thread reads the log into batches, the caller's thread evaluates them and writes; a ring of
 * batches lies between.  Where both would use the interner (the formula makes or reads strings) and
 * on the clock, all is done in one thread.  Whenever nothing waits in the ring, everything written
 * is given to the output: a verdict is out as soon as it is settled, and costs no system call when
 * the log comes faster than it is evaluated. */
#ifndef TRUCE_MONITOR_MONITOR_H
#define TRUCE_MONITOR_MONITOR_H

#include "monitor/because.h"
#include "monitor/lines.h"
#include "monitor/log.h"

struct monitor_config {
    const struct plan *plan;
    const struct scope *scope; /* the plan's */
    struct intern *strings;    /* the scope's */
    struct print_column *columns;
    uint32_t n_columns;
    enum look look;
    bool clock;
    bool settle_all; /* at the end nothing follows; false: what needs more stays undecided */
    bool one_thread;
    const struct because_config *explain; /* NULL: no explanations */
    struct str log_name;
    int log; /* file descriptors, borrowed */
    int out;
    /* Called after each batch with the bytes of the log read so far; may be NULL. */
    void (*progress)(void *ctx, uint64_t bytes);
    void *progress_ctx;
};

struct monitor_result {
    struct log_summary log;
    uint64_t verdicts;  /* lines that say that something holds */
    uint64_t undefined; /* tuples left out because a term had no value */
    struct place undefined_at;
    uint64_t explained;   /* trees */
    uint64_t unexplained; /* of these: with a part that is not explained */
    bool log_lost;        /* the log could not be read again for a tree */
    int write_error;      /* errno; EPIPE: nobody reads any more */
};

/* The printed columns of a checked formula: its free variables as they first occur in it, `vars`
 * being the plan's columns.  NULL when memory fails. */
struct print_column *monitor_columns(struct arena *a, const struct scope *sc,
                                     const struct formula *f, const struct plan *p, uint32_t *n);

/* STATUS_OK; STATUS_INPUT with a diagnostic when the log cannot be read to its end (verdicts before
 * the error are printed); STATUS_FAULT when memory fails (with a diagnostic) or the output does
 * (result->write_error). */
enum status monitor_run(const struct monitor_config *config, struct diags *d,
                        struct monitor_result *result);

#endif
