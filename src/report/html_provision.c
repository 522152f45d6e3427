/* A provision on the page: the clause's text beside its verdicts, then days, then evidence. */
#include "report/html.h"
#include "report/words.h"

#define FEW_RUNS 4 /* stretches of days that are listed rather than drawn */

/* Legal prose: paragraphs at blank lines; the marks of headings and quotations are left out. */
static void put_prose(struct buf *out, struct str prose)
{
    bool open = false;
    size_t at = 0;
    while (at < prose.n) {
        size_t end = at;
        while (end < prose.n && prose.p[end] != '\n') end++;
        struct str line = str_trim(str_slice(prose, at, end));
        while (line.n && (line.p[0] == '#' || line.p[0] == '>'))
            line = str_trim(str_slice(line, 1, line.n));
        if (line.n) {
            buf_puts(out, open ? "\n" : "<p>");
            html_text(out, line);
        } else if (open) {
            buf_puts(out, "</p>");
        }
        open = line.n > 0;
        at = end + 1;
    }
    if (open) buf_puts(out, "</p>");
}

static void put_meaning(const struct html *h, const struct view_provision *p)
{
    struct buf *out = h->out;
    buf_puts(out, "<div><h4>The text</h4><blockquote dir=\"auto\">");
    if (p->prose.n) {
        put_prose(out, p->prose);
    } else {
        buf_puts(out, "<p class=\"soft\">The clause has no prose of its own.</p>");
    }
    buf_puts(out, "</blockquote>");
    if (p->sentence.n) {
        buf_puts(out, "<h4>As a provision</h4><div class=\"sentence\" dir=\"auto\">");
        html_text(out, p->sentence);
        buf_puts(out, "</div>");
    }
    if (p->n_gloss) buf_puts(out, "<h4>What it means</h4><ul class=\"gloss\">");
    for (size_t i = 0; i < p->n_gloss; i++) {
        buf_puts(out, "<li dir=\"auto\">");
        html_text(out, p->gloss[i]);
        buf_puts(out, "</li>");
    }
    buf_puts(out, p->n_gloss ? "</ul></div>\n" : "</div>\n");
}

static void put_candidates(struct buf *out, const struct view_row *r)
{
    if (r->attribution == ATTRIBUTION_ABSENT) return;
    bool attributed = r->attribution == ATTRIBUTION_ATTRIBUTED;
    if (!r->n_candidates && !r->unknown_candidate) return;
    buf_puts(out, attributed ? "<br><small>to " : "<br><small>possible actors: ");
    for (size_t i = 0; i < r->n_candidates; i++) {
        if (i) buf_puts(out, ", ");
        html_name(out, r->candidates[i]);
    }
    if (r->unknown_candidate)
        buf_puts(out, r->n_candidates ? ", or someone not named" : "not named");
    buf_puts(out, "</small>");
}

static void put_row(const struct html *h, const struct view_row *r)
{
    struct buf *out = h->out;
    buf_puts(out, "<tr><th scope=\"row\">");
    html_name(out, r->subject);
    buf_puts(out, "</th><td>");
    html_verdict(out, r->verdict);
    const char *state = attribution_word(r->attribution);
    if (state) buf_fmt(out, " <small>%s</small>", state);
    put_candidates(out, r);
    if (r->reasons) {
        buf_puts(out, "<br><small>");
        words_reasons(out, r->reasons);
        buf_puts(out, "</small>");
    }
    if (*words_row_level(r)) {
        buf_fmt(out, "<br><small>implementation: %s", words_row_level(r));
        if (r->level_rule.n) buf_puts(out, " (");
        html_text(out, r->level_rule);
        buf_puts(out, r->level_rule.n ? ")</small>" : "</small>");
    }
    if (r->next_deadline != INSTANT_MAX) {
        buf_puts(out, "<br><small>next deadline ");
        html_time(h, r->next_deadline);
        buf_puts(out, "</small>");
    }
    buf_puts(out, "</td><td class=\"n\" data-h=\"certain\">");
    words_number(out, r->certain);
    buf_puts(out, "</td><td class=\"n\" data-h=\"possible\">");
    words_number(out, r->possible);
    buf_puts(out, "</td><td class=\"n\" data-h=\"covered\">");
    html_share(out, r->coverage);
    buf_puts(out, "</td></tr>\n");
}

/* The rows from `i` on that share a reading end before this index. */
static size_t reading_end(const struct view *v, const struct view_provision *p, size_t i)
{
    size_t end = i;
    while (end < p->first_row + p->n_rows && str_eq(v->rows[end].reading, v->rows[i].reading))
        end++;
    return end;
}

static void put_verdicts(const struct html *h, const struct view_provision *p)
{
    struct buf *out = h->out;
    const struct view *v = h->v;
    struct buf readings;
    buf_init(&readings);
    words_readings(&readings, v, p);
    buf_puts(out, "<div>");
    if (readings.n) {
        buf_puts(out, "<p>");
        html_text(out, buf_str(&readings));
        buf_puts(out, ".</p>\n");
    }
    out->failed |= readings.failed;
    buf_free(&readings);
    for (size_t i = p->first_row; i < p->first_row + p->n_rows;) {
        size_t end = reading_end(v, p, i);
        buf_puts(out, "<h4>Verdict");
        if (v->rows[i].reading.n) {
            buf_puts(out, ", reading: ");
            html_name(out, v->rows[i].reading);
        }
        buf_puts(out, "</h4><table class=\"stack\"><thead><tr><th scope=\"col\">Subject</th>"
                      "<th scope=\"col\">Verdict</th><th class=\"n\" scope=\"col\">Certain</th>"
                      "<th class=\"n\" scope=\"col\">Possible</th>"
                      "<th class=\"n\" scope=\"col\">Covered</th></tr></thead><tbody>\n");
        for (; i < end; i++) put_row(h, &v->rows[i]);
        buf_puts(out, "</tbody></table>\n");
    }
    buf_puts(out, "</div>");
}

/* "2015-02-15 to 2015-02-28: pending": where a drawing would show no more. */
static void put_runs(struct buf *out, const struct view_row *r)
{
    buf_puts(out, "<ul>");
    for (size_t i = 0, end; i < r->n_days; i = end) {
        for (end = i; end < r->n_days && r->days[end] == r->days[i];) end++;
        buf_puts(out, "<li>");
        words_day(out, r->first_day + (int64_t)i);
        if (end - i > 1) {
            buf_puts(out, " to ");
            words_day(out, r->first_day + (int64_t)end - 1);
        }
        buf_puts(out, ": ");
        html_verdict(out, (enum verdict)r->days[i]);
        buf_puts(out, "</li>");
    }
    buf_puts(out, "</ul>\n");
}

static void put_days(const struct html *h, const struct view_row *r, bool heading)
{
    struct buf *out = h->out;
    if (heading) {
        buf_puts(out, "<h4>Days, ");
        html_name(out, r->subject);
        if (r->reading.n) {
            buf_puts(out, ", reading: ");
            html_name(out, r->reading);
        }
        buf_puts(out, "</h4>");
    }
    buf_puts(out, "<p>");
    words_count(out, (int64_t)r->n_days, "local day: ", "local days: ");
    words_days(out, r);
    buf_puts(out, ".</p>\n");
    size_t runs = words_day_runs(r);
    if (runs > FEW_RUNS) {
        html_calendar(h, r);
    } else if (runs > 1) {
        put_runs(out, r);
    }
}

static void put_other_days(const struct html *h, const struct view_provision *p)
{
    const struct view *v = h->v;
    if (p->n_rows < 2) return;
    buf_puts(h->out, "<details><summary>Days for each of those bound</summary>\n");
    for (size_t i = p->first_row; i < p->first_row + p->n_rows; i++)
        if (!str_eq(v->rows[i].subject, STR("all"))) put_days(h, &v->rows[i], true);
    buf_puts(h->out, "</details>\n");
}

void html_provision(const struct html *h, size_t provision)
{
    struct buf *out = h->out;
    const struct view *v = h->v;
    const struct view_provision *p = &v->provisions[provision];
    buf_puts(out, "<article id=\"");
    html_anchor(out, provision);
    buf_puts(out, "\"><header><h3>");
    html_name(out, p->name);
    if (p->version.n) {
        buf_puts(out, ", ");
        html_name(out, p->version);
    }
    buf_puts(out, "</h3><span class=\"soft\">");
    html_name(out, p->clause);
    buf_puts(out, "</span></header>\n<div class=\"beside\">");
    put_meaning(h, p);
    put_verdicts(h, p);
    buf_puts(out, "</div>\n");
    for (size_t i = p->first_row; i < p->first_row + p->n_rows; i++)
        if (str_eq(v->rows[i].subject, STR("all"))) put_days(h, &v->rows[i], true);
    put_other_days(h, p);
    for (size_t i = p->first_row; i < p->first_row + p->n_rows; i++)
        if (str_eq(v->rows[i].subject, STR("all"))) html_evidence(h, &v->rows[i]);
    buf_puts(out, "</article>\n");
}
