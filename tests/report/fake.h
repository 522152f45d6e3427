/* A view made by hand: a small agreement of two parties over ten local days at +02:00, with every
 * verdict somewhere, two readings of one line, and one name in Arabic script. */
#ifndef TRUCE_TESTS_REPORT_FAKE_H
#define TRUCE_TESTS_REPORT_FAKE_H

#include "report/report.h"

#define FAKE_DAYS 10
#define FAKE_FROM 1423951200 /* 2015-02-15T00:00:00+02:00 */
#define FAKE_DAY(n) (FAKE_FROM + (instant)(n)*SECONDS_PER_DAY)

/* Everything a test may want to change before rendering. */
struct fake {
    struct view view;
    struct view_row rows[9];
    struct view_provision provisions[3];
    struct view_incident incidents[2];
    struct view_aside aside[2];
};

/* Fill it; the fake points into itself and must not be moved. */
void fake_view(struct fake *f);

/* What a test of a renderer needs: the view, memory, and where it writes. */
struct fake_room {
    struct arena arena;
    struct fake fake;
    struct buf out;
};

void fake_open(struct fake_room *r);
void fake_close(struct fake_room *r);

/* Set up and take down a test whose state is one. */
int fake_enter(void **state);
int fake_leave(void **state);

/* Options for a test: no colour, a width, the folder "mission". */
struct report_options fake_options(size_t width);

#endif
