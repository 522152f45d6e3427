/* Sentences that must read, and mean just this: sentences.txt holds each with its reading.
 *
 * A sentence stands in a line "> …" and is put behind sentences-head.md; the lines below it are how its
 * provisions ("= …", "not …") and its rules of force ("= …") are read. */
#include "tests/test.h"

#include "base/file.h"
#include "lang/in_force.h"
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
    enum status st = agreement_check(&a, source_new(&a, STR("x.md"), text), &d, &g);
    diags_render(&d, &found, false);
    if (st != STATUS_OK || d.n) fail_msg("%.*s\n%.*s", STR_ARG(sentence), STR_ARG(buf_str(&found)));
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        buf_fmt(&found, "= %.*s\n", STR_ARG(g->provisions[i].gloss));
        if (g->provisions[i].not_gloss.n)
            buf_fmt(&found, "not %.*s\n", STR_ARG(g->provisions[i].not_gloss));
    }
    for (uint32_t i = 0; i < g->n_force; i++)
        buf_fmt(&found, "= %.*s\n", STR_ARG(g->force[i].gloss));
    if (!str_eq(buf_str(&found), wanted))
        fail_msg("%.*s\nfound:\n%.*swanted:\n%.*s", STR_ARG(sentence), STR_ARG(buf_str(&found)),
                 STR_ARG(wanted));
    buf_free(&found);
    arena_free(&a);
}

static void each_sentence_is_read_so(void **state)
{
    (void)state;
    struct arena a;
    struct diags d;
    arena_init(&a);
    diags_init(&d, &a);
    struct str head = load(&a, &d, "sentences-head.md"), all = load(&a, &d, "sentences.txt");
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
    assert_true(cases >= 15);
    arena_free(&a);
}

int main(int argc, char **argv)
{
    folder = argc > 1 ? argv[1] : "tests/lang";
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_sentence_is_read_so)};
    return cmocka_run_group_tests_name("sentences", tests, NULL, NULL);
}
