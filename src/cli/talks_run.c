/* See talks_run.h. */
#include "cli/talks_run.h"

#include <string.h>
#include <unistd.h>

static bool number(const char *s, unsigned *out)
{
    *out = 0;
    for (; *s >= '0' && *s <= '9'; s++) {
        if (*out > 100000000) return false;
        *out = *out * 10 + (unsigned)(*s - '0');
    }
    return *s == '\0' && *out > 0;
}

static bool day(const char *s, int32_t *out)
{
    struct iso_time t;
    if (!iso_parse(str_of(s), &t)) return false;
    *out = (int32_t)civil_to_days(t.civil.year, t.civil.month, t.civil.day);
    return true;
}

/* One option with a value; false with a message when it is no good. */
static bool option(struct run *r, const char *name, const char *value, const char *usage)
{
    unsigned n = 0;
    if (strcmp(name, "--as-of") == 0) {
        if (day(value, &r->as_of)) return true;
        talks_usage(r->command, usage, "not a date (YYYY-MM-DD):", value);
    } else if (strcmp(name, "--html") == 0) {
        r->html = str_of(value);
        return true;
    } else if (strcmp(name, "--seconds") == 0 || strcmp(name, "--most") == 0) {
        if (!number(value, &n)) {
            talks_usage(r->command, usage, "not a whole number above 0:", value);
            return false;
        }
        r->seconds_given |= name[2] == 's';
        if (name[2] == 's')
            r->seconds = n;
        else
            r->most = n;
        return true;
    } else if (strcmp(name, "--with") == 0 && r->n_with < 16) {
        r->with[r->n_with++] = value;
        return true;
    } else if (strcmp(name, "--without") == 0 && r->n_without < 16) {
        r->without[r->n_without++] = value;
        return true;
    } else {
        talks_usage(r->command, usage, "unknown option", name);
    }
    return false;
}

static bool options(struct run *r, int argc, char **argv, const char *usage)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            r->json = true;
        } else if (argv[i][0] == '-' && argv[i][1]) {
            const char *value = i + 1 < argc ? argv[i + 1] : NULL;
            if (!value) {
                talks_usage(r->command, usage,
                            "unknown option, or one without its value:", argv[i]);
                return false;
            }
            if (!option(r, argv[i], value, usage)) return false;
            i++;
        } else if (!r->file) {
            r->file = argv[i];
        } else if (r->n_more < 16) {
            r->more[r->n_more++] = argv[i];
        }
    }
    if (!r->file) talks_usage(r->command, usage, "no file named", NULL);
    return r->file != NULL;
}

enum status run_begin(struct run *r, int argc, char **argv, const char *usage)
{
    *r = (struct run){.command = argv[0], .as_of = DAY_UNKNOWN, .seconds = 10, .most = 10000};
    arena_init(&r->arena);
    diags_init(&r->diags, &r->arena);
    buf_init(&r->out);
    r->terminal = isatty(STDERR_FILENO) != 0;
    if (!options(r, argc, argv, usage)) return STATUS_INPUT;
    struct str text;
    enum status status = file_read(&r->arena, str_of(r->file), TALKS_MAX_FILE, &r->diags, &text);
    if (status != STATUS_OK) return status;
    r->source = source_new(&r->arena, str_of(r->file), text);
    if (!r->source) return STATUS_FAULT;
    status = talks_read(&r->arena, r->source, &r->diags, &r->talks);
    if (status != STATUS_OK) return status;
    if (r->as_of == DAY_UNKNOWN) r->as_of = r->talks.as_of;
    r->z3 = z3_new();
    return r->z3 ? STATUS_OK : STATUS_FAULT;
}

void run_flush(struct run *r)
{
    if (r->out.n) fwrite(r->out.p, 1, r->out.n, stdout);
    fflush(stdout);
    buf_clear(&r->out);
}

int run_end(struct run *r, enum status status)
{
    if (r->out.n) {
        enum status written = talks_output(&r->arena, &r->out, (struct str){NULL, 0}, &r->diags);
        if (written > status) status = written;
    }
    if (status == STATUS_FAULT && r->diags.errors == 0)
        diag_add(&r->diags, SEVERITY_ERROR, "out-of-memory", place_none(),
                 "memory ran out, or the solver failed");
    diags_sort(&r->diags);
    talks_complain(&r->diags, r->json);
    buf_free(&r->out);
    if (r->z3) Z3_del_context(r->z3);
    arena_free(&r->arena);
    return (int)status;
}

static void progress(void *context, size_t found)
{
    const struct run *r = context;
    if (r->terminal && found % 256 == 0) fprintf(stderr, "\r%zu results so far …", found);
}

struct conflict_query run_query(struct run *r)
{
    struct conflict_query q = {.as_of = r->as_of};
    q.limits.until_ms = clock_ms() + (uint64_t)r->seconds * 1000;
    q.limits.most = r->most;
    q.limits.progress = progress;
    q.limits.progress_context = r;
    return q;
}
