/* Time zones: wall clocks against instants, and steps of the calendar as monotone maps of time.
 *
 * A zone is read from ICU once, into a table of the instants at which its offset from UTC changes;
 * everything after that is pure arithmetic on the table: no ICU, no environment, no global TZ, safe
 * to share between threads.  The table reaches to the year 2500; rules that go on for ever repeat
 * every 400 years (146,097 days, a whole number of weeks), so later instants are looked up in the
 * last cycle.
 *
 * A wall clock may skip readings and may show readings twice.  One definition settles both: the
 * instant of a reading is the *first* instant at which the clock shows that reading or a later one.
 * So a skipped reading is the instant of the change, a doubled one its first occurrence, and the
 * map from readings to instants is monotone.
 *
 * Infinite instants stay infinite in every function. */
#ifndef TRUCE_CALENDAR_ZONE_H
#define TRUCE_CALENDAR_ZONE_H

#include "base/diag.h"
#include "base/instant.h"

struct zone_step {
    instant at;     /* from here on; the first is INSTANT_MIN */
    int32_t offset; /* seconds east of UTC; differs from the step before */
};

struct zone {
    struct str name; /* as it was asked for: "Europe/Kyiv" */
    struct zone_step *steps;
    size_t n; /* at least 1 */
};

/* The zone of an IANA name, in the arena.  An unknown name gives NULL and an error at `at` with the
 * nearest known name; failing memory gives NULL and an error "out-of-memory". */
const struct zone *zone_load(struct arena *a, struct str name, struct place at, struct diags *d);

/* UTC itself, for when nothing is declared; static. */
const struct zone *zone_utc(void);

/* Seconds east of UTC at an instant. */
int32_t zone_offset(const struct zone *z, instant at);

/* The wall clock at a finite instant (clamped to the years 1 to 9999). */
struct civil zone_civil(const struct zone *z, instant at);

/* The instant of a wall-clock reading: the first at which the clock shows it or a later one. */
instant zone_instant(const struct zone *z, struct civil c);

/* The same for a reading in seconds since 1970-01-01T00:00:00 on the wall clock. */
instant zone_instant_of(const struct zone *z, int64_t local_seconds);

/* Local days partition time: day D (days since 1970-01-01) begins at the instant of its reading
 * 00:00:00 and ends one second before day D+1 begins. */
instant zone_day_start(const struct zone *z, int64_t day);
instant zone_day_end(const struct zone *z, int64_t day); /* its last second */
int64_t zone_day(const struct zone *z, instant at);      /* the day that holds a finite instant */

/* Append `YYYY-MM-DDTHH:MM:SS±HH:MM` as the zone has it; "infinity", "-infinity". */
void zone_format(const struct zone *z, struct buf *out, instant at);

/* ---- working days ---- */

/* Which days are worked: all but the weekend and the holidays. */
struct workdays {
    uint8_t weekend;         /* bit n: weekday n (0 = Monday) is not worked; not all seven */
    const int64_t *holidays; /* days since 1970-01-01, ascending */
    size_t n;
};

#define WEEKEND_SATURDAY_SUNDAY 0x60

bool workday_is(const struct workdays *w, int64_t day);

/* The n-th working day after `day` (n >= 1); n = 0: `day` itself or the last working day before it.
 * INT64_MAX when there is none within 100 years. */
int64_t workday_add(const struct workdays *w, int64_t day, int64_t n);

/* ---- steps ---- */

/* A duration as the calendar takes it: months, then days, then working days at the same wall-clock
 * time, then seconds that elapse.  None is negative. */
struct zone_shift {
    const struct zone *zone;
    const struct workdays *work; /* needed when working_days > 0 */
    int32_t months, days, working_days;
    int64_t seconds;
};

/* The instant one shift later: the same wall-clock time so many dates later.  Where the target
 * month is too short, its last day.  Working days counted from a day that is not worked run from
 * the end of the working day before. */
instant zone_later(const struct zone_shift *s, instant at);

/* zone_later is not monotone where a clock goes back or a month is shorter (31 January 01:00 comes
 * after 30 January 23:00, yet one month later it falls before it).  This is the least monotone map
 * that is never earlier; it agrees with zone_later everywhere else.  `ctx` is a `const struct
 * zone_shift *`, so that it serves as a map of a bound in room logic. */
instant zone_later_upper(void *ctx, instant at);

#endif
