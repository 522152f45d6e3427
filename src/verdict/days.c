/* Marks on days, by differences. */
#include "verdict/days.h"

#include <stdlib.h>
#include <string.h>

enum status days_init(struct days *d, const struct zone *zone, instant from, instant to)
{
    *d = (struct days){.zone = zone, .from = from, .to = to, .known_from = 1, .known_to = 0};
    d->first = zone_day(zone, from);
    int64_t n = zone_day(zone, to) - d->first + 1;
    if (n < 1 || n > MAX_DAYS) return STATUS_INPUT;
    d->n = (uint32_t)n;
    return STATUS_OK;
}

void days_free(struct days *d)
{
    for (size_t v = 0; v < VERDICTS; v++) free(d->marks[v]);
    *d = (struct days){0};
}

int64_t days_of(struct days *d, instant at)
{
    if (at < d->known_from || at > d->known_to) {
        d->known = zone_day(d->zone, at);
        d->known_from = zone_day_start(d->zone, d->known);
        d->known_to = zone_day_end(d->zone, d->known);
    }
    return d->known;
}

void days_mark_days(struct days *d, enum verdict v, int64_t first, int64_t last)
{
    int64_t a = first - d->first, b = last - d->first;
    if (a < 0) a = 0;
    if (b >= d->n) b = (int64_t)d->n - 1;
    if (a > b) return;
    if (!d->marks[v]) d->marks[v] = calloc((size_t)d->n + 1, sizeof(*d->marks[v]));
    if (!d->marks[v]) {
        d->failed = true;
        return;
    }
    d->marks[v][a]++;
    d->marks[v][b + 1]--;
}

void days_mark(struct days *d, enum verdict v, instant from, instant to)
{
    instant a = from > d->from ? from : d->from, b = to < d->to ? to : d->to;
    if (a > b) return;
    int64_t first = days_of(d, a);
    days_mark_days(d, v, first, b <= d->known_to ? first : days_of(d, b));
}

void days_mark_set(struct days *d, enum verdict v, const struct iset *set)
{
    for (size_t i = iset_find(set, d->from); i < set->n && set->items[i].from <= d->to; i++)
        days_mark(d, v, set->items[i].from, set->items[i].to);
}

enum status days_settle(struct days *d, const struct iset *term, uint8_t *out,
                        uint32_t count[VERDICTS])
{
    days_mark_set(d, VERDICT_COMPLIED, term);
    memset(count, 0, VERDICTS * sizeof(*count));
    if (d->failed) return STATUS_FAULT;
    int64_t sum[VERDICTS] = {0};
    for (uint32_t day = 0; day < d->n; day++) {
        uint8_t verdict = VERDICT_NOT_IN_FORCE;
        for (size_t v = VERDICTS; v-- > 0;) {
            if (!d->marks[v]) continue;
            sum[v] += d->marks[v][day];
            if (sum[v] > 0) verdict = (uint8_t)v;
        }
        if (sum[VERDICT_COMPLIED] <= 0) verdict = VERDICT_NOT_IN_FORCE;
        out[day] = verdict;
        count[verdict]++;
    }
    return STATUS_OK;
}
