/* How each provision is read, in one sentence made from the typed provision, and what it is not read
 * as: the reading that a rule of scope rejected, with the sentence to write for that.
 *
 * One function for each pattern says what a violation is; who, when and unless are the same for
 * all.  say.h tells how the sentences are written. */
#include "lang/gloss.h"

#include "lang/expert.h"
#include "lang/parse.h"
#include "lang/power.h"
#include "lang/words.h"

struct gloss {
    struct voice *v;
    const struct provision *pv;
    struct str not_; /* grows by not_as */
};

static struct str act(const struct gloss *x)
{
    return words_phrase(x->v, &x->pv->act);
}

static bool of_state(const struct gloss *x)
{
    return x->v->g->kinds[x->pv->act.kind].is_state;
}

static struct str provision_name(const struct gloss *x, uint32_t provision)
{
    return words_name(x->v, x->v->g->provisions[provision].name);
}

/* What the provision is not read as; `msgid` has no slots. */
static void not_as(struct gloss *x, const char *msgid)
{
    struct str text = said(x->v, msgid);
    x->not_ = x->not_.n ? say(x->v, "{rejected}; {more}", x->not_, text) : text;
}

/* ---- one for each pattern ---- */

static struct str gloss_forbid(struct gloss *x)
{
    if (x->pv->bearers.n > 1)
        not_as(x, "a ban that is kept when only one of them does it (each is bound alone)");
    if (of_state(x)) return say(x->v, "each stay of a {state} is one violation", act(x));
    return say(x->v, "each {act} is one violation", act(x));
}

static struct str deadline_by(struct gloss *x)
{
    not_as(x,
           "begun only after the agreement is in force (write: within … after entry into force)");
    return say(x->v,
               x->v->g->header.has_signed
                   ? "at least one {act} up to and including {deadline}; what was done earlier "
                     "counts, since the signature"
                   : "at least one {act} up to and including {deadline}; what was done earlier "
                     "counts, since entry into force",
               act(x), words_point(x->v, &x->pv->deadline.point, x->pv->readings, true));
}

static struct str within_of_point(struct gloss *x)
{
    const struct point *p = &x->pv->trigger.point;
    const struct duration *d = &x->pv->deadline.period;
    struct str after = words_point(x->v, p, x->pv->readings, true);
    if (p->term != LANG_NONE)
        return say(x->v, "at least one {act} after {point} and within {duration} of it", act(x),
                   after, words_duration(x->v, d));
    instant first, last;
    agreement_point(x->v->g, p, LANG_NONE, &first, &last);
    return say(x->v, "at least one {act} after {point} and up to and including {deadline}", act(x),
               after, words_instant(x->v, agreement_later(x->v->g, d, last)));
}

/* "otherwise the party": who violated what the first duty follows. */
static struct str after_first(struct gloss *x, const struct trigger *t, struct str of)
{
    struct str first = provision_name(x, x->v->g->provisions[t->provision].trigger.provision);
    return say(
        x->v,
        t->violator == VIOLATOR_OTHER
            ? "after each violation of {provision} that follows a violation of {first} by the "
              "other"
            : "after each violation of {provision} that follows a violation of {first} by P",
        of, first);
}

static struct str after_violation(struct gloss *x, const struct trigger *t)
{
    struct str of = provision_name(x, t->provision), n = say_int(x->v, t->count);
    bool total = duration_none(&t->window);
    if (t->violator == VIOLATOR_OTHER) not_as(x, "after a violation of its own");
    if (t->count > 1 && !total)
        return say(x->v,
                   t->by_one ? "each time one and the same has violated {provision} {n} times in "
                               "any {duration}"
                             : "each time {provision} has been violated {n} times in any "
                               "{duration}, by whomever of those bound",
                   of, n, words_duration(x->v, &t->window));
    if (t->count > 1)
        return say(x->v,
                   t->by_one ? "each time one and the same has violated {provision} {n} times"
                             : "each time {provision} has been violated {n} times, by whomever of "
                               "those bound",
                   of, n);
    if (t->of_first) return after_first(x, t, of);
    if (t->violator == VIOLATOR_SAME)
        return say(x->v, "after each violation of {provision} by P", of);
    if (t->violator == VIOLATOR_OTHER)
        return say(x->v, "after each violation of {provision} by the other", of);
    return say(x->v, "after each violation of {provision}", of);
}

static struct str trigger(struct gloss *x)
{
    const struct trigger *t = &x->pv->trigger;
    if (t->op == TRIGGER_WHEN)
        return say(x->v, "once {condition}", words_condition(x->v, t->condition));
    if (t->op == TRIGGER_VIOLATION) return after_violation(x, t);
    struct str event = words_phrase(x->v, &t->phrase);
    if (t->recorded) return say(x->v, "after each {event} (counted from its record)", event);
    return say(x->v, "after each {event}", event);
}

static struct str deadline_within(struct gloss *x)
{
    if (x->pv->trigger.op == TRIGGER_POINT) return within_of_point(x);
    not_as(x, "done in advance (a performance before the trigger does not count)");
    return say(x->v,
               "{trigger}, at least one {act} in the {duration} behind it, the last second "
               "included; without it, no duty arises",
               trigger(x), act(x), words_duration(x->v, &x->pv->deadline.period));
}

static struct str gloss_duty(struct gloss *x)
{
    const struct deadline *d = &x->pv->deadline;
    if (d->op == DEADLINE_BY) return deadline_by(x);
    if (d->op == DEADLINE_WITHIN) return deadline_within(x);
    if (d->op == DEADLINE_AHEAD)
        return say(x->v, "before each {event}, at least one {act}, {duration} or more ahead of it",
                   words_phrase(x->v, &x->pv->trigger.phrase), act(x),
                   words_duration(x->v, &d->period));
    not_as(x, "at intervals of no more than that (each stretch is looked at by itself)");
    return say(x->v,
               "at least one {act} in each stretch of {duration}, counted from when the provision "
               "begins",
               act(x), words_duration(x->v, &d->period));
}

static struct str gloss_consequence(struct gloss *x)
{
    struct str duty = deadline_within(x);
    if (!x->pv->trigger.recorded) return duty;
    return say(x->v, "{duty} (time runs from the record of the violation)", duty);
}

static struct str gloss_lapse(struct gloss *x)
{
    struct str duty = deadline_by(x);
    not_as(x, "still owed later, once the condition holds (write: within … after …)");
    return say(x->v,
               "{duty}; owed only if, when that moment comes, {condition}; if not, the date "
               "lapses: nothing is owed and nobody is blamed",
               duty, words_condition(x->v, x->pv->only));
}

static struct str gloss_keep(struct gloss *x)
{
    if (x->pv->sites.n) {
        not_as(x, "present somewhere (what was not found at its site is missing)");
        return gloss_sites(x->v, x->pv);
    }
    const struct zone_decl *z = &x->v->g->zones[x->pv->act.zone];
    struct str zone = words_name(x->v, z->name);
    if (z->n_fors) zone = say(x->v, "{zone} as it is for P", zone);
    struct phrase bare = x->pv->act;
    bare.zone = LANG_NONE;
    not_as(x, "withdrawn once by that date (write: must have withdrawn … by …)");
    return say(x->v,
               x->pv->inside ? "at every second, no {state} is outside {zone} (its edge belongs to "
                               "it); one violation for each stay"
                             : "at every second, no {state} is inside {zone} (its edge belongs to "
                               "it); one violation for each stay",
               words_phrase(x->v, &bare), zone);
}

static struct str gloss_status(struct gloss *x)
{
    return say(x->v,
               x->pv->negated ? "at every second, P is not {status}; one violation for each "
                                "stretch in which P is"
                              : "at every second, P is {status}; one violation for each stretch in "
                                "which P is not",
               x->v->g->kinds[x->pv->act.kind].status);
}

static struct str gloss_cap(struct gloss *x)
{
    struct str n = say_int(x->v, x->pv->count);
    if (duration_none(&x->pv->window))
        return say(
            x->v,
            "each {act} is a violation when with it more than {n} of them fall into the time "
            "since entry into force",
            act(x), n);
    not_as(x, "counted by calendar weeks or months (the window rolls)");
    return say(
        x->v,
        "each {act} is a violation when with it more than {n} of them fall into the {duration} "
        "that end with it",
        act(x), n, words_duration(x->v, &x->pv->window));
}

static struct str gloss_only(struct gloss *x)
{
    struct str body;
    if (!x->pv->only)
        body = say(x->v, "each {act} is permitted", act(x));
    else
        body = say(x->v,
                   of_state(x) ? "each {act} is a violation unless at that second {condition}"
                               : "each {act} is a violation unless at that moment {condition}",
                   act(x), words_condition(x->v, x->pv->only));
    if (x->pv->despite == LANG_NONE) {
        not_as(x, "a duty to do it when the condition holds");
        return body;
    }
    return say(x->v,
               x->pv->only ? "{rule}; if so, it is then no violation of {provision}"
                           : "{rule}; and it is then no violation of {provision}",
               body, provision_name(x, x->pv->despite));
}

static struct str schedule(struct gloss *x)
{
    not_as(x, "so many in each step anew (each step counts all that was done so far)");
    return gloss_schedule(x->v, x->pv);
}

static struct str in_step(struct gloss *x)
{
    not_as(x, x->pv->gap < 0 ? N_("equal at every moment (write: at most 0 percent apart)")
                             : N_("begun and ended together (what lies between is compared too)"));
    return gloss_in_step(x->v, x->pv);
}

/* After what the right to suspend is there. */
static struct str right_arises(struct gloss *x)
{
    const struct trigger *t = &x->pv->trigger;
    struct str of = provision_name(x, t->provision), n = say_int(x->v, t->count);
    bool other = t->violator == VIOLATOR_OTHER, ever = duration_none(&t->window);
    if (t->count <= 1 && other)
        return say(x->v, "after a violation of {provision} by the other", of);
    if (t->count <= 1) return say(x->v, "after a violation of {provision}", of);
    if (ever)
        return say(x->v,
                   other       ? "once the other has violated {provision} {n} times"
                   : t->by_one ? "once one and the same has violated {provision} {n} times"
                               : "once {provision} has been violated {n} times",
                   of, n);
    return say(x->v,
               other       ? "once the other has violated {provision} {n} times in any {duration}"
               : t->by_one ? "once one and the same has violated {provision} {n} times in any "
                             "{duration}"
                           : "once {provision} has been violated {n} times in any {duration}",
               of, n, words_duration(x->v, &t->window));
}

static struct str gloss_suspend(struct gloss *x, const struct power *w)
{
    struct str what = w->matter.n ? w->matter : provision_name(x, w->provision);
    struct str of = provision_name(x, x->pv->trigger.provision);
    struct str rule = say(
        x->v,
        w->covered
            ? "{when}, P may suspend {matter} by {act}; {matter} is then in force for nobody, from "
              "the receipt of that notice until the first {duration} behind it that have passed "
              "without any violation of {provision}, every second of them covered"
            : "{when}, P may suspend {matter} by {act}; {matter} is then in force for nobody, from "
              "the receipt of that notice until the first {duration} behind it that have passed "
              "without any violation of {provision}",
        right_arises(x), what, words_phrase(x->v, &w->notice), words_duration(x->v, &w->stretch),
        of);
    not_as(x,
           "suspended by the violations alone, or by a notice before them (it has no effect; one "
           "notice uses the right up, until a further violation gives it again)");
    if (!w->unexpired) return rule;
    return say(x->v,
               "{rule}; what is left of its time then goes on: its dates and deadlines move by the "
               "time suspended before them",
               rule);
}

static struct str gloss_power(struct gloss *x)
{
    static const char *const about[POWERS] = {
        [POWER_DECIDE] =
            N_("P may decide: {matter}; a power, which can neither be kept nor broken"),
        [POWER_EXCUSE] = N_("P may excuse what violates {matter}: what its ruling excuses is no "
                            "longer counted as a violation"),
        [POWER_INTERPRET] = N_("P may say what the text means: {matter}; every reading is still "
                               "computed"),
        [POWER_ATTRIBUTE] = N_("P may find who did what violates {matter}; a report only names"),
        [POWER_REOPEN] = N_("P may take back a ruling that excused what violates {matter}"),
    };
    const struct power *w = x->pv->power;
    if (w->op == POWER_SUSPEND) return gloss_suspend(x, w);
    struct str matter = w->matter.n ? w->matter : provision_name(x, w->provision);
    struct str rule = say(x->v, about[w->op], matter);
    return w->rule.n ? say(x->v, "{power} (decided by {rule})", rule, w->rule) : rule;
}

static struct str gloss_justify(struct gloss *x)
{
    not_as(x, "excused by the claim alone");
    return say(
        x->v,
        "what violates {provision} is excused when P claims {ground} for it, shows it to "
        "{body} at most {duration} after it, and {body} accepts it; claimed and not decided, "
        "it stays a violation",
        provision_name(x, x->pv->justifies), words_name(x->v, x->v->g->kinds[x->pv->act.kind].name),
        words_name(x->v, x->v->g->actors[x->pv->body].name),
        words_duration(x->v, &x->pv->deadline.period));
}

/* What each name of the formula picks. */
static struct str picks(struct gloss *x)
{
    struct str all = {NULL, 0};
    for (uint32_t i = 0; i < x->pv->expert->n_picks; i++) {
        const struct expert_pick *k = &x->pv->expert->picks[i];
        struct str one = say(x->v, "{name} is each {act}", k->name, words_phrase(x->v, &k->phrase));
        all = i ? say(x->v, "{first}, {next}", all, one) : one;
    }
    return all;
}

static struct str gloss_formula(struct gloss *x)
{
    const struct expert *e = x->pv->expert;
    not_as(x, "a sentence (this is not in plain language: only who reads formulas can check it)");
    if (e->anchor == LANG_NONE)
        return say(x->v,
                   "as the formula says: each stretch in which this holds is one violation: "
                   "{formula} ({names})",
                   e->text, picks(x));
    return say(x->v,
               "as the formula says: each {name} at which this holds is one violation: {formula} "
               "({names})",
               e->picks[e->anchor].name, e->text, picks(x));
}

static const struct {
    enum pattern pattern;
    struct str (*gloss)(struct gloss *x);
} rows[] = {
    {PATTERN_FORBID, gloss_forbid},
    {PATTERN_DUTY, gloss_duty},
    {PATTERN_KEEP, gloss_keep},
    {PATTERN_STATUS, gloss_status},
    {PATTERN_CAP, gloss_cap},
    {PATTERN_ONLY, gloss_only},
    {PATTERN_EXCEPTION, gloss_only},
    {PATTERN_LAPSE, gloss_lapse},
    {PATTERN_SCHEDULE, schedule},
    {PATTERN_IN_STEP, in_step},
    {PATTERN_CONSEQUENCE, gloss_consequence},
    {PATTERN_JUSTIFY, gloss_justify},
    {PATTERN_DECIDE, gloss_power},
    {PATTERN_FORMULA, gloss_formula},
};

/* ---- the same for all ---- */

static struct str who(struct gloss *x)
{
    if (!x->pv->bearers.n) return said(x->v, "for all together");
    struct str actors = words_all(x->v, x->pv->bearers);
    if (x->pv->bearers.n == 1) return say(x->v, "for P = {actor}", actors);
    if (x->pv->together) return say(x->v, "for {actors} together", actors);
    return say(x->v, "for each P of {actors}", actors);
}

static struct str add_frame(struct gloss *x, struct str text, const struct frame *f)
{
    static const char *const fixed[] = {
        [FRAME_FROM] = N_("{rule}, from {point}"),
        [FRAME_AFTER] = N_("{rule}, after {point}"),
        [FRAME_UNTIL] = N_("{rule}, up to {point} (not included)"),
        [FRAME_BEFORE] = N_("{rule}, up to {point} (not included)"),
        [FRAME_WHILE] = N_("{rule}, while {point}"),
    };
    static const char *const when[] = {
        [FRAME_FROM] = N_("{rule}, from the first moment when {condition}"),
        [FRAME_AFTER] = N_("{rule}, after the first moment when {condition}"),
        [FRAME_UNTIL] = N_("{rule}, until the first moment when {condition}"),
        [FRAME_BEFORE] = N_("{rule}, before the first moment when {condition}"),
        [FRAME_WHILE] = N_("{rule}, while {condition}"),
    };
    if (f->condition) return say(x->v, when[f->op], text, words_condition(x->v, f->condition));
    bool late = f->op == FRAME_AFTER;
    return say(x->v, fixed[f->op], text, words_point(x->v, &f->point, x->pv->readings, late));
}

struct str gloss_trigger(struct voice *v, const struct provision *pv)
{
    struct gloss x = {v, pv, {NULL, 0}};
    return trigger(&x);
}

bool gloss_say(struct voice *v, const struct provision *pv, struct str *read, struct str *not_read)
{
    struct gloss x = {v, pv, {NULL, 0}};
    struct str head = who(&x), body = {NULL, 0};
    for (uint32_t i = 0; i < pv->n_frames; i++) head = add_frame(&x, head, &pv->frames[i]);
    if (pv->if_) head = say(v, "{rule}, if {condition}", head, words_condition(v, pv->if_));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].pattern == pv->pattern) body = rows[i].gloss(&x);
    if (pv->act.kind != LANG_NONE && phrase_each(&pv->act))
        not_as(&x, "done once for all of them (each is owed an act of its own)");
    body = say(v, "{who_and_when}: {rule}", head, body);
    if (pv->unless)
        body = say(v, "{rule}; excused if {condition}", body, words_condition(v, pv->unless));
    if (pv->readings.n > 1)
        body = say_n(v, pv->readings.n, "{rule}; read in {n} way, each by itself",
                     "{rule}; read in {n} ways, each by itself", body, say_int(v, pv->readings.n));
    *read = say_plain(v, body);
    *not_read = say_plain(v, x.not_);
    return !v->failed;
}

bool gloss_all(struct parser *p, const struct agreement *g)
{
    struct arena scratch;
    bool good = true;
    arena_init(&scratch);
    for (uint32_t i = 0; i < g->n_provisions && good; i++) {
        struct provision *pv = VEC_AT(p->provisions, struct provision, i);
        struct voice v = {NULL, g, &scratch, false};
        struct str read, not_read;
        good = gloss_say(&v, pv, &read, &not_read);
        pv->gloss = good ? str_dup(p->arena, read) : (struct str){NULL, 0};
        pv->not_gloss = good ? str_dup(p->arena, not_read) : (struct str){NULL, 0};
        good = good && pv->gloss.p && pv->not_gloss.p;
        arena_free(&scratch);
    }
    if (!good) p->oom = true;
    return good;
}

bool check_pinned(struct parser *p)
{
    for (size_t i = 0; i < p->pinned.n; i++) {
        const struct pinned *x = VEC_AT(p->pinned, struct pinned, i);
        if (x->provision == LANG_NONE) continue;
        const struct provision *pv = VEC_AT(p->provisions, struct provision, x->provision);
        if (str_eq(pv->gloss, x->text)) continue;
        struct diag *d =
            diag_add(p->d, SEVERITY_ERROR, "gloss-changed", x->at,
                     "\"%.*s\" is no longer read as is pinned here", STR_ARG(pv->name));
        diag_fix(p->d, d, "it is now read as: %.*s", STR_ARG(pv->gloss));
    }
    return !p->oom;
}
