/* Every refusal with its words: refusals.txt holds sentences and what is found in each.
 *
 * The findings of a case are as make_refusals.py writes them: `what [code]`, then `= fix` where
 * there is one. */
#include "tests/lang/cases.h"

static const char *folder;

static void show(const struct case_read *r, struct buf *found)
{
    const struct diags *d = r->diags;
    assert_int_equal(r->st, d->errors ? STATUS_INPUT : STATUS_OK);
    for (size_t i = 0; i < d->n; i++) {
        const struct diag *x = &d->items[i];
        assert_true(x->at.from <= x->at.to && x->at.from <= r->text.n); /* it is in the text */
        buf_fmt(found, "%.*s [%s]\n", STR_ARG(x->what), x->code);
        if (x->fix.n) buf_fmt(found, "= %.*s\n", STR_ARG(x->fix));
    }
}

static void each_refusal_has_its_words(void **state)
{
    (void)state;
    cases_run(folder, "refusals", 101, show);
}

int main(int argc, char **argv)
{
    folder = argc > 1 ? argv[1] : "tests/lang";
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_refusal_has_its_words)};
    return cmocka_run_group_tests_name("refusals", tests, NULL, NULL);
}
