/* What `run` and `why` share: an agreement with its reports, and the period to judge.
 *
 * A mission is named by a folder (which holds agreement.md, its zones, its mappings `*.mapping.md`
 * and the reports that they read) or by an agreement's file.  Words behind it name mappings
 * (`*.mapping.md`; then only these are used) or reports that replace those the mappings name. */
#ifndef TRUCE_CLI_MISSION_H
#define TRUCE_CLI_MISSION_H

#include "cli/options.h"
#include "intake/intake.h"
#include "lang/model.h"
#include "plain/withhold.h"
#include "report/report.h"
#include "verdict/verdict.h"

/* How the period was asked for: the texts of --from, --to, --at, --as-of, --day; empty: not
 * given. */
struct period_words {
    struct str from, to, at, as_of, day;
};

struct mission {
    struct arena arena;
    struct diags diags;
    struct str name; /* as the user named it */
    const struct source *source;
    const struct agreement *agreement;
    struct reader reader; /* whose view it is: set before mission_judge */
    struct str *open;     /* headings of the confidential annexes that it may read */
    size_t n_open;
    struct intake intake; /* the reports and the geometry; intake.facts is what is judged by */
    struct verdicts verdicts;
    bool has_intake, has_verdicts;
};

/* Load the agreement and its reports, then judge.  words[0] is the folder or agreement, the others
 * are mappings and reports.  `progress`: say on stderr what is being done.  On failure the diagnostics say why.
 * `m` is to be freed in every case. */
enum status mission_judge(struct mission *m, const struct words *words,
                          const struct period_words *period, bool progress);
void mission_free(struct mission *m);

/* Make a view; with incidents and shapes when `page`. */
enum status mission_view(struct mission *m, bool page, struct view *out);

/* How to show things: the given width or the terminal's, colours on a terminal that wants them.
 * False when `width` is not a number of columns. */
bool mission_look(struct report_options *look, struct str command, struct str width,
                  bool no_colour);

/* All of `out` to stdout; STATUS_FAULT with a diagnostic when memory or the pipe failed. */
enum status mission_print(struct mission *m, const struct buf *out);

/* Print the diagnostics to stderr. */
void mission_complain(const struct mission *m);

/* Read the times; bare dates are whole days, times without offset are in the agreement's zone.
 * STATUS_INPUT with a diagnostic when one cannot be read or they contradict one another. */
enum status mission_period(struct mission *m, const struct period_words *words,
                           struct verdict_options *out);

/* "truce COMMAND: wrong" and how it is used, to stderr; STATUS_INPUT. */
enum status mission_usage(const char *command, const char *usage, const struct buf *wrong);

/* Is the first word --help or -h? */
bool mission_wants_help(int argc, char **argv);

#endif
