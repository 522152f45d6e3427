/* What the pointer stands on: a name with its declaration; a provision with its reading and
 * dates.  Of an agreement with errors, names only. */
#include "lang/vocabulary.h"
#include "lsp/private.h"
#include "plain/plain.h"

struct answer hover_shown(const struct asked *q, struct str markdown, struct place at)
{
    if (!markdown.n) return answer_with(json_null());
    return answer_with(json_pack("{s:{s:s, s:o}, s:o}", "contents", "kind", "markdown", "value",
                                 text_json(markdown), "range",
                                 range_json(q->source, at.from, at.to)));
}

static struct answer shown(const struct asked *q, struct buf *b, struct place at)
{
    struct answer answer = b->failed ? answer_with(NULL) : hover_shown(q, buf_str(b), at);
    buf_free(b);
    return answer;
}

static bool inside(struct place at, size_t offset)
{
    return at.source && at.from <= offset && offset < at.to;
}

void hover_name(const struct named *n, struct buf *b)
{
    buf_fmt(b, "**%.*s**: %s\n\n```truce\n%.*s.\n```\n", STR_ARG(n->name), n->sort,
            STR_ARG(place_text(n->sentence)));
}

/* `titled`: the name is not said yet. */
static void say_item(const struct plain *p, const struct plain_item *item, bool titled,
                     struct buf *b)
{
    if (titled) buf_fmt(b, "**%.*s**: provision\n", STR_ARG(item->pv->name));
    buf_fmt(b, "\n%.*s\n", STR_ARG(item->gloss));
    if (item->not_gloss.n) buf_fmt(b, "\n%.*s\n", STR_ARG(item->not_gloss));
    for (uint32_t i = 0; i < item->n_dates; i++) {
        const struct plain_date *d = &item->dates[i];
        struct str word = say_plain(p->v, said(p->v, plain_date_word(d->name)));
        buf_fmt(b, "%s- %.*s: ", i ? "" : "\n", STR_ARG(word));
        zone_format(p->g->header.zone, b, d->at);
        if (d->reading.n) buf_fmt(b, " (%.*s)", STR_ARG(d->reading));
        buf_putc(b, '\n');
    }
}

/* The provision whose sentence holds the offset, or whose name is `name`.  False: memory. */
static bool say_provision(const struct asked *q, struct str name, struct buf *b, struct place *at)
{
    struct diags quiet;
    struct plain p;
    const struct agreement *g;
    diags_init(&quiet, q->a);
    enum status st = agreement_check(q->a, q->source, &quiet, &g);
    if (st != STATUS_OK) return st != STATUS_FAULT;
    struct voice v = {q->language, g, q->a, false};
    if (!plain_make(&v, &p)) return false;
    for (uint32_t i = 0; i < p.n; i++) {
        const struct provision *pv = p.items[i].pv;
        bool here = name.n ? str_eq(pv->name, name) : inside(pv->at, q->offset);
        if (!here) continue;
        if (!name.n) *at = pv->at;
        say_item(&p, &p.items[i], !name.n, b);
        break;
    }
    return !v.failed;
}

static struct answer hover_agreement(const struct asked *q)
{
    struct vocabulary v;
    struct buf b;
    struct place at = {q->source, 0, 0};
    if (!vocabulary_read(q->a, q->source, &v)) return answer_with(NULL);
    const struct name_use *m = vocabulary_at(&v, q->offset);
    const struct named *n = m ? &v.names[m->name] : NULL;
    bool provision = n && str_eq(str_of(n->sort), STR("provision"));
    buf_init(&b);
    if (n) {
        at = m->at;
        hover_name(n, &b);
    }
    if ((!n || provision) && !say_provision(q, provision ? n->name : STR(""), &b, &at))
        b.failed = true;
    return shown(q, &b, at);
}

struct answer hover(const struct asked *q)
{
    if (q->mapping) return mapping_hover(q);
    return q->talks ? talks_hover(q) : hover_agreement(q);
}
