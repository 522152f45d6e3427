/* The matrix of issues and speakers as of a day, how it moved, and how each option stands. */
#include "talks/views.h"

#include "talks/explain.h"

static bool mentions(const struct statement *s, uint32_t issue)
{
    return s->issue == issue || position_on_issue(&s->p, issue);
}

bool matrix_cells(struct arena *a, const struct talks *t, int32_t as_of, struct cell **out)
{
    struct cell *cells = arena_array(a, (size_t)t->n_issues * t->n_speakers + 1, sizeof *cells);
    if (!cells) return false;
    for (uint32_t i = 0; i < t->n_statements; i++) {
        const struct statement *s = &t->statements[i];
        if (s->speaker == TALKS_NONE || !statement_counts(t, i, as_of)) continue;
        for (uint32_t k = 0; k < t->n_issues; k++) {
            if (!mentions(s, k)) continue;
            struct cell *c = &cells[k * t->n_speakers + s->speaker];
            uint32_t *v = arena_grow(a, c->statements, c->n, &c->cap, sizeof *v);
            if (!v) return false;
            c->statements = v;
            c->statements[c->n++] = i;
        }
    }
    *out = cells;
    return true;
}

void cell_word(const struct talks *t, uint32_t statement, uint32_t issue, enum naming naming,
               struct buf *out)
{
    const struct statement *s = &t->statements[statement];
    bool labels = naming == BY_LABEL;
    if (s->act == ACT_AUTHORITY) {
        for (uint32_t i = 0; i < s->n_deciders; i++) {
            const struct talks_side *side = &t->sides[s->deciders[i]];
            buf_fmt(out, "%s%.*s", i ? " and " : "", STR_ARG(labels ? side->label : side->name));
        }
        buf_puts(out, s->n_deciders > 1 ? " decide" : " decides");
        return;
    }
    bool link = s->act == ACT_CONDITION || s->act == ACT_PRECONDITION || s->act == ACT_TOGETHER;
    if (!link) buf_puts(out, talks_acts[s->act].stance);
    bool first = true;
    for (uint32_t i = 0; i < s->p.n; i++) {
        if (s->p.atoms[i].issue != issue) continue;
        const struct issue_option *option = &t->issues[issue].options[s->p.atoms[i].option];
        buf_fmt(out, "%s%s%.*s",
                first      ? (link ? "" : " ")
                : s->p.any ? " or "
                           : " and ",
                s->p.atoms[i].negated ? "not " : "",
                STR_ARG(labels ? option->label : option->name));
        first = false;
    }
    if (s->consequence.p && s->act != ACT_WARNING) {
        buf_puts(out, ": ");
        phrase_print(s, s->consequence, out);
    }
    if (link || s->q.n) {
        buf_fmt(out, " %s ", link ? talks_acts[s->act].stance : "only if");
        (labels ? position_label : position_print)(t, &s->q, out);
    }
}

/* --- how options stand ----------------------------------------------------------------------- */

static bool names_option(const struct position *p, uint32_t issue, uint32_t option)
{
    for (uint32_t i = 0; i < p->n; i++)
        if (p->atoms[i].issue == issue && p->atoms[i].option == option) return true;
    return false;
}

static bool listed(const uint32_t *v, uint32_t n, uint32_t x)
{
    for (uint32_t i = 0; i < n; i++)
        if (v[i] == x) return true;
    return false;
}

/* A statement against an option counts as refusing it, whatever its verb. */
static enum act stance_on(const struct statement *s, uint32_t issue, uint32_t option)
{
    for (uint32_t i = 0; i < s->p.n; i++) {
        const struct atom *x = &s->p.atoms[i];
        if (x->issue != issue || x->option != option || !x->negated) continue;
        if (s->act == ACT_DEMAND || s->act == ACT_RED_LINE || s->act == ACT_OFFER)
            return ACT_REFUSE;
        if (s->act == ACT_REFUSE) return ACT_DEMAND;
    }
    return s->act;
}

bool option_standing(struct arena *a, const struct talks *t, int32_t as_of, uint32_t issue,
                     uint32_t option, struct standing *out)
{
    *out = (struct standing){0};
    bool *spoke = arena_array(a, t->n_speakers + 1, sizeof *spoke);
    out->silent = arena_array(a, t->n_speakers + 1, sizeof *out->silent);
    if (!spoke || !out->silent) return false;
    for (uint32_t i = 0; i < t->n_statements; i++) {
        const struct statement *s = &t->statements[i];
        if (s->speaker == TALKS_NONE || !statement_counts(t, i, as_of)) continue;
        if (s->act == ACT_WARNING || !names_option(&s->p, issue, option)) continue;
        enum act act = stance_on(s, issue, option);
        if (!out->by_act[act]) {
            out->by_act[act] = arena_array(a, t->n_speakers + 1, sizeof **out->by_act);
            if (!out->by_act[act]) return false;
        }
        if (!listed(out->by_act[act], out->n_by_act[act], s->speaker))
            out->by_act[act][out->n_by_act[act]++] = s->speaker;
        spoke[s->speaker] = true;
    }
    for (uint32_t i = 0; i < t->n_speakers; i++)
        if (!spoke[i]) out->silent[out->n_silent++] = i;
    return true;
}

static const struct {
    enum act act;
    const char *words;
} standings[] = {
    {ACT_REFUSE, "refused by"},
    {ACT_RED_LINE, "a red line of"},
    {ACT_DEMAND, "demanded by"},
    {ACT_OFFER, "offered by"},
    {ACT_ACCEPT, "accepted by"},
    {ACT_SUPPORT, "supported in principle by"},
    {ACT_OPEN, "could be discussed with"},
    {ACT_CONDITION, "under a condition of"},
    {ACT_PRECONDITION, "only after something else, says"},
    {ACT_TOGETHER, "only together with something else, says"},
};

static void speakers_print(const struct talks *t, const uint32_t *v, uint32_t n, struct buf *out)
{
    for (uint32_t i = 0; i < n; i++)
        buf_fmt(out, "%s%.*s", i ? ", " : "", STR_ARG(t->speakers[v[i]].label));
}

void standing_print(const struct talks *t, const struct standing *s, struct buf *out)
{
    if (!s->n_by_act[ACT_REFUSE] && !s->n_by_act[ACT_RED_LINE])
        buf_puts(out, "refused by no one; ");
    if (!s->n_by_act[ACT_ACCEPT]) buf_puts(out, "accepted by no one; ");
    for (size_t i = 0; i < sizeof standings / sizeof *standings; i++) {
        enum act act = standings[i].act;
        if (!s->n_by_act[act]) continue;
        buf_fmt(out, "%s ", standings[i].words);
        speakers_print(t, s->by_act[act], s->n_by_act[act], out);
        buf_puts(out, "; ");
    }
    buf_puts(out, "not addressed by ");
    if (s->n_silent)
        speakers_print(t, s->silent, s->n_silent, out);
    else
        buf_puts(out, "no one");
}

/* --- drift ----------------------------------------------------------------------------------- */

bool position_moved(const struct talks *t, uint32_t i, int32_t as_of)
{
    const struct statement *s = &t->statements[i];
    return s->origin == ORIGIN_SAID && s->superseded_by != TALKS_NONE &&
           !statement_counts(t, i, as_of) && s->p.n;
}

static void drift_text(const struct talks *t, int32_t as_of, struct buf *out)
{
    bool any = false;
    for (uint32_t i = 0; i < t->n_statements; i++) {
        if (!position_moved(t, i, as_of)) continue;
        const struct statement *s = &t->statements[i], *now = &t->statements[s->superseded_by];
        if (!any) buf_puts(out, "\nHow positions moved\n");
        any = true;
        buf_puts(out, "  ");
        day_print(statement_day(now), out);
        buf_puts(out, ": ");
        statement_print(t, s, out);
        buf_fmt(out, " [%.*s], then ", STR_ARG(s->name));
        statement_print(t, now, out);
        buf_fmt(out, " [%.*s]\n", STR_ARG(now->name));
    }
    if (!any) buf_puts(out, "\nNo position is recorded as having moved.\n");
}

/* --- text ------------------------------------------------------------------------------------ */

bool matrix_text(struct arena *a, const struct talks *t, int32_t as_of, struct buf *out)
{
    struct cell *cells;
    if (!matrix_cells(a, t, as_of, &cells)) return false;
    buf_fmt(out, "%.*s\nas of ", STR_ARG(t->title));
    if (as_of == DAY_UNKNOWN)
        buf_puts(out, "the last statement");
    else
        day_print(as_of, out);
    buf_puts(out, "\n");
    for (uint32_t i = 0; i < t->n_issues; i++) {
        buf_fmt(out, "\n%.*s: %.*s\n", STR_ARG(t->issues[i].name), STR_ARG(t->issues[i].label));
        for (uint32_t k = 0; k < t->n_speakers; k++) {
            const struct cell *c = &cells[i * t->n_speakers + k];
            if (!c->n) continue;
            buf_fmt(out, "  %.*s\n", STR_ARG(t->speakers[k].label));
            for (uint32_t m = 0; m < c->n; m++) {
                buf_puts(out, "    ");
                day_print(statement_day(&t->statements[c->statements[m]]), out);
                buf_puts(out, "  ");
                cell_word(t, c->statements[m], i, BY_NAME, out);
                buf_fmt(out, "  [%.*s]\n", STR_ARG(t->statements[c->statements[m]].name));
            }
        }
        for (uint32_t k = 0; k < t->issues[i].n_options; k++) {
            struct standing s;
            if (!option_standing(a, t, as_of, i, k, &s)) return false;
            buf_fmt(out, "  %.*s: ", STR_ARG(t->issues[i].options[k].name));
            standing_print(t, &s, out);
            buf_putc(out, '\n');
        }
    }
    drift_text(t, as_of, out);
    return !out->failed;
}

/* --- JSON ------------------------------------------------------------------------------------ */

static void cell_json(struct jsonl *j, const struct talks *t, uint32_t issue, uint32_t speaker,
                      const struct cell *c)
{
    struct buf b;
    buf_init(&b);
    jsonl_open(j, NULL, '{');
    jsonl_text(j, "view", STR("matrix"));
    jsonl_text(j, "issue", t->issues[issue].name);
    jsonl_text(j, "issue_label", t->issues[issue].label);
    jsonl_text(j, "speaker", t->speakers[speaker].label);
    uint32_t side = t->speakers[speaker].side;
    jsonl_text_or_null(j, "side",
                       side == TALKS_NONE ? (struct str){NULL, 0} : t->sides[side].label);
    for (uint32_t i = 0; i < c->n; i++) {
        if (i) buf_puts(&b, "; ");
        cell_word(t, c->statements[i], issue, BY_NAME, &b);
    }
    jsonl_text(j, "position", c->n ? buf_str(&b) : STR("not addressed"));
    json_statements(j, "statements", t, c->statements, c->n);
    jsonl_close(j, '}');
    jsonl_line(j);
    buf_free(&b);
}

static void standing_json(struct jsonl *j, const struct talks *t, uint32_t issue, uint32_t option,
                          const struct standing *s)
{
    jsonl_open(j, NULL, '{');
    jsonl_text(j, "view", STR("option"));
    jsonl_text(j, "issue", t->issues[issue].name);
    jsonl_text(j, "option", t->issues[issue].options[option].name);
    jsonl_text(j, "option_label", t->issues[issue].options[option].label);
    for (size_t i = 0; i < sizeof standings / sizeof *standings; i++) {
        jsonl_open(j, talks_acts[standings[i].act].noun, '[');
        for (uint32_t k = 0; k < s->n_by_act[standings[i].act]; k++)
            jsonl_text(j, NULL, t->speakers[s->by_act[standings[i].act][k]].label);
        jsonl_close(j, ']');
    }
    jsonl_open(j, "not_addressed", '[');
    for (uint32_t k = 0; k < s->n_silent; k++) jsonl_text(j, NULL, t->speakers[s->silent[k]].label);
    jsonl_close(j, ']');
    jsonl_close(j, '}');
    jsonl_line(j);
}

static void drift_json(struct jsonl *j, const struct talks *t, int32_t as_of)
{
    for (uint32_t i = 0; i < t->n_statements; i++) {
        if (!position_moved(t, i, as_of)) continue;
        const struct statement *s = &t->statements[i];
        jsonl_open(j, NULL, '{');
        jsonl_text(j, "view", STR("drift"));
        json_day(j, "date", statement_day(&t->statements[s->superseded_by]));
        json_statement(j, "from", t, i);
        json_statement(j, "to", t, s->superseded_by);
        jsonl_close(j, '}');
        jsonl_line(j);
    }
}

bool matrix_json(struct arena *a, const struct talks *t, int32_t as_of, struct buf *out)
{
    struct jsonl j = {out, false};
    struct cell *cells;
    if (!matrix_cells(a, t, as_of, &cells)) return false;
    for (uint32_t i = 0; i < t->n_issues; i++)
        for (uint32_t k = 0; k < t->n_speakers; k++)
            cell_json(&j, t, i, k, &cells[i * t->n_speakers + k]);
    for (uint32_t i = 0; i < t->n_issues; i++) {
        for (uint32_t k = 0; k < t->issues[i].n_options; k++) {
            struct standing s;
            if (!option_standing(a, t, as_of, i, k, &s)) return false;
            standing_json(&j, t, i, k, &s);
        }
    }
    drift_json(&j, t, as_of);
    return !out->failed;
}
