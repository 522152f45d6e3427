/* See draft_check.h.  Each kind of finding is one question to draft_logic.h. */
#include "talks/draft_found.h"

#include "talks/draft_texts.h"

#include <string.h>

const char *draft_finding_name(enum draft_finding_kind kind)
{
    static const char *const names[] = {"contradiction",    "never violated",
                                        "never met",        "permission against prohibition",
                                        "never fires",      "fires at once",
                                        "waits for itself", "deadline cycle",
                                        "unverifiable",     "gap"};
    return names[kind];
}

/* --- what cannot all be kept ----------------------------------------------------------------- */

static enum oracle_answer together(void *context, bool *set)
{
    struct checker *c = context;
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->d->n_rules; i++)
        if (set[i]) c->lit[n++] = c->d->rules[i].keep;
    switch (draft_ask(c->d, c->lit, n)) {
    case DRAFT_POSSIBLE:
    case DRAFT_SCARCE: return ORACLE_TOGETHER;
    case DRAFT_IMPOSSIBLE: return ORACLE_CONFLICT;
    case DRAFT_UNKNOWN: break;
    }
    return ORACLE_UNKNOWN;
}

static bool take_conflict(void *context, bool conflict, const uint32_t *members, uint32_t n)
{
    struct checker *c = context;
    uint32_t set[DRAFT_SET] = {0};
    if (!conflict) return true;
    for (uint32_t i = 0; i < n && i < DRAFT_SET; i++) set[i] = c->d->rules[members[i]].provision;
    struct draft_finding *f = found_add(c, n == 1 ? DRAFT_NEVER_MET : DRAFT_CONTRADICTION, set, n);
    if (!f) return !c->failed;
    f->what = n == 1 ? str_fmt(c->arena, "%.*s cannot be kept, whatever happens",
                               STR_ARG(found_names(c, f)))
                     : str_fmt(c->arena,
                               "%.*s cannot all be kept: whatever happens, one of them is "
                               "violated",
                               STR_ARG(found_names(c, f)));
    return true;
}

static void check_together(struct checker *c)
{
    struct oracle oracle = {.context = c, .n = c->d->n_rules, .check = together};
    struct search_limits limits = {.until_ms = c->d->until_ms, .most = 200};
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->d->n_rules; i++) c->lit[n++] = c->d->rules[i].keep;
    if (draft_ask(c->d, c->lit, n) == DRAFT_POSSIBLE) return;
    enum search_end end = marco(c->arena, c->d->z3, &oracle, &limits, take_conflict, c);
    if (end == SEARCH_FAULT) c->failed = true;
    if (end != SEARCH_COMPLETE) c->out->complete = false;
    for (size_t i = 0; i < c->out->n && !c->failed; i++)
        found_witness_each(c, &c->out->items[i], NULL);
}

/* --- once it arises -------------------------------------------------------------------------- */

/* The rules other than r whose keeping goes with the literal at c->lit[0]; into c->lit[1…]. */
static uint32_t compatible(struct checker *c, const struct draft_rule *r)
{
    uint32_t n = 1;
    for (uint32_t i = 0; i < c->d->n_rules; i++)
        if (&c->d->rules[i] != r) c->lit[n++] = c->d->rules[i].keep;
    if (draft_ask(c->d, c->lit, n) == DRAFT_POSSIBLE) return n;
    n = 1;
    for (uint32_t i = 0; i < c->d->n_rules; i++) {
        if (&c->d->rules[i] == r) continue;
        c->lit[n] = c->d->rules[i].keep;
        if (draft_ask(c->d, c->lit, n + 1) == DRAFT_POSSIBLE) n++;
    }
    return n;
}

/* The provision whose `keep` a literal is. */
static uint32_t kept_by(const struct checker *c, Z3_ast literal)
{
    for (uint32_t i = 0; i < c->d->n_rules; i++)
        if (c->d->rules[i].keep == literal) return c->d->rules[i].provision;
    return LANG_NONE;
}

/* The core of c->lit (the first `fixed` always in it) as provisions, r's own first. */
static uint32_t core_set(struct checker *c, const struct draft_rule *r, uint32_t n, uint32_t fixed,
                         uint32_t *set)
{
    uint32_t m = draft_core(c->d, c->lit, n, fixed, c->core), k = 0;
    set[k++] = r->provision;
    for (uint32_t i = 0; i < m && k < DRAFT_SET; i++) {
        uint32_t p = kept_by(c, c->lit[c->core[i]]);
        if (p != r->provision && p != LANG_NONE) set[k++] = p;
    }
    return k;
}

static void say_arisen(struct checker *c, const struct draft_rule *r, const uint32_t *set,
                       uint32_t n, Z3_ast made)
{
    struct draft_finding *f = found_add(c, DRAFT_CONTRADICTION, set, n);
    if (!f) return;
    f->what = str_fmt(c->arena, "once %.*s arises, %.*s cannot all be kept",
                      STR_ARG(found_name(c, r->provision)), STR_ARG(found_names(c, f)));
    found_witness_each(c, f, made);
}

/* Where the kind of the act has no such doer, that is why. */
static struct str say_unmet(struct checker *c, const struct draft_rule *r)
{
    const struct provision *p = found_provision(c, r);
    const struct kind *kind = p->act.kind == LANG_NONE ? NULL : &c->g->kinds[p->act.kind];
    uint32_t class_ =
        kind && kind->actor != LANG_NONE ? kind->attributes[kind->actor].class_ : LANG_NONE;
    for (uint32_t i = 0; i < p->bearers.n && class_ != LANG_NONE; i++) {
        const struct actor *who = &c->g->actors[p->bearers.v[i]];
        if ((uint32_t)who->class_ == class_) continue;
        return str_fmt(c->arena,
                       "once %.*s arises, it cannot be met: as %.*s is declared, no %.*s is ever "
                       "by %.*s",
                       STR_ARG(p->name), STR_ARG(kind->name), STR_ARG(kind->name),
                       STR_ARG(who->name));
    }
    return str_fmt(c->arena, "once %.*s arises, it cannot be met, whatever is done",
                   STR_ARG(p->name));
}

static void check_arisen(struct checker *c, const struct draft_rule *r)
{
    if (r->made == c->d->vars.no || r->made == c->d->vars.yes || r->violated == c->d->vars.no)
        return;
    if (!r->owes) return;
    Z3_ast made = draft_literal(c->d, r->made);
    c->lit[0] = made;
    c->lit[1] = r->keep;
    if (draft_ask(c->d, c->lit, 1) != DRAFT_POSSIBLE) return; /* it never arises */
    if (draft_ask(c->d, c->lit, 2) == DRAFT_IMPOSSIBLE) {
        struct draft_finding *f = found_add(c, DRAFT_NEVER_MET, &r->provision, 1);
        if (!f) return;
        f->what = say_unmet(c, r);
        found_witness(c, f, 1, r->provision);
        return;
    }
    uint32_t n = compatible(c, r), set[DRAFT_SET] = {0};
    memmove(&c->lit[2], &c->lit[1], (n - 1) * sizeof *c->lit);
    c->lit[1] = r->keep;
    if (draft_ask(c->d, c->lit, n + 1) != DRAFT_IMPOSSIBLE) return;
    uint32_t m = core_set(c, r, n + 1, 2, set);
    say_arisen(c, r, set, m, made);
}

/* --- permissions ----------------------------------------------------------------------------- */

/* The instances of `ban` anchored at an item: what violates it. */
static Z3_ast banned(const struct checker *c, const struct draft_rule *ban, uint32_t item)
{
    Z3_ast any = c->d->vars.no;
    for (uint32_t b = 0; b < ban->n_bearers; b++)
        for (size_t i = 0; i < ban->bearers[b].at.n; i++)
            if (ban->bearers[b].at.items[i].item == item)
                any = draft_or(&c->d->vars, any, ban->bearers[b].at.items[i].violated);
    return any;
}

/* Acts that r permits, and that `ban` forbids (or does not). */
static Z3_ast clashes(const struct checker *c, const struct draft_rule *r,
                      const struct draft_rule *ban, bool forbidden)
{
    const struct draft_vars *v = &c->d->vars;
    Z3_ast any = v->no;
    for (uint32_t b = 0; b < r->n_bearers; b++) {
        for (size_t i = 0; i < r->bearers[b].at.n; i++) {
            const struct draft_instance *x = &r->bearers[b].at.items[i];
            if (x->item == LANG_NONE) continue;
            Z3_ast use = draft_and(v, x->made, draft_not(v, x->violated));
            Z3_ast bad = banned(c, ban, x->item);
            any = draft_or(v, any, draft_and(v, use, forbidden ? bad : draft_not(v, bad)));
        }
    }
    return any;
}

static bool check_permission(struct checker *c, const struct draft_rule *r,
                             const struct draft_rule *ban)
{
    if (ban == r || ban->refused || found_provision(c, ban)->permitted) return false;
    Z3_ast clash = clashes(c, r, ban, true);
    if (clash == c->d->vars.no) return false;
    c->lit[0] = draft_literal(c->d, clashes(c, r, ban, false));
    if (draft_ask(c->d, c->lit, 1) != DRAFT_IMPOSSIBLE) return false;
    uint32_t set[2] = {r->provision, ban->provision};
    struct draft_finding *f = found_add(c, DRAFT_PERMISSION, set, 2);
    if (!f) return true;
    f->what =
        str_fmt(c->arena,
                "what %.*s permits, %.*s forbids; a permission yields to a prohibition unless "
                "it says: despite %.*s",
                STR_ARG(found_name(c, set[0])), STR_ARG(found_name(c, set[1])),
                STR_ARG(found_name(c, set[1])));
    c->lit[0] = draft_literal(c->d, clash);
    c->lit[1] = r->keep;
    found_witness(c, f, 2, set[1]);
    return true;
}

/* Does the provision say only that an act must wait for something? */
static bool only_waits(const struct checker *c, uint32_t provision)
{
    const struct provision *p = &c->g->provisions[provision];
    if (p->permitted || p->deadline.op == DEADLINE_AHEAD) return true;
    for (uint32_t i = 0; i < p->n_frames && p->pattern == PATTERN_FORBID; i++)
        if (p->frames[i].condition) return true;
    return false;
}

/* An act that is permitted under conditions which the other provisions never let come. */
static void check_use(struct checker *c, const struct draft_rule *r)
{
    if (r->used == c->d->vars.no) return;
    Z3_ast used = draft_literal(c->d, r->used);
    c->lit[0] = used;
    if (draft_ask(c->d, c->lit, 1) != DRAFT_POSSIBLE) return;
    uint32_t n = compatible(c, NULL), set[DRAFT_SET] = {0};
    if (n == c->d->n_rules + 1) return;
    n = 1; /* some rule does not go with its use: is it by keeping what is kept? */
    for (uint32_t i = 0; i < c->d->n_rules; i++) c->lit[n++] = c->d->rules[i].keep;
    c->lit[0] = draft_literal(c->d, c->d->vars.yes);
    if (draft_ask(c->d, c->lit, n) != DRAFT_POSSIBLE) return; /* then that is the finding */
    c->lit[0] = used;
    if (draft_ask(c->d, c->lit, n) != DRAFT_IMPOSSIBLE) return;
    uint32_t m = core_set(c, r, n, 1, set);
    bool waits = true;
    for (uint32_t i = 0; i < m; i++) waits = waits && only_waits(c, set[i]);
    struct draft_finding *f =
        found_add(c, waits ? DRAFT_WAITS_FOR_ITSELF : DRAFT_PERMISSION, set, m);
    if (!f) return;
    f->what = waits ? str_fmt(c->arena, "%.*s wait%s for %s: the act may never be done",
                              STR_ARG(found_names(c, f)), m == 1 ? "s" : "",
                              m == 1 ? "itself" : "each other")
                    : str_fmt(c->arena,
                              "%.*s permits what can never be done while the others are kept: %.*s",
                              STR_ARG(found_name(c, r->provision)), STR_ARG(found_names(c, f)));
    c->lit[0] = used; /* done all the same: something of the set is broken */
    found_witness_asked(c, f, 1);
}

/* --- one by one ------------------------------------------------------------------------------ */

static bool asks_of_violation(const struct condition *q)
{
    if (!q) return false;
    if (q->op == COND_VIOLATED) return true;
    for (uint32_t i = 0; i < q->n_sub; i++)
        if (asks_of_violation(q->sub[i])) return true;
    return false;
}

/* Does it arise from a condition, or from the violation of another? */
static bool is_consequence(const struct provision *p)
{
    if (p->pattern == PATTERN_CONSEQUENCE || p->trigger.op == TRIGGER_VIOLATION) return true;
    if (asks_of_violation(p->if_) || asks_of_violation(p->only)) return true;
    if (p->trigger.op == TRIGGER_WHEN) return true;
    for (uint32_t i = 0; i < p->n_frames; i++)
        if (asks_of_violation(p->frames[i].condition)) return true;
    return false;
}

/* What a consequence follows that never comes: its cause, the count of it, or its own time. */
static struct str say_never_fires(struct checker *c, const struct draft_rule *r)
{
    const struct provision *p = found_provision(c, r);
    const struct trigger *t = &p->trigger;
    if (t->op != TRIGGER_VIOLATION || t->provision == LANG_NONE)
        return str_fmt(c->arena, "%.*s can never fire: what it follows never comes in time",
                       STR_ARG(p->name));
    struct str cause = found_name(c, t->provision);
    c->lit[0] = draft_literal(c->d, draft_rule_of(c->d, 0, t->provision)->violated);
    if (draft_ask(c->d, c->lit, 1) == DRAFT_IMPOSSIBLE)
        return str_fmt(c->arena, "%.*s can never fire: %.*s, which it follows, is never violated",
                       STR_ARG(p->name), STR_ARG(cause));
    if (t->count > 1)
        return str_fmt(c->arena,
                       "%.*s can never fire: %.*s can be violated, but never as often as it asks",
                       STR_ARG(p->name), STR_ARG(cause));
    return str_fmt(c->arena,
                   "%.*s can never fire: when %.*s is violated, the agreement ends before its "
                   "time is over",
                   STR_ARG(p->name), STR_ARG(cause));
}

static void check_never(struct checker *c, const struct draft_rule *r)
{
    const struct provision *p = found_provision(c, r);
    if (p->permitted && !p->only) return;
    if (found_already(c, DRAFT_WAITS_FOR_ITSELF, &r->provision, 1)) return;
    c->lit[0] = draft_literal(c->d, r->made);
    bool arises = draft_ask(c->d, c->lit, 1) != DRAFT_IMPOSSIBLE;
    if (!arises && r->cut) return; /* it may, behind the horizon */
    c->lit[0] = draft_literal(c->d, r->violated);
    if (draft_ask(c->d, c->lit, 1) != DRAFT_IMPOSSIBLE) return;
    bool consequence = is_consequence(p) && !arises;
    struct draft_finding *f =
        found_add(c, consequence ? DRAFT_NEVER_FIRES : DRAFT_NEVER_VIOLATED, &r->provision, 1);
    if (!f) return;
    f->what = consequence ? say_never_fires(c, r)
                          : str_fmt(c->arena,
                                    arises ? "%.*s can never be violated, whatever happens"
                                           : "%.*s asks nothing at any second, whatever happens",
                                    STR_ARG(p->name));
    found_witness_fixed(c, f, false);
    found_witness_fixed(c, f, true);
}

/* No event until an instant has passed. */
static Z3_ast quiet_until(const struct checker *c, instant until)
{
    const struct draft_world *w = c->d->w;
    Z3_ast all = c->d->vars.yes;
    for (size_t i = 0; i < w->n_items; i++)
        if (!w->items[i].state && w->moments[w->items[i].moment] <= until)
            all = draft_and(&c->d->vars, all, draft_not(&c->d->vars, c->d->vars.items[i][0]));
    return draft_literal(c->d, all);
}

/* A consequence that nothing keeps away; or nothing but what is done by the first second in force. */
static void check_at_once(struct checker *c, const struct draft_rule *r)
{
    if (!is_consequence(found_provision(c, r)) || r->made == c->d->vars.no) return;
    c->lit[0] = draft_literal(c->d, draft_not(&c->d->vars, r->made));
    c->lit[1] = quiet_until(c, c->g->header.from);
    bool always = draft_ask(c->d, c->lit, 1) == DRAFT_IMPOSSIBLE;
    if (!always && draft_ask(c->d, c->lit, 2) != DRAFT_IMPOSSIBLE) return;
    struct draft_finding *f = found_add(c, DRAFT_FIRES_AT_ONCE, &r->provision, 1);
    if (!f) return;
    f->what = str_fmt(c->arena,
                      always ? "%.*s fires whatever anybody does: what it follows cannot be kept"
                             : "%.*s fires as soon as it is in force, unless by what was done "
                               "before",
                      STR_ARG(found_name(c, r->provision)));
    c->lit[0] = c->lit[1];
    c->lit[1] = draft_literal(c->d, r->violated); /* its own act left undone as well */
    if (draft_ask(c->d, c->lit, 2) != DRAFT_POSSIBLE) c->lit[0] = c->lit[1];
    found_witness(c, f, 2, r->provision);
}

static void check_coverage(struct checker *c, uint32_t i)
{
    const struct provision *p = &c->g->provisions[i];
    if (c->g->n_coverage == 0 || p->act.kind == LANG_NONE || c->g->kinds[p->act.kind].filed ||
        p->permitted)
        return;
    for (uint32_t k = 0; k < c->g->n_coverage; k++) {
        uint32_t kind = c->g->coverage[k].kind;
        if (kind == LANG_NONE || kind_is(c->g, p->act.kind, kind)) return;
    }
    struct draft_finding *f = found_add(c, DRAFT_UNVERIFIABLE, &i, 1);
    if (!f) return;
    f->what = str_fmt(c->arena, "nobody can verify %.*s: no declared coverage sees %.*s",
                      STR_ARG(p->name), STR_ARG(c->g->kinds[p->act.kind].name));
    found_witness_fixed(c, f, false);
    if (f->n_witnesses) f->witnesses[0].declared_only = true;
}

/* --- duties that wait for each other's acts -------------------------------------------------- */

static bool shares(struct indices a, struct indices b)
{
    return a.n == 0 || indices_meet(a, b);
}

/* Does the phrase speak of the act of q? */
static bool speaks_of(const struct checker *c, const struct phrase *x, const struct provision *q)
{
    return q->act.kind != LANG_NONE && x->kind != LANG_NONE &&
           kind_is(c->g, q->act.kind, x->kind) && shares(x->actors, q->bearers);
}

/* Can the condition hold only after the act of q? */
static bool needs(const struct checker *c, const struct condition *x, const struct provision *q)
{
    if (!x) return false;
    if (x->op == COND_HAPPENED) return speaks_of(c, &x->phrase, q);
    for (uint32_t i = 0; x->op == COND_ALL && i < x->n_sub; i++)
        if (needs(c, x->sub[i], q)) return true;
    return false;
}

/* Does p arise only from the act that q demands, permit only after the act that q permits, or demand
 * ahead of q's act what q's act must come ahead of? */
static bool waits_for(const struct checker *c, uint32_t p, uint32_t q)
{
    const struct provision *a = &c->g->provisions[p], *b = &c->g->provisions[q];
    if (a->permitted) return b->permitted && needs(c, a->only, b);
    if (a->deadline.op == DEADLINE_AHEAD)
        return b->deadline.op == DEADLINE_AHEAD && a->trigger.op == TRIGGER_EVENT &&
               b->trigger.op == TRIGGER_EVENT && speaks_of(c, &b->trigger.phrase, a);
    return a->pattern == PATTERN_DUTY && b->pattern == PATTERN_DUTY &&
           a->deadline.op == DEADLINE_WITHIN && a->trigger.op == TRIGGER_EVENT &&
           speaks_of(c, &a->trigger.phrase, b);
}

static void say_cycle(struct checker *c, struct draft_finding *f, const struct draft_rule *r)
{
    f->what = str_fmt(c->arena,
                      "%.*s: each act must come ahead of the other, so whoever acts first breaks a "
                      "provision, unless by an act before entry into force",
                      STR_ARG(found_names(c, f)));
    c->lit[0] = quiet_until(c, c->g->header.from - 1);
    c->lit[1] = draft_literal(c->d, r->made);
    found_witness_asked(c, f, 2);
}

/* Walk from `at` along who waits for whom; a circle back to the first is a finding. */
static void walk(struct checker *c, uint32_t *path, uint32_t n)
{
    for (uint32_t q = path[0]; q < c->g->n_provisions && !c->failed; q++) {
        bool seen = false;
        if (!waits_for(c, path[n - 1], q)) continue;
        for (uint32_t i = 1; i < n; i++) seen |= path[i] == q;
        if (q != path[0]) {
            if (seen || n == DRAFT_SET) continue;
            path[n] = q;
            walk(c, path, n + 1);
            continue;
        }
        bool ahead = c->g->provisions[q].deadline.op == DEADLINE_AHEAD;
        struct draft_finding *f =
            found_add(c, ahead ? DRAFT_DEADLINE_CYCLE : DRAFT_WAITS_FOR_ITSELF, path, n);
        if (!f) continue;
        if (ahead) {
            say_cycle(c, f, draft_rule_of(c->d, 0, q));
            continue;
        }
        const char *how =
            c->g->provisions[q].permitted
                ? "%.*s: the act may be done only when its own precondition is done already, or in "
                  "the same second"
            : n == 1 ? "%.*s begins only with its own act: where nobody begins, no duty arises"
                     : "each of %.*s begins with the act of another of them: where nobody begins, "
                       "no duty arises";
        f->what = str_fmt(c->arena, how, STR_ARG(found_names(c, f)));
        found_witness_fixed(c, f, false);
    }
}

/* --- all of it ------------------------------------------------------------------------------- */

static bool waits_already(const struct checker *c, const struct draft_rule *r)
{
    for (size_t i = 0; i < c->out->n; i++) {
        const struct draft_finding *f = &c->out->items[i];
        for (uint32_t k = 0; f->kind == DRAFT_WAITS_FOR_ITSELF && k < f->n; k++)
            if (f->provisions[k] == r->provision) return true;
    }
    return false;
}

static void check_rule(struct checker *c, uint32_t i)
{
    const struct draft_rule *r = &c->d->rules[i];
    bool clash = false;
    check_coverage(c, i);
    if (r->refused) return;
    uint32_t path[DRAFT_SET] = {i};
    walk(c, path, 1);
    check_never(c, r);
    check_at_once(c, r);
    check_arisen(c, r);
    for (uint32_t k = 0; k < c->d->n_rules && r->used != c->d->vars.no; k++)
        clash |= check_permission(c, r, &c->d->rules[k]);
    if (!clash && !waits_already(c, r)) check_use(c, r);
}

static void check_gaps(struct checker *c)
{
    size_t next = 0;
    for (const char *m = draft_gap(c->g->source->text, &next); m && !c->failed;
         m = draft_gap(c->g->source->text, &next)) {
        struct draft_finding *f = found_add(c, DRAFT_GAP, NULL, 0);
        if (f) f->what = str_fmt(c->arena, "nothing is said on %s (sought by words)", m);
        found_witness_fixed(c, f, false);
    }
}

enum status draft_check(struct arena *a, Z3_context z3, const struct agreement *g, uint64_t ms,
                        struct draft_findings *out)
{
    *out = (struct draft_findings){.complete = true};
    struct checker c = {.arena = a, .d = &out->logic, .g = g, .out = out};
    enum status status = draft_world_init(&out->world, a, g, NULL);
    if (status == STATUS_OK) status = draft_logic_init(&out->logic, &out->world, z3, ms);
    if (status != STATUS_OK) return status;
    c.lit = arena_array(a, out->logic.n_rules + DRAFT_SET + 4U, sizeof *c.lit);
    c.core = arena_array(a, out->logic.n_rules + DRAFT_SET + 4U, sizeof *c.core);
    if (!c.lit || !c.core) return STATUS_FAULT;
    check_together(&c);
    for (uint32_t i = 0; i < g->n_provisions && !c.failed; i++) check_rule(&c, i);
    check_gaps(&c);
    if (out->logic.n_unknown) out->complete = false;
    return c.failed || a->failed ? STATUS_FAULT : STATUS_OK;
}

void draft_findings_free(struct draft_findings *f)
{
    draft_logic_free(&f->logic);
    draft_world_free(&f->world);
}

enum status draft_texts(struct arena *a, Z3_context z3, struct str path, struct diags *d,
                        struct draft_text **out, size_t *n)
{
    const struct source *source;
    const struct agreement *g;
    struct draft_findings f = {0};
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    enum status status = agreement_load(a, path, d, &source, &g);
    if (status != STATUS_OK) return status;
    status = draft_check(a, z3, g, 3000, &f);
    for (size_t i = 0; i < f.n && status == STATUS_OK; i++) {
        struct draft_finding *x = &f.items[i];
        for (uint32_t k = 0; k < (x->n ? x->n : 1); k++) {
            struct draft_text *v = arena_grow(a, *out, *n, &cap, sizeof *v);
            if (!v) break;
            *out = v;
            v[*n].provision = x->n ? g->provisions[x->provisions[k]].name : (struct str){NULL, 0};
            v[(*n)++].text = str_fmt(a, "%s: %.*s", draft_finding_name(x->kind), STR_ARG(x->what));
        }
    }
    draft_findings_free(&f);
    return a->failed ? STATUS_FAULT : status;
}
