/* Rows of a table grouped by some of their columns: counting sort by key number, stable, so that
 * within a group rows keep their order. */
#ifndef TRUCE_ENGINE_GROUP_H
#define TRUCE_ENGINE_GROUP_H

#include "engine/keymap.h"
#include "engine/table.h"

struct groups {
    struct keymap map; /* key -> group number, dense from 0 */
    uint32_t *start;   /* group g's rows are rows[start[g] … start[g + 1] - 1] */
    uint32_t *rows;
    uint32_t *group_of; /* by row */
    uint64_t *key;      /* scratch */
    uint32_t start_cap, rows_cap, of_cap;
};

bool groups_init(struct groups *g, uint32_t width);
void groups_free(struct groups *g);
/* Group t by columns[0 … width-1]; false when memory fails. */
bool groups_build(struct groups *g, const struct table *t, const uint32_t *columns);

#endif
