/* Reading digits and words eight bytes at a time.
 *
 * A log is mostly short numbers of differing length.  A loop over their digits mispredicts its end
 * nearly every time; here the length comes from the position of the first bit that marks a byte
 * which is no digit, and the value from three multiplications, without a branch.
 *
 * All functions may look at up to 8 bytes beyond what they use: the text must be followed by
 * SCAN_PADDING readable bytes, of which the first is 0. */
#ifndef TRUCE_MONITOR_SCAN_H
#define TRUCE_MONITOR_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SCAN_PADDING 16

/* The next 8 bytes, the first one in the lowest bits whatever the machine. */
static inline uint64_t scan_load(const char *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

/* How many of the 8 bytes, from the first on, are digits. */
static inline unsigned scan_digit_count(uint64_t w)
{
    uint64_t x = w ^ UINT64_C(0x3030303030303030);
    /* a byte of x is 0 … 9 for a digit; adding 0x76 carries into the top bit from 10 on */
    uint64_t other = (x | ((x & UINT64_C(0x7F7F7F7F7F7F7F7F)) + UINT64_C(0x7676767676767676))) &
                     UINT64_C(0x8080808080808080);
    return other ? (unsigned)__builtin_ctzll(other) / 8 : 8;
}

/* The number that the first n (1 to 8) bytes of w spell: pairs, then fours, then all eight. */
static inline uint64_t scan_digit_value(uint64_t w, unsigned n)
{
    uint64_t x = (w ^ UINT64_C(0x3030303030303030)) << (8 * (8 - n));
    x = (x * 10 + (x >> 8)) & UINT64_C(0x00FF00FF00FF00FF);
    x = (x * 100 + (x >> 16)) & UINT64_C(0x0000FFFF0000FFFF);
    return (x * 10000 + (x >> 32)) & UINT64_C(0xFFFFFFFF);
}

/* Read an optional minus and 1 to 18 digits; *end is behind the last digit.  False when there is no
 * digit or there are more: the caller then looks closer. */
static inline bool scan_int(const char *p, int64_t *value, const char **end)
{
    bool negative = *p == '-';
    p += negative;
    uint64_t w = scan_load(p), v = 0;
    unsigned n = scan_digit_count(w), total = n;
    if (n == 0) return false;
    v = scan_digit_value(w, n);
    p += n;
    while (n == 8) {
        static const uint64_t tens[] = {1,      10,      100,      1000,     10000,
                                        100000, 1000000, 10000000, 100000000};
        w = scan_load(p);
        n = scan_digit_count(w);
        total += n;
        if (total > 18) return false;
        if (n) v = v * tens[n] + scan_digit_value(w, n);
        p += n;
    }
    *value = negative ? -(int64_t)v : (int64_t)v;
    *end = p;
    return true;
}

#endif
