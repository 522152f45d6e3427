/* See explain.h. */
#include "lang/explain.h"

/* One computed date of a provision. */
struct dated {
    const char *name;
    struct str reading; /* empty: none */
    instant at;
};

struct dates {
    struct dated v[512];
    size_t n;
};

static void add_date(struct dates *x, const char *name, struct str reading, instant at)
{
    if (x->n == sizeof x->v / sizeof x->v[0]) return;
    for (size_t i = 0; i < x->n; i++)
        if (x->v[i].at == at && x->v[i].name == name && str_eq(x->v[i].reading, reading)) return;
    x->v[x->n++] = (struct dated){name, reading, at};
}

/* A point under each reading of the provision that settles the term it rests on. */
static void add_point(struct dates *x, const struct agreement *g, const struct provision *pv,
                      const struct point *p, const char *name, const struct duration *later,
                      bool last)
{
    uint32_t n = p->term == LANG_NONE || !pv->readings.n ? 1 : pv->readings.n;
    for (uint32_t i = 0; i < n; i++) {
        instant f, l;
        uint32_t reading = p->term == LANG_NONE || !pv->readings.n ? LANG_NONE : pv->readings.v[i];
        struct str label = {NULL, 0};
        if (reading != LANG_NONE)
            label = g->terms[p->term].alternatives[reading_choice(g, reading, p->term)].label;
        agreement_point(g, p, reading, &f, &l);
        instant at = last ? l : f;
        add_date(x, name, label, later ? agreement_later(g, later, at) : at);
    }
}

static void find_dates(const struct agreement *g, const struct provision *pv, struct dates *x)
{
    static const char *const names[] = {
        [FRAME_FROM] = "from",     [FRAME_AFTER] = "after", [FRAME_UNTIL] = "until",
        [FRAME_BEFORE] = "before", [FRAME_WHILE] = "while",
    };
    x->n = 0;
    for (uint32_t i = 0; i < pv->n_frames; i++)
        if (!pv->frames[i].condition)
            add_point(x, g, pv, &pv->frames[i].point, names[pv->frames[i].op], NULL,
                      pv->frames[i].op == FRAME_AFTER);
    if (pv->deadline.op == DEADLINE_BY)
        add_point(x, g, pv, &pv->deadline.point, "deadline", NULL, true);
    if (pv->deadline.op == DEADLINE_WITHIN && pv->trigger.op == TRIGGER_POINT)
        add_point(x, g, pv, &pv->trigger.point, "deadline", &pv->deadline.period, true);
    for (uint32_t i = 0; i < pv->n_steps; i++) {
        const struct schedule_step *s = &pv->steps[i];
        bool by = s->deadline.op == DEADLINE_BY;
        add_point(x, g, pv, by ? &s->deadline.point : &s->after, "deadline",
                  by ? NULL : &s->deadline.period, true);
    }
    if (pv->deadline.op == DEADLINE_EVERY) {
        instant at = g->header.from, f, l;
        for (uint32_t i = 0; i < pv->n_frames; i++)
            if (pv->frames[i].op == FRAME_FROM && !pv->frames[i].condition) {
                agreement_point(g, &pv->frames[i].point, LANG_NONE, &f, &l);
                at = f;
            }
        add_date(x, "first deadline", (struct str){NULL, 0},
                 instant_add(agreement_later(g, &pv->deadline.period, at), -1));
    }
}

/* ---- text ---- */

static void add_wrapped(struct buf *out, struct str text, const char *indent)
{
    size_t column = 0, at = 0;
    while (at < text.n) {
        while (at < text.n && text.p[at] == ' ') at++;
        size_t end = at;
        while (end < text.n && text.p[end] != ' ') end++;
        struct str word = str_slice(text, at, end);
        size_t w = utf8_width(word);
        if (column && column + 1 + w > 92) {
            buf_putc(out, '\n');
            column = 0;
        }
        if (!column)
            buf_puts(out, indent);
        else
            buf_putc(out, ' ');
        column += w + (column ? 1 : 0);
        buf_add(out, word);
        at = end;
    }
    buf_putc(out, '\n');
}

static void add_labelled(struct buf *out, struct arena *a, const char *label, struct str text)
{
    if (text.n) add_wrapped(out, str_fmt(a, "%s %.*s", label, STR_ARG(text)), "      ");
}

static void add_provision(const struct agreement *g, struct arena *a, uint32_t i,
                          const struct explain_more *more, struct buf *out)
{
    const struct provision *pv = &g->provisions[i];
    struct dates dates;
    buf_fmt(out, "  provision %.*s (%s)\n", STR_ARG(pv->name), pattern_name(pv->pattern));
    add_wrapped(out, pv->sentence, "    ");
    add_labelled(out, a, "read as:", pv->gloss);
    add_labelled(out, a, "not read as:", pv->not_gloss);
    find_dates(g, pv, &dates);
    for (size_t k = 0; k < dates.n; k++) {
        buf_fmt(out, "      %s: ", dates.v[k].name);
        zone_format(g->header.zone, out, dates.v[k].at);
        if (dates.v[k].reading.n) buf_fmt(out, " (%.*s)", STR_ARG(dates.v[k].reading));
        buf_putc(out, '\n');
    }
    for (uint32_t k = 0; k < pv->readings.n; k++)
        buf_fmt(out, "      reading: %.*s\n", STR_ARG(g->readings[pv->readings.v[k]].label));
    if (more) more->add(more->ctx, i, out);
    buf_putc(out, '\n');
}

static void add_head(const struct agreement *g, struct buf *out)
{
    const struct header *h = &g->header;
    buf_fmt(out, "%.*s\n", STR_ARG(h->title));
    buf_puts(out, "  in force from ");
    zone_format(g->header.zone, out, h->from);
    if (h->until != INSTANT_MAX) {
        buf_puts(out, " until ");
        zone_format(g->header.zone, out, h->until);
        buf_puts(out, " (included)");
    }
    buf_fmt(out, "; time zone %.*s\n", STR_ARG(h->zone_name));
    if (h->has_day_one && h->day_one_term == LANG_NONE) {
        instant f, l;
        agreement_point(g, &h->day_one, LANG_NONE, &f, &l);
        buf_puts(out, "  day 1 begins ");
        zone_format(g->header.zone, out, f);
        buf_putc(out, '\n');
    }
    for (uint32_t i = 0; i < g->n_notes; i++) add_wrapped(out, g->notes[i], "  ");
    buf_putc(out, '\n');
}

static void add_prose(struct buf *out, struct str prose)
{
    size_t at = 0;
    while (at < prose.n) {
        size_t end = at;
        while (end < prose.n && prose.p[end] != '\n') end++;
        struct str line = str_trim(str_slice(prose, at, end));
        if (line.n) buf_fmt(out, "  | %.*s\n", STR_ARG(line));
        at = end + 1;
    }
}

/* What a clause says that is no provision. */
static void add_rule(const struct force_rule *r, struct arena *a, struct buf *out)
{
    add_wrapped(out, r->sentence, "    ");
    add_labelled(out, a, "read as:", r->gloss);
    buf_putc(out, '\n');
}

static void add_clause(const struct clause *c, struct buf *out, bool *shown)
{
    if (*shown) return;
    *shown = true;
    if (c->title.n) buf_fmt(out, "%.*s\n", STR_ARG(c->title));
    add_prose(out, c->prose);
    buf_putc(out, '\n');
}

void explain_text(const struct agreement *g, struct arena *a, const struct explain_more *more,
                  struct buf *out)
{
    add_head(g, out);
    for (uint32_t clause = 0; clause < g->n_clauses; clause++) {
        const struct clause *c = &g->clauses[clause];
        bool shown = false;
        for (uint32_t i = 0; i < g->n_force; i++) {
            if (g->force[i].clause != clause) continue;
            add_clause(c, out, &shown);
            add_rule(&g->force[i], a, out);
        }
        for (uint32_t i = 0; i < g->n_provisions; i++) {
            if (g->provisions[i].clause != clause) continue;
            add_clause(c, out, &shown);
            add_provision(g, a, i, more, out);
        }
    }
}

/* ---- JSON ---- */

static void json_member(struct buf *out, const char *name, struct str text)
{
    buf_fmt(out, ", \"%s\": ", name);
    buf_json(out, text);
}

static void json_dates(const struct agreement *g, const struct provision *pv, struct buf *out)
{
    struct dates dates;
    find_dates(g, pv, &dates);
    buf_puts(out, ", \"dates\": [");
    for (size_t k = 0; k < dates.n; k++) {
        buf_fmt(out, "%s{\"name\": \"%s\", \"at\": \"", k ? ", " : "", dates.v[k].name);
        zone_format(g->header.zone, out, dates.v[k].at);
        buf_putc(out, '"');
        if (dates.v[k].reading.n) json_member(out, "reading", dates.v[k].reading);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

void explain_json(const struct agreement *g, struct arena *a, struct buf *out)
{
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        buf_puts(out, "{\"provision\": ");
        buf_json(out, pv->name);
        json_member(out, "clause", clause_path(g, a, pv->clause));
        json_member(out, "pattern", str_of(pattern_name(pv->pattern)));
        buf_puts(out, ", \"bearers\": [");
        for (uint32_t k = 0; k < pv->bearers.n; k++) {
            if (k) buf_puts(out, ", ");
            buf_json(out, g->actors[pv->bearers.v[k]].name);
        }
        buf_putc(out, ']');
        json_member(out, "sentence", pv->sentence);
        json_member(out, "read_as", pv->gloss);
        json_member(out, "not_read_as", pv->not_gloss);
        buf_puts(out, ", \"readings\": [");
        for (uint32_t k = 0; k < pv->readings.n; k++) {
            if (k) buf_puts(out, ", ");
            buf_json(out, g->readings[pv->readings.v[k]].label);
        }
        buf_putc(out, ']');
        json_dates(g, pv, out);
        buf_puts(out, "}\n");
    }
    for (uint32_t i = 0; i < g->n_force; i++) {
        const struct force_rule *r = &g->force[i];
        buf_puts(out, "{\"force\": ");
        buf_json(out, r->word);
        json_member(out, "clause", clause_path(g, a, r->clause));
        json_member(out, "sentence", r->sentence);
        json_member(out, "read_as", r->gloss);
        buf_puts(out, "}\n");
    }
}
