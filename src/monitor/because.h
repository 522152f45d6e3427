/* Explanations beside verdict lines: which are asked for, the facts they need, the trees as text.
 *
 * A log that can be read again (a file) costs a run nothing: while it is read only the place where
 * each batch begins is noted, and a tree reads again the batches that it looks at.  Of a pipe the
 * facts of the formula's horizon are kept until what is asked for is explained.  When the line of a
 * verdict that is asked for is printed, its tree is found and printed behind it.
 *
 * Where a line says one thing only, the tree reads only the facts with its values (explain_keys);
 * for the next, everything, so a stretch of the log is read twice at most.
 *
 * Trees use strings of their own (the reading thread may be adding to the log's). */
#ifndef TRUCE_MONITOR_BECAUSE_H
#define TRUCE_MONITOR_BECAUSE_H

#include "engine/engine.h"
#include "explain/explain.h"
#include "monitor/log.h"
#include "monitor/skim.h"
#include "monitor/tuple.h"

enum because_which {
    BECAUSE_ALL,   /* every verdict */
    BECAUSE_FIRST, /* the first line only */
    BECAUSE_POINT, /* those at position `at` (trace: time-point; clock: second) */
    BECAUSE_STAMP  /* those at time-stamp `at` */
};

/* What is to be explained. */
struct because_config {
    const struct formula *core; /* the plan's formula */
    struct scope *scope;
    enum because_which which;
    int64_t at;
    struct str tuple; /* only this one, as it is printed: "(1,2)"; empty: all */
};

struct because {
    const struct because_config *config;
    const struct plan *plan;
    bool json, again; /* again: the log is a file */
    int log;
    int64_t log_base;          /* where its reading began */
    struct plan_input *inputs; /* the plan's, with every column used */
    size_t n_inputs;
    struct record record;
    struct skim skim;        /* for reading again … */
    struct batch batches[2]; /* … by the reader proper, where that cannot */
    bool narrowed;           /* facts were chosen by their values once */
    struct arena keys;
    bool started, said, over; /* over: all that was asked for is explained */
    struct intern strings;
    struct signature sig;
    struct scope scope;
    struct arena arena;
    struct buf text;
    uint64_t *words;
    uint64_t trees, incomplete; /* incomplete: with a part that is not explained */
    bool failed;                /* memory */
};

/* `failed` when memory fails.  log: the descriptor that is being read, borrowed. */
void because_init(struct because *b, const struct because_config *config, const struct plan *plan,
                  bool clock, bool json, int log);
void because_free(struct because *b);

/* What the reader must give to because_feed: the plan's inputs, or all their columns. */
const struct plan_input *because_inputs(const struct because *b);

/* A batch of the log; the end of the log. */
void because_feed(struct because *b, const struct batch *batch);
void because_end(struct because *b);
/* Verdicts before `position` are printed. */
void because_passed(struct because *b, int64_t position);

/* Is a verdict of these positions asked for? */
bool because_wants(const struct because *b, int64_t from, int64_t to, int64_t stamp);

/* A line says that this row (of the engine's table) holds from `from` to `to`, which are asked for:
 * print its tree.  t has the names of all strings known; alone: the line says nothing else. */
void because_line(struct because *b, struct out *o, int64_t from, int64_t to,
                  const struct tuples *t, const struct table *rows, size_t row, bool alone);

#endif
