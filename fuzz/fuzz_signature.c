/* Any bytes as a signature: it is read or refused with a place inside the text. */
#include <stdlib.h>

#include "logic/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct intern strings;
    struct diags diags;
    struct signature sig;
    arena_init(&arena);
    intern_init(&strings);
    diags_init(&diags, &arena);
    signature_init(&sig, &arena, &strings);
    const struct source *s = source_new(&arena, STR("sig"), (struct str){(const char *)data, size});
    enum status status = parse_signature(&sig, s, &diags);
    if ((status == STATUS_OK) != (diags.errors == 0)) abort();
    for (size_t i = 0; i < diags.n; i++)
        if (diags.items[i].at.from > size || diags.items[i].at.to > size) abort();
    struct buf out;
    buf_init(&out);
    diags_render(&diags, &out, false);
    buf_free(&out);
    intern_free(&strings);
    arena_free(&arena);
    return 0;
}
