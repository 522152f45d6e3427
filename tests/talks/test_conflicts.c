/* Conflicts, concessions, deadlocks and breaks against references that try every subset. */
#include "tests/test.h"

#include "talks/conflicts.h"
#include "talks/order.h"
#include "talks/system.h"
#include "talks/talks.h"

static struct arena arena;
static struct diags diags;
static struct talks talks;
static Z3_context z3;

static void read_text(const struct buf *text)
{
    arena_free(&arena);
    arena_init(&arena);
    diags_init(&diags, &arena);
    const struct source *source = source_new(&arena, STR("t.md"), buf_str(text));
    assert_non_null(source);
    enum status status = talks_read(&arena, source, &diags, &talks);
    if (status != STATUS_OK) {
        struct buf b;
        buf_init(&b);
        diags_render(&diags, &b, false);
        fail_msg("%.*s", (int)b.n, b.p);
    }
}

static const char head[] = "# T\n\n```truce\ntalks \"T\".\nside north \"N\".\nside south \"S\".\n"
                           "speaker a \"A\" of north.\nspeaker b \"B\" of south.\n";
static const char tail[] = "; in \"R\"; original not available.\n";

/* --- the reference for positions: every outcome, every subset -------------------------------- */

static bool clause_holds(const struct clause *c, uint32_t outcome)
{
    for (uint32_t i = 0; i < c->n; i++) {
        int32_t l = c->literals[i];
        bool value = outcome >> (l > 0 ? l - 1 : -l - 1) & 1;
        if (value == (l > 0)) return true;
    }
    return false;
}

static bool goes_together(const struct system *s, uint32_t set)
{
    for (uint32_t outcome = 0; outcome < 1U << s->n_vars; outcome++) {
        bool good = true;
        for (uint32_t i = 0; i < s->n_hards && good; i++)
            good = clause_holds(&s->hards[i].clause, outcome);
        for (uint32_t i = 0; i < s->n_premises && good; i++)
            for (uint32_t k = 0; k < s->premises[i].n && good && set >> i & 1; k++)
                good = clause_holds(&s->premises[i].clauses[k], outcome);
        if (good) return true;
    }
    return false;
}

static uint32_t mask_of(const struct system *s, const uint32_t *statements, uint32_t n)
{
    uint32_t mask = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < s->n_premises; k++)
            if (s->premises[k].statement == statements[i]) mask |= 1U << k;
    return mask;
}

static size_t times(const uint32_t *v, size_t n, uint32_t x)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += v[i] == x;
    return count;
}

static void random_position(uint64_t *seed, struct buf *b, const uint32_t *options, uint32_t issues)
{
    uint64_t atoms = test_below(seed, 5) == 0 ? 2 : 1;
    const char *joint = test_below(seed, 2) ? " and " : " or ";
    for (uint64_t i = 0; i < atoms; i++) {
        uint64_t issue = test_below(seed, issues);
        if (i) buf_puts(b, joint);
        buf_fmt(b, "i%d is %so%d", (int)issue, test_below(seed, 6) == 0 ? "not " : "",
                (int)test_below(seed, options[issue]));
    }
}

static void random_talks(uint64_t *seed, struct buf *b)
{
    static const char *const choices[] = {"", ", exactly one", ", any number", ""};
    static const char *const verbs[] = {"demands that", "offers that",
                                        "refuses that", "draws a red line that",
                                        "accepts that", "could discuss that"};
    uint32_t options[3], issues = 1 + (uint32_t)test_below(seed, 3);
    buf_clear(b);
    buf_puts(b, head);
    for (uint32_t i = 0; i < issues; i++) {
        options[i] = 1 + (uint32_t)test_below(seed, 3);
        buf_fmt(b, "issue i%u \"I\"%s:", i, choices[test_below(seed, 4)]);
        for (uint32_t k = 0; k < options[i]; k++) buf_fmt(b, " - o%u \"O\"", k);
        buf_puts(b, ".\n");
    }
    if (test_below(seed, 2)) {
        buf_puts(b, "dependency d: ");
        random_position(seed, b, options, issues);
        buf_puts(b, test_below(seed, 2) ? " requires " : " excludes ");
        random_position(seed, b, options, issues);
        buf_puts(b, ".\n");
    }
    uint64_t n = 2 + test_below(seed, 7);
    for (uint64_t i = 0; i < n; i++) {
        buf_fmt(b, "statement s%d: %s ", (int)i, test_below(seed, 2) ? "a" : "b");
        uint64_t kind = test_below(seed, 9);
        if (kind < 6)
            buf_fmt(b, "%s ", verbs[kind]);
        else
            buf_puts(b, "holds that ");
        random_position(seed, b, options, issues);
        if (kind >= 6) {
            buf_puts(b, kind == 6 ? " only if " : " only after ");
            random_position(seed, b, options, issues);
        }
        buf_puts(b, tail);
    }
    buf_puts(b, "```\n");
}

/* A minimal correction set of the whole is one concession of every part that needs one; so a set that
 * is listed must be minimal within its part, and none may be missing there. */
static void compare_positions(const struct system *s, const struct conflicts *c)
{
    uint32_t all = (1U << s->n_premises) - 1, n_mus = 0;
    uint32_t *listed = arena_array(&arena, c->n_conflicts + 1, sizeof *listed);
    size_t n_listed = 0;
    for (size_t i = 0; i < c->n_conflicts; i++)
        if (!c->conflicts[i].authority)
            listed[n_listed++] = mask_of(s, c->conflicts[i].statements, c->conflicts[i].n);
    for (uint32_t set = 1; set <= all; set++) {
        bool minimal = !goes_together(s, set);
        for (uint32_t i = 0; i < s->n_premises && minimal; i++)
            if (set >> i & 1) minimal = goes_together(s, set & ~(1U << i));
        assert_int_equal(times(listed, n_listed, set), minimal);
        n_mus += minimal;
    }
    assert_int_equal(n_listed, n_mus);
    uint32_t *ways = arena_array(&arena, c->n_concessions + 1, sizeof *ways);
    for (uint32_t part = 0; part < s->n_parts; part++) {
        uint32_t members = 0;
        size_t n_ways = 0;
        for (uint32_t i = 0; i < s->n_premises; i++)
            if (s->premises[i].part == part) members |= 1U << i;
        for (size_t i = 0; i < c->n_concessions; i++)
            if (c->concessions[i].part == part)
                ways[n_ways++] = mask_of(s, c->concessions[i].statements, c->concessions[i].n);
        for (uint32_t set = 1; set <= all; set++) {
            if (set & ~members) continue;
            bool minimal = goes_together(s, members & ~set);
            for (uint32_t i = 0; i < s->n_premises && minimal; i++)
                if (set >> i & 1) minimal = !goes_together(s, members & ~(set & ~(1U << i)));
            if (goes_together(s, members)) minimal = false;
            assert_int_equal(times(ways, n_ways, set), minimal);
        }
    }
}

static void conflicts_are_all_and_minimal(void **state)
{
    (void)state;
    uint64_t seed = 11;
    struct buf text;
    buf_init(&text);
    for (int round = 0; round < 150; round++) {
        random_talks(&seed, &text);
        read_text(&text);
        struct conflict_query q = {.as_of = DAY_UNKNOWN};
        struct conflicts c;
        struct system s;
        assert_int_equal(conflicts_find(&arena, z3, &talks, &q, &c), STATUS_OK);
        assert_true(system_build(&arena, &talks, DAY_UNKNOWN, USE_CONFLICTS, NULL, &s));
        if (!goes_together(&s, 0))
            continue; /* options that exclude themselves: no outcome at all */
        compare_positions(&s, &c);
        /* Told again, once each part is known, it is the same. */
        q.recall = recall_new(&arena);
        for (int time = 0; time < 2; time++) {
            assert_int_equal(conflicts_find(&arena, z3, &talks, &q, &c), STATUS_OK);
            compare_positions(&s, &c);
        }
    }
    buf_free(&text);
}

/* --- the reference for order ----------------------------------------------------------------- */

/* Can the nodes be given ranks so that every edge of the set holds?  Tried by relaxing as often as
 * there are nodes: a rank above that needs a circle. */
static bool has_order(const struct graph *g, uint32_t set)
{
    uint32_t rank[64] = {0};
    assert_true(g->n_nodes < 64);
    for (uint32_t round = 0; round <= g->n_nodes; round++) {
        bool changed = false;
        for (size_t i = 0; i < g->n_edges; i++) {
            const struct edge *e = &g->edges[i];
            if (!(set >> e->link & 1)) continue;
            uint32_t least = rank[e->from] + (e->tie == TIE_AFTER);
            if (rank[e->to] >= least) continue;
            rank[e->to] = least;
            changed = true;
        }
        if (!changed) return true;
    }
    return false;
}

static void random_links(uint64_t *seed, struct buf *b)
{
    buf_clear(b);
    buf_puts(b, head);
    buf_puts(
        b, "issue i \"I\", any number: - o0 \"O\" - o1 \"O\" - o2 \"O\" - o3 \"O\" - o4 \"O\".\n");
    uint64_t n = 3 + test_below(seed, 6);
    for (uint64_t i = 0; i < n; i++)
        buf_fmt(b, "statement s%d: a holds that i is o%d only %s i is o%d%s", (int)i,
                (int)test_below(seed, 5), test_below(seed, 4) ? "after" : "if",
                (int)test_below(seed, 5), tail);
    buf_puts(b, "```\n");
}

static uint32_t link_mask(const struct graph *g, const uint32_t *statements, uint32_t n)
{
    uint32_t mask = 0;
    for (uint32_t i = 0; i < n; i++)
        for (size_t k = 0; k < g->n_links; k++)
            if (g->links[k].statement == statements[i]) mask |= 1U << k;
    return mask;
}

static void deadlocks_are_all_and_minimal(void **state)
{
    (void)state;
    uint64_t seed = 5;
    struct buf text;
    buf_init(&text);
    for (int round = 0; round < 120; round++) {
        random_links(&seed, &text);
        read_text(&text);
        struct conflict_query q = {.as_of = DAY_UNKNOWN};
        struct sequence s;
        assert_int_equal(sequence_find(&arena, z3, &talks, &q, &s), STATUS_OK);
        const struct graph *g = &s.graph;
        uint32_t all = (1U << g->n_links) - 1;
        size_t minimal_sets = 0;
        uint32_t *listed = arena_array(&arena, s.n_deadlocks + 1, sizeof *listed);
        for (size_t i = 0; i < s.n_deadlocks; i++)
            listed[i] = link_mask(g, s.deadlocks[i].statements, s.deadlocks[i].n);
        for (uint32_t set = 1; set <= all; set++) {
            bool minimal = !has_order(g, set);
            for (uint32_t i = 0; i < g->n_links && minimal; i++)
                if (set >> i & 1) minimal = has_order(g, set & ~(1U << i));
            assert_int_equal(times(listed, s.n_deadlocks, set), minimal);
            minimal_sets += minimal;
        }
        assert_int_equal(s.n_deadlocks, minimal_sets);
        /* Every break admits an order, and placing respects it. */
        for (size_t i = 0; i < s.n_breaks; i++) {
            struct placed *order;
            size_t n;
            assert_true(sequence_order(&arena, &s, &s.breaks[i], &order, &n));
            assert_true(s.breaks[i].n > 0);
        }
        if (s.n_deadlocks) assert_true(s.n_breaks > 0);
    }
    buf_free(&text);
}

static void ways_out_of_one_circle(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text);
    buf_puts(&text, head);
    buf_puts(
        &text,
        "issue i \"I\", any number: - x \"X\" - y \"Y\" - z \"Z\".\n"
        "statement s1: a holds that i is x only after i is y; in \"R\"; original not available.\n"
        "statement s2: b holds that i is y only after i is z; in \"R\"; original not available.\n"
        "assumption s3: i is z only after i is x; because \"so\".\n"
        "step t: i is y takes 5 days, not before 2025-04-01.\n```\n");
    read_text(&text);
    struct conflict_query q = {.as_of = DAY_UNKNOWN};
    struct sequence s;
    assert_int_equal(sequence_find(&arena, z3, &talks, &q, &s), STATUS_OK);
    assert_int_equal(s.n_deadlocks, 1);
    assert_int_equal(s.deadlocks[0].n, 3);
    assert_true(s.deadlocks[0].assumed);
    size_t kinds[3] = {0};
    for (size_t i = 0; i < s.n_breaks; i++) {
        assert_int_equal(s.breaks[i].n, 1);
        kinds[s.breaks[i].changes[0].kind]++;
    }
    assert_int_equal(kinds[CHANGE_WITHDRAW], 3);
    assert_int_equal(kinds[CHANGE_INTERIM], 3);
    assert_int_equal(kinds[CHANGE_TOGETHER], 1);
    buf_free(&text);
}

static void authority_collides(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text);
    buf_puts(&text, head);
    buf_puts(
        &text,
        "issue i \"I\": - x \"X\" - y \"Y\".\n"
        "statement c1: a claims that north decides i, not south; in \"R\"; original not "
        "available.\n"
        "statement c2: b claims that north and south decide i; in \"R\"; original not available.\n"
        "statement r: b refuses that i is x; in \"R\"; original not available.\n"
        "statement w: b warns that if i is x, then \"war\"; in \"R\"; original not "
        "available.\n```\n");
    read_text(&text);
    struct conflict_query q = {.as_of = DAY_UNKNOWN};
    struct conflicts c;
    assert_int_equal(conflicts_find(&arena, z3, &talks, &q, &c), STATUS_OK);
    assert_int_equal(c.n_conflicts, 2);
    assert_true(c.conflicts[0].authority && c.conflicts[1].authority);
    assert_int_equal(c.conflicts[1].n_warnings, 1);
    assert_int_equal(c.n_concessions, 0);
    buf_free(&text);
}

/* A part is known again only while nothing in it changed: a superseding refusal makes it another. */
static void recall_is_of_the_same_part_only(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text);
    buf_puts(&text, head);
    buf_puts(&text,
             "issue i \"I\": - x \"X\" - y \"Y\".\n"
             "statement d: a demands that i is x; in \"R\"; published 2025-03-01; original not "
             "available.\n"
             "statement r: b refuses that i is x; in \"R\"; published 2025-03-05; original not "
             "available.\n"
             "statement e: b demands that i is y; in \"R\"; published 2025-03-09; original not "
             "available.\n```\n");
    read_text(&text);
    struct recall *recall = recall_new(&arena);
    static const struct {
        int day;
        size_t conflicts, concessions;
    } cases[] = {{9, 2, 2}, {1, 0, 0}, {5, 1, 2}, {9, 2, 2}, {5, 1, 2}, {1, 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conflict_query q = {.as_of = (int32_t)civil_to_days(2025, 3, cases[i].day),
                                   .recall = recall};
        struct conflicts c;
        assert_int_equal(conflicts_find(&arena, z3, &talks, &q, &c), STATUS_OK);
        assert_int_equal(c.n_conflicts, cases[i].conflicts);
        assert_int_equal(c.n_concessions, cases[i].concessions);
    }
    buf_free(&text);
}

/* What is not yet known, superseded, proposed or half-said makes no conflict. */
static void what_does_not_count(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text);
    buf_puts(&text, head);
    buf_puts(
        &text,
        "issue i \"I\": - x \"X\" - y \"Y\".\n"
        "statement d: a demands that i is x; in \"R\"; published 2025-03-01; original not "
        "available.\n"
        "statement r: b refuses that i is x; in \"R\"; published 2025-03-05; original not "
        "available.\n"
        "statement r2: b could discuss that i is x; in \"R\"; published 2025-03-09; original not "
        "available; supersedes r.\n"
        "proposed p: b said; in \"R\"; original not available.\n```\n");
    read_text(&text);
    static const struct {
        int day;
        size_t conflicts;
    } cases[] = {{1, 0}, {4, 0}, {5, 1}, {8, 1}, {9, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conflict_query q = {.as_of = (int32_t)civil_to_days(2025, 3, cases[i].day)};
        struct conflicts c;
        assert_int_equal(conflicts_find(&arena, z3, &talks, &q, &c), STATUS_OK);
        assert_int_equal(c.n_conflicts, cases[i].conflicts);
    }
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conflicts_are_all_and_minimal),
        cmocka_unit_test(deadlocks_are_all_and_minimal),
        cmocka_unit_test(ways_out_of_one_circle),
        cmocka_unit_test(authority_collides),
        cmocka_unit_test(what_does_not_count),
        cmocka_unit_test(recall_is_of_the_same_part_only),
    };
    z3 = z3_new();
    int failed = cmocka_run_group_tests_name("conflicts", tests, NULL, NULL);
    Z3_del_context(z3);
    arena_free(&arena);
    return failed;
}
