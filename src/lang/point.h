/* Durations and points of time, as an agreement says them and as they were computed.  A part of the
 * model; see model.h. */
#ifndef TRUCE_LANG_POINT_H
#define TRUCE_LANG_POINT_H

#include "base/diag.h"
#include "base/instant.h"

/* A duration as it is written: months and days keep local time, seconds elapse.  Weeks are in days,
 * years in months.  All zero: none. */
struct duration {
    int32_t months, days, working_days;
    int64_t seconds;
    struct str text; /* as written: "2 days" */
};

/* A point of time is a closed range of seconds [first, last]: an instant has first == last, a bare
 * date is its whole day, and the edge between two days ("the end of day 14") is the empty range
 * first == last + 1.  So whatever the point:
 *     from P: first onwards        after P: last + 1 onwards
 *     by P: up to last             until P, before P: up to first - 1 */
enum point_op {
    POINT_FIXED, /* civil date or time in the agreement's zone, or with its own offset */
    POINT_DAY,   /* day n, counted from day 1 */
    POINT_DATE,  /* a named date */
    POINT_FORCE, /* entry into force */
    POINT_EXPIRY /* end of the term ("termination", "expiry") */
};
enum point_edge { EDGE_WHOLE, EDGE_START, EDGE_END };

struct point {
    enum point_op op;
    enum point_edge edge;  /* the whole of it, its start, its end */
    instant first, last;   /* computed, before `shift`; of the first alternative where disputed */
    int64_t day;           /* POINT_DAY */
    uint32_t date;         /* POINT_DATE */
    uint32_t term;         /* the disputed term it rests on, or LANG_NONE */
    struct duration shift; /* "14 days after …": added to the point */
    bool backwards;        /* "… before": taken off instead */
    struct place at;
};

#endif
