/* verdict_why: from the clause through the conditions to the reports, and what was not observed. */
#include "verdict/justify.h"
#include "verdict/tell.h"

/* ---- the head of the chain ---- */

static void tell_clause(struct telling *t, const struct provision *p)
{
    const struct clause *c = &t->g->clauses[p->clause];
    struct str path = clause_path(t->g, t->arena, p->clause);
    buf_add(&t->text, path);
    if (c->prose.n) buf_fmt(&t->text, ": %.*s", STR_ARG(str_trim(c->prose)));
    struct why_step *s = tell(t, WHY_CLAUSE, 0);
    if (s) s->at = c->at;
}

static void tell_provision(struct telling *t, const struct provision *p)
{
    buf_fmt(&t->text, "%.*s: %.*s", STR_ARG(p->name), STR_ARG(p->sentence));
    struct why_step *s = tell(t, WHY_PROVISION, 0);
    if (s) s->at = p->at;
}

/* What the other readings give for the same subject. */
static void tell_other_readings(struct telling *t, const struct verdict_row *row)
{
    const char *before = "the readings differ: ";
    bool agree = true, other = false;
    for (size_t i = 0; i < t->v->n_rows; i++) {
        const struct verdict_row *x = &t->v->rows[i];
        if (x->provision != row->provision || x->subject != row->subject || x == row) continue;
        other = true;
        if (x->verdict == row->verdict) continue;
        agree = false;
        buf_fmt(&t->text, "%s%s when read as %.*s", before, verdict_word(x->verdict),
                STR_ARG(x->reading_label));
        before = ", ";
    }
    if (!other) return;
    if (agree) buf_fmt(&t->text, "all readings agree: %s", verdict_word(row->verdict));
    tell(t, WHY_READING, 0);
}

static void tell_reading(struct telling *t, const struct verdict_row *row)
{
    if (row->reading == FACTS_NONE) return;
    const struct reading *r = &t->g->readings[row->reading];
    buf_fmt(&t->text, "read as: %.*s", STR_ARG(row->reading_label));
    for (uint32_t i = 0; i < r->terms.n; i++) {
        const struct disputed *d = &t->g->terms[r->terms.v[i]];
        const struct alternative_reading *a = &d->alternatives[r->choice[i]];
        for (uint32_t k = 0; k < a->held_by.n; k++)
            buf_fmt(&t->text, "%s%.*s", k ? ", " : "; held by ",
                    STR_ARG(t->g->actors[a->held_by.v[k]].name));
    }
    tell(t, WHY_READING, 0);
    tell_other_readings(t, row);
}

/* The rule of the semantics behind each verdict. */
static const char *const rules[VERDICTS] = {
    [VERDICT_VIOLATED] = "it is violated in every world that the record leaves open",
    [VERDICT_OVERDUE] =
        "a deadline has passed, and what was due was not reported though it would have been seen",
    [VERDICT_POSSIBLY_VIOLATED] =
        "what the record leaves open decides: it is violated in some worlds and not in others",
    [VERDICT_UNVERIFIED] = "what was not covered could hide what would decide",
    [VERDICT_PENDING] = "what is yet to come will decide",
    [VERDICT_WAITING] = "its trigger has not come: no duty arose",
    [VERDICT_EXCUSED] =
        "an exception or an accepted justification holds wherever it would be violated",
    [VERDICT_COMPLIED] = "no world violates it, not even one with hidden events",
    [VERDICT_NOT_IN_FORCE] = "no second of the period is within its term"};

static void tell_verdict(struct telling *t, const struct verdict_row *row)
{
    struct str who = row->subject == VERDICT_ALL ? STR("all") : t->g->actors[row->subject].name;
    buf_fmt(&t->text, "%s for %.*s, ", verdict_word(row->verdict), STR_ARG(who));
    tell_span(t, row->from, row->to);
    bool lapsed = row->verdict == VERDICT_NOT_IN_FORCE && row->reasons & REASON_LAPSED;
    bool unmeasured = row->verdict == VERDICT_UNVERIFIED && row->reasons & REASON_MEASURE;
    buf_fmt(&t->text, ": %s",
            unmeasured ? "the text does not say by what it would be measured, so no report could "
                         "ever verify it"
            : lapsed ? "its date has lapsed: what it depended on did not hold then, so nothing was "
                       "owed and nobody is blamed"
                     : rules[row->verdict]);
    const char *with = " (";
    for (unsigned k = 0; k < REASONS; k++) {
        if (!(row->reasons & 1U << k)) continue;
        buf_fmt(&t->text, "%s%s", with, reason_word((enum reason)(1U << k)));
        with = ", ";
    }
    if (*with == ',') buf_putc(&t->text, ')');
    tell(t, WHY_VERDICT, 0);
}

/* ---- conditions ---- */

/* How a part fares over a time. */
enum fares { HOLDS, FAILS, HOLDS_IN_PART, MAY_HOLD };

static enum status holds_when(struct telling *t, const struct part *p, instant from, instant to,
                              enum fares *fares)
{
    struct iset must, may;
    iset_init(&must);
    iset_init(&may);
    enum status s = relations_holds(t->relations, p->holds, POLARITY_MUST, WORLD_F, &must);
    if (s == STATUS_OK) s = relations_holds(t->relations, p->holds, POLARITY_MAY, WORLD_C, &may);
    *fares = iset_covers(&must, from, to)  ? HOLDS
             : !iset_meets(&may, from, to) ? FAILS
             : iset_meets(&must, from, to) ? HOLDS_IN_PART
                                           : MAY_HOLD;
    iset_free(&must);
    iset_free(&may);
    return s;
}

/* A notice with which a suspension may have begun: it had the right before it, or has no effect. */
static void tell_notice(struct telling *t, const struct part *p, const struct pick *k, int depth)
{
    static const char no_effect[] = "has no effect: the right to give it had not arisen, or an "
                                    "earlier notice has used it up";
    static const char *const words[] = {[HOLDS] = "began a suspension",
                                        [FAILS] = no_effect,
                                        [HOLDS_IN_PART] = "may have begun a suspension",
                                        [MAY_HOLD] = "may have begun a suspension"};
    struct str id = intern_str(&t->facts->texts, t->facts->facts[k->fact].identity);
    struct span when = relations_span(t->relations, p->pred, k);
    enum fares fares;
    if (holds_when(t, p, when.from, when.to, &fares) != STATUS_OK) {
        t->failed = true;
        return;
    }
    const struct lowered_pred *pred = &t->violation->preds[p->pred];
    buf_fmt(&t->text, "%.*s %.*s, received ", STR_ARG(pred->selector.words), STR_ARG(id));
    tell_span(t, when.from, when.to);
    buf_fmt(&t->text, ", %s", words[fares]);
    struct why_step *s = tell(t, WHY_CONDITION, depth);
    if (!s) return;
    s->at = p->at;
    s->fact = k->fact;
    s->from = when.from;
    s->to = when.to;
}

static void tell_notices(struct telling *t, const struct part *p, int depth)
{
    const struct picks *picks = &t->relations->items[p->pred].picks;
    for (size_t i = 0; i < picks->n && !t->failed; i++)
        if (!i || picks->items[i].fact != picks->items[i - 1].fact)
            tell_notice(t, p, &picks->items[i], depth);
}

static void tell_all_notices(struct telling *t, int depth)
{
    for (size_t i = 0; i < t->violation->n_parts; i++)
        if (t->violation->parts[i].kind == PART_NOTICE)
            tell_notices(t, &t->violation->parts[i], depth);
}

static void tell_parts(struct telling *t, instant from, instant to, int depth)
{
    static const char *const names[] = {[PART_CONDITION] = "condition",
                                        [PART_FRAME] = "frame",
                                        [PART_EXCUSE] = "exception",
                                        [PART_FORCE] = "rule"};
    static const char *const words[2][4] = {
        {"holds", "does not hold", "holds in part of that time", "may or may not hold"},
        {"leaves it in force", "does not leave it in force",
         "leaves it in force for part of that time", "may or may not leave it in force"}};
    for (size_t i = 0; i < t->violation->n_parts; i++) {
        const struct part *p = &t->violation->parts[i];
        enum fares fares;
        if (p->kind == PART_NOTICE) continue;
        if (holds_when(t, p, from, to, &fares) != STATUS_OK) {
            t->failed = true;
            return;
        }
        buf_fmt(&t->text, "the %s \"%.*s\" %s", names[p->kind], STR_ARG(place_text(p->at)),
                words[p->kind == PART_FORCE][fares]);
        struct why_step *s = tell(t, WHY_CONDITION, depth);
        if (!s) return;
        s->at = p->at;
        s->from = from;
        s->to = to;
    }
}

/* A predicate before it picks the same: a formula may ask twice. */
static bool told_before(const struct violation *v, uint32_t pred)
{
    for (uint32_t i = 0; i < pred; i++)
        if (v->preds[i].source == PRED_SELECTS &&
            str_eq(v->preds[i].selector.words, v->preds[pred].selector.words))
            return true;
    return false;
}

/* One of the steps from `first` on is about the fact: two predicates may pick it. */
static bool fact_told(const struct telling *t, size_t first, uint32_t fact)
{
    for (size_t i = first; i < t->n; i++)
        if (t->steps[i].kind == WHY_FACT && t->steps[i].fact == fact) return true;
    return false;
}

/* The facts that the conditions rest on: every predicate but the anchor and the performance. */
static void tell_condition_facts(struct telling *t, int depth)
{
    const struct violation *v = t->violation;
    size_t first = t->n;
    for (uint32_t i = 0; i < v->n_preds; i++) {
        if (i == v->anchor_pred || i == v->act_pred) continue;
        bool basis = v->preds[i].source == PRED_NEEDS && v->preds[i].need->op != MEASURE_STATED;
        if (v->preds[i].source != PRED_SELECTS && !basis) continue;
        const struct picks *picks = &t->relations->items[i].picks;
        if (told_before(v, i)) continue;
        if (!picks->n) {
            buf_fmt(&t->text, "no %.*s was reported", STR_ARG(v->preds[i].selector.words));
            tell(t, WHY_ABSENCE, depth);
        } else if (picks->n <= 4) {
            for (size_t k = 0; k < picks->n; k++)
                if (!fact_told(t, first, picks->items[k].fact))
                    tell_fact(t, picks->items[k].fact, depth);
        } else {
            buf_fmt(&t->text, "%zu reports of %.*s bear on it", picks->n,
                    STR_ARG(v->preds[i].selector.words));
            tell(t, WHY_FACT, depth);
        }
    }
}

/* ---- instances ---- */

static void tell_instance_head(struct telling *t, const struct instance *x)
{
    static const char *const names[] = {
        [ANCHOR_EVENT] = "event", [ANCHOR_DEADLINE] = "duty", [ANCHOR_EPISODE] = "episode"};
    bool crowd = x->anchor == ANCHOR_EVENT && x->fact == FACTS_NONE;
    buf_fmt(&t->text, "%s: %s", verdict_word((enum verdict)x->verdict),
            crowd ? "one event too many" : names[x->anchor]);
    if (x->bearer != FACTS_NONE && x->bearer != VERDICT_ALL)
        buf_fmt(&t->text, " of %.*s", STR_ARG(t->g->actors[x->bearer].name));
    if (t->violation->towards != FACTS_NONE)
        buf_fmt(&t->text, " towards %.*s", STR_ARG(t->g->actors[t->violation->towards].name));
    if (x->anchor == ANCHOR_DEADLINE && x->verdict == VERDICT_WAITING) {
        buf_puts(&t->text, ", not yet arisen");
    } else if (x->anchor == ANCHOR_DEADLINE) {
        buf_puts(&t->text, ", due by ");
        tell_time(t, x->to);
    } else {
        buf_puts(&t->text, ", ");
        tell_span(t, x->from, x->to);
    }
    struct why_step *s = tell(t, WHY_INSTANCE, 1);
    if (!s) return;
    s->fact = x->fact;
    s->from = x->from;
    s->to = x->to;
}

static bool selects(const struct violation *v, uint32_t pred)
{
    return pred != LOWER_NONE && v->preds[pred].source == PRED_SELECTS;
}

/* Since when an act of the provision's counts where only an event that it precedes bounds it. */
static instant since_when(const struct telling *t, const struct violation *v)
{
    bool filed = v->preds[v->act_pred].selector.filed;
    return filed ? INSTANT_MIN : agreement_beginning(t->g);
}

/* The acts of which the last is one too many. */
static void tell_crowd(struct telling *t, const struct instance *x)
{
    const struct violation *v = t->violation;
    const struct duration *w = &t->g->provisions[v->provision].window;
    const struct picks *picks = &t->relations->items[v->anchor_pred].picks;
    instant from = x->from;
    for (size_t i = 0; i < picks->n; i++) {
        instant start = t->facts->alternatives[picks->items[i].alternative].start_lo;
        bool within = duration_none(w) || agreement_later(t->g, w, start) > x->to;
        if (within && start < from) from = start;
    }
    buf_puts(&t->text, "whichever of these was the last, it was one too many");
    tell(t, WHY_CONDITION, 2);
    tell_search(t, v->anchor_pred, from, x->to, 2);
}

static void tell_instance(struct telling *t, const struct instance *x)
{
    const struct violation *v = t->violation;
    instant at = t->v->options.at;
    tell_instance_head(t, x);
    if (v->need_pred != LOWER_NONE) tell_step(t, x, 2);
    if (x->fact != FACTS_NONE) tell_fact(t, x->fact, 2);
    if (v->crowd && x->fact == FACTS_NONE) tell_crowd(t, x);
    instant from = x->anchor == ANCHOR_DEADLINE ? x->to : x->possible_from;
    instant to = x->anchor == ANCHOR_DEADLINE ? x->to : x->possible_to;
    if (x->verdict != VERDICT_WAITING) tell_parts(t, from, to, 2);
    tell_all_notices(t, 2);
    if (v->each)
        tell_sites(t, x, 2);
    else
        tell_condition_facts(t, 3);
    tell_justifications(t, x, 2);
    if (x->anchor == ANCHOR_DEADLINE && x->verdict == VERDICT_WAITING) {
        if (selects(v, v->anchor_pred))
            tell_search(t, v->anchor_pred, v->n_term ? v->term[0].from : INSTANT_MIN, at, 2);
    } else if (v->performed && selects(v, v->act_pred)) {
        bool ahead = x->anchor == ANCHOR_EVENT;
        instant end = ahead ? x->to : x->to < at ? x->to : at;
        tell_search(t, v->act_pred, ahead ? since_when(t, v) : x->from, end, 2);
    } else if (x->anchor == ANCHOR_EPISODE && selects(v, v->act_pred)) {
        tell_search(t, v->act_pred, x->possible_from, x->possible_to, 2);
    }
}

/* ---- what no instance shows ---- */

/* Silence: what would have decided, and whether it could have been seen. */
static void tell_silence(struct telling *t, const struct verdict_row *row)
{
    const struct violation *v = t->violation;
    uint32_t pred = v->act_pred != LOWER_NONE ? v->act_pred : v->anchor_pred;
    if (!selects(v, pred) || !v->n_term) return;
    instant from = row->from > v->term[0].from ? row->from : v->term[0].from;
    instant to = row->to < v->term[0].to ? row->to : v->term[0].to;
    if (to > t->v->options.at) to = t->v->options.at;
    if (from > to) return;
    const struct picks *picks = &t->relations->items[pred].picks;
    struct str words = v->preds[pred].selector.words;
    if (picks->n)
        buf_fmt(&t->text, "%zu possible %.*s on record in all", picks->n, STR_ARG(words));
    else
        buf_fmt(&t->text, "no %.*s was reported", STR_ARG(words));
    tell(t, WHY_ABSENCE, 1);
    tell_coverage(t, pred, from, to, 2);
}

/* ---- the whole chain ---- */

/* The lowered formula for a bearer of the row's provision and reading; NULL only by a fault of ours, since
 * each row comes from one. */
static const struct violation *violation_for(const struct verdict_private *p,
                                             const struct verdict_row *row, uint32_t bearer,
                                             uint32_t step)
{
    const struct violation *any = NULL;
    for (size_t i = 0; i < p->lowered.n; i++) {
        const struct violation *v = p->lowered.violations[i];
        if (v->provision != row->provision || v->reading != row->reading) continue;
        if (!any) any = v;
        if (v->bearer != bearer) continue;
        if (v->towards == FACTS_NONE || v->part == step) return v;
    }
    return any;
}

static enum status prove_instance(struct telling *t, const struct instance *x)
{
    if (!t->proofs || t->failed) return STATUS_OK;
    return tell_proof(t, x, 2);
}

static bool deciding(const struct verdict_row *row, size_t i, size_t asked)
{
    if (asked != SIZE_MAX) return i == asked;
    return row->instances[i].verdict == row->verdict;
}

static enum status tell_instances(struct telling *t, const struct verdict_row *row, size_t asked,
                                  size_t max)
{
    struct verdict_private *p = t->v->private_;
    const struct violation *at_hand = t->violation;
    size_t told = 0, more = 0;
    for (size_t i = 0; i < row->n_instances && !t->failed; i++) {
        const struct instance *x = &row->instances[i];
        if (!deciding(row, i, asked)) continue;
        if (told >= max) {
            more++;
            continue;
        }
        const struct violation *v = violation_for(p, row, x->bearer, x->step);
        if (!v) return STATUS_FAULT;
        if (v != at_hand) {
            relations_free(t->relations);
            if (relations_init(t->relations, &p->view, &p->lowered, v, &t->diags) != STATUS_OK)
                return STATUS_FAULT;
            t->violation = at_hand = v;
        }
        tell_instance(t, x);
        if (prove_instance(t, x) == STATUS_FAULT) return STATUS_FAULT;
        told++;
    }
    if (more) {
        buf_fmt(&t->text, "and %zu more of them", more);
        tell(t, WHY_INSTANCE, 1);
    }
    if (!told) {
        tell_silence(t, row);
        tell_all_notices(t, 1);
    }
    return STATUS_OK;
}

static enum status chain(const struct verdicts *v, const struct verdict_row *row, size_t instance,
                         size_t max_instances, bool proofs, struct arena *arena, struct why *out)
{
    struct verdict_private *p = v->private_;
    struct relations relations;
    const struct provision *provision = &v->agreement->provisions[row->provision];
    struct telling t = {.v = v,
                        .g = v->agreement,
                        .facts = v->facts,
                        .violation = violation_for(p, row, row->subject, 0),
                        .relations = &relations,
                        .arena = arena,
                        .proofs = proofs};
    buf_init(&t.text);
    diags_init(&t.diags, arena);
    *out = (struct why){0};
    if (!t.violation) return STATUS_FAULT;
    enum status s = relations_init(&relations, &p->view, &p->lowered, t.violation, &t.diags);
    if (s == STATUS_OK) {
        tell_clause(&t, provision);
        tell_provision(&t, provision);
        tell_reading(&t, row);
        tell_verdict(&t, row);
        s = tell_instances(&t, row, instance, max_instances);
    }
    relations_free(&relations);
    buf_free(&t.text);
    *out = (struct why){t.steps, t.n};
    return t.failed || arena->failed ? STATUS_FAULT : s;
}

enum status verdict_why(const struct verdicts *v, const struct verdict_row *row, size_t instance,
                        size_t max_instances, struct arena *arena, struct why *out)
{
    return chain(v, row, instance, max_instances, false, arena, out);
}

enum status verdict_proof(const struct verdicts *v, const struct verdict_row *row, size_t instance,
                          size_t max_instances, struct arena *arena, struct why *out)
{
    return chain(v, row, instance, max_instances, true, arena, out);
}
