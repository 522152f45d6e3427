/* See system.h. */
#include "talks/system.h"

struct builder {
    struct system *s;
    size_t cap_premises, cap_hards;
    bool failed;
};

uint32_t system_var(const struct system *s, uint32_t issue, uint32_t option)
{
    return s->first_var[issue] + option;
}

int32_t system_literal(const struct system *s, const struct atom *atom)
{
    int32_t var = (int32_t)system_var(s, atom->issue, atom->option) + 1;
    return atom->negated ? -var : var;
}

/* A list of clauses that grows. */
struct clauses {
    struct clause *v;
    uint32_t n;
    size_t cap;
};

static bool add_clause(struct arena *a, struct clauses *list, const int32_t *literals, uint32_t n)
{
    struct clause *v = arena_grow(a, list->v, list->n, &list->cap, sizeof *v);
    int32_t *copy = arena_array(a, n, sizeof *copy);
    if (!v || !copy) return false;
    for (uint32_t i = 0; i < n; i++) copy[i] = literals[i];
    list->v = v;
    v[list->n++] = (struct clause){copy, n, 0};
    return true;
}

/* Every way to say "not p": one clause prefix for each (several where p is joined by "or"). */
static uint32_t prefixes(const struct position *p)
{
    return p->any ? p->n : 1;
}

static uint32_t prefix(const struct system *s, const struct position *p, uint32_t which,
                       int32_t *out)
{
    if (p->any) {
        out[0] = -system_literal(s, &p->atoms[which]);
        return 1;
    }
    for (uint32_t i = 0; i < p->n; i++) out[i] = -system_literal(s, &p->atoms[i]);
    return p->n;
}

/* before ∨ q, for each clause of q; with p == NULL: q alone. */
static bool add_implication(struct system *s, const struct position *p, const struct position *q,
                            struct clauses *out)
{
    uint32_t room = (p ? p->n : 0) + q->n;
    int32_t *literals = arena_array(s->arena, room + 1, sizeof *literals);
    if (!literals) return false;
    for (uint32_t w = 0; w < (p ? prefixes(p) : 1); w++) {
        uint32_t n = p ? prefix(s, p, w, literals) : 0;
        for (uint32_t i = 0; i < q->n; i++) {
            literals[n] = system_literal(s, &q->atoms[i]);
            if (q->any)
                n++;
            else if (!add_clause(s->arena, out, literals, n + 1))
                return false;
        }
        if (q->any && !add_clause(s->arena, out, literals, n)) return false;
    }
    return true;
}

/* Refused is each atom: "neither x nor y" whatever joins them. */
static bool add_refusal(struct system *s, const struct position *p, struct clauses *out)
{
    for (uint32_t i = 0; i < p->n; i++) {
        int32_t literal = -system_literal(s, &p->atoms[i]);
        if (!add_clause(s->arena, out, &literal, 1)) return false;
    }
    return true;
}

static bool add_exclusion(struct system *s, const struct position *p, const struct position *q,
                          struct clauses *out)
{
    int32_t *literals = arena_array(s->arena, p->n + q->n + 1, sizeof *literals);
    if (!literals) return false;
    for (uint32_t i = 0; i < prefixes(p); i++) {
        for (uint32_t k = 0; k < prefixes(q); k++) {
            uint32_t n = prefix(s, p, i, literals);
            n += prefix(s, q, k, literals + n);
            if (!add_clause(s->arena, out, literals, n)) return false;
        }
    }
    return true;
}

/* The clauses of a statement; none when it binds nothing. */
static bool statement_clauses(struct system *s, const struct statement *x, enum system_use use,
                              struct clauses *out)
{
    switch (x->act) {
    case ACT_DEMAND:
    case ACT_OFFER:
    case ACT_RED_LINE: return add_implication(s, NULL, &x->p, out);
    case ACT_ACCEPT:
        if (x->q.n && use == USE_CONFLICTS) return add_implication(s, &x->p, &x->q, out);
        return add_implication(s, NULL, &x->p, out);
    case ACT_REFUSE: return add_refusal(s, &x->p, out);
    case ACT_CONDITION:
    case ACT_PRECONDITION:
    case ACT_TOGETHER:
    case ACT_REQUIRES: return add_implication(s, &x->p, &x->q, out);
    case ACT_EXCLUDES: return add_exclusion(s, &x->p, &x->q, out);
    case ACT_SUPPORT:
    case ACT_OPEN:
    case ACT_AUTHORITY:
    case ACT_ARGUMENT:
    case ACT_WARNING:
    case ACT_QUESTION:
    case ACT_PROCESS:
    case ACT_SAID:
    case ACTS: break;
    }
    return true;
}

/* --- what is hard ---------------------------------------------------------------------------- */

static void add_hard(struct builder *b, struct clause clause, uint32_t statement, uint32_t issue)
{
    struct hard *v = arena_grow(b->s->arena, b->s->hards, b->s->n_hards, &b->cap_hards, sizeof *v);
    if (!v) {
        b->failed = true;
        return;
    }
    b->s->hards = v;
    v[b->s->n_hards++] = (struct hard){clause, statement, issue};
}

static void add_hards(struct builder *b, const struct clauses *list, uint32_t statement,
                      uint32_t issue)
{
    for (uint32_t i = 0; i < list->n; i++) add_hard(b, list->v[i], statement, issue);
}

static void choice(struct builder *b, uint32_t issue)
{
    struct system *s = b->s;
    const struct issue *x = &s->t->issues[issue];
    struct clauses list = {0};
    int32_t *all = arena_array(s->arena, x->n_options + 1, sizeof *all);
    if (!all || x->choice == CHOICE_ANY) {
        b->failed = b->failed || !all;
        return;
    }
    for (uint32_t i = 0; i < x->n_options; i++) {
        all[i] = (int32_t)system_var(s, issue, i) + 1;
        for (uint32_t k = 0; k < i; k++) {
            int32_t pair[2] = {-all[i], -all[k]};
            if (!add_clause(s->arena, &list, pair, 2)) b->failed = true;
        }
    }
    if (x->choice == CHOICE_EXACTLY_ONE && !add_clause(s->arena, &list, all, x->n_options))
        b->failed = true;
    add_hards(b, &list, TALKS_NONE, issue);
}

/* Wishes are what a package may leave out. */
static bool is_wish(enum act act)
{
    return act == ACT_DEMAND || act == ACT_OFFER || act == ACT_ACCEPT;
}

static void enter(struct builder *b, uint32_t index, enum system_use use)
{
    struct system *s = b->s;
    const struct statement *x = &s->t->statements[index];
    struct clauses list = {0};
    if (!statement_clauses(s, x, use, &list)) {
        b->failed = true;
        return;
    }
    if (list.n == 0) return;
    if (use == USE_PACKAGES && x->act == ACT_ACCEPT && x->q.n) { /* the condition holds for sure */
        struct clauses condition = {0};
        if (!add_implication(s, &x->p, &x->q, &condition)) b->failed = true;
        add_hards(b, &condition, index, TALKS_NONE);
    }
    if (x->origin == ORIGIN_DEPENDENCY || (use == USE_PACKAGES && !is_wish(x->act))) {
        add_hards(b, &list, index, TALKS_NONE);
        return;
    }
    struct premise *v =
        arena_grow(s->arena, s->premises, s->n_premises, &b->cap_premises, sizeof *v);
    if (!v) {
        b->failed = true;
        return;
    }
    s->premises = v;
    v[s->n_premises++] = (struct premise){index, list.v, list.n, 0};
}

/* --- independent parts ----------------------------------------------------------------------- *
 *
 * A clause that stands in a minimal unsatisfiable set is used by every refutation of it.  Positive
 * hyperresolution is complete, and uses a clause only when each variable that it denies stands in
 * some positive clause derived before; likewise with the signs turned round (J. A. Robinson,
 * "Automatic deduction with hyper-resolution", 1965).  So, over-approximating what is derived by
 * single literals, a clause of which some literal is met from neither side is in no minimal
 * conflict.  What is left falls into parts that share no variable, and each is searched alone. */

struct parts {
    struct system *s;
    struct clause **v; /* all clauses */
    size_t n;
    bool *met;      /* by slot: this literal can stand in something derived from its side */
    uint32_t *root; /* union of variables */
};

static size_t slot(int32_t literal)
{
    return literal > 0 ? 2 * (size_t)(literal - 1) : 2 * (size_t)(-literal - 1) + 1;
}

/* Are all literals of one sign denied by what is met? */
static bool side_met(const struct parts *p, const struct clause *c, bool positive)
{
    for (uint32_t i = 0; i < c->n; i++)
        if ((c->literals[i] > 0) == positive && !p->met[slot(-c->literals[i])]) return false;
    return true;
}

static bool meet(struct parts *p, const struct clause *c, bool positive)
{
    bool changed = false;
    for (uint32_t i = 0; i < c->n; i++) {
        size_t k = slot(c->literals[i]);
        if ((c->literals[i] > 0) != positive || p->met[k]) continue;
        p->met[k] = changed = true;
    }
    return changed;
}

/* One round: what is met by clauses still in; then those out of reach are put out. */
static bool prune(struct parts *p)
{
    bool changed;
    for (size_t i = 0; i < 2 * (size_t)p->s->n_vars; i++) p->met[i] = false;
    do {
        changed = false;
        for (size_t i = 0; i < p->n; i++) {
            const struct clause *c = p->v[i];
            if (c->part == TALKS_NONE) continue;
            if (side_met(p, c, false)) changed |= meet(p, c, true);
            if (side_met(p, c, true)) changed |= meet(p, c, false);
        }
    } while (changed);
    for (size_t i = 0; i < p->n; i++) {
        struct clause *c = p->v[i];
        if (c->part == TALKS_NONE || (side_met(p, c, false) && side_met(p, c, true))) continue;
        c->part = TALKS_NONE;
        changed = true;
    }
    return changed;
}

static uint32_t find(uint32_t *root, uint32_t v)
{
    while (root[v] != v) v = root[v] = root[root[v]];
    return v;
}

static uint32_t clause_root(struct parts *p, const struct clause *c)
{
    return find(p->root, (uint32_t)(slot(c->literals[0]) / 2));
}

/* A premise of several clauses ties what they are about: it is given up as a whole. */
static void tie(struct parts *p)
{
    for (size_t i = 0; i < p->n; i++)
        for (uint32_t k = 1; p->v[i]->part != TALKS_NONE && k < p->v[i]->n; k++)
            p->root[clause_root(p, p->v[i])] =
                find(p->root, (uint32_t)(slot(p->v[i]->literals[k]) / 2));
    for (uint32_t i = 0; i < p->s->n_premises; i++) {
        const struct clause *first = NULL;
        for (uint32_t k = 0; k < p->s->premises[i].n; k++) {
            const struct clause *c = &p->s->premises[i].clauses[k];
            if (c->part == TALKS_NONE) continue;
            if (first) p->root[clause_root(p, c)] = clause_root(p, first);
            first = c;
        }
    }
}

/* Number the parts that hold a premise, and tell each clause and premise its own. */
static void number(struct parts *p, uint32_t *part)
{
    struct system *s = p->s;
    for (uint32_t i = 0; i < s->n_premises; i++) {
        s->premises[i].part = TALKS_NONE;
        for (uint32_t k = 0; k < s->premises[i].n; k++) {
            const struct clause *c = &s->premises[i].clauses[k];
            if (c->part == TALKS_NONE) continue;
            uint32_t v = clause_root(p, c);
            if (part[v] == TALKS_NONE) part[v] = s->n_parts++;
            s->premises[i].part = part[v];
        }
    }
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i]->part != TALKS_NONE) p->v[i]->part = part[clause_root(p, p->v[i])];
}

static bool find_parts(struct system *s)
{
    size_t n = s->n_hards;
    for (uint32_t i = 0; i < s->n_premises; i++) n += s->premises[i].n;
    struct parts p = {.s = s, .n = n};
    p.v = arena_array(s->arena, n + 1, sizeof(struct clause *));
    p.met = arena_array(s->arena, 2 * (size_t)s->n_vars + 2, sizeof *p.met);
    p.root = arena_array(s->arena, s->n_vars + 1, sizeof *p.root);
    uint32_t *part = arena_array(s->arena, s->n_vars + 1, sizeof *part);
    if (!p.v || !p.met || !p.root || !part) return false;
    n = 0;
    for (uint32_t i = 0; i < s->n_hards; i++) p.v[n++] = &s->hards[i].clause;
    for (uint32_t i = 0; i < s->n_premises; i++)
        for (uint32_t k = 0; k < s->premises[i].n; k++) p.v[n++] = &s->premises[i].clauses[k];
    for (uint32_t i = 0; i <= s->n_vars; i++) {
        p.root[i] = i;
        part[i] = TALKS_NONE;
    }
    while (prune(&p)) continue;
    tie(&p);
    number(&p, part);
    return true;
}

bool system_build(struct arena *a, const struct talks *t, int32_t as_of, enum system_use use,
                  const bool *without, struct system *out)
{
    *out = (struct system){.arena = a, .t = t};
    out->first_var = arena_array(a, t->n_issues + 1, sizeof *out->first_var);
    if (!out->first_var) return false;
    for (uint32_t i = 0; i < t->n_issues; i++) {
        out->first_var[i] = out->n_vars;
        out->n_vars += t->issues[i].n_options;
    }
    out->var_issue = arena_array(a, out->n_vars + 1, sizeof *out->var_issue);
    if (!out->var_issue) return false;
    for (uint32_t i = 0; i < t->n_issues; i++)
        for (uint32_t k = 0; k < t->issues[i].n_options; k++)
            out->var_issue[out->first_var[i] + k] = i;
    struct builder b = {.s = out};
    for (uint32_t i = 0; i < t->n_issues; i++) choice(&b, i);
    for (uint32_t i = 0; i < t->n_statements; i++)
        if (statement_counts(t, i, as_of) && !(without && without[i])) enter(&b, i, use);
    return !b.failed && find_parts(out);
}
