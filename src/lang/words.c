/* See words.h. */
#include "lang/words.h"

#include <string.h>

/* Names are read aloud with blanks. */
static void add_name(struct buf *out, struct str name)
{
    for (size_t i = 0; i < name.n; i++) buf_putc(out, name.p[i] == '_' ? ' ' : name.p[i]);
}

void words_actors(struct buf *out, const struct agreement *g, struct indices actors,
                  const char *joined_by)
{
    for (uint32_t i = 0; i < actors.n; i++) {
        if (i && i + 1 == actors.n)
            buf_fmt(out, " %s ", joined_by);
        else if (i)
            buf_puts(out, ", ");
        add_name(out, g->actors[actors.v[i]].name);
    }
}

/* ---- amounts ---- */

static void add_amount(struct buf *out, const struct attribute *a, int64_t v)
{
    int64_t scale = a->scale > 0 ? a->scale : 1;
    int64_t whole = v / scale, rest = v % scale;
    buf_int(out, whole);
    if (rest) {
        char digits[32];
        int n = 0;
        buf_putc(out, '.');
        for (rest = rest < 0 ? -rest : rest; rest && n < 20; n++) {
            rest *= 10;
            digits[n] = (char)('0' + rest / scale);
            rest %= scale;
        }
        buf_add(out, (struct str){digits, (size_t)n});
    }
    if (a->unit.n) buf_fmt(out, " %.*s", STR_ARG(a->unit));
}

static void add_range(struct buf *out, const struct attribute *a, const struct attribute_test *t)
{
    if (t->negated) buf_puts(out, "other than ");
    if (t->lo == t->hi) {
        add_amount(out, a, t->lo);
    } else if (t->hi == INT64_MAX) {
        add_amount(out, a, t->lo);
        buf_puts(out, " or more");
    } else if (t->lo == INT64_MIN) {
        add_amount(out, a, t->hi);
        buf_puts(out, " or less");
    } else {
        buf_puts(out, "between ");
        add_amount(out, a, t->lo);
        buf_puts(out, " and ");
        add_amount(out, a, t->hi);
    }
}

static void add_test_words(struct buf *out, const struct agreement *g, const struct kind *k,
                           const struct attribute_test *t, bool *with)
{
    const struct attribute *a = &k->attributes[t->attribute];
    if (a->type == ATTRIBUTE_ACTOR) {
        bool direct = t->attribute == k->whom;
        if (direct)
            buf_putc(out, ' ');
        else
            buf_fmt(out, " %.*s ", STR_ARG(a->name));
        words_actors(out, g, t->actors, "or");
        return;
    }
    buf_fmt(out, " %s %.*s", *with ? "and" : "with", STR_ARG(a->name));
    *with = true;
    if (a->type == ATTRIBUTE_YESNO) {
        if (!t->lo) buf_puts(out, " no");
    } else if (a->type == ATTRIBUTE_TEXT) {
        if (t->negated) buf_puts(out, " other than");
        for (uint32_t i = 0; i < t->n_texts; i++)
            buf_fmt(out, "%s \"%.*s\"", i ? " or" : "", STR_ARG(t->texts[i]));
    } else {
        buf_putc(out, ' ');
        add_range(out, a, t);
    }
}

static void add_who(struct buf *out, const struct agreement *g, const struct phrase *ph, bool state)
{
    const char *by = state ? " of " : " by ";
    switch (ph->who) {
    case WHO_ANYONE: return;
    case WHO_BEARER: buf_fmt(out, "%sP", by); return;
    case WHO_OTHER:
        buf_fmt(out, "%sanother than P (", by);
        words_actors(out, g, ph->actors, "or");
        buf_putc(out, ')');
        return;
    case WHO_ONE_OF:
        buf_puts(out, by);
        words_actors(out, g, ph->actors, "or");
        return;
    case WHO_EACH_OF:
        buf_fmt(out, "%seach of ", by);
        words_actors(out, g, ph->actors, "and");
        return;
    case WHO_TOGETHER: buf_fmt(out, "%sall of them together", by); return;
    }
}

void words_phrase(struct buf *out, const struct agreement *g, const struct phrase *ph)
{
    const struct kind *k = &g->kinds[ph->kind];
    bool with = false;
    buf_add(out, k->label);
    add_who(out, g, ph, k->is_state);
    for (int actors = 1; actors >= 0; actors--)
        for (uint32_t i = 0; i < ph->n_tests; i++)
            if ((k->attributes[ph->tests[i].attribute].type == ATTRIBUTE_ACTOR) == actors)
                add_test_words(out, g, k, &ph->tests[i], &with);
    if (ph->zone == LANG_NONE) return;
    static const char *const in[] = {"in",   "in",         "from",         "in or from",
                                     "into", "in or into", "from or into", "in, from or into"};
    buf_fmt(out, " %s%s ", ph->outside ? "outside, not " : "", in[ph->places & 7u]);
    if (ph->outside) { /* "outside belt" */
        out->n -= strlen("outside, not ") + strlen(in[ph->places & 7u]) + 1;
        buf_puts(out, "outside ");
    }
    add_name(out, g->zones[ph->zone].name);
}

/* ---- conditions ---- */

static void add_window(struct buf *out, const struct duration *d)
{
    if (!duration_none(d)) buf_fmt(out, " in the last %.*s", STR_ARG(d->text));
}

static void add_sub(struct buf *out, const struct agreement *g, const struct condition *c,
                    const char *joined_by)
{
    for (uint32_t i = 0; i < c->n_sub; i++) {
        if (i) buf_fmt(out, " %s ", joined_by);
        bool nested = c->sub[i]->op == COND_ALL || c->sub[i]->op == COND_ANY;
        if (nested) buf_putc(out, '(');
        words_condition(out, g, c->sub[i]);
        if (nested) buf_putc(out, ')');
    }
}

static void add_about_provision(struct buf *out, const struct agreement *g,
                                const struct condition *c)
{
    add_name(out, g->provisions[c->provision].name);
    if (c->op == COND_FULFILLED) {
        buf_puts(out, " is fulfilled");
        return;
    }
    buf_puts(out, " has been violated");
    if (c->count > 1) buf_fmt(out, " %u times", c->count);
    add_window(out, &c->window);
}

void words_condition(struct buf *out, const struct agreement *g, const struct condition *c)
{
    switch (c->op) {
    case COND_ALL: add_sub(out, g, c, "and"); return;
    case COND_ANY: add_sub(out, g, c, "or"); return;
    case COND_NOT:
        buf_puts(out, "it is not so that ");
        words_condition(out, g, c->sub[0]);
        return;
    case COND_HAPPENED:
        words_phrase(out, g, &c->phrase);
        buf_puts(out, " has happened");
        add_window(out, &c->window);
        return;
    case COND_HOLDS:
        words_phrase(out, g, &c->phrase);
        buf_puts(out, " holds");
        return;
    case COND_FROM:
        buf_puts(out, "it is ");
        words_point(out, g, &c->point, (struct indices){0}, false);
        buf_puts(out, " or later");
        return;
    case COND_UNTIL:
        buf_puts(out, "it is before ");
        words_point(out, g, &c->point, (struct indices){0}, false);
        return;
    case COND_VIOLATED:
    case COND_FULFILLED: add_about_provision(out, g, c); return;
    case COND_CLOCK:
        buf_fmt(out, "the local clock shows %02d:%02d", c->clock / 3600, c->clock / 60 % 60);
        return;
    case COND_NO_OBJECTION:
        buf_fmt(out, "within %.*s after ", STR_ARG(c->window.text));
        words_phrase(out, g, &c->since);
        buf_puts(out, " there is no ");
        words_phrase(out, g, &c->phrase);
        return;
    }
}

/* ---- time ---- */

void words_instant(struct buf *out, const struct agreement *g, instant at)
{
    zone_format(g->header.zone, out, at);
}

void words_point(struct buf *out, const struct agreement *g, const struct point *p,
                 struct indices readings, bool last)
{
    instant f, l;
    uint32_t term = p->term;
    if (term == LANG_NONE || !readings.n) {
        agreement_point(g, p, LANG_NONE, &f, &l);
        words_instant(out, g, last ? l : f);
        return;
    }
    uint64_t shown = 0; /* alternatives told already */
    for (uint32_t i = 0; i < readings.n; i++) {
        uint32_t choice = reading_choice(g, readings.v[i], term);
        if (choice < 64 && (shown >> choice & 1)) continue;
        if (choice < 64) shown |= (uint64_t)1 << choice;
        agreement_point(g, p, readings.v[i], &f, &l);
        if (i) buf_puts(out, " or ");
        words_instant(out, g, last ? l : f);
        buf_fmt(out, " (%.*s)", STR_ARG(g->terms[term].alternatives[choice].label));
    }
}
