/* truce: finds the command, runs it or starts the executable that holds it. */
#include "cli/commands.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv); /* NULL: in `program` */
    const char *program;
    const char *arguments, *what;
} commands[] = {
    {"check", NULL, "truce-agreement", "AGREEMENT.md", "find gaps and contradictions"},
    {"explain", NULL, "truce-agreement", "AGREEMENT.md", "the articles beside their meaning"},
    {"diff", NULL, "truce-agreement", "OLD.md NEW.md", "what changed in meaning"},
    {"fmt", NULL, "truce-agreement", "AGREEMENT.md", "lay out the formal sentences"},
    {"lint", NULL, "truce-agreement", "[--all] [--json] AGREEMENT.md",
     "what a careful drafter would find"},
    {"lsp", NULL, "truce-agreement", "[--stdio]", "a language server for editors"},
    {"new", NULL, "truce-agreement", "FOLDER [--model MODEL]", "begin from a model"},
    {"run", NULL, "truce-agreement", "FOLDER|AGREEMENT.md [REPORTS…]",
     "verdicts for every provision, from reports; nothing is stored"},
    {"why", NULL, "truce-agreement", "FOLDER|AGREEMENT.md ID", "the evidence behind a verdict"},
    {"talks", NULL, "truce-talks", "COMMAND TALKS.md…",
     "what collides in talks, and what unlocks it"},
    {"compare", NULL, "truce-talks", "DRAFT-A DRAFT-B",
     "two drafts: which is stricter for whom, and by what"},
    {"monitor", monitor_command, NULL, "-sig S -formula F [-log L]",
     "check an event log against a temporal formula"},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static const struct command *find(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

/* The command that is written most alike, when one is near enough. */
static const char *nearest(const char *name)
{
    const char *best = NULL;
    size_t least = strlen(name) / 3 + 2;
    for (size_t i = 0; i < COMMANDS; i++)
        if (str_nearer(str_of(name), str_of(commands[i].name), &least)) best = commands[i].name;
    return best;
}

static int unknown(const char *name)
{
    fprintf(stderr, "truce: there is no command \"%s\"", name);
    const char *near = nearest(name);
    if (near) fprintf(stderr, "; did you mean \"truce %s\"?", near);
    fputs("\ntry: truce --help\n", stderr);
    return STATUS_INPUT;
}

static void help(FILE *to)
{
    fputs("truce: agreements as formal texts, and what the record says about them\n\n"
          "usage: truce COMMAND [ARGUMENTS]\n\n",
          to);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(to, "  %-8s %s\n", commands[i].name, commands[i].what);
    fputs("\n  truce help COMMAND   how a command is used\n"
          "  truce --version      which version this is\n\n"
          "Exit: 0 fine; 1 the answer is negative; 2 wrong use or unreadable input; 3 a fault of "
          "ours or of the machine.\n",
          to);
}

/* ---- siblings ---- */

/* Start folder/program with these arguments; returns only when it is not there or cannot start. */
static bool start(const char *folder, const char *program, char **argv, char *path, size_t size)
{
    int n = snprintf(path, size, "%s/%s", folder, program);
    if (n < 0 || (size_t)n >= size || access(path, F_OK) != 0) return false;
    argv[0] = path;
    execv(path, argv);
    return true;
}

/* Run `program` in our place: argv[1] is the command.  From beside this executable, or from where
 * it was installed to. */
static int start_sibling(const char *program, char **argv)
{
    char self[PATH_MAX], path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    const char *folder = ".";
    if (n > 0) {
        self[n] = 0;
        char *slash = strrchr(self, '/');
        if (slash) *slash = 0;
        folder = self;
    }
    const char *command = argv[1];
    bool found = start(folder, program, argv, path, sizeof path) ||
                 start(TRUCE_LIBEXEC, program, argv, path, sizeof path);
    if (found) {
        fprintf(stderr, "truce: cannot start %s: %s\n", path, strerror(errno));
        return STATUS_FAULT;
    }
    fprintf(stderr,
            "truce: \"%s\" is in the program %s, which is neither in %s nor in %s\n"
            "build it with ./dev build, or install all of truce\n",
            command, program, folder, TRUCE_LIBEXEC);
    return STATUS_FAULT;
}

/* ---- help for one command ---- */

static int help_for(const char *program, const char *name)
{
    const struct command *c = find(name);
    if (!c) return unknown(name);
    if (c->run == monitor_command) {
        fputs(monitor_usage, stdout);
        return STATUS_OK;
    }
    char *argv[] = {(char *)(uintptr_t)program, (char *)(uintptr_t)name, (char[]){"--help"}, NULL};
    printf("usage: truce %s %s\n%s\n", c->name, c->arguments, c->what);
    if (fflush(stdout) != 0) return STATUS_FAULT;
    return start_sibling(c->program, argv);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        help(stderr);
        return STATUS_INPUT;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 ||
        (strcmp(name, "help") == 0 && argc == 2)) {
        help(stdout);
        return fflush(stdout) == 0 ? STATUS_OK : STATUS_FAULT;
    }
    if (strcmp(name, "--version") == 0) {
        puts("truce " TRUCE_VERSION);
        return fflush(stdout) == 0 ? STATUS_OK : STATUS_FAULT;
    }
    if (strcmp(name, "help") == 0) return help_for(argv[0], argv[2]);
    const struct command *c = find(name);
    if (!c) return unknown(name);
    return c->run ? c->run(argc - 1, argv + 1) : start_sibling(c->program, argv);
}
