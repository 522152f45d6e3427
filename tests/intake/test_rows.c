/* Files that are not as they should be: every row is accounted for, with its line and a reason. */
#include "fixture.h"

#include <sys/stat.h>
#include <unistd.h>

static int setup(void **state)
{
    static struct fixture f;
    fixture_open(&f);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    fixture_close(*state);
    return 0;
}

#define SIMPLE CSV_HEAD "each report is known by column \"id\". the day is column \"day\"."

static void line_breaks_in_quotes_keep_lines_right(void **state)
{
    struct fixture *f = *state;
    fixture_run_text(f, SIMPLE " show column \"note\".",
                     "id,day,note\r\n1,01/03/2015,\"two\r\nlines, \"\"quoted\"\"\"\r\n\r\n   \n"
                     "2,31/02/2015,x\r\n3,02/03/2015,last");
    assert_int_equal(f->intake.facts.n_reports, 2);
    assert_str(f->intake.facts.reports[0].shown, "two\r\nlines, \"quoted\"");
    assert_int_equal(f->intake.facts.reports[0].line, 2);
    assert_int_equal(f->intake.facts.reports[1].line, 7);
    assert_string_equal(fixture_aside(f),
                        "6: column \"day\": \"31/02/2015\" is a date that does not exist\n");
}

static void a_quote_never_closed_costs_its_line_only(void **state)
{
    struct fixture *f = *state;
    fixture_run_text(f, SIMPLE,
                     "id,day\n1,01/03/2015\n2,\"02/03/2015\n3,03/03/2015\n4,04/03/2015\n");
    assert_int_equal(f->intake.facts.n_reports, 3);
    assert_string_equal(
        fixture_aside(f),
        "3: a quote is opened and never closed, or the record is longer than 8 MiB\n");
    fixture_run_text(f, SIMPLE, "id,day\n1,\"01/03/2015");
    assert_int_equal(f->intake.facts.n_reports, 0);
    assert_int_equal(f->intake.facts.n_set_aside, 1);
}

static void rows_of_other_lengths_are_set_aside(void **state)
{
    struct fixture *f = *state;
    fixture_run_text(f, SIMPLE, "id,day,x\n1,01/03/2015\n2,02/03/2015,y,z\n3,03/03/2015,\n");
    assert_int_equal(f->intake.facts.n_reports, 1);
    assert_string_equal(fixture_aside(f), "2: it has 2 cells where the heading has 3\n"
                                          "3: it has 4 cells where the heading has 3\n");
}

static void nul_bytes_and_wrong_bytes_are_set_aside(void **state)
{
    struct fixture *f = *state;
    static const char csv[] =
        "id,day\n1,01/03\0/2015\n2,02/03/2015\n\xff,03/03/2015\n4,04/03/2015\n";
    fixture_run(f, SIMPLE, csv, sizeof(csv) - 1);
    assert_int_equal(f->status, STATUS_OK);
    assert_int_equal(f->intake.facts.n_reports, 2);
    assert_string_equal(fixture_aside(f),
                        "2: it holds a NUL byte\n"
                        "4: column \"id\" holds a byte 0xff that utf-8 does not have\n");
}

static void encodings_become_utf8(void **state)
{
    struct fixture *f = *state;
    const char *windows = "reports from \"reports.csv\" are csv in windows-1252, separated by "
                          "semicolons. each row is a fire. "
                          "each report is known by column \"id\". the day is column \"day\".";
    fixture_run_text(f, windows, "id;day\nna\xefve\x80;2015-03-01\n\x81;2015-03-01\n");
    assert_str(intern_str(&f->intake.facts.texts, f->intake.facts.reports[0].id),
               "na\xc3\xafve\xe2\x82\xac");
    assert_string_equal(fixture_aside(f),
                        "3: column \"id\" holds a byte 0x81 that windows-1252 does not have\n");
    const char *cyrillic =
        "reports from \"reports.csv\" are csv in windows-1251. each row is a fire. "
        "each report is known by column \"id\". the day is column \"day\".";
    fixture_run_text(f, cyrillic, "id,day\n\xca\xe8\xbf\xe2,2015-03-01\n");
    assert_str(intern_str(&f->intake.facts.texts, f->intake.facts.reports[0].id), "Київ");
    const char *wide = "reports from \"reports.csv\" are csv in utf-16. each row is a fire. "
                       "each report is known by column \"id\". the day is column \"day\".";
    static const char utf16[] =
        "\xff\xfei\0d\0,\0d\0a\0y\0\n\0\x1a\x04,\0002\0000\0001\0005\0-\0000"
        "\0003\0-\0000\0001\0\n\0";
    fixture_run(f, wide, utf16, sizeof(utf16) - 1);
    assert_int_equal(f->status, STATUS_OK);
    assert_str(intern_str(&f->intake.facts.texts, f->intake.facts.reports[0].id), "К");
}

static void a_file_that_cannot_be_read_is_an_error(void **state)
{
    struct fixture *f = *state;
    char path[256];
    snprintf(path, sizeof(path), "%s/reports.csv", f->folder);
    fixture_run(f, SIMPLE, NULL, 0);
    assert_int_equal(f->status, STATUS_INPUT);
    assert_non_null(strstr(fixture_said(f), "No such file"));
    assert_int_equal(mkdir(path, 0700), 0);
    fixture_run(f, SIMPLE, NULL, 0);
    assert_int_equal(f->status, STATUS_INPUT);
    assert_non_null(strstr(fixture_said(f), "Is a directory"));
    rmdir(path);
    fixture_run(f, SIMPLE, "", 0);
    assert_int_equal(f->status, STATUS_INPUT);
    assert_non_null(strstr(fixture_said(f), "empty-file: "));
    fixture_run(f, SIMPLE, "id,Day\n1,x\n", 11);
    assert_int_equal(f->status, STATUS_INPUT);
    assert_non_null(strstr(fixture_said(f), "has no column \"day\" = column \"Day\""));
    fixture_run(f, SIMPLE, "id,day,id\n", 10);
    assert_int_equal(f->status, STATUS_INPUT);
    assert_non_null(strstr(fixture_said(f), "has 2 columns \"id\""));
    fixture_run(f, SIMPLE, "id,day\r1,01/03/2015\r", 20);
    assert_int_equal(f->status, STATUS_INPUT);
    assert_non_null(strstr(fixture_said(f), "carriage-returns: "));
}

static void a_huge_cell_and_ten_megabytes_of_garbage(void **state)
{
    struct fixture *f = *state;
    size_t n = (size_t)10 << 20;
    char *bytes = malloc(n);
    assert_non_null(bytes);
    memset(bytes, 'x', n);
    memcpy(bytes, "id,day\n1,", 9);
    bytes[n - 1] = '\n';
    fixture_run(f, SIMPLE, bytes, n);
    assert_int_equal(f->status, STATUS_OK);
    assert_int_equal(f->intake.facts.n_reports, 0);
    assert_true(f->intake.facts.n_set_aside >= 1);
    uint64_t seed = 4;
    for (size_t i = 7; i < n; i++) bytes[i] = (char)test_random(&seed);
    fixture_run(f, SIMPLE, bytes, n);
    assert_int_equal(f->status, STATUS_OK);
    assert_int_equal(f->intake.facts.n_reports, 0);
    assert_int_equal(f->intake.facts.rows_read, f->intake.facts.n_set_aside);
    assert_true(f->intake.facts.n_set_aside > 0);
    free(bytes);
}

static void json_lines_are_read_by_member(void **state)
{
    struct fixture *f = *state;
    fixture_run_text(
        f,
        "reports from \"reports.csv\" are json lines. each row is a fire. "
        "each report is known by column \"id\". the time is column \"when.at\". "
        "the sources are column \"by\", split at \";\". deaths is column \"dead\".",
        "{\"id\":7,\"when\":{\"at\":\"2015-03-01T10:00:00+02:00\"},\"by\":[\"a\",\"b\"],"
        "\"dead\":2}\n\n"
        "{\"id\":8}\n"
        "[1]\n"
        "{\"id\":9,\"id\":10}\n"
        "{\"id\":\n");
    const struct facts *x = &f->intake.facts;
    assert_int_equal(x->n_reports, 1);
    assert_str(intern_str(&x->texts, x->reports[0].id), "7");
    assert_int_equal(x->reports[0].n_sources, 2);
    assert_int_equal(x->alternatives[0].start_lo, 1425196800);
    assert_int_equal(x->n_set_aside, 4);
    assert_int_equal(x->set_aside[0].line, 3);
    assert_str(x->set_aside[0].reason, "column \"when.at\" is empty");
    assert_true(str_starts(x->set_aside[1].reason, STR("it is no JSON object")));
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(line_breaks_in_quotes_keep_lines_right),
        CASE(a_quote_never_closed_costs_its_line_only),
        CASE(rows_of_other_lengths_are_set_aside),
        CASE(nul_bytes_and_wrong_bytes_are_set_aside),
        CASE(encodings_become_utf8),
        CASE(a_file_that_cannot_be_read_is_an_error),
        CASE(a_huge_cell_and_ten_megabytes_of_garbage),
        CASE(json_lines_are_read_by_member),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
