/* Strings: a pointer and a length, never owned, not ended by NUL; and buffers that grow.
 *
 * `struct str` borrows: it lives as long as what it points into (a source text, an arena).
 * `struct buf` owns malloc'd bytes; a failed growth sets `failed`, further additions do nothing,
 * and the one who asked for the text checks `failed` once at the end. */
#ifndef TRUCE_BASE_STR_H
#define TRUCE_BASE_STR_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>

struct str {
    const char *p;
    size_t n; /* bytes */
};

/* A literal as a str; usable in initialisers only through STR_INIT. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                          \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }
/* For printf: "%.*s", STR_ARG(s). */
#define STR_ARG(s) (int)(s).n, (s).n ? (s).p : ""

struct str str_of(const char *c_string);          /* NULL gives the empty str */
bool str_eq(struct str a, struct str b);          /* same bytes */
int str_cmp(struct str a, struct str b);          /* by bytes; <0, 0, >0 */
bool str_starts(struct str s, struct str prefix); /* s begins with prefix */
bool str_ends(struct str s, struct str suffix);
bool str_holds(struct str s, struct str part); /* part stands in s; an empty one does */
struct str str_slice(struct str s, size_t from, size_t to); /* clamped to s */
struct str str_trim(struct str s);                          /* without ASCII white space around */
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters alike; other bytes must match */

/* A copy in the arena, with a NUL behind it (not counted); {NULL, 0} on failure. */
struct str str_dup(struct arena *a, struct str s);

/* printf into the arena, NUL behind; {NULL, 0} on failure. */
struct str str_fmt(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str str_vfmt(struct arena *a, const char *format, va_list args);

/* Number of character edits (insert, delete, substitute, swap neighbours) between two short
 * names, by bytes; SIZE_MAX when memory fails or either is over 64 bytes.  For suggestions.
 * (Optimal string alignment distance.) */
size_t str_distance(struct str a, struct str b);

/* One step of a search for the name that is written most alike: is `candidate` nearer to `word` than
 * `*least` edits?  Then `*least` falls to its distance. */
bool str_nearer(struct str word, struct str candidate, size_t *least);

/* Decode one UTF-8 character at s.p; returns its length in bytes (1–4) and the code point, or 0
 * when the bytes are not well-formed UTF-8 (over-long, surrogates and > U+10FFFF included). */
size_t utf8_decode(struct str s, uint32_t *code);

/* Offset of the first byte that is not well-formed UTF-8, or s.n when all is well. */
size_t utf8_invalid_at(struct str s);

/* Columns that s takes on a terminal: combining marks take none, East Asian wide ones two. */
size_t utf8_width(struct str s);

struct buf {
    char *p;
    size_t n, cap;
    bool failed;
};

void buf_init(struct buf *b);
void buf_free(struct buf *b);
void buf_clear(struct buf *b); /* empty, keeps its memory and clears `failed` */
void buf_add(struct buf *b, struct str s);
void buf_puts(struct buf *b, const char *c_string);
void buf_putc(struct buf *b, char c);
void buf_pad(struct buf *b, char c, size_t n); /* n times c */
void buf_fmt(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vfmt(struct buf *b, const char *format, va_list args);
void buf_int(struct buf *b, int64_t v); /* decimal, without printf */
struct str buf_str(const struct buf *b);

#endif
