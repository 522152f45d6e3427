/* Arenas: alignment, zeroing, failure that is seen and stays. */
#include "tests/test.h"

#include "base/arena.h"
#include "base/intern.h"

static void gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *p = arena_alloc(&a, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < size; i++) assert_int_equal(p[i], 0);
        memset(p, 0xFF, size);
    }
    arena_free(&a);
}

static void is_used_again_when_cleared(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    arena_clear(&a);
    assert_true(arena_reserve(&a, 100000));
    const struct arena_chunk *chunk = a.head;
    for (int round = 0; round < 3; round++) {
        unsigned char *p = arena_alloc(&a, 90000);
        assert_non_null(p);
        for (size_t i = 0; i < 90000; i++) assert_int_equal(p[i], 0);
        memset(p, 0xFF, 90000);
        assert_ptr_equal(a.head, chunk); /* no other was needed */
        assert_true(a.used >= 90000);
        arena_clear(&a);
        assert_int_equal(a.used, 0);
        assert_true(arena_reserve(&a, 100000));
    }
    a.limit = 100;
    assert_false(arena_reserve(&a, 101));
    assert_true(a.failed);
    arena_free(&a);
}

static void refuses_above_its_limit(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    a.limit = 100;
    assert_non_null(arena_alloc(&a, 64));
    assert_null(arena_alloc(&a, 64));
    assert_true(a.failed);
    assert_null(arena_array(&a, SIZE_MAX / 2, 4));
    arena_free(&a);
}

static void grows_arrays_and_keeps_their_content(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    int *items = NULL;
    size_t cap = 0;
    for (int i = 0; i < 1000; i++) {
        items = arena_grow(&a, items, (size_t)i, &cap, sizeof *items);
        assert_non_null(items);
        items[i] = i;
    }
    for (int i = 0; i < 1000; i++) assert_int_equal(items[i], i);
    arena_free(&a);
}

static void interns_each_string_once(void **state)
{
    (void)state;
    struct intern t;
    intern_init(&t);
    assert_int_equal(intern_find(&t, STR("x")), INTERN_NONE);
    for (uint32_t i = 0; i < 5000; i++) {
        char name[16];
        int n = snprintf(name, sizeof name, "n%u", i);
        assert_int_equal(intern_add(&t, (struct str){name, (size_t)n}), i);
    }
    assert_int_equal(intern_add(&t, STR("n77")), 77);
    assert_str(intern_str(&t, 4999), "n4999");
    intern_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_aligned_memory),
        cmocka_unit_test(is_used_again_when_cleared),
        cmocka_unit_test(refuses_above_its_limit),
        cmocka_unit_test(grows_arrays_and_keeps_their_content),
        cmocka_unit_test(interns_each_string_once),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
