/* See out.h. */
#include "monitor/out.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OUT_BYTES ((size_t)1 << 18)

bool out_init(struct out *o, int fd, size_t cap)
{
    *o = (struct out){.fd = fd, .cap = cap ? cap : OUT_BYTES};
    o->p = malloc(o->cap);
    if (!o->p) o->error = ENOMEM;
    return o->p != NULL;
}

void out_free(struct out *o)
{
    free(o->p);
    *o = (struct out){.fd = -1};
}

void out_flush(struct out *o)
{
    if (o->fd < 0) return;
    size_t at = 0;
    while (at < o->n && !o->error) {
        ssize_t n = write(o->fd, o->p + at, o->n - at);
        if (n < 0 && errno != EINTR) o->error = errno;
        if (n > 0) at += (size_t)n;
    }
    o->written += at;
    o->n = 0;
}

char *out_more(struct out *o, size_t n)
{
    out_flush(o);
    if (o->cap - o->n >= n) return o->p + o->n;
    size_t cap = o->cap ? o->cap * 2 : OUT_BYTES;
    while (cap - o->n < n && cap <= SIZE_MAX / 2) cap *= 2;
    char *p = cap - o->n >= n ? realloc(o->p, cap) : NULL;
    if (!p) {
        o->error = ENOMEM;
        return NULL;
    }
    o->p = p;
    o->cap = cap;
    return p + o->n;
}

void out_add(struct out *o, struct str s)
{
    char *p = out_room(o, s.n);
    if (!p || !s.n) return;
    memcpy(p, s.p, s.n);
    out_took(o, p + s.n);
}

void out_puts(struct out *o, const char *c_string)
{
    out_add(o, str_of(c_string));
}

/* How many decimal digits: from the number of bits, times log10 2, corrected by one comparison. */
static unsigned digits_of(uint64_t u)
{
    static const uint64_t tens[] = {1U,
                                    10U,
                                    100U,
                                    1000U,
                                    10000U,
                                    100000U,
                                    1000000U,
                                    10000000U,
                                    100000000U,
                                    1000000000U,
                                    10000000000U,
                                    100000000000U,
                                    1000000000000U,
                                    10000000000000U,
                                    100000000000000U,
                                    1000000000000000U,
                                    10000000000000000U,
                                    100000000000000000U,
                                    1000000000000000000U,
                                    10000000000000000000U};
    unsigned bits = 64 - (unsigned)__builtin_clzll(u | 1);
    unsigned guess = bits * 1233 >> 12;
    return guess + (u >= tens[guess]);
}

/* Two digits at a time from a table, from the end that the number of digits tells. */
char *format_int(char *p, int64_t v)
{
    static const char pairs[] =
        "00010203040506070809101112131415161718192021222324252627282930313233"
        "34353637383940414243444546474849505152535455565758596061626364656667"
        "6869707172737475767778798081828384858687888990919293949596979899";
    uint64_t u = (uint64_t)v;
    if (v < 0) {
        *p++ = '-';
        u = 0 - u;
    }
    unsigned n = u ? digits_of(u) : 1;
    char *end = p + n, *q = end;
    while (u >= 100) {
        q -= 2;
        memcpy(q, pairs + 2 * (u % 100), 2);
        u /= 100;
    }
    if (u >= 10)
        memcpy(q - 2, pairs + 2 * u, 2);
    else
        *(q - 1) = (char)('0' + u);
    return end;
}

char *format_float(char *p, double f)
{
    int n = snprintf(p, OUT_FLOAT_MAX, "%g", f);
    return n > 0 ? p + n : p;
}
