/* How rules of force, amendments and declarations are read: see say.h for how the sentences are written. */
#include "lang/gloss.h"
#include "lang/in_force.h"
#include "lang/parse.h"
#include "lang/words.h"

static struct str subject(struct voice *v, const struct force_rule *r)
{
    switch (r->subject) {
    case FORCE_AGREEMENT: return said(v, "the agreement");
    case FORCE_CLAUSE: return say(v, "all under \"{heading}\"", v->g->clauses[r->index].title);
    case FORCE_PROVISION: break;
    }
    return words_name(v, v->g->provisions[r->index].name);
}

static struct str suspended(struct voice *v, const struct force_rule *r)
{
    struct str what = subject(v, r), when = words_condition(v, r->when), rule;
    if (!r->begins)
        rule = say(v, "{subject} is not in force while {condition}", what, when);
    else if (!duration_none(&r->period))
        rule = say(v,
                   "{subject} is not in force for {duration} from each moment at which it comes "
                   "about that {condition}",
                   what, words_duration(v, &r->period), when);
    else if (r->until)
        rule = say(v,
                   "{subject} is not in force from each moment at which it comes about that "
                   "{condition}, until it comes about that {end}",
                   what, when, words_condition(v, r->until));
    else
        rule = say(v, "{subject} is no longer in force from the first moment at which {condition}",
                   what, when);
    if (r->unexpired)
        return say(v,
                   "{rule}; what is left of its time then goes on: its dates and deadlines move "
                   "by the time suspended before them",
                   rule);
    if (r->moves) return say(v, "{rule}; deadlines move by the time suspended before them", rule);
    if (r->stays)
        return say(v, "{rule}; deadlines stay, and one that falls into it binds nobody", rule);
    return rule;
}

static struct str continued(struct voice *v, const struct force_rule *r)
{
    static const char *const once[] = {
        N_("{subject} stays in force for {duration} beyond {end} if, when that moment comes, "
           "{condition}"),
        N_("{subject} stays in force for {duration} beyond {end} unless, when that moment comes, "
           "{condition}")};
    static const char *const again[] = {
        N_("{subject} stays in force for {duration} beyond {end}, and beyond each later end, if, "
           "when that moment comes, {condition}"),
        N_("{subject} stays in force for {duration} beyond {end}, and beyond each later end, "
           "unless, when that moment comes, {condition}")};
    return say(v, (r->again ? again : once)[r->unless], subject(v, r),
               words_duration(v, &r->period), words_instant(v, v->g->header.expiry),
               words_condition(v, r->when));
}

struct str force_say(struct voice *v, const struct force_rule *r)
{
    struct str what = subject(v, r), when = words_condition(v, r->when);
    switch (r->op) {
    case FORCE_STARTS:
        if (!duration_none(&r->period))
            return say(v,
                       "{subject} is in force for {duration} from the first moment at which "
                       "{condition}",
                       what, words_duration(v, &r->period), when);
        return say(v, "{subject} is in force from the first moment at which {condition}", what,
                   when);
    case FORCE_WHILE: return say(v, "{subject} is in force only while {condition}", what, when);
    case FORCE_SUSPENDED: return suspended(v, r);
    case FORCE_CONTINUED: return continued(v, r);
    case FORCE_ENDED: break;
    case FORCE_REPLACED:
        return say(v,
                   "{subject} is no longer in force, and {provision} is, from the first moment at "
                   "which {condition}",
                   what, words_name(v, v->g->provisions[r->by].name), when);
    }
    if (duration_none(&r->period))
        return say(v, "{subject} is no longer in force from the first moment at which {condition}",
                   what, when);
    return say(v,
               "{subject} is no longer in force from {duration} after the first moment at which "
               "{condition}",
               what, words_duration(v, &r->period), when);
}

struct str amendment_say(struct voice *v, const struct amendment *a)
{
    return say(v,
               "from {from} on, what is named here reads as changed; before, as it was, and what "
               "was a violation then is one still",
               words_instant(v, a->since));
}

struct str declaration_say(struct voice *v, const struct declaration *d)
{
    struct str actor = words_name(v, v->g->actors[d->actor].name);
    if (d->assurance)
        return say(v, "an assurance by {actor}: it creates no duty, and nothing is judged by it",
                   actor);
    return say(
        v,
        "a declaration by {actor} alone: neither a fact nor a duty, and nothing is judged by "
        "it",
        actor);
}

bool gloss_force(struct parser *p, const struct agreement *g)
{
    struct arena scratch;
    arena_init(&scratch);
    for (size_t i = 0; i < p->force.n; i++) {
        struct force_rule *r = VEC_AT(p->force, struct force_rule, i);
        struct voice v = {NULL, g, &scratch, false};
        r->gloss = str_dup(p->arena, say_plain(&v, force_say(&v, r)));
        if (v.failed || !r->gloss.p) p->oom = true;
        arena_free(&scratch);
    }
    return !p->oom;
}
