/* Proof trees on random formulas and logs: found for every verdict, accepted by the checker, and
 * rejected by it when something in them is changed. */
#include "tests/test.h"

#include "explain/explain.h"
#include "logic/print.h"
#include "logic/safe.h"
#include "tests/explain/checker.h"
#include "tests/logic/random.h"

struct tally {
    size_t verdicts, whole, mutants, rejected, narrowed;
};

struct bench {
    struct random_case c;
    struct formula *core;
    struct record record;
    const struct naive_log *log;
    int64_t base;
    bool clock;
};

static void fill(struct bench *b, struct record *r, const struct fact_key *keys)
{
    record_init(r, &b->c.sig, b->clock, b->base);
    r->keys = keys;
    for (size_t i = 0; i < b->log->n; i++) {
        const struct naive_point *p = &b->log->points[i];
        record_point(r, p->stamp);
        for (size_t k = 0; k < p->n; k++)
            record_fact(r, p->facts[k].pred, p->facts[k].values, b->base + (int64_t)i,
                        b->base + (int64_t)i);
    }
    record_end(r);
    assert_false(r->failed);
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

static size_t facts(const struct bench *b, const struct record *r)
{
    size_t n = 0;
    for (size_t i = r->start; i < r->n; i++)
        for (size_t k = 0; k < b->c.sig.n; k++) n += r->blocks[i].kept[k].n;
    return n;
}

/* From the facts alone that the verdict's values choose follows the same tree. */
static void explain_narrowed(struct bench *b, int64_t at, const uint64_t *words,
                             const struct proof *p, struct tally *t)
{
    struct arena a;
    struct record few;
    struct proof *same;
    struct buf text, other;
    arena_init(&a);
    buf_init(&text);
    buf_init(&other);
    const struct fact_key *keys = explain_keys(&a, &b->c.scope, b->core, words);
    assert_non_null(keys);
    fill(b, &few, keys);
    assert_int_equal(explain_verdict(&a, &b->c.scope, &few, b->core, at, words, &same), STATUS_OK);
    proof_text(&text, &b->c.scope, &b->record, p, 0);
    proof_text(&other, &b->c.scope, &few, same, 0);
    if (!str_eq(buf_str(&text), buf_str(&other)))
        fail_msg("%.*s\nwith all facts:\n%.*s\nwith few:\n%.*s", STR_ARG(b->c.text),
                 STR_ARG(buf_str(&text)), STR_ARG(buf_str(&other)));
    t->narrowed += facts(b, &few) < facts(b, &b->record);
    record_free(&few);
    buf_free(&text);
    buf_free(&other);
    arena_free(&a);
}

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
        explain_narrowed(b, at, words, p, t);
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
    first += test_shift();
    for (uint64_t seed = first; seed < first + seeds; seed++) {
        struct bench b = {0};
        uint64_t dice = seed;
        assert_true(random_case_open(&b.c, seed, o));
        if (safe_core(&b.c.scope, b.c.formula, &safe, &b.c.diags, &b.core) == STATUS_OK) {
            struct naive_log dense;
            naive_log_init(&dense, &b.c.arena);
            if (clock) naive_log_dense(&dense, &b.c.log);
            b.log = clock ? &dense : &b.c.log;
            b.clock = clock;
            b.base = clock && b.log->n ? b.log->points[0].stamp : 0;
            fill(&b, &b.record, NULL);
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
    assert_true(t.narrowed > t.verdicts / 4);
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
    assert_true(t.narrowed > t.verdicts / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_traces),
        cmocka_unit_test(on_the_clock),
    };
    return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
