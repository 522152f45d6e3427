/* Any bytes as a file of talks: read, laid out, explained.  What is laid out must be in that layout. */
#include <stdlib.h>

#include "talks/talks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct diags d;
    struct buf once, twice;
    arena_init(&a);
    diags_init(&d, &a);
    buf_init(&once);
    buf_init(&twice);
    const struct source *s =
        source_new(&a, STR("talks.md"), (struct str){(const char *)data, size});
    if (s && talks_fmt(&a, s, &d, &once) == STATUS_OK) {
        const struct source *again = source_new(&a, STR("talks.md"), buf_str(&once));
        if (again && talks_fmt(&a, again, &d, &twice) != STATUS_OK) abort();
        if (again && !str_eq(buf_str(&once), buf_str(&twice))) abort();
        buf_clear(&twice);
        talks_explain(&a, s, &d, &twice);
    }
    buf_free(&once);
    buf_free(&twice);
    arena_free(&a);
    return 0;
}
