/* Sentences that must read, and mean just this: sentences.txt holds each with its reading.
 *
 * The lines of a case are how its provisions ("= …", "not …") and its rules of force ("= …") are
 * read. */
#include "tests/lang/cases.h"

#include "lang/in_force.h"

static const char *folder;

static void show(const struct case_read *r, struct buf *found)
{
    diags_render(r->diags, found, false);
    if (r->st != STATUS_OK || r->diags->n)
        fail_msg("%.*s\n%.*s", STR_ARG(r->text), STR_ARG(buf_str(found)));
    const struct agreement *g = r->g;
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        buf_fmt(found, "= %.*s\n", STR_ARG(g->provisions[i].gloss));
        if (g->provisions[i].not_gloss.n)
            buf_fmt(found, "not %.*s\n", STR_ARG(g->provisions[i].not_gloss));
    }
    for (uint32_t i = 0; i < g->n_force; i++)
        if (!g->force[i].of_power) buf_fmt(found, "= %.*s\n", STR_ARG(g->force[i].gloss));
}

static void each_sentence_is_read_so(void **state)
{
    (void)state;
    cases_run(folder, "sentences", 15, show);
}

int main(int argc, char **argv)
{
    folder = argc > 1 ? argv[1] : "tests/lang";
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_sentence_is_read_so)};
    return cmocka_run_group_tests_name("sentences", tests, NULL, NULL);
}
