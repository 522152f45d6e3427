/* One evaluation of a plan over a slice of a history: some positions, some facts. */
#ifndef TRUCE_HISTORY_SLICE_H
#define TRUCE_HISTORY_SLICE_H

#include "history/history.h"
#include "history/reach.h"
#include "history/relation.h"
#include "history/restrict.h"
#include "history/stamps.h"

/* What a slice is taken from. */
struct past {
    const struct plan *plan;
    const struct scope *sc;
    struct intern *strings;
    const struct history_options *options;
    struct axis axis;
    struct stamps *stamps;      /* trace */
    struct relation *relations; /* by predicate of the signature */
};

struct slice {
    struct span need;   /* positions to feed */
    struct span wanted; /* positions whose verdicts are wanted */
    const struct filters *filters;
    const struct binding *binding; /* keep only verdicts with these values; NULL: all */
    uint32_t n_columns;
};

/* The facts of a slice, found once for what was and what is (trace: only there are two evaluations alike
 * but for the facts that change). */
struct slice_facts {
    struct feed feed;
    bool found;
};

void slice_facts_init(struct slice_facts *f, const struct plan *p);
void slice_facts_free(struct slice_facts *f);
/* A fact comes to a position of the axis or goes from there; nothing happens where nothing was found, or
 * no filter lets it through. */
enum status slice_facts_change(struct slice_facts *f, const struct past *past,
                               const struct slice *s, bool comes, uint32_t pred,
                               const uint64_t *words, int64_t position);

/* Does a row of verdicts have the values that the binding knows? */
bool slice_binds(const struct binding *b, const struct table *t, size_t row);

/* Evaluate, on a trace with the facts of `f` when they were found (else they are found; NULL: not kept);
 * the wanted verdicts are appended to `out` (initialised, n_columns columns) with
 * positions of the axis, clipped to `wanted`. */
enum status slice_run(const struct past *past, const struct slice *slice, struct slice_facts *f,
                      struct table *out);

#endif
