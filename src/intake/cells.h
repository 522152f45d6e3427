/* The texts of cells as numbers, dates and places, read by hand: no locale, no allocation.
 *
 * Each reader takes the whole cell without the blanks around it, and says in a few words why it
 * cannot be read, for the list of rows that were set aside. */
#ifndef TRUCE_INTAKE_CELLS_H
#define TRUCE_INTAKE_CELLS_H

#include "base/instant.h"
#include "facts/facts.h"
#include "intake/mapping.h"

/* Why a row does not fit, in words; empty: it does. */
struct reason {
    char text[240];
};

/* Write the reason (printf); returns false, for `return reason_set(…)`. */
bool reason_set(struct reason *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A number: digits, one decimal mark, an exponent; blanks and apostrophes may group thousands. */
bool cell_number(struct str s, bool comma, double *out);

/* A count or quantity with what is known of it, times `scale`: "12", "about 12" (unknown around it:
 * half to double), "at least 12", "12+", "≥12", ">12", "at most 12", "10-20".  Empty, "unknown" and
 * "?" are unknown. */
bool cell_value(struct str s, bool comma, int64_t scale, struct value *out, struct reason *why);

/* A date, with or without a time of day and an offset, in the declared order: `2015-02-12`,
 * `1/22/2014 12:00:00 AM`, `12.02.2015 14:30`, `12 Feb 2015`, `February 12, 2015`,
 * `2015-02-12T14:30:00+02:00`. */
bool cell_date(struct str s, enum date_order order, bool order_declared, struct iso_time *out,
               struct reason *why);

/* A time of day alone: `14:30`, `2:30 PM`; into out's hour, minute, second. */
bool cell_time_of_day(struct str s, struct civil *out, struct reason *why);

#endif
