/* From a folder to verdicts: the one place where agreement, geometry, reports and judge meet.  See
 * mission.h. */
#include "cli/mission_private.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#define AGREEMENT_MOST ((size_t)64 << 20)

static const char agreement_name[] = "agreement.md";

/* Progress: one line on a terminal, rewritten, gone at the end. */
static void tell(bool progress, const char *what)
{
    if (!progress) return;
    fprintf(stderr, "\r\033[K%s", what);
    fflush(stderr);
}

static bool is_folder(struct arena *a, struct str path)
{
    struct stat st;
    struct str name = str_dup(a, path);
    return name.p && stat(name.p, &st) == 0 && S_ISDIR(st.st_mode);
}

static enum status load_agreement(struct mission *m, struct str *path)
{
    if (is_folder(&m->arena, *path)) {
        bool slash = path->n && path->p[path->n - 1] == '/';
        *path = str_fmt(&m->arena, "%.*s%s%s", STR_ARG(*path), slash ? "" : "/", agreement_name);
        if (!path->p) return STATUS_FAULT;
    }
    struct str text;
    enum status st = file_read(&m->arena, *path, AGREEMENT_MOST, &m->diags, &text);
    if (st != STATUS_OK) return st;
    m->source = source_new(&m->arena, *path, text);
    if (!m->source) return STATUS_FAULT;
    return withhold(&m->arena, m->source, &m->reader, &m->diags, &m->source, &m->agreement,
                    &m->open, &m->n_open);
}

/* The words behind the agreement: mappings by their name's end, the others reports. */
static enum status load_reports(struct mission *m, const struct words *words)
{
    struct str *names = arena_array(&m->arena, 2 * words->n, sizeof *names);
    if (!names) return STATUS_FAULT;
    struct intake_inputs in = {
        .mappings = names, .reports = names + words->n, .open = m->open, .n_open = m->n_open};
    for (size_t i = 1; i < words->n; i++) {
        if (str_ends(words->items[i], STR(".mapping.md"))) {
            names[in.n_mappings++] = words->items[i];
        } else {
            names[words->n + in.n_reports++] = words->items[i];
        }
    }
    m->has_intake = true;
    return intake_run(m->agreement, &in, &m->diags, &m->intake);
}

/* `at` when none was given: now, but no later than the end of what is to be judged, so that an
 * agreement whose time has passed gives the same verdicts every day.  Where a part of its term is
 * asked for, what was reported of the time behind it is known too; what was reported of the time
 * behind the term does not matter. */
static instant default_at(const struct mission *m, const struct verdict_options *o)
{
    instant now = (instant)time(NULL);
    instant until = m->agreement->header.until, reported = m->intake.facts.last_valid;
    instant last = o->to != INSTANT_MAX ? o->to : until;
    if (reported > until) reported = until;
    if (reported > last) last = reported;
    return last < now ? last : now;
}

static enum status judge(struct mission *m, const struct period_words *period)
{
    struct verdict_options options;
    enum status status = mission_period(m, period, &options);
    if (status != STATUS_OK) return status;
    if (options.at == INSTANT_MAX) options.at = default_at(m, &options);
    status = verdict_run(m->agreement, &m->intake.facts, &options, &m->diags, &m->verdicts);
    m->has_verdicts = true;
    return status;
}

enum status mission_judge(struct mission *m, const struct words *words,
                          const struct period_words *period, bool progress)
{
    struct str path = words->items[0];
    m->name = path;
    arena_init(&m->arena);
    diags_init(&m->diags, &m->arena);
    tell(progress, "reading the agreement");
    enum status status = load_agreement(m, &path);
    tell(progress, "reading reports");
    if (status == STATUS_OK) status = load_reports(m, words);
    tell(progress, "judging");
    if (status == STATUS_OK) status = judge(m, period);
    tell(progress, "");
    return status;
}

static enum status add_filters(struct mission *m, struct view_parts *parts)
{
    const struct intake *x = &m->intake;
    struct view_filter *filters = arena_array(&m->arena, x->n_filters + 1, sizeof *filters);
    if (!filters) return STATUS_FAULT;
    for (size_t i = 0; i < x->n_filters; i++)
        filters[i] =
            (struct view_filter){x->filters[i].text, x->filters[i].mapping, x->filters[i].rows};
    parts->filters = filters;
    parts->n_filters = x->n_filters;
    return STATUS_OK;
}

enum status mission_view(struct mission *m, bool page, struct view *out)
{
    struct view_parts parts = {.verdicts = &m->verdicts, .incidents = page};
    enum status status = add_filters(m, &parts);
    if (status == STATUS_OK && page) status = mission_shapes(m, &parts);
    return status == STATUS_OK ? view_make(&m->arena, &parts, out) : status;
}

void mission_free(struct mission *m)
{
    if (m->has_verdicts) verdict_free(&m->verdicts);
    if (m->has_intake) intake_free(&m->intake);
    arena_free(&m->arena);
}
