/* An exact accumulator for doubles (as in Neal, "Fast exact summation using small and large
 * superaccumulators", 2015): a signed fixed-point number in chunks of 32 bits, each held in a
 * 64-bit word so that carries may wait.  Bit 0 of chunk 0 is 2^-1074. */
#include "engine/fold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHUNKS = 68,       /* 1074 + 1024 bits and room for carries */
    BIAS = 1074,       /* exponent of the lowest bit, negated */
    MAX_WAIT = 1 << 29 /* additions before carries must be settled */
};

struct exact_sum {
    int64_t chunk[CHUNKS];
    int32_t waiting;
    int64_t plus_infinity, minus_infinity;
};

struct exact_sum *exact_new(void)
{
    return calloc(1, sizeof(struct exact_sum));
}

void exact_free(struct exact_sum *s)
{
    free(s);
}

void exact_clear(struct exact_sum *s)
{
    *s = (struct exact_sum){0};
}

/* Bring all chunks but the last into [0, 2^32). */
static void settle(int64_t *c)
{
    for (int i = 0; i + 1 < CHUNKS; i++) {
        int64_t low = c[i] & 0xFFFFFFFF;
        c[i + 1] += (c[i] - low) / ((int64_t)1 << 32);
        c[i] = low;
    }
}

void exact_add(struct exact_sum *s, double v, bool take_away)
{
    if (isinf(v)) {
        *(v > 0 ? &s->plus_infinity : &s->minus_infinity) += take_away ? -1 : 1;
        return;
    }
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    uint64_t mantissa = bits & ((UINT64_C(1) << 52) - 1);
    int exponent = (int)(bits >> 52 & 0x7FF);
    if (exponent)
        mantissa |= UINT64_C(1) << 52;
    else
        exponent = 1;
    int shift = exponent - 1; /* of the mantissa's lowest bit, in units of 2^-1074 */
    uint128 wide = (uint128)mantissa << (shift % 32);
    bool minus = (bits >> 63 != 0) != take_away;
    for (int i = shift / 32; wide; i++, wide >>= 32) {
        int64_t part = (int64_t)(wide & 0xFFFFFFFF);
        s->chunk[i] += minus ? -part : part;
    }
    if (++s->waiting == MAX_WAIT) {
        settle(s->chunk);
        s->waiting = 0;
    }
}

/* The magnitude in c (settled, last chunk >= 0) rounded to nearest even. */
static double round_magnitude(const int64_t *c)
{
    int top = CHUNKS - 1;
    while (top > 0 && !c[top]) top--;
    if (!c[top]) return 0;
    /* Up to 96 bits from the top; what lies below only matters as "not zero". */
    uint128 head = 0;
    int low = top - 2 > 0 ? top - 2 : 0;
    for (int i = top; i >= low; i--) head = head << 32 | (uint64_t)c[i];
    bool sticky = false;
    for (int i = 0; i < low; i++) sticky |= c[i] != 0;
    int bits = 0;
    for (uint128 h = head; h; h >>= 1) bits++;
    int exponent = low * 32; /* of head's lowest bit, in units of 2^-1074 */
    int drop = bits - 53;
    if (drop <= 0) return ldexp((double)(uint64_t)head, exponent - BIAS);
    uint128 rest = head & (((uint128)1 << drop) - 1);
    uint128 half = (uint128)1 << (drop - 1);
    uint64_t m = (uint64_t)(head >> drop);
    if (rest > half || (rest == half && (sticky || (m & 1)))) m++;
    return ldexp((double)m, exponent + drop - BIAS);
}

bool exact_value(const struct exact_sum *s, double *out)
{
    if (s->plus_infinity || s->minus_infinity) {
        if (s->plus_infinity && s->minus_infinity) return false;
        *out = s->plus_infinity ? INFINITY : -INFINITY;
        return true;
    }
    int64_t c[CHUNKS];
    memcpy(c, s->chunk, sizeof c);
    settle(c);
    bool minus = c[CHUNKS - 1] < 0;
    if (minus) {
        for (int i = 0; i < CHUNKS; i++) c[i] = -c[i];
        settle(c);
    }
    double v = round_magnitude(c);
    *out = minus ? -v : v;
    return true;
}
