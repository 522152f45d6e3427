/* The values of terms; see formula.h.  Every operation is checked: false means undefined. */
#include "logic/formula.h"

#include <math.h>
#include <string.h>

static bool int_op(enum term_op op, int64_t a, int64_t b, uint64_t *out)
{
    int64_t r = 0;
    bool overflow = false;
    switch (op) {
    case TERM_ADD: overflow = __builtin_add_overflow(a, b, &r); break;
    case TERM_SUB: overflow = __builtin_sub_overflow(a, b, &r); break;
    case TERM_MUL: overflow = __builtin_mul_overflow(a, b, &r); break;
    case TERM_DIV:
    case TERM_MOD:
        if (b == 0) return false;
        if (b == -1) { /* INT64_MIN / -1 overflows; MOD is 0 */
            overflow = op == TERM_DIV && __builtin_sub_overflow((int64_t)0, a, &r);
        } else {
            r = op == TERM_DIV ? a / b : a % b;
        }
        break;
    default: return false;
    }
    *out = value_of_int(r);
    return !overflow;
}

static bool float_op(enum term_op op, double a, double b, uint64_t *out)
{
    double r;
    switch (op) {
    case TERM_ADD: r = a + b; break;
    case TERM_SUB: r = a - b; break;
    case TERM_MUL: r = a * b; break;
    case TERM_DIV: r = a / b; break; /* an infinity when only b is 0 */
    default: return false;
    }
    return value_of_float(r, out);
}

static bool negate(enum value_type type, uint64_t a, uint64_t *out)
{
    return type == VALUE_FLOAT ? value_of_float(-value_float(a), out)
                               : int_op(TERM_SUB, 0, value_int(a), out);
}

static bool float_to_int(double f, uint64_t *out)
{
    if (!(f >= -9223372036854775808.0 && f < 9223372036854775808.0)) return false;
    *out = value_of_int((int64_t)f);
    return true;
}

/* Intern what is in the buffer and free it. */
static bool intern_buf(struct buf *b, struct intern *strings, uint64_t *out, bool *fault)
{
    uint32_t number = b->failed ? INTERN_NONE : intern_add(strings, buf_str(b));
    buf_free(b);
    if (number == INTERN_NONE) {
        if (fault) *fault = true;
        return false;
    }
    *out = number;
    return true;
}

static bool to_string(enum term_op op, uint64_t a, struct intern *strings, uint64_t *out,
                      bool *fault)
{
    struct buf b;
    buf_init(&b);
    if (op == TERM_F2S) {
        value_format_digits(&b, value_float(a), 12);
    } else {
        buf_int(&b, value_int(a));
    }
    return intern_buf(&b, strings, out, fault);
}

/* Time-stamps are seconds as floats in MonPoly; dates outside the years 1 to 9999 are undefined. */
static bool date_part(enum term_op op, double at, struct intern *strings, uint64_t *out,
                      bool *fault)
{
    double s = floor(at);
    if (!(s >= -62135596800.0 && s <= 253402300799.0)) return false;
    struct civil c = civil_from_seconds((int64_t)s);
    if (op == TERM_FORMAT_DATE) {
        struct buf b;
        buf_init(&b);
        buf_fmt(&b, "%04d-%02d-%02d", c.year, c.month, c.day);
        return intern_buf(&b, strings, out, fault);
    }
    *out = value_of_int(op == TERM_DAY_OF_MONTH ? c.day : op == TERM_MONTH ? c.month : c.year);
    return true;
}

static bool convert(const struct term *t, uint64_t a, struct intern *strings, uint64_t *out,
                    bool *fault)
{
    int64_t i;
    double f;
    switch (t->op) {
    case TERM_NEG: return negate(t->type, a, out);
    case TERM_F2I: return float_to_int(value_float(a), out);
    case TERM_I2F: return value_of_float((double)value_int(a), out);
    case TERM_I2S:
    case TERM_F2S: return to_string(t->op, a, strings, out, fault);
    case TERM_S2I:
        if (!value_parse_int(intern_str(strings, (uint32_t)a), &i)) return false;
        *out = value_of_int(i);
        return true;
    case TERM_S2F:
        return value_parse_float(intern_str(strings, (uint32_t)a), &f) && value_of_float(f, out);
    case TERM_R2S:
    case TERM_S2R: *out = a; return true;
    default: return date_part(t->op, value_float(a), strings, out, fault);
    }
}

bool term_eval(const struct term *t, const uint64_t *env, struct intern *strings, uint64_t *out,
               bool *fault)
{
    uint64_t a, b;
    if (t->op == TERM_VAR) {
        *out = env[t->var];
        return true;
    }
    if (t->op == TERM_CONST) {
        *out = t->value;
        return true;
    }
    if (!term_eval(t->a, env, strings, &a, fault)) return false;
    if (!t->b) return convert(t, a, strings, out, fault);
    if (!term_eval(t->b, env, strings, &b, fault)) return false;
    return t->type == VALUE_FLOAT ? float_op(t->op, value_float(a), value_float(b), out)
                                  : int_op(t->op, value_int(a), value_int(b), out);
}

static bool occurs(struct str needle, struct str in)
{
    if (needle.n == 0) return true;
    for (size_t i = 0; needle.n <= in.n && i <= in.n - needle.n; i++)
        if (memcmp(in.p + i, needle.p, needle.n) == 0) return true;
    return false;
}

bool compare_words(enum compare_op op, const struct intern *strings, enum value_type type,
                   uint64_t a, uint64_t b)
{
    switch (op) {
    case CMP_EQ: return a == b;
    case CMP_LT: return value_cmp(strings, type, a, b) < 0;
    case CMP_LE: return value_cmp(strings, type, a, b) <= 0;
    case CMP_GT: return value_cmp(strings, type, a, b) > 0;
    case CMP_GE: return value_cmp(strings, type, a, b) >= 0;
    case CMP_SUBSTRING:
        return occurs(intern_str(strings, (uint32_t)a), intern_str(strings, (uint32_t)b));
    default: return false;
    }
}
