/* Words, cells, conditions and tables of a mapping's sentences.  See parse.h. */
#include "intake/parse.h"

#include <stdlib.h>
#include <string.h>

const struct token *map_peek(const struct parse *p)
{
    return &p->tokens[p->pos < p->n ? p->pos : p->n - 1];
}

bool map_at_word(const struct parse *p, const char *word)
{
    return map_peek(p)->kind == TOKEN_WORD && str_eq_nocase(map_peek(p)->text, str_of(word));
}

bool map_at_punct(const struct parse *p, char c)
{
    return map_peek(p)->kind == TOKEN_PUNCT && map_peek(p)->punct == c;
}

bool map_take_word(struct parse *p, const char *word)
{
    bool found = map_at_word(p, word);
    p->pos += found;
    return found;
}

bool map_take_punct(struct parse *p, char c)
{
    bool found = map_at_punct(p, c);
    p->pos += found;
    return found;
}

bool map_take_words(struct parse *p, const char *words)
{
    size_t before = p->pos;
    while (*words) {
        size_t n = strcspn(words, " ");
        const struct token *t = map_peek(p);
        if (t->kind != TOKEN_WORD || !str_eq_nocase(t->text, (struct str){words, n})) {
            p->pos = before;
            return false;
        }
        p->pos++;
        words += n + (words[n] == ' ');
    }
    return true;
}

bool map_expected(struct parse *p, const char *what, const char *example)
{
    const struct token *t = map_peek(p);
    struct place at = t->at;
    struct str found = t->kind == TOKEN_BREAK ? STR("the end of the block") : place_text(at);
    if (found.n > 40) found.n = 40;
    struct str about = place_text(p->opening);
    struct diag *d = diag_add(p->diags, SEVERITY_ERROR, "mapping-syntax", at,
                              "in the sentence that begins \"%.*s\", expected %s, not \"%.*s\"",
                              STR_ARG(about), what, STR_ARG(found));
    if (example) diag_fix(p->diags, d, "%s", example);
    return false;
}

bool map_want_word(struct parse *p, const char *words)
{
    if (map_take_words(p, words)) return true;
    struct str what = str_fmt(p->arena, "\"%s\"", words);
    return map_expected(p, what.p ? what.p : words, NULL);
}

bool map_want_string(struct parse *p, struct str *out)
{
    if (map_peek(p)->kind != TOKEN_STRING) return map_expected(p, "a text in quotes", NULL);
    *out = map_peek(p)->text;
    p->pos++;
    return true;
}

static double number_of(struct number n)
{
    double x = (double)n.digits;
    for (int i = 0; i < n.decimals; i++) x /= 10;
    return x;
}

bool map_want_number(struct parse *p, double *out)
{
    bool minus = map_peek(p)->kind == TOKEN_DASH && p->pos + 1 < p->n &&
                 p->tokens[p->pos + 1].kind == TOKEN_NUMBER;
    if (minus) p->pos++;
    if (map_peek(p)->kind != TOKEN_NUMBER) return map_expected(p, "a number", NULL);
    *out = number_of(map_peek(p)->number);
    if (minus) *out = -*out;
    p->pos++;
    return true;
}

void *map_more(struct parse *p, void *items, size_t n, size_t *cap, size_t size)
{
    void *moved = arena_grow(p->arena, items, n, cap, size);
    if (!moved) p->failed = true;
    return moved;
}

/* ---- cells ---- */

/* The slot of a column. */
static bool map_want_column(struct parse *p, uint32_t *slot)
{
    struct place at = map_peek(p)->at;
    struct str name = {0};
    if (!map_want_string(p, &name)) return false;
    struct mapping *m = p->mapping;
    for (size_t i = 0; i < m->n_columns; i++) {
        if (str_eq(m->columns[i].name, name)) {
            *slot = (uint32_t)i;
            return true;
        }
    }
    struct column_use *moved =
        map_more(p, m->columns, m->n_columns, &m->cap_columns, sizeof(*moved));
    if (!moved) return false;
    m->columns = moved;
    *slot = (uint32_t)m->n_columns;
    moved[m->n_columns++] = (struct column_use){name, at};
    return true;
}

bool map_want_cell(struct parse *p, struct cell_src *out)
{
    *out = (struct cell_src){0};
    if (map_peek(p)->kind == TOKEN_STRING) {
        out->op = CELL_TEXT;
        return map_want_string(p, &out->text);
    }
    if (!map_take_word(p, "column"))
        return map_expected(p, "a column or a text in quotes", "column \"name of the column\"");
    out->op = CELL_COLUMN;
    return map_want_column(p, &out->slot);
}

bool map_want_cells(struct parse *p, struct cells_src *out)
{
    struct cell_src *v = NULL;
    size_t n = 0, cap = 0;
    bool several = map_take_word(p, "columns");
    do {
        struct cell_src *moved = map_more(p, v, n, &cap, sizeof(*v));
        if (!moved) return false;
        v = moved;
        v[n] = (struct cell_src){.op = CELL_COLUMN};
        if (several ? !map_want_column(p, &v[n].slot) : !map_want_cell(p, &v[n])) return false;
        n++;
        /* `, split at` belongs to the sentence, not to the list */
        bool list = several && map_at_punct(p, ',') && p->tokens[p->pos + 1].kind == TOKEN_STRING;
        if (list) p->pos++;
        if (!list && !(several && map_take_word(p, "and"))) break;
    } while (true);
    *out = (struct cells_src){v, n, {0}};
    if (map_at_punct(p, ',') && p->tokens[p->pos + 1].kind == TOKEN_WORD &&
        str_eq(p->tokens[p->pos + 1].text, STR("split"))) {
        p->pos += 2;
        return map_want_word(p, "at") && map_want_string(p, &out->split);
    }
    return true;
}

/* ---- conditions ---- */

static bool want_value(struct parse *p, struct test_value *out)
{
    const struct token *t = map_peek(p);
    *out = (struct test_value){.text = t->text};
    if (t->kind == TOKEN_STRING || t->kind == TOKEN_WORD) {
        p->pos++;
        return true;
    }
    out->is_number = true;
    return map_want_number(p, &out->number);
}

/* `"a" or "b"`; a further `or column` begins another test. */
static bool want_values(struct parse *p, struct cell_test *t)
{
    struct test_value *v = NULL;
    size_t cap = 0;
    t->n = 0;
    do {
        struct test_value *moved = map_more(p, v, t->n, &cap, sizeof(*v));
        if (!moved) return false;
        v = moved;
        if (!want_value(p, &v[t->n++])) return false;
        bool another = map_at_word(p, "or") && !(p->tokens[p->pos + 1].kind == TOKEN_WORD &&
                                                 str_eq(p->tokens[p->pos + 1].text, STR("column")));
        if (!another) break;
        p->pos++;
    } while (true);
    t->values = v;
    return true;
}

static bool want_test(struct parse *p, struct cell_test *t)
{
    static const struct {
        const char *words;
        enum test_op op;
    } ops[] = {{"at least", TEST_AT_LEAST},
               {"at most", TEST_AT_MOST},
               {"more than", TEST_MORE},
               {"less than", TEST_LESS},
               {"empty", TEST_EMPTY}};
    *t = (struct cell_test){.op = TEST_IS};
    if (!map_want_word(p, "column") || !map_want_column(p, &t->slot)) return false;
    if (map_take_word(p, "contains")) {
        t->op = TEST_CONTAINS;
        return want_values(p, t);
    }
    if (map_take_words(p, "starts with")) {
        t->op = TEST_STARTS;
        return want_values(p, t);
    }
    if (!map_take_word(p, "is") && !map_take_word(p, "are"))
        return map_expected(p, "\"is\", \"contains\" or \"starts with\"", NULL);
    t->negated = map_take_word(p, "not");
    for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
        if (!map_take_words(p, ops[i].words)) continue;
        t->op = ops[i].op;
        if (t->op == TEST_EMPTY) return true;
        struct test_value *v = arena_alloc(p->arena, sizeof(*v));
        if (!v) return !(p->failed = true);
        v->is_number = true;
        t->values = v;
        t->n = 1;
        return map_want_number(p, &v->number);
    }
    return want_values(p, t);
}

bool map_want_condition(struct parse *p, struct when *out)
{
    struct cell_test *v = NULL;
    size_t cap = 0;
    bool both = false;
    *out = (struct when){0};
    do {
        struct cell_test *moved = map_more(p, v, out->n, &cap, sizeof(*v));
        if (!moved) return false;
        v = moved;
        out->tests = v;
        if (!want_test(p, &v[out->n++])) return false;
        if (map_at_word(p, "and") && !out->any) {
            both = true;
        } else if (map_at_word(p, "or") && !both) {
            out->any = true;
        } else if (map_at_word(p, "and") || map_at_word(p, "or")) {
            return map_expected(p, "the same connective throughout (\"and\" and \"or\" do not mix)",
                                NULL);
        } else {
            return true;
        }
        p->pos++;
    } while (true);
}

bool map_take_when(struct parse *p, struct when *out)
{
    *out = (struct when){0};
    return map_take_word(p, "when") ? map_want_condition(p, out) : true;
}

/* ---- names of the agreement ---- */

#define NAME_WORDS 6

/* The next `words` tokens name something of the agreement. */
static void mention(struct parse *p, name_finder find, uint32_t index, size_t words)
{
    const struct agreement *g = p->agreement;
    struct mapping_mention *v =
        map_more(p, p->mentions, p->n_mentions, &p->cap_mentions, sizeof *v);
    if (!v) return;
    p->mentions = v;
    v[p->n_mentions++] = (struct mapping_mention){
        .name = find == agreement_kind   ? g->kinds[index].name
                : find == agreement_zone ? g->zones[index].name
                                         : g->actors[index].name,
        .at = place_join(p->tokens[p->pos].at, p->tokens[p->pos + words - 1].at)};
}

bool map_want_name(struct parse *p, name_finder find, const char *what, uint32_t *out)
{
    if (map_peek(p)->kind != TOKEN_WORD) return map_expected(p, what, NULL);
    struct str joined = {0};
    size_t best = 0;
    for (size_t k = 0; k < NAME_WORDS && p->tokens[p->pos + k].kind == TOKEN_WORD; k++) {
        struct str word = p->tokens[p->pos + k].text;
        joined = k ? str_fmt(p->arena, "%.*s_%.*s", STR_ARG(joined), STR_ARG(word)) : word;
        uint32_t found = find(p->agreement, joined);
        if (found == LANG_NONE) continue;
        *out = found;
        best = k + 1;
    }
    if (best) {
        mention(p, find, *out, best);
        p->pos += best;
        return true;
    }
    diag_add(p->diags, SEVERITY_ERROR, "unknown-name", map_peek(p)->at,
             "the agreement has no %s \"%.*s\"", what, STR_ARG(map_peek(p)->text));
    return false;
}

/* ---- tables ---- */

static bool want_entries(struct parse *p, target_reader read, void *ctx, struct word_table *t)
{
    struct table_entry *v = NULL;
    size_t cap = 0;
    while (map_peek(p)->kind == TOKEN_DASH) {
        p->pos++;
        size_t first = t->n;
        bool rest = map_take_words(p, "anything else");
        bool empty = !rest && map_take_word(p, "empty");
        do {
            struct table_entry *moved = map_more(p, v, t->n, &cap, sizeof(*v));
            if (!moved) return false;
            v = moved;
            v[t->n] = (struct table_entry){0};
            if (!rest && !empty && !map_want_string(p, &v[t->n].from)) return false;
            t->n++;
        } while (!rest && !empty && map_take_word(p, "or"));
        if (!map_take_word(p, "is") && !map_want_word(p, "are")) return false;
        struct table_entry target = {0};
        if (rest && map_take_words(p, "set aside")) {
            t->otherwise = ELSE_REFUSE;
        } else if (map_take_word(p, "unknown")) {
            target.unknown = true;
            if (rest) t->otherwise = ELSE_VALUE;
        } else {
            if (!read(p, ctx, &target)) return false;
            if (rest) t->otherwise = ELSE_VALUE;
        }
        if (rest) {
            t->other = target;
            t->n--;
        }
        for (size_t i = first; i < t->n; i++) {
            v[i].unknown = target.unknown;
            v[i].to = target.to;
        }
    }
    t->entries = v;
    return t->n > 0 ||
           map_expected(p, "a list, each line with a dash", "– \"as written\" is what it means");
}

bool map_take_table(struct parse *p, target_reader read, void *ctx, const struct word_table **out)
{
    *out = NULL;
    size_t before = p->pos;
    if (!map_take_punct(p, ',') || !map_take_word(p, "written")) {
        p->pos = before;
        return true;
    }
    struct word_table *t = arena_alloc(p->arena, sizeof(*t));
    if (!t) return !(p->failed = true);
    if (!map_take_punct(p, ':')) return map_expected(p, "a colon and a list", NULL);
    *out = t;
    return want_entries(p, read, ctx, t);
}
