/* Bounds; see formula.h. */
#include "logic/formula.h"

struct edge edge_seconds(int64_t seconds)
{
    return (struct edge){.seconds = seconds, .map = MAP_NONE};
}

struct edge edge_map(uint32_t map)
{
    return (struct edge){.seconds = 0, .map = map};
}

struct bound bound_seconds(int64_t lo, int64_t hi)
{
    return (struct bound){.lo = edge_seconds(lo), .hi = edge_seconds(hi)};
}

struct bound bound_all(void)
{
    return bound_seconds(0, INSTANT_MAX);
}

bool bound_infinite(struct bound b)
{
    return b.hi.map == MAP_NONE && b.hi.seconds == INSTANT_MAX;
}

bool bound_is_all(struct bound b)
{
    return b.lo.map == MAP_NONE && b.lo.seconds == 0 && bound_infinite(b);
}

bool bound_empty(struct bound b)
{
    return b.lo.map == MAP_NONE && b.hi.map == MAP_NONE && b.lo.seconds > b.hi.seconds;
}
