/* Confidential annexes: `annex "Annex B", confidential to north and mission[, and so is that it exists].`
 *
 * The sentence says who may read what stands under a heading.  Which text a reader gets is made by
 * plain/withhold.h; here it is only read. */
#include "lang/parse.h"

static bool find_heading(struct parser *p, struct annex *x)
{
    const struct token *t = token_now(p);
    size_t first = p->at;
    struct str title = t->text;
    if (t->kind == TOKEN_STRING) {
        p->at++;
    } else {
        while (!at_end(p) && !look_punct(p, ',')) p->at++;
        title = str_fmt(p->arena, "Annex %.*s", STR_ARG(words_text(p, first, p->at)));
    }
    if (p->at == first)
        return expected(p, "which annex",
                        "write: annex \"Annex B\", confidential to north and mission");
    for (uint32_t i = 0; i < p->clauses.n; i++) {
        x->clause = i;
        if (heading_is(VEC_AT(p->clauses, struct clause, i)->title, title)) return true;
    }
    struct diag *d = refuse(p, "unknown-article", place_join(t->at, place_last(p)),
                            "no heading begins with \"%.*s\"", STR_ARG(title));
    diag_fix(p->d, d,
             "write the heading's first words, as in: annex \"Annex B\", confidential to …");
    return false;
}

/* Is the clause at hand in the annex? */
static bool inside(const struct parser *p, uint32_t clause, uint32_t annex)
{
    while (clause != LANG_NONE && clause != annex)
        clause = VEC_AT(p->clauses, struct clause, clause)->parent;
    return clause == annex;
}

static bool readers_known(struct parser *p, const struct annex *x)
{
    for (uint32_t i = 0; i < x->readers.n; i++) {
        const struct actor *a = VEC_AT(p->actors, struct actor, x->readers.v[i]);
        if (!inside(p, a->clause, x->clause)) continue;
        struct diag *d =
            refuse(p, "confidential-reader", place_last(p),
                   "\"%.*s\" is declared in the annex itself: who may read it is shown to all",
                   STR_ARG(a->name));
        diag_fix(p->d, d, "declare it before the annex");
        return false;
    }
    return true;
}

bool read_annex(struct parser *p, struct sentence *s)
{
    struct annex x = {.at = p->tokens.v[s->first].at};
    struct vec readers = {0};
    bool is_or = false;
    p->doing = "a sentence on an annex";
    p->at++;
    if (!find_heading(p, &x)) return false;
    eat_punct(p, ',');
    if (!expect(p, "confidential to",
                "write: annex \"Annex B\", confidential to north and mission"))
        return false;
    if (eat(p, "each party") ? !class_members(p, ACTOR_PARTY, &readers)
                             : !read_actor_list(p, &readers, &is_or))
        return false;
    x.readers = parse_indices(p, &readers);
    if (!readers_known(p, &x)) return false;
    eat_punct(p, ',');
    x.hidden = eat(p, "and so is that it exists");
    x.at = place_join(x.at, place_last(p));
    if (x.hidden && !inside(p, p->clause, x.clause)) {
        struct diag *d = refuse(p, "confidential-told", x.at,
                                "that it exists is confidential, and is told here to all");
        diag_fix(p->d, d, "put this sentence into the annex itself");
        return false;
    }
    for (size_t i = 0; i < p->annexes.n; i++) {
        if (VEC_AT(p->annexes, struct annex, i)->clause != x.clause) continue;
        refuse(p, "twice", x.at, "who may read this annex is stated twice");
        return false;
    }
    struct annex *slot = vec_add(p, &p->annexes, sizeof *slot);
    if (slot) *slot = x;
    return slot && expect_end(p);
}
