/* See change.h: matching things, comparing them, and telling what changed. */
#include "plain/change.h"
#include "lang/in_force.h"

#include "plain/private.h"

#include "lang/gloss.h"
#include "lang/words.h"
#include "report/layout.h"

#include <string.h>

/* ---- telling ---- */

static struct str tell(struct voice *v, const struct change *x, struct str what)
{
    struct str s;
    if (!x->before.n)
        s = say(v, "{what}: new: {after}", what, x->after);
    else if (!x->after.n)
        s = say(v, "{what}: gone: {before}", what, x->before);
    else
        s = say(v, "{what}: was {before}, is now {after}", what, x->before, x->after);
    if (x->direction && x->for_whom.n)
        s = say(v,
                x->direction == DIRECTION_STRICTER ? "{change}; stricter for {actors}"
                                                   : "{change}; looser for {actors}",
                s, x->for_whom);
    return s;
}

void change_add(struct comparison *c, const struct change *x, struct str what)
{
    struct voice *v = &c->now;
    if (c->now.failed) return;
    struct change *all = arena_grow(v->a, c->out->v, c->out->n, &c->out->cap, sizeof *all);
    if (!all) {
        c->now.failed = true;
        return;
    }
    c->out->v = all;
    struct change *y = &all[c->out->n++];
    *y = *x;
    y->before = say_plain(v, x->before);
    y->after = say_plain(v, x->after);
    y->sentence = say_plain(v, tell(v, y, what));
}

static void add(struct comparison *c, const char *thing, struct str name, const char *aspect,
                struct str before, struct str after, struct str what)
{
    struct change x = {
        .thing = thing, .name = name, .aspect = aspect, .before = before, .after = after};
    change_add(c, &x, what);
}

/* ---- matching ---- */

static struct str key_of(struct comparison *c, bool after, enum thing t, uint32_t i)
{
    struct buf b;
    buf_init(&b);
    key_thing(&b, after ? &c->after : &c->before, t, i);
    struct str key = str_dup(c->now.a, buf_str(&b));
    if (b.failed || !key.p) c->now.failed = true;
    buf_free(&b);
    return key;
}

/* The amendment that brought a version; empty for the text that was signed. */
static struct str version(const struct agreement *g, enum thing t, uint32_t i)
{
    if (t != THING_PROVISION || g->provisions[i].amendment == LANG_NONE)
        return (struct str){NULL, 0};
    return g->amendments[g->provisions[i].amendment].name;
}

/* The old thing of the name and version of a new one. */
static uint32_t named(const struct comparison *c, enum thing t, uint32_t now)
{
    const struct agreement *a = c->before.g, *b = c->after.g;
    for (uint32_t i = 0; i < thing_count(a, t); i++)
        if (str_eq(thing_called(a, t, i), thing_called(b, t, now)) &&
            str_eq(version(a, t, i), version(b, t, now)))
            return i;
    return LANG_NONE;
}

static bool taken(const struct comparison *c, enum thing t, uint32_t old)
{
    for (uint32_t i = 0; i < thing_count(c->after.g, t); i++)
        if (c->match.old[t][i] == old) return true;
    return false;
}

/* A party without a label is its name and nothing else; a kind, its words as well. */
static bool may_be_renamed(const struct comparison *c, enum thing t, uint32_t old, uint32_t now)
{
    const struct agreement *a = c->before.g, *b = c->after.g;
    if (t == THING_ACTOR) return !str_eq(a->actors[old].label, a->actors[old].name);
    if (t != THING_KIND) return true;
    const struct kind *x = &a->kinds[old], *y = &b->kinds[now];
    return str_eq(x->base, y->base) && str_eq(x->plural, y->plural) &&
           str_eq(x->status, y->status) && str_eq(x->said, y->said) &&
           (x->base.n || x->plural.n || x->status.n || x->said.n);
}

/* By name; then what is left, by meaning, where that leaves one answer. */
static void match_all(struct comparison *c, enum thing t)
{
    const struct agreement *a = c->before.g, *b = c->after.g;
    uint32_t n = thing_count(b, t), m = thing_count(a, t);
    for (uint32_t i = 0; i < n; i++) c->match.old[t][i] = named(c, t, i);
    for (uint32_t i = 0; i < n; i++) {
        if (c->match.old[t][i] != LANG_NONE) continue;
        struct str key = key_of(c, true, t, i);
        for (uint32_t k = 0; k < m; k++) {
            if (taken(c, t, k) || !may_be_renamed(c, t, k, i)) continue;
            if (!str_eq(key_of(c, false, t, k), key)) continue;
            c->match.old[t][i] = k;
            break;
        }
    }
}

/* ---- comparing ---- */

static const char *what_of(enum thing t)
{
    static const char *const what[] = {
        [THING_ACTOR] = N_("{name}"),
        [THING_LINE] = N_("line {name}"),
        [THING_ZONE] = N_("zone {name}"),
        [THING_DATE] = N_("date {name}"),
        [THING_KIND] = N_("what {name} is"),
        [THING_STOCK] = N_("the stock {name}"),
        [THING_PROCESS] = N_("the movement {name}"),
        [THING_SITE] = N_("the site {name}"),
        [THING_PROVISION] = N_("provision {name}"),
    };
    return what[t];
}

static struct str meaning(struct voice *v, enum thing t, uint32_t i)
{
    struct str read, not_read;
    if (t != THING_PROVISION) return words_thing(v, t, i);
    return gloss_say(v, &v->g->provisions[i], &read, &not_read) ? read : (struct str){NULL, 0};
}

/* A new rule binds, one that is gone does not; an exception excuses as well. */
static void lean(struct change *x, struct voice *v, const struct provision *pv, bool is_new)
{
    if (pv->pattern == PATTERN_EXCEPTION || !pv->bearers.n) return;
    if (pv->pattern == PATTERN_ONLY && !pv->only) return;
    x->direction = is_new ? DIRECTION_STRICTER : DIRECTION_LOOSER;
    x->for_whom = words_all(v, pv->bearers);
}

static void new_or_gone(struct comparison *c, enum thing t, uint32_t i, bool is_new)
{
    struct voice *v = is_new ? &c->now : &c->old;
    struct str name = thing_called(v->g, t, i), is = meaning(v, t, i), none = {NULL, 0};
    struct change x = {.thing = thing_name(t),
                       .name = name,
                       .aspect = is_new ? "new" : "gone",
                       .before = is_new ? none : is,
                       .after = is_new ? is : none};
    if (t == THING_PROVISION) lean(&x, v, &v->g->provisions[i], is_new);
    change_add(c, &x, say(v, what_of(t), words_name(v, name)));
}

/* Is one of two zones the other made wider?  Only where that is plain. */
static int wider(const struct comparison *c, uint32_t was, uint32_t is)
{
    const struct zone_expr *a = c->before.g->zones[was].expr, *b = c->after.g->zones[is].expr;
    if (!a || !b || a->op != b->op) return 0;
    if (a->op != ZONE_WITHIN_LINE && a->op != ZONE_WITHIN_ZONE) return 0;
    enum thing t = a->op == ZONE_WITHIN_LINE ? THING_LINE : THING_ZONE;
    if (key_number(&c->after, t, b->index) != a->index) return 0;
    return b->distance > a->distance ? 1 : b->distance < a->distance ? -1 : 0;
}

/* For which provisions and in which direction a wider zone is stricter. */
static enum direction change_of_zone(const struct comparison *c, uint32_t zone, bool is_wider,
                                     struct str *for_whom)
{
    struct voice v = c->now;
    enum direction all = DIRECTION_NONE;
    for (uint32_t i = 0; i < c->after.g->n_provisions; i++) {
        const struct provision *pv = &c->after.g->provisions[i];
        if (pv->act.kind == LANG_NONE || pv->act.zone != zone) continue;
        bool narrows = pv->pattern == PATTERN_KEEP ? pv->inside : pv->act.outside;
        bool forbids = pv->pattern == PATTERN_KEEP || pv->pattern == PATTERN_FORBID ||
                       pv->pattern == PATTERN_CAP;
        if (!forbids) return DIRECTION_NONE;
        enum direction one = is_wider != narrows ? DIRECTION_STRICTER : DIRECTION_LOOSER;
        if (all && all != one) return DIRECTION_NONE;
        if (!all) *for_whom = words_all(&v, pv->bearers);
        if (all && !str_eq(*for_whom, words_all(&v, pv->bearers))) return DIRECTION_NONE;
        all = one;
    }
    return all;
}

static void compare_thing(struct comparison *c, enum thing t, uint32_t was, uint32_t is)
{
    if (t == THING_PROVISION) {
        change_provision(c, was, is);
        return;
    }
    if (str_eq(key_of(c, false, t, was), key_of(c, true, t, is))) return;
    struct str name = thing_called(c->after.g, t, is);
    struct change x = {.thing = thing_name(t),
                       .name = name,
                       .aspect = "meaning",
                       .before = meaning(&c->old, t, was),
                       .after = meaning(&c->now, t, is)};
    if (t == THING_ZONE && wider(c, was, is))
        x.direction = change_of_zone(c, is, wider(c, was, is) > 0, &x.for_whom);
    change_add(c, &x, say(&c->now, what_of(t), words_name(&c->now, name)));
}

static void compare_things(struct comparison *c, enum thing t)
{
    for (uint32_t i = 0; i < thing_count(c->before.g, t); i++)
        if (!taken(c, t, i)) new_or_gone(c, t, i, false);
    for (uint32_t i = 0; i < thing_count(c->after.g, t); i++) {
        uint32_t old = c->match.old[t][i];
        if (old == LANG_NONE)
            new_or_gone(c, t, i, true);
        else
            compare_thing(c, t, old, i);
    }
}

/* ---- the head, and rules ---- */

/* Two keys made by `key` of either side. */
static bool same(struct comparison *c, void (*key)(struct buf *, const struct edition *))
{
    struct buf a, b;
    buf_init(&a);
    buf_init(&b);
    key(&a, &c->before);
    key(&b, &c->after);
    bool equal = str_eq(buf_str(&a), buf_str(&b));
    if (a.failed || b.failed) c->now.failed = true;
    buf_free(&a);
    buf_free(&b);
    return equal;
}

static void day_one_key(struct buf *out, const struct edition *s)
{
    const struct header *h = &s->g->header;
    if (!h->has_day_one) return;
    if (h->day_one_term == LANG_NONE) {
        key_point(out, s, &h->day_one);
        return;
    }
    const struct disputed *d = &s->g->terms[h->day_one_term];
    for (uint32_t i = 0; i < d->n_alternatives; i++) key_point(out, s, &d->alternatives[i].point);
}

static struct str day_one_words(struct voice *v)
{
    const struct header *h = &v->g->header;
    const struct indices none = {NULL, 0};
    struct str out = {NULL, 0};
    if (!h->has_day_one) return out;
    if (h->day_one_term == LANG_NONE) return words_point(v, &h->day_one, none, false);
    const struct disputed *d = &v->g->terms[h->day_one_term];
    for (uint32_t i = 0; i < d->n_alternatives; i++) {
        struct str one = words_point(v, &d->alternatives[i].point, none, false);
        out = i ? say(v, "{first} or {next}", out, one) : one;
    }
    return out;
}

static void work_key(struct buf *out, const struct edition *s)
{
    const struct workdays *w = s->g->header.work;
    if (!w) return;
    buf_fmt(out, "%u:", w->weekend);
    for (size_t i = 0; i < w->n; i++) buf_fmt(out, "%lld,", (long long)w->holidays[i]);
}

static struct str work_words(struct voice *v)
{
    const struct workdays *w = v->g->header.work;
    struct str out = {NULL, 0};
    for (size_t i = 0; w && i < w->n; i++) {
        struct civil c = civil_from_days(w->holidays[i]);
        struct str day = str_fmt(v->a, "%04d-%02d-%02d", c.year, c.month, c.day);
        out = out.n ? say(v, "{list}, {item}", out, day) : day;
    }
    return w && !out.n ? said(v, "no holidays") : out;
}

static struct str instant_words(struct voice *v, instant at)
{
    return at == INSTANT_MAX ? said(v, "without end") : words_instant(v, at);
}

static void compare_head(struct comparison *c)
{
    const struct header *a = &c->before.g->header, *b = &c->after.g->header;
    struct voice *v = &c->now;
    struct str agreement = b->title;
    if (a->from != b->from)
        add(c, "agreement", agreement, "from", instant_words(&c->old, a->from),
            instant_words(v, b->from), said(v, "the beginning of the term"));
    if (a->expiry != b->expiry)
        add(c, "agreement", agreement, "until", instant_words(&c->old, a->expiry),
            instant_words(v, b->expiry), said(v, "the end of the term"));
    if (!str_eq(a->zone_name, b->zone_name))
        add(c, "agreement", agreement, "time zone", a->zone_name, b->zone_name,
            said(v, "the time zone"));
    if (a->reporting_delay != b->reporting_delay)
        add(c, "agreement", agreement, "reporting delay",
            say(v, "{n} s", say_int(v, (int64_t)a->reporting_delay)),
            say(v, "{n} s", say_int(v, (int64_t)b->reporting_delay)),
            said(v, "how late reports may be"));
    if (!same(c, day_one_key))
        add(c, "agreement", agreement, "day 1", day_one_words(&c->old), day_one_words(v),
            said(v, "day 1"));
    if (!same(c, work_key))
        add(c, "agreement", agreement, "holidays", work_words(&c->old), work_words(v),
            said(v, "the holidays"));
    if (!same(c, key_coverage))
        add(c, "agreement", agreement, "coverage", words_coverage(&c->old), words_coverage(v),
            said(v, "what counts as coverage"));
}

static struct str evidence_key(struct comparison *c, bool after, uint32_t kind)
{
    struct buf b;
    buf_init(&b);
    key_evidence(&b, after ? &c->after : &c->before, kind);
    struct str key = str_dup(c->now.a, buf_str(&b));
    if (b.failed || !key.p) c->now.failed = true;
    buf_free(&b);
    return key;
}

static void compare_evidence(struct comparison *c)
{
    for (uint32_t i = 0; i < c->after.g->n_kinds; i++) {
        uint32_t old = c->match.old[THING_KIND][i];
        if (old == LANG_NONE) continue;
        if (str_eq(evidence_key(c, false, old), evidence_key(c, true, i))) continue;
        struct str name = c->after.g->kinds[i].name;
        add(c, "kind", name, "evidence", words_evidence(&c->old, old), words_evidence(&c->now, i),
            say(&c->now, "the evidence that {name} needs", words_name(&c->now, name)));
    }
}

/* Sentences without a name of their own: those of one draft that the other does not have. */
enum sentences { SENTENCE_FORCE, SENTENCE_AMENDMENT, SENTENCE_DECLARATION, SENTENCE_CONSENT };
#define SENTENCES 4

static uint32_t sentence_count(const struct agreement *g, enum sentences kind)
{
    const uint32_t n[] = {g->n_force, g->n_amendments, g->n_declarations, g->n_consents};
    return n[kind];
}

static struct str sentence_key(struct comparison *c, bool after, enum sentences kind, uint32_t i)
{
    const struct edition *s = after ? &c->after : &c->before;
    struct buf b;
    buf_init(&b);
    if (kind == SENTENCE_FORCE) key_force(&b, s, &s->g->force[i]);
    if (kind == SENTENCE_AMENDMENT) key_amendment(&b, s, &s->g->amendments[i]);
    if (kind == SENTENCE_DECLARATION) key_declaration(&b, s, &s->g->declarations[i]);
    if (kind == SENTENCE_CONSENT) key_consent(&b, s, &s->g->consents[i]);
    struct str key = str_dup(c->now.a, buf_str(&b));
    if (b.failed || !key.p) c->now.failed = true;
    buf_free(&b);
    return key;
}

static struct str sentence_words(struct voice *v, enum sentences kind, uint32_t i)
{
    if (kind == SENTENCE_FORCE) return force_say(v, &v->g->force[i]);
    if (kind == SENTENCE_AMENDMENT) return amendment_say(v, &v->g->amendments[i]);
    if (kind == SENTENCE_CONSENT) return consent_say(v, &v->g->consents[i]);
    return declaration_say(v, &v->g->declarations[i]);
}

static void compare_sentences(struct comparison *c, bool after, enum sentences kind)
{
    static const char *const things[] = {"in force", "amendment", "declaration", "consent"};
    static const char *const what[] = {N_("what is in force"), N_("amendments"), N_("declarations"),
                                       N_("consents")};
    const struct agreement *g = after ? c->after.g : c->before.g;
    const struct agreement *other = after ? c->before.g : c->after.g;
    struct voice *v = after ? &c->now : &c->old;
    struct str none = {NULL, 0};
    for (uint32_t i = 0; i < sentence_count(g, kind); i++) {
        bool found = kind == SENTENCE_FORCE && g->force[i].of_power; /* compared with its power */
        struct str key = sentence_key(c, after, kind, i);
        for (uint32_t k = 0; k < sentence_count(other, kind) && !found; k++)
            found = str_eq(sentence_key(c, !after, kind, k), key);
        if (found) continue;
        struct str words = sentence_words(v, kind, i);
        add(c, things[kind], g->header.title, after ? "new" : "gone", after ? none : words,
            after ? words : none, said(v, what[kind]));
    }
}

bool changes_find(struct voice *v, const struct agreement *before, const struct agreement *after,
                  struct changes *out)
{
    struct comparison c = {.old = {v->language, before, v->a, false},
                           .now = {v->language, after, v->a, false},
                           .out = out};
    *out = (struct changes){NULL, 0, 0};
    c.match.before = before;
    c.match.after = after;
    c.before = (struct edition){before, NULL};
    c.after = (struct edition){after, &c.match};
    for (enum thing t = 0; t < THINGS; t++) {
        uint32_t n = thing_count(after, t);
        c.match.old[t] = arena_array(v->a, n, sizeof *c.match.old[t]);
        if (!c.match.old[t]) return false;
        for (uint32_t i = 0; i < n; i++) c.match.old[t][i] = LANG_NONE;
    }
    for (enum thing t = 0; t < THINGS; t++) match_all(&c, t);
    compare_head(&c);
    for (enum thing t = 0; t < THINGS; t++) compare_things(&c, t);
    compare_evidence(&c);
    for (enum sentences k = 0; k < SENTENCES; k++) {
        compare_sentences(&c, false, k);
        compare_sentences(&c, true, k);
    }
    v->failed = v->failed || c.old.failed || c.now.failed;
    return !v->failed;
}

/* ---- views ---- */

void changes_text(const struct changes *c, struct voice *v, size_t width, struct buf *out)
{
    for (size_t i = 0; i < c->n; i++) {
        plain_paragraph(v->a, out, c->v[i].sentence, "", "  ", width);
    }
    if (!c->n) {
        layout_paragraph(v->a, out, said(v, "The two drafts mean the same."), 0, width);
    }
}

static void member(struct buf *out, const char *name, struct str text)
{
    buf_fmt(out, ", \"%s\": ", name);
    if (text.n)
        buf_json(out, text);
    else
        buf_puts(out, "null");
}

void changes_json(const struct changes *c, struct buf *out)
{
    static const char *const directions[] = {"", "stricter", "looser"};
    for (size_t i = 0; i < c->n; i++) {
        const struct change *x = &c->v[i];
        buf_puts(out, "{\"what\": ");
        buf_json(out, str_of(x->thing));
        member(out, "name", x->name);
        member(out, "aspect", str_of(x->aspect));
        member(out, "before", x->before);
        member(out, "after", x->after);
        member(out, "direction", str_of(directions[x->direction]));
        member(out, "for", x->direction ? x->for_whom : (struct str){NULL, 0});
        member(out, "sentence", x->sentence);
        buf_puts(out, "}\n");
    }
}
