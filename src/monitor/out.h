/* Output through one big buffer, with numbers formatted by hand.
 *
 * A writer asks for room (out_room), writes at the cursor and commits (out_took).  The first write
 * error stays in `error`; later output is dropped, and whoever ends the work looks at it once.  A
 * reader that has gone (EPIPE) is an error like others here; the command keeps quiet about it. */
#ifndef TRUCE_MONITOR_OUT_H
#define TRUCE_MONITOR_OUT_H

#include "base/str.h"

#define OUT_INT_MAX 20   /* bytes that format_int may need */
#define OUT_FLOAT_MAX 32 /* and format_float */

struct out {
    int fd; /* borrowed; -1: keep everything in the buffer (tests) */
    char *p;
    size_t n, cap;
    uint64_t written; /* bytes given to fd */
    int error;        /* errno of the first failure, ENOMEM included; 0 = none */
};

/* False when memory fails.  cap 0 = the default, a quarter of a megabyte. */
bool out_init(struct out *o, int fd, size_t cap);
void out_free(struct out *o);

/* Give everything to the file. */
void out_flush(struct out *o);

/* Where at least n bytes can be written; NULL when memory failed (then o->error is set). */
char *out_more(struct out *o, size_t n);
static inline char *out_room(struct out *o, size_t n)
{
    return o->cap - o->n >= n ? o->p + o->n : out_more(o, n);
}

/* What was written there ends before `end`. */
static inline void out_took(struct out *o, const char *end)
{
    o->n = (size_t)(end - o->p);
}

void out_add(struct out *o, struct str s);
void out_puts(struct out *o, const char *c_string);

/* Write a value at p and give what is behind it. */
char *format_int(char *p, int64_t v);
char *format_float(char *p, double f); /* as C's %g, which is how MonPoly prints floats */

#endif
