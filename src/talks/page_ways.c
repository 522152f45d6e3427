/* The page's ways out: concessions, packages, and who claims to decide what. */
#include "talks/page_parts.h"

/* What a statement holds, in the words of the issues' labels, and where its own words are. */
static void stance(struct page *p, uint32_t statement)
{
    statement_stance(p->t, &p->t->statements[statement], &p->text);
    page_escaped(p);
    page_link(p, statement, " ");
}

static void list_open(struct page *p, const char *heading)
{
    buf_fmt(p->out, "%s<ul>", heading);
}

/* --- concessions ----------------------------------------------------------------------------- */

static void concession(struct page *p, const struct concession *c)
{
    int64_t weight;
    struct str by;
    buf_puts(p->out, "<li><b>words of ");
    concession_owners(p->t, c, &p->text);
    page_escaped(p);
    buf_puts(p->out, "</b>");
    if (concession_weight(p->t, c, &weight, &by)) {
        buf_puts(p->out, "; weight ");
        buf_int(p->out, weight);
        page_element(p, ", as declared by ", by, "");
    }
    buf_puts(p->out, "<ul>");
    for (uint32_t i = 0; i < c->n; i++) {
        bool assumed = p->t->statements[c->statements[i]].origin == ORIGIN_ASSUMED;
        buf_puts(p->out, assumed ? "<li>no longer assumed: " : "<li>given up: ");
        stance(p, c->statements[i]);
        buf_puts(p->out, "</li>");
    }
    buf_puts(p->out, "</ul></li>");
}

bool page_concessions(struct page *p, const struct conflicts *c)
{
    concessions_head(p->t, c, &p->text);
    buf_puts(p->out, "<h2 data-id=\"concessions\">The smallest ways out</h2><p>");
    page_escaped(p);
    buf_puts(p->out, "</p>");
    for (uint32_t part = 0; part < c->n_parts; part++) {
        uint32_t n, *v = concessions_ordered(p->arena, p->t, c, part, &n);
        if (!v) return false;
        if (!n) continue;
        page_element(p, "<div class=\"card\"><h3>Around ", p->t->issues[c->parts[part].issue].label,
                     ": any one of these</h3><ul>");
        for (uint32_t i = 0; i < n && i < 200; i++) concession(p, &c->concessions[v[i]]);
        buf_puts(p->out, "</ul>");
        if (n > 200) buf_fmt(p->out, "<p>… and %u more.</p>", n - 200);
        buf_puts(p->out, "</div>");
    }
    return true;
}

/* --- packages -------------------------------------------------------------------------------- */

static void outcome(struct page *p, const struct packages *k, const bool *in)
{
    bool any = false;
    list_open(p, "");
    for (uint32_t v = 0; v < k->system.n_vars; v++) {
        if (!in[v]) continue;
        const struct issue *issue = &p->t->issues[k->system.var_issue[v]];
        uint32_t option = v - k->system.first_var[k->system.var_issue[v]];
        page_element(p, "<li>", issue->label, ": ");
        page_element(p, "<b>", issue->options[option].label, "</b></li>");
        any = true;
    }
    buf_puts(p->out, any ? "</ul>" : "<li>everything stays open</li></ul>");
}

static void unmet(struct page *p, const struct package *x)
{
    if (!x->n_unmet) {
        buf_puts(p->out, "<p>It leaves no wish unmet.</p>");
        return;
    }
    list_open(p, "<p>It leaves unmet:</p>");
    for (uint32_t i = 0; i < x->n_unmet; i++) {
        buf_puts(p->out, "<li>");
        stance(p, x->unmet[i]);
        buf_puts(p->out, "</li>");
    }
    buf_puts(p->out, "</ul>");
}

static void scores(struct page *p, const struct packages *k, const struct package *x)
{
    bool first = true;
    buf_puts(p->out, "<p>By declared preferences: ");
    for (uint32_t i = 0; i < p->t->n_sides; i++) {
        if (!k->has_preferences[i]) continue;
        page_element(p, first ? "" : ", ", p->t->sides[i].label, " ");
        buf_int(p->out, x->scores[i]);
        buf_puts(p->out, " of ");
        buf_int(p->out, k->weights[i]);
        first = false;
    }
    buf_puts(p->out,
             x->fairest ? "; the worst-served side is served best (max-min).</p>" : ".</p>");
}

static void package_cards(struct page *p, const struct packages *k, const struct package *v,
                          size_t n, const char *title)
{
    buf_puts(p->out, "<div class=\"side-by-side\">");
    for (size_t i = 0; i < n; i++) {
        buf_fmt(p->out, "<div class=\"card\"><h3>%s %zu</h3>", title, i + 1);
        outcome(p, k, v[i].outcome);
        if (v[i].scores) scores(p, k, &v[i]);
        unmet(p, &v[i]);
        buf_puts(p->out, "</div>");
    }
    buf_puts(p->out, "</div>");
}

void page_packages(struct page *p, const struct packages *k)
{
    buf_puts(p->out, "<h2 data-id=\"packages\">Packages</h2><p>");
    packages_head(p->t, k, &p->text);
    page_escaped(p);
    buf_puts(p->out, "</p>");
    if (k->none) return;
    package_cards(p, k, k->packages, k->n_packages, "Package");
    buf_puts(p->out, "<h3>Preferences</h3><pre>");
    packages_preferences(p->t, k, &p->text);
    page_escaped(p);
    buf_puts(p->out, "</pre>");
    if (k->any_preferences) {
        buf_puts(p->out,
                 "<h3>Pareto front: no outcome is better for one side and worse for none</h3>");
        package_cards(p, k, k->front, k->n_front, "Point");
    }
    if (!k->complete)
        buf_puts(p->out,
                 "<p><b>Not fully explored:</b> a limit was reached; there may be more.</p>");
}

/* --- authority ------------------------------------------------------------------------------- */

static void why_colliding(struct page *p, const struct conflicts *c, uint32_t issue)
{
    for (size_t i = 0; i < c->n_conflicts; i++) {
        if (!c->conflicts[i].authority || c->conflicts[i].issue != issue) continue;
        buf_puts(p->out, "<p><small>collides:</small> ");
        conflict_why(p->t, &c->conflicts[i], &p->text);
        page_escaped(p);
        buf_puts(p->out, "</p>");
    }
}

void page_authority(struct page *p, const struct conflicts *c, int32_t day)
{
    const struct talks *t = p->t;
    bool silent = false;
    buf_puts(p->out, "<h2 data-id=\"authority\">Who claims to decide what</h2>");
    for (uint32_t i = 0; i < t->n_issues; i++) {
        bool any = false;
        for (uint32_t k = 0; k < t->n_statements; k++) {
            if (!claims_authority(t, k, i, day)) continue;
            if (!any) page_element(p, "<div class=\"card\"><h3>", t->issues[i].label, "</h3>");
            any = true;
            page_said(p, k, false);
        }
        if (any) why_colliding(p, c, i);
        if (any) buf_puts(p->out, "</div>");
        silent = silent || !any;
    }
    if (!silent) return;
    buf_puts(p->out, "<p class=\"dim\">Who decides is not addressed by anyone on:");
    bool first = true;
    for (uint32_t i = 0; i < t->n_issues; i++) {
        bool any = false;
        for (uint32_t k = 0; k < t->n_statements && !any; k++) any = claims_authority(t, k, i, day);
        if (any) continue;
        page_element(p, first ? " " : "; ", t->issues[i].label, "");
        first = false;
    }
    buf_puts(p->out, ".</p>");
}
