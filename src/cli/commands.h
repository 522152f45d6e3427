/* The commands of `truce`: those of this executable, and those that a sibling holds.
 *
 * `truce` itself stays light, so that a monitor loads nothing it does not use; the others stand in
 * executables of their own beside it, which it starts in its place, as git does. */
#ifndef TRUCE_CLI_COMMANDS_H
#define TRUCE_CLI_COMMANDS_H

#include "base/diag.h"

/* Each takes its own arguments (argv[0] is the command's name), prints to standard output,
 * diagnostics to standard error, and returns an exit code of `enum status`. */
int monitor_command(int argc, char **argv);

/* How `truce monitor` is used, as `truce help monitor` prints it. */
extern const char monitor_usage[];

#endif
