/* truce talks check|fmt|explain TALKS.md: as `truce check`, `fmt` and `explain` do for this kind.
 */
#include "cli/talks.h"
#include "talks/talks.h"

#include <string.h>

typedef enum status (*reader)(struct arena *a, const struct source *source, struct diags *d,
                              struct buf *out);

static int run(int argc, char **argv, reader read, const char *usage)
{
    bool json = false, in_place = false;
    const char *path = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0)
            json = true;
        else if (strcmp(argv[i], "--in-place") == 0 && read == talks_fmt)
            in_place = true;
        else if (argv[i][0] == '-' && argv[i][1])
            return talks_usage(argv[0], usage, "unknown option", argv[i]);
        else if (path)
            return talks_usage(argv[0], usage, "one file at a time, not also", argv[i]);
        else
            path = argv[i];
    }
    if (!path) return talks_usage(argv[0], usage, "no file named", NULL);
    struct arena a;
    struct diags d;
    struct buf out;
    struct str text;
    arena_init(&a);
    diags_init(&d, &a);
    buf_init(&out);
    if (read == talks_explain && json) read = talks_explain_json;
    enum status status = file_read(&a, str_of(path), TALKS_MAX_FILE, &d, &text);
    if (status == STATUS_OK) {
        const struct source *source = source_new(&a, str_of(path), text);
        status = source ? read(&a, source, &d, &out) : STATUS_FAULT;
        if (status == STATUS_INPUT && read != talks_fmt) status = STATUS_NEGATIVE;
    }
    if (status == STATUS_OK)
        status = talks_output(&a, &out, str_of(in_place ? path : NULL), &d);
    else if (status == STATUS_FAULT && d.errors == 0)
        diag_add(&d, SEVERITY_ERROR, "out-of-memory", place_none(), "memory ran out");
    diags_sort(&d);
    talks_complain(&d, json);
    buf_free(&out);
    arena_free(&a);
    return (int)status;
}

int talks_check_command(int argc, char **argv)
{
    return run(argc, argv, talks_check, "TALKS.md [--json]");
}

int talks_fmt_command(int argc, char **argv)
{
    return run(argc, argv, talks_fmt, "TALKS.md [--in-place]");
}

int talks_explain_command(int argc, char **argv)
{
    return run(argc, argv, talks_explain, "TALKS.md [--json]");
}
