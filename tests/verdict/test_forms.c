/* Every form of sentence against the judge (check.h).
 *
 * A case is a text: the sentences of one form with random holes, put behind a head that declares what
 * they speak of, read by the checker as any agreement is, so that what is judged is what the language
 * makes of it.  Its times are seconds around a midnight, its record and its coverage are random.
 * `test_verdict_forms FORM FIRST CASES` runs a form on other seeds; FORM may be `all`. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

static const char head[] =
    "# T\n\n```truce\n"
    "agreement \"Ticks\" signed 1970-04-10 23:59:55; in force from 1970-04-10 23:59:55 until "
    "1970-04-11 00:00:%s; time zone UTC; day 1 is 1970-04-10.\n"
    "party north. party south. body mission.\n"
    "zone belt is area \"Belt\".\n"
    "event fire (by party, size count), in a zone, verb fires, fired, firing.\n"
    "event return_fire is a fire, verb return fire, returns fire, returned fire, returning fire.\n"
    "event storm (by party, size count), in a zone, verb storm, storms, stormed, storming.\n"
    "filed event notice (by actor, size count, whom actor), verb notify, notifies, notified, "
    "notifying.\n"
    "event word (by party, size count, whom actor), verb inform, informs, informed, informing.\n"
    "event meeting (by body, size count), verb convene, convenes, convened, convening.\n"
    "filed event objection (by party, size count), verb object, objects, objected, objecting.\n"
    "filed event confirmation (by party, window text), verb confirm, confirms, confirmed, "
    "confirming.\n"
    "event release (by party, size count, through actor), verb release, releases, released, "
    "releasing.\n"
    "filed event withdrawal (by party, size count), verb withdraw consent, withdraws consent, "
    "withdrawn consent, withdrawing consent.\n"
    "filed state consent (of party, size count).\n"
    "state weapon (of party, size count), plural weapons.\n"
    "filed state calm (of party, size count).\n"
    "state silence.\n"
    "stock detainees, listed by notice.\n";

struct form {
    const char *name, *text;
    const char *kinds; /* what its record is mostly of */
    bool exact;        /* each choice is read once, and nothing is counted */
    bool counts;
    uint64_t least; /* mostly so many facts, for nothing shows with less */
    bool short_;    /* the term ends early */
};

/* Holes: {t} a time, {t1} an early and {t2} a late one, {d} a few seconds, {c} a condition, {b} one that does
 * not hold since ever. */
static const struct form forms[] = {
    {"towards",
     "provision told: each party must inform each other party by {t}.\n"
     "provision all_told: mission must notify each party within {d} after a party has stormed.\n"
     "provision hour: north must inform each of south and mission within {d} after {t1} if {c}.\n",
     "word notice storm", false, false, 0, false},
    {"otherwise",
     "provision quiet: each party must not fire.\n"
     "provision answer: if quiet is violated by one party, then mission must convene within {d}; "
     "otherwise the party must notify mission within {d}.\n"
     "provision counter: if quiet is violated by one party, then mission must convene within {d}; "
     "otherwise the other party must inform mission within {d}.\n",
     "fire meeting notice word", false, false, 0, false},
    {"reported",
     "provision quiet: each party must not fire unless {c}.\n"
     "provision tell: mission must convene within {d} after quiet is violated.\n",
     "fire meeting", false, false, 0, false},
    {"defined",
     "silence holds from when {b} until {b}.\n"
     "provision still: while silence holds, each party must not fire in belt.\n"
     "provision move: each party may storm only while silence holds.\n",
     "fire storm notice", false, false, 0, false},
    {"window",
     "window morning, in belt, from {t1} until {t2}, live when each party has confirmed.\n"
     "provision still: while morning is live, each party must not fire.\n",
     "confirmation confirmation fire", false, false, 3, false},
    {"asks",
     "provision still: while {c}, each party must not fire.\n"
     "provision rare: each party must not storm if {c}.\n"
     "provision away: until {t2}, each party must keep its weapons out of belt if {c}.\n",
     "fire storm weapon", false, false, 0, false},
    {"exchange",
     "provision freed: by {t2}, each party must release all detainees on the lists, through "
     "mission.\n",
     "notice release release", false, true, 2, false},
    {"ambiguous",
     "weapon is ambiguous on purpose: – as one by north: with size 3 or more – as two by south: "
     "with size 4 or less – left open by both.\n"
     "provision away: each party must keep its weapons out of belt.\n",
     "weapon", true, false, 0, false},
    {"left_open",
     "storm is read: – left open by both.\n"
     "provision calmly: each party must not storm in belt.\n"
     "provision near: each party may fire only if no party has stormed in the last {d}.\n",
     "storm fire", false, false, 0, false},
    {"evidence",
     "fire counts when seen, or reported by 2 independent sources.\n"
     "evidence for storm is read: – as one: seen – as two: reported by 2 independent sources.\n"
     "provision quiet: each party must not fire in belt.\n"
     "provision calmly: each party must not storm.\n",
     "fire storm", true, false, 0, false},
    {"consent",
     "north consents to south from {t1}, on condition that {c}; north may withdraw consent, "
     "effective {d} after receipt.\n"
     "provision entry: south may fire only with consent of north.\n"
     "provision stay: each party may storm only while consent of north stands.\n",
     "consent withdrawal fire storm", false, false, 0, false},
    {"exception",
     "provision quiet: each party must not fire.\n"
     "provision reply: despite quiet, each party may return fire only if {c}.\n",
     "return_fire fire storm", false, false, 0, false},
    {"every",
     "provision told: each party must notify mission every {d3}.\n"
     "provision seen: each party must inform mission every {d3} if {c}.\n",
     "notice word", false, false, 0, false},
    {"ahead",
     "provision told: each party must inform mission at least {d} before a party storms.\n"
     "provision seen: north must notify mission at least {d} before south storms.\n",
     "storm word notice", false, false, 0, false},
    {"refers",
     "provision quiet: each party must not fire.\n"
     "provision first: each party must inform mission by {t1}.\n"
     "provision calmly: each party must not storm if quiet is violated in the last {d}.\n"
     "provision later: after {t1}, each party must not return fire unless first is fulfilled.\n"
     "provision last: north must notify mission by {t2} only if first is fulfilled; if not, the "
     "date lapses.\n",
     "fire storm word", false, false, 0, false},
    {"objection",
     "provision open: each party may fire only if no party has objected within {d} after a party "
     "has notified.\n",
     "fire objection notice", false, false, 0, false},
    {"together",
     "provision told: north and south together must inform mission by {t2}.\n"
     "provision each_of: each party must not storm unless each party has notified.\n",
     "word storm notice", false, false, 0, false},
    {"formula",
     "```\n\n```formula\n"
     "formula surge: each party.\n"
     "shot is fire by the party.\nreply is storm by the other party in belt.\nanchor shot.\n"
     "violation: shot(id) AND NOT ONCE[0,{n}s] EXISTS x. reply(x)\n```\n\n```formula\n"
     "formula watch: each party.\nguns is weapon of the party.\nlast is storm by the other party.\n"
     "violation: (EXISTS x. guns(x)) AND NOT (EVENTUALLY[0,{n}s] EXISTS x. last(x))\n",
     "fire storm weapon", false, false, 0, false},
    {"force",
     "provision quiet: each party must not fire.\n"
     "quiet is suspended when {b} until {b}.\n"
     "provision later: each party must not storm.\n"
     "later is terminated {d} after north has notified mission.\n",
     "fire storm notice", false, false, 0, false},
    {"limited",
     "provision quiet: each party must not fire.\n"
     "quiet is in force for {d} from when {b}.\n"
     "provision later: each party must not storm.\n"
     "later is suspended for {d} when {b}.\n",
     "fire storm notice", false, false, 0, false},
    {"replaced",
     "provision quiet: each party must not fire.\n"
     "provision calmly: each party must not storm.\n"
     "quiet is replaced by calmly when north has notified in the last {d}.\n",
     "notice fire storm", false, false, 0, false},
    {"renewed",
     "provision quiet: each party must not fire.\n"
     "agreement is renewed for 2 seconds each time unless a party notifies mission {d} before "
     "expiry.\n",
     "fire notice", false, false, 0, true},
    {"extended",
     "provision quiet: each party must not fire.\n"
     "agreement is extended by {d} once when {c}.\n",
     "fire storm notice", false, false, 0, true},
    {"amended",
     "provision told: each party must inform mission within 3 seconds after a party has stormed.\n"
     "provision answer: if told is violated, then mission must convene within {d}.\n"
     "amendment 1, agreed by each party, in force from 1970-04-11 00:00:00: in told, \"3 seconds\" "
     "is replaced by \"1 second\"; violations before 1970-04-11 00:00:00 stand.\n",
     "storm word meeting", false, false, 0, false},
};
#define FORMS (sizeof forms / sizeof forms[0])

#ifndef CASES
#define CASES 12
#endif

struct form_case {
    struct arena arena;
    struct diags diags;
    const struct form *form;
    uint64_t number, seed;
    struct buf text;
    const char *sentences;
    const struct agreement *g;
    struct facts facts;
    struct judge_case judge;
};

static uint64_t below(struct form_case *c, uint64_t n)
{
    return test_below(&c->seed, n);
}

static bool chance(struct form_case *c, uint64_t percent)
{
    return below(c, 100) < percent;
}

/* ---- the sentences ---- */

static void put_time(struct form_case *c, uint64_t from, uint64_t n)
{
    long long s = (long long)(from + below(c, n)) - TICKS / 2;
    if (s < 0)
        buf_fmt(&c->text, "1970-04-10 23:59:%02lld", 60 + s);
    else
        buf_fmt(&c->text, "1970-04-11 00:00:%02lld", s);
}

static void put_seconds(struct form_case *c, uint64_t least)
{
    uint64_t n = least + below(c, 3);
    buf_fmt(&c->text, "%d second%s", (int)n, n == 1 ? "" : "s");
}

/* The first `beginnings` come about at some second. */
static const char *const conditions[] = {
    "north has stormed",
    "south has notified",
    "a party has stormed in the last {d}",
    "the other party has notified in the last {d}",
    "calm of north holds",
    "weapon of south holds",
    "each party has notified",
    "no party has stormed",
    "north has not notified",
    "{t} has come",
};
#define BEGINNINGS 3

static void put_text(struct form_case *c, const char *text);

static void put_condition(struct form_case *c, bool begins)
{
    size_t n = sizeof conditions / sizeof conditions[0];
    put_text(c, conditions[below(c, begins ? BEGINNINGS : n)]);
    if (!begins && chance(c, 25)) {
        put_text(c, chance(c, 50) ? " and " : " or ");
        put_text(c, conditions[below(c, n)]);
    }
}

static void put_hole(struct form_case *c, struct str hole)
{
    if (str_eq(hole, STR("t"))) put_time(c, 2, 8);
    if (str_eq(hole, STR("t1"))) put_time(c, 2, 4);
    if (str_eq(hole, STR("t2"))) put_time(c, 6, 4);
    if (str_eq(hole, STR("d"))) put_seconds(c, 1);
    if (str_eq(hole, STR("d3"))) put_seconds(c, 3);
    if (str_eq(hole, STR("n"))) buf_fmt(&c->text, "%d", 1 + (int)below(c, 3));
    if (str_eq(hole, STR("c"))) put_condition(c, false);
    if (str_eq(hole, STR("b"))) put_condition(c, true);
}

static void put_text(struct form_case *c, const char *text)
{
    for (const char *open; (open = strchr(text, '{')) != NULL;) {
        const char *close = strchr(open, '}');
        buf_fmt(&c->text, "%.*s", (int)(open - text), text);
        put_hole(c, (struct str){open + 1, (size_t)(close - open) - 1});
        text = close + 1;
    }
    buf_puts(&c->text, text);
}

static void make_text(struct form_case *c)
{
    buf_init(&c->text);
    buf_fmt(&c->text, head, c->form->short_ ? "01" : "05");
    size_t first = c->text.n;
    put_text(c, c->form->text);
    buf_puts(&c->text, "```\n");
    buf_putc(&c->text, 0);
    c->text.n--;
    c->sentences = c->text.p + first;
    const struct source *source = source_new(&c->arena, STR("form.md"), buf_str(&c->text));
    if (agreement_check(&c->arena, source, &c->diags, &c->g) == STATUS_OK) return;
    struct buf out;
    buf_init(&out);
    diags_render(&c->diags, &out, false);
    print_message("%.*s\n", (int)out.n, out.p ? out.p : "");
    fail_msg("form %s, case %llu has errors", c->form->name, (unsigned long long)c->number);
}

/* ---- the record ---- */

static void random_span(struct form_case *c, instant *lo, instant *hi)
{
    *lo = JUDGE_BASE + 1 + (instant)below(c, TICKS - 2);
    *hi = *lo + (chance(c, 60) ? 0 : (instant)below(c, 4));
    if (*hi >= JUDGE_BASE + TICKS) *hi = JUDGE_BASE + TICKS - 1;
}

static struct value random_value(struct form_case *c, const struct attribute *a)
{
    if (a->type == ATTRIBUTE_TEXT) {
        int64_t text = facts_text(&c->facts, STR("morning"));
        return chance(c, 85) ? (struct value){text, text} : (struct value){-1, -1};
    }
    int64_t lo = (int64_t)below(c, 6), hi = lo + (chance(c, 75) ? 0 : (int64_t)below(c, 4));
    if (a->type == ATTRIBUTE_ACTOR) lo = hi = (int64_t)below(c, 3);
    return (struct value){lo, hi};
}

static void random_report(struct form_case *c, uint64_t number, uint32_t kind)
{
    static const char *const ids[] = {"a", "b", "c"};
    const struct kind *k = &c->g->kinds[kind];
    struct content says = {.place = {FACTS_NONE, FACTS_NONE, FACTS_NONE}};
    uint32_t who[2] = {(uint32_t)(chance(c, 60) ? number % 2 : below(c, 2)), 0},
             class_ = k->attributes[k->actor].class_;
    struct value values[3] = {VALUE_UNKNOWN, VALUE_UNKNOWN, VALUE_UNKNOWN};
    struct str sources[2] = {STR("one"), STR("two")};
    random_span(c, &says.start_lo, &says.start_hi);
    says.end_lo = says.start_lo;
    says.end_hi = says.start_hi;
    if (k->is_state) {
        random_span(c, &says.end_lo, &says.end_hi);
        if (says.end_lo < says.start_hi) says.end_lo = says.start_hi;
        if (says.end_hi < says.end_lo) says.end_hi = says.end_lo;
    }
    says.actors = who;
    says.n_actors = chance(c, 75) ? 1 : 2;
    if (says.n_actors == 2) who[0] = 0, who[1] = 1;
    if (class_ == ACTOR_BODY || (class_ == LANG_NONE && chance(c, 50)))
        says.n_actors = 1, who[0] = 2;
    says.place[0] = chance(c, 75) ? (uint32_t)below(c, 2) : 2;
    for (uint32_t i = 1; i < k->n_attributes; i++) values[i] = random_value(c, &k->attributes[i]);
    says.values = values;
    says.n_values = k->n_attributes;
    struct report_in in = {.id = str_of(ids[number]),
                           .kind = kind,
                           .says = says,
                           .sources = sources + below(c, 2),
                           .n_sources = 1,
                           .recorded = INSTANT_MIN};
    in.grade = chance(c, 75) ? GRADE_SEEN : GRADE_REPORTED;
    facts_add(&c->facts, &in, NULL);
}

/* The kinds that the form is about. */
static size_t kinds_of(const struct form_case *c, uint32_t *out)
{
    struct str all = str_of(c->form->kinds);
    size_t n = 0;
    while (all.n) {
        size_t end = 0;
        while (end < all.n && all.p[end] != ' ') end++;
        out[n] = agreement_kind(c->g, str_slice(all, 0, end));
        assert_int_not_equal(out[n++], LANG_NONE);
        all = str_slice(all, end + (end < all.n), all.n);
    }
    return n;
}

/* Mostly one of each kind in turn, some of them twice over with two opinions. */
static void random_record(struct form_case *c)
{
    static const char *const others[] = {"notice", "storm", "calm", "weapon"};
    uint32_t kinds[8];
    size_t n_kinds = kinds_of(c, kinds);
    uint64_t n = below(c, 8);
    n = n < 1 ? 0 : n < 2 ? 1 : n < 5 ? 2 : 3;
    if (n < c->form->least && chance(c, 70)) n = c->form->least;
    for (uint64_t i = 0; i < n; i++) {
        uint32_t kind = chance(c, 60) ? kinds[i % n_kinds] : kinds[below(c, n_kinds)];
        if (chance(c, 15)) kind = agreement_kind(c->g, str_of(others[below(c, 4)]));
        random_report(c, i, kind);
        if (chance(c, 12)) random_report(c, i, kind);
    }
}

static void cover(struct form_case *c, enum coverage_where where, uint32_t kind, instant from,
                  instant to)
{
    struct coverage record = {.where = where, .area = 0, .by = 2, .from = from, .to = to};
    facts_add_coverage(&c->facts, &record, &kind, 1);
}

/* As in case.c: before the ticks and at the first nothing is hidden. */
static void random_coverage(struct form_case *c)
{
    uint64_t share = chance(c, 20) ? 0 : chance(c, 50) ? 100 : 80;
    for (uint32_t k = 0; k < c->g->n_kinds; k++) {
        if (c->g->kinds[k].filed || c->g->kinds[k].definition) continue;
        uint32_t up = c->g->kinds[k].parent; /* who would see fire would see it in return, too */
        bool child = up != LANG_NONE;
        cover(c, COVERAGE_EVERYWHERE, k, INSTANT_MIN, JUDGE_BASE);
        c->judge.covered_all[k] = 1U | (child ? c->judge.covered_all[up] : 0U);
        c->judge.covered_zone[k] = 1U | (child ? c->judge.covered_zone[up] : 0U);
        for (int t = 1; t < TICKS; t++) {
            instant at = JUDGE_BASE + t;
            bool everywhere = chance(c, share), zone = !everywhere && chance(c, share / 2);
            if (everywhere || zone)
                cover(c, everywhere ? COVERAGE_EVERYWHERE : COVERAGE_ZONE, k, at, at);
            if (everywhere) c->judge.covered_all[k] |= 1U << t;
            if (everywhere || zone) c->judge.covered_zone[k] |= 1U << t;
        }
    }
}

static const uint8_t sides[] = {SIDE_INSIDE, SIDE_OUTSIDE, SIDE_UNDECIDED};

static enum status tell_sides(void *ctx, uint32_t zone, uint32_t reading, uint8_t *out)
{
    (void)ctx, (void)zone, (void)reading;
    memcpy(out, sides, sizeof(sides));
    return STATUS_OK;
}

static void form_case_init(struct form_case *c, const struct form *form, uint64_t number)
{
    uint8_t attributes[JUDGE_KINDS];
    *c = (struct form_case){.form = form, .number = number, .seed = number};
    arena_init(&c->arena);
    diags_init(&c->diags, &c->arena);
    make_text(c);
    assert_true(c->g->n_kinds <= JUDGE_KINDS);
    for (uint32_t k = 0; k < c->g->n_kinds; k++)
        attributes[k] = (uint8_t)c->g->kinds[k].n_attributes;
    assert_int_equal(facts_init(&c->facts, c->g->n_kinds, attributes), STATUS_OK);
    c->judge.text = facts_text(&c->facts, STR("morning"));
    random_record(c);
    random_coverage(c);
    assert_int_equal(facts_seal(&c->facts), STATUS_OK);
    c->facts.places = (struct place_book){.n_places = 3, .sides = tell_sides};
    c->judge.g = c->g;
    c->judge.facts = &c->facts;
    c->judge.sides = sides;
    c->judge.over = LANG_NONE;
    c->judge.at = JUDGE_BASE + (instant)(chance(c, 50) ? TICKS - 1 : (int)below(c, TICKS));
}

static void form_case_free(struct form_case *c)
{
    facts_free(&c->facts);
    buf_free(&c->text);
    arena_free(&c->arena);
}

/* ---- each row ---- */

#define MAX_VIOLATIONS 12

static void judge_row(struct form_case *c, const struct lowered *l, const struct verdict_row *row,
                      struct tally *t)
{
    struct violation *v[MAX_VIOLATIONS];
    struct judgement j;
    size_t n = 0;
    for (size_t i = 0; i < l->n; i++) {
        struct violation *x = l->violations[i];
        if (x->provision != row->provision || x->reading != row->reading) continue;
        if (row->subject != VERDICT_ALL && x->bearer != row->subject && x->bearer != VERDICT_ALL)
            continue;
        assert_true(n < MAX_VIOLATIONS);
        v[n++] = x;
    }
    assert_true(n > 0);
    c->judge.reading = row->reading;
    judge(&c->judge, v, n, &j);
    t->rows++;
    if (j.too_many) {
        t->skipped++;
        return;
    }
    t->odd_rows += j.any[JUDGE_F].always && row->verdict > VERDICT_OVERDUE;
    struct checking k = {.facts = &c->facts,
                         .judge = &c->judge,
                         .pv = &c->g->provisions[row->provision],
                         .l = l,
                         .v = v,
                         .row = row,
                         .j = &j,
                         .t = t,
                         .number = c->number,
                         .text = c->sentences,
                         .counts = c->form->counts,
                         .repeats = !c->form->exact};
    t->crowds += j.any[JUDGE_F].always;
    check_row(&k);
}

static void run_form(const struct form *form, uint64_t first, uint64_t cases)
{
    struct tally t = {0};
    uint64_t salt = (uint64_t)(form - forms) * 1000003;
    for (uint64_t i = first; i < first + cases; i++) {
        struct form_case c;
        struct verdicts out;
        struct lowered l;
        form_case_init(&c, form, i * 7919 + salt + 1);
        /* A term without end is looked at up to `at` unless an end is asked for. */
        struct verdict_options options = {INSTANT_MIN, JUDGE_BASE + TICKS - 1, c.judge.at,
                                          INSTANT_MAX};
        assert_int_equal(lower_agreement(c.g, c.judge.at, &c.diags, &l), STATUS_OK);
        assert_int_equal(l.n_not_lowered, 0);
        c.judge.lowered = &l;
        assert_int_equal(verdict_run(c.g, &c.facts, &options, &c.diags, &out), STATUS_OK);
        for (size_t r = 0; r < out.n_rows; r++) judge_row(&c, &l, &out.rows[r], &t);
        t.cases++;
        verdict_free(&out);
        lower_free(&l);
        form_case_free(&c);
    }
    print_message(
        "# %s: %d cases, %d rows, %d skipped, %d anchors, %d certain, %d inexact; %d rows "
        "violated in every world, %d of them not said to be\n",
        form->name, t.cases, t.rows, t.skipped, t.anchors, t.certain, t.inexact, t.crowds,
        t.odd_rows);
    assert_true(t.skipped * 2 < t.rows);
}

/* Further seeds than those of the suite: test_verdict_forms FORM FIRST CASES. */
static uint64_t first_case, n_cases = CASES;

static void one_form(void **state)
{
    run_form(*state, first_case, n_cases);
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[FORMS];
    size_t n = 0;
    bool all = argc < 2 || !strcmp(argv[1], "all");
    if (argc > 2) first_case = strtoull(argv[2], NULL, 10);
    if (argc > 3) n_cases = strtoull(argv[3], NULL, 10);
    for (size_t i = 0; i < FORMS; i++) {
        if (!all && strcmp(argv[1], forms[i].name) != 0) continue;
        tests[n++] = (struct CMUnitTest){.name = forms[i].name,
                                         .test_func = one_form,
                                         .initial_state = (void *)(uintptr_t)&forms[i]};
    }
    assert_true(n > 0);
    return _cmocka_run_group_tests("forms", tests, n, NULL, NULL);
}
