/* What the check of a draft finds, as text beside its provisions: for the page, which knows nothing of
 * the language of agreements. */
#ifndef TRUCE_TALKS_DRAFT_TEXTS_H
#define TRUCE_TALKS_DRAFT_TEXTS_H

#include "base/diag.h"

#include <z3.h>

struct draft_text {
    struct str provision; /* empty: about the draft as a whole */
    struct str text;      /* the finding's kind and its sentence */
};

/* Read the agreement at `path` and check it.  One text for each provision of each finding.
 * STATUS_INPUT when it cannot be read; what is wrong with it is in d. */
enum status draft_texts(struct arena *a, Z3_context z3, struct str path, struct diags *d,
                        struct draft_text **out, size_t *n);

#endif
