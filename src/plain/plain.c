/* Making the view: each provision's words, and who owes what to whom. */
#include "plain/plain.h"
#include "lang/in_force.h"
#include "lang/power.h"
#include "lang/quantity.h"
#include "lang/silence.h"

#include "lang/gloss.h"
#include "lang/words.h"
#include "plain/private.h"

/* ---- language ---- */

static const struct {
    const char *code;
    const char *names[4]; /* as a declaration of authentic languages may write them */
} languages[] = {
    {"uk", {"ukrainian", "uk", "українська", "українською"}},
    {"ru", {"russian", "ru", "русский", "русском"}},
    {"fr", {"french", "fr", "français", "francais"}},
};

/* English shows the formal sentences as they are; it is no translation. */
static bool is_authentic(const struct voice *v)
{
    const char *code = catalogue_code(v->language);
    if (!v->language) return true;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (!str_eq(str_of(languages[i].code), str_of(code))) continue;
        for (uint32_t k = 0; k < v->g->header.n_languages; k++)
            for (size_t n = 0; n < 4; n++)
                if (str_eq_nocase(v->g->header.languages[k], str_of(languages[i].names[n])))
                    return true;
    }
    return false;
}

struct str plain_warning(const struct plain *p)
{
    if (p->authentic) return (struct str){NULL, 0};
    return said(p->v, "This translation is not authentic; it is for information only.");
}

struct str plain_clause(const struct plain *p, uint32_t clause)
{
    const struct clause *c = &p->g->clauses[clause];
    struct str path = c->title;
    while (c->parent != LANG_NONE) {
        c = &p->g->clauses[c->parent];
        if (c->level <= 1) break;
        path = str_fmt(p->v->a, "%.*s › %.*s", STR_ARG(c->title), STR_ARG(path));
    }
    return path;
}

bool plain_walk_next(const struct plain *p, struct plain_walk *w)
{
    w->rule = w->rules_end;
    w->item = w->items_end;
    if (w->rule == p->n_rules && w->item == p->n) return false;
    w->clause = w->item < p->n ? p->items[w->item].pv->clause : LANG_NONE;
    if (w->rule < p->n_rules && p->rules[w->rule].clause < w->clause)
        w->clause = p->rules[w->rule].clause;
    while (w->rules_end < p->n_rules && p->rules[w->rules_end].clause <= w->clause) w->rules_end++;
    while (w->items_end < p->n && p->items[w->items_end].pv->clause <= w->clause) w->items_end++;
    return true;
}

/* ---- who owes what to whom ---- */

static struct str capped(struct voice *v, const struct provision *pv, struct str act)
{
    struct str n = say_int(v, pv->count);
    if (duration_none(&pv->window))
        return say_n(v, pv->count, "must not: {act} more than {n} time",
                     "must not: {act} more than {n} times", act, n);
    return say_n(v, pv->count, "must not: {act} more than {n} time in any {duration}",
                 "must not: {act} more than {n} times in any {duration}", act, n,
                 words_duration(v, &pv->window));
}

static struct str owed(struct voice *v, const struct plain_item *item)
{
    const struct provision *pv = item->pv;
    struct phrase act = pv->act;
    if (pv->power && pv->power->op == POWER_SUSPEND)
        return say(v, "may suspend by notice: {matter}",
                   pv->power->matter.n
                       ? pv->power->matter
                       : words_name(v, v->g->provisions[pv->power->provision].name));
    if (act.kind == LANG_NONE || pv->sites.n) return item->gloss;
    act.who = pv->together ? WHO_TOGETHER : WHO_ANYONE;
    struct str words = words_phrase(v, &act);
    const struct str zone =
        act.zone == LANG_NONE ? (struct str){NULL, 0} : words_name(v, v->g->zones[act.zone].name);
    act.zone = LANG_NONE;
    switch (pv->pattern) {
    case PATTERN_FORBID: return say(v, "must not: {act}", words);
    case PATTERN_CAP: return capped(v, pv, words);
    case PATTERN_KEEP:
        if (pv->sites.n)
            return say(v, "must keep in {zone}: {state}", v->g->sites[pv->sites.v[0]].label,
                       v->g->stocks[pv->stock].label);
        if (pv->inside) return say(v, "must keep in {zone}: {state}", zone, words_phrase(v, &act));
        return say(v, "must keep out of {zone}: {state}", zone, words_phrase(v, &act));
    case PATTERN_STATUS:
        if (pv->negated) return say(v, "must not be: {status}", v->g->kinds[act.kind].status);
        return say(v, "must be: {status}", v->g->kinds[act.kind].status);
    case PATTERN_ONLY:
    case PATTERN_EXCEPTION:
        if (!pv->only) return say(v, "may: {act}", words);
        return say(v, "may only on a condition: {act}", words);
    case PATTERN_JUSTIFY:
        return say(v, "may justify what violates {provision}: by {ground}",
                   words_name(v, v->g->provisions[pv->justifies].name),
                   words_name(v, v->g->kinds[act.kind].name));
    default: return say(v, "must: {act}", words);
    }
}

static struct indices some_actors(struct voice *v, const uint32_t *list, uint32_t n)
{
    uint32_t *all = arena_array(v->a, n, sizeof *all);
    if (!all) {
        v->failed = true;
        return (struct indices){NULL, 0};
    }
    for (uint32_t i = 0; i < n; i++) all[i] = list[i];
    return (struct indices){all, n};
}

/* Whom the act names as its object; else every party but the bearers. */
static void find_addressees(struct voice *v, struct plain_duty *d)
{
    const struct phrase *act = &d->pv->act;
    const struct kind *k = act->kind == LANG_NONE ? NULL : &v->g->kinds[act->kind];
    for (uint32_t i = 0; k && i < act->n_tests; i++)
        if (k->attributes[act->tests[i].attribute].type == ATTRIBUTE_ACTOR &&
            act->tests[i].attribute != k->actor && !act->tests[i].negated) {
            d->addressees = act->tests[i].actors;
            d->stated = true;
            return;
        }
    if (!d->bearers.n) return;
    uint32_t *list = arena_array(v->a, v->g->n_actors, sizeof *list), n = 0;
    if (!list) v->failed = true;
    for (uint32_t i = 0; list && i < v->g->n_actors; i++)
        if (v->g->actors[i].class_ == ACTOR_PARTY && !indices_has(d->bearers, i)) list[n++] = i;
    d->addressees = (struct indices){list, list ? n : 0};
}

static void add_verifier(uint32_t *list, uint32_t *n, uint32_t actor)
{
    if (!indices_has((struct indices){list, *n}, actor)) list[(*n)++] = actor;
}

/* Who is named to see to it: the body whose word an evidence rule asks for, and those whose coverage
 * counts. */
static void find_verifiers(struct voice *v, struct plain_duty *d)
{
    const struct agreement *g = v->g;
    uint32_t kind = d->pv->act.kind, n = 0, cases_n;
    const struct evidence_case *cases;
    uint32_t *list = arena_array(v->a, g->n_actors, sizeof *list);
    if (!list) v->failed = true;
    if (!list || kind == LANG_NONE) return;
    d->filed = g->kinds[kind].filed;
    for (uint32_t r = 0; r < (d->pv->readings.n ? d->pv->readings.n : 1); r++) {
        agreement_evidence(g, kind, d->pv->readings.n ? d->pv->readings.v[r] : LANG_NONE, &cases,
                           &cases_n);
        for (uint32_t i = 0; i < cases_n; i++)
            if (cases[i].by != LANG_NONE) add_verifier(list, &n, cases[i].by);
    }
    for (uint32_t i = 0; i < g->n_coverage; i++) {
        const struct coverage_rule *c = &g->coverage[i];
        if (c->kind != LANG_NONE && !kind_is(g, kind, c->kind)) continue;
        for (uint32_t k = 0; k < c->by.n; k++) add_verifier(list, &n, c->by.v[k]);
    }
    d->verifiers = (struct indices){list, n};
}

static void fill_duty(struct voice *v, const struct plain_item *item, struct plain_duty *d)
{
    find_addressees(v, d);
    find_verifiers(v, d);
    d->who = d->bearers.n ? words_all(v, d->bearers) : said(v, "all together");
    d->owes = say_plain(v, owed(v, item));
    struct str to = words_all(v, d->addressees);
    d->to = d->stated || !to.n ? to : say(v, "({actors})", to);
    d->by = words_all(v, d->verifiers);
    if (!d->by.n && d->filed) d->by = said(v, "its record (filed)");
}

static bool add_duties(struct voice *v, struct plain *p)
{
    size_t most = 0;
    for (uint32_t i = 0; i < p->n; i++)
        most += p->items[i].pv->bearers.n ? p->items[i].pv->bearers.n : 1;
    p->duties = arena_array(v->a, most, sizeof *p->duties);
    if (!p->duties) return false;
    for (uint32_t i = 0; i < p->n; i++) {
        const struct provision *pv = p->items[i].pv;
        bool one = pv->together || !pv->bearers.n;
        for (uint32_t k = 0; k < (one ? 1 : pv->bearers.n); k++) {
            struct plain_duty *d = &p->duties[p->n_duties++];
            d->pv = pv;
            d->bearers = one ? pv->bearers : some_actors(v, &pv->bearers.v[k], 1);
            fill_duty(v, &p->items[i], d);
        }
    }
    return !v->failed;
}

/* By clause, since versions of a provision are entered last. */
static void sort_items(struct plain *p)
{
    for (uint32_t i = 1; i < p->n; i++)
        for (uint32_t k = i; k > 0 && p->items[k - 1].pv->clause > p->items[k].pv->clause; k--) {
            struct plain_item x = p->items[k];
            p->items[k] = p->items[k - 1];
            p->items[k - 1] = x;
        }
}

static void add_rule(struct plain *p, struct plain_rule rule)
{
    uint32_t k = p->n_rules++;
    for (; k > 0 && p->rules[k - 1].clause > rule.clause; k--) p->rules[k] = p->rules[k - 1];
    p->rules[k] = rule;
}

static bool add_rules(struct voice *v, struct plain *p)
{
    const struct agreement *g = v->g;
    p->rules = arena_array(v->a,
                           (size_t)g->n_force + g->n_amendments + g->n_declarations +
                               g->n_consents + g->n_silences,
                           sizeof *p->rules);
    if (!p->rules) return false;
    for (uint32_t i = 0; i < g->n_force; i++) {
        const struct force_rule *r = &g->force[i];
        if (r->of_power) continue; /* said by the provision that gives the right */
        add_rule(p, (struct plain_rule){"in_force", r->clause, r->sentence,
                                        say_plain(v, force_say(v, r))});
    }
    for (uint32_t i = 0; i < g->n_amendments; i++) {
        const struct amendment *a = &g->amendments[i];
        add_rule(p, (struct plain_rule){"amendment", a->clause, a->sentence,
                                        say_plain(v, amendment_say(v, a))});
    }
    for (uint32_t i = 0; i < g->n_declarations; i++) {
        const struct declaration *d = &g->declarations[i];
        add_rule(p, (struct plain_rule){"declaration", d->clause, d->sentence,
                                        say_plain(v, declaration_say(v, d))});
    }
    for (uint32_t i = 0; i < g->n_consents; i++) {
        const struct consent *c = &g->consents[i];
        add_rule(p, (struct plain_rule){"consent", c->clause, c->sentence,
                                        say_plain(v, consent_say(v, c))});
    }
    for (uint32_t i = 0; i < g->n_silences; i++) {
        const struct silence *s = &g->silences[i];
        struct str gloss =
            say(v, "left so on purpose, because {reason}; nothing is judged by it", s->reason);
        add_rule(p, (struct plain_rule){"no_finding", s->clause, s->sentence, say_plain(v, gloss)});
    }
    return !v->failed;
}

bool plain_make(struct voice *v, struct plain *out)
{
    *out = (struct plain){.v = v, .g = v->g, .authentic = is_authentic(v)};
    out->items = arena_array(v->a, v->g->n_provisions, sizeof *out->items);
    if (!out->items) {
        v->failed = true;
        return false;
    }
    for (uint32_t i = 0; !v->failed && i < v->g->n_provisions; i++) {
        struct plain_item *item = &out->items[out->n++];
        item->pv = &v->g->provisions[i];
        if (!gloss_say(v, item->pv, &item->gloss, &item->not_gloss)) break;
        plain_dates(v, item->pv, &item->dates, &item->n_dates);
    }
    sort_items(out);
    if (!v->failed && !add_rules(v, out)) v->failed = true;
    return !v->failed && add_duties(v, out);
}
