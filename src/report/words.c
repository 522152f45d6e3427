/* Numbers, shares, times and verdicts in words, as declared in words.h. */
#include "report/words.h"

#include <stdio.h>

static const struct verdict_look looks[VERDICTS] = {
    [VERDICT_VIOLATED] = {"\033[1;31m", "violated"},
    [VERDICT_OVERDUE] = {"\033[1;31m", "overdue"},
    [VERDICT_POSSIBLY_VIOLATED] = {"\033[33m", "possibly"},
    [VERDICT_UNVERIFIED] = {"\033[35m", "unverified"},
    [VERDICT_PENDING] = {"\033[36m", "pending"},
    [VERDICT_WAITING] = {"\033[36m", "waiting"},
    [VERDICT_EXCUSED] = {"\033[34m", "excused"},
    [VERDICT_COMPLIED] = {"\033[32m", "complied"},
    [VERDICT_NOT_IN_FORCE] = {"\033[2m", "notinforce"},
};

const struct verdict_look *words_look(enum verdict v)
{
    return &looks[v];
}

void words_number(struct buf *out, int64_t n)
{
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)n);
    int start = n < 0;
    for (int i = 0; i < length; i++) {
        if (i > start && (length - i) % 3 == 0) buf_putc(out, ',');
        buf_putc(out, digits[i]);
    }
}

void words_count(struct buf *out, int64_t n, const char *one, const char *many)
{
    words_number(out, n);
    buf_fmt(out, " %s", n == 1 ? one : many);
}

void words_share(struct buf *out, double share)
{
    if (share > 0 && share < 0.01) {
        buf_puts(out, "<1%");
    } else if (share < 1 && share > 0.99) {
        buf_puts(out, ">99%");
    } else {
        buf_fmt(out, "%.0f%%", share * 100);
    }
}

void words_time(struct buf *out, const struct view_clock *clock, instant at)
{
    bool finite = at != INSTANT_MIN && at != INSTANT_MAX;
    iso_format(out, at, finite ? clock->offset(clock->ctx, at) : 0);
}

void words_time_json(struct buf *out, const struct view_clock *clock, instant at)
{
    if (at == INSTANT_MIN || at == INSTANT_MAX) {
        buf_puts(out, "null");
        return;
    }
    buf_putc(out, '"');
    words_time(out, clock, at);
    buf_putc(out, '"');
}

int64_t words_local_day(const struct view_clock *clock, instant at)
{
    int64_t local = instant_add(at, clock->offset(clock->ctx, at));
    int64_t day = local / SECONDS_PER_DAY;
    return local % SECONDS_PER_DAY < 0 ? day - 1 : day;
}

void words_day(struct buf *out, int64_t day)
{
    struct civil c = civil_from_days(day);
    buf_fmt(out, "%04d-%02d-%02d", c.year, c.month, c.day);
}

/* Does a local day begin at this instant? */
static bool begins_day(const struct view_clock *clock, instant at)
{
    return words_local_day(clock, at) != words_local_day(clock, instant_add(at, -1));
}

void words_span(struct buf *out, const struct view_clock *clock, instant from, instant to)
{
    bool finite = from != INSTANT_MIN && to != INSTANT_MAX;
    if (from == to) {
        buf_puts(out, "at ");
        words_time(out, clock, from);
    } else if (finite && begins_day(clock, from) && begins_day(clock, instant_add(to, 1))) {
        int64_t first = words_local_day(clock, from), last = words_local_day(clock, to);
        buf_puts(out, first == last ? "on " : "somewhere in ");
        words_day(out, first);
        if (first != last) {
            buf_puts(out, " to ");
            words_day(out, last);
        }
    } else {
        buf_puts(out, "somewhere in ");
        words_time(out, clock, from);
        buf_puts(out, " to ");
        words_time(out, clock, to);
    }
}

void words_count_days(const struct view_row *row, size_t counts[VERDICTS])
{
    for (size_t v = 0; v < VERDICTS; v++) counts[v] = 0;
    for (size_t d = 0; d < row->n_days; d++) counts[row->days[d]]++;
}

void words_days(struct buf *out, const struct view_row *row)
{
    size_t counts[VERDICTS];
    words_count_days(row, counts);
    bool first = true;
    for (size_t i = 0; i < VERDICTS; i++) {
        enum verdict v = (enum verdict)i;
        if (!counts[v]) continue;
        if (!first) buf_puts(out, ", ");
        if (counts[v] == row->n_days && row->n_days > 1) buf_puts(out, "all ");
        words_number(out, (int64_t)counts[v]);
        buf_fmt(out, " %s", verdict_word(v));
        first = false;
    }
}

/* "not begun", "minimal", "intermediate", "full"; "" for -1. */
static const char *words_level(int level)
{
    static const char *const names[] = {"not begun", "minimal", "intermediate", "full"};
    return level < 0 || level > 3 ? "" : names[level];
}

/* Why a verdict is not certain, as a clause: "reports of the same event differ"; one bit. */
static const char *words_reason(enum reason one)
{
    static const struct {
        enum reason bit;
        const char *words;
    } table[REASONS] = {
        {REASON_UNCORROBORATED, "the reports do not meet the evidence rule"},
        {REASON_DISPUTED, "reports of the same event differ"},
        {REASON_PLACE, "whether it lies in the zone is undecided"},
        {REASON_TIME, "whether it lies in the time that matters is undecided"},
        {REASON_ACTOR, "someone else could have done it"},
        {REASON_DETAIL, "a detail that matters is undetermined"},
        {REASON_COVERAGE, "what was not covered could hide what would decide"},
        {REASON_AHEAD, "what is still to come will decide"},
        {REASON_LAPSED, "its date has lapsed: nothing was owed"},
        {REASON_OPEN, "what it speaks of was left open"},
        {REASON_CLAIMED, "a justification for it is claimed and not decided"},
        {REASON_MEASURE, "the text states no measure"},
    };
    for (size_t i = 0; i < REASONS; i++)
        if (table[i].bit == one) return table[i].words;
    return "";
}

void words_reasons(struct buf *out, uint32_t reasons)
{
    bool first = true;
    for (unsigned bit = 0; bit < REASONS; bit++) {
        if (!(reasons >> bit & 1U)) continue;
        buf_fmt(out, "%s%s", first ? "" : "; ", words_reason((enum reason)(1U << bit)));
        first = false;
    }
}

void words_verdict(struct buf *out, const struct view_row *row)
{
    const char *state = attribution_word(row->attribution);
    buf_puts(out, verdict_word(row->verdict));
    if (state) buf_fmt(out, ", %s", state);
}

size_t words_day_runs(const struct view_row *row)
{
    size_t runs = row->n_days > 0;
    for (size_t i = 1; i < row->n_days; i++) runs += row->days[i] != row->days[i - 1];
    return runs;
}

const char *words_row_level(const struct view_row *row)
{
    if (row->level < 0 && row->level_rule.n) return "none reported";
    return words_level(row->level);
}

/* Whose readings differ, and what each gives: "north (violated as drawn by north; …)". */
static void differing(struct buf *out, const struct view *v, const struct view_provision *p,
                      const struct view_row *r)
{
    const char *before = " (";
    buf_add(out, r->subject);
    for (size_t i = p->first_row; i < p->first_row + p->n_rows; i++) {
        const struct view_row *x = &v->rows[i];
        if (!str_eq(x->subject, r->subject)) continue;
        buf_fmt(out, "%s%s: %.*s", before, verdict_word(x->verdict), STR_ARG(x->reading));
        before = "; ";
    }
    buf_putc(out, ')');
}

void words_readings(struct buf *out, const struct view *v, const struct view_provision *p)
{
    enum agreement_of_readings least = READINGS_NONE;
    const char *before = "readings differ: ";
    for (size_t i = p->first_row; i < p->first_row + p->n_rows; i++) {
        const struct view_row *r = &v->rows[i];
        if (!r->readings) return;
        if (!least || r->readings < least) least = r->readings;
        bool first = i == p->first_row || str_eq(r->reading, v->rows[p->first_row].reading);
        if (r->readings != READINGS_DIFFER || !first) continue;
        buf_puts(out, before);
        differing(out, v, p, r);
        before = ", ";
    }
    if (least == READINGS_AGREE) buf_puts(out, "all readings agree, on each day too");
    if (least == READINGS_VERDICT) buf_puts(out, "all readings agree, though not on each day");
}
