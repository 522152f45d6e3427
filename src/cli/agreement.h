/* The commands of truce-agreement, one file each.  `truce COMMAND` starts it.
 *
 * Each takes its own arguments (argv[0] is the command's name), prints to stdout, diagnostics to
 * stderr, and returns an exit code of `enum status`. */
#ifndef TRUCE_CLI_AGREEMENT_H
#define TRUCE_CLI_AGREEMENT_H

int check_command(int argc, char **argv);
int diff_command(int argc, char **argv);
int explain_command(int argc, char **argv);
int fmt_command(int argc, char **argv);
int lint_command(int argc, char **argv);
int lsp_command(int argc, char **argv);
int new_command(int argc, char **argv);
int run_command(int argc, char **argv);
int why_command(int argc, char **argv);

#endif
