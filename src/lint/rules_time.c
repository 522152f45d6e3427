/* Deadlines: none, before their time, on days that are not worked. */
#include "lang/quantity.h"
#include "lint/private.h"

/* ---- no deadline ---- */

static const char *const soon[] = {"promptly",
                                   "immediately",
                                   "as soon as possible",
                                   "without delay",
                                   "without undue delay",
                                   "forthwith",
                                   "in due course",
                                   "in a timely manner",
                                   "timely",
                                   "expeditiously",
                                   "speedily",
                                   "as early as possible",
                                   "at the earliest",
                                   "urgently",
                                   "within a reasonable time",
                                   "as quickly as possible",
                                   "soon"};

/* Does some provision of the clause say when? */
static bool clause_says_when(const struct lint *l, uint32_t clause)
{
    struct indices in = provisions_in(l, clause);
    for (uint32_t i = 0; i < in.n; i++) {
        const struct provision *pv = &l->g->provisions[in.v[i]];
        if (pv->deadline.op != DEADLINE_NONE || pv->n_steps || pv->n_frames ||
            pv->pattern == PATTERN_FORBID || pv->pattern == PATTERN_CAP)
            return true; /* a ban holds at once */
    }
    return false;
}

static void vague_times(struct lint *l)
{
    const struct passages *p = &l->prose;
    for (size_t i = 0; i < p->n; i++) {
        const struct passage *x = &p->v[i];
        if (!x->duty) continue;
        for (size_t k = 0; k < sizeof soon / sizeof *soon; k++) {
            size_t at = words_in(p, x, soon[k]);
            if (at == x->end || clause_says_when(l, x->clause)) continue;
            struct place place = tokens_place(l, p, at, at + words_at(p, at, x->end, soon[k]));
            struct remark *f = lint_find(l, place, x->clause, "\"%s\" names no time", soon[k]);
            lint_mend(l, f,
                      "write a limit in the text, and beside it: … must … within 24 hours after …");
            break;
        }
    }
}

static bool owed_by_date(const struct lint *l, uint32_t kind)
{
    const struct agreement *g = l->g;
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        bool duty = (pv->pattern == PATTERN_DUTY || pv->pattern == PATTERN_SCHEDULE ||
                     pv->pattern == PATTERN_LAPSE) &&
                    pv->act.kind != LANG_NONE;
        if (duty && kind_is(g, pv->act.kind, kind)) return true;
    }
    return false;
}

/* Time that runs from what nobody must bring about: "after withdrawal is verified". */
static void open_trigger(struct lint *l, uint32_t i)
{
    const struct agreement *g = l->g;
    const struct provision *pv = &g->provisions[i];
    const struct phrase *ph = &pv->trigger.phrase;
    if (pv->pattern != PATTERN_DUTY || pv->trigger.op != TRIGGER_EVENT || ph->kind == LANG_NONE)
        return;
    const struct kind *k = &g->kinds[ph->kind];
    if (!k->said.n || k->actor != LANG_NONE || owed_by_date(l, ph->kind)) return;
    struct remark *f =
        lint_find_in(l, i, pv->deadline.at.source ? pv->deadline.at : pv->trigger.at,
                     "the time runs from when %.*s, and nobody must bring that about by any date",
                     STR_ARG(k->said));
    if (f) f->about = k->name;
    lint_mend(l, f,
              "bind somebody to it: provision …: … must … by …; or count from a date: within … "
              "after entry into force");
}

/* Was the same said of the same two movements? */
static bool same_step_before(const struct agreement *g, uint32_t provision)
{
    const uint32_t *mine = g->provisions[provision].processes;
    for (uint32_t i = 0; i < provision; i++) {
        const uint32_t *x = g->provisions[i].processes;
        if (g->provisions[i].pattern != PATTERN_IN_STEP) continue;
        if ((x[0] == mine[0] && x[1] == mine[1]) || (x[0] == mine[1] && x[1] == mine[0]))
            return true;
    }
    return false;
}

void rule_no_deadline(struct lint *l)
{
    const struct agreement *g = l->g;
    vague_times(l);
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        open_trigger(l, i);
        if (pv->pattern != PATTERN_IN_STEP || same_step_before(g, i)) continue;
        bool dated = false;
        for (int k = 0; k < 2; k++)
            dated |= owed_by_date(l, g->processes[pv->processes[k]].step.kind);
        if (dated) continue;
        struct remark *f = lint_find_in(
            l, i, pv->name_at, "the two must proceed in step, but neither must ever be finished");
        lint_mend(l, f,
                  "write when one of them is complete: provision …: … must have … : – all by …");
    }
}

/* ---- a deadline before its time ---- */

/* The latest date by which somebody must do what a condition asks for. */
static bool owed_until(const struct lint *l, const struct condition *c, uint32_t self,
                       struct due *out, uint32_t *by)
{
    const struct agreement *g = l->g;
    bool found = false;
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        struct due due;
        bool meant = c->op == COND_FULFILLED && c->provision != LANG_NONE
                         ? c->provision == i
                         : (c->op == COND_HAPPENED || c->op == COND_HOLDS) &&
                               pv->act.kind != LANG_NONE && c->phrase.kind != LANG_NONE &&
                               !pv->permitted && kind_is(g, pv->act.kind, c->phrase.kind) &&
                               (pv->pattern == PATTERN_DUTY || pv->pattern == PATTERN_SCHEDULE);
        if (i == self || !meant) continue;
        for (uint32_t k = 0; lint_due(l, pv, k, &due); k++) {
            if (found && due.last <= out->last) continue;
            *out = due;
            *by = i;
            found = true;
        }
    }
    return found;
}

static void compare_leaves(struct lint *l, uint32_t i, const struct leaves *waits,
                           const struct due *due)
{
    const struct agreement *g = l->g;
    for (size_t k = 0; k < waits->n; k++) {
        struct due other;
        uint32_t by;
        if (!owed_until(l, waits->v[k], i, &other, &by) || other.last <= due->last) continue;
        struct remark *f = lint_find_in(
            l, i, due->at, "this is due by %.*s, but what it waits for (\"%.*s\") only by %.*s",
            STR_ARG(lint_day(l, due->last)), STR_ARG(g->provisions[by].name),
            STR_ARG(lint_day(l, other.last)));
        if (f) f->about = g->provisions[by].name;
        lint_mend(l, f, "let the time run from it: within … after …; or set it after %.*s",
                  STR_ARG(lint_day(l, other.last)));
        return;
    }
}

static void against_window(struct lint *l, uint32_t i, const struct due *due)
{
    const struct provision *pv = &l->g->provisions[i];
    instant open, close;
    lint_window(l, pv, &open, &close);
    if (due->last >= open && due->last <= close) return;
    bool early = due->last < open;
    struct remark *f = lint_find_in(
        l, i, due->at, "the deadline (%.*s) comes %s", STR_ARG(lint_day(l, due->last)),
        early ? "before the provision asks anything" : "after the provision has ended");
    lint_mend(l, f, "set it %s %.*s", early ? "after" : "before",
              STR_ARG(lint_day(l, early ? open : close)));
}

/* Permissions that stand before a duty to do the same. */
static bool add_permissions(struct lint *l, uint32_t i, struct leaves *out)
{
    const struct agreement *g = l->g;
    const struct provision *pv = &g->provisions[i];
    for (uint32_t o = 0; o < l->n_permissions; o++) {
        const struct provision *only = &g->provisions[l->permissions[o]];
        if (pv->act.kind == LANG_NONE || !kind_is(g, pv->act.kind, only->act.kind)) continue;
        bool same = false;
        for (uint32_t a = 0; a < pv->bearers.n; a++)
            for (uint32_t b = 0; b < only->bearers.n; b++)
                same |= pv->bearers.v[a] == only->bearers.v[b];
        if (same && !lint_waits(l, only, out)) return false;
    }
    return true;
}

void rule_deadline_before_trigger(struct lint *l)
{
    const struct agreement *g = l->g;
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        struct due due;
        if (pv->pattern == PATTERN_JUSTIFY || !lint_due(l, pv, 0, &due)) continue;
        struct leaves waits = {0};
        if (!lint_waits(l, pv, &waits) || !add_permissions(l, i, &waits)) return;
        compare_leaves(l, i, &waits, &due);
        for (uint32_t k = 0; lint_due(l, pv, k, &due); k++)
            if (pv->deadline.op != DEADLINE_BY || pv->n_steps) against_window(l, i, &due);
    }
}

/* ---- which days ---- */

void rule_which_days(struct lint *l)
{
    const struct passages *p = &l->prose;
    uint32_t said = LANG_NONE;
    if (!l->g->header.work) return;
    for (size_t i = 0; i < p->n; i++) {
        const struct passage *x = &p->v[i];
        if (x->clause == said || !clause_has_provision(l, x->clause)) continue;
        for (size_t at = x->first; at + 1 < x->end && said != x->clause; at++) {
            struct measured_at m;
            if (!measured_at(p, at, x->end, &m) || m.end - m.first != 2) continue;
            if (!token_word(&p->tokens.v[at + 1], "days") || token_word(&p->tokens.v[at], "day"))
                continue;
            said = x->clause;
            struct place place = tokens_place(l, p, at, at + 2);
            struct remark *f =
                lint_find(l, place, x->clause, "\"%.*s\": calendar days, or days that are worked?",
                          STR_ARG(place_text(place)));
            struct str n = p->tokens.v[at].text;
            lint_mend(l, f, "write in the text: %.*s calendar days, or: %.*s working days",
                      STR_ARG(n), STR_ARG(n));
        }
    }
}

void rule_deadline_on_holiday(struct lint *l)
{
    const struct agreement *g = l->g;
    const struct workdays *w = g->header.work;
    if (!w) return;
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        struct due due;
        for (uint32_t k = 0; lint_due(l, &g->provisions[i], k, &due); k++) {
            int64_t day = zone_day(g->header.zone, due.last);
            if (due.working || workday_is(w, day)) continue;
            int64_t next = workday_add(w, day, 1);
            struct remark *f =
                lint_find_in(l, i, due.at, "the deadline falls on %.*s, which is not worked",
                             STR_ARG(lint_day(l, due.last)));
            lint_mend(l, f, "the next working day is %.*s: write that, or count in working days",
                      STR_ARG(lint_day(
                          l, next == INT64_MAX ? due.last : zone_day_start(g->header.zone, next))));
        }
    }
}
