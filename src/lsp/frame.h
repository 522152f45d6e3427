/* Messages on a stream: a head of lines "Name: value", one of them Content-Length, an empty line, and
 * so many bytes (Language Server Protocol 3.17, "Base Protocol").
 *
 * A line of the head, and a message, are bounded.  What cannot be a message is reported and passed
 * over, and reading goes on behind it. */
#ifndef TRUCE_LSP_FRAME_H
#define TRUCE_LSP_FRAME_H

#include "base/str.h"

#include <stdio.h>

#define FRAME_LINE_MOST 1024U         /* bytes of a line of the head */
#define FRAME_LINES_MOST 64U          /* lines of a head */
#define FRAME_MOST ((size_t)16 << 20) /* bytes of a message */

enum frame {
    FRAME_MESSAGE, /* the bytes are in the buffer */
    FRAME_HEAD,    /* the head gives no length, or none that can be read */
    FRAME_LARGE,   /* the message was longer than FRAME_MOST and was passed over */
    FRAME_MEMORY,  /* memory ran out; the message was passed over */
    FRAME_CUT,     /* the stream ended within a message */
    FRAME_END      /* the stream ended between two messages */
};

/* Read the next message into `out`, which is emptied first. */
enum frame frame_read(FILE *in, struct buf *out);

/* Write one message and flush.  False when the stream refuses. */
bool frame_write(FILE *out, struct str message);

#endif
