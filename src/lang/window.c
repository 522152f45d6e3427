/* Windows of silence: a state that is live from when everybody has confirmed it, within its hours.
 *
 *     window morning, in corridor, from 2025-03-10 10:00 until 2025-03-10 12:00, live when each party has
 *     confirmed.
 *
 * It is a state by definition (row 15): NOT end SINCE (the hour has come AND all have confirmed).  What
 * confirms it names it: the event has an attribute `window`, and only confirmations of this window
 * count. */
#include "lang/parse.h"

static bool pass_name(struct parser *p, struct str *name, struct place *at)
{
    p->doing = "the declaration of a window";
    p->at++;
    return name_declared(p, name, at);
}

bool enter_window(struct parser *p, struct sentence *s)
{
    struct kind k = {.is_state = true,
                     .clause = p->clause,
                     .parent = LANG_NONE,
                     .actor = LANG_NONE,
                     .whom = LANG_NONE,
                     .places = PLACED_AT};
    if (!pass_name(p, &k.name, &k.at)) return false;
    k.label = name_spoken(p, k.name);
    struct kind *slot = vec_add(p, &p->kinds, sizeof *slot);
    if (!slot) return false;
    *slot = k;
    s->item = (uint32_t)p->kinds.n - 1;
    return name_enter(p, k.name, SORT_KIND, s->item, k.at) &&
           phrase_enter(p, k.label, s->item, FORM_NOUN, k.at);
}

static struct condition *come(struct parser *p)
{
    struct condition *c = parse_alloc(p, sizeof *c);
    if (!c) return NULL;
    if (!look_point(p)) {
        expected(p, "a point of time", "write: from 2025-03-10 10:00 until 2025-03-10 12:00");
        return NULL;
    }
    c->op = COND_FROM;
    c->phrase.kind = c->phrase.zone = c->since.kind = c->since.zone = c->provision = LANG_NONE;
    if (!read_point(p, &c->point)) return NULL;
    c->at = c->point.at;
    return c;
}

/* Only what names this window confirms it. */
static bool name_window(struct parser *p, struct condition *c, struct str name)
{
    for (uint32_t i = 0; i < c->n_sub; i++)
        if (!name_window(p, c->sub[i], name)) return false;
    if (c->op != COND_HAPPENED) return true;
    const struct kind *k = VEC_AT(p->kinds, struct kind, c->phrase.kind);
    uint32_t a = kind_attribute(k, STR("window"));
    struct str *text = parse_alloc(p, sizeof *text);
    if (!text) return false;
    if (a == LANG_NONE || k->attributes[a].type != ATTRIBUTE_TEXT) {
        struct diag *x = refuse(p, "which-window", c->at, "\"%.*s\" does not say of which window",
                                STR_ARG(k->label));
        diag_fix(p->d, x, "declare it with: (by party, window text)");
        return false;
    }
    *text = name;
    struct attribute_test t = {.attribute = a, .texts = text, .n_texts = 1, .at = c->at};
    return add_test(p, &c->phrase, &t);
}

bool read_window_declared(struct parser *p, struct sentence *s)
{
    struct str name;
    struct place at;
    uint32_t zone;
    struct definition *def = parse_alloc(p, sizeof *def);
    struct condition *both = parse_alloc(p, sizeof *both), **sub = parse_alloc(p, 2 * sizeof *sub);
    const struct condition *confirmed = NULL;
    if (!def || !both || !sub || !pass_name(p, &name, &at)) return false;
    eat_punct(p, ',');
    if (!expect(p, "in", "write: window morning, in corridor, from …") ||
        !name_read(p, SORT_ZONE, "a zone", &zone))
        return false;
    eat_punct(p, ',');
    if (!expect(p, "from", "write: from 2025-03-10 10:00 until 2025-03-10 12:00")) return false;
    if (!(sub[0] = come(p)) || !expect(p, "until", "write: until 2025-03-10 12:00") ||
        !(def->until = come(p)))
        return false;
    eat_punct(p, ',');
    if (!expect(p, "live when", "write behind it: , live when each party has confirmed") ||
        !read_condition(p, &confirmed))
        return false;
    sub[1] = (struct condition *)confirmed; /* just made by the parser, in its arena */
    struct kind *k = VEC_AT(p->kinds, struct kind, s->item);
    if (!name_window(p, sub[1], k->label)) return false;
    *both = (struct condition){.op = COND_ALL, .sub = sub, .n_sub = 2, .at = confirmed->at};
    both->phrase = sub[0]->phrase;
    both->since = sub[0]->since;
    both->provision = LANG_NONE;
    *def = (struct definition){s->item, both, def->until, p->clause, at};
    k->label = str_fmt(p->arena, "%.*s in %.*s", STR_ARG(k->label),
                       STR_ARG(name_spoken(p, VEC_AT(p->zones, struct zone_decl, zone)->name)));
    k->definition = def;
    return expect_end(p);
}
