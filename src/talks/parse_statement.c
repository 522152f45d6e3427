/* Statements, and what is like them: assumptions and dependencies between options. */
#include "talks/parse.h"

struct statement t_statement_empty(enum origin origin)
{
    return (struct statement){.origin = origin,
                              .act = ACT_SAID,
                              .speaker = TALKS_NONE,
                              .refers = TALKS_NONE,
                              .issue = TALKS_NONE,
                              .regards_side = TALKS_NONE,
                              .with = TALKS_NONE,
                              .said = DAY_UNKNOWN,
                              .published = DAY_UNKNOWN,
                              .source = TALKS_NONE,
                              .supersedes = TALKS_NONE,
                              .superseded_by = TALKS_NONE};
}

/* The statement's element was added, and its name declared, by the pass before this one. */
static struct statement *begin(struct cursor *c, enum origin origin)
{
    struct str name;
    struct place at, from = c->v[c->at - 1].at;
    if (!t_expect_word_any(c, "a name", &name, &at)) return NULL;
    uint32_t index = t_find_name(c->p, name, NAME_STATEMENT);
    if (index == TALKS_NONE) return NULL;
    struct statement *s = &c->p->t->statements[index];
    if (s->name.p != name.p) return NULL; /* a second one of the same name: already said */
    *s = t_statement_empty(origin);
    s->name = name;
    s->name_at = at;
    s->at = place_join(from, c->v[c->to ? c->to - 1 : 0].at);
    if (t_accept_punct(c, ':')) return s;
    t_expected(c, "expected-colon", "a colon");
    return NULL;
}

/* --- what a speaker does --------------------------------------------------------------------- */

/* P only if | only after | only at the same time as Q */
static bool link(struct cursor *c, struct statement *s)
{
    if (!t_expect_position(c, &s->p)) return false;
    t_accept_punct(c, ',');
    if (t_accept_words(c, "only if"))
        s->act = ACT_CONDITION;
    else if (t_accept_words(c, "only after"))
        s->act = ACT_PRECONDITION;
    else if (t_accept_words(c, "only at the same time as"))
        s->act = ACT_TOGETHER;
    else {
        t_expected(c, "expected-word",
                   "\"only if\", \"only after\" or \"only at the same time as\"");
        return false;
    }
    return t_expect_position(c, &s->q);
}

static bool sides(struct cursor *c, const uint32_t **out, uint32_t *n)
{
    uint32_t *v = NULL, count = 0;
    size_t cap = 0;
    do {
        v = arena_grow(c->p->arena, v, count, &cap, sizeof *v);
        if (!v) {
            c->p->failed = true;
            return false;
        }
        if (!t_expect_name(c, NAME_SIDE, &v[count])) return false;
        count++;
    } while (t_accept_word(c, "and"));
    *out = v;
    *n = count;
    return true;
}

/* claims "…"  |  claims that SIDE decides ISSUE[, not SIDE] */
static bool claims(struct cursor *c, struct statement *s)
{
    if (t_accept_string(c, &s->consequence, NULL)) {
        s->act = ACT_ARGUMENT;
        return !t_accept_word(c, "on") || t_expect_name(c, NAME_ISSUE, &s->issue);
    }
    s->act = ACT_AUTHORITY;
    if (!t_expect_words(c, "that") || !sides(c, &s->deciders, &s->n_deciders)) return false;
    if (!t_accept_word(c, "decide") && !t_expect_words(c, "decides")) return false;
    if (!t_expect_name(c, NAME_ISSUE, &s->issue)) return false;
    size_t before = c->at;
    t_accept_punct(c, ',');
    if (t_accept_word(c, "not")) return sides(c, &s->not_deciders, &s->n_not_deciders);
    c->at = before;
    return true;
}

/* warns that if P, then "…"  |  then SIDE regards "…" as "…" */
static bool warns(struct cursor *c, struct statement *s)
{
    s->act = ACT_WARNING;
    if (!t_expect_words(c, "that if") || !t_expect_position(c, &s->p)) return false;
    t_accept_punct(c, ',');
    if (!t_expect_words(c, "then")) return false;
    if (t_accept_string(c, &s->consequence, NULL)) return true;
    return t_expect_name(c, NAME_SIDE, &s->regards_side) && t_expect_words(c, "regards") &&
           t_expect_string(c, "what, in quotation marks", &s->regards, NULL) &&
           t_expect_words(c, "as") &&
           t_expect_string(c, "as what, in quotation marks", &s->regards_as, NULL);
}

static bool asks(struct cursor *c, struct statement *s)
{
    s->act = ACT_QUESTION;
    if (!t_expect_string(c, "the question in quotation marks", &s->consequence, NULL)) return false;
    return !t_accept_word(c, "on") || t_expect_name(c, NAME_ISSUE, &s->issue);
}

static bool announces(struct cursor *c, struct statement *s)
{
    s->act = ACT_PROCESS;
    if (!t_expect_words(c, "talks")) return false;
    if (t_accept_word(c, "with") && !t_expect_name(c, NAME_SIDE, &s->with)) return false;
    t_accept_string(c, &s->consequence, NULL);
    return !t_accept_word(c, "on") || t_expect_name(c, NAME_ISSUE, &s->issue);
}

/* accepts|refuses that P, or a statement by its name */
static bool answers(struct cursor *c, struct statement *s, enum act act)
{
    s->act = act;
    if (t_accept_word(c, "that")) {
        if (!t_expect_position(c, &s->p)) return false;
    } else {
        struct place at = t_cursor_place(c);
        if (!t_expect_name(c, NAME_STATEMENT, &s->refers)) return false;
        if (&c->p->t->statements[s->refers] == s) {
            diag_fix(c->p->d,
                     diag_add(c->p->d, SEVERITY_ERROR, "accepts-itself", at,
                              "the statement %.*s %s itself; it answers nobody", STR_ARG(s->name),
                              talks_acts[act].stance),
                     "name the statement of another speaker, or write: %s that …",
                     talks_acts[act].stance);
            s->refers = TALKS_NONE;
            return false;
        }
    }
    size_t before = c->at;
    t_accept_punct(c, ',');
    if (act == ACT_ACCEPT && t_accept_words(c, "only if")) return t_expect_position(c, &s->q);
    c->at = before;
    return true;
}

static bool plain(struct cursor *c, struct statement *s, enum act act)
{
    s->act = act;
    return t_expect_position(c, &s->p);
}

static void unknown_act(struct cursor *c)
{
    static const char *const verbs[] = {"demands",  "offers", "accepts", "refuses",
                                        "supports", "could",  "holds",   "draws",
                                        "claims",   "warns",  "asks",    "announces"};
    const struct token *t = t_peek_token(c);
    struct diag *d = t_expected(c, "unknown-act", "what the speaker does");
    const char *near = NULL;
    size_t least = 4;
    for (size_t i = 0; t && i < sizeof verbs / sizeof *verbs; i++)
        if (str_nearer(t->text, str_of(verbs[i]), &least)) near = verbs[i];
    if (near)
        diag_fix(c->p->d, d, "%s", near);
    else
        diag_fix(
            c->p->d, d,
            "demands that, offers that, accepts that, refuses that, supports in principle that, "
            "could discuss that, holds that … only if / only after, draws a red line that, "
            "claims that … decides, warns that if …, then …, asks \"…\", announces talks");
}

static bool act(struct cursor *c, struct statement *s)
{
    if (t_accept_words(c, "demands that")) return plain(c, s, ACT_DEMAND);
    if (t_accept_words(c, "offers that")) return plain(c, s, ACT_OFFER);
    if (t_accept_words(c, "supports in principle that")) return plain(c, s, ACT_SUPPORT);
    if (t_accept_words(c, "could discuss that")) return plain(c, s, ACT_OPEN);
    if (t_accept_words(c, "draws a red line that")) return plain(c, s, ACT_RED_LINE);
    if (t_accept_word(c, "accepts")) return answers(c, s, ACT_ACCEPT);
    if (t_accept_word(c, "refuses")) return answers(c, s, ACT_REFUSE);
    if (t_accept_words(c, "holds that")) return link(c, s);
    if (t_accept_word(c, "claims")) return claims(c, s);
    if (t_accept_word(c, "warns")) return warns(c, s);
    if (t_accept_word(c, "asks")) return asks(c, s);
    if (t_accept_word(c, "announces")) return announces(c, s);
    unknown_act(c);
    return false;
}

/* Skip to the fields after an error in what comes before, so that they are checked too. */
static void to_fields(struct cursor *c)
{
    while (!t_at_end(c) && !(c->v[c->at].kind == TOKEN_PUNCT && c->v[c->at].punct == ';')) c->at++;
}

void t_parse_said(struct cursor *c)
{
    struct statement *s = begin(c, ORIGIN_SAID);
    if (!s) return;
    c->what = "a statement";
    if (!t_expect_name(c, NAME_SPEAKER, &s->speaker) || !act(c, s)) {
        s->origin = ORIGIN_PROPOSED; /* not understood: nothing rests on it */
        s->act = ACT_ARGUMENT;
        to_fields(c);
    }
    t_parse_fields(c, s);
}

void t_parse_proposed(struct cursor *c)
{
    struct statement *s = begin(c, ORIGIN_PROPOSED);
    if (!s) return;
    c->what = "a proposed statement";
    if (!t_accept_word(c, "unknown") && !t_expect_name(c, NAME_SPEAKER, &s->speaker)) return;
    if (!t_expect_words(c, "said")) return;
    t_parse_fields(c, s);
}

static void because(struct cursor *c, struct statement *s)
{
    while (t_accept_punct(c, ';')) {
        if (t_accept_word(c, "because")) {
            if (!t_expect_string(c, "the reason in quotation marks", &s->because, NULL)) return;
        } else if (t_accept_word(c, "by")) {
            if (!t_expect_string(c, "who assumes it, in quotation marks", &s->by, NULL)) return;
        } else {
            t_expected(c, "unknown-field", "because \"…\" or by \"…\"");
            return;
        }
    }
    t_expect_end(c);
}

void t_parse_assumption(struct cursor *c)
{
    struct statement *s = begin(c, ORIGIN_ASSUMED);
    if (!s) return;
    if (!link(c, s)) {
        s->origin = ORIGIN_PROPOSED;
        return;
    }
    because(c, s);
    if (!s->because.n)
        diag_fix(c->p->d,
                 diag_add(c->p->d, SEVERITY_ERROR, "assumption-without-reason", s->name_at,
                          "an assumption is nobody's words, so it needs a reason"),
                 "; because \"…\"");
}

/* dependency NAME: P requires|excludes Q */
void t_parse_dependency(struct cursor *c)
{
    struct statement *s = begin(c, ORIGIN_DEPENDENCY);
    if (!s) return;
    s->act = ACT_REQUIRES;
    bool good = t_expect_position(c, &s->p);
    if (good && t_accept_word(c, "excludes"))
        s->act = ACT_EXCLUDES;
    else
        good = good && t_expect_words(c, "requires");
    if (!good || !t_expect_position(c, &s->q)) {
        s->origin = ORIGIN_PROPOSED;
        return;
    }
    because(c, s);
}
