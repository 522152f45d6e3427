/* Metric first-order temporal formulas: the tree, its variables and its predicates.
 *
 * A formula is a tree of `struct formula` in an arena.  It is made by the parser (parse.h) or by
 * the constructors below, checked and typed (typing.h), and brought to the core form that the
 * engine executes (safe.h).  Nodes are never changed once a caller has them, except by typing,
 * which fills in the types of terms and variables; so subtrees may be shared.
 *
 * A *variable* is a small number, an index into scope.vars.  Every binder (EXISTS, FORALL, the
 * parameters of LET, and the aggregated variables of an AGG) binds variables of its own: the parser
 * gives a fresh number to each, and callers of the constructors must too (scope_var), so that
 * rewriting never captures.  A *predicate* is an index into scope.preds: first those of the
 * signature, in its order, then tp, ts and tpts, then one for each LET and LETPAST.
 *
 * Time.  A *position* is a time-point of a log (trace) or a second (clock); each has a time-stamp,
 * whole seconds.  A bound [lo,hi] is measured between time-stamps.
 *
 * Which fields a node uses (all others are zero):
 *
 *   op                      fields
 *   F_TRUE F_FALSE          —
 *   F_PRED                  pred, args[n_args]: one term for each column
 *   F_COMPARE               cmp, left, right; MATCHES also args[n_args]: the groups, NULL = any
 *   F_NOT                   sub[0]
 *   F_AND F_OR              sub[0 … n_sub-1]: two from the parser, two or more in core form
 *   F_IMPLIES F_EQUIV       sub[0], sub[1]
 *   F_EXISTS F_FORALL       vars[n_vars], sub[0]
 *   F_PREV F_NEXT           bound, sub[0]
 *   F_ONCE F_EVENTUALLY     bound, sub[0]
 *   F_HISTORICALLY F_ALWAYS bound, sub[0]
 *   F_SINCE F_UNTIL         bound, sub[0] SINCE sub[1]
 *   F_AGG                   agg, result <- agg over `over`; vars[n_vars] = group-by, sub[0].  Free
 * are result and the group-by variables: every other variable free in sub[0] is bound here, `over`
 * too unless it is also a group-by variable.  The aggregate is over the tuples of sub[0], so equal
 * values count each time. F_LET F_LETPAST         pred (the one defined), vars[n_vars] = its
 * parameters, sub[0] = definition (free variables: the parameters), sub[1] = where it is used.
 * LETPAST: the predicate may occur in its own definition, only under past operators that look
 * strictly back (PREVIOUS, or SINCE/ONCE beneath or above such). F_MATCHF F_MATCHP       bound,
 * path F_ASSIGN                core form only: var `result` := term `right` (see safe.h)
 */
#ifndef TRUCE_LOGIC_FORMULA_H
#define TRUCE_LOGIC_FORMULA_H

#include "base/diag.h"
#include "base/instant.h"
#include "logic/value.h"

/* How deep a tree may be: walks over it are recursive.  The parser refuses what is deeper; the
 * constructors give NULL.  AND and OR of many are flat (formula_and_n). */
#define FORMULA_MAX_DEPTH 1000

enum formula_op {
    F_TRUE,
    F_FALSE,
    F_PRED,
    F_COMPARE,
    F_NOT,
    F_AND,
    F_OR,
    F_IMPLIES,
    F_EQUIV,
    F_EXISTS,
    F_FORALL,
    F_PREV,
    F_NEXT,
    F_ONCE,
    F_EVENTUALLY,
    F_HISTORICALLY,
    F_ALWAYS,
    F_SINCE,
    F_UNTIL,
    F_AGG,
    F_LET,
    F_LETPAST,
    F_MATCHF,
    F_MATCHP,
    F_ASSIGN
};

enum compare_op { CMP_EQ, CMP_LT, CMP_LE, CMP_GT, CMP_GE, CMP_SUBSTRING, CMP_MATCHES };

enum agg_op { AGG_CNT, AGG_MIN, AGG_MAX, AGG_SUM, AGG_AVG, AGG_MED };

/* ---- bounds ---- */

#define MAP_NONE UINT32_MAX

/* One edge of a bound: the map of time t -> t + seconds, or the caller's monotone map number `map`
 * (a calendar step such as "the same local time two days later"), then seconds is 0. */
struct edge {
    int64_t seconds; /* 0 or more; INSTANT_MAX = infinity, as upper edge only */
    uint32_t map;    /* MAP_NONE, or an index into the table that goes with the evaluation */
};

/* Closed.  A later instant t is within the bound of an earlier s when lo(s) <= t <= hi(s).  So
 * EVENTUALLY at s looks at the t with lo(s) <= t <= hi(s), ONCE at t at the s with the same.  Open
 * edges are closed when read ((a,b) is [a+1,b-1]); lo > hi is the empty bound: ONCE is then false.
 */
struct bound {
    struct edge lo, hi;
};

/* A monotone map of time (s <= t implies map(s) <= map(t)), with map(s) >= s. */
struct time_map {
    instant (*map)(void *ctx, instant at);
    void *ctx;
};

struct bound bound_seconds(int64_t lo, int64_t hi); /* hi INSTANT_MAX = unbounded */
struct bound bound_all(void);                       /* [0,*) */
struct edge edge_seconds(int64_t seconds);
struct edge edge_map(uint32_t map);
bool bound_is_all(struct bound b);   /* exactly [0,*) */
bool bound_infinite(struct bound b); /* no upper edge */
bool bound_empty(struct bound b);    /* constant edges with lo > hi */

/* ---- predicates and variables ---- */

enum pred_kind { PRED_EVENT, PRED_TP, PRED_TS, PRED_TPTS, PRED_LET };

struct column {
    struct str name; /* empty when the signature names none */
    enum value_type type;
};

struct predicate {
    uint32_t name; /* interned */
    enum pred_kind kind;
    uint32_t arity;
    struct column *columns;
    struct place at;
};

/* The predicates that a log may contain. */
struct signature {
    struct arena *arena;
    struct intern *strings;
    struct predicate *preds;
    size_t n, cap;
    uint32_t *by_name; /* interned name -> index + 1; 0 = none */
    size_t names;
};

void signature_init(struct signature *sig, struct arena *arena, struct intern *strings);
/* Add a predicate; columns are copied.  Its index; UINT32_MAX when memory fails or the name is
 * taken (signature_find tells which). */
uint32_t signature_add(struct signature *sig, struct str name, const struct column *columns,
                       uint32_t arity, struct place at);
/* Index of a predicate, or UINT32_MAX.  By interned name in constant time. */
uint32_t signature_find(const struct signature *sig, uint32_t name);
uint32_t signature_find_str(const struct signature *sig, struct str name);

struct variable {
    uint32_t name; /* interned; need not be unique */
    enum value_type type;
    bool anonymous; /* written "_" or "_x" in a predicate, or made by rewriting */
    struct place at;
};

/* What the numbers in one formula mean.  Grows while formulas are made; a checked formula only
 * reads it. */
struct scope {
    struct arena *arena;
    struct intern *strings;
    const struct signature *sig;
    struct variable *vars;
    size_t n_vars, cap_vars;
    struct predicate *preds;
    size_t n_preds, cap_preds;
    uint32_t tp, ts, tpts; /* the built-in predicates */
};

/* False when memory fails. */
bool scope_init(struct scope *sc, struct arena *arena, struct intern *strings,
                const struct signature *sig);
/* A new variable, always a new number; UINT32_MAX when memory fails.  VALUE_ANY: typing finds it.
 */
uint32_t scope_var(struct scope *sc, struct str name, enum value_type type);
/* A new predicate for a LET (kind PRED_LET) with `arity` columns of type VALUE_ANY. */
uint32_t scope_let(struct scope *sc, struct str name, uint32_t arity);
struct str scope_var_name(const struct scope *sc, uint32_t var);
struct str scope_pred_name(const struct scope *sc, uint32_t pred);

/* ---- terms ---- */

enum term_op {
    TERM_VAR,   /* var */
    TERM_CONST, /* value, of the node's type */
    TERM_ADD,   /* int or float, both alike: a + b */
    TERM_SUB,
    TERM_MUL,
    TERM_DIV, /* ints: towards zero */
    TERM_MOD, /* ints: sign of the dividend */
    TERM_NEG, /* a */
    TERM_F2I, /* towards zero */
    TERM_I2F,
    TERM_I2S,
    TERM_S2I,
    TERM_F2S,
    TERM_S2F,
    TERM_DAY_OF_MONTH, /* of a time-stamp, in UTC: ints */
    TERM_MONTH,
    TERM_YEAR,
    TERM_FORMAT_DATE, /* of a time-stamp: "YYYY-MM-DD" */
    TERM_R2S,         /* a pattern's text */
    TERM_S2R          /* a text as pattern; undefined when it is none */
};

struct term {
    enum term_op op;
    enum value_type type;
    uint32_t var;
    uint64_t value;
    struct term *a, *b;
    uint32_t depth; /* 1 for a leaf */
    struct place at;
};

struct term *term_var(struct scope *sc, uint32_t var);
struct term *term_int(struct scope *sc, int64_t i);
struct term *term_float(struct scope *sc, double f); /* NULL also for NaN */
struct term *term_string(struct scope *sc, struct str s);
struct term *term_pattern(struct scope *sc, struct str s);
struct term *term_op1(struct scope *sc, enum term_op op, struct term *a);
struct term *term_op2(struct scope *sc, enum term_op op, struct term *a, struct term *b);

/* The value of a term, where env[var] holds the word of each variable it reads.  False: undefined.
 * F2S, I2S and FORMAT_DATE may intern a new string; STATUS_FAULT through *fault when memory fails
 * (fault may be NULL). */
bool term_eval(const struct term *t, const uint64_t *env, struct intern *strings, uint64_t *out,
               bool *fault);
/* Does the comparison hold between two words of a type (not MATCHES)?  SUBSTRING: a occurs in b. */
bool compare_words(enum compare_op op, const struct intern *strings, enum value_type type,
                   uint64_t a, uint64_t b);

/* ---- regular expressions over positions ---- */

enum path_op {
    PATH_WILD,   /* "." : one position onwards */
    PATH_TEST,   /* "φ?": stays, where φ holds */
    PATH_CONCAT, /* a then b */
    PATH_ALT,    /* a or b */
    PATH_STAR    /* a, any number of times, also none */
};

/* MATCHF[I] r holds at i when some j >= i within I of i is reached from i by r; MATCHP[I] r at i
 * when i is reached by r from some j <= i within I.  "φ" alone is φ? . in MATCHF and . φ? in
 * MATCHP. */
struct path {
    enum path_op op;
    struct formula *test;
    struct path *a, *b;
    uint32_t depth, size;
    struct place at;
};

struct path *path_new(struct scope *sc, enum path_op op, struct formula *test, struct path *a,
                      struct path *b);

/* ---- formulas ---- */

struct formula {
    enum formula_op op;
    enum compare_op cmp;
    enum agg_op agg;
    uint32_t pred;
    uint32_t result, over;
    uint32_t n_args, n_vars, n_sub;
    struct bound bound;
    struct term **args;
    struct term *left, *right;
    uint32_t *vars;
    struct formula **sub;
    struct path *path;
    uint32_t depth; /* 1 for a leaf; terms and tests count */
    uint32_t size;  /* nodes of the tree, a shared one as often as it hangs in it; saturates */
    struct place at;
    /* Free variables, ascending.  Set in core form only. */
    const uint32_t *fv;
    uint32_t n_fv;
};

/* Constructors.  Arrays are copied.  Each gives NULL when memory fails or when a formula or term
 * given is NULL, so that a failure deep inside surfaces at the root; the arena is the scope's. */
struct formula *formula_true(struct scope *sc);
struct formula *formula_false(struct scope *sc);
struct formula *formula_pred(struct scope *sc, uint32_t pred, struct term *const *args,
                             uint32_t n_args);
struct formula *formula_compare(struct scope *sc, enum compare_op cmp, struct term *left,
                                struct term *right);
/* left MATCHES right (groups); a NULL group matches anything. */
struct formula *formula_matches(struct scope *sc, struct term *left, struct term *right,
                                struct term *const *groups, uint32_t n_groups);
struct formula *formula_not(struct scope *sc, struct formula *a);
/* a and b; either NULL gives NULL. */
struct formula *formula_and(struct scope *sc, struct formula *a, struct formula *b);
struct formula *formula_or(struct scope *sc, struct formula *a, struct formula *b);
/* n >= 0 formulas: none gives TRUE (AND) or FALSE (OR), one gives itself. */
struct formula *formula_and_n(struct scope *sc, struct formula *const *subs, uint32_t n);
struct formula *formula_or_n(struct scope *sc, struct formula *const *subs, uint32_t n);
struct formula *formula_implies(struct scope *sc, struct formula *a, struct formula *b);
struct formula *formula_equiv(struct scope *sc, struct formula *a, struct formula *b);
/* n == 0 gives a itself. */
struct formula *formula_exists(struct scope *sc, const uint32_t *vars, uint32_t n,
                               struct formula *a);
struct formula *formula_forall(struct scope *sc, const uint32_t *vars, uint32_t n,
                               struct formula *a);
/* op: F_PREV F_NEXT F_ONCE F_EVENTUALLY F_HISTORICALLY F_ALWAYS. */
struct formula *formula_temporal(struct scope *sc, enum formula_op op, struct bound bound,
                                 struct formula *a);
struct formula *formula_since(struct scope *sc, struct formula *a, struct bound bound,
                              struct formula *b);
struct formula *formula_until(struct scope *sc, struct formula *a, struct bound bound,
                              struct formula *b);
struct formula *formula_agg(struct scope *sc, uint32_t result, enum agg_op agg, uint32_t over,
                            const uint32_t *group, uint32_t n_group, struct formula *a);
/* op: F_LET or F_LETPAST. */
struct formula *formula_let(struct scope *sc, enum formula_op op, uint32_t pred,
                            const uint32_t *params, uint32_t n, struct formula *definition,
                            struct formula *body);
/* op: F_MATCHF or F_MATCHP. */
struct formula *formula_match(struct scope *sc, enum formula_op op, struct bound bound,
                              struct path *path);
struct formula *formula_assign(struct scope *sc, uint32_t var, struct term *right);

/* ---- tables of operators, for parser, printer and messages ---- */

const char *formula_op_name(enum formula_op op); /* "SINCE" */
const char *compare_op_name(enum compare_op op); /* "<=" */
const char *agg_op_name(enum agg_op op);         /* "CNT" */
const char *term_op_name(enum term_op op);       /* "+", "f2i" */
bool formula_is_temporal(enum formula_op op);    /* has a bound */
bool formula_looks_ahead(enum formula_op op);    /* NEXT EVENTUALLY ALWAYS UNTIL MATCHF */

/* ---- free variables ---- */

/* A set of variables as an ascending array. */
struct varset {
    uint32_t *v;
    uint32_t n;
};

/* Free variables of a formula or term; v NULL with n > 0 never occurs: *ok false when memory
 * fails. */
struct varset formula_free(struct arena *a, const struct formula *f, bool *ok);
struct varset term_free(struct arena *a, const struct term *t, bool *ok);
bool varset_has(struct varset s, uint32_t var);
bool varset_within(struct varset inner, struct varset outer);
bool varset_eq(struct varset a, struct varset b);
struct varset varset_union(struct arena *a, struct varset x, struct varset y, bool *ok);
struct varset varset_minus(struct arena *a, struct varset x, struct varset y, bool *ok);

/* Free variables in the order of the columns in what `truce monitor` prints: as they first occur,
 * reading left to right, but the right side of SINCE, UNTIL, > and >= before the left (as MonPoly
 * does). */
struct varset formula_columns(struct arena *a, const struct formula *f, bool *ok);

#endif
