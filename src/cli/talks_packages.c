/* truce talks packages | who-accepts | what-if TALKS.md */
#include "cli/talks_run.h"
#include "talks/accepts.h"
#include "talks/packages.h"

#include <string.h>

int talks_packages_command(int argc, char **argv)
{
    struct run r;
    enum status status = run_begin(
        &r, argc, argv, "TALKS.md [--as-of DATE] [--json] [--html FILE] [--seconds N] [--most N]");
    if (status != STATUS_OK) return run_end(&r, status);
    if (r.html.n) return run_end(&r, run_page(&r, PAGE_PACKAGES));
    struct conflict_query q = run_query(&r);
    struct packages p;
    status = packages_find(&r.arena, r.z3, &r.talks, &q, &p);
    if (status == STATUS_OK) {
        bool good =
            r.json ? packages_json(&r.talks, &p, &r.out) : packages_text(&r.talks, &p, &r.out);
        if (!good) status = STATUS_FAULT;
    }
    return run_end(&r, status);
}

/* --- who-accepts ----------------------------------------------------------------------------- */

/* The draft that a word means: by its name, by its file as declared, or by the end of its path. */
static const struct draft *draft_of(const struct talks *t, struct str word)
{
    for (uint32_t i = 0; i < t->n_drafts; i++) {
        const struct draft *d = &t->drafts[i];
        if (str_eq(d->name, word) || str_eq(d->file, word) || str_ends(word, d->file)) return d;
    }
    return NULL;
}

int talks_who_accepts_command(int argc, char **argv)
{
    static const char usage[] = "TALKS.md DRAFT [--as-of DATE] [--json] [--html FILE]";
    struct run r;
    enum status status = run_begin(&r, argc, argv, usage);
    if (status != STATUS_OK) return run_end(&r, status);
    if (r.n_more != 1)
        return run_end(&r, (enum status)talks_usage(argv[0], usage, "name one draft", NULL));
    const struct draft *draft = draft_of(&r.talks, str_of(r.more[0]));
    if (!draft) {
        diag_fix(&r.diags,
                 diag_add(&r.diags, SEVERITY_ERROR, "unknown-draft", place_none(),
                          "the talks do not say what the provisions of \"%s\" mean", r.more[0]),
                 "add: draft name \"…\" from \"%s\": - provision means issue is option.",
                 r.more[0]);
        return run_end(&r, STATUS_INPUT);
    }
    if (r.html.n) return run_end(&r, run_page(&r, PAGE_DRAFT));
    struct replies replies;
    status = replies_find(&r.arena, r.z3, &r.talks, draft, r.as_of, &r.diags, &replies);
    if (status == STATUS_OK && r.json)
        replies_json(&r.talks, draft, &replies, &r.out);
    else if (status == STATUS_OK)
        replies_text(&r.talks, &replies, &r.out);
    return run_end(&r, status);
}

/* --- what-if --------------------------------------------------------------------------------- */

/* The talks with further sentences in a block of their own at the end: only in memory. */
static enum status read_changed(struct run *r, struct talks *out)
{
    struct buf text;
    buf_init(&text);
    buf_add(&text, r->source->text);
    buf_puts(&text, "\n\n```truce\n");
    for (int i = 0; i < r->n_with; i++) buf_fmt(&text, "%s\n", r->with[i]);
    buf_puts(&text, "```\n");
    struct str kept = text.failed ? (struct str){NULL, 0} : str_dup(&r->arena, buf_str(&text));
    buf_free(&text);
    const struct source *source = kept.p ? source_new(&r->arena, r->source->name, kept) : NULL;
    return source ? talks_read(&r->arena, source, &r->diags, out) : STATUS_FAULT;
}

static bool mark_without(struct run *r, const struct talks *t, bool *without)
{
    bool good = true;
    for (int i = 0; i < r->n_without; i++) {
        bool found = false;
        for (uint32_t k = 0; k < t->n_statements; k++) {
            if (!str_eq(t->statements[k].name, str_of(r->without[i]))) continue;
            without[k] = found = true;
        }
        if (!found)
            diag_add(&r->diags, SEVERITY_ERROR, "unknown-name", place_none(),
                     "there is no statement named \"%s\"", r->without[i]);
        good = good && found;
    }
    return good;
}

static bool same_names(const struct talks *a, const uint32_t *v, uint32_t n, const struct talks *b,
                       const uint32_t *w, uint32_t m)
{
    for (uint32_t i = 0; n == m && i < n; i++)
        if (!str_eq(a->statements[v[i]].name, b->statements[w[i]].name)) return false;
    return n == m;
}

/* Conflicts of x (in talks a) that are not in y (in talks b), as new or gone. */
static size_t difference(struct run *r, const struct talks *a, const struct conflicts *x,
                         const struct talks *b, const struct conflicts *y, const char *word)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n_conflicts; i++) {
        const struct conflict *c = &x->conflicts[i];
        bool there = false;
        for (size_t k = 0; k < y->n_conflicts && !there; k++)
            there = same_names(a, c->statements, c->n, b, y->conflicts[k].statements,
                               y->conflicts[k].n);
        if (there) continue;
        n++;
        if (r->json) {
            buf_fmt(&r->out, "{\"view\": \"what-if\", \"change\": \"%s\", \"conflict\": ", word);
            conflict_json(a, c, &r->out);
            if (r->out.n) r->out.n--; /* the line ends behind the outer object */
            buf_puts(&r->out, "}\n");
        } else {
            buf_fmt(&r->out, "\n%s:", word);
            conflict_text(a, c, n, &r->out);
        }
    }
    return n;
}

static void deadlock_difference(struct run *r, const struct talks *a, const struct sequence *x,
                                const struct talks *b, const struct sequence *y, const char *word)
{
    for (size_t i = 0; i < x->n_deadlocks; i++) {
        const struct deadlock *d = &x->deadlocks[i];
        bool there = false;
        for (size_t k = 0; k < y->n_deadlocks && !there; k++)
            there = same_names(a, d->statements, d->n, b, y->deadlocks[k].statements,
                               y->deadlocks[k].n);
        if (there) continue;
        struct jsonl j = {&r->out, false};
        if (r->json) {
            jsonl_open(&j, NULL, '{');
            jsonl_text(&j, "view", STR("what-if"));
            jsonl_text(&j, "change", str_of(word));
            json_statements(&j, "deadlock", a, d->statements, d->n);
            jsonl_close(&j, '}');
            jsonl_line(&j);
        } else {
            buf_fmt(&r->out, "\n%s: a deadlock\n", word);
            for (uint32_t k = 0; k < d->n; k++) text_statement(a, d->statements[k], "   ", &r->out);
        }
    }
}

static enum status compare(struct run *r, const struct talks *after, const bool *without)
{
    struct conflicts c, d;
    struct sequence s, u;
    struct conflict_query q = run_query(r), p = q;
    p.without = without;
    if (conflicts_find(&r->arena, r->z3, &r->talks, &q, &c) != STATUS_OK ||
        conflicts_find(&r->arena, r->z3, after, &p, &d) != STATUS_OK ||
        sequence_find(&r->arena, r->z3, &r->talks, &q, &s) != STATUS_OK ||
        sequence_find(&r->arena, r->z3, after, &p, &u) != STATUS_OK)
        return STATUS_FAULT;
    difference(r, &r->talks, &c, after, &d, "gone");
    difference(r, after, &d, &r->talks, &c, "new");
    deadlock_difference(r, &r->talks, &s, after, &u, "gone");
    deadlock_difference(r, after, &u, &r->talks, &s, "new");
    if (!r->json)
        buf_fmt(&r->out,
                "\nIf this were so: %zu conflicts instead of %zu, %zu deadlocks instead of %zu. "
                "Nothing was written.\n",
                d.n_conflicts, c.n_conflicts, u.n_deadlocks, s.n_deadlocks);
    return STATUS_OK;
}

/* The differences as a page, instead of on standard output. */
static enum status compared_page(struct run *r, const struct talks *after)
{
    struct buf page, heading;
    buf_init(&page);
    buf_init(&heading);
    buf_puts(&heading, "What if");
    for (int i = 0; i < r->n_without; i++)
        buf_fmt(&heading, "%s without %s", i ? "," : "", r->without[i]);
    for (int i = 0; i < r->n_with; i++)
        buf_fmt(&heading, "%s with: %s", i || r->n_without ? "," : "", r->with[i]);
    enum status status = STATUS_FAULT;
    if (!heading.failed && page_plain(after, buf_str(&heading), buf_str(&r->out), &page))
        status = talks_output(&r->arena, &page, r->html, &r->diags);
    buf_clear(&r->out);
    buf_free(&heading);
    buf_free(&page);
    return status;
}

int talks_what_if_command(int argc, char **argv)
{
    static const char usage[] =
        "TALKS.md (--without STATEMENT | --with \"SENTENCE.\")… [--json] [--html FILE]";
    struct run r;
    enum status status = run_begin(&r, argc, argv, usage);
    if (status != STATUS_OK) return run_end(&r, status);
    if (r.n_with + r.n_without == 0)
        return run_end(&r, (enum status)talks_usage(argv[0], usage, "say what would change", NULL));
    struct talks after = r.talks;
    if (r.n_with) status = read_changed(&r, &after);
    bool *without = arena_array(&r.arena, after.n_statements + 1, sizeof *without);
    if (!without) status = STATUS_FAULT;
    if (status == STATUS_OK && !mark_without(&r, &after, without)) status = STATUS_INPUT;
    if (r.html.n) r.json = false;
    if (status == STATUS_OK) status = compare(&r, &after, without);
    if (status == STATUS_OK && r.html.n) status = compared_page(&r, &after);
    return run_end(&r, status);
}
