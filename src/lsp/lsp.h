/* A language server for agreements and talks, over two streams (Language Server Protocol 3.17).
 *
 * One message at a time is read, answered and forgotten; between messages only the texts of the open
 * documents are kept.  Diagnostics, hover, definitions, completion, renaming and layout serve agreements
 * and files of talks. */
#ifndef TRUCE_LSP_LSP_H
#define TRUCE_LSP_LSP_H

#include <stdio.h>

/* Serve until `exit` or the end of the input.  STATUS_OK after shutdown and exit, STATUS_NEGATIVE
 * when the client left without shutdown, STATUS_FAULT when the output refuses or memory fails. */
int lsp_serve(FILE *in, FILE *out);

#endif
