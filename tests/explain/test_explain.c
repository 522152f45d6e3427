/* Proof trees on random formulas and logs: found for every verdict, accepted by the checker, and
 * rejected by it when something in them is changed. */
#include "tests/test.h"

#include "explain/explain.h"
#include "logic/print.h"
#include "logic/safe.h"
#include "tests/explain/checker.h"
#include "tests/logic/random.h"

struct tally {
    size_t verdicts, whole, mutants, rejected;
};

struct bench {
    struct random_case c;
    struct formula *core;
    struct record record;
    const struct naive_log *log;
    int64_t base;
};

static void fill(struct bench *b, const struct naive_log *log, bool clock)
{
    b->log = log;
    b->base = clock && log->n ? log->points[0].stamp : 0;
    record_init(&b->record, &b->c.sig, clock, b->base);
    for (size_t i = 0; i < log->n; i++) {
        record_point(&b->record, log->points[i].stamp);
        for (size_t k = 0; k < log->points[i].n; k++)
            record_fact(&b->record, log->points[i].facts[k].pred, log->points[i].facts[k].values,
                        b->base + (int64_t)i, b->base + (int64_t)i);
    }
    record_end(&b->record);
    assert_false(b->record.failed);
}

static const char *shown(struct bench *b, const struct proof *p)
{
    struct buf out;
    buf_init(&out);
    formula_print(&out, &b->c.scope, b->core);
    buf_putc(&out, '\n');
    proof_text(&out, &b->c.scope, &b->record, p, 2);
    struct str s = str_dup(&b->c.arena, buf_str(&out));
    buf_free(&out);
    return s.p ? s.p : "";
}

/* ---- mutants ---- */

static size_t count(const struct proof *p)
{
    size_t n = 1;
    for (size_t i = 0; i < p->n_sub; i++) n += count(p->sub[i]);
    return n;
}

static struct proof *nth(struct proof *p, size_t *n)
{
    if ((*n)-- == 0) return p;
    for (size_t i = 0; i < p->n_sub; i++) {
        struct proof *found = nth(p->sub[i], n);
        if (found) return found;
    }
    return NULL;
}

/* Change one node so that the tree proves nothing any more, whatever the node is; put back after. */
static void mutate(struct bench *b, struct proof *root, int64_t at, const uint64_t *words,
                   struct tally *t, uint64_t *seed)
{
    size_t n = (size_t)test_below(seed, count(root));
    struct proof *p = nth(root, &n), saved = *p;
    uint64_t kind = test_below(seed, 4);
    switch (kind) {
    case 0: p->holds = !p->holds; break; /* the opposite claim */
    case 1: p->rule = (enum proof_rule)((p->rule + 1) % PROOF_UNEXPLAINED); break;
    case 2:
        if (p->n_sub)
            p->n_sub--; /* a reason is missing */
        else
            p->holds = !p->holds;
        break;
    default: p->to = p->from - 1; /* an empty stretch */
    }
    t->mutants++;
    if (check_proof(&b->c.scope, b->log, b->base, b->core, at, words, root))
        t->rejected++;
    else
        fail_msg("a mutant (%d of rule %d) is accepted: %s", (int)kind, (int)saved.rule,
                 shown(b, root));
    *p = saved;
}

/* ---- the property ---- */

static void explain_one(struct bench *b, int64_t at, const uint64_t *words, struct tally *t,
                        uint64_t *seed)
{
    struct arena a;
    struct proof *p;
    arena_init(&a);
    assert_int_equal(explain_verdict(&a, &b->c.scope, &b->record, b->core, at, words, &p),
                     STATUS_OK);
    t->verdicts++;
    if (!proof_incomplete(p)) {
        const char *why = check_proof(&b->c.scope, b->log, b->base, b->core, at, words, p);
        if (why) fail_msg("%s: %.*s\n%s", why, STR_ARG(b->c.text), shown(b, p));
        t->whole++;
        for (int i = 0; i < 4; i++) mutate(b, p, at, words, t, seed);
    } else if (getenv("TRUCE_SHOW")) {
        print_message("# incomplete: %.*s\n%s\n", STR_ARG(b->c.text), shown(b, p));
    }
    arena_free(&a);
}

static void explain_all(struct bench *b, struct tally *t, uint64_t *seed)
{
    struct naive *judge = naive_new(&b->c.scope, b->core, b->core, b->log);
    bool ok = true;
    struct varset columns = formula_columns(&b->c.arena, b->core, &ok);
    assert_non_null(judge);
    size_t settled = naive_settled(judge);
    for (size_t i = 0; i < b->log->n && i < settled; i++) {
        size_t n;
        uint32_t arity;
        uint64_t words[64];
        const uint64_t *rows = naive_at(judge, i, &n, &arity);
        for (size_t r = 0; rows && r < n && r < 5; r++) {
            for (uint32_t k = 0; k < b->core->n_fv; k++)
                for (uint32_t col = 0; col < arity; col++)
                    if (columns.v[col] == b->core->fv[k]) words[k] = rows[r * arity + col];
            explain_one(b, b->base + (int64_t)i, words, t, seed);
        }
    }
    naive_free(judge);
}

static void property(const struct random_options *o, bool clock, uint64_t first, uint64_t seeds,
                     struct tally *t)
{
    struct safe_options safe = {0};
    for (uint64_t seed = first; seed < first + seeds; seed++) {
        struct bench b = {0};
        uint64_t dice = seed;
        assert_true(random_case_open(&b.c, seed, o));
        if (safe_core(&b.c.scope, b.c.formula, &safe, &b.c.diags, &b.core) == STATUS_OK) {
            struct naive_log dense;
            naive_log_init(&dense, &b.c.arena);
            if (clock) naive_log_dense(&dense, &b.c.log);
            fill(&b, clock ? &dense : &b.c.log, clock);
            explain_all(&b, t, &dice);
            record_free(&b.record);
        }
        random_case_close(&b.c);
    }
}

static const struct random_options small = {
    .depth = 4, .points = 12, .max_step = 3, .future = true};

static void of_traces(void **state)
{
    (void)state;
    struct tally t = {0};
    property(&small, false, 0, 2500, &t);
    print_message("# %zu verdicts, %zu explained to the end, %zu of %zu mutants rejected\n",
                  t.verdicts, t.whole, t.rejected, t.mutants);
    assert_true(t.verdicts > 1000);
    assert_int_equal(t.whole, t.verdicts);
}

static void on_the_clock(void **state)
{
    (void)state;
    struct tally t = {0};
    property(&small, true, 5000, 500, &t);
    print_message("# %zu verdicts, %zu explained to the end, %zu of %zu mutants rejected\n",
                  t.verdicts, t.whole, t.rejected, t.mutants);
    assert_true(t.verdicts > 300);
    assert_int_equal(t.whole, t.verdicts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_traces),
        cmocka_unit_test(on_the_clock),
    };
    return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
