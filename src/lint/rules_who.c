/* Who is bound, who looks, and what follows. */
#include "lang/power.h"
#include "lang/quantity.h"
#include "lint/private.h"

/* ---- nobody is bound ---- */

/* "by the mission"; not "by 10 March", "by the end of day 2". */
static bool has_agent(const struct passages *p, const struct passage *x)
{
    static const char *const times[] = {"day", "the end", "midnight", "noon", "D-day"};
    for (size_t i = x->first; i + 1 < x->end; i++) {
        struct measured_at m;
        bool time = measured_at(p, i + 1, x->end, &m) || p->tokens.v[i + 1].kind != TOKEN_WORD;
        for (size_t k = 0; k < sizeof times / sizeof *times; k++)
            time = time || words_at(p, i + 1, x->end, times[k]);
        if (token_word(&p->tokens.v[i], "by") && !time) return true;
    }
    return false;
}

/* "shall be released": by whom? */
static bool passive(const struct lint *l, const struct passage *x)
{
    const struct passages *p = &l->prose;
    uint32_t who;
    size_t be = words_in(p, x, "be");
    if (be == x->end || be < x->modal || be > x->modal + 3 || be + 1 == x->end) return false;
    struct str verb = p->tokens.v[be + 1].text;
    if (!str_ends(verb, STR("ed")) && !str_ends(verb, STR("en")) && !str_ends(verb, STR("wn")))
        return false;
    if (has_agent(p, x) || words_in(p, x, "each") < x->end) return false;
    for (size_t i = x->first; i < x->end; i++)
        if (actor_at(l, i, x->end, &who)) return false;
    return true;
}

static void passives(struct lint *l)
{
    for (size_t i = 0; i < l->prose.n; i++) {
        const struct passage *x = &l->prose.v[i];
        if (!x->duty || !passive(l, x) || clause_has_provision(l, x->clause)) continue;
        struct place at = tokens_place(l, &l->prose, x->modal, x->end);
        struct remark *f =
            lint_find(l, at, x->clause, "\"%.*s\": by whom?", STR_ARG(place_text(at)));
        lint_mend(l, f,
                  "say in the text who must, and beside it: provision …: each party must … by …");
    }
}

static bool names_actor(const struct agreement *g, const struct phrase *ph)
{
    const struct kind *k = &g->kinds[ph->kind];
    if (ph->who != WHO_ANYONE) return true;
    for (uint32_t i = 0; i < ph->n_tests; i++)
        if (ph->tests[i].attribute == k->actor) return true;
    return false;
}

/* A movement by nobody: each once, at the first provision that asks for it. */
static void ownerless_process(struct lint *l, uint32_t provision, bool *said)
{
    const struct agreement *g = l->g;
    const struct provision *pv = &g->provisions[provision];
    for (int k = 0; k < 2; k++) {
        const struct process *x = &g->processes[pv->processes[k]];
        if (said[pv->processes[k]] || names_actor(g, &x->step)) continue;
        said[pv->processes[k]] = true;
        struct remark *f =
            lint_find_in(l, provision, pv->name_at, "nobody is said to owe the movement \"%.*s\"",
                         STR_ARG(x->name));
        if (f) f->about = x->name;
        lint_mend(l, f, "declare who takes its steps: process %.*s is each %.*s by …, out of %lld",
                  STR_ARG(x->name), STR_ARG(g->kinds[x->step.kind].name), (long long)x->total);
    }
}

/* An act that does not record whose it is. */
static void ownerless_act(struct lint *l, uint32_t provision)
{
    const struct agreement *g = l->g;
    const struct provision *pv = &g->provisions[provision];
    if (pv->act.kind == LANG_NONE || pv->stock != LANG_NONE || pv->sites.n || !pv->bearers.n ||
        pv->power || pv->amends != LANG_NONE)
        return;
    const struct kind *k = &g->kinds[pv->act.kind];
    if (k->actor != LANG_NONE) return;
    struct remark *f =
        lint_find_in(l, provision, pv->act.at,
                     "\"%.*s\" does not record whose it is, so one's cannot be told from another's",
                     STR_ARG(k->name));
    if (f) f->about = k->name;
    lint_mend(l, f, "declare: %s %.*s (%s party)", k->is_state ? "state" : "event",
              STR_ARG(k->name), k->is_state ? "of" : "by");
}

void rule_no_bearer(struct lint *l)
{
    const struct agreement *g = l->g;
    bool *said = arena_array(l->a, (size_t)g->n_processes + 1, sizeof *said);
    if (!said) {
        l->failed = true;
        return;
    }
    passives(l);
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        if (g->provisions[i].pattern == PATTERN_IN_STEP) ownerless_process(l, i, said);
        ownerless_act(l, i);
    }
}

/* ---- the text binds one, the sentences another ---- */

/* The actor that stands just before the word that binds. */
static bool subject_of(const struct lint *l, const struct passage *x, uint32_t *actor,
                       struct place *at)
{
    size_t from = x->modal > x->first + 8 ? x->modal - 8 : x->first;
    for (size_t i = from; i < x->modal; i++) {
        size_t n = actor_at(l, i, x->modal, actor);
        if (!n || i + n != x->modal) continue;
        *at = tokens_place(l, &l->prose, i, i + n);
        return *actor != LANG_NONE;
    }
    return false;
}

static bool binds(const struct lint *l, uint32_t clause, uint32_t actor)
{
    struct indices in = provisions_in(l, clause);
    for (uint32_t i = 0; i < in.n; i++) {
        const struct provision *pv = &l->g->provisions[in.v[i]];
        if (pv->pattern == PATTERN_IN_STEP) return true;
        for (uint32_t k = 0; k < pv->bearers.n; k++)
            if (pv->bearers.v[k] == actor) return true;
    }
    return false;
}

void rule_party_not_bound(struct lint *l)
{
    uint32_t actor;
    struct place at;
    for (size_t i = 0; i < l->prose.n; i++) {
        const struct passage *x = &l->prose.v[i];
        if (!x->duty || !subject_of(l, x, &actor, &at) || !clause_has_provision(l, x->clause) ||
            binds(l, x->clause, actor))
            continue;
        const struct actor *a = &l->g->actors[actor];
        struct remark *f = lint_find(
            l, at, x->clause, "the text says that %.*s must; no sentence beside it binds %.*s",
            STR_ARG(place_text(at)), STR_ARG(a->name));
        if (f) f->about = a->name;
        lint_mend(l, f, "write beside it: provision …: %.*s must …", STR_ARG(a->name));
    }
}

/* ---- nobody looks ---- */

static bool case_names(const struct evidence_case *c)
{
    return c->by != LANG_NONE || !(c->grades & ~GRADE_BITS_VERIFIED);
}

static bool rule_names(const struct agreement *g, const struct evidence_rule *r)
{
    for (uint32_t i = 0; i < r->n_any; i++)
        if (case_names(&r->any[i])) return true;
    if (r->term == LANG_NONE) return false;
    const struct disputed *t = &g->terms[r->term];
    for (uint32_t k = 0; k < t->n_alternatives; k++)
        for (uint32_t i = 0; i < t->alternatives[k].n_cases; i++)
            if (case_names(&t->alternatives[k].cases[i])) return true;
    return false;
}

static bool verified(const struct agreement *g, uint32_t kind)
{
    const struct kind *k = &g->kinds[kind];
    if (k->filed || k->ground || k->definition) return true; /* its record, its definition */
    for (uint32_t i = 0; i < g->n_evidence; i++) {
        const struct evidence_rule *r = &g->evidence[i];
        if ((r->kind == LANG_NONE || kind_is(g, kind, r->kind)) && rule_names(g, r)) return true;
    }
    for (uint32_t i = 0; i < g->n_coverage; i++)
        if (g->coverage[i].kind == LANG_NONE || kind_is(g, kind, g->coverage[i].kind)) return true;
    return false;
}

/* What must be seen for a provision: its act, the steps of its processes, the checks of its sites. */
static uint32_t observed(const struct agreement *g, const struct provision *pv, uint32_t i)
{
    if (pv->pattern == PATTERN_DECIDE || pv->pattern == PATTERN_JUSTIFY) return LANG_NONE;
    if (pv->pattern == PATTERN_IN_STEP)
        return i < 2 ? g->processes[pv->processes[i]].step.kind : LANG_NONE;
    if (pv->sites.n) return i < pv->sites.n ? g->sites[pv->sites.v[i]].check : LANG_NONE;
    return i == 0 ? pv->act.kind : LANG_NONE;
}

static bool somebody_attributes(const struct agreement *g, uint32_t provision)
{
    for (uint32_t i = 0; i < g->n_actors; i++)
        if (power_has(g, POWER_ATTRIBUTE, i, provision)) return true;
    return false;
}

static void say_unverified(struct lint *l, uint32_t provision, uint32_t kind, uint32_t n, bool all)
{
    const struct agreement *g = l->g;
    const struct kind *k = &g->kinds[kind];
    const struct provision *pv = &g->provisions[provision];
    struct place at = pv->act.kind == kind ? pv->act.at : pv->name_at;
    struct remark *f =
        all && n > 1
            ? lint_find_in(
                  l, provision, at,
                  "nobody is named who observes or verifies anything: none of the %u kinds of "
                  "event and state that provisions rest on",
                  n)
            : lint_find_in(l, provision, at, "nobody is named who observes or verifies \"%.*s\"",
                           STR_ARG(k->name));
    if (f) f->about = k->name;
    lint_mend(l, f, "write: %.*s counts when verified by …; or: coverage of %.*s counts when by …",
              STR_ARG(all && n > 1 ? STR("everything") : k->name), STR_ARG(k->name));
}

void rule_no_verifier(struct lint *l)
{
    const struct agreement *g = l->g;
    uint32_t *first = arena_array(l->a, (size_t)g->n_kinds + 1, sizeof *first);
    uint32_t bare = 0, kinds = 0;
    if (!first) {
        l->failed = true;
        return;
    }
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        uint32_t kind;
        for (uint32_t k = 0; (kind = observed(g, &g->provisions[i], k)) != LANG_NONE; k++) {
            if (first[kind]) continue;
            bool seen = verified(g, kind) || somebody_attributes(g, i);
            bool observable = !g->kinds[kind].filed && !g->kinds[kind].definition;
            first[kind] = seen ? UINT32_MAX : i + 1;
            bare += !seen;
            kinds += observable;
        }
    }
    bool all = bare > 0 && bare == kinds;
    for (uint32_t k = 0, said = 0; k < g->n_kinds && !(all && said); k++) {
        if (!first[k] || first[k] == UINT32_MAX) continue;
        say_unverified(l, first[k] - 1, k, bare, all);
        said++;
    }
}

/* ---- nothing follows ---- */

static void mark_conditions(const struct agreement *g, const struct condition *c, bool *followed)
{
    if (!c) return;
    if (c->provision != LANG_NONE && c->op == COND_VIOLATED)
        followed[provision_first(g, c->provision)] = true;
    for (uint32_t i = 0; i < c->n_sub; i++) mark_conditions(g, c->sub[i], followed);
}

/* Whose violation something follows from; *all: a body decides whatever is disputed. */
static void mark_followed(const struct agreement *g, bool *followed, bool *all)
{
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        if (pv->trigger.op == TRIGGER_VIOLATION)
            followed[provision_first(g, pv->trigger.provision)] = true;
        mark_conditions(g, pv->trigger.condition, followed);
        mark_conditions(g, pv->if_, followed);
        mark_conditions(g, pv->unless, followed);
        mark_conditions(g, pv->only, followed);
        for (uint32_t k = 0; k < pv->n_frames; k++)
            mark_conditions(g, pv->frames[k].condition, followed);
        if (!pv->power || pv->power->op != POWER_DECIDE) continue;
        if (pv->power->provision == LANG_NONE)
            *all = true;
        else
            followed[provision_first(g, pv->power->provision)] = true;
    }
    for (uint32_t i = 0; i < g->n_force; i++) {
        mark_conditions(g, g->force[i].when, followed);
        mark_conditions(g, g->force[i].until, followed);
    }
}

static bool binds_a_side(const struct agreement *g, const struct provision *pv)
{
    for (uint32_t i = 0; i < pv->bearers.n; i++)
        if (g->actors[pv->bearers.v[i]].class_ != ACTOR_BODY) return true;
    return false;
}

/* Something must follow where a side is bound by itself: not of what is itself a consequence. */
static bool wants_consequence(const struct agreement *g, const struct provision *pv)
{
    bool own = pv->pattern == PATTERN_DECIDE || pv->pattern == PATTERN_JUSTIFY ||
               pv->pattern == PATTERN_LAPSE || pv->pattern == PATTERN_CONSEQUENCE;
    return !own && pv->amends == LANG_NONE && pv->trigger.op != TRIGGER_VIOLATION &&
           binds_a_side(g, pv);
}

void rule_no_consequence(struct lint *l)
{
    const struct agreement *g = l->g;
    bool *followed = arena_array(l->a, (size_t)g->n_provisions + 1, sizeof *followed), all = false;
    uint32_t bare = 0, wanting = 0;
    if (!followed) {
        l->failed = true;
        return;
    }
    mark_followed(g, followed, &all);
    for (uint32_t i = 0; i < g->n_provisions && !all; i++) {
        bool wants = wants_consequence(g, &g->provisions[i]);
        wanting += wants;
        bare += wants && !followed[i];
    }
    for (uint32_t i = 0, said = 0; i < g->n_provisions && bare; i++) {
        const struct provision *pv = &g->provisions[i];
        if (!wants_consequence(g, pv) || followed[i] || (bare == wanting && said)) continue;
        bool none = bare == wanting && bare > 1;
        struct remark *f =
            none ? lint_find_in(
                       l, i, pv->name_at,
                       "nothing follows when a provision is violated: no consequence is written "
                       "for any of the %u",
                       bare)
                 : lint_find_in(l, i, pv->name_at, "nothing follows when \"%.*s\" is violated",
                                STR_ARG(pv->name));
        lint_mend(
            l, f,
            "write: if %.*s is violated, then … must … within …; or let a body decide: commission "
            "may decide disputes",
            STR_ARG(pv->name));
        said++;
    }
}

/* ---- what another must first consent to ---- */

static bool owed(const struct agreement *g, uint32_t kind, uint32_t actor)
{
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        if (pv->act.kind == LANG_NONE || pv->permitted || !kind_is(g, pv->act.kind, kind)) continue;
        if (pv->pattern != PATTERN_DUTY && pv->pattern != PATTERN_CONSEQUENCE &&
            pv->pattern != PATTERN_LAPSE)
            continue;
        for (uint32_t k = 0; k < pv->bearers.n; k++)
            if (pv->bearers.v[k] == actor) return true;
    }
    return false;
}

/* One other than the bearers who may or may not file what the condition asks for; LANG_NONE: nobody. */
static uint32_t another(const struct agreement *g, const struct provision *pv,
                        const struct phrase *ph)
{
    if (ph->kind == LANG_NONE || !g->kinds[ph->kind].filed || g->kinds[ph->kind].ground)
        return LANG_NONE;
    for (uint32_t i = 0; i < ph->actors.n; i++) {
        bool bearer = false;
        for (uint32_t k = 0; k < pv->bearers.n; k++) bearer |= pv->bearers.v[k] == ph->actors.v[i];
        if (!bearer && !owed(g, ph->kind, ph->actors.v[i])) return ph->actors.v[i];
    }
    return LANG_NONE;
}

static void look_at_leaves(struct lint *l, uint32_t i, const struct leaves *waits,
                           const struct provision *by)
{
    const struct agreement *g = l->g;
    const struct provision *pv = &g->provisions[i];
    for (size_t k = 0; k < waits->n; k++) {
        const struct condition *c = waits->v[k];
        if (c->op != COND_HAPPENED && c->op != COND_HOLDS) continue;
        uint32_t who = another(g, pv, &c->phrase);
        if (who == LANG_NONE) continue;
        struct str name = g->actors[who].name;
        struct remark *f =
            by ? lint_find_in(
                     l, i, pv->name_at,
                     "this must be done, and \"%.*s\" allows it only with what %.*s may withhold",
                     STR_ARG(by->name), STR_ARG(name))
               : lint_find_in(l, i, c->at, "the duty rests on what %.*s may withhold",
                              STR_ARG(name));
        if (f) f->about = name;
        lint_mend(
            l, f,
            "bind the other as well: provision …: %.*s must … by …; or say what happens without "
            "it: unless …",
            STR_ARG(name));
        return;
    }
}

static bool is_duty(const struct provision *pv)
{
    return pv->pattern == PATTERN_DUTY || pv->pattern == PATTERN_SCHEDULE;
}

void rule_duty_on_consent(struct lint *l)
{
    const struct agreement *g = l->g;
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        struct leaves waits = {0};
        if (!is_duty(pv)) continue;
        if (!lint_waits(l, pv, &waits)) return;
        size_t before = l->out->n;
        look_at_leaves(l, i, &waits, NULL);
        if (pv->trigger.op == TRIGGER_EVENT && l->out->n == before) {
            struct condition c = {
                .op = COND_HAPPENED, .phrase = pv->trigger.phrase, .at = pv->trigger.at};
            const struct condition *v = &c;
            look_at_leaves(l, i, &(struct leaves){&v, 1, 1}, NULL);
        }
    }
    for (uint32_t o = 0; o < l->n_permissions; o++) {
        const struct provision *only = &g->provisions[l->permissions[o]];
        struct leaves asks = {0};
        if (!lint_waits(l, only, &asks)) return;
        for (uint32_t i = 0; i < g->n_provisions && asks.n; i++) {
            const struct provision *pv = &g->provisions[i];
            if (is_duty(pv) && pv->act.kind != LANG_NONE &&
                kind_is(g, pv->act.kind, only->act.kind) &&
                indices_meet(pv->bearers, only->bearers))
                look_at_leaves(l, i, &asks, only);
        }
    }
}
