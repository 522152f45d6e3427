/* See instant.h. */
#include "base/instant.h"

instant instant_add(instant at, int64_t seconds)
{
    if (at == INSTANT_MIN || at == INSTANT_MAX) return at;
    instant sum;
    if (__builtin_add_overflow(at, seconds, &sum)) return seconds < 0 ? INSTANT_MIN : INSTANT_MAX;
    return sum;
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int civil_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool civil_valid(struct civil c)
{
    return c.year >= 1 && c.year <= 9999 && c.month >= 1 && c.month <= 12 && c.day >= 1 &&
           c.day <= civil_days_in_month(c.year, c.month) && c.hour >= 0 && c.hour <= 23 &&
           c.minute >= 0 && c.minute <= 59 && c.second >= 0 && c.second <= 59;
}

int64_t civil_to_days(int year, int month, int day)
{
    int64_t y = month <= 2 ? (int64_t)year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct civil civil_from_days(int64_t days)
{
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t of_era = z - era * 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153;
    struct civil c = {0};
    c.day = (int)(of_year - (153 * m + 2) / 5 + 1);
    c.month = (int)(m < 10 ? m + 3 : m - 9);
    c.year = (int)(y + era * 400 + (c.month <= 2));
    return c;
}

int64_t civil_to_seconds(struct civil c)
{
    return civil_to_days(c.year, c.month, c.day) * SECONDS_PER_DAY +
           ((int64_t)c.hour * 60 + c.minute) * 60 + c.second;
}

struct civil civil_from_seconds(int64_t seconds)
{
    int64_t days = seconds / SECONDS_PER_DAY, rest = seconds % SECONDS_PER_DAY;
    if (rest < 0) {
        days--;
        rest += SECONDS_PER_DAY;
    }
    struct civil c = civil_from_days(days);
    c.hour = (int)(rest / 3600);
    c.minute = (int)(rest / 60 % 60);
    c.second = (int)(rest % 60);
    return c;
}

struct civil civil_add_months(struct civil c, int months)
{
    int m = c.year * 12 + c.month - 1 + months;
    c.year = m / 12;
    c.month = m % 12 + 1;
    int last = civil_days_in_month(c.year, c.month);
    if (c.day > last) c.day = last;
    return c;
}

int civil_weekday(int64_t days)
{
    int64_t w = (days + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(w < 0 ? w + 7 : w);
}

/* Take exactly n digits. */
static bool digits(struct str *s, size_t n, int *out)
{
    if (s->n < n) return false;
    int v = 0;
    for (size_t i = 0; i < n; i++) {
        if (s->p[i] < '0' || s->p[i] > '9') return false;
        v = v * 10 + (s->p[i] - '0');
    }
    *out = v;
    *s = str_slice(*s, n, s->n);
    return true;
}

static bool take(struct str *s, char c)
{
    if (!s->n || s->p[0] != c) return false;
    *s = str_slice(*s, 1, s->n);
    return true;
}

static bool parse_clock(struct str *s, struct civil *c)
{
    if (!digits(s, 2, &c->hour) || !take(s, ':') || !digits(s, 2, &c->minute)) return false;
    if (take(s, ':') && !digits(s, 2, &c->second)) return false;
    if (take(s, '.') || take(s, ',')) {
        int ignored;
        if (!digits(s, 1, &ignored)) return false;
        while (digits(s, 1, &ignored)) {
        }
    }
    return true;
}

static bool parse_offset(struct str *s, int32_t *offset)
{
    if (take(s, 'Z')) {
        *offset = 0;
        return true;
    }
    int sign = take(s, '+') ? 1 : take(s, '-') ? -1 : 0;
    int h = 0, m = 0;
    if (!sign || !digits(s, 2, &h)) return false;
    if (s->n && (take(s, ':') || s->n) && !digits(s, 2, &m)) return false;
    *offset = sign * (h * 3600 + m * 60);
    return h <= 18 && m <= 59;
}

bool iso_parse(struct str s, struct iso_time *out)
{
    *out = (struct iso_time){0};
    struct civil *c = &out->civil;
    if (!digits(&s, 4, &c->year) || !take(&s, '-') || !digits(&s, 2, &c->month) || !take(&s, '-') ||
        !digits(&s, 2, &c->day))
        return false;
    if (!civil_valid(*c)) return false;
    if (s.n) {
        if (!take(&s, 'T') && !take(&s, ' ')) return false;
        out->has_time = true;
        if (!parse_clock(&s, c)) return false;
    }
    if (s.n) {
        out->has_offset = true;
        if (!parse_offset(&s, &out->offset) || s.n) return false;
    }
    if (c->hour == 24 && c->minute == 0 && c->second == 0) {
        int64_t next = civil_to_days(c->year, c->month, c->day) + 1;
        *c = civil_from_days(next);
    }
    return civil_valid(*c);
}

void iso_format(struct buf *out, instant at, int32_t offset)
{
    if (at == INSTANT_MIN || at == INSTANT_MAX) {
        buf_puts(out, at == INSTANT_MIN ? "-infinity" : "infinity");
        return;
    }
    struct civil c = civil_from_seconds(instant_add(at, offset));
    buf_fmt(out, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute,
            c.second);
    if (!offset) {
        buf_putc(out, 'Z');
        return;
    }
    int32_t size = offset < 0 ? -offset : offset;
    buf_fmt(out, "%c%02d:%02d", offset < 0 ? '-' : '+', (int)(size / 3600), (int)(size / 60 % 60));
}
