/* Names and mentions.  The first pass of the parser enters what the sentences declare; then the
 * tokens of each sentence are matched against it, longest run first, as the parser itself does. */
#include "lang/vocabulary.h"

#include "lang/parse.h"

#define MOST_WORDS 12

static bool collect_names(struct parser *p, struct vocabulary *out)
{
    struct named *names = arena_array(p->arena, p->symbols.n, sizeof *names);
    if (!names) return false;
    for (size_t i = 0; i < p->symbols.n; i++) {
        const struct symbol *s = VEC_AT(p->symbols, struct symbol, i);
        struct str name = str_dup(p->arena, intern_str(&p->names, (uint32_t)i));
        if (!name.p) return false;
        names[i] = (struct named){name, sort_name(s->sort), s->at, s->at};
    }
    out->names = names;
    out->n_names = p->symbols.n;
    size_t k = 0; /* names were entered in the order of the text */
    for (size_t i = 0; i < p->symbols.n; i++) {
        for (; k < p->sentences.n && names[i].at.source; k++) {
            const struct sentence *s = VEC_AT(p->sentences, struct sentence, k);
            struct place all = place_join(p->tokens.v[s->first].at, p->tokens.v[s->end - 1].at);
            if (all.to < names[i].at.to) continue;
            if (all.from <= names[i].at.from) names[i].sentence = all;
            break;
        }
    }
    return true;
}

/* What stands at token `at`: how many tokens, and which mention. */
static size_t match(const struct parser *p, size_t at, struct name_use *out)
{
    char text[512];
    struct symbol s;
    struct form f;
    size_t n = name_match(p, at, &s), m = phrase_match(p, at, ~0u, &f);
    if (!n && !m) return 0;
    struct str name = {NULL, 0};
    if (n >= m) {
        size_t used = 0;
        for (size_t i = at; i < at + n; i++) {
            struct str word = p->tokens.v[i].text;
            if (used + word.n + 1 > sizeof text) return 0;
            if (i > at) text[used++] = '_';
            for (size_t c = 0; c < word.n; c++) text[used++] = word.p[c];
        }
        name = (struct str){text, used};
    } else {
        name = VEC_AT(p->kinds, struct kind, f.kind)->name;
    }
    uint32_t number = intern_find(&p->names, name);
    if (number == INTERN_NONE) return 0;
    size_t length = n >= m ? n : m;
    *out = (struct name_use){number, n < m,
                             place_join(p->tokens.v[at].at, p->tokens.v[at + length - 1].at)};
    return length;
}

/* In the declaration of an event, what stands in parentheses are attributes: no names. */
static size_t skip_attributes(const struct parser *p, const struct sentence *s, size_t i)
{
    bool declares = s->statement && s->statement->enter == enter_kind;
    const struct token *t = &p->tokens.v[i];
    if (!declares || t->kind != TOKEN_PUNCT || t->punct != '(') return i;
    while (i < s->end && !(p->tokens.v[i].kind == TOKEN_PUNCT && p->tokens.v[i].punct == ')')) i++;
    return i;
}

static bool collect_mentions(struct parser *p, struct vocabulary *out)
{
    struct vec mentions = {0};
    for (size_t k = 0; k < p->sentences.n; k++) {
        const struct sentence *s = VEC_AT(p->sentences, struct sentence, k);
        p->end = s->end;
        for (size_t i = s->first; i < s->end;) {
            struct name_use m;
            i = skip_attributes(p, s, i);
            size_t n = i < s->end ? match(p, i, &m) : 0;
            if (n) {
                struct name_use *slot = vec_add(p, &mentions, sizeof *slot);
                if (!slot) return false;
                *slot = m;
            }
            i += n ? n : 1;
        }
    }
    out->mentions = mentions.v;
    out->n_mentions = mentions.n;
    return true;
}

bool vocabulary_collect(struct parser *p, struct vocabulary *out)
{
    return collect_names(p, out) && collect_mentions(p, out);
}

bool vocabulary_read(struct arena *a, const struct source *source, struct vocabulary *out)
{
    struct diags quiet;
    diags_init(&quiet, a);
    *out = (struct vocabulary){0};
    if (!lex_check_text(source, &quiet)) return !a->failed;
    struct parser p = {.arena = a, .source = source, .d = &quiet};
    p.header.day_one_term = LANG_NONE;
    p.header.day_one.term = p.header.day_one.date = LANG_NONE;
    intern_init(&p.names);
    intern_init(&p.phrases);
    bool good = parse_declared(&p);
    *out = p.vocabulary;
    intern_free(&p.names);
    intern_free(&p.phrases);
    return good && !a->failed;
}

const struct name_use *vocabulary_at(const struct vocabulary *v, size_t offset)
{
    const struct name_use *behind = NULL;
    for (size_t i = 0; i < v->n_mentions; i++) {
        const struct name_use *m = &v->mentions[i];
        if (m->at.from <= offset && offset < m->at.to) return m;
        if (m->at.to == offset) behind = m;
    }
    return behind;
}

static bool same_name(struct str a, struct str b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++)
        if ((a.p[i] == ' ' ? '_' : a.p[i]) != (b.p[i] == ' ' ? '_' : b.p[i])) return false;
    return true;
}

const struct named *vocabulary_find(const struct vocabulary *v, struct str words)
{
    for (size_t i = 0; i < v->n_names; i++)
        if (v->names[i].at.source && same_name(v->names[i].name, words)) return &v->names[i];
    return NULL;
}

const char *vocabulary_refuses(struct arena *a, struct str words)
{
    struct diags quiet;
    struct tokens t = {0};
    diags_init(&quiet, a);
    const struct source *s = source_new(a, STR("name"), words);
    if (!s) return "memory ran out";
    if (!lex_check_text(s, &quiet)) return "it is not text";
    if (!lex_block(a, s, 0, words.n, 0, &quiet, &t)) return "memory ran out";
    if (quiet.errors || t.n < 2) return "a name is made of words";
    if (t.n_comments || t.n - 1 > MOST_WORDS) return "a name is a few words";
    for (size_t i = 0; i + 1 < t.n; i++)
        if (t.v[i].kind != TOKEN_WORD) return "a name is made of words alone";
    if (t.v[0].at.from != 0 || t.v[t.n - 2].at.to != words.n)
        return "a name has no blanks around it";
    return word_reserved(t.v[0].text) ? "it begins with a word of the language" : NULL;
}
