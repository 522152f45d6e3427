/* Quantities: stocks with their baselines, amounts that parties declare and bodies verify, and
 * processes that go on step by step.
 *
 * A stock says where the number of its baseline comes from, for what is declared and for what is
 * verified each: numbers in the agreement (the default), a list of which each entry is one, or an
 * inventory that states an amount.  A body's word and a party's are never mixed. */
#include "lang/parse.h"

/* ---- stocks ---- */

bool enter_stock(struct parser *p, struct sentence *s)
{
    p->at++;
    p->doing = "the declaration of a stock";
    struct stock *x = vec_add(p, &p->stocks, sizeof *x);
    if (!x) return false;
    s->item = (uint32_t)p->stocks.n - 1;
    *x = (struct stock){.clause = p->clause};
    return name_declared(p, &x->name, &x->at) && name_enter(p, x->name, SORT_STOCK, s->item, x->at);
}

/* The attribute that says whose a thing is: `of`, else who did it. */
static uint32_t owner_of(const struct kind *k)
{
    uint32_t of = kind_attribute(k, STR("of"));
    if (of != LANG_NONE && k->attributes[of].type == ATTRIBUTE_ACTOR) return of;
    return k->actor;
}

/* "by inventory with pieces": an amount; "by listing": each is one. */
static bool read_measure_by(struct parser *p, struct measure *m)
{
    struct form f;
    size_t first = p->at;
    if (m->op == MEASURE_STATED) {
        struct diag *x = refuse(p, "stated-and-reported", place_last(p),
                                "the baseline is stated as a number elsewhere: it does not come "
                                "from reports too");
        diag_fix(p->d, x, "leave out one of the two");
        return false;
    }
    if (m->op != MEASURE_NONE) {
        refuse(p, "twice", place_last(p), "this baseline of the stock is stated twice");
        return false;
    }
    if (!expect(p, "by", "write: stock units, declared by inventory with pieces")) return false;
    eat_article(p);
    size_t n = phrase_match(p, p->at, FORM_NOUN, &f);
    if (!n) return name_unknown(p, SORT_KIND, "an event or a state");
    p->at += n;
    const struct kind *k = VEC_AT(p->kinds, struct kind, f.kind);
    *m = (struct measure){MEASURE_COUNTED, f.kind, LANG_NONE, owner_of(k), place_last(p)};
    if (m->of == LANG_NONE) {
        struct diag *x = refuse(p, "whose-stock", place_last(p),
                                "\"%.*s\" does not say whose it is", STR_ARG(k->label));
        diag_fix(p->d, x, "declare it with the one whose it is: %.*s (of party, …)",
                 STR_ARG(k->name));
        return false;
    }
    if (eat(p, "with")) {
        const struct token *t = token_now(p);
        uint32_t i = t->kind == TOKEN_WORD ? kind_attribute(k, t->text) : LANG_NONE;
        if (i == LANG_NONE || k->attributes[i].type != ATTRIBUTE_COUNT) {
            struct diag *x = refuse(p, "no-such-count", place_now(p), "\"%.*s\" has no such count",
                                    STR_ARG(k->label));
            diag_fix(p->d, x, "declare it: %.*s (of party, pieces count)", STR_ARG(k->name));
            return false;
        }
        p->at++;
        m->op = MEASURE_AMOUNT;
        m->attribute = i;
    }
    m->at = place_join(p->tokens.v[first].at, place_last(p));
    return true;
}

bool read_stock(struct parser *p, struct sentence *s)
{
    struct stock *x = VEC_AT(p->stocks, struct stock, s->item);
    struct str name;
    struct place at;
    p->at++;
    p->doing = "the declaration of a stock";
    if (!name_declared(p, &name, &at)) return false;
    x->label = name_spoken(p, x->name);
    if (token_now(p)->kind == TOKEN_STRING && !read_string(p, "a label", &x->label)) return false;
    while (eat_punct(p, ',')) {
        eat(p, "and");
        if (eat(p, "declared") || eat(p, "listed")) {
            if (!read_measure_by(p, &x->declared)) return false;
        } else if (eat(p, "verified")) {
            if (!read_measure_by(p, &x->verified)) return false;
        } else {
            return expected(p, "\"declared by\", \"listed by\" or \"verified by\"",
                            "write: stock units, declared by inventory with pieces");
        }
    }
    return expect_end(p);
}

/* ---- amounts ---- */

bool look_amount(const struct parser *p)
{
    return (look(p, "declares") || look(p, "verifies")) &&
           (token_ahead(p, 1)->kind == TOKEN_NUMBER || look_ahead(p, 1, "at least") ||
            look_ahead(p, 1, "between"));
}

static bool read_range(struct parser *p, int64_t *lo, int64_t *hi)
{
    size_t first = p->at;
    bool least = eat(p, "at least"), between = !least && eat(p, "between");
    if (!read_number(p, lo)) return false;
    *hi = least ? INT64_MAX : *lo;
    if (!least && (between ? eat(p, "and") : eat(p, "to")) && !read_number(p, hi)) return false;
    if (*lo >= 0 && *lo <= *hi) return true;
    refuse(p, "empty-range", place_join(p->tokens.v[first].at, place_last(p)),
           "nothing lies between these two");
    return false;
}

bool read_stated_amount(struct parser *p, uint32_t by, struct place at)
{
    struct stated_amount x = {.by = by, .of = by, .clause = p->clause};
    p->doing = "the declaration of an amount";
    x.verified = look(p, "verifies");
    p->at++;
    if (!read_range(p, &x.lo, &x.hi)) return false;
    if (at_end(p)) {
        struct diag *d = refuse(p, "no-unit", place_last(p), "a number without a unit: of what?");
        diag_fix(p->d, d, "write a declared stock behind it, as in: 120 units");
        return false;
    }
    if (!name_read(p, SORT_STOCK, "a stock", &x.stock)) return false;
    if (x.verified && !expect(p, "of", "write: mission verifies 118 units of south")) return false;
    if (x.verified && !name_read(p, SORT_ACTOR, "the one whose they are", &x.of)) return false;
    x.at = place_join(at, place_last(p));
    for (size_t i = 0; i < p->amounts.n; i++) {
        const struct stated_amount *y = VEC_AT(p->amounts, struct stated_amount, i);
        if (y->stock != x.stock || y->of != x.of || y->verified != x.verified) continue;
        refuse(p, "twice", x.at, "this amount is stated twice");
        return false;
    }
    struct stock *s = VEC_AT(p->stocks, struct stock, x.stock);
    struct measure *m = x.verified ? &s->verified : &s->declared;
    m->op = MEASURE_STATED;
    m->kind = m->attribute = m->of = LANG_NONE;
    struct stated_amount *slot = vec_add(p, &p->amounts, sizeof *slot);
    if (!slot) return false;
    *slot = x;
    return expect_end(p);
}

/* ---- processes ---- */

bool enter_process(struct parser *p, struct sentence *s)
{
    p->at++;
    p->doing = "the declaration of a process";
    struct process *x = vec_add(p, &p->processes, sizeof *x);
    if (!x) return false;
    s->item = (uint32_t)p->processes.n - 1;
    *x = (struct process){.clause = p->clause,
                          .step = {.kind = LANG_NONE, .zone = LANG_NONE, .who = WHO_ANYONE}};
    return name_declared(p, &x->name, &x->at) &&
           name_enter(p, x->name, SORT_PROCESS, s->item, x->at);
}

/* "each unit_deployed by russia in belt" */
static bool read_step(struct parser *p, struct phrase *ph)
{
    struct form f;
    size_t first = p->at;
    if (!expect(p, "each", "write: process deployment is each arrival by north, out of 90"))
        return false;
    size_t n = phrase_match(p, p->at, FORM_NOUN, &f);
    if (!n || VEC_AT(p->kinds, struct kind, f.kind)->is_state)
        return name_unknown(p, SORT_KIND, "an event");
    p->at += n;
    ph->kind = f.kind;
    if (eat(p, "by") && !read_who(p, &ph->who, &ph->actors)) return false;
    if (ph->who == WHO_EACH_OF) ph->who = WHO_ONE_OF; /* anyone's of them is a step */
    if (!read_tests(p, ph)) return false;
    if (look_place(p, ph) && !read_place(p, ph)) return false;
    ph->at = place_join(p->tokens.v[first].at, place_last(p));
    return true;
}

bool read_process(struct parser *p, struct sentence *s)
{
    struct process *x = VEC_AT(p->processes, struct process, s->item);
    struct str name;
    struct place at;
    p->at++;
    p->doing = "the declaration of a process";
    if (!name_declared(p, &name, &at)) return false;
    x->label = name_spoken(p, x->name);
    if (token_now(p)->kind == TOKEN_STRING && !read_string(p, "a label", &x->label)) return false;
    if (!expect(p, "is", "write: process deployment is each arrival by north, out of 90"))
        return false;
    if (!read_step(p, &x->step)) return false;
    eat_punct(p, ',');
    if (!eat(p, "out of")) {
        struct diag *d = refuse(p, "share-without-baseline", place_now(p),
                                "how far a process has come cannot be said without its whole");
        diag_fix(p->d, d, "write how many steps there are: , out of 90");
        return false;
    }
    x->total_at = token_now(p)->at;
    if (!read_number(p, &x->total)) return false;
    if (x->total < 1 || x->total > 100000) {
        refuse(p, "bad-count", x->total_at, "a process has 1 to 100,000 steps");
        return false;
    }
    return expect_end(p);
}
