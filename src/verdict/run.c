/* verdict_run: every provision, reading and subject. */
#include "verdict/run.h"

#include <stdlib.h>
#include <string.h>

/* ---- the period ---- */

static void fill_period(const struct agreement *g, struct verdict_options *o)
{
    const struct header *h = &g->header;
    bool open = o->to == INSTANT_MAX;
    if (o->from == INSTANT_MIN) o->from = h->from == INSTANT_MIN ? o->at : h->from;
    if (open) o->to = h->until != INSTANT_MAX ? h->until : o->at;
    if (open && o->to < o->from) o->to = o->from;
}

static enum status check_period(const struct agreement *g, const struct verdict_options *o,
                                struct diags *diags)
{
    struct days days;
    enum status s = STATUS_OK;
    if (o->from > o->to) {
        diag_add(diags, SEVERITY_ERROR, "empty-period", place_none(),
                 "the period ends before it begins");
        return STATUS_INPUT;
    }
    if (o->from == INSTANT_MIN || o->to == INSTANT_MAX ||
        days_init(&days, g->header.zone, o->from, o->to) != STATUS_OK) {
        diag_add(diags, SEVERITY_ERROR, "long-period", place_none(),
                 "the period has more than %d days", MAX_DAYS);
        s = STATUS_INPUT;
    }
    return s;
}

/* ---- one row ---- */

/* Where the provision may be in force within the period, for one of the bearers at least. */
static enum status find_term(struct settling *s)
{
    struct iset open, force, all;
    enum status got = STATUS_OK;
    iset_init(&open);
    iset_init(&force);
    iset_init(&all);
    for (size_t i = 0; i < s->n_outcomes && got == STATUS_OK; i++) {
        const struct violation *v = s->outcomes[i].v;
        struct relations *r = (struct relations *)&s->outcomes[i].relations;
        if (i && v->force->op == F_TRUE) break; /* the same dates for all */
        iset_clear(&open);
        for (size_t k = 0; k < v->n_term; k++) {
            struct span t = v->term[k];
            iset_add(&open, t.from > s->from ? t.from : s->from, t.to < s->to ? t.to : s->to);
        }
        if (v->force->op != F_TRUE) {
            got = relations_holds(r, v->force, POLARITY_MAY, WORLD_F, &force);
            iset_intersect(&all, &open, &force);
            iset_copy(&open, &all);
        }
        iset_union(&all, &s->term, &open);
        iset_copy(&s->term, &all);
    }
    if (open.failed || force.failed || all.failed) got = STATUS_FAULT;
    iset_free(&open);
    iset_free(&force);
    iset_free(&all);
    return got;
}

static enum status begin_row(struct settling *s, struct verdict_private *p,
                             const struct verdicts *v, const struct outcome *outcomes, size_t n,
                             uint32_t subject)
{
    *s = (struct settling){.view = &p->view,
                           .lowered = &p->lowered,
                           .outcomes = outcomes,
                           .n_outcomes = n,
                           .subject = subject,
                           .from = v->options.from,
                           .to = v->options.to,
                           .next_deadline = INSTANT_MAX};
    iset_init(&s->term);
    if (find_term(s) != STATUS_OK) return STATUS_FAULT;
    s->candidate = calloc(v->agreement->n_actors + 1, sizeof(*s->candidate));
    if (!s->candidate || s->term.failed) return STATUS_FAULT;
    return days_init(&s->days, v->agreement->header.zone, s->from, s->to);
}

static void end_row(struct settling *s)
{
    iset_free(&s->term);
    days_free(&s->days);
    free(s->candidate);
    free(s->instances);
}

static enum verdict period_verdict(const struct settling *s)
{
    for (size_t v = 0; v < VERDICTS; v++)
        if (s->seen[v]) return (enum verdict)v;
    return s->term.n ? VERDICT_COMPLIED : VERDICT_NOT_IN_FORCE;
}

static int by_from(const void *a, const void *b)
{
    const struct instance *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    if (x->to != y->to) return x->to < y->to ? -1 : 1;
    if (x->fact != y->fact) return x->fact < y->fact ? -1 : 1;
    return (x->bearer > y->bearer) - (x->bearer < y->bearer);
}

static enum status keep_instances(struct verdicts *v, const struct settling *s,
                                  struct verdict_row *row)
{
    struct instance *copy = arena_array(&v->arena, s->n, sizeof(*copy));
    bool sorted = true;
    if (!copy) return STATUS_FAULT;
    if (s->n) memcpy(copy, s->instances, s->n * sizeof(*copy));
    for (size_t i = 1; i < s->n && sorted; i++) sorted = by_from(&copy[i - 1], &copy[i]) <= 0;
    if (!sorted) qsort(copy, s->n, sizeof(*copy), by_from);
    row->instances = copy;
    row->n_instances = s->n;
    return STATUS_OK;
}

static enum status keep_candidates(struct verdicts *v, const struct settling *s,
                                   struct verdict_row *row)
{
    uint32_t n_actors = v->agreement->n_actors;
    uint32_t *list = arena_array(&v->arena, n_actors + 1, sizeof(*list));
    if (!list) return STATUS_FAULT;
    for (uint32_t i = 0; i <= n_actors; i++)
        if (s->candidate[i]) list[row->n_candidates++] = i < n_actors ? i : FACTS_OTHER_ACTOR;
    row->candidates = list;
    row->unknown_candidate = s->unknown_candidate;
    row->attribution = !s->certain && !s->possible ? ATTRIBUTION_ABSENT
                       : s->attributed             ? ATTRIBUTION_ATTRIBUTED
                                                   : ATTRIBUTION_NOT_ATTRIBUTED;
    return STATUS_OK;
}

/* The predicate whose facts matter for coverage: the performance of a duty, the status, else the
 * anchor. */
static const struct relation *watched(const struct outcome *o)
{
    uint32_t pred = o->v->act_pred != LOWER_NONE ? o->v->act_pred : o->v->anchor_pred;
    if (pred == LOWER_NONE || o->v->preds[pred].source != PRED_SELECTS) return NULL;
    return &o->relations.items[pred];
}

static double coverage_share(const struct settling *s)
{
    const struct relation *r = s->n_outcomes ? watched(&s->outcomes[0]) : NULL;
    double sum = 0, total = 0;
    if (!r) return 0;
    for (size_t i = 0; i < s->term.n; i++) {
        instant from = s->term.items[i].from, to = s->term.items[i].to;
        if (to > s->view->at) to = s->view->at;
        if (from > to) continue;
        double length = (double)(to - from) + 1;
        sum += cover_share(&r->covered, from, to) * length;
        total += length;
    }
    return total > 0 ? sum / total : 0;
}

/* Level of implementation: for duties by what was performed, for a status by whether it holds. */
static void find_level(struct verdicts *v, const struct settling *s, struct verdict_row *row)
{
    row->level = -1;
    if (!s->n_outcomes || !s->outcomes[0].v->implementing) return;
    if (s->outcomes[0].v->lag) {
        row->level = schedule_level(s, &v->arena, &row->level_rule);
        return;
    }
    if (s->outcomes[0].v->anchor == ANCHOR_EPISODE) {
        instant at = s->view->at < s->to ? s->view->at : s->to;
        if (!s->term.n || !iset_has(&s->term, at)) return;
        size_t held = 0;
        for (size_t i = 0; i < s->n_outcomes; i++) {
            bool open = iset_has(&s->outcomes[i].in_c, at);
            if (open && !iset_has(&s->outcomes[i].must_f, at)) return; /* nobody can tell */
            if (!open) held++;
        }
        row->level = held == 0 ? 0 : held == s->n_outcomes ? 3 : 2;
        row->level_rule = str_fmt(&v->arena, "the status holds at the end for %zu of %zu bound",
                                  held, s->n_outcomes);
        return;
    }
    if (!s->due) return;
    if (!s->performed && (s->seen[VERDICT_UNVERIFIED] || s->seen[VERDICT_POSSIBLY_VIOLATED])) {
        row->level_rule = STR("none reported; what was not covered could hide a performance");
        return;
    }
    row->level = s->performed == 0           ? 0
                 : s->performed == s->due    ? 3
                 : s->performed * 2 < s->due ? 1
                                             : 2;
    row->level_rule = str_fmt(&v->arena, "%llu of %llu due acts performed, %llu of them late",
                              (unsigned long long)s->performed, (unsigned long long)s->due,
                              (unsigned long long)s->late);
}

/* Later reports cannot change the row once the reporting delay has passed since its end. */
static bool is_final(const struct verdicts *v, const struct settling *s)
{
    uint64_t delay = v->agreement->header.reporting_delay;
    if (!delay || s->seen[VERDICT_PENDING] || s->seen[VERDICT_WAITING]) return false;
    instant now = v->options.as_of < v->options.at ? v->options.as_of : v->options.at;
    int64_t back = delay > INT64_MAX ? INT64_MAX : (int64_t)delay;
    return instant_add(now, -back) >= s->to;
}

static struct str row_id(struct verdicts *v, const struct verdict_row *row)
{
    const struct agreement *g = v->agreement;
    struct str name = g->provisions[row->provision].name;
    struct str who = row->subject == VERDICT_ALL ? STR("all") : g->actors[row->subject].name;
    struct str id = str_fmt(&v->arena, "%.*s/%.*s", STR_ARG(name), STR_ARG(who));
    if (row->reading_label.n)
        id = str_fmt(&v->arena, "%.*s/%.*s", STR_ARG(id), STR_ARG(row->reading_label));
    const struct provision *pv = &g->provisions[row->provision];
    if (pv->amendment == LANG_NONE) return id; /* the original keeps its names */
    return str_fmt(&v->arena, "%.*s/%.*s", STR_ARG(id), STR_ARG(provision_version(g, pv)));
}

static enum status fill_row(struct verdicts *v, struct settling *s, struct verdict_row *row)
{
    const struct violation *x = s->outcomes[0].v;
    *row = (struct verdict_row){.provision = x->provision,
                                .subject = s->subject,
                                .zone = x->zone,
                                .reading = x->reading,
                                .reading_label = x->reading_label,
                                .from = s->from,
                                .to = s->to,
                                .verdict = period_verdict(s),
                                .certain = s->certain,
                                .possible = s->possible,
                                .first_day = s->days.first,
                                .n_days = s->days.n,
                                .coverage = coverage_share(s),
                                .next_deadline = s->next_deadline,
                                .final = is_final(v, s)};
    row->reasons = s->reasons[row->verdict];
    if (row->reasons & REASON_COVERAGE && reading_open(v->agreement, x->reading))
        row->reasons = (row->reasons & ~(uint32_t)REASON_COVERAGE) | REASON_OPEN;
    const struct phrase *act = &v->agreement->provisions[x->provision].act;
    if (s->subject == VERDICT_ALL && act->kind != LANG_NONE) row->zone = act->zone;
    row->id = row_id(v, row);
    find_level(v, s, row);
    uint8_t *days = arena_alloc(&v->arena, s->days.n);
    if (!days || !row->id.p) return STATUS_FAULT;
    row->days = days;
    enum status got = days_settle(&s->days, &s->term, days, row->day_count);
    if (got == STATUS_OK) got = keep_instances(v, s, row);
    if (got == STATUS_OK) got = keep_candidates(v, s, row);
    return got == STATUS_OK && (s->failed || v->arena.failed) ? STATUS_FAULT : got;
}

/* Where its frames and `if` may hold in no second of the term, it has asked nothing yet: waiting. */
static void settle_unasked(struct settling *s)
{
    struct iset open, within;
    for (size_t v = 0; v < VERDICTS; v++)
        if (s->seen[v]) return;
    iset_init(&open);
    iset_init(&within);
    bool asked = s->failed;
    for (size_t i = 0; i < s->n_outcomes && !asked; i++) {
        const struct outcome *o = &s->outcomes[i];
        struct relations *r = (struct relations *)&o->relations;
        if (!o->v->asks) asked = true;
        if (asked) break;
        s->failed |= relations_holds(r, o->v->asks, POLARITY_MAY, WORLD_F, &open) != STATUS_OK;
        iset_intersect(&within, &open, &s->term);
        asked = within.n > 0;
    }
    s->failed |= open.failed || within.failed;
    for (size_t i = 0; i < s->term.n && !asked; i++)
        settling_stretch(s, VERDICT_WAITING, s->term.items[i].from, s->term.items[i].to, 0);
    iset_free(&open);
    iset_free(&within);
}

static void settle(struct settling *s)
{
    switch (s->outcomes[0].v->anchor) {
    case ANCHOR_EVENT: settle_acts(s); break;
    case ANCHOR_DEADLINE: settle_duties(s); break;
    case ANCHOR_EPISODE:
        if (s->outcomes[0].v->anchor_pred == LOWER_NONE)
            settle_episodes(s);
        else
            settle_acts(s);
        break;
    }
    settle_unasked(s);
}

static enum status add_row(struct verdicts *v, const struct outcome *outcomes, size_t n,
                           uint32_t subject)
{
    struct settling s;
    struct verdict_private *p = v->private_;
    struct verdict_row *rows =
        arena_grow(&v->arena, v->rows, v->n_rows, &p->cap_rows, sizeof(*rows));
    if (!rows) return STATUS_FAULT;
    v->rows = rows;
    enum status got = begin_row(&s, p, v, outcomes, n, subject);
    if (got == STATUS_OK) {
        settle(&s);
        got = fill_row(v, &s, &rows[v->n_rows]);
        if (got == STATUS_OK) v->n_rows++;
    }
    end_row(&s);
    return got;
}

/* ---- one provision under one reading ---- */

/* The rows of the bearers, then of all; each outcome belongs to one bearer (those of one stand together),
 * or one to all. */
static enum status add_rows(struct verdicts *v, const struct outcome *outcomes, size_t n)
{
    const struct provision *p = &v->agreement->provisions[outcomes[0].v->provision];
    size_t first = 0, more = 0; /* several where it acts towards each of several */
    for (uint32_t i = 0; i < p->bearers.n; i++) {
        if (!p->together || !i) {
            first += more;
            more = 1;
            while (first + more < n &&
                   outcomes[first + more].v->bearer == outcomes[first].v->bearer)
                more++;
        }
        enum status s = add_row(v, &outcomes[first], more, p->bearers.v[i]);
        if (s != STATUS_OK) return s;
    }
    return add_row(v, outcomes, n, VERDICT_ALL);
}

static enum status judge(struct verdicts *v, struct violation *const *violations, size_t n,
                         struct diags *diags)
{
    struct verdict_private *p = v->private_;
    struct outcome *outcomes = calloc(n, sizeof(*outcomes));
    size_t made = 0;
    enum status s = outcomes ? STATUS_OK : STATUS_FAULT;
    for (; s == STATUS_OK && made < n; made++)
        s = outcome_init(&outcomes[made], &p->view, &p->lowered, violations[made], diags);
    if (s == STATUS_OK) s = add_rows(v, outcomes, n);
    for (size_t i = 0; outcomes && i < made; i++) outcome_free(&outcomes[i]);
    free(outcomes);
    return s;
}

/* Violations of one provision and reading stand together. */
static size_t together(const struct lowered *l, size_t first)
{
    size_t n = 1;
    while (first + n < l->n &&
           l->violations[first + n]->provision == l->violations[first]->provision &&
           l->violations[first + n]->reading == l->violations[first]->reading)
        n++;
    return n;
}

enum status verdict_run(const struct agreement *agreement, const struct facts *facts,
                        const struct verdict_options *options, struct diags *diags,
                        struct verdicts *out)
{
    *out = (struct verdicts){.agreement = agreement, .facts = facts, .options = *options};
    arena_init(&out->arena);
    fill_period(agreement, &out->options);
    enum status s = check_period(agreement, &out->options, diags);
    if (s != STATUS_OK) return s;
    struct verdict_private *p = out->private_ = calloc(1, sizeof(*p));
    if (!p) return STATUS_FAULT;
    instant horizon = out->options.at > out->options.to ? out->options.at : out->options.to;
    s = lower_agreement(agreement, horizon, diags, &p->lowered);
    if (s == STATUS_OK) s = view_init(&p->view, agreement, facts, options->at, options->as_of);
    const struct lowered *l = &p->lowered;
    for (size_t i = 0, n; s == STATUS_OK && i < l->n; i += n) {
        n = together(l, i);
        s = judge(out, l->violations + i, n, diags);
    }
    out->not_judged = p->lowered.not_lowered;
    out->n_not_judged = p->lowered.n_not_lowered;
    return s;
}

void verdict_free(struct verdicts *v)
{
    if (v->private_) {
        view_free(&v->private_->view);
        lower_free(&v->private_->lowered);
        free(v->private_);
    }
    arena_free(&v->arena);
    *v = (struct verdicts){0};
}

const struct verdict_row *verdict_find(const struct verdicts *v, struct str id)
{
    const struct verdict_row *named = NULL;
    size_t n_named = 0;
    for (size_t i = 0; i < v->n_rows; i++) {
        if (str_eq(v->rows[i].id, id)) return &v->rows[i];
        if (!str_eq(v->agreement->provisions[v->rows[i].provision].name, id)) continue;
        named = &v->rows[i];
        n_named++;
    }
    return n_named == 1 ? named : NULL;
}
