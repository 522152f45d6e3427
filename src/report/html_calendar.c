/* The calendar of a row: weeks are columns, Monday on top, a drawing for each year.
 *
 * A day is one unit of the drawing.  Days of one verdict are one path, whose runs down a week are
 * merged: a year costs a few kilobytes at worst.  The days also stand in a data attribute as
 * letters with counts, from which the page's script answers the pointer and the arrow keys. */
#include "report/html.h"
#include "report/words.h"

/* A year's days on the drawing: index in row->days of its first and behind its last. */
struct year {
    int number;
    int64_t monday;    /* days since 1970-01-01 of the Monday at the drawing's left */
    size_t from, to;   /* range in row->days */
    int64_t first_day; /* of row->days[0] */
};

static int64_t day_of(const struct year *y, size_t index)
{
    return y->first_day + (int64_t)index;
}

static void put_path(struct buf *out, const struct year *y, const struct view_row *r,
                     enum verdict verdict)
{
    bool open = false;
    size_t i = y->from;
    while (i < y->to) {
        if (r->days[i] != (uint8_t)verdict) {
            i++;
            continue;
        }
        int64_t offset = day_of(y, i) - y->monday;
        int64_t week = offset / 7, top = offset % 7;
        size_t run = 1;
        while (i + run < y->to && top + (int64_t)run < 7 && r->days[i + run] == (uint8_t)verdict)
            run++;
        if (!open) buf_fmt(out, "<path class=\"day-%s\" d=\"", words_look(verdict)->css);
        open = true;
        buf_fmt(out, "M%lld %lldh1v%zuh-1z", (long long)week, (long long)top, run);
        i += run;
    }
    if (open) buf_fmt(out, "\"><title>%s</title></path>", verdict_word(verdict));
}

/* A month's name stands over the week of its first day, or of the first day drawn. */
static void put_months(struct buf *out, const struct year *y)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int64_t last_week = -3;
    for (int64_t day = day_of(y, y->from); day < day_of(y, y->to); day++) {
        struct civil c = civil_from_days(day);
        int64_t week = (day - y->monday) / 7;
        if (c.day != 1 && day != day_of(y, y->from)) continue;
        if (week - last_week >= 3)
            buf_fmt(out, "<text x=\"%lld\" y=\"-.35\">%s</text>", (long long)week,
                    months[c.month - 1]);
        last_week = week;
    }
}

/* "2015: 120 violated, 4 possibly violated": the drawing in words. */
static void put_summary(struct buf *out, const struct year *y, const struct view_row *r)
{
    struct view_row part = *r;
    part.days = r->days + y->from;
    part.n_days = y->to - y->from;
    buf_fmt(out, "%d: ", y->number);
    words_days(out, &part);
}

static void put_year(const struct html *h, const struct year *y, const struct view_row *r)
{
    struct buf *out = h->out;
    long long weeks = (day_of(y, y->to - 1) - y->monday) / 7 + 1;
    buf_puts(out, "<figure><figcaption>");
    put_summary(out, y, r);
    buf_fmt(out,
            "</figcaption><svg viewBox=\"0 -1.6 %lld 8.7\" style=\"width:%.1frem\" "
            "data-year=\"%04d\" data-monday=\"%lld\" aria-hidden=\"true\">",
            weeks, (double)weeks * 0.6, y->number, (long long)y->monday);
    put_months(out, y);
    for (size_t v = 0; v < VERDICTS; v++) put_path(out, y, r, (enum verdict)v);
    buf_fmt(out, "<path class=\"gaps\" d=\"");
    for (long long x = 0; x <= weeks; x++) buf_fmt(out, "M%lld 0v7", x);
    for (int line = 0; line <= 7; line++) buf_fmt(out, "M0 %dh%lld", line, weeks);
    buf_puts(out, "\"/><rect class=\"cursor\" width=\"1\" height=\"1\"/></svg></figure>\n");
}

static void put_letters(struct buf *out, const struct view_row *r)
{
    size_t i = 0;
    while (i < r->n_days) {
        size_t run = 1;
        while (i + run < r->n_days && r->days[i + run] == r->days[i]) run++;
        buf_putc(out, (char)('a' + r->days[i]));
        if (run > 1) buf_fmt(out, "%zu", run);
        i += run;
    }
}

void html_calendar(const struct html *h, const struct view_row *row)
{
    buf_puts(h->out, "<div class=\"strip\" tabindex=\"0\" role=\"group\" aria-label=\"Days: ");
    words_days(h->out, row);
    buf_fmt(h->out, ". Arrow keys ask for one day.\" data-first=\"%lld\" data-days=\"",
            (long long)row->first_day);
    put_letters(h->out, row);
    buf_puts(h->out, "\"><div class=\"years\">\n");
    size_t at = 0;
    while (at < row->n_days) {
        struct year y = {.from = at, .first_day = row->first_day};
        y.number = civil_from_days(row->first_day + (int64_t)at).year;
        y.monday = day_of(&y, at) - civil_weekday(day_of(&y, at));
        int64_t next = civil_to_days(y.number + 1, 1, 1) - row->first_day;
        y.to = next < (int64_t)row->n_days ? (size_t)next : row->n_days;
        put_year(h, &y, row);
        at = y.to;
    }
    buf_puts(h->out, "</div><output class=\"hint\" aria-live=\"polite\"></output></div>\n");
}
