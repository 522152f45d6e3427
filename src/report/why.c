/* The chain from the article to the reports, as an outline for people and as JSON for programs. */
#include "report/layout.h"
#include "report/report.h"
#include "report/words.h"

#define PROSE 100
#define DEEPEST 24 /* columns of indent at most */

static const struct {
    const char *word, *colour;
} kinds[] = {
    [WHY_CLAUSE] = {"clause", NULL},
    [WHY_PROVISION] = {"provision", NULL},
    [WHY_READING] = {"reading", NULL},
    [WHY_VERDICT] = {"verdict", "\033[1m"},
    [WHY_INSTANCE] = {"instance", "\033[1m"},
    [WHY_CONDITION] = {"condition", NULL},
    [WHY_FACT] = {"fact", NULL},
    [WHY_REPORT] = {"report", NULL},
    [WHY_ABSENCE] = {"absence", NULL},
    [WHY_COVERAGE] = {"coverage", NULL},
    [WHY_GAP] = {"gap", NULL},
    [WHY_FINDING] = {"finding", NULL},
    [WHY_RULE] = {"rule", NULL},
    [WHY_PROOF] = {"proof", NULL},
};

static bool contains(struct str text, struct str part)
{
    for (size_t i = 0; part.n && i + part.n <= text.n; i++)
        if (str_eq(str_slice(text, i, i + part.n), part)) return true;
    return false;
}

/* Where a step can be looked up: "events.csv:12", "agreement.md:7"; empty for nowhere. */
struct whereabouts {
    struct str file;
    size_t line;
};

static struct whereabouts whereabouts_of(const struct report_why_of *x, const struct why_step *s)
{
    const struct facts *f = x->facts;
    struct whereabouts w = {{NULL, 0}, 0};
    uint32_t file = FACTS_NONE;
    if (s->report < f->n_reports) {
        file = f->reports[s->report].file;
        w.line = f->reports[s->report].line;
    } else if (s->coverage < f->n_coverage) {
        file = f->coverage[s->coverage].file;
        w.line = f->coverage[s->coverage].line;
    } else if (s->at.source) {
        size_t column;
        source_locate(s->at.source, s->at.from, &w.line, &column);
        w.file = s->at.source->name;
    }
    if (file < f->n_files) w.file = f->files[file];
    return w;
}

static void put_step(struct arena *a, struct buf *out, const struct report_why_of *x,
                     const struct why_step *s, const struct report_options *o, size_t width)
{
    size_t indent = s->depth > 0 ? (size_t)s->depth * 2 : 0;
    if (indent > DEEPEST) indent = DEEPEST;
    struct whereabouts w = whereabouts_of(x, s);
    struct str text = s->text, at = str_fmt(a, "%.*s:%zu", STR_ARG(w.file), w.line);
    if (w.file.n && !contains(text, at))
        text = str_fmt(a, "%.*s  [%.*s]", STR_ARG(text), STR_ARG(at));
    const char *colour = o->colour ? kinds[s->kind].colour : NULL;
    buf_pad(out, ' ', indent);
    buf_puts(out, "– ");
    if (colour) buf_puts(out, colour);
    layout_paragraph(a, out, text, indent + 2, width);
    if (colour) buf_puts(out, "\033[0m");
}

void report_why_text(struct arena *a, struct buf *out, const struct report_why_of *x,
                     const struct report_options *o)
{
    size_t width = o->width < PROSE ? o->width : PROSE;
    const struct view_row *r = x->row;
    const struct view_provision *p = &x->view->provisions[r->provision];
    struct buf head;
    buf_init(&head);
    buf_fmt(&head, "%.*s, %.*s", STR_ARG(p->name), STR_ARG(r->subject));
    if (r->reading.n) buf_fmt(&head, ", reading %.*s", STR_ARG(r->reading));
    buf_puts(&head, ": ");
    words_verdict(&head, r);
    buf_puts(&head, ", ");
    words_time(&head, &x->view->clock, r->from);
    buf_puts(&head, " to ");
    words_time(&head, &x->view->clock, r->to);
    if (o->colour) buf_puts(out, words_look(r->verdict)->colour);
    layout_paragraph(a, out, buf_str(&head), 0, width);
    if (o->colour) buf_puts(out, "\033[0m");
    out->failed |= head.failed;
    buf_free(&head);
    for (size_t i = 0; i < x->why->n; i++) put_step(a, out, x, &x->why->steps[i], o, width);
    if (a->failed) out->failed = true;
}

static void put_time(struct buf *out, const char *name, const struct view *v, instant at)
{
    buf_fmt(out, ", \"%s\": ", name);
    words_time_json(out, &v->clock, at);
}

static void put_json_step(struct buf *out, const struct report_why_of *x, const struct why_step *s)
{
    struct whereabouts w = whereabouts_of(x, s);
    buf_fmt(out, "{\"kind\": \"%s\", \"depth\": %d, \"text\": ", kinds[s->kind].word, s->depth);
    buf_json(out, s->text);
    if (w.file.n) {
        buf_puts(out, ", \"file\": ");
        buf_json(out, w.file);
        buf_fmt(out, ", \"line\": %zu", w.line);
    }
    put_time(out, "from", x->view, s->from);
    put_time(out, "to", x->view, s->to);
    buf_putc(out, '}');
}

void report_why_json(struct buf *out, const struct report_why_of *x)
{
    const struct view_row *r = x->row;
    const struct view_provision *p = &x->view->provisions[r->provision];
    buf_puts(out, "{\"id\": ");
    buf_json(out, r->id);
    buf_puts(out, ", \"provision\": ");
    buf_json(out, p->name);
    buf_puts(out, ", \"clause\": ");
    buf_json(out, p->clause);
    buf_puts(out, ", \"subject\": ");
    buf_json(out, r->subject);
    buf_puts(out, ", \"reading\": ");
    if (r->reading.n) {
        buf_json(out, r->reading);
    } else {
        buf_puts(out, "null");
    }
    put_time(out, "from", x->view, r->from);
    put_time(out, "to", x->view, r->to);
    buf_fmt(out, ", \"verdict\": \"%s\", \"steps\": [", verdict_word(r->verdict));
    for (size_t i = 0; i < x->why->n; i++) {
        if (i) buf_puts(out, ", ");
        put_json_step(out, x, &x->why->steps[i]);
    }
    buf_puts(out, "]}\n");
}
