/* Predicates: what a phrase of the agreement picks from the facts. */
#include "lower/lowering.h"

#include <stdlib.h>
#include <string.h>

uint32_t lowering_pred(struct lowering *b, const struct lowered_pred *pred)
{
    struct violation *v = b->v;
    struct column columns[3] = {
        {STR("id"), VALUE_INT}, {STR("k"), VALUE_INT}, {STR("j"), VALUE_INT}};
    bool pairs = pred->source == PRED_PAIRS;
    uint32_t arity = (pred->keyed ? 1u : 0u) + (pairs ? 2u : pred->numbered ? 1u : 0u);
    struct str name = str_fmt(&b->l->arena, "s%zu", v->n_preds);
    uint32_t index = name.p
                         ? signature_add(&v->sig, name, columns + !pred->keyed, arity, place_none())
                         : UINT32_MAX;
    struct lowered_pred *preds =
        arena_grow(&b->l->arena, v->preds, v->n_preds, &b->cap_preds, sizeof(*preds));
    if (index == UINT32_MAX || !preds) {
        b->failed = true;
        return LOWER_NONE;
    }
    v->preds = preds;
    v->preds[v->n_preds++] = *pred;
    return index;
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static struct indices sorted(struct lowering *b, struct indices list, uint32_t without)
{
    uint32_t *copy = arena_array(&b->l->arena, list.n, sizeof(*copy));
    uint32_t n = 0;
    if (!copy) {
        b->failed = true;
        return (struct indices){NULL, 0};
    }
    for (uint32_t i = 0; i < list.n; i++)
        if (list.v[i] != without) copy[n++] = list.v[i];
    if (n) qsort(copy, n, sizeof(*copy), ascending);
    return (struct indices){copy, n};
}

struct indices lowering_bearers(struct lowering *b)
{
    return sorted(b, b->p->bearers, LANG_NONE);
}

static struct indices one_actor(struct lowering *b, uint32_t actor)
{
    return sorted(b, (struct indices){&actor, 1}, LANG_NONE);
}

/* Whose acts are meant; *any when nobody's in particular. */
static struct indices actors_of(struct lowering *b, const struct phrase *phrase, bool *any)
{
    *any = false;
    switch (phrase->who) {
    case WHO_ANYONE: *any = true; return (struct indices){NULL, 0};
    case WHO_BEARER:
        return b->bearer == VERDICT_ALL ? lowering_bearers(b) : one_actor(b, b->bearer);
    case WHO_OTHER: return sorted(b, b->p->bearers, b->bearer);
    case WHO_ONE_OF:
    case WHO_EACH_OF:
    case WHO_TOGETHER: break;
    }
    return sorted(b, phrase->actors, LANG_NONE);
}

/* ---- words ---- */

static void say_actors(struct buf *out, const struct agreement *g, const struct selector *s)
{
    if (s->any_actor) return;
    buf_puts(out, s->state ? " of " : " by ");
    for (size_t i = 0; i < s->n_actors; i++) {
        if (i) buf_puts(out, " or ");
        buf_add(out, g->actors[s->actors[i]].name);
    }
    if (!s->n_actors) buf_puts(out, "nobody");
}

static void say_list(struct buf *out, const struct agreement *g, const struct attribute_test *t)
{
    uint32_t n = t->actors.n ? t->actors.n : t->n_texts;
    for (uint32_t i = 0; i < n; i++) {
        if (i) buf_puts(out, " or ");
        if (t->actors.n)
            buf_add(out, g->actors[t->actors.v[i]].name);
        else
            buf_fmt(out, "\"%.*s\"", STR_ARG(t->texts[i]));
    }
}

static void say_test(struct buf *out, const struct agreement *g, const struct kind *k,
                     const struct attribute_test *t)
{
    const struct attribute *a = &k->attributes[t->attribute];
    const char *unit = attribute_base_unit(a->type);
    buf_fmt(out, t->actors.n ? " %.*s " : " with %.*s ", STR_ARG(a->name));
    if (t->negated) buf_puts(out, "other than ");
    if (a->type == ATTRIBUTE_YESNO) {
        buf_puts(out, t->lo ? "yes" : "no");
        return;
    }
    if (t->actors.n || t->n_texts) {
        say_list(out, g, t);
        return;
    }
    if (t->lo == t->hi) {
        buf_int(out, t->lo);
    } else {
        buf_puts(out, "from ");
        if (t->lo == INT64_MIN)
            buf_puts(out, "-infinity");
        else
            buf_int(out, t->lo);
        buf_puts(out, " to ");
        if (t->hi == INT64_MAX)
            buf_puts(out, "infinity");
        else
            buf_int(out, t->hi);
    }
    if (*unit) buf_fmt(out, " %s", unit);
}

static void say_place(struct buf *out, const struct agreement *g, const struct selector *s)
{
    static const char *const where[PLACES] = {"in", "from", "into"};
    if (s->zone == FACTS_NONE) return;
    if (s->outside) buf_puts(out, " outside:");
    bool more = false;
    for (unsigned k = 0; k < PLACES; k++) {
        if (!(s->places & 1U << k)) continue;
        buf_fmt(out, more ? " or %s" : " %s", where[k]);
        more = true;
    }
    buf_putc(out, ' ');
    buf_add(out, g->zones[s->zone].name);
}

static struct str selector_words(struct lowering *b, const struct selector *s)
{
    struct buf out;
    buf_init(&out);
    buf_add(&out, b->g->kinds[s->kind].name);
    say_actors(&out, b->g, s);
    for (size_t i = 0; i < s->n_tests; i++)
        say_test(&out, b->g, &b->g->kinds[s->kind], &s->tests[i]);
    say_place(&out, b->g, s);
    if (s->open) buf_puts(&out, ", left open which");
    struct str words = str_dup(&b->l->arena, buf_str(&out));
    if (out.failed || !words.p) b->failed = true;
    buf_free(&out);
    return words;
}

/* ---- predicates ---- */

/* Which of the kind are meant, under the reading. */
static void read_kind(struct lowering *b, struct selector *s)
{
    const struct alternative_reading *r = agreement_kind_reading(b->g, s->kind, b->reading);
    if (!r) return;
    s->open = r->open;
    if (r->open) return;
    struct attribute_test *tests =
        arena_array(&b->l->arena, s->n_tests + r->phrase.n_tests, sizeof(*tests));
    if (!tests) {
        b->failed = true;
        return;
    }
    for (size_t i = 0; i < s->n_tests; i++) tests[i] = s->tests[i];
    for (uint32_t i = 0; i < r->phrase.n_tests; i++) tests[s->n_tests + i] = r->phrase.tests[i];
    s->kind = r->phrase.kind;
    s->tests = tests;
    s->n_tests += r->phrase.n_tests;
}

/* Who is meant by a test, for the bearer at hand. */
static struct indices meant(struct lowering *b, const struct attribute_test *t)
{
    return t->others ? sorted(b, t->actors, b->bearer) : t->actors;
}

struct indices lowering_towards(struct lowering *b)
{
    const struct attribute_test *t = phrase_each(&b->p->act);
    return t ? meant(b, t) : (struct indices){NULL, 0};
}

/* Tests that say "other" leave the bearer out; of those towards each of whom an act is owed, the one at
 * hand is meant. */
static void turn_towards(struct lowering *b, const struct phrase *phrase, struct selector *s)
{
    bool turned = phrase_each(phrase) != NULL;
    for (size_t i = 0; i < s->n_tests; i++) turned = turned || s->tests[i].others;
    if (!turned) return;
    uint32_t *one = arena_alloc(&b->l->arena, sizeof(*one));
    struct attribute_test *tests = arena_array(&b->l->arena, s->n_tests, sizeof(*tests));
    if (!one || !tests) {
        b->failed = true;
        return;
    }
    *one = b->towards;
    for (size_t i = 0; i < s->n_tests; i++) {
        tests[i] = s->tests[i];
        tests[i].actors = meant(b, &tests[i]);
        if (tests[i].each && b->towards != LANG_NONE) tests[i].actors = (struct indices){one, 1};
    }
    s->tests = tests;
}

/* A zone may differ for those bound. */
static uint32_t zone_meant(const struct lowering *b, const struct phrase *phrase)
{
    bool own = phrase->who == WHO_BEARER && b->bearer != VERDICT_ALL && phrase->zone != LANG_NONE;
    return own ? agreement_zone_for(b->g, phrase->zone, b->bearer) : phrase->zone;
}

struct selector lowering_selector(struct lowering *b, const struct phrase *phrase, uint32_t actor)
{
    const struct kind *k = &b->g->kinds[phrase->kind];
    struct selector s = {.state = k->is_state,
                         .filed = k->filed,
                         .kind = phrase->kind,
                         .zone = zone_meant(b, phrase),
                         .places = phrase->places ? phrase->places : PLACED_AT,
                         .outside = phrase->outside,
                         .reading = b->reading,
                         .tests = phrase->tests,
                         .n_tests = phrase->n_tests};
    turn_towards(b, phrase, &s);
    read_kind(b, &s);
    bool any = k->actor == LANG_NONE;
    struct indices actors = {NULL, 0};
    if (!any) actors = actor == FACTS_NONE ? actors_of(b, phrase, &any) : one_actor(b, actor);
    s.any_actor = any;
    s.actors = actors.v;
    s.n_actors = actors.n;
    s.words = selector_words(b, &s);
    return s;
}

uint32_t lowering_phrase(struct lowering *b, const struct phrase *phrase, uint32_t actor,
                         bool recorded)
{
    struct lowered_pred pred = {.source = PRED_SELECTS,
                                .keyed = true,
                                .recorded = recorded,
                                .selector = lowering_selector(b, phrase, actor)};
    return lowering_pred(b, &pred);
}

uint32_t lowering_id(struct lowering *b)
{
    return b->shares_id ? b->shared_id : scope_var(&b->v->scope, STR("id"), VALUE_INT);
}

uint32_t lowering_anchor(struct lowering *b, const struct phrase *phrase, bool top, bool recorded)
{
    struct lowered_pred pred = {.source = PRED_SELECTS,
                                .keyed = true,
                                .by_alternative = top,
                                .recorded = recorded,
                                .selector = lowering_selector(b, phrase, FACTS_NONE)};
    /* A ruling is about an act, not about the duty it sets running; at the top the verdict tells of
     * it. */
    bool trigger = b->p->trigger.op == TRIGGER_EVENT && b->p->deadline.op != DEADLINE_AHEAD;
    pred.selector.unexcused = b->referring && !trigger;
    pred.selector.breach_of = (uint32_t)(b->p - b->g->provisions);
    pred.given_actor =
        top && !b->shares_id && phrase->who == WHO_BEARER && !pred.selector.any_actor;
    return lowering_pred(b, &pred);
}

uint32_t lowering_fixed(struct lowering *b, struct str words, const struct fixed_row *rows,
                        size_t n, bool keyed)
{
    struct fixed_row *copy = arena_array(&b->l->arena, n, sizeof(*copy));
    if (!copy) {
        b->failed = true;
        return LOWER_NONE;
    }
    if (n) memcpy(copy, rows, n * sizeof(*copy));
    struct lowered_pred pred = {
        .source = PRED_FIXED, .keyed = keyed, .words = words, .rows = copy, .n_rows = n};
    return lowering_pred(b, &pred);
}

struct formula *lowering_atom(struct lowering *b, uint32_t pred, uint32_t var)
{
    struct term *arg = var == UINT32_MAX ? NULL : term_var(&b->v->scope, var);
    return pred == LOWER_NONE || !arg ? NULL : formula_pred(&b->v->scope, pred, &arg, 1);
}

struct formula *lowering_some(struct lowering *b, uint32_t pred)
{
    uint32_t x = scope_var(&b->v->scope, STR("x"), VALUE_INT);
    return formula_exists(&b->v->scope, &x, 1, lowering_atom(b, pred, x));
}

struct formula *lowering_fact(struct lowering *b, uint32_t pred)
{
    return pred == LOWER_NONE ? NULL : formula_pred(&b->v->scope, pred, NULL, 0);
}
