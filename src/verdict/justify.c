/* Two views of the same reports: as rows of must and may for the engine, and as the furthest step that
 * the record tells, for people. */
#include "verdict/justify.h"

/* ---- what steps refer to ---- */

struct referring {
    const struct relations *r;
    const struct lowered_pred *p;
    struct table *out;
};

static void add(const struct referring *f, struct span s, uint64_t id)
{
    if (s.from <= s.to) table_add(f->out, s.from, s.to, &id);
}

/* The identities of the fact, or of the deadline, that a text names. */
static void add_named(const struct referring *f, struct span s, uint32_t text)
{
    const struct facts *x = f->r->view->facts;
    const struct agreement *g = f->r->view->agreement;
    if (f->p->refers_to == LANG_NONE) {
        if (intern_find(&x->texts, f->p->refers_name) == text) add(f, s, 0);
        return;
    }
    for (uint32_t kind = 0; kind < g->n_kinds; kind++) {
        if (!kind_is(g, kind, f->p->refers_to)) continue;
        uint32_t fact = facts_find(x, kind, intern_str(&x->texts, text));
        if (fact == FACTS_NONE) continue;
        if (!f->p->by_alternative) add(f, s, fact);
        uint32_t a = f->p->by_alternative ? x->facts[fact].first_alternative : FACTS_NONE;
        for (; a != FACTS_NONE; a = x->alternatives[a].next) add(f, s, a);
    }
}

static struct value reference(const struct referring *f, const struct pick *k)
{
    const struct facts *x = f->r->view->facts;
    return x->value_pool[x->alternatives[k->alternative].values + f->p->refers_by];
}

static struct span when(const struct referring *f, const struct pick *k)
{
    const struct alternative *a = &f->r->view->facts->alternatives[k->alternative];
    return (struct span){a->start_lo, a->start_hi};
}

/* Certain: the fact is there, and all its alternatives qualify and name the same. */
static void must_refer(const struct referring *f, const struct pick *k, size_t n)
{
    struct span all = when(f, k);
    struct value named = reference(f, k);
    if (!k->established || n != k->n_known || !value_known(named)) return;
    for (size_t i = 0; i < n; i++) {
        struct span s = when(f, k + i);
        struct value v = reference(f, k + i);
        if (k[i].quality != QUALITY_YES || !value_known(v) || v.lo != named.lo) return;
        if (s.from < all.from) all.from = s.from;
        if (s.to > all.to) all.to = s.to;
    }
    add_named(f, all, (uint32_t)named.lo);
}

static void may_refer(const struct referring *f, const struct pick *k)
{
    struct value v = reference(f, k);
    if (value_known(v)) {
        add_named(f, when(f, k), (uint32_t)v.lo);
        return;
    }
    add(f, when(f, k), VALUE_WILD);
    f->out->wild = true;
}

void refer_rows(const struct relations *r, uint32_t pred, enum polarity polarity, struct table *out)
{
    struct referring f = {r, &r->v->preds[pred], out};
    const struct picks *picks = &r->items[pred].picks;
    out->somewhere = polarity == POLARITY_MUST;
    for (size_t i = 0, n; i < picks->n; i += n) {
        for (n = 1; i + n < picks->n && picks->items[i + n].fact == picks->items[i].fact;) n++;
        if (polarity == POLARITY_MUST) must_refer(&f, &picks->items[i], n);
        for (size_t k = 0; k < n && polarity == POLARITY_MAY; k++)
            may_refer(&f, &picks->items[i + k]);
    }
}

/* ---- how far a claim has come ---- */

enum step { STEP_CLAIMED, STEP_SHOWN, STEP_ACCEPTED, STEP_REJECTED };
#define STEPS 4

static const char *const step_words[STEPS] = {"claimed", "shown", "accepted", "rejected"};

/* The fact that took each step last, FACTS_NONE when none did. */
struct claim {
    uint32_t fact[STEPS];
    instant at[STEPS];
};

/* Does a report's step speak of the instance, on the part of whose it is to take? */
static bool speaks_of(const struct view *v, const struct provision *q, const struct provision *of,
                      const struct instance *x, uint32_t fact, const struct alternative *a,
                      enum step *step)
{
    const struct facts *f = v->facts;
    struct value what = f->value_pool[a->values + GROUND_STEP],
                 whom = f->value_pool[a->values + GROUND_INCIDENT];
    if (!value_known(what) || !value_known(whom)) return false;
    struct str incident = intern_str(&f->texts, (uint32_t)whom.lo);
    struct str word = intern_str(&f->texts, (uint32_t)what.lo);
    struct str named =
        x->fact == FACTS_NONE ? of->name : intern_str(&f->texts, f->facts[x->fact].identity);
    size_t k = 0;
    while (k < STEPS && !str_eq(word, str_of(step_words[k]))) k++;
    if (k == STEPS || !str_eq(incident, named)) return false;
    *step = (enum step)k;
    size_t n;
    const uint32_t *actors = view_actors(v, fact, a, &n);
    if (n != 1) return false;
    if (*step == STEP_ACCEPTED || *step == STEP_REJECTED) return actors[0] == q->body;
    if (x->bearer != FACTS_NONE && x->bearer != VERDICT_ALL) return actors[0] == x->bearer;
    return indices_has(q->bearers, actors[0]);
}

static struct claim find_claim(const struct view *v, uint32_t justification,
                               const struct instance *x)
{
    const struct agreement *g = v->agreement;
    const struct provision *q = &g->provisions[justification];
    struct claim c = {.fact = {FACTS_NONE, FACTS_NONE, FACTS_NONE, FACTS_NONE}};
    uint32_t kind = q->act.kind;
    for (size_t i = v->kind_start[kind]; i < v->kind_start[kind + 1]; i++) {
        uint32_t fact = v->by_kind[i];
        const struct fact *f = &v->facts->facts[fact];
        for (uint32_t a = f->first_alternative; a != FACTS_NONE;
             a = v->facts->alternatives[a].next) {
            const struct alternative *alternative = &v->facts->alternatives[a];
            enum step step;
            if (!view_knows_alternative(v, f, a) || alternative->start_lo > v->at) continue;
            if (!speaks_of(v, q, &g->provisions[q->justifies], x, fact, alternative, &step))
                continue;
            if (c.fact[step] != FACTS_NONE && c.at[step] > alternative->start_lo) continue;
            c.fact[step] = fact;
            c.at[step] = alternative->start_lo;
        }
    }
    return c;
}

bool justification_claimed(const struct settling *s, const struct instance *x)
{
    const struct lowered *l = s->lowered;
    uint32_t provision = s->outcomes[0].v->provision;
    for (size_t i = 0; i < l->n_justifications; i++) {
        if (!lower_justifies(l->agreement, l->justifications[i], provision, x->bearer)) continue;
        struct claim c = find_claim(s->view, l->justifications[i], x);
        if (c.fact[STEP_CLAIMED] != FACTS_NONE && c.fact[STEP_ACCEPTED] == FACTS_NONE &&
            c.fact[STEP_REJECTED] == FACTS_NONE)
            return true;
    }
    return false;
}

/* ---- telling ---- */

static const char *standing(const struct claim *c)
{
    bool no = c->fact[STEP_REJECTED] != FACTS_NONE, yes = c->fact[STEP_ACCEPTED] != FACTS_NONE;
    if (c->fact[STEP_CLAIMED] == FACTS_NONE) return "was not claimed";
    if (no && (!yes || c->at[STEP_REJECTED] >= c->at[STEP_ACCEPTED])) return "is rejected";
    if (c->fact[STEP_SHOWN] == FACTS_NONE)
        return yes ? "is accepted, but was not shown" : "is claimed, and not shown";
    return yes ? "is claimed, shown and accepted" : "is claimed and shown, and not decided";
}

void tell_justifications(struct telling *t, const struct instance *x, int depth)
{
    const struct lowered *l = &t->v->private_->lowered;
    const struct view *v = t->relations->view;
    for (size_t i = 0; i < l->n_justifications; i++) {
        const struct provision *q = &t->g->provisions[l->justifications[i]];
        if (!lower_justifies(t->g, l->justifications[i], t->violation->provision, x->bearer))
            continue;
        struct claim c = find_claim(v, l->justifications[i], x);
        buf_fmt(&t->text, "the ground \"%.*s\" %s", STR_ARG(t->g->kinds[q->act.kind].label),
                standing(&c));
        if (c.fact[STEP_CLAIMED] != FACTS_NONE) {
            buf_fmt(&t->text, " (to be shown to %.*s within ", STR_ARG(t->g->actors[q->body].name));
            buf_fmt(&t->text, "%.*s)", STR_ARG(q->deadline.period.text));
        }
        struct why_step *s = tell(t, WHY_CONDITION, depth);
        if (!s) return;
        s->at = q->at;
        for (size_t k = 0; k < STEPS; k++)
            if (c.fact[k] != FACTS_NONE) tell_fact(t, c.fact[k], depth + 1);
    }
}
