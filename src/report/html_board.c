/* The status board: a row for each provision and reading, a column for `all` and each subject.  No
 * row or column is summed, and cells of different parties are not compared. */
#include "report/html.h"
#include "report/words.h"

static const struct view_row *find(const struct view *v, const struct view_row *like,
                                   struct str subject)
{
    const struct view_provision *p = &v->provisions[like->provision];
    for (size_t i = p->first_row; i < p->first_row + p->n_rows; i++) {
        const struct view_row *r = &v->rows[i];
        if (str_eq(r->reading, like->reading) && str_eq(r->subject, subject)) return r;
    }
    return NULL;
}

static void put_cell(const struct html *h, const struct view_row *r, struct str subject)
{
    buf_puts(h->out, "<td class=\"cell\" data-h=\"");
    html_text(h->out, subject);
    buf_puts(h->out, ":\">");
    if (!r) {
        buf_puts(h->out, "<small>not bound</small></td>");
        return;
    }
    html_verdict(h->out, r->verdict);
    const char *state = attribution_word(r->attribution);
    if (state) buf_fmt(h->out, "<small>%s</small>", state);
    buf_puts(h->out, "<small>");
    words_number(h->out, r->certain);
    buf_puts(h->out, " certain, ");
    words_number(h->out, r->possible);
    buf_puts(h->out, " possible; covered ");
    html_share(h->out, r->coverage);
    buf_puts(h->out, "</small>");
    if (r->next_deadline != INSTANT_MAX) {
        buf_puts(h->out, "<small>next deadline ");
        html_time(h, r->next_deadline);
        buf_puts(h->out, "</small>");
    }
    buf_puts(h->out, "</td>");
}

static void put_row(const struct html *h, const struct view_row *all)
{
    const struct view *v = h->v;
    const struct view_provision *p = &v->provisions[all->provision];
    buf_puts(h->out, "<tr><th scope=\"row\"><a href=\"#");
    html_anchor(h->out, all->provision);
    buf_puts(h->out, "\">");
    html_name(h->out, p->name);
    if (p->version.n) {
        buf_puts(h->out, ", ");
        html_name(h->out, p->version);
    }
    buf_puts(h->out, "</a><small>");
    html_name(h->out, p->clause);
    buf_puts(h->out, "</small>");
    if (all->reading.n) {
        buf_puts(h->out, "<small>reading: ");
        html_name(h->out, all->reading);
        buf_puts(h->out, "</small>");
    }
    buf_puts(h->out, "</th>");
    put_cell(h, find(v, all, STR("all")), STR("all"));
    for (size_t i = 0; i < v->n_subjects; i++)
        put_cell(h, find(v, all, v->subjects[i].name), v->subjects[i].name);
    buf_puts(h->out, "</tr>\n");
}

void html_board(const struct html *h)
{
    const struct view *v = h->v;
    buf_puts(h->out,
             "<section aria-labelledby=\"board\"><h2 id=\"board\">Status board</h2>\n"
             "<div class=\"scroll\"><table class=\"board stack\"><caption>Each provision for "
             "all that it binds together, and for each of them. Counts are of violating "
             "events or missed duties; what is certain is not counted again as possible. "
             "Columns are not to be added or compared.</caption>\n"
             "<thead><tr><th scope=\"col\">Provision</th><th scope=\"col\">all</th>");
    for (size_t i = 0; i < v->n_subjects; i++) {
        buf_puts(h->out, "<th scope=\"col\">");
        html_name(h->out, v->subjects[i].name);
        if (v->subjects[i].label.n) {
            buf_puts(h->out, "<br><small>");
            html_name(h->out, v->subjects[i].label);
            buf_puts(h->out, "</small>");
        }
        buf_puts(h->out, "</th>");
    }
    buf_puts(h->out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < v->n_rows; i++) {
        const struct view_row *r = &v->rows[i];
        bool first = !i || r[-1].provision != r->provision || !str_eq(r[-1].reading, r->reading);
        if (first) put_row(h, r);
    }
    buf_puts(h->out, "</tbody></table></div></section>\n");
}
