/* A monitor that takes facts in any order: new, late, corrected, retracted.
 *
 * A history keeps all facts that can still matter, by predicate, key and time.  A change is answered
 * by running the same plan over a *slice*: the stretch of positions on which the verdicts that may
 * differ depend (reach.h), with only the facts that can matter for them (restrict.h), once as things
 * were and once as they are.  What differs are the verdict changes.  So there is one engine, and the
 * state after any sequence of changes is that of a fresh evaluation, by construction; the cost of a
 * change follows the window and the key, not the length of the history.
 *
 * Trace: a fact stands at a time-point (stamp, seq); seq orders the time-points of one stamp, and a
 * late time-point renumbers nothing.  Clock: a fact holds over the seconds [from, to].
 * At the end of what is known, pending futures are resolved as if no event followed.
 *
 * A history belongs to one thread at a time.  Formula, scope and interner must outlive it; the
 * interner is written to only if the formula makes strings. */
#ifndef TRUCE_HISTORY_HISTORY_H
#define TRUCE_HISTORY_HISTORY_H

#include "engine/engine.h"

struct history;

/* Facts from before the watermark. */
enum late_policy {
    LATE_REFUSED, /* answered with STATUS_NEGATIVE; what is no longer needed is forgotten */
    LATE_REOPENS  /* taken, and the verdict changes say `reopened`; nothing is forgotten */
};

struct history_options {
    bool clock;
    enum late_policy late;
    const struct time_map *maps; /* calendar maps of the formula's bounds; borrowed */
    size_t n_maps;
};

/* Where something stands in time.  Clock: seq is 0. */
struct point {
    int64_t stamp, seq;
};

/* The tuple `words` (columns: core->fv) holds, or no longer holds, at all positions from `from` to
 * `to`, both included. */
struct verdict_change {
    bool holds;
    bool reopened; /* it concerns positions before the watermark */
    struct point from, to;
    const uint64_t *words;
};

/* STATUS_INPUT with a diagnostic when the formula cannot be executed, STATUS_FAULT when memory
 * fails. */
enum status history_new(const struct formula *core, const struct scope *sc, struct intern *strings,
                        const struct history_options *options, struct diags *d,
                        struct history **out);
void history_free(struct history *h);

/* Changes.  Facts of time-points that are not there yet make them.  Each gives STATUS_OK,
 * STATUS_NEGATIVE when it changes nothing (a fact that is there, or that is not; see history_why)
 * or lies before the watermark under LATE_REFUSED, or STATUS_FAULT; the history is then unusable.
 * `words` has one word for each column of the predicate. */
enum status history_point(struct history *h, struct point at);
enum status history_add(struct history *h, uint32_t pred, const uint64_t *words, struct point at,
                        int64_t clock_to);
enum status history_retract(struct history *h, uint32_t pred, const uint64_t *words,
                            struct point at, int64_t clock_to);
/* Retract the one and add the other, as one change. */
enum status history_correct(struct history *h, uint32_t pred, const uint64_t *was,
                            const uint64_t *is, struct point at, int64_t clock_to);

/* The fast way for facts that come in order, on a trace: append time-points and facts at or behind the
 * last time-point (STATUS_NEGATIVE when they lie before it), as many as you like, then settle:
 * one judgement brings the changes of them all.  Until then the calls above are refused. */
enum status history_append_point(struct history *h, struct point at);
enum status history_append(struct history *h, uint32_t pred, const uint64_t *words,
                           struct point at);
enum status history_settle(struct history *h);

/* Would a change at this place be refused because it lies before the watermark? */
bool history_late(const struct history *h, struct point at);

/* Why the last change was refused, as a clause for a person. */
const char *history_why(const struct history *h);

/* The changes of verdicts that the last change brought; valid until the next call on h. */
const struct verdict_change *history_changes(const struct history *h, size_t *n);

/* All verdicts as things are, as changes that begin to hold; valid until the next call on h. */
enum status history_verdicts(struct history *h, const struct verdict_change **out, size_t *n);

/* Nothing before `stamp` will come any more.  Under LATE_REFUSED facts that no open verdict can
 * depend on are forgotten.  The watermark never falls. */
enum status history_advance(struct history *h, int64_t stamp);

/* The plan that it runs; borrowed. */
const struct plan *history_plan(const struct history *h);

/* What explanations are drawn from, borrowed, not to be changed: the time-points (trace), the facts
 * of a predicate; and the stamp before which verdicts are settled and what they rest on may be
 * forgotten (INT64_MIN: none). */
struct order;
struct relation;
const struct order *history_points(const struct history *h);
struct relation *history_relation(struct history *h, uint32_t pred);
int64_t history_open(const struct history *h);

/* Facts held, for tests and limits. */
size_t history_facts(const struct history *h);

#endif
