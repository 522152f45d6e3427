/* Places, each kept once, and the names of areas.  See region.h. */
#include "geo/region.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucasemap.h>

bool places_init(struct places *p, struct geo *geo)
{
    *p = (struct places){.geo = geo};
    intern_init(&p->spelt);
    intern_init(&p->folded);
    intern_init(&p->written);
    intern_init(&p->set_keys);
    UErrorCode e = U_ZERO_ERROR;
    p->fold = (struct ucasemap *)ucasemap_open("", U_FOLD_CASE_DEFAULT, &e);
    p->failed = U_FAILURE(e);
    return !p->failed;
}

void places_free(struct places *p)
{
    ucasemap_close((UCaseMap *)p->fold);
    intern_free(&p->spelt);
    intern_free(&p->folded);
    intern_free(&p->written);
    intern_free(&p->set_keys);
    free(p->items);
    free(p->slots);
    free(p->folded_of);
    free(p->levels);
    free(p->sets);
    free(p->shapes);
    *p = (struct places){0};
}

/* Room for one more in a malloc'd array. */
static bool grow(struct places *p, void *items, size_t n, size_t *cap, size_t size)
{
    if (n < *cap) return true;
    size_t want = *cap ? *cap * 2 : 64;
    void *moved;
    memcpy(&moved, items, sizeof(moved));
    moved = want < FACTS_OTHER_ACTOR ? realloc(moved, want * size) : NULL;
    if (!moved) {
        p->failed = true;
        return false;
    }
    memset((char *)moved + *cap * size, 0, (want - *cap) * size);
    memcpy(items, &moved, sizeof(moved));
    *cap = want;
    return true;
}

#define GROW(p, items, n, cap) grow((p), &(items), (n), &(cap), sizeof(*(items)))

/* ---- names ---- */

static uint32_t fold(struct places *p, struct str name)
{
    char small[256], *out = small;
    int32_t room = (int32_t)sizeof(small);
    UErrorCode e = U_ZERO_ERROR;
    const UCaseMap *map = (const UCaseMap *)p->fold;
    int32_t n = ucasemap_utf8FoldCase(map, out, room, name.p, (int32_t)name.n, &e);
    if (e == U_BUFFER_OVERFLOW_ERROR) {
        room = n + 1;
        out = malloc((size_t)room);
        e = U_ZERO_ERROR;
        if (out) n = ucasemap_utf8FoldCase(map, out, room, name.p, (int32_t)name.n, &e);
    }
    uint32_t number = INTERN_NONE;
    if (out && U_SUCCESS(e)) number = intern_add(&p->folded, (struct str){out, (size_t)n});
    if (out != small) free(out);
    return number;
}

uint32_t places_area(struct places *p, struct str name)
{
    name = str_trim(name);
    if (name.n > 4096) name.n = 4096;
    size_t before = p->spelt.n;
    uint32_t spelt = intern_add(&p->spelt, name);
    if (spelt != INTERN_NONE && p->spelt.n == before) return p->folded_of[spelt];
    uint32_t number = spelt == INTERN_NONE ? INTERN_NONE : fold(p, name);
    if (number == INTERN_NONE || !GROW(p, p->folded_of, spelt, p->cap_folded) ||
        !GROW(p, p->levels, number, p->cap_levels)) {
        p->failed = true;
        return INTERN_NONE;
    }
    p->folded_of[spelt] = number;
    if (p->written.n == number && intern_add(&p->written, name) == INTERN_NONE) p->failed = true;
    return number;
}

/* The number of a set of names, the same for the same set. */
static uint32_t set_of(struct places *p, const struct place_in *in)
{
    uint32_t key[2 * PLACE_LEVELS];
    size_t n = 0;
    for (uint32_t i = 0; i < PLACE_LEVELS; i++) {
        if (!str_trim(in->areas[i]).n) continue;
        uint32_t name = places_area(p, in->areas[i]);
        if (p->failed) return FACTS_NONE;
        p->levels[name] |= 1u << i;
        key[2 * n] = name;
        key[2 * n++ + 1] = i;
    }
    if (!n) return FACTS_NONE;
    uint32_t number =
        intern_add(&p->set_keys, (struct str){(const char *)key, n * 2 * sizeof(*key)});
    if (number != INTERN_NONE && number < p->n_sets) return number;
    struct area_set set = {NULL, NULL, n};
    uint32_t *names = arena_array(&p->geo->arena, n, sizeof(*names));
    uint8_t *levels = arena_array(&p->geo->arena, n, 1);
    if (number == INTERN_NONE || !names || !levels || !GROW(p, p->sets, p->n_sets, p->cap_sets)) {
        p->failed = true;
        return FACTS_NONE;
    }
    for (size_t i = 0; i < n; i++) {
        names[i] = key[2 * i];
        levels[i] = (uint8_t)key[2 * i + 1];
    }
    set.names = names;
    set.levels = levels;
    p->sets[p->n_sets++] = set;
    return number;
}

/* ---- places ---- */

static uint64_t bits_of(double x)
{
    uint64_t b;
    memcpy(&b, &x, sizeof(b));
    return b;
}

static size_t slot_of(const struct places *p, const struct place_point *x)
{
    uint64_t h = bits_of(x->lon) * 0x9E3779B97F4A7C15U ^ bits_of(x->lat);
    h = (h ^ h >> 31) * 0xBF58476D1CE4E5B9U + bits_of((double)x->radius) + x->areas;
    h = (h ^ h >> 30) * 0x94D049BB133111EBU + x->shape;
    return (size_t)(h ^ h >> 31) & p->mask;
}

static bool same_place(const struct place_point *a, const struct place_point *b)
{
    return bits_of(a->lon) == bits_of(b->lon) && bits_of(a->lat) == bits_of(b->lat) &&
           bits_of((double)a->radius) == bits_of((double)b->radius) && a->areas == b->areas &&
           a->shape == b->shape;
}

static bool grow_slots(struct places *p)
{
    if (p->slots && (p->n + 1) * 2 <= p->mask + 1) return true;
    size_t size = p->slots ? (p->mask + 1) * 2 : 1024;
    uint32_t *slots = calloc(size, sizeof(*slots));
    if (!slots) {
        p->failed = true;
        return false;
    }
    free(p->slots);
    p->slots = slots;
    p->mask = size - 1;
    for (size_t i = 0; i < p->n; i++) {
        size_t s = slot_of(p, &p->items[i]);
        while (slots[s]) s = (s + 1) & p->mask;
        slots[s] = (uint32_t)i + 1;
    }
    return true;
}

uint32_t places_add(struct places *p, const struct place_in *in)
{
    struct place_point x = {.lon = NAN, .lat = 0, .areas = set_of(p, in), .shape = FACTS_NONE};
    if (in->has_point) {
        x.lon = in->lon;
        x.lat = in->lat;
        x.radius = (float)in->radius;
    }
    if (p->failed || !grow_slots(p)) return FACTS_NONE;
    if (in->shape) {
        if (!grow(p, &p->shapes, p->n_shapes, &p->cap_shapes, sizeof(struct geo_shape *)))
            return FACTS_NONE;
        x.shape = (uint32_t)p->n_shapes;
        p->shapes[p->n_shapes++] = in->shape;
    }
    size_t s = slot_of(p, &x);
    for (; p->slots[s]; s = (s + 1) & p->mask) {
        if (same_place(&p->items[p->slots[s] - 1], &x)) return p->slots[s] - 1;
    }
    if (!GROW(p, p->items, p->n, p->cap)) return FACTS_NONE;
    p->items[p->n] = x;
    p->slots[s] = (uint32_t)p->n + 1;
    return (uint32_t)p->n++;
}
