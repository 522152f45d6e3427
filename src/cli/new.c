/* truce new: begin an agreement, or talks, from a model.
 *
 * A file that is there already is never written over.
 *
 * Exit: 0 written; 2 wrong use, or the file is there already; 3 memory, disk. */
#include "cli/options.h"
#include "cli/text.h"
#include "models.inc.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct model {
    const char *name, *file, *what;
    const char *text;
    size_t size;
} models_known[] = {
    {"ceasefire", "agreement.md", "silence, a withdrawal by a day, a notice", ceasefire,
     sizeof ceasefire},
    {"corridor", "agreement.md", "windows that are live once each side has confirmed", corridor,
     sizeof corridor},
    {"withdrawal", "agreement.md", "a withdrawal by steps, depots, lists of detainees", withdrawal,
     sizeof withdrawal},
    {"talks", "talks.md", "who said what, before there is an agreement", talks, sizeof talks},
};
enum { MODELS = sizeof models_known / sizeof *models_known };

static void usage(FILE *to)
{
    fputs("usage: truce new FOLDER [--model MODEL]\n\n", to);
    for (size_t i = 0; i < MODELS; i++)
        fprintf(to, "  %-10s %s\n", models_known[i].name, models_known[i].what);
}

static const struct model *find(struct str name)
{
    struct str names[MODELS];
    for (size_t i = 0; i < MODELS; i++) {
        names[i] = str_of(models_known[i].name);
        if (str_eq(names[i], name)) return &models_known[i];
    }
    struct str near = options_nearest(name, names, MODELS);
    fprintf(stderr, "truce new: there is no model \"%.*s\"", STR_ARG(name));
    if (near.n) fprintf(stderr, "; did you mean %.*s?", STR_ARG(near));
    fputc('\n', stderr);
    usage(stderr);
    return NULL;
}

static int failed(const char *verb, const char *path)
{
    bool theirs = errno == EEXIST || errno == ENOENT || errno == ENOTDIR || errno == EACCES;
    fprintf(stderr, "truce new: cannot %s %s: %s\n", verb, path, strerror(errno));
    return theirs ? STATUS_INPUT : STATUS_FAULT;
}

static int write_model(struct arena *a, struct str folder, const struct model *m)
{
    struct str dir = str_dup(a, folder);
    struct str path =
        str_fmt(a, "%.*s%s%s", STR_ARG(folder), str_ends(folder, STR("/")) ? "" : "/", m->file);
    if (!dir.p || !path.p) {
        fputs("truce new: memory ran out\n", stderr);
        return STATUS_FAULT;
    }
    if (mkdir(dir.p, 0777) != 0 && errno != EEXIST) return failed("make", dir.p);
    FILE *f = fopen(path.p, "wbx");
    if (!f) return failed("write", path.p);
    bool good = fwrite(m->text, 1, m->size, f) == m->size;
    good = fclose(f) == 0 && good;
    if (!good) {
        int code = failed("write", path.p);
        remove(path.p);
        return code;
    }
    printf("%s\ntry: truce check %s\n", path.p, path.p);
    return fflush(stdout) == 0 ? STATUS_OK : STATUS_FAULT;
}

int new_command(int argc, char **argv)
{
    struct str name = {NULL, 0}, folder = {NULL, 0};
    bool help = false;
    const struct option options[] = {{"--model", "MODEL", &name, NULL},
                                     {"--help", NULL, NULL, &help}};
    struct arena a;
    struct buf wrong;
    arena_init(&a);
    buf_init(&wrong);
    struct words words = {.items = arena_array(&a, (size_t)argc + 1, sizeof(struct str))};
    bool good = words.items && options_read(argc, argv, options, 2, &words, &wrong);
    if (good && !help && words.n != 1) {
        buf_puts(&wrong, words.n ? "one folder at a time" : "which folder?");
        good = false;
    }
    int code = STATUS_INPUT;
    if (good && help) {
        usage(stdout);
        code = STATUS_OK;
    } else if (good) {
        folder = words.items[0];
        const struct model *m = find(name.n ? name : str_of(models_known[0].name));
        if (m) code = write_model(&a, folder, m);
    } else {
        fprintf(stderr, "truce new: %.*s\n",
                STR_ARG(wrong.n ? buf_str(&wrong) : STR("memory ran out")));
        usage(stderr);
    }
    buf_free(&wrong);
    arena_free(&a);
    return code;
}
