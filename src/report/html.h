/* The parts of the page; private to the report room.
 *
 * Everything that comes from a user goes through html_text, in text and in attributes alike, and a
 * name also through html_name, which isolates its direction.  Nothing from a user is ever put into
 * a script, a style or the name of a class. */
#ifndef TRUCE_REPORT_HTML_H
#define TRUCE_REPORT_HTML_H

#include "report/report.h"

struct html {
    struct arena *a;
    struct buf *out;
    const struct view *v;
    const struct report_options *o;
};

/* Append with & < > " ' escaped; malformed bytes and controls become U+FFFD. */
void html_text(struct buf *out, struct str s);

/* The same in <bdi>, so that a name's direction does not reorder what stands around it. */
void html_name(struct buf *out, struct str s);

/* `<span class="v v-violated">violated</span>` */
void html_verdict(struct buf *out, enum verdict v);

/* A share in words, "&lt;1%". */
void html_share(struct buf *out, double share);

/* `<time>` of an instant, its local date and time. */
void html_time(const struct html *h, instant at);

/* The fragment that a provision's article has as its id: "p-" and its number from 1. */
void html_anchor(struct buf *out, size_t provision);

/* The status board: provisions × subjects. */
void html_board(const struct html *h);

/* A provision: its clause beside its verdicts, days and evidence. */
void html_provision(const struct html *h, size_t provision);

/* The calendar of a row: the local days of the period, a drawing for each year. */
void html_calendar(const struct html *h, const struct view_row *row);

/* What a row's verdict rests on, at most a page of it, with an honest count. */
void html_evidence(const struct html *h, const struct view_row *row);

/* Zones, lines and incidents. */
void html_map(const struct html *h);

#endif
