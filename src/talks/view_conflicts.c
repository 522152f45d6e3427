/* Conflicts as the quotations that collide; concessions by whose words would change. */
#include "talks/explain.h"
#include "talks/views.h"

void conflict_text(const struct talks *t, const struct conflict *c, size_t number, struct buf *out)
{
    buf_fmt(out, "\n%zu. %.*s: ", number, STR_ARG(t->issues[c->issue].label));
    conflict_kind(t, c, out);
    buf_putc(out, '\n');
    for (uint32_t i = 0; i < c->n; i++) text_statement(t, c->statements[i], "   ", out);
    for (uint32_t i = 0; i < c->n_warnings; i++) text_statement(t, c->warnings[i], "   ", out);
    buf_puts(out, "   why: ");
    conflict_why(t, c, out);
    buf_putc(out, '\n');
}

void conflict_json(const struct talks *t, const struct conflict *c, struct buf *out)
{
    struct jsonl j = {out, false};
    struct buf b;
    buf_init(&b);
    jsonl_open(&j, NULL, '{');
    jsonl_text(&j, "view", STR("conflict"));
    jsonl_text(&j, "issue", t->issues[c->issue].name);
    jsonl_text(&j, "issue_label", t->issues[c->issue].label);
    conflict_kind(t, c, &b);
    jsonl_text(&j, "kind", buf_str(&b));
    buf_clear(&b);
    json_statements(&j, "statements", t, c->statements, c->n);
    json_statements(&j, "warnings", t, c->warnings, c->n_warnings);
    jsonl_bool(&j, "rests_on_assumption", c->assumed);
    conflict_why(t, c, &b);
    jsonl_text(&j, "why", buf_str(&b));
    jsonl_close(&j, '}');
    jsonl_line(&j);
    buf_free(&b);
}

/* --- weights --------------------------------------------------------------------------------- */

bool concession_weight(const struct talks *t, const struct concession *c, int64_t *weight,
                       struct str *by)
{
    *weight = 0;
    *by = (struct str){NULL, 0};
    for (uint32_t i = 0; i < c->n; i++) {
        bool found = false;
        for (uint32_t k = 0; k < t->n_weights && !found; k++) {
            if (t->weights[k].statement != c->statements[i]) continue;
            *weight += t->weights[k].weight;
            if (!by->n) *by = t->weights[k].by;
            found = true;
        }
        if (!found) return false;
    }
    return c->n > 0;
}

/* --- whose words ----------------------------------------------------------------------------- */

static uint32_t owner(const struct talks *t, uint32_t statement)
{
    return t->statements[statement].speaker;
}

void concession_owners(const struct talks *t, const struct concession *c, struct buf *out)
{
    bool first = true;
    for (uint32_t i = 0; i < c->n; i++) {
        uint32_t who = owner(t, c->statements[i]);
        bool seen = false;
        for (uint32_t k = 0; k < i; k++) seen = seen || owner(t, c->statements[k]) == who;
        if (seen) continue;
        if (!first) buf_puts(out, " and ");
        first = false;
        if (who == TALKS_NONE)
            buf_puts(out, "nobody (an assumption would be wrong)");
        else
            speaker_print(t, &t->statements[c->statements[i]], out);
    }
}

static void concession_text(const struct talks *t, const struct concession *c, struct buf *out)
{
    int64_t weight;
    struct str by;
    buf_puts(out, "  - words of ");
    concession_owners(t, c, out);
    if (concession_weight(t, c, &weight, &by)) {
        buf_puts(out, "; weight ");
        buf_int(out, weight);
        buf_fmt(out, ", as declared by %.*s", STR_ARG(by));
    }
    buf_putc(out, '\n');
    for (uint32_t i = 0; i < c->n; i++) {
        const struct statement *s = &t->statements[c->statements[i]];
        buf_fmt(out, "      %s ",
                s->origin == ORIGIN_ASSUMED ? "the assumption is wrong that" : "gives up:");
        statement_print(t, s, out);
        buf_fmt(out, " [%.*s]\n", STR_ARG(s->name));
    }
}

uint32_t *concessions_ordered(struct arena *a, const struct talks *t, const struct conflicts *c,
                              uint32_t part, uint32_t *n)
{
    uint32_t *v = arena_array(a, c->n_concessions + 1, sizeof *v);
    *n = 0;
    for (uint32_t i = 0; v && i < c->n_concessions; i++) {
        int64_t mine, other;
        struct str by;
        if (c->concessions[i].part != part) continue;
        uint32_t k = (*n)++;
        if (!concession_weight(t, &c->concessions[i], &mine, &by)) mine = INT64_MAX;
        for (; k > 0; k--) {
            if (!concession_weight(t, &c->concessions[v[k - 1]], &other, &by)) other = INT64_MAX;
            if (other <= mine) break;
            v[k] = v[k - 1];
        }
        v[k] = i;
    }
    return v;
}

void concessions_head(const struct talks *t, const struct conflicts *c, struct buf *out)
{
    if (c->n_concessions == 0) {
        buf_puts(out, conflicts_explored(c)
                          ? "No positions collide, so nobody need concede anything.\n"
                          : "No way out was found in what was explored.\n");
        return;
    }
    buf_puts(out, "Each group of positions that collide needs one of its concessions; those of "
                  "different groups\ncombine freely. ");
    if (t->n_weights)
        buf_fmt(out, "They are ordered by the weights that %.*s declares.\n",
                STR_ARG(t->weights[0].by));
    else
        buf_puts(out, "They are in no order: nobody has declared weights.\n");
}

bool concessions_text(struct arena *a, const struct talks *t, const struct conflicts *c,
                      struct buf *out)
{
    concessions_head(t, c, out);
    for (uint32_t part = 0; part < c->n_parts; part++) {
        uint32_t n, *v = concessions_ordered(a, t, c, part, &n);
        if (!v) return false;
        if (!n) continue;
        buf_fmt(out, "\nGroup %u, around %.*s\n", part + 1,
                STR_ARG(t->issues[c->parts[part].issue].label));
        for (uint32_t i = 0; i < n; i++) concession_text(t, &c->concessions[v[i]], out);
    }
    return !out->failed;
}

static void concession_json(struct jsonl *j, const struct talks *t, const struct conflicts *c,
                            const struct concession *x)
{
    int64_t weight;
    struct str by;
    jsonl_open(j, NULL, '{');
    jsonl_text(j, "view", STR("concession"));
    jsonl_number(j, "group", x->part + 1);
    jsonl_text(j, "issue", t->issues[c->parts[x->part].issue].name);
    jsonl_open(j, "whose", '[');
    for (uint32_t i = 0; i < x->n; i++) {
        uint32_t who = owner(t, x->statements[i]);
        bool seen = false;
        for (uint32_t k = 0; k < i; k++) seen = seen || owner(t, x->statements[k]) == who;
        if (seen) continue;
        if (who == TALKS_NONE)
            jsonl_null(j, NULL);
        else
            jsonl_text(j, NULL, t->speakers[who].label);
    }
    jsonl_close(j, ']');
    json_statements(j, "statements", t, x->statements, x->n);
    if (concession_weight(t, x, &weight, &by)) {
        jsonl_number(j, "weight", weight);
        jsonl_text(j, "weight_declared_by", by);
    } else {
        jsonl_null(j, "weight");
    }
    jsonl_close(j, '}');
    jsonl_line(j);
}

bool concessions_json(struct arena *a, const struct talks *t, const struct conflicts *c,
                      struct buf *out)
{
    struct jsonl j = {out, false};
    for (uint32_t part = 0; part < c->n_parts; part++) {
        uint32_t n, *v = concessions_ordered(a, t, c, part, &n);
        if (!v) return false;
        for (uint32_t i = 0; i < n; i++) concession_json(&j, t, c, &c->concessions[v[i]]);
    }
    return !out->failed;
}
