/* Compare a rendering with a file of tests/report/golden; TRUCE_GOLDEN=write makes the files anew
 * (read the difference before you keep it). */
#ifndef TRUCE_TESTS_REPORT_GOLDEN_H
#define TRUCE_TESTS_REPORT_GOLDEN_H

#include "base/str.h"

/* Fails the running test with the first line that differs. */
void golden_check(const char *name, struct str actual);

#endif
