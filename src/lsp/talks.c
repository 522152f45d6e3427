/* Files of talks: what the pointer stands on, where a name is declared, what may be written next, and
 * giving a name another.
 *
 * The reader of talks remembers where each name stands and of what it is, also in a file with errors;
 * so a renaming changes what is meant, not what is spelled alike: two issues may have an option of one
 * name.  It is tried before it is offered. */
#include "lang/lex.h"
#include "lsp/private.h"
#include "talks/symbols.h"

/* Read what is there, errors and all; false: memory. */
static bool read_talks(const struct asked *q, struct talks *t)
{
    struct diags quiet;
    diags_init(&quiet, q->a);
    return talks_read(q->a, q->source, &quiet, t) != STATUS_FAULT;
}

/* ---- hover, definition ---- */

/* The sentence of a statement that the pointer stands in, outside of names. */
static bool say_statement(const struct asked *q, const struct talks *t, struct buf *b,
                          struct place *at)
{
    for (uint32_t i = 0; i < t->n_statements; i++) {
        const struct place here = t->statements[i].at;
        if (!here.source || q->offset < here.from || q->offset >= here.to) continue;
        *at = here;
        statement_gloss(t, &t->statements[i], b);
        return true;
    }
    return false;
}

struct answer talks_hover(const struct asked *q)
{
    struct talks t;
    struct buf b;
    struct place at = {q->source, 0, 0};
    struct answer answer = answer_with(NULL);
    if (!read_talks(q, &t)) return answer;
    buf_init(&b);
    const struct mention *m = talks_mention_at(&t, q->offset);
    if (m) {
        struct str name = mention_name(&t, m);
        at = m->at;
        buf_fmt(&b, "**%.*s**: %s\n\n", STR_ARG(name), mention_kind_name(m->kind));
        mention_gloss(&t, m, &b);
    }
    if (!b.failed)
        answer = m || say_statement(q, &t, &b, &at) ? hover_shown(q, buf_str(&b), at)
                                                    : answer_with(json_null());
    buf_free(&b);
    return answer;
}

struct answer talks_definition(const struct asked *q)
{
    struct talks t;
    if (!read_talks(q, &t)) return answer_with(NULL);
    const struct mention *m = talks_mention_at(&t, q->offset);
    const struct mention *d = m ? mention_definition(&t, m) : NULL;
    if (!d) return answer_with(json_null());
    return answer_with(json_pack("{s:s, s:o}", "uri", q->document->uri, "range",
                                 range_json(q->source, d->at.from, d->at.to)));
}

/* ---- completion ---- */

/* Which kinds of names a word asks for; the others are offered behind them. */
static const struct {
    const char *before;
    enum mention_kind wanted;
} asked_for[] = {
    {"that", MENTION_ISSUE},        {"if", MENTION_ISSUE},
    {"after", MENTION_ISSUE},       {"as", MENTION_ISSUE},
    {"and", MENTION_ISSUE},         {"or", MENTION_ISSUE},
    {"on", MENTION_ISSUE},          {"decides", MENTION_ISSUE},
    {"decide", MENTION_ISSUE},      {"for", MENTION_ISSUE},
    {"prefers", MENTION_ISSUE},     {"to", MENTION_ISSUE},
    {"requires", MENTION_ISSUE},    {"excludes", MENTION_ISSUE},
    {"means", MENTION_ISSUE},       {"of", MENTION_SIDE},
    {"with", MENTION_SIDE},         {"then", MENTION_SIDE},
    {"from", MENTION_SOURCE},       {"supersedes", MENTION_STATEMENT},
    {"accepts", MENTION_STATEMENT}, {"refuses", MENTION_STATEMENT},
};

static bool is_word(const struct token *t, const char *word)
{
    return t->kind == TOKEN_WORD && str_eq_nocase(t->text, str_of(word));
}

static bool is_punct(const struct token *t, char c)
{
    return t->kind == TOKEN_PUNCT && t->punct == c;
}

static uint32_t issue_named(const struct talks *t, const struct token *word)
{
    for (uint32_t i = 0; word->kind == TOKEN_WORD && i < t->n_issues; i++)
        if (str_eq(t->issues[i].name, word->text)) return i;
    return TALKS_NONE;
}

/* `ISSUE is` or `ISSUE is not` before the pointer: of which issue the options are asked for. */
static uint32_t issue_asked(const struct talks *t, const struct tokens *before)
{
    size_t n = before->n;
    if (n && is_word(&before->v[n - 1], "not")) n--;
    return n > 1 && is_word(&before->v[n - 1], "is") ? issue_named(t, &before->v[n - 2])
                                                     : TALKS_NONE;
}

/* The first token of the sentence at hand. */
static size_t sentence_start(const struct tokens *t)
{
    size_t i = t->n;
    while (i > 0 && !is_punct(&t->v[i - 1], '.')) i--;
    return i;
}

/* Behind `statement NAME:` a speaker is asked for, behind `preference NAME:` a side, behind the other
 * names and the words of the table what these say. */
static bool wants(const struct tokens *before, enum mention_kind kind)
{
    const struct token *last = &before->v[before->n - 1],
                       *first = &before->v[sentence_start(before)];
    if (is_punct(last, ':')) {
        bool said = is_word(first, "statement") || is_word(first, "proposed");
        enum mention_kind wanted = said                           ? MENTION_SPEAKER
                                   : is_word(first, "preference") ? MENTION_SIDE
                                                                  : MENTION_ISSUE;
        return kind == wanted;
    }
    if (is_word(last, "of") && is_word(first, "weight")) return kind == MENTION_STATEMENT;
    for (size_t i = 0; i < sizeof asked_for / sizeof *asked_for; i++)
        if (is_word(last, asked_for[i].before) && asked_for[i].wanted == kind) return true;
    return false;
}

static bool add_options(const struct talks *t, uint32_t issue, json_t *list)
{
    const struct issue *x = &t->issues[issue];
    for (uint32_t i = 0; i < x->n_options; i++)
        if (!completion_add(list, x->options[i].name, false, "option", true)) return false;
    return completion_add(list, STR("not"), true, "turns it round", false);
}

/* Behind `statement NAME: SPEAKER`: what a speaker does. */
static bool add_acts(json_t *list)
{
    for (size_t i = 0; i < ACTS; i++) {
        bool said = i != ACT_REQUIRES && i != ACT_EXCLUDES && i != ACT_SAID;
        bool again = i > 0 && str_eq(str_of(talks_acts[i].verb), str_of(talks_acts[i - 1].verb));
        if (!said || again) continue;
        if (!completion_add(list, str_of(talks_acts[i].verb), true, talks_acts[i].noun, true))
            return false;
    }
    return true;
}

static bool add_names(const struct asked *q, const struct talks *t, const struct tokens *before,
                      json_t *list)
{
    for (uint32_t i = 0; i < t->n_mentions; i++) {
        const struct mention *m = &t->mentions[i];
        bool here = m->at.from <= q->offset && q->offset <= m->at.to;
        if (!m->defines || m->kind == MENTION_OPTION || here) continue;
        if (!completion_add(list, mention_name(t, m), false, mention_kind_name(m->kind),
                            wants(before, m->kind)))
            return false;
    }
    return true;
}

static bool add_words(const char *(*word)(size_t), const char *detail, json_t *list)
{
    const char *w;
    for (size_t i = 0; (w = word(i)); i++)
        if (!completion_add(list, str_of(w), true, detail, true)) return false;
    return true;
}

bool talks_complete(const struct asked *q, const struct tokens *before, json_t *list)
{
    struct talks t;
    const struct token *v = before->v;
    size_t n = before->n, start = sentence_start(before);
    if (n == start) return add_words(talks_opening, "opens a sentence", list);
    if (!read_talks(q, &t)) return false;
    if (is_punct(&v[n - 1], ';')) return add_words(talks_field, "a field", list);
    uint32_t issue = issue_asked(&t, before);
    if (issue != TALKS_NONE) return add_options(&t, issue, list);
    bool spoken = n - start == 4 && is_punct(&v[n - 2], ':') &&
                  (is_word(&v[start], "statement") || is_word(&v[start], "proposed"));
    return spoken ? add_acts(list) : add_names(q, &t, before, list);
}

/* ---- renaming ---- */

/* Is it one word of the language's names? */
static bool is_name(const struct asked *q, struct str to)
{
    struct diags quiet;
    struct tokens t = {0};
    diags_init(&quiet, q->a);
    const struct source *s = source_new(q->a, q->source->name, to);
    return s && lex_check_text(s, &quiet) && lex_block(q->a, s, 0, to.n, 0, &quiet, &t) &&
           !quiet.errors && t.n == 2 && t.v[0].kind == TOKEN_WORD && t.v[0].at.from == 0 &&
           t.v[0].at.to == to.n;
}

/* Mentions of one thing, in the order of the text; `n` counts them.  NULL: memory. */
static const struct mention **uses_of(const struct asked *q, const struct talks *t,
                                      const struct mention *m, size_t *n)
{
    const struct mention **v = arena_array(q->a, t->n_mentions + 1, sizeof *v);
    *n = 0;
    for (uint32_t i = 0; v && i < t->n_mentions; i++) {
        size_t k = (*n)++;
        if (!mention_same(&t->mentions[i], m)) {
            (*n)--;
            continue;
        }
        for (; k && v[k - 1]->at.from > t->mentions[i].at.from; k--) v[k] = v[k - 1];
        v[k] = &t->mentions[i];
    }
    return v;
}

static struct str changed(const struct asked *q, const struct mention **v, size_t n, struct str to)
{
    struct buf b;
    struct str text = q->source->text;
    size_t at = 0;
    buf_init(&b);
    for (size_t i = 0; i < n; i++) {
        buf_add(&b, str_slice(text, at, v[i]->at.from));
        buf_add(&b, to);
        at = v[i]->at.to;
    }
    buf_add(&b, str_slice(text, at, text.n));
    struct str out = b.failed ? (struct str){NULL, 0} : str_dup(q->a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* Do the names of both texts mean the same things, one after the other? */
static bool same_meaning(const struct talks *a, const struct talks *b)
{
    if (a->n_mentions != b->n_mentions) return false;
    for (uint32_t i = 0; i < a->n_mentions; i++)
        if (!mention_same(&a->mentions[i], &b->mentions[i]) ||
            a->mentions[i].defines != b->mentions[i].defines)
            return false;
    return true;
}

/* Why the changed text does not say the same; empty when it does.  False: memory. */
static bool try_it(const struct asked *q, const struct talks *t, struct str text, struct str *why)
{
    struct diags before, after;
    struct talks old, new;
    diags_init(&before, q->a);
    diags_init(&after, q->a);
    *why = (struct str){NULL, 0};
    const struct source *s = text.p ? source_new(q->a, q->source->name, text) : NULL;
    if (!s || talks_read(q->a, q->source, &before, &old) == STATUS_FAULT ||
        talks_read(q->a, s, &after, &new) == STATUS_FAULT)
        return false;
    if (after.errors > before.errors)
        *why = str_fmt(q->a, "the file would no longer be understood: %.*s",
                       STR_ARG(after.items[after.n - 1].what));
    else if (!same_meaning(t, &new))
        *why = STR("where the new name stands, it would be read as another");
    return !q->a->failed;
}

static json_t *edits(const struct asked *q, const struct mention **v, size_t n, struct str to)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *edit =
            json_pack("{s:o, s:o}", "range", range_json(q->source, v[i]->at.from, v[i]->at.to),
                      "newText", text_json(to));
        if (json_array_append_new(list, edit) == 0) continue;
        json_decref(list);
        return NULL;
    }
    return json_pack("{s:{s:o}}", "changes", q->document->uri, list);
}

struct answer talks_rename(const struct asked *q, struct str to)
{
    struct talks t;
    struct str why;
    size_t n;
    if (!read_talks(q, &t)) return answer_with(NULL);
    const struct mention *m = talks_mention_at(&t, q->offset);
    if (!m) return answer_refused(ANSWER_FAILED, STR("no declared name stands here"));
    if (!is_name(q, to))
        return answer_refused(
            ANSWER_FAILED,
            str_fmt(q->a, "\"%.*s\" cannot be a name: a name of talks is one word", STR_ARG(to)));
    const struct mention **v = uses_of(q, &t, m, &n);
    if (!v || !try_it(q, &t, changed(q, v, n, to), &why)) return answer_with(NULL);
    if (why.n) return answer_refused(ANSWER_FAILED, why);
    return answer_with(edits(q, v, n, to));
}
