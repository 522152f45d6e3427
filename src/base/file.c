/* See file.h. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status read_all(int fd, size_t max, struct buf *b)
{
    char block[65536];
    for (;;) {
        ssize_t n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return STATUS_INPUT;
        if (n == 0) return b->failed ? STATUS_FAULT : STATUS_OK;
        buf_add(b, (struct str){block, (size_t)n});
        if (b->n > max) {
            errno = EFBIG;
            return STATUS_INPUT;
        }
    }
}

enum status file_read(struct arena *a, struct str path, size_t max, struct diags *d,
                      struct str *out)
{
    struct str name = str_dup(a, path);
    if (!name.p) return STATUS_FAULT;
    bool input = str_eq(path, STR("-"));
    int fd = input ? STDIN_FILENO : open(name.p, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        diag_errno(d, "cannot-read", "read", path, errno);
        return STATUS_INPUT;
    }
    struct buf b;
    buf_init(&b);
    struct stat st;
    enum status s = STATUS_OK;
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        s = STATUS_INPUT;
    }
    if (s == STATUS_OK) s = read_all(fd, max, &b);
    if (s == STATUS_INPUT) diag_errno(d, "cannot-read", "read", path, errno);
    if (!input) close(fd);
    if (s == STATUS_OK) {
        *out = str_dup(a, buf_str(&b));
        if (!out->p) s = STATUS_FAULT;
    }
    if (s == STATUS_FAULT) diag_errno(d, "out-of-memory", "read", path, ENOMEM);
    buf_free(&b);
    return s;
}

static bool write_all(int fd, struct str bytes)
{
    size_t at = 0;
    while (at < bytes.n) {
        ssize_t n = write(fd, bytes.p + at, bytes.n - at);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        at += (size_t)n;
    }
    return true;
}

enum status file_write(struct arena *a, struct str path, struct str bytes, struct diags *d)
{
    struct str target = str_dup(a, path);
    static const char suffix[] = ".part-XXXXXX"; /* mkstemp fills in the six letters */
    char *name = arena_alloc(a, path.n + sizeof suffix);
    if (!target.p || !name) return STATUS_FAULT;
    memcpy(name, target.p, path.n);
    memcpy(name + path.n, suffix, sizeof suffix);
    struct stat st;
    bool special = stat(target.p, &st) == 0 && !S_ISREG(st.st_mode); /* /dev/stdout, a pipe */
    int fd = special ? open(target.p, O_WRONLY | O_CLOEXEC) : mkstemp(name);
    bool done = fd >= 0 && write_all(fd, bytes);
    int error = errno;
    if (done && !special && (fchmod(fd, 0644) != 0 || fsync(fd) != 0)) {
        done = false;
        error = errno;
    }
    if (fd >= 0 && close(fd) != 0 && done) {
        done = false;
        error = errno;
    }
    if (done && !special && rename(name, target.p) != 0) {
        done = false;
        error = errno;
    }
    if (done) return STATUS_OK;
    if (fd >= 0 && !special) unlink(name);
    diag_errno(d, "cannot-write", "write", path, error);
    return STATUS_FAULT;
}

struct str file_beside(struct arena *a, struct str path, struct str name)
{
    if (str_starts(name, STR("/"))) return name;
    size_t end = path.n;
    while (end > 0 && path.p[end - 1] != '/') end--;
    return str_fmt(a, "%.*s%.*s", STR_ARG(str_slice(path, 0, end)), STR_ARG(name));
}
