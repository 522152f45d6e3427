/* See draft_check.h. */
#include "talks/draft_check.h"

#include "talks/draft_texts.h"

#include <string.h>

struct checker {
    struct arena *arena;
    Z3_context z3;
    const struct agreement *g;
    struct draft_findings *out;
    bool failed;
};

const char *draft_finding_name(enum draft_finding_kind kind)
{
    static const char *const names[] = {
        "contradiction", "never violated",   "never met",    "permission against prohibition",
        "never fires",   "waits for itself", "unverifiable", "gap"};
    return names[kind];
}

static struct draft_finding *add(struct checker *c, enum draft_finding_kind kind, uint32_t p,
                                 uint32_t q)
{
    struct draft_finding *v =
        arena_grow(c->arena, c->out->items, c->out->n, &c->out->cap, sizeof *v);
    if (!v) {
        c->failed = true;
        return NULL;
    }
    c->out->items = v;
    struct draft_finding *f = &v[c->out->n++];
    *f = (struct draft_finding){.kind = kind};
    if (p != LANG_NONE) f->provisions[f->n++] = p;
    if (q != LANG_NONE && q != p) f->provisions[f->n++] = q;
    return f;
}

static struct str name_of(const struct checker *c, uint32_t provision)
{
    return c->g->provisions[provision].name;
}

static struct str time_text(struct checker *c, instant at)
{
    struct buf b;
    buf_init(&b);
    if (at == INSTANT_MAX)
        buf_puts(&b, "without end");
    else
        zone_format(c->g->header.zone, &b, at);
    struct str s = str_dup(c->arena, buf_str(&b));
    buf_free(&b);
    return s;
}

/* --- fixed times ----------------------------------------------------------------------------- */

struct span { /* closed; empty when from > to */
    instant from, to;
    bool open; /* it also hangs on something that is not fixed */
};

/* The seconds at which a provision may ask something, as far as they are fixed. */
static struct span term_of(const struct checker *c, const struct provision *p)
{
    struct span s = {c->g->header.from, c->g->header.until, false};
    s.open = p->if_ || p->unless || p->readings.n;
    for (uint32_t i = 0; i < p->n_frames; i++) {
        const struct frame *f = &p->frames[i];
        instant first, last;
        if (f->condition || f->op == FRAME_WHILE) {
            s.open = true;
            continue;
        }
        agreement_point(c->g, &f->point, LANG_NONE, &first, &last);
        instant from = f->op == FRAME_AFTER ? instant_add(last, 1) : first;
        if ((f->op == FRAME_FROM || f->op == FRAME_AFTER) && from > s.from) s.from = from;
        if ((f->op == FRAME_UNTIL || f->op == FRAME_BEFORE) && instant_add(first, -1) < s.to)
            s.to = instant_add(first, -1);
    }
    return s;
}

/* The seconds in which a duty may be performed; false when they are not fixed. */
static bool window_of(const struct checker *c, const struct provision *p, struct span *out)
{
    instant first, last;
    *out = term_of(c, p);
    if (p->pattern != PATTERN_DUTY) return false;
    if (p->deadline.op == DEADLINE_BY && p->trigger.op == TRIGGER_NONE) {
        agreement_point(c->g, &p->deadline.point, LANG_NONE, &first, &last);
        out->from = INSTANT_MIN; /* a performance before counts for `by` */
        out->to = last;
        return true;
    }
    if (p->deadline.op == DEADLINE_WITHIN && p->trigger.op == TRIGGER_POINT &&
        !p->deadline.working) {
        agreement_point(c->g, &p->trigger.point, LANG_NONE, &first, &last);
        out->from = first;
        out->to = agreement_later(c->g, &p->deadline.period, first);
        return true;
    }
    return false;
}

/* --- what speaks of the same ----------------------------------------------------------------- */

static bool meets(struct indices a, struct indices b, uint32_t *who)
{
    for (uint32_t i = 0; i < a.n; i++)
        for (uint32_t k = 0; k < b.n; k++)
            if (a.v[i] == b.v[k]) {
                *who = a.v[i];
                return true;
            }
    return false;
}

/* Is every act of `narrow` also one of `wide`?  Only what is certain: no tests and no place in wide, or
 * the same place. */
static bool covers(const struct checker *c, const struct phrase *wide, const struct phrase *narrow)
{
    if (!kind_is(c->g, narrow->kind, wide->kind) || wide->n_tests || wide->who != WHO_BEARER)
        return false;
    if (wide->zone == LANG_NONE) return true;
    return wide->zone == narrow->zone && wide->outside == narrow->outside &&
           (narrow->places & ~wide->places) == 0;
}

/* --- duty against prohibitions --------------------------------------------------------------- */

static Z3_ast at_least(struct checker *c, Z3_ast t, instant x)
{
    return Z3_mk_ge(c->z3, t, Z3_mk_int64(c->z3, x, Z3_mk_int_sort(c->z3)));
}

static Z3_ast not_within(struct checker *c, Z3_ast t, struct span s)
{
    Z3_ast inside[2] = {at_least(c, t, s.from),
                        Z3_mk_not(c->z3, at_least(c, t, instant_add(s.to, 1)))};
    if (s.to == INSTANT_MAX) inside[1] = Z3_mk_true(c->z3);
    return Z3_mk_not(c->z3, Z3_mk_and(c->z3, 2, inside));
}

static void say_contradiction(struct checker *c, uint32_t duty, struct span w, const uint32_t *bans,
                              uint32_t n, uint32_t who)
{
    struct draft_finding *f = add(c, DRAFT_CONTRADICTION, duty, LANG_NONE);
    if (!f) return;
    struct buf line;
    buf_init(&line);
    for (uint32_t i = 0; i < n && f->n < 8; i++) f->provisions[f->n++] = bans[i];
    f->what =
        str_fmt(c->arena,
                "%.*s cannot keep %.*s and %s%.*s: at no second allowed for the act may it be done",
                STR_ARG(c->g->actors[who].name), STR_ARG(name_of(c, duty)),
                n > 1 ? "all of what forbids it, such as " : "", STR_ARG(name_of(c, bans[0])));
    for (uint32_t i = 0; i < n; i++) {
        struct span s = term_of(c, &c->g->provisions[bans[i]]);
        buf_fmt(&line, "%.*s  %.*s forbids the act from here", STR_ARG(time_text(c, s.from)),
                STR_ARG(name_of(c, bans[i])));
        if (s.to != INSTANT_MAX) buf_fmt(&line, " to %.*s", STR_ARG(time_text(c, s.to)));
        buf_putc(&line, '\n');
    }
    instant at = w.from > c->g->header.from ? w.from : c->g->header.from;
    if (at > w.to) at = w.to;
    buf_fmt(&line, "%.*s  done here, the act violates %.*s\n", STR_ARG(time_text(c, at)),
            STR_ARG(name_of(c, bans[0])));
    buf_fmt(&line, "%.*s  not done by here, %.*s is violated\n", STR_ARG(time_text(c, w.to)),
            STR_ARG(name_of(c, duty)));
    f->timeline = str_dup(c->arena, buf_str(&line));
    buf_free(&line);
}

/* The prohibitions that cover a duty's act, for one of its bearers, at fixed times. */
static uint32_t bans_on(const struct checker *c, const struct provision *duty, uint32_t *bans,
                        uint32_t room, uint32_t *who)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->g->n_provisions && n < room; i++) {
        const struct provision *p = &c->g->provisions[i];
        if (p->pattern != PATTERN_FORBID || term_of(c, p).open) continue;
        if (covers(c, &p->act, &duty->act) && meets(p->bearers, duty->bearers, who)) bans[n++] = i;
    }
    return n;
}

static void check_duty(struct checker *c, uint32_t index)
{
    const struct provision *p = &c->g->provisions[index];
    struct span w;
    uint32_t bans[7], n, who = 0;
    if (!window_of(c, p, &w) || w.open) return;
    n = bans_on(c, p, bans, 7, &who);
    if (n == 0 || w.from > w.to) return;
    if (w.from < c->g->header.from) return; /* it may be done before anything is in force */
    Z3_solver solver = Z3_mk_solver(c->z3);
    if (!solver) {
        c->failed = true;
        return;
    }
    Z3_solver_inc_ref(c->z3, solver);
    Z3_ast t = Z3_mk_fresh_const(c->z3, "t", Z3_mk_int_sort(c->z3)), guard[7];
    Z3_solver_assert(c->z3, solver, at_least(c, t, w.from));
    Z3_solver_assert(c->z3, solver, Z3_mk_not(c->z3, at_least(c, t, instant_add(w.to, 1))));
    for (uint32_t i = 0; i < n; i++) {
        guard[i] = Z3_mk_fresh_const(c->z3, "b", Z3_mk_bool_sort(c->z3));
        Z3_solver_assert(c->z3, solver,
                         Z3_mk_implies(c->z3, guard[i],
                                       not_within(c, t, term_of(c, &c->g->provisions[bans[i]]))));
    }
    bool conflict = Z3_solver_check_assumptions(c->z3, solver, n, guard) == Z3_L_FALSE;
    for (uint32_t i = 0; conflict && i < n;) { /* leave out what is not needed */
        Z3_ast without[7];
        uint32_t m = 0;
        for (uint32_t k = 0; k < n; k++)
            if (k != i) without[m++] = guard[k];
        if (Z3_solver_check_assumptions(c->z3, solver, m, without) != Z3_L_FALSE) {
            i++;
            continue;
        }
        for (uint32_t k = i; k + 1 < n; k++) {
            bans[k] = bans[k + 1];
            guard[k] = guard[k + 1];
        }
        n--;
    }
    Z3_solver_dec_ref(c->z3, solver);
    if (conflict && n) say_contradiction(c, index, w, bans, n, who);
}

/* --- pairs ----------------------------------------------------------------------------------- */

static bool overlap(struct span a, struct span b, instant *at)
{
    *at = a.from > b.from ? a.from : b.from;
    return a.from <= a.to && b.from <= b.to && *at <= a.to && *at <= b.to;
}

static bool opposite(const struct provision *p, const struct provision *q)
{
    if (p->pattern != q->pattern || p->act.kind != q->act.kind) return false;
    if (p->act.n_tests || q->act.n_tests) return false;
    if (p->pattern == PATTERN_STATUS) return p->negated != q->negated;
    return p->pattern == PATTERN_KEEP && p->inside != q->inside && p->act.zone == q->act.zone;
}

static void check_pair(struct checker *c, uint32_t i, uint32_t k)
{
    const struct provision *p = &c->g->provisions[i], *q = &c->g->provisions[k];
    struct span a = term_of(c, p), b = term_of(c, q);
    instant at;
    uint32_t who = 0;
    if (a.open || b.open || !meets(p->bearers, q->bearers, &who) || !overlap(a, b, &at)) return;
    if (opposite(p, q)) {
        struct draft_finding *f = add(c, DRAFT_CONTRADICTION, i, k);
        if (!f) return;
        f->what = str_fmt(c->arena, "%.*s cannot keep both %.*s and %.*s",
                          STR_ARG(c->g->actors[who].name), STR_ARG(p->name), STR_ARG(q->name));
        f->timeline = str_fmt(c->arena, "%.*s  whichever holds here, one of them is violated\n",
                              STR_ARG(time_text(c, at)));
    }
}

static void check_permission(struct checker *c, uint32_t i, uint32_t k)
{
    const struct provision *may = &c->g->provisions[i], *ban = &c->g->provisions[k];
    uint32_t who = 0;
    instant at;
    if (!may->permitted || ban->pattern != PATTERN_FORBID || may->despite == k) return;
    if (!covers(c, &ban->act, &may->act) || !meets(may->bearers, ban->bearers, &who)) return;
    struct span a = term_of(c, may), b = term_of(c, ban);
    if (b.open || !overlap(a, b, &at)) return;
    struct draft_finding *f = add(c, DRAFT_PERMISSION, i, k);
    if (!f) return;
    f->what =
        str_fmt(c->arena,
                "what %.*s permits, %.*s forbids; a permission yields to a prohibition unless it "
                "says: despite %.*s",
                STR_ARG(may->name), STR_ARG(ban->name), STR_ARG(ban->name));
    f->timeline =
        str_fmt(c->arena, "%.*s  done here with every condition met, the act violates %.*s\n",
                STR_ARG(time_text(c, at)), STR_ARG(ban->name));
}

/* --- one by one ------------------------------------------------------------------------------ */

static bool never(const struct checker *c, const struct provision *p)
{
    struct span s = term_of(c, p);
    return s.from > s.to;
}

static void check_alone(struct checker *c, uint32_t i)
{
    const struct provision *p = &c->g->provisions[i];
    struct span w;
    struct draft_finding *f;
    if (never(c, p)) {
        f = add(c, DRAFT_NEVER_VIOLATED, i, LANG_NONE);
        if (f)
            f->what = str_fmt(c->arena,
                              "%.*s asks nothing at any second: its time is over before it begins",
                              STR_ARG(p->name));
    } else if (window_of(c, p, &w) && w.to < c->g->header.from) {
        f = add(c, DRAFT_NEVER_MET, i, LANG_NONE);
        if (f)
            f->what = str_fmt(c->arena, "the deadline of %.*s, %.*s, is before entry into force",
                              STR_ARG(p->name), STR_ARG(time_text(c, w.to)));
    }
    if (p->trigger.op == TRIGGER_VIOLATION && p->trigger.provision != LANG_NONE &&
        never(c, &c->g->provisions[p->trigger.provision])) {
        f = add(c, DRAFT_NEVER_FIRES, i, p->trigger.provision);
        if (f)
            f->what = str_fmt(c->arena, "%.*s can never fire: %.*s can never be violated",
                              STR_ARG(p->name), STR_ARG(name_of(c, p->trigger.provision)));
    }
}

/* Two duties, each to be done after the other's act: none of them ever arises. */
static void check_waiting(struct checker *c, uint32_t i, uint32_t k)
{
    const struct provision *p = &c->g->provisions[i], *q = &c->g->provisions[k];
    if (p->pattern != PATTERN_DUTY || q->pattern != PATTERN_DUTY) return;
    if (p->trigger.op != TRIGGER_EVENT || q->trigger.op != TRIGGER_EVENT) return;
    if (!kind_is(c->g, q->act.kind, p->trigger.phrase.kind) ||
        !kind_is(c->g, p->act.kind, q->trigger.phrase.kind))
        return;
    struct draft_finding *f = add(c, DRAFT_WAITS_FOR_ITSELF, i, k);
    if (f)
        f->what =
            i == k ? str_fmt(c->arena, "%.*s begins only with its own act, so it may never arise",
                             STR_ARG(p->name))
                   : str_fmt(c->arena,
                             "%.*s begins with the act of %.*s and the other way: where neither "
                             "side begins, no duty arises",
                             STR_ARG(p->name), STR_ARG(q->name));
}

static void check_coverage(struct checker *c, uint32_t i)
{
    const struct provision *p = &c->g->provisions[i];
    if (c->g->n_coverage == 0 || p->act.kind == LANG_NONE || c->g->kinds[p->act.kind].filed) return;
    for (uint32_t k = 0; k < c->g->n_coverage; k++) {
        uint32_t kind = c->g->coverage[k].kind;
        if (kind == LANG_NONE || kind_is(c->g, p->act.kind, kind)) return;
    }
    struct draft_finding *f = add(c, DRAFT_UNVERIFIABLE, i, LANG_NONE);
    if (f)
        f->what = str_fmt(c->arena, "nobody can verify %.*s: no declared coverage sees %.*s",
                          STR_ARG(p->name), STR_ARG(c->g->kinds[p->act.kind].name));
}

/* --- gaps ------------------------------------------------------------------------------------ */

/* The check-list of the field; each matter by words of which one must stand in the text. */
static const struct {
    const char *matter;
    const char *words[8];
} matters[] = {
    {"the end of fighting",
     {"ceasefire", "cease fire", "cessation", "must not fire", "hostilities"}},
    {"who verifies", {"verif", "monitor", "observer", "mission"}},
    {"what follows a violation", {"is violated", "violation", "breach"}},
    {"who settles disputes", {"commission", "dispute", "arbitrat", "committee"}},
    {"heavy weapons and their lines", {"weapon", "artillery", "withdraw"}},
    {"prisoners and detainees", {"prisoner", "detainee", "hostage", "captive"}},
    {"humanitarian access", {"humanitarian", "relief", "corridor"}},
    {"mines", {"mine", "demin"}},
    {"drones and aircraft", {"drone", "unmanned", "aircraft", "overfl", "aerial"}},
    {"how forces speak to each other", {"liaison", "hotline", "coordinat"}},
    {"how long it lasts and how it ends", {"terminat", "expir", "until", "extend", "renew"}},
    {"how it is amended", {"amend"}},
    {"which languages are authentic", {"authentic"}},
};

static bool stands_in(struct str text, const char *word)
{
    struct str w = str_of(word);
    for (size_t i = 0; i + w.n <= text.n; i++)
        if (str_eq_nocase(str_slice(text, i, i + w.n), w)) return true;
    return false;
}

static void check_gaps(struct checker *c)
{
    for (size_t i = 0; i < sizeof matters / sizeof *matters; i++) {
        bool said = false;
        for (size_t k = 0; k < 8 && matters[i].words[k] && !said; k++)
            said = stands_in(c->g->source->text, matters[i].words[k]);
        if (said) continue;
        struct draft_finding *f = add(c, DRAFT_GAP, LANG_NONE, LANG_NONE);
        if (f)
            f->what =
                str_fmt(c->arena, "nothing is said on %s (sought by words)", matters[i].matter);
    }
}

enum status draft_check(struct arena *a, Z3_context z3, const struct agreement *g,
                        struct draft_findings *out)
{
    *out = (struct draft_findings){0};
    struct checker c = {.arena = a, .z3 = z3, .g = g, .out = out};
    for (uint32_t i = 0; i < g->n_provisions && !c.failed; i++) {
        check_alone(&c, i);
        check_duty(&c, i);
        check_coverage(&c, i);
        check_waiting(&c, i, i);
        for (uint32_t k = 0; k < g->n_provisions && !c.failed; k++) {
            if (k > i) check_pair(&c, i, k);
            if (k > i) check_waiting(&c, i, k);
            check_permission(&c, i, k);
        }
    }
    check_gaps(&c);
    return c.failed || a->failed ? STATUS_FAULT : STATUS_OK;
}

enum status draft_texts(struct arena *a, Z3_context z3, struct str path, struct diags *d,
                        struct draft_text **out, size_t *n)
{
    const struct source *source;
    const struct agreement *g;
    struct draft_findings f;
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    enum status status = agreement_load(a, path, d, &source, &g);
    if (status == STATUS_OK) status = draft_check(a, z3, g, &f);
    if (status != STATUS_OK) return status;
    for (size_t i = 0; i < f.n; i++) {
        struct draft_finding *x = &f.items[i];
        for (uint32_t k = 0; k < (x->n ? x->n : 1); k++) {
            struct draft_text *v = arena_grow(a, *out, *n, &cap, sizeof *v);
            if (!v) return STATUS_FAULT;
            *out = v;
            v[*n].provision = x->n ? g->provisions[x->provisions[k]].name : (struct str){NULL, 0};
            v[(*n)++].text = str_fmt(a, "%s: %.*s", draft_finding_name(x->kind), STR_ARG(x->what));
        }
    }
    return STATUS_OK;
}
