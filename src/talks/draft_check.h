/* The draft is checked: provisions that cannot all be kept, that can never be broken or met, whose
 * use is forbidden, that never fire or fire at once, that wait for each other, that nobody could
 * verify, and what nothing is said on.
 *
 * Bounded (draft_world.h): what is found holds among all timelines whose acts fall on the moments
 * listed, up to the horizon; no finding is no proof.  What cannot be reasoned about is listed, and
 * never passed over.  Each finding has witnesses: timelines that `truce run` can judge, with which
 * of its provisions they break. */
#ifndef TRUCE_TALKS_DRAFT_CHECK_H
#define TRUCE_TALKS_DRAFT_CHECK_H

#include "talks/draft_logic.h"

enum draft_finding_kind {
    DRAFT_CONTRADICTION,    /* cannot all be kept */
    DRAFT_NEVER_VIOLATED,   /* nothing that happens breaks it */
    DRAFT_NEVER_MET,        /* nothing that happens keeps it */
    DRAFT_PERMISSION,       /* permitted, and always forbidden by another that does not yield */
    DRAFT_NEVER_FIRES,      /* a consequence whose cause cannot come */
    DRAFT_FIRES_AT_ONCE,    /* a consequence whose cause cannot be kept away */
    DRAFT_WAITS_FOR_ITSELF, /* acts that wait for each other */
    DRAFT_DEADLINE_CYCLE,   /* each to be done ahead of the other */
    DRAFT_UNVERIFIABLE,     /* nobody covers what it speaks of */
    DRAFT_GAP               /* nothing is said on a matter of the check-list */
};

#define DRAFT_SET 8

struct draft_witness {
    struct draft_timeline timeline;
    uint32_t broken[DRAFT_SET]; /* provisions that it violates */
    uint32_t n_broken;
    uint32_t kept[DRAFT_SET]; /* provisions of the finding that it does not violate */
    uint32_t n_kept;
    bool declared_only; /* only what the draft's own coverage declares is covered */
};

struct draft_finding {
    enum draft_finding_kind kind;
    uint32_t provisions[DRAFT_SET]; /* the minimal set */
    uint32_t n;
    struct str what; /* a sentence */
    struct draft_witness witnesses[DRAFT_SET];
    uint32_t n_witnesses;
};

struct draft_findings {
    struct draft_finding *items;
    size_t n, cap;
    struct draft_world world;
    struct draft_logic logic; /* its rules say what was refused, and why */
    bool complete;            /* no question was given up, no search cut */
};

/* `ms`: how long all questions may take.  STATUS_OK, or STATUS_FAULT when memory or the solver
 * fails.  To be freed in every case, before the arena. */
enum status draft_check(struct arena *a, Z3_context z3, const struct agreement *g, uint64_t ms,
                        struct draft_findings *out);
void draft_findings_free(struct draft_findings *f);

const char *draft_finding_name(enum draft_finding_kind kind);

/* The next matter of the check-list that no word of the text speaks of; NULL at the end.  Begin
 * with *next = 0. */
const char *draft_gap(struct str text, size_t *next);

#endif
