/* Clauses and formal blocks of a literate file, and fences that are left open. */
#include "tests/test.h"

#include "lang/markdown.h"

struct fixture {
    struct arena a;
    struct diags d;
    struct markdown m;
};

static void read_text(struct fixture *f, const char *text)
{
    arena_init(&f->a);
    diags_init(&f->d, &f->a);
    const struct source *s = source_new(&f->a, STR("a.md"), str_of(text));
    assert_int_equal(markdown_read(&f->a, s, STR("truce"), &f->d, &f->m), STATUS_OK);
}

static void clauses_and_blocks(void **state)
{
    (void)state;
    struct fixture f;
    read_text(
        &f,
        "Preamble.\n\n# Part *One*\n\nText of one.\n\n```truce\nparty a.\n```\n\n## Article 1\n\n"
        "More.\n\n~~~ truce\nparty b.\nparty c.\n~~~\n\nAfter.\n\n# Part Two\n");
    assert_int_equal(f.d.n, 0);
    assert_int_equal(f.m.n_clauses, 4);
    assert_str(f.m.clauses[0].prose, "Preamble.");
    assert_str(f.m.clauses[1].title, "Part One");
    assert_str(f.m.clauses[1].prose, "Text of one.");
    assert_str(f.m.clauses[2].title, "Article 1");
    assert_int_equal(f.m.clauses[2].parent, 1);
    assert_str(f.m.clauses[2].prose, "More.\n\n\n\nAfter.");
    assert_int_equal(f.m.clauses[3].parent, MARKDOWN_NONE);
    assert_int_equal(f.m.n_blocks, 2);
    assert_int_equal(f.m.blocks[0].clause, 1);
    assert_str(place_text(f.m.blocks[0].at), "party a.\n");
    assert_str(place_text(f.m.blocks[1].at), "party b.\nparty c.\n");
    arena_free(&f.a);
}

static void line_ends_of_three_kinds(void **state)
{
    (void)state;
    struct fixture f;
    read_text(&f, "# A\r\n\r\n```truce\r\nparty a.\r\n```\r\n");
    assert_str(place_text(f.m.blocks[0].at), "party a.\r\n");
    arena_free(&f.a);
    read_text(&f, "# A\r\r```truce\rparty a.\r```\r");
    assert_str(place_text(f.m.blocks[0].at), "party a.\r");
    arena_free(&f.a);
}

static void an_open_fence_swallows_nothing(void **state)
{
    (void)state;
    struct fixture f;
    read_text(&f, "# A\n\n```truce\nparty a.\n\n# B\n\nprose\n");
    assert_int_equal(f.d.n, 1);
    assert_string_equal(f.d.items[0].code, "open-fence");
    assert_str(place_text(f.d.items[0].at), "```truce");
    assert_str(place_text(f.m.blocks[0].at), "party a.\n");
    arena_free(&f.a);
}

static void a_fence_within_a_fence(void **state)
{
    (void)state;
    struct fixture f;
    read_text(&f, "```truce\nparty a.\n\nprose\n\n```truce\nparty b.\n```\n\nend\n");
    assert_int_equal(f.d.n, 1);
    assert_string_equal(f.d.items[0].code, "open-fence");
    assert_int_equal(f.m.n_blocks, 2);
    assert_str(place_text(f.m.blocks[0].at), "party a.\n");
    assert_str(place_text(f.m.blocks[1].at), "party b.\n");
    arena_free(&f.a);
}

static void other_code_is_prose(void **state)
{
    (void)state;
    struct fixture f;
    read_text(&f, "```c\nint x;\n```\n\n    ```truce\n    party a.\n    ```\n\n"
                  "````\n```truce\nparty b.\n```\n````\n");
    assert_int_equal(f.d.n, 0);
    assert_int_equal(f.m.n_blocks, 0);
    arena_free(&f.a);
}

static void a_block_in_a_quotation_is_refused(void **state)
{
    (void)state;
    struct fixture f;
    read_text(&f, "> ```truce\n> party a.\n> ```\n");
    assert_int_equal(f.d.n, 1);
    assert_string_equal(f.d.items[0].code, "quoted-block");
    assert_int_equal(f.m.n_blocks, 0);
    arena_free(&f.a);
}

static void a_block_in_a_list_is_a_block(void **state)
{
    (void)state;
    struct fixture f;
    read_text(&f, "1. First:\n\n   ```truce\n   party a.\n   ```\n\n2. Second.\n");
    assert_int_equal(f.d.n, 0);
    assert_int_equal(f.m.n_blocks, 1);
    assert_str(str_trim(place_text(f.m.blocks[0].at)), "party a.");
    arena_free(&f.a);
}

static void empty_and_tiny_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {"",  "\n", "```truce", "```truce\n", "```truce\n```",
                                        "#", "```"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct fixture f;
        read_text(&f, texts[i]);
        assert_true(f.m.n_clauses >= 1);
        arena_free(&f.a);
    }
}

static void survives_failing_memory(void **state)
{
    (void)state;
    struct arena a;
    size_t limit = 64;
    for (enum status st = STATUS_FAULT; st == STATUS_FAULT; limit += 64) {
        arena_init(&a);
        a.limit = limit;
        struct diags d;
        diags_init(&d, &a);
        const struct source *s =
            source_new(&a, STR("a"), STR("# A\n\n```truce\nparty a.\n\n# B\n\n```truce\nx\n```\n"));
        struct markdown m;
        st = s ? markdown_read(&a, s, STR("truce"), &d, &m) : STATUS_FAULT;
        arena_free(&a);
        assert_true(limit < 1u << 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clauses_and_blocks),
        cmocka_unit_test(line_ends_of_three_kinds),
        cmocka_unit_test(an_open_fence_swallows_nothing),
        cmocka_unit_test(a_fence_within_a_fence),
        cmocka_unit_test(other_code_is_prose),
        cmocka_unit_test(a_block_in_a_quotation_is_refused),
        cmocka_unit_test(a_block_in_a_list_is_a_block),
        cmocka_unit_test(empty_and_tiny_texts),
        cmocka_unit_test(survives_failing_memory),
    };
    return cmocka_run_group_tests_name("markdown", tests, NULL, NULL);
}
