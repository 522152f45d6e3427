/* How each provision is read, in one sentence made from the typed provision, and what it is not read
 * as: the reading that a rule of scope rejected, with the sentence to write for that.
 *
 * One function for each pattern says what a violation is; who, when and unless are the same for
 * all. */
#include "lang/parse.h"
#include "lang/words.h"

struct gloss {
    const struct agreement *g;
    const struct provision *pv;
    struct buf *out, *not_;
};

static void phrase(struct gloss *x)
{
    words_phrase(x->out, x->g, &x->pv->act);
}

static void not_as(struct gloss *x, const char *text)
{
    if (x->not_->n) buf_puts(x->not_, "; ");
    buf_puts(x->not_, text);
}

/* ---- one for each pattern ---- */

static void gloss_forbid(struct gloss *x)
{
    bool state = x->g->kinds[x->pv->act.kind].is_state;
    buf_puts(x->out, state ? "each stay of a " : "each ");
    phrase(x);
    buf_puts(x->out, " is one violation");
    if (x->pv->bearers.n > 1)
        not_as(x, "a ban that is kept when only one of them does it (each is bound alone)");
}

static void deadline_by(struct gloss *x)
{
    buf_puts(x->out, "at least one ");
    phrase(x);
    buf_puts(x->out, " up to and including ");
    words_point(x->out, x->g, &x->pv->deadline.point, x->pv->readings, true);
    buf_puts(x->out, "; what was done earlier counts");
    not_as(x,
           "begun only after the agreement is in force (write: within … after entry into force)");
}

static void deadline_within(struct gloss *x)
{
    const struct trigger *t = &x->pv->trigger;
    const struct duration *d = &x->pv->deadline.period;
    if (t->op == TRIGGER_POINT) {
        instant first, last;
        buf_puts(x->out, "at least one ");
        phrase(x);
        buf_puts(x->out, " after ");
        words_point(x->out, x->g, &t->point, x->pv->readings, true);
        if (t->point.term == LANG_NONE) {
            agreement_point(x->g, &t->point, LANG_NONE, &first, &last);
            buf_puts(x->out, " and up to and including ");
            words_instant(x->out, x->g, agreement_later(x->g, d, last));
        } else {
            buf_fmt(x->out, " and within %.*s of it", STR_ARG(d->text));
        }
        return;
    }
    buf_puts(x->out, t->op == TRIGGER_WHEN ? "once " : "after each ");
    if (t->op == TRIGGER_EVENT) {
        words_phrase(x->out, x->g, &t->phrase);
        if (t->recorded) buf_puts(x->out, " (counted from its record)");
    } else if (t->op == TRIGGER_WHEN) {
        words_condition(x->out, x->g, t->condition);
    } else {
        buf_fmt(x->out, "violation of %.*s", STR_ARG(x->g->provisions[t->provision].name));
    }
    buf_puts(x->out, ", at least one ");
    phrase(x);
    buf_fmt(x->out, " in the %.*s behind it, the last second included; without it, no duty arises",
            STR_ARG(d->text));
    not_as(x, "done in advance (a performance before the trigger does not count)");
}

static void deadline_other(struct gloss *x)
{
    const struct deadline *d = &x->pv->deadline;
    if (d->op == DEADLINE_EVERY) {
        buf_puts(x->out, "at least one ");
        phrase(x);
        buf_fmt(x->out, " in each stretch of %.*s, counted from when the provision begins",
                STR_ARG(d->period.text));
        not_as(x, "at intervals of no more than that (each stretch is looked at by itself)");
        return;
    }
    buf_puts(x->out, "before each ");
    words_phrase(x->out, x->g, &x->pv->trigger.phrase);
    buf_puts(x->out, ", at least one ");
    phrase(x);
    buf_fmt(x->out, ", %.*s or more ahead of it", STR_ARG(d->period.text));
}

static void gloss_duty(struct gloss *x)
{
    if (x->pv->deadline.op == DEADLINE_BY)
        deadline_by(x);
    else if (x->pv->deadline.op == DEADLINE_WITHIN)
        deadline_within(x);
    else
        deadline_other(x);
}

/* Row 11. */
static void gloss_lapse(struct gloss *x)
{
    deadline_by(x);
    buf_puts(x->out, "; owed only if, when that moment comes, ");
    words_condition(x->out, x->g, x->pv->only);
    buf_puts(x->out, "; if not, the date lapses: nothing is owed and nobody is blamed");
    not_as(x, "still owed later, once the condition holds (write: within … after …)");
}

static void gloss_keep(struct gloss *x)
{
    struct phrase bare = x->pv->act;
    bare.zone = LANG_NONE;
    buf_puts(x->out, "at every second, no ");
    words_phrase(x->out, x->g, &bare);
    buf_fmt(x->out, " is %s ", x->pv->inside ? "outside" : "inside");
    struct str zone = x->g->zones[x->pv->act.zone].name;
    for (size_t i = 0; i < zone.n; i++) buf_putc(x->out, zone.p[i] == '_' ? ' ' : zone.p[i]);
    buf_puts(x->out, " (its edge belongs to it); one violation for each stay");
    not_as(x, "withdrawn once by that date (write: must have withdrawn … by …)");
}

static void gloss_status(struct gloss *x)
{
    const struct kind *k = &x->g->kinds[x->pv->act.kind];
    buf_fmt(x->out, "at every second, P is %s%.*s; one violation for each stretch in which P is %s",
            x->pv->negated ? "not " : "", STR_ARG(k->status), x->pv->negated ? "" : "not");
    if (x->pv->negated) x->out->n--;
}

static void gloss_cap(struct gloss *x)
{
    bool rolls = !duration_none(&x->pv->window);
    buf_puts(x->out, "a ");
    phrase(x);
    buf_fmt(x->out, " is a violation when with it more than %u of them fall into ", x->pv->count);
    if (rolls) {
        buf_fmt(x->out, "the %.*s that end with it", STR_ARG(x->pv->window.text));
        not_as(x, "counted by calendar weeks or months (the window rolls)");
    } else {
        buf_puts(x->out, "the time since entry into force");
    }
}

static void gloss_only(struct gloss *x)
{
    bool state = x->g->kinds[x->pv->act.kind].is_state;
    if (!x->pv->only) {
        buf_puts(x->out, "each ");
        phrase(x);
        buf_puts(x->out, " is permitted");
    } else {
        buf_puts(x->out, "each ");
        phrase(x);
        buf_fmt(x->out, " is a violation unless at that %s ", state ? "second" : "moment");
        words_condition(x->out, x->g, x->pv->only);
    }
    if (x->pv->despite == LANG_NONE) {
        not_as(x, "a duty to do it when the condition holds");
        return;
    }
    struct str of = x->g->provisions[x->pv->despite].name;
    buf_fmt(x->out, "; %s it is then no violation of %.*s", x->pv->only ? "if so," : "and",
            STR_ARG(of));
}

static const struct {
    enum pattern pattern;
    void (*say)(struct gloss *x);
} rows[] = {
    {PATTERN_FORBID, gloss_forbid},  {PATTERN_DUTY, gloss_duty},   {PATTERN_KEEP, gloss_keep},
    {PATTERN_STATUS, gloss_status},  {PATTERN_CAP, gloss_cap},     {PATTERN_ONLY, gloss_only},
    {PATTERN_EXCEPTION, gloss_only}, {PATTERN_LAPSE, gloss_lapse},
};

/* ---- the same for all ---- */

static void say_who(struct gloss *x)
{
    const struct provision *pv = x->pv;
    if (pv->bearers.n == 1) {
        buf_puts(x->out, "for P = ");
        words_actors(x->out, x->g, pv->bearers, "");
    } else if (pv->together) {
        buf_puts(x->out, "for ");
        words_actors(x->out, x->g, pv->bearers, "and");
        buf_puts(x->out, " together");
    } else {
        buf_puts(x->out, "for each P of ");
        words_actors(x->out, x->g, pv->bearers, "and");
    }
}

static void say_frames(struct gloss *x)
{
    static const char *const words[] = {
        [FRAME_FROM] = "from",    [FRAME_AFTER] = "after", [FRAME_UNTIL] = "up to",
        [FRAME_BEFORE] = "up to", [FRAME_WHILE] = "while",
    };
    for (uint32_t i = 0; i < x->pv->n_frames; i++) {
        const struct frame *f = &x->pv->frames[i];
        if (f->condition) {
            static const char *const when[] = {
                [FRAME_FROM] = "from the first moment when",
                [FRAME_AFTER] = "after the first moment when",
                [FRAME_UNTIL] = "until the first moment when",
                [FRAME_BEFORE] = "before the first moment when",
                [FRAME_WHILE] = "while",
            };
            buf_fmt(x->out, ", %s ", when[f->op]);
            words_condition(x->out, x->g, f->condition);
            continue;
        }
        buf_fmt(x->out, ", %s ", words[f->op]);
        bool late = f->op == FRAME_AFTER;
        words_point(x->out, x->g, &f->point, x->pv->readings, late);
        if (f->op == FRAME_UNTIL || f->op == FRAME_BEFORE) buf_puts(x->out, " (not included)");
    }
}

static void say(struct gloss *x)
{
    const struct provision *pv = x->pv;
    say_who(x);
    say_frames(x);
    if (pv->if_) {
        buf_puts(x->out, ", if ");
        words_condition(x->out, x->g, pv->if_);
    }
    buf_puts(x->out, ": ");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].pattern == pv->pattern) rows[i].say(x);
    if (pv->unless) {
        buf_puts(x->out, "; excused if ");
        words_condition(x->out, x->g, pv->unless);
    }
    if (pv->readings.n > 1) buf_fmt(x->out, "; read in %u ways, each by itself", pv->readings.n);
}

bool gloss_all(struct parser *p, const struct agreement *g)
{
    struct buf out, not_;
    buf_init(&out);
    buf_init(&not_);
    bool good = true;
    for (uint32_t i = 0; i < g->n_provisions && good; i++) {
        struct provision *pv = VEC_AT(p->provisions, struct provision, i);
        buf_clear(&out);
        buf_clear(&not_);
        struct gloss x = {g, pv, &out, &not_};
        say(&x);
        pv->gloss = str_dup(p->arena, buf_str(&out));
        pv->not_gloss = str_dup(p->arena, buf_str(&not_));
        good = !out.failed && !not_.failed && pv->gloss.p && pv->not_gloss.p;
    }
    buf_free(&out);
    buf_free(&not_);
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
