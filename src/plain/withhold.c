/* See withhold.h. */
#include "plain/withhold.h"

#include "lang/in_force.h"
#include "lang/power.h"
#include "plain/change.h"

static bool in_annex(const struct agreement *g, uint32_t clause, uint32_t annex)
{
    while (clause != LANG_NONE && clause != annex) clause = g->clauses[clause].parent;
    return clause == annex;
}

/* ---- the reader's text ---- */

/* From the annex's heading to the next heading that is not under it. */
static void extent(const struct agreement *g, uint32_t annex, size_t *from, size_t *to)
{
    uint32_t next = annex + 1;
    while (next < g->n_clauses && g->clauses[next].level > g->clauses[annex].level) next++;
    *from = g->clauses[annex].at.from;
    *to = next < g->n_clauses ? g->clauses[next].at.from : g->source->text.n;
}

/* Where the heading ends: the next line begins. */
static size_t behind_heading(const struct agreement *g, uint32_t annex)
{
    size_t at = g->clauses[annex].at.to;
    while (at < g->source->text.n && g->source->text.p[at] != '\n') at++;
    return at < g->source->text.n ? at + 1 : at;
}

static void say_readers(struct buf *out, const struct agreement *g, const struct annex *x)
{
    for (uint32_t i = 0; i < x->readers.n; i++)
        buf_fmt(out, "%s%.*s",
                !i                      ? ""
                : i + 1 == x->readers.n ? " and "
                                        : ", ",
                STR_ARG(g->actors[x->readers.v[i]].name));
}

/* In the annex's place: that it is confidential, and no more; then empty lines, so that what follows
 * keeps its line numbers where there is room. */
static void put_instead(struct buf *out, const struct agreement *g, const struct annex *x,
                        size_t from, size_t to)
{
    struct str title = g->clauses[x->clause].title;
    size_t lines = 0, used = 5;
    for (size_t i = from; i < to; i++) lines += g->source->text.p[i] == '\n';
    buf_puts(out, "Confidential to ");
    say_readers(out, g, x);
    buf_puts(out, ": what stands here is not shown.\n\n```truce\nnote \"");
    for (size_t i = 0; i < title.n; i++)
        if (title.p[i] != '"') buf_putc(out, title.p[i]);
    buf_puts(out, " is confidential to ");
    say_readers(out, g, x);
    buf_puts(out, ": its provisions are not shown here, nor what was reported of them.\".\n```\n");
    for (; used < lines; used++) buf_putc(out, '\n');
}

static bool may_read(const struct agreement *g, const struct annex *x, const struct reader *r)
{
    bool reads = r->all;
    for (uint32_t i = 0; i < x->readers.n && !reads; i++)
        reads = r->name.n && str_eq(g->actors[x->readers.v[i]].name, r->name);
    return reads;
}

/* Annexes in the order of the text; one within another goes with it. */
static const struct source *without(struct arena *a, const struct agreement *g, const bool *closed)
{
    struct buf out;
    size_t at = 0;
    buf_init(&out);
    for (uint32_t c = 0; c < g->n_clauses; c++)
        for (uint32_t i = 0; i < g->n_annexes; i++) {
            const struct annex *x = &g->annexes[i];
            size_t from, to;
            if (x->clause != c || !closed[i]) continue;
            extent(g, c, &from, &to);
            if (from < at) continue;
            if (!x->hidden) from = behind_heading(g, c);
            buf_add(&out, str_slice(g->source->text, at, from));
            if (!x->hidden) put_instead(&out, g, x, from, to);
            at = to;
        }
    buf_add(&out, str_slice(g->source->text, at, g->source->text.n));
    struct str text = out.failed ? (struct str){NULL, 0} : str_dup(a, buf_str(&out));
    buf_free(&out);
    return text.p ? source_new(a, g->source->name, text) : NULL;
}

/* ---- refusals ---- */

/* What stands in the annex and changes how what stands outside is judged. */
struct effects {
    const struct agreement *g;
    uint32_t annex;
    struct diags *d;
};

static bool inner(const struct effects *e, uint32_t clause)
{
    return in_annex(e->g, clause, e->annex);
}

static bool outer_provision(const struct effects *e, uint32_t provision)
{
    return provision != LANG_NONE && !inner(e, e->g->provisions[provision].clause);
}

static void refuse_effect(const struct effects *e, struct place at)
{
    struct diag *x = diag_add(e->d, SEVERITY_ERROR, "confidential-effect", at,
                              "a confidential annex changes how what stands outside it is judged");
    diag_fix(e->d, x,
             "put this outside the annex, or what it changes inside: a verdict that all may read "
             "rests on nothing that only some may read");
}

static void provisions(const struct effects *e)
{
    for (uint32_t i = 0; i < e->g->n_provisions; i++) {
        const struct provision *pv = &e->g->provisions[i];
        if (!inner(e, pv->clause)) continue;
        bool rules =
            pv->power && pv->power->op != POWER_DECIDE && pv->power->op != POWER_INTERPRET &&
            (pv->power->provision == LANG_NONE || outer_provision(e, pv->power->provision));
        if (outer_provision(e, pv->despite) || outer_provision(e, pv->justifies) || rules)
            refuse_effect(e, pv->at);
    }
}

static void rules_of_force(const struct effects *e)
{
    for (uint32_t i = 0; i < e->g->n_force; i++) {
        const struct force_rule *r = &e->g->force[i];
        bool outside = false;
        for (uint32_t k = 0; k < e->g->n_provisions && !outside; k++)
            outside = outer_provision(e, k) && force_covers(e->g, r, k);
        if (inner(e, r->clause) && outside) refuse_effect(e, r->at);
    }
    for (uint32_t i = 0; i < e->g->n_provisions; i++) {
        const struct provision *pv = &e->g->provisions[i];
        uint32_t by = pv->ended_by != LANG_NONE ? pv->ended_by : pv->amendment;
        if (by != LANG_NONE && inner(e, e->g->amendments[by].clause) && outer_provision(e, i))
            refuse_effect(e, e->g->amendments[by].at);
    }
}

static bool outer_kind(const struct effects *e, uint32_t kind)
{
    return kind == LANG_NONE || !inner(e, e->g->kinds[kind].clause);
}

static void declarations(const struct effects *e)
{
    const struct agreement *g = e->g;
    for (uint32_t i = 0; i < g->n_kinds; i++)
        if (inner(e, g->kinds[i].clause) && g->kinds[i].parent != LANG_NONE &&
            outer_kind(e, g->kinds[i].parent))
            refuse_effect(e, g->kinds[i].at);
    for (uint32_t i = 0; i < g->n_consents; i++)
        if (inner(e, g->consents[i].clause) && outer_kind(e, g->consents[i].kind))
            refuse_effect(e, g->consents[i].at);
}

/* Whatever else there is: with and without the annex, what stands outside means the same. */
static bool meanings(const struct effects *e, struct arena *a, const struct agreement *rest)
{
    struct voice v = {NULL, e->g, a, false};
    struct changes found;
    if (!changes_find(&v, rest, e->g, &found)) return false;
    for (size_t i = 0; i < found.n; i++) {
        if (str_eq(str_of(found.v[i].aspect), STR("new"))) continue;
        struct diag *x =
            diag_add(e->d, SEVERITY_ERROR, "confidential-effect", e->g->clauses[e->annex].at,
                     "this confidential annex changes what stands outside it: %s %.*s, %s",
                     found.v[i].thing, STR_ARG(found.v[i].name), found.v[i].aspect);
        diag_fix(e->d, x, "put what changes it outside the annex, or what is changed inside");
    }
    return true;
}

/* The text without one annex is whole. */
static enum status check_one(struct arena *a, const struct agreement *g, uint32_t i, bool *closed,
                             struct diags *d)
{
    struct effects e = {g, g->annexes[i].clause, d};
    struct diags rest_d;
    const struct agreement *rest;
    size_t errors = d->errors;
    closed[i] = true;
    const struct source *s = without(a, g, closed);
    closed[i] = false;
    diags_init(&rest_d, a);
    enum status st = s ? agreement_check(a, s, &rest_d, &rest) : STATUS_FAULT;
    if (st == STATUS_FAULT) return st;
    for (size_t k = 0; k < rest_d.n; k++) {
        if (rest_d.items[k].severity != SEVERITY_ERROR) continue;
        struct diag *x =
            diag_add(d, SEVERITY_ERROR, "confidential-named", rest_d.items[k].at,
                     "without the confidential annex \"%.*s\" this cannot be read: %.*s",
                     STR_ARG(g->clauses[e.annex].title), STR_ARG(rest_d.items[k].what));
        diag_fix(d, x, "declare what it names outside the annex, or put the sentence inside");
    }
    if (st != STATUS_OK) return STATUS_OK;
    provisions(&e);
    rules_of_force(&e);
    declarations(&e);
    return d->errors > errors || meanings(&e, a, rest) ? STATUS_OK : STATUS_FAULT;
}

enum status withhold_check(struct arena *a, const struct agreement *g, struct diags *d)
{
    bool *closed = arena_array(a, g->n_annexes + 1, sizeof *closed);
    enum status st = closed ? STATUS_OK : STATUS_FAULT;
    for (uint32_t i = 0; closed && i < g->n_annexes; i++) closed[i] = false;
    for (uint32_t i = 0; i < g->n_annexes && st == STATUS_OK; i++)
        st = check_one(a, g, i, closed, d);
    diags_sort(d);
    return st;
}

/* ---- for a reader ---- */

/* Does the text speak of a confidential annex at all?  It may be too wrong to be read. */
static bool mentions(struct str text)
{
    struct str words = STR("confidential to");
    for (size_t i = 0; i + words.n <= text.n; i++)
        if (str_eq_nocase(str_slice(text, i, i + words.n), words)) return true;
    return false;
}

/* Findings whose words may show what is confidential are counted only. */
static void count_only(struct diags *d, size_t n)
{
    struct diag *x = diag_add(d, SEVERITY_ERROR, "confidential-errors", place_none(),
                              "the agreement has %zu finding%s, which are not shown here: it has a "
                              "confidential annex",
                              n, n == 1 ? "" : "s");
    diag_fix(d, x, "truce check, by one who may read all of it, shows them");
}

static bool known_reader(const struct agreement *g, const struct reader *r, struct diags *d)
{
    if (!r->name.n || r->all || agreement_actor(g, r->name) != LANG_NONE) return true;
    struct diag *x = diag_add(d, SEVERITY_ERROR, "unknown-name", place_none(),
                              "nobody in the agreement is called \"%.*s\"", STR_ARG(r->name));
    diag_fix(d, x, "--reader is a party, body or other actor as the agreement names it");
    return false;
}

enum status withhold(struct arena *a, const struct source *full, const struct reader *r,
                     struct diags *d, const struct source **source, const struct agreement **out,
                     struct str **open, size_t *n_open)
{
    struct diags own;
    const struct agreement *g;
    bool quiet = !r->all && mentions(full->text), any = false;
    *source = full;
    *out = NULL;
    *n_open = 0;
    diags_init(&own, a);
    enum status st = agreement_check(a, full, quiet ? &own : d, &g);
    if (st == STATUS_OK && g->n_annexes) st = withhold_check(a, g, quiet ? &own : d);
    if (st == STATUS_OK && (own.errors || d->errors)) st = STATUS_INPUT;
    if (st == STATUS_INPUT && quiet) count_only(d, own.n);
    if (st != STATUS_OK) return st;
    bool *closed = arena_array(a, g->n_annexes + 1, sizeof *closed);
    *open = arena_array(a, g->n_annexes + 1, sizeof **open);
    if (!closed || !*open) return STATUS_FAULT;
    for (uint32_t i = 0; i < g->n_annexes; i++) {
        closed[i] = !may_read(g, &g->annexes[i], r);
        any = any || closed[i];
        if (!closed[i]) (*open)[(*n_open)++] = g->clauses[g->annexes[i].clause].title;
    }
    if (any) {
        *source = without(a, g, closed);
        st = *source ? agreement_check(a, *source, d, &g) : STATUS_FAULT;
    }
    if (st != STATUS_OK) return st;
    if (!known_reader(g, r, d)) return STATUS_INPUT;
    *out = g;
    return STATUS_OK;
}
