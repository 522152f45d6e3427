/* truce check: every finding of an agreement, and how many provisions it has; or of a file of talks,
 * whose quotations are proven.
 *
 * Exit: 0 no errors; 1 the agreement has errors; 2 it cannot be read; 3 memory. */
#include "cli/text.h"
#include "lang/model.h"
#include "talks/talks.h"

#include <stdio.h>

static void add_summary(const struct agreement *g, const struct diags *d, struct buf *out)
{
    uint32_t read = 0;
    for (uint32_t i = 0; i < g->n_provisions; i++) read += g->provisions[i].gloss.n > 0;
    buf_fmt(out, "%.*s: %u provisions, each with its reading (%u); %zu warnings\n",
            STR_ARG(g->source->name), g->n_provisions, read, d->n);
}

int check_command(int argc, char **argv)
{
    bool json = false;
    const struct option options[] = {{"--json", NULL, NULL, &json}};
    struct str word;
    if (!text_words(argc, argv, options, 1, "check [--json] AGREEMENT.md", &word))
        return STATUS_INPUT;
    struct arena a;
    struct diags d;
    struct buf out;
    arena_init(&a);
    diags_init(&d, &a);
    buf_init(&out);
    const struct source *source;
    const struct agreement *g = NULL;
    bool talks = false;
    enum status st = text_load(&a, word, &d, &source, &talks);
    if (st == STATUS_OK && talks) {
        struct buf none;
        buf_init(&none);
        st = talks_check(&a, source, &d, json ? &none : &out);
        buf_free(&none);
        diags_sort(&d);
    } else if (st == STATUS_OK) {
        st = agreement_check(&a, source, &d, &g);
    }
    if (json) {
        diags_render_json(&d, &out);
    } else {
        text_findings(&d);
        if (g) add_summary(g, &d, &out);
        if (st != STATUS_OK && source)
            fprintf(stderr, "%zu error%s\n", d.errors, d.errors == 1 ? "" : "s");
    }
    if (st == STATUS_INPUT && source) st = STATUS_NEGATIVE;
    if (st == STATUS_FAULT && !d.n) fputs("truce check: memory ran out\n", stderr);
    st = text_print(&out, st);
    buf_free(&out);
    arena_free(&a);
    return (int)st;
}
