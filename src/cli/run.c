/* truce run: judge an agreement by its reports and show the verdicts.  Nothing is stored. */
#include "base/file.h"
#include "cli/agreement.h"
#include "cli/mission.h"
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char usage[] =
    "FOLDER|AGREEMENT.md [REPORTS…] [--from T] [--to T] [--at T] [--as-of T]\n"
    "                 [--json | --csv | --html FILE] [--width N] [--no-colour] [--set-aside]\n"
    "                 [--include-confidential | --reader NAME]\n"
    "  A folder holds agreement.md, its zones, its mappings (*.mapping.md) and their reports.\n"
    "  Times are ISO 8601, in the agreement's zone when none is given; a bare date is its whole "
    "day.\n"
    "  --from, --to   the period to judge (else the agreement's term)\n"
    "  --at           what happened later is taken as unknown (else the term's end, or now)\n"
    "  --as-of        leave out what was recorded later\n"
    "  --json         one object a line, one line a verdict;  --csv: the same as a table\n"
    "  --html FILE    one self-contained page\n"
    "  --set-aside    list the rows that could not be read, not only their number\n"
    "  --include-confidential, --reader NAME    confidential annexes too; those that NAME may read";

struct run {
    struct mission mission;
    struct words words;
    struct period_words period;
    struct str html, width;
    bool json, csv, no_colour, set_aside;
    struct report_options look;
};

/* Rows set aside, on stderr, where stdout is for programs. */
static void tell_aside(const struct run *r, const struct view *v)
{
    if (!v->n_aside) return;
    fprintf(stderr, "truce run: %zu %s set aside", v->n_aside, v->n_aside == 1 ? "row" : "rows");
    if (!r->set_aside) {
        fputs(" (--set-aside lists them)\n", stderr);
        return;
    }
    fputs(":\n", stderr);
    for (size_t i = 0; i < v->n_aside; i++)
        fprintf(stderr, "  %.*s:%zu: %.*s\n", STR_ARG(v->aside[i].file), v->aside[i].line,
                STR_ARG(v->aside[i].reason));
}

static enum status write_page(struct run *r, const struct view *v, struct buf *out)
{
    report_html(&r->mission.arena, out, v, &r->look);
    if (out->failed) return mission_print(&r->mission, out);
    enum status status = file_write(&r->mission.arena, r->html, buf_str(out), &r->mission.diags);
    if (status != STATUS_OK) return status;
    fprintf(stderr, "truce run: wrote %.*s, %zu kB\n", STR_ARG(r->html), out->n / 1000 + 1);
    return STATUS_OK;
}

static enum status show(struct run *r)
{
    struct view view;
    struct buf out;
    enum status status = mission_view(&r->mission, r->html.n > 0, &view);
    if (status != STATUS_OK) return status;
    buf_init(&out);
    if (r->html.n) {
        tell_aside(r, &view);
        status = write_page(r, &view, &out);
    } else {
        if (r->json || r->csv) tell_aside(r, &view);
        if (r->json) {
            report_json(&out, &view);
        } else if (r->csv) {
            report_csv(&r->mission.arena, &out, &view);
        } else {
            report_text(&r->mission.arena, &out, &view, &r->look);
        }
        status = mission_print(&r->mission, &out);
    }
    buf_free(&out);
    return status;
}

static bool read_words(struct run *r, int argc, char **argv, struct buf *wrong)
{
    const struct option options[] = {
        {"--from", "TIME", &r->period.from, NULL},
        {"--to", "TIME", &r->period.to, NULL},
        {"--at", "TIME", &r->period.at, NULL},
        {"--as-of", "TIME", &r->period.as_of, NULL},
        {"--reader", "NAME", &r->mission.reader.name, NULL},
        {"--include-confidential", NULL, NULL, &r->mission.reader.all},
        {"--html", "FILE", &r->html, NULL},
        {"--width", "COLUMNS", &r->width, NULL},
        {"--json", NULL, NULL, &r->json},
        {"--csv", NULL, NULL, &r->csv},
        {"--no-colour", NULL, NULL, &r->no_colour},
        {"--set-aside", NULL, NULL, &r->set_aside},
    };
    if (!options_read(argc, argv, options, sizeof options / sizeof *options, &r->words, wrong))
        return false;
    if (!r->words.n) {
        buf_puts(wrong, "which agreement? Name its folder or file");
    } else if (r->json + r->csv + (r->html.n > 0) > 1) {
        buf_puts(wrong, "--json, --csv and --html exclude one another");
    } else if (!mission_look(&r->look, r->words.items[0], r->width, r->no_colour)) {
        buf_puts(wrong, "--width is a number of columns from 20 to 1000");
    }
    r->look.list_aside = r->set_aside;
    return !wrong->n;
}

int run_command(int argc, char **argv)
{
    struct run r = {0};
    struct buf wrong;
    if (mission_wants_help(argc, argv)) {
        printf("usage: truce run %s\n", usage);
        return STATUS_OK;
    }
    buf_init(&wrong);
    r.words.items = calloc((size_t)argc + 1, sizeof *r.words.items);
    enum status status = STATUS_FAULT;
    if (r.words.items && !read_words(&r, argc, argv, &wrong)) {
        status = mission_usage("run", usage, &wrong);
    } else if (r.words.items) {
        bool progress = isatty(STDERR_FILENO) && isatty(STDOUT_FILENO);
        status = mission_judge(&r.mission, &r.words, &r.period, progress);
        if (status == STATUS_OK) status = show(&r);
        mission_complain(&r.mission);
        mission_free(&r.mission);
    }
    free(r.words.items);
    buf_free(&wrong);
    return (int)status;
}
