/* Packages in text and JSON. */
#include "talks/explain.h"
#include "talks/packages.h"
#include "talks/views.h"

/* "status is neutral, ceasefire is in_force; left open: …" */
static void outcome_print(const struct packages *p, const bool *outcome, struct buf *out)
{
    const struct talks *t = p->system.t;
    bool first = true;
    for (uint32_t v = 0; v < p->system.n_vars; v++) {
        if (!outcome[v]) continue;
        const struct issue *issue = &t->issues[p->system.var_issue[v]];
        uint32_t option = v - p->system.first_var[p->system.var_issue[v]];
        buf_fmt(out, "%s%.*s is %.*s", first ? "" : ", ", STR_ARG(issue->name),
                STR_ARG(issue->options[option].name));
        first = false;
    }
    if (first) buf_puts(out, "everything stays open");
}

static void unmet_text(const struct talks *t, const uint32_t *v, uint32_t n, const char *indent,
                       struct buf *out)
{
    for (uint32_t i = 0; i < n; i++) {
        buf_fmt(out, "%sleaves unmet: ", indent);
        statement_print(t, &t->statements[v[i]], out);
        buf_fmt(out, " [%.*s]\n", STR_ARG(t->statements[v[i]].name));
    }
    if (!n) buf_fmt(out, "%sleaves no wish unmet\n", indent);
}

static void scores_text(const struct talks *t, const struct packages *p, const struct package *x,
                        struct buf *out)
{
    buf_puts(out, "      by declared preferences: ");
    bool first = true;
    for (uint32_t i = 0; i < t->n_sides; i++) {
        if (!p->has_preferences[i]) continue;
        buf_fmt(out, "%s%.*s ", first ? "" : ", ", STR_ARG(t->sides[i].label));
        buf_int(out, x->scores[i]);
        buf_puts(out, " of ");
        buf_int(out, p->weights[i]);
        first = false;
    }
    buf_puts(out, x->fairest ? "; the worst-served side is served best (max-min)\n" : "\n");
}

void packages_preferences(const struct talks *t, const struct packages *p, struct buf *out)
{
    for (uint32_t i = 0; i < t->n_preferences; i++) {
        const struct preference *x = &t->preferences[i];
        buf_fmt(out, "  %.*s prefers ", STR_ARG(t->sides[x->side].label));
        position_print(t, &x->better, out);
        buf_puts(out, " to ");
        position_print(t, &x->worse, out);
        buf_puts(out, ", weight ");
        buf_int(out, x->weight);
        if (x->by.n) buf_fmt(out, ", declared by %.*s", STR_ARG(x->by));
        if (x->rests_on != TALKS_NONE)
            buf_fmt(out, ", resting on %.*s", STR_ARG(t->statements[x->rests_on].name));
        buf_putc(out, '\n');
    }
    bool first = true;
    for (uint32_t i = 0; i < t->n_sides; i++) {
        if (p->has_preferences[i]) continue;
        buf_fmt(out, "%s%.*s", first ? "  not known: of " : ", ", STR_ARG(t->sides[i].label));
        first = false;
    }
    if (!first) buf_putc(out, '\n');
    if (!p->any_preferences)
        buf_puts(out, "  so no package is called better or fairer than another\n");
}

/* What a reader might take for more than it is. */
static void note(const struct talks *t, const struct packages *p, struct buf *out)
{
    uint32_t silent = 0;
    for (uint32_t i = 0; i < t->n_sides; i++) silent += !p->has_preferences[i];
    if (p->combinations == 1)
        buf_puts(out,
                 "Only one does not mean agreed: it is what the recorded words leave when as many "
                 "wishes as fit are met. Nobody has been asked whether they accept it. ");
    if (silent == t->n_sides)
        buf_puts(out,
                 "Preferences are not known of anybody: that something is possible does not say "
                 "that a side wants it.");
    else if (silent)
        buf_fmt(out, "Preferences are not known of %u of %u sides: the front is the others' alone.",
                silent, t->n_sides);
}

void packages_head(const struct talks *t, const struct packages *p, struct buf *out)
{
    if (p->none) {
        buf_puts(out,
                 "No package: the refusals, red lines, conditions and assumptions alone cannot all "
                 "hold. See the conflicts.\n");
        return;
    }
    buf_puts(
        out,
        "Packages keep every refusal, red line and condition, and the assumptions; they meet "
        "as many demands,\noffers and acceptances as fit together. What is not named stays "
        "open. An option is here because\nsomebody wishes it and nobody's recorded words exclude "
        "it: who has not addressed it has not accepted it.\n");
    if (p->n_packages == 0 && !p->complete) {
        buf_puts(out, "\nNo package was found in what was explored.\n");
        return;
    }
    buf_fmt(out, "\nThere %s %s%.0f package%s%s.\n", p->combinations == 1 ? "is" : "are",
            p->complete ? "" : "at least ", p->combinations, p->combinations == 1 ? "" : "s",
            p->combinations > PACKAGES_SHOWN ? "; the first are shown" : "");
    note(t, p, out);
    buf_putc(out, '\n');
}

bool packages_text(const struct talks *t, const struct packages *p, struct buf *out)
{
    packages_head(t, p, out);
    if (p->none) return !out->failed;
    for (size_t i = 0; i < p->n_packages; i++) {
        buf_fmt(out, "\n  %zu. ", i + 1);
        outcome_print(p, p->packages[i].outcome, out);
        buf_putc(out, '\n');
        unmet_text(t, p->packages[i].unmet, p->packages[i].n_unmet, "     ", out);
    }
    buf_puts(out, "\nPreferences\n");
    packages_preferences(t, p, out);
    if (p->any_preferences) {
        buf_puts(out, "\nPareto front: no outcome is better for one side and worse for none\n");
        for (size_t i = 0; i < p->n_front; i++) {
            buf_fmt(out, "  %zu. ", i + 1);
            outcome_print(p, p->front[i].outcome, out);
            buf_putc(out, '\n');
            scores_text(t, p, &p->front[i], out);
            unmet_text(t, p->front[i].unmet, p->front[i].n_unmet, "     ", out);
        }
    }
    if (!p->complete)
        buf_puts(out, "\nnot fully explored: a limit was reached; there may be more\n");
    return !out->failed;
}

static void package_json(struct jsonl *j, const struct talks *t, const struct packages *p,
                         const struct package *x, const char *view)
{
    jsonl_open(j, NULL, '{');
    jsonl_text(j, "view", str_of(view));
    jsonl_open(j, "outcome", '{');
    for (uint32_t i = 0; i < t->n_issues; i++) {
        bool any = false;
        for (uint32_t k = 0; k < t->issues[i].n_options; k++)
            any = any || x->outcome[p->system.first_var[i] + k];
        if (!any) continue;
        struct str name = str_dup(p->system.arena, t->issues[i].name);
        jsonl_open(j, name.p, '[');
        for (uint32_t k = 0; k < t->issues[i].n_options; k++)
            if (x->outcome[p->system.first_var[i] + k])
                jsonl_text(j, NULL, t->issues[i].options[k].name);
        jsonl_close(j, ']');
    }
    jsonl_close(j, '}');
    json_statements(j, "unmet", t, x->unmet, x->n_unmet);
    if (x->scores) {
        jsonl_open(j, "scores", '{');
        for (uint32_t i = 0; i < t->n_sides; i++) {
            if (!p->has_preferences[i]) continue;
            struct str name = str_dup(p->system.arena, t->sides[i].label);
            jsonl_number(j, name.p, x->scores[i]);
        }
        jsonl_close(j, '}');
        jsonl_bool(j, "max_min", x->fairest);
    }
    jsonl_close(j, '}');
    jsonl_line(j);
}

bool packages_json(const struct talks *t, const struct packages *p, struct buf *out)
{
    struct jsonl j = {out, false};
    for (size_t i = 0; i < p->n_packages; i++) package_json(&j, t, p, &p->packages[i], "package");
    for (size_t i = 0; i < p->n_front; i++) package_json(&j, t, p, &p->front[i], "pareto");
    jsonl_open(&j, NULL, '{');
    jsonl_text(&j, "view", STR("packages"));
    jsonl_bool(&j, "none", p->none);
    jsonl_number(&j, "shown", (int64_t)p->n_packages);
    jsonl_number(&j, "combinations", p->combinations < 9e15 ? (int64_t)p->combinations : -1);
    jsonl_open(&j, "preferences_not_known", '[');
    for (uint32_t i = 0; i < t->n_sides; i++)
        if (!p->has_preferences[i]) jsonl_text(&j, NULL, t->sides[i].label);
    jsonl_close(&j, ']');
    jsonl_bool(&j, "complete", p->complete);
    struct buf words;
    buf_init(&words);
    if (!p->none) note(t, p, &words);
    jsonl_text(&j, "note", str_trim(buf_str(&words)));
    if (words.failed) out->failed = true;
    buf_free(&words);
    jsonl_close(&j, '}');
    jsonl_line(&j);
    return !out->failed;
}
