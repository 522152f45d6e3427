/* Wall clocks and instants, from the table of a zone.  See zone.h.
 *
 * local(t) = t + offset(t) climbs by one each second, jumps forward where the clock skips and back
 * where it doubles.  `highest` is its running maximum and `lowest` its running minimum from the
 * right; both are needed because what maps time must be monotone. */
#include "calendar/zone.h"

/* No change of clocks is larger, and none comes so soon after another. */
#define REACH (2LL * SECONDS_PER_DAY)
#define CYCLE (146097LL * SECONDS_PER_DAY)

static bool finite(instant at)
{
    return at != INSTANT_MIN && at != INSTANT_MAX;
}

const struct zone *zone_utc(void)
{
    static struct zone_step step = {INSTANT_MIN, 0};
    static const struct zone utc = {STR_INIT("UTC"), &step, 1};
    return &utc;
}

/* Where the last cycle of 400 years in the table begins and ends. */
static instant cycle_end(void)
{
    return civil_to_days(2499, 1, 1) * SECONDS_PER_DAY;
}

/* How many seconds to take off so that `at` lies in the table. */
static int64_t beyond(instant at)
{
    instant end = cycle_end();
    return at < end ? 0 : ((at - end) / CYCLE + 1) * CYCLE;
}

/* Index of the step in force at an instant within the table. */
static size_t step_at(const struct zone *z, instant at)
{
    size_t low = 0, high = z->n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (z->steps[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

int32_t zone_offset(const struct zone *z, instant at)
{
    if (z->n == 1) return z->steps[0].offset;
    if (!finite(at)) return z->steps[at == INSTANT_MIN ? 0 : z->n - 1].offset;
    return z->steps[step_at(z, at - beyond(at))].offset;
}

/* Instants are clamped to what civil dates can say, with room for any offset. */
static instant clamp(instant at)
{
    const instant low = civil_to_days(1, 1, 2) * SECONDS_PER_DAY;
    const instant high = civil_to_days(9999, 12, 30) * SECONDS_PER_DAY;
    return at < low ? low : at > high ? high : at;
}

struct civil zone_civil(const struct zone *z, instant at)
{
    instant t = clamp(at);
    return civil_from_seconds(t + zone_offset(z, t));
}

instant zone_instant_of(const struct zone *z, int64_t local)
{
    if (!finite(local)) return local;
    if (z->n == 1) return instant_add(local, -(int64_t)z->steps[0].offset);
    int64_t past = beyond(local);
    int64_t wanted = local - past;
    /* The first step whose readings reach the wanted one; steps before it are too early. */
    size_t i = step_at(z, instant_add(wanted, -REACH));
    for (; i + 1 < z->n; i++) {
        if (z->steps[i + 1].at - 1 + z->steps[i].offset >= wanted) break;
    }
    instant t = instant_add(wanted, -(int64_t)z->steps[i].offset);
    if (t < z->steps[i].at) t = z->steps[i].at; /* skipped: the change itself */
    return instant_add(t, past);
}

instant zone_instant(const struct zone *z, struct civil c)
{
    return zone_instant_of(z, civil_to_seconds(c));
}

/* The greatest reading shown up to `at`. */
static int64_t highest(const struct zone *z, instant at)
{
    if (z->n == 1) return at + z->steps[0].offset;
    int64_t past = beyond(at);
    instant t = at - past;
    size_t i = step_at(z, t);
    int64_t top = t + z->steps[i].offset;
    for (; i > 0 && z->steps[i].at > t - REACH; i--) {
        int64_t before = z->steps[i].at - 1 + z->steps[i - 1].offset;
        if (before > top) top = before;
    }
    return top + past;
}

static int64_t floor_day(int64_t seconds)
{
    int64_t day = seconds / SECONDS_PER_DAY;
    return day - (seconds % SECONDS_PER_DAY < 0);
}

instant zone_day_start(const struct zone *z, int64_t day)
{
    return zone_instant_of(z, day * SECONDS_PER_DAY);
}

instant zone_day_end(const struct zone *z, int64_t day)
{
    return zone_day_start(z, day + 1) - 1;
}

int64_t zone_day(const struct zone *z, instant at)
{
    return floor_day(highest(z, clamp(at)));
}

void zone_format(const struct zone *z, struct buf *out, instant at)
{
    iso_format(out, at, zone_offset(z, at));
}

/* ---- working days ---- */

bool workday_is(const struct workdays *w, int64_t day)
{
    if (w->weekend >> civil_weekday(day) & 1) return false;
    size_t low = 0, high = w->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->holidays[middle] == day) return false;
        if (w->holidays[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return true;
}

int64_t workday_add(const struct workdays *w, int64_t day, int64_t n)
{
    const int64_t reach = 36525 + n * 7;
    int64_t at = day;
    if (n == 0) {
        while (!workday_is(w, at)) {
            if (day - --at > reach) return INT64_MAX;
        }
        return at;
    }
    for (int64_t left = n; left > 0;) {
        if (++at - day > reach) return INT64_MAX;
        left -= workday_is(w, at);
    }
    return at;
}

/* ---- steps ---- */

/* The reading `months` on.  A day that the target month does not have becomes its last, of the hull
 * the end of that. */
static int64_t add_months(int64_t local, int32_t months, bool hull)
{
    struct civil c = civil_from_seconds(local);
    if ((int64_t)c.year * 12 + c.month + months > 9999 * 12 + 12) return INSTANT_MAX;
    struct civil t = civil_add_months(c, months);
    int short_by = c.day - civil_days_in_month(t.year, t.month);
    int64_t day = civil_to_days(t.year, t.month, t.day) * SECONDS_PER_DAY;
    int64_t second = local - floor_day(local) * SECONDS_PER_DAY;
    if (hull && short_by > 0) second = SECONDS_PER_DAY - 1;
    return day + second;
}

/* Monotone as it is: a day that is not worked counts as the end of the working day before. */
static int64_t add_working_days(int64_t local, const struct zone_shift *s)
{
    int64_t from = floor_day(local);
    int64_t second = local - from * SECONDS_PER_DAY;
    if (!workday_is(s->work, from)) second = SECONDS_PER_DAY - 1;
    int64_t day = workday_add(s->work, from, s->working_days);
    return day == INT64_MAX ? INSTANT_MAX : day * SECONDS_PER_DAY + second;
}

/* `hull`: the monotone one. */
static instant shift(const struct zone_shift *s, instant at, bool hull)
{
    if (!finite(at)) return at;
    if (s->months == 0 && s->days == 0 && s->working_days == 0) return instant_add(at, s->seconds);
    instant t = clamp(at);
    int64_t local = hull ? highest(s->zone, t) : t + zone_offset(s->zone, t);
    const int64_t last = civil_to_days(9999, 12, 31) * SECONDS_PER_DAY;
    if (s->months) local = add_months(local, s->months, hull);
    if (local < last) local += (int64_t)s->days * SECONDS_PER_DAY;
    if (local < last && s->working_days) local = add_working_days(local, s);
    if (local >= last) return INSTANT_MAX;
    return instant_add(zone_instant_of(s->zone, local), s->seconds);
}

instant zone_later(const struct zone_shift *s, instant at)
{
    return shift(s, at, false);
}

instant zone_later_upper(void *ctx, instant at)
{
    return shift(ctx, at, true);
}
