/* A lowered provision as text, for explain --formula. */
#include "lower/lower.h"

#include "logic/print.h"

static void print_pred(const struct violation *v, size_t i, struct buf *out)
{
    const struct lowered_pred *p = &v->preds[i];
    const char *numbers = p->source == PRED_PAIRS ? "k, j" : p->numbered ? "k" : "";
    buf_fmt(out, "  s%zu(%s%s%s)  ", i, p->keyed ? "id" : "", p->keyed && *numbers ? ", " : "",
            numbers);
    switch (p->source) {
    case PRED_SELECTS:
        buf_add(out, p->selector.words);
        if (p->recorded) buf_puts(out, ", at the time of its record");
        if (p->or_given) buf_puts(out, " (where none is stated, at its own)");
        if (p->selector.filed) buf_puts(out, "; filed");
        break;
    case PRED_UNCOVERED:
        buf_puts(out, "nobody would have seen: ");
        buf_add(out, p->selector.words);
        break;
    case PRED_REFERS:
    case PRED_FIXED:
    case PRED_NEEDS:
    case PRED_NUMBERS:
    case PRED_PAIRS:
    case PRED_UNKNOWN: buf_add(out, p->words); break;
    case PRED_MOVED:
        buf_add(out, p->words);
        buf_puts(out, ", later by the seconds of ");
        formula_print(out, &v->scope, p->first);
        break;
    case PRED_FIRST:
        buf_puts(out, "the first second of ");
        formula_print(out, &v->scope, p->first);
        break;
    }
    buf_putc(out, '\n');
}

static bool uses_map(const struct formula *f, uint32_t map)
{
    if (formula_is_temporal(f->op) && (f->bound.lo.map == map || f->bound.hi.map == map))
        return true;
    for (uint32_t i = 0; i < f->n_sub; i++)
        if (uses_map(f->sub[i], map)) return true;
    return false;
}

void lower_print(const struct lowered *l, const struct violation *v, struct buf *out)
{
    static const char *const anchors[] = {[ANCHOR_EVENT] = "each event",
                                          [ANCHOR_DEADLINE] = "each deadline",
                                          [ANCHOR_EPISODE] = "each episode"};
    formula_print(out, &v->scope, v->violation);
    buf_fmt(out, "\n  anchored at %s", anchors[v->anchor]);
    if (v->anchor_pred != LOWER_NONE) buf_fmt(out, " of s%u", v->anchor_pred);
    buf_putc(out, '\n');
    for (size_t i = 0; i < v->n_preds; i++) print_pred(v, i, out);
    for (size_t i = 0; i < l->n_maps; i++)
        if (uses_map(v->violation, (uint32_t)i))
            buf_fmt(out, "  map %zu  %.*s\n", i, STR_ARG(l->map_words[i]));
}
