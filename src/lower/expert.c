/* Row 17: a formula that an expert wrote (lang/expert.h) becomes one over the provision's own predicates.
 *
 * It is parsed in a scope of its own and copied over: each atom of the anchor's variable is a predicate
 * with a row for each alternative, any other one with a row for each fact. */
#include "lang/expert.h"
#include "lower/lowering.h"

struct copying {
    struct lowering *b;
    const struct expert *x;
    bool top;
    uint32_t id;               /* the anchor's variable over there */
    uint32_t *vars;            /* of the other scope, by number: ours */
    uint32_t *anchors, *facts; /* by pick: predicates made so far, or LOWER_NONE */
};

static void *get(struct copying *c, size_t size)
{
    void *p = arena_alloc(&c->b->l->arena, size);
    if (!p) c->b->failed = true;
    return p;
}

static struct formula *atom(struct copying *c, const struct formula *f)
{
    uint32_t var = f->args[0]->var;
    bool anchor = var == c->id;
    uint32_t *slot = anchor ? &c->anchors[f->pred] : &c->facts[f->pred];
    const struct phrase *ph = &c->x->picks[f->pred].phrase;
    if (*slot == LOWER_NONE)
        *slot = anchor ? lowering_anchor(c->b, ph, c->top, false)
                       : lowering_phrase(c->b, ph, FACTS_NONE, false);
    return lowering_atom(c->b, *slot, c->vars[var]);
}

static struct formula *copy(struct copying *c, const struct formula *f);

static struct path *copy_path(struct copying *c, const struct path *p)
{
    struct path *n = get(c, sizeof *n);
    if (!n) return NULL;
    *n = *p;
    if (p->test) n->test = copy(c, p->test);
    if (p->a) n->a = copy_path(c, p->a);
    if (p->b) n->b = copy_path(c, p->b);
    return n;
}

static struct formula *copy(struct copying *c, const struct formula *f)
{
    if (f->op == F_PRED) return atom(c, f);
    struct formula *n = get(c, sizeof *n);
    struct formula **sub = get(c, (f->n_sub + 1) * sizeof(struct formula *));
    uint32_t *vars = get(c, (f->n_vars + 1) * sizeof *vars);
    if (!n || !sub || !vars) return NULL;
    *n = *f;
    for (uint32_t i = 0; i < f->n_vars; i++) vars[i] = c->vars[f->vars[i]];
    for (uint32_t i = 0; i < f->n_sub; i++)
        if (!(sub[i] = copy(c, f->sub[i]))) return NULL;
    n->vars = vars;
    n->sub = sub;
    if (f->path && !(n->path = copy_path(c, f->path))) return NULL;
    return n;
}

/* Numbers of ours for what the other scope has. */
static bool prepare(struct copying *c, const struct scope *from, uint32_t own_id)
{
    c->vars = get(c, (from->n_vars + 1) * sizeof *c->vars);
    c->anchors = get(c, (c->x->n_picks + 1) * sizeof *c->anchors);
    c->facts = get(c, (c->x->n_picks + 1) * sizeof *c->facts);
    if (!c->vars || !c->anchors || !c->facts) return false;
    for (uint32_t i = 0; i < from->n_vars; i++)
        c->vars[i] =
            i == c->id ? own_id : scope_var(&c->b->v->scope, scope_var_name(from, i), VALUE_INT);
    for (uint32_t i = 0; i < c->x->n_picks; i++) c->anchors[i] = c->facts[i] = LOWER_NONE;
    return true;
}

bool lowering_expert(struct lowering *b, bool top, struct pattern_parts *out)
{
    const struct expert *x = b->p->expert;
    struct copying c = {.b = b, .x = x, .top = top};
    struct signature sig;
    struct scope sc;
    struct diags quiet;
    struct formula *f = NULL;
    diags_init(&quiet, &b->l->arena);
    if (expert_parse(x, &b->l->arena, &b->l->strings, &sig, &sc, &quiet, &f, &c.id) != STATUS_OK) {
        b->failed = true; /* it was checked with the agreement */
        return false;
    }
    bool anchored = x->anchor != LANG_NONE, state = false;
    if (anchored) {
        out->anchor_pred = lowering_anchor(b, &x->picks[x->anchor].phrase, top, false);
        out->id = lowering_id(b);
        state = b->g->kinds[x->picks[x->anchor].phrase.kind].is_state;
    }
    out->anchor = anchored && !state ? ANCHOR_EVENT : ANCHOR_EPISODE;
    if (!prepare(&c, &sc, out->id)) return false;
    if (anchored) c.anchors[x->anchor] = out->anchor_pred;
    struct formula *where = lowering_applies(b, out), *violated = copy(&c, f);
    out->made =
        anchored ? lowering_and(b, lowering_atom(b, out->anchor_pred, out->id), where) : where;
    out->raw = lowering_and(b, out->made, violated);
    out->violation = lowering_excused(b, top, LOWER_NONE, out->raw, &out->excusable);
    return true;
}
