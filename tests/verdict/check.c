#include "check.h"

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

static const char *describe(const struct checking *k)
{
    static char text[8192];
    struct buf out;
    buf_init(&out);
    if (k->text) buf_fmt(&out, "%s\n", k->text);
    lower_print(k->l, k->v[0], &out);
    buf_fmt(&out, "  at %lld, case %llu\n", (long long)(k->judge->at - JUDGE_BASE),
            (unsigned long long)k->number);
    for (size_t i = 0; i < k->v[0]->n_preds; i++) {
        const struct lowered_pred *p = &k->v[0]->preds[i];
        for (size_t m = 0; m < p->n_rows; m++)
            buf_fmt(&out, "  s%zu row %lld..%lld\n", i,
                    (long long)instant_add(p->rows[m].from, -JUDGE_BASE),
                    (long long)instant_add(p->rows[m].to, -JUDGE_BASE));
    }
    for (size_t i = 0; i < k->facts->n_facts; i++) {
        const struct fact *f = &k->facts->facts[i];
        for (uint32_t m = f->first_alternative; m != FACTS_NONE;
             m = k->facts->alternatives[m].next) {
            const struct alternative *a = &k->facts->alternatives[m];
            buf_fmt(&out, "  fact %zu kind %u start %lld..%lld end %lld..%lld place %d actors", i,
                    f->kind, (long long)(a->start_lo - JUDGE_BASE),
                    (long long)(a->start_hi - JUDGE_BASE), (long long)(a->end_lo - JUDGE_BASE),
                    (long long)(a->end_hi - JUDGE_BASE), (int)a->place[0]);
            for (uint32_t n = 0; n < a->n_actors; n++)
                buf_fmt(&out, " %d", (int)k->facts->actor_pool[a->actors + n]);
            struct value v = k->facts->value_pool[a->values + 1];
            buf_fmt(&out, " value %lld..%lld grade %d\n", (long long)v.lo, (long long)v.hi,
                    (int)k->facts->reports[f->first_report].grade);
        }
    }
    for (size_t m = 0; m < k->judge->g->n_kinds; m++)
        buf_fmt(&out, "  kind %zu covered %03x zone %03x\n", m, k->judge->covered_all[m],
                k->judge->covered_zone[m]);
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

static void check(bool ok, const char *what, const struct checking *k, size_t anchor)
{
    if (ok) return;
    print_message("%s", describe(k)); /* too long for the message of a failure */
    fail_msg("%s: %.*s is %s, anchor %zu", what, STR_ARG(k->row->id), verdict_word(k->row->verdict),
             anchor);
}

static void check_days(const struct checking *k)
{
    for (uint32_t d = 0; d < k->row->n_days; d++) {
        size_t day = (size_t)(k->row->first_day + d - 99);
        enum verdict v = k->row->days[d];
        assert_true(day < 2);
        if (v == VERDICT_VIOLATED)
            check(k->j->day[JUDGE_F][day].always, "day called violated", k, day);
        /* A day's violation of an act is where it happens. */
        if (k->j->day[JUDGE_R][day].ever && k->row->instances && k->v[0]->anchor == ANCHOR_EVENT)
            check(v <= VERDICT_UNVERIFIED, "day missed in R", k, day);
        if (k->j->day[JUDGE_C][day].ever && k->v[0]->anchor == ANCHOR_EVENT)
            check(v <= VERDICT_UNVERIFIED, "day missed in C", k, day);
        if (k->j->day[JUDGE_F][day].ever && k->v[0]->anchor == ANCHOR_EVENT)
            check(v <= VERDICT_PENDING, "day missed in F", k, day);
    }
}

/* A state that may begin after `at`: what then is certain is not promised to be found. */
static bool begins_after(const struct checking *k, uint32_t fact)
{
    const struct alternative *a = k->facts->alternatives;
    for (uint32_t i = k->facts->facts[fact].first_alternative; i != FACTS_NONE; i = a[i].next)
        if (a[i].start_hi > k->judge->at) return true;
    return false;
}

/* Anchors that are facts: acts, stays, and triggers. */
static void check_facts(const struct checking *k)
{
    bool duty = k->v[0]->anchor == ANCHOR_DEADLINE;
    for (uint32_t x = 0; x < k->facts->n_facts; x++) {
        const struct instance *i = instance_of(k->row, x);
        enum verdict got = i ? (enum verdict)i->verdict : VERDICT_COMPLIED;
        enum verdict want = defined(k->j, x);
        if (want == VERDICT_VIOLATED && duty) want = VERDICT_OVERDUE;
        bool certain = got == VERDICT_VIOLATED || got == VERDICT_OVERDUE;
        k->t->anchors++;
        k->t->certain += certain;
        k->t->excused += got == VERDICT_EXCUSED;
        if (certain) check(k->j->of[JUDGE_F][x].always, "not certain", k, x);
        if (got == VERDICT_COMPLIED || got == VERDICT_EXCUSED)
            check(!k->j->of[JUDGE_C][x].ever, "possible after all", k, x);
        if (got == VERDICT_UNVERIFIED && !duty)
            check(!k->j->of[JUDGE_R][x].ever || k->j->of[JUDGE_R][x].always, "R disagrees", k, x);
        if (got == want || begins_after(k, x)) continue;
        if (got == VERDICT_EXCUSED && k->judge->excused[x]) continue; /* what is unverified, too */
        k->t->inexact++;
        if (k->pv->sites.n && k->row->subject == VERDICT_ALL) continue; /* of whose site? */
        if (!k->counts && !k->repeats && !duty) check(false, "inexact", k, x);
        if (!k->repeats && duty && want == VERDICT_OVERDUE) check(false, "inexact duty", k, x);
    }
}

/* Anchors that are steps of a schedule.  Where nothing is hidden the count is exact. */
static void check_steps(const struct checking *k)
{
    for (size_t i = 0; i < k->row->n_instances; i++) {
        size_t x = k->row->instances[i].step;
        enum verdict got = (enum verdict)k->row->instances[i].verdict, want = defined(k->j, x);
        if (want == VERDICT_VIOLATED) want = VERDICT_OVERDUE;
        k->t->anchors++;
        k->t->certain += got == VERDICT_OVERDUE;
        if (got == VERDICT_OVERDUE) check(k->j->of[JUDGE_F][x].always, "step not certain", k, x);
        if (got == VERDICT_COMPLIED || got == VERDICT_EXCUSED)
            check(!k->j->of[JUDGE_C][x].ever, "step possible after all", k, x);
        if (got == want) continue;
        k->t->inexact++;
        if (k->closed && !k->repeats) check(false, "inexact step", k, x);
    }
}

/* A cap that is violated in every world.  Where the record alone shows it, in that as many acts as are too many
 * lie wholly within one window, the row says so; else that every world has some such window is not
 * promised to be found. */
static void check_cap(const struct checking *k)
{
    if (!k->j->any[JUDGE_F].always) return;
    k->t->crowds++;
    if (k->row->verdict == VERDICT_VIOLATED) return;
    k->t->odd_rows++;
    const struct facts *f = k->facts;
    const struct duration *w = &k->pv->window;
    bool sure = !k->repeats && k->row->subject != VERDICT_ALL;
    for (size_t i = 0; i < f->n_facts; i++) sure &= f->facts[i].n_alternatives == 1;
    for (instant end = JUDGE_BASE; sure && end < JUDGE_BASE + TICKS; end++) {
        uint32_t n = 0;
        for (size_t i = 0; i < f->n_facts; i++) {
            const struct alternative *a = &f->alternatives[f->facts[i].first_alternative];
            bool within = a->start_hi <= end && (!w->seconds || a->start_lo > end - w->seconds);
            n += within && k->j->of[JUDGE_F][i].made_always && !k->judge->excused[i];
        }
        check(n <= k->pv->count, "too many within a window", k, 0);
    }
}

void check_row(const struct checking *k)
{
    const struct violation *v = k->v[0];
    bool facts = v->anchor_pred != LOWER_NONE && v->preds[v->anchor_pred].source == PRED_SELECTS;
    if (k->row->verdict == VERDICT_VIOLATED || k->row->verdict == VERDICT_OVERDUE)
        check(k->j->any[JUDGE_F].always, "row called violated", k, 0);
    if (k->row->reasons & REASON_LAPSED) check(!k->j->made[JUDGE_F], "called lapsed", k, 0);
    if (k->j->any[JUDGE_R].ever) check(k->row->verdict <= VERDICT_PENDING, "row missed in R", k, 0);
    if (k->j->any[JUDGE_C].ever) check(k->row->verdict <= VERDICT_PENDING, "row missed in C", k, 0);
    if (k->row->verdict == VERDICT_UNVERIFIED && v->anchor != ANCHOR_DEADLINE)
        check(!k->j->any[JUDGE_R].ever || k->j->any[JUDGE_R].always, "row unverified", k, 0);
    if (facts) check_facts(k);
    if (v->lag && k->row->subject != VERDICT_ALL) check_steps(k);
    if (k->pv->pattern == PATTERN_CAP) check_cap(k);
    check_days(k);
}
