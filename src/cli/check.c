/* truce check: every finding of an agreement and of the geometry that lies beside it, and how many
 * provisions it has; or of a file of talks, whose quotations are proven.
 *
 * Exit: 0 no errors; 1 the agreement has errors; 2 it cannot be read; 3 memory. */
#include "cli/text.h"
#include "geo/book.h"
#include "lang/model.h"
#include "lint/lint.h"
#include "plain/withhold.h"
#include "talks/talks.h"

#include <stdio.h>
#include <string.h>

/* Lines and zones as their files draw them.  A draft may name files that nobody has drawn yet: what
 * cannot be read is no finding, but goes to `unread`. */
static enum status check_geometry(const struct agreement *g, struct geo_book *book, struct diags *d,
                                  struct diags *unread)
{
    struct diags found;
    diags_init(&found, d->arena);
    enum status st = geo_book_init(book, g, &found);
    size_t errors = d->errors;
    for (size_t i = 0; i < found.n; i++) {
        const struct diag *x = &found.items[i];
        struct diags *to = strcmp(x->code, "cannot-read") == 0 ? unread : d;
        struct diag *copy = diag_add(to, x->severity, x->code, x->at, "%.*s", STR_ARG(x->what));
        if (x->fix.n) diag_fix(to, copy, "%.*s", STR_ARG(x->fix));
    }
    if (st == STATUS_FAULT) return st;
    return d->errors > errors ? STATUS_INPUT : STATUS_OK;
}

static const char *many(size_t n)
{
    return n == 1 ? "" : "s";
}

static void add_summary(const struct agreement *g, const struct diags *d,
                        const struct diags *unread, struct buf *out)
{
    uint32_t read = 0;
    for (uint32_t i = 0; i < g->n_provisions; i++) read += g->provisions[i].gloss.n > 0;
    size_t warnings = d->n - d->errors;
    buf_fmt(out, "%.*s: %u provision%s, each with its reading (%u); %zu warning%s\n",
            STR_ARG(g->source->name), g->n_provisions, many(g->n_provisions), read, warnings,
            many(warnings));
    for (size_t i = 0; i < unread->n; i++)
        buf_fmt(out, "%.*s: geometry not checked: %.*s\n", STR_ARG(g->source->name),
                STR_ARG(unread->items[i].what));
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
    struct diags unread;
    struct geo_book book = {0};
    bool drawn = false;
    const struct agreement *g = NULL;
    enum status st = text_begin(&j, word);
    diags_init(&unread, &j.a);
    if (st == STATUS_OK && j.talks) {
        struct buf none;
        buf_init(&none);
        st = talks_check(&j.a, j.source, &j.d, json ? &none : &j.out);
        buf_free(&none);
        diags_sort(&j.d);
    } else if (st == STATUS_OK) {
        st = agreement_check(&j.a, j.source, &j.d, &g);
        if (st == STATUS_OK) st = withhold_check(&j.a, g, &j.d);
        if (st == STATUS_OK && j.d.errors) st = STATUS_INPUT;
        drawn = st == STATUS_OK;
        if (drawn) st = check_geometry(g, &book, &j.d, &unread);
    }
    if (json) {
        diags_render_json(&j.d, &j.out);
    } else {
        text_findings(&j.d);
        if (g && st == STATUS_OK) add_summary(g, &j.d, &unread, &j.out);
        if (g && st == STATUS_OK) st = add_drafting(&j.a, g, &j.out);
        if (st != STATUS_OK && j.source)
            fprintf(stderr, "%zu error%s\n", j.d.errors, j.d.errors == 1 ? "" : "s");
    }
    if (st == STATUS_INPUT && j.source) st = STATUS_NEGATIVE;
    if (drawn) geo_book_free(&book);
    return text_end(&j, "check", st);
}
