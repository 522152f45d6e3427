/* See words.h. */
#include "lang/words.h"

struct str words_name(struct voice *v, struct str name)
{
    struct str out = str_dup(v->a, name);
    char *p = (char *)out.p;
    if (!p) v->failed = true;
    for (size_t i = 0; p && i < out.n; i++)
        if (p[i] == '_') p[i] = ' ';
    return out;
}

static struct str actor_name(struct voice *v, uint32_t actor)
{
    return words_name(v, v->g->actors[actor].name);
}

static struct str list(struct voice *v, struct indices actors, const char *last)
{
    struct str out = {NULL, 0};
    for (uint32_t i = 0; i < actors.n; i++) {
        struct str one = actor_name(v, actors.v[i]);
        if (!i)
            out = one;
        else
            out = say(v, i + 1 == actors.n ? last : N_("{first}, {next}"), out, one);
    }
    return out;
}

struct str words_either(struct voice *v, struct indices actors)
{
    return list(v, actors, N_("{first} or {last}"));
}

struct str words_all(struct voice *v, struct indices actors)
{
    return list(v, actors, N_("{first} and {last}"));
}

/* ---- amounts ---- */

static struct str amount(struct voice *v, const struct attribute *a, int64_t n)
{
    int64_t scale = a->scale > 0 ? a->scale : 1;
    int64_t rest = n % scale;
    struct str text = say_int(v, n / scale);
    if (rest) {
        char digits[32];
        size_t k = 0;
        for (rest = rest < 0 ? -rest : rest; rest && k < 20; k++) {
            rest *= 10;
            digits[k] = (char)('0' + rest / scale);
            rest %= scale;
        }
        text = say(v, "{whole}.{fraction}", text, str_dup(v->a, (struct str){digits, k}));
    }
    return a->unit.n ? say(v, "{number} {unit}", text, a->unit) : text;
}

static struct str range(struct voice *v, const struct attribute *a, const struct attribute_test *t)
{
    struct str text;
    if (t->lo == t->hi)
        text = amount(v, a, t->lo);
    else if (t->hi == INT64_MAX)
        text = say(v, "{amount} or more", amount(v, a, t->lo));
    else if (t->lo == INT64_MIN)
        text = say(v, "{amount} or less", amount(v, a, t->hi));
    else
        text = say(v, "between {least} and {most}", amount(v, a, t->lo), amount(v, a, t->hi));
    return t->negated ? say(v, "other than {value}", text) : text;
}

static struct str texts(struct voice *v, const struct attribute_test *t)
{
    struct str out = {NULL, 0};
    for (uint32_t i = 0; i < t->n_texts; i++) {
        struct str one = say(v, "\"{text}\"", t->texts[i]);
        out = i ? say(v, "{first} or {last}", out, one) : one;
    }
    return t->negated ? say(v, "other than {value}", out) : out;
}

static struct str actor_test(struct voice *v, const struct kind *k, const struct attribute_test *t,
                             struct str act)
{
    if (t->each)
        return say(v,
                   t->others ? "{act} towards each of {actors} but P"
                             : "{act} towards each of {actors}",
                   act, words_all(v, t->actors));
    struct str actors = words_either(v, t->actors);
    if (t->others) return say(v, "{act} towards another than P ({actors})", act, actors);
    if (t->attribute == k->whom) return say(v, "{act} {whom}", act, actors);
    return say(v, "{act} {attribute} {actors}", act, k->attributes[t->attribute].name, actors);
}

static struct str value_test(struct voice *v, const struct attribute *a,
                             const struct attribute_test *t)
{
    if (a->type == ATTRIBUTE_YESNO && t->lo) return a->name;
    if (a->type == ATTRIBUTE_YESNO) return say(v, "{attribute} no", a->name);
    return say(v, "{attribute} {value}", a->name,
               a->type == ATTRIBUTE_TEXT ? texts(v, t) : range(v, a, t));
}

static struct str tests(struct voice *v, const struct phrase *ph, struct str act)
{
    const struct kind *k = &v->g->kinds[ph->kind];
    bool with = false;
    for (uint32_t i = 0; i < ph->n_tests; i++)
        if (k->attributes[ph->tests[i].attribute].type == ATTRIBUTE_ACTOR)
            act = actor_test(v, k, &ph->tests[i], act);
    for (uint32_t i = 0; i < ph->n_tests; i++) {
        const struct attribute *a = &k->attributes[ph->tests[i].attribute];
        if (a->type == ATTRIBUTE_ACTOR) continue;
        act = say(v, with ? "{act} and {test}" : "{act} with {test}", act,
                  value_test(v, a, &ph->tests[i]));
        with = true;
    }
    return act;
}

static struct str whose(struct voice *v, const struct phrase *ph, struct str act)
{
    bool state = v->g->kinds[ph->kind].is_state;
    switch (ph->who) {
    case WHO_ANYONE: break;
    case WHO_BEARER: return say(v, state ? "{state} of P" : "{act} by P", act);
    case WHO_OTHER:
        return say(v,
                   state ? "{state} of another than P ({actors})"
                         : "{act} by another than P ({actors})",
                   act, words_either(v, ph->actors));
    case WHO_ONE_OF:
        return say(v, state ? "{state} of {actors}" : "{act} by {actors}", act,
                   words_either(v, ph->actors));
    case WHO_EACH_OF:
        return say(v, state ? "{state} of each of {actors}" : "{act} by each of {actors}", act,
                   words_all(v, ph->actors));
    case WHO_TOGETHER:
        return say(v, state ? "{state} of all of them together" : "{act} by all of them together",
                   act);
    }
    return act;
}

struct str words_phrase(struct voice *v, const struct phrase *ph)
{
    static const char *const where[] = {
        N_("{act} in {zone}"),           N_("{act} in {zone}"),
        N_("{act} from {zone}"),         N_("{act} in or from {zone}"),
        N_("{act} into {zone}"),         N_("{act} in or into {zone}"),
        N_("{act} from or into {zone}"), N_("{act} in, from or into {zone}"),
    };
    const struct kind *k = &v->g->kinds[ph->kind];
    struct str act = k->is_state ? say(v, "{state}", k->label) : say(v, "{event}", k->label);
    act = tests(v, ph, whose(v, ph, act));
    if (ph->zone == LANG_NONE) return act;
    return say(v, ph->outside ? "{act} outside {zone}" : where[ph->places & 7u], act,
               words_name(v, v->g->zones[ph->zone].name));
}

/* ---- conditions ---- */

static struct str parts(struct voice *v, const struct condition *c, const char *joined)
{
    struct str out = {NULL, 0};
    for (uint32_t i = 0; i < c->n_sub; i++) {
        struct str one = words_condition(v, c->sub[i]);
        if (c->sub[i]->op == COND_ALL || c->sub[i]->op == COND_ANY)
            one = say(v, "({condition})", one);
        out = i ? say(v, joined, out, one) : one;
    }
    return out;
}

static struct str happened(struct voice *v, const struct condition *c)
{
    struct str act = words_phrase(v, &c->phrase);
    if (!duration_none(&c->ahead))
        return say(v, "{act} has happened at least {duration} before", act,
                   words_duration(v, &c->ahead));
    if (duration_none(&c->window) && v->g->kinds[c->phrase.kind].filed)
        return say(v, "{act} has happened", act);
    if (duration_none(&c->window))
        return say(v,
                   v->g->header.has_signed ? "{act} has happened since the signature"
                                           : "{act} has happened since entry into force",
                   act);
    return say(v, "{act} has happened in the last {duration}", act, words_duration(v, &c->window));
}

static struct str violated(struct voice *v, const struct condition *c)
{
    struct str name = words_name(v, v->g->provisions[c->provision].name);
    struct str n = say_int(v, c->count);
    bool ever = duration_none(&c->window);
    struct str window = ever ? n : words_duration(v, &c->window);
    if (c->count <= 1 && ever) return say(v, "{provision} has been violated", name);
    if (c->count <= 1)
        return say(v, "{provision} has been violated in the last {duration}", name, window);
    if (ever)
        return say_n(v, c->count, "{provision} has been violated {n} time",
                     "{provision} has been violated {n} times", name, n);
    return say_n(v, c->count, "{provision} has been violated {n} time in the last {duration}",
                 "{provision} has been violated {n} times in the last {duration}", name, n, window);
}

struct str words_condition(struct voice *v, const struct condition *c)
{
    const struct indices none = {NULL, 0};
    switch (c->op) {
    case COND_ALL: return parts(v, c, N_("{first} and {next}"));
    case COND_ANY: return parts(v, c, N_("{first} or {next}"));
    case COND_NOT: return say(v, "it is not so that {condition}", words_condition(v, c->sub[0]));
    case COND_HAPPENED: return happened(v, c);
    case COND_HOLDS: return say(v, "{state} holds", words_phrase(v, &c->phrase));
    case COND_FROM: return say(v, "it is {point} or later", words_point(v, &c->point, none, false));
    case COND_UNTIL: return say(v, "it is before {point}", words_point(v, &c->point, none, false));
    case COND_VIOLATED: return violated(v, c);
    case COND_FULFILLED:
        return say(v, "{provision} is fulfilled",
                   words_name(v, v->g->provisions[c->provision].name));
    case COND_CLOCK:
        return say(v, "the local clock shows {time}",
                   str_fmt(v->a, "%02d:%02d", c->clock / 3600, c->clock / 60 % 60));
    case COND_SUSPENSION:
        return say(v, "a suspension by {provision} runs",
                   words_name(v, v->g->provisions[c->power].name));
    case COND_NO_OBJECTION:
        return say(v, "within {duration} after {since} there is no {act}",
                   words_duration(v, &c->window), words_phrase(v, &c->since),
                   words_phrase(v, &c->phrase));
    }
    return (struct str){NULL, 0};
}

/* ---- time ---- */

static void add_part(struct voice *v, struct str *out, struct str part)
{
    *out = out->n ? say(v, "{duration} {more}", *out, part) : part;
}

static void add_seconds(struct voice *v, struct str *out, int64_t s)
{
    if (s % 60 || s < 60) {
        add_part(v, out, say_n(v, (uint64_t)s, "{n} second", "{n} seconds", say_int(v, s)));
    } else if (s % 3600) {
        add_part(v, out,
                 say_n(v, (uint64_t)(s / 60), "{n} minute", "{n} minutes", say_int(v, s / 60)));
    } else {
        add_part(v, out,
                 say_n(v, (uint64_t)(s / 3600), "{n} hour", "{n} hours", say_int(v, s / 3600)));
    }
}

struct str words_duration(struct voice *v, const struct duration *d)
{
    struct str out = {NULL, 0};
    if (!v->language && d->text.n) return d->text;
    if (d->months && d->months % 12 == 0)
        add_part(v, &out,
                 say_n(v, (uint64_t)(d->months / 12), "{n} year", "{n} years",
                       say_int(v, d->months / 12)));
    else if (d->months)
        add_part(v, &out,
                 say_n(v, (uint64_t)d->months, "{n} month", "{n} months", say_int(v, d->months)));
    if (d->days)
        add_part(v, &out, say_n(v, (uint64_t)d->days, "{n} day", "{n} days", say_int(v, d->days)));
    if (d->working_days)
        add_part(v, &out,
                 say_n(v, (uint64_t)d->working_days, "{n} working day", "{n} working days",
                       say_int(v, d->working_days)));
    if (d->seconds || !out.n) add_seconds(v, &out, d->seconds);
    return out;
}

struct str words_instant(struct voice *v, instant at)
{
    struct buf b;
    buf_init(&b);
    zone_format(v->g->header.zone, &b, at);
    struct str out = str_dup(v->a, buf_str(&b));
    if (b.failed || !out.p) v->failed = true;
    buf_free(&b);
    return out;
}

struct str words_point(struct voice *v, const struct point *p, struct indices readings, bool last)
{
    instant f, l;
    uint32_t term = p->term;
    if (term == LANG_NONE || !readings.n) {
        agreement_point(v->g, p, LANG_NONE, &f, &l);
        return words_instant(v, last ? l : f);
    }
    struct str out = {NULL, 0};
    uint64_t shown = 0; /* alternatives told already */
    for (uint32_t i = 0; i < readings.n; i++) {
        uint32_t choice = reading_choice(v->g, readings.v[i], term);
        if (choice < 64 && (shown >> choice & 1)) continue;
        if (choice < 64) shown |= (uint64_t)1 << choice;
        agreement_point(v->g, p, readings.v[i], &f, &l);
        struct str one = say(v, "{point} ({reading})", words_instant(v, last ? l : f),
                             v->g->terms[term].alternatives[choice].label);
        out = i ? say(v, "{first} or {next}", out, one) : one;
    }
    return out;
}
