/* The view for programs: one object a line.  Keys and words of the language are English whatever the
 * reader's language; what is said to a reader is in the reader's. */
#include "plain/private.h"

static void member(struct buf *out, const char *name, struct str text)
{
    buf_fmt(out, ", \"%s\": ", name);
    buf_json(out, text);
}

static void flag(struct buf *out, const char *name, bool is)
{
    buf_fmt(out, ", \"%s\": %s", name, is ? "true" : "false");
}

static void time_member(const struct plain *p, struct buf *out, const char *name, instant at)
{
    buf_fmt(out, ", \"%s\": ", name);
    if (at == INSTANT_MAX || at == INSTANT_MIN) {
        buf_puts(out, "null");
        return;
    }
    buf_putc(out, '"');
    zone_format(p->g->header.zone, out, at);
    buf_putc(out, '"');
}

static void actors(const struct plain *p, struct buf *out, const char *name, struct indices list)
{
    buf_fmt(out, ", \"%s\": [", name);
    for (uint32_t k = 0; k < list.n; k++) {
        if (k) buf_puts(out, ", ");
        buf_json(out, p->g->actors[list.v[k]].name);
    }
    buf_putc(out, ']');
}

static void strings(struct buf *out, const char *name, const struct str *list, uint32_t n)
{
    buf_fmt(out, ", \"%s\": [", name);
    for (uint32_t k = 0; k < n; k++) {
        if (k) buf_puts(out, ", ");
        buf_json(out, list[k]);
    }
    buf_putc(out, ']');
}

static void dates(const struct plain *p, const struct plain_item *item, struct buf *out)
{
    buf_puts(out, ", \"dates\": [");
    for (uint32_t k = 0; k < item->n_dates; k++) {
        const struct plain_date *d = &item->dates[k];
        buf_fmt(out, "%s{\"name\": \"%s\", \"at\": \"", k ? ", " : "", plain_date_word(d->name));
        zone_format(p->g->header.zone, out, d->at);
        buf_putc(out, '"');
        if (d->reading.n) member(out, "reading", d->reading);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
    if (item->pv->deadline.op == DEADLINE_EVERY)
        member(out, "every", item->pv->deadline.period.text);
}

static void head(const struct plain *p, struct buf *out)
{
    const struct header *h = &p->g->header;
    buf_puts(out, "{\"agreement\": ");
    buf_json(out, h->title);
    time_member(p, out, "from", h->from);
    time_member(p, out, "until", h->expiry);
    member(out, "time_zone", h->zone_name);
    instant first, last;
    if (h->has_day_one && h->day_one_term == LANG_NONE) {
        agreement_point(p->g, &h->day_one, LANG_NONE, &first, &last);
        time_member(p, out, "day_1", first);
    }
    strings(out, "authentic_languages", h->languages, h->n_languages);
    member(out, "language", str_of(catalogue_code(p->v->language)));
    flag(out, "authentic", p->authentic);
    strings(out, "notes", p->g->notes, p->g->n_notes);
    buf_puts(out, "}\n");
}

static void provision(const struct plain *p, const struct plain_item *item, struct buf *out)
{
    const struct agreement *g = p->g;
    const struct provision *pv = item->pv;
    buf_puts(out, "{\"provision\": ");
    buf_json(out, pv->name);
    if (provision_version(g, pv).n) {
        member(out, "version", provision_version(g, pv));
        time_member(p, out, "version_from", pv->from);
        time_member(p, out, "version_until", pv->until);
    }
    member(out, "clause", clause_path(g, p->v->a, pv->clause));
    member(out, "text", str_trim(g->clauses[pv->clause].prose));
    member(out, "pattern", str_of(pattern_name(pv->pattern)));
    actors(p, out, "bearers", pv->bearers);
    flag(out, "together", pv->together);
    member(out, "sentence", pv->sentence);
    member(out, "read_as", item->gloss);
    member(out, "not_read_as", item->not_gloss);
    buf_puts(out, ", \"readings\": [");
    for (uint32_t k = 0; k < pv->readings.n; k++) {
        if (k) buf_puts(out, ", ");
        buf_json(out, g->readings[pv->readings.v[k]].label);
    }
    buf_putc(out, ']');
    dates(p, item, out);
    flag(out, "deadline_depends_on_an_event", plain_undated(pv));
    buf_puts(out, ", \"depends_on\": [");
    for (uint32_t k = 0; k < pv->depends_on.n; k++) {
        if (k) buf_puts(out, ", ");
        buf_json(out, g->provisions[pv->depends_on.v[k]].name);
    }
    buf_putc(out, ']');
    member(out, "language", str_of(catalogue_code(p->v->language)));
    buf_puts(out, "}\n");
}

static void rule(const struct plain *p, const struct plain_rule *r, struct buf *out)
{
    buf_fmt(out, "{\"%s\": ", r->key);
    buf_json(out, r->sentence);
    member(out, "clause", clause_path(p->g, p->v->a, r->clause));
    member(out, "read_as", r->gloss);
    member(out, "language", str_of(catalogue_code(p->v->language)));
    buf_puts(out, "}\n");
}

void plain_json(const struct plain *p, struct buf *out)
{
    head(p, out);
    for (uint32_t i = 0; i < p->n; i++) provision(p, &p->items[i], out);
    for (uint32_t i = 0; i < p->n_rules; i++) rule(p, &p->rules[i], out);
}

void plain_matrix_json(const struct plain *p, struct buf *out)
{
    for (uint32_t i = 0; i < p->n_duties; i++) {
        const struct plain_duty *d = &p->duties[i];
        buf_puts(out, "{\"provision\": ");
        buf_json(out, d->pv->name);
        member(out, "clause", clause_path(p->g, p->v->a, d->pv->clause));
        actors(p, out, "who", d->bearers);
        flag(out, "together", d->pv->together);
        member(out, "owes", d->owes);
        actors(p, out, "to", d->addressees);
        flag(out, "to_is_stated", d->stated);
        actors(p, out, "verified_by", d->verifiers);
        flag(out, "filed", d->filed);
        member(out, "language", str_of(catalogue_code(p->v->language)));
        buf_puts(out, "}\n");
    }
}

void plain_deadlines_json(const struct plain *p, struct buf *out)
{
    struct plain_due *due;
    uint32_t n;
    if (!plain_due_list(p, &due, &n)) return;
    for (uint32_t i = 0; i < n; i++) {
        const struct provision *pv = due[i].item->pv;
        buf_puts(out, "{\"provision\": ");
        buf_json(out, pv->name);
        time_member(p, out, "at", due[i].date.at);
        if (pv->deadline.op == DEADLINE_EVERY) member(out, "every", pv->deadline.period.text);
        if (due[i].date.reading.n) member(out, "reading", due[i].date.reading);
        actors(p, out, "who", pv->bearers);
        member(out, "what", plain_due_words(p, &due[i]));
        buf_puts(out, "}\n");
    }
    for (uint32_t i = 0; i < p->n; i++) {
        if (!plain_undated(p->items[i].pv)) continue;
        buf_puts(out, "{\"provision\": ");
        buf_json(out, p->items[i].pv->name);
        buf_puts(out, ", \"at\": null");
        actors(p, out, "who", p->items[i].pv->bearers);
        member(out, "what", p->items[i].gloss);
        buf_puts(out, "}\n");
    }
}
