/* Declarations: sides, speakers, sources, issues, and what the person who keeps the file adds:
 * assumptions, dependencies, interim guarantees, steps, preferences, weights, drafts. */
#include "talks/parse.h"

void *t_add_item(struct parser *p, void *array, uint32_t *n, size_t *cap, size_t size)
{
    void *items = arena_grow(p->arena, array, *n, cap, size);
    if (!items)
        p->failed = true;
    else
        ++*n;
    return items;
}

#define ADD(p, array, count, kind)                                                                 \
    t_add_item(p, (p)->t->array, &(p)->t->count, &(p)->caps[kind], sizeof *(p)->t->array)

/* NAME "LABEL"; the label may be left out and is then the name. */
static bool name_and_label(struct cursor *c, struct str *name, struct str *label, struct place *at)
{
    if (!t_expect_word_any(c, "a name", name, at)) return false;
    *label = *name;
    t_accept_string(c, label, NULL);
    return true;
}

void t_parse_side(struct cursor *c)
{
    struct talks_side s = {0};
    struct talks *t = c->p->t;
    if (!name_and_label(c, &s.name, &s.label, &s.at) || !t_expect_end(c)) return;
    struct talks_side *items = ADD(c->p, sides, n_sides, NAME_SIDE);
    if (!items) return;
    t->sides = items;
    items[t->n_sides - 1] = s;
    t_declare(c->p, s.name, NAME_SIDE, t->n_sides - 1, s.at);
}

void t_parse_speaker(struct cursor *c)
{
    struct speaker s = {.side = TALKS_NONE};
    struct talks *t = c->p->t;
    if (!name_and_label(c, &s.name, &s.label, &s.at)) return;
    t_accept_punct(c, ',');
    if (t_accept_word(c, "of") && !t_expect_name(c, NAME_SIDE, &s.side)) return;
    if (!t_expect_end(c)) return;
    struct speaker *items = ADD(c->p, speakers, n_speakers, NAME_SPEAKER);
    if (!items) return;
    t->speakers = items;
    items[t->n_speakers - 1] = s;
    t_declare(c->p, s.name, NAME_SPEAKER, t->n_speakers - 1, s.at);
}

static bool is_sha256(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        if (!((ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'f'))) return false;
    }
    return s.n == 64;
}

void t_parse_source(struct cursor *c)
{
    struct kept_source s = {0};
    struct talks *t = c->p->t;
    if (!name_and_label(c, &s.name, &s.label, &s.at)) return;
    t_accept_punct(c, ',');
    if (t_accept_word(c, "from")) {
        if (!t_expect_string(c, "the name of a file", &s.file, &s.file_at)) return;
        t_accept_punct(c, ',');
        if (!t_expect_words(c, "sha256") ||
            !t_expect_string(c, "the 64 digits of its SHA-256", &s.sha256, &s.sha256_at))
            return;
        if (!is_sha256(s.sha256)) {
            diag_fix(c->p->d,
                     diag_add(c->p->d, SEVERITY_ERROR, "bad-sha256", s.sha256_at,
                              "a SHA-256 has 64 digits, each 0–9 or a–f"),
                     "take what this prints: sha256sum %.*s", STR_ARG(s.file));
            return;
        }
    }
    if (!t_expect_end(c)) return;
    struct kept_source *items = ADD(c->p, sources, n_sources, NAME_SOURCE);
    if (!items) return;
    t->sources = items;
    items[t->n_sources - 1] = s;
    t_declare(c->p, s.name, NAME_SOURCE, t->n_sources - 1, s.at);
}

/* A dash that opens an item of a list. */
static bool expect_dash(struct cursor *c)
{
    const struct token *t = t_peek_token(c);
    if (t && t->kind == TOKEN_DASH) {
        c->at++;
        return true;
    }
    t_expected(c, "expected-list", "a dash that opens an item of the list");
    return false;
}

static bool options_of(struct cursor *c, struct issue *issue)
{
    size_t cap = 0;
    while (!t_at_end(c)) {
        struct issue_option o = {0};
        if (!expect_dash(c) || !name_and_label(c, &o.name, &o.label, &o.at)) return false;
        t_accept_punct(c, ',');
        for (uint32_t i = 0; i < issue->n_options; i++) {
            if (!str_eq(issue->options[i].name, o.name)) continue;
            diag_add(c->p->d, SEVERITY_ERROR, "duplicate-option", o.at,
                     "the issue %.*s already has an option %.*s", STR_ARG(issue->name),
                     STR_ARG(o.name));
            return false;
        }
        struct issue_option *items =
            t_add_item(c->p, issue->options, &issue->n_options, &cap, sizeof *items);
        if (!items) return false;
        issue->options = items;
        items[issue->n_options - 1] = o;
    }
    return true;
}

void t_parse_issue(struct cursor *c)
{
    struct issue s = {.choice = CHOICE_AT_MOST_ONE};
    struct talks *t = c->p->t;
    if (!name_and_label(c, &s.name, &s.label, &s.at)) return;
    t_accept_punct(c, ',');
    if (t_accept_words(c, "exactly one"))
        s.choice = CHOICE_EXACTLY_ONE;
    else if (t_accept_words(c, "any number"))
        s.choice = CHOICE_ANY;
    else
        t_accept_words(c, "at most one");
    if (!t_accept_punct(c, ':')) {
        diag_fix(c->p->d, t_expected(c, "expected-list", "a colon and the list of its options"),
                 "issue %.*s \"…\": - one \"…\" - another \"…\".", STR_ARG(s.name));
        return;
    }
    if (!options_of(c, &s)) return;
    if (s.n_options == 0) {
        t_expected(c, "expected-list", "at least one option");
        return;
    }
    struct issue *items = ADD(c->p, issues, n_issues, NAME_ISSUE);
    if (!items) return;
    t->issues = items;
    items[t->n_issues - 1] = s;
    t_declare(c->p, s.name, NAME_ISSUE, t->n_issues - 1, s.at);
    for (uint32_t i = 0; i < s.n_options; i++)
        t_mention(c->p, MENTION_OPTION, t->n_issues - 1, i, true, s.options[i].at);
}

/* ; because "…"  ; by "…" */
static bool reasons(struct cursor *c, struct str *because, struct str *by)
{
    while (t_accept_punct(c, ';')) {
        if (t_accept_word(c, "because")) {
            if (!t_expect_string(c, "the reason in quotation marks", because, NULL)) return false;
        } else if (t_accept_words(c, "declared by") || t_accept_word(c, "by")) {
            if (!by || !t_expect_string(c, "who says so, in quotation marks", by, NULL))
                return false;
        } else {
            t_expected(c, "unknown-field", "because \"…\" or by \"…\"");
            return false;
        }
    }
    return t_expect_end(c);
}

void t_parse_interim(struct cursor *c)
{
    struct interim s = {0};
    struct talks *t = c->p->t;
    if (!name_and_label(c, &s.name, &s.label, &s.at)) return;
    if (!t_expect_words(c, "stands in for") || !t_expect_position(c, &s.for_)) return;
    if (!reasons(c, &s.because, NULL)) return;
    struct interim *items = ADD(c->p, interims, n_interims, NAME_INTERIM);
    if (!items) return;
    t->interims = items;
    items[t->n_interims - 1] = s;
    t_declare(c->p, s.name, NAME_INTERIM, t->n_interims - 1, s.at);
}

/* step NAME: POSITION takes N days[, not before DATE] */
void t_parse_step(struct cursor *c)
{
    struct step s = {.earliest = DAY_UNKNOWN};
    struct talks *t = c->p->t;
    if (!t_expect_word_any(c, "a name", &s.name, &s.at)) return;
    if (!t_accept_punct(c, ':')) {
        t_expected(c, "expected-colon", "a colon");
        return;
    }
    if (!t_expect_position(c, &s.p)) return;
    t_accept_punct(c, ',');
    if (t_accept_word(c, "takes")) {
        if (!t_expect_count(c, "a number of days", &s.days)) return;
        if (!t_accept_word(c, "day") && !t_expect_words(c, "days")) return;
        t_accept_punct(c, ',');
    }
    if (t_accept_words(c, "not before") && !t_expect_day(c, &s.earliest)) return;
    if (!t_expect_end(c)) return;
    struct step *items = ADD(c->p, steps, n_steps, NAME_STEP);
    if (!items) return;
    t->steps = items;
    items[t->n_steps - 1] = s;
    t_declare(c->p, s.name, NAME_STEP, t->n_steps - 1, s.at);
}

/* preference NAME: SIDE prefers P to Q[, weight N]; declared by "…"[; rests on STATEMENT] */
void t_parse_preference(struct cursor *c)
{
    struct preference s = {.weight = 1, .rests_on = TALKS_NONE};
    struct talks *t = c->p->t;
    if (!t_expect_word_any(c, "a name", &s.name, &s.at)) return;
    if (!t_accept_punct(c, ':')) {
        t_expected(c, "expected-colon", "a colon");
        return;
    }
    if (!t_expect_name(c, NAME_SIDE, &s.side) || !t_expect_words(c, "prefers") ||
        !t_expect_position(c, &s.better) || !t_expect_words(c, "to") ||
        !t_expect_position(c, &s.worse))
        return;
    t_accept_punct(c, ',');
    if (t_accept_word(c, "weight") && !t_expect_count(c, "a whole number", &s.weight)) return;
    while (t_accept_punct(c, ';')) {
        if (t_accept_words(c, "declared by")) {
            if (!t_expect_string(c, "who declares it, in quotation marks", &s.by, NULL)) return;
        } else if (t_accept_words(c, "rests on")) {
            if (!t_expect_name(c, NAME_STATEMENT, &s.rests_on)) return;
        } else {
            t_expected(c, "unknown-field", "declared by \"…\" or rests on a statement");
            return;
        }
    }
    if (!t_expect_end(c)) return;
    if (!s.by.n && s.rests_on == TALKS_NONE) {
        diag_fix(c->p->d,
                 diag_add(c->p->d, SEVERITY_ERROR, "preference-of-nobody", s.at,
                          "nobody declares this preference and no statement bears it, so it would "
                          "be invented"),
                 "; declared by \"name\", or ; rests on a statement");
        return;
    }
    struct preference *items = ADD(c->p, preferences, n_preferences, NAME_PREFERENCE);
    if (!items) return;
    t->preferences = items;
    items[t->n_preferences - 1] = s;
    t_declare(c->p, s.name, NAME_PREFERENCE, t->n_preferences - 1, s.at);
}

/* weight of STATEMENT is N; declared by "…" */
void t_parse_weight(struct cursor *c)
{
    struct weight s = {.at = t_cursor_place(c)};
    struct talks *t = c->p->t;
    if (!t_expect_words(c, "of") || !t_expect_name(c, NAME_STATEMENT, &s.statement) ||
        !t_expect_words(c, "is") || !t_expect_count(c, "a whole number", &s.weight))
        return;
    t_accept_punct(c, ';');
    if (!t_expect_words(c, "declared by") ||
        !t_expect_string(c, "who declares it, in quotation marks", &s.by, NULL) || !t_expect_end(c))
        return;
    struct weight *items =
        t_add_item(c->p, t->weights, &t->n_weights, &c->p->cap_weights, sizeof *items);
    if (!items) return;
    t->weights = items;
    items[t->n_weights - 1] = s;
}

/* draft NAME "LABEL" from "FILE": - PROVISION means POSITION … */
void t_parse_draft(struct cursor *c)
{
    struct draft s = {0};
    struct talks *t = c->p->t;
    size_t cap = 0;
    if (!name_and_label(c, &s.name, &s.label, &s.at)) return;
    if (!t_expect_words(c, "from") ||
        !t_expect_string(c, "the name of a file", &s.file, &s.file_at))
        return;
    if (!t_accept_punct(c, ':')) {
        t_expected(c, "expected-list", "a colon and a list of what its provisions mean");
        return;
    }
    while (!t_at_end(c)) {
        struct clause_meaning m = {0};
        if (!expect_dash(c) ||
            !t_expect_word_any(c, "the name of a provision", &m.provision, &m.at) ||
            !t_expect_words(c, "means") || !t_expect_position(c, &m.p))
            return;
        t_accept_punct(c, ',');
        struct clause_meaning *items =
            t_add_item(c->p, s.clauses, &s.n_clauses, &cap, sizeof *items);
        if (!items) return;
        s.clauses = items;
        items[s.n_clauses - 1] = m;
    }
    struct draft *items = ADD(c->p, drafts, n_drafts, NAME_DRAFT);
    if (!items) return;
    t->drafts = items;
    items[t->n_drafts - 1] = s;
    t_declare(c->p, s.name, NAME_DRAFT, t->n_drafts - 1, s.at);
}
