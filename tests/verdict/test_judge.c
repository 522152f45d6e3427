/* Verdicts against the judge: sound always, exact where that is promised.
 *
 * Sound: nothing is called certain that fails in some world, and nothing is left out that happens
 * in some world.  Exact: where the formula reads each choice once and counts nothing, every
 * anchor's verdict is the one that the definition gives. */
#include "../test.h"
#include "case.h"
#include "verdict/verdict.h"

#ifndef CASES
#define CASES 120
#endif

/* The gravest that the row says of a fact: of `all`, each bearer may have an instance. */
static const struct instance *instance_of(const struct verdict_row *row, uint32_t fact)
{
    const struct instance *worst = NULL;
    for (size_t i = 0; i < row->n_instances; i++) {
        const struct instance *x = &row->instances[i];
        if (x->fact == fact && (!worst || x->verdict < worst->verdict)) worst = x;
    }
    return worst;
}

static const char *describe(const struct random_case *c, const struct lowered *l)
{
    static char text[8192];
    struct buf out;
    buf_init(&out);
    lower_print(l, l->violations[0], &out);
    buf_fmt(&out, "  at %lld, case %llu\n", (long long)(c->judge.at - JUDGE_BASE),
            (unsigned long long)c->number);
    for (size_t i = 0; i < l->violations[0]->n_preds; i++) {
        const struct lowered_pred *p = &l->violations[0]->preds[i];
        for (size_t k = 0; k < p->n_rows; k++)
            buf_fmt(&out, "  s%zu row %lld..%lld\n", i,
                    (long long)instant_add(p->rows[k].from, -JUDGE_BASE),
                    (long long)instant_add(p->rows[k].to, -JUDGE_BASE));
    }
    for (size_t i = 0; i < c->facts.n_facts; i++) {
        const struct fact *f = &c->facts.facts[i];
        for (uint32_t k = f->first_alternative; k != FACTS_NONE;
             k = c->facts.alternatives[k].next) {
            const struct alternative *a = &c->facts.alternatives[k];
            buf_fmt(&out, "  fact %zu kind %u start %lld..%lld end %lld..%lld place %d actors", i,
                    f->kind, (long long)(a->start_lo - JUDGE_BASE),
                    (long long)(a->start_hi - JUDGE_BASE), (long long)(a->end_lo - JUDGE_BASE),
                    (long long)(a->end_hi - JUDGE_BASE), (int)a->place[0]);
            for (uint32_t n = 0; n < a->n_actors; n++)
                buf_fmt(&out, " %d", (int)c->facts.actor_pool[a->actors + n]);
            struct value v = c->facts.value_pool[a->values + 1];
            buf_fmt(&out, " value %lld..%lld grade %d\n", (long long)v.lo, (long long)v.hi,
                    (int)c->facts.reports[f->first_report].grade);
        }
    }
    for (size_t k = 0; k < c->g.n_kinds; k++)
        buf_fmt(&out, "  kind %zu covered %03x zone %03x\n", k, c->judge.covered_all[k],
                c->judge.covered_zone[k]);
    snprintf(text, sizeof text, "%.*s", (int)out.n, out.p ? out.p : "");
    buf_free(&out);
    return text;
}

/* What the definition makes of an anchor that is an act. */
static enum verdict defined(const struct judgement *j, size_t x)
{
    if (j->of[JUDGE_F][x].always) return VERDICT_VIOLATED;
    if (j->of[JUDGE_R][x].ever && !j->of[JUDGE_R][x].always) return VERDICT_POSSIBLY_VIOLATED;
    if (j->of[JUDGE_R][x].ever || j->of[JUDGE_C][x].ever) return VERDICT_UNVERIFIED;
    return j->of[JUDGE_R][x].raw_ever ? VERDICT_EXCUSED : VERDICT_COMPLIED;
}

struct tally {
    int cases, anchors, certain, excused, inexact, skipped, crowds, odd_rows;
};

static void check(bool ok, const char *what, const struct random_case *c, const struct lowered *l,
                  const struct verdict_row *row, size_t anchor)
{
    if (ok) return;
    print_message("%s", describe(c, l)); /* too long for the message of a failure */
    fail_msg("%s: %.*s is %s, anchor %zu", what, STR_ARG(row->id), verdict_word(row->verdict),
             anchor);
}

static void check_days(const struct random_case *c, const struct lowered *l,
                       const struct verdict_row *row, const struct judgement *j)
{
    for (uint32_t d = 0; d < row->n_days; d++) {
        size_t day = (size_t)(row->first_day + d - 99);
        enum verdict v = row->days[d];
        assert_true(day < 2);
        if (v == VERDICT_VIOLATED)
            check(j->day[JUDGE_F][day].always, "day called violated", c, l, row, day);
        /* A day's violation of an act is where it happens. */
        if (j->day[JUDGE_R][day].ever && row->instances && l->violations[0]->anchor == ANCHOR_EVENT)
            check(v <= VERDICT_UNVERIFIED, "day missed in R", c, l, row, day);
        if (j->day[JUDGE_C][day].ever && l->violations[0]->anchor == ANCHOR_EVENT)
            check(v <= VERDICT_UNVERIFIED, "day missed in C", c, l, row, day);
        if (j->day[JUDGE_F][day].ever && l->violations[0]->anchor == ANCHOR_EVENT)
            check(v <= VERDICT_PENDING, "day missed in F", c, l, row, day);
    }
}

/* A state that may begin after `at`: what then is certain is not promised to be found. */
static bool begins_after(const struct random_case *c, uint32_t fact)
{
    const struct alternative *a = c->facts.alternatives;
    for (uint32_t i = c->facts.facts[fact].first_alternative; i != FACTS_NONE; i = a[i].next)
        if (a[i].start_hi > c->judge.at) return true;
    return false;
}

/* Anchors that are facts: acts, stays, and triggers. */
static void check_facts(const struct random_case *c, const struct lowered *l,
                        const struct verdict_row *row, const struct judgement *j, struct tally *t)
{
    bool duty = l->violations[0]->anchor == ANCHOR_DEADLINE;
    for (uint32_t x = 0; x < c->facts.n_facts; x++) {
        const struct instance *i = instance_of(row, x);
        enum verdict got = i ? (enum verdict)i->verdict : VERDICT_COMPLIED;
        enum verdict want = defined(j, x);
        if (want == VERDICT_VIOLATED && duty) want = VERDICT_OVERDUE;
        bool certain = got == VERDICT_VIOLATED || got == VERDICT_OVERDUE;
        t->anchors++;
        t->certain += certain;
        t->excused += got == VERDICT_EXCUSED;
        if (certain) check(j->of[JUDGE_F][x].always, "not certain", c, l, row, x);
        if (got == VERDICT_COMPLIED || got == VERDICT_EXCUSED)
            check(!j->of[JUDGE_C][x].ever, "possible after all", c, l, row, x);
        if (got == VERDICT_UNVERIFIED && !duty)
            check(!j->of[JUDGE_R][x].ever || j->of[JUDGE_R][x].always, "R disagrees", c, l, row, x);
        if (got == want || begins_after(c, x)) continue;
        if (got == VERDICT_EXCUSED && c->judge.excused[x]) continue; /* what is unverified, too */
        t->inexact++;
        if (c->provision.sites.n && row->subject == VERDICT_ALL) continue; /* of whose site? */
        if (!c->counts && !c->repeats && !duty) check(false, "inexact", c, l, row, x);
        if (!c->repeats && duty && want == VERDICT_OVERDUE)
            check(false, "inexact duty", c, l, row, x);
    }
}

/* Anchors that are steps of a schedule.  Where nothing is hidden the count is exact. */
static void check_steps(const struct random_case *c, const struct lowered *l,
                        const struct verdict_row *row, const struct judgement *j, struct tally *t)
{
    for (size_t i = 0; i < row->n_instances; i++) {
        size_t x = row->instances[i].step;
        enum verdict got = (enum verdict)row->instances[i].verdict, want = defined(j, x);
        if (want == VERDICT_VIOLATED) want = VERDICT_OVERDUE;
        t->anchors++;
        t->certain += got == VERDICT_OVERDUE;
        if (got == VERDICT_OVERDUE)
            check(j->of[JUDGE_F][x].always, "step not certain", c, l, row, x);
        if (got == VERDICT_COMPLIED || got == VERDICT_EXCUSED)
            check(!j->of[JUDGE_C][x].ever, "step possible after all", c, l, row, x);
        if (got == want) continue;
        t->inexact++;
        if (c->closed && !c->repeats) check(false, "inexact step", c, l, row, x);
    }
}

/* A cap that is violated in every world.  Where the record alone shows it, in that as many acts as are too many
 * lie wholly within one window, the row says so; else that every world has some such window is not
 * promised to be found. */
static void check_cap(const struct random_case *c, const struct lowered *l,
                      const struct verdict_row *row, const struct judgement *j, struct tally *t)
{
    if (!j->any[JUDGE_F].always) return;
    t->crowds++;
    if (row->verdict == VERDICT_VIOLATED) return;
    t->odd_rows++;
    const struct facts *f = &c->facts;
    const struct duration *w = &c->provision.window;
    bool sure = !c->repeats && row->subject != VERDICT_ALL;
    for (size_t i = 0; i < f->n_facts; i++) sure &= f->facts[i].n_alternatives == 1;
    for (instant end = JUDGE_BASE; sure && end < JUDGE_BASE + TICKS; end++) {
        uint32_t n = 0;
        for (size_t i = 0; i < f->n_facts; i++) {
            const struct alternative *a = &f->alternatives[f->facts[i].first_alternative];
            bool within = a->start_hi <= end && (!w->seconds || a->start_lo > end - w->seconds);
            n += within && j->of[JUDGE_F][i].made_always && !c->judge.excused[i];
        }
        check(n <= c->provision.count, "too many within a window", c, l, row, 0);
    }
}

static void check_row(const struct random_case *c, const struct lowered *l,
                      const struct verdict_row *row, const struct judgement *j, struct tally *t)
{
    const struct violation *v = l->violations[0];
    bool facts = v->anchor_pred != LOWER_NONE && v->preds[v->anchor_pred].source == PRED_SELECTS;
    if (row->verdict == VERDICT_VIOLATED || row->verdict == VERDICT_OVERDUE)
        check(j->any[JUDGE_F].always, "row called violated", c, l, row, 0);
    if (row->reasons & REASON_LAPSED) check(!j->made[JUDGE_F], "called lapsed", c, l, row, 0);
    if (j->any[JUDGE_R].ever)
        check(row->verdict <= VERDICT_PENDING, "row missed in R", c, l, row, 0);
    if (j->any[JUDGE_C].ever)
        check(row->verdict <= VERDICT_PENDING, "row missed in C", c, l, row, 0);
    if (row->verdict == VERDICT_UNVERIFIED && v->anchor != ANCHOR_DEADLINE)
        check(!j->any[JUDGE_R].ever || j->any[JUDGE_R].always, "row unverified", c, l, row, 0);
    if (facts) check_facts(c, l, row, j, t);
    if (v->lag && row->subject != VERDICT_ALL) check_steps(c, l, row, j, t);
    if (c->provision.pattern == PATTERN_CAP) check_cap(c, l, row, j, t);
    check_days(c, l, row, j);
}

static void run_case(uint64_t seed, enum pattern pattern, bool plain, struct tally *t)
{
    struct random_case c;
    struct verdicts out;
    struct diags diags;
    struct lowered l;
    random_case_init(&c, seed, pattern, plain);
    diags_init(&diags, &c.arena);
    struct verdict_options options = {INSTANT_MIN, INSTANT_MAX, c.judge.at, INSTANT_MAX};
    assert_int_equal(lower_agreement(&c.g, c.judge.at, &diags, &l), STATUS_OK);
    enum status s = verdict_run(&c.g, &c.facts, &options, &diags, &out);
    if (s != STATUS_OK) {
        struct buf b;
        buf_init(&b);
        diags_render(&diags, &b, false);
        fail_msg("status %d: %.*s\n%s", s, (int)b.n, b.p ? b.p : "", describe(&c, &l));
    }
    size_t n = 0; /* of the provision that is judged: the first */
    while (n < l.n && l.violations[n]->provision == 0) n++;
    size_t n_rows = c.provision.bearers.n ? n + 1 : 1;
    assert_true(out.n_rows >= n_rows);
    bool judged = false;
    for (size_t r = 0; r < n_rows; r++) {
        struct judgement j;
        bool all = out.rows[r].subject == VERDICT_ALL;
        judge(&c.judge, all ? l.violations : l.violations + r, all ? n : 1, &j);
        if (j.too_many) continue;
        judged = true;
        /* A duty of several bearers has an instance for each. */
        if (all && n > 1 && l.violations[0]->performed) continue;
        check_row(&c, &l, &out.rows[r], &j, t);
    }
    t->cases++;
    t->skipped += !judged;
    verdict_free(&out);
    lower_free(&l);
    random_case_free(&c);
}

/* Further seeds than those of the suite: test_judge GROUP FIRST CASES. */
static uint64_t first_case;
static uint64_t n_cases = CASES;

static void run_pattern(enum pattern pattern, bool plain)
{
    struct tally t = {0};
    bool counts = pattern == PATTERN_CAP || pattern == PATTERN_SCHEDULE ||
                  pattern == PATTERN_IN_STEP || pattern == PATTERN_DECIDE;
    uint64_t cases = counts ? n_cases / 4 : n_cases; /* counts are slow to tick */
    for (uint64_t i = first_case; i < first_case + cases; i++)
        run_case(i * 7919 + (uint64_t)pattern * 1000003 + plain, pattern, plain, &t);
    print_message("# %d cases, %d skipped, %d anchors, %d certain, %d excused, %d inexact\n",
                  t.cases, t.skipped, t.anchors, t.certain, t.excused, t.inexact);
    if (pattern == PATTERN_CAP) {
        print_message("# caps violated in every world: %d, of which %d are not said to be\n",
                      t.crowds, t.odd_rows);
        assert_true(t.crowds > 0);
    }
    assert_true(t.skipped * 2 < t.cases);
    if (pattern == PATTERN_JUSTIFY) assert_true(t.excused > 3);
}

#define PATTERN_TESTS(name, pattern)                                                               \
    static void name##_plain(void **state)                                                         \
    {                                                                                              \
        (void)state;                                                                               \
        run_pattern(pattern, true);                                                                \
    }                                                                                              \
    static void name##_with_conditions(void **state)                                               \
    {                                                                                              \
        (void)state;                                                                               \
        run_pattern(pattern, false);                                                               \
    }

PATTERN_TESTS(forbid, PATTERN_FORBID)
PATTERN_TESTS(duty, PATTERN_DUTY)
PATTERN_TESTS(keep, PATTERN_KEEP)
PATTERN_TESTS(status, PATTERN_STATUS)
PATTERN_TESTS(cap, PATTERN_CAP)
PATTERN_TESTS(only, PATTERN_ONLY)
PATTERN_TESTS(justify, PATTERN_JUSTIFY)
PATTERN_TESTS(suspension, PATTERN_DECIDE)
PATTERN_TESTS(lapse, PATTERN_LAPSE)
PATTERN_TESTS(consequence, PATTERN_CONSEQUENCE)
PATTERN_TESTS(schedule, PATTERN_SCHEDULE)
PATTERN_TESTS(in_step, PATTERN_IN_STEP)

int main(int argc, char **argv)
{
    const struct CMUnitTest acts[] = {
        cmocka_unit_test(forbid_plain), cmocka_unit_test(forbid_with_conditions),
        cmocka_unit_test(only_plain), cmocka_unit_test(only_with_conditions)};
    const struct CMUnitTest states[] = {
        cmocka_unit_test(keep_plain), cmocka_unit_test(keep_with_conditions),
        cmocka_unit_test(status_plain), cmocka_unit_test(status_with_conditions)};
    const struct CMUnitTest duties[] = {
        cmocka_unit_test(duty_plain),        cmocka_unit_test(duty_with_conditions),
        cmocka_unit_test(lapse_plain),       cmocka_unit_test(lapse_with_conditions),
        cmocka_unit_test(consequence_plain), cmocka_unit_test(consequence_with_conditions)};
    const struct CMUnitTest counts[] = {cmocka_unit_test(cap_plain),
                                        cmocka_unit_test(cap_with_conditions)};
    const struct CMUnitTest schedules[] = {
        cmocka_unit_test(schedule_plain), cmocka_unit_test(schedule_with_conditions),
        cmocka_unit_test(in_step_plain), cmocka_unit_test(in_step_with_conditions)};
    const struct CMUnitTest pleas[] = {cmocka_unit_test(justify_plain),
                                       cmocka_unit_test(justify_with_conditions)};
    const struct CMUnitTest rights[] = {cmocka_unit_test(suspension_plain),
                                        cmocka_unit_test(suspension_with_conditions)};
    const char *group = argc > 1 ? argv[1] : "acts";
    if (argc > 2) first_case = strtoull(argv[2], NULL, 10);
    if (argc > 3) n_cases = strtoull(argv[3], NULL, 10);
    if (!strcmp(group, "states")) return cmocka_run_group_tests(states, NULL, NULL);
    if (!strcmp(group, "duties")) return cmocka_run_group_tests(duties, NULL, NULL);
    if (!strcmp(group, "schedules")) return cmocka_run_group_tests(schedules, NULL, NULL);
    if (!strcmp(group, "justifications")) return cmocka_run_group_tests(pleas, NULL, NULL);
    if (!strcmp(group, "suspensions")) return cmocka_run_group_tests(rights, NULL, NULL);
    if (!strcmp(group, "counts")) return cmocka_run_group_tests(counts, NULL, NULL);
    return cmocka_run_group_tests(acts, NULL, NULL);
}
