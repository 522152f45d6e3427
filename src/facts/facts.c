/* Building the facts.
 *
 * Each array grows by doubling with realloc; the index of identities is an open-addressing table
 * of fact numbers, at most half full, keyed by (kind, number of the identity's text).  The reports
 * and the alternatives of one fact are linked lists through `next`: facts have few of either, and
 * lists need no moving when reports of many facts come interleaved. */
#include "facts/facts.h"

#include <stdlib.h>
#include <string.h>

enum array {
    REPORTS,
    ALTERNATIVES,
    FACTS,
    ACTORS,
    SOURCES,
    KINDS,
    VALUES,
    COVERAGE,
    FINDINGS,
    SET_ASIDE,
    FILES,
    NOTES,
    ARRAYS
};

struct facts_private {
    size_t cap[ARRAYS];
    size_t n_actor_pool, n_source_pool, n_kind_pool, n_value_pool;
    uint32_t *slots; /* fact + 1, 0 = empty */
    size_t mask;
    uint32_t *scratch; /* sorted actors, source numbers of the report at hand */
    size_t n_scratch;
};

const char *grade_name(enum grade g)
{
    static const char *const names[GRADES] = {"seen by the mission", "by a sensor of the mission",
                                              "corroborated by the mission", "reported", "alleged"};
    return names[g];
}

/* Room for n + more elements in the array whose pointer lies at `items`; false when memory fails or
 * indices would run out. */
static bool reserve(struct facts *f, enum array which, void *items, size_t n, size_t more,
                    size_t size)
{
    size_t *cap = &f->private_->cap[which];
    if (n + more <= *cap) return true;
    size_t want = *cap ? *cap * 2 : 64;
    while (want < n + more) want *= 2;
    void *moved;
    memcpy(&moved, items, sizeof(moved));
    moved = want < FACTS_OTHER_ACTOR ? realloc(moved, want * size) : NULL;
    if (!moved) {
        f->failed = true;
        return false;
    }
    memcpy(items, &moved, sizeof(moved));
    *cap = want;
    return true;
}

#define RESERVE(f, which, items, n, more)                                                          \
    reserve((f), (which), &(items), (n), (more), sizeof(*(items)))

enum status facts_init(struct facts *f, size_t n_kinds, const uint8_t *n_attributes)
{
    *f = (struct facts){.n_kinds = n_kinds, .first_valid = INSTANT_MAX, .last_valid = INSTANT_MIN};
    arena_init(&f->arena);
    intern_init(&f->texts);
    f->private_ = calloc(1, sizeof(*f->private_));
    uint8_t *counts = arena_array(&f->arena, n_kinds, 1);
    if (!f->private_ || !counts) {
        f->failed = true;
        return STATUS_FAULT;
    }
    if (n_kinds) memcpy(counts, n_attributes, n_kinds);
    f->n_attributes = counts;
    return STATUS_OK;
}

void facts_free(struct facts *f)
{
    void *owned[] = {f->reports,     f->alternatives, f->facts,      f->actor_pool,
                     f->source_pool, f->kind_pool,    f->value_pool, f->coverage,
                     f->findings,    f->set_aside,    f->files,      f->notes};
    for (size_t i = 0; i < sizeof(owned) / sizeof(owned[0]); i++) free(owned[i]);
    if (f->private_) {
        free(f->private_->slots);
        free(f->private_->scratch);
        free(f->private_);
    }
    intern_free(&f->texts);
    arena_free(&f->arena);
    *f = (struct facts){0};
}

static size_t slot_of(const struct facts_private *p, uint32_t kind, uint32_t identity)
{
    uint64_t h = ((uint64_t)kind << 32 | identity) * 0x9E3779B97F4A7C15U;
    return (size_t)(h ^ h >> 29) & p->mask;
}

static bool grow_index(struct facts *f)
{
    struct facts_private *p = f->private_;
    if (p->slots && (f->n_facts + 1) * 2 <= p->mask + 1) return true;
    size_t size = p->slots ? (p->mask + 1) * 2 : 256;
    uint32_t *slots = calloc(size, sizeof(*slots));
    if (!slots) {
        f->failed = true;
        return false;
    }
    free(p->slots);
    p->slots = slots;
    p->mask = size - 1;
    for (size_t i = 0; i < f->n_facts; i++) {
        size_t s = slot_of(p, f->facts[i].kind, f->facts[i].identity);
        while (slots[s]) s = (s + 1) & p->mask;
        slots[s] = (uint32_t)i + 1;
    }
    return true;
}

/* The fact, or FACTS_NONE with *slot where it would go. */
static uint32_t lookup(const struct facts *f, uint32_t kind, uint32_t identity, size_t *slot)
{
    const struct facts_private *p = f->private_;
    if (!p->slots) return FACTS_NONE;
    for (size_t s = slot_of(p, kind, identity);; s = (s + 1) & p->mask) {
        *slot = s;
        if (!p->slots[s]) return FACTS_NONE;
        uint32_t i = p->slots[s] - 1;
        if (f->facts[i].kind == kind && f->facts[i].identity == identity) return i;
    }
}

uint32_t facts_find(const struct facts *f, uint32_t kind, struct str identity)
{
    uint32_t text = intern_find(&f->texts, identity);
    size_t slot;
    return text == INTERN_NONE ? FACTS_NONE : lookup(f, kind, text, &slot);
}

uint32_t facts_text(struct facts *f, struct str s)
{
    uint32_t t = intern_add(&f->texts, s);
    if (t == INTERN_NONE) f->failed = true;
    return t;
}

/* Put actors (sorted, without repetition) and source texts into the scratch: actors first. */
static bool normalise(struct facts *f, const struct report_in *r, uint32_t *n_actors,
                      uint32_t *n_sources)
{
    struct facts_private *p = f->private_;
    size_t need = r->says.n_actors + r->n_sources;
    if (need > p->n_scratch) {
        uint32_t *moved = realloc(p->scratch, need * sizeof(*moved));
        if (!moved) {
            f->failed = true;
            return false;
        }
        p->scratch = moved;
        p->n_scratch = need;
    }
    uint32_t n = 0;
    for (size_t i = 0; i < r->says.n_actors; i++) {
        uint32_t a = r->says.actors[i], j = n;
        while (j > 0 && p->scratch[j - 1] > a) j--;
        if (j > 0 && p->scratch[j - 1] == a) continue;
        memmove(p->scratch + j + 1, p->scratch + j, (n - j) * sizeof(*p->scratch));
        p->scratch[j] = a;
        n++;
    }
    *n_actors = n;
    uint32_t *sources = p->scratch + n, m = 0;
    for (size_t i = 0; i < r->n_sources; i++) {
        uint32_t t = facts_text(f, r->sources[i]);
        if (t == INTERN_NONE) return false;
        uint32_t j = 0;
        while (j < m && sources[j] != t) j++;
        if (j == m) sources[m++] = t;
    }
    *n_sources = m;
    return true;
}

static bool says_same(const struct facts *f, const struct alternative *a, const struct content *c,
                      uint32_t n_actors)
{
    if (a->start_lo != c->start_lo || a->start_hi != c->start_hi || a->end_lo != c->end_lo ||
        a->end_hi != c->end_hi || a->n_actors != n_actors)
        return false;
    if (memcmp(a->place, c->place, sizeof(a->place)) != 0) return false;
    if (n_actors &&
        memcmp(f->actor_pool + a->actors, f->private_->scratch, n_actors * sizeof(uint32_t)) != 0)
        return false;
    for (size_t i = 0; i < c->n_values; i++) {
        struct value v = f->value_pool[a->values + i];
        if (v.lo != c->values[i].lo || v.hi != c->values[i].hi) return false;
    }
    return true;
}

/* The alternative of fact x that says this, made when there is none; FACTS_NONE on failure. */
static uint32_t alternative_for(struct facts *f, struct fact *x, const struct content *c,
                                uint32_t n_actors, bool *made)
{
    struct facts_private *p = f->private_;
    uint32_t last = FACTS_NONE;
    for (uint32_t i = x->first_alternative; i != FACTS_NONE; i = f->alternatives[i].next) {
        if (says_same(f, &f->alternatives[i], c, n_actors)) return i;
        last = i;
    }
    if (!RESERVE(f, ALTERNATIVES, f->alternatives, f->n_alternatives, 1) ||
        !RESERVE(f, ACTORS, f->actor_pool, p->n_actor_pool, n_actors) ||
        !RESERVE(f, VALUES, f->value_pool, p->n_value_pool, c->n_values))
        return FACTS_NONE;
    uint32_t i = (uint32_t)f->n_alternatives++;
    struct alternative *a = &f->alternatives[i];
    *a = (struct alternative){.start_lo = c->start_lo,
                              .start_hi = c->start_hi,
                              .end_lo = c->end_lo,
                              .end_hi = c->end_hi,
                              .actors = (uint32_t)p->n_actor_pool,
                              .n_actors = n_actors,
                              .values = (uint32_t)p->n_value_pool,
                              .next = FACTS_NONE};
    memcpy(a->place, c->place, sizeof(a->place));
    if (n_actors) memcpy(f->actor_pool + p->n_actor_pool, p->scratch, n_actors * sizeof(uint32_t));
    p->n_actor_pool += n_actors;
    if (c->n_values)
        memcpy(f->value_pool + p->n_value_pool, c->values, c->n_values * sizeof(struct value));
    p->n_value_pool += c->n_values;
    if (last == FACTS_NONE)
        x->first_alternative = i;
    else
        f->alternatives[last].next = i;
    x->n_alternatives++;
    *made = true;
    return i;
}

/* Has this very report been added before? */
static bool repeated(const struct facts *f, const struct fact *x, const struct report_in *r,
                     uint32_t id, uint32_t alternative, uint32_t n_actors, uint32_t n_sources)
{
    const uint32_t *sources = f->private_->scratch + n_actors;
    for (uint32_t i = x->first_report; i != FACTS_NONE; i = f->reports[i].next) {
        const struct report *o = &f->reports[i];
        if (o->id == id && o->alternative == alternative && o->grade == r->grade &&
            o->n_sources == n_sources && o->recorded == r->recorded && str_eq(o->shown, r->shown) &&
            (!n_sources ||
             memcmp(f->source_pool + o->sources, sources, n_sources * sizeof(*sources)) == 0))
            return true;
    }
    return false;
}

static bool add_report(struct facts *f, struct fact *x, const struct report_in *r, uint32_t id,
                       uint32_t alternative, uint32_t n_actors, uint32_t n_sources)
{
    struct facts_private *p = f->private_;
    struct str shown = str_dup(&f->arena, r->shown);
    if ((r->shown.n && !shown.p) || !RESERVE(f, REPORTS, f->reports, f->n_reports, 1) ||
        !RESERVE(f, SOURCES, f->source_pool, p->n_source_pool, n_sources)) {
        f->failed = true;
        return false;
    }
    uint32_t i = (uint32_t)f->n_reports++;
    f->reports[i] = (struct report){.id = id,
                                    .alternative = alternative,
                                    .next = FACTS_NONE,
                                    .file = r->file,
                                    .line = r->line,
                                    .sources = (uint32_t)p->n_source_pool,
                                    .n_sources = n_sources,
                                    .grade = r->grade,
                                    .recorded = r->recorded,
                                    .shown = shown};
    if (n_sources)
        memcpy(f->source_pool + p->n_source_pool, p->scratch + n_actors,
               n_sources * sizeof(uint32_t));
    p->n_source_pool += n_sources;
    if (x->first_report == FACTS_NONE)
        x->first_report = i;
    else
        f->reports[x->last_report].next = i;
    x->last_report = i;
    x->n_reports++;
    return true;
}

static void widen_valid(struct facts *f, const struct content *c)
{
    const instant ends[] = {c->start_lo, c->start_hi, c->end_lo, c->end_hi};
    for (size_t i = 0; i < 4; i++) {
        if (ends[i] == INSTANT_MIN || ends[i] == INSTANT_MAX) continue;
        if (ends[i] < f->first_valid) f->first_valid = ends[i];
        if (ends[i] > f->last_valid) f->last_valid = ends[i];
    }
}

/* The fact (kind, identity), made without alternatives when there is none. */
static struct fact *fact_for(struct facts *f, uint32_t kind, uint32_t identity)
{
    size_t slot = 0;
    if (!grow_index(f)) return NULL;
    uint32_t i = lookup(f, kind, identity, &slot);
    if (i != FACTS_NONE) return &f->facts[i];
    if (!RESERVE(f, FACTS, f->facts, f->n_facts, 1)) return NULL;
    i = (uint32_t)f->n_facts++;
    f->private_->slots[slot] = i + 1;
    f->facts[i] = (struct fact){.kind = kind,
                                .identity = identity,
                                .first_alternative = FACTS_NONE,
                                .first_report = FACTS_NONE,
                                .last_report = FACTS_NONE};
    return &f->facts[i];
}

enum status facts_add(struct facts *f, const struct report_in *r, enum facts_added *how)
{
    if (f->failed || f->sealed) return STATUS_FAULT;
    uint32_t id = facts_text(f, r->id);
    uint32_t identity = r->identity.n ? facts_text(f, r->identity) : id;
    uint32_t n_actors, n_sources;
    if (f->failed || !normalise(f, r, &n_actors, &n_sources)) return STATUS_FAULT;
    struct fact *x = fact_for(f, r->kind, identity);
    if (!x) return STATUS_FAULT;
    bool fresh = x->first_alternative == FACTS_NONE, made = false;
    uint32_t alternative = alternative_for(f, x, &r->says, n_actors, &made);
    if (alternative == FACTS_NONE) return STATUS_FAULT;
    enum facts_added what = fresh ? FACTS_NEW : made ? FACTS_CONFLICT : FACTS_MORE;
    if (!made && repeated(f, x, r, id, alternative, n_actors, n_sources)) {
        f->rows_repeated++;
        what = FACTS_REPEATED;
    } else {
        if (!add_report(f, x, r, id, alternative, n_actors, n_sources)) return STATUS_FAULT;
        widen_valid(f, &r->says);
    }
    if (how) *how = what;
    return STATUS_OK;
}

uint32_t facts_add_file(struct facts *f, struct str name)
{
    struct str copy = str_dup(&f->arena, name);
    if (!copy.p || !RESERVE(f, FILES, f->files, f->n_files, 1)) {
        f->failed = true;
        return FACTS_NONE;
    }
    f->files[f->n_files] = copy;
    return (uint32_t)f->n_files++;
}

enum status facts_add_coverage(struct facts *f, const struct coverage *c, const uint32_t *kinds,
                               size_t n_kinds)
{
    struct facts_private *p = f->private_;
    struct coverage copy = *c;
    copy.means = str_dup(&f->arena, c->means);
    copy.cause = str_dup(&f->arena, c->cause);
    if (f->arena.failed || !RESERVE(f, COVERAGE, f->coverage, f->n_coverage, 1) ||
        !RESERVE(f, KINDS, f->kind_pool, p->n_kind_pool, n_kinds)) {
        f->failed = true;
        return STATUS_FAULT;
    }
    copy.kinds = (uint32_t)p->n_kind_pool;
    copy.n_kinds = (uint32_t)n_kinds;
    if (n_kinds) memcpy(f->kind_pool + p->n_kind_pool, kinds, n_kinds * sizeof(*kinds));
    p->n_kind_pool += n_kinds;
    f->coverage[f->n_coverage++] = copy;
    return STATUS_OK;
}

enum status facts_add_finding(struct facts *f, const struct finding *x, struct str identity)
{
    struct finding copy = *x;
    copy.identity = facts_text(f, identity);
    copy.fact = FACTS_NONE;
    if (f->failed || !RESERVE(f, FINDINGS, f->findings, f->n_findings, 1)) return STATUS_FAULT;
    f->findings[f->n_findings++] = copy;
    return STATUS_OK;
}

enum status facts_set_aside(struct facts *f, uint32_t file, uint32_t line, struct str reason)
{
    struct str copy = str_dup(&f->arena, reason);
    if (!copy.p || !RESERVE(f, SET_ASIDE, f->set_aside, f->n_set_aside, 1)) {
        f->failed = true;
        return STATUS_FAULT;
    }
    f->set_aside[f->n_set_aside++] = (struct set_aside){file, line, copy};
    return STATUS_OK;
}

enum status facts_note(struct facts *f, struct str note)
{
    struct str copy = str_dup(&f->arena, note);
    if (!copy.p || !RESERVE(f, NOTES, f->notes, f->n_notes, 1)) {
        f->failed = true;
        return STATUS_FAULT;
    }
    f->notes[f->n_notes++] = copy;
    return STATUS_OK;
}

enum status facts_seal(struct facts *f)
{
    if (f->failed) return STATUS_FAULT;
    size_t slot;
    for (size_t i = 0; i < f->n_findings; i++)
        f->findings[i].fact = lookup(f, f->findings[i].kind, f->findings[i].identity, &slot);
    f->sealed = true;
    return STATUS_OK;
}
