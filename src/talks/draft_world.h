/* The bounded world of one or two drafts: moments, places, and all that may happen at them.
 *
 * A draft's provisions are formulas over time (lower/lower.h).  To reason about what *could* happen
 * under them, time is cut to a few *moments*: the seconds at which something in the text begins or
 * ends, the seconds just beyond, and these shifted by the periods that the text names.  An *item*
 * is something that may happen: an event of one kind, by one actor, at one place, with one set of
 * attributes, at one moment; or a state, which between each two moments holds or does not.  A
 * *timeline* says which items happen.  Whatever is concluded from all timelines is bounded by the
 * moments, and is labelled so.
 *
 * Two drafts to be compared share moments, places and items: kinds, actors and attributes are the
 * same when they have the same name. */
#ifndef TRUCE_TALKS_DRAFT_WORLD_H
#define TRUCE_TALKS_DRAFT_WORLD_H

#include "geo/book.h"
#include "lower/lower.h"

#define DRAFT_SIDES 2
#define DRAFT_MOMENTS 40

struct draft_side {
    const struct agreement *g;
    struct lowered lowered;
    struct geo_book book;
    bool has_book; /* its geometry could be read */
};

/* A place that a report can name: a point, an area's name, or both. */
struct draft_place {
    struct str words; /* "a point in belt" */
    struct str area;  /* empty: none */
    bool has_point;
    double lon, lat;
    uint8_t *side_of[DRAFT_SIDES]; /* enum side by zone */
};

/* The value of an attribute in an item. */
struct draft_value {
    struct str name;
    enum attribute_type type;
    int64_t number;  /* base units */
    struct str text; /* of a text, or the name of an actor */
};

struct draft_item {
    bool state;
    uint32_t moment;                                   /* of an event */
    struct str kind_name, actor;                       /* actor empty: nobody's in particular */
    uint32_t kind[DRAFT_SIDES], actor_of[DRAFT_SIDES]; /* LANG_NONE where a draft has none such */
    uint32_t place;                                    /* in world.places; LANG_NONE: not stated */
    const struct draft_value *values;
    uint32_t n_values;
};

struct draft_world {
    struct arena *arena;
    struct draft_side sides[DRAFT_SIDES];
    uint32_t n_sides;
    instant moments[DRAFT_MOMENTS]; /* ascending; the first lies before anything is in force */
    uint32_t n_moments;
    instant horizon; /* deadlines and acts after it are not looked at */
    struct draft_place *places;
    size_t n_places, cap_places;
    struct draft_item *items;
    size_t n_items, cap_items;
};

/* The world of one draft (b NULL) or of two.  They must be free of errors and outlive it.
 * STATUS_OK, or STATUS_FAULT when memory fails.  To be freed in every case. */
enum status draft_world_init(struct draft_world *w, struct arena *arena, const struct agreement *a,
                             const struct agreement *b);
void draft_world_free(struct draft_world *w);

/* Does a selector of a side pick the item, as far as kind, actor, place and attributes go? */
bool draft_picks(const struct draft_world *w, uint32_t side, const struct selector *s,
                 const struct draft_item *item);

/* Where an edge of a bound leads from an instant. */
instant draft_edge(const struct lowered *l, struct edge edge, instant at);

#endif
