/* See stamps.h. */
#include "history/stamps.h"

#include <stdlib.h>
#include <string.h>

void stamps_free(struct stamps *s)
{
    free(s->items);
    *s = (struct stamps){0};
}

static void move_gap(struct stamps *s, size_t to)
{
    size_t room = s->cap - s->n;
    if (to < s->gap)
        memmove(s->items + to + room, s->items + to, (s->gap - to) * sizeof *s->items);
    else if (to > s->gap)
        memmove(s->items + s->gap, s->items + s->gap + room, (to - s->gap) * sizeof *s->items);
    s->gap = to;
}

bool stamps_insert(struct stamps *s, size_t rank, int64_t stamp)
{
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 64;
        int64_t *items = realloc(s->items, (cap + 1) * sizeof *items);
        if (!items) return false;
        s->items = items;
        s->gap = s->n; /* there was no gap: all items stand at the beginning */
        s->cap = cap;
    }
    move_gap(s, rank);
    s->items[s->gap++] = stamp;
    s->n++;
    return true;
}

void stamps_remove(struct stamps *s, size_t rank, size_t count)
{
    move_gap(s, rank + count);
    s->gap -= count;
    s->n -= count;
}

int64_t *stamps_lend(struct stamps *s, size_t from, size_t to, int64_t end)
{
    if (from < s->gap && s->gap <= to) move_gap(s, s->gap - from < to - s->gap ? from : to + 1);
    size_t shift = from >= s->gap ? s->cap - s->n : 0;
    s->behind = s->items + to + shift + 1;
    s->held = *s->behind;
    *s->behind = end;
    return s->items + from + shift;
}

void stamps_give_back(struct stamps *s)
{
    *s->behind = s->held;
}
