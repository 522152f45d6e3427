/* See conflicts.h. */
#include "talks/conflicts.h"

#include "talks/explain.h"

struct finder {
    struct arena *arena;
    const struct talks *t;
    const struct conflict_query *query;
    struct conflicts *out;
    uint32_t part; /* being searched */
    bool failed;
};

static bool counts(const struct finder *f, uint32_t i)
{
    return statement_counts(f->t, i, f->query->as_of) &&
           !(f->query->without && f->query->without[i]);
}

/* The issue that most of the statements speak of. */
static uint32_t central_issue(const struct talks *t, const uint32_t *v, uint32_t n)
{
    uint32_t best = TALKS_NONE, most = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct statement *s = &t->statements[v[i]];
        for (uint32_t k = 0; k < s->p.n + s->q.n; k++) {
            uint32_t issue = k < s->p.n ? s->p.atoms[k].issue : s->q.atoms[k - s->p.n].issue;
            uint32_t count = 0;
            for (uint32_t j = 0; j < n; j++)
                count += statement_on_issue(t, &t->statements[v[j]], issue);
            if (count > most) {
                most = count;
                best = issue;
            }
        }
    }
    return best;
}

static void sort_members(uint32_t *v, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        uint32_t x = v[i], k = i;
        for (; k > 0 && v[k - 1] > x; k--) v[k] = v[k - 1];
        v[k] = x;
    }
}

/* Warnings of a side in the conflict about a position that is in it. */
static void add_warnings(struct finder *f, struct conflict *c)
{
    const struct talks *t = f->t;
    uint32_t *v = NULL, n = 0;
    size_t cap = 0;
    for (uint32_t i = 0; i < t->n_statements; i++) {
        const struct statement *w = &t->statements[i];
        if (w->act != ACT_WARNING || !counts(f, i)) continue;
        bool fits = false;
        for (uint32_t k = 0; k < c->n && !fits; k++) {
            const struct statement *s = &t->statements[c->statements[k]];
            bool same = s->speaker == w->speaker || (statement_side(t, s) != TALKS_NONE &&
                                                     statement_side(t, s) == statement_side(t, w));
            fits = same && (positions_meet(&s->p, &w->p) || positions_meet(&s->q, &w->p));
        }
        if (!fits) continue;
        v = arena_grow(f->arena, v, n, &cap, sizeof *v);
        if (!v) {
            f->failed = true;
            return;
        }
        v[n++] = i;
    }
    c->warnings = v;
    c->n_warnings = n;
}

static void add_conflict(struct finder *f, uint32_t *members, uint32_t n, bool authority,
                         uint32_t issue)
{
    struct conflict *v = arena_grow(f->arena, f->out->conflicts, f->out->n_conflicts,
                                    &f->out->cap_conflicts, sizeof *v);
    if (!v) {
        f->failed = true;
        return;
    }
    f->out->conflicts = v;
    sort_members(members, n);
    struct conflict c = {.authority = authority,
                         .statements = members,
                         .n = n,
                         .issue = issue,
                         .part = authority ? TALKS_NONE : f->part};
    for (uint32_t i = 0; i < n; i++)
        c.assumed = c.assumed || f->t->statements[members[i]].origin == ORIGIN_ASSUMED;
    add_warnings(f, &c);
    v[f->out->n_conflicts++] = c;
    if (f->query->found) f->query->found(f->query->context, &c);
}

static void add_concession(struct finder *f, uint32_t *members, uint32_t n)
{
    struct concession *v = arena_grow(f->arena, f->out->concessions, f->out->n_concessions,
                                      &f->out->cap_concessions, sizeof *v);
    if (!v) {
        f->failed = true;
        return;
    }
    f->out->concessions = v;
    sort_members(members, n);
    v[f->out->n_concessions++] = (struct concession){members, n, f->part};
}

static bool found(void *context, bool conflict, uint32_t *statements, uint32_t n)
{
    struct finder *f = context;
    if (conflict)
        add_conflict(f, statements, n, false, central_issue(f->t, statements, n));
    else if (n)
        add_concession(f, statements, n);
    return !f->failed;
}

/* --- who decides ----------------------------------------------------------------------------- */

static bool has(const uint32_t *v, uint32_t n, uint32_t x)
{
    for (uint32_t i = 0; i < n; i++)
        if (v[i] == x) return true;
    return false;
}

/* Two claims that name different deciders, or of which one denies what the other claims. */
static bool claims_collide(const struct statement *a, const struct statement *b)
{
    if (a->issue != b->issue) return false;
    if (a->n_deciders != b->n_deciders) return true;
    for (uint32_t i = 0; i < a->n_deciders; i++)
        if (!has(b->deciders, b->n_deciders, a->deciders[i]) ||
            has(b->not_deciders, b->n_not_deciders, a->deciders[i]) ||
            has(a->not_deciders, a->n_not_deciders, b->deciders[i]))
            return true;
    return false;
}

/* Does s say no on an issue that the claim gives to others to decide? */
static bool claim_denies(const struct talks *t, const struct statement *claim,
                         const struct statement *s)
{
    if (s->act != ACT_REFUSE && s->act != ACT_RED_LINE) return false;
    uint32_t side = statement_side(t, s);
    return side != TALKS_NONE && position_on_issue(&s->p, claim->issue) &&
           !has(claim->deciders, claim->n_deciders, side);
}

static void find_authority(struct finder *f)
{
    const struct talks *t = f->t;
    for (uint32_t i = 0; i < t->n_statements && !f->failed; i++) {
        const struct statement *claim = &t->statements[i];
        if (claim->act != ACT_AUTHORITY || !counts(f, i)) continue;
        for (uint32_t k = 0; k < t->n_statements && !f->failed; k++) {
            const struct statement *s = &t->statements[k];
            if (k == i || !counts(f, k)) continue;
            bool hit = s->act == ACT_AUTHORITY ? k > i && claims_collide(claim, s)
                                               : claim_denies(t, claim, s);
            if (!hit) continue;
            uint32_t *v = arena_array(f->arena, 2, sizeof *v);
            if (!v) {
                f->failed = true;
                return;
            }
            v[0] = i;
            v[1] = k;
            add_conflict(f, v, 2, true, claim->issue);
        }
    }
}

/* --- all ------------------------------------------------------------------------------------- */

static bool search_part(struct finder *f, Z3_context z3, const struct system *s, uint32_t part)
{
    struct part_search search = {s, part, &f->query->limits, f->query->recall, found, f};
    struct part_end *end = &f->out->parts[part];
    uint32_t first;
    f->part = part;
    end->end = part_search(f->arena, z3, &search, &end->premises, &first);
    end->issue = first == TALKS_NONE ? TALKS_NONE : f->t->statements[first].p.atoms[0].issue;
    return end->end != SEARCH_FAULT;
}

enum status conflicts_find(struct arena *a, Z3_context z3, const struct talks *t,
                           const struct conflict_query *query, struct conflicts *out)
{
    struct system s;
    struct solver whole;
    *out = (struct conflicts){0};
    struct finder f = {.arena = a, .t = t, .query = query, .out = out};
    if (!system_build(a, t, query->as_of, USE_CONFLICTS, query->without, &s)) return STATUS_FAULT;
    out->n_parts = s.n_parts;
    out->parts = arena_array(a, s.n_parts + 1, sizeof *out->parts);
    bool *nothing = arena_array(a, s.n_premises + 1, sizeof *nothing);
    if (!out->parts || !nothing) return STATUS_FAULT;
    find_authority(&f);
    if (!solver_init(a, z3, &s, TALKS_NONE, &whole)) return STATUS_FAULT;
    out->impossible = solver_ask(&whole, nothing, NULL, 0, NULL) == ORACLE_CONFLICT;
    solver_free(&whole);
    if (out->impossible) return STATUS_OK;
    for (uint32_t part = 0; part < s.n_parts && !f.failed; part++)
        if (!search_part(&f, z3, &s, part)) return STATUS_FAULT;
    return f.failed || a->failed ? STATUS_FAULT : STATUS_OK;
}

bool conflicts_explored(const struct conflicts *c)
{
    bool complete = !c->impossible;
    for (uint32_t i = 0; complete && i < c->n_parts; i++)
        complete = c->parts[i].end == SEARCH_COMPLETE;
    return complete;
}

bool conflicts_complete(const struct talks *t, const struct conflicts *c, struct buf *out)
{
    bool complete = !c->impossible;
    if (c->impossible)
        buf_puts(out,
                 "no outcome is possible at all: the options and the dependencies between them, "
                 "as declared, exclude each other\n");
    for (uint32_t i = 0; !c->impossible && i < c->n_parts; i++) {
        const struct part_end *p = &c->parts[i];
        if (p->end == SEARCH_COMPLETE) continue;
        complete = false;
        buf_fmt(out,
                "not fully explored: the part around the issue %.*s with %u statements (%s); more "
                "conflicts and concessions may be there\n",
                STR_ARG(p->issue == TALKS_NONE ? STR("?") : t->issues[p->issue].name), p->premises,
                p->end == SEARCH_TIME   ? "the time ran out"
                : p->end == SEARCH_MOST ? "the number asked for was reached"
                                        : "the solver could not decide");
    }
    return complete;
}

/* --- in words -------------------------------------------------------------------------------- */

void statement_stance(const struct talks *t, const struct statement *s, struct buf *out)
{
    switch (s->origin) {
    case ORIGIN_ASSUMED: buf_puts(out, "it is assumed, in nobody's words, that "); break;
    case ORIGIN_DEPENDENCY: buf_puts(out, "by declaration "); break;
    case ORIGIN_SAID:
    case ORIGIN_PROPOSED: speaker_print(t, s, out); buf_putc(out, ' ');
    }
    bool link = s->act == ACT_CONDITION || s->act == ACT_PRECONDITION || s->act == ACT_TOGETHER ||
                s->act == ACT_REQUIRES || s->act == ACT_EXCLUDES;
    if (!link) {
        buf_fmt(out, "%s ",
                s->act == ACT_RED_LINE ? "draws a red line at" : talks_acts[s->act].stance);
        position_label(t, &s->p, out);
        if (s->q.n) {
            buf_puts(out, " only if ");
            position_label(t, &s->q, out);
        }
        return;
    }
    if (s->origin == ORIGIN_SAID) buf_puts(out, "holds that ");
    position_label(t, &s->p, out);
    buf_fmt(out, " %s ", talks_acts[s->act].stance);
    position_label(t, &s->q, out);
}

static void authority_why(const struct talks *t, const struct conflict *c, struct buf *out)
{
    const struct statement *a = &t->statements[c->statements[0]],
                           *b = &t->statements[c->statements[1]];
    if (a->act != ACT_AUTHORITY) {
        const struct statement *x = a;
        a = b;
        b = x;
    }
    speaker_print(t, a, out);
    buf_puts(out, " says that ");
    for (uint32_t i = 0; i < a->n_deciders; i++)
        buf_fmt(out, "%s%.*s", i ? " and " : "", STR_ARG(t->sides[a->deciders[i]].label));
    buf_fmt(out, " decide%s on %.*s", a->n_deciders > 1 ? "" : "s",
            STR_ARG(t->issues[a->issue].label));
    for (uint32_t i = 0; i < a->n_not_deciders; i++)
        buf_fmt(out, "%s%.*s", i ? " or " : ", not ", STR_ARG(t->sides[a->not_deciders[i]].label));
    buf_puts(out, "; ");
    if (b->act == ACT_AUTHORITY) {
        speaker_print(t, b, out);
        buf_puts(out, " says that ");
        for (uint32_t i = 0; i < b->n_deciders; i++)
            buf_fmt(out, "%s%.*s", i ? " and " : "", STR_ARG(t->sides[b->deciders[i]].label));
        buf_puts(out, " do");
    } else {
        statement_stance(t, b, out);
        buf_puts(out, ", and so does not leave the decision to them");
    }
    buf_putc(out, '.');
}

void conflict_why(const struct talks *t, const struct conflict *c, struct buf *out)
{
    size_t from = out->n;
    if (c->authority) {
        authority_why(t, c, out);
    } else {
        for (uint32_t i = 0; i < c->n; i++) {
            if (i) buf_puts(out, "; ");
            statement_stance(t, &t->statements[c->statements[i]], out);
        }
        const struct issue *issue = &t->issues[c->issue];
        buf_puts(out, c->n == 1 ? ": no outcome allows this" : ": no outcome allows them all");
        if (issue->choice != CHOICE_ANY && c->n > 1 && issue->n_options > 1)
            buf_fmt(out, ", for %s %.*s can be",
                    issue->choice == CHOICE_EXACTLY_ONE ? "exactly one option of"
                                                        : "at most one option of",
                    STR_ARG(issue->label));
        buf_putc(out, '.');
    }
    for (uint32_t i = 0; i < c->n_warnings; i++) {
        const struct statement *w = &t->statements[c->warnings[i]];
        buf_puts(out, " With a warning: if ");
        position_label(t, &w->p, out);
        buf_puts(out, ", then ");
        warning_consequence(t, w, out);
        buf_putc(out, '.');
    }
    if (out->n > from && out->p[from] >= 'a' && out->p[from] <= 'z')
        out->p[from] = (char)(out->p[from] - 'a' + 'A');
}

void conflict_kind(const struct talks *t, const struct conflict *c, struct buf *out)
{
    uint32_t count[ACTS] = {0};
    for (uint32_t i = 0; i < c->n; i++) count[t->statements[c->statements[i]].act]++;
    if (c->authority && count[ACT_AUTHORITY] > 1)
        buf_puts(out, "two claims of authority");
    else if (c->authority)
        buf_fmt(out, "a claim of authority against a %s",
                count[ACT_REFUSE] ? "refusal" : "red line");
    else if (count[ACT_REFUSE])
        buf_puts(out, "a refusal");
    else if (count[ACT_RED_LINE])
        buf_puts(out, "a red line");
    else if (count[ACT_DEMAND] == c->n && c->n == 2)
        buf_puts(out, "two demands");
    else if (count[ACT_PRECONDITION] + count[ACT_CONDITION] + count[ACT_TOGETHER])
        buf_puts(out, "a condition");
    else
        buf_puts(out, "positions");
    if (c->n_warnings) buf_puts(out, " with a warning");
    if (c->assumed) buf_puts(out, ", by way of an assumption");
}
