/* The view as Markdown (CommonMark with tables), to be kept beside the agreement or printed from. */
#include "lang/words.h"
#include "plain/private.h"

/* Users' and our words with the marks of Markdown made plain; on one line. */
static void put(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool mark = c == '\\' || c == '`' || c == '*' || c == '_' || c == '[' || c == ']' ||
                    c == '<' || c == '>' || c == '#' || c == '|' || c == '&' || c == '~';
        if (mark) buf_putc(out, '\\');
        buf_putc(out, c == '\n' || c == '\r' ? ' ' : c);
    }
}

static void put_line(struct buf *out, const char *before, struct str s, const char *behind)
{
    if (!s.n) return;
    buf_puts(out, before);
    put(out, s);
    buf_puts(out, behind);
}

/* The text of the clause as it was written, as a quotation. */
static void put_prose(struct buf *out, struct str prose)
{
    struct str line;
    bool blank = true, any = false;
    for (size_t at = 0; plain_next_line(prose, &at, &line);) {
        line = str_trim(line);
        if (line.n && blank && any) buf_puts(out, ">\n");
        blank = !line.n;
        if (blank) continue;
        buf_fmt(out, "> %.*s\n", STR_ARG(line));
        any = true;
    }
    if (any) buf_putc(out, '\n');
}

static void put_item(const struct plain *p, const struct plain_item *item, struct buf *out)
{
    const struct provision *pv = item->pv;
    put_line(out, "### ", plain_head_line(p, pv), "\n\n");
    buf_fmt(out, "    %.*s\n\n", STR_ARG(pv->sentence));
    put_line(out, "- ", say(p->v, "read as: {rule}", item->gloss), "\n");
    if (item->not_gloss.n)
        put_line(out, "- ", say(p->v, "not read as: {rule}", item->not_gloss), "\n");
    for (uint32_t k = 0; k < item->n_dates; k++)
        put_line(out, "- ", plain_date_line(p, &item->dates[k]), "\n");
    for (uint32_t k = 0; k < pv->readings.n; k++)
        put_line(out, "- ", say(p->v, "reading: {label}", p->g->readings[pv->readings.v[k]].label),
                 "\n");
    buf_putc(out, '\n');
}

static void put_row(struct buf *out, const struct str *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_puts(out, "| ");
        put(out, cells[i]);
        buf_putc(out, ' ');
    }
    buf_puts(out, "|\n");
}

static void put_deadlines(const struct plain *p, struct buf *out)
{
    struct voice *v = p->v;
    struct plain_due *due;
    uint32_t n;
    if (!plain_due_list(p, &due, &n)) return;
    put_line(out, "## ", said(v, "Deadlines"), "\n\n");
    put_row(out,
            (struct str[]){said(v, "when"), said(v, "provision"), said(v, "who"), said(v, "what")},
            4);
    buf_puts(out, "|---|---|---|---|\n");
    for (uint32_t i = 0; i < n; i++) {
        const struct provision *pv = due[i].item->pv;
        put_row(out,
                (struct str[]){words_instant(v, due[i].date.at), words_name(v, pv->name),
                               words_all(v, pv->bearers), plain_due_words(p, &due[i])},
                4);
    }
    for (uint32_t i = 0; i < p->n; i++)
        if (plain_undated(p->items[i].pv))
            put_row(out,
                    (struct str[]){said(v, "no date of its own"),
                                   words_name(v, p->items[i].pv->name),
                                   words_all(v, p->items[i].pv->bearers), p->items[i].gloss},
                    4);
    buf_putc(out, '\n');
}

static void put_matrix(const struct plain *p, struct buf *out)
{
    struct voice *v = p->v;
    put_line(out, "## ", said(v, "Who owes what to whom"), "\n\n");
    put_row(out,
            (struct str[]){said(v, "who"), said(v, "owes"), said(v, "to whom"),
                           said(v, "verified by"), said(v, "provision")},
            5);
    buf_puts(out, "|---|---|---|---|---|\n");
    for (uint32_t i = 0; i < p->n_duties; i++) {
        const struct plain_duty *d = &p->duties[i];
        put_row(out,
                (struct str[]){d->who, d->owes, d->to, d->by.n ? d->by : said(v, "nobody named"),
                               words_name(v, d->pv->name)},
                5);
    }
    put_line(out, "\n", said(v, "In brackets: the text does not say to whom; the other parties."),
             "\n");
}

void plain_markdown(const struct plain *p, struct buf *out)
{
    struct plain_walk w = {0};
    put_line(out, "# ", p->g->header.title, "\n\n");
    put_line(out, "*", plain_warning(p), "*\n\n");
    put_line(out, "", plain_term(p), "\n\n");
    put_line(out, "", plain_day_one(p), "\n\n");
    for (uint32_t i = 0; i < p->g->n_notes; i++) put_line(out, "*", p->g->notes[i], "*\n\n");
    while (plain_walk_next(p, &w)) {
        put_line(out, "## ", p->g->clauses[w.clause].title, "\n\n");
        put_prose(out, p->g->clauses[w.clause].prose);
        for (uint32_t i = w.rule; i < w.rules_end; i++) {
            buf_fmt(out, "    %.*s\n\n", STR_ARG(p->rules[i].sentence));
            put_line(out, "- ", say(p->v, "read as: {rule}", p->rules[i].gloss), "\n\n");
        }
        for (uint32_t i = w.item; i < w.items_end; i++) put_item(p, &p->items[i], out);
    }
    put_deadlines(p, out);
    put_matrix(p, out);
}
