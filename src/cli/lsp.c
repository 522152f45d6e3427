/* truce lsp: a language server on standard input and output.
 *
 * Exit: 0 the client shut it down and left; 1 it left without that; 2 wrong use; 3 memory, output. */
#include "lsp/lsp.h"

#include "base/status.h"
#include "cli/agreement.h"

#include <stdbool.h>
#include <string.h>

static const char usage[] = "usage: truce lsp [--stdio]\n"
                            "A language server for editors, on standard input and output.\n";

int lsp_command(int argc, char **argv)
{
    bool help = argc == 2 && !strcmp(argv[1], "--help");
    bool plain = argc == 1 || (argc == 2 && !strcmp(argv[1], "--stdio"));
    if (plain) return lsp_serve(stdin, stdout);
    fputs(usage, help ? stdout : stderr);
    return help ? STATUS_OK : STATUS_INPUT;
}
