/* Tables for the engine, and questions to it. */
#include "verdict/relation.h"

#include "verdict/justify.h"
#include "verdict/need.h"

#include "logic/safe.h"
#include "logic/typing.h"

#include <stdlib.h>
#include <string.h>

/* ---- preparing ---- */

static enum status find_hidden(struct relation *x, instant at)
{
    struct iset past, uncovered;
    iset_init(&past);
    iset_init(&uncovered);
    iset_complement(&uncovered, &x->covered, INSTANT_MIN, at);
    iset_copy(&x->hidden[WORLD_C], &uncovered);
    iset_copy(&x->hidden[WORLD_F], &uncovered);
    if (at != INSTANT_MAX) iset_add(&x->hidden[WORLD_F], at + 1, INSTANT_MAX);
    bool failed = uncovered.failed || x->hidden[WORLD_C].failed || x->hidden[WORLD_F].failed;
    iset_free(&past);
    iset_free(&uncovered);
    return failed ? STATUS_FAULT : STATUS_OK;
}

static enum status prepare(struct relations *r, uint32_t pred)
{
    struct relation *x = &r->items[pred];
    const struct lowered_pred *p = &r->v->preds[pred];
    bool counts = p->need && p->need->op != MEASURE_STATED;
    bool refers = p->source == PRED_REFERS;
    if (p->source == PRED_UNCOVERED) return cover_of(r->view, &p->selector, &x->covered);
    if (p->source != PRED_SELECTS && !counts && !refers) return STATUS_OK;
    if (p->selector.open) return find_hidden(x, r->view->at); /* nothing picked, nowhere covered */
    enum status s = view_pick(r->view, &p->selector, p->given_actor, &x->picks);
    if (refers) return s;
    if (s == STATUS_OK) s = cover_of(r->view, &p->selector, &x->covered);
    if (s == STATUS_OK) s = find_hidden(x, r->view->at);
    if (s != STATUS_OK || !p->selector.state || !p->by_alternative) return s;
    for (size_t i = 0; i < x->picks.n && !x->degenerate; i++) {
        const struct alternative *a = &r->view->facts->alternatives[x->picks.items[i].alternative];
        x->degenerate = a->start_hi > a->end_lo;
    }
    return s;
}

enum status relations_init(struct relations *r, struct view *view, struct lowered *lowered,
                           const struct violation *v, struct diags *diags)
{
    *r = (struct relations){
        .view = view, .lowered = lowered, .v = v, .strings = &lowered->strings, .diags = diags};
    r->items = calloc(v->n_preds + 1, sizeof(*r->items));
    if (!r->items) return STATUS_FAULT;
    for (size_t i = 0; i < v->n_preds; i++) {
        iset_init(&r->items[i].covered);
        for (int w = 0; w < WORLDS; w++) iset_init(&r->items[i].hidden[w]);
    }
    for (uint32_t i = 0; i < v->n_preds; i++) {
        enum status s = prepare(r, i);
        if (s != STATUS_OK) return s;
    }
    return STATUS_OK;
}

void relations_free(struct relations *r)
{
    for (size_t i = 0; r->items && i < r->v->n_preds; i++) {
        free(r->items[i].picks.items);
        iset_free(&r->items[i].covered);
        for (int w = 0; w < WORLDS; w++) iset_free(&r->items[i].hidden[w]);
    }
    free(r->items);
    *r = (struct relations){0};
}

/* ---- rows ---- */

static void add(struct table *out, instant from, instant to, uint64_t id)
{
    if (from <= to) table_add(out, from, to, &id);
}

/* When the event was recorded: the first record of it, and the record with which the evidence was
 * met.  False when that is not known. */
static bool recorded_when(const struct relations *r, const struct pick *p, instant *first,
                          instant *met)
{
    const struct facts *f = r->view->facts;
    const struct fact *x = &f->facts[p->fact];
    *first = INSTANT_MAX;
    *met = INSTANT_MIN;
    for (uint32_t i = x->first_report; i != FACTS_NONE; i = f->reports[i].next) {
        const struct report *report = &f->reports[i];
        if (!view_knows(r->view, report)) continue;
        if (report->recorded == INSTANT_MIN) return false;
        if (report->recorded < *first) *first = report->recorded;
        if (report->recorded > *met) *met = report->recorded;
    }
    return *first <= *met;
}

/* The span in which the pick holds for certain (a state), or of the event. */
static struct span certain_span(const struct relations *r, const struct lowered_pred *pred,
                                const struct pick *p)
{
    const struct alternative *a = &r->view->facts->alternatives[p->alternative];
    struct span s = {a->start_lo, a->start_hi};
    instant first, met;
    if (pred->recorded && !pred->selector.state) {
        if (!pred->or_given) s.to = INSTANT_MAX;
        if (recorded_when(r, p, &first, &met)) s = (struct span){first, met};
    } else if (pred->selector.state) {
        s = (struct span){a->start_hi, a->end_lo < r->view->at ? a->end_lo : r->view->at};
    }
    return s;
}

struct span relations_span(const struct relations *r, uint32_t pred, const struct pick *p)
{
    return certain_span(r, &r->v->preds[pred], p);
}

static struct span possible_span(const struct relations *r, const struct lowered_pred *pred,
                                 const struct pick *p)
{
    const struct alternative *a = &r->view->facts->alternatives[p->alternative];
    if (pred->selector.state) return (struct span){a->start_lo, a->end_hi};
    return certain_span(r, pred, p);
}

/* A row for each alternative, given its existence (and its actor). */
static void rows_by_alternative(const struct relations *r, uint32_t pred, enum polarity polarity,
                                bool lone, struct table *out)
{
    const struct lowered_pred *p = &r->v->preds[pred];
    const struct picks *picks = &r->items[pred].picks;
    out->somewhere = polarity == POLARITY_MUST && (!p->selector.state || lone);
    for (size_t i = 0; i < picks->n; i++) {
        const struct pick *k = &picks->items[i];
        if (polarity == POLARITY_MUST && k->quality != QUALITY_YES) continue;
        struct span s = polarity == POLARITY_MUST ? certain_span(r, p, k) : possible_span(r, p, k);
        if (lone) s = (struct span){s.to < s.from ? s.to : INSTANT_MAX, s.from};
        add(out, s.from, s.to, k->alternative);
    }
}

/* Certain of the fact as a whole: it is there, and every alternative qualifies.  Events: somewhere
 * in the hull of the spans.  States: where all alternatives hold. */
static void must_of_fact(const struct relations *r, const struct lowered_pred *p,
                         const struct pick *k, size_t n, struct table *out)
{
    if (!k->established || n != k->n_known) return;
    struct span all = certain_span(r, p, k);
    for (size_t i = 0; i < n; i++) {
        struct span s = certain_span(r, p, k + i);
        if (k[i].quality != QUALITY_YES) return;
        bool state = p->selector.state;
        if (state ? s.from > all.from : s.from < all.from) all.from = s.from;
        if (state ? s.to < all.to : s.to > all.to) all.to = s.to;
    }
    add(out, all.from, all.to, k->fact);
}

/* Possible of the fact: the union over its alternatives, as disjoint rows. */
static bool may_of_fact(const struct relations *r, const struct lowered_pred *p,
                        const struct pick *k, size_t n, struct table *out)
{
    if (n == 1) {
        struct span s = possible_span(r, p, k);
        add(out, s.from, s.to, k->fact);
        return true;
    }
    struct iset set;
    iset_init(&set);
    for (size_t i = 0; i < n; i++) {
        struct span s = possible_span(r, p, k + i);
        iset_add(&set, s.from, s.to);
    }
    bool ok = !set.failed;
    for (size_t i = 0; i < set.n; i++) add(out, set.items[i].from, set.items[i].to, k->fact);
    iset_free(&set);
    return ok;
}

static bool rows_by_fact(const struct relations *r, uint32_t pred, enum polarity polarity,
                         struct table *out)
{
    const struct lowered_pred *p = &r->v->preds[pred];
    const struct picks *picks = &r->items[pred].picks;
    out->somewhere = polarity == POLARITY_MUST && !p->selector.state;
    for (size_t i = 0, n; i < picks->n; i += n) {
        for (n = 1; i + n < picks->n && picks->items[i + n].fact == picks->items[i].fact;) n++;
        if (polarity == POLARITY_MUST)
            must_of_fact(r, p, &picks->items[i], n, out);
        else if (!may_of_fact(r, p, &picks->items[i], n, out))
            return false;
    }
    return true;
}

static void hidden_rows(const struct relation *x, enum world world, struct table *out)
{
    const struct iset *hidden = &x->hidden[world];
    for (size_t i = 0; i < hidden->n; i++)
        add(out, hidden->items[i].from, hidden->items[i].to, VALUE_WILD);
    if (hidden->n) out->wild = true;
}

static void fixed_rows(const struct lowered_pred *p, struct table *out)
{
    for (size_t i = 0; i < p->n_rows; i++) {
        uint64_t id = i;
        if (p->rows[i].from <= p->rows[i].to)
            table_add(out, p->rows[i].from, p->rows[i].to, p->keyed ? &id : NULL);
    }
}

static void pair_rows(const struct lowered_pred *p, struct table *out)
{
    for (size_t i = 0; i < p->n_pairs; i++) {
        uint64_t words[] = {(uint64_t)p->pairs[i].a, (uint64_t)p->pairs[i].b};
        table_add(out, INSTANT_MIN, INSTANT_MAX, words);
    }
}

/* The first second at which a formula holds: somewhere from the first at which it possibly holds
 * to the first at which it certainly does. */
static enum status first_rows(struct relations *r, const struct lowered_pred *p,
                              enum polarity polarity, enum world world, struct table *out)
{
    struct iset possible, certain;
    iset_init(&possible);
    iset_init(&certain);
    enum status s = relations_holds(r, p->first, POLARITY_MAY, world, &possible);
    if (s == STATUS_OK) s = relations_holds(r, p->first, POLARITY_MUST, world, &certain);
    instant last = certain.n ? certain.items[0].from : INSTANT_MAX;
    if (s == STATUS_OK && polarity == POLARITY_MUST) {
        out->somewhere = true;
        if (certain.n && possible.n) add(out, possible.items[0].from, last, 0);
    }
    for (size_t i = 0; s == STATUS_OK && polarity == POLARITY_MAY && i < possible.n; i++) {
        struct span x = possible.items[i];
        add(out, x.from, x.to < last ? x.to : last, 0);
    }
    iset_free(&possible);
    iset_free(&certain);
    return s;
}

/* Deadlines that move: somewhere between the moves by what is certainly and by what is possibly
 * suspended. */
static enum status moved_rows(struct relations *r, const struct lowered_pred *p,
                              enum polarity polarity, enum world world, struct table *out)
{
    struct iset possible, certain;
    instant begin = r->view->agreement->header.from;
    iset_init(&possible);
    iset_init(&certain);
    enum status s = relations_holds(r, p->first, POLARITY_MAY, world, &possible);
    if (s == STATUS_OK) s = relations_holds(r, p->first, POLARITY_MUST, world, &certain);
    out->somewhere = polarity == POLARITY_MUST;
    for (size_t i = 0; s == STATUS_OK && i < p->n_rows; i++) {
        instant start = p->rows[i].arises > begin ? p->rows[i].arises : begin;
        add(out, lower_moved(&certain, start, p->rows[i].to),
            lower_moved(&possible, start, p->rows[i].to), i);
    }
    iset_free(&possible);
    iset_free(&certain);
    return s;
}

/* Where nothing was covered.  What will be covered after `at` nobody knows. */
static void uncovered_rows(const struct relations *r, uint32_t pred, enum polarity polarity,
                           enum world world, struct table *out)
{
    struct iset dark;
    instant at = r->view->at;
    bool ahead = polarity == POLARITY_MAY && world == WORLD_F;
    iset_init(&dark);
    iset_complement(&dark, &r->items[pred].covered, INSTANT_MIN,
                    polarity == POLARITY_MAY ? INSTANT_MAX : at);
    if (ahead && at != INSTANT_MAX) iset_add(&dark, at + 1, INSTANT_MAX);
    for (size_t i = 0; i < dark.n; i++) table_add(out, dark.items[i].from, dark.items[i].to, NULL);
    if (dark.failed) out->failed = true;
    iset_free(&dark);
}

enum status relation_table(struct relations *r, uint32_t pred, enum polarity polarity,
                           enum world world, bool lone, struct table *out)
{
    const struct lowered_pred *p = &r->v->preds[pred];
    enum status s = STATUS_OK;
    table_clear(out);
    switch (p->source) {
    case PRED_SELECTS:
        if (!table_reserve(out, r->items[pred].picks.n)) return STATUS_FAULT;
        if (p->by_alternative)
            rows_by_alternative(r, pred, polarity, lone && pred == r->v->anchor_pred, out);
        else if (!rows_by_fact(r, pred, polarity, out))
            s = STATUS_FAULT;
        if (polarity == POLARITY_MAY) hidden_rows(&r->items[pred], world, out);
        break;
    case PRED_REFERS: refer_rows(r, pred, polarity, out); break;
    case PRED_FIXED: fixed_rows(p, out); break;
    case PRED_FIRST: s = first_rows(r, p, polarity, world, out); break;
    case PRED_NEEDS: need_rows(r, pred, polarity, world, out); break;
    case PRED_NUMBERS: need_numbers(r, pred, out); break;
    case PRED_PAIRS: pair_rows(p, out); break;
    case PRED_UNCOVERED: uncovered_rows(r, pred, polarity, world, out); break;
    case PRED_UNKNOWN:
        if (polarity == POLARITY_MAY && world != WORLD_R)
            table_add(out, INSTANT_MIN, INSTANT_MAX, NULL);
        break;
    case PRED_MOVED: s = moved_rows(r, p, polarity, world, out); break;
    }
    return out->failed ? STATUS_FAULT : s;
}

/* ---- questions ---- */

enum status question_init(struct question *q, struct relations *r, const struct formula *f,
                          enum polarity polarity)
{
    struct scope *sc = (struct scope *)&r->v->scope;
    struct safe_options safe = {.unbounded_future = true};
    struct plan_options options = {.clock = true, .polarity = polarity};
    struct formula *core = NULL;
    *q = (struct question){.anchor_alone = true};
    enum status s = formula_typecheck(sc, (struct formula *)f, r->diags);
    if (s == STATUS_OK) s = safe_core(sc, f, &safe, r->diags, &core);
    if (s == STATUS_OK) s = plan_compile(core, sc, &options, r->diags, &q->plan);
    if (s != STATUS_OK) return s;
    const struct plan_input *inputs;
    size_t n = plan_inputs(q->plan, &inputs);
    for (size_t i = 0; i < n; i++) {
        const struct lowered_pred *p = &r->v->preds[inputs[i].pred];
        bool may = inputs[i].polarity == POLARITY_MAY;
        bool matters = p->source == PRED_FIRST || p->source == PRED_MOVED ||
                       (p->source == PRED_SELECTS && may) || (p->source == PRED_NEEDS && may) ||
                       ((p->source == PRED_UNKNOWN || p->source == PRED_UNCOVERED) && may);
        q->world_matters |= matters;
        if (matters && inputs[i].pred != r->v->anchor_pred) q->anchor_alone = false;
    }
    return s;
}

void question_free(struct question *q)
{
    plan_free(q->plan);
    *q = (struct question){0};
}

enum status question_ask(const struct question *q, struct relations *r, enum world world, bool lone,
                         struct table *out)
{
    const struct plan_input *inputs;
    size_t n = plan_inputs(q->plan, &inputs), made = 0;
    struct table *tables = calloc(n + 1, sizeof(*tables));
    enum status s = tables ? STATUS_OK : STATUS_FAULT;
    for (; s == STATUS_OK && made < n; made++) {
        table_init(&tables[made], inputs[made].arity);
        s = relation_table(r, inputs[made].pred, inputs[made].polarity, world, lone, &tables[made]);
        table_sort(&tables[made]);
    }
    if (s == STATUS_OK)
        s = engine_eval(q->plan, r->strings, r->lowered->maps, r->lowered->n_maps, tables,
                        INSTANT_MIN, INSTANT_MAX, out, NULL);
    for (size_t i = 0; tables && i < made; i++) table_free(&tables[i]);
    free(tables);
    return s;
}

static int by_from(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

void table_seconds(const struct table *t, struct iset *out)
{
    iset_clear(out);
    if (!t->unsorted) {
        for (size_t i = 0; i < t->n; i++) iset_add(out, t->from[i], t->to[i]);
        return;
    }
    struct span *spans = malloc((t->n + 1) * sizeof(*spans));
    if (!spans) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < t->n; i++) spans[i] = (struct span){t->from[i], t->to[i]};
    qsort(spans, t->n, sizeof(*spans), by_from);
    for (size_t i = 0; i < t->n; i++) iset_add(out, spans[i].from, spans[i].to);
    free(spans);
}

enum status relations_holds(struct relations *r, const struct formula *f, enum polarity polarity,
                            enum world world, struct iset *out)
{
    struct question q;
    struct table t;
    table_init(&t, 0);
    enum status s = question_init(&q, r, f, polarity);
    if (s == STATUS_OK) s = question_ask(&q, r, world, false, &t);
    if (s == STATUS_OK) table_seconds(&t, out);
    if (out->failed) s = STATUS_FAULT;
    question_free(&q);
    table_free(&t);
    return s;
}
