/* What actors say for themselves: declarations and assurances, kept in their own words; and adherence
 * from a date. */
#include "lang/parse.h"

bool look_declaration(const struct parser *p)
{
    return look(p, "declares") || look(p, "assures") || look(p, "adheres");
}

/* A declaration binds nobody and states nothing; so words that would are quoted, never read. */
static bool read_words(struct parser *p, struct sentence *s, uint32_t actor)
{
    bool assurance = look(p, "assures");
    const char *word = assurance ? "assures" : "declares";
    p->at++;
    if (token_now(p)->kind != TOKEN_STRING) {
        struct diag *x = refuse(p, "declaration-quoted", place_now(p),
                                "one side's word is kept as it was said, in quotation marks");
        diag_fix(p->d, x, "write: %.*s %s \"…\"; what binds it is a provision: … must …",
                 STR_ARG(VEC_AT(p->actors, struct actor, actor)->name), word);
        return false;
    }
    struct declaration *d = vec_add(p, &p->declarations, sizeof *d);
    if (!d) return false;
    *d = (struct declaration){.actor = actor,
                              .assurance = assurance,
                              .text = token_now(p)->text,
                              .sentence = words_text(p, s->first, s->end),
                              .clause = p->clause,
                              .at = place_join(p->tokens.v[s->first].at, token_now(p)->at)};
    p->at++;
    return expect_end(p);
}

bool read_declaration(struct parser *p, struct sentence *s, uint32_t actor)
{
    p->doing = "a declaration";
    if (!look(p, "adheres")) return read_words(p, s, actor);
    struct actor *a = VEC_AT(p->actors, struct actor, actor);
    p->doing = "an adherence";
    p->at++;
    if (a->adheres) {
        refuse(p, "twice", place_last(p), "its adherence is stated twice");
        return false;
    }
    if (!expect(p, "from", "write: … adheres from 2015-03-01")) return false;
    if (!look_point(p)) return expected(p, "a point of time", "write: … adheres from 2015-03-01");
    a->adheres = true;
    return read_point(p, &a->adherence) && expect_end(p);
}
