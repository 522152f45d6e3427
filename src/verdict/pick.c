/* One columnar pass over the facts of a kind for each selector; nothing is allocated in it but the
 * growing array of picks. */
#include "verdict/pick.h"

#include "lang/power.h"

#include <stdlib.h>
#include <string.h>

/* ---- the view ---- */

static enum status group_by_kind(struct view *v)
{
    const struct facts *f = v->facts;
    v->kind_start = arena_array(&v->arena, f->n_kinds + 2, sizeof(*v->kind_start));
    v->by_kind = arena_array(&v->arena, f->n_facts, sizeof(*v->by_kind));
    if (!v->kind_start || !v->by_kind) return STATUS_FAULT;
    for (size_t i = 0; i < f->n_facts; i++) v->kind_start[f->facts[i].kind + 2]++;
    for (size_t k = 2; k <= f->n_kinds; k++) v->kind_start[k] += v->kind_start[k - 1];
    /* kind_start[k + 1] is now where kind k begins; filling moves it to where it ends. */
    for (size_t i = 0; i < f->n_facts; i++)
        v->by_kind[v->kind_start[f->facts[i].kind + 1]++] = (uint32_t)i;
    return STATUS_OK;
}

/* Which power a finding needs. */
static const enum power_op needs[] = {[FINDING_ATTRIBUTED] = POWER_ATTRIBUTE,
                                      [FINDING_NOT_ATTRIBUTABLE] = POWER_ATTRIBUTE,
                                      [FINDING_EXCUSED] = POWER_EXCUSE,
                                      [FINDING_REOPENED] = POWER_REOPEN};

bool view_empowered(const struct view *v, const struct finding *x, uint32_t provision)
{
    const struct agreement *g = v->agreement;
    enum power_op op = needs[x->says];
    if (op == POWER_ATTRIBUTE && !power_given(g, op))
        return x->body < g->n_actors && g->actors[x->body].class_ == ACTOR_BODY;
    return power_has(g, op, x->body, provision);
}

static bool is_ruling(const struct finding *x)
{
    return x->says == FINDING_EXCUSED || x->says == FINDING_REOPENED;
}

/* Mark the facts that rulings speak of, so that all others are passed by. */
static enum status take_rulings(struct view *v)
{
    const struct facts *f = v->facts;
    for (size_t i = 0; i < f->n_findings; i++) {
        const struct finding *x = &f->findings[i];
        if (x->fact == FACTS_NONE || !is_ruling(x)) continue;
        if (!v->ruled) v->ruled = arena_array(&v->arena, f->n_facts, sizeof(*v->ruled));
        if (!v->ruled) return STATUS_FAULT;
        v->ruled[x->fact] = true;
    }
    return STATUS_OK;
}

bool view_excused(const struct view *v, uint32_t fact, uint32_t provision)
{
    const struct facts *f = v->facts;
    const struct finding *last = NULL;
    if (fact == FACTS_NONE || !v->ruled || !v->ruled[fact]) return false;
    for (size_t i = 0; i < f->n_findings; i++) {
        const struct finding *x = &f->findings[i];
        if (x->fact != fact || x->recorded > v->as_of || !is_ruling(x)) continue;
        if (!view_empowered(v, x, provision)) continue;
        if (!last || x->recorded >= last->recorded) last = x;
    }
    return last && last->says == FINDING_EXCUSED;
}

static bool settles(const struct view *v, const struct finding *x)
{
    return x->fact != FACTS_NONE && x->says == FINDING_ATTRIBUTED && x->recorded <= v->as_of &&
           view_empowered(v, x, LANG_NONE);
}

/* The actors that findings of empowered bodies name for each fact: usually one. */
static enum status take_findings(struct view *v)
{
    const struct facts *f = v->facts;
    for (size_t i = 0; i < f->n_findings; i++) {
        const struct finding *x = &f->findings[i];
        if (!settles(v, x)) continue;
        if (!v->settled) {
            v->settled = arena_array(&v->arena, f->n_facts, sizeof(*v->settled));
            v->n_settled = arena_array(&v->arena, f->n_facts, sizeof(*v->n_settled));
            if (!v->settled || !v->n_settled) return STATUS_FAULT;
        }
        uint32_t n = v->n_settled[x->fact], at = 0;
        const uint32_t *old = v->settled[x->fact];
        while (at < n && old[at] < x->actor) at++;
        if (at < n && old[at] == x->actor) continue;
        uint32_t *list = arena_array(&v->arena, n + 1, sizeof(*list));
        if (!list) return STATUS_FAULT;
        if (n) {
            memcpy(list, old, at * sizeof(*list));
            memcpy(list + at + 1, old + at, (n - at) * sizeof(*list));
        }
        list[at] = x->actor;
        v->settled[x->fact] = list;
        v->n_settled[x->fact] = n + 1;
    }
    return STATUS_OK;
}

enum status view_init(struct view *v, const struct agreement *agreement, const struct facts *facts,
                      instant at, instant as_of)
{
    *v = (struct view){
        .agreement = agreement, .facts = facts, .at = at, .as_of = as_of, .all_known = true};
    arena_init(&v->arena);
    for (size_t i = 0; i < facts->n_reports && v->all_known; i++)
        v->all_known = facts->reports[i].recorded <= as_of;
    v->item_of = arena_array(&v->arena, facts->n_alternatives, sizeof(*v->item_of));
    if (!v->item_of || group_by_kind(v) != STATUS_OK) return STATUS_FAULT;
    if (take_rulings(v) != STATUS_OK) return STATUS_FAULT;
    return take_findings(v);
}

void view_free(struct view *v)
{
    arena_free(&v->arena);
    *v = (struct view){0};
}

const uint32_t *view_actors(const struct view *v, uint32_t fact, const struct alternative *a,
                            size_t *n)
{
    if (v->settled && v->settled[fact]) {
        *n = v->n_settled[fact];
        return v->settled[fact];
    }
    *n = a->n_actors;
    return v->facts->actor_pool + a->actors;
}

bool view_knows_alternative(const struct view *v, const struct fact *f, uint32_t alternative)
{
    if (v->all_known) return true;
    for (uint32_t i = f->first_report; i != FACTS_NONE; i = v->facts->reports[i].next) {
        const struct report *r = &v->facts->reports[i];
        if (r->alternative == alternative && view_knows(v, r)) return true;
    }
    return false;
}

/* Sides of all places against a zone, asked for once.  *out NULL: nobody can tell. */
static enum status sides_of(struct view *v, uint32_t zone, uint32_t reading, const uint8_t **out)
{
    const struct place_book *book = &v->facts->places;
    *out = NULL;
    if (!book->sides || !book->n_places) return STATUS_OK;
    for (struct side_cache *c = v->sides; c; c = c->next) {
        if (c->zone == zone && c->reading == reading) {
            *out = c->sides;
            return STATUS_OK;
        }
    }
    struct side_cache *c = arena_alloc(&v->arena, sizeof(*c));
    uint8_t *sides = arena_alloc(&v->arena, book->n_places);
    if (!c || !sides) return STATUS_FAULT;
    enum status s = book->sides(book->ctx, zone, reading, sides);
    if (s != STATUS_OK) return s;
    *c = (struct side_cache){zone, reading, sides, v->sides};
    v->sides = c;
    *out = sides;
    return STATUS_OK;
}

/* ---- evidence ---- */

#define MAX_SOURCES 32

/* Sources met so far by one evidence; reports without source count one by one. */
struct tally {
    uint32_t seen[MAX_SOURCES];
    uint32_t n;
};

static void tally_add(struct tally *t, uint32_t source)
{
    for (uint32_t i = 0; i < t->n && i < MAX_SOURCES; i++)
        if (t->seen[i] == source) return;
    if (t->n < MAX_SOURCES) t->seen[t->n] = source;
    t->n++;
}

/* Is it the body whose word the case asks for? */
static bool source_fits(const struct view *v, const struct evidence_case *e, uint32_t source)
{
    if (e->by == LANG_NONE) return true;
    const struct actor *body = &v->agreement->actors[e->by];
    struct str name = intern_str(&v->facts->texts, source);
    return str_eq_nocase(name, body->name) || str_eq_nocase(name, body->label);
}

static bool case_met(const struct view *v, const struct fact *f, const struct evidence_case *e)
{
    const struct facts *x = v->facts;
    struct tally t = {{0}, 0};
    uint32_t need = e->sources < MAX_SOURCES ? e->sources : MAX_SOURCES;
    for (uint32_t i = f->first_report; i != FACTS_NONE && t.n < need; i = x->reports[i].next) {
        const struct report *r = &x->reports[i];
        if (!(e->grades & 1U << r->grade) || !view_knows(v, r)) continue;
        if (!r->n_sources && e->by == LANG_NONE) t.n++;
        for (uint32_t k = 0; k < r->n_sources; k++) {
            uint32_t source = x->source_pool[r->sources + k];
            if (source_fits(v, e, source)) tally_add(&t, source);
        }
    }
    return t.n >= need;
}

bool view_established(const struct view *v, const struct fact *f, const struct evidence_case *any,
                      size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (case_met(v, f, &any[i])) return true;
    return false;
}

/* ---- tests of one alternative ---- */

struct tester {
    struct view *view;
    const struct selector *s;
    uint32_t actor_attribute; /* of the kind */
    const struct evidence_case *cases;
    uint32_t n_cases;
    const uint8_t *sides; /* of places against s->zone; NULL: undecided */
    uint32_t **texts;     /* for each test, the numbers of its texts */
    bool given_actor;
};

/* Candidates against an ascending list: all, some or none in it; no candidate: anyone. */
static enum quality test_candidates(const uint32_t *actors, size_t n, const uint32_t *list,
                                    size_t n_list)
{
    size_t hits = 0;
    if (!n) return QUALITY_MAYBE;
    for (size_t i = 0, j = 0; i < n && j < n_list;) {
        if (actors[i] == list[j]) {
            hits++, i++, j++;
        } else if (actors[i] < list[j]) {
            i++;
        } else {
            j++;
        }
    }
    return hits == n ? QUALITY_YES : hits ? QUALITY_MAYBE : QUALITY_NO;
}

static enum quality test_actor(const struct tester *t, uint32_t fact, const struct alternative *a)
{
    if (t->s->any_actor) return QUALITY_YES;
    size_t n;
    const uint32_t *actors = view_actors(t->view, fact, a, &n);
    return test_candidates(actors, n, t->s->actors, t->s->n_actors);
}

/* One of the places that matter in (out of) the zone: the best of them. */
static enum quality test_place(const struct tester *t, const struct alternative *a)
{
    enum quality best = QUALITY_NO;
    if (t->s->zone == FACTS_NONE) return QUALITY_YES;
    for (unsigned k = 0; k < PLACES && best != QUALITY_YES; k++) {
        if (!(t->s->places & 1U << k)) continue;
        uint32_t place = a->place[k];
        if (place == FACTS_NONE || !t->sides || t->sides[place] == SIDE_UNDECIDED)
            best = QUALITY_MAYBE;
        else if ((t->sides[place] == SIDE_OUTSIDE) == t->s->outside)
            best = QUALITY_YES;
    }
    return best;
}

static enum quality negate(enum quality q)
{
    return q == QUALITY_YES ? QUALITY_NO : q == QUALITY_NO ? QUALITY_YES : q;
}

static enum quality test_text(const uint32_t *texts, size_t n, struct value v)
{
    if (!value_known(v)) return QUALITY_MAYBE;
    for (size_t i = 0; i < n; i++)
        if (texts[i] != INTERN_NONE && v.lo == (int64_t)texts[i]) return QUALITY_YES;
    return QUALITY_NO;
}

static enum quality test_actor_value(const struct indices *actors, struct value v)
{
    if (!value_known(v)) return QUALITY_MAYBE;
    for (uint32_t i = 0; i < actors->n; i++)
        if (v.lo == (int64_t)actors->v[i]) return QUALITY_YES;
    return QUALITY_NO;
}

static enum quality test_detail(const struct tester *t, size_t i, uint32_t fact,
                                const struct alternative *a)
{
    const struct attribute_test *test = &t->s->tests[i];
    struct value v = t->view->facts->value_pool[a->values + test->attribute];
    enum quality q;
    if (test->attribute == t->actor_attribute && test->actors.n) {
        size_t n;
        const uint32_t *actors = view_actors(t->view, fact, a, &n);
        q = test_candidates(actors, n, test->actors.v, test->actors.n);
    } else if (test->actors.n) {
        q = test_actor_value(&test->actors, v);
    } else if (test->n_texts) {
        q = test_text(t->texts[i], test->n_texts, v);
    } else {
        q = v.lo >= test->lo && v.hi <= test->hi ? QUALITY_YES
            : v.hi < test->lo || v.lo > test->hi ? QUALITY_NO
                                                 : QUALITY_MAYBE;
    }
    return test->negated ? negate(q) : q;
}

static enum quality test_details(const struct tester *t, uint32_t fact, const struct alternative *a)
{
    enum quality all = QUALITY_YES;
    for (size_t i = 0; i < t->s->n_tests && all; i++) {
        enum quality q = test_detail(t, i, fact, a);
        if (q < all) all = q;
    }
    return all;
}

/* Fill quality, reasons and sole of `p` for alternative a. */
static void test_alternative(const struct tester *t, const struct alternative *a, struct pick *p)
{
    enum quality actor = test_actor(t, p->fact, a);
    p->quality = QUALITY_NO;
    p->reasons = 0;
    p->sole = actor == QUALITY_YES;
    if (actor == QUALITY_NO || a->start_lo > t->view->at) return;
    enum quality place = test_place(t, a);
    enum quality details = place ? test_details(t, p->fact, a) : QUALITY_NO;
    if (!place || !details) return;
    p->quality = place < details ? (uint8_t)place : (uint8_t)details;
    if (actor == QUALITY_MAYBE) {
        p->reasons |= REASON_ACTOR;
        if (!t->given_actor) p->quality = QUALITY_MAYBE;
    }
    if (place == QUALITY_MAYBE) p->reasons |= REASON_PLACE;
    if (details == QUALITY_MAYBE) p->reasons |= REASON_DETAIL;
}

/* ---- the pass ---- */

struct picker {
    struct picks *out;
    size_t cap;
};

static bool push(struct picker *k, const struct pick *p)
{
    if (k->out->n == k->cap) {
        size_t cap = k->cap ? k->cap * 2 : 256;
        struct pick *moved = realloc(k->out->items, cap * sizeof(*moved));
        if (!moved) return false;
        k->out->items = moved;
        k->cap = cap;
    }
    k->out->items[k->out->n++] = *p;
    return true;
}

static bool pick_fact(const struct tester *t, uint32_t fact, struct picker *k)
{
    const struct facts *x = t->view->facts;
    const struct fact *f = &x->facts[fact];
    size_t first = k->out->n;
    uint16_t known = 0;
    for (uint32_t i = f->first_alternative; i != FACTS_NONE; i = x->alternatives[i].next) {
        if (!view_knows_alternative(t->view, f, i)) continue;
        if (known < UINT16_MAX) known++;
        struct pick p = {.fact = fact, .alternative = i};
        test_alternative(t, &x->alternatives[i], &p);
        if (p.quality != QUALITY_NO && !push(k, &p)) return false;
    }
    if (k->out->n == first) return true;
    bool established = view_established(t->view, f, t->cases, t->n_cases);
    for (size_t i = first; i < k->out->n; i++) {
        struct pick *p = &k->out->items[i];
        p->n_known = known;
        p->established = established;
        if (!established) p->reasons |= REASON_UNCORROBORATED;
        if (known > 1) p->reasons |= REASON_DISPUTED;
    }
    return true;
}

/* The numbers of all texts that the tests name, in one block; NULL when memory fails. */
static uint32_t **number_texts(const struct view *v, const struct selector *s)
{
    size_t total = 0;
    for (size_t i = 0; i < s->n_tests; i++) total += s->tests[i].n_texts;
    uint32_t **lists = malloc((s->n_tests + 1) * sizeof(*lists) + total * sizeof(**lists));
    if (!lists) return NULL;
    uint32_t *next = (uint32_t *)(void *)(lists + s->n_tests + 1);
    for (size_t i = 0; i < s->n_tests; i++) {
        lists[i] = next;
        for (uint32_t k = 0; k < s->tests[i].n_texts; k++)
            *next++ = intern_find(&v->facts->texts, s->tests[i].texts[k]);
    }
    return lists;
}

enum status view_pick(struct view *v, const struct selector *s, bool given_actor, struct picks *out)
{
    const struct agreement *g = v->agreement;
    struct tester t = {.view = v, .s = s, .given_actor = given_actor};
    struct picker k = {.out = out};
    *out = (struct picks){0};
    if (s->zone != FACTS_NONE) {
        enum status got = sides_of(v, s->zone, s->reading, &t.sides);
        if (got != STATUS_OK) return got;
    }
    t.texts = number_texts(v, s);
    if (!t.texts) return STATUS_FAULT;
    bool ok = true;
    for (uint32_t kind = 0; kind < g->n_kinds && ok; kind++) {
        if (!kind_is(g, kind, s->kind)) continue;
        t.actor_attribute = g->kinds[kind].actor;
        agreement_evidence(g, kind, s->reading, &t.cases, &t.n_cases);
        for (size_t i = v->kind_start[kind]; i < v->kind_start[kind + 1] && ok; i++) {
            if (s->unexcused && view_excused(v, v->by_kind[i], s->breach_of)) continue;
            ok = pick_fact(&t, v->by_kind[i], &k);
        }
    }
    free(t.texts);
    if (ok) return STATUS_OK;
    free(out->items);
    *out = (struct picks){0};
    return STATUS_FAULT;
}
