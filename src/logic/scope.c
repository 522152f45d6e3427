/* Signatures and scopes; see formula.h. */
#include "logic/formula.h"

#include <string.h>

void signature_init(struct signature *sig, struct arena *arena, struct intern *strings)
{
    *sig = (struct signature){.arena = arena, .strings = strings};
}

uint32_t signature_find(const struct signature *sig, uint32_t name)
{
    return name < sig->names && sig->by_name[name] ? sig->by_name[name] - 1 : UINT32_MAX;
}

uint32_t signature_find_str(const struct signature *sig, struct str name)
{
    uint32_t number = intern_find(sig->strings, name);
    return number == INTERN_NONE ? UINT32_MAX : signature_find(sig, number);
}

/* Make by_name long enough for `name`. */
static bool reserve_name(struct signature *sig, uint32_t name)
{
    if (name < sig->names) return true;
    size_t names = (size_t)name * 2 + 16;
    uint32_t *moved = arena_array(sig->arena, names, sizeof *moved);
    if (!moved) return false;
    if (sig->names) memcpy(moved, sig->by_name, sig->names * sizeof *moved);
    sig->by_name = moved;
    sig->names = names;
    return true;
}

uint32_t signature_add(struct signature *sig, struct str name, const struct column *columns,
                       uint32_t arity, struct place at)
{
    uint32_t number = intern_add(sig->strings, name);
    if (number == INTERN_NONE || signature_find(sig, number) != UINT32_MAX) return UINT32_MAX;
    struct predicate *preds = arena_grow(sig->arena, sig->preds, sig->n, &sig->cap, sizeof *preds);
    if (!preds) return UINT32_MAX;
    sig->preds = preds;
    struct column *copy = arena_array(sig->arena, arity, sizeof *copy);
    if (!copy || !reserve_name(sig, number)) return UINT32_MAX;
    if (arity) memcpy(copy, columns, arity * sizeof *copy);
    uint32_t index = (uint32_t)sig->n++;
    preds[index] = (struct predicate){
        .name = number, .kind = PRED_EVENT, .arity = arity, .columns = copy, .at = at};
    sig->by_name[number] = index + 1;
    return index;
}

static uint32_t add_pred(struct scope *sc, struct predicate p)
{
    struct predicate *preds =
        arena_grow(sc->arena, sc->preds, sc->n_preds, &sc->cap_preds, sizeof *preds);
    if (!preds) return UINT32_MAX;
    sc->preds = preds;
    preds[sc->n_preds] = p;
    return (uint32_t)sc->n_preds++;
}

static uint32_t add_builtin(struct scope *sc, struct str name, enum pred_kind kind, uint32_t arity)
{
    uint32_t pred = scope_let(sc, name, arity);
    if (pred == UINT32_MAX) return pred;
    sc->preds[pred].kind = kind;
    for (uint32_t i = 0; i < arity; i++) sc->preds[pred].columns[i].type = VALUE_INT;
    return pred;
}

bool scope_init(struct scope *sc, struct arena *arena, struct intern *strings,
                const struct signature *sig)
{
    *sc = (struct scope){.arena = arena, .strings = strings, .sig = sig};
    for (size_t i = 0; i < sig->n; i++)
        if (add_pred(sc, sig->preds[i]) == UINT32_MAX) return false;
    sc->tp = add_builtin(sc, STR("tp"), PRED_TP, 1);
    sc->ts = add_builtin(sc, STR("ts"), PRED_TS, 1);
    sc->tpts = add_builtin(sc, STR("tpts"), PRED_TPTS, 2);
    return sc->tp != UINT32_MAX && sc->ts != UINT32_MAX && sc->tpts != UINT32_MAX;
}

uint32_t scope_var(struct scope *sc, struct str name, enum value_type type)
{
    uint32_t number = intern_add(sc->strings, name);
    if (number == INTERN_NONE) return UINT32_MAX;
    struct variable *vars =
        arena_grow(sc->arena, sc->vars, sc->n_vars, &sc->cap_vars, sizeof *vars);
    if (!vars) return UINT32_MAX;
    sc->vars = vars;
    vars[sc->n_vars] = (struct variable){.name = number, .type = type};
    return (uint32_t)sc->n_vars++;
}

uint32_t scope_let(struct scope *sc, struct str name, uint32_t arity)
{
    uint32_t number = intern_add(sc->strings, name);
    struct column *columns = arena_array(sc->arena, arity, sizeof *columns);
    if (number == INTERN_NONE || !columns) return UINT32_MAX;
    return add_pred(sc, (struct predicate){
                            .name = number, .kind = PRED_LET, .arity = arity, .columns = columns});
}

struct str scope_var_name(const struct scope *sc, uint32_t var)
{
    return intern_str(sc->strings, sc->vars[var].name);
}

struct str scope_pred_name(const struct scope *sc, uint32_t pred)
{
    return intern_str(sc->strings, sc->preds[pred].name);
}
