/* The text against its sentences: what it binds and they do not, and numbers that differ. */
#include "lint/private.h"

#include <string.h>

/* ---- text without a sentence ---- */

/* The first letters of a word, in small letters: enough to know "withdrawal" from "withdraws". */
typedef uint64_t stem;
#define STEM_LETTERS 5

struct stems {
    stem *v;
    size_t n, cap;
};

static stem stem_of(struct str word, size_t from, size_t to)
{
    stem s = 0;
    for (size_t i = from; i < to && i < from + STEM_LETTERS; i++) {
        uint8_t c = (uint8_t)word.p[i];
        s = s << 8 | (c >= 'A' && c <= 'Z' ? (uint8_t)(c - 'A' + 'a') : c);
    }
    return s;
}

static bool add_stem(struct lint *l, struct stems *out, stem s)
{
    for (size_t i = 0; i < out->n; i++)
        if (out->v[i] == s) return true;
    stem *v = arena_grow(l->a, out->v, out->n, &out->cap, sizeof *v);
    if (!v) {
        l->failed = true;
        return false;
    }
    out->v = v;
    v[out->n++] = s;
    return true;
}

static bool is_mark(char c)
{
    return (uint8_t)c < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z');
}

/* Every word of four letters or more in a text. */
static bool add_words(struct lint *l, struct stems *out, struct str text)
{
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        while (i < text.n && !is_mark(text.p[i])) i++;
        if (i - from >= 4 && !add_stem(l, out, stem_of(text, from, i))) return false;
        while (i < text.n && is_mark(text.p[i])) i++;
    }
    return true;
}

/* The words of the formal sentences of a clause, and of the declarations of what they name. */
static bool clause_stems(struct lint *l, uint32_t clause, struct stems *out)
{
    const struct passages *p = &l->formal;
    const struct agreement *g = l->g;
    for (uint32_t c = clause; c < g->n_clauses; c++) {
        if (c != clause && (g->clauses[clause].level == 0 || !clause_within(g, c, clause))) break;
        for (size_t i = p->from[c]; i < p->from[c + 1]; i++) {
            const struct passage *x = &p->v[i];
            if (passage_says(l, x) &&
                !add_words(l, out, place_text(tokens_place(l, p, x->first, x->end))))
                return false;
        }
    }
    return true;
}

/* What the mentions in a clause's sentences declare, for all clauses at once: mentions are in the order
 * of the text, clause after clause. */
static bool mention_stems(struct lint *l, uint32_t clause, struct stems *out)
{
    const struct passages *p = &l->formal;
    size_t first = p->from[clause], end = p->from[clause + 1], lo = 0, hi = l->g->names.n_mentions;
    if (first == end) return true;
    size_t from = p->tokens.v[p->v[first].first].from, to = p->tokens.v[p->v[end - 1].end - 1].to;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (l->g->names.mentions[mid].at.from < from)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < l->g->names.n_mentions && l->g->names.mentions[lo].at.from < to; lo++) {
        const struct named *n = &l->g->names.names[l->g->names.mentions[lo].name];
        if (strcmp(n->sort, "actor") != 0 && n->sentence.source &&
            !add_words(l, out, place_text(n->sentence)))
            return false;
    }
    return true;
}

/* Words that any clause has. */
static bool is_common(stem s)
{
    static const char *const words[] = {
        "shall",   "must",      "each",    "both",     "party",      "parties",    "side",
        "sides",   "they",      "their",   "them",     "that",       "this",       "these",
        "those",   "with",      "within",  "from",     "until",      "after",      "before",
        "into",    "upon",      "under",   "other",    "which",      "where",      "have",
        "been",    "will",      "days",    "hours",    "agree",      "agreement",  "undertake",
        "such",    "also",      "than",    "than",     "only",       "accordance", "present",
        "article", "provision", "obliged", "required", "prohibited", "forbidden",  "following",
        "every",   "between",   "during"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (stem_of(str_of(words[i]), 0, strlen(words[i])) == s) return true;
    return false;
}

/* Does the sentence have words of its own, and do the formal sentences have one of them? */
static bool is_stated(struct lint *l, const struct passage *x, const struct stems *formal,
                      bool *empty)
{
    const struct passages *p = &l->prose;
    uint32_t who;
    *empty = true;
    for (size_t i = x->first; i < x->end; i++) {
        const struct word *t = &p->tokens.v[i];
        size_t n = actor_at(l, i, x->end, &who);
        if (n) {
            i += n - 1;
            continue;
        }
        if (t->kind != TOKEN_WORD || t->text.n < 4) continue;
        stem s = stem_of(t->text, 0, t->text.n);
        if (is_common(s)) continue;
        *empty = false;
        for (size_t k = 0; k < formal->n; k++)
            if (formal->v[k] == s) return true;
    }
    return false;
}

static void say_unstated(struct lint *l, const struct passage *x, bool alone)
{
    struct place at = tokens_place(l, &l->prose, x->first, x->end);
    struct remark *f =
        alone
            ? lint_find(l, at, x->clause, "the text binds, and no formal sentence stands beside it")
            : lint_find(l, at, x->clause,
                        "the text binds, and no formal sentence beside it says this");
    lint_mend(
        l, f,
        "write beside it: provision …: each party must …; or say why not: not a finding: text "
        "without sentence, because …");
}

void rule_text_without_sentence(struct lint *l)
{
    uint32_t clause = LANG_NONE;
    struct stems formal = {0};
    bool says = false;
    for (size_t i = 0; i < l->prose.n && !l->failed; i++) {
        const struct passage *x = &l->prose.v[i];
        bool empty;
        if (!x->duty) continue;
        if (x->clause != clause) {
            clause = x->clause;
            formal.n = 0;
            says = clause_says(l, clause);
            if (says && (!clause_stems(l, clause, &formal) || !mention_stems(l, clause, &formal)))
                return;
        }
        if (!is_stated(l, x, &formal, &empty) && !empty) say_unstated(l, x, !says);
    }
}

/* ---- numbers that differ ---- */

struct quantities {
    struct measured_at *v;
    size_t n, cap;
};

static bool add_quantities(struct lint *l, const struct passages *p, const struct passage *x,
                           struct quantities *out)
{
    for (size_t i = x->first; i < x->end;) {
        struct measured_at m;
        if (!measured_at(p, i, x->end, &m)) {
            i++;
            continue;
        }
        i = m.end;
        struct measured_at *v = arena_grow(l->a, out->v, out->n, &out->cap, sizeof *v);
        if (!v) {
            l->failed = true;
            return false;
        }
        out->v = v;
        v[out->n++] = m;
    }
    return true;
}

static bool same_quantity(const struct measured_at *a, const struct measured_at *b)
{
    return a->what == b->what && a->value == b->value &&
           (!a->year || !b->year || a->year == b->year);
}

static bool has_quantity(const struct quantities *all, const struct measured_at *m)
{
    for (size_t i = 0; i < all->n; i++)
        if (same_quantity(&all->v[i], m)) return true;
    return false;
}

/* The one of the clause's own quantities that the text's should be. */
static const struct measured_at *counterpart(const struct quantities *own, enum measured what)
{
    for (size_t i = 0; i < own->n; i++)
        if (own->v[i].what == what) return &own->v[i];
    return NULL;
}

/* Sentences that order something; declarations only say what is what. */
static bool orders(const struct lint *l, const struct passage *x)
{
    return passage_opens(l, x, "provision") || passage_opens(l, x, "article") ||
           passage_opens(l, x, "the agreement is") || passage_opens(l, x, "agreement is");
}

/* The quantities of the sentences of a clause, and the distances of the zones that they name. */
static bool own_quantities(struct lint *l, uint32_t clause, struct quantities *own)
{
    const struct passages *f = &l->formal;
    const struct agreement *g = l->g;
    for (size_t i = f->from[clause]; i < f->from[clause + 1]; i++)
        if (orders(l, &f->v[i]) && !add_quantities(l, f, &f->v[i], own)) return false;
    struct indices in = provisions_in(l, clause);
    for (uint32_t i = 0; i < in.n; i++) {
        const struct provision *pv = &g->provisions[in.v[i]];
        if (pv->clause != clause || pv->act.zone == LANG_NONE) continue;
        const struct passage *x = passage_of(f, g->zones[pv->act.zone].at.from);
        if (x && !add_quantities(l, f, x, own)) return false;
    }
    return true;
}

static bool said_already(const struct lint *l, uint32_t clause, struct str text)
{
    for (size_t i = l->out->n;
         i-- > 0 && l->out->v[i].rule == l->rule && l->out->v[i].clause == clause;)
        if (str_eq(l->out->v[i].about, text)) return true;
    return false;
}

static void compare_clause(struct lint *l, uint32_t clause, const struct quantities *declared)
{
    const struct passages *p = &l->prose, *f = &l->formal;
    struct quantities own = {0};
    if (!own_quantities(l, clause, &own)) return;
    for (size_t i = p->from[clause]; i < p->from[clause + 1] && own.n; i++) {
        struct quantities text = {0};
        if (!add_quantities(l, p, &p->v[i], &text)) return;
        for (size_t k = 0; k < text.n; k++) {
            const struct measured_at *m = &text.v[k], *other = counterpart(&own, m->what);
            struct place at = tokens_place(l, p, m->first, m->end);
            if (!other || has_quantity(&own, m) || has_quantity(declared, m) ||
                said_already(l, clause, place_text(at)))
                continue;
            struct str said = place_text(tokens_place(l, f, other->first, other->end));
            struct remark *x =
                lint_find(l, at, clause, "the text says \"%.*s\", the sentences beside it \"%.*s\"",
                          STR_ARG(place_text(at)), STR_ARG(said));
            if (x) x->about = place_text(at);
            lint_mend(l, x,
                      "write the same in both; or say why they differ: not a finding: text differs "
                      "\"%.*s\", because …",
                      STR_ARG(place_text(at)));
        }
    }
}

void rule_text_differs(struct lint *l)
{
    struct quantities declared = {0};
    const struct passages *f = &l->formal;
    for (size_t i = 0; i < f->n; i++) {
        const struct passage *x = &f->v[i];
        if (!passage_says(l, x) || passage_opens(l, x, "provision")) continue;
        if (!add_quantities(l, f, x, &declared)) return;
    }
    for (uint32_t c = 0; c < l->g->n_clauses && !l->failed; c++) compare_clause(l, c, &declared);
}

/* ---- numbers without a unit ---- */

/* The unit that the word is measured in, NULL where it is no measure. */
static const char *measured_in(struct str word)
{
    static const struct {
        const char *word, *unit;
    } words[] = {{"calibre", "mm"},  {"caliber", "mm"}, {"range", "km"}, {"radius", "km"},
                 {"distance", "km"}, {"depth", "km"},   {"width", "km"}, {"length", "m"},
                 {"height", "m"},    {"altitude", "m"}, {"weight", "kg"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_nocase(word, str_of(words[i].word))) return words[i].unit;
    return NULL;
}

/* The number that the text gives behind "calibre of at least …"; x->end: none. */
static size_t bare_number(const struct passages *p, const struct passage *x, size_t at)
{
    static const char *const between[] = {"of",    "at",   "least",     "most", "more",
                                          "than",  "over", "exceeding", "up",   "to",
                                          "above", "from", "a",         "is"};
    for (size_t i = at + 1; i < x->end && i < at + 7; i++) {
        const struct word *t = &p->tokens.v[i];
        if (t->kind == TOKEN_NUMBER) {
            const struct word *next = i + 1 < x->end ? &p->tokens.v[i + 1] : NULL;
            bool unit = next && ((next->kind == TOKEN_WORD && unit_find(next->text)) ||
                                 (next->kind == TOKEN_PUNCT && next->punct == '%'));
            struct measured_at m;
            return unit || measured_at(p, i, x->end, &m) ? x->end : i;
        }
        bool passes = false;
        for (size_t k = 0; k < sizeof between / sizeof *between; k++)
            passes |= token_word(t, between[k]);
        if (!passes) break;
    }
    return x->end;
}

void rule_no_unit(struct lint *l)
{
    const struct passages *p = &l->prose;
    const struct agreement *g = l->g;
    for (size_t i = 0; i < p->n; i++) {
        const struct passage *x = &p->v[i];
        for (size_t at = x->first; at < x->end; at++) {
            const struct word *t = &p->tokens.v[at];
            if (t->kind != TOKEN_WORD || !measured_in(t->text)) continue;
            size_t n = bare_number(p, x, at);
            if (n == x->end) continue;
            struct str number = p->tokens.v[n].text;
            struct remark *f =
                lint_find(l, tokens_place(l, p, n, n + 1), x->clause,
                          "\"%.*s %.*s\" of which unit?", STR_ARG(t->text), STR_ARG(number));
            lint_mend(l, f, "write the unit in the text, as in: %.*s %s", STR_ARG(number),
                      measured_in(t->text));
        }
    }
    for (uint32_t i = 0; i < g->n_kinds; i++) {
        const struct kind *k = &g->kinds[i];
        for (uint32_t a = 0; a < k->n_attributes; a++) {
            const struct attribute *x = &k->attributes[a];
            if (x->type != ATTRIBUTE_COUNT || !measured_in(x->name) || k->parent != LANG_NONE)
                continue;
            struct remark *f =
                lint_find(l, x->at, k->clause, "\"%.*s\" is declared as a number without a unit",
                          STR_ARG(x->name));
            if (f) f->about = k->name;
            lint_mend(l, f, "declare it with its unit, as in: %.*s %s", STR_ARG(x->name),
                      measured_in(x->name));
        }
    }
}
