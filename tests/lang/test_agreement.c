/* Agreements as wholes: what sentences mean, readings, layout, bad files, failing memory, size. */
#include "tests/test.h"

#include "lang/format.h"
#include "lang/model.h"

#define HEAD                                                                                       \
    "# A\n\n```truce\n"                                                                            \
    "agreement \"T\" signed 2015-02-12; in force from 2015-02-15 00:00; time zone Europe/Kyiv; "   \
    "day 1 is 2015-02-15.\n"                                                                       \
    "party ukraine. party ordlo. body smm.\n"                                                      \
    "line contact from \"c.geojson\".\nzone belt is within 25 km of contact.\n"                    \
    "event fire (by party, deaths count), in, from or into a zone, verb fires, fired, firing.\n"   \
    "event withdrawal_begun (by party), verb begin withdrawal, begins withdrawal, begun "          \
    "withdrawal, beginning withdrawal.\n"                                                          \
    "event notice (by party, whom body), verb notify, notifies, notified, notifying.\n"            \
    "event exercise, said exercise begins.\n"                                                      \
    "event return_fire is a fire, verb return fire, returns fire, returned fire, returning "       \
    "fire.\n"                                                                                      \
    "state heavy_weapon (of party, caliber mm), plural heavy weapons.\n"                           \
    "state silence.\nstate neutrality (of party), status neutral.\n"

struct fixture {
    struct arena a;
    struct diags d;
    const struct agreement *g;
    enum status st;
};

static void check_text(struct fixture *f, struct str text)
{
    arena_init(&f->a);
    diags_init(&f->d, &f->a);
    const struct source *s = source_new(&f->a, STR("x.md"), text);
    assert_non_null(s);
    f->st = agreement_check(&f->a, s, &f->d, &f->g);
}

static void check(struct fixture *f, const char *sentences)
{
    struct buf b;
    buf_init(&b);
    buf_puts(&b, HEAD);
    buf_puts(&b, sentences);
    buf_puts(&b, "\n```\n");
    static struct buf keep; /* the text must outlive the agreement */
    buf_free(&keep);
    keep = b;
    check_text(f, buf_str(&keep));
    for (size_t i = 0; i < f->d.n; i++)
        fprintf(stderr, "# %.*s [%s]\n", STR_ARG(f->d.items[i].what), f->d.items[i].code);
}

static const struct provision *only(struct fixture *f, const char *sentences)
{
    check(f, sentences);
    assert_int_equal(f->st, STATUS_OK);
    assert_true(f->g->n_provisions >= 1);
    return &f->g->provisions[f->g->n_provisions - 1];
}

static void forbids(void **state)
{
    (void)state;
    struct fixture f;
    const struct provision *p = only(
        &f, "provision x: from entry into force until 2022-02-23 24:00, each of ukraine and "
            "ordlo must not fire with deaths 3 or more from or into belt unless silence holds.");
    assert_int_equal(p->pattern, PATTERN_FORBID);
    assert_int_equal(p->bearers.n, 2);
    assert_int_equal(p->act.places, PLACED_FROM | PLACED_INTO);
    assert_int_equal(p->act.n_tests, 1);
    assert_int_equal(p->act.tests[0].lo, 3);
    assert_int_equal(p->n_frames, 2);
    assert_non_null(p->unless);
    instant first, last;
    agreement_point(f.g, &p->frames[1].point, LANG_NONE, &first, &last);
    assert_int_equal(first, 1645653600); /* 2022-02-24T00:00+02:00 */
    arena_free(&f.a);
}

static void owes_by_and_within(void **state)
{
    (void)state;
    struct fixture f;
    instant first, last;
    const struct provision *p =
        only(&f, "provision x: each party must begin withdrawal by the end of day 2.");
    assert_int_equal(p->deadline.op, DEADLINE_BY);
    agreement_point(f.g, &p->deadline.point, LANG_NONE, &first, &last);
    assert_int_equal(last, 1424123999); /* 2015-02-16T23:59:59+02:00 */
    arena_free(&f.a);
    p = only(&f, "provision x: each party must notify smm within 2 days after a party has fired.");
    assert_int_equal(p->deadline.op, DEADLINE_WITHIN);
    assert_int_equal(p->trigger.op, TRIGGER_EVENT);
    assert_int_equal(p->trigger.phrase.actors.n, 2);
    arena_free(&f.a);
    p = only(&f,
             "provision x: each party must notify smm at least 48 hours before exercise begins, "
             "counted from receipt.");
    assert_int_equal(p->deadline.op, DEADLINE_AHEAD);
    assert_int_equal(p->deadline.period.seconds, 48 * 3600);
    assert_true(p->trigger.recorded);
    arena_free(&f.a);
    p = only(&f, "provision x: each party must notify smm every 7 days.");
    assert_int_equal(p->deadline.op, DEADLINE_EVERY);
    assert_int_equal(p->deadline.period.days, 7);
    arena_free(&f.a);
    p = only(&f, "provision x: each party must begin withdrawal within 2 days after each party has "
                 "notified smm.");
    assert_int_equal(p->trigger.op, TRIGGER_WHEN);
    arena_free(&f.a);
}

static void keeps_and_is_and_counts(void **state)
{
    (void)state;
    struct fixture f;
    const struct provision *p =
        only(&f, "provision x: from the end of day 14, each party must keep its "
                 "heavy weapons with caliber 100 mm or more out of belt.");
    assert_int_equal(p->pattern, PATTERN_KEEP);
    assert_false(p->inside);
    instant first, last;
    agreement_point(f.g, &p->frames[0].point, LANG_NONE, &first, &last);
    assert_int_equal(first, 1425160800); /* 2015-03-01T00:00+02:00 */
    assert_int_equal(last, first - 1);   /* an edge between two days */
    arena_free(&f.a);
    p = only(&f, "provision x: ukraine must not be neutral.");
    assert_int_equal(p->pattern, PATTERN_STATUS);
    assert_true(p->negated);
    arena_free(&f.a);
    p = only(&f, "provision x: ukraine must not fire more than 2 times in any 7 days.");
    assert_int_equal(p->pattern, PATTERN_CAP);
    assert_int_equal(p->count, 2);
    assert_int_equal(p->window.days, 7);
    arena_free(&f.a);
}

/* Three forms: the base is found behind the third person where the event is named by a noun. */
static void finds_the_base_of_a_verb(void **state)
{
    (void)state;
    static const struct {
        const char *forms, *base;
    } cases[] = {{"prosecutes, prosecuted, prosecuting", "prosecute"},
                 {"overflies, overflew, overflying", "overfly"},
                 {"passes a line, passed a line, passing a line", "pass a line"},
                 {"reaches, reached, reaching", "reach"},
                 {"releases, released, releasing", "release"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture f;
        char text[256];
        snprintf(text, sizeof text,
                 "event noun (by party), verb %s.\nprovision x: ukraine must not %s.",
                 cases[i].forms, cases[i].base);
        const struct provision *p = only(&f, text);
        assert_true(str_eq(f.g->kinds[p->act.kind].name, STR("noun")));
        arena_free(&f.a);
    }
}

static void excepts(void **state)
{
    (void)state;
    struct fixture f;
    const struct provision *p =
        only(&f, "provision ceasefire: each party must not fire.\n"
                 "provision x: despite ceasefire, each party may return fire "
                 "only if silence does not hold.");
    assert_int_equal(p->pattern, PATTERN_EXCEPTION);
    assert_int_equal(p->despite, 0);
    assert_int_equal(p->only->op, COND_NOT);
    assert_int_equal(p->depends_on.n, 1);
    assert_true(kind_is(f.g, p->act.kind, f.g->provisions[0].act.kind));
    arena_free(&f.a);
    p = only(&f, "provision x: each party may fire only in belt.");
    assert_int_equal(p->pattern, PATTERN_FORBID);
    assert_true(p->act.outside);
    arena_free(&f.a);
}

static void reads_disputed_terms(void **state)
{
    (void)state;
    struct fixture f;
    const struct provision *p = only(
        &f,
        "line border, disputed. zone strip is within 1 km of border.\n"
        "border is read: – as drawn by ukraine: \"a.geojson\" – as drawn by ordlo: \"b.geojson\" "
        "– left open by both.\n"
        "evidence for fire is read: – as \"one\": reported by 1 source – as \"two\": reported "
        "by 2 independent sources.\n"
        "provision y: each party must keep its heavy weapons out of strip.\n"
        "provision x: each party must not fire in strip.");
    assert_int_equal(p->readings.n, 4);
    assert_int_equal(f.g->provisions[0].readings.n, 2);
    uint32_t r = p->readings.v[2];
    assert_str(f.g->readings[r].label, "border as drawn by ordlo; evidence for fire one");
    assert_str(agreement_line_file(f.g, f.g->terms[0].index, r)->path, "b.geojson");
    const struct evidence_case *cases;
    uint32_t n;
    agreement_evidence(f.g, p->act.kind, p->readings.v[3], &cases, &n);
    assert_int_equal(cases[0].sources, 2);
    assert_int_equal(f.g->terms[0].left_open_by.n, 2);
    arena_free(&f.a);
}

static void defines_states(void **state)
{
    (void)state;
    struct fixture f;
    const struct provision *p =
        only(&f, "silence holds from when each party has notified smm until "
                 "18:00.\nprovision x: each party must not fire while silence "
                 "holds.");
    const struct kind *k = &f.g->kinds[p->frames[0].condition->phrase.kind];
    assert_non_null(k->definition);
    assert_int_equal(k->definition->from->phrase.who, WHO_EACH_OF);
    assert_int_equal(k->definition->until->clock, 18 * 3600);
    arena_free(&f.a);
}

static void names_of_any_script(void **state)
{
    (void)state;
    struct fixture f;
    const struct provision *p = only(
        &f, "party الشمال \"الشمال\". party Київ.\nprovision وقف: الشمال and Київ must not fire.");
    assert_int_equal(p->bearers.n, 2);
    assert_str(p->name, "وقف");
    arena_free(&f.a);
}

static void summer_time_and_months(void **state)
{
    (void)state;
    struct fixture f;
    instant first, last;
    const struct provision *p = only(
        &f, "provision x: each party must begin withdrawal by 1 month after 2015-02-28 12:00.");
    agreement_point(f.g, &p->deadline.point, LANG_NONE, &first, &last);
    assert_int_equal(last, 1427536800); /* 2015-03-28T12:00+02:00, the day before the change */
    arena_free(&f.a);
    p = only(&f, "provision x: each party must begin withdrawal by 29 March 2015.");
    agreement_point(f.g, &p->deadline.point, LANG_NONE, &first, &last);
    assert_int_equal(last - first + 1, 23 * 3600);
    arena_free(&f.a);
}

static void layout_is_idempotent_and_keeps_comments(void **state)
{
    (void)state;
    static const char text[] =
        "Prose   stays.\n\n```truce\nagreement \"T\"   signed 2015-02-12; in force from\n"
        "2015-02-15 00:00;time zone Europe/Kyiv.\n# why\n\n\n\nparty   a.   # first\nparty b.\n"
        "provision x:each of a and b must not do something that takes a very long sentence indeed "
        "until the end of the day on which it ends.\n"
        "x is read: - as one: \"a\" - as two: \"b\".\n```\n";
    struct arena a;
    struct diags d;
    struct buf one, two;
    arena_init(&a);
    diags_init(&d, &a);
    buf_init(&one);
    buf_init(&two);
    assert_int_equal(format_agreement(&a, source_new(&a, STR("x"), str_of(text)), &d, &one),
                     STATUS_OK);
    assert_str(buf_str(&one),
               "Prose   stays.\n\n```truce\nagreement \"T\"\n  signed 2015-02-12;\n  in force from "
               "2015-02-15 00:00;\n  time zone Europe/Kyiv.\n# why\n\nparty a. # first\nparty b.\n"
               "provision x: each of a and b must not do something that takes a very long sentence "
               "indeed until the\n    end of the day on which it ends.\nx is read:\n  – as one: "
               "\"a\"\n  – as two: \"b\".\n```\n");
    assert_int_equal(format_agreement(&a, source_new(&a, STR("x"), buf_str(&one)), &d, &two),
                     STATUS_OK);
    assert_true(str_eq(buf_str(&one), buf_str(&two)));
    buf_free(&one);
    buf_free(&two);
    arena_free(&a);
}

static void glosses_are_pinned(void **state)
{
    (void)state;
    struct fixture f;
    const struct provision *p = only(&f, "provision x: ukraine must be neutral.");
    struct buf b;
    buf_init(&b);
    buf_fmt(&b, "provision x: ukraine must be neutral.\nread as \"%.*s\".", STR_ARG(p->gloss));
    buf_putc(&b, '\0');
    arena_free(&f.a);
    only(&f, b.p);
    arena_free(&f.a);
    buf_free(&b);
    check(&f, "provision x: ukraine must not be neutral.\nread as \"for P = ukraine: otherwise\".");
    assert_int_equal(f.st, STATUS_INPUT);
    assert_string_equal(f.d.items[0].code, "gloss-changed");
    arena_free(&f.a);
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        const char *code;
    } cases[] = {
        {STR_INIT("# A\n\n```truce\nparty north\0b.\n```\n"), "nul-byte"},
        {STR_INIT("# A\n\n```truce\nparty \xE9.\n```\n"), "not-utf-8"},
        {STR_INIT("Only prose.\n"), "nothing-formal"},
        {STR_INIT("# A\n\n```truce\nparty north.\n"), "open-fence"},
        {STR_INIT("```truce\nparty north.\n```\n"), "no-agreement"},
        {STR_INIT(
             "```truce\nagreement \"T\" in force from 2015-01-01; time zone Europe/Kiyv.\n```\n"),
         "unknown-time-zone"},
        {STR_INIT("```truce\nagreement \"T\" in force from 2015-01-01.\n```\n"), "no-time-zone"},
        {STR_INIT("```truce\nagreement \"T\" time zone Europe/Kyiv.\n```\n"),
         "no-entry-into-force"},
        {STR_INIT("```truce\nagreement \"T\" in force from 2015-01-02 until 2015-01-01; time zone "
                  "Europe/Kyiv.\n```\n"),
         "contradictory-dates"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture f;
        check_text(&f, cases[i].text);
        assert_int_equal(f.st, STATUS_INPUT);
        assert_string_equal(f.d.items[0].code, cases[i].code);
        arena_free(&f.a);
    }
}

/* Ten megabytes of words and marks in no order: several findings, no crash. */
static void garbage_is_survived(void **state)
{
    (void)state;
    static const char *const words[] = {"provision",  "party", ":",   ".",          "must", "not",
                                        "fire",       "\"x\"", "–",   "2015-02-31", "5 km", "each",
                                        "of",         "(",     ")",   "is",         "read", "\n",
                                        "```truce\n", "# x\n", "and", "until"};
    struct buf b;
    uint64_t seed = 7;
    buf_init(&b);
    buf_puts(&b, "```truce\n");
    while (b.n < (size_t)10 << 20) {
        buf_puts(&b, words[test_below(&seed, sizeof words / sizeof words[0])]);
        buf_putc(&b, ' ');
    }
    assert_false(b.failed);
    struct fixture f;
    check_text(&f, buf_str(&b));
    assert_int_equal(f.st, STATUS_INPUT);
    assert_true(f.d.n <= f.d.max_items);
    arena_free(&f.a);
    buf_free(&b);
}

static void ten_thousand_clauses(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b);
    buf_puts(&b, HEAD "```\n");
    for (int i = 0; i < 10000; i++)
        buf_fmt(
            &b,
            "\n## Article %d\n\nText.\n\n```truce\nprovision p%d: each party must not fire in belt "
            "until %d days after entry into force.\n```\n",
            i, i, i + 1);
    struct fixture f;
    check_text(&f, buf_str(&b));
    assert_int_equal(f.st, STATUS_OK);
    assert_int_equal(f.g->n_provisions, 10000);
    assert_int_equal(f.g->n_clauses, 10002);
    arena_free(&f.a);
    buf_free(&b);
}

static void survives_failing_memory(void **state)
{
    (void)state;
    static const char text[] = HEAD
        "evidence for fire is read: – as \"one\": reported by 1 source – as \"two\": verified.\n"
        "zone wide is the part of belt outside belt without belt.\n"
        "provision x: from day 2, each party must not fire with deaths 2 or more in wide unless "
        "silence holds.\nprovision y: each party must begin withdrawl by day 2.\n```\n";
    enum status st = STATUS_FAULT;
    for (size_t limit = 256; st == STATUS_FAULT; limit += 509) {
        struct arena a;
        struct diags d;
        const struct agreement *g = NULL;
        arena_init(&a);
        a.limit = limit;
        diags_init(&d, &a);
        const struct source *s = source_new(&a, STR("x"), str_of(text));
        st = s ? agreement_check(&a, s, &d, &g) : STATUS_FAULT;
        assert_true(st != STATUS_OK);
        arena_free(&a);
        assert_true(limit < 1u << 22);
    }
    assert_int_equal(st, STATUS_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forbids),
        cmocka_unit_test(owes_by_and_within),
        cmocka_unit_test(keeps_and_is_and_counts),
        cmocka_unit_test(finds_the_base_of_a_verb),
        cmocka_unit_test(excepts),
        cmocka_unit_test(reads_disputed_terms),
        cmocka_unit_test(defines_states),
        cmocka_unit_test(names_of_any_script),
        cmocka_unit_test(summer_time_and_months),
        cmocka_unit_test(layout_is_idempotent_and_keeps_comments),
        cmocka_unit_test(glosses_are_pinned),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(garbage_is_survived),
        cmocka_unit_test(ten_thousand_clauses),
        cmocka_unit_test(survives_failing_memory),
    };
    return cmocka_run_group_tests_name("agreement", tests, NULL, NULL);
}
