/* The proof of a violation, for verdict_why: the violation formula of an instance over what is certain and
 * what is possible of its facts, in room explain's rules.  A fact is cited where it is certain, an
 * absence where not even a hidden event is possible (worlds F).
 *
 * The anchoring event may have an uncertain span: then the formula is proved for every second of it,
 * and the event stands at whichever it was.  Any other event that is certain only to have happened
 * somewhere in a span cannot be cited: what rests on one is told as not explained. */
#include "verdict/tell.h"

#include "explain/explain.h"
#include "logic/print.h"
#include "logic/safe.h"

#include <stdlib.h>

struct proving {
    struct telling *t;
    struct signature sig; /* every predicate twice: certain, possible */
    struct record record;
    struct timeline edges;
    struct formula *core;
    uint64_t id; /* the instance's anchor */
    struct span at;
    bool failed;
};

#define BEGINNING (-(INT64_C(1) << 60)) /* where a window without end is cut */

static void put_time(void *ctx, struct buf *out, int64_t at)
{
    const struct telling *t = ctx;
    if (at <= BEGINNING)
        buf_puts(out, "the beginning");
    else
        zone_format(t->g->header.zone, out, at);
}

/* ---- the instance's row ---- */

static bool of_instance(const struct telling *t, const struct instance *x, const struct table *rows,
                        size_t r)
{
    const struct violation *v = t->violation;
    if (rows->to[r] < x->possible_from && rows->to[r] < x->from) return false;
    if (!rows->ncols || v->anchor_pred == LOWER_NONE)
        return rows->from[r] <= x->to && x->from <= rows->to[r];
    const struct lowered_pred *p = &v->preds[v->anchor_pred];
    uint64_t id = rows->col[0][r];
    if (p->source != PRED_SELECTS) return rows->from[r] == x->to || rows->to[r] == x->to;
    if (x->fact >= t->facts->n_facts) return false;
    uint32_t a = t->facts->facts[x->fact].first_alternative;
    while (p->by_alternative && a != FACTS_NONE && a != id) a = t->facts->alternatives[a].next;
    if (p->by_alternative) return a != FACTS_NONE;
    return id == x->fact;
}

static enum status find_row(struct proving *p, const struct instance *x, bool *found)
{
    struct telling *t = p->t;
    struct question q = {0};
    struct table rows;
    table_init(&rows, 1);
    enum status s = question_init(&q, t->relations, t->violation->violation, POLARITY_MUST);
    if (s == STATUS_OK) s = question_ask(&q, t->relations, WORLD_F, false, &rows);
    *found = false;
    for (size_t r = 0; s == STATUS_OK && r < rows.n && !*found; r++) {
        if (!of_instance(t, x, &rows, r)) continue;
        *found = true;
        p->id = rows.ncols ? rows.col[0][r] : 0;
        p->at = (struct span){rows.from[r], rows.to[r]};
    }
    question_free(&q);
    table_free(&rows);
    return s;
}

/* ---- the facts ---- */

static unsigned occurrences(const struct formula *f, uint32_t pred)
{
    unsigned n = f->op == F_PRED && f->pred == pred;
    for (uint32_t i = 0; i < f->n_sub; i++) n += occurrences(f->sub[i], pred);
    return n;
}

/* Certain rows that say where the fact was: all of a state's; of an event's those of one second, and
 * the anchor's own if nothing else in the formula could mean it. */
static bool stands(const struct proving *p, const struct table *t, uint32_t pred, size_t r)
{
    const struct violation *v = p->t->violation;
    if (!t->somewhere || t->from[r] == t->to[r]) return true;
    return pred == v->anchor_pred && t->ncols && t->col[0][r] == p->id &&
           occurrences(p->core, pred) == 1;
}

static enum status add_rows(struct proving *p, const struct block *b, uint32_t pred,
                            enum polarity polarity)
{
    struct telling *t = p->t;
    struct table rows;
    uint64_t words[8];
    table_init(&rows, t->violation->sig.preds[pred].arity);
    enum status s = relation_table(t->relations, pred, polarity, WORLD_F, false, &rows);
    bool may = polarity == POLARITY_MAY;
    table_sort(&rows);
    for (size_t r = 0; s == STATUS_OK && r < rows.n && rows.ncols <= 8; r++) {
        int64_t from = rows.from[r] < b->first ? b->first : rows.from[r];
        int64_t to = rows.to[r] > b->last ? b->last : rows.to[r];
        if (from > to || (!may && !stands(p, &rows, pred, r))) continue;
        for (uint32_t k = 0; k < rows.ncols; k++) {
            words[k] = rows.col[k][r];
            p->record.wild |= words[k] == VALUE_WILD;
        }
        record_fact(&p->record, pred + (may ? p->record.may : 0), words, from, to);
    }
    if (rows.failed || rows.ncols > 8) s = STATUS_FAULT;
    table_free(&rows);
    return s;
}

static bool load_facts(void *ctx, struct record *r, const struct block *b)
{
    struct proving *p = ctx;
    for (uint32_t pred = 0; pred < r->may; pred++) {
        if (!occurrences(p->core, pred)) continue;
        if (add_rows(p, b, pred, POLARITY_MUST) != STATUS_OK) return false;
        if (add_rows(p, b, pred, POLARITY_MAY) != STATUS_OK) return false;
    }
    return !r->failed;
}

/* How far from a position the formula looks, at most, not counting windows without end. */
static int64_t reach(const struct formula *f)
{
    int64_t sum = 1;
    if (formula_is_temporal(f->op)) {
        const struct edge *e = bound_infinite(f->bound) ? &f->bound.lo : &f->bound.hi;
        sum = e->map == MAP_NONE ? e->seconds : 400 * INT64_C(86400);
    }
    for (uint32_t i = 0; i < f->n_sub; i++) sum = instant_add(sum, reach(f->sub[i]));
    return sum;
}

static bool looks_everywhere(const struct formula *f)
{
    bool all = formula_is_temporal(f->op) && bound_infinite(f->bound);
    for (uint32_t i = 0; i < f->n_sub; i++) all |= looks_everywhere(f->sub[i]);
    return all;
}

static void announce(struct proving *p)
{
    instant far = reach(p->core);
    bool all = looks_everywhere(p->core);
    p->record.first = all ? BEGINNING : instant_add(p->at.from, -far);
    p->record.last = p->record.first - 1;
    record_announce(&p->record, all ? -BEGINNING : instant_add(p->at.to, far), p->record.first, 0);
}

/* ---- telling ---- */

/* The words of a selector.  Where nobody knows which bearer it was, the formula at hand is that of one of
 * them "if it was that one": then it names none. */
static void tell_selector(struct telling *t, const struct lowered_pred *pred, bool anybody)
{
    struct str words = pred->selector.words;
    uint32_t bearer = t->violation->bearer;
    if (anybody && pred->given_actor && bearer < t->g->n_actors) {
        size_t at = 0;
        struct str by = str_fmt(t->arena, " by %.*s", STR_ARG(t->g->actors[bearer].name));
        for (; at < words.n && !str_starts(str_slice(words, at, words.n), by);) at++;
        if (at < words.n) {
            buf_fmt(&t->text, "%.*s by whichever of the bearers it was%.*s", (int)at, words.p,
                    STR_ARG(str_slice(words, at + by.n, words.n)));
            return;
        }
    }
    buf_add(&t->text, words);
}

static bool uses_map(const struct formula *f, uint32_t map)
{
    bool uses = formula_is_temporal(f->op) && (f->bound.lo.map == map || f->bound.hi.map == map);
    for (uint32_t i = 0; i < f->n_sub; i++) uses |= uses_map(f->sub[i], map);
    return uses;
}

/* What each predicate of the formula stands for. */
static void tell_legend(struct proving *p, bool anybody, int depth)
{
    struct telling *t = p->t;
    const struct violation *v = t->violation;
    for (uint32_t i = 0; i < v->n_preds; i++) {
        const struct lowered_pred *pred = &v->preds[i];
        if (!occurrences(p->core, i)) continue;
        buf_fmt(&t->text, "s%u: ", i);
        if (pred->source == PRED_SELECTS)
            tell_selector(t, pred, anybody);
        else
            buf_add(&t->text, pred->words);
        if (pred->source == PRED_SELECTS && pred->keyed)
            buf_puts(&t->text, ", by its number in the record");
        tell(t, WHY_PROOF, depth);
    }
    const struct lowered *l = t->relations->lowered;
    for (uint32_t i = 0; i < l->n_maps; i++) {
        if (!uses_map(p->core, i)) continue;
        buf_fmt(&t->text, "map %u: %.*s", i, STR_ARG(l->map_words[i]));
        tell(t, WHY_PROOF, depth);
    }
}

static void tell_tree(struct proving *p, struct proof *proof, int depth)
{
    struct buf all;
    buf_init(&all);
    proof_text(&all, &p->t->violation->scope, &p->record, proof, 0);
    struct str rest = buf_str(&all), line;
    for (; rest.n; rest = str_slice(rest, line.n + 1, rest.n)) {
        size_t n = 0, indent = 0;
        while (n < rest.n && rest.p[n] != '\n') n++;
        line = str_slice(rest, 0, n);
        while (indent < n && line.p[indent] == ' ') indent++;
        buf_add(&p->t->text, str_slice(line, indent, n));
        tell(p->t, WHY_PROOF, depth + (int)(indent / 2));
    }
    p->failed |= all.failed;
    buf_free(&all);
}

/* The formula in core form, and a record with its facts still to be loaded. */
static enum status prepare(struct proving *p)
{
    struct telling *t = p->t;
    const struct violation *v = t->violation;
    struct safe_options safe = {.unbounded_future = true};
    uint32_t n = (uint32_t)v->sig.n;
    enum status s =
        safe_core((struct scope *)(uintptr_t)&v->scope, v->violation, &safe, &t->diags, &p->core);
    struct predicate *twice = arena_array(t->arena, 2 * (size_t)n + 1, sizeof *twice);
    if (s != STATUS_OK || !twice) return s == STATUS_OK ? STATUS_FAULT : s;
    for (uint32_t i = 0; i < 2 * n; i++) twice[i] = v->sig.preds[i % n];
    p->sig = v->sig;
    p->sig.preds = twice;
    p->sig.n = 2 * (size_t)n;
    record_init(&p->record, &p->sig, true, 0);
    timeline_init(&p->edges, true, INT64_MIN, t->relations->lowered->maps,
                  t->relations->lowered->n_maps);
    p->record.may = n;
    p->record.edges = &p->edges;
    p->record.load = load_facts;
    p->record.load_ctx = p;
    announce(p);
    return p->record.failed ? STATUS_FAULT : STATUS_OK;
}

enum status tell_proof(struct telling *t, const struct instance *x, int depth)
{
    struct proving p = {.t = t};
    struct record_words words = {t, put_time};
    bool found = false;
    if (x->verdict != VERDICT_VIOLATED && x->verdict != VERDICT_OVERDUE) {
        buf_puts(&t->text, "no proof: it is not certainly violated");
        return tell(t, WHY_PROOF, depth) ? STATUS_OK : STATUS_FAULT;
    }
    enum status s = find_row(&p, x, &found);
    if (s == STATUS_OK && found) s = prepare(&p);
    if (s == STATUS_OK && found) {
        struct proof *proof;
        p.record.words = &words;
        s = explain_stretch(t->arena, (struct scope *)(uintptr_t)&t->violation->scope, &p.record,
                            p.core, p.at.from, p.at.to, &p.id, &proof);
        if (s == STATUS_OK && p.record.lost) s = STATUS_FAULT;
        if (s == STATUS_OK)
            tell_legend(&p, x->bearer == FACTS_NONE || x->bearer == VERDICT_ALL, depth);
        if (s == STATUS_OK) tell_tree(&p, proof, depth);
    } else if (s == STATUS_OK) {
        buf_puts(&t->text, "no proof: the violation does not come from one anchor alone");
        tell(t, WHY_PROOF, depth);
    }
    if (p.core) {
        record_free(&p.record);
        timeline_free(&p.edges);
    }
    return p.failed ? STATUS_FAULT : s;
}
