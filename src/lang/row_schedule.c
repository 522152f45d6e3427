/* Rows 6 and 12: schedules and movements in step.
 *
 *   must have withdrawn its declared units: – half by day 30 – all by day 60
 *   must withdraw: – half of its declared units by the end of day 7, rounded up – 40 units by …
 *   must release all detainees on its list by day 10
 *   deployment and withdrawal must proceed in step at most 10 percent apart
 * A step asks for a share of a baseline, or for a number.  All shares of one schedule are of one
 * stock and one baseline, and no step may ask for less than the one before it. */
#include "lang/draft.h"

#define MOST_STEPS 1000

/* ---- shares ---- */

static const struct {
    const char *words;
    int64_t num, den;
} shares[] = {
    {"all", 1, 1},       {"half", 1, 2},        {"a half", 1, 2},
    {"a third", 1, 3},   {"one third", 1, 3},   {"two thirds", 2, 3},
    {"a quarter", 1, 4}, {"one quarter", 1, 4}, {"three quarters", 3, 4},
};
#define SHARES (sizeof shares / sizeof shares[0])

static bool look_share(const struct parser *p)
{
    for (size_t i = 0; i < SHARES; i++)
        if (look(p, shares[i].words)) return true;
    return look_number(p);
}

/* Is the amount behind a number said by a stock? */
static bool look_stock_ahead(const struct parser *p, size_t n)
{
    struct symbol s;
    while (look_ahead(p, n, "its") || look_ahead(p, n, "the") || look_ahead(p, n, "of") ||
           look_ahead(p, n, "declared") || look_ahead(p, n, "verified") || look_ahead(p, n, "all"))
        n++;
    return name_match(p, p->at + n, &s) && s.sort == SORT_STOCK;
}

static bool read_count(struct parser *p, struct schedule_step *s)
{
    struct place at = token_now(p)->at;
    if (!read_number(p, &s->count)) return false;
    if (s->count < 1) {
        refuse(p, "bad-count", at, "a step asks for at least 1");
        return false;
    }
    if (look_stock_ahead(p, 0)) return true;
    struct diag *x = refuse(p, "no-unit", at, "a number without a unit: of what?");
    diag_fix(p->d, x, "write a declared stock behind it (40 units), or a share (40 %%)");
    return false;
}

static bool read_share(struct parser *p, struct schedule_step *s)
{
    for (size_t i = 0; i < SHARES; i++) {
        if (!eat(p, shares[i].words)) continue;
        s->num = shares[i].num;
        s->den = shares[i].den;
        return true;
    }
    if (!look_number(p))
        return expected(p, "a share or a number", "write: half, all, 40 % or 40 units");
    bool percent = look_ahead(p, 1, "percent") ||
                   (token_ahead(p, 1)->kind == TOKEN_PUNCT && token_ahead(p, 1)->punct == '%');
    if (!percent) return read_count(p, s);
    struct place at = place_join(token_now(p)->at, token_ahead(p, 1)->at);
    if (!read_measure(p, DIMENSION_SHARE, "40 %", &s->num)) return false;
    s->den = 10000;
    if (s->num >= 1 && s->num <= s->den) return true;
    refuse(p, "bad-share", at, "a share lies above 0 and is 100 %% at most");
    return false;
}

/* ---- the stock ---- */

struct schedule {
    uint32_t stock;
    bool declared, verified; /* as said: "its declared units" */
    struct place at;         /* where the stock is named */
    struct place share_at;   /* of the first share */
};

bool look_schedule(const struct parser *p)
{
    if ((look(p, "its") || look(p, "all its") || look(p, "all of its")) && !look_who(p))
        return true;
    return look_punct(p, ':') || look_stock_ahead(p, 0) ||
           (look_share(p) && (look_stock_ahead(p, 1) || look_stock_ahead(p, 2)));
}

/* "of its declared units", "the detainees on its list", "its units" */
static bool read_stock_name(struct parser *p, struct schedule *x)
{
    size_t first = p->at;
    uint32_t stock;
    eat(p, "of");
    if (!eat(p, "its")) eat(p, "the");
    x->declared |= eat(p, "declared");
    x->verified |= eat(p, "verified");
    if (!name_read(p, SORT_STOCK, "a stock", &stock)) return false;
    if (eat(p, "on its list") || eat(p, "on the lists") || eat(p, "on the list") ||
        eat(p, "listed"))
        x->declared = true;
    struct place at = place_join(p->tokens.v[first].at, place_last(p));
    if (x->stock != LANG_NONE && x->stock != stock) {
        refuse(p, "two-stocks", at, "the steps of one schedule are of one stock");
        return false;
    }
    x->stock = stock;
    x->at = at;
    return true;
}

static bool at_stock(const struct parser *p)
{
    return look_stock_ahead(p, 0) && !look_punct(p, ':');
}

/* ---- steps ---- */

static bool read_rounding(struct parser *p, struct schedule_step *s)
{
    size_t back = p->at;
    eat_punct(p, ',');
    if (!eat(p, "rounded")) {
        p->at = back;
        return true;
    }
    s->down = eat(p, "down");
    if (s->down || eat(p, "up")) return true;
    return expected(p, "\"up\" or \"down\"", "write: half by day 30, rounded up");
}

/* The deadline of a step: one that is the same for all and known beforehand. */
static bool step_deadline(struct parser *p, const struct provision *from, struct schedule_step *s)
{
    s->deadline = from->deadline;
    if (s->deadline.op == DEADLINE_BY) return true;
    if (s->deadline.op == DEADLINE_WITHIN && from->trigger.op == TRIGGER_POINT) {
        s->after = from->trigger.point;
        return true;
    }
    struct diag *x = refuse(p, "step-deadline", from->deadline.at,
                            "a step of a schedule falls due at a point of time");
    diag_fix(p->d, x, "write: by day 30, or: within 30 days after entry into force");
    return false;
}

static bool read_step(struct parser *p, struct draft *dr, struct schedule *x, struct vec *steps)
{
    struct schedule_step s = {0};
    size_t first = p->at;
    if (!read_share(p, &s)) return false;
    if (s.den && !x->share_at.source) x->share_at = p->tokens.v[first].at;
    if (at_stock(p) && !read_stock_name(p, x)) return false;
    struct draft part = {.pv = {.act = dr->pv.act}, .act_first = dr->act_first};
    if (!read_rounding(p, &s)) return false;
    if (!look(p, "by") && !look(p, "within")) {
        struct diag *d =
            refuse(p, "no-deadline", place_now(p), "a step without a deadline never falls due");
        diag_fix(p->d, d, "write: half by day 30");
        return false;
    }
    if (!read_deadline_part(p, &part) || !step_deadline(p, &part.pv, &s)) return false;
    if (!read_rounding(p, &s)) return false;
    s.at = place_join(p->tokens.v[first].at, place_last(p));
    struct schedule_step *slot = vec_add(p, steps, sizeof *slot);
    if (slot) *slot = s;
    return slot != NULL;
}

static bool read_list(struct parser *p, struct draft *dr, struct schedule *x, struct vec *steps)
{
    p->at++; /* the colon */
    if (dr->has_deadline) {
        refuse(p, "twice", dr->deadline_at, "each step of a schedule has a deadline of its own");
        return false;
    }
    if (token_now(p)->kind != TOKEN_DASH)
        return expected(p, "a dash before each step", "write: – half by day 30 – all by day 60");
    while (token_now(p)->kind == TOKEN_DASH) {
        p->at++;
        if (!read_step(p, dr, x, steps)) return false;
        if (!eat_punct(p, ';')) eat_punct(p, ',');
        eat(p, "and");
        if (steps->n <= MOST_STEPS) continue;
        refuse(p, "too-many-steps", place_last(p), "a schedule has at most %d steps", MOST_STEPS);
        return false;
    }
    return true;
}

/* One step without a list: "all detainees on its list … by day 10". */
static bool read_single(struct parser *p, struct draft *dr, struct schedule *x, struct vec *steps)
{
    struct schedule_step s = {.num = 1, .den = 1};
    size_t first = p->at;
    if (look_share(p) && !at_stock(p)) {
        s = (struct schedule_step){0};
        if (!read_share(p, &s)) return false;
    } else if (look(p, "all") && look_share(p)) {
        p->at++;
    }
    x->share_at = p->tokens.v[first].at;
    if (!read_stock_name(p, x)) return false;
    struct place through = place_now(p);
    if (eat_punct(p, ',') && !look_object_part(p, dr)) p->at--;
    if (!read_parts(p, dr) || !read_rounding(p, &s)) return false;
    if (look_punct(p, ':')) return read_list(p, dr, x, steps);
    if (!dr->has_deadline) {
        struct diag *d =
            refuse(p, "no-deadline", through, "a duty without a deadline never falls due");
        diag_fix(p->d, d,
                 "write: by the end of day 2; or a list: – half by day 30 – all by day 60");
        return false;
    }
    if (!step_deadline(p, &dr->pv, &s)) return false;
    s.at = place_join(p->tokens.v[first].at, place_last(p));
    struct schedule_step *slot = vec_add(p, steps, sizeof *slot);
    if (slot) *slot = s;
    return slot != NULL;
}

/* ---- the baseline ---- */

static bool no_baseline(struct parser *p, const struct schedule *x)
{
    struct diag *d = refuse(p, "share-without-baseline", x->share_at,
                            "a share of what? the schedule has no baseline");
    if (x->stock == LANG_NONE) {
        diag_fix(p->d, d, "name a declared stock: half of its units");
    } else {
        struct str name = VEC_AT(p->stocks, struct stock, x->stock)->name;
        diag_fix(p->d, d, "state it: north declares 120 %.*s. or: stock %.*s, declared by …",
                 STR_ARG(name_spoken(p, name)), STR_ARG(name));
    }
    return false;
}

static bool choose_baseline(struct parser *p, const struct schedule *x, struct provision *pv)
{
    if (x->stock == LANG_NONE) return no_baseline(p, x);
    const struct stock *s = VEC_AT(p->stocks, struct stock, x->stock);
    bool has_declared = s->declared.op != MEASURE_NONE,
         has_verified = s->verified.op != MEASURE_NONE;
    if (has_declared && has_verified && x->declared == x->verified) {
        struct diag *d =
            refuse(p, "which-baseline", x->at,
                   "what is declared and what is verified may differ: which is meant?");
        diag_fix(p->d, d, "write: its declared …, or: its verified …");
        return false;
    }
    bool verified = x->verified || (!x->declared && !has_declared);
    pv->basis = verified ? &s->verified : &s->declared;
    if (pv->basis->op == MEASURE_NONE) return no_baseline(p, x);
    return true;
}

/* The tests of the act, as tests of the baseline's attributes of the same names. */
static bool map_tests(struct parser *p, const struct schedule *x, struct provision *pv)
{
    const struct kind *act = VEC_AT(p->kinds, struct kind, pv->act.kind);
    struct vec list = {0};
    for (uint32_t i = 0; i < pv->act.n_tests; i++) {
        struct attribute_test t = pv->act.tests[i];
        const struct attribute *a = &act->attributes[t.attribute];
        if (a->type == ATTRIBUTE_ACTOR) continue; /* through whom, to whom: of the act alone */
        const struct kind *k =
            pv->basis->kind == LANG_NONE ? NULL : VEC_AT(p->kinds, struct kind, pv->basis->kind);
        t.attribute = k ? kind_attribute(k, a->name) : LANG_NONE;
        if (t.attribute == LANG_NONE || k->attributes[t.attribute].type != a->type) {
            struct diag *d =
                refuse(p, "share-without-baseline", t.at,
                       "the baseline does not say how many have this \"%.*s\"", STR_ARG(a->name));
            diag_fix(p->d, d, "declare a stock of its own for these, with its own baseline");
            return false;
        }
        struct attribute_test *slot = vec_add(p, &list, sizeof *slot);
        if (!slot) return false;
        *slot = t;
    }
    (void)x;
    pv->basis_tests = list.v;
    pv->n_basis_tests = (uint32_t)list.n;
    return true;
}

static bool each_has_amount(struct parser *p, const struct schedule *x, const struct provision *pv)
{
    if (pv->basis->op != MEASURE_STATED) return true;
    const struct stock *s = VEC_AT(p->stocks, struct stock, x->stock);
    struct agreement view = {.amounts = p->amounts.v, .n_amounts = (uint32_t)p->amounts.n};
    int64_t lo, hi;
    for (uint32_t i = 0; i < pv->bearers.n; i++) {
        if (agreement_amount(&view, x->stock, pv->bearers.v[i], pv->basis == &s->verified, &lo,
                             &hi))
            continue;
        struct str who = VEC_AT(p->actors, struct actor, pv->bearers.v[i])->name;
        struct diag *d =
            refuse(p, "share-without-baseline", x->at, "nothing says how many \"%.*s\" %.*s has",
                   STR_ARG(s->label), STR_ARG(who));
        diag_fix(p->d, d, "write: %.*s declares 120 %.*s.", STR_ARG(who),
                 STR_ARG(name_spoken(p, s->name)));
        return false;
    }
    return true;
}

/* No step may ask for less than the one before it; a number and a share are not compared. */
static bool check_steps(struct parser *p, const struct vec *steps)
{
    for (size_t i = 1; i < steps->n; i++) {
        const struct schedule_step *a = VEC_AT(*steps, struct schedule_step, i - 1), *b = a + 1;
        bool less = a->den && b->den     ? b->num * a->den < a->num * b->den
                    : !a->den && !b->den ? b->count < a->count
                                         : false;
        if (!less) continue;
        struct diag *d =
            refuse(p, "falling-step", b->at, "this step asks for less than the one before it");
        diag_fix(p->d, d, "a share or number counts all that was done so far: write it in full");
        return false;
    }
    return true;
}

static bool same_start(const struct schedule_step *a, const struct schedule_step *b)
{
    if (a->deadline.op != b->deadline.op) return false;
    if (a->deadline.op == DEADLINE_BY) return true;
    return str_eq_nocase(place_text(a->after.at), place_text(b->after.at));
}

/* What was done before the trigger counts for `by` and not for `within`: one start for all. */
static bool check_starts(struct parser *p, const struct vec *steps)
{
    for (size_t i = 1; i < steps->n; i++) {
        const struct schedule_step *a = VEC_AT(*steps, struct schedule_step, 0), *b = a + i;
        if (same_start(a, b)) continue;
        struct diag *d = refuse(p, "steps-apart", b->at,
                                "this step counts what is done from another time than the first");
        diag_fix(p->d, d, "write all steps with \"by\", or all \"within\" after the same point");
        return false;
    }
    return true;
}

bool read_schedule(struct parser *p, struct draft *dr)
{
    struct schedule x = {.stock = LANG_NONE};
    struct vec steps = {0};
    p->doing = "a schedule";
    dr->pv.pattern = PATTERN_SCHEDULE;
    bool list = look_punct(p, ':');
    if (list ? !read_list(p, dr, &x, &steps) : !read_single(p, dr, &x, &steps)) return false;
    bool shares_any = false;
    for (size_t i = 0; i < steps.n; i++)
        shares_any |= VEC_AT(steps, struct schedule_step, i)->den > 0;
    dr->pv.deadline = (struct deadline){0};
    dr->pv.trigger =
        (struct trigger){.provision = LANG_NONE, .phrase = {.kind = LANG_NONE, .zone = LANG_NONE}};
    dr->pv.steps = steps.v;
    dr->pv.n_steps = (uint32_t)steps.n;
    dr->pv.stock = x.stock;
    if (!check_steps(p, &steps) || !check_starts(p, &steps)) return false;
    if (!shares_any) return true;
    return choose_baseline(p, &x, &dr->pv) && map_tests(p, &x, &dr->pv) &&
           each_has_amount(p, &x, &dr->pv);
}

/* ---- in step ---- */

bool look_in_step(const struct parser *p)
{
    struct symbol s;
    size_t n = name_match(p, p->at + (look(p, "the") ? 1 : 0), &s);
    return n && s.sort == SORT_PROCESS;
}

static bool read_gap(struct parser *p, struct provision *pv)
{
    pv->gap = -1;
    if (!eat(p, "at most")) return true;
    if (!look_number(p)) return expected(p, "a share", "write: in step at most 10 percent apart");
    struct place at = token_now(p)->at;
    size_t n = look_ahead(p, 1, "percentage points") ? 2 : 1;
    if (n == 1 && !look_ahead(p, 1, "percent") &&
        !(token_ahead(p, 1)->kind == TOKEN_PUNCT && token_ahead(p, 1)->punct == '%')) {
        struct diag *x = refuse(p, "gap-without-measure", at, "a gap of what?");
        diag_fix(p->d, x, "write a difference of shares: at most 10 percent apart");
        return false;
    }
    if (n == 2) {
        int64_t points;
        if (!read_number(p, &points)) return false;
        p->at += 2;
        pv->gap = points < 0 || points > 100 ? 10001 : points * 100;
    } else if (!read_measure(p, DIMENSION_SHARE, "10 percent", &pv->gap)) {
        return false;
    }
    if (pv->gap < 0 || pv->gap > 10000) {
        refuse(p, "bad-share", at, "two shares are between 0 and 100 %% apart");
        return false;
    }
    return expect(p, "apart", "write: in step at most 10 percent apart");
}

bool read_in_step(struct parser *p, struct draft *dr)
{
    struct provision *pv = &dr->pv;
    p->doing = "movements in step";
    pv->pattern = PATTERN_IN_STEP;
    pv->together = true;
    dr->bearer_first = dr->act_first = p->at;
    eat_article(p);
    if (!name_read(p, SORT_PROCESS, "a process", &pv->processes[0])) return false;
    if (!expect(p, "and", "write: deployment and withdrawal must proceed in step")) return false;
    eat_article(p);
    if (!name_read(p, SORT_PROCESS, "another process", &pv->processes[1])) return false;
    dr->bearer_end = p->at;
    if (pv->processes[0] == pv->processes[1]) {
        refuse(p, "same-process", place_last(p), "a process is always in step with itself");
        return false;
    }
    if (!expect(p, "must proceed in step",
                "write: deployment and withdrawal must proceed in step at most 10 percent apart"))
        return false;
    dr->act_end = p->at;
    if (!read_gap(p, pv)) return false;
    for (;;) {
        size_t back = p->at;
        eat_punct(p, ',');
        bool frame = look_frame(p);
        if (!frame && !look(p, "unless")) {
            p->at = back;
            return expect_end(p);
        }
        if (frame ? !read_frame(p, dr) : (p->at++, !read_condition(p, &pv->unless))) return false;
    }
}
