/* Questions to a checked agreement. */
#include "lang/model.h"
#include "lang/in_force.h"

#include "lang/quantity.h"

#include "lang/say.h"

const char *actor_class_name(enum actor_class c)
{
    static const char *const names[ACTOR_CLASSES] = {N_("party"), N_("body"), N_("guarantor"),
                                                     N_("third party")};
    return names[c];
}

const char *pattern_name(enum pattern p)
{
    static const char *const names[] = {
        [PATTERN_FORBID] = N_("forbid"),   [PATTERN_DUTY] = N_("duty"),
        [PATTERN_KEEP] = N_("keep"),       [PATTERN_STATUS] = N_("status"),
        [PATTERN_CAP] = N_("cap"),         [PATTERN_SCHEDULE] = N_("schedule"),
        [PATTERN_ONLY] = N_("only"),       [PATTERN_EXCEPTION] = N_("exception"),
        [PATTERN_JUSTIFY] = N_("justify"), [PATTERN_CONSEQUENCE] = N_("consequence"),
        [PATTERN_LAPSE] = N_("lapse"),     [PATTERN_IN_STEP] = N_("in step"),
        [PATTERN_DECIDE] = N_("decide"),   [PATTERN_TERM] = N_("term"),
        [PATTERN_DEFINE] = N_("define"),   [PATTERN_READINGS] = N_("readings"),
        [PATTERN_FORMULA] = N_("formula"),
    };
    return p >= PATTERN_FORBID && p <= PATTERN_FORMULA ? names[p] : "";
}

/* ---- names ---- */

static bool same_name(struct str a, struct str b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++) {
        char x = a.p[i] == '_' ? ' ' : a.p[i], y = b.p[i] == '_' ? ' ' : b.p[i];
        if (x != y) return false;
    }
    return true;
}

/* The struct at index i of an array of structs of a size, whose name is at an offset. */
static uint32_t find(const void *items, uint32_t n, size_t size, size_t offset, struct str name)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct str *s =
            (const struct str *)(const void *)((const char *)items + i * size + offset);
        if (same_name(*s, name)) return i;
    }
    return LANG_NONE;
}

uint32_t agreement_actor(const struct agreement *g, struct str name)
{
    return find(g->actors, g->n_actors, sizeof *g->actors, offsetof(struct actor, name), name);
}

uint32_t agreement_zone(const struct agreement *g, struct str name)
{
    return find(g->zones, g->n_zones, sizeof *g->zones, offsetof(struct zone_decl, name), name);
}

uint32_t agreement_kind(const struct agreement *g, struct str name)
{
    return find(g->kinds, g->n_kinds, sizeof *g->kinds, offsetof(struct kind, name), name);
}

const struct attribute_test *phrase_each(const struct phrase *ph)
{
    for (uint32_t i = 0; i < ph->n_tests; i++)
        if (ph->tests[i].each) return &ph->tests[i];
    return NULL;
}

uint32_t kind_attribute(const struct kind *k, struct str name)
{
    return find(k->attributes, k->n_attributes, sizeof *k->attributes,
                offsetof(struct attribute, name), name);
}

bool kind_is(const struct agreement *g, uint32_t kind, uint32_t of)
{
    while (kind != LANG_NONE && kind != of) kind = g->kinds[kind].parent;
    return kind != LANG_NONE;
}

/* ---- time ---- */

bool duration_none(const struct duration *d)
{
    return !d->months && !d->days && !d->working_days && !d->seconds;
}

int64_t step_need(const struct schedule_step *s, int64_t n)
{
    if (!s->den) return s->count;
    if (n == INT64_MAX) return n;
    int64_t rest = n % s->den * s->num; /* num <= den <= 10,000: nothing can overflow */
    return n / s->den * s->num + rest / s->den + (!s->down && rest % s->den > 0);
}

bool agreement_amount(const struct agreement *g, uint32_t stock, uint32_t of, bool verified,
                      int64_t *lo, int64_t *hi)
{
    for (uint32_t i = 0; i < g->n_amounts; i++) {
        const struct stated_amount *x = &g->amounts[i];
        if (x->stock != stock || x->of != of || x->verified != verified) continue;
        *lo = x->lo;
        *hi = x->hi;
        return true;
    }
    return false;
}

instant agreement_later(const struct agreement *g, const struct duration *d, instant at)
{
    struct zone_shift shift = {.zone = g->header.zone,
                               .work = g->header.work,
                               .months = d->months,
                               .days = d->days,
                               .working_days = d->working_days,
                               .seconds = d->seconds};
    return zone_later(&shift, at);
}

instant agreement_later_times(const struct agreement *g, const struct duration *period, int64_t n,
                              instant at)
{
    struct duration d = *period;
    if (d.months > INT32_MAX / (n + 1) || d.days > INT32_MAX / (n + 1) ||
        d.working_days > INT32_MAX / (n + 1) || d.seconds > INT64_MAX / (n + 1))
        return INSTANT_MAX;
    d.months *= (int32_t)n;
    d.days *= (int32_t)n;
    d.working_days *= (int32_t)n;
    d.seconds *= n;
    return n ? agreement_later(g, &d, at) : at;
}

/* The instant that is d earlier: its own way round, for zone_later only goes forward. */
static instant earlier(const struct agreement *g, const struct duration *d, instant at)
{
    if (at == INSTANT_MIN || at == INSTANT_MAX) return at;
    struct civil c = zone_civil(g->header.zone, instant_add(at, -d->seconds));
    c = civil_add_months(c, -d->months);
    int64_t local = civil_to_seconds(c) - (int64_t)d->days * SECONDS_PER_DAY;
    for (int32_t n = d->working_days; n > 0 && g->header.work;) {
        local -= SECONDS_PER_DAY;
        int64_t day = local / SECONDS_PER_DAY - (local % SECONDS_PER_DAY < 0);
        n -= workday_is(g->header.work, day);
    }
    return zone_instant_of(g->header.zone, local);
}

static void shift_point(const struct agreement *g, const struct point *p, instant *first,
                        instant *last)
{
    if (duration_none(&p->shift)) return;
    bool empty = *first > *last; /* an edge between two days stays one */
    instant (*move)(const struct agreement *, const struct duration *, instant) =
        p->backwards ? earlier : agreement_later;
    bool day = !empty && *last - *first > 3600;
    *first = move(g, &p->shift, *first);
    *last = empty ? instant_add(*first, -1) : move(g, &p->shift, *last);
    if (day && p->shift.seconds == 0 && *last<INSTANT_MAX && * first> INSTANT_MIN)
        *last = zone_day_end(g->header.zone, zone_day(g->header.zone, *first));
}

/* The bare point, without edge and shift. */
static void point_base(const struct agreement *g, const struct point *p, uint32_t reading,
                       instant *first, instant *last)
{
    const struct header *h = &g->header;
    *first = p->first;
    *last = p->last;
    if (p->op == POINT_FORCE) {
        *first = *last = h->from;
    } else if (p->op == POINT_EXPIRY) {
        *first = instant_add(h->expiry, 1);
        *last = h->expiry;
    } else if (p->op == POINT_DAY) {
        const struct point *one = &h->day_one;
        if (h->day_one_term != LANG_NONE)
            one = &g->terms[h->day_one_term]
                       .alternatives[reading_choice(g, reading, h->day_one_term)]
                       .point;
        instant f, l;
        agreement_point(g, one, reading, &f, &l);
        int64_t day = zone_day(h->zone, f) + p->day - 1;
        *first = zone_day_start(h->zone, day);
        *last = zone_day_end(h->zone, day);
    } else if (p->op == POINT_DATE) {
        const struct date_decl *x = &g->dates[p->date];
        const struct point *is = &x->point;
        if (x->term != LANG_NONE)
            is = &g->terms[x->term].alternatives[reading_choice(g, reading, x->term)].point;
        agreement_point(g, is, reading, first, last);
    }
}

void agreement_point(const struct agreement *g, const struct point *p, uint32_t reading,
                     instant *first, instant *last)
{
    point_base(g, p, reading, first, last);
    bool finite = *first > INSTANT_MIN && *first < INSTANT_MAX;
    if (p->edge != EDGE_WHOLE && finite) {
        int64_t day = zone_day(g->header.zone, p->edge == EDGE_END ? *last : *first) +
                      (p->edge == EDGE_END ? 1 : 0);
        *first = zone_day_start(g->header.zone, day);
        *last = instant_add(*first, -1);
    }
    shift_point(g, p, first, last);
}

instant agreement_beginning(const struct agreement *g)
{
    instant first, last;
    if (!g->header.has_signed) return g->header.from;
    agreement_point(g, &g->header.signed_, LANG_NONE, &first, &last);
    return first < g->header.from ? first : g->header.from;
}

/* ---- lists ---- */

bool indices_has(struct indices list, uint32_t x)
{
    for (uint32_t i = 0; i < list.n; i++)
        if (list.v[i] == x) return true;
    return false;
}

bool indices_meet(struct indices a, struct indices b)
{
    for (uint32_t i = 0; i < a.n; i++)
        if (indices_has(b, a.v[i])) return true;
    return false;
}

bool indices_same(struct indices a, struct indices b)
{
    bool same = a.n == b.n;
    for (uint32_t i = 0; same && i < a.n; i++) same = a.v[i] == b.v[i];
    return same;
}

/* ---- readings ---- */

uint32_t reading_choice(const struct agreement *g, uint32_t reading, uint32_t term)
{
    if (reading == LANG_NONE || reading >= g->n_readings) return 0;
    const struct reading *r = &g->readings[reading];
    for (uint32_t i = 0; i < r->terms.n; i++)
        if (r->terms.v[i] == term) return r->choice[i];
    return 0;
}

static const struct alternative_reading *chosen(const struct agreement *g, uint32_t reading,
                                                uint32_t term)
{
    return &g->terms[term].alternatives[reading_choice(g, reading, term)];
}

uint32_t agreement_zone_for(const struct agreement *g, uint32_t zone, uint32_t actor)
{
    const struct zone_decl *z = &g->zones[zone];
    for (uint32_t i = 0; i < z->n_fors; i++)
        for (uint32_t k = 0; k < z->fors[i].actors.n; k++)
            if (z->fors[i].actors.v[k] == actor) return z->fors[i].zone;
    return zone;
}

const struct alternative_reading *agreement_kind_reading(const struct agreement *g, uint32_t kind,
                                                         uint32_t reading)
{
    uint32_t term = g->kinds[kind].read_in;
    return term ? chosen(g, reading, term - 1) : NULL;
}

bool reading_open(const struct agreement *g, uint32_t reading)
{
    if (reading == LANG_NONE) return false;
    const struct reading *r = &g->readings[reading];
    for (uint32_t i = 0; i < r->terms.n; i++)
        if (g->terms[r->terms.v[i]].alternatives[r->choice[i]].open) return true;
    return false;
}

const struct zone_expr *agreement_zone_expr(const struct agreement *g, uint32_t zone,
                                            uint32_t reading)
{
    const struct zone_decl *z = &g->zones[zone];
    return z->term == LANG_NONE ? z->expr : chosen(g, reading, z->term)->expr;
}

const struct geo_file *agreement_line_file(const struct agreement *g, uint32_t line,
                                           uint32_t reading)
{
    const struct line *l = &g->lines[line];
    return l->term == LANG_NONE ? &l->file : &chosen(g, reading, l->term)->file;
}

static const struct evidence_rule *evidence_rule_of(const struct agreement *g, uint32_t kind)
{
    for (;;) {
        for (uint32_t i = 0; i < g->n_evidence; i++)
            if (g->evidence[i].kind == kind) return &g->evidence[i];
        if (kind == LANG_NONE) return NULL;
        kind = g->kinds[kind].parent;
    }
}

void agreement_evidence(const struct agreement *g, uint32_t kind, uint32_t reading,
                        const struct evidence_case **cases, uint32_t *n)
{
    static const struct evidence_case usual = {GRADE_BITS_VERIFIED, 1, LANG_NONE};
    const struct evidence_rule *r = evidence_rule_of(g, kind);
    if (!r) {
        *cases = &usual;
        *n = 1;
    } else if (r->term == LANG_NONE) {
        *cases = r->any;
        *n = r->n_any;
    } else {
        *cases = chosen(g, reading, r->term)->cases;
        *n = chosen(g, reading, r->term)->n_cases;
    }
}

/* ---- what is in force ---- */

static bool clause_within(const struct agreement *g, uint32_t clause, uint32_t in)
{
    while (clause != in && clause < g->n_clauses) clause = g->clauses[clause].parent;
    return clause == in;
}

struct str provision_version(const struct agreement *g, const struct provision *pv)
{
    if (pv->amendment != LANG_NONE) return g->amendments[pv->amendment].name;
    return pv->ended_by != LANG_NONE ? STR("original") : (struct str){NULL, 0};
}

uint32_t provision_first(const struct agreement *g, uint32_t provision)
{
    uint32_t amends = g->provisions[provision].amends;
    return amends == LANG_NONE ? provision : amends;
}

bool force_covers(const struct agreement *g, const struct force_rule *r, uint32_t provision)
{
    provision = provision_first(g, provision);
    if (r->op == FORCE_REPLACED && r->by == provision) return true;
    switch (r->subject) {
    case FORCE_AGREEMENT: return true;
    case FORCE_CLAUSE: return clause_within(g, g->provisions[provision].clause, r->index);
    case FORCE_PROVISION: break;
    }
    return r->index == provision;
}

const struct force_rule *agreement_entry(const struct agreement *g)
{
    for (uint32_t i = 0; i < g->n_force; i++)
        if (g->force[i].op == FORCE_STARTS && g->force[i].subject == FORCE_AGREEMENT)
            return &g->force[i];
    return NULL;
}

struct str clause_path(const struct agreement *g, struct arena *a, uint32_t clause)
{
    if (clause >= g->n_clauses) return (struct str){NULL, 0};
    const struct clause *c = &g->clauses[clause];
    if (c->parent == LANG_NONE || c->parent >= g->n_clauses || c->level == 0)
        return str_dup(a, c->title);
    struct str up = clause_path(g, a, c->parent);
    return str_fmt(a, "%.*s › %.*s", STR_ARG(up), STR_ARG(c->title));
}
