/* Any bytes as the messages of an editor: all are answered or passed over, and what is answered is
 * framed as messages are. */
#include "base/status.h"
#include "lsp/frame.h"
#include "lsp/lsp.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void read_answers(char *bytes, size_t n)
{
    struct buf message;
    FILE *in = n ? fmemopen(bytes, n, "r") : NULL;
    if (!in) return;
    buf_init(&message);
    enum frame got;
    while ((got = frame_read(in, &message)) == FRAME_MESSAGE) {
        if (!message.n || message.p[0] != '{') abort();
    }
    if (got != FRAME_END) abort();
    buf_free(&message);
    fclose(in);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    char *answers = NULL;
    size_t size = 0;
    FILE *in = n ? fmemopen((void *)(uintptr_t)bytes, n, "r") : NULL;
    FILE *out = open_memstream(&answers, &size);
    if (in && out) {
        int code = lsp_serve(in, out);
        if (code != STATUS_OK && code != STATUS_NEGATIVE) abort();
    }
    if (in) fclose(in);
    if (out) fclose(out);
    read_answers(answers, size);
    free(answers);
    return 0;
}
