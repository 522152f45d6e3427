/* See talks.h and parse.h: from the Markdown file to sentences, and which reader takes which. */
#include "talks/parse.h"

#include "lang/markdown.h"
#include "talks/symbols.h"

bool t_sentences_of(struct arena *a, const struct tokens *tokens, struct diags *d,
                    struct sentence **out, size_t *n)
{
    size_t cap = 0, from = 0;
    *out = NULL;
    *n = 0;
    for (size_t i = 0; i < tokens->n; i++) {
        const struct token *t = &tokens->v[i];
        bool stop = t->kind == TOKEN_PUNCT && t->punct == '.';
        if (!stop && t->kind != TOKEN_BREAK) continue;
        if (i > from) {
            struct sentence *items = arena_grow(a, *out, *n, &cap, sizeof *items);
            if (!items) return false;
            *out = items;
            items[(*n)++] = (struct sentence){from, i, stop};
            if (!stop && d) {
                struct place at = tokens->v[i - 1].at;
                at.from = at.to;
                diag_fix(d,
                         diag_add(d, SEVERITY_ERROR, "sentence-not-closed", at,
                                  "this sentence has no full stop before the block ends"),
                         "end it with a full stop");
            }
        }
        from = i + 1;
    }
    return true;
}

/* --- the header ------------------------------------------------------------------------------ */

static void parse_title(struct cursor *c)
{
    struct talks *t = c->p->t;
    struct str title;
    if (!t_expect_string(c, "a title in quotation marks", &title, NULL)) return;
    if (t->title.p) {
        diag_add(c->p->d, SEVERITY_ERROR, "second-title", c->v[c->at - 1].at,
                 "the file has a title already: \"%.*s\"", STR_ARG(t->title));
        return;
    }
    t->title = title;
    t_accept_punct(c, ',');
    if (t_accept_words(c, "as of") && !t_expect_day(c, &t->as_of)) return;
    t_expect_end(c);
}

/* Statements may be named before they are read: so their names are entered first. */
static void enter_statement(struct cursor *c)
{
    struct talks *t = c->p->t;
    const struct token *name = t_peek_token(c);
    if (!name || name->kind != TOKEN_WORD) return;
    if (!t_declare(c->p, name->text, NAME_STATEMENT, t->n_statements, name->at)) return;
    struct statement *items = t_add_item(c->p, t->statements, &t->n_statements,
                                         &c->p->caps[NAME_STATEMENT], sizeof *items);
    if (!items) return;
    t->statements = items;
    items[t->n_statements - 1] = t_statement_empty(ORIGIN_PROPOSED);
    items[t->n_statements - 1].name = name->text;
    items[t->n_statements - 1].name_at = name->at;
}

enum { PASSES = 4 };

static const struct reader {
    const char *word, *what;
    void (*pass[PASSES])(struct cursor *c);
} readers[] = {
    {"talks", "the title of talks", {parse_title, NULL, NULL, NULL}},
    {"side", "a side", {t_parse_side, NULL, NULL, NULL}},
    {"source", "a source", {t_parse_source, NULL, NULL, NULL}},
    {"speaker", "a speaker", {NULL, t_parse_speaker, NULL, NULL}},
    {"issue", "an issue", {t_parse_issue, NULL, NULL, NULL}},
    {"interim", "an interim guarantee", {NULL, t_parse_interim, NULL, NULL}},
    {"step", "a step", {NULL, t_parse_step, NULL, NULL}},
    {"draft", "a draft", {NULL, t_parse_draft, NULL, NULL}},
    {"dependency", "a dependency", {NULL, NULL, enter_statement, t_parse_dependency}},
    {"assumption", "an assumption", {NULL, NULL, enter_statement, t_parse_assumption}},
    {"statement", "a statement", {NULL, NULL, enter_statement, t_parse_said}},
    {"proposed", "a proposed statement", {NULL, NULL, enter_statement, t_parse_proposed}},
    {"preference", "a preference", {NULL, NULL, NULL, t_parse_preference}},
    {"weight", "a weight", {NULL, NULL, NULL, t_parse_weight}},
};
enum { READERS = sizeof readers / sizeof *readers };

const char *talks_opening(size_t i)
{
    return i < READERS ? readers[i].word : NULL;
}

static void unknown_sentence(struct parser *p, const struct token *first)
{
    const char *near = NULL;
    size_t least = 4;
    for (size_t i = 0; i < READERS; i++)
        if (str_nearer(first->text, str_of(readers[i].word), &least)) near = readers[i].word;
    struct str found = place_text(first->at);
    struct diag *d = diag_add(p->d, SEVERITY_ERROR, "unknown-sentence", first->at,
                              "no sentence of talks begins with %.*s", STR_ARG(found));
    if (near)
        diag_fix(p->d, d, "%s", near);
    else
        diag_fix(p->d, d,
                 "begin with side, speaker, source, issue, statement, proposed, assumption, "
                 "dependency, interim, step, preference, weight or draft");
}

static const struct reader *reader_of(const struct token *first)
{
    for (size_t i = 0; i < READERS; i++)
        if (t_is_word(first, readers[i].word)) return &readers[i];
    return NULL;
}

static void read_sentences(struct parser *p, const struct sentence *s, size_t n)
{
    for (int pass = 0; pass < PASSES && !p->failed; pass++) {
        for (size_t i = 0; i < n && !p->failed; i++) {
            const struct token *first = &p->tokens.v[s[i].from];
            const struct reader *r = reader_of(first);
            if (!r && pass == 0) unknown_sentence(p, first);
            if (!r || !r->pass[pass]) continue;
            struct cursor c = {p, p->tokens.v, s[i].from + 1, s[i].to, r->what};
            r->pass[pass](&c);
        }
    }
}

static void check_header(struct parser *p, const struct sentence *s, size_t n)
{
    if (n && t_is_word(&p->tokens.v[s[0].from], "talks")) return;
    struct place at = n ? p->tokens.v[s[0].from].at : (struct place){p->t->source, 0, 0};
    diag_fix(p->d,
             diag_add(p->d, SEVERITY_ERROR, "no-title", at,
                      n ? "the first formal sentence of a file of talks is its title"
                        : "there is no formal block (```truce) in this file"),
             "talks \"Title\".");
}

/* A file of the other kind: said once, not sentence by sentence. */
static bool is_agreement(struct parser *p, const struct sentence *s, size_t n)
{
    const struct token *first = n ? &p->tokens.v[s[0].from] : NULL;
    if (!first || !t_is_word(first, "agreement")) return false;
    diag_fix(p->d,
             diag_add(p->d, SEVERITY_ERROR, "file-of-agreement", first->at,
                      "this is an agreement, and a file of talks is asked for here"),
             "truce check, explain, diff and run read it; as a draft: truce talks check-draft, or "
             "name it in a file of talks (draft d \"the draft\" from \"agreement.md\": …)");
    return true;
}

/* Cut the formal blocks of a file; false when memory fails. */
static bool cut(struct arena *a, const struct source *source, struct diags *d, struct markdown *md,
                struct tokens *tokens)
{
    if (markdown_read(a, source, STR("truce"), d, md) != STATUS_OK) return false;
    for (size_t i = 0; i < md->n_blocks; i++) {
        struct md_block *b = &md->blocks[i];
        if (!lex_block(a, source, b->at.from, b->at.to, b->clause, d, tokens)) return false;
    }
    return true;
}

bool talks_recognise(const struct source *source)
{
    struct arena scratch;
    struct diags quiet;
    struct markdown md;
    bool is = false;
    if (!str_holds(source->text, STR("talks")))
        return false; /* most agreements: the cheap answer */
    arena_init(&scratch);
    diags_init(&quiet, &scratch);
    if (lex_check_text(source, &quiet) &&
        markdown_read(&scratch, source, STR("truce"), &quiet, &md) == STATUS_OK && md.n_blocks) {
        struct tokens tokens = {0};
        struct place at = md.blocks[0].at;
        if (lex_block(&scratch, source, at.from, at.to, 0, &quiet, &tokens))
            is = t_is_word(&tokens.v[0], "talks");
    }
    arena_free(&scratch);
    return is;
}

enum status talks_read(struct arena *a, const struct source *source, struct diags *d,
                       struct talks *out)
{
    *out = (struct talks){.arena = a, .source = source, .as_of = DAY_UNKNOWN};
    if (!lex_check_text(source, d)) return STATUS_INPUT;
    struct parser p = {.arena = a, .d = d, .t = out};
    struct markdown md;
    struct sentence *sentences;
    size_t n, errors = d->errors;
    if (!cut(a, source, d, &md, &p.tokens) || !t_sentences_of(a, &p.tokens, d, &sentences, &n))
        return STATUS_FAULT;
    if (is_agreement(&p, sentences, n)) return STATUS_INPUT;
    intern_init(&p.names);
    check_header(&p, sentences, n);
    read_sentences(&p, sentences, n);
    if (!p.failed) t_check_references(&p);
    intern_free(&p.names);
    if (p.failed || a->failed) return STATUS_FAULT;
    return d->errors > errors ? STATUS_INPUT : STATUS_OK;
}
