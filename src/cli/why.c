/* truce why: the chain from the article through the conditions to the reports. */
#include "cli/agreement.h"
#include "cli/mission.h"
#include "report/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char usage[] =
    "FOLDER|AGREEMENT.md PROVISION [SUBJECT] [--reading R] [--day D | --from T --to T] [--at T]\n"
    "                 [--as-of T] [--reports FILE] [--limit N] [--proof] [--json] [--width N]\n"
    "                 [--no-colour] [--include-confidential | --reader NAME]\n"
    "  SUBJECT is a party, or `all` (when none is named).  PROVISION may also be a verdict's id,\n"
    "  provision/subject[/reading], as `truce run --json` prints it.\n"
    "  --day D        what that day's verdict rests on\n"
    "  --reading R    one reading (any part of its name); else every reading is explained\n"
    "  --limit N      at most N instances of each verdict (10)\n"
    "  --proof        for each violated instance the proof of its formula: facts, absences over\n"
    "                 intervals, and the part of the formula that each supports\n"
    "  --include-confidential, --reader NAME    confidential annexes too; those that NAME may read";

struct ask {
    struct mission mission;
    struct view view;
    struct words words;
    struct period_words period;
    struct str reading, reports, limit, width;
    struct str provision, subject;
    size_t instances;
    bool json, no_colour, proof;
    struct report_options look;
};

static void one_of(struct ask *q, struct diag *d, const struct str *names, size_t n)
{
    struct str list = {NULL, 0};
    for (size_t i = 0; i < n && i < 12; i++)
        list = str_fmt(&q->mission.arena, "%.*s%s%.*s", STR_ARG(list), i ? ", " : "",
                       STR_ARG(names[i]));
    diag_fix(&q->mission.diags, d, "one of: %.*s%s", STR_ARG(list), n > 12 ? ", …" : "");
}

static enum status unknown(struct ask *q, const char *what, struct str name,
                           const struct str *names, size_t n)
{
    struct str near = options_nearest(name, names, n);
    struct diag *d = diag_add(&q->mission.diags, SEVERITY_ERROR, "unknown-name", place_none(),
                              "no %s is called \"%.*s\"", what, STR_ARG(name));
    if (near.n) {
        diag_fix(&q->mission.diags, d, "did you mean %.*s?", STR_ARG(near));
    } else {
        one_of(q, d, names, n);
    }
    return STATUS_INPUT;
}

/* The provision and subject of "ceasefire", "ceasefire/north" and a second word. */
static enum status find_names(struct ask *q)
{
    const struct view *v = &q->view;
    struct str *names =
        arena_array(&q->mission.arena, v->n_provisions + v->n_subjects + 2, sizeof *names);
    if (!names) return STATUS_FAULT;
    q->provision = q->words.items[1];
    q->subject = q->words.n > 2 ? q->words.items[2] : STR("all");
    for (size_t i = 0; i < v->n_rows; i++) {
        if (!str_eq(v->rows[i].id, q->provision)) continue;
        q->provision = v->provisions[v->rows[i].provision].name;
        q->subject = v->rows[i].subject;
        q->reading = v->rows[i].reading;
        return STATUS_OK;
    }
    bool found = false;
    for (size_t i = 0; i < v->n_provisions; i++) {
        names[i] = v->provisions[i].name;
        found |= str_eq(names[i], q->provision);
    }
    if (!found) return unknown(q, "provision", q->provision, names, v->n_provisions);
    names[0] = STR("all");
    found = str_eq(q->subject, names[0]);
    for (size_t i = 0; i < v->n_subjects; i++) {
        names[i + 1] = v->subjects[i].name;
        found |= str_eq(names[i + 1], q->subject);
    }
    return found ? STATUS_OK : unknown(q, "subject", q->subject, names, v->n_subjects + 1);
}

static bool holds(struct str text, struct str part)
{
    for (size_t i = 0; i + part.n <= text.n; i++)
        if (str_eq_nocase(str_slice(text, i, i + part.n), part)) return true;
    return false;
}

static enum status explain_row(struct ask *q, const struct view_row *row, struct buf *out)
{
    struct why why;
    const struct verdict_row *from = verdict_find(&q->mission.verdicts, row->id);
    if (!from) return STATUS_FAULT;
    enum status status = (q->proof ? verdict_proof : verdict_why)(
        &q->mission.verdicts, from, SIZE_MAX, q->instances, &q->mission.arena, &why);
    if (status != STATUS_OK) return status;
    struct report_why_of x = {&q->view, row, &why, &q->mission.intake.facts};
    if (q->json) {
        report_why_json(out, &x);
    } else {
        if (out->n) buf_putc(out, '\n');
        report_why_text(&q->mission.arena, out, &x, &q->look);
    }
    return out->failed ? STATUS_FAULT : STATUS_OK;
}

static enum status explain(struct ask *q, struct buf *out)
{
    const struct view *v = &q->view;
    struct str *readings = arena_array(&q->mission.arena, v->n_rows + 1, sizeof *readings);
    if (!readings) return STATUS_FAULT;
    size_t bound = 0, shown = 0;
    for (size_t i = 0; i < v->n_rows; i++) {
        const struct view_row *r = &v->rows[i];
        if (!str_eq(v->provisions[r->provision].name, q->provision)) continue;
        if (!str_eq(r->subject, q->subject)) continue;
        readings[bound++] = r->reading;
        if (q->reading.n && !holds(r->reading, q->reading)) continue;
        shown++;
        enum status status = explain_row(q, r, out);
        if (status != STATUS_OK) return status;
    }
    if (shown) return STATUS_OK;
    if (bound) return unknown(q, "reading", q->reading, readings, bound);
    diag_add(&q->mission.diags, SEVERITY_ERROR, "not-bound", place_none(),
             "%.*s does not bind %.*s", STR_ARG(q->provision), STR_ARG(q->subject));
    return STATUS_INPUT;
}

static enum status answer(struct ask *q)
{
    struct buf out;
    enum status status = mission_view(&q->mission, false, &q->view);
    if (status == STATUS_OK) status = find_names(q);
    if (status != STATUS_OK) return status;
    buf_init(&out);
    status = explain(q, &out);
    if (status == STATUS_OK) status = mission_print(&q->mission, &out);
    buf_free(&out);
    return status;
}

static bool read_words(struct ask *q, int argc, char **argv, struct buf *wrong)
{
    const struct option options[] = {
        {"--from", "TIME", &q->period.from, NULL},
        {"--to", "TIME", &q->period.to, NULL},
        {"--day", "DATE", &q->period.day, NULL},
        {"--at", "TIME", &q->period.at, NULL},
        {"--as-of", "TIME", &q->period.as_of, NULL},
        {"--reader", "NAME", &q->mission.reader.name, NULL},
        {"--include-confidential", NULL, NULL, &q->mission.reader.all},
        {"--reading", "NAME", &q->reading, NULL},
        {"--reports", "FILE", &q->reports, NULL},
        {"--limit", "N", &q->limit, NULL},
        {"--width", "COLUMNS", &q->width, NULL},
        {"--json", NULL, NULL, &q->json},
        {"--no-colour", NULL, NULL, &q->no_colour},
        {"--proof", NULL, NULL, &q->proof},
    };
    if (!options_read(argc, argv, options, sizeof options / sizeof *options, &q->words, wrong))
        return false;
    q->instances = 10;
    if (q->words.n < 2) {
        buf_puts(wrong, q->words.n ? "which provision?" : "which agreement, and which provision?");
    } else if (q->words.n > 3) {
        buf_fmt(wrong, "one word too many: %.*s", STR_ARG(q->words.items[3]));
    } else if (q->limit.n && !options_number(q->limit, 1, 1000000, &q->instances)) {
        buf_puts(wrong, "--limit is a number from 1 on");
    } else if (!mission_look(&q->look, q->words.items[0], q->width, q->no_colour)) {
        buf_puts(wrong, "--width is a number of columns from 20 to 1000");
    }
    return !wrong->n;
}

int why_command(int argc, char **argv)
{
    struct ask q = {0};
    struct buf wrong;
    if (mission_wants_help(argc, argv)) {
        printf("usage: truce why %s\n", usage);
        return STATUS_OK;
    }
    buf_init(&wrong);
    q.words.items = calloc((size_t)argc + 1, sizeof *q.words.items);
    enum status status = STATUS_FAULT;
    if (q.words.items && !read_words(&q, argc, argv, &wrong)) {
        status = mission_usage("why", usage, &wrong);
    } else if (q.words.items) {
        struct str load[2] = {q.words.items[0], q.reports};
        struct words sources = {load, q.reports.n ? 2 : 1};
        bool progress = isatty(STDERR_FILENO) && isatty(STDOUT_FILENO);
        status = mission_judge(&q.mission, &sources, &q.period, progress);
        if (status == STATUS_OK) status = answer(&q);
        mission_complain(&q.mission);
        mission_free(&q.mission);
    }
    free(q.words.items);
    buf_free(&wrong);
    return (int)status;
}
