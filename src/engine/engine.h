/* The engine: a formula in core form (logic/safe.h) becomes a plan; an engine runs a plan.
 *
 * One executor serves logs and agreements.  Every operator takes the rows of its inputs for a
 * region of positions and gives its own rows for the region that it can complete; operators that
 * look ahead lag behind.  A *position* is a time-point's index (trace) or a UTC second (clock), see
 * engine/timeline.h; rows are engine/table.h.
 *
 * Two uses:
 *   (a) streaming, `truce monitor`: engine_new, then for each batch engine_feed and read
 *       engine_rows, at the end of the log engine_finish and read engine_rows again;
 *   (b) whole, `truce run`: engine_eval, tables in, table out.
 *
 * A plan is immutable and may be shared by threads; an engine belongs to one thread at a time.
 * Nothing here prints or exits.  Memory: what an engine holds follows the windows of the formula,
 * not the log (unbounded operators keep one record a tuple). */
#ifndef TRUCE_ENGINE_ENGINE_H
#define TRUCE_ENGINE_ENGINE_H

#include "base/diag.h"
#include "base/status.h"
#include "engine/table.h"
#include "engine/timeline.h"
#include "logic/formula.h"

/* What the output rows say.  EXACT: must = may, the only one for logs.  MUST: what holds in every
 * world; MAY: what holds in some.  Negation flips it for what stands beneath. */
enum polarity { POLARITY_EXACT, POLARITY_MUST, POLARITY_MAY };

struct plan_options {
    bool clock;
    enum polarity polarity;
    /* The formula that f is the core form of; may be NULL (then f itself).  It decides which verdicts
     * the end of a log settles, for the core form may look farther ahead.  Must outlive the plan. */
    const struct formula *written;
};

/* A relation that the plan reads.  EXACT plans read each predicate once, with POLARITY_EXACT;
 * others once for each polarity in which it occurs. */
struct plan_input {
    uint32_t pred; /* index in scope.preds = index in the signature */
    enum polarity polarity;
    uint32_t arity;
    const bool *used; /* used[k]: the plan reads column k (a reader may leave others unset) */
};

struct plan;

/* Compile the core formula `f` of scope `sc`.  Both must outlive the plan; the plan owns what it
 * makes.  STATUS_INPUT with a diagnostic where the formula cannot be executed (a conjunct that no
 * order makes safe; `tp ts tpts` or LETPAST under must/may), STATUS_FAULT when memory fails. */
enum status plan_compile(const struct formula *f, const struct scope *sc,
                         const struct plan_options *options, struct diags *d, struct plan **out);
void plan_free(struct plan *p);

size_t plan_inputs(const struct plan *p, const struct plan_input **inputs);

/* Columns of the output rows: variables of the scope in ascending order (= f->fv). */
size_t plan_columns(const struct plan *p, const uint32_t **vars);

/* Does evaluation read or make strings (order, SUBSTRING, MATCHES, conversions)?  Then the interner
 * must not be changed by another thread during engine_feed and engine_finish. */
bool plan_reads_strings(const struct plan *p);

/* How far the verdict at a position can depend on others, in seconds (INSTANT_MAX = unbounded;
 * calendar maps count as unbounded), and in positions for PREVIOUS and NEXT. */
struct plan_horizon {
    int64_t past, future;
    int64_t past_positions, future_positions;
};
struct plan_horizon plan_horizon(const struct plan *p);

/* One line for each operator with its inputs, for `--explain-plan` and tests. */
void plan_print(const struct plan *p, struct buf *out);

/* ---- (a) streaming ---- */

/* A batch of facts.  Trace: `n` new time-points with these stamps; their positions are feed.first …
 * feed.first + n - 1.  Clock: everything up to and including position `upto` is now known.
 * tables[i] belongs to plan input i: rows with from = to = position, sorted by position; equal rows
 * may repeat.  Clock rows may be intervals within (previous upto, upto].
 * The reader fills it, the engine only reads it. */
struct feed {
    int64_t first; /* set by feed_init and feed_next */
    size_t n, cap;
    int64_t *stamps;
    bool lent;    /* feed_lend */
    int64_t upto; /* clock only */
    struct table *tables;
    size_t n_tables;
    bool failed; /* memory; sticky */
};

void feed_init(struct feed *f, const struct plan *p);
void feed_free(struct feed *f);
/* Empty it for the batch that begins at position `first`. */
void feed_clear(struct feed *f, int64_t first);
/* Trace: one more time-point; its position (first + n - 1 after the call), -1 when memory fails. */
int64_t feed_point(struct feed *f, int64_t stamp);

/* Trace, for the only batch of a log: the stamps of its n > 0 time-points, borrowed until the engine is
 * freed; STAMP_END must stand behind the last. */
void feed_lend(struct feed *f, int64_t *stamps, size_t n);

struct engine;

/* `strings` is the interner whose numbers are in the facts and in the formula; it is written to
 * when the plan makes strings.  maps: the table that calendar edges index, borrowed, may be NULL.
 * first: clock: the first position that exists (INT64_MIN: time without beginning); trace: 0.
 * NULL when memory fails. */
struct engine *engine_new(const struct plan *p, struct intern *strings, const struct time_map *maps,
                          size_t n_maps, int64_t first);
void engine_free(struct engine *e);

/* Take a batch.  Afterwards engine_rows holds the verdicts that it settled.  STATUS_FAULT when
 * memory is exhausted; the engine can then only be freed. */
enum status engine_feed(struct engine *e, const struct feed *f);

/* The log is over: settle what waits, as if no event followed (`settle_all`), or leave verdicts
 * whose window reaches past the last time-stamp undecided (-nonewlastts). */
enum status engine_finish(struct engine *e, bool settle_all);

/* The rows settled by the last feed or finish, for positions [*lo, *hi] (empty region: *lo > *hi).
 * Pointwise, sorted by from; clipped to the region, so a tuple that goes on appears again at the
 * next region's first position.  Equal tuples do not overlap.  Valid until the next call on e.
 * For the text output of a trace: walk the positions, keep the rows that are live, and print at
 * each position those with from <= position <= to; a row's text needs making only once. */
const struct table *engine_rows(const struct engine *e, int64_t *lo, int64_t *hi);

/* Stamp of a position in the region that engine_rows gave. */
int64_t engine_stamp(const struct engine *e, int64_t position);

/* Tuples left out because a term was undefined (division by zero, overflow, a conversion that has
 * no result), so far; 0 = none.  And the place of the first such subformula. */
uint64_t engine_undefined(const struct engine *e, struct place *first);

/* ---- (b) whole evaluation on the clock ---- */

/* Evaluate over the positions [from, to] (usually INT64_MIN, INT64_MAX), with one table for each
 * plan input in order (borrowed; sorted here when it is not; clipped to [from, to]).  A `somewhere`
 * table may stand for an event predicate; a MAY table may hold VALUE_WILD.
 * *out: an initialised table, replaced by the answer: pointwise rows, maximal intervals, sorted by
 * from — or somewhere rows (out->somewhere) where the formula keeps events apart.
 * undefined (may be NULL) as engine_undefined. */
enum status engine_eval(const struct plan *p, struct intern *strings, const struct time_map *maps,
                        size_t n_maps, const struct table *tables, int64_t from, int64_t to,
                        struct table *out, uint64_t *undefined);

/* How somewhere rows (tuple, span [e,l]) go through operators in a MUST plan (in MAY plans and for
 * l = e they are pointwise rows):
 *   comparison, assignment, EXISTS   kept, with their span
 *   AND with a pointwise ψ           kept if ψ holds on all of [e,l] for one tuple of ψ
 *   AND NOT ψ                        kept if no may row of ψ meets [e,l]
 *   ONCE[a,b]                        pointwise on [l+a, e+b] where not empty
 *   EVENTUALLY[a,b]                  pointwise on [l-b, e-a]
 *   φ SINCE[a,b], φ UNTIL[a,b]       as ONCE (EVENTUALLY), φ also from e+1 (up to l-1)
 *   OR                               kept if all inputs are somewhere rows, or points
 *   elsewhere                        pointwise at e if e = l, dropped otherwise
 * VALUE_WILD in a MAY plan: joins and matches with every value, satisfies every comparison, and
 * makes a CNT over it INT64_MAX (no number bounds what a gap may hide).  A count compared from
 * below (n < k) would need the other bound: write NOT (n >= k), which flips the polarity. */

#endif
