/* Any bytes as an agreement: checked or refused with a reason; what is checked is explained, and its
 * layout is laid out already. */
#include "lang/explain.h"
#include "lang/format.h"
#include "lang/model.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void lay_out_twice(struct arena *a, const struct source *s)
{
    struct diags d;
    struct buf one, two;
    diags_init(&d, a);
    buf_init(&one);
    buf_init(&two);
    if (format_agreement(a, s, &d, &one) == STATUS_OK) {
        const struct source *again = source_new(a, STR("fuzz"), buf_str(&one));
        if (again && (format_agreement(a, again, &d, &two) != STATUS_OK ||
                      !str_eq(buf_str(&one), buf_str(&two))))
            abort();
    }
    buf_free(&one);
    buf_free(&two);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena a;
    struct diags d;
    struct buf out;
    const struct agreement *g = NULL;
    arena_init(&a);
    diags_init(&d, &a);
    buf_init(&out);
    const struct source *s = source_new(&a, STR("fuzz"), (struct str){(const char *)bytes, n});
    enum status st = s ? agreement_check(&a, s, &d, &g) : STATUS_FAULT;
    if ((st == STATUS_INPUT) != (d.errors > 0) || (st == STATUS_OK) != (g != NULL)) abort();
    if (g) explain_text(g, &a, NULL, &out);
    if (g) lay_out_twice(&a, s);
    diags_render(&d, &out, false);
    buf_free(&out);
    arena_free(&a);
    return 0;
}
