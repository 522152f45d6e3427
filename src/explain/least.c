/* Leaving out what is not needed: a proof is sought that rests on fewer leaves of the one found.
 *
 * The rules choose the smallest subproof at each place by itself; two places may then rest on
 * different facts where one would have done for both.  So each leaf is forbidden in turn, with only
 * the others allowed; where a proof remains, it is taken.  In the end none can be left out: from the
 * facts and absences that the tree cites, no other tree follows that cites only some of them. */
#include "explain/explainer.h"

/* Of a larger tree, or one that took more to find, nothing is left out. */
#define LEAVES_MAX 48
#define EFFORT_MAX 4096

struct leaf {
    const struct formula *f;
    const struct binds *e;
    bool holds;
    int64_t from, to;
    bool closed, barred;   /* barred: some tuples do not count */
    const bool *has;       /* by argument: it has a value … */
    const uint64_t *words; /* … this one */
};

struct leaves {
    struct leaf *items;
    size_t n, cap;
};

static bool leaf_of(struct explainer *x, const struct formula *f, bool holds, const struct binds *e,
                    int64_t from, int64_t to, struct leaf *out)
{
    bool *has = need(x, f->n_args, sizeof *has);
    uint64_t *words = need(x, f->n_args, sizeof *words);
    if (!has || !words) return false;
    *out = (struct leaf){f, e, holds, from, to, true, false, has, words};
    for (uint32_t k = 0; k < f->n_args; k++) {
        const struct term *t = f->args[k];
        has[k] = t->op != TERM_VAR || env_value(e, t->var, &words[k]);
        if (t->op != TERM_VAR) words[k] = t->value;
        const struct binds *l = has[k] ? NULL : env_link(e, t->var);
        out->barred |= l && l->n_tuples;
        out->closed &= has[k];
    }
    return true;
}

/* Is what the one says, but for the stretch, what the other says? */
static bool same_claim(const struct leaf *a, const struct leaf *b)
{
    if (a->f->pred != b->f->pred || a->holds != b->holds) return false;
    for (uint32_t k = 0; k < a->f->n_args; k++)
        if (a->has[k] != b->has[k] || (a->has[k] && a->words[k] != b->words[k])) return false;
    return a->barred == b->barred;
}

/* Does what a says, but for the stretch, imply what b says? */
static bool implies(const struct record *r, const struct leaf *a, const struct leaf *b)
{
    if (same_claim(a, b)) return true;
    return a->f->pred == b->f->pred && !a->holds && !b->holds && b->closed &&
           env_matches(r, a->e, a->f, b->words) && !env_excluded(a->e, a->f, b->words);
}

/* Does a say all that b says? */
static bool covers(const struct record *r, const struct leaf *a, const struct leaf *b)
{
    return implies(r, a, b) && a->from <= b->from && a->to >= b->to;
}

bool leaf_allowed(struct explainer *x, const struct formula *f, bool holds, const struct binds *e,
                  int64_t from, int64_t to)
{
    struct leaf leaf;
    if (!x->allowed) return true;
    if (!leaf_of(x, f, holds, e, from, to, &leaf)) return false;
    for (bool more = true; more;) { /* several may cover the stretch */
        more = false;
        for (size_t i = 0; i < x->allowed->n; i++) {
            const struct leaf *a = &x->allowed->items[i];
            if (!implies(x->r, a, &leaf) || a->from > from || a->to < from) continue;
            if (a->to >= to) return true;
            from = a->to + 1;
            more = true;
        }
    }
    return false;
}

/* The leaves, but those that another covers. */
static void collect(struct explainer *x, const struct proof *p, struct leaves *out)
{
    struct leaf leaf;
    for (size_t i = 0; i < p->n_sub && out->n <= LEAVES_MAX; i++) collect(x, p->sub[i], out);
    if (p->rule != PROOF_FACT && p->rule != PROOF_ABSENT) return;
    if (!leaf_of(x, p->f, p->holds, p->env, p->from, p->to, &leaf)) return;
    for (size_t i = 0; i < out->n; i++)
        if (covers(x->r, &out->items[i], &leaf)) return;
    size_t kept = 0;
    for (size_t i = 0; i < out->n; i++)
        if (!covers(x->r, &leaf, &out->items[i])) out->items[kept++] = out->items[i];
    out->n = kept;
    struct leaf *items = arena_grow(x->a, out->items, out->n, &out->cap, sizeof *items);
    x->failed |= !items;
    if (!items) return;
    out->items = items;
    items[out->n++] = leaf;
}

static void forget_answers(struct explainer *x)
{
    x->memo = NULL;
    x->n_memos = x->memo_mask = 0;
    x->depth = 0;
}

struct proof *least(struct explainer *x, const struct formula *f, const struct binds *e,
                    int64_t from, int64_t to, struct proof *p)
{
    struct leaves now = {0};
    if (!p || proof_incomplete(p)) return p;
    collect(x, p, &now);
    if (now.n > LEAVES_MAX || x->n_memos > EFFORT_MAX) return p;
    for (size_t i = 0; i < now.n && !x->failed;) {
        struct leaves fewer = {.items = need(x, now.n, sizeof *fewer.items)};
        for (size_t k = 0; fewer.items && k < now.n; k++)
            if (k != i) fewer.items[fewer.n++] = now.items[k];
        x->allowed = &fewer;
        forget_answers(x);
        struct proof *other = fewer.items ? prove(x, f, true, e, from, to) : NULL;
        x->allowed = NULL;
        struct leaves left = {0};
        bool whole = other && !proof_incomplete(other);
        if (whole) collect(x, other, &left);
        if (!whole || left.n >= now.n) {
            i++;
            continue;
        }
        p = other;
        now = left; /* what was needed before is needed still; it may stand elsewhere now */
        i = 0;
    }
    forget_answers(x);
    return p;
}
