/* truce-agreement: the commands that read agreements.  `truce check …`, `truce run …` start it. */
#include "base/status.h"
#include "base/str.h"
#include "cli/agreement.h"
#include "cli/text.h"

#include <stdio.h>
#include <string.h>

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *what;
} commands[] = {
    {"check", check_command, "say what is wrong with an agreement, and how its sentences are read"},
    {"explain", explain_command, "each provision under its clause, in plain words, with its dates"},
    {"diff", diff_command, "what changed in meaning between two drafts"},
    {"fmt", fmt_command, "lay out the formal sentences"},
    {"lint", lint_command, "what a careful drafter would find"},
    {"lsp", lsp_command, "a language server for editors, on standard input and output"},
    {"new", new_command, "begin an agreement or talks from a model"},
    {"run", run_command, "judge an agreement by its reports"},
    {"why", why_command, "what a verdict rests on"},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static void help(FILE *to)
{
    fputs("usage: truce COMMAND …\n\n", to);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(to, "  %-8s %s\n", commands[i].name, commands[i].what);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        help(stderr);
        return STATUS_INPUT;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help")) {
        help(stdout);
        return STATUS_OK;
    }
    for (size_t i = 0; i < COMMANDS; i++)
        if (!strcmp(argv[1], commands[i].name)) return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "truce: there is no command \"%s\"\ntry: truce --help\n", argv[1]);
    return STATUS_INPUT;
}
