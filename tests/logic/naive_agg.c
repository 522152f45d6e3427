/* The judge's aggregates; see naive_parts.h. */
#include "tests/logic/naive_parts.h"

#include <math.h>
#include <stdlib.h>

static _Thread_local const struct scope *sort_scope;
static _Thread_local enum value_type sort_type;

static int by_value(const void *a, const void *b)
{
    return value_cmp(sort_scope->strings, sort_type, *(const uint64_t *)a, *(const uint64_t *)b);
}

static double as_float(enum value_type type, uint64_t word)
{
    return type == VALUE_FLOAT ? value_float(word) : (double)value_int(word);
}

/* False: undefined. */
static bool sum(enum value_type type, const uint64_t *v, size_t count, uint64_t *out)
{
    int64_t total = 0;
    double real = 0;
    for (size_t i = 0; i < count; i++) {
        if (type == VALUE_FLOAT) {
            real += value_float(v[i]);
        } else if (__builtin_add_overflow(total, value_int(v[i]), &total)) {
            return false;
        }
    }
    if (type == VALUE_FLOAT) return value_of_float(real, out);
    *out = value_of_int(total);
    return true;
}

static bool average(enum value_type type, const uint64_t *v, size_t count, uint64_t *out)
{
    double real = 0;
    for (size_t i = 0; i < count; i++) real += as_float(type, v[i]);
    return value_of_float(count ? real / (double)count : 0, out);
}

bool naive_aggregate(struct scope *sc, const struct formula *f, uint64_t *v, size_t count,
                     uint64_t *out)
{
    enum value_type type = sc->vars[f->over].type;
    sort_scope = sc;
    sort_type = type;
    if (count) qsort(v, count, sizeof *v, by_value);
    if (f->agg == AGG_CNT) {
        *out = value_of_int((int64_t)count);
        return true;
    }
    if (f->agg == AGG_SUM) return sum(type, v, count, out);
    if (f->agg == AGG_AVG) return average(type, v, count, out);
    if (f->agg == AGG_MED) {
        if (count == 0) return value_of_float(0, out);
        double low = as_float(type, v[(count - 1) / 2]), high = as_float(type, v[count / 2]);
        return value_of_float(count % 2 ? low : (low + high) / 2, out);
    }
    if (count) {
        *out = v[f->agg == AGG_MIN ? 0 : count - 1];
        return true;
    }
    if (type == VALUE_FLOAT) return value_of_float(f->agg == AGG_MIN ? INFINITY : -INFINITY, out);
    *out = type == VALUE_STRING ? intern_add(sc->strings, STR("")) : 0;
    return true;
}
