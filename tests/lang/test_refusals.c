/* Every refusal with its words: refusals.txt holds sentences and what is found in each.
 *
 * A sentence stands in a line "> …"; the lines below it, up to the next, are its findings as
 * make_refusals.py writes them: `what [code]`, then `= fix` where there is one. */
#include "tests/test.h"

#include "base/file.h"
#include "lang/model.h"

static const char *folder;

static struct str load(struct arena *a, struct diags *d, const char *name)
{
    struct str text = {NULL, 0};
    assert_int_equal(file_read(a, str_fmt(a, "%s/%s", folder, name), 1 << 20, d, &text), STATUS_OK);
    return text;
}

static struct str next_line(struct str text, size_t *at)
{
    size_t from = *at;
    while (*at < text.n && text.p[*at] != '\n') (*at)++;
    struct str line = str_slice(text, from, *at);
    if (*at < text.n) (*at)++;
    return line;
}

static void show(const struct diags *d, struct buf *out)
{
    for (size_t i = 0; i < d->n; i++) {
        buf_fmt(out, "%.*s [%s]\n", STR_ARG(d->items[i].what), d->items[i].code);
        if (d->items[i].fix.n) buf_fmt(out, "= %.*s\n", STR_ARG(d->items[i].fix));
    }
}

static void check_one(struct str head, struct str sentence, struct str wanted)
{
    struct arena a;
    struct diags d;
    struct buf found;
    const struct agreement *g;
    arena_init(&a);
    diags_init(&d, &a);
    buf_init(&found);
    struct str text = str_fmt(&a, "%.*s%.*s\n```\n", STR_ARG(head), STR_ARG(sentence));
    const struct source *s = source_new(&a, STR("x.md"), text);
    enum status st = agreement_check(&a, s, &d, &g);
    assert_int_equal(st, d.errors ? STATUS_INPUT : STATUS_OK);
    for (size_t i = 0; i < d.n; i++) { /* every place is in the text */
        assert_true(d.items[i].at.from <= d.items[i].at.to);
        assert_true(d.items[i].at.from <= text.n);
    }
    show(&d, &found);
    if (!str_eq(buf_str(&found), wanted))
        fail_msg("%.*s\nfound:\n%.*swanted:\n%.*s", STR_ARG(sentence), STR_ARG(buf_str(&found)),
                 STR_ARG(wanted));
    buf_free(&found);
    arena_free(&a);
}

static void each_refusal_has_its_words(void **state)
{
    (void)state;
    struct arena a;
    struct diags d;
    arena_init(&a);
    diags_init(&d, &a);
    struct str head = load(&a, &d, "refusals-head.md"), all = load(&a, &d, "refusals.txt");
    size_t at = 0, cases = 0;
    struct str line = next_line(all, &at);
    while (line.n) {
        struct str sentence = line;
        size_t from = at, to = at;
        for (line = next_line(all, &at); line.n && !str_starts(line, STR("> "));
             line = next_line(all, &at))
            to = at;
        if (!str_starts(sentence, STR("> "))) continue;
        check_one(head, str_slice(sentence, 2, sentence.n), str_slice(all, from, to));
        cases++;
    }
    assert_true(cases > 100);
    arena_free(&a);
}

int main(int argc, char **argv)
{
    folder = argc > 1 ? argv[1] : "tests/lang";
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_refusal_has_its_words)};
    return cmocka_run_group_tests_name("refusals", tests, NULL, NULL);
}
