/* Who claims to decide what, and where claims collide. */
#include "talks/views.h"

bool claims_authority(const struct talks *t, uint32_t i, uint32_t issue, int32_t as_of)
{
    return t->statements[i].act == ACT_AUTHORITY && t->statements[i].issue == issue &&
           statement_counts(t, i, as_of);
}

static bool about(const struct conflict *c, uint32_t issue)
{
    return c->authority && c->issue == issue;
}

void authority_text(const struct talks *t, const struct conflicts *c, int32_t as_of,
                    struct buf *out)
{
    for (uint32_t i = 0; i < t->n_issues; i++) {
        bool any = false;
        buf_fmt(out, "%.*s: who decides\n", STR_ARG(t->issues[i].label));
        for (uint32_t k = 0; k < t->n_statements; k++) {
            if (!claims_authority(t, k, i, as_of)) continue;
            any = true;
            buf_puts(out, "  ");
            statement_print(t, &t->statements[k], out);
            buf_putc(out, '\n');
            text_statement(t, k, "    ", out);
        }
        if (!any) buf_puts(out, "  not addressed by anyone\n");
        for (size_t k = 0; k < c->n_conflicts; k++) {
            if (!about(&c->conflicts[k], i)) continue;
            buf_puts(out, "  collides: ");
            conflict_why(t, &c->conflicts[k], out);
            buf_putc(out, '\n');
        }
    }
}

void authority_json(const struct talks *t, const struct conflicts *c, int32_t as_of,
                    struct buf *out)
{
    struct jsonl j = {out, false};
    for (uint32_t i = 0; i < t->n_issues; i++) {
        for (uint32_t k = 0; k < t->n_statements; k++) {
            const struct statement *s = &t->statements[k];
            if (!claims_authority(t, k, i, as_of)) continue;
            jsonl_open(&j, NULL, '{');
            jsonl_text(&j, "view", STR("authority"));
            jsonl_text(&j, "issue", t->issues[i].name);
            jsonl_open(&j, "decides", '[');
            for (uint32_t m = 0; m < s->n_deciders; m++)
                jsonl_text(&j, NULL, t->sides[s->deciders[m]].label);
            jsonl_close(&j, ']');
            jsonl_open(&j, "decides_not", '[');
            for (uint32_t m = 0; m < s->n_not_deciders; m++)
                jsonl_text(&j, NULL, t->sides[s->not_deciders[m]].label);
            jsonl_close(&j, ']');
            json_statements(&j, "statements", t, &k, 1);
            jsonl_close(&j, '}');
            jsonl_line(&j);
        }
    }
    for (size_t k = 0; k < c->n_conflicts; k++)
        if (c->conflicts[k].authority) conflict_json(t, &c->conflicts[k], out);
}
