/* Who owes what to whom, and the deadlines, as tables on a terminal; where a table does not fit, as
 * paragraphs. */
#include "lang/words.h"
#include "plain/private.h"
#include "report/layout.h"

/* A table in the making: cells row after row. */
struct grid {
    const struct plain *p;
    struct cell *cells;
    bool *rule;
    size_t columns, rows;
};

static bool grid_make(struct grid *x, const struct plain *p, size_t columns, size_t most)
{
    *x = (struct grid){.p = p, .columns = columns};
    x->cells = arena_array(p->v->a, columns * (most + 1), sizeof *x->cells);
    x->rule = arena_array(p->v->a, most + 1, sizeof *x->rule);
    if (!x->cells || !x->rule) p->v->failed = true;
    return !p->v->failed;
}

/* Where the table is too narrow for columns, each row is a paragraph: "head: cell". */
static void add_stacked(const struct grid *x, const struct column *columns, size_t width,
                        struct buf *out)
{
    for (size_t r = 0; r < x->rows; r++) {
        for (size_t c = 0; c < x->columns; c++) {
            struct str cell = x->cells[r * x->columns + c].text;
            if (!cell.n) continue;
            layout_paragraph(x->p->v->a, out,
                             say(x->p->v, "{head}: {value}", str_of(columns[c].head), cell), 2,
                             width > 4 ? width - 2 : width);
        }
        buf_putc(out, '\n');
    }
}

static void grid_print(const struct grid *x, const struct column *columns, size_t width,
                       struct buf *out)
{
    struct table t = {columns, x->columns, x->cells, x->rule, x->rows};
    if (!layout_table(x->p->v->a, out, &t, width, false) && !out->failed)
        add_stacked(x, columns, width, out);
}

static const char *head(const struct plain *p, const char *msgid)
{
    struct str text = said(p->v, msgid);
    return text.p ? text.p : "";
}

static struct cell shown(struct str text)
{
    return (struct cell){text, NULL};
}

/* ---- who owes what ---- */

/* Rows bearer by bearer, in the order in which they first stand in the text. */
static void matrix_rows(struct grid *x)
{
    const struct plain *p = x->p;
    for (uint32_t i = 0; i < p->n_duties; i++) {
        bool first = true;
        for (uint32_t k = 0; k < i; k++)
            first = first && !indices_same(p->duties[k].bearers, p->duties[i].bearers);
        if (!first) continue;
        x->rule[x->rows] = x->rows > 0;
        for (uint32_t k = i; k < p->n_duties; k++) {
            const struct plain_duty *d = &p->duties[k];
            if (!indices_same(d->bearers, p->duties[i].bearers)) continue;
            struct cell *c = &x->cells[x->rows++ * x->columns];
            c[0] = shown(d->who);
            c[1] = shown(d->owes);
            c[2] = shown(d->to);
            c[3] = shown(d->by.n ? d->by : said(p->v, "nobody named"));
            c[4] = shown(words_name(p->v, d->pv->name));
        }
    }
}

void plain_matrix_text(const struct plain *p, size_t width, struct buf *out)
{
    struct grid x;
    const struct column columns[] = {
        {head(p, "who"), false, false, 6},        {head(p, "owes"), false, false, 16},
        {head(p, "to whom"), false, false, 8},    {head(p, "verified by"), false, false, 8},
        {head(p, "provision"), false, false, 10},
    };
    if (!grid_make(&x, p, 5, p->n_duties)) return;
    matrix_rows(&x);
    if (plain_warning(p).n) {
        layout_paragraph(p->v->a, out, plain_warning(p), 0, width);
        buf_putc(out, '\n');
    }
    grid_print(&x, columns, width, out);
    buf_putc(out, '\n');
    layout_paragraph(p->v->a, out,
                     said(p->v, "In brackets: the text does not say to whom; the other parties."),
                     0, width);
}

/* ---- deadlines ---- */

static struct str bearers(const struct plain *p, const struct provision *pv)
{
    if (!pv->bearers.n) return said(p->v, "all together");
    struct str all = words_all(p->v, pv->bearers);
    return pv->together ? say(p->v, "{actors}, together", all) : all;
}

static void undated_rows(struct grid *x)
{
    const struct plain *p = x->p;
    bool first = true;
    for (uint32_t i = 0; i < p->n; i++) {
        const struct plain_item *item = &p->items[i];
        if (!plain_undated(item->pv)) continue;
        x->rule[x->rows] = first && x->rows > 0;
        first = false;
        struct cell *c = &x->cells[x->rows++ * x->columns];
        c[0] = shown(said(p->v, "no date of its own"));
        c[1] = shown(words_name(p->v, item->pv->name));
        c[2] = shown(bearers(p, item->pv));
        c[3] = shown(item->gloss);
    }
}

void plain_deadlines_text(const struct plain *p, size_t width, struct buf *out)
{
    struct grid x;
    struct plain_due *due;
    uint32_t n;
    const struct column columns[] = {
        {head(p, "when"), false, true, 0},
        {head(p, "provision"), false, false, 10},
        {head(p, "who"), false, false, 6},
        {head(p, "what"), false, false, 20},
    };
    if (!plain_due_list(p, &due, &n) || !grid_make(&x, p, 4, (size_t)n + p->n)) return;
    for (uint32_t i = 0; i < n; i++) {
        struct cell *c = &x.cells[x.rows++ * 4];
        c[0] = shown(words_instant(p->v, due[i].date.at));
        c[1] = shown(words_name(p->v, due[i].item->pv->name));
        c[2] = shown(bearers(p, due[i].item->pv));
        c[3] = shown(plain_due_words(p, &due[i]));
    }
    undated_rows(&x);
    if (plain_warning(p).n) {
        layout_paragraph(p->v->a, out, plain_warning(p), 0, width);
        buf_putc(out, '\n');
    }
    if (x.rows)
        grid_print(&x, columns, width, out);
    else
        layout_paragraph(p->v->a, out, said(p->v, "The agreement sets no deadline."), 0, width);
}
