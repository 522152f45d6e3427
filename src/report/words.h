/* Numbers, shares, times and verdicts in words, the same in every rendering for people. */
#ifndef TRUCE_REPORT_WORDS_H
#define TRUCE_REPORT_WORDS_H

#include "report/view.h"

/* How a verdict is shown. */
struct verdict_look {
    const char *colour; /* SGR sequence for a terminal */
    const char *css;    /* class on the page */
};

/* The look of a verdict; the colour goes with the verdict, whoever the party. */
const struct verdict_look *words_look(enum verdict v);

/* "3,883"; "3,883 rows", "1 row". */
void words_number(struct buf *out, int64_t n);
void words_count(struct buf *out, int64_t n, const char *one, const char *many);

/* "87%"; a share that is not 0 or 1 is never rounded to "0%" or "100%". */
void words_share(struct buf *out, double share);

/* `2015-02-15T00:00:00+02:00`, local. */
void words_time(struct buf *out, const struct view_clock *clock, instant at);

/* The same as a JSON string, or null where it is infinite. */
void words_time_json(struct buf *out, const struct view_clock *clock, instant at);

/* A span in words: "on 2015-02-15" when it is just local days, "at <time>" for one second, else
 * "somewhere in <time> to <time>". */
void words_span(struct buf *out, const struct view_clock *clock, instant from, instant to);

/* Days since 1970-01-01 of the local date at an instant; finite instants only. */
int64_t words_local_day(const struct view_clock *clock, instant at);

/* `2015-02-15` of days since 1970-01-01. */
void words_day(struct buf *out, int64_t day);

/* How many of the row's days have each verdict. */
void words_count_days(const struct view_row *row, size_t counts[VERDICTS]);

/* "701 violated, 12 possibly violated, 1,853 unverified"; "all 2,566 unverified". */
void words_days(struct buf *out, const struct view_row *row);

/* The clauses of several bits, with "; " between. */
void words_reasons(struct buf *out, uint32_t reasons);

/* "violated, not attributed". */
void words_verdict(struct buf *out, const struct view_row *row);

/* "all readings agree", or which subjects they differ for, and how; nothing where none of the
 * provision's terms is read in several ways. */
void words_readings(struct buf *out, const struct view *v, const struct view_provision *p);

/* Stretches of days of one verdict. */
size_t words_day_runs(const struct view_row *row);

/* The level that a row shows: as words_level, but "none reported" where something is to be
 * implemented and nobody can tell how far it is; "" when nothing is to be. */
const char *words_row_level(const struct view_row *row);

#endif
