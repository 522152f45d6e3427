/* What a tree cites, and no less, makes the verdict: the facts and absences of its leaves are taken as
 * all that is known, everything else as unknown, and the formula is evaluated in Kleene's three-valued
 * logic, by the definitions, over a finite domain.  It must hold; and with any one leaf left out it must
 * be unknown.  Shares no code with the explainer. */
#include "tests/test.h"

#include "explain/explain.h"
#include "logic/print.h"
#include "logic/safe.h"
#include "tests/logic/random.h"

enum kleene { FAILS, UNKNOWN, HOLDS };

enum { LEAVES = 64, DOMAIN = 16 };

struct bench {
    struct random_case c;
    struct formula *core;
    struct record record;
    int64_t last; /* position: the end of the log */
    const struct proof *leaves[LEAVES];
    size_t n_leaves, without;   /* the leaf left out; SIZE_MAX: none */
    uint64_t domain[8][DOMAIN]; /* by type */
    size_t n_domain[8];
    uint64_t value[256]; /* by variable */
};

/* ---- what the leaves say ---- */

static const struct binds *link_of(const struct binds *e, uint32_t var)
{
    for (; e; e = e->outer)
        for (uint32_t i = 0; i < e->n; i++)
            if (e->vars[i] == var) return e;
    return NULL;
}

static bool value_in(const struct binds *e, uint32_t var, uint64_t *word)
{
    const struct binds *l = link_of(e, var);
    for (uint32_t i = 0; l && !l->open && i < l->n; i++)
        if (l->vars[i] == var) *word = l->words[i];
    return l && !l->open;
}

/* Do the words stand for a tuple that the leaf's claim lists as an exception? */
static bool excepted(const struct proof *p, const uint64_t *words)
{
    for (uint32_t k = 0; k < p->f->n_args; k++) {
        const struct binds *l =
            p->f->args[k]->op == TERM_VAR ? link_of(p->env, p->f->args[k]->var) : NULL;
        if (!l || !l->open || !l->n_tuples) continue;
        for (size_t t = 0; t < l->n_tuples; t++) {
            uint32_t same = 0;
            for (uint32_t i = 0; i < l->n; i++)
                for (uint32_t j = 0; j < p->f->n_args; j++)
                    if (p->f->args[j]->op == TERM_VAR && p->f->args[j]->var == l->vars[i] &&
                        words[j] == l->words[t * l->n + i]) {
                        same++;
                        break;
                    }
            if (same == l->n) return true;
        }
    }
    return false;
}

static bool says(const struct proof *p, uint32_t pred, const uint64_t *words, int64_t at)
{
    if (p->f->pred != pred || at < p->from || at > p->to) return false;
    for (uint32_t k = 0; k < p->f->n_args; k++) {
        const struct term *t = p->f->args[k];
        uint64_t w = words[k];
        if (t->op == TERM_CONST) w = t->value;
        if (t->op == TERM_VAR && !value_in(p->env, t->var, &w))
            for (uint32_t j = 0; j < k; j++)
                if (p->f->args[j]->op == TERM_VAR && p->f->args[j]->var == t->var) w = words[j];
        if (w != words[k]) return false;
    }
    return !excepted(p, words);
}

static enum kleene fact(const struct bench *b, uint32_t pred, const uint64_t *words, int64_t at)
{
    if (at == b->last) return FAILS; /* nothing stands at the end of a log */
    for (size_t i = 0; i < b->n_leaves; i++)
        if (i != b->without && says(b->leaves[i], pred, words, at))
            return b->leaves[i]->holds ? HOLDS : FAILS;
    return UNKNOWN;
}

/* ---- three values ---- */

static enum kleene eval(struct bench *b, const struct formula *f, int64_t at);

static bool within(const struct bench *b, const struct formula *f, int64_t early, int64_t late)
{
    int64_t s = record_stamp((struct record *)(uintptr_t)&b->record, early);
    int64_t t = record_stamp((struct record *)(uintptr_t)&b->record, late);
    if (s == INT64_MAX) return f->bound.lo.seconds == 0;
    return instant_add(s, f->bound.lo.seconds) <= t &&
           (bound_infinite(f->bound) || t <= instant_add(s, f->bound.hi.seconds));
}

static bool looks_at(const struct bench *b, const struct formula *f, int64_t at, int64_t q)
{
    bool ahead = f->op == F_NEXT || f->op == F_EVENTUALLY || f->op == F_UNTIL;
    int64_t early = ahead ? at : q, late = ahead ? q : at;
    if (q < 0 || q > b->last || early > late) return false;
    if ((f->op == F_PREV || f->op == F_NEXT) && late != early + 1) return false;
    return within(b, f, early, late);
}

static enum kleene least_of(enum kleene a, enum kleene b)
{
    return a < b ? a : b;
}

static enum kleene eval_window(struct bench *b, const struct formula *f, int64_t at)
{
    bool two = f->n_sub == 2, ahead = f->op == F_UNTIL;
    enum kleene best = FAILS;
    for (int64_t q = 0; q <= b->last; q++) {
        if (!looks_at(b, f, at, q)) continue;
        enum kleene here = eval(b, f->sub[two], q);
        for (int64_t k = ahead ? at : q + 1; two && k < (ahead ? q : at + 1); k++)
            here = least_of(here, eval(b, f->sub[0], k));
        if (here > best) best = here;
    }
    return best;
}

static enum kleene eval_exists(struct bench *b, const struct formula *f, uint32_t k, int64_t at)
{
    if (k == f->n_vars) return eval(b, f->sub[0], at);
    enum kleene best = FAILS;
    size_t type = b->c.scope.vars[f->vars[k]].type;
    for (size_t i = 0; i < b->n_domain[type] && best != HOLDS; i++) {
        b->value[f->vars[k]] = b->domain[type][i];
        enum kleene here = eval_exists(b, f, k + 1, at);
        if (here > best) best = here;
    }
    return best;
}

static enum kleene eval_pred(struct bench *b, const struct formula *f, int64_t at)
{
    uint64_t words[8];
    for (uint32_t k = 0; k < f->n_args; k++)
        words[k] = f->args[k]->op == TERM_VAR ? b->value[f->args[k]->var] : f->args[k]->value;
    return fact(b, f->pred, words, at);
}

static enum kleene eval_compare(struct bench *b, const struct formula *f)
{
    uint64_t l, r;
    if (f->op == F_ASSIGN)
        return term_eval(f->right, b->value, &b->c.strings, &r, NULL) && b->value[f->result] == r
                   ? HOLDS
                   : FAILS;
    return term_eval(f->left, b->value, &b->c.strings, &l, NULL) &&
                   term_eval(f->right, b->value, &b->c.strings, &r, NULL) &&
                   compare_words(f->cmp, &b->c.strings, f->left->type, l, r)
               ? HOLDS
               : FAILS;
}

static enum kleene eval(struct bench *b, const struct formula *f, int64_t at)
{
    enum kleene all = f->op == F_AND ? HOLDS : FAILS;
    switch (f->op) {
    case F_TRUE: return HOLDS;
    case F_FALSE: return FAILS;
    case F_PRED: return eval_pred(b, f, at);
    case F_COMPARE:
    case F_ASSIGN: return eval_compare(b, f);
    case F_NOT: return (enum kleene)(HOLDS - eval(b, f->sub[0], at));
    case F_AND:
    case F_OR:
        for (uint32_t i = 0; i < f->n_sub; i++) {
            enum kleene one = eval(b, f->sub[i], at);
            if (f->op == F_AND ? one < all : one > all) all = one;
        }
        return all;
    case F_EXISTS: return eval_exists(b, f, 0, at);
    default: return eval_window(b, f, at);
    }
}

/* ---- cases ---- */

/* Do two terms read one variable? */
static bool reads(const struct term *t, const struct term *other)
{
    if (!t) return false;
    if (t->op == TERM_VAR && other->op == TERM_VAR) return t->var == other->var;
    if (t->op == TERM_VAR)
        return (other->a && reads(t, other->a)) || (other->b && reads(t, other->b));
    return reads(t->a, other) || reads(t->b, other);
}

/* Left out: z = z + 1, which no number satisfies.  What a tree cites beside it is superfluous by
 * arithmetic alone, which it does not claim to do (a large enough float satisfies it). */
static bool covered(const struct scope *sc, const struct formula *f)
{
    switch (f->op) {
    case F_PRED:
        if (sc->preds[f->pred].kind != PRED_EVENT) return false;
        break;
    case F_COMPARE:
        if (f->cmp == CMP_MATCHES || reads(f->left, f->right)) return false;
        break;
    case F_AGG:
    case F_LET:
    case F_LETPAST:
    case F_MATCHF:
    case F_MATCHP: return false;
    default: break;
    }
    for (uint32_t i = 0; i < f->n_sub; i++)
        if (!covered(sc, f->sub[i])) return false;
    return true;
}

static void domain_add(struct bench *b, enum value_type type, uint64_t word)
{
    for (size_t i = 0; i < b->n_domain[type]; i++)
        if (b->domain[type][i] == word) return;
    if (b->n_domain[type] < DOMAIN) b->domain[type][b->n_domain[type]++] = word;
}

static void fill(struct bench *b)
{
    memset(b->n_domain, 0, sizeof b->n_domain);
    record_init(&b->record, &b->c.sig, false, 0);
    for (size_t i = 0; i < b->c.log.n; i++) {
        const struct naive_point *pt = &b->c.log.points[i];
        record_point(&b->record, pt->stamp);
        for (size_t k = 0; k < pt->n; k++) {
            const struct predicate *def = &b->c.sig.preds[pt->facts[k].pred];
            record_fact(&b->record, pt->facts[k].pred, pt->facts[k].values, (int64_t)i, (int64_t)i);
            for (uint32_t c = 0; c < def->arity; c++)
                domain_add(b, def->columns[c].type, pt->facts[k].values[c]);
        }
    }
    record_end(&b->record);
    b->last = (int64_t)b->c.log.n;
    for (int64_t i = -2; i <= 5; i++) domain_add(b, VALUE_INT, value_of_int(i));
    domain_add(b, VALUE_INT, value_of_int(77)); /* any other */
    uint64_t other;
    value_of_float(7.5, &other);
    domain_add(b, VALUE_FLOAT, other);
    domain_add(b, VALUE_STRING, intern_add(&b->c.strings, STR("other")));
}

/* Does a say all that b says? */
static bool covers(const struct proof *a, const struct proof *b)
{
    uint64_t words[8];
    bool same = true, closed = true;
    if (a->f->pred != b->f->pred || a->holds != b->holds || a->from > b->from || a->to < b->to)
        return false;
    for (uint32_t k = 0; k < a->f->n_args; k++) {
        const struct term *s = a->f->args[k], *t = b->f->args[k];
        uint64_t x = s->op == TERM_CONST ? s->value : 0;
        bool has_x = s->op == TERM_CONST || value_in(a->env, s->var, &x);
        bool has_y = t->op == TERM_CONST || value_in(b->env, t->var, &words[k]);
        if (t->op == TERM_CONST) words[k] = t->value;
        same = same && has_x == has_y && (!has_x || x == words[k]);
        closed = closed && has_y;
    }
    return same || (closed && says(a, b->f->pred, words, b->from));
}

/* The leaves, but those that another covers; false: too many. */
static bool collect(struct bench *b, const struct proof *p)
{
    for (size_t i = 0; i < p->n_sub; i++)
        if (!collect(b, p->sub[i])) return false;
    if (p->rule != PROOF_FACT && p->rule != PROOF_ABSENT) return true;
    for (size_t i = 0; i < b->n_leaves; i++)
        if (covers(b->leaves[i], p)) return true;
    size_t kept = 0;
    for (size_t i = 0; i < b->n_leaves; i++)
        if (!covers(p, b->leaves[i])) b->leaves[kept++] = b->leaves[i];
    b->n_leaves = kept;
    if (b->n_leaves == LEAVES) return false;
    b->leaves[b->n_leaves++] = p;
    return true;
}

static const char *shown(struct bench *b, const struct proof *p)
{
    struct buf out;
    buf_init(&out);
    naive_log_write(&out, &b->c.log, &b->c.sig);
    formula_print(&out, &b->c.scope, b->core);
    buf_putc(&out, '\n');
    proof_text(&out, &b->c.scope, &b->record, p, 2);
    if (b->without < b->n_leaves) {
        buf_puts(&out, "without:\n");
        proof_text(&out, &b->c.scope, &b->record, b->leaves[b->without], 2);
    }
    struct str s = str_dup(&b->c.arena, buf_str(&out));
    buf_free(&out);
    return s.p ? s.p : "";
}

struct tally {
    size_t trees, leaves;
};

static void check_one(struct bench *b, int64_t at, const uint64_t *words, struct tally *t)
{
    struct arena a;
    struct proof *p;
    arena_init(&a);
    assert_int_equal(explain_verdict(&a, &b->c.scope, &b->record, b->core, at, words, &p),
                     STATUS_OK);
    b->n_leaves = 0;
    if (!proof_incomplete(p) && collect(b, p)) {
        for (uint32_t k = 0; k < b->core->n_fv; k++) b->value[b->core->fv[k]] = words[k];
        b->without = SIZE_MAX;
        if (eval(b, b->core, at) != HOLDS) fail_msg("not enough is cited:\n%s", shown(b, p));
        for (b->without = 0; b->without < b->n_leaves; b->without++)
            if (eval(b, b->core, at) == HOLDS) fail_msg("too much is cited:\n%s", shown(b, p));
        t->trees++;
        t->leaves += b->n_leaves;
    }
    arena_free(&a);
}

static void nothing_can_be_left_out(void **state)
{
    (void)state;
    static struct bench b;
    struct random_options small = {.depth = 3, .points = 6, .max_step = 3, .future = true};
    struct safe_options safe = {0};
    struct tally t = {0};
    for (uint64_t seed = 70000; seed < 75000; seed++) {
        assert_true(random_case_open(&b.c, seed + test_shift(), &small));
        if (safe_core(&b.c.scope, b.c.formula, &safe, &b.c.diags, &b.core) == STATUS_OK &&
            covered(&b.c.scope, b.core) && b.c.scope.n_vars < 256) {
            fill(&b);
            struct naive *judge = naive_new(&b.c.scope, b.core, b.core, &b.c.log);
            assert_non_null(judge);
            for (size_t i = 0; i < b.c.log.n && i < naive_settled(judge); i++) {
                size_t n;
                const uint64_t *rows = naive_tuples(judge, i, &n);
                for (size_t r = 0; r < n && r < 3; r++)
                    check_one(&b, (int64_t)i, rows + r * b.core->n_fv, &t);
            }
            naive_free(judge);
            record_free(&b.record);
        }
        random_case_close(&b.c);
    }
    print_message("# %zu trees with %zu leaves\n", t.trees, t.leaves);
    assert_true(t.trees > 800);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_can_be_left_out)};
    return cmocka_run_group_tests_name("minimal", tests, NULL, NULL);
}
