/* Lint over texts that nobody wrote: the cases of rules.txt with words of their prose exchanged, lines left
 * out and said twice.  Whatever is found has its place in the text and its mended form; once every rule
 * that found something is silenced in the head, nothing is open but what silenced nothing before; and
 * where memory runs out at any allocation, that is all that is said. */
#include "tests/test.h"

#include "base/file.h"
#include "lint/lint.h"

#define MOST_CASES 64
#define ROUNDS 400

static const char *folder;

struct texts {
    struct arena a;
    struct str head;
    struct str cases[MOST_CASES];
    size_t n;
};

static struct str next_line(struct str text, size_t *at)
{
    size_t from = *at;
    while (*at < text.n && text.p[*at] != '\n') (*at)++;
    *at += *at < text.n;
    return str_slice(text, from, *at);
}

/* Both texts of each case: what is found, and the mended form. */
static void setup(struct texts *t)
{
    struct diags d;
    struct str all;
    arena_init(&t->a);
    diags_init(&d, &t->a);
    t->n = 0;
    assert_int_equal(file_read(&t->a, str_fmt(&t->a, "%s/head.md", folder), 1 << 20, &d, &t->head),
                     STATUS_OK);
    assert_int_equal(file_read(&t->a, str_fmt(&t->a, "%s/rules.txt", folder), 1 << 20, &d, &all),
                     STATUS_OK);
    size_t from = 0;
    for (size_t at = 0; at < all.n;) {
        size_t line_at = at;
        struct str line = next_line(all, &at);
        bool opens = str_starts(line, STR("=== ")) || str_starts(line, STR("--- mended"));
        bool closes =
            str_starts(line, STR("=== ")) || str_starts(line, STR("--- finds")) || at == all.n;
        if (closes && from && t->n < MOST_CASES)
            t->cases[t->n++] = str_slice(all, from, at == all.n ? at : line_at);
        if (closes) from = 0;
        if (opens) from = at;
    }
    assert_true(t->n > 40);
}

/* A word of some case, as a prose would have it. */
static struct str some_word(const struct texts *t, uint64_t *seed)
{
    struct str text = t->cases[test_below(seed, t->n)];
    size_t at = test_below(seed, text.n), end;
    while (at > 0 && text.p[at - 1] != ' ' && text.p[at - 1] != '\n') at--;
    for (end = at; end < text.n && text.p[end] != ' ' && text.p[end] != '\n';) end++;
    return str_slice(text, at, end);
}

static void add_prose(const struct texts *t, struct str line, uint64_t *seed, struct buf *out)
{
    for (size_t i = 0; i < line.n;) {
        size_t end = i;
        while (end < line.n && line.p[end] != ' ' && line.p[end] != '\n') end++;
        bool plain = line.p[0] != '#' && memchr(line.p + i, '`', end - i) == NULL;
        bool other = plain && test_below(seed, 6) == 0;
        struct str word = other ? some_word(t, seed) : str_slice(line, i, end);
        if (memchr(word.p, '`', word.n) || memchr(word.p, '#', word.n)) word = STR("shall");
        buf_add(out, word);
        for (; end < line.n && (line.p[end] == ' ' || line.p[end] == '\n'); end++)
            buf_putc(out, line.p[end]);
        i = end;
    }
}

/* The head and some case, changed. */
static void make(const struct texts *t, uint64_t *seed, struct buf *out)
{
    struct str text = t->cases[test_below(seed, t->n)];
    bool formal = false;
    buf_clear(out);
    buf_add(out, t->head);
    for (size_t at = 0; at < text.n;) {
        struct str line = next_line(text, &at);
        bool fence = str_starts(line, STR("```"));
        formal = formal != fence;
        uint64_t dice = test_below(seed, 12);
        if (fence || formal) {
            if (fence || dice > 0) buf_add(out, line);
        } else if (dice > 0) {
            add_prose(t, line, seed, out);
            if (dice == 1) add_prose(t, line, seed, out);
        }
    }
}

static const struct agreement *read(struct arena *a, struct str text)
{
    struct diags d;
    const struct agreement *g = NULL;
    diags_init(&d, a);
    agreement_check(a, source_new(a, STR("x.md"), text), &d, &g);
    return g;
}

static size_t idle(const struct remarks *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) n += f->v[i].rule == RULE_IDLE_SILENCE;
    return n;
}

static void look_at_all(const struct agreement *g, const struct remarks *f)
{
    struct buf out;
    size_t lines = 0;
    for (size_t i = 0; i < f->n; i++) {
        const struct remark *x = &f->v[i];
        assert_ptr_equal(x->at.source, g->source);
        assert_true(x->at.from <= x->at.to && x->at.to <= g->source->text.n);
        assert_true(i == 0 || f->v[i - 1].at.from <= x->at.from);
        assert_true(x->what.n > 0 && x->fix.n > 0 && x->clause < g->n_clauses);
    }
    buf_init(&out);
    lint_json(g, f, true, &out);
    for (size_t i = 0; i < out.n; i++) lines += out.p[i] == '\n';
    assert_int_equal(lines, f->n);
    lint_text(g, f, true, true, &out);
    assert_false(out.failed);
    buf_free(&out);
}

/* The same with a sentence in its first block for each rule that found something. */
static void silence_all(struct arena *a, struct str text, const struct remarks *f)
{
    struct buf b;
    struct remarks again;
    size_t at = 0;
    bool said[DRAFTING_RULES] = {false};
    while (!str_starts(str_slice(text, at, text.n), STR("```truce\n"))) at++;
    at += sizeof "```truce\n" - 1;
    buf_init(&b);
    buf_add(&b, str_slice(text, 0, at));
    for (size_t i = 0; i < f->n; i++) {
        enum drafting_rule r = f->v[i].rule;
        if (said[r] || f->v[i].silenced || r == RULE_IDLE_SILENCE) continue;
        said[r] = true;
        buf_fmt(&b, "not a finding: %s, because it is meant.\n", drafting_rule_spoken(r));
    }
    buf_add(&b, str_slice(text, at, text.n));
    const struct agreement *g = read(a, buf_str(&b));
    assert_non_null(g);
    assert_true(lint_agreement(a, g, &again));
    assert_int_equal(again.n, f->n);
    assert_int_equal(again.n - again.silenced, idle(f));
    assert_int_equal(idle(&again), idle(f));
    buf_free(&b);
}

static void what_nobody_wrote(void **state)
{
    (void)state;
    struct texts t;
    struct buf b;
    size_t read_ones = 0, found = 0;
    uint64_t seed = 20250317;
    setup(&t);
    buf_init(&b);
    for (int round = 0; round < ROUNDS; round++) {
        struct arena a;
        struct remarks f;
        arena_init(&a);
        make(&t, &seed, &b);
        const struct agreement *g = read(&a, buf_str(&b));
        if (g) {
            assert_true(lint_agreement(&a, g, &f));
            look_at_all(g, &f);
            silence_all(&a, buf_str(&b), &f);
            read_ones++;
            found += f.n;
        }
        arena_free(&a);
    }
    assert_true(read_ones > ROUNDS / 3);
    assert_true(found > 4 * read_ones);
    buf_free(&b);
    arena_free(&t.a);
}

static void memory_runs_out(void **state)
{
    (void)state;
    struct texts t;
    struct arena a, b;
    struct remarks f;
    setup(&t);
    arena_init(&a);
    struct buf text;
    buf_init(&text);
    buf_add(&text, t.head);
    buf_add(&text, t.cases[18 % t.n]);
    const struct agreement *g = read(&a, buf_str(&text));
    assert_non_null(g);
    arena_init(&b);
    assert_true(lint_agreement(&b, g, &f));
    size_t all = b.used;
    arena_free(&b);
    for (size_t limit = 1; limit < all; limit += 1 + all / 400) {
        arena_init(&b);
        b.limit = limit;
        assert_false(lint_agreement(&b, g, &f));
        arena_free(&b);
    }
    buf_free(&text);
    arena_free(&a);
    arena_free(&t.a);
}

int main(int argc, char **argv)
{
    folder = argc > 1 ? argv[1] : "tests/lint";
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_nobody_wrote),
                                       cmocka_unit_test(memory_runs_out)};
    return cmocka_run_group_tests_name("lint", tests, NULL, NULL);
}
