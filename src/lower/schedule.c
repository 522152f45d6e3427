/* Rows 6 and 12: schedules and movements in step.
 *
 * What is done is counted: every event of the act is one.  A count is compared by "at least k", and
 * what is needed is said so too, so that of a doubtful baseline the certain and the possible need
 * are two rows of one predicate:
 *
 *   lag(step) = EXISTS k. needs(step, k) AND NOT EXISTS n. numbers(k) AND n = count AND n >= k
 *   schedule:   deadline(step) AND T AND W AND lag(step)        anchored at each step's deadline
 *   in step:    T AND W AND (a is ahead of b OR b is ahead of a)       anchored at each episode
 *   a ahead of b:  for some i: at least i of a are done, and of b less than the j that i demands */
#include "lower/lowering.h"

/* ---- counting ---- */

static struct formula *numbered(struct lowering *b, uint32_t pred, uint32_t first, uint32_t second)
{
    struct scope *sc = &b->v->scope;
    struct term *args[2] = {NULL, NULL};
    uint32_t n = 0;
    if (first != LOWER_NONE) args[n++] = term_var(sc, first);
    args[n++] = term_var(sc, second);
    return pred == LOWER_NONE ? NULL : formula_pred(sc, pred, args, n);
}

/* n = how many of `act` there were so far (where `open` holds). */
static struct formula *count_of(struct lowering *b, uint32_t act, struct formula *open, uint32_t n)
{
    struct scope *sc = &b->v->scope;
    uint32_t x = scope_var(sc, STR("x"), VALUE_INT);
    struct formula *one = lowering_atom(b, act, x);
    if (open) one = lowering_and(b, one, open);
    return formula_agg(sc, n, AGG_CNT, x, NULL, 0, formula_temporal(sc, F_ONCE, bound_all(), one));
}

/* EXISTS n. domain AND n = count AND n >= k: the domain binds k. */
static struct formula *at_least(struct lowering *b, uint32_t act, struct formula *open,
                                struct formula *domain, uint32_t k)
{
    struct scope *sc = &b->v->scope;
    uint32_t n = scope_var(sc, STR("n"), VALUE_INT);
    struct formula *all[] = {domain, count_of(b, act, open, n),
                             formula_compare(sc, CMP_GE, term_var(sc, n), term_var(sc, k))};
    return formula_exists(sc, &n, 1, formula_and_n(sc, all, 3));
}

/* ---- schedules ---- */

static void step_times(const struct lowering *b, const struct schedule_step *s, instant *from,
                       instant *due)
{
    instant first, last;
    if (s->deadline.op == DEADLINE_BY) {
        lowering_point(b, &s->deadline.point, &first, due);
        *from = agreement_beginning(b->g);
        return;
    }
    lowering_point(b, &s->after, &first, &last);
    *from = first;
    *due = agreement_later(b->g, &s->deadline.period, last);
}

/* What the baseline is made of: whose it is is the bearer. */
static struct selector basis_selector(struct lowering *b)
{
    const struct provision *p = b->p;
    const struct measure *m = p->basis;
    struct indices owners =
        b->bearer == VERDICT_ALL ? lowering_bearers(b) : (struct indices){&b->bearer, 1};
    struct attribute_test *tests = arena_array(&b->l->arena, p->n_basis_tests + 1, sizeof(*tests));
    uint32_t *owner = arena_array(&b->l->arena, owners.n, sizeof(*owner));
    if (!tests || !owner) {
        b->failed = true;
        return (struct selector){.kind = m->kind, .zone = FACTS_NONE};
    }
    for (uint32_t i = 0; i < owners.n; i++) owner[i] = owners.v[i];
    for (uint32_t i = 0; i < p->n_basis_tests; i++) tests[i + 1] = p->basis_tests[i];
    tests[0] = (struct attribute_test){.attribute = m->of, .actors = {owner, owners.n}};
    struct phrase phrase = {.kind = m->kind,
                            .who = WHO_ANYONE,
                            .tests = tests,
                            .n_tests = p->n_basis_tests + 1,
                            .zone = LANG_NONE,
                            .places = PLACED_AT};
    return lowering_selector(b, &phrase, FACTS_NONE);
}

static bool stated_basis(const struct lowering *b, struct need *need)
{
    const struct provision *p = b->p;
    bool verified = p->basis == &b->g->stocks[p->stock].verified;
    uint32_t n = b->bearer == VERDICT_ALL ? p->bearers.n : 1;
    need->lo = need->hi = 0;
    for (uint32_t i = 0; i < n; i++) {
        int64_t lo, hi;
        uint32_t of = b->bearer == VERDICT_ALL ? p->bearers.v[i] : b->bearer;
        if (!agreement_amount(b->g, p->stock, of, verified, &lo, &hi)) return false;
        if (__builtin_add_overflow(need->lo, lo, &need->lo)) need->lo = INT64_MAX;
        if (__builtin_add_overflow(need->hi, hi, &need->hi)) need->hi = INT64_MAX;
    }
    return true;
}

/* The predicates `needs` and `numbers` of steps [first, first + n) of the schedule. */
static bool add_need(struct lowering *b, uint32_t first, uint32_t n, const instant *due,
                     uint32_t *needs, uint32_t *numbers)
{
    const struct provision *p = b->p;
    struct need *need = arena_alloc(&b->l->arena, sizeof(*need));
    if (!need) return false;
    *need = (struct need){.op = p->basis ? p->basis->op : MEASURE_STATED,
                          .attribute = p->basis ? p->basis->attribute : LANG_NONE,
                          .steps = p->steps + first,
                          .due = due,
                          .n_steps = n};
    struct lowered_pred pred = {.source = PRED_NEEDS,
                                .keyed = true,
                                .numbered = true,
                                .need = need,
                                .words = place_text(p->at)};
    if (need->op != MEASURE_STATED)
        pred.selector = basis_selector(b);
    else if (p->basis && !stated_basis(b, need))
        return false;
    pred.words = need->op != MEASURE_STATED
                     ? str_fmt(&b->l->arena, "at least k are needed for step id: of %.*s",
                               STR_ARG(pred.selector.words))
                     : STR("at least k are needed for step id, as stated");
    *needs = lowering_pred(b, &pred);
    pred.source = PRED_NUMBERS;
    pred.keyed = false;
    pred.words = STR("every k that may be needed");
    *numbers = lowering_pred(b, &pred);
    return *needs != LOWER_NONE && *numbers != LOWER_NONE;
}

/* The anchor's rows, one for each step; all count from the same time. */
static bool step_rows(struct lowering *b, struct fixed_row **rows, instant **due, instant *from)
{
    uint32_t n = b->p->n_steps;
    *rows = arena_array(&b->l->arena, n, sizeof(**rows));
    *due = arena_array(&b->l->arena, n, sizeof(**due));
    if (!*rows || !*due) {
        b->failed = true;
        return false;
    }
    for (uint32_t i = 0; i < n; i++) {
        step_times(b, &b->p->steps[i], from, &(*due)[i]);
        (*rows)[i] = (struct fixed_row){(*due)[i], (*due)[i], *from};
    }
    return true;
}

static struct formula *counts_from(struct lowering *b, instant from)
{
    struct fixed_row open = {from, INSTANT_MAX, from};
    if (from == INSTANT_MIN) return NULL;
    return lowering_fact(
        b, lowering_fixed(b, STR("what is done from now on counts"), &open, 1, false));
}

static struct formula *lagging(struct lowering *b, uint32_t id, uint32_t needs, uint32_t numbers,
                               uint32_t act, struct formula *open)
{
    struct scope *sc = &b->v->scope;
    uint32_t k = scope_var(sc, STR("k"), VALUE_INT);
    struct formula *enough = at_least(b, act, open, numbered(b, numbers, LOWER_NONE, k), k);
    return formula_exists(sc, &k, 1,
                          formula_and(sc, numbered(b, needs, id, k), formula_not(sc, enough)));
}

bool lowering_schedule(struct lowering *b, bool top, struct pattern_parts *out)
{
    struct scope *sc = &b->v->scope;
    struct fixed_row *rows;
    instant *due;
    uint32_t numbers;
    if (lowering_moving(b)) {
        b->refused = "its steps would move by a suspension, which this edition does not compute";
        b->refused_at = b->p->at;
        return false;
    }
    if (!step_rows(b, &rows, &due, &out->counts_from)) return false;
    out->anchor = ANCHOR_DEADLINE;
    out->absence = out->implementing = true;
    out->anchor_pred = lowering_fixed(b, STR("the deadline of step id"), rows, b->p->n_steps, true);
    out->id = lowering_id(b);
    struct formula *deadline = lowering_atom(b, out->anchor_pred, out->id);
    out->made = lowering_and(b, deadline, lowering_applies(b, out));
    out->act_pred = lowering_phrase(b, &b->p->act, FACTS_NONE, false);
    if (!add_need(b, 0, b->p->n_steps, due, &out->need_pred, &numbers)) return false;
    struct formula *open = counts_from(b, out->counts_from);
    out->lag = lagging(b, out->id, out->need_pred, numbers, out->act_pred, open);
    out->raw = formula_and(sc, out->made, out->lag);
    out->performed = formula_and(sc, out->made, formula_not(sc, out->lag));
    out->violation = lowering_excused(b, top, LOWER_NONE, out->raw, &out->excusable);
    return true;
}

struct formula *lowering_schedule_done(struct lowering *b)
{
    struct scope *sc = &b->v->scope;
    uint32_t last = b->p->n_steps - 1, needs, numbers;
    instant *due = arena_alloc(&b->l->arena, sizeof(*due)), from;
    if (!due) return NULL;
    step_times(b, &b->p->steps[last], &from, due);
    uint32_t act = lowering_phrase(b, &b->p->act, FACTS_NONE, false);
    if (!add_need(b, last, 1, due, &needs, &numbers)) return NULL;
    uint32_t id = scope_var(sc, STR("id"), VALUE_INT);
    struct formula *lag = lagging(b, id, needs, numbers, act, counts_from(b, from));
    return formula_not(sc, formula_exists(sc, &id, 1, lag));
}

/* ---- in step ---- */

/* The least j for which i of a and j of b are no more than the gap apart; 0: every j. */
static int64_t demanded(int64_t i, int64_t a, int64_t b, int64_t gap)
{
    int64_t over = 10000 * i - gap * a; /* share of a above the gap, in 1/(10,000 a) */
    return over <= 0 ? 0 : (over * b + 10000 * a - 1) / (10000 * a);
}

/* "at least i of a": of all i that demand the same j the smallest. */
static uint32_t add_pairs(struct lowering *b, const struct process *a, const struct process *c)
{
    struct pair *pairs = arena_array(&b->l->arena, (size_t)a->total, sizeof(*pairs));
    size_t n = 0;
    if (!pairs) {
        b->failed = true;
        return LOWER_NONE;
    }
    for (int64_t i = 1; i <= a->total; i++) {
        int64_t j = demanded(i, a->total, c->total, b->p->gap);
        if (j > 0 && (!n || pairs[n - 1].b < j)) pairs[n++] = (struct pair){i, j};
    }
    struct lowered_pred pred = {
        .source = PRED_PAIRS, .numbered = true, .pairs = pairs, .n_pairs = n};
    pred.words = str_fmt(&b->l->arena, "k of %.*s demand j of %.*s (%zu pairs)", STR_ARG(a->label),
                         STR_ARG(c->label), n);
    return lowering_pred(b, &pred);
}

static struct formula *ahead(struct lowering *b, const struct process *a, uint32_t act_a,
                             const struct process *c, uint32_t act_c, struct formula *open)
{
    struct scope *sc = &b->v->scope;
    uint32_t pairs = add_pairs(b, a, c);
    uint32_t both[] = {scope_var(sc, STR("i"), VALUE_INT), scope_var(sc, STR("j"), VALUE_INT)};
    uint32_t any = scope_var(sc, STR("any"), VALUE_INT);
    struct formula *far = at_least(b, act_a, open, numbered(b, pairs, both[0], both[1]), both[0]);
    struct formula *domain = formula_exists(sc, &any, 1, numbered(b, pairs, any, both[1]));
    struct formula *enough = at_least(b, act_c, open, domain, both[1]);
    return formula_exists(sc, both, 2, formula_and(sc, far, formula_not(sc, enough)));
}

bool lowering_in_step(struct lowering *b, bool top, struct pattern_parts *out)
{
    struct scope *sc = &b->v->scope;
    const struct process *p = &b->g->processes[b->p->processes[0]],
                         *q = &b->g->processes[b->p->processes[1]];
    out->anchor = ANCHOR_EPISODE;
    out->made = lowering_applies(b, out);
    if (b->p->gap < 0) {
        struct lowered_pred pred = {.source = PRED_UNKNOWN,
                                    .words = STR("too far apart, which the text does not measure")};
        out->raw = formula_and(sc, out->made, lowering_fact(b, lowering_pred(b, &pred)));
        out->unmeasured = true;
    } else {
        uint32_t act_p = lowering_phrase(b, &p->step, FACTS_NONE, false);
        uint32_t act_q = lowering_phrase(b, &q->step, FACTS_NONE, false);
        out->act_pred = act_p;
        struct formula *open = counts_from(b, agreement_beginning(b->g));
        struct formula *apart =
            formula_or(sc, ahead(b, p, act_p, q, act_q, open), ahead(b, q, act_q, p, act_p, open));
        out->raw = formula_and(sc, out->made, apart);
    }
    out->violation = lowering_excused(b, top, LOWER_NONE, out->raw, &out->excusable);
    return true;
}
