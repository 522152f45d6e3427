/* Regular expressions over positions, and recursion through the past; see rewrite.h.
 *
 * A path is walked away from the position it is about, and the variables bound so far only grow. */
#include "logic/rewrite.h"

struct walk {
    struct rewriter *r;
    const struct formula *match;
    struct varset bound;
};

static struct path *keep_place(struct path *made, const struct path *from)
{
    if (made) made->at = from->at;
    return made;
}

static struct path *walk_test(struct walk *w, const struct path *p)
{
    struct rewriter *r = w->r;
    struct literal l = {p->test, false}, inverse = {p->test, true};
    struct varset free = literal_free(r, l);
    bool inside = varset_within(free, w->bound);
    struct formula *f = NULL;
    if (inside && literal_is_negative(l)) f = core_not(r, gen_alone(r, inverse));
    if (!f) f = gen_alone(r, l);
    if (!f && inside) f = core_not(r, gen_alone(r, inverse));
    if (!f) {
        struct varset missing = rw_minus(r, free, w->bound);
        blame(r, BLAME_UNBOUND, (struct literal){p->test, false},
              missing.n ? missing.v[0] : UINT32_MAX);
        return NULL;
    }
    w->bound = rw_union(r, w->bound, free);
    return path_new(r->sc, PATH_TEST, f, NULL, NULL);
}

static bool never(const struct path *p)
{
    return p->op == PATH_TEST && p->test->op == F_FALSE;
}

/* Join two walked parts; what can never be passed takes a concatenation with it, and drops out of
 * a choice. */
static struct path *combine(struct walk *w, enum path_op op, struct path *a, struct path *b)
{
    if (never(a)) return op == PATH_CONCAT ? a : b;
    if (never(b)) return op == PATH_CONCAT ? b : a;
    return path_new(w->r->sc, op, NULL, a, b);
}

static struct path *repeat(struct walk *w, struct path *a)
{
    if (!never(a)) return path_new(w->r->sc, PATH_STAR, NULL, a, NULL);
    return path_new(w->r->sc, PATH_TEST, core_true(w->r), NULL, NULL);
}

static struct path *walk(struct walk *w, const struct path *p)
{
    struct rewriter *r = w->r;
    struct path *a, *b = NULL;
    struct varset before = w->bound, after;
    bool backwards = w->match->op == F_MATCHP;
    if (r->fault) return NULL;
    switch (p->op) {
    case PATH_WILD: return keep_place(path_new(r->sc, PATH_WILD, NULL, NULL, NULL), p);
    case PATH_TEST: return keep_place(walk_test(w, p), p);
    case PATH_CONCAT:
        a = walk(w, backwards ? p->b : p->a);
        b = a ? walk(w, backwards ? p->a : p->b) : NULL;
        return b ? keep_place(combine(w, p->op, backwards ? b : a, backwards ? a : b), p) : NULL;
    case PATH_STAR:
        a = walk(w, p->a);
        if (!a) return NULL;
        if (!varset_eq(before, w->bound)) break;
        return keep_place(repeat(w, a), p);
    default:
        a = walk(w, p->a);
        after = w->bound;
        w->bound = before;
        b = a ? walk(w, p->b) : NULL;
        if (!b) return NULL;
        if (!varset_eq(after, w->bound)) break;
        return keep_place(combine(w, p->op, a, b), p);
    }
    blame(r, BLAME_PATH, (struct literal){w->match, false}, UINT32_MAX);
    return NULL;
}

struct formula *gen_match(struct rewriter *r, const struct formula *f)
{
    struct walk w = {.r = r, .match = f};
    if (f->op == F_MATCHF && bound_infinite(f->bound) && !r->options->unbounded_future) {
        blame(r, BLAME_FUTURE, (struct literal){f, false}, UINT32_MAX);
        return NULL;
    }
    if (bound_empty(f->bound)) return core_false(r, literal_free(r, (struct literal){f, false}));
    struct path *p = walk(&w, f->path);
    if (!p && r->sc->arena->failed) r->fault = true;
    if (p && never(p)) return core_false(r, literal_free(r, (struct literal){f, false}));
    return p ? core_done(r, formula_match(r->sc, f->op, f->bound, p)) : NULL;
}

static bool path_only_past(const struct path *p, uint32_t pred, bool past)
{
    return !p || ((!p->test || only_past(p->test, pred, past)) &&
                  path_only_past(p->a, pred, past) && path_only_past(p->b, pred, past));
}

static bool occurs_path(const struct path *p, uint32_t pred);

static bool occurs(const struct formula *f, uint32_t pred)
{
    if (f->op == F_PRED) return f->pred == pred;
    for (uint32_t i = 0; i < f->n_sub; i++)
        if (occurs(f->sub[i], pred)) return true;
    return occurs_path(f->path, pred);
}

static bool occurs_path(const struct path *p, uint32_t pred)
{
    return p && ((p->test && occurs(p->test, pred)) || occurs_path(p->a, pred) ||
                 occurs_path(p->b, pred));
}

bool only_past(const struct formula *f, uint32_t pred, bool past)
{
    if (formula_looks_ahead(f->op)) return !occurs(f, pred);
    bool later = f->bound.lo.map == MAP_NONE && f->bound.lo.seconds > 0;
    switch (f->op) {
    case F_PRED: return f->pred != pred || past;
    case F_PREV: return only_past(f->sub[0], pred, true);
    case F_ONCE:
    case F_HISTORICALLY: return only_past(f->sub[0], pred, past || later);
    case F_SINCE:
        return only_past(f->sub[0], pred, past) && only_past(f->sub[1], pred, past || later);
    case F_MATCHP: return path_only_past(f->path, pred, past);
    default: break;
    }
    for (uint32_t i = 0; i < f->n_sub; i++)
        if (!only_past(f->sub[i], pred, past)) return false;
    return true;
}
