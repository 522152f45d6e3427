#include "engine/keymap.h"

#include <stdlib.h>

void keymap_init(struct keymap *m, uint32_t width)
{
    *m = (struct keymap){.width = width, .free_head = KEY_NONE};
}

void keymap_free(struct keymap *m)
{
    free(m->slots);
    free(m->next_free);
    free(m->keys);
    keymap_init(m, m->width);
}

void keymap_clear(struct keymap *m)
{
    if (m->live) memset(m->slots, 0, (m->mask + (size_t)1) * sizeof *m->slots);
    m->n = m->live = 0;
    m->free_head = KEY_NONE;
}

static void place(struct keymap *m, uint32_t number)
{
    uint32_t i = keymap_hash(keymap_key(m, number), m->width) & m->mask;
    while (m->slots[i]) i = (i + 1) & m->mask;
    m->slots[i] = number + 1;
}

/* Twice the numbers and slots.  All numbers below n are in use when this is called. */
static bool grow(struct keymap *m)
{
    uint32_t cap = m->cap ? m->cap * 2 : 16;
    if (cap > UINT32_MAX / 4) return false;
    uint64_t *keys = realloc(m->keys, ((size_t)cap * m->width + 1) * sizeof *keys);
    if (keys) m->keys = keys;
    uint32_t *next = realloc(m->next_free, cap * sizeof *next);
    if (next) m->next_free = next;
    uint32_t *slots = calloc((size_t)cap * 2, sizeof *slots);
    if (!keys || !next || !slots) {
        free(slots);
        return false;
    }
    free(m->slots);
    m->slots = slots;
    m->cap = cap;
    m->mask = cap * 2 - 1;
    for (uint32_t i = 0; i < m->n; i++) place(m, i);
    return true;
}

uint32_t keymap_put(struct keymap *m, const uint64_t *key, bool *fresh)
{
    *fresh = false;
    uint32_t i = 0;
    if (m->cap) {
        for (i = keymap_hash(key, m->width) & m->mask; m->slots[i]; i = (i + 1) & m->mask)
            if (keymap_same(m, m->slots[i] - 1, key)) return m->slots[i] - 1;
    }
    uint32_t number = m->free_head;
    if (number != KEY_NONE) {
        m->free_head = m->next_free[number];
    } else {
        if (m->n == m->cap) {
            if (!grow(m)) return KEY_NONE;
            i = keymap_hash(key, m->width) & m->mask;
            while (m->slots[i]) i = (i + 1) & m->mask;
        }
        number = m->n++;
    }
    for (uint32_t k = 0; k < m->width; k++) m->keys[(size_t)number * m->width + k] = key[k];
    m->slots[i] = number + 1;
    m->live++;
    *fresh = true;
    return number;
}

void keymap_remove(struct keymap *m, uint32_t number)
{
    uint32_t hole = keymap_hash(keymap_key(m, number), m->width) & m->mask;
    while (m->slots[hole] != number + 1) hole = (hole + 1) & m->mask;
    for (uint32_t i = (hole + 1) & m->mask; m->slots[i]; i = (i + 1) & m->mask) {
        uint32_t home = keymap_hash(keymap_key(m, m->slots[i] - 1), m->width) & m->mask;
        /* The entry may move into the hole when its home is not cyclically in (hole, i]. */
        if (((i - home) & m->mask) >= ((i - hole) & m->mask)) {
            m->slots[hole] = m->slots[i];
            hole = i;
        }
    }
    m->slots[hole] = 0;
    m->next_free[number] = m->free_head;
    m->free_head = number;
    m->live--;
}
