/* See value.h. */
#include "logic/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *value_type_name(enum value_type type)
{
    static const char *const names[] = {"any", "int", "float", "string", "regexp"};
    return names[type];
}

uint64_t value_of_int(int64_t i)
{
    return (uint64_t)i;
}

int64_t value_int(uint64_t word)
{
    int64_t i;
    memcpy(&i, &word, sizeof i);
    return i;
}

bool value_of_float(double f, uint64_t *word)
{
    if (isnan(f)) return false;
    if (f == 0) f = 0; /* -0.0 compares equal to 0.0, so it must have the same word */
    memcpy(word, &f, sizeof *word);
    return true;
}

double value_float(uint64_t word)
{
    double f;
    memcpy(&f, &word, sizeof f);
    return f;
}

int value_cmp(const struct intern *strings, enum value_type type, uint64_t a, uint64_t b)
{
    if (a == b) return 0;
    if (type == VALUE_FLOAT) {
        double x = value_float(a), y = value_float(b);
        return (x > y) - (x < y);
    }
    if (type == VALUE_STRING || type == VALUE_PATTERN)
        return str_cmp(intern_str(strings, (uint32_t)a), intern_str(strings, (uint32_t)b));
    return value_int(a) < value_int(b) ? -1 : 1;
}

void value_format_digits(struct buf *out, double f, int digits)
{
    char text[40];
    (void)snprintf(text, sizeof text, "%.*g", digits, f);
    buf_puts(out, text);
    if (strpbrk(text, ".einf") == NULL) buf_putc(out, '.');
}

void value_format_float(struct buf *out, double f)
{
    char text[40];
    for (int digits = 1; digits <= 17; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, f);
        if (strtod(text, NULL) == f) break;
    }
    char *exponent = strchr(text, 'e');
    if (exponent) *exponent = 0;
    buf_puts(out, text);
    if (!strchr(text, '.') && isfinite(f)) buf_putc(out, '.');
    if (exponent) buf_fmt(out, "e%s", exponent + 1);
}

void value_format(struct buf *out, const struct intern *strings, enum value_type type,
                  uint64_t word)
{
    switch (type) {
    case VALUE_FLOAT: buf_fmt(out, "%g", value_float(word)); break;
    case VALUE_STRING:
    case VALUE_PATTERN:
        buf_putc(out, '"');
        buf_add(out, intern_str(strings, (uint32_t)word));
        buf_putc(out, '"');
        break;
    default: buf_int(out, value_int(word));
    }
}

bool value_parse_int(struct str s, int64_t *out)
{
    bool negative = s.n && s.p[0] == '-';
    size_t i = negative ? 1 : 0;
    if (i == s.n) return false;
    int64_t v = 0; /* built downwards, so that the smallest int fits */
    for (; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        if (__builtin_mul_overflow(v, (int64_t)10, &v) ||
            __builtin_sub_overflow(v, (int64_t)(s.p[i] - '0'), &v))
            return false;
    }
    if (!negative && __builtin_sub_overflow((int64_t)0, v, &v)) return false;
    *out = v;
    return true;
}

/* [-+] digits [. digits] [e [-+] digits], with a digit somewhere before the exponent */
static bool float_shape(struct str s)
{
    size_t i = s.n && (s.p[0] == '-' || s.p[0] == '+') ? 1 : 0, digits = 0;
    for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++) digits++;
    if (i < s.n && s.p[i] == '.')
        for (i++; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++) digits++;
    if (digits == 0) return false;
    if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i++;
        if (i < s.n && (s.p[i] == '-' || s.p[i] == '+')) i++;
        size_t from = i;
        while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9') i++;
        if (i == from) return false;
    }
    return i == s.n;
}

bool value_parse_float(struct str s, double *out)
{
    char text[400];
    if (s.n >= sizeof text || !float_shape(s)) return false;
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    *out = strtod(text, NULL);
    return true;
}
