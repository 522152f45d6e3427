/* truce explain: an agreement, or a file of talks, in plain English, every date computed; with its formulas on request. */
#include "lang/explain.h"
#include "cli/text.h"
#include "lower/lower.h"
#include "talks/talks.h"

#include <stdio.h>

/* Recurring deadlines of a term without end are shown for a year. */
#define HORIZON_DAYS 366

static void add_formulas(void *ctx, uint32_t provision, struct buf *out)
{
    const struct lowered *l = ctx;
    for (size_t i = 0; i < l->n; i++) {
        const struct violation *v = l->violations[i];
        if (v->provision != provision) continue;
        struct str who =
            v->bearer == VERDICT_ALL ? STR("all") : l->agreement->actors[v->bearer].name;
        buf_fmt(out, "      formula for %.*s%s%.*s:\n", STR_ARG(who),
                v->reading_label.n ? ", " : "", STR_ARG(v->reading_label));
        lower_print(l, v, out);
    }
}

static enum status explain_formulas(const struct agreement *g, struct arena *a, struct diags *d,
                                    struct buf *out)
{
    struct lowered l;
    instant until = instant_add(g->header.from, (int64_t)HORIZON_DAYS * SECONDS_PER_DAY);
    enum status st = lower_agreement(g, g->header.until < until ? g->header.until : until, d, &l);
    struct explain_more more = {&l, add_formulas};
    if (st == STATUS_OK) explain_text(g, a, &more, out);
    lower_free(&l);
    return st;
}

static enum status explain_talks(struct arena *a, const struct source *source, bool json,
                                 bool formula, struct diags *d, struct buf *out)
{
    if (formula)
        diag_add(d, SEVERITY_WARNING, "no-formulas", place_none(),
                 "%.*s is a file of talks: its sentences have readings and no formulas",
                 STR_ARG(source->name));
    return (json ? talks_explain_json : talks_explain)(a, source, d, out);
}

int explain_command(int argc, char **argv)
{
    bool json = false, formula = false;
    const struct option options[] = {{"--json", NULL, NULL, &json},
                                     {"--formula", NULL, NULL, &formula}};
    struct str word;
    if (!text_words(argc, argv, options, 2, "explain [--json|--formula] AGREEMENT.md", &word))
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
    if (st == STATUS_OK && talks)
        st = explain_talks(&a, source, json, formula, &d, &out);
    else if (st == STATUS_OK)
        st = agreement_check(&a, source, &d, &g);
    if (g && json)
        explain_json(g, &a, &out);
    else if (g && formula)
        st = explain_formulas(g, &a, &d, &out);
    else if (g)
        explain_text(g, &a, NULL, &out);
    text_findings(&d);
    if (st == STATUS_INPUT && source) st = STATUS_NEGATIVE;
    if (st == STATUS_FAULT && !d.n) fputs("truce explain: memory ran out\n", stderr);
    if (out.n || g) st = text_print(&out, st);
    buf_free(&out);
    arena_free(&a);
    return (int)st;
}
