/* The commands of `truce talks`, one file each.  Private to the executable truce-talks.
 *
 * Each takes its own arguments (argv[0] is the command's name), prints to stdout, diagnostics to
 * stderr, and returns an exit code of `enum status`. */
#ifndef TRUCE_CLI_TALKS_H
#define TRUCE_CLI_TALKS_H

#include "base/diag.h"
#include "base/file.h"

#define TALKS_MAX_FILE (64U << 20) /* bytes of a file of talks or an article */

int talks_authority_command(int argc, char **argv);
int talks_concessions_command(int argc, char **argv);
int talks_conflicts_command(int argc, char **argv);
int talks_matrix_command(int argc, char **argv);
int talks_compare_command(int argc, char **argv);
int talks_check_draft_command(int argc, char **argv);
int talks_page_command(int argc, char **argv);
int talks_seal_command(int argc, char **argv);
int talks_unseal_command(int argc, char **argv);
int talks_packages_command(int argc, char **argv);
int talks_what_if_command(int argc, char **argv);
int talks_who_accepts_command(int argc, char **argv);
int talks_sequence_command(int argc, char **argv);
int talks_check_command(int argc, char **argv);
int talks_explain_command(int argc, char **argv);
int talks_fmt_command(int argc, char **argv);
int talks_quotes_command(int argc, char **argv);

/* Print what a command made: to the file `path`, or to stdout when path is empty.  Frees nothing.
 */
enum status talks_output(struct arena *a, struct buf *out, struct str path, struct diags *d);

/* Append each line of `lines`, six columns in. */
void talks_indented(struct str lines, struct buf *out);

/* Diagnostics to stderr, in colour on a terminal, as JSON lines when `json`. */
void talks_complain(const struct diags *d, bool json);

/* "truce talks X: …" to stderr, with how the command is used; returns STATUS_INPUT. */
int talks_usage(const char *command, const char *usage, const char *what, const char *word);

#endif
