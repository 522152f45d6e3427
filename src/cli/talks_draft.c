/* truce talks check-draft AGREEMENT.md [--json] */
#include "cli/talks.h"
#include "talks/draft_check.h"
#include "talks/text_json.h"

#include <string.h>

static void text(const struct agreement *g, const struct draft_findings *f, struct buf *out)
{
    for (size_t i = 0; i < f->n; i++) {
        const struct draft_finding *x = &f->items[i];
        buf_fmt(out, "%s: %.*s\n", draft_finding_name(x->kind), STR_ARG(x->what));
        for (uint32_t k = 0; k < x->n; k++) {
            const struct provision *p = &g->provisions[x->provisions[k]];
            buf_fmt(out, "  %.*s, provision %.*s: %.*s\n", STR_ARG(g->clauses[p->clause].title),
                    STR_ARG(p->name), STR_ARG(p->sentence));
        }
        struct str rest = x->timeline;
        while (rest.n) {
            size_t n = 0;
            while (n < rest.n && rest.p[n] != '\n') n++;
            buf_fmt(out, "    %.*s\n", (int)n, rest.p);
            rest = str_slice(rest, n + 1, rest.n);
        }
    }
    buf_fmt(
        out,
        "%zu finding%s. Bounded: only times that the text fixes are reasoned about, within its own "
        "term; no finding is no proof.\n",
        f->n, f->n == 1 ? "" : "s");
}

static void json(const struct agreement *g, const struct draft_findings *f, struct buf *out)
{
    struct jsonl j = {out, false};
    for (size_t i = 0; i < f->n; i++) {
        const struct draft_finding *x = &f->items[i];
        jsonl_open(&j, NULL, '{');
        jsonl_text(&j, "view", STR("draft"));
        jsonl_text(&j, "finding", str_of(draft_finding_name(x->kind)));
        jsonl_open(&j, "provisions", '[');
        for (uint32_t k = 0; k < x->n; k++)
            jsonl_text(&j, NULL, g->provisions[x->provisions[k]].name);
        jsonl_close(&j, ']');
        jsonl_text(&j, "what", x->what);
        jsonl_text_or_null(&j, "timeline", x->timeline);
        jsonl_text(&j, "bound", STR("times that the text fixes, within its term"));
        jsonl_close(&j, '}');
        jsonl_line(&j);
    }
}

int talks_check_draft_command(int argc, char **argv)
{
    static const char usage[] = "AGREEMENT.md [--json]";
    const char *path = NULL;
    bool lines = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0)
            lines = true;
        else if (argv[i][0] == '-' || path)
            return talks_usage(argv[0], usage, "what is", argv[i]);
        else
            path = argv[i];
    }
    if (!path) return talks_usage(argv[0], usage, "no file named", NULL);
    struct arena a;
    struct diags d;
    struct buf out;
    const struct source *source;
    const struct agreement *g;
    struct draft_findings f = {0};
    arena_init(&a);
    diags_init(&d, &a);
    buf_init(&out);
    enum status status = agreement_load(&a, str_of(path), &d, &source, &g);
    Z3_context z3 = status == STATUS_OK ? z3_new() : NULL;
    if (status == STATUS_OK) status = z3 ? draft_check(&a, z3, g, &f) : STATUS_FAULT;
    if (status == STATUS_OK) {
        if (lines)
            json(g, &f, &out);
        else
            text(g, &f, &out);
        status = talks_output(&a, &out, (struct str){NULL, 0}, &d);
        if (status == STATUS_OK && f.n) status = STATUS_NEGATIVE;
    }
    if (z3) Z3_del_context(z3);
    talks_complain(&d, lines);
    buf_free(&out);
    arena_free(&a);
    return (int)status;
}
