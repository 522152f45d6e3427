/* What changed in a provision: a table of aspects, each with its key of meaning, its words, and which
 * way it leans. */
#include "lang/gloss.h"
#include "lang/quantity.h"
#include "lang/words.h"
#include "plain/change.h"

/* ---- words; an empty text: there is none ---- */

static struct str act_words(struct voice *v, const struct provision *pv)
{
    if (pv->act.kind == LANG_NONE) return (struct str){NULL, 0};
    return words_phrase(v, &pv->act);
}

static struct str deadline_words(struct voice *v, const struct provision *pv)
{
    const struct deadline *d = &pv->deadline;
    if (d->op == DEADLINE_NONE) return (struct str){NULL, 0};
    if (d->op == DEADLINE_BY) return words_point(v, &d->point, pv->readings, true);
    if (d->op == DEADLINE_EVERY) return say(v, "every {duration}", words_duration(v, &d->period));
    if (d->op == DEADLINE_AHEAD)
        return say(v, "{duration} ahead or more", words_duration(v, &d->period));
    return say(v, "within {duration}", words_duration(v, &d->period));
}

static struct str trigger_words(struct voice *v, const struct provision *pv)
{
    if (pv->trigger.op == TRIGGER_NONE) return (struct str){NULL, 0};
    if (pv->trigger.op != TRIGGER_POINT) return gloss_trigger(v, pv);
    return words_point(v, &pv->trigger.point, pv->readings, true);
}

static struct str cap_words(struct voice *v, const struct provision *pv)
{
    if (pv->pattern != PATTERN_CAP) return (struct str){NULL, 0};
    struct str n = say_int(v, pv->count);
    if (duration_none(&pv->window)) return n;
    return say(v, "{n} in {duration}", n, words_duration(v, &pv->window));
}

static struct str frame_words(struct voice *v, const struct provision *pv)
{
    static const char *const fixed[] = {
        [FRAME_FROM] = N_("from {point}"),   [FRAME_AFTER] = N_("after {point}"),
        [FRAME_UNTIL] = N_("until {point}"), [FRAME_BEFORE] = N_("until {point}"),
        [FRAME_WHILE] = N_("while {point}"),
    };
    static const char *const when[] = {
        [FRAME_FROM] = N_("from when {condition}"), [FRAME_AFTER] = N_("after {condition}"),
        [FRAME_UNTIL] = N_("until {condition}"),    [FRAME_BEFORE] = N_("until {condition}"),
        [FRAME_WHILE] = N_("while {condition}"),
    };
    struct str out = {NULL, 0};
    for (uint32_t i = 0; i < pv->n_frames; i++) {
        const struct frame *f = &pv->frames[i];
        struct str one = f->condition
                             ? say(v, when[f->op], words_condition(v, f->condition))
                             : say(v, fixed[f->op],
                                   words_point(v, &f->point, pv->readings, f->op == FRAME_AFTER));
        out = out.n ? say(v, "{first}, {next}", out, one) : one;
    }
    return out;
}

static struct str condition_words(struct voice *v, const struct condition *c)
{
    return c ? words_condition(v, c) : (struct str){NULL, 0};
}

static struct str if_words(struct voice *v, const struct provision *pv)
{
    return condition_words(v, pv->if_);
}

static struct str unless_words(struct voice *v, const struct provision *pv)
{
    return condition_words(v, pv->unless);
}

static struct str only_words(struct voice *v, const struct provision *pv)
{
    return condition_words(v, pv->only);
}

static struct str despite_words(struct voice *v, const struct provision *pv)
{
    if (pv->despite == LANG_NONE) return (struct str){NULL, 0};
    return words_name(v, v->g->provisions[pv->despite].name);
}

static struct str plea_words(struct voice *v, const struct provision *pv)
{
    if (pv->justifies == LANG_NONE) return (struct str){NULL, 0};
    return say(v, "{provision}, before {body}", words_name(v, v->g->provisions[pv->justifies].name),
               words_name(v, v->g->actors[pv->body].name));
}

static struct str power_words(struct voice *v, const struct provision *pv)
{
    struct str read = {NULL, 0}, not_read;
    if (pv->power && !gloss_say(v, pv, &read, &not_read)) return (struct str){NULL, 0};
    return read;
}

static struct str side_words(struct voice *v, const struct provision *pv)
{
    if (pv->pattern == PATTERN_KEEP) return said(v, pv->inside ? "inside" : "outside");
    if (pv->pattern == PATTERN_STATUS) return said(v, pv->negated ? "must not be" : "must be");
    return (struct str){NULL, 0};
}

static struct str together_words(struct voice *v, const struct provision *pv)
{
    return said(v, pv->together ? "together" : "each alone");
}

static struct str steps_words(struct voice *v, const struct provision *pv)
{
    if (pv->pattern == PATTERN_SCHEDULE) return gloss_schedule(v, pv);
    if (pv->pattern == PATTERN_IN_STEP) return gloss_in_step(v, pv);
    if (pv->pattern == PATTERN_KEEP && pv->sites.n) return gloss_sites(v, pv);
    return (struct str){NULL, 0};
}

static struct str formula_words(struct voice *v, const struct provision *pv)
{
    struct str read, not_read;
    if (!pv->expert || !gloss_say(v, pv, &read, &not_read)) return (struct str){NULL, 0};
    return read;
}

/* In force from when until when, where amendments say so. */
static struct str version_words(struct voice *v, const struct provision *pv)
{
    struct str out = {NULL, 0};
    if (pv->from != INSTANT_MIN) out = say(v, "from {point}", words_instant(v, pv->from));
    if (pv->until == INSTANT_MAX) return out;
    struct str until = say(v, "until {point} (included)", words_instant(v, pv->until));
    return out.n ? say(v, "{first}, {next}", out, until) : until;
}

/* ---- keys ---- */

static void version_key(struct buf *out, const struct edition *s, const struct provision *pv)
{
    (void)s;
    buf_fmt(out, "%lld..%lld", (long long)pv->from, (long long)pv->until);
}

static void act_key(struct buf *out, const struct edition *s, const struct provision *pv)
{
    key_phrase(out, s, &pv->act);
}

static void trigger_key(struct buf *out, const struct edition *s, const struct provision *pv)
{
    key_trigger(out, s, &pv->trigger);
}

static void cap_key(struct buf *out, const struct edition *s, const struct provision *pv)
{
    (void)s;
    if (pv->pattern != PATTERN_CAP) return;
    buf_fmt(out, "%u,", pv->count);
    key_duration(out, &pv->window);
}

static void if_key(struct buf *out, const struct edition *s, const struct provision *pv)
{
    key_condition(out, s, pv->if_);
}

static void unless_key(struct buf *out, const struct edition *s, const struct provision *pv)
{
    key_condition(out, s, pv->unless);
}

static void only_key(struct buf *out, const struct edition *s, const struct provision *pv)
{
    key_condition(out, s, pv->only);
}

static void despite_key(struct buf *out, const struct edition *s, const struct provision *pv)
{
    if (pv->despite != LANG_NONE) buf_fmt(out, "%u", key_number(s, THING_PROVISION, pv->despite));
}

static void side_key(struct buf *out, const struct edition *s, const struct provision *pv)
{
    (void)s;
    buf_fmt(out, "%d%d", pv->inside, pv->negated);
}

static void together_key(struct buf *out, const struct edition *s, const struct provision *pv)
{
    (void)s;
    buf_fmt(out, "%d", pv->together);
}

/* ---- which way a change leans ---- */

/* 1: a is the longer, -1: b, 0: not comparable or equal. */
static int longer(const struct duration *a, const struct duration *b)
{
    bool more = a->months >= b->months && a->days >= b->days &&
                a->working_days >= b->working_days && a->seconds >= b->seconds;
    bool less = a->months <= b->months && a->days <= b->days &&
                a->working_days <= b->working_days && a->seconds <= b->seconds;
    return more == less ? 0 : more ? 1 : -1;
}

static enum direction leans(int looser)
{
    return looser > 0 ? DIRECTION_LOOSER : looser < 0 ? DIRECTION_STRICTER : DIRECTION_NONE;
}

static enum direction deadline_leans(const struct comparison *c, const struct provision *a,
                                     const struct provision *b)
{
    if (a->deadline.op != b->deadline.op) return DIRECTION_NONE;
    if (b->deadline.op == DEADLINE_BY) {
        instant f, was, is;
        if (a->deadline.point.term != LANG_NONE || b->deadline.point.term != LANG_NONE)
            return DIRECTION_NONE;
        agreement_point(c->before.g, &a->deadline.point, LANG_NONE, &f, &was);
        agreement_point(c->after.g, &b->deadline.point, LANG_NONE, &f, &is);
        return leans(is > was ? 1 : is < was ? -1 : 0);
    }
    if (b->deadline.op == DEADLINE_EVERY) return DIRECTION_NONE; /* other stretches */
    int more = longer(&b->deadline.period, &a->deadline.period);
    return leans(b->deadline.op == DEADLINE_AHEAD ? -more : more);
}

static enum direction cap_leans(const struct comparison *c, const struct provision *a,
                                const struct provision *b)
{
    (void)c;
    int window = duration_none(&a->window) == duration_none(&b->window)
                     ? longer(&b->window, &a->window)
                 : duration_none(&b->window) ? 1
                                             : -1;
    if (a->count == b->count) return leans(-window);
    if (window) return DIRECTION_NONE;
    return leans(b->count > a->count ? 1 : -1);
}

/* More excuses are looser; a changed one may be either. */
static enum direction unless_leans(const struct comparison *c, const struct provision *a,
                                   const struct provision *b)
{
    (void)c;
    return leans(!a->unless && b->unless ? 1 : a->unless && !b->unless ? -1 : 0);
}

static enum direction if_leans(const struct comparison *c, const struct provision *a,
                               const struct provision *b)
{
    (void)c;
    return leans(!a->if_ && b->if_ ? 1 : a->if_ && !b->if_ ? -1 : 0);
}

static enum direction frames_lean(const struct comparison *c, const struct provision *a,
                                  const struct provision *b)
{
    (void)c;
    return leans(!a->n_frames && b->n_frames ? 1 : a->n_frames && !b->n_frames ? -1 : 0);
}

static bool has_text(const struct attribute_test *t, struct str text)
{
    for (uint32_t i = 0; i < t->n_texts; i++)
        if (str_eq(t->texts[i], text)) return true;
    return false;
}

/* Does every act that passes test a pass b?  Not told of "other than" and of actors. */
static bool passes(const struct attribute_test *a, const struct attribute_test *b)
{
    if (a->negated || b->negated || a->actors.n || b->actors.n) return false;
    for (uint32_t i = 0; i < a->n_texts; i++)
        if (!has_text(b, a->texts[i])) return false;
    return b->lo <= a->lo && b->hi >= a->hi;
}

/* Is every act that `a` means meant by `b`, for they differ in ranges of attributes alone? */
static bool within(const struct comparison *c, const struct phrase *a, const struct phrase *b)
{
    if (a->kind == LANG_NONE || b->kind == LANG_NONE) return false;
    if (key_number(&c->after, THING_KIND, b->kind) != a->kind || a->who != b->who) return false;
    if (key_number(&c->after, THING_ZONE, b->zone) != a->zone) return false;
    if (a->places != b->places || a->outside != b->outside) return false;
    for (uint32_t i = 0; i < b->n_tests; i++) {
        const struct kind *k = &c->after.g->kinds[b->kind];
        uint32_t same =
            kind_attribute(&c->before.g->kinds[a->kind], k->attributes[b->tests[i].attribute].name);
        bool found = false;
        for (uint32_t n = 0; n < a->n_tests; n++)
            if (a->tests[n].attribute == same) found = found || passes(&a->tests[n], &b->tests[i]);
        if (!found) return false;
    }
    return true;
}

/* Whether `b` means more acts than `a` (1), fewer (-1), or neither. */
static int broader(const struct comparison *c, const struct phrase *a, const struct phrase *b)
{
    struct comparison back = {.before = {c->after.g, NULL}, .after = {c->before.g, NULL}};
    if (within(c, a, b)) return 1;
    /* The other way round, numbers need no match where the drafts number alike. */
    if (key_number(&c->after, THING_KIND, b->kind) != b->kind ||
        key_number(&c->after, THING_ZONE, b->zone) != b->zone)
        return 0;
    return within(&back, b, a) ? -1 : 0;
}

/* To forbid more is stricter, to have more acts to choose from is looser. */
static enum direction act_leans(const struct comparison *c, const struct provision *a,
                                const struct provision *b)
{
    int more = broader(c, &a->act, &b->act);
    switch (b->pattern) {
    case PATTERN_FORBID:
    case PATTERN_KEEP:
    case PATTERN_CAP:
    case PATTERN_ONLY: return leans(-more);
    case PATTERN_DUTY:
    case PATTERN_CONSEQUENCE:
    case PATTERN_LAPSE: return leans(more);
    default: return DIRECTION_NONE;
    }
}

/* ---- the table ---- */

static const struct aspect {
    const char *name, *what; /* what changed, said with the provision's name */
    void (*key)(struct buf *out, const struct edition *s, const struct provision *pv);
    struct str (*words)(struct voice *v, const struct provision *pv);
    enum direction (*leans)(const struct comparison *c, const struct provision *a,
                            const struct provision *b); /* NULL: cannot be told */
} aspects[] = {
    {"together", N_("who acts in {name}"), together_key, together_words, NULL},
    {"act", N_("what {name} speaks of"), act_key, act_words, act_leans},
    {"side", N_("what {name} asks"), side_key, side_words, NULL},
    {"deadline", N_("the deadline of {name}"), key_deadline, deadline_words, deadline_leans},
    {"trigger", N_("what starts the time of {name}"), trigger_key, trigger_words, NULL},
    {"cap", N_("the most that {name} allows"), cap_key, cap_words, cap_leans},
    {"steps", N_("the steps of {name}"), key_steps, steps_words, NULL},
    {"version", N_("the time in which {name} is in force"), version_key, version_words, NULL},
    {"frame", N_("the time in which {name} applies"), key_frames, frame_words, frames_lean},
    {"if", N_("the condition on which {name} applies"), if_key, if_words, if_leans},
    {"unless", N_("the exception from {name}"), unless_key, unless_words, unless_leans},
    {"only", N_("the condition of {name}"), only_key, only_words, NULL},
    {"despite", N_("what {name} is an exception from"), despite_key, despite_words, NULL},
    {"formula", N_("the formula of {name}"), key_expert, formula_words, NULL},
    {"power", N_("the power that {name} gives"), key_power, power_words, NULL},
    {"plea", N_("what {name} may justify, and before whom"), key_plea, plea_words, NULL},
};

static bool differs(struct comparison *c, const struct aspect *x, const struct provision *a,
                    const struct provision *b)
{
    struct buf was, is;
    buf_init(&was);
    buf_init(&is);
    x->key(&was, &c->before, a);
    x->key(&is, &c->after, b);
    bool differ = !str_eq(buf_str(&was), buf_str(&is));
    if (was.failed || is.failed) c->now.failed = true;
    buf_free(&was);
    buf_free(&is);
    return differ;
}

static bool bound(const struct edition *s, const struct provision *pv, uint32_t number)
{
    for (uint32_t i = 0; i < pv->bearers.n; i++)
        if (key_number(s, THING_ACTOR, pv->bearers.v[i]) == number) return true;
    return false;
}

/* Who is bound that was not, and the other way round: each is one change. */
static void bearers(struct comparison *c, const struct provision *a, const struct provision *b)
{
    bool excuses = b->pattern == PATTERN_EXCEPTION || b->pattern == PATTERN_DECIDE;
    for (uint32_t i = 0; i < b->bearers.n; i++) {
        if (bound(&c->before, a, key_number(&c->after, THING_ACTOR, b->bearers.v[i]))) continue;
        struct str who = words_name(&c->now, c->after.g->actors[b->bearers.v[i]].name);
        struct change x = {"provision", b->name,  "bearers",
                           {NULL, 0},   who,      excuses ? DIRECTION_NONE : DIRECTION_STRICTER,
                           who,         {NULL, 0}};
        change_add(c, &x, say(&c->now, "those whom {name} binds", words_name(&c->now, b->name)));
    }
    for (uint32_t i = 0; i < a->bearers.n; i++) {
        uint32_t number = key_number(&c->before, THING_ACTOR, a->bearers.v[i]);
        if (bound(&c->after, b, number)) continue;
        struct str who = words_name(&c->old, c->before.g->actors[a->bearers.v[i]].name);
        struct change x = {"provision", b->name,   "bearers",
                           who,         {NULL, 0}, excuses ? DIRECTION_NONE : DIRECTION_LOOSER,
                           who,         {NULL, 0}};
        change_add(c, &x, say(&c->now, "those whom {name} binds", words_name(&c->now, b->name)));
    }
}

/* Rules of different kinds are not compared part by part. */
static void other_rule(struct comparison *c, const struct provision *a, const struct provision *b)
{
    struct str was, is, not_read;
    if (!gloss_say(&c->old, a, &was, &not_read) || !gloss_say(&c->now, b, &is, &not_read)) return;
    struct change x = {
        .thing = "provision", .name = b->name, .aspect = "pattern", .before = was, .after = is};
    change_add(c, &x, say(&c->now, "provision {name}", words_name(&c->now, b->name)));
}

void change_provision(struct comparison *c, uint32_t before, uint32_t after)
{
    const struct provision *a = &c->before.g->provisions[before];
    const struct provision *b = &c->after.g->provisions[after];
    if (a->pattern != b->pattern) {
        other_rule(c, a, b);
        return;
    }
    bearers(c, a, b);
    for (size_t i = 0; i < sizeof aspects / sizeof *aspects; i++) {
        if (!differs(c, &aspects[i], a, b)) continue;
        bool leans = aspects[i].leans && b->pattern != PATTERN_EXCEPTION;
        struct change x = {.thing = "provision",
                           .name = b->name,
                           .aspect = aspects[i].name,
                           .before = aspects[i].words(&c->old, a),
                           .after = aspects[i].words(&c->now, b),
                           .direction = leans ? aspects[i].leans(c, a, b) : DIRECTION_NONE};
        if (x.direction) x.for_whom = words_all(&c->now, b->bearers);
        change_add(c, &x, say(&c->now, aspects[i].what, words_name(&c->now, b->name)));
    }
}
