/* Acts that wait for one another: x is not to begin before y, and y not before x.
 *
 * A *wait* is an act of one bearer that is forbidden until, or permitted only when, a condition holds.
 * Which acts can ever be done lawfully is the least fixed point: an act can when the condition of
 * each of its waits can come about, and a condition that an act has happened can when that act can.
 * What is left over waits in a circle, and one is shown.  Only waits without further tests count
 * (an act anywhere, of any sort), and whatever is not an act can come about; so nothing is refused that
 * could be kept. */
#include "lang/parse.h"

struct wait {
    uint32_t provision, kind, actor;
    const struct condition *until;
    uint32_t next; /* further wait of the same kind; LANG_NONE at the end */
    bool can;
};

struct waits {
    struct parser *p;
    const struct agreement *g;
    struct vec list;            /* struct wait */
    uint32_t *first;            /* by kind */
    const struct provision *of; /* whose condition is looked at, … */
    uint32_t bearer;            /* … and for whom */
    uint32_t blocking;          /* a wait that cannot, met last */
};

static struct wait *wait_at(const struct waits *w, uint32_t i)
{
    return VEC_AT(w->list, struct wait, i);
}

static bool add_wait(struct waits *w, uint32_t provision, const struct condition *until)
{
    const struct provision *pv = &w->g->provisions[provision];
    for (uint32_t i = 0; i < pv->bearers.n; i++) {
        struct wait *x = vec_add(w->p, &w->list, sizeof *x);
        if (!x) return false;
        *x = (struct wait){provision, pv->act.kind,           pv->bearers.v[i],
                           until,     w->first[pv->act.kind], false};
        w->first[pv->act.kind] = (uint32_t)w->list.n - 1;
    }
    return true;
}

static bool plain_act(const struct provision *pv)
{
    return pv->act.kind != LANG_NONE && !pv->act.n_tests && pv->act.zone == LANG_NONE &&
           !pv->together && !pv->if_ && !pv->unless && pv->next_version == LANG_NONE &&
           pv->amends == LANG_NONE;
}

static bool add_waits(struct waits *w, uint32_t provision)
{
    const struct provision *pv = &w->g->provisions[provision];
    if (!plain_act(pv)) return true;
    if (pv->pattern == PATTERN_ONLY && !pv->n_frames && pv->only)
        return add_wait(w, provision, pv->only);
    if (pv->pattern != PATTERN_FORBID) return true;
    for (uint32_t i = 0; i < pv->n_frames; i++) {
        const struct frame *f = &pv->frames[i];
        if (!f->condition || (f->op != FRAME_BEFORE && f->op != FRAME_UNTIL)) return true;
    }
    for (uint32_t i = 0; i < pv->n_frames; i++)
        if (!add_wait(w, provision, pv->frames[i].condition)) return false;
    return true;
}

/* ---- what can come about ---- */

static bool act_can(struct waits *w, uint32_t kind, uint32_t actor)
{
    for (; kind != LANG_NONE; kind = w->g->kinds[kind].parent)
        for (uint32_t i = w->first[kind]; i != LANG_NONE; i = wait_at(w, i)->next) {
            if (wait_at(w, i)->actor != actor || wait_at(w, i)->can) continue;
            w->blocking = i;
            return false;
        }
    return true;
}

static bool has_subkind(const struct waits *w, uint32_t kind)
{
    for (uint32_t i = 0; i < w->g->n_kinds; i++)
        if (w->g->kinds[i].parent == kind) return true;
    return false;
}

static bool phrase_can(struct waits *w, const struct phrase *ph)
{
    if (ph->kind == LANG_NONE || w->g->kinds[ph->kind].actor == LANG_NONE ||
        w->first[ph->kind] == LANG_NONE || has_subkind(w, ph->kind))
        return true;
    bool all = ph->who == WHO_EACH_OF || ph->who == WHO_TOGETHER, any = false;
    if (ph->who == WHO_ANYONE) return true; /* somebody who waits for nothing */
    if (ph->who == WHO_BEARER) return act_can(w, ph->kind, w->bearer);
    struct indices actors = ph->who == WHO_OTHER ? w->of->bearers : ph->actors;
    for (uint32_t i = 0; i < actors.n; i++) {
        if (ph->who == WHO_OTHER && actors.v[i] == w->bearer) continue;
        bool can = act_can(w, ph->kind, actors.v[i]);
        if (all && !can) return false;
        any = any || can;
    }
    return all || any;
}

static bool condition_can(struct waits *w, const struct condition *c)
{
    bool any = false;
    switch (c->op) {
    case COND_ALL:
    case COND_ANY:
        for (uint32_t i = 0; i < c->n_sub; i++) {
            bool can = condition_can(w, c->sub[i]);
            if (c->op == COND_ALL && !can) return false;
            any = any || can;
        }
        return any || c->op == COND_ALL;
    case COND_HAPPENED: return phrase_can(w, &c->phrase);
    case COND_HOLDS: {
        const struct definition *d = w->g->kinds[c->phrase.kind].definition;
        return !d || condition_can(w, d->from);
    }
    case COND_NOT:
    case COND_FROM:
    case COND_UNTIL:
    case COND_VIOLATED:
    case COND_FULFILLED:
    case COND_CLOCK:
    case COND_NO_OBJECTION:
    case COND_SUSPENSION: break;
    }
    return true;
}

static bool wait_can(struct waits *w, uint32_t i)
{
    const struct wait *x = wait_at(w, i);
    w->of = &w->g->provisions[x->provision];
    w->bearer = x->actor;
    return condition_can(w, x->until);
}

/* ---- a circle ---- */

/* From a wait that cannot to one that it waits for, until one comes again. */
static bool tell_circle(struct waits *w, uint32_t at)
{
    uint32_t n = (uint32_t)w->list.n, steps = 0;
    for (uint32_t i = 0; i < n; i++) { /* so many steps later it is on the circle */
        wait_can(w, at);
        at = w->blocking;
    }
    struct buf path;
    buf_init(&path);
    const struct provision *pv = w->g->provisions;
    uint32_t i = at;
    do {
        if (steps++ < 8)
            buf_fmt(&path, "%.*s → ", STR_ARG(pv[wait_at(w, i)->provision].name));
        else if (steps == 10)
            buf_puts(&path, "… → ");
        wait_can(w, i);
        i = w->blocking;
    } while (i != at);
    buf_add(&path, pv[wait_at(w, at)->provision].name);
    struct str text = buf_str(&path);
    struct diag *x =
        diag_add(w->p->d, SEVERITY_WARNING, "circle-of-acts", pv[wait_at(w, at)->provision].name_at,
                 "none of these acts may ever begin, each waits for the next: %.*s", STR_ARG(text));
    diag_fix(w->p->d, x, "say which of them comes first: leave out one of these conditions");
    buf_free(&path);
    return true;
}

bool check_waits(struct parser *p, const struct agreement *g)
{
    struct waits w = {.p = p, .g = g};
    w.first = parse_alloc(p, (g->n_kinds + 1) * sizeof *w.first);
    if (!w.first) return false;
    for (uint32_t i = 0; i < g->n_kinds; i++) w.first[i] = LANG_NONE;
    for (uint32_t i = 0; i < g->n_provisions; i++)
        if (!add_waits(&w, i)) return false;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = 0; i < w.list.n; i++) {
            if (wait_at(&w, i)->can || !wait_can(&w, i)) continue;
            wait_at(&w, i)->can = changed = true;
        }
    }
    for (uint32_t i = 0; i < w.list.n; i++)
        if (!wait_at(&w, i)->can) return tell_circle(&w, i);
    return true;
}
