/* See names.h. */
#include "logic/names.h"

bool names_init(struct names *t, struct scope *sc)
{
    *t = (struct names){.sc = sc};
    names_open_frame(t);
    return t->frame != NULL;
}

static bool push(struct names *t, struct name_list *list, struct str name, uint32_t var)
{
    struct name_entry *items =
        arena_grow(t->sc->arena, list->items, list->n, &list->cap, sizeof *items);
    if (!items) return false;
    list->items = items;
    items[list->n++] = (struct name_entry){name, var};
    return true;
}

static uint32_t find_in(const struct name_list *list, struct str name)
{
    for (size_t i = list->n; i-- > 0;)
        if (str_eq(list->items[i].name, name)) return list->items[i].var;
    return UINT32_MAX;
}

static uint32_t new_var(struct names *t, struct name_list *list, struct str name, struct place at)
{
    uint32_t var = scope_var(t->sc, name, VALUE_ANY);
    if (var == UINT32_MAX || !push(t, list, name, var)) return UINT32_MAX;
    t->sc->vars[var].at = at;
    return var;
}

uint32_t names_find(const struct names *t, struct str name)
{
    uint32_t var = find_in(&t->frame->bound, name);
    return var != UINT32_MAX ? var : find_in(&t->frame->loose, name);
}

uint32_t names_var(struct names *t, struct str name, struct place at)
{
    if (t->in_pred && name.n && name.p[0] == '_') {
        uint32_t seen = find_in(&t->anonymous, name);
        return seen != UINT32_MAX ? seen : names_anonymous(t, name, at);
    }
    uint32_t var = names_find(t, name);
    return var != UINT32_MAX ? var : new_var(t, &t->frame->loose, name, at);
}

uint32_t names_bind(struct names *t, struct str name, struct place at)
{
    return new_var(t, &t->frame->bound, name, at);
}

size_t names_mark(const struct names *t)
{
    return t->frame->bound.n;
}

void names_release(struct names *t, size_t mark)
{
    t->frame->bound.n = mark;
}

void names_open_frame(struct names *t)
{
    struct name_frame *frame = arena_alloc(t->sc->arena, sizeof *frame);
    if (!frame) return; /* the arena remembers; the parser looks at its end */
    frame->outer = t->frame;
    t->frame = frame;
}

void names_close_frame(struct names *t)
{
    if (t->frame->outer) t->frame = t->frame->outer;
}

bool names_share(struct names *t, struct str name, uint32_t var)
{
    return push(t, &t->frame->loose, name, var);
}

void names_open_anonymous(struct names *t)
{
    t->in_pred = true;
    t->anonymous.n = 0;
}

uint32_t names_anonymous(struct names *t, struct str name, struct place at)
{
    uint32_t var = new_var(t, &t->anonymous, name, at);
    if (var != UINT32_MAX) t->sc->vars[var].anonymous = true;
    return var;
}

bool names_close_anonymous(struct names *t, uint32_t **vars, uint32_t *n)
{
    t->in_pred = false;
    *n = (uint32_t)t->anonymous.n;
    *vars = arena_array(t->sc->arena, *n, sizeof **vars);
    if (!*vars) return false;
    for (uint32_t i = 0; i < *n; i++) (*vars)[i] = t->anonymous.items[i].var;
    return true;
}

uint32_t names_pred(const struct names *t, struct str name)
{
    uint32_t number = intern_find(t->sc->strings, name);
    if (number == INTERN_NONE) return UINT32_MAX;
    for (size_t i = t->n_lets; i-- > 0;)
        if (t->sc->preds[t->lets[i]].name == number) return t->lets[i];
    const uint32_t builtins[] = {t->sc->tp, t->sc->ts, t->sc->tpts};
    for (size_t i = 0; i < 3; i++)
        if (t->sc->preds[builtins[i]].name == number) return builtins[i];
    return signature_find(t->sc->sig, number);
}

bool names_bind_pred(struct names *t, uint32_t pred)
{
    uint32_t *lets = arena_grow(t->sc->arena, t->lets, t->n_lets, &t->cap_lets, sizeof *lets);
    if (!lets) return false;
    t->lets = lets;
    lets[t->n_lets++] = pred;
    return true;
}

size_t names_pred_mark(const struct names *t)
{
    return t->n_lets;
}

void names_pred_release(struct names *t, size_t mark)
{
    t->n_lets = mark;
}

struct str names_near_pred(const struct names *t, struct str name)
{
    struct str best = {0};
    size_t least = name.n < 4 ? 2 : 3; /* fewer edits still look like a slip */
    for (uint32_t i = 0; i < t->sc->n_preds; i++) {
        struct str known = scope_pred_name(t->sc, i);
        if (str_nearer(name, known, &least)) best = known;
    }
    return best;
}
