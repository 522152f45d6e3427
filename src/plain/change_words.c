/* What things of an agreement are, in words: for telling what they were and what they have become. */
#include "lang/quantity.h"
#include "lang/words.h"
#include "plain/change.h"

static struct str joined(struct voice *v, struct str list, struct str one)
{
    return list.n ? say(v, "{list}, {item}", list, one) : one;
}

static struct str file_words(struct voice *v, const struct geo_file *f)
{
    if (!f->property.n) return say(v, "file {path}", f->path);
    return say(v, "file {path}, {property} \"{value}\"", f->path, f->property, f->value);
}

/* A length of millimetres in the largest unit in which it is whole. */
static struct str distance(struct voice *v, int64_t mm)
{
    if (mm % 1000000 == 0) return say(v, "{n} km", say_int(v, mm / 1000000));
    if (mm % 1000 == 0) return say(v, "{n} m", say_int(v, mm / 1000));
    return say(v, "{n} mm", say_int(v, mm));
}

static struct str zone_words(struct voice *v, const struct zone_expr *e)
{
    const struct agreement *g = v->g;
    struct str out = {NULL, 0};
    switch (e->op) {
    case ZONE_FILE: return file_words(v, &e->file);
    case ZONE_AREA:
        if (!e->file.path.n) return say(v, "area \"{name}\"", e->area);
        return say(v, "area \"{name}\" of {file}", e->area, file_words(v, &e->file));
    case ZONE_WITHIN_LINE:
        return say(v, "within {distance} of {name}", distance(v, e->distance),
                   words_name(v, g->lines[e->index].name));
    case ZONE_WITHIN_ZONE:
        return say(v, "within {distance} of {name}", distance(v, e->distance),
                   words_name(v, g->zones[e->index].name));
    case ZONE_NAME: return words_name(v, g->zones[e->index].name);
    case ZONE_UNION:
    case ZONE_INTERSECTION:
    case ZONE_DIFFERENCE: break;
    }
    for (uint32_t i = 0; i < e->n_sub; i++) {
        struct str one = zone_words(v, e->sub[i]);
        if (!i)
            out = one;
        else
            out = say(v,
                      e->op == ZONE_UNION          ? N_("{first} together with {next}")
                      : e->op == ZONE_INTERSECTION ? N_("{first} where it is also {next}")
                                                   : N_("{first} without {next}"),
                      out, one);
    }
    return out;
}

static struct str cases_words(struct voice *v, const struct evidence_case *cases, uint32_t n)
{
    static const char *const grades[] = {N_("seen"), N_("by a sensor"), N_("corroborated"),
                                         N_("reported"), N_("alleged")};
    struct str out = {NULL, 0};
    for (uint32_t i = 0; i < n; i++) {
        struct str how = {NULL, 0};
        for (uint32_t k = 0; k < 5; k++)
            if (cases[i].grades >> k & 1) how = joined(v, how, said(v, grades[k]));
        struct str one = say_n(v, cases[i].sources, "{how} by {n} source", "{how} by {n} sources",
                               how, say_int(v, cases[i].sources));
        if (cases[i].by != LANG_NONE)
            one = say(v, "{evidence}, by the word of {body}", one,
                      words_name(v, v->g->actors[cases[i].by].name));
        out = out.n ? say(v, "{first} or {next}", out, one) : one;
    }
    return out;
}

static struct str alternative(struct voice *v, enum term_kind kind,
                              const struct alternative_reading *a)
{
    const struct indices none = {NULL, 0};
    switch (kind) {
    case TERM_LINE: return file_words(v, &a->file);
    case TERM_ZONE: return zone_words(v, a->expr);
    case TERM_DATE:
    case TERM_DAY_ONE: return words_point(v, &a->point, none, false);
    case TERM_EVIDENCE: return cases_words(v, a->cases, a->n_cases);
    case TERM_KIND: return a->open ? a->label : words_phrase(v, &a->phrase);
    }
    return (struct str){NULL, 0};
}

static struct str disputed_words(struct voice *v, uint32_t term)
{
    const struct disputed *d = &v->g->terms[term];
    struct str out = {NULL, 0};
    for (uint32_t i = 0; i < d->n_alternatives; i++) {
        const struct alternative_reading *a = &d->alternatives[i];
        struct str one = say(v, "{reading}: {meaning}", a->label, alternative(v, d->kind, a));
        out = out.n ? say(v, "{rejected}; {more}", out, one) : one;
    }
    if (d->left_open) out = say(v, "{readings}; left open", out);
    return out;
}

struct str words_evidence(struct voice *v, uint32_t kind)
{
    const struct evidence_case *cases;
    uint32_t n;
    for (uint32_t i = 0; i < v->g->n_evidence; i++)
        if (v->g->evidence[i].kind == kind && v->g->evidence[i].term != LANG_NONE)
            return disputed_words(v, v->g->evidence[i].term);
    agreement_evidence(v->g, kind, LANG_NONE, &cases, &n);
    return cases_words(v, cases, n);
}

struct str words_coverage(struct voice *v)
{
    struct str out = {NULL, 0};
    for (uint32_t i = 0; i < v->g->n_coverage; i++) {
        const struct coverage_rule *c = &v->g->coverage[i];
        struct str kind = c->kind == LANG_NONE ? said(v, "everything") : v->g->kinds[c->kind].label;
        struct str one =
            c->by.n ? say(v, "{kind} by {actors}", kind, words_either(v, c->by)) : kind;
        if (c->zone != LANG_NONE)
            one = say(v, "{act} in {zone}", one, words_name(v, v->g->zones[c->zone].name));
        for (uint32_t k = 0; k < c->n_means; k++) one = joined(v, one, c->means[k]);
        out = out.n ? say(v, "{rejected}; {more}", out, one) : one;
    }
    return out;
}

static struct str kind_words(struct voice *v, const struct kind *k)
{
    struct str out = said(v, k->is_state ? "a state" : k->filed ? "a filed event" : "an event");
    if (k->parent != LANG_NONE)
        out = say(v, "{kind}, one of {parent}", out, v->g->kinds[k->parent].label);
    for (uint32_t i = 0; i < k->n_attributes; i++)
        out = say(v, "{kind}, {attribute} {type}", out, k->attributes[i].name,
                  str_of(attribute_type_name(k->attributes[i].type)));
    if (k->places & PLACED_AT) out = joined(v, out, said(v, "in a zone"));
    if (k->places & PLACED_FROM) out = joined(v, out, said(v, "from a zone"));
    if (k->places & PLACED_INTO) out = joined(v, out, said(v, "into a zone"));
    if (k->one_is.n) out = say(v, "{kind}, one is {definition}", out, k->one_is);
    if (k->read_in)
        out = say(v, "{kind}, read as {readings}", out, disputed_words(v, k->read_in - 1));
    if (!k->definition) return out;
    out = say(v, "{kind}, from when {condition}", out, words_condition(v, k->definition->from));
    if (!k->definition->until) return out;
    return say(v, "{kind}, until {condition}", out, words_condition(v, k->definition->until));
}

static struct str actor_words(struct voice *v, const struct actor *a)
{
    struct str out = say(v, "{class} \"{label}\"", said(v, actor_class_name(a->class_)), a->label);
    if (a->outside) out = say(v, "{actor}, no signatory", out);
    if (a->adheres)
        out = say(v, "{actor}, bound from {point}", out, words_instant(v, a->bound_from));
    for (uint32_t i = 0; i < a->n_includes; i++)
        out = say(v, "{actor}, with {force}", out, a->includes[i]);
    return out;
}

static struct str measure_words(struct voice *v, const struct measure *m)
{
    if (m->op == MEASURE_COUNTED) return say(v, "each {kind}", v->g->kinds[m->kind].label);
    if (m->op == MEASURE_AMOUNT)
        return say(v, "the sum of {attribute} of each {kind}",
                   v->g->kinds[m->kind].attributes[m->attribute].name, v->g->kinds[m->kind].label);
    return said(v, m->op == MEASURE_STATED ? "as the agreement states" : "nothing");
}

static struct str stock_words(struct voice *v, uint32_t stock)
{
    const struct stock *s = &v->g->stocks[stock];
    struct str out = say(v, "declared: {measure}; verified: {other}",
                         measure_words(v, &s->declared), measure_words(v, &s->verified));
    for (uint32_t i = 0; i < v->g->n_amounts; i++) {
        const struct stated_amount *a = &v->g->amounts[i];
        if (a->stock != stock) continue;
        struct str n = a->lo == a->hi ? say_int(v, a->lo)
                       : a->hi == INT64_MAX
                           ? say(v, "at least {n}", say_int(v, a->lo))
                           : say(v, "{n} to {most}", say_int(v, a->lo), say_int(v, a->hi));
        out =
            joined(v, out, say(v, "{actor}: {amount}", words_name(v, v->g->actors[a->of].name), n));
    }
    return out;
}

static struct str held(struct voice *v, int64_t n)
{
    return n < 0 ? said(v, "nothing") : say_int(v, n);
}

static struct str site_words(struct voice *v, const struct site *x)
{
    const struct agreement *g = v->g;
    return say(v,
               "in {zone}, of {actor}, holding {stock}, declared: {n}, verified: {other}; checked "
               "by {kind}",
               words_name(v, g->zones[x->zone].name), words_name(v, g->actors[x->owner].name),
               g->stocks[x->stock].label, held(v, x->declared), held(v, x->verified),
               g->kinds[x->check].label);
}

static struct str whole_zone_words(struct voice *v, const struct zone_decl *z)
{
    struct str out = z->term != LANG_NONE ? disputed_words(v, z->term) : zone_words(v, z->expr);
    for (uint32_t i = 0; i < z->n_fors; i++)
        out = say(v, "{zone}; for {actors}: {other}", out, words_all(v, z->fors[i].actors),
                  words_name(v, v->g->zones[z->fors[i].zone].name));
    return out;
}

struct str words_thing(struct voice *v, enum thing t, uint32_t i)
{
    const struct agreement *g = v->g;
    const struct indices none = {NULL, 0};
    switch (t) {
    case THING_ACTOR: return actor_words(v, &g->actors[i]);
    case THING_LINE:
        if (g->lines[i].term != LANG_NONE) return disputed_words(v, g->lines[i].term);
        return file_words(v, &g->lines[i].file);
    case THING_ZONE: return whole_zone_words(v, &g->zones[i]);
    case THING_DATE:
        if (g->dates[i].term != LANG_NONE) return disputed_words(v, g->dates[i].term);
        return words_point(v, &g->dates[i].point, none, true);
    case THING_KIND: return kind_words(v, &g->kinds[i]);
    case THING_STOCK: return stock_words(v, i);
    case THING_PROCESS:
        return say(v, "each {act}, of {n}", words_phrase(v, &g->processes[i].step),
                   say_int(v, g->processes[i].total));
    case THING_SITE: return site_words(v, &g->sites[i]);
    case THING_PROVISION: return g->provisions[i].gloss;
    }
    return (struct str){NULL, 0};
}
