/* A folder with an agreement, a mapping and a file of reports, and what intake makes of them. */
#ifndef TRUCE_TESTS_INTAKE_FIXTURE_H
#define TRUCE_TESTS_INTAKE_FIXTURE_H

#include "intake/intake.h"
#include "tests/test.h"

struct fixture {
    char folder[64];
    struct arena arena;
    struct diags diags;
    const struct agreement *agreement;
    struct intake intake;
    enum status status;
};

/* A folder of its own with an agreement of two parties (north, south), a body (mission), the zones
 * `regions` (two areas by name) and `belt` (25 km round a line), the event `fire` (by, weapon text,
 * deaths count) and the states `gun` (of, caliber mm) and `camp` (of). */
void fixture_open(struct fixture *f);
void fixture_close(struct fixture *f);

/* Write a file into the folder. */
void fixture_file(struct fixture *f, const char *name, const void *bytes, size_t n);

/* Read `bytes` as reports.csv through a mapping whose block holds `sentences` (those about the file
 * included).  What the fixture held before is given back. */
void fixture_run(struct fixture *f, const char *sentences, const void *bytes, size_t n);
void fixture_run_text(struct fixture *f, const char *sentences, const char *csv);

/* All diagnostics as text, for comparison; valid until the next call. */
const char *fixture_said(struct fixture *f);

/* The rows set aside as "line: reason" lines. */
const char *fixture_aside(struct fixture *f);

#define CSV_HEAD "reports from \"reports.csv\" are csv. dates are day first. each row is a fire. "

#endif
