/* truce-talks: the commands that need the solver or the ciphers.  `truce talks …` starts it. */
#include "cli/talks.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *what;
} commands[] = {
    {"check", talks_check_command, "read a file of talks and prove its quotations"},
    {"fmt", talks_fmt_command, "lay out a file of talks"},
    {"explain", talks_explain_command, "each statement in plain English"},
    {"matrix", talks_matrix_command, "issues and speakers, as of a day, and how positions moved"},
    {"conflicts", talks_conflicts_command, "all minimal sets of positions that collide"},
    {"concessions", talks_concessions_command, "all minimal ways out, by whose words would change"},
    {"sequence", talks_sequence_command, "preconditions, deadlocks, what breaks them, an order"},
    {"packages", talks_packages_command, "outcomes that keep every refusal; Pareto front, max-min"},
    {"who-accepts", talks_who_accepts_command, "a draft, provision by provision"},
    {"check-draft", talks_check_draft_command, "contradictions and gaps of a draft agreement"},
    {"compare", talks_compare_command, "two drafts: which is stricter for whom"},
    {"what-if", talks_what_if_command, "what a changed position would change"},
    {"authority", talks_authority_command, "who claims to decide what, and where claims collide"},
    {"page", talks_page_command, "all of it on one page for a mediator"},
    {"seal", talks_seal_command, "encrypt a file with a passphrase"},
    {"unseal", talks_unseal_command, "open a sealed file"},
    {"quotes", talks_quotes_command, "find the quotations in press reports"},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static void help(FILE *to)
{
    fputs("usage: truce talks COMMAND FILE… [OPTIONS]\n\n", to);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(to, "  %-12s %s\n", commands[i].name, commands[i].what);
    fputs("\nFiles of talks stay where they are: no command writes a position anywhere it was not "
          "told to.\n",
          to);
}

enum status talks_output(struct arena *a, struct buf *out, struct str path, struct diags *d)
{
    if (out->failed) {
        diag_add(d, SEVERITY_ERROR, "out-of-memory", place_none(), "memory ran out");
        return STATUS_FAULT;
    }
    if (path.n) return file_write(a, path, buf_str(out), d);
    if (fwrite(out->p, 1, out->n, stdout) == out->n && fflush(stdout) == 0) return STATUS_OK;
    diag_add(d, SEVERITY_ERROR, "cannot-write", place_none(), "cannot write to standard output");
    return STATUS_FAULT;
}

void talks_indented(struct str lines, struct buf *out)
{
    while (lines.n) {
        size_t n = 0;
        while (n < lines.n && lines.p[n] != '\n') n++;
        buf_fmt(out, "      %.*s\n", (int)n, lines.p);
        lines = str_slice(lines, n + 1, lines.n);
    }
}

void talks_complain(const struct diags *d, bool json)
{
    struct buf out;
    buf_init(&out);
    if (json)
        diags_render_json(d, &out);
    else
        diags_render(d, &out, isatty(STDERR_FILENO));
    if (out.n) fwrite(out.p, 1, out.n, stderr);
    if (out.failed) fputs("truce talks: memory ran out\n", stderr);
    buf_free(&out);
}

int talks_usage(const char *command, const char *usage, const char *what, const char *word)
{
    fprintf(stderr, "truce talks %s: %s%s%s%s\nusage: truce talks %s %s\n", command, what,
            word ? " \"" : "", word ? word : "", word ? "\"" : "", command, usage);
    return STATUS_INPUT;
}

static const char *nearest(const char *name)
{
    const char *best = NULL;
    size_t least = 4;
    for (size_t i = 0; i < COMMANDS; i++)
        if (str_nearer(str_of(name), str_of(commands[i].name), &least)) best = commands[i].name;
    return best;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "talks") == 0) { /* as `truce` hands its words over */
        argc--;
        argv++;
    }
    if (argc < 2) {
        help(stderr);
        return STATUS_INPUT;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        help(stdout);
        return STATUS_OK;
    }
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(argv[1], commands[i].name) == 0) return commands[i].run(argc - 1, argv + 1);
    const char *near = nearest(argv[1]);
    fprintf(stderr, "truce talks: there is no command \"%s\"", argv[1]);
    if (near) fprintf(stderr, "; did you mean \"%s\"?", near);
    fputs("\ntry: truce talks --help\n", stderr);
    return STATUS_INPUT;
}
