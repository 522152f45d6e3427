/* What the checks of a draft share: a finding is entered once, and gets its witnesses.  Private to
 * draft_*.c. */
#ifndef TRUCE_TALKS_DRAFT_FOUND_H
#define TRUCE_TALKS_DRAFT_FOUND_H

#include "talks/draft_check.h"

struct checker {
    struct arena *arena;
    struct draft_logic *d;
    const struct agreement *g;
    struct draft_findings *out;
    Z3_ast *lit; /* room for a question */
    uint32_t *core;
    bool failed;
};

const struct provision *found_provision(const struct checker *c, const struct draft_rule *r);
struct str found_name(const struct checker *c, uint32_t provision);

/* "a, b and c": the finding's provisions. */
struct str found_names(struct checker *c, const struct draft_finding *f);

bool found_already(const struct checker *c, enum draft_finding_kind kind, const uint32_t *v,
                   uint32_t n);

/* A new finding about the provisions, duties first; NULL when it is there already, or memory
 * failed. */
struct draft_finding *found_add(struct checker *c, enum draft_finding_kind kind,
                                const uint32_t *provisions, uint32_t n);

/* A timeline for the first n literals at c->lit, should there be one: that it breaks `broken`, and no
 * other of the finding's provisions, is in the question. */
void found_witness(struct checker *c, struct draft_finding *f, uint32_t n, uint32_t broken);

/* The same, and which of the finding's provisions it breaks is asked one by one. */
void found_witness_asked(struct checker *c, struct draft_finding *f, uint32_t n);

/* For each provision of a set that cannot be kept together: a timeline, in which `also` (may be NULL)
 * holds, that breaks only it. */
void found_witness_each(struct checker *c, struct draft_finding *f, Z3_ast also);

/* Nothing happens, or everything does; none of the finding's provisions is broken. */
void found_witness_fixed(struct checker *c, struct draft_finding *f, bool everything);

#endif
