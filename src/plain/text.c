/* The view as text: clause by clause, and what its lines share with the other views. */
#include "lang/words.h"
#include "plain/private.h"
#include "report/layout.h"

#include <string.h>

#define WIDTH 92

struct str plain_term(const struct plain *p)
{
    const struct header *h = &p->g->header;
    struct str from = words_instant(p->v, h->from);
    if (h->expiry == INSTANT_MAX)
        return say(p->v, "in force from {from}; time zone {zone}", from, h->zone_name);
    return say(p->v, "in force from {from} until {until} (included); time zone {zone}", from,
               words_instant(p->v, h->expiry), h->zone_name);
}

struct str plain_day_one(const struct plain *p)
{
    const struct header *h = &p->g->header;
    instant f, l;
    if (!h->has_day_one || h->day_one_term != LANG_NONE) return (struct str){NULL, 0};
    agreement_point(p->g, &h->day_one, LANG_NONE, &f, &l);
    return say(p->v, "day 1 begins {point}", words_instant(p->v, f));
}

struct str plain_date_line(const struct plain *p, const struct plain_date *d)
{
    struct str name = said(p->v, plain_date_word(d->name)), at = words_instant(p->v, d->at);
    if (!d->reading.n) return say(p->v, "{date_name}: {point}", name, at);
    return say(p->v, "{date_name}: {point} ({reading})", name, at, d->reading);
}

struct str plain_head_line(const struct plain *p, const struct provision *pv)
{
    struct voice *v = p->v;
    struct str line =
        say(v, "provision {name} ({pattern})", pv->name, said(v, pattern_name(pv->pattern)));
    if (pv->amendment == LANG_NONE && pv->ended_by == LANG_NONE) return line;
    struct str from = words_instant(v, pv->from), until = words_instant(v, pv->until);
    if (pv->amendment == LANG_NONE)
        return say(v, "{line}, original: in force until {until} (included)", line, until);
    struct str by = p->g->amendments[pv->amendment].name;
    if (pv->ended_by == LANG_NONE)
        return say(v, "{line}, by {amendment}: in force from {from}", line, by, from);
    return say(v, "{line}, by {amendment}: in force from {from} until {until} (included)", line, by,
               from, until);
}

bool plain_next_line(struct str text, size_t *at, struct str *line)
{
    if (*at >= text.n) return false;
    size_t end = *at;
    while (end < text.n && text.p[end] != '\n') end++;
    *line = str_slice(text, *at, end);
    *at = end + 1;
    return true;
}

void plain_paragraph(struct arena *a, struct buf *out, struct str text, const char *first,
                     const char *rest, size_t width)
{
    const char *indent = first;
    text = layout_shown(a, text);
    for (size_t at = 0, end = 0; at < text.n; at = end, indent = rest) {
        size_t room = width > strlen(indent) ? width - strlen(indent) : 1, next;
        while (at < text.n && text.p[at] == ' ') at++;
        for (next = end = at; next < text.n; end = next) {
            while (next < text.n && text.p[next] == ' ') next++;
            while (next < text.n && text.p[next] != ' ') next++;
            if (end > at && utf8_width(str_slice(text, at, next)) > room) break;
        }
        if (end == at) break;
        buf_puts(out, indent);
        layout_line(out, str_slice(text, at, end));
        buf_putc(out, '\n');
    }
}

static void add_wrapped(const struct plain *p, struct buf *out, struct str text, const char *indent)
{
    plain_paragraph(p->v->a, out, text, indent, indent, WIDTH + strlen(indent));
}

static void add_item(const struct plain *p, const struct plain_item *item,
                     const struct plain_more *more, struct buf *out)
{
    const struct provision *pv = item->pv;
    struct voice *v = p->v;
    add_wrapped(p, out, plain_head_line(p, pv), "  ");
    add_wrapped(p, out, pv->sentence, "    ");
    add_wrapped(p, out, say(v, "read as: {rule}", item->gloss), "      ");
    if (item->not_gloss.n)
        add_wrapped(p, out, say(v, "not read as: {rule}", item->not_gloss), "      ");
    for (uint32_t k = 0; k < item->n_dates; k++)
        add_wrapped(p, out, plain_date_line(p, &item->dates[k]), "      ");
    for (uint32_t k = 0; k < pv->readings.n; k++)
        add_wrapped(p, out, say(v, "reading: {label}", p->g->readings[pv->readings.v[k]].label),
                    "      ");
    if (more) more->add(more->ctx, (uint32_t)(pv - p->g->provisions), out);
    buf_putc(out, '\n');
}

static void add_head(const struct plain *p, struct buf *out)
{
    add_wrapped(p, out, p->g->header.title, "");
    if (plain_warning(p).n) add_wrapped(p, out, plain_warning(p), "  ");
    buf_puts(out, "  ");
    buf_add(out, plain_term(p));
    buf_putc(out, '\n');
    if (plain_day_one(p).n) add_wrapped(p, out, plain_day_one(p), "  ");
    for (uint32_t i = 0; i < p->g->n_notes; i++) add_wrapped(p, out, p->g->notes[i], "  ");
    buf_putc(out, '\n');
}

static void add_prose(const struct plain *p, struct buf *out, struct str prose)
{
    struct str line;
    for (size_t at = 0; plain_next_line(prose, &at, &line);) {
        line = layout_shown(p->v->a, str_trim(line));
        if (!line.n) continue;
        buf_puts(out, "  | ");
        layout_line(out, line);
        buf_putc(out, '\n');
    }
}

static void add_rule(const struct plain *p, const struct plain_rule *r, struct buf *out)
{
    add_wrapped(p, out, r->sentence, "    ");
    add_wrapped(p, out, say(p->v, "read as: {rule}", r->gloss), "      ");
    buf_putc(out, '\n');
}

void plain_text(const struct plain *p, const struct plain_more *more, struct buf *out)
{
    struct plain_walk w = {0};
    add_head(p, out);
    while (plain_walk_next(p, &w)) {
        const struct clause *c = &p->g->clauses[w.clause];
        if (c->title.n) add_wrapped(p, out, c->title, "");
        add_prose(p, out, c->prose);
        buf_putc(out, '\n');
        for (uint32_t i = w.rule; i < w.rules_end; i++) add_rule(p, &p->rules[i], out);
        for (uint32_t i = w.item; i < w.items_end; i++) add_item(p, &p->items[i], more, out);
    }
}
