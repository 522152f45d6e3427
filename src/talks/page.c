/* See page.h. */
#include "talks/page.h"

#include "base/file.h"
#include "talks/draft_texts.h"
#include "talks/explain.h"
#include "talks/page_parts.h"

#include "talks_page.inc.h"

#define MAX_DAYS 12

void page_escaped(struct page *p)
{
    page_text(p->out, buf_str(&p->text));
    buf_clear(&p->text);
}

void page_element(struct page *p, const char *open, struct str text, const char *close)
{
    buf_puts(p->out, open);
    page_text(p->out, text);
    buf_puts(p->out, close);
}

/* --- statements ------------------------------------------------------------------------------ */

void page_link(struct page *p, uint32_t statement, const char *sep)
{
    buf_fmt(p->out, "%s<a href=\"#s%u\">", sep, statement);
    page_text(p->out, p->t->statements[statement].name);
    buf_puts(p->out, "</a>");
}

static void words(struct page *p, const struct statement *s)
{
    const struct text *direct = statement_words(s);
    if (direct) {
        page_element(p, "<p><q>", direct->words, "</q> <small>(");
        page_text(p->out, direct->language);
        if (direct != &s->original)
            buf_puts(p->out, s->original_missing ? ", a translation; original words not available"
                                                 : ", a translation");
        buf_puts(p->out, ")</small></p>");
        if (direct != &s->original && s->original.words.p)
            page_element(p, "<p><small>original: <q>", s->original.words, "</q></small></p>");
    } else if (s->origin == ORIGIN_ASSUMED) {
        statement_print(p->t, s, &p->text);
        buf_puts(p->out, "<p>");
        page_escaped(p);
        page_element(p, "</p><p><small>because ", s->because, "</small></p>");
    } else if (s->indirect.words.p) {
        page_element(p, "<p><small>in indirect speech:</small> ", s->indirect.words, "</p>");
    }
    if (s->scope.n) {
        buf_puts(p->out, "<p><small>scope, as stated:</small> ");
        phrase_print(s, s->scope, &p->text);
        page_escaped(p);
        buf_puts(p->out, "</p>");
    }
}

void page_said(struct page *p, uint32_t statement, bool anchor)
{
    const struct statement *s = &p->t->statements[statement];
    bool assumed = s->origin == ORIGIN_ASSUMED;
    buf_fmt(p->out, "<div class=\"said%s\"", assumed ? " assumed" : "");
    if (anchor) buf_fmt(p->out, " id=\"s%u\"", statement);
    buf_puts(p->out, "><p class=\"who\">");
    if (assumed) {
        buf_puts(p->out, "<span class=\"label\">Assumption, nobody’s words</span>");
    } else {
        speaker_print(p->t, s, &p->text);
        page_escaped(p);
    }
    buf_fmt(p->out, "</p><p><small>%s", assumed ? "assumption" : talks_acts[s->act].noun);
    source_print(p->t, s, &p->text);
    page_escaped(p);
    buf_puts(p->out, " · ");
    if (anchor)
        page_text(p->out, s->name);
    else
        page_link(p, statement, "");
    buf_puts(p->out, "</small></p>");
    words(p, s);
    buf_puts(p->out, "</div>");
}

void page_side_by_side(struct page *p, const uint32_t *v, uint32_t n, const uint32_t *w, uint32_t m)
{
    buf_puts(p->out, "<div class=\"side-by-side\">");
    for (uint32_t i = 0; i < n; i++) page_said(p, v[i], false);
    for (uint32_t i = 0; i < m; i++) page_said(p, w[i], false);
    buf_puts(p->out, "</div>");
}

/* --- parts of a day -------------------------------------------------------------------------- */

/* What was superseded by this day, and by what. */
static void moves(struct page *p, int32_t day)
{
    const struct talks *t = p->t;
    bool any = false;
    for (uint32_t i = 0; i < t->n_statements; i++) {
        if (!position_moved(t, i, day)) continue;
        uint32_t now = t->statements[i].superseded_by;
        buf_puts(p->out, any ? "<li>" : "<h3>How positions moved</h3><ul><li>");
        any = true;
        day_print(statement_day(&t->statements[now]), &p->text);
        buf_puts(&p->text, ": ");
        statement_stance(t, &t->statements[i], &p->text);
        page_escaped(p);
        page_link(p, i, " ");
        buf_puts(&p->text, ", then ");
        statement_stance(t, &t->statements[now], &p->text);
        page_escaped(p);
        page_link(p, now, " ");
        buf_puts(p->out, "</li>");
    }
    if (any) buf_puts(p->out, "</ul>");
}

static bool matrix(struct page *p, int32_t day)
{
    const struct talks *t = p->t;
    struct cell *cells;
    if (!matrix_cells(p->arena, t, day, &cells)) return false;
    buf_puts(p->out,
             "<h2 data-id=\"matrix\">Issues and speakers</h2><div class=\"scroll\" tabindex=\"0\">"
             "<table><thead><tr><th scope=\"col\">Issue</th>");
    for (uint32_t k = 0; k < t->n_speakers; k++)
        page_element(p, "<th scope=\"col\">", t->speakers[k].label, "</th>");
    buf_puts(p->out, "</tr></thead><tbody>");
    for (uint32_t i = 0; i < t->n_issues; i++) {
        page_element(p, "<tr><th scope=\"row\">", t->issues[i].label, "</th>");
        for (uint32_t k = 0; k < t->n_speakers; k++) {
            const struct cell *c = &cells[i * t->n_speakers + k];
            buf_puts(p->out, c->n ? "<td>" : "<td class=\"none\">not addressed");
            for (uint32_t m = 0; m < c->n; m++) {
                cell_word(t, c->statements[m], i, BY_LABEL, &p->text);
                buf_fmt(p->out, "<a href=\"#s%u\">", c->statements[m]);
                page_escaped(p);
                buf_puts(p->out, "</a>");
            }
            buf_puts(p->out, "</td>");
        }
        buf_puts(p->out, "</tr>");
    }
    buf_puts(p->out, "</tbody></table></div>");
    moves(p, day);
    buf_puts(p->out, "<details><summary>How each option stands</summary><ul>");
    for (uint32_t i = 0; i < t->n_issues; i++) {
        for (uint32_t k = 0; k < t->issues[i].n_options; k++) {
            struct standing s;
            if (!option_standing(p->arena, t, day, i, k, &s)) return false;
            page_element(p, "<li>", t->issues[i].label, ": ");
            page_element(p, "<b>", t->issues[i].options[k].label, "</b> — ");
            standing_print(t, &s, &p->text);
            page_escaped(p);
            buf_puts(p->out, "</li>");
        }
    }
    buf_puts(p->out, "</ul></details>");
    return true;
}

static void conflicts(struct page *p, const struct conflicts *c)
{
    buf_puts(p->out, "<h2 data-id=\"conflicts\">Where positions collide</h2>");
    if (!c->n_conflicts)
        buf_puts(p->out, conflicts_explored(c)
                             ? "<p>No positions collide.</p>"
                             : "<p>No collision was found in what was explored.</p>");
    for (size_t i = 0; i < c->n_conflicts && i < 200; i++) {
        const struct conflict *x = &c->conflicts[i];
        page_element(p, "<div class=\"card\"><h3>", p->t->issues[x->issue].label, ": ");
        conflict_kind(p->t, x, &p->text);
        page_escaped(p);
        buf_puts(p->out, "</h3>");
        page_side_by_side(p, x->statements, x->n, x->warnings, x->n_warnings);
        buf_puts(p->out, "<p><small>why:</small> ");
        conflict_why(p->t, x, &p->text);
        page_escaped(p);
        buf_puts(p->out, "</p></div>");
    }
    if (c->n_conflicts > 200)
        buf_fmt(p->out, "<p>… and %zu more; <code>truce talks conflicts</code> lists them all.</p>",
                c->n_conflicts - 200);
}

static void sequence(struct page *p, const struct sequence *s, unsigned number)
{
    buf_puts(
        p->out,
        "<h2 data-id=\"sequence\">What waits for what</h2><p class=\"dim\">An arrow leads from "
        "what must come first to what waits for it; strong: part of a deadlock; dashed: an "
        "assumption.</p>");
    buf_puts(p->out, "<div class=\"scroll graph\" tabindex=\"0\">");
    svg_graph(s, number, p->out);
    buf_puts(p->out, "</div>");
    for (size_t i = 0; i < s->n_deadlocks && i < 50; i++) {
        const struct deadlock *d = &s->deadlocks[i];
        buf_fmt(p->out, "<div class=\"card\"><h3>Deadlock%s</h3><p>",
                d->assumed ? ", by way of assumptions" : "");
        for (uint32_t k = 0; k <= d->n_nodes; k++) {
            node_print(&s->graph, d->nodes[k % d->n_nodes], &p->text);
            if (k) buf_puts(p->out, " waits for ");
            buf_puts(p->out, "<b>");
            page_escaped(p);
            buf_puts(p->out, "</b>");
        }
        buf_puts(p->out, "</p>");
        page_side_by_side(p, d->statements, d->n, NULL, 0);
        buf_puts(p->out, "<h3>What breaks it, each by itself; none is preferred</h3><ul>");
        for (size_t k = 0; k < s->n_breaks && k < 200; k++) {
            if (s->breaks[k].part != d->part) continue;
            buf_puts(p->out, "<li>");
            for (uint32_t m = 0; m < s->breaks[k].n; m++) {
                if (m) buf_puts(p->out, "<br>and ");
                change_print(s, &s->breaks[k].changes[m], &p->text);
                page_escaped(p);
            }
            buf_puts(p->out, "</li>");
        }
        buf_puts(p->out, "</ul></div>");
    }
    if (!s->n_order) return;
    buf_puts(p->out, "<h3>A feasible order of what no deadlock holds up</h3><ol>");
    for (size_t i = 0; i < s->n_order && i < 200; i++) {
        day_print(s->order[i].holds, &p->text);
        buf_puts(&p->text, ": ");
        node_print(&s->graph, s->order[i].node, &p->text);
        buf_puts(p->out, "<li>");
        page_escaped(p);
        buf_puts(p->out,
                 s->order[i].declared ? "</li>" : " <small>(duration not declared)</small></li>");
    }
    buf_puts(p->out, "</ol>");
}

static void open_day(struct page *p, int32_t day, bool shown)
{
    buf_puts(p->out, "<section class=\"day\" data-day=\"");
    day_print(day, p->out);
    buf_puts(p->out, shown ? "\"><p class=\"dim\">As of " : "\" hidden><p class=\"dim\">As of ");
    day_print(day, p->out);
    buf_puts(p->out, ": what had been said by then, and is not superseded.</p>");
}

/* A day that the limit did not reach: what is cheap to tell, and that there is more. */
static bool unexplored(struct page *p, int32_t day)
{
    open_day(p, day, false);
    bool good = !(p->options->parts & PAGE_MATRIX) || matrix(p, day);
    buf_puts(p->out,
             "<p class=\"card\"><b>Not explored.</b> The limit of time was reached before the "
             "collisions, orders and packages of this day were sought; <code>truce talks "
             "page --seconds N</code> gives it more.</p></section>");
    p->n_unexplored++;
    return good;
}

static bool one_day(struct page *p, int32_t day, unsigned number, bool last)
{
    unsigned parts = p->options->parts;
    struct conflict_query q = {.as_of = day, .recall = p->recall};
    struct conflicts c;
    struct sequence s;
    struct packages k;
    bool good = true;
    q.limits.most = 2000;
    q.limits.until_ms = clock_ms() + p->options->ms;
    if (!last && p->options->all_ms && clock_ms() > p->start_ms + p->options->all_ms)
        return unexplored(p, day);
    if (conflicts_find(p->arena, p->z3, p->t, &q, &c) != STATUS_OK ||
        sequence_find(p->arena, p->z3, p->t, &q, &s) != STATUS_OK)
        return false;
    open_day(p, day, last);
    if (parts & PAGE_MATRIX) good = matrix(p, day);
    if (parts & PAGE_CONFLICTS) conflicts(p, &c);
    if (parts & PAGE_CONCESSIONS) good = page_concessions(p, &c) && good;
    if (parts & PAGE_SEQUENCE) sequence(p, &s, number);
    if (parts & PAGE_PACKAGES) {
        if (packages_find(p->arena, p->z3, p->t, &q, &k) != STATUS_OK) return false;
        page_packages(p, &k);
    }
    if (parts & PAGE_AUTHORITY) page_authority(p, &c, day);
    buf_puts(p->out, "<div class=\"dim\">");
    conflicts_complete(p->t, &c, &p->text);
    sequence_complete(&s, &p->text);
    page_escaped(p);
    buf_puts(p->out, "</div></section>");
    return good;
}

/* --- the draft ------------------------------------------------------------------------------- */

static enum status draft(struct page *p, const struct draft *draft, int32_t day)
{
    struct replies r;
    enum status status = replies_find(p->arena, p->z3, p->t, draft, day, p->d, &r);
    if (status != STATUS_OK) return status;
    struct draft_text *findings = NULL;
    size_t n_findings = 0;
    struct str path = file_beside(p->arena, p->t->source->name, draft->file);
    status = draft_texts(p->arena, p->z3, path, p->d, &findings, &n_findings);
    if (status == STATUS_FAULT) return status; /* one that is not well made is said in p->d */
    page_element(p, "<h2 id=\"draft\">The draft: ", draft->label,
                 "</h2><div class=\"scroll\" tabindex=\"0\"><table>"
                 "<thead><tr><th scope=\"col\">Provision</th>");
    for (uint32_t k = 0; k < p->t->n_sides; k++)
        page_element(p, "<th scope=\"col\">", p->t->sides[k].label, "</th>");
    buf_puts(p->out, "<th scope=\"col\">Findings</th></tr></thead><tbody>");
    for (size_t i = 0; i < r.n; i++) {
        const struct clause_replies *c = &r.clauses[i];
        page_element(p, "<tr><th scope=\"row\">", c->provision, "<br><small>");
        page_text(p->out, c->heading);
        buf_puts(p->out, "</small></th>");
        for (uint32_t k = 0; k < p->t->n_sides; k++) {
            const struct reply *x = &c->replies[k];
            buf_fmt(p->out, "<td%s>%s%s", x->n ? "" : " class=\"none\"", answer_word(x->answer),
                    x->assumed ? ", by way of an assumption" : "");
            for (uint32_t m = 0; m < x->n; m++) page_link(p, x->statements[m], " ");
            buf_puts(p->out, "</td>");
        }
        bool any = false;
        for (size_t k = 0; k < n_findings; k++) {
            if (!str_eq(findings[k].provision, c->provision)) continue;
            page_element(p, any ? "<p>" : "<td class=\"finding\"><p>", findings[k].text, "</p>");
            any = true;
        }
        buf_puts(p->out, any ? "</td></tr>" : "<td class=\"none\">nothing found</td></tr>");
    }
    buf_puts(p->out, "</tbody></table></div><ul>");
    for (size_t k = 0; k < n_findings; k++)
        if (!findings[k].provision.n) page_element(p, "<li>", findings[k].text, "</li>");
    buf_puts(p->out,
             "</ul><p class=\"dim\">Findings are bounded: sought among timelines whose acts fall "
             "on a few "
             "moments; no finding is no proof. <code>truce talks check-draft</code> shows the "
             "timelines.</p>");
    return STATUS_OK;
}

/* --- the page -------------------------------------------------------------------------------- */

/* The days on which something became known, in order; the last MAX_DAYS of them. */
static size_t days_of(const struct page *p, int32_t *days)
{
    size_t n = 0;
    int32_t until = p->options->as_of;
    for (uint32_t i = 0; i < p->t->n_statements; i++) {
        int32_t day = statement_day(&p->t->statements[i]);
        if (day == DAY_UNKNOWN || (until != DAY_UNKNOWN && day > until)) continue;
        size_t k = 0;
        while (k < n && days[k] < day) k++;
        if (k < n && days[k] == day) continue;
        if (n == MAX_DAYS && k == 0) continue;
        if (n == MAX_DAYS) { /* the oldest goes */
            for (size_t m = 1; m < k; m++) days[m - 1] = days[m];
            days[k - 1] = day;
            continue;
        }
        for (size_t m = n; m > k; m--) days[m] = days[m - 1];
        days[k] = day;
        n++;
    }
    if (n == 0) days[n++] = until;
    return n;
}

static void head_open(struct page *p)
{
    page_element(
        p,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\"><title>",
        p->t->title, "</title><style>");
    buf_add(p->out, (struct str){page_css, page_css_size});
    page_element(p, "</style></head><body><header><h1>", p->t->title, "</h1>");
}

bool page_plain(const struct talks *t, struct str heading, struct str text, struct buf *out)
{
    struct page p = {.t = t, .out = out};
    head_open(&p);
    buf_puts(out, "</header><main>");
    page_element(&p, "<h2>", heading, "</h2>");
    page_element(&p, "<pre class=\"card scroll\" style=\"white-space:pre-wrap\">", text, "</pre>");
    buf_puts(out, "</main></body></html>\n");
    return !out->failed;
}

static void head(struct page *p)
{
    static const struct {
        unsigned part;
        const char *id, *word;
    } links[] = {{PAGE_MATRIX, "matrix", "Matrix"},
                 {PAGE_CONFLICTS, "conflicts", "Conflicts"},
                 {PAGE_CONCESSIONS, "concessions", "Concessions"},
                 {PAGE_SEQUENCE, "sequence", "Sequence"},
                 {PAGE_PACKAGES, "packages", "Packages"},
                 {PAGE_AUTHORITY, "authority", "Authority"}};
    head_open(p);
    buf_puts(p->out, "<p class=\"dim\">Each side in its own words. A speaker’s silence is <em>not "
                     "addressed</em>: neither consent nor refusal. What is assumed is marked as an "
                     "assumption. Nothing here decides for anyone.</p></header><main><nav>");
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (p->options->parts & links[i].part)
            buf_fmt(p->out, "<a href=\"#%s\">%s</a> ", links[i].id, links[i].word);
    if (p->options->parts & PAGE_DRAFT && p->t->n_drafts)
        buf_puts(p->out, "<a href=\"#draft\">Draft</a> ");
    buf_puts(p->out,
             "<a href=\"#statements\">Statements</a><div class=\"asof\" hidden><label "
             "for=\"asof\">as of</label><input id=\"asof\" type=\"range\" min=\"0\" step=\"1\">"
             "<output id=\"asof-day\" for=\"asof\"></output></div></nav>");
}

static void foot(struct page *p)
{
    buf_puts(p->out, "<h2 id=\"statements\">All statements</h2>");
    for (uint32_t i = 0; i < p->t->n_statements; i++)
        if (p->t->statements[i].origin == ORIGIN_SAID ||
            p->t->statements[i].origin == ORIGIN_ASSUMED)
            page_said(p, i, true);
    buf_puts(p->out,
             "</main><footer><p>Made by truce from a file that stays where it is. A conflict is a "
             "reading of these statements, not a judgement on anyone.</p></footer><script>");
    buf_add(p->out, (struct str){page_js, page_js_size});
    buf_puts(p->out, "</script></body></html>\n");
}

/* All days, the last first, so that it is there whatever the limit; written in their order. */
static bool all_days(struct page *p, const int32_t *days, size_t n)
{
    struct buf sections[MAX_DAYS], *out = p->out;
    bool good = true;
    for (size_t i = 0; i < n; i++) buf_init(&sections[i]);
    for (size_t i = n; i-- > 0 && good;) {
        p->out = &sections[i];
        good = one_day(p, days[i], (unsigned)i, i + 1 == n) && !sections[i].failed;
    }
    p->out = out;
    if (p->n_unexplored)
        buf_fmt(
            out,
            "<p class=\"card\"><b>Not fully explored:</b> the limit of time was reached with %u "
            "of %zu days left; they show their matrix only.</p>",
            p->n_unexplored, n);
    for (size_t i = 0; i < n; i++) {
        buf_add(out, buf_str(&sections[i]));
        buf_free(&sections[i]);
    }
    return good;
}

enum status page_write(struct arena *a, Z3_context z3, const struct talks *t,
                       const struct page_options *options, struct diags *d, struct buf *out)
{
    struct page p = {.arena = a,
                     .z3 = z3,
                     .t = t,
                     .options = options,
                     .d = d,
                     .out = out,
                     .recall = recall_new(a),
                     .start_ms = clock_ms()};
    int32_t days[MAX_DAYS];
    enum status status = STATUS_OK;
    buf_init(&p.text);
    size_t n = days_of(&p, days);
    head(&p);
    bool good = p.recall && all_days(&p, days, n);
    for (uint32_t i = 0; i < t->n_drafts && good && status == STATUS_OK; i++)
        if (options->parts & PAGE_DRAFT) status = draft(&p, &t->drafts[i], days[n - 1]);
    foot(&p);
    good = good && !p.text.failed && !out->failed;
    buf_free(&p.text);
    return good ? status : STATUS_FAULT;
}
