/* Row 17: a `formula` block, read; expert.h says what it holds.  Its sentences have become parts of one,
 * parted by `;`, and what stands behind `violation:` one text. */
#include "lang/draft.h"
#include "lang/expert.h"
#include "logic/safe.h"
#include "logic/typing.h"

#include <string.h>

bool enter_formula(struct parser *p, struct sentence *s)
{
    struct str name;
    struct place at;
    p->doing = "a formula";
    p->at++;
    if (!name_declared(p, &name, &at)) return false;
    return provision_add(p, name, at, &s->item);
}

/* ---- picks ---- */

static bool read_whose(struct parser *p, struct phrase *ph)
{
    if (!eat(p, "by") && !eat(p, "of")) return true;
    if (eat(p, "the party") || eat(p, "the bearer")) {
        ph->who = WHO_BEARER;
        return true;
    }
    return read_who(p, &ph->who, &ph->actors);
}

static bool read_pick(struct parser *p, struct vec *picks)
{
    struct form f;
    struct expert_pick x = {.phrase = {.kind = LANG_NONE, .who = WHO_ANYONE, .zone = LANG_NONE}};
    if (!name_declared(p, &x.name, &x.at)) return false;
    if (!expect(p, "is", "write: shot is fire by the party in yard")) return false;
    for (size_t i = 0; i < picks->n; i++) {
        if (!str_eq(VEC_AT(*picks, struct expert_pick, i)->name, x.name)) continue;
        refuse(p, "twice", x.at, "\"%.*s\" is picked twice", STR_ARG(x.name));
        return false;
    }
    bool its = eat(p, "its");
    if (!its) eat_article(p);
    size_t n = phrase_match(p, p->at, FORM_NOUN | FORM_PLURAL, &f);
    if (!n) return name_unknown(p, SORT_KIND, "an event or a state");
    size_t first = p->at;
    p->at += n;
    x.phrase.kind = f.kind;
    x.phrase.who = its ? WHO_BEARER : WHO_ANYONE;
    if (VEC_AT(p->kinds, struct kind, f.kind)->definition) {
        refuse(p, "formula-defined", place_last(p),
               "a state by definition is no report: it cannot be picked");
        return false;
    }
    if (!read_whose(p, &x.phrase) || !read_objects(p, &x.phrase) || !read_tests(p, &x.phrase) ||
        (look_place(p, &x.phrase) && !read_place(p, &x.phrase)) || !read_tests(p, &x.phrase))
        return false;
    x.phrase.at = place_join(p->tokens.v[first].at, place_last(p));
    struct expert_pick *slot = vec_add(p, picks, sizeof *slot);
    if (slot) *slot = x;
    return slot != NULL;
}

static bool read_anchor(struct parser *p, const struct vec *picks, struct expert *x)
{
    struct str name;
    struct place at;
    p->at++;
    if (!name_declared(p, &name, &at)) return false;
    for (uint32_t i = 0; i < picks->n; i++) {
        x->anchor = i;
        if (str_eq(VEC_AT(*picks, struct expert_pick, i)->name, name)) return true;
    }
    struct diag *d = refuse(p, "unknown-name", at, "nothing is picked as \"%.*s\"", STR_ARG(name));
    diag_fix(p->d, d, "write before it: %.*s is … (an event or a state)", STR_ARG(name));
    return false;
}

/* ---- the formula ---- */

/* The text up to the formula's end with all before it blank, so that places stay. */
static const struct source *blanked(struct parser *p, struct place at)
{
    char *text = parse_alloc(p, at.to + 1);
    if (!text) return NULL;
    memcpy(text, at.source->text.p, at.to);
    for (size_t i = 0; i < at.from; i++)
        if (text[i] != '\n') text[i] = ' ';
    return source_new(p->arena, at.source->name, (struct str){text, at.to});
}

static bool read_parts_of(struct parser *p, struct expert *x)
{
    struct vec picks = {0};
    while (eat_punct(p, ';')) {
        if (at_end(p) || token_now(p)->kind == TOKEN_STRING) continue;
        if (look(p, "anchor") ? !read_anchor(p, &picks, x) : !read_pick(p, &picks)) return false;
    }
    x->picks = picks.v;
    x->n_picks = (uint32_t)picks.n;
    if (token_now(p)->kind != TOKEN_STRING)
        return expected(p, "the formula, on a line that begins with \"violation:\"",
                        "write: violation: shot(id) AND NOT ONCE[0,2h] EXISTS x. reply(x)");
    x->text = token_now(p)->text;
    x->at = token_now(p)->at;
    x->source = blanked(p, x->at);
    p->at++;
    return x->source && expect_end(p);
}

bool read_formula(struct parser *p, struct sentence *s)
{
    struct draft dr = {.pv = *VEC_AT(p->provisions, struct provision, s->item)};
    struct str name;
    struct place at;
    struct expert *x = parse_alloc(p, sizeof *x);
    p->doing = "a formula";
    p->at++;
    if (!x || !name_declared(p, &name, &at)) return false;
    x->anchor = LANG_NONE;
    if (!eat_punct(p, ':')) return expected(p, "\":\"", "write: formula surge: each party.");
    size_t first = p->at;
    if (!read_bearers(p, &dr) || !read_parts_of(p, x)) return false;
    dr.pv.pattern = PATTERN_FORMULA;
    dr.pv.expert = x;
    dr.pv.at = place_join(p->tokens.v[s->first].at, p->tokens.v[s->end].at);
    dr.pv.sentence =
        str_fmt(p->arena, "%.*s violation: %.*s", STR_ARG(words_text(p, first, s->end - 1)),
                STR_ARG(words_text(p, s->end - 1, s->end)));
    *VEC_AT(p->provisions, struct provision, s->item) = dr.pv;
    return true;
}

/* ---- when all was read ---- */

/* It parses, its types agree, and it can be monitored. */
static bool check_one(struct parser *p, const struct expert *x)
{
    struct intern strings;
    struct signature sig;
    struct scope sc;
    struct formula *f = NULL, *core;
    uint32_t id;
    struct safe_options safe = {.unbounded_future = true};
    intern_init(&strings);
    enum status st = expert_parse(x, p->arena, &strings, &sig, &sc, p->d, &f, &id);
    if (st == STATUS_OK && id != UINT32_MAX) {
        struct term *arg = term_var(&sc, id);
        f = formula_and(&sc, formula_pred(&sc, x->anchor, &arg, 1), f);
        st = f ? formula_typecheck(&sc, f, p->d) : STATUS_FAULT;
    }
    if (st == STATUS_OK) st = safe_core(&sc, f, &safe, p->d, &core);
    intern_free(&strings);
    if (st == STATUS_FAULT) p->oom = true;
    return st != STATUS_FAULT;
}

bool check_formulas(struct parser *p)
{
    for (size_t i = 0; i < p->provisions.n; i++) {
        const struct expert *x = VEC_AT(p->provisions, struct provision, i)->expert;
        if (x && !check_one(p, x)) return false;
    }
    return true;
}
