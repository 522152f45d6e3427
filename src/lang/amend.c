/* Amendments: what changed a provision, from when.
 *
 *     amendment 1, agreed by each party, in force from 2015-03-10: in pullback, "day 14" is replaced by
 *     "day 21"; violations before 2015-03-10 stand.
 *
 * The changed sentence is written out into a source of its own and read like any other; it becomes a
 * provision that says which one it amends (`amends`, the first version) and by what, in force from
 * the amendment's date, and the version before it ends there.  So each moment has one version, and
 * what was a violation before the date is one still. */
#include "lang/parse.h"

/* ---- texts ---- */

/* The latest version of a provision so far: its number. */
static uint32_t latest(const struct parser *p, uint32_t provision)
{
    uint32_t next = VEC_AT(p->provisions, struct provision, provision)->next_version;
    return next == LANG_NONE ? provision : latest(p, next);
}

static const struct sentence *sentence_of(const struct parser *p, uint32_t provision)
{
    for (size_t i = 0; i < p->sentences.n; i++) {
        const struct sentence *s = VEC_AT(p->sentences, struct sentence, i);
        if (s->item == provision && s->statement && s->statement->read == read_provision) return s;
    }
    return NULL;
}

static size_t count_in(struct str text, struct str part, size_t *where)
{
    size_t n = 0;
    for (size_t i = 0; part.n && i + part.n <= text.n; i++)
        if (str_eq(str_slice(text, i, i + part.n), part)) *where = i, n++;
    return n;
}

/* Enter the changed text as a further version. */
static bool add_version(struct parser *p, uint32_t old, uint32_t amendment, struct str text)
{
    const struct provision *before = VEC_AT(p->provisions, struct provision, old);
    struct str title = VEC_AT(p->amendments, struct amendment, amendment)->name;
    uint32_t first = before->amends == LANG_NONE ? old : before->amends;
    struct str name = str_fmt(p->arena, "%.*s (%.*s)", STR_ARG(p->source->name), STR_ARG(title));
    const struct source *source = source_new(p->arena, name, text);
    size_t at = p->tokens.n;
    if (!source || !lex_block(p->arena, source, 0, text.n, before->clause, p->d, &p->tokens))
        return false;
    struct provision *pv = vec_add(p, &p->provisions, sizeof *pv);
    struct sentence *s = pv ? vec_add(p, &p->sentences, sizeof *s) : NULL;
    if (!s) return false;
    struct provision *was = VEC_AT(p->provisions, struct provision, old);
    *pv = *was;
    pv->amends = first;
    pv->amendment = amendment;
    pv->next_version = LANG_NONE;
    was->next_version = (uint32_t)p->provisions.n - 1;
    was->ended_by = amendment;
    size_t end = at;
    while (end < p->tokens.n && p->tokens.v[end].kind != TOKEN_BREAK &&
           !(p->tokens.v[end].kind == TOKEN_PUNCT && p->tokens.v[end].punct == '.'))
        end++;
    *s = (struct sentence){.first = at,
                           .end = end,
                           .clause = pv->clause,
                           .item = (uint32_t)p->provisions.n - 1,
                           .statement = sentence_of(p, first)->statement};
    return true;
}

/* ---- what an amendment does ---- */

static bool read_provision_name(struct parser *p, uint32_t *out, struct place *at)
{
    size_t first = p->at;
    if (!name_read(p, SORT_PROVISION, "a provision", out)) return false;
    *at = place_join(p->tokens.v[first].at, place_last(p));
    return true;
}

static bool read_replaced(struct parser *p, uint32_t amendment)
{
    uint32_t provision;
    struct place at, old_at;
    struct str from, to, text;
    size_t where = 0;
    p->at++; /* in */
    if (!read_provision_name(p, &provision, &at)) return false;
    eat_punct(p, ',');
    old_at = place_now(p);
    if (!read_string(p, "the words that are replaced, in quotation marks", &from) ||
        !expect(p, "is replaced by", "write: in pullback, \"day 14\" is replaced by \"day 21\"") ||
        !read_string(p, "the new words, in quotation marks", &to))
        return false;
    uint32_t old = latest(p, provision);
    const struct sentence *s = sentence_of(p, old);
    if (!s || s->bad) return false; /* told already */
    text = place_text(place_join(p->tokens.v[s->first].at, p->tokens.v[s->end - 1].at));
    size_t n = count_in(text, from, &where);
    if (n != 1) {
        struct diag *x = refuse(p, "amended-words", old_at, "these words stand %s in \"%.*s\"",
                                n ? "more than once" : "nowhere",
                                STR_ARG(VEC_AT(p->provisions, struct provision, provision)->name));
        diag_fix(p->d, x, "quote words that stand there once, as they are written there");
        return false;
    }
    return add_version(p, old, amendment,
                       str_fmt(p->arena, "%.*s%.*s%.*s.", STR_ARG(str_slice(text, 0, where)),
                               STR_ARG(to), STR_ARG(str_slice(text, where + from.n, text.n))));
}

static bool read_repealed(struct parser *p, uint32_t amendment)
{
    uint32_t provision;
    struct place at;
    if (!read_provision_name(p, &provision, &at)) return false;
    bool added = eat(p, "is added");
    if (!added && !expect(p, "is repealed", "write: … is repealed, or: … is added")) return false;
    struct provision *pv = VEC_AT(p->provisions, struct provision, latest(p, provision));
    uint32_t *slot = added ? &pv->amendment : &pv->ended_by;
    if (*slot != LANG_NONE) {
        refuse(p, "amended-twice", at, "that was done by another amendment already");
        return false;
    }
    *slot = amendment;
    return true;
}

/* "violations before 2015-03-10 stand" */
static bool read_stand(struct parser *p, struct amendment *a)
{
    struct point point;
    size_t first = p->at;
    p->at += 2;
    if (!read_point(p, &point)) return false;
    if (!expect(p, "stand", "write: violations before … stand")) return false;
    a->stand = point;
    a->stand.at = place_join(p->tokens.v[first].at, place_last(p));
    a->says_stand = true;
    return true;
}

static bool read_agreed(struct parser *p, struct amendment *a)
{
    struct vec list = {0};
    bool is_or = false, good;
    if (!eat(p, "agreed by")) return true;
    if (eat(p, "each party") || eat(p, "all parties"))
        good = class_members(p, ACTOR_PARTY, &list);
    else
        good = read_actor_list(p, &list, &is_or);
    a->agreed_by = parse_indices(p, &list);
    eat_punct(p, ',');
    return good;
}

/* "amendment 1, agreed by each party, in force from DATE:" */
static bool read_head(struct parser *p, struct amendment *a)
{
    size_t first = p->at++;
    while (!at_end(p) && !look_punct(p, ',') && !look_punct(p, ':')) p->at++;
    a->name = words_text(p, first, p->at);
    a->at = place_join(p->tokens.v[first].at, place_last(p));
    eat_punct(p, ',');
    if (!read_agreed(p, a)) return false;
    if (!expect(p, "in force from",
                "write: amendment 1, agreed by each party, in force from "
                "2015-03-10: …") ||
        !read_point(p, &a->from))
        return false;
    if (eat_punct(p, ':')) return true;
    return expected(p, "\":\"",
                    "write: amendment 1, agreed by each party, in force from 2015-03-10: in "
                    "pullback, \"day 14\" is replaced by \"day 21\"");
}

bool read_amendment(struct parser *p, struct sentence *s)
{
    p->doing = "an amendment";
    uint32_t index = (uint32_t)p->amendments.n;
    struct amendment *a = vec_add(p, &p->amendments, sizeof *a);
    if (!a) return false;
    *a = (struct amendment){.clause = p->clause, .sentence = words_text(p, s->first, s->end)};
    if (!read_head(p, a)) return false;
    do {
        if (at_end(p)) break;
        bool good = look(p, "violations before")
                        ? read_stand(p, VEC_AT(p->amendments, struct amendment, index))
                    : look(p, "in") ? read_replaced(p, index)
                                    : read_repealed(p, index);
        if (!good) return false;
    } while (eat_punct(p, ';') || eat_punct(p, ','));
    if (!expect_end(p)) return false;
    a = VEC_AT(p->amendments, struct amendment, index);
    if (a->says_stand) return true;
    struct diag *x = refuse(p, "amendment-unsaid", a->at,
                            "what becomes of violations before the amendment is in force?");
    diag_fix(p->d, x, "write at its end: ; violations before %.*s stand",
             STR_ARG(place_text(a->from.at)));
    return false;
}

/* ---- when all was read ---- */

/* From when to when each version is in force. */
static bool date_versions(struct parser *p)
{
    for (size_t i = 0; i < p->provisions.n; i++) {
        struct provision *pv = VEC_AT(p->provisions, struct provision, i);
        if (pv->amendment != LANG_NONE)
            pv->from = VEC_AT(p->amendments, struct amendment, pv->amendment)->since;
        if (pv->ended_by != LANG_NONE)
            pv->until =
                instant_add(VEC_AT(p->amendments, struct amendment, pv->ended_by)->since, -1);
        if (pv->from <= pv->until || pv->from == INSTANT_MIN) continue;
        const struct amendment *a = VEC_AT(p->amendments, struct amendment, pv->amendment);
        struct diag *x = refuse(p, "amendment-order", a->at,
                                "it is in force later than the one that follows it");
        diag_fix(p->d, x, "write amendments in the order in which they enter into force");
        return false;
    }
    return true;
}

/* A consequence of a provision that was amended has a version for each version of it: each follows the
 * violations of its own, which are those within that version's time.  A count starts anew with each. */
static bool follow_versions(struct parser *p)
{
    for (uint32_t i = 0; i < p->provisions.n; i++) {
        const struct provision *pv = VEC_AT(p->provisions, struct provision, i);
        if (pv->pattern != PATTERN_CONSEQUENCE || pv->trigger.op != TRIGGER_VIOLATION) continue;
        uint32_t next =
            VEC_AT(p->provisions, struct provision, pv->trigger.provision)->next_version;
        if (next == LANG_NONE) continue;
        if (pv->next_version != LANG_NONE) {
            struct diag *x =
                refuse(p, "amended-both", pv->name_at,
                       "%.*s and what it follows are both amended: which goes with which?",
                       STR_ARG(pv->name));
            diag_fix(p->d, x,
                     "repeal it, and write the consequence of the new wording under a name "
                     "of its own");
            return false;
        }
        struct provision *more = vec_add(p, &p->provisions, sizeof *more);
        if (!more) return false;
        struct provision *was = VEC_AT(p->provisions, struct provision, i);
        *more = *was;
        more->amends = was->amends == LANG_NONE ? i : was->amends;
        more->amendment = VEC_AT(p->provisions, struct provision, next)->amendment;
        more->trigger.provision = next;
        was->next_version = (uint32_t)p->provisions.n - 1;
    }
    return true;
}

bool check_amendments(struct parser *p, struct agreement *g)
{
    for (size_t i = 0; i < p->amendments.n; i++) {
        struct amendment *a = VEC_AT(p->amendments, struct amendment, i);
        instant first, last, since;
        agreement_point(g, &a->from, LANG_NONE, &since, &last);
        agreement_point(g, &a->stand, LANG_NONE, &first, &last);
        a->since = since;
        if (first != since) {
            struct diag *x = refuse(p, "amendment-date", a->stand.at,
                                    "the amendment is in force from another date");
            diag_fix(p->d, x, "write: violations before %.*s stand",
                     STR_ARG(place_text(a->from.at)));
            return false;
        }
        for (size_t k = 0; k < p->actors.n && a->agreed_by.n; k++)
            if (VEC_AT(p->actors, struct actor, k)->class_ == ACTOR_PARTY &&
                !indices_has(a->agreed_by, (uint32_t)k)) {
                struct diag *x = diag_add(p->d, SEVERITY_WARNING, "amended-by-some", a->at,
                                          "not every party is said to have agreed; it is taken to "
                                          "bind all whom its provisions bind");
                diag_fix(p->d, x, "write: agreed by each party");
                break;
            }
    }
    if (!date_versions(p) || !follow_versions(p)) return false;
    g->provisions = p->provisions.v;
    g->n_provisions = (uint32_t)p->provisions.n;
    return true;
}
