/* Terms: used and not defined, defined and not used, without a measure, counted without saying what is
 * one; articles with one number. */
#include "base/intern.h"
#include "lang/quantity.h"
#include "lint/private.h"

#include <string.h>

/* ---- words without a measure ---- */

void rule_vague_word(struct lint *l)
{
    static const char *const vague[] = {"reasonable",     "reasonably",
                                        "appropriate",    "as far as possible",
                                        "where possible", "if possible",
                                        "best efforts",   "substantial",
                                        "substantially",  "significant",
                                        "sufficient",     "adequate",
                                        "as necessary",   "necessary measures",
                                        "where feasible", "in parallel",
                                        "in good faith",  "in principle",
                                        "large numbers",  "heavy concentrations",
                                        "as appropriate", "to the extent possible"};
    const struct passages *p = &l->prose;
    for (size_t i = 0; i < p->n; i++) {
        const struct passage *x = &p->v[i];
        for (size_t k = 0; x->duty && k < sizeof vague / sizeof *vague; k++) {
            size_t at = words_in(p, x, vague[k]);
            if (at == x->end) continue;
            struct place place = tokens_place(l, p, at, at + words_at(p, at, x->end, vague[k]));
            struct remark *f = lint_find(l, place, x->clause, "\"%s\" has no measure", vague[k]);
            if (f) f->about = str_of(vague[k]);
            lint_mend(
                l, f,
                "write the measure; or leave it open on purpose and say so: … is ambiguous on "
                "purpose: – as … by …, or: not a finding: vague word \"%s\", because …",
                vague[k]);
            break;
        }
    }
}

/* ---- what is one? ---- */

static void look_at_count(struct lint *l, uint32_t i, uint32_t kind, struct place at,
                          uint32_t count)
{
    const struct kind *k = kind == LANG_NONE ? NULL : &l->g->kinds[kind];
    if (!k || k->is_state || k->filed || k->one_is.n) return;
    struct remark *f =
        lint_find_in(l, i, at, "this is counted to %u, and nothing says what is one \"%.*s\"",
                     count, STR_ARG(k->name));
    if (f) f->about = k->name;
    lint_mend(l, f,
              "declare: one %.*s is …, as in: one fire is all firing by one party from one "
              "position without an hour's pause",
              STR_ARG(k->name));
}

void rule_what_is_one(struct lint *l)
{
    const struct agreement *g = l->g;
    bool *said = arena_array(l->a, (size_t)g->n_kinds + 1, sizeof *said);
    if (!said) l->failed = true;
    for (uint32_t i = 0; said && i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        uint32_t kind = LANG_NONE, count = 0;
        struct place at = pv->name_at;
        if (pv->pattern == PATTERN_CAP) {
            kind = pv->act.kind;
            count = pv->count;
            at = pv->act.at;
        } else if (pv->trigger.op == TRIGGER_VIOLATION && pv->trigger.count > 1) {
            kind = g->provisions[pv->trigger.provision].act.kind;
            count = pv->trigger.count;
            at = pv->trigger.at;
        }
        if (kind == LANG_NONE || said[kind]) continue;
        said[kind] = true;
        look_at_count(l, i, kind, at, count);
    }
}

/* ---- not in plain language ---- */

void rule_not_plain(struct lint *l)
{
    const struct agreement *g = l->g;
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        const struct provision *pv = &g->provisions[i];
        if (pv->pattern != PATTERN_FORMULA) continue;
        struct remark *f =
            lint_find_in(l, i, pv->name_at, "\"%.*s\" is not in plain language", STR_ARG(pv->name));
        if (f) f->about = pv->name;
        lint_mend(
            l, f,
            "write a sentence where one says it; else say why not: not a finding: not plain of "
            "%.*s, because …",
            STR_ARG(pv->name));
    }
}

/* ---- one number twice ---- */

/* "Article 3" of "Article 3: Morning"; empty: the heading has no number. */
static struct str numbered(struct str title)
{
    static const char *const words[] = {"article", "section", "paragraph", "clause",
                                        "annex",   "rule",    "point",     "chapter"};
    size_t n = 0;
    while (n < title.n && title.p[n] != ' ') n++;
    bool known = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        known |= str_eq_nocase(str_slice(title, 0, n), str_of(words[i]));
    size_t at = n + 1, from = at;
    while (known && at < title.n && !strchr(" :;,)", title.p[at])) at++;
    while (at > from && title.p[at - 1] == '.') at--;
    return known && at > from ? str_slice(title, 0, at) : (struct str){NULL, 0};
}

static void say_double(struct lint *l, uint32_t clause, struct str number, uint32_t other)
{
    const struct agreement *g = l->g;
    size_t line, column;
    source_locate(g->source, g->clauses[other].at.from, &line, &column);
    struct remark *f =
        lint_find(l, g->clauses[clause].at, clause, "\"%.*s\" is the number of another (line %zu)",
                  STR_ARG(number), line);
    if (f) f->about = number;
    lint_mend(l, f, "give it the next free number, and look at every sentence that cites one");
}

/* Under one heading a number stands once. */
void rule_double_number(struct lint *l)
{
    const struct agreement *g = l->g;
    uint32_t *first = arena_array(l->a, (size_t)g->n_clauses + 1, sizeof *first);
    struct intern seen;
    struct buf key;
    intern_init(&seen);
    buf_init(&key);
    for (uint32_t i = 0; first && i < g->n_clauses && !l->failed; i++) {
        struct str number = numbered(g->clauses[i].title);
        if (!number.n) continue;
        buf_clear(&key);
        buf_fmt(&key, "%u ", g->clauses[i].parent);
        for (size_t k = 0; k < number.n; k++)
            buf_putc(&key, number.p[k] >= 'A' && number.p[k] <= 'Z'
                               ? (char)(number.p[k] - 'A' + 'a')
                               : number.p[k]);
        uint32_t known = intern_find(&seen, buf_str(&key));
        if (known != INTERN_NONE) {
            say_double(l, i, number, first[known]);
            continue;
        }
        known = key.failed ? INTERN_NONE : intern_add(&seen, buf_str(&key));
        if (known == INTERN_NONE)
            l->failed = true;
        else
            first[known] = i;
    }
    if (!first) l->failed = true;
    intern_free(&seen);
    buf_free(&key);
}

/* ---- defined and never used ---- */

/* Sentences that say how something is seen or read: no use of it. */
static bool only_about(const struct lint *l, const struct passage *x)
{
    const struct passages *p = &l->formal;
    return passage_opens(l, x, "coverage") || passage_opens(l, x, "evidence") ||
           passage_opens(l, x, "one") || words_in(p, x, "counts when") < x->end ||
           words_in(p, x, "is read") < x->end || words_in(p, x, "are read") < x->end ||
           words_in(p, x, "ambiguous on purpose") < x->end;
}

static void mark_mentions(const struct lint *l, bool *used)
{
    for (size_t i = 0; i < l->g->names.n_mentions; i++) {
        const struct name_use *m = &l->g->names.mentions[i];
        const struct named *n = &l->g->names.names[m->name];
        if (m->at.from >= n->sentence.from && m->at.to <= n->sentence.to) continue;
        const struct passage *x = passage_of(&l->formal, m->at.from);
        if (!x || !passage_says(l, x)) continue;
        if (only_about(l, x) && strcmp(n->sort, "actor") != 0) continue;
        used[m->name] = true;
    }
}

/* Actors may be meant without their name: "each party", "a body". */
static bool meant_by_class(const struct lint *l, struct str name)
{
    const struct agreement *g = l->g;
    uint32_t actor = agreement_actor(g, name);
    if (actor == LANG_NONE) return false;
    for (uint32_t i = 0; i < g->n_provisions; i++)
        for (uint32_t k = 0; k < g->provisions[i].bearers.n; k++)
            if (g->provisions[i].bearers.v[k] == actor) return true;
    for (uint32_t i = 0; i < g->n_groups; i++)
        for (uint32_t k = 0; k < g->groups[i].members.n; k++)
            if (g->groups[i].members.v[k] == actor) return true;
    return g->actors[actor].class_ == ACTOR_PARTY || g->actors[actor].outside;
}

static bool meant_site(const struct agreement *g, struct str name)
{
    for (uint32_t i = 0; i < g->n_provisions; i++)
        for (uint32_t k = 0; k < g->provisions[i].sites.n; k++)
            if (str_eq(g->sites[g->provisions[i].sites.v[k]].name, name)) return true;
    return false;
}

/* ---- terms that the text defines for itself ---- */

/* Is the quotation at a token a definition: (the "Zone"), hereinafter "Zone", "Zone" means? */
static bool defines(const struct passages *p, const struct passage *x, size_t at)
{
    static const char *const before[] = {"hereinafter", "hereafter", "called", "termed",
                                         "referred"};
    if (words_at(p, at + 1, x->end, "means") || words_at(p, at + 1, x->end, "mean")) return true;
    for (size_t i = at; i > x->first && at - i < 5; i--) {
        const struct word *t = &p->tokens.v[i - 1];
        for (size_t k = 0; k < sizeof before / sizeof *before; k++)
            if (token_word(t, before[k])) return true;
        if (t->kind == TOKEN_PUNCT && t->punct == '(')
            return at + 1 < x->end && p->tokens.v[at + 1].kind == TOKEN_PUNCT &&
                   p->tokens.v[at + 1].punct == ')';
    }
    return false;
}

/* How often the words stand in the prose, in any case, also in the plural. */
static size_t stands(const struct lint *l, struct str term)
{
    size_t n = 0;
    for (size_t i = 0; i < l->prose.n; i++) {
        const struct passage *x = &l->prose.v[i];
        for (size_t at = x->first; at < x->end; at++) n += label_at(l, at, x->end, term) > 0;
    }
    return n;
}

static void unused_in_text(struct lint *l)
{
    const struct passages *p = &l->prose;
    for (size_t i = 0; i < p->n; i++) {
        const struct passage *x = &p->v[i];
        for (size_t at = x->first; at < x->end; at++) {
            const struct word *t = &p->tokens.v[at];
            if (t->kind != TOKEN_STRING || !t->text.n || !defines(p, x, at) || stands(l, t->text) ||
                vocabulary_find(&l->g->names, t->text))
                continue;
            struct remark *f =
                lint_find(l, tokens_place(l, p, at, at + 1), x->clause,
                          "\"%.*s\" is defined here and stands nowhere else", STR_ARG(t->text));
            if (f) f->about = t->text;
            lint_mend(l, f, "use it where it is meant, or leave the definition out");
        }
    }
}

void rule_unused_term(struct lint *l)
{
    bool *used = arena_array(l->a, l->g->names.n_names + 1, sizeof *used);
    if (!used) {
        l->failed = true;
        return;
    }
    mark_mentions(l, used);
    for (size_t i = 0; i < l->g->names.n_names; i++) {
        const struct named *n = &l->g->names.names[i];
        bool term = n->at.source && strcmp(n->sort, "provision") != 0 &&
                    strcmp(n->sort, "agreement") != 0 && strcmp(n->sort, "name") != 0;
        if (!term || used[i] || meant_by_class(l, n->name) || meant_site(l->g, n->name)) continue;
        const struct passage *x = passage_of(&l->formal, n->at.from);
        struct remark *f =
            lint_find(l, n->at, x ? x->clause : 0, "\"%.*s\" is declared and no sentence uses it",
                      STR_ARG(n->name));
        if (f) f->about = n->name;
        lint_mend(l, f, "write the sentence that needs it, or leave the declaration out");
    }
    unused_in_text(l);
}

/* ---- used and not defined ---- */

static bool contains_words(struct str text, struct str term)
{
    for (size_t i = 0; i + term.n <= text.n; i++) {
        size_t k = 0;
        while (k < term.n) {
            char x = text.p[i + k] == '_' ? ' ' : text.p[i + k], y = term.p[k];
            if (!str_eq_nocase((struct str){&x, 1}, (struct str){&y, 1})) break;
            k++;
        }
        if (k == term.n) return true;
    }
    return false;
}

/* In names, labels, quotations of formal sentences, headings and definitions of the text. */
static bool is_defined(const struct lint *l, struct str term)
{
    const struct agreement *g = l->g;
    if (term.n > 1 && term.p[term.n - 1] == 's') term.n--; /* in the plural too */
    for (size_t i = 0; i < l->g->names.n_names; i++)
        if (contains_words(l->g->names.names[i].name, term)) return true;
    for (size_t i = 0; i < l->formal.tokens.n; i++)
        if (l->formal.tokens.v[i].kind == TOKEN_STRING &&
            contains_words(l->formal.tokens.v[i].text, term))
            return true;
    for (uint32_t i = 0; i < g->n_clauses; i++)
        if (contains_words(g->clauses[i].title, term)) return true;
    for (uint32_t i = 0; i < g->n_kinds; i++)
        if (contains_words(g->kinds[i].plural, term) || contains_words(g->kinds[i].status, term))
            return true;
    for (size_t i = 0; i < l->prose.n; i++)
        for (size_t at = l->prose.v[i].first; at < l->prose.v[i].end; at++)
            if (l->prose.tokens.v[at].kind == TOKEN_STRING &&
                defines(&l->prose, &l->prose.v[i], at) &&
                contains_words(l->prose.tokens.v[at].text, term))
                return true;
    return false;
}

static bool capital(const struct word *t)
{
    return t->kind == TOKEN_WORD && t->text.p[0] >= 'A' && t->text.p[0] <= 'Z' && t->text.n > 1;
}

/* Nouns that make a capitalised phrase a term of the agreement, not a name of the world. */
static bool is_term_noun(struct str word)
{
    static const char *const nouns[] = {
        "zone",      "line",        "area",     "commission", "committee",   "mission",
        "mechanism", "protocol",    "annex",    "period",     "forces",      "centre",
        "center",    "corridor",    "monitors", "observers",  "map",         "list",
        "inventory", "secretariat", "board",    "panel",      "site",        "base",
        "weapons",   "equipment",   "units",    "verifier",   "coordinator", "plan"};
    if (word.n > 1 && word.p[word.n - 1] == 's') {
        for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
            if (str_eq_nocase(str_slice(word, 0, word.n - 1), str_of(nouns[i]))) return true;
    }
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (str_eq_nocase(word, str_of(nouns[i]))) return true;
    return false;
}

/* A capitalised phrase that ends in such a noun; alone only behind "the" within a sentence. */
static size_t term_at(const struct passages *p, const struct passage *x, size_t at)
{
    size_t n = 0, best = 0;
    if (!capital(&p->tokens.v[at]) || token_word(&p->tokens.v[at], "the")) return 0;
    if (at > x->first && capital(&p->tokens.v[at - 1]) && !token_word(&p->tokens.v[at - 1], "the"))
        return 0;
    while (at + n < x->end && capital(&p->tokens.v[at + n])) {
        n++;
        if (is_term_noun(p->tokens.v[at + n - 1].text)) best = n;
    }
    if (best != 1) return best;
    return at > x->first && token_word(&p->tokens.v[at - 1], "the") && n == 1 ? 1 : 0;
}

/* Each term once. */
static void say_undefined(struct lint *l, const struct passage *x, struct place at, struct str term,
                          struct intern *seen)
{
    if (intern_find(seen, term) != INTERN_NONE) return;
    if (intern_add(seen, term) == INTERN_NONE) l->failed = true;
    if (is_defined(l, term)) return;
    struct remark *f =
        lint_find(l, at, x->clause, "\"%.*s\" is used like a defined term and declared nowhere",
                  STR_ARG(term));
    if (f) f->about = term;
    lint_mend(
        l, f,
        "declare it, as in: body … \"%.*s\". or: zone … \"%.*s\" is …; or define it in the text",
        STR_ARG(term), STR_ARG(term));
}

/* A quotation of a few words that begins with a capital, in a sentence that binds. */
static bool is_quoted_term(const struct passages *p, const struct passage *x, size_t at)
{
    const struct word *t = &p->tokens.v[at];
    if (!x->duty || t->kind != TOKEN_STRING || t->text.n < 2 || t->text.n > 40) return false;
    return t->text.p[0] >= 'A' && t->text.p[0] <= 'Z' && !defines(p, x, at);
}

void rule_undefined_term(struct lint *l)
{
    const struct passages *p = &l->prose;
    struct intern seen;
    intern_init(&seen);
    for (size_t i = 0; i < p->n && !l->failed; i++) {
        const struct passage *x = &p->v[i];
        if (!x->duty && l->g->clauses[x->clause].level < 2) continue;
        for (size_t at = x->first; at < x->end; at++) {
            size_t n = term_at(p, x, at);
            struct place place = tokens_place(l, p, at, at + (n ? n : 1));
            if (n)
                say_undefined(l, x, place, place_text(place), &seen);
            else if (is_quoted_term(p, x, at))
                say_undefined(l, x, place, p->tokens.v[at].text, &seen);
            at += n ? n - 1 : 0;
        }
    }
    intern_free(&seen);
}
