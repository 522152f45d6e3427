/* Items: which kinds, actors, places and attributes can make a difference.  See draft_world.h. */
#include "talks/draft_world.h"

#include "talks/draft_moments.h"

#include <math.h>
#include <string.h>

instant draft_edge(const struct lowered *l, struct edge edge, instant at)
{
    if (edge.map != MAP_NONE) return l->maps[edge.map].map(l->maps[edge.map].ctx, at);
    return edge.seconds == INSTANT_MAX ? INSTANT_MAX : instant_add(at, edge.seconds);
}

/* --- does a selector pick an item? ----------------------------------------------------------- */

static const struct draft_value *value_of(const struct draft_item *item, struct str name)
{
    for (uint32_t i = 0; i < item->n_values; i++)
        if (str_eq(item->values[i].name, name)) return &item->values[i];
    return NULL;
}

static bool listed(const struct agreement *g, const struct attribute_test *t,
                   const struct draft_value *v)
{
    for (uint32_t i = 0; i < t->n_texts; i++)
        if (str_eq(t->texts[i], v->text)) return true;
    for (uint32_t i = 0; i < t->actors.n; i++)
        if (str_eq(g->actors[t->actors.v[i]].name, v->text)) return true;
    return !t->n_texts && !t->actors.n && t->lo <= v->number && v->number <= t->hi;
}

static bool passes(const struct agreement *g, const struct selector *s,
                   const struct draft_item *item)
{
    for (size_t i = 0; i < s->n_tests; i++) {
        const struct attribute_test *t = &s->tests[i];
        const struct draft_value *v =
            value_of(item, g->kinds[s->kind].attributes[t->attribute].name);
        if (!v || listed(g, t, v) == t->negated) return false;
    }
    return true;
}

bool draft_picks(const struct draft_world *w, uint32_t side, const struct selector *s,
                 const struct draft_item *item)
{
    const struct agreement *g = w->sides[side].g;
    if (item->kind[side] == LANG_NONE || !kind_is(g, item->kind[side], s->kind)) return false;
    bool who = s->any_actor;
    for (size_t i = 0; i < s->n_actors && !who; i++) who = s->actors[i] == item->actor_of[side];
    if (!who || !passes(g, s, item)) return false;
    if (s->zone == FACTS_NONE) return true;
    if (item->place == LANG_NONE) return false;
    return w->places[item->place].side_of[side][s->zone] ==
           (s->outside ? SIDE_OUTSIDE : SIDE_INSIDE);
}

/* --- places ---------------------------------------------------------------------------------- */

static bool add_place(struct draft_world *w, const struct draft_place *p)
{
    struct draft_place *v = arena_grow(w->arena, w->places, w->n_places, &w->cap_places, sizeof *v);
    if (!v) return false;
    w->places = v;
    v[w->n_places++] = *p;
    return true;
}

/* A point in a zone that has geometry. */
static bool point_in(struct draft_side *s, uint32_t zone, double *lon, double *lat)
{
    struct geo *geo = s->book.geo;
    struct region *r = geo_book_zone(&s->book, zone, LANG_NONE);
    struct geo_shape *whole = r ? region_whole(geo, r) : NULL;
    if (!whole) return false;
    GEOSGeometry *point = GEOSPointOnSurface_r(geo->geos, whole->geometry);
    bool good = point && GEOSGeomGetX_r(geo->geos, point, lon) == 1 &&
                GEOSGeomGetY_r(geo->geos, point, lat) == 1;
    if (point) GEOSGeom_destroy_r(geo->geos, point);
    return good;
}

static bool areas_of(struct draft_world *w, const struct zone_expr *e)
{
    if (!e) return true;
    if (e->op == ZONE_AREA) {
        struct draft_place p = {.words = str_fmt(w->arena, "%.*s", STR_ARG(e->area)),
                                .area = e->area};
        if (!add_place(w, &p)) return false;
    }
    for (uint32_t i = 0; i < e->n_sub; i++)
        if (!areas_of(w, e->sub[i])) return false;
    return true;
}

static bool places_of_side(struct draft_world *w, struct draft_side *s)
{
    for (uint32_t z = 0; z < s->g->n_zones; z++) {
        struct draft_place p = {.has_point = true};
        if (!areas_of(w, s->g->zones[z].expr)) return false;
        if (!point_in(s, z, &p.lon, &p.lat)) continue;
        p.words = str_fmt(w->arena, "a point in %.*s", STR_ARG(s->g->zones[z].name));
        if (!add_place(w, &p)) return false;
    }
    return true;
}

/* What every zone says of every place. */
static bool place_sides(struct draft_world *w, uint32_t side)
{
    struct draft_side *s = &w->sides[side];
    for (size_t i = 0; i < w->n_places; i++) {
        struct draft_place *p = &w->places[i];
        struct place_in in = {
            .areas = {p->area}, .has_point = p->has_point, .lon = p->lon, .lat = p->lat};
        p->side_of[side] = arena_array(w->arena, s->g->n_zones + 1, 1);
        uint32_t number = s->has_book ? geo_book_place(&s->book, &in) : FACTS_NONE;
        if (!p->side_of[side]) return false;
        for (uint32_t z = 0; z < s->g->n_zones; z++) {
            struct region *r = s->has_book ? geo_book_zone(&s->book, z, LANG_NONE) : NULL;
            p->side_of[side][z] =
                (uint8_t)(r && number != FACTS_NONE ? region_side(&s->book.places, r, number)
                                                    : SIDE_UNDECIDED);
        }
    }
    return true;
}

/* Of places that no zone tells apart, one is enough. */
static void drop_alike(struct draft_world *w)
{
    size_t kept = 0;
    for (size_t i = 0; i < w->n_places; i++) {
        bool same = false;
        for (size_t k = 0; k < kept && !same; k++) {
            same = true;
            for (uint32_t s = 0; s < w->n_sides && same; s++)
                same = memcmp(w->places[i].side_of[s], w->places[k].side_of[s],
                              w->sides[s].g->n_zones) == 0;
        }
        if (!same) w->places[kept++] = w->places[i];
    }
    w->n_places = kept;
}

static bool find_places(struct draft_world *w)
{
    /* The first is far from everything: a name that no agreement has, a point in the ice. */
    struct draft_place far = {.words = STR("elsewhere"),
                              .area = STR("elsewhere (simulated)"),
                              .has_point = true,
                              .lon = -150.0,
                              .lat = -79.5};
    if (!add_place(w, &far)) return false;
    for (uint32_t s = 0; s < w->n_sides; s++)
        if (w->sides[s].has_book && !places_of_side(w, &w->sides[s])) return false;
    for (uint32_t s = 0; s < w->n_sides; s++)
        if (!place_sides(w, s)) return false;
    drop_alike(w);
    return true;
}

/* --- attributes ------------------------------------------------------------------------------ */

/* All selectors of all violations, one after the other. */
struct each_selector {
    const struct draft_world *w;
    uint32_t side;
    size_t violation, pred;
};

static const struct selector *next_selector(struct each_selector *e)
{
    for (; e->side < e->w->n_sides; e->side++, e->violation = 0) {
        const struct lowered *l = &e->w->sides[e->side].lowered;
        for (; e->violation < l->n; e->violation++, e->pred = 0) {
            const struct violation *v = l->violations[e->violation];
            while (e->pred < v->n_preds) {
                const struct lowered_pred *p = &v->preds[e->pred++];
                if (p->source == PRED_SELECTS) return &p->selector;
            }
        }
    }
    return NULL;
}

/* A value that a test takes (`meet`) or leaves. */
static struct draft_value a_value(const struct agreement *g, const struct attribute *a,
                                  const struct attribute_test *t, bool meet)
{
    struct draft_value v = {.name = a->name, .type = a->type};
    bool inside = meet != t->negated;
    if (t->n_texts) {
        v.text = inside ? t->texts[0] : STR("another (simulated)");
    } else if (t->actors.n) {
        v.text = inside ? g->actors[t->actors.v[0]].name : (struct str){NULL, 0};
        for (uint32_t i = 0; i < g->n_actors && !inside && !v.text.n; i++) {
            struct draft_value other = {.text = g->actors[i].name};
            if (!listed(g, t, &other)) v.text = other.text;
        }
    } else if (inside) {
        v.number = t->lo != INT64_MIN ? t->lo : t->hi;
    } else {
        v.number = t->lo > 0 ? t->lo - 1 : t->hi < INT64_MAX ? t->hi + 1 : 0;
    }
    return v;
}

struct profile {
    struct draft_value values[8];
    uint32_t n;
};

static bool same_profile(const struct profile *a, const struct profile *b)
{
    bool same = a->n == b->n;
    for (uint32_t i = 0; i < a->n && same; i++)
        same = a->values[i].number == b->values[i].number &&
               str_eq(a->values[i].text, b->values[i].text);
    return same;
}

/* Values that meet the tests of `s` (NULL: of nobody), for every attribute that somebody tests. */
static struct profile profile_for(const struct draft_world *w, uint32_t side, uint32_t kind,
                                  const struct selector *s)
{
    const struct agreement *g = w->sides[side].g;
    struct profile p = {.n = 0};
    struct each_selector e = {.w = w};
    for (const struct selector *q = next_selector(&e); q; q = next_selector(&e)) {
        if (e.side != side || !kind_is(g, kind, q->kind)) continue;
        for (size_t i = 0; i < q->n_tests && p.n < 8; i++) {
            const struct attribute *a = &g->kinds[q->kind].attributes[q->tests[i].attribute];
            const struct attribute_test *mine = NULL;
            bool there = false;
            for (uint32_t k = 0; k < p.n; k++) there |= str_eq(p.values[k].name, a->name);
            for (size_t k = 0; s && k < s->n_tests; k++)
                if (str_eq(g->kinds[s->kind].attributes[s->tests[k].attribute].name, a->name))
                    mine = &s->tests[k];
            if (!there) p.values[p.n++] = a_value(g, a, mine ? mine : &q->tests[i], mine != NULL);
        }
    }
    return p;
}

/* --- items ----------------------------------------------------------------------------------- */

#define PROFILES 8

struct sort_of_item { /* what the items of one kind have in common */
    uint32_t side, kind;
    bool placed; /* some selector asks where */
    struct profile profiles[PROFILES];
    uint32_t n_profiles;
};

static uint32_t kind_named(const struct agreement *g, struct str name)
{
    for (uint32_t i = 0; i < g->n_kinds; i++)
        if (str_eq(g->kinds[i].name, name)) return i;
    return LANG_NONE;
}

static uint32_t actor_named(const struct agreement *g, struct str name)
{
    for (uint32_t i = 0; i < g->n_actors; i++)
        if (str_eq(g->actors[i].name, name)) return i;
    return LANG_NONE;
}

static void add_profile(struct sort_of_item *k, const struct profile *p)
{
    for (uint32_t i = 0; i < k->n_profiles; i++)
        if (same_profile(&k->profiles[i], p)) return;
    if (k->n_profiles < PROFILES) k->profiles[k->n_profiles++] = *p;
}

static bool add_item(struct draft_world *w, struct draft_item item, const struct profile *p)
{
    struct draft_value *values = arena_array(w->arena, p->n + 1U, sizeof *values);
    struct draft_item *v = arena_grow(w->arena, w->items, w->n_items, &w->cap_items, sizeof *v);
    if (!v || !values) return false;
    memcpy(values, p->values, p->n * sizeof *values);
    item.values = values;
    item.n_values = p->n;
    w->items = v;
    v[w->n_items++] = item;
    return true;
}

static bool add_moments(struct draft_world *w, struct draft_item item, const struct profile *p)
{
    for (uint32_t m = 0; m < (item.state ? 1 : w->n_moments); m++) {
        item.moment = m;
        if (!add_item(w, item, p)) return false;
    }
    return true;
}

static bool add_for_actor(struct draft_world *w, const struct sort_of_item *k, struct str actor)
{
    struct draft_item item = {.kind_name = w->sides[k->side].g->kinds[k->kind].name,
                              .actor = actor};
    item.state = w->sides[k->side].g->kinds[k->kind].is_state;
    for (uint32_t s = 0; s < DRAFT_SIDES; s++) {
        bool there = s < w->n_sides;
        item.kind[s] = there ? kind_named(w->sides[s].g, item.kind_name) : LANG_NONE;
        item.actor_of[s] = there && actor.n ? actor_named(w->sides[s].g, actor) : LANG_NONE;
    }
    for (uint32_t i = 0; i < k->n_profiles; i++) {
        for (size_t p = 0; p < (k->placed ? w->n_places : 1); p++) {
            item.place = k->placed ? (uint32_t)p : LANG_NONE;
            if (!add_moments(w, item, &k->profiles[i])) return false;
        }
    }
    return true;
}

/* Is the actor one whose acts of the kind some selector asks about? */
static bool asked_of(const struct draft_world *w, const struct sort_of_item *k, struct str actor)
{
    bool anyone = false;
    struct each_selector e = {.w = w};
    for (const struct selector *q = next_selector(&e); q; q = next_selector(&e)) {
        const struct agreement *g = w->sides[e.side].g;
        uint32_t kind = kind_named(g, w->sides[k->side].g->kinds[k->kind].name);
        if (kind == LANG_NONE || !kind_is(g, kind, q->kind)) continue;
        for (size_t i = 0; i < q->n_actors; i++)
            if (str_eq(g->actors[q->actors[i]].name, actor)) return true;
        anyone |= q->any_actor;
    }
    return anyone;
}

static bool add_kind(struct draft_world *w, struct sort_of_item *k)
{
    const struct agreement *g = w->sides[k->side].g;
    const struct kind *kind = &g->kinds[k->kind];
    if (kind->actor == LANG_NONE) return add_for_actor(w, k, (struct str){NULL, 0});
    uint32_t class_ = kind->attributes[kind->actor].class_;
    for (uint32_t i = 0; i < g->n_actors; i++) {
        if (class_ != LANG_NONE && (uint32_t)g->actors[i].class_ != class_) continue;
        if (asked_of(w, k, g->actors[i].name) && !add_for_actor(w, k, g->actors[i].name))
            return false;
    }
    return true;
}

/* The kinds of one draft that some selector asks about, unless the other draft had them already. */
static bool find_items(struct draft_world *w, uint32_t side)
{
    const struct agreement *g = w->sides[side].g;
    for (uint32_t i = 0; i < g->n_kinds; i++) {
        struct sort_of_item k = {.side = side, .kind = i};
        bool asked = false;
        if (side && kind_named(w->sides[0].g, g->kinds[i].name) != LANG_NONE) continue;
        if (g->kinds[i].definition) continue;
        struct each_selector e = {.w = w};
        for (const struct selector *q = next_selector(&e); q; q = next_selector(&e)) {
            uint32_t mine = kind_named(w->sides[e.side].g, g->kinds[i].name);
            if (mine == LANG_NONE || !kind_is(w->sides[e.side].g, mine, q->kind)) continue;
            asked = true;
            k.placed |= q->zone != FACTS_NONE;
            struct profile p = profile_for(w, e.side, mine, q->n_tests ? q : NULL);
            add_profile(&k, &p);
        }
        if (!asked) continue;
        struct profile other = profile_for(w, side, i, NULL);
        add_profile(&k, &other);
        if (!add_kind(w, &k)) return false;
    }
    return true;
}

/* --- all of it ------------------------------------------------------------------------------- */

static enum status init_side(struct draft_side *s, const struct agreement *g, instant horizon,
                             struct arena *arena)
{
    struct diags unsaid; /* what is wrong with geometry is for `run` to say */
    diags_init(&unsaid, arena);
    s->g = g;
    enum status status = lower_agreement(g, horizon, &unsaid, &s->lowered);
    enum status book = geo_book_init(&s->book, g, &unsaid);
    s->has_book = book == STATUS_OK;
    return status == STATUS_FAULT || book == STATUS_FAULT ? STATUS_FAULT : STATUS_OK;
}

enum status draft_world_init(struct draft_world *w, struct arena *arena, const struct agreement *a,
                             const struct agreement *b)
{
    *w = (struct draft_world){.arena = arena, .n_sides = b ? 2 : 1};
    w->horizon = draft_horizon(a, b);
    enum status status = STATUS_OK;
    for (uint32_t s = 0; s < w->n_sides; s++) {
        enum status one = init_side(&w->sides[s], s ? b : a, w->horizon, arena);
        if (one != STATUS_OK) status = one;
    }
    if (status != STATUS_OK) return status;
    draft_moments(w);
    if (!find_places(w)) return STATUS_FAULT;
    for (uint32_t s = 0; s < w->n_sides; s++)
        if (!find_items(w, s)) return STATUS_FAULT;
    return STATUS_OK;
}

void draft_world_free(struct draft_world *w)
{
    for (uint32_t s = 0; s < w->n_sides; s++) {
        lower_free(&w->sides[s].lowered);
        geo_book_free(&w->sides[s].book);
    }
}
