/* What a verdict rests on: its instances with their incidents and the reports of each. */
#include "report/html.h"
#include "report/words.h"

#define SHOWN 100       /* instances listed of one row */
#define REPORTS_SHOWN 6 /* reports listed of one incident */

static void put_when(const struct html *h, const struct view_instance *x)
{
    struct buf *out = h->out;
    if (x->anchor == ANCHOR_DEADLINE) {
        buf_puts(out, "due by ");
        html_time(h, x->to);
    } else if (x->anchor == ANCHOR_EPISODE) {
        buf_puts(out, "from ");
        html_time(h, x->from);
        buf_puts(out, " to ");
        html_time(h, x->to);
    } else {
        words_span(out, &h->v->clock, x->from, x->to);
    }
}

static void put_report(struct buf *out, const struct view_report *r)
{
    buf_puts(out, "<div>");
    html_name(out, r->sources);
    buf_puts(out, " <small>");
    html_text(out, r->grade);
    buf_puts(out, "; <code>");
    html_text(out, r->file);
    buf_fmt(out, ":%zu</code>", r->line);
    buf_puts(out, "</small></div>");
}

static void put_reports(struct buf *out, const struct view_incident *x)
{
    size_t shown = 0, all = 0;
    for (size_t i = 0; i < x->n_alternatives; i++) {
        for (size_t k = 0; k < x->alternatives[i].n_reports; k++, all++) {
            if (shown == REPORTS_SHOWN) continue;
            put_report(out, &x->alternatives[i].reports[k]);
            shown++;
        }
    }
    if (all > shown) buf_fmt(out, "<div><small>and %zu more reports</small></div>", all - shown);
}

static void put_part(struct buf *out, const char *before, struct str s)
{
    if (!s.n) return;
    buf_puts(out, before);
    html_name(out, s);
}

static void put_what(const struct html *h, const struct view_incident *x)
{
    struct buf *out = h->out;
    html_name(out, x->kind);
    buf_puts(out, " <small>");
    html_name(out, x->id);
    buf_puts(out, "</small>");
    for (size_t i = 0; i < x->n_alternatives; i++) {
        const struct view_alternative *a = &x->alternatives[i];
        buf_puts(out, "<br><small>");
        if (x->n_alternatives > 1) {
            buf_fmt(out, "%s ", i ? "or" : "either");
            words_span(out, &h->v->clock, a->from, a->to);
            buf_puts(out, ", ");
        }
        buf_puts(out, "by ");
        html_name(out, a->who);
        put_part(out, "; ", a->details);
        if (a->n_reports) put_part(out, "; ", a->reports[0].shown);
        buf_puts(out, "</small>");
    }
}

static void put_instance(const struct html *h, const struct view_instance *x)
{
    struct buf *out = h->out;
    const struct view_incident *incident =
        x->incident < h->v->n_incidents ? &h->v->incidents[x->incident] : NULL;
    buf_puts(out, "<tr><td>");
    put_when(h, x);
    buf_puts(out, "</td><td>");
    html_verdict(out, x->verdict);
    if (x->reasons) {
        buf_puts(out, "<br><small>");
        words_reasons(out, x->reasons);
        buf_puts(out, "</small>");
    }
    buf_puts(out, "</td><td>");
    if (incident) put_what(h, incident);
    buf_puts(out, "</td><td>");
    if (incident) put_reports(out, incident);
    buf_puts(out, "</td></tr>\n");
}

void html_evidence(const struct html *h, const struct view_row *row)
{
    struct buf *out = h->out;
    if (!row->n_instances) return;
    size_t first = row->n_instances > SHOWN ? row->n_instances - SHOWN : 0;
    buf_puts(out, "<details><summary>What it rests on");
    if (row->reading.n) {
        buf_puts(out, ", reading: ");
        html_name(out, row->reading);
    }
    buf_puts(out, ": ");
    words_count(out, (int64_t)row->n_instances, "instance", "instances");
    buf_puts(out, "</summary>\n<div class=\"scroll\"><table class=\"stack\"><caption>");
    if (first) {
        buf_fmt(out, "The latest %d of ", SHOWN);
        words_number(out, (int64_t)row->n_instances);
        buf_puts(out, "; <code>truce why</code> shows any other.");
    } else {
        buf_puts(out, "All of them, in order of time.");
    }
    buf_puts(out, "</caption><thead><tr><th scope=\"col\">When</th><th scope=\"col\">Verdict</th>"
                  "<th scope=\"col\">What</th><th scope=\"col\">Who says so, and where</th></tr>"
                  "</thead><tbody>\n");
    for (size_t i = first; i < row->n_instances; i++) put_instance(h, &row->instances[i]);
    buf_puts(out, "</tbody></table></div></details>\n");
}
