/* Who accepts a draft, clause by clause.
 *
 * A file of talks says what the provisions of a draft mean in its issues.  For each provision and each
 * side, the answer rests on that side's own statements; where it has none on it, directly or by way of
 * a dependency or an assumption, the answer is: not addressed. */
#ifndef TRUCE_TALKS_ACCEPTS_H
#define TRUCE_TALKS_ACCEPTS_H

#include "talks/conflicts.h"

enum answer {
    ANSWER_NOT_ADDRESSED,
    ANSWER_DISCUSS,     /* could discuss it */
    ANSWER_CONDITION,   /* sets a condition for it, and has not accepted it */
    ANSWER_SUPPORT,     /* supports it in principle */
    ANSWER_CONDITIONAL, /* accepts it under a condition */
    ANSWER_ACCEPTED,    /* accepts, demands or offers it */
    ANSWER_REFUSED
};

struct reply {
    uint32_t side;
    enum answer answer;
    const uint32_t *statements; /* of that side that it rests on, then what links them to it */
    uint32_t n;
    bool assumed; /* an assumption links them */
};

struct clause_replies {
    struct str provision;
    struct place at;                /* in the draft */
    struct str heading;             /* of the clause it stands under */
    const struct position *meaning; /* NULL: the talks do not say what it means */
    struct reply *replies;          /* by side */
};

struct replies {
    struct clause_replies *clauses;
    size_t n, cap;
};

/* Read the draft's provisions and find the replies.  `draft` is one declared in the talks.
 * STATUS_INPUT with errors in d when its file cannot be read. */
enum status replies_find(struct arena *a, Z3_context z3, const struct talks *t,
                         const struct draft *draft, int32_t as_of, struct diags *d,
                         struct replies *out);

void replies_text(const struct talks *t, const struct replies *r, struct buf *out);
void replies_json(const struct talks *t, const struct draft *draft, const struct replies *r,
                  struct buf *out);

const char *answer_word(enum answer answer);

#endif
