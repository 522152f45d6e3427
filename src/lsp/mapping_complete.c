/* What may be written next in a mapping: at the beginning of a sentence its opening words and the
 * attributes of what the rows at hand are; inside it the names of the agreement of the sort that is
 * asked for there; behind `column` the columns of the table.
 *
 * The names are those that the agreement declares, also where it has errors; its attributes are known
 * only where it has none. */
#include "base/file.h"
#include "intake/mapping.h"
#include "lang/model.h"
#include "lsp/private.h"

#define TABLE_MOST ((size_t)64 << 20)

/* Which sort of name a sentence asks for, by the words it begins with; `behind` is the word that it
 * stands behind, NULL: anywhere. */
static const struct {
    const char *opens, *behind, *sort, *word;
} asks[] = {
    {"each row", "a", "kind", "coverage"},    {"each row", "an", "kind", NULL},
    {"a row", "a", "kind", "coverage"},       {"the zone", "is", "zone", "everywhere"},
    {"it covers", NULL, "kind", NULL},        {"it is", "by", "actor", NULL},
    {"the body", "is", "actor", NULL},        {"the actor", "is", "actor", "unknown"},
    {"the actors", "is", "actor", "unknown"},
};
#define ASKS (sizeof asks / sizeof *asks)

static const char *const grades[] = {"seen", "sensor", "corroborated", "reported", "alleged"};

static bool is_word(const struct token *t, const char *word)
{
    return t->kind == TOKEN_WORD && str_eq_nocase(t->text, str_of(word));
}

static bool opens_with(const struct tokens *t, size_t first, const char *words)
{
    struct str rest = str_of(words);
    while (rest.n) {
        size_t end = 0;
        while (end < rest.n && rest.p[end] != ' ') end++;
        if (first >= t->n || t->v[first].kind != TOKEN_WORD ||
            !str_eq_nocase(t->v[first].text, str_slice(rest, 0, end)))
            return false;
        first++;
        rest = str_slice(rest, end + (end < rest.n), rest.n);
    }
    return true;
}

static bool ends(const struct token *t)
{
    return t->kind == TOKEN_BREAK ||
           (t->kind == TOKEN_PUNCT && (t->punct == '.' || t->punct == ';'));
}

/* The first token of the sentence that token `at` stands in. */
static size_t sentence_of(const struct tokens *t, size_t at)
{
    while (at > 0 && !ends(&t->v[at - 1])) at--;
    return at;
}

/* ---- names ---- */

static bool add_sort(const struct vocabulary *v, const char *sort, json_t *list)
{
    bool good = true;
    for (size_t i = 0; i < v->n_names && good; i++)
        if (str_eq(str_of(v->names[i].sort), str_of(sort)))
            good = completion_add(list, v->names[i].name, false, sort, true);
    return good;
}

/* ---- attributes ---- */

/* What the rows are, of which the sentence before token `at` speaks; LANG_NONE: not said. */
static uint32_t rows_are(const struct agreement *g, const struct tokens *t, size_t at)
{
    struct buf name;
    uint32_t kind = LANG_NONE;
    buf_init(&name);
    for (size_t i = 0; i < at; i++) {
        size_t first = sentence_of(t, i);
        if (!opens_with(t, first, "each row") && !opens_with(t, first, "a row")) continue;
        if (i == first) kind = LANG_NONE;
        if (i < 1 || !is_word(&t->v[i - 1], "is")) continue;
        if (!is_word(&t->v[i], "a") && !is_word(&t->v[i], "an")) continue;
        name.n = 0;
        for (size_t k = i + 1; k < at && t->v[k].kind == TOKEN_WORD; k++)
            buf_fmt(&name, "%s%.*s", name.n ? "_" : "", STR_ARG(t->v[k].text));
        kind = name.failed ? LANG_NONE : agreement_kind(g, buf_str(&name));
    }
    buf_free(&name);
    return kind;
}

/* "weapon is" */
static bool add_attributes(const struct agreement *g, const struct tokens *before, json_t *list)
{
    uint32_t kind = rows_are(g, before, before->n);
    bool good = true;
    if (kind == LANG_NONE) return true;
    const struct kind *k = &g->kinds[kind];
    for (uint32_t i = 0; i < k->n_attributes && good; i++)
        if (i != k->actor)
            good = completion_add(list, k->attributes[i].name, false, "attribute", true);
    return good;
}

/* An attribute that is an actor: "of is column …, written: – "n" is". */
static bool of_actor(const struct agreement *g, const struct tokens *t, size_t first)
{
    uint32_t kind = rows_are(g, t, first);
    if (kind == LANG_NONE || t->v[first].kind != TOKEN_WORD) return false;
    uint32_t i = kind_attribute(&g->kinds[kind], t->v[first].text);
    return i != LANG_NONE && g->kinds[kind].attributes[i].type == ATTRIBUTE_ACTOR;
}

/* ---- columns ---- */

/* The words in quotation marks behind `reports from`, of the first such sentence. */
static struct str table_name(const struct tokens *t)
{
    for (size_t i = 0; i + 2 < t->n; i++)
        if (opens_with(t, i, "reports from") && t->v[i + 2].kind == TOKEN_STRING)
            return t->v[i + 2].text;
    return (struct str){NULL, 0};
}

/* What separates the columns of a head: whichever of these stands there most often. */
static char separator_of(struct str head)
{
    static const char all[] = ",;\t";
    char best = ',';
    size_t most = 0;
    for (const char *c = all; *c; c++) {
        size_t n = 0;
        for (size_t i = 0; i < head.n; i++) n += head.p[i] == *c;
        if (n > most) best = *c, most = n;
    }
    return best;
}

static struct str bare(struct str s)
{
    while (s.n && (s.p[0] == '"' || s.p[0] == ' ')) s = str_slice(s, 1, s.n);
    while (s.n && (s.p[s.n - 1] == '"' || s.p[s.n - 1] == ' ')) s.n--;
    return s;
}

static bool add_columns(const struct asked *q, const struct tokens *t, json_t *list)
{
    struct diags quiet;
    struct str text, name = table_name(t), path;
    diags_init(&quiet, q->a);
    if (!name.n || !str_starts(str_of(q->document->uri), STR("file:"))) return true;
    path = file_beside(q->a, q->document->path, name);
    if (!path.p) return false;
    if (file_read(q->a, path, TABLE_MOST, &quiet, &text) != STATUS_OK) return !q->a->failed;
    if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_slice(text, 3, text.n);
    size_t end = 0;
    while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r') end++;
    struct str head = str_slice(text, 0, end);
    char sep = separator_of(head);
    bool good = head.n == 0 || head.p[0] != '{';
    for (size_t from = 0, to; good && from < head.n; from = to + 1) {
        for (to = from; to < head.n && head.p[to] != sep;) to++;
        struct str column = bare(str_slice(head, from, to));
        struct str quoted = str_fmt(q->a, "\"%.*s\"", STR_ARG(column));
        good = quoted.p && completion_add(list, quoted, false, "column", true);
    }
    return good || !q->a->failed;
}

/* ---- all of it ---- */

static bool at_opening(const struct agreement *g, const struct tokens *before, json_t *list)
{
    const char *opening;
    bool good = !g || add_attributes(g, before, list);
    for (size_t i = 0; good && (opening = mapping_opening(i)) != NULL; i++)
        good = completion_add(list, str_of(opening), true, "opens a sentence", false);
    return good;
}

/* The rest of each opening whose first words stand here already. */
static bool add_rest(const struct tokens *t, size_t first, json_t *list)
{
    const char *opening;
    bool good = true;
    for (size_t i = 0; good && (opening = mapping_opening(i)) != NULL; i++) {
        struct str rest = str_of(opening);
        size_t at = first;
        while (at < t->n && rest.n) {
            size_t end = 0;
            while (end < rest.n && rest.p[end] != ' ') end++;
            if (t->v[at].kind != TOKEN_WORD ||
                !str_eq_nocase(t->v[at].text, str_slice(rest, 0, end)))
                break;
            at++;
            rest = str_slice(rest, end + (end < rest.n), rest.n);
        }
        if (at == t->n && rest.n) good = completion_add(list, rest, true, "opens a sentence", true);
    }
    return good;
}

static bool inside(const struct asked *q, const struct agreement *g, const struct vocabulary *v,
                   const struct tokens *t, json_t *list)
{
    size_t first = sentence_of(t, t->n);
    const struct token *last = &t->v[t->n - 1];
    bool good = add_rest(t, first, list);
    if (good && (is_word(last, "column") || is_word(last, "columns")))
        return add_columns(q, t, list);
    for (size_t i = 0; i < ASKS && good; i++) {
        if (!opens_with(t, first, asks[i].opens)) continue;
        if (asks[i].behind && !is_word(last, asks[i].behind)) continue;
        good = add_sort(v, asks[i].sort, list);
        if (good && asks[i].word)
            good = completion_add(list, str_of(asks[i].word), true, "a word of mappings", false);
    }
    if (good && is_word(last, "is") && g && of_actor(g, t, first))
        good = add_sort(v, "actor", list);
    for (size_t i = 0; opens_with(t, first, "the grade is") && is_word(last, "is") && good &&
                       i < sizeof grades / sizeof *grades;
         i++)
        good = completion_add(list, str_of(grades[i]), true, "a grade", true);
    return good;
}

bool mapping_complete(const struct asked *q, const struct tokens *before, json_t *list)
{
    struct beside about;
    struct diags quiet;
    struct vocabulary v = {0};
    const struct agreement *g = NULL;
    diags_init(&quiet, q->a);
    if (!mapping_agreement(q->a, q->all, q->document, &about)) return false;
    if (about.source && (!vocabulary_read(q->a, about.source, &v) ||
                         agreement_check(q->a, about.source, &quiet, &g) == STATUS_FAULT))
        return false;
    if (!before->n || ends(&before->v[before->n - 1])) return at_opening(g, before, list);
    return inside(q, g, &v, before, list);
}
