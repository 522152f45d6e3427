/* The agreed verdicts: 790 cases, each run by the engine whole and in small batches. */
#include "../logic/oracle.h"
#include "../test.h"
#include "engine/engine.h"
#include "logic/print.h"
#include "logic/safe.h"

#include <math.h>

/* ---- reading a log into per-position facts ---- */

struct fact {
    size_t at;
    uint32_t pred;
    uint64_t words[8];
};

struct log {
    struct arena *arena;
    int64_t *stamps;
    size_t n, cap;
    struct fact *facts;
    size_t n_facts, cap_facts;
};

static const char *skip_blank(const char *p, const char *end)
{
    while (p < end && (*p == ' ' || *p == '\n')) p++;
    return p;
}

static const char *read_value(struct oracle_case *c, const char *p, const char *end,
                              enum value_type type, uint64_t *out)
{
    struct str s = {p, 0};
    if (*p == '"') {
        s.p = ++p;
        while (p < end && *p != '"') p++;
        s.n = (size_t)(p++ - s.p);
        *out = intern_add(&c->strings, s);
        return p;
    }
    while (p < end && *p != ',' && *p != ')') p++;
    s.n = (size_t)(p - s.p);
    int64_t i = 0;
    double f = 0;
    if (type == VALUE_STRING) {
        *out = intern_add(&c->strings, s);
        return p;
    }
    if (type == VALUE_INT) {
        assert_true(value_parse_int(s, &i));
        *out = value_of_int(i);
    } else {
        assert_true(type == VALUE_FLOAT ? value_parse_float(s, &f) : false);
        value_of_float(f, out);
    }
    return p;
}

static void read_log(struct oracle_case *c, struct log *log)
{
    const char *p = c->log.p, *end = p + c->log.n;
    uint32_t pred = UINT32_MAX;
    for (p = skip_blank(p, end); p < end; p = skip_blank(p, end)) {
        const char *q = p;
        if (*p == '@') {
            while (q < end && *q != ' ' && *q != '\n') q++;
            int64_t stamp = 0;
            assert_true(value_parse_int((struct str){p + 1, (size_t)(q - p - 1)}, &stamp));
            log->stamps = arena_grow(log->arena, log->stamps, log->n, &log->cap, sizeof stamp);
            log->stamps[log->n++] = stamp;
        } else if (*p == '(') {
            log->facts = arena_grow(log->arena, log->facts, log->n_facts, &log->cap_facts,
                                    sizeof *log->facts);
            struct fact *f = &log->facts[log->n_facts++];
            *f = (struct fact){.at = log->n - 1, .pred = pred};
            const struct predicate *sig = &c->sig.preds[pred];
            q = p + 1;
            for (uint32_t k = 0; k < sig->arity; k++) {
                q = read_value(c, q, end, sig->columns[k].type, &f->words[k]);
                q++;
            }
            if (!sig->arity) q++;
        } else {
            while (q < end && *q != '(' && *q != ' ' && *q != '\n') q++;
            pred = signature_find_str(&c->sig, (struct str){p, (size_t)(q - p)});
            assert_true(pred != UINT32_MAX);
        }
        p = q;
    }
}

/* ---- verdicts as text, one line a position, tuples sorted ---- */

struct verdicts {
    size_t *n; /* by position: how many tuples, and their texts */
    char ***at;
    size_t positions;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void verdicts_init(struct arena *a, struct verdicts *v, size_t positions)
{
    *v = (struct verdicts){.positions = positions};
    v->n = arena_array(a, positions + 1, sizeof *v->n);
    v->at = arena_array(a, positions + 1, sizeof *v->at);
}

static void verdicts_add(struct arena *a, struct verdicts *v, size_t i, const char *text)
{
    assert_true(i < v->positions);
    char **more = arena_array(a, v->n[i] + 1, sizeof *more);
    if (v->n[i]) memcpy(more, v->at[i], v->n[i] * sizeof *more);
    size_t size = strlen(text) + 1;
    more[v->n[i]] = arena_alloc(a, size);
    memcpy(more[v->n[i]++], text, size);
    v->at[i] = more;
}

/* A tuple's text in canonical form: floats to six significant digits. */
static void put_value(struct buf *b, struct oracle_case *c, enum value_type type, uint64_t word)
{
    if (type == VALUE_STRING) {
        struct str s = intern_str(&c->strings, (uint32_t)word);
        buf_fmt(b, "\"%.*s\"", STR_ARG(s));
    } else if (type == VALUE_FLOAT) {
        buf_fmt(b, "%.6g", value_float(word));
    } else {
        buf_fmt(b, "%ld", (long)value_int(word));
    }
    buf_putc(b, ';');
}

/* Expected tuples, in the printed order of columns. */
static void read_expected(struct oracle_case *c, struct verdicts *v, struct varset columns)
{
    const char *p = c->expected.p, *end = p + c->expected.n;
    struct buf b;
    buf_init(&b);
    while (p < end) {
        const char *tp = strstr(p, "time point ");
        if (!tp || tp >= end) break;
        size_t at = strtoul(tp + 11, NULL, 10);
        p = strchr(tp, ':') + 1;
        for (p = skip_blank(p, end); p < end && *p != '@'; p = skip_blank(p, end)) {
            buf_clear(&b);
            if (*p == 't') {
                p += 4;
            } else {
                p++;
                for (uint32_t k = 0; k < columns.n; k++) {
                    enum value_type type = c->scope.vars[columns.v[k]].type;
                    uint64_t word;
                    p = read_value(c, p, end, type, &word) + 1;
                    put_value(&b, c, type, word);
                }
                if (!columns.n) p++;
            }
            buf_putc(&b, '\0');
            verdicts_add(&c->arena, v, at, b.p);
        }
    }
    buf_free(&b);
}

static void take_rows(struct oracle_case *c, struct engine *e, const struct plan *p,
                      struct varset columns, int64_t first, struct verdicts *v)
{
    int64_t lo, hi;
    const struct table *t = engine_rows(e, &lo, &hi);
    const uint32_t *vars;
    size_t n = plan_columns(p, &vars);
    struct buf b;
    buf_init(&b);
    for (size_t r = 0; r < t->n; r++) {
        buf_clear(&b);
        for (uint32_t k = 0; k < columns.n; k++) {
            size_t col = 0;
            while (col < n && vars[col] != columns.v[k]) col++;
            put_value(&b, c, c->scope.vars[columns.v[k]].type, t->col[col][r]);
        }
        buf_putc(&b, '\0');
        for (int64_t i = t->from[r]; i <= t->to[r]; i++)
            verdicts_add(&c->arena, v, (size_t)(i - first), b.p);
    }
    buf_free(&b);
}

/* ---- running a case ---- */

static void add_facts(struct feed *f, const struct plan *p, const struct log *log, size_t *next,
                      size_t points, bool clock)
{
    const struct plan_input *in;
    size_t n = plan_inputs(p, &in);
    for (; *next < log->n_facts && log->facts[*next].at < points; ++*next) {
        const struct fact *a = &log->facts[*next];
        int64_t at = clock ? log->stamps[a->at] : (int64_t)a->at;
        for (size_t k = 0; k < n; k++)
            if (in[k].pred == a->pred) table_add(&f->tables[k], at, at, a->words);
    }
}

static void run(struct oracle_case *c, const struct plan *p, const struct log *log, size_t batch,
                bool clock, struct varset columns, struct verdicts *v)
{
    int64_t first = clock ? log->stamps[0] : 0;
    struct engine *e = engine_new(p, &c->strings, NULL, 0, first);
    assert_non_null(e);
    struct feed f;
    feed_init(&f, p);
    size_t fact = 0;
    int64_t done = first;
    for (size_t i = 0; i < log->n; i += batch) {
        size_t end = i + batch < log->n ? i + batch : log->n;
        feed_clear(&f, clock ? done : (int64_t)i);
        for (size_t k = i; !clock && k < end; k++) feed_point(&f, log->stamps[k]);
        /* On the clock a second is complete when a later stamp has been seen. */
        while (clock && end < log->n && log->stamps[end] == log->stamps[end - 1]) end++;
        add_facts(&f, p, log, &fact, end, clock);
        f.upto = end < log->n ? log->stamps[end] - 1 : log->stamps[end - 1];
        assert_int_equal(engine_feed(e, &f), STATUS_OK);
        done = f.upto + 1;
        take_rows(c, e, p, columns, first, v);
        if (clock) i = end - batch;
    }
    assert_int_equal(engine_finish(e, true), STATUS_OK);
    take_rows(c, e, p, columns, first, v);
    feed_free(&f);
    engine_free(e);
}

static bool same_verdicts(struct oracle_case *c, struct verdicts *want, struct verdicts *got,
                          size_t batch)
{
    for (size_t i = 0; i < want->positions; i++) {
        bool same = want->n[i] == got->n[i];
        if (want->n[i]) qsort(want->at[i], want->n[i], sizeof(char *), by_text);
        if (got->n[i]) qsort(got->at[i], got->n[i], sizeof(char *), by_text);
        for (size_t k = 0; same && k < want->n[i]; k++)
            same = strcmp(want->at[i][k], got->at[i][k]) == 0;
        if (same) continue;
        struct buf b;
        buf_init(&b);
        for (size_t k = 0; k < want->n[i]; k++) buf_fmt(&b, " want (%s)", want->at[i][k]);
        for (size_t k = 0; k < got->n[i]; k++) buf_fmt(&b, " got (%s)", got->at[i][k]);
        print_error("%s batch %zu position %zu:%.*s\n%.*s\n", c->name, batch, i,
                    STR_ARG(buf_str(&b)), STR_ARG(c->text));
        buf_free(&b);
        return false;
    }
    return true;
}

/* Does the engine give the verdicts of a case? */
static bool one_case(const char *set, unsigned number)
{
    struct oracle_case c;
    assert_true(oracle_open(&c, set, number));
    if (!c.formula) fail_msg("%s: %s", c.name, oracle_errors(&c));
    bool clock = strcmp(set, "clock") == 0;
    struct formula *core;
    struct safe_options so = {.unbounded_future = false};
    if (safe_core(&c.scope, c.formula, &so, &c.diags, &core) != STATUS_OK)
        fail_msg("%s: %s", c.name, oracle_errors(&c));
    struct plan *p;
    struct plan_options po = {.clock = clock, .polarity = POLARITY_EXACT, .written = c.formula};
    if (plan_compile(core, &c.scope, &po, &c.diags, &p) != STATUS_OK)
        fail_msg("%s: %s", c.name, oracle_errors(&c));
    struct log log = {.arena = &c.arena};
    read_log(&c, &log);
    bool ok = true;
    struct varset columns = formula_columns(&c.arena, c.formula, &ok);
    size_t positions = clock ? (size_t)(log.stamps[log.n - 1] - log.stamps[0]) + 1 : log.n;
    struct verdicts want, got;
    verdicts_init(&c.arena, &want, positions);
    read_expected(&c, &want, columns);
    static const size_t batches[] = {1000, 1, 3};
    for (size_t k = 0; ok && k < 3; k++) {
        verdicts_init(&c.arena, &got, positions);
        run(&c, p, &log, batches[k], clock, columns, &got);
        ok = same_verdicts(&c, &want, &got, batches[k]);
    }
    plan_free(p);
    oracle_close(&c);
    return ok;
}

static void all(const char *set, unsigned expected)
{
    const char *only = getenv("CASE");
    assert_int_equal(oracle_cases(set), expected);
    unsigned wrong = 0;
    for (unsigned i = 0; i < expected; i++)
        if (!only || strtoul(only, NULL, 10) == i) wrong += !one_case(set, i);
    assert_int_equal(wrong, 0);
}

static void test_trace(void **state)
{
    (void)state;
    all("trace", 400);
}

static void test_wide(void **state)
{
    (void)state;
    all("wide", 240);
}

static void test_clock(void **state)
{
    (void)state;
    all("clock", 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trace),
        cmocka_unit_test(test_wide),
        cmocka_unit_test(test_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
