/* Names and the positions made of them. */
#include "talks/parse.h"

static const char *const kind_names[NAME_KINDS] = {
    "a side", "a speaker",    "a source", "an issue", "a statement", "an interim guarantee",
    "a step", "a preference", "a draft"};

static struct named *named_slot(struct parser *p, struct str name)
{
    uint32_t number = intern_add(&p->names, name);
    if (number == INTERN_NONE) {
        p->failed = true;
        return NULL;
    }
    while (number >= p->cap_named) {
        size_t n = p->cap_named;
        struct named *more = arena_grow(p->arena, p->named, n, &p->cap_named, sizeof *more);
        if (!more) {
            p->failed = true;
            return NULL;
        }
        p->named = more;
        for (size_t i = n; i < p->cap_named; i++) more[i] = (struct named){NAME_KINDS, 0, {0}};
    }
    return &p->named[number];
}

/* The kinds of names come first among the kinds of mentions, in the same order. */
_Static_assert((int)MENTION_OPTION == (int)NAME_KINDS, "mentions are names and options");

void t_mention(struct parser *p, enum mention_kind kind, uint32_t index, uint32_t option,
               bool defines, struct place at)
{
    struct talks *t = p->t;
    struct mention *v = t_add_item(p, t->mentions, &t->n_mentions, &p->cap_mentions, sizeof *v);
    if (!v) return;
    t->mentions = v;
    v[t->n_mentions - 1] = (struct mention){kind, index, option, defines, at};
}

bool t_declare(struct parser *p, struct str name, enum name_kind kind, uint32_t index,
               struct place at)
{
    struct named *slot = named_slot(p, name);
    if (!slot) return false;
    if (slot->kind != NAME_KINDS) {
        size_t line, column;
        source_locate(slot->at.source, slot->at.from, &line, &column);
        struct diag *d = diag_add(p->d, SEVERITY_ERROR, "duplicate-name", at,
                                  "\"%.*s\" is already the name of %s, on line %zu; a name has one "
                                  "meaning in the whole file",
                                  STR_ARG(name), kind_names[slot->kind], line);
        diag_fix(p->d, d, "%.*s_2", STR_ARG(name));
        return false;
    }
    *slot = (struct named){kind, index, at};
    t_mention(p, (enum mention_kind)kind, index, TALKS_NONE, true, at);
    return !p->failed;
}

uint32_t t_find_name(const struct parser *p, struct str name, enum name_kind kind)
{
    uint32_t number = intern_find(&p->names, name);
    if (number == INTERN_NONE || number >= p->cap_named) return TALKS_NONE;
    const struct named *slot = &p->named[number];
    return slot->kind == (uint32_t)kind ? slot->index : TALKS_NONE;
}

/* The declared name of a kind that is spelled most like `name`; empty when none is near. */
static struct str nearest(const struct parser *p, struct str name, enum name_kind kind)
{
    struct str best = {NULL, 0};
    size_t least = name.n / 3 + 2;
    for (uint32_t i = 0; i < p->names.n && i < p->cap_named; i++) {
        if (p->named[i].kind != (uint32_t)kind) continue;
        if (str_nearer(name, intern_str(&p->names, i), &least)) best = intern_str(&p->names, i);
    }
    return best;
}

static void unknown(struct cursor *c, struct str name, enum name_kind kind)
{
    struct parser *p = c->p;
    uint32_t number = intern_find(&p->names, name);
    struct place at = c->v[c->at].at;
    if (str_eq_nocase(name, STR("it"))) {
        diag_fix(p->d,
                 diag_add(p->d, SEVERITY_ERROR, "refused-word", at,
                          "\"it\" can mean more than one thing"),
                 "repeat the name");
        return;
    }
    if (number != INTERN_NONE && number < p->cap_named && p->named[number].kind != NAME_KINDS) {
        diag_add(p->d, SEVERITY_ERROR, "wrong-kind-of-name", at,
                 "in %s, expected %s, but \"%.*s\" is %s", c->what, kind_names[kind], STR_ARG(name),
                 kind_names[p->named[number].kind]);
        return;
    }
    struct str near = nearest(p, name, kind);
    struct diag *d =
        diag_add(p->d, SEVERITY_ERROR, kind == NAME_ISSUE ? "unknown-issue" : "unknown-name", at,
                 "in %s, there is no %s named \"%.*s\"", c->what,
                 kind_names[kind] + (kind_names[kind][1] == 'n' ? 3 : 2), STR_ARG(name));
    if (near.n)
        diag_fix(p->d, d, "%.*s", STR_ARG(near));
    else
        diag_fix(p->d, d, "declare %.*s first", STR_ARG(name));
}

bool t_expect_name(struct cursor *c, enum name_kind kind, uint32_t *index)
{
    const struct token *t = t_peek_token(c);
    if (!t || t->kind != TOKEN_WORD) {
        t_expected(c, "expected-name", kind_names[kind]);
        return false;
    }
    *index = t_find_name(c->p, t->text, kind);
    if (*index == TALKS_NONE) {
        unknown(c, t->text, kind);
    } else {
        t_mention(c->p, (enum mention_kind)kind, *index, TALKS_NONE, false, t->at);
        c->at++;
    }
    return *index != TALKS_NONE;
}

/* --- positions ------------------------------------------------------------------------------- */

static void wrong_option(struct cursor *c, const struct issue *issue, struct str name)
{
    struct parser *p = c->p;
    struct buf all;
    buf_init(&all);
    struct str near = {NULL, 0};
    size_t least = name.n / 3 + 2;
    for (uint32_t i = 0; i < issue->n_options; i++) {
        struct str option = issue->options[i].name;
        buf_fmt(&all, "%s%.*s", i ? ", " : "", STR_ARG(option));
        if (str_nearer(name, option, &least)) near = option;
    }
    struct diag *d = diag_add(p->d, SEVERITY_ERROR, "option-not-in-issue", c->v[c->at].at,
                              "\"%.*s\" is no option of the issue %.*s, whose options are %.*s",
                              STR_ARG(name), STR_ARG(issue->name), STR_ARG(buf_str(&all)));
    if (near.n)
        diag_fix(p->d, d, "%.*s is %.*s", STR_ARG(issue->name), STR_ARG(near));
    else
        diag_fix(p->d, d, "add it to the issue: - %.*s \"…\"", STR_ARG(name));
    buf_free(&all);
}

static bool atom_of(struct cursor *c, struct atom *out)
{
    struct place from = t_cursor_place(c);
    if (!t_expect_name(c, NAME_ISSUE, &out->issue)) return false;
    if (!t_accept_word(c, "are") && !t_expect_words(c, "is")) return false;
    out->negated = t_accept_word(c, "not");
    const struct issue *issue = &c->p->t->issues[out->issue];
    const struct token *t = t_peek_token(c);
    if (!t || t->kind != TOKEN_WORD) {
        t_expected(c, "expected-option", "an option of the issue");
        return false;
    }
    for (uint32_t i = 0; i < issue->n_options; i++) {
        if (!str_eq(issue->options[i].name, t->text)) continue;
        out->option = i;
        out->at = place_join(from, t->at);
        t_mention(c->p, MENTION_OPTION, out->issue, i, false, t->at);
        c->at++;
        return true;
    }
    wrong_option(c, issue, t->text);
    return false;
}

bool t_expect_position(struct cursor *c, struct position *out)
{
    struct atom *atoms = NULL;
    size_t n = 0, cap = 0;
    const char *joint = NULL;
    *out = (struct position){.at = t_cursor_place(c)};
    for (;;) {
        atoms = arena_grow(c->p->arena, atoms, n, &cap, sizeof *atoms);
        if (!atoms) {
            c->p->failed = true;
            return false;
        }
        if (!atom_of(c, &atoms[n])) return false;
        out->at = place_join(out->at, atoms[n].at);
        n++;
        const char *next = NULL;
        struct place at = t_cursor_place(c);
        if (t_accept_word(c, "and"))
            next = "and";
        else if (t_accept_word(c, "or"))
            next = "or";
        if (!next) break;
        if (joint && joint != next) {
            diag_fix(c->p->d,
                     diag_add(c->p->d, SEVERITY_ERROR, "mixed-and-or", at,
                              "\"and\" and \"or\" in one position can be read two ways"),
                     "make it two statements");
            return false;
        }
        joint = next;
    }
    out->atoms = atoms;
    out->n = (uint32_t)n;
    out->any = joint && str_eq(str_of(joint), STR("or"));
    return true;
}
