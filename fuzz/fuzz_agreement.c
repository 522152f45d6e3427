/* Any bytes as an agreement: checked or refused with a reason; what is checked is explained in every
 * language and view, its layout is laid out already, and what a drafter would find has a place in it. */
#include "lang/format.h"
#include "lang/model.h"
#include "lint/lint.h"
#include "plain/plain.h"

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

static void explain(struct arena *a, const struct agreement *g)
{
    static const char *const languages[] = {"en", "uk", "ru", "fr"};
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        bool known;
        struct voice v = {catalogue_find(str_of(languages[i]), &known), g, a, false};
        struct plain p;
        struct buf out;
        if (!plain_make(&v, &p) || v.failed) abort();
        buf_init(&out);
        plain_text(&p, NULL, &out);
        plain_markdown(&p, &out);
        plain_html(&p, &out);
        plain_json(&p, &out);
        plain_ics(&p, 0, &out);
        if (v.failed) abort();
        buf_free(&out);
    }
}

static void find_drafting(struct arena *a, const struct agreement *g)
{
    struct remarks found;
    struct buf out;
    if (!lint_agreement(a, g, &found)) abort();
    buf_init(&out);
    for (size_t i = 0; i < found.n; i++)
        if (found.v[i].at.from > found.v[i].at.to || found.v[i].at.to > g->source->text.n ||
            !found.v[i].fix.n)
            abort();
    lint_text(g, &found, true, false, &out);
    lint_json(g, &found, true, &out);
    buf_free(&out);
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
    if (g) explain(&a, g);
    if (g) find_drafting(&a, g);
    if (g) lay_out_twice(&a, s);
    diags_render(&d, &out, false);
    buf_free(&out);
    arena_free(&a);
    return 0;
}
