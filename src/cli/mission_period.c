/* The period of a judgement, from words.  See mission.h. */
#include "calendar/zone.h"
#include "cli/mission.h"

/* A time in words: the closed range of seconds that it names. */
static bool read_time(struct mission *m, const char *option, struct str words, instant *first,
                      instant *last)
{
    const struct zone *zone = m->agreement->header.zone;
    struct iso_time t;
    if (!iso_parse(str_trim(words), &t)) {
        struct diag *d =
            diag_add(&m->diags, SEVERITY_ERROR, "bad-time", place_none(),
                     "%s: \"%.*s\" is no date or time that exists", option, STR_ARG(words));
        diag_fix(&m->diags, d,
                 "write a date, 2015-02-15, or a time, 2015-02-15T08:00 "
                 "(or with its offset, 2015-02-15T08:00+02:00)");
        return false;
    }
    if (!t.has_time) {
        int64_t day = civil_to_days(t.civil.year, t.civil.month, t.civil.day);
        *first = zone_day_start(zone, day);
        *last = zone_day_end(zone, day);
    } else {
        *first = t.has_offset ? civil_to_seconds(t.civil) - t.offset : zone_instant(zone, t.civil);
        *last = *first;
    }
    return true;
}

static enum status contradiction(struct mission *m, const char *what)
{
    diag_add(&m->diags, SEVERITY_ERROR, "contradictory-times", place_none(), "%s", what);
    return STATUS_INPUT;
}

enum status mission_period(struct mission *m, const struct period_words *w,
                           struct verdict_options *out)
{
    instant ignored;
    *out = (struct verdict_options){INSTANT_MIN, INSTANT_MAX, INSTANT_MAX, INSTANT_MAX};
    bool fine = true;
    if (w->day.n && (w->from.n || w->to.n))
        return contradiction(m, "--day is a period of its own: leave out --from and --to");
    if (w->from.n) fine &= read_time(m, "--from", w->from, &out->from, &ignored);
    if (w->to.n) fine &= read_time(m, "--to", w->to, &ignored, &out->to);
    if (w->day.n) fine &= read_time(m, "--day", w->day, &out->from, &out->to);
    if (w->at.n) fine &= read_time(m, "--at", w->at, &ignored, &out->at);
    if (w->as_of.n) fine &= read_time(m, "--as-of", w->as_of, &ignored, &out->as_of);
    if (!fine) return STATUS_INPUT;
    if (out->from > out->to) return contradiction(m, "--from lies after --to");
    const struct header *h = &m->agreement->header;
    if (w->from.n && out->from > h->until)
        return contradiction(m, "--from lies after the end of the agreement's term");
    if (out->to < h->from && w->to.n)
        return contradiction(m, "--to lies before the agreement enters into force");
    return STATUS_OK;
}
