/* Names for editors: each stands where it says, leads to its definition, and has something to show. */
#include "tests/test.h"

#include "talks/symbols.h"

#include <string.h>

static struct arena arena;
static struct diags diags;
static struct talks talks;
static struct str text;

static enum status read(const char *body)
{
    arena_free(&arena);
    arena_init(&arena);
    diags_init(&diags, &arena);
    text = str_fmt(&arena, "# T\n\n```truce\n%s```\n", body);
    return talks_read(&arena, source_new(&arena, STR("t.md"), text), &diags, &talks);
}

static const char file[] =
    "talks \"T\". side north \"North\". speaker anna \"Anna\" of north.\n"
    "issue status \"the status\": - neutral \"neutral\" - member \"member\".\n"
    "statement s1: anna demands that status is neutral; in \"R\"; original \"Yes.\" in "
    "English.\n"
    "statement s2: anna refuses s1; in \"R\"; original not available; supersedes s1.\n";

/* Every mention stands on its name, and has one definition that is declared with the same name. */
static void mentions_stand_on_their_names(void **state)
{
    (void)state;
    assert_int_equal(read(file), STATUS_OK);
    assert_true(talks.n_mentions > 10);
    for (uint32_t i = 0; i < talks.n_mentions; i++) {
        const struct mention *m = &talks.mentions[i], *d = mention_definition(&talks, m);
        struct buf gloss;
        assert_true(str_eq(place_text(m->at), mention_name(&talks, m)));
        assert_non_null(d);
        assert_true(d->defines && mention_same(d, m));
        assert_ptr_equal(talks_mention_at(&talks, m->at.from), m);
        buf_init(&gloss);
        mention_gloss(&talks, m, &gloss);
        assert_true(gloss.n > 0);
        buf_free(&gloss);
    }
}

static size_t find(const char *word, int nth)
{
    const char *p = text.p;
    for (int i = 0; i < nth; i++) p = strstr(p + 1, word);
    return (size_t)(p - text.p);
}

static void definitions_and_uses(void **state)
{
    (void)state;
    assert_int_equal(read(file), STATUS_OK);
    const struct mention *use = talks_mention_at(&talks, find("neutral", 3));
    assert_non_null(use);
    assert_int_equal(use->kind, MENTION_OPTION);
    assert_false(use->defines);
    assert_int_equal(mention_definition(&talks, use)->at.from, find("neutral", 1));
    size_t uses = 0;
    const struct mention *s1 = talks_mention_at(&talks, find("s1", 1));
    for (uint32_t i = 0; i < talks.n_mentions; i++) uses += mention_same(&talks.mentions[i], s1);
    assert_int_equal(uses, 3);
    assert_string_equal(mention_kind_name(s1->kind), "statement");
    assert_null(talks_mention_at(&talks, find("demands", 1) + 2));
}

static void a_statement_shows_its_words_and_reading(void **state)
{
    (void)state;
    struct buf gloss;
    assert_int_equal(read(file), STATUS_OK);
    buf_init(&gloss);
    mention_gloss(&talks, talks_mention_at(&talks, find("s1", 1)), &gloss);
    buf_putc(&gloss, '\0');
    assert_non_null(strstr(gloss.p, "Anna (North)"));
    assert_non_null(strstr(gloss.p, "“Yes.”"));
    assert_non_null(strstr(gloss.p, "read as:"));
    buf_free(&gloss);
}

/* A file with errors still knows the names that it declares. */
static void errors_leave_the_names(void **state)
{
    (void)state;
    assert_int_equal(read("talks \"T\". side north \"North\". speaker anna \"Anna\" of north.\n"
                          "statement s1: anna demands that stat is neutral; in \"R\".\n"),
                     STATUS_INPUT);
    const struct mention *m = talks_mention_at(&talks, find("anna", 2));
    assert_non_null(m);
    assert_int_equal(mention_definition(&talks, m)->at.from, find("anna", 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mentions_stand_on_their_names),
        cmocka_unit_test(definitions_and_uses),
        cmocka_unit_test(a_statement_shows_its_words_and_reading),
        cmocka_unit_test(errors_leave_the_names),
    };
    int failed = cmocka_run_group_tests_name("symbols", tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
