/* truce explain: an agreement in plain words, every date computed; as text, Markdown, a page, a calendar;
 * its deadlines; who owes what to whom; with its formulas on request. */
#include "base/file.h"
#include "cli/mission.h"
#include "cli/text.h"
#include "lower/lower.h"
#include "plain/plain.h"
#include "plain/withhold.h"
#include "talks/talks.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Recurring deadlines of a term without end are shown for a year. */
#define HORIZON_DAYS 366

static const char usage[] =
    "explain [--lang en|uk|ru|fr] [--json] [--deadlines | --matrix | --formula]\n"
    "                     [--html FILE] [--markdown FILE] [--ics FILE] [--width N]\n"
    "                     [--include-confidential | --reader NAME] AGREEMENT.md\n"
    "  --lang         the language of the explanation; what the agreement says stays as it is\n"
    "  --deadlines    the deadlines in order of time;  --matrix: who owes what to whom\n"
    "  --formula      the formulas behind each provision\n"
    "  --json         one object a line, of whichever of these is asked for\n"
    "  --html FILE, --markdown FILE, --ics FILE    a page, a text, a calendar of the deadlines;\n"
    "                 \"-\" is standard output\n"
    "  --include-confidential, --reader NAME    confidential annexes too; those that NAME may read";

struct explain {
    struct arena arena;
    struct diags diags;
    struct str word, lang, html, markdown, ics, width;
    bool json, formula, deadlines, matrix;
    struct reader reader;
    const struct catalogue *language;
    const struct agreement *g;
    size_t columns;
};

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

static enum status explain_formulas(struct explain *x, const struct plain *p, struct buf *out)
{
    struct lowered l;
    const struct agreement *g = x->g;
    instant until = instant_add(g->header.from, (int64_t)HORIZON_DAYS * SECONDS_PER_DAY);
    enum status st =
        lower_agreement(g, g->header.until < until ? g->header.until : until, &x->diags, &l);
    struct plain_more more = {&l, add_formulas};
    if (st == STATUS_OK) plain_text(p, &more, out);
    lower_free(&l);
    return st;
}

/* SOURCE_DATE_EPOCH makes the same calendar each time, as reproducible builds ask. */
static instant now(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    size_t at;
    if (epoch && options_number(str_of(epoch), 0, (size_t)INT32_MAX * 100u, &at))
        return (instant)at;
    return (instant)time(NULL);
}

static enum status put(struct explain *x, const struct plain *p, struct str file, struct buf *out)
{
    if (out->failed || p->v->failed) {
        diag_add(&x->diags, SEVERITY_ERROR, "out-of-memory", place_none(), "memory ran out");
        return STATUS_FAULT;
    }
    if (str_eq(file, STR("-"))) return text_print(out, STATUS_OK);
    return file_write(&x->arena, file, buf_str(out), &x->diags);
}

/* The files that are asked for. */
static enum status write_files(struct explain *x, const struct plain *p, struct buf *out)
{
    enum status st = STATUS_OK;
    if (x->html.n) {
        buf_clear(out);
        plain_html(p, out);
        st = put(x, p, x->html, out);
    }
    if (x->markdown.n && st == STATUS_OK) {
        buf_clear(out);
        plain_markdown(p, out);
        st = put(x, p, x->markdown, out);
    }
    if (x->ics.n && st == STATUS_OK) {
        buf_clear(out);
        plain_ics(p, now(), out);
        st = put(x, p, x->ics, out);
    }
    return st;
}

static enum status show(struct explain *x, const struct plain *p, struct buf *out)
{
    enum status st = STATUS_OK;
    bool files = x->html.n || x->markdown.n || x->ics.n;
    bool view = x->json || x->formula || x->deadlines || x->matrix;
    if (files) st = write_files(x, p, out);
    if (st != STATUS_OK || (files && !view)) return st;
    buf_clear(out);
    if (x->formula)
        st = explain_formulas(x, p, out);
    else if (x->deadlines && x->json)
        plain_deadlines_json(p, out);
    else if (x->deadlines)
        plain_deadlines_text(p, x->columns, out);
    else if (x->matrix && x->json)
        plain_matrix_json(p, out);
    else if (x->matrix)
        plain_matrix_text(p, x->columns, out);
    else if (x->json)
        plain_json(p, out);
    else
        plain_text(p, NULL, out);
    return st == STATUS_OK ? put(x, p, STR("-"), out) : st;
}

/* A file of talks has readings in English, as text or JSON, and nothing else of this. */
static enum status explain_talks(struct explain *x, const struct source *source)
{
    struct buf out;
    bool other = x->language || x->formula || x->deadlines || x->matrix || x->html.n ||
                 x->markdown.n || x->ics.n;
    if (other)
        diag_add(&x->diags, SEVERITY_WARNING, "talks-in-english", place_none(),
                 "%.*s is a file of talks: its sentences have readings in English, as text or "
                 "JSON, and no formulas, deadlines or matrix here",
                 STR_ARG(source->name));
    buf_init(&out);
    enum status st =
        (x->json ? talks_explain_json : talks_explain)(&x->arena, source, &x->diags, &out);
    if (st == STATUS_INPUT) st = STATUS_NEGATIVE;
    if (out.n) st = text_print(&out, st);
    buf_free(&out);
    return st;
}

static enum status load_and_show(struct explain *x)
{
    const struct source *source;
    bool talks;
    enum status st = text_load(&x->arena, x->word, &x->diags, &source, &talks);
    if (st == STATUS_OK && talks) return explain_talks(x, source);
    struct str *open;
    size_t n_open;
    if (st == STATUS_OK)
        st = withhold(&x->arena, source, &x->reader, &x->diags, &source, &x->g, &open, &n_open);
    if (st == STATUS_INPUT && source) return STATUS_NEGATIVE;
    if (st != STATUS_OK || !x->g) return st;
    struct buf out;
    struct plain p;
    struct voice v = {x->language, x->g, &x->arena, false};
    buf_init(&out);
    st = plain_make(&v, &p) ? show(x, &p, &out) : STATUS_FAULT;
    buf_free(&out);
    return st;
}

static const char *wrong_use(struct explain *x)
{
    bool known = true;
    int dashes =
        str_eq(x->html, STR("-")) + str_eq(x->markdown, STR("-")) + str_eq(x->ics, STR("-"));
    int views = x->deadlines + x->matrix + x->formula;
    if (x->lang.n) x->language = catalogue_find(x->lang, &known);
    if (!known) return "--lang is en, uk, ru or fr";
    if (views > 1) return "--deadlines, --matrix and --formula exclude one another";
    if (x->json && x->formula) return "--formula is no JSON";
    if (dashes + (x->json || views) > 1) return "only one thing can go to standard output";
    if (!text_width(x->width, &x->columns)) return "--width is a number of columns from 20 to 1000";
    return NULL;
}

int explain_command(int argc, char **argv)
{
    struct explain x = {0};
    const struct option options[] = {
        {"--json", NULL, NULL, &x.json},
        {"--formula", NULL, NULL, &x.formula},
        {"--deadlines", NULL, NULL, &x.deadlines},
        {"--matrix", NULL, NULL, &x.matrix},
        {"--lang", "LANGUAGE", &x.lang, NULL},
        {"--html", "FILE", &x.html, NULL},
        {"--markdown", "FILE", &x.markdown, NULL},
        {"--ics", "FILE", &x.ics, NULL},
        {"--width", "COLUMNS", &x.width, NULL},
        {"--reader", "NAME", &x.reader.name, NULL},
        {"--include-confidential", NULL, NULL, &x.reader.all},
    };
    if (mission_wants_help(argc, argv)) {
        printf("usage: truce %s\n", usage);
        return STATUS_OK;
    }
    if (!text_words(argc, argv, options, sizeof options / sizeof *options, usage, &x.word))
        return STATUS_INPUT;
    const char *wrong = wrong_use(&x);
    if (wrong) {
        fprintf(stderr, "truce explain: %s\nusage: truce %s\n", wrong, usage);
        return STATUS_INPUT;
    }
    arena_init(&x.arena);
    diags_init(&x.diags, &x.arena);
    enum status st = load_and_show(&x);
    text_findings(&x.diags);
    if (st == STATUS_FAULT && !x.diags.n) fputs("truce explain: memory ran out\n", stderr);
    arena_free(&x.arena);
    return (int)st;
}
