/* Any bytes as a press report: quotations found, printed as JSON and as a skeleton. */
#include <stdlib.h>

#include "talks/quote.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct diags d;
    struct quotes q;
    struct buf out;
    arena_init(&a);
    diags_init(&d, &a);
    buf_init(&out);
    const struct source *s = source_new(&a, STR("a.txt"), (struct str){(const char *)data, size});
    if (s && quotes_find(&a, s, &d, &q) == STATUS_OK) {
        for (size_t i = 0; i < q.n; i++)
            if (q.items[i].from >= q.items[i].to || q.items[i].to > size) abort();
        quotes_print_json(&q, s, &out);
        quotes_print_skeleton(&q, s, STR("0"), &out);
    }
    buf_free(&out);
    arena_free(&a);
    return 0;
}
