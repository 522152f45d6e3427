/* The rewriting to core form, its parts.  Private to room logic; see safe.h for what it reaches.
 *
 * A *literal* is a formula of the user or its negation.  `gen` turns a literal into a generator, or
 * gives NULL and leaves a blame.  Two ways:
 *   alone     the literal is finite by itself; remembered for each formula and sign (struct memo)
 *   guarded   with a *guard*: a formula known to hold, for every tuple that matters, at the
 *             position where the literal is looked at.  What gen gives is then right only for
 *             tuples within the guard, and the caller joins it with (or subtracts it from) them.
 * Guards are lists of core conjuncts; they cross a temporal operator by the converse operator. */
#ifndef TRUCE_LOGIC_REWRITE_H
#define TRUCE_LOGIC_REWRITE_H

#include "logic/safe.h"

/* Larger formulas in core form would take the engine longer than anyone waits. */
#define CORE_SIZE_MAX 1000000

struct literal {
    const struct formula *f;
    bool neg;
};

/* What is remembered of a formula of the user. */
struct memo {
    const struct formula *f;
    struct varset fv;
    bool tried[2]; /* by sign */
    struct formula *core[2];
};

/* Why it is not monitorable. */
enum blame_kind {
    BLAME_NONE,
    BLAME_UNBOUND, /* infinitely many values */
    BLAME_OR,      /* the sides of OR differ in variables */
    BLAME_PATH,
    BLAME_FUTURE, /* no upper bound */
    BLAME_LETPAST,
    BLAME_SIZE
};

struct rewriter {
    struct scope *sc;
    const struct safe_options *options;
    struct memo **slots; /* open addressing by the address of f */
    size_t n_memos, mask;
    unsigned effort; /* conjunctions tried */
    bool fault;
    enum blame_kind blame;
    struct literal culprit; /* f NULL: none */
    unsigned guarded;       /* guards that hold where we are; 0: looked at alone */
    bool culprit_guarded;
    uint32_t culprit_var;       /* UINT32_MAX: none */
    const struct formula *wall; /* an operator that no guard could cross; NULL: none … */
    struct varset wall_vars;    /* … and the variables that one would have given */
};

struct guard {
    struct formula *const *conj; /* core conjuncts that hold here, in order */
    uint32_t n;
    const struct formula *over; /* the operator that is crossed, for messages; may be NULL */
    const struct varset *only;  /* when not NULL, the only variables that pass from `outer` */
    const struct guard *outer;  /* holds around, before crossing */
    enum formula_op cross;      /* converse operator to bring `outer` here; F_TRUE: none */
    struct bound bound;
};

/* ---- rewrite.c ---- */
struct formula *gen(struct rewriter *r, struct literal l, const struct guard *guard);
struct formula *gen_alone(struct rewriter *r, struct literal l);
struct varset literal_free(struct rewriter *r, struct literal l);
/* Is it, once negations are pushed inward, the negation of something that generates? */
bool literal_is_negative(struct literal l);
/* Say why there is no generator.  What fails although something around is known says more than what
 * only fails alone; then the smaller part says more. */
void blame(struct rewriter *r, enum blame_kind kind, struct literal l, uint32_t var);

/* ---- rewrite_and.c ---- */
struct formula *gen_and(struct rewriter *r, const struct formula *whole,
                        const struct literal *literals, uint32_t n, const struct guard *guard);
struct formula *gen_or(struct rewriter *r, struct literal whole, const struct guard *guard);

/* ---- rewrite_guard.c ---- */
/* A generator over those of `vars` that the guard can give; NULL when it gives none. */
struct formula *guard_get(struct rewriter *r, const struct guard *g, struct varset vars);

/* ---- rewrite_path.c ---- */
struct formula *gen_match(struct rewriter *r, const struct formula *f);
/* Does `pred` occur in f only where it speaks of earlier positions? */
bool only_past(const struct formula *f, uint32_t pred, bool past);

/* ---- core.c: constructors of core nodes, with fv; NULL in, NULL out ---- */
struct formula *core_true(struct rewriter *r);
struct formula *core_false(struct rewriter *r, struct varset fv);
struct formula *core_compare(struct rewriter *r, const struct formula *f);
struct formula *core_pred(struct rewriter *r, uint32_t pred, struct term *const *args, uint32_t n);
struct formula *core_assign(struct rewriter *r, uint32_t var, struct term *right);
struct formula *core_not(struct rewriter *r, struct formula *a);
/* Conjuncts in order; drops TRUE where it can, FALSE takes all. */
struct formula *core_and(struct rewriter *r, struct formula *const *subs, uint32_t n);
struct formula *core_or(struct rewriter *r, struct formula *const *subs, uint32_t n);
struct formula *core_exists(struct rewriter *r, const uint32_t *vars, uint32_t n,
                            struct formula *a);
struct formula *core_temporal(struct rewriter *r, enum formula_op op, struct bound b,
                              struct formula *a);
/* left may be F_NOT of a generator. */
struct formula *core_since(struct rewriter *r, enum formula_op op, struct formula *left,
                           struct bound b, struct formula *right);
/* A copy of f in which variable from[i] has become to[i]. */
struct formula *core_rename(struct rewriter *r, const struct formula *f, const uint32_t *from,
                            const uint32_t *to, uint32_t n);
/* Set fv of a node whose children have theirs. */
struct formula *core_done(struct rewriter *r, struct formula *f);
struct varset core_vars(const struct formula *f);
struct varset rw_union(struct rewriter *r, struct varset a, struct varset b);
struct varset rw_minus(struct rewriter *r, struct varset a, struct varset b);

#endif
