/* The page: one file that needs no network, no font and no script to be read. */
#include "report/html.h"
#include "page.inc.h"
#include "report/words.h"

#define ASIDE_SHOWN 200
#define COVERAGE_SHOWN 200
#define FILES_SHOWN 100

static void put_head(const struct html *h)
{
    struct buf *out = h->out;
    buf_puts(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    html_text(out, h->v->title);
    buf_puts(out, "</title>\n<style>\n");
    buf_add(out, (struct str){page_css, page_css_size});
    buf_puts(out, "</style></head>\n<body>\n<a class=\"skip\" href=\"#board\">To the board</a>\n");
}

/* Fills for the days' patterns: a unit of the calendar's drawing is one day. */
static void put_patterns(struct buf *out)
{
    static const struct {
        const char *id, *colour, *d;
    } fills[] = {
        {"overdue", "violated", "M.15 0v1M.5 0v1M.85 0v1"},
        {"possibly", "possibly", "M-.1 .6L.6 -.1M.2 1.1L1.1 .2M.7 1.3L1.3 .7"},
        {"unverified", "unverified", "M.3 .5h.4"},
        {"pending", "pending", "M0 .75h1M0 .9h1"},
        {"waiting", "waiting", "M.2 .2h.6v.6h-.6z"},
        {"excused", "excused", "M0 .3h1M0 .7h1"},
        {"notinforce", "notinforce", "M0 .5h.2"},
    };
    buf_puts(out, "<svg class=\"defs\" aria-hidden=\"true\"><defs>\n");
    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++)
        buf_fmt(
            out,
            "<pattern id=\"p-%s\" width=\"1\" height=\"1\" patternUnits=\"userSpaceOnUse\">"
            "<rect width=\"1\" height=\"1\" fill=\"var(--%s)\" fill-opacity=\".22\"/>"
            "<path d=\"%s\" fill=\"none\" stroke=\"var(--%s)\" stroke-width=\".2\"/></pattern>\n",
            fills[i].id, fills[i].colour, fills[i].d, fills[i].colour);
    buf_puts(out, "<pattern id=\"p-span\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" "
                  "patternTransform=\"rotate(45)\"><path d=\"M1 0v5\" stroke=\"var(--possibly)\" "
                  "stroke-width=\"1.2\"/></pattern>\n</defs></svg>\n");
}

static void put_fact(struct buf *out, const char *name)
{
    buf_fmt(out, "<dt>%s</dt><dd>", name);
}

static void put_readings(const struct html *h)
{
    const struct view *v = h->v;
    size_t found = 0;
    for (size_t i = 0; i < v->n_rows; i++) {
        struct str reading = v->rows[i].reading;
        bool seen = !reading.n;
        for (size_t k = 0; k < i && !seen; k++) seen = str_eq(v->rows[k].reading, reading);
        if (seen) continue;
        if (!found++) {
            put_fact(h->out, "Readings");
        } else {
            buf_puts(h->out, "; ");
        }
        html_name(h->out, reading);
    }
    if (found) buf_puts(h->out, " – each computed, none preferred</dd>\n");
}

static void put_intro(const struct html *h)
{
    struct buf *out = h->out;
    const struct view *v = h->v;
    buf_puts(out, "<header><h1 dir=\"auto\">");
    html_text(out, v->title);
    buf_puts(out, "</h1>\n<dl class=\"facts\">");
    put_fact(out, "Period");
    html_time(h, v->from);
    buf_puts(out, " to ");
    html_time(h, v->to);
    buf_puts(out, ", ");
    words_count(out, (int64_t)v->n_days, "local day", "local days");
    buf_puts(out, " (");
    html_text(out, v->clock.name);
    buf_puts(out, ")</dd>\n");
    put_fact(out, "Seen from");
    html_time(h, v->at);
    buf_puts(out, "; what happened later is unknown. Reports recorded until ");
    html_time(h, v->as_of);
    buf_puts(out, "</dd>\n");
    put_readings(h);
    put_fact(out, "Reports");
    words_count(out, (int64_t)v->rows_read, "row read", "rows read");
    buf_puts(out, ", ");
    words_number(out, (int64_t)v->rows_filtered);
    buf_puts(out, " left out by the mappings' filters, ");
    words_number(out, (int64_t)v->rows_repeated);
    buf_puts(out, " repeated, <a href=\"#sources\">");
    words_number(out, (int64_t)v->n_aside);
    buf_puts(out, " set aside</a></dd>\n</dl>\n");
    buf_puts(out, "<div class=\"notes\"><strong>Read this first</strong><ul>\n");
    for (size_t i = 0; i < v->n_notes; i++) {
        buf_puts(out, "<li dir=\"auto\">");
        html_text(out, v->notes[i]);
        buf_puts(out, "</li>\n");
    }
    buf_puts(out,
             "<li>A verdict is a computed reading of the record, not a finding of a body. An "
             "allegation is not counted as a violation, nor silence as compliance; a violation "
             "that is not attributed blames nobody.</li>\n</ul></div></header>\n");
}

static void put_coverage_row(const struct html *h, const struct view_coverage *c)
{
    struct buf *out = h->out;
    buf_fmt(out, "<tr><td>%s</td><td>", c->gap ? "not covered" : "covered");
    html_time(h, c->from);
    buf_puts(out, " to ");
    html_time(h, c->to);
    buf_puts(out, "</td><td>");
    html_name(out, c->where);
    buf_puts(out, "</td><td>");
    html_name(out, c->kinds);
    buf_puts(out, "</td><td>");
    html_name(out, c->by);
    if (c->by.n && c->means.n) buf_puts(out, ", ");
    html_name(out, c->means);
    html_name(out, c->cause);
    buf_puts(out, "</td></tr>\n");
}

static void put_coverage(const struct html *h)
{
    struct buf *out = h->out;
    const struct view *v = h->v;
    buf_puts(out,
             "<section aria-labelledby=\"coverage\"><h2 id=\"coverage\">What could be seen, and "
             "what could not</h2>\n");
    if (!v->n_coverage) {
        buf_puts(out,
                 "<p>No coverage is on record: at no time was it anyone's task to see what is "
                 "monitored here. Where nothing was reported, nothing is known.</p></section>\n");
        return;
    }
    buf_puts(out,
             "<div class=\"scroll\"><table class=\"stack\"><thead><tr><th scope=\"col\">State</th>"
             "<th scope=\"col\">When</th><th scope=\"col\">Where</th><th scope=\"col\">Kinds</th>"
             "<th scope=\"col\">By whom, or why not</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < v->n_coverage && i < COVERAGE_SHOWN; i++)
        put_coverage_row(h, &v->coverage[i]);
    buf_puts(out, "</tbody></table></div>\n");
    if (v->n_coverage > COVERAGE_SHOWN)
        buf_fmt(out, "<p class=\"soft\">And %zu more.</p>\n", v->n_coverage - COVERAGE_SHOWN);
    buf_puts(out, "</section>\n");
}

static void put_sources(const struct html *h)
{
    struct buf *out = h->out;
    const struct view *v = h->v;
    buf_puts(out, "<section aria-labelledby=\"sources\"><h2 id=\"sources\">Sources, and rows set "
                  "aside</h2>\n<ul>");
    for (size_t i = 0; i < v->n_sources && i < FILES_SHOWN; i++) {
        buf_puts(out, "<li><code>");
        html_text(out, v->sources[i].name);
        buf_puts(out, "</code>, ");
        words_count(out, (int64_t)v->sources[i].rows, "report", "reports");
        buf_puts(out, "</li>");
    }
    if (v->n_sources > FILES_SHOWN)
        buf_fmt(out, "<li>and %zu more files</li>", v->n_sources - FILES_SHOWN);
    buf_puts(out, "</ul>\n");
    for (size_t i = 0; i < v->n_filters; i++) {
        buf_puts(out, i ? "" : "<p>Rows that the mappings leave out:</p><ul>\n");
        buf_puts(out, "<li>");
        words_count(out, (int64_t)v->filters[i].rows, "row: ", "rows: ");
        html_text(out, v->filters[i].text);
        buf_puts(out, " <small><code>");
        html_text(out, v->filters[i].mapping);
        buf_puts(out, i + 1 == v->n_filters ? "</code></small></li>\n</ul>\n"
                                            : "</code></small></li>\n");
    }
    if (!v->n_aside) {
        buf_puts(out, "<p>No row was set aside.</p></section>\n");
        return;
    }
    buf_puts(out, "<table class=\"stack\"><caption>");
    words_count(out, (int64_t)v->n_aside, "row was set aside.", "rows were set aside.");
    if (v->n_aside > ASIDE_SHOWN) buf_fmt(out, " The first %d:", ASIDE_SHOWN);
    buf_puts(out, "</caption><tbody>\n");
    for (size_t i = 0; i < v->n_aside && i < ASIDE_SHOWN; i++) {
        buf_puts(out, "<tr><td><code>");
        html_text(out, v->aside[i].file);
        buf_fmt(out, ":%zu</code></td><td>", v->aside[i].line);
        html_text(out, v->aside[i].reason);
        buf_puts(out, "</td></tr>\n");
    }
    buf_puts(out, "</tbody></table></section>\n");
}

static void put_legend(struct buf *out)
{
    static const char *const says[VERDICTS] = {
        [VERDICT_VIOLATED] = "in every way the record can be read",
        [VERDICT_OVERDUE] = "its deadline passed unperformed, though it could have been seen",
        [VERDICT_POSSIBLY_VIOLATED] = "the reports leave open whether it is",
        [VERDICT_UNVERIFIED] =
            "nothing reported shows it, and not all was covered that could hide it",
        [VERDICT_PENDING] = "the deadline lies ahead",
        [VERDICT_WAITING] = "what it depends on has not come",
        [VERDICT_EXCUSED] = "an exception holds, or a ruling excuses it",
        [VERDICT_COMPLIED] = "all was covered, and nothing shows a violation",
        [VERDICT_NOT_IN_FORCE] = "outside the agreement's term",
    };
    buf_puts(out, "<section aria-labelledby=\"legend\"><h2 id=\"legend\">What the words mean</h2>\n"
                  "<ul class=\"legend\">");
    for (size_t i = 0; i < VERDICTS; i++) {
        buf_puts(out, "<li>");
        html_verdict(out, (enum verdict)i);
        buf_fmt(out, "<span class=\"d\">%s</span></li>\n", says[i]);
    }
    buf_puts(out, "</ul></section>\n");
}

static void put_foot(const struct html *h)
{
    struct buf *out = h->out;
    buf_puts(out, "<footer><p>Made by truce from <code>");
    html_text(out, h->v->agreement_file);
    buf_puts(out, "</code> and the reports listed above. Times are local, with their offset from "
                  "UTC.</p></footer>\n<script type=\"application/json\" id=\"words\">[");
    for (size_t i = 0; i < VERDICTS; i++)
        buf_fmt(out, "%s\"%s\"", i ? ", " : "", verdict_word((enum verdict)i));
    buf_puts(out, "]</script>\n<script>\n");
    buf_add(out, (struct str){page_js, page_js_size});
    buf_puts(out, "</script>\n</body></html>\n");
}

void report_html(struct arena *a, struct buf *out, const struct view *v,
                 const struct report_options *o)
{
    struct html h = {a, out, v, o};
    put_head(&h);
    put_patterns(out);
    put_intro(&h);
    buf_puts(out, "<main>\n");
    html_board(&h);
    html_map(&h);
    buf_puts(out,
             "<section aria-labelledby=\"provisions\"><h2 id=\"provisions\">Provisions</h2>\n");
    for (size_t i = 0; i < v->n_provisions; i++) html_provision(&h, i);
    buf_puts(out, "</section>\n");
    put_coverage(&h);
    put_sources(&h);
    put_legend(out);
    buf_puts(out, "</main>\n");
    put_foot(&h);
    if (a->failed) out->failed = true;
}
