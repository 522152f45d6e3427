/* Findings as they are entered, and their witnesses.  See draft_found.h. */
#include "talks/draft_found.h"

#include <string.h>

const struct provision *found_provision(const struct checker *c, const struct draft_rule *r)
{
    return &c->g->provisions[r->provision];
}

struct str found_name(const struct checker *c, uint32_t provision)
{
    return c->g->provisions[provision].name;
}

/* --- findings -------------------------------------------------------------------------------- */

/* Duties first, then in the order of the text. */
static bool before(const struct checker *c, uint32_t a, uint32_t b)
{
    bool x = c->g->provisions[a].pattern == PATTERN_DUTY;
    bool y = c->g->provisions[b].pattern == PATTERN_DUTY;
    return x != y ? x : a < b;
}

static void sort_set(const struct checker *c, uint32_t *v, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t k = i; k && before(c, v[k], v[k - 1]); k--) {
            uint32_t t = v[k];
            v[k] = v[k - 1];
            v[k - 1] = t;
        }
}

bool found_already(const struct checker *c, enum draft_finding_kind kind, const uint32_t *v,
                   uint32_t n)
{
    for (size_t i = 0; i < c->out->n; i++) {
        const struct draft_finding *f = &c->out->items[i];
        if (f->kind == kind && f->n == n && memcmp(f->provisions, v, n * sizeof *v) == 0)
            return true;
    }
    return false;
}

/* A new finding about the provisions; NULL when it is there already, or memory failed. */
struct draft_finding *found_add(struct checker *c, enum draft_finding_kind kind,
                                const uint32_t *provisions, uint32_t n)
{
    uint32_t set[DRAFT_SET] = {0};
    if (n > DRAFT_SET) n = DRAFT_SET;
    if (n) memcpy(set, provisions, n * sizeof *set);
    if (kind != DRAFT_PERMISSION && kind != DRAFT_NEVER_FIRES) sort_set(c, set, n);
    if (n && found_already(c, kind, set, n)) return NULL;
    struct draft_finding *v =
        arena_grow(c->arena, c->out->items, c->out->n, &c->out->cap, sizeof *v);
    if (!v) {
        c->failed = true;
        return NULL;
    }
    c->out->items = v;
    struct draft_finding *f = &v[c->out->n++];
    *f = (struct draft_finding){.kind = kind, .n = n};
    if (n) memcpy(f->provisions, set, n * sizeof *set);
    return f;
}

struct str found_names(struct checker *c, const struct draft_finding *f)
{
    struct buf b;
    buf_init(&b);
    for (uint32_t i = 0; i < f->n; i++)
        buf_fmt(&b, "%s%.*s",
                i == 0          ? ""
                : i + 1 == f->n ? " and "
                                : ", ",
                STR_ARG(found_name(c, f->provisions[i])));
    struct str s = str_dup(c->arena, buf_str(&b));
    buf_free(&b);
    return s;
}

/* --- witnesses ------------------------------------------------------------------------------- */

static struct draft_witness *add_witness(struct draft_finding *f)
{
    if (!f || f->n_witnesses == DRAFT_SET) return NULL;
    struct draft_witness *w = &f->witnesses[f->n_witnesses++];
    *w = (struct draft_witness){.n_broken = 0};
    return w;
}

/* What a timeline breaks of the finding's provisions, by the question that made it. */
static void tell(struct draft_witness *w, const struct draft_finding *f, uint32_t broken)
{
    for (uint32_t i = 0; i < f->n; i++) {
        if (f->provisions[i] == broken)
            w->broken[w->n_broken++] = broken;
        else
            w->kept[w->n_kept++] = f->provisions[i];
    }
}

/* Which of the finding's provisions a timeline breaks, asked one by one. */
static void tell_from(struct checker *c, const struct draft_finding *f, struct draft_witness *w)
{
    const struct draft_vars *v = &c->d->vars;
    Z3_ast *lit = arena_array(c->arena, v->n_flat + 2, sizeof *lit);
    if (!lit || !w->timeline.on) {
        c->failed = true;
        return;
    }
    for (size_t i = 0; i < v->n_flat; i++)
        lit[i + 1] = w->timeline.on[i] ? v->flat[i] : Z3_mk_not(c->d->z3, v->flat[i]);
    for (uint32_t i = 0; i < f->n; i++) {
        lit[0] = draft_rule_of(c->d, 0, f->provisions[i])->keep;
        if (draft_ask(c->d, lit, (uint32_t)v->n_flat + 1) == DRAFT_POSSIBLE)
            w->kept[w->n_kept++] = f->provisions[i];
        else
            w->broken[w->n_broken++] = f->provisions[i];
    }
}

/* A timeline for the n literals, and what it breaks. */
void found_witness_asked(struct checker *c, struct draft_finding *f, uint32_t n)
{
    if (draft_ask(c->d, c->lit, n) != DRAFT_POSSIBLE) return;
    struct draft_witness *w = add_witness(f);
    if (!w) return;
    if (!draft_timeline(c->d, c->lit, n, &w->timeline)) c->failed = true;
    tell_from(c, f, w);
}

/* A timeline for the literals, should there be one. */
void found_witness(struct checker *c, struct draft_finding *f, uint32_t n, uint32_t broken)
{
    if (!f || draft_ask(c->d, c->lit, n) != DRAFT_POSSIBLE) return;
    struct draft_witness *w = add_witness(f);
    if (!w) return;
    if (!draft_timeline(c->d, c->lit, n, &w->timeline)) c->failed = true;
    tell(w, f, broken);
}

/* For each provision of a set that cannot be kept together: a timeline that breaks only it. */
void found_witness_each(struct checker *c, struct draft_finding *f, Z3_ast also)
{
    for (uint32_t i = 0; f && i < f->n; i++) {
        uint32_t n = 0;
        if (also) c->lit[n++] = also;
        for (uint32_t k = 0; k < f->n; k++)
            if (k != i) c->lit[n++] = draft_rule_of(c->d, 0, f->provisions[k])->keep;
        c->lit[n++] = draft_literal(c->d, draft_rule_of(c->d, 0, f->provisions[i])->violated);
        found_witness(c, f, n, f->provisions[i]);
    }
}

void found_witness_fixed(struct checker *c, struct draft_finding *f, bool everything)
{
    struct draft_witness *w = add_witness(f);
    if (!w) return;
    if (!draft_timeline_of(c->d, everything, &w->timeline)) c->failed = true;
    tell(w, f, LANG_NONE);
}
