/* The judge is judged: its verdicts are those that MonPoly and VeriMon agreed upon, evaluated from
 * the formula as written and from its core form. */
#include "tests/test.h"

#include "logic/safe.h"
#include "tests/logic/naive.h"
#include "tests/logic/oracle.h"

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The tuples of a line, sorted: "(1,2) (3,4)". */
static struct str sorted(struct arena *a, struct str line)
{
    struct str texts[4096];
    size_t n = 0, from = 0;
    bool quoted = false;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '"') quoted = !quoted;
        if (quoted) continue;
        if (line.p[i] == '(') from = i;
        if (line.p[i] == ')') texts[n++] = str_slice(line, from, i + 1);
        assert_true(n < 4096);
    }
    if (n == 0) return str_trim(line);
    qsort(texts, n, sizeof *texts, by_text);
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < n; i++) {
        if (i && str_eq(texts[i], texts[i - 1])) continue;
        if (i) buf_putc(&b, ' ');
        buf_add(&b, texts[i]);
    }
    struct str all = str_dup(a, buf_str(&b));
    buf_free(&b);
    return all;
}

/* What is expected at time-point i; empty when nothing is. */
static struct str *read_expected(struct oracle_case *c, size_t n)
{
    struct str *lines = arena_array(&c->arena, n + 1, sizeof *lines);
    size_t at = 0;
    while (at < c->expected.n) {
        size_t end = at;
        while (end < c->expected.n && c->expected.p[end] != '\n') end++;
        struct str line = str_slice(c->expected, at, end);
        at = end + 1;
        size_t open = 0;
        while (open < line.n && line.p[open] != '(') open++;
        struct str rest = str_slice(line, open, line.n), head = STR("(time point ");
        if (!str_starts(rest, head)) continue;
        unsigned long point = strtoul(rest.p + head.n, NULL, 10);
        size_t colon = 0;
        while (line.p[colon] != ':') colon++;
        assert_true(point < n);
        lines[point] = sorted(&c->arena, str_slice(line, colon + 1, line.n));
    }
    return lines;
}

static void check_formula(struct oracle_case *c, const struct formula *f,
                          const struct naive_log *log, const struct str *expected, const char *what)
{
    struct naive *n = naive_new(&c->scope, f, c->formula, log);
    for (size_t i = 0; i < log->n; i++) {
        struct str got = naive_text(&c->arena, n, i);
        if (!str_eq(got, expected[i]))
            fail_msg("%s (%s) at %zu: got %.*s, expected %.*s\n%.*s", c->name, what, i,
                     STR_ARG(got), STR_ARG(expected[i]), STR_ARG(c->text));
    }
    naive_free(n);
}

static void check_case(const char *set, unsigned number)
{
    struct oracle_case c;
    struct formula *core;
    assert_true(oracle_open(&c, set, number) && c.formula);
    struct naive_log log, dense;
    naive_log_init(&log, &c.arena);
    naive_log_init(&dense, &c.arena);
    if (!naive_log_read(&log, &c.sig, c.log)) fail_msg("%s: the log is not read", c.name);
    bool clock = strcmp(set, "clock") == 0;
    if (clock) naive_log_dense(&dense, &log);
    const struct naive_log *evaluated = clock ? &dense : &log;
    struct str *expected = read_expected(&c, evaluated->n);
    if (safe_core(&c.scope, c.formula, NULL, &c.diags, &core) != STATUS_OK)
        fail_msg("%s: %s", c.name, oracle_errors(&c));
    check_formula(&c, c.formula, evaluated, expected, "as written");
    check_formula(&c, core, evaluated, expected, "core form");
    oracle_close(&c);
}

static void check_set(const char *set)
{
    for (unsigned i = 0; i < oracle_cases(set); i++) check_case(set, i);
}

static void trace(void **state)
{
    (void)state;
    check_set("trace");
}

static void wide(void **state)
{
    (void)state;
    check_set("wide");
}

static void clock_cases(void **state)
{
    (void)state;
    check_set("clock");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trace),
        cmocka_unit_test(wide),
        cmocka_unit_test(clock_cases),
    };
    return cmocka_run_group_tests_name("logic/oracle_naive", tests, NULL, NULL);
}
