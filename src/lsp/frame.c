/* See frame.h.  A head that is no head is read up to its empty line, and what length it gave all the
 * same is passed over, so that what follows is looked at afresh. */
#include "lsp/frame.h"

#include <string.h>

enum line { LINE_FULL, LINE_LONG, LINE_END };

/* A line without its end; LINE_LONG when it was cut. */
static enum line read_line(FILE *in, char *line, size_t *n)
{
    bool full = true;
    int c;
    *n = 0;
    while ((c = getc(in)) != EOF && c != '\n') {
        if (*n < FRAME_LINE_MOST)
            line[(*n)++] = (char)c;
        else
            full = false;
    }
    if (*n && line[*n - 1] == '\r') (*n)--;
    if (c == EOF) return LINE_END;
    return full ? LINE_FULL : LINE_LONG;
}

/* Decimal, alone; lengths beyond what is allowed stay beyond it. */
static bool read_length(struct str s, size_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        if (*out > (SIZE_MAX - 9) / 10) return false;
        *out = *out * 10 + (size_t)(s.p[i] - '0');
    }
    return s.n > 0;
}

static bool field(struct str line, struct str *name, struct str *value)
{
    const char *colon = line.n ? memchr(line.p, ':', line.n) : NULL;
    if (!colon) return false;
    size_t at = (size_t)(colon - line.p);
    *name = str_trim(str_slice(line, 0, at));
    *value = str_trim(str_slice(line, at + 1, line.n));
    return true;
}

static enum frame read_head(FILE *in, size_t *length)
{
    char bytes[FRAME_LINE_MOST];
    bool good = true, has = false;
    *length = 0;
    for (size_t lines = 0;; lines++) {
        struct str line = {bytes, 0}, name, value;
        enum line got = read_line(in, bytes, &line.n);
        if (got == LINE_END) return lines || line.n ? FRAME_CUT : FRAME_END;
        if (got == LINE_FULL && !line.n) {
            if (lines) break;
            return FRAME_HEAD;
        }
        if (lines >= FRAME_LINES_MOST) return FRAME_HEAD;
        if (got == LINE_LONG || !field(line, &name, &value)) {
            good = false;
        } else if (str_eq_nocase(name, STR("Content-Length"))) {
            good = read_length(value, length) && good && !has;
            has = true; /* a second one is as bad as none that can be read */
        }
    }
    return good && has ? FRAME_MESSAGE : FRAME_HEAD;
}

enum frame frame_read(FILE *in, struct buf *out)
{
    size_t left;
    char piece[4096];
    buf_clear(out);
    enum frame head = read_head(in, &left);
    if (head != FRAME_MESSAGE && head != FRAME_HEAD) return head;
    bool large = left > FRAME_MOST;
    while (left) {
        size_t want = left < sizeof piece ? left : sizeof piece;
        size_t got = fread(piece, 1, want, in);
        if (!large) buf_add(out, (struct str){piece, got});
        if (got < want) return FRAME_CUT;
        left -= got;
    }
    if (head == FRAME_HEAD) return head;
    if (large) return FRAME_LARGE;
    return out->failed ? FRAME_MEMORY : FRAME_MESSAGE;
}

bool frame_write(FILE *out, struct str message)
{
    return fprintf(out, "Content-Length: %zu\r\n\r\n", message.n) > 0 &&
           fwrite(message.p, 1, message.n, out) == message.n && fflush(out) == 0;
}
