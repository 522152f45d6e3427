/* From a result to a view: provisions, rows, days, subjects.  See view.h. */
#include "calendar/zone.h"
#include "lang/model.h"
#include "report/view.h"
#include "report/words.h"

#include <string.h>

struct making {
    struct arena *a;
    const struct agreement *g;
    const struct verdicts *r;
    struct view *v;
    const size_t *incident_of; /* by fact, or NULL */
};

static int32_t offset_in_zone(const void *ctx, instant at)
{
    return zone_offset(ctx, at);
}

static struct str actor_words(const struct agreement *g, uint32_t actor)
{
    if (actor == VERDICT_ALL) return STR("all");
    if (actor >= g->n_actors) return STR("one whom the agreement does not name");
    return g->actors[actor].name;
}

/* The moment up to which reports were taken in: as asked, or when the last of them was recorded. */
static instant known_until(const struct verdicts *r)
{
    if (r->options.as_of != INSTANT_MAX) return r->options.as_of;
    instant last = r->options.at;
    for (size_t i = 0; i < r->facts->n_reports; i++) {
        instant recorded = r->facts->reports[i].recorded;
        if (recorded != INSTANT_MAX && recorded > last) last = recorded;
    }
    return last;
}

static bool fill_candidates(struct making *m, struct view_row *row, const struct verdict_row *from)
{
    struct str *names = arena_array(m->a, from->n_candidates + 1, sizeof *names);
    if (!names) return false;
    for (size_t i = 0; i < from->n_candidates; i++)
        names[i] = actor_words(m->g, from->candidates[i]);
    row->candidates = names;
    row->n_candidates = from->n_candidates;
    row->unknown_candidate = from->unknown_candidate;
    return true;
}

static bool fill_instances(struct making *m, struct view_row *row, const struct verdict_row *from)
{
    struct view_instance *to = arena_array(m->a, from->n_instances + 1, sizeof *to);
    if (!to) return false;
    for (size_t i = 0; i < from->n_instances; i++) {
        const struct instance *x = &from->instances[i];
        to[i] = (struct view_instance){(enum verdict)x->verdict,
                                       x->from,
                                       x->to,
                                       (enum anchor)x->anchor,
                                       x->fact == FACTS_NONE ? SIZE_MAX : m->incident_of[x->fact],
                                       x->reasons};
    }
    row->instances = to;
    row->n_instances = from->n_instances;
    return true;
}

static bool fill_row(struct making *m, size_t provision, const struct verdict_row *from,
                     struct view_row *row)
{
    *row = (struct view_row){
        .id = from->id,
        .provision = provision,
        .subject = actor_words(m->g, from->subject),
        .reading = from->reading_label,
        .verdict = from->verdict,
        .from = from->from,
        .to = from->to,
        .attribution = from->attribution,
        .reasons = from->reasons,
        .certain = (int64_t)from->certain,
        .possible = (int64_t)from->possible,
        .first_day = from->first_day,
        .n_days = from->n_days,
        .days = from->days,
        .coverage = from->coverage,
        .level = from->level,
        .level_rule = from->level_rule,
        .next_deadline = from->next_deadline,
        .final = from->final,
    };
    if (from->zone != FACTS_NONE) row->zone = m->g->zones[from->zone].name;
    if (!fill_candidates(m, row, from)) return false;
    return !m->incident_of || fill_instances(m, row, from);
}

/* Where a clause stands, without the heading of the whole document: "Article 1 › paragraph 2". */
static struct str clause_words(const struct making *m, uint32_t clause)
{
    const struct clause *c = &m->g->clauses[clause];
    struct str words = c->title;
    while (c->parent != LANG_NONE) {
        c = &m->g->clauses[c->parent];
        if (c->parent == LANG_NONE && c->level == 1) break;
        words = str_fmt(m->a, "%.*s › %.*s", STR_ARG(c->title), STR_ARG(words));
    }
    return words;
}

static void fill_provision(struct making *m, const struct provision *from,
                           struct view_provision *to)
{
    const struct clause *clause = &m->g->clauses[from->clause];
    struct str *gloss = arena_array(m->a, 2, sizeof *gloss);
    *to = (struct view_provision){
        .name = from->name,
        .version = provision_version(m->g, from),
        .clause = clause_words(m, from->clause),
        .prose = clause->prose,
        .sentence = place_text(from->at),
        .first_row = m->v->n_rows,
    };
    if (!gloss) return;
    gloss[to->n_gloss++] = str_fmt(m->a, "read as: %.*s", STR_ARG(from->gloss));
    if (from->not_gloss.n)
        gloss[to->n_gloss++] = str_fmt(m->a, "not read as: %.*s", STR_ARG(from->not_gloss));
    to->gloss = gloss;
}

/* Add the rows of one reading, `all` before the parties. */
static bool add_reading(struct making *m, size_t provision, uint32_t number, uint32_t reading,
                        struct view_row *rows)
{
    for (int parties = 0; parties < 2; parties++) {
        for (size_t i = 0; i < m->r->n_rows; i++) {
            const struct verdict_row *x = &m->r->rows[i];
            if (x->provision != number || x->reading != reading) continue;
            if ((x->subject != VERDICT_ALL) != (parties == 1)) continue;
            if (!fill_row(m, provision, x, &rows[m->v->n_rows++])) return false;
        }
    }
    return true;
}

static bool same_days(const struct view_row *a, const struct view_row *b)
{
    return a->n_days == b->n_days && a->first_day == b->first_day &&
           (!a->n_days || !memcmp(a->days, b->days, a->n_days));
}

/* Compare the readings of a provision, subject by subject. */
static void compare_readings(struct view_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k++) {
            const struct view_row *x = &rows[k];
            if (k == i || !str_eq(x->subject, rows[i].subject)) continue;
            enum agreement_of_readings two = x->verdict != rows[i].verdict ? READINGS_DIFFER
                                             : same_days(x, &rows[i])      ? READINGS_AGREE
                                                                           : READINGS_VERDICT;
            if (!rows[i].readings || two < rows[i].readings) rows[i].readings = two;
        }
    }
    for (size_t i = 0; i < n; i++) /* two that agree may both differ from a third */
        for (size_t k = 0; k < n; k++)
            if (str_eq(rows[k].subject, rows[i].subject) && rows[k].readings < rows[i].readings)
                rows[i].readings = rows[k].readings;
}

static bool add_rows(struct making *m)
{
    const struct verdicts *r = m->r;
    struct view_provision *provisions =
        arena_array(m->a, m->g->n_provisions + 1, sizeof *provisions);
    struct view_row *rows = arena_array(m->a, r->n_rows + 1, sizeof *rows);
    bool *taken = arena_array(m->a, r->n_rows + 1, sizeof *taken);
    if (!provisions || !rows || !taken) return false;
    m->v->provisions = provisions;
    m->v->rows = rows;
    for (uint32_t p = 0; p < m->g->n_provisions; p++) {
        struct view_provision *to = &provisions[m->v->n_provisions];
        fill_provision(m, &m->g->provisions[p], to);
        for (size_t i = 0; i < r->n_rows; i++) {
            if (r->rows[i].provision != p || taken[i]) continue;
            for (size_t k = i; k < r->n_rows; k++)
                taken[k] |= r->rows[k].provision == p && r->rows[k].reading == r->rows[i].reading;
            if (!add_reading(m, m->v->n_provisions, p, r->rows[i].reading, rows)) return false;
        }
        to->n_rows = m->v->n_rows - to->first_row;
        compare_readings(rows + to->first_row, to->n_rows);
        if (to->n_rows) m->v->n_provisions++;
    }
    return true;
}

/* Those who are bound, in the agreement's order. */
static bool add_subjects(struct making *m)
{
    struct view_named *names = arena_array(m->a, m->g->n_actors + 1, sizeof *names);
    if (!names) return false;
    m->v->subjects = names;
    for (uint32_t actor = 0; actor < m->g->n_actors; actor++) {
        bool bound = false;
        for (size_t i = 0; i < m->r->n_rows && !bound; i++) bound = m->r->rows[i].subject == actor;
        if (!bound) continue;
        const struct actor *x = &m->g->actors[actor];
        struct str label = str_eq(x->label, x->name) ? (struct str){NULL, 0} : x->label;
        names[m->v->n_subjects++] = (struct view_named){x->name, label};
    }
    return true;
}

static bool add_notes(struct making *m)
{
    const struct facts *f = m->r->facts;
    struct str *notes = arena_array(m->a, m->g->n_notes + f->n_notes + 1, sizeof *notes);
    if (!notes) return false;
    size_t n = 0;
    for (uint32_t i = 0; i < m->g->n_notes; i++) notes[n++] = m->g->notes[i];
    for (size_t i = 0; i < f->n_notes; i++) notes[n++] = f->notes[i];
    m->v->notes = notes;
    m->v->n_notes = n;
    return true;
}

static bool add_incidents(struct making *m)
{
    const struct facts *f = m->r->facts;
    bool *wanted = arena_array(m->a, f->n_facts + 1, sizeof *wanted);
    size_t *map = arena_array(m->a, f->n_facts + 1, sizeof *map);
    if (!wanted || !map) return false;
    for (size_t i = 0; i < m->r->n_rows; i++) {
        const struct verdict_row *row = &m->r->rows[i];
        for (size_t k = 0; k < row->n_instances; k++)
            if (row->instances[k].fact != FACTS_NONE) wanted[row->instances[k].fact] = true;
    }
    m->incident_of = map;
    return view_incidents(m->a, m->r, wanted, m->v, map);
}

enum status view_make(struct arena *a, const struct view_parts *parts, struct view *out)
{
    const struct verdicts *r = parts->verdicts;
    const struct agreement *g = r->agreement;
    struct making m = {a, g, r, out, NULL};
    *out = (struct view){
        .title = g->header.title,
        .agreement_file = g->source ? g->source->name : (struct str){NULL, 0},
        .clock = {offset_in_zone, g->header.zone, g->header.zone_name},
        .from = r->options.from,
        .to = r->options.to,
        .at = r->options.at,
        .as_of = known_until(r),
        .filters = parts->filters,
        .n_filters = parts->n_filters,
        .shapes = parts->shapes,
        .n_shapes = parts->n_shapes,
        .undrawn = parts->undrawn,
        .n_undrawn = parts->n_undrawn,
    };
    out->n_days = (size_t)(words_local_day(&out->clock, out->to) -
                           words_local_day(&out->clock, out->from) + 1);
    if ((parts->incidents && !add_incidents(&m)) || !add_rows(&m) || !add_subjects(&m) ||
        !add_notes(&m) || !view_record(a, r, out) || a->failed)
        return STATUS_FAULT;
    return STATUS_OK;
}
