/* See model.h. */
#include "talks/model.h"

const struct act_info talks_acts[ACTS] = {
    [ACT_DEMAND] = {"demand", "demands that", "demands"},
    [ACT_OFFER] = {"offer", "offers that", "offers"},
    [ACT_ACCEPT] = {"acceptance", "accepts that", "accepts"},
    [ACT_REFUSE] = {"refusal", "refuses that", "refuses"},
    [ACT_SUPPORT] = {"support in principle", "supports in principle that", "supports in principle"},
    [ACT_OPEN] = {"openness", "could discuss that", "could discuss"},
    [ACT_CONDITION] = {"condition", "holds that", "only if"},
    [ACT_PRECONDITION] = {"precondition", "holds that", "only after"},
    [ACT_TOGETHER] = {"condition", "holds that", "only at the same time as"},
    [ACT_RED_LINE] = {"red line", "draws a red line that", "red line"},
    [ACT_AUTHORITY] = {"claim of authority", "claims that", "says who decides"},
    [ACT_ARGUMENT] = {"argument", "claims", "argues"},
    [ACT_WARNING] = {"warning", "warns that if", "warns"},
    [ACT_QUESTION] = {"question", "asks", "asks"},
    [ACT_PROCESS] = {"process", "announces talks", "announces talks"},
    [ACT_REQUIRES] = {"dependency", "requires", "requires"},
    [ACT_EXCLUDES] = {"dependency", "excludes", "excludes"},
    [ACT_SAID] = {"words", "said", "said"},
};

int32_t statement_day(const struct statement *s)
{
    return s->published != DAY_UNKNOWN ? s->published : s->said;
}

static bool known(const struct statement *s, int32_t as_of)
{
    int32_t day = statement_day(s);
    return as_of == DAY_UNKNOWN || day == DAY_UNKNOWN || day <= as_of;
}

bool statement_counts(const struct talks *t, uint32_t statement, int32_t as_of)
{
    const struct statement *s = &t->statements[statement];
    if (s->origin == ORIGIN_PROPOSED || !known(s, as_of)) return false;
    return s->superseded_by == TALKS_NONE || !known(&t->statements[s->superseded_by], as_of);
}

uint32_t statement_side(const struct talks *t, const struct statement *s)
{
    return s->speaker == TALKS_NONE ? TALKS_NONE : t->speakers[s->speaker].side;
}

const struct text *statement_words(const struct statement *s)
{
    if (s->original.words.p) return &s->original;
    return s->n_translations ? &s->translations[0] : NULL;
}

void position_print(const struct talks *t, const struct position *p, struct buf *out)
{
    for (uint32_t i = 0; i < p->n; i++) {
        const struct issue *issue = &t->issues[p->atoms[i].issue];
        if (i) buf_puts(out, p->any ? " or " : " and ");
        buf_fmt(out, "%.*s is %s%.*s", STR_ARG(issue->name), p->atoms[i].negated ? "not " : "",
                STR_ARG(issue->options[p->atoms[i].option].name));
    }
}

static void names(const struct talks *t, const uint32_t *sides, uint32_t n, struct buf *out)
{
    for (uint32_t i = 0; i < n; i++)
        buf_fmt(out, "%s%.*s", i ? " and " : "", STR_ARG(t->sides[sides[i]].name));
}

static void warning_print(const struct talks *t, const struct statement *s, struct buf *out)
{
    buf_puts(out, "warns that if ");
    position_print(t, &s->p, out);
    if (s->regards.p)
        buf_fmt(out, ", then %.*s regards \"%.*s\" as \"%.*s\"",
                STR_ARG(t->sides[s->regards_side].name), STR_ARG(s->regards),
                STR_ARG(s->regards_as));
    else
        buf_fmt(out, ", then \"%.*s\"", STR_ARG(s->consequence));
}

static void link_print(const struct talks *t, const struct statement *s, const char *link,
                       struct buf *out)
{
    position_print(t, &s->p, out);
    buf_fmt(out, " %s ", link);
    position_print(t, &s->q, out);
}

static void other_print(const struct talks *t, const struct statement *s, struct buf *out)
{
    if (s->act == ACT_AUTHORITY) {
        buf_puts(out, "claims that ");
        names(t, s->deciders, s->n_deciders, out);
        buf_fmt(out, " %s %.*s", s->n_deciders > 1 ? "decide" : "decides",
                STR_ARG(t->issues[s->issue].name));
        if (s->n_not_deciders) buf_puts(out, ", not ");
        names(t, s->not_deciders, s->n_not_deciders, out);
        return;
    }
    if (s->act == ACT_PROCESS) {
        buf_puts(out, "announces talks");
        if (s->with != TALKS_NONE) buf_fmt(out, " with %.*s", STR_ARG(t->sides[s->with].name));
    } else {
        buf_fmt(out, "%s", talks_acts[s->act].verb);
    }
    if (s->consequence.p) buf_fmt(out, " \"%.*s\"", STR_ARG(s->consequence));
    if (s->issue != TALKS_NONE) buf_fmt(out, " on %.*s", STR_ARG(t->issues[s->issue].name));
}

void statement_print(const struct talks *t, const struct statement *s, struct buf *out)
{
    if (s->speaker != TALKS_NONE)
        buf_fmt(out, "%.*s ", STR_ARG(t->speakers[s->speaker].name));
    else if (s->origin == ORIGIN_PROPOSED)
        buf_puts(out, "unknown ");
    bool link = s->act == ACT_CONDITION || s->act == ACT_PRECONDITION || s->act == ACT_TOGETHER;
    if (link || s->act == ACT_REQUIRES || s->act == ACT_EXCLUDES) {
        if (s->origin == ORIGIN_SAID) buf_puts(out, "holds that ");
        link_print(t, s, talks_acts[s->act].stance, out);
    } else if (s->act == ACT_WARNING) {
        warning_print(t, s, out);
    } else if (s->refers != TALKS_NONE) {
        buf_fmt(out, "%s %.*s", talks_acts[s->act].stance, STR_ARG(t->statements[s->refers].name));
    } else if (s->p.n) {
        buf_fmt(out, "%s ", talks_acts[s->act].verb);
        position_print(t, &s->p, out);
    } else {
        other_print(t, s, out);
    }
    if (s->act == ACT_ACCEPT && s->q.n) {
        buf_puts(out, " only if ");
        position_print(t, &s->q, out);
    }
}

bool positions_meet(const struct position *a, const struct position *b)
{
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (a->atoms[i].issue == b->atoms[k].issue && a->atoms[i].option == b->atoms[k].option)
                return true;
    return false;
}

bool position_on_issue(const struct position *p, uint32_t issue)
{
    for (uint32_t i = 0; i < p->n; i++)
        if (p->atoms[i].issue == issue) return true;
    return false;
}

bool statement_on_issue(const struct talks *t, const struct statement *s, uint32_t issue)
{
    (void)t;
    return s->issue == issue || position_on_issue(&s->p, issue) || position_on_issue(&s->q, issue);
}

void day_print(int32_t day, struct buf *out)
{
    if (day == DAY_UNKNOWN) {
        buf_puts(out, "not known");
        return;
    }
    struct civil c = civil_from_days(day);
    buf_fmt(out, "%04d-%02d-%02d", c.year, c.month, c.day);
}
