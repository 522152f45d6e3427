/* The view as one page that needs no network, no font and no script: the text of each clause beside what
 * it means, then the deadlines and who owes what to whom.  What users wrote is escaped and keeps its own
 * direction. */
#include "report/html.h"
#include "lang/words.h"
#include "plain/private.h"
#include "plain_page.inc.h"

static void put(struct buf *out, const char *open, struct str text, const char *close)
{
    if (!text.n) return;
    buf_puts(out, open);
    html_text(out, text);
    buf_puts(out, close);
}

static void put_head(const struct plain *p, struct buf *out)
{
    const struct str title = p->g->header.title;
    buf_fmt(out,
            "<!doctype html>\n<html lang=\"%s\" dir=\"ltr\"><head><meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n",
            catalogue_code(p->v->language));
    put(out, "<title>", title, "</title>\n");
    buf_puts(out, "<style>\n");
    buf_add(out, (struct str){page_css, page_css_size});
    buf_puts(out, "</style></head>\n<body>\n");
    put(out, "<header><h1 dir=\"auto\">", title, "</h1>\n");
    put(out, "<p class=\"notes\"><strong>", plain_warning(p), "</strong></p>\n");
    put(out, "<p>", plain_term(p), "</p>\n");
    put(out, "<p>", plain_day_one(p), "</p>\n");
    for (uint32_t i = 0; i < p->g->n_notes; i++)
        put(out, "<p class=\"notes\" dir=\"auto\">", p->g->notes[i], "</p>\n");
    buf_puts(out, "</header>\n");
}

/* Paragraphs at blank lines. */
static void put_prose(struct buf *out, struct str prose)
{
    struct str line;
    bool open = false;
    for (size_t at = 0; plain_next_line(prose, &at, &line);) {
        line = str_trim(line);
        if (line.n) {
            buf_puts(out, open ? "\n" : "<p>");
            html_text(out, line);
        } else if (open) {
            buf_puts(out, "</p>");
        }
        open = line.n > 0;
    }
    if (open) buf_puts(out, "</p>");
}

static void put_item(const struct plain *p, const struct plain_item *item, struct buf *out)
{
    const struct provision *pv = item->pv;
    buf_fmt(out, "<section id=\"p-%u\">", (unsigned)(item - p->items) + 1);
    put(out, "<h3>", plain_head_line(p, pv), "</h3>");
    put(out, "<div class=\"sentence\" dir=\"auto\">", pv->sentence, "</div><ul class=\"gloss\">");
    put(out, "<li dir=\"auto\">", say(p->v, "read as: {rule}", item->gloss), "</li>");
    if (item->not_gloss.n)
        put(out, "<li dir=\"auto\" class=\"soft\">",
            say(p->v, "not read as: {rule}", item->not_gloss), "</li>");
    for (uint32_t k = 0; k < item->n_dates; k++)
        put(out, "<li dir=\"auto\">", plain_date_line(p, &item->dates[k]), "</li>");
    for (uint32_t k = 0; k < pv->readings.n; k++)
        put(out, "<li dir=\"auto\">",
            say(p->v, "reading: {label}", p->g->readings[pv->readings.v[k]].label), "</li>");
    buf_puts(out, "</ul></section>\n");
}

static void put_rule(const struct plain *p, const struct plain_rule *r, struct buf *out)
{
    put(out, "<section><div class=\"sentence\" dir=\"auto\">", r->sentence,
        "</div><ul class=\"gloss\">");
    put(out, "<li dir=\"auto\">", say(p->v, "read as: {rule}", r->gloss), "</li></ul></section>\n");
}

static void put_clauses(const struct plain *p, struct buf *out)
{
    struct plain_walk w = {0};
    while (plain_walk_next(p, &w)) {
        const struct clause *c = &p->g->clauses[w.clause];
        buf_puts(out, "<article>");
        put(out, "<h2 dir=\"auto\">", c->title, "</h2>");
        put(out, "<div class=\"beside\"><div><h4>", said(p->v, "The text"),
            "</h4><blockquote dir=\"auto\">");
        put_prose(out, c->prose);
        put(out, "</blockquote></div>\n<div><h4>", said(p->v, "What it means"), "</h4>");
        for (uint32_t i = w.rule; i < w.rules_end; i++) put_rule(p, &p->rules[i], out);
        for (uint32_t i = w.item; i < w.items_end; i++) put_item(p, &p->items[i], out);
        buf_puts(out, "</div></div></article>\n");
    }
}

/* ---- tables ---- */

static void open_table(const struct plain *p, struct buf *out, const char *id, struct str title,
                       const struct str *heads, size_t n)
{
    (void)p;
    buf_fmt(out, "<h2 id=\"%s\">", id);
    html_text(out, title);
    buf_puts(out, "</h2>\n<div class=\"scroll\"><table class=\"stack\"><thead><tr>");
    for (size_t i = 0; i < n; i++) put(out, "<th scope=\"col\">", heads[i], "</th>");
    buf_puts(out, "</tr></thead><tbody>\n");
}

static void put_row(struct buf *out, const struct str *heads, const struct str *cells, size_t n)
{
    buf_puts(out, "<tr>");
    for (size_t i = 0; i < n; i++) {
        buf_puts(out, "<td dir=\"auto\" data-h=\"");
        html_text(out, heads[i]);
        buf_puts(out, "\">");
        html_text(out, cells[i]);
        buf_puts(out, "</td>");
    }
    buf_puts(out, "</tr>\n");
}

static void put_deadlines(const struct plain *p, struct buf *out)
{
    struct voice *v = p->v;
    struct plain_due *due;
    uint32_t n;
    const struct str heads[] = {said(v, "when"), said(v, "provision"), said(v, "who"),
                                said(v, "what")};
    if (!plain_due_list(p, &due, &n)) return;
    open_table(p, out, "deadlines", said(v, "Deadlines"), heads, 4);
    for (uint32_t i = 0; i < n; i++) {
        const struct provision *pv = due[i].item->pv;
        put_row(out, heads,
                (struct str[]){words_instant(v, due[i].date.at), words_name(v, pv->name),
                               words_all(v, pv->bearers), plain_due_words(p, &due[i])},
                4);
    }
    for (uint32_t i = 0; i < p->n; i++)
        if (plain_undated(p->items[i].pv))
            put_row(out, heads,
                    (struct str[]){said(v, "no date of its own"),
                                   words_name(v, p->items[i].pv->name),
                                   words_all(v, p->items[i].pv->bearers), p->items[i].gloss},
                    4);
    buf_puts(out, "</tbody></table></div>\n");
}

static void put_matrix(const struct plain *p, struct buf *out)
{
    struct voice *v = p->v;
    const struct str heads[] = {said(v, "who"), said(v, "owes"), said(v, "to whom"),
                                said(v, "verified by"), said(v, "provision")};
    open_table(p, out, "matrix", said(v, "Who owes what to whom"), heads, 5);
    for (uint32_t i = 0; i < p->n_duties; i++) {
        const struct plain_duty *d = &p->duties[i];
        put_row(out, heads,
                (struct str[]){d->who, d->owes, d->to, d->by.n ? d->by : said(v, "nobody named"),
                               words_name(v, d->pv->name)},
                5);
    }
    buf_puts(out, "</tbody></table></div>\n");
    put(out, "<p class=\"soft\">",
        said(v, "In brackets: the text does not say to whom; the other parties."), "</p>\n");
}

void plain_html(const struct plain *p, struct buf *out)
{
    put_head(p, out);
    buf_puts(out, "<main>\n");
    put_clauses(p, out);
    put_deadlines(p, out);
    put_matrix(p, out);
    buf_puts(out, "</main></body></html>\n");
}
