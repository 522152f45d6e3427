/* Instants and civil dates.
 *
 * An instant is a count of UTC seconds since 1970-01-01T00:00:00Z (no leap seconds, as in POSIX),
 * signed, 64 bits.  INSTANT_MIN and INSTANT_MAX are minus and plus infinity: real values, and
 * arithmetic saturates at them.  A civil date-time is a reading on a wall clock in no zone; room
 * `calendar` relates the two.  Gregorian calendar throughout, years 1 to 9999. */
#ifndef TRUCE_BASE_INSTANT_H
#define TRUCE_BASE_INSTANT_H

#include "base/str.h"

typedef int64_t instant;

#define INSTANT_MIN INT64_MIN
#define INSTANT_MAX INT64_MAX
#define SECONDS_PER_DAY 86400

/* at + seconds; infinities stay, overflow becomes the infinity on its side. */
instant instant_add(instant at, int64_t seconds);

struct civil {
    int year, month, day; /* 1–9999, 1–12, 1–31 */
    int hour, minute, second;
};

/* Is it a date and time that exists (no 31 February, no 24:00)? */
bool civil_valid(struct civil c);

/* Days since 1970-01-01 of a date, and back.  (Hinnant, "chrono-compatible low-level date
 * algorithms".) */
int64_t civil_to_days(int year, int month, int day);
struct civil civil_from_days(int64_t days); /* at 00:00:00 */

/* Seconds since 1970-01-01T00:00:00 on the same wall clock, and back. */
int64_t civil_to_seconds(struct civil c);
struct civil civil_from_seconds(int64_t seconds);

/* The same day of the month `months` later, or the month's last day where there is no such day. */
struct civil civil_add_months(struct civil c, int months);

int civil_days_in_month(int year, int month);
int civil_weekday(int64_t days); /* 0 = Monday … 6 = Sunday */

/* What an ISO 8601 text holds. */
struct iso_time {
    struct civil civil;
    bool has_time, has_offset;
    int32_t offset; /* seconds east of UTC, when has_offset */
};

/* Read `YYYY-MM-DD`, optionally `T` or a blank and `HH:MM[:SS]` (fractions of a second are cut),
 * optionally `Z` or `±HH[:]MM`.  `24:00` is taken as 00:00 of the next day.  False when the whole
 * of s is not such a text or the date does not exist. */
bool iso_parse(struct str s, struct iso_time *out);

/* `YYYY-MM-DDTHH:MM:SS±HH:MM` at the given offset (Z when 0); "-infinity", "infinity". */
void iso_format(struct buf *out, instant at, int32_t offset);

#endif
