/* How findings look: as text with a caret, and as JSON lines. */
#include "lint/private.h"

/* "Article 2 › paragraph 1", without the heading of the whole document. */
static struct str clause_named(const struct agreement *g, struct arena *a, uint32_t clause)
{
    const struct clause *c = &g->clauses[clause];
    struct str path = c->title;
    for (; c->parent != LANG_NONE && g->clauses[c->parent].level > 1; c = &g->clauses[c->parent])
        path = str_fmt(a, "%.*s › %.*s", STR_ARG(g->clauses[c->parent].title), STR_ARG(path));
    return path;
}

static void show_one(const struct agreement *g, struct arena *a, const struct remark *f,
                     bool colour, struct buf *out)
{
    struct diags one;
    diags_init(&one, a);
    struct str path = clause_named(g, a, f->clause);
    enum severity severity =
        f->silenced || !lint_contradicts(f->rule) ? SEVERITY_NOTE : SEVERITY_WARNING;
    diag_add(&one, severity, drafting_rule_code(f->rule), f->at, "%.*s%s%.*s", STR_ARG(path),
             path.n ? ": " : "", STR_ARG(f->what));
    diags_render(&one, out, colour);
    if (f->silenced) {
        buf_fmt(out, "       = no finding, because %.*s\n", STR_ARG(f->silenced->reason));
        return;
    }
    buf_fmt(out, "       = %s\n", lint_why(f->rule));
    buf_fmt(out, "       = %.*s\n", STR_ARG(f->fix));
}

void lint_text(const struct agreement *g, const struct remarks *f, bool all, bool colour,
               struct buf *out)
{
    for (size_t i = 0; i < f->n; i++) {
        struct arena a;
        if (f->v[i].silenced && !all) continue;
        arena_init(&a);
        show_one(g, &a, &f->v[i], colour, out);
        if (a.failed) out->failed = true;
        arena_free(&a);
    }
}

static void key(struct buf *out, const char *name, struct str value, bool null)
{
    buf_fmt(out, ", \"%s\": ", name);
    if (null)
        buf_puts(out, "null");
    else
        buf_json(out, value);
}

void lint_json(const struct agreement *g, const struct remarks *f, bool all, struct buf *out)
{
    for (size_t i = 0; i < f->n; i++) {
        const struct remark *x = &f->v[i];
        struct arena a;
        size_t line, column, end_line, end_column;
        if (x->silenced && !all) continue;
        arena_init(&a);
        source_locate(g->source, x->at.from, &line, &column);
        source_locate(g->source, x->at.to, &end_line, &end_column);
        buf_fmt(out,
                "{\"rule\": \"%s\", \"severity\": \"%s\", \"file\": ", drafting_rule_code(x->rule),
                lint_contradicts(x->rule) ? "warning" : "hint");
        buf_json(out, g->source->name);
        buf_fmt(out, ", \"line\": %zu, \"column\": %zu, \"end_line\": %zu, \"end_column\": %zu",
                line, column, end_line, end_column);
        key(out, "clause", clause_named(g, &a, x->clause), false);
        bool of = x->provision != LANG_NONE;
        key(out, "provision", of ? g->provisions[x->provision].name : x->about, !of);
        key(out, "about", x->about, !x->about.n);
        key(out, "what", x->what, false);
        key(out, "why", str_of(lint_why(x->rule)), false);
        key(out, "fix", x->fix, false);
        key(out, "silenced", x->silenced ? x->silenced->reason : x->what, !x->silenced);
        buf_puts(out, "}\n");
        if (a.failed) out->failed = true;
        arena_free(&a);
    }
}
