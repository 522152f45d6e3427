/* The judge's insides, shared by its files. */
#ifndef TRUCE_TESTS_LOGIC_NAIVE_PARTS_H
#define TRUCE_TESTS_LOGIC_NAIVE_PARTS_H

#include "logic/pattern.h"
#include "tests/logic/naive.h"

/* Values of the free variables of a formula, in ascending order of variables: rows of words. */
struct rows {
    uint64_t *words;
    size_t n, cap;
    bool not_ready; /* a variable that must have a value has none */
};

/* Values of variables so far. */
struct env {
    uint64_t *value;
    uint8_t *has;
};

struct entry {
    struct entry *next;
    const struct formula *f;
    bool neg;
    size_t at;
    uint64_t *key; /* for each free variable: has, value */
    struct rows *rows;
};

struct info {
    const struct formula *f;
    struct varset fv;
    struct info *next;
};

#define BUCKETS 4096

struct naive {
    struct scope *sc;
    const struct formula *root, *order;
    const struct naive_log *log;
    struct arena arena;
    struct entry **memo;
    struct info **infos;
    const struct formula **lets; /* by predicate: its definition node */
    struct pattern_cache patterns;
    uint64_t *columns; /* of the last naive_at */
    size_t settled;    /* positions below it are settled */
};

/* What variables had before; see naive_bind. */
struct saved {
    struct varset vars;
    uint8_t has[64];
};

/* A formula or its negation. */
struct literal {
    const struct formula *f;
    bool neg;
};

/* Zeroed memory of the judge; ends the program when there is none. */
void *naive_need(struct naive *n, size_t count, size_t size);

struct rows *naive_rows(struct naive *n);      /* none yet */
struct rows *naive_not_ready(struct naive *n); /* the answer that there is no answer */
/* Add the values that e has for vars; not ready when it lacks one. */
void naive_add(struct naive *n, struct rows *r, struct varset vars, const struct env *e);
/* Sort and drop what is there twice. */
void naive_sort(struct rows *r, uint32_t arity);

/* Give vars the values of row k, or none (naive_clear); naive_unbind takes it back. */
struct saved naive_bind(struct env *e, struct varset vars, const struct rows *r, size_t k);
struct saved naive_clear(struct env *e, struct varset vars);
void naive_unbind(struct env *e, const struct saved *s);
bool naive_all_bound(const struct env *e, struct varset vars);

struct varset naive_fv(struct naive *n, const struct formula *f); /* its free variables */
/* All values of the literal's variables that satisfy it at a position, given those of e. */
struct rows *naive_solve(struct naive *n, struct literal l, struct env *e, size_t at);
/* Add them to r, with the variables `out`. */
void naive_either(struct naive *n, struct literal l, struct varset out, struct rows *r,
                  struct env *e, size_t at);

/* f's part (negated) at some, or at every, position in the window of `at`. */
void naive_some(struct naive *n, const struct formula *f, bool neg, struct rows *r, struct env *e,
                size_t at);
void naive_every(struct naive *n, const struct formula *f, bool neg, struct rows *r, struct env *e,
                 size_t at);
/* SINCE and UNTIL; matching of a path backwards or forwards. */
void naive_since(struct naive *n, const struct formula *f, struct rows *r, struct env *e,
                 size_t at);
void naive_match(struct naive *n, const struct formula *f, struct rows *r, struct env *e,
                 size_t at);

/* Is the position `late` within the bound of the position `early`? */
bool naive_within(const struct naive *n, struct bound b, size_t early, size_t late);

/* The aggregate of `count` values (which are sorted in place); false when undefined. */
bool naive_aggregate(struct scope *sc, const struct formula *f, uint64_t *v, size_t count,
                     uint64_t *out);

/* Note the definitions of all LETs in f. */
void naive_find_lets(struct naive *n, const struct formula *f);
/* How many positions from the first on, the infinitely late one included, f is settled at: all that
 * it looks at must be settled, and a window must have closed. */
size_t naive_settled_at(const struct naive *n, const struct formula *f);

#endif
