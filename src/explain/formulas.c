/* Texts of subformulas, each made once; see explainer.h. */
#include "explain/explainer.h"

#include "logic/print.h"

#include <stdlib.h>

struct formula_text {
    const struct formula *f; /* NULL: empty */
    size_t at, n;            /* in the text of all */
};

void formula_texts_init(struct formula_texts *t)
{
    *t = (struct formula_texts){0};
    buf_init(&t->text);
}

void formula_texts_free(struct formula_texts *t)
{
    free(t->items);
    buf_free(&t->text);
}

static struct formula_text *slot(const struct formula_texts *t, const struct formula *f)
{
    size_t s = (size_t)((uintptr_t)f >> 4) & t->mask;
    while (t->items[s].f && t->items[s].f != f) s = (s + 1) & t->mask;
    return &t->items[s];
}

static bool grow(struct formula_texts *t)
{
    struct formula_texts bigger = {.mask = t->items ? 2 * t->mask + 1 : 63};
    bigger.items = calloc(bigger.mask + 1, sizeof *bigger.items);
    if (!bigger.items) return false;
    for (size_t i = 0; t->items && i <= t->mask; i++)
        if (t->items[i].f) *slot(&bigger, t->items[i].f) = t->items[i];
    free(t->items);
    t->items = bigger.items;
    t->mask = bigger.mask;
    return true;
}

void formula_text_add(struct formula_texts *t, struct buf *out, const struct scope *sc,
                      const struct formula *f)
{
    if ((!t->items || 2 * t->n > t->mask) && !grow(t)) {
        out->failed = true;
        return;
    }
    struct formula_text *x = slot(t, f);
    if (!x->f) {
        *x = (struct formula_text){f, t->text.n, 0};
        formula_print(&t->text, sc, f);
        x->n = t->text.n - x->at;
        t->n++;
        out->failed |= t->text.failed;
    }
    buf_add(out, str_slice(buf_str(&t->text), x->at, x->at + x->n));
}
