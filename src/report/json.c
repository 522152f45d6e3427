/* Verdicts as JSON lines; the schema is doc/output.md.  One object a line and nothing else, so that
 * the output can be cut, sorted and joined by any tool. */
#include "base/diag.h"
#include "report/report.h"
#include "report/words.h"

static void key(struct buf *out, const char *name)
{
    buf_fmt(out, ", \"%s\": ", name);
}

/* A string, or null when empty. */
static void put_or_null(struct buf *out, const char *name, struct str s)
{
    key(out, name);
    if (s.n) {
        buf_json(out, s);
    } else {
        buf_puts(out, "null");
    }
}

static void put_time(struct buf *out, const char *name, const struct view *v, instant at)
{
    key(out, name);
    words_time_json(out, &v->clock, at);
}

static void put_texts(struct buf *out, const struct str *items, size_t n)
{
    buf_putc(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i) buf_puts(out, ", ");
        buf_json(out, items[i]);
    }
    buf_putc(out, ']');
}

static void put_reasons(struct buf *out, uint32_t reasons)
{
    buf_putc(out, '[');
    bool first = true;
    for (unsigned bit = 0; bit < REASONS; bit++) {
        if (!(reasons >> bit & 1U)) continue;
        buf_fmt(out, "%s\"%s\"", first ? "" : ", ", reason_word((enum reason)(1U << bit)));
        first = false;
    }
    buf_putc(out, ']');
}

static void put_attribution(struct buf *out, const struct view_row *r)
{
    buf_puts(out, ", \"attribution\": {");
    const char *state = attribution_word(r->attribution);
    if (state) buf_fmt(out, "\"state\": \"%s\", ", state);
    buf_puts(out, "\"candidates\": ");
    put_texts(out, r->candidates, r->n_candidates);
    buf_fmt(out, ", \"unknown\": %s}", r->unknown_candidate ? "true" : "false");
}

static void put_days(struct buf *out, const struct view_row *r)
{
    size_t counts[VERDICTS];
    words_count_days(r, counts);
    buf_fmt(out, ", \"days\": {\"total\": %zu", r->n_days);
    for (size_t i = 0; i < VERDICTS; i++) {
        enum verdict v = (enum verdict)i;
        buf_fmt(out, ", \"%s\": %zu", verdict_key(v), counts[v]);
    }
    buf_putc(out, '}');
}

static void report_json_row(struct buf *out, const struct view *v, const struct view_row *r)
{
    const struct view_provision *p = &v->provisions[r->provision];
    buf_puts(out, "{\"id\": ");
    buf_json(out, r->id);
    key(out, "provision");
    buf_json(out, p->name);
    put_or_null(out, "version", p->version);
    put_or_null(out, "clause", p->clause);
    key(out, "subject");
    buf_json(out, r->subject);
    put_or_null(out, "zone", r->zone);
    put_time(out, "from", v, r->from);
    put_time(out, "to", v, r->to);
    buf_fmt(out, ", \"verdict\": \"%s\"", verdict_word(r->verdict));
    put_attribution(out, r);
    put_or_null(out, "reading", r->reading);
    buf_fmt(out, ", \"readings_agree\": %s",
            !r->readings                     ? "null"
            : r->readings == READINGS_DIFFER ? "false"
                                             : "true");
    key(out, "reasons");
    put_reasons(out, r->reasons);
    buf_fmt(out, ", \"certain\": %lld, \"possible\": %lld", (long long)r->certain,
            (long long)r->possible);
    put_days(out, r);
    buf_fmt(out, ", \"coverage\": %.6g, \"level\": ", r->coverage);
    if (r->level < 0) {
        buf_puts(out, "null");
    } else {
        buf_fmt(out, "%d", r->level);
    }
    put_time(out, "next_deadline", v, r->next_deadline);
    put_time(out, "as_of", v, v->as_of);
    buf_fmt(out, ", \"final\": %s}\n", r->final ? "true" : "false");
}

void report_json(struct buf *out, const struct view *v)
{
    for (size_t i = 0; i < v->n_rows; i++) report_json_row(out, v, &v->rows[i]);
}
