/* How `run` and `why` speak: widths, colours, output, complaints.  See mission.h. */
#include "cli/mission.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NARROWEST 20
#define WIDEST 1000
#define UNKNOWN_WIDTH 100 /* columns where nothing says how many there are */

static size_t terminal_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    size_t n;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= NARROWEST)
        return size.ws_col;
    if (columns && options_number(str_of(columns), NARROWEST, WIDEST, &n)) return n;
    return UNKNOWN_WIDTH;
}

static bool wants_colour(int fd)
{
    const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool refused = no_colour && *no_colour;
    return isatty(fd) && !refused && !(terminal && !strcmp(terminal, "dumb"));
}

bool mission_look(struct report_options *look, struct str command, struct str width, bool no_colour)
{
    *look = (struct report_options){.width = terminal_width(),
                                    .colour = !no_colour && wants_colour(STDOUT_FILENO),
                                    .command = command};
    return !width.n || options_number(width, NARROWEST, WIDEST, &look->width);
}

enum status mission_print(struct mission *m, const struct buf *out)
{
    if (out->failed) {
        diag_add(&m->diags, SEVERITY_ERROR, "out-of-memory", place_none(), "memory ran out");
        return STATUS_FAULT;
    }
    size_t written = out->n ? fwrite(out->p, 1, out->n, stdout) : 0;
    if (written == out->n && fflush(stdout) == 0) return STATUS_OK;
    diag_errno(&m->diags, "cannot-write", "write", STR("standard output"), errno);
    return STATUS_FAULT;
}

void mission_complain(const struct mission *m)
{
    struct buf out;
    buf_init(&out);
    diags_render(&m->diags, &out, wants_colour(STDERR_FILENO));
    if (out.n) fwrite(out.p, 1, out.n, stderr);
    buf_free(&out);
}

enum status mission_usage(const char *command, const char *usage, const struct buf *wrong)
{
    fprintf(stderr, "truce %s: %.*s\nusage: truce %s %s\n", command, (int)wrong->n, wrong->p,
            command, usage);
    return STATUS_INPUT;
}

bool mission_wants_help(int argc, char **argv)
{
    return argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"));
}
