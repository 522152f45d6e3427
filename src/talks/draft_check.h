/* The draft is checked: provisions that cannot all be kept, that can never be broken or met, that
 * nobody could verify, and what nothing is said on.
 *
 * First edition, and bounded: only times that the text fixes are reasoned about (dates, days, entry
 * into force, within a period after one of these), over the agreement's own term; what hangs on events
 * or conditions is taken as open, so a finding is certain for the fixed times it names, and no finding
 * is no proof.  The kept time of a duty is sought by Z3 among the seconds of its window. */
#ifndef TRUCE_TALKS_DRAFT_CHECK_H
#define TRUCE_TALKS_DRAFT_CHECK_H

#include "lang/model.h"
#include "talks/marco.h"

enum draft_finding_kind {
    DRAFT_CONTRADICTION,    /* cannot all be kept */
    DRAFT_NEVER_VIOLATED,   /* no second at which it could be broken */
    DRAFT_NEVER_MET,        /* its time is over before it begins */
    DRAFT_PERMISSION,       /* permitted by one, forbidden by another that does not yield */
    DRAFT_NEVER_FIRES,      /* a consequence of what can never be violated */
    DRAFT_WAITS_FOR_ITSELF, /* duties that wait for each other's acts */
    DRAFT_UNVERIFIABLE,     /* nobody covers what it speaks of */
    DRAFT_GAP               /* nothing is said on a matter of the check-list */
};

struct draft_finding {
    enum draft_finding_kind kind;
    uint32_t provisions[8]; /* the minimal set */
    uint32_t n;
    struct str what;     /* a sentence */
    struct str timeline; /* a concrete one, line by line; may be empty */
};

struct draft_findings {
    struct draft_finding *items;
    size_t n, cap;
};

/* STATUS_OK, or STATUS_FAULT when memory or the solver fails. */
enum status draft_check(struct arena *a, Z3_context z3, const struct agreement *g,
                        struct draft_findings *out);

const char *draft_finding_name(enum draft_finding_kind kind);

#endif
