/* Files, blocks and lines.  See rows.h. */
#include "intake/rows.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK 65536

/* Read one more block behind what is there. */
static bool fill(struct lines *l)
{
    if (l->end) return false;
    if (l->keep > 0) {
        memmove(l->buf.p, l->buf.p + l->keep, l->buf.n - l->keep);
        l->buf.n -= l->keep;
        l->at -= l->keep;
        l->keep = 0;
    }
    char block[BLOCK];
    ssize_t n;
    do n = read(l->fd, block, sizeof(block));
    while (n < 0 && errno == EINTR);
    if (n < 0) l->error = errno;
    if (n <= 0) l->end = true;
    size_t before = l->buf.n;
    decoder_block(l->decoder, (struct str){block, n > 0 ? (size_t)n : 0}, l->end, &l->buf);
    return l->buf.n > before || !l->end;
}

bool lines_next(struct lines *l, size_t most, struct str *out)
{
    size_t seen = l->at;
    for (;;) {
        const char *p = l->buf.n > seen ? memchr(l->buf.p + seen, '\n', l->buf.n - seen) : NULL;
        size_t end = p ? (size_t)(p - l->buf.p) + 1 : l->buf.n;
        bool enough = p || (l->end && end > l->at) || end - l->at >= most;
        if (enough) {
            *out = (struct str){l->buf.p + l->at, end - l->at};
            l->at = end;
            l->line += p != NULL;
            return true;
        }
        size_t pending = l->buf.n - l->at;
        if (!fill(l) && l->end && l->buf.n == l->at) return false;
        seen = l->at + pending;
        if (l->buf.failed) return false;
    }
}

static enum status open_file(struct str path, struct arena *a, struct diags *d, int *fd)
{
    struct str name = str_dup(a, path);
    if (!name.p) return STATUS_FAULT;
    *fd = str_eq(path, STR("-")) ? STDIN_FILENO : open(name.p, O_RDONLY | O_CLOEXEC);
    struct stat st;
    int error = *fd < 0 ? errno : 0;
    if (!error && fstat(*fd, &st) == 0 && S_ISDIR(st.st_mode)) error = EISDIR;
    if (!error) return STATUS_OK;
    diag_errno(d, "cannot-read", "read", path, error);
    if (*fd > STDIN_FILENO) close(*fd);
    return STATUS_INPUT;
}

/* The mark of UTF-8 is passed over; where another encoding is declared, it is denied by the file. */
static enum status skip_mark(struct lines *l, const struct mapping *m, struct str path,
                             struct diags *d)
{
    fill(l);
    if (!str_starts(buf_str(&l->buf), STR("\xEF\xBB\xBF"))) return STATUS_OK;
    l->at = l->keep = 3;
    if (l->decoder->op != DECODE_TABLE) return STATUS_OK;
    struct diag *diag =
        diag_add(d, SEVERITY_ERROR, "encoding-mark", place_none(),
                 "\"%.*s\" begins with the mark of UTF-8, and is declared to be in %.*s",
                 STR_ARG(path), STR_ARG(m->encoding));
    diag_fix(d, diag, "in the mapping: in utf-8");
    return STATUS_INPUT;
}

enum status rows_read(const struct mapping *m, struct decoder *decoder, struct str path,
                      struct arena *a, struct diags *d, const struct row_sink *sink)
{
    struct lines l = {.decoder = decoder, .line = 1};
    enum status s = open_file(path, a, d, &l.fd);
    if (s != STATUS_OK) return s;
    buf_init(&l.buf);
    s = skip_mark(&l, m, path, d);
    if (s == STATUS_OK)
        s = m->format == FORMAT_CSV ? rows_csv(m, &l, path, a, d, sink) : rows_json(m, &l, sink);
    if (l.error && s == STATUS_OK) {
        diag_errno(d, "cannot-read", "read", path, l.error);
        s = STATUS_INPUT;
    }
    if (l.buf.failed) s = STATUS_FAULT;
    if (l.fd != STDIN_FILENO) close(l.fd);
    buf_free(&l.buf);
    return s;
}
