/* The judge's windows, SINCE and UNTIL, and regular expressions over positions; see naive.h.  What
 * holds at one position is asked of naive_solve; here it is said at which positions. */
#include "tests/logic/naive_parts.h"

/* ---- time ---- */

static int64_t stamp(const struct naive *n, size_t at)
{
    return at < n->log->n ? n->log->points[at].stamp : INSTANT_MAX;
}

bool naive_within(const struct naive *n, struct bound b, size_t early, size_t late)
{
    int64_t s = stamp(n, early), t = stamp(n, late);
    if (t == INSTANT_MAX && s == INSTANT_MAX) return b.lo.seconds == 0;
    return instant_add(s, b.lo.seconds) <= t &&
           (bound_infinite(b) || t <= instant_add(s, b.hi.seconds));
}

/* The last position. */
static size_t last(const struct naive *n)
{
    return n->log->n - n->log->clock;
}

static bool looks_back(enum formula_op op)
{
    return !formula_looks_ahead(op);
}

/* The positions in the window of `at`, nearest first: index k = 0, 1, …; SIZE_MAX after the last. */
static size_t position(const struct naive *n, const struct formula *f, size_t at, size_t k)
{
    bool back = looks_back(f->op);
    if (f->op == F_PREV || f->op == F_NEXT) {
        size_t other = back ? at - 1 : at + 1;
        if (k || (back && at == 0) || other > last(n)) return SIZE_MAX;
        return naive_within(n, f->bound, back ? other : at, back ? at : other) ? other : SIZE_MAX;
    }
    for (size_t d = 0; back ? d <= at : at + d <= last(n); d++) {
        size_t other = back ? at - d : at + d;
        if (naive_within(n, f->bound, back ? other : at, back ? at : other) && k-- == 0)
            return other;
    }
    return SIZE_MAX;
}

/* Some position in the window. */
void naive_some(struct naive *n, const struct formula *f, bool neg, struct rows *r, struct env *e,
                size_t at)
{
    for (size_t k = 0, p; !r->not_ready && (p = position(n, f, at, k)) != SIZE_MAX; k++)
        naive_either(n, (struct literal){f->sub[0], neg}, naive_fv(n, f), r, e, p);
}

/* Every position in the window: the tuples of the first, kept while the others have them too. */
void naive_every(struct naive *n, const struct formula *f, bool neg, struct rows *r, struct env *e,
                 size_t at)
{
    struct varset fv = naive_fv(n, f);
    struct literal l = {f->sub[0], neg};
    struct rows first = {0};
    size_t start = position(n, f, at, 0);
    if (naive_all_bound(e, fv)) {
        naive_add(n, &first, fv, e);
    } else if (start == SIZE_MAX) {
        r->not_ready = true;
    } else {
        naive_either(n, l, fv, &first, e, start);
        r->not_ready = first.not_ready;
    }
    for (size_t i = 0; i < first.n && !r->not_ready; i++) {
        bool holds = true;
        struct saved s = naive_bind(e, fv, &first, i);
        for (size_t k = 0, p; holds && (p = position(n, f, at, k)) != SIZE_MAX; k++) {
            struct rows *here = naive_solve(n, l, e, p);
            if (here->not_ready) r->not_ready = true;
            holds = here->n > 0;
        }
        if (holds) naive_add(n, r, fv, e);
        naive_unbind(e, &s);
    }
}

/* The left side at every position strictly between `from` (the right side's) and `to`, included. */
static void since_left(struct naive *n, const struct formula *f, size_t from, size_t to,
                       struct rows *r, struct env *e)
{
    bool past = f->op == F_SINCE;
    if (from == to) {
        naive_add(n, r, naive_fv(n, f), e);
        return;
    }
    size_t next = past ? from + 1 : from - 1;
    struct literal l = {f->sub[0], false};
    struct rows *rows = naive_solve(n, l, e, next);
    if (rows->not_ready) r->not_ready = true;
    for (size_t k = 0; k < rows->n && !r->not_ready; k++) {
        struct saved s = naive_bind(e, naive_fv(n, l.f), rows, k);
        since_left(n, f, next, to, r, e);
        naive_unbind(e, &s);
    }
}

void naive_since(struct naive *n, const struct formula *f, struct rows *r, struct env *e, size_t at)
{
    struct literal right = {f->sub[1], false};
    for (size_t k = 0, p; !r->not_ready && (p = position(n, f, at, k)) != SIZE_MAX; k++) {
        struct rows *rows = naive_solve(n, right, e, p);
        if (rows->not_ready) r->not_ready = true;
        for (size_t i = 0; i < rows->n && !r->not_ready; i++) {
            struct saved s = naive_bind(e, naive_fv(n, right.f), rows, i);
            since_left(n, f, p, at, r, e);
            naive_unbind(e, &s);
        }
    }
}

/* ---- regular expressions ---- */

/* What the rest of a path is, as a list: first part, then next. */
struct rest {
    const struct path *p;
    const struct rest *next;
    size_t star_from; /* for a repetition: where its last round began, else SIZE_MAX */
};

/* All ways to the far end from position p; there the variables are taken. */
static void walk(struct naive *n, const struct formula *f, const struct rest *rest, size_t at,
                 size_t p, struct rows *r, struct env *e)
{
    bool back = f->op == F_MATCHP;
    if (r->not_ready) return;
    if (!rest) {
        bool in = back ? naive_within(n, f->bound, p, at) : naive_within(n, f->bound, at, p);
        if (in) naive_add(n, r, naive_fv(n, f), e);
        return;
    }
    const struct path *path = rest->p;
    struct rest a = {path->a, rest->next, SIZE_MAX}, b = {path->b, rest->next, SIZE_MAX}, both;
    switch (path->op) {
    case PATH_WILD:
        if (back && p > 0) walk(n, f, rest->next, at, p - 1, r, e);
        if (!back && p < last(n)) walk(n, f, rest->next, at, p + 1, r, e);
        break;
    case PATH_TEST: {
        struct rows *rows = naive_solve(n, (struct literal){path->test, false}, e, p);
        if (rows->not_ready) r->not_ready = true;
        for (size_t k = 0; k < rows->n && !r->not_ready; k++) {
            struct saved s = naive_bind(e, naive_fv(n, path->test), rows, k);
            walk(n, f, rest->next, at, p, r, e);
            naive_unbind(e, &s);
        }
        break;
    }
    case PATH_CONCAT:
        both = back ? (struct rest){path->b, &a, SIZE_MAX} : (struct rest){path->a, &b, SIZE_MAX};
        walk(n, f, &both, at, p, r, e);
        break;
    case PATH_ALT:
        walk(n, f, &a, at, p, r, e);
        walk(n, f, &b, at, p, r, e);
        break;
    case PATH_STAR:
        walk(n, f, rest->next, at, p, r, e);
        if (rest->star_from == p) break; /* a round that did not move adds nothing */
        both = (struct rest){path, rest->next, p};
        a.next = &both;
        walk(n, f, &a, at, p, r, e);
    }
}

void naive_match(struct naive *n, const struct formula *f, struct rows *r, struct env *e, size_t at)
{
    struct rest whole = {f->path, NULL, SIZE_MAX};
    walk(n, f, &whole, at, at, r, e);
}
