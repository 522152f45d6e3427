/* Statements, and what is like them: assumptions and dependencies between options. */
#include "talks/parse.h"

struct statement statement_empty(enum origin origin)
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
    if (!expect_word_any(c, "a name", &name, &at)) return NULL;
    uint32_t index = find_name(c->p, name, NAME_STATEMENT);
    if (index == TALKS_NONE) return NULL;
    struct statement *s = &c->p->t->statements[index];
    if (s->name.p != name.p) return NULL; /* a second one of the same name: already said */
    *s = statement_empty(origin);
    s->name = name;
    s->name_at = at;
    s->at = place_join(from, c->v[c->to ? c->to - 1 : 0].at);
    if (accept_punct(c, ':')) return s;
    expected(c, "expected-colon", "a colon");
    return NULL;
}

/* --- what a speaker does --------------------------------------------------------------------- */

/* P only if | only after | only at the same time as Q */
static bool link(struct cursor *c, struct statement *s)
{
    if (!expect_position(c, &s->p)) return false;
    accept_punct(c, ',');
    if (accept_words(c, "only if"))
        s->act = ACT_CONDITION;
    else if (accept_words(c, "only after"))
        s->act = ACT_PRECONDITION;
    else if (accept_words(c, "only at the same time as"))
        s->act = ACT_TOGETHER;
    else {
        expected(c, "expected-word", "\"only if\", \"only after\" or \"only at the same time as\"");
        return false;
    }
    return expect_position(c, &s->q);
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
        if (!expect_name(c, NAME_SIDE, &v[count])) return false;
        count++;
    } while (accept_word(c, "and"));
    *out = v;
    *n = count;
    return true;
}

/* claims "…"  |  claims that SIDE decides ISSUE[, not SIDE] */
static bool claims(struct cursor *c, struct statement *s)
{
    if (accept_string(c, &s->consequence, NULL)) {
        s->act = ACT_ARGUMENT;
        return !accept_word(c, "on") || expect_name(c, NAME_ISSUE, &s->issue);
    }
    s->act = ACT_AUTHORITY;
    if (!expect_words(c, "that") || !sides(c, &s->deciders, &s->n_deciders)) return false;
    if (!accept_word(c, "decide") && !expect_words(c, "decides")) return false;
    if (!expect_name(c, NAME_ISSUE, &s->issue)) return false;
    size_t before = c->at;
    accept_punct(c, ',');
    if (accept_word(c, "not")) return sides(c, &s->not_deciders, &s->n_not_deciders);
    c->at = before;
    return true;
}

/* warns that if P, then "…"  |  then SIDE regards "…" as "…" */
static bool warns(struct cursor *c, struct statement *s)
{
    s->act = ACT_WARNING;
    if (!expect_words(c, "that if") || !expect_position(c, &s->p)) return false;
    accept_punct(c, ',');
    if (!expect_words(c, "then")) return false;
    if (accept_string(c, &s->consequence, NULL)) return true;
    return expect_name(c, NAME_SIDE, &s->regards_side) && expect_words(c, "regards") &&
           expect_string(c, "what, in quotation marks", &s->regards, NULL) &&
           expect_words(c, "as") &&
           expect_string(c, "as what, in quotation marks", &s->regards_as, NULL);
}

static bool asks(struct cursor *c, struct statement *s)
{
    s->act = ACT_QUESTION;
    if (!expect_string(c, "the question in quotation marks", &s->consequence, NULL)) return false;
    return !accept_word(c, "on") || expect_name(c, NAME_ISSUE, &s->issue);
}

static bool announces(struct cursor *c, struct statement *s)
{
    s->act = ACT_PROCESS;
    if (!expect_words(c, "talks")) return false;
    if (accept_word(c, "with") && !expect_name(c, NAME_SIDE, &s->with)) return false;
    accept_string(c, &s->consequence, NULL);
    return !accept_word(c, "on") || expect_name(c, NAME_ISSUE, &s->issue);
}

/* accepts|refuses that P, or a statement by its name */
static bool answers(struct cursor *c, struct statement *s, enum act act)
{
    s->act = act;
    if (accept_word(c, "that")) {
        if (!expect_position(c, &s->p)) return false;
    } else {
        struct place at = cursor_place(c);
        if (!expect_name(c, NAME_STATEMENT, &s->refers)) return false;
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
    accept_punct(c, ',');
    if (act == ACT_ACCEPT && accept_words(c, "only if")) return expect_position(c, &s->q);
    c->at = before;
    return true;
}

static bool plain(struct cursor *c, struct statement *s, enum act act)
{
    s->act = act;
    return expect_position(c, &s->p);
}

static void unknown_act(struct cursor *c)
{
    static const char *const verbs[] = {"demands",  "offers", "accepts", "refuses",
                                        "supports", "could",  "holds",   "draws",
                                        "claims",   "warns",  "asks",    "announces"};
    const struct token *t = peek_token(c);
    struct diag *d = expected(c, "unknown-act", "what the speaker does");
    const char *near = NULL;
    size_t least = 4;
    for (size_t i = 0; t && i < sizeof verbs / sizeof *verbs; i++) {
        size_t distance = str_distance(t->text, str_of(verbs[i]));
        if (distance < least) {
            least = distance;
            near = verbs[i];
        }
    }
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
    if (accept_words(c, "demands that")) return plain(c, s, ACT_DEMAND);
    if (accept_words(c, "offers that")) return plain(c, s, ACT_OFFER);
    if (accept_words(c, "supports in principle that")) return plain(c, s, ACT_SUPPORT);
    if (accept_words(c, "could discuss that")) return plain(c, s, ACT_OPEN);
    if (accept_words(c, "draws a red line that")) return plain(c, s, ACT_RED_LINE);
    if (accept_word(c, "accepts")) return answers(c, s, ACT_ACCEPT);
    if (accept_word(c, "refuses")) return answers(c, s, ACT_REFUSE);
    if (accept_words(c, "holds that")) return link(c, s);
    if (accept_word(c, "claims")) return claims(c, s);
    if (accept_word(c, "warns")) return warns(c, s);
    if (accept_word(c, "asks")) return asks(c, s);
    if (accept_word(c, "announces")) return announces(c, s);
    unknown_act(c);
    return false;
}

/* Skip to the fields after an error in what comes before, so that they are checked too. */
static void to_fields(struct cursor *c)
{
    while (!at_end(c) && !(c->v[c->at].kind == TOKEN_PUNCT && c->v[c->at].punct == ';')) c->at++;
}

void parse_said(struct cursor *c)
{
    struct statement *s = begin(c, ORIGIN_SAID);
    if (!s) return;
    c->what = "a statement";
    if (!expect_name(c, NAME_SPEAKER, &s->speaker) || !act(c, s)) {
        s->origin = ORIGIN_PROPOSED; /* not understood: nothing rests on it */
        s->act = ACT_ARGUMENT;
        to_fields(c);
    }
    parse_fields(c, s);
}

void parse_proposed(struct cursor *c)
{
    struct statement *s = begin(c, ORIGIN_PROPOSED);
    if (!s) return;
    c->what = "a proposed statement";
    if (!accept_word(c, "unknown") && !expect_name(c, NAME_SPEAKER, &s->speaker)) return;
    if (!expect_words(c, "said")) return;
    parse_fields(c, s);
}

static void because(struct cursor *c, struct statement *s)
{
    while (accept_punct(c, ';')) {
        if (accept_word(c, "because")) {
            if (!expect_string(c, "the reason in quotation marks", &s->because, NULL)) return;
        } else if (accept_word(c, "by")) {
            if (!expect_string(c, "who assumes it, in quotation marks", &s->by, NULL)) return;
        } else {
            expected(c, "unknown-field", "because \"…\" or by \"…\"");
            return;
        }
    }
    expect_end(c);
}

void parse_assumption(struct cursor *c)
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
void parse_dependency(struct cursor *c)
{
    struct statement *s = begin(c, ORIGIN_DEPENDENCY);
    if (!s) return;
    s->act = ACT_REQUIRES;
    bool good = expect_position(c, &s->p);
    if (good && accept_word(c, "excludes"))
        s->act = ACT_EXCLUDES;
    else
        good = good && expect_words(c, "requires");
    if (!good || !expect_position(c, &s->q)) {
        s->origin = ORIGIN_PROPOSED;
        return;
    }
    because(c, s);
}
