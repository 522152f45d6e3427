/* What may be written next: at the beginning of a sentence its opening words, inside it the declared
 * names, those first that the word before asks for.  Outside the formal blocks nothing. */
#include "lang/lex.h"
#include "lang/markdown.h"
#include "lang/silence.h"
#include "lang/vocabulary.h"
#include "lsp/private.h"

/* CompletionItemKind of the protocol. */
enum { ITEM_VARIABLE = 6, ITEM_KEYWORD = 14 };

static const struct {
    const char *before, *sort;
} wanted[] = {
    {"in", "zone"},      {"into", "zone"},         {"inside", "zone"},        {"outside", "zone"},
    {"of", "actor"},     {"by", "actor"},          {"to", "actor"},           {"each", "group"},
    {"if", "provision"}, {"despite", "provision"}, {"violates", "provision"}, {"must", "kind"},
    {"not", "kind"},     {"must not", "kind"},
};

/* The text of the formal block up to the word that is being written; false: not in one. */
static bool block_before(const struct asked *q, struct tokens *out)
{
    struct diags quiet;
    struct markdown m;
    diags_init(&quiet, q->a);
    if (!lex_check_text(q->source, &quiet) ||
        markdown_read(q->a, q->source, q->mapping ? STR("mapping") : STR("truce"), &quiet, &m) !=
            STATUS_OK)
        return false;
    for (size_t i = 0; i < m.n_blocks; i++) {
        struct place at = m.blocks[i].at;
        if (q->offset < at.from || q->offset > at.to) continue;
        if (!lex_block(q->a, q->source, at.from, q->offset, 0, &quiet, out)) return false;
        size_t n = out->n - 1; /* without the break; nor the word that is being written */
        bool comment = out->n_comments && out->comments[out->n_comments - 1].at.to == q->offset;
        if (n && out->v[n - 1].kind == TOKEN_WORD && out->v[n - 1].at.to == q->offset) n--;
        out->n = n;
        return !comment;
    }
    return false;
}

bool completion_add(json_t *list, struct str label, bool keyword, const char *detail, bool first)
{
    json_t *item = json_pack("{s:o, s:i, s:s, s:o}", "label", text_json(label), "kind",
                             keyword ? ITEM_KEYWORD : ITEM_VARIABLE, "detail", detail, "sortText",
                             json_sprintf("%d%.*s", first ? 0 : 1, STR_ARG(label)));
    return json_array_append_new(list, item) == 0;
}

static bool add_names(const struct asked *q, const struct token *before, json_t *list)
{
    struct vocabulary v;
    if (!vocabulary_read(q->a, q->source, &v)) return false;
    for (size_t i = 0; i < v.n_names; i++) {
        const struct named *n = &v.names[i];
        bool first = false;
        if (!n->at.source || (n->at.from <= q->offset && q->offset <= n->at.to)) continue;
        for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++)
            first = first || (str_eq_nocase(before->text, str_of(wanted[k].before)) &&
                              str_eq(str_of(n->sort), str_of(wanted[k].sort)));
        if (!completion_add(list, n->name, false, n->sort, first)) return false;
    }
    return true;
}

/* "not a finding:" */
static bool silences(const struct tokens *t)
{
    const struct token *colon = &t->v[t->n - 1];
    return t->n > 2 && colon->kind == TOKEN_PUNCT && colon->punct == ':' &&
           str_eq_nocase(t->v[t->n - 2].text, STR("finding"));
}

static bool add_rules(json_t *list)
{
    bool good = true;
    for (int r = 0; good && r < DRAFTING_RULES; r++)
        if (r != RULE_IDLE_SILENCE)
            good = completion_add(list, str_of(drafting_rule_spoken((enum drafting_rule)r)), true,
                                  "a finding of drafting", true);
    return good;
}

static bool complete_agreement(const struct asked *q, const struct tokens *before, json_t *list)
{
    const struct token *last = before->n ? &before->v[before->n - 1] : NULL;
    const char *opening;
    bool good = true;
    if (last && !(last->kind == TOKEN_PUNCT && last->punct == '.'))
        return silences(before) ? add_rules(list) : add_names(q, last, list);
    for (size_t i = 0; good && (opening = sentence_opening(i)); i++)
        good = completion_add(list, str_of(opening), true, "opens a sentence", true);
    return good;
}

struct answer complete(const struct asked *q)
{
    struct tokens t = {0};
    json_t *list = json_array();
    bool good = list != NULL;
    if (good && block_before(q, &t))
        good = (q->talks     ? talks_complete
                : q->mapping ? mapping_complete
                             : complete_agreement)(q, &t, list);
    if (good && !q->a->failed) return answer_with(list);
    json_decref(list);
    return answer_with(NULL);
}
