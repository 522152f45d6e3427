#include "engine/group.h"
#include "engine/node.h"

#include <stdlib.h>

bool groups_init(struct groups *g, uint32_t width)
{
    *g = (struct groups){0};
    keymap_init(&g->map, width);
    g->key = calloc(width + 1u, sizeof *g->key);
    return g->key;
}

void groups_free(struct groups *g)
{
    keymap_free(&g->map);
    free(g->start);
    free(g->rows);
    free(g->group_of);
    free(g->key);
}

bool groups_build(struct groups *g, const struct table *t, const uint32_t *columns)
{
    keymap_clear(&g->map);
    if (!array_reserve((void **)&g->group_of, &g->of_cap, t->n + 1, sizeof *g->group_of) ||
        !array_reserve((void **)&g->rows, &g->rows_cap, t->n + 1, sizeof *g->rows))
        return false;
    for (size_t r = 0; r < t->n; r++) {
        bool fresh;
        gather(t, columns, g->map.width, r, g->key);
        g->group_of[r] = keymap_put(&g->map, g->key, &fresh);
        if (g->group_of[r] == KEY_NONE) return false;
    }
    uint32_t n = g->map.n;
    if (!array_reserve((void **)&g->start, &g->start_cap, n + 2u, sizeof *g->start)) return false;
    memset(g->start, 0, (n + 2u) * sizeof *g->start);
    for (size_t r = 0; r < t->n; r++) g->start[g->group_of[r] + 2]++;
    for (uint32_t i = 2; i < n + 2; i++) g->start[i] += g->start[i - 1];
    for (size_t r = 0; r < t->n; r++) g->rows[g->start[g->group_of[r] + 1]++] = (uint32_t)r;
    return true;
}
