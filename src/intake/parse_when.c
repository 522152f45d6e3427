/* Times and places in a mapping's sentences.  See parse.h. */
#include "intake/parse.h"

/* One more in a list that is kept behind a const pointer. */
#define APPEND(p, list, n, cap, type)                                                              \
    ((type *)map_more((p), (void *)(uintptr_t)(list), (n), (cap), sizeof(type)))

/* Is the next separator followed by a modifier?  `, within …`, `; unknown when …`, or a dash. */
static bool take_modifier(struct parse *p)
{
    map_take_punct(p, ':');
    if (map_peek(p)->kind == TOKEN_DASH) {
        p->pos++;
        return true;
    }
    return map_take_punct(p, ',') || map_take_punct(p, ';');
}

/* ---- times ---- */

static bool want_instant(struct parse *p, struct instant_src *out)
{
    *out = (struct instant_src){0};
    if (map_peek(p)->kind == TOKEN_DATE) {
        const struct iso_time *t = &map_peek(p)->time;
        const struct zone *z = p->mapping->zone;
        int64_t local = civil_to_seconds(t->civil);
        out->fixed = true;
        out->first = t->has_offset ? local - t->offset : zone_instant_of(z, local);
        out->last = t->has_time ? out->first : zone_day_end(z, local / SECONDS_PER_DAY);
        p->pos++;
        return true;
    }
    if (!map_want_cell(p, &out->date)) return false;
    return map_take_word(p, "with") ? map_want_cell(p, &out->time) : true;
}

static bool want_duration(struct parse *p, int64_t *seconds)
{
    double n;
    if (!map_want_number(p, &n)) return false;
    const struct unit *u = map_peek(p)->kind == TOKEN_WORD ? unit_find(map_peek(p)->text) : NULL;
    bool fits = u && (u->dimension == DIMENSION_DURATION ||
                      (u->dimension == DIMENSION_CALENDAR && u->scale > 0));
    if (!fits) return map_expected(p, "minutes, hours or days", "give or take 2 hours");
    p->pos++;
    double unit = (double)u->scale * (u->dimension == DIMENSION_CALENDAR ? SECONDS_PER_DAY : 1);
    *seconds = (int64_t)(n * unit);
    return true;
}

static bool want_widen(struct parse *p, struct span_src *s, struct widen *w)
{
    static const struct {
        const char *words;
        enum widen_op op;
    } ops[] = {{"the whole day", WIDEN_DAY},
               {"the whole week", WIDEN_WEEK},
               {"the whole month", WIDEN_MONTH},
               {"the whole year", WIDEN_YEAR},
               {"unknown", WIDEN_UNKNOWN}};
    *w = (struct widen){0};
    if (map_take_words(p, "give or take")) {
        w->op = WIDEN_SECONDS;
        return want_duration(p, &w->seconds) && map_take_when(p, &w->when);
    }
    if (map_take_words(p, "open when empty")) {
        s->empty = EMPTY_OPEN;
        w->op = WIDEN_SECONDS;
        return true;
    }
    if (map_take_words(p, "unknown when empty")) {
        s->empty = EMPTY_UNKNOWN;
        w->op = WIDEN_SECONDS;
        return true;
    }
    for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
        if (!map_take_words(p, ops[i].words)) continue;
        w->op = ops[i].op;
        return map_take_when(p, &w->when);
    }
    return map_expected(p, "how far the time may be off",
                        "give or take 2 hours when column \"c\" is \"approximate\"");
}

bool map_time(struct parse *p, struct span_src *s, bool days)
{
    *s = (struct span_src){.set = true, .days = days, .at = p->opening};
    s->range = map_take_word(p, "from");
    if (!want_instant(p, &s->from)) return false;
    if (s->range && (!map_want_word(p, "to") || !want_instant(p, &s->to))) return false;
    size_t cap = 0;
    while (take_modifier(p)) {
        struct widen *v = APPEND(p, s->widen, s->n_widen, &cap, struct widen);
        if (!v) return false;
        s->widen = v;
        if (!want_widen(p, s, &v[s->n_widen])) return false;
        s->n_widen++;
    }
    return true;
}

/* ---- places ---- */

/* `25 km`, `column "x" m`, `column "x" in m`: to metres. */
static bool want_length(struct parse *p, struct number_src *out)
{
    *out = (struct number_src){.scale = 1};
    if (map_at_word(p, "column") ? !map_want_cell(p, &out->cell)
                                 : !map_want_number(p, &out->number))
        return false;
    map_take_word(p, "in");
    const struct unit *u = map_peek(p)->kind == TOKEN_WORD ? unit_find(map_peek(p)->text) : NULL;
    if (!u || u->dimension != DIMENSION_LENGTH)
        return map_expected(p, "a length in metres or kilometres", "25 km");
    p->pos++;
    out->scale = (double)u->scale / 1000;
    return true;
}

static bool want_degrees(struct parse *p, struct number_src *out)
{
    *out = (struct number_src){.scale = 1};
    if (map_at_word(p, "column") ? !map_want_cell(p, &out->cell)
                                 : !map_want_number(p, &out->number))
        return false;
    map_take_word(p, "degrees");
    return true;
}

static bool want_position(struct parse *p, struct place_src *out)
{
    return map_want_word(p, "latitude") && map_want_cell(p, &out->lat) && map_want_word(p, "and") &&
           map_want_word(p, "longitude") && map_want_cell(p, &out->lon);
}

static bool want_sector(struct parse *p, struct place_src *out)
{
    out->sector = true;
    if (!want_position(p, out) || !(map_take_punct(p, ',') || true) ||
        !map_want_word(p, "bearing") || !want_degrees(p, &out->bearing))
        return false;
    out->half = (struct number_src){.number = 0.5, .scale = 1};
    if (map_take_words(p, "give or take") && !want_degrees(p, &out->half)) return false;
    map_take_punct(p, ',');
    return map_want_word(p, "from") && want_length(p, &out->nearest) && map_want_word(p, "to") &&
           want_length(p, &out->farthest);
}

static bool want_shape(struct parse *p, struct place_src *out)
{
    if (!map_want_cell(p, &out->shape) || !map_want_word(p, "as")) return false;
    if (map_take_word(p, "geojson"))
        out->shape_format = SHAPE_GEOJSON;
    else if (map_take_word(p, "wkt"))
        out->shape_format = SHAPE_WKT;
    else
        return map_expected(p, "geojson or wkt", NULL);
    return true;
}

static bool want_radius(struct parse *p, struct radius_src *out)
{
    *out = (struct radius_src){0};
    if (map_take_word(p, "unknown"))
        out->unknown = true;
    else if (!map_take_word(p, "within"))
        return map_expected(p, "how exact the place is",
                            "within 25 km when column \"where_prec\" is 2");
    else if (!want_length(p, &out->metres))
        return false;
    return map_take_when(p, &out->when);
}

bool map_point_place(struct parse *p, struct place_src *out)
{
    struct cell_src areas[4];
    for (size_t i = 0; i < 4; i++) areas[i] = out->areas[i];
    *out = (struct place_src){.set = true, .at = p->opening};
    for (size_t i = 0; i < 4; i++) out->areas[i] = areas[i];
    if (map_take_word(p, "unknown")) return true;
    bool done;
    if (map_take_words(p, "the point at"))
        done = want_position(p, out);
    else if (map_take_words(p, "the sector seen from"))
        done = want_sector(p, out);
    else if (map_take_words(p, "the shape in"))
        done = want_shape(p, out);
    else
        done = map_expected(
            p, "\"the point at\", \"the sector seen from\" or \"the shape in\"",
            "the place is the point at latitude column \"lat\" and longitude column \"lon\"");
    size_t cap = 0;
    while (done && take_modifier(p)) {
        struct radius_src *v = APPEND(p, out->radius, out->n_radius, &cap, struct radius_src);
        if (!v) return false;
        out->radius = v;
        done = want_radius(p, &v[out->n_radius++]);
    }
    return done;
}

bool map_area(struct parse *p, struct place_src *out)
{
    double level = 1;
    if (map_take_words(p, "of level") && !map_want_number(p, &level)) return false;
    if (level != 1 && level != 2 && level != 3 && level != 4)
        return map_expected(p, "a level from 1 (coarse) to 4 (fine)", NULL);
    if (!map_take_word(p, "is") && !map_want_word(p, "are")) return false;
    out->set = true;
    return map_want_cell(p, &out->areas[(size_t)level - 1]);
}
