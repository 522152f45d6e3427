/* truce talks seal FILE --output SEALED    truce talks unseal SEALED --output FILE
 *
 * The passphrase is asked for on the terminal, without echo, or read as the first line of a file that
 * --passphrase-file names (- for standard input).  Nothing but the output is written, and no output
 * is ever written over a file that is there. */
#include "cli/talks.h"
#include "talks/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static const char usage[] = "FILE --output FILE [--passphrase-file FILE]";

struct words {
    const char *file, *output, *passphrase;
};

static bool read_words(int argc, char **argv, struct words *w)
{
    *w = (struct words){NULL, NULL, NULL};
    for (int i = 1; i < argc; i++) {
        const char **to = NULL;
        if (strcmp(argv[i], "--output") == 0)
            to = &w->output;
        else if (strcmp(argv[i], "--passphrase-file") == 0)
            to = &w->passphrase;
        if (to && i + 1 < argc)
            *to = argv[++i];
        else if (!to && argv[i][0] != '-' && !w->file)
            w->file = argv[i];
        else {
            talks_usage(argv[0], usage, "what is", argv[i]);
            return false;
        }
    }
    if (w->file && w->output) return true;
    talks_usage(argv[0], usage, w->file ? "say where to write with --output" : "no file named",
                NULL);
    return false;
}

static size_t read_line(int fd, char *line, size_t room)
{
    size_t n = 0;
    char c;
    while (n < room && read(fd, &c, 1) == 1 && c != '\n') line[n++] = c;
    if (n && line[n - 1] == '\r') n--;
    return n;
}

/* Ask on the terminal itself, so that standard input and output may be files. */
static bool ask(const char *prompt, char *line, size_t room, size_t *n)
{
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
    struct termios was, quiet;
    if (fd < 0) return false;
    bool good = tcgetattr(fd, &was) == 0;
    if (good) {
        quiet = was;
        quiet.c_lflag &= ~(tcflag_t)ECHO;
        good = tcsetattr(fd, TCSAFLUSH, &quiet) == 0;
    }
    if (good) {
        if (write(fd, prompt, strlen(prompt)) < 0) good = false;
        *n = read_line(fd, line, room);
        tcsetattr(fd, TCSAFLUSH, &was);
        if (write(fd, "\n", 1) < 0) good = false;
    }
    close(fd);
    return good;
}

static enum status passphrase(const struct words *w, bool twice, char *line, size_t room, size_t *n,
                              struct diags *d)
{
    if (w->passphrase) {
        bool input = strcmp(w->passphrase, "-") == 0;
        int fd = input ? STDIN_FILENO : open(w->passphrase, O_RDONLY | O_CLOEXEC);
        if (fd < 0) {
            diag_errno(d, "cannot-read", "read", str_of(w->passphrase), errno);
            return STATUS_INPUT;
        }
        *n = read_line(fd, line, room);
        if (!input) close(fd);
    } else {
        char again[1024];
        size_t m = 0;
        if (!ask("Passphrase: ", line, room, n) ||
            (twice && !ask("The same again: ", again, sizeof again, &m))) {
            diag_fix(d,
                     diag_add(d, SEVERITY_ERROR, "no-terminal", place_none(),
                              "there is no terminal to ask for the passphrase on"),
                     "--passphrase-file FILE");
            return STATUS_INPUT;
        }
        bool same = !twice || (m == *n && sodium_memcmp(line, again, m) == 0);
        sodium_memzero(again, sizeof again);
        if (!same) {
            diag_add(d, SEVERITY_ERROR, "passphrases-differ", place_none(),
                     "the two passphrases differ; nothing was written");
            return STATUS_INPUT;
        }
    }
    if (*n) return STATUS_OK;
    diag_add(d, SEVERITY_ERROR, "empty-passphrase", place_none(), "the passphrase is empty");
    return STATUS_INPUT;
}

/* A new file that only its owner reads; never over one that is there. */
static enum status write_new(const char *path, struct str bytes, struct diags *d)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        diag_errno(d, "cannot-write", "write", str_of(path), errno);
        return errno == EEXIST ? STATUS_INPUT : STATUS_FAULT;
    }
    size_t at = 0;
    while (at < bytes.n) {
        ssize_t n = write(fd, bytes.p + at, bytes.n - at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        at += (size_t)n;
    }
    bool good = at == bytes.n && fsync(fd) == 0;
    int error = errno;
    if (close(fd) != 0) good = false;
    if (good) return STATUS_OK;
    unlink(path);
    diag_errno(d, "cannot-write", "write", str_of(path), error);
    return STATUS_FAULT;
}

static enum status unseal(struct str bytes, struct str phrase, struct buf *out, const char *file,
                          struct diags *d)
{
    static const struct {
        const char *code, *what;
    } answers[] = {
        [UNSEAL_NOT_SEALED] = {"not-sealed", "this is no file that `truce talks seal` made"},
        [UNSEAL_REFUSED] = {"wrong-passphrase",
                            "the passphrase is wrong, or the beginning of the file was altered"},
        [UNSEAL_ALTERED] = {"altered", "the passphrase is right, but the file was altered"},
        [UNSEAL_TRUNCATED] = {"truncated",
                              "the file is cut short, or something was added at its end"},
    };
    enum unseal_result result = unseal_bytes(bytes, phrase, out);
    if (result == UNSEAL_OK) return STATUS_OK;
    if (result == UNSEAL_FAULT) return STATUS_FAULT;
    diag_add(d, SEVERITY_ERROR, answers[result].code, place_none(), "%s: %s; nothing was written",
             file, answers[result].what);
    return result == UNSEAL_NOT_SEALED ? STATUS_INPUT : STATUS_NEGATIVE;
}

static int run(int argc, char **argv, bool sealing)
{
    struct words w;
    if (!read_words(argc, argv, &w)) return STATUS_INPUT;
    struct arena a;
    struct diags d;
    struct buf out;
    struct str bytes;
    char line[1024];
    size_t n = 0;
    arena_init(&a);
    diags_init(&d, &a);
    buf_init(&out);
    enum status status = file_read(&a, str_of(w.file), (size_t)TALKS_MAX_FILE * 2, &d, &bytes);
    if (status == STATUS_OK) status = passphrase(&w, sealing, line, sizeof line, &n, &d);
    struct str phrase = {line, n};
    if (status == STATUS_OK && sealing && !seal_bytes(bytes, phrase, &out)) status = STATUS_FAULT;
    if (status == STATUS_OK && !sealing) status = unseal(bytes, phrase, &out, w.file, &d);
    sodium_memzero(line, sizeof line);
    if (status == STATUS_OK) status = write_new(w.output, buf_str(&out), &d);
    if (status == STATUS_FAULT && d.errors == 0)
        diag_add(&d, SEVERITY_ERROR, "out-of-memory", place_none(),
                 "memory ran out, or the cipher failed");
    talks_complain(&d, false);
    if (!sealing && out.n) sodium_memzero(out.p, out.n);
    buf_free(&out);
    arena_free(&a);
    return (int)status;
}

int talks_seal_command(int argc, char **argv)
{
    return run(argc, argv, true);
}

int talks_unseal_command(int argc, char **argv)
{
    return run(argc, argv, false);
}
