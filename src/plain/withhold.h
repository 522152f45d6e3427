/* What a reader may read of an agreement with confidential annexes.
 *
 * A reader gets a *text of its own*: the agreement without the annexes that it may not read.  That text is
 * checked, judged and explained by itself, so nothing that is left out can come out: it was never read.
 * This asks two things of every confidential annex, which are refused otherwise (withhold_check):
 *   - what stands outside names nothing that only the annex declares, and
 *   - the annex changes nothing of how what stands outside is judged: no exception, suspension,
 *     amendment, reading, evidence, actor or site of it.
 * So a verdict that all may read never rests on what only some may read. */
#ifndef TRUCE_PLAIN_WITHHOLD_H
#define TRUCE_PLAIN_WITHHOLD_H

#include "lang/model.h"

struct reader {
    bool all;        /* everything is read (--include-confidential) */
    struct str name; /* an actor's (--reader); empty: the public */
};

/* Check the text and, where it has annexes that the reader may not read, the text without them:
 * *source and *out are the reader's.  *open: the headings of confidential annexes that it may read.
 * As agreement_check; errors within a text that has such annexes are only counted. */
enum status withhold(struct arena *a, const struct source *full, const struct reader *r,
                     struct diags *d, const struct source **source, const struct agreement **out,
                     struct str **open, size_t *n_open);

/* The two refusals above.  STATUS_OK also with findings in d; STATUS_FAULT when memory fails. */
enum status withhold_check(struct arena *a, const struct agreement *g, struct diags *d);

#endif
