/* Files of cases: a sentence in a line "> …", and below it, up to the next, what is to come of it. */
#ifndef TRUCE_TESTS_LANG_CASES_H
#define TRUCE_TESTS_LANG_CASES_H

#include "tests/test.h"

#include "lang/model.h"

/* An agreement with its findings; g is NULL when it was not understood. */
struct case_read {
    struct str text;
    const struct diags *diags;
    enum status st;
    const struct agreement *g;
};

/* For each case of FOLDER/NAME.txt read the sentence behind FOLDER/NAME-head.md and compare what
 * `show` makes of it with what stands there.  There must be at least `fewest` cases. */
void cases_run(const char *folder, const char *name, size_t fewest,
               void (*show)(const struct case_read *r, struct buf *found));

#endif
