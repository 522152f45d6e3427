/* What changed in meaning between two drafts of an agreement.
 *
 * Things are matched by name; what is left over on both sides, by meaning (key.h), so that a new name
 * alone is no change.  Then each pair is compared aspect by aspect.  A change is stricter for somebody
 * when whatever kept the new draft kept the old one as well, and looser the other way round, where that
 * follows from the one change by itself. */
#ifndef TRUCE_PLAIN_CHANGE_H
#define TRUCE_PLAIN_CHANGE_H

#include "lang/say.h"
#include "plain/key.h"

enum direction { DIRECTION_NONE, DIRECTION_STRICTER, DIRECTION_LOOSER };

struct change {
    const char *thing;        /* "provision", "zone", "agreement", … */
    struct str name;          /* in the new draft; in the old where it is gone */
    const char *aspect;       /* "deadline", "bearers", "new", "gone", … */
    struct str before, after; /* said; either may be empty: nothing was, nothing is */
    enum direction direction;
    struct str for_whom; /* said; empty without a direction */
    struct str sentence; /* all of it */
};

struct changes {
    struct change *v;
    size_t n, cap;
};

/* Everything in the arena and language of `v` (whose agreement is not looked at).  False when memory
 * failed. */
bool changes_find(struct voice *v, const struct agreement *before, const struct agreement *after,
                  struct changes *out);

/* A sentence a line; and one object a line. */
void changes_text(const struct changes *c, struct voice *v, size_t width, struct buf *out);
void changes_json(const struct changes *c, struct buf *out);

/* ---- of its files ---- */

/* Two drafts compared: what is known of both. */
struct comparison {
    struct voice old, now; /* the same arena and language, each with its draft */
    struct edition before, after;
    struct match match;
    struct changes *out;
};

/* One more change; `what` is what has changed, said. */
void change_add(struct comparison *c, const struct change *x, struct str what);
/* The changes of one pair of provisions. */
void change_provision(struct comparison *c, uint32_t before, uint32_t after);
/* What a thing is, in words. */
struct str words_thing(struct voice *v, enum thing t, uint32_t i);
struct str words_evidence(struct voice *v, uint32_t kind);
struct str words_coverage(struct voice *v);

#endif
