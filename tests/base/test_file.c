/* Files: what cannot be read or written is said; nothing is left half written. */
#include "tests/test.h"

#include "base/file.h"

#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    struct arena a;
    struct diags d;
    char dir[32];
};

static int set_up(void **state)
{
    static struct fixture f;
    arena_init(&f.a);
    diags_init(&f.d, &f.a);
    strcpy(f.dir, "/tmp/truce-test-XXXXXX");
    *state = &f;
    return mkdtemp(f.dir) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_free(&f->a);
    return rmdir(f->dir);
}

static void writes_then_reads_the_same(void **state)
{
    struct fixture *f = *state;
    struct str path = str_fmt(&f->a, "%s/x", f->dir), text;
    assert_int_equal(file_write(&f->a, path, STR("one\ntwo"), &f->d), STATUS_OK);
    assert_int_equal(file_read(&f->a, path, 100, &f->d, &text), STATUS_OK);
    assert_str(text, "one\ntwo");
    assert_int_equal(file_read(&f->a, path, 3, &f->d, &text), STATUS_INPUT);
    assert_int_equal(unlink(path.p), 0);
}

static void says_why_it_cannot_read(void **state)
{
    struct fixture *f = *state;
    struct str text;
    assert_int_equal(file_read(&f->a, str_of(f->dir), 100, &f->d, &text), STATUS_INPUT);
    assert_non_null(strstr(f->d.items[0].what.p, "Is a directory"));
    assert_int_equal(file_read(&f->a, STR("/nowhere/x"), 100, &f->d, &text), STATUS_INPUT);
    assert_non_null(strstr(f->d.items[1].what.p, "No such file"));
}

static void leaves_nothing_where_it_cannot_write(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(file_write(&f->a, STR("/dev/full"), STR("x"), &f->d), STATUS_FAULT);
    assert_non_null(strstr(f->d.items[0].what.p, "No space left"));
    struct str path = str_fmt(&f->a, "%s/no/x", f->dir);
    assert_int_equal(file_write(&f->a, path, STR("x"), &f->d), STATUS_FAULT);
}

static void finds_neighbours(void **state)
{
    struct fixture *f = *state;
    assert_str(file_beside(&f->a, STR("a/b.md"), STR("c.csv")), "a/c.csv");
    assert_str(file_beside(&f->a, STR("b.md"), STR("c.csv")), "c.csv");
    assert_str(file_beside(&f->a, STR("a/b.md"), STR("/c.csv")), "/c.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes_then_reads_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(says_why_it_cannot_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(leaves_nothing_where_it_cannot_write, set_up, tear_down),
        cmocka_unit_test_setup_teardown(finds_neighbours, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
