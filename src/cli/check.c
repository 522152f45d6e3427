/* truce check: every finding of an agreement, and how many provisions it has; or of a file of talks,
 * whose quotations are proven.
 *
 * Exit: 0 no errors; 1 the agreement has errors; 2 it cannot be read; 3 memory. */
#include "cli/text.h"
#include "lang/model.h"
#include "lint/lint.h"
#include "talks/talks.h"

#include <stdio.h>

static void add_summary(const struct agreement *g, const struct diags *d, struct buf *out)
{
    uint32_t read = 0;
    for (uint32_t i = 0; i < g->n_provisions; i++) read += g->provisions[i].gloss.n > 0;
    buf_fmt(out, "%.*s: %u provisions, each with its reading (%u); %zu warnings\n",
            STR_ARG(g->source->name), g->n_provisions, read, d->n);
}

/* One line for what a careful drafter would find, where there is anything. */
static enum status add_drafting(struct arena *a, const struct agreement *g, struct buf *out)
{
    struct remarks found;
    if (!lint_agreement(a, g, &found)) return STATUS_FAULT;
    size_t n = found.n - found.silenced;
    if (n)
        buf_fmt(out, "%zu finding%s of drafting: truce lint %.*s\n", n, n == 1 ? "" : "s",
                STR_ARG(g->source->name));
    return STATUS_OK;
}

int check_command(int argc, char **argv)
{
    bool json = false;
    const struct option options[] = {{"--json", NULL, NULL, &json}};
    struct str word;
    if (!text_words(argc, argv, options, 1, "check [--json] AGREEMENT.md", &word))
        return STATUS_INPUT;
    struct text_job j;
    const struct agreement *g = NULL;
    enum status st = text_begin(&j, word);
    if (st == STATUS_OK && j.talks) {
        struct buf none;
        buf_init(&none);
        st = talks_check(&j.a, j.source, &j.d, json ? &none : &j.out);
        buf_free(&none);
        diags_sort(&j.d);
    } else if (st == STATUS_OK) {
        st = agreement_check(&j.a, j.source, &j.d, &g);
    }
    if (json) {
        diags_render_json(&j.d, &j.out);
    } else {
        text_findings(&j.d);
        if (g) add_summary(g, &j.d, &j.out);
        if (g) st = add_drafting(&j.a, g, &j.out);
        if (st != STATUS_OK && j.source)
            fprintf(stderr, "%zu error%s\n", j.d.errors, j.d.errors == 1 ? "" : "s");
    }
    if (st == STATUS_INPUT && j.source) st = STATUS_NEGATIVE;
    return text_end(&j, "check", st);
}
