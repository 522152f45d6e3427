/* From facts to a view: incidents with what is said of them, coverage, sources.  See view.h. */
#include "lang/model.h"
#include "report/view.h"

struct words {
    struct arena *a;
    const struct agreement *g;
    const struct facts *f;
};

static struct str names_of_actors(const struct words *w, const uint32_t *actors, size_t n,
                                  const char *last)
{
    struct str s = {NULL, 0};
    for (size_t i = 0; i < n; i++) {
        struct str name = actors[i] < w->g->n_actors ? w->g->actors[actors[i]].name
                                                     : STR("one whom the agreement does not name");
        s = str_fmt(w->a, "%.*s%s%.*s", STR_ARG(s),
                    !i           ? ""
                    : i + 1 == n ? last
                                 : ", ",
                    STR_ARG(name));
    }
    return s;
}

static struct str number_words(const struct words *w, const struct attribute *t, int64_t n)
{
    int64_t scale = t->scale > 0 ? t->scale : 1;
    if (n % scale == 0) return str_fmt(w->a, "%lld", (long long)(n / scale));
    return str_fmt(w->a, "%.6g", (double)n / (double)scale);
}

/* "deaths 3", "deaths at least 3"; empty when nothing is known. */
static struct str value_words(const struct words *w, const struct attribute *t, struct value x)
{
    if (x.lo == INT64_MIN && x.hi == INT64_MAX) return (struct str){NULL, 0};
    struct str name = t->name;
    switch (t->type) {
    case ATTRIBUTE_TEXT:
        return str_fmt(w->a, "%.*s %.*s", STR_ARG(name),
                       STR_ARG(intern_str(&w->f->texts, (uint32_t)x.lo)));
    case ATTRIBUTE_ACTOR: {
        uint32_t actor = (uint32_t)x.lo;
        return str_fmt(w->a, "%.*s %.*s", STR_ARG(name),
                       STR_ARG(names_of_actors(w, &actor, 1, "")));
    }
    case ATTRIBUTE_YESNO: return str_fmt(w->a, "%s%.*s", x.lo ? "" : "not ", STR_ARG(name));
    default: break;
    }
    struct str low = number_words(w, t, x.lo), high = number_words(w, t, x.hi);
    struct str unit = t->unit.n ? str_fmt(w->a, " %.*s", STR_ARG(t->unit)) : (struct str){NULL, 0};
    if (x.lo == x.hi)
        return str_fmt(w->a, "%.*s %.*s%.*s", STR_ARG(name), STR_ARG(low), STR_ARG(unit));
    if (x.hi == INT64_MAX)
        return str_fmt(w->a, "%.*s at least %.*s%.*s", STR_ARG(name), STR_ARG(low), STR_ARG(unit));
    if (x.lo == INT64_MIN)
        return str_fmt(w->a, "%.*s at most %.*s%.*s", STR_ARG(name), STR_ARG(high), STR_ARG(unit));
    return str_fmt(w->a, "%.*s %.*s to %.*s%.*s", STR_ARG(name), STR_ARG(low), STR_ARG(high),
                   STR_ARG(unit));
}

static struct str details_of(const struct words *w, const struct kind *kind,
                             const struct alternative *alt)
{
    struct str all = {NULL, 0};
    for (uint32_t i = 0; i < kind->n_attributes; i++) {
        if (i == kind->actor) continue;
        struct str one = value_words(w, &kind->attributes[i], w->f->value_pool[alt->values + i]);
        if (one.n) all = str_fmt(w->a, "%.*s%s%.*s", STR_ARG(all), all.n ? ", " : "", STR_ARG(one));
    }
    return all;
}

static bool fill_report(const struct words *w, const struct report *from, struct view_report *to)
{
    const struct facts *f = w->f;
    *to = (struct view_report){
        .id = intern_str(&f->texts, from->id),
        .grade = str_of(grade_name(from->grade)),
        .file = from->file < f->n_files ? f->files[from->file] : (struct str){NULL, 0},
        .line = from->line,
        .shown = from->shown,
        .recorded = from->recorded,
    };
    for (uint32_t i = 0; i < from->n_sources; i++) {
        struct str one = intern_str(&f->texts, f->source_pool[from->sources + i]);
        to->sources = i ? str_fmt(w->a, "%.*s; %.*s", STR_ARG(to->sources), STR_ARG(one)) : one;
        if (!to->sources.p) return false;
    }
    return true;
}

/* The reports of a fact that say one alternative. */
static bool fill_reports(const struct words *w, const struct fact *x, uint32_t alternative,
                         struct view_alternative *to)
{
    struct view_report *reports = arena_array(w->a, x->n_reports + 1, sizeof *reports);
    if (!reports) return false;
    for (uint32_t r = x->first_report; r != FACTS_NONE; r = w->f->reports[r].next) {
        if (w->f->reports[r].alternative != alternative) continue;
        if (!fill_report(w, &w->f->reports[r], &reports[to->n_reports++])) return false;
    }
    to->reports = reports;
    return true;
}

static size_t count_sources(const struct words *w, const struct fact *x)
{
    size_t n = 0;
    for (uint32_t r = x->first_report; r != FACTS_NONE; r = w->f->reports[r].next) {
        const struct report *report = &w->f->reports[r];
        for (uint32_t i = 0; i < report->n_sources; i++) {
            uint32_t source = w->f->source_pool[report->sources + i];
            bool seen = false;
            for (uint32_t q = x->first_report; q != r && !seen; q = w->f->reports[q].next)
                for (uint32_t k = 0; k < w->f->reports[q].n_sources && !seen; k++)
                    seen = w->f->source_pool[w->f->reports[q].sources + k] == source;
            for (uint32_t k = 0; k < i && !seen; k++)
                seen = w->f->source_pool[report->sources + k] == source;
            n += !seen;
        }
    }
    return n;
}

static bool fill_alternatives(const struct words *w, const struct fact *x, struct view_incident *to)
{
    struct view_alternative *out = arena_array(w->a, x->n_alternatives + 1, sizeof *out);
    if (!out) return false;
    to->alternatives = out;
    for (uint32_t i = x->first_alternative; i != FACTS_NONE; i = w->f->alternatives[i].next) {
        const struct alternative *alt = &w->f->alternatives[i];
        struct view_alternative *one = &out[to->n_alternatives++];
        *one = (struct view_alternative){
            .from = alt->start_lo,
            .to = alt->start_hi,
            .until_lo = alt->end_lo,
            .until_hi = alt->end_hi,
            .who = alt->n_actors
                       ? names_of_actors(w, w->f->actor_pool + alt->actors, alt->n_actors, " or ")
                       : STR("someone unknown"),
            .details = details_of(w, &w->g->kinds[x->kind], alt),
        };
        if (!fill_reports(w, x, i, one)) return false;
    }
    return true;
}

static void fill_point(const struct words *w, const struct fact *x, struct view_incident *to)
{
    const struct place_book *b = &w->f->places;
    const struct alternative *alt = &w->f->alternatives[x->first_alternative];
    for (int role = 0; role < PLACES && !to->has_point; role++)
        if (b->point && alt->place[role] != FACTS_NONE)
            to->has_point = b->point(b->ctx, alt->place[role], &to->lon, &to->lat, &to->radius);
}

bool view_incidents(struct arena *a, const struct verdicts *r, const bool *wanted, struct view *v,
                    size_t *map)
{
    struct words w = {a, r->agreement, r->facts};
    size_t n = 0;
    for (size_t i = 0; i < r->facts->n_facts; i++) n += wanted[i];
    struct view_incident *out = arena_array(a, n + 1, sizeof *out);
    if (!out) return false;
    v->incidents = out;
    for (size_t i = 0; i < r->facts->n_facts; i++) {
        map[i] = wanted[i] ? v->n_incidents : SIZE_MAX;
        if (!wanted[i]) continue;
        const struct fact *x = &r->facts->facts[i];
        struct view_incident *to = &out[v->n_incidents++];
        *to = (struct view_incident){
            .id = intern_str(&r->facts->texts, x->identity),
            .kind = r->agreement->kinds[x->kind].name,
            .state = r->agreement->kinds[x->kind].is_state,
            .n_reports = x->n_reports,
            .n_sources = count_sources(&w, x),
        };
        fill_point(&w, x, to);
        if (!fill_alternatives(&w, x, to)) return false;
    }
    return true;
}

static void fill_coverage(const struct words *w, const struct coverage *from,
                          struct view_coverage *to)
{
    *to = (struct view_coverage){
        .gap = from->gap,
        .from = from->from,
        .to = from->to,
        .kinds = from->n_kinds ? (struct str){NULL, 0} : STR("all that is observed"),
        .where = from->where == COVERAGE_EVERYWHERE ? STR("everywhere") : STR("a place"),
        .means = from->means,
        .cause = from->cause,
    };
    for (uint32_t i = 0; i < from->n_kinds; i++) {
        struct str name = w->g->kinds[w->f->kind_pool[from->kinds + i]].name;
        to->kinds = str_fmt(w->a, "%.*s%s%.*s", STR_ARG(to->kinds), i ? ", " : "", STR_ARG(name));
    }
    if (from->where == COVERAGE_ZONE && from->area < w->g->n_zones)
        to->where = w->g->zones[from->area].name;
    if (from->by < w->g->n_actors) to->by = w->g->actors[from->by].name;
}

static bool add_files(struct arena *a, const struct facts *f, struct view *v)
{
    struct view_source *sources = arena_array(a, f->n_files + 1, sizeof *sources);
    struct view_aside *aside = arena_array(a, f->n_set_aside + 1, sizeof *aside);
    if (!sources || !aside) return false;
    for (size_t i = 0; i < f->n_files; i++) sources[i].name = f->files[i];
    for (size_t i = 0; i < f->n_reports; i++)
        if (f->reports[i].file < f->n_files) sources[f->reports[i].file].rows++;
    for (size_t i = 0; i < f->n_set_aside; i++) {
        const struct set_aside *x = &f->set_aside[i];
        struct str name = x->file < f->n_files ? f->files[x->file] : (struct str){NULL, 0};
        aside[i] = (struct view_aside){name, x->line, x->reason};
    }
    v->sources = sources;
    v->n_sources = f->n_files;
    v->aside = aside;
    v->n_aside = f->n_set_aside;
    v->rows_read = f->rows_read;
    v->rows_filtered = f->rows_filtered;
    v->rows_repeated = f->rows_repeated;
    return true;
}

bool view_record(struct arena *a, const struct verdicts *r, struct view *v)
{
    struct words w = {a, r->agreement, r->facts};
    struct view_coverage *coverage = arena_array(a, r->facts->n_coverage + 1, sizeof *coverage);
    if (!coverage) return false;
    for (size_t i = 0; i < r->facts->n_coverage; i++)
        fill_coverage(&w, &r->facts->coverage[i], &coverage[i]);
    v->coverage = coverage;
    v->n_coverage = r->facts->n_coverage;
    return add_files(a, r->facts, v);
}
