/* truce monitor: an event log against a temporal formula, as MonPoly does it. */
#include "cli/commands.h"

#include "base/file.h"
#include "engine/engine.h"
#include "logic/parse.h"
#include "logic/print.h"
#include "logic/safe.h"
#include "logic/typing.h"
#include "monitor/monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define TEXT_MAX ((size_t)64 << 20) /* of a signature or formula */

const char monitor_usage[] =
    "usage: truce monitor -sig FILE -formula FILE [-log FILE] [OPTION…]\n"
    "\n"
    "Prints each time-point of the log at which the formula holds, with the values for which it\n"
    "does.  The log is a stream: what is settled is printed at once.  Options may have one dash "
    "or\n"
    "two.\n"
    "\n"
    "  -sig FILE        the predicates: name(type,…) with types int, float, string\n"
    "  -formula FILE    the formula, in MonPoly's syntax\n"
    "  -log FILE        the log; `-` or none: standard input\n"
    "  -negate          look for violations: where the formula does not hold\n"
    "  -verbose         print the formula first, and a line for every time-point\n"
    "  -check           say only whether the formula can be monitored\n"
    "  -sigout          say only the types of the formula's free variables\n"
    "  -nonewlastts     leave undecided what depends on time after the log's end\n"
    "  -clock           every second from the first to the last time-stamp is a position; prints\n"
    "                   [from,to] (values) for each maximal interval\n"
    "  -explain WHICH   behind a verdict, why it holds: a proof tree down to the facts and to "
    "what\n"
    "                   was not there.  WHICH is a time-point (-clock: a second), @TIME-STAMP, "
    "`first`\n"
    "                   or `all`; \"17 (3,5)\" is one tuple of time-point 17.  -explain=WHICH is "
    "the same\n"
    "  -json            one JSON object a line\n"
    "\n"
    "Exit: 0 fine; 1 (-check) the formula cannot be monitored; 2 wrong use, or a file that cannot "
    "be\n"
    "read; 3 a fault of ours or of the machine.\n";

struct options {
    const char *sig, *formula, *log, *explain;
    bool negate, verbose, check, sigout, nonewlastts, clock, json, help;
};

static const char a_file[] = "a file should follow";

/* Which options there are, and what follows. */
static const struct option {
    const char *name;
    const char
        *word;     /* the field is a const char *: a word follows, this says which; else a bool */
    size_t offset; /* of the field */
} known[] = {
    {"sig", a_file, offsetof(struct options, sig)},
    {"formula", a_file, offsetof(struct options, formula)},
    {"log", a_file, offsetof(struct options, log)},
    {"explain", "what is to be explained should follow", offsetof(struct options, explain)},
    {"negate", NULL, offsetof(struct options, negate)},
    {"verbose", NULL, offsetof(struct options, verbose)},
    {"check", NULL, offsetof(struct options, check)},
    {"sigout", NULL, offsetof(struct options, sigout)},
    {"nonewlastts", NULL, offsetof(struct options, nonewlastts)},
    {"clock", NULL, offsetof(struct options, clock)},
    {"json", NULL, offsetof(struct options, json)},
    {"help", NULL, offsetof(struct options, help)},
};

enum { OPTIONS = sizeof known / sizeof *known };

/* Everything that one run of the command has. */
struct session {
    struct options options;
    struct arena arena;
    struct diags diags;
    struct intern strings;
    struct signature sig;
    struct scope scope;
    struct formula *formula, *core;
    struct plan *plan;
    bool colour;
};

/* ---- words ---- */

static int wrong_use(const char *what, const char *word)
{
    fprintf(stderr, "truce monitor: %s%s%s%s\ntry: truce help monitor\n", what, word ? " \"" : "",
            word ? word : "", word ? "\"" : "");
    return STATUS_INPUT;
}

static int unknown_option(const char *word, const char *name)
{
    const char *best = NULL;
    size_t least = 3;
    for (size_t i = 0; i < OPTIONS; i++)
        if (str_nearer(str_of(name), str_of(known[i].name), &least)) best = known[i].name;
    fprintf(stderr, "truce monitor: there is no option \"%s\"", word);
    if (best) fprintf(stderr, "; did you mean -%s?", best);
    fputs("\ntry: truce help monitor\n", stderr);
    return STATUS_INPUT;
}

static int parse_options(int argc, char **argv, struct options *o)
{
    for (int i = 1; i < argc; i++) {
        const char *name = argv[i];
        if (name[0] != '-' || !name[1]) return wrong_use("an option should stand for", argv[i]);
        name += name[1] == '-' ? 2 : 1;
        const char *value = strchr(name, '=');
        size_t k = 0, n = value ? (size_t)(value - name) : strlen(name);
        while (k < OPTIONS && (strlen(known[k].name) != n || memcmp(known[k].name, name, n) != 0))
            k++;
        if (k == OPTIONS) return unknown_option(argv[i], name);
        if (value && !known[k].word) return wrong_use("nothing should follow in", argv[i]);
        char *field = (char *)o + known[k].offset;
        if (known[k].word && !value && ++i == argc) return wrong_use(known[k].word, argv[i - 1]);
        value = value ? value + 1 : argv[i];
        if (known[k].word)
            memcpy(field, &value, sizeof value);
        else
            memcpy(field, &(bool){true}, sizeof(bool));
    }
    if (o->help) return STATUS_OK;
    if (!o->sig) return wrong_use("-sig and a file with the signature are needed", NULL);
    if (!o->formula) return wrong_use("-formula and a file with the formula are needed", NULL);
    return STATUS_OK;
}

/* all, first, a position or @ and a time-stamp; behind these perhaps a tuple. */
static enum status parse_explain(const char *word, struct because_config *c)
{
    struct str w = str_trim(str_of(word));
    const char *paren = w.n ? memchr(w.p, '(', w.n) : NULL;
    size_t n = paren ? (size_t)(paren - w.p) : w.n;
    struct str which = str_trim(str_slice(w, 0, n));
    c->tuple = str_slice(w, n, w.n);
    bool stamp = which.n && which.p[0] == '@';
    if (str_eq(which, STR("all"))) {
        c->which = BECAUSE_ALL;
    } else if (str_eq(which, STR("first"))) {
        c->which = BECAUSE_FIRST;
    } else if (value_parse_int(str_slice(which, stamp, which.n), &c->at)) {
        c->which = stamp ? BECAUSE_STAMP : BECAUSE_POINT;
    } else {
        wrong_use("-explain takes a time-point, @ and a time-stamp, `first` or `all`, not", word);
        return STATUS_INPUT;
    }
    return STATUS_OK;
}

/* ---- the formula ---- */

static enum status read_source(struct session *s, const char *path, const struct source **out)
{
    struct str text;
    enum status status = file_read(&s->arena, str_of(path), TEXT_MAX, &s->diags, &text);
    if (status != STATUS_OK) return status;
    *out = source_new(&s->arena, str_of(path), text);
    return *out ? STATUS_OK : STATUS_FAULT;
}

static enum status read_formula(struct session *s)
{
    const struct source *sig, *formula;
    enum status status = read_source(s, s->options.sig, &sig);
    if (status == STATUS_OK) status = parse_signature(&s->sig, sig, &s->diags);
    if (status != STATUS_OK) return status;
    if (!scope_init(&s->scope, &s->arena, &s->strings, &s->sig)) return STATUS_FAULT;
    status = read_source(s, s->options.formula, &formula);
    if (status == STATUS_OK) status = parse_formula(&s->scope, formula, &s->diags, &s->formula);
    if (status != STATUS_OK) return status;
    if (s->options.negate) s->formula = formula_not(&s->scope, s->formula);
    if (!s->formula) return STATUS_FAULT;
    return formula_typecheck(&s->scope, s->formula, &s->diags);
}

/* Core form and plan: STATUS_INPUT when the formula cannot be monitored. */
static enum status make_plan(struct session *s)
{
    struct safe_options safe = {.unbounded_future = false};
    enum status status = safe_core(&s->scope, s->formula, &safe, &s->diags, &s->core);
    if (status != STATUS_OK) return status;
    struct plan_options options = {
        .clock = s->options.clock, .polarity = POLARITY_EXACT, .written = s->formula};
    return plan_compile(s->core, &s->scope, &options, &s->diags, &s->plan);
}

/* ---- what -check, -verbose and -sigout say ---- */

static void add_names(struct session *s, struct buf *b)
{
    bool ok = true;
    struct varset vars = formula_columns(&s->arena, s->formula, &ok);
    buf_puts(b, "The sequence of free variables is: (");
    for (uint32_t k = 0; k < vars.n; k++) {
        if (k) buf_putc(b, ',');
        buf_add(b, scope_var_name(&s->scope, vars.v[k]));
    }
    buf_puts(b, ")\n");
    b->failed |= !ok;
}

static enum status say(struct buf *b)
{
    bool fine = !b->failed && fwrite(b->p, 1, b->n, stdout) == b->n && fflush(stdout) == 0;
    if (!fine) fprintf(stderr, "truce monitor: cannot write: %s\n", strerror(errno));
    buf_free(b);
    return fine ? STATUS_OK : STATUS_FAULT;
}

static enum status say_formula(struct session *s)
{
    struct buf b;
    buf_init(&b);
    buf_puts(&b, "The analyzed formula is:\n  ");
    formula_print(&b, &s->scope, s->formula);
    buf_putc(&b, '\n');
    add_names(s, &b);
    return say(&b);
}

static enum status say_types(struct session *s)
{
    struct buf b;
    buf_init(&b);
    formula_print_columns(&b, &s->scope, s->formula);
    buf_putc(&b, '\n');
    return say(&b);
}

static enum status check(struct session *s)
{
    enum status status = make_plan(s);
    if (status == STATUS_FAULT) return status;
    enum status said = say_formula(s);
    if (said != STATUS_OK) return said;
    struct buf b;
    buf_init(&b);
    buf_puts(&b, "Its free variables have the types: ");
    formula_print_columns(&b, &s->scope, s->formula);
    buf_puts(&b, status == STATUS_OK ? "\nThe analyzed formula is monitorable.\n"
                                     : "\nThe analyzed formula is NOT monitorable.\n");
    said = say(&b);
    if (said != STATUS_OK) return said;
    return status == STATUS_OK ? STATUS_OK : STATUS_NEGATIVE;
}

/* ---- monitoring ---- */

/* A line about how far we are, on a terminal, now and then. */
struct progress {
    uint64_t size;
    time_t said;
    bool any;
};

static void show_progress(void *ctx, uint64_t bytes)
{
    struct progress *p = ctx;
    time_t now = time(NULL);
    if (now == p->said) return;
    p->said = now;
    p->any = true;
    fprintf(stderr, "\r%3.0f%% of the log read", 100.0 * (double)bytes / (double)p->size);
}

static void report_undefined(struct session *s, const struct monitor_result *result)
{
    if (!result->undefined) return;
    struct diag *diag =
        diag_add(&s->diags, SEVERITY_WARNING, "undefined-term", result->undefined_at,
                 "%llu tuple%s left out, since a term had no value there",
                 (unsigned long long)result->undefined, result->undefined == 1 ? " was" : "s were");
    diag_fix(&s->diags, diag,
             "division by zero, a result beyond 64 bits, or a text that is no number");
}

/* What was asked for and could not be said is told. */
static void report_explained(struct session *s, const struct monitor_result *result)
{
    const char *which = s->options.explain;
    if (!which) return;
    struct place none = place_none();
    if (result->log_lost) {
        struct diag *d = diag_add(&s->diags, SEVERITY_WARNING, "explanation-lost", none,
                                  "not all was explained: the log is not what it was before");
        diag_fix(&s->diags, d, "do not change the file while it is read");
    } else if (result->unexplained) {
        struct diag *d = diag_add(
            &s->diags, SEVERITY_WARNING, "not-explained", none,
            "%llu of %llu explanations %s incomplete", (unsigned long long)result->unexplained,
            (unsigned long long)result->explained, result->unexplained == 1 ? "is" : "are");
        diag_fix(&s->diags, d, "see the lines that say \"not explained\"");
    } else if (!result->explained) {
        struct diag *d = diag_add(&s->diags, SEVERITY_WARNING, "nothing-to-explain", none,
                                  "nothing was explained: there is no verdict for \"%s\"", which);
        diag_fix(&s->diags, d, "name a time-point that has a verdict, or say `first`");
    }
}

static enum status run_monitor(struct session *s, int log)
{
    const struct options *o = &s->options;
    struct monitor_config c = {
        .plan = s->plan,
        .scope = &s->scope,
        .strings = &s->strings,
        .look = o->json      ? LOOK_JSON
                : o->verbose ? LOOK_VERBOSE
                             : LOOK_LINES,
        .clock = o->clock,
        .settle_all = !o->nonewlastts,
        .log_name = log == STDIN_FILENO ? STR("standard input") : str_of(o->log),
        .log = log,
        .out = STDOUT_FILENO,
    };
    struct because_config explain = {.core = s->core, .scope = &s->scope};
    if (o->explain) {
        enum status used = parse_explain(o->explain, &explain);
        if (used != STATUS_OK) return used;
        c.explain = &explain;
    }
    c.columns = monitor_columns(&s->arena, &s->scope, s->formula, s->plan, &c.n_columns);
    if (!c.columns) return STATUS_FAULT;
    struct stat st;
    struct progress progress = {.said = time(NULL)};
    if (isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO) && fstat(log, &st) == 0 &&
        S_ISREG(st.st_mode) && st.st_size > 0) {
        progress.size = (uint64_t)st.st_size;
        c.progress = show_progress;
        c.progress_ctx = &progress;
    }
    struct monitor_result result;
    enum status status = monitor_run(&c, &s->diags, &result);
    if (progress.any) fputs("\r\033[K", stderr);
    report_undefined(s, &result);
    report_explained(s, &result);
    if (result.write_error && result.write_error != EPIPE)
        diag_errno(&s->diags, "cannot-write", "write", STR("standard output"), result.write_error);
    return status;
}

static enum status monitor(struct session *s)
{
    enum status status = read_formula(s);
    if (status != STATUS_OK) return status;
    if (s->options.sigout) return say_types(s);
    if (s->options.check) return check(s);
    status = make_plan(s);
    if (status != STATUS_OK) return status;
    if (s->options.verbose && !s->options.json) status = say_formula(s);
    if (status != STATUS_OK) return status;
    const char *path = s->options.log;
    int log = STDIN_FILENO;
    if (path && strcmp(path, "-") != 0) log = open(path, O_RDONLY | O_CLOEXEC);
    if (log < 0) {
        diag_errno(&s->diags, "cannot-read", "read", str_of(path), errno);
        return STATUS_INPUT;
    }
    status = run_monitor(s, log);
    if (log != STDIN_FILENO) close(log);
    return status;
}

/* Diagnostics to standard error: in colour on a terminal, as JSON lines with -json. */
static void complain(struct session *s)
{
    struct buf b;
    buf_init(&b);
    if (s->options.json)
        diags_render_json(&s->diags, &b);
    else
        diags_render(&s->diags, &b, isatty(STDERR_FILENO));
    if (b.n) fwrite(b.p, 1, b.n, stderr);
    if (b.failed) fputs("truce monitor: memory ran out\n", stderr);
    buf_free(&b);
}

int monitor_command(int argc, char **argv)
{
    struct session s = {0};
    int status = parse_options(argc, argv, &s.options);
    if (status != STATUS_OK) return status;
    if (s.options.help) {
        fputs(monitor_usage, stdout);
        return fflush(stdout) == 0 ? STATUS_OK : STATUS_FAULT;
    }
    arena_init(&s.arena);
    diags_init(&s.diags, &s.arena);
    intern_init(&s.strings);
    signature_init(&s.sig, &s.arena, &s.strings);
    enum status result = monitor(&s);
    complain(&s);
    if (result == STATUS_FAULT && s.diags.n == 0 && s.arena.failed)
        fputs("truce monitor: memory ran out\n", stderr);
    plan_free(s.plan);
    intern_free(&s.strings);
    arena_free(&s.arena);
    return (int)result;
}
