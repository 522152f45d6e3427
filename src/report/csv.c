/* Verdicts as CSV (RFC 4180): a header line, then one record for each verdict, lines ended by CR
 * LF, the same facts as a JSON line; the columns are listed in doc/output.md. */
#include "report/report.h"
#include "report/words.h"

/* A field, quoted where it must be. */
static void field(struct buf *out, struct str s)
{
    bool quote = false;
    for (size_t i = 0; i < s.n; i++)
        quote |= s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r';
    if (quote) buf_putc(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') buf_putc(out, '"');
        buf_putc(out, s.p[i]);
    }
    if (quote) buf_putc(out, '"');
}

static void next(struct buf *out, struct str s)
{
    buf_putc(out, ',');
    field(out, s);
}

/* Several texts in one field, each behind the other with "; " between. */
static void next_texts(struct arena *a, struct buf *out, const struct str *items, size_t n)
{
    struct str joined = {NULL, 0};
    for (size_t i = 0; i < n; i++)
        joined = str_fmt(a, "%.*s%s%.*s", STR_ARG(joined), i ? "; " : "", STR_ARG(items[i]));
    next(out, joined);
}

static void next_reasons(struct buf *out, uint32_t reasons)
{
    buf_putc(out, ',');
    bool first = true;
    for (unsigned bit = 0; bit < REASONS; bit++) {
        if (!(reasons >> bit & 1U)) continue;
        buf_fmt(out, "%s%s", first ? "" : "; ", reason_word((enum reason)(1U << bit)));
        first = false;
    }
}

static void next_time(struct buf *out, const struct view *v, instant at)
{
    buf_putc(out, ',');
    if (at != INSTANT_MIN && at != INSTANT_MAX) words_time(out, &v->clock, at);
}

static void header(struct buf *out)
{
    buf_puts(out, "id,provision,clause,subject,zone,from,to,verdict,attribution,candidates,reading,"
                  "reasons,certain,possible,days_total");
    for (size_t i = 0; i < VERDICTS; i++) buf_fmt(out, ",days_%s", verdict_key((enum verdict)i));
    buf_puts(out, ",coverage,level,next_deadline,as_of,final,readings_agree\r\n");
}

static void record(struct arena *a, struct buf *out, const struct view *v, const struct view_row *r)
{
    const struct view_provision *p = &v->provisions[r->provision];
    const char *attribution = attribution_word(r->attribution);
    size_t counts[VERDICTS];
    words_count_days(r, counts);
    field(out, r->id);
    next(out, p->name);
    next(out, p->clause);
    next(out, r->subject);
    next(out, r->zone);
    next_time(out, v, r->from);
    next_time(out, v, r->to);
    buf_fmt(out, ",%s,%s", verdict_word(r->verdict), attribution ? attribution : "");
    next_texts(a, out, r->candidates, r->n_candidates);
    next(out, r->reading);
    next_reasons(out, r->reasons);
    buf_fmt(out, ",%lld,%lld,%zu", (long long)r->certain, (long long)r->possible, r->n_days);
    for (size_t i = 0; i < VERDICTS; i++) buf_fmt(out, ",%zu", counts[i]);
    buf_fmt(out, ",%.6g,", r->coverage);
    if (r->level >= 0) buf_fmt(out, "%d", r->level);
    next_time(out, v, r->next_deadline);
    next_time(out, v, v->as_of);
    buf_fmt(out, ",%s,%s\r\n", r->final ? "true" : "false",
            !r->readings                     ? ""
            : r->readings == READINGS_DIFFER ? "false"
                                             : "true");
}

void report_csv(struct arena *a, struct buf *out, const struct view *v)
{
    header(out);
    for (size_t i = 0; i < v->n_rows; i++) record(a, out, v, &v->rows[i]);
}
