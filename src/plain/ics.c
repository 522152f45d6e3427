/* Deadlines as iCalendar, RFC 5545.
 *
 * Times are UTC: readers show them in their own zone, and no VTIMEZONE can disagree with ours.  A series
 * is written out, one event each, since "7 days later at the same local time" is no rule that a reader
 * without our zone could repeat.  A UID is a hash of what names the deadline, not of when it is. */
#include "lang/words.h"
#include "plain/private.h"

#define SERIES_MOST 1000
#define SERIES_DAYS 366 /* of a term without end */
#define FOLD 75         /* octets in a line, without its end */

/* A content line: `name` as it is, the text escaped (3.3.11), folded by octets (3.1), never through a
 * character. */
static void line(struct buf *out, const char *name, struct str text)
{
    struct buf b;
    buf_init(&b);
    buf_puts(&b, name);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\n')
            buf_puts(&b, "\\n");
        else if (c == '\\' || c == ';' || c == ',')
            buf_fmt(&b, "\\%c", c);
        else if ((unsigned char)c >= 0x20 && c != 0x7f)
            buf_putc(&b, c);
    }
    if (b.failed) out->failed = true;
    for (size_t at = 0, room = FOLD; at < b.n; room = FOLD - 1) {
        size_t end = at + room < b.n ? at + room : b.n;
        while (end < b.n && end > at + 1 && ((unsigned char)b.p[end] & 0xc0) == 0x80) end--;
        if (at) buf_puts(out, "\r\n ");
        buf_add(out, str_slice(buf_str(&b), at, end));
        at = end;
    }
    buf_puts(out, "\r\n");
    buf_free(&b);
}

static void time_line(struct buf *out, const char *name, instant at)
{
    struct civil c = civil_from_seconds(at);
    buf_fmt(out, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, c.year, c.month, c.day, c.hour,
            c.minute, c.second);
}

/* FNV-1a (Fowler, Noll, Vo), 64 bits; a NUL parts the fields. */
static uint64_t hash(uint64_t h, struct str s)
{
    for (size_t i = 0; i <= s.n; i++) {
        h ^= i < s.n ? (unsigned char)s.p[i] : 0u;
        h *= 1099511628211u;
    }
    return h;
}

static struct str uid(const struct plain *p, const struct provision *pv, const struct plain_date *d)
{
    uint64_t h[2] = {14695981039346656037u, 590295810358705651u};
    struct str nth = say_int(p->v, d->nth);
    for (size_t i = 0; i < 2; i++) {
        h[i] = hash(h[i], p->g->header.title);
        h[i] = hash(h[i], pv->name);
        h[i] = hash(h[i], d->reading);
        h[i] = hash(h[i], nth);
        if (pv->amendment != LANG_NONE) h[i] = hash(h[i], p->g->amendments[pv->amendment].name);
    }
    return str_fmt(p->v->a, "%016llx%016llx@truce.invalid", (unsigned long long)h[0],
                   (unsigned long long)h[1]);
}

static struct str summary(const struct plain *p, const struct provision *pv,
                          const struct plain_date *d)
{
    struct str name = words_name(p->v, pv->name), who = words_all(p->v, pv->bearers);
    if (d->reading.n)
        return say(p->v, "Deadline: {provision} ({actors}), as read: {reading}", name, who,
                   d->reading);
    return say(p->v, "Deadline: {provision} ({actors})", name, who);
}

static void event(const struct plain *p, const struct plain_item *item, const struct plain_date *d,
                  bool cut, instant stamp, struct buf *out)
{
    struct voice *v = p->v;
    struct str text =
        str_fmt(v->a, "%.*s\n%.*s", STR_ARG(item->pv->sentence), STR_ARG(item->gloss));
    if (cut)
        text =
            str_fmt(v->a, "%.*s\n%.*s", STR_ARG(text),
                    STR_ARG(said(v, "The series goes on; this calendar does not hold all of it.")));
    if (plain_warning(p).n)
        text = str_fmt(v->a, "%.*s\n%.*s", STR_ARG(text), STR_ARG(plain_warning(p)));
    buf_puts(out, "BEGIN:VEVENT\r\n");
    line(out, "UID:", uid(p, item->pv, d));
    time_line(out, "DTSTAMP", stamp);
    time_line(out, "DTSTART", d->at);
    line(out, "SUMMARY:", say_plain(v, summary(p, item->pv, d)));
    line(out, "DESCRIPTION:", text);
    if (plain_clause(p, item->pv->clause).n)
        line(out, "LOCATION:", plain_clause(p, item->pv->clause));
    buf_puts(out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

void plain_ics(const struct plain *p, instant stamp, struct buf *out)
{
    instant end = p->g->header.expiry;
    if (end == INSTANT_MAX)
        end = instant_add(p->g->header.from, (int64_t)SERIES_DAYS * SECONDS_PER_DAY);
    buf_puts(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//truce//explain//EN\r\n"
                  "CALSCALE:GREGORIAN\r\n");
    line(out, "X-WR-CALNAME:", p->g->header.title);
    for (uint32_t i = 0; i < p->n; i++) {
        const struct plain_date *dates;
        uint32_t n;
        bool cut;
        if (!plain_deadlines(p, &p->items[i], end, SERIES_MOST, &dates, &n, &cut)) return;
        bool endless =
            p->g->header.expiry == INSTANT_MAX && p->items[i].pv->deadline.op == DEADLINE_EVERY;
        for (uint32_t k = 0; k < n; k++)
            event(p, &p->items[i], &dates[k], cut || endless, stamp, out);
    }
    buf_puts(out, "END:VCALENDAR\r\n");
}
