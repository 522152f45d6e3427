/* truce lint: what a careful drafter would find in an agreement.
 *
 * Exit: 0 nothing found, or all of it silenced with a reason; 1 findings; 2 wrong use, or an agreement that
 * cannot be read or has errors; 3 memory. */
#include "lint/lint.h"
#include "cli/mission.h"
#include "cli/text.h"

#include <stdio.h>
#include <unistd.h>

static const char usage[] = "lint [--all] [--json] AGREEMENT.md";

static void help(void)
{
    printf(
        "usage: truce %s\n"
        "  --all    also what the agreement silences, with its reasons\n"
        "  --json   one object a line: rule, severity, place, clause, what, why, fix, silenced\n\n"
        "A finding is silenced where it stands, with a reason:\n"
        "  not a finding: no deadline, because the parties leave it to the commission.\n\n",
        usage);
    for (int r = 0; r < DRAFTING_RULES; r++)
        printf("  %-29s %s\n", drafting_rule_spoken((enum drafting_rule)r),
               lint_looks_for((enum drafting_rule)r));
}

static void add_summary(const struct agreement *g, const struct remarks *f, struct buf *out)
{
    size_t open = f->n - f->silenced;
    buf_fmt(out, "%.*s: %zu finding%s of drafting", STR_ARG(g->source->name), open,
            open == 1 ? "" : "s");
    if (f->silenced) buf_fmt(out, "; %zu silenced with a reason", f->silenced);
    buf_putc(out, '\n');
}

static enum status read_agreement(struct text_job *j, const struct agreement **g)
{
    if (!j->talks) return agreement_check(&j->a, j->source, &j->d, g);
    struct diag *x = diag_add(&j->d, SEVERITY_ERROR, "talks", (struct place){j->source, 0, 0},
                              "these are talks; findings of drafting are those of an agreement");
    diag_fix(&j->d, x, "truce check looks at talks");
    return STATUS_INPUT;
}

int lint_command(int argc, char **argv)
{
    bool json = false, all = false;
    const struct option options[] = {{"--json", NULL, NULL, &json}, {"--all", NULL, NULL, &all}};
    struct str word;
    if (mission_wants_help(argc, argv)) {
        help();
        return STATUS_OK;
    }
    if (!text_words(argc, argv, options, 2, usage, &word)) return STATUS_INPUT;
    struct text_job j;
    struct remarks found = {0};
    const struct agreement *g = NULL;
    enum status st = text_begin(&j, word);
    if (st == STATUS_OK) st = read_agreement(&j, &g);
    if (st != STATUS_OK) text_findings(&j.d);
    if (st == STATUS_OK && !lint_agreement(&j.a, g, &found)) st = STATUS_FAULT;
    if (st == STATUS_OK) {
        if (json) {
            lint_json(g, &found, all, &j.out);
        } else {
            lint_text(g, &found, all, isatty(STDOUT_FILENO), &j.out);
            add_summary(g, &found, &j.out);
        }
        st = found.n > found.silenced ? STATUS_NEGATIVE : STATUS_OK;
    }
    return text_end(&j, "lint", st);
}
