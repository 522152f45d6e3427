/* Days: one verdict for each local calendar day of a period.
 *
 * Verdicts are marked on stretches of time; a day takes the first, in the order of enum verdict,
 * that was marked on any second of it.  Marking is constant time: per verdict an array of
 * differences over the days, summed once at the end. */
#ifndef TRUCE_VERDICT_DAYS_H
#define TRUCE_VERDICT_DAYS_H

#include "calendar/zone.h"
#include "interval/iset.h"
#include "verdict/verdict.h"

struct days {
    const struct zone *zone;
    instant from, to; /* the period, finite */
    int64_t first;    /* its first day */
    uint32_t n;
    int32_t *marks[VERDICTS]; /* n + 1 differences; NULL until marked */
    /* the last day looked up, for the next lookup is mostly in the same */
    instant known_from, known_to;
    int64_t known;
    bool failed;
};

/* A period longer than this many days is refused (STATUS_INPUT): 8,000 years do not fit. */
#define MAX_DAYS 1000000

enum status days_init(struct days *d, const struct zone *zone, instant from, instant to);
void days_free(struct days *d);

/* Mark [from, to], cut to the period; nothing when they do not meet. */
void days_mark(struct days *d, enum verdict v, instant from, instant to);
void days_mark_set(struct days *d, enum verdict v, const struct iset *set);

/* Mark days [first, last] by number (days since 1970-01-01), cut to the period. */
void days_mark_days(struct days *d, enum verdict v, int64_t first, int64_t last);

/* The local day of a finite instant. */
int64_t days_of(struct days *d, instant at);

/* Settle: days without a second in `term` are not in force, days without a mark complied.  `out`
 * has room for n; `count` gets how many days each verdict has. */
enum status days_settle(struct days *d, const struct iset *term, uint8_t *out,
                        uint32_t count[VERDICTS]);

#endif
