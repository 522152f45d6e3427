/* Quantities in an agreement: stocks and their baselines, schedules, sites, processes (rows 6 and 12,
 * and row 3 with sites).  A part of the model; see model.h. */
#ifndef TRUCE_LANG_QUANTITY_H
#define TRUCE_LANG_QUANTITY_H

#include "lang/model.h"

/* Where the number of a baseline comes from. */
enum measure_op {
    MEASURE_NONE,
    MEASURE_STATED,  /* numbers in the agreement, one for each party: struct stated_amount */
    MEASURE_COUNTED, /* each event or state of `kind` is one of it: a list */
    MEASURE_AMOUNT   /* the sum of `attribute` over the events or states of `kind`: an inventory */
};

struct measure {
    enum measure_op op;
    uint32_t kind, attribute; /* LANG_NONE where `op` has none */
    uint32_t of;              /* the kind's attribute that says whose it is, or LANG_NONE */
    struct place at;
};

/* What is withdrawn, handed over, released: a number of things of one party. */
struct stock {
    struct str name, label;
    struct measure declared, verified;
    uint32_t clause;
    struct place at;
};

/* `south declares 120 units`, `mission verifies 118 to 120 units of south`. */
struct stated_amount {
    uint32_t stock, of, by;
    bool verified;
    int64_t lo, hi;
    uint32_t clause;
    struct place at;
};

/* Row 6: one step of a schedule: a share of the baseline, or a number. */
struct schedule_step {
    int64_t num, den; /* the share: num of den parts; den 0: `count` is asked for */
    int64_t count;
    bool down;                /* a share that is no whole number: its fraction is left out */
    struct deadline deadline; /* DEADLINE_BY; or DEADLINE_WITHIN a period after `after` */
    struct point after;
    struct place at;
};

/* A place of storage with what one party keeps there, and the checks that say what is present.  A
 * check without access says nothing about what is there. */
struct site {
    struct str name, label;
    uint32_t zone, owner, stock;
    int64_t declared, verified; /* how many; negative: not stated */
    uint32_t check;             /* kind of event */
    uint32_t of, present,
        access; /* its attributes: whose, how many are there, yes or no; `access` may
                                    be LANG_NONE */
    uint32_t clause;
    struct place at;
};

/* Row 12: a movement that goes on step by step, out of a number of steps. */
struct process {
    struct str name, label;
    struct phrase step;
    int64_t total;
    struct place total_at;
    uint32_t clause;
    struct place at;
};

/* What a step of a schedule asks for when the baseline is n: the share rounded as it says (up where
 * it says nothing), or its number.  n INT64_MAX: INT64_MAX for a share. */
int64_t step_need(const struct schedule_step *s, int64_t n);

/* What the agreement states as the baseline of a party's stock; false: nothing. */
bool agreement_amount(const struct agreement *g, uint32_t stock, uint32_t of, bool verified,
                      int64_t *lo, int64_t *hi);

#endif
