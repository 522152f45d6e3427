/* Explanations beside verdict lines: the facts that they need, and the trees as text.
 *
 * While the log is read the facts of the formula's horizon are kept; facts that no verdict to come
 * can depend on are forgotten.  When a verdict line is printed its tree is found and printed behind
 * it.  Nothing of this exists in a run without explanations. */
#ifndef TRUCE_MONITOR_BECAUSE_H
#define TRUCE_MONITOR_BECAUSE_H

#include "engine/engine.h"
#include "explain/explain.h"
#include "monitor/out.h"

/* What is to be explained. */
struct because_config {
    const struct formula *core; /* the plan's formula */
    struct scope *scope;
    bool all;   /* every verdict */
    int64_t at; /* else those at this position (trace: time-point; clock: second) */
};

struct because {
    const struct because_config *config;
    const struct plan *plan;
    bool json;
    struct plan_input *inputs; /* the plan's, with every column used */
    size_t n_inputs;
    struct record record;
    bool started; /* clock: the first second is known */
    struct arena arena;
    struct buf text;
    uint64_t *words;
    uint64_t incomplete; /* trees with a part that is not explained */
    bool failed;         /* memory */
};

/* `failed` when memory fails. */
void because_init(struct because *b, const struct because_config *config, const struct plan *plan,
                  bool clock, bool json);
void because_free(struct because *b);

/* The facts of a batch; the end of the log. */
void because_feed(struct because *b, const struct feed *f);
void because_end(struct because *b);
/* Verdicts before `position` are printed. */
void because_passed(struct because *b, int64_t position);

/* A line says that these rows (of the engine's table) hold from `from` to `to`: print the trees that
 * are asked for. */
void because_line(struct because *b, struct out *o, int64_t from, int64_t to,
                  const struct table *rows, size_t row);

#endif
