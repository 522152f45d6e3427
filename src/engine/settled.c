/* Which verdicts the end of a log settles, by the formula as written.
 *
 * The core form may look farther ahead than the formula did: guards are carried through operators by
 * their converse (logic/safe.h).  So when the log is over, everything is computed to the end, and
 * what is printed is cut at the last position that the written formula settles. */
#include "engine/window.h"

struct settled {
    const struct timeline *time;
    int64_t *let; /* by predicate of the scope */
};

static int64_t settle(struct settled *s, const struct formula *f);

static int64_t settle_path(struct settled *s, const struct path *p)
{
    if (!p) return s->time->last;
    int64_t least = p->test ? settle(s, p->test) : s->time->last;
    return min64(least, min64(settle_path(s, p->a), settle_path(s, p->b)));
}

static int64_t settle_let(struct settled *s, const struct formula *f)
{
    s->let[f->pred] = s->time->last; /* LETPAST: its past is no later than the rest of it */
    s->let[f->pred] = settle(s, f->sub[0]);
    return settle(s, f->sub[1]);
}

static int64_t settle(struct settled *s, const struct formula *f)
{
    if (f->op == F_LET || f->op == F_LETPAST) return settle_let(s, f);
    int64_t least = f->op == F_PRED ? s->let[f->pred] : settle_path(s, f->path);
    for (uint32_t k = 0; k < f->n_sub; k++) least = min64(least, settle(s, f->sub[k]));
    if (f->op == F_PREV) return min64(least + 1, s->time->last);
    if (f->op == F_NEXT) return least - 1;
    if (!formula_looks_ahead(f->op)) return least;
    return window_settled(s->time, f->bound, least, s->time->base);
}

bool settled_position(const struct formula *written, const struct scope *sc,
                      const struct timeline *time, int64_t *out)
{
    struct arena a;
    arena_init(&a);
    struct settled s = {time, arena_array(&a, sc->n_preds + 1, sizeof(int64_t))};
    for (size_t k = 0; s.let && k < sc->n_preds; k++) s.let[k] = time->last;
    if (s.let) *out = settle(&s, written);
    arena_free(&a);
    return s.let;
}
