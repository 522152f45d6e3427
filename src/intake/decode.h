/* Bytes of a file to UTF-8.
 *
 * UTF-8 is checked; an encoding of one byte a character goes through a table made once with ICU;
 * all others are converted block by block while the file is read.  A byte that the encoding does
 * not define is an error of the cell that holds it, not a question mark. */
#ifndef TRUCE_INTAKE_DECODE_H
#define TRUCE_INTAKE_DECODE_H

#include "base/str.h"

enum decode_op { DECODE_UTF8, DECODE_TABLE, DECODE_STREAM };

struct decoder {
    enum decode_op op;
    char bytes[256][4];   /* DECODE_TABLE: UTF-8 of each byte … */
    unsigned char n[256]; /* … and its length, 0: not defined */
    void *from, *to;      /* DECODE_STREAM: ICU converters */
    uint16_t pivot[1024]; /* DECODE_STREAM */
    uint16_t *pivot_source, *pivot_target;
};

/* False when ICU does not know the encoding. */
bool decoder_open(struct decoder *d, struct str name);
void decoder_close(struct decoder *d);

/* The name of an encoding near to a mistyped one; NULL when none is. */
const char *decoder_nearest(struct str name);

/* DECODE_STREAM: append the UTF-8 of the next bytes; `last` after the end of the file.  Wrong bytes
 * become U+FFFD.  The other kinds append the bytes as they are. */
void decoder_block(struct decoder *d, struct str bytes, bool last, struct buf *out);

/* Nothing above 0x7F stands in it: the same bytes in every encoding that is read here. */
bool decoder_ascii(struct str cell);

/* Append a cell as UTF-8.  False: a byte or character that the encoding does not have stands at
 * *at. */
bool decoder_add(const struct decoder *d, struct str cell, struct buf *out, size_t *at);

#endif
