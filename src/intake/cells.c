/* See cells.h. */
#include "intake/cells.h"

#include "lang/lex.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

bool reason_set(struct reason *r, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(r->text, sizeof(r->text), format, args);
    va_end(args);
    return false;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* ---- numbers ---- */

/* mantissa × 10^exponent, right to the last bit where both fit a double (Clinger's fast path). */
static double scaled(int64_t mantissa, int exponent)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    double x = (double)mantissa;
    if (exponent >= 0 && exponent <= 22) return x * powers[exponent];
    if (exponent < 0 && exponent >= -22) return x / powers[-exponent];
    return x * pow(10, exponent);
}

static bool read_exponent(struct str s, size_t i, int *out)
{
    bool minus = i < s.n && s.p[i] == '-';
    if (i < s.n && (s.p[i] == '-' || s.p[i] == '+')) i++;
    if (i == s.n) return false;
    int e = 0;
    for (; i < s.n; i++) {
        if (!digit(s.p[i]) || e > 999) return false;
        e = e * 10 + (s.p[i] - '0');
    }
    *out += minus ? -e : e;
    return true;
}

bool cell_number(struct str s, bool comma, double *out)
{
    s = str_trim(s);
    size_t i = 0;
    bool minus = s.n && s.p[0] == '-', any = false, point = false;
    if (s.n && (s.p[0] == '-' || s.p[0] == '+')) i++;
    int64_t mantissa = 0;
    int exponent = 0;
    for (; i < s.n; i++) {
        char c = s.p[i];
        if (digit(c)) {
            any = true;
            if (mantissa < 100000000000000000) {
                mantissa = mantissa * 10 + (c - '0');
                exponent -= point;
            } else {
                exponent += !point;
            }
        } else if (c == (comma ? ',' : '.') && !point) {
            point = true;
        } else if ((c == ' ' || c == '\'') && any && !point && i + 1 < s.n && digit(s.p[i + 1])) {
            continue;
        } else {
            break;
        }
    }
    if (!any) return false;
    if (i < s.n && ((s.p[i] != 'e' && s.p[i] != 'E') || !read_exponent(s, i + 1, &exponent)))
        return false;
    *out = scaled(minus ? -mantissa : mantissa, exponent);
    return isfinite(*out);
}

/* Take a prefix, ignoring case and the blanks behind it. */
static bool take_prefix(struct str *s, const char *prefix)
{
    struct str p = str_of(prefix);
    if (s->n < p.n || !str_eq_nocase(str_slice(*s, 0, p.n), p)) return false;
    *s = str_trim(str_slice(*s, p.n, s->n));
    return true;
}

static bool take_any(struct str *s, const char *const *prefixes)
{
    for (; *prefixes; prefixes++) {
        if (take_prefix(s, *prefixes)) return true;
    }
    return false;
}

static bool to_units(double x, int64_t scale, int64_t *out)
{
    double v = x * (double)scale;
    if (!(fabs(v) < 9.0e18)) return false;
    *out = (int64_t)llround(v);
    return true;
}

/* `10-20`, `10–20`, `10 to 20`. */
static bool read_range(struct str s, bool comma, int64_t scale, struct value *out)
{
    static const char *const marks[] = {"-", "\xe2\x80\x93", " to "};
    for (size_t k = 0; k < 3; k++) {
        struct str mark = str_of(marks[k]);
        for (size_t i = 1; i + mark.n < s.n; i++) {
            if (!str_eq(str_slice(s, i, i + mark.n), mark)) continue;
            double a, b;
            if (cell_number(str_slice(s, 0, i), comma, &a) &&
                cell_number(str_slice(s, i + mark.n, s.n), comma, &b) && a <= b)
                return to_units(a, scale, &out->lo) && to_units(b, scale, &out->hi);
        }
    }
    return false;
}

bool cell_value(struct str s, bool comma, int64_t scale, struct value *out, struct reason *why)
{
    static const char *const least[] = {"at least", "\xe2\x89\xa5", ">=", "min.", NULL};
    static const char *const most[] = {"at most", "up to", "\xe2\x89\xa4", "<=", "max.", NULL};
    static const char *const about[] = {"about", "approx.", "approximately", "ca.", "~", NULL};
    struct str whole = s = str_trim(s);
    *out = VALUE_UNKNOWN;
    if (!s.n || str_eq_nocase(s, STR("unknown")) || str_eq(s, STR("?"))) return true;
    bool over = take_any(&s, least), under = !over && take_any(&s, most);
    bool more = !over && !under && take_prefix(&s, ">");
    bool less = !over && !under && !more && take_prefix(&s, "<");
    bool near = !over && !under && !more && !less && take_any(&s, about);
    if (s.n > 1 && s.p[s.n - 1] == '+') {
        over = true;
        s.n--;
    }
    double x;
    int64_t v;
    if (cell_number(s, comma, &x) && to_units(x, scale, &v)) {
        *out = (struct value){v, v};
        if (over || more) out->hi = INT64_MAX;
        if (under || less) out->lo = 0 < v ? 0 : INT64_MIN;
        if (more) out->lo = v + 1;
        if (less) out->hi = v - 1;
        if (near && v >= 0) *out = (struct value){v / 2, v > INT64_MAX / 2 ? INT64_MAX : v * 2};
        if (near && v < 0) *out = (struct value){v < INT64_MIN / 2 ? INT64_MIN : v * 2, v / 2};
        return true;
    }
    if (read_range(s, comma, scale, out)) return true;
    return reason_set(why, "\"%.*s\" is no number", (int)(whole.n > 60 ? 60 : whole.n), whole.p);
}

/* ---- dates ---- */

struct reader {
    struct str s;
    size_t i;
};

static bool more_left(const struct reader *r)
{
    return r->i < r->s.n;
}

static char at(const struct reader *r)
{
    return more_left(r) ? r->s.p[r->i] : 0;
}

static void blanks(struct reader *r)
{
    while (at(r) == ' ' || at(r) == ',') r->i++;
}

/* A number of at most four digits, and how many there were (0: none). */
static int read_int(struct reader *r, int *out)
{
    int n = 0, v = 0;
    while (digit(at(r)) && n < 5) {
        v = v * 10 + (at(r) - '0');
        r->i++;
        n++;
    }
    *out = v;
    return n;
}

static bool read_month_name(struct reader *r, int *out)
{
    size_t begin = r->i;
    while (more_left(r) && letter(at(r))) r->i++;
    struct str word = str_slice(r->s, begin, r->i);
    static const char *const short_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    *out = str_eq_nocase(word, STR("Sept")) ? 9 : month_word(word);
    for (int i = 0; i < 12 && !*out; i++) {
        if (str_eq_nocase(word, str_of(short_names[i]))) *out = i + 1;
    }
    if (*out && at(r) == '.') r->i++;
    return *out != 0;
}

/* Three parts of a date; a month in letters settles the order. */
static bool read_date(struct reader *r, enum date_order order, bool declared, struct civil *c,
                      struct reason *why)
{
    int v[3] = {0}, n[3] = {0}, name = -1;
    for (int k = 0; k < 3; k++) {
        if (letter(at(r)) && name < 0) {
            if (!read_month_name(r, &v[k])) return reason_set(why, "is no date");
            name = k;
        } else if (!(n[k] = read_int(r, &v[k])) || n[k] > 4) {
            return reason_set(why, "is no date");
        }
        if (k == 2) break;
        if (at(r) == '-' || at(r) == '/' || at(r) == '.') r->i++;
        blanks(r);
    }
    int y = 2, m = 0, d = 1; /* month first */
    if (n[0] == 4) {
        y = 0, m = 1, d = 2;
    } else if (name == 1 || (name < 0 && declared && order == DATES_DAY_FIRST)) {
        m = 1, d = 0;
    } else if (name < 0 && (!declared || order == DATES_YEAR_FIRST)) {
        return reason_set(why, "could be month first or day first: say \"dates are day first\"");
    }
    if (n[y] != 4) return reason_set(why, "has a year without its century");
    *c = (struct civil){.year = v[y], .month = v[m], .day = v[d]};
    if (!civil_valid(*c)) return reason_set(why, "is a date that does not exist");
    return true;
}

/* HH:MM[:SS[.fff]] [AM|PM]; 24:00 is left to the caller. */
static bool read_time(struct reader *r, struct civil *c)
{
    if (read_int(r, &c->hour) - 1 > 1 || at(r) != ':') return false;
    r->i++;
    if (read_int(r, &c->minute) != 2) return false;
    c->second = 0;
    if (at(r) == ':') {
        r->i++;
        if (read_int(r, &c->second) != 2) return false;
        if (at(r) == '.' || at(r) == ',') {
            r->i++;
            while (digit(at(r))) r->i++;
        }
    }
    size_t before = r->i;
    while (at(r) == ' ') r->i++;
    char a = (char)(at(r) & ~0x20);
    if ((a == 'A' || a == 'P') && r->i + 1 < r->s.n && (r->s.p[r->i + 1] & ~0x20) == 'M') {
        r->i += 2;
        if (c->hour < 1 || c->hour > 12) return false;
        c->hour = c->hour % 12 + (a == 'P' ? 12 : 0);
    } else {
        r->i = before;
    }
    bool end = c->hour == 24 && c->minute == 0 && c->second == 0;
    return end || (c->hour < 24 && c->minute < 60 && c->second < 60);
}

static bool read_offset(struct reader *r, struct iso_time *out)
{
    while (at(r) == ' ') r->i++;
    if (!more_left(r)) return true;
    char sign = at(r);
    r->i++;
    out->has_offset = true;
    if (sign == 'Z' || sign == 'z') return true;
    if (sign != '+' && sign != '-') return false;
    int h = 0, m = 0, n = read_int(r, &h);
    if (n == 4) {
        m = h % 100;
        h /= 100;
    } else if (n != 2) {
        return false;
    }
    if (at(r) == ':') {
        r->i++;
        if (n == 4 || read_int(r, &m) != 2) return false;
    }
    out->offset = (h * 3600 + m * 60) * (sign == '-' ? -1 : 1);
    return h <= 18 && m < 60;
}

static bool read_all(struct reader *r, enum date_order order, bool declared, struct iso_time *out,
                     struct reason *why)
{
    if (!read_date(r, order, declared, &out->civil, why)) return false;
    if (at(r) == 'T' || at(r) == 't') {
        r->i++;
    } else {
        blanks(r);
    }
    if (!more_left(r)) return true;
    out->has_time = true;
    if (!read_time(r, &out->civil)) return reason_set(why, "has a time of day that does not exist");
    if (!read_offset(r, out) || more_left(r)) return reason_set(why, "is no date and time");
    if (out->civil.hour == 24)
        out->civil = civil_from_seconds(civil_to_seconds(out->civil)); /* the next day */
    return true;
}

bool cell_date(struct str s, enum date_order order, bool order_declared, struct iso_time *out,
               struct reason *why)
{
    struct reader r = {str_trim(s), 0};
    struct reason inner = {""};
    *out = (struct iso_time){0};
    if (read_all(&r, order, order_declared, out, &inner)) return true;
    return reason_set(why, "\"%.*s\" %s", (int)(r.s.n > 60 ? 60 : r.s.n), r.s.n ? r.s.p : "",
                      inner.text);
}

bool cell_time_of_day(struct str s, struct civil *out, struct reason *why)
{
    struct reader r = {str_trim(s), 0};
    if (read_time(&r, out) && !more_left(&r)) return true;
    return reason_set(why, "\"%.*s\" is no time of day", (int)(r.s.n > 60 ? 60 : r.s.n),
                      r.s.n ? r.s.p : "");
}
