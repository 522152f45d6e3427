/* Inside the explainer: its state, values in force, and the sets of tuples it looks for. */
#ifndef TRUCE_EXPLAIN_EXPLAINER_H
#define TRUCE_EXPLAIN_EXPLAINER_H

#include "explain/explain.h"
#include "logic/pattern.h"

#define DEPTH_MAX 2000

/* Tuples over some variables, without repetition. */
struct rows {
    uint64_t *words;
    size_t n, cap;
    uint32_t width;
    uint32_t *slots; /* hash: index + 1 */
    size_t mask;
};

struct memo; /* an answer that was found before */

struct explainer {
    struct arena *a;
    struct scope *sc;
    struct record *r;
    const struct formula **lets; /* by predicate: the LET that defines it */
    struct memo **memo;          /* a table of chains, doubled as it fills */
    size_t n_memos, memo_mask;
    struct memo *spare; /* not in the table; NULL: none */
    size_t spare_words; /* the room it has */
    struct pattern_cache patterns;
    uint64_t *values;             /* by variable: for term_eval */
    const struct leaves *allowed; /* facts and absences that may be cited; NULL: all */
    unsigned depth;
    unsigned steps; /* positions looked at one by one, in all */
    bool tired;     /* too many: what was sought may be there all the same */
    bool failed;    /* memory */
    bool unknown;   /* something met that cannot be evaluated */
    bool wide;      /* offer tuples of parts of alternatives too (prove_cases.c) */
    bool possible;  /* look for what is possible, not for what is certain (record.h, `may`) */
};

struct interval {
    int64_t from, to;
};

/* ---- env.c ---- */

/* The value of a variable: true and *word, or false: it is open. */
bool env_value(const struct binds *e, uint32_t var, uint64_t *word);
/* The link that says something of it; NULL: nothing does, it is open. */
const struct binds *env_link(const struct binds *e, uint32_t var);
const struct binds *env_bind(struct explainer *x, const struct binds *outer, const uint32_t *vars,
                             uint32_t n, const uint64_t *words);
const struct binds *env_open(struct explainer *x, const struct binds *outer, const uint32_t *vars,
                             uint32_t n, const struct rows *tuples);
/* Variables of f that are open; in the arena. */
uint32_t env_unbound(struct explainer *x, const struct binds *e, const struct formula *f,
                     uint32_t **vars);
bool env_closes(const struct binds *e, const struct formula *f);
/* The term's value under e: 1, 0 undefined, -1 a variable is open. */
int env_term(struct explainer *x, const struct term *t, const struct binds *e, uint64_t *word);
/* The values in force in the definition of the LET predicate f. */
const struct binds *env_of_let(struct explainer *x, const struct binds *e, const struct formula *f);
/* Hide the variables that an EXISTS or an aggregation binds. */
const struct binds *env_exists(struct explainer *x, const struct binds *e, const struct formula *f);
const struct binds *env_group(struct explainer *x, const struct binds *e, const struct formula *f);
/* Is the tuple of f's arguments ruled out by a link: open, all of its variables among the
 * arguments, and one of the tuples listed?  words: one for each argument. */
bool env_excluded(const struct binds *e, const struct formula *f, const uint64_t *words);
/* A walk over the rows of the event predicate f that have the values that e gives. */
struct fact_scan {
    struct scan scan;
    uint64_t key[64];
};
void env_scan(struct explainer *x, struct fact_scan *s, const struct formula *f,
              const struct binds *e, int64_t from, int64_t to, bool back);
/* Does a row of the predicate match the arguments under e (open variables match)? */
bool env_matches(const struct record *r, const struct binds *e, const struct formula *f,
                 const uint64_t *words);

void *need(struct explainer *x, size_t n, size_t size);
/* Called for each position that is looked at by itself: true when enough have been. */
bool tired(struct explainer *x);
bool rows_add(struct explainer *x, struct rows *r, const uint64_t *words);
bool rows_have(const struct rows *r, const uint64_t *words);

/* ---- window.c ---- */

/* Positions in the window of `at`, clipped to the record; empty: from > to. */
struct interval window_of(struct explainer *x, const struct formula *f, int64_t at);
/* The hull of the windows of a stretch. */
struct interval window_hull(struct explainer *x, const struct formula *f, int64_t from, int64_t to);
/* The union of the windows of a stretch, nothing more where the stretch is short; false: it has a hole,
 * and the stretch should be split. */
bool window_union(struct explainer *x, const struct formula *f, int64_t from, int64_t to,
                  struct interval *out);
bool looks_back(enum formula_op op);
/* What lies beyond a position, which was looked at: further back, or further ahead. */
void window_beyond(struct interval *w, bool back, int64_t at);
/* Nearest position at which f may hold, going from `from` towards `to` (either way round); false:
 * none.  Never passes one at which it holds. */
bool nearest(struct explainer *x, const struct formula *f, const struct binds *e, int64_t from,
             int64_t to, int64_t *at);

/* ---- solve.c ---- */

/* The tuples over f->fv that satisfy f at a position; variables that e leaves open are found.  NULL
 * when memory fails; x->unknown when something cannot be evaluated. */
const struct rows *solve(struct explainer *x, const struct formula *f, const struct binds *e,
                         int64_t at);
bool aggregate(struct explainer *x, const struct formula *f, const uint64_t *values, size_t n,
               uint64_t *out);
/* A comparison: 1 holds, 0 not, -1 a variable is open. */
int compare_holds(struct explainer *x, const struct formula *f, const struct binds *e);

/* Add the values that e gives to f's free variables; x->unknown when one has none. */
void found(struct explainer *x, const struct formula *f, const struct binds *e, struct rows *out);

/* ---- memo.c ---- */

enum memo_kind { MEMO_ROWS, MEMO_POSSIBLE_ROWS, MEMO_PROVED, MEMO_REFUTED };

/* Where the answer to (kind, f, values of f->fv in e, from, to) is kept; *known tells whether it
 * was had before.  NULL when memory fails. */
void **memo_slot(struct explainer *x, enum memo_kind kind, const struct formula *f,
                 const struct binds *e, int64_t from, int64_t to, bool *known);

/* ---- prove.c and others: NULL when there is no such proof ---- */

struct proof *prove(struct explainer *x, const struct formula *f, bool holds, const struct binds *e,
                    int64_t from, int64_t to);
struct proof *proof_new(struct explainer *x, enum proof_rule rule, const struct formula *f,
                        bool holds, const struct binds *e, int64_t from, int64_t to);
/* Append a sub-node; false (and *p NULL) when it is NULL. */
bool proof_sub(struct explainer *x, struct proof **p, struct proof *sub);
struct proof *smaller(struct proof *a, struct proof *b);

/* ---- least.c ---- */

/* May the tree cite this (see `allowed`)? */
bool leaf_allowed(struct explainer *x, const struct formula *f, bool holds, const struct binds *e,
                  int64_t from, int64_t to);
/* A proof of the same claim, f at `at`, from which no leaf can be left out. */
struct proof *least(struct explainer *x, const struct formula *f, const struct binds *e,
                    int64_t from, int64_t to, struct proof *p);

/* ---- prove_time.c ---- */
struct proof *prove_window(struct explainer *x, const struct formula *f, bool holds,
                           const struct binds *e, int64_t from, int64_t to);
struct proof *prove_since(struct explainer *x, const struct formula *f, bool holds,
                          const struct binds *e, int64_t from, int64_t to);

/* ---- prove_cases.c ---- */

struct proof *prove_exists(struct explainer *x, const struct formula *f, bool holds,
                           const struct binds *e, int64_t from, int64_t to);
struct proof *prove_agg(struct explainer *x, const struct formula *f, bool holds,
                        const struct binds *e, int64_t at);

/* ---- prove_match.c ---- */
struct proof *prove_match(struct explainer *x, const struct formula *f, bool holds,
                          const struct binds *e, int64_t at);
/* The tuples of MATCHF and MATCHP at a position. */
void find_match(struct explainer *x, const struct formula *f, const struct binds *e, int64_t at,
                struct rows *out);

/* ---- formulas.c ---- */

/* Texts of subformulas, each made once: a tree says the same one many times. */
struct formula_texts {
    struct formula_text *items; /* a hash table by address */
    size_t n, mask;
    struct buf text;
};
void formula_texts_init(struct formula_texts *t);
void formula_texts_free(struct formula_texts *t);
/* Append f's text. */
void formula_text_add(struct formula_texts *t, struct buf *out, const struct scope *sc,
                      const struct formula *f);

/* ---- text.c ---- */

/* "consent(7,_)": a predicate with the values of its arguments, "_" where open. */
void atom_text(struct buf *out, const struct scope *sc, const struct proof *p);
/* Do tuples that are listed not count in the claim about this predicate ("no other …")? */
bool atom_others(const struct proof *p);

#endif
