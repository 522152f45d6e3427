/* One lowering function for each pattern of the language, and the table of them.
 *
 * Every pattern says what makes an instance (`made`: the anchor, in the term, within the frames,
 * `if`) and what is wrong with it; excuses come off at the end, alike for all. */
#include "lower/lowering.h"

/* ---- what all patterns share ---- */

struct formula *lowering_applies(struct lowering *b, struct pattern_parts *out)
{
    struct formula *term = lowering_term(b, b->p, &out->term, &out->term_empty);
    struct formula *asks = lowering_frames(b, b->p);
    if (b->p->if_) {
        struct formula *c = lowering_condition(b, b->p->if_);
        lowering_part(b, PART_CONDITION, c, b->p->if_->at);
        asks = lowering_and(b, asks, c);
    }
    out->asks = asks && asks->op != F_TRUE ? asks : NULL;
    return lowering_and(b, term, asks);
}

/* Does q say `despite` b->p, and bind the bearer at hand? */
static bool excepts(const struct lowering *b, const struct provision *q)
{
    for (const struct excepting *x = b->excepting; x; x = x->outer)
        if (x->exception == q) return false;
    if (q->despite != provision_first(b->g, (uint32_t)(b->p - b->g->provisions))) return false;
    return b->bearer == VERDICT_ALL || indices_has(q->bearers, b->bearer);
}

/* What an exception reads of the provision that it excepts from, it reads without itself, and as it was
 * before the act at hand: an act cannot be the reason that permits it. */
static uint32_t look_back(struct lowering *b, struct excepting *here)
{
    uint32_t saved = b->before;
    b->excepting = here;
    b->before = here->exception->despite;
    return saved;
}

static void look_up(struct lowering *b, const struct excepting *here, uint32_t saved)
{
    b->excepting = here->outer;
    b->before = saved;
}

/* "The anchor is an act of q, as q permits it." */
static struct formula *permitted_by(struct lowering *b, const struct provision *q, bool top,
                                    uint32_t id)
{
    const struct provision *saved = b->p;
    struct span term;
    bool empty;
    struct excepting here = {q, b->excepting};
    b->p = q;
    uint32_t before = look_back(b, &here);
    struct formula *act = lowering_atom(b, lowering_anchor(b, &q->act, top, false), id);
    struct formula *f = lowering_and(b, act, lowering_term(b, q, &term, &empty));
    f = lowering_and(b, f, lowering_frames(b, q));
    if (q->only) {
        struct formula *c = lowering_condition(b, q->only);
        lowering_part(b, PART_EXCUSE, c, q->only->at);
        f = lowering_and(b, f, c);
    }
    look_up(b, &here, before);
    b->p = saved;
    return f;
}

struct formula *lowering_excused(struct lowering *b, bool top, uint32_t id, struct formula *raw,
                                 bool *excusable)
{
    struct scope *sc = &b->v->scope;
    struct formula *f = raw;
    *excusable = false;
    if (b->p->unless) {
        struct formula *c = lowering_condition(b, b->p->unless);
        lowering_part(b, PART_EXCUSE, c, b->p->unless->at);
        f = formula_and(sc, f, formula_not(sc, c));
        *excusable = true;
    }
    for (size_t i = 0; i < b->l->n_exceptions && id != LOWER_NONE; i++) {
        const struct provision *q = &b->g->provisions[b->l->exceptions[i]];
        if (!excepts(b, q)) continue;
        f = formula_and(sc, f, formula_not(sc, permitted_by(b, q, top, id)));
        *excusable = true;
    }
    return f;
}

/* The anchor: an event (or stay) of the act. */
static struct formula *anchored(struct lowering *b, bool top, struct pattern_parts *out)
{
    out->anchor_pred = lowering_anchor(b, &b->p->act, top, false);
    out->id = lowering_id(b);
    return lowering_atom(b, out->anchor_pred, out->id);
}

static void finish(struct lowering *b, bool top, struct pattern_parts *out)
{
    out->violation = lowering_excused(b, top, out->id, out->raw, &out->excusable);
}

/* ---- rows 1, 7, 8: acts ---- */

static bool lower_forbid(struct lowering *b, bool top, struct pattern_parts *out)
{
    out->anchor = ANCHOR_EVENT;
    out->made = lowering_and(b, anchored(b, top, out), lowering_applies(b, out));
    out->raw = out->made;
    finish(b, top, out);
    return true;
}

static bool lower_only(struct lowering *b, bool top, struct pattern_parts *out)
{
    out->anchor = ANCHOR_EVENT;
    out->made = lowering_and(b, anchored(b, top, out), lowering_applies(b, out));
    out->raw = out->made;
    if (b->p->only) {
        struct formula *c = lowering_condition(b, b->p->only);
        lowering_part(b, PART_CONDITION, c, b->p->only->at);
        out->raw = formula_and(&b->v->scope, out->made, formula_not(&b->v->scope, c));
    }
    finish(b, top, out);
    return true;
}

static bool lower_exception(struct lowering *b, bool top, struct pattern_parts *out)
{
    struct excepting here = {b->p, b->excepting};
    uint32_t before = look_back(b, &here);
    bool ok = lower_only(b, top, out);
    look_up(b, &here, before);
    return ok;
}

/* ---- row 5: caps ---- */

/* More than so many of what `counted` holds of in the window that ends now; closed. */
static struct formula *too_many(struct lowering *b, uint32_t other, struct formula *counted)
{
    struct scope *sc = &b->v->scope;
    uint32_t n = scope_var(sc, STR("n"), VALUE_INT);
    struct bound window = lowering_window(b, &b->p->window, true);
    struct formula *count =
        formula_agg(sc, n, AGG_CNT, other, NULL, 0, formula_temporal(sc, F_ONCE, window, counted));
    struct formula *above =
        formula_compare(sc, CMP_GT, term_var(sc, n), term_int(sc, (int64_t)b->p->count));
    return formula_exists(sc, &n, 1, formula_and(sc, count, above));
}

/* Of too many acts in one window the last violates, unless it is excused: in whatever order they came.
 * So that this holds where none of them is. */
static struct formula *crowd(struct lowering *b, struct formula *where)
{
    bool outer = b->referring, ignored;
    size_t told = b->n_parts;
    uint32_t other = scope_var(&b->v->scope, STR("other"), VALUE_INT);
    b->referring = true; /* what a ruling excuses is left out */
    uint32_t act = lowering_anchor(b, &b->p->act, false, false);
    struct formula *counted = lowering_and(b, lowering_atom(b, act, other), where);
    counted = lowering_excused(b, false, other, counted, &ignored);
    b->referring = outer;
    b->n_parts = told;
    return too_many(b, other, counted);
}

static bool lower_cap(struct lowering *b, bool top, struct pattern_parts *out)
{
    struct scope *sc = &b->v->scope;
    out->anchor = ANCHOR_EVENT;
    struct formula *act = anchored(b, top, out);
    struct formula *where = lowering_applies(b, out);
    out->made = lowering_and(b, act, where);
    uint32_t other = scope_var(sc, STR("other"), VALUE_INT);
    struct formula *counted = lowering_and(
        b, lowering_atom(b, lowering_phrase(b, &b->p->act, FACTS_NONE, false), other), where);
    out->raw = formula_and(sc, out->made, too_many(b, other, counted));
    finish(b, top, out);
    if (top) out->crowd = crowd(b, where);
    return true;
}

/* ---- rows 3 and 4: states ---- */

static bool lower_keep(struct lowering *b, bool top, struct pattern_parts *out)
{
    if (b->p->sites.n) return lowering_sites(b, top, out);
    struct phrase wrong = b->p->act;
    wrong.outside = b->p->inside;
    out->anchor = ANCHOR_EPISODE;
    out->anchor_pred = lowering_anchor(b, &wrong, top, false);
    out->id = lowering_id(b);
    struct formula *stay = lowering_atom(b, out->anchor_pred, out->id);
    out->made = lowering_and(b, stay, lowering_applies(b, out));
    out->raw = out->made;
    finish(b, top, out);
    return true;
}

static bool lower_status(struct lowering *b, bool top, struct pattern_parts *out)
{
    out->anchor = ANCHOR_EPISODE;
    out->absence = !b->p->negated;
    out->implementing = !b->p->negated;
    out->made = lowering_applies(b, out);
    size_t before = b->v->n_preds;
    struct formula *status = lowering_holds(b, &b->p->act);
    if (b->v->n_preds > before) out->act_pred = (uint32_t)before;
    if (out->absence) status = formula_not(&b->v->scope, status);
    out->raw = lowering_and(b, out->made, status);
    finish(b, top, out);
    return true;
}

/* ---- the table ---- */

typedef bool (*lower_row)(struct lowering *b, bool top, struct pattern_parts *out);

static const lower_row table[] = {[PATTERN_FORBID] = lower_forbid,
                                  [PATTERN_DUTY] = lowering_duty,
                                  [PATTERN_KEEP] = lower_keep,
                                  [PATTERN_STATUS] = lower_status,
                                  [PATTERN_CAP] = lower_cap,
                                  [PATTERN_ONLY] = lower_only,
                                  [PATTERN_EXCEPTION] = lower_exception,
                                  [PATTERN_SCHEDULE] = lowering_schedule,
                                  [PATTERN_IN_STEP] = lowering_in_step,
                                  [PATTERN_LAPSE] = lowering_duty,
                                  [PATTERN_FORMULA] = lowering_expert,
                                  [PATTERN_CONSEQUENCE] = lowering_duty};

bool lowering_pattern(struct lowering *b, bool top, struct pattern_parts *out)
{
    *out = (struct pattern_parts){.anchor_pred = LOWER_NONE,
                                  .act_pred = LOWER_NONE,
                                  .id = LOWER_NONE,
                                  .need_pred = LOWER_NONE,
                                  .counts_from = INSTANT_MIN,
                                  .due = edge_seconds(0)};
    size_t row = (size_t)b->p->pattern;
    if (row >= sizeof(table) / sizeof(table[0]) || !table[row]) {
        b->refused = "this edition has no formula for the pattern";
        b->refused_at = b->p->at;
        return false;
    }
    if (!table[row](b, top, out) || b->failed || b->refused) return false;
    const struct formula *before = out->violation;
    lowering_justified(b, out);
    if (out->violation != before) out->crowd = NULL;
    return !b->failed;
}

bool lowering_reference(struct lowering *b, uint32_t index, uint32_t bearer, bool top,
                        struct pattern_parts *out)
{
    const struct provision *saved = b->p;
    uint32_t saved_bearer = b->bearer, saved_towards = b->towards;
    uint32_t before = b->before;
    bool outer = b->referring;
    b->before = LANG_NONE;
    b->p = &b->g->provisions[index];
    b->bearer = bearer;
    b->towards = LANG_NONE;
    b->referring = true;
    bool ok = lowering_pattern(b, top, out);
    b->towards = saved_towards;
    b->p = saved;
    b->bearer = saved_bearer;
    b->referring = outer;
    b->before = before;
    return ok;
}
