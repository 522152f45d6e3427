/* Names and phrases: what a run of words stands for.
 *
 * Names live in one table for all sorts, since a name has one kind everywhere.  Phrases are the
 * verb forms, nouns and sentences that events and states declare.  Both are looked up longest run
 * first, so "fire" and "return fire" may live side by side. */
#include "lang/parse.h"

#include <string.h>

#define MOST_SUGGESTIONS 40
#define MOST_WORDS 12

static const char *sort_with_article(enum sort s)
{
    return s == SORT_ACTOR       ? "an actor"
           : s == SORT_AGREEMENT ? "an agreement"
           : s == SORT_GROUP     ? "a group"
           : s == SORT_LINE      ? "a line"
           : s == SORT_ZONE      ? "a zone"
           : s == SORT_DATE      ? "a date"
           : s == SORT_KIND      ? "an event or state"
           : s == SORT_STOCK     ? "a stock"
           : s == SORT_PROCESS   ? "a process"
           : s == SORT_SITE      ? "a site"
                                 : "a provision";
}

const char *sort_name(enum sort s)
{
    static const char *const names[SORTS] = {"name",      "actor", "group",   "line",
                                             "zone",      "date",  "kind",    "provision",
                                             "agreement", "stock", "process", "site"};
    return names[s];
}

/* Words that hold sentences together: no name may begin with one. */
bool word_reserved(struct str word)
{
    static const char *const words[] = {
        "must",   "may",     "shall", "not",       "in",   "out",       "of",      "each",
        "and",    "or",      "if",    "unless",    "from", "until",     "after",   "before",
        "while",  "within",  "by",    "every",     "with", "only",      "despite", "is",
        "are",    "has",     "have",  "the",       "a",    "an",        "its",     "it",
        "one",    "any",     "all",   "both",      "then", "otherwise", "except",  "than",
        "more",   "less",    "at",    "to",        "keep", "be",        "holds",   "read",
        "counts", "day",     "other", "together",  "no",   "when",      "into",    "for",
        "party",  "parties", "body",  "guarantor",
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq_nocase(word, str_of(words[i]))) return true;
    return false;
}

static struct str swap_chars(struct parser *p, struct str s, char from, char to)
{
    char *out = arena_alloc(p->arena, s.n + 1);
    if (!out) {
        p->oom = true;
        return (struct str){NULL, 0};
    }
    for (size_t i = 0; i < s.n; i++) out[i] = s.p[i] == from ? to : s.p[i];
    return (struct str){out, s.n};
}

struct str name_canonical(struct parser *p, struct str words)
{
    return swap_chars(p, words, ' ', '_');
}

struct str name_spoken(struct parser *p, struct str name)
{
    return swap_chars(p, name, '_', ' ');
}

static size_t count_parts(struct str name, char between)
{
    size_t n = 1;
    for (size_t i = 0; i < name.n; i++) n += name.p[i] == between;
    return n;
}

struct symbol *name_find(const struct parser *p, struct str canonical)
{
    uint32_t number = intern_find(&p->names, canonical);
    if (number == INTERN_NONE || number >= p->symbols.n) return NULL;
    struct symbol *s = VEC_AT(p->symbols, struct symbol, number);
    return s->sort == SORT_NONE ? NULL : s;
}

static void refuse_taken(struct parser *p, struct str name, const struct symbol *old,
                         struct place at)
{
    size_t line = 0, column = 0;
    if (old->at.source) source_locate(old->at.source, old->at.from, &line, &column);
    struct diag *x =
        refuse(p, "name-taken", at, "the name \"%.*s\" is already that of %s (line %zu)",
               STR_ARG(name), sort_with_article(old->sort), line);
    diag_fix(p->d, x, "give one of the two another name: a name has one meaning everywhere");
}

bool name_enter(struct parser *p, struct str name, enum sort sort, uint32_t index, struct place at)
{
    struct symbol *old = name_find(p, name);
    if (old) {
        refuse_taken(p, name, old, at);
        return false;
    }
    uint32_t number = intern_add(&p->names, name);
    if (number == INTERN_NONE) {
        p->oom = true;
        return false;
    }
    while (p->symbols.n <= number)
        if (!vec_add(p, &p->symbols, sizeof(struct symbol))) return false;
    *VEC_AT(p->symbols, struct symbol, number) = (struct symbol){sort, index, at};
    size_t words = count_parts(name, '_');
    if (words > p->name_words) p->name_words = words;
    return true;
}

/* Joins words from token `at` on into out (of `size` bytes) until it holds n words. */
static bool join_word(const struct parser *p, size_t at, char between, char *out, size_t size,
                      size_t *used)
{
    const struct token *t = at < p->end ? &p->tokens.v[at] : NULL;
    if (!t || t->kind != TOKEN_WORD || *used + t->text.n + 1 >= size) return false;
    if (*used) out[(*used)++] = between;
    for (size_t i = 0; i < t->text.n; i++) {
        char c = t->text.p[i];
        out[(*used)++] = c == '_' ? between : c;
    }
    return true;
}

size_t name_match(const struct parser *p, size_t at, struct symbol *out)
{
    char text[512];
    size_t used = 0, found = 0;
    for (size_t n = 0; n < p->name_words && n < MOST_WORDS; n++) {
        if (!join_word(p, at + n, '_', text, sizeof text, &used)) break;
        struct symbol *s = name_find(p, (struct str){text, used});
        if (!s) continue;
        *out = *s;
        found = n + 1;
    }
    return found;
}

bool name_eat(struct parser *p, enum sort sort, uint32_t *out)
{
    struct symbol s;
    size_t n = name_match(p, p->at, &s);
    if (!n || s.sort != sort) return false;
    p->at += n;
    *out = s.index;
    return true;
}

struct str name_nearest(struct parser *p, struct str text, enum sort sort)
{
    struct str best = {NULL, 0};
    if (p->suggestions++ >= MOST_SUGGESTIONS || text.n > 64) return best;
    size_t least = text.n < 4 ? 2 : text.n / 3 + 1;
    for (size_t i = 0; i < p->symbols.n; i++) {
        const struct symbol *s = VEC_AT(p->symbols, struct symbol, i);
        if (s->sort == SORT_NONE || (sort != SORT_NONE && s->sort != sort)) continue;
        struct str name = intern_str(&p->names, (uint32_t)i);
        if (name.n > text.n + least || text.n > name.n + least) continue;
        if (str_nearer(text, name, &least)) best = name;
    }
    return best;
}

bool name_unknown(struct parser *p, enum sort sort, const char *what)
{
    const struct token *t = token_now(p);
    if (t->kind != TOKEN_WORD || word_reserved(t->text)) return expected(p, what, NULL);
    struct symbol other;
    size_t n = name_match(p, p->at, &other);
    if (n) {
        struct place at = place_join(t->at, p->tokens.v[p->at + n - 1].at);
        refuse(p, "wrong-sort", at, "in %s, %s is expected, but \"%.*s\" is %s", p->doing, what,
               STR_ARG(place_text(at)), sort_with_article(other.sort));
        return false;
    }
    struct str near = name_nearest(p, t->text, sort);
    struct diag *x =
        refuse(p, "unknown-name", t->at, "unknown name \"%.*s\": in %s, %s is expected",
               STR_ARG(t->text), p->doing, what);
    if (near.n) {
        diag_fix(p->d, x, "write: %.*s", STR_ARG(near));
    } else if (sort != SORT_NONE && sort != SORT_ACTOR) {
        diag_fix(p->d, x, "declare it: %s %.*s …", sort == SORT_KIND ? "event" : sort_name(sort),
                 STR_ARG(t->text));
    } else {
        diag_fix(p->d, x, "declare it: %s %.*s \"…\".",
                 str_starts(str_of(what), STR("a body")) ? "body" : "party", STR_ARG(t->text));
    }
    return false;
}

bool name_read(struct parser *p, enum sort sort, const char *what, uint32_t *out)
{
    return name_eat(p, sort, out) || name_unknown(p, sort, what);
}

bool name_declared(struct parser *p, struct str *canonical, struct place *at)
{
    size_t first = p->at;
    while (token_now(p)->kind == TOKEN_WORD && p->at - first < MOST_WORDS) {
        bool stop = look(p, "is") || look(p, "from") || look(p, "within") || look(p, "includes") ||
                    look(p, "including") || look(p, "are") || look(p, "disputed");
        if (stop && p->at > first) break;
        if (p->at == first && word_reserved(token_now(p)->text)) {
            struct diag *x = refuse(p, "reserved-word", token_now(p)->at,
                                    "\"%.*s\" is a word of the language and cannot be a name",
                                    STR_ARG(token_now(p)->text));
            diag_fix(p->d, x, "take another name, as in: the_%.*s", STR_ARG(token_now(p)->text));
            return false;
        }
        p->at++;
    }
    if (p->at == first) return expected(p, "a name", NULL);
    struct str words = words_text(p, first, p->at);
    if (!words.p) return false;
    *canonical = name_canonical(p, words);
    *at = place_join(p->tokens.v[first].at, place_last(p));
    return canonical->p != NULL;
}

bool phrase_enter(struct parser *p, struct str words, uint32_t kind, uint32_t form, struct place at)
{
    if (!words.n) return true;
    words = name_spoken(p, words);
    uint32_t number = words.p ? intern_add(&p->phrases, words) : INTERN_NONE;
    if (number == INTERN_NONE) {
        p->oom = true;
        return false;
    }
    while (p->forms.n <= number)
        if (!vec_add(p, &p->forms, sizeof(struct form))) return false;
    struct form *f = VEC_AT(p->forms, struct form, number);
    if (f->forms && f->kind != kind) {
        struct str other = VEC_AT(p->kinds, struct kind, f->kind)->name;
        struct diag *x = refuse(p, "phrase-taken", at, "\"%.*s\" is already said of \"%.*s\"",
                                STR_ARG(words), STR_ARG(other));
        diag_fix(p->d, x, "give this one words of its own: verb …");
        return false;
    }
    f->kind = kind;
    f->forms |= form;
    size_t n = count_parts(words, ' ');
    if (n > p->phrase_words) p->phrase_words = n;
    return true;
}

size_t phrase_match(const struct parser *p, size_t at, uint32_t forms, struct form *out)
{
    char text[512];
    size_t used = 0, found = 0;
    for (size_t n = 0; n < p->phrase_words && n < MOST_WORDS; n++) {
        if (!join_word(p, at + n, ' ', text, sizeof text, &used)) break;
        uint32_t number = intern_find(&p->phrases, (struct str){text, used});
        if (number == INTERN_NONE || number >= p->forms.n) continue;
        const struct form *f = VEC_AT(p->forms, struct form, number);
        if (!(f->forms & forms)) continue;
        *out = *f;
        found = n + 1;
    }
    return found;
}
