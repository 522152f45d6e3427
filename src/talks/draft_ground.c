/* Formulas to Z3.  See draft_ground.h.
 *
 * `env` says which item (or row of a fixed predicate) each variable stands for.  What was made is
 * remembered by (formula, instant, the values of its free variables); shared subformulas of closed
 * conditions, which every anchor asks for again, are thus made once. */
#include "talks/draft_ground.h"

#include "logic/formula.h"

#include <string.h>

#define UNBOUND UINT32_MAX

struct memo_slot {
    const struct formula *f;
    instant at;
    uint64_t env;
    Z3_ast made;
};

struct free_slot {
    const struct formula *f;
    struct varset vars;
};

struct ground {
    const struct draft_world *w;
    uint32_t side;
    const struct violation *v;
    const struct draft_vars *vars;
    const struct lowered *l;
    struct draft_grounded *out;
    struct arena *arena;
    uint32_t *env;
    uint32_t **picked; /* by predicate: the items */
    uint32_t *n_picked;
    struct memo_slot *memo;
    size_t memo_size, memo_n;
    struct free_slot *frees;
    size_t frees_size, frees_n;
    bool failed;
};

static Z3_ast make(struct ground *g, const struct formula *f, instant at);

/* --- booleans that keep what is known -------------------------------------------------------- */

Z3_ast draft_and(const struct draft_vars *v, Z3_ast a, Z3_ast b)
{
    if (a == v->no || b == v->no) return v->no;
    if (a == v->yes) return b;
    if (b == v->yes || a == b) return a;
    return Z3_mk_and(v->z3, 2, (Z3_ast[]){a, b});
}

Z3_ast draft_or(const struct draft_vars *v, Z3_ast a, Z3_ast b)
{
    if (a == v->yes || b == v->yes) return v->yes;
    if (a == v->no) return b;
    if (b == v->no || a == b) return a;
    return Z3_mk_or(v->z3, 2, (Z3_ast[]){a, b});
}

Z3_ast draft_not(const struct draft_vars *v, Z3_ast a)
{
    return a == v->yes ? v->no : a == v->no ? v->yes : Z3_mk_not(v->z3, a);
}

static Z3_ast no(const struct ground *g)
{
    return g->vars->no;
}

static Z3_ast refuse(struct ground *g, const char *why)
{
    if (!g->out->refused) g->out->refused = why;
    return no(g);
}

bool draft_vars_init(struct draft_vars *v, const struct draft_world *w, Z3_context z3)
{
    *v = (struct draft_vars){.z3 = z3, .yes = Z3_mk_true(z3), .no = Z3_mk_false(z3)};
    Z3_sort boolean = Z3_mk_bool_sort(z3);
    v->more = Z3_mk_fresh_const(z3, "more", boolean);
    v->items = arena_array(w->arena, w->n_items + 1, sizeof *v->items);
    for (size_t i = 0; i < w->n_items; i++) v->n_flat += w->items[i].state ? w->n_moments : 1;
    v->flat = arena_array(w->arena, v->n_flat + 1, sizeof *v->flat);
    if (!v->items || !v->flat) return false;
    for (size_t i = 0; i < v->n_flat; i++) v->flat[i] = Z3_mk_fresh_const(z3, "x", boolean);
    Z3_ast *next = v->flat;
    for (size_t i = 0; i < w->n_items; i++) {
        v->items[i] = next;
        next += w->items[i].state ? w->n_moments : 1;
    }
    return true;
}

/* --- memory of what was made ----------------------------------------------------------------- */

static size_t mix(uint64_t h)
{
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdULL;
    h ^= h >> 33;
    return (size_t)h;
}

static struct free_slot *free_slot(struct ground *g, const struct formula *f)
{
    size_t i = mix((uint64_t)(uintptr_t)f) & (g->frees_size - 1);
    while (g->frees[i].f && g->frees[i].f != f) i = (i + 1) & (g->frees_size - 1);
    return &g->frees[i];
}

/* The values of the formula's free variables, as a number. */
static uint64_t env_of(struct ground *g, const struct formula *f)
{
    struct free_slot *s = free_slot(g, f);
    if (!s->f) {
        bool good = true;
        struct varset vars = formula_free(g->arena, f, &good);
        if (!good) g->failed = true;
        if (g->frees_n * 2 < g->frees_size) {
            g->frees_n++;
            *s = (struct free_slot){f, vars};
        } else {
            g->failed = true;
        }
    }
    uint64_t h = 1469598103934665603ULL;
    for (uint32_t i = 0; i < s->vars.n; i++)
        h = (h ^ (g->env[s->vars.v[i]] + 1ULL)) * 1099511628211ULL;
    return h;
}

static bool memo_grow(struct ground *g)
{
    size_t size = g->memo_size ? g->memo_size * 2 : 4096;
    struct memo_slot *v = arena_array(g->arena, size, sizeof *v);
    if (!v) return false;
    for (size_t i = 0; i < g->memo_size; i++) {
        if (!g->memo[i].f) continue;
        uint64_t key =
            g->memo[i].env ^ (uint64_t)(uintptr_t)g->memo[i].f ^ ((uint64_t)g->memo[i].at << 20);
        size_t k = mix(key) & (size - 1);
        while (v[k].f) k = (k + 1) & (size - 1);
        v[k] = g->memo[i];
    }
    g->memo = v;
    g->memo_size = size;
    return true;
}

static struct memo_slot *memo_slot(struct ground *g, const struct formula *f, instant at)
{
    if (g->memo_n * 2 >= g->memo_size && !memo_grow(g)) {
        g->failed = true;
        return NULL;
    }
    uint64_t env = env_of(g, f);
    size_t k = mix(env ^ (uint64_t)(uintptr_t)f ^ ((uint64_t)at << 20)) & (g->memo_size - 1);
    while (g->memo[k].f && (g->memo[k].f != f || g->memo[k].at != at || g->memo[k].env != env))
        k = (k + 1) & (g->memo_size - 1);
    if (!g->memo[k].f) {
        g->memo_n++;
        g->memo[k] = (struct memo_slot){f, at, env, NULL};
    }
    return &g->memo[k];
}

/* --- predicates ------------------------------------------------------------------------------ */

/* The part of time, between two moments, that holds an instant. */
static uint32_t segment(const struct ground *g, instant at)
{
    uint32_t i = 0;
    while (i + 1 < g->w->n_moments && g->w->moments[i + 1] <= at) i++;
    return i;
}

static bool find_picked(struct ground *g, uint32_t pred)
{
    const struct lowered_pred *p = &g->v->preds[pred];
    if (g->picked[pred]) return true;
    uint32_t *v = arena_array(g->arena, g->w->n_items + p->n_rows + 1, sizeof *v), n = 0;
    if (!v) return false;
    if (p->source == PRED_SELECTS) {
        for (uint32_t i = 0; i < g->w->n_items; i++)
            if (draft_picks(g->w, g->side, &p->selector, &g->w->items[i])) v[n++] = i;
    } else if (p->source == PRED_FIXED) {
        for (uint32_t i = 0; i < p->n_rows; i++) v[n++] = i;
    } else {
        v[n++] = 0;
    }
    g->picked[pred] = v;
    g->n_picked[pred] = n;
    return true;
}

static Z3_ast item_at(struct ground *g, const struct lowered_pred *p, uint32_t item, instant at)
{
    const struct draft_item *x = &g->w->items[item];
    if (x->state != p->selector.state || !draft_picks(g->w, g->side, &p->selector, x)) return no(g);
    if (x->state) return g->vars->items[item][segment(g, at)];
    return g->w->moments[x->moment] == at ? g->vars->items[item][0] : no(g);
}

/* The first moment at which the closed formula holds. */
static Z3_ast first_at(struct ground *g, const struct formula *f, instant at)
{
    Z3_ast now = make(g, f, at);
    for (uint32_t i = 0; i < g->w->n_moments && g->w->moments[i] < at && now != no(g); i++)
        now = draft_and(g->vars, now, draft_not(g->vars, make(g, f, g->w->moments[i])));
    return now;
}

static Z3_ast make_pred(struct ground *g, const struct formula *f, instant at)
{
    if (f->pred >= g->v->n_preds) return refuse(g, "its formula defines a predicate of its own");
    const struct lowered_pred *p = &g->v->preds[f->pred];
    uint32_t value = UNBOUND;
    if (p->numbered) return refuse(g, "its formula compares numbers");
    if (p->source == PRED_UNKNOWN) return refuse(g, "it rests on what the text does not measure");
    if (p->keyed) {
        if (f->n_args != 1 || f->args[0]->op != TERM_VAR)
            return refuse(g, "its formula asks for a column of a predicate");
        value = g->env[f->args[0]->var];
        if (value == UNBOUND) return refuse(g, "its formula leaves a variable open");
    }
    if (p->source == PRED_SELECTS) return item_at(g, p, value, at);
    if (p->source == PRED_FIRST) return first_at(g, p->first, at);
    if (p->source != PRED_FIXED) return refuse(g, "its formula asks for more than what happens");
    for (uint32_t i = 0; i < p->n_rows; i++)
        if ((value == UNBOUND || value == i) && p->rows[i].from <= at && at <= p->rows[i].to)
            return g->vars->yes;
    return no(g);
}

/* --- quantifiers and counts ------------------------------------------------------------------ */

/* A predicate with the variable as its argument. */
static uint32_t pred_of(const struct ground *g, const struct formula *f, uint32_t var)
{
    if (f->op == F_PRED)
        return f->n_args == 1 && f->args[0]->op == TERM_VAR && f->args[0]->var == var &&
                       f->pred < g->v->n_preds
                   ? f->pred
                   : LOWER_NONE;
    for (uint32_t i = 0; i < f->n_sub; i++) {
        uint32_t found = pred_of(g, f->sub[i], var);
        if (found != LOWER_NONE) return found;
    }
    return LOWER_NONE;
}

/* There are too few items for a count: whether it is reached is open where more may happen and some
 * of them do. */
static Z3_ast with_more(struct ground *g, Z3_ast *some, unsigned n)
{
    Z3_context z3 = g->vars->z3;
    g->out->scarce = true;
    return Z3_mk_and(z3, 3,
                     (Z3_ast[]){g->vars->more, Z3_mk_or(z3, n, some),
                                Z3_mk_fresh_const(z3, "reached", Z3_mk_bool_sort(z3))});
}

/* EXISTS n. (n <- CNT … AND n >= k): at least so many. */
static Z3_ast make_count(struct ground *g, const struct formula *count, const struct formula *limit,
                         instant at)
{
    uint32_t pred = count->n_vars ? LOWER_NONE : pred_of(g, count->sub[0], count->over);
    if (pred == LOWER_NONE || count->agg != AGG_CNT || limit->op != F_COMPARE ||
        limit->right->op != TERM_CONST || (limit->cmp != CMP_GE && limit->cmp != CMP_GT))
        return refuse(g, "its formula reckons with more than a count");
    int64_t least = value_int(limit->right->value) + (limit->cmp == CMP_GT);
    if (!find_picked(g, pred)) g->failed = true;
    if (g->failed) return no(g);
    Z3_ast *lits = arena_array(g->arena, g->n_picked[pred] + 1U, sizeof *lits);
    unsigned n = 0;
    if (!lits) {
        g->failed = true;
        return no(g);
    }
    for (uint32_t i = 0; i < g->n_picked[pred]; i++) {
        g->env[count->over] = g->picked[pred][i];
        Z3_ast one = make(g, count->sub[0], at);
        if (one != no(g)) lits[n++] = one;
    }
    g->env[count->over] = UNBOUND;
    if (least <= 0) return g->vars->yes;
    if (n == 0) return no(g);
    if (least > (int64_t)n)
        return g->v->preds[pred].source == PRED_SELECTS ? with_more(g, lits, n) : no(g);
    return Z3_mk_atleast(g->vars->z3, n, lits, (unsigned)least);
}

static Z3_ast make_exists(struct ground *g, const struct formula *f, instant at)
{
    const struct formula *in = f->sub[0];
    if (f->n_vars != 1) return refuse(g, "its formula binds several variables at once");
    if (in->op == F_AND && in->n_sub == 2 && in->sub[0]->op == F_AGG)
        return make_count(g, in->sub[0], in->sub[1], at);
    uint32_t pred = pred_of(g, in, f->vars[0]);
    if (pred == LOWER_NONE) return refuse(g, "its formula ranges over more than what happens");
    if (!find_picked(g, pred)) g->failed = true;
    Z3_ast any = no(g);
    for (uint32_t i = 0; !g->failed && i < g->n_picked[pred]; i++) {
        g->env[f->vars[0]] = g->picked[pred][i];
        any = draft_or(g->vars, any, make(g, in, at));
    }
    g->env[f->vars[0]] = UNBOUND;
    return any;
}

/* --- time ------------------------------------------------------------------------------------ */

/* Is a later instant within the bound of an earlier one? */
static bool within(const struct ground *g, struct bound b, instant earlier, instant later)
{
    return draft_edge(g->l, b.lo, earlier) <= later && later <= draft_edge(g->l, b.hi, earlier);
}

/* Where a window's own ends lie: not moments, so looked at besides them. */
static uint32_t window_ends(const struct ground *g, struct bound b, instant at, bool ahead,
                            instant ends[2])
{
    uint32_t n = 0;
    const struct edge edges[2] = {b.lo, b.hi};
    for (int i = 0; i < 2; i++) {
        if (edges[i].seconds == INSTANT_MAX || (!ahead && edges[i].map != MAP_NONE)) continue;
        ends[n++] = ahead ? draft_edge(g->l, edges[i], at) : instant_add(at, -edges[i].seconds);
    }
    if (n == 2 && ends[0] == ends[1]) n = 1;
    return n;
}

static bool is_moment(const struct ground *g, instant at)
{
    uint32_t i = segment(g, at);
    return g->w->moments[i] == at;
}

/* ONCE (not ahead) or EVENTUALLY, of f or (negated) of its contrary. */
static Z3_ast make_some(struct ground *g, const struct formula *f, instant at, bool ahead,
                        bool negated)
{
    Z3_ast any = no(g);
    instant ends[2];
    uint32_t n = window_ends(g, f->bound, at, ahead, ends);
    for (uint32_t i = 0; i < g->w->n_moments + n; i++) {
        instant s = i < g->w->n_moments ? g->w->moments[i] : ends[i - g->w->n_moments];
        if (i >= g->w->n_moments && is_moment(g, s)) continue;
        if (ahead ? !within(g, f->bound, at, s) : !within(g, f->bound, s, at)) continue;
        if (ahead ? s < at : s > at) continue;
        Z3_ast one = make(g, f->sub[0], s);
        any = draft_or(g->vars, any, negated ? draft_not(g->vars, one) : one);
    }
    return any;
}

/* a SINCE b: b at some s within the bound, a at every moment behind it; UNTIL: before it. */
static Z3_ast make_since(struct ground *g, const struct formula *f, instant at, bool ahead)
{
    Z3_ast any = no(g);
    bool there = is_moment(g, at);
    for (uint32_t i = 0; i < g->w->n_moments + !there; i++) {
        instant s = i < g->w->n_moments ? g->w->moments[i] : at;
        if (ahead ? s < at || !within(g, f->bound, at, s) : s > at || !within(g, f->bound, s, at))
            continue;
        Z3_ast all = make(g, f->sub[1], s);
        for (uint32_t k = 0; k < g->w->n_moments + !there && all != no(g); k++) {
            instant u = k < g->w->n_moments ? g->w->moments[k] : at;
            bool between = ahead ? at <= u && u < s : s < u && u <= at;
            if (between) all = draft_and(g->vars, all, make(g, f->sub[0], u));
        }
        any = draft_or(g->vars, any, all);
    }
    return any;
}

/* --- all operators --------------------------------------------------------------------------- */

static Z3_ast make_junction(struct ground *g, const struct formula *f, instant at)
{
    bool all = f->op == F_AND;
    Z3_ast made = all ? g->vars->yes : no(g);
    for (uint32_t i = 0; i < f->n_sub && made != (all ? no(g) : g->vars->yes); i++) {
        Z3_ast one = make(g, f->sub[i], at);
        made = all ? draft_and(g->vars, made, one) : draft_or(g->vars, made, one);
    }
    return made;
}

static Z3_ast make_new(struct ground *g, const struct formula *f, instant at)
{
    switch (f->op) {
    case F_TRUE: return g->vars->yes;
    case F_FALSE: return no(g);
    case F_PRED: return make_pred(g, f, at);
    case F_NOT: return draft_not(g->vars, make(g, f->sub[0], at));
    case F_AND:
    case F_OR: return make_junction(g, f, at);
    case F_IMPLIES:
        return draft_or(g->vars, draft_not(g->vars, make(g, f->sub[0], at)),
                        make(g, f->sub[1], at));
    case F_EXISTS: return make_exists(g, f, at);
    case F_ONCE: return make_some(g, f, at, false, false);
    case F_EVENTUALLY: return make_some(g, f, at, true, false);
    case F_HISTORICALLY: return draft_not(g->vars, make_some(g, f, at, false, true));
    case F_ALWAYS: return draft_not(g->vars, make_some(g, f, at, true, true));
    case F_SINCE: return make_since(g, f, at, false);
    case F_UNTIL: return make_since(g, f, at, true);
    case F_COMPARE:
    case F_EQUIV:
    case F_FORALL:
    case F_PREV:
    case F_NEXT:
    case F_AGG:
    case F_LET:
    case F_LETPAST:
    case F_MATCHF:
    case F_MATCHP:
    case F_ASSIGN: break;
    }
    return refuse(g, "its formula has an operator that the bounded world does not know");
}

static Z3_ast make(struct ground *g, const struct formula *f, instant at)
{
    struct memo_slot *slot = memo_slot(g, f, at);
    if (!slot || g->failed || g->out->refused) return no(g);
    if (slot->made) return slot->made;
    Z3_ast made = make_new(g, f, at);
    slot = memo_slot(g, f, at); /* the table may have moved */
    if (slot) slot->made = made;
    return made;
}

/* --- anchors --------------------------------------------------------------------------------- */

static bool add_instance(struct ground *g, uint32_t item, instant at)
{
    bool due = g->v->anchor == ANCHOR_DEADLINE;
    if ((due ? draft_edge(g->l, g->v->due, at) : at) > g->w->horizon) {
        bool goes_on = g->w->sides[g->side].g->header.until > g->w->horizon;
        g->out->cut |= goes_on && (due || item == LANG_NONE);
        return true;
    }
    struct draft_grounded *o = g->out;
    struct draft_instance *v = arena_grow(g->w->arena, o->items, o->n, &o->cap, sizeof *v);
    if (!v) return false;
    o->items = v;
    struct draft_instance x = {.item = item, .at = at};
    x.made = make(g, g->v->made, at);
    x.raw = make(g, g->v->raw, at);
    x.violated = make(g, g->v->violation, at);
    if (x.made != no(g) || x.violated != no(g)) v[o->n++] = x;
    return !g->failed;
}

/* Every moment at which the anchor may stand, for the value that the variable has. */
static bool anchor_item(struct ground *g, const struct lowered_pred *p, uint32_t value)
{
    if (p->source == PRED_FIXED) return add_instance(g, LANG_NONE, p->rows[value].from);
    if (p->source == PRED_SELECTS && !p->selector.state) {
        instant at = g->w->moments[g->w->items[value].moment];
        return add_instance(g, value, at);
    }
    for (uint32_t i = 0; i < g->w->n_moments; i++)
        if (!add_instance(g, p->source == PRED_SELECTS ? value : LANG_NONE, g->w->moments[i]))
            return false;
    return true;
}

static bool ground_anchors(struct ground *g)
{
    const struct violation *v = g->v;
    if (v->anchor_pred == LOWER_NONE) {
        for (uint32_t i = 0; i < g->w->n_moments; i++)
            if (!add_instance(g, LANG_NONE, g->w->moments[i])) return false;
        return true;
    }
    if (!find_picked(g, v->anchor_pred)) return false;
    const struct lowered_pred *p = &v->preds[v->anchor_pred];
    for (uint32_t i = 0; i < g->n_picked[v->anchor_pred]; i++) {
        g->env[v->id] = g->picked[v->anchor_pred][i];
        if (!anchor_item(g, p, g->env[v->id])) return false;
    }
    return true;
}

/* Why the bounded world has no words for a violation; NULL when it has, as far as predicates tell. */
static const char *cannot(const struct draft_world *w, uint32_t side, const struct violation *v)
{
    if (v->reading != LANG_NONE) return "it rests on a term that is read in several ways";
    if (v->unmeasured) return "it rests on what the text does not measure";
    for (size_t i = 0; i < v->n_preds; i++) {
        const struct lowered_pred *p = &v->preds[i];
        if (p->numbered || p->source == PRED_NEEDS || p->source == PRED_NUMBERS ||
            p->source == PRED_PAIRS)
            return "it counts against a baseline";
        if (p->source == PRED_MOVED) return "its deadline moves with the agreement's force";
        if (p->source != PRED_SELECTS && p->source != PRED_FIXED && p->source != PRED_FIRST)
            return "nothing that is reported tells whether it holds";
        if (p->source != PRED_SELECTS) continue;
        if (p->selector.open) return "it leaves open which are meant";
        if (p->selector.zone != FACTS_NONE && !w->sides[side].has_book)
            return "its zone's geometry cannot be read";
    }
    return NULL;
}

bool draft_ground(const struct draft_world *w, uint32_t side, const struct violation *v,
                  const struct draft_vars *vars, struct draft_grounded *out)
{
    struct arena scratch;
    arena_init(&scratch);
    *out = (struct draft_grounded){0};
    struct ground g = {.w = w,
                       .side = side,
                       .v = v,
                       .vars = vars,
                       .l = &w->sides[side].lowered,
                       .out = out,
                       .arena = &scratch,
                       .frees_size = 4096};
    g.env = arena_array(&scratch, v->scope.n_vars + 1, sizeof *g.env);
    g.picked = arena_array(&scratch, v->n_preds + 1, sizeof *g.picked);
    g.n_picked = arena_array(&scratch, v->n_preds + 1, sizeof *g.n_picked);
    g.frees = arena_array(&scratch, g.frees_size, sizeof *g.frees);
    bool good = g.env && g.picked && g.n_picked && g.frees;
    if (good) memset(g.env, 0xff, (v->scope.n_vars + 1) * sizeof *g.env);
    if (good) out->refused = cannot(w, side, v);
    good = good && (out->refused || ground_anchors(&g));
    arena_free(&scratch);
    return good && !g.failed;
}
