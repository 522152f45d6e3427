/* See diag.h. */
#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

void diags_init(struct diags *d, struct arena *arena)
{
    *d = (struct diags){.arena = arena, .max_items = 1000};
}

struct place place_none(void)
{
    return (struct place){NULL, 0, 0};
}

struct diag *diag_add(struct diags *d, enum severity severity, const char *code, struct place at,
                      const char *what, ...)
{
    if (severity == SEVERITY_ERROR) d->errors++;
    if (d->max_items && d->n >= d->max_items) {
        d->dropped++;
        return NULL;
    }
    struct diag *items = arena_grow(d->arena, d->items, d->n, &d->cap, sizeof *items);
    if (!items) {
        d->dropped++;
        return NULL;
    }
    d->items = items;
    va_list args;
    va_start(args, what);
    struct str text = str_vfmt(d->arena, what, args);
    va_end(args);
    items[d->n] = (struct diag){severity, code, at, text, {NULL, 0}};
    return &items[d->n++];
}

void diag_fix(struct diags *d, struct diag *diag, const char *fix, ...)
{
    if (!diag) return;
    va_list args;
    va_start(args, fix);
    diag->fix = str_vfmt(d->arena, fix, args);
    va_end(args);
}

void diag_errno(struct diags *d, const char *code, const char *verb, struct str name, int error)
{
    diag_add(d, SEVERITY_ERROR, code, place_none(), "cannot %s %.*s: %s", verb, STR_ARG(name),
             strerror(error));
}

static int by_place(const void *x, const void *y)
{
    const struct diag *a = x, *b = y;
    if (a->at.source != b->at.source) {
        if (!a->at.source || !b->at.source) return a->at.source ? 1 : -1;
        return str_cmp(a->at.source->name, b->at.source->name);
    }
    if (a->at.from != b->at.from) return a->at.from < b->at.from ? -1 : 1;
    return (a->at.to > b->at.to) - (a->at.to < b->at.to);
}

void diags_sort(struct diags *d)
{
    if (d->n) qsort(d->items, d->n, sizeof *d->items, by_place);
}
