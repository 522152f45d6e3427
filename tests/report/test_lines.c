/* JSON lines and CSV: one record a row, whatever the names. */
#include "tests/report/fake.h"
#include "tests/report/golden.h"
#include "tests/test.h"

static void json_looks_as_agreed(void **state)
{
    (void)state;
    struct fake f;
    struct buf b;
    fake_view(&f);
    buf_init(&b);
    report_json(&b, &f.view);
    golden_check("verdicts.jsonl", buf_str(&b));
    buf_free(&b);
}

static void csv_looks_as_agreed(void **state)
{
    (void)state;
    struct fake f;
    struct arena a;
    struct buf b;
    arena_init(&a);
    fake_view(&f);
    buf_init(&b);
    report_csv(&a, &b, &f.view);
    golden_check("verdicts.csv", buf_str(&b));
    buf_free(&b);
    arena_free(&a);
}

/* A quote, a line break and a bad byte in a name stay inside their field and line. */
static void hostile_names_stay_in_their_field(void **state)
{
    (void)state;
    struct fake f;
    struct arena a;
    struct buf b;
    arena_init(&a);
    fake_view(&f);
    buf_init(&b);
    f.view.n_rows = 1;
    f.provisions[0].name = STR("a\"b,\nc\xFF");
    report_json(&b, &f.view);
    size_t lines = 0;
    for (size_t i = 0; i < b.n; i++) lines += b.p[i] == '\n';
    assert_int_equal(lines, 1);
    assert_non_null(strstr(str_dup(&a, buf_str(&b)).p, "\"provision\": \"a\\\"b,\\nc\\ufffd\""));
    buf_clear(&b);
    report_csv(&a, &b, &f.view);
    assert_non_null(
        strstr(str_dup(&a, buf_str(&b)).p, "ceasefire/all,\"a\"\"b,\nc\xFF\",Article 1,"));
    buf_free(&b);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_looks_as_agreed),
        cmocka_unit_test(csv_looks_as_agreed),
        cmocka_unit_test(hostile_names_stay_in_their_field),
    };
    return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
