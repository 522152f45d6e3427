/* The status table for a terminal.
 *
 * Two layouts: columns where they fit, and on narrow terminals one stanza for each provision with
 * the same words under one another, so that nothing is lost at any width. */
#include "report/layout.h"
#include "report/report.h"
#include "report/words.h"

#define PROSE 100        /* prose is not wider than this, however wide the terminal */
#define ZONE_FROM 160    /* zone and level have columns from this width on */
#define READING_FROM 130 /* below, the reading stands behind the provision's name */
#define COLUMNS_FROM 88  /* below, stanzas */
#define ASIDE_LISTED 200 /* set-aside rows listed */
#define SOURCES_LISTED 8
#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

struct page {
    struct arena *a;
    struct buf *out;
    const struct view *v;
    const struct report_options *o;
    size_t prose; /* width of prose */
};

static void styled(const struct page *p, const char *sgr, struct str text)
{
    struct str shown = layout_shown(p->a, text);
    if (p->o->colour) buf_puts(p->out, sgr);
    layout_line(p->out, shown);
    if (p->o->colour) buf_puts(p->out, PLAIN);
}

/* A labelled line of the heading: the label, then words wrapped beside it. */
static void labelled(const struct page *p, const char *label, struct str words)
{
    struct str name = str_of(label);
    buf_puts(p->out, "  ");
    styled(p, DIM, name);
    buf_pad(p->out, ' ', name.n < 9 ? 9 - name.n : 1);
    layout_paragraph(p->a, p->out, words, 11, p->prose);
}

/* Take what was written into a scratch buffer, as a text in the arena. */
static struct str taken(const struct page *p, struct buf *scratch)
{
    struct str s = str_dup(p->a, buf_str(scratch));
    if (scratch->failed || !s.p) p->out->failed = true;
    buf_free(scratch);
    return s;
}

static void put_period(const struct page *p)
{
    const struct view *v = p->v;
    struct buf b;
    buf_init(&b);
    words_time(&b, &v->clock, v->from);
    buf_puts(&b, " to ");
    words_time(&b, &v->clock, v->to);
    buf_puts(&b, ", ");
    words_count(&b, (int64_t)v->n_days, "local day", "local days");
    buf_fmt(&b, " (%.*s)", STR_ARG(v->clock.name));
    labelled(p, "period", taken(p, &b));
    buf_init(&b);
    words_time(&b, &v->clock, v->at);
    buf_puts(&b, "; what happened later is unknown. Reports recorded until ");
    words_time(&b, &v->clock, v->as_of);
    labelled(p, "at", taken(p, &b));
}

static void put_sources(const struct page *p)
{
    const struct view *v = p->v;
    struct buf b;
    buf_init(&b);
    words_count(&b, (int64_t)v->rows_read, "row read", "rows read");
    buf_puts(&b, ": ");
    if (v->rows_filtered) {
        words_number(&b, (int64_t)v->rows_filtered);
        buf_puts(&b, " left out by the mapping's filter, ");
    }
    if (v->rows_repeated) {
        words_number(&b, (int64_t)v->rows_repeated);
        buf_puts(&b, " repeated, ");
    }
    words_number(&b, (int64_t)v->n_aside);
    buf_puts(&b, v->n_aside == 1 ? " set aside with its reason" : " set aside with their reasons");
    if (v->n_aside && !p->o->list_aside) buf_puts(&b, " (--set-aside lists them)");
    labelled(p, "reports", taken(p, &b));
    if (!v->n_sources) return;
    buf_init(&b);
    for (size_t i = 0; i < v->n_sources && i < SOURCES_LISTED; i++) {
        if (i) buf_puts(&b, "; ");
        buf_fmt(&b, "%.*s (", STR_ARG(v->sources[i].name));
        words_count(&b, (int64_t)v->sources[i].rows, "report", "reports");
        buf_putc(&b, ')');
    }
    if (v->n_sources > SOURCES_LISTED)
        buf_fmt(&b, "; and %zu more files", v->n_sources - SOURCES_LISTED);
    labelled(p, "files", taken(p, &b));
}

static void put_heading(const struct page *p)
{
    const struct view *v = p->v;
    styled(p, BOLD, v->title);
    buf_putc(p->out, '\n');
    put_period(p);
    put_sources(p);
    struct str last = {NULL, 0};
    for (size_t i = 0; i < v->n_rows; i++) {
        struct str reading = v->rows[i].reading;
        if (!reading.n || str_eq(reading, last)) continue;
        bool seen = false;
        for (size_t k = 0; k < i && !seen; k++) seen = str_eq(v->rows[k].reading, reading);
        if (!seen) labelled(p, last.n ? "" : "readings", reading);
        last = reading;
    }
    for (size_t i = 0; i < v->n_notes; i++) labelled(p, i ? "" : "note", v->notes[i]);
    buf_putc(p->out, '\n');
}

static struct str words_of_verdict(const struct page *p, const struct view_row *r, bool level)
{
    struct buf b;
    buf_init(&b);
    words_verdict(&b, r);
    if (level && *words_row_level(r)) buf_fmt(&b, "; level: %s", words_row_level(r));
    return taken(p, &b);
}

static struct str words_of_days(const struct page *p, const struct view_row *r)
{
    struct buf b;
    buf_init(&b);
    words_days(&b, r);
    return taken(p, &b);
}

static struct str number_of(const struct page *p, int64_t n)
{
    struct buf b;
    buf_init(&b);
    words_number(&b, n);
    return taken(p, &b);
}

static struct str share_of(const struct page *p, double share)
{
    struct buf b;
    buf_init(&b);
    words_share(&b, share);
    return taken(p, &b);
}

static struct str deadline_of(const struct page *p, const struct view_row *r)
{
    if (r->next_deadline == INSTANT_MAX) return STR("–");
    struct buf b;
    buf_init(&b);
    words_time(&b, &p->v->clock, r->next_deadline);
    return taken(p, &b);
}

/* Which columns this view needs. */
struct needs {
    bool zone, reading, deadline, level;
};

static struct needs needs_of(const struct view *v, size_t width)
{
    struct needs n = {false, false, false, false};
    for (size_t i = 0; i < v->n_rows; i++) {
        n.zone |= v->rows[i].zone.n > 0 && width >= ZONE_FROM;
        n.reading |= v->rows[i].reading.n > 0 && width >= READING_FROM;
        n.deadline |= v->rows[i].next_deadline != INSTANT_MAX;
        n.level |= *words_row_level(&v->rows[i]) && width >= ZONE_FROM;
    }
    return n;
}

static size_t make_columns(struct column *columns, struct needs needs)
{
    size_t n = 0;
    columns[n++] = (struct column){"Provision", false, false, 10};
    columns[n++] = (struct column){"Clause", false, false, 10};
    if (needs.zone) columns[n++] = (struct column){"Zone", false, false, 0};
    if (needs.reading) columns[n++] = (struct column){"Reading", false, false, 12};
    columns[n++] = (struct column){"Subject", false, false, 0};
    columns[n++] = (struct column){"Verdict", false, false, 14};
    columns[n++] = (struct column){"Days", false, false, 18};
    columns[n++] = (struct column){"Certain", true, true, 0};
    columns[n++] = (struct column){"Possible", true, true, 0};
    columns[n++] = (struct column){"Covered", true, true, 0};
    if (needs.level) columns[n++] = (struct column){"Level", false, false, 0};
    if (needs.deadline) columns[n++] = (struct column){"Next deadline", false, false, 0};
    return n;
}

/* "pullback, amendment 1" */
static struct str versioned(const struct page *p, const struct view_provision *x)
{
    if (!x->version.n) return x->name;
    return str_fmt(p->a, "%.*s, %.*s", STR_ARG(x->name), STR_ARG(x->version));
}

static void fill_row(const struct page *p, struct cell *c, const struct view_row *r,
                     const struct view_row *above, struct needs needs)
{
    const struct view_provision *provision = &p->v->provisions[r->provision];
    bool new_provision = !above || above->provision != r->provision;
    bool new_reading = new_provision || !str_eq(above->reading, r->reading);
    struct str none = {NULL, 0};
    bool named = new_reading && r->reading.n && !needs.reading;
    struct str name = new_provision ? versioned(p, provision) : none;
    if (named)
        name = str_fmt(p->a, "%.*s (%.*s)", STR_ARG(versioned(p, provision)), STR_ARG(r->reading));
    (c++)->text = name;
    (c++)->text = new_provision ? provision->clause : none;
    if (needs.zone) (c++)->text = new_provision ? r->zone : none;
    if (needs.reading) (c++)->text = new_reading ? r->reading : none;
    (c++)->text = r->subject;
    *c++ = (struct cell){words_of_verdict(p, r, !needs.level), words_look(r->verdict)->colour};
    (c++)->text = words_of_days(p, r);
    (c++)->text = number_of(p, r->certain);
    (c++)->text = number_of(p, r->possible);
    (c++)->text = share_of(p, r->coverage);
    if (needs.level) (c++)->text = str_of(words_row_level(r));
    if (needs.deadline) c->text = deadline_of(p, r);
}

static bool put_columns(const struct page *p)
{
    const struct view *v = p->v;
    if (p->o->width < COLUMNS_FROM) return false;
    struct needs needs = needs_of(v, p->o->width);
    struct column columns[12];
    size_t n = make_columns(columns, needs);
    struct cell *cells = arena_array(p->a, v->n_rows * n + 1, sizeof *cells);
    bool *rule = arena_array(p->a, v->n_rows + 1, sizeof *rule);
    if (!cells || !rule) {
        p->out->failed = true;
        return true;
    }
    for (size_t i = 0; i < v->n_rows; i++) {
        const struct view_row *above = i ? &v->rows[i - 1] : NULL;
        fill_row(p, cells + i * n, &v->rows[i], above, needs);
        rule[i] = above && above->provision != v->rows[i].provision;
    }
    struct table table = {columns, n, cells, rule, v->n_rows};
    return layout_table(p->a, p->out, &table, p->o->width, p->o->colour);
}

static void put_stanza_row(const struct page *p, const struct view_row *r)
{
    struct buf b;
    struct str subject = layout_shown(p->a, r->subject), verdict = words_of_verdict(p, r, true);
    buf_puts(p->out, "  ");
    layout_paragraph(p->a, p->out, subject, 2, p->o->width);
    buf_puts(p->out, "    ");
    if (p->o->colour) buf_puts(p->out, words_look(r->verdict)->colour);
    layout_paragraph(p->a, p->out, verdict, 4, p->o->width);
    if (p->o->colour) buf_puts(p->out, PLAIN);
    buf_puts(p->out, "    ");
    buf_init(&b);
    words_days(&b, r);
    buf_puts(&b, r->n_days == 1 ? " (day); " : " (days); ");
    words_number(&b, r->certain);
    buf_puts(&b, " certain, ");
    words_number(&b, r->possible);
    buf_puts(&b, " possible; covered ");
    words_share(&b, r->coverage);
    if (r->next_deadline != INSTANT_MAX) {
        buf_puts(&b, "; next deadline ");
        words_time(&b, &p->v->clock, r->next_deadline);
    }
    layout_paragraph(p->a, p->out, taken(p, &b), 4, p->o->width);
}

static void put_stanzas(const struct page *p)
{
    const struct view *v = p->v;
    for (size_t i = 0; i < v->n_rows; i++) {
        const struct view_row *r = &v->rows[i], *above = i ? r - 1 : NULL;
        const struct view_provision *provision = &v->provisions[r->provision];
        bool new_provision = !above || above->provision != r->provision;
        if (new_provision) {
            if (above) buf_putc(p->out, '\n');
            if (p->o->colour) buf_puts(p->out, BOLD);
            struct str head = str_fmt(p->a, "%.*s – %.*s", STR_ARG(versioned(p, provision)),
                                      STR_ARG(provision->clause));
            layout_paragraph(p->a, p->out, head, 0, p->o->width);
            if (p->o->colour) buf_puts(p->out, PLAIN);
        }
        if (r->reading.n && (new_provision || !str_eq(above->reading, r->reading))) {
            buf_puts(p->out, "  ");
            layout_paragraph(p->a, p->out, str_fmt(p->a, "reading: %.*s", STR_ARG(r->reading)), 2,
                             p->o->width);
        }
        put_stanza_row(p, r);
    }
}

/* One line for each provision whose terms are read in several ways. */
static void put_readings(const struct page *p)
{
    const struct view *v = p->v;
    bool any = false;
    for (size_t i = 0; i < v->n_provisions; i++) {
        const struct view_provision *x = &v->provisions[i];
        struct buf b;
        buf_init(&b);
        words_readings(&b, v, x);
        struct str words = taken(p, &b);
        if (!words.n) continue;
        if (!any) buf_putc(p->out, '\n');
        any = true;
        words = str_fmt(p->a, "%.*s: %.*s", STR_ARG(versioned(p, x)), STR_ARG(words));
        layout_paragraph(p->a, p->out, words, 2, p->prose);
    }
}

static void put_aside(const struct page *p)
{
    const struct view *v = p->v;
    if (!v->n_aside || !p->o->list_aside) return;
    buf_puts(p->out, "\nRows set aside\n");
    for (size_t i = 0; i < v->n_aside && i < ASIDE_LISTED; i++) {
        const struct view_aside *x = &v->aside[i];
        struct str words =
            str_fmt(p->a, "%.*s:%zu: %.*s", STR_ARG(x->file), x->line, STR_ARG(x->reason));
        buf_puts(p->out, "  ");
        layout_paragraph(p->a, p->out, words, 2, p->prose);
    }
    if (v->n_aside > ASIDE_LISTED) buf_fmt(p->out, "  … and %zu more\n", v->n_aside - ASIDE_LISTED);
}

static bool needs_quotes(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '/' || c == '.' || c == '_' || c == '-' || (c & 0x80);
        if (!plain) return true;
    }
    return !s.n;
}

static void put_argument(const struct page *p, struct buf *b, struct str s)
{
    s = layout_shown(p->a, s);
    if (!needs_quotes(s)) {
        buf_add(b, s);
        return;
    }
    buf_putc(b, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\'') {
            buf_puts(b, "'\\''");
        } else {
            buf_putc(b, s.p[i]);
        }
    }
    buf_putc(b, '\'');
}

static void put_command(const struct page *p, const char *verb, struct str more, const char *what)
{
    struct buf b;
    buf_init(&b);
    buf_fmt(&b, "truce %s ", verb);
    put_argument(p, &b, p->o->command);
    buf_putc(&b, ' ');
    buf_add(&b, more);
    struct str line = taken(p, &b);
    size_t used = 2 + utf8_width(line), at = used < 46 ? 48 : used + 2;
    buf_puts(p->out, "  ");
    layout_line(p->out, line);
    if (at + str_of(what).n > p->o->width) {
        buf_puts(p->out, "\n    ");
        at = 4;
    } else {
        buf_pad(p->out, ' ', at - used);
    }
    layout_paragraph(p->a, p->out, str_of(what), at, p->o->width);
}

static void put_footer(const struct page *p)
{
    const struct view *v = p->v;
    buf_putc(p->out, '\n');
    layout_paragraph(
        p->a, p->out,
        STR("Certain and possible count violating events or missed duties; what is certain is not "
            "counted again as possible. Covered is the share of the period in which what matters "
            "could have been seen. Allegations are not counted as violations, nor silence as "
            "compliance. A verdict is a computed reading of the record, not a finding of a body."),
        0, p->prose);
    if (!p->o->command.n || !v->n_rows) return;
    const struct view_provision *first = &v->provisions[v->rows[0].provision];
    buf_puts(p->out, "\nWhat next\n");
    put_command(p, "why", layout_shown(p->a, first->name), "what a verdict rests on");
    put_command(p, "run", STR("--html page.html"), "the same as a page, with days and map");
    put_command(p, "explain", (struct str){NULL, 0}, "what each provision means");
}

void report_text(struct arena *a, struct buf *out, const struct view *v,
                 const struct report_options *o)
{
    struct page page = {a, out, v, o, o->width < PROSE ? o->width : PROSE};
    put_heading(&page);
    if (!v->n_rows) {
        layout_paragraph(a, out, STR("The agreement has no provision that can be judged."), 0,
                         page.prose);
    } else if (!put_columns(&page)) {
        put_stanzas(&page);
    }
    put_readings(&page);
    put_aside(&page);
    put_footer(&page);
    if (a->failed) out->failed = true;
}
