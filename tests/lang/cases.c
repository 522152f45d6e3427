/* See cases.h. */
#include "tests/lang/cases.h"

#include "base/file.h"

static struct str load(struct arena *a, struct diags *d, const char *folder, const char *name,
                       const char *ending)
{
    struct str text = {NULL, 0}, path = str_fmt(a, "%s/%s%s", folder, name, ending);
    assert_int_equal(file_read(a, path, 1 << 20, d, &text), STATUS_OK);
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

static void check_one(struct str head, struct str sentence, struct str wanted,
                      void (*show)(const struct case_read *r, struct buf *found))
{
    struct arena a;
    struct diags d;
    struct buf found;
    arena_init(&a);
    diags_init(&d, &a);
    buf_init(&found);
    struct case_read r = {.diags = &d};
    r.text = str_fmt(&a, "%.*s%.*s\n```\n", STR_ARG(head), STR_ARG(sentence));
    r.st = agreement_check(&a, source_new(&a, STR("x.md"), r.text), &d, &r.g);
    show(&r, &found);
    if (!str_eq(buf_str(&found), wanted))
        fail_msg("%.*s\nfound:\n%.*swanted:\n%.*s", STR_ARG(sentence), STR_ARG(buf_str(&found)),
                 STR_ARG(wanted));
    buf_free(&found);
    arena_free(&a);
}

void cases_run(const char *folder, const char *name, size_t fewest,
               void (*show)(const struct case_read *r, struct buf *found))
{
    struct arena a;
    struct diags d;
    arena_init(&a);
    diags_init(&d, &a);
    struct str head = load(&a, &d, folder, name, "-head.md"),
               all = load(&a, &d, folder, name, ".txt");
    size_t at = 0, cases = 0;
    struct str line = next_line(all, &at);
    while (line.n) {
        struct str sentence = line;
        size_t from = at, to = at;
        for (line = next_line(all, &at);
             line.n && !str_starts(line, STR("> ")) && !str_starts(line, STR("# "));
             line = next_line(all, &at))
            to = at;
        if (!str_starts(sentence, STR("> "))) continue;
        check_one(head, str_slice(sentence, 2, sentence.n), str_slice(all, from, to), show);
        cases++;
    }
    assert_true(cases >= fewest);
    arena_free(&a);
}
